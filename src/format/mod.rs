//! Session formats and lists: the built-in data and that of the user.
//!
//! A format is a TOML file: the steps with their minutes and prompts, the branches with their interview questions, the
//! words read aloud. The built-in ones lie in `sessions/`; a file of the same name in the user's folder stands in for one.

mod lists;
mod reader;

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::domain::bounds::BY_HAND;
use crate::domain::refused::unread;
use crate::domain::text::brief;
use crate::domain::{Branch, Id, Meeting, Side, Step, StepPlan};
use crate::store::file::read_bounded;

pub use lists::{check as check_lists, is_lists, lists};
pub use reader::{Fields, Problem, Reader};

/// The lists beside the formats; not a format itself.
const LISTS_FILE: &str = "lists.toml";

/// The built-in formats by their keys; the first is the default.
const BUILTIN: &[(&str, &str)] = &[
    ("mieru", include_str!("../../sessions/mieru.toml")),
    ("care-cafe", include_str!("../../sessions/care-cafe.toml")),
    ("care-lab", include_str!("../../sessions/care-lab.toml")),
    ("kobetsu", include_str!("../../sessions/kobetsu.toml")),
    ("team-approach", include_str!("../../sessions/team-approach.toml")),
    ("two-meetings", include_str!("../../sessions/two-meetings.toml")),
    ("group-work", include_str!("../../sessions/group-work.toml")),
    ("world-cafe", include_str!("../../sessions/world-cafe.toml")),
    ("kj", include_str!("../../sessions/kj.toml")),
    ("kono-yubi", include_str!("../../sessions/kono-yubi.toml")),
    ("ichiji-renkei", include_str!("../../sessions/ichiji-renkei.toml")),
    ("annual-review", include_str!("../../sessions/annual-review.toml")),
];

/// How a kind of meeting runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    /// The file's name without `.toml`, such as `mieru`; what `Meeting::format` keeps.
    pub key: String,
    /// What people call it.
    pub title: String,
    /// What kind of date it is in the year's plan: 事例検討会, ケアカフェ, 計画と振り返り, ….
    pub kind: String,
    /// Whose practice it follows.
    pub source: String,
    /// ①課題解決 …, said at the opening and asked again at the closing.
    pub purpose: Vec<String>,
    /// Read aloud at the opening.
    pub ground_rules: Vec<String>,
    /// The main branches, in the order in which they are given their sides.
    pub branches: Vec<BranchFormat>,
    /// The steps in the order in which they are gone through.
    pub steps: Vec<StepFormat>,
    /// What everybody may be asked at the end.
    pub reflections: Vec<ReflectionQuestion>,
    /// What to have done before people go home.
    pub checklist: Vec<String>,
    /// Which of these says that nobody can be recognised in the regional issues: ticking it confirms them.
    pub confirms: Option<String>,
}

/// A main branch and what to ask about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BranchFormat {
    /// What stands on the branch; no two of a format have the same.
    pub title: String,
    /// The side of the map it grows on.
    pub side: Side,
    /// What to ask about it, the first things first.
    pub questions: Vec<String>,
}

/// A step and what the facilitator says in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepFormat {
    /// What is done in it.
    pub step: Step,
    /// What people call it.
    pub title: String,
    /// How long it is meant to take.
    pub minutes: u32,
    /// What the facilitator may say, the first things first.
    pub prompts: Vec<String>,
}

/// A question everybody may answer at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReflectionQuestion {
    /// Such as 整理できたか.
    pub title: String,
    /// The question as it is put.
    pub prompt: String,
    /// One or two characters to type it by; unique in the format.
    pub short: String,
}

impl Format {
    /// An empty meeting with the steps and branches copied, so that the record stands alone.
    pub fn meeting(&self, id: Id<Meeting>) -> Meeting {
        let step = |s: &StepFormat| StepPlan { step: s.step, title: s.title.clone(), minutes: s.minutes };
        let branch = |b: &BranchFormat| Branch { title: b.title.clone(), side: b.side };
        Meeting {
            format: self.key.clone(),
            steps: self.steps.iter().map(step).collect(),
            branches: self.branches.iter().map(branch).collect(),
            ..Meeting::new(id)
        }
    }

    /// The first step of a kind.
    pub fn step(&self, step: Step) -> Option<&StepFormat> {
        self.steps.iter().find(|s| s.step == step)
    }

    /// The branch of a title.
    pub fn branch(&self, title: &str) -> Option<&BranchFormat> {
        self.branches.iter().find(|b| b.title == title)
    }
}

