//! The register of regional issues: finding among them, and one of them as a form.

use super::RegionDesk;
use crate::app::chooser::{Choice, Chooser, Pick};
use crate::app::model::{Model, Overlay, Screen};
use crate::app::sheet::{Regional, category_words};
use crate::domain::fields::RegionalIssueField;
use crate::domain::register::{Entry, Filter, Occasion};
use crate::domain::{Escalation, Id, Lists, Meeting, RegionalIssue, date, escalation};

/// The fields of a regional issue in the order in which it is spoken about: what is decided, then where it belongs, then the
/// sentence itself. What hangs on the map of its meeting is written there.
const FIELDS: [usize; 17] = [10, 11, 8, 9, 12, 13, 3, 14, 15, 16, 4, 1, 2, 5, 6, 0, 17];

/// A row of an issue's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueRow {
    /// The field at an index among those of a regional issue.
    Field(usize),
    /// A meeting in which it showed.
    Evidence(Id<Meeting>),
    /// A step of the way it went.
    Way(Id<Escalation>),
}

/// What a town is called, if it has a name.
pub fn town_label(town: &str) -> &str {
    if town.is_empty() { "町の名前なし" } else { town }
}

/// By what the register is narrowed, and to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facet {
    Nothing,
    Year(i32),
    Scene(String),
    Category(String),
    Level(String),
    Area(String),
    Status(String),
    Responsible(String),
}

impl RegionDesk {
    /// The issue one stands on.
    pub fn issue(&self) -> Option<Id<RegionalIssue>> {
        match self.screen {
            Screen::Decide => self.agenda.get(self.turn).copied(),
            _ => self.selected_entry().map(|e| e.issue.id),
        }
    }

    /// The entry one stands on in the register.
    pub fn selected_entry(&self) -> Option<&Entry> {
        self.found.get(self.row).and_then(|at| self.doc.entries().get(*at))
    }

    /// Looks through the register for what is wanted: what says the words itself before what only hangs together with them, and
    /// the newest first.
    pub(in crate::app) fn find(&mut self, lists: &Lists) {
        let words = self.words.cleaned();
        let filter = Filter { words: Some(words).filter(|w| !w.trim().is_empty()), ..self.filter.clone() };
        let finder = filter.finder(lists);
        let town = |entry: &Entry| self.town.as_ref().is_none_or(|town| self.doc.town(entry) == town);
        let found = self.doc.searchable().enumerate();
        let found = found.filter(|(_, (e, folded))| finder.takes(e, folded) && town(e));
        let (mut said, mut other) = (Vec::new(), Vec::new());
        for (i, (_, folded)) in found {
            if finder.says(folded) { said.push(i) } else { other.push(i) }
        }
        self.found = said.into_iter().rev().chain(other.into_iter().rev()).collect();
        self.row = self.row.min(self.found.len().saturating_sub(1));
    }

    /// The rows of the form: fields, then the meetings behind it, then its way.
    pub fn issue_rows(&self) -> Vec<IssueRow> {
        let Some(entry) = self.issue().and_then(|id| self.doc.entry(id)) else { return Vec::new() };
        let way = escalation::way_of(&self.doc.escalations, entry.issue.id);
        let evidence = self.occasions(entry).into_iter().map(|o| IssueRow::Evidence(o.meeting));
        let fields = FIELDS.into_iter().map(IssueRow::Field);
        fields.chain(evidence).chain(way.iter().map(|e| IssueRow::Way(e.id))).collect()
    }

    /// The meetings in which an issue showed; the one that raised it is always among them.
    pub fn occasions(&self, entry: &Entry) -> Vec<Occasion> {
        let mut all = entry.evidence.clone();
        if !all.iter().any(|o| o.meeting == entry.raised.meeting) {
            all.insert(0, entry.raised);
        }
        all
    }

    /// The meetings behind what is selected.
    pub(in crate::app) fn meetings_at_hand(&self) -> Vec<Id<Meeting>> {
        match self.screen {
            Screen::Year => return self.meetings_of_row(),
            Screen::Issue => {
                if let Some(IssueRow::Evidence(meeting)) = self.issue_rows().get(self.sheet.row) {
                    return vec![*meeting];
                }
            }
            _ => {}
        }
        let entry = self.issue().and_then(|id| self.doc.entry(id));
        entry.map(|e| self.occasions(e)).unwrap_or_default().iter().map(|o| o.meeting).collect()
    }

