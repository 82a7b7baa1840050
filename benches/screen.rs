//! From a key to a finished frame, without the terminal: update, draw, and the repair of wide characters.

use divan::Bencher;
use jirei::app::{Model, Msg, update};
use jirei::command::{Code, Key, Keymap};
use jirei::domain::{Dossier, Kind, Moment, Node, Stamp};
use jirei::export::sample;
use jirei::format;
use jirei::layout::signs::Signs;
use jirei::privacy::Watch;
use jirei::store::Answer;
use jirei::view::theme::Theme;
use jirei::view::wide::WideGuard;
use jirei::view::{Look, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

fn main() {
    divan::main();
}

fn stamp() -> Stamp {
    let at = Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap_or_default();
    Stamp { at, seed: 1 }
}

/// The sample, with its map said again and again until it has so many entries.
fn dossier(entries: usize) -> Option<Dossier> {
    let mut dossier = sample::case_a().ok()?;
    let originals: Vec<Node> = dossier.nodes.values().cloned().collect();
    let mut mint = stamp().mint();
    for node in originals.iter().cycle() {
        if dossier.nodes.len() >= entries {
            break;
        }
        let id = mint.id();
        let copy = Node { id, rank: node.rank + 1, number: 0, kind: Kind::Fact, ..node.clone() };
        dossier.nodes.insert(id, copy);
    }
    // The second step shows the map.
    dossier.progress.step = 1;
    Some(dossier)
}

fn model(entries: usize) -> Option<Model> {
    let keymap = Keymap::new(&std::collections::BTreeMap::new()).ok()?;
    let lists = format::lists(None).ok()?;
    let mut model = Model::new(stamp(), lists, format::builtin(), keymap, Watch::new(&[]));
    let dossier = Box::new(dossier(entries)?);
    model.take_in(Answer::Opened { dossier, journal: Vec::new(), previous: Vec::new() });
    update(&mut model, Msg::Resize(120, 40), stamp());
    Some(model)
}

const ENTRIES: [usize; 3] = [140, 2000, 5000];

fn bench_key(bencher: Bencher, entries: usize, keys: [Key; 2]) {
    let Some(mut model) = model(entries) else { return };
    let look = Look { theme: Theme::default(), signs: Signs::unicode() };
    let (mut guard, mut out) = (WideGuard::default(), String::new());
    let mut frame = Buffer::empty(Rect::new(0, 0, 120, 40));
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        update(&mut model, Msg::Key(keys[turn % 2]), stamp());
        frame.reset();
        draw(&mut frame, &model, &look);
        out.clear();
        guard.update(&frame, |_, _, cell| std::fmt::Write::write_str(&mut out, cell.symbol()))
    });
}

#[divan::bench(args = ENTRIES)]
fn a_typed_character(bencher: Bencher, entries: usize) {
    bench_key(bencher, entries, [Key::plain(Code::Char('あ')), Key::plain(Code::Backspace)]);
}

#[divan::bench(args = ENTRIES)]
fn an_arrow(bencher: Bencher, entries: usize) {
    bench_key(bencher, entries, [Key::plain(Code::Down), Key::plain(Code::Up)]);
}

#[divan::bench(args = ENTRIES)]
fn a_twig_and_its_undo(bencher: Bencher, entries: usize) {
    let Some(mut model) = model(entries) else { return };
    let undo = Key { ctrl: true, ..Key::plain(Code::Char('z')) };
    bencher.bench_local(|| {
        for key in [Key::plain(Code::Char('あ')), Key::plain(Code::Enter), undo] {
            update(&mut model, Msg::Key(key), stamp());
        }
    });
}
