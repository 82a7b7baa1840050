//! Participants as people write them in their own lists.

use jirei::domain::people::parse_line;
use jirei::format;

use crate::support::driver::Driver;
use crate::support::frame::picture;

/// 職種, 所属, 部署, 氏名.
fn read(line: &str) -> [String; 4] {
    let draft = parse_line(line, &format::lists(None).unwrap());
    [draft.profession, draft.organisation, draft.department, draft.name].map(Option::unwrap_or_default)
}

fn all_right(lines: &[(&str, [&str; 4])]) {
    let told = |(line, want): &(&str, [&str; 4])| {
        let read = read(line);
        (read != *want).then(|| format!("{line}\n    want {want:?}\n    read {read:?}"))
    };
    let wrong: Vec<String> = lines.iter().filter_map(told).collect();
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), lines.len(), wrong.join("\n"));
}

#[test]
fn 消防団や名前のある相談室は所属と分かる() {
    all_right(&[
        ("消防団 第三分団", ["", "消防団", "第三分団", ""]),
        ("山の町消防団　第二分団　架空原", ["", "山の町消防団", "第二分団", "架空原"]),
        ("相談支援専門員 ひかり相談室", ["相談支援専門員", "ひかり相談室", "", ""]),
        ("心理士　こもれび相談室　見本沢", ["心理士", "こもれび相談室", "", "見本沢"]),
        ("看護師 川の町病院 地域連携室", ["看護師", "川の町病院", "地域連携室", ""]),
        ("看護師 地域連携室", ["看護師", "", "地域連携室", ""]),
        (
            "看護師　訪問看護ステーションさざなみ　架空原",
            ["看護師", "訪問看護ステーションさざなみ", "", "架空原"],
        ),
        (
            "看護師　架空原　訪問看護ステーションさざなみ",
            ["看護師", "訪問看護ステーションさざなみ", "", "架空原"],
        ),
        ("山の町役場福祉課　保健師　例ノ川", ["保健師", "山の町役場", "福祉課", "例ノ川"]),
        ("川の町病院地域連携室　MSW　見本沢", ["MSW", "川の町病院", "地域連携室", "見本沢"]),
        ("NPO法人ひだまり　スタッフ　某ノ里", ["スタッフ", "NPO法人ひだまり", "", "某ノ里"]),
        ("社会福祉法人みどり会 生活相談員 試ノ森", ["生活相談員", "社会福祉法人みどり会", "", "試ノ森"]),
        ("駐在所　架空原", ["", "駐在所", "", "架空原"]),
        ("包括 社会福祉士 例ノ川", ["社会福祉士", "包括", "", "例ノ川"]),
        ("社協　CSW　見本沢", ["CSW", "社協", "", "見本沢"]),
        (
            "地域包括支援センター（川の町）　主任ケアマネ　架空原",
            ["主任ケアマネ", "地域包括支援センター", "川の町", "架空原"],
        ),
    ]);
}

#[test]
fn 区切りの記号で分けて書いた人も読める() {
    all_right(&[
        ("ケアマネ：山の町居宅", ["ケアマネ", "山の町居宅", "", ""]),
        ("医師／山の町診療所", ["医師", "山の町診療所", "", ""]),
        ("医師/川の町医院/見本沢", ["医師", "川の町医院", "", "見本沢"]),
        ("薬剤師:あさひ薬局:架空原", ["薬剤師", "あさひ薬局", "", "架空原"]),
        ("ケアマネ：架空原（山の町居宅）", ["ケアマネ", "山の町居宅", "", "架空原"]),
        ("介護支援専門員(主任)/山の町居宅/架空原", ["介護支援専門員(主任)", "山の町居宅", "", "架空原"]),
        // Two professions are one person's.
        ("薬剤師／管理者　あさひ薬局", ["薬剤師／管理者", "あさひ薬局", "", ""]),
        (
            "介護福祉士／サービス提供責任者 川の町訪問介護事業所",
            ["介護福祉士／サービス提供責任者", "川の町訪問介護事業所", "", ""],
        ),
    ]);
}

