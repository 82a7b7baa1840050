//! Keys in, state out, in tables, forms and lists, and on the way through the steps.

use crate::support;

use jirei::domain::ActionStatus;
use jirei::ui::{Effect, Overlay};
use support::driver::{Driver, plan};

// ---- 段階と時計

#[test]
fn 段階は進み戻り飛ばせて時間が残る() {
    let mut d = Driver::with_map("生活 ◀");
    let at = d.dossier().progress.step;
    for _ in 0..90 {
        d.tick();
    }
    d.keys("f6");
    let spent = d.dossier().progress.spent_in(at);
    assert!((90..=93).contains(&spent), "{spent}");
    d.keys("f5");
    assert_eq!(d.dossier().progress.step, at);
    d.keys("ctrl-g ７");
    assert_eq!(d.dossier().progress.step, 6);
    d.keys("ctrl-g 「導入」 enter");
    assert_eq!(d.dossier().progress.step, 0);
    d.keys("f5");
    assert_eq!(d.model.place(), jirei::command::Place::Info);
}

#[test]
fn 眠っていた時間と休憩は数えない() {
    let mut d = Driver::with_map("生活 ◀");
    let before = d.desk().doc.meeting_seconds();
    d.at += chrono::TimeDelta::hours(2);
    d.tick();
    assert!(d.desk().doc.meeting_seconds() - before <= 1);
    d.keys("ctrl-t");
    for _ in 0..30 {
        d.tick();
    }
    assert!(d.desk().doc.meeting_seconds() - before <= 2);
    d.keys("ctrl-t");
    for _ in 0..30 {
        d.tick();
    }
    assert!((30..=33).contains(&(d.desk().doc.meeting_seconds() - before)));
    // What was counted is there after a restart, once.
    let counted = d.desk().doc.meeting_seconds();
    d.key("up");
    d.tick();
    d.restart();
    assert!(
        d.desk().doc.meeting_seconds().abs_diff(counted) <= 2,
        "{} {counted}",
        d.desk().doc.meeting_seconds()
    );
}

#[test]
fn 終えた会議はまた開ける() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 8 f6");
    assert!(d.dossier().progress.ended_at.is_some() && !d.desk().doc.clock.running);
    assert_eq!(d.title(), "何を書き出しますか");
    d.keys("esc ctrl-t");
    assert!(d.dossier().progress.ended_at.is_none() && d.desk().doc.clock.running);
}

// ---- 行動計画

#[test]
fn 計画は一行を書いて次の行へ進む() {
    let mut d = plan();
    d.keys("「2」 enter 「一包化をためす」 enter 「薬、医」 enter 「6/18」 enter 「袋を数える」 tab 「1」 enter shift-tab 「①」 tab");
    let plan = d.dossier().plan();
    let (first, second) = (plan[0], plan[1]);
    let text =
        |a: &jirei::domain::Action| a.issue.map(|id| d.dossier().nodes[&id].text.clone()).unwrap_or_default();
    assert_eq!(text(first), "1年で入院3回");
    assert_eq!(first.what, "一包化をためす");
    let who: Vec<&str> = first.who.iter().map(|id| d.dossier().participants[id].label()).collect();
    assert_eq!(who, ["薬剤師", "医師"]);
    assert_eq!(first.until.date.unwrap().to_string(), "2026-06-18");
    assert_eq!(
        (first.check.as_str(), first.priority.as_ref().map(|p| p.label())),
        ("袋を数える", Some("高"))
    );
    assert_eq!(text(second), "残薬");
    assert_eq!((d.sheet().row, d.sheet().column), (1, 1));
}

#[test]
fn 課題はことばでも選べて番号はことばと取りちがえない() {
    for (keys, want) in
        [("「入院」", Some("1年で入院3回")), ("「⑵」", Some("1年で入院3回")), ("「１」", Some("残薬"))]
    {
        let mut d = plan();
        d.keys(&format!("{keys} tab"));
        let issue =
            d.dossier().plan().first().and_then(|a| a.issue).map(|id| d.dossier().nodes[&id].text.as_str());
        assert_eq!(issue, want, "{keys}: {}", d.notice());
    }
    let mut d = plan();
    d.keys("「3」 tab");
    assert!(d.notice().contains("という課題はありません"), "{}", d.notice());
    d.keys("shift-tab");
    assert_eq!(d.cell(), Some("3"));
}