    /// A regional issue as its form takes it.
    pub(in crate::app) fn regional(&self, id: Id<RegionalIssue>) -> Option<Regional> {
        let issue = self.doc.entry(id)?.issue.clone();
        Some(Regional { issue, evidence: Vec::new(), wanted: Vec::new() })
    }
}

impl Model {
    /// Searches anew after the words have changed; the first that is found is selected.
    pub(in crate::app) fn search_register(&mut self) {
        if let Some(region) = self.region.as_mut() {
            region.row = 0;
            region.find(&self.cx.lists);
        }
    }

    /// To another entry of the list.
    pub(in crate::app) fn register_move(&mut self, step: isize) {
        if let Some(region) = self.region.as_mut() {
            region.row = region.row.saturating_add_signed(step).min(region.found.len().saturating_sub(1));
        }
    }

    /// From the list into the form of the selected issue.
    pub(in crate::app) fn open_issue(&mut self) {
        if self.region.as_ref().is_some_and(|r| r.selected_entry().is_some()) {
            self.show_region(Screen::Issue);
        }
    }

    /// To the next issue while one stands in the form.
    pub(in crate::app) fn turn_issue(&mut self, step: isize) {
        if !self.leave_cell() {
            return;
        }
        let deciding = self.screen == Screen::Decide;
        if let Some(region) = self.region.as_mut() {
            if deciding {
                let last = region.agenda.len().saturating_sub(1);
                region.turn = region.turn.saturating_add_signed(step).min(last);
            } else {
                let last = region.found.len().saturating_sub(1);
                region.row = region.row.saturating_add_signed(step).min(last);
            }
            region.sheet.row = if deciding { region.sheet.row } else { 0 };
        }
    }

    /// Offers everything by which the register can be narrowed, as it stands in it.
    pub(in crate::app) fn choose_facet(&mut self) {
        let Some(region) = self.region.as_ref() else { return };
        let mut choices = vec![Choice::new("すべて出す", "しぼりこみをやめる", Pick::Facet(Facet::Nothing))];
        for (heading, facets) in facets(region.doc.entries()) {
            for (label, count, facet) in facets {
                let mut choice = Choice::new(label, format!("{count}件"), Pick::Facet(facet));
                choice.heading = heading;
                choice.words = heading.to_owned();
                choices.push(choice);
            }
        }
        let mut chooser = Chooser::new("何でしぼりこみますか", choices);
        chooser.by_number = false;
        self.cx.over = Some(Overlay::Choose(chooser));
    }

    /// Narrows the register, on top of what it is narrowed by already.
    pub(in crate::app) fn narrow(&mut self, facet: Facet) {
        let Some(region) = self.region.as_mut() else { return };
        let f = &mut region.filter;
        match facet {
            Facet::Nothing => {
                *f = Filter::default();
                region.words.take();
            }
            Facet::Year(year) => f.year = Some(year),
            Facet::Scene(words) => f.scene = Some(words),
            Facet::Category(words) => f.category = Some(words),
            Facet::Level(words) => f.level = Some(words),
            Facet::Area(words) => f.area = Some(words),
            Facet::Status(words) => f.status = Some(words),
            Facet::Responsible(words) => f.responsible = Some(words),
        }
        self.search_register();
    }

    /// Opens the meeting behind what is selected; asks which where there are several.
    pub(in crate::app) fn open_behind(&mut self) {
        if !self.leave_cell() {
            return;
        }
        let Some(region) = self.region.as_ref().filter(|_| self.desk.is_none()) else { return };
        match region.meetings_at_hand().as_slice() {
            [] => {}
            [one] => self.look_into(*one),
            many => {
                let choice = |id: &Id<Meeting>| {
                    let (label, note) = region.meeting_words(*id);
                    Choice::new(label, note, Pick::Meeting(*id))
                };
                let mut chooser = Chooser::new("どの会議を開きますか", many.iter().map(choice).collect());
                chooser.by_number = many.len() <= 9;
                self.cx.over = Some(Overlay::Choose(chooser));
            }
        }
    }

