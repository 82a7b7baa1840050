//! Whether the records of a file hang together: every id once, all of one meeting, whatever cannot be without something
//! else has it, and no value is beyond its bounds.
//!
//! Who said a thing, which twig it hangs on and which issue an action answers may be missing, as in the records
//! themselves: such an entry is still an entry, and a file that the program wrote must always come back.

use std::collections::HashSet;

use uuid::Uuid;

use super::json::{Records, YearRows};
use super::read::{Place, ReadError};
use crate::domain::fields::Described;
use crate::domain::{
    Escalation, Id, JournalEntry, Key, Meeting, Passage, Record, RecordVersions, Slot, bounds,
};

/// What does not hang together: the id that is wrong, and what about it.
struct Fault {
    id: Uuid,
    what: String,
    /// The id stands twice as an `id`; the second one is the fault.
    second: bool,
}

impl Fault {
    fn new<T>(id: Id<T>, what: String) -> Self {
        Self { id: id.uuid(), what, second: false }
    }
}

/// Checks all ids and references; the first fault is told with its place in the text, where it can be found.
pub(super) fn check(records: &Records, text: &str) -> Result<(), ReadError> {
    all_of_one_meeting(records)
        .and_then(|()| head(records))
        .and_then(|()| links(records))
        .and_then(|()| escalations(records))
        .map_err(|fault| told(text, fault))
}

/// Checks what is written down about years: every id once, and that of a cell the one of its place.
pub(super) fn check_years(rows: &YearRows, text: &str) -> Result<(), ReadError> {
    misplaced(rows.passages.iter())
        .and_then(|()| once(Slot::NOUN, rows.slots.iter().map(|r| r.id.uuid())))
        .and_then(|()| once(Passage::NOUN, rows.passages.iter().map(|r| r.id.uuid())))
        .map_err(|fault| told(text, fault))
}

fn misplaced<'a>(mut cells: impl Iterator<Item = &'a Passage>) -> Result<(), Fault> {
    match cells.find(|cell| cell.id != cell.place()) {
        Some(Passage { id, .. }) => {
            Err(Fault::new(*id, format!("{} {id} の id が、その欄のものではありません", Passage::NOUN)))
        }
        None => Ok(()),
    }
}

/// Checks the values of records by themselves.
pub(super) fn check_bounds<'a>(
    mut records: impl Iterator<Item = &'a Record>,
    text: &str,
) -> Result<(), ReadError> {
    let fault = records.find_map(|record| Some((record.key().id, bounds::fault(record)?)));
    fault.map_or(Ok(()), |(id, what)| Err(told(text, Fault { id, what, second: false })))
}

/// Checks when the records were written, and that nothing stands that was taken away.
pub(super) fn check_stamps(stamps: &RecordVersions, records: &[Record], text: &str) -> Result<(), ReadError> {
    let moments = stamps.standing.iter().chain(&stamps.removed);
    let far = moments.flat_map(|(key, versions)| versions.moments().map(move |at| (key.id, at)));
    let mut faults = far.filter_map(|(id, at)| Some((id, bounds::fault_of_millis(at)?)));
    if let Some((id, what)) = faults.next() {
        return Err(told(
            text,
            Fault { id, what: format!("記録 {id} の書かれた時刻が、{what}"), second: false },
        ));
    }
    match records.iter().map(Record::key).find(|key| stamps.removed.contains_key(key)) {
        Some(Key { id, .. }) => {
            let what = format!("記録 {id} が、今あるものと消したものの両方にあります");
            Err(told(text, Fault { id, what, second: false }))
        }
        None => Ok(()),
    }
}

/// Checks the values of lines that could not be saved.
pub(super) fn check_lines(lines: &[JournalEntry], text: &str) -> Result<(), ReadError> {
    let edits = || lines.iter().map(|line| &line.edit);
    if let Some((id, what)) = edits().find_map(|edit| Some((edit.id, bounds::fault_of_moment(edit.at)?))) {
        return Err(told(text, Fault::new(id, format!("変更 {id} の時刻が、{what}"))));
    }
    let changes = edits().flat_map(|edit| &edit.changes);
    let cells = changes.clone().filter_map(|change| match change.after() {
        Some(Record::Passage(cell)) => Some(cell),
        _ => None,
    });
    misplaced(cells).map_err(|fault| told(text, fault))?;
    check_bounds(changes.flat_map(|change| change.before().into_iter().chain(change.after())), text)
}

