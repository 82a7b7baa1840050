//! One line about one participant: what people type, and the line it is written back as.

use crate::domain::text::{clean_line, fold};
use crate::domain::{Lists, Participant};

/// What one line says about a participant. What it does not say is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonDraft {
    /// Such as `P06`, in half-width capitals.
    pub code: Option<String>,
    /// As typed.
    pub profession: Option<String>,
    /// Where they work.
    pub organisation: Option<String>,
    /// Which part of it.
    pub department: Option<String>,
    /// Only where the line says so beyond doubt.
    pub name: Option<String>,
    /// Whether they are involved in the case.
    pub involved: Option<bool>,
    /// Whether they are there for the first time.
    pub first_time: Option<bool>,
    /// The line says that they come later.
    pub came_late: bool,
    /// The line says that they leave earlier.
    pub left_early: bool,
}

impl PersonDraft {
    /// Whether the line said nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether this is somebody at the table beyond doubt: a profession the list knows, or a code. Anything else may be
    /// words that were meant for the map.
    pub fn is_sure(&self, lists: &Lists) -> bool {
        self.code.is_some() || self.profession.as_ref().is_some_and(|p| lists.profession(p).is_some())
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
        person.came_late = self.came_late;
        person.left_early = self.left_early;
    }

    /// Takes a word that stands for itself wherever it stands: a code, or one of the words for yes and no. False for others.
    fn takes(&mut self, word: &str) -> bool {
        let folded = fold(word);
        let is = |words: &[&str]| words.iter().any(|w| fold(w) == folded);
        match code_of(word).filter(|_| self.code.is_none()) {
            Some(code) => self.code = Some(code),
            None if is(INVOLVED) => self.involved = Some(true),
            None if is(NOT_INVOLVED) => self.involved = Some(false),
            None if is(FIRST_TIME) => self.first_time = Some(true),
            None if is(NOT_FIRST_TIME) => self.first_time = Some(false),
            None if is(LATE) => self.came_late = true,
            None if is(EARLY) => self.left_early = true,
            None => return false,
        }
        true
    }

    /// The fields in their order: 職種 所属 部署 氏名.
    fn take_in_order(&mut self, fields: Vec<String>) {
        let mut fields = fields.into_iter().map(|field| Some(field).filter(|f| !f.is_empty()));
        let mut next = || fields.next().flatten();
        self.profession = next();
        self.organisation = next();
        self.department = next();
        let names: Vec<String> = fields.flatten().collect();
        self.name = Some(names.join(" ")).filter(|name| !name.is_empty());
    }

    /// The words by what they look like; what looks like nothing is first the organisation, then the name.
    fn take_by_look(&mut self, mut words: Vec<Word>, lists: &Lists) {
        let known = |w: &Word| lists.profession(&w.text).is_some();
        // 役場 is a profession where it comes first, and else where somebody works.
        let profession =
            words.iter().enumerate().position(|(i, w)| known(w) && (i == 0 || !w.is_organisation()));
        let unknown = || (!words.first()?.is_organisation() && !words.first()?.is_name()).then_some(0);
        let profession = profession.or_else(unknown).map(|at| words.remove(at));
        let house = profession.as_ref().is_some_and(Word::is_organisation);
        let mut seat = words.iter().position(Word::is_organisation);
        // 「役場 例ノ川」 and 「架空原（薬剤師）」 leave no organisation to be said.
        if seat.is_none() && !house && !profession.as_ref().is_some_and(|w| w.bracketed) {
            let plain = |w: &&Word| !w.bracketed && !w.is_name() && !w.is_department();
            seat = words.first().filter(plain).map(|_| 0);
        }
        let mut departments = Vec::new();
        let mut names = Vec::new();
        for (at, word) in words.into_iter().enumerate() {
            // What stands in brackets behind an organisation is a part of it, whatever it is called.
            let part = word.bracketed && at.checked_sub(1) == seat && seat.is_some();
            if seat == Some(at) {
                self.organisation = Some(word.text);
            } else if !word.is_name() && (part || word.is_department() || word.is_organisation()) {
                departments.push(word.text);
            } else {
                names.push(word.text);
            }
        }
        let joined = |words: Vec<String>| (!words.is_empty()).then(|| words.join(" "));
        self.profession = profession.map(|w| w.text);
        self.department = joined(departments);
        self.name = joined(names);
    }
}

