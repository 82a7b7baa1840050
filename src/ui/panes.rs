//! Where everything stands on the screen. Scrolling needs to know it as much as drawing does.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};

use crate::command::Place;

/// The regions of a screen. A region without room has no height or width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Panes {
    /// Meeting and clocks.
    pub title: Rect,
    /// The step rail.
    pub rail: Rect,
    /// What the step is about: the map, a table, a list.
    pub body: Rect,
    /// What stands beside or under it.
    pub side: Rect,
    /// The whisper: one question, or a notice.
    pub prompt: Rect,
    /// What the entry line understood, and whether all is kept.
    pub labels: Rect,
    /// Where is typed. Never the last row: the window of an input method needs the room below.
    pub entry: Rect,
    /// The keys that matter here.
    pub bar: Rect,
}

/// The smallest screen everything fits on.
pub const LEAST: (u16, u16) = (80, 24);

/// From this width on there is a column beside the body.
const WIDE: u16 = 104;

/// The column beside a map that has no room for all its words.
const SLIM: u16 = 28;

impl Panes {
    /// With no more beside the body than is needed most.
    #[must_use]
    pub fn slim(mut self) -> Self {
        let given = self.side.width.saturating_sub(SLIM);
        self.body.width += given;
        (self.side.x, self.side.width) = (self.side.x + given, self.side.width - given);
        self
    }
}

/// Divides a screen. `whole`: the map alone, with the clocks.
pub fn panes(size: (u16, u16), place: Place, whole: bool) -> Panes {
    let has_rail = !matches!(place, Place::Home) && !whole;
    let has_entry = !matches!(place, Place::Home | Place::Review);
    // Over the body title, rail and a rule; under it a rule, prompt, labels, entry line, a free row and the bar.
    let (head, foot) = (2 + u16::from(has_rail), if has_entry { 6 } else { 3 });
    let [head, middle, foot] =
        Layout::vertical([Length(head), Fill(1), Length(foot)]).areas(Rect::new(0, 0, size.0, size.1));
    let row = |area: Rect, i: usize, there: bool| area.rows().nth(i).filter(|_| there).unwrap_or_default();
    let side = if whole { 0 } else { side_width(size.0, place) };
    // One column is for the rule between them.
    let columns = Layout::horizontal([Fill(1), Length(side)]).spacing(u16::from(side > 0));
    let [body, side] = columns.areas(middle);
    Panes {
        title: row(head, 0, true),
        rail: row(head, 1, has_rail),
        body,
        side,
        prompt: row(foot, 1, true),
        labels: row(foot, 2, has_entry),
        entry: row(foot, 3, has_entry),
        bar: foot.rows().next_back().unwrap_or_default(),
    }
}

fn side_width(width: u16, place: Place) -> u16 {
    let share = match place {
        Place::Map if width >= WIDE => width / 3,
        // Under that the columns of the plan would hold no words.
        Place::Plan if width >= 116 => width / 4,
        Place::Register | Place::Issue if width >= WIDE => return width * 9 / 20,
        // What is read aloud is short; where people come from is not.
        Place::Opening if width >= WIDE => return (width / 2).min(90),
        Place::Year if width >= 116 => width / 3,
        Place::Home | Place::Opening | Place::Regional | Place::Closing => width * 2 / 5,
        _ => 0,
    };
    share.min(60)
}
