//! Where everything stands on the screen. Scrolling needs to know it as much as drawing does.

use crate::command::Place;

/// A rectangle of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pane {
    pub x: u16,
    pub y: u16,
    pub w: u16,
    pub h: u16,
}

/// The regions of a screen. A region without room has no height or width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    /// Meeting and clocks.
    pub title: Pane,
    /// The step rail.
    pub rail: Pane,
    /// What the step is about: the map, a table, a list.
    pub body: Pane,
    /// What stands beside or under it.
    pub side: Pane,
    /// The whisper: one question, or a notice.
    pub prompt: Pane,
    /// What the entry line understood, and whether all is kept.
    pub labels: Pane,
    /// Where is typed. Never the last row: the window of an input method needs the room below.
    pub entry: Pane,
    /// The keys that matter here.
    pub bar: Pane,
}

/// The smallest screen everything fits on.
pub const LEAST: (u16, u16) = (80, 24);

/// From this width on there is a column beside the body.
const WIDE: u16 = 104;

/// Divides a screen. `whole`: the map alone, with the clocks.
pub fn panes(size: (u16, u16), place: Place, whole: bool) -> Panes {
    let (w, h) = size;
    let row = |y: u16| Pane { x: 0, y, w, h: 1 };
    let mut panes = Panes { title: row(0), ..Panes::default() };
    let mut top = 2;
    if !matches!(place, Place::Home) && !whole {
        panes.rail = row(1);
        top = 3;
    }
    let has_entry = !matches!(place, Place::Home | Place::Review);
    // From the bottom: bar, a free row, entry, labels, prompt, rule.
    panes.bar = row(h.saturating_sub(1));
    let bottom = if has_entry {
        panes.entry = row(h.saturating_sub(3));
        panes.labels = row(h.saturating_sub(4));
        panes.prompt = row(h.saturating_sub(5));
        h.saturating_sub(6)
    } else {
        panes.prompt = row(h.saturating_sub(2));
        h.saturating_sub(3)
    };
    let height = bottom.saturating_sub(top);
    let side = if whole { 0 } else { side_width(w, place) };
    panes.body = Pane { x: 0, y: top, w: w - side, h: height };
    if side > 0 {
        // One column for the rule between them.
        panes.body.w -= 1;
        panes.side = Pane { x: w - side, y: top, w: side, h: height };
    }
    panes
}

fn side_width(width: u16, place: Place) -> u16 {
    let share = match place {
        Place::Map if width >= WIDE => width / 3,
        Place::Plan if width >= 150 => width / 4,
        Place::Register | Place::Issue if width >= WIDE => return width * 9 / 20,
        Place::Year if width >= 130 => width / 3,
        Place::Home | Place::Opening | Place::Regional | Place::Closing => width * 2 / 5,
        _ => 0,
    };
    share.min(60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_entry_line_is_never_on_the_last_row_and_nothing_overlaps() {
        for size in [(80, 24), (120, 40), (160, 45), (200, 60)] {
            for place in [
                Place::Info,
                Place::People,
                Place::Opening,
                Place::Map,
                Place::Plan,
                Place::Regional,
                Place::Closing,
                Place::Register,
                Place::Issue,
                Place::Year,
                Place::Decide,
                Place::Forms,
            ] {
                let p = panes(size, place, false);
                assert!(p.entry.y + 2 < size.1);
                assert!(p.body.y + p.body.h < p.prompt.y, "{place:?} {p:?}");
                assert!(p.side.w == 0 || p.body.w < p.side.x, "{place:?} {p:?}");
                assert!(p.body.h >= 10);
            }
        }
    }
}
