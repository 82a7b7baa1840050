//! Putting back what could not be saved: in each meeting, and in what is written down about years, as one edit that can be
//! undone; in all of them or none.

use std::collections::BTreeMap;

use anyhow::bail;

use super::title_of;
use crate::domain::unsaved::{PutBack, put_back as lay};
use crate::domain::{
    Act, Change, Dossier, Edit, Id, IdSource, JournalEntry, Key, Meeting, Moment, Record, Table,
};
use crate::runtime;
use crate::store::Store;

/// Where a record is at home: in a meeting; none for what is written down about years.
type Home = Option<Id<Meeting>>;

/// A meeting that the lines speak of.
struct Touched {
    id: Id<Meeting>,
    /// As it stands; none for one that was never saved.
    dossier: Option<Dossier>,
    title: String,
}

/// Puts all lines back; says what came of it.
pub fn put_back(store: &mut Store, lines: &[JournalEntry]) -> anyhow::Result<String> {
    let homes = homes(lines);
    let meetings = touched(store, &homes, lines)?;
    let found = lay(&there(store, &meetings, &homes)?, &store.journal_of(homes.keys())?, lines);
    let stamp = runtime::stamp();
    let mut mint = stamp.ids();
    let (mut new, mut said) = (Vec::new(), Vec::new());
    for meeting in &meetings {
        let (home, what) = (Some(meeting.id), format!("会議「{}」", meeting.title));
        // The birth of a meeting is not something to undo from inside it.
        let act = if meeting.dossier.is_none() { Act::Quiet } else { Act::Do };
        said.push(one_home(home, &what, act, &found, &homes, (&mut mint, stamp.at), &mut new));
    }
    if homes.values().any(Option::is_none) {
        let what = "年間の計画と振り返り";
        said.push(one_home(None, what, Act::Do, &found, &homes, (&mut mint, stamp.at), &mut new));
    }
    store.commit_all(&new)?;
    Ok(if said.is_empty() {
        "戻すものはありません。何も変えていません".to_owned()
    } else {
        said.join("。")
    })
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
) -> anyhow::Result<Vec<Touched>> {
    let mut ids: Vec<Id<Meeting>> = homes.values().copied().flatten().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut out = Vec::with_capacity(ids.len());
    for id in ids {
        let dossier = store.dossier(id)?;
        let Some(meeting) = dossier.as_ref().map(|d| &d.meeting).or(born(id, lines)) else {
            bail!(
                "この控えの会議（{id}）が、今の記録の中にありません。記録を置いたフォルダーを --data で指定して、もう一度お試しください。控えはそのままです"
            );
        };
        let title = title_of(&meeting.title);
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
) -> anyhow::Result<BTreeMap<Key, Record>> {
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
    what: &str,
    act: Act,
    found: &PutBack,
    homes: &BTreeMap<Key, Home>,
    (mint, at): (&mut IdSource, Moment),
    new: &mut Vec<JournalEntry>,
) -> String {
    let here = |key: Key| homes.get(&key) == Some(&home);
    let ours = |changes: &[Change]| -> Vec<Change> {
        changes.iter().filter(|change| here(change.key())).cloned().collect()
    };
    let (mut words, mut clocks) = (ours(&found.changes), ours(&found.progress));
    let left = match found.left.iter().filter(|key| here(**key)).count() {
        0 => String::new(),
        count => format!(
            "（{count}件は、その後に変わっているため、今の記録を残しました。控えのファイルは消さないでください）"
        ),
    };
    if words.is_empty() && clocks.is_empty() {
        return format!("{what}には、もう戻すものはありません。何も変えていません{left}");
    }
    let count = words.len();
    if act == Act::Quiet {
        clocks.splice(..0, std::mem::take(&mut words));
    }
    for (act, changes) in [(Act::Quiet, clocks), (act, words)] {
        if !changes.is_empty() {
            let edit = Edit { id: mint.id(), at, label: "控えから戻す".to_owned(), changes };
            new.push(JournalEntry { edit, meeting: home, act });
        }
    }
    format!("{what}に、保存できていなかった {count}件を戻しました{left}")
}