#[test]
fn 氏名は所属にならない() {
    all_right(&[
        ("1. 民生委員 架空原", ["民生委員", "", "", "架空原"]),
        ("薬剤師 架空原", ["薬剤師", "", "", "架空原"]),
        ("医師　見本沢　太郎", ["医師", "", "", "見本沢 太郎"]),
        ("民生委員 架空原 はなこ", ["民生委員", "", "", "架空原 はなこ"]),
        ("保健師　例ノ川B", ["保健師", "", "", "例ノ川B"]),
        ("訪看 佐々木", ["訪看", "", "", "佐々木"]),
        ("ＣＭ　中村", ["ＣＭ", "", "", "中村"]),
        ("家族　長男", ["家族", "", "", "長男"]),
        ("ケアマネ　佐藤（山の町居宅）", ["ケアマネ", "山の町居宅", "", "佐藤"]),
        ("自治会長　某ノ里", ["自治会長", "", "", "某ノ里"]),
        ("ボランティア　試ノ森", ["ボランティア", "", "", "試ノ森"]),
        ("民生委員 架空原 様", ["民生委員", "", "", "架空原様"]),
        ("ケアマネ 山の町居宅 架空原 花子 様", ["ケアマネ", "山の町居宅", "", "架空原 花子様"]),
        ("民生委員　ふもと　架空原　はなこ", ["民生委員", "ふもと", "", "架空原 はなこ"]),
        ("薬剤師　あさひ薬局　見本沢様", ["薬剤師", "あさひ薬局", "", "見本沢様"]),
        ("山の町診療所　架空原医師", ["医師", "山の町診療所", "", "架空原"]),
        ("例ノ川ケアマネ（川の町居宅）", ["ケアマネ", "川の町居宅", "", "例ノ川"]),
        (
            "介護支援専門員　川の町居宅介護支援事業所　見本　太郎",
            ["介護支援専門員", "川の町居宅介護支援事業所", "", "見本 太郎"],
        ),
        (
            "看護師　さざなみ訪問看護ステーション　例野　由美子",
            ["看護師", "さざなみ訪問看護ステーション", "", "例野 由美子"],
        ),
        ("民生委員　川の町民生委員会　阿部　花子", ["民生委員", "川の町民生委員会", "", "阿部 花子"]),
        // A part of the house stands there, too.
        ("薬剤師 あさひ薬局 在宅 見本", ["薬剤師", "あさひ薬局", "在宅", "見本"]),
        ("薬剤師 あさひ薬局 駅前 架空原", ["薬剤師", "あさひ薬局", "駅前", "架空原"]),
        // Places and houses are none.
        ("保健師 川根町", ["保健師", "川根町", "", ""]),
        ("相談支援専門員 つばさ 某ノ里", ["相談支援専門員", "つばさ", "", "某ノ里"]),
        ("相談員 みどりの丘", ["相談員", "みどりの丘", "", ""]),
    ]);
}

#[test]
fn 表から貼った列はどの順でも読める() {
    all_right(&[
        ("1\t医師\t山の町診療所\t内科\t架空原 太郎", ["医師", "山の町診療所", "内科", "架空原 太郎"]),
        ("2\t架空原 太郎\t医師\t山の町診療所", ["医師", "山の町診療所", "", "架空原 太郎"]),
        ("架空原　花子\t山の町薬局\t薬剤師\t在宅担当", ["薬剤師", "山の町薬局", "在宅担当", "架空原　花子"]),
        (
            "看護師\t見本沢 次郎\t川の町訪問看護ステーション\t",
            ["看護師", "川の町訪問看護ステーション", "", "見本沢 次郎"],
        ),
        ("薬剤師\tあさひ薬局\t架空原 花子\t出席", ["薬剤師", "あさひ薬局", "", "架空原 花子"]),
        ("薬剤師\tあさひ薬局\t架空原 花子\t欠席", ["薬剤師", "あさひ薬局", "欠席", "架空原 花子"]),
        ("○\t保健師\t山の町役場\t例ノ川", ["保健師", "山の町役場", "", "例ノ川"]),
        ("民生委員\t\t中央地区\t某ノ里", ["民生委員", "", "中央地区", "某ノ里"]),
    ]);
}

