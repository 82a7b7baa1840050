//! Records to bytes and back, pure, a file a format; only `write` touches the disk.
//!
//! Outward: [`render`] makes the bytes of a file in one of the [`Format`]s, [`clip`] what goes to the clipboard.
//! Inward: [`json::read`], [`outline::read`] and [`people::read`] take bytes or text apart and say where it hurts.

mod book;
pub mod clip;
mod csv;
mod document;
pub mod encoding;
pub(crate) mod font;
mod handout;
mod html;
pub mod json;
mod markdown;
mod minutes;
pub mod office;
pub mod outline;
mod paint;
pub mod people;
pub mod personal;
mod picture;
pub mod poster;
mod read;
mod references;
pub mod register;
pub mod review;
pub mod sample;
mod spoken;
mod summary;
mod svg;
mod tables;
pub(crate) mod words;
pub mod write;

use std::collections::BTreeSet;

use thiserror::Error;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::text::{clean_line, visible};
use crate::domain::{Dossier, Lists, RecordVersions};

pub use read::{Place, ReadError, text_of as read_text};

/// The kinds of file a meeting can be given away as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// The minutes, for people.
    Markdown,
    /// Plan and regional issues for a spreadsheet, separated by commas.
    Csv,
    /// The same, separated by tabs.
    Tsv,
    /// Everything, for another jirei.
    Json,
    /// The map as indented lines, for mind-map programs.
    Outline,
    /// The map with everything on one sheet, as lines and words.
    Svg,
    /// The map on one slide of 16:9, in dots.
    Png,
    /// The map on as many slides as it needs to be read.
    Pptx,
    /// The handout: map, issues, plan and regional issues on pages of A4.
    Pdf,
    /// The same on A3, to be hung up.
    PdfA3,
    /// All of it on one page for a browser.
    Html,
    /// All of it as tables, each on a sheet of its own.
    Xlsx,
    /// The minutes for a word processor.
    Docx,
}

/// A file could not be made from the records.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The records have no JSON.
    #[error("記録を JSON に直せませんでした。記録そのものは無事です。md か xlsx でお試しください")]
    Json,
    /// The rows have no table.
    #[error("記録を表に直せませんでした。記録そのものは無事です。md か docx でお試しください")]
    Table,
    /// The picture cannot be drawn, or not be put onto pages.
    #[error("絵にできませんでした。記録そのものは無事です。html か md でお試しください")]
    Picture,
    /// What Excel or Word opens cannot be packed.
    #[error("Excel か Word のファイルにできませんでした。記録そのものは無事です。md か csv でお試しください")]
    Office,
    /// A picture of so many dots would not fit into memory.
    #[error("絵が大きくなりすぎました。記録そのものは無事です。svg か html でお試しください")]
    TooLarge,
}

// What the libraries say of it is English, and helps nobody in front of a file that could not be made.
impl From<serde_json::Error> for ExportError {
    fn from(_: serde_json::Error) -> Self {
        Self::Json
    }
}

impl From<::csv::Error> for ExportError {
    fn from(_: ::csv::Error) -> Self {
        Self::Table
    }
}

impl Format {
    /// In the order of the menu: the first is what most people want.
    pub const ALL: [Format; 13] = [
        Format::Pdf,
        Format::Docx,
        Format::Xlsx,
        Format::PdfA3,
        Format::Html,
        Format::Pptx,
        Format::Png,
        Format::Svg,
        Format::Markdown,
        Format::Csv,
        Format::Tsv,
        Format::Outline,
        Format::Json,
    ];

