//! By what the register is narrowed.

/// By what the register is narrowed, and to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facet {
    Nothing,
    Year(i32),
    Scene(String),
    Category(String),
    Level(String),
    Area(String),
    Status(String),
    Responsible(String),
}
