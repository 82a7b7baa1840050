//! Words and the days they name.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-05-21")
}

#[test]
fn 次に会う日は過ぎた日にならない() {
    let november: NaiveDate = "2026-11-21".parse().unwrap();
    let day = |text: &str| parse_coming_date(text, november).unwrap().to_string();
    assert_eq!(day("7/16"), "2027-07-16");
    assert_eq!(day("12/3"), "2026-12-03");
    assert_eq!(day("2026-05-21"), "2026-05-21");
    assert_eq!(parse_date("7/16", november).unwrap().to_string(), "2026-07-16");
}

#[test]
fn 日付を書き方によらず読む() {
    for (typed, meant) in [
        ("2026-06-18", "2026-06-18"),
        ("2026/6/18", "2026-06-18"),
        ("2026.6.18", "2026-06-18"),
        ("20260618", "2026-06-18"),
        ("2026年6月18日", "2026-06-18"),
        ("2026年6月18日（木）", "2026-06-18"),
        ("6/18", "2026-06-18"),
        ("6/18(木)", "2026-06-18"),
        ("6月18日", "2026-06-18"),
        ("6月18日木曜日", "2026-06-18"),
        ("六月十八日", "2026-06-18"),
        ("8／１８", "2026-08-18"),
        ("８／１８", "2026-08-18"),
        ("R8.6.18", "2026-06-18"),
        ("Ｒ８．６．１８", "2026-06-18"),
        ("r8/6/18", "2026-06-18"),
        ("令和8年6月18日", "2026-06-18"),
        ("令和元年5月1日", "2019-05-01"),
        ("H29.12.3", "2017-12-03"),
        ("S60-4-1", "1985-04-01"),
        ("昭和60年4月1日", "1985-04-01"),
        // The nearest such day, before or after.
        ("4/30", "2026-04-30"),
        ("12/25", "2025-12-25"),
        ("11/1", "2026-11-01"),
        ("18日", "2026-05-18"),
        // Without a month it is a day that was.
        ("30日", "2026-04-30"),
        ("21日", "2026-05-21"),
        ("22日", "2026-04-22"),
        ("今日", "2026-05-21"),
        ("昨日", "2026-05-20"),
        ("明日", "2026-05-22"),
        ("明後日", "2026-05-23"),
        ("来週金曜", "2026-05-29"),
        ("来週の金曜日", "2026-05-29"),
        ("月曜", "2026-05-25"),
        ("2週間後", "2026-06-04"),
        ("来月10日", "2026-06-10"),
    ] {
        assert_eq!(parse_date(typed, today()), Ok(day(meant)), "{typed}");
    }
}

#[test]
fn 遠すぎる日はどの書き方でも日にしない() {
    for typed in ["99999年6月", "2200年1月末", "1000年後", "9999-12-31", "1867年4月1日", "1800年6月上旬"]
    {
        assert_eq!(
            parse_until(typed, today(), None),
            Until { words: typed.to_owned(), date: None },
            "{typed}"
        );
        assert!(matches!(slip_in(typed, today()), Some(DateError::NoSuchDay(_))), "{typed}");
    }
    assert_eq!(parse_until("2199年12月", today(), None).date, Some(day("2199-12-31")));
}

