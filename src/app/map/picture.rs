//! The map as it is to be drawn, made anew where it must be, and where to look at it.

use std::collections::BTreeSet;

use super::{Desk, Level, MadeFor, Model};
use crate::app::panes::panes;
use crate::domain::{Branch, Side};
use crate::layout::deal::deal;
use crate::layout::ghost::with_ghost;
use crate::layout::labels::MapLabels;
use crate::layout::map::{Ghost, Input, Spacing, centre, lay_out};
use crate::layout::measure::width;
use crate::layout::shape::{Area, What};
use crate::layout::signs::Signs;

impl Desk {
    /// Lays the map out with as much air as there is room for. What was tight stays so until something else is looked at:
    /// a map must not breathe while people write on it.
    fn lay_out(&mut self, marks: &'static Signs, view: Area, made_for: MadeFor) {
        let before = &self.map.made_for;
        let elsewhere =
            (before.size, before.level, before.only) != (made_for.size, made_for.level, made_for.only);
        if elsewhere {
            self.map.spacing = Spacing::Roomy;
        }
        // How much air there is, is found without the words that are only being typed: they may still be taken back, and with
        // each of their letters it would be looked for again.
        if made_for.ghost.is_some() && self.map.spacing != Spacing::Compact && (elsewhere || self.map.stale) {
            self.lay_out(marks, view, MadeFor { ghost: None, ..made_for.clone() });
        }
        if self.map.stale && self.replay.is_none() {
            self.map.sides = deal(&self.doc.dossier, &self.doc.tree, &self.map.sides);
        }
        if self.map.spacing == Spacing::Compact && made_for.ghost.is_some() {
            return self.lay_out_ghost(marks, view, made_for);
        }
        let taken_back = MadeFor { ghost: None, ..self.map.made_for.clone() } == made_for;
        if let Some(bare) = self.map.bare.take().filter(|_| taken_back && !self.map.stale) {
            (self.map.layout, self.map.made_for) = (bare, made_for);
            return;
        }
        let mut words = std::mem::take(&mut self.map.words);
        let (mut spacing, mut layout);
        let mut airs = [Spacing::Roomy, Spacing::Normal, Spacing::Compact]
            .into_iter()
            .skip_while(|air| *air != self.map.spacing);
        loop {
            spacing = airs.next().unwrap_or(Spacing::Compact);
            layout = self.with_input(marks, view, spacing, &made_for, |input| lay_out(input, &mut words));
            let fits = layout.bounds.w <= view.w && layout.bounds.h <= view.h;
            if fits || spacing == Spacing::Compact {
                break;
            }
        }
        if made_for.ghost.is_none() {
            self.map.spacing = spacing;
        }
        let map = &mut self.map;
        (map.layout, map.words, map.made_for, map.stale) = (layout, words, made_for, false);
    }

    /// Puts the words being typed into a stacked map; the map without them is kept for the next key.
    fn lay_out_ghost(&mut self, marks: &'static Signs, view: Area, made_for: MadeFor) {
        let mut words = std::mem::take(&mut self.map.words);
        let bare_for = MadeFor { ghost: None, ..made_for.clone() };
        let bare = match self.map.bare.take() {
            Some(bare) if !self.map.stale => bare,
            _ if !self.map.stale && self.map.made_for == bare_for => std::mem::take(&mut self.map.layout),
            _ => {
                self.with_input(marks, view, Spacing::Compact, &bare_for, |input| lay_out(input, &mut words))
            }
        };
        let layout = self.with_input(marks, view, Spacing::Compact, &made_for, |input| {
            with_ghost(&bare, input, &mut words)
        });
        let map = &mut self.map;
        (map.layout, map.words, map.made_for, map.stale) = (layout, words, made_for, false);
        map.bare = Some(bare);
    }

