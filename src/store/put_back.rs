//! Putting back what could not be saved. A meeting that is not here comes back whole; in those that are, and in what is written
//! down about years, it is one edit that can be undone, in all of them or none.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::{Store, StoreError};
use crate::domain::unsaved::{Back, PutBack, Rescued, put_back as lay};
use crate::domain::{
    Act, Change, Dossier, Edit, Id, IdSource, JournalEntry, Key, Meeting, Moment, Now, Record, Stamped, Table,
};

/// Where a record is at home: in a meeting; none for what is written down about years.
type Home = Option<Id<Meeting>>;

/// Why nothing was put back. Nothing was changed.
#[derive(Debug, Error)]
pub enum PutBackError {
    /// The lines speak of a meeting that is neither here nor in the file.
    #[error(
        "この控えの会議（{0}）が、今の記録の中にありません。記録を置いたフォルダーを --data で指定して、もう一度お試しください。控えはそのままです"
    )]
    Elsewhere(Id<Meeting>),
    /// It could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returned {
    /// Meeting by meeting; what is written down about years comes last.
    pub backs: Vec<Back>,
    /// Why a part could not be put back; the rest is.
    pub problem: Option<String>,
}

impl Returned {
    /// Whether all that was kept stands here now, or gave way to nothing.
    pub fn is_whole(&self) -> bool {
        self.problem.is_none() && self.backs.iter().all(|back| back.left == 0)
    }
}

/// A meeting that the lines speak of.
struct Touched {
    id: Id<Meeting>,
    /// As it stands; none for one that was never saved.
    dossier: Option<Dossier>,
    title: String,
}

impl Store {
    /// Puts back what could not be saved. Doing it twice changes nothing the second time.
    pub fn put_back(&mut self, what: &Rescued, now: Now) -> Result<Returned, PutBackError> {
        let mut mint = now.ids();
        let (mut here, mut gone): (Vec<&Stamped>, Vec<&Stamped>) = (Vec::new(), Vec::new());
        for meeting in &what.meetings {
            let stands = self.dossier(meeting.dossier.meeting.id)?.is_some();
            if stands { here.push(meeting) } else { gone.push(meeting) }
        }
        let mut out = Returned::default();
        self.bring_whole(&gone, now.at, &mut mint, &mut out)?;
        let new: BTreeSet<Home> = gone.iter().map(|meeting| Some(meeting.dossier.meeting.id)).collect();
        match self.put_lines_back(&what.lines, (&mut mint, now.at)) {
            Ok(backs) => {
                let news = |(home, back): &(Home, Back)| !new.contains(home) || back.count + back.left > 0;
                out.backs.extend(backs.into_iter().filter(news).map(|(_, back)| back));
            }
            Err(error) if gone.is_empty() => return Err(error),
            Err(error) => out.problem = Some(error.to_string()),
        }
        // What was saved once, and is not here: these records may be older than those that were lost.
        if let Err(error) = self.bring_whole(&here, now.at, &mut mint, &mut out) {
            out.problem = Some(error.to_string());
        }
        Ok(out)
    }

    fn bring_whole(
        &mut self,
        meetings: &[&Stamped],
        at: Moment,
        mint: &mut IdSource,
        out: &mut Returned,
    ) -> Result<(), StoreError> {
        let whole: Vec<Stamped> = meetings.iter().map(|meeting| (*meeting).clone()).collect();
        if whole.is_empty() {
            return Ok(());
        }
        for taken in self.merge_all(&whole, at, mint)? {
            match taken {
                Ok(taken) if taken.changed > 0 => {
                    let title = Some(taken.title);
                    out.backs.push(Back { title, whole: taken.new, count: taken.changed, left: 0 });
                }
                Ok(_) => {}
                Err(error) => out.problem = Some(error.to_string()),
            }
        }
        Ok(())
    }

    fn put_lines_back(
        &mut self,
        lines: &[JournalEntry],
        (mint, at): (&mut IdSource, Moment),
    ) -> Result<Vec<(Home, Back)>, PutBackError> {
        let homes = homes(lines);
        let meetings = touched(self, &homes, lines)?;
        let found = lay(&there(self, &meetings, &homes)?, &self.journal_of(homes.keys())?, lines);
        let (mut new, mut said) = (Vec::new(), Vec::new());
        for meeting in &meetings {
            // The birth of a meeting is not something to undo from inside it.
            let act = if meeting.dossier.is_none() { Act::Quiet } else { Act::Do };
            let (home, title) = (Some(meeting.id), Some(meeting.title.clone()));
            said.push((home, one_home(home, title, act, &found, &homes, (&mut *mint, at), &mut new)));
        }
        if homes.values().any(Option::is_none) {
            said.push((None, one_home(None, None, Act::Do, &found, &homes, (mint, at), &mut new)));
        }
        self.commit_all(&new)?;
        Ok(said)
    }
}

