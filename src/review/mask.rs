//! Small groups in what leaves the house: a group of one or two is hidden, and so is what one could compute it from.

/// A group of fewer people is hidden, unless somebody says otherwise.
pub const USUAL: u64 = 3;
