//! Nothing leaves unread by the privacy check: a name is put into every field that takes words, and every way out is asked.

use crate::support;

use std::collections::{BTreeMap, BTreeSet};

use jirei::domain::escalation::ways;
use jirei::domain::fields::{Described, EvidenceField, RegionalIssueField, Value};
use jirei::domain::year::Years;
use jirei::domain::*;
use jirei::export::personal::{self, Found};
use jirei::export::register::RegisterFormat;
use jirei::export::review::{Given, ReviewFormat, Towns, leaving, raised};
use jirei::export::{Format, clip, json, register, render, review, sample};
use jirei::format;
use jirei::privacy::PersonalWords;
use jirei::review::{Ask, Scope, Terms, read};
use jirei::store::{Access, Store};
use jirei::ui::Overlay;
use support::driver::Driver;
use support::room::Room;

/// Looks like a name by itself, and is that of nobody here.
const SAID: &str = "山田太郎さん";
/// Somebody at the table; found without さん, too.
const KNOWN: &str = "山野辺春江";

fn mint() -> IdSource {
    Now { at: "2026-05-21T13:30:00+09:00".parse().unwrap(), seed: 5 }.ids()
}

/// A meeting and a year in which every kind of record stands, with a word in everything that may be empty.
fn whole() -> (Dossier, Years) {
    let mut mint = mint();
    let mut dossier = sample::case_a().unwrap();
    let (meeting, day) = (dossier.meeting.id, dossier.meeting.date);
    dossier.meeting.checked.insert("次回の日".into());
    // The issues are enough of a map, for it is written down once for every field.
    dossier.nodes.retain(|_, node| node.kind == Kind::Issue);
    dossier.nodes.values_mut().for_each(|node| node.parent = None);
    // One that a row of the plan answers is named with what it hangs on: the first of all.
    let first = Tree::new(&dossier).depth_first()[0];
    let answered = dossier.plan().iter().filter_map(|row| row.issue).find(|id| *id != first).unwrap();
    dossier.nodes.get_mut(&answered).unwrap().parent = Some(first);
    dossier.actions.retain(|_, row| row.issue != Some(first));
    let spoken = *dossier.reflections.keys().next().unwrap();
    dossier.reflections.retain(|id, _| *id == spoken);
    dossier.progress.asked.insert("生活：買い物は".into(), true);
    dossier.participants.first_entry().unwrap().into_mut().name = KNOWN.into();
    for issue in dossier.regional.values_mut() {
        issue.confirmed = true;
        issue.measures = vec!["講習を開く".into(), "車を出す".into()];
        issue.scenes = vec!["看取り".into()];
        issue.categories = vec![Category { letter: "エ".into(), label: "情報共有の支援".into() }];
    }
    let issue = *dossier.regional.keys().next().unwrap();
    let step = Escalation {
        id: mint.id(),
        issue,
        meeting,
        date: day,
        level: "市町村".into(),
        decision: "不採用".into(),
        reason: "財源がない".into(),
        remaining: "訪問の回数".into(),
    };
    dossier.escalations.insert(step.id, step);
    let aside = |field: &str| vec![Aside { field: field.into(), words: "秋のころ".into() }];
    dossier.meeting.aside = aside("date");
    dossier.case.as_mut().unwrap().aside = aside("consent_date");
    dossier.actions.values_mut().for_each(|action| action.aside = aside("who"));
    dossier.regional.values_mut().for_each(|issue| issue.aside = aside("scenes"));
    let aside = aside("date");
    let slot =
        Slot { meeting: Some(meeting), date: day, aside, ..Slot::usual("山の町", 2026, "mieru", 0) };
    let cell =
        Passage { text: "家で".into(), ..Passage::new("山の町", 2026, "看取り", Aspect::Vision) };
    let years = Years { slots: [(slot.id, slot)].into(), passages: [(cell.id, cell)].into() };
    (dossier, years)
}

/// What the fields of a record are called in files: who gives it one that it does not know is told all of them.
fn names(record: &serde_json::Value) -> Vec<String> {
    let mut record = record.clone();
    record["row"]["?"] = serde_json::Value::Null;
    let told = serde_json::from_value::<Record>(record).unwrap_err().to_string();
    let known = told.split("expected").nth(1).expect("a list of fields").split('`');
    known.skip(1).step_by(2).map(str::to_owned).collect()
}

