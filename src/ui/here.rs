//! What an action is called where one stands: the bar, the menu and the first page of the help say the same of a key.

use crate::command::{Command, Place};
use crate::ui::{App, Enter, MeetingScreen};

/// Whether it is what Enter does.
pub(crate) fn enters(command: Command) -> bool {
    matches!(command, Command::AddBeside | Command::Enter | Command::EnterCell | Command::Open)
}

impl App {
    /// What it does here and now, where that is not what it is called everywhere.
    pub(crate) fn called_here(&self, command: Command) -> Option<&'static str> {
        let meeting = self.meeting();
        match command {
            Command::NextCell if meeting.is_some_and(|d| d.source_row().is_some()) => Some("もどる"),
            Command::NextStep => meeting.map(MeetingScreen::next_called),
            // The key that opened the chart is the way back.
            Command::Chart if meeting.is_some_and(|d| d.map.chart.is_some()) => Some("マップへ"),
            Command::AddUnder if meeting.is_some_and(|d| d.map.tab_answers(&d.doc, &self.cx)) => {
                Some(meeting.and_then(|d| d.doc.presenter()).map_or("だれかの答え", |_| "提供者の答え"))
            }
            Command::Undo if self.place() == Place::Home && self.cx.shelf.has_removed => {
                Some("元に戻す（消した会議をもどす）")
            }
            Command::Back if self.screen().deletes_letters() => Some("やめる"),
            Command::PreviousBranch => pages(self.place()).map(|[before, _]| before),
            Command::NextBranch => pages(self.place()).map(|[_, after]| after),
            command if enters(command) => self.screen().entering(&self.cx).map(Enter::word),
            _ => None,
        }
    }

    /// The same for a list with room: what it is called everywhere, unless it does something else here.
    pub(crate) fn title_here(&self, command: Command) -> &'static str {
        let row = command.row();
        self.called_here(command).filter(|word| *word != row.short).unwrap_or(row.title)
    }
}

/// What stands before and after where one pages; none where it is the branch of a map.
fn pages(place: Place) -> Option<[&'static str; 2]> {
    match place {
        Place::Map => None,
        Place::Regional | Place::Issue | Place::Decide => Some(["前の課題", "次の課題"]),
        Place::Year => Some(["前の年度", "次の年度"]),
        Place::Review => Some(["前の問い", "次の問い"]),
        Place::Forms => Some(["前の様式", "次の様式"]),
        Place::Home
        | Place::Info
        | Place::People
        | Place::Opening
        | Place::Plan
        | Place::Closing
        | Place::Register => Some(["前のページ", "次のページ"]),
    }
}
