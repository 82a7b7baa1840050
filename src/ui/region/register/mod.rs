//! The register of regional issues: finding among them, and one of them as a form.

pub(crate) mod draw;

use crate::domain::fields::RegionalIssueField;
use crate::domain::register::{Entry, Filter, Occasion};
use crate::domain::{Category, Escalation, Id, Lists, Meeting, RegionalIssue, date, escalation};
use crate::ui::region::facet::Facet;
use crate::ui::sheet::{Regional, RegionalField};
use crate::ui::{Choice, Chooser, Context, Flow, RegionPick, RegionPlace, RegionScreen, Sheets, To};

/// The fields of a regional issue in the order in which it is spoken about: what is decided, then where it belongs, then the
/// sentence itself. What hangs on the map of its meeting is written there.
const FIELDS: [RegionalField; 17] = [
    RegionalField::Priority,
    RegionalField::PriorityReason,
    RegionalField::Measures,
    RegionalField::Responsible,
    RegionalField::Due,
    RegionalField::Status,
    RegionalField::Level,
    RegionalField::Reflected,
    RegionalField::ReflectedReason,
    RegionalField::Evaluation,
    RegionalField::Area,
    RegionalField::Scenes,
    RegionalField::Categories,
    RegionalField::Gap,
    RegionalField::Function,
    RegionalField::Statement,
    RegionalField::Confirmed,
];

/// A row of an issue's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueRow {
    /// A field of the regional issue.
    Field(RegionalField),
    /// A meeting in which it showed.
    Evidence(Id<Meeting>),
    /// A step of the way it went.
    Way(Id<Escalation>),
}

/// What a town is called, if it has a name.
pub fn town_label(town: &str) -> &str {
    if town.is_empty() { "町の名前なし" } else { town }
}

impl RegionScreen {
    /// The issue one stands on.
    pub fn issue(&self) -> Option<Id<RegionalIssue>> {
        match self.screen {
            RegionPlace::Decide => self.agenda.get(self.turn).copied(),
            _ => self.selected_entry().map(|e| e.issue.id),
        }
    }

    /// The entry one stands on in the register.
    pub fn selected_entry(&self) -> Option<&Entry> {
        self.found.get(self.row).and_then(|at| self.doc.entries().get(*at))
    }

