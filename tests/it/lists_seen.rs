//! A list that goes on says so, wherever it stands; and who has not spoken yet is told by professions.

use crate::blank::another;
use crate::support;

use jirei::command::Place;
use jirei::domain::{Action, Dossier};
use jirei::layout::shape::What;
use jirei::layout::signs::Signs;
use jirei::ui::Msg;
use jirei::ui::draw::{Look, draw};
use jirei::ui::panes::panes;
use jirei::ui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use support::driver::Driver;
use support::frame::picture;

const SMALL: (u16, u16) = (80, 24);

/// A fishing town's meeting with so many people, none of them like those of the sample.
fn crowd(count: usize) -> Driver {
    let mut d = Driver::with_map("生活\n  !船に乗らなくなった ◀");
    d.send(Msg::Resize(SMALL.0, SMALL.1));
    d.keys("ctrl-g 1 ctrl-u");
    for i in d.dossier().participants.len()..count {
        let profession = ["漁協職員", "保健師", "言語聴覚士", "警察官", "民生委員", "郵便局員"][i % 6];
        d.keys(&format!("「{profession} 港町{}区 浜見本{}」 enter enter", i + 1, i + 1));
    }
    d.keys("esc ctrl-g 1");
    assert_eq!(d.dossier().participants.len(), count);
    d
}

#[test]
fn 入りきらない参加者は下に何人いるかが出る() {
    let mut d = crowd(18);
    d.keys("up*40");
    let shown = picture(&d, SMALL);
    assert!(shown.contains("参加者　18人") && shown.contains("下に 4 ▼"), "{shown}");
    d.keys("down*17");
    let shown = picture(&d, SMALL);
    assert!(shown.contains("上に 4 ▲") && !shown.contains("下に"), "{shown}");
    d.keys("ctrl-u up*40");
    let shown = picture(&d, SMALL);
    assert!(shown.contains("下に 4 ▼"), "{shown}");
    d.send(Msg::Resize(120, 40));
    assert!(!picture(&d, (120, 40)).contains("下に"));
}

#[test]
fn 続きのある一覧はどこでもそう言う() {
    for (place, keys, size) in [
        ("マップの支援策", "ctrl-g 6 space", SMALL),
        ("振り返り", "ctrl-g 8", SMALL),
        ("操作の一覧", "f10", SMALL),
        ("使い方", "f1 up enter", SMALL),
        ("問いかけ", "ctrl-g 3 f9", SMALL),
        ("使い方", "f1 up enter", (200, 60)),
    ] {
        let mut d = Driver::case_a();
        d.send(Msg::Resize(size.0, size.1));
        d.keys(keys);
        let shown = picture(&d, size);
        assert!(shown.contains("下に ") && shown.contains(" ▼"), "{place}\n{shown}");
        d.keys("pagedown*3");
        let after = picture(&d, size);
        assert!(place != "使い方" || after.contains("上に "), "{place}\n{after}");
    }
}

#[test]
fn 会議の一覧も続きがあればそう言う() {
    let mut d = Driver::first_start();
    d.send(Msg::Resize(SMALL.0, SMALL.1));
    for _ in 0..9 {
        d.keys("ctrl-n ctrl-b");
    }
    d.keys("up*40");
    let shown = picture(&d, SMALL);
    assert!(shown.contains("下に ") && !shown.contains("上に "), "{shown}");
    d.keys("down*40");
    let shown = picture(&d, SMALL);
    assert!(shown.contains("上に ") && !shown.contains("下に "), "{shown}");
}

/// Facilitator and presenter are the first two.
fn led(count: usize) -> Driver {
    let mut d = crowd(count);
    let ids: Vec<_> = d.dossier().people().iter().map(|p| p.id).collect();
    let mut dossier = d.dossier().clone();
    (dossier.meeting.facilitators, dossier.meeting.presenter) = ([Some(ids[0]), None], Some(ids[1]));
    let mut led = Driver::with(dossier);
    led.send(Msg::Resize(120, 40));
    d = led;
    d
}