#[test]
fn 期限はどう書いても意味が分かる() {
    for (words, day) in [
        ("2026-06-18", Some("2026-06-18")),
        ("６／１８", Some("2026-06-18")),
        ("R8.6.18", Some("2026-06-18")),
        ("来週", Some("2026-05-31")),
        ("2週間後", Some("2026-06-04")),
        ("年度末", Some("2027-03-31")),
        ("未定", None),
        ("次回まで", None),
    ] {
        let mut d = plan();
        d.keys(&format!("tab*3 「{words}」 tab"));
        let until = &d.dossier().plan()[0].until;
        assert_eq!((until.words.as_str(), until.date.map(|d| d.to_string()).as_deref()), (words, day));
    }
}

#[test]
fn 日付でない期限もことばのまま残る() {
    let mut d = plan();
    d.keys("tab*3 「そのうち」 tab f6");
    assert_eq!(d.dossier().plan()[0].until.words, "そのうち");
    d.keys("f5 tab*3 「6/18」 enter");
    assert_eq!(d.dossier().plan()[0].until.words, "6/18");
}

#[test]
fn 候補は上下で選びエスケープでやめる() {
    let mut d = plan();
    d.keys("tab*5 enter down down");
    assert_eq!(d.cell(), Some("中"));
    d.keys("up up");
    assert_eq!(d.cell(), Some(""), "back to the words as typed");
    d.keys("down*9");
    assert_eq!(d.cell(), Some("低"), "the list has an end");
    d.keys("esc");
    assert_eq!(d.cell(), None);
    assert!(d.dossier().actions.is_empty());
}

#[test]
fn 絞った候補の中を上下する() {
    let mut d = plan();
    d.keys("tab*2 「師」 down down");
    assert_eq!(d.cell(), Some("P02"));
    d.keys("up up");
    assert_eq!(d.cell(), Some("師"));
    d.keys("backspace 「薬」 enter");
    assert_eq!(d.dossier().plan()[0].who.len(), 1);
}

#[test]
fn 通りかかった欄の上下は次の行へ行き書きかえない() {
    let mut d = plan();
    d.keys("tab 「一」 tab tab tab tab 「高」 enter 「二」 shift-tab shift-tab");
    assert_eq!(d.cell(), Some("高"));
    d.keys("down");
    assert_eq!((d.sheet().row, d.cell()), (1, None));
    assert_eq!(d.dossier().plan()[0].priority.as_ref().unwrap().label(), "高");
    d.keys("up enter down enter");
    assert_eq!(d.dossier().plan()[0].priority.as_ref().unwrap().label(), "中");
}

#[test]
fn 欄に書いたことばはエスケープでも段階でも失われない() {
    let mut d = plan();
    d.keys("tab 「一包化」 esc");
    assert_eq!(d.cell(), None);
    d.keys("esc");
    assert_eq!(d.cell(), Some("一包化"));
    d.keys("f6 f5");
    assert_eq!(d.dossier().plan()[0].what, "一包化");
}

#[test]
fn 欄の途中で消すキーは行を消さない() {
    let mut d = plan();
    d.keys("tab 「一包化」 enter up*2 left enter home delete*9");
    assert_eq!(d.dossier().actions.len(), 1);
    d.keys("esc delete");
    assert!(d.dossier().actions.is_empty());
    d.keys("ctrl-z");
    assert_eq!(d.dossier().actions.len(), 1);
}

#[test]
fn 欄に貼った何行かは一行になる() {
    let mut d = plan();
    d.keys("tab 『一行目\r\n二行目』 tab");
    assert_eq!(d.dossier().plan()[0].what, "一行目 二行目");
}

// ---- 地域課題

#[test]
fn もとになった枝には書いている間に増えた枝も出る() {
    let mut d = Driver::with_map("生活\n  移動販売が減った ◀\n  残薬\n  ｶﾞｿﾘﾝが高い");
    d.keys("ctrl-g 7 「買物に行けない人が増えている」 enter esc down*9");
    let offered = |d: &Driver| -> Vec<String> {
        d.model.sheets().unwrap().cell_offers(&d.model.cx).iter().map(|o| o.text.clone()).collect()
    };
    d.keys("enter");
    assert_eq!(
        offered(&d),
        ["移動販売が減った", "残薬", "ｶﾞｿﾘﾝが高い"],
        "{:?}",
        d.model.sheets().unwrap().selected_cell(&d.model.cx)
    );
    d.keys("「ガソリン」");
    assert_eq!(offered(&d), ["ｶﾞｿﾘﾝが高い"]);
    // The map over the open cell: what is written there can be chosen at once.
    d.keys("f8 「バスが日に二本」 enter f8 「;バス」");
    assert_eq!(offered(&d), ["バスが日に二本"]);
    d.keys("enter");
    let words: Vec<_> =
        d.dossier().evidence.values().map(|e| d.dossier().nodes[&e.node.unwrap()].text.clone()).collect();
    assert_eq!(words, ["ｶﾞｿﾘﾝが高い", "バスが日に二本"]);
}