#[test]
fn うしろに添えた役や出欠は氏名にならない() {
    all_right(&[
        ("薬剤師 あさひ薬局 架空原（欠席）", ["薬剤師", "あさひ薬局", "欠席", "架空原"]),
        ("保健師 山の町役場 例ノ川（出席）", ["保健師", "山の町役場", "", "例ノ川"]),
        ("医師 川の町医院 見本沢（オンライン）", ["医師", "川の町医院", "オンライン", "見本沢"]),
        ("主任ケアマネ 山の町居宅 架空原（司会）", ["主任ケアマネ", "山の町居宅", "", "架空原"]),
        ("ケアマネ　山の町居宅　架空原　管理者", ["ケアマネ", "山の町居宅", "管理者", "架空原"]),
        ("ケアマネ 山の町居宅 架空原 事例提供者", ["ケアマネ", "山の町居宅", "", "架空原"]),
        ("医師　山の町診療所　院長　見本沢", ["医師", "山の町診療所", "院長", "見本沢"]),
        (
            "架空原 花子（看護師・さざなみ訪問看護ステーション）",
            ["看護師", "さざなみ訪問看護ステーション", "", "架空原 花子"],
        ),
        ("医師（山の町診療所 所長）見本沢", ["医師", "山の町診療所", "所長", "見本沢"]),
        ("山の町居宅(ケアマネ)　架空原", ["ケアマネ", "山の町居宅", "", "架空原"]),
        ("書記 例ノ川", ["書記", "", "", "例ノ川"]),
    ]);
}

#[test]
fn 頭の番号や印はどんな書き方でも落ちる() {
    for mark in [
        "１．",
        "１．　",
        "２．\u{3000}",
        "③　",
        "⑫.",
        "（４）",
        "・",
        "No.5 ",
        "Ｎｏ．６　",
        "№7 ",
        "ア．",
        "(イ) ",
        "➀ ",
        "1) ",
        "8　",
    ] {
        let line = format!("{mark}薬剤師　あさひ薬局　架空原");
        all_right(&[(&line, ["薬剤師", "あさひ薬局", "", "架空原"])]);
    }
}

#[test]
fn 何行も貼ると職種の分からない行をみな言う() {
    let mut d = Driver::with_map("生活 ◀");
    let before = d.dossier().participants.len();
    d.keys("ctrl-u");
    d.paste("医師\t川の町医院\t\t見本沢 太郎\n鷹匠\t川の町\n薬剤師 あさひ薬局\n語り部 架空原\n花火師\n杜氏\n船頭 川の町");
    assert_eq!(d.dossier().participants.len(), before + 7);
    let people = d.dossier().people();
    assert!(people.iter().any(|p| p.name == "見本沢 太郎" && p.organisation == "川の町医院"));
    for words in ["7人を参加者に足しました", "2行目「鷹匠", "4行目「語り部", "5行目「花火師」", "ほか 2行"]
    {
        assert!(d.notice().contains(words), "{words}: {}", d.notice());
    }
}

