//! An open meeting: its document, and its screens side by side. Which of them has the keys is where one stands; what goes
//! from one to another passes through here, for no screen reaches into another.

pub(crate) mod choices;
pub(crate) mod clock;
pub mod closing;
pub mod drafts;
pub(crate) mod draw;
pub(crate) mod follow;
pub mod growth;
pub mod item;
pub mod map;
pub mod people;
pub(crate) mod plan;
pub mod prompts;
pub mod readback;
pub mod regional;
pub(crate) mod signed;
pub(crate) mod sitting;
pub(crate) mod sources;
pub(crate) mod steps;
pub(crate) mod typing;

use serde::{Deserialize, Serialize};

use crate::command::{Code, Command, Key, Place};
use crate::domain::map::Move;
use crate::ui::look::prelude::{Buffer, Seats, View};
use crate::ui::meeting::closing::Closing;
use crate::ui::meeting::people::People;
use crate::ui::meeting::regional::RegionalForm;
use crate::ui::{
    Beside, Context, Document, Drafts, Effect, Enter, Flow, Input, LastKey, Level, MapScreen, OpenMeeting,
    Overlay, Panes, Pick, Screen, Seat, SheetState, Sheets, Sitting, Spot, Target, Writing, entry,
};

/// Which of the screens of a meeting one is on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// The form about the meeting.
    Info,
    People,
    /// The screen of the current step.
    #[default]
    #[serde(rename = "")]
    Step,
}

#[derive(Debug, Clone, PartialEq)]
pub struct MeetingScreen {
    pub doc: Sitting,
    pub at: At,
    pub map: MapScreen,
    /// Where one stands in the form, list or table one is on. It waits under the map, and begins anew elsewhere.
    pub sheet: SheetState,
    /// Those who are there; at the opening with the last actions under them.
    pub people: People,
    pub regional: RegionalForm,
    pub closing: Closing,
}

impl MeetingScreen {
    /// A meeting of which only the records are known yet.
    pub fn new(doc: Document<OpenMeeting>) -> Self {
        Self {
            doc: Sitting::new(doc),
            at: At::Step,
            map: MapScreen::default(),
            sheet: SheetState::default(),
            people: People::default(),
            regional: RegionalForm::default(),
            closing: Closing::default(),
        }
    }
}

impl Screen for MeetingScreen {
    fn place(&self) -> Place {
        match self.at {
            At::Info => Place::Info,
            At::People => Place::People,
            At::Step if self.map.whole => Place::Map,
            At::Step => Place::of(self.doc.step()),
        }
    }

