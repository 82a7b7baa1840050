//! The people at the table: written in one line each, found by a few letters, counted by profession.

mod find;
mod line;
mod looks;

use std::collections::{BTreeMap, BTreeSet};

pub use find::{awaited, called, equals, find, named, of_one, shared, together};
pub use line::{PersonDraft, Seat, named_in_brackets, parse_line, without_mark, write_line};
pub use looks::SINGLE_SURNAMES;

use super::text::fold;
use super::{Dossier, Id, Lists, Participant};

/// Codes with a higher number are somebody's own, such as a number of staff: nothing is counted on from there.
const HIGHEST_CODE: u32 = 99_999;

/// Codes that nobody has: on from the highest, so that a code is not given twice.
#[derive(Debug)]
pub struct FreeCodes {
    next: u32,
}

impl FreeCodes {
    /// Those after the codes that are taken, whoever has them.
    pub fn after<'a>(taken: impl Iterator<Item = &'a str>) -> Self {
        let highest = taken.filter_map(number_of).filter(|number| *number < HIGHEST_CODE).max();
        Self { next: highest.unwrap_or(0) + 1 }
    }

    /// The next one.
    pub fn give(&mut self) -> String {
        let given = self.next;
        self.next = given.saturating_add(1);
        code(given)
    }
}

fn code(number: u32) -> String {
    format!("P{number:02}")
}

/// What two codes share that mean the same: `P6`, `p06` and `6`.
pub fn code_key(code: &str) -> String {
    number_of(code).map_or_else(|| fold(code), |number| number.to_string())
}

fn number_of(code: &str) -> Option<u32> {
    let folded = fold(code);
    folded.strip_prefix('p').unwrap_or(&folded).parse().ok()
}

/// What one profession has said so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// As the list calls it, or as typed where the list does not know it; the code where nothing was typed.
    pub profession: String,
    /// Entries of the map said by its people.
    pub entries: usize,
    /// Its people at the table, by their codes.
    pub people: Vec<Id<Participant>>,
}

