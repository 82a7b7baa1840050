//! Plan and regional issues for a spreadsheet, as CSV or TSV.
//!
//! Two tables one below the other, each under a row with its title, an empty row between. A `表` column over the union
//! of both headers would leave more than half of every row empty; this way the sheet opens looking like the sheet on
//! the wall, and each table can be marked and sorted on its own.

use ::csv::{QuoteStyle, Terminator, WriterBuilder};

use super::tables::{self, Table, guarded};
use super::{ExportError, words};
use crate::domain::Dossier;

/// UTF-8 with byte order mark and CRLF, for else Excel garbles it; the separator is `,` or a tab.
pub fn render(dossier: &Dossier, separator: u8) -> Result<Vec<u8>, ExportError> {
    sheet(
        &[tables::plan(dossier), tables::regional(dossier)].map(|table| (table.title.to_owned(), table)),
        separator,
    )
}

/// Tables one below the other, each under its title.
pub fn sheet(tables: &[(String, Table)], separator: u8) -> Result<Vec<u8>, ExportError> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    for (i, (title, table)) in tables.iter().enumerate() {
        if i > 0 {
            bytes.extend(b"\r\n");
        }
        bytes.extend(format!("{}\r\n", words::clean(title)).as_bytes());
        bytes.extend(rows(table, separator)?);
    }
    Ok(bytes)
}

/// Header and rows. In TSV a line break inside a cell becomes a space: many readers of TSV know no quotes.
fn rows(table: &Table, separator: u8) -> Result<Vec<u8>, ExportError> {
    let mut writer = WriterBuilder::new()
        .delimiter(separator)
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(&table.header)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| match separator {
            b'\t' => guarded(cell).replace('\n', " "),
            _ => guarded(cell).into_owned(),
        }))?;
    }
    writer.into_inner().map_err(|_| ExportError::Table)
}

/// Lines as they are, of whatever length, without a header of their own. In TSV a line break inside a cell becomes a space.
pub fn lines(lines: &[Vec<String>], separator: u8) -> Result<Vec<u8>, ExportError> {
    let mut writer = WriterBuilder::new()
        .delimiter(separator)
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for line in lines {
        let one_line =
            |cell: &String| if separator == b'\t' { cell.replace('\n', " ") } else { cell.clone() };
        writer.write_record(line.iter().map(one_line))?;
    }
    writer.into_inner().map_err(|_| ExportError::Table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    fn read(bytes: &[u8], separator: u8) -> Vec<Vec<String>> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
        ::csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(bytes)
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }

    #[test]
    fn 表計算で読み返すと同じ表になる() {
        let mut dossier = sample::case_a().unwrap();
        let id = dossier.plan()[0].id;
        let action = dossier.actions.get_mut(&id).unwrap();
        action.what = "=HYPERLINK(\"x\"),\t改行\nあり".into();
        for separator in [b',', b'\t'] {
            let rows = read(&render(&dossier, separator).unwrap(), separator);
            assert_eq!(rows[0], ["行動計画"]);
            assert_eq!(rows[1][..2], ["課題", "何を"]);
            let gap = if separator == b',' { "\n" } else { " " };
            assert_eq!(rows[2][1], format!("'=HYPERLINK(\"x\"), 改行{gap}あり"));
            let until = rows[1].iter().position(|head| head == "いつまでに").unwrap();
            assert_eq!(rows[5][until..until + 2], ["来週中", "2026-05-31"]);
            // Title, header and nine rows, then the title of the second table: readers skip the empty line.
            assert_eq!(rows[11], ["地域課題"]);
            assert_eq!(rows.len(), 2 + 9 + 2 + 6);
        }
    }

    #[test]
    fn 行の終わりはcrlfだけ() {
        let bytes = render(&sample::case_a().unwrap(), b',').unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        assert!(text.contains("\r\n\r\n地域課題\r\n"));
    }
}
