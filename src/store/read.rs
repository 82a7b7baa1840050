//! Reading: one meeting whole, all meetings at a glance, and what is still to be done.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Params, Transaction, params};

use super::rows::{Cells, Field, Row};
use super::{HomeData, Store, StoreError};
use crate::domain::text::fold;
use crate::domain::{
    Act, Action, Case, Dossier, Edit, Escalation, Evidence, Id, Key, Line, Link, Meeting, Node, Participant,
    Progress, Reflection, RegionalIssue,
};

/// A meeting at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub id: Id<Meeting>,
    pub date: Option<NaiveDate>,
    pub title: String,
    pub venue: String,
    /// The key of the session format.
    pub format: String,
    /// Such as `2026-03`; empty without a case.
    pub case_code: String,
    pub case: Option<Id<Case>>,
    pub participants: u32,
    /// Entries on the map.
    pub nodes: u32,
    /// Those of them that are issues.
    pub issues: u32,
    pub actions: u32,
    /// Actions that still have something to do.
    pub actions_open: u32,
    /// Regional issues first raised here.
    pub regional: u32,
    pub started: bool,
    pub ended: bool,
    pub next_date: Option<NaiveDate>,
}

impl Summary {
    /// What the database would say of this meeting.
    pub(super) fn of(dossier: &Dossier) -> Self {
        let Dossier { meeting, progress, case, .. } = dossier;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            id: meeting.id,
            date: meeting.date,
            title: meeting.title.clone(),
            venue: meeting.venue.clone(),
            format: meeting.format.clone(),
            case_code: case.as_ref().map(|c| c.code.clone()).unwrap_or_default(),
            case: meeting.case,
            participants: count(dossier.participants.len()),
            nodes: count(dossier.nodes.len()),
            issues: count(dossier.issues().len()),
            actions: count(dossier.actions.len()),
            actions_open: count(dossier.actions.values().filter(|a| a.status.is_open()).count()),
            regional: count(dossier.regional.len()),
            started: progress.started_at.is_some(),
            ended: progress.ended_at.is_some(),
            next_date: meeting.next_date,
        }
    }
}

/// A row of some meeting's plan with what one needs to know to speak about it in another meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAction {
    pub action: Action,
    pub meeting_title: String,
    pub meeting_date: Option<NaiveDate>,
    pub case: Option<Id<Case>>,
    /// Who does it, as the room knows them ([`Participant::label`]): never a name.
    pub who: Vec<String>,
    /// The words of the issue it answers, or empty.
    pub issue: String,
}

const SUMMARIES: &str = "SELECT m.id, m.date, m.title, m.venue, m.format, ifnull(c.code, ''), m.case_id,
    (SELECT count(*) FROM participants p WHERE p.meeting = m.id),
    (SELECT count(*) FROM nodes n WHERE n.meeting = m.id),
    (SELECT count(*) FROM nodes n WHERE n.meeting = m.id AND n.kind = 'issue'),
    (SELECT count(*) FROM actions a WHERE a.meeting = m.id),
    (SELECT count(*) FROM actions a WHERE a.meeting = m.id AND a.status IN ('todo', 'doing')),
    (SELECT count(*) FROM regional_issues r WHERE r.meeting = m.id),
    g.started_at IS NOT NULL, g.ended_at IS NOT NULL, m.next_date
    FROM meetings m LEFT JOIN cases c ON c.id = m.case_id LEFT JOIN progress g ON g.meeting = m.id
    WHERE m.id IN (SELECT id FROM meetings ORDER BY date IS NOT NULL, date DESC, id DESC LIMIT ?1)
    ORDER BY m.date IS NOT NULL, m.date DESC, m.id DESC";

/// What is due first at the top; what has no day last.
const DUE_FIRST: &str = "a.until_date IS NULL, a.until_date, m.date, a.rank, a.id";

/// Whether a meeting `m` is before the one with the id ?1 and the date ?2.
const EARLIER: &str = "CASE WHEN m.date <> ?2 THEN m.date < ?2 ELSE m.id < ?1 END";

/// How many open actions of other meetings a meeting looks back at: more than a room can speak of, of years of meetings.
const STILL_OPEN: usize = 100;

