//! What was said in a step, over the whole screen, for the back row.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::theme::Meaning;
use crate::app::Model;
use crate::app::readback::{Of, enlarged};
use crate::command::Command;
use crate::layout::measure::width;

/// Draws a page under the clocks.
pub fn draw(pen: &mut Pen, model: &Model, page: usize, size: (u16, u16)) {
    let Some(desk) = model.desk.as_ref() else { return };
    let (w, h) = size;
    pen.fill(Rect { x: 0, y: 1, width: w, height: h - 1 }, Meaning::Text);
    let step = desk.doc.dossier.meeting.steps.get(desk.doc.dossier.progress.step);
    let title = step.map(|s| s.title.as_str()).unwrap_or_default();
    let opening = desk.doc.step() == crate::domain::Step::Opening;
    let question =
        enlarged(if opening { "はじめに読みあげます" } else { "この理解でよいですか" });
    let x = (w.saturating_sub(width(&question) as u16)) / 2;
    pen.say(2, 1, w - 4, title, Meaning::Quiet);
    pen.say(x, 2, w - x, &question, Meaning::CurrentStep);
    pen.rule(0, 3, w);
    let pages = model.read_back_pages();
    let page = page.min(pages.len() - 1);
    let mut y = 5;
    if pages[page].is_empty() {
        pen.brief(4, y, w - 8, "この段階では、まだ何も書かれていません。", Meaning::Strong);
    }
    for line in &pages[page] {
        let meaning = match line.of {
            Of::Heading(Some(branch)) => Meaning::Branch(branch),
            Of::Heading(None) => Meaning::Title,
            // Kanji made bold by the terminal fill up and cannot be read from afar: only headings are.
            Of::Point(kind) => Meaning::Kind(kind),
        };
        pen.say(4, y, w - 4, &line.words, meaning);
        y += 2;
    }
    pen.rule(0, h - 2, w);
    let next = model.cx.keymap.said(Command::NextStep);
    let mut foot = format!("{next} 次の段階へ　Esc もどる　書くと、もどって足せます");
    if pages.len() > 1 {
        let (at, all) = (page + 1, pages.len());
        let turn = if at < all { "PgDn 続き" } else { "PgUp 前へ" };
        let place = format!("{at} / {all}　{turn}　");
        foot.insert_str(0, &place);
    }
    pen.brief(2, h - 1, w - 4, &foot, Meaning::Quiet);
}
