//! Making the bookmark, and going where it says.

use crate::command::Place;
use crate::domain::{Id, Node};
use crate::layout::shape::What;
use crate::ui::bookmark::{Bookmark, read};
use crate::ui::{
    App, Effect, MeetingScreen, PutAway, RegionScreen, Screen, SheetState, Spot, Target, Writing,
};

impl App {
    /// The meeting that is open, unless it is a sample, of which nothing is kept.
    pub(crate) fn kept_meeting(&self) -> Option<&MeetingScreen> {
        self.meeting().filter(|meeting| !meeting.doc.is_sample())
    }

    /// Where we are, as text.
    pub fn bookmark(&self) -> String {
        let sample = self.meeting().filter(|m| m.doc.is_sample()).map(|m| m.doc.dossier.meeting.id);
        let kept = self.cx.put_away.iter().filter(|put| sample.is_none() || put.meeting != sample);
        let mark = Bookmark {
            home: self.home.stands(),
            parked: self.parked.clone(),
            put_away: kept.cloned().collect(),
            region: self.region().map(RegionScreen::mark).or_else(|| self.region_wanted.clone()),
            ..self.kept_meeting().map(MeetingScreen::mark).unwrap_or_default()
        };
        // Plain data: it cannot fail to become text.
        serde_json::to_string(&mark).unwrap_or_default()
    }

    /// Keeps what is half typed in the meeting one leaves. Its clock is kept in the meeting already.
    pub(crate) fn park(&mut self) {
        if let Some(meeting) = self.kept_meeting().filter(|meeting| meeting.has_drafts()) {
            let mark = Bookmark { running: false, seconds: 0, ..meeting.mark() };
            self.parked.push(mark);
        }
    }

    /// Puts it back where the meeting is opened again.
    pub(crate) fn unpark(&mut self, meeting: &mut MeetingScreen) {
        let id = meeting.doc.dossier.meeting.id;
        if let Some(at) = self.parked.iter().position(|mark| mark.is_of(id)) {
            meeting.put_back(self.parked.remove(at));
        }
    }

    /// Puts everything back where a bookmark says it was.
    pub fn resume(&mut self, bookmark: &str) {
        let Some(mut mark) = read(bookmark) else { return };
        if let Some(item) = mark.home {
            self.home.want(item);
        }
        self.parked = std::mem::take(&mut mark.parked);
        let settled = |put: PutAway| PutAway { line: put.line.settled(), ..put };
        self.cx.put_away = std::mem::take(&mut mark.put_away).into_iter().map(settled).collect();
        if let Some(region) = mark.region.take() {
            self.region_wanted = Some(region);
            self.cx.effects.push(Effect::Region);
        }
        let Some((meeting, cx)) = mark.meeting.and_then(|id| self.meeting_of(id)) else { return };
        let (running, seconds) = (mark.running, mark.seconds);
        meeting.put_back(mark);
        meeting.doc.clock.put_back(seconds);
        meeting.doc.clock.running = false;
        if running {
            meeting.doc.start_clock(cx);
        }
        cx.touched = false;
    }
}

impl MeetingScreen {
    /// Where one is in the meeting, and what is half typed in it.
    pub(crate) fn mark(&self) -> Bookmark {
        let (map, sheet) = (&self.map, self.sheet.clone());
        // While the past is looked at, the present is what one comes back to.
        let (selected, level) =
            map.replay.as_ref().map_or((map.selected, map.level), |r| (r.selected, r.level));
        let node = |what| if let What::Node(id) = what { Some(id) } else { None };
        let searches = map.writing.target() == Some(Target::Search);
        Bookmark {
            meeting: Some(self.doc.dossier.meeting.id),
            screen: self.at,
            writings: Spot::ALL.into_iter().map(|spot| (spot, self.entry(spot).clone())).collect(),
            picked: map.picked,
            speaker: self.doc.speaker,
            question: self.closing.question,
            selected_node: node(selected),
            selected_branch: if let What::Branch(i) = selected { Some(i) } else { None },
            on_centre: selected == What::Centre,
            folded: map.folded.clone(),
            folded_branches: map.folded_branches.clone(),
            level,
            whole: map.whole,
            kind: map.kind,
            searched_from: node(map.searched_from).filter(|_| searches),
            sheet_row: sheet.row,
            sheet_column: sheet.column,
            cell: sheet.editing,
            running: self.doc.clock.running,
            seconds: self.doc.clock.carried(),
            ..Bookmark::default()
        }
    }

    /// Puts the meeting back where a mark says it was.
    pub(crate) fn put_back(&mut self, mark: Bookmark) {
        self.at = mark.screen;
        let dossier = &self.doc.dossier;
        let node = |id: &Id<Node>| dossier.nodes.contains_key(id);
        let speaker = mark.speaker.filter(|id| dossier.participants.contains_key(id));
        self.map.selected = match (mark.selected_node.filter(node), mark.selected_branch) {
            (Some(id), _) => What::Node(id),
            (None, Some(i)) if i < dossier.meeting.branches.len() => What::Branch(i),
            (None, None) if mark.on_centre => What::Centre,
            _ => What::Branch(0),
        };
        self.map.searched_from = mark.searched_from.filter(node).map_or(self.map.selected, What::Node);
        self.map.picked = mark.picked;
        self.map.kind = mark.kind;
        self.map.folded = mark.folded;
        self.map.folded_branches = mark.folded_branches;
        self.map.level = mark.level;
        self.map.whole = mark.whole;
        self.map.stale = true;
        self.doc.speaker = speaker;
        self.closing.question = mark.question;
        for (spot, writing) in mark.writings {
            self.put_back_line(spot, writing);
        }
        // The cell may wait under the map.
        let own = match self.place() {
            Place::Map => Place::of(self.doc.step()),
            place => place,
        };
        let mut editing = mark.cell.map(|(cell, line)| (self.cell_that_stands(cell), line.settled()));
        let lost = editing.take_if(|(cell, _)| !cell.is_at(own));
        let (row, column) = (mark.sheet_row, mark.sheet_column);
        self.sheet = SheetState { row, column, editing, ..SheetState::default() };
        // The words of a cell that has no place any more are a draft for something new.
        let draft = self.here_mut().map(Writing::draft_mut).filter(|draft| draft.is_empty());
        if let (Some((_, line)), Some(draft)) = (lost, draft) {
            *draft = line;
        }
    }

    /// Puts back what was half typed in an entry line.
    pub(crate) fn put_back_line(&mut self, spot: Spot, writing: Writing) {
        let mut writing = writing.settled();
        let gone = |target: Target| target.spot() != spot || !target.stands(&self.doc.dossier);
        // A line used for something that is gone is a draft for something new.
        if writing.target().is_some_and(gone) {
            writing.lose_target();
        }
        *self.entry_mut(spot) = writing;
    }
}
