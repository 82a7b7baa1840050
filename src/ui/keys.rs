//! Keys and text on their way to what is open, and the actions that are the program's own.

use crate::command::{Code, Command, Key};
use crate::domain::bounds::{LETTERS, TABLE};
use crate::domain::several::is_divider;
use crate::domain::text;
use crate::store::Why;
use crate::ui::input::Input;
use crate::ui::{App, Drafts, Effect, Flow, LastKey, MeetingScreen, Open, Overlay, RegionPlace, Spot};

/// They leave the line that was just asked about, or the place it belongs to: it is meant as it stands.
const LEAVES: [Command; 7] = [
    Command::NextStep,
    Command::PreviousStep,
    Command::GoToStep,
    Command::Up,
    Command::Down,
    Command::PreviousBranch,
    Command::NextBranch,
];

/// They only show something: what was asked is still to be answered.
const LOOKS: [Command; 7] = [
    Command::Whole,
    Command::ReadBack,
    Command::Prompts,
    Command::Clock,
    Command::Help,
    Command::Menu,
    Command::Palette,
];

impl App {
    /// A key: the overlay's if there is one, else an action's, else text.
    pub(crate) fn key(&mut self, key: Key) {
        self.cx.touched = true;
        if self.cx.keymap.all(Command::Hide).contains(&key) {
            // Whatever stands over the screen is covered, too, and waits.
            (self.hidden, self.cx.last) = (true, LastKey::Other);
            return;
        }
        if self.cx.over.is_some() {
            // Whatever stands over the screen: who wants to go may go.
            let quits = self.cx.keymap.all(Command::Quit).contains(&key);
            return if quits { self.ask_quit() } else { self.overlay_key(key) };
        }
        let command = self.cx.keymap.command(self.place(), key);
        let letter = key.text().filter(|_| command.is_none());
        // What was said of words that were just written is not over with a second press of the same key.
        let same =
            self.cx.last == LastKey::Entered && matches!(command, Some(Command::AddBeside | Command::Enter));
        if !same {
            self.cx.notice.end(letter.is_some());
        }
        if self.meeting_mut().is_some_and(|(meeting, _)| meeting.replay_key(key)) {
            return;
        }
        use Command as C;
        let new = self.meeting().and_then(MeetingScreen::typed).is_some_and(|w| w.target().is_none());
        if new && command.is_some_and(|command| LEAVES.contains(&command)) {
            self.go_on("");
        }
        let looks_back = matches!(command, Some(C::Back | C::AddBeside | C::Enter | C::Undo | C::Redo));
        let asked = matches!(self.cx.last, LastKey::Asked(_));
        let looks_on = asked && command.is_some_and(|command| LOOKS.contains(&command));
        if !looks_back && !looks_on && letter.is_none() {
            self.cx.last = LastKey::Other;
        }
        match (command, letter) {
            (Some(command), _) => self.perform(command),
            (None, Some(c)) => {
                let mut bytes = [0; 4];
                let typed = c.encode_utf8(&mut bytes);
                self.go_on(typed);
                self.type_text(typed);
            }
            (None, None) if (key.ctrl || key.alt) && key.by_word().is_none() => self.tell_of_elsewhere(key),
            (None, None) if matches!(key.code, Code::F(_)) => self.tell_of_elsewhere(key),
            (None, None) => {
                let (screen, cx) = self.screen_mut();
                screen.edit_key(cx, key);
            }
        }
    }

    /// Does an action where one stands, or says why it cannot be done.
    pub(crate) fn perform(&mut self, command: Command) {
        let (screen, cx) = self.screen_mut();
        let flow = screen.attempt(cx, command);
        let Flow::Pass = flow else { return self.follow(flow) };
        match command {
            Command::Register => self.show_region(RegionPlace::Register),
            Command::Year => self.show_region(RegionPlace::Year),
            Command::Review => self.show_region(RegionPlace::Review),
            Command::Decide => self.show_region(RegionPlace::Decide),
            Command::Forms => self.show_region(RegionPlace::Forms),
            Command::NewMeeting => self.new_meeting(),
            Command::Sample => self.open_sample(),
            Command::Paste => self.cx.effects.push(Effect::ReadClipboard),
            Command::Export => self.choose_export(),
            Command::Import => self.ask_import(),
            Command::Help => self.open_help(),
            Command::Menu => self.open_menu(),
            Command::Palette => self.open_palette(),
            Command::Colours => self.choose_palette(),
            Command::Home => self.go_home(),
            Command::Hide => self.hidden = true,
            Command::LargerLetters => self.tell_of_letters(),
            Command::BackUp => self.cx.effects.push(Effect::BackUp(Why::Asked)),
            Command::Restore => self.cx.effects.push(Effect::Backups),
            Command::Quit => self.ask_quit(),
            _ => debug_assert!(false, "{command:?} stands in the table, and nobody does it"),
        }
    }