#[test]
fn 発言の棒に司会と事例提供者は入らない() {
    let mut d = led(6);
    d.keys("ctrl-g 3");
    for _ in 0..5 {
        d.keys("「@P01 波の高い日の話」 enter 「@P02 船の話」 enter");
    }
    d.keys("「@P04 夜の港の明かり」 enter");
    let shown = picture(&d, (120, 40));
    let people: Vec<_> = d.dossier().people().into_iter().cloned().collect();
    let voices: String = shown.split("発言").skip(1).collect();
    assert!(voices.contains("▇") && !voices.contains(" 5"), "{shown}");
    for led in &people[..2] {
        let bars = shown.lines().filter(|row| row.contains('▇') && row.contains(&led.profession));
        assert_eq!(bars.count(), 0, "{shown}");
    }
}

#[test]
fn これから話す方は職種で言い氏名も所属も言わない() {
    let mut d = led(8);
    d.keys("ctrl-g 5 down");
    let shown = picture(&d, (120, 40));
    assert!(shown.contains("これから話す方 6人：") && !shown.contains("未発言"), "{shown}");
    d.keys("ctrl-g 8");
    let shown = picture(&d, (120, 40));
    assert!(shown.contains("これから話す方 7人："), "{shown}");
    let people: Vec<_> = d.dossier().people().into_iter().cloned().collect();
    assert!(people.iter().all(|p| p.name.is_empty() || !shown.contains(&p.name)), "{shown}");
    d.keys("「@P04 夜の明かりを消さずにおきます」 enter");
    let shown = picture(&d, (120, 40));
    assert!(shown.contains("これから話す方 6人："), "{shown}");
    let mut d = another();
    d.keys("ctrl-g 8");
    assert!(picture(&d, SMALL).contains("これから話す方"), "{}", picture(&d, SMALL));
}

#[test]
fn 読みあげる問いは狭い画面でも切れない() {
    let formats = jirei::format::load(None).formats;
    let format = formats.iter().find(|f| f.key == "mieru").unwrap();
    let questions: Vec<(String, String)> = format
        .branches
        .iter()
        .flat_map(|b| b.questions.iter().map(|q| (b.title.clone(), q.clone())))
        .collect();
    assert!(questions.len() > 30);
    let mut d = led(7);
    d.send(Msg::Resize(SMALL.0, SMALL.1));
    d.keys("ctrl-g 3");
    let mut asked = std::collections::BTreeSet::new();
    for _ in 0..questions.len() {
        d.model.cx.notice.clear();
        let (left, _) = jirei::ui::Screen::whisper(d.desk(), &d.model.cx);
        let shown: String = picture(&d, SMALL).split_whitespace().collect();
        let whole: String = left.split_whitespace().collect();
        assert!(shown.contains(&whole), "{left}\n{}", picture(&d, SMALL));
        asked.insert(left);
        let Some(open) = d.desk().asked(&d.model.cx).into_iter().find(|a| a.open().is_some()) else { break };
        d.keys(&format!("「#{} 波」 enter", open.title));
    }
    assert!(asked.len() > 20, "{}", asked.len());
}

#[test]
fn 育ちを見て閉じると段階の並びも横の欄ももどる() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「一」 enter 「二」 enter ctrl-left left");
    assert!(d.desk().map.whole);
    d.keys("esc");
    assert!(!d.desk().map.whole && picture(&d, (120, 40)).contains("聞き取り"), "{}", picture(&d, (120, 40)));
    d.keys("f8 ctrl-left esc");
    assert!(d.desk().map.whole, "who looked at the whole map before does so again");
}

#[test]
fn はじまるまで会議の紙が始め方を言う() {
    for size in [SMALL, (120, 40), (160, 45)] {
        let mut d = Driver::first_start();
        d.send(Msg::Resize(size.0, size.1));
        d.keys("ctrl-n");
        let begins = "わかる欄だけ書いて Enter。空のままでもかまいません。F6 で会議を始めます。";
        d.keys("down*20 「港町」 enter");
        assert!(picture(&d, size).contains(begins), "while it is filled in:\n{}", picture(&d, size));
        d.keys("f6 ctrl-o");
        assert!(!picture(&d, size).contains("会議を始めます"), "{}", picture(&d, size));
    }
}

