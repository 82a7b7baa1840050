//! What keys do on the screens of the region, and why some of them do nothing.

use crate::command::{Code, Command, Key, Place};
use crate::domain::region::Region;
use crate::domain::{Act, Change};
use crate::ui::Document;
use crate::ui::context::Context;
use crate::ui::drafts::Drafts;
use crate::ui::flow::Flow;
use crate::ui::input::Input;
use crate::ui::offers::hindered_at_all;
use crate::ui::picker::RegionPick;
use crate::ui::region::place::RegionPlace;
use crate::ui::region::{IssueRow, RegionScreen};
use crate::ui::screen::{Offerable, Screen};
use crate::ui::sheet::Sheets;
use crate::ui::undo::Undoing;
use crate::ui::writing::{Origin, PutAway};

/// Said until the figures have come.
const COUNTING: &str = "まだ数えています。少し待って、もう一度押してください。";

impl Screen for RegionScreen {
    fn place(&self) -> Place {
        self.screen.place()
    }

    fn hindrance(&self, cx: &Context, command: Command) -> Option<String> {
        let here = || self.hindered(command).map(|words| cx.keymap.fill(words));
        hindered_at_all(self, cx, command).or_else(here)
    }

    fn perform(&mut self, cx: &mut Context, command: Command) -> Flow {
        match command {
            Command::PreviousYear => self.turn_year(cx, -1),
            Command::NextYear => self.turn_year(cx, 1),
            Command::Register => self.show(cx, RegionPlace::Register),
            Command::Year => self.show(cx, RegionPlace::Year),
            Command::Review => self.show(cx, RegionPlace::Review),
            Command::Decide => self.show(cx, RegionPlace::Decide),
            Command::Forms => self.show(cx, RegionPlace::Forms),
            Command::Open if self.screen == RegionPlace::Register => self.open_issue(cx),
            Command::Open => self.go_behind(cx),
            Command::OpenMeeting => return self.open_behind(cx),
            Command::Narrow => self.choose_facet(cx),
            Command::Town => self.choose_town(cx),
            Command::Held => self.choose_held(cx),
            Command::Edit => return self.sheet_enter(cx),
            Command::Delete if self.deletes_letters() => self.edit_key(cx, Key::plain(Code::Delete)),
            Command::Delete => self.delete_slot(cx),
            Command::Back => return self.back(cx),
            _ => return self.perform_on_document(cx, command),
        }
        Flow::Done
    }

    fn go_vertically(&mut self, cx: &mut Context, step: isize) {
        match self.screen {
            RegionPlace::Register => self.register_move(step),
            RegionPlace::Review => self.review_move(step),
            _ => self.sheet_move(cx, step, 0),
        }
    }

    fn go_sideways(&mut self, cx: &mut Context, step: isize) {
        match self.screen {
            RegionPlace::Register if self.words.is_empty() && step > 0 => self.open_issue(cx),
            RegionPlace::Register if step > 0 => drop(self.words.right()),
            RegionPlace::Register => drop(self.words.left()),
            RegionPlace::Review => self.turn_question(cx, step),
            _ => self.sheet_move(cx, 0, step),
        }
    }

    fn go_page(&mut self, cx: &mut Context, step: isize) {
        match self.screen {
            RegionPlace::Register => self.register_move(step * 8),
            RegionPlace::Issue | RegionPlace::Decide => self.turn_issue(cx, step),
            RegionPlace::Year => self.turn_year(cx, step as i32),
            RegionPlace::Forms => self.turn_form(cx),
            RegionPlace::Review => self.turn_question(cx, step),
        }
    }

    fn line_mut(&mut self) -> Option<&mut Input> {
        match self.screen {
            RegionPlace::Register => Some(&mut self.words),
            _ => self.sheet.editing.as_mut().map(|(_, line)| line),
        }
    }

    fn is_mending(&self) -> bool {
        self.editing().is_some()
    }

    fn edit_key(&mut self, cx: &mut Context, key: Key) {
        if self.screen == RegionPlace::Register {
            self.words.edit(key);
            self.search(cx);
        } else {
            self.edit_in_cell(key);
        }
    }

