//! The register of regional issues: finding among them, and one of them as a form.

pub(crate) mod draw;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::fields::RegionalIssueField;
use crate::domain::region::Region;
use crate::domain::register::{Entry, Filter, Occasion};
use crate::domain::{Category, Escalation, Id, Lists, Meeting, RegionalIssue, date, escalation};
use crate::ui::region::YearRow;
use crate::ui::{Choice, Chooser, Context, Flow, Input, Pick, RegionPlace, RegionScreen, RegionalField};

/// The fields of a regional issue in the order in which it is spoken about: whether it may leave and the sentence itself, then
/// what is decided, then where it belongs. What hangs on the map of its meeting is written there.
const FIELDS: [RegionalField; 17] = [
    RegionalField::Confirmed,
    RegionalField::Statement,
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
];

/// A field by which the register can be narrowed: what an issue says in it, and how a filter asks for that.
type Facet = (RegionalIssueField, fn(&RegionalIssue) -> Vec<String>, fn(&mut Filter, String));

const FACETS: [Facet; 7] = [
    (RegionalIssueField::Scenes, |r| r.scenes.clone(), |f, said| f.scene = Some(said)),
    (
        RegionalIssueField::Categories,
        |r| r.categories.iter().map(Category::full).collect(),
        // Its letter says which.
        |f, said| f.category = said.split(['(', ')']).nth(1).map(str::to_owned),
    ),
    (RegionalIssueField::Level, |r| vec![r.level.clone()], |f, said| f.level = Some(said)),
    (RegionalIssueField::Status, |r| vec![r.status.clone()], |f, said| f.status = Some(said)),
    (RegionalIssueField::Area, |r| vec![r.area.clone()], |f, said| f.area = Some(said)),
    (RegionalIssueField::Responsible, |r| vec![r.responsible.clone()], |f, said| f.responsible = Some(said)),
    (
        RegionalIssueField::Confirmed,
        |r| vec![read(r.confirmed).to_owned()],
        |f, said| f.confirmed = Some(said == read(true)),
    ),
];

/// Whether somebody has read a sentence for whether it shows a person, as one narrows the register by it.
pub fn read(confirmed: bool) -> &'static str {
    if confirmed { "確かめた文" } else { "確かめていない文" }
}

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
    if town.is_empty() { "市町村の名前なし" } else { town }
}

/// The register as it is searched.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// What it is searched for.
    pub words: Input,
    pub filter: Filter,
    /// The entries that were found, as places in the register; the newest first.
    pub found: Vec<usize>,
    /// The place in them.
    pub row: usize,
}

impl Register {
    /// Whether it shows only what is looked for.
    pub(crate) fn is_narrowed(&self) -> bool {
        !self.words.is_empty() || self.filter != Filter::default()
    }

    /// To another of the entries that were found.
    pub(crate) fn go(&mut self, step: isize) {
        self.row = self.row.saturating_add_signed(step).min(self.found.len().saturating_sub(1));
    }

    /// Looks for what is wanted: what says the words itself before what only hangs together with them, and the newest first.
    pub(super) fn search(&mut self, doc: &Region, town: Option<&str>, lists: &Lists) {
        let filter = Filter { words: Some(self.words.cleaned()), ..self.filter.clone() };
        let finder = filter.finder(lists);
        let ours = |entry: &Entry| town.is_none_or(|town| doc.town(entry) == town);
        // Only places are gathered: there may be thousands, with each letter.
        let (mut said, mut other) = (Vec::new(), Vec::new());
        for (at, (entry, folded)) in doc.searchable().enumerate() {
            if finder.takes(entry, folded) && ours(entry) {
                if finder.says(folded) { said.push(at) } else { other.push(at) }
            }
        }
        self.found = said.into_iter().rev().chain(other.into_iter().rev()).collect();
        self.row = 0;
    }

    /// Offers everything by which the register can be narrowed, on top of what it is narrowed by already: the years, the newest
    /// first, then what stands in the fields, the most frequent first.
    pub(crate) fn choose_facet(&self, doc: &Region, cx: &mut Context) {
        let facet = |heading: &'static str, label: String, n: usize, filter| Choice {
            heading,
            words: heading.to_owned(),
            ..Choice::new(label, format!("{n}件"), Pick::Narrow(filter))
        };
        let entries = doc.entries();
        let all = Pick::Narrow(Filter::default());
        let mut choices = vec![Choice::new("すべて出す", "しぼりこみをやめる", all)];
        for (year, n) in counted(entries, |e| e.years().collect()).into_iter().rev() {
            let filter = Filter { year: Some(year), ..self.filter.clone() };
            choices.push(facet("年度", format!("{year}年度"), n, filter));
        }
        for (field, says, narrow) in FACETS {
            let mut said = counted(entries, |e| says(&e.issue));
            said.retain(|(words, _)| !words.is_empty());
            said.sort_by_key(|(_, n)| Reverse(*n));
            choices.extend(said.into_iter().map(|(words, n)| {
                let mut filter = self.filter.clone();
                narrow(&mut filter, words.clone());
                facet(field.label(), words, n, filter)
            }));
        }
        cx.choose(Chooser { by_number: false, ..Chooser::new("何でしぼりこみますか", choices) });
    }
}

