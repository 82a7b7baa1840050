//! The words of a line about a participant: how they are parted, and what each looks like.

use super::is_comma;
use super::part::part;
use crate::domain::Lists;
use crate::domain::people::looks::{
    DEPARTMENTS, DUTIES, FAMILIES_IN_BODIES, FAMILIES_IN_KA, FAMILIES_IN_TOWNS, GENERIC, GIVEN, HONORIFICS,
    IN_FAMILIES, KIN, KINDS_OF_BODIES, LEGAL_FORMS, ORGANISATIONS, PLACES, PUBLIC, ROOMS, TITLES, TOWNS,
};
use crate::domain::text::fold;

/// One word of a line.
pub(super) struct Word {
    pub(super) text: String,
    /// The brackets it stood in.
    pub(super) brackets: Option<(char, char)>,
    /// The comma before it.
    pub(super) comma: Option<char>,
    /// It stood in quotes, for what parts words stands in it.
    pub(super) quoted: bool,
    /// It looks like a town, and is what somebody is called.
    pub(super) called: bool,
}

impl Word {
    pub(super) fn plain(text: &str) -> Self {
        Self { text: text.trim().to_owned(), brackets: None, comma: None, quoted: false, called: false }
    }

    pub(super) fn quoted(text: &str) -> Self {
        Self { quoted: true, ..Self::plain(text) }
    }

    pub(super) fn bracketed(text: &str, brackets: (char, char)) -> Self {
        Self { brackets: Some(brackets), ..Self::plain(text) }
    }

    pub(super) fn ends_in(&self, endings: &[&str]) -> bool {
        let folded = fold(&self.text);
        endings.iter().any(|ending| folded.ends_with(&fold(ending)))
    }

    /// It ends like a body, or one that is called so is a part of it: 訪問看護ステーションみどり.
    pub(super) fn is_organisation(&self) -> bool {
        let folded = fold(&self.text);
        let long = |ending: &&&str| ending.chars().count() > 2;
        let holds = || ORGANISATIONS.iter().filter(long).any(|ending| folded.contains(&fold(ending)));
        // 「山の町薬局、本店」: one of its words says so.
        let one_of_it =
            || self.quoted && self.text.split(parts).any(|part| Word::plain(part).ends_in(ORGANISATIONS));
        let begins = |kind: &&str| {
            let name = self.text.strip_prefix(*kind).unwrap_or_default();
            name.chars().count() > 1 && name.starts_with(is_kana) && !self.is_title()
        };
        !self.is_name()
            && part(&self.text).is_none()
            && !FAMILIES_IN_BODIES.contains(&self.text.as_str())
            && (self.ends_in(ORGANISATIONS)
                || !self.ends_in(DEPARTMENTS) && !self.is_title() && holds()
                || KINDS_OF_BODIES.iter().any(begins)
                || folded.starts_with("ja") && !folded.chars().all(|c| c.is_ascii_alphanumeric())
                || one_of_it())
    }

    pub(super) fn is_department(&self) -> bool {
        self.ends_in(DEPARTMENTS)
            || (self.text.ends_with('科') && !FAMILIES_IN_KA.iter().any(|name| self.text.starts_with(name)))
    }

    /// It says where or as what somebody works, behind what was said of that already.
    pub(super) fn is_part(&self, lists: &Lists) -> bool {
        let called = self.text.chars().count() > 1 && lists.profession(&self.text).is_some();
        called || self.is_title() || self.is_department() || self.is_organisation()
    }

    /// ひかり相談室 is a house, 地域連携室 a part of one.
    pub(super) fn may_be_house(&self) -> bool {
        let stem = ROOMS.iter().find_map(|ending| self.text.strip_suffix(ending));
        self.is_department() && stem.is_some_and(|stem| !stem.is_empty() && !stem.contains(is_kanji))
    }

    /// Whether it may be what a person is called: a few Chinese characters that are no place, no body and nothing done there.
    /// What follows after a space may have other letters, too.
    pub(super) fn may_be_name(&self) -> bool {
        let mut parts = self.text.split_whitespace();
        let family = parts.next().unwrap_or_default();
        let stem = family.trim_end_matches(|c: char| c.is_ascii_uppercase());
        let letters = stem.chars().count();
        let kanji =
            stem.starts_with(is_kanji) && stem.chars().all(|c| is_kanji(c) || "々ヶケノ之".contains(c));
        let place = letters > 2 && stem.ends_with(PLACES) || stem.ends_with("丁目");
        let other = self.is_organisation() || self.is_department() || self.is_title();
        kanji
            && letters <= 6
            && (self.called || !place)
            && !other
            && parts.all(|part| part.chars().count() <= 5)
    }

