//! From what lies on the map to the plan and to the regional issues: one key an idea, one key an issue.

use crate::support;

use jirei::domain::{Action, Kind, Step, ideas};
use jirei::ui::Msg;
use jirei::ui::msg::{Mouse, Press};
use support::driver::Driver;
use support::frame::{Frame, SIZES};

/// A girl of fourteen who looks after her brother and her mother.
const CHILD: &str = "生活
  朝は弟の支度
    !弟の世話で朝に起きられない ◀
      @看 >朝だけ登校に付きそう
      >目覚ましの代わりに先生が電話する
  !家事を一人で担っている
    @薬 >弁当を学校で受け取る
家族
  @医 >通院の日を土曜に移す
  *みんなと同じように学校に行きたい";

/// Where the plan begins.
fn child() -> Driver {
    let mut d = Driver::with_map(CHILD);
    d.keys("ctrl-g 6");
    d
}

fn seen(d: &mut Driver, size: (u16, u16)) -> String {
    d.send(Msg::Resize(size.0, size.1));
    Frame::of(d, size).whole()
}

fn whats(d: &Driver) -> Vec<&str> {
    d.dossier().plan().iter().map(|a| a.what.as_str()).collect()
}

/// The words of the issue of an action, and who does it.
fn of<'a>(d: &'a Driver, action: &Action) -> (Option<&'a str>, Vec<&'a str>) {
    let issue = action.issue.map(|id| d.dossier().nodes[&id].text.as_str());
    (issue, action.who.iter().map(|id| d.dossier().participants[id].label()).collect())
}

fn planned(d: &Driver) -> Vec<&str> {
    ideas::planned(d.dossier()).keys().map(|id| d.dossier().nodes[id].text.as_str()).collect()
}

#[test]
fn 空の計画には支援策が並び一つのキーで行動になる() {
    let mut d = child();
    for size in SIZES {
        let screen = seen(&mut d, size);
        for words in [
            "弟の世話で朝に起きられない",
            "朝だけ登校に付きそう",
            "弁当を学校で受け取る",
            "通院の日を土曜に移す",
            "Enter で行動に",
        ] {
            assert!(screen.contains(words), "{size:?} {words}\n{screen}");
        }
    }
    d.keys("enter");
    let first = d.dossier().plan()[0].clone();
    assert_eq!(first.what, "朝だけ登校に付きそう");
    assert_eq!(of(&d, &first), (Some("弟の世話で朝に起きられない"), vec!["看護師"]));
    // The next one is one key, and the one after that two.
    d.keys("enter down enter");
    assert_eq!(
        whats(&d),
        ["朝だけ登校に付きそう", "目覚ましの代わりに先生が電話する", "通院の日を土曜に移す"]
    );
    let (second, third) = (d.dossier().plan()[1].clone(), d.dossier().plan()[2].clone());
    assert_eq!(of(&d, &second), (Some("弟の世話で朝に起きられない"), vec![]));
    assert_eq!(of(&d, &third), (None, vec!["医師"]));
    assert!(seen(&mut d, (80, 24)).contains("4件（行動に 3件）"));
}

#[test]
fn 空白でも全角の空白でも行動になる() {
    let mut d = child();
    d.keys("space 「　」");
    assert_eq!(whats(&d), ["朝だけ登校に付きそう", "目覚ましの代わりに先生が電話する"]);
    assert_eq!(d.cell(), None);
}

#[test]
fn 行動にしたものは元に戻せてやり直せる() {
    let mut d = child();
    d.keys("enter enter ctrl-z");
    assert_eq!((whats(&d), planned(&d)), (vec!["朝だけ登校に付きそう"], vec!["朝だけ登校に付きそう"]));
    d.keys("ctrl-z");
    assert!(d.dossier().actions.is_empty() && planned(&d).is_empty());
    d.keys("ctrl-y ctrl-y");
    assert_eq!(whats(&d).len(), 2);
    d.restart();
    assert_eq!((whats(&d).len(), planned(&d).len()), (2, 2));
}

