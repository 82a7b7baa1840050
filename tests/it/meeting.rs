//! A whole meeting, typed key by key into the built program in a pseudo-terminal, killed and resized on the way, and
//! compared with the tables it was typed from.
#![cfg(unix)]

use crate::support;

use std::path::Path;

use assert_cmd::Command;
use chrono::{Datelike, Days, NaiveDate};
use jirei::domain::date::parse_until;
use jirei::domain::{Dossier, Id, Kind, Node, Participant, Tree};
use jirei::export::json;
use support::case_a::{Row, date, table};
use support::facilitator::Facilitator;
use support::pty::keys::{DOWN, ENTER, PAGE_DOWN, ctrl};

/// The words of the form that stand in no table.
const GIST: &str = "独居";

fn values(key: &str) -> String {
    table("meeting").into_iter().find(|row| row["key"] == key).unwrap()["value"].clone()
}

#[test]
fn 会議をはじめから終わりまで打つと表のとおりに残る() {
    let home = tempfile::tempdir().unwrap();
    let mut hand = Facilitator::at(home.path());
    begin(&hand);
    people(&hand);
    roles(&hand);
    over_the_list(&mut hand, "導入");
    hand.next_step("聞き取り");
    interview(&mut hand);
    hand.next_step("質問");
    questions(&mut hand);
    hand.next_step("課題の分析");
    analysis(&mut hand);
    hand.next_step("支援策");
    hand.looks_up();
    utterances(&mut hand, "支援策", "支援策");
    hand.next_step("行動計画");
    plan(&mut hand);
    hand.next_step("地域課題");
    over_the_list(&mut hand, "地域課題");
    regional(&hand);
    hand.next_step("振り返り");
    over_the_list(&mut hand, "振り返り");
    reflections(&hand);
    let running = exported(home.path());
    hand.screen.send(ctrl('q'));
    assert_eq!(hand.screen.wait().0, 0);
    let mut dossier = exported(home.path());
    compare(&dossier);
    // Only the clocks have gone on since.
    dossier.progress = running.progress.clone();
    assert_eq!(running, dossier);
}

/// The meeting as the command line gives it.
fn exported(home: &Path) -> Dossier {
    let mut command = Command::cargo_bin("jirei").unwrap();
    let output = command
        .arg("--data")
        .arg(home.join("data"))
        .args(["export", "last", "--format", "json", "--out", "-"]);
    let output = output.output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
    json::read(&output.stdout).unwrap()
}

/// From the first start into the form, and what can be said before people come.
fn begin(hand: &Facilitator) {
    hand.screen.sees("新しい会議をはじめる");
    hand.screen.send(ctrl('n'));
    for (title, text) in [
        ("題名", values("title")),
        ("日付", values("date")),
        ("場所", values("venue")),
        ("主催", values("organiser")),
        ("事例の番号", values("case_id")),
        ("ひとことで", GIST.to_owned()),
        ("年代", "80代後半".to_owned()),
        ("性別", "１".to_owned()),
        ("検討のきっかけ", "２、5".to_owned()),
        ("きっかけのことば", values("trigger")),
        ("相談したいこと", values("consultation")),
        ("同意", "1".to_owned()),
        ("同意のようす", values("consent")),
        ("同意の日", "R8.5.12".to_owned()),
        ("同意を確かめた人", "保健師".to_owned()),
    ] {
        // What stands there already, title, date and number, gives way to what is typed.
        hand.fills(title, &text);
    }
    hand.next_step("導入");
}

