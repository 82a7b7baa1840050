//! Reading: one meeting whole, all meetings at a glance, and what is still to be done.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension, Params, Transaction, params};

use super::rows::{Cells, Row};
use super::{Store, StoreError};
use crate::domain::text::fold;
use crate::domain::{
    Act, Action, Case, Dossier, Edit, Evidence, Id, Line, Link, Meeting, Node, Participant, Progress,
    Reflection, RegionalIssue,
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
        self.rows(&R::select("WHERE meeting = ?1"), [meeting.to_string()], R::read)
    }

    fn record<R: Row, T>(&self, id: Id<T>) -> Result<Option<R>, StoreError> {
        let sql = R::select(&format!("WHERE {} = ?1", R::COLUMNS[0]));
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
        let sql =
            "SELECT edit, at, label, changes, meeting, act, of FROM journal WHERE meeting = ?1 ORDER BY seq";
        self.rows(sql, [meeting.to_string()], line)
    }

    /// All meetings: those without a date, then the others, newest first.
    pub fn summaries(&self) -> Result<Vec<Summary>, StoreError> {
        self.rows(SUMMARIES, [], |cells| {
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
    pub fn find_meetings(&self, text: &str) -> Result<Vec<Summary>, StoreError> {
        let wanted = fold(text);
        let mut summaries = self.summaries()?;
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        if wanted == "last" {
            let newest = summaries.iter().position(|s| s.date.is_some()).unwrap_or(0);
            return Ok(summaries.drain(..).skip(newest).take(1).collect());
        }
        if let Ok(day) = wanted.parse::<NaiveDate>() {
            summaries.retain(|s| s.date == Some(day));
            return Ok(summaries);
        }
        let wanted = wanted.replace('-', "");
        summaries.retain(|s| !wanted.is_empty() && s.id.uuid().simple().to_string().starts_with(&wanted));
        Ok(summaries)
    }

    /// What is still to be done in any meeting, what is due first at the top, what has no day last; at most `limit` rows.
    pub fn open_actions(&self, limit: usize) -> Result<Vec<OpenAction>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.actions("WHERE a.status IN ('todo', 'doing')", limit)
    }

    /// What a meeting looks back at: all actions, done or not, of the latest earlier meeting that made a plan (of the same
    /// case, if the case was there before), then what is still open from the other earlier meetings of the same case or the
    /// same format. A meeting is earlier by its date; where one of the two has none, by when it was entered.
    pub fn previous_actions(&self, meeting: Id<Meeting>) -> Result<Vec<OpenAction>, StoreError> {
        let _snapshot = self.snapshot()?;
        let all = self.summaries()?;
        let Some(this) = all.iter().find(|s| s.id == meeting) else { return Ok(Vec::new()) };
        let mut earlier: Vec<&Summary> =
            all.iter().filter(|s| s.actions > 0 && is_earlier(s, this)).collect();
        earlier.sort_by_key(|s| (s.date, s.id));
        earlier.reverse();
        let same_case = |s: &Summary| s.case.is_some() && s.case == this.case;
        let Some(latest) = earlier.iter().find(|s| same_case(s)).or(earlier.first()).map(|s| s.id) else {
            return Ok(Vec::new());
        };
        let mut out = self.actions_of(latest)?;
        out.sort_by_key(|a| (a.action.rank, a.action.id));
        for summary in &earlier {
            let related = same_case(summary) || summary.format == this.format;
            if related && summary.id != latest && summary.actions_open > 0 {
                out.extend(self.actions_of(summary.id)?.into_iter().filter(|a| a.action.status.is_open()));
            }
        }
        Ok(out)
    }

    fn actions_of(&self, meeting: Id<Meeting>) -> Result<Vec<OpenAction>, StoreError> {
        self.actions(&format!("WHERE a.meeting = '{meeting}'"), i64::MAX)
    }

    fn actions(&self, condition: &str, limit: i64) -> Result<Vec<OpenAction>, StoreError> {
        let sql = format!(
            "SELECT {}, m.title, m.date, m.case_id, ifnull(n.text, '')
             FROM actions a JOIN meetings m ON m.id = a.meeting LEFT JOIN nodes n ON n.id = a.issue
             {condition} ORDER BY a.until_date IS NULL, a.until_date, m.date, a.rank, a.id LIMIT ?1",
            Action::columns("a.")
        );
        let _snapshot = self.snapshot()?;
        let mut found = self.rows(&sql, [limit], |cells| {
            Ok(OpenAction {
                action: Action::read(cells)?,
                meeting_title: cells.take()?,
                meeting_date: cells.take()?,
                case: cells.take()?,
                issue: cells.take()?,
                who: Vec::new(),
            })
        })?;
        for open in &mut found {
            for id in &open.action.who {
                // Somebody who is no longer on the list cannot be named; the action stands without.
                if let Some(person) = self.record::<Participant, _>(*id)? {
                    open.who.push(person.label().to_owned());
                }
            }
        }
        Ok(found)
    }

    /// The codes of the cases of a fiscal year (`2026-01`, `2026-02`, …), in order.
    pub fn case_codes(&self, fiscal_year: i32) -> Result<Vec<String>, StoreError> {
        let pattern = format!("{fiscal_year}-*");
        self.rows("SELECT code FROM cases WHERE code GLOB ?1 ORDER BY code", [pattern], |cells| cells.take())
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

fn is_earlier(one: &Summary, than: &Summary) -> bool {
    match (one.date, than.date) {
        (Some(a), Some(b)) if a != b => a < b,
        _ => one.id < than.id,
    }
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
