//! What a key or a chosen action does at the place where one stands.

use super::model::{Effect, Model, Overlay, Screen, Target};
use super::writing::LastKey;
use crate::command::{Code, Command, Key, Place};
use crate::domain::Kind;
use crate::domain::map::Move;
use crate::layout::causal::Towards;
use crate::layout::shape::What;

impl Model {
    /// A key: the overlay's if there is one, else an action's, else text.
    pub(super) fn key(&mut self, key: Key) {
        self.cx.touched = true;
        // Whatever stands over the screen: who wants to go may go.
        if self.cx.over.is_some() && self.cx.keymap.all(Command::Quit).contains(&key) {
            return self.ask_quit();
        }
        match self.cx.over {
            Some(Overlay::Choose(_)) => return self.chooser_key(key),
            Some(Overlay::Ask(_)) => return self.ask_key(key),
            Some(Overlay::Prompts(_)) => return self.prompts_key(key),
            Some(Overlay::ReadBack(_)) => return self.read_back_key(key),
            Some(_) => return self.reading_key(key),
            None => {}
        }
        self.cx.notice.clear();
        if self.replay_key(key) {
            return;
        }
        let command = self.cx.keymap.command(self.place(), key);
        if !matches!(command, Some(Command::Back | Command::AddBeside | Command::Enter)) {
            self.last = LastKey::Other;
        }
        match command {
            Some(command) => self.perform(command),
            None => self.edit_key(key),
        }
    }

    /// Does an action where one stands, or says why it cannot be done.
    pub(super) fn perform(&mut self, command: Command) {
        if let Some(why) = self.hindrance(command) {
            return if self.cx.look_only { self.cx.warn(why) } else { self.cx.say(why) };
        }
        let place = self.place();
        let done = self.perform_outside(place, command)
            || self.perform_move(place, command)
            || self.perform_here(place, command);
        debug_assert!(done, "{command:?} stands in the table, and nobody does it");
    }

    /// Does an action of a meeting or of the program. False for any other.
    fn perform_here(&mut self, place: Place, command: Command) -> bool {
        match command {
            Command::AddBeside => self.with_candidate(|model| model.enter_once(Self::map_enter)),
            Command::AddUnder => self.with_candidate(Self::map_tab),
            Command::Enter => self.with_candidate(|model| model.enter_once(Self::list_enter)),
            Command::EnterCell => self.sheet_enter(),
            Command::NextCell => self.sheet_step(1),
            Command::PreviousCell => self.sheet_step(-1),
            Command::Open => self.home_open(),
            Command::NewMeeting => {
                self.home_go(0);
                self.new_meeting();
            }
            Command::Edit => self.edit_selected(place),
            Command::Speaker => self.choose_speaker(),
            Command::Kind if place == Place::Closing => self.choose_question(),
            Command::Kind => self.choose_kind(),
            Command::Link => self.start_link(),
            Command::Said => self.start_said(),
            Command::Delete => self.delete_selected(place),
            Command::PutAway => self.choose_put_away(),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Paste => self.cx.effects.push(Effect::ReadClipboard),
            Command::Fold | Command::Tick => self.fold(place),
            Command::Search => self.start_search(),
            Command::PreviousStep => self.previous_step(),
            Command::NextStep => self.next_step(),
            Command::GoToStep => self.choose_step(),
            Command::Format => self.choose_format(),
            Command::Alike => self.choose_alike(),
            Command::FollowUp => self.ask_follow_up(),
            Command::CaseHistory => self.show_case(),
            Command::NextDate => self.write_next_date(),
            Command::Clock => self.toggle_clock(),
            Command::Prompts => self.cx.over = Some(Overlay::Prompts(0)),
            Command::NextTurn => self.next_turn(),
            Command::ReadBack => self.read_back(),
            Command::People => self.show(Screen::People),
            Command::Info => self.show(Screen::Info),
            Command::Whole => self.toggle_whole(),
            Command::Chart => self.toggle_chart(),
            Command::Growth => self.start_replay(),
            Command::Level => self.next_level(),
            Command::Export => self.choose_export(),
            Command::Copy => self.copy(),
            Command::Import => self.ask_import(),
            Command::Help => self.cx.over = Some(Overlay::Help(0)),
            Command::Menu => self.open_menu(),
            Command::Palette => self.open_palette(),
            Command::Back => self.back(),
            Command::Home => self.go_home(),
            Command::Quit => self.ask_quit(),
            _ => return false,
        }
        true
    }

