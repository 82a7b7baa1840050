//! What looks like personal information in what leaves the house. Whatever people wrote or chose is read, field by field as
//! the records are described: so nothing leaves unread, whichever fields there will be.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

use super::review::Given;
use super::words;
use crate::domain::escalation::Ways;
use crate::domain::fields::{Described, Value};
use crate::domain::register::Entry;
use crate::domain::year::Years;
use crate::domain::{Dossier, Id, Key, Meeting, Participant, Record, RegionalIssue};
use crate::privacy::{Looks, PersonalWords};
use crate::review::Review;

/// What was found, each once, in the order in which it was read.
pub type Found = Vec<String>;

/// Of what was found so many are named where there is little room, and so many where there is more.
pub const FEW: usize = 3;
/// See [`FEW`].
pub const MANY: usize = 20;

/// What was found as people read it: at most so many of it, and how many more there are.
pub fn named(found: &[String], most: usize) -> String {
    let named = found.iter().take(most).map(String::as_str).collect::<Vec<_>>().join("、");
    match found.len().saturating_sub(most) {
        0 => named,
        more => format!("{named}、ほか {more}件"),
    }
}

/// Where anything was found: what, in a sentence; what is to be done about it is said by whoever asks.
pub fn warning(found: &[String]) -> String {
    format!("個人が分かりそうなことばがあります：{}。", named(found, FEW))
}

/// Reads everything of a meeting. The list of those who were there is the one place where their names may stand.
pub fn in_meeting(dossier: &Dossier, watch: &PersonalWords) -> Found {
    let records: Vec<Record> = dossier.records().collect();
    in_records(&records, dossier, watch)
}

/// Reads what the table of the plan says: the rows, and what they point at.
pub fn in_plan(dossier: &Dossier, watch: &PersonalWords) -> Found {
    let rows = dossier.actions.values().cloned().map(Record::from);
    in_records(&with_referred(rows.collect(), dossier), dossier, watch)
}

/// The same of the regional issues.
pub fn in_regional(dossier: &Dossier, watch: &PersonalWords) -> Found {
    let rows = dossier.regional.values().cloned().map(Record::from);
    in_records(&with_referred(rows.collect(), dossier), dossier, watch)
}

/// Reads the register: the issues that leave, and the way each went. The watch knows who was at their meetings.
pub fn in_register(entries: &[Entry], ways: &Ways<'_>, watch: &PersonalWords) -> Found {
    let mut reader = Reader::new(watch);
    reader.read_register(entries, ways);
    reader.found
}

/// Reads one issue. A body that is responsible for it may stand there by its listed name.
pub fn in_issue(issue: &RegionalIssue, watch: &PersonalWords) -> Found {
    let mut reader = Reader::new(watch);
    reader.read(issue.texts());
    let body = watch.look(&issue.responsible).into_iter().filter(|finding| finding.kind == Looks::Facility);
    let bodies: Vec<String> = body.map(|finding| finding.words).collect();
    reader.found.retain(|words| !bodies.contains(words));
    reader.found
}

/// The issues in which nothing was found, how many others there are, and what was found in those, or in the ways they went.
pub fn without_found(
    entries: Vec<Entry>,
    ways: &Ways<'_>,
    watch: &PersonalWords,
) -> (Vec<Entry>, usize, Found) {
    let (all, mut named) = (entries.len(), Found::new());
    let mut clean = entries;
    clean.retain(|entry| {
        let mut found = in_issue(&entry.issue, watch);
        let mut way = Reader::new(watch);
        ways.get(&entry.issue.id).into_iter().flatten().for_each(|step| way.read(step.texts()));
        found.extend(way.found);
        let none = found.is_empty();
        found.retain(|words| !named.contains(words));
        named.extend(found);
        none
    });
    let kept = all - clean.len();
    (clean, kept, named)
}

/// Reads everything of a review, whichever of it a format shows: issues and their ways, the plan and the forms of the year, the
/// titles of its meetings, and what the figures are counted under. The watch knows who was at its meetings.
pub fn in_review(given: &Given<'_>, watch: &PersonalWords) -> Found {
    let mut reader = Reader::new(watch);
    let Review { slots, passages, towns, .. } = given.review;
    let figures = given.review.figures();
    reader.read_register(given.entries, given.ways);
    slots.iter().for_each(|slot| reader.read(slot.texts()));
    passages.iter().for_each(|passage| reader.read(passage.texts()));
    for town in towns {
        reader.read([town.town.as_str().into()]);
        reader.read(town.held.iter().flat_map(|held| [held.title.as_str(), &held.format]).map(Cow::from));
    }
    for figure in &figures {
        let labels = figure.rows.iter().map(|row| &row.label);
        reader.read(figure.columns.iter().chain(labels).chain(&figure.notes).map(Cow::from));
    }
    reader.found
}

