//! Somebody who types a meeting: what is selected and who speaks is remembered, as a person does, so that few keys are needed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jirei::domain::text::fold;
use jirei::store::{Access, Store};

use super::case_a::Row;
use super::pty::keys::{DOWN, ENTER, F6, F7, F8, TAB, ctrl};
use super::pty::{Shot, Terminal};

/// How long the program may take to keep a draft.
const PATIENCE: Duration = Duration::from_secs(30);

/// The person who types.
pub struct Facilitator {
    pub screen: Terminal,
    home: PathBuf,
    /// The entries typed so far, by their numbers in the table.
    entries: HashMap<String, Row>,
    /// The number of the entry that is selected on the map.
    selected: Option<String>,
    speaker: String,
}

impl Facilitator {
    /// Sits down before a terminal whose user has the folder `home`.
    pub fn at(home: &Path) -> Self {
        Self::before(Terminal::start(home, 120, 40), home)
    }

    /// Sits down before this one.
    pub fn before(screen: Terminal, home: &Path) -> Self {
        Self {
            screen,
            home: home.to_owned(),
            entries: HashMap::new(),
            selected: None,
            speaker: String::new(),
        }
    }

    /// Begins a meeting and goes straight to its map.
    pub fn opens_a_map(home: &Path) -> Self {
        Self::at(home).begins_a_map()
    }

    /// The same where one sits.
    pub fn begins_a_map(self) -> Self {
        self.screen.sees("新しい会議をはじめる");
        self.screen.send(ctrl('n'));
        self.sees_cell("題名");
        self.next_step("導入");
        self.next_step("聞き取り");
        self
    }

    /// Types text into the line that has the cursor, and sees its end there.
    pub fn types(&self, text: &str) {
        self.screen.send(text);
        self.sees_typed(text);
    }

    pub fn sees_typed(&self, text: &str) -> Shot {
        let end = tail(text);
        self.screen.until(&format!("入力行の終わりが {end}"), |shot| shot.entry().ends_with(&end))
    }

    /// Presses a key and waits until the line is empty and everything is kept.
    pub fn enters(&self, key: &str) -> Shot {
        self.screen.send(key);
        self.screen.until("入力行が空で、保存済み", |shot| shot.entry().is_empty() && shot.saved())
    }

    /// Goes on to the next step.
    pub fn next_step(&self, title: &str) {
        self.screen.send(F6);
        self.sees_step(title);
    }

    /// Opens the map over the list or table of a step.
    pub fn opens_map_over(&self, title: &str) {
        self.screen.send(F8);
        self.screen.sees(&format!("「{title}」の段階に残ります"));
    }

    /// Goes back to the list or table of a step; the step rail is there again.
    pub fn closes_map(&self, title: &str) {
        self.screen.send(F8);
        self.screen.until("段階の並び", |shot| {
            shot.rows[1].contains("導入") && shot.rows[0].contains(&format!("{title} 残り"))
        });
    }

    pub fn sees_step(&self, title: &str) {
        let clock = format!("{title} 残り");
        self.screen.until(title, |shot| shot.rows[0].contains(&clock) && shot.saved());
    }

    /// Waits for a cell of a form or table to be the one that is written in.
    pub fn sees_cell(&self, title: &str) -> Shot {
        self.screen.until(&format!("欄 {title}"), |shot| {
            shot.labels().starts_with(&format!("{title} ")) && shot.saved()
        })
    }

    /// Fills a cell in and goes on to the next one.
    pub fn fills(&self, title: &str, text: &str) {
        self.sees_cell(title);
        if !text.is_empty() {
            self.types(text);
        }
        self.screen.send(ENTER);
        self.screen.until(&format!("{title} の次の欄"), |shot| {
            !shot.labels().starts_with(&format!("{title} ")) && shot.saved()
        });
    }

    /// Goes down a form to a field.
    pub fn goes_down_to(&self, title: &str) {
        for _ in 0..30 {
            let before = heading(&self.screen.shot());
            if before == title {
                break;
            }
            self.screen.send(DOWN);
            self.screen.until("次の欄", |shot| heading(shot) != before);
        }
        self.sees_cell(title);
    }

    /// Selects an entry of the map by looking for its words.
    pub fn finds(&mut self, number: &str) {
        if self.selected.as_deref() == Some(number) {
            return;
        }
        let query = self.query(number);
        self.screen.send(ctrl('f'));
        self.screen.until("さがす", |shot| shot.labels().starts_with("さがす"));
        self.types(&query);
        self.screen.until("見つかる", |shot| shot.labels().contains("か所"));
        self.screen.send(ENTER);
        self.sees_selected(number);
    }

    /// The fewest first letters, three at least, that only this entry holds.
    fn query(&self, number: &str) -> String {
        let keyword = &self.entries[number]["keyword"];
        let found = |query: &str| {
            let query = fold(query);
            let holds =
                |row: &&Row| fold(&row["keyword"]).contains(&query) || fold(&row["said"]).contains(&query);
            self.entries.values().filter(holds).count()
        };
        let ends: Vec<usize> = keyword.char_indices().map(|(i, c)| i + c.len_utf8()).skip(2).collect();
        let enough = ends.iter().map(|end| &keyword[..*end]).find(|query| found(query) == 1);
        enough.unwrap_or(keyword).to_owned()
    }

    /// The program has selected something of its own.
    pub fn looks_up(&mut self) {
        self.selected = None;
    }

