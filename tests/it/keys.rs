//! Keys in, state out, on the map: what stands on the desk, what is pressed, what stands then.

use crate::support;

use jirei::domain::Kind;
use support::driver::{Driver, check, line, outline};

const HOME: &str = "
    生活 ◀
      買物は移動販売
      鍋をこがした跡
    家族
      長男は県外
";

// ---- 足す

#[test]
fn 書いてエンターで横にタブで下に足す() {
    check(
        "生活 ◀",
        "「買物」 enter 「移動販売」 enter 「週に1回」 tab",
        "
        生活
          買物
          移動販売
            週に1回 ◀
        ",
    );
}

#[test]
fn 横は選んだ枝のすぐ後ろに入る() {
    check(
        "生活\n  一 ◀\n  三",
        "「二」 enter",
        "
        生活
          一
          二 ◀
          三
        ",
    );
}

#[test]
fn 書きながら上下で置き場所を選べる() {
    check(
        HOME,
        "「おとなりが声をかける」 down down down enter",
        "
        生活
          買物は移動販売
          鍋をこがした跡
        家族
          長男は県外
        地域・つながり
          おとなりが声をかける ◀
        ",
    );
}

#[test]
fn 真ん中に書くと大枝になる() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("right");
    assert!(d.state().contains("真ん中 ◀"), "{}", d.state());
    d.keys("「防災」 enter");
    assert_eq!(d.dossier().meeting.branches.last().unwrap().title, "防災");
    d.keys("「避難所が遠い」 enter ctrl-z ctrl-z");
    assert_eq!(d.dossier().meeting.branches.len(), 8);
    // The branch is gone: the next words must not hang on nothing.
    d.keys("「つぎ」 enter");
    assert!(d.dossier().nodes.len() + d.dossier().meeting.branches.len() == 9);
}

#[test]
fn 発言者を変えて枝を足す() {
    check(
        "生活 ◀",
        "「@薬 残薬が多い」 enter 「飲み忘れ」 enter f3 「医」 enter 「血圧が高い」 enter 「@ 」 enter 「空き家」 enter",
        "
        生活
          残薬が多い @薬剤師
          飲み忘れ @薬剤師
          血圧が高い @医師
          空き家 ◀
        ",
    );
}

#[test]
fn 書いてから発言者を選んでも札より選んだ人になる() {
    check(
        "生活 ◀",
        "「@薬 残薬が多い」 f3 「看」 enter enter",
        "
        生活
          残薬が多い @看護師 ◀
        ",
    );
}

#[test]
fn 消した参加者はもう発言しない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「@薬 残薬」 enter ctrl-u delete ctrl-u 「飲み忘れ」 enter");
    assert_eq!(d.state(), outline("生活\n  残薬\n  飲み忘れ ◀"));
}

// ---- 記号

#[test]
fn 記号は半角も全角も重ね打ちも分かる() {
    check(
        "生活 ◀",
        "「!課題」 enter 「？不明」 enter 「＋強み」 enter 「*思い」 enter 「＞策」 enter 「!!びっくり」 enter 「＠＠印」 enter",
        "
        生活
          !課題
          ?不明
          +強み
          *思い
          >策
          !!びっくり
          ＠＠印 ◀
        ",
    );
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「!!びっくり」 enter");
    assert_eq!(d.desk().map.selected_node(&d.desk().doc).unwrap().kind, Kind::Fact);
}

#[test]
fn 大枝の記号は別の大枝に足す() {
    check(
        HOME,
        "「#家 孫は学生」 enter",
        "
        生活
          買物は移動販売
          鍋をこがした跡
        家族
          長男は県外
          孫は学生 ◀
    ",
    );
}

#[test]
fn 札の後ろのバックスペースは文字にもどし次に消す() {
    line("生活 ◀", "「!残」 home backspace", "!!残");
    line("生活 ◀", "「!」 backspace", "!!");
    line("生活 ◀", "「!」 backspace backspace", "");
    line("生活 ◀", "「！」 backspace backspace 「あ」", "あ");
    line("生活 ◀", "「!!」 backspace", "");
    line("生活 ◀", "「@薬 」 backspace", "@薬");
    line("生活 ◀", "「@薬 」 backspace*3", "");
    line("生活 ◀", "「!!残」 home backspace", "!!残");
    line("生活 ◀", "「!!残」 home delete", "残");
}

