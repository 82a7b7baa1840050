//! Draws the working mode of the yearly review: one issue in large, and the two forms.

use ratatui::widgets::{self, Row, Table};

use crate::domain::escalation::way_of;
use crate::domain::register::Entry;
use crate::layout::measure::width;
use crate::layout::wrap::wrap;
use crate::ui::context::Context;
use crate::ui::form::Form;
use crate::ui::look::prelude::*;
use crate::ui::region::register::draw::{occasion, raised, way};
use crate::ui::region::{DECISIONS, FORMS, RegionScreen, aspects};
use crate::ui::regions;
use crate::ui::regions::Regions;
use crate::ui::sheet::Sheets;
use crate::ui::sheet::cell::Cell;
use crate::ui::table::{Written, placed, seen};

/// Whether there is room around the sentence, the rows it has at the most, and what its rows begin with.
const ROOMY: u16 = 22;
const STATEMENT: usize = 4;
const INDENT: &str = "  ";

/// The rows over and under the sentence.
fn gap(area: Rect) -> u16 {
    1 + u16::from(area.height >= ROOMY)
}

/// What is decided about an issue, and where it stands under its sentence.
fn form(region: &RegionScreen, cx: &Context, entry: &Entry, area: Rect) -> (Form, Rect) {
    let cells = DECISIONS.iter().map(|field| Cell::Register(entry.issue.id, *field));
    let room = usize::from(area.width).saturating_sub(2 + INDENT.len()).max(2);
    let statement = wrap(&entry.issue.statement, room).len().min(STATEMENT) as u16;
    (Form::of(region, cx, cells, region.sheet.row), below(area, 2 * gap(area) + statement))
}

/// The fields that are decided upon.
pub fn regions(region: &RegionScreen, cx: &Context, area: Rect) -> Regions {
    let Some(entry) = region.issue().and_then(|id| region.doc.entry(id)) else { return Regions::new() };
    let (form, area) = form(region, cx, entry, area);
    regions::rows(form.rows(area))
}

/// One issue, with room around its sentence, and what is decided about it.
pub struct Decide<'a>(pub View<'a>, pub &'a RegionScreen);

impl Widget for Decide<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self(view @ View { look, .. }, region) = self;
        let Some(entry) = region.issue().and_then(|id| region.doc.entry(id)) else {
            let words = format!("{}年度に出た地域課題は、まだありません。", region.year);
            let area = below(area, 2);
            return look.words(look.wrapped(&words, area.width, Meaning::Text)).render(area, buf);
        };
        let place = look.span(format!("{} / {}件", region.turn + 1, region.agenda.len()), Meaning::Strong);
        let more = match region.occasions(entry).len() {
            0 | 1 => String::new(),
            meetings => format!("（会議 {meetings}回）"),
        };
        let from = look.span(format!("{}{more}", raised(region, entry)), Meaning::Quiet);
        look.row([place, "   ".into(), from]).render(area, buf);
        let mut statement =
            look.hanging(INDENT.into(), &entry.issue.statement, area.width.saturating_sub(2), Meaning::Title);
        statement.lines.truncate(STATEMENT);
        look.words(statement).render(below(area, gap(area)), buf);
        let (form, fields) = form(region, &view.app.cx, entry, area);
        let used = form.draw(look, fields, buf);
        if area.height >= ROOMY {
            let rest = below(fields, used + 1);
            look.words(past(view, region, entry)).render(rest, buf);
        }
    }
}

/// Where an issue showed and the way it went.
fn past<'a>(View { app, look }: View<'a>, region: &RegionScreen, entry: &Entry) -> Vec<Line<'a>> {
    let met = region.occasions(entry).into_iter().map(|o| occasion(region, o.meeting));
    let decided = way_of(&region.doc.escalations, entry.issue.id).into_iter();
    let mut rows: Vec<(String, String)> =
        met.chain(decided.map(|step| way(app.cx.marks.remains, step))).collect();
    // The days stand as text, those without one at the end.
    rows.sort();
    let days = rows.iter().map(|(day, _)| width(day)).max().unwrap_or(0) + 2;
    let rows = rows.into_iter().map(|(day, words)| {
        let day = look.span(padded(&day, days), Meaning::Quiet);
        Line::from_iter([day, look.span(words, Meaning::Text)])
    });
    [look.span("これまで", Meaning::Strong).into()].into_iter().chain(rows).collect()
}

/// What of a form is seen: its cells, and how high each row is.
pub struct Seen {
    subjects: Vec<String>,
    texts: Vec<[String; 4]>,
    widths: [u16; 5],
    rows: Vec<(usize, u16)>,
    area: Rect,
}

impl Seen {
    pub fn of(region: &RegionScreen, cx: &Context, area: Rect) -> Self {
        let subjects = region.subjects(region.form, &cx.lists);
        let aspects = aspects(region.form);
        let first = area.width / 5;
        let each = area.width.saturating_sub(first + 4) / 4;
        let texts: Vec<[String; 4]> = (0..subjects.len())
            .map(|row| aspects.map(|aspect| region.standing(cx, Cell::Passage(aspect, row))))
            .collect();
        let lines = |text: &str, cells: u16| wrap(text, usize::from(cells.max(2))).len();
        let room = area.height.saturating_sub(1);
        let height = |row: usize| {
            let cells = texts[row].iter().map(|text| lines(text, each)).max().unwrap_or(1);
            (cells.max(lines(&subjects[row], first)) as u16).clamp(1, room.max(1))
        };
        let heights: Vec<u16> = (0..texts.len()).map(height).collect();
        let selected = region.sheet.row.min(texts.len().saturating_sub(1));
        let rows = seen(&heights, selected, room).collect();
        Self { subjects, texts, widths: [first, each, each, each, each], rows, area }
    }

    pub fn regions(&self) -> Regions {
        placed(below(self.area, 1), &self.rows, &self.widths, 1, 1)
    }
}

/// One of the forms as a table: its rows, and four columns to be written in.
pub struct Forms<'a>(pub View<'a>, pub &'a RegionScreen);

impl Widget for Forms<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self(view @ View { app, look }, region) = self;
        let Seen { subjects, texts, widths, rows, .. } = Seen::of(region, &app.cx, area);
        let (aspects, [first, each, ..]) = (aspects(region.form), widths);
        let selected = region.sheet.row.min(texts.len().saturating_sub(1));
        let rows = rows.into_iter().map(|(row, height)| {
            let subject = widgets::Cell::new(look.wrapped(&subjects[row], first, Meaning::Text));
            let cells = texts[row].iter().zip(aspects).enumerate().map(|(i, (text, aspect))| {
                let editing = view.is_edited(Cell::Passage(aspect, row));
                let chosen = row == selected && region.sheet.column == i;
                Written { empty: "", editing, chosen, in_row: false }.cell(look, text, each, height)
            });
            let stripe = if row % 2 == 1 { look.style(Meaning::Stripe) } else { Style::new() };
            Row::new([subject].into_iter().chain(cells)).height(height).style(stripe)
        });
        let heads = [FORMS[region.form.min(1)]].into_iter().chain(aspects.map(|aspect| aspect.label()));
        let heads = heads.zip(widths).map(|(head, cells)| look.span(look.cut(head, cells), Meaning::Strong));
        Widget::render(Table::new(rows, widths.map(Length)).header(Row::new(heads)), area, buf);
    }
}
