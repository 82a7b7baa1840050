//! What keys and the mouse do to the help.

use crate::command::{Code, Command, Key};
use crate::ui::help::{Help, Topic};
use crate::ui::{App, Input, Overlay, Pick};

/// So many rows are gone by at once, less than the smallest screen shows.
const PAGE: usize = 15;

impl Help {
    /// Words to look for: whatever was read gives way to them.
    pub(crate) fn type_text(&mut self, typed: &str) {
        if self.read.take().is_some() {
            self.line.take();
        }
        self.line.insert(typed);
        (self.row, self.scroll) = (0, 0);
    }

    /// How many rows a notch of the wheel is.
    pub(crate) fn notch(&self) -> usize {
        if self.read.is_some() { 3 } else { 1 }
    }
}

impl App {
    pub(crate) fn help_key(&mut self, help: Help, key: Key) {
        if self.cx.keymap.all(Command::Help).contains(&key) {
            return self.cx.over = None;
        }
        match &help.read {
            Some(topic) => self.reading_key(help.clone(), topic.clone(), key),
            None => self.seeking_key(help, key),
        }
    }

    fn reading_key(&mut self, mut help: Help, topic: Topic, key: Key) {
        let seen = help.seen(self);
        // The screen may have grown since.
        let at = seen.first;
        help.scroll = match key.code {
            Code::Up => at.saturating_sub(1),
            Code::Down => (at + 1).min(seen.end()),
            Code::PageUp => at.saturating_sub(PAGE),
            Code::PageDown | Code::Char(' ') => (at + PAGE).min(seen.end()),
            Code::Home => 0,
            Code::End => seen.end(),
            Code::Esc | Code::Backspace => {
                (help.read, help.scroll) = (None, 0);
                0
            }
            Code::Enter => match topic {
                Topic::Action(choice) if !matches!(choice.pick, Pick::Refused(_)) => {
                    return self.replied(Some(choice.pick));
                }
                _ => at,
            },
            _ => match key.text() {
                Some(c) => {
                    help.type_text(c.encode_utf8(&mut [0; 4]));
                    0
                }
                None => at,
            },
        };
        self.cx.over = Some(Overlay::Help(help));
    }

    fn seeking_key(&mut self, mut help: Help, key: Key) {
        let offers = help.seen(self).offers;
        let last = offers.len().saturating_sub(1);
        let (at, seeks) = (help.row.min(last), !help.line.is_empty());
        // The topics beside each other, while nothing is typed.
        let beside = |right: bool| {
            let here = offers.get(at)?;
            offers.iter().position(|o| o.row == here.row && o.x != here.x && (o.x > here.x) == right)
        };
        match key.code {
            Code::Esc if !seeks => return self.cx.over = None,
            Code::Esc => help = Help { wishes: help.wishes, ..Help::default() },
            Code::Up => help.row = if at == 0 { last } else { at - 1 },
            Code::Down | Code::Tab => help.row = if at >= last { 0 } else { at + 1 },
            Code::PageUp => help.row = at.saturating_sub(8),
            Code::PageDown => help.row = (at + 8).min(last),
            Code::Left | Code::Right if !seeks => {
                help.row = beside(key.code == Code::Right).unwrap_or(at);
            }
            Code::Enter => return self.open_topic(help, at),
            // A space alone looks for nothing.
            Code::Char(' ') if !seeks => {}
            _ => match key.text() {
                Some(c) => help.type_text(c.encode_utf8(&mut [0; 4])),
                None if Input::knows(key) => {
                    help.line.edit(key);
                    help.row = 0;
                }
                None => {}
            },
        }
        self.cx.over = Some(Overlay::Help(help));
    }

    /// Opens what is offered at a place.
    fn open_topic(&mut self, mut help: Help, at: usize) {
        let topic = help.seen(self).offers.into_iter().nth(at).map(|offer| offer.topic);
        match topic {
            // What is no action is answered as the palette does.
            Some(Topic::Action(choice)) if choice.row().is_none() => return self.replied(Some(choice.pick)),
            topic => (help.row, help.read, help.scroll) = (at, topic, 0),
        }
        self.cx.over = Some(Overlay::Help(help));
    }

    /// A click opens a topic; beside the window it closes it.
    pub(crate) fn help_click(&mut self, help: Help, at: (u16, u16)) {
        let seen = help.seen(self);
        if !seen.frame.contains(at.into()) {
            self.cx.over = None;
        } else if let Some(at) = seen.at(at).filter(|_| help.read.is_none()) {
            self.open_topic(help, at);
        }
    }
}