impl Store {
    /// All rows of a statement, each read by `each`.
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        mut each: impl FnMut(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(parameters)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(each(&mut Cells::new(row))?);
        }
        Ok(out)
    }

    /// Holds the present state for several statements, while another program may write. Ends when dropped.
    pub(super) fn snapshot(&self) -> Result<Option<Transaction<'_>>, StoreError> {
        // Within another snapshot that one holds already.
        if self.connection.is_autocommit() {
            Ok(Some(self.connection.unchecked_transaction()?))
        } else {
            Ok(None)
        }
    }

    fn records_of<R: Row>(&self, meeting: Id<Meeting>) -> Result<Vec<R>, StoreError> {
        self.rows(&R::select("WHERE meeting = ?1"), [meeting.to_string()], R::read)
    }

    pub(super) fn record<R: Row, T>(&self, id: Id<T>) -> Result<Option<R>, StoreError> {
        let sql = R::select(&format!("WHERE {} = ?1", R::KEY));
        Ok(self.rows(&sql, [id.to_string()], R::read)?.pop())
    }

    /// A meeting with everything written down in it; none if there is no such meeting.
    pub fn dossier(&self, id: Id<Meeting>) -> Result<Option<Dossier>, StoreError> {
        let _snapshot = self.snapshot()?;
        let Some(meeting) = self.record::<Meeting, _>(id)? else { return Ok(None) };
        let case = match meeting.case {
            Some(case) => self.case(case)?,
            None => None,
        };
        let progress = self.record(id)?.unwrap_or_else(|| Progress::new(id));
        macro_rules! by_id {
            ($type:ty) => {
                self.records_of::<$type>(id)?.into_iter().map(|record| (record.id, record)).collect()
            };
        }
        Ok(Some(Dossier {
            meeting,
            progress,
            case,
            participants: by_id!(Participant),
            nodes: by_id!(Node),
            links: by_id!(Link),
            actions: by_id!(Action),
            regional: by_id!(RegionalIssue),
            escalations: by_id!(Escalation),
            evidence: by_id!(Evidence),
            reflections: by_id!(Reflection),
        }))
    }

    /// The case under an id.
    pub fn case(&self, id: Id<Case>) -> Result<Option<Case>, StoreError> {
        self.record(id)
    }

    /// The journal of one meeting, oldest line first.
    pub fn journal(&self, meeting: Id<Meeting>) -> Result<Vec<Line>, StoreError> {
        self.rows(&journal("WHERE meeting = ?1"), [meeting.to_string()], line)
    }

    /// Every line, in whichever meeting, that may have changed one of these records, oldest first; others may be among them.
    pub fn journal_of<'a>(&self, keys: impl Iterator<Item = &'a Key>) -> Result<Vec<Line>, StoreError> {
        let ids: Vec<String> = keys.map(|key| key.id.to_string()).collect();
        let touched = "WHERE EXISTS (SELECT 1 FROM json_each(?1) WHERE instr(changes, value))";
        self.rows(&journal(touched), [ids.to_cell()], line)
    }

    /// All meetings: those without a date, then the others, newest first.
    pub fn summaries(&self) -> Result<Vec<Summary>, StoreError> {
        self.first_summaries(usize::MAX)
    }

    /// What the list of meetings shows: so many meetings and open actions at most, since a first frame has no room for
    /// more, and counting and naming takes the time.
    pub fn home(&self, meetings: usize, actions: usize) -> Result<HomeData, StoreError> {
        let _snapshot = self.snapshot()?;
        let count = "SELECT count(*) FROM actions WHERE status IN ('todo', 'doing')";
        Ok(HomeData {
            summaries: self.first_summaries(meetings)?,
            open_actions: self.open_actions(actions)?,
            open_count: self.rows(count, [], |cells| cells.take::<usize>())?.into_iter().sum(),
            case_codes: self.all_case_codes()?,
            plans: self.plans()?,
            bookmark: self.bookmark()?,
        })
    }

    fn first_summaries(&self, limit: usize) -> Result<Vec<Summary>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.rows(SUMMARIES, [limit], |cells| {
            Ok(Summary {
                id: cells.take()?,
                date: cells.take()?,
                title: cells.take()?,
                venue: cells.take()?,
                format: cells.take()?,
                case_code: cells.take()?,
                case: cells.take()?,
                participants: cells.take()?,
                nodes: cells.take()?,
                issues: cells.take()?,
                actions: cells.take()?,
                actions_open: cells.take()?,
                regional: cells.take()?,
                started: cells.take()?,
                ended: cells.take()?,
                next_date: cells.take()?,
            })
        })
    }

    /// The meetings a word of the command line means: `last` (the newest that has a date), a day such as `2026-05-21`, or
    /// the beginning of an id, with or without hyphens. Several where it is not unique.
    pub fn find_meetings(&self, text: &str) -> Result<Vec<Id<Meeting>>, StoreError> {
        let wanted = fold(text);
        let find = |sql: &str, parameters: &[&str]| {
            let parameters = rusqlite::params_from_iter(parameters);
            self.rows(sql, parameters, |cells| cells.take())
        };
        if wanted == "last" {
            return find("SELECT id FROM meetings ORDER BY date IS NULL, date DESC, id DESC LIMIT 1", &[]);
        }
        if let Ok(day) = wanted.parse::<NaiveDate>() {
            return find("SELECT id FROM meetings WHERE date = ?1 ORDER BY id DESC", &[&day.to_string()]);
        }
        let wanted = wanted.replace('-', "");
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let sql = "SELECT id FROM meetings WHERE substr(replace(id, '-', ''), 1, length(?1)) = ?1
            ORDER BY date IS NOT NULL, date DESC, id DESC";
        find(sql, &[&wanted])
    }

    /// What is still to be done in any meeting, what is due first at the top, what has no day last; at most `limit` rows.
    pub fn open_actions(&self, limit: usize) -> Result<Vec<OpenAction>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        // The most urgent are found in an index, so that only their rows are read.
        let most_urgent = "WHERE a.id IN (SELECT id FROM actions WHERE status IN ('todo', 'doing')
            ORDER BY until_date IS NULL, until_date LIMIT ?1)";
        self.actions(most_urgent, DUE_FIRST, params![limit])
    }

    /// What a meeting looks back at: all actions, done or not, of the latest earlier meeting that made a plan (of the same
    /// case, if the case was there before), then what is still open from the other earlier meetings of the same case or the
    /// same format, due first, so many that a plan can take up. A meeting is earlier by its date; where one of the two has none, by when it was entered.
    pub fn previous_actions(&self, meeting: Id<Meeting>) -> Result<Vec<OpenAction>, StoreError> {
        let _snapshot = self.snapshot()?;
        let Some(this) = self.record::<Meeting, _>(meeting)? else { return Ok(Vec::new()) };
        let (id, date, case) = (this.id.to_cell(), this.date.to_cell(), this.case.to_cell());
        let sql = format!(
            "SELECT m.id FROM meetings m
             WHERE {EARLIER} AND EXISTS (SELECT 1 FROM actions a WHERE a.meeting = m.id)
             ORDER BY m.case_id IS NOT NULL AND m.case_id IS ?3 DESC, m.date IS NULL, m.date DESC, m.id DESC LIMIT 1"
        );
        let latest: Vec<Id<Meeting>> = self.rows(&sql, params![id, date, case], |cells| cells.take())?;
        let Some(latest) = latest.first().map(Field::to_cell) else { return Ok(Vec::new()) };
        let plan = "WHERE a.meeting = ?1";
        let mut out = self.actions(plan, "a.rank, a.id", params![latest])?;
        let open = format!(
            "WHERE a.status IN ('todo', 'doing') AND a.meeting <> ?5 AND {EARLIER}
             AND (m.case_id = ?3 OR m.format = ?4)"
        );
        let order = format!("{DUE_FIRST} LIMIT {STILL_OPEN}");
        out.extend(self.actions(&open, &order, params![id, date, case, this.format, latest])?);
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
        }
        Ok(found)
    }

    /// The codes of all cases, in order.
    pub fn all_case_codes(&self) -> Result<Vec<String>, StoreError> {
        self.rows("SELECT code FROM cases ORDER BY code", [], |cells| cells.take())
    }

    /// Where the user was, as [`Store::set_bookmark`] kept it.
    pub fn bookmark(&self) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT text FROM bookmark WHERE id = 1")?;
        Ok(statement.query_row(params![], |row| row.get(0)).optional()?)
    }
}

