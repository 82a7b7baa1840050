//! The figures of a review, one function each.

use std::collections::{BTreeMap, BTreeSet};

use super::counts::Counts;
use super::figure::{Figure, FigureId, Row, Value};
use super::{Review, Scope, Word};
use crate::domain::ActionStatus;
use crate::domain::yearly::MONTHS;

/// What stands for the words that somebody did not write.
const UNWRITTEN: &str = "記載なし";

impl Review {
    /// All figures, in the order in which they are read.
    pub fn figures(&self) -> Vec<Figure> {
        let shown = |id: &&FigureId| **id != FigureId::Towns || self.scope == Scope::All;
        FigureId::ALL.iter().filter(shown).map(|id| self.figure(*id)).collect()
    }

    /// One figure.
    pub fn figure(&self, id: FigureId) -> Figure {
        let mut figure = match id {
            FigureId::Meetings => self.meetings(),
            FigureId::Cases => self.cases(),
            FigureId::Attendances => self.attendances(),
            FigureId::People => self.people(),
            FigureId::Organisations => self.organisations(),
            FigureId::Professions => self.professions(),
            FigureId::FirstTime => self.first_time(),
            FigureId::Missing => self.missing(),
            FigureId::Presenters => self.presenters(),
            FigureId::Issues => self.issues(),
            FigureId::Heat => self.heat(),
            FigureId::Reflected => self.reflected(),
            FigureId::Decided => self.decided(),
            FigureId::Actions => self.actions(),
            FigureId::Speech => self.speech(),
            FigureId::Months => self.months(),
            FigureId::Before => self.against_before(),
            FigureId::Towns => self.by_town(),
        };
        if self.sum.meetings() == 0 && !matches!(id, FigureId::Meetings | FigureId::Decided) {
            figure.notes.push(NO_MEETINGS.to_owned());
        }
        figure
    }

    fn meetings(&self) -> Figure {
        let mut figure = Figure::new(
            FigureId::Meetings,
            &["会のやり方", "開催", "計画の枠", "枠で開催", "日を動かした", "中止", "未開催", "これから"],
        );
        let kinds: BTreeSet<&Word> = self.sum.formats.keys().chain(self.plan.keys()).collect();
        let mut all = super::PlanCounts::default();
        let cells = |held, plan: &super::PlanCounts| {
            [held, plan.slots, plan.held, plan.moved, plan.cancelled, plan.missed, plan.waiting]
        };
        for kind in kinds {
            let plan = self.plan.get(kind).copied().unwrap_or_default();
            all.add(&plan);
            let held = self.sum.formats.get(kind).copied().unwrap_or(0);
            let label = self.format_title(written(kind)).to_owned();
            figure.push(&label, Some(kind), &cells(held, &plan));
        }
        figure.push("合計", None, &cells(self.sum.meetings(), &all));
        let ahead = self.ahead().count();
        if self.sum.meetings() == 0 {
            figure.notes.push("この年度に開いた会議の記録はありません。".to_owned());
        }
        if ahead > 0 {
            figure.notes.push(format!("これからの会議が {ahead}回あります。まだ数えていません。"));
        }
        if !self.undated.is_empty() {
            figure.notes.push(format!(
                "日付のない会議が {}件あります。どの年度か分からないため、どの数にも入っていません。",
                self.undated.len()
            ));
        }
        figure
    }

    fn cases(&self) -> Figure {
        let mut figure = Figure::new(FigureId::Cases, &["", "件数"]);
        figure.push("実数", None, &[self.sum.cases]);
        figure.push("延べ", None, &[self.sum.case_meetings]);
        figure
    }

    fn attendances(&self) -> Figure {
        let mut figure = Figure::new(FigureId::Attendances, &["", "人数"]);
        figure.people("延べ", None, vec![Value::Count(self.sum.attendances)], self.sum.attendances);
        let mean = Value::Mean { sum: self.sum.attendances, of: self.sum.meetings() };
        figure.people("一回あたり", None, vec![mean], self.sum.attendances);
        figure
    }

    fn people(&self) -> Figure {
        let mut figure = Figure::new(FigureId::People, &["", "人数"]);
        let Counts { named_people: named, nameless_people: nameless, .. } = self.sum;
        figure.people("氏名のある人", Some(&"named".into()), vec![Value::Count(named)], named);
        figure.people(
            "氏名のない人（少なくとも）",
            Some(&"nameless".into()),
            vec![Value::Count(nameless)],
            nameless,
        );
        figure.people("合計", None, vec![Value::Count(self.sum.people())], self.sum.people());
        figure
    }

