//! `Model`, `Msg` and `update`: what a key means, without doing anything outside.