#[test]
fn 二文字の市や町は所属で_そう終わる名字は氏名() {
    all_right(&[
        ("保健師 渚市", ["保健師", "渚市", "", ""]),
        ("保健師　岬町", ["保健師", "岬町", "", ""]),
        ("保健師 渚市 潮田", ["保健師", "渚市", "", "潮田"]),
        ("保健師 潮田 岬町", ["保健師", "岬町", "", "潮田"]),
        ("岬町 保健師 汐見さん", ["保健師", "岬町", "", "汐見さん"]),
        ("児童福祉司 渚市 家庭支援課 磯貝", ["児童福祉司", "渚市", "家庭支援課", "磯貝"]),
        ("防災士 凪町 汐見", ["防災士", "凪町", "", "汐見"]),
        ("保健師 岬村 汐見さん", ["保健師", "岬村", "", "汐見さん"]),
        // Families are called so.
        ("保健師 古市", ["保健師", "", "", "古市"]),
        // A family that ends like a county is no house for all to read.
        ("保健師 古郡", ["保健師", "", "", "古郡"]),
        ("民生委員 竹市 健一", ["民生委員", "", "", "竹市 健一"]),
        ("養護教諭 緑丘中 吉田", ["養護教諭", "緑丘中", "", "吉田"]),
        ("養護教諭 北小 原田", ["養護教諭", "北小", "", "原田"]),
        ("養護教諭 田中 恵", ["養護教諭", "", "", "田中 恵"]),
        ("看護師 県立中央 東", ["看護師", "県立中央", "", "東"]),
        ("医師 武市 花子", ["医師", "", "", "武市 花子"]),
        ("看護師 中村", ["看護師", "", "", "中村"]),
        ("看護師 磯村 大輔", ["看護師", "", "", "磯村 大輔"]),
        ("保育士 奥村 さくら", ["保育士", "", "", "奥村 さくら"]),
        ("民生委員 大町", ["民生委員", "", "", "大町"]),
        ("看護師 凪診療所 大町", ["看護師", "凪診療所", "", "大町"]),
        ("看護師 凪診療所 岬町", ["看護師", "凪診療所", "", "岬町"]),
        ("作業療法士 荒町 太郎", ["作業療法士", "", "", "荒町 太郎"]),
    ]);
}

#[test]
fn 学校や地区の役の呼び方も職種と分かる() {
    let lists = format::lists(None).unwrap();
    for (line, want) in [
        ("小学校教諭 渚小学校 汐見", ["小学校教諭", "渚小学校", "", "汐見"]),
        ("高校教諭　渚高校", ["高校教諭", "渚高校", "", ""]),
        ("特別支援学校教諭 あかしや支援学校 磯貝", ["特別支援学校教諭", "あかしや支援学校", "", "磯貝"]),
        ("幼稚園教諭 しおかぜ幼稚園", ["幼稚園教諭", "しおかぜ幼稚園", "", ""]),
        ("町内会長 浜三丁目 汐見", ["町内会長", "浜三丁目", "", "汐見"]),
        ("区長 奥地区 磯貝", ["区長", "", "奥地区", "磯貝"]),
        ("自治会長 汐見", ["自治会長", "", "", "汐見"]),
        ("主任児童委員 浜地区", ["主任児童委員", "", "浜地区", ""]),
        ("消防団員 渚町消防団 汐見くん", ["消防団員", "渚町消防団", "", "汐見くん"]),
        ("保護司 磯貝", ["保護司", "", "", "磯貝"]),
    ] {
        assert_eq!(read(line), want, "{line}");
        assert!(parse_line(line, &lists).is_sure(&lists), "{line}");
    }
}

/// A rural meeting, with two of one profession and names of one letter.
fn at_the_table() -> Driver {
    let mut d = Driver::with_map("生活 ◀\n  !独り");
    d.keys(
        "ctrl-u 「P04 保健師 岬町 潮田」 enter 「P05 社会福祉士 岬地域包括支援センター 磯貝」 enter \
         「P06 民生委員 浜地区 林」 enter 「P07 保健師 渚市 汐見」 enter ctrl-u",
    );
    assert_eq!(d.dossier().participants.len(), 7);
    d
}

/// Who does an action after words were typed into its cell, and what is left beside it.
fn doers(d: &Driver) -> (Vec<String>, String) {
    let action = d.dossier().actions.values().next().unwrap();
    let code = |id| d.dossier().participants[id].code.clone();
    (action.who.iter().map(code).collect(), action.others().to_owned())
}