#[test]
fn 地域課題の用紙を書く() {
    let mut d = plan();
    d.keys("ctrl-g 7 「薬の情報が届くしくみがない」 enter enter 「1、2」 enter 「手帳をそろえる；連絡票」 enter 「薬剤師会」 enter 「ウ、エ」 enter 「3」 enter 「山の町」 enter 「2」 enter 「3」 enter");
    d.keys("「残薬；家で暮らす」 enter 「1」 enter 「急ぐから」 enter 「年度末」 enter");
    let issue = d.dossier().regional_issues()[0].clone();
    assert_eq!(issue.scenes, ["日常の療養支援", "入退院支援"]);
    assert_eq!(issue.categories.iter().map(|c| c.letter.as_str()).collect::<Vec<_>>(), ["ウ", "エ"]);
    assert!(issue.categories[0].label.starts_with("切れ目"));
    assert_eq!((issue.level.as_str(), issue.area.as_str()), ("市町村", "山の町"));
    assert_eq!(issue.function, "地域課題発見");
    assert_eq!(issue.measures, ["手帳をそろえる", "連絡票"]);
    assert_eq!(issue.due.date.unwrap().to_string(), "2027-03-31");
    assert_eq!(d.dossier().evidence.len(), 2);
    // One of the two goes, the other one stays the same record.
    let kept = d.dossier().evidence.keys().next().copied().unwrap();
    d.keys("up*4 enter backspace*6 enter");
    assert_eq!(d.dossier().evidence.keys().copied().collect::<Vec<_>>(), [kept], "{}", d.notice());
    d.keys("esc delete ctrl-z");
    assert_eq!((d.dossier().regional.len(), d.dossier().evidence.len()), (1, 1));
}

#[test]
fn 用紙の終わりのエンターは書き終える() {
    let mut d = plan();
    d.keys("ctrl-o pagedown*3 「メモ」 enter");
    assert_eq!(d.cell(), None);
    assert_eq!(d.dossier().meeting.note, "メモ");
}

// ---- 導入と参加者

#[test]
fn 参加者を足して直す() {
    let mut d = Driver::empty();
    d.keys("ctrl-u 「ケアマネ 山の町居宅」 enter");
    assert_eq!(d.dossier().people()[3].code, "P04");
    d.keys("f2 「、遅刻」 enter");
    let person = d.dossier().people()[3].clone();
    assert!(person.came_late && !person.left_early);
    assert_eq!((person.profession.as_str(), person.organisation.as_str()), ("ケアマネ", "山の町居宅"));
    d.keys("「保健師、遅れて参加、山の町役場、早退」 enter");
    let person = d.dossier().people()[4].clone();
    assert!(person.came_late && person.left_early);
    assert_eq!((person.profession.as_str(), person.organisation.as_str()), ("保健師", "山の町役場"));
}

#[test]
fn 地図のことばは黙って参加者にならない() {
    let mut d = Driver::empty();
    d.keys("f5 「残薬が多い」 enter");
    assert_eq!((d.dossier().participants.len(), d.entry()), (3, "残薬が多い"));
    assert!(d.notice().contains("「残薬が多い」は一覧にない職種です"), "{}", d.notice());
    // Another line is asked about anew; the same line is taken.
    d.keys("end 「です」 enter");
    assert_eq!(d.dossier().participants.len(), 3);
    d.keys("backspace*20 「宮司 山の神社」 enter enter");
    let person = d.dossier().people()[3].clone();
    assert_eq!((person.profession.as_str(), person.organisation.as_str()), ("宮司", "山の神社"));
    // Who is at the table already is mended without being asked about.
    d.keys("f2 「 某ノ里」 enter");
    assert_eq!(d.dossier().people()[3].name, "某ノ里");
}

