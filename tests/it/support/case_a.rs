//! The sample meeting, made from the tables in `tests/data/case-a`. The ids are fixed: each is struck from the
//! moment the thing was said.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, TimeDelta};
use jirei::domain::date::parse_until;
use jirei::domain::*;

/// One row of a table, by the names in its header.
pub type Row = HashMap<String, String>;

/// The rows of `tests/data/case-a/NAME.tsv`.
pub fn table(name: &str) -> Vec<Row> {
    let path = format!("{}/tests/data/case-a/{name}.tsv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .from_path(path)
        .expect("the table is there");
    reader.deserialize().map(|row| row.expect("a row as the header says")).collect()
}

/// The minutes each step took, as the tables tell: from its first word to the first word of the next one.
const SPENT: [u32; 8] = [5, 26, 18, 12, 13, 6, 7, 3];

pub fn date(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

fn moment(minute: i64, second: i64) -> Moment {
    let start = Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").expect("a moment");
    start + TimeDelta::seconds(minute * 60 + second)
}

fn mint(minute: i64, second: i64, seed: u64) -> IdSource {
    Now { at: moment(minute, second), seed }.ids()
}

/// What the tables' numbers and codes became.
struct Names {
    meeting: Id<Meeting>,
    people: HashMap<String, Id<Participant>>,
    nodes: HashMap<String, Id<Node>>,
}

/// The whole meeting.
pub fn dossier() -> Dossier {
    let mut first = mint(-15, 0, 1);
    let mut names = Names { meeting: first.id(), people: HashMap::new(), nodes: HashMap::new() };
    let case = case(first.id());
    let people = participants(&mut names);
    let nodes = nodes(&mut names);
    let mut dossier = Dossier::new(meeting(&names, case.id), Some(case));
    dossier.progress.step = 7;
    dossier.progress.spent = SPENT.map(|minutes| minutes * 60).to_vec();
    dossier.progress.started_at = Some(moment(0, 0));
    dossier.progress.ended_at = Some(moment(90, 0));
    dossier.participants = people;
    dossier.links = links(&names);
    dossier.actions = actions(&names);
    (dossier.regional, dossier.evidence) = regional(&names);
    dossier.reflections = reflections(&names);
    dossier.nodes = nodes;
    dossier
}

fn values() -> HashMap<String, String> {
    table("meeting").into_iter().map(|row| (row["key"].clone(), row["value"].clone())).collect()
}

fn case(id: Id<Case>) -> Case {
    let values = values();
    let mut case = Case::new(id, &values["case_id"]);
    case.age = "80代後半".into();
    case.sex = "女性".into();
    case.gist = "独居".into();
    case.trigger_note = values["trigger"].clone();
    case.consultation = values["consultation"].clone();
    case.consent = "本人同意".into();
    case.consent_note = values["consent"].clone();
    case.consent_date = date("2026-05-12");
    case
}

fn meeting(names: &Names, case: Id<Case>) -> Meeting {
    let values = values();
    let steps = Step::ALL.into_iter().zip([8, 20, 17, 15, 10, 10, 5, 5]);
    let branches = [
        ("本人", Side::Left),
        ("生活", Side::Left),
        ("健康・医療", Side::Right),
        ("家族", Side::Right),
        ("経済", Side::Right),
        ("地域・つながり", Side::Left),
        ("住まい", Side::Left),
        ("サービス・制度", Side::Right),
    ];
    let person = |key: &str| Some(names.people[&values[key]]);
    Meeting {
        id: names.meeting,
        date: date(&values["date"]),
        venue: values["venue"].clone(),
        title: values["title"].clone(),
        organiser: values["organiser"].clone(),
        town: String::new(),
        format: "mieru".into(),
        steps: steps.map(|(step, minutes)| StepPlan { step, title: step.label().into(), minutes }).collect(),
        branches: branches.map(|(title, side)| Branch { title: title.into(), side }).to_vec(),
        case: Some(case),
        facilitators: [person("facilitator1"), person("facilitator2")],
        presenter: person("presenter"),
        next_date: date(&values["next_date"]),
        checked: Default::default(),
        note: String::new(),
        aside: Vec::new(),
    }
}

fn participants(names: &mut Names) -> BTreeMap<Id<Participant>, Participant> {
    let yes = |text: &str| Some(text == "はい");
    let mut mint = mint(-10, 0, 2);
    let mut people = BTreeMap::new();
    for row in table("participants") {
        let mut person = Participant::new(mint.id(), names.meeting, &row["code"]);
        person.name = row["name"].clone();
        person.profession = row["職種"].clone();
        person.organisation = row["所属"].clone();
        person.department = row["部署"].clone();
        person.involved = yes(&row["関わりあり"]);
        person.first_time = yes(&row["初参加"]);
        names.people.insert(person.code.clone(), person.id);
        people.insert(person.id, person);
    }
    people
}

fn nodes(names: &mut Names) -> BTreeMap<Id<Node>, Node> {
    let rows = table("utterances");
    let mut in_minute: HashMap<&str, i64> = HashMap::new();
    for row in &rows {
        *in_minute.entry(&row["minute"]).or_default() += 1;
    }
    let mut said_before: HashMap<&str, i64> = HashMap::new();
    let mut siblings: HashMap<(&str, &str), i64> = HashMap::new();
    let mut number = 0;
    let mut nodes = BTreeMap::new();
    for row in &rows {
        let minute = row["minute"].as_str();
        let place = said_before.entry(minute).or_default();
        // Two in a minute are half a minute apart; three share it.
        let second = *place * (60 / in_minute[minute]).min(30);
        *place += 1;
        let at = moment(minute.parse().expect("a minute"), second);
        let id = Now { at, seed: row["no"].parse().expect("a number") }.ids().id();
        let kind = Kind::ALL.into_iter().find(|k| k.label() == row["kind"]).expect("a kind");
        number += u32::from(kind == Kind::Issue);
        let rank = siblings.entry((&row["branch"], &row["parent_no"])).or_default();
        let node = Node {
            id,
            meeting: names.meeting,
            branch: row["branch"].clone(),
            parent: (!row["parent_no"].is_empty()).then(|| names.nodes[&row["parent_no"]]),
            rank: *rank << 16,
            kind,
            text: row["keyword"].clone(),
            said: row["said"].clone(),
            speaker: Some(names.people[&row["speaker"]]),
            step: Step::ALL.into_iter().find(|s| s.label() == row["step"]).expect("a step"),
            number: if kind == Kind::Issue { number } else { 0 },
            at,
        };
        *rank += 1;
        names.nodes.insert(row["no"].clone(), id);
        nodes.insert(id, node);
    }
    nodes
}

fn links(names: &Names) -> BTreeMap<Id<Link>, Link> {
    let rows = table("links").into_iter().enumerate();
    rows.map(|(i, row)| {
        let seconds = 4 * i as i64;
        let link = Link {
            id: mint(60, seconds, 3).id(),
            meeting: names.meeting,
            from: names.nodes[&row["from_no"]],
            to: names.nodes[&row["to_no"]],
            label: row["label"].clone(),
            at: moment(60, seconds),
        };
        (link.id, link)
    })
    .collect()
}

/// As the plan reads what is typed on the day of the meeting.
fn until(words: &str) -> Until {
    let [day, next] = ["2026-05-21", "2026-07-16"].map(date);
    parse_until(words, day.expect("a day"), next)
}

fn priority(label: &str) -> Option<Priority> {
    Priority::ALL.into_iter().find(|p| p.label() == label)
}

fn actions(names: &Names) -> BTreeMap<Id<Action>, Action> {
    let rows = table("actions").into_iter().enumerate();
    rows.map(|(i, row)| {
        let action = Action {
            issue: Some(names.nodes[&row["issue_no"]]),
            what: row["what"].clone(),
            who: row["who"].split(';').map(|code| names.people[code]).collect(),
            until: until(&row["until"]),
            check: row["how_checked"].clone(),
            priority: priority(&row["priority"]).map(Into::into),
            rank: (i as i64) << 16,
            ..Action::new(mint(74, 40 * i as i64, 4).id(), names.meeting)
        };
        (action.id, action)
    })
    .collect()
}

fn category(letter: &str) -> Category {
    let label = match letter {
        "ア" => "地域の医療・介護の資源の把握",
        "イ" => "在宅医療・介護連携の課題の抽出と対応策の検討",
        "ウ" => "切れ目のない在宅医療と在宅介護の提供体制の構築推進",
        "エ" => "医療・介護関係者の情報共有の支援",
        "オ" => "在宅医療・介護連携に関する相談支援",
        "カ" => "医療・介護関係者の研修",
        "キ" => "地域住民への普及啓発",
        "ク" => "在宅医療・介護連携に関する関係市区町村の連携",
        other => panic!("no such letter: {other}"),
    };
    Category { letter: letter.into(), label: label.into() }
}

type Regional = (BTreeMap<Id<RegionalIssue>, RegionalIssue>, BTreeMap<Id<Evidence>, Evidence>);

fn regional(names: &Names) -> Regional {
    let (mut issues, mut evidence) = (BTreeMap::new(), BTreeMap::new());
    for (i, row) in table("regional").into_iter().enumerate() {
        let list = |key: &str| row[key].split(';').map(str::to_owned).collect::<Vec<_>>();
        let mut mint = mint(86, 30 * i as i64, 5);
        let issue = RegionalIssue {
            scenes: list("scenes"),
            categories: list("categories").iter().map(|letter| category(letter)).collect(),
            level: row["level"].clone(),
            priority_reason: row["priority_reason"].clone(),
            measures: vec![row["measure"].clone()],
            responsible: row["responsible"].clone(),
            confirmed: true,
            rank: (i as i64) << 16,
            ..RegionalIssue::new(mint.id(), names.meeting, row["statement"].clone())
        };
        for no in list("evidence_nos") {
            let one = Evidence {
                id: mint.id(),
                issue: issue.id,
                meeting: names.meeting,
                node: Some(names.nodes[&no]),
            };
            evidence.insert(one.id, one);
        }
        issues.insert(issue.id, issue);
    }
    (issues, evidence)
}

fn reflections(names: &Names) -> BTreeMap<Id<Reflection>, Reflection> {
    let rows = table("reflections").into_iter().enumerate();
    rows.map(|(i, row)| {
        let question = match row["question"].as_str() {
            "共感" => "共感を感じたか",
            other => other,
        };
        let reflection = Reflection {
            id: mint(89, 3 * i as i64, 6).id(),
            meeting: names.meeting,
            speaker: Some(names.people[&row["speaker"]]),
            question: question.into(),
            text: row["text"].clone(),
            rank: (i as i64) << 16,
        };
        (reflection.id, reflection)
    })
    .collect()
}