    fn with_input<T>(
        &self,
        marks: &'static Signs,
        view: Area,
        spacing: Spacing,
        made_for: &MadeFor,
        each: impl FnOnce(&Input<'_>) -> T,
    ) -> T {
        let (dossier, tree) = self.seen();
        let all: BTreeSet<usize> = (0..dossier.meeting.branches.len()).collect();
        // The past may have had more branches; those there are now stay where people know them.
        let side = |(i, branch): (usize, &Branch)| self.map.sides.get(i).copied().unwrap_or(branch.side);
        let sides: Vec<Side> = dossier.meeting.branches.iter().enumerate().map(side).collect();
        let folded = if made_for.level == Level::Branches { &all } else { &self.map.folded_branches };
        let centre = centre(&self.doc.dossier);
        let middle =
            made_for.only.is_none().then(|| centre.iter().map(|line| width(line) + 2).max().unwrap_or(0));
        let input = Input {
            dossier,
            tree,
            sides: &sides,
            centre: &centre,
            folded: &self.map.folded,
            folded_branches: folded,
            only_branch: made_for.only,
            wrap: widest(view.w, middle, spacing),
            spacing,
            labels: &MapLabels { signs: marks },
            ghost: made_for.ghost.as_ref(),
        };
        each(&input)
    }
}

/// The widest words may be in a view of this width, with a middle of so many cells; none where a branch stands alone.
fn widest(width: i32, centre: Option<usize>, spacing: Spacing) -> usize {
    let width = width.unsigned_abs() as usize;
    match (spacing, centre) {
        (Spacing::Compact, None) => width.saturating_sub(4).min(60),
        // Half of what the middle leaves, without the trunk and the edge.
        (Spacing::Compact, Some(centre)) => {
            (width.saturating_sub(centre) / 2).saturating_sub(4).clamp(24, 40)
        }
        _ => (width / 6 + 4).clamp(18, 24),
    }
}

impl Model {
    /// Makes the layout anew where it must be, and scrolls so that the selection is seen.
    pub(in crate::app) fn refresh_map(&mut self) {
        let place = self.place();
        if place != crate::command::Place::Map {
            return;
        }
        if self.refresh_chart() {
            return;
        }
        let Some(desk) = self.desk.as_ref() else { return };
        let body = panes(self.cx.size, place, desk.map.whole).body;
        let ghost = self.ghost();
        let Some(desk) = self.desk.as_mut() else { return };
        // The last row of the body says what lies outside.
        let (x, y) = desk.map.scroll;
        let view = Area { x, y, w: i32::from(body.width), h: i32::from(body.height) - 1 };
        let only = desk.selected_branch().filter(|_| desk.map.level == Level::OneBranch);
        let made_for = MadeFor { size: (body.width, body.height), level: desk.map.level, only, ghost };
        if desk.map.stale || desk.map.made_for != made_for {
            desk.lay_out(self.cx.marks, view, made_for);
        }
        if desk.map.layout.find(desk.map.selected).is_none() {
            let branch =
                desk.selected_branch().map(What::Branch).filter(|b| desk.map.layout.find(*b).is_some());
            desk.map.selected =
                branch.or_else(|| desk.map.layout.boxes.first().map(|b| b.what)).unwrap_or(What::Centre);
        }
        let ghost = desk.map.layout.find(What::Ghost).map(|_| What::Ghost);
        if desk.map.wandered {
            return;
        }
        desk.map.scroll = desk.map.layout.follow(view, ghost.unwrap_or(desk.map.selected), 2);
    }

    /// Where the words being typed would land, and as what.
    fn ghost(&self) -> Option<Ghost> {
        let desk = self.desk.as_ref()?;
        if desk.map.writing.target().is_some() || desk.replay.is_some() {
            return None;
        }
        let understood = desk.understand(desk.map.writing.line.text(), &self.cx.lists);
        if understood.words.is_empty() {
            return None;
        }
        Some(Ghost { place: desk.place_for(&understood)?, text: understood.words })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::app::{Msg, update};
    use crate::command::{Code, Key, Keymap};
    use crate::domain::{Moment, Now};
    use crate::privacy::PersonalWords;
    use crate::store::Answer;

    #[test]
    fn 書きかけのまま画面の大きさが変わっても地図は一度で決まる() {
        let stamp = Now { at: Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap(), seed: 1 };
        let (lists, keymap) = (crate::format::lists(None).unwrap(), Keymap::new(&BTreeMap::new()).unwrap());
        let mut model = Model::new(crate::app::Context::new(
            stamp,
            lists,
            crate::format::builtin(),
            keymap,
            PersonalWords::new(&[]),
        ));
        let mut dossier = crate::export::sample::case_a().unwrap();
        dossier.progress.step = 1;
        model.take_in(Answer::Opened {
            meeting: Box::new(dossier.into()),
            journal: Vec::new(),
            previous: Vec::new(),
        });
        for msg in [Msg::Resize(120, 40), Msg::Key(Key::plain(Code::Char('あ'))), Msg::Resize(100, 30)] {
            update(&mut model, msg, stamp);
        }
        let map = &model.desk.as_ref().unwrap().map;
        assert!(map.layout.find(What::Ghost).is_some());
        // The air is known, and the map without the words waits for the next letter.
        assert_eq!((map.spacing, map.bare.is_some()), (Spacing::Compact, true));
    }
}
