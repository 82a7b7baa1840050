//! The people at the table: written in one line each, found by a few letters, counted by profession.

mod line;
mod looks;

use std::collections::{BTreeMap, BTreeSet};

pub use line::{PersonDraft, named_in_brackets, parse_line, without_mark, write_line};

use super::text::{fold, sought};
use super::{Dossier, Id, Lists, Participant, Profession};

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

/// The participants a few letters mean, best first: the code (`p6`, `6`), the profession by any of its names, its beginning,
/// the organisation or department by any part, the name by its beginning; where nobody is found so, those in whose words the
/// letters stand in that order. Nobody for an empty query.
pub fn find(query: &str, dossier: &Dossier, lists: &Lists) -> Vec<Id<Participant>> {
    ranked(&sought(query), dossier, lists).into_iter().map(|(_, person)| person.id).collect()
}

/// Whom letters behind a sign mean: the best that is found. Letters that merely stand in somebody's words mean nobody where
/// they stand in those of several.
pub fn called(query: &str, dossier: &Dossier, lists: &Lists) -> Option<Id<Participant>> {
    let found = ranked(&sought(query), dossier, lists);
    let (rank, person) = found.first()?;
    (*rank < Rank::Letters || found.len() == 1).then_some(person.id)
}

/// Whom words mean that may mean nobody here, such as 家族 or 町: those of a code or of a whole profession. Of parts, two
/// letters at the least which fit one person alone, and are no general word, no town and no other profession.
pub fn named(query: &str, dossier: &Dossier, lists: &Lists) -> Option<Id<Participant>> {
    let query = sought(query);
    let found = ranked(&query, dossier, lists);
    let (rank, person) = *found.first()?;
    let is_else = || {
        let is = |words: &str| sought(words) == query;
        let of_body = !matches!(rank, Rank::ProfessionBegins | Rank::AliasBegins | Rank::ProfessionHolds);
        let body = is(&person.organisation) || is(&person.department);
        looks::GENERIC.iter().any(|word| is(word))
            || of_body && lists.professions.iter().any(|known| is(&known.title))
            || rank == Rank::Organisation && !body && query.ends_with(looks::TOWNS)
    };
    let is_part = rank > Rank::Profession;
    let vague = || found.len() > 1 || rank == Rank::Letters || query.chars().count() < 2 || is_else();
    (!is_part || !vague()).then_some(person.id)
}

/// All that are found, best first.
fn ranked<'a>(query: &str, dossier: &'a Dossier, lists: &Lists) -> Vec<(Rank, &'a Participant)> {
    if query.is_empty() {
        return Vec::new();
    }
    let people = dossier.people();
    let by = |query: &str| -> Vec<_> {
        people.iter().filter_map(|p| Some((rank(query, p, lists)?, *p))).collect()
    };
    let mut found = by(query);
    if found.is_empty() {
        // As people call each other. One letter is too little to be sure: 皆さん is not 皆川.
        let bare = looks::HONORIFICS.iter().find_map(|honorific| query.strip_suffix(honorific));
        found = bare.filter(|bare| bare.chars().count() > 1).map(by).unwrap_or_default();
    }
    if found.is_empty() && query.chars().count() > 1 {
        let holds = |p: &&&Participant| has_letters(query, p, lists);
        found = people.iter().filter(holds).map(|p| (Rank::Letters, *p)).collect();
    }
    // Stable: equals stay in the order of their codes.
    found.sort_by_key(|(rank, _)| *rank);
    found
}

/// Whether the letters stand in this order in one of the words for somebody: 生保 in 生活保護CW.
fn has_letters(query: &str, person: &Participant, lists: &Lists) -> bool {
    let known = lists.profession(&person.profession).into_iter().flat_map(Profession::names);
    let own = [&person.profession, &person.organisation, &person.department, &person.name];
    own.into_iter().chain(known).any(|words| {
        let words = sought(words);
        let mut letters = words.chars();
        query.chars().all(|c| letters.any(|letter| letter == c))
    })
}

/// How well a query fits, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Code,
    Profession,
    ProfessionBegins,
    /// A name the list has for it begins so: 養護教諭 is 保健室の先生, too, but whoever says 保健 means the 保健師.
    AliasBegins,
    Organisation,
    ProfessionHolds,
    Name,
    Letters,
}

