//! What can be done here and now, and why the rest cannot. Bar, menu, palette and help leave out what is hindered, and
//! [`Model::perform`] says the reason instead of doing it: so nothing is offered that then refuses.
//!
//! Writing is never hindered because nothing is written yet: the keys for it are how one begins.

use super::chooser::{Choice, Pick};
use super::document::LOOK_ONLY;
use super::home::HomeItem;
use super::lists::Item;
use super::model::{Desk, Model, Screen};
use super::region::{IssueRow, RegionDesk};
use super::sheet::Cell;
use crate::command::{Command, Place, Row, Section, TABLE, YEARS};
use crate::domain::map::Move;
use crate::domain::register::Filter;
use crate::domain::{Growth, History, Kind};
use crate::layout::shape::What;

/// Said where undo finds nothing.
pub(super) const NOTHING_TO_UNDO: &str = "元に戻すものはありません。";
/// The same for redo.
pub(super) const NOTHING_TO_REDO: &str = "やり直すものはありません。";

impl Model {
    /// Why an action of this place cannot be done now, in words for people. None: it can.
    pub fn hindrance(&self, command: Command) -> Option<String> {
        let place = self.place();
        let looking = self.only_looking(place, command).map(str::to_owned);
        looking.or_else(|| self.nothing_done(command)).or_else(|| match (&self.desk, &self.region) {
            (Some(desk), _) if place == Place::Map => self.hindered_on_map(desk, command),
            (Some(desk), _) => self.hindered_in_meeting(desk, place, command),
            (None, Some(region)) => self.hindered_in_region(region, place, command),
            (None, None) => None,
        })
    }