#[test]
fn 期限を言葉で読む() {
    for (typed, meant) in [
        ("6/18", "2026-06-18"),
        ("6/18まで", "2026-06-18"),
        ("6月18日までに", "2026-06-18"),
        ("5/21", "2026-05-21"),
        ("5/20", "2027-05-20"),
        ("3/31", "2027-03-31"),
        ("18日", "2026-06-18"),
        ("31日", "2026-05-31"),
        ("今週", "2026-05-24"),
        ("今週中", "2026-05-24"),
        ("今週末", "2026-05-24"),
        ("週明け", "2026-05-25"),
        ("来週", "2026-05-31"),
        ("来週中", "2026-05-31"),
        ("来週中に", "2026-05-31"),
        ("再来週", "2026-06-07"),
        ("来週金曜まで", "2026-05-29"),
        ("金曜まで", "2026-05-22"),
        ("木曜日", "2026-05-28"),
        ("今月中", "2026-05-31"),
        ("今月末", "2026-05-31"),
        ("月末", "2026-05-31"),
        ("来月", "2026-06-30"),
        ("来月中", "2026-06-30"),
        ("来月末", "2026-06-30"),
        ("来月中旬", "2026-06-20"),
        ("6月", "2026-06-30"),
        ("6月末まで", "2026-06-30"),
        ("6月上旬", "2026-06-10"),
        ("2026年9月", "2026-09-30"),
        ("令和9年2月末", "2027-02-28"),
        ("年度末", "2027-03-31"),
        ("年度内", "2027-03-31"),
        ("今年度中", "2027-03-31"),
        ("年内", "2026-12-31"),
        ("年末まで", "2026-12-31"),
        ("3日後", "2026-05-24"),
        ("2週間後", "2026-06-04"),
        ("二週間後", "2026-06-04"),
        ("２週間以内", "2026-06-04"),
        ("1か月後", "2026-06-21"),
        ("1ヶ月後", "2026-06-21"),
        ("1ヵ月後", "2026-06-21"),
        ("1カ月後", "2026-06-21"),
        ("3ｶ月以内", "2026-08-21"),
        ("半年後", "2026-11-21"),
        ("1年後", "2027-05-21"),
        ("6月18日頃", "2026-06-18"),
        ("明日中", "2026-05-22"),
    ] {
        let until = parse_until(typed, today(), None);
        assert_eq!(until, Until { words: typed.to_owned(), date: Some(day(meant)) }, "{typed}");
    }
}

#[test]
fn 年の変わり目で迷わない() {
    let december = day("2026-12-28");
    assert_eq!(parse_date("1/8", december), Ok(day("2027-01-08")));
    assert_eq!(parse_until("1/8", december, None).date, Some(day("2027-01-08")));
    assert_eq!(parse_until("来月末", december, None).date, Some(day("2027-01-31")));
    let january = day("2027-01-05");
    assert_eq!(parse_date("12/25", january), Ok(day("2026-12-25")));
    assert_eq!(parse_until("12/25", january, None).date, Some(day("2027-12-25")));
    assert_eq!(parse_until("年度末", january, None).date, Some(day("2027-03-31")));
    assert_eq!(parse_until("来月", day("2027-01-31"), None).date, Some(day("2027-02-28")));
    assert_eq!(parse_until("来週中", day("2026-05-24"), None).date, Some(day("2026-05-31")));
}

#[test]
fn 次回と未定は日がなくても期限になる() {
    let next = Some(day("2026-07-16"));
    for typed in ["次回", "次回まで", "次回までに", "次の会まで", "次回の検討会"] {
        assert_eq!(parse_until(typed, today(), next).date, next, "{typed}");
        let open = parse_until(typed, today(), None);
        assert_eq!(open, Until { words: typed.to_owned(), date: None });
        assert_eq!(meaning(&open, today()), "次回の日が決まると決まります");
        assert!(follows_next(&open));
    }
    let open = parse_until("　未定 ", today(), next);
    assert_eq!(open, Until { words: "未定".to_owned(), date: None });
    assert_eq!(meaning(&open, today()), "期限は未定");
    assert!(!follows_next(&open));
    assert_eq!(parse_until("  ", today(), next), Until::default());
    assert_eq!(meaning(&Until::default(), today()), "");
}

#[test]
fn ない日は理由を言う() {
    for typed in ["2月30日", "13/1", "2026-02-29", "R8.4.31", "32日", "13月", "20261301", "0/5"] {
        for error in [parse_date(typed, today()).err(), slip_in(typed, today())] {
            assert!(matches!(error, Some(DateError::NoSuchDay(_))), "{typed}: {error:?}");
        }
        assert_eq!(parse_until(typed, today(), None), Until { words: typed.to_owned(), date: None });
    }
    let error = parse_date("2026/6/18(金)", today()).unwrap_err();
    assert_eq!(error.to_string(), "2026年6月18日は木曜日です。日付か曜日のどちらかを直してください。");
    let error = parse_date("6/18(土)", today()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "6月18日が土曜日になる年は、近くにありません。日付か曜日のどちらかを直してください。"
    );
}

