//! Session formats and lists: the built-in data and that of the user.
