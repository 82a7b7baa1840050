//! Menu and palette: what can be done here and now, and the rest with its reasons.

use std::rc::Rc;

use crate::command::{Command, Place, Row, Section, TABLE, answers, guide, way};
use crate::layout::measure::width;
use crate::ui::help::Help;
use crate::ui::here::enters;
use crate::ui::{App, Choice, Chooser, Overlay, Pick, Wanted};

/// Where a wider list of places would stand beside an action, the one the way leads to is enough.
const WIDEST_PLACES: usize = 20;

impl App {
    /// Everything in the table under its headings; what cannot be done here or now, quietly with the reason.
    fn actions(&self) -> impl Iterator<Item = Choice> {
        let screen = self.screen();
        let place = screen.place();
        let rows = Section::ALL.into_iter().flat_map(|s| TABLE.iter().filter(move |row| row.section == s));
        let rows = rows.filter(|r| !matches!(r.command, Command::Menu | Command::Palette | Command::Back));
        rows.map(move |row: &'static Row| {
            let why = screen.hindrance(&self.cx, row.command);
            let (note, pick) = match why {
                _ if !row.places.contains(&place) => self.elsewhere(row),
                Some(why) => (why.clone(), Pick::Refused(why)),
                None => {
                    let key = self.cx.keymap.all_at(place, row.command).first().map(ToString::to_string);
                    (key.unwrap_or_default(), Pick::Do(row.command))
                }
            };
            let quiet = matches!(pick, Pick::Refused(_));
            let wanted = Some(Wanted::Action(row));
            let words = self.cx.keymap.fill(row.help);
            // What Enter does hangs on the line, from which one has come here.
            let everywhere = quiet || enters(row.command);
            let label = if everywhere { row.title } else { self.title_here(row.command) };
            Choice { heading: row.section.title(), words, quiet, wanted, ..Choice::new(label, note, pick) }
        })
    }

    /// Where an action can be done that cannot be done here, and how one comes there: for its row, and for who chooses it.
    fn elsewhere(&self, row: &Row) -> (String, Pick) {
        let screen = self.screen();
        let opens = |command| {
            command != Command::Open || self.place() != Place::Home || self.home.selected().is_some()
        };
        let can = |command: Command| screen.hindrance(&self.cx, command).is_none() && opens(command);
        let (way, place) = way(screen.place(), row.places, can).unzip();
        let keys: Vec<String> =
            way.iter().flatten().map(|c| self.cx.keymap.fill(&format!("{{{}}}", c.row().id))).collect();
        let all = Place::said(row.places);
        let places = match place {
            Some(place) if width(&all) > WIDEST_PLACES => format!("{}など", place.title()),
            _ => all.clone(),
        };
        let title = row.title;
        let (note, told) = if keys.is_empty() {
            (format!("{places}で使えます"), format!("「{title}」は、{all}で使えます。"))
        } else {
            let (keys, then) = (keys.join("、"), keys.join("、続けて "));
            (
                format!("{places}で使えます（{keys} で行けます）"),
                format!("「{title}」は、{all}で使えます。{then} で行けます。"),
            )
        };
        (note, Pick::Refused(told))
    }

    /// Everything that can be done here and now; of the rest only who searches for it is told.
    pub(crate) fn open_menu(&mut self) {
        let actions = self.actions().collect();
        self.cx.choose(Chooser::new("メニュー", actions));
    }

    /// The same list to be searched; what cannot be done is found, too, and says why and where it can, and what there is no
    /// action for is answered.
    pub(crate) fn wishes(&self) -> Vec<Choice> {
        let answers = answers().iter().map(|answer| {
            let wanted = Some(Wanted::Answer(answer));
            Choice { wanted, ..Choice::new(answer.title.as_str(), "説明", Pick::Answer(answer)) }
        });
        self.actions().map(|choice| Choice { heading: "", ..choice }).chain(answers).collect()
    }

    /// The help, with all that can be found in it.
    pub(crate) fn open_help(&mut self) {
        let wishes: Rc<[Choice]> = self.wishes().into();
        self.cx.over = Some(Overlay::Help(Help { wishes, ..Help::default() }));
    }

    pub(crate) fn open_palette(&mut self) {
        let pages = guide().iter().map(|page| {
            let wanted = Some(Wanted::Page(page));
            Choice {
                wanted, ..Choice::new(format!("使い方：{}", page.title()), "説明", Pick::Read(page))
            }
        });
        let choices = self.wishes().into_iter().chain(pages).collect();
        let none = self.cx.keymap.fill("見つかりません。短いことばにするか、{menu} の一覧から選べます。");
        self.cx.choose(Chooser { none, ..Chooser::new("したいことを書いてください", choices) });
    }
}