/// One line each: with commas where a field holds a space or is empty.
fn people(hand: &Facilitator) {
    for (i, row) in table("participants").into_iter().enumerate() {
        let involved = if row["関わりあり"] == "はい" { "関わりあり" } else { "関わりなし" };
        let first = if row["初参加"] == "はい" { "初参加" } else { "参加経験あり" };
        let fields = [&row["職種"], &row["所属"], &row["部署"], &row["name"], involved, first];
        let plain = fields.iter().all(|f| !f.is_empty() && !f.contains(' '));
        let line = fields.join(if plain { " " } else { "、" });
        // The program numbers people itself; a number may be typed all the same.
        hand.types(&if i % 2 == 0 {
            line
        } else {
            format!("{}{}{line}", row["code"], if plain { "　" } else { "、" })
        });
        hand.enters(ENTER);
        hand.screen.sees(&row["code"]);
    }
}

/// Who leads and who presents, back in the form once the people are there.
fn roles(hand: &Facilitator) {
    hand.screen.send(ctrl('o'));
    hand.sees_cell("題名");
    hand.goes_down_to("司会（1人目）");
    hand.fills("司会（1人目）", &values("facilitator1"));
    hand.fills("司会（2人目）", "保健師");
    hand.fills("事例提供者", &values("presenter"));
    hand.screen.send(ctrl('o'));
    hand.sees_step("導入");
}

/// The entries of a step, as the table has them.
fn said_in(step: &str) -> Vec<Row> {
    table("utterances").into_iter().filter(|row| row["step"] == step).collect()
}

fn utterances(hand: &mut Facilitator, step: &str, kind: &str) {
    for row in said_in(step) {
        hand.says(&row, kind);
    }
}

/// What is said in a step with a list of its own goes on the map over it.
fn over_the_list(hand: &mut Facilitator, step: &str) {
    hand.opens_map_over(step);
    utterances(hand, step, "情報");
    hand.closes_map(step);
}

fn interview(hand: &mut Facilitator) {
    for row in said_in("聞き取り") {
        match row["no"].as_str() {
            "20" => killed_over(hand, &row),
            _ => hand.says(&row, "情報"),
        }
        // Also right after a restart, and far back.
        if let "13" | "20" = row["no"].as_str() {
            hand.undoes_and_redoes(5);
        }
    }
}

/// The program is killed over half a word; the next start has the same words at the same place.
fn killed_over(hand: &mut Facilitator, row: &Row) {
    let (line, key) = hand.entry_of(row, "情報");
    let middle = line.char_indices().rev().nth(3).unwrap().0;
    let (half, rest) = line.split_at(middle);
    hand.types(half);
    let before = hand.screen.until("保存済み", |shot| shot.saved());
    hand.waits_for_draft(half);
    hand.starts_again_after("KILL");
    hand.sees_typed(half);
    hand.sees_step("聞き取り");
    let after = hand.screen.shot();
    assert_eq!(
        (after.labels(), after.entry(), after.cursor),
        (before.labels(), before.entry(), before.cursor)
    );
    hand.types(rest);
    hand.enters(key);
    hand.has_entered(row);
    hand.adds_said(row);
}

fn questions(hand: &mut Facilitator) {
    for row in said_in("質問") {
        match row["no"].as_str() {
            "70" => hand.screen.resize(80, 24),
            "75" => hand.screen.resize(160, 45),
            "80" => {
                blindly(hand, &row);
                continue;
            }
            _ => {}
        }
        hand.says(&row, "情報");
    }
}

/// Half the words are typed while the window is too small to show any.
fn blindly(hand: &mut Facilitator, row: &Row) {
    let (line, key) = hand.entry_of(row, "情報");
    hand.screen.resize(20, 5);
    hand.screen.sees("画面が小さすぎます");
    hand.screen.send(&line);
    hand.screen.resize(120, 40);
    hand.sees_typed(&line);
    hand.enters(key);
    hand.has_entered(row);
    hand.adds_said(row);
}

fn number_of(no: &str) -> String {
    let issues = table("utterances").into_iter().filter(|row| row["kind"] == "課題");
    (issues.map(|row| row["no"].clone()).position(|n| n == no).unwrap() + 1).to_string()
}

