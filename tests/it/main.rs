//! Everything that is tested from outside, in one program: what the tests share is compiled once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it should be"
)]

mod actions;
mod aside_names;
mod between;
mod blank;
mod chart_seen;
mod circles;
mod cli;
mod colourless;
mod colours;
mod contrast;
mod docs;
mod edits;
mod enter_named;
mod entry_line;
mod export;
mod fidelity;
mod frames;
mod frames_region;
mod guide;
mod house;
mod input;
mod key_count;
mod key_names;
mod keys;
mod keys_aim;
mod keys_alike;
mod keys_away;
mod keys_bookmark;
mod keys_chart;
mod keys_days;
mod keys_follow;
mod keys_growth;
mod keys_guide;
mod keys_hands;
mod keys_hidden;
mod keys_hurry;
mod keys_kept;
mod keys_mouse;
mod keys_named;
mod keys_region;
mod keys_remove;
mod keys_said;
mod keys_sheets;
mod keys_sources;
mod keys_whole;
mod keys_words;
mod licences;
mod lists_seen;
mod map_drawn;
mod meeting;
mod merge;
mod merge_years;
mod notice;
mod office;
mod overlays;
mod palette;
mod panes;
mod paper;
mod participants;
mod personal;
mod pictures;
mod poster;
mod poster_terminal;
mod poster_xterm;
mod register;
mod review;
mod room_used;
mod seen_whole;
mod similar;
mod support;
mod terminal;
mod terminal_stops;
mod theme;
mod tmux;
mod told;
mod upstream;
mod wide;
mod wide_signs;
mod words;
mod year;