    fn organisations(&self) -> Figure {
        let mut figure = Figure::new(FigureId::Organisations, &["", "団体数"]);
        figure.push("実数", None, &[self.sum.organisations]);
        figure.push("延べ", None, &[self.sum.organisation_visits]);
        figure
    }

    fn professions(&self) -> Figure {
        let mut figure = Figure::new(FigureId::Professions, &["職種", "延べ人数", "割合", "会議"]);
        let all = self.sum.attendances;
        let mut rows: Vec<_> = self.sum.professions.iter().collect();
        rows.sort_by_key(|(word, n)| (std::cmp::Reverse(n.attendances), *word));
        for (word, n) in rows.into_iter().filter(|(_, n)| n.attendances > 0) {
            let cells = vec![
                Value::Count(n.attendances),
                Value::Share { part: n.attendances, whole: all },
                Value::Count(n.meetings),
            ];
            figure.people(word, Some(word), cells, n.attendances);
        }
        figure
    }

    fn first_time(&self) -> Figure {
        let mut figure = Figure::new(FigureId::FirstTime, &["", "延べ人数", "割合"]);
        let Counts { first_time, not_first_time, attendances, .. } = self.sum;
        let unknown = attendances - first_time - not_first_time;
        let rows = [
            ("初参加", "first", first_time),
            ("参加経験あり", "again", not_first_time),
            ("不明", "unknown", unknown),
        ];
        for (label, key, n) in rows {
            let cells = vec![Value::Count(n), Value::Share { part: n, whole: attendances }];
            figure.people(label, Some(&key.into()), cells, n);
        }
        figure
    }

    fn missing(&self) -> Figure {
        let mut figure =
            Figure::new(FigureId::Missing, &["職種", "来なかった会議", "来た会議", "続けて欠席の市町村"]);
        figure.row(
            "どれかが足りない会議",
            None,
            vec![Value::Count(self.sum.short_meetings), Value::Nothing, Value::Nothing],
        );
        let mut rows: Vec<_> = self.sum.professions.iter().filter(|(_, n)| n.missing > 0).collect();
        rows.sort_by_key(|(word, n)| (std::cmp::Reverse((n.away, n.missing)), *word));
        for (word, n) in rows {
            figure.push(word, Some(word), &[n.missing, n.meetings, n.away]);
        }
        figure
    }

    fn presenters(&self) -> Figure {
        let mut figure = Figure::new(FigureId::Presenters, &["機関", "出した回数", "参加した会議"]);
        if let [town] = self.towns.as_slice() {
            for body in &town.bodies {
                figure.push(&body.name, Some(&body.name), &[body.presented, body.meetings]);
            }
        }
        let unheard = self.towns.iter().flat_map(|town| &town.bodies).filter(|b| b.presented == 0).count();
        figure.row("事例を出した機関の数", None, vec![Value::Count(self.sum.presenting), Value::Nothing]);
        figure.row("まだ出していない機関の数", None, vec![Value::Count(unheard as u64), Value::Nothing]);
        figure.row(
            "出した機関の記録がない会議",
            None,
            vec![Value::Count(self.sum.without_presenter), Value::Nothing],
        );
        figure
    }

    fn issues(&self) -> Figure {
        let mut figure = Figure::new(FigureId::Issues, &["", "件数"]);
        figure.push("初めて出た課題", Some(&"raised".into()), &[self.sum.issues]);
        figure.push("再び出た課題", None, &[self.sum.issues_again]);
        figure.push("根拠の会議", Some(&"evidence".into()), &[self.sum.evidence_meetings]);
        figure.push("個人が分からない文か未確認の課題", Some(&"unconfirmed".into()), &[self.sum.unconfirmed]);
        figure.without_issues(self)
    }

    fn heat(&self) -> Figure {
        let scenes = in_order(&self.scenes, self.sum.scenes.keys());
        let categories = in_order(&self.categories, self.sum.categories.keys());
        let mut columns = vec!["場面"];
        columns.extend(categories.iter().map(written));
        columns.push("計");
        let mut figure = Figure::new(FigureId::Heat, &columns);
        for scene in &scenes {
            let count =
                |category: &Word| self.sum.heat.get(&(scene.clone(), category.clone())).copied().unwrap_or(0);
            let mut cells: Vec<u64> = categories.iter().map(count).collect();
            cells.push(self.sum.scenes.get(scene).copied().unwrap_or(0));
            figure.push(written(scene), Some(scene), &cells);
        }
        let mut cells: Vec<u64> =
            categories.iter().map(|c| self.sum.categories.get(c).copied().unwrap_or(0)).collect();
        cells.push(self.sum.issues);
        figure.push("計", None, &cells);
        figure.without_issues(self)
    }

