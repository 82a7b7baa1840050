//! The map as it is to be drawn, made anew where it must be, and where to look at it.

use std::collections::BTreeSet;

use super::{Desk, Level, Model, Target};
use crate::app::panes::panes;
use crate::domain::map::Place;
use crate::layout::labels::MapLabels;
use crate::layout::map::{Ghost, Input, Layout, Spacing, lay_out};
use crate::layout::shape::{Area, What};
use crate::layout::signs::Signs;
use crate::layout::words::Words;

impl Desk {
    /// The lines of the box in the middle: who the person is, without a name.
    pub fn centre(&self) -> Vec<String> {
        let Some(case) = self.dossier.case.as_ref() else { return vec!["本人".to_owned()] };
        // One thing a line: a narrow middle leaves the room to the twigs.
        let mut lines: Vec<String> =
            [&case.gist, &case.age, &case.sex].into_iter().filter(|s| !s.is_empty()).cloned().collect();
        if lines.is_empty() {
            lines.push("本人".to_owned());
        }
        lines
    }
}

impl Model {
    /// Makes the layout anew where it must be, and scrolls so that the selection is seen.
    pub(in crate::app) fn refresh_map(&mut self) {
        let place = self.place();
        let Some(desk) = self.desk.as_ref() else { return };
        if place != crate::command::Place::Map {
            return;
        }
        let body = panes(self.size, place, desk.map.whole).body;
        let ghost = self.ghost();
        let Some(desk) = self.desk.as_mut() else { return };
        // The last row of the body says what lies outside.
        let (x, y) = desk.map.scroll;
        let view = Area { x, y, w: i32::from(body.w), h: i32::from(body.h) - 1 };
        let only = desk.selected_branch().filter(|_| desk.map.level == Level::OneBranch);
        let made_for = (body.w, body.h, only, ghost);
        if desk.map.stale || desk.map.made_for != made_for {
            let ghost = made_for.3.clone().map(|(place, text)| Ghost { place, text });
            let mut words = std::mem::take(&mut desk.map.words);
            desk.map.layout = lay_out_desk(desk, self.marks, view, ghost.as_ref(), &mut words);
            desk.map.words = words;
            desk.map.made_for = made_for;
            desk.map.stale = false;
        }
        if desk.map.layout.find(desk.map.selected).is_none() {
            let branch =
                desk.selected_branch().map(What::Branch).filter(|b| desk.map.layout.find(*b).is_some());
            desk.map.selected =
                branch.or_else(|| desk.map.layout.boxes.first().map(|b| b.what)).unwrap_or(What::Centre);
        }
        let ghost = desk.map.layout.find(What::Ghost).map(|_| What::Ghost);
        desk.map.scroll = desk.map.layout.follow(view, ghost.unwrap_or(desk.map.selected), 2);
    }

    /// Where the words being typed would land, and as what.
    fn ghost(&self) -> Option<(Place, String)> {
        let desk = self.desk.as_ref()?;
        if desk.target != Target::New {
            return None;
        }
        let understood = desk.understand(desk.entry.text(), &self.lists);
        if understood.words.is_empty() {
            return None;
        }
        Some((desk.place_for(&understood)?, understood.words))
    }
}

/// A map of so many twigs may be laid out more than once to find the spacing that suits it.
const SMALL: usize = 80;

/// Lays the map out with as much air as there is room for.
fn lay_out_desk(
    desk: &Desk,
    marks: &'static Signs,
    view: Area,
    ghost: Option<&Ghost>,
    words: &mut Words,
) -> Layout {
    let all: BTreeSet<usize> = (0..desk.dossier.meeting.branches.len()).collect();
    let folded_branches = if desk.map.level == Level::Branches { &all } else { &desk.map.folded_branches };
    let one = desk.map.level == Level::OneBranch;
    let centre = desk.centre();
    let mut with = |spacing| {
        let input = Input {
            dossier: &desk.dossier,
            tree: &desk.tree,
            centre: &centre,
            folded: &desk.map.folded,
            folded_branches,
            only_branch: if one { desk.selected_branch() } else { None },
            wrap: match view.w {
                0..=90 => 18,
                91..=130 => 20,
                _ => 24,
            },
            spacing,
            labels: &MapLabels { signs: marks },
            ghost,
        };
        lay_out(&input, words)
    };
    if desk.dossier.nodes.len() <= SMALL || desk.map.level == Level::Branches {
        let roomy = with(Spacing::Roomy);
        if roomy.bounds.w <= view.w && roomy.bounds.h <= view.h {
            return roomy;
        }
        let normal = with(Spacing::Normal);
        if normal.bounds.w <= view.w && normal.bounds.h <= view.h {
            return normal;
        }
    }
    with(if view.w >= 130 { Spacing::Normal } else { Spacing::Compact })
}
