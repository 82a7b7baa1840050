//! Regional issues of earlier meetings that say nearly the same as the one being written: they are offered, and may be joined.

use std::collections::{BTreeMap, BTreeSet};

use super::chooser::{Choice, Chooser, Pick};
use super::model::{Desk, Effect, Model, Overlay};
use super::sheet::Cell;
use crate::command::{Command, Place};
use crate::domain::register::Entry;
use crate::domain::{Change, Evidence, Id, Node, RegionalIssue, fiscal_year, text};
use crate::layout::measure::ellipsis;

/// What is known of the register while a regional issue is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alike {
    /// What was asked for last.
    asked: Option<Question>,
    /// Those that are like the words, the most alike first.
    found: Vec<Id<RegionalIssue>>,
    /// Everything that was heard of.
    heard: BTreeMap<Id<RegionalIssue>, Entry>,
}

/// The words to be compared, and the issues of other meetings that this one shows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Question {
    words: String,
    shown: BTreeSet<Id<RegionalIssue>>,
}

impl Desk {
    /// The issues of earlier meetings that are like the one being written, except those joined already.
    pub fn alike(&self) -> impl Iterator<Item = &Entry> {
        let joined = self.doc.dossier.shown_elsewhere();
        let found = self.alike.found.iter().filter(move |id| !joined.contains(id));
        found.filter_map(|id| self.alike.heard.get(id))
    }

    /// The issues of earlier meetings that this one gives evidence for.
    pub fn joined(&self) -> impl Iterator<Item = &Entry> {
        self.doc.dossier.shown_elsewhere().into_iter().filter_map(|id| self.alike.heard.get(&id))
    }
}

impl Model {
    /// Asks for what is like the words, as soon as they are others.
    pub(super) fn ask_alike(&mut self) {
        if self.place() != Place::Regional || self.desk.as_ref().is_none_or(|d| d.doc.is_sample()) {
            return;
        }
        let words = self.words_of_issue();
        let Some(desk) = self.desk.as_mut() else { return };
        let question = Question { words, shown: desk.doc.dossier.shown_elsewhere() };
        if desk.alike.asked.as_ref() == Some(&question) {
            return;
        }
        let (words, shown) = (question.words.clone(), question.shown.iter().copied().collect());
        desk.alike.asked = Some(question);
        self.cx.effects.push(Effect::Alike { words, meeting: desk.doc.dossier.meeting.id, shown });
    }

    /// The statement of the selected issue, as far as it is typed.
    fn words_of_issue(&self) -> String {
        let Some(desk) = self.desk.as_ref() else { return String::new() };
        match (&desk.sheet.editing, self.selected_cell()) {
            (Some((Cell::Regional(_, 0), line)), _) => line.text().to_owned(),
            (_, Some(Cell::Regional(Some(id), _))) => {
                desk.doc.dossier.regional.get(&id).map(|r| r.statement.clone()).unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    /// The answer; that to older words is passed over.
    pub(super) fn take_alike(&mut self, words: &str, found: Vec<Entry>, shown: Vec<Entry>) {
        let Some(alike) = self.desk.as_mut().map(|d| &mut d.alike) else { return };
        if alike.asked.as_ref().is_some_and(|q| q.words == words) {
            alike.found = found.iter().map(|e| e.issue.id).collect();
        }
        alike.heard.extend(found.into_iter().chain(shown).map(|entry| (entry.issue.id, entry)));
    }

    /// The issues that are alike, and those joined already, to choose from.
    pub(super) fn choose_alike(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        let new = desk.alike().map(|e| choice(e, "つなぐ"));
        let choices: Vec<Choice> = new.chain(desk.joined().map(|e| choice(e, "外す"))).collect();
        let mut chooser = Chooser::new("前の会議の、よく似た課題", choices);
        chooser.text =
            "選ぶと、この会議をその課題の根拠に加えます。もとの文も、今書いている文も変わりません。"
                .to_owned();
        self.cx.over = Some(Overlay::Choose(chooser));
    }

    /// Makes this meeting evidence of an issue of an earlier one, or takes it back.
    pub(super) fn join(&mut self, issue: Id<RegionalIssue>) {
        let Some(desk) = self.desk.as_ref() else { return };
        let Some(entry) = desk.alike.heard.get(&issue) else { return };
        let words = ellipsis(&text::clean_line(&entry.issue.statement), 40, self.cx.marks.cut).into_owned();
        let stands: Vec<Evidence> = desk.doc.dossier.evidence_of(issue).cloned().collect();
        let key = self.cx.keymap.said(Command::Undo);
        if !stands.is_empty() {
            let changes = stands.into_iter().map(Change::remove).collect();
            if self.commit(format!("根拠から外す: {words}"), changes) {
                self.cx.say(format!("根拠から外しました：{words}。{key} で元に戻せます。"));
            }
            return;
        }
        let meeting = desk.doc.dossier.meeting.id;
        // Where the issue of this meeting rests on entries of the map, the other one rests on them, too.
        let nodes: Vec<Option<Id<Node>>> = match self.selected_cell() {
            Some(Cell::Regional(Some(own), _)) => desk.doc.dossier.evidence_of(own).map(|e| e.node).collect(),
            _ => Vec::new(),
        };
        let nodes = if nodes.is_empty() { vec![None] } else { nodes };
        let mint = &mut self.cx.ids;
        let evidence = nodes.into_iter().map(|node| Evidence { id: mint.id(), issue, meeting, node });
        let changes = evidence.map(Change::add).collect();
        if self.commit(format!("前からある課題の根拠に加える: {words}"), changes) {
            self.cx.say(format!("この会議を根拠に加えました：{words}。{key} で元に戻せます。"));
        }
    }
}

/// An issue as a choice: what it says, and how often and how far it has come.
fn choice(entry: &Entry, what: &str) -> Choice {
    Choice::new(
        text::clean_line(&entry.issue.statement),
        format!("{}　{what}", standing(entry)),
        Pick::Join(entry.issue.id),
    )
}

/// In how many meetings an issue showed, since when, and how far it has come.
pub fn standing(entry: &Entry) -> String {
    let issue = &entry.issue;
    let year = entry.raised.date.map(|date| format!("{}年度", fiscal_year(date)));
    let meetings = (!entry.evidence.is_empty()).then(|| format!("{}会議", entry.evidence.len()));
    let said = [&issue.level, &issue.status, &issue.reflected].into_iter().filter(|s| !s.is_empty()).cloned();
    year.into_iter().chain(meetings).chain(said).collect::<Vec<_>>().join("・")
}
