//! The lists of the field, built in and with what the user's own `lists.toml` puts in their place.

use std::path::Path;
use std::sync::LazyLock;

use super::{Fields, LISTS_FILE, Problem, Reader, read};
use crate::domain::{BranchChecks, Category, Lists, Profession, SlotKind};

const BUILTIN: &str = include_str!("../../sessions/lists.toml");

/// The built-in lists; every list that the user's folder gives in its `lists.toml` stands in for the built-in one.
///
/// # Errors
/// The first problem of the user's file. Nothing of it is used then: call again with none for the built-in lists.
pub fn lists(user: Option<&Path>) -> Result<Lists, Problem> {
    let builtin = OURS.clone()?;
    match user.map(|folder| folder.join(LISTS_FILE)).filter(|path| path.exists()) {
        None => Ok(builtin),
        Some(path) => {
            let text = read(&path).map_err(first)?;
            overlay(builtin, &path.to_string_lossy(), &text).map_err(first)
        }
    }
}

/// The built-in lists, read once.
static OURS: LazyLock<Result<Lists, Problem>> = LazyLock::new(|| {
    let empty = Lists {
        professions: Vec::new().into(),
        categories: Vec::new(),
        scenes: Vec::new(),
        functions: Vec::new(),
        levels: Vec::new(),
        gaps: Vec::new(),
        regional_statuses: Vec::new(),
        reflected: Vec::new(),
        taken_up: Vec::new(),
        age_bands: Vec::new(),
        sexes: Vec::new(),
        triggers: Vec::new(),
        consents: Vec::new(),
        branch_checks: Vec::new(),
        slots: Vec::new(),
    };
    overlay(empty, LISTS_FILE, BUILTIN).map_err(first)
});

/// Whether a file of this name is the one with the lists.
pub fn is_lists(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == LISTS_FILE)
}

/// Reads a user's file of lists: all of them, with its own in their place.
///
/// # Errors
/// Everything that is wrong with it.
pub fn check(name: &str, text: &str) -> Result<Lists, Vec<Problem>> {
    overlay(lists(None).map_err(|problem| vec![problem])?, name, text)
}

fn first(problems: Vec<Problem>) -> Problem {
    problems.into_iter().next().unwrap_or_else(|| Problem::of_file(LISTS_FILE, "一覧を読めません。"))
}

/// The lists with those of a file in their place.
fn overlay(mut lists: Lists, file: &str, text: &str) -> Result<Lists, Vec<Problem>> {
    let mut reader = Reader::new(file, text);
    let parsed = reader.parse().map_err(|problem| vec![problem])?;
    let top = Reader::top(&parsed);
    let texts: [(&str, &mut Vec<String>); 11] = [
        ("scenes", &mut lists.scenes),
        ("functions", &mut lists.functions),
        ("levels", &mut lists.levels),
        ("gaps", &mut lists.gaps),
        ("regional_statuses", &mut lists.regional_statuses),
        ("reflected", &mut lists.reflected),
        ("taken_up", &mut lists.taken_up),
        ("age_bands", &mut lists.age_bands),
        ("sexes", &mut lists.sexes),
        ("triggers", &mut lists.triggers),
        ("consents", &mut lists.consents),
    ];
    let mut known = vec!["professions", "categories", "branch_checks", "slots"];
    known.extend(texts.iter().map(|(key, _)| *key));
    reader.only(top, &known);
    for (key, list) in texts {
        if top.has(key) {
            *list = reader.texts(top, key);
        }
    }
    if top.has("reflected") && !lists.reflected.iter().any(|word| lists.takes_up(word)) {
        let missing = "どれが計画や予算への反映にあたるかを、「taken_up」にも書いてください。";
        reader.problem_at(top, "reflected", missing);
    }
    if top.has("professions") {
        lists.professions = professions(&mut reader, top).into();
    }
    if top.has("categories") {
        lists.categories = categories(&mut reader, top);
    }
    if top.has("branch_checks") {
        lists.branch_checks = branch_checks(&mut reader, top);
    }
    if top.has("slots") {
        lists.slots = slots(&mut reader, top);
    }
    reader.finish(lists)
}

fn professions(reader: &mut Reader<'_>, top: Fields<'_>) -> Vec<Profession> {
    let mut professions = Vec::new();
    for fields in reader.tables(top, "professions") {
        reader.only(fields, &["title", "short", "aliases"]);
        let title = reader.text(fields, "title");
        let short = reader.optional_text(fields, "short").unwrap_or_else(|| title.chars().take(2).collect());
        if short.chars().count() > 2 {
            reader.problem_at(fields, "short", "「short」は一、二文字にしてください。");
        }
        professions.push(Profession { title, short, aliases: reader.texts(fields, "aliases") });
    }
    professions
}

fn categories(reader: &mut Reader<'_>, top: Fields<'_>) -> Vec<Category> {
    let mut categories = Vec::new();
    for fields in reader.tables(top, "categories") {
        reader.only(fields, &["letter", "label"]);
        let letter = reader.text(fields, "letter");
        categories.push(Category { letter, label: reader.text(fields, "label") });
    }
    categories
}

fn slots(reader: &mut Reader<'_>, top: Fields<'_>) -> Vec<SlotKind> {
    let mut rows = Vec::new();
    for fields in reader.tables(top, "slots") {
        reader.only(fields, &["format", "count"]);
        let format = reader.text(fields, "format");
        rows.push(SlotKind { format, count: reader.number(fields, "count", 60) });
    }
    rows
}

