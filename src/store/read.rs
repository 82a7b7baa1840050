//! Reading: one meeting whole, and all meetings at a glance.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Params, Transaction, params, params_from_iter};

use super::rows::{Cells, Field, Row};
use super::{OpenAction, Store, StoreError, sums};
use crate::domain::date::parse_date;
use crate::domain::text::fold;
use crate::domain::year::Years;
use crate::domain::{
    Act, Action, ActionStatus, Case, Dossier, Edit, Escalation, Evidence, Id, JournalEntry, Key, Link,
    Meeting, Node, Participant, Progress, Reflection, RegionalIssue,
};

/// A meeting at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The meeting's own.
    pub id: Id<Meeting>,
    /// The day it is or was held; none where nobody has said so.
    pub date: Option<NaiveDate>,
    /// What people call it.
    pub title: String,
    /// Where people meet.
    pub venue: String,
    /// The key of the session format.
    pub format: String,
    /// Such as `2026-03`; empty without a case.
    pub case_code: String,
    /// The case it speaks of.
    pub case: Option<Id<Case>>,
    /// How many people sit at the table.
    pub participants: u32,
    /// Entries on the map.
    pub nodes: u32,
    /// Those of them that are issues.
    pub issues: u32,
    /// Rows of its plan.
    pub actions: u32,
    /// Actions that still have something to do.
    pub actions_open: u32,
    /// Regional issues first raised here.
    pub regional: u32,
    /// Whether its clocks have begun to run.
    pub started: bool,
    /// Whether they have stopped for good.
    pub ended: bool,
    /// When the follow-up is.
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
            actions_open: count(
                dossier
                    .actions
                    .values()
                    .filter(|a| a.status.known().is_some_and(ActionStatus::is_open))
                    .count(),
            ),
            regional: count(dossier.regional.len()),
            started: progress.started_at.is_some(),
            ended: progress.ended_at.is_some(),
            next_date: meeting.next_date,
        }
    }
}

/// What the home screen shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HomeData {
    /// The newest first.
    pub summaries: Vec<Summary>,
    /// Due first; the most urgent of them.
    pub open_actions: Vec<OpenAction>,
    /// How many are open in all.
    pub open_count: usize,
    /// The codes of all cases, in order, with those of cases that could come back.
    pub case_codes: Vec<String>,
    /// The slots of the years; no passages.
    pub plans: Years,
    /// A meeting was taken away that can come back.
    pub has_removed: bool,
    /// Where the user was; none at the first start.
    pub bookmark: Option<String>,
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
        self.rows(&R::select("WHERE meeting = ?1"), [meeting.to_string()], R::read_whole)
    }

    pub(super) fn record<R: Row, T>(&self, id: Id<T>) -> Result<Option<R>, StoreError> {
        let sql = R::select(&format!("WHERE {} = ?1", R::KEY));
        Ok(self.rows(&sql, [id.to_string()], R::read_whole)?.pop())
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
    pub fn journal(&self, meeting: Id<Meeting>) -> Result<Vec<JournalEntry>, StoreError> {
        self.rows(&journal("WHERE meeting = ?1"), [meeting.to_string()], line)
    }

    /// Every line, in whichever meeting, that may have changed one of these records, oldest first; others may be among them.
    pub fn journal_of<'a>(
        &self,
        keys: impl Iterator<Item = &'a Key>,
    ) -> Result<Vec<JournalEntry>, StoreError> {
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
            has_removed: self.has_removed()?,
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

    /// The meetings a word of the command line means: `last` (the newest that has a date), a day in any of the ways
    /// in which people write one, or the beginning of an id, with or without hyphens. Several where it is not unique.
    pub fn find_meetings(&self, text: &str, today: NaiveDate) -> Result<Vec<Id<Meeting>>, StoreError> {
        let wanted = fold(text);
        let find = |sql: &str, parameters: &[&str]| {
            let parameters = params_from_iter(parameters);
            self.rows(sql, parameters, |cells| cells.take())
        };
        if wanted == "last" {
            return find("SELECT id FROM meetings ORDER BY date IS NULL, date DESC, id DESC LIMIT 1", &[]);
        }
        if let Ok(day) = parse_date(text, today) {
            let found =
                find("SELECT id FROM meetings WHERE date = ?1 ORDER BY id DESC", &[&day.to_string()])?;
            // Figures may be the beginning of an id, too.
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let wanted = wanted.replace('-', "");
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let sql = "SELECT id FROM meetings WHERE substr(replace(id, '-', ''), 1, length(?1)) = ?1
            ORDER BY date IS NOT NULL, date DESC, id DESC";
        find(sql, &[&wanted])
    }

    /// Where the user was, as [`Store::set_bookmark`] kept it.
    pub fn bookmark(&self) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT text FROM bookmark WHERE id = 1")?;
        Ok(statement.query_row(params![], |row| row.get(0)).optional()?)
    }
}

