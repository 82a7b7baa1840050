//! The forms that people know from their towns' plans.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::{Cell, Given, Kind, Section};
use crate::domain::fields::{RegionalIssueField, SlotField};
use crate::domain::register::Entry;
use crate::domain::{Aspect, Id, Passage, RegionalIssue, Said, Slot};
use crate::export::{tables, words};
use crate::review::{Held, TownYear, Value, Word, mask};

/// 項目ア〜ク × 今年度の活動計画 / 実施状況・課題 / 今後の取組み / ⇒残課題.
pub(super) fn categories(given: &Given<'_>) -> Section {
    form(
        given,
        Kind::Categories,
        "事業項目ごとの計画と振り返り",
        "項目",
        &given.review.categories,
        &Aspect::OF_CATEGORIES,
    )
}

/// 場面 × 目指すべき姿 / 現状 / 課題 / 対応策.
pub(super) fn scenes(given: &Given<'_>) -> Section {
    form(
        given,
        Kind::Scenes,
        "場面ごとの目指すべき姿と対応策",
        "場面",
        &given.review.scenes,
        &Aspect::OF_SCENES,
    )
}

/// Said where nobody has filled in anything.
pub(super) const NOT_YET: &str = "まだ何も書かれていません。";

/// A form with a row for each subject of the lists, then for others that somebody wrote about.
fn form(
    given: &Given<'_>,
    kind: Kind,
    title: &str,
    first: &str,
    subjects: &[Word],
    aspects: &[Aspect],
) -> Section {
    let many = given.review.towns.len() > 1;
    // By town and subject, each in its order.
    let mut rows: BTreeMap<(&str, usize, &str), BTreeMap<Aspect, &Passage>> = BTreeMap::new();
    if !many {
        for (place, subject) in subjects.iter().enumerate() {
            rows.insert(("", place, subject.as_ref()), BTreeMap::new());
        }
    }
    for passage in given.review.passages.iter().filter(|p| aspects.contains(&p.aspect)) {
        let place = subjects.iter().position(|s| s.as_ref() == passage.subject).unwrap_or(subjects.len());
        let town = if many { passage.town.as_str() } else { "" };
        rows.entry((town, place, &passage.subject)).or_default().insert(passage.aspect, passage);
    }
    let mut header = town_column(many);
    header.push(first.to_owned());
    header.extend(aspects.iter().map(|aspect| aspect.label().to_owned()));
    let row = |((town, _, subject), cells): (&(&str, usize, &str), &BTreeMap<Aspect, &Passage>)| {
        let mut row = if many { vec![Cell::words(town)] } else { Vec::new() };
        row.push(Cell::words(subject));
        row.extend(aspects.iter().map(|a| Cell::words(cells.get(a).map_or("", |p| p.text.as_str()))));
        row
    };
    let notes = if rows.is_empty() { vec![NOT_YET.to_owned()] } else { Vec::new() };
    Section { kind, title: title.to_owned(), notes, header, rows: rows.iter().map(row).collect(), parts: 0 }
}

fn town_column(many: bool) -> Vec<String> {
    if many { vec!["市町村".to_owned()] } else { Vec::new() }
}

/// What stands over the sentences of the regional issues.
pub(super) const ISSUE: &str = "課題";

/// What stands over an issue on its way from why it matters to what is left of it.
const MEASURED: [&str; 12] = [
    RegionalIssueField::Priority.label(),
    ISSUE,
    RegionalIssueField::Level.label(),
    RegionalIssueField::Gap.label(),
    RegionalIssueField::PriorityReason.label(),
    "⇒ 対応策①",
    "対応策②以降",
    "⇒ 現在の取り組み（状態）",
    RegionalIssueField::Responsible.label(),
    RegionalIssueField::Due.label(),
    RegionalIssueField::Reflected.label(),
    "⇒残課題",
];

