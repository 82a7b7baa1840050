//! What keys do to what lies over the screen.

use crate::command::{Code, Command, Key, Place};
use crate::ui::help::Topic;
use crate::ui::{App, Effect, Input, LastKey, Overlay, Pick};

impl App {
    pub(crate) fn overlay_key(&mut self, key: Key) {
        let Some(over) = self.cx.over.as_mut() else { return };
        match over {
            Overlay::Choose(chooser) => {
                if key.code == Code::Esc
                    && let Some(words) = chooser.stray().map(str::to_owned)
                {
                    self.cx.over = None;
                    self.type_text(&words);
                    return self.cx.say("打ったことばは、下の入力行に移しました。");
                }
                let reply = chooser.key(key);
                if key.text().is_some() { self.replied_to_text(reply) } else { self.replied(reply) }
            }
            Overlay::Ask(_) => self.ask_key(key),
            Overlay::Prompts(_) | Overlay::ReadBack(_) => {
                let prompts = matches!(over, Overlay::Prompts(_));
                let Some((meeting, cx)) = self.meeting_mut() else { return };
                let flow = match prompts {
                    true => meeting.prompts_key(cx, key),
                    false => meeting.read_back_key(cx, key),
                };
                self.follow(flow);
            }
            Overlay::Told(_) => match key.text().filter(|c| *c != ' ') {
                Some(c) => self.type_text(c.encode_utf8(&mut [0; 4])),
                None => self.cx.over = None,
            },
            Overlay::Help(help) => {
                let help = help.clone();
                self.help_key(help, key);
            }
        }
    }

    /// What became of a list; none: it stays.
    pub(crate) fn replied(&mut self, reply: Option<Pick>) {
        let Some(pick) = reply else { return };
        self.cx.over = None;
        match pick {
            Pick::Do(command) => self.perform(command),
            Pick::Refused(why) => self.cx.say(why),
            Pick::Nothing => {}
            Pick::Answer(answer) => {
                let place = self.place();
                let leads = |command: &Command| command.row().places.contains(&place);
                // Who stands there already stays.
                let there = |command: &Command| *command == Command::People && place == Place::People;
                if let Some(command) = answer.leads.filter(|c| leads(c) && !there(c)) {
                    self.perform(command);
                }
                self.cx.over = Some(Overlay::Told(self.cx.answered(answer)));
            }
            Pick::Read(page) => {
                self.open_help();
                if let Some(Overlay::Help(help)) = &mut self.cx.over {
                    help.read = Some(Topic::Page(page));
                }
            }
            Pick::Quit => self.quit(),
            Pick::Mend(mend) => self.cx.effects.push(Effect::Mend(mend)),
            Pick::Palette(palette) => self.take_palette(palette),
            Pick::PutBack(at) => self.put_back_found(at),
            Pick::Later => self.found.clear(),
            Pick::DeleteMeeting(meeting) => self.delete_meeting(meeting),
            Pick::Restore(path) => self.cx.effects.push(Effect::Compare(path)),
            Pick::RestoreNow(path) => self.restore(path),
            Pick::Export(gift) => self.ask_export(gift),
            Pick::Write(path, gift, existing) => self.export_to(path, gift, existing),
            pick => {
                let (screen, cx) = self.screen_mut();
                let flow = screen.take_pick(cx, pick);
                self.follow(flow);
            }
        }
    }

    /// The same where a number may have chosen.
    pub(crate) fn replied_to_text(&mut self, reply: Option<Pick>) {
        self.replied(reply);
        if self.cx.over.is_none() {
            self.cx.last = LastKey::Unchosen;
        }
    }

    fn ask_key(&mut self, key: Key) {
        let paste = self.cx.keymap.all(Command::Paste).contains(&key);
        let Some(Overlay::Ask(ask)) = self.cx.over.as_mut() else { return };
        match key.code {
            Code::Esc => self.cx.over = None,
            Code::Enter => self.answer(),
            _ if paste => self.cx.effects.push(Effect::ReadClipboard),
            // What is offered stays marked under a key that means nothing here.
            _ if !Input::knows(key) => {}
            _ => {
                if let Some(c) = key.text() {
                    return ask.type_text(c.encode_utf8(&mut [0; 4]));
                }
                if std::mem::take(&mut ask.marked) && matches!(key.code, Code::Backspace | Code::Delete) {
                    ask.line.take();
                }
                ask.line.edit(key);
            }
        }
    }
}
