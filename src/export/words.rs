//! How records read in Japanese: dates, numbers, people, signs. Shared by everything that people read.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::causes::say::Called;
use crate::domain::date::{says_only_a_day, without_day};
use crate::domain::fields::Value;
use crate::domain::text::{clean_lines, visible};
use crate::domain::{
    Aside, Dossier, Escalation, Id, Key, Kind, Node, Participant, RegionalIssue, Table, Until, aside,
};
use crate::layout::signs::Signs;

/// Of longer words within a sentence only the beginning is said, and of what an entry speaks of.
pub const LONG: usize = 60;
const ABOUT: usize = 40;

/// An issue of so many letters says what it is about.
const SENTENCE: usize = 12;

/// Text fit for a file: line breaks stay, everything that steers a terminal or that nobody sees is gone.
pub fn clean(text: &str) -> String {
    clean_lines(&visible(text)).join("\n").replace('\t', " ").trim().to_owned()
}

/// The number of an issue in a circle, as the map shows it.
pub fn circled(number: u32) -> String {
    Signs::unicode().number(number).into_owned()
}

/// 2026年5月21日（木）, where words run on; 2026/5/21(木) in a table, where it takes one line.
pub use crate::domain::date::{full as date_in_table, long as date};

/// A step of the way of a regional issue: `2027年2月10日（水） 市町村 不採用（財源がない） ⇒訪問の回数`.
pub fn step(step: &Escalation) -> String {
    let bracketed = |text: String| if text.is_empty() { text } else { format!("（{text}）") };
    let left = |text: String| if text.is_empty() { text } else { format!("⇒{text}") };
    let day = step.date.map(date).unwrap_or_default();
    let decided = format!("{}{}", clean(&step.decision), bracketed(clean(&step.reason)));
    let parts = [day, clean(&step.level), decided, left(clean(&step.remaining))];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What stands for a category where there is little room: of `(ウ)切れ目のない…` the letter in its brackets.
pub fn letter(category: &str) -> &str {
    let end = category.find(')').filter(|_| category.starts_with('('));
    end.map_or(category, |end| &category[..=end])
}

/// 期限 in words: the day alone where the words were nothing but a day, else the words with the day they mean, or that they
/// mean none: 2026年5月31日（日）, 来週中（2026/5/31(日)まで）.
pub fn until(until: &Until) -> String {
    with_day(until, date)
}

/// The same in a table: 2026/5/31(日).
pub fn until_in_table(until: &Until) -> String {
    with_day(until, date_in_table)
}

fn with_day(until: &Until, alone: fn(NaiveDate) -> String) -> String {
    let words = clean(&until.words);
    match until.date {
        Some(day) if says_only_a_day(until) => alone(day),
        // Of two brackets the inner one is narrow.
        Some(day) => by(&words, &date_in_table(day)),
        None => without_day(&Until { words, date: None }),
    }
}

/// Words with the day they mean, in a bracket.
fn by(words: &str, day: &str) -> String {
    let by = if words.ends_with("まで") { "" } else { "まで" };
    format!("{words}（{day}{by}）")
}

/// The sign before an entry of the map, with the space that belongs to it; a fact has none.
pub fn sign(kind: Kind) -> String {
    let sign = Signs::unicode().kind(kind);
    // The brackets of an issue are space enough.
    let space = if matches!(kind, Kind::Fact | Kind::Issue) { "" } else { " " };
    format!("{sign}{space}")
}

/// An entry where it stands among the others: an issue with its number, anything else as it is.
pub fn entry(node: &Node) -> String {
    with_number(node, clean(&node.text))
}

/// An entry as it is spoken of away from the map: ⑦ 知られていない（相談窓口）.
pub fn named(dossier: &Dossier, node: &Node) -> String {
    with_number(node, apart(dossier, node))
}

/// The words of an entry for those who do not see what it hangs on: 知られていない（相談窓口）. What hangs on a main branch, and
/// what says it itself, needs no more than its own.
pub fn apart(dossier: &Dossier, node: &Node) -> String {
    let words = clean(&node.text);
    let about = if is_sentence(&words) { None } else { about(dossier, node) };
    let about = about
        .map(|about| clean(&about.text))
        .filter(|about| !about.is_empty() && !words.contains(about.as_str()));
    let about = about.map(|about| format!("（{}）", beginning(&about, ABOUT))).unwrap_or_default();
    words + &about
}

/// The same in so many letters: what it is about whole or not at all, of longer words the beginning.
pub fn apart_within(dossier: &Dossier, node: &Node, most: usize) -> String {
    let whole = apart(dossier, node);
    if whole.chars().count() <= most && !whole.ends_with("…）") {
        whole
    } else {
        beginning(&clean(&node.text), most)
    }
}

/// Whether words are understood without what they hang on: those that are long, or that say of whom or of what they speak.
fn is_sentence(words: &str) -> bool {
    let letters: Vec<char> = words.chars().collect();
    let particle = |three: &[char]| {
        // Of 広がる and つながる the が is none.
        let after_kana = matches!(three[0], '\u{3041}'..='\u{3096}');
        match three[1] {
            'を' => true,
            'に' => !after_kana,
            'が' => !after_kana && !matches!(three[2], 'ら' | 'り' | 'る' | 'れ' | 'ろ' | 'っ'),
            _ => false,
        }
    };
    letters.len() >= SENTENCE || letters.windows(3).any(particle)
}

/// What an entry speaks of: the nearest it hangs on that is no issue, for of issues one asks that, too; else what it hangs on.
pub fn about<'a>(dossier: &'a Dossier, node: &Node) -> Option<&'a Node> {
    let on = |node: &Node| dossier.nodes.get(&node.parent?);
    // Some maps that were put together go round in rings.
    let above = || std::iter::successors(on(node), |above| on(above)).take(dossier.nodes.len());
    above().find(|above| above.kind != Kind::Issue).or_else(|| above().next())
}

