//! A year as rows, for the yearly review: only the columns that are counted, and no more of them in memory than one meeting.

use std::collections::HashMap;
use std::sync::Arc;
use std::thread;

use rusqlite::{Connection, Statement, params_from_iter};

use super::open::{CACHE, connect};
use super::rows::{Cells, Row};
use super::{Access, Store, StoreError};
use crate::domain::year::Years;
use crate::domain::yearly::{
    ActionRow, DecisionRow, Fold, IssueRow, MeetingRow, ParticipantRow, YearRow, days,
};
use crate::domain::{ActionStatus, Category, Passage, Said, Slot};

/// So many meetings are read by one thread; it takes less time than making another.
const ALONE: usize = 500;

/// The cache of a connection while a whole country is read: a third of the pages need not be read again.
const WIDE: &str = "-16384";

const MEETINGS: &str = "SELECT id, date, town, format, title, case_id, presenter FROM meetings";

impl Store {
    /// Whether a town of exactly this name has had a meeting: found in an index, however many towns there are.
    pub fn has_met(&self, town: &str) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM meetings WHERE town = ?1)";
        Ok(self.rows(sql, [town], |cells| cells.take::<bool>())?.contains(&true))
    }

    /// The towns there are meetings or plans of, by name; one may be the empty one.
    pub fn towns(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT town FROM meetings UNION SELECT town FROM slots UNION SELECT town FROM passages";
        self.rows(&format!("{sql} ORDER BY 1"), [], |cells| cells.take())
    }

    /// The plan and the forms of one fiscal year, or of all; of one town, or of all.
    pub fn years(&self, year: Option<i32>, town: Option<&str>) -> Result<Years, StoreError> {
        let _snapshot = self.snapshot()?;
        let condition = match (year, town) {
            (Some(_), Some(_)) => "WHERE year = ?1 AND town = ?2",
            (Some(_), None) => "WHERE year = ?1 AND ?2 IS NULL",
            (None, Some(_)) => "WHERE ?1 IS NULL AND town = ?2",
            (None, None) => "WHERE ?1 IS NULL AND ?2 IS NULL",
        };
        let slots = self.rows(&Slot::select(condition), (year, town), Slot::read_whole)?;
        let passages = self.rows(&Passage::select(condition), (year, town), Passage::read_whole)?;
        Ok(Years {
            slots: slots.into_iter().map(|slot| (slot.id, slot)).collect(),
            passages: passages.into_iter().map(|passage| (passage.id, passage)).collect(),
        })
    }

    /// The meetings without a day: nobody knows which year they are of.
    pub fn undated(&self, town: Option<&str>) -> Result<Vec<MeetingRow>, StoreError> {
        let sql = format!("{MEETINGS} WHERE date IS NULL AND town = ifnull(?1, town) ORDER BY town, id");
        self.rows(&sql, [town], meeting)
    }

    /// What was decided in a fiscal year about regional issues of whichever year.
    pub fn decided(&self, year: i32, town: Option<&str>) -> Result<Vec<DecisionRow>, StoreError> {
        let Some((first, next)) = days(year) else { return Ok(Vec::new()) };
        // From the meetings of a town to their decisions; of all towns, from the days.
        let from = match town {
            Some(_) => "meetings m CROSS JOIN escalations e ON e.meeting = m.id WHERE m.town = ?3 AND",
            None => "escalations e WHERE ?3 IS NULL AND",
        };
        let sql = format!("SELECT e.issue, e.decision FROM {from} e.date >= ?1 AND e.date < ?2");
        let mut known: HashMap<String, Arc<str>> = HashMap::new();
        self.rows(&sql, (first.to_string(), next.to_string(), town), |cells| {
            let (issue, words) = (cells.take()?, cells.words()?);
            let decision = match known.get(words) {
                Some(decision) => decision.clone(),
                None => known.entry(words.to_owned()).or_insert_with(|| Arc::from(words)).clone(),
            };
            Ok(DecisionRow { issue, decision })
        })
    }

    /// Lends every row of a fiscal year, of one town or of all, to what `make` makes and `finish` ends: to one, or, where there
    /// is much, to two of them on two threads, each with whole towns. The meetings come in the order of their ids, which is that
    /// of the indexes: so each page of those is read once.
    ///
    /// # Errors
    /// Where a row cannot be read; nothing is left out without a word.
    pub fn fold_year<F: Fold, T: Send>(
        &self,
        year: i32,
        town: Option<&str>,
        make: impl Fn() -> F + Sync,
        finish: impl Fn(F) -> T + Sync,
    ) -> Result<Vec<T>, StoreError> {
        // The lock that comes with it also holds for the other thread: while one reads, nobody else's save is completed.
        let _snapshot = self.snapshot()?;
        let meetings = self.meetings_of(year, town)?;
        let (first, second) = halves(&meetings);
        let work = |connection: &Connection, meetings: &[&MeetingRow]| {
            fold(connection, meetings, make()).map(&finish)
        };
        if second.is_empty() {
            return Ok(vec![work(&self.connection, &first)?]);
        }
        let work = |connection: &Connection, meetings: &[&MeetingRow]| {
            cache(connection, WIDE)?;
            let done = work(connection, meetings);
            cache(connection, CACHE)?;
            done
        };
        let path = self.path.as_path();
        thread::scope(|scope| {
            let other = scope.spawn(|| {
                let connection = connect(path, Access::Look).ok()?;
                let _snapshot = connection.unchecked_transaction().ok()?;
                work(&connection, &second).ok()
            });
            let mine = work(&self.connection, &first)?;
            // Whatever kept the other thread from reading: here it can be read, or it is said why not.
            let theirs = match other.join().ok().flatten() {
                Some(theirs) => theirs,
                None => work(&self.connection, &second)?,
            };
            Ok(vec![mine, theirs])
        })
    }

    fn meetings_of(&self, year: i32, town: Option<&str>) -> Result<Vec<MeetingRow>, StoreError> {
        let Some((first, next)) = days(year) else { return Ok(Vec::new()) };
        let of_town = if town.is_some() { "AND town = ?3" } else { "" };
        let sql = format!("{MEETINGS} WHERE date >= ?1 AND date < ?2 {of_town} ORDER BY id");
        let words = [Some(first.to_string()), Some(next.to_string()), town.map(str::to_owned)];
        self.rows(&sql, params_from_iter(words.into_iter().flatten()), meeting)
    }
}

