//! Screens use the room they have: no word is torn or cut where cells are free beside or below it, and only one thing is loud.

use crate::support;

use jirei::domain::{Priority, Said};
use jirei::layout::signs::Signs;
use jirei::store::OpenAction;
use jirei::ui::Msg;
use jirei::ui::draw::{Look, draw};
use jirei::ui::theme::{Depth, Meaning, Palette, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use support::driver::Driver;
use support::frame::picture;
use support::region::region;

const WALL: (u16, u16) = (120, 40);

/// Where something begins.
type Start<'a> = &'a dyn Fn() -> Driver;

fn seen(driver: &mut Driver, size: (u16, u16)) -> String {
    driver.send(Msg::Resize(size.0, size.1));
    picture(driver, size)
}

/// What stands right of the rule beside the body, row by row.
fn beside(picture: &str) -> Vec<&str> {
    picture.lines().filter_map(|row| row.rsplit_once('│')).map(|(_, side)| side.trim()).collect()
}

fn drawn(driver: &Driver, size: (u16, u16), theme: Theme) -> Buffer {
    let mut frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    draw(&mut frame, &driver.model, &Look { theme, signs: Signs::unicode() });
    frame
}

/// A plan of six, longer than the columns are wide.
fn island_plan() -> Driver {
    let rows = [
        (
            "訪問介護の事業所と、渡し船が出ない日の連絡の順番を決めて紙に書く",
            "欠航の翌朝に訪問介護・訪問看護・診療所へ電話で確かめる",
        ),
        ("透析の日の送迎を漁協の当番に頼めるか、組合長に相談する", "組合の寄り合いの記録"),
        ("診療所の看護師が、灯油の残りを訪問の日に見る", "月ごとの診療所の記録で確かめる"),
        ("娘さんに、電話でなく手紙で様子を知らせる", ""),
        ("聞こえにくさを言語聴覚士に見てもらう", "受診の結果を居宅介護支援事業所が聞く"),
    ];
    let mut dossier = Driver::case_a().dossier().clone();
    let extra: Vec<_> = dossier.actions.keys().copied().skip(rows.len()).collect();
    extra.iter().for_each(|id| drop(dossier.actions.remove(id)));
    for (action, (what, check)) in dossier.actions.values_mut().zip(rows) {
        (action.what, action.check) = (what.into(), check.into());
    }
    Driver::with(dossier)
}

#[test]
fn 行動計画の欄は語の途中で折れず余りがあれば切れない() {
    for size in [WALL, (160, 45), (200, 60)] {
        let mut d = island_plan();
        d.keys("ctrl-g 6");
        let shown = seen(&mut d, size);
        let table: Vec<&str> = shown.lines().filter_map(|row| row.split_once('│')).map(|(t, _)| t).collect();
        for word in [
            "訪問介護",
            "訪問看護",
            "診療所",
            "渡し船",
            "組合長",
            "電話",
            "手紙",
            "欠航",
            "灯油",
            "受診",
            "言語聴覚士",
        ] {
            assert!(table.iter().any(|row| row.contains(word)), "{word} at {size:?}\n{shown}");
        }
        // The last row says who has nothing to do yet.
        let rows = &table[..table.len() - 1];
        assert!(!rows.iter().any(|row| row.contains('…')), "{size:?}\n{shown}");
    }
}

#[test]
fn 発言の棒は職種の名に幅をゆずる() {
    let mut d = Driver::empty();
    d.keys("ctrl-g 1");
    let professions = [
        "認知症地域支援推進員",
        "福祉用具専門相談員",
        "生活支援コーディネーター",
        "離島診療所医師",
        "保健師",
    ];
    for profession in professions {
        d.keys(&format!("「{profession} 岬町」 enter"));
    }
    d.keys(
        "ctrl-g 2 「@P01 船の時刻を大きく書く」 enter 「@P03 港の茶飲み話」 enter 「@P04 冬の欠航」 enter",
    );
    let shown = seen(&mut d, WALL);
    let side = beside(&shown);
    for profession in professions {
        assert!(side.iter().any(|row| row.contains(profession)), "{profession}\n{shown}");
    }
    // Where the map has taken the room, too, a name is broken rather than cut.
    let branch: Vec<String> = (0..160).map(|i| format!("    その{i}の渡し場のようす")).collect();
    d.paste(&branch.join("\n"));
    let shown = seen(&mut d, WALL);
    let side = beside(&shown);
    let voices = side.iter().skip_while(|row| !row.contains("発言")).take(12);
    let voices: Vec<_> = voices.collect();
    assert!(voices.iter().all(|row| !row.contains('…')), "{shown}");
    assert!(side.iter().any(|row| row.contains("コーディネーター ")), "{shown}");
}

#[test]
fn 地図の横の列はまだ分からないことを字で並べる() {
    let mut d = Driver::with_map("生活\n  ?島の家にだれが帰るのか ◀\n  ?灯油は足りているか\n    春まである");
    for (step, there) in [(2, true), (3, true), (5, false)] {
        d.keys(&format!("ctrl-g {step}"));
        let shown = seen(&mut d, WALL);
        let side = beside(&shown);
        let is_said = side.iter().any(|row| row.starts_with("まだ分からないこと　1件"));
        assert_eq!(is_said, there, "{step}\n{shown}");
        let is_listed = side.iter().any(|row| row.starts_with("ア 島の家にだれが帰るのか"));
        assert_eq!(is_listed, there, "{step}\n{shown}");
        assert!(!side.iter().any(|row| row.contains("灯油は足りて")), "{shown}");
    }
}

#[test]
fn 今の段階の印はどの字にもつかない() {
    for size in [(80, 24), WALL] {
        for step in 1..=8 {
            let mut d = Driver::case_a();
            d.keys(&format!("ctrl-g {step}"));
            let shown = seen(&mut d, size);
            let rail = format!(" {}", shown.lines().nth(1).unwrap_or_default());
            assert!(rail.contains(" ▶ "), "{size:?} {rail}");
            assert!(step < 8 || rail.contains("振り返り"), "{size:?} {rail}");
        }
    }
}

/// Where the window stands: all that is raised.
fn window(driver: &Driver) -> Rect {
    let theme = Theme { palette: Palette::Light, depth: Depth::True };
    let frame = drawn(driver, WALL, theme);
    let raised = frame.area.positions().filter(|at| Some(frame[*at].bg) == theme.style(Meaning::Popup).bg);
    raised.map(|at| Rect::new(at.x, at.y, 1, 1)).reduce(Rect::union).unwrap()
}

#[test]
fn 窓の下のものは引っこむ() {
    for palette in [Palette::Dark, Palette::Light, Palette::Mono] {
        let theme = Theme { palette, depth: Depth::True };
        for (step, keys) in [(3, "f10"), (3, "f3"), (4, "ctrl-p"), (6, "f10"), (8, "ctrl-e")] {
            let mut d = Driver::case_a();
            d.keys(&format!("ctrl-g {step} {keys}"));
            let frame = drawn(&d, WALL, theme);
            let window = window(&d);
            for at in frame.area.positions().filter(|at| !window.contains(*at)) {
                let cell = &frame[at];
                let loud = Modifier::BOLD | Modifier::REVERSED | Modifier::UNDERLINED;
                assert!(!cell.modifier.intersects(loud), "{step} {keys} {palette:?} {at}");
                let ground = theme.style(Meaning::Text).bg.unwrap_or_default();
                assert_eq!(cell.bg, ground, "{step} {keys} {palette:?} {at}");
            }
        }
    }
}

#[test]
fn 色がなければ塗られているのは一つだけ() {
    let town = || region(&[("2026-04-16", &["夜の渡し船がない", "冬の灯油を買いに行けない"])]);
    let case = Driver::case_a;
    let places: [(Start, &str, (u16, u16)); 5] = [
        (&town, "f7 enter", WALL),
        (&case, "ctrl-g 7", WALL),
        (&case, "ctrl-g 6 down", (80, 24)),
        (&case, "ctrl-g 3 f10", WALL),
        (&case, "ctrl-g 7 f10", WALL),
    ];
    for (start, keys, size) in places {
        let mut d = start();
        d.send(Msg::Resize(size.0, size.1));
        d.keys(keys);
        let frame = drawn(&d, size, Theme { palette: Palette::Mono, depth: Depth::None });
        let filled = |at: &Position| frame[*at].modifier.contains(Modifier::REVERSED);
        let all: Vec<Position> = frame.area.positions().filter(filled).collect();
        let block = all.iter().map(|at| Rect::new(at.x, at.y, 1, 1)).reduce(Rect::union).unwrap();
        assert!(block.positions().all(|at| filled(&at)), "{keys} {block}\n{}", picture(&d, size));
    }
}

#[test]
fn 年の数は一目で見え数字はつながっている() {
    let mut d = region(&[("2026-04-16", &["夜の渡し船がない"]), ("2026-06-18", &["灯油を買いに行けない"])]);
    d.keys("f9");
    for size in [WALL, (160, 45), (200, 60)] {
        let shown = seen(&mut d, size);
        assert!(shown.contains("この年度の数") && shown.contains("██"), "{size:?}\n{shown}");
        for title in ["開催回数", "参加者の実人数", "地域課題", "前の年度との比較"] {
            assert!(shown.matches(title).count() > usize::from(title == "開催回数"), "{title}\n{shown}");
        }
    }
    // Where it has no room it does not take that of the figure.
    assert!(!seen(&mut d, (80, 24)).contains("この年度の数"));
}

#[test]
fn 済んでいないことは場所があれば終わりまで読める() {
    let mut d = island_plan();
    let actions: Vec<_> = d.dossier().actions.values().cloned().collect();
    let who = ["生活支援コーディネーター", "主任介護支援専門員", "福祉用具専門相談員"].map(str::to_owned);
    d.keys("ctrl-b");
    d.model.cx.shelf.open_count = actions.len();
    let open = actions.iter().map(|action| OpenAction {
        action: action.clone(),
        meeting_title: String::new(),
        meeting_date: None,
        case: None,
        who: who.to_vec(),
        issue: String::new(),
    });
    d.model.cx.shelf.open_actions = open.collect();
    let shown = seen(&mut d, (160, 45));
    let side: String = beside(&shown).concat();
    for action in &actions {
        assert!(side.contains(&action.what), "{}\n{shown}", action.what);
    }
    let named = who.iter().map(|name| side.matches(name.as_str()).count());
    assert!(named.eq([actions.len(); 3]), "{shown}");
    // Where there is little, fewer are told, and of none is cut who does it.
    let narrow = seen(&mut d, (80, 24));
    let side: String = beside(&narrow).concat();
    assert!(who.iter().all(|name| side.contains(name.as_str())), "{narrow}");
}

#[test]
fn 一人の長い職種が皆の所属を切らない() {
    let mut d = Driver::empty();
    d.keys("ctrl-g 1");
    let bodies = ["岬町国民健康保険診療所", "港の居宅介護支援事業所", "島の訪問看護ステーション"];
    d.keys("「在宅医療・介護連携推進コーディネーター 岬市医師会」 enter");
    for (profession, body) in ["医師", "介護支援専門員", "訪問看護師"].into_iter().zip(bodies) {
        d.keys(&format!("「{profession} {body}」 enter"));
    }
    let shown = seen(&mut d, WALL);
    for body in bodies {
        assert!(shown.contains(body), "{body}\n{shown}");
    }
}

#[test]
fn 様式の下にはその年度の地域課題が出た順に並ぶ() {
    let mut driver = region(&[
        ("2025-06-05", &["船が夜に出ない"]),
        ("2026-05-14", &["薬が切れる", "車がない", "島に歯科がない"]),
    ]);
    for kept in driver.kept.values_mut() {
        for issue in kept.dossier.regional.values_mut() {
            issue.scenes = vec!["日常の療養支援".into()];
            issue.priority = (issue.statement == "車がない").then_some(Said::Known(Priority::High));
        }
    }
    driver.keys("f9 f2");
    let years: [(&str, &[&str]); 3] = [
        ("", &["薬が切れる", "車がない", "島に歯科がない"]),
        ("alt-left", &["船が夜に出ない"]),
        ("down", &[]),
    ];
    for (keys, issues) in years {
        driver.keys(keys);
        let picture = seen(&mut driver, (120, 40));
        let (_, under) = picture.split_once("の地域課題　").unwrap();
        let list: String = under.split("────").next().unwrap().split([' ', '·', '\n']).collect();
        assert_eq!(list, format!("{}件{}", issues.len(), issues.concat()), "{picture}");
    }
}
