//! Putting back what could not be saved: a meeting at a time, as one edit that can be undone.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::bail;

use super::title_of;
use crate::domain::unsaved::put_back as lay;
use crate::domain::{Act, Change, Edit, Id, Key, Line, Meeting, Record};
use crate::runtime;
use crate::store::Store;

/// Puts all lines back; says what came of it.
pub fn put_back(store: &mut Store, lines: &[Line]) -> anyhow::Result<String> {
    let mut split: BTreeMap<Id<Meeting>, Vec<Line>> = BTreeMap::new();
    for line in lines {
        // An action of an earlier meeting is changed in a later one and belongs to its own.
        let owner =
            |c: &Change| c.after.as_ref().or(c.before.as_ref()).and_then(Record::meeting).or(line.meeting);
        let owners: BTreeSet<Id<Meeting>> = line.edit.changes.iter().filter_map(owner).collect();
        for meeting in owners {
            let changes = line.edit.changes.iter().filter(|c| owner(c) == Some(meeting)).cloned().collect();
            let edit = Edit { changes, ..line.edit.clone() };
            split.entry(meeting).or_default().push(Line { edit, ..line.clone() });
        }
    }
    // All that can be seen beforehand is seen before anything is changed.
    for (meeting, lines) in &split {
        if store.dossier(*meeting)?.is_none() && born(lines).is_none() {
            bail!(
                "この控えの会議（{meeting}）が、今の記録の中にありません。記録を置いたフォルダーを --data で指定して、もう一度お試しください。控えはそのままです"
            );
        }
    }
    let mut said = Vec::new();
    for (meeting, lines) in split {
        said.push(one_meeting(store, meeting, &lines)?);
    }
    Ok(if said.is_empty() {
        "戻すものはありません。何も変えていません".to_owned()
    } else {
        said.join("。")
    })
}

/// The meeting that the lines begin, as it was when they ended.
fn born(lines: &[Line]) -> Option<&Meeting> {
    let changes = || lines.iter().flat_map(|l| &l.edit.changes);
    let meeting = |c| match c {
        &Change { after: Some(Record::Meeting(ref meeting)), .. } => Some(meeting),
        _ => None,
    };
    changes().find(|c| c.before.is_none() && meeting(c).is_some())?;
    changes().filter_map(meeting).next_back()
}

fn one_meeting(store: &mut Store, id: Id<Meeting>, lines: &[Line]) -> anyhow::Result<String> {
    let dossier = store.dossier(id)?;
    let new = dossier.is_none();
    let title = dossier.as_ref().map(|d| &d.meeting).or(born(lines)).map(title_of).unwrap_or_default();
    let mut there: BTreeMap<Key, Record> =
        dossier.iter().flat_map(|d| d.records().collect::<Vec<_>>()).map(|r| (r.key(), r)).collect();
    // A case outlives its meetings: it may stand here from an earlier one.
    let cases = lines.iter().flat_map(|l| &l.edit.changes).filter_map(|c| match &c.after {
        Some(Record::Case(case)) => Some(case.id),
        _ => None,
    });
    for case in cases.collect::<BTreeSet<_>>() {
        there.extend(store.case(case)?.map(Record::from).map(|r| (r.key(), r)));
    }
    let found = lay(&there, &store.journal(id)?, lines);
    let left = match found.left {
        0 => String::new(),
        count => format!(
            "（{count}件は、その後に変わっているため、今の記録を残しました。控えのファイルは消さないでください）"
        ),
    };
    if found.changes.is_empty() && found.progress.is_empty() {
        return Ok(format!("会議「{title}」には、もう戻すものはありません。何も変えていません{left}"));
    }
    let count = found.changes.len();
    let (words, clocks) = if new {
        // The birth of a meeting is not something to undo from inside it.
        (Vec::new(), [found.changes, found.progress].concat())
    } else {
        (found.changes, found.progress)
    };
    let stamp = runtime::stamp();
    let mut mint = stamp.mint();
    for (act, changes) in [(Act::Quiet, clocks), (Act::Do, words)] {
        if !changes.is_empty() {
            let label = "控えから戻す".to_owned();
            let edit = Edit { id: mint.id(), at: stamp.at, label, changes };
            store.commit(&Line { edit, meeting: Some(id), act })?;
        }
    }
    Ok(format!("会議「{title}」に、保存できていなかった {count}件を戻しました{left}"))
}
