//! What looks like personal information.