#[test]
fn 行動のことばも支援策のことばも直してよい() {
    let mut d = child();
    d.keys("enter tab");
    // From the idea that is offered next one gets to the last action, to what is open there.
    assert_eq!((d.sheet().row, d.sheet().column), (0, 3));
    d.keys("left left enter 「、まず月曜だけ」 enter esc");
    assert_eq!(whats(&d), ["朝だけ登校に付きそう、まず月曜だけ"]);
    let idea = d.dossier().plan()[0].idea.unwrap();
    d.keys("f8");
    let (desk, _) = d.model.meeting_mut().unwrap();
    desk.map.selected = jirei::layout::shape::What::Node(idea);
    d.keys("enter 「人を決める」 enter f8");
    assert_eq!(planned(&d), ["朝だけ登校に付きそう人を決める"]);
    // It may go from the map: what was decided stays.
    d.keys("f8 delete f8");
    assert_eq!((d.dossier().actions.len(), d.dossier().nodes.contains_key(&idea)), (1, false));
    d.keys("f8 ctrl-z f8");
    assert_eq!(planned(&d), ["朝だけ登校に付きそう人を決める"]);
}

#[test]
fn 行動になった支援策をもう一度選ぶとその行へ移る() {
    let mut d = child();
    d.keys("enter enter up up enter");
    assert_eq!(whats(&d).len(), 2);
    assert_eq!((d.sheet().row, d.sheet().column), (0, 3));
    d.keys("space");
    assert_eq!(d.desk().selected_source().unwrap().node.text, "弁当を学校で受け取る");
    d.keys("esc");
    assert_eq!(d.desk().source_row(), None);
}

#[test]
fn 番号を打つとその課題の支援策が選ばれる() {
    let mut d = child();
    // Each time the next idea for the issue that nobody has taken; the number is no action.
    d.keys("「2」");
    assert_eq!(d.desk().selected_source().unwrap().node.text, "弁当を学校で受け取る");
    for size in SIZES {
        let screen = seen(&mut d, size);
        assert!(
            screen.contains("家事を一人で担っている") && screen.contains("取り入れる"),
            "{size:?}\n{screen}"
        );
    }
    d.keys("enter");
    assert_eq!(whats(&d), ["弁当を学校で受け取る"]);
    d.keys("「１」 enter 「1」 enter");
    assert_eq!(whats(&d)[1..], ["朝だけ登校に付きそう", "目覚ましの代わりに先生が電話する"]);
    // Where all are taken it leads to what became of one.
    d.keys("「1」 enter");
    assert_eq!((d.dossier().actions.len(), d.sheet().row), (3, 1));
}

#[test]
fn 数ではじまることばはことばのまま行動になる() {
    let mut d = child();
    d.keys("「2月に集まる」 enter esc");
    assert_eq!(whats(&d), ["2月に集まる"]);
    // A space behind it is one of them, too, and no idea answers an issue of this number.
    for (typed, kept) in [("2 週間ごとに訪問", "2 週間ごとに訪問"), ("70", "70"), ("0", "0")] {
        d.keys(&format!("space 「{typed}」 enter esc"));
        assert_eq!(whats(&d).last(), Some(&kept));
    }
    assert_eq!(whats(&d).len(), 4);
}

#[test]
fn 打った番号は離れると残らない() {
    for leaves in ["tab", "esc", "down", "f6 f5", "f8 f8 f6 f5", "pagedown", "ctrl-u ctrl-u"] {
        let mut d = child();
        d.keys("enter 「2」");
        d.keys(leaves);
        assert_eq!(whats(&d), ["朝だけ登校に付きそう"], "{leaves}");
        assert!(d.model.cx.put_away.is_empty(), "{leaves}");
    }
    let mut d = child();
    d.keys("「1」 down enter");
    assert_eq!(whats(&d), ["目覚ましの代わりに先生が電話する"]);
}

