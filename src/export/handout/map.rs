//! The map on pages of its own, so large that it is read in the hand.

use super::flow::Flow;
use crate::export::minutes::Minutes;
use crate::export::picture;
use crate::export::spoken::Role;
use crate::export::svg::Words;
use crate::layout::colours;
use crate::layout::labels::Issues;

/// Puts the map, on as many pages as it needs.
pub fn pages(minutes: &Minutes<'_>, flow: &mut Flow) {
    let dossier = minutes.dossier;
    let (paper, inside) = (flow.paper, flow.paper.inside());
    let legend = picture::legend(Issues::Numbered, false);
    let scale = paper.text * 0.9 / picture::FONT;
    let (top, foot) = (paper.text * 3.2, legend.h * scale + paper.text * 0.6);
    let room = (inside.w, inside.h - top - foot);
    let pages = picture::leaves(dossier, &minutes.tree, room, paper.text * 1.2);
    for (i, page) in pages.iter().enumerate() {
        flow.heading(&picture::heading(dossier, page, (i, pages.len())));
        let map = &page.picture;
        let large = page.letter / picture::FONT;
        let x = inside.x + (room.0 - map.w * large) / 2.0;
        let y = inside.y + top + (room.1 - map.h * large) / 2.0;
        let told = picture::told(dossier, &minutes.tree, page);
        let told = format!("{told}枝のことばは「すべての枝」のページにあります。");
        flow.part(Role::Figure(told), |flow| flow.draw().put(&map.shapes, x, y, large));
        let y = inside.bottom() - legend.h * scale;
        flow.ornament().put(&picture::legend(Issues::Numbered, page.dashed).shapes, inside.x, y, scale);
        if let Some(said) = picture::folded(page, Some("すべての枝")) {
            let quiet = Words::new(paper.text * 0.9, colours::QUIET);
            let at = (inside.right() - quiet.width(&said), y + quiet.size);
            flow.line(at, quiet, &said, quiet.width(&said));
        }
        flow.new_page();
    }
}
