//! Words are never refused: whatever is typed into a cell, one goes on, and it is found again.

use crate::support;

use jirei::command::Command;
use jirei::domain::{ActionStatus, RecordVersions, Said, Step, Tree};
use jirei::export::{Format, render};
use proptest::prelude::*;
use support::driver::{Driver, plan};

/// What is found of words in the cell one stands on: in the record as people read it, or waiting in the cell.
fn stands(d: &Driver) -> String {
    let sheets = d.model.sheets().unwrap();
    let cell = sheets.selected_cell(&d.model.cx).unwrap();
    d.model.cell_shown(cell)
}

fn at_seat(d: &Driver) -> (usize, usize) {
    let sheet = d.model.sheets().and_then(|sheets| sheets.sheet()).unwrap();
    (sheet.row, sheet.column)
}

fn until(d: &Driver) -> (String, Option<String>) {
    let until = &d.dossier().plan()[0].until;
    (until.words.clone(), until.date.map(|day| day.to_string()))
}

#[test]
fn 期限はどんなことばでも残り日付なしと出る() {
    for words in
        ["急がず、秋の更新申請まで", "秋", "お盆まで", "すぐ", "随時", "当面", "次の便で", "退院したら"]
    {
        let mut d = plan();
        d.keys(&format!("tab 「便の時刻を聞く」 tab*2 「{words}」 tab 「電話」 f6 f5"));
        assert_eq!(until(&d), (words.to_owned(), None));
        assert_eq!(d.dossier().plan()[0].check, "電話", "nothing runs into one cell");
        d.keys("up right*3");
        assert_eq!((d.sheet().row, d.sheet().column), (0, 3), "{:?}", d.model.place());
        assert_eq!(stands(&d), format!("{words}（日付なし）"));
        d.tick();
        d.restart();
        assert_eq!(stands(&d), format!("{words}（日付なし）"));
    }
}

#[test]
fn ない日や曜日違いの期限はことばで残り理由が出る() {
    for (words, reason) in [("2月30日", "という日はありません"), ("2026/6/18(金)", "木曜日です")]
    {
        let mut d = plan();
        d.keys(&format!("tab*3 「{words}」 tab"));
        assert_eq!(until(&d), (words.to_owned(), None));
        assert!(d.notice().contains(reason) && d.notice().contains("日付なし"), "{}", d.notice());
    }
}

#[test]
fn 会議や同意の日付に書いたことばは欄に残り日付になるまで待つ() {
    let mut d = Driver::with_map("生活 ◀");
    let date = d.dossier().meeting.date;
    d.keys("ctrl-o down 「秋の更新のころ」 tab 「公民館」 f6");
    assert_eq!((d.dossier().meeting.date, d.dossier().meeting.venue.as_str()), (date, "公民館"));
    d.restart();
    d.keys("ctrl-o down");
    assert!(stands(&d).ends_with("？秋の更新のころ"), "{}", stands(&d));
    d.keys("enter");
    assert_eq!(d.cell(), Some("秋の更新のころ"), "they are offered back");
    d.keys("backspace 「R8.9.17」 tab up");
    assert_eq!(d.dossier().meeting.date.unwrap().to_string(), "2026-09-17");
    assert_eq!(stands(&d), "2026年9月17日（木）");
}

#[test]
fn 欄に残ったことばを消しても前の日付は残る() {
    let mut d = Driver::with_map("生活 ◀");
    let date = d.dossier().meeting.date;
    d.keys("ctrl-o down 「いずれ」 tab up enter backspace tab up");
    assert_eq!(d.dossier().meeting.date, date);
    assert!(!stands(&d).contains("いずれ"));
}

