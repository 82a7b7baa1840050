//! What the database would do with what belongs to no single meeting.

use std::collections::BTreeMap;

use jirei::domain::region::Region;
use jirei::domain::register::Entry;
use jirei::domain::year::Years;
use jirei::domain::*;
use jirei::store::Answer;

use super::driver::Kept;

/// What stands outside the meetings.
#[derive(Debug, Default)]
pub struct Outside {
    pub years: Years,
    pub journal: Vec<Line>,
}

impl Outside {
    /// Keeps a line that belongs to no meeting.
    pub fn keep(&mut self, kept: &mut BTreeMap<Id<Meeting>, Kept>, line: Line) {
        for change in &line.edit.changes {
            let record = change.after.as_ref().or(change.before.as_ref()).expect("a change of something");
            match record.meeting() {
                Some(meeting) => {
                    let kept = kept.get_mut(&meeting).expect("the meeting of the record");
                    kept.dossier.apply(change).expect("the line fits what stands");
                }
                None => self.years.apply(change).expect("the line fits the year"),
            }
        }
        self.journal.push(line);
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
        Answer::Region { records: Box::new(self.region(kept)), journal: self.journal.clone() }
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
