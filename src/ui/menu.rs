//! Menu and palette: what can be done here and now, and the rest with its reasons.

use crate::command::{Command, Place, Row, Section, TABLE, answers};
use crate::ui::here::enters;
use crate::ui::{App, Choice, Chooser, Pick, Wanted};

impl App {
    /// Everything in the table under its headings; what cannot be done here or now, quietly with the reason.
    fn actions(&self) -> impl Iterator<Item = Choice> {
        let screen = self.screen();
        let place = screen.place();
        let rows = Section::ALL.into_iter().flat_map(|s| TABLE.iter().filter(move |row| row.section == s));
        let rows = rows.filter(|r| !matches!(r.command, Command::Menu | Command::Palette | Command::Back));
        rows.map(move |row: &'static Row| {
            let why = match row.places.contains(&place) {
                true => screen.hindrance(&self.cx, row.command),
                false => Some(format!("{}で使えます。", Place::said(row.places))),
            };
            let quiet = why.is_some();
            let (note, pick) = match why {
                Some(why) => (why.clone(), Pick::Refused(why)),
                None => (self.cx.keymap.shown(row.command), Pick::Do(row.command)),
            };
            let wanted = Some(Wanted::Action(row));
            let words = self.cx.keymap.fill(row.help);
            // What Enter does hangs on the line, from which one has come here.
            let everywhere = quiet || enters(row.command);
            let label = if everywhere { row.title } else { self.title_here(row.command) };
            Choice { heading: row.section.title(), words, quiet, wanted, ..Choice::new(label, note, pick) }
        })
    }

    /// Everything that can be done here and now; of the rest only who searches for it is told.
    pub(crate) fn open_menu(&mut self) {
        let actions = self.actions().collect();
        self.cx.choose(Chooser::new("メニュー", actions));
    }

    /// The same list to be searched; what cannot be done is found, too, and says why, and what there is no action for is
    /// answered.
    pub(crate) fn wishes(&self) -> Vec<Choice> {
        let answers = answers().iter().map(|answer| {
            let wanted = Some(Wanted::Answer(answer));
            Choice { wanted, ..Choice::new(answer.title.as_str(), "説明", Pick::Answer(answer)) }
        });
        self.actions().map(|choice| Choice { heading: "", ..choice }).chain(answers).collect()
    }

    pub(crate) fn open_palette(&mut self) {
        let none = self.cx.keymap.fill("見つかりません。短いことばにするか、{menu} の一覧から選べます。");
        self.cx.choose(Chooser {
            none, ..Chooser::new("したいことを書いてください", self.wishes())
        });
    }
}
