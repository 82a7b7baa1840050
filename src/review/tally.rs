//! Counting: rows in, the years of the towns out.

use std::collections::BTreeMap;
use std::mem;

use rustc_hash::{FxHashMap, FxHashSet};

use super::counts::{ActionFact, Body, Held, IssueFact, ProfessionCounts, TownYear, Word};
use super::words::Words;
use super::{Book, NO_PROFESSION};
use crate::domain::yearly::{Fold, IssueRow, MeetingRow, ParticipantRow, YearRow, month_index};
use crate::domain::{ActionStatus, Case, Id, Meeting, Participant, RegionalIssue};

/// A profession that came to this part of a town's meetings usually comes: one of three.
const USUALLY: usize = 3;
/// So many meetings in a row without a profession, and it keeps missing.
const AWAY: usize = 2;

/// Counts the meetings of a year, town by town.
#[derive(Debug)]
pub struct Tally<'a> {
    book: Book<'a>,
    /// The bodies that the plan names for its meetings.
    planned: FxHashMap<Id<Meeting>, &'a str>,
    words: Words<'a>,
    towns: Vec<Town>,
    /// Where a town stands among them.
    places: FxHashMap<String, usize>,
    /// The meeting whose rows come, and the place of its town.
    sitting: Option<(usize, Sitting)>,
}

/// A town while its meetings come.
#[derive(Debug, Default)]
struct Town {
    year: TownYear,
    cases: FxHashSet<Id<Case>>,
    /// The cases with the bodies that brought them.
    brought: FxHashSet<(u32, Id<Case>)>,
    /// People with a name, by name and body.
    people: FxHashSet<(u64, Option<u32>)>,
    /// Of people without a name: how many of one profession and body sat at one table at most.
    nameless: FxHashMap<(u32, u32), u32>,
    /// How often each body came, and how often it brought the case.
    bodies: BTreeMap<u32, (u64, u64)>,
    professions: BTreeMap<u32, ProfessionCounts>,
    /// Issues that showed in some meeting.
    shown: FxHashSet<Id<RegionalIssue>>,
}

/// A meeting while its rows come.
#[derive(Debug)]
struct Sitting {
    held: Held,
    /// Still to come: nothing of it is counted.
    ahead: bool,
    presenter: Option<Id<Participant>>,
    /// Who is there, with profession and body.
    people: Vec<(Id<Participant>, u32, Option<u32>)>,
    nameless: FxHashMap<(u32, u32), u32>,
}

impl<'a> Tally<'a> {
    /// Nothing is counted yet.
    pub fn new(book: Book<'a>) -> Self {
        let named = book.slots.iter().filter(|slot| !slot.presenter.trim().is_empty());
        Self {
            book,
            planned: named.filter_map(|slot| Some((slot.meeting?, slot.presenter.as_str()))).collect(),
            words: Words::new(book.lists),
            towns: Vec::new(),
            places: FxHashMap::default(),
            sitting: None,
        }
    }

    /// The years of the towns, in the order in which they came first.
    pub fn finish(mut self) -> Vec<TownYear> {
        self.close_sitting();
        let words = self.words;
        self.towns.into_iter().map(|town| town.close(&words)).collect()
    }

    fn close_sitting(&mut self) {
        let Some((at, mut sitting)) = self.sitting.take() else { return };
        sitting.held.presenter = self.presenter(&sitting);
        let Some(town) = self.towns.get_mut(at) else { return };
        if sitting.ahead {
            town.year.ahead.push(sitting.held);
            return;
        }
        town.take(sitting, &mut self.words);
    }

    /// The body that brought the case: the presenter's, else the one the plan names.
    fn presenter(&self, sitting: &Sitting) -> Option<Word> {
        let person = sitting.people.iter().find(|(id, ..)| Some(*id) == sitting.presenter);
        match person {
            Some((_, _, Some(body))) => Some(self.words.body(*body)),
            Some((_, profession, None)) => Some(self.words.profession(*profession)),
            None => self.planned.get(&sitting.held.id).map(|name| Word::from(name.trim())),
        }
    }

    fn participant(&mut self, row: &ParticipantRow<'_>) {
        let Some((town, sitting)) = open(&mut self.towns, &mut self.sitting) else { return };
        let profession = self.words.profession_of(row.profession);
        let body = self.words.body_of(row.organisation);
        sitting.people.push((row.id, profession, body));
        sitting.held.participants += 1;
        let counts = &mut town.year.counts;
        match row.first_time {
            Some(true) => {
                counts.first_time += 1;
                sitting.held.first_time += 1;
            }
            Some(false) => counts.not_first_time += 1,
            None => {}
        }
        match self.words.name(row.name) {
            Some(name) => {
                town.people.insert((name, body));
            }
            None => {
                counts.nameless += 1;
                *sitting.nameless.entry((profession, body.unwrap_or(u32::MAX))).or_default() += 1;
            }
        }
    }

