//! Meetings written on several machines come together, whoever takes in whose file.

mod years;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::{
    Action, ActionStatus, Dossier, Edit, Evidence, Id, Link, Meeting, Node, Participant, Progress,
    Reflection, RegionalIssue,
};

fn id<T>(n: u128) -> Id<T> {
    Id::from(Uuid::from_u128(n))
}

fn at(minute: i64) -> Moment {
    let start: Moment = "2026-05-21T13:30:00+09:00".parse().unwrap();
    start + chrono::Duration::minutes(minute)
}

fn zone() -> FixedOffset {
    *at(0).offset()
}

const MEETING: u128 = 1;

/// A meeting on one machine, with everything that its journal and its conflicts would keep.
#[derive(Debug, Clone)]
struct Machine {
    known: Stamped,
    kept: Vec<Record>,
    number: u128,
    next: u128,
}

impl Machine {
    fn new(n: u128, known: Stamped) -> Self {
        Self { known, kept: Vec::new(), number: n, next: n * 1000 }
    }

    fn write(&mut self, minute: i64, changes: Vec<Change>) {
        // No two machines write in the same instant.
        let at = at(minute) + chrono::Duration::milliseconds(self.number as i64 * 100);
        let edit = Edit { id: id(0), at, label: String::new(), changes };
        self.known.dossier.apply_all(&edit.changes).unwrap();
        self.known.stamps.note(id(MEETING), &edit);
        self.keep(&edit.changes);
    }

    fn keep(&mut self, changes: &[Change]) {
        self.kept.extend(changes.iter().flat_map(|c| [c.before(), c.after()]).flatten().cloned());
    }

    fn take(&mut self, other: &Stamped) -> Merged {
        let names = Names::of([&self.known.dossier, &other.dossier]);
        let merged = merge(&side(&self.known), &side(other), &names, zone());
        let changes: Vec<Change> = merged.changes().cloned().collect();
        self.known.dossier.apply_all(&changes).unwrap();
        self.keep(&changes);
        self.kept.extend(merged.conflicts.iter().flat_map(|c| [c.kept.clone(), c.other.clone()]).flatten());
        let stamps = &mut self.known.stamps;
        for joined in &merged.joined {
            stamps.standing.remove(&joined.key);
            stamps.removed.remove(&joined.key);
            let stands = self.known.dossier.records().any(|record| record.key() == joined.key);
            let into = if stands { &mut stamps.standing } else { &mut stamps.removed };
            into.insert(joined.key, joined.versions.clone());
        }
        merged
    }

    fn records(&self) -> Vec<Record> {
        let mut records: Vec<Record> = self.known.dossier.records().collect();
        records.sort_by_key(Record::key);
        records
    }

    fn mint(&mut self) -> u128 {
        self.next += 1;
        self.next
    }
}

