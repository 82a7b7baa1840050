//! Any hands for as long as one likes: `just long` runs this for hours, with all that is checked in the program, and adds up the
//! keys over all runs. `JIREI_SEED=7 JIREI_SECONDS=0` plays one round again.

use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::edits::case_a_running;
use crate::support;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use support::driver::Driver;
use support::hands::{Doing, check, doing, draw_now};

/// Nothing that one pair of hands does takes so long, however busy the machine is.
const HANG: Duration = Duration::from_secs(120);
/// For making what failed shorter.
const PATIENCE: Duration = Duration::from_secs(300);
/// After so many doings a frame is drawn.
const FRAME: usize = 2;

/// When the last thing was begun to be done, in milliseconds since the start; 0: nobody waits.
static BEGUN: AtomicU64 = AtomicU64::new(0);

/// Some meetings to begin in: nothing, a few twigs, a whole one.
fn start(seed: u64) -> fn() -> Driver {
    match seed % 8 {
        0..5 => Driver::empty,
        5..7 => || {
            Driver::with_map(
                "生活\n  !残薬が多い ◀\n    >一包化を頼む\n  ?だれが薬を出す\n家族\n  *家で暮らしたい\n    +孫が来る",
            )
        },
        _ => case_a_running,
    }
}

/// What is done in the round of a seed.
fn doings(seed: u64) -> Vec<Doing> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut runner =
        TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let any = doing();
    let count = if seed % 8 == 7 { 60 } else { 40 + seed % 300 };
    (0..count).map(|_| any.new_tree(&mut runner).expect("anything can be done").current()).collect()
}

/// Plays a round; the frames that were drawn, and the driver at its end.
fn play(seed: u64, doings: &[Doing], begun: Instant) -> (usize, Driver) {
    let (mut done, mut frames) = (0, 0);
    let driver = check(start(seed), doings, |driver| {
        BEGUN.store(begun.elapsed().as_millis() as u64 + 1, Ordering::Relaxed);
        if done % FRAME == 0 {
            draw_now(driver);
            frames += 1;
        }
        done += 1;
    });
    (frames, driver)
}

/// The shortest of it that still fails: parts are left out as long as it does.
fn shortest(seed: u64, mut failing: Vec<Doing>) -> Vec<Doing> {
    let begun = Instant::now();
    let mut size = failing.len().div_ceil(2);
    while size > 0 && begun.elapsed() < PATIENCE {
        let (mut at, before) = (0, failing.len());
        while at < failing.len() && begun.elapsed() < PATIENCE {
            let mut fewer = failing.clone();
            fewer.drain(at..(at + size).min(failing.len()));
            match catch_unwind(AssertUnwindSafe(|| drop(play(seed, &fewer, begun)))) {
                Ok(()) => at += size,
                Err(_) => failing = fewer,
            }
        }
        size = if failing.len() < before && size == 1 { 1 } else { size / 2 };
    }
    failing
}

/// Ends everything when nothing goes on.
fn watch(begun: Instant) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let at = BEGUN.load(Ordering::Relaxed);
            if at > 0 && begun.elapsed() > Duration::from_millis(at) + HANG {
                let seed = SEED.load(Ordering::Relaxed);
                let _ = writeln!(std::io::stderr(), "hangs: JIREI_SEED={seed} hangs");
                std::process::exit(3);
            }
        }
    });
}

/// The seed that is played.
static SEED: AtomicU64 = AtomicU64::new(0);

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Adds a line to the notes: seeds, rounds, keys, frames, seconds.
fn note(line: &str) {
    if let Ok(path) = std::env::var("JIREI_NOTES") {
        let mut notes = std::fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
        notes.write_all(line.as_bytes()).unwrap();
    }
}

#[test]
#[ignore = "goes on for as long as it is told: just long"]
fn どんなキーをいつまで押しても止まらず何もなくならない() {
    let seconds = Duration::from_secs(number("JIREI_SECONDS").unwrap_or(20));
    let first = number("JIREI_SEED").unwrap_or_else(|| {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        since.as_millis() as u64 % 1_000_000_000 * 1_000_000
    });
    let begun = Instant::now();
    watch(begun);
    let (mut seed, mut all) = (first, 0);
    loop {
        let (part, from, mut keys, mut frames) = (Instant::now(), seed, 0, 0);
        while seed == from || part.elapsed() < Duration::from_secs(10).min(seconds) {
            SEED.store(seed, Ordering::Relaxed);
            let doings = doings(seed);
            match catch_unwind(AssertUnwindSafe(|| play(seed, &doings, begun))) {
                Ok((drawn, driver)) => (keys, frames) = (keys + driver.keys, frames + drawn),
                Err(_) => {
                    BEGUN.store(0, Ordering::Relaxed);
                    std::panic::set_hook(Box::new(|_| ()));
                    let least = shortest(seed, doings);
                    let _ = std::panic::take_hook();
                    panic!("JIREI_SEED={seed} JIREI_SECONDS=0 fails, and so does of it: {least:#?}");
                }
            }
            seed += 1;
        }
        all += keys as u64;
        let mut line = String::new();
        writeln!(line, "{from}\t{}\t{keys}\t{frames}\t{:.1}", seed - from, part.elapsed().as_secs_f64())
            .unwrap();
        note(&line);
        if begun.elapsed() >= seconds || number("JIREI_KEYS").is_some_and(|wanted| all >= wanted) {
            break;
        }
    }
    println!("{all} keys in {} s", begun.elapsed().as_secs());
}
