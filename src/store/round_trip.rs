//! Any sequence of edits, with any text, survives a restart; and the journal tells the same as the tables.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{Access, Store, samples};
use crate::domain::escalation::way_of;
use crate::domain::{
    Act, Action, ActionStatus, Aside, Case, Category, Change, Dossier, Escalation, Evidence, History,
    IdSource, JournalEntry, Kind, Link, Meeting, Node, Participant, Priority, Progress, Record, Reflection,
    RegionalIssue, Said, Step, Until,
};

/// What one proptest step does to the meeting.
#[derive(Debug, Clone)]
enum Deed {
    Add { table: usize, words: [String; 3], pick: Index },
    Change { record: Index, words: [String; 3], pick: Index },
    Remove { record: Index },
    Undo,
    Redo,
}

/// Text as it really is, and worse; everything but NUL.
fn text() -> impl Strategy<Value = String> {
    let nasty = select(vec![
        "👨\u{200d}👩\u{200d}👧",
        "𠮷野家",
        "か\u{3099}",
        "葛\u{e0100}",
        "שלום",
        "\u{202e}逆",
        "\t",
        "\n",
        "\r\n",
        "'",
        "\"",
        "\\",
        "''; DROP TABLE nodes; --",
        "ﾎｰﾑﾍﾙﾊﾟｰ",
        "Ｈ２９",
        "㎢",
        "\u{f06c}",
        "🇯🇵",
        "👍🏽",
        "\u{feff}",
        "%_?",
        "{\"a\":1}",
        "",
        " ",
        "\u{1b}[31m",
        "\u{fffd}",
        "\u{10ffff}",
    ]);
    let any = any::<char>().prop_filter("no NUL", |c| *c != '\0').prop_map(String::from);
    let part = prop_oneof![3 => nasty.prop_map(str::to_owned), 2 => any];
    prop::collection::vec(part, 0..5).prop_map(|parts| parts.concat())
}

fn words() -> impl Strategy<Value = [String; 3]> {
    [text(), text(), text()]
}

fn deed() -> impl Strategy<Value = Deed> {
    let pick = any::<Index>;
    prop_oneof![
        6 => (0usize..9, words(), pick()).prop_map(|(table, words, pick)| Deed::Add { table, words, pick }),
        4 => (pick(), words(), pick()).prop_map(|(record, words, pick)| Deed::Change { record, words, pick }),
        2 => pick().prop_map(|record| Deed::Remove { record }),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
    ]
}

fn one_of<T: Copy>(pick: Index, of: &[T]) -> Option<T> {
    (!of.is_empty()).then(|| of[pick.index(of.len())])
}

/// Fills every field that is not a reference from the words and the dice.
fn fill(record: Record, words: [String; 3], pick: Index) -> Record {
    let dice = pick.index(usize::MAX);
    let [a, b, c] = words.clone();
    match record {
        Record::Case(r) => {
            let (date, aside) = (date(dice), aside(&a, &c, dice));
            Case {
                age: a,
                gist: b.clone(),
                triggers: vec![b, c.clone()],
                consent_note: c,
                consent_date: date,
                aside,
                ..r
            }
            .into()
        }
        Record::Meeting(r) => {
            let checked = words.into();
            let (town, aside) = (a.clone(), aside(&b, &c, dice));
            Meeting {
                title: a,
                venue: b,
                note: c,
                town,
                date: date(dice),
                next_date: date(dice / 2),
                checked,
                aside,
                ..r
            }
            .into()
        }
        Record::Progress(r) => {
            let started_at = Some(samples::moment());
            let asked = words.into_iter().map(|word| (word, dice.is_multiple_of(2))).collect();
            let passed = vec![crate::domain::Id::from(uuid::Uuid::from_u128(dice as u128))];
            Progress { step: dice % 9, spent: vec![dice as u32, 0, 7], started_at, asked, passed, ..r }.into()
        }
        Record::Participant(r) => {
            let involved = [None, Some(true), Some(false)][dice % 3];
            Participant { code: a, name: b, profession: c, involved, came_late: dice.is_multiple_of(2), ..r }
                .into()
        }
        Record::Link(r) => Link { label: a + &b + &c, ..r }.into(),
        Record::Evidence(r) => r.into(),
        Record::Escalation(r) => {
            Escalation { level: a, decision: b, remaining: c, date: date(dice), ..r }.into()
        }
        Record::Reflection(r) => Reflection { question: a, text: b + &c, rank: rank(dice), ..r }.into(),
        row => fill_long(row, words, dice),
    }
}

/// The tables with the most columns.
fn fill_long(record: Record, [a, b, c]: [String; 3], dice: usize) -> Record {
    let until = Until { words: a.clone(), date: date(dice) };
    let other = dice.is_multiple_of(5);
    let priority = if other { Said::of(&a) } else { Priority::ALL[dice % 3].into() };
    let priority = (!dice.is_multiple_of(4)).then_some(priority);
    let (rank, aside) = (rank(dice), aside(&a, &b, dice));
    match record {
        Record::Node(r) => {
            let (kind, step, number) = (Kind::ALL[dice % 6], Step::ALL[dice % 8], dice as u32 >> 1);
            Node { branch: a, text: b, said: c, rank, kind, step, number, ..r }.into()
        }
        Record::Action(r) => {
            let status = if other { Said::of(&c) } else { ActionStatus::ALL[dice % 4].into() };
            let settled = date(dice / 3);
            Action {
                what: b,
                check: c.clone(),
                outcome: c,
                until,
                priority,
                status,
                settled,
                rank,
                aside,
                ..r
            }
            .into()
        }
        Record::RegionalIssue(r) => RegionalIssue {
            statement: a.clone(),
            scenes: vec![b.clone()],
            categories: vec![Category { letter: b.clone(), label: c.clone() }],
            measures: vec![c.clone(), a],
            function: b,
            evaluation: c,
            due: until,
            priority,
            confirmed: dice.is_multiple_of(2),
            rank,
            aside,
            ..r
        }
        .into(),
        short => short,
    }
}