    /// Does an action that moves the selection, or what is selected. False for any other.
    fn perform_move(&mut self, place: Place, command: Command) -> bool {
        match command {
            Command::Up => self.go_vertically(place, -1),
            Command::Down => self.go_vertically(place, 1),
            Command::Left => self.go_sideways(place, -1),
            Command::Right => self.go_sideways(place, 1),
            Command::PreviousBranch => self.go_page(place, -1),
            Command::NextBranch => self.go_page(place, 1),
            Command::ShiftUp => self.shift_twig(Move::Up),
            Command::ShiftDown => self.shift_twig(Move::Down),
            Command::ShiftIn => self.shift_twig(Move::In),
            Command::ShiftOut => self.shift_twig(Move::Out),
            _ => return false,
        }
        true
    }

    fn toggle_clock(&mut self) {
        if let Some((sitting, cx)) = self.sitting() {
            sitting.toggle_clock(cx);
        }
    }

    fn edit_selected(&mut self, place: Place) {
        match place {
            Place::Map => self.start_edit(),
            Place::Plan | Place::Regional | Place::Year => self.sheet_enter(),
            _ => self.edit_item(),
        }
    }

    fn delete_selected(&mut self, place: Place) {
        if self.deletes_letters() {
            return self.edit_key(Key::plain(Code::Delete));
        }
        match place {
            Place::Map => self.delete_twig(),
            Place::Plan | Place::Regional | Place::Year => self.delete_row(),
            _ => self.delete_item(),
        }
    }

    fn go_vertically(&mut self, place: Place, step: isize) {
        if self.step_candidate(step) {
            return;
        }
        match place {
            Place::Home => self.home_move(step),
            Place::Info | Place::Plan | Place::Regional => self.sheet_move(step, 0),
            Place::Issue | Place::Year | Place::Decide | Place::Forms => self.sheet_move(step, 0),
            Place::Register => self.register_move(step),
            Place::Review => self.review_move(step),
            Place::Map if self.seek(step) => {}
            Place::Map if self.chart_go(if step < 0 { Towards::Up } else { Towards::Down }) => {}
            Place::Map => self.go_along_map(step),
            Place::People | Place::Opening | Place::Closing => self.list_move(step),
        }
    }

    /// Up and down step through what was found for a search or a link. False if nothing is looked for.
    fn seek(&mut self, step: isize) -> bool {
        match self.desk.as_ref().map(|d| (d.map.writing.target(), d.map.picked)) {
            Some((Some(Target::Search), _)) => self.search(step),
            Some((Some(Target::Link(from)), false)) if !self.hits.is_empty() => self.seek_link(from, step),
            _ => return false,
        }
        true
    }

    fn go_sideways(&mut self, place: Place, step: isize) {
        match place {
            Place::Info | Place::Plan | Place::Regional => return self.sheet_move(0, step),
            Place::Issue | Place::Year | Place::Decide | Place::Forms => return self.sheet_move(0, step),
            Place::Review => return self.turn_question(step),
            Place::Register if step > 0 && self.line_mut().is_some_and(|l| l.is_empty()) => {
                return self.open_issue();
            }
            _ => {}
        }
        let start = self.words_start();
        if let Some(line) = self.line_mut().filter(|line| !line.is_empty()) {
            if step > 0 {
                line.right();
            } else if line.cursor() > start {
                line.left();
            }
            return;
        }
        if place == Place::Map && !self.chart_go(if step < 0 { Towards::Left } else { Towards::Right }) {
            self.map_go(|layout, from| if step < 0 { layout.left(from) } else { layout.right(from) });
        }
    }