/// What somebody does at one machine.
#[derive(Debug, Clone)]
enum Deed {
    Add(usize, usize, String),
    Change(usize, String),
    Remove(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    let word = || prop::sample::select(vec!["残薬", "畑", "夜", "買物", "薬", "足"]).prop_map(str::to_owned);
    let index = any::<usize>;
    prop_oneof![
        4 => (0usize..7, index(), word()).prop_map(|(kind, at, word)| Deed::Add(kind, at, word)),
        5 => (index(), word()).prop_map(|(at, word)| Deed::Change(at, word)),
        3 => index().prop_map(Deed::Remove),
    ]
}

fn pick<T: Copy>(from: &[T], at: usize) -> Option<T> {
    (!from.is_empty()).then(|| from[at % from.len()])
}

fn added(machine: &mut Machine, kind: usize, dice: usize, word: &str) -> Option<Record> {
    let n = machine.mint();
    let d = &machine.known.dossier;
    let nodes: Vec<_> = d.nodes.keys().copied().collect();
    let people: Vec<_> = d.participants.keys().copied().collect();
    let issues: Vec<_> = d.regional.keys().copied().collect();
    let (meeting, node) = (id(MEETING), pick(&nodes, dice));
    Some(match kind {
        0 => Participant { profession: word.into(), ..Participant::new(id(n), meeting, "P") }.into(),
        1 => Node { speaker: pick(&people, dice), parent: node, ..Node::new(id(n), meeting, word, at(0)) }
            .into(),
        2 => Link { id: id(n), meeting, from: node?, to: nodes[0], label: word.into(), at: at(0) }.into(),
        3 => Action { issue: node, what: word.into(), who: people, ..Action::new(id(n), meeting) }.into(),
        4 => RegionalIssue::new(id(n), meeting, word).into(),
        5 => Evidence { id: id(n), issue: pick(&issues, dice)?, meeting, node }.into(),
        _ => Reflection {
            id: id(n),
            meeting,
            speaker: pick(&people, dice),
            question: String::new(),
            text: word.into(),
            rank: 0,
        }
        .into(),
    })
}

fn changed(record: Record, word: &str) -> Record {
    let word = word.to_owned();
    match record {
        Record::Meeting(r) => Meeting { venue: word, ..r }.into(),
        Record::Progress(r) => Progress { step: word.len(), ..r }.into(),
        Record::Participant(r) => Participant { organisation: word, ..r }.into(),
        Record::Node(r) => Node { said: word, ..r }.into(),
        Record::Link(r) => Link { label: word, ..r }.into(),
        Record::Action(r) => Action { outcome: word, status: ActionStatus::Doing.into(), ..r }.into(),
        Record::RegionalIssue(r) => RegionalIssue { area: word, ..r }.into(),
        Record::Reflection(r) => Reflection { question: word, ..r }.into(),
        other => other,
    }
}

/// Takes a record away, as the screen does: with what cannot be without it, and nothing points at it any more.
fn removal(dossier: &Dossier, record: &Record) -> Vec<Change> {
    let key = record.key();
    if !may_go(key.table) {
        return Vec::new();
    }
    let mut changes = Vec::new();
    for holder in dossier.records().filter(|holder| holder.refers(Hold::Firm).any(|needed| needed == key)) {
        let loose = match holder.clone() {
            Record::Link(_) => None,
            Record::Evidence(r) if r.issue.uuid() == key.id => None,
            Record::Evidence(r) => Some(Evidence { node: None, ..r }.into()),
            Record::Node(r) => {
                let parent = r.parent.filter(|p| p.uuid() != key.id);
                Some(Node { parent, speaker: r.speaker.filter(|s| s.uuid() != key.id), ..r }.into())
            }
            Record::Action(r) => {
                let who = r.who.iter().copied().filter(|w| w.uuid() != key.id).collect();
                Some(Action { issue: r.issue.filter(|i| i.uuid() != key.id), who, ..r }.into())
            }
            Record::Reflection(r) => Some(Reflection { speaker: None, ..r }.into()),
            other => Some(other),
        };
        changes.push(match loose {
            Some(loose) => Change::replace(holder, loose),
            None => Change::remove(holder),
        });
    }
    changes.push(Change::remove(record.clone()));
    changes
}

fn does(machine: &mut Machine, minute: i64, deed: &Deed) {
    let records = machine.records();
    let changes = match deed {
        Deed::Add(kind, index, word) => {
            added(machine, *kind, *index, word).map(Change::add).into_iter().collect()
        }
        Deed::Change(index, word) => {
            let before = records[*index % records.len()].clone();
            let after = changed(before.clone(), word);
            if before == after { Vec::new() } else { vec![Change::replace(before, after)] }
        }
        Deed::Remove(index) => removal(&machine.known.dossier, &records[*index % records.len()]),
    };
    if !changes.is_empty() {
        machine.write(minute, changes);
    }
}

/// What everybody begins with.
fn beginning() -> Stamped {
    let mut first = Machine::new(1, Dossier::new(Meeting::new(id(MEETING)), None).into());
    let records: Vec<Record> = first.records();
    let edit = Edit {
        id: id(0),
        at: at(-10),
        label: String::new(),
        changes: records.into_iter().map(Change::add).collect(),
    };
    first.known.stamps.note(id(MEETING), &edit);
    for (minute, kind) in [0, 1, 1, 1, 2, 3, 4, 5, 6, 1, 2].into_iter().enumerate() {
        if let Some(record) = added(&mut first, kind, minute, "はじめ") {
            first.write(minute as i64 - 60, vec![Change::add(record)]);
        }
    }
    first.known
}

/// Machines that wrote apart, from the same beginning. Two of them may write in the same minute.
fn apart(deeds: &[Vec<(i64, Deed)>]) -> Vec<Machine> {
    (2..)
        .zip(deeds)
        .map(|(n, deeds)| {
            let mut machine = Machine::new(n, beginning());
            let mut minute = 0;
            for (pause, deed) in deeds {
                minute += pause;
                does(&mut machine, minute, deed);
            }
            machine
        })
        .collect()
}

/// So many deeds of one person, each so many minutes after the one before.
fn story() -> impl Strategy<Value = Vec<(i64, Deed)>> {
    prop::collection::vec((0i64..4, deed()), 0..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn だれがだれのファイルを取り込んでも同じ記録になる(a in story(), b in story()) {
        let mut machines = apart(&[a, b]);
        let mut b = machines.pop().unwrap();
        let mut a = machines.pop().unwrap();
        let (file_a, file_b) = (a.known.clone(), b.known.clone());
        a.take(&file_b);
        b.take(&file_a);
        prop_assert_eq!(a.records(), b.records());
        prop_assert_eq!(&a.known.stamps, &b.known.stamps);
        for file in [&file_a, &file_b] {
            let again = a.take(file);
            prop_assert!(again.joined.is_empty() && again.conflicts.is_empty(), "{:?}", again);
        }
        let other = b.known.clone();
        prop_assert_eq!(a.take(&other), Merged::default());
    }

    #[test]
    fn 立っていたことばはどこかに残る(a in story(), b in story()) {
        let mut machines = apart(&[a, b]);
        let b = machines.pop().unwrap();
        let mut a = machines.pop().unwrap();
        let stood: Vec<Record> = a.records().into_iter().chain(b.records()).collect();
        a.take(&b.known);
        let stands = a.records();
        for record in stood {
            // The clocks are no words; what differs in none was told by nobody.
            let known = |kept: &Record| kept.key() == record.key() && differences(kept, &record, &Names::default()).is_empty();
            prop_assert!(
                record.key().table == Table::Progress || stands.iter().chain(&a.kept).any(known),
                "{:?}", record
            );
        }
        // Nothing hangs on what is gone.
        let keys: BTreeSet<Key> = stands.iter().map(Record::key).collect();
        for record in &stands {
            for needed in record.refers(Hold::Firm) {
                prop_assert!(keys.contains(&needed), "{:?}", record);
            }
        }
    }

    #[test]
    fn 三台でもどの順に取り込んでも終わりは同じ(
        stories in prop::array::uniform3(story()),
        rounds in prop::collection::vec((0usize..3, 0usize..3), 0..6),
    ) {
        let mut machines = apart(&stories);
        let mut give = |from: usize, to: usize| {
            let file = machines[from].known.clone();
            machines[to].take(&file);
        };
        for (from, to) in rounds {
            give(from, to);
        }
        for _ in 0..4 {
            for (from, to) in [(0, 1), (1, 2), (2, 0), (0, 2), (2, 1), (1, 0)] {
                give(from, to);
            }
        }
        for other in &machines[1..] {
            prop_assert_eq!(machines[0].records(), other.records());
        }
    }
}

/// The beginning, and a row of the plan in it.
fn with_plan() -> (Machine, Action) {
    let machine = Machine::new(2, beginning());
    let action = machine.known.dossier.actions.values().next().unwrap().clone();
    (machine, action)
}

#[test]
fn くいちがいは人のことばで言う() {
    let (mut here, action) = with_plan();
    let mut there = Machine::new(3, beginning());
    let doing = Action { status: ActionStatus::Doing.into(), ..action.clone() };
    let done = Action { status: ActionStatus::Done.into(), rank: 9, ..action.clone() };
    here.write(5, vec![Change::replace(action.clone(), doing.clone())]);
    there.write(9, vec![Change::replace(action.clone(), done.clone())]);
    let merged = here.clone().take(&there.known);
    assert_eq!(
        merged.conflicts[0].words,
        "行動計画「はじめ」の状態：こちら 実施中（2026/5/21(木) 13:35）、取り込んだファイル 完了（2026/5/21(木) 13:39）。新しいファイルの方を使い、もう一方は控えました"
    );
    assert_eq!(
        (&merged.conflicts[0].kept, &merged.conflicts[0].other),
        (&Some(done.clone().into()), &Some(doing.clone().into()))
    );
    let merged = there.take(&here.known);
    assert!(
        merged.conflicts[0].words.ends_with("新しいこちらを使い、もう一方は控えました")
            && merged.changes().count() == 0
    );
    // Whoever has seen both goes on, and nobody is asked again.
    there.write(11, vec![Change::replace(done.clone(), Action { outcome: "できた".into(), ..done })]);
    let merged = here.take(&there.known);
    assert_eq!((merged.conflicts.len(), merged.changes().count()), (0, 1));
}

#[test]
fn 並び順だけの違いは知らせず新しい方になる() {
    let (mut here, action) = with_plan();
    let mut there = Machine::new(3, beginning());
    here.write(5, vec![Change::replace(action.clone(), Action { rank: 5, ..action.clone() })]);
    there.write(6, vec![Change::replace(action.clone(), Action { rank: 6, ..action.clone() })]);
    let merged = here.take(&there.known);
    assert!(merged.conflicts.is_empty());
    assert_eq!(here.known.dossier.actions[&action.id].rank, 6);
}

#[test]
fn 消した枝に向こうでつながりができていたら枝が戻る() {
    let (mut here, _) = with_plan();
    let mut there = Machine::new(3, beginning());
    let node = here.known.dossier.nodes.values().next_back().unwrap().clone();
    let changes = removal(&here.known.dossier, &node.clone().into());
    here.write(5, changes);
    let link = Link {
        id: id(9999),
        meeting: id(MEETING),
        from: node.id,
        to: node.id,
        label: String::new(),
        at: at(1),
    };
    there.write(1, vec![Change::add(link)]);
    let (file_here, file_there) = (here.known.clone(), there.known.clone());
    assert_eq!(here.take(&file_there).back, [Record::from(node.clone())]);
    there.take(&file_here);
    assert!(here.known.dossier.nodes.contains_key(&node.id));
    assert_eq!(here.records(), there.records());
    // The one who took it away can do so again, and then it is gone.
    let changes = removal(&here.known.dossier, &node.clone().into());
    here.write(20, changes);
    assert!(there.take(&here.known).back.is_empty());
    assert!(!there.known.dossier.nodes.contains_key(&node.id));
}

#[test]
fn いつ書かれたか分からなければ今の記録が残り新しい時刻のあるものには譲る() {
    let (mut here, action) = with_plan();
    let other = Action { outcome: "古いファイルの".into(), ..action.clone() };
    let mut old: Stamped = here.known.dossier.clone().into();
    old.dossier.actions.insert(other.id, other.clone());
    let merged = here.take(&old);
    assert_eq!((merged.joined.len(), merged.conflicts.len()), (0, 1));
    assert!(merged.conflicts[0].undated && merged.conflicts[0].other == Some(other.clone().into()));
    // The other way round: here nobody knows, the file does.
    let mut unknown = Machine::new(4, old);
    let merged = unknown.take(&here.known);
    assert_eq!(unknown.records(), here.records());
    assert_eq!((merged.conflicts.len(), merged.conflicts[0].undated), (1, false));
}

#[test]
fn 同じ瞬間の二つの書きかえはどちらの機械でも同じ方になる() {
    let (mut here, action) = with_plan();
    let mut there = here.clone();
    here.write(5, vec![Change::replace(action.clone(), Action { outcome: "甲".into(), ..action.clone() })]);
    there.write(5, vec![Change::replace(action.clone(), Action { outcome: "乙".into(), ..action })]);
    let (file_here, file_there) = (here.known.clone(), there.known.clone());
    assert_eq!(here.take(&file_there).conflicts.len(), 1);
    assert_eq!(there.take(&file_here).conflicts.len(), 1);
    assert_eq!(here.records(), there.records());
}

#[test]
fn 書かれた年から遠い日付を見つける() {
    let mut known = beginning();
    assert_eq!(wrong_year(&known, zone()), None, "no day at all");
    for (day, far) in
        [("2027-03-01", false), ("2025-06-01", false), ("2062-05-21", true), ("2016-05-21", true)]
    {
        known.dossier.meeting.date = day.parse().ok();
        assert_eq!(wrong_year(&known, zone()), far.then(|| BTreeSet::from([2026])), "{day}");
    }
}

#[test]
fn 違う欄だけを人の言う名前で言い氏名は言わない() {
    let names = Names::default();
    let plan = Action { what: "一包化を相談する".into(), ..Action::new(id(1), id(2)) };
    let done = Action { status: ActionStatus::Done.into(), rank: 7, ..plan.clone() };
    assert_eq!(
        differences(&plan.clone().into(), &done.into(), &names),
        [("状態", "未着手".to_owned(), "完了".to_owned())]
    );
    assert_eq!(title(&plan.into(), &names), "行動計画「一包化を相談する」");
    let person = Participant::new(id(1), id(2), "P01");
    let named = Participant { name: "山野辺".into(), ..person.clone() };
    let told = differences(&person.into(), &named.into(), &names);
    assert!(told.len() == 1 && !format!("{told:?}").contains("山野辺"), "{told:?}");
}

#[test]
fn 二人の司会は席ごとに言う() {
    let (meeting, mut names) = (Meeting::new(id(1)), Names::default());
    let person: Id<Participant> = id(2);
    names.call(person.key(), "保健師");
    let led = Meeting { facilitators: [None, Some(person)], ..meeting.clone() };
    assert_eq!(
        differences(&meeting.into(), &led.into(), &names),
        [("司会（2人目）", String::new(), "保健師".to_owned())]
    );
}
