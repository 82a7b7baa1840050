//! One page for a browser, with everything in it: no script, no font, nothing to be fetched. What is long is folded, and
//! unfolded on paper.

mod document;
mod first;

use super::minutes::{self, Fact, Minutes, NOTHING, Table};
use super::svg::escape;
use super::{font, picture, words};
use crate::domain::{Dossier, Lists, Node};
use crate::layout::colours;
use crate::layout::wrap::wholes;

pub use document::render as document;

/// A table of so many rows, each a line of so many cells a column, is short.
const SHORT: usize = 12;
const LINE: usize = 48;
/// 2026/11/14(土) stays in one line.
const ONE: usize = 14;

/// What a page has room for, in points, with what the signs of the chart mean under it.
const CHART: (f32, f32) = (773.0, picture::PAGE.1 - 24.0);

/// How it looks; the colours are those of the map.
const STYLE: &str = include_str!("html.css");

/// The whole page.
pub fn render(dossier: &Dossier, lists: &Lists) -> String {
    let minutes = Minutes::new(dossier, lists);
    let about = minutes.head().into_iter().chain(minutes.case_handed_out()).collect::<Vec<_>>();
    let sections = [
        first::sections(&minutes),
        whole(&minutes),
        section("会議と事例", &facts(&about)),
        section("参加者", &table(&minutes.attendance_unnamed())),
        section("課題", &issues(&minutes)),
        section("行動計画", &table(&minutes.plan())),
        section("地域課題", &regional(&minutes)),
        section("振り返り", &fold("みなさんのことば", Fold::Open, &reflections(&minutes))),
        section("かかった時間", &fold("段階ごとの時間", Fold::Closed, &table(&minutes.time()))),
        section(minutes::WORDS, &fold("すべての枝", Fold::Closed, &entries(&minutes))),
        printed(&minutes),
    ];
    let note = "氏名を含まない記録です。ほかの情報と合わせると個人が分かることがあるため、個人情報として取り扱ってください。";
    page(&minutes.title(), note, &sections.concat())
}

/// The whole map as it is seen on a screen.
fn whole(minutes: &Minutes<'_>) -> String {
    let sheet = picture::sheet(minutes.dossier);
    let title = format!("{}のマップ", minutes.title());
    let words = "ことばはすべて「マップのことば」にあります。";
    let map = sheet.shapes.told(sheet.w, sheet.h, &title, words);
    section("マップ", &format!("<div class=\"map\">\n{map}</div>\n")).replacen(
        "<section>",
        "<section class=\"seen\">",
        1,
    )
}

/// The same on paper: so large that it is read, over as many pages as that takes, and then the causal chart.
fn printed(minutes: &Minutes<'_>) -> String {
    let figure = |heading: &str, words: &str, picture: &picture::Picture, scale: f32, signs: &str| {
        let svg = picture.shapes.told(picture.w, picture.h, heading, words);
        let (w, heading) = (picture.w * scale, text(heading));
        format!(
            "<figure class=\"sheet\">\n<figcaption>{heading}</figcaption>\n<div style=\"width:{w:.1}pt\">\n{svg}</div>\n{signs}</figure>\n"
        )
    };
    let sheets = picture::sheets(minutes.dossier, &minutes.tree, minutes::WORDS);
    let maps =
        sheets.iter().map(|sheet| figure(&sheet.heading, &sheet.words, &sheet.picture, sheet.scale, ""));
    let most = picture::FONT / picture::READABLE;
    let room = (CHART.0 * most, CHART.1 * most);
    let chart = picture::chart(minutes.dossier, &minutes.causes, room);
    // Where it is too large to be read, the links stand in words.
    let chart = chart.filter(|chart| chart.w <= room.0 && chart.h <= room.1);
    let chart = chart.map(|chart| {
        let scale = (CHART.0 / chart.w).min(CHART.1 / chart.h).min(0.8);
        let signs = format!("<p>{}</p>\n", text(picture::chart_signs(&minutes.causes)));
        figure(
            "課題のつながり（原因 → 結果）",
            "つながりは「課題」にことばであります。",
            &chart,
            scale,
            &signs,
        )
    });
    maps.chain(chart).collect()
}

