//! What earlier runs could not save, as it was found, and what of it was put back.

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::unsaved::{Back, Rescued};

/// A rescue file that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub path: PathBuf,
    /// What it holds, or why that cannot be read.
    pub read: Result<Arc<Rescued>, String>,
}

/// What was put back.
#[derive(Debug, Clone, PartialEq)]
pub struct Restored {
    /// Where it was kept.
    pub path: PathBuf,
    pub backs: Vec<Back>,
    /// Why a part of it was not put back.
    pub problem: Option<String>,
    /// Where the file is now; none: it is gone.
    pub kept: Option<PathBuf>,
    /// What was half typed.
    pub bookmark: Option<String>,
}