#[test]
fn 呼ばれるとおりに書けばだれがも司会も発言者も見つかる() {
    for (typed, who, others) in [
        ("P04とP05", vec!["P04", "P05"], ""),
        ("社会福祉士の磯貝", vec!["P05"], ""),
        ("保健師潮田", vec!["P04"], ""),
        ("保健師 汐見", vec!["P07"], ""),
        ("保健師 潮田 岬町、林さん", vec!["P04", "P06"], ""),
        ("磯貝くん、汐見ちゃん", vec!["P05", "P07"], ""),
        ("林さんと長男", vec!["P06"], "長男"),
        ("渚市の保健師と薬剤師", vec!["P07", "P01"], ""),
        ("皆さん、大家さん", vec![], "皆さん；大家さん"),
        ("医師と歩む会", vec![], "医師と歩む会"),
    ] {
        let mut d = at_the_table();
        d.keys(&format!("ctrl-g 6 left tab 「訪ねる」 tab 「{typed}」 tab"));
        let expected = (who.into_iter().map(str::to_owned).collect::<Vec<_>>(), others.to_owned());
        assert_eq!(doers(&d), expected, "{typed}");
    }
    for (typed, seat) in [("保健師 潮田 岬町", "P04"), ("P07 保健師 渚市 汐見", "P07"), ("林さん", "P06")]
    {
        for row in [15, 17] {
            let mut d = at_the_table();
            d.keys(&format!("ctrl-o down*{row} enter 「{typed}」 enter"));
            let meeting = &d.dossier().meeting;
            let sits = if row == 15 { meeting.facilitators[0] } else { meeting.presenter };
            let code = sits.map(|id| d.dossier().participants[&id].code.as_str());
            assert_eq!(code, Some(seat), "{typed}: {}", d.notice());
        }
    }
    for (typed, speaker) in [
        ("@保健師潮田 眠れない", Some("P04")),
        ("@林さん 眠れない", Some("P06")),
        ("@社会福祉士の磯貝 眠れない", Some("P05")),
        ("眠れない＠林さん", Some("P06")),
        ("@皆さん 眠れない", None),
        ("@お母さん 眠れない", None),
    ] {
        let mut d = at_the_table();
        d.keys(&format!("「{typed}」 enter*2"));
        let node = d.dossier().nodes.values().find(|n| n.text.contains("眠れない")).unwrap();
        let code = node.speaker.map(|id| d.dossier().participants[&id].code.clone());
        assert_eq!(code.as_deref(), speaker, "{typed}: {}", d.notice());
    }
}

#[test]
fn だれがに待つことばはあとから来た人を呼び名で見つける() {
    for (typed, line, who, others) in [
        ("凪さん", "医師 岬診療所 凪", vec!["P08"], ""),
        ("浪江くん", "保育士 渚保育園 浪江", vec!["P08"], ""),
        ("医療ソーシャルワーカーの浪江", "MSW 岬病院 浪江", vec!["P08"], ""),
        ("P04とP08", "医師 岬診療所", vec!["P04", "P08"], ""),
        ("皆さん", "保健師 岬町 皆川", vec![], "皆さん"),
        ("浪江さん、ご家族", "保育士 渚保育園 浪江 花", vec!["P08"], "ご家族"),
        ("家族", "相談員 家族会ひだまり", vec![], "家族"),
    ] {
        let mut d = at_the_table();
        d.keys(&format!("ctrl-g 6 left tab 「訪ねる」 tab 「{typed}」 tab ctrl-u 「{line}」 enter*2"));
        let expected = (who.into_iter().map(str::to_owned).collect::<Vec<_>>(), others.to_owned());
        assert_eq!(doers(&d), expected, "{typed}: {}", d.notice());
    }
}

