//! What a chart must be, whatever the links: nothing on top of anything else, every line from its cause to its effect.

use std::collections::{BTreeMap, HashMap, HashSet};

use proptest::prelude::*;

use super::*;
use crate::domain::Link;
use crate::layout::measure::graphemes;
use crate::layout::sample::{Map, out_of_reach, stamp};

/// Issues ①②… with so many characters each, linked as said.
fn issues(words: &[&str], links: &[(usize, usize)]) -> Dossier {
    let outline = words.iter().fold("枝\n".to_owned(), |all, text| all + "  !" + text + "\n");
    let mut dossier = Map::new(&outline).dossier;
    let ids: Vec<Id<Node>> = dossier.issues().iter().map(|n| n.id).collect();
    let mut mint = stamp(3).ids();
    for (from, to) in links {
        let (meeting, at) = (dossier.meeting.id, stamp(0).at);
        let link =
            Link { id: mint.id(), meeting, from: ids[*from - 1], to: ids[*to - 1], label: String::new(), at };
        dossier.links.insert(link.id, link);
    }
    dossier
}

fn chart(dossier: &Dossier, flow: Flow) -> Chart {
    chart_within(dossier, flow, 76)
}

fn chart_within(dossier: &Dossier, flow: Flow, across: i32) -> Chart {
    let causes = Causes::of(dossier);
    let signs = Signs::unicode();
    lay_out(&Input {
        dossier,
        causes: &causes,
        signs,
        flow,
        wrap: 12,
        most: usize::MAX,
        across,
        frame: (0, 0),
        air: (0, 0),
    })
}

/// The chart as characters.
fn picture(dossier: &Dossier, chart: &Chart) -> String {
    let signs = Signs::unicode();
    let causes = Causes::of(dossier);
    let mut cells: BTreeMap<(i32, i32), String> = BTreeMap::new();
    let mut write = |x: i32, y: i32, text: &str| {
        let mut at = x;
        for (_, grapheme, width) in graphemes(text) {
            cells.insert((y, at), grapheme.to_owned());
            (1..width as i32).for_each(|half| drop(cells.insert((y, at + half), String::new())));
            at += width as i32;
        }
    };
    for cell in &chart.cells {
        write(
            cell.x,
            cell.y,
            if cell.back { signs.back_stroke(cell.stroke) } else { signs.stroke(cell.stroke) },
        );
    }
    for line in &chart.lines {
        let (x, y) = line.head().unwrap();
        write(x, y, chart.head(signs, line));
    }
    for placed in &chart.boxes {
        let What::Node(id) = placed.what else { continue };
        let before = before(signs, &causes, &dossier.nodes[&id]);
        write(placed.area.x, placed.area.y, &before);
        for (i, line) in placed.lines.iter().enumerate() {
            write(placed.area.x + placed.room.before as i32, placed.area.y + i as i32, line);
        }
    }
    if let Some((x, y)) = chart.heading {
        write(x, y, UNLINKED);
    }
    let rows = (0..chart.bounds.bottom()).map(|y| {
        let row = (0..chart.bounds.right()).map(|x| cells.get(&(y, x)).map_or(" ", String::as_str));
        row.collect::<String>().trim_end().to_owned()
    });
    rows.collect::<Vec<_>>().join("\n")
}

const WORDS: [&str; 8] = [
    "薬を飲まない",
    "飲まない理由をだれも聞いたことがない",
    "眠れない",
    "昼に寝る",
    "外に出ない",
    "人と話さない",
    "食べない",
    "家族が疲れる",
];