#[test]
fn 番号を打つとその課題が地域課題になる() {
    let mut d = child();
    d.keys("f6 space 「2」 enter 「家事を担う子どもを学校が知るしくみがない」 enter");
    let made = d.dossier().regional_issues();
    assert_eq!(made.len(), 1);
    assert_eq!(made[0].statement, "家事を担う子どもを学校が知るしくみがない");
    let shown: Vec<_> = d.dossier().evidence_of(made[0].id).filter_map(|e| e.node).collect();
    assert_eq!(d.dossier().nodes[&shown[0]].text, "家事を一人で担っている");
}

#[test]
fn 支援策の上で打ったことばは新しい行動になる() {
    let mut d = child();
    d.keys("enter 「月に一度みんなで集まる」 enter");
    assert_eq!(whats(&d), ["朝だけ登校に付きそう", "月に一度みんなで集まる"]);
    assert_eq!(d.dossier().plan()[1].idea, None);
    d.keys("esc space enter");
    assert_eq!(whats(&d)[2], "目覚ましの代わりに先生が電話する");
}

#[test]
fn 表の右の端からも支援策へ移れる() {
    let mut d = child();
    d.keys("tab 「声をかける」 enter esc right*9");
    assert_eq!(d.desk().source_row(), Some(0));
    d.keys("left");
    assert_eq!(d.desk().source_row(), None);
}

#[test]
fn 表で最後の行動を消しても表にとどまる() {
    let mut d = child();
    d.keys("enter ctrl-g 7 ctrl-g 6");
    assert_eq!(d.desk().source_row(), None, "a plan with rows begins in the table");
    d.keys("delete");
    assert_eq!((d.dossier().actions.len(), d.desk().source_row()), (0, None));
    d.keys("ctrl-g 7 ctrl-g 6");
    assert_eq!(d.desk().source_row(), Some(0));
}

#[test]
fn 支援策がなければ表だけで空白は理由を言う() {
    let mut d = support::driver::plan();
    assert_eq!(d.desk().source_row(), None);
    d.keys("space");
    assert!(d.notice().contains("支援策がまだありません"), "{}", d.notice());
    assert!(d.dossier().actions.is_empty() && d.cell().is_none());
    d.keys("tab 「袋を 数える」 enter");
    assert_eq!(whats(&d), ["袋を 数える"], "in a cell a space is a word");
}

#[test]
fn 三十の長い支援策も一つずつ残らず行動になる() {
    let mut outline = "住まい\n".to_owned();
    for issue in 0..6 {
        outline += &format!("  !玄関から{issue}歩も入れない\n");
        for idea in 0..5 {
            let long = "通り道をつくってから火の元を確かめて".repeat(1 + idea * 5);
            let who = ["", "@薬 ", "@医 "][idea % 3];
            outline += &format!("    {who}>{issue}-{idea} {long}\n");
        }
    }
    let mut d = Driver::with_map(&outline);
    d.keys("ctrl-g 6 down up");
    for size in SIZES {
        let screen = seen(&mut d, size);
        assert!(screen.contains("0-0 通り道をつくってから火の元を確かめて"), "{screen}");
        assert!(screen.contains("下に ") && screen.contains("30件"), "{screen}");
        // On the last one, too, one sees where one stands, and that it is the last.
        d.keys("down*40");
        let screen = seen(&mut d, size);
        assert!(screen.contains("5-4 通り道") && !screen.contains("下に "), "{screen}");
        d.keys("up*40");
    }
    d.send(Msg::Resize(80, 24));
    d.keys("enter*30");
    assert_eq!((d.dossier().actions.len(), planned(&d).len()), (30, 30));
    d.keys("enter enter");
    assert_eq!(d.dossier().actions.len(), 30);
    for size in SIZES {
        seen(&mut d, size);
    }
}

#[test]
fn 狭い画面では行動が一枚の札になる() {
    let mut d = Driver::with_map(CHILD);
    d.keys("ctrl-g 6 enter tab 「来週」 enter 「学校の先生が登校の時刻を一週間書きとめて、次の会で見せる」 enter 「1」 enter");
    d.keys("shift-tab 「2」 enter 「弟の保育園の送りを叔母とファミリー・サポートで分け合う」 enter esc up");
    let screen = seen(&mut d, (80, 24));
    for words in [
        "弟の世話で朝に起きられない",
        "学校の先生が登校の時刻を",
        "一週間書きとめて、次の会で見せる",
        "看護師",
        "弟の保育園の送りを",
        "支援策 あと3件（Space）",
    ] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
}