    /// Whether two letters that may be a name are the town somebody works for, with no other body in the line: 渚市. Families are
    /// called so, too, and most of those in 村 or 郡: such a one is a town only before a name that is marked as one.
    pub(super) fn is_town(&self, next: Option<&Word>) -> bool {
        let ends = |endings: &[char]| next.is_some_and(|next| next.text.ends_with(endings));
        let is_family = FAMILIES_IN_TOWNS.contains(&self.text.as_str());
        let two = !self.quoted && self.text.chars().count() == 2;
        let alone =
            self.brackets.is_some() || self.text.ends_with(['市', '町']) || next.is_some_and(Word::is_name);
        two && self.may_be_name() && self.text.ends_with(TOWNS) && !is_family && alone && !ends(&GIVEN)
    }

    /// It ends like a town and is no family that is known to.
    fn ends_in_town(&self) -> bool {
        self.text.ends_with(TOWNS) && !FAMILIES_IN_TOWNS.contains(&self.text.as_str())
    }

    /// A town of more letters than two that somebody may be called like: 岡与市, 大野村.
    fn is_called_like_town(&self) -> bool {
        let letters = self.text.chars().count();
        let kanji = self.text.chars().all(|c| is_kanji(c) || "ヶケノ之".contains(c));
        (3..=5).contains(&letters) && kanji && self.text.ends_with(['市', '村', '府', '郡'])
    }

    /// A town that nobody is called by: 三日月町, つくば市, 町.
    pub(super) fn is_long_town(&self) -> bool {
        let word = self.text.rsplit(' ').next().unwrap_or_default();
        !self.called
            && word.ends_with(TOWNS)
            && word.chars().count() != 2
            && !self.is_title()
            && !self.is_department()
    }

    /// Whether letters that may be a name are the school or house somebody works for, before a name and with no other body in
    /// the line: 北小, 緑丘中, 県立中央.
    pub(super) fn is_school(&self, next: Option<&Word>) -> bool {
        let letters = self.text.chars().count();
        let school = letters == 2 && self.text.ends_with('小')
            || letters > 2 && self.text.ends_with(['小', '中', '高'])
            || letters > 3 && PUBLIC.iter().any(|begins| self.text.starts_with(begins));
        // Without a name behind it only what nobody is called: three letters that end so, or a number.
        let alone = letters > 2 && self.text.ends_with(['小', '中'])
            || self.text.starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九']) && letters == 2;
        let named = next.is_some_and(Word::may_be_name) || alone && next.is_none_or(Word::is_department);
        school && self.brackets.is_none() && !self.quoted && named
    }

    pub(super) fn is_title(&self) -> bool {
        self.ends_in(TITLES) || self.is_teacher()
    }

    /// Who is called so, and by no name: 精神科の先生, 担任の先生.
    fn is_teacher(&self) -> bool {
        self.text.ends_with("の先生")
    }

    pub(super) fn is_name(&self) -> bool {
        self.ends_in(HONORIFICS) && !self.is_teacher()
    }
}

/// 様 that stands for itself belongs to the name before it.
fn is_honorific(word: &str) -> bool {
    HONORIFICS.contains(&word) || word == "殿"
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ん' | 'ァ'..='ヶ' | 'ー')
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}' | '々')
}