/// How many entries each profession at the table has said, in the order of the codes. One profession counts once, whatever it
/// was called. Who leads or presents is not among them: they speak the most, and beside them all others look the same.
pub fn spoken(dossier: &Dossier, lists: &Lists) -> Vec<Spoken> {
    let mut said: BTreeMap<Id<Participant>, usize> = BTreeMap::new();
    for speaker in dossier.nodes.values().filter_map(|n| n.speaker) {
        *said.entry(speaker).or_default() += 1;
    }
    let mut rows: Vec<(String, Spoken)> = Vec::new();
    for person in dossier.people().into_iter().filter(|p| !leads(dossier, p.id) && !presents(dossier, p.id)) {
        let title = lists.title_of(person);
        let entries = said.get(&person.id).copied().unwrap_or(0);
        let key = fold(title);
        match rows.iter_mut().find(|(k, _)| *k == key) {
            Some((_, row)) => {
                row.entries += entries;
                row.people.push(person.id);
            }
            None => {
                rows.push((key, Spoken { profession: title.to_owned(), entries, people: vec![person.id] }));
            }
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Whether somebody is the facilitator, or one of them.
fn leads(dossier: &Dossier, id: Id<Participant>) -> bool {
    dossier.meeting.facilitators.contains(&Some(id))
}

/// Whether somebody presents the case.
fn presents(dossier: &Dossier, id: Id<Participant>) -> bool {
    dossier.meeting.presenter == Some(id)
}

/// Who has not said anything yet on the map, by their codes; who leads or presents is not waited for.
pub fn silent(dossier: &Dossier) -> Vec<Id<Participant>> {
    let speakers: BTreeSet<Id<Participant>> = dossier.nodes.values().filter_map(|n| n.speaker).collect();
    let waits = |id: &Id<Participant>| !leads(dossier, *id) && !presents(dossier, *id);
    dossier.people().into_iter().map(|p| p.id).filter(waits).filter(|id| !speakers.contains(id)).collect()
}

/// Who has not said anything yet at the end, where all but the facilitators say what they take home.
pub fn silent_at_end(dossier: &Dossier) -> Vec<Id<Participant>> {
    let speakers: BTreeSet<Id<Participant>> =
        dossier.reflections.values().filter_map(|r| r.speaker).collect();
    let waits = |id: &Id<Participant>| !leads(dossier, *id) && !speakers.contains(id);
    dossier.people().into_iter().map(|p| p.id).filter(waits).collect()
}

/// 「これから話す方 3人：歯科医師・民生委員」: how many of these there are, and of which professions; empty without any. Names and
/// places are not said, for nobody is to be shown up.
pub fn yet_to_speak(dossier: &Dossier, lists: &Lists, waiting: &[Id<Participant>]) -> String {
    let people = waiting.iter().filter_map(|id| dossier.participants.get(id));
    let mut titles: Vec<&str> = Vec::new();
    for title in people.filter(|p| !p.profession.is_empty()).map(|p| lists.title_of(p)) {
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    let of = if titles.is_empty() { String::new() } else { format!("：{}", titles.join("・")) };
    if waiting.is_empty() { String::new() } else { format!("これから話す方 {}人{of}", waiting.len()) }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::domain::{Category, Meeting, Node, Profession};
    use uuid::Uuid;

    /// The professions that matter here; the domain knows no file.
    pub(crate) fn lists() -> Lists {
        let profession = |title: &str, short: &str, aliases: &[&str]| Profession {
            title: title.into(),
            short: short.into(),
            aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
        };
        Lists {
            professions: vec![
                profession("医師", "医", &["主治医"]),
                profession("歯科医師", "歯", &[]),
                profession("薬剤師", "薬", &[]),
                profession("介護支援専門員", "CM", &["ケアマネ", "ケアマネジャー"]),
                profession("主任介護支援専門員", "主任", &["主任ケアマネ"]),
                profession("訪問介護員", "訪介", &["ヘルパー"]),
                profession("行政職員", "行", &["役場"]),
                profession("民生委員", "民", &[]),
            ]
            .into(),
            categories: Vec::<Category>::new(),
            scenes: vec![],
            functions: vec![],
            levels: vec![],
            gaps: vec![],
            regional_statuses: vec![],
            reflected: vec![],
            taken_up: vec![],
            age_bands: vec![],
            sexes: vec![],
            triggers: vec![],
            consents: vec![],
            branch_checks: vec![],
            slots: vec![],
        }
    }

    pub(super) fn id<T>(n: u128) -> Id<T> {
        Id::from(Uuid::from_u128(n))
    }

    pub(super) fn dossier() -> Dossier {
        let meeting = Meeting { format: "mieru".into(), ..Meeting::new(id(1)) };
        let mut dossier = Dossier::new(meeting, None);
        let people = [
            "P01 主任介護支援専門員 山の町地域包括支援センター 総合相談担当 仮ノ山A",
            "P03 ケアマネ 山の町の居宅介護支援事業所 試ノ森C",
            "P04 医師 山の町の診療所 内科",
            "P05 歯科医師 山の町の歯科診療所",
            "P06 薬剤師 隣町の調剤薬局",
            "P14 民生委員",
            "P15 介護支援専門員 隣町の事業所",
        ];
        sit(&mut dossier, 100, &people);
        dossier
    }

    /// Puts people at the table, with ids from a number on.
    pub(super) fn sit(dossier: &mut Dossier, from: u128, lines: &[&str]) {
        for (n, line) in (from..).zip(lines) {
            let mut person = Participant::new(id(n), id(1), "");
            parse_line(line, &lists()).write_to(&mut person);
            dossier.participants.insert(person.id, person);
        }
    }

    pub(super) fn codes(dossier: &Dossier, ids: &[Id<Participant>]) -> Vec<String> {
        ids.iter().map(|id| dossier.participants[id].code.clone()).collect()
    }

    #[test]
    fn 次の符号は空きを埋めずに進む() {
        let dossier = dossier();
        let codes = || dossier.participants.values().map(|p| p.code.as_str());
        let mut free = FreeCodes::after(codes());
        assert_eq!([free.give(), free.give()], ["P16", "P17"]);
        assert_eq!(FreeCodes::after(codes().chain(["P4294967295", "20230145", "あ"])).give(), "P16");
        assert_eq!(FreeCodes::after([].into_iter()).give(), "P01");
        assert!(code_key("P6") == code_key("ｐ０６") && code_key("P6") != code_key("P60"));
    }

    #[test]
    fn 発言を職種ごとに数える() {
        let mut dossier = dossier();
        for (n, speaker) in [Some(101), Some(101), Some(106), Some(104), None].into_iter().enumerate() {
            let node = Node {
                branch: "生活".into(),
                speaker: speaker.map(id),
                ..Node::new(id(500 + n as u128), id(1), "残薬", "2026-05-21T13:30:00+09:00".parse().unwrap())
            };
            dossier.nodes.insert(node.id, node);
        }
        let rows = spoken(&dossier, &lists());
        let seen: Vec<(&str, usize, usize)> =
            rows.iter().map(|r| (r.profession.as_str(), r.entries, r.people.len())).collect();
        // ケアマネ and 介護支援専門員 are one profession.
        assert_eq!(
            seen,
            [
                ("主任介護支援専門員", 0, 1),
                ("介護支援専門員", 3, 2),
                ("医師", 0, 1),
                ("歯科医師", 0, 1),
                ("薬剤師", 1, 1),
                ("民生委員", 0, 1)
            ]
        );
        assert_eq!(codes(&dossier, &silent(&dossier)), ["P01", "P04", "P05", "P14"]);
    }
}
