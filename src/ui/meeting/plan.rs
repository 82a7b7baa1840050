//! Draws the plan of a meeting as a table that looks like the sheet on the wall.

use crate::domain::Participant;
use crate::domain::fields::ActionField;
use crate::layout::wrap::wrap;
use crate::ui::look::prelude::*;
use crate::ui::sheet::cell::PLAN;
use crate::ui::table::{Grid, shared};
use crate::ui::{Cell, MeetingScreen, Sheets};

pub struct Plan<'a>(pub View<'a>, pub &'a MeetingScreen);

impl StatefulWidget for Plan<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(View { cx, look }, meeting) = self;
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        let [table, foot] = Layout::vertical([Fill(1), Length(1)]).areas(area);
        let fixed = if area.width >= 110 { [20, 0, 18, 14, 0, 6] } else { [12, 0, 12, 12, 0, 6] };
        let widths = shared(fixed, area.width.saturating_sub(PLAN.len() as u16));
        let room = table.height - 1;
        let actions = meeting.doc.dossier.plan();
        let ids: Vec<_> = actions.iter().map(|a| Some(a.id)).chain([None]).collect();
        let text = |id| PLAN.map(|name| meeting.standing(cx, Cell::Plan(id, name)));
        let texts: Vec<_> = ids.iter().map(|id| text(*id)).collect();
        let at = (meeting.sheet.row, meeting.sheet.column);
        let heights = heights(&texts, &widths, at.0, room);
        let grid =
            Grid { look, sheets: meeting, at, in_row: Meaning::Strong, widths: &widths, heads: 0, gap: 0 };
        let cells = |row: usize, height| {
            let cells = texts[row].iter().zip(PLAN).enumerate().map(|(i, (text, name))| {
                // Who and until when matter: their absence is said.
                let empty = match (ids[row], name) {
                    (None, ActionField::What) => "＋ 次の行動",
                    (Some(_), ActionField::Who | ActionField::Until) => "未定",
                    _ => "",
                };
                grid.cell((Cell::Plan(ids[row], name), (row, i)), text, empty, height)
            });
            cells.collect()
        };
        let heads = PLAN.into_iter().map(ActionField::label);
        grid.draw(table, heads, &heights, cells, (buf, seats));
        look.say(footer(meeting), Meaning::Quiet).render(foot, buf);
    }
}

/// The heights of the rows: the selected one is open, and the others show as much as there is room for, two lines at the least.
fn heights(rows: &[[String; PLAN.len()]], widths: &[u16], selected: usize, room: u16) -> Vec<u16> {
    let lines = |texts: &[String; PLAN.len()]| {
        texts.iter().zip(widths).map(|(t, w)| wrap(t, usize::from(*w)).len()).max().unwrap_or(1) as u16
    };
    let whole: Vec<u16> = rows.iter().map(|texts| lines(texts).clamp(1, room)).collect();
    let capped = |most: u16| -> Vec<u16> {
        whole.iter().enumerate().map(|(i, h)| if i == selected { *h } else { (*h).min(most) }).collect()
    };
    (3..=8).rev().map(capped).find(|heights| heights.iter().sum::<u16>() <= room).unwrap_or_else(|| capped(2))
}

/// How many rows, and who has nothing to do yet.
fn footer(meeting: &MeetingScreen) -> String {
    let busy = |id| meeting.doc.dossier.actions.values().any(|a| a.who.contains(&id));
    let people = meeting.doc.dossier.people();
    let idle: Vec<&str> = people.into_iter().filter(|p| !busy(p.id)).map(Participant::label).collect();
    let open = meeting.doc.dossier.actions.values().filter(|a| a.who.is_empty()).count();
    let mut words = format!("{}件", meeting.doc.dossier.actions.len());
    if open > 0 {
        words.push_str(&format!("　だれがするか未定 {open}件"));
    }
    if !idle.is_empty() && !meeting.doc.dossier.actions.is_empty() {
        words.push_str(&format!("　まだ何もない人：{}", idle.join("・")));
    }
    words
}
