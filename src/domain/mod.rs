//! What a meeting is: no terminal, no database, no clock, no files.
//!
//! Everything that changes is a [`Record`]; every change is a [`Change`]; what one person did at one
//! moment is an [`Edit`]. A [`Dossier`] is one meeting with all its records, and the only way it
//! changes is [`Dossier::apply`].

pub mod age;
pub mod aim;
pub mod aside;
pub mod asking;
pub mod bounds;
mod case;
pub mod causes;
pub mod date;
mod dossier;
pub mod escalation;
pub mod fields;
pub mod follow;
mod growth;
mod history;
mod id;
pub mod ideas;
pub mod known;
mod lists;
pub mod map;
mod meeting;
pub mod merge;
mod node;
mod outcome;
mod participant;
pub mod people;
pub mod readback;
mod record;
pub mod refused;
pub mod region;
pub mod register;
pub mod removal;
pub mod said;
pub mod several;
pub mod similar;
mod slot;
pub mod text;
mod tree;
pub mod unsaved;
mod versions;
pub mod year;
pub mod yearly;

pub use aside::Aside;
pub use case::Case;
pub use dossier::{Dossier, Mismatch};
pub use growth::{Growth, touched};
pub use history::{Act, History, JournalEntry};
pub use id::{Id, IdSource, Moment, Now};
pub use lists::{BranchChecks, Category, Lists, Profession, Professions, SlotKind};
pub use meeting::{Branch, FACILITATORS, Meeting, Progress, SEATS, Side, Step, StepPlan, fiscal_year};
pub use node::{Kind, Link, Node};
pub use outcome::{Action, ActionStatus, Escalation, Evidence, Priority, Reflection, RegionalIssue, Until};
pub use participant::Participant;
pub(crate) use record::records;
pub use record::{Change, Edit, Key, NoChange, Record, Recorded, Table};
pub use said::Said;
pub use slot::{Aspect, Passage, Slot, SlotState};
pub use tree::Tree;
pub use versions::{RecordVersions, Stamped, StampedYears, Versions};

/// The fields of each record, described beside it.
pub(crate) use {
    case::case_fields,
    meeting::{meeting_fields, progress_fields},
    node::{link_fields, node_fields},
    outcome::{action_fields, escalation_fields, evidence_fields, reflection_fields, regional_issue_fields},
    participant::participant_fields,
    slot::{passage_fields, slot_fields},
};
