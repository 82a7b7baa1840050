//! What becomes known: words that stand beside a field are read again as soon as there is what they name.

use super::aside::{Aside, beside, parts, put, together};
use super::fields::{ActionField, EvidenceField, MeetingField};
use super::text::{Fit, number, sought};
use super::{
    Action, Change, Dossier, Evidence, Id, IdSource, Kind, Lists, Meeting, Node, Participant, Record,
    RegionalIssue, SEATS, people,
};

impl Action {
    /// Words for those who do it, where nobody at the table is meant.
    pub fn others(&self) -> &str {
        beside(&self.aside, ActionField::Who.key())
    }

    /// Whether it was not said who does it.
    pub fn is_nobodys(&self) -> bool {
        self.who.is_empty() && self.others().is_empty()
    }
}

impl Dossier {
    /// What those are called who do an action: those at the table, then the others.
    pub fn doers<'a>(&'a self, action: &'a Action) -> Vec<&'a str> {
        let people = action.who.iter().filter_map(|id| self.participants.get(id)).map(Participant::label);
        people.chain([action.others()]).filter(|who| !who.is_empty()).collect()
    }
}

/// What changes with others that make somebody or something known: the words that named it are read again.
pub fn read_again(changes: &[Change], dossier: &Dossier, lists: &Lists, mint: &mut IdSource) -> Vec<Change> {
    let makes_known = |c: &Change| matches!(c.after(), Some(Record::Participant(_) | Record::Node(_)));
    let any = !dossier.meeting.aside.is_empty()
        || dossier.actions.values().any(|a| !a.aside.is_empty())
        || dossier.regional.values().any(|r| !r.aside.is_empty());
    if !any || !changes.iter().any(makes_known) {
        return Vec::new();
    }
    let mut after = dossier.clone();
    if after.apply_all(changes).is_err() {
        return Vec::new();
    }
    let known = Known { dossier: &after, lists, changes };
    let mut out = Vec::new();
    let meeting = known.meeting(&after.meeting);
    if meeting != after.meeting {
        out.push(Change::replace(after.meeting.clone(), meeting));
    }
    for action in after.actions.values() {
        let read = known.action(action);
        if read != *action {
            out.push(Change::replace(action.clone(), read));
        }
    }
    for issue in after.regional.values() {
        let (read, nodes) = known.issue(issue);
        if read != *issue {
            out.push(Change::replace(issue.clone(), read));
            out.extend(nodes.into_iter().map(|node| {
                Change::add(Evidence {
                    id: mint.id(),
                    issue: issue.id,
                    meeting: issue.meeting,
                    node: Some(node),
                })
            }));
        }
    }
    out
}

/// What became known, and the meeting as it stands with it.
struct Known<'a> {
    dossier: &'a Dossier,
    lists: &'a Lists,
    changes: &'a [Change],
}

impl Known<'_> {
    fn is_new<T>(&self, id: Id<T>) -> bool {
        self.changes.iter().any(|change| change.key().id == id.uuid())
    }

    /// Whom words mean now: somebody new, or several with one among them who is.
    fn people(&self, words: &str) -> Vec<Id<Participant>> {
        let new = |words: &str| {
            let found = people::awaited(words, self.dossier, self.lists).into_iter();
            found.filter(|id| self.is_new(*id)).take(1).collect::<Vec<_>>()
        };
        let one = new(words);
        let parts = || people::together(words, self.dossier, self.lists).unwrap_or_default();
        let any_new = |parts: &[&str]| parts.iter().any(|part| !new(part).is_empty());
        let named = |part| people::named(part, self.dossier, self.lists);
        match one.is_empty().then(parts).filter(|parts| any_new(parts)) {
            // Kin among them would be lost: the words stay as they are.
            Some(parts) => parts.into_iter().map(named).collect::<Option<_>>().unwrap_or_default(),
            None => one,
        }
    }

    fn node(&self, words: &str, of: impl Fn(&Node) -> bool) -> Option<Id<Node>> {
        let (query, figure) = (sought(words), number(words.trim()));
        let fits = |node: &&Node| match figure {
            Some(figure) => (node.kind == Kind::Issue && node.number == figure).then_some(Fit::Same),
            None => Fit::of(&query, &sought(&node.text)).filter(|fit| *fit != Fit::Holds),
        };
        let new = self.dossier.nodes.values().filter(|node| self.is_new(node.id) && of(node));
        let found = new.filter_map(|node| Some((fits(&node)?, node.id)));
        found.min_by_key(|(fit, _)| *fit as u8).map(|(_, id)| id)
    }

    fn meeting(&self, meeting: &Meeting) -> Meeting {
        let mut read = meeting.clone();
        // A seat is for one.
        let person = |word: &str| <[_; 1]>::try_from(self.people(word)).ok().into_iter().flatten();
        let presents = [(&mut read.presenter, MeetingField::Presenter.key())];
        // Whoever sits there already stays.
        for (seat, field) in read.facilitators.iter_mut().zip(SEATS).chain(presents) {
            if seat.is_none() {
                *seat = taken(&mut read.aside, field, person).pop();
            }
        }
        // The other one waited for whoever sits in one already.
        if read.facilitators[0] == read.facilitators[1] {
            read.facilitators[1] = None;
        }
        read
    }

    fn action(&self, action: &Action) -> Action {
        let mut read = action.clone();
        for person in taken(&mut read.aside, ActionField::Who.key(), |word| self.people(word)) {
            if !read.who.contains(&person) {
                read.who.push(person);
            }
        }
        let is_issue = |node: &Node| node.kind == Kind::Issue;
        let issue = taken(&mut read.aside, ActionField::Issue.key(), |word| self.node(word, is_issue));
        read.issue = issue.into_iter().next().or(read.issue);
        read
    }

    fn issue(&self, issue: &RegionalIssue) -> (RegionalIssue, Vec<Id<Node>>) {
        let mut read = issue.clone();
        let field = EvidenceField::Node.key();
        let mut nodes = taken(&mut read.aside, field, |word| self.node(word, |_| true));
        let stands = |id: &Id<Node>| self.dossier.evidence_of(issue.id).any(|e| e.node == Some(*id));
        nodes.retain(|id| !stands(id));
        nodes.dedup();
        (read, nodes)
    }
}

/// Reads what stands beside a field word by word; what still means nothing stays.
fn taken<T, F: IntoIterator<Item = T>>(
    asides: &mut Vec<Aside>,
    field: &str,
    of: impl Fn(&str) -> F,
) -> Vec<T> {
    let words = beside(asides, field).to_owned();
    let (mut found, mut left) = (Vec::new(), Vec::new());
    for word in parts(&words) {
        let before = found.len();
        found.extend(of(word));
        if found.len() == before {
            left.push(word);
        }
    }
    put(asides, field, &together(left));
    found
}
