//! The people at the table: written in one line each, found by a few letters, counted by profession.

use std::collections::{BTreeMap, BTreeSet};

use super::text::{clean_line, fold};
use super::{Dossier, Id, Lists, Participant};

/// What one line says about a participant. What it does not say is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonDraft {
    /// Such as `P06`, in half-width capitals.
    pub code: Option<String>,
    pub profession: Option<String>,
    pub organisation: Option<String>,
    pub department: Option<String>,
    pub name: Option<String>,
    pub involved: Option<bool>,
    pub first_time: Option<bool>,
}

impl PersonDraft {
    /// Whether the line said nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Writes the draft onto a participant. The fields become exactly what the line said, so that an edited line can also
    /// take something away; the code stays where the line gives none.
    pub fn write_to(&self, person: &mut Participant) {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        if let Some(code) = &self.code {
            person.code.clone_from(code);
        }
        person.profession = text(&self.profession);
        person.organisation = text(&self.organisation);
        person.department = text(&self.department);
        person.name = text(&self.name);
        person.involved = self.involved;
        person.first_time = self.first_time;
    }
}

const INVOLVED: [(&str, bool); 8] = [
    ("関わりあり", true),
    ("関わりなし", false),
    ("関わり有り", true),
    ("関わり無し", false),
    ("関わり有", true),
    ("関わり無", false),
    ("かかわりあり", true),
    ("かかわりなし", false),
];
const FIRST_TIME: [(&str, bool); 6] = [
    ("初参加", true),
    ("初", true),
    ("初めて", true),
    ("参加経験あり", false),
    ("経験あり", false),
    ("２回目以降", false),
];

/// Reads one line: 職種 所属 部署 氏名, parted by commas, tabs or spaces.
///
/// Where the line holds a comma or a tab, only these part it, a field may hold spaces, and an empty field keeps its place;
/// else every space does. A code (`P06`), 「関わりあり／なし」 and 「初参加」 may stand anywhere. 「山の町薬局 薬剤師」 is understood where
/// a later field is a known profession and the first is not; a line parted by commas that begins with its code is taken as it
/// stands.
pub fn parse_line(text: &str, lists: &Lists) -> PersonDraft {
    let mut draft = PersonDraft::default();
    let mut fields: Vec<String> = Vec::new();
    let tokens = tokens(text);
    // What `write_line` wrote stands in its order: there, an organisation may well go by the name of a profession (役場).
    let in_order = text.contains(is_comma) && tokens.first().is_some_and(|t| code_of(t).is_some());
    for token in tokens {
        let folded = fold(&token);
        let flag = |table: &[(&str, bool)]| table.iter().find(|(w, _)| fold(w) == folded).map(|(_, on)| *on);
        if let Some(code) = code_of(&token).filter(|_| draft.code.is_none()) {
            draft.code = Some(code);
        } else if let Some(involved) = flag(&INVOLVED) {
            draft.involved = Some(involved);
        } else if let Some(first_time) = flag(&FIRST_TIME) {
            draft.first_time = Some(first_time);
        } else {
            fields.push(token);
        }
    }
    let known = |field: &String| lists.profession(field).is_some();
    if let Some(at) = fields.iter().position(known).filter(|at| *at > 0 && !in_order) {
        let profession = fields.remove(at);
        fields.insert(0, profession);
    }
    let mut fields = fields.into_iter().map(|field| Some(field).filter(|f| !f.is_empty()));
    let mut next = || fields.next().flatten();
    draft.profession = next();
    draft.organisation = next();
    draft.department = next();
    let names: Vec<String> = std::iter::once(next()).chain(fields).flatten().collect();
    draft.name = Some(names.join(" ")).filter(|name| !name.is_empty());
    draft
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | '\t')
}

/// The fields of a line. Trailing empty ones are dropped, those in between keep their place.
fn tokens(text: &str) -> Vec<String> {
    // A tab parts fields, so it must survive the cleaning.
    let text = text.replace('\t', ",");
    let text = clean_line(&text);
    if text.contains(is_comma) {
        text.split(is_comma).map(|field| field.trim().to_owned()).collect()
    } else {
        text.split_whitespace().map(str::to_owned).collect()
    }
}

/// `P06` from p6, Ｐ０６ or P06.
fn code_of(token: &str) -> Option<String> {
    let folded = fold(token);
    let digits = folded.strip_prefix('p')?;
    let number: u32 = digits.parse().ok().filter(|_| digits.len() <= 4)?;
    Some(code(number))
}

fn code(number: u32) -> String {
    format!("P{number:02}")
}