#[test]
fn 日と読めないことばも期限のことばとして残る() {
    for typed in [
        "急がず、秋の更新申請まで",
        "秋",
        "お盆まで",
        "すぐ",
        "随時",
        "当面",
        "次の便で",
        "そのうち",
        "来週の宴会",
        "6/",
        "/18",
        "a",
        "月",
        "週",
        "R",
        "🎉",
        "桜が咲いたら",
        "退院の3日前",
        "5月吉日",
    ] {
        let until = parse_until(typed, today(), None);
        assert_eq!(until, Until { words: typed.to_owned(), date: None }, "{typed}");
        assert_eq!(
            (meaning(&until, today()).as_str(), slip_in(typed, today())),
            ("日付なし", None),
            "{typed}"
        );
    }
    for typed in ["来週", "次回", "未定", "6月", "年度末", "まで", "中", "秋", "5月吉日", "令和8年度第2回"]
    {
        assert_eq!(parse_date(typed, today()), Err(DateError::NotADay(typed.to_owned())), "{typed}");
    }
    assert_eq!(parse_date(" ", today()), Err(DateError::Empty));
}

/// What people type and paste for a day, and the day it is when typed late in November 2026; nothing where it is none.
const TYPED_IN_NOVEMBER: &[(&str, &str)] = &[
    ("令和八年五月二十一日", "2026-05-21"),
    ("令8年5月21日", "2026-05-21"),
    ("㋿8年5月21日", "2026-05-21"),
    ("R8/5/21(木)", "2026-05-21"),
    ("令和8年5月3日(日・祝)", "2026-05-03"),
    ("5月3日（日・祝）", "2026-05-03"),
    ("5/6(水・休)", "2026-05-06"),
    ("2026/5/21 13:30", "2026-05-21"),
    ("5月21日（木）13時30分～15時", "2026-05-21"),
    ("2026-05-21T13:30:00+09:00", "2026-05-21"),
    ("8.5.21", "2026-05-21"),
    ("R 8. 5.21", "2026-05-21"),
    ("令和０８年０５月２１日", "2026-05-21"),
    ("2026年5月21日(もく)", "2026-05-21"),
    ("May 21, 2026", "2026-05-21"),
    ("21/05/2026", "2026-05-21"),
    ("5/21/2026", "2026-05-21"),
    ("260521", "2026-05-21"),
    ("2026．5．21", "2026-05-21"),
    ("５月２１日（木曜日）", "2026-05-21"),
    ("昭和101年5月21日", "2026-05-21"),
    ("平成38年5月21日", "2026-05-21"),
    ("2026年05月21日", "2026-05-21"),
    ("46163", "2026-05-21"),
    ("2100/2/28", "2100-02-28"),
    ("2101-05-21", "2101-05-21"),
    ("1988-05-21", "1988-05-21"),
    ("二〇二六年五月二十一日", "2026-05-21"),
    ("2026 5 21", "2026-05-21"),
    ("木曜", "2026-12-03"),
    ("令和元年5月1日", "2019-05-01"),
    ("平成31年4月30日", "2019-04-30"),
    ("令和元年4月30日", "2019-04-30"),
    ("2026–05–21", "2026-05-21"),
    ("2026-5-21", "2026-05-21"),
    ("26/5/21", "2026-05-21"),
    ("'26.5.21", "2026-05-21"),
    ("5月21日 午後1時半", "2026-05-21"),
    // Of our own.
    ("5月21日（木）", "2026-05-21"),
    ("5月21日 13:30", "2026-05-21"),
    ("5/21 午後2時", "2026-05-21"),
    ("9月22日(火・国民の祝日)", ""),
    ("9/22（火・休日）10時から", "2026-09-22"),
    ("令和8年11月3日（火祝） 14:00〜16:00", "2026-11-03"),
    ("12月4日（金）", "2026-12-04"),
    ("21 May 2026", "2026-05-21"),
    ("6月9日火 正午", "2026-06-09"),
    ("8年5月21日", "2026-05-21"),
    ("5月吉日", ""),
    ("令和8年5月", ""),
    ("2/29", ""),
    ("令和8年度第2回", ""),
    ("2026-13-01", ""),
    ("5/32", ""),
    ("5月21日（土）", ""),
    ("05/06/2026", ""),
    ("13:30", ""),
    ("202605", ""),
    ("29.5.21", "2029-05-21"),
    ("12345", ""),
];

