//! A person at the keyboard without a terminal, and a store without a disk.
//!
//! Every line that leaves the program is applied to a second meeting, which must stay equal to the one on the desk: so
//! each test also checks that the journal tells the whole story.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::kept::{born, check_references};
use super::outline::grow;
use super::outside::{Outside, summary};
use super::{built_in, other_keys};
use chrono::TimeDelta;
use jirei::command::Key;
use jirei::domain::causes::Causes;
use jirei::domain::register::Entry;
use jirei::domain::removal::is_of_all;
use jirei::domain::*;
use jirei::export::write::{Existing, Readers};
use jirei::layout::shape::What;
use jirei::privacy::PersonalWords;
use jirei::store::{Answer, HomeData, OpenAction, Stopped};
use jirei::ui::sheet::cell::SheetState;
use jirei::ui::{App, Context, Effect, MeetingScreen, Msg, Open, Overlay, Target, Unwritten, update};

/// A meeting as the store holds it.
#[derive(Debug, Clone)]
pub struct Kept {
    pub dossier: Dossier,
    pub journal: Vec<JournalEntry>,
}

pub struct Driver {
    pub model: App,
    pub at: Moment,
    seed: u64,
    pub kept: BTreeMap<Id<Meeting>, Kept>,
    /// The actions of earlier meetings, as every meeting is given them.
    pub previous: Vec<OpenAction>,
    /// What belongs to no meeting.
    pub outside: Outside,
    /// The lines with which meetings went, and what was written in them before.
    pub gone: Vec<(JournalEntry, Vec<JournalEntry>)>,
    /// What the register has that is like anything.
    pub register: Vec<Entry>,
    pub bookmark: String,
    /// What reached outside besides the store.
    pub given: Vec<Effect>,
    pub clipboard: String,
    pub commits: usize,
    /// How many keys were pressed.
    pub keys: usize,
    pub quit: bool,
    /// The disk takes nothing.
    pub full: bool,
    /// It takes everything later: these edits wait, and are read as if they stood.
    pub late: Option<Vec<Id<Edit>>>,
    /// The store's thread is gone.
    pub stopped: bool,
    /// The records refuse what comes next, so many times.
    pub refuse: usize,
    /// What stands in the rescue file.
    pub rescued: Vec<JournalEntry>,
    /// The rescue file cannot be written either.
    pub no_rescue: bool,
}

fn new_model(stamp: Now) -> App {
    let (lists, formats) = built_in();
    App::new(Context::new(stamp, lists, formats, other_keys::keymap(), PersonalWords::new(&[])))
}

impl Driver {
    /// The first start of all: nothing is there.
    pub fn first_start() -> Self {
        let at = Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").expect("a moment");
        let model = new_model(Now { at, seed: 1 });
        let mut driver = Self {
            model,
            at,
            seed: 1,
            kept: BTreeMap::new(),
            previous: Vec::new(),
            outside: Outside::default(),
            gone: Vec::new(),
            register: Vec::new(),
            bookmark: String::new(),
            given: Vec::new(),
            clipboard: String::new(),
            commits: 0,
            keys: 0,
            quit: false,
            full: false,
            late: None,
            stopped: false,
            refuse: 0,
            rescued: Vec::new(),
            no_rescue: false,
        };
        driver.model.take_in(Answer::Home(HomeData::default()));
        driver.send(Msg::Resize(120, 40));
        driver
    }

    /// A new meeting with three people, in its interview, on an empty map.
    pub fn empty() -> Self {
        let mut driver = Self::first_start();
        driver.keys("ctrl-n f6 「薬剤師 山の町薬局」 enter 「医師 山の町診療所」 enter 「看護師 みどり訪問看護」 enter f6");
        driver.model.cx.notice.clear();
        driver
    }