/// The line that [`parse_line`] reads back into the same fields: parted by `、`, so that spaces inside a field survive.
/// A comma inside a field is written as `・`; a code that is not of the form `P06` is left out, and stays on the participant.
pub fn write_line(person: &Participant) -> String {
    let mut fields = [&person.profession, &person.organisation, &person.department, &person.name]
        .map(|field| clean_line(field).replace(is_comma, "・"));
    // With commas between them empty fields keep their place; those at the end need none.
    let filled = fields.iter().rposition(|field| !field.is_empty()).map_or(0, |at| at + 1);
    let mut line: Vec<String> = code_of(&person.code).into_iter().collect();
    line.extend(fields[..filled].iter_mut().map(std::mem::take));
    match person.involved {
        Some(true) => line.push("関わりあり".to_owned()),
        Some(false) => line.push("関わりなし".to_owned()),
        None => {}
    }
    match person.first_time {
        Some(true) => line.push("初参加".to_owned()),
        Some(false) => line.push("参加経験あり".to_owned()),
        None => {}
    }
    line.join("、")
}

/// The next free code: one more than the highest, so that a code is not given twice.
pub fn next_code(dossier: &Dossier) -> String {
    let highest = dossier.participants.values().filter_map(|p| number_of(&p.code)).max();
    code(highest.unwrap_or(0) + 1)
}

fn number_of(code: &str) -> Option<u32> {
    let folded = fold(code);
    folded.strip_prefix('p').unwrap_or(&folded).parse().ok()
}

/// The participants a few letters mean, best first: the code (`p6`, `6`), the profession by any of its names, its beginning,
/// the organisation or department by any part, the name by its beginning. Nobody for an empty query.
pub fn find(query: &str, dossier: &Dossier, lists: &Lists) -> Vec<Id<Participant>> {
    let query = fold(query);
    if query.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(Rank, &Participant)> = dossier
        .people()
        .into_iter()
        .filter_map(|person| rank(&query, person, lists).map(|rank| (rank, person)))
        .collect();
    // Stable: equals stay in the order of their codes.
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, person)| person.id).collect()
}

/// How well a query fits, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Code,
    Profession,
    ProfessionBegins,
    Organisation,
    ProfessionHolds,
    Name,
}