#[test]
fn 一覧にない優先度と状態は書いたまま残り数に入らない() {
    let mut d = plan();
    d.keys("tab 「鍵の置き場を決める」 tab*4 「至急」 tab");
    let action = d.dossier().plan()[0].clone();
    assert_eq!(action.priority, Some(Said::Words("至急".to_owned())));
    assert!(d.notice().contains("数には入りません"), "{}", d.notice());
    d.restart();
    assert_eq!(d.dossier().plan()[0].priority, action.priority);
    d.keys("ctrl-g 6 right*5");
    assert_eq!(stands(&d), "？至急");
    d.keys("「1」 tab");
    assert_eq!(d.dossier().plan()[0].priority.as_ref().map(Said::label), Some("高"));
}

#[test]
fn 一覧にない状態は終わったことにならない() {
    let mut action = jirei::domain::Action::new(
        jirei::domain::Id::from(uuid::Uuid::from_u128(1)),
        jirei::domain::Id::from(uuid::Uuid::from_u128(2)),
    );
    action.set_status(ActionStatus::Done, "2026-05-21".parse().unwrap());
    action.set_status(Said::<ActionStatus>::of("家族の返事待ち"), "2026-06-18".parse().unwrap());
    assert_eq!((action.settled, action.status.is_open(), action.status.known()), (None, true, None));
}

#[test]
fn 知らない人のことばは新しい行とともに動き分かった人は残る() {
    let mut d = plan();
    d.keys("「99」 tab 「回覧板に載せる」 tab 「薬・床屋のおかみさん、医」 tab f6 f5");
    let who: Vec<&str> =
        d.dossier().plan()[0].who.iter().map(|id| d.dossier().participants[id].label()).collect();
    assert_eq!(who, ["薬剤師", "医師"]);
    d.keys("up*3");
    assert_eq!(stands(&d), "？99", "what waited in the new row went with it");
    d.keys("right*2");
    assert_eq!(stands(&d), "薬剤師・医師 ？床屋のおかみさん");
    d.keys("enter");
    assert_eq!(d.cell(), Some("P01、P02、床屋のおかみさん"));
    d.keys("tab esc ctrl-u 「理容師 床屋のおかみさん」 enter*2 ctrl-u right*2 enter tab");
    assert_eq!(d.dossier().plan()[0].who.len(), 3, "{}", d.notice());
}

/// Which of the files that people get hold some words.
fn files_with(d: &Driver, words: &str) -> Vec<&'static str> {
    let lists = jirei::format::lists(None).unwrap();
    let bytes = |format| render(format, d.dossier(), &RecordVersions::default(), &lists).unwrap().bytes;
    let all = [Format::Markdown, Format::Html, Format::Csv, Format::Tsv, Format::Json];
    let holds = |format: &Format| String::from_utf8_lossy(&bytes(*format)).contains(words);
    all.into_iter().filter(holds).map(Format::key).collect()
}

#[test]
fn だれがに書いた知らない人は_どのファイルにも声に出すところにもある() {
    let mut d = plan();
    d.keys("tab 「牛の世話を替わる」 tab 「薬、牧場の若い衆」 tab");
    assert_eq!(files_with(&d, "牧場の若い衆"), ["md", "html", "csv", "tsv", "json"]);
    let read = jirei::domain::readback::of_step(d.dossier(), &Tree::new(d.dossier()), Step::Plan);
    assert!(read.iter().any(|group| group.title.contains("薬剤師・牧場の若い衆")), "{read:?}");
}

/// A line of the minutes that begins with a head.
fn minutes(d: &Driver, head: &str) -> String {
    let lists = jirei::format::lists(None).unwrap();
    let file = render(Format::Markdown, d.dossier(), &RecordVersions::default(), &lists).unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    text.lines().find(|line| line.contains(head)).unwrap_or_default().to_owned()
}

