//! Whom words mean: a code, a profession, a body, a name, or several of these as people call each other, 社会福祉士の磯貝.

mod spelling;

use self::spelling::Spelling;
use super::{code_key, looks};
use crate::domain::several::between;
use crate::domain::text::{brief, fold, sought};
use crate::domain::{Dossier, Id, Lists, Participant, Profession};

/// The participants a few letters mean, best first: the code (`p6`, `6`), the profession by any of its names, the family name,
/// the beginning of the profession, the organisation or department by any part, the name by its beginning; where nobody is found
/// so, those of whom the words say several things, and last those in whose words the letters stand in that order. Nobody for an
/// empty query.
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

/// Whom letters behind a sign mean as much as the one who is taken, who is first; letters of a number mean one.
pub fn equals(query: &str, dossier: &Dossier, lists: &Lists) -> Vec<Id<Participant>> {
    let found = ranked(&sought(query), dossier, lists);
    let best = found.first().map(|(rank, _)| *rank).filter(|rank| *rank < Rank::Letters);
    let alike = found.into_iter().filter(|(rank, _)| Some(*rank) == best);
    alike.map(|(_, person)| person.id).collect()
}

/// 「薬に当たる方が2人います：薬剤師 P02・薬剤師 P05。」 and the code of who is taken, where letters fit several alike.
pub fn shared(query: &str, dossier: &Dossier, lists: &Lists) -> Option<(String, String)> {
    const NAMED: usize = 3;
    let all = equals(query, dossier, lists);
    let people: Vec<_> = all.iter().filter_map(|id| dossier.participants.get(id)).collect();
    let first = people.first().filter(|_| people.len() > 1)?;
    let named: Vec<String> = people.iter().take(NAMED).map(|p| p.called()).collect();
    let more = if people.len() > NAMED { "など" } else { "" };
    let (query, count, named) = (brief(query), people.len(), named.join("・"));
    Some((format!("「{query}」に当たる方が{count}人います：{named}{more}。"), first.code.clone()))
}

/// Whom words mean that may mean nobody here, such as 家族 or 町: those of a code or of a whole profession, and a family name
/// that one alone has. Of parts, two letters at the least with which the profession of one alone begins or which fit one person
/// alone, and are no general word, no kin, no town and no other profession.
pub fn named(query: &str, dossier: &Dossier, lists: &Lists) -> Option<Id<Participant>> {
    let query = sought(query);
    let found = ranked(&query, dossier, lists);
    let (rank, person) = *found.first()?;
    let is_else = || {
        let is = |words: &str| sought(words) == query;
        let of_body = !matches!(rank, Rank::ProfessionBegins | Rank::AliasBegins | Rank::ProfessionHolds);
        let body = is(&person.organisation) || is(&person.department);
        looks::GENERIC.iter().any(|word| is(word))
            || is_kin(&query)
            || of_body && lists.professions.iter().any(|known| is(&known.title))
            || rank == Rank::Organisation && !body && query.ends_with(looks::TOWNS)
    };
    let several = || found.iter().filter(|(other, _)| *other == rank).count() > 1;
    let sure = match rank {
        Rank::Code | Rank::Profession => true,
        Rank::Family | Rank::Spelled => !several(),
        Rank::Letters => false,
        _ => {
            let alone = if rank == Rank::ProfessionBegins { !several() } else { found.len() == 1 };
            alone && query.chars().count() > 1 && !is_else()
        }
    };
    sure.then_some(person.id)
}

/// Each of those whom words name with 「と」 between them, 保健師と家族, if that divides them into people of the table and kin:
/// in the name of a body, 医師と歩む会, it does not.
pub fn together<'a>(words: &'a str, dossier: &Dossier, lists: &Lists) -> Option<Vec<&'a str>> {
    let is_one = |part: &str| named(part, dossier, lists).is_some();
    let parts: Vec<&str> = words.split(['と', '＆', '&']).map(str::trim).collect();
    let fits = parts.len() > 1 && !is_one(words) && parts.iter().any(|part| is_one(part));
    let all = || parts.iter().all(|part| is_one(part) || is_kin(&sought(part)));
    (fits && all()).then_some(parts)
}

