//! From an idea on the map to an action of the plan: which issue it answers, and which ideas have become actions.

use std::collections::BTreeMap;

use super::{Action, Dossier, Id, Kind, Link, Node, Tree};

/// The ideas that have become actions, each with the first action it became. The words of either may be others by now.
pub fn planned(dossier: &Dossier) -> BTreeMap<Id<Node>, Id<Action>> {
    let mut planned = BTreeMap::new();
    for action in dossier.plan() {
        if let Some(idea) = action.idea {
            planned.entry(idea).or_insert(action.id);
        }
    }
    planned
}

/// The issue a twig hangs under, the nearest of several.
pub fn issue_above<'a>(dossier: &'a Dossier, node: &Node) -> Option<&'a Node> {
    let up = |id: Id<Node>| dossier.nodes.get(&id);
    // As many steps as there are twigs: a broken map may hang in a circle.
    let above = std::iter::successors(node.parent.and_then(up), |n| n.parent.and_then(up));
    above.take(dossier.nodes.len()).find(|n| n.kind == Kind::Issue)
}

/// The issue an idea answers: the one it hangs under, else the first it is linked with.
pub fn issue_of<'a>(dossier: &'a Dossier, idea: &Node) -> Option<&'a Node> {
    let other = |link: &Link| match (link.from == idea.id, link.to == idea.id) {
        (true, _) => Some(link.to),
        (_, true) => Some(link.from),
        _ => None,
    };
    let linked = || dossier.links.values().filter_map(other).filter_map(|id| dossier.nodes.get(&id));
    issue_above(dossier, idea).or_else(|| linked().find(|n| n.kind == Kind::Issue))
}

/// All ideas of the map, each with the issue it answers: by the numbers of the issues, then those that answer none; among
/// themselves as they stand on the map.
pub fn by_issue<'a>(dossier: &'a Dossier, tree: &Tree) -> Vec<(&'a Node, Option<&'a Node>)> {
    let nodes = tree.depth_first().into_iter().filter_map(|id| dossier.nodes.get(&id));
    let ideas = nodes.filter(|n| n.kind == Kind::Idea);
    let mut ideas: Vec<_> = ideas.map(|idea| (idea, issue_of(dossier, idea))).collect();
    ideas.sort_by_key(|(_, issue)| issue.map_or((true, 0, None), |n| (false, n.number, Some(n.id))));
    ideas
}