/// Asks for the lines of the journal under a condition, oldest first, for [`line`].
pub(super) fn journal(condition: &str) -> String {
    format!("SELECT edit, at, label, changes, meeting, act, of FROM journal {condition} ORDER BY seq")
}

/// A line of the journal from `edit, at, label, changes, meeting, act, of`.
pub(super) fn line(cells: &mut Cells<'_>) -> Result<Line, StoreError> {
    let edit = Edit { id: cells.take()?, at: cells.take()?, label: cells.take()?, changes: cells.take()? };
    let meeting = cells.take()?;
    let act: String = cells.take()?;
    let of: Option<Id<Edit>> = cells.take()?;
    let act = match (act.as_str(), of) {
        ("do", None) => Act::Do,
        ("quiet", None) => Act::Quiet,
        ("undo", Some(of)) => Act::Undo(of),
        ("redo", Some(of)) => Act::Redo(of),
        _ => return Err(StoreError::Unreadable { table: "journal".to_owned(), column: "act".to_owned() }),
    };
    Ok(Line { edit, meeting, act })
}

#[cfg(test)]
mod tests {
    use super::super::{Access, samples};
    use super::*;
    use crate::domain::{ActionStatus, Change, Record};

    fn store() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), Access::Write).unwrap();
        (dir, store)
    }

    /// A meeting on a day, with a format and a case, and the actions of its plan.
    fn held(
        store: &mut Store,
        n: u64,
        day: &str,
        format: &str,
        case: Option<&Case>,
        plan: &[(&str, ActionStatus)],
    ) -> Id<Meeting> {
        let mut mint = samples::mint(n);
        let id = mint.id();
        let mut meeting = samples::meeting(id);
        meeting.date = day.parse().ok();
        meeting.format = format.to_owned();
        meeting.case = case.map(|c| c.id);
        let mut changes = vec![Change::add(meeting)];
        changes.extend(plan.iter().zip(0..).map(|((what, status), rank)| {
            Change::add(Action { rank, ..samples::action(mint.id(), id, what, *status) })
        }));
        store.commit(&samples::line(&mut mint, Some(id), changes)).unwrap();
        id
    }

    fn words(actions: &[OpenAction]) -> Vec<&str> {
        actions.iter().map(|a| a.action.what.as_str()).collect()
    }

    #[test]
    fn 会議を丸ごと読み返す() {
        let (_dir, mut store) = store();
        let (dossier, lines) = samples::full_meeting(1);
        let (other, more) = samples::full_meeting(2);
        for line in lines.iter().chain(&more) {
            store.commit(line).unwrap();
        }
        assert_eq!(store.dossier(dossier.meeting.id), Ok(Some(dossier.clone())));
        assert_eq!(store.dossier(other.meeting.id), Ok(Some(other)));
        assert_eq!(store.journal(dossier.meeting.id), Ok(lines));
        assert_eq!(store.case(dossier.case.as_ref().unwrap().id), Ok(dossier.case));
        assert_eq!(store.dossier(samples::mint(9).id()), Ok(None));
    }

    #[test]
    fn 一覧は数と状態を言い新しい順に並ぶ() {
        let (_dir, mut store) = store();
        let (dossier, lines) = samples::full_meeting(1);
        for line in &lines {
            store.commit(line).unwrap();
        }
        let later = held(&mut store, 2, "2026-07-01", "mieru", None, &[]);
        let open = held(&mut store, 3, "", "care-cafe", None, &[]);
        let mut progress = dossier.progress.clone();
        progress.started_at = Some(samples::moment());
        let begun = samples::line(
            &mut samples::mint(4),
            Some(dossier.meeting.id),
            vec![Change::replace(dossier.progress.clone(), progress)],
        );
        store.commit(&begun).unwrap();

        let summaries = store.summaries().unwrap();
        assert_eq!(summaries.iter().map(|s| s.id).collect::<Vec<_>>(), [open, later, dossier.meeting.id]);
        let case = dossier.case.unwrap();
        assert_eq!(
            summaries[2],
            Summary {
                id: dossier.meeting.id,
                date: samples::day("2026-05-21"),
                title: dossier.meeting.title,
                venue: dossier.meeting.venue,
                format: "mieru".to_owned(),
                case_code: "2026-01".to_owned(),
                case: Some(case.id),
                participants: 1,
                nodes: 2,
                issues: 1,
                actions: 1,
                actions_open: 1,
                regional: 1,
                started: true,
                ended: false,
                next_date: None,
            }
        );
        assert_eq!((summaries[1].case, summaries[1].case_code.as_str()), (None, ""));
    }

    #[test]
    fn 言葉から会議を探す() {
        let (_dir, mut store) = store();
        let first = held(&mut store, 1, "2026-05-21", "mieru", None, &[]);
        let second = held(&mut store, 2_000_000, "2026-06-18", "mieru", None, &[]);
        let undated = held(&mut store, 3_000_000, "", "mieru", None, &[]);
        let found = |text: &str| -> Vec<Id<Meeting>> { store.find_meetings(text).unwrap() };
        assert_eq!(found("last"), [second]);
        assert_eq!(found("2026-05-21"), [first]);
        assert_eq!(found("２０２６－０６－１８"), [second]);
        assert_eq!(found(&undated.to_string()), [undated]);
        assert_eq!(found(&first.uuid().simple().to_string()[..11].to_uppercase()), [first]);
        assert_eq!(found("019").len(), 3, "the beginning all of them have");
        for nothing in ["", "-", " ", "2026-05-22", "zz", "%"] {
            assert!(found(nothing).is_empty(), "{nothing}");
        }
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

    #[test]
    fn 前回は同じ事例の会議が先で続きは残りだけ() {
        let (_dir, mut store) = store();
        let case = Case::new(samples::mint(90).id(), "2026-01");
        store.commit(&samples::line(&mut samples::mint(91), None, vec![Change::add(case.clone())])).unwrap();
        let (todo, done) = (ActionStatus::Todo, ActionStatus::Done);
        held(
            &mut store,
            1,
            "2026-04-10",
            "mieru",
            Some(&case),
            &[("事例の済み", done), ("事例の残り", todo)],
        );
        held(&mut store, 2, "2026-05-10", "mieru", None, &[("直前の済み", done), ("直前の残り", todo)]);
        held(&mut store, 3, "2026-05-11", "care-cafe", None, &[("カフェの残り", todo)]);
        held(&mut store, 4, "2026-05-12", "mieru", None, &[]);
        held(&mut store, 5, "2026-07-10", "mieru", None, &[("先の会議", todo)]);
        let again = held(&mut store, 6, "2026-06-10", "mieru", Some(&case), &[("今日の", todo)]);
        let new = held(&mut store, 7, "2026-05-11", "mieru", None, &[]);
        let undated = held(&mut store, 8, "", "kobetsu", None, &[]);
        let first = held(&mut store, 9, "2026-01-10", "mieru", None, &[]);

        let previous = |id| store.previous_actions(id).unwrap();
        assert_eq!(words(&previous(again)), ["事例の済み", "事例の残り", "直前の残り"]);
        assert_eq!(words(&previous(new)), ["カフェの残り", "事例の残り", "直前の残り"]);
        assert_eq!(words(&previous(undated)), ["先の会議"]);
        assert!(previous(first).is_empty());
        assert!(previous(samples::mint(99).id()).is_empty());
    }

    #[test]
    fn 前回の残りは期限の早いものから限りがあり担当を言う() {
        let (_dir, mut store) = store();
        let (dossier, lines) = samples::full_meeting(1);
        for line in &lines {
            store.commit(line).unwrap();
        }
        let plan = vec![("残り", ActionStatus::Todo); STILL_OPEN];
        held(&mut store, 2, "2026-04-10", "mieru", None, &plan);
        held(&mut store, 3, "2026-06-10", "mieru", None, &[("直前", ActionStatus::Done)]);
        let now = held(&mut store, 4, "2026-07-10", "mieru", None, &[]);
        let previous = store.previous_actions(now).unwrap();
        assert_eq!(previous.len(), 1 + STILL_OPEN);
        assert_eq!(words(&previous[..3]), ["直前", "一包化を相談する", "残り"]);
        let issue = previous[1].action.issue.unwrap();
        assert_eq!(
            (previous[1].who.clone(), &previous[1].issue),
            (vec!["薬剤師".to_owned()], &dossier.nodes[&issue].text)
        );
    }

    #[test]
    fn 読めない値は表と列を言う() {
        let (_dir, mut store) = store();
        held(&mut store, 1, "2026-04-10", "mieru", None, &[]);
        store.connection.execute("UPDATE meetings SET date = '5月'", []).unwrap();
        let error = store.summaries().unwrap_err();
        assert_eq!(error, StoreError::Unreadable { table: "meetings".to_owned(), column: "date".to_owned() });
    }

    #[test]
    fn 事例の番号は順に並ぶ() {
        let (_dir, mut store) = store();
        let mut mint = samples::mint(1);
        let codes = ["2026-02", "2026-01", "2025-09"];
        let changes =
            codes.iter().map(|code| Change::add(Record::from(Case::new(mint.id(), *code)))).collect();
        store.commit(&samples::line(&mut samples::mint(2), None, changes)).unwrap();
        assert_eq!(store.all_case_codes().unwrap(), ["2025-09", "2026-01", "2026-02"]);
    }
}
