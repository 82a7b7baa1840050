//! What is whole in a damaged file, as new records: the rows whose sum is right (or, in an older file, that fit), and, where a row is
//! lost, what the journal tells of it. The damaged file is only read.

mod older;
mod pages;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, MAIN_DB, params_from_iter};

use self::pages::{Found, Pages};
use super::commit::{delete, insert, write_line};
use super::file::{self, DATABASE, open_plain};
use super::migrate::MIGRATIONS;
use super::open::{lock, make_writable_folder};
use super::read::{journal, line};
use super::restore::{keep_damaged, put_in_place};
use super::rows::Row;
use super::snapshot::open_nothing;
use super::{OpenError, Store, StoreError, leavings, sums};
use crate::domain::refused::in_words;
use crate::domain::{
    self, Act, Case, Change, Edit, Id, IdSource, JournalEntry, Key, Meeting, Moment, Record, RegionalIssue,
    Table, Versions, records,
};

/// What new records hold of a damaged file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// How many meetings there are.
    pub meetings: usize,
    /// Records whose row was lost, and which the journal told.
    pub told: usize,
    /// Meetings, cases and regional issues that others speak of, of which nothing else was left.
    pub missing: usize,
    /// Links whose ends are lost, and what else says nothing any more.
    pub dropped: usize,
    /// Records of an older file of which the row and the journal told different words: the row stands.
    pub differing: usize,
    /// Whether lines of the journal are lost: then it cannot be undone as far as before.
    pub journal_cut: bool,
}

