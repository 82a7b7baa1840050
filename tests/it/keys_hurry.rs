//! Keys in, state out: somebody types on and does not look at the screen. No sentence runs into another, and what was said of it
//! is still there to be read afterwards.

use crate::support;

use jirei::domain::Action;
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
        assert_eq!((twigs(&d), d.entry()), (vec!["＠大家 雨もりがする"], "窓が開いたまま"));
        // It is still there for the next glance, until another key than a letter is pressed.
        assert!(
            d.notice().contains("「＠大家 雨もりがする」を、そのまま書きました。Ctrl+Z"),
            "{}",
            d.notice()
        );
        d.keys("enter");
        assert_eq!((twigs(&d), d.notice()), (vec!["＠大家 雨もりがする", "窓が開いたまま"], ""));
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
    for (sign, words) in [("＠大家", "＠大家 雨もり"), ("#９", "#９ 雨もり"), ("#はなれ", "#はなれ 雨もり")]
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

/// A plan in whose first row something stands, at だれが.
fn at_who() -> Driver {
    let mut d = Driver::with_map("住まい\n  !雨もり ◀\n  !畳が腐る\n  窓");
    d.keys("ctrl-u 「保健師 川の町役場 健康福祉課」 enter 「生活保護CW 県の事務所」 enter 「相談員 家族会ひだまり」 enter");
    d.keys("ctrl-u ctrl-g 6 「屋根を見てもらう」 tab");
    d
}

fn who(d: &Driver) -> (Vec<&str>, String) {
    let Action { who, aside, .. } = d.dossier().plan()[0];
    let labels = who.iter().map(|id| d.dossier().participants[id].label()).collect();
    (labels, aside.iter().map(|aside| aside.words.as_str()).collect::<Vec<_>>().join("／"))
}

#[test]
fn だれがの欄ではだれとも言えないことばは人にならず記号を付ければなる() {
    for (typed, people, words) in [
        ("町", vec![], "町"),
        ("家族", vec![], "家族"),
        ("川の町", vec![], "川の町"),
        ("山の町の", vec![], "山の町の"),
        ("生保", vec![], "生保"),
        ("町役場", vec!["保健師"], ""),
        ("薬、看護師", vec!["薬剤師", "看護師"], ""),
        // A sign calls for somebody.
        ("＠生保", vec!["生活保護CW"], ""),
        ("@町", vec!["薬剤師"], ""),
        ("＠川の町、＠薬、大家", vec!["保健師", "薬剤師"], "大家"),
        ("@ひだ", vec!["相談員"], ""),
    ] {
        let mut d = at_who();
        d.keys(&format!("「{typed}」 enter"));
        assert_eq!(who(&d), (people, words.to_owned()), "{typed}: {}", d.notice());
    }
    let mut d = at_who();
    d.keys("「町」 enter");
    assert!(d.notice().contains("「町」だけでは、どなたか決まりません"), "{}", d.notice());
}

#[test]
fn 短い字でも話した人を言える() {
    let mut d = at_who();
    d.keys("ctrl-g 2 「雨もりは前から＠生保」 enter 「@健福 屋根が古い」 enter 「@CM 」 enter");
    let said = |words: &str| {
        let node = d.dossier().nodes.values().find(|n| n.text == words).unwrap();
        node.speaker.map(|id| d.dossier().participants[&id].label())
    };
    assert_eq!([said("雨もりは前から"), said("屋根が古い")], [Some("生活保護CW"), Some("保健師")]);
}

