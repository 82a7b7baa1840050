//! What is still to be done, and what a meeting looks back at.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Params, params, params_from_iter};

use super::rows::{Field, Row};
use super::{Store, StoreError};
use crate::domain::{Action, Case, Id, Meeting, Participant};

/// A row of some meeting's plan with what one needs to know to speak about it in another meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAction {
    /// The row itself.
    pub action: Action,
    /// What people call the meeting whose plan it stands in.
    pub meeting_title: String,
    /// The day of that meeting.
    pub meeting_date: Option<NaiveDate>,
    /// The case it spoke of.
    pub case: Option<Id<Case>>,
    /// Who does it, as the room knows them ([`Participant::label`]): never a name.
    pub who: Vec<String>,
    /// The words of the issue it answers, or empty.
    pub issue: String,
}

/// What is due first at the top; what has no day last.
const DUE_FIRST: &str = "a.until_date IS NULL, a.until_date, m.date, a.rank, a.id";

/// Whether a meeting `m` is before the one with the id ?1 and the date ?2; it may stand here with another date.
const EARLIER: &str = "m.id <> ?1 AND CASE WHEN m.date <> ?2 THEN m.date < ?2 ELSE m.id < ?1 END";

/// Whether a meeting `m` is one of those that the one with the case ?3, the town ?4 and the format ?5 goes on from.
const AKIN: &str = "m.case_id IS ?3 AND (?3 IS NOT NULL OR m.town = ?4 AND m.format = ?5)";

/// How many open actions of other meetings a meeting looks back at: more than a room can speak of, of years of meetings.
const STILL_OPEN: usize = 100;