#[test]
fn 同じ番号は断りことばを残す() {
    let mut d = Driver::empty();
    d.keys("ctrl-u 「P01 歯科医師」 enter");
    assert_eq!(d.entry(), "P01 歯科医師");
    assert!(d.notice().contains("もう使われています。P04 でよければ、もう一度 Enter"), "{}", d.notice());
    d.keys("ctrl-u ctrl-u");
    assert_eq!(d.entry(), "P01 歯科医師");
    d.keys("enter");
    let person = d.dossier().people()[3].clone();
    assert_eq!((person.code.as_str(), person.profession.as_str()), ("P04", "歯科医師"));
}

#[test]
fn 空にした参加者の行は人を空にしない() {
    let mut d = Driver::empty();
    d.keys("ctrl-u f2 backspace*60 enter");
    assert_eq!(d.dossier().people()[0].profession, "薬剤師");
    assert!(d.notice().contains("Delete"), "{}", d.notice());
}

/// A meeting that looks back at one action of an earlier one.
pub(super) fn earlier() -> Driver {
    let mut first = plan();
    first.keys("tab 「一包化」 tab");
    let action = first.dossier().plan()[0].clone();
    let mut d = Driver::empty();
    let mut earlier = action.clone();
    earlier.issue = None;
    earlier.who.clear();
    earlier.meeting = "01900000-0000-7000-8000-000000000001".parse().unwrap();
    d.previous = vec![jirei::store::OpenAction {
        action: earlier,
        meeting_title: String::new(),
        meeting_date: None,
        case: None,
        who: Vec::new(),
        issue: String::new(),
    }];
    let previous = d.previous.clone();
    d.model.meeting_mut().unwrap().0.doc.hear_of(previous);
    d
}

#[test]
fn 前回の行動の様子はスペースで結果はエンターで書く() {
    let mut d = earlier();
    d.keys("f5 down*9 space space");
    assert_eq!(d.previous[0].action.status, ActionStatus::Done.into());
    d.keys("「ことば」 f2 「飲めている」 space 「日が増えた」 enter");
    assert_eq!(d.previous[0].action.outcome, "飲めている 日が増えた");
    assert_eq!((d.previous[0].action.status.known(), d.entry()), (Some(ActionStatus::Done), "ことば"));
    d.keys("ctrl-z*2");
    assert_eq!(d.previous[0].action.status, ActionStatus::Doing.into());
}

#[test]
fn ほかの会議が変えた行動は戻すをふさがない() {
    let mut d = earlier();
    d.keys("f5 「保健師」 enter down*9 space ctrl-z ctrl-y");
    // The next meeting has finished it meanwhile.
    d.previous[0].action.status = ActionStatus::Done.into();
    d.keys("ctrl-b 2 f5*9 esc ctrl-z");
    assert!(d.notice().contains("とばしました"), "{}", d.notice());
    d.keys("ctrl-z");
    assert_eq!(d.dossier().participants.len(), 3);
    // Also after a restart.
    d.tick();
    d.restart();
    d.keys("ctrl-y");
    assert_eq!(d.dossier().participants.len(), 4, "{}", d.notice());
}

// ---- 振り返り

#[test]
fn 振り返りは人と問いを付けて書く() {
    let mut d = Driver::empty();
    d.keys("ctrl-g 8 「@薬 #2 力をもらった」 enter 「そうだった」 enter f4 ３ 「気づいた」 enter");
    let all: Vec<(String, Option<&str>, &str)> = d
        .dossier()
        .reflections_in_order()
        .into_iter()
        .map(|r| {
            let who = r.speaker.map(|id| d.dossier().participants[&id].label());
            (r.question.clone(), who, r.text.as_str())
        })
        .collect();
    assert_eq!(
        all,
        [
            ("共感を感じたか".to_owned(), Some("薬剤師"), "力をもらった"),
            ("共感を感じたか".to_owned(), Some("薬剤師"), "そうだった"),
            ("新しい気づき".to_owned(), Some("薬剤師"), "気づいた"),
        ]
    );
    d.keys("f2 f3 「医」 enter f4 1 enter");
    let mended = d.dossier().reflections_in_order()[2];
    assert_eq!(d.dossier().participants[&mended.speaker.unwrap()].label(), "医師");
    assert_eq!((mended.question.as_str(), mended.text.as_str()), ("整理できたか", "気づいた"));
}