/// No more than the beginning of long words.
pub fn beginning(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}

fn with_number(node: &Node, words: String) -> String {
    if node.number == 0 { words } else { format!("{} {words}", circled(node.number)) }
}

/// What the regional issue at this place of a meeting is called by: ① is an issue of the case.
pub fn regional_number(place: usize) -> String {
    format!("地{}", place + 1)
}

/// An issue within a sentence: ⑮「飲まない理由を共有できていない」.
fn numbered(dossier: &Dossier, id: Id<Node>, most: usize) -> String {
    let Some(node) = dossier.nodes.get(&id) else { return "「」".to_owned() };
    let number = if node.number > 0 { circled(node.number) } else { String::new() };
    format!("{number}「{}」", apart_within(dossier, node, most))
}

/// Says something in which issues are spoken of: by their words, of no more than `most` letters, then by their numbers.
pub fn called<T>(dossier: &Dossier, most: usize, told: usize, say: impl FnOnce(&Called<'_>) -> T) -> T {
    let first = |id| numbered(dossier, id, most);
    let again = |id| match dossier.nodes.get(&id) {
        Some(node) if node.number > 0 => circled(node.number),
        _ => first(id),
    };
    say(&Called { first: &first, again: Some(&again), told })
}

/// What stands in a field; `called` says what the records it points at are called. A place among siblings says nothing.
pub fn value(value: &Value<'_>, called: impl Fn(Key) -> String) -> String {
    let joined = |words: &mut dyn Iterator<Item = String>| {
        words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("、")
    };
    match value {
        Value::Words(words) | Value::Name(words) => clean(words),
        Value::List(list) => joined(&mut list.iter().map(|words| clean(words))),
        Value::Label(label) => (*label).to_owned(),
        Value::Yes(None) | Value::Order(_) => String::new(),
        Value::Yes(Some(true)) => "はい".to_owned(),
        Value::Yes(Some(false)) => "いいえ".to_owned(),
        Value::Day(day) => day.map(date).unwrap_or_default(),
        Value::Moment(at) => at.map(|at| date(at.date_naive())).unwrap_or_default(),
        Value::Year(year) => format!("{year}年度"),
        Value::Until(words) => until(words),
        Value::Refers(_, keys) => joined(&mut keys.iter().map(|key| called(*key))),
        Value::Steps(steps) => joined(&mut steps.iter().map(|step| clean(&step.title))),
        Value::Times(spent) => joined(&mut spent.iter().map(|seconds| format!("{}分", minutes(*seconds)))),
        Value::Count(count, _) => count.to_string(),
    }
}

/// What stands in a field, with what was typed there and stands beside it.
pub fn told(of: &Value<'_>, called: impl Fn(Key) -> String, asides: &[Aside], field: &str) -> String {
    let text = value(of, called);
    match of {
        Value::List(_) | Value::Refers(..) => among(text, asides, field),
        _ => with(text, asides, field),
    }
}

/// Several things, with the words that stand beside them: whoever said them meant one more.
pub fn among(text: String, asides: &[Aside], field: &str) -> String {
    let words = clean(&aside::shown(aside::beside(asides, field)));
    [text, words].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("、")
}

/// One thing, with the words that stand beside it: they say more of it.
pub fn with(text: String, asides: &[Aside], field: &str) -> String {
    let words = clean(aside::beside(asides, field));
    match (text.is_empty(), words.is_empty()) {
        (true, _) => words,
        (_, true) => text,
        _ => format!("{text}（{words}）"),
    }
}

/// Whether somebody has read an issue for personal detail.
pub fn confirmed(issue: &RegionalIssue) -> &'static str {
    if issue.confirmed { "確認済み" } else { "未確認" }
}

