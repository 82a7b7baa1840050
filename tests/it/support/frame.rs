//! A frame as a picture made of characters.

use jirei::command::Place;
use jirei::layout::signs::Signs;
use jirei::ui::draw::{Look, draw};
use jirei::ui::panes::panes;
use jirei::ui::theme::Theme;
use jirei::ui::wide;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;

use super::driver::Driver;

/// The sizes of the room.
pub const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (160, 45)];

/// A frame, cut where what is the same on many screens ends.
pub struct Frame {
    /// Title, clocks, the steps, and the rule under them.
    pub head: String,
    body: String,
    /// The keys.
    pub bar: String,
}

impl Frame {
    pub fn of(driver: &Driver, size: (u16, u16)) -> Self {
        let whole = driver.model.meeting().is_some_and(|desk| desk.map.whole);
        let place = driver.model.place();
        let top = panes(size, place, whole && place == Place::Map).body.y;
        let rows = rows(driver, size);
        let (bar, rows) = rows.split_last().expect("a screen has rows");
        let (head, body) = rows.split_at(top.into());
        Self { head: head.join("\n"), body: body.join("\n"), bar: bar.clone() }
    }

    pub fn whole(&self) -> String {
        [&*self.head, &self.body, &self.bar].join("\n")
    }

    /// What lies between head and bar; the signs at both ends keep its empty rows.
    pub fn between(&self) -> String {
        ["⋯", &self.body, "⋯"].join("\n")
    }
}

/// The whole frame.
pub fn picture(driver: &Driver, size: (u16, u16)) -> String {
    rows(driver, size).join("\n")
}

/// The rows of a frame, with a mark where the cursor stands.
fn rows(driver: &Driver, size: (u16, u16)) -> Vec<String> {
    let mut frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    let look = Look { theme: Theme::default(), signs: Signs::unicode() };
    let cursor = draw(&mut frame, &driver.model, &look);
    wide::settle(&mut frame);
    let mut rows = Vec::new();
    for y in 0..size.1 {
        let mut row = String::new();
        let mut x = 0;
        while x < size.0 {
            if cursor.is_some_and(|c| (c.x, c.y) == (x, y)) {
                row.push('▏');
            }
            let cell = &frame[(x, y)];
            row.push_str(cell.symbol());
            x += cell.cell_width().max(1);
        }
        rows.push(row.trim_end().to_owned());
    }
    rows
}