#[test]
fn 尋ねられた参加者の行は_escで片づけても元に戻すで出て_先へ進めばそう言う() {
    for place in ["ctrl-u", "ctrl-g 1"] {
        let asked = || {
            let mut d = Driver::with_map("生活 ◀");
            d.keys(&format!("{place} 「灯台の見える部屋」 enter"));
            assert!(d.notice().contains("もう一度 Enter"), "{}", d.notice());
            d
        };
        let mut d = asked();
        d.keys("esc ctrl-z");
        assert_eq!((d.entry(), d.dossier().participants.len()), ("灯台の見える部屋", 3), "{place}");
        let mut d = asked();
        d.keys("f6");
        assert_eq!(d.dossier().participants.len(), 4, "{place}");
        assert!(d.notice().contains("「灯台の見える部屋」を、そのまま書きました"), "{}", d.notice());
        // What is mended comes back, too.
        let mut d = Driver::with_map("生活 ◀");
        d.keys(&format!("{place} up*9 f2 「 初参加」 esc ctrl-z"));
        assert_eq!(d.entry(), "P01 薬剤師 山の町薬局 初参加", "{place}: {}", d.notice());
    }
}

#[test]
fn 同じだけ当てはまる方が何人かいればだれにしたかを言う() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-u 「薬剤師 川の町薬局」 enter 「薬剤師 岬薬局」 enter ctrl-u");
    d.keys("「@薬 残薬が多い」 enter");
    assert!(
        d.notice()
            .contains("「薬」に当たる方が3人います：薬剤師 P01・薬剤師 P04・薬剤師 P05。P01 にしました"),
        "{}",
        d.notice()
    );
    let speaker = |d: &Driver, words: &str| {
        let node = d.dossier().nodes.values().find(|n| n.text == words).unwrap();
        node.speaker.map(|id| d.dossier().participants[&id].code.clone())
    };
    // The key it names puts it right, for the words that follow as well.
    d.keys("f3 down*3 enter 「一包化した」 enter");
    assert_eq!(speaker(&d, "残薬が多い"), speaker(&d, "一包化した"));
    assert_eq!(speaker(&d, "一包化した").as_deref(), Some("P04"));
    // Chosen from what is offered, or fitting one best of all, nothing need be said.
    for line in [
        "「@薬」 down enter 「飲めない」 enter",
        "「@川 残る」 enter",
        "「@P05 余る」 enter",
        "「@岬薬局 足りない」 enter",
    ] {
        d.keys(line);
        assert!(!d.notice().contains("に当たる方"), "{line}: {}", d.notice());
    }
    d.keys("「薬が足りる＠薬」 enter");
    assert!(d.notice().contains("に当たる方が3人います"), "{}", d.notice());
}

