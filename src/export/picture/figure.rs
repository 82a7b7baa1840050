//! Figures of a review as pictures: lying bars, and a table of shades. The number always stands beside what is drawn.

use super::super::svg::{Frame, Svg, Words};
use super::{FONT, Picture};
use crate::layout::colours;
use crate::layout::measure::ellipsis;

/// How wide the pictures are, in their own units: as the text of a page of A4 is.
const WIDTH: f32 = 900.0;
/// From one bar to the next.
const PITCH: f32 = 26.0;
/// The names take no more than so many cells.
const NAMES: usize = 34;
/// Cells of the table of shades.
const CELL: (f32, f32) = (62.0, 30.0);

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What stands at its beginning.
    pub name: String,
    /// How long it is beside the others; none where it is hidden.
    pub value: Option<f64>,
    /// What stands at its end.
    pub shown: String,
}

/// Bars one below the other, the longest as wide as the room.
pub fn bars(rows: &[Bar]) -> Picture {
    let mut svg = Svg::new();
    let words = Words::new(FONT, colours::TEXT);
    let names: Vec<_> = rows.iter().map(|row| ellipsis(&row.name, NAMES, "…")).collect();
    let left = names.iter().map(|name| words.width(name)).fold(0.0, f32::max) + FONT;
    let right = rows.iter().map(|row| words.width(&row.shown)).fold(0.0, f32::max) + FONT;
    let most = rows.iter().filter_map(|row| row.value).fold(0.0, f64::max);
    let room = WIDTH - left - right;
    for (i, (row, name)) in rows.iter().zip(&names).enumerate() {
        let y = i as f32 * PITCH;
        svg.text_until(left - FONT * 0.6, y + PITCH * 0.68, words, name);
        let part = row.value.filter(|_| most > 0.0).map_or(0.0, |value| (value / most) as f32);
        let frame = Frame { x: left, y: y + PITCH * 0.16, w: (room * part).max(1.0), h: PITCH * 0.68 };
        svg.rect(frame, 0.0, Some(colours::SKY), None);
        svg.text(frame.right() + FONT * 0.4, y + PITCH * 0.68, words, &row.shown);
    }
    Picture { shapes: svg, w: WIDTH, h: rows.len() as f32 * PITCH }
}

/// A row of the table of shades: its name, and each cell with what it says.
pub type Shades = (String, Vec<(Option<f64>, String)>);

/// Rows of cells that are the darker the higher they are; `columns` stand above.
pub fn heat(columns: &[String], rows: &[Shades]) -> Picture {
    let mut svg = Svg::new();
    let words = Words::new(FONT, colours::TEXT);
    let names: Vec<_> = rows.iter().map(|(name, _)| ellipsis(name, NAMES, "…")).collect();
    let left = names.iter().map(|name| words.width(name)).fold(0.0, f32::max) + FONT;
    let most = rows.iter().flat_map(|(_, cells)| cells).filter_map(|(value, _)| *value).fold(0.0, f64::max);
    let middle = |i: usize| left + (i as f32 + 0.5) * CELL.0;
    for (i, column) in columns.iter().enumerate() {
        svg.text_around(middle(i), FONT, words.bold(), &ellipsis(column, 8, "…"));
    }
    for (at, ((_, cells), name)) in rows.iter().zip(&names).enumerate() {
        let y = FONT * 1.5 + at as f32 * CELL.1;
        svg.text_until(left - FONT * 0.6, y + CELL.1 * 0.66, words, name);
        for (i, (value, shown)) in cells.iter().enumerate() {
            let part = value.filter(|_| most > 0.0).map_or(0.0, |value| value / most);
            let frame = Frame { x: left + i as f32 * CELL.0, y, w: CELL.0, h: CELL.1 };
            svg.rect(frame, 0.0, Some(shade(part)), Some((colours::RULE, 0.6)));
            svg.text_around(middle(i), y + CELL.1 * 0.66, words, shown);
        }
    }
    let w = left + columns.len() as f32 * CELL.0 + 1.0;
    Picture { shapes: svg, w, h: FONT * 1.5 + rows.len() as f32 * CELL.1 + 1.0 }
}

/// From white to the colour of the centre, which dark words stand well on.
fn shade(part: f64) -> u32 {
    let channel = |shift: u32| {
        let full = f64::from((colours::CENTRE >> shift) & 0xff);
        (255.0 - (255.0 - full) * part.clamp(0.0, 1.0)).round() as u32
    };
    [16, 8, 0].into_iter().map(|shift| channel(shift) << shift).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::svg::Place;

    fn bar(name: &str, value: Option<f64>, shown: &str) -> Bar {
        Bar { name: name.into(), value, shown: shown.into() }
    }

    #[test]
    fn いちばん多いものがいちばん長く数はいつも横にある() {
        let rows =
            [bar("薬剤師", Some(4.0), "4人"), bar("医師", Some(2.0), "2人"), bar("住民", None, "3未満")];
        let picture = bars(&rows);
        let svg = picture.shapes.picture(picture.w, picture.h, "", Place::File);
        let widths: Vec<f32> = svg
            .match_indices("<rect")
            .filter_map(|(at, _)| svg[at..].split("width=\"").nth(1)?.split('"').next()?.parse().ok())
            .collect();
        let bars = &widths[widths.len() - 3..];
        assert!((bars[0] - 2.0 * bars[1]).abs() < 0.2 && bars[2] <= 1.0, "{widths:?}");
        assert!(rows.iter().all(|row| svg.contains(&format!(">{}<", row.shown))));
    }

    #[test]
    fn 多い升ほど濃く数がなくても描ける() {
        assert_eq!((shade(0.0), shade(1.0)), (0xff_ffff, colours::CENTRE));
        assert!(shade(0.2) > shade(0.8));
        let none = heat(&["ア".into()], &[("看取り".into(), vec![(None, "―".into())])]);
        assert!(none.shapes.picture(none.w, none.h, "", Place::File).contains("―") && none.h > 0.0);
        assert_eq!(bars(&[]).h, 0.0);
    }
}