#[test]
fn 枝と課題の欄でもシャープで課題と枝を言える() {
    let start = "住まい\n  !雨もり ◀\n  !畳が腐る\n  ?いつから\n  窓が開かない\n  玄関の段差";
    for (typed, number) in [("#②", 2), ("＃畳", 2), ("#!1", 1), ("#１", 1), ("畳", 2)] {
        let mut d = Driver::with_map(start);
        d.keys(&format!("ctrl-g 6 「屋根を見てもらう」 tab shift-tab*2 「{typed}」 enter"));
        let issue = d.dossier().plan()[0].issue.and_then(|id| d.dossier().nodes.get(&id));
        assert_eq!(issue.map(|n| n.number), Some(number), "{typed}: {}", d.notice());
    }
    for (typed, words) in [
        ("#②、＃窓", vec!["畳が腐る", "窓が開かない"]),
        ("＃？ア", vec!["いつから"]),
        ("#玄；雨", vec!["玄関の段差", "雨もり"]),
        // One letter in the middle of words is none of theirs.
        ("が", vec![]),
        ("段差", vec!["玄関の段差"]),
    ] {
        let mut d = Driver::with_map(start);
        d.keys(&format!("ctrl-g 7 left 「家が古い人が多い」 tab*10 「{typed}」 enter"));
        let dossier = d.dossier();
        let issue = dossier.regional_issues()[0].id;
        let rests =
            dossier.evidence_of(issue).filter_map(|e| e.node).map(|id| dossier.nodes[&id].text.as_str());
        let mut rests: Vec<&str> = rests.collect();
        rests.sort_unstable();
        let mut words = words.clone();
        words.sort_unstable();
        assert_eq!(rests, words, "{typed}: {}", d.notice());
    }
}

#[test]
fn シャープは頭から合うものを先にさがし一字は頭だけ() {
    let start =
        "本人・思い ◀\n  いつも一人\n  車いすを使う\n  !いらいらする\n地域・つながり\n  つなぎ役がいない";
    let offered = |typed: &str| -> Vec<String> {
        let mut d = Driver::with_map(start);
        d.keys(&format!("「{typed}」"));
        d.desk().candidates(&d.model.cx).into_iter().map(|c| c.label).collect()
    };
    assert_eq!(offered("#い"), ["いつも一人", "課題① いらいらする"]);
    assert_eq!(offered("#思"), [""; 0]);
    assert_eq!(offered("＃思い"), ["本人・思い"]);
    assert_eq!(offered("#つな"), ["つなぎ役がいない", "地域・つながり"]);
    assert_eq!(offered("#地"), ["地域・つながり"]);
}

/// How often each of the first three passed, and the words of the map.
fn passed(keys: &str) -> ([usize; 3], String, String) {
    let mut d = Driver::with_map("住まい\n  雨もり ◀");
    d.keys(keys);
    let dossier = d.dossier();
    let count =
        |at: usize| dossier.progress.passed.iter().filter(|id| **id == dossier.people()[at].id).count();
    let words = twigs(&d)[1..].join("／");
    ([count(0), count(1), count(2)], words, d.notice().to_owned())
}

#[test]
fn 順番にパスと打てば枝にならず聞いたことになる() {
    for (keys, times, words) in [
        ("ctrl-g 3 「@薬 パス」 enter", [1, 0, 0], ""),
        ("ctrl-g 3 「パス＠医」 enter 「@看 特になし」 enter", [0, 1, 1], ""),
        ("ctrl-g 4 「＠薬　同じです。」 enter 「＠薬　ﾊﾟｽします」 enter", [2, 0, 0], ""),
        ("ctrl-g 3 「@薬 」 enter 「パス」 enter", [1, 0, 0], ""),
        ("「@薬 パス」 enter", [1, 0, 0], ""),
        // These are words for the map: what says who it is of, what kind, or where it goes; an answer; more than a pass.
        ("ctrl-g 3 「パス」 enter", [0; 3], "パス"),
        ("ctrl-g 3 「@薬 窓」 enter 「なし」 enter", [0; 3], "窓／なし"),
        ("ctrl-g 3 「@薬 !なし」 enter", [0; 3], "なし"),
        ("ctrl-g 3 「@薬 #雨もり なし」 enter", [0; 3], "なし"),
        ("ctrl-g 3 「@薬 なし」 tab", [0; 3], "なし"),
        ("「@薬 なし」 enter", [0; 3], "なし"),
        ("ctrl-g 3 「@薬 連携パス」 enter", [0; 3], "連携パス"),
    ] {
        let (count, map, notice) = passed(keys);
        assert_eq!((count, map.as_str()), (times, words), "{keys}: {notice}");
        assert_eq!(notice.contains("枝にはしていません"), words.is_empty(), "{keys}: {notice}");
    }
    let (.., notice) = passed("ctrl-g 3 「@薬 パス」 enter");
    assert!(
        notice.starts_with("薬剤師 P01 は「ありません」ですね") && notice.contains("次は 医師 P02 の番"),
        "{notice}"
    );
    // Who brought the case is asked, and answers.
    let mut dossier = Driver::with_map("住まい ◀").dossier().clone();
    dossier.meeting.presenter = Some(dossier.people()[1].id);
    let mut d = Driver::with(dossier);
    d.keys("ctrl-g 3 「@看 ?窓は開くか」 enter 「@医 なし」 enter 「@看 なし」 enter");
    assert_eq!((twigs(&d), d.dossier().progress.passed.len()), (vec!["窓は開くか", "なし"], 1));
    // Undo brings the words back, and takes no twig before them.
    let (_, words, _) = passed("ctrl-g 3 「@医 窓」 enter 「@薬 パス」 enter ctrl-z tab");
    assert_eq!(words, "窓／パス");
}

