//! What keys do on the screens of the region, and why some of them do nothing.

use crate::command::{Code, Command, Key, Place};
use crate::domain::region::Region;
use crate::domain::register::Filter;
use crate::domain::{Act, Change};
use crate::privacy::new_words;
use crate::ui::look::prelude::{Buffer, Seats, View};
use crate::ui::offers::hindered_at_all;
use crate::ui::region::{FORMS, IssueRow, Register, draw};
use crate::ui::writing::Origin;
use crate::ui::{
    Context, Document, Drafts, Effect, Enter, Flow, Input, NamesFor, Panes, Pick, PutAway, RegionPlace,
    RegionScreen, Screen, Seat, SheetState, Sheets,
};

impl Screen for RegionScreen {
    fn place(&self) -> Place {
        self.screen.place()
    }

    fn hindered(&self, cx: &Context, command: Command) -> Option<&'static str> {
        hindered_at_all(self, cx, command).or_else(|| self.hindered_here(command))
    }

    fn perform(&mut self, cx: &mut Context, command: Command) -> Flow {
        use Command as C;
        // What stands in an open cell is kept before one looks elsewhere.
        if matches!(command, C::PreviousYear | C::NextYear | C::OpenMeeting | C::Town | C::Held) {
            self.leave_cell(cx);
        }
        match command {
            C::PreviousYear => self.turn_year(-1),
            C::NextYear => self.turn_year(1),
            C::Open if self.screen == RegionPlace::Register => self.show(cx, RegionPlace::Issue),
            C::Open => self.go_behind(cx),
            C::OpenMeeting => return self.open_behind(cx),
            C::Narrow => self.register.choose_facet(&self.doc, cx),
            C::Town => self.choose_town(cx),
            C::Held => self.choose_held(cx),
            C::Edit => return self.sheet_enter(cx),
            C::Delete if self.deletes_letters() => self.edit_key(cx, Key::plain(Code::Delete)),
            C::Delete => self.delete_slot(cx),
            C::Back => return self.back(cx),
            _ => return self.perform_on_document(cx, command),
        }
        Flow::Done
    }

    fn entering(&self, cx: &Context) -> Option<Enter> {
        match self.screen {
            RegionPlace::Register | RegionPlace::Review => Some(Enter::Open),
            _ => self.on_cell(cx),
        }
    }

    fn go_vertically(&mut self, cx: &mut Context, step: isize) {
        match self.screen {
            RegionPlace::Register => self.register.go(step),
            _ => self.sheet_move(cx, step, 0),
        }
    }

    fn go_sideways(&mut self, cx: &mut Context, step: isize) {
        let words = &mut self.register.words;
        match self.screen {
            RegionPlace::Register if step < 0 => drop(words.left()),
            RegionPlace::Register if !words.is_empty() => drop(words.right()),
            RegionPlace::Register if self.entry().is_some() => self.show(cx, RegionPlace::Issue),
            RegionPlace::Register => {}
            RegionPlace::Review => self.go_page(cx, step),
            _ => self.sheet_move(cx, 0, step),
        }
    }

    fn go_page(&mut self, cx: &mut Context, step: isize) {
        self.leave_cell(cx);
        match self.screen {
            RegionPlace::Register => self.register.go(step * 8),
            RegionPlace::Issue => {
                self.register.go(step);
                self.sheet.row = 0;
            }
            RegionPlace::Decide => {
                self.turn = self.turn.saturating_add_signed(step).min(self.agenda.len().saturating_sub(1));
            }
            RegionPlace::Year => self.turn_year(step as i32),
            RegionPlace::Forms => {
                (self.form, self.sheet) = ((self.form + 1) % FORMS.len(), SheetState::default());
            }
            RegionPlace::Review => self.review.turn(step, &mut self.sheet.row),
        }
    }

    fn line_mut(&mut self) -> Option<&mut Input> {
        match self.screen {
            RegionPlace::Register => Some(&mut self.register.words),
            _ => self.sheet.editing.as_mut().map(|(_, line)| line),
        }
    }

    fn is_mending(&self) -> bool {
        self.editing().is_some()
    }

    fn edit_key(&mut self, cx: &mut Context, key: Key) {
        if self.screen == RegionPlace::Register {
            self.register.words.edit(key);
            self.search(cx);
        } else {
            self.edit_in_cell(key);
        }
    }

    fn type_text(&mut self, cx: &mut Context, typed: &str) -> Flow {
        match self.screen {
            RegionPlace::Register if typed.trim().is_empty() && self.register.words.is_empty() => {}
            RegionPlace::Register => {
                self.register.words.insert(typed);
                self.search(cx);
            }
            _ => self.sheet_type(cx, typed),
        }
        Flow::Done
    }

    fn take_pick(&mut self, cx: &mut Context, pick: Pick) -> Flow {
        match pick {
            Pick::Narrow(filter) => {
                // Narrowed by nothing it shows everything.
                if filter == Filter::default() {
                    self.register.words.take();
                }
                if filter.confirmed == Some(false) && !cx.look_only {
                    cx.say("確かめていない文だけを出しています。開いて読み、だれのことか分からなければ、いちばん上の欄に「はい」と書きます。");
                }
                // From another screen one comes to all of them, whatever was looked for last.
                if self.screen != RegionPlace::Register {
                    self.register.words.take();
                }
                self.register.filter = filter;
                self.search(cx);
                self.show(cx, RegionPlace::Register);
            }
            Pick::Issue(issue) => {
                (self.register, self.town) = (Register::default(), None);
                self.search(cx);
                self.select(Some(issue));
                self.show(cx, RegionPlace::Issue);
            }
            Pick::Meeting(meeting) => return Flow::Meeting(meeting),
            Pick::Held(meeting) => self.hold(cx, meeting),
            Pick::Town(town) => {
                (self.town, self.sheet.row) = (town, 0);
                self.search(cx);
                self.gather();
            }
            Pick::Fetch(at) => self.fetch(cx, at),
            _ => return Flow::Pass,
        }
        Flow::Done
    }

    fn draw(&self, view: View, panes: &Panes, buf: &mut Buffer, seats: &mut Seats) {
        draw::screen(view, self, panes, buf, seats);
    }

    fn whisper(&self, cx: &Context) -> (String, String) {
        (draw::whisper(self, cx), String::new())
    }

    fn click(&mut self, cx: &mut Context, _: (u16, u16), seat: Option<Seat>, second: bool) -> Flow {
        seat.map_or(Flow::Done, |seat| self.click_row(cx, seat, second))
    }
}