/// A number of seconds as minutes, rounded: ninety seconds are two minutes.
pub fn minutes(seconds: u32) -> u32 {
    seconds.saturating_add(30) / 60
}

/// What people are called in a record: by profession, never by name; with the code where two share a profession.
pub struct People<'a> {
    labels: HashMap<Id<Participant>, String>,
    dossier: &'a Dossier,
}

impl<'a> People<'a> {
    /// Those of a meeting.
    pub fn new(dossier: &'a Dossier) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for person in dossier.participants.values() {
            *counts.entry(person.label()).or_default() += 1;
        }
        let label = |person: &Participant| match counts.get(person.label()) {
            Some(2..) => clean(&format!("{} {}", person.label(), person.code)),
            _ => clean(person.label()),
        };
        Self { labels: dossier.participants.values().map(|p| (p.id, label(p))).collect(), dossier }
    }

    /// What one of them is called; none for nobody.
    pub fn label(&self, id: Option<Id<Participant>>) -> Option<&str> {
        id.and_then(|id| self.labels.get(&id)).map(String::as_str)
    }

    /// What a record of the meeting is called where another one points at it; nothing for what is not here.
    pub fn called(&self, key: Key) -> String {
        match key.table {
            Table::Participant => self.label(Some(Id::from(key.id))).unwrap_or_default().to_owned(),
            Table::Node => self
                .dossier
                .nodes
                .get(&Id::from(key.id))
                .map(|node| named(self.dossier, node))
                .unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// Profession and organisation of one of them.
    pub fn with_organisation(&self, id: Option<Id<Participant>>) -> Option<String> {
        let person = self.dossier.participants.get(&id?)?;
        let label = self.label(id)?;
        let organisation = clean(&person.organisation);
        let more = !organisation.is_empty() && label != organisation;
        Some(if more { format!("{label}（{organisation}）") } else { label.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 図から離れた課題は何のことかを言う() {
        use crate::domain::map::Place;
        use crate::layout::sample::{Map, stamp};
        // Each hangs on the one before.
        let said = |twigs: &[&str]| {
            let (mut map, mut mint) = (Map::new("町\n"), stamp(3).ids());
            let mut place = Place::Branch(0);
            for twig in twigs {
                let id = mint.id();
                map.add(id, twig, place);
                place = Place::Under(id);
            }
            apart(&map.dossier, map.dossier.nodes.values().next_back().unwrap())
        };
        for (twigs, expected) in [
            (&["!足りない"][..], "足りない"),
            (&["移動の車", "!足りない"], "足りない（移動の車）"),
            (&["移動の車", "!足りない", "!高い"], "高い（移動の車）"),
            (&["!足りない", "!高い"], "高い（足りない）"),
            (&["移動の車", "*乗りたい", "!言えない"], "言えない（乗りたい）"),
            (&["車", "!車が足りない"], "車が足りない"),
            (&["", "!足りない"], "足りない"),
            (&["冬の朝だけ村の入口まで来る車", "!足りない"], "足りない（冬の朝だけ村の入口まで来る車）"),
            // What is a sentence needs no other.
            (&["右手で箸が使えない", "!家のことを担う"], "家のことを担う"),
            (&["朝の船", "!荷が重い"], "荷が重い"),
            (&["朝の船", "!病院に行けない"], "病院に行けない"),
            (&["朝の船", "!こわがって乗れない"], "こわがって乗れない（朝の船）"),
            (&["血の圧", "!下がらない"], "下がらない（血の圧）"),
            (&["朝の船", "!よそへのつながりのなさ"], "よそへのつながりのなさ（朝の船）"),
            (&["朝の船", "!よそとのつながりのなさすぎ"], "よそとのつながりのなさすぎ"),
        ] {
            assert_eq!(said(twigs), expected);
        }
        // What was put together of several maps may go round in a ring.
        let mut ring = Map::new("町\n  !高い\n    !遠い\n").dossier;
        let [a, b] = [0, 1].map(|i| *ring.nodes.keys().nth(i).unwrap());
        ring.nodes.get_mut(&a).unwrap().parent = Some(b);
        let said = |id| numbered(&ring, id, 7);
        assert_eq!([a, b].map(said), ["①「高い（遠い）」", "②「遠い（高い）」"]);
        // The bracket whole or not at all.
        ring.nodes.get_mut(&b).unwrap().text = "遠い町の中の山の道".into();
        assert_eq!(
            [7, 13, 14].map(|most| numbered(&ring, a, most)),
            ["①「高い」", "①「高い（遠い町の中の山の道）」", "①「高い（遠い町の中の山の道）」"]
        );
        ring.nodes.get_mut(&b).unwrap().text = "遠い".repeat(30);
        assert_eq!(numbered(&ring, a, 60), "①「高い」");
    }

    #[test]
    fn 丸数字は五十まで() {
        assert_eq!([1, 20, 21, 35, 36, 50, 51].map(circled).join(""), "①⑳㉑㉟㊱㊿(51)");
        assert_eq!(circled(0), "(0)");
    }

    #[test]
    fn 期限は日だけなら日だけ() {
        let day = NaiveDate::from_ymd_opt(2026, 5, 31);
        let with = |words: &str, date| until(&Until { words: words.into(), date });
        assert_eq!(with("5/31", day), "2026年5月31日（日）");
        assert_eq!(with("R8.5.31", day), "2026年5月31日（日）");
        assert_eq!(with("５月３１日(日)まで", day), "2026年5月31日（日）");
        assert_eq!(with("来週日曜", day), "来週日曜（2026/5/31(日)まで）");
        assert_eq!(with("来週中", day), "来週中（2026/5/31(日)まで）");
        assert_eq!(with("次回まで", day), "次回まで（2026/5/31(日)）");
        assert_eq!(with("未定", None), "未定");
        assert_eq!(with("次回まで", None), "次回まで");
        assert_eq!(with("桑の実が熟すころ", None), "桑の実が熟すころ（日付なし）");
        assert_eq!(with("", None), "");
        let table = |words: &str| until_in_table(&Until { words: words.into(), date: day });
        assert_eq!(
            ["5/31", "来週中", "次回まで"].map(table),
            ["2026/5/31(日)", "来週中（2026/5/31(日)まで）", "次回まで（2026/5/31(日)）"]
        );
    }

    #[test]
    fn 同じ職種が二人なら番号を添える() {
        let mut dossier = crate::export::sample::case_a().unwrap();
        let ids: Vec<_> = dossier.people().iter().map(|p| p.id).collect();
        assert_eq!(People::new(&dossier).label(Some(ids[5])), Some("薬剤師"));
        dossier.participants.get_mut(&ids[0]).unwrap().profession = "薬剤師".into();
        let people = People::new(&dossier);
        assert_eq!([5, 0, 3].map(|i| people.called(ids[i].key())), ["薬剤師 P06", "薬剤師 P01", "医師"]);
    }
}
