//! What a record says, field by field, as people call it: how two texts of one record are told apart in words.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::text::clean_line;
use super::{
    Action, Case, Dossier, Escalation, Id, Key, Meeting, Node, Participant, Passage, Record, Reflection,
    RegionalIssue, Slot, Table, Until,
};

/// What is said in place of a name, which the room must not see.
const HIDDEN: &str = "（氏名は表示しません）";

/// What the records that others point at are called.
#[derive(Debug, Clone, Default)]
pub struct Names(BTreeMap<Key, String>);

impl Names {
    /// Takes in all of a meeting; what has a name already keeps it.
    pub fn of<'a>(dossiers: impl IntoIterator<Item = &'a Dossier>) -> Self {
        let mut names = BTreeMap::new();
        for dossier in dossiers {
            for person in dossier.participants.values() {
                let key = Key { table: Table::Participant, id: person.id.uuid() };
                names.entry(key).or_insert_with(|| clean_line(person.label()));
            }
            for node in dossier.nodes.values() {
                let key = Key { table: Table::Node, id: node.id.uuid() };
                names.entry(key).or_insert_with(|| clean_line(&node.text));
            }
            for issue in dossier.regional.values() {
                let key = Key { table: Table::RegionalIssue, id: issue.id.uuid() };
                names.entry(key).or_insert_with(|| clean_line(&issue.statement));
            }
        }
        Self(names)
    }

    /// Says what a record is called.
    pub fn call(&mut self, key: Key, words: &str) {
        self.0.insert(key, clean_line(words));
    }

    fn get<T>(&self, table: Table, id: Option<Id<T>>) -> String {
        let Some(id) = id else { return String::new() };
        let name = self.0.get(&Key { table, id: id.uuid() });
        name.cloned().unwrap_or_else(|| "（ここにない記録）".to_owned())
    }

    fn person(&self, id: Option<Id<Participant>>) -> String {
        self.get(Table::Participant, id)
    }

    fn node(&self, id: Option<Id<Node>>) -> String {
        self.get(Table::Node, id)
    }

    fn issue(&self, id: Id<RegionalIssue>) -> String {
        self.get(Table::RegionalIssue, Some(id))
    }
}

/// What a record is called: its kind, and the words it is known by.
pub fn title(record: &Record, names: &Names) -> String {
    let (kind, words) = match record {
        Record::Case(r) => ("事例", r.code.clone()),
        Record::Meeting(r) => ("会議", r.title.clone()),
        Record::Progress(_) => ("会議の進み具合", String::new()),
        Record::Participant(r) => ("参加者", r.label().to_owned()),
        Record::Node(r) => ("枝", r.text.clone()),
        Record::Link(r) => ("つながり", format!("{} → {}", names.node(Some(r.from)), names.node(Some(r.to)))),
        Record::Action(r) => ("行動計画", r.what.clone()),
        Record::RegionalIssue(r) => ("地域課題", r.statement.clone()),
        Record::Escalation(r) => ("地域課題の経過", names.issue(r.issue)),
        Record::Evidence(r) => ("地域課題の根拠", names.node(r.node)),
        Record::Reflection(r) => ("振り返り", r.text.clone()),
        Record::Slot(r) => {
            let day = r.date.map_or_else(|| "日付なし".to_owned(), |day| day.to_string());
            ("年間計画の枠", format!("{} {}年度 {day}", r.town, r.year))
        }
        Record::Passage(r) => {
            ("年次の振り返りの欄", format!("{} {}年度 {}：{}", r.town, r.year, r.subject, r.aspect.label()))
        }
    };
    let words = clean_line(&words);
    if words.is_empty() { kind.to_owned() } else { format!("{kind}「{words}」") }
}