#[test]
fn 知っているつながりの図() {
    for (name, count, links) in [
        ("a_chain_and_a_fork", 6, &[(2, 1), (1, 3), (3, 4), (1, 5), (5, 6), (2, 6)][..]),
        ("only_a_circle", 4, &[(1, 3), (3, 4), (4, 1)]),
        ("two_circles_and_a_way_in", 7, &[(2, 3), (3, 4), (4, 3), (4, 5), (5, 6), (6, 4), (6, 7)]),
        ("two_roots", 5, &[(1, 3), (2, 3), (3, 4), (4, 5), (1, 5)]),
        ("two_groups", 8, &[(1, 2), (3, 4), (4, 5), (3, 5)]),
        ("none", 3, &[]),
        ("many_causes", 7, &[(1, 7), (2, 7), (3, 7), (4, 7), (5, 7), (6, 7)]),
        ("opposite", 2, &[(1, 2), (2, 1)]),
    ] {
        let dossier = issues(&WORDS[..count], links);
        for (flow, end) in [(Flow::Right, "right"), (Flow::Down, "down")] {
            let chart = chart(&dossier, flow);
            holds(&dossier, &chart).unwrap();
            insta::assert_snapshot!(format!("{name}_{end}"), picture(&dossier, &chart));
        }
    }
}

#[test]
fn つながりも課題もない図は空() {
    let chart = chart(&issues(&[], &[]), Flow::Right);
    assert_eq!((chart.boxes.len(), chart.heading, chart.bounds), (0, None, Area::default()));
}

/// All that must hold of a chart of all issues.
fn holds(dossier: &Dossier, chart: &Chart) -> Result<(), TestCaseError> {
    let causes = Causes::of(dossier);
    prop_assert_eq!(chart.boxes.len(), causes.ids().len(), "an issue is missing");
    for line in &chart.lines {
        prop_assert!(causes.effects(line.from).any(|to| to == line.to), "no such link: {line:?}");
    }
    prop_assert_eq!(chart.lines.len(), dossier.links.len());
    lies_apart(chart)
}