    /// What is typed after `--format`.
    pub fn key(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Json => "json",
            Format::Outline => "outline",
            Format::Svg => "svg",
            Format::Png => "png",
            Format::Pptx => "pptx",
            Format::Pdf => "pdf",
            Format::PdfA3 => "pdf-a3",
            Format::Html => "html",
            Format::Xlsx => "xlsx",
            Format::Docx => "docx",
        }
    }

    /// What people choose in a menu.
    pub fn label(self) -> &'static str {
        match self {
            Format::Markdown => "議事録（Markdown）",
            Format::Csv => "行動計画と地域課題の表（CSV・Excel 用）",
            Format::Tsv => "行動計画と地域課題の表（TSV・タブ区切り）",
            Format::Json => "記録のすべて（JSON・ほかのパソコンの jirei 用）",
            Format::Outline => "マップ（字下げの文字・マップのソフト用）",
            Format::Svg => "マップの絵（SVG・大きくしてもきれい）",
            Format::Pptx => "マップのスライド（PowerPoint・16:9）",
            Format::Png => "マップの絵（PNG・スライド1枚に貼る用）",
            Format::Pdf => "配る資料（PDF・A4）",
            Format::PdfA3 => "配る資料（PDF・A3）",
            Format::Html => "配る資料（HTML・ブラウザーで読む用）",
            Format::Xlsx => "記録の表（Excel）",
            Format::Docx => "議事録（Word）",
        }
    }

    /// The end of a file name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Outline => "txt",
            Format::PdfA3 => "pdf",
            other => other.key(),
        }
    }

    /// The format of a key; none where no format has it.
    pub fn from_key(key: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.key() == key)
    }

    /// The word in a file name that says what is in the file.
    fn content(self) -> &'static str {
        match self {
            Format::Markdown | Format::Docx => "議事録",
            Format::Csv | Format::Tsv => "行動計画と地域課題",
            Format::Json => "記録",
            Format::Outline | Format::Svg | Format::Png | Format::Pptx => "マップ",
            Format::Pdf | Format::Html => "資料",
            Format::PdfA3 => "資料A3",
            Format::Xlsx => "記録の表",
        }
    }
}

/// A whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// What the file consists of, from its first byte to its last.
    pub bytes: Vec<u8>,
    /// What the file cannot show because the font of the pictures lacks it: a geta mark stands there. Nothing in formats that
    /// are shown in the reader's own fonts.
    pub missing: BTreeSet<String>,
}

impl From<String> for Rendered {
    fn from(text: String) -> Self {
        Self::from(text.into_bytes())
    }
}

impl From<Vec<u8>> for Rendered {
    fn from(bytes: Vec<u8>) -> Self {
        Self { bytes, missing: BTreeSet::new() }
    }
}

/// Makes a whole file. The stamps go only into what another jirei reads; the lists are used for counting professions, and
/// decide nothing about what is kept.
pub fn render(
    format: Format,
    dossier: &Dossier,
    stamps: &RecordVersions,
    lists: &Lists,
) -> Result<Rendered, ExportError> {
    // Whatever the terminal, the file is the same.
    font::on_paper(|| {
        Ok(match format {
            Format::Markdown => markdown::render(dossier, lists).into(),
            Format::Csv => csv::render(dossier, b',')?.into(),
            Format::Tsv => csv::render(dossier, b'\t')?.into(),
            Format::Json => json::render(dossier, stamps)?.into(),
            Format::Outline => outline::render(dossier).into(),
            Format::Svg => {
                let sheet = picture::sheet(dossier);
                sheet.shapes.picture(sheet.w, sheet.h, &minutes::title(dossier), svg::Place::File).into()
            }
            Format::Png => paint::slide(drawn(&picture::overview(dossier)))?,
            Format::Pptx => slides(dossier)?,
            Format::Pdf => handout::render(dossier, lists, handout::Paper::A4)?,
            Format::PdfA3 => handout::render(dossier, lists, handout::Paper::A3)?,
            Format::Html => html::render(dossier, lists).into(),
            Format::Xlsx => book::render(dossier, lists)?.into(),
            Format::Docx => document::render(dossier, lists)?,
        })
    })
}