#[test]
fn ことばで書きかえた人や日付や選択は前のものを言わない() {
    let mut d = Driver::with_map("生活\n  !灯油が切れる ◀\n  !道が凍る");
    // The presenter, the next date, the issue of an action, and what became of a regional issue.
    d.keys("ctrl-o down*17 「医」 tab 「2027-02-18」 tab");
    d.keys("ctrl-g 6 left*2 「2」 tab 「砂をまく」 tab*2 「次回まで」 tab");
    d.keys("ctrl-g 7 「砂が足りない」 enter tab*14 「1」 tab");
    assert_eq!(minutes(&d, "次回の日"), "| 次回の日 | 2027年2月18日（木） |");
    assert!(minutes(&d, "事例提供者").contains("医師") && minutes(&d, "砂をまく").contains("道が凍る"));
    assert!(d.dossier().regional_issues()[0].reflected == "計画" && until(&d).1.is_some());

    d.keys("ctrl-o down*17 「橇の組合」 tab 「氷が割れたら」 tab");
    d.keys("ctrl-g 6 up*3 left*6 「峠の茶屋」 tab");
    d.keys("ctrl-g 7 down*15 「町と相談中」 tab");
    assert_eq!(minutes(&d, "次回の日"), "| 次回の日 | 氷が割れたら |");
    assert_eq!(minutes(&d, "事例提供者"), "| 事例提供者 | 橇の組合 |");
    let action = minutes(&d, "砂をまく");
    assert!(action.contains("峠の茶屋") && !action.contains("道が凍る"), "{action}");
    assert!(
        minutes(&d, "町と相談中").contains("計画・予算への反映: 町と相談中"),
        "{}",
        minutes(&d, "町と相談中")
    );
    assert_eq!(d.dossier().regional_issues()[0].reflected, "", "nothing counts it");
    // 次回まで has no day any more, and the words are read out.
    assert_eq!(until(&d), ("次回まで".to_owned(), None));
    let read = jirei::domain::readback::of_step(d.dossier(), &Tree::new(d.dossier()), Step::Closing);
    assert!(format!("{read:?}").contains("氷が割れたら"), "{read:?}");
    // Undo brings back what stood there.
    d.keys("ctrl-z*2");
    assert_eq!(minutes(&d, "次回の日"), "| 次回の日 | 氷が割れたら |");
    d.keys("ctrl-z");
    assert!(minutes(&d, "次回の日").contains("2027年2月18日") && until(&d).1.is_some());
}

#[test]
fn 会議と同意の日は書きかえても日付のまま_ことばを添える() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-o down 「2026-11-19」 tab up 「流氷の来る前」 tab");
    assert!(minutes(&d, "日時").contains("2026年11月19日（木）（流氷の来る前）"), "{}", minutes(&d, "日時"));
    d.keys("down*11 「11/12」 tab up 「電話のあと」 tab");
    let consent = minutes(&d, "同意 |");
    assert!(consent.contains("2026年11月12日（木）（電話のあと）"), "{consent}");
}

#[test]
fn いくつも書いた欄の知らないことばは_ほかと並ぶ() {
    let mut d = plan();
    d.keys("tab 「牛の世話を替わる」 tab 「薬、牧場の若い衆、隣の牧場」 tab");
    let action = minutes(&d, "牛の世話を替わる");
    assert!(action.contains("| 薬剤師、牧場の若い衆、隣の牧場 |"), "{action}");
    d.keys("ctrl-g 7 「夜の足がない」 enter tab 「1、吹雪の晩」 tab");
    assert!(minutes(&d, "場面").ends_with("、吹雪の晩"), "{}", minutes(&d, "場面"));
}

#[test]
fn 会議や枠の欄のことばもファイルに入る() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-o down 「雪解けの週」 tab f6");
    assert_eq!(files_with(&d, "雪解けの週"), ["md", "html", "json"]);
    d.keys("ctrl-g 7 「夜の足がない」 enter tab 「吹雪の晩」 tab");
    assert_eq!(files_with(&d, "吹雪の晩"), ["md", "html", "csv", "tsv", "json"]);
}