fn branch_checks(reader: &mut Reader<'_>, top: Fields<'_>) -> Vec<BranchChecks> {
    let mut rows = Vec::new();
    for fields in reader.tables(top, "branch_checks") {
        reader.only(fields, &["branch", "checks"]);
        let branch = reader.text(fields, "branch");
        rows.push(BranchChecks { branch, checks: reader.texts(fields, "checks") });
    }
    rows
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::domain::text::fold;

    #[test]
    fn 職種の呼び名は重ならない() {
        let lists = lists(None).unwrap();
        let mut owner: HashMap<String, &str> = HashMap::new();
        for profession in lists.professions.iter() {
            assert!((1..=2).contains(&profession.short.chars().count()), "{}", profession.title);
            for word in profession.aliases.iter().chain([&profession.title, &profession.short]) {
                let before = owner.insert(fold(word), &profession.title);
                assert!(before.is_none_or(|title| title == profession.title), "{word}: {before:?}");
            }
        }
    }

    #[test]
    fn 似た職種を取り違えない() {
        let lists = lists(None).unwrap();
        for (words, title) in [
            ("ケアマネージャー", "介護支援専門員"),
            ("ｹｱﾏﾈ", "介護支援専門員"),
            ("主任ケアマネ", "主任介護支援専門員"),
            ("療法士", "リハビリ職"),
            ("ＰＴ", "理学療法士"),
            ("管理栄養士", "管理栄養士"),
            ("栄養士", "栄養士"),
            ("歯科医師", "歯科医師"),
            ("かかりつけ医", "医師"),
            ("ヘルパー", "訪問介護員"),
            ("社協", "社会福祉協議会職員"),
            ("民生児童委員", "民生委員"),
            ("ソーシャルワーカー", "医療ソーシャルワーカー"),
            ("訪看", "訪問看護師"),
            ("ＣＭ", "介護支援専門員"),
            ("薬", "薬剤師"),
            ("P.T.", "理学療法士"),
            ("Ｄｒ．", "医師"),
            ("薬 剤 師", "薬剤師"),
            ("理学療法士 (PT)", "理学療法士"),
            ("医師（精神科）", "医師"),
            ("家族（長男）", "家族"),
            ("看護師（訪看）", "訪問看護師"),
            ("介護支援専門員（主任）", "主任介護支援専門員"),
            ("保健師・看護師", "保健師"),
            ("薬剤師／管理者", "薬剤師"),
            ("民生・児童委員", "民生委員"),
            ("SSW（社会福祉士）", "スクールソーシャルワーカー"),
            ("児発管", "児童発達支援管理責任者"),
        ] {
            assert_eq!(lists.profession(words).map(|p| p.title.as_str()), Some(title), "{words}");
        }
        assert!(lists.profession("大工").is_none());
    }

    #[test]
    fn 一覧はすべて埋まっている() {
        let lists = lists(None).unwrap();
        assert_eq!(
            lists.categories.iter().map(|c| c.letter.as_str()).collect::<String>(),
            "アイウエオカキク"
        );
        assert_eq!(lists.scenes.len(), 4);
        assert_eq!(lists.functions.len(), 5);
        assert_eq!(lists.levels.len(), 4);
        assert_eq!(lists.age_bands.last().map(String::as_str), Some("90歳以上"));
        assert_eq!(lists.triggers.len(), 9);
        assert_eq!(lists.consents, ["本人同意", "家族同意", "同意困難"]);
        assert_eq!(lists.reflected, ["計画", "予算", "不採用"]);
        for word in ["計画", "ﾖｻﾝ", "予算 ", "計画・予算", "不採用", "継続審議", "計画は見送り", ""]
        {
            let counts = matches!(word, "計画" | "予算 " | "計画・予算");
            assert_eq!(lists.takes_up(word), counts, "{word}");
        }
        assert_eq!((lists.decision("　予算 "), lists.decision(" 継続審議")), ("予算", "継続審議"));
        assert_eq!(lists.branch_checks[0].checks.len(), 19);
        assert!(!lists.gaps.is_empty() && !lists.regional_statuses.is_empty() && !lists.sexes.is_empty());
    }

    #[test]
    fn 町の一覧は書いた項目だけ代わる() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lists.toml");
        std::fs::write(&path, "scenes = [\"認知症\"]\n").unwrap();
        let own = lists(Some(folder.path())).unwrap();
        assert_eq!(own.scenes, ["認知症"]);
        assert_eq!(own.professions, lists(None).unwrap().professions);
        std::fs::write(&path, "reflected = [\"採択\", \"見送り\"]\n").unwrap();
        let problem = lists(Some(folder.path())).unwrap_err();
        assert!(problem.to_string().contains("taken_up"), "{problem}");
        std::fs::write(&path, "reflected = [\"採択\", \"見送り\"]\ntaken_up = [\"採択\"]\n").unwrap();
        let own = lists(Some(folder.path())).unwrap();
        assert!(own.takes_up("採択") && !own.takes_up("見送り") && !own.takes_up("計画"));
        std::fs::write(&path, "sexes = []\nscene = [\"認知症\"]\n").unwrap();
        let problem = lists(Some(folder.path())).unwrap_err();
        assert_eq!((problem.line, problem.column), (2, 1));
        assert!(problem.message.contains("「scenes」ではありませんか"), "{problem}");
    }
}
