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
        ("30日", "2026-05-30"),
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
fn 遠すぎる日はどの書き方でも断る() {
    for typed in ["99999年6月", "2200年1月末", "1000年後", "9999-12-31", "1867年4月1日", "1800年6月上旬"]
    {
        let refused = matches!(parse_until(typed, today(), None), Err(DateError::NoSuchDay(_)));
        assert!(refused, "{typed}");
    }
    assert_eq!(parse_until("2199年12月", today(), None).unwrap().date, Some(day("2199-12-31")));
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
        assert_eq!(until, Ok(Until { words: typed.to_owned(), date: Some(day(meant)) }), "{typed}");
    }
}

#[test]
fn 年の変わり目で迷わない() {
    let december = day("2026-12-28");
    assert_eq!(parse_date("1/8", december), Ok(day("2027-01-08")));
    assert_eq!(parse_until("1/8", december, None).unwrap().date, Some(day("2027-01-08")));
    assert_eq!(parse_until("来月末", december, None).unwrap().date, Some(day("2027-01-31")));
    let january = day("2027-01-05");
    assert_eq!(parse_date("12/25", january), Ok(day("2026-12-25")));
    assert_eq!(parse_until("12/25", january, None).unwrap().date, Some(day("2027-12-25")));
    assert_eq!(parse_until("年度末", january, None).unwrap().date, Some(day("2027-03-31")));
    assert_eq!(parse_until("来月", day("2027-01-31"), None).unwrap().date, Some(day("2027-02-28")));
    assert_eq!(parse_until("来週中", day("2026-05-24"), None).unwrap().date, Some(day("2026-05-31")));
}

#[test]
fn 次回と未定は日がなくても期限になる() {
    let next = Some(day("2026-07-16"));
    for typed in ["次回", "次回まで", "次回までに", "次の会まで", "次回の検討会"] {
        assert_eq!(parse_until(typed, today(), next).unwrap().date, next, "{typed}");
        let open = parse_until(typed, today(), None).unwrap();
        assert_eq!(open, Until { words: typed.to_owned(), date: None });
        assert_eq!(meaning(&open, today()), "次回の日が決まると決まります");
        assert!(follows_next(&open));
    }
    let open = parse_until("　未定 ", today(), next).unwrap();
    assert_eq!(open, Until { words: "未定".to_owned(), date: None });
    assert_eq!(meaning(&open, today()), "期限は未定");
    assert!(!follows_next(&open));
    assert_eq!(parse_until("  ", today(), next), Ok(Until::default()));
    assert_eq!(meaning(&Until::default(), today()), "");
}

#[test]
fn ない日は理由を言う() {
    for typed in ["2月30日", "13/1", "2026-02-29", "R8.4.31", "32日", "13月", "20261301", "0/5"] {
        for error in [parse_date(typed, today()).unwrap_err(), parse_until(typed, today(), None).unwrap_err()]
        {
            assert!(matches!(error, DateError::NoSuchDay(_)), "{typed}: {error:?}");
        }
    }
    let error = parse_date("6/18(金)", today()).unwrap_err();
    assert_eq!(error.to_string(), "2026年6月18日は木曜日です。日付か曜日のどちらかを直してください。");
}

#[test]
fn 読めない言葉は書き方を教える() {
    for typed in ["そのうち", "来週の宴会", "6/", "/18", "a", "月", "週", "R", "8.6.18", "6/18/2026", "🎉"]
    {
        let error = parse_until(typed, today(), None).unwrap_err();
        assert_eq!(error, DateError::NotAnUntil(typed.to_owned()), "{typed}");
        assert!(error.to_string().contains("来週中"));
    }
    for typed in ["来週", "次回", "未定", "6月", "年度末", "まで", "中"] {
        assert_eq!(parse_date(typed, today()), Err(DateError::NotADay(typed.to_owned())), "{typed}");
    }
    assert_eq!(parse_date(" ", today()), Err(DateError::Empty));
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
    let only = |words: &str| says_only_a_day(&parse_until(words, today(), Some(today())).unwrap());
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