/// The record with a text in each of the places that take one.
fn with_text(record: &Record, text: &str) -> Vec<Record> {
    fn places(value: &serde_json::Value, at: String, out: &mut Vec<String>) {
        match value {
            serde_json::Value::String(_) => out.push(at),
            serde_json::Value::Array(all) if all.is_empty() => out.push(at),
            serde_json::Value::Array(all) => {
                all.iter().enumerate().for_each(|(i, value)| places(value, format!("{at}/{i}"), out));
            }
            serde_json::Value::Object(all) => {
                out.push(at.clone());
                all.iter().for_each(|(key, value)| places(value, format!("{at}/{key}"), out));
            }
            _ => {}
        }
    }
    let json = serde_json::to_value(record).unwrap();
    let mut all = Vec::new();
    places(&json["row"], "/row".to_owned(), &mut all);
    // What is left out where it is empty takes words, too.
    let left_out = names(&json).into_iter().filter(|name| json["row"].get(name).is_none());
    all.extend(left_out.map(|name| format!("/row/{name}")));
    let put = |place: &String| {
        let mut json = json.clone();
        if json.pointer(place).is_none() {
            json["row"][&place["/row/".len()..]] = serde_json::Value::Null;
        }
        match json.pointer_mut(place).unwrap() {
            serde_json::Value::Array(list) => list.push(text.into()),
            serde_json::Value::Object(map) => drop(map.insert(text.to_owned(), true.into())),
            other => *other = text.into(),
        }
        // An id, a day or a choice of the program takes no words.
        serde_json::from_value::<Record>(json).ok().filter(|changed| changed.key() == record.key())
    };
    all.iter().filter_map(put).collect()
}

/// What people call the field in which two texts of a record differ.
fn label(before: &Record, after: &Record) -> &'static str {
    let differ = before.values().into_iter().zip(after.values()).find(|(a, b)| a != b);
    differ.unwrap_or_else(|| panic!("{before:?} has a field that is described nowhere")).0.0
}

/// One of each kind of record.
fn one_of_each(dossier: &Dossier, years: &Years) -> Vec<Record> {
    let all = dossier.records().chain(years.records());
    // The first of the people is the one who is known by name.
    let all = all.filter(|r| !matches!(r, Record::Participant(p) if p.name == KNOWN));
    let by_kind: BTreeMap<Table, Record> =
        all.map(|record| (record.key().table, record)).collect::<Vec<_>>().into_iter().rev().collect();
    assert_eq!(by_kind.len(), 13, "a kind of record has no example");
    by_kind.into_values().collect()
}

/// A way out: what it says, and what is found in it beforehand.
type WayOut = (&'static str, String, Found);

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// The ways out of a meeting, as screen and command line go them.
fn out_of_the_meeting(dossier: &Dossier) -> Vec<WayOut> {
    let (lists, watch) = (format::lists(None).unwrap(), PersonalWords::new(&[]));
    let file = |format| text(render(format, dossier, &RecordVersions::default(), &lists).unwrap().bytes);
    let found = personal::in_meeting(dossier, &watch);
    let formats = [Format::Markdown, Format::Csv, Format::Json, Format::Outline];
    let mut ways: Vec<WayOut> = formats.map(|f| (f.key(), file(f), found.clone())).to_vec();
    ways.push(("the plan's table", clip::plan(dossier).tsv, personal::in_plan(dossier, &watch)));
    let regional = clip::regional(dossier).html;
    ways.push(("the table of issues", regional, personal::in_regional(dossier, &watch)));
    ways
}

/// Those of the region.
fn out_of_the_region(dossier: &Dossier, years: &Years) -> Vec<WayOut> {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path(), Access::Write).unwrap();
    let at = "2026-05-22T09:00:00+09:00".parse().unwrap();
    let changes = dossier.records().chain(years.records()).map(Change::add).collect();
    let edit = Edit { id: mint().id(), at, label: String::new(), changes };
    store.commit(&JournalEntry { edit, meeting: None, act: Act::Quiet }).unwrap();

    let lists = format::lists(None).unwrap();
    let formats: BTreeMap<String, String> =
        format::load(None).formats.into_iter().map(|f| (f.key, f.title)).collect();
    let ask = Ask { year: 2026, scope: Scope::All, today: "2027-03-01".parse().unwrap() };
    let counted = read(&store, &ask, Terms { lists: &lists, formats: &formats }).unwrap();
    let ids: Vec<_> = raised(&counted).into_iter().collect();
    let (entries, _) = leaving(store.entries(&ids).unwrap());
    let steps = store.escalations().unwrap();
    let ways = ways(&steps);
    let watch = |meetings: BTreeSet<Id<Meeting>>| {
        let names = store.names(meetings).unwrap();
        PersonalWords::new(&[]).with_people(names.iter().map(String::as_str))
    };
    let given = Given { review: &counted, entries: &entries, ways: &ways, mask: None, towns: Towns::Apart };
    let list = |format| text(register::render(format, &entries, &ways, "台帳").unwrap().bytes);
    let file = |format| text(review::render(format, &given).unwrap().bytes);
    let in_register = personal::in_register(&entries, &ways, &watch(personal::meetings_of(&entries)));
    let in_review = personal::in_review(&given, &watch(personal::meetings_behind(&counted, &entries)));
    let in_years = personal::in_years(years, &watch([dossier.meeting.id].into()));
    let known = StampedYears { years: years.clone(), stamps: RecordVersions::default() };
    vec![
        ("the register", list(RegisterFormat::Csv), in_register.clone()),
        ("the register's json", list(RegisterFormat::Json), in_register),
        ("the review", file(ReviewFormat::Markdown), in_review.clone()),
        ("the review's json", file(ReviewFormat::Json), in_review.clone()),
        // A workbook of the review holds the register, too.
        ("the review's workbook", list(RegisterFormat::Csv), in_review),
        ("the years", text(json::render_years(&known).unwrap()), in_years),
    ]
}