    /// Who only looks changes nothing; a sample is kept nowhere and can be tried out all the same.
    fn only_looking(&self, place: Place, command: Command) -> Option<&'static str> {
        use Command as C;
        if !self.cx.look_only {
            return None;
        }
        let sample = self.desk.as_ref().is_some_and(|d| d.doc.is_sample());
        let new = place == Place::Home && self.home_stands() == Some(HomeItem::New);
        // What is being written can still be given up, and a search still ends.
        let mends = self.is_mending();
        match command {
            C::NewMeeting => Some("見るだけで開いているので、新しい会議は作れません。"),
            C::Open if new => self.only_looking(place, C::NewMeeting),
            C::FollowUp => Some("見るだけで開いているので、次の会議は作れません。"),
            C::Clock => Some("見るだけで開いているので、時計は動かせません。"),
            C::NextTurn => Some("見るだけで開いているので、順番は進められません。"),
            _ if sample => None,
            C::AddBeside | C::Enter | C::Undo | C::Redo => (!mends).then_some(LOOK_ONLY),
            // A meeting that stands in a row is opened.
            C::EnterCell => (mends || self.selected_cell().is_some()).then_some(LOOK_ONLY),
            C::Edit if place == Place::Year => self.only_looking(place, C::EnterCell),
            C::Delete => (!self.deletes_letters()).then_some(LOOK_ONLY),
            C::Tick => (!self.types_space()).then_some(LOOK_ONLY),
            C::Edit | C::Said | C::Kind | C::Link | C::AddUnder | C::Alike => Some(LOOK_ONLY),
            C::ShiftUp | C::ShiftDown | C::ShiftIn | C::ShiftOut => Some(LOOK_ONLY),
            C::Format | C::NextDate | C::Import | C::Held => Some(LOOK_ONLY),
            _ => None,
        }
    }

    /// While something is typed or mended the key belongs to the text, also where nothing is left of it: who holds it down
    /// means the words, not what they stand on.
    pub(super) fn deletes_letters(&self) -> bool {
        self.is_mending() || self.holds_words()
    }

    /// Whether a space is one of the words that are being written.
    pub(super) fn types_space(&self) -> bool {
        self.editing().is_some() || self.holds_words()
    }

    fn holds_words(&self) -> bool {
        self.writing().is_some_and(|writing| !writing.line.is_empty())
    }

    /// What looks back finds nothing.
    fn nothing_done(&self, command: Command) -> Option<String> {
        // What is being written is the last thing done.
        let none = |edit: fn(&History) -> bool| !self.is_mending() && self.history().is_none_or(edit);
        let words = match command {
            Command::Undo if none(|h| h.to_undo().is_none()) => NOTHING_TO_UNDO,
            Command::Redo if none(|h| h.to_redo().is_none()) => NOTHING_TO_REDO,
            Command::PutAway if !self.has_put_away_here() => "ここで片づけた書きかけはありません。",
            _ => return None,
        };
        Some(words.to_owned())
    }

    fn hindered_on_map(&self, desk: &Desk, command: Command) -> Option<String> {
        let (node, chart) = (desk.selected_node(), desk.map.chart.is_some());
        let linking = desk.linking().is_some();
        let words = match command {
            Command::Edit if node.is_none() => {
                "枝を選ぶと、{add-beside} で直せます。ことばを書いて {add-beside} を押すと、枝が足されます。"
            }
            Command::Said if node.is_none() => "ことばを書きそえる枝を選んでください。",
            Command::Delete if node.is_none() && !self.deletes_letters() => {
                "消す枝を選んでください。大枝と真ん中は消せません。"
            }
            Command::Link if !linking && node.is_none_or(|n| n.kind != Kind::Issue) => {
                "つなぐもとの課題を選んでください。枝を課題にするには {kind} を押します。"
            }
            Command::Search if linking => "つなぐ先の課題は、ことばを書くとさがせます。",
            Command::Fold if self.types_space() => return None,
            Command::Fold | Command::Level if chart => "{chart} で地図にもどると、できます。",
            Command::Fold => match desk.map.selected {
                What::Node(id) if desk.doc.tree.children(id).is_empty() => "この枝の先には何もありません。",
                What::Node(_) | What::Branch(_) => return None,
                _ => "たたむ枝か大枝を選んでください。",
            },
            Command::ShiftUp => return self.unmoved(desk, Move::Up),
            Command::ShiftDown => return self.unmoved(desk, Move::Down),
            Command::ShiftIn => return self.unmoved(desk, Move::In),
            Command::ShiftOut => return self.unmoved(desk, Move::Out),
            Command::Chart if !chart && desk.doc.causes.ids().is_empty() => {
                "課題がまだありません。枝を選んで {kind} を押すと、課題にできます。"
            }
            _ => return self.hindered_in_meeting(desk, Place::Map, command),
        };
        Some(self.cx.keymap.fill(words))
    }

    /// Why a twig does not move.
    fn unmoved(&self, desk: &Desk, to: Move) -> Option<String> {
        let words = match desk.shifted(to) {
            _ if desk.map.chart.is_some() => "{chart} で地図にもどると、できます。",
            None => "動かす枝を選んでください。",
            Some(changes) if changes.is_empty() => "この枝は、これより先へは動かせません。",
            Some(_) => return None,
        };
        Some(self.cx.keymap.fill(words))
    }

    /// What has nothing to be done with in a meeting, whichever screen one is on.
    fn hindered_in_meeting(&self, desk: &Desk, place: Place, command: Command) -> Option<String> {
        let dossier = &desk.doc.dossier;
        let words = match command {
            Command::Speaker | Command::NextTurn if dossier.participants.is_empty() => {
                "参加者がまだいません。{people} で足せます。"
            }
            Command::Kind if place == Place::Closing && self.questions().is_empty() => {
                "このやり方には、選ぶ問いがありません。"
            }
            Command::FollowUp if desk.doc.is_sample() => "見本なので、次の会議は作れません。",
            Command::CaseHistory if dossier.case.is_none() => "この会議には事例がありません。",
            Command::CaseHistory if self.meetings_of_case().len() < 2 => {
                "この事例の会議は、まだこの一回です。次の会議は {follow-up} で作れます。"
            }
            Command::Format if !dossier.nodes.is_empty() || dossier.progress.started_at.is_some() => {
                "会議が始まっているので、やり方は変えられません。新しい会議では選べます。"
            }
            Command::Growth
                if dossier.nodes.is_empty() && Growth::new(dossier, desk.doc.history()).is_empty() =>
            {
                "地図には、まだ何も書かれていません。"
            }
            Command::Alike if desk.alike().next().or(desk.joined().next()).is_none() => {
                "よく似た課題は、まだありません。{enter-cell} で文を書くと、さがします。"
            }
            Command::Edit | Command::Delete | Command::Tick if place != Place::Map => {
                return self.hindered_row(place, command);
            }
            _ => return None,
        };
        Some(self.cx.keymap.fill(words))
    }

    /// Why nothing can be done with the row that is selected in a list or table.
    fn hindered_row(&self, place: Place, command: Command) -> Option<String> {
        let item = self.selected_item();
        let table = matches!(place, Place::Plan | Place::Regional);
        let words = match command {
            Command::Edit if !table && item.is_none() => {
                "「薬剤師 山の町薬局」のように書いて {enter} を押すと、参加者が増えます。"
            }
            Command::Delete if self.deletes_letters() => return None,
            Command::Delete if table => match self.selected_cell() {
                Some(Cell::Plan(Some(_), _) | Cell::Regional(Some(_), _)) => return None,
                _ => "消す行を選んでください。",
            },
            Command::Delete => match item {
                Some(Item::Person(_) | Item::Reflection(_)) => return None,
                Some(_) => "この行は消せません。",
                None => "消すものは、まだありません。",
            },
            Command::Tick if self.types_space() => return None,
            Command::Tick => match item {
                Some(Item::Check(_) | Item::Review(_) | Item::NextDate) => return None,
                _ => "済みにするものを選んでください。",
            },
            _ => return None,
        };
        Some(self.cx.keymap.fill(words))
    }

    fn hindered_in_region(&self, region: &RegionDesk, place: Place, command: Command) -> Option<String> {
        let entries = region.doc.entries();
        let words = match command {
            Command::Open if place == Place::Register && region.selected_entry().is_none() => {
                if region.words.is_empty() && region.filter == Filter::default() {
                    "地域課題は、まだありません。会議の「地域課題」の段階で書くと、ここに並びます。"
                } else {
                    "見つかりません。ことばを短くするか、しぼりこみをやめてください。"
                }
            }
            Command::Open if place == Place::Review => match region.counted.as_ref() {
                None => "まだ数えています。少し待って、もう一度押してください。",
                Some(counted) if counted.behind(region.sheet.row).is_empty() => {
                    "この数のもとになった会議はありません。"
                }
                Some(_) => return None,
            },
            Command::EnterCell if self.editing().is_some() => return None,
            Command::EnterCell if place == Place::Decide && region.agenda.is_empty() => {
                "この年度の地域課題は、まだありません。"
            }
            Command::EnterCell if place == Place::Issue => match region.issue_rows().get(region.sheet.row) {
                Some(IssueRow::Way(_)) => "経過は、レベル・反映・評価を書きかえた日に、ひとりでに残ります。",
                _ => return None,
            },
            Command::Narrow if entries.is_empty() => "しぼりこむ地域課題は、まだありません。",
            Command::OpenMeeting if !region.meetings_at_hand().is_empty() => return None,
            Command::OpenMeeting if region.screen == Screen::Year => {
                "この枠の会議はまだありません。{new-meeting} ではじめられます。"
            }
            Command::OpenMeeting => "もとになった会議はありません。",
            Command::Held => match region.selected_slot() {
                None => "先に、会議を入れる枠を選んでください。",
                Some(slot) if slot.meeting.is_none() && region.loose().is_empty() => {
                    "この年度に、まだ枠のない会議はありません。"
                }
                Some(_) => return None,
            },
            Command::Delete if !self.deletes_letters() && region.selected_slot().is_none() => {
                "消す枠を選んでください。"
            }
            Command::Town if region.doc.towns().len() < 2 => {
                "一つの町の記録だけがあります。ほかの町の記録を取り込むと、ここで選べます。"
            }
            Command::Export if YEARS.contains(&place) && region.counted.is_none() => {
                if region.is_counted_here() {
                    "まだ数えています。少し待って、もう一度押してください。"
                } else {
                    "会議が多いので、{review} の画面で数えてから書き出せます。"
                }
            }
            _ => return None,
        };
        Some(self.cx.keymap.fill(words))
    }

    /// Everything that can be done here and now, under its headings.
    pub(super) fn actions(&self) -> Vec<Choice> {
        self.rows().filter(|(_, why)| why.is_none()).map(|(row, _)| self.action(row)).collect()
    }

    /// What cannot be done here or now, each with the reason, for those who look for it.
    pub(super) fn refusals(&self) -> Vec<Choice> {
        let refusal = |(row, why): (&'static Row, Option<String>)| {
            why.map(|why| Choice {
                note: why.clone(),
                pick: Pick::Refused(why),
                quiet: true,
                ..self.action(row)
            })
        };
        self.rows().filter_map(refusal).collect()
    }

    /// The rows of the table, each with what stands in its way.
    fn rows(&self) -> impl Iterator<Item = (&'static Row, Option<String>)> {
        let place = self.place();
        let rows = Section::ALL.into_iter().flat_map(|s| TABLE.iter().filter(move |row| row.section == s));
        let listed = |row: &&Row| !matches!(row.command, Command::Menu | Command::Palette | Command::Back);
        rows.filter(listed).map(move |row| {
            let elsewhere = || Some(format!("{}で使えます。", Place::said(row.places)));
            (row, if row.places.contains(&place) { self.hindrance(row.command) } else { elsewhere() })
        })
    }

    fn action(&self, row: &Row) -> Choice {
        let mut choice = Choice::new(row.title, self.cx.keymap.shown(row.command), Pick::Do(row.command));
        choice.heading = row.section.title();
        choice.words = format!("{} {}", self.cx.keymap.fill(row.help), row.id);
        choice
    }
}