fn meeting(cells: &mut Cells<'_>) -> Result<MeetingRow, StoreError> {
    Ok(MeetingRow {
        id: cells.take()?,
        date: cells.take()?,
        town: cells.take()?,
        format: cells.take()?,
        title: cells.take()?,
        case: cells.take()?,
        presenter: cells.take()?,
    })
}

fn cache(connection: &Connection, size: &str) -> Result<(), StoreError> {
    Ok(connection.execute_batch(&format!("PRAGMA cache_size = {size}"))?)
}

/// The meetings of the towns before the middle one, and those of the others; all in one where parting is not worth it.
fn halves(meetings: &[MeetingRow]) -> (Vec<&MeetingRow>, Vec<&MeetingRow>) {
    let mut towns: Vec<&str> = meetings.iter().map(|meeting| meeting.town.as_str()).collect();
    towns.sort_unstable();
    let middle = towns.get(meetings.len() / 2).filter(|_| meetings.len() > ALONE);
    meetings.iter().partition(|meeting| middle.is_none_or(|middle| meeting.town.as_str() <= *middle))
}

/// Lends each meeting and its rows to `fold`.
fn fold<F: Fold>(connection: &Connection, meetings: &[&MeetingRow], mut fold: F) -> Result<F, StoreError> {
    let mut reader = Reader::new(connection)?;
    for meeting in meetings {
        fold.meeting(meeting);
        reader.read(&meeting.id.to_string(), &mut fold)?;
    }
    Ok(fold)
}

/// The statements that read one meeting.
struct Reader<'c> {
    participants: Statement<'c>,
    entries: Statement<'c>,
    actions: Statement<'c>,
    issues: Statement<'c>,
    evidence: Statement<'c>,
    /// Lists that were taken apart before: few differ.
    scenes: HashMap<String, Vec<String>>,
    categories: HashMap<String, Vec<Category>>,
}

impl<'c> Reader<'c> {
    fn new(connection: &'c Connection) -> Result<Self, StoreError> {
        let of = |columns: &str, table: &str| {
            connection.prepare(&format!("SELECT {columns} FROM {table} WHERE meeting = ?1"))
        };
        Ok(Self {
            participants: of("id, name, profession, organisation, first_time", "participants")?,
            entries: of("speaker", "nodes")?,
            actions: of("id, status, until_date", "actions")?,
            issues: of("id, scenes, categories, reflected, confirmed", "regional_issues")?,
            evidence: of("issue", "evidence")?,
            scenes: HashMap::new(),
            categories: HashMap::new(),
        })
    }

    fn read(&mut self, meeting: &str, fold: &mut impl Fold) -> Result<(), StoreError> {
        each(&mut self.participants, meeting, |cells| {
            fold.row(YearRow::Participant(ParticipantRow {
                id: cells.take()?,
                name: cells.words()?,
                profession: cells.words()?,
                organisation: cells.words()?,
                first_time: cells.take()?,
            }));
            Ok(())
        })?;
        each(&mut self.entries, meeting, |cells| {
            fold.row(YearRow::Entries { speaker: cells.take()?, count: 1 });
            Ok(())
        })?;
        each(&mut self.actions, meeting, |cells| {
            let (id, status) = (cells.take()?, cells.take::<Said<ActionStatus>>()?.known());
            let row = ActionRow { id, status, until: cells.take()? };
            fold.row(YearRow::Action(row));
            Ok(())
        })?;
        let (scenes, categories) = (&mut self.scenes, &mut self.categories);
        each(&mut self.issues, meeting, |cells| {
            fold.row(YearRow::Issue(IssueRow {
                id: cells.take()?,
                scenes: cells.list(scenes)?,
                categories: cells.list(categories)?,
                reflected: cells.words()?,
                confirmed: cells.take()?,
            }));
            Ok(())
        })?;
        each(&mut self.evidence, meeting, |cells| {
            fold.row(YearRow::Evidence(cells.take()?));
            Ok(())
        })
    }
}

fn each(
    statement: &mut Statement<'_>,
    meeting: &str,
    mut take: impl FnMut(&mut Cells<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut rows = statement.query([meeting])?;
    while let Some(row) = rows.next()? {
        take(&mut Cells::new(row))?;
    }
    Ok(())
}
