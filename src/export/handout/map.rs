//! The map on pages of its own, so large that it is read in the hand.

use super::flow::Flow;
use crate::domain::Dossier;
use crate::export::minutes::Minutes;
use crate::export::spoken::Role;
use crate::export::svg::Words;
use crate::export::{picture, words};
use crate::layout::colours;

/// Words on the map are at least so high, in points: what smaller print is, nobody of sixty reads.
pub const READABLE: f32 = 8.0;

/// A page may fold away so many of a hundred twigs before another is taken: all of them follow in words.
const FOLDED: usize = 40;

/// Puts the map, on as many pages as it needs.
pub fn pages(minutes: &Minutes<'_>, flow: &mut Flow) {
    let dossier = minutes.dossier;
    if dossier.nodes.is_empty() {
        return;
    }
    let (paper, inside) = (flow.paper, flow.paper.inside());
    let legend = picture::legend();
    let scale = paper.text * 0.9 / picture::FONT;
    let (top, foot) = (paper.text * 3.2, legend.h * scale + paper.text * 0.6);
    let room = (inside.w, inside.h - top - foot);
    let space = picture::Space { room, letters: (READABLE, paper.text * 1.2), folded: FOLDED };
    let pages = picture::pages(dossier, &minutes.tree, &space);
    for (i, page) in pages.iter().enumerate() {
        flow.heading(&heading(dossier, pages.len(), i, &page.branches));
        let map = &page.picture;
        let large = page.letter / picture::FONT;
        let x = inside.x + (room.0 - map.w * large) / 2.0;
        let y = inside.y + top + (room.1 - map.h * large) / 2.0;
        let alt = spoken(minutes, page);
        flow.part(Role::Figure(alt), |flow| flow.draw().put(&map.shapes, x, y, large));
        let y = inside.bottom() - legend.h * scale;
        flow.ornament().put(&legend.shapes, inside.x, y, scale);
        if page.folded > 0 {
            let said = format!("＋の数の枝（{}本）は、「すべての枝」のページにあります。", page.folded);
            let quiet = Words::new(paper.text * 0.9, colours::QUIET);
            let at = (inside.right() - quiet.width(&said), y + quiet.size);
            flow.line(at, quiet, &said, quiet.width(&said));
        }
        flow.new_page();
    }
}

/// マップ, and on several pages which of them with what.
fn heading(dossier: &Dossier, pages: usize, page: usize, branches: &[usize]) -> String {
    if pages == 1 {
        return "マップ".to_owned();
    }
    let titles = branches.iter().filter_map(|branch| dossier.meeting.branches.get(*branch));
    let titles: Vec<String> = titles.map(|branch| words::clean(&branch.title)).collect();
    format!("マップ（{pages}枚のうち{}枚め：{}）", page + 1, titles.join("・"))
}

/// What the picture shows, for those who hear it.
fn spoken(minutes: &Minutes<'_>, page: &picture::Page) -> String {
    let branch = |branch: &usize| {
        let title = &minutes.dossier.meeting.branches.get(*branch)?.title;
        Some(format!("{}（枝{}本）", words::clean(title), minutes.tree.count(*branch)))
    };
    let branches: Vec<String> = page.branches.iter().filter_map(branch).collect();
    let middle = crate::layout::map::centre(minutes.dossier).join("・");
    format!(
        "マップの絵。真ん中は{middle}。大枝は{}。枝のことばは「すべての枝」のページにあります。",
        branches.join("、")
    )
}