#[test]
fn 地域へ出ない欄のわきのことばも地域へは出ない() {
    let (mut dossier, years) = whole();
    let words = |field: &str| Aside { field: field.into(), words: "夫が夜ごと怒鳴る".into() };
    let stays = [EvidenceField::Node.key(), RegionalIssueField::Confirmed.key()].map(words);
    dossier.regional.values_mut().for_each(|issue| issue.aside.extend(stays.clone()));
    for (way, file, _) in out_of_the_region(&dossier, &years) {
        assert!(!file.contains("怒鳴る"), "{way}");
    }
}

#[test]
fn どの欄に名前を書いても渡すときに見つかる() {
    let (dossier, years) = whole();
    let mut asked: BTreeSet<(&str, &str)> = BTreeSet::new();
    let all = one_of_each(&dossier, &years);
    for record in &all {
        for name in [SAID, KNOWN] {
            let words = format!("{name}の話");
            for changed in with_text(record, &words) {
                let (noun, field) = (record.noun(), label(record, &changed));
                if matches!(&changed, Record::Participant(p) if p.name.contains(name)) {
                    continue;
                }
                assert!(changed.texts().iter().any(|t| t.contains(name)), "{noun} {field} is no free text");
                asked.insert((noun, field));
                let (mut dossier, mut years) = (dossier.clone(), years.clone());
                let change = Change::replace(record.clone(), changed);
                dossier.apply(&change).or_else(|_| years.apply(&change)).unwrap();
                let ways =
                    out_of_the_meeting(&dossier).into_iter().chain(out_of_the_region(&dossier, &years));
                let ways: Vec<WayOut> = ways.collect();
                assert!(
                    ways.iter().any(|(_, text, _)| text.contains(&words)),
                    "{noun} {field} leaves nowhere"
                );
                for (way, _, found) in ways.iter().filter(|(_, text, _)| text.contains(&words)) {
                    assert!(found.iter().any(|f| f.contains(name)), "{noun} {field} by {way}: {found:?}");
                }
            }
        }
    }
    for record in &all {
        for (field, value) in record.values() {
            let words = matches!(value, Value::Words(_) | Value::List(_) | Value::Until(_) | Value::Steps(_));
            assert!(
                !words || asked.contains(&(record.noun(), field)),
                "{} {field}: no example",
                record.noun()
            );
        }
    }
}

#[test]
fn 出席の氏名は見つけず本人のほかの欄もその名では言わない() {
    let (mut dossier, _) = whole();
    let watch = PersonalWords::new(&[]);
    assert_eq!(personal::in_meeting(&dossier, &watch), Vec::<String>::new());
    let mut people = dossier.participants.values_mut();
    people.next().unwrap().organisation = format!("{KNOWN}医院");
    assert_eq!(personal::in_meeting(&dossier, &watch), Vec::<String>::new());
    let mut people = dossier.participants.values_mut();
    people.nth(1).unwrap().department = format!("{KNOWN}医院");
    assert_eq!(personal::in_meeting(&dossier, &watch), [KNOWN]);
    assert!(dossier.participants.values().next().unwrap().texts().iter().all(|words| *words != KNOWN));
}