    /// The same with a map: a line without indentation is a branch, deeper ones are twigs, signs as they are typed.
    pub fn with_map(outline: &str) -> Self {
        let mut driver = Self::empty();
        let mut dossier = driver.desk().doc.dossier.clone();
        let mut mint = Now { at: driver.at, seed: 77 }.ids();
        let (desk, lists) = (driver.desk(), &driver.model.cx.lists);
        let id = dossier.meeting.id;
        let selected = grow(&mut dossier, outline, |words| {
            let understood = desk.map.understand(&desk.doc, words, lists);
            Node {
                kind: understood.kind.unwrap_or(Kind::Fact),
                speaker: understood.speaker.flatten(),
                ..Node::new(mint.id(), id, understood.words, driver.at)
            }
        });
        driver.kept.insert(id, Kept { dossier: dossier.clone(), journal: Vec::new() });
        driver.model.open = Open::Home;
        driver.send(Msg::Store(Answer::Opened {
            meeting: Box::new(dossier.into()),
            journal: Vec::new(),
            previous: Vec::new(),
        }));
        if let (Some((desk, _)), Some(what)) = (driver.model.meeting_mut(), selected) {
            desk.map.selected = what;
        }
        driver.tick();
        driver
    }

    /// The whole sample as a meeting of one's own, which is kept.
    pub fn case_a() -> Self {
        Self::with(jirei::export::sample::case_a().expect("the sample"))
    }

    /// A meeting that lies in the store already.
    pub fn with(dossier: Dossier) -> Self {
        let mut driver = Self::first_start();
        let id = dossier.meeting.id;
        driver.kept.insert(id, Kept { dossier, journal: Vec::new() });
        driver.send(Msg::Store(driver.opened(id)));
        driver
    }

    pub fn opened(&self, id: Id<Meeting>) -> Answer {
        let kept = &self.kept[&id];
        Answer::Opened {
            meeting: Box::new(kept.dossier.clone().into()),
            journal: kept.journal.clone(),
            previous: self.previous.clone(),
        }
    }

    /// Whether another meeting has changed the case of this one.
    pub fn another_tells_of_the_case(&self, id: Id<Meeting>) -> bool {
        let case = self.kept[&id].dossier.meeting.case;
        let others = self.kept.iter().filter(|(other, _)| **other != id);
        let mut changes = others.flat_map(|(_, kept)| &kept.journal).flat_map(|line| &line.edit.changes);
        changes.any(|change| matches!(change.record(), Record::Case(c) if Some(c.id) == case && change.before().is_some()))
    }

    /// The program is killed and started again: only what is on the disk is left.
    pub fn restart(&mut self) {
        let old = std::mem::replace(&mut self.model, new_model(Now { at: self.at, seed: 2 }));
        // The first of the list, and when people look at it the whole.
        let whole = self.home();
        let mut part = self.home();
        if let Answer::Home(home) = &mut part {
            home.summaries.truncate(1);
        }
        self.model.take_in(part);
        if let Some(id) = jirei::ui::meeting_of(&self.bookmark).filter(|id| self.kept.contains_key(id)) {
            let opened = self.opened(id);
            self.model.take_in(opened);
        }
        self.model.resume(&self.bookmark);
        self.send(Msg::Resize(old.cx.size.0, old.cx.size.1));
        self.send(Msg::Store(whole));
    }

    fn home(&self) -> Answer {
        let summaries = self.kept.values().rev().map(|k| summary(&k.dossier)).collect();
        let (plans, case_codes) = (self.outside.years.clone(), self.case_codes());
        let has_removed = !self.gone.is_empty();
        Answer::Home(HomeData { summaries, plans, case_codes, has_removed, ..HomeData::default() })
    }

    pub fn stamp(&mut self) -> Now {
        self.seed += 1;
        Now { at: self.at, seed: self.seed }
    }