#[test]
fn 尋ねられたあとほかのキーを押しても次のことばは前の行に付かない() {
    for between in ["f6 f5", "up", "pagedown", "f8 f8", "ctrl-x esc", "f9 esc", "ctrl-t"] {
        let mut d = Driver::with_map("生活 ◀\n家族");
        d.keys(&format!("「＠大家 雨もりがする」 enter {between} 「畳が腐る」 enter"));
        assert_eq!(twigs(&d), vec!["＠大家 雨もりがする", "畳が腐る"], "{between}");
    }
    // Who mends the line goes on with it.
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「＠大家 雨もり」 enter left right 「がする」");
    assert_eq!(d.entry(), "＠大家 雨もりがする");
}

#[test]
fn 尋ねられた参加者は次の人にも次の段階にも呑まれない() {
    for next in ["「・保健師 岬町」 enter", "f6 f5 「保健師 岬町」 enter", "down 「保健師 岬町」 enter"]
    {
        let mut d = Driver::empty();
        d.keys(&format!("ctrl-g 1 「灯台守 岬の灯台」 enter {next}"));
        let all: Vec<String> = d.dossier().people().iter().map(|p| p.label().to_owned()).collect();
        assert!(all.ends_with(&["灯台守".to_owned(), "保健師".to_owned()]), "{next}: {all:?}");
    }
}

#[test]
fn つなぐ途中で打ったことばも失われず枝になる() {
    let mut d = Driver::with_map("生活\n  !眠れない ◀\n  !食べない");
    d.keys("f7 「鍵を首から下げている」 enter 「父の帰りは十時」 enter");
    assert_eq!(twigs(&d), ["眠れない", "食べない", "鍵を首から下げている", "父の帰りは十時"]);
    assert_eq!((d.entry(), d.dossier().links.len()), ("", 0));
    let mut d = Driver::with_map("生活\n  !眠れない ◀\n  !食べない");
    d.keys("「打ちかけ」 f7 「夜の見回り」 enter*2");
    assert_eq!((twigs(&d).last(), d.entry()), (Some(&"夜の見回り"), "打ちかけ"));
}

#[test]
fn 書いたあとの余分なエンターは古いことばを開かない() {
    // However the line came to be empty.
    for (keys, says) in [
        ("「舟が古い」 enter", "書きました"),
        ("「舟が古い」 tab", "書きました"),
        ("「舟が古い」 enter ctrl-z", "行は空です"),
        ("「舟が古い」 enter ctrl-z ctrl-y", "行は空です"),
        // A number chooses at once, and the Enter behind it comes all the same.
        ("f4 4", "行は空です"),
        ("ctrl-g 3", "行は空です"),
    ] {
        let mut d = Driver::with_map("生活\n  魚を売る ◀");
        d.keys(&format!("{keys} enter"));
        assert_eq!((d.target(), d.entry()), (None, ""), "{keys}");
        assert!(d.notice().starts_with(says), "{keys}: {}", d.notice());
        d.keys("「網も破れた」 enter");
        assert!(twigs(&d).contains(&"網も破れた"), "{keys}: {:?}", twigs(&d));
    }
    let mut d = Driver::with_map("生活 ◀");
    d.paste("舟が古い\n網も破れた");
    d.keys("enter");
    assert_eq!((d.target(), d.entry()), (None, ""));
    // Who means it presses it twice.
    d.keys("enter");
    assert_eq!(d.entry(), "網も破れた");
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 8 enter 「海を見た」 enter");
    assert_eq!((d.cell(), d.dossier().reflections.len()), (None, 1));
}