/// The words of a line as they say something each: a sign such as ／ parts them, and so does what stands in brackets or is
/// written in one where two are meant.
pub(super) fn words_of(text: &str, lists: &Lists) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for word in words(text).into_iter().flat_map(|word| word.calling_and_name(lists)) {
        let signs: &[char] = if word.brackets.is_some() {
            &['：', ':', '／', '/', '・', '、', ' ', '\u{3000}']
        } else {
            &['：', ':', '／', '/']
        };
        let parts = word.text.split(signs).map(Word::plain).filter(|part| !part.text.is_empty());
        let parts: Vec<Word> = parts.collect();
        let called = |part: &Word| lists.profession(&part.text).is_some() || part.is_title();
        // 薬剤師／管理者 is one, and so is what a bracket says of a profession.
        let whole = word.quoted
            || parts.iter().any(Word::is_figures)
            || match word.brackets {
                // What somebody is besides stands with what else is said of them: 汐見（渚市・保健師）.
                Some(_) => {
                    let of_name = out.last().is_some_and(|before| !called(before));
                    let says = |word: &Word| called(word) || part(&word.text).is_some();
                    let other = of_name && parts.iter().any(called) && !parts.iter().all(says);
                    !other && !parts.iter().any(Word::is_organisation) || parts.len() == 1
                }
                None => parts.iter().all(called),
            };
        match out.last_mut() {
            Some(before) if is_honorific(&word.text) => before.text.push_str(&word.text),
            Some(before) if called(before) && (word.text == "兼" || before.text.ends_with('兼')) => {
                before.text.push_str(&word.text);
            }
            _ if whole => out.push(word),
            _ => out.extend(parts),
        }
    }
    let bodies = out.iter().any(Word::is_organisation);
    let knows = out.iter().any(|word| lists.profession(&word.text).is_some());
    let bracket = out.get(1).is_some_and(|word| word.brackets.is_some());
    let parted = out.into_iter().enumerate().flat_map(|(i, word)| {
        let two = match word.brackets {
            Some(_) => None,
            None if word.quoted => None,
            None if bodies && !knows && (i > 0 || bracket) => word.name_and_profession(lists),
            None if !bodies => word.house_and_part().or_else(|| word.town_and_part()),
            None => None,
        };
        two.map_or_else(|| vec![word], Vec::from)
    });
    parted.collect()
}

impl Word {
    /// It may be a given name behind that of the family: さくら, 太郎, 由美子.
    pub(super) fn is_given(&self) -> bool {
        let (mut letters, count) = (self.text.chars(), self.text.chars().count());
        let kana = self.text.chars().all(is_kana);
        kana || letters.all(is_kanji) && (count < 3 || count == 3 && self.text.ends_with(GIVEN))
    }

    /// It says what is done in a part of a house: 在宅, 総務.
    pub(super) fn is_duty(&self) -> bool {
        DUTIES.iter().any(|duty| self.text.contains(duty))
    }

    /// It says that and nothing else.
    pub(super) fn is_only_duty(&self) -> bool {
        self.text.chars().count() > 1 && DUTIES.contains(&self.text.as_str())
    }

    fn is_figures(&self) -> bool {
        self.text.chars().all(|c| c.is_numeric())
    }

    /// 渚市健康課 as a town and a part of its house. In 渚市民課 and 市健康課 no town is named.
    fn town_and_part(&self) -> Option<[Word; 2]> {
        let office =
            |part: &str| part.chars().count() > 2 && !part.starts_with(['民', '内', '立', '営', '場']);
        let named = |town: &str| town.chars().count() > 1 && town.contains(|c| !TOWNS.contains(&c));
        let mut ends = self.text.char_indices().rev().filter(|(_, c)| TOWNS.contains(c));
        let at = ends.find_map(|(at, c)| {
            let (town, part) = self.text.split_at(at + c.len_utf8());
            (named(town) && office(part)).then_some(town.len())
        });
        let (town, part) = self.text.split_at(at.filter(|_| self.text.ends_with(['課', '係', '室', '部']))?);
        Some([Word::plain(town), Word::plain(part)])
    }

    /// 山の町役場福祉課 as a house and a part of it.
    fn house_and_part(&self) -> Option<[Word; 2]> {
        // In 教育委員会学校教育課 the house ends before 学校.
        let ends = |ending: &&str| {
            let from = self.text.rfind(ending).filter(|at| *at > 0)?;
            let at = from + ending.len();
            let ended = self.text[..from].ends_with('会');
            (!ended && self.text[at..].chars().count() > 2).then_some(at)
        };
        let long = ORGANISATIONS.iter().filter(|ending| ending.chars().count() > 1);
        let at = long.filter_map(ends).max().filter(|_| self.is_department())?;
        let (house, part) = self.text.split_at(at);
        Some([Word::plain(house), Word::plain(part)])
    }