    /// One message and all that follows from it, as the loop does it.
    pub fn send(&mut self, msg: Msg) {
        self.keys += usize::from(matches!(msg, Msg::Key(_)));
        let mut waiting = std::collections::VecDeque::from([msg]);
        while let Some(msg) = waiting.pop_front() {
            let stamp = self.stamp();
            for effect in update(&mut self.model, msg, stamp) {
                waiting.extend(self.act(effect));
            }
        }
        self.compare();
        other_keys::look_at(self.notice());
    }

    /// One message alone: what follows from it is given back, not done.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let stamp = self.stamp();
        update(&mut self.model, msg, stamp)
    }

    /// A line is kept at last, and the program hears of it.
    pub fn keep_late(&mut self, line: JournalEntry) {
        let edit = line.edit.id;
        self.keep(line);
        self.send(Msg::Store(Answer::Committed { edit }));
    }

    /// An answer to an edit of this meeting that waits to be saved: it does not fit.
    pub fn refusal(&mut self) -> Msg {
        let meeting = self.desk().doc.dossier.meeting.id;
        let person = Participant::new(self.model.cx.ids.id(), meeting, "P99");
        let edit = Edit {
            id: self.model.cx.ids.id(),
            at: self.at,
            label: "参加者".to_owned(),
            changes: vec![Change::add(person)],
        };
        self.model.cx.saving.waiting.push(edit.id);
        let line = JournalEntry { edit, meeting: Some(meeting), act: Act::Do };
        Msg::Store(Answer::Refused { line, message: "合いません".to_owned() })
    }

    fn commit(&mut self, line: JournalEntry, bookmark: Option<String>) -> Msg {
        self.commits += 1;
        if self.stopped {
            return Msg::Store(Stopped.into());
        }
        if self.full {
            let message = "ディスクがいっぱいです".to_owned();
            return Msg::Store(Answer::Failed { message, waiting: 1 });
        }
        if self.refuse > 0 {
            self.refuse -= 1;
            self.bookmark = bookmark.unwrap_or(std::mem::take(&mut self.bookmark));
            return Msg::Store(Answer::Refused { line, message: "合いません".to_owned() });
        }
        if let Some(text) = bookmark {
            self.bookmark = text;
        }
        let edit = line.edit.id;
        self.keep(line);
        if let Some(late) = &mut self.late {
            late.push(edit);
            let message = "ディスクがいっぱいです".to_owned();
            return Msg::Store(Answer::Failed { message, waiting: late.len() });
        }
        Msg::Store(Answer::Committed { edit })
    }

    /// The disk takes again what waited.
    pub fn has_room(&mut self) {
        for edit in self.late.take().unwrap_or_default() {
            self.send(Msg::Store(Answer::Committed { edit }));
        }
    }

    fn act(&mut self, effect: Effect) -> Option<Msg> {
        match effect {
            Effect::Commit(line, bookmark) => Some(self.commit(line, bookmark)),
            Effect::Rescue if self.no_rescue => Some(Msg::Rescued(Err("空きがありません".to_owned()))),
            Effect::Rescue => {
                self.rescued.clone_from(&self.model.cx.saving.refused);
                Some(Msg::Rescued(Ok("未保存-1.json".into())))
            }
            Effect::Bookmark(text) => {
                self.bookmark = text;
                None
            }
            Effect::Review(ask) => Some(self.outside.count(&self.kept, &self.model, &ask)),
            Effect::Names(meetings, wanted) => {
                let dossiers = meetings.iter().filter_map(|id| self.kept.get(id)).map(|k| &k.dossier);
                let people = dossiers.flat_map(|d| d.participants.values());
                let names = people.map(|p| p.name.clone()).filter(|name| !name.is_empty()).collect();
                Some(Msg::Names(Ok(names), wanted))
            }
            Effect::Removal { .. } | Effect::Return => Some(Msg::Store(self.of_all(&effect))),
            Effect::Region => Some(Msg::Store(self.outside.answer(&self.kept))),
            Effect::Home => Some(Msg::Store(self.home())),
            Effect::Open(id) if !self.kept.contains_key(&id) => Some(Msg::Store(Answer::Missing(id))),
            Effect::Open(id) => Some(Msg::Store(self.opened(id))),
            Effect::Follow(id) => Some(Msg::Store(self.followed(id))),
            Effect::Previous(id) => {
                Some(Msg::Store(Answer::Previous { meeting: id, actions: self.previous.clone() }))
            }
            Effect::Alike { words, .. } => {
                let found = self.register.clone();
                Some(Msg::Store(Answer::Alike { words, found, shown: Vec::new() }))
            }
            Effect::Write { .. } => Some(Msg::Wrote(self.written(effect))),
            Effect::ReadClipboard => Some(Msg::Clipboard(Ok(self.clipboard.clone()))),
            Effect::ReadTable(_) => Some(Msg::Table(Err("読めませんでした".to_owned()))),
            Effect::Quit => {
                self.quit = true;
                None
            }
            // What is only looked at afterwards.
            effect => {
                let answer = match effect {
                    Effect::Copy(_) => Some(Msg::Copied(Ok("文字"))),
                    Effect::View(_) => Some(Msg::Viewed(Ok(()))),
                    _ => None,
                };
                self.given.push(effect);
                answer
            }
        }
    }

    /// Writes a file, unless one of this name is to stay.
    fn written(&mut self, effect: Effect) -> Result<(std::path::PathBuf, Readers), Unwritten> {
        let Effect::Write { ref path, existing, gift, .. } = effect else { unreachable!() };
        let path = path.clone();
        let there =
            self.given.iter().any(|e| matches!(e, Effect::Write { path: other, .. } if *other == path));
        if existing == Existing::Keep && there {
            let free = path.with_extension("2");
            return Err(Unwritten::Exists { path, free, gift });
        }
        self.given.push(effect);
        Ok((path, Readers::Unsaid))
    }

    /// Keeps a line as the store does: rows and journal together, and only if every row is as the line says it was.
    fn keep(&mut self, line: JournalEntry) {
        let Some(id) = line.meeting else { return self.outside.keep(&mut self.kept, line) };
        let cases: Vec<Case> = self.kept.values().filter_map(|k| k.dossier.case.clone()).collect();
        let (slots, changes): (Vec<Change>, Vec<Change>) =
            line.edit.changes.clone().into_iter().partition(|c| matches!(c.record(), Record::Slot(_)));
        for slot in slots {
            self.outside.years.apply(&slot).expect("the slot is as the line says");
        }
        let line = JournalEntry { edit: Edit { changes, ..line.edit }, ..line };
        if is_of_all(line.act, &line.edit) {
            return self.keep_whole(line);
        }
        let kept =
            self.kept.entry(id).or_insert_with(|| Kept { dossier: born(&line, &cases), journal: Vec::new() });
        if !kept.journal.is_empty()
            || line.act != Act::Quiet
            || line.edit.changes.iter().all(|c| c.before().is_some())
        {
            for change in &line.edit.changes {
                match change.record() {
                    Record::Action(a) if a.meeting != id => {
                        let row = self
                            .previous
                            .iter_mut()
                            .find(|p| p.action.id == a.id)
                            .expect("an earlier action");
                        assert_eq!(change.before(), Some(&row.action.clone().into()));
                        row.action = a.clone();
                    }
                    _ => kept.dossier.apply(change).expect("the line fits what stands"),
                }
            }
        }
        check_references(&kept.dossier);
        // A case is one row, whichever of its meetings changes it.
        let case = kept.dossier.case.clone();
        kept.journal.push(line);
        for other in
            self.kept.values_mut().filter(|kept| kept.dossier.meeting.case == case.as_ref().map(|c| c.id))
        {
            other.dossier.case.clone_from(&case);
        }
    }

    fn compare(&self) {
        if let Some(region) = self.model.region().filter(|_| {
            !self.model.cx.look_only && !self.full && !self.stopped && self.model.cx.saving.refused.is_empty()
        }) {
            self.outside.compare(&self.kept, &region.doc);
        }
        if let Some(desk) = self.model.meeting().filter(|d| !d.doc.is_sample())
            && let Some(kept) = self.kept.get(&desk.doc.dossier.meeting.id)
            && !self.model.cx.look_only
            && !self.full
            && !self.stopped
        {
            assert_eq!(kept.dossier, desk.doc.dossier, "what is kept is not what is shown");
        }
        if let Some(desk) = self.model.meeting() {
            let made = (Tree::new(&desk.doc.dossier), Causes::of(&desk.doc.dossier));
            assert_eq!(
                (&made.0, &made.1),
                (&desk.doc.tree, &desk.doc.causes),
                "what follows from it is out of date"
            );
        }
    }

    pub fn key(&mut self, name: &str) {
        self.at += TimeDelta::milliseconds(200);
        let key: Key = name.parse().unwrap_or_else(|e| panic!("{e}"));
        self.send(Msg::Key(other_keys::meant(&self.model, key)));
    }

    pub fn typed(&mut self, text: &str) {
        for c in text.chars() {
            self.at += TimeDelta::milliseconds(200);
            self.send(Msg::Key(Key::plain(jirei::command::Code::Char(c))));
        }
    }

    pub fn paste(&mut self, text: &str) {
        self.at += TimeDelta::milliseconds(200);
        self.send(Msg::Paste(text.to_owned()));
    }

    /// A second passes.
    pub fn tick(&mut self) {
        self.at += TimeDelta::seconds(1);
        self.send(Msg::Tick);
    }

    /// A script: key names between spaces, `down*3` for three times, 「…」 typed, 『…』 pasted in one piece.
    pub fn keys(&mut self, script: &str) {
        let mut rest = script.trim_start();
        while let Some(first) = rest.chars().next() {
            let close = match first {
                '「' => Some('」'),
                '『' => Some('』'),
                _ => None,
            };
            if let Some(close) = close {
                let end = rest.find(close).expect("a closed bracket");
                let text = rest[first.len_utf8()..end].to_owned();
                if first == '「' {
                    self.typed(&text)
                } else {
                    self.paste(&text)
                }
                rest = rest[end + close.len_utf8()..].trim_start();
                continue;
            }
            let (word, tail) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            let (name, times) =
                word.split_once('*').map_or((word, 1), |(n, t)| (n, t.parse().expect("a number")));
            for _ in 0..times {
                self.key(name);
            }
            rest = tail.trim_start();
        }
    }

    pub fn desk(&self) -> &MeetingScreen {
        self.model.meeting().expect("a meeting is open")
    }

    pub fn dossier(&self) -> &Dossier {
        &self.desk().doc.dossier
    }

    /// Where one stands in the table or form.
    pub fn sheet(&self) -> &SheetState {
        self.model.sheets().and_then(|sheets| sheets.sheet()).expect("a table or form is seen")
    }

    /// The row of the list one stands on.
    pub fn row(&self) -> usize {
        self.sheet().row
    }

    /// How many rows the list of meetings has, with what stands around them.
    pub fn home_count(&self) -> usize {
        self.model.home.count()
    }

    /// What the entry line is used for.
    pub fn target(&self) -> Option<Target> {
        self.model.screen().writing().and_then(|w| w.target())
    }

    pub fn entry(&self) -> &str {
        self.model.screen().writing().map_or("", |w| w.line.text())
    }

    /// The words of the cell being written in.
    pub fn cell(&self) -> Option<&str> {
        self.model.editing().map(|(_, line)| line.text())
    }

    pub fn notice(&self) -> &str {
        self.model.cx.notice.text()
    }

    pub fn title(&self) -> &str {
        match &self.model.cx.over {
            Some(Overlay::Choose(chooser)) => &chooser.title,
            Some(Overlay::Ask(ask)) => &ask.title,
            Some(Overlay::Help(_)) => "使い方",
            Some(Overlay::Told(_)) => "お知らせ",
            Some(Overlay::ReadBack(_)) => "まとめ",
            Some(Overlay::Prompts(_)) => "問いかけ",
            None => "",
        }
    }

    /// The map as an outline with signs and speakers, then the entry line. `◀` is the selection, `‸` the cursor.
    pub fn state(&self) -> String {
        let desk = self.desk();
        let mut out = String::new();
        let chosen = |what| if desk.map.selected == what { " ◀" } else { "" };
        if desk.map.selected == What::Centre {
            out.push_str("真ん中 ◀\n");
        }
        for (i, branch) in desk.doc.dossier.meeting.branches.iter().enumerate() {
            let folded = if desk.map.folded_branches.contains(&i) { " …" } else { "" };
            if desk.doc.tree.roots(i).is_empty() && chosen(What::Branch(i)).is_empty() {
                continue;
            }
            writeln!(out, "{}{folded}{}", branch.title, chosen(What::Branch(i))).unwrap();
            for id in desk.doc.tree.branch(i) {
                let node = &desk.doc.dossier.nodes[&id];
                let depth =
                    std::iter::successors(node.parent, |p| desk.doc.dossier.nodes[p].parent).count() + 1;
                let indent = "  ".repeat(depth);
                let sign = node.kind.sign().map(String::from).unwrap_or_default();
                let who = node
                    .speaker
                    .map(|id| format!(" @{}", desk.doc.dossier.participants[&id].label()))
                    .unwrap_or_default();
                let folded = if desk.map.folded.contains(&id) { " …" } else { "" };
                // A word that begins with a sign of ours is written as it is typed: with the sign twice.
                let text = jirei::ui::entry::literal(&node.text, jirei::ui::entry::Signs::MAP);
                writeln!(out, "{indent}{sign}{text}{who}{folded}{}", chosen(What::Node(id))).unwrap();
            }
        }
        let Some(writing) = self.model.screen().writing() else { return out };
        let target = match writing.target() {
            None => "",
            Some(Target::Node(_)) => "直す ",
            Some(Target::Person(_)) => "参加者を直す ",
            Some(Target::Reflection(_)) => "振り返りを直す ",
            Some(Target::Said(_)) => "発言 ",
            Some(Target::Search) => "さがす ",
            Some(Target::Link(_)) => "つなぐ ",
        };
        if !writing.line.is_empty() || writing.target().is_some() {
            let (before, after) = writing.line.text().split_at(writing.line.cursor());
            writeln!(out, "＞ {target}{before}‸{after}").unwrap();
        }
        out
    }
}

/// A state written in a test, without the indentation of the source.
pub fn outline(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    let indent = lines.iter().map(|l| l.len() - l.trim_start().len()).min().unwrap_or(0);
    lines.iter().map(|l| format!("{}\n", &l[indent..])).collect()
}

/// A map, what is pressed, and what stands then.
pub fn check(start: &str, keys: &str, end: &str) {
    let mut driver = Driver::with_map(&outline(start));
    driver.keys(keys);
    assert_eq!(driver.state(), outline(end), "{keys}\n{}", driver.notice());
}

/// The same, for the entry line alone.
pub fn line(start: &str, keys: &str, entry: &str) {
    let mut driver = Driver::with_map(&outline(start));
    driver.keys(keys);
    assert_eq!(driver.entry(), entry, "{keys}\n{}", driver.notice());
}

/// The plan of a meeting with two issues.
pub fn plan() -> Driver {
    let mut d = Driver::with_map("生活\n  !残薬 ◀\n  !1年で入院3回\n  *家で暮らす");
    d.keys("ctrl-g 6 left");
    d
}