#[test]
fn 書きかけがあっても次回の日を書ける() {
    let mut d = Driver::empty();
    d.keys("ctrl-g 8 「書きかけ」 f2 「7/16」 enter");
    assert_eq!(d.dossier().meeting.next_date.unwrap().to_string(), "2026-07-16");
    assert_eq!(d.entry(), "書きかけ");
    d.keys("esc down*2 space down space");
    assert_eq!(d.dossier().meeting.checked.len(), 2);
    d.keys("「　」");
    assert_eq!(d.dossier().meeting.checked.len(), 1);
    d.keys("up*3 f2 「x」 down up f2");
    assert_eq!(d.cell(), Some("x"), "{}", d.notice());
}

#[test]
fn 次回までの期限は次回の日が決まると分かる() {
    let mut d = plan();
    d.keys("tab*3 「次回まで」 tab esc ctrl-g 8 f2 「7/16」 enter ctrl-g 6");
    let id = d.dossier().plan()[0].id;
    assert!(
        d.model
            .cell_shown(jirei::ui::sheet::cell::Cell::Plan(
                Some(id),
                jirei::domain::fields::ActionField::Until
            ))
            .contains("7/16")
    );
}

// ---- 最初の画面と一覧

#[test]
fn 最初の画面は三つのうちから全角の数字でも選べる() {
    assert_eq!(Driver::first_start().home_count(), 3);
    for (key, place) in [("１", jirei::command::Place::Info), ("2", jirei::command::Place::Map)] {
        let mut d = Driver::first_start();
        d.keys(&format!("「{key}」"));
        assert!(d.model.place() == place || d.desk().doc.is_sample(), "{key}");
    }
    let mut d = Driver::first_start();
    d.keys("down*2 enter");
    assert_eq!(d.title(), "使い方");
    d.keys("「1」");
    assert!(d.model.meeting().is_none() && d.title() == "使い方");
}

#[test]
fn パレットはことばで操作を見つける() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-p 「時計」 enter");
    assert!(d.notice().contains("時計を止めました"), "{}", d.notice());
    d.keys("f10 「参加者」 enter");
    assert_eq!(d.model.place(), jirei::command::Place::People);
    d.keys("ctrl-p 「ヌヌヌヌ」");
    d.keys("enter");
    assert!(matches!(d.model.cx.over, Some(Overlay::Choose(_))));
    d.keys("esc");
    assert!(d.model.cx.over.is_none());
}

// ---- 書き出す先

/// The paths of the files written so far.
fn written(d: &Driver) -> Vec<String> {
    let path = |e: &Effect| match e {
        Effect::Write { path, .. } => Some(path.to_string_lossy().into_owned()),
        _ => None,
    };
    d.given.iter().filter_map(path).collect()
}

#[test]
fn 書き出す先は打つと置きかわり矢印で直せる() {
    for (keys, path) in [
        ("enter", "出力/2026-05-21_第1回 事例検討会_資料.pdf"),
        ("「/机/メモ.md」 enter", "/机/メモ.md"),
        ("『/机/メモ.md』 enter", "/机/メモ.md"),
        ("backspace 「メモ.md」 enter", "出力/メモ.md"),
        ("「~/メモ.md」 enter", "~/メモ.md"),
        ("left right backspace*3 「txt」 enter", "出力/2026-05-21_第1回 事例検討会_資料.txt"),
        ("home 「../」 enter", "../出力/2026-05-21_第1回 事例検討会_資料.pdf"),
    ] {
        let mut d = Driver::with_map("生活 ◀");
        d.model.cx.export_folder = "出力".into();
        d.keys(&format!("ctrl-e enter {keys}"));
        assert_eq!(written(&d), [path], "{keys}");
    }
}

#[test]
fn 同じ名前のファイルがあればやめるか別の名前か上書きか() {
    for (pick, count) in [("1", 1), ("enter", 1), ("esc", 1), ("２", 2), ("3", 2)] {
        let mut d = Driver::with_map("生活 ◀");
        d.keys("ctrl-e enter 「/机/メモ.md」 enter ctrl-e enter 「/机/メモ.md」 enter");
        assert_eq!(d.title(), "同じ名前のファイルがあります");
        d.keys(pick);
        assert_eq!((d.title(), written(&d).len()), ("", count), "{pick}");
        let last = if pick == "２" { "/机/メモ.2" } else { "/机/メモ.md" };
        assert_eq!(written(&d).last().map(String::as_str), Some(last), "{pick}");
    }
}