    /// 保健師の汐見さん as a profession and a name.
    fn calling_and_name(self, lists: &Lists) -> Vec<Word> {
        let known = |words: &str| words.chars().count() > 1 && lists.profession(words).is_some();
        let named = |name: &Word| name.is_name() || name.text.chars().count() > 1 && name.may_be_name();
        let plain = self.brackets.is_none() && !self.quoted && !known(&self.text);
        let two = self
            .text
            .split_once('の')
            .filter(|(calling, _)| plain && known(calling) && !KIN.contains(calling));
        let two = two.map(|(calling, name)| [Word::plain(calling), Word::plain(name)]);
        two.filter(|[_, name]| named(name)).map_or_else(|| vec![self], Vec::from)
    }

    /// 架空原医師 as a name and a profession.
    fn name_and_profession(&self, lists: &Lists) -> Option<[Word; 2]> {
        let ends = self.text.char_indices().skip(1).map(|(at, _)| self.text.split_at(at));
        let known =
            |profession: &str| profession.chars().count() > 1 && lists.profession(profession).is_some();
        let (name, profession) = ends.into_iter().find(|(_, profession)| known(profession))?;
        let name = Word::plain(name);
        let person = name.may_be_name() && !name.is_duty() && !GENERIC.contains(&name.text.as_str());
        person.then(|| [Word::plain(profession), name])
    }
}

/// What parts words.
fn parts(c: char) -> bool {
    c.is_whitespace() || is_comma(c)
}

/// What stands in quotes at the beginning of a text, and where they end, if they hold together what would be parted:
/// 『見本沢、例ノ川』 is one name. Other quotes belong to the words: 「みどりの会」.
pub(super) fn quoted_at(text: &str) -> Option<(&str, usize)> {
    let pairs = [('『', '』'), ('「', '」'), ('“', '”'), ('"', '"')];
    let (open, close) = pairs.into_iter().find(|(open, _)| text.starts_with(*open))?;
    let (inner, rest) = text[open.len_utf8()..].split_once(close)?;
    let ends = rest.chars().next().is_none_or(parts) && !inner.contains(open);
    let holds = inner.trim().contains(parts);
    (ends && holds).then_some((inner, text.len() - rest.len()))
}

/// The words of a line that are parted by spaces. Brackets part words too and hold one together, except around a legal form:
/// （株）山の町薬局 is one.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((inner, end)) = quoted_at(rest).filter(|_| word.is_empty()) {
            words.push(Word::quoted(inner));
            rest = &rest[end..];
            continue;
        }
        let inner = rest.strip_prefix(['（', '(']).and_then(|r| r.split_once(['）', ')']));
        match inner {
            Some((inner, _)) if LEGAL_FORMS.iter().any(|form| fold(form) == fold(inner)) => {
                let whole = c.len_utf8() + inner.len();
                let close = rest[whole..].chars().next().map_or(0, char::len_utf8);
                word.push_str(&rest[..whole + close]);
                rest = &rest[whole + close..];
            }
            Some((inner, tail)) => {
                let close = rest[c.len_utf8() + inner.len()..].chars().next().unwrap_or('）');
                words.extend([Word::plain(&std::mem::take(&mut word)), Word::bracketed(inner, (c, close))]);
                rest = tail;
            }
            None => {
                if c.is_whitespace() {
                    words.push(Word::plain(&std::mem::take(&mut word)));
                } else {
                    word.push(c);
                }
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    words.push(Word::plain(&word));
    words.retain(|word| !word.text.is_empty());
    words
}

/// The words of a name. A comma between two of them is a part of it.
pub(super) fn joined(words: Vec<(usize, Word)>) -> Option<String> {
    let mut name = String::new();
    let mut last = None;
    for (at, word) in words {
        let comma = word.comma.filter(|_| last.is_some_and(|last| last + 1 == at));
        if last.is_some() {
            name.push(comma.unwrap_or(' '));
        }
        name.push_str(&word.text);
        last = Some(at);
    }
    last.map(|_| name)
}

/// The words with each bracket behind a profession taken into it: there it is a qualification, never a name. What looks like
/// a body, or is marked as the name of a person, stays for itself.
pub(super) fn qualified(words: Vec<Word>, lists: &Lists) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        let known = |w: &Word| lists.profession(&w.text).is_some();
        match (word.brackets, out.last_mut()) {
            (Some((open, close)), Some(before))
                if before.brackets.is_none()
                    && !before.is_organisation()
                    && !word.is_organisation()
                    && !word.is_name()
                    && (before.is_title() || known(before)) =>
            {
                before.text = format!("{}{open}{}{close}", before.text, word.text);
            }
            _ => out.push(word),
        }
    }
    out
}

