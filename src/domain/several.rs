//! Several things in one line, and what divides them. The rule is one for all cells that take several: 「、」「，」「;」「・」 and their
//! other widths divide, but what is known as one thing is found first, and what stands in brackets belongs together. In
//! people's own words 「・」 is a part of them, and in their sentences 「、」 is, too.

use super::text::fold;

/// What stands in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Short names out of a list: a space divides them, too.
    Names,
    /// Words that stand on the map.
    Entries,
    /// Whole sentences: nothing divides them but 「;」.
    Sentences,
}

/// Divides everywhere.
fn is_strong(c: char) -> bool {
    matches!(c, ';' | '；')
}

/// Divides at least somewhere.
pub fn is_divider(c: char) -> bool {
    is_strong(c) || matches!(c, '、' | '，' | ',' | '､' | '・' | '･') || c.is_whitespace()
}

impl Of {
    fn divides(self, c: char) -> bool {
        match c {
            c if is_strong(c) => true,
            '・' | '･' => self == Of::Names,
            c if c.is_whitespace() => self == Of::Names,
            c => self != Of::Sentences && is_divider(c),
        }
    }
}

/// The things in a line, each as it was typed. `known` are the names of what there is: those that hold a divider stay whole,
/// also while the last of them is only half typed.
pub fn several<'a, 'n>(raw: &'a str, of: Of, known: impl IntoIterator<Item = &'n str>) -> Vec<&'a str> {
    let parts = divided(raw, of);
    if parts.len() < 2 {
        return parts;
    }
    let known: Vec<&str> = known.into_iter().collect();
    let long = known.iter().filter(|name| name.contains(is_divider)).map(|name| folded(name));
    let long: Vec<Vec<String>> = long.filter(|name| name.len() > 1).collect();
    let most = long.iter().map(Vec::len).max().unwrap_or(1);
    let (mut out, mut from) = (Vec::new(), 0);
    while from < parts.len() {
        let run = |to: usize| between(raw, parts[from], parts[to]);
        let ends = from + 1..parts.len().min(from + most);
        let whole = ends.rev().find(|to| {
            let run = folded(run(*to));
            let half = || to + 1 == parts.len() && is_half(&run, &long) && !are_names(&run, &known);
            long.contains(&run) || half()
        });
        let to = whole.unwrap_or(from);
        out.push(run(to));
        from = to + 1;
    }
    out
}