/// Words one by one, of which those with mere spaces between them stay one where they say several things of one person:
/// 保健師 潮田.
pub fn of_one<'a>(raw: &'a str, parts: &[&'a str], dossier: &Dossier, lists: &Lists) -> Vec<&'a str> {
    let (mut out, mut from) = (Vec::new(), 0);
    while let Some(first) = parts.get(from) {
        let run = |to: usize| between(raw, first, parts[to]);
        let is_one = |words: &str| {
            let found = ranked(&sought(words), dossier, lists);
            !words.contains(['、', '，', ',', ';', '；', '・']) && matches!(found[..], [(Rank::Spelled, _)])
        };
        let to = (from + 1..parts.len()).rev().find(|to| is_one(run(*to))).unwrap_or(from);
        out.push(run(to));
        from = to + 1;
    }
    out
}

/// Those whom words meant that were kept until there is somebody of that name. Nobody looks on, so only who is called just so
/// is meant: 息子 is 息子さん, but 家族 is nobody of the 家族会.
pub fn awaited(words: &str, dossier: &Dossier, lists: &Lists) -> Vec<Id<Participant>> {
    let query = sought(words);
    let bare = without_honorific(&query);
    let is_called = |rank: Rank, person: &Participant| {
        let exact = [&person.organisation, &person.department];
        let begun = |query: &str| {
            let begins = |words: &String| sought(words).starts_with(query);
            query.chars().count() > 1 && [&person.profession, &person.name].into_iter().any(begins)
        };
        rank <= Rank::Family
            || rank == Rank::Spelled
            || exact.into_iter().any(|name| sought(name) == query)
            || begun(&query)
            || bare.is_some_and(begun)
    };
    let kin = is_kin(&query);
    let found = ranked(&query, dossier, lists).into_iter();
    found
        .filter(|(rank, person)| if kin { *rank <= Rank::Family } else { is_called(*rank, person) })
        .map(|(_, person)| person.id)
        .collect()
}

/// What is left of words without さん at the end.
fn without_honorific(query: &str) -> Option<&str> {
    let bare = looks::HONORIFICS.iter().chain(&["殿"]).find_map(|honorific| query.strip_suffix(honorific));
    bare.filter(|bare| !bare.is_empty())
}

/// Whether words say how somebody stands to the person, or mean everybody: 皆さん, お母さん, 大家さん.
fn is_kin(query: &str) -> bool {
    let bare = without_honorific(query).unwrap_or(query);
    let plain = bare.strip_prefix(['お', 'ご', '御']).unwrap_or(bare);
    looks::KIN.iter().any(|word| [bare, plain].contains(word))
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
    let bare = without_honorific(query);
    let mut found = by(query);
    if bare.is_some() && is_kin(query) {
        // お母さん is nobody of the お母さんの会, and 奥さん may be called so.
        found.extend(bare.map(&by).unwrap_or_default());
        found.retain(|(rank, _)| *rank <= Rank::Family);
        found.dedup_by_key(|(_, person)| person.id);
        return found;
    }
    if let Some(bare) = bare.filter(|_| found.is_empty()) {
        // As people call each other. One letter is too little to be sure, unless it is the whole name: 皆さん is not 皆川.
        found = by(bare);
        found.retain(|(rank, _)| *rank == Rank::Family || bare.chars().count() > 1);
    }
    if found.is_empty() {
        let says = |p: &&&Participant| Spelling::of(p, lists).spells(query);
        found = people.iter().filter(says).map(|p| (Rank::Spelled, *p)).collect();
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
    /// The whole name, or that of the family.
    Family,
    ProfessionBegins,
    /// A name the list has for it begins so: 養護教諭 is 保健室の先生, too, but whoever says 保健 means the 保健師.
    AliasBegins,
    Organisation,
    ProfessionHolds,
    Name,
    /// Several of these, one behind the other.
    Spelled,
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
    } else if names(person).iter().any(|name| name == query) {
        Some(Rank::Family)
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

/// What somebody is called in full: the name as it was written, and the family name, without さん and without the letter that
/// stands for the rest. 林太郎 is 林 where that is a family name.
fn names(person: &Participant) -> Vec<String> {
    let whole = sought(&person.name);
    let first = person.name.split_whitespace().next().unwrap_or_default();
    let family = sought(first.trim_end_matches(|c: char| c.is_ascii_uppercase()));
    let bare = without_honorific(&family).unwrap_or(&family).to_owned();
    // 岡恵子 is 岡; 岡田恵 may be 岡田, and 堀江 is a family.
    let mut letters = person.name.trim().chars();
    let single = letters.next().filter(|c| looks::SINGLE_SURNAMES.contains(*c));
    let given = letters.as_str();
    let is_given = given.chars().count() == 2 && given.ends_with(looks::GIVEN);
    let single = single.filter(|_| is_given && !given.starts_with(looks::IN_FAMILIES));
    let all = [whole, family, bare].into_iter().chain(single.map(String::from));
    all.filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::tests::{codes, dossier, id, lists, sit};

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
        sit(&mut dossier, 200, &["P20 生活保護CW 県の事務所", "P21 精神保健福祉士 川の里病院"]);
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
        let people = [
            "P20 保健師 川の町役場 健康福祉課",
            "P21 相談員 家族会ひだまり",
            "P22 地域包括支援センター職員 川の町地域包括支援センター",
        ];
        sit(&mut dossier, 200, &people);
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
    fn 一人の職種のはじめなら_ほかの人のことばにあっても分かる() {
        let mut dossier = dossier();
        sit(
            &mut dossier,
            200,
            &["P20 営農指導員 北農協", "P21 組合員 北農協営農課", "P22 栽培指導員 北農協"],
        );
        let code = |words| named(words, &dossier, &lists()).map(|id| dossier.participants[&id].code.clone());
        for (words, expected) in
            [("営農", Some("P20")), ("栽培", Some("P22")), ("指導員", None), ("北農協", None), ("営", None)]
        {
            assert_eq!(code(words).as_deref(), expected, "{words}");
        }
    }

    /// People of a small town, some of whose names lie in other words.
    const TOWN: [&str; 8] = [
        "P20 保健師 こだま市 母子保健係 潮田",
        "P21 社会福祉士 こだま児童相談所 磯貝 直",
        "P22 民生委員 沢の町地区 林",
        "P23 保育士 あおば保育園 林田",
        "P24 家族会代表 お母さんの会 皆川",
        "P25 相談支援専門員 つばさ相談室 大阪家族の会担当 凪",
        "P26 保健師 岬村保健センター 汐見さん",
        "P27 防災士 東町自主防災会 関太郎",
    ];

    #[test]
    fn 呼ばれるとおりに人を見つける() {
        let mut dossier = dossier();
        sit(&mut dossier, 200, &TOWN);
        let code = |who: Option<Id<Participant>>| who.map(|id| dossier.participants[&id].code.clone());
        for (words, expected) in [
            ("社会福祉士の磯貝", Some("P21")),
            ("社会福祉士の磯貝さん", Some("P21")),
            ("児童相談所の磯貝", Some("P21")),
            ("磯貝社会福祉士", Some("P21")),
            ("磯貝君", Some("P21")),
            ("いそちゃん", None),
            ("保健師潮田", Some("P20")),
            ("保健師の汐見", Some("P26")),
            ("岬村保健センターの保健師", Some("P26")),
            ("保健師（汐見）", Some("P26")),
            ("保健師 こだま市 母子保健係 潮田", Some("P20")),
            ("P20 保健師 こだま市 潮田 関わりあり", Some("P20")),
            ("保健師の林", None),
            ("林さん", Some("P22")),
            ("林くん", Some("P22")),
            ("林田さん", Some("P23")),
            ("関さん", Some("P27")),
            ("皆川さん", Some("P24")),
            // Nobody is called so.
            ("皆さん", None),
            ("お母さん", None),
            ("大家さん", None),
            ("ご家族", None),
            ("隣の大家さん", None),
            ("地域の職員", None),
        ] {
            assert_eq!(code(named(words, &dossier, &lists())).as_deref(), expected, "{words}");
            assert_eq!(code(called(words, &dossier, &lists())).as_deref(), expected, "@{words}");
        }
    }

    #[test]
    fn 職種のはじめの文字と名前で人を見つける() {
        let mut dossier = dossier();
        let people = [
            "P20 養護教諭 北小学校 吉田",
            "P21 教員 北小学校 吉田",
            "P22 薬剤師 みさき薬局 磯貝 直",
            "P23 介護支援専門員 なぎさ居宅 林",
            "P24 訪問介護員 なぎさ訪問介護 潮田 恵",
            "P25 訪問介護員 みさき訪問介護 潮田 直",
        ];
        sit(&mut dossier, 200, &people);
        let mut lists = lists();
        let nurse = Profession {
            title: "養護教諭".into(),
            short: "養教".into(),
            aliases: vec!["保健室の先生".into()],
        };
        lists.professions = lists.professions.iter().cloned().chain([nurse]).collect::<Vec<_>>().into();
        for (words, expected) in [
            ("養護の吉田先生", Some("P20")),
            ("養護吉田先生", Some("P20")),
            ("養護の吉田", Some("P20")),
            ("保健室の吉田先生", Some("P20")),
            ("薬の磯貝さん", Some("P22")),
            ("薬局の磯貝さん", Some("P22")),
            ("介護支援の林さん", Some("P23")),
            ("訪問の潮田恵さん", Some("P24")),
            // Of two, nobody is meant; and words that are no name name nobody.
            ("訪問の潮田さん", None),
            ("介護の林業", None),
            ("介護の林", None),
            ("薬磯貝さん", None),
            ("養護の先生方", None),
            ("訪問の介護", None),
            ("医の磯貝さん", None),
        ] {
            let who = named(words, &dossier, &lists).map(|id| dossier.participants[&id].code.clone());
            assert_eq!(who.as_deref(), expected, "{words}");
        }
        assert_eq!(equals("訪問の潮田さん", &dossier, &lists).len(), 2);
    }

    #[test]
    fn 一字の名字はほかの名字や名のはじまりではない() {
        for (line, words, found) in [
            ("保健師 みなと保健所 関口恵", "関さん", false),
            ("保健師 みなと保健所 東海林", "東さん", false),
            ("保健師 みなと保健所 林田恵子", "林さん", false),
            ("保健師 みなと保健所 星野源", "星さん", false),
            ("保健師 みなと保健所 林恵子", "林さん", true),
            ("保健師 岬町 妻木", "妻", false),
            ("家族会代表 みなとの会", "家族", false),
            ("叔母代わり みなとの会 奥", "奥さん", true),
        ] {
            let mut dossier = dossier();
            sit(&mut dossier, 300, &[line]);
            assert_eq!(named(words, &dossier, &lists()) == Some(id(300)), found, "{line} {words}");
            assert_eq!(awaited(words, &dossier, &lists()).contains(&id(300)), found, "{line} {words}");
        }
    }

    #[test]
    fn となりに並ぶ人と家族が一人ずつ分かる() {
        let mut dossier = dossier();
        sit(&mut dossier, 200, &TOWN);
        for (words, expected) in [
            ("P20とP21", Some(vec!["P20", "P21"])),
            ("潮田さんと林さん", Some(vec!["潮田さん", "林さん"])),
            ("薬剤師と夫", Some(vec!["薬剤師", "夫"])),
            ("お母さんの会と磯貝", Some(vec!["お母さんの会", "磯貝"])),
            ("医師と歩む会", None),
            ("父と母", None),
        ] {
            assert_eq!(together(words, &dossier, &lists()), expected, "{words}");
        }
        let one =
            |raw: &'static str| of_one(raw, &raw.split(['、', ' ']).collect::<Vec<_>>(), &dossier, &lists());
        assert_eq!(one("保健師 潮田 薬剤師"), ["保健師 潮田", "薬剤師"]);
        assert_eq!(one("保健師、潮田"), ["保健師", "潮田"]);
    }
}