/// The words for yes and no; the first of each is written back.
const INVOLVED: &[&str] = &["関わりあり", "関わり有り", "関わり有", "かかわりあり"];
const NOT_INVOLVED: &[&str] = &["関わりなし", "関わり無し", "関わり無", "かかわりなし"];
const FIRST_TIME: &[&str] = &["初参加", "初", "初めて"];
const NOT_FIRST_TIME: &[&str] = &["参加経験あり", "経験あり", "２回目以降"];
const LATE: &[&str] = &["途中から", "途中から参加", "遅れて参加", "遅刻", "遅れ"];
const EARLY: &[&str] = &["途中まで", "途中で退席", "途中退席", "早退"];

/// How the names of bodies and houses end. Town names and 所 alone are not among them: people are called 木村 and 田所.
const ORGANISATIONS: &[&str] = &[
    "薬局",
    "病院",
    "医院",
    "診療所",
    "クリニック",
    "歯科",
    "センター",
    "ステーション",
    "事業所",
    "事務所",
    "保健所",
    "相談所",
    "支援所",
    "療養所",
    "研究所",
    "役場",
    "役所",
    "県庁",
    "消防",
    "消防署",
    "警察署",
    "消防団",
    "会",
    "組合",
    "法人",
    "会社",
    "社協",
    "農協",
    "包括",
    "居宅",
    "ホーム",
    "施設",
    "サービス",
    "学校",
    "大学",
    "高校",
    "保育園",
    "幼稚園",
    "こども園",
    "郵便局",
    "銀行",
    "神社",
    "商店",
    "工務店",
    "新聞店",
    "苑",
    "荘",
    "寮",
    "NPO",
];

/// How the parts of a house end.
const DEPARTMENTS: &[&str] = &[
    "担当",
    "係",
    "課",
    "班",
    "病棟",
    "外来",
    "窓口",
    "地区",
    "部門",
    "支所",
    "支店",
    "分室",
    "チーム",
    "グループ",
    "ユニット",
    "フロア",
    "連携室",
    "相談室",
    "支援室",
    "医事室",
    "看護部",
    "診療部",
    "薬剤部",
    "事業部",
    "支援部",
    "福祉部",
    "保健部",
    "健康部",
    "相談部",
    "総務部",
    "連携部",
    "介護部",
    "医療部",
    "栄養部",
    "検査部",
    "リハビリテーション部",
];

/// Names of people that end like 内科.
const FAMILIES_IN_KA: &[&str] = &["仁科", "保科"];

/// What marks the name of a person.
const HONORIFICS: &[&str] = &["さん", "さま", "様", "氏", "先生"];

/// What bodies have in brackets as part of their name.
const LEGAL_FORMS: &[&str] = &[
    "株", "有", "合", "医", "福", "社福", "医社", "医財", "社", "財", "一社", "公社", "一財", "公財", "特非",
    "NPO",
];

/// One word of a line.
struct Word {
    text: String,
    /// It stood in brackets.
    bracketed: bool,
}

impl Word {
    fn plain(text: &str) -> Self {
        Self { text: text.trim().to_owned(), bracketed: false }
    }

    fn bracketed(text: &str) -> Self {
        Self { bracketed: true, ..Self::plain(text) }
    }

    fn ends_in(&self, endings: &[&str]) -> bool {
        let folded = fold(&self.text);
        endings.iter().any(|ending| folded.ends_with(&fold(ending)))
    }

    fn is_organisation(&self) -> bool {
        self.ends_in(ORGANISATIONS) && !self.is_name()
    }

