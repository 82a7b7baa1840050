//! What holds for every wall: all branches are there, nothing is lost, what stood stays, every twig can be reached.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proptest::prelude::*;

use super::{Focus, Input, Wall};
use crate::domain::map::Place;
use crate::domain::{Dossier, Id, Kind, Node, Side, Tree};
use crate::layout::map::{Ghost, Layout};
use crate::layout::sample::{Map, meeting, stamp};
use crate::layout::shape::{Area, PlacedBox, What};
use crate::layout::signs::Signs;
use crate::layout::words::Words;

/// A wall with a meeting before it, as one walks and writes.
struct Room {
    map: Map,
    size: (i32, i32),
    wall: Wall,
    words: Words,
    selected: What,
    ghost: Option<Ghost>,
    folded: BTreeSet<Id<Node>>,
    folded_branches: BTreeSet<usize>,
    only: Option<usize>,
    hits: BTreeSet<Id<Node>>,
    roots: Vec<Id<Node>>,
}

impl Room {
    fn new(map: Map, size: (i32, i32)) -> Self {
        let (wall, words) = (Wall::default(), Words::default());
        Self {
            map,
            size,
            wall,
            words,
            selected: What::Branch(0),
            ghost: None,
            folded: BTreeSet::new(),
            folded_branches: BTreeSet::new(),
            only: None,
            hits: BTreeSet::new(),
            roots: Vec::new(),
        }
    }

    fn look(&mut self) -> Layout {
        let input = Input {
            dossier: &self.map.dossier,
            tree: &Tree::new(&self.map.dossier),
            centre: &["40代".to_owned(), "父と二人".to_owned()],
            folded: &self.folded,
            folded_branches: &self.folded_branches,
            only_branch: self.only,
            signs: Signs::unicode(),
            ghost: self.ghost.as_ref(),
            room: self.size,
            focus: Focus {
                selected: self.selected,
                visited: &[],
                hits: &self.hits,
                marked: None,
                roots: &self.roots,
                only: None,
                still: false,
            },
        };
        self.wall.lay_out(&input, &mut self.words)
    }
}

/// So many twigs on so many branches, each hanging where its number says.
fn grown(branches: usize, hang: &[(usize, String)]) -> Map {
    let titles: Vec<String> = (0..branches).map(|i| format!("大枝{i}")).collect();
    let sides: Vec<(&str, Side)> = titles
        .iter()
        .enumerate()
        .map(|(i, title)| (title.as_str(), if i % 2 == 0 { Side::Left } else { Side::Right }))
        .collect();
    let mut map = Map { dossier: Dossier::new(meeting(&sides), None), ids: Default::default() };
    let (mut ids, mut source): (Vec<Id<Node>>, _) = (Vec::new(), stamp(7).ids());
    for (at, text) in hang {
        let place = match at % (branches + ids.len()) {
            branch if branch < branches => Place::Branch(branch),
            twig => Place::Under(ids[twig - branches]),
        };
        let id = source.id();
        map.add(id, text, place);
        ids.push(id);
    }
    map
}

#[test]
fn 同じ根はみな図に残る() {
    let hang: Vec<(usize, String)> =
        (0..90).map(|i| (i * 7 % 40, format!("!村の{i}つめの困りごと"))).collect();
    let mut room = Room::new(grown(5, &hang), (80, 15));
    let seen = |layout: &Layout| -> BTreeSet<Id<Node>> {
        let ids =
            layout.boxes.iter().filter_map(|b| if let What::Node(id) = b.what { Some(id) } else { None });
        ids.collect()
    };
    let before = seen(&room.look());
    let hidden = room.map.dossier.nodes.keys().filter(|id| !before.contains(id));
    room.roots = hidden.step_by(16).copied().take(4).collect();
    assert_eq!(room.roots.len(), 4);
    room.wall = Wall::default();
    let now = seen(&room.look());
    assert!(room.roots.iter().all(|root| now.contains(root)), "{:?}", room.roots);
}

fn meetings() -> impl Strategy<Value = (Map, (i32, i32))> {
    let text = prop_oneof![6 => "[あ-ん一-十]{2,14}", 1 => "[あ-ん、]{40,150}", 1 => "[!?+*>][あ-ん]{3,9}"];
    let hang = prop::collection::vec((any::<usize>(), text), 0..90);
    let size = prop_oneof![Just((80, 15)), Just((79, 31)), Just((120, 32)), (60i32..200, 14i32..55)];
    (1usize..10, hang, size).prop_map(|(branches, hang, size)| (grown(branches, &hang), size))
}

