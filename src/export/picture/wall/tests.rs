//! What holds for every page of the map: letters are large enough, and what weighs most stays.

use std::collections::BTreeMap;

use super::*;
use crate::domain::Link;
use crate::layout::sample::Map;

/// A4 on its side, in points.
const ROOM: (f32, f32) = (786.0, 470.0);
const SPACE: Space = Space { room: ROOM, letters: (8.0, 12.0), folded: 40 };

/// Branches with twigs, a third of them under the one before, each sixth an issue and each ninth a wish.
fn meeting(branches: usize, entries: usize) -> Dossier {
    let mut outline = String::new();
    for branch in 0..branches {
        outline += &format!("大枝{branch}\n");
        for i in (branch..entries).step_by(branches) {
            let sign = if i % 6 == 0 {
                "!"
            } else if i % 9 == 0 {
                "*"
            } else {
                ""
            };
            let deeper = if i / branches % 3 == 2 { "  " } else { "" };
            outline += &format!("  {deeper}{sign}畑の水を朝くむ{i}番\n");
        }
    }
    Map::new(&outline).dossier
}

#[test]
fn どの大きさの会議でも字は八ポイントから小さくならず_課題と思いは絵に残る() {
    for (branches, entries, most) in
        [(8, 0, 1), (8, 12, 1), (5, 60, 1), (8, 140, 1), (10, 260, 3), (3, 180, 3), (1, 90, 1)]
    {
        let dossier = meeting(branches, entries);
        let pages = pages(&dossier, &Tree::new(&dossier), &SPACE);
        let case = format!("{branches} branches, {entries} entries: {} pages", pages.len());
        assert!(pages.len() <= most, "{case}");
        let words: String = pages
            .iter()
            .map(|page| page.picture.shapes.picture(1.0, 1.0, "", super::super::super::svg::Place::Page))
            .collect();
        let seen = |node: &&Node| words.contains(&format!(">{}<", node.text)) || words.contains(&node.text);
        let folded: usize = pages.iter().map(|page| page.folded).sum();
        assert_eq!(dossier.nodes.values().filter(seen).count() + folded, entries, "{case}");
        for node in dossier.nodes.values().filter(|n| matches!(n.kind, Kind::Issue | Kind::Feeling)) {
            assert!(seen(&node), "{case}: {}", node.text);
        }
        for page in &pages {
            let unit = page.letter / FONT;
            assert!(page.letter >= 8.0, "{case}: {}", page.letter);
            assert!(page.picture.w * unit <= ROOM.0 + 0.5 && page.picture.h * unit <= ROOM.1 + 0.5, "{case}");
        }
    }
}

/// By columns: of the branches that stand in no other, which twigs there are and whether they are seen.
fn by_column<'d>(dossier: &'d Dossier, tree: &Tree, layout: &Layout) -> Vec<Vec<(&'d Node, bool)>> {
    let seen: BTreeSet<Id<Node>> = layout.boxes.iter().filter_map(node_of).collect();
    let goes_on = |at: usize| layout.boxes.iter().any(|placed| placed.what == What::Continued(at));
    let mut columns: BTreeMap<i32, Vec<(&Node, bool)>> = BTreeMap::new();
    for placed in &layout.boxes {
        if let What::Branch(at) = placed.what
            && !goes_on(at)
        {
            // All titles of a column begin at its trunk.
            let trunk = if placed.side == Side::Left { -placed.area.right() } else { placed.area.x + 1 };
            let twigs = tree.branch(at).into_iter().map(|id| (&dossier.nodes[&id], seen.contains(&id)));
            columns.entry(trunk).or_default().extend(twigs);
        }
    }
    columns.into_values().collect()
}

