# What is checked before anything is merged. `.ci/run` does the same in the same words, without `just`.

# All checks, in the order in which they fail fastest.
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps
    cargo test --test it docs::
    cargo test

# Every property test with new seeds: a thousand times the cases of `check`, or two hours each. It goes on where it was stopped.
long *ARGS:
    nice python3 tests/long.py {{ARGS}}

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
