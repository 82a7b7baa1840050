//! How many keys a meeting costs besides its words. Two whole meetings are typed into the built program as somebody practised
//! would, and an entry counts only where speaker, kind and place came out right.
#![cfg(unix)]

use crate::support;

use std::collections::BTreeMap;
use std::path::Path;

use assert_cmd::Command;
use jirei::domain::{Dossier, Id, Kind, Node, Participant, Tree, ideas};
use jirei::export::json;
use support::case_a::{Row, table};
use support::counted::{Count, Heard, Raised, STEPS, Said, Typist};
use support::second;

/// No step may cost more keys an entry.
const MOST: f64 = 5.0;

#[test]
fn 見本の会議は一つのことばに五つまでのキーで書ける() {
    typed("case-a", &case_a());
}

#[test]
fn だれも知らない百七十のことばの会議も五つまでのキーで書ける() {
    let heard = second::heard();
    assert_eq!((heard.said.len(), heard.people.len()), (170, 18));
    typed("北浜町", &heard);
}

/// Types a meeting, compares what stands with what was meant, prints the count and holds the limit.
fn typed(name: &str, heard: &Heard) {
    let home = tempfile::tempdir().unwrap();
    let mut hand = Typist::at(home.path(), heard);
    let lists = jirei::format::lists(None).unwrap();
    hand.opens(|| exported(home.path()), &lists);
    hand.says_all();
    for step in 1..STEPS.len() {
        hand.goes_on();
        match step {
            3 => {
                hand.says_all();
                hand.links_all();
            }
            5 => {
                hand.plans();
                hand.says_all();
            }
            6 => {
                hand.says_all();
                hand.raises();
            }
            7 => {
                hand.says_all();
                hand.closes();
            }
            _ => hand.says_all(),
        }
    }
    hand.leaves();
    compare(&exported(home.path()), heard);
    let dear = told(name, &hand.counts);
    assert!(dear.is_empty(), "{name}: {dear:?}");
}

/// Prints the keys of each step; gives the steps that cost too many.
#[expect(clippy::print_stdout, reason = "the count is for whoever asks for it, with --nocapture")]
fn told(name: &str, counts: &BTreeMap<usize, Count>) -> Vec<&'static str> {
    let whole = Count {
        entries: counts.values().map(|count| count.entries).sum(),
        keys: counts.values().map(|count| count.keys).sum(),
    };
    let steps = counts.iter().map(|(step, count)| (STEPS[*step], count));
    println!("{name}\n  件数  キー  キー/件");
    let mut dear = Vec::new();
    for (title, Count { entries, keys }) in steps.chain([("全体", &whole)]) {
        let each = *keys as f64 / *entries as f64;
        println!("{entries:>6} {keys:>5} {each:>8.1}  {title}");
        if each > MOST {
            dear.push(title);
        }
    }
    dear
}