    fn entries(&mut self, speaker: Option<Id<Participant>>, count: u64) {
        let Some((town, sitting)) = open(&mut self.towns, &mut self.sitting) else { return };
        sitting.held.entries = sitting.held.entries.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        town.year.counts.entries += count;
        let person = speaker.and_then(|speaker| sitting.people.iter().find(|(id, ..)| *id == speaker));
        match person {
            Some((_, profession, _)) => town.professions.entry(*profession).or_default().entries += count,
            None => town.year.counts.entries_without_speaker += count,
        }
    }

    fn issue(&mut self, row: &IssueRow<'_>) {
        let Some((town, sitting)) = open(&mut self.towns, &mut self.sitting) else { return };
        let (reflected, taken_up) = self.words.decision(row.reflected);
        let fact = IssueFact {
            id: row.id,
            meeting: sitting.held.id,
            scenes: self.words.scenes(row.scenes),
            categories: self.words.categories(row.categories),
            reflected,
            taken_up,
            confirmed: row.confirmed,
        };
        sitting.held.issues += 1;
        town.issue(fact);
    }
}

impl Fold for Tally<'_> {
    fn meeting(&mut self, meeting: &MeetingRow) {
        self.close_sitting();
        let at = match self.places.get(&meeting.town) {
            Some(at) => *at,
            None => {
                let year = TownYear { town: meeting.town.clone(), ..TownYear::default() };
                self.towns.push(Town { year, ..Town::default() });
                self.places.insert(meeting.town.clone(), self.towns.len() - 1);
                self.towns.len() - 1
            }
        };
        let sitting = Sitting {
            held: held(meeting, self.words.plain(&meeting.format)),
            ahead: meeting.date.is_none_or(|day| day > self.book.today),
            presenter: meeting.presenter,
            people: Vec::new(),
            nameless: FxHashMap::default(),
        };
        self.sitting = Some((at, sitting));
    }

    fn row(&mut self, row: YearRow<'_>) {
        match row {
            YearRow::Participant(row) => self.participant(&row),
            YearRow::Entries { speaker, count } => self.entries(speaker, count),
            YearRow::Issue(row) => self.issue(&row),
            YearRow::Evidence(issue) => {
                let Some((town, sitting)) = open(&mut self.towns, &mut self.sitting) else { return };
                sitting.held.evidence = true;
                town.shown.insert(issue);
            }
            YearRow::Action(row) => {
                let Some((town, sitting)) = open(&mut self.towns, &mut self.sitting) else { return };
                let overdue = row.status.is_some_and(ActionStatus::is_open)
                    && row.until.is_some_and(|day| day < self.book.today);
                let fact = ActionFact { id: row.id, meeting: sitting.held.id, status: row.status, overdue };
                town.action(fact, row.until.is_some());
            }
        }
    }
}

/// The meeting whose rows come, with its town; none for one that is still to come.
fn open<'t>(
    towns: &'t mut [Town],
    sitting: &'t mut Option<(usize, Sitting)>,
) -> Option<(&'t mut Town, &'t mut Sitting)> {
    let (at, sitting) = sitting.as_mut()?;
    towns.get_mut(*at).zip(Some(sitting).filter(|sitting| !sitting.ahead))
}