/// The words with each town joined to the body or the town behind it: 渚市 保健センター is one house. Families and people are called
/// like towns, too. A name among the houses is read by all, a house without its town harms nobody: what may be either is the
/// name, unless another word is. Of `somebody` it was said what is said of people alone, so the first word need not be a calling.
pub(super) fn in_towns(mut words: Vec<Word>, somebody: bool, lists: &Lists) -> Vec<Word> {
    let is_plain = |w: &Word| w.brackets.is_none() && !w.quoted;
    let called = |w: &Word| lists.profession(&w.text).is_some() || w.is_title();
    let is_said = words.iter().any(called);
    let calling = usize::from(!somebody && !is_said);
    let person = somebody && !is_said || words.iter().any(Word::is_organisation);
    let is_other = |w: &Word| {
        let looks = w.may_be_name() && !w.text.ends_with(TOWNS) && !w.text.ends_with(GIVEN) && !w.is_duty();
        w.is_name() || looks && !called(w)
    };
    let others = || words.iter().enumerate().filter(|(at, w)| w.is_name() || *at >= calling && is_other(w));
    let named = others().next().is_some();
    let is_family = |w: &Word| w.is_name() || w.text.chars().skip(1).any(|c| IN_FAMILIES.contains(&c));
    let family = others().any(|(_, w)| is_family(w));
    for at in 0..words.len() {
        // Only towns have a 課.
        let office = words.get(at + 1).is_some_and(|next| next.text.ends_with(['課', '係']));
        // Where a 市 is all that is said of somebody who is called something, they work for it.
        let in_doubt = !named && !office && (person || !words[at].text.ends_with('市'));
        words[at].called = in_doubt && is_plain(&words[at]) && words[at].is_called_like_town();
    }
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        match out.last_mut() {
            Some(town)
                if is_plain(town)
                    && is_plain(&word)
                    && word.comma.is_none()
                    && (word.is_organisation() || word.is_long_town() || word.is_town(None))
                    && (town.is_long_town()
                        || town.is_town(Some(&word))
                        || family && town.ends_in_town()) =>
            {
                town.text = format!("{} {}", town.text, word.text);
            }
            _ => out.push(word),
        }
    }
    out
}

/// A line without the number or the dot of a list before it: ①, 1., （2）, ・.
pub fn without_mark(text: &str) -> &str {
    let text = text.trim();
    let signs = ["No.", "Ｎｏ．", "No", "Ｎｏ", "NO.", "№"];
    let numbered = signs.iter().find_map(|sign| text.strip_prefix(sign)).map(str::trim_start);
    if let Some(rest) = numbered.filter(|rest| rest.starts_with(char::is_numeric)) {
        return without_mark(rest);
    }
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return text };
    let rest = chars.as_str();
    let digits = |text: &str| {
        text.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)).len()
    };
    let rest = match first {
        '※'
        | '◎'
        | '★'
        | '☆'
        | '◇'
        | '△'
        | '▲'
        | '・'
        | '･'
        | '•'
        | '●'
        | '■'
        | '◆'
        | '▪'
        | '①'..='⒛'
        | '㉑'..='㉟'
        | '㊱'..='㊿'
        | '❶'..='❿'
        | '➀'..='➓' => Some(rest),
        '-' | '－' | '‐' | '*' | '＊' | '○' | '□' | '☐' if rest.starts_with(char::is_whitespace) => {
            Some(rest)
        }
        'ア'..='ン' => rest.strip_prefix(['.', '．', ')', '）']),
        '(' | '（' if rest.starts_with(|c| matches!(c, 'ア'..='ン')) => {
            rest.char_indices().nth(1).and_then(|(at, _)| rest[at..].strip_prefix([')', '）']))
        }
        '.' | '．' => Some(rest),
        '(' | '（' => Some(&rest[rest.len() - digits(rest)..])
            .filter(|after| after.len() < rest.len())
            .and_then(|after| after.strip_prefix([')', '）'])),
        '0'..='9' | '０'..='９' => {
            let after = &text[text.len() - digits(text)..];
            let ends = |c: char| {
                c.is_whitespace() || is_comma(c) || matches!(c, '.' | '．' | ')' | '）' | ':' | '：')
            };
            // 2.5 is one number.
            after.strip_prefix(ends).filter(|rest| digits(rest) == rest.len())
        }
        _ => None,
    };
    rest.map_or(text, without_mark)
}
