//! Keys in, words out: whoever writes what names somebody is told, whichever way the words come in or go out.

use crate::support;

use std::path::PathBuf;

use jirei::export::people::PersonRow;
use jirei::export::write::Readers;
use jirei::ui::Msg;
use support::driver::{Driver, plan};
use support::frame::picture;

const NAME: &str = "氏名のように見えることばがあります";
const PHONE: &str = "電話番号のように見えることばがあります";

/// The warning comes first, what else was said after it, and neither says the name.
fn warned(d: &Driver, what: &str, also: &str, of: &str) {
    let said = d.notice();
    assert!(said.starts_with(what), "{of}: {said}");
    assert!(said.contains(also), "{of}: {said}");
    for name in ["田中", "佐藤", "鈴木", "1234"] {
        assert!(!said.contains(name), "{of}: {said}");
    }
    assert!(d.model.cx.notice.is_loud(), "{of}");
}

#[test]
fn ほかの知らせがあっても個人が分かることばの知らせは消えない() {
    let issues = "生活\n  !残薬 ◀\n  !入院";
    for (start, keys, also) in [
        (
            "生活 ◀",
            "「@宇宙飛行士 田中さんの夜の薬」 enter enter",
            "「@…」も枝の文字に残しました。参加者を Ctrl+U",
        ),
        ("生活 ◀", "「@田中さん 夜の薬」 enter enter", "当てはまる参加者がいません"),
        ("生活 ◀", "「#ない枝 田中さんの夜の薬」 enter*2", "「#…」も枝の文字に残しました。F2"),
        ("生活 ◀", "「>田中さんに頼む」 enter", "助言として取っておきます"),
        ("生活 ◀", "「>@宇宙飛行士 田中さんに頼む」 enter enter", "助言として取っておきます"),
        (issues, "f7 「2 田中さんが忘れる」 enter", "→"),
        (issues, "f7 「2」 enter f2 home 「*田中さん」 enter", "つながり 1本も外しました"),
        // What is kept on the way to the next step.
        (issues, "f2 「（田中さん）」 f6", "で直せます"),
        ("生活 ◀", "ctrl-g 6 「田中さんに聞く」 f6", "この方だけの困りごとでないもの"),
        ("生活 ◀", "ctrl-g 8 「田中さんの話がよかった」 enter", ""),
        ("生活 ◀", "ctrl-g 1 ctrl-o down*2 enter 「田中さんの会」 f6", ""),
        // Words that come back.
        ("生活 ◀", "「田中さんの薬」 enter ctrl-z ctrl-y", "やり直しました"),
        ("生活\n  田中さんの薬 ◀", "delete ctrl-z", "元に戻しました"),
        ("生活 ◀", "「田中さんの薬」 esc esc enter", ""),
    ] {
        let mut d = Driver::with_map(&support::driver::outline(start));
        d.keys(keys);
        warned(&d, NAME, also, keys);
    }
}

#[test]
fn あとから届いた返事も個人が分かることばの知らせを消さない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「田中さんの薬」 enter");
    d.send(Msg::Wrote(Ok((PathBuf::from("/家/議事録.md"), Readers::Own))));
    d.tick();
    warned(&d, NAME, "書き出しました", "a late answer");
    // Only what the person does next ends it.
    d.keys("down");
    assert_eq!(d.notice(), "");
    d.keys("「田中さんの薬」 enter 『佐藤』");
    assert_eq!(d.notice(), "");
}

#[test]
fn 消したことばの知らせも氏名をくり返さない() {
    let mut d = Driver::with_map("生活\n  田中さんの薬 ◀");
    d.keys("delete");
    assert!(d.notice().contains("「○○の薬」を消しました"), "{}", d.notice());
    d.keys("ctrl-z ctrl-z");
    assert!(!d.notice().contains("田中"), "{}", d.notice());
    let mut d = plan();
    d.keys("tab 「田中さんに聞く」 enter up delete");
    assert!(d.notice().contains("行動計画を消す：○○に聞く"), "{}", d.notice());
}

