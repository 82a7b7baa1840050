//! What every part of the screen is drawn with: colours and signs, and what all screens look at.

use crate::layout::signs::Signs;
use crate::ui::Context;
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
    pub use crate::ui::seats::Seats;
    pub use crate::ui::theme::Meaning;
    pub use crate::ui::words::{Words, below, for_ratatui, padded};
}

/// What does not come from the meeting: colours and signs.
#[derive(Debug, Clone)]
pub struct Look {
    pub theme: Theme,
    pub signs: &'static Signs,
}

/// What a part of the screen is lent to be drawn with.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub(crate) cx: &'a Context,
    pub(crate) look: &'a Look,
}