fn rank(query: &str, person: &Participant, lists: &Lists) -> Option<Rank> {
    if code_key(&person.code) == code_key(query) {
        return Some(Rank::Code);
    }
    let mut words = vec![sought(&person.profession)];
    let known = lists.profession(&person.profession);
    words.extend(known.into_iter().flat_map(Profession::names).map(|w| sought(w)));
    let any = |test: &dyn Fn(&str) -> bool| words.iter().any(|w| test(w.as_str()));
    // However long its vowels are drawn: ケアマネージャ is ケアマネジャー.
    let is_known = known.is_some_and(|known| known.names().any(|name| fold(name) == fold(query)));
    if is_known || any(&|w| w == query) {
        Some(Rank::Profession)
    } else if words[0].starts_with(query)
        || known.is_some_and(|known| sought(&known.title).starts_with(query))
    {
        Some(Rank::ProfessionBegins)
    } else if any(&|w| w.starts_with(query)) {
        Some(Rank::AliasBegins)
    } else if [&person.organisation, &person.department].into_iter().any(|w| sought(w).contains(query)) {
        Some(Rank::Organisation)
    } else if any(&|w| w.contains(query)) {
        // 「マネ」 for ケアマネジャー; after the organisations, whose names people say more often than half a profession.
        Some(Rank::ProfessionHolds)
    } else if sought(&person.name).starts_with(query) {
        Some(Rank::Name)
    } else {
        None
    }
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
    use crate::domain::{Category, Meeting, Node};
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

    fn dossier() -> Dossier {
        let meeting = Meeting { format: "mieru".into(), ..Meeting::new(id(1)) };
        let mut dossier = Dossier::new(meeting, None);
        for (n, line) in [
            "P01 主任介護支援専門員 山の町地域包括支援センター 総合相談担当 仮ノ山A",
            "P03 ケアマネ 山の町の居宅介護支援事業所 試ノ森C",
            "P04 医師 山の町の診療所 内科",
            "P05 歯科医師 山の町の歯科診療所",
            "P06 薬剤師 隣町の調剤薬局",
            "P14 民生委員",
            "P15 介護支援専門員 隣町の事業所",
        ]
        .into_iter()
        .enumerate()
        {
            let mut person = Participant::new(id(100 + n as u128), id(1), "");
            parse_line(line, &lists()).write_to(&mut person);
            dossier.participants.insert(person.id, person);
        }
        dossier
    }

    fn codes(dossier: &Dossier, ids: &[Id<Participant>]) -> Vec<String> {
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
    fn 少ない文字で人を見つける() {
        let dossier = dossier();
        for (query, expected) in [
            ("p6", vec!["P06"]),
            ("P06", vec!["P06"]),
            ("Ｐ０６", vec!["P06"]),
            ("6", vec!["P06"]),
            ("１４", vec!["P14"]),
            ("薬", vec!["P06"]),
            ("ヤクザイシ", vec![]),
            ("ケアマネ", vec!["P03", "P15", "P01"]),
            ("主任", vec!["P01"]),
            ("介護支援", vec!["P03", "P15", "P01"]),
            ("医", vec!["P04", "P05"]),
            ("包括", vec!["P01"]),
            ("隣町", vec!["P06", "P15"]),
            ("内科", vec!["P04"]),
            ("仮ノ山", vec!["P01"]),
            ("仮ノ山さん", vec!["P01"]),
            ("薬剤師さん", vec!["P06"]),
            ("内さん", vec![]),
            ("さん", vec![]),
            ("", vec![]),
            ("　", vec![]),
        ] {
            assert_eq!(codes(&dossier, &find(query, &dossier, &lists())), expected, "{query}");
        }
    }

    #[test]
    fn 略した字は順にそろう一人を指す() {
        let mut dossier = dossier();
        for (n, line) in
            ["P20 生活保護CW 県の事務所", "P21 精神保健福祉士 川の里病院"].into_iter().enumerate()
        {
            let mut person = Participant::new(id(200 + n as u128), id(1), "");
            parse_line(line, &lists()).write_to(&mut person);
            dossier.participants.insert(person.id, person);
        }
        for (query, expected) in [
            ("生保", Some("P20")),
            ("生CW", Some("P20")),
            ("精福", Some("P21")),
            // Who is found otherwise goes first, and those who are found so are not guessed at.
            ("介護", Some("P03")),
            ("所担", None),
            ("援員", None),
            ("保生", None),
            ("護", Some("P03")),
        ] {
            let who = called(query, &dossier, &lists()).map(|id| dossier.participants[&id].code.clone());
            assert_eq!(who.as_deref(), expected, "{query}");
        }
        assert_eq!(codes(&dossier, &find("援員", &dossier, &lists())), ["P01", "P03", "P15"]);
    }

    #[test]
    fn だれとも言えないことばは人にならない() {
        let mut dossier = dossier();
        for (n, line) in [
            "P20 保健師 川の町役場 健康福祉課",
            "P21 相談員 家族会ひだまり",
            "P22 地域包括支援センター職員 川の町地域包括支援センター",
        ]
        .into_iter()
        .enumerate()
        {
            let mut person = Participant::new(id(200 + n as u128), id(1), "");
            parse_line(line, &lists()).write_to(&mut person);
            dossier.participants.insert(person.id, person);
        }
        let mut lists = lists();
        let family = Profession { title: "家族".into(), short: "家".into(), aliases: vec![] };
        lists.professions = lists.professions.iter().cloned().chain([family]).collect::<Vec<_>>().into();
        for (words, expected) in [
            ("町", None),
            ("川", None),
            ("川の町", None),
            ("隣町", None),
            ("家族", None),
            ("地域", None),
            ("みんな", None),
            ("家族の皆さん", None),
            ("薬剤師さん", Some("P06")),
            // A part of a house or of a profession that only one has.
            ("川の町役場", Some("P20")),
            ("健康福祉課", Some("P20")),
            ("ひだまり", Some("P21")),
            ("民生", Some("P14")),
            ("内科", Some("P04")),
            // Several have it.
            ("事業所", None),
            ("山の町の", None),
            // A whole profession, short or not, and a code.
            ("薬", Some("P06")),
            ("ケアマネ", Some("P03")),
            ("医師", Some("P04")),
            ("p22", Some("P22")),
            ("22", Some("P22")),
        ] {
            let who = named(words, &dossier, &lists).map(|id| dossier.participants[&id].code.clone());
            assert_eq!(who.as_deref(), expected, "{words}");
        }
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