    /// A key while the screen is covered: it is shown again, or a letter goes where letters go. Nothing else is done that
    /// nobody sees.
    pub(crate) fn key_under_cover(&mut self, key: Key) {
        if key == Key::plain(Code::Esc) || self.cx.keymap.all(Command::Hide).contains(&key) {
            (self.hidden, self.cx.last) = (false, LastKey::Uncovered);
        } else if key == Key::plain(Code::Enter) {
            // Nothing is entered that nobody sees; what comes before and behind stays two words.
            let parts =
                |line: &mut Input| line.text()[..line.cursor()].ends_with(|c: char| !c.is_whitespace());
            if self.screen_mut().0.line_mut().is_some_and(parts) {
                self.write_under_cover(|app| app.type_text(" "));
            }
        } else if let Some(c) = key.text() {
            self.write_under_cover(|app| app.type_text(c.encode_utf8(&mut [0; 4])));
        }
    }

    /// Words while the screen is covered: into the line they would go into, and into no list or question over it.
    pub(crate) fn write_under_cover(&mut self, write: impl FnOnce(&mut Self)) {
        if matches!(self.open, Open::Home) {
            return;
        }
        self.cx.touched = true;
        let over = self.cx.over.take();
        write(self);
        self.cx.over = over.or(self.cx.over.take());
    }

    pub(crate) fn type_text(&mut self, typed: &str) {
        if self.letters() + typed.chars().count() > LETTERS {
            return self.cx.warn(format!(
                "この欄に書けるのは {LETTERS}字までです。今の文字は入れていません。書いてあることばは、そのままです。"
            ));
        }
        if let Some((meeting, _)) = self.meeting_mut() {
            meeting.end_replay();
        }
        match &mut self.cx.over {
            Some(Overlay::Choose(chooser)) => {
                let reply = chooser.type_text(typed);
                return self.replied_to_text(reply);
            }
            Some(Overlay::Ask(ask)) => return ask.type_text(typed),
            Some(Overlay::Help(help)) => return help.type_text(typed),
            // Letters typed over a text to be read are meant for the entry line below it.
            Some(Overlay::Prompts(_) | Overlay::Told(_) | Overlay::ReadBack(_))
                if !typed.trim().is_empty() =>
            {
                self.cx.over = None;
            }
            Some(_) => return,
            None => {}
        }
        let (screen, cx) = self.screen_mut();
        let flow = screen.type_text(cx, typed);
        self.follow(flow);
    }

    /// Words come right after an Enter that only asked: whoever goes on has not looked, and means the line as it stands. What
    /// divides words goes on with that line; a dot may also stand before the next participant.
    fn go_on(&mut self, typed: &str) {
        let LastKey::Asked(again) = std::mem::take(&mut self.cx.last) else { return };
        let dot = typed.starts_with('・') && Spot::of(self.place()) == Some(Spot::People);
        let goes_on = self.cx.over.is_none() && (dot || !typed.starts_with(is_divider));
        if let Some((meeting, cx)) = self.meeting_mut().filter(|_| goes_on) {
            meeting.enter_asked(cx, again);
        }
    }

    /// Text that came in one piece. Several lines may be several twigs or people; elsewhere, and while nobody sees it, they are
    /// one.
    pub(crate) fn paste(&mut self, pasted: &str) {
        self.cx.notice.end(true);
        self.cx.touched = true;
        let lines = text::clean_lines(pasted);
        if let Some(first) = lines.first() {
            self.go_on(first);
        }
        let letters = lines.iter().map(|line| line.chars().count());
        if let Some((meeting, _)) = self.meeting_mut() {
            meeting.end_replay();
        }
        let several = self.cx.over.is_none() && !self.hidden && lines.len() > 1;
        let whole = several && self.meeting().is_some_and(MeetingScreen::pastes_lines);
        // Half a text would be worse than none.
        let longest =
            if whole { letters.max().unwrap_or(0) } else { letters.sum::<usize>() + self.letters() };
        if longest > LETTERS || pasted.len() as u64 > TABLE {
            return self.cx.warn(format!(
                "貼りつけた文が長すぎます（一つの欄に {LETTERS}字まで）。何も入れていません。元の文はクリップボードに残っています。分けて貼りつけてください。"
            ));
        }
        match lines.as_slice() {
            [] => {}
            [_] => self.type_text(&pasted.replace(['\r', '\n'], "")),
            _ if whole => {
                let Some((meeting, cx)) = self.meeting_mut() else { return };
                meeting.paste_lines(cx, &lines);
            }
            _ => self.type_text(&lines.iter().map(|l| l.trim()).collect::<Vec<_>>().join(" ")),
        }
    }

    /// How many letters the line with the cursor holds already.
    fn letters(&mut self) -> usize {
        let line = match &mut self.cx.over {
            Some(Overlay::Ask(ask)) => Some(&mut ask.line),
            Some(Overlay::Choose(chooser)) => Some(&mut chooser.line),
            Some(Overlay::Help(help)) => Some(&mut help.line),
            Some(_) => None,
            None => self.screen_mut().0.line_mut(),
        };
        line.map_or(0, |line| line.text().chars().count())
    }

    /// The Esc just now was the beginning of another key: the words it took are there again.
    pub(crate) fn take_esc_back(&mut self) {
        self.hidden |= self.cx.last == LastKey::Uncovered;
        if self.cx.last == LastKey::PutAway {
            let _ = match &mut self.open {
                Open::Home => false,
                Open::Region(region) => region.fetch_last(&mut self.cx),
                Open::Meeting { meeting, .. } => meeting.fetch_last(&mut self.cx),
            };
        }
        self.cx.last = LastKey::Other;
    }
}