impl RegionScreen {
    /// The entry one looks at.
    pub fn entry(&self) -> Option<&Entry> {
        match self.screen {
            RegionPlace::Decide => self.agenda.get(self.turn).and_then(|id| self.doc.entry(*id)),
            _ => self.register.found.get(self.register.row).and_then(|at| self.doc.entries().get(*at)),
        }
    }

    /// Its issue.
    pub fn issue(&self) -> Option<Id<RegionalIssue>> {
        self.entry().map(|entry| entry.issue.id)
    }

    /// Searches anew after what is wanted has changed; the first that is found is selected.
    pub(crate) fn search(&mut self, cx: &Context) {
        self.register.search(&self.doc, self.town.as_deref(), &cx.lists);
    }

    /// The rows of the form: fields, then the meetings behind it, then its way.
    pub fn issue_rows(&self) -> Vec<IssueRow> {
        let Some(entry) = self.entry() else { return Vec::new() };
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

    /// The row one stands on in the form of an issue; none elsewhere.
    pub(crate) fn issue_row(&self) -> Option<IssueRow> {
        (self.screen == RegionPlace::Issue).then(|| self.issue_rows())?.get(self.sheet.row).copied()
    }

    /// The meetings behind what is selected.
    pub(crate) fn meetings_at_hand(&self) -> Vec<Id<Meeting>> {
        let meeting = match (self.issue_row(), self.year_row()) {
            (Some(IssueRow::Evidence(id)), _) | (_, Some(YearRow::Loose(id))) => Some(id),
            _ if self.screen == RegionPlace::Year => self.selected_slot().and_then(|slot| slot.meeting),
            _ => return self.entry().iter().flat_map(|e| self.occasions(e)).map(|o| o.meeting).collect(),
        };
        meeting.into_iter().collect()
    }

    /// Opens the meeting behind what is selected; asks which where there are several.
    pub(crate) fn open_behind(&self, cx: &mut Context) -> Flow {
        let meetings = self.meetings_at_hand();
        if let [one] = meetings[..] {
            return Flow::Meeting(one);
        }
        let choices = meetings.into_iter().map(|id| self.meeting_choice(id, Pick::Meeting(id)));
        cx.choose(Chooser::new("どの会議を開きますか", choices.collect()));
        Flow::Done
    }

    /// Offers the towns whose records are here.
    pub(crate) fn choose_town(&self, cx: &mut Context) {
        let town = |label, town| Choice::new(label, "", Pick::Town(town));
        // A plan and the forms are those of one town.
        let one = matches!(self.screen, RegionPlace::Year | RegionPlace::Forms);
        let shown = if one { Some(self.written_town().to_owned()) } else { self.town.clone() };
        let all = (!one).then(|| town("すべての市町村", None));
        let towns = self.doc.towns().into_iter().map(|name| town(town_label(name), Some(name.to_owned())));
        let chooser = Chooser::new("どの市町村を見ますか", all.into_iter().chain(towns).collect());
        cx.choose(chooser.on(Pick::Town(shown)));
    }

    /// A meeting as a list names it: day and title, then the town.
    pub fn meeting_words(&self, id: Id<Meeting>) -> (String, String) {
        let Some(held) = self.doc.meetings.get(&id) else {
            return ("この記録の中にない会議".to_owned(), String::new());
        };
        let day = date::or_none(held.date, date::full);
        let title = if held.title.is_empty() { "題名なし" } else { &held.title };
        (format!("{day} {title}"), held.town.clone())
    }

    /// The same to be chosen.
    pub(crate) fn meeting_choice(&self, id: Id<Meeting>, pick: Pick) -> Choice {
        let (label, note) = self.meeting_words(id);
        Choice::new(label, note, pick)
    }
}

/// What entries say of themselves, in its order, each with how many say it.
fn counted<T: Ord>(entries: &[Entry], says: impl Fn(&Entry) -> Vec<T>) -> Vec<(T, usize)> {
    let mut counts = BTreeMap::<T, usize>::new();
    for said in entries.iter().flat_map(|entry| BTreeSet::from_iter(says(entry))) {
        *counts.entry(said).or_default() += 1;
    }
    counts.into_iter().collect()
}