    fn hindered(&self, cx: &Context, command: Command) -> Option<&'static str> {
        self.hindered_here(cx, command)
    }

    fn perform(&mut self, cx: &mut Context, command: Command) -> Flow {
        match command {
            Command::ShiftUp => self.map.shift_twig(&mut self.doc, cx, Move::Up),
            Command::ShiftDown => self.map.shift_twig(&mut self.doc, cx, Move::Down),
            Command::ShiftIn => self.map.shift_twig(&mut self.doc, cx, Move::In),
            Command::ShiftOut => self.map.shift_twig(&mut self.doc, cx, Move::Out),
            // A space that begins no words leads to what is offered.
            Command::Take if self.in_empty_cell() => self.take(cx),
            Command::Fold | Command::Tick | Command::Take if self.types_space() => {
                return self.type_text(cx, " ");
            }
            Command::Fold => self.map.fold_selected(&self.doc),
            Command::Take => self.take(cx),
            Command::NextCell | Command::PreviousCell if self.source_row().is_some() => self.leave_sources(),
            Command::Level => self.map.next_level(&self.doc, cx),
            Command::Chart => self.map.toggle_chart(&self.doc),
            Command::OnlyKind => self.map.choose_only(&self.doc, cx),
            Command::Whole => self.toggle_whole(cx),
            Command::Growth => self.start_replay(cx),
            Command::PreviousStep => self.previous_step(cx),
            Command::NextStep => return self.next_step(cx),
            Command::People => self.show(cx, At::People),
            Command::Info => self.show(cx, At::Info),
            Command::CaseHistory => self.show_case(cx),
            Command::Prompts => cx.over = Some(Overlay::Prompts(0)),
            Command::ReadBack => cx.over = Some(Overlay::ReadBack(0)),
            Command::Back => return self.back(cx),
            Command::AddBeside | Command::AddUnder | Command::Enter if self.take_candidate(cx) => {}
            Command::AddBeside | Command::Enter => return self.enter_once(cx),
            Command::AddUnder if self.is_mending() || self.map.writing.is_idle() => {}
            Command::AddUnder => {
                self.map.add_twig(&mut self.doc, cx, command);
                self.have_entered(cx);
            }
            Command::Edit => return self.edit_selected(cx),
            Command::Tick => self.tick_selected(cx),
            Command::Delete if self.deletes_letters() => self.edit_key(cx, Key::plain(Code::Delete)),
            Command::Delete if self.place() == Place::Map => self.map.delete_twig(&mut self.doc, cx),
            Command::Delete => self.delete_row(cx),
            Command::Speaker => self.choose_speaker(cx),
            Command::Kind if self.place() == Place::Closing => self.choose_question(cx),
            Command::Kind => self.choose_kind(cx),
            // Pressed again it means the link that is being made.
            Command::Link if self.map.linking().is_some() => {}
            Command::Link => self.begin_at_twig(cx, Target::Link),
            Command::Said => self.begin_at_twig(cx, Target::Said),
            Command::Search => self.begin(cx, Target::Search),
            Command::GoToStep => self.choose_step(cx),
            Command::Format => self.choose_format(cx),
            Command::Alike => self.choose_alike(cx),
            Command::FollowUp => self.ask_follow_up(cx),
            Command::NextDate => self.write_next_date(cx),
            Command::Clock => self.doc.toggle_clock(cx),
            Command::DeleteMeeting => {
                let meeting = self.doc.dossier.meeting.id;
                cx.effects.push(Effect::Removal { meeting, sure: false });
            }
            Command::Extend => self.ask_extension(cx),
            Command::NextTurn => self.next_turn(cx),
            Command::Copy => self.copy(cx, self.place()),
            _ => return self.perform_on_document(cx, command),
        }
        Flow::Done
    }

    fn entering(&self, cx: &Context) -> Option<Enter> {
        self.writing().map_or_else(|| self.on_cell(cx), |writing| self.on_line(cx, writing))
    }

    fn go_vertically(&mut self, cx: &mut Context, step: isize) {
        self.sheet.beside.go();
        match self.place() {
            _ if self.step_candidate(cx, step) || self.step_source(step) => {}
            Place::Map if self.leaves_mending(cx) => self.map.go_vertically(&self.doc, step),
            Place::Map => {}
            _ => self.sheet_move(cx, step, 0),
        }
    }

    fn go_sideways(&mut self, cx: &mut Context, step: isize) {
        let (place, start) = (self.place(), self.words_start());
        self.sheet.beside.go();
        if self.step_beside(cx, step) {
            return;
        }
        if self.writing().is_none() {
            return self.sheet_move(cx, 0, step);
        }
        if let Some(line) = self.line_mut().filter(|line| !line.is_empty()) {
            if step > 0 {
                line.right();
            } else if line.cursor() > start {
                line.left();
            }
        } else if place == Place::Map && self.leaves_mending(cx) {
            self.map.go_sideways(&self.doc, step);
        }
    }

    fn go_page(&mut self, cx: &mut Context, step: isize) {
        self.sheet.beside.go();
        match self.place() {
            Place::Map if self.leaves_mending(cx) => self.map.go_page(&self.doc, step),
            Place::Map => {}
            _ if self.step_source(step * 8) => {}
            _ => self.sheet_page(cx, step),
        }
    }

    fn line_mut(&mut self) -> Option<&mut Input> {
        if self.editing().is_some() {
            return self.sheet_mut()?.editing.as_mut().map(|(_, line)| line);
        }
        self.here_mut().map(|writing| &mut writing.line)
    }

    fn writing(&self) -> Option<&Writing> {
        Spot::of(self.place()).map(|spot| self.entry(spot))
    }

    fn is_mending(&self) -> bool {
        self.editing().is_some() || self.writing().is_some_and(|w| w.target().is_some())
    }

    fn edit_key(&mut self, _: &mut Context, key: Key) {
        let (start, signs) = (self.words_start(), self.signs());
        if self.typed().is_none() {
            return self.edit_in_cell(key);
        }
        let Some(line) = self.line_mut() else { return };
        match key.code {
            Code::Backspace if start > 0 && line.cursor() <= start => {
                if let Some((raw, cursor)) = entry::label_to_text(line.text(), signs) {
                    line.replace(raw, cursor);
                }
            }
            Code::Backspace | Code::Delete
                if let Some((raw, cursor)) =
                    entry::without_doubled(line.text(), line.cursor(), key.code, signs) =>
            {
                line.replace(raw, cursor);
            }
            Code::Home => line.put_cursor(start),
            _ => {
                line.edit(key);
                // What the labels show is no word to walk through.
                if key.by_word().is_some() && line.cursor() < start {
                    line.put_cursor(start);
                }
            }
        }
        self.after_typing();
    }

    fn type_text(&mut self, cx: &mut Context, typed: &str) -> Flow {
        let empty = self.line_mut().is_none_or(|line| line.is_empty());
        if typed == "\u{3000}" && self.has_sources() && self.editing().is_none() {
            // The wide space of an input method means the key, too.
            return self.attempt(cx, Command::Take);
        } else if self.editing().is_some() || self.writing().is_none() {
            // What waits to be said in other words is what one means.
            let borrowed = self.selected_cell(cx).is_some_and(|cell| self.is_borrowed(cell));
            let met = self.sheet.beside == Beside::Met && !borrowed;
            if self.editing().is_none() && (self.source_row().is_some() || met) {
                self.begin_row(cx);
            }
            self.sheet_type(cx, typed);
        } else if typed == "\u{3000}" && empty {
            // A space on an empty line is no word: it folds, also when an input method sends the wide one.
            let ticks = matches!(self.place(), Place::Opening | Place::Closing);
            return self.attempt(cx, if ticks { Command::Tick } else { Command::Fold });
        } else if matches!(typed, " " | "\u{3000}") && self.writing().is_some_and(|w| w.candidate > 0) {
            // A space ends the sign with what was stepped to.
            self.take_candidate(cx);
        } else {
            if let Some(line) = self.line_mut() {
                line.insert(typed);
            }
            self.after_typing();
        }
        Flow::Done
    }

    fn take_pick(&mut self, cx: &mut Context, pick: Pick) -> Flow {
        match pick {
            Pick::Speaker(speaker) => self.take_speaker(cx, speaker),
            Pick::Kind(kind) => self.map.set_kind(&mut self.doc, cx, kind),
            Pick::Only(kind) => self.map.show_only(&self.doc, kind),
            Pick::Step(index) => self.go_to_step(cx, index),
            Pick::Question(index) => self.set_question(index),
            Pick::Format(index) => self.set_format(cx, index),
            Pick::Join(issue) => self.join(cx, issue),
            Pick::Confirmed(title) => self.confirm_all(cx, title),
            Pick::Reread => self.reread(cx),
            Pick::Raise(twig) => self.raise_on_map(cx, twig),
            Pick::Meeting(id) => return self.go_to_meeting(cx, id),
            Pick::FollowUp(beginning) => return self.follow_up(cx, beginning),
            Pick::Copy(place) => self.copy(cx, place),
            Pick::Fetch(at) => self.fetch(cx, at),
            _ => return Flow::Pass,
        }
        Flow::Done
    }

    fn draw(&self, view: View, panes: &Panes, buf: &mut Buffer, seats: &mut Seats) {
        draw::screen(view, self, panes, buf, seats);
    }

    fn whisper(&self, cx: &Context) -> (String, String) {
        prompts::whisper::whisper(self, cx)
    }

    fn click(&mut self, cx: &mut Context, at: (u16, u16), seat: Option<Seat>, second: bool) -> Flow {
        if self.place() != Place::Map {
            return seat.map_or(Flow::Done, |seat| self.click_beside(cx, seat, second));
        }
        let on_map = self.map.pane(&self.doc, cx).contains(at.into());
        let live = on_map && self.map.replay.is_none() && self.leaves_mending(cx);
        let command = live.then(|| self.map.click(&self.doc, cx, at, second)).flatten();
        command.map_or(Flow::Done, |command| self.attempt(cx, command))
    }
}