/// All that must hold of every chart.
fn lies_apart(chart: &Chart) -> Result<(), TestCaseError> {
    let ids: HashSet<What> = chart.boxes.iter().map(|b| b.what).collect();
    prop_assert_eq!(ids.len(), chart.boxes.len(), "an issue stands twice");
    for (i, a) in chart.boxes.iter().enumerate() {
        prop_assert!(chart.bounds.holds(a.area), "{:?} lies outside {:?}", a.area, chart.bounds);
        let grown = Area { x: a.area.x - 1, w: a.area.w + 2, ..a.area };
        for b in &chart.boxes[i + 1..] {
            prop_assert!(!grown.meets(b.area), "{:?} meets {:?}", a, b);
        }
        for cell in &chart.cells {
            prop_assert!(!a.area.contains(cell.x, cell.y), "{cell:?} crosses {a:?}");
        }
    }
    // Where every line is, and to which issue's fork it belongs there.
    let mut at: HashMap<(i32, i32), Vec<(&super::Link, Stroke)>> = HashMap::new();
    for line in &chart.lines {
        for pair in line.points.windows(2) {
            prop_assert!(pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1, "a slanting line: {line:?}");
        }
        let mut own: HashMap<(i32, i32), Stroke> = HashMap::new();
        for (x, y, stroke) in line.strokes(chart.flow) {
            let cell = own.entry((x, y)).or_insert(Stroke::NONE);
            *cell = cell.and(stroke);
        }
        for (cell, stroke) in own {
            at.entry(cell).or_default().push((line, stroke));
        }
        let (start, end) = (line.points[0], line.head().unwrap());
        let beside = |id: Id<Node>, (x, y): (i32, i32)| {
            let area = chart.find(id).unwrap().area;
            // Many lines take more room than few words: they end beside the box or in line with its edge.
            match chart.flow {
                Flow::Right => x == area.x - 2 || x == area.right() + 1,
                Flow::Down => y == area.y - 1 || y == area.bottom(),
            }
        };
        prop_assert!(beside(line.from, start) && beside(line.to, end), "{line:?} ends in nothing");
    }
    let kin = |a: &super::Link, b: &super::Link| {
        a.back == b.back && if a.back { a.to == b.to } else { a.from == b.from }
    };
    for ((x, y), lines) in &at {
        for (i, (a, first)) in lines.iter().enumerate() {
            for (b, second) in &lines[i + 1..] {
                let crossing = (*first == Stroke::VERTICAL && *second == Stroke::HORIZONTAL)
                    || (*first == Stroke::HORIZONTAL && *second == Stroke::VERTICAL);
                prop_assert!(kin(a, b) || crossing, "two lines lie on one another at {x},{y}: {a:?} {b:?}");
            }
        }
    }
    for line in &chart.lines {
        let head = line.head().unwrap();
        let others = at.get(&head).map_or(0, Vec::len);
        prop_assert!(others == 0, "a line runs through an arrowhead");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn 何をどうつないでも重ならない(
        count in 1usize..14,
        links in proptest::collection::btree_set((1usize..14, 1usize..14), 0..26),
        down in any::<bool>(),
    ) {
        let words: Vec<String> = (0..count).map(|i| WORDS[i % WORDS.len()].chars().cycle().take(1 + i * 7 % 23).collect()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let links: Vec<(usize, usize)> =
            links.into_iter().filter(|(a, b)| a != b && *a <= count && *b <= count).collect();
        let dossier = issues(&words, &links);
        let chart = chart(&dossier, if down { Flow::Down } else { Flow::Right });
        holds(&dossier, &chart)?;
    }

    #[test]
    fn どこに置いても根と選んだ課題が見え_輪のほかから引っこむ(
        count in 1usize..30,
        links in proptest::collection::btree_set((1usize..30, 1usize..30), 0..50),
        length in 1usize..60,
        room in (60i32..200, 10i32..50),
        selected in 0usize..30,
    ) {
        let words: Vec<String> = (0..count).map(|i| WORDS[i % WORDS.len()].chars().cycle().take(1 + i * 7 % length).collect()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let links: Vec<(usize, usize)> =
            links.into_iter().filter(|(a, b)| a != b && *a <= count && *b <= count).collect();
        let dossier = issues(&words, &links);
        let (causes, signs) = (Causes::of(&dossier), Signs::unicode());
        let id = causes.ids()[selected % count];
        let mut chart = fit(&dossier, &causes, signs, room, None);
        if chart.find(id).is_none() {
            chart.unfold(&dossier, &causes, signs, room, id);
        }
        lies_apart(&chart)?;
        let row = i32::from(chart.left_out > 0);
        prop_assert!(chart.bounds.w + 2 <= room.0 && chart.bounds.h + row <= room.1, "{:?} {room:?}", chart.bounds);
        prop_assert_eq!(chart.boxes.len() + chart.left_out, count);
        prop_assert!(chart.root.into_iter().chain([id]).all(|id| chart.find(id).is_some()));
        let round = |c: &crate::domain::causes::Circle| c.round.iter().chain(&c.others).all(|id| chart.find(*id).is_some());
        prop_assert!(chart.short || causes.circles().iter().all(round));
        prop_assert!(!chart.short || chart.boxes.iter().all(|b| match b.what {
            What::Node(other) => other == id || causes.is_root(other) || causes.circle_of(other).is_some(),
            _ => false,
        }), "what goes round gave way before what does not");
        prop_assert!(
            causes.roots().iter().all(|root| causes.circle_of(*root).is_some() || chart.find(*root).is_some())
                || chart.boxes.iter().all(|b| matches!(b.what, What::Node(other) if other == id || causes.is_root(other))),
            "a root gave way before what is none"
        );
        for placed in &chart.boxes {
            let What::Node(id) = placed.what else { continue };
            let least = dossier.nodes[&id].text.chars().count().min(4);
            prop_assert!(placed.lines.concat().trim_end_matches('…').chars().count() >= least, "{placed:?}");
        }
        for line in &chart.lines {
            let mut open = vec![line.from];
            let mut seen = HashSet::new();
            while let Some(at) = open.pop() {
                open.extend(causes.effects(at).filter(|to| seen.insert(*to)));
            }
            prop_assert!(seen.contains(&line.to), "it does not lead there: {line:?}");
        }
    }

    #[test]
    fn 矢印キーでどこからどこへも行ける(
        count in 1usize..20,
        links in proptest::collection::btree_set((1usize..20, 1usize..20), 0..40),
        across in 20i32..160,
    ) {
        let links: Vec<(usize, usize)> =
            links.into_iter().filter(|(a, b)| a != b && *a <= count && *b <= count).collect();
        let words: Vec<&str> = WORDS.into_iter().cycle().take(count).collect();
        for flow in [Flow::Right, Flow::Down] {
            prop_assert_eq!(lost(&issues(&words, &links), flow, across), [], "{:?}", flow);
        }
    }
}

/// The issues that arrow keys do not lead to from every other.
fn lost(dossier: &Dossier, flow: Flow, across: i32) -> Vec<What> {
    let chart = chart_within(dossier, flow, across);
    let node = |what| if let What::Node(id) = what { Some(id) } else { None };
    let ways = [Towards::Up, Towards::Down, Towards::Left, Towards::Right];
    out_of_reach(&chart.boxes, |from| {
        ways.map(|towards| node(from).and_then(|id| chart.step(id, towards)).map(What::Node))
    })
}

#[test]
fn 矢印は線と列をたどり端からは隣へ移る() {
    let dossier = issues(&WORDS, &[(1, 2), (3, 4), (4, 5), (3, 5)]);
    let ids: Vec<Id<Node>> = dossier.issues().iter().map(|n| n.id).collect();
    let number = |id| ids.iter().position(|i| *i == id).unwrap() + 1;
    // Up, down, left, right; 0 where nothing lies. Of the snapshots two_groups_right and two_groups_down.
    for (flow, expected) in [
        (Flow::Right, [(3, [4, 6, 0, 4]), (5, [0, 7, 4, 1]), (1, [0, 8, 5, 2]), (6, [3, 0, 0, 7])]),
        (Flow::Down, [(3, [0, 4, 0, 1]), (5, [4, 0, 0, 2]), (1, [0, 2, 3, 6]), (6, [0, 7, 1, 0])]),
    ] {
        let chart = chart(&dossier, flow);
        for (from, expected) in expected {
            let ways = [Towards::Up, Towards::Down, Towards::Left, Towards::Right];
            let found = ways.map(|towards| chart.step(ids[from - 1], towards).map_or(0, number));
            assert_eq!(found, expected, "{flow:?} {from}");
        }
    }
}

#[test]
fn 長い線のわきの課題へも行ける() {
    let links = [(2, 5), (2, 6), (4, 5), (5, 3), (5, 7), (6, 5), (6, 7), (7, 8)];
    for flow in [Flow::Right, Flow::Down] {
        assert_eq!(lost(&issues(&WORDS, &links), flow, 76), [], "{flow:?}");
    }
}

#[test]
fn 番号のない課題の名に制御文字は残らない() {
    let mut dossier = issues(&["一", "二"], &[(1, 2), (2, 1)]);
    for node in dossier.nodes.values_mut() {
        (node.number, node.text) = (0, "\u{1b}]0;題\u{7}赤\u{1b}[31m\nい".into());
    }
    let causes = Causes::of(&dossier);
    let circle = &causes.circles()[0];
    let said = crate::domain::causes::say::circle(&dossier, circle);
    assert_eq!(said, "「赤 い」から「赤 い」へと進み、また「赤 い」にもどります");
    assert_eq!(
        say::brief(Signs::unicode(), &dossier, circle),
        "「赤 い」から2件をめぐって、もとにもどる悪循環"
    );
}