/// A field: what people call it, and what stands in it.
type Field = (&'static str, String);

/// In which fields two texts of one record differ, as (field, first, second). What nobody wrote, such as the place among
/// siblings, is not among them.
pub fn differences(first: &Record, second: &Record, names: &Names) -> Vec<(&'static str, String, String)> {
    let pairs = fields(first, names).into_iter().zip(fields(second, names));
    let differ = pairs.filter(|((_, a), (_, b))| a != b);
    differ
        .map(|((field, a), (_, b))| match field {
            "氏名" => (field, HIDDEN.to_owned(), HIDDEN.to_owned()),
            _ => (field, a, b),
        })
        .collect()
}

fn fields(record: &Record, names: &Names) -> Vec<Field> {
    match record {
        Record::Case(r) => of_case(r),
        Record::Meeting(r) => of_meeting(r, names),
        Record::Progress(_) => Vec::new(),
        Record::Participant(r) => of_person(r),
        Record::Node(r) => of_node(r, names),
        Record::Link(r) => {
            vec![("元", names.node(Some(r.from))), ("先", names.node(Some(r.to))), ("理由", words(&r.label))]
        }
        Record::Action(r) => of_action(r, names),
        Record::RegionalIssue(r) => of_issue(r),
        Record::Escalation(r) => of_step(r),
        Record::Evidence(r) => vec![("地域課題", names.issue(r.issue)), ("枝", names.node(r.node))],
        Record::Reflection(r) => of_reflection(r, names),
        Record::Slot(r) => of_slot(r, names),
        Record::Passage(r) => of_passage(r),
    }
}

fn words(text: &str) -> String {
    clean_line(text)
}

fn list<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    texts.into_iter().map(|text| clean_line(text)).collect::<Vec<_>>().join("、")
}

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn until(until: &Until) -> String {
    let date = until.date.map(|day| format!("（{day}）")).unwrap_or_default();
    words(&until.words) + &date
}

fn yes(value: bool) -> String {
    if value { "はい" } else { "いいえ" }.to_owned()
}

fn perhaps(value: Option<bool>) -> String {
    value.map(yes).unwrap_or_default()
}

fn of_case(r: &Case) -> Vec<Field> {
    vec![
        ("番号", words(&r.code)),
        ("年代", words(&r.age)),
        ("性別", words(&r.sex)),
        ("どんな方か", words(&r.gist)),
        ("きっかけ", list(&r.triggers)),
        ("きっかけの説明", words(&r.trigger_note)),
        ("相談したいこと", words(&r.consultation)),
        ("同意", words(&r.consent)),
        ("同意の備考", words(&r.consent_note)),
        ("同意の日", day(r.consent_date)),
        ("同意を確かめた人", words(&r.consent_by)),
    ]
}

fn of_meeting(r: &Meeting, names: &Names) -> Vec<Field> {
    let steps = r.steps.iter().map(|s| format!("{} {}分", clean_line(&s.title), s.minutes));
    vec![
        ("日付", day(r.date)),
        ("会場", words(&r.venue)),
        ("題", words(&r.title)),
        ("主催", words(&r.organiser)),
        ("市町村", words(&r.town)),
        ("進め方", words(&r.format)),
        ("段階", steps.collect::<Vec<_>>().join("、")),
        ("大枝", list(r.branches.iter().map(|b| &b.title))),
        ("事例", r.case.map(|id| id.to_string()).unwrap_or_default()),
        ("進行", names.person(r.facilitators[0])),
        ("進行の補佐", names.person(r.facilitators[1])),
        ("事例提供者", names.person(r.presenter)),
        ("次回", day(r.next_date)),
        ("終わりの確認", list(&r.checked)),
        ("備考", words(&r.note)),
    ]
}

fn of_person(r: &Participant) -> Vec<Field> {
    vec![
        ("記号", words(&r.code)),
        ("氏名", words(&r.name)),
        ("職種", words(&r.profession)),
        ("所属", words(&r.organisation)),
        ("部署", words(&r.department)),
        ("事例への関わり", perhaps(r.involved)),
        ("初参加", perhaps(r.first_time)),
        ("遅刻", yes(r.came_late)),
        ("早退", yes(r.left_early)),
    ]
}