fn date(dice: usize) -> Option<chrono::NaiveDate> {
    let day = samples::day("2026-01-01")? + chrono::Days::new(dice as u64 % 4000);
    dice.is_multiple_of(2).then_some(day)
}

fn aside(field: &str, words: &str, dice: usize) -> Vec<Aside> {
    let aside = Aside { field: field.to_owned(), words: words.to_owned() };
    if dice.is_multiple_of(3) { vec![aside] } else { Vec::new() }
}

fn rank(dice: usize) -> i64 {
    dice as i64 - (1 << 40)
}

/// A new record of some table, hung on what is there; none where there is nothing to hang it on.
fn fresh(dossier: &Dossier, mint: &mut IdSource, table: usize, pick: Index) -> Option<Record> {
    let meeting = dossier.meeting.id;
    let people: Vec<_> = dossier.participants.keys().copied().collect();
    let nodes: Vec<_> = dossier.nodes.keys().copied().collect();
    let regional: Vec<_> = dossier.regional.keys().copied().collect();
    let node = one_of(pick, &nodes);
    Some(match table {
        0 => Participant::new(mint.id(), meeting, "P").into(),
        1 | 2 => Node {
            parent: node,
            speaker: one_of(pick, &people),
            ..samples::node(mint.id(), meeting, Kind::Fact, "")
        }
        .into(),
        3 => Link {
            id: mint.id(),
            meeting,
            from: node?,
            to: *nodes.first()?,
            label: String::new(),
            at: samples::moment(),
        }
        .into(),
        4 => {
            let row = samples::action(mint.id(), meeting, "", ActionStatus::Todo);
            Action { issue: node, idea: node, who: people, ..row }.into()
        }
        5 => samples::regional(mint.id(), meeting).into(),
        6 => Evidence { id: mint.id(), issue: one_of(pick, &regional)?, meeting, node }.into(),
        7 => Escalation {
            id: mint.id(),
            issue: one_of(pick, &regional)?,
            meeting,
            date: None,
            level: String::new(),
            decision: String::new(),
            reason: String::new(),
            remaining: String::new(),
        }
        .into(),
        _ => Reflection {
            id: mint.id(),
            meeting,
            speaker: one_of(pick, &people),
            question: String::new(),
            text: String::new(),
            rank: 0,
        }
        .into(),
    })
}

/// Removes a record with what cannot be without it.
fn removal(dossier: &Dossier, record: &Record) -> Vec<Change> {
    let mut changes: Vec<Change> = match record {
        Record::Meeting(_) | Record::Progress(_) | Record::Case(_) => return Vec::new(),
        Record::Node(node) => {
            let ends = |l: &&Link| l.from == node.id || l.to == node.id;
            dossier.links.values().filter(ends).cloned().map(Change::remove).collect()
        }
        Record::RegionalIssue(issue) => {
            let way = way_of(&dossier.escalations, issue.id).into_iter().cloned().map(Change::remove);
            dossier.evidence_of(issue.id).cloned().map(Change::remove).chain(way).collect()
        }
        _ => Vec::new(),
    };
    changes.push(Change::remove(record.clone()));
    changes
}

/// The line a deed comes to, if it comes to anything.
fn line(dossier: &Dossier, history: &History, mint: &mut IdSource, deed: Deed) -> Option<JournalEntry> {
    let records: Vec<Record> = dossier.records().collect();
    let (changes, act) = match deed {
        Deed::Add { table, words, pick } => {
            (vec![Change::add(fill(fresh(dossier, mint, table, pick)?, words, pick))], Act::Do)
        }
        Deed::Change { record, words, pick } => {
            let before = record.get(&records).clone();
            (vec![Change::replace(before.clone(), fill(before, words, pick))], Act::Do)
        }
        Deed::Remove { record } => (removal(dossier, record.get(&records)), Act::Do),
        Deed::Undo => history.to_undo().map(|e| (e.inverse_changes(), Act::Undo(e.id)))?,
        Deed::Redo => history.to_redo().map(|e| (e.changes.clone(), Act::Redo(e.id)))?,
    };
    Some(JournalEntry { act, ..samples::line(mint, Some(dossier.meeting.id), changes) })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn どんな変更の列も再起動を越えて残る(deeds in prop::collection::vec(deed(), 1..40)) {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Access::Write).unwrap();
        let (mut dossier, mut lines) = samples::full_meeting(1);
        for line in &lines {
            store.commit(line).unwrap();
        }
        let mut history = History::default();
        let mut mint = samples::mint(2);
        for deed in deeds {
            let Some(line) = line(&dossier, &history, &mut mint, deed) else { continue };
            line.edit.changes.iter().for_each(|change| dossier.apply(change).unwrap());
            history.record(line.act, line.edit.clone());
            store.commit(&line).unwrap();
            lines.push(line);
        }
        drop(store);

        let store = Store::open(dir.path(), Access::Write).unwrap();
        let id = dossier.meeting.id;
        prop_assert_eq!(store.dossier(id).unwrap(), Some(dossier));
        let journal = store.journal(id).unwrap();
        prop_assert_eq!(&journal, &lines);
        prop_assert_eq!(History::from_journal(journal.into_iter().skip(2)), history);
        // Loose references may dangle here, on purpose; the tables and the journal may not differ.
        let found = store.check().unwrap();
        prop_assert!(found.iter().all(|s| s.contains("が指すものが、表") && s.contains(": ")), "{:?}", found);
    }
}
