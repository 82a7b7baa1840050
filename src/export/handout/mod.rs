//! The handout: pages of A4 or A3 on their side, the map first, then what came of it.

mod document;
mod flow;
mod table;

use std::collections::BTreeSet;

pub use document::render as document;
pub use flow::Paper;

use flow::Flow;

use super::minutes::{self, Fact, Minutes, Table};
use super::svg::{Drawing, Svg, Words};
use super::{ExportError, Rendered, paint, picture, words};
use crate::domain::{Dossier, Id, Lists, Node, Tree};
use crate::layout::colours;

/// Words on the map of a handout are at least so large, in points; else its deeper twigs are folded away.
const READABLE: f32 = 5.0;

/// The whole file.
pub fn render(dossier: &Dossier, lists: &Lists, paper: Paper) -> Result<Rendered, ExportError> {
    let minutes = Minutes::new(dossier, lists);
    let title = minutes.title();
    let pages = fill(&minutes, paper).finish(&title, picture::NOTE).into_iter();
    let pages: Vec<Drawing> = pages.map(|page| page.drawing(paper.w, paper.h)).collect();
    paint::pdf(&pages, &title)
}

/// The pages; where the font lacks characters, the last one names them.
fn fill(minutes: &Minutes<'_>, paper: Paper) -> Flow {
    let mut flow = Flow::new(paper);
    let whole = map(minutes, &mut flow);
    flow.new_page();
    about(minutes, &mut flow);
    issues(minutes, &mut flow);
    section(&mut flow, "行動計画", &numbered(minutes));
    regional(minutes, &mut flow);
    if !whole {
        entries(minutes, &mut flow);
    }
    missing(&mut flow);
    flow
}

/// Names what the font lacks, at the end of the pages.
fn missing(flow: &mut Flow) {
    let missing: BTreeSet<String> = flow.pages().flat_map(Svg::missing).collect();
    if !missing.is_empty() {
        // They cannot be drawn; their numbers in Unicode can.
        let code = |c: char| format!("U+{:04X}", u32::from(c));
        let codes = missing.iter().map(|m| m.chars().map(code).collect::<Vec<_>>().join(" "));
        let codes = codes.collect::<Vec<_>>().join("、");
        flow.space(1.0);
        let words = Words::new(flow.paper.text, colours::QUIET);
        flow.paragraph(words, 0.0, &format!("〓 は、この資料の字体にない文字です（{codes}）。"));
    }
}

/// The first page: the map, as large as it goes. Whether every word of it is there.
fn map(minutes: &Minutes<'_>, flow: &mut Flow) -> bool {
    let dossier = minutes.dossier;
    let (paper, inside) = (flow.paper, flow.paper.inside());
    let size = paper.text * 1.5;
    let title = Words::new(size, colours::TEXT).bold();
    let width = title.width(&minutes.title());
    flow.draw().text_within(inside.x, inside.y + size, title, &minutes.title(), inside.w * 0.6);
    let about = Words::new(paper.text, colours::QUIET);
    let x = inside.x + width.min(inside.w * 0.6) + size;
    let legend = picture::legend();
    let scale = paper.text * 0.9 / picture::FONT;
    let (top, foot) = (size * 1.6, legend.h * scale + paper.text * 0.6);
    let room = (inside.w, inside.h - top - foot);
    let (map, folded) = fitting(dossier, &minutes.tree, room);
    let said = if folded {
        "＋の数は、たたんだ枝の数です。すべての枝は終わりのページにあります。"
    } else {
        ""
    };
    let said = format!("{}　{said}", picture::about(dossier));
    flow.draw().text_within(x, inside.y + size, about, said.trim_end(), inside.right() - x);
    let scale_map = (room.0 / map.w).min(room.1 / map.h).min(paper.text * 1.3 / picture::FONT);
    let x = inside.x + (room.0 - map.w * scale_map) / 2.0;
    let y = inside.y + top + (room.1 - map.h * scale_map) / 2.0;
    flow.draw().put(&map.shapes, x, y, scale_map);
    flow.draw().put(&legend.shapes, inside.x, inside.bottom() - legend.h * scale, scale);
    let small = scale_map * picture::FONT < READABLE;
    !folded && !small && !picture::leaves_out(dossier)
}

/// The map with as many levels as can be read in the room, and whether some had to be folded away.
fn fitting(dossier: &Dossier, tree: &Tree, room: (f32, f32)) -> (picture::Picture, bool) {
    let readable = |map: &picture::Picture| (room.0 / map.w).min(room.1 / map.h) * picture::FONT >= READABLE;
    let whole = picture::map(dossier, tree, room, &BTreeSet::new());
    if readable(&whole) {
        return (whole, false);
    }
    for level in [3, 2, 1] {
        let folded = below(dossier, tree, level);
        if folded.is_empty() {
            continue;
        }
        let map = picture::map(dossier, tree, room, &folded);
        if readable(&map) || level == 1 {
            return (map, true);
        }
    }
    (whole, false)
}

