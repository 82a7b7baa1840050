//! Where everything stands on the screen.

use jirei::command::Place;
use jirei::ui::panes::panes;

#[test]
fn the_entry_line_is_never_on_the_last_row_and_nothing_overlaps() {
    for size in [(80, 24), (120, 40), (160, 45), (200, 60)] {
        let with_entry = |place: &Place| !matches!(place, Place::Home | Place::Review);
        for place in Place::ALL.into_iter().filter(with_entry) {
            let p = panes(size, place, false);
            assert!(p.entry.y + 2 < size.1);
            assert!(p.body.bottom() < p.prompt.y, "{place:?} {p:?}");
            assert!(p.side.is_empty() || p.body.right() < p.side.x, "{place:?} {p:?}");
            assert!(p.body.height >= 10);
        }
    }
}