/// Reads the plans of years and what their reviews wrote down.
pub fn in_years(years: &Years, watch: &PersonalWords) -> Found {
    let mut reader = Reader::new(watch);
    let records: Vec<Record> = years.records().collect();
    records.iter().for_each(|record| reader.read(record.texts()));
    reader.found
}

/// The meetings in which these issues showed.
pub fn meetings_of<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeSet<Id<Meeting>> {
    let occasions =
        entries.into_iter().flat_map(|entry| std::iter::once(&entry.raised).chain(&entry.evidence));
    occasions.map(|occasion| occasion.meeting).collect()
}

/// The meetings whose people may be named in a review with these issues.
pub fn meetings_behind(review: &Review, entries: &[Entry]) -> BTreeSet<Id<Meeting>> {
    let planned = review.slots.iter().filter_map(|slot| slot.meeting);
    review.held().map(|held| held.id).chain(planned).chain(meetings_of(entries)).collect()
}

/// Records of a meeting, and those of it that they refer to.
fn with_referred(mut records: Vec<Record>, dossier: &Dossier) -> Vec<Record> {
    let values = records.iter().flat_map(Record::values);
    let keys = values.filter_map(|(_, value)| match value {
        Value::Refers(_, keys) => Some(keys),
        _ => None,
    });
    let mut wanted: BTreeSet<Key> = keys.flatten().collect();
    // A twig is named with what it speaks of.
    let twigs = dossier.nodes.values().filter(|node| wanted.contains(&node.id.key()));
    let about: Vec<Key> = twigs.filter_map(|node| Some(words::about(dossier, node)?.id.key())).collect();
    wanted.extend(about);
    records.extend(dossier.records().filter(|record| wanted.contains(&record.key())));
    records
}

fn in_records(records: &[Record], dossier: &Dossier, watch: &PersonalWords) -> Found {
    let names = |people: &mut dyn Iterator<Item = &Participant>| {
        let names: Vec<&str> = people.map(|person| person.name.as_str()).collect();
        watch.with_people(names.into_iter())
    };
    let everybody = names(&mut dossier.participants.values());
    let mut reader = Reader::new(&everybody);
    for record in records {
        match record {
            Record::Participant(person) => reader.read_person(person, || {
                names(&mut dossier.participants.values().filter(|other| other.name != person.name))
            }),
            other => reader.read(other.texts()),
        }
    }
    reader.found
}

/// Looks through texts, each different one once.
struct Reader<'a> {
    watch: &'a PersonalWords,
    seen: HashSet<Cow<'a, str>>,
    named: HashSet<String>,
    found: Found,
}

impl<'a> Reader<'a> {
    fn new(watch: &'a PersonalWords) -> Self {
        Self { watch, seen: HashSet::new(), named: HashSet::new(), found: Vec::new() }
    }

    fn read(&mut self, texts: impl IntoIterator<Item = Cow<'a, str>>) {
        for text in texts {
            if !self.seen.contains(&text) {
                self.look(self.watch, &text);
                self.seen.insert(text);
            }
        }
    }

    /// Reads what else is said of somebody at the table: a doctor's practice may well have the doctor's name.
    fn read_person(&mut self, person: &Participant, without: impl Fn() -> PersonalWords) {
        let mut others = None;
        for text in person.texts() {
            let named = self.watch.look(&text).iter().any(|finding| finding.kind == Looks::Name);
            if named && !person.name.is_empty() {
                let others: &PersonalWords = others.get_or_insert_with(&without);
                self.look(others, &text);
            } else {
                self.look(self.watch, &text);
            }
        }
    }

    fn read_register(&mut self, entries: &'a [Entry], ways: &Ways<'a>) {
        for entry in entries {
            self.read(entry.issue.texts());
            ways.get(&entry.issue.id).into_iter().flatten().for_each(|step| self.read(step.texts()));
        }
    }

    fn look(&mut self, watch: &PersonalWords, text: &str) {
        for finding in watch.look(text) {
            if self.named.insert(finding.words.clone()) {
                self.found.push(finding.words);
            }
        }
    }
}
