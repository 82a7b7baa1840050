//! Keys in, state out: somebody types on and does not look at the screen. No sentence runs into another, and what was said of it
//! is still there to be read afterwards.

use crate::support;

use support::driver::{Driver, check};

/// The words of the twigs in the order in which they were written.
fn twigs(d: &Driver) -> Vec<&str> {
    d.dossier().nodes.values().map(|n| n.text.as_str()).collect()
}

fn people(d: &Driver) -> Vec<String> {
    d.dossier().people().iter().skip(3).map(|p| format!("{} {}", p.code, p.label())).collect()
}

#[test]
fn 尋ねられても打ちつづければ前の行はことばのまま枝になる() {
    for on in ["「窓が開いたまま」", "『窓が開いたまま』"] {
        let mut d = Driver::with_map("住まい ◀");
        d.keys(&format!("「＠大家 雨もりがする」 enter {on}"));
        assert_eq!((twigs(&d), d.entry()), (vec!["@大家 雨もりがする"], "窓が開いたまま"));
        // It is still there for the next glance, until another key than a letter is pressed.
        assert!(
            d.notice().contains("「＠大家 雨もりがする」を、そのまま書きました。Ctrl+Z"),
            "{}",
            d.notice()
        );
        d.keys("enter");
        assert_eq!((twigs(&d), d.notice()), (vec!["@大家 雨もりがする", "窓が開いたまま"], ""));
        // The words that are being typed stay when the ones before are taken back.
        d.keys("「床が傾く」 ctrl-z ctrl-z");
        assert_eq!((twigs(&d), d.entry()), (vec![], "床が傾く"));
    }
}

#[test]
fn タブで尋ねられた行は打ちつづけても下に付く() {
    check(
        "住まい\n  雨もり ◀",
        "「バケツを置く＠大家」 tab 「畳が腐る」 enter",
        "住まい\n  雨もり\n    バケツを置く＠＠大家\n    畳が腐る ◀",
    );
}

#[test]
fn 尋ねられて直すときは同じ行が続く() {
    for (keys, entry) in [
        ("backspace*2 「薬」 enter", ""),
        ("home delete*4 enter", ""),
        ("left 「の奥」", "雨もり＠大の奥家"),
        ("end 「さん」", "雨もり＠大家さん"),
        ("esc 「窓」", "窓"),
        ("esc esc 「さん」", "雨もり＠大家さん"),
        // What divides words goes on with them, and so do words that nobody sees.
        ("「、畳も」", "雨もり＠大家、畳も"),
        ("「　畳も」", "雨もり＠大家　畳も"),
        ("space 「畳も」", "雨もり＠大家 畳も"),
        ("ctrl-s 「畳も」", "雨もり＠大家畳も"),
        // Pressed again it is meant, as ever.
        ("enter 「畳も」", "畳も"),
    ] {
        let mut d = Driver::with_map("住まい ◀");
        d.keys("「雨もり＠大家」 enter");
        assert!(d.notice().contains("もう一度 Enter"), "{}", d.notice());
        d.keys(keys);
        assert_eq!(d.entry(), entry, "{keys}: {:?}", twigs(&d));
    }
}

#[test]
fn 記号だけの行に続くことばはその記号のことば() {
    for (sign, words) in [("＠大家", "@大家 雨もり"), ("#９", "#９ 雨もり"), ("#はなれ", "#はなれ 雨もり")]
    {
        let mut d = Driver::with_map("住まい ◀");
        d.keys(&format!("「{sign}」 enter 「雨もり」 enter"));
        // A stranger is asked about once more, and going on means it.
        d.keys("「窓」 enter");
        assert_eq!(twigs(&d), [words, "窓"], "{sign}");
    }
}

#[test]
fn 直している枝も打ちつづければそのまま書かれる() {
    let mut d = Driver::with_map("住まい\n  雨もり ◀");
    d.keys("f2 home 「@大家 」 enter 「畳も」 enter");
    assert_eq!(twigs(&d), ["@大家 雨もり", "畳も"]);
    d.keys("ctrl-z ctrl-z");
    assert_eq!(twigs(&d), ["雨もり"]);
}