impl RegionScreen {
    /// Closes what is open; where nothing is, one goes a level up.
    fn back(&mut self, cx: &mut Context) -> Flow {
        if self.closes_words(cx) {
            return Flow::Done;
        }
        match self.screen {
            RegionPlace::Issue => self.show(cx, RegionPlace::Register),
            RegionPlace::Decide | RegionPlace::Forms => self.show(cx, RegionPlace::Review),
            RegionPlace::Register if self.register.is_narrowed() => {
                let issue = self.issue();
                self.register = Register::default();
                self.search(cx);
                self.select(issue);
            }
            _ => return Flow::Do(Command::Home),
        }
        Flow::Done
    }

    /// Why an action cannot be done now, for a reason of the region's own.
    fn hindered_here(&self, command: Command) -> Option<&'static str> {
        let (listed, counted) = (self.screen == RegionPlace::Register, self.review.counted.as_ref());
        Some(match command {
            Command::Open | Command::Export if !listed && counted.is_none() => {
                if self.is_counted_here() {
                    "まだ数えています。少し待って、もう一度押してください。"
                } else {
                    "会議が多いので、{review} の画面で数えてから書き出せます。"
                }
            }
            Command::Open if !listed && counted.is_some_and(|c| c.behind(self.sheet.row).is_empty()) => {
                "この数のもとになった会議はありません。"
            }
            Command::Open if !listed || self.entry().is_some() => return None,
            Command::Open if self.register.is_narrowed() => {
                "見つかりません。ことばを短くするか、しぼりこみをやめてください。"
            }
            Command::Open => "地域課題は、まだありません。会議の「地域課題」の段階で書くと、ここに並びます。",
            Command::EnterCell if self.is_mending() => return None,
            Command::EnterCell if self.screen == RegionPlace::Decide && self.agenda.is_empty() => {
                "この年度の地域課題は、まだありません。"
            }
            Command::EnterCell if let Some(IssueRow::Way(_)) = self.issue_row() => {
                "経過は、レベル・反映・評価を書きかえた日に、ひとりでに残ります。"
            }
            Command::Narrow if self.doc.entries().is_empty() => "しぼりこむ地域課題は、まだありません。",
            Command::OpenMeeting if !self.meetings_at_hand().is_empty() => return None,
            Command::OpenMeeting if self.screen == RegionPlace::Year => {
                "この枠の会議はまだありません。{new-meeting} ではじめられます。"
            }
            Command::OpenMeeting => "もとになった会議はありません。",
            Command::Held => match self.selected_slot() {
                None => "先に、会議を入れる枠を選んでください。",
                Some(slot) if slot.meeting.is_some() || !self.loose().is_empty() => return None,
                Some(_) => "この年度に、まだ枠のない会議はありません。",
            },
            Command::Delete if !self.deletes_letters() && self.selected_slot().is_none() => {
                "消す枠を選んでください。"
            }
            Command::Town if !self.doc.has_several_towns() => {
                "一つの市町村の記録だけがあります。ほかの市町村の記録を取り込むと、ここで選べます。"
            }
            _ => return None,
        })
    }
}

impl Drafts for RegionScreen {
    /// The screens of the region show now one issue or year, now another.
    fn stood_here(&self, cx: &Context, put: &PutAway) -> bool {
        put.meeting.is_none()
            && matches!(put.origin, Origin::Cell(cell) if self.selected_cell(cx) == Some(cell))
    }

    fn put_back_words(&mut self, _: &Context, put: PutAway) {
        if let Origin::Cell(cell) = put.origin {
            self.put_back_cell(cell, put.line);
        }
    }

    fn make_room(&mut self, cx: &mut Context, _: &PutAway) -> bool {
        self.leave_cell(cx);
        true
    }

    type Held = Region;

    fn document(&self) -> &Document<Region> {
        &self.doc
    }

    fn document_mut(&mut self) -> &mut Document<Region> {
        &mut self.doc
    }

    fn write_and_show(&mut self, cx: &mut Context, act: Act, label: String, changes: Vec<Change>) -> bool {
        let done = self.doc.write(cx, act, label, changes.clone());
        if done {
            self.review.asked = None;
            self.look_at(&changes);
            let words = changes.iter().flat_map(new_words).collect::<Vec<_>>().join("\n");
            // Who was at the meetings is not known here: it is asked for.
            if !words.is_empty() && !cx.notice.warns() {
                cx.effects.push(Effect::Names(self.meetings_here(), NamesFor::Words(words)));
            }
        }
        done
    }
}
