//! The form of the regional issues, and those of earlier meetings that say nearly the same as the one being written: they are
//! offered, and may be joined.

pub(crate) mod draw;
mod unread;

use std::collections::{BTreeMap, BTreeSet};

use crate::command::Place;
use crate::domain::register::Entry;
use crate::domain::{Change, Evidence, Id, RegionalIssue, fiscal_year, text};
use crate::layout::measure::ellipsis;
use crate::ui::sheet::field::{Choices, Offer, entries};
use crate::ui::{Cell, Choice, Chooser, Context, Effect, MeetingScreen, Pick, RegionalField, Screen, Sheets};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct RegionalForm {
    /// The entries of the map as offers, while a cell is open that takes some.
    pub(crate) entries: Option<Vec<Offer>>,
    /// What was asked of the register last: the words to be compared, and the issues of other meetings that this one shows.
    asked: Option<(String, BTreeSet<Id<RegionalIssue>>)>,
    /// Those that are like the words, the most alike first.
    found: Vec<Id<RegionalIssue>>,
    /// Everything that was heard of.
    heard: BTreeMap<Id<RegionalIssue>, Entry>,
}

impl MeetingScreen {
    /// The issues of earlier meetings that are like the one being written, except those joined already.
    pub fn alike(&self) -> impl Iterator<Item = &Entry> {
        let joined = self.doc.dossier.shown_elsewhere();
        let found = self.regional.found.iter().filter(move |id| !joined.contains(id));
        found.filter_map(|id| self.regional.heard.get(id))
    }

    /// The issues of earlier meetings that this one gives evidence for.
    pub fn joined(&self) -> impl Iterator<Item = &Entry> {
        self.doc.dossier.shown_elsewhere().into_iter().filter_map(|id| self.regional.heard.get(&id))
    }

    /// Holds the entries of the map ready as offers while a cell is open that takes some: each frame asks for them.
    pub(crate) fn refresh_offers(&mut self) {
        let form = &mut self.regional;
        if self
            .sheet
            .editing
            .as_ref()
            .is_none_or(|(cell, _)| !matches!(cell.heading().choices, Choices::Nodes))
        {
            form.entries = None;
        } else if form.entries.is_none() {
            form.entries = Some(entries(&self.doc.dossier, &self.doc.tree));
        }
    }

    /// Asks for what is like the words, as soon as they are others.
    pub(crate) fn ask_alike(&mut self, cx: &mut Context) {
        if self.place() != Place::Regional || self.doc.is_sample() {
            return;
        }
        let question = (self.words_of_issue(cx), self.doc.dossier.shown_elsewhere());
        if self.regional.asked.as_ref() != Some(&question) {
            let (words, shown) = question.clone();
            let (meeting, shown) = (self.doc.dossier.meeting.id, shown.into_iter().collect());
            cx.effects.push(Effect::Alike { words, meeting, shown });
            self.regional.asked = Some(question);
        }
    }

    /// The statement of the selected issue, as far as it is typed.
    fn words_of_issue(&self, cx: &Context) -> String {
        match (self.editing(), self.selected_cell(cx)) {
            (Some((Cell::Regional(_, RegionalField::Statement), line)), _) => line.text().to_owned(),
            (_, Some(Cell::Regional(Some(id), _))) => {
                self.doc.dossier.regional.get(&id).map(|r| r.statement.clone()).unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    /// The answer; that to older words is passed over.
    pub(crate) fn take_alike(&mut self, words: &str, found: Vec<Entry>, shown: Vec<Entry>) {
        let form = &mut self.regional;
        if form.asked.as_ref().is_some_and(|(asked, _)| asked == words) {
            form.found = found.iter().map(|e| e.issue.id).collect();
        }
        form.heard.extend(found.into_iter().chain(shown).map(|entry| (entry.issue.id, entry)));
    }

    /// The issues that are alike, and those joined already, to choose from.
    pub(crate) fn choose_alike(&self, cx: &mut Context) {
        let new = self.alike().map(|e| choice(e, "つなぐ"));
        let choices = new.chain(self.joined().map(|e| choice(e, "外す"))).collect();
        let text = "選ぶと、この会議をその課題の根拠に加えます。もとの文も、今書いている文も変わりません。";
        let chooser = Chooser::new("前の会議の、よく似た課題", choices);
        cx.choose(Chooser { text: text.to_owned(), ..chooser });
    }

    /// Makes this meeting evidence of an issue of an earlier one, or takes it back.
    pub(crate) fn join(&mut self, cx: &mut Context, issue: Id<RegionalIssue>) {
        let Some(entry) = self.regional.heard.get(&issue) else { return };
        let words = ellipsis(&text::clean_line(&entry.issue.statement), 40, cx.marks.cut).into_owned();
        let dossier = &self.doc.dossier;
        let stands: Vec<Change> = dossier.evidence_of(issue).cloned().map(Change::remove).collect();
        let (label, said, changes) = if stands.is_empty() {
            // Where the issue of this meeting rests on entries of the map, the other one rests on them, too.
            let mut nodes: Vec<_> = match self.selected_cell(cx) {
                Some(Cell::Regional(Some(own), _)) => dossier.evidence_of(own).map(|e| e.node).collect(),
                _ => Vec::new(),
            };
            if nodes.is_empty() {
                nodes.push(None);
            }
            let meeting = dossier.meeting.id;
            let evidence = nodes.into_iter().map(|node| Evidence { id: cx.ids.id(), issue, meeting, node });
            let changes = evidence.map(Change::add).collect();
            ("前からある課題の根拠に加える", "この会議を根拠に加えました", changes)
        } else {
            ("根拠から外す", "根拠から外しました", stands)
        };
        if self.doc.commit(cx, format!("{label}: {words}"), changes) {
            cx.say_done(&format!("{said}：{words}"));
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