    fn reflected(&self) -> Figure {
        let mut figure = Figure::new(FigureId::Reflected, &["決めたこと", "件数", "割合"]);
        let all = self.sum.issues;
        let share = |n| vec![Value::Count(n), Value::Share { part: n, whole: all }];
        for word in in_order(&self.reflected, self.sum.reflected.keys()) {
            let n = self.sum.reflected.get(&word).copied().unwrap_or(0);
            let label = if word.is_empty() { "まだ決まっていない" } else { &word };
            figure.row(label, Some(&word), share(n));
        }
        figure.row("計画か予算に反映", None, share(self.sum.taken_up));
        figure.without_issues(self)
    }

    fn decided(&self) -> Figure {
        let mut figure = Figure::new(FigureId::Decided, &["決めたこと", "件数"]);
        let mut decisions: BTreeMap<Word, u64> = BTreeMap::new();
        for step in &self.decided {
            *decisions.entry(step.decision.clone()).or_default() += 1;
        }
        for word in in_order(&self.reflected, decisions.keys()) {
            let label = if word.is_empty() { "段階や残課題だけ" } else { &word };
            figure.push(label, Some(&word), &[decisions.get(&word).copied().unwrap_or(0)]);
        }
        if self.decided.is_empty() {
            figure.notes.push("この年度に決めた記録はまだありません。".to_owned());
        }
        figure
    }

    fn actions(&self) -> Figure {
        let mut figure = Figure::new(FigureId::Actions, &["状態", "件数"]);
        for status in ActionStatus::ALL {
            figure.push(status.label(), Some(&status.key().into()), &[self.sum.action(status)]);
        }
        figure.push("期限過ぎ", Some(&"overdue".into()), &[self.sum.overdue]);
        let rate = Value::Share { part: self.sum.action(ActionStatus::Done), whole: self.sum.actions_kept() };
        figure.row("完了率（中止を除く）", None, vec![rate]);
        if self.sum.meetings() > 0 && self.sum.actions_kept() == 0 {
            figure.notes.push("行動計画がないため、完了率はありません。".to_owned());
        }
        figure
    }

    fn speech(&self) -> Figure {
        let mut figure = Figure::new(
            FigureId::Speech,
            &["職種", "ことば", "ことばの割合", "延べ人数の割合", "一人あたり"],
        );
        let (spoken, present) = (self.sum.entries_spoken(), self.sum.attendances);
        let mut rows: Vec<_> = self.sum.professions.iter().collect();
        rows.sort_by_key(|(word, n)| (std::cmp::Reverse(n.entries), *word));
        for (word, n) in rows {
            let cells = vec![
                Value::Count(n.entries),
                Value::Share { part: n.entries, whole: spoken },
                Value::Share { part: n.attendances, whole: present },
                Value::Mean { sum: n.entries, of: n.attendances },
            ];
            figure.people(word, Some(word), cells, n.attendances);
        }
        let none = Value::Nothing;
        let unknown = Value::Count(self.sum.entries_without_speaker);
        figure.row("発言者の記録なし", None, vec![unknown, none, none, none]);
        if self.sum.meetings() > 0 && spoken == 0 {
            figure.notes.push("発言者が分かることばがないため、偏りは分かりません。".to_owned());
        }
        figure
    }

    fn months(&self) -> Figure {
        let mut figure = Figure::new(FigureId::Months, &["月", "開催", "延べ人数"]);
        for (month, n) in MONTHS.iter().zip(self.sum.months) {
            let cells = vec![Value::Count(n.meetings), Value::Count(n.attendances)];
            figure.people(&format!("{month}月"), Some(&month.to_string().into()), cells, n.attendances);
        }
        figure
    }

