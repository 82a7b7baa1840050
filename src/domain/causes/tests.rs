//! Known small graphs, and any graph against the plain way of counting.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::{Kind, Link, Meeting, Moment, Now, Step};

fn dossier(count: usize, links: &[(usize, usize)]) -> Dossier {
    let at = Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap();
    let mut mint = Now { at, seed: 1 }.ids();
    let meeting = Meeting::new(mint.id());
    let mut dossier = Dossier::new(meeting, None);
    let ids: Vec<Id<Node>> = (0..count).map(|_| mint.id()).collect();
    let meeting = dossier.meeting.id;
    for (i, id) in ids.iter().enumerate() {
        let node = Node {
            rank: i as i64,
            kind: Kind::Issue,
            step: Step::Analysis,
            number: i as u32 + 1,
            ..Node::new(*id, meeting, format!("課題{}", i + 1), at)
        };
        dossier.nodes.insert(*id, node);
    }
    for (from, to) in links {
        let link =
            Link { id: mint.id(), meeting, from: ids[from - 1], to: ids[to - 1], label: String::new(), at };
        dossier.links.insert(link.id, link);
    }
    dossier
}

fn numbers<'a>(dossier: &Dossier, ids: impl IntoIterator<Item = &'a Id<Node>>) -> Vec<u32> {
    ids.into_iter().map(|id| dossier.nodes[id].number).collect()
}

/// The root, how many it reaches, and all that do, those of a circle together.
fn root(count: usize, links: &[(usize, usize)]) -> Option<(u32, usize, Vec<Vec<u32>>)> {
    let dossier = dossier(count, links);
    let causes = Causes::of(&dossier);
    let root = causes.root()?;
    let all: Vec<Vec<u32>> = root.all.iter().map(|ids| numbers(&dossier, ids)).collect();
    for id in causes.ids() {
        assert_eq!(causes.is_root(*id), root.all.concat().contains(id));
    }
    Some((dossier.nodes[&root.id].number, root.reach, all))
}

/// Each circle: once round, what else, and causes from outside.
fn circles(count: usize, links: &[(usize, usize)]) -> Vec<(Vec<u32>, Vec<u32>, usize)> {
    let dossier = dossier(count, links);
    let causes = Causes::of(&dossier);
    let circles = causes.circles().iter();
    circles.map(|c| (numbers(&dossier, &c.round), numbers(&dossier, &c.others), c.outside)).collect()
}

#[test]
fn 根はいちばん多くに届く課題と輪のすべて() {
    assert_eq!(root(3, &[]), None);
    assert_eq!(root(2, &[(1, 1)]), None, "a link to itself leads nowhere");
    let one = |links: &[(usize, usize)], expected: (u32, usize, &[&[u32]])| {
        let all = expected.2.iter().map(|ids| ids.to_vec()).collect();
        assert_eq!(root(5, links), Some((expected.0, expected.1, all)), "{links:?}");
    };
    one(&[(2, 1), (1, 3)], (2, 2, &[&[2]]));
    one(&[(3, 1), (2, 1)], (2, 1, &[&[2], &[3]]));
    one(&[(1, 2), (2, 3), (1, 3), (1, 2)], (1, 2, &[&[1]]));
    one(&[(1, 2), (2, 3), (3, 1)], (1, 2, &[&[1, 2, 3]]));
    // The place where a circle breaks comes first, but all of it is the root.
    one(&[(1, 2), (2, 1), (2, 3), (3, 1), (3, 4)], (2, 3, &[&[1, 2, 3]]));
    one(&[(1, 2), (2, 1), (3, 4), (4, 3)], (1, 1, &[&[1, 2], &[3, 4]]));
    one(&[(1, 2), (2, 1), (3, 4)], (1, 1, &[&[1, 2], &[3]]));
}

fn on_screen(dossier: &Dossier, causes: &Causes) -> String {
    let first = |id| say::quoted(dossier, id);
    say::origin(causes, &say::Called { first: &first, again: None, told: 9 }).unwrap()
}