proptest! {
    #[test]
    fn どの大枝も名前と数が見え_どの枝も見えるか数に入る((map, size) in meetings(), at in any::<usize>()) {
        let mut room = Room::new(map, size);
        let ids: Vec<Id<Node>> = room.map.dossier.nodes.keys().copied().collect();
        room.selected = ids.get(at % ids.len().max(1)).map_or(What::Branch(0), |id| What::Node(*id));
        let layout = room.look();
        let view = Area { w: size.0, h: size.1, ..layout.bounds };
        for branch in 0..room.map.dossier.meeting.branches.len() {
            let title = layout.find(What::Branch(branch)).unwrap().area;
            prop_assert!(view.holds(title), "{title:?} in {view:?}");
        }
        let seen: HashSet<What> = layout.boxes.iter().map(|b| b.what).collect();
        prop_assert!(seen.contains(&room.selected));
        let folded: usize = layout.boxes.iter().map(|b| b.hidden.count).sum();
        let shown = layout.boxes.iter().filter(|b| matches!(b.what, What::Node(_))).count();
        prop_assert!(shown + folded <= ids.len());
        if layout.boxes.iter().all(|b| !matches!(b.what, What::Branch(_)) || b.hidden.count > 0) {
            prop_assert!(shown < ids.len() || ids.is_empty());
        }
        let all = layout.boxes.iter().map(|b| b.area).reduce(Area::around).unwrap_or_default();
        prop_assert!(all.w <= size.0 && (all.h <= size.1 + 4 || size.1 < 20), "{all:?} in {size:?}");
    }

    #[test]
    fn 間の枝が見えないものは点線でつながる((map, size) in meetings()) {
        let mut room = Room::new(map, size);
        let layout = room.look();
        for placed in &layout.boxes {
            let (What::Node(id), Some(on)) = (placed.what, placed.parent) else { continue };
            let hangs = room.map.dossier.nodes[&id].parent;
            let beside = match layout.boxes[on].what {
                What::Node(outer) => hangs == Some(outer),
                _ => hangs.is_none(),
            };
            // So far out that they would stand in one column they are dotted, too.
            let further = layout.boxes[on].depth < placed.depth;
            prop_assert!(further && (placed.far || beside) && (!placed.far || !beside || placed.depth > 3), "{placed:?}");
        }
    }

    #[test]
    fn 打ちかけのことばも_たたんだ枝も_さがした枝も地図の内にある(
        (map, size) in meetings(),
        at in any::<usize>(),
        (typed, folds, hits) in ("[あ-ん一-十]{1,60}", prop::collection::vec(any::<usize>(), 0..6), prop::collection::vec(any::<usize>(), 0..5)),
        (only, shut) in (prop::option::of(0usize..10), prop::option::of(0usize..10)),
    ) {
        let mut room = Room::new(map, size);
        let branches = room.map.dossier.meeting.branches.len();
        let ids: Vec<Id<Node>> = room.map.dossier.nodes.keys().copied().collect();
        let some = |picks: &[usize]| picks.iter().filter_map(|at| ids.get(at % ids.len().max(1)).copied()).collect();
        let branch = at % branches;
        room.only = only.map(|_| branch);
        room.folded = some(&folds);
        room.folded_branches = shut.map(|shut| shut % branches).filter(|shut| *shut != branch).into_iter().collect();
        room.hits = some(&hits);
        room.ghost = Some(Ghost::new(Place::Branch(branch), Kind::Issue, 7, typed));
        let layout = room.look();
        // What is typed decides nothing that stays: where it does not fit, the view follows it.
        let start = Area { w: size.0, h: size.1, ..layout.bounds };
        let (x, y) = layout.follow(start, What::Ghost, 0);
        let ghost = layout.find(What::Ghost);
        prop_assert!(ghost.is_some_and(|ghost| Area { x, y, ..start }.holds(ghost.area)), "{ghost:?} in {start:?}");
        room.ghost = None;
        let layout = room.look();
        let view = Area { w: size.0, h: size.1, ..layout.bounds };
        for title in 0..branches {
            let found = layout.find(What::Branch(title)).map(|b| b.area);
            let wanted = room.only.is_none_or(|only| only == title);
            prop_assert!(found.is_some_and(|area| view.holds(area)) || !wanted, "{title} at {found:?}");
        }
        // What is folded by hand stays so: nothing under it is seen.
        let tree = Tree::new(&room.map.dossier);
        let under: HashSet<Id<Node>> = room.folded.iter().flat_map(|id| tree.subtree(*id).into_iter().skip(1)).collect();
        let shown = layout.boxes.iter().filter_map(|b| if let What::Node(id) = b.what { Some(id) } else { None });
        prop_assert_eq!(shown.filter(|id| under.contains(id)).count(), 0);
    }

    #[test]
    fn 矢印だけでどの枝へも行ける((map, size) in meetings()) {
        let mut room = Room::new(map, size);
        let count = room.map.dossier.nodes.len();
        let mut open = vec![What::Branch(0)];
        let mut reached: HashSet<What> = open.iter().copied().collect();
        while let Some(at) = open.pop() {
            room.selected = at;
            let layout = room.look();
            for way in [Layout::up, Layout::down, Layout::left, Layout::right] {
                open.extend(way(&layout, at).filter(|what| reached.insert(*what)));
            }
        }
        let lost: Vec<&str> = room.map.dossier.nodes.values().filter(|n| !reached.contains(&What::Node(n.id))).map(|n| n.text.as_str()).collect();
        prop_assert_eq!(lost, Vec::<&str>::new(), "of {}", count);
    }

    #[test]
    fn 枝を足しても_ほかの枝は側も列も変わらない((map, size) in meetings(), places in prop::collection::vec(any::<usize>(), 1..19)) {
        let mut room = Room::new(map, size);
        // Once nothing has room to spare, so that all of it is in columns.
        let mut before = columns(&room.look());
        let stacked = room.look().stacked;
        for (i, at) in places.into_iter().enumerate() {
            let ids: Vec<Id<Node>> = room.map.dossier.nodes.keys().copied().collect();
            let place = ids.get(at % (ids.len() + 1)).map_or(Place::Branch(0), |id| Place::After(*id));
            let id = stamp(1_000 + i as u64).ids().id();
            room.map.add(id, &format!("足した枝{i}"), place);
            room.selected = What::Node(id);
            let layout = room.look();
            let now = columns(&layout);
            if stacked {
                for (id, (depth, column)) in &now {
                    // What is passed over between a twig and what it hangs on brings it further in.
                    let was = before.get(id).filter(|(was, _)| was == depth);
                    prop_assert!(was.is_none_or(|(_, was)| was == column));
                }
            }
            before = now;
        }
    }

    #[test]
    fn 同じものは同じ所に立つ((map, size) in meetings()) {
        let mut room = Room::new(map, size);
        prop_assert_eq!(room.look(), room.look());
    }
}