#[test]
fn 知らない名前でもことばは断られず理由が言われる() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「@薬 薬が9種類」 enter 「@宇宙飛行士 残薬」 enter enter");
    assert_eq!(d.entry(), "");
    assert!(d.notice().contains("宇宙飛行士") && d.notice().contains("Ctrl+U"), "{}", d.notice());
    let said = d.desk().map.selected_node(&d.desk().doc).unwrap().clone();
    assert_eq!(said.text, "@宇宙飛行士 残薬");
    // Somebody unknown is not the one who spoke before; who spoke before speaks on.
    assert_eq!(said.speaker, None);
    d.keys("「残薬は袋に2つ」 enter");
    assert!(d.desk().map.selected_node(&d.desk().doc).unwrap().speaker.is_some());
    // Mended, the words come back as they stand, to be corrected.
    d.keys("up enter");
    assert_eq!(d.entry(), "@@宇宙飛行士 残薬");
    d.keys("esc 「#お金 年金暮らし」 enter*2");
    assert_eq!(d.desk().map.selected_node(&d.desk().doc).unwrap().text, "#お金 年金暮らし");
    d.keys("「@宇宙飛行士 」 enter");
    assert_eq!(d.entry(), "@宇宙飛行士 ");
}

// ---- 候補

#[test]
fn 人の候補は上下と数字とスペースで選べる() {
    line("生活 ◀", "「@」 down enter", "@P02 ");
    line("生活 ◀", "「@」 up enter", "@P03 ");
    line("生活 ◀", "「＠」 tab", "＠P01 ");
    line("生活 ◀", "「@」 down*2 「 」", "@P03 ");
    line("生活 ◀", "「@」 down*2 「　」", "@P03 ");
    check("生活 ◀", "「@2 残薬」 enter 「＠３　脈」 enter", "生活\n  残薬 @医師\n  脈 @看護師 ◀");
    check("生活 ◀", "「@」 down enter 「血圧」 enter", "生活\n  血圧 @医師 ◀");
}

#[test]
fn 大枝の候補も同じに選べる() {
    line("生活 ◀", "「#」 down enter", "#2 ");
    check("生活 ◀", "「＃５　年金のみ」 enter", "経済\n  年金のみ ◀");
    check("生活 ◀", "「#」 enter enter", "本人・思い ◀");
}

// ---- 直す

#[test]
fn 空のエンターもエフツーも枝を直す() {
    for key in ["enter", "f2", "alt-2"] {
        check("生活\n  残薬 ◀", &format!("{key} 「が多い」 enter"), "生活\n  残薬が多い ◀");
    }
}

#[test]
fn 直しながらもう一度エフツーを押すと書きなおしたことばが続く() {
    line("生活\n  残薬 ◀", "f2 「が多い」 f2", "残薬が多い");
    check("生活\n  残薬 ◀", "f2 「が多い」 f2 「夜」 enter", "生活\n  残薬が多い夜 ◀");
    check("生活\n  残薬 ◀", "f2 「が多い」 f2 esc", "生活\n  残薬が多い ◀");
}

#[test]
fn 直しながら種類と発言者と大枝を変えられる() {
    check("生活\n  残薬 ◀", "f2 home 「!@薬 #健康 」 enter", "健康・医療\n  !残薬 @薬剤師 ◀");
    check("生活\n  残薬 ◀", "f2 f3 「医」 enter enter", "生活\n  残薬 @医師 ◀");
    check("生活\n  @薬 残薬 ◀", "f2 f3 「決めない」 enter enter", "生活\n  残薬 ◀");
    check("生活\n  残薬 ◀\n  菓子パン", "f2 f4 5 enter", "生活\n  !残薬 ◀\n  菓子パン");
    // Mending somebody's words does not change who speaks next.
    check("生活\n  残薬 ◀", "f2 f3 「医」 enter enter 「次」 enter", "生活\n  残薬 @医師\n  次 ◀");
}

#[test]
fn 記号で始まることばを直しても変わらない() {
    check("生活\n  !!びっくり ◀", "f2 enter", "生活\n  !!びっくり ◀");
}

