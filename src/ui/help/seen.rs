//! What is seen of the help, and where: for drawing, keys and clicks alike.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Rect};

use crate::command::{Command, Page, Place, bar, guide};
use crate::layout::measure::{ellipsis, width};
use crate::layout::wrap::wrap_words;
use crate::ui::help::row::Row;
use crate::ui::help::{ALL_KEYS, Help, Topic, all_keys, find, page};
use crate::ui::panes::LEAST;
use crate::ui::theme::Meaning;
use crate::ui::{App, Choice, Pick};

/// What is seen of the help on a screen of a size.
#[derive(Debug)]
pub struct Seen {
    pub frame: Rect,
    pub title: String,
    /// What keys do, at the foot.
    pub foot: &'static str,
    /// Where one types; nothing while something is read.
    pub line: Rect,
    /// Where the rows stand.
    pub list: Rect,
    pub rows: Vec<Row>,
    /// The first row that is seen.
    pub first: usize,
    /// What can be chosen: its row, its columns, and what it is.
    pub offers: Vec<Offer>,
}

/// Something to be chosen among the rows.
#[derive(Debug)]
pub struct Offer {
    pub row: usize,
    pub x: u16,
    pub width: u16,
    pub topic: Topic,
}

/// Wider lines are hard to read.
const WIDEST: u16 = 112;

/// So many keys are named on the first page.
const MOST_KEYS: usize = 10;

/// The keys that are named there where the bar has fewer, the most wanted first.
const MORE: [Command; 19] = [
    Command::Menu,
    Command::Prompts,
    Command::ReadBack,
    Command::Edit,
    Command::Delete,
    Command::Undo,
    Command::NewMeeting,
    Command::Held,
    Command::People,
    Command::Info,
    Command::Whole,
    Command::Search,
    Command::Export,
    Command::Palette,
    Command::Hide,
    Command::PreviousCell,
    Command::Left,
    Command::Home,
    Command::Quit,
];

impl Help {
    /// What is seen of it on the whole screen.
    pub fn seen(&self, app: &App) -> Seen {
        self.seen_on(app, app.cx.size)
    }

    /// The same on a screen of a size.
    pub fn seen_on(&self, app: &App, size: (u16, u16)) -> Seen {
        // On less nothing is drawn.
        let size = (size.0.max(LEAST.0), size.1.max(LEAST.1));
        let (w, h) = ((size.0 - 4).min(WIDEST), size.1 - 2);
        let frame = Rect { x: (size.0 - w) / 2, y: 1, width: w, height: h };
        let [inner, _] = Layout::vertical([Fill(1), Length(1)]).areas(frame.inner(Margin::new(2, 1)));
        let typing = Length(u16::from(self.read.is_none()));
        let [line, list] = Layout::vertical([typing, Fill(1)]).areas(inner);
        let mut seen = Seen {
            frame,
            title: "使い方".to_owned(),
            foot: "↑↓←→ で選んで Enter で開きます　Esc 閉じる",
            line,
            list,
            rows: Vec::new(),
            first: 0,
            offers: Vec::new(),
        };
        match &self.read {
            Some(topic) => seen.read(app, topic),
            None if self.line.text().trim().is_empty() => seen.first_page(app),
            None => seen.found(app, self),
        }
        let (rows, room) = (seen.rows.len(), usize::from(list.height));
        seen.first = match &self.read {
            Some(_) => self.scroll.min(rows.saturating_sub(room)),
            None => {
                let at = seen.offers.get(self.row).map_or(0, |offer| offer.row);
                (at + 2).saturating_sub(room).min(rows.saturating_sub(room))
            }
        };
        seen
    }
}

impl Seen {
    /// How far what is read can be scrolled.
    pub fn end(&self) -> usize {
        self.rows.len().saturating_sub(self.list.height.into())
    }

    /// The offer at a cell of the screen.
    pub(crate) fn at(&self, (x, y): (u16, u16)) -> Option<usize> {
        let row = usize::from(y.checked_sub(self.list.y).filter(|row| *row < self.list.height)?) + self.first;
        let x = x.checked_sub(self.list.x)?;
        self.offers.iter().position(|o| o.row == row && (o.x..o.x + o.width).contains(&x))
    }

    /// What is needed most here, and the topics, both in two columns.
    fn first_page(&mut self, app: &App) {
        let column = self.list.width / 2;
        let room = usize::from(column - 2);
        self.rows.push(heading(&format!("ここ（{}）でよく使うキー", app.place().title())));
        let keys = keys_here(app);
        let wide = keys.iter().map(|(key, _)| width(key)).max().unwrap_or(0) + 2;
        let half = keys.len().div_ceil(2);
        for i in 0..half {
            let mut row = Row::default();
            for (x, (key, title)) in [(0, keys.get(i)), (column, keys.get(i + half))]
                .into_iter()
                .filter_map(|(x, key)| Some((x, key?)))
            {
                let title = ellipsis(title, room.saturating_sub(wide), app.cx.marks.cut).into_owned();
                row.put(x.into(), vec![(key.clone(), Meaning::Strong)]);
                row.put(usize::from(x) + wide, vec![(title, Meaning::Popup)]);
            }
            self.rows.push(row);
        }
        self.rows.push(Row::default());
        self.rows.push(heading("くわしい使い方"));
        let pages = guide().iter().map(|page| (page.title(), Topic::Page(page)));
        let topics: Vec<_> = pages.chain([(ALL_KEYS, Topic::AllKeys)]).collect();
        let (half, top) = (topics.len().div_ceil(2), self.rows.len());
        self.rows.resize_with(top + half, Row::default);
        for (i, (title, topic)) in topics.into_iter().enumerate() {
            let (row, x) = (top + i % half, if i < half { 0 } else { column });
            self.rows[row].put(usize::from(x) + 1, vec![(title.to_owned(), Meaning::Popup)]);
            self.offers.push(Offer { row, x, width: column - 1, topic });
        }
    }