fn analysis(hand: &mut Facilitator) {
    utterances(hand, "課題の分析", "情報");
    for (i, row) in table("links").into_iter().enumerate() {
        hand.begins_link(&row["from_no"]);
        hand.types(&format!("{} {}", number_of(&row["to_no"]), row["label"]));
        if i == 4 {
            // The terminal's window is closed.
            hand.waits_for_draft(&row["label"]);
            hand.starts_again_after("HUP");
            hand.screen.until("つなぐ", |shot| shot.labels().starts_with("つなぐ"));
            hand.sees_typed(&row["label"]);
        }
        hand.ends_link();
    }
}

fn plan(hand: &mut Facilitator) {
    // These were written down otherwise than they were said on the map.
    hand.screen.sees("マップの支援策");
    hand.screen.send("\t");
    for (i, row) in table("actions").into_iter().enumerate() {
        // A new row begins with what is to be done.
        hand.sees_cell("何を");
        hand.screen.send("\x1b[Z");
        hand.fills("課題", &number_of(&row["issue_no"]));
        if i == 3 {
            hand.sees_cell("何を");
            hand.types(&row["what"]);
            hand.waits_for_draft(&row["what"]);
            hand.starts_again_after("KILL");
            hand.sees_cell("何を");
            hand.sees_typed(&row["what"]);
            hand.fills("何を", "");
        } else if i == 6 {
            // Somebody speaks while a cell is half written.
            let middle = row["what"].char_indices().nth(5).unwrap().0;
            let (half, rest) = row["what"].split_at(middle);
            hand.sees_cell("何を");
            hand.types(half);
            over_the_list(hand, "行動計画");
            hand.sees_cell("何を");
            hand.sees_typed(half);
            hand.fills("何を", rest);
        } else {
            hand.fills("何を", &row["what"]);
        }
        hand.fills("だれが", &row["who"].replace(';', "、"));
        hand.fills("いつまでに", &row["until"]);
        hand.fills("確認方法", &row["how_checked"]);
        hand.fills("優先度", &row["priority"]);
    }
}

fn regional(hand: &Facilitator) {
    let keywords: Vec<String> = table("utterances").into_iter().map(|row| row["keyword"].clone()).collect();
    for row in table("regional") {
        let evidence =
            row["evidence_nos"].split(';').map(|no| keywords[no.parse::<usize>().unwrap() - 1].as_str());
        let evidence = evidence.collect::<Vec<_>>().join("；");
        for (title, text) in [
            ("地域課題", row["statement"].as_str()),
            ("個人が分からない文か", "はい"),
            ("場面", &row["scenes"].replace(';', "、")),
            ("対応策", &row["measure"]),
            ("責任を持つ機関", &row["responsible"]),
            ("事業項目", &row["categories"].replace(';', "、")),
            ("レベル", &row["level"]),
            ("圏域・地区", ""),
            ("足りないもの", ""),
            ("五つの機能", ""),
            ("もとになった枝", &evidence),
            ("優先度", ""),
            ("優先の理由", &row["priority_reason"]),
        ] {
            hand.fills(title, text);
        }
        hand.screen.send(PAGE_DOWN);
        hand.sees_cell("地域課題");
    }
}

fn reflections(hand: &Facilitator) {
    let questions = ["整理できたか", "共感", "新しい気づき", "明日からの一歩"];
    for row in table("reflections") {
        let number = questions.iter().position(|q| *q == row["question"]).unwrap() + 1;
        hand.types(&format!("@{} #{number} {}", row["speaker"], row["text"]));
        hand.enters(ENTER);
    }
    // The newest reflection is selected; the next date stands after it.
    hand.screen.send(DOWN);
    hand.screen.send(ENTER);
    // The next such day after the meeting, also when this is typed long after it.
    hand.types("7/16");
    hand.enters(ENTER);
    hand.screen.sees("2026年7月16日");
}

// ---- what must have come of it