    /// Offers the towns whose records are here.
    pub(in crate::app) fn choose_town(&mut self) {
        if !self.leave_cell() {
            return;
        }
        let Some(region) = self.region.as_ref() else { return };
        let towns = region.doc.towns();
        // A plan and the forms are those of one town.
        let one = matches!(region.screen, Screen::Year | Screen::Forms);
        let mut choices = Vec::new();
        if !one {
            choices.push(Choice::new("すべての町", "", Pick::Town(None)));
        }
        let shown = if one { Some(region.written_town().to_owned()) } else { region.town.clone() };
        choices
            .extend(towns.iter().map(|t| Choice::new(town_label(t), "", Pick::Town(Some((*t).to_owned())))));
        let mut chooser = Chooser::new("どの町を見ますか", choices);
        chooser.row = chooser.choices.iter().position(|c| c.pick == Pick::Town(shown.clone())).unwrap_or(0);
        self.cx.over = Some(Overlay::Choose(chooser));
    }

    pub(in crate::app) fn set_town(&mut self, town: Option<String>) {
        if let Some(region) = self.region.as_mut() {
            (region.town, region.sheet.row, region.row) = (town, 0, 0);
            region.find(&self.cx.lists);
            region.gather();
        }
    }
}

impl RegionDesk {
    /// A meeting as a list names it: day and title, then the town.
    pub fn meeting_words(&self, id: Id<Meeting>) -> (String, String) {
        let Some(held) = self.held(id) else {
            return ("この記録の中にない会議".to_owned(), String::new());
        };
        let day = held.date.map_or_else(|| "日付なし".to_owned(), date::short);
        let title = if held.title.is_empty() { "題名なし" } else { &held.title };
        (format!("{day} {title}"), held.town.clone())
    }
}

type Offered = Vec<(String, usize, Facet)>;

/// What stands in the register of each kind, with how many entries have it, the most frequent first; years by themselves.
fn facets(entries: &[Entry]) -> Vec<(&'static str, Offered)> {
    let mut years: Offered = counted(entries, |e| {
        let mut years: Vec<String> = e.years().map(|y| y.to_string()).collect();
        years.sort_unstable();
        years.dedup();
        years
    })
    .into_iter()
    .filter_map(|(y, n)| Some((format!("{y}年度"), n, Facet::Year(y.parse().ok()?))))
    .collect();
    years.sort_by_key(|(label, ..)| std::cmp::Reverse(label.clone()));
    let of = |counts: Vec<(String, usize)>, make: fn(String) -> Facet| -> Offered {
        counts.into_iter().map(|(words, n)| (words.clone(), n, make(words))).collect()
    };
    let one = |get: fn(&RegionalIssue) -> &String| counted(entries, |e| vec![get(&e.issue).clone()]);
    let categories = counted(entries, |e| e.issue.categories.iter().map(category_words).collect());
    let letter = |(words, n): (String, usize)| {
        let letter: String = words.chars().skip(1).take_while(|c| *c != ')').collect();
        (words, n, Facet::Category(letter))
    };
    vec![
        ("年度", years),
        (RegionalIssueField::Scenes.label(), of(counted(entries, |e| e.issue.scenes.clone()), Facet::Scene)),
        (RegionalIssueField::Categories.label(), categories.into_iter().map(letter).collect()),
        (RegionalIssueField::Level.label(), of(one(|r| &r.level), Facet::Level)),
        (RegionalIssueField::Status.label(), of(one(|r| &r.status), Facet::Status)),
        (RegionalIssueField::Area.label(), of(one(|r| &r.area), Facet::Area)),
        (RegionalIssueField::Responsible.label(), of(one(|r| &r.responsible), Facet::Responsible)),
    ]
}

/// What entries say of themselves, each with how many say it, the most frequent first.
fn counted(entries: &[Entry], says: impl Fn(&Entry) -> Vec<String>) -> Vec<(String, usize)> {
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for words in entries.iter().flat_map(says).filter(|w| !w.is_empty()) {
        *counts.entry(words).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sheet::Row;
    use crate::domain::fields::EvidenceField;

    #[test]
    fn 一覧の欄は地図に付くものを除いたすべて() {
        let mut fields = FIELDS.to_vec();
        fields.sort_unstable();
        let all: Vec<usize> = (0..Regional::FIELDS.len())
            .filter(|i| Regional::FIELDS[*i].title != EvidenceField::Node.label())
            .collect();
        assert_eq!(fields, all);
        assert_eq!(Regional::FIELDS[FIELDS[0]].title, RegionalIssueField::Priority.label());
    }
}
