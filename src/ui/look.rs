//! What every part of the screen is drawn from and with: the program, colours and signs.

use crate::layout::signs::Signs;
use crate::ui::App;
use crate::ui::sheet::cell::Cell;
use crate::ui::theme::Theme;

/// What every part of the screen is drawn with.
pub(crate) mod prelude {
    pub use ratatui::buffer::Buffer;
    pub use ratatui::layout::Constraint::{Fill, Length};
    pub use ratatui::layout::{Layout, Margin, Position, Rect};
    pub use ratatui::style::Style;
    pub use ratatui::text::{Line, Span, Text};
    pub use ratatui::widgets::{Borders, Clear, StatefulWidget, Widget};

    pub use crate::ui::look::{Look, View};
    pub use crate::ui::regions::Seats;
    pub use crate::ui::theme::Meaning;
    pub use crate::ui::words::{Words, below, padded};
}

/// What does not come from the meeting: colours and signs.
#[derive(Debug, Clone)]
pub struct Look {
    pub theme: Theme,
    pub signs: &'static Signs,
}

/// What a part of the screen is drawn from.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub(crate) app: &'a App,
    pub(crate) look: &'a Look,
}

impl View<'_> {
    /// What stands in a cell; what is being written stands in its place already.
    pub(crate) fn text(&self, cell: Cell) -> String {
        self.app.sheets().map(|sheets| sheets.standing(&self.app.cx, cell)).unwrap_or_default()
    }

    pub(crate) fn is_edited(&self, cell: Cell) -> bool {
        self.app.editing().is_some_and(|(editing, _)| *editing == cell)
    }
}