#[test]
fn 字体にない文字は書き出す先と一緒に知らせそのまま書く() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「ธがひとつ」 enter ctrl-e enter");
    let Some(Overlay::Ask(ask)) = &d.model.cx.over else { panic!("{:?}", d.model.cx.over) };
    assert!(ask.hint.contains("字体にない文字は 〓 か元の字になります：ธ。"), "{}", ask.hint);
    d.keys("enter");
    let pdf = |e: &Effect| matches!(e, Effect::Write { bytes, .. } if bytes.starts_with(b"%PDF"));
    assert!(d.given.iter().any(pdf), "{:?}", written(&d));
}

// ---- 一覧から選ぶ

#[test]
fn 十二のやり方も番号で選べる() {
    let keys: Vec<String> = Driver::first_start().model.cx.formats.iter().map(|f| f.key.clone()).collect();
    assert_eq!(keys.len(), 12);
    for (typed, at) in [
        ("「3」", 2),
        ("「３」", 2),
        ("「12」", 11),
        ("「１２」", 11),
        ("『１２』", 11),
        ("「⑫」", 11),
        ("「2」", 1),
        ("「1」 backspace 「4」", 3),
        ("「2」 ctrl-r 「1」 enter", 0),
        ("「13」 backspace enter", 0),
        ("down enter", 1),
        ("「カフェ」 enter", 1),
    ] {
        let mut d = Driver::first_start();
        d.keys(&format!("ctrl-n ctrl-r {typed}"));
        assert_eq!((d.title(), &d.dossier().meeting.format), ("", &keys[at]), "{typed}");
    }
    // A 1 waits, since it may become 10 to 12.
    let mut d = Driver::first_start();
    d.keys("ctrl-n ctrl-r 「1」");
    assert_eq!(d.title(), "どのやり方で進めますか");
}

#[test]
fn 何が重なっていても終われる() {
    for keys in ["f1", "f9", "f10", "ctrl-p 「書」", "f3", "ctrl-g", "ctrl-e", "ctrl-e enter 「書き」"]
    {
        let mut d = Driver::with_map("生活 ◀");
        d.keys(&format!("{keys} ctrl-q"));
        assert!(d.quit, "{keys}");
    }
}

#[test]
fn いない人は言われたとおりに足して選びなおせる() {
    let mut d = plan();
    d.keys("tab*2 「消防署」 enter");
    assert!(d.notice().contains("参加者にいません"), "{}", d.notice());
    d.keys("esc ctrl-u 「消防署員 山の町消防署」 enter");
    let who: Vec<&str> =
        d.dossier().plan()[0].who.iter().map(|id| d.dossier().participants[id].label()).collect();
    assert_eq!(who, ["消防署員"]);
}

#[test]
fn 問いかけの続きは上下で見られる() {
    let mut d = Driver::case_a();
    d.keys("ctrl-g 4 f9 down*2 pagedown up");
    assert!(matches!(d.model.cx.over, Some(Overlay::Prompts(11))), "{:?}", d.model.cx.over);
    d.keys("「こ」");
    assert_eq!((d.title(), d.entry()), ("", "こ"));
}

#[test]
fn 何行も貼ると何人もの参加者になる() {
    let mut d = Driver::with_map("生活 ◀");
    let before = d.dossier().participants.len();
    d.keys("ctrl-u");
    d.paste("薬剤師 山の町薬局\n\n保健師 山の町役場\n");
    let added: Vec<String> = d.dossier().people()[before..]
        .iter()
        .map(|p| format!("{} {}", p.profession, p.organisation))
        .collect();
    assert_eq!(added, ["薬剤師 山の町薬局", "保健師 山の町役場"]);
    let codes: std::collections::BTreeSet<&str> =
        d.dossier().participants.values().map(|p| p.code.as_str()).collect();
    assert_eq!(codes.len(), before + 2);
    d.keys("ctrl-z");
    assert_eq!(d.dossier().participants.len(), before);
    // A line that is begun already takes the words as they are.
    d.keys("「主任」");
    d.paste("介護支援\n専門員");
    assert_eq!((d.entry(), d.dossier().participants.len()), ("主任介護支援 専門員", before));
}

#[test]
fn もとになった枝は課題の番号でも選べる() {
    let mut d = Driver::with_map("生活\n  残薬\n  !入院\n  !独居 ◀");
    d.keys("ctrl-g 7 「夜の備えがない」 enter esc down*9 enter 「②；1」 enter");
    let words: Vec<_> =
        d.dossier().evidence.values().map(|e| d.dossier().nodes[&e.node.unwrap()].text.clone()).collect();
    assert_eq!(words, ["独居", "入院"], "{}", d.notice());
}