#[test]
fn 欄に残ったことばも元に戻すと順に消え_やり直すとまた入る() {
    let mut d = plan();
    d.keys("tab 「薪を運ぶ」 tab 「隣の大工」 tab 「12月」 tab left*3 esc");
    let who = |d: &Driver| d.dossier().plan().first().map(|action| action.others().to_owned());
    assert_eq!(who(&d), Some("隣の大工".to_owned()));
    d.keys("ctrl-z");
    assert_eq!((until(&d).0.as_str(), who(&d)), ("", Some("隣の大工".to_owned())), "{}", d.notice());
    d.keys("ctrl-z");
    assert_eq!(who(&d), Some(String::new()), "{}", d.notice());
    d.keys("ctrl-z");
    assert_eq!(who(&d), None);
    d.keys("ctrl-y*3");
    assert_eq!((until(&d).0.as_str(), who(&d)), ("12月", Some("隣の大工".to_owned())));
    d.restart();
    assert_eq!(who(&d), Some("隣の大工".to_owned()));
}

#[test]
fn 欄に残ったことばは保存済みと出るときには書かれている() {
    let mut d = plan();
    d.keys("tab 「鍵を預かる」 tab 「向かいの豆腐屋」");
    let effects = d.update(jirei::ui::Msg::Key(jirei::command::Key::plain(jirei::command::Code::Tab)));
    let written = effects.iter().any(|effect| match effect {
        jirei::ui::Effect::Commit(line, _) => format!("{:?}", line.edit.changes).contains("向かいの豆腐屋"),
        _ => false,
    });
    assert!(written, "{effects:?}");
}

#[test]
fn 欄に残ったことばも人の名前なら知らせる() {
    for keys in ["ctrl-g 6 tab 「山田太郎さん」 tab", "ctrl-o down 「山田太郎さんの都合のよい日」 tab"]
    {
        let mut d = Driver::with_map("生活\n  !残薬 ◀");
        d.keys(keys);
        assert!(d.model.cx.notice.is_loud() && d.notice().contains("氏名"), "{}", d.notice());
    }
}

#[test]
fn 待っていたことばは名指したものができると読み直される() {
    let mut d = plan();
    d.keys("tab 「通帳を一緒に見る」 tab 「息子、薬」 tab f6 f5");
    d.keys("ctrl-o end up*4 「息子」 tab");
    d.keys("esc ctrl-u 「家族 息子さん」 enter");
    let called = |d: &Driver, id| d.dossier().participants[&id].label().to_owned();
    let action = d.dossier().plan()[0].clone();
    let who: Vec<String> = action.who.iter().map(|id| called(&d, *id)).collect();
    assert_eq!((who, action.others()), (vec!["薬剤師".to_owned(), "家族".to_owned()], ""));
    // Who is taken back again is waited for again.
    d.keys("ctrl-z");
    assert_eq!((d.dossier().plan()[0].who.len(), d.dossier().plan()[0].others()), (1, "息子"));
}

#[test]
fn 課題ともとになった枝も_あとから出れば読み直される() {
    let mut d = plan();
    d.keys("「冬の灯油」 tab 「配達を頼む」 tab ctrl-g 7 「燃料が届かない」 enter tab*9 「灯油の値」 tab");
    assert_eq!((d.dossier().plan()[0].issue, d.dossier().evidence.len()), (None, 0));
    d.keys("ctrl-g 3 「灯油の値が上がった」 enter 「!冬の灯油が買えない」 enter");
    let issue = d.dossier().plan()[0].issue.and_then(|id| d.dossier().nodes.get(&id));
    assert_eq!(issue.map(|node| node.text.as_str()), Some("冬の灯油が買えない"), "{}", d.state());
    assert_eq!(d.dossier().evidence.len(), 1);
}

#[test]
fn 前の版のしおりで待っていたことばは書きかけから出せる() {
    let mut d = plan();
    let mark = d.model.bookmark();
    let meeting = d.dossier().meeting.id;
    let mut mark: serde_json::Value = serde_json::from_str(&mark).unwrap();
    mark["unread"] =
        serde_json::json!([{ "meeting": meeting, "cell": { "plan": [null, "who"] }, "words": "渡し船の人" }]);
    d.model.resume(&mark.to_string());
    assert!(d.model.bookmark().contains("渡し船の人"));
    assert!(d.model.cx.put_away.iter().any(|put| format!("{put:?}").contains("渡し船の人")));
}