    fn sees_selected(&mut self, number: &str) {
        let words: String = self.entries[number]["keyword"].chars().take(6).collect();
        let words = format!("「{words}");
        let good = |shot: &Shot| {
            !shot.labels().starts_with("さがす") && shot.labels().contains(&words) && shot.saved()
        };
        self.screen.until(&format!("{words} が選ばれる"), good);
        self.selected = Some(number.to_owned());
    }

    /// The signs and words of an entry, and the key that puts it where it belongs. Selects the parent where that is needed.
    pub fn entry_of(&mut self, row: &Row, step_kind: &str) -> (String, &'static str) {
        let (number, parent) = (&row["no"], &row["parent_no"]);
        let standing = self.selected.clone().map(|no| self.entries[&no].clone());
        let beside = standing.is_some_and(|s| {
            let under = s["kind"] == "課題" && row["kind"] == "支援策";
            s["parent_no"] == *parent && s["branch"] == row["branch"] && !under
        });
        let wide = number.ends_with(['3', '7']);
        let space = if wide { "　" } else { " " };
        let mut line = String::new();
        let key = match (beside, parent.is_empty()) {
            (true, _) => ENTER,
            (false, true) => {
                let title: String = row["branch"].chars().take(2).collect();
                line = format!("{}{title}{space}", if wide { '＃' } else { '#' });
                ENTER
            }
            (false, false) => {
                self.finds(parent);
                TAB
            }
        };
        if self.speaker != row["speaker"] {
            self.speaker.clone_from(&row["speaker"]);
            line = format!("{}{}{space}{line}", if wide { '＠' } else { '@' }, row["speaker"]);
        }
        if row["kind"] != step_kind {
            line.push_str(sign(&row["kind"], wide));
        }
        line.push_str(&row["keyword"]);
        (line, key)
    }

    /// The entry stands on the map and is selected.
    pub fn has_entered(&mut self, row: &Row) {
        self.entries.insert(row["no"].clone(), row.clone());
        self.sees_selected(&row["no"]);
    }

    /// Types an entry of the map, and what was said.
    pub fn says(&mut self, row: &Row, step_kind: &str) {
        let (line, key) = self.entry_of(row, step_kind);
        self.types(&line);
        self.enters(key);
        self.has_entered(row);
        self.adds_said(row);
    }

    /// Types what was said at the selected entry.
    pub fn adds_said(&self, row: &Row) {
        self.screen.send(ctrl('w'));
        self.screen.until("話されたことば", |shot| shot.labels().starts_with("話されたことば"));
        self.types(&row["said"]);
        self.screen.send(ENTER);
        self.screen.until("ことばが残る", |shot| {
            !shot.labels().starts_with("話されたことば") && shot.entry().is_empty() && shot.saved()
        });
    }

    /// Takes the last edits back and does them again.
    pub fn undoes_and_redoes(&self, edits: usize) {
        let (undo, redo) = (("元に戻しました：", ctrl('z')), ("やり直しました：", ctrl('y')));
        for (said, key) in std::iter::repeat_n(&undo, edits).chain(std::iter::repeat_n(&redo, edits)) {
            let before = self.screen.shot().whisper().to_owned();
            self.screen.send(key);
            self.screen.until(said, |shot| {
                shot.whisper().starts_with(said) && shot.whisper() != before && shot.saved()
            });
        }
    }

    /// Begins a link from an issue.
    pub fn begins_link(&mut self, from: &str) {
        self.finds(from);
        self.screen.send(F7);
        self.screen.until("つなぐ", |shot| shot.labels().starts_with("つなぐ"));
    }

    /// Ends a link that has been typed.
    pub fn ends_link(&self) {
        self.screen.send(ENTER);
        self.screen.until("つながる", |shot| {
            !shot.labels().starts_with("つなぐ") && shot.whisper().starts_with("つなぐ") && shot.saved()
        });
    }

    /// Waits until the program has kept words that are only half typed.
    pub fn waits_for_draft(&self, words: &str) {
        let end = Instant::now() + PATIENCE;
        let kept = || {
            let store = Store::open(&self.home.join("data"), Access::Look).ok()?;
            store.bookmark().ok().flatten()
        };
        while !kept().is_some_and(|bookmark| bookmark.contains(words)) {
            assert!(Instant::now() < end, "「{words}」 is not kept");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The program ends without being asked, and is started again.
    pub fn starts_again_after(&mut self, signal: &str) {
        self.screen.signal(signal);
        self.screen.wait();
        self.screen = Terminal::start(&self.home, 120, 40);
    }
}

/// What the cell is called.
fn heading(shot: &Shot) -> String {
    shot.labels().split_whitespace().next().unwrap_or_default().to_owned()
}

/// The sign that says a kind.
fn sign(kind: &str, wide: bool) -> &'static str {
    match (kind, wide) {
        ("課題", false) => "!",
        ("課題", true) => "！",
        ("不明", false) => "?",
        ("不明", true) => "？",
        ("強み", false) => "+",
        ("強み", true) => "＋",
        ("思い", false) => "*",
        ("思い", true) => "＊",
        ("支援策", false) => ">",
        ("支援策", true) => "＞",
        ("情報", _) => "",
        _ => panic!("no such kind: {kind}"),
    }
}

/// The last letters of a text; they can be seen however long it is. Signs before them become labels.
fn tail(text: &str) -> String {
    let word = text.split_whitespace().next_back().unwrap_or_default();
    let letters: Vec<char> =
        word.trim_start_matches(['!', '?', '+', '*', '>', '！', '？', '＋', '＊', '＞']).chars().collect();
    letters[letters.len().saturating_sub(6)..].iter().collect()
}
