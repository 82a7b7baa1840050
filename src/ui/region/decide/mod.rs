//! The working mode of the yearly review: the issues of the year one by one, and the two forms.

pub(crate) mod draw;

use crate::domain::register::Entry;
use crate::domain::{Aspect, Category, Lists, Passage};
use crate::ui::{RegionScreen, RegionalField};

/// The fields that are decided upon, in the order in which they are spoken about.
pub const DECISIONS: [RegionalField; 9] = {
    use RegionalField::*;
    [Priority, PriorityReason, Measures, Responsible, Due, Status, Reflected, ReflectedReason, Evaluation]
};

/// The columns of a form.
pub const COLUMNS: usize = 4;

/// The titles of the forms.
pub const FORMS: [&str; 2] = ["場面ごと", "事業項目ごと"];

/// The columns of a form.
pub fn aspects(form: usize) -> [Aspect; COLUMNS] {
    if form == 0 { Aspect::OF_SCENES } else { Aspect::OF_CATEGORIES }
}

impl RegionScreen {
    /// Gathers the issues of the year: what matters most first, then what was raised first.
    pub(crate) fn gather(&mut self) {
        let town = |e: &&Entry| self.town.as_ref().is_none_or(|town| self.doc.town(e) == town);
        let ours = self.doc.entries().iter().filter(|e| e.years().any(|y| y == self.year)).filter(town);
        let mut agenda: Vec<&Entry> = ours.collect();
        // As long as the issues are the same their order stays: giving one a priority must not move it away while it is
        // being discussed.
        if agenda.len() == self.agenda.len() && agenda.iter().all(|e| self.agenda.contains(&e.issue.id)) {
            return;
        }
        agenda.sort_by_key(|e| (e.issue.priority.is_none(), &e.issue.priority));
        self.agenda = agenda.iter().map(|e| e.issue.id).collect();
        self.turn = self.turn.min(self.agenda.len().saturating_sub(1));
    }

    /// The rows of a form: those of the lists, then what was written under other names.
    pub fn subjects(&self, form: usize, lists: &Lists) -> Vec<String> {
        let mut subjects: Vec<String> = match form {
            0 => lists.scenes.clone(),
            _ => lists.categories.iter().map(Category::full).collect(),
        };
        let here = |p: &&Passage| p.town == self.written_town() && p.year == self.year;
        let written = self.doc.years.passages.values().filter(here);
        for passage in written.filter(|p| aspects(form).contains(&p.aspect) && !p.text.is_empty()) {
            if !subjects.contains(&passage.subject) {
                subjects.push(passage.subject.clone());
            }
        }
        subjects
    }

    /// The issues of the year that belong into a row of a form, in the order of the register.
    pub(crate) fn belonging(&self, form: usize, subject: &str) -> Vec<&Entry> {
        // Of a country's register only what was gathered for the year is looked through: this is asked for each frame.
        let ours = self.agenda.iter().filter_map(|id| self.doc.entry(*id));
        let town = |e: &&Entry| self.doc.town(e) == self.written_town();
        let row = |e: &&Entry| match form {
            0 => e.issue.scenes.iter().any(|scene| scene == subject),
            _ => e.issue.categories.iter().any(|category| category.full() == subject),
        };
        let mut belonging: Vec<&Entry> = ours.filter(town).filter(row).collect();
        belonging.sort_by_key(|e| self.doc.place(e.issue.id));
        belonging
    }
}