fn of_node(r: &Node, names: &Names) -> Vec<Field> {
    vec![
        ("大枝", words(&r.branch)),
        ("付く枝", names.node(r.parent)),
        ("種類", r.kind.label().to_owned()),
        ("ことば", words(&r.text)),
        ("話されたこと", words(&r.said)),
        ("発言者", names.person(r.speaker)),
        ("段階", r.step.label().to_owned()),
    ]
}

fn of_action(r: &Action, names: &Names) -> Vec<Field> {
    let who = r.who.iter().map(|id| names.person(Some(*id)));
    vec![
        ("課題", names.node(r.issue)),
        ("内容", words(&r.what)),
        ("担当", who.collect::<Vec<_>>().join("、")),
        ("期限", until(&r.until)),
        ("確認方法", words(&r.check)),
        ("優先度", r.priority.map(|p| p.label().to_owned()).unwrap_or_default()),
        ("状態", r.status.label().to_owned()),
        ("結果", words(&r.outcome)),
        ("済んだ日", day(r.settled)),
    ]
}

fn of_issue(r: &RegionalIssue) -> Vec<Field> {
    let categories = r.categories.iter().map(|c| format!("({}){}", c.letter, clean_line(&c.label)));
    vec![
        ("文", words(&r.statement)),
        ("場面", list(&r.scenes)),
        ("事業項目", categories.collect::<Vec<_>>().join("、")),
        ("機能", words(&r.function)),
        ("レベル", words(&r.level)),
        ("圏域・地区", words(&r.area)),
        ("足りないもの", words(&r.gap)),
        ("優先度", r.priority.map(|p| p.label().to_owned()).unwrap_or_default()),
        ("優先度の理由", words(&r.priority_reason)),
        ("対応策", list(&r.measures)),
        ("責任を持つ機関", words(&r.responsible)),
        ("期限", until(&r.due)),
        ("状態", words(&r.status)),
        ("反映", words(&r.reflected)),
        ("反映の理由", words(&r.reflected_reason)),
        ("残課題", words(&r.evaluation)),
        ("個人が分からない文か", yes(r.confirmed)),
    ]
}

fn of_step(r: &Escalation) -> Vec<Field> {
    vec![
        ("日付", day(r.date)),
        ("レベル", words(&r.level)),
        ("決定", words(&r.decision)),
        ("理由", words(&r.reason)),
        ("残課題", words(&r.remaining)),
    ]
}

fn of_reflection(r: &Reflection, names: &Names) -> Vec<Field> {
    vec![("発言者", names.person(r.speaker)), ("問い", words(&r.question)), ("ことば", words(&r.text))]
}

fn of_slot(r: &Slot, names: &Names) -> Vec<Field> {
    vec![
        ("市町村", words(&r.town)),
        ("進め方", words(&r.format)),
        ("日付", day(r.date)),
        ("はじめの日付", day(r.moved_from)),
        ("事例提供", words(&r.presenter)),
        ("会議", names.get(Table::Meeting, r.meeting)),
        ("中止", yes(r.cancelled)),
        ("備考", words(&r.note)),
    ]
}

fn of_passage(r: &Passage) -> Vec<Field> {
    vec![("文", words(&r.text))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ActionStatus;

    #[test]
    fn 違う欄だけを人の言う名前で言い氏名は言わない() {
        let names = Names::default();
        let plan = Action { what: "一包化を相談する".into(), ..Action::new(id(1), id(2)) };
        let done = Action { status: ActionStatus::Done, rank: 7, ..plan.clone() };
        assert_eq!(
            differences(&plan.clone().into(), &done.into(), &names),
            [("状態", "未着手".to_owned(), "完了".to_owned())]
        );
        assert_eq!(title(&plan.into(), &names), "行動計画「一包化を相談する」");
        let person = Participant::new(id(1), id(2), "P01");
        let named = Participant { name: "山野辺".into(), ..person.clone() };
        let told = differences(&person.into(), &named.into(), &names);
        assert!(told.len() == 1 && !format!("{told:?}").contains("山野辺"), "{told:?}");
    }

    fn id<T>(n: u128) -> Id<T> {
        Id::from(uuid::Uuid::from_u128(n))
    }
}