fn rank(query: &str, person: &Participant, lists: &Lists) -> Option<Rank> {
    let number = number_of(query);
    if fold(&person.code) == query || (number.is_some() && number_of(&person.code) == number) {
        return Some(Rank::Code);
    }
    let mut words = vec![fold(&person.profession)];
    if let Some(known) = lists.profession(&person.profession) {
        words.extend(known.aliases.iter().chain([&known.title, &known.short]).map(|w| fold(w)));
    }
    let any = |test: &dyn Fn(&str) -> bool| words.iter().any(|w| test(w.as_str()));
    if any(&|w| w == query) {
        Some(Rank::Profession)
    } else if any(&|w| w.starts_with(query)) {
        Some(Rank::ProfessionBegins)
    } else if fold(&person.organisation).contains(query) || fold(&person.department).contains(query) {
        Some(Rank::Organisation)
    } else if any(&|w| w.contains(query)) {
        // 「マネ」 for ケアマネジャー; after the organisations, whose names people say more often than half a profession.
        Some(Rank::ProfessionHolds)
    } else if fold(&person.name).starts_with(query) {
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
/// was called.
pub fn spoken(dossier: &Dossier, lists: &Lists) -> Vec<Spoken> {
    let mut said: BTreeMap<Id<Participant>, usize> = BTreeMap::new();
    for speaker in dossier.nodes.values().filter_map(|n| n.speaker) {
        *said.entry(speaker).or_default() += 1;
    }
    let mut rows: Vec<(String, Spoken)> = Vec::new();
    for person in dossier.people() {
        let title = lists.profession(&person.profession).map_or(person.label(), |p| p.title.as_str());
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

/// Who has not said anything yet, by their codes.
pub fn silent(dossier: &Dossier) -> Vec<Id<Participant>> {
    let speakers: BTreeSet<Id<Participant>> = dossier.nodes.values().filter_map(|n| n.speaker).collect();
    dossier.people().into_iter().map(|p| p.id).filter(|id| !speakers.contains(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Category, Kind, Meeting, Node, Profession, Step};
    use uuid::Uuid;

    /// The professions that matter here; the domain knows no file.
    fn lists() -> Lists {
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
            age_bands: vec![],
            sexes: vec![],
            triggers: vec![],
            consents: vec![],
            branch_checks: vec![],
        }
    }

    fn id<T>(n: u128) -> Id<T> {
        Id::from(Uuid::from_u128(n))
    }

    fn dossier() -> Dossier {
        let meeting = Meeting {
            id: id(1),
            date: None,
            venue: String::new(),
            title: String::new(),
            organiser: String::new(),
            format: "mieru".into(),
            steps: vec![],
            branches: vec![],
            case: None,
            facilitators: [None, None],
            presenter: None,
            next_date: None,
            checked: BTreeSet::new(),
            note: String::new(),
        };
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

    fn fields(text: &str) -> [String; 4] {
        let draft = parse_line(text, &lists());
        [draft.profession, draft.organisation, draft.department, draft.name].map(Option::unwrap_or_default)
    }

    #[test]
    fn 一行から職種と所属を読む() {
        for (line, expected) in [
            ("薬剤師 山の町薬局", ["薬剤師", "山の町薬局", "", ""]),
            ("薬剤師　山の町薬局　在宅担当　架空原", ["薬剤師", "山の町薬局", "在宅担当", "架空原"]),
            ("薬剤師,山の町薬局", ["薬剤師", "山の町薬局", "", ""]),
            ("薬剤師\t山の町 薬局\t\t架空原 F", ["薬剤師", "山の町 薬局", "", "架空原 F"]),
            ("薬剤師、、、架空原", ["薬剤師", "", "", "架空原"]),
            ("山の町薬局 薬剤師", ["薬剤師", "山の町薬局", "", ""]),
            ("山の町薬局 在宅担当 薬剤師", ["薬剤師", "山の町薬局", "在宅担当", ""]),
            ("医師 役場", ["医師", "役場", "", ""]),
            ("P07、相談役、役場", ["相談役", "役場", "", ""]),
            ("大工", ["大工", "", "", ""]),
            ("薬剤師 薬局 担当 架空原 花子", ["薬剤師", "薬局", "担当", "架空原 花子"]),
            ("", ["", "", "", ""]),
        ] {
            assert_eq!(fields(line), expected, "{line}");
        }
        assert!(parse_line(" 　", &lists()).is_empty());
    }

    #[test]
    fn 符号と印はどこにあってもよい() {
        for line in [
            "P06 薬剤師 山の町薬局 関わりあり 初参加",
            "薬剤師 ｐ6 初 山の町薬局 関わり有り",
            "初参加、薬剤師、関わりあり、山の町薬局、Ｐ０６",
        ] {
            let draft = parse_line(line, &lists());
            assert_eq!(draft.code.as_deref(), Some("P06"), "{line}");
            assert_eq!((draft.involved, draft.first_time), (Some(true), Some(true)), "{line}");
            assert_eq!(draft.profession.as_deref(), Some("薬剤師"), "{line}");
            assert_eq!(draft.organisation.as_deref(), Some("山の町薬局"), "{line}");
        }
        let draft = parse_line("薬剤師 関わりなし", &lists());
        assert_eq!((draft.involved, draft.first_time, draft.code), (Some(false), None, None));
        // PT is a profession, not a code.
        assert_eq!(parse_line("PT 病院", &lists()).profession.as_deref(), Some("PT"));
    }

    #[test]
    fn 書いた行は同じ人に読める() {
        let mut person = Participant::new(id(9), id(1), "P12");
        person.profession = "役場の 保健師".into();
        person.name = "例ノ川 B".into();
        person.involved = Some(false);
        person.first_time = Some(true);
        assert_eq!(write_line(&person), "P12、役場の 保健師、、、例ノ川 B、関わりなし、初参加");
        let mut again = Participant::new(id(9), id(1), "");
        parse_line(&write_line(&person), &lists()).write_to(&mut again);
        assert_eq!(again, person);
    }

    #[test]
    fn 次の符号は空きを埋めずに進む() {
        let mut dossier = dossier();
        assert_eq!(next_code(&dossier), "P16");
        dossier.participants.clear();
        assert_eq!(next_code(&dossier), "P01");
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
            ("", vec![]),
            ("　", vec![]),
        ] {
            assert_eq!(codes(&dossier, &find(query, &dossier, &lists())), expected, "{query}");
        }
    }

    #[test]
    fn 発言を職種ごとに数える() {
        let mut dossier = dossier();
        for (n, speaker) in [Some(101), Some(101), Some(106), Some(104), None].into_iter().enumerate() {
            let node = Node {
                id: id(500 + n as u128),
                meeting: id(1),
                branch: "生活".into(),
                parent: None,
                rank: 0,
                kind: Kind::Fact,
                text: "残薬".into(),
                said: String::new(),
                speaker: speaker.map(id),
                step: Step::Interview,
                number: 0,
                at: "2026-05-21T13:30:00+09:00".parse().unwrap(),
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

    proptest::proptest! {
        #[test]
        fn どんな人も行に書いて読み戻せる(
            fields in proptest::array::uniform4("[ぁ-ん一-龠a-oq-zA-OQ-Z 　・（）]{0,8}"),
            involved: Option<bool>,
            first_time: Option<bool>,
        ) {
            let [profession, organisation, department, name] = fields.map(|f| clean_line(&f));
            let person = Participant {
                profession, organisation, department, name, involved, first_time,
                ..Participant::new(id(9), id(1), "P12")
            };
            let mut again = Participant::new(id(9), id(1), "");
            parse_line(&write_line(&person), &lists()).write_to(&mut again);
            proptest::prop_assert_eq!(again, person);
        }
    }
}