impl MeetingScreen {
    /// Whether several lines that come in one piece are several of something here: twigs on the map, people in their list.
    pub(crate) fn pastes_lines(&self) -> bool {
        let new = self.typed().filter(|writing| writing.target().is_none());
        new.is_some_and(|writing| match Spot::of(self.place()) {
            Some(Spot::Map) => true,
            Some(Spot::People) => writing.line.is_empty(),
            _ => false,
        })
    }

    pub(crate) fn paste_lines(&mut self, cx: &mut Context, lines: &[String]) {
        match self.place() {
            Place::Map => self.map.paste_twigs(&mut self.doc, cx, lines),
            _ => self.people.paste_people(&mut self.doc, cx, &mut self.sheet.row, lines),
        }
        self.have_entered(cx);
    }

    /// Looks elsewhere and leaves the selection where it is. False: nothing can be scrolled here but by going on.
    pub(crate) fn scroll(&mut self, cx: &Context, columns: i32, rows: i32) -> bool {
        let on_map = self.place() == Place::Map;
        if on_map {
            self.map.scroll_by(&self.doc, cx, columns, rows);
        }
        on_map
    }

    /// Whether something stands already in the table or form of a step.
    fn meets_rows(&self) -> bool {
        match self.place() {
            Place::Plan => !self.doc.dossier.actions.is_empty(),
            Place::Regional => !self.doc.dossier.regional.is_empty(),
            _ => false,
        }
    }