#[test]
fn 十一月に打った日付を正しく読む() {
    for (typed, meant) in TYPED_IN_NOVEMBER {
        let read = parse_date(typed, day("2026-11-27")).map(|day| day.to_string()).unwrap_or_default();
        assert_eq!(read, *meant, "{typed}");
    }
}

#[test]
fn 曜日が年を決め期限は過ぎた日にならない() {
    let november = day("2026-11-27");
    let coming = |typed: &str| parse_until(typed, november, None).date.map(|day| day.to_string());
    for (typed, meant) in [
        ("5月21日（木）", None),
        ("5月21日（金）", Some("2027-05-21")),
        ("12月3日（木）", Some("2026-12-03")),
        ("12/3(木) 17時まで", Some("2026-12-03")),
        ("2月29日（火）", Some("2028-02-29")),
        ("2/29", Some("2028-02-29")),
        ("8.12.25", Some("2026-12-25")),
        ("令8年12月25日まで", Some("2026-12-25")),
        ("5/32", None),
        ("令和8年5月", Some("2026-05-31")),
        ("次回 14:00", None),
    ] {
        assert_eq!(coming(typed).as_deref(), meant, "{typed}");
        let back = parse_date(typed, november).ok();
        assert!(meant.is_none() || back.is_some() || !typed.contains('（'), "{typed}");
    }
    assert_eq!(parse_date("5月21日（水）", november), Ok(day("2025-05-21")));
    assert_eq!(parse_date("5月21日（金）", november), Ok(day("2027-05-21")));
    assert_eq!(parse_coming_date("12月17日（木）13:30", november), Ok(day("2026-12-17")));
    assert!(follows_next(&parse_until("次回 14:00", november, None)));
}

proptest::proptest! {
    #[test]
    fn どんな文字を打っても落ちない(text in "\\PC{0,12}") {
        let _ = parse_date(&text, today());
        let _ = parse_until(&text, today(), None);
    }

    #[test]
    fn 書いた日付は読み戻せる(days in 0u64..60_000) {
        let written = day("1930-01-01") + Days::new(days);
        for text in [long(written), wareki(written), written.to_string()] {
            proptest::prop_assert_eq!(parse_date(&text, today()), Ok(written), "{}", text);
        }
    }
}

#[test]
fn 日だけのことばと日より多くを言うことばを分ける() {
    let only = |words: &str| says_only_a_day(&parse_until(words, today(), Some(today())));
    for words in
        ["5/31", "５／３１", "R8.5.31", "2026-05-31", "5月31日(日)", "五月三十一日までに", "31日", "6/18まで"]
    {
        assert!(only(words), "{words}");
    }
    for words in
        ["来週中", "来週金曜", "金曜日", "6月", "6/18頃", "年度末", "2週間後", "今日", "次回まで", "未定"]
    {
        assert!(!only(words), "{words}");
    }
    assert!(only("1/10"), "the day of the next year");
}

#[test]
fn 年度はどの書き方でも読める() {
    for text in ["2026", "２０２６年度", "R8", "r8年度", "Ｒ８年", "令和8年度", "2026年"] {
        assert_eq!(parse_fiscal_year(text), Some(2026), "{text}");
    }
    assert_eq!(parse_fiscal_year("令和元年度"), Some(2019));
    assert_eq!(parse_fiscal_year("平成31"), Some(2019));
    for text in ["", "去年", "8", "R", "R0", "1988", "2200", "2026-05"] {
        assert_eq!(parse_fiscal_year(text), None, "{text}");
    }
}
