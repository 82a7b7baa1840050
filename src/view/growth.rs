//! Under the map of the past: which step it is, when it was, and how to move on.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::theme::Meaning;
use crate::app::Model;
use crate::app::panes::Panes;
use crate::domain::Growth;

/// Draws the rows under the map. True if it is the map of the past.
pub fn draw(pen: &mut Pen, model: &Model, panes: &Panes) -> bool {
    let Some(replay) = model.desk.as_ref().and_then(|d| d.replay.as_ref()) else { return false };
    let growth = &replay.growth;
    let (at, all) = (growth.at(), growth.len());
    let x =
        pen.say(1, panes.prompt.y, panes.prompt.width, &format!("{at} / {all} 手目"), Meaning::CurrentStep);
    let what = match growth.last() {
        Some(edit) => format!("{}　{}", edit.at.format("%H:%M"), edit.label),
        None => "はじまり".to_owned(),
    };
    pen.brief(x + 2, panes.prompt.y, panes.prompt.width.saturating_sub(x + 3), &what, Meaning::Strong);
    let now = if at == all { "今の地図です" } else { "前の地図です" };
    let words = format!("{now}（見るだけ。書きはじめると今の地図にもどります）");
    pen.brief(1, panes.labels.y, panes.labels.width - 2, &words, Meaning::Quiet);
    bar(pen, growth, Rect { x: 1, width: panes.entry.width - 2, ..panes.entry });
    let keys =
        [("← →", "1手ずつ"), ("PgUp PgDn", "10手"), ("Home", "はじめ"), ("End", "今"), ("Esc", "もどる")];
    super::frame::key_bar(pen, panes.bar, keys);
    true
}

/// How far along it is.
fn bar(pen: &mut Pen, growth: &Growth, pane: Rect) {
    let sign = pen.look.signs.bar;
    let cells = usize::from(pane.width) * growth.at() / growth.len().max(1);
    pen.rule(pane.x, pane.y, pane.width);
    pen.say(pane.x, pane.y, pane.width, &sign.repeat(cells), Meaning::Bar);
}
