//! The only loop: terminal guard, keys, clock, clipboard, doing effects.

pub mod config;