#[test]
fn 直しているあいだにほかの枝へ行けば直したことばのまま残る() {
    let map = || Driver::with_map("生活\n  魚を売る\n  舟が古い ◀\n家族\n  息子は町にいる");
    for away in ["up", "down", "pagedown", "pageup"] {
        let mut d = map();
        d.keys(&format!("f2 「くて怖い」 {away}"));
        assert_eq!((d.target(), d.entry()), (None, ""), "{away}");
        assert!(twigs(&d).contains(&"舟が古いくて怖い"), "{away}: {:?}", twigs(&d));
        d.keys("「次のことば」 enter ctrl-z ctrl-z");
        assert!(twigs(&d).contains(&"舟が古い"), "{away}: {:?}", twigs(&d));
    }
    // What cannot be understood keeps the eye, too.
    let mut d = map();
    d.keys("f2 「＠船大工」 up");
    assert!(d.target().is_some() && d.notice().contains("もう一度"), "{}", d.notice());
    assert!(d.state().contains("舟が古い ◀"), "{}", d.state());
}

#[test]
fn 終わるときに打ちかけの振り返りも書かれる() {
    let reflections = |d: &Driver| d.dossier().reflections_in_order().len();
    let ended = |d: &Driver| d.dossier().progress.ended_at.is_some();
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 8 「海を見た」 f6");
    assert_eq!((reflections(&d), ended(&d), d.entry()), (1, true, ""));
    // An `@` that nobody answers to is asked about before the end.
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 8 「海を見た＠船大工」 f6");
    assert_eq!((reflections(&d), ended(&d)), (0, false), "{}", d.notice());
    d.keys("f6");
    assert_eq!((reflections(&d), ended(&d)), (1, true), "{}", d.notice());
    // Words on another line are named.
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「まだ途中」 ctrl-g 8 f6");
    assert!(ended(&d) && d.notice().contains("書きかけの「まだ途中」"), "{}", d.notice());
}

#[test]
fn 半角の知らない人も打ったことばを前の人のものにしない() {
    for (line, words) in [
        ("薬は飲めている @東さん", "薬は飲めている @東さん"),
        ("薬は飲めている #住 @東さん", "薬は飲めている @東さん"),
        ("通院は月一 @看護の東さん", "通院は月一 @看護の東さん"),
    ] {
        let mut d = Driver::with_map("生活 ◀\n住まい");
        d.keys(&format!("「@薬 朝は早い」 enter 「{line}」 enter"));
        assert_eq!(twigs(&d), ["朝は早い"], "{line}: {}", d.notice());
        assert!(d.notice().contains("もう一度"), "{line}: {}", d.notice());
        d.keys("enter");
        let node = d.dossier().nodes.values().find(|n| n.text == words);
        assert!(node.is_some_and(|n| n.speaker.is_none()), "{line}: {:?}", twigs(&d));
        let branch = if line.contains("#住") { "住まい" } else { "生活" };
        assert_eq!(node.map(|n| n.branch.as_str()), Some(branch), "{line}");
    }
    // An address is none.
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「知らせは @example.jp」 enter");
    assert_eq!(twigs(&d), ["知らせは @example.jp"]);
}

#[test]
fn つなぐ途中でも両はしの番号でつながる() {
    let mut d = Driver::with_map("生活\n  !舟が古い\n  !網が破れた\n  !魚が売れない ◀");
    d.keys("f7 「1>2」 enter");
    let d2 = d.dossier();
    let ends: Vec<_> =
        d2.links.values().map(|l| (d2.nodes[&l.from].number, d2.nodes[&l.to].number)).collect();
    assert_eq!((ends, d.target(), d.entry()), (vec![(1, 2)], None, ""));
    // A number that leads nowhere does not come back into the next words.
    d.keys("f7 「99」 enter esc esc 「3>1」 enter");
    assert_eq!((d.dossier().links.len(), d.entry()), (2, ""), "{}", d.notice());
}