fn told(text: &str, fault: Fault) -> ReadError {
    ReadError::Reference { place: find(text, &fault), what: fault.what }
}

fn find(text: &str, fault: &Fault) -> Option<Place> {
    let id = fault.id.to_string();
    let is_own = |at: usize| {
        let key = text[..at].trim_end_matches('"').trim_end().trim_end_matches(':').trim_end();
        key.ends_with("\"id\"")
    };
    let mut places = text.match_indices(&id).map(|(at, _)| at);
    let at = if fault.second { places.filter(|at| is_own(*at)).nth(1) } else { places.next() };
    at.map(|at| Place::of(text, at))
}

fn all_of_one_meeting(records: &Records) -> Result<(), Fault> {
    macro_rules! each {
        ($($rows:ident),+) => {
            $(each(&records.$rows, |row| (row.id.uuid(), row.meeting), records.meeting.id)?;)+
        };
    }
    each!(participants, nodes, links, actions, regional_issues, escalations, evidence, reflections);
    Ok(())
}

/// Checks records of one kind: `of` says which record it is, and of which meeting.
fn each<T: Described>(
    rows: &[T],
    of: impl Fn(&T) -> (Uuid, Id<Meeting>),
    meeting: Id<Meeting>,
) -> Result<(), Fault> {
    match rows.iter().map(&of).find(|(_, of)| *of != meeting) {
        Some((id, other)) => {
            let name = T::NOUN;
            Err(Fault::new(other, format!("{name} {id} が、別の会議 {other} のものになっています")))
        }
        None => once(T::NOUN, rows.iter().map(|row| of(row).0)),
    }
}

fn once(name: &str, mut ids: impl Iterator<Item = Uuid>) -> Result<(), Fault> {
    let mut seen = HashSet::new();
    match ids.find(|id| !seen.insert(*id)) {
        Some(id) => {
            Err(Fault { id, what: format!("同じ id の{name}が二つあります: {id}"), second: true })
        }
        None => Ok(()),
    }
}

fn ids<T>(rows: &[T], id: impl Fn(&T) -> Id<T>) -> HashSet<Id<T>> {
    rows.iter().map(id).collect()
}

fn head(records: &Records) -> Result<(), Fault> {
    let meeting = &records.meeting;
    if records.progress.meeting() != meeting.id {
        return Err(Fault::new(records.progress.id, "進み具合が、別の会議のものになっています".to_owned()));
    }
    let (step, steps) = (records.progress.step, meeting.steps.len());
    if step >= steps.max(1) {
        let what = format!(
            "今の段階が {}番目になっていますが、段階は {steps} しかありません",
            step.saturating_add(1)
        );
        return Err(Fault::new(records.progress.id, what));
    }
    let case = records.case.as_ref().map(|c| c.id);
    match meeting.case.or(case) {
        Some(id) if meeting.case != case => {
            Err(Fault::new(id, format!("会議の事例と、記録されている事例が合いません: {id}")))
        }
        _ => Ok(()),
    }
}

fn links(records: &Records) -> Result<(), Fault> {
    let nodes = ids(&records.nodes, |r| r.id);
    let ends = records.links.iter().flat_map(|link| [(link.id, link.from, "元"), (link.id, link.to, "先")]);
    for (link, end, which) in ends {
        if !nodes.contains(&end) {
            return Err(Fault::new(
                end,
                format!("つながり {link} の{which}の枝 {end} が、この記録にありません"),
            ));
        }
    }
    Ok(())
}

/// Evidence may show an issue of another meeting; a step of the way goes with its issue.
fn escalations(records: &Records) -> Result<(), Fault> {
    let issues = ids(&records.regional_issues, |r| r.id);
    match records.escalations.iter().find(|e| !issues.contains(&e.issue)) {
        Some(Escalation { id, issue, .. }) => {
            Err(Fault::new(*issue, format!("経過 {id} が指す地域課題 {issue} が、この記録にありません")))
        }
        None => Ok(()),
    }
}