/// The formats that could be read, and what was wrong with the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The built-in ones in their order, then the user's by name. The first is the default.
    pub formats: Vec<Format>,
    /// What is wrong with the files that could not be read.
    pub problems: Vec<Problem>,
}

/// The formats that come with the program; the first is the default.
pub fn builtin() -> Vec<Format> {
    BUILTIN.iter().filter_map(|(key, text)| check(key, text).ok()).collect()
}

/// The built-in formats and those of the user's folder of `*.toml` files. A file named like a built-in one stands in for it;
/// a bad file is a problem, and the built-in one stays.
pub fn load(user: Option<&Path>) -> Loaded {
    let mut loaded = Loaded { formats: builtin(), problems: Vec::new() };
    for path in user.map(toml_files).unwrap_or_default() {
        match read(&path).and_then(|text| check(&path.to_string_lossy(), &text)) {
            Ok(mut format) => match loaded.formats.iter_mut().find(|f| f.key == format.key) {
                Some(place) => {
                    // A copy that was made before there was this key means it so.
                    let known = || place.confirms.take().filter(|entry| format.checklist.contains(entry));
                    format.confirms = format.confirms.take().or_else(known);
                    *place = format;
                }
                None => loaded.formats.push(format),
            },
            Err(problems) => loaded.problems.extend(problems),
        }
    }
    loaded
}

fn toml_files(folder: &Path) -> Vec<std::path::PathBuf> {
    // No folder means no formats of one's own.
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .filter(|path| !is_lists(path))
        .collect();
    paths.sort();
    paths
}

fn read(path: &Path) -> Result<String, Vec<Problem>> {
    let bytes = read_bounded(path, BY_HAND).map_err(|error| {
        let message = format!("{}。", unread(&error));
        vec![Problem::of_file(&path.to_string_lossy(), message)]
    })?;
    crate::domain::text::of_file(&bytes).map(str::to_owned).map_err(|_| {
        let message = "文字コードが UTF-8 ではありません。エディターで UTF-8 にして保存しなおしてください。";
        vec![Problem::of_file(&path.to_string_lossy(), message)]
    })
}

/// Reads one format. The name is the file's: its last part without `.toml` is the format's key.
///
/// # Errors
/// Everything that is wrong with it, in the order of the lines.
pub fn check(name: &str, text: &str) -> Result<Format, Vec<Problem>> {
    let mut reader = Reader::new(name, text);
    let parsed = reader.parse().map_err(|problem| vec![problem])?;
    let top = Reader::top(&parsed);
    reader.only(
        top,
        &[
            "title",
            "kind",
            "source",
            "purpose",
            "ground_rules",
            "branches",
            "steps",
            "reflections",
            "checklist",
            "confirms",
        ],
    );
    let format = Format {
        key: Path::new(name).file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned()),
        title: reader.text(top, "title"),
        kind: reader.text(top, "kind"),
        source: reader.optional_text(top, "source").unwrap_or_default(),
        purpose: reader.texts(top, "purpose"),
        ground_rules: reader.texts(top, "ground_rules"),
        branches: branches(&mut reader, top),
        steps: steps(&mut reader, top),
        reflections: reflections(&mut reader, top),
        checklist: reader.texts(top, "checklist"),
        confirms: reader.optional_text(top, "confirms"),
    };
    if format.confirms.as_ref().is_some_and(|entry| !format.checklist.contains(entry)) {
        reader.problem_at(
            top,
            "confirms",
            "「confirms」には、checklist の中の一つを、そのまま書いてください。",
        );
    }
    reader.finish(format)
}

fn branches(reader: &mut Reader<'_>, top: Fields<'_>) -> Vec<BranchFormat> {
    const SIDES: [(&str, &str, Side); 2] = [("left", "左", Side::Left), ("right", "右", Side::Right)];
    let mut branches: Vec<BranchFormat> = Vec::new();
    for fields in reader.tables(top, "branches") {
        reader.only(fields, &["title", "side", "questions"]);
        let title = reader.text(fields, "title");
        if branches.iter().any(|b| b.title == title) {
            reader.problem_at(
                fields,
                "title",
                format!("大枝「{}」が二つあります。違う名前にしてください。", brief(&title)),
            );
        }
        if !fields.has("side") {
            reader.problem_at(
                fields,
                "side",
                "「side」が書かれていません。left（左）か right（右）を書いてください。",
            );
        }
        let side = reader.choice(fields, "side", &SIDES).unwrap_or(Side::Left);
        branches.push(BranchFormat { title, side, questions: reader.texts(fields, "questions") });
    }
    if branches.is_empty() {
        reader.problem_at(top, "branches", "大枝がありません。[[branches]] を一つ以上書いてください。");
    }
    branches
}

