//! How people are told of records that do not go together: what each is called, and in which fields its two texts differ.

use std::collections::BTreeMap;

use crate::domain::fields::Value;
use crate::domain::text::clean_line;
use crate::domain::{Dossier, Key, Record, date};

/// What is said in place of a name, which the room must not see.
const HIDDEN: &str = "（氏名は表示しません）";

/// What the records that others point at are called.
#[derive(Debug, Clone, Default)]
pub struct Names(BTreeMap<Key, String>);

impl Names {
    /// Takes in all of a meeting; what has a name already keeps it.
    pub fn of<'a>(dossiers: impl IntoIterator<Item = &'a Dossier>) -> Self {
        let mut names = BTreeMap::new();
        for dossier in dossiers {
            let cases = dossier.case.iter().map(|case| (case.id.key(), case.code.as_str()));
            let people = dossier.participants.values().map(|person| (person.id.key(), person.label()));
            let nodes = dossier.nodes.values().map(|node| (node.id.key(), node.text.as_str()));
            let issues = dossier.regional.values().map(|issue| (issue.id.key(), issue.statement.as_str()));
            for (key, words) in cases.chain(people).chain(nodes).chain(issues) {
                names.entry(key).or_insert_with(|| clean_line(words));
            }
        }
        Self(names)
    }

    /// Says what a record is called.
    pub fn call(&mut self, key: Key, words: &str) {
        self.0.insert(key, clean_line(words));
    }

    fn get(&self, key: Key) -> String {
        self.0.get(&key).cloned().unwrap_or_else(|| "（ここにない記録）".to_owned())
    }
}

/// What a record is called: its kind, and the words it is known by.
pub fn title(record: &Record, names: &Names) -> String {
    let words = match record {
        Record::Case(r) => r.code.clone(),
        Record::Meeting(r) => r.title.clone(),
        Record::Progress(_) => String::new(),
        Record::Participant(r) => r.label().to_owned(),
        Record::Node(r) => r.text.clone(),
        Record::Link(r) => format!("{} → {}", names.get(r.from.key()), names.get(r.to.key())),
        Record::Action(r) => r.what.clone(),
        Record::RegionalIssue(r) => r.statement.clone(),
        Record::Escalation(r) => names.get(r.issue.key()),
        Record::Evidence(r) => r.node.map(|node| names.get(node.key())).unwrap_or_default(),
        Record::Reflection(r) => r.text.clone(),
        Record::Slot(r) => {
            let day = date::or_none(r.date, date::long);
            format!("{} {}年度 {day}", r.town, r.year)
        }
        Record::Passage(r) => format!("{} {}年度 {}：{}", r.town, r.year, r.subject, r.aspect.label()),
    };
    let (noun, words) = (record.noun(), clean_line(&words));
    if words.is_empty() { noun.to_owned() } else { format!("{noun}「{words}」") }
}

/// In which fields two texts of one record differ, as (field, first, second). What nobody wrote, such as the place among
/// siblings, is not among them.
pub fn differences(first: &Record, second: &Record, names: &Names) -> Vec<(&'static str, String, String)> {
    let pairs = first.values().into_iter().zip(second.values()).filter(|((_, a), (_, b))| a != b);
    let told = pairs.filter_map(|((field, a), (_, b))| Some((field, a.told(names)?, b.told(names)?)));
    told.filter(|(_, a, b)| a != b || a == HIDDEN).collect()
}

impl Value<'_> {
    /// As people read it; none for what nobody wrote.
    fn told(&self, names: &Names) -> Option<String> {
        let yes = |yes: bool| if yes { "はい" } else { "いいえ" };
        let joined = |words: &mut dyn Iterator<Item = String>| words.collect::<Vec<_>>().join("、");
        Some(match self {
            Value::Words(words) => clean_line(words),
            Value::Name(_) => HIDDEN.to_owned(),
            Value::List(list) => joined(&mut list.iter().map(|words| clean_line(words))),
            Value::Label(label) => (*label).to_owned(),
            Value::Yes(value) => value.map(yes).unwrap_or_default().to_owned(),
            Value::Day(day) => day.map(date::long).unwrap_or_default(),
            Value::Year(year) => format!("{year}年度"),
            Value::Until(until) => {
                let day = until.date.map(|day| format!("（{}）", date::full(day))).unwrap_or_default();
                clean_line(&until.words) + &day
            }
            Value::Refers(_, keys) => joined(&mut keys.iter().map(|key| names.get(*key))),
            Value::Steps(steps) => {
                joined(&mut steps.iter().map(|s| format!("{} {}分", clean_line(&s.title), s.minutes)))
            }
            Value::Moment(_) | Value::Times(_) | Value::Count(..) | Value::Order(_) => return None,
        })
    }
}