#[test]
fn 多すぎるときはほか何件と言う() {
    let found: Vec<String> = (1..=5).map(|n| format!("{n}人めさん")).collect();
    assert_eq!(personal::named(&found, personal::FEW), "1人めさん、2人めさん、3人めさん、ほか 2件");
    assert_eq!(personal::named(&found[..3], personal::FEW), "1人めさん、2人めさん、3人めさん");
}

/// The meeting with an organiser and an old reason that name somebody, and an issue that names somebody at the table.
fn told() -> (Dossier, Years) {
    let (mut dossier, mut years) = whole();
    dossier.meeting.organiser = "山田太郎さんの会 090-1234-5678".into();
    dossier.escalations.first_entry().unwrap().into_mut().reason = "佐藤花子さんの家のこと".into();
    dossier.regional.first_entry().unwrap().into_mut().area = format!("{KNOWN}の受け持ち");
    years.slots.first_entry().unwrap().into_mut().note = "鈴木さんの都合".into();
    (dossier, years)
}

#[test]
fn 命令から渡すときはどの形式でも名前を言い止まらない() {
    let (dossier, years) = told();
    let room = Room::new();
    let known = StampedYears { years, stamps: RecordVersions::default() };
    room.import(&room.file("会議.json", json::render(&dossier, &RecordVersions::default()).unwrap()));
    room.import(&room.file("年.json", json::render_years(&known).unwrap()));
    let says = |words: &[&str], names: &[&str]| {
        let (status, _, error) = room.run(words);
        assert_eq!(status, 0, "{words:?}: {error}");
        for name in names {
            assert!(error.contains(name), "{words:?} does not say {name}: {error}");
        }
    };
    let of_the_meeting = ["山田太郎さん", "090-1234-5678", "佐藤花子さん", KNOWN];
    for format in Format::ALL.map(Format::key) {
        says(&["export", "last", "--format", format, "--out", &format!("one-{format}")], &of_the_meeting);
    }
    says(&["export", "all", "--format", "json", "--out", "all"], &["山田太郎さん", "鈴木さん"]);
    for format in RegisterFormat::ALL.map(RegisterFormat::key) {
        says(&["issues", "--format", format, "--out", &format!("list-{format}")], &["佐藤花子さん", KNOWN]);
    }
    for format in ReviewFormat::ALL.map(ReviewFormat::key) {
        let out = format!("year-{format}");
        says(&["review", "2026", "--format", format, "--out", &out], &["佐藤花子さん", "鈴木さん", KNOWN]);
    }
}

#[test]
fn 画面から渡すときも名前を言う() {
    let (dossier, years) = told();
    let mut d = Driver::with(dossier);
    d.outside.years = years;
    let said = |d: &Driver| match &d.model.cx.over {
        Some(Overlay::Choose(chooser)) => chooser.text.clone(),
        other => panic!("{other:?}"),
    };
    d.keys("ctrl-e");
    assert!(said(&d).contains("山田太郎さん、090-1234-5678") && said(&d).contains("ほか "), "{}", said(&d));
    d.keys("esc");
    d.keys("ctrl-k 2");
    assert!(d.model.cx.notice.is_loud() && d.notice().contains(KNOWN), "{}", d.notice());
    d.keys("ctrl-b f7");
    d.keys("ctrl-e");
    assert!(said(&d).contains("佐藤花子さん") && said(&d).contains(KNOWN), "{}", said(&d));
    d.keys("esc f9 ctrl-e");
    assert!(said(&d).contains("佐藤花子さん") && said(&d).contains("鈴木さん"), "{}", said(&d));
}

#[test]
fn 地域の画面では根拠の会議にいた人の名前も見つける() {
    let (dossier, years) = whole();
    let mut d = Driver::with(dossier);
    d.outside.years = years;
    d.keys(&format!("ctrl-b f7 enter down 「{KNOWN}が見回る」 enter"));
    let said = d.notice();
    assert!(said.starts_with("氏名のように見えることばがあります") && !said.contains(KNOWN), "{said}");
}