/// Where each record is put back: in its own meeting, whichever was on the screen; a case in the first that speaks of it.
fn homes(lines: &[JournalEntry]) -> BTreeMap<Key, Home> {
    let mut homes = BTreeMap::new();
    for (line, change) in lines.iter().flat_map(|l| l.edit.changes.iter().map(move |c| (l, c))) {
        let (key, own) = (change.key(), change.record().meeting());
        let home = if key.table.of_years() { None } else { own.or(line.meeting) };
        homes.entry(key).or_insert(home);
    }
    homes
}

/// The meetings in the order in which they began. All that can be seen beforehand is seen before anything is changed.
fn touched(
    store: &Store,
    homes: &BTreeMap<Key, Home>,
    lines: &[JournalEntry],
) -> Result<Vec<Touched>, PutBackError> {
    let mut ids: Vec<Id<Meeting>> = homes.values().copied().flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut out = Vec::with_capacity(ids.len());
    for id in ids {
        let dossier = store.dossier(id)?;
        let known = dossier.as_ref().map(|d| &d.meeting).or(born(id, lines));
        let title = known.ok_or(PutBackError::Elsewhere(id))?.title.clone();
        out.push(Touched { id, dossier, title });
    }
    Ok(out)
}

/// The meeting that the lines begin, as it was when they ended.
fn born(id: Id<Meeting>, lines: &[JournalEntry]) -> Option<&Meeting> {
    let changes = || lines.iter().flat_map(|l| &l.edit.changes);
    fn meeting(change: &Change) -> Option<&Meeting> {
        match change.after() {
            Some(Record::Meeting(meeting)) => Some(meeting),
            _ => None,
        }
    }
    let ours = |change: &&Change| meeting(change).is_some_and(|meeting| meeting.id == id);
    changes().filter(ours).find(|change| matches!(change, Change::Add(_)))?;
    changes().filter(ours).filter_map(meeting).next_back()
}

/// What stands of these meetings, of the cases, which may stand here from meetings that the lines do not speak of, and of the
/// years.
fn there(
    store: &Store,
    meetings: &[Touched],
    homes: &BTreeMap<Key, Home>,
) -> Result<BTreeMap<Key, Record>, StoreError> {
    let dossiers = meetings.iter().filter_map(|m| m.dossier.as_ref());
    let mut there: BTreeMap<Key, Record> =
        dossiers.flat_map(|d| d.records().collect::<Vec<_>>()).map(|r| (r.key(), r)).collect();
    for key in homes.keys().filter(|key| key.table == Table::Case) {
        there.extend(store.case(Id::from(key.id))?.map(|case| (*key, case.into())));
    }
    if homes.values().any(Option::is_none) {
        there.extend(store.years(None, None)?.records().map(|record| (record.key(), record)));
    }
    Ok(there)
}

/// What has one home becomes lines of its journal; says what came of it. `act` is that of what people wrote; the
/// clocks are always quiet.
fn one_home(
    home: Home,
    title: Option<String>,
    act: Act,
    found: &PutBack,
    homes: &BTreeMap<Key, Home>,
    (mint, at): (&mut IdSource, Moment),
    new: &mut Vec<JournalEntry>,
) -> Back {
    let here = |key: Key| homes.get(&key) == Some(&home);
    let ours = |changes: &[Change]| -> Vec<Change> {
        changes.iter().filter(|change| here(change.key())).cloned().collect()
    };
    let (mut words, mut clocks) = (ours(&found.changes), ours(&found.progress));
    let left = found.left.iter().filter(|key| here(**key)).count();
    let count = if words.is_empty() { clocks.len() } else { words.len() };
    if act == Act::Quiet {
        clocks.splice(..0, std::mem::take(&mut words));
    }
    for (act, changes) in [(Act::Quiet, clocks), (act, words)] {
        if !changes.is_empty() {
            let edit = Edit { id: mint.id(), at, label: "控えから戻す".to_owned(), changes };
            new.push(JournalEntry { edit, meeting: home, act });
        }
    }
    Back { title, whole: false, count, left }
}
