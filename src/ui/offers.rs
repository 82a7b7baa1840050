//! What can be done here and now, and why the rest cannot. Bar, menu, palette and help leave out what is hindered, and
//! [`App::perform`] says the reason instead of doing it: so nothing is offered that then refuses.
//!
//! Writing is never hindered because nothing is written yet: the keys for it are how one begins.

use crate::command::{Command, Place};
use crate::domain::map::Move;
use crate::domain::{Growth, Kind};
use crate::layout::shape::What;
use crate::ui::document::{LOOK_ONLY, NO_NEW_MEETING};
use crate::ui::drafts::{NOTHING_TO_REDO, NOTHING_TO_UNDO};
use crate::ui::meeting::item::Item;
use crate::ui::{Context, Drafts, MapScreen, MeetingScreen, Screen, Sheets, Sitting};

const BACK_TO_MAP: &str = "{chart} でマップにもどると、できます。";
const NONE_OF_KIND: &str = "この先に、今出している種類の枝はありません。";

/// What stands in the way of an action wherever there is a document: that one only looks, or that nothing was done yet.
pub(crate) fn hindered_at_all(screen: &impl Drafts, cx: &Context, command: Command) -> Option<&'static str> {
    let looking = cx.look_only.then(|| only_looking(screen, cx, command)).flatten();
    // What is being written is the last thing done.
    let (mends, history) = (screen.is_mending(), screen.document().history());
    let turns = |undo| mends || screen.words_to_turn(cx, undo).is_some();
    looking.or(match command {
        Command::Undo if !turns(true) && history.to_undo().is_none() => Some(NOTHING_TO_UNDO),
        Command::Redo if !turns(false) && history.to_redo().is_none() => Some(NOTHING_TO_REDO),
        Command::PutAway if !cx.put_away.iter().any(|put| screen.stood_here(cx, put)) => {
            Some("ここで片づけた書きかけはありません。")
        }
        _ => None,
    })
}

/// Who only looks changes nothing; a sample is kept nowhere and can be tried out all the same.
fn only_looking(screen: &impl Drafts, cx: &Context, command: Command) -> Option<&'static str> {
    use Command as C;
    let hinders = match command {
        C::NewMeeting => return Some(NO_NEW_MEETING),
        C::FollowUp => return Some("見るだけで開いているので、次の会議は作れません。"),
        C::Clock => return Some("見るだけで開いているので、時計は動かせません。"),
        C::NextTurn => return Some("見るだけで開いているので、順番は進められません。"),
        C::DeleteMeeting => return Some("見るだけで開いているので、会議は消せません。"),
        _ if screen.document().is_sample() => false,
        // What is being written can still be given up, and a search still ends.
        C::AddBeside | C::Enter | C::Undo | C::Redo => !screen.is_mending(),
        // A meeting that stands in a row is opened.
        C::EnterCell => screen.is_mending() || screen.selected_cell(cx).is_some(),
        C::Edit if screen.place() == Place::Year => return only_looking(screen, cx, C::EnterCell),
        C::Delete => !screen.deletes_letters(),
        C::Tick => !screen.types_space(),
        C::Take => !screen.types_space() && screen.selected_cell(cx).is_none(),
        C::Edit
        | C::Extend
        | C::Said
        | C::Kind
        | C::Link
        | C::AddUnder
        | C::Alike
        | C::Format
        | C::NextDate => true,
        C::ShiftUp | C::ShiftDown | C::ShiftIn | C::ShiftOut | C::Import | C::Held => true,
        _ => false,
    };
    hinders.then_some(LOOK_ONLY)
}

