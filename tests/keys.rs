//! Keys in, state out: what stands on the desk, what is pressed, what stands then.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it should be"
)]

mod support;

use jirei::app::Overlay;
use jirei::domain::{ActionStatus, Kind};
use support::driver::{Driver, outline};

/// A map, what is pressed, and what stands then.
fn check(start: &str, keys: &str, end: &str) {
    let mut driver = Driver::with_map(&outline(start));
    driver.keys(keys);
    assert_eq!(driver.state(), outline(end), "{keys}\n{}", driver.notice());
}

/// The same, for the entry line alone.
fn line(start: &str, keys: &str, entry: &str) {
    let mut driver = Driver::with_map(&outline(start));
    driver.keys(keys);
    assert_eq!(driver.entry(), entry, "{keys}\n{}", driver.notice());
}

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
        "「おとなりが声をかける」 down enter",
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
    assert_eq!(d.desk().selected_node().unwrap().kind, Kind::Fact);
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
fn 分からない札は理由を言いことばを残す() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「@宇宙飛行士 残薬」 enter");
    assert_eq!(d.entry(), "@宇宙飛行士 残薬");
    assert!(d.notice().contains("宇宙飛行士"), "{}", d.notice());
    d.keys("ctrl-a home delete");
    assert!(!d.entry().is_empty());
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
fn 直しながら種類と発言者と大枝を変えられる() {
    check("生活\n  残薬 ◀", "f2 home 「!@薬 #健康 」 enter", "健康・医療\n  !残薬 @薬剤師 ◀");
    check("生活\n  残薬 ◀", "f2 f3 「医」 enter enter", "生活\n  残薬 @医師 ◀");
    check("生活\n  @薬 残薬 ◀", "f2 f3 「決めない」 enter enter", "生活\n  残薬 ◀");
    check("生活\n  残薬 ◀\n  菓子パン", "f2 down f4 5 enter", "生活\n  !残薬\n  菓子パン ◀");
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
    line("生活\n  !残薬 ◀", "「書きかけ」 f7 ctrl-f 「残」 enter", "書きかけ");
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

// ---- 書いたことばは失われない

#[test]
fn エスケープはことばを片づけもう一度でもどす() {
    line("生活 ◀", "「書きかけ」 esc", "");
    line("生活 ◀", "「書きかけ」 esc esc", "書きかけ");
    line("生活 ◀", "「一」 esc 「二」 esc esc", "二");
    line("生活 ◀", "「一」 esc 「二」 esc 「三」 enter esc", "二");
    // Also what was being mended.
    check("生活\n  残薬 ◀", "f2 「がとても多い」 esc esc", "生活\n  残薬 ◀\n＞ 直す 残薬がとても多い‸");
    // Nothing new was written: there is nothing to bring back.
    check("生活\n  残薬 ◀", "f2 esc esc", "生活\n  残薬 ◀");
}

#[test]
fn 段階を移っても書きかけは残る() {
    line("生活 ◀", "「書きかけ」 f6 f6 f6 f6 ctrl-g 2", "書きかけ");
    line("生活 ◀", "「書きかけ」 ctrl-u", "");
    line("生活 ◀", "「書きかけ」 ctrl-u 「看護」 ctrl-u", "書きかけ");
    line("生活 ◀", "「書きかけ」 ctrl-u 「看護」 ctrl-u ctrl-u", "看護");
    line("生活 ◀", "「書きかけ」 ctrl-g 8 「よかった」 ctrl-g 3", "書きかけ");
    line("生活 ◀", "「書きかけ」 ctrl-g 8 「よかった」 ctrl-g 3 ctrl-g 8", "よかった");
    // An edit one leaves is kept, like a cell.
    check("生活\n  残薬 ◀", "f2 「が多い」 f6", "生活\n  残薬が多い ◀");
    check(
        "生活\n  残薬 ◀\n  菓子",
        "f2 「が多い」 down f2 「パン」 enter",
        "生活\n  残薬が多い\n  菓子パン ◀",
    );
}

#[test]
fn 参加者の行は枝にならない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-u f2 「 試ノ森」 f6");
    assert_eq!((d.entry(), d.dossier().nodes.len()), ("", 0));
    assert_eq!(d.dossier().people()[0].organisation, "山の町薬局 試ノ森");
}

