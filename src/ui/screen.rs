//! What every screen can do, so that the program can hand on what comes without knowing which screen is open.

use std::collections::BTreeSet;

use crate::command::{Command, Key, Place};
use crate::domain::register::Filter;
use crate::domain::{Dossier, Id, Meeting};
use crate::export::{ExportError, Rendered};
use crate::privacy::PersonalWords;
use crate::ui::look::prelude::{Buffer, Seats, View};
use crate::ui::{Context, Deliverable, Enter, Input, Panes, Pick, Seat, Writing};

/// What became of an action; where it leads from a screen that cannot go there itself.
#[derive(Debug)]
pub enum Flow {
    Done,
    /// It is none of this screen's.
    Pass,
    /// To another action, which asks for itself whether it can be done.
    Do(Command),
    /// Up, to where one came from.
    Back,
    /// From here into a meeting; the region stays under it.
    Meeting(Id<Meeting>),
    /// From one meeting to another, through the list.
    OtherMeeting(Id<Meeting>),
    /// To a meeting that is made at this moment.
    NewMeeting(Box<Dossier>),
}

/// See the module. A screen is pure: what is to be done outside goes to `cx.effects`, what is to be read to `cx.over`.
pub trait Screen {
    /// Where one stands, for the keymap.
    fn place(&self) -> Place;

    /// Why an action of this place cannot be done now; keys stand in the sentence by the ids of their actions. None: it can.
    fn hindered(&self, cx: &Context, command: Command) -> Option<&'static str>;

    /// The same in words for people.
    fn hindrance(&self, cx: &Context, command: Command) -> Option<String> {
        self.hindered(cx, command).map(|why| cx.keymap.fill(why))
    }

    /// Does an action that nothing hinders.
    fn perform(&mut self, cx: &mut Context, command: Command) -> Flow;

    /// Does an action here, or says why it cannot be done.
    fn attempt(&mut self, cx: &mut Context, command: Command) -> Flow {
        match self.hindrance(cx, command) {
            None => return self.perform(cx, command),
            Some(why) if cx.look_only => cx.warn(why),
            Some(why) => cx.say(why),
        }
        Flow::Done
    }

    /// What Enter does now; none where it does nothing, or only says why it cannot.
    fn entering(&self, cx: &Context) -> Option<Enter>;

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

    /// Does what was chosen out of a list that was offered here.
    fn take_pick(&mut self, _: &mut Context, _: Pick) -> Flow {
        Flow::Pass
    }

    /// Draws what lies between the frame's rules, and writes down what of it can be selected.
    fn draw(&self, view: View, panes: &Panes, buf: &mut Buffer, seats: &mut Seats);

    /// One quiet line of what can be done or asked here, and at its end what must not be forgotten.
    fn whisper(&self, _: &Context) -> (String, String) {
        Default::default()
    }

    /// A click on a cell, and on what is seen there if that can be selected; the second within a moment or not.
    fn click(&mut self, cx: &mut Context, at: (u16, u16), seat: Option<Seat>, second: bool) -> Flow;
}

/// What has something to give away.
pub trait Offerable {
    /// Everything that can be given away here.
    fn gifts(&self) -> Vec<Deliverable>;

    /// The meetings that are not open whose people may be named in it; none where no names need be fetched.
    fn meetings_that_leave(&self) -> Option<BTreeSet<Id<Meeting>>> {
        None
    }

    /// How many regional issues stay here when this is given away, because nobody has read them for whether they show a person.
    fn kept(&self, _: Deliverable) -> usize {
        0
    }

    /// By what the register is narrowed to those.
    fn to_read(&self) -> Filter {
        Filter { confirmed: Some(false), ..Filter::default() }
    }

    /// What in it still looks like personal information, and what stays here, in a sentence each; empty for nothing.
    fn warning(&self, watch: &PersonalWords) -> String;

    /// A telling name for a file, and the finished file; none where there is nothing to give.
    fn wrapped(&self, cx: &Context, gift: Deliverable) -> Option<(String, Result<Rendered, ExportError>)>;
}
