//! What holds for every layout, and how it is walked through.

use std::collections::{BTreeSet, HashMap, HashSet};

use proptest::prelude::*;

use super::folded::Folded;
use super::links::{LinkEnd, links};
use super::map::{Ghost, Input, Labels, Layout, Spacing, lay_out};
use super::sample::{Map, meeting, out_of_reach, stamp};
use super::shape::{Area, Room, Stroke, What};
use super::signs::Signs as Marks;
use super::wall::{self, Focus, Wall};
use super::words::Words;
use crate::domain::map::Place;
use crate::domain::{Dossier, Id, Kind, Node, Side, Tree};

impl Map {
    fn lay_out(&self, view: &View) -> Layout {
        self.lay_out_with(view, &mut Words::default())
    }

    fn lay_out_with(&self, view: &View, words: &mut Words) -> Layout {
        match view.room {
            Some(room) => self.on_wall(view, room, &mut Wall::default(), words),
            None => self.with_input(view, |input| lay_out(input, words)),
        }
    }

    /// In a room of so many columns and rows.
    fn on_wall(&self, view: &View, room: (i32, i32), wall: &mut Wall, words: &mut Words) -> Layout {
        let input = wall::Input {
            dossier: &self.dossier,
            tree: &Tree::new(&self.dossier),
            centre: &["80代後半".to_owned(), "独居".to_owned()],
            folded: &view.folded,
            folded_branches: &view.folded_branches,
            only_branch: view.only_branch,
            signs: Marks::unicode(),
            ghost: view.ghost.as_ref(),
            room,
            focus: Focus {
                selected: view.selected,
                visited: &[],
                hits: &BTreeSet::new(),
                marked: None,
                roots: &[],
                only: None,
                still: false,
            },
        };
        wall.lay_out(&input, words)
    }

    fn with_input<T>(&self, view: &View, each: impl FnOnce(&Input<'_>) -> T) -> T {
        let input = Input {
            dossier: &self.dossier,
            tree: &Tree::new(&self.dossier),
            sides: &self.dossier.meeting.branches.iter().map(|b| b.side).collect::<Vec<_>>(),
            centre: &["80代後半".to_owned(), "独居".to_owned()],
            folded: &view.folded,
            folded_branches: &view.folded_branches,
            only_branch: view.only_branch,
            wrap: 20,
            spacing: view.spacing,
            labels: &Signs,
            ghost: view.ghost.as_ref(),
        };
        each(&input)
    }
}

/// What changes from test to test.
#[derive(Debug, Clone, Default)]
struct View {
    folded: BTreeSet<Id<Node>>,
    folded_branches: BTreeSet<usize>,
    only_branch: Option<usize>,
    spacing: Spacing,
    ghost: Option<Ghost>,
    /// On a wall of this size, instead of as wide as it is.
    room: Option<(i32, i32)>,
    selected: What,
}

/// Signs of some width, so that room is kept for them.
struct Signs;

impl Labels for Signs {
    fn node(&self, node: &Node, folded: &Folded, _: Side) -> Room {
        let after = if node.kind == Kind::Issue { 8 } else { 0 };
        Room {
            before: usize::from(node.number > 0) * 2,
            after: after + usize::from(folded.count > 0) * 4,
            ahead: 0,
        }
    }

    fn branch(&self, _: usize, folded: &Folded) -> Room {
        Room { after: usize::from(folded.count > 0) * 4, ..Room::default() }
    }

