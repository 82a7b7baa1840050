//! One target of the fuzzer; its name is that of the program this is built as.
#![no_main]

mod targets;

libfuzzer_sys::fuzz_target!(|input: &[u8]| targets::run(env!("CARGO_BIN_NAME"), input));