#[test]
fn 学校や農村や病院の会議で打つ行も読める() {
    all_right(&[
        // People who are called as bodies end.
        ("保健師 渡会", ["保健師", "", "", "渡会"]),
        ("渡会 保健師 渚市", ["保健師", "渚市", "", "渡会"]),
        ("ケアマネ 本荘 花子（かもめ居宅）", ["ケアマネ", "かもめ居宅", "", "本荘 花子"]),
        // Bodies that begin with what they are.
        ("訪問看護かもめ 村瀬", ["", "訪問看護かもめ", "", "村瀬"]),
        ("老健みなと 支援相談員 滝", ["支援相談員", "老健みなと", "", "滝"]),
        ("訪問介護ヘルパー 滝", ["訪問介護ヘルパー", "", "", "滝"]),
        ("酪農家 北牧場 久保 正", ["酪農家", "北牧場", "", "久保 正"]),
        ("SSW 教育委員会学校教育課 倉持", ["SSW", "教育委員会", "学校教育課", "倉持"]),
        ("渚市 こども家庭課 家庭児童相談室 比嘉", ["", "渚市", "こども家庭課 家庭児童相談室", "比嘉"]),
        ("県 保健師 村瀬", ["保健師", "県", "", "村瀬"]),
        // What they are called at work.
        ("生活安全課 警部補 牧野", ["警部補", "", "生活安全課", "牧野"]),
        ("フリースクールどんぐり 代表 遠山", ["代表", "フリースクールどんぐり", "", "遠山"]),
        ("区長 上沢集落 佐久間", ["区長", "", "上沢集落", "佐久間"]),
        ("診療所医師 上沢診療所 中根", ["診療所医師", "上沢診療所", "", "中根"]),
        ("渚市役所 高齢福祉課 課長補佐 村瀬", ["課長補佐", "渚市役所", "高齢福祉課", "村瀬"]),
        ("渚市福祉事務所 生活保護CW 村瀬", ["生活保護CW", "渚市福祉事務所", "", "村瀬"]),
        ("学生 みなと大学看護学部 村瀬", ["学生", "みなと大学", "看護学部", "村瀬"]),
        ("看護師 兼 ケアマネ かもめ 村瀬", ["看護師兼ケアマネ", "かもめ", "", "村瀬"]),
        // As they call each other, and what a bracket says of whom it stands behind.
        ("保健師の村瀬さん", ["保健師", "", "", "村瀬さん"]),
        ("本人の長男", ["本人の長男", "", "", ""]),
        ("保育園の先生", ["保育園の先生", "", "", ""]),
        ("村瀬花子（渚市・保健師）", ["保健師", "渚市", "", "村瀬花子"]),
        ("保健師 村瀬 花子（渚市）", ["保健師", "渚市", "", "村瀬 花子"]),
        ("長女（キーパーソン）", ["", "", "キーパーソン", "長女"]),
        // Marks, and being there.
        ("◎村瀬 保健師", ["保健師", "", "", "村瀬"]),
        ("★司会 村瀬 保健師", ["保健師", "", "", "村瀬"]),
        ("○○事業所 ケアマネ", ["ケアマネ", "○○事業所", "", ""]),
        ("保健師 村瀬 欠", ["保健師", "", "欠", "村瀬"]),
        ("保健師 村瀬 途中参加", ["保健師", "", "", "村瀬"]),
    ]);
}

/// Who leads the meeting, with whom, and who presents the case.
fn seats(d: &Driver) -> [String; 3] {
    let (meeting, people) = (&d.dossier().meeting, &d.dossier().participants);
    let code = |id| people.get(&id).map_or("", |p| p.code.as_str()).to_owned();
    let [first, second] = meeting.facilitators;
    [first, second, meeting.presenter].map(|seat| seat.map(code).unwrap_or_default())
}

#[test]
fn 行に書いた役でその人が司会や事例提供者になる() {
    let mut d = at_the_table();
    d.keys("ctrl-u 「司会 保健師 渚市 浜名」");
    let shown = picture(&d, (80, 24));
    assert!(shown.lines().any(|row| row.contains("氏名 浜名") && row.contains("司会")), "{shown}");
    d.keys("enter");
    assert_eq!(seats(&d), ["P08", "", ""]);
    assert!(d.notice().contains("司会にしました。変えるときは Ctrl+O。"), "{}", d.notice());
    d.keys("f2 「 初参加」 enter");
    assert!(!d.notice().contains("にしました。変える"), "{}", d.notice());
    d.keys("ctrl-z*2");
    assert_eq!((seats(&d), d.dossier().participants.len()), ([""; 3].map(str::to_owned), 7));
    d.keys("「ケアマネ なぎさ居宅 浪江（事例提供者）」 enter 「ケアマネ みさき居宅 事例提供者」 enter");
    assert_eq!(seats(&d), ["", "", "P08"]);
    assert!(d.notice().contains("事例提供者はもう決まっているので、部署に書き添えました"), "{}", d.notice());
    let last = d.dossier().people().last().unwrap().department.clone();
    assert_eq!(last, "事例提供者");
    // Somebody who sits there already, and several lines at once.
    d.keys("up*9 f2 「 司会」 enter");
    let first = seats(&d)[0].clone();
    assert_ne!(first, "", "{}", d.notice());
    d.paste("副司会 医師 岬診療所 凪\n記録 薬剤師 岬薬局\n座長 医師 浜医院\n座長 医師 磯医院");
    assert_eq!(seats(&d), [first.as_str(), "P10", "P08"]);
    let said = "座長はもう決まっているので、部署に書き添えました（3行目、4行目）。";
    assert!(d.notice().contains(said), "{}", d.notice());
    // Words in the seat that waited for just them.
    let mut d = at_the_table();
    d.keys("ctrl-o down*15 enter 「浜名さん」 enter ctrl-u 「司会 保健師 渚市 浜名」 enter");
    assert_eq!(seats(&d), ["P08", "", ""]);
}