#[test]
fn 何行も貼れば一度に知らせてどの行かを言い初めの枝を選ぶ() {
    let mut d = Driver::with_map("生活 ◀");
    d.paste("独居\n田中さんが来る\n買物は移動販売\n電話は090-1234-5678\n佐藤さんと鈴木さん");
    warned(&d, NAME, "（ほか 3件）", "a paste");
    assert!(d.notice().contains("5行を、5本の枝にしました。確かめる行：2・4・5。"), "{}", d.notice());
    assert_eq!(d.desk().map.selected_node(&d.desk().doc).unwrap().text, "田中さんが来る");
    d.keys("f2 home delete*4 「近所の人」 enter");
    assert_eq!(
        (d.desk().map.selected_node(&d.desk().doc).unwrap().text.as_str(), d.notice()),
        ("近所の人が来る", "")
    );
    // Nothing to be looked at: nothing is said of it.
    d.paste("長男は県外\n次女さんは町内");
    assert_eq!(d.notice(), "2行を、2本の枝にしました。");
    let many: Vec<String> = (0..12).map(|i| format!("{i} 田中さん")).collect();
    d.paste(&many.join("\n"));
    assert!(d.notice().contains("確かめる行：1・2・3・4・5・6・7・8、ほか 4件。"), "{}", d.notice());
}

#[test]
fn どの欄や一覧に貼っても取り込んでも知らせる() {
    let mut d = plan();
    d.keys("tab 『田中さんに\n聞く』 enter");
    warned(&d, NAME, "", "a cell");
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 8 『田中さんの話が\nよかった』 enter");
    warned(&d, NAME, "", "a reflection");
    d.keys("ctrl-g 2");
    d.send(Msg::Clipboard(Ok("田中さん\n独居".to_owned())));
    warned(&d, NAME, "2本の枝", "the clipboard");
    // Those who were there may stand with their names; how they are reached may not.
    d.keys("ctrl-u 『薬剤師 みどり薬局\n保健師 役場  田中さん』");
    assert!(d.notice().starts_with("2人を参加者に足しました"), "{}", d.notice());
    d.keys("『薬剤師 みどり薬局 090-1234-5678\n保健師 役場』");
    warned(&d, PHONE, "2人を参加者に足しました", "people");
    let row =
        PersonRow {
            profession: "薬剤師".into(), department: "03-1234-5678".into(), ..PersonRow::default()
        };
    d.send(Msg::Table(Ok(vec![row])));
    warned(&d, PHONE, "1人を取り込みました", "a table");
}

#[test]
fn 前の地図から始めても知らせる() {
    let mut d = Driver::with_map("生活\n  田中さんの薬 ◀");
    d.keys("ctrl-p 「この事例の次の会議」 enter 1");
    warned(&d, NAME, "", "the last map");
}

#[test]
fn 表を写すときも渡すことばを知らせる() {
    let mut d = plan();
    d.keys("tab 「一包化」 enter ctrl-k");
    assert!(d.notice().starts_with("コピーしました"), "{}", d.notice());
    for words in ["田中さん", "佐藤さん", "鈴木さん", "林さん", "高橋さん"] {
        d.keys(&format!("down*9 left*9 right 「{words}に聞く」 enter"));
    }
    d.keys("ctrl-k");
    let said = d.notice();
    let found = "個人が分かりそうなことばがあります：田中さん、佐藤さん、鈴木さん、ほか 2件。";
    assert!(said.starts_with(found) && said.contains("コピーしました"), "{said}");
}

#[test]
fn 名前らしいことばは書いたと決まるまで地図に大きく出ない() {
    let mut d = Driver::with_map("生活\n  独居 ◀");
    let ghost = |d: &mut Driver| {
        d.send(Msg::Resize(120, 40));
        let words = picture(d, (120, 40));
        words.lines().take(30).any(|line| line.contains("山田太郎さん"))
    };
    d.keys("「山田太郎さんが通う」");
    assert!(!ghost(&mut d));
    d.keys("enter");
    assert!(ghost(&mut d), "what is meant stands there, with its warning");
    assert!(d.notice().contains("氏名"), "{}", d.notice());
    // Whom nobody knows is no part of it either.
    d.keys("「@山田太郎さん 畑」 enter");
    assert!(!d.notice().contains("山田太郎"), "{}", d.notice());
}