    /// After every message: what the screens are made of is made anew where it has changed.
    pub(crate) fn refresh(&mut self, cx: &mut Context) {
        let on_map = self.place() == Place::Map;
        if let Some(edits) = self.map.notice_edits(&self.doc) {
            self.regional.entries = None;
            self.map.tell_of_unseen(&self.doc, cx, edits.iter().filter(|_| on_map));
        }
        if on_map {
            self.map.refresh(&self.doc, cx);
        }
        // Who stands in the table stays there, also when its last row goes.
        let moved = self.sheet.editing.is_some() || (self.sheet.row, self.sheet.column) != (0, 0);
        match self.sheet.beside {
            Beside::Fresh if self.meets_rows() => self.sheet.beside = Beside::Met,
            _ if moved => self.sheet.beside.go(),
            _ => {}
        }
        self.refresh_offers();
        self.ask_alike(cx);
    }

    /// Enter over an entry line. Pressed twice in a row (an input method needs one for itself) it must not begin to mend
    /// what was just written: the next words would be added to it.
    fn enter_once(&mut self, cx: &mut Context) -> Flow {
        let entering = self.entering(cx);
        if entering != Some(Enter::Twice) {
            cx.last = LastKey::Other;
        }
        match entering {
            _ if self.editing().is_some() => {
                self.choose_offer();
                self.leave_cell(cx);
            }
            Some(Enter::Settle | Enter::Add(_) | Enter::Ask) => self.enter_line(cx),
            Some(Enter::Twice) => {
                let enter = if self.place() == Place::Map { "{add-beside}" } else { "{enter}" };
                let state = if cx.last == LastKey::Unchosen { "行は空です" } else { "書きました" };
                if !cx.notice.speaks() {
                    cx.say_filled(&format!("{state}。直すときは、もう一度 {enter} か {{edit}} を押します。"));
                }
                cx.last = LastKey::Other;
                return Flow::Done;
            }
            _ => return self.attempt(cx, Command::Edit),
        }
        self.have_entered(cx);
        Flow::Done
    }

    /// Words went from the line into the meeting, where it is empty now: an Enter that follows is still meant for them.
    fn have_entered(&self, cx: &mut Context) {
        if self.writing().is_some_and(|w| w.target().is_none() && w.line.is_empty()) {
            cx.last = LastKey::Entered;
            self.pass_drafts(cx);
        }
    }

    pub(crate) fn enter_line(&mut self, cx: &mut Context) {
        match self.place() {
            Place::Map => self.map.enter(&mut self.doc, cx),
            Place::Closing => self.closing.enter(&mut self.doc, cx, &mut self.sheet.row),
            _ => self.people.enter(&mut self.doc, cx, &mut self.sheet.row),
        }
    }

    /// Closes what is open, innermost first; on the last level it goes back to where one came from.
    fn back(&mut self, cx: &mut Context) -> Flow {
        let (at, on_map) = (self.at, self.place() == Place::Map);
        let begun = self.doc.dossier.progress.started_at.is_some();
        match at {
            _ if self.closes_words(cx) => {}
            _ if on_map && self.map.chart.is_some() => self.map.close_chart(&self.doc),
            // Whatever of the map is out of sight comes back at once.
            _ if on_map && (self.map.level != Level::Normal || self.map.only().is_some()) => {
                self.map.show_only(&self.doc, None);
                (self.map.level, self.map.stale) = (Level::Normal, true);
            }
            _ if on_map && self.map.whole => self.toggle_whole(cx),
            // A meeting that has not begun opens on its form, so Esc there leads back to where it was opened from.
            At::Info if !begun => return Flow::Back,
            At::Info => self.close_info(cx),
            At::Step if matches!(self.sheet.beside, Beside::Row(_)) => self.leave_sources(),
            At::People => self.show(cx, At::People),
            // What was taken away twice is not wanted.
            At::Step if cx.last != LastKey::Dismissed && self.fetch_last(cx) => {}
            At::Step => return Flow::Back,
        }
        Flow::Done
    }
}
