//! The file of the records is damaged: nothing is written into it any more, and there is a way on.

use crate::support;

use jirei::store::Answer;
use jirei::ui::{Effect, Mend, Msg, Overlay};
use support::driver::Driver;

const PROBLEM: &str = "表 nodes の 12: 書いたときと違っています";

fn damaged(d: &mut Driver) {
    d.send(Msg::Store(Answer::Checked(vec![PROBLEM.to_owned()])));
}

/// What is asked: the heading, the words under it, and the rows.
fn asked(d: &Driver) -> (String, String, Vec<String>) {
    let Some(Overlay::Choose(chooser)) = &d.model.cx.over else { panic!("nothing is asked") };
    let rows = chooser.choices.iter().map(|choice| choice.label.clone()).collect();
    (chooser.title.clone(), chooser.text.clone(), rows)
}

#[test]
fn 壊れていれば何が無事で何ができるかを言い何も書き込まない() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    damaged(&mut d);
    let (title, text, rows) = asked(&d);
    assert_eq!(title, "記録のファイルが壊れています");
    assert!(
        text.contains("1か所") && text.contains("何も書き込みません") && text.contains("残します"),
        "{text}"
    );
    assert_eq!(
        rows,
        ["読めるものを新しい記録に移して、続ける", "見るだけで開く", "終わる", "バックアップから戻す"]
    );
    let commits = d.commits;
    d.keys("2 「書けないはず」 enter");
    assert_eq!(d.commits, commits);
    // The same once more is not asked again.
    damaged(&mut d);
    assert!(d.model.cx.over.is_none());
}

#[test]
fn 新しい記録に移すかどうかは会議の一覧でいつでも選べる() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    damaged(&mut d);
    d.keys("2 ctrl-b ctrl-p 「壊れた記録」 enter");
    assert_eq!(asked(&d).0, "記録のファイルが壊れています");
    d.keys("1");
    assert_eq!(d.given.last(), Some(&Effect::Mend(Mend::Salvage)));
}

#[test]
fn 何かを選んでいるときは取り上げずに知らせる() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.keys("f10");
    let before = format!("{:?}", d.model.cx.over);
    damaged(&mut d);
    assert_eq!(format!("{:?}", d.model.cx.over), before);
    assert!(d.notice().contains("壊れている") && d.notice().contains("壊れた記録を直す"), "{}", d.notice());
}

#[test]
fn 無事な記録では直すことをすすめない() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.send(Msg::Store(Answer::Checked(Vec::new())));
    assert!(d.model.cx.over.is_none() && !d.model.cx.look_only);
    d.keys("ctrl-b ctrl-p 「壊れた記録」 enter");
    assert!(d.notice().contains("記録のファイルは壊れていません"), "{} {:?}", d.notice(), d.model.cx.over);
}
