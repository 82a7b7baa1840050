//! Whether the records of a file hang together: every id once, and every reference leading somewhere.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::json::Records;
use super::read::{Place, ReadError};
use crate::domain::{Action, Evidence, Id, Link, Meeting, Node, Participant, Reflection, RegionalIssue};

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

/// A record of one meeting.
trait Row {
    /// What people call such a record.
    const NAME: &'static str;
    fn id(&self) -> Uuid;
    fn meeting(&self) -> Id<Meeting>;
}

macro_rules! row {
    ($($record:ident => $name:literal),+ $(,)?) => {
        $(impl Row for $record {
            const NAME: &'static str = $name;
            fn id(&self) -> Uuid {
                self.id.uuid()
            }
            fn meeting(&self) -> Id<Meeting> {
                self.meeting
            }
        })+
    };
}
row!(
    Participant => "参加者",
    Node => "枝",
    Link => "つながり",
    Action => "行動計画の行",
    RegionalIssue => "地域課題",
    Evidence => "地域課題の根拠",
    Reflection => "振り返り",
);

/// Checks all ids and references; the first fault is told with its place in the text, where it can be found.
pub(super) fn check(records: &Records, text: &str) -> Result<(), ReadError> {
    let meeting = records.meeting.id;
    each(&records.participants, meeting)
        .and_then(|()| each(&records.nodes, meeting))
        .and_then(|()| each(&records.links, meeting))
        .and_then(|()| each(&records.actions, meeting))
        .and_then(|()| each(&records.regional_issues, meeting))
        .and_then(|()| each(&records.evidence, meeting))
        .and_then(|()| each(&records.reflections, meeting))
        .and_then(|()| head(records))
        .and_then(|()| map(records))
        .and_then(|()| outcomes(records))
        .map_err(|fault| ReadError::Reference { place: find(text, &fault), what: fault.what })
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

fn each<T: Row>(rows: &[T], meeting: Id<Meeting>) -> Result<(), Fault> {
    let mut seen = HashSet::new();
    for row in rows {
        let (name, id, other) = (T::NAME, row.id(), row.meeting());
        if other != meeting {
            return Err(Fault::new(other, format!("{name} {id} が、別の会議 {other} のものになっています")));
        }
        if !seen.insert(id) {
            return Err(Fault {
                id, what: format!("同じ id の{name}が二つあります: {id}"), second: true
            });
        }
    }
    Ok(())
}

/// Says that `id`, named by a `whose`, must be among the known ids.
fn known<T>(id: Option<Id<T>>, ids: &HashSet<Id<T>>, whose: &str) -> Result<(), Fault> {
    match id {
        Some(id) if !ids.contains(&id) => {
            Err(Fault::new(id, format!("{whose} {id} が、この記録にありません")))
        }
        _ => Ok(()),
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
    let case = records.case.as_ref().map(|c| c.id);
    if let (true, Some(id)) = (meeting.case != case, meeting.case.or(case)) {
        return Err(Fault::new(id, format!("会議の事例と、記録されている事例が合いません: {id}")));
    }
    let people = ids(&records.participants, |r| r.id);
    for facilitator in meeting.facilitators {
        known(facilitator, &people, "ファシリテーター")?;
    }
    known(meeting.presenter, &people, "事例提供者")
}

fn map(records: &Records) -> Result<(), Fault> {
    let nodes = ids(&records.nodes, |r| r.id);
    let people = ids(&records.participants, |r| r.id);
    for node in &records.nodes {
        known(node.parent, &nodes, "枝の親")?;
        known(node.speaker, &people, "枝の発言者")?;
    }
    for link in &records.links {
        known(Some(link.from), &nodes, "つながりの元の枝")?;
        known(Some(link.to), &nodes, "つながりの先の枝")?;
    }
    circles(&records.nodes)
}

/// A twig that hangs on itself, by however many others.
fn circles(nodes: &[Node]) -> Result<(), Fault> {
    let parents: HashMap<Id<Node>, Option<Id<Node>>> = nodes.iter().map(|n| (n.id, n.parent)).collect();
    let mut safe: HashSet<Id<Node>> = HashSet::new();
    for node in nodes {
        let mut path = HashSet::new();
        let mut at = Some(node.id);
        while let Some(id) = at.filter(|id| !safe.contains(id)) {
            if !path.insert(id) {
                return Err(Fault::new(id, format!("枝が輪になってつながっています: {id}")));
            }
            at = parents.get(&id).copied().flatten();
        }
        safe.extend(path);
    }
    Ok(())
}

fn outcomes(records: &Records) -> Result<(), Fault> {
    let nodes = ids(&records.nodes, |r| r.id);
    let people = ids(&records.participants, |r| r.id);
    let regional = ids(&records.regional_issues, |r| r.id);
    for action in &records.actions {
        known(action.issue, &nodes, "行動計画の課題")?;
        for person in &action.who {
            known(Some(*person), &people, "行動計画の担当者")?;
        }
    }
    for evidence in &records.evidence {
        known(Some(evidence.issue), &regional, "根拠が指す地域課題")?;
        known(evidence.node, &nodes, "根拠が指す枝")?;
    }
    for reflection in &records.reflections {
        known(reflection.speaker, &people, "振り返りの発言者")?;
    }
    Ok(())
}
