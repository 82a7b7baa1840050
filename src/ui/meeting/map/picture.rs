//! The map as it is to be drawn, made anew where it must be, and where to look at it.

use std::collections::BTreeSet;

use crate::domain::{Kind, map};
use crate::layout::map::{Ghost, centre};
use crate::layout::shape::{Area, What};
use crate::layout::wall::{Focus, Input};
use crate::ui::meeting::map::{MadeFor, Sitting};
use crate::ui::{Context, Level, MapScreen};

impl MapScreen {
    fn lay_out(&mut self, doc: &Sitting, cx: &Context, made_for: MadeFor) {
        let (mut wall, mut words) = (std::mem::take(&mut self.wall), std::mem::take(&mut self.words));
        self.divide(doc, &made_for);
        let part = self.part.as_deref();
        let (dossier, tree) = part.map_or_else(|| self.seen(doc), |part| (&part.dossier, &part.tree));
        let folded_branches: BTreeSet<usize> = match made_for.level {
            Level::Branches => (0..dossier.meeting.branches.len()).collect(),
            _ => self.folded_branches.clone(),
        };
        let input = Input {
            dossier,
            tree,
            centre: &centre(&doc.dossier),
            folded: &self.folded,
            folded_branches: &folded_branches,
            only_branch: made_for.branch,
            signs: cx.marks,
            ghost: made_for.ghost.as_ref(),
            room: made_for.room,
            focus: Focus {
                selected: self.selected,
                visited: &self.visited,
                hits: &self.hits,
                marked: self.linking(),
                roots: &doc.causes.roots(),
                only: self.only(),
                still: false,
            },
        };
        self.layout = wall.lay_out(&input, &mut words);
        (self.wall, self.words, self.made_for, self.stale) = (wall, words, made_for, false);
    }

    /// The terminal draws wider than was thought: nothing that was measured holds.
    pub(crate) fn measure_anew(&mut self) {
        (self.wall, self.words) = Default::default();
        self.stale = true;
    }

    /// Makes the layout anew where it must be, and scrolls so that the selection is seen.
    pub(crate) fn refresh(&mut self, doc: &Sitting, cx: &Context) {
        if self.refresh_chart(doc, cx) {
            return;
        }
        if let Some(branch) = self.selected_branch(doc).filter(|b| self.visited.first() != Some(b)) {
            self.visited.retain(|visited| *visited != branch);
            self.visited.insert(0, branch);
        }
        let mut room = self.lay_out_in_pane(doc, cx);
        if self.wall.folds() && self.crowded != Some(cx.size) {
            self.crowded = Some(cx.size);
            room = self.lay_out_in_pane(doc, cx);
        }
        if self.layout.find(self.selected).is_none() {
            let branch =
                self.selected_branch(doc).map(What::Branch).filter(|b| self.layout.find(*b).is_some());
            self.selected =
                branch.or_else(|| self.layout.boxes.first().map(|b| b.what)).unwrap_or(What::Centre);
        }
        if !self.wandered {
            // In another room it stands in the middle again; there it stays while it grows.
            if self.centred_in.replace(room) != Some(room) {
                let (x, y) = self.scroll;
                self.scroll = self.layout.centred(Area { x, y, w: room.0, h: room.1 });
            }
            let seen = self.layout.find(What::Ghost).map_or(self.selected, |ghost| ghost.what);
            let (x, y) = self.scroll;
            // Where not all of it fits, the last row says so.
            let rows = room.1 - i32::from(self.layout.bounds.h > room.1);
            self.scroll = self.layout.follow(Area { x, y, w: room.0, h: rows }, seen, 2);
        }
    }

    /// Makes the layout anew where it must be; gives its columns and rows.
    fn lay_out_in_pane(&mut self, doc: &Sitting, cx: &Context) -> (i32, i32) {
        let body = self.pane(doc, cx);
        let room = (i32::from(body.width), i32::from(body.height));
        let branch = self.selected_branch(doc).filter(|_| self.level == Level::OneBranch);
        let focus = self.wall.follows().then(|| (self.selected, self.hits.clone(), self.linking()));
        let ghost = self.ghost(doc, cx);
        let mut made_for = MadeFor { room, level: self.level, branch, ghost, focus, kept: None };
        made_for.kept = self.kept(doc, &made_for);
        if self.stale || self.made_for != made_for {
            self.lay_out(doc, cx, made_for);
        }
        room
    }

    /// What stands on the map until it is entered.
    pub fn ghost_shown(&self) -> Option<&Ghost> {
        self.made_for.ghost.as_ref()
    }

    /// Where the words being typed would land, and as what.
    fn ghost(&self, doc: &Sitting, cx: &Context) -> Option<Ghost> {
        let free = self.writing.target().is_none() && self.replay.is_none();
        let typed = Some(self.writing.line.text()).filter(|_| free)?;
        let understood = self.understand(doc, typed, &cx.lists);
        let place = self.place_for(doc, &understood).filter(|_| !understood.words.is_empty())?;
        // What looks like a name is not shown to the room before it is meant.
        let kind = understood.kind.unwrap_or(self.default_kind(doc));
        let number = if kind == Kind::Issue { map::next_number(&doc.dossier) } else { 0 };
        Some(Ghost::new(place, kind, number, cx.watch.unnamed(&understood.words)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::rc::Rc;

    use super::*;
    use crate::command::{Code, Key, Keymap};
    use crate::domain::{Moment, Now};
    use crate::privacy::PersonalWords;
    use crate::store::Answer;
    use crate::ui::{App, Msg, update};

    fn stamp() -> Now {
        Now { at: Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap(), seed: 1 }
    }

    fn case_a() -> App {
        let (lists, keymap) = (crate::format::lists(None).unwrap(), Keymap::new(&BTreeMap::new()).unwrap());
        let context = Context::new(stamp(), lists, crate::format::builtin(), keymap, PersonalWords::new(&[]));
        let mut model = App::new(context);
        let mut dossier = crate::export::sample::case_a().unwrap();
        dossier.progress.step = 1;
        model.take_in(Answer::Opened {
            meeting: Box::new(dossier.into()),
            journal: Vec::new(),
            previous: Vec::new(),
        });
        model
    }

    #[test]
    fn 一種類だけを見るあいだ文字を打っても見える部分は作りなおさない() {
        let mut model = case_a();
        update(&mut model, Msg::Resize(120, 40), stamp());
        let (meeting, _) = model.meeting_mut().unwrap();
        meeting.map.show_only(&meeting.doc, Some(Kind::Issue));
        let mut part_after = |code| {
            // Another seed than that of the sample: what is written gets an id of its own.
            update(&mut model, Msg::Key(Key::plain(code)), Now { seed: 2, ..stamp() });
            model.meeting().unwrap().map.part.clone().unwrap()
        };
        let part = part_after(Code::Char('あ'));
        for letter in "さの散歩".chars() {
            assert!(Rc::ptr_eq(&part, &part_after(Code::Char(letter))), "{letter}");
        }
        let entered = part_after(Code::Enter);
        assert!(entered.dossier.nodes.values().any(|node| node.text == "あさの散歩"));
    }

    #[test]
    fn 書きかけのまま画面の大きさが変わっても地図は一度で決まる() {
        let mut model = case_a();
        for msg in [Msg::Resize(120, 40), Msg::Key(Key::plain(Code::Char('あ'))), Msg::Resize(100, 30)] {
            update(&mut model, msg, stamp());
        }
        let map = &model.meeting().unwrap().map;
        assert!(map.layout.find(What::Ghost).is_some());
        assert!(map.layout.stacked);
    }
}
