//! Draws the help.

use crate::ui::App;
use crate::ui::help::Help;
use crate::ui::look::prelude::*;
use crate::ui::table::outside;
use crate::ui::words::typed;

/// The help in its window; gives the cell of the cursor where one types.
pub fn help(app: &App, look: &Look, help: &Help, buf: &mut Buffer) -> Option<Position> {
    let seen = help.seen_on(app, (buf.area.width, buf.area.height));
    look.footed_window(seen.frame, &seen.title, seen.foot, buf);
    let rows = usize::from(seen.list.height);
    let foot = below(seen.frame, seen.frame.height - 1).inner(Margin::new(2, 0));
    outside(look, seen.first, seen.rows.len().saturating_sub(seen.first + rows), foot, buf);
    for (row, line) in seen.rows.iter().skip(seen.first).zip(seen.list.rows()) {
        for (x, text, meaning) in &row.pieces {
            let x = (*x).min(line.width);
            look.say(text, *meaning).render(Rect { x: line.x + x, width: line.width - x, ..line }, buf);
        }
    }
    if help.read.is_some() {
        return None;
    }
    if let Some(offer) = seen.offers.get(help.row)
        && let Some(line) = offer.row.checked_sub(seen.first).and_then(|row| seen.list.rows().nth(row))
    {
        let place = Rect { x: line.x + offer.x, width: offer.width, ..line };
        buf.set_style(place, look.style(Meaning::Selected));
    }
    buf.set_style(seen.line, look.style(Meaning::Text));
    let line = seen.line.inner(Margin::new(1, 0));
    let cursor = typed(look, help.line.text(), help.line.cursor(), look.style(Meaning::Strong), line, buf);
    if help.line.is_empty() {
        let hint = "知りたいことを打ってください（例：印刷、休憩、消す）";
        look.row(["  ".into(), look.span(hint, Meaning::Quiet)]).render(line, buf);
    }
    Some(cursor)
}