/// The twigs of a level that bear others.
fn below(dossier: &Dossier, tree: &Tree, level: usize) -> BTreeSet<Id<Node>> {
    let mut twigs: Vec<Id<Node>> =
        (0..dossier.meeting.branches.len()).flat_map(|i| tree.roots(i).iter().copied()).collect();
    for _ in 1..level {
        twigs = twigs.iter().flat_map(|id| tree.children(*id).iter().copied()).collect();
    }
    twigs.into_iter().filter(|id| !tree.children(*id).is_empty()).collect()
}

fn about(minutes: &Minutes<'_>, flow: &mut Flow) {
    let row = |(name, value): Fact| vec![name.to_owned(), value];
    let facts = minutes.head().into_iter().chain(minutes.case());
    let table = Table { header: vec!["項目", "内容"], rows: facts.map(row).collect() };
    section(flow, "会議と事例", &table);
}

fn issues(minutes: &Minutes<'_>, flow: &mut Flow) {
    let issues = minutes.issues();
    if issues.rows.is_empty() {
        return;
    }
    section(flow, "課題", &issues);
    chain(minutes, flow);
}

/// The causal chart, what follows from it, and the links in words.
fn chain(minutes: &Minutes<'_>, flow: &mut Flow) {
    let links = minutes::links(minutes.dossier);
    if links.is_empty() {
        return;
    }
    let size = flow.paper.text;
    let strong = Words::new(size * 1.1, colours::ORANGE).bold();
    let scale = size / picture::FONT;
    let most = flow.most() - size * 8.0;
    let chart = picture::chart(minutes.dossier, &minutes.causes, (flow.width() / scale, most / scale));
    let chart = chart.map(|chart| (scale.min(flow.width() / chart.w).min(most / chart.h), chart));
    let chart = chart.filter(|(scale, _)| scale * picture::FONT >= READABLE);
    // The root stands over the chart, on the same page.
    if let Some((scale, chart)) = &chart
        && chart.h * scale + size * 8.0 > flow.left()
    {
        flow.new_page();
    }
    flow.heading("課題のつながり（原因 → 結果）");
    if let Some(root) = minutes::root_line(minutes.dossier, &minutes.causes) {
        flow.paragraph(strong, 0.0, &root);
        flow.space(0.6);
    }
    if let Some((scale, chart)) = chart {
        let (x, y) = flow.take(chart.h * scale + size);
        flow.draw().put(&chart.shapes, x, y, scale);
    }
    let words = Words::new(size, colours::TEXT);
    for line in minutes::circles(minutes.dossier, &minutes.causes).iter().chain(&links) {
        flow.paragraph(words, 0.0, line);
    }
}

/// The plan with the number that each action has in it, to be spoken of.
fn numbered(minutes: &Minutes<'_>) -> Table {
    let Table { header, rows } = minutes.plan();
    let numbers = minutes.dossier.plan_by_day().into_iter().map(|(number, _)| number.to_string());
    let rows = numbers.zip(rows).map(|(number, row)| [number].into_iter().chain(row).collect());
    Table { header: ["番号"].into_iter().chain(header).collect(), rows: rows.collect() }
}

fn regional(minutes: &Minutes<'_>, flow: &mut Flow) {
    let row = |(i, (statement, facts)): (usize, (String, Vec<Fact>))| {
        let facts = facts.into_iter().map(|(name, value)| format!("【{name}】{value}"));
        vec![(i + 1).to_string(), statement, facts.collect::<Vec<_>>().join("　")]
    };
    let rows = minutes.regional().into_iter().enumerate().map(row).collect();
    section(flow, "地域課題", &Table { header: vec!["番号", "地域課題", "くわしく"], rows });
}

fn section(flow: &mut Flow, title: &str, rows: &Table) {
    if !rows.rows.is_empty() {
        flow.heading(title);
        table::table(flow, &rows.header, &rows.rows);
    }
}

/// Every word of the map in columns, for a map that shows only a part.
fn entries(minutes: &Minutes<'_>, flow: &mut Flow) {
    flow.new_page();
    flow.heading("マップのすべての枝");
    flow.set_columns(3);
    let size = flow.paper.text * 0.9;
    for (index, branch) in minutes.dossier.meeting.branches.iter().enumerate() {
        let entries = minutes.branch(index);
        if entries.is_empty() {
            continue;
        }
        flow.space(0.5);
        let title = Words::new(size * 1.15, colours::branch(index)).bold();
        flow.paragraph(title, 0.0, &words::clean(&branch.title));
        for (depth, node) in entries {
            let text = format!("{}{}", words::sign(node.kind), words::entry(node));
            flow.paragraph(Words::new(size, colours::TEXT), size * (depth.min(8) + 1) as f32 * 0.9, &text);
        }
    }
}