#[test]
fn 直しているあいだの書きかけはあとでもどる() {
    line("生活\n  残薬 ◀", "「書きかけ」 f2 「が多い」 enter", "書きかけ");
    line("生活\n  残薬 ◀", "「書きかけ」 ctrl-f 「残」 f2 ctrl-f esc", "書きかけ");
    line("生活\n  !残薬 ◀\n  !入院", "「書きかけ」 f7 「入」 enter", "書きかけ");
    line("生活\n  !残薬 ◀", "「書きかけ」 f7 f7 esc", "書きかけ");
}

#[test]
fn ことばが空になった枝は消さずに教える() {
    let mut d = Driver::with_map("生活\n  残 ◀");
    d.keys("f2 backspace enter");
    assert!(d.notice().contains("Delete"));
    d.keys("delete delete");
    assert_eq!(d.dossier().nodes.len(), 1, "a held Delete means the words");
}

#[test]
fn 種類は選んだ枝にも次のことばにも付く() {
    check("生活\n  残薬 ◀", "f4 5", "生活\n  !残薬 ◀");
    check("生活\n  残薬 ◀", "f4 ５", "生活\n  !残薬 ◀");
    check("生活 ◀", "「残薬」 f4 5 enter 「次」 enter", "生活\n  !残薬\n  次 ◀");
    check("生活 ◀", "「*残薬」 f4 5 enter", "生活\n  !残薬 ◀");
    check("生活 ◀", "「*残薬」 f4 1 enter", "生活\n  残薬 ◀");
    check("生活 ◀", "「残薬」 f4 5 f6 enter", "生活\n  !残薬 ◀");
    check("生活 ◀", "f4 5 f6 「残薬」 enter", "生活\n  残薬 ◀");
}

#[test]
fn 支援策の段階では何も付けなければ支援策になる() {
    check("生活 ◀", "ctrl-g 5 「一包化」 enter", "生活\n  >一包化 ◀");
}

#[test]
fn 支援策は選んだ課題の下に付く() {
    check(
        "生活\n  !残薬 ◀\n  !入院",
        "ctrl-g 5 「一包化」 enter 「薬カレンダー」 enter down 「!転倒」 enter",
        "
        生活
          !残薬
            >一包化
            >薬カレンダー
          !入院
          !転倒 ◀
        ",
    );
    check("生活\n  !残薬 ◀", "「>一包化」 enter", "生活\n  !残薬\n    >一包化 ◀");
    check("生活\n  !残薬 ◀", "ctrl-g 5 『一包化\n配達』", "生活\n  !残薬\n    >一包化\n    >配達 ◀");
}

#[test]
fn 支援策の段階に入ると課題が選ばれる() {
    let chosen = |start: &str, keys: &str| {
        let mut d = Driver::with_map(start);
        d.keys(keys);
        d.desk().map.selected_node(&d.desk().doc).map(|n| n.text.clone())
    };
    // The issue at hand, else the root, else the first; never the twig that happened to be selected.
    assert_eq!(chosen("生活\n  !残薬\n    !袋に3つ\n      朝 ◀", "ctrl-g 5").as_deref(), Some("袋に3つ"));
    assert_eq!(chosen("生活\n  !残薬\n  !入院\n  買物 ◀", "ctrl-g 5").as_deref(), Some("残薬"));
    assert_eq!(
        chosen("生活\n  !残薬\n  !入院 ◀\n  買物", "f7 1 enter down ctrl-g 5").as_deref(),
        Some("入院")
    );
    assert_eq!(chosen("生活\n  買物 ◀", "ctrl-g 5"), None);
    check("家族\n  長男 ◀", "ctrl-g 5 「電話」 enter", "家族\n  長男\n  >電話 ◀");
}

// ---- 消す・戻す

#[test]
fn 消すと付いていた枝もつながりも消え元に戻せる() {
    let start = "生活\n  !残薬 ◀\n    袋に3か月分\n  !入院\n健康・医療\n  血圧";
    let mut d = Driver::with_map(start);
    d.keys("f7 「2 飲まないから」 enter");
    assert_eq!(d.dossier().links.len(), 1);
    d.keys("up*2 delete");
    assert_eq!(d.state(), outline("生活\n  !入院 ◀\n健康・医療\n  血圧"));
    assert!(d.dossier().links.is_empty() && d.notice().contains("枝1本も"), "{}", d.notice());
    d.keys("ctrl-z");
    assert_eq!(d.state(), outline(start));
    assert_eq!(d.dossier().links.values().next().unwrap().label, "飲まないから");
    d.keys("ctrl-y ctrl-z ctrl-z");
    assert!(d.dossier().links.is_empty());
}

