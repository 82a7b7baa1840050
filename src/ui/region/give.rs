//! What of the region is given away: the issues that are found, the review of a year, and the years themselves.

use std::collections::BTreeSet;

use crate::domain::escalation::{Ways, ways};
use crate::domain::register::{Entry, Filter};
use crate::domain::{Id, Meeting, StampedYears};
use crate::export::register::RegisterFormat;
use crate::export::review::{Given, ReviewFormat, Towns};
use crate::export::{ExportError, Rendered, json, personal, register, review};
use crate::privacy::PersonalWords;
use crate::review::mask;
use crate::ui::give::warning;
use crate::ui::{Context, Deliverable, Offerable, RegionPlace, RegionScreen};

impl Offerable for RegionScreen {
    fn gifts(&self) -> Vec<Deliverable> {
        match self.screen {
            RegionPlace::Register => RegisterFormat::ALL.map(Deliverable::Register).to_vec(),
            _ => ReviewFormat::ALL.map(Deliverable::Review).into_iter().chain([Deliverable::Years]).collect(),
        }
    }

    fn meetings_that_leave(&self) -> Option<BTreeSet<Id<Meeting>>> {
        if self.screen == RegionPlace::Register {
            return Some(personal::meetings_of(&self.leaving().0));
        }
        let reviewed = self.with_review(|given, _| personal::meetings_behind(given.review, given.entries));
        let slots = self.doc.years.slots.values().filter_map(|slot| slot.meeting);
        Some(reviewed.into_iter().flatten().chain(slots).collect())
    }

    fn kept(&self, gift: Deliverable) -> usize {
        match gift {
            Deliverable::Register(_) => self.leaving().1,
            Deliverable::Review(_) => self.with_review(|_, kept| kept).unwrap_or_default(),
            Deliverable::Meeting(_) | Deliverable::Years => 0,
        }
    }

    fn to_read(&self) -> Filter {
        let narrowed = match self.screen {
            RegionPlace::Register => self.register.filter.clone(),
            _ => Filter { year: Some(self.year), ..Filter::default() },
        };
        Filter { confirmed: Some(false), ..narrowed }
    }

    fn warning(&self, watch: &PersonalWords) -> String {
        if self.screen == RegionPlace::Register {
            let (entries, kept) = self.leaving();
            return warning(&personal::in_register(&entries, &self.ways(), watch), kept);
        }
        let reviewed = self.with_review(|given, kept| (personal::in_review(given, watch), kept));
        let (mut found, kept) = reviewed.unwrap_or_default();
        // The years' own file holds those that are not looked at, too.
        for words in personal::in_years(&self.known_years().years, watch) {
            if !found.contains(&words) {
                found.push(words);
            }
        }
        warning(&found, kept)
    }

    fn wrapped(&self, _: &Context, gift: Deliverable) -> Option<(String, Result<Rendered, ExportError>)> {
        let named = |title: &str| format!("{}.{}", title.replace(' ', "_"), gift.extension());
        match gift {
            Deliverable::Meeting(_) => None,
            Deliverable::Register(format) => {
                let file = register::render(format, &self.leaving().0, &self.ways(), register::TITLE);
                Some((named(register::TITLE), file))
            }
            Deliverable::Review(format) => {
                self.with_review(|given, _| (named(&given.title()), review::render(format, given)))
            }
            Deliverable::Years => {
                let years = self.known_years();
                Some((json::years_name(&years), json::render_years(&years).map(Rendered::from)))
            }
        }
    }
}

impl RegionScreen {
    /// The entries of those the register shows that may leave, and how many stay here.
    fn leaving(&self) -> (Vec<Entry>, usize) {
        let entries = self.doc.entries();
        review::leaving(self.register.found.iter().filter_map(|at| entries.get(*at)).cloned().collect())
    }

    /// Does something with the review that is looked at, once it is counted, as it is given away with the issues that go with it,
    /// and with how many of them stay here.
    fn with_review<T>(&self, what: impl FnOnce(&Given<'_>, usize) -> T) -> Option<T> {
        let review = &self.review.counted.as_ref()?.review;
        let raised = review::raised(review);
        let entries = self.doc.entries().iter().filter(|entry| raised.contains(&entry.issue.id));
        let (entries, kept) = review::leaving(entries.cloned().collect());
        let (towns, mask) = (Towns::Apart, Some(mask::USUAL));
        Some(what(&Given { review, entries: &entries, ways: &self.ways(), mask, towns }, kept))
    }

    /// How far every issue has come.
    fn ways(&self) -> Ways<'_> {
        ways(self.doc.escalations.values())
    }

    /// What is written down about the years of the town one looks at, as another jirei takes it in.
    fn known_years(&self) -> StampedYears {
        StampedYears { years: self.doc.years.clone(), stamps: self.doc.versions().clone() }
            .of_town(self.town.as_deref())
    }
}
