//! What earlier runs could not save is offered and put back; where words are that cannot be saved now is said.

use crate::support;

use std::path::PathBuf;
use std::sync::Arc;

use jirei::domain::unsaved::{Back, Rescued};
use jirei::domain::{Act, Change, Edit, JournalEntry};
use jirei::store::Answer;
use jirei::ui::{Effect, Found, Msg, Overlay, Restored};
use support::driver::{Driver, outline};
use support::frame::picture;

/// A file of a run before: a line in the meeting of this driver, and what was half typed.
fn file(d: &Driver, name: &str, bookmark: Option<&str>) -> Found {
    let dossier = d.dossier();
    let mut node = dossier.nodes.values().next().unwrap().clone();
    let mut mint = jirei::domain::Now { at: d.at, seed: 500 }.ids();
    node.id = mint.id();
    let edit =
        Edit { id: mint.id(), at: d.at, label: "枝を追加".to_owned(), changes: vec![Change::add(node)] };
    let line = JournalEntry { edit, meeting: Some(dossier.meeting.id), act: Act::Do };
    let rescued = Rescued {
        lines: vec![line.clone(), line],
        meetings: vec![dossier.clone().into()],
        bookmark: bookmark.map(str::to_owned),
        records: "/はなれた/記録".to_owned(),
        at: Some(d.at),
    };
    Found { path: PathBuf::from(format!("/控え/{name}.json")), read: Ok(Arc::new(rescued)) }
}

fn chooser(d: &Driver) -> &jirei::ui::Chooser {
    match &d.model.cx.over {
        Some(Overlay::Choose(chooser)) => chooser,
        other => panic!("{other:?}"),
    }
}

fn wanted(d: &Driver) -> Vec<PathBuf> {
    let path = |effect: &Effect| match effect {
        Effect::PutBack(path, _) => Some(path.clone()),
        _ => None,
    };
    d.given.iter().filter_map(path).collect()
}

fn restored(path: &str, bookmark: Option<String>) -> Msg {
    let back = Back { title: Some("月例会議".to_owned()), whole: false, count: 2, left: 0 };
    Msg::PutBack(Ok(Box::new(Restored {
        path: path.into(),
        backs: vec![back],
        problem: None,
        kept: None,
        bookmark,
    })))
}

#[test]
fn 前に保存できなかったことばは一覧に出てエンターで一つずつもどる() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.keys("ctrl-b");
    let unreadable = Found {
        path: "/控え/未保存-0.json".into(), read: Err("途中で切れています".to_owned())
    };
    d.model.open = jirei::ui::Open::Home;
    let mut other = Driver::with_map("生活\n  残薬 ◀");
    other.at = d.at;
    let found = vec![file(&other, "一", None), file(&other, "二", None), unreadable];
    d.send(Msg::Found(found));
    assert_eq!(d.title(), "保存できなかったことばが残っています");
    let labels: Vec<&str> = chooser(&d).choices.iter().map(|choice| choice.label.as_str()).collect();
    assert!(labels[0].contains("2件") && labels[0].contains("13:") && labels[3] == "あとで", "{labels:?}");
    assert!(chooser(&d).choices[0].note.contains("/はなれた/記録"), "of which records it is");
    // One that cannot be read says why, and stays.
    d.keys("3");
    assert!(d.notice().contains("途中で切れています") && d.notice().contains("そのまま"), "{}", d.notice());
    d.send(Msg::Found(vec![file(&other, "一", None), file(&other, "二", None)]));
    d.keys("enter");
    assert_eq!(wanted(&d), [PathBuf::from("/控え/一.json")]);
    d.send(restored("/控え/一.json", None));
    assert!(
        chooser(&d).text.contains("会議「月例会議」に、保存できていなかった 2件を戻しました"),
        "{}",
        chooser(&d).text
    );
    assert_eq!(chooser(&d).choices.len(), 2, "the other one, and later");
    d.keys("enter");
    d.send(restored("/控え/二.json", None));
    let Some(Overlay::Told(said)) = &d.model.cx.over else { panic!("{:?}", d.model.cx.over) };
    assert!(said.contains("2件を戻しました") && said.contains("片づけました"), "{said}");
}