#[test]
fn 日付のうしろの時刻は落とさず_そばに置く() {
    for (typed, day, time) in [
        ("12月3日 14時", "2026年12月3日（木）", "14時"),
        ("12/3 14:00〜", "2026年12月3日（木）", "14:00〜"),
        ("12月8日（火）１０時半から", "2026年12月8日（火）", "１０時半から"),
        ("R8.12.3 午後", "2026年12月3日（木）", "午後"),
    ] {
        let mut d = Driver::with_map("生活 ◀");
        d.keys(&format!("ctrl-o down 「{typed}」 tab"));
        assert!(d.notice().contains(&format!("「{time}」は日付に添えて残します")), "{}", d.notice());
        d.keys("up");
        assert_eq!(stands(&d), format!("{day} ？{time}"));
        // Offered back together, and read as they were.
        d.keys("enter");
        assert!(d.cell().unwrap().starts_with("2026/12/"), "{:?}", d.cell());
        d.keys("tab up");
        assert_eq!(stands(&d), format!("{day} ？{time}"));
        d.keys("enter backspace tab up");
        assert_eq!(stands(&d), "");
    }
}

#[test]
fn 近くの年にない曜日の期限は_しからずにことばで残る() {
    let mut d = Driver::with_map("生活\n  !残薬 ◀");
    d.keys("ctrl-o down 「2026-11-28」 tab ctrl-g 6 tab*2 「10月3日（土）」 tab");
    assert_eq!(until(&d), ("10月3日（土）".to_owned(), None));
    assert!(!d.model.cx.notice.is_loud(), "{}", d.notice());
    d.keys("esc left");
    assert_eq!(stands(&d), "10月3日（土）（日付なし）");
    // The weekday chooses the year where one within three fits.
    let mut d = Driver::with_map("生活\n  !残薬 ◀");
    d.keys("ctrl-o down 「2026-11-28」 tab ctrl-g 6 tab*2 「10月3日（日）」 tab");
    assert_eq!(until(&d).1.as_deref(), Some("2027-10-03"));
}

#[test]
fn いくつも書く欄で打ちはじめたことばは_前のものに付かない() {
    let mut d = plan();
    d.keys("「1」 tab 「回覧板に載せる」 tab 「薬」 tab f6 f5 up*3 right*2");
    assert_eq!(stands(&d), "薬剤師");
    d.keys("「お盆」 tab");
    assert_eq!(d.dossier().plan()[0].who.len(), 1, "who stood there still does: {}", d.notice());
    d.keys("f6 f5 up*3 right*2");
    assert_eq!(stands(&d), "薬剤師 ？お盆");
}

#[test]
fn もとになった枝はどの区切りでも分かれる() {
    for dividers in ["、", "，", ",", "；", ";"] {
        let outline = "生活\n  独居・昼間一人\n  薬が余る、飲み忘れる\n  畑が好き\n家族\n  雪かき ◀";
        let mut d = Driver::with_map(outline);
        let words = ["独居・昼間一人", "薬が余る、飲み忘れる", "畑", "雪かき"].join(dividers);
        d.keys(&format!("ctrl-g 7 「見守りが足りない」 enter tab*9 「{words}」 tab"));
        assert_eq!(d.dossier().evidence.len(), 4, "{dividers}: {}", d.notice());
    }
}

#[test]
fn 場面も人も中黒でも読点でも分かれる() {
    for divider in ["、", "，", ",", "；", ";", "・", "　", "､", "･"] {
        let mut d = plan();
        d.keys(&format!(
            "tab*2 「薬{divider}医」 tab ctrl-g 7 「一人では決められない」 enter tab 「1{divider}3」 tab"
        ));
        assert_eq!(d.dossier().plan()[0].who.len(), 2, "{divider}");
        assert_eq!(d.dossier().regional_issues()[0].scenes.len(), 2, "{divider}");
    }
}