    fn against_before(&self) -> Figure {
        let mut figure = Figure::new(FigureId::Before, &["", "この年度", "前の年度", "増減"]);
        for (label, count, of, _) in HEADLINES {
            let (now, before) = (count(&self.sum), count(&self.before));
            let change = i64::try_from(now).unwrap_or(i64::MAX) - i64::try_from(before).unwrap_or(i64::MAX);
            let cells = vec![Value::Count(now), Value::Count(before), Value::Change(change)];
            if *of == Of::People {
                // The smaller of the two: where one of them is small, the other and the change would tell it.
                let small = [now, before].into_iter().filter(|n| *n > 0).min().unwrap_or(0);
                figure.people(label, None, cells, small);
            } else {
                figure.row(label, None, cells);
            }
        }
        let done = |counts: &Counts| Value::Share {
            part: counts.action(ActionStatus::Done),
            whole: counts.actions_kept(),
        };
        let taken = |counts: &Counts| Value::Share { part: counts.taken_up, whole: counts.issues };
        figure.row("完了率（中止を除く）", None, vec![done(&self.sum), done(&self.before), Value::Nothing]);
        figure.row(
            "反映された割合（地域課題のうち）",
            None,
            vec![taken(&self.sum), taken(&self.before), Value::Nothing],
        );
        if self.before.meetings() == 0 {
            figure.notes.push("前の年度の会議の記録はありません。".to_owned());
        }
        figure
    }

    fn by_town(&self) -> Figure {
        let mut columns = vec!["市町村"];
        columns.extend(HEADLINES.iter().map(|(label, ..)| *label));
        let mut figure = Figure::new(FigureId::Towns, &columns);
        for town in &self.towns {
            let cells = HEADLINES.iter().map(|(_, count, ..)| Value::Count(count(&town.counts))).collect();
            let word = Word::from(town.town.as_str());
            let label = if town.town.is_empty() { "（市町村の記載なし）" } else { &town.town };
            // People each once are the fewest of all that is counted of people.
            figure.people(label, Some(&word), cells, town.counts.people());
        }
        let cells = HEADLINES.iter().map(|(_, count, ..)| Value::Count(count(&self.sum))).collect();
        figure.people("合計", None, cells, self.sum.people());
        figure
    }
}

/// What is said under every figure of an empty year.
pub const NO_MEETINGS: &str = "この年度に開いた会議の記録がないため、数えるものがありません。";

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// People: small numbers of them are hidden.
    People,
    /// Anything else.
    Things,
}

/// The figures that are one number, for comparing, with the unit it is counted in.
pub type Headline = (&'static str, fn(&Counts) -> u64, Of, &'static str);
/// In the order in which they are compared.
pub const HEADLINES: &[Headline] = &[
    ("開催回数", Counts::meetings, Of::Things, "回"),
    ("検討事例数（実）", |c| c.cases, Of::Things, "件"),
    ("検討事例数（延べ）", |c| c.case_meetings, Of::Things, "件"),
    ("参加者延べ数", |c| c.attendances, Of::People, "人"),
    ("参加者実人数", Counts::people, Of::People, "人"),
    ("参加団体数", |c| c.organisations, Of::Things, "団体"),
    ("地域課題", |c| c.issues, Of::Things, "件"),
    ("計画・予算に反映", |c| c.taken_up, Of::Things, "件"),
    ("行動計画", |c| c.actions.iter().sum(), Of::Things, "件"),
    ("行動計画の完了", |c| c.action(ActionStatus::Done), Of::Things, "件"),
];

/// The words of a list in its order, then others that were written.
fn in_order<'a>(list: &[Word], written: impl Iterator<Item = &'a Word>) -> Vec<Word> {
    let mut words = list.to_vec();
    let mut others: Vec<Word> = written.filter(|word| !list.contains(word)).cloned().collect();
    // Nothing comes last.
    others.sort_by_key(|word| (word.is_empty(), word.clone()));
    words.append(&mut others);
    words
}

fn written(word: &Word) -> &str {
    if word.is_empty() { UNWRITTEN } else { word }
}

impl Figure {
    fn new(id: FigureId, columns: &[&str]) -> Self {
        let columns = columns.iter().map(|c| (*c).to_owned()).collect();
        Self { id, columns, rows: Vec::new(), notes: Vec::new() }
    }

    fn push(&mut self, label: &str, key: Option<&Word>, counts: &[u64]) {
        self.row(label, key, counts.iter().map(|n| Value::Count(*n)).collect());
    }

    fn row(&mut self, label: &str, key: Option<&Word>, cells: Vec<Value>) {
        self.rows.push(Row { label: label.to_owned(), key: key.cloned(), cells, people: None });
    }

    fn people(&mut self, label: &str, key: Option<&Word>, cells: Vec<Value>, people: u64) {
        self.rows.push(Row { label: label.to_owned(), key: key.cloned(), cells, people: Some(people) });
    }

    fn without_issues(mut self, review: &Review) -> Self {
        if review.sum.meetings() > 0 && review.sum.issues == 0 {
            self.notes.push("この年度に出た地域課題はありません。".to_owned());
        }
        self
    }
}