fn compare(dossier: &Dossier) {
    about(dossier);
    participants(dossier);
    nodes(dossier);
    order_on_the_map(dossier);
    links(dossier);
    actions(dossier);
    regional_issues(dossier);
    spoken_at_the_end(dossier);
}

fn code(dossier: &Dossier, id: Option<Id<Participant>>) -> String {
    id.map_or_else(String::new, |id| dossier.participants[&id].code.clone())
}

fn words(dossier: &Dossier, id: Option<Id<Node>>) -> String {
    id.map_or_else(String::new, |id| dossier.nodes[&id].text.clone())
}

fn keyword(no: &str) -> String {
    table("utterances")
        .into_iter()
        .find(|row| row["no"] == no)
        .map_or_else(String::new, |row| row["keyword"].clone())
}

fn about(dossier: &Dossier) {
    let meeting = &dossier.meeting;
    let case = dossier.case.as_ref().unwrap();
    for (is, key) in [
        (&meeting.venue, "venue"),
        (&meeting.title, "title"),
        (&meeting.organiser, "organiser"),
        (&case.code, "case_id"),
        (&case.trigger_note, "trigger"),
        (&case.consultation, "consultation"),
        (&case.consent_note, "consent"),
        (&code(dossier, meeting.facilitators[0]), "facilitator1"),
        (&code(dossier, meeting.facilitators[1]), "facilitator2"),
        (&code(dossier, meeting.presenter), "presenter"),
    ] {
        assert_eq!(*is, values(key), "{key}");
    }
    assert_eq!((meeting.date, meeting.next_date), (date(&values("date")), date(&values("next_date"))));
    assert_eq!((case.gist.as_str(), case.age.as_str(), case.sex.as_str()), (GIST, "80代後半", "女性"));
    assert_eq!(case.triggers, ["入退院", "複数の病気"]);
    assert_eq!((case.consent.as_str(), case.consent_date), ("本人同意", date("2026-05-12")));
    assert_eq!((case.consent_by.as_str(), meeting.format.as_str()), ("保健師", "mieru"));
    assert!(dossier.progress.started_at.is_some() && dossier.progress.ended_at.is_none());
}

fn participants(dossier: &Dossier) {
    let rows = table("participants");
    let people = dossier.people();
    assert_eq!(people.len(), rows.len());
    for (person, row) in people.into_iter().zip(rows) {
        let is = [&person.code, &person.name, &person.profession, &person.organisation, &person.department];
        assert_eq!(is, [&row["code"], &row["name"], &row["職種"], &row["所属"], &row["部署"]]);
        let yes = |key: &str| Some(row[key] == "はい");
        assert_eq!(
            (person.involved, person.first_time),
            (yes("関わりあり"), yes("初参加")),
            "{}",
            row["code"]
        );
        assert!(!person.came_late && !person.left_early);
    }
}

fn nodes(dossier: &Dossier) {
    let rows = table("utterances");
    assert_eq!(dossier.nodes.len(), rows.len());
    for (node, row) in dossier.nodes.values().zip(rows) {
        let no = &row["no"];
        let branch = if row["branch"] == "本人" { "本人・思い" } else { &row["branch"] };
        assert_eq!(
            [node.text.as_str(), node.said.as_str(), &node.branch],
            [&row["keyword"], &row["said"], branch],
            "{no}"
        );
        assert_eq!(words(dossier, node.parent), keyword(&row["parent_no"]), "{no}");
        assert_eq!(
            (node.kind.label(), code(dossier, node.speaker)),
            (row["kind"].as_str(), row["speaker"].clone()),
            "{no}"
        );
        assert_eq!(node.step.label(), row["step"], "{no}");
        let number = if node.kind == Kind::Issue { number_of(no) } else { "0".to_owned() };
        assert_eq!(node.number.to_string(), number, "{no}");
    }
}