#[test]
fn 一覧にもどって開き直しても書きかけは残る() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.keys("「書きかけ」 f2 「が多い」 ctrl-b");
    assert_eq!(d.model.place(), jirei::command::Place::Home);
    d.tick();
    d.restart();
    d.keys("2");
    assert_eq!(d.state(), outline("生活\n  残薬 ◀\n＞ 直す 残薬が多い‸"));
    d.keys("enter");
    assert_eq!(d.entry(), "書きかけ");
}

#[test]
fn 問いかけを見ながら打ったことばは入力行に入る() {
    line("生活 ◀", "f9 「残薬」", "残薬");
    line("生活 ◀", "f9 『残薬が多い』", "残薬が多い");
    line("生活 ◀", "f1 「q」", "");
}

// ---- 消す・戻す

#[test]
fn 消すと付いていた枝もつながりも消え元に戻せる() {
    let start = "生活\n  !残薬 ◀\n    袋に3か月分\n  !入院\n健康・医療\n  血圧";
    let mut d = Driver::with_map(start);
    d.keys("f7 「2 飲まないから」 enter");
    assert_eq!(d.dossier().links.len(), 1);
    d.keys("delete");
    assert_eq!(d.state(), outline("生活\n  !入院 ◀\n健康・医療\n  血圧"));
    assert!(d.dossier().links.is_empty() && d.notice().contains("1 枝"), "{}", d.notice());
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
    assert_eq!(links("f7 down 「飲まないから」 enter").0, ["残薬→入院 飲まないから"]);
}

#[test]
fn つなげないものは理由を言う() {
    for (keys, why) in [
        ("f7 「2」 enter f7 「2」 enter", "もうつながっています"),
        ("f7 enter", "つなぐ先を選んで"),
        ("f7 「1」 enter", "つなぐ先を選んで"),
        ("f7 「9」 enter", "9 番の課題はありません"),
        ("f7 down*2 enter", "課題ではありません"),
        ("down*2 f7", "もとの課題を選んで"),
    ] {
        let (links, notice) = links(keys);
        assert!(links.len() < 2 && notice.contains(why), "{keys}: {notice}");
    }
}

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
    let before = d.desk().meeting_seconds();
    d.at += chrono::TimeDelta::hours(2);
    d.tick();
    assert!(d.desk().meeting_seconds() - before <= 1);
    d.keys("ctrl-t");
    for _ in 0..30 {
        d.tick();
    }
    assert!(d.desk().meeting_seconds() - before <= 2);
    d.keys("ctrl-t");
    for _ in 0..30 {
        d.tick();
    }
    assert!((30..=33).contains(&(d.desk().meeting_seconds() - before)));
    // What was counted is there after a restart, once.
    let counted = d.desk().meeting_seconds();
    d.key("up");
    d.tick();
    d.restart();
    assert!(d.desk().meeting_seconds().abs_diff(counted) <= 2, "{} {counted}", d.desk().meeting_seconds());
}

#[test]
fn 終えた会議はまた開ける() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 8 f6");
    assert!(d.dossier().progress.ended_at.is_some() && !d.desk().clock.running);
    assert_eq!(d.title(), "何を書き出しますか");
    d.keys("esc ctrl-t");
    assert!(d.dossier().progress.ended_at.is_none() && d.desk().clock.running);
}

// ---- 行動計画

/// The plan of a meeting with two issues.
fn plan() -> Driver {
    let mut d = Driver::with_map("生活\n  !残薬 ◀\n  !1年で入院3回\n  *家で暮らす");
    d.keys("ctrl-g 6");
    d
}