/// Whether nothing of the map stands in the rows above and below what the signs mean, nor in two columns beside it.
fn stands_apart(d: &mut Driver, size: (u16, u16)) -> bool {
    // Who only looks needs no signs.
    let [with, without] = [false, true].map(|look_only| {
        d.model.cx.look_only = look_only;
        let mut frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        draw(&mut frame, &d.model, &Look { theme: Theme::default(), signs: Signs::unicode() });
        frame
    });
    d.model.cx.look_only = false;
    let body = panes(size, Place::Map, false).body;
    let mut words = body.positions().filter(|at| with[*at].symbol() != without[*at].symbol());
    words.all(|Position { x, y }| {
        let near = Rect { x: x.saturating_sub(2), y: y - 1, width: 5, height: 3 };
        near.intersection(body).positions().all(|at| without[at].symbol() == " ")
    })
}

#[test]
fn 記号の意味は十の枝が立つまで空いた所に出る() {
    for size in [SMALL, (120, 40), (160, 45), (200, 60)] {
        let mut d = Driver::with_map("地域・つながり ◀");
        d.send(Msg::Resize(size.0, size.1));
        let legend = "> 支援策";
        let letters: Vec<char> = "一二三四五六七八九十百千".chars().collect();
        for (i, letter) in letters.iter().enumerate() {
            let shown = picture(&d, size);
            assert_eq!(shown.contains(legend), i < 10, "{i}:\n{shown}");
            assert_eq!(shown.contains("＠薬 だれ"), i < 10, "{i}:\n{shown}");
            assert!(i >= 10 || stands_apart(&mut d, size), "{i}:\n{shown}");
            let stands = |letter: &char| shown.contains(&format!("{letter}の港"));
            assert!(i >= 10 || letters[..i].iter().all(stands), "no word is covered:\n{shown}");
            d.keys(&format!("「!{letter}の港が遠い」 {}", ["enter", "tab"][i % 2]));
        }
    }
    // On the chart, and while something is mended, it would mean nothing.
    let mut d = Driver::with_map("生活\n  !船に乗らない ◀");
    let shown = |d: &Driver| picture(d, (120, 40)).contains("> 支援策");
    assert!(shown(&d));
    for keys in ["f12", "f12 f2", "esc f7"] {
        d.keys(keys);
        assert!(!shown(&d), "{keys}");
    }
}

#[test]
fn ヘルプとメニューはいちばん小さい画面でもこの順に出る() {
    let bar = |d: &Driver| picture(d, SMALL).lines().next_back().unwrap().to_owned();
    let mut d = Driver::first_start();
    assert!(bar(&d).contains("F1 使い方  F10 メニュー"), "{}", bar(&d));
    d = Driver::case_a();
    d.send(Msg::Resize(SMALL.0, SMALL.1));
    let steps = (1..=8).map(|step| format!("ctrl-g {step}"));
    let more = ["ctrl-o", "ctrl-o enter", "esc esc ctrl-u", "ctrl-b f7", "f8", "f9", "f9 f2", "f9 f5"];
    for keys in steps.chain(more.map(str::to_owned)) {
        d.keys(&keys);
        assert!(bar(&d).contains("F1 使い方  F10 メニュー"), "{keys}: {}", bar(&d));
    }
}

#[test]
fn 次へのキーは何をするかを言う() {
    let mut d = Driver::first_start();
    d.keys("ctrl-n");
    let bar = |d: &Driver| picture(d, (120, 40)).lines().next_back().unwrap().to_owned();
    assert!(bar(&d).contains("F6 はじめる"), "{}", bar(&d));
    d.keys("f6");
    assert!(bar(&d).contains("F6 次の段階"), "{}", bar(&d));
    d.keys("ctrl-o");
    assert!(bar(&d).contains("F6 会議へ"), "{}", bar(&d));
    d.keys("f6");
    d.keys("ctrl-g 8");
    assert!(bar(&d).contains("F6 会議を終える"), "{}", bar(&d));
    let mut d = Driver::case_a();
    d.keys("ctrl-g 4 f12");
    assert!(bar(&d).contains("F12 マップへ"), "{}", bar(&d));
    d.keys("f8");
    assert!(bar(&d).contains("F8 もどる") && bar(&d).contains("F12 マップへ"), "{}", bar(&d));
}