fn each_once(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn held(meeting: &MeetingRow, format: Word) -> Held {
    Held {
        id: meeting.id,
        date: meeting.date,
        title: meeting.title.clone(),
        format,
        case: meeting.case,
        participants: 0,
        organisations: 0,
        first_time: 0,
        professions: Vec::new(),
        missing: Vec::new(),
        presenter: None,
        entries: 0,
        issues: 0,
        evidence: false,
    }
}

impl Town {
    fn issue(&mut self, fact: IssueFact) {
        let counts = &mut self.year.counts;
        counts.issues += 1;
        counts.unconfirmed += u64::from(!fact.confirmed);
        counts.taken_up += u64::from(fact.taken_up);
        for scene in fact.scenes.iter() {
            *counts.scenes.entry(scene.clone()).or_default() += 1;
            for category in fact.categories.iter() {
                *counts.heat.entry((scene.clone(), category.clone())).or_default() += 1;
            }
        }
        for category in fact.categories.iter() {
            *counts.categories.entry(category.clone()).or_default() += 1;
        }
        *counts.reflected.entry(fact.reflected.clone()).or_default() += 1;
        self.year.issues.push(fact);
    }

    fn action(&mut self, fact: ActionFact, has_day: bool) {
        let counts = &mut self.year.counts;
        let place = ActionStatus::ALL.iter().position(|s| Some(*s) == fact.status);
        if let Some(count) = place.and_then(|place| counts.actions.get_mut(place)) {
            *count += 1;
        }
        counts.overdue += u64::from(fact.overdue);
        counts.open_with_day += u64::from(fact.status.is_some_and(ActionStatus::is_open) && has_day);
        self.year.actions.push(fact);
    }

    /// A meeting that is complete.
    fn take(&mut self, sitting: Sitting, words: &mut Words<'_>) {
        let Sitting { mut held, people, nameless, .. } = sitting;
        let professions = each_once(people.iter().map(|(_, profession, _)| *profession));
        let bodies = each_once(people.iter().filter_map(|(_, _, body)| *body));
        held.organisations = u32::try_from(bodies.len()).unwrap_or(u32::MAX);
        held.professions = professions.iter().map(|p| words.profession(*p)).collect();
        held.evidence |= held.issues > 0;
        for (_, profession, _) in &people {
            self.professions.entry(*profession).or_default().attendances += 1;
        }
        for profession in professions {
            self.professions.entry(profession).or_default().meetings += 1;
        }
        for (group, at_once) in nameless {
            let most = self.nameless.entry(group).or_default();
            *most = at_once.max(*most);
        }
        let counts = &mut self.year.counts;
        counts.attendances += u64::from(held.participants);
        counts.organisation_visits += bodies.len() as u64;
        for body in bodies {
            self.bodies.entry(body).or_default().0 += 1;
        }
        match &held.presenter {
            Some(presenter) => {
                let body = words.body_id(presenter);
                self.bodies.entry(body).or_default().1 += 1;
                self.brought.extend(held.case.map(|case| (body, case)));
            }
            None => counts.without_presenter += 1,
        }
        *counts.formats.entry(held.format.clone()).or_default() += 1;
        if let Some(case) = held.case {
            counts.case_meetings += 1;
            self.cases.insert(case);
        }
        counts.evidence_meetings += u64::from(held.evidence);
        if let Some(month) = held.date.and_then(|day| counts.months.get_mut(month_index(day))) {
            month.meetings += 1;
            month.attendances += u64::from(held.participants);
        }
        self.year.held.push(held);
    }

    fn close(mut self, words: &Words<'_>) -> TownYear {
        let counts = &mut self.year.counts;
        counts.towns = u64::from(!self.year.held.is_empty());
        counts.cases = self.cases.len() as u64;
        counts.named_people = self.people.len() as u64;
        counts.nameless_people = self.nameless.values().map(|n| u64::from(*n)).sum();
        counts.organisations = self.bodies.values().filter(|(came, _)| *came > 0).count() as u64;
        counts.presenting = self.bodies.values().filter(|(_, presented)| *presented > 0).count() as u64;
        let raised: FxHashSet<_> = self.year.issues.iter().map(|issue| issue.id).collect();
        counts.issues_again = self.shown.difference(&raised).count() as u64;
        let professions = mem::take(&mut self.professions);
        counts.professions = professions.into_iter().map(|(p, n)| (words.profession(p), n)).collect();
        self.year.in_order();
        self.year.missing();
        let mut brought: FxHashMap<u32, u64> = FxHashMap::default();
        self.brought.iter().for_each(|(body, _)| *brought.entry(*body).or_default() += 1);
        let body = |(body, (meetings, presented)): (&u32, &(u64, u64))| Body {
            name: words.body(*body),
            meetings: *meetings,
            presented: *presented,
            cases: brought.get(body).copied().unwrap_or(0),
        };
        self.year.bodies = self.bodies.iter().map(body).collect();
        self.year
            .bodies
            .sort_by(|a, b| (b.presented, b.meetings, &a.name).cmp(&(a.presented, a.meetings, &b.name)));
        self.year
    }
}

impl TownYear {
    /// Orders the meetings by their days, and what belongs to them with them.
    fn in_order(&mut self) {
        self.held.sort_by_key(|held| (held.date, held.id));
        self.ahead.sort_by_key(|held| (held.date, held.id));
        let places: FxHashMap<Id<Meeting>, usize> = self.held.iter().map(|h| h.id).zip(0..).collect();
        let place = |meeting| places.get(&meeting).copied();
        self.issues.sort_by_key(|issue| place(issue.meeting));
        self.actions.sort_by_key(|action| place(action.meeting));
    }

    /// Says of each meeting who usually comes and did not.
    fn missing(&mut self) {
        let all = self.held.len();
        let usual: Vec<Word> = self
            .counts
            .professions
            .iter()
            .filter(|(word, n)| {
                all >= AWAY && n.meetings as usize * USUALLY >= all && word.as_ref() != NO_PROFESSION
            })
            .map(|(word, _)| word.clone())
            .collect();
        for held in &mut self.held {
            held.missing = usual.iter().filter(|word| !held.professions.contains(word)).cloned().collect();
        }
        self.counts.short_meetings = self.held.iter().filter(|held| !held.missing.is_empty()).count() as u64;
        for word in usual {
            let Some(counts) = self.counts.professions.get_mut(&word) else { continue };
            counts.usual = 1;
            counts.missing = all as u64 - counts.meetings;
            counts.away = u64::from(self.held.iter().rev().take(AWAY).all(|h| h.missing.contains(&word)));
        }
    }
}