/// How far out each twig hangs, and where it begins, from the line.
fn columns(layout: &Layout) -> BTreeMap<Id<Node>, (usize, i32)> {
    let place = |b: &PlacedBox| {
        let What::Node(id) = b.what else { return None };
        Some((id, (b.depth, if b.side == Side::Right { b.area.x } else { b.area.right() })))
    };
    layout.boxes.iter().filter_map(place).collect()
}

#[test]
fn 画面いっぱいにして戻しても_枝は元の所にある() {
    let said: Vec<(usize, String)> = (0..70).map(|i| (i % 5, format!("話されたこと{i}"))).collect();
    let mut room = Room::new(grown(5, &said), (79, 31));
    room.look();
    // A few more twigs, so that it would be arranged otherwise by now.
    for i in 0..15 {
        room.map.add(stamp(2_000 + i).ids().id(), &format!("あとの枝{i}"), Place::Branch(4));
    }
    let before = columns(&room.look());
    room.size = (120, 32);
    room.look();
    room.size = (79, 31);
    assert_eq!(columns(&room.look()), before);
}

#[test]
fn ことばの少ないうちは広く_増えると列になり_入らないものは数になる() {
    let said = |count: usize| -> Vec<(usize, String)> {
        (0..count).map(|i| (i % 4, format!("話されたこと{i}"))).collect()
    };
    let look = |count| Room::new(grown(4, &said(count)), (130, 20)).look();
    assert!(!look(8).stacked);
    let whole = look(50);
    assert!(whole.stacked && whole.boxes.iter().all(|b| b.hidden.count == 0));
    let folded = look(300);
    assert!(folded.boxes.iter().any(|b| b.hidden.count > 0));
}

#[test]
fn 長いことばも_深い枝も_一つの大枝だけでも並ぶ() {
    let long = "あ".repeat(300);
    let deep: Vec<(usize, String)> =
        (0..30).map(|i| (if i == 0 { 0 } else { i + 2 }, format!("枝{i}"))).collect();
    for hang in [
        vec![(0, long.clone())],
        deep,
        (0..60).map(|i| (if i == 0 { 0 } else { 3 }, format!("子{i}"))).collect(),
    ] {
        for size in [(80, 15), (120, 32), (200, 52)] {
            let mut room = Room::new(grown(3, &hang), size);
            let last = *room.map.dossier.nodes.keys().next_back().unwrap();
            room.selected = What::Node(last);
            let layout = room.look();
            assert!(layout.find(room.selected).is_some());
            assert!((0..3).all(|branch| layout.find(What::Branch(branch)).is_some()));
        }
    }
    let mut none = Room::new(grown(1, &[]), (80, 15));
    assert!(none.look().find(What::Branch(0)).is_some());
}