#[test]
fn 課題の分析の横は_ほかをどう見るかを言い切る() {
    for (width, height) in (104..=200).step_by(6).flat_map(|w| [24, 30, 40, 60].map(|h| (w, h))) {
        let mut d = Driver::case_a();
        d.send(Msg::Resize(width, height));
        for step in 2..=6 {
            d.keys(&format!("ctrl-g {step} down"));
            let shown = picture(&d, (width, height));
            for line in shown.lines().filter_map(|line| line.split_once("ほか ").map(|(_, line)| line)) {
                let ends = ["（F9 で見られます）", "（F9）", "件", "行"];
                assert!(
                    ends.iter().any(|end| line.ends_with(end)),
                    "{width}×{height} {step}: {line}\n{shown}"
                );
            }
        }
    }
}

#[test]
fn たたんだ支援策が行動になっていれば数にも済みの印が出る() {
    let map = Driver::with_map(
        "健康・医療\n  冬の足がない ◀\n    >乗り合いの船\n    >網小屋で健康体操\n  灯台守が見る\n",
    );
    let mut dossier = map.dossier().clone();
    let counted = |dossier: &Dossier| {
        let mut d = Driver::with(dossier.clone());
        d.keys("ctrl-g 2");
        let at = d.dossier().nodes.values().find(|n| n.text == "冬の足がない").unwrap().id;
        d.model.meeting_mut().unwrap().0.map.selected = What::Node(at);
        d.keys("space");
        let shown = picture(&d, (120, 40));
        shown.lines().find(|line| line.contains("冬の足がない")).unwrap().to_owned()
    };
    assert!(counted(&dossier).contains("＋2 →") && !counted(&dossier).contains('✓'), "{}", counted(&dossier));
    for (words, signs) in [("乗り合いの船", "＋2 →✓"), ("網小屋で健康体操", "＋2 ✓")] {
        let idea = dossier.nodes.values().find(|n| n.text == words).unwrap().id;
        let new = Action::new(idea.cast(), dossier.meeting.id);
        dossier.actions.insert(new.id, Action { idea: Some(idea), what: words.into(), ..new });
        assert!(counted(&dossier).contains(signs), "{}", counted(&dossier));
    }
}

#[test]
fn 枠のない会議は長い題でも人数まで見える() {
    use support::region::region;
    let mut d = region(&[("2026-05-14", &["船の便が減った"])]);
    let title =
        "第三回 港の町と島の町と山あいの町がいっしょに開く、送り迎えと夜の見守りと薬の届け方を考える集まり";
    for kept in d.kept.values_mut() {
        kept.dossier.meeting.title = title.into();
    }
    d.send(Msg::Resize(SMALL.0, SMALL.1));
    d.keys("f1 esc f8");
    let shown = picture(&d, SMALL);
    let row = shown.lines().find(|l| l.contains("第三回")).unwrap_or_else(|| panic!("{shown}"));
    assert!(row.contains('…') && row.trim_end().ends_with("0人"), "{row}");
}

#[test]
fn すんだ日の会議や書かれた会議はこれからではない() {
    use support::region::region;
    let mut d = region(&[("2026-05-14", &[]), ("2099-05-14", &[])]);
    d.keys("f8 esc");
    let shown = picture(&d, SMALL);
    let states: Vec<_> = shown.lines().filter(|l| l.contains("回 事例検討会")).collect();
    assert_eq!(states.len(), 2, "{shown}");
    for row in states {
        assert_eq!(row.contains("（これから）"), row.contains("第2回"), "{row}");
    }
}