/// A whole page around its sections.
fn page(title: &str, note: &str, body: &str) -> String {
    let (title, note) = (text(title), text(note));
    format!(
        "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<p class=\"note\">{note}</p>\n</header>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// Escaped, with line breaks where there were some.
fn text(words: &str) -> String {
    let lines = words.split('\n').map(|line| {
        let mut out = String::with_capacity(line.len() + 8);
        escape(&mut out, line);
        out
    });
    lines.collect::<Vec<_>>().join("<br>")
}

fn section(title: &str, body: &str) -> String {
    let body = if body.is_empty() { format!("<p>{NOTHING}</p>\n") } else { body.to_owned() };
    format!("<section>\n<h2>{}</h2>\n{body}</section>\n", text(title))
}

/// How a part that folds is found.
#[derive(PartialEq, Eq)]
enum Fold {
    Open,
    Closed,
}

/// What is opened or closed by those who want it; nothing where there is nothing.
fn fold(title: &str, at_first: Fold, body: &str) -> String {
    if body.is_empty() {
        return String::new();
    }
    let open = if at_first == Fold::Open { " open" } else { "" };
    format!("<details{open}>\n<summary>{}</summary>\n{body}</details>\n", text(title))
}

fn table(table: &Table) -> String {
    grid(&table.header, &table.rows)
}

/// Rows under a header; nothing where there are none.
fn grid<S: AsRef<str>>(header: &[S], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let head: String =
        header.iter().map(|h| format!("<th scope=\"col\">{}</th>", text(h.as_ref()))).collect();
    let row = |row: &Vec<String>| {
        // A day or a word is not broken beside longer ones.
        let cell = |cell: &String| match font::cells(cell) <= ONE {
            true => format!("<td class=\"one\">{}</td>", text(cell)),
            false => format!("<td>{}</td>", wholes(cell).into_iter().map(unbroken).collect::<String>()),
        };
        let cells: String = row.iter().map(cell).collect();
        format!("<tr>{cells}</tr>\n")
    };
    // What takes few lines stays on one page.
    let line = |row: &Vec<String>| row.iter().all(|cell| font::cells(cell) <= LINE && !cell.contains('\n'));
    let short = if rows.len() <= SHORT && rows.iter().all(line) { " short" } else { "" };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "<div class=\"wide{short}\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}

/// A piece of words; a day with its weekday stays in one line.
fn unbroken(piece: &str) -> String {
    let day = piece.starts_with(|c: char| c.is_ascii_digit()) && piece.ends_with(')');
    if day { format!("<span class=\"one\">{}</span>", text(piece)) } else { text(piece) }
}

fn facts(facts: &[Fact]) -> String {
    dl(facts.iter().map(|(name, value)| (*name, value.as_str())))
}

/// Names, each with what there is to say to it; nothing where there are none.
fn dl<'a>(facts: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let rows: String =
        facts.map(|(name, value)| format!("<dt>{}</dt><dd>{}</dd>\n", text(name), text(value))).collect();
    if rows.is_empty() { rows } else { format!("<dl>\n{rows}</dl>\n") }
}

/// Every entry with who said it and how, branch by branch.
fn entries(minutes: &Minutes<'_>) -> String {
    if minutes.dossier.nodes.is_empty() {
        return String::new();
    }
    let mut out = format!("<p>{}</p>\n", text(minutes::SIGNS));
    for (index, branch) in minutes.dossier.meeting.branches.iter().enumerate() {
        let entries = minutes.branch(index);
        if !entries.is_empty() {
            let ink = colours::branch(index);
            let title = text(&words::clean(&branch.title));
            out += &format!("<h3 style=\"color:#{ink:06x}\">{title}</h3>\n{}", tree(minutes, &entries));
        }
    }
    out + &minutes.bare().map(|bare| format!("<p>{}</p>\n", text(&bare))).unwrap_or_default()
}

/// Lists in lists, from entries with their depths.
fn tree(minutes: &Minutes<'_>, entries: &[(usize, &Node)]) -> String {
    let mut out = "<ul class=\"tree\">\n".to_owned();
    for (i, (depth, node)) in entries.iter().enumerate() {
        let sign = if node.kind == crate::domain::Kind::Issue {
            "<b class=\"issue\">課題</b> ".to_owned()
        } else {
            text(&words::sign(node.kind))
        };
        out += &format!(
            "<li>{sign}{}<small>{}{}</small>",
            text(&words::entry(node)),
            text(&minutes.by(node.speaker)),
            text(&minutes.said(node))
        );
        let next = entries.get(i + 1).map_or(0, |(depth, _)| *depth);
        out += if next > *depth { "\n<ul>\n" } else { "</li>\n" };
        for _ in next..*depth {
            out += "</ul></li>\n";
        }
    }
    out + "</ul>\n"
}

fn issues(minutes: &Minutes<'_>) -> String {
    let mut out = table(&minutes.issues());
    if let Some(passed_over) = minutes.passed_over() {
        out += &format!("<p>{}</p>\n", text(&passed_over));
    }
    if let Some(root) = minutes::root_line(minutes.dossier, &minutes.causes) {
        out += &format!("<p class=\"root\">{}</p>\n", text(&root));
    }
    out += &list(&minutes::circles(minutes.dossier, &minutes.causes));
    let links = list(&minutes::links(minutes.dossier));
    if !links.is_empty() {
        out += &format!("<h3>つながり（原因 → 結果）</h3>\n{links}");
    }
    out
}

fn list(lines: &[String]) -> String {
    let lines: String = lines.iter().map(|line| format!("<li>{}</li>\n", text(line))).collect();
    if lines.is_empty() { lines } else { format!("<ul>\n{lines}</ul>\n") }
}

fn regional(minutes: &Minutes<'_>) -> String {
    let one = |(i, (statement, list)): (usize, (String, Vec<Fact>))| {
        format!(
            "<h3>{}　{}</h3>\n{}",
            words::regional_number(i),
            text(&statement),
            fold("くわしく", Fold::Open, &facts(&list))
        )
    };
    minutes.regional().into_iter().enumerate().map(one).collect()
}

fn reflections(minutes: &Minutes<'_>) -> String {
    let one = |(question, answers): (String, Vec<(String, String)>)| {
        let answer = |(words, by): &(String, String)| {
            format!("<li>{}<small>（{}）</small></li>\n", text(words), text(by))
        };
        let answers: String = answers.iter().map(answer).collect();
        format!("<h3>{}</h3>\n<ul>\n{answers}</ul>\n", text(&question))
    };
    minutes.reflections().into_iter().map(one).collect()
}