/// What stands between dividers that stand in no bracket.
fn divided(raw: &str, of: Of) -> Vec<&str> {
    let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
    while let Some(c) = raw[at..].chars().next() {
        let behind = at + c.len_utf8();
        if of.divides(c) {
            parts.push(&raw[from..at]);
            from = behind;
        }
        let close = closing(c).and_then(|close| raw[behind..].find(close).map(|end| end + close.len_utf8()));
        at = behind + close.unwrap_or(0);
    }
    parts.push(&raw[from..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The bracket that closes what this one opens.
pub fn closing(c: char) -> Option<char> {
    let pairs =
        [('（', '）'), ('(', ')'), ('「', '」'), ('『', '』'), ('【', '】'), ('［', '］'), ('〔', '〕')];
    pairs.into_iter().find(|(open, _)| *open == c).map(|(_, close)| close)
}

/// A name part by part, in whatever spelling and with whatever divider.
fn folded(name: &str) -> Vec<String> {
    name.split(is_divider).map(fold).filter(|part| !part.is_empty()).collect()
}

/// Whether a name is begun, but not ended.
fn is_half(run: &[String], long: &[Vec<String>]) -> bool {
    let Some((last, before)) = run.split_last() else { return false };
    let goes_on =
        |name: &Vec<String>| name.get(before.len()).is_some_and(|part| part.starts_with(last.as_str()));
    long.iter().any(|name| name.starts_with(before) && goes_on(name))
}

/// Whether each of the parts is a name of its own.
fn are_names(run: &[String], known: &[&str]) -> bool {
    run.iter().all(|part| known.iter().any(|name| fold(name) == *part))
}

/// The text from the beginning of one part to the end of another.
pub(super) fn between<'a>(raw: &'a str, first: &'a str, last: &'a str) -> &'a str {
    let at = |part: &str| part.as_ptr() as usize - raw.as_ptr() as usize;
    raw.get(at(first)..at(last) + last.len()).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: [&str; 0] = [];

    #[test]
    fn どの区切りでも分かれる() {
        for raw in ["受診；服薬", "受診;服薬", "受診、服薬", "受診，服薬", "受診,服薬", "受診､服薬"]
        {
            for of in [Of::Names, Of::Entries] {
                assert_eq!(several(raw, of, NONE), ["受診", "服薬"], "{raw} {of:?}");
            }
        }
        for raw in ["受診・服薬", "受診･服薬", "受診 服薬", "　受診　服薬、"] {
            assert_eq!(several(raw, Of::Names, NONE), ["受診", "服薬"], "{raw}");
        }
        assert_eq!(several("受診；服薬;", Of::Sentences, NONE), ["受診", "服薬"]);
        assert!(several("、；", Of::Names, NONE).is_empty());
    }

    #[test]
    fn 一覧や参加者が知る名前は中黒で分かれない() {
        let known =
            ["在宅医療・介護連携推進コーディネーター", "川の里・丘の里相談室", "薬剤師", "医師", "丘の里"];
        for (raw, expected) in [
            ("在宅医療・介護連携推進コーディネーター", vec!["在宅医療・介護連携推進コーディネーター"]),
            (
                "薬剤師・在宅医療･介護連携推進ｺｰﾃﾞｨﾈｰﾀｰ・医師",
                vec!["薬剤師", "在宅医療･介護連携推進ｺｰﾃﾞｨﾈｰﾀｰ", "医師"],
            ),
            ("川の里・丘の里相談室、医師", vec!["川の里・丘の里相談室", "医師"]),
            ("医師・薬剤師", vec!["医師", "薬剤師"]),
            // Half typed, as the last one.
            ("医師、在宅医療・介", vec!["医師", "在宅医療・介"]),
            ("川の里・丘の里", vec!["川の里・丘の里"]),
        ] {
            assert_eq!(several(raw, Of::Names, known), expected, "{raw}");
        }
    }

    #[test]
    fn かっこの中では分かれない() {
        for (raw, expected) in [
            ("訪問看護（田中、ほか1人）、薬剤師", vec!["訪問看護（田中、ほか1人）", "薬剤師"]),
            ("民宿(女将,若女将)，駅長", vec!["民宿(女将,若女将)", "駅長"]),
            ("「灯台守、その弟」；漁協", vec!["「灯台守、その弟」", "漁協"]),
            // While nothing closes it, it is a letter like any other.
            ("訪問看護（田中、ほか", vec!["訪問看護（田中", "ほか"]),
            ("駅長）、漁協（", vec!["駅長）", "漁協（"]),
        ] {
            for of in [Of::Names, Of::Entries] {
                assert_eq!(several(raw, of, NONE), expected, "{raw} {of:?}");
            }
        }
        assert_eq!(several("配食（昼；夜）；送迎", Of::Sentences, NONE), ["配食（昼；夜）", "送迎"]);
    }

    #[test]
    fn ことばの中の中黒は分けない() {
        let known = ["飲み忘れ、飲み間違いが多い", "通院・買い物の足がない", "独居"];
        assert_eq!(
            several("通院・買い物の足がない、独居", Of::Entries, known),
            ["通院・買い物の足がない", "独居"]
        );
        assert_eq!(
            several("独居，飲み忘れ，飲み間違いが多い", Of::Entries, known),
            ["独居", "飲み忘れ，飲み間違いが多い"]
        );
        assert_eq!(several("配食・見守りを増やす", Of::Sentences, NONE), ["配食・見守りを増やす"]);
        let raw = "地区ごとに、当番を決める；移動販売を頼む";
        assert_eq!(several(raw, Of::Sentences, NONE), ["地区ごとに、当番を決める", "移動販売を頼む"]);
    }

    proptest::proptest! {
        #[test]
        fn 区切りのほかは何もなくならない(raw in "[あい・、;；, 　a]{0,20}", name in "[あい・、]{1,6}") {
            for of in [Of::Names, Of::Entries, Of::Sentences] {
                let plain = |text: &str| text.chars().filter(|c| !is_divider(*c)).collect::<String>();
                let parts = several(&raw, of, [name.as_str()]);
                proptest::prop_assert_eq!(plain(&parts.concat()), plain(&raw));
            }
        }
    }
}