#[test]
fn あとでと言えばこの回はもうたずねない() {
    for keys in ["2", "down enter"] {
        let mut d = Driver::with_map("生活\n  残薬 ◀");
        let found = file(&d, "一", None);
        d.send(Msg::Found(vec![found]));
        d.keys(keys);
        assert!(d.model.cx.over.is_none() && wanted(&d).is_empty());
        d.keys("ctrl-b");
        assert!(d.model.cx.over.is_none());
    }
}

#[test]
fn 打っている間に一覧は出ず会議の一覧にもどると出る() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.keys("「買物」");
    let found = file(&d, "一", None);
    d.send(Msg::Found(vec![found]));
    assert!(d.model.cx.over.is_none() && d.notice().contains("残っています"), "{}", d.notice());
    d.keys("enter");
    assert_eq!(d.state(), outline("生活\n  残薬\n  買物 ◀"));
    d.keys("ctrl-b");
    assert_eq!(d.title(), "保存できなかったことばが残っています");
}

#[test]
fn 控えの書きかけは入力行にもどり別の書きかけは消さない() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.keys("「!買物は移動」");
    let mark = d.model.bookmark();
    let full = Driver::with_map("生活\n  残薬 ◀");
    // Nothing is typed; the beginning of the same words; other words.
    for (typed, entry) in [("", "!買物は移動"), ("「!買物」", "!買物は移動"), ("「夜は」", "夜は")]
    {
        let mut d = Driver::with_map("生活\n  残薬 ◀");
        assert_eq!(d.dossier().meeting.id, full.dossier().meeting.id);
        d.keys(typed);
        d.send(restored("/控え/一.json", Some(mark.clone())));
        assert_eq!(d.entry(), entry, "{typed}");
        d.keys("enter");
        if typed == "「夜は」" {
            d.keys("enter ctrl-p 「片づけた書きかけ」 enter 1");
            assert_eq!(d.entry(), "!買物は移動");
        }
    }
    // In a meeting that is not open it waits there.
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.keys("ctrl-b");
    d.send(restored("/控え/一.json", Some(mark)));
    d.keys("enter");
    let id = *d.kept.keys().next().unwrap();
    let opened = d.opened(id);
    d.send(Msg::Store(opened));
    assert_eq!(d.entry(), "!買物は移動");
}

#[test]
fn 保存できない間はわけとことばの在りかを言い終えるときにも言う() {
    let mut d = Driver::with_map("生活 ◀");
    d.full = true;
    d.keys("「残薬」 enter");
    let said = |d: &Driver| picture(d, (120, 40));
    assert!(said(&d).contains("ディスクがいっぱいです") && said(&d).contains("未保存 1件"));
    // Whoever wants to leave before it is kept has it kept, and hears where.
    let effects = d.update(Msg::Key("ctrl-q".parse().unwrap()));
    assert_eq!(effects, [Effect::Rescue]);
    assert!(chooser(&d).text.contains("控えのファイルに残し"), "{}", chooser(&d).text);
    d.send(Msg::Rescued(Ok("/控え/未保存-1.json".into())));
    for words in ["/控え/未保存-1.json", "次に開いたとき"] {
        assert!(chooser(&d).text.contains(words), "{}", chooser(&d).text);
    }
    assert!(chooser(&d).choices[1].label.contains("控え"), "{:?}", chooser(&d).choices);
    d.keys("esc");
    assert!(said(&d).contains("控え：/控え/未保存-1.json") && said(&d).contains("控えあり"));
    assert!(d.model.cx.over.is_none(), "nothing stands over what one writes");
    // No place takes the file.
    d.send(Msg::Rescued(Err("空きがありません".to_owned())));
    assert!(said(&d).contains("まだ書けていません") && said(&d).contains("書き写して"));
    d.keys("ctrl-q");
    assert!(chooser(&d).text.contains("書き写して"), "{}", chooser(&d).text);
    d.keys("esc");
    d.send(Msg::Rescued(Ok("/控え/未保存-1.json".into())));
    // All is saved at last.
    let edit = d.model.cx.saving.waiting[0];
    d.update(Msg::Store(Answer::Committed { edit }));
    d.update(Msg::AllSaved);
    assert!(d.notice().contains("すべて保存できました") && !said(&d).contains("控え："), "{}", d.notice());
}
