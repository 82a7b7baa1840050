//! Menu and palette: what can be done here and now, and the rest with its reasons.

use crate::command::{Command, Place, Section, TABLE};
use crate::ui::{App, Choice, Chooser, Pick};

impl App {
    /// Everything in the table under its headings; what cannot be done here or now, quietly with the reason.
    fn actions(&self) -> impl Iterator<Item = Choice> {
        let screen = self.screen();
        let place = screen.place();
        let rows = Section::ALL.into_iter().flat_map(|s| TABLE.iter().filter(move |row| row.section == s));
        let rows = rows.filter(|r| !matches!(r.command, Command::Menu | Command::Palette | Command::Back));
        rows.map(move |row| {
            let why = match row.places.contains(&place) {
                true => screen.hindrance(&self.cx, row.command),
                false => Some(format!("{}で使えます。", Place::said(row.places))),
            };
            let quiet = why.is_some();
            let (note, pick) = match why {
                Some(why) => (why.clone(), Pick::Refused(why)),
                None => (self.cx.keymap.shown(row.command), Pick::Do(row.command)),
            };
            let words = format!("{} {}", self.cx.keymap.fill(row.help), row.id);
            Choice { heading: row.section.title(), words, quiet, ..Choice::new(row.title, note, pick) }
        })
    }

    /// Everything that can be done here and now.
    pub(crate) fn open_menu(&mut self) {
        let actions = self.actions().filter(|choice| !choice.quiet).collect();
        self.cx.choose(Chooser::new("メニュー", actions));
    }

    /// The same to be searched; what cannot be done is found, too, and says why.
    pub(crate) fn wishes(&self) -> Vec<Choice> {
        self.actions().map(|choice| Choice { heading: "", ..choice }).collect()
    }

    /// All of them as a list.
    pub(crate) fn open_palette(&mut self) {
        let all = self.wishes();
        self.cx.choose(Chooser::new("したいことを書いてください", all));
    }
}