#[test]
fn 計画は一行を書いて次の行へ進む() {
    let mut d = plan();
    d.keys("「2」 enter 「一包化をためす」 enter 「薬、医」 enter 「6/18」 enter 「袋を数える」 tab 「1」 enter 「①」 tab");
    let plan = d.dossier().plan();
    let (first, second) = (plan[0], plan[1]);
    let text =
        |a: &jirei::domain::Action| a.issue.map(|id| d.dossier().nodes[&id].text.clone()).unwrap_or_default();
    assert_eq!(text(first), "1年で入院3回");
    assert_eq!(first.what, "一包化をためす");
    let who: Vec<&str> = first.who.iter().map(|id| d.dossier().participants[id].label()).collect();
    assert_eq!(who, ["薬剤師", "医師"]);
    assert_eq!(first.until.date.unwrap().to_string(), "2026-06-18");
    assert_eq!((first.check.as_str(), first.priority.map(|p| p.label())), ("袋を数える", Some("高")));
    assert_eq!(text(second), "残薬");
    assert_eq!((d.desk().sheet.row, d.desk().sheet.column), (1, 1));
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
    assert_eq!(d.cell(), Some("3"));
    assert!(d.notice().contains("一覧にありません"), "{}", d.notice());
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
fn 読めない日付はことばを残して理由を言う() {
    let mut d = plan();
    d.keys("tab*3 「そのうち」 tab");
    assert_eq!(d.cell(), Some("そのうち"));
    assert!(d.notice().contains("期限として読めません"), "{}", d.notice());
    d.keys("f6");
    assert_eq!(d.cell(), Some("そのうち"), "one cannot leave the words behind");
    d.keys("backspace*4 「6/18」 enter");
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
    d.keys("tab 「一」 tab tab tab tab 「高」 enter 「」 tab 「二」 shift-tab shift-tab");
    assert_eq!(d.cell(), Some("高"));
    d.keys("down");
    assert_eq!((d.desk().sheet.row, d.cell()), (1, None));
    assert_eq!(d.dossier().plan()[0].priority.unwrap().label(), "高");
    d.keys("up enter down enter");
    assert_eq!(d.dossier().plan()[0].priority.unwrap().label(), "中");
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
fn 地域課題の用紙を書く() {
    let mut d = plan();
    d.keys("ctrl-g 7 「薬の情報が届くしくみがない」 enter 「1、2」 enter 「ウ、エ」 enter 「3」 enter 「山の町」 enter 「2」 enter 「3」 enter");
    d.keys("「残薬；家で暮らす」 enter 「手帳をそろえる；連絡票」 enter 「薬剤師会」 enter 「1」 enter 「急ぐから」 enter 「年度末」 enter");
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
    d.keys("up*6 enter backspace*6 enter");
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
fn 同じ番号は断りことばを残す() {
    let mut d = Driver::empty();
    d.keys("ctrl-u 「P01 歯科医師」 enter");
    assert_eq!(d.entry(), "P01 歯科医師");
    assert!(d.notice().contains("もう使われています"));
    d.keys("ctrl-u ctrl-u");
    assert_eq!(d.entry(), "P01 歯科医師");
}

#[test]
fn 空にした参加者の行は人を空にしない() {
    let mut d = Driver::empty();
    d.keys("ctrl-u f2 backspace*60 enter");
    assert_eq!(d.dossier().people()[0].profession, "薬剤師");
    assert!(d.notice().contains("Delete"), "{}", d.notice());
}

#[test]
fn 前回の行動の様子はスペースで結果はエンターで書く() {
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
    d.model.desk.as_mut().unwrap().previous.clone_from(&d.previous);
    d.keys("f5 down*9 space space");
    assert_eq!(d.previous[0].action.status, ActionStatus::Done);
    d.keys("「ことば」 f2 「飲めている」 space 「日が増えた」 enter");
    assert_eq!(d.previous[0].action.outcome, "飲めている 日が増えた");
    assert_eq!((d.previous[0].action.status, d.entry()), (ActionStatus::Done, "ことば"));
    d.keys("ctrl-z*2");
    assert_eq!(d.previous[0].action.status, ActionStatus::Doing);
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
    d.keys("esc down space down space");
    assert_eq!(d.dossier().meeting.checked.len(), 2);
    d.keys("「　」");
    assert_eq!(d.dossier().meeting.checked.len(), 1);
    d.keys("up*2 f2 「x」 down");
    assert_eq!(d.cell(), Some("x"), "{}", d.notice());
}

#[test]
fn 次回までの期限は次回の日が決まると分かる() {
    let mut d = plan();
    d.keys("tab*3 「次回まで」 tab esc ctrl-g 8 f2 「7/16」 enter ctrl-g 6");
    let desk = d.desk();
    let context = desk.context(&d.model.lists, d.at.date_naive());
    let id = d.dossier().plan()[0].id;
    assert!(desk.cell_shown(jirei::app::sheet::Cell::Plan(Some(id), 3), &context).contains("7/16"));
}

// ---- 最初の画面と一覧

#[test]
fn 最初の画面は三つのうちから全角の数字でも選べる() {
    assert_eq!(Driver::first_start().model.home_items().len(), 3);
    for (key, place) in [("１", jirei::command::Place::Info), ("2", jirei::command::Place::Map)] {
        let mut d = Driver::first_start();
        d.keys(&format!("「{key}」"));
        assert!(d.model.place() == place || d.desk().sample, "{key}");
    }
    let mut d = Driver::first_start();
    d.keys("down*2 enter");
    assert_eq!(d.title(), "ヘルプ");
    d.keys("「1」");
    assert!(d.model.desk.is_none() && d.model.overlay.is_none());
}

#[test]
fn パレットはことばで操作を見つける() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-p 「時計」 enter");
    assert!(d.notice().contains("時計を止めました"), "{}", d.notice());
    d.keys("f10 「参加者」 enter");
    assert_eq!(d.model.place(), jirei::command::Place::People);
    d.keys("ctrl-p 「そんなものはない」 enter");
    assert!(matches!(d.model.overlay, Some(Overlay::Choose(_))));
    d.keys("esc");
    assert!(d.model.overlay.is_none());
}

// ---- 貼る

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

// ---- 見るだけ・見本・満杯

#[test]
fn 見るだけでは何も変わらず書いたことばも残る() {
    let mut d = Driver::with_map("生活\n  残薬 ◀\n  !入院");
    d.model.look_only = true;
    let (before, commits) = (d.dossier().clone(), d.commits);
    d.keys("「新しい」 enter tab");
    assert_eq!(d.entry(), "新しい");
    assert!(d.notice().contains("見るだけ"));
    d.keys("f2 「が多い」 enter");
    assert_eq!(d.entry(), "残薬が多い");
    d.keys("esc delete alt-down ctrl-z ctrl-y ctrl-t");
    assert!(!d.state().contains("入院 ◀"), "{}", d.state());
    d.keys("backspace*9 f4 5 esc");
    d.keys("ctrl-g 6 「1」 tab");
    assert_eq!(d.cell(), Some("1"));
    d.keys("esc ctrl-g 8 down space 「よかった」 enter");
    assert_eq!(d.entry(), "よかった");
    d.tick();
    let mut after = d.dossier().clone();
    after.progress.clone_from(&before.progress);
    assert_eq!((after, d.commits), (before, commits));
}

#[test]
fn 見本には何も残らない() {
    let mut d = Driver::first_start();
    d.keys("2 ctrl-g 2 「残薬」 enter f6 f6 ctrl-b");
    assert_eq!((d.commits, d.model.desk.is_none()), (0, true));
}

#[test]
fn 満杯のディスクではその事を言い書いたことばは画面に残る() {
    let mut d = Driver::with_map("生活 ◀");
    d.full = true;
    d.keys("「残薬」 enter");
    assert!(d.state().contains("残薬"));
    assert_eq!(d.model.saving.failed.as_deref(), Some("ディスクがいっぱいです"));
    d.keys("ctrl-q");
    assert!(!d.quit, "unsaved words are not left without a word");
    d.keys("2");
    assert!(d.quit);
}

#[test]
fn 遅れて来た返事は開いている会議を変えない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「書きかけ」");
    let opened = d.opened(d.dossier().meeting.id);
    d.send(jirei::app::Msg::Store(opened));
    assert_eq!(d.entry(), "書きかけ");
}

// ---- しおり

#[test]
fn どこで止まっても同じ所から続く() {
    let issues = "生活\n  !残薬 ◀\n    二\n  !入院\n家族\n  長男";
    for keys in [
        "",
        "「書きかけ」 left",
        "「@薬 !書きかけ」",
        "「書きかけ」 f2 「が多い」 left",
        "「書きかけ」 f7 「2 わけ」",
        "「書きかけ」 ctrl-w 「そのまま」",
        "ctrl-f 「入」",
        "f3 「医」 enter 「次」",
        "「残」 f4 5",
        "space",
        "f8",
        "ctrl-l",
        "ctrl-l*2",
        "right*2",
        "ctrl-u 「看護」",
        "「書きかけ」 ctrl-u f2 「 部署」",
        "ctrl-o down 「きょう」",
        "ctrl-o down*5 enter",
        "ctrl-g 6 tab 「一包化」",
        "ctrl-g 7 「しくみ」 tab",
        "ctrl-g 8 「#2 よかった」",
        "ctrl-g 8 「よかった」 enter f2 「です」",
        "ctrl-g 8 「よかった」 f2 「7/」",
        "ctrl-t",
        "「書きかけ」 ctrl-u 「看護」 ctrl-g 8 「よ」",
    ] {
        let mut d = Driver::with_map(issues);
        d.keys(keys);
        d.tick();
        let (before, place) = (d.state(), d.model.place());
        let (cell, drafts) = (d.desk().sheet.editing.clone(), d.desk().drafts.clone());
        let (running, screen) =
            (d.desk().clock.running, (d.desk().map.level, d.desk().map.whole, d.desk().kind));
        let said = (d.desk().speaker, d.desk().question, d.desk().aside.clone());
        d.restart();
        assert_eq!(d.state(), before, "{keys}");
        assert_eq!(d.model.place(), place, "{keys}");
        assert_eq!((&d.desk().sheet.editing, &d.desk().drafts), (&cell, &drafts), "{keys}");
        assert_eq!(d.desk().clock.running, running, "{keys}");
        assert_eq!((d.desk().map.level, d.desk().map.whole, d.desk().kind), screen, "{keys}");
        assert_eq!((d.desk().speaker, d.desk().question, d.desk().aside.clone()), said, "{keys}");
    }
}

#[test]
fn こわれたしおりでも開き書きかけは失われない() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.keys("f2 「が多い」");
    d.tick();
    let mark = d.bookmark.clone();
    for (from, to) in [
        ("\"entry\"", "\"entri\""),
        ("{", "["),
        ("}", ""),
        ("\"cursor\":15", "\"cursor\":4"),
        ("normal", "upside_down"),
    ] {
        d.bookmark = mark.replacen(from, to, 1);
        d.restart();
        if from == "\"cursor\":15" {
            assert_eq!(d.entry(), "残薬が多い");
            d.keys("「x」");
        }
    }
    // The twig it was about is gone: the words are a draft.
    d.bookmark = mark.clone();
    let id = d.kept.values().next().unwrap().dossier.nodes.keys().next().copied().unwrap();
    d.kept.values_mut().next().unwrap().dossier.nodes.remove(&id);
    d.restart();
    assert_eq!(d.state(), outline("本人・思い ◀\n＞ 残薬が多い‸"));
    d.keys("enter");
    assert_eq!(d.dossier().nodes.len(), 1);
}

#[test]
fn しおりの欄の行が消えていてもことばは残る() {
    let mut d = plan();
    d.keys("tab 「一」 enter up left enter 「包化」");
    d.tick();
    d.kept.values_mut().next().unwrap().dossier.actions.clear();
    d.restart();
    assert_eq!(d.cell(), Some("一包化"));
    d.keys("enter");
    assert_eq!(d.dossier().plan()[0].what, "一包化");
}