    /// Looks through the register for what is wanted: what says the words itself before what only hangs together with them, and
    /// the newest first.
    pub(crate) fn find(&mut self, lists: &Lists) {
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
    pub(crate) fn meetings_at_hand(&self) -> Vec<Id<Meeting>> {
        match self.screen {
            RegionPlace::Year => return self.meetings_of_row(),
            RegionPlace::Issue => {
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
    pub(crate) fn regional(&self, id: Id<RegionalIssue>) -> Option<Regional> {
        let issue = self.doc.entry(id)?.issue.clone();
        Some(Regional { issue, evidence: Vec::new(), wanted: Vec::new() })
    }

    /// Searches anew after what is wanted has changed; the first that is found is selected.
    pub(crate) fn search(&mut self, cx: &Context) {
        self.row = 0;
        self.find(&cx.lists);
    }

    /// To another entry of the list.
    pub(crate) fn register_move(&mut self, step: isize) {
        self.row = self.row.saturating_add_signed(step).min(self.found.len().saturating_sub(1));
    }

    /// From the list into the form of the selected issue.
    pub(crate) fn open_issue(&mut self, cx: &mut Context) {
        if self.selected_entry().is_some() {
            self.show(cx, RegionPlace::Issue);
        }
    }

    /// To the next issue while one stands in the form.
    pub(crate) fn turn_issue(&mut self, cx: &mut Context, step: isize) {
        if !self.leave_cell(cx) {
            return;
        }
        if self.screen == RegionPlace::Decide {
            self.turn = self.turn.saturating_add_signed(step).min(self.agenda.len().saturating_sub(1));
        } else {
            self.register_move(step);
            self.sheet.row = 0;
        }
    }

    /// Offers everything by which the register can be narrowed, as it stands in it.
    pub(crate) fn choose_facet(&self, cx: &mut Context) {
        let all = Choice::new("すべて出す", "しぼりこみをやめる", RegionPick::Facet(Facet::Nothing));
        let some = facets(self.doc.entries()).into_iter().flat_map(|(heading, facets)| {
            facets.into_iter().map(move |(label, count, facet)| Choice {
                heading,
                words: heading.to_owned(),
                ..Choice::new(label, format!("{count}件"), RegionPick::Facet(facet))
            })
        });
        let chooser = Chooser::new("何でしぼりこみますか", [all].into_iter().chain(some).collect());
        cx.choose(Chooser { by_number: false, ..chooser });
    }

    /// Narrows the register, on top of what it is narrowed by already.
    pub(crate) fn narrow(&mut self, cx: &Context, facet: Facet) {
        let f = &mut self.filter;
        match facet {
            Facet::Nothing => {
                *f = Filter::default();
                self.words.take();
            }
            Facet::Year(year) => f.year = Some(year),
            Facet::Scene(words) => f.scene = Some(words),
            Facet::Category(words) => f.category = Some(words),
            Facet::Level(words) => f.level = Some(words),
            Facet::Area(words) => f.area = Some(words),
            Facet::Status(words) => f.status = Some(words),
            Facet::Responsible(words) => f.responsible = Some(words),
        }
        self.search(cx);
    }

    /// Opens a meeting over the region; Esc comes back.
    pub(crate) fn look_into(&mut self, cx: &mut Context, meeting: Id<Meeting>) -> Flow {
        if self.leave_cell(cx) { Flow::Go(To::Meeting(meeting)) } else { Flow::Done }
    }

    /// Opens the meeting behind what is selected; asks which where there are several.
    pub(crate) fn open_behind(&mut self, cx: &mut Context) -> Flow {
        if !self.leave_cell(cx) {
            return Flow::Done;
        }
        match self.meetings_at_hand().as_slice() {
            [] => {}
            [one] => return self.look_into(cx, *one),
            many => {
                let choices = many.iter().map(|id| self.meeting_choice(*id, RegionPick::Meeting(*id)));
                cx.choose(Chooser::new("どの会議を開きますか", choices.collect()));
            }
        }
        Flow::Done
    }

    /// Offers the towns whose records are here.
    pub(crate) fn choose_town(&mut self, cx: &mut Context) {
        if !self.leave_cell(cx) {
            return;
        }
        let town = |label, town| Choice::new(label, "", RegionPick::Town(town));
        // A plan and the forms are those of one town.
        let one = matches!(self.screen, RegionPlace::Year | RegionPlace::Forms);
        let shown = if one { Some(self.written_town().to_owned()) } else { self.town.clone() };
        let all = (!one).then(|| town("すべての町", None));
        let towns = self.doc.towns().into_iter().map(|name| town(town_label(name), Some(name.to_owned())));
        let chooser = Chooser::new("どの町を見ますか", all.into_iter().chain(towns).collect());
        cx.choose(chooser.on(RegionPick::Town(shown)));
    }

    pub(crate) fn set_town(&mut self, cx: &Context, town: Option<String>) {
        (self.town, self.sheet.row) = (town, 0);
        self.search(cx);
        self.gather();
    }

    /// A meeting as a list names it: day and title, then the town.
    pub fn meeting_words(&self, id: Id<Meeting>) -> (String, String) {
        let Some(held) = self.held(id) else {
            return ("この記録の中にない会議".to_owned(), String::new());
        };
        let day = held.date.map_or_else(|| "日付なし".to_owned(), date::short);
        let title = if held.title.is_empty() { "題名なし" } else { &held.title };
        (format!("{day} {title}"), held.town.clone())
    }

    /// The same to be chosen.
    pub(crate) fn meeting_choice(&self, id: Id<Meeting>, pick: RegionPick) -> Choice {
        let (label, note) = self.meeting_words(id);
        Choice::new(label, note, pick)
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
    let categories = counted(entries, |e| e.issue.categories.iter().map(Category::full).collect());
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
    use crate::ui::sheet::Row;

    #[test]
    fn 一覧の欄は地図に付くものを除いたすべて() {
        for (name, _) in Regional::FIELDS {
            assert_eq!(FIELDS.contains(name), *name != RegionalField::Evidence);
        }
        assert_eq!(FIELDS.len() + 1, Regional::FIELDS.len());
    }
}
