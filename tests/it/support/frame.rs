//! A frame as a picture made of characters.

use jirei::layout::signs::Signs;
use jirei::view::theme::Theme;
use jirei::view::{Look, draw, wide};
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;

use super::driver::Driver;

/// The sizes of the room.
pub const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (160, 45)];

/// The rows of a frame, with a mark where the cursor stands.
pub fn picture(driver: &Driver, size: (u16, u16)) -> String {
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
    rows.join("\n")
}