#[test]
fn 支援策はクリックで選べて二度で行動になる() {
    let mut d = child();
    for size in SIZES {
        d.send(Msg::Resize(size.0, size.1));
        let (x, y) = crate::keys_mouse::place_of(&d, "弁当を学校で受け取る");
        d.tick();
        let press = Mouse { x, y, press: Press::Left };
        d.send(Msg::Mouse(press));
        assert_eq!(d.desk().selected_source().unwrap().node.text, "弁当を学校で受け取る");
        d.send(Msg::Mouse(press));
        assert_eq!(whats(&d), ["弁当を学校で受け取る"]);
        d.keys("ctrl-z");
    }
}

#[test]
fn 見るだけなら行動にはならない() {
    let mut d = child();
    d.model.cx.look_only = true;
    d.keys("enter space");
    assert!(d.dossier().actions.is_empty());
    assert!(d.notice().contains("見るだけ"), "{}", d.notice());
}

// ---- 地域課題

/// A man whose house is full.
fn hoard() -> Driver {
    let mut d = Driver::with_map(
        "住まい\n  !玄関から先に入れない ◀\n  火災警報器がない\n生活\n  !食べていない\n地域・つながり\n  近所の苦情",
    );
    d.keys("ctrl-g 7");
    d
}

#[test]
fn 地図の課題は一つのキーで地域課題になり文を書きかえる() {
    let mut d = hoard();
    for size in SIZES {
        let screen = seen(&mut d, size);
        assert!(screen.contains("食べていない") && screen.contains("Space か番号で選びます"), "{screen}");
    }
    d.keys("space down enter");
    assert_eq!(d.cell(), Some("食べていない"));
    d.keys("backspace*6 「食事がとれていない独居の人に気づくしくみがない」 enter");
    let issue = d.dossier().regional_issues()[0].clone();
    assert_eq!(
        (issue.statement.as_str(), issue.confirmed),
        ("食事がとれていない独居の人に気づくしくみがない", false)
    );
    let evidence = |d: &Driver| {
        let nodes = d.dossier().evidence.values().filter_map(|e| e.node);
        nodes.map(|id| d.dossier().nodes[&id].text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(evidence(&d), ["食べていない"]);
    // What has become one is marked, and gone to.
    d.keys("esc space");
    assert_eq!(d.desk().selected_source().unwrap().node.text, "玄関から先に入れない");
    assert!(seen(&mut d, (80, 24)).contains("2件（地域に 1件）"));
    d.keys("down enter");
    assert_eq!((d.dossier().regional.len(), d.sheet().row, d.sheet().column), (1, 0, 0));
    d.keys("ctrl-z ctrl-z");
    assert_eq!((d.dossier().regional.len(), d.dossier().evidence.len()), (0, 0));
}

#[test]
fn 地図の枝からも種類の一覧で地域課題にできる() {
    let mut d = hoard();
    d.keys("f8 down f4");
    let screen = seen(&mut d, (80, 24));
    assert!(screen.contains("7 地域課題にする  文はあとで直せます"), "{screen}");
    d.keys("7");
    let issues = d.dossier().regional_issues();
    assert_eq!(issues.iter().map(|r| r.statement.as_str()).collect::<Vec<_>>(), ["火災警報器がない"]);
    assert_eq!(d.dossier().evidence.len(), 1);
    assert!(d.notice().contains("地域課題にしました"), "{}", d.notice());
    // It is one already.
    d.keys("f4 7");
    assert_eq!(d.dossier().regional.len(), 1);
    assert!(d.notice().contains("もう地域課題"), "{}", d.notice());
    d.keys("ctrl-z");
    assert!(d.dossier().regional.is_empty());
    // What is typed at this moment stands nowhere yet.
    d.keys("「見守り」 f4 7");
    assert!(d.dossier().regional.is_empty());
}

#[test]
fn もとになった枝の候補はこの段階の課題から並ぶ() {
    let mut d = hoard();
    d.keys("f8 down*2 「!気にかける人がいない」 enter f8 down*10 enter");
    let offers =
        d.model.sheets().unwrap().cell_offers(&d.model.cx).iter().map(|o| o.text.clone()).collect::<Vec<_>>();
    assert_eq!(
        d.dossier().nodes.values().filter(|n| n.step == Step::Regional && n.kind == Kind::Issue).count(),
        1
    );
    assert_eq!(
        offers,
        ["気にかける人がいない", "食べていない", "玄関から先に入れない", "近所の苦情", "火災警報器がない"]
    );
}

#[test]
fn 地域課題の用紙は文とその確認と場面と対応策と機関から始まり狭ければ空の欄をたたむ() {
    let mut d = hoard();
    let screen = seen(&mut d, (80, 24));
    let order = ["地域課題", "個人が分からない", "場面", "対応策", "責任を持つ機関", "空の欄：事業項目"];
    let places: Vec<_> = order
        .iter()
        .map(|words| screen.rfind(words).unwrap_or_else(|| panic!("{words}\n{screen}")))
        .collect();
    assert!(places[1..].is_sorted(), "{screen}");
    // One gets to a folded field as to any other, and what is written in it is seen.
    d.keys("down*6");
    assert!(seen(&mut d, (80, 24)).contains("レベル            〔"));
    d.keys("「3」 enter up*10");
    assert!(seen(&mut d, (80, 24)).contains("市町村"));
    // Where there is room nothing is folded.
    assert!(!seen(&mut d, (200, 60)).contains("空の欄"));
}

#[test]
fn 空の地域課題の欄で空白を押すと地図の課題へ移る() {
    let mut d = Driver::with_map("生活\n  !冬の買い物に行けない ◀\n  !雪下ろしの人手がない");
    d.keys("ctrl-g 7 enter space");
    assert_eq!(d.desk().source_row(), Some(0), "{}", d.notice());
    d.keys("down space 「山あいでは雪下ろしを頼めない」 enter");
    let issues = d.dossier().regional_issues();
    assert!(issues[0].statement.contains("山あいでは"), "{:?}", issues[0].statement);
    assert_eq!(d.dossier().evidence.len(), 1);
    // Behind words a space is one of them.
    d.keys("esc pagedown 「道の」 space 「凍結」 enter");
    assert!(
        d.dossier().regional_issues().iter().any(|r| r.statement.contains("道の 凍結")),
        "{}",
        d.notice()
    );
    // Where the map offers nothing, it says so.
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 7 enter space");
    assert!(d.notice().contains("課題がまだありません"), "{}", d.notice());
}

#[test]
fn 地域課題の読み返しは場面と対応策と責任を持つ機関も読む() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 7 「夜に往診を頼めない」 enter enter 「3」 enter 「当番を決める；電話の窓口を置く」 enter 「医師会」 enter");
    d.keys("esc pagedown 「雪の日に薬が届かない」 enter esc");
    let read = jirei::domain::readback::of_step(d.dossier(), &d.desk().doc.tree, Step::Regional);
    let said: Vec<(&str, Vec<&str>)> =
        read.iter().map(|g| (g.title.as_str(), g.points.iter().map(|p| p.text.as_str()).collect())).collect();
    assert_eq!(
        said,
        [
            (
                "地域課題 1",
                vec![
                    "夜に往診を頼めない",
                    "場面：急変時の対応",
                    "対応策：1 当番を決める　2 電話の窓口を置く",
                    "責任を持つ機関：医師会"
                ]
            ),
            ("地域課題 2", vec!["雪の日に薬が届かない"]),
        ]
    );
    // Sentences alone are one list.
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 7 「夜に往診を頼めない」 enter esc pagedown 「雪の日に薬が届かない」 enter esc");
    let read = jirei::domain::readback::of_step(d.dossier(), &d.desk().doc.tree, Step::Regional);
    assert_eq!((read.len(), read[0].points.len()), (1, 2));
}

#[test]
fn 地域課題の文は打てば入れかわり矢印なら一部を直せる() {
    for (keys, sentence) in [
        ("「放課後に行ける所が少ない」 enter", "放課後に行ける所が少ない"),
        ("right 「人が多い」 enter", "学校に行けない人が多い"),
        ("enter", "学校に行けない"),
        ("backspace 「朝の足がない」 enter", "朝の足がない"),
    ] {
        let mut d = Driver::with_map("生活\n  !学校に行けない ◀");
        d.keys(&format!("ctrl-g 7 space enter {keys}"));
        let issues = d.dossier().regional_issues();
        assert_eq!((issues.len(), issues[0].statement.as_str()), (1, sentence), "{keys}");
        d.keys("ctrl-z*9");
        assert!(d.dossier().regional_issues().is_empty(), "{keys}");
    }
}

#[test]
fn 地図から上げた地域課題の文はいつ打っても入れかわる() {
    let words = "日中に話し相手がいない高齢者が多い";
    // However one comes to the sentence, and whatever was given up there before.
    for keys in
        ["", "enter", "enter esc", "enter esc enter", "enter 「夜も」 esc", "「夜も」 esc", "tab shift-tab"]
    {
        let mut d = Driver::with_map("生活\n  話し相手がいない ◀");
        d.keys(&format!("f4 「7」 ctrl-g 7 left {keys} 「{words}」 enter"));
        assert_eq!(sentences(&d), [words], "{keys}");
        // Words of one's own are mended, not replaced.
        d.keys("up enter 「。」 enter");
        assert_eq!(sentences(&d), [format!("{words}。")], "{keys}");
    }
    for (keys, words) in [
        // What was put away and fetched goes on.
        ("「夜も」 esc esc 「一人」 enter", "夜も一人"),
        // A part of it is mended after an arrow, and so it is after a key that takes all.
        ("enter end 「家が多い」 enter", "話し相手がいない家が多い"),
        ("enter right 「家が多い」 enter", "話し相手がいない家が多い"),
        ("enter backspace 「孤立」 enter", "孤立"),
    ] {
        let mut d = Driver::with_map("生活\n  話し相手がいない ◀");
        d.keys(&format!("f4 「7」 ctrl-g 7 left {keys}"));
        assert_eq!(sentences(&d), [words], "{keys}");
    }
    let mut d = Driver::with_map("生活\n  話し相手がいない ◀");
    d.keys("f4 「7」 ctrl-g 7 left enter");
    assert!(d.notice().contains("打つと、入れかわります"), "{}", d.notice());
}

fn sentences(d: &Driver) -> Vec<String> {
    d.dossier().regional_issues().iter().map(|issue| issue.statement.clone()).collect()
}

#[test]
fn 行動計画にもどって打ちはじめると_次の行動になり前のものに付かない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 6 「送り迎えを頼む」 tab 「近所の人」 f6 f5 「役場に聞く」 tab 「保健師」 enter");
    let what: Vec<&str> = d.dossier().plan().into_iter().map(|a| a.what.as_str()).collect();
    assert_eq!(what, ["送り迎えを頼む", "役場に聞く"]);
    // Whoever goes to a cell writes there.
    d.keys("f6 f5 right 「二回」 enter");
    assert_eq!(d.dossier().actions.len(), 2);
}

#[test]
fn 文のない地域課題と_することのない行動には_まだと言う() {
    for (keys, said) in [
        ("ctrl-g 7 enter enter 「1」 enter", "地域課題の文が、まだ"),
        ("ctrl-g 6 enter tab*2 「薬剤師」 enter", "何をするかが、まだ"),
        ("ctrl-g 7 「橋が古い」 enter 「1」 enter 「1」 enter", ""),
        ("ctrl-g 6 「集まる」 enter 「薬剤師」 enter", ""),
    ] {
        let mut d = Driver::with_map("生活 ◀\n  舟が古い");
        d.keys(keys);
        let notice = d.notice();
        assert!(notice.contains(said) && (said.is_empty() == notice.is_empty()), "{keys}: {notice}");
    }
}