#[test]
fn 課題と思いは_ただの情報より先に残る() {
    let mut hang: Vec<(usize, String)> = (0..80).map(|i| (i % 2, format!("ただの情報{i}"))).collect();
    hang.splice(5..5, [(0, "!眠れていない".to_owned()), (1, "*畑を続けたい".to_owned())]);
    let mut room = Room::new(grown(2, &hang), (60, 14));
    let layout = room.look();
    for words in ["眠れていない", "畑を続けたい"] {
        assert!(layout.find(room.map.what(words)).is_some(), "{words}");
    }
}

#[test]
fn 大枝ごとの場所に余りがあるうちは_書き足してもほかのことばは一行も動かない() {
    let said: Vec<(usize, String)> = (0..9).map(|i| (i % 6, format!("聞いたこと{i}"))).collect();
    let mut room = Room::new(grown(6, &said), (79, 31));
    let rows = |layout: &Layout| -> BTreeMap<_, _> {
        layout.boxes.iter().map(|b| (format!("{:?}", b.what), (b.area.x, b.area.y))).collect()
    };
    let before = rows(&room.look());
    for i in 0..3 {
        room.map.add(stamp(900 + i).ids().id(), &format!("あと{i}"), Place::Branch(i as usize));
        let now = rows(&room.look());
        assert!(before.iter().all(|(what, place)| now[what] == *place), "{before:?} {now:?}");
    }
}

#[test]
fn 名の長い大枝が多くても_長いことばを選んで名が外へ出ることはない() {
    let names = [
        "健康・医療",
        "家族と親族のつきあい",
        "経済",
        "サービス・制度",
        "仕事場の人間関係",
        "お金",
        "住まいと火事の後",
    ];
    let said: Vec<(usize, String)> = (0..260)
        .map(|i| {
            (i * 7 % (12 + i), {
                let long = "本人が何度も話していたことの".repeat(1 + i % 4);
                format!("{long}ことば{i}")
            })
        })
        .collect();
    for rows in 14..18 {
        let mut room = Room::new(grown(12, &said), (80, rows));
        for (branch, name) in room.map.dossier.meeting.branches.iter_mut().zip(names.iter().cycle()) {
            branch.title = (*name).to_owned();
        }
        let ids: Vec<Id<Node>> = room.map.dossier.nodes.keys().copied().collect();
        for id in ids.into_iter().step_by(9) {
            room.selected = What::Node(id);
            let layout = room.look();
            let out = layout.boxes.iter().find(|b| b.area.bottom() > rows);
            assert_eq!(out.map(|b| (b.what, b.area)), None, "{rows} rows, {:?}", layout.bounds);
        }
    }
}

#[test]
fn 場所をはみ出した大枝は_その下だけを_場所の足りるうちは一行ずつ下げる() {
    let said: Vec<(usize, String)> = (0..9).map(|i| (i % 6, format!("聞いたこと{i}"))).collect();
    let mut room = Room::new(grown(6, &said), (79, 31));
    // The second branch of the left side grows out of its place; the ghost of it, too.
    for i in 0..10 {
        let before = room.look();
        room.ghost = Some(Ghost::new(Place::Branch(2), Kind::Fact, 0, "打ちかけ"));
        let typing = room.look();
        room.ghost = None;
        room.map.add(stamp(700 + i).ids().id(), &format!("増えたこと{i}"), Place::Branch(2));
        let after = room.look();
        for (was, now) in [(&before, &typing), (&typing, &after)] {
            for b in &was.boxes {
                let Some(there) = now.find(b.what) else { continue };
                let below = b.branch.is_some_and(|branch| branch == 4);
                let by = there.area.y - b.area.y;
                assert!(by == 0 || below && by == 1, "{i}: {:?} moves by {by}", b.what);
            }
        }
    }
}

#[test]
fn 続けて話された大枝のとなりでも_課題は見える() {
    let mut hang: Vec<(usize, String)> =
        (0..30).map(|i| (i % 2, format!("{}前に聞いたこと{i}", if i % 5 == 0 { "!" } else { "" }))).collect();
    hang.extend((0..14).map(|i| (2, format!("たった今の話{i}"))));
    let mut room = Room::new(grown(3, &hang), (60, 14));
    // All of it on one side.
    room.map.dossier.meeting.branches.iter_mut().for_each(|branch| branch.side = Side::Right);
    let layout = room.look();
    for branch in 0..2 {
        let issues = room.map.dossier.nodes.values().filter(|node| node.number > 0);
        let seen =
            issues.filter(|node| layout.find(What::Node(node.id)).is_some_and(|b| b.branch == Some(branch)));
        assert!(seen.count() > 0, "大枝{branch}");
    }
}