#[test]
fn 打ちかけのことばは段階を移っても種類が変わらず_見えなくなれば言う() {
    use jirei::domain::Kind;
    let last = |d: &Driver| d.dossier().nodes.values().next_back().map(|n| (n.text.clone(), n.kind)).unwrap();
    let mut d = Driver::with_map("生活\n  !魚が売れない ◀");
    d.keys("「舟が三そう」 f6 f6 f6");
    assert_eq!(d.dossier().step().key(), "ideas");
    d.keys("enter");
    assert_eq!(last(&d), ("舟が三そう".to_owned(), Kind::Fact), "{}", d.notice());
    d.keys("「朝市を開く」 enter");
    assert_eq!(last(&d), ("朝市を開く".to_owned(), Kind::Idea));
    // What is put in their place is new.
    let mut d = Driver::with_map("生活\n  !魚が売れない ◀");
    d.keys("「舟」 f6 f6 f6 backspace 「朝市」 enter");
    assert_eq!(last(&d), ("朝市".to_owned(), Kind::Idea));
    // What is given up leaves no kind behind, nor what was entered.
    let mut d = Driver::with_map("生活\n  !魚が売れない ◀");
    d.keys("「舟」 f6 f6 f6 esc 「朝市」 enter");
    assert_eq!(last(&d), ("朝市".to_owned(), Kind::Idea));
    let mut d = Driver::with_map("生活\n  !魚が売れない ◀");
    d.keys("「舟」 f6 f6 f6 enter 「!」 enter 「あ」 backspace 「網がない」 enter");
    assert_eq!(last(&d), ("網がない".to_owned(), Kind::Issue));
    // A kind that was chosen stays with a line that is typed anew.
    let mut d = Driver::with_map("生活\n  !魚が売れない ◀");
    d.keys("ctrl-g 5 「網」 f4 「1」 backspace 「縄」 enter");
    assert_eq!(last(&d), ("縄".to_owned(), Kind::Fact));
    // Where the line is not seen, it is named.
    let mut d = Driver::with_map("生活\n  !魚が売れない ◀");
    d.keys("ctrl-g 5 「干物を送る」 f6");
    assert!(d.notice().contains("F8 のマップに、書きかけの「干物を送る」"), "{}", d.notice());
    d.keys("f8 enter");
    assert_eq!(last(&d), ("干物を送る".to_owned(), Kind::Idea));
}

#[test]
fn 続けて押した決定キーは_だれにしたかのことばを消さない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-u 「薬剤師 川の町薬局」 enter ctrl-u 「@薬 残薬が多い」 enter");
    let said = d.notice().to_owned();
    assert!(said.contains("に当たる方が2人います"), "{said}");
    d.keys("enter");
    assert_eq!(d.notice(), said);
    // Pressed once more it mends.
    d.keys("enter");
    assert_eq!(d.entry(), "残薬が多い");
}

#[test]
fn 発言者の一覧に打ってしまったことばは下の行に移る() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「@薬 舟は古い」 enter f3 「#生活 網を直す人がいない」 esc");
    assert_eq!(d.entry(), "#生活 網を直す人がいない", "{}", d.notice());
    // What looks for somebody does not.
    let mut d = Driver::with_map("生活 ◀");
    d.keys("f3 「薬」 esc");
    assert_eq!(d.entry(), "");
}

#[test]
fn やめた直しは_ほかを書いたあとのエスケープでは出てこない() {
    let mut d = Driver::with_map("生活\n  舟は古い ◀");
    d.keys("f2 「です」 esc 「網もない」 enter esc");
    assert_eq!((d.entry(), d.target()), ("", None));
    d.keys("ctrl-z ctrl-z");
    assert_eq!(d.entry(), "舟は古いです", "{}", d.notice());
}
