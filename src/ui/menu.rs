//! Menu and palette: what can be done here and now, and the rest with its reasons.

use std::rc::Rc;

use crate::command::{Command, Ground, Key, Leg, Place, Row, Section, TABLE, answers, guide, way};
use crate::domain::{Id, Meeting, Step};
use crate::format::Format;
use crate::layout::measure::width;
use crate::ui::bookmark::Bookmark;
use crate::ui::help::Help;
use crate::ui::here::enters;
use crate::ui::{App, At, Choice, Chooser, Overlay, Pick, Wanted};

/// Where a wider list of places would be said, the one the way leads to is enough.
const WIDEST_PLACES: usize = 24;

impl App {
    /// Everything in the table under its headings; what cannot be done here or now, quietly with the reason.
    fn actions(&self) -> impl Iterator<Item = Choice> {
        let screen = self.screen();
        let (place, ground) = (screen.place(), self.ground());
        let rows = Section::ALL.into_iter().flat_map(|s| TABLE.iter().filter(move |row| row.section == s));
        let rows = rows.filter(|r| !matches!(r.command, Command::Menu | Command::Palette | Command::Back));
        rows.map(move |row: &'static Row| {
            let why = screen.hindrance(&self.cx, row.command).or_else(|| self.is_letter_now(row));
            let (note, pick) = match why {
                _ if (row.command, place) == (Command::Home, Place::Home) => {
                    ("いまここです".to_owned(), Pick::Refused("いまが、会議の一覧です。".to_owned()))
                }
                _ if !row.places.contains(&place) => self.elsewhere(row, &ground),
                Some(why) => (why.clone(), Pick::Refused(why)),
                None if row.command == Command::BackUp => (self.cx.last_backup(), Pick::Do(row.command)),
                None => {
                    let key = self.cx.keymap.all_at(place, row.command).first().map(ToString::to_string);
                    (key.unwrap_or_default(), Pick::Do(row.command))
                }
            };
            let quiet = matches!(pick, Pick::Refused(_));
            let wanted = Some(Wanted::Action(row));
            let words = self.cx.keymap.fill(row.help);
            let label = match quiet {
                // Beside a reason there is no room for more than the name.
                true => row.title.split('（').next().unwrap_or_default(),
                // What Enter does hangs on the line, from which one has come here.
                false if enters(row.command) => row.title,
                false => self.title_here(row.command),
            };
            Choice { heading: row.section.title(), words, quiet, wanted, ..Choice::new(label, note, pick) }
        })
    }

    /// Why a key that is a letter of a half-typed line does nothing else now.
    fn is_letter_now(&self, row: &Row) -> Option<String> {
        let types = self.sheets().is_some_and(|screen| screen.types_space());
        let letter =
            self.cx.keymap.all_at(self.place(), row.command).iter().any(|key| key.text() == Some(' '));
        (types && letter).then(|| "書きかけのことばがあるので、できません。".to_owned())
    }

    /// A key that does nothing here, and something elsewhere: what, and how one comes there.
    pub(crate) fn tell_of_elsewhere(&mut self, key: Key) {
        let row = TABLE.iter().find(|row| self.cx.keymap.all(row.command).contains(&key));
        let Some(row) = row.filter(|row| !row.places.contains(&self.place())) else { return };
        if let (_, Pick::Refused(told)) = self.elsewhere(row, &self.ground()) {
            self.cx.say(told);
        }
    }

    /// The meeting that is open, or that one comes into from the list of meetings.
    fn ground(&self) -> Ground {
        let places = |steps: &[(Place, String)]| steps.iter().map(|(place, _)| *place).collect::<Vec<_>>();
        let named = |step: Step, title: &str| (Place::of(step), format!("「{title}」"));
        let of = |format: &Format| format.steps.iter().map(|s| named(s.step, &s.title)).collect::<Vec<_>>();
        if let Some(meeting) = self.meeting() {
            let steps = meeting.doc.dossier.meeting.steps.iter().map(|s| named(s.step, &s.title)).collect();
            let step = if meeting.map.whole { Place::Map } else { Place::of(meeting.doc.step()) };
            return Ground { steps, step: vec![step], into: None };
        }
        let (shelf, formats) = (&self.cx.shelf.summaries, &self.cx.formats);
        let selected = self.selected_here();
        let summary = shelf.iter().find(|summary| Some(summary.id) == selected);
        let parked = selected.and_then(|id| self.parked.iter().find(|mark| mark.is_of(id)));
        // Where no meeting is selected they may all be of one kind, and a new one is of the first.
        let kind = summary.or_else(|| {
            let first = shelf.first()?;
            shelf.iter().all(|other| other.format == first.format).then_some(first)
        });
        let known = match kind {
            Some(summary) => formats.iter().find(|format| format.key == summary.format),
            None => formats.first().filter(|_| shelf.is_empty()),
        };
        let some = |step: Step| (Place::of(step), format!("「{}」など", step.label()));
        let steps = known.map_or_else(|| Step::ALL.into_iter().map(some).collect(), of);
        let (all, first) = (places(&steps), places(&steps[..steps.len().min(1)]));
        let anywhere = [&[Place::Info, Place::People], all.as_slice()].concat();
        let (command, inside, begun) = match (summary, parked.map(Bookmark::screen)) {
            _ if shelf.is_empty() => (Command::NewMeeting, vec![Place::Info], false),
            (Some(_), Some(At::People)) => (Command::Open, vec![Place::People], true),
            (Some(_), Some(At::Info)) => (Command::Open, vec![Place::Info], true),
            (Some(summary), None) if summary.started => (Command::Open, all.clone(), true),
            (Some(summary), None) if !summary.started => (Command::Open, vec![Place::Info], false),
            _ => (Command::Open, anywhere, true),
        };
        Ground { steps, step: if begun { all } else { first }, into: Some((command, inside)) }
    }

    /// The meeting that is selected in the list of meetings, where one stands there.
    fn selected_here(&self) -> Option<Id<Meeting>> {
        self.home.selected().filter(|_| self.place() == Place::Home)
    }

    /// The key for a part of a way. What stands first in the list of meetings is no meeting: one is chosen before.
    fn key_of(&self, leg: &Leg) -> String {
        let key = self.cx.keymap.said(leg.command);
        let chooses =
            leg.command == Command::Open && leg.to != [Place::Issue] && self.selected_here().is_none();
        if chooses { format!("会議を選んで {key}") } else { key }
    }

    /// The same with what is to be chosen then.
    fn goes(&self, leg: &Leg, ground: &Ground) -> String {
        let step = ground.steps.iter().find(|(place, _)| leg.to == [*place]);
        match (leg.command, step) {
            (Command::GoToStep, Some((_, title))) => format!("{} の{title}", self.key_of(leg)),
            (Command::NewMeeting, _) => format!("{} の新しい会議", self.key_of(leg)),
            _ => self.key_of(leg),
        }
    }

    /// Where an action can be done that cannot be done here, and how one comes there: for its row, and for who chooses it.
    fn elsewhere(&self, row: &Row, ground: &Ground) -> (String, Pick) {
        let screen = self.screen();
        let can = |command: Command| screen.hindrance(&self.cx, command).is_none();
        let legs = way(screen.place(), row.places, ground, can).unwrap_or_default();
        let to = legs.last().map(|leg| if let [place] = leg.to[..] { place.title() } else { "会議の中" });
        let places = match (to, Place::said(row.places)) {
            (Some(to), all) if width(&all) > WIDEST_PLACES => format!("{to}など"),
            (_, all) => all,
        };
        let told = format!("「{}」は、{places}で使えます。", row.title);
        let (note, how) = match to {
            None if row.places.iter().all(|place| ground.lacks(*place)) => {
                ("この会にない段階のもの".to_owned(), "この会のやり方に、その段階はありません。".to_owned())
            }
            None => (format!("{places}で使えます"), String::new()),
            Some(to) => {
                let all = |said: &dyn Fn(&Leg) -> String, and: &str| {
                    let all = legs.iter().map(said).collect::<Vec<_>>().join(and);
                    // What is no key stands close to what follows.
                    if all.ends_with(|c: char| c.is_ascii()) { all + " で" } else { all + "で" }
                };
                let (keys, then) =
                    (all(&|leg| self.key_of(leg), "、"), all(&|leg| self.goes(leg, ground), "、続けて "));
                (format!("{keys}{to}へ"), format!("{then}行けます。"))
            }
        };
        (note, Pick::Refused(told + &how))
    }

    /// Everything that can be done here and now; the rest only for who searches for it.
    pub(crate) fn open_menu(&mut self) {
        let wishes = self.wishes();
        self.cx.choose(Chooser::new("メニュー", wishes));
    }

    /// All that somebody may look for, the same by every way: what can be done, under its headings; what cannot be done here or
    /// now, which says why and where it can; answers to what there is no action for; the pages of the guide.
    fn wishes(&self) -> Vec<Choice> {
        let place = self.place();
        let answers = answers().iter().map(|answer| {
            let (quiet, wanted) = (answer.is_elsewhere(place), Some(Wanted::Answer(answer)));
            Choice { quiet, wanted, ..Choice::new(answer.title.as_str(), "説明", Pick::Answer(answer)) }
        });
        let pages = guide().iter().map(|page| {
            let (title, wanted) = (format!("使い方：{}", page.title()), Some(Wanted::Page(page)));
            Choice { wanted, ..Choice::new(title, "説明", Pick::Read(page)) }
        });
        self.actions().chain(answers).chain(pages).collect()
    }

    /// The help, with all that can be found in it.
    pub(crate) fn open_help(&mut self) {
        let wishes: Rc<[Choice]> = self.wishes().into();
        self.cx.over = Some(Overlay::Help(Help { wishes, ..Help::default() }));
    }

    pub(crate) fn open_palette(&mut self) {
        let choices = self.wishes().into_iter().map(|choice| Choice { heading: "", ..choice }).collect();
        let none = self.cx.keymap.fill("見つかりません。短いことばにするか、{menu} の一覧から選べます。");
        self.cx.choose(Chooser { none, ..Chooser::new("したいことを書いてください", choices) });
    }
}