impl Salvaged {
    /// What came of it, in sentences.
    pub fn said(&self) -> Vec<String> {
        let Self { meetings, told, missing, dropped, differing, journal_cut } = *self;
        let some = |count: usize, words: &str| (count > 0).then(|| words.replace('#', &count.to_string()));
        let first = match meetings {
            0 => "読める会議は、ありませんでした".to_owned(),
            _ => format!("会議 {meetings}件を、新しい記録に移しました"),
        };
        let cut = journal_cut
            .then(|| "履歴の一部が失われました。前のようには元に戻せない操作があります".to_owned());
        [
            Some(first),
            some(told, "失われた行 #件は、履歴から戻しました"),
            some(missing, "ほかの記録が指すもの #件は失われたので、空のものを置きました"),
            some(dropped, "端のない線 #件は、なくしました"),
            some(differing, "行と履歴が違っていた #件は、行のほうを残しました。ことばをお確かめください"),
            cut,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The same in the place of the damaged file, which stays under another name. Gives that, too.
///
/// # Errors
/// Where another program has the records open, or nothing can be written; then the damaged file stands where it stood.
pub fn salvage_here(
    dir: &Path,
    at: Moment,
    mint: &mut IdSource,
) -> Result<(Salvaged, PathBuf), SalvageError> {
    let path = dir.join(DATABASE);
    let mut make = || {
        let _lock = lock(dir, &mut Vec::new())?;
        let (mut store, salvaged) = gather(&path, at, mint)?;
        let bytes = store.connection.serialize(MAIN_DB).map_err(StoreError::from)?;
        let io = |error: io::Error| OpenError::io(&path, &error);
        let kept = keep_damaged(dir, &path, at).map_err(io)?;
        put_in_place(&path, &bytes).map_err(io)?;
        Ok((salvaged, kept))
    };
    make().map_err(|failed: Failed| failed.said(&path, dir))
}

/// Makes new records in a folder that has none, out of what is whole in a file.
///
/// # Errors
/// Where the file cannot be read at all, or the new one not be written.
pub fn salvage(
    file: &Path,
    folder: &Path,
    at: Moment,
    mint: &mut IdSource,
) -> Result<Salvaged, SalvageError> {
    fill(file, folder, at, mint).map_err(|failed| failed.said(file, folder))
}

/// What is whole in a file, as records in memory, to be looked at.
///
/// # Errors
/// Where the file cannot be read at all.
pub fn salvaged(file: &Path, at: Moment, mint: &mut IdSource) -> Result<(Store, Salvaged), SalvageError> {
    gather(file, at, mint).map_err(|failed| failed.said(file, file))
}

fn fill(file: &Path, folder: &Path, at: Moment, mint: &mut IdSource) -> Result<Salvaged, Failed> {
    let path = folder.join(DATABASE);
    let (mut store, salvaged) = gather(file, at, mint)?;
    make_writable_folder(folder)?;
    let _lock = lock(folder, &mut Vec::new())?;
    // Nothing takes the place of records that were made meanwhile.
    write_out(&mut store, &path, |new| file::rename_new(new, &path))?;
    Ok(salvaged)
}

/// Writes records that lie in memory into a file, for the user alone and there after a power cut; then `name` gives it its own.
fn write_out(
    store: &mut Store,
    path: &Path,
    name: impl FnOnce(&Path) -> io::Result<()>,
) -> Result<(), Failed> {
    let bytes = store.connection.serialize(MAIN_DB).map_err(StoreError::from)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = leavings::write_whole(folder, &bytes, name).and_then(|()| file::sync_folder(folder));
    Ok(written.map_err(|error| OpenError::io(path, &error))?)
}

fn gather(file: &Path, at: Moment, mint: &mut IdSource) -> Result<(Store, Salvaged), Failed> {
    let store = emptied(MIGRATIONS, file)?;
    let shapes = shapes(&store.connection).map_err(StoreError::from)?;
    let rows = store.take_in(file, |connection, found| put(connection, &shapes, found))?;
    let older = if rows == 0 { older::gather(file)? } else { None };
    let has_sums = older.is_none();
    let mut store = older.unwrap_or(store);
    let mut salvaged = store.mend(at, mint)?;
    if has_sums {
        // Whatever the journal has lost, such a row is as it was written.
        salvaged.differing = 0;
    }
    store.set(&[("foreign_keys", true), ("query_only", true)])?;
    salvaged.meetings = store.summaries()?.len();
    Ok((store, salvaged))
}

/// No records, of a shape that so many steps make. Rows may come before what they hang on.
fn emptied(steps: &[&str], file: &Path) -> Result<Store, Failed> {
    let store = open_nothing(file, steps)?;
    store.set(&[("query_only", false), ("foreign_keys", false)])?;
    Ok(store)
}

/// A page of SQLite has one of these sizes; ours have the first, unless somebody else made the file.
const SIZES: [usize; 8] = [4096, 1024, 2048, 8192, 16_384, 32_768, 65_536, 512];

/// Why nothing could be salvaged.
#[derive(Debug, thiserror::Error)]
pub enum SalvageError {
    /// The damaged file.
    #[error("「{}」を読めませんでした（{why}）。何も変えていません。ファイルの場所と権限をご確認ください", file.display())]
    Unread {
        /// The file.
        file: PathBuf,
        /// Why, in a few words.
        why: String,
    },
    /// The new records.
    #[error(
        "新しい記録を「{}」に作れませんでした（{why}）。壊れたファイルには手を付けていません。--out で、空きのあるほかのフォルダーを指定してください",
        folder.display()
    )]
    Unmade {
        /// Where they were to lie.
        folder: PathBuf,
        /// Why, in a few words.
        why: String,
    },
}

impl SalvageError {
    /// Why, in a few words.
    pub fn why(&self) -> &str {
        match self {
            Self::Unread { why, .. } | Self::Unmade { why, .. } => why,
        }
    }
}

/// What failed.
enum Failed {
    Read(io::Error),
    Open(OpenError),
    Store(StoreError),
}

impl Failed {
    fn said(self, file: &Path, folder: &Path) -> SalvageError {
        let made = |why: String| SalvageError::Unmade { folder: folder.to_owned(), why };
        match self {
            Self::Read(error) => SalvageError::Unread { file: file.to_owned(), why: in_words(&error) },
            Self::Open(error) => made(error.reason()),
            Self::Store(error) => made(error.to_string().trim_end_matches('。').to_owned()),
        }
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

impl From<OpenError> for Failed {
    fn from(error: OpenError) -> Self {
        Self::Open(error)
    }
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The size of a page as the file says.
fn size_of(file: &Path) -> Option<usize> {
    let mut head = [0; 18];
    open_plain(file).ok()?.read_exact(&mut head).ok()?;
    let size = usize::from(u16::from_be_bytes([head[16], head[17]]));
    SIZES.contains(&size).then_some(size)
}

/// How the rows of a table lie in the file.
struct Shape {
    table: &'static str,
    columns: Vec<String>,
    /// The column that is the number of the row itself, and so is not written again.
    number: Option<usize>,
    /// The places of what the sum is of, in its order, and of the sum.
    summed: Vec<usize>,
    sum: usize,
}

fn shapes(connection: &Connection) -> rusqlite::Result<Vec<Shape>> {
    let mut shapes = Vec::new();
    for (table, _, summed) in sums::tables() {
        let columns = columns(connection, table)?;
        let place = |name: &str| columns.iter().position(|column| column.name == name);
        shapes.push(Shape {
            table,
            number: columns.iter().position(|column| column.number),
            summed: summed.split(", ").filter_map(place).collect(),
            sum: place("sum").unwrap_or_default(),
            columns: columns.into_iter().map(|column| column.name).collect(),
        });
    }
    Ok(shapes)
}

/// A column of a table.
struct Column {
    name: String,
    integer: bool,
    required: bool,
    /// It is the number of the row itself.
    number: bool,
}

/// The one table whose rows have no numbers.
const UNNUMBERED: &str = "removed";

/// The columns of a table in the order in which a row holds them; none where there is no such table.
fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<Column>> {
    let mut statement = connection.prepare(&format!("PRAGMA table_info({table})"))?;
    let columns = statement.query_map([], |row| {
        let (integer, key) = (row.get::<_, String>(2)? == "INTEGER", row.get::<_, i64>(5)?);
        let (name, required, number) = (row.get(1)?, row.get(3)?, integer && key > 0);
        Ok((key, Column { name, integer, required, number }))
    })?;
    let mut columns: Vec<(i64, Column)> = columns.collect::<Result<_, _>>()?;
    if table == UNNUMBERED {
        // Its key comes first, in the order of the key.
        columns.sort_by_key(|(key, _)| if *key > 0 { *key } else { i64::MAX });
    }
    Ok(columns.into_iter().map(|(_, column)| column).collect())
}

/// Puts a row into the table whose sum it has; none where it is no row of ours, or not whole.
fn put(connection: &Connection, shapes: &[Shape], found: Found) -> rusqlite::Result<usize> {
    let Found { number, mut cells } = found;
    let long = cells.len();
    for shape in shapes.iter().filter(|shape| shape.columns.len() == long) {
        if let (Some(at), Some(number)) = (shape.number, number) {
            // In its place nothing stands.
            if cells[at] != Value::Null {
                continue;
            }
            cells[at] = Value::Integer(number);
        }
        let sum = sums::sum(shape.table, shape.summed.iter().map(|at| &cells[*at]));
        if cells[shape.sum] == Value::Integer(sum) {
            return put_in(connection, shape.table, &shape.columns, &cells);
        }
    }
    Ok(0)
}

/// Puts a row into a table that may have it already: the first columns, each with its cell.
fn put_in(
    connection: &Connection,
    table: &str,
    columns: &[impl AsRef<str>],
    cells: &[Value],
) -> rusqlite::Result<usize> {
    let names: Vec<&str> = columns.iter().map(AsRef::as_ref).take(cells.len()).collect();
    let (names, marks) = (names.join(", "), vec!["?"; cells.len()].join(", "));
    let sql = format!("INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})");
    connection.prepare_cached(&sql)?.execute(params_from_iter(cells))
}

/// Records of all kinds by their keys.
type Records = BTreeMap<Key, Record>;

impl Store {
    fn set(&self, pragmas: &[(&str, bool)]) -> Result<(), StoreError> {
        let set = |(name, value): &(&str, bool)| self.connection.pragma_update(None, name, value);
        Ok(pragmas.iter().try_for_each(set)?)
    }

    /// Puts rows of a file in; how many there were.
    fn take_in(
        &self,
        file: &Path,
        mut put: impl FnMut(&Connection, Found) -> rusqlite::Result<usize>,
    ) -> Result<usize, Failed> {
        let transaction = self.connection.unchecked_transaction().map_err(StoreError::from)?;
        let mut rows = 0;
        for size in size_of(file).into_iter().chain(SIZES) {
            let mut failed = None;
            Pages::new(open_plain(file)?, size)?.rows(|found| match put(&transaction, found) {
                Ok(put) => rows += put,
                Err(error) => failed = Some(error),
            });
            failed.map_or(Ok(()), Err).map_err(StoreError::from)?;
            // Of pages of another size hardly a row looks whole.
            if rows > 0 {
                break;
            }
        }
        transaction.commit().map_err(StoreError::from)?;
        Ok(rows)
    }

    /// Makes records of rows that lay side by side: what the journal alone tells gets its row, what only the rows tell gets a line,
    /// and nothing hangs on what is not there.
    fn mend(&mut self, at: Moment, mint: &mut IdSource) -> Result<Salvaged, StoreError> {
        let lines = self.rows(&journal(""), [], line)?;
        let numbers: Vec<i64> =
            self.rows("SELECT seq FROM journal ORDER BY seq", [], |cells| cells.take())?;
        let cut = numbers.last().is_some_and(|last| *last != numbers.len() as i64);
        let mut salvaged = Salvaged { journal_cut: cut, ..Salvaged::default() };
        let mut told: HashMap<Key, (Record, &JournalEntry)> = HashMap::new();
        for line in &lines {
            for change in &line.edit.changes {
                match change.after() {
                    Some(after) => _ = told.insert(after.key(), (after.clone(), line)),
                    None => _ = told.remove(&change.key()),
                }
            }
        }
        let mut stands = self.standing()?;
        let removed = self.taken_away()?;
        let transaction = self.connection.unchecked_transaction()?;
        for (key, (record, line)) in &told {
            if !stands.contains_key(key) && !removed.contains(key) {
                insert(&transaction, record, &Versions::of(line.edit.at))?;
                stands.insert(*key, record.clone());
                salvaged.told += 1;
            }
        }
        for missing in missing(&stands) {
            insert(&transaction, &missing, &Versions::of(at))?;
            stands.insert(missing.key(), missing);
            salvaged.missing += 1;
        }
        for loose in loose(&stands) {
            delete(&transaction, &loose)?;
            stands.remove(&loose.key());
            salvaged.dropped += 1;
        }
        for line in bridges(&stands, told.into_iter().map(|(key, (record, _))| (key, record)), at, mint) {
            let replaced = |change: &&Change| matches!(change, Change::Replace { .. });
            salvaged.differing += line.edit.changes.iter().filter(replaced).count();
            write_line(&transaction, &line)?;
        }
        transaction.commit()?;
        Ok(salvaged)
    }

    /// All rows as records.
    fn standing(&self) -> Result<Records, StoreError> {
        let mut all = Records::new();
        macro_rules! read {
            ([] $($record:ident $described:ident $table:literal,)+) => {
                $(for record in self.rows(&domain::$record::select(""), [], domain::$record::read_whole)? {
                    let record = Record::from(record);
                    all.insert(record.key(), record);
                })+
            };
        }
        records! { read }
        Ok(all)
    }

    fn taken_away(&self) -> Result<BTreeSet<Key>, StoreError> {
        let rows = self.rows("SELECT record, id FROM removed", [], |cells| {
            let (table, id): (String, Id<Meeting>) = (cells.take()?, cells.take()?);
            Ok(Table::from_name(&table).map(|table| Key { table, id: id.uuid() }))
        })?;
        Ok(rows.into_iter().flatten().collect())
    }
}

/// What others cannot be without, and is not there: it is made, with nothing in it but what says so.
fn missing(stands: &Records) -> Vec<Record> {
    const LOST: &str = "（壊れたファイルにあったもの）";
    let mut made = Records::new();
    let mut make = |record: Record| {
        if !stands.contains_key(&record.key()) {
            made.insert(record.key(), record);
        }
    };
    for record in stands.values() {
        let mut issues = Vec::new();
        match record {
            Record::Escalation(step) => issues.push((step.issue, step.meeting)),
            Record::Meeting(meeting) => {
                if let Some(case) = meeting.case {
                    make(Case::new(case, "").into());
                }
            }
            _ => {}
        }
        for (issue, meeting) in issues {
            make(RegionalIssue::new(issue, meeting, LOST).into());
        }
        if let Some(meeting) = record.meeting() {
            make(Meeting { title: LOST.to_owned(), ..Meeting::new(meeting) }.into());
        }
    }
    made.into_values().collect()
}

/// What says nothing any more: links without one of their ends.
fn loose(stands: &Records) -> Vec<Record> {
    let is_loose = |record: &&Record| match record {
        Record::Link(link) => [link.from, link.to].iter().any(|node| !stands.contains_key(&node.key())),
        _ => false,
    };
    stands.values().filter(is_loose).cloned().collect()
}

/// The lines that lead from what a journal tells to what stands, one for each meeting.
fn bridges(
    stands: &Records,
    told: impl Iterator<Item = (Key, Record)>,
    at: Moment,
    mint: &mut IdSource,
) -> Vec<JournalEntry> {
    let mut told: Records = told.collect();
    let mut lines: BTreeMap<Option<Id<Meeting>>, Vec<Change>> = BTreeMap::new();
    for (key, record) in stands {
        let change = match told.remove(key) {
            Some(before) if before == *record => continue,
            Some(before) => Change::Replace { before: Box::new(before), after: record.clone() },
            None => Change::Add(record.clone()),
        };
        lines.entry(record.meeting()).or_default().push(change);
    }
    for record in told.into_values() {
        lines.entry(record.meeting()).or_default().push(Change::Remove(record));
    }
    let line = |(meeting, changes)| JournalEntry {
        edit: Edit { id: mint.id(), at, label: "壊れたファイルから".to_owned(), changes },
        meeting,
        act: Act::Quiet,
    };
    lines.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::{Access, samples};
    use super::*;

    /// A folder of records: two meetings with all that can be written down, one of them taken away again.
    fn records() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Access::Write).unwrap();
        let (first, mut lines) = samples::full_meeting(1);
        lines.extend(samples::full_meeting(2).1);
        let long = samples::node(
            samples::mint(70).id(),
            first.meeting.id,
            domain::Kind::Fact,
            &"長い".repeat(9_000),
        );
        lines.push(samples::line(&mut samples::mint(71), Some(first.meeting.id), vec![Change::add(long)]));
        lines.push(samples::new_meeting(5));
        lines.iter().for_each(|line| store.commit(line).unwrap());
        let id = lines.last().unwrap().meeting.unwrap();
        let removal = store.removal(id).unwrap().unwrap();
        store.commit(&samples::line(&mut samples::mint(90), Some(id), removal.changes)).unwrap();
        store.set_bookmark("書きかけ").unwrap();
        dir
    }

    fn salvaged(from: &Path) -> (tempfile::TempDir, Store, Salvaged) {
        let dir = tempfile::tempdir().unwrap();
        let said =
            salvage(&from.join(DATABASE), dir.path(), samples::moment(), &mut samples::mint(99)).unwrap();
        let store = Store::open(dir.path(), Access::Write).unwrap();
        (dir, store, said)
    }

    /// Every row of every table.
    fn rows(store: &Store) -> Vec<Vec<Value>> {
        let mut all = Vec::new();
        for (table, key, columns) in sums::tables() {
            let mut statement =
                store.connection.prepare(&format!("SELECT {columns} FROM {table} ORDER BY {key}")).unwrap();
            let count = statement.column_count();
            let mut found = statement.query([]).unwrap();
            while let Some(row) = found.next().unwrap() {
                all.push((0..count).map(|i| row.get(i).unwrap()).collect());
            }
        }
        all
    }

    #[test]
    fn 無事なファイルからはすべてがそのまま出る() {
        let dir = records();
        let (_dir, store, said) = salvaged(dir.path());
        assert_eq!(said, Salvaged { meetings: 2, ..Salvaged::default() });
        assert_eq!(rows(&store), rows(&Store::open(dir.path(), Access::Look).unwrap()));
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn どのページが失われても残りはすべて出て_調べても違いがない() {
        let dir = records();
        let whole = fs::read(dir.path().join(DATABASE)).unwrap();
        let before = Store::open(dir.path(), Access::Look).unwrap();
        let meetings: Vec<_> = before.summaries().unwrap().into_iter().map(|m| m.id).collect();
        let all = before.standing().unwrap();
        drop(before);
        for page in 0..whole.len() / 4096 {
            let mut damaged = whole.clone();
            damaged[page * 4096..(page + 1) * 4096].fill(0);
            fs::write(dir.path().join(DATABASE), &damaged).unwrap();
            let (_dir, store, said) = salvaged(dir.path());
            assert_eq!(store.check().unwrap(), Vec::<String>::new(), "page {}", page + 1);
            let stands = store.standing().unwrap();
            // Each word stands twice, in its row and in the journal: one page takes none away.
            let lost = all.iter().filter(|(key, record)| stands.get(key) != Some(record)).count();
            assert_eq!(lost, 0, "page {}: {said:?}", page + 1);
            assert!(meetings.iter().all(|id| store.dossier(*id).unwrap().is_some()), "page {}", page + 1);
        }
    }

    #[test]
    fn 何も読めないファイルからは何も出ない() {
        let dir = records();
        fs::write(dir.path().join(DATABASE), "ことば".repeat(9_999)).unwrap();
        let (_dir, store, said) = salvaged(dir.path());
        assert_eq!((said.meetings, store.check().unwrap()), (0, Vec::new()));
    }
}