/// Asks for the lines of the journal under a condition, oldest first, for [`line`].
pub(super) fn journal(condition: &str) -> String {
    let whole = sums::whole("journal");
    format!(
        "SELECT edit, at, label, changes, meeting, act, of, {whole} FROM journal {condition} ORDER BY seq"
    )
}

/// A line of the journal from what [`journal`] asks for.
pub(super) fn line(cells: &mut Cells<'_>) -> Result<JournalEntry, StoreError> {
    let edit = Edit { id: cells.take()?, at: cells.take()?, label: cells.take()?, changes: cells.take()? };
    let meeting = cells.take()?;
    let act: String = cells.take()?;
    let of: Option<Id<Edit>> = cells.take()?;
    if !cells.take::<bool>()? {
        return Err(StoreError::Altered { table: "journal" });
    }
    let act = match (act.as_str(), of) {
        ("do", None) => Act::Do,
        ("quiet", None) => Act::Quiet,
        ("undo", Some(of)) => Act::Undo(of),
        ("redo", Some(of)) => Act::Redo(of),
        _ => return Err(StoreError::Unreadable { table: "journal".to_owned(), column: "act".to_owned() }),
    };
    Ok(JournalEntry { edit, meeting, act })
}

#[cfg(test)]
mod tests {
    use super::super::{Access, samples};
    use super::*;
    use crate::domain::{Change, Record};

    fn store() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path(), Access::Write).unwrap();
        (dir, store)
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
        let later = samples::held(&mut store, 2, "2026-07-01", "mieru", None, &[]);
        let open = samples::held(&mut store, 3, "", "care-cafe", None, &[]);
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
        let first = samples::held(&mut store, 1, "2026-05-21", "mieru", None, &[]);
        let second = samples::held(&mut store, 2_000_000, "2026-06-18", "mieru", None, &[]);
        let undated = samples::held(&mut store, 3_000_000, "", "mieru", None, &[]);
        let found = |text: &str| -> Vec<Id<Meeting>> {
            store.find_meetings(text, "2026-11-27".parse().unwrap()).unwrap()
        };
        assert_eq!(found("last"), [second]);
        assert_eq!(found("2026-05-21"), [first]);
        assert_eq!(found("２０２６－０６－１８"), [second]);
        for day in ["R8.5.21", "5月21日（木）", "8.5.21", "令8年5月21日 13:30", "5/21"] {
            assert_eq!(found(day), [first], "{day}");
        }
        assert_eq!(found(&undated.to_string()), [undated]);
        assert_eq!(found(&first.uuid().simple().to_string()[..11].to_uppercase()), [first]);
        assert_eq!(found("019").len(), 3, "the beginning all of them have");
        for nothing in ["", "-", " ", "2026-05-22", "zz", "%"] {
            assert!(found(nothing).is_empty(), "{nothing}");
        }
    }

    #[test]
    fn 読めない値は表と列を言う() {
        let (_dir, mut store) = store();
        samples::held(&mut store, 1, "2026-04-10", "mieru", None, &[]);
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
