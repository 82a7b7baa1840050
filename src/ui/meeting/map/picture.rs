//! The map as it is to be drawn, made anew where it must be, and where to look at it.

use std::collections::BTreeSet;

use crate::domain::{Branch, Side};
use crate::layout::deal::deal;
use crate::layout::ghost::with_ghost;
use crate::layout::labels::MapLabels;
use crate::layout::map::{Ghost, Input, Spacing, centre, lay_out};
use crate::layout::measure::width;
use crate::layout::shape::{Area, What};
use crate::layout::signs::Signs;
use crate::ui::meeting::map::{MadeFor, Sitting};
use crate::ui::{Context, Level, MapScreen};

impl MapScreen {
    /// Lays the map out with as much air as there is room for. What was tight stays so until something else is looked at:
    /// a map must not breathe while people write on it.
    fn lay_out(&mut self, doc: &Sitting, marks: &'static Signs, made_for: MadeFor) {
        let before = &self.made_for;
        let elsewhere =
            (before.room, before.level, before.only) != (made_for.room, made_for.level, made_for.only);
        if elsewhere {
            self.spacing = Spacing::Roomy;
        }
        // How much air there is, is found without the words that are only being typed: they may still be taken back, and with
        // each of their letters it would be looked for again.
        if made_for.ghost.is_some() && self.spacing != Spacing::Compact && (elsewhere || self.stale) {
            self.lay_out(doc, marks, MadeFor { ghost: None, ..made_for.clone() });
        }
        if self.stale && self.replay.is_none() {
            self.sides = deal(&doc.dossier, &doc.tree, &self.sides);
        }
        if self.spacing == Spacing::Compact && made_for.ghost.is_some() {
            return self.lay_out_ghost(doc, marks, made_for);
        }
        let taken_back = MadeFor { ghost: None, ..self.made_for.clone() } == made_for;
        if let Some(bare) = self.bare.take().filter(|_| taken_back && !self.stale) {
            (self.layout, self.made_for) = (bare, made_for);
            return;
        }
        let mut words = std::mem::take(&mut self.words);
        let mut spacing = self.spacing;
        let layout = loop {
            let layout = self.with_input(doc, marks, spacing, &made_for, |input| lay_out(input, &mut words));
            spacing = match spacing {
                _ if layout.bounds.w <= made_for.room.0 && layout.bounds.h <= made_for.room.1 => {
                    break layout;
                }
                Spacing::Roomy => Spacing::Normal,
                Spacing::Normal => Spacing::Compact,
                Spacing::Compact => break layout,
            };
        };
        if made_for.ghost.is_none() {
            self.spacing = spacing;
        }
        (self.layout, self.words, self.made_for, self.stale) = (layout, words, made_for, false);
    }

    /// Puts the words being typed into a stacked map; the map without them is kept for the next key.
    fn lay_out_ghost(&mut self, doc: &Sitting, marks: &'static Signs, made_for: MadeFor) {
        let mut words = std::mem::take(&mut self.words);
        let bare_for = MadeFor { ghost: None, ..made_for.clone() };
        let bare = match self.bare.take() {
            Some(bare) if !self.stale => bare,
            _ if !self.stale && self.made_for == bare_for => std::mem::take(&mut self.layout),
            _ => self.with_input(doc, marks, Spacing::Compact, &bare_for, |input| lay_out(input, &mut words)),
        };
        let layout = self.with_input(doc, marks, Spacing::Compact, &made_for, |input| {
            with_ghost(&bare, input, &mut words)
        });
        (self.layout, self.words, self.made_for, self.stale) = (layout, words, made_for, false);
        self.bare = Some(bare);
    }

    fn with_input<T>(
        &self,
        doc: &Sitting,
        marks: &'static Signs,
        spacing: Spacing,
        made_for: &MadeFor,
        each: impl FnOnce(&Input<'_>) -> T,
    ) -> T {
        let (dossier, tree) = self.seen(doc);
        let all: BTreeSet<usize> = (0..dossier.meeting.branches.len()).collect();
        // The past may have had more branches; those there are now stay where people know them.
        let side = |(i, branch): (usize, &Branch)| self.sides.get(i).copied().unwrap_or(branch.side);
        let sides: Vec<Side> = dossier.meeting.branches.iter().enumerate().map(side).collect();
        let folded = if made_for.level == Level::Branches { &all } else { &self.folded_branches };
        let centre = centre(&doc.dossier);
        let middle =
            made_for.only.is_none().then(|| centre.iter().map(|line| width(line) + 2).max().unwrap_or(0));
        let input = Input {
            dossier,
            tree,
            sides: &sides,
            centre: &centre,
            folded: &self.folded,
            folded_branches: folded,
            only_branch: made_for.only,
            wrap: widest(made_for.room.0, middle, spacing),
            spacing,
            labels: &MapLabels { signs: marks },
            ghost: made_for.ghost.as_ref(),
        };
        each(&input)
    }

    /// Makes the layout anew where it must be, and scrolls so that the selection is seen.
    pub(crate) fn refresh(&mut self, doc: &Sitting, cx: &Context) {
        if self.refresh_chart(doc, cx) {
            return;
        }
        let body = self.pane(doc, cx);
        let ghost = self.ghost(doc, cx);
        // The last row of the body says what lies outside.
        let (w, h) = (i32::from(body.width), i32::from(body.height) - 1);
        let only = self.selected_branch(doc).filter(|_| self.level == Level::OneBranch);
        let made_for = MadeFor { room: (w, h), level: self.level, only, ghost };
        if self.stale || self.made_for != made_for {
            self.lay_out(doc, cx.marks, made_for);
        }
        if self.layout.find(self.selected).is_none() {
            let branch =
                self.selected_branch(doc).map(What::Branch).filter(|b| self.layout.find(*b).is_some());
            self.selected =
                branch.or_else(|| self.layout.boxes.first().map(|b| b.what)).unwrap_or(What::Centre);
        }
        if !self.wandered {
            let seen = self.layout.find(What::Ghost).map_or(self.selected, |ghost| ghost.what);
            let (x, y) = self.scroll;
            self.scroll = self.layout.follow(Area { x, y, w, h }, seen, 2);
        }
    }

    /// Where the words being typed would land, and as what.
    fn ghost(&self, doc: &Sitting, cx: &Context) -> Option<Ghost> {
        let free = self.writing.target().is_none() && self.replay.is_none();
        let typed = Some(self.writing.line.text()).filter(|_| free)?;
        let understood = self.understand(doc, typed, &cx.lists);
        let place = self.place_for(doc, &understood).filter(|_| !understood.words.is_empty())?;
        Some(Ghost { place, text: understood.words })
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::command::{Code, Key, Keymap};
    use crate::domain::{Moment, Now};
    use crate::privacy::PersonalWords;
    use crate::store::Answer;
    use crate::ui::{App, Msg, update};

    #[test]
    fn 書きかけのまま画面の大きさが変わっても地図は一度で決まる() {
        let stamp = Now { at: Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap(), seed: 1 };
        let (lists, keymap) = (crate::format::lists(None).unwrap(), Keymap::new(&BTreeMap::new()).unwrap());
        let mut model =
            App::new(Context::new(stamp, lists, crate::format::builtin(), keymap, PersonalWords::new(&[])));
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
        let map = &model.meeting().unwrap().map;
        assert!(map.layout.find(What::Ghost).is_some());
        // The air is known, and the map without the words waits for the next letter.
        assert_eq!((map.spacing, map.bare.is_some()), (Spacing::Compact, true));
    }
}
