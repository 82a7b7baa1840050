//! Keys in, state out: what the hands type beside what is meant, and what the fields make of it.

use crate::support;

use support::driver::{Driver, line, outline, plan};

/// What people read in the cell one stands on.
fn stands(d: &Driver) -> String {
    let cell = d.model.sheets().unwrap().selected_cell(&d.model.cx).unwrap();
    d.model.cell_shown(cell)
}

#[test]
fn どこも指さない番号記号だけの行ももう一度でことばになる() {
    for (line, written) in [("＃りんご", "＃りんご"), ("#りんご", "#りんご"), ("@橇の人", "@橇の人")]
    {
        let mut d = Driver::with_map("生活 ◀");
        d.keys(&format!("「{line}」 enter"));
        assert!(d.dossier().nodes.is_empty() && d.notice().contains("もう一度"), "{line}: {}", d.notice());
        d.keys("enter");
        let texts: Vec<_> = d.dossier().nodes.values().map(|n| n.text.as_str()).collect();
        assert_eq!((texts, d.entry()), (vec![written], ""), "{line}");
    }
    // At the closing, too, what an unknown sign begins is said by nobody, and who spoke before speaks on.
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 8 「@薬 海を見た」 enter 「海が見えた＠橇の人」 enter*2 「帰りも見る」 enter");
    let said = d.dossier().reflections_in_order();
    let who: Vec<_> = said.iter().map(|r| (r.text.as_str(), r.speaker.is_some())).collect();
    assert_eq!(who, [("海を見た", true), ("海が見えた＠橇の人", false), ("帰りも見る", true)]);
    // Words that follow are those of the sign.
    line("生活 ◀", "「#りんご」 enter 「を箱で」", "#りんご を箱で");
}

#[test]
fn 記号のまわりの句読点やかっこは人も場所もかくさない() {
    for (line, end) in [
        ("残薬が多い＠薬。", "生活\n  残薬が多い。 @薬剤師 ◀"),
        ("残薬が多い＠薬、", "生活\n  残薬が多い @薬剤師 ◀"),
        ("飲めているか＠医？", "生活\n  飲めているか？ @医師 ◀"),
        ("残薬が多い（＠薬）", "生活\n  残薬が多い @薬剤師 ◀"),
        ("残薬が多い（＠薬）。", "生活\n  残薬が多い。 @薬剤師 ◀"),
        ("残薬が多い(@薬)", "生活\n  残薬が多い @薬剤師 ◀"),
        ("残薬が多い (@薬) ", "生活\n  残薬が多い @薬剤師 ◀"),
        ("「残薬が多い＠薬」", "生活\n  「残薬が多い」 @薬剤師 ◀"),
        ("（＠薬）残薬が多い", "生活\n  残薬が多い @薬剤師 ◀"),
        ("(@薬) 残薬が多い", "生活\n  残薬が多い @薬剤師 ◀"),
        ("@薬、残薬が多い", "生活\n  残薬が多い @薬剤師 ◀"),
        ("＠薬：残薬が多い", "生活\n  残薬が多い @薬剤師 ◀"),
        ("@薬。 残薬が多い", "生活\n  残薬が多い @薬剤師 ◀"),
        ("!（＠薬）残薬が多い", "生活\n  !残薬が多い @薬剤師 ◀"),
        ("残薬が多い＠薬＃家。", "生活\n家族\n  残薬が多い。 @薬剤師 ◀"),
        ("残薬が多い（＃家族）＠薬", "生活\n家族\n  残薬が多い @薬剤師 ◀"),
        ("＃家、残薬が多い", "生活\n家族\n  残薬が多い ◀"),
        // A number in half-width brackets is that of a room, and what nobody answers to is words.
        ("居室(#2)", "生活\n  居室(#2) ◀"),
        ("鍵（＠橇の人）", "生活\n  鍵（＠＠橇の人） ◀"),
        ("（＠橇の人）鍵", "生活\n  （＠＠橇の人）鍵 ◀"),
        ("鍵（大事）", "生活\n  鍵（大事） ◀"),
    ] {
        let mut d = Driver::with_map("生活 ◀\n家族");
        d.paste(line);
        d.keys("enter");
        if d.entry() != "" {
            d.keys("enter");
        }
        let state = d.state();
        let end = end.replace("生活\n家族", "家族");
        assert_eq!(state, outline(&end), "{line}: {}", d.notice());
    }
}

