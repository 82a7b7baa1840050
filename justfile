# What is checked before anything is merged. `.ci/run` does the same in the same words, without `just`.

# All checks, in the order in which they fail fastest.
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps
    cargo test --test it docs::
    cargo test

# What takes hours: property tests with new seeds, any keys, the fuzzer, kills, failing calls. It goes on where it was stopped.
long *ARGS:
    nice python3 tests/long.py {{ARGS}}

# Every parser with any input (it needs a nightly Rust and `cargo install cargo-fuzz`). It goes on where it was stopped.
fuzz *ARGS:
    nice python3 tests/fuzz/run.py {{ARGS}}

# Kills the program a thousand times, and lets each call to the system fail (`kills` or `faults`). It goes on where it was stopped.
harm *ARGS:
    nice python3 tests/harm/run.py {{ARGS}}

# Rewrites the picture of the screen and the list of keys, and takes new snapshots as they are.
bless:
    JIREI_BLESS=1 cargo test --test it docs::
    INSTA_UPDATE=always cargo test

# Known faults of what we depend on (cargo install cargo-deny; it fetches the list of them from GitHub).
deny:
    cargo deny check

# How fast it is; docs/performance.md says what was seen.
bench:
    cargo bench
