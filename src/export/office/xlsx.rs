//! Writes a [`Book`] as .xlsx: no macro, no formula, nothing that is fetched.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    Chart as Drawn, ChartDataLabel, ChartFont, ChartLegendPosition, ChartType, ConditionalFormat2ColorScale,
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::split::{LONGEST, fitting};
use super::workbook::{Book, Cell, Chart, ChartKind, Part, Sheet, Table, tab_names};
use super::{EPOCH, FONT, columns, writable};
use crate::domain::text::begins_formula;
use crate::export::ExportError;
use crate::layout::colours;

/// Paper size A4 in Excel's own count.
const A4: u8 = 9;
/// A row and a column as they are without further words, in dots; what Excel takes for the font.
const ROW: u32 = 25;
const COLUMN: u32 = 72;
/// The same column in widths of a digit.
const NARROW: f64 = 8.4;
/// A column that is folded, once somebody opens it.
const UNFOLDED: f64 = 16.0;
/// A line of words in a cell, and the highest row there can be, in points.
const LINE: f64 = 18.75;
const HIGHEST: f64 = 409.0;
/// What a heading has at least to run over, in widths of a digit.
const HEADING: f64 = 90.0;
/// The longest part of a foot.
const FOOT: usize = 50;
/// The ground of headers, and the darkest of a heated table.
const SHADE: u32 = 0xdceaf7;
const HOT: u32 = 0xf2a65a;
/// The series of a chart: colours that stay apart in grey.
const SERIES: [u32; 5] = [colours::SKY, 0xe0822b, colours::GREEN, colours::PURPLE, colours::RULE];

/// The bytes of the file: always the same for the same book.
///
/// # Errors
/// Where a table is larger than Excel takes (1,048,576 rows, 16,384 columns).
pub fn render(book: &Book) -> Result<Vec<u8>, ExportError> {
    write(book).map_err(|_| ExportError::Office)
}

fn write(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut file = Workbook::new();
    file.set_default_format(&formats.plain, ROW, COLUMN)?;
    file.set_properties(&properties(book)?);
    let names = tab_names(&book.sheets);
    for (sheet, name) in book.sheets.iter().zip(names) {
        let sheet = &*fitting(sheet);
        let page = file.add_worksheet();
        page.set_name(&name)?;
        paper(page, book, sheet);
        Pen {
            page,
            formats: &formats,
            name,
            widths: columns::widths(sheet),
            heights: BTreeMap::new(),
            row: 0,
        }
        .sheet(sheet)?;
    }
    if book.sheets.is_empty() {
        file.add_worksheet();
    }
    file.save_to_buffer()
}

fn properties(book: &Book) -> Result<DocProperties, XlsxError> {
    let day = moment(book.day.unwrap_or(EPOCH))?;
    Ok(DocProperties::new().set_title(writable(&book.title)).set_author("jirei").set_creation_datetime(&day))
}

fn moment(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    // Years outside of Excel's calendar are stopped by the bounds of the records.
    let year = u16::try_from(day.year()).unwrap_or(1900).clamp(1900, 9999);
    ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8)
}

/// A4 on its side, as wide as the table, numbered.
fn paper(page: &mut Worksheet, book: &Book, sheet: &Sheet) {
    let foot = |text: &str| {
        let text: String = writable(text).replace('\n', " ").chars().take(FOOT).collect();
        text.replace('&', "&&")
    };
    page.set_paper_size(A4)
        .set_landscape()
        .set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3)
        .set_print_fit_to_pages(1, u16::from(sheet.one_page))
        // As small as the words when they are printed smaller. The space keeps a number at the start of the words apart from the size.
        .set_footer(format!("&L&11 {}&C&11&P / &N&R&11 {}", foot(&book.note), foot(&book.title)))
        .set_screen_gridlines(false);
}

/// How cells look.
struct Formats {
    plain: Format,
    title: Format,
    line: Format,
    caption: Format,
    header: Format,
    name: Format,
    text: Format,
    /// Words that look like a formula: they stay words also after somebody has edited the cell.
    quoted: Format,
    number: Format,
    decimal: Format,
    percent: Format,
    day: Format,
}