    fn empty(&self) -> &str {
        "（まだありません）"
    }
}

/// The layout as text, good enough to look at: boxes by their words, connectors by their directions.
fn picture(layout: &Layout) -> String {
    let Area { x, y, w, h } = layout.bounds;
    let mut rows = vec![vec![String::from(" "); w as usize]; h as usize];
    let mut strokes = HashMap::new();
    for (cx, cy, stroke) in layout.connectors.iter().flat_map(super::shape::Connector::cells) {
        let all = strokes.entry((cx, cy)).or_insert(Stroke::NONE);
        *all = all.and(stroke);
    }
    for ((cx, cy), stroke) in strokes {
        let signs: Vec<char> = " ╵╷│╴╯╮┤╶╰╭├─┴┬┼".chars().collect();
        rows[(cy - y) as usize][(cx - x) as usize] = signs[stroke.bits() as usize].to_string();
    }
    for placed in &layout.boxes {
        for (i, line) in placed.lines.iter().enumerate() {
            let row = &mut rows[(placed.area.y - y) as usize + i];
            let free = placed.area.w as usize - placed.room.before - super::measure::width(line);
            let before = if placed.side == Side::Right { placed.room.before } else { free };
            let mut at = (placed.area.x - x) as usize + before;
            for (_, grapheme, width) in super::measure::graphemes(line).filter(|(.., width)| *width > 0) {
                row[at] = grapheme.to_owned();
                row[at + 1..at + width].fill(String::new());
                at += width;
            }
        }
    }
    rows.into_iter().map(|row| row.concat().trim_end().to_owned() + "\n").collect()
}

const SMALL: &str = "
<本人
  この家で最期まで
  迷惑はかけたくない
    だれへの迷惑？
<生活
  買物は移動販売
健康・医療
  2型糖尿病20年
    HbA1c 9％台
    低血糖で三度も救急車を呼んだことがある
  1年で入院3回
経済
制度
  要介護1";

#[test]
fn 小さな地図の姿() {
    let map = Map::new(SMALL);
    for spacing in [Spacing::Normal, Spacing::Roomy] {
        let layout = map.lay_out(&View { spacing, ..View::default() });
        insta::assert_snapshot!(format!("small_{spacing:?}"), picture(&layout));
    }
    let layout = map.lay_out(&View { room: Some((64, 10)), ..View::default() });
    insta::assert_snapshot!("small_wall", picture(&layout));
}

#[test]
fn 枝を足しても上のものは動かない() {
    let mut map = Map::new(SMALL);
    let before = map.lay_out(&View::default());
    let place = Place::Under(map.ids["2型糖尿病20年"]);
    map.add(stamp(9).ids().id(), "足した枝", place);
    let after = map.lay_out(&View::default());
    let added = after.find(map.what("足した枝")).unwrap().area;
    for placed in before.boxes.iter().filter(|b| b.what != What::Centre) {
        let now = after.find(placed.what).unwrap();
        let moved = now.area.y - placed.area.y;
        assert_eq!(now.area.x, placed.area.x);
        let below = placed.side == Side::Right && placed.area.y >= added.y;
        assert_eq!(moved, i32::from(below), "{}", map.name(placed.what));
    }
}

#[test]
fn 言いなおした枝の行は前のものではない() {
    let (mut map, mut words) = (Map::new(SMALL), Words::default());
    map.lay_out_with(&View::default(), &mut words);
    let id = map.ids["2型糖尿病20年"];
    map.dossier.nodes.get_mut(&id).unwrap().text =
        "糖尿病と言われて二十年になるが通院は途切れがち".to_owned();
    assert_eq!(map.lay_out_with(&View::default(), &mut words), map.lay_out(&View::default()));
}

#[test]
fn 新しい枝の場所は足した後と同じ() {
    for place in ["迷惑はかけたくない", "2型糖尿病20年", "要介護1"] {
        for under in [true, false] {
            let mut map = Map::new(SMALL);
            let id = map.ids[place];
            let place = if under { Place::Under(id) } else { Place::After(id) };
            let ghost = Some(Ghost::new(place, Kind::Fact, 0, "足した枝"));
            let shown = map.lay_out(&View { ghost, ..View::default() });
            map.add(stamp(9).ids().id(), "足した枝", place);
            let then = map.lay_out(&View::default());
            let areas = |layout: &Layout| layout.boxes.iter().map(|b| b.area).collect::<Vec<_>>();
            assert_eq!(areas(&shown), areas(&then));
            let ghost = shown.find(What::Ghost).unwrap().area;
            assert_eq!(ghost, then.find(map.what("足した枝")).unwrap().area);
        }
    }
}

#[test]
fn つながりは両わきの線で届くものだけを結ぶ() {
    let map = Map::new(SMALL);
    let layout = map.lay_out(&View { room: Some((60, 12)), ..View::default() });
    let [sugar, hba1c, nursing, wish] =
        ["2型糖尿病20年", "HbA1c 9％台", "要介護1", "この家で最期まで"].map(|t| map.ids[t]);
    let ties = |id| match id {
        _ if id == sugar => Some(LinkEnd::Cause),
        _ if id == nursing || id == wish => Some(LinkEnd::Effect),
        _ => None,
    };
    let heads = |right| {
        let seen = Area { w: right - layout.bounds.x, ..layout.bounds };
        let links = links(&layout, hba1c, ties, seen);
        let at = |y| layout.boxes.iter().find(|b| b.side == Side::Right && b.depth > 0 && b.area.y == y);
        links.heads.iter().map(|(_, y)| map.name(at(*y).unwrap().what)).collect::<Vec<_>>()
    };
    // The wish stands on the other side; what is led to gets an arrowhead, and so does the issue that has a cause.
    assert_eq!(heads(layout.bounds.right() + 3), ["要介護1", "HbA1c 9％台"]);
    // No room beside the long words between: only the near one.
    let near =
        [sugar, hba1c].map(|id| layout.find(What::Node(id)).unwrap().area.right()).into_iter().max().unwrap();
    assert_eq!(heads(near + 3), ["HbA1c 9％台"]);
    assert_eq!(heads(near + 2), [""; 0]);
}

#[test]
fn たがいに起こす課題は線の両端に矢じりが付く() {
    let map = Map::new(SMALL);
    let layout = map.lay_out(&View { room: Some((60, 12)), ..View::default() });
    let [hba1c, nursing] = ["HbA1c 9％台", "要介護1"].map(|words| map.ids[words]);
    let seen = Area { w: layout.bounds.w + 3, ..layout.bounds };
    let heads = |tie| links(&layout, hba1c, |id| (id == nursing).then_some(tie), seen).heads.len();
    assert_eq!([LinkEnd::Cause, LinkEnd::Effect, LinkEnd::Both].map(heads), [1, 1, 2]);
}

#[test]
fn 畳むと数が残り一つの枝だけにもできる() {
    let map = Map::new(SMALL);
    let view =
        View {
            folded: [map.ids["2型糖尿病20年"]].into(), folded_branches: [0].into(), ..View::default()
        };
    let layout = map.lay_out(&view);
    assert_eq!(layout.find(map.what("2型糖尿病20年")).unwrap().hidden.count, 2);
    assert_eq!(layout.find(map.what("本人")).unwrap().hidden.count, 3);
    assert!(layout.find(map.what("HbA1c 9％台")).is_none());
    assert!(layout.find(map.what("だれへの迷惑？")).is_none());
    assert!(layout.find(What::Empty(0)).is_none() && layout.find(What::Empty(3)).is_some());

    let layout = map.lay_out(&View { only_branch: Some(0), ..view });
    let names: Vec<String> = layout.boxes.iter().map(|b| map.name(b.what)).collect();
    assert_eq!(names, ["本人", "この家で最期まで", "迷惑はかけたくない", "だれへの迷惑？"]);
}

#[test]
fn 矢印は見えるとおりに動く() {
    let map = Map::new(SMALL);
    let layout = map.lay_out(&View::default());
    let go = |way: fn(&Layout, What) -> Option<What>, from: &str| {
        let from = if from == "中央" { What::Centre } else { map.what(from) };
        way(&layout, from).map_or_else(|| "-".to_owned(), |what| map.name(what))
    };
    for (from, up, down, left, right) in [
        ("健康・医療", "-", "経済", "Centre", "2型糖尿病20年"),
        ("2型糖尿病20年", "-", "1年で入院3回", "健康・医療", "HbA1c 9％台"),
        ("低血糖で三度も救急車を呼んだことがある", "HbA1c 9％台", "1年で入院3回", "2型糖尿病20年", "-"),
        ("1年で入院3回", "2型糖尿病20年", "経済", "健康・医療", "-"),
        ("経済", "健康・医療", "制度", "Centre", "-"),
        ("要介護1", "経済", "-", "制度", "-"),
        ("本人", "-", "生活", "この家で最期まで", "Centre"),
        ("だれへの迷惑？", "この家で最期まで", "買物は移動販売", "-", "迷惑はかけたくない"),
        ("買物は移動販売", "迷惑はかけたくない", "-", "-", "生活"),
        ("中央", "健康・医療", "生活", "本人", "健康・医療"),
    ] {
        let ways =
            [go(Layout::up, from), go(Layout::down, from), go(Layout::left, from), go(Layout::right, from)];
        assert_eq!(ways, [up, down, left, right], "{from}");
    }
    for (from, next, previous) in
        [("中央", "本人", "制度"), ("だれへの迷惑？", "生活", "制度"), ("制度", "本人", "経済")]
    {
        assert_eq!(
            [go(Layout::next_branch, from), go(Layout::previous_branch, from)],
            [next, previous],
            "{from}"
        );
    }
}

#[test]
fn 画面は選んだ枝の先まで見せる() {
    let map = Map::new(SMALL);
    let layout = map.lay_out(&View::default());
    let what = map.what("2型糖尿病20年");
    let (selected, child) =
        (layout.find(what).unwrap().area, layout.find(map.what("HbA1c 9％台")).unwrap().area);
    for (w, whole) in [(70, true), (30, false)] {
        let view = Area { x: layout.bounds.x, y: 0, w, h: 5 };
        let (x, y) = layout.follow(view, what, 1);
        let seen = Area { x, y, ..view };
        assert!(seen.holds(selected));
        assert_eq!(seen.holds(child), whole);
    }
    let view = Area { x: 5, y: 6, w: 30, h: 5 };
    assert_eq!(layout.follow(view, What::Empty(0), 1), (5, 6));
}

#[test]
fn 画面は少しだけ動く() {
    let mut layout = Map::new(SMALL).lay_out(&View::default());
    layout.bounds = Area { x: -50, y: 0, w: 100, h: 40 };
    let view = Area { x: -20, y: 10, w: 40, h: 20 };
    let target = |x, y, w, h| Area { x, y, w, h };
    for (box_, expected) in [
        (target(-5, 15, 10, 1), (-20, 10)),
        (target(15, 15, 10, 1), (-13, 10)),
        (target(-30, 5, 10, 1), (-32, 3)),
        (target(0, 39, 10, 1), (-20, 20)),
        (target(-50, 0, 60, 30), (-50, 0)),
    ] {
        assert_eq!(layout.scroll_to(view, box_, 2), expected, "{box_:?}");
    }
    // All of it fits: centred once, then left alone until something falls out of sight.
    layout.bounds = Area { x: -10, y: 0, w: 20, h: 10 };
    let centred = layout.scroll_to(view, target(0, 0, 4, 1), 2);
    assert_eq!(centred, (-20, -5));
    layout.bounds.h = 12;
    let still = layout.scroll_to(Area { x: -20, y: -5, ..view }, target(0, 0, 4, 1), 2);
    assert_eq!(still, (-20, -5));
    layout.bounds.h = 16;
    assert_eq!(layout.scroll_to(Area { x: -20, y: -5, ..view }, target(0, 0, 4, 1), 2), (-20, -2));
}

/// A random map: for each twig the words, whether it is an issue, and where it hangs, as a number to be taken modulo.
fn random_map() -> impl Strategy<Value = (Map, View)> {
    let text = prop_oneof![4 => "[あ-ん]{1,8}", 2 => "[一-十薬飲、。「」]{1,40}", 1 => "\\PC{0,30}"];
    let twig = (text, any::<bool>(), any::<usize>(), any::<bool>());
    let sides = prop::collection::vec(any::<bool>(), 0..8);
    let spacing = prop_oneof![Just(Spacing::Normal), Just(Spacing::Roomy)];
    let how = (spacing, prop::option::of((40i32..210, 12i32..60)), any::<usize>());
    let rest = (prop::option::of(any::<(usize, bool)>()), prop::option::of(0usize..8), how);
    (sides, prop::collection::vec(twig, 0..60), rest).prop_map(|(sides, twigs, (ghost, only, how))| {
        let titles: Vec<String> = (0..sides.len()).map(|i| format!("枝{}", "の".repeat(i))).collect();
        let sides: Vec<(&str, Side)> = titles
            .iter()
            .zip(&sides)
            .map(|(t, left)| (t.as_str(), if *left { Side::Left } else { Side::Right }))
            .collect();
        let mut map = Map { dossier: Dossier::new(meeting(&sides), None), ids: HashMap::new() };
        let (mut ids, mut mint, mut folded) = (Vec::new(), stamp(3).ids(), BTreeSet::new());
        let roots = sides.len().max(1);
        for (text, issue, at, fold) in twigs {
            let id = mint.id();
            let place = match at % (roots + ids.len()) {
                branch if branch < roots => Place::Branch(branch),
                twig => Place::Under(ids[twig - roots]),
            };
            map.add(id, &text, place);
            let node = map.dossier.nodes.get_mut(&id).unwrap();
            (node.kind, node.number) = if issue { (Kind::Issue, 3) } else { (Kind::Fact, 0) };
            if fold && at % 5 == 0 {
                folded.insert(id);
            }
            ids.push(id);
        }
        let ghost = ghost.and_then(|(at, under)| {
            let id = *ids.get(at % ids.len().max(1))?;
            let place = if under { Place::Under(id) } else { Place::After(id) };
            Some(Ghost::new(place, Kind::Unknown, 0, "ここに入ります"))
        });
        let only_branch = only.filter(|i| *i < roots && i % 2 == 0);
        let (spacing, room, at) = how;
        let selected = ids.get(at % (ids.len() + 1)).map_or(What::Branch(0), |id| What::Node(*id));
        (map, View { folded, folded_branches: [5].into(), only_branch, spacing, ghost, room, selected })
    })
}

/// The twigs that are not folded away, in reading order.
fn visible(map: &Map, view: &View) -> Vec<Id<Node>> {
    let tree = Tree::new(&map.dossier);
    let branches = (0..tree.branches()).filter(|i| match view.only_branch {
        Some(only) => *i == only,
        None => !view.folded_branches.contains(i),
    });
    let mut open: Vec<Id<Node>> = branches.flat_map(|i| tree.roots(i).to_vec()).rev().collect();
    let mut out = Vec::new();
    while let Some(id) = open.pop() {
        out.push(id);
        if !view.folded.contains(&id) {
            open.extend(tree.children(id).iter().rev());
        }
    }
    out
}

proptest! {
    #[test]
    fn 箱は重ならず線は言葉を横切らない((map, view) in random_map()) {
        let layout = map.lay_out(&view);
        let mut cells = HashSet::new();
        for placed in &layout.boxes {
            let Area { x, y, w, h } = placed.area;
            prop_assert!(layout.bounds.holds(placed.area));
            prop_assert_eq!(placed.lines.len() as i32, h);
            for (i, line) in placed.lines.iter().enumerate() {
                let after = if i + 1 == placed.lines.len() { placed.room.after } else { 0 };
                let used = placed.room.before + super::measure::width(line) + after;
                prop_assert!(used as i32 <= w);
            }
            for cell in (y..y + h).flat_map(|y| (x..x + w).map(move |x| (x, y))) {
                prop_assert!(cells.insert(cell), "two boxes at {cell:?}");
            }
        }
        for connector in &layout.connectors {
            prop_assert!(layout.bounds.holds(connector.area()));
            for (x, y, _) in connector.cells() {
                prop_assert!(!cells.contains(&(x, y)), "a line through a box at {x},{y}: {connector:?}");
                prop_assert!(connector.area().contains(x, y));
            }
        }
    }

    #[test]
    fn 見える枝は一度ずつ順に並ぶ((map, view) in random_map()) {
        let view = View { room: None, ..view };
        let layout = map.lay_out(&view);
        let mut placed: Vec<What> = layout.boxes.iter().map(|b| b.what).collect();
        let mut expected: Vec<What> = visible(&map, &view).into_iter().map(What::Node).collect();
        placed.retain(|what| matches!(what, What::Node(_)));
        placed.sort();
        expected.sort();
        prop_assert_eq!(placed, expected);
        let tree = Tree::new(&map.dossier);
        for siblings in map.dossier.nodes.keys().map(|id| tree.children(*id)) {
            let rows: Vec<i32> = siblings
                .iter()
                .filter_map(|id| layout.find(What::Node(*id)))
                .map(|b| b.area.y)
                .collect();
            prop_assert!(rows.is_sorted_by(|a, b| a < b), "{rows:?}");
        }
    }

    #[test]
    fn 線は一つにつながる((map, view) in random_map()) {
        let layout = map.lay_out(&view);
        let mut strokes: HashMap<(i32, i32), Stroke> = HashMap::new();
        for (x, y, stroke) in layout.connectors.iter().flat_map(super::shape::Connector::cells) {
            let all = strokes.entry((x, y)).or_insert(Stroke::NONE);
            *all = all.and(stroke);
        }
        // Every up has its down above it; level ends lead to a box or to the space before one.
        let has = |x, y, stroke: Stroke| strokes.get(&(x, y)).is_some_and(|s| s.bits() & stroke.bits() != 0);
        for ((x, y), stroke) in &strokes {
            let under_a_box = || layout.stacked && layout.boxes.iter().any(|b| b.area.contains(*x, y - 1));
            if stroke.bits() & Stroke::UP.bits() != 0 {
                prop_assert!(has(*x, y - 1, Stroke::DOWN) || under_a_box(), "{x},{y}\n{}", picture(&layout));
            }
            if stroke.bits() & Stroke::DOWN.bits() != 0 {
                prop_assert!(has(*x, y + 1, Stroke::UP));
            }
        }
        let linked: HashSet<What> = layout.connectors.iter().map(|c| c.to).collect();
        for placed in layout.boxes.iter().filter(|b| b.parent.is_some()) {
            prop_assert!(linked.contains(&placed.what));
        }
    }

    #[test]
    fn 矢印だけでどの枝からもどの枝にも行ける((map, view) in random_map()) {
        let layout = map.lay_out(&view);
        let ways = [Layout::up, Layout::down, Layout::left, Layout::right];
        let lost = out_of_reach(&layout.boxes, |from| ways.map(|way| way(&layout, from)));
        prop_assert_eq!(lost, []);
    }

    #[test]
    fn 動かした画面には選んだ箱が入る(
        (map, view) in random_map(),
        at in any::<usize>(),
        (x, y) in (-200i32..200, -50i32..200),
        (w, h) in (30i32..160, 5i32..45),
    ) {
        let layout = map.lay_out(&view);
        let Some(placed) = layout.boxes.get(at % layout.boxes.len().max(1)) else { return Ok(()) };
        let (x, y) = layout.scroll_to(Area { x, y, w, h }, placed.area, 2);
        let seen = Area { x, y, w, h };
        prop_assert!(seen.holds(placed.area) || placed.area.w > w || placed.area.h > h);
        let again = layout.scroll_to(seen, placed.area, 2);
        prop_assert_eq!(again, (x, y));
    }

    #[test]
    fn つながりの線はことばにも枝の線にもかからない(
        (map, view) in random_map(),
        (from, modulus) in (any::<usize>(), 2usize..6),
        (x, y, w, h) in (-100i32..20, -20i32..20, 30i32..200, 5i32..60),
    ) {
        let layout = map.lay_out(&view);
        let nodes: Vec<Id<Node>> = map.dossier.nodes.keys().copied().collect();
        let Some(issue) = nodes.get(from % nodes.len().max(1)).copied() else { return Ok(()) };
        let tie = |id| match nodes.iter().position(|n| *n == id).map(|i| i % modulus) {
            Some(0) => Some(LinkEnd::Effect),
            Some(1) => Some(LinkEnd::Cause),
            _ => None,
        };
        let seen = Area { x, y, w, h };
        let links = links(&layout, issue, tie, seen);
        let lines: HashSet<(i32, i32)> =
            layout.connectors.iter().flat_map(super::shape::Connector::cells).map(|(x, y, _)| (x, y)).collect();
        let cells: HashSet<(i32, i32)> = links.cells.iter().map(|(x, y, _)| (*x, *y)).collect();
        for (x, y) in cells.iter().chain(&links.heads) {
            prop_assert!(seen.contains(*x, *y) && !lines.contains(&(*x, *y)));
            prop_assert!(!layout.boxes.iter().any(|b| b.area.contains(*x, *y)));
        }
        prop_assert!(links.heads.iter().all(|head| !cells.contains(head)));
    }
}
