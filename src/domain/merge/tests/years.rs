//! The plans of years written on several machines come together, whoever takes in whose file.

use proptest::prelude::*;

use super::*;
use crate::domain::{Act, Aspect, Passage};

/// The plans of years on one machine.
#[derive(Debug, Clone, Default)]
struct Office {
    known: StampedYears,
    kept: Vec<Record>,
    number: u32,
}

/// What somebody does in the plan and the forms of a year.
#[derive(Debug, Clone)]
enum Planning {
    Usual,
    Extra,
    Slot(usize, u32),
    Day(usize, u32),
    Held(usize, u32),
    Passage(usize, u32),
    Remove(usize),
}

fn planning() -> impl Strategy<Value = Vec<Planning>> {
    let index = any::<usize>;
    let one = prop_oneof![
        2 => Just(Planning::Usual),
        1 => Just(Planning::Extra),
        2 => (index(), 0u32..5).prop_map(|(at, n)| Planning::Slot(at, n)),
        3 => (index(), 0u32..5).prop_map(|(at, n)| Planning::Day(at, n)),
        2 => (index(), 0u32..5).prop_map(|(at, n)| Planning::Held(at, n)),
        3 => (0usize..3, 0u32..4).prop_map(|(at, n)| Planning::Passage(at, n)),
        2 => index().prop_map(Planning::Remove),
    ];
    prop::collection::vec(one, 0..12)
}

impl Office {
    fn plan(number: u32, deeds: &[Planning]) -> Self {
        let mut office = Self { number, ..Self::default() };
        for (minute, deed) in (0..).zip(deeds) {
            let changes = office.changes(minute, deed);
            // No two machines write in the same instant.
            let at = at(minute) + chrono::Duration::milliseconds(i64::from(number) * 100);
            let edit = Edit { id: id(0), at, label: String::new(), changes };
            edit.changes.iter().for_each(|change| office.known.years.apply(change).unwrap());
            office.known.stamps.note_years(&edit, Act::Do);
            office.keep(&edit.changes);
        }
        office
    }

    fn changes(&self, minute: i64, deed: &Planning) -> Vec<Change> {
        let years = &self.known.years;
        let slot = |at: usize| {
            let slots: Vec<&Slot> = years.slots.values().collect();
            pick(&slots, at).cloned()
        };
        let change = match deed {
            Planning::Usual => {
                let slots = (0..3).map(|n| Slot::usual("山の町", 2026, "mieru", n));
                return slots.filter(|s| !years.slots.contains_key(&s.id)).map(Change::add).collect();
            }
            Planning::Extra => {
                let n = u128::from(self.number) * 1000 + minute as u128;
                Some(Change::add(Slot { id: id(n), ..Slot::new("山の町", 2026, "mieru") }))
            }
            Planning::Slot(at, n) => slot(*at).map(|before| {
                let after = Slot { note: "雪".repeat(*n as usize), ..before.clone() };
                Change::replace(before, after)
            }),
            Planning::Day(at, n) => slot(*at).map(|before| {
                let date = (*n > 0).then(|| format!("2026-05-{n:02}").parse().unwrap());
                Change::replace(before.clone(), Slot { date, ..before })
            }),
            Planning::Held(at, n) => slot(*at).map(|before| {
                let meeting = (*n > 0).then(|| id(u128::from(*n)));
                Change::replace(before.clone(), Slot { meeting, ..before })
            }),
            Planning::Passage(at, n) => {
                let cell = Passage::new("山の町", 2026, ["看取り", "急変時", "入退院"][*at], Aspect::Vision);
                let written = Passage { text: "道".repeat(*n as usize), ..cell };
                let before = years.passages.get(&written.id).cloned();
                match (before, n) {
                    (Some(before), 0) => Some(Change::remove(before)),
                    (Some(before), _) => Some(Change::replace(before, written)),
                    (None, 0) => None,
                    (None, _) => Some(Change::add(written)),
                }
            }
            Planning::Remove(at) => slot(*at).map(Change::remove),
        };
        change.filter(|change| change.before() != change.after()).into_iter().collect()
    }

    fn keep(&mut self, changes: &[Change]) {
        self.kept.extend(changes.iter().flat_map(|c| [c.before(), c.after()]).flatten().cloned());
    }

