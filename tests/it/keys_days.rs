//! Days as they are typed into cells, what is said of them, and how files order by them.

use crate::support;

use jirei::domain::RecordVersions;
use jirei::export::{Format, render};
use support::driver::{Driver, plan};

/// What stands in the cell one is at, as people read it.
fn stands(d: &Driver) -> String {
    let cell = d.model.sheets().and_then(|sheets| sheets.selected_cell(&d.model.cx)).unwrap();
    d.model.cell_shown(cell)
}

fn until(d: &Driver) -> (String, Option<String>) {
    let until = &d.dossier().plan()[0].until;
    (until.words.clone(), until.date.map(|day| day.to_string()))
}

#[test]
fn 日付のうしろの時刻は日付に添えて残り_そう言われる() {
    // The meeting's date, and the next one; the years are those of a meeting in May 2026.
    for (down, typed, day, time) in [
        (1, "5/19 18:30", "2026年5月19日（火）", "18:30"),
        (1, "令和8年4月9日（木）午後2時から", "2026年4月9日（木）", "午後2時から"),
        (18, "12/3 18:30", "2026年12月3日（木）", "18:30"),
        (18, "R8.9.17 13時半〜15時", "2026年9月17日（木）", "13時半〜15時"),
    ] {
        let mut d = Driver::with_map("住まい ◀");
        d.keys(&format!("ctrl-o down*{down} 「{typed}」 tab"));
        let said = format!("：{day}です。「{time}」は日付に添えて残します。");
        assert!(d.notice().ends_with(&said), "{}", d.notice());
        assert!(!d.model.cx.notice.is_loud(), "nothing is wrong");
        d.keys("up");
        assert_eq!(stands(&d), format!("{day} ？{time}"));
    }
    // A deadline holds words, and so the time, too.
    let mut d = plan();
    d.keys("tab 「除雪車の組を決める」 tab*2 「12/3 18:30」 tab");
    assert_eq!(until(&d), ("12/3 18:30".to_owned(), Some("2026-12-03".to_owned())));
    assert_eq!(d.notice(), "");
}

#[test]
fn 次回の日や期限が会議より前なら_書いたとおり残りそう言われる() {
    let next = |typed: &str| {
        let mut d = Driver::with_map("住まい ◀");
        // The meeting was on the 21st of May, a Thursday.
        d.keys(&format!("ctrl-o down*18 「{typed}」 tab"));
        (d.dossier().meeting.next_date.map(|day| day.to_string()), d.notice().to_owned())
    };
    for (typed, day) in [
        ("先週の火曜", "2026-05-12"),
        ("2026-05-20", "2026-05-20"),
        ("R7.12.4", "2025-12-04"),
        ("昨日", "2026-05-20"),
    ] {
        let (stands, said) = next(typed);
        assert_eq!(stands.as_deref(), Some(day), "{typed}");
        assert!(said.contains("は会議の日より前です。書いたとおり残します。"), "{typed}: {said}");
    }
    for typed in ["2026-05-21", "20日", "来週の火曜", "7/16", "5/20"] {
        let (stands, said) = next(typed);
        assert!(stands.is_some_and(|day| *day >= *"2026-05-21") && said.is_empty(), "{typed}: {said}");
    }
    let (stands, said) = next("2026-05-12 18:30");
    assert_eq!(stands.as_deref(), Some("2026-05-12"));
    assert!(said.contains("会議の日より前です") && said.contains("「18:30」は日付に添えて"), "{said}");

    let mut d = plan();
    d.keys("tab 「除雪車の組を決める」 tab*2 「R8.4.10」 tab");
    assert_eq!(until(&d).1.as_deref(), Some("2026-04-10"));
    assert!(d.notice().contains("2026年4月10日（金）は会議の日より前です"), "{}", d.notice());
}

#[test]
fn 会議の日を次回より後にしても_そう言われる() {
    let mut d = Driver::with_map("住まい ◀");
    d.keys("ctrl-o down*18 「6/18」 tab up*18 「2026-07-02」 tab");
    assert_eq!(d.dossier().meeting.date.unwrap().to_string(), "2026-07-02");
    assert!(d.notice().contains("次回の日（2026年6月18日（木））は、この日より前です"), "{}", d.notice());
}

#[test]
fn 日だけの日付は会議なら過ぎた日_次回なら来る日() {
    let mut d = Driver::with_map("住まい ◀");
    d.keys("ctrl-o down 「30日」 tab");
    assert_eq!(d.dossier().meeting.date.unwrap().to_string(), "2026-04-30");
    d.keys("up 「21日」 tab down*16 「3日」 tab");
    let meeting = &d.dossier().meeting;
    assert_eq!(meeting.date.unwrap().to_string(), "2026-05-21");
    assert_eq!(meeting.next_date.unwrap().to_string(), "2026-06-03");
}

/// A meeting with a plan whose deadlines were said in no order.
fn harvest() -> Driver {
    let mut d = plan();
    d.keys("tab");
    for (what, until) in [
        ("用水路の鍵を預ける", "稲刈りが済んだら"),
        ("軽トラを出す", "9/3"),
        ("往診の曜日を聞く", "未定"),
        ("娘さんに電話する", "来週金曜"),
        ("寄り合いで話す", ""),
        ("通帳を一緒に見る", "5月31日まで"),
        ("薬の数をそろえる", "5/31"),
    ] {
        d.keys(&format!("「{what}」 tab*2 「{until}」 tab*3"));
    }
    d
}

const DUE: [&str; 7] = [
    "娘さんに電話する",
    "通帳を一緒に見る",
    "薬の数をそろえる",
    "軽トラを出す",
    "用水路の鍵を預ける",
    "往診の曜日を聞く",
    "寄り合いで話す",
];

fn text(d: &Driver, format: Format) -> String {
    let lists = jirei::format::lists(None).unwrap();
    String::from_utf8(render(format, d.dossier(), &RecordVersions::default(), &lists).unwrap().bytes).unwrap()
}

#[test]
fn 議事録の行動計画は日の順で_日のないことばは後ろに日付なしと出る() {
    let d = harvest();
    let entered: Vec<&str> = d.dossier().plan().iter().map(|action| action.what.as_str()).collect();
    assert_eq!(entered[0], "用水路の鍵を預ける", "on the screen no row jumps");
    for format in [Format::Markdown, Format::Html] {
        let text = text(&d, format);
        let at: Vec<usize> = DUE.iter().map(|what| text.find(what).unwrap()).collect();
        assert!(at.is_sorted(), "{}: {at:?}", format.key());
        assert!(text.contains("稲刈りが済んだら（日付なし）") && !text.contains("未定（日付なし）"));
    }
    // What is sorted by a program keeps the order of the plan, with the day in a column of its own.
    let csv = text(&d, Format::Csv);
    assert!(csv.find("用水路").unwrap() < csv.find("軽トラ").unwrap(), "{csv}");
    assert!(!csv.contains("日付なし"));
}