#[test]
fn 年間の枠に書いたことばも欄に残り次の欄へ進める() {
    let mut d = support::region::region(&[]);
    d.keys("f8 down 「桜のころ」 tab*2 「川の里の相談所」 tab");
    let slots: Vec<_> = d.outside.years.slots.values().cloned().collect();
    assert_eq!((slots.len(), slots[0].date), (1, None));
    assert_eq!(slots[0].presenter, "川の里の相談所");
    d.keys("esc");
    d.tick();
    d.restart();
    let left = |d: &mut Driver| {
        d.keys("left*4");
        stands(d)
    };
    assert_eq!(left(&mut d), "？桜のころ");
    d.keys("enter backspace 「4月9日」 tab esc");
    assert_eq!(left(&mut d), "4/9(木)");
}

#[test]
fn 新しい行は何をから打ちはじめ課題は左にある() {
    let mut d = Driver::with_map("生活\n  !灯油が切れる ◀\n  !道が凍る");
    d.keys(
        "ctrl-g 6 「灯油を配る」 tab 「薬」 tab 「12月まで」 tab 「電話」 tab 「高」 tab 「砂をまく」 tab",
    );
    let plan: Vec<(String, String, usize)> =
        d.dossier().plan().iter().map(|a| (a.what.clone(), a.until.words.clone(), a.who.len())).collect();
    assert_eq!(plan[0], ("灯油を配る".to_owned(), "12月まで".to_owned(), 1));
    assert_eq!(plan[1], ("砂をまく".to_owned(), String::new(), 0));
    d.keys("shift-tab*2 「2」 tab");
    let issue = d.dossier().plan()[1].issue.and_then(|id| d.dossier().nodes.get(&id));
    assert_eq!(issue.map(|n| n.text.as_str()), Some("道が凍る"));
    // However one comes to the new row.
    d.keys("esc up left*6 down*3 「鍵を預ける」 enter");
    assert_eq!(d.dossier().plan()[2].what, "鍵を預ける");
}

#[test]
fn 候補へ下りてから打ったことばはその候補に付かない() {
    let mut d = Driver::with_map("生活\n  !灯油が切れる ◀\n  !道が凍る");
    d.keys("ctrl-g 6 「砂をまく」 tab down 「医」 tab");
    let who: Vec<&str> =
        d.dossier().plan()[0].who.iter().map(|id| d.dossier().participants[id].label()).collect();
    assert_eq!(who, ["薬剤師", "医師"], "{}", d.notice());
    d.keys("shift-tab*3 down 「道」 tab");
    let issue = d.dossier().plan()[0].issue.and_then(|id| d.dossier().nodes.get(&id));
    assert_eq!(issue.map(|n| n.text.as_str()), Some("道が凍る"), "{}", d.notice());
}

