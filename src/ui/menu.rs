//! Menu and palette: what can be done here and now, and the rest with its reasons.

use crate::command::{Command, Place, Row, Section, TABLE};
use crate::ui::{App, Choice, Chooser, Pick};

impl App {
    /// Everything that can be done here and now, under its headings.
    fn actions(&self) -> Vec<Choice> {
        self.rows().filter(|(_, why)| why.is_none()).map(|(row, _)| self.action(row)).collect()
    }

    /// What cannot be done here or now, each with the reason, for those who look for it.
    fn refusals(&self) -> Vec<Choice> {
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
        let screen = self.screen();
        let place = screen.place();
        let rows = Section::ALL.into_iter().flat_map(|s| TABLE.iter().filter(move |row| row.section == s));
        let listed = |row: &&Row| !matches!(row.command, Command::Menu | Command::Palette | Command::Back);
        rows.filter(listed).map(move |row| {
            let here = row.places.contains(&place);
            let elsewhere = || Some(format!("{}で使えます。", Place::said(row.places)));
            (row, if here { screen.hindrance(&self.cx, row.command) } else { elsewhere() })
        })
    }

    fn action(&self, row: &Row) -> Choice {
        Choice {
            heading: row.section.title(),
            words: format!("{} {}", self.cx.keymap.fill(row.help), row.id),
            ..Choice::new(row.title, self.cx.keymap.shown(row.command), Pick::Do(row.command))
        }
    }

    /// Everything that can be done here and now.
    pub(crate) fn open_menu(&mut self) {
        self.cx.choose(Chooser::new("メニュー", self.actions()));
    }

    /// The same list, to be searched; what cannot be done is found, too, and says why.
    pub(crate) fn open_palette(&mut self) {
        let all = self.actions().into_iter().chain(self.refusals());
        let all = all.map(|choice| Choice { heading: "", ..choice }).collect();
        self.cx.choose(Chooser::new("したいことを書いてください", all));
    }
}
