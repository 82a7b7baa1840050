//! The next meeting of a case: it begins where the last one ended.

use std::collections::HashMap;

use super::{Dossier, Id, IdSource, Link, Meeting, Moment, Node, Progress};

/// What of the last map the next meeting begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// All entries and links, as copies: what changes on them leaves the last map as it was.
    LastMap,
    /// Nothing.
    EmptyMap,
}

impl Dossier {
    /// The next meeting of the same case in the same way of meeting, with nobody at the table yet. Whoever said a copied entry
    /// was there the last time: it stands without a speaker, and counts for nobody.
    pub fn followed(&self, beginning: Beginning, title: String, mint: &mut IdSource, at: Moment) -> Dossier {
        let last = &self.meeting;
        let today = at.date_naive();
        let meeting = Meeting {
            title,
            date: last.next_date.filter(|next| *next >= today).or(Some(today)),
            venue: last.venue.clone(),
            organiser: last.organiser.clone(),
            town: last.town.clone(),
            format: last.format.clone(),
            steps: last.steps.clone(),
            branches: last.branches.clone(),
            case: last.case,
            ..Meeting::new(mint.id())
        };
        let mut next =
            Dossier { progress: Progress::new(meeting.id), ..Dossier::new(meeting, self.case.clone()) };
        if beginning == Beginning::LastMap {
            next.copy_map(self, mint);
        }
        next
    }

    fn copy_map(&mut self, last: &Dossier, mint: &mut IdSource) {
        let meeting = self.meeting.id;
        let ids: HashMap<Id<Node>, Id<Node>> = last.nodes.keys().map(|id| (*id, mint.id())).collect();
        for (id, node) in &last.nodes {
            let copy = Node {
                id: ids[id],
                meeting,
                // A parent that is missing there cannot be copied: such a twig hangs on its branch here, too.
                parent: node.parent.and_then(|parent| ids.get(&parent).copied()),
                speaker: None,
                ..node.clone()
            };
            self.nodes.insert(copy.id, copy);
        }
        for link in last.links.values() {
            if let (Some(from), Some(to)) = (ids.get(&link.from), ids.get(&link.to)) {
                let copy = Link { id: mint.id(), meeting, from: *from, to: *to, ..link.clone() };
                self.links.insert(copy.id, copy);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Case, Kind, Now};

    fn last() -> (Dossier, IdSource, Moment) {
        let at: Moment = "2026-05-21T15:00:00+09:00".parse().unwrap();
        let mut mint = Now { at, seed: 1 }.ids();
        let case = Case::new(mint.id(), "2026-03");
        let meeting = Meeting {
            town: "山の町".into(),
            next_date: "2026-07-16".parse().ok(),
            case: Some(case.id),
            ..Meeting::new(mint.id())
        };
        let mut dossier = Dossier::new(meeting, Some(case));
        let cause = Node {
            kind: Kind::Issue,
            number: 1,
            speaker: Some(mint.id()),
            ..Node::new(mint.id(), dossier.meeting.id, "残薬が多い", at)
        };
        let twig = Node {
            parent: Some(cause.id),
            ..Node::new(mint.id(), dossier.meeting.id, "袋に3か月分", at)
        };
        let link = Link {
            id: mint.id(),
            meeting: dossier.meeting.id,
            from: cause.id,
            to: twig.id,
            label: "なので".into(),
            at,
        };
        dossier.nodes.extend([(cause.id, cause), (twig.id, twig)]);
        dossier.links.insert(link.id, link);
        (dossier, mint, at)
    }

    #[test]
    fn 次の会議は前の地図の写しから始まる() {
        let (last, mut mint, at) = last();
        let next = last.followed(Beginning::LastMap, "第3回".into(), &mut mint, at);
        assert_eq!((next.meeting.case, &next.meeting.town), (last.meeting.case, &last.meeting.town));
        assert_eq!(next.meeting.date, last.meeting.next_date);
        let words = |d: &Dossier| {
            let mut words: Vec<_> = d.nodes.values().map(|n| (n.text.clone(), n.number, n.kind)).collect();
            words.sort();
            words
        };
        assert_eq!(words(&next), words(&last));
        assert!(next.nodes.keys().all(|id| !last.nodes.contains_key(id)));
        assert!(next.nodes.values().all(|n| n.speaker.is_none() && n.meeting == next.meeting.id));
        let twig = next.nodes.values().find(|n| n.parent.is_some()).unwrap();
        assert_eq!(next.nodes[&twig.parent.unwrap()].text, "残薬が多い");
        let link = next.links.values().next().unwrap();
        assert_eq!((next.nodes[&link.from].number, link.to), (1, twig.id));
        // What goes to the disk hangs together.
        let mut again = Dossier::new(next.meeting.clone(), next.case.clone());
        again.apply_all(&next.records().skip(3).map(crate::domain::Change::add).collect::<Vec<_>>()).unwrap();
        assert_eq!(again, next);
    }

    #[test]
    fn まっさらな地図でも事例は同じ() {
        let (mut last, mut mint, at) = last();
        last.meeting.next_date = "2026-05-01".parse().ok();
        let next = last.followed(Beginning::EmptyMap, "第3回".into(), &mut mint, at);
        assert!(next.nodes.is_empty() && next.links.is_empty());
        assert_eq!(next.case, last.case);
        assert_eq!(next.meeting.date, Some(at.date_naive()), "the next date has passed");
    }
}