    fn is_department(&self) -> bool {
        self.ends_in(DEPARTMENTS)
            || (self.text.ends_with('科') && !FAMILIES_IN_KA.iter().any(|name| self.text.starts_with(name)))
    }

    fn is_name(&self) -> bool {
        self.ends_in(HONORIFICS)
    }
}

/// Reads one line about a participant: 「薬剤師 山の町薬局 在宅担当 架空原」, of which any part may be missing.
///
/// The words are parted by spaces, commas or tabs, and told apart by what they look like: the profession is in the list, an
/// organisation ends in 薬局 or 会, a department in 担当 or 係 or stands in brackets behind it, anything else is a name.
/// 「山の町薬局 薬剤師」 and 「架空原（薬剤師）」 are understood too. A code (`P06`), 「関わりあり／なし」, 「初参加」, 「途中から」 and
/// 「途中まで」 may stand anywhere. Four fields with commas between them, or an empty one among them, are taken exactly in their
/// order: 職種、所属、部署、氏名.
pub fn parse_line(text: &str, lists: &Lists) -> PersonDraft {
    // A tab parts fields, so it must survive the cleaning.
    let mut text = clean_line(&text.replace('\t', ","));
    let mut draft = PersonDraft::default();
    if text.contains(is_comma) {
        let fields = text.split(is_comma).map(|f| f.trim().to_owned());
        let fields: Vec<String> = fields.filter(|f| f.is_empty() || !draft.takes(f)).collect();
        if fields.len() >= 4 || fields.iter().any(String::is_empty) {
            draft.take_in_order(fields);
            return draft;
        }
        // A field may hold spaces; but where one begins like a line of its own, 「薬剤師 山の町薬局、架空原」, both part words.
        let begins = |word: &str| code_of(word).is_some() || lists.profession(word).is_some();
        let line = |f: &String| f.split_once(char::is_whitespace).is_some_and(|(head, _)| begins(head));
        if !fields.iter().any(line) {
            draft.take_by_look(fields.iter().map(|field| Word::plain(field)).collect(), lists);
            return draft;
        }
        text = fields.join(" ");
    }
    let words = words(&text).into_iter().filter(|w| !draft.takes(&w.text)).collect();
    draft.take_by_look(words, lists);
    draft
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、')
}

