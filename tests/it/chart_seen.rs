//! The causal chart and what is read aloud of it, for charts of every kind at every size: the root, the circles, the words.

use std::collections::BTreeSet;

use crate::blank::linked;
use crate::support;

use jirei::domain::causes::say;
use jirei::domain::{Dossier, Id, Link, Node};
use jirei::layout::shape::What;
use jirei::layout::signs::Signs;
use jirei::ui::Msg;
use jirei::ui::draw::{Look, draw};
use jirei::ui::meeting::map::chart::ChartPanes;
use jirei::ui::theme::{Meaning, Palette, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use support::driver::Driver;
use support::frame::picture;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (160, 45), (200, 60)];

const WORDS: [&str; 10] = [
    "夜中に外へ出る",
    "近所に黙っている",
    "夫が眠れない",
    "夫の血圧が高い",
    "通いの場に行かなくなった",
    "昼も夜も二人きりで息がつまる",
    "相談の窓口を知らない",
    "免許を返していない",
    "火の始末があぶない",
    "薬を飲んだか分からない",
];

fn meeting(count: usize, links: &[(usize, usize)]) -> Dossier {
    let words = (0..count).map(|i| match i / 10 {
        0 => WORDS[i].to_owned(),
        again => format!("{}（その{}）", WORDS[i % 10], again + 1),
    });
    let words: Vec<String> = words.collect();
    linked(&words.iter().map(String::as_str).collect::<Vec<_>>(), links)
}

/// Two circles with one issue in both, and something that leads into them.
fn two_circles() -> Dossier {
    meeting(9, &[(1, 2), (2, 3), (3, 1), (3, 4), (4, 5), (5, 3), (6, 1), (5, 7)])
}

fn charts() -> Vec<(&'static str, Dossier)> {
    let tree = |count: usize| (2..=count).map(|i| (i / 2, i)).collect::<Vec<_>>();
    let chain: Vec<(usize, usize)> = (1..30).map(|i| (i, i + 1)).collect();
    let again = "そのことを家族のだれもが知っていながら口に出せずに来たということ。";
    let long: Vec<String> = (0..6).map(|i| format!("{}{}", WORDS[i], again.repeat(2 * i))).collect();
    let long: Vec<&str> = long.iter().map(String::as_str).collect();
    let title = "ので、本人も家族もだれに何をたのめばよいのか分からないまま日がたってしまう";
    let titles: Vec<String> = (0..12).map(|i| format!("{}{}{title}", WORDS[i % 10], i / 10)).collect();
    vec![
        ("三つ", meeting(3, &[(1, 2), (2, 3)])),
        ("十二", meeting(12, &[(1, 2), (1, 3), (2, 4), (3, 4), (4, 5), (5, 6), (3, 7), (7, 8), (8, 5)])),
        ("二十", meeting(20, &tree(17))),
        ("六十", meeting(60, &tree(56))),
        ("二つの輪", two_circles()),
        ("一本の鎖", meeting(30, &chain)),
        ("とても長いことば", linked(&long, &[(1, 2), (2, 3), (1, 4), (4, 5), (5, 6), (6, 4)])),
        ("十二の鎖", meeting(12, &chain[..11])),
        ("根から二十五", meeting(26, &(2..=26).map(|i| (1, i)).collect::<Vec<_>>())),
        ("遠い輪", far_circle()),
        ("同じ根が三つ", equal_roots(3, 24)),
        ("同じ根が三十", equal_roots(30, 12)),
        ("長い題の輪", linked(&titles.iter().map(String::as_str).collect::<Vec<_>>(), &ROUND_OF_FOUR)),
    ]
}

/// A circle of four with what leads to it, and what it leads to.
const ROUND_OF_FOUR: [(usize, usize); 12] =
    [(1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 3), (1, 7), (7, 8), (5, 9), (9, 10), (6, 11), (8, 12)];

/// So many that all lead to a chain of so many others.
fn equal_roots(roots: usize, others: usize) -> Dossier {
    let chain = (1..others).map(|i| (roots + i, roots + i + 1));
    let links: Vec<_> = (1..=roots).map(|root| (root, roots + 1)).chain(chain).collect();
    meeting(roots + others, &links)
}

/// The same with six that are linked to nothing, and a chain behind it.
fn far_circle() -> Dossier {
    let links: Vec<_> = ROUND_OF_FOUR.into_iter().chain((12..20).map(|i| (i, i + 1))).collect();
    meeting(27, &links)
}