/// 課題 ⇒ 対応策①② ⇒ 現在の取り組み, what comes first at the top.
pub(super) fn measures(given: &Given<'_>) -> Section {
    let towns = &given.review.towns;
    let many = towns.len() > 1;
    let mut raised: HashMap<Id<RegionalIssue>, &str> = HashMap::new();
    for town in towns.iter().filter(|_| many) {
        raised.extend(town.issues.iter().map(|issue| (issue.id, town.town.as_str())));
    }
    let mut header = town_column(many);
    header.extend(MEASURED.map(str::to_owned));
    let row = |entry: &&Entry| {
        let r = &entry.issue;
        let [first, others] = tables::measures(r);
        let reflected = [r.reflected.as_str(), r.reflected_reason.as_str()];
        let reflected =
            reflected.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("：");
        let mut row = Vec::new();
        if many {
            row.push(Cell::words(raised.get(&r.id).map_or("", |town| town)));
        }
        row.extend([
            Cell::words(r.priority.as_ref().map_or("", Said::label)),
            Cell::words(&r.statement),
            Cell::words(&r.level),
            Cell::words(&r.gap),
            Cell::words(&r.priority_reason),
            Cell::Text(first),
            Cell::Text(others),
            Cell::words(&r.status),
            Cell::words(&r.responsible),
            Cell::Text(words::until(&r.due)),
            Cell::words(&reflected),
            Cell::words(&r.evaluation),
        ]);
        row
    };
    let mut entries: Vec<&Entry> = given.entries.iter().collect();
    entries.sort_by_key(|entry| (entry.issue.priority.is_none(), &entry.issue.priority));
    let notes = match given.entries {
        [] => vec!["この年度に出た、確かめ済みの地域課題はありません。".to_owned()],
        _ => Vec::new(),
    };
    Section {
        kind: Kind::Measures,
        title: "地域課題と対応策".to_owned(),
        notes,
        header,
        rows: entries.iter().map(row).collect(),
        parts: 0,
    }
}

/// The slots of the year: 予定の日, what kind, who brings the case, what became of it.
pub(super) fn plan(given: &Given<'_>) -> Section {
    let review = given.review;
    let held: BTreeMap<_, _> = review.held().map(|held| (held.id, held.date)).collect();
    let mut slots: Vec<&Slot> = review.slots.iter().collect();
    slots.sort_by_key(|slot| (slot.town.as_str(), slot.date.is_none(), slot.date, slot.rank));
    let many = review.towns.len() > 1;
    let [date, format, presenter, first, note] =
        [SlotField::Date, SlotField::Format, SlotField::Presenter, SlotField::MovedFrom, SlotField::Note]
            .map(SlotField::label);
    let header = [date, format, presenter, "状態", "開いた日", first, note];
    let row = |slot: &&Slot| {
        let mut row = if many { vec![Cell::words(&slot.town)] } else { Vec::new() };
        let note = std::iter::once(Cow::from(slot.note.as_str())).chain(slot.value(SlotField::Aside).texts());
        row.extend([
            Cell::Day(slot.date),
            Cell::words(review.format_title(&slot.format)),
            // Who brings the case of a day says whose it is.
            Cell::words(if given.mask.is_some() { "" } else { &slot.presenter }),
            Cell::words(slot.state(review.today).label()),
            Cell::Day(slot.meeting.and_then(|id| held.get(&id).copied().flatten())),
            Cell::Day(slot.moved_from),
            Cell::words(&note.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("、")),
        ]);
        row
    };
    let town = town_column(many);
    Section {
        kind: Kind::Plan,
        title: "年間の計画".to_owned(),
        notes: if slots.is_empty() {
            vec!["この年度の計画は、まだ書かれていません。".to_owned()]
        } else {
            Vec::new()
        },
        header: town.into_iter().chain(header.map(str::to_owned)).collect(),
        rows: slots.iter().map(row).collect(),
        parts: 0,
    }
}

/// 実施日 / 内容 / 参加団体数 / 参加者数.
pub(super) fn held(given: &Given<'_>) -> Section {
    let many = given.review.towns.len() > 1;
    let held: Vec<(&TownYear, &Held)> =
        given.review.towns.iter().flat_map(|town| town.held.iter().map(move |held| (town, held))).collect();
    let meetings: Vec<&Held> = held.iter().map(|(_, held)| *held).collect();
    let people = match given.mask {
        Some(threshold) => mask::attendances(given.review, threshold),
        None => meetings.iter().map(|held| Value::Count(held.participants.into())).collect(),
    };
    let mut header = town_column(many);
    header.extend(["実施日", "内容", "参加団体数", "参加者数"].map(str::to_owned));
    let row = |((town, held), people): (&(&TownYear, &Held), Value)| {
        let mut row = if many { vec![Cell::words(&town.town)] } else { Vec::new() };
        let format = given.review.format_title(&held.format);
        // What a meeting about a case is called says whose it was, whether the case was written down or not.
        let is_of_a_case = held.case.is_some() || held.presenter.is_some();
        let title = if is_of_a_case { "" } else { held.title.as_str() };
        let content: Vec<&str> = [format, title].into_iter().filter(|text| !text.is_empty()).collect();
        row.extend([
            Cell::Day(held.date),
            Cell::words(&content.join("　")),
            Cell::Value(Value::Count(held.organisations.into())),
            Cell::Value(people),
        ]);
        row
    };
    let notes = match held.as_slice() {
        [] => vec!["この年度に開いた会議の記録はありません。".to_owned()],
        _ => Vec::new(),
    };
    Section {
        kind: Kind::Held,
        title: "開催の記録".to_owned(),
        notes,
        header,
        rows: held.iter().zip(people).map(row).collect(),
        parts: 0,
    }
}