/// The action an idea becomes: its words, the issue it answers, and who said it, if they are at the table.
pub fn action(dossier: &Dossier, id: Id<Action>, idea: &Node) -> Action {
    Action {
        issue: issue_of(dossier, idea).map(|n| n.id),
        idea: Some(idea.id),
        what: idea.text.clone(),
        who: idea.speaker.filter(|id| dossier.participants.contains_key(id)).into_iter().collect(),
        rank: dossier.plan().last().map_or(0, |last| last.rank.saturating_add(1)),
        ..Action::new(id, dossier.meeting.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Change, IdSource, Meeting, Moment, Now, Participant};

    /// A house that fills up with things, and who looks after the man in it.
    struct Table {
        mint: IdSource,
        dossier: Dossier,
    }

    fn at() -> Moment {
        "2026-09-03T10:00:00+09:00".parse().unwrap()
    }

    impl Table {
        fn new() -> Self {
            let mut mint = Now { at: at(), seed: 3 }.ids();
            let dossier = Dossier::new(Meeting::new(mint.id()), None);
            Self { mint, dossier }
        }

        fn put(&mut self, record: impl Into<super::super::Record>) {
            self.dossier.apply_all(&[Change::add(record)]).unwrap();
        }

        fn twig(&mut self, text: &str, kind: Kind, parent: Option<Id<Node>>) -> Id<Node> {
            let number = if kind == Kind::Issue { super::super::map::next_number(&self.dossier) } else { 0 };
            let node = Node::new(self.mint.id(), self.dossier.meeting.id, text, at());
            let node = Node { kind, parent, number, rank: self.dossier.nodes.len() as i64, ..node };
            self.put(node.clone());
            node.id
        }

        fn link(&mut self, from: Id<Node>, to: Id<Node>) {
            let (id, meeting) = (self.mint.id(), self.dossier.meeting.id);
            self.put(Link { id, meeting, from, to, label: String::new(), at: at() });
        }

        fn issue_of(&self, idea: Id<Node>) -> Option<&str> {
            issue_of(&self.dossier, &self.dossier.nodes[&idea]).map(|n| n.text.as_str())
        }

        fn take(&mut self, idea: Id<Node>) -> Action {
            let action = action(&self.dossier, self.mint.id(), &self.dossier.nodes[&idea]);
            self.put(action.clone());
            action
        }
    }

    #[test]
    fn 支援策の課題は上のいちばん近い課題でなければつながる課題() {
        let mut t = Table::new();
        let far = t.twig("家に物があふれる", Kind::Issue, None);
        let fact = t.twig("玄関が開かない", Kind::Fact, Some(far));
        let near = t.twig("転んでも助けを呼べない", Kind::Issue, Some(fact));
        let under = t.twig("週に一度の声かけ", Kind::Idea, Some(near));
        let deeper = t.twig("新聞店にも頼む", Kind::Idea, Some(under));
        let beside = t.twig("福祉事務所と片づけの日を決める", Kind::Idea, Some(fact));
        let alone = t.twig("趣味の将棋にさそう", Kind::Idea, None);
        assert_eq!(t.issue_of(under), Some("転んでも助けを呼べない"));
        assert_eq!(t.issue_of(deeper), Some("転んでも助けを呼べない"));
        assert_eq!(t.issue_of(beside), Some("家に物があふれる"));
        assert_eq!(t.issue_of(alone), None);
        // What is linked with something else answers no issue.
        t.link(fact, alone);
        assert_eq!(t.issue_of(alone), None);
        t.link(alone, far);
        assert_eq!(t.issue_of(alone), Some("家に物があふれる"));
        // What it hangs under is nearer than what it is linked with.
        t.link(under, far);
        assert_eq!(t.issue_of(under), Some("転んでも助けを呼べない"));
    }

    #[test]
    fn 輪になった枝でも課題をさがし終える() {
        let mut t = Table::new();
        let a = t.twig("妹の送り迎え", Kind::Idea, None);
        let b = t.twig("学校を休みがち", Kind::Fact, Some(a));
        let node = t.dossier.nodes[&a].clone();
        t.dossier.apply(&Change::replace(node.clone(), Node { parent: Some(b), ..node })).unwrap();
        assert_eq!(t.issue_of(a), None);
        assert_eq!(by_issue(&t.dossier, &Tree::new(&t.dossier)).len(), 1);
    }

    #[test]
    fn 支援策は課題の番号の順に並び課題のないものがあとに来る() {
        let mut t = Table::new();
        t.twig("将棋にさそう", Kind::Idea, None);
        let first = t.twig("物があふれる", Kind::Issue, None);
        let second = t.twig("食べていない", Kind::Issue, None);
        t.twig("配食を試す", Kind::Idea, Some(second));
        t.twig("片づけの日", Kind::Idea, Some(first));
        t.twig("ごみ出しの手伝い", Kind::Idea, Some(first));
        let all = by_issue(&t.dossier, &Tree::new(&t.dossier));
        let words: Vec<_> = all.iter().map(|(idea, issue)| (issue.map(|n| n.number), &*idea.text)).collect();
        let want = [
            (Some(1), "片づけの日"),
            (Some(1), "ごみ出しの手伝い"),
            (Some(2), "配食を試す"),
            (None, "将棋にさそう"),
        ];
        assert_eq!(words, want);
    }

    #[test]
    fn 行動になった支援策はことばを直しても分かる() {
        let mut t = Table::new();
        let person = Participant::new(t.mint.id(), t.dossier.meeting.id, "P01");
        let issue = t.twig("弟の世話で眠れない", Kind::Issue, None);
        let idea = t.twig("朝の登校に付きそう", Kind::Idea, Some(issue));
        let other = t.twig("家事の手伝いを入れる", Kind::Idea, Some(issue));
        t.put(person.clone());
        let node = t.dossier.nodes[&idea].clone();
        t.dossier.apply(&Change::replace(node.clone(), Node { speaker: Some(person.id), ..node })).unwrap();
        assert_eq!(planned(&t.dossier), BTreeMap::new());
        let action = t.take(idea);
        assert_eq!((action.what.as_str(), action.issue), ("朝の登校に付きそう", Some(issue)));
        assert_eq!((action.who.as_slice(), action.rank), ([person.id].as_slice(), 0));
        let second = t.take(idea);
        assert_eq!(second.rank, 1);
        // Both are given other words; the other idea has the same words as one of them and is none of it.
        let reworded = Action { what: "家事の手伝いを入れる".into(), ..action.clone() };
        t.dossier.apply(&Change::replace(action.clone(), reworded)).unwrap();
        let node = t.dossier.nodes[&idea].clone();
        t.dossier
            .apply(&Change::replace(node.clone(), Node { text: "朝は先生が迎える".into(), ..node }))
            .unwrap();
        assert_eq!(planned(&t.dossier), BTreeMap::from([(idea, action.id)]));
        assert!(!planned(&t.dossier).contains_key(&other));
    }

    #[test]
    fn 支援策のない行動の記録は前と同じ形() {
        let mut t = Table::new();
        let alone = serde_json::to_value(Action::new(t.mint.id(), t.dossier.meeting.id)).unwrap();
        assert!(alone.get("idea").is_none(), "{alone}");
        assert_eq!(serde_json::from_value::<Action>(alone).unwrap().idea, None);
        let idea = t.twig("商店街で声をかける", Kind::Idea, None);
        let taken = serde_json::to_value(t.take(idea)).unwrap();
        assert_eq!(serde_json::from_value::<Action>(taken).unwrap().idea, Some(idea));
    }

    #[test]
    fn 帰った人や名のない支援策はだれがを決めない() {
        let mut t = Table::new();
        let idea = t.twig("商店街で声をかける", Kind::Idea, None);
        assert_eq!(t.take(idea).who, []);
        let gone: Id<Participant> = t.mint.id();
        let node = Node { speaker: Some(gone), ..t.dossier.nodes[&idea].clone() };
        assert_eq!(action(&t.dossier, t.mint.id(), &node).who, []);
    }
}