fn steps(reader: &mut Reader<'_>, top: Fields<'_>) -> Vec<StepFormat> {
    let kinds = Step::ALL.map(|step| (step.key(), step.label(), step));
    let mut steps = Vec::new();
    for fields in reader.tables(top, "steps") {
        reader.only(fields, &["step", "title", "minutes", "prompts"]);
        if !fields.has("step") {
            let keys = Step::ALL.map(Step::key).join("、");
            reader.problem_at(
                fields,
                "step",
                format!("「step」が書かれていません。{keys} のどれかを書いてください。"),
            );
        }
        let step = reader.choice(fields, "step", &kinds).unwrap_or(Step::Opening);
        let title = reader.optional_text(fields, "title").unwrap_or_else(|| step.label().to_owned());
        let minutes = reader.number(fields, "minutes", StepPlan::LONGEST);
        steps.push(StepFormat { step, title, minutes, prompts: reader.texts(fields, "prompts") });
    }
    if steps.is_empty() {
        reader.problem_at(top, "steps", "段階がありません。[[steps]] を一つ以上書いてください。");
    }
    steps
}

fn reflections(reader: &mut Reader<'_>, top: Fields<'_>) -> Vec<ReflectionQuestion> {
    let mut questions: Vec<ReflectionQuestion> = Vec::new();
    for fields in reader.tables(top, "reflections") {
        reader.only(fields, &["title", "prompt", "short"]);
        let title = reader.text(fields, "title");
        let short = reader.text(fields, "short");
        if short.chars().count() > 2 {
            reader.problem_at(fields, "short", "「short」は一、二文字にしてください。");
        }
        if !short.is_empty() && questions.iter().any(|q| q.short == short) {
            reader.problem_at(
                fields,
                "short",
                format!("「{}」はほかの問いでも使われています。違う文字にしてください。", brief(&short)),
            );
        }
        let prompt = reader.optional_text(fields, "prompt").unwrap_or_default();
        questions.push(ReflectionQuestion { title, prompt, short });
    }
    questions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<(usize, usize, String)> {
        check("わが町.toml", text).unwrap_err().into_iter().map(|p| (p.line, p.column, p.message)).collect()
    }

    const SMALL: &str = r#"title = "小さな会"
kind = "事例検討会"

[[branches]]
title = "本人・思い"
side = "left"

[[steps]]
step = "opening"
minutes = 5
"#;

    #[test]
    fn 組み込みの進め方はすべて読める() {
        for (key, text) in BUILTIN {
            if let Err(problems) = check(key, text) {
                panic!("{key}: {problems:#?}");
            }
        }
        assert_eq!(builtin().len(), BUILTIN.len());
        // Every file of the folder is built in.
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions");
        let mut files: Vec<String> = toml_files(&folder)
            .iter()
            .map(|p| p.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        let mut keys: Vec<String> = BUILTIN.iter().map(|(key, _)| (*key).to_owned()).collect();
        files.sort();
        keys.sort();
        assert_eq!(files, keys);
    }

    #[test]
    fn 組み込みの進め方は問いかけを備えている() {
        for format in builtin() {
            let key = &format.key;
            let kinds = ["事例検討会", "ケアカフェ", "計画と振り返り", "研修・グループワーク"];
            assert!(kinds.contains(&format.kind.as_str()), "{key}: {}", format.kind);
            assert!(!format.purpose.is_empty(), "{key}");
            assert!(format.steps.first().is_some_and(|s| s.step == Step::Opening), "{key}");
            assert!(format.steps.last().is_some_and(|s| s.step == Step::Closing), "{key}");
            assert!(!format.source.is_empty(), "{key}");
            assert!(!format.ground_rules.is_empty(), "{key}");
            assert!(!format.checklist.is_empty(), "{key}");
            assert!(format.steps.iter().all(|s| s.minutes > 0 && !s.prompts.is_empty()), "{key}");
            assert!(format.branches.iter().all(|b| !b.questions.is_empty()), "{key}");
            assert!(format.reflections.iter().all(|r| !r.prompt.is_empty()), "{key}");
        }
    }

    #[test]
    fn 既定の進め方は八段階で九十分() {
        let mieru = &builtin()[0];
        assert_eq!(mieru.key, "mieru");
        assert_eq!(mieru.steps.iter().map(|s| s.step).collect::<Vec<_>>(), Step::ALL);
        let minutes: Vec<u32> = mieru.steps.iter().map(|s| s.minutes).collect();
        assert_eq!(minutes, [8, 20, 17, 15, 10, 10, 5, 5]);
        let left: Vec<&str> =
            mieru.branches.iter().filter(|b| b.side == Side::Left).map(|b| b.title.as_str()).collect();
        assert_eq!(left, ["本人・思い", "生活", "地域・つながり", "住まい"]);
        let titles: Vec<&str> = mieru.reflections.iter().map(|r| r.title.as_str()).collect();
        assert_eq!(titles, ["整理できたか", "共感を感じたか", "新しい気づき", "明日からの一歩"]);
    }

    #[test]
    fn 会議は段階と枝を写して始まる() {
        let mieru = &builtin()[0];
        let meeting = mieru.meeting(Id::from(uuid::Uuid::from_u128(1)));
        assert_eq!(meeting.format, "mieru");
        assert_eq!(meeting.planned_minutes(), 90);
        assert_eq!(meeting.branch_index("住まい"), Some(6));
        assert_eq!(meeting.steps[3].title, "課題の分析");
        assert!(meeting.title.is_empty() && meeting.date.is_none());
    }

    #[test]
    fn 段階の題は省ける() {
        let format = check("sessions/小さな会.toml", SMALL).unwrap();
        assert_eq!(format.key, "小さな会");
        assert_eq!(format.steps[0].title, "導入");
    }

    #[test]
    fn 知らない項目は場所と近い項目を言う() {
        let text = SMALL.replace("kind =", "knid =").replace("minutes =", "jikan =");
        let found = messages(&text);
        assert_eq!(
            found[0],
            (1, 1, "「kind」が書かれていません。kind = \"…\" の形で足してください。".into())
        );
        assert_eq!(found[1], (2, 1, "「knid」という項目はありません。「kind」ではありませんか。".into()));
        assert_eq!((found[3].0, found[3].1), (10, 1));
        assert!(found[3].2.contains("書けるのは step、title、minutes、prompts です"), "{found:?}");
    }

    #[test]
    fn 知らない段階は近い段階を言う() {
        let found = messages(&SMALL.replace("\"opening\"", "\"分析\""));
        assert_eq!(
            found,
            [(9, 8, "「step」に「分析」は使えません。「analysis」（課題の分析）ではありませんか。".into())]
        );
        let found = messages(&SMALL.replace("\"opening\"", "\"openning\""));
        assert!(found[0].2.contains("「opening」ではありませんか"), "{found:?}");
    }

    #[test]
    fn 読めない所は一か所を指す() {
        let found = messages(&SMALL.replace("\"本人・思い\"", "\"本人・思い"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, 5);
    }

    #[test]
    fn 型と重なりの間違いをすべて挙げる() {
        let text = format!(
            "{SMALL}\n[[steps]]\nstep = \"plan\"\nminutes = \"十\"\n\n[[branches]]\ntitle = \"本人・思い\"\nside = \"left\"\n"
        );
        let found = messages(&text);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].2.contains("0 から 600 までの数"), "{found:?}");
        assert!(found[1].2.contains("大枝「本人・思い」が二つあります"), "{found:?}");
    }

    #[test]
    fn 使う人のフォルダの進め方が組み込みに代わる() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("mieru.toml"), format!("\u{feff}{SMALL}")).unwrap();
        std::fs::write(folder.path().join("こども.toml"), SMALL).unwrap();
        std::fs::write(folder.path().join("壊れた.toml"), "title = ").unwrap();
        std::fs::write(folder.path().join("sjis.toml"), [0x8e, 0x96, 0x97, 0xe1]).unwrap();
        std::fs::write(folder.path().join("lists.toml"), "sexes = []").unwrap();
        let loaded = load(Some(folder.path()));
        assert_eq!(loaded.formats[0].key, "mieru");
        assert_eq!(loaded.formats[0].title, "小さな会");
        assert!(loaded.formats.iter().any(|f| f.key == "こども"));
        assert_eq!(loaded.problems.len(), 2, "{:?}", loaded.problems);
        assert!(load(Some(Path::new("/ありません"))).problems.is_empty());
    }
}
