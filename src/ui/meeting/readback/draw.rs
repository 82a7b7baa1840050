//! Draws what was said in a step, over the whole screen, for the back row.

use crate::domain::Step;
use crate::ui::MeetingScreen;
use crate::ui::look::prelude::*;
use crate::ui::meeting::readback::Sheet;

/// A page, under the clocks.
pub fn read_back(
    View { cx, look }: View,
    meeting: &MeetingScreen,
    page: usize,
    area: Rect,
    buf: &mut Buffer,
) {
    let area = below(area, 1);
    Clear.render(area, buf);
    buf.set_style(area, look.style(Meaning::Text));
    let [title, question, over, _, body, under, foot] =
        Layout::vertical([Length(1), Length(1), Length(1), Length(1), Fill(1), Length(1), Length(1)])
            .areas(area);
    look.say(meeting.doc.step_title(), Meaning::Quiet).render(title.inner(Margin::new(2, 0)), buf);
    let words = match meeting.doc.step() {
        Step::Opening => "はじめに読みあげます",
        _ => "この理解でよいですか",
    };
    look.words(Line::from(look.span(words, Meaning::CurrentStep)).centered()).render(question, buf);
    for rule in [over, under] {
        look.border(Borders::TOP).render(rule, buf);
    }
    let pages = meeting.read_back_pages(cx);
    let page = page.min(pages.len() - 1);
    let body = body.inner(Margin::new(4, 0));
    if pages[page].is_empty() {
        look.say("この段階では、まだ何も書かれていません。", Meaning::Strong).render(body, buf);
    }
    let sheet = Sheet::of(cx.size);
    let columns = Layout::horizontal(vec![Fill(1); sheet.columns]).spacing(4).split(body);
    for (rows, column) in pages[page].chunks(sheet.rows).zip(columns.iter()) {
        for (line, row) in rows.iter().zip(column.rows()) {
            look.say(&*line.words, line.meaning).render(row, buf);
        }
    }
    let next = meeting.next_called();
    let mut keys = cx.keymap.fill(&format!("{{next-step}} {next}　Esc もどる　書くと、もどって足せます"));
    if pages.len() > 1 {
        let (at, all) = (page + 1, pages.len());
        let turn = if at < all { "PgDn 続き" } else { "PgUp 前へ" };
        keys.insert_str(0, &format!("{at} / {all}枚　{turn}　"));
    }
    look.say(keys, Meaning::Quiet).render(foot.inner(Margin::new(2, 0)), buf);
}