#[test]
fn 地図も振り返りも記号を同じように読む() {
    let said = |d: &Driver| {
        let r = d.dossier().reflections.values().next_back().unwrap().clone();
        let who = r.speaker.map_or("", |id| d.dossier().participants[&id].label());
        (r.text, who.to_owned(), r.question)
    };
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 8");
    let questions = d.desk().doc.questions(&d.model.cx);
    for line in [
        "港まで歩こうと思う＠薬 #2",
        "港まで歩こうと思う @薬 ＃２",
        "港まで歩こうと思う #2＠薬",
        "港まで歩こうと思う #2 @薬",
        "＠薬 #2 港まで歩こうと思う",
        "（＠薬）＃２　港まで歩こうと思う",
        "港まで歩こうと思う（＠薬）＃2。",
    ] {
        d.keys(&format!("「@医 」 enter 「{line}」 enter"));
        let (text, who, question) = said(&d);
        let text = text.trim_end_matches('。');
        assert_eq!(
            (text, who.as_str(), &question),
            ("港まで歩こうと思う", "薬剤師", &questions[1]),
            "{line}"
        );
    }
    // A mere number behind the words may be that of a room, and a bare sign aims at nothing.
    for (line, words) in [("鍵は居室 #2", "鍵は居室 #2"), ("# 帰りも海を見る", "帰りも海を見る")]
    {
        let before = d.desk().closing.question;
        d.keys(&format!("「{line}」 enter"));
        assert_eq!((said(&d).0.as_str(), d.desk().closing.question), (words, before), "{line}");
    }
    for line in ["港まで歩く＠薬 #2", "港まで歩く @薬 ＃２", "港まで歩く #2＠薬"] {
        let mut d = Driver::with_map("生活\n家族 ◀\n  母は夜勤");
        d.keys(&format!("「{line}」 enter"));
        let node = d.dossier().nodes.values().next_back().unwrap();
        assert_eq!(
            (node.text.as_str(), node.speaker.is_some(), node.branch.as_str()),
            ("港まで歩く", true, "生活"),
            "{line}"
        );
    }
}

#[test]
fn 読点で並べたことばは読点で出てかっこの中は割れない() {
    for (typed, shown, cell) in [
        ("床屋、郵便屋", "？床屋、郵便屋", "床屋、郵便屋"),
        ("床屋；郵便屋・渡し船の人", "？床屋、郵便屋、渡し船の人", "床屋、郵便屋、渡し船の人"),
        ("訪問看護（田中、ほか1人）", "？訪問看護（田中、ほか1人）", "訪問看護（田中、ほか1人）"),
        (
            "薬、民宿（女将、若女将）、漁協",
            "薬剤師 ？民宿（女将、若女将）、漁協",
            "P01、民宿（女将、若女将）、漁協",
        ),
    ] {
        let mut d = plan();
        d.keys(&format!("tab 「回覧板に載せる」 tab 「{typed}」 tab up*3 home"));
        d.keys("esc up*3 left*5 right*2");
        assert_eq!(stands(&d), shown, "{typed}");
        d.keys("enter");
        assert_eq!(d.cell(), Some(cell), "{typed}");
        let before = d.dossier().plan()[0].clone();
        d.keys("tab");
        assert_eq!(*d.dossier().plan()[0], before, "what is left as it stands stays so");
    }
}

#[test]
fn 名前の例はこの会議にいる人で言う() {
    let mut d = Driver::empty();
    d.keys("ctrl-u 「P21 看護師 浜の訪問看護」 enter 「P22 看護師 丘の病院」 enter esc ctrl-o down*15");
    let code = d.dossier().people().iter().find(|p| p.profession == "看護師").unwrap().code.clone();
    d.keys("「看護」 tab");
    assert!(d.notice().contains(&format!("番号（{code} など）")), "{}", d.notice());
}