impl Formats {
    fn new() -> Self {
        let plain = || Format::new().set_font_name(FONT).set_font_size(11).set_font_charset(128);
        let ruled = || {
            plain()
                .set_border(FormatBorder::Thin)
                .set_border_color(colours::RULE)
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap()
        };
        let shaded = || ruled().set_background_color(SHADE).set_bold();
        let number = |shown: &str| ruled().set_num_format(shown).set_align(FormatAlign::Right).set_indent(1);
        Self {
            plain: plain().set_align(FormatAlign::VerticalCenter),
            title: plain()
                .set_bold()
                .set_font_size(16)
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap(),
            line: plain().set_align(FormatAlign::Top).set_text_wrap(),
            caption: plain().set_bold().set_font_size(12).set_align(FormatAlign::VerticalCenter),
            header: shaded().set_align(FormatAlign::Center),
            name: shaded(),
            text: ruled(),
            quoted: ruled().set_quote_prefix(),
            number: number("#,##0"),
            decimal: number("#,##0.0"),
            percent: number("0.0%"),
            day: ruled()
                .set_num_format("[$-411]yyyy\"年\"m\"月\"d\"日（\"aaa\"）\"")
                .set_align(FormatAlign::Left),
        }
    }
}

/// Where the next row of a sheet is written.
struct Pen<'a> {
    page: &'a mut Worksheet,
    formats: &'a Formats,
    name: String,
    widths: Vec<f64>,
    /// Of rows that are higher than others, in points.
    heights: BTreeMap<u32, f64>,
    row: u32,
}