#[test]
fn 何度でも戻せて何度でもやり直せる() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「一」 enter 「二」 tab 「三」 tab f4 5 f2 「！」 enter alt-left up delete ctrl-l");
    let end = d.dossier().clone();
    d.keys("ctrl-z*30");
    assert!(d.dossier().nodes.is_empty());
    assert!(d.notice().contains("ありません"));
    d.keys("ctrl-y*30");
    assert_eq!(*d.dossier(), end);
}

#[test]
fn 新しく書くとやり直しは消える() {
    check("生活 ◀", "「一」 enter 「二」 enter ctrl-z 「三」 enter ctrl-y", "生活\n  一\n  三 ◀");
}

#[test]
fn 開き直しても戻せる() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「一」 enter 「二」 enter ctrl-z");
    d.tick();
    d.restart();
    assert_eq!(d.state(), outline("生活\n  一 ◀"));
    d.keys("ctrl-y ctrl-z ctrl-z");
    assert_eq!(d.state(), outline("生活 ◀"));
}

#[test]
fn 選んだ所は戻しても近くに残る() {
    check("生活 ◀", "「一」 enter 『二\n\t三\n四』 ctrl-z", "生活\n  一 ◀");
    check("生活\n  一 ◀\n    二", "delete ctrl-z", "生活\n  一 ◀\n    二");
    check("生活\n  一 ◀\n  二", "f4 5 down ctrl-z", "生活\n  一 ◀\n  二");
}

#[test]
fn 直している途中の戻すはまず直しをやめる() {
    check("生活\n  残薬 ◀", "f4 5 f2 「が多い」 ctrl-z", "生活\n  !残薬 ◀");
    check("生活\n  残薬 ◀", "f4 5 f2 ctrl-z", "生活\n  残薬 ◀");
}

// ---- 動かす・たたむ

#[test]
fn 枝は見たとおりの向きに動く() {
    let right = "家族\n  一\n  二 ◀\n  三";
    check(right, "alt-up", "家族\n  二 ◀\n  一\n  三");
    check(right, "alt-down", "家族\n  一\n  三\n  二 ◀");
    check(right, "alt-right", "家族\n  一\n    二 ◀\n  三");
    check(right, "alt-right alt-left", "家族\n  一\n  二 ◀\n  三");
    check(right, "alt-left", right);
    // On the left side outwards is to the left.
    let left = "生活\n  一\n  二 ◀";
    check(left, "alt-left", "生活\n  一\n    二 ◀");
    check(left, "alt-left alt-right", left);
    check(left, "alt-left ctrl-z", left);
}

#[test]
fn スペースは半角も全角もたたんで開く() {
    let start = "生活\n  一 ◀\n    二";
    check(start, "space", "生活\n  一 … ◀\n    二");
    check(start, "「　」", "生活\n  一 … ◀\n    二");
    check(start, "space space", start);
    check("生活 ◀\n  一", "space", "生活 … ◀\n  一");
    // What is added under a folded twig is seen.
    check(start, "space 「三」 tab", "生活\n  一\n    二\n    三 ◀");
    line(start, "「a」 space 「b」", "a b");
}

#[test]
fn 一つの大枝だけの時も次の大枝へ行ける() {
    let mut d = Driver::with_map("生活\n  一 ◀\n健康・医療\n  二");
    d.keys("ctrl-l*2 pagedown right");
    assert_eq!(d.state(), outline("生活\n  一\n健康・医療\n  二 ◀"));
    d.keys("ctrl-f 「一」 enter");
    assert_eq!(d.state(), outline("生活\n  一 ◀\n健康・医療\n  二"));
    d.keys("pageup*3");
    assert!(d.state().contains('◀'));
}

#[test]
fn 取り消した大枝だけを出していても次のことばには付く所がある() {
    for levels in 0..3 {
        let mut d = Driver::with_map("生活 ◀");
        d.keys(&format!("right 「防災」 enter ctrl-l*{levels} ctrl-z 「つぎ」 enter"));
        let meeting = &d.dossier().meeting;
        assert!(d.dossier().nodes.values().all(|n| meeting.branch_index(&n.branch).is_some()), "{levels}");
        assert_eq!(d.dossier().nodes.len() + meeting.branches.len(), 9, "{levels}");
    }
}