/// What hangs on one twig, or on a branch, stands in the order in which it was said.
fn order_on_the_map(dossier: &Dossier) {
    let tree = Tree::new(dossier);
    let branches = (0..dossier.meeting.branches.len()).map(|i| tree.roots(i).to_vec());
    let twigs = dossier.nodes.keys().map(|id| tree.children(*id).to_vec());
    for siblings in branches.chain(twigs) {
        assert!(
            siblings.is_sorted(),
            "{:?}",
            siblings.iter().map(|id| words(dossier, Some(*id))).collect::<Vec<_>>()
        );
    }
}

fn links(dossier: &Dossier) {
    let is: Vec<[String; 3]> = dossier
        .links
        .values()
        .map(|l| [words(dossier, Some(l.from)), words(dossier, Some(l.to)), l.label.clone()])
        .collect();
    let should: Vec<[String; 3]> = table("links")
        .iter()
        .map(|row| [keyword(&row["from_no"]), keyword(&row["to_no"]), row["label"].clone()])
        .collect();
    assert_eq!(is, should);
}

/// The Sunday that ends the week after the one of a day.
fn end_of_next_week(day: NaiveDate) -> NaiveDate {
    day + Days::new(u64::from(7 + 6 - day.weekday().num_days_from_monday()))
}

fn actions(dossier: &Dossier) {
    let rows = table("actions");
    let plan = dossier.plan();
    assert_eq!(plan.len(), rows.len());
    for (action, row) in plan.into_iter().zip(rows) {
        let who = action.who.iter().map(|id| code(dossier, Some(*id))).collect::<Vec<_>>().join(";");
        let is = [&words(dossier, action.issue), &action.what, &who, &action.until.words, &action.check];
        assert_eq!(
            is,
            [&keyword(&row["issue_no"]), &row["what"], &row["who"], &row["until"], &row["how_checked"]]
        );
        assert_eq!(action.priority.as_ref().map(|p| p.label()), Some(row["priority"].as_str()));
        let day = match row["until"].as_str() {
            // Counted from the meeting, whenever it is typed.
            "来週中" => dossier.meeting.date.map(end_of_next_week),
            "次回まで" => dossier.meeting.next_date,
            "未定" => None,
            day => parse_until(day, dossier.meeting.date.unwrap(), None).date,
        };
        assert_eq!(action.until.date, day, "{:?}", action.until);
    }
}

fn regional_issues(dossier: &Dossier) {
    let rows = table("regional");
    let issues = dossier.regional_issues();
    assert_eq!(issues.len(), rows.len());
    for (issue, row) in issues.into_iter().zip(rows) {
        let letters = issue.categories.iter().map(|c| c.letter.clone()).collect::<Vec<_>>().join(";");
        let is = [&issue.statement, &issue.scenes.join(";"), &letters, &issue.measures.join(";")];
        assert_eq!(is, [&row["statement"], &row["scenes"], &row["categories"], &row["measure"]]);
        assert_eq!(
            [&issue.responsible, &issue.priority_reason],
            [&row["responsible"], &row["priority_reason"]]
        );
        assert!(issue.level.starts_with(&row["level"]), "{}", issue.level);
        assert!(issue.categories.iter().all(|c| c.label.chars().count() > 5));
        let evidence: Vec<String> = dossier.evidence_of(issue.id).map(|e| words(dossier, e.node)).collect();
        assert_eq!(evidence, row["evidence_nos"].split(';').map(keyword).collect::<Vec<_>>());
    }
}

fn spoken_at_the_end(dossier: &Dossier) {
    let rows = table("reflections");
    let reflections = dossier.reflections_in_order();
    assert_eq!(reflections.len(), rows.len());
    for (reflection, row) in reflections.into_iter().zip(rows) {
        let question = if row["question"] == "共感" { "共感を感じたか" } else { &row["question"] };
        let is = [&code(dossier, reflection.speaker), reflection.question.as_str(), &reflection.text];
        assert_eq!(is, [&row["speaker"], question, &row["text"]]);
    }
}