#[test]
fn 個人が分かることばの知らせは打ちつづけても先に立つ() {
    let mut d = Driver::with_map("住まい ◀");
    d.keys("「＠大家 田中さんの窓」 enter 「畳も」");
    assert!(d.notice().starts_with("氏名のように見える") && d.notice().contains("そのまま書きました"));
    assert!(!d.notice().contains("田中"), "{}", d.notice());
}

#[test]
fn 一覧にない職種のあとに次の人を打ちつづけても二人になる() {
    for on in ["「団員 山の消防団」", "『団員 山の消防団』"] {
        let mut d = Driver::empty();
        d.keys(&format!("ctrl-u 「氏子総代 山の神社」 enter {on} enter 「保健師 役場」 enter"));
        assert_eq!(people(&d), ["P04 氏子総代", "P05 団員", "P06 保健師"]);
        d.keys("ctrl-z ctrl-z ctrl-z");
        assert_eq!(people(&d), [""; 0]);
    }
    // Several lines that come in one piece are several people all the same.
    let mut d = Driver::empty();
    d.keys("ctrl-u 「氏子総代 山の神社」 enter 『団員 山の消防団\n保健師 役場』");
    assert_eq!(people(&d), ["P04 氏子総代", "P05 団員", "P06 保健師"]);
}

#[test]
fn 使われている番号のあとに打ちつづけても次の人と混ざらない() {
    let mut d = Driver::empty();
    d.keys("ctrl-u 「P01 歯科医師 川の歯科」 enter 「保健師 役場」 enter");
    assert_eq!(people(&d), ["P04 歯科医師", "P05 保健師"]);
    // What says nothing of who it is belongs to the profession that follows.
    d.keys("「関わりあり」 enter 「P09 助産師」 enter");
    assert_eq!(people(&d), ["P04 歯科医師", "P05 保健師", "P09 助産師"]);
    assert_eq!(d.dossier().people()[5].involved, Some(true));
    // Who is mended keeps their number.
    d.keys("f2 home delete*3 「P01」 enter enter");
    assert_eq!(people(&d).last().unwrap(), "P09 助産師");
}

#[test]
fn 振り返りでも打ちつづければ二つのことばになる() {
    let mut d = Driver::with_map("住まい ◀");
    d.keys("ctrl-g 8 「@大家 と話してみる」 enter 「次が楽しみ」 enter");
    let said: Vec<&str> = d.dossier().reflections_in_order().iter().map(|r| r.text.as_str()).collect();
    assert_eq!(said, ["@大家 と話してみる", "次が楽しみ"]);
}

#[test]
fn 年代の欄にくわしい年齢は残らない() {
    for (typed, band) in [
        ("52歳", "50代"),
        ("５２才", "50代"),
        ("52", "50代"),
        ("昭和48年生まれ", "50代"),
        ("九十三歳", "90歳以上"),
        ("52歳の男性", "50代の男性"),
    ] {
        for on in [format!("「{typed}」 enter"), format!("『{typed}』 tab"), format!("「{typed}」 f6")]
        {
            let mut d = Driver::empty();
            d.keys(&format!("ctrl-o down*6 {on}"));
            let case = d.dossier().case.clone().unwrap_or_else(|| panic!("{on}: {}", d.state()));
            assert_eq!((case.age.as_str(), case.aside.len()), (band, 0), "{on}");
            let said = format!("年代：くわしい年齢は残さず「{band}」にしました。");
            assert!(on.ends_with("f6") || d.notice() == said, "{on}: {}", d.notice());
            // Neither does the journal tell it, nor what can be fetched back.
            let labels = d.kept[&d.dossier().meeting.id].journal.iter().map(|line| line.edit.label.as_str());
            let told = labels.collect::<String>() + &d.bookmark;
            assert!(!told.contains(typed) && !told.contains("52歳"), "{told}");
        }
    }
}

#[test]
fn 年代の欄は読めないことばを残す() {
    for (typed, stands) in
        [("不明", "不明"), ("70代", "70代"), ("80代後半", "80代後半"), ("65歳以上", "65歳以上")]
    {
        let mut d = Driver::empty();
        d.keys(&format!("ctrl-o down*6 「{typed}」 enter"));
        assert_eq!(d.dossier().case.as_ref().unwrap().age, stands);
    }
}
