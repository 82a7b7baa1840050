//! Keys in, state out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it should be"
)]

mod support;

use support::driver::{Driver, outline};

/// A map, what is pressed, and what stands then.
fn check(start: &str, keys: &str, end: &str) {
    let mut driver = Driver::with_map(&outline(start));
    driver.keys(keys);
    assert_eq!(driver.state(), outline(end), "{keys}\n{}", driver.notice());
}

#[test]
fn 書いてエンターで横にタブで下に足す() {
    check(
        "生活 ◀",
        "「買物」 enter 「移動販売」 enter 「週に1回」 tab",
        "
        生活
          買物
          移動販売
            週に1回 ◀
        ",
    );
}