    fn go_page(&mut self, place: Place, step: isize) {
        match place {
            Place::Home => self.home_move(step * 8),
            Place::Info | Place::Plan | Place::Regional => self.sheet_page(step),
            Place::Register => self.register_move(step * 8),
            Place::Issue | Place::Decide => self.turn_issue(step),
            Place::Year => self.turn_year(step as i32),
            Place::Forms => self.turn_form(),
            Place::Review => self.turn_question(step),
            Place::Map if self.chart_page(step) => {}
            Place::Map if self.desk.as_ref().is_some_and(|d| d.map.level == super::map::Level::OneBranch) => {
                self.turn_branch(step);
            }
            Place::Map => {
                self.map_go(
                    |layout, from| {
                        if step < 0 { layout.previous_branch(from) } else { layout.next_branch(from) }
                    },
                );
            }
            Place::People | Place::Opening | Place::Closing => self.list_move(step * 8),
        }
    }

    /// Up or down the map; while a link is made, to the next issue: nothing else can be linked.
    fn go_along_map(&mut self, step: isize) {
        let standing = |model: &Self| model.desk.as_ref().map(|d| (d.map.selected, d.map.writing.target()));
        let Some((start, target)) = standing(self) else { return };
        let mut from = start;
        loop {
            self.map_go(|layout, from| if step < 0 { layout.up(from) } else { layout.down(from) });
            let Some(desk) = self.desk.as_mut() else { return };
            let issue = desk.selected_node().is_some_and(|n| n.kind == Kind::Issue);
            if !matches!(target, Some(Target::Link(_))) || issue {
                return;
            }
            if desk.map.selected == from {
                desk.map.selected = start;
                return;
            }
            from = desk.map.selected;
        }
    }

    fn map_go(&mut self, go: impl FnOnce(&crate::layout::map::Layout, What) -> Option<What>) {
        if let Some(desk) = self.desk.as_mut() {
            desk.map.picked = true;
            let next = go(&desk.map.layout, desk.map.selected);
            desk.map.selected = match next {
                // The words on a bare branch are no place to stand on.
                Some(What::Empty(i)) => What::Branch(i),
                Some(What::Ghost) | None => desk.map.selected,
                Some(what) => what,
            };
        }
    }

    /// To the branch before or after the one that has the whole screen.
    fn turn_branch(&mut self, step: isize) {
        if let Some(desk) = self.desk.as_mut() {
            let count = desk.doc.dossier.meeting.branches.len().max(1) as isize;
            let at = desk.selected_branch().unwrap_or(0) as isize;
            desk.map.selected = What::Branch((at + step).rem_euclid(count) as usize);
        }
    }

    fn fold(&mut self, place: Place) {
        if self.types_space() {
            return self.type_text(" ");
        }
        match place {
            Place::Map => self.fold_selected(),
            _ => self.tick_item(),
        }
    }

    /// The next date is a field of the form about the meeting; at the closing it stands on the screen itself.
    fn write_next_date(&mut self) {
        let at = self.items().iter().position(|i| *i == super::lists::Item::NextDate);
        match (at, self.desk.as_mut()) {
            (Some(at), Some(desk)) => desk.row = at,
            _ => {
                self.show(Screen::Info);
                if self.screen != Screen::Info {
                    return;
                }
            }
        }
        if let Some(desk) = self.desk.as_mut().filter(|_| at.is_none()) {
            desk.sheet.row = super::sheet::NEXT_DATE;
        }
        self.edit_cell(super::sheet::Cell::About(super::sheet::NEXT_DATE));
    }

    /// Enter over an entry line. Pressed twice in a row (an input method needs one for itself) it must not begin to mend
    /// what was just written: the next words would be added to it.
    fn enter_once(&mut self, enter: impl FnOnce(&mut Self)) {
        let last = std::mem::take(&mut self.last);
        let Some(writing) = self.writing() else { return };
        let idle = writing.is_idle() && self.editing().is_none();
        if last == LastKey::Entered && idle {
            let words = if self.place() == Place::Map {
                "書きました。直すときは、もう一度 {add-beside} か {edit} を押します。"
            } else {
                "書きました。直すときは、もう一度 {enter} か {edit} を押します。"
            };
            return self.cx.say_filled(words);
        }
        enter(self);
        if !idle && self.writing().is_some_and(|w| w.target().is_none() && w.line.is_empty()) {
            self.last = LastKey::Entered;
            self.pass_drafts();
        }
    }