#[test]
fn 課題や思いが数になるうちは同じ列の情報は絵に出ない() {
    let wide = Space { room: (916.0, 452.0), letters: (12.0, 18.0), folded: 0 };
    let mut crowded = 0;
    for (branches, entries, every) in
        [(3, 20, 2), (8, 120, 4), (8, 180, 3), (7, 240, 6), (5, 300, 8), (8, 300, 2), (6, 150, usize::MAX)]
    {
        let twig = |i: usize| {
            let sign = ["", "*", "+", "?", ">"][i * 7 % 5];
            let sign = match (i % every == every / 2, i % 3) {
                (true, _) => "!",
                (false, 0) => sign,
                _ => "",
            };
            let deeper = "  ".repeat(i / branches % 4);
            format!("  {deeper}{sign}浜の舟の番をする人が{}いない{i}\n", "月に二度".repeat(i % 3))
        };
        let branch = |at: usize| {
            let twigs = (at..entries).step_by(branches).map(twig).collect::<String>();
            format!("{}大枝{at}\n{twigs}", ["<", ""][at % 2])
        };
        let mut dossier = Map::new(&(0..branches).map(branch).collect::<String>()).dossier;
        // The last of the issues go round, from the longest words.
        let issues: Vec<Id<Node>> = dossier.issues().iter().rev().take(3).map(|node| node.id).collect();
        for (i, from) in issues.iter().enumerate().filter(|_| issues.len() == 3) {
            let (id, meeting, to) = (from.cast(), dossier.meeting.id, issues[(i + 1) % 3]);
            let (label, at) = (String::new(), dossier.nodes[from].at);
            dossier.links.insert(id, Link { id, meeting, from: *from, to, label, at });
        }
        let tree = Tree::new(&dossier);
        for space in [&wide, &SPACE] {
            let sheets = Sheets::new(&dossier, &tree, space);
            let (layout, folds) = sheets.layout(&dossier, &tree, space.letters.0);
            let columns = by_column(&dossier, &tree, &layout);
            assert!(folds || entries < 240 || space == &SPACE, "{entries} entries");
            for column in &columns {
                let case = format!("{branches} branches, {entries} entries, {every}: {column:?}");
                let of = |kinds: &[Kind], seen: bool| {
                    column
                        .iter()
                        .filter(move |(node, there)| kinds.contains(&node.kind) && *there == seen)
                        .count()
                };
                let (loud, plain) = (of(&[Kind::Issue, Kind::Feeling], false), of(&[Kind::Fact], true));
                assert!(loud == 0 || plain == 0, "{loud} folded away beside {plain} facts: {case}");
                crowded += usize::from(loud > 0);
                let round = |node: &Node| issues.contains(&node.id);
                let away = column.iter().any(|(node, seen)| round(node) && !seen);
                assert!(!away || of(&[Kind::Feeling], true) == 0, "{case}");
            }
        }
    }
    assert!(crowded > 0, "in none of these meetings an issue has no room");
}

#[test]
fn 点線とたした数のある絵にはその意味も書いてある() {
    use super::super::super::svg::Place;
    use super::super::{overview, sheet, sheets, slides};
    let svg = |shapes: &Svg| shapes.picture(1.0, 1.0, "", Place::Page);
    let mut there = [0; 2];
    for (branches, entries) in [(4, 12), (8, 140), (8, 240), (9, 300)] {
        let dossier = meeting(branches, entries);
        let tree = Tree::new(&dossier);
        let sheets = sheets(&dossier, &tree, "ことばの表");
        let slides = slides(&dossier).into_iter().chain([overview(&dossier)]);
        let drawn =
            sheets.iter().map(|sheet| (svg(&sheet.picture.shapes), "は、「ことばの表」のページにあります。"));
        let drawn = drawn.chain(slides.map(|slide| (svg(&slide.shapes), "は、ここにない枝の数（全部で")));
        let drawn = drawn.chain([(svg(&sheet(&dossier).shapes), "―")]);
        for (i, (svg, said)) in drawn.enumerate() {
            let case = format!("{branches} branches, {entries} entries, picture {i}");
            let (plus, dashed) = (svg.contains(" ＋") || svg.contains(">＋"), svg.contains("dasharray"));
            assert_eq!(svg.contains("間に、ここにない枝"), dashed, "{case}");
            assert_eq!(svg.contains(said), plus, "{case}");
            there[0] += usize::from(plus);
            there[1] += usize::from(dashed);
        }
    }
    assert!(there.iter().all(|count| *count > 1), "{there:?}");
}

#[test]
fn 一枚に入らない大枝は順に次の紙へ() {
    let dossier = meeting(6, 420);
    let pages = pages(&dossier, &Tree::new(&dossier), &SPACE);
    let on: Vec<usize> = pages.iter().flat_map(|page| page.branches.clone()).collect();
    assert!(pages.len() > 1);
    assert_eq!(on, [0, 1, 2, 3, 4, 5]);
}
