//! The working mode of the yearly review: the issues of the year one by one, and the two forms.

pub(crate) mod draw;

use crate::domain::{Aspect, Category, Lists, Passage};
use crate::ui::sheet::RegionalField;
use crate::ui::{Context, RegionScreen, SheetState, Sheets};

/// The fields that are decided upon, in the order in which they are spoken about.
pub const DECISIONS: [RegionalField; 9] = [
    RegionalField::Priority,
    RegionalField::PriorityReason,
    RegionalField::Measures,
    RegionalField::Responsible,
    RegionalField::Due,
    RegionalField::Status,
    RegionalField::Reflected,
    RegionalField::ReflectedReason,
    RegionalField::Evaluation,
];

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
        let town = |entry: &&crate::domain::register::Entry| {
            self.town.as_ref().is_none_or(|town| self.doc.town(entry) == town)
        };
        let ours = self.doc.entries().iter().filter(|e| e.years().any(|y| y == self.year)).filter(town);
        let mut agenda: Vec<_> =
            ours.map(|e| (e.issue.priority.map_or(9, |p| p as u8), e.issue.id)).collect();
        // As long as the issues are the same their order stays: giving one a priority must not move it away while it is
        // being discussed.
        if agenda.len() == self.agenda.len() && agenda.iter().all(|(_, id)| self.agenda.contains(id)) {
            return;
        }
        agenda.sort_by_key(|(priority, _)| *priority);
        self.agenda = agenda.into_iter().map(|(_, id)| id).collect();
        self.turn = self.turn.min(self.agenda.len().saturating_sub(1));
    }

    /// The rows of a form: those of the lists, then what was written under other names.
    pub fn subjects(&self, form: usize, lists: &Lists) -> Vec<String> {
        let mut subjects: Vec<String> = match form {
            0 => lists.scenes.clone(),
            _ => lists.categories.iter().map(Category::full).collect(),
        };
        let aspects = aspects(form);
        let written = self.doc.years.passages.values().filter(|p| {
            p.town == self.written_town()
                && p.year == self.year
                && aspects.contains(&p.aspect)
                && !p.text.is_empty()
        });
        for passage in written {
            if !subjects.contains(&passage.subject) {
                subjects.push(passage.subject.clone());
            }
        }
        subjects
    }

    /// A cell of a form as it stands, and the same with nothing in it.
    pub(crate) fn passage(&self, aspect: Aspect, row: usize, lists: &Lists) -> (Option<Passage>, Passage) {
        let form = usize::from(Aspect::OF_CATEGORIES.contains(&aspect));
        let subject = self.subjects(form, lists).get(row).cloned().unwrap_or_default();
        let fresh = Passage::new(self.written_town(), self.year, &subject, aspect);
        (self.doc.years.passages.get(&fresh.id).cloned(), fresh)
    }

    /// To the other form.
    pub(crate) fn turn_form(&mut self, cx: &mut Context) {
        if self.leave_cell(cx) {
            (self.form, self.sheet) = ((self.form + 1) % FORMS.len(), SheetState::default());
        }
    }
}