impl MapScreen {
    /// Why an action that belongs to the map cannot be done. `writes`: words stand on the entry line, or are mended.
    pub(crate) fn hindered(&self, doc: &Sitting, writes: bool, command: Command) -> Option<&'static str> {
        let (node, chart) = (self.selected_node(doc), self.chart.is_some());
        let linking = self.linking().is_some();
        Some(match command {
            Command::Edit if node.is_none() => {
                "枝を選ぶと、{add-beside} で直せます。ことばを書いて {add-beside} を押すと、枝が足されます。"
            }
            Command::Said if node.is_none() => "ことばを書きそえる枝を選んでください。",
            Command::Delete if node.is_none() && !writes => {
                "消す枝を選んでください。大枝と真ん中は消せません。"
            }
            Command::Link if !linking && node.is_none_or(|n| n.kind != Kind::Issue) => {
                "つなぐもとの課題を選んでください。枝を課題にするには {kind} を押します。"
            }
            Command::Search if linking => "つなぐ先の課題は、ことばを書くとさがせます。",
            Command::Fold if !self.writing.line.is_empty() => return None,
            Command::Fold | Command::Level | Command::OnlyKind if chart => BACK_TO_MAP,
            Command::Fold => match self.selected {
                What::Node(id) if doc.tree.children(id).is_empty() => "この枝の先には何もありません。",
                What::Node(id) if self.tree(doc).children(id).is_empty() => NONE_OF_KIND,
                What::Branch(branch) if self.only().is_some() && self.tree(doc).roots(branch).is_empty() => {
                    NONE_OF_KIND
                }
                What::Node(_) | What::Branch(_) => return None,
                _ => "たたむ枝か大枝を選んでください。",
            },
            Command::ShiftUp => return self.unmoved(doc, Move::Up),
            Command::ShiftDown => return self.unmoved(doc, Move::Down),
            Command::ShiftIn => return self.unmoved(doc, Move::In),
            Command::ShiftOut => return self.unmoved(doc, Move::Out),
            Command::Chart if !chart && doc.causes.ids().is_empty() => {
                "課題がまだありません。枝を選んで {kind} を押すと、課題にできます。"
            }
            _ => return None,
        })
    }

    fn unmoved(&self, doc: &Sitting, to: Move) -> Option<&'static str> {
        match self.shifted(doc, to) {
            _ if self.chart.is_some() => Some(BACK_TO_MAP),
            // What it would pass is not seen.
            _ if self.only().is_some() => {
                Some("今は一種類だけを出しています。{back} ですべてを出すと、動かせます。")
            }
            None => Some("動かす枝を選んでください。"),
            Some(changes) if changes.is_empty() => Some("この枝は、これより先へは動かせません。"),
            Some(_) => None,
        }
    }
}

impl MeetingScreen {
    /// Why an action cannot be done now on the screen one is on.
    pub(crate) fn hindered_here(&self, cx: &Context, command: Command) -> Option<&'static str> {
        let (place, dossier) = (self.place(), &self.doc.dossier);
        let (on_map, letters) = (place == Place::Map, self.deletes_letters());
        let of_map = || on_map.then(|| self.map.hindered(&self.doc, letters, command)).flatten();
        let before = hindered_at_all(self, cx, command).or_else(of_map);
        if before.is_some() {
            return before;
        }
        let table = matches!(place, Place::Plan | Place::Regional);
        let item = || self.selected_item(cx);
        Some(match command {
            Command::Speaker | Command::NextTurn if dossier.participants.is_empty() => {
                "参加者がまだいません。{people} で足せます。"
            }
            Command::Kind if place == Place::Closing && self.doc.questions(cx).is_empty() => {
                "このやり方には、選ぶ問いがありません。"
            }
            Command::DeleteMeeting if self.doc.is_sample() => {
                "見本なので、消すものはありません。書いたものも残りません。"
            }
            Command::FollowUp if self.doc.is_sample() => "見本なので、次の会議は作れません。",
            Command::CaseHistory if dossier.case.is_none() => "この会議には事例がありません。",
            Command::CaseHistory if self.meetings_of_case(cx).len() < 2 => {
                "この事例の会議は、まだこの一回です。次の会議は {menu} の「この事例の次の会議を作る」で作れます。"
            }
            Command::Format if !dossier.nodes.is_empty() || dossier.progress.started_at.is_some() => {
                "会議が始まっているので、やり方は変えられません。新しい会議では選べます。"
            }
            Command::Growth
                if dossier.nodes.is_empty() && Growth::new(dossier, self.doc.history()).is_empty() =>
            {
                "マップには、まだ何も書かれていません。"
            }
            Command::Alike if self.alike().next().or(self.joined().next()).is_none() => {
                "よく似た課題は、まだありません。{enter-cell} で文を書くと、さがします。"
            }
            Command::Edit if self.source_row().is_some() => "マップのことばは、{whole} のマップで直せます。",
            Command::Take if self.types_space() && !self.in_empty_cell() || self.has_sources() => {
                return None;
            }
            Command::Take if place == Place::Plan => {
                "マップに、支援策がまだありません。{whole} のマップで、頭に > を付けて書けます。"
            }
            Command::Take => "マップに、課題がまだありません。{whole} のマップで、頭に ! を付けて書けます。",
            Command::Edit if !on_map && !table && item().is_none() => {
                "「薬剤師 山の町薬局」のように書いて {enter} を押すと、参加者が増えます。"
            }
            Command::Delete if on_map || letters || self.removal(cx).is_some() => return None,
            Command::Delete if table => "消す行を選んでください。",
            Command::Delete if item().is_some() => "この行は消せません。",
            Command::Delete => "消すものは、まだありません。",
            Command::Tick if on_map || self.types_space() => return None,
            Command::Tick => match item() {
                Some(Item::Check(_) | Item::Review(_) | Item::NextDate) => return None,
                _ => "済みにするものを選んでください。",
            },
            _ => return None,
        })
    }
}