#[test]
fn 番号を言う紙ではことばの入らない課題も二度めの課題も番号で言う() {
    // So many are told by their words.
    for (links, told, origin, vicious) in [
        (
            &[(1, 5), (2, 5), (3, 5), (4, 5)][..],
            3,
            "1「課題1」、2「課題2」、3「課題3」、4のそれぞれがもとになって、ほかの1件の課題が起きています",
            "",
        ),
        (&[(1, 5), (2, 5)], 0, "1、2のそれぞれがもとになって、ほかの1件の課題が起きています", ""),
        (
            &[(1, 2), (2, 1), (3, 4), (4, 3), (5, 6), (6, 5)],
            5,
            "1「課題1」2「課題2」の輪、3「課題3」4「課題4」の輪、5「課題5」6の輪が、それぞれほかの課題のもとになっています",
            "1「課題1」から2「課題2」へと進み、また1にもどります。どこか1か所で線を断てば、輪はほどけます。断ちやすさは、どこも同じです。",
        ),
        (
            &[(1, 2), (2, 3), (3, 1), (4, 1), (4, 2)],
            9,
            "4「課題4」がもとになって、ほかの3件の課題が起きています",
            "3「課題3」から1「課題1」2「課題2」へと進み、また3にもどります。断ちやすいのは、2から3への線です。3には、ほかからの原因がありません。",
        ),
        (
            &[(1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7), (7, 8), (8, 1)],
            9,
            "1「課題1」2「課題2」3「課題3」45678は、たがいのもとになって輪になっています",
            "1「課題1」から2「課題2」3「課題3」4「課題4」5678へと進み、また1にもどります。どこか1か所で線を断てば、輪はほどけます。断ちやすさは、どこも同じです。",
        ),
    ] {
        let dossier = dossier(8, links);
        let causes = Causes::of(&dossier);
        let again = |id| dossier.nodes[&id].number.to_string();
        let first = |id| again(id) + &say::quoted(&dossier, id);
        let called = say::Called { first: &first, again: Some(&again), told };
        assert_eq!(say::origin(&causes, &called).unwrap(), origin, "{links:?}");
        let said = causes.circles().iter().take(1).map(|circle| say::vicious(circle, &called));
        assert_eq!(said.collect::<String>().trim_start_matches("悪循環："), vicious, "{links:?}");
    }
}

#[test]
fn 根と断ちやすい所は同じものがあればそう言う() {
    for (links, origin, breaking) in [
        (&[(1, 2), (2, 3)][..], "「課題1」がもとになって、ほかの2件の課題が起きています", ""),
        (
            &[(1, 3), (2, 3)],
            "「課題1」、「課題2」のそれぞれがもとになって、ほかの1件の課題が起きています",
            "",
        ),
        (
            &[(1, 2), (2, 1), (3, 4)],
            "「課題1」「課題2」の輪、「課題3」が、それぞれほかの課題のもとになっています",
            "どこか1か所で線を断てば、輪はほどけます。断ちやすさは、どこも同じです",
        ),
        (
            &[(1, 2), (2, 3), (3, 1)],
            "「課題1」「課題2」「課題3」は、たがいのもとになって輪になっています",
            "どこか1か所で線を断てば、輪はほどけます。断ちやすさは、どこも同じです",
        ),
        (
            &[(1, 2), (2, 1), (2, 3), (3, 4)],
            "「課題1」「課題2」の輪がもとになって、ほかの2件の課題が起きています",
            "どこか1か所で線を断てば、輪はほどけます。断ちやすさは、どこも同じです",
        ),
        (
            &[(1, 2), (2, 3), (3, 1), (4, 1)],
            "「課題4」がもとになって、ほかの3件の課題が起きています",
            "断ちやすいのは、「課題2」か「課題3」へ来る線です。ほかからの原因がありません",
        ),
        (
            &[(1, 2), (2, 3), (3, 1), (4, 1), (4, 2)],
            "「課題4」がもとになって、ほかの3件の課題が起きています",
            "断ちやすいのは、「課題2」から「課題3」への線です。「課題3」には、ほかからの原因がありません",
        ),
        (
            &[(1, 2), (2, 1), (2, 3), (3, 2)],
            "「課題1」「課題2」「課題3」は、たがいのもとになって輪になっています",
            "断ちやすいのは、「課題2」へ来る線です。どの輪も「課題2」を通ります",
        ),
        (
            &[(1, 2), (2, 1), (2, 3), (3, 2), (1, 3), (3, 1)],
            "「課題1」「課題2」「課題3」は、たがいのもとになって輪になっています",
            "断ちやすさは、どの課題も同じです",
        ),
    ] {
        let dossier = dossier(4, links);
        let causes = Causes::of(&dossier);
        assert_eq!(on_screen(&dossier, &causes), origin, "{links:?}");
        let said = causes.circles().iter().map(|circle| say::breaking(&dossier, circle)).collect::<String>();
        assert_eq!(said, breaking, "{links:?}");
    }
}

