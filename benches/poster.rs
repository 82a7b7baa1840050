//! How long it takes until the poster on the wall can be sent, from the records to the bytes: `cargo bench --bench poster`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a bench stops where something is not as it should be"
)]

use divan::{Bencher, black_box};
use jirei::export::poster::dots;
use jirei::layout::shape::What;
use jirei::runtime::poster::answers::Protocol;
use jirei::runtime::poster::encode::encode;
use ratatui::layout::Rect;

#[path = "support/forest.rs"]
mod forest;

use forest::forest;

fn main() {
    divan::main();
}

/// The screen of a projector.
const SCREEN: (u32, u32) = (1920, 1080);
const AREA: Rect = Rect { x: 0, y: 0, width: 192, height: 54 };

const PROTOCOLS: [Protocol; 3] = [Protocol::Sixel { registers: 256 }, Protocol::Kitty, Protocol::Iterm];

/// sixel, kitty, iTerm2.
#[divan::bench(args = [40, 140, 500], consts = [0, 1, 2])]
fn from_records_to_bytes<const PROTOCOL: usize>(bencher: Bencher, entries: usize) {
    let dossier = forest(entries);
    bencher.bench(|| {
        let dots = dots(black_box(&dossier), What::Branch(0), SCREEN).unwrap();
        encode(PROTOCOLS[PROTOCOL], &dots, AREA).unwrap()
    });
}

/// The same without the encoding.
#[divan::bench(args = [40, 140, 500])]
fn dots_alone(bencher: Bencher, entries: usize) {
    let dossier = forest(entries);
    bencher.bench(|| dots(black_box(&dossier), What::Branch(0), SCREEN).unwrap());
}