    fn take(&mut self, other: &StampedYears) -> Merged {
        let merged = merge(&side_of_years(&self.known), &side_of_years(other), &Names::default(), zone());
        for joined in &merged.joined {
            let StampedYears { years, stamps } = &mut self.known;
            joined.change.iter().for_each(|change| years.apply(change).unwrap());
            stamps.standing.remove(&joined.key);
            stamps.removed.remove(&joined.key);
            let stands = years.records().any(|record| record.key() == joined.key);
            let into = if stands { &mut stamps.standing } else { &mut stamps.removed };
            into.insert(joined.key, joined.versions.clone());
        }
        let changes: Vec<Change> = merged.changes().cloned().collect();
        self.keep(&changes);
        self.kept.extend(merged.conflicts.iter().flat_map(|c| [c.kept.clone(), c.other.clone()]).flatten());
        merged
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn 年間の計画はだれがだれのを取り込んでも同じになりことばは残る(
        plans in prop::array::uniform3(planning()),
        first in (0usize..3, 0usize..3),
    ) {
        let mut offices: Vec<Office> = (1..).zip(&plans).map(|(n, deeds)| Office::plan(n, deeds)).collect();
        let stood: Vec<Record> = offices.iter().flat_map(|o| o.known.years.records()).collect();
        let mut give = |from: usize, to: usize| {
            let file = offices[from].known.clone();
            offices[to].take(&file);
        };
        give(first.0, first.1);
        for _ in 0..2 {
            for (from, to) in [(0, 1), (1, 2), (2, 0), (0, 2), (2, 1), (1, 0)] {
                give(from, to);
            }
        }
        for other in &offices[1..] {
            prop_assert_eq!(&offices[0].known, &other.known);
        }
        // A meeting that stood in a slot stands in one, unless somebody knew of it who took it out.
        for record in stood {
            let told = |kept: &Record| *kept == record;
            let kept = offices.iter().any(|office| office.kept.iter().any(told));
            prop_assert!(kept, "{:?}", record);
            let Record::Slot(Slot { meeting: Some(meeting), .. }) = record else { continue };
            let held = offices[0].known.years.slots.values().any(|slot| slot.meeting == Some(meeting));
            prop_assert!(held, "{:?}", record);
        }
        let file = offices[1].known.clone();
        prop_assert_eq!(offices[0].take(&file), Merged::default());
    }
}

#[test]
fn 同じ年の枠を二台で作っても枠はふえず書いた方が残る() {
    let slots: Vec<Slot> = (0..3).map(|n| Slot::usual("山の町", 2026, "mieru", n)).collect();
    let mut here = Office::plan(1, &[Planning::Usual, Planning::Slot(0, 2)]);
    // Made later, and nothing is written in it: no news.
    let there = Office::plan(2, &[Planning::Extra, Planning::Extra, Planning::Extra, Planning::Usual]);
    let merged = here.take(&there.known);
    assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
    assert_eq!(here.known.years.slots.len(), slots.len() + 3);
    assert_eq!(here.known.years.slots.values().filter(|s| s.note == "雪雪").count(), 1);
}

#[test]
fn 同じ欄を別々に書くと町と年度と欄の名で知らせる() {
    let mut here = Office::plan(1, &[Planning::Passage(0, 1)]);
    let there = Office::plan(2, &[Planning::Passage(0, 2)]);
    let merged = here.take(&there.known);
    assert_eq!(
        merged.conflicts[0].words,
        "年間の振り返りの欄「山の町 2026年度 看取り：目指すべき姿」の文：こちら 道（2026/5/21(木) 13:30）、取り込んだファイル 道道（2026/5/21(木) 13:30）。新しいファイルの方を使い、もう一方は控えました"
    );
}

#[test]
fn 別の回に使った同じ枠は二つに分かれどちらの会議も計画に残る() {
    let mut here = Office::plan(1, &[Planning::Usual, Planning::Day(0, 2), Planning::Held(0, 1)]);
    let mut there = Office::plan(2, &[Planning::Usual, Planning::Remove(1), Planning::Day(0, 3)]);
    let (file_here, file_there) = (here.known.clone(), there.known.clone());
    let merged = here.take(&file_there);
    assert!(
        merged.conflicts[0].words.ends_with("枠を分けて、どちらも計画に残しました"),
        "{:?}",
        merged.conflicts
    );
    there.take(&file_here);
    assert_eq!(here.known, there.known);
    let slots = &here.known.years.slots;
    assert_eq!((slots.len(), slots.values().filter(|s| s.meeting.is_some()).count()), (3, 1));
    assert_eq!(here.take(&file_there), Merged::default());
}

#[test]
fn 枠を作って元に戻しただけではだれの計画も消えない() {
    let mut here = Office::plan(1, &[Planning::Usual, Planning::Slot(0, 2)]);
    let mut there = Office::plan(2, &[Planning::Usual]);
    let before = here.known.clone();
    let changes: Vec<Change> = there.known.years.records().map(Change::remove).collect();
    let undo = Edit { id: id(0), at: at(50), label: String::new(), changes: changes.clone() };
    there.known.stamps.note_years(&undo, Act::Undo(id(0)));
    there.known.years = Default::default();
    assert_eq!(here.take(&there.known), Merged::default());
    // Nor where they were taken away and made again.
    let anew = changes.iter().cloned().map(Change::inverse);
    let again = Edit { id: id(0), at: at(60), label: String::new(), changes: anew.collect() };
    let mut anew = Office::plan(2, &[Planning::Usual]);
    anew.known.stamps.note_years(&undo, Act::Do);
    anew.known.stamps.note_years(&again, Act::Do);
    assert_eq!(here.take(&anew.known), Merged::default());
    // Taken away one by one, the empty ones go; what somebody has written stays.
    let mut there = Office::plan(2, &[Planning::Usual]);
    there.known.stamps.note_years(&undo, Act::Do);
    there.known.years = Default::default();
    let merged = here.take(&there.known);
    assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
    assert_eq!(here.known.years.slots.len(), 1);
    assert!(before.years.slots.values().any(|slot| here.known.years.slots.contains_key(&slot.id)));
}
