//! Small meetings for the tests of this room.

use chrono::{DateTime, NaiveDate};

use crate::domain::{
    Act, Action, ActionStatus, Branch, Case, Category, Change, Dossier, Edit, Escalation, Evidence, Id,
    IdSource, JournalEntry, Kind, Link, Meeting, Moment, Node, Now, Participant, Priority, Reflection,
    RegionalIssue, Side, Step, StepPlan, Until,
};

pub(super) fn moment() -> Moment {
    DateTime::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap()
}

/// A mint for the n-th thing; later ones strike later ids.
pub(super) fn mint(n: u64) -> IdSource {
    Now { at: moment() + chrono::Duration::seconds(n.cast_signed()), seed: n }.ids()
}

pub(super) fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

pub(super) fn meeting(id: Id<Meeting>) -> Meeting {
    Meeting {
        date: day("2026-05-21"),
        venue: "山の町 保健センター".to_owned(),
        title: "第2回 見える事例検討会".to_owned(),
        format: "mieru".to_owned(),
        steps: vec![StepPlan { step: Step::Interview, title: "聞き取り".to_owned(), minutes: 20 }],
        branches: vec![Branch { title: "生活".to_owned(), side: Side::Left }],
        checked: ["記録を閉じた".to_owned()].into(),
        ..Meeting::new(id)
    }
}

pub(super) fn node(id: Id<Node>, meeting: Id<Meeting>, kind: Kind, text: &str) -> Node {
    Node {
        branch: "生活".to_owned(),
        kind,
        step: Step::Questions,
        number: u32::from(kind == Kind::Issue),
        ..Node::new(id, meeting, text, moment())
    }
}

pub(super) fn action(id: Id<Action>, meeting: Id<Meeting>, what: &str, status: ActionStatus) -> Action {
    Action { what: what.to_owned(), status: status.into(), ..Action::new(id, meeting) }
}

pub(super) fn line(mint: &mut IdSource, meeting: Option<Id<Meeting>>, changes: Vec<Change>) -> JournalEntry {
    JournalEntry {
        edit: Edit { id: mint.id(), at: moment(), label: "変更".to_owned(), changes },
        meeting,
        act: Act::Do,
    }
}

/// The line that makes an empty meeting.
pub(super) fn new_meeting(n: u64) -> JournalEntry {
    let mut mint = mint(n);
    let dossier = Dossier::new(meeting(mint.id()), None);
    let changes = dossier.records().map(Change::add).collect();
    line(&mut mint, Some(dossier.meeting.id), changes)
}

/// A meeting on a day, with a format and a case, and the actions of its plan.
pub(super) fn held(
    store: &mut super::Store,
    n: u64,
    day: &str,
    format: &str,
    case: Option<&Case>,
    plan: &[(&str, ActionStatus)],
) -> Id<Meeting> {
    let mut mint = mint(n);
    let id = mint.id();
    let mut meeting = meeting(id);
    meeting.date = day.parse().ok();
    meeting.format = format.to_owned();
    meeting.case = case.map(|c| c.id);
    let mut changes = vec![Change::add(meeting)];
    changes.extend(
        plan.iter().zip(0..).map(|((what, status), rank)| {
            Change::add(Action { rank, ..action(mint.id(), id, what, *status) })
        }),
    );
    store.commit(&line(&mut mint, Some(id), changes)).unwrap();
    id
}

/// A meeting with something in every table, and the lines that make it.
pub(super) fn full_meeting(n: u64) -> (Dossier, Vec<JournalEntry>) {
    let mut mint = mint(n);
    let mint = &mut mint;
    let mut case = Case::new(mint.id(), format!("2026-{n:02}"));
    case.triggers = vec!["入退院".to_owned(), "支援拒否".to_owned()];
    case.consent_date = day("2026-05-01");
    let id = mint.id();
    let mut dossier = Dossier::new(Meeting { case: Some(case.id), ..meeting(id) }, Some(case));
    let first = line(mint, Some(id), dossier.records().map(Change::add).collect());

    let mut person = Participant::new(mint.id(), id, "P01");
    person.name = "山田".to_owned();
    person.profession = "薬剤師".to_owned();
    person.first_time = Some(false);
    let cause = node(mint.id(), id, Kind::Issue, "残薬が多い");
    let effect = Node {
        parent: Some(cause.id),
        speaker: Some(person.id),
        ..node(mint.id(), id, Kind::Fact, "袋に3か月分")
    };
    let link = Link {
        id: mint.id(),
        meeting: id,
        from: cause.id,
        to: effect.id,
        label: String::new(),
        at: moment(),
    };
    let mut plan = action(mint.id(), id, "一包化を相談する", ActionStatus::Todo);
    plan.issue = Some(cause.id);
    plan.who = vec![person.id];
    plan.until = Until { words: "来週中".to_owned(), date: day("2026-05-31") };
    plan.priority = Some(Priority::High.into());
    let regional = regional(mint.id(), id);
    let evidence = Evidence { id: mint.id(), issue: regional.id, meeting: id, node: Some(cause.id) };
    let step = step(mint.id(), &regional);
    let reflection = Reflection {
        id: mint.id(),
        meeting: id,
        speaker: None,
        question: "整理できたか".to_owned(),
        text: "はい".to_owned(),
        rank: 1,
    };
    let changes = vec![
        Change::add(person),
        Change::add(cause),
        Change::add(effect),
        Change::add(link),
        Change::add(plan),
        Change::add(regional),
        Change::add(step),
        Change::add(evidence),
        Change::add(reflection),
    ];
    dossier.apply_all(&changes).unwrap();
    let second = line(mint, Some(id), changes);
    (dossier, vec![first, second])
}

fn step(id: Id<Escalation>, issue: &RegionalIssue) -> Escalation {
    Escalation {
        id,
        issue: issue.id,
        meeting: issue.meeting,
        date: day("2027-02-10"),
        level: "市町村".to_owned(),
        decision: "計画".to_owned(),
        reason: String::new(),
        remaining: "人手".to_owned(),
    }
}

pub(super) fn regional(id: Id<RegionalIssue>, meeting: Id<Meeting>) -> RegionalIssue {
    RegionalIssue {
        scenes: vec!["日常の療養支援".to_owned()],
        categories: vec![Category {
            letter: "イ".to_owned(), label: "課題の抽出と対応策の検討".to_owned()
        }],
        priority: Some(Priority::Low.into()),
        measures: vec!["勉強会".to_owned()],
        confirmed: true,
        ..RegionalIssue::new(id, meeting, "服薬を見守る人が足りない")
    }
}