#[test]
fn ことばがだれかを待つ席はほかの方のものにならない() {
    for (row, typed, lines, taken, told) in [
        (17, "浜名", ["ケアマネ なぎさ居宅 浪江 事例提供者", "薬剤師 岬薬局 浜名"], ["", "", "P09"], true),
        (17, "浜名", ["薬剤師 岬薬局 浜名 事例提供者", "ケアマネ なぎさ居宅 浪江"], ["", "", "P08"], false),
        (15, "浜名", ["司会 ケアマネ なぎさ居宅 浪江", "薬剤師 岬薬局 浜名"], ["P09", "P08", ""], false),
    ] {
        let mut d = at_the_table();
        d.keys(&format!("ctrl-o down*{row} enter 「{typed}」 enter ctrl-u 「{}」 enter", lines[0]));
        assert_eq!(d.notice().contains("はもう決まっているので"), told, "{lines:?}: {}", d.notice());
        d.keys(&format!("「{}」 enter", lines[1]));
        assert_eq!(seats(&d), taken, "{lines:?}: {}", d.notice());
        assert!(d.dossier().meeting.aside.is_empty(), "{lines:?}");
    }
}

#[test]
fn 部署だけの方も導入の一覧で職場が分かる() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-u 「保健師 市健康課 潮田」 enter 「保健師 渚市 健康課 汐見」 enter ctrl-u ctrl-g 1");
    let shown = picture(&d, (80, 24));
    for (code, office) in [("P04", "市健康課"), ("P05", "渚市")] {
        assert!(shown.lines().any(|row| row.contains(code) && row.contains(office)), "{shown}");
    }
}

#[test]
fn 欄や貼った行でも何人かに当たる名はだれにしたかを言う() {
    let table = || {
        let mut d = Driver::with_map("生活 ◀");
        d.keys("ctrl-u 「薬剤師 岬薬局 汐見」 enter ctrl-u");
        d
    };
    for (typed, who, said) in [
        ("@薬", vec!["P01"], true),
        ("＠薬、長男", vec!["P01"], true),
        ("薬剤師", vec!["P01"], true),
        ("P04", vec!["P04"], false),
        ("＠岬薬局、医師", vec!["P04", "P02"], false),
    ] {
        let mut d = table();
        d.keys(&format!("ctrl-g 6 left tab 「訪ねる」 tab 「{typed}」"));
        let shown = picture(&d, (120, 40));
        assert_eq!(shown.contains("に当たる方が2人います"), said, "{typed}: {shown}");
        d.keys("tab");
        assert_eq!(doers(&d).0, who, "{typed}");
        let told = d.notice().contains("に当たる方が2人います：薬剤師 P01・薬剤師 P04。P01 にします");
        assert_eq!(told, said, "{typed}: {}", d.notice());
        // What stands is its number: nothing is said again.
        d.keys("left enter tab");
        assert_eq!(doers(&d).0, who, "{typed}");
    }
    let mut d = table();
    d.keys("ctrl-o down*15 enter 「＠薬」 enter");
    assert!(d.notice().contains("P01 にします"), "{}", d.notice());
    let mut d = table();
    d.paste("残薬が多い＠薬\n独り暮らし\n飲み忘れ＠岬薬局\n@薬 一包化");
    assert!(d.notice().contains("＠に何人か当たる行：1・4（番号の先の方にしました）"), "{}", d.notice());
}