    /// Closes what is open, innermost first; on the last level it goes back to where one came from.
    fn back(&mut self) {
        let last = std::mem::take(&mut self.last);
        if last == LastKey::PutAway && self.fetch_back() || self.give_up(last) {
            return;
        }
        // What is not wanted stays away until another key is pressed.
        let dismissed = last == LastKey::Dismissed;
        if dismissed {
            self.last = last;
        }
        let on_map = self.place() == Place::Map;
        let Some(desk) = self.desk.as_mut() else { return self.leave_region_screen() };
        if on_map && desk.map.chart.is_some() {
            return desk.close_chart();
        }
        if on_map && desk.map.whole {
            return self.toggle_whole();
        }
        if on_map && desk.map.level != super::map::Level::Normal {
            desk.map.level = super::map::Level::Normal;
            desk.map.stale = true;
            return;
        }
        let begun = desk.doc.dossier.progress.started_at.is_some();
        // A meeting that has not begun opens on its form, so Esc there leads back to the register it was opened from.
        if self.screen == Screen::Info && !begun && self.back_to_region() {
            return;
        }
        match self.screen {
            Screen::Info => return self.close_info(),
            Screen::People => return self.show(Screen::People),
            Screen::Step | Screen::Home => {}
            _ => return,
        }
        // What was taken away twice is not wanted.
        if dismissed || !self.fetch_back() {
            self.back_to_region();
        }
    }

    /// The Esc just now was the beginning of another key: the words it took are there again.
    pub(super) fn take_esc_back(&mut self) {
        if self.last == LastKey::PutAway {
            self.fetch_back();
        }
        self.last = LastKey::Other;
    }

    /// A key over a question with one line.
    fn ask_key(&mut self, key: Key) {
        let paste = self.cx.keymap.all(Command::Paste).contains(&key);
        let Some(Overlay::Ask(ask)) = self.cx.over.as_mut() else { return };
        match key.code {
            Code::Esc => self.cx.over = None,
            Code::Enter => self.answer(),
            _ if paste => self.cx.effects.push(Effect::ReadClipboard),
            _ if key.text().is_some() => self.type_text(&key.text().map(String::from).unwrap_or_default()),
            _ => {
                if std::mem::take(&mut ask.marked) && matches!(key.code, Code::Backspace | Code::Delete) {
                    ask.line.take();
                }
                line_key(&mut ask.line, key);
            }
        }
    }

    /// A key over something to read.
    fn reading_key(&mut self, key: Key) {
        if let (Some(Overlay::Told(_)), Some(c)) = (&self.cx.over, key.text().filter(|c| *c != ' ')) {
            return self.type_text(c.encode_utf8(&mut [0; 4]));
        }
        let Some(Overlay::Help(row)) = self.cx.over else {
            self.cx.over = None;
            return;
        };
        let end = self.help_end();
        // The screen may have grown since.
        let row = row.min(end);
        self.cx.over = match key.code {
            Code::Up => Some(row.saturating_sub(1)),
            Code::Down => Some((row + 1).min(end)),
            Code::PageUp => Some(row.saturating_sub(10)),
            Code::PageDown | Code::Char(' ') => Some((row + 10).min(end)),
            _ => None,
        }
        .map(Overlay::Help);
    }
}

use super::input::Input;

/// What editing keys do to a line.
pub(super) fn line_key(line: &mut Input, key: Key) {
    match key.code {
        Code::Backspace => {
            line.backspace();
        }
        Code::Delete => {
            line.delete();
        }
        Code::Left => {
            line.left();
        }
        Code::Right => {
            line.right();
        }
        Code::Home => line.home(),
        Code::End => line.end(),
        _ => {
            if let Some(c) = key.text() {
                line.insert(c.encode_utf8(&mut [0; 4]));
            }
        }
    }
}