#[test]
fn 選ぶ欄では矢印は一覧の中だけを動く() {
    // In the form about the meeting 年代 is the eighth row, and 性別 follows.
    for (keys, age, sex) in [
        ("down*6 enter down tab", "乳幼児", ""),
        ("down*6 enter down*2 enter", "小学生", ""),
        ("down*6 enter down*40 enter", "90歳以上", ""),
        // Nobody has chosen.
        ("down*6 enter down esc", "", ""),
        ("down*6 enter down f6", "", ""),
        ("down*6 enter down*3 pagedown", "", ""),
        ("down*6 enter up*3 down tab", "乳幼児", ""),
        ("down*6 enter down tab down f6", "乳幼児", ""),
        ("down*6 enter 「80代後半」 tab up enter down*2 f6", "80代後半", ""),
        ("down*6 enter 「80代後半」 tab up enter up*2 esc", "80代後半", ""),
        ("down*6 enter down*30 up*40 enter", "", ""),
    ] {
        let mut d = Driver::with_map("生活 ◀");
        d.keys(&format!("ctrl-o {keys}"));
        let case = d.dossier().case.clone().unwrap();
        assert_eq!((case.age.as_str(), case.sex.as_str()), (age, sex), "{keys}: {}", d.notice());
    }
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-o down*6 enter down f6");
    assert!(d.notice().starts_with("年代：矢印で見ただけ"), "{}", d.notice());
    let mut d = plan();
    d.keys("tab 「鍵の置き場を決める」 tab*4 down f6");
    assert!(d.notice().starts_with("優先度：矢印で見ただけ"), "{}", d.notice());
    assert_eq!(d.dossier().plan()[0].priority, None);
    let mut d = plan();
    d.keys("tab 「鍵の置き場を決める」 tab*4 down*9 up*9");
    assert_eq!((d.sheet().row, d.sheet().column), (0, 5), "the arrows stay in the list");
}

#[test]
fn 直すことばのうしろや貼りつけた行の印も人と場所を言う() {
    for (stands, keys, end) in [
        ("魚を売る", "「＠薬」", "  魚を売る @薬剤師 ◀"),
        ("魚を売る", "「 @薬」", "  魚を売る @薬剤師 ◀"),
        ("魚を売る", "「＃家」", "家族\n  魚を売る ◀"),
        ("魚を売る", "「（＠薬）」", "  魚を売る @薬剤師 ◀"),
        // What ended the words before is one of them.
        ("家賃＠5万", "「円」", "  家賃＠＠5万円 ◀"),
        ("家賃＠5万", "「＠薬」", "  家賃＠＠5万 @薬剤師 ◀"),
        ("居室＃12", "left*2 「東」", "  居室＃＃東12 ◀"),
    ] {
        let mut d = Driver::with_map("生活 ◀\n家族");
        d.keys(&format!("「{}」 enter enter", stands.replace('＠', "＠＠").replace('＃', "＃＃")));
        d.keys(&format!("f2 {keys} enter"));
        assert_eq!(d.entry(), "", "{stands} {keys}: {}", d.notice());
        let end = if end.starts_with('家') { end.to_owned() } else { format!("生活\n{end}") };
        assert_eq!(d.state(), outline(&end), "{stands} {keys}");
    }
    let mut d = Driver::with_map("生活 ◀\n家族");
    d.paste("残薬が多い＠薬\n居室＃12\n会うのは＠公民館\n兄は遠い＃家");
    let end = "生活\n  残薬が多い @薬剤師\n  居室＃＃12\n  会うのは＠＠公民館\n家族\n  兄は遠い ◀";
    assert_eq!(d.state(), outline(end));
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 8 「海を見た」 enter*2 f2 「＠薬」 enter");
    let said = d.dossier().reflections_in_order();
    assert!(said[0].speaker.is_some() && said[0].text == "海を見た", "{said:?}");
}