fn exported(home: &Path) -> Dossier {
    let mut command = Command::cargo_bin("jirei").unwrap();
    let command = command.arg("--data").arg(home.join("data"));
    let output = command.args(["export", "last", "--format", "json", "--out", "-"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    json::read(&output.stdout).unwrap()
}

// ---- what must have come of it

fn compare(dossier: &Dossier, heard: &Heard) {
    let code = |id: Option<Id<Participant>>| id.map(|id| dossier.participants[&id].code.clone());
    let called = |who: usize| Some(format!("P{:02}", who + 1));
    let text = |id: Option<Id<Node>>| id.map(|id| dossier.nodes[&id].text.clone());
    let said = |no: usize| heard.said[no].words.clone();
    let people: Vec<_> =
        dossier.people().iter().map(|p| [p.profession.clone(), p.organisation.clone()]).collect();
    assert_eq!(people, heard.people);
    assert_eq!(code(dossier.meeting.presenter), called(heard.presenter));
    assert_eq!(dossier.nodes.len(), heard.said.len());
    for (node, meant) in dossier.nodes.values().zip(&heard.said) {
        let is =
            (&node.text, node.kind, code(node.speaker), &node.branch, text(node.parent), node.step.label());
        let should =
            (&meant.words, meant.kind, called(meant.who), &meant.branch, meant.on.map(said), meant.step);
        assert_eq!(is, should);
    }
    let links = dossier.links.values().map(|l| (text(Some(l.from)), text(Some(l.to)), l.label.clone()));
    let should = heard.links.iter().map(|(from, to, why)| (Some(said(*from)), Some(said(*to)), why.clone()));
    assert_eq!(links.collect::<Vec<_>>(), should.collect::<Vec<_>>());
    // An idea keeps who said it and what it answers.
    let offered = ideas::by_issue(dossier, &Tree::new(dossier)).into_iter();
    let offered = offered.filter(|(idea, _)| idea.step < jirei::domain::Step::Plan);
    assert_eq!(dossier.plan().len(), heard.plan.len());
    for ((action, [until, check]), (idea, issue)) in dossier.plan().into_iter().zip(&heard.plan).zip(offered)
    {
        assert_eq!((&action.what, action.issue), (&idea.text, issue.map(|n| n.id)));
        assert_eq!(action.who, idea.speaker.into_iter().collect::<Vec<_>>());
        assert_eq!((&action.until.words, &action.check), (until, check));
    }
    let raised: Vec<_> = dossier.regional_issues();
    assert_eq!(raised.len(), heard.raised.len());
    for (issue, meant) in raised.into_iter().zip(&heard.raised) {
        let evidence: Vec<_> = dossier.evidence_of(issue.id).map(|e| text(e.node)).collect();
        assert_eq!(evidence, [Some(said(meant.from))]);
        assert_eq!((&issue.statement, issue.scenes.join("；")), (&meant.statement, meant.scene.clone()));
        assert_eq!(
            (issue.measures.join("；"), &issue.responsible),
            (meant.measure.clone(), &meant.responsible)
        );
    }
    let closing = dossier.reflections_in_order().into_iter();
    let closing: Vec<_> = closing.map(|r| (code(r.speaker), r.question.clone(), r.text.clone())).collect();
    let asked = ["整理できたか", "共感を感じたか", "新しい気づき", "明日からの一歩"];
    let should =
        heard.closing.iter().map(|(who, q, words)| (called(*who), asked[q - 1].to_owned(), words.clone()));
    assert_eq!(closing, should.collect::<Vec<_>>());
}

// ---- the meetings

fn kind(label: &str) -> Kind {
    Kind::ALL.into_iter().find(|kind| kind.label() == label).unwrap()
}

/// The sample meeting: what its tables say.
fn case_a() -> Heard {
    let people = table("participants");
    let who = |code: &str| people.iter().position(|p| p["code"] == code).unwrap();
    let said = table("utterances");
    let no = |no: &str| said.iter().position(|row| row["no"] == no);
    let entry = |row: &Row| Said {
        step: STEPS.into_iter().find(|step| *step == row["step"]).unwrap(),
        who: who(&row["speaker"]),
        branch: if row["branch"] == "本人" { "本人・思い".to_owned() } else { row["branch"].clone() },
        on: no(&row["parent_no"]),
        kind: kind(&row["kind"]),
        words: row["keyword"].clone(),
    };
    let link = |row: &Row| (no(&row["from_no"]).unwrap(), no(&row["to_no"]).unwrap(), row["label"].clone());
    let raised = |row: &Row| {
        let evidence = row["evidence_nos"].split(';').filter_map(no);
        Some(Raised {
            from: evidence.into_iter().find(|no| said[*no]["kind"] == "課題")?,
            statement: row["statement"].clone(),
            scene: row["scenes"].split(';').next().unwrap().to_owned(),
            measure: row["measure"].clone(),
            responsible: row["responsible"].clone(),
        })
    };
    let question = |row: &Row| {
        let asked = ["整理できたか", "共感", "新しい気づき", "明日からの一歩"];
        asked.iter().position(|q| *q == row["question"]).unwrap() + 1
    };
    Heard {
        people: people.iter().map(|p| [p["職種"].clone(), p["所属"].clone()]).collect(),
        presenter: who("P03"),
        said: said.iter().map(entry).collect(),
        links: table("links").iter().map(link).collect(),
        plan: table("actions").iter().map(|row| [row["until"].clone(), row["how_checked"].clone()]).collect(),
        raised: table("regional").iter().filter_map(raised).collect(),
        closing: table("reflections")
            .iter()
            .map(|r| (who(&r["speaker"]), question(r), r["text"].clone()))
            .collect(),
    }
}