// ---- さがす

#[test]
fn さがすとぴったりのことばが先に出る() {
    let start = "生活 ◀\n  残薬が多い\n  残薬\n  !薬を飲まない\n  残り３か月";
    check(start, "ctrl-f 「残薬」 enter", "生活\n  残薬が多い\n  残薬 ◀\n  !薬を飲まない\n  残り３か月");
    check(start, "ctrl-f 「残」 down enter", "生活\n  残薬が多い\n  残薬 ◀\n  !薬を飲まない\n  残り３か月");
    check(start, "ctrl-f 「残」 up enter", "生活\n  残薬が多い\n  残薬\n  !薬を飲まない\n  残り３か月 ◀");
    check(start, "ctrl-f 「①」 enter", "生活\n  残薬が多い\n  残薬\n  !薬を飲まない ◀\n  残り３か月");
    check(start, "ctrl-f 「残薬」 esc", start);
    check(start, "ctrl-f 「ありえない」 down enter", start);
}

// ---- つなぐ

const ISSUES: &str = "生活\n  !残薬 ◀\n  !入院\n  菓子パン";

fn links(keys: &str) -> (Vec<String>, String) {
    let mut d = Driver::with_map(ISSUES);
    d.keys(keys);
    let n = |id| d.dossier().nodes[&id].text.clone();
    let out = d.dossier().links.values().map(|l| format!("{}→{} {}", n(l.from), n(l.to), l.label)).collect();
    (out, d.notice().to_owned())
}

#[test]
fn 番号でも選んでもつなげる() {
    assert_eq!(links("f7 「2」 enter").0, ["残薬→入院 "]);
    assert_eq!(links("f7 「②　飲まないから」 enter").0, ["残薬→入院 飲まないから"]);
    assert_eq!(links("f7 down enter").0, ["残薬→入院 "]);
    // What is no issue is passed over; after the last one the selection stays.
    assert_eq!(links("f7 down*3 enter").0, ["残薬→入院 "]);
    assert_eq!(links("f7 down 「飲まないから」 enter").0, ["残薬→入院 飲まないから"]);
}

#[test]
fn ことばでもつなぐ先をさがせる() {
    assert_eq!(links("f7 「入」 enter").0, ["残薬→入院 "]);
    assert_eq!(links("f7 「入院　飲まないから」 enter").0, ["残薬→入院 飲まないから"]);
    // Searching is what typing does already: the key for it does not end the link.
    assert_eq!(links("f7 ctrl-f 「入」 enter").0, ["残薬→入院 "]);
    assert_eq!(links("f7 「入」 f7 enter").0, ["残薬→入院 "]);
    // Words that find nothing are the reason once a twig is picked.
    assert_eq!(links("f7 「飲まないから」 down enter").0, ["残薬→入院 飲まないから"]);
    assert_eq!(links("f7 「①」 backspace 「入」 enter").0, ["残薬→入院 "]);
    // A twig that is no issue is not found by its words.
    assert!(links("f7 「菓子」 enter").0.is_empty());
}

#[test]
fn つなぐ先の候補が多ければ上下で選べる() {
    let mut d = Driver::with_map("生活\n  !残薬 ◀\n  !入院が多い\n  菓子パン\n  !入院が長い");
    d.keys("f7 「入院」");
    assert_eq!(d.desk().map.selected_node(&d.desk().doc).unwrap().text, "入院が多い");
    d.keys("down");
    assert_eq!(d.desk().map.selected_node(&d.desk().doc).unwrap().text, "入院が長い");
    d.tick();
    d.restart();
    d.keys("enter");
    let link = d.dossier().links.values().next().unwrap();
    assert_eq!(d.dossier().nodes[&link.to].text, "入院が長い");
    // What was brought about often brings about the next.
    assert_eq!(d.desk().map.selected_node(&d.desk().doc).unwrap().text, "入院が長い");
}