/// The map with everything on one sheet, as a picture in dots: for a window of its own, where it can be drawn larger.
///
/// # Errors
/// Where it cannot be painted.
pub fn sheet(dossier: &Dossier) -> Result<Rendered, ExportError> {
    let sheet = font::on_paper(|| picture::sheet(dossier));
    paint::png(sheet.shapes.drawing(sheet.w, sheet.h))
}

fn drawn(slide: &picture::Slide) -> svg::Drawing {
    slide.shapes.drawing(picture::SLIDE.0, picture::SLIDE.1)
}

/// The slides with the map, for an office program.
fn slides(dossier: &Dossier) -> Result<Rendered, ExportError> {
    let slides: Vec<office::pptx::Slide> = picture::slides(dossier)
        .into_iter()
        .map(|slide| office::pptx::Slide { drawing: drawn(&slide), words: slide.words })
        .collect();
    let missing = slides.iter().flat_map(|slide| slide.drawing.missing.iter().cloned()).collect();
    let size = (picture::SLIDE.0 as u32, picture::SLIDE.1 as u32);
    let (title, day) = (minutes::title(dossier), dossier.meeting.date);
    Ok(Rendered { bytes: office::pptx::render(&office::pptx::Slides { title, day, size, slides })?, missing })
}

/// The longest title in a file name, in bytes of UTF-8: with date, content and extension it stays far under the
/// 255 bytes most file systems take.
const TITLE_BYTES: usize = 120;

/// A telling name for a file, such as `2026-05-21_第2回 事例検討会_議事録.md`; good on Windows too.
pub fn file_name(format: Format, dossier: &Dossier) -> String {
    file_name_of(format, dossier.meeting.date, &dossier.meeting.title)
}

/// The same for the meeting of this day and title.
pub fn file_name_of(format: Format, date: Option<chrono::NaiveDate>, title: &str) -> String {
    let date = date.map(|d| d.format("%Y-%m-%d_").to_string()).unwrap_or_default();
    let title = file_title(title);
    format!("{date}{title}_{}.{}", format.content(), format.extension())
}

/// A title fit for a file name: what Windows forbids becomes its full-width twin, control characters vanish.
fn file_title(title: &str) -> String {
    let clean: String = clean_line(&visible(title))
        .chars()
        .map(|c| match c {
            '<' => '＜',
            '>' => '＞',
            ':' => '：',
            '"' => '”',
            '/' => '／',
            '\\' => '＼',
            '|' => '｜',
            '?' => '？',
            '*' => '＊',
            c => c,
        })
        .collect();
    let mut short = String::new();
    for grapheme in clean.graphemes(true) {
        if short.len() + grapheme.len() > TITLE_BYTES {
            break;
        }
        short.push_str(grapheme);
    }
    // A leading dot hides a file, and Windows drops dots and spaces at the end.
    let short = short.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if short.is_empty() { "事例検討会".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ファイル名は窓でも使え長すぎない() {
        let mut dossier = sample::case_a().unwrap();
        assert_eq!(
            file_name(Format::Markdown, &dossier),
            "2026-05-21_第2回 山の町 見える事例検討会_議事録.md"
        );
        dossier.meeting.title = "..A/B:C*?\u{7}\u{1b}[31m ".into();
        assert_eq!(file_name(Format::Outline, &dossier), "2026-05-21_A／B：C＊？_マップ.txt");
        dossier.meeting.title = "👨‍👩‍👧".repeat(100);
        let name = file_name(Format::Csv, &dossier);
        assert!(name.len() < 200 && name.contains("👨‍👩‍👧_行動"), "{name}");
        dossier.meeting.title = " \t".into();
        dossier.meeting.date = None;
        assert_eq!(file_name(Format::Json, &dossier), "事例検討会_記録.json");
    }

    #[test]
    fn 形式の名前は往復する() {
        for format in Format::ALL {
            assert_eq!(Format::from_key(format.key()), Some(format));
        }
        assert_eq!(Format::from_key("doc"), None);
    }
}
