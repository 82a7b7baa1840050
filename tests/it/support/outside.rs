//! What the database would do with what belongs to no single meeting.

use std::collections::BTreeMap;

use jirei::domain::region::Region;
use jirei::domain::register::Entry;
use jirei::domain::year::Years;
use jirei::domain::*;
use jirei::review::{Ask, Terms, read};
use jirei::store::{Access, Answer, Store, Summary};
use jirei::ui::{App, Msg};

use super::driver::Kept;

/// What stands outside the meetings.
#[derive(Debug, Default)]
pub struct Outside {
    pub years: Years,
    pub journal: Vec<JournalEntry>,
}

impl Outside {
    /// Keeps a line that belongs to no meeting.
    pub fn keep(&mut self, kept: &mut BTreeMap<Id<Meeting>, Kept>, line: JournalEntry) {
        for change in &line.edit.changes {
            match change.record().meeting() {
                Some(meeting) => {
                    let kept = kept.get_mut(&meeting).expect("the meeting of the record");
                    kept.dossier.apply(change).expect("the line fits what stands");
                }
                None => self.years.apply(change).expect("the line fits the year"),
            }
        }
        self.journal.push(line);
    }

    /// Whether something of a meeting was changed from outside it.
    pub fn touches(&self, meeting: Id<Meeting>) -> bool {
        let changes = self.journal.iter().flat_map(|line| &line.edit.changes);
        let records = changes.map(Change::record);
        records.filter_map(Record::meeting).any(|of| of == meeting)
    }

    /// Everything of the region, as the database would read it.
    pub fn region(&self, kept: &BTreeMap<Id<Meeting>, Kept>) -> Region {
        let mut dossiers: Vec<&Dossier> = kept.values().map(|k| &k.dossier).collect();
        dossiers.sort_by_key(|d| (d.meeting.date.is_none(), d.meeting.date, d.meeting.id));
        let mut region = Region::default();
        region.years = self.years.clone();
        for dossier in dossiers {
            region.take_in(&dossier.records().map(Change::add).collect::<Vec<_>>());
        }
        region
    }

    pub fn answer(&self, kept: &BTreeMap<Id<Meeting>, Kept>) -> Answer {
        let mut stamps = RecordVersions::default();
        let lines = kept.values().flat_map(|k| &k.journal).chain(&self.journal);
        lines.for_each(|line| stamps.note_years(&line.edit, line.act));
        Answer::Region { records: Box::new(self.region(kept)), stamps, journal: self.journal.clone() }
    }

    /// The figures of a year, counted by the program itself from a database of its own.
    pub fn count(&self, kept: &BTreeMap<Id<Meeting>, Kept>, model: &App, ask: &Ask) -> Msg {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Store::open(folder.path(), Access::Write).expect("a database");
        let at = model.cx.now.at;
        let mut mint = Now { at, seed: 90 }.ids();
        let slots = self.years.slots.values().cloned().map(Record::from);
        let records: Vec<Record> = kept.values().flat_map(|k| k.dossier.records()).chain(slots).collect();
        let mut seen = std::collections::BTreeSet::new();
        let new = records.into_iter().filter(|r| seen.insert(r.key()));
        let changes = new.map(Change::add).collect();
        let edit = Edit { id: mint.id(), at, label: String::new(), changes };
        store.commit(&JournalEntry { edit, meeting: None, act: Act::Quiet }).expect("all of it fits");
        let formats = model.cx.formats.iter().map(|f| (f.key.clone(), f.title.clone())).collect();
        let terms = Terms { lists: &model.cx.lists, formats: &formats };
        Msg::Reviewed(read(&store, ask, terms).map(Box::new).map_err(|e| e.to_string()))
    }

    /// Whether what is shown of the region is what is kept, whatever the order of its rows.
    pub fn compare(&self, kept: &BTreeMap<Id<Meeting>, Kept>, shown: &Region) {
        let here = self.region(kept);
        let entries = |r: &Region| -> BTreeMap<_, Entry> {
            r.entries().iter().map(|e| (e.issue.id, e.clone())).collect()
        };
        assert_eq!(entries(&here), entries(shown), "the register is not what is kept");
        assert_eq!(here.escalations, shown.escalations, "the way is not what is kept");
        assert_eq!(here.evidence, shown.evidence, "the evidence is not what is kept");
        assert_eq!(here.years, shown.years, "the years are not what is kept");
        assert_eq!(here.meetings, shown.meetings, "the meetings are not what is kept");
    }
}

/// A meeting as the list has it.
pub fn summary(dossier: &Dossier) -> Summary {
    Summary {
        id: dossier.meeting.id,
        date: dossier.meeting.date,
        title: dossier.meeting.title.clone(),
        venue: String::new(),
        format: dossier.meeting.format.clone(),
        case_code: dossier.case.as_ref().map(|c| c.code.clone()).unwrap_or_default(),
        case: dossier.meeting.case,
        participants: 0,
        nodes: 0,
        issues: 0,
        actions: 0,
        actions_open: 0,
        regional: 0,
        started: dossier.progress.started_at.is_some(),
        ended: dossier.progress.ended_at.is_some(),
        next_date: dossier.meeting.next_date,
    }
}