#[test]
fn つなぐ番号のすぐ後ろに理由を書ける() {
    let start = "生活\n  !残薬 ◀\n  !入院\n  !転倒\n  !2人で暮らす";
    let mut d = Driver::with_map(start);
    // From one to the next, in a chain.
    d.keys("f7 「2飲まないから」 enter f7 「３足が弱る」 enter f7 「2」 enter");
    let said = |d: &Driver| -> Vec<String> {
        let name = |id| d.dossier().nodes[&id].text.clone();
        d.dossier().links.values().map(|l| [name(l.from), name(l.to), l.label.clone()].join(" ")).collect()
    };
    assert_eq!(said(&d), ["残薬 入院 飲まないから", "入院 転倒 足が弱る", "転倒 入院 "]);
    // Words of an issue that begin with a number are these words.
    let mut d = Driver::with_map(start);
    d.keys("f7 「2人で」 enter");
    assert_eq!(said(&d), ["残薬 2人で暮らす "]);
    d.keys("f7 「9に」 enter");
    assert!(d.notice().contains("「9に」ということばの課題はありません"), "{}", d.notice());
}

#[test]
fn やめたつながりは選んだ所を変えない() {
    check(ISSUES, "f7 「入」 esc", ISSUES);
    let mut d = Driver::with_map(ISSUES);
    d.keys("f7 down ctrl-u");
    assert!(d.notice().contains("つなぐのをやめました"), "{}", d.notice());
}

#[test]
fn 課題でなくなればつながりも外れ元に戻せる() {
    for change in ["f4 1", "f2 f4 1 enter", "f2 home 「*」 enter", "f2 home 「*#家 」 enter"] {
        let mut d = Driver::with_map("生活\n  !残薬 ◀\n  !入院\n  !転倒");
        d.keys("f7 「2 飲まないから」 enter up f7 「3」 enter up*2");
        let linked = d.dossier().links.clone();
        assert_eq!(linked.len(), 2);
        d.keys(change);
        assert!(d.dossier().links.is_empty(), "{change}");
        assert!(d.desk().map.selected_node(&d.desk().doc).unwrap().kind != Kind::Issue, "{change}");
        d.keys("ctrl-z");
        assert_eq!(d.dossier().links, linked, "{change}");
        assert_eq!(d.desk().map.selected_node(&d.desk().doc).unwrap().number, 1);
    }
    let mut d = Driver::with_map("生活\n  !残薬 ◀\n  !入院");
    d.keys("f7 2 enter up f4 1");
    assert!(d.notice().contains("つながり 1本"), "{}", d.notice());
    d.keys("f4 5");
    assert!(d.dossier().links.is_empty());
}

#[test]
fn つなげないものは理由を言う() {
    for (keys, count, why) in [
        ("f7 「2」 enter up f7 「2」 enter", 1, "もうつながっています"),
        ("f7 enter", 0, "マップで選んで"),
        ("f7 「1」 enter", 0, "もとと同じ課題です"),
        ("f7 「ありえない」 enter", 0, "「ありえない」ということばの課題はありません"),
        ("f7 「9」 enter", 0, "9番の課題はありません"),
        ("f7 pagedown enter", 0, "マップで選んで"),
        ("down*2 f7", 0, "もとの課題を選んで"),
    ] {
        let (links, notice) = links(keys);
        assert!(links.len() == count && notice.contains(why), "{keys}: {notice}");
    }
}

// ---- 貼る

#[test]
fn 長すぎる文は半分だけ入らない() {
    let (much, too_much) = ("薬".repeat(10_000), "薬".repeat(20_000));
    line("生活 ◀", &format!("『{much}』 『{too_much}』"), &much);
}

#[test]
fn 何行か貼ると字下げのとおりの枝になる() {
    check(
        "生活 ◀",
        "『残薬が多い\n\t!飲めていない\n\t\t@薬 袋に3か月分\n買物\r\n　移動販売\u{1b}[31m』",
        "
        生活
          残薬が多い
            !飲めていない
              袋に3か月分 @薬剤師
          買物
            移動販売 ◀
        ",
    );
    check("生活 ◀", "『一行だけ\n』 enter", "生活\n  一行だけ ◀");
    check("生活\n  残薬 ◀", "f2 『 が\n多い』 enter", "生活\n  残薬が 多い ◀");
    line("生活 ◀", "「書きかけ」 『一\n二』", "書きかけ");
}
