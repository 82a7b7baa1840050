//! How long laying out takes: a map as large as a real meeting's, a large one, and one far too large.

use std::collections::BTreeSet;

use divan::Bencher;
use jirei::domain::Tree;
use jirei::layout::deal::deal;
use jirei::layout::labels::{Issues, MapLabels};
use jirei::layout::map::{Input, Spacing, lay_out};
use jirei::layout::shape::What;
use jirei::layout::signs::Signs;
use jirei::layout::words::Words;
use jirei::ui::draw::Look;
use jirei::ui::meeting::map::draw::{Linked, Map, Planned, Sight};
use jirei::ui::theme::Theme;
use jirei::ui::wide::WideGuard;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

mod support;

use support::{WORDS, dossier};

fn main() {
    divan::main();
}

#[divan::bench(args = [140, 2000, 5000])]
fn whole_map(bencher: Bencher, entries: usize) {
    let dossier = dossier(entries);
    let (tree, folded, folded_branches) = (Tree::new(&dossier), BTreeSet::new(), BTreeSet::new());
    let centre = ["80代後半・女性".to_owned(), "独居".to_owned()];
    let sides = deal(&dossier, &tree, &[]);
    let input = Input {
        dossier: &dossier,
        tree: &tree,
        sides: &sides,
        centre: &centre,
        folded: &folded,
        folded_branches: &folded_branches,
        only_branch: None,
        wrap: 24,
        spacing: Spacing::Normal,
        labels: &MapLabels { signs: Signs::unicode(), issues: Issues::Labelled, part: false },
        ghost: None,
    };
    let mut words = Words::default();
    bencher.bench_local(|| lay_out(&input, &mut words));
}

#[divan::bench(args = [140, 2000, 5000])]
fn tree(bencher: Bencher, entries: usize) {
    let dossier = dossier(entries);
    bencher.bench(|| Tree::new(&dossier));
}

/// A frame of the map at 120×40, from the layout to the buffer that the terminal's difference is taken from.
#[divan::bench(args = [140, 2000, 5000])]
fn draw_map(bencher: Bencher, entries: usize) {
    let dossier = dossier(entries);
    let (tree, none, folded_branches) = (Tree::new(&dossier), BTreeSet::new(), BTreeSet::new());
    let centre = ["80代後半・女性".to_owned(), "独居".to_owned()];
    let sides = deal(&dossier, &tree, &[]);
    let labels = MapLabels { signs: Signs::unicode(), issues: Issues::Labelled, part: false };
    let input = Input {
        dossier: &dossier,
        tree: &tree,
        sides: &sides,
        centre: &centre,
        folded: &none,
        folded_branches: &folded_branches,
        only_branch: None,
        wrap: 24,
        spacing: Spacing::Normal,
        labels: &labels,
        ghost: None,
    };
    let layout = lay_out(&input, &mut Words::default());
    let sight = Sight {
        look: &Look { theme: Theme::default(), signs: Signs::unicode() },
        dossier: &dossier,
        scroll: (-60, 20),
        selected: Some(What::Branch(1)),
        hits: &none,
        marked: None,
        linked: &Linked::new(),
        planned: &Planned::new(),
        ghost: None,
        only: None,
    };
    let area = Rect::new(0, 0, 120, 40);
    let (mut buffer, mut guard, mut out) = (Buffer::empty(area), WideGuard::default(), String::new());
    bencher.bench_local(|| {
        buffer.reset();
        Map { layout: &layout, sight }.render(area, &mut buffer);
        out.clear();
        guard.update(&buffer, |_, _, cell| std::fmt::Write::write_str(&mut out, cell.symbol()))
    });
}

#[divan::bench]
fn long_words() -> usize {
    jirei::layout::wrap::wrap_evenly(divan::black_box(WORDS[3]), 24).len()
}