fn chart(dossier: Dossier, size: (u16, u16)) -> Driver {
    let mut d = Driver::with(dossier);
    d.send(Msg::Resize(size.0, size.1));
    d.keys("ctrl-g 4 f12");
    d
}

/// Without what a line of the screen adds.
fn run(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Where the box of an issue begins on the screen; none where it is not wholly seen.
fn spot(d: &Driver, id: Id<Node>) -> Option<(u16, u16)> {
    let state = d.desk().map.chart.as_ref()?;
    let pane = ChartPanes::of(&d.desk().doc, &d.model.cx, &d.desk().map).chart;
    let area = state.chart.find(id)?.area;
    let (x, y) = (area.x - state.scroll().0, area.y - state.scroll().1);
    let seen =
        x >= 0 && y >= 0 && x + area.w <= i32::from(pane.width) && y + area.h <= i32::from(pane.height);
    seen.then(|| (pane.x + x as u16, pane.y + y as u16))
}

#[test]
fn 根はどの大きさでも図の始めに見え_見出しがことばで言う() {
    for (name, dossier) in charts() {
        for size in SIZES {
            let d = chart(dossier.clone(), size);
            let root = d.desk().doc.causes.root().unwrap();
            assert!(spot(&d, root.id).is_some(), "{name} {size:?}\n{}", picture(&d, size));
            let placed = d.desk().map.chart.as_ref().unwrap().chart.find(root.id).unwrap();
            assert_eq!(placed.depth, 0, "{name}: nothing stands before the root");
            let words: String = d.dossier().nodes[&root.id].text.chars().take(20).collect();
            let said = format!("「{words}");
            let shown = run(&picture(&d, size));
            assert!(
                shown.contains(&said) && shown.contains(&format!("{}件の課題に行き着きます", root.reach)),
                "{shown}"
            );
            assert!(!shown.contains("を解くと"));
        }
    }
}

/// What stands on the screen of the chart: every box with some of its words, and which issues these are.
fn seen_boxes(d: &Driver) -> Result<BTreeSet<Id<Node>>, String> {
    let chart = &d.desk().map.chart.as_ref().unwrap().chart;
    let mut seen = BTreeSet::new();
    for placed in &chart.boxes {
        let What::Node(id) = placed.what else { continue };
        let words = placed.lines.concat();
        let said = words.trim_end_matches('…');
        let few = d.dossier().nodes[&id].text.chars().count().min(4);
        if spot(d, id).is_none() || said.chars().count() < few {
            return Err(format!("{words:?} {:?}", placed.area));
        }
        seen.insert(id);
    }
    if seen.len() + chart.left_out != d.desk().doc.causes.ids().len() {
        return Err(format!("{} and {}", seen.len(), chart.left_out));
    }
    Ok(seen)
}

/// The root, the selected issue and all that goes round in circles.
fn never_left_out(d: &Driver) -> BTreeSet<Id<Node>> {
    let causes = &d.desk().doc.causes;
    let circles = causes.circles().iter().flat_map(|c| c.round.iter().chain(&c.others)).copied();
    let selected = match d.desk().map.selected {
        What::Node(id) => Some(id),
        _ => None,
    };
    circles.chain(causes.roots()).chain(selected).collect()
}

#[test]
fn 根と輪と選んだ課題はどの大きさでも画面にあり_ことばのない箱はない() {
    let all = charts().into_iter().chain([("つながりなし", meeting(9, &[]))]);
    for (name, dossier) in all {
        for size in SIZES {
            let mut d = chart(dossier.clone(), size);
            for key in
                ["f1 esc", "pagedown", "pageup*2", "down*3", "right", "pagedown*7", "ctrl-f 「日」 esc"]
            {
                d.keys(key);
                let shown = || format!("{name} {size:?} {key}\n{}", picture(&d, size));
                let seen = seen_boxes(&d).unwrap_or_else(|what| panic!("{what}\n{}", shown()));
                // On the smallest screen, of a large circle what has room.
                let never = never_left_out(&d);
                let few = size > SIZES[0] && never.len() < 12 || never.len() < 6;
                assert!(!few || never.is_subset(&seen), "{}", shown());
                let root = d.desk().doc.causes.root().map(|root| root.id);
                assert!(root.is_none_or(|root| seen.contains(&root)), "{}", shown());
                let left = d.dossier().issues().len() - seen.len();
                let said = format!("ほかに {left}件");
                assert_eq!(picture(&d, size).contains(&said), left > 0, "{}", shown());
            }
        }
    }
}

#[test]
fn 同じ根はみな図に残り_入りきらなければことばで言う() {
    for (roots, others) in [(2, 30), (3, 24), (5, 40), (9, 60), (30, 12)] {
        for size in SIZES {
            let d = chart(equal_roots(roots, others), size);
            let causes = &d.desk().doc.causes;
            let (root, all) = (causes.root().unwrap(), causes.roots());
            assert_eq!((all.len(), root.all.len()), (roots, roots));
            let seen: BTreeSet<_> = all.iter().filter(|id| spot(&d, **id).is_some()).collect();
            let shown = picture(&d, size);
            // Of a few none gives way; where there are very many, only roots stay, and others are named beside.
            assert!(seen.len() == roots || roots > 9, "{roots} {size:?}\n{shown}");
            if let Some(hidden) = all.iter().find(|id| !seen.contains(id)) {
                let words: String = d.dossier().nodes[hidden].text.chars().take(5).collect();
                let row = shown.lines().find(|line| line.contains("ほかに")).unwrap();
                assert!(run(row).contains(&format!("◎「{words}")), "{roots} {size:?}\n{shown}");
                let chart = &d.desk().map.chart.as_ref().unwrap().chart;
                assert!(
                    chart.boxes.iter().all(|b| matches!(b.what, What::Node(id) if causes.is_root(id))),
                    "{shown}"
                );
            }
        }
    }
}

#[test]
fn 広い画面では課題がみな並ぶ() {
    for (name, dossier, from) in [
        ("十二の鎖", meeting(12, &(1..12).map(|i| (i, i + 1)).collect::<Vec<_>>()), (120, 40)),
        ("輪が四つ", meeting(12, &ROUND_OF_FOUR), (120, 40)),
        ("見本", jirei::export::sample::case_a().unwrap(), (120, 40)),
        ("遠い輪", far_circle(), (200, 60)),
        ("二つの輪", two_circles(), (120, 40)),
        ("根から二十五", meeting(26, &(2..=26).map(|i| (1, i)).collect::<Vec<_>>()), (160, 45)),
    ] {
        for size in SIZES.into_iter().filter(|size| *size >= from) {
            let d = chart(dossier.clone(), size);
            let state = d.desk().map.chart.as_ref().unwrap();
            assert_eq!(state.chart.left_out, 0, "{name} {size:?}\n{}", picture(&d, size));
        }
    }
}

#[test]
fn 見本の図も根から始まりことばで言う() {
    for size in SIZES {
        let d = chart(jirei::export::sample::case_a().unwrap(), size);
        let shown = run(&picture(&d, size));
        let said = "「飲まない理由をチームで共有できていない」から線をたどると、12件の課題に行き着きます";
        assert!(shown.contains(said), "{size:?}\n{}", picture(&d, size));
        assert!(spot(&d, d.desk().doc.causes.root().unwrap().id).is_some());
    }
}

#[test]
fn 輪の中の課題にはみな印と色がつく() {
    for palette in [Palette::Dark, Palette::Light] {
        let size = (200, 60);
        let d = chart(two_circles(), size);
        let theme = Theme { palette, ..Theme::default() };
        let mut frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        draw(&mut frame, &d.model, &Look { theme, signs: Signs::unicode() });
        let warning = theme.style(Meaning::Warning).fg.unwrap();
        for issue in d.dossier().issues() {
            let (x, y) = spot(&d, issue.id).unwrap();
            let area = d.desk().map.chart.as_ref().unwrap().chart.find(issue.id).unwrap().area;
            let selected = d.desk().map.selected == What::Node(issue.id);
            let cells = (y..y + area.h as u16).flat_map(|y| (x..x + area.w as u16).map(move |x| (x, y)));
            let cells: Vec<_> = cells.map(|at| &frame[at]).collect();
            let marked = cells.iter().any(|cell| cell.symbol() == "環");
            let words = issue.text.chars().next().unwrap().to_string();
            let coloured = cells.iter().any(|cell| cell.symbol() == words && cell.fg == warning);
            let round = d.desk().doc.causes.circle_of(issue.id).is_some();
            assert_eq!(marked, round, "{}", issue.text);
            assert!(selected || coloured == round, "{}", issue.text);
        }
        let (inside, lines) = (
            |id| d.desk().doc.causes.circle_of(id).is_some(),
            &d.desk().map.chart.as_ref().unwrap().chart.lines,
        );
        assert!(lines.iter().all(|line| line.round == (inside(line.from) && inside(line.to))));
    }
    let shown = run(&picture(&chart(two_circles(), (160, 45)), (160, 45)));
    assert!(
        shown.contains("また「夫が眠れない」にもどります") && shown.contains("断ちやすいのは"),
        "{shown}"
    );
    let shown = run(&picture(&chart(two_circles(), (80, 24)), (80, 24)));
    assert!(shown.contains("「夫が眠れない」から5件をめぐって、もとにもどる悪循環"), "{shown}");
}

#[test]
fn 広い画面の図は真ん中に広がる() {
    for (name, dossier) in charts() {
        let d = chart(dossier, (200, 60));
        let state = d.desk().map.chart.as_ref().unwrap();
        let pane = ChartPanes::of(&d.desk().doc, &d.model.cx, &d.desk().map).chart;
        let bounds = state.chart.bounds;
        if bounds.w + 2 > i32::from(pane.width) || bounds.h >= i32::from(pane.height) {
            continue;
        }
        let left = bounds.x - state.scroll().0;
        let right = i32::from(pane.width) - left - bounds.w;
        assert!((left - right).abs() <= 1, "{name}: {left} and {right}");
    }
    let d = chart(meeting(12, &[(1, 2), (1, 3), (2, 4), (3, 4)]), (200, 60));
    let chart = &d.desk().map.chart.as_ref().unwrap().chart;
    assert!(chart.frame.1 > 0 && chart.bounds.w > 90, "{:?}", chart.bounds);
}

#[test]
fn つながりがなければそう言い_課題はみな並ぶ() {
    for size in SIZES {
        let d = chart(meeting(5, &[]), size);
        let shown = picture(&d, size);
        assert!(shown.contains("まだ何もつながっていません"), "{shown}");
        assert!(WORDS[..5].iter().all(|words| shown.contains(words)), "{shown}");
    }
}

#[test]
fn 図の足もとは相手のことばと理由を言う() {
    let mut dossier = meeting(3, &[(1, 2)]);
    dossier.links.values_mut().for_each(|link| link.label = "責められると思っている".into());
    let d = chart(dossier, (120, 40));
    assert!(run(&picture(&d, (120, 40))).contains("②近所に黙っている（理由：責められると思っている）"));
}

#[test]
fn 読みあげの一枚目に根と悪循環が文で出る() {
    for size in SIZES {
        let mut d = Driver::with(two_circles());
        d.send(Msg::Resize(size.0, size.1));
        d.keys("ctrl-g 4 ctrl-x");
        let pages = d.desk().read_back_pages(&d.model.cx);
        let page: String = pages[0].iter().map(|line| run(&line.words)).collect();
        for said in [
            "「昼も夜も二人きりで息がつまる」から線をたどると、6件の課題に行き着きます",
            "「夫が眠れない」から「夜中に外へ出る」「近所に黙っている」へと進み、また「夫が眠れない」にもどります",
            "断ちやすいのは、「近所に黙っている」から「夫が眠れない」への線です。",
        ] {
            assert!(page.contains(said), "{size:?}: {page}");
        }
        let shown = picture(&d, size);
        assert!(shown.contains("根にある課題") && !shown.contains("夜 中 に"), "{shown}");
    }
}

#[test]
fn 読みあげる行は語の途中で切れない() {
    for size in SIZES {
        for step in [1, 2, 4, 5, 6, 7] {
            let mut d = Driver::case_a();
            d.send(Msg::Resize(size.0, size.1));
            d.keys(&format!("ctrl-g {step}"));
            for page in d.desk().read_back_pages(&d.model.cx) {
                for pair in page.windows(2) {
                    let [a, b] = [&pair[0], &pair[1]].map(|line| line.words.trim_end());
                    let goes_on = b.starts_with("     ") && !b.trim().is_empty();
                    let (Some(last), Some(first)) = (a.chars().next_back(), b.trim_start().chars().next())
                    else {
                        continue;
                    };
                    let kanji = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
                    assert!(!(goes_on && kanji(last) && kanji(first)), "{size:?} {step}: {a} / {b}");
                }
            }
        }
    }
}

#[test]
fn 図の足もとは原因と結果をみな言うか_ほかの数を言う() {
    for (name, dossier) in charts() {
        for size in SIZES {
            let mut d = chart(dossier.clone(), size);
            let links: Vec<_> = d.dossier().links.values().cloned().collect();
            let issues: Vec<(Id<Node>, u32)> =
                d.dossier().issues().iter().map(|n| (n.id, n.number)).collect();
            for (id, number) in issues.into_iter().take(12) {
                d.model.meeting_mut().unwrap().0.map.selected = What::Node(id);
                d.tick();
                let (shown, signs) = (picture(&d, size), Signs::unicode());
                let sign = signs.number(number);
                let pane = ChartPanes::of(&d.desk().doc, &d.model.cx, &d.desk().map).foot;
                let rows = shown.lines().skip(pane.y.into()).take(pane.height.into());
                if pane.is_empty() {
                    continue;
                }
                let foot: String = rows.map(|row| run(row.split('│').next().unwrap())).collect();
                let (causes, effects) = foot.split_once(&format!("{sign}→")).unwrap();
                let reach = d.desk().doc.causes.reach(id);
                for (part, count) in [
                    (causes, links.iter().filter(|l| l.to == id).count()),
                    (effects, links.iter().filter(|l| l.from == id).count()),
                ] {
                    let ends = |l: &Link| if part == causes { (l.to, l.from) } else { (l.from, l.to) };
                    let names = |link: &&Link| {
                        let (own, other) = ends(link);
                        own == id && part.contains(&*signs.number(d.dossier().nodes[&other].number))
                    };
                    let seen = links.iter().filter(names).count();
                    let rest = format!("ほか{}件（F9）", count - seen);
                    assert!(seen == count || part.contains(&rest), "{name} {size:?} {sign}: {part}\n{shown}");
                    assert!(seen > 0 || count == 0, "{name} {size:?} {sign}: {part}");
                }
                let told = format!("（たどると全部で{reach}件）");
                assert!(
                    !effects.contains("たどると") || effects.contains(&told),
                    "{name} {size:?} {sign}: {effects}"
                );
            }
        }
    }
}

#[test]
fn 悪循環が多くても数は切れない() {
    let circles =
        meeting(12, &[(1, 2), (2, 1), (3, 4), (4, 3), (5, 6), (6, 5), (7, 8), (8, 7), (9, 10), (10, 9)]);
    for size in SIZES {
        let shown = picture(&chart(circles.clone(), size), size);
        let told = shown.lines().filter(|line| line.trim_start().starts_with("環 ")).count();
        let rest = format!("悪循環はほかに{}つ", 5 - told);
        assert!(told == 5 || shown.contains(&rest), "{size:?} {told}\n{shown}");
    }
}

/// Beside the map the sentences stand whole before any link does, and a row of a link names both of its ends.
#[test]
fn 課題の分析の脇では根と輪の文が切れず_つながりの行は両はしを言う() {
    for (name, dossier) in [("輪が四つ", meeting(12, &ROUND_OF_FOUR)), ("二つの輪", two_circles())] {
        for size in SIZES.into_iter().skip(1) {
            let mut d = Driver::with(dossier.clone());
            d.send(Msg::Resize(size.0, size.1));
            d.keys("ctrl-g 4");
            let side = d.desk().map.panes(size).side;
            let shown = picture(&d, size);
            let column: Vec<String> = (0..side.height).map(|y| rows_of(&shown, side.y + y, side.x)).collect();
            let all = run(&column.concat());
            let (dossier, causes) = (&d.desk().doc.dossier, &d.desk().doc.causes);
            let circle = &causes.circles()[0];
            let sentences = [
                say::root(dossier, causes).unwrap(),
                say::circle(dossier, circle),
                say::breaking(dossier, circle),
            ];
            for sentence in sentences {
                assert!(all.contains(&run(&sentence)), "{name} {size:?} {sentence}\n{shown}");
            }
            let newest = dossier.links.values().next_back().unwrap();
            let [cause, effect] = [newest.from, newest.to].map(|id| &dossier.nodes[&id]);
            let said =
                [run(&cause.text), format!("→{}", Signs::unicode().number(effect.number)), run(&effect.text)];
            assert!(said.iter().all(|said| all.contains(said)), "{name} {size:?} {said:?}\n{shown}");
        }
    }
}

/// What stands in a row from a column on.
fn rows_of(shown: &str, row: u16, column: u16) -> String {
    let line = shown.lines().nth(row.into()).unwrap_or_default();
    let mut at = 0;
    line.chars()
        .skip_while(|c| {
            let before = at < usize::from(column);
            at += jirei::layout::measure::width(&c.to_string());
            before
        })
        .collect()
}
