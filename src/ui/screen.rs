//! What every screen can do, so that the program can hand on what comes without knowing which screen is open.

use std::collections::BTreeSet;

use crate::command::{Command, Key, Place};
use crate::domain::{Id, Meeting};
use crate::export::{ExportError, Rendered};
use crate::privacy::PersonalWords;
use crate::ui::deliverable::Deliverable;
use crate::ui::look::prelude::{Buffer, Seats, View};
use crate::ui::panes::Panes;
use crate::ui::regions::Seat;
use crate::ui::{Context, Flow, Input, Writing};

/// See the module. A screen is pure: what is to be done outside goes to `cx.effects`, what is to be read to `cx.over`.
pub trait Screen {
    /// Where one stands, for the keymap.
    fn place(&self) -> Place;

    /// Why an action of this place cannot be done now, in words for people. None: it can.
    fn hindrance(&self, cx: &Context, command: Command) -> Option<String>;

    /// Does an action that nothing hinders.
    fn perform(&mut self, cx: &mut Context, command: Command) -> Flow;

    /// Does an action here, or says why it cannot be done.
    fn attempt(&mut self, cx: &mut Context, command: Command) -> Flow {
        if cx.refuse(self.hindrance(cx, command)) { Flow::Done } else { self.perform(cx, command) }
    }

    fn go_vertically(&mut self, cx: &mut Context, step: isize);

    fn go_sideways(&mut self, _: &mut Context, _step: isize) {}

    fn go_page(&mut self, cx: &mut Context, step: isize);

    /// Does an action that moves the selection.
    fn perform_move(&mut self, cx: &mut Context, command: Command) -> Flow {
        match command {
            Command::Up => self.go_vertically(cx, -1),
            Command::Down => self.go_vertically(cx, 1),
            Command::Left => self.go_sideways(cx, -1),
            Command::Right => self.go_sideways(cx, 1),
            Command::PreviousBranch => self.go_page(cx, -1),
            Command::NextBranch => self.go_page(cx, 1),
            _ => return Flow::Pass,
        }
        Flow::Done
    }

    /// The line that has the cursor; none where nothing is typed.
    fn line_mut(&mut self) -> Option<&mut Input> {
        None
    }

    /// The entry line; none where there is no such line.
    fn writing(&self) -> Option<&Writing> {
        None
    }

    /// Whether a cell is open, or the entry line is used for something else than new words.
    fn is_mending(&self) -> bool {
        false
    }

    /// Whether words stand on the entry line.
    fn holds_words(&self) -> bool {
        self.writing().is_some_and(|writing| !writing.line.is_empty())
    }

    /// While something is typed or mended the key belongs to the text, also where nothing is left of it: who holds it down
    /// means the words, not what they stand on.
    fn deletes_letters(&self) -> bool {
        self.is_mending() || self.holds_words()
    }

    /// A key that is no action and no text: editing.
    fn edit_key(&mut self, _: &mut Context, _: Key) {}

    /// Text for wherever text goes here.
    fn type_text(&mut self, cx: &mut Context, typed: &str) -> Flow;

    /// Whether several lines that come in one piece are several of something here.
    fn pastes_lines(&self) -> bool {
        false
    }

    /// Takes them.
    fn paste_lines(&mut self, _: &mut Context, _: &[String]) {}

    /// Gives up what is being written. False if there is nothing to give up.
    fn give_up(&mut self, _: &mut Context) -> bool {
        false
    }

    /// Fetches back what was put away last. False if there is nothing.
    fn fetch_back(&mut self, _: &mut Context) -> bool {
        false
    }

    /// Draws what lies between the frame's rules, and writes down what of it can be selected.
    fn draw(&self, view: View, panes: &Panes, buf: &mut Buffer, seats: &mut Seats);

    /// One quiet line of what can be done or asked here, and at its end what must not be forgotten.
    fn whisper(&self, _: &Context) -> (String, String) {
        Default::default()
    }

    /// A click on a cell, and on what is seen there if that can be selected; the second within a moment or not.
    fn click(&mut self, cx: &mut Context, at: (u16, u16), seat: Option<Seat>, second: bool) -> Flow;

    /// Looks elsewhere and leaves the selection where it is. False: nothing can be scrolled here but by going on.
    fn scroll(&mut self, _: &Context, _columns: i32, _rows: i32) -> bool {
        false
    }

    /// What can be given away here, as files; none where nothing can.
    fn gives(&self) -> Option<&dyn Offerable> {
        None
    }
}

/// What has something to give away.
pub trait Offerable {
    /// Everything that can be given away here.
    fn gifts(&self) -> Vec<Deliverable>;

    /// The meetings that are not open whose people may be named in it; none where no names need be fetched.
    fn meetings_that_leave(&self) -> Option<BTreeSet<Id<Meeting>>> {
        None
    }

    /// What in it still looks like personal information, and what stays here, in a sentence each; empty for nothing.
    fn warning(&self, watch: &PersonalWords) -> String;

    /// A telling name for a file; none where there is nothing to give.
    fn name_of(&self, gift: Deliverable) -> Option<String>;

    /// The finished file; none where there is nothing to give.
    fn wrapped(&self, cx: &Context, gift: Deliverable) -> Option<Result<Rendered, ExportError>>;
}