    /// What fits the words, the best first.
    fn found(&mut self, app: &App, help: &Help) {
        let width_of = self.list.width;
        for topic in find::topics(&help.wishes, help.line.text()) {
            let (title, note) = match &topic {
                Topic::Page(page) => (page.title().to_owned(), "使い方".to_owned()),
                Topic::AllKeys => (ALL_KEYS.to_owned(), "使い方".to_owned()),
                Topic::Action(choice) => (choice.label.clone(), choice.note.clone()),
            };
            let most = usize::from(width_of).saturating_sub(width(&title) + 4);
            let note = ellipsis(&note, most, app.cx.marks.cut);
            let x = usize::from(width_of).saturating_sub(width(&note) + 1);
            let mut row = Row::at(1, vec![(title, Meaning::Popup)]);
            row.put(x, vec![(note.into_owned(), Meaning::Quiet)]);
            self.offers.push(Offer { row: self.rows.len(), x: 0, width: width_of, topic });
            self.rows.push(row);
        }
        if self.rows.is_empty() {
            let none = app.cx.keymap.fill("見つかりません。短いことばにするか、{menu} の一覧から選べます。");
            self.say(&none, Meaning::Quiet);
        }
    }

    fn read(&mut self, app: &App, topic: &Topic) {
        self.foot = "↑↓ PgUp PgDn で動きます　文字を打つとさがします　Esc もどる";
        match topic {
            Topic::Page(page) => {
                self.title = page.title().to_owned();
                self.rows = page::rows(&page.with_keys(&app.cx.keymap), self.list.width);
            }
            Topic::AllKeys => {
                self.title = ALL_KEYS.to_owned();
                self.rows = all_keys::rows(app, self.list.width);
            }
            Topic::Action(choice) => self.action(app, choice),
        }
    }

    /// What an action does, with its keys, and where more of it can be read.
    fn action(&mut self, app: &App, choice: &Choice) {
        self.title = choice.label.clone();
        let Some(row) = choice.row() else { return };
        let keys: Vec<String> =
            app.cx.keymap.all_at(app.place(), row.command).iter().map(ToString::to_string).collect();
        let keys = match keys.is_empty() {
            true => app.cx.keymap.fill("{menu} のメニューから選びます"),
            false => keys.join(" か "),
        };
        self.rows.push(Row::at(0, vec![(keys, Meaning::Strong)]));
        self.say(&app.cx.keymap.fill(row.help), Meaning::Popup);
        self.rows.push(Row::default());
        match &choice.pick {
            Pick::Refused(why) => self.say(&format!("今はできません：{why}"), Meaning::Quiet),
            _ => self.foot = "Enter 今する　文字を打つとさがします　Esc もどる",
        }
        let places = format!("使えるところ：{}", Place::said(row.places));
        self.say(&places, Meaning::Quiet);
        let pages: Vec<String> =
            guide().iter().filter(|page| page.names().any(|id| id == row.id)).map(called).collect();
        self.say(&format!("くわしくは：{}", pages.join("")), Meaning::Quiet);
    }

    fn say(&mut self, words: &str, meaning: Meaning) {
        let lines = wrap_words(words, self.list.width.into()).into_iter();
        self.rows.extend(lines.map(|line| Row::at(0, vec![(line.to_owned(), meaning)])));
    }
}

fn called(page: &Page) -> String {
    format!("「{}」", page.title())
}

fn heading(words: &str) -> Row {
    Row::at(0, vec![(format!("■ {words}"), Meaning::Strong)])
}

/// The keys that are needed most where one stands, and what they do.
fn keys_here(app: &App) -> Vec<(String, &'static str)> {
    let (place, screen) = (app.place(), app.screen());
    let whole = app.meeting().is_some_and(|meeting| place == Place::Map && meeting.map.whole);
    let bar = bar(place, app.meeting().map(|meeting| meeting.doc.step()), whole, false);
    let mut commands: Vec<Command> = Vec::new();
    for command in bar.iter().copied().chain(MORE) {
        let here = command.row().places.contains(&place) && command != Command::Help;
        let has_key = !app.cx.keymap.shown(command).is_empty();
        if here && has_key && !commands.contains(&command) && screen.hindrance(&app.cx, command).is_none() {
            commands.push(command);
        }
    }
    commands.truncate(MOST_KEYS);
    let title = |command: Command| app.title_here(command).split('（').next().unwrap_or_default();
    commands.into_iter().map(|command| (app.cx.keymap.shown(command), title(command))).collect()
}