#[test]
fn 悪循環は外からの原因がいちばん少ない所で断てる() {
    assert!(circles(4, &[(1, 2), (2, 3), (1, 3), (3, 4)]).is_empty());
    assert_eq!(circles(3, &[(1, 2), (2, 1)]), [(vec![1, 2], vec![], 0)]);
    // 4 brings 1 about, and 5 brings 2 and 1: 3 alone has no cause but the circle's own.
    let links = [(1, 2), (2, 3), (3, 1), (4, 1), (5, 1), (5, 2)];
    assert_eq!(circles(5, &links), [(vec![3, 1, 2], vec![], 0)]);
    // Two circles with an issue in common are one knot: the short way round is named, the rest told.
    let links = [(1, 2), (2, 1), (2, 3), (3, 4), (4, 2)];
    assert_eq!(circles(4, &links), [(vec![2, 1], vec![3, 4], 0)]);
    // Where all circles of a knot go through one issue, that is where it breaks.
    let links = [(3, 2), (2, 4), (3, 1), (1, 4), (4, 5), (5, 3)];
    assert_eq!(circles(5, &links), [(vec![3, 1, 4, 5], vec![2], 0)]);
    assert_eq!(circles(5, &[(1, 2), (2, 1), (4, 5), (5, 4), (2, 4)]).len(), 2);
}

#[test]
fn つながっていない課題も数に入る() {
    let dossier = dossier(4, &[(3, 1)]);
    let causes = Causes::of(&dossier);
    let unlinked: Vec<Id<Node>> = causes.unlinked().collect();
    assert_eq!(numbers(&dossier, &unlinked), [2, 4]);
    assert_eq!(causes.ids().len(), 4);
}

#[test]
fn 消えた枝へのつながりでは迷わない() {
    let mut dossier = dossier(3, &[(1, 2), (2, 3)]);
    let gone = *dossier.nodes.keys().nth(1).unwrap();
    dossier.nodes.remove(&gone);
    assert_eq!(Causes::of(&dossier).root(), None);
}

proptest! {
    #[test]
    fn reach_and_circles_are_what_walking_finds(
        links in proptest::collection::vec((1usize..12, 1usize..12), 0..30),
    ) {
        let dossier = dossier(11, &links);
        let causes = Causes::of(&dossier);
        let walked = |from: Id<Node>| {
            let mut seen = BTreeSet::new();
            let mut open = vec![from];
            while let Some(id) = open.pop() {
                open.extend(causes.effects(id).filter(|to| seen.insert(*to)));
            }
            seen
        };
        let most = causes.ids().iter().map(|id| causes.reach(*id)).max().unwrap();
        prop_assert_eq!(causes.root().map_or(0, |r| r.reach), most);
        for id in causes.ids() {
            let mut reached = walked(*id);
            let circling = reached.remove(id);
            prop_assert_eq!(causes.reach(*id), reached.len());
            prop_assert_eq!(causes.circle_of(*id).is_some(), circling);
        }
        for circle in causes.circles() {
            let ahead = circle.round.iter().cycle().skip(1);
            for (from, to) in circle.round.iter().zip(ahead) {
                prop_assert!(causes.effects(*from).any(|id| id == *to), "the round is no way");
            }
            let all: BTreeSet<&Id<Node>> = circle.round.iter().chain(&circle.others).collect();
            prop_assert_eq!(all.len(), circle.round.len() + circle.others.len());
            let outside = |id: &Id<Node>| causes.causes(*id).filter(|c| !all.contains(c)).count();
            prop_assert_eq!(Some(circle.outside), all.iter().map(|id| outside(id)).min());
            prop_assert_eq!(outside(&circle.round[0]), circle.outside);
        }
    }
}