impl Store {
    /// What is still to be done in any meeting, what is due first at the top, what has no day last; at most `limit` rows.
    pub fn open_actions(&self, limit: usize) -> Result<Vec<OpenAction>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        // The most urgent are found in an index, so that only their rows are read.
        let most_urgent = "WHERE a.id IN (SELECT id FROM actions WHERE status IN ('todo', 'doing')
            ORDER BY until_date IS NULL, until_date LIMIT ?1)";
        self.actions(most_urgent, DUE_FIRST, params![limit])
    }

    /// What a meeting looks back at: all actions, done or not, of the latest earlier meeting that made a plan, then what is still
    /// open from those before, due first, so many that a plan can take up. Only meetings of the same case are looked at, or, where
    /// there is none, meetings without a case of the same town and format: what one case needs is no business of other rooms.
    /// A meeting is earlier by its date; where one of the two has none, by when it was entered.
    pub fn previous_actions(&self, meeting: &Meeting) -> Result<Vec<OpenAction>, StoreError> {
        let _snapshot = self.snapshot()?;
        let Meeting { id, date, case, town, format, .. } = meeting;
        let this = [id.to_cell(), date.to_cell(), case.to_cell(), town.to_cell(), format.to_cell()];
        let sql = format!(
            "SELECT m.id FROM meetings m
             WHERE {AKIN} AND {EARLIER} AND EXISTS (SELECT 1 FROM actions a WHERE a.meeting = m.id)
             ORDER BY m.date IS NULL, m.date DESC, m.id DESC LIMIT 1"
        );
        let latest: Vec<Id<Meeting>> = self.rows(&sql, params_from_iter(&this), |cells| cells.take())?;
        let Some(latest) = latest.first().map(Field::to_cell) else { return Ok(Vec::new()) };
        let plan = "WHERE a.meeting = ?1";
        let mut out = self.actions(plan, "a.rank, a.id", params![latest])?;
        let open =
            format!("WHERE a.status NOT IN ('done', 'dropped') AND a.meeting <> ?6 AND {AKIN} AND {EARLIER}");
        let order = format!("{DUE_FIRST} LIMIT {STILL_OPEN}");
        out.extend(self.actions(&open, &order, params_from_iter(this.into_iter().chain([latest])))?);
        Ok(out)
    }

    /// Rows of plans under a condition, in an order.
    fn actions(
        &self,
        condition: &str,
        order: &str,
        parameters: impl Params,
    ) -> Result<Vec<OpenAction>, StoreError> {
        let sql = format!(
            "SELECT {}, m.title, m.date, m.case_id, ifnull(n.text, '')
             FROM actions a JOIN meetings m ON m.id = a.meeting LEFT JOIN nodes n ON n.id = a.issue
             {condition} ORDER BY {order}",
            Action::columns("a.")
        );
        let _snapshot = self.snapshot()?;
        let mut found = self.rows(&sql, parameters, |cells| {
            Ok(OpenAction {
                action: Action::read(cells)?,
                meeting_title: cells.take()?,
                meeting_date: cells.take()?,
                case: cells.take()?,
                issue: cells.take()?,
                who: Vec::new(),
            })
        })?;
        let named: Vec<Id<Participant>> = found.iter().flat_map(|open| &open.action.who).copied().collect();
        let people = Participant::select("WHERE id IN (SELECT value FROM json_each(?1))");
        let people = self.rows(&people, [named.to_cell()], |cells| {
            let person = Participant::read(cells)?;
            Ok((person.id, person.label().to_owned()))
        })?;
        let people: BTreeMap<Id<Participant>, String> = people.into_iter().collect();
        for open in &mut found {
            // Somebody who is no longer on the list cannot be named; the action stands without.
            open.who = open.action.who.iter().filter_map(|id| people.get(id)).cloned().collect();
            // Words that name nobody on the list say who it is all the same.
            let words = Some(open.action.others()).filter(|words| !words.is_empty()).map(str::to_owned);
            open.who.extend(words);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::held;
    use super::super::{Access, samples};
    use super::*;
    use crate::domain::{ActionStatus, Change};

    fn store() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), Access::Write).unwrap();
        (dir, store)
    }

    fn words(actions: &[OpenAction]) -> Vec<&str> {
        actions.iter().map(|a| a.action.what.as_str()).collect()
    }

    #[test]
    fn 残っている行動は期限の早い順で名前を出さない() {
        let (_dir, mut store) = store();
        let (dossier, lines) = samples::full_meeting(1);
        for line in &lines {
            store.commit(line).unwrap();
        }
        let plan = [
            ("済んだ", ActionStatus::Done),
            ("期限なし", ActionStatus::Doing),
            ("やめた", ActionStatus::Dropped),
        ];
        held(&mut store, 2, "2026-04-01", "mieru", None, &plan);
        let open = store.open_actions(10).unwrap();
        assert_eq!(words(&open), ["一包化を相談する", "期限なし"]);
        assert_eq!(open[0].who, ["薬剤師"]);
        assert_eq!(open[0].issue, "残薬が多い");
        assert_eq!(
            (open[0].meeting_title.as_str(), open[0].case),
            ("第2回 見える事例検討会", dossier.meeting.case)
        );
        assert!(!format!("{open:?}").contains("山田"));
        assert_eq!(words(&store.open_actions(1).unwrap()), ["一包化を相談する"]);
    }

    /// What one of the meetings looks back at.
    fn previous(store: &Store, id: Id<Meeting>) -> Vec<OpenAction> {
        let meeting = store.record::<Meeting, _>(id).unwrap().unwrap();
        store.previous_actions(&meeting).unwrap()
    }

    #[test]
    fn 前回は同じ事例の会議だけ() {
        let (_dir, mut store) = store();
        let [case, other] = [90, 91].map(|n| Case::new(samples::mint(n).id(), format!("2026-{n}")));
        let cases = vec![Change::add(case.clone()), Change::add(other.clone())];
        store.commit(&samples::line(&mut samples::mint(92), None, cases)).unwrap();
        let (todo, done) = (ActionStatus::Todo, ActionStatus::Done);
        let (case, other) = (Some(&case), Some(&other));
        held(&mut store, 1, "2026-03-10", "mieru", case, &[("前々回の済み", done), ("前々回の残り", todo)]);
        held(&mut store, 2, "2026-04-10", "kobetsu", case, &[("前回の済み", done), ("前回の残り", todo)]);
        held(&mut store, 3, "2026-05-10", "mieru", other, &[("よその事例", todo)]);
        held(&mut store, 4, "2026-05-11", "mieru", None, &[("事例のない会議", todo)]);
        held(&mut store, 5, "2026-07-10", "mieru", case, &[("先の会議", todo)]);
        let again = held(&mut store, 6, "2026-06-10", "mieru", case, &[("今日の", todo)]);
        let first = held(&mut store, 7, "2026-02-10", "mieru", case, &[]);

        assert_eq!(words(&previous(&store, again)), ["前回の済み", "前回の残り", "前々回の残り"]);
        assert!(previous(&store, first).is_empty());
        let [new, nobody] = [93, 94].map(|n| Case::new(samples::mint(n).id(), format!("2026-{n}")));
        store.commit(&samples::line(&mut samples::mint(95), None, vec![Change::add(new.clone())])).unwrap();
        let new = held(&mut store, 8, "2026-06-11", "mieru", Some(&new), &[]);
        assert!(previous(&store, new).is_empty(), "a case that is new has nothing to look back at");
        // Nor is there any plan of a case that does not stand yet.
        let born = Meeting { case: Some(nobody.id), ..samples::meeting(samples::mint(96).id()) };
        assert!(store.previous_actions(&born).unwrap().is_empty());
    }

    #[test]
    fn 事例のない会には同じ町の同じやり方の会だけが前回() {
        let (_dir, mut store) = store();
        let case = Case::new(samples::mint(90).id(), "2026-01");
        store.commit(&samples::line(&mut samples::mint(91), None, vec![Change::add(case.clone())])).unwrap();
        let todo = ActionStatus::Todo;
        held(&mut store, 1, "2026-04-10", "care-cafe", None, &[("前の前のカフェ", todo)]);
        held(&mut store, 2, "2026-05-10", "care-cafe", None, &[("前のカフェ", ActionStatus::Done)]);
        held(&mut store, 3, "2026-05-11", "mieru", Some(&case), &[("事例の計画", todo)]);
        held(&mut store, 4, "2026-05-12", "care-cafe", Some(&case), &[("カフェで話した事例", todo)]);
        held(&mut store, 5, "2026-05-13", "world-cafe", None, &[("ほかのやり方", todo)]);
        let next_town = held(&mut store, 6, "2026-05-14", "care-cafe", None, &[("となりの町", todo)]);
        store
            .connection
            .execute("UPDATE meetings SET town = '海の町' WHERE id = ?1", [next_town.to_string()])
            .unwrap();
        let cafe = held(&mut store, 7, "2026-06-10", "care-cafe", None, &[]);
        let lab = held(&mut store, 8, "2026-06-11", "care-lab", None, &[]);
        let undated = held(&mut store, 9, "", "care-cafe", None, &[]);

        for id in [cafe, undated] {
            assert_eq!(words(&previous(&store, id)), ["前のカフェ", "前の前のカフェ"]);
        }
        assert!(previous(&store, lab).is_empty());
        // What the meeting will be is what counts, not what stands of it: it has become another one, and later.
        let cafe = store.record::<Meeting, _>(cafe).unwrap().unwrap();
        let turned = |store: &Store, meeting: Meeting| store.previous_actions(&meeting).unwrap();
        let there = Meeting { town: "海の町".into(), ..cafe.clone() };
        assert_eq!(words(&turned(&store, there)), ["となりの町"]);
        let other = Meeting { format: "world-cafe".into(), ..cafe };
        assert_eq!(words(&turned(&store, other)), ["ほかのやり方"]);
        let mine = held(&mut store, 10, "2026-06-12", "care-cafe", None, &[("自分の", todo)]);
        let mine = store.record::<Meeting, _>(mine).unwrap().unwrap();
        let later = Meeting { date: samples::day("2026-08-01"), ..mine };
        assert_eq!(words(&turned(&store, later)), ["前のカフェ", "前の前のカフェ"]);
    }

    #[test]
    fn 前回の残りは期限の早いものから限りがあり担当を言う() {
        let (_dir, mut store) = store();
        let (dossier, lines) = samples::full_meeting(1);
        for line in &lines {
            store.commit(line).unwrap();
        }
        let case = dossier.case.as_ref();
        let plan = vec![("残り", ActionStatus::Todo); STILL_OPEN];
        held(&mut store, 2, "2026-04-10", "mieru", case, &plan);
        held(&mut store, 3, "2026-06-10", "mieru", case, &[("直前", ActionStatus::Done)]);
        let now = held(&mut store, 4, "2026-07-10", "mieru", case, &[]);
        let previous = previous(&store, now);
        assert_eq!(previous.len(), 1 + STILL_OPEN);
        assert_eq!(words(&previous[..3]), ["直前", "一包化を相談する", "残り"]);
        let issue = previous[1].action.issue.unwrap();
        assert_eq!(
            (previous[1].who.clone(), &previous[1].issue),
            (vec!["薬剤師".to_owned()], &dossier.nodes[&issue].text)
        );
    }
}