    fn type_text(&mut self, cx: &mut Context, typed: &str) -> Flow {
        match self.screen {
            RegionPlace::Review => {}
            RegionPlace::Register if typed.trim().is_empty() && self.words.is_empty() => {}
            RegionPlace::Register => {
                self.words.insert(typed);
                self.search(cx);
            }
            _ => self.sheet_type(cx, typed),
        }
        Flow::Done
    }

    fn give_up(&mut self, cx: &mut Context) -> bool {
        self.give_up_cell(cx)
    }

    fn fetch_back(&mut self, cx: &mut Context) -> bool {
        self.fetch_last(cx)
    }

    fn gives(&self) -> Option<&dyn Offerable> {
        Some(self)
    }
}

impl RegionScreen {
    /// Closes what is open; where nothing is, one goes a level up.
    fn back(&mut self, cx: &mut Context) -> Flow {
        if self.closes_words(cx) { Flow::Done } else { self.leave_screen(cx) }
    }

    pub(crate) fn take_pick(&mut self, cx: &mut Context, pick: RegionPick) -> Flow {
        match pick {
            RegionPick::Facet(facet) => self.narrow(cx, facet),
            RegionPick::Issue(issue) => self.go_to_issue(cx, issue),
            RegionPick::Meeting(meeting) => return self.look_into(cx, meeting),
            RegionPick::Held(meeting) => self.hold(cx, meeting),
            RegionPick::Town(town) => self.set_town(cx, town),
        }
        Flow::Done
    }

    /// Why nothing is opened.
    fn hindered_open(&self) -> Option<&'static str> {
        match (self.screen, self.counted.as_ref()) {
            (RegionPlace::Register, _) if self.selected_entry().is_some() => None,
            (RegionPlace::Register, _) if self.is_narrowed() => {
                Some("見つかりません。ことばを短くするか、しぼりこみをやめてください。")
            }
            (RegionPlace::Register, _) => {
                Some("地域課題は、まだありません。会議の「地域課題」の段階で書くと、ここに並びます。")
            }
            (_, None) => Some(COUNTING),
            (_, Some(counted)) => {
                let nothing = counted.behind(self.sheet.row).is_empty();
                nothing.then_some("この数のもとになった会議はありません。")
            }
        }
    }

    fn stands_on_way(&self) -> bool {
        let way = |row: &IssueRow| matches!(row, IssueRow::Way(_));
        self.screen == RegionPlace::Issue && self.issue_rows().get(self.sheet.row).is_some_and(way)
    }

    /// Why an action cannot be done now, for a reason of the region's own.
    fn hindered(&self, command: Command) -> Option<&'static str> {
        Some(match command {
            Command::Open => return self.hindered_open(),
            Command::EnterCell if self.is_mending() => return None,
            Command::EnterCell if self.screen == RegionPlace::Decide && self.agenda.is_empty() => {
                "この年度の地域課題は、まだありません。"
            }
            Command::EnterCell if self.stands_on_way() => {
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
                Some(slot) if slot.meeting.is_none() && self.loose().is_empty() => {
                    "この年度に、まだ枠のない会議はありません。"
                }
                Some(_) => return None,
            },
            Command::Delete if !self.deletes_letters() && self.selected_slot().is_none() => {
                "消す枠を選んでください。"
            }
            Command::Town if !self.doc.has_several_towns() => {
                "一つの町の記録だけがあります。ほかの町の記録を取り込むと、ここで選べます。"
            }
            Command::Export if self.screen != RegionPlace::Register && self.counted.is_none() => {
                if self.is_counted_here() {
                    COUNTING
                } else {
                    "会議が多いので、{review} の画面で数えてから書き出せます。"
                }
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
        self.leave_cell(cx)
    }
}

impl Undoing for RegionScreen {
    type Held = Region;

    fn document(&self) -> &Document<Region> {
        &self.doc
    }

    fn document_mut(&mut self) -> &mut Document<Region> {
        &mut self.doc
    }

    fn write_and_show(&mut self, cx: &mut Context, act: Act, label: String, changes: Vec<Change>) -> bool {
        self.write(cx, act, label, changes)
    }
}