impl Pen<'_> {
    fn sheet(mut self, sheet: &Sheet) -> Result<(), XlsxError> {
        for (i, width) in self.widths.iter().enumerate() {
            self.page.set_column_width(i as u16, if *width > 0.0 { *width } else { UNFOLDED })?;
        }
        for run in columns::empty(sheet) {
            self.page.group_columns_collapsed(run.start as u16, run.end as u16 - 1)?;
        }
        if !sheet.heading.is_empty() {
            self.across(sheet, &sheet.heading, &self.formats.title.clone(), 1.6)?;
        }
        for line in &sheet.lines {
            self.across(sheet, line, &self.formats.line.clone(), 1.0)?;
        }
        if self.row > 0 {
            self.row += 1;
        }
        let alone = sheet.table().is_some();
        let mut parts = Vec::new();
        for part in &sheet.parts {
            parts.push(self.row);
            match part {
                Part::Facts(facts) => self.facts(facts)?,
                Part::Table(table) => self.table(table, alone.then_some(sheet))?,
            }
            self.row += 1;
        }
        if sheet.one_page {
            self.several(&parts)?;
        }
        Ok(())
    }

    /// Where one sheet of paper would be too small to read, further ones, each beginning with one of the parts that begin in
    /// these rows.
    fn several(&mut self, parts: &[u32]) -> Result<(), XlsxError> {
        /// What a page has room for, in points.
        const HIGH: f64 = 515.0;
        let scale = f64::from(columns::SCALE) / 100.0;
        let high = |rows: Range<u32>| -> f64 {
            rows.map(|row| self.heights.get(&row).copied().unwrap_or(LINE)).sum::<f64>() * scale
        };
        if high(0..self.row) <= HIGH {
            return Ok(());
        }
        let mut first = 0;
        let mut breaks = Vec::new();
        let ends = parts.iter().skip(1).copied().chain([self.row]);
        for (start, end) in parts.iter().copied().zip(ends) {
            if start > first && high(first..end) > HIGH && breaks.last() != Some(&start) && start != parts[0]
            {
                breaks.push(start);
                first = start;
            }
        }
        self.page.set_print_fit_to_pages(0, 0).set_print_scale(columns::SCALE);
        self.page.set_page_breaks(&breaks)?;
        Ok(())
    }

    fn high(&mut self, row: u32, points: f64) -> Result<(), XlsxError> {
        self.heights.insert(row, points.min(HIGHEST));
        self.page.set_row_height(row, points.min(HIGHEST))?;
        Ok(())
    }

    /// What stays in sight and comes again on paper: the header in this row, and what says which row it is where a page is not
    /// wide enough for all.
    fn titles(&mut self, head: u32, sheet: &Sheet) -> Result<(), XlsxError> {
        self.page.set_repeat_rows(head, head)?;
        let breaks: Vec<u16> =
            columns::pages(sheet, &self.widths).into_iter().map(|column| column as u16).collect();
        if breaks.is_empty() {
            self.page.set_freeze_panes(head + 1, 0)?;
            return Ok(());
        }
        let names = sheet.names();
        self.page.set_print_fit_to_pages(0, 0).set_print_scale(columns::SCALE);
        self.page
            .set_vertical_page_breaks(&breaks.iter().map(|column| u32::from(*column)).collect::<Vec<_>>())?;
        self.page.set_repeat_columns(names.start as u16, names.end as u16 - 1)?;
        self.page.set_freeze_panes(head + 1, names.end as u16)?;
        Ok(())
    }

    /// Words over the whole width, as high as they need.
    fn across(&mut self, sheet: &Sheet, words: &str, format: &Format, scale: f64) -> Result<(), XlsxError> {
        let (pages, names) = (columns::pages(sheet, &self.widths), sheet.names());
        // On the first page only, where there are several: over what comes again, a piece of the words would come again.
        let columns = match pages.first() {
            None => 0..self.widths.len(),
            Some(_) if names.start > 0 => 0..names.start,
            Some(end) => names.end..*end,
        };
        let mut width: f64 = self.widths.iter().take(columns.end).skip(columns.start).sum();
        let (first, mut last) = (columns.start as u16, columns.end.max(columns.start + 1) as u16 - 1);
        while pages.is_empty() && width < HEADING {
            (width, last) = (width + NARROW, last + 1);
        }
        let words = shortened(words);
        let height = columns::lines(&words, width / scale) as f64 * LINE * scale;
        self.high(self.row, height)?;
        match first == last {
            true => _ = self.page.write_string_with_format(self.row, first, &words, format)?,
            false => _ = self.page.merge_range(self.row, first, self.row, last, &words, format)?,
        }
        self.row += 1;
        Ok(())
    }

    fn facts(&mut self, facts: &[(String, Cell)]) -> Result<(), XlsxError> {
        let last = self.widths.len().max(2) as u16 - 1;
        let room: f64 = self.widths.iter().skip(1).sum();
        for (name, value) in facts {
            let row = self.row;
            self.page.write_string_with_format(row, 0, shortened(name), &self.formats.name)?;
            if last > 1 {
                self.page.merge_range(row, 1, row, last, "", &self.formats.text)?;
                // A merged cell does not grow by itself.
                if let Cell::Text(text) = value {
                    let height = columns::lines(text, room) as f64 * LINE;
                    self.high(row, height)?;
                }
            }
            let value = match value {
                // Beside words, numbers stand where the words do.
                Cell::Number(number) => {
                    let format = self.formats.number.clone().set_align(FormatAlign::Left);
                    self.page.write_number_with_format(row, 1, *number, &format)?;
                    None
                }
                value => Some(value),
            };
            if let Some(value) = value {
                self.cell(row, 1, value)?;
            }
            self.row += 1;
        }
        Ok(())
    }

    fn table(&mut self, table: &Table, alone: Option<&Sheet>) -> Result<(), XlsxError> {
        if !table.title.is_empty() {
            self.page.write_string_with_format(
                self.row,
                0,
                shortened(&table.title),
                &self.formats.caption,
            )?;
            self.row += 1;
        }
        let head = self.row;
        for (i, header) in table.header.iter().enumerate() {
            self.page.write_string_with_format(head, i as u16, shortened(header), &self.formats.header)?;
        }
        self.height(table.header.iter().map(String::as_str))?;
        self.row += 1;
        for row in &table.rows {
            self.height(row.iter().map(|cell| match cell {
                Cell::Text(text) => text.as_str(),
                _ => "",
            }))?;
            let cells =
                row.iter().chain(std::iter::repeat(&Cell::Empty)).take(table.header.len().max(row.len()));
            for (i, cell) in cells.enumerate() {
                self.cell(self.row, i as u16, cell)?;
            }
            self.row += 1;
        }
        let last = (self.row - 1, table.header.len().max(1) as u16 - 1);
        if let Some(sheet) = alone {
            self.titles(head, sheet)?;
            if !table.rows.is_empty() {
                self.page.autofilter(head, 0, last.0, last.1)?;
            }
        }
        if table.heat && last.0 > head {
            let scale =
                ConditionalFormat2ColorScale::new().set_minimum_color(0xff_ffff_u32).set_maximum_color(HOT);
            self.page.add_conditional_format(head + 1, 0, last.0, last.1, &scale)?;
        }
        self.charts(table, head)
    }

    /// Makes the row as high as its words need: some programs do not do that by themselves.
    fn height<'t>(&mut self, words: impl Iterator<Item = &'t str>) -> Result<(), XlsxError> {
        let cells = words.zip(&self.widths);
        let seen = cells.filter(|(_, width)| **width > 0.0);
        let most = seen.map(|(words, width)| columns::lines(words, *width)).max().unwrap_or(1);
        if most > 1 {
            self.high(self.row, most as f64 * LINE)?;
        }
        Ok(())
    }

    fn cell(&mut self, row: u32, column: u16, cell: &Cell) -> Result<(), XlsxError> {
        let (page, formats) = (&mut *self.page, self.formats);
        match cell {
            Cell::Empty => page.write_blank(row, column, &formats.text)?,
            Cell::Text(text) => {
                let format = if begins_formula(text) { &formats.quoted } else { &formats.text };
                page.write_string_with_format(row, column, shortened(text), format)?
            }
            Cell::Number(number) => {
                let format = if number.fract() == 0.0 { &formats.number } else { &formats.decimal };
                page.write_number_with_format(row, column, *number, format)?
            }
            Cell::Percent(part) => page.write_number_with_format(row, column, *part, &formats.percent)?,
            Cell::Day(day) => page.write_datetime_with_format(row, column, &moment(*day)?, &formats.day)?,
        };
        Ok(())
    }

    /// The charts of a table whose header stands in this row: beside it where the paper has room, else below.
    fn charts(&mut self, table: &Table, head: u32) -> Result<(), XlsxError> {
        /// So wide may sheet and chart be together, in dots: more would be too small on paper.
        const ROOM: f64 = 1400.0;
        let wide: f64 = self.widths.iter().map(|width| width * 8.0 + 5.0).sum();
        let mut at = (self.row + 1, 0);
        for chart in &table.charts {
            let rows = chart.rows.min(table.rows.len()) as u32;
            if rows == 0 || chart.values.is_empty() {
                continue;
            }
            let (w, h) = match chart.kind {
                ChartKind::Bar => (620, (110 + rows * 26 * chart.values.len() as u32).clamp(260, 1200)),
                _ => (620, 340),
            };
            if at == (self.row + 1, 0) && wide + f64::from(w) <= ROOM {
                at = (head, self.widths.len() as u16);
            }
            let mut drawn = self.drawn(chart, head, rows);
            drawn.set_width(w).set_height(h);
            self.page.insert_chart_with_offset(at.0, at.1, &drawn, if at.1 > 0 { 24 } else { 0 }, 0)?;
            at.0 += h.div_ceil(ROW) + 1;
            self.row = self.row.max(at.0);
        }
        Ok(())
    }

    fn drawn(&self, chart: &Chart, head: u32, rows: u32) -> Drawn {
        let mut drawn = Drawn::new(match chart.kind {
            ChartKind::Bar => ChartType::Bar,
            ChartKind::Column => ChartType::Column,
            ChartKind::Stacked => ChartType::ColumnStacked,
            ChartKind::Line => ChartType::Line,
        });
        let sheet = self.name.as_str();
        let names = chart.names as u16;
        let mut font = ChartFont::new();
        font.set_name(FONT).set_size(11);
        let mut label = ChartDataLabel::new();
        label.show_value().set_font(&font);
        for (i, column) in chart.values.iter().enumerate() {
            let column = *column as u16;
            let series = drawn.add_series();
            if chart.kind == ChartKind::Bar {
                series.set_data_label(&label);
            }
            series
                .set_name((sheet, head, column))
                .set_categories((sheet, head + 1, names, head + rows, names))
                .set_values((sheet, head + 1, column, head + rows, column))
                .set_format(&mut look(chart.kind, SERIES[i % SERIES.len()]));
        }
        let mut strong = ChartFont::new();
        strong.set_name(FONT).set_size(12).set_bold();
        // A title that begins with this sign would name a cell.
        let title = shortened(&chart.title);
        drawn.title().set_name(title.trim_start_matches('=')).set_font(&strong);
        drawn.set_alt_text(&title);
        drawn.x_axis().set_font(&font);
        drawn.y_axis().set_font(&font);
        if chart.kind == ChartKind::Bar {
            // From the first row downwards, as in the table, each with its number.
            drawn.y_axis().set_reverse().set_major_gridlines(false);
            drawn.x_axis().set_hidden(true).set_major_gridlines(false);
        }
        match chart.values.len() {
            1 => drawn.legend().set_hidden(),
            _ => drawn.legend().set_position(ChartLegendPosition::Bottom).set_font(&font),
        };
        drawn
    }
}

fn look(kind: ChartKind, colour: u32) -> rust_xlsxwriter::ChartFormat {
    let mut format = rust_xlsxwriter::ChartFormat::new();
    match kind {
        ChartKind::Line => {
            let mut line = rust_xlsxwriter::ChartLine::new();
            line.set_color(colour).set_width(2.25);
            format.set_line(&line);
        }
        _ => {
            let mut fill = rust_xlsxwriter::ChartSolidFill::new();
            fill.set_color(colour);
            format.set_solid_fill(&fill);
        }
    }
    format
}

/// What a cell can hold, where no row goes on with it, as over a column: Excel refuses a whole file for one text that is longer.
fn shortened(text: &str) -> String {
    let text = writable(text);
    match text.char_indices().nth(LONGEST - 1) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