/// The words of a line that are parted by spaces. Brackets part words too and hold one together, except around a legal form:
/// （株）山の町薬局 is one.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let inner = rest.strip_prefix(['（', '(']).and_then(|r| r.split_once(['）', ')']));
        match inner {
            Some((inner, _)) if LEGAL_FORMS.iter().any(|form| fold(form) == fold(inner)) => {
                let whole = c.len_utf8() + inner.len();
                let close = rest[whole..].chars().next().map_or(0, char::len_utf8);
                word.push_str(&rest[..whole + close]);
                rest = &rest[whole + close..];
            }
            Some((inner, tail)) => {
                words.extend([Word::plain(&std::mem::take(&mut word)), Word::bracketed(inner)]);
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

/// `P06` from p6, Ｐ０６ or P06.
fn code_of(token: &str) -> Option<String> {
    let folded = fold(token);
    let digits = folded.strip_prefix('p')?;
    let number: u32 = digits.parse().ok().filter(|_| digits.len() <= 4)?;
    Some(super::code(number))
}

/// The line that [`parse_line`] reads back into the same fields: as one would type it, or, where that would be read otherwise,
/// with a `、` between all four fields. A comma inside a field is written as `・`; a code that is not of the form `P06` is left out,
/// and stays on the participant.
pub fn write_line(person: &Participant, lists: &Lists) -> String {
    let fields = [&person.profession, &person.organisation, &person.department, &person.name]
        .map(|field| clean_line(field).replace(is_comma, "・"));
    let yes_or_no = |on: Option<bool>, yes: &[&'static str], no: &[&'static str]| match on {
        Some(true) => yes.first().copied(),
        Some(false) => no.first().copied(),
        None => None,
    };
    let flags = [
        yes_or_no(person.involved, INVOLVED, NOT_INVOLVED),
        yes_or_no(person.first_time, FIRST_TIME, NOT_FIRST_TIME),
        LATE.first().copied().filter(|_| person.came_late),
        EARLY.first().copied().filter(|_| person.left_early),
    ];
    let code = code_of(&person.code);
    let line = |fields: Vec<&str>, parted: &str| -> String {
        let flags = flags.iter().flatten().copied();
        code.as_deref().into_iter().chain(fields).chain(flags).collect::<Vec<_>>().join(parted)
    };
    let all: Vec<&str> = fields.iter().map(String::as_str).collect();
    let filled: Vec<&str> = all.iter().copied().filter(|f| !f.is_empty()).collect();
    let typed = line(filled, " ");
    let read = parse_line(&typed, lists);
    let same = [read.profession, read.organisation, read.department, read.name]
        .into_iter()
        .zip(&fields)
        .all(|(read, field)| read.unwrap_or_default() == *field);
    if same { typed } else { line(all, "、") }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{id, lists};
    use super::*;

    fn fields(text: &str) -> [String; 4] {
        let draft = parse_line(text, &lists());
        [draft.profession, draft.organisation, draft.department, draft.name].map(Option::unwrap_or_default)
    }

    #[test]
    fn 一行から職種と所属を読む() {
        for (line, expected) in [
            ("薬剤師 山の町薬局", ["薬剤師", "山の町薬局", "", ""]),
            ("薬剤師,山の町薬局", ["薬剤師", "山の町薬局", "", ""]),
            ("薬剤師\t山の町 薬局\t\t架空原 F", ["薬剤師", "山の町 薬局", "", "架空原 F"]),
            ("薬剤師、、、架空原", ["薬剤師", "", "", "架空原"]),
            ("山の町薬局 薬剤師", ["薬剤師", "山の町薬局", "", ""]),
            ("山の町薬局 在宅担当 薬剤師", ["薬剤師", "山の町薬局", "在宅担当", ""]),
            ("医師 役場", ["医師", "役場", "", ""]),
            ("P07、相談役、役場", ["相談役", "役場", "", ""]),
            ("大工", ["大工", "", "", ""]),
            ("", ["", "", "", ""]),
        ] {
            assert_eq!(fields(line), expected, "{line}");
        }
        assert!(parse_line(" 　", &lists()).is_empty());
    }

    #[test]
    fn 三つ目のことばは見た目で部署か氏名になる() {
        for (line, expected) in [
            ("薬剤師 山の町薬局 架空原", ["薬剤師", "山の町薬局", "", "架空原"]),
            ("薬剤師、山の町薬局、架空原 F", ["薬剤師", "山の町薬局", "", "架空原 F"]),
            ("薬剤師 山の町薬局、架空原", ["薬剤師", "山の町薬局", "", "架空原"]),
            ("薬剤師 山の町薬局 在宅担当", ["薬剤師", "山の町薬局", "在宅担当", ""]),
            ("薬剤師　山の町薬局　在宅担当　架空原", ["薬剤師", "山の町薬局", "在宅担当", "架空原"]),
            ("薬剤師 山の町薬局 架空原 花子", ["薬剤師", "山の町薬局", "", "架空原 花子"]),
            ("薬剤師 架空原 山の町薬局", ["薬剤師", "山の町薬局", "", "架空原"]),
            ("薬剤師 山の町薬局 阿部", ["薬剤師", "山の町薬局", "", "阿部"]),
            ("医師 山の町の診療所 仁科", ["医師", "山の町の診療所", "", "仁科"]),
            ("医師 内科 見本沢", ["医師", "", "内科", "見本沢"]),
            ("医師 見本沢先生", ["医師", "", "", "見本沢先生"]),
            ("役場 保健福祉課 健康づくり係 例ノ川", ["役場", "", "保健福祉課 健康づくり係", "例ノ川"]),
            ("民生委員 奥地区", ["民生委員", "", "奥地区", ""]),
            ("山の町自治会 某ノ里", ["", "山の町自治会", "", "某ノ里"]),
            ("薬剤師、山の町、かがやき、架空原", ["薬剤師", "山の町", "かがやき", "架空原"]),
        ] {
            assert_eq!(fields(line), expected, "{line}");
        }
    }

    #[test]
    fn かっこの中も読む() {
        for (line, expected) in [
            ("薬剤師 山の町薬局（在宅担当） 架空原", ["薬剤師", "山の町薬局", "在宅担当", "架空原"]),
            ("薬剤師 山の町薬局(駅前)架空原", ["薬剤師", "山の町薬局", "駅前", "架空原"]),
            ("薬剤師（架空原）", ["薬剤師", "", "", "架空原"]),
            ("架空原（薬剤師）", ["薬剤師", "", "", "架空原"]),
            ("架空原さん（山の町薬局） 薬剤師", ["薬剤師", "山の町薬局", "", "架空原さん"]),
            ("薬剤師 （株）山の町薬局", ["薬剤師", "（株）山の町薬局", "", ""]),
            ("薬剤師 山の町薬局（", ["薬剤師", "山の町薬局（", "", ""]),
        ] {
            assert_eq!(fields(line), expected, "{line}");
        }
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
        let draft = parse_line("薬剤師 関わりなし 遅刻 途中まで", &lists());
        assert_eq!((draft.involved, draft.first_time, draft.code), (Some(false), None, None));
        assert!(draft.came_late && draft.left_early);
        // PT is a profession, not a code.
        assert_eq!(parse_line("PT 病院", &lists()).profession.as_deref(), Some("PT"));
    }

    #[test]
    fn 知らない職種は確かでない() {
        for (line, sure) in [
            ("薬剤師 山の町薬局", true),
            ("ケアマネ", true),
            ("P20 大工", true),
            ("大工", false),
            ("残薬が多い", false),
            ("!残薬が多い", false),
            ("山の町自治会", false),
        ] {
            assert_eq!(parse_line(line, &lists()).is_sure(&lists()), sure, "{line}");
        }
    }

    #[test]
    fn 書いた行は同じ人に読める() {
        let mut person = Participant::new(id(9), id(1), "P12");
        person.profession = "保健師".into();
        person.organisation = "山の町役場".into();
        person.name = "例ノ川 B".into();
        person.involved = Some(false);
        person.first_time = Some(true);
        person.came_late = true;
        // Written as it would be typed, so that a word added behind it is read as it would be.
        let line = write_line(&person, &lists());
        assert_eq!(line, "P12 保健師 山の町役場 例ノ川 B 関わりなし 初参加 途中から");
        let mut again = Participant::new(id(9), id(1), "");
        parse_line(&line, &lists()).write_to(&mut again);
        assert_eq!(again, person);
        person.organisation = "山の町 役場".into();
        assert_eq!(
            write_line(&person, &lists()),
            "P12、保健師、山の町 役場、、例ノ川 B、関わりなし、初参加、途中から"
        );
    }

    proptest::proptest! {
        #[test]
        fn どんな人も行に書いて読み戻せる(
            fields in proptest::array::uniform4("[ぁ-ん一-龠a-oq-zA-OQ-Z 　・（）]{0,8}"),
            involved: Option<bool>,
            first_time: Option<bool>,
            came_late: bool,
            left_early: bool,
        ) {
            let [profession, organisation, department, name] = fields.map(|f| clean_line(&f));
            let person = Participant {
                profession, organisation, department, name, involved, first_time, came_late, left_early,
                ..Participant::new(id(9), id(1), "P12")
            };
            let mut again = Participant::new(id(9), id(1), "");
            parse_line(&write_line(&person, &lists()), &lists()).write_to(&mut again);
            proptest::prop_assert_eq!(again, person);
        }
    }
}