/// The screens with cells, each with the keys to it and how many cells it has one after the other.
const FORMS: [(&str, usize); 3] = [("ctrl-o", 21), ("ctrl-g 6 left", 6), ("ctrl-g 7", 18)];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn 何を打ってもどの欄からもタブで進み打ったことばは残る(
        form in 0usize..3,
        at in 0usize..21,
        words in "[ぁ-ん一-龥ー、・；;0-9/（）月日年a-c]{1,12}",
    ) {
        let (screen, cells) = FORMS[form];
        let at = at % cells;
        // Dividers alone are no words, and a single figure is a choice or a no, however long it is drawn.
        prop_assume!(words.chars().filter(|c| !"、・；;ー".contains(*c)).count() > 1);
        let mut d = plan();
        d.keys(&format!("{screen} tab*{at}"));
        d.typed(&words);
        let (before, left) = (d.dossier().clone(), (d.sheet().row, d.sheet().column));
        d.keys("tab");
        prop_assert!((d.sheet().row, d.sheet().column) != left || at + 1 == cells, "{}", d.notice());
        let written = d.dossier().clone();
        prop_assert!(written != before || d.model.bookmark().contains(&words), "{words} in cell {at} of {screen}");
        d.keys("f6");
        d.tick();
        let waits = d.model.bookmark().contains(&words);
        d.restart();
        prop_assert_eq!(d.dossier().nodes.len(), written.nodes.len());
        prop_assert_eq!((&d.dossier().meeting, &d.dossier().case), (&written.meeting, &written.case));
        prop_assert_eq!((&d.dossier().actions, &d.dossier().regional), (&written.actions, &written.regional));
        prop_assert_eq!(d.model.bookmark().contains(&words), waits);
    }

    #[test]
    fn 地域の画面でもどの欄からもタブで進み打ったことばは残る(
        screen in 0usize..3,
        at in 0usize..17,
        words in "[ぁ-ん一-龥ー、・；;0-9/（）月日年a-c]{1,12}",
    ) {
        prop_assume!(words.chars().filter(|c| !"、・；;ー".contains(*c)).count() > 1);
        let mut d = support::region::region(&[("2026-05-21", &["通院の足がない"])]);
        let (keys, cells, along) = [("f8 down", 5, "right"), ("f7 enter", 17, "down"), ("f8 enter down*2", 5, "right")][screen];
        d.keys(keys);
        d.keys(&format!("{along}*{}", at % cells));
        let commits = d.commits;
        d.typed(&words);
        let left = at_seat(&d);
        d.keys("tab");
        let went = at_seat(&d) != left;
        prop_assert!(went || at % cells + 1 == cells, "{} {}", d.notice(), words);
        d.tick();
        d.restart();
        prop_assert!(d.commits > commits || d.model.bookmark().contains(&words), "{words} in cell {at} of {keys}");
    }
}

#[test]
fn 一覧にないことばは残ると言われ_選び方も分かる() {
    let key = plan().model.cx.keymap.said(Command::EnterCell);
    for (keys, words) in [
        ("ctrl-o down*8 「漁協の寄り合いで聞いた」 tab", "漁協の寄り合いで聞いた"),
        ("ctrl-o down*11 「伝言でよしとされた」 tab", "伝言でよしとされた"),
        ("ctrl-g 7 「船の欠航の日」 enter tab 「時化の朝」 tab", "時化の朝"),
        ("ctrl-g 7 「船の欠航の日」 enter tab*5 「島じゅう」 tab", "島じゅう"),
        ("ctrl-g 7 「船の欠航の日」 enter tab*14 「町長と話した」 tab", "町長と話した"),
        ("ctrl-g 7 「船の欠航の日」 enter 「たぶん」 tab", "たぶん"),
        ("ctrl-g 7 「船の欠航の日」 enter tab*9 「沖の瀬」 tab", "沖の瀬"),
        ("ctrl-g 6 left 「41」 tab", "41"),
        ("ctrl-g 6 tab*4 「凪のうち」 tab", "凪のうち"),
    ] {
        let mut d = Driver::with_map("住まい\n  !船が出ない ◀");
        d.keys(keys);
        let notice = d.notice().to_owned();
        // One has gone on by then: the field is called by its name.
        let field = notice.split_once('：').unwrap().0;
        let how = format!("ことばのまま残します（数には入りません）。{field}の欄で {key} を押すと選べます。");
        assert!(notice.contains(&format!("「{words}」")) && notice.ends_with(&how), "{keys}: {notice}");
        assert!(!notice.contains("ください"), "{notice}");
        assert!(format!("{:?}", d.dossier()).contains(words), "{keys}");
    }
}

#[test]
fn 選び方のキーは設定のとおりに言う() {
    let mut d = Driver::with_map("住まい ◀");
    let own = [("enter-cell".to_owned(), vec!["ctrl-j".to_owned()])].into();
    d.model.cx.keymap = jirei::command::Keymap::new(&own).unwrap();
    d.keys("ctrl-o down*8 「漁協の寄り合いで聞いた」 tab");
    assert!(d.notice().ends_with("検討のきっかけの欄で Ctrl+J を押すと選べます。"), "{}", d.notice());
}
