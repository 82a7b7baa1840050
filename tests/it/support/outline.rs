//! A map from an outline, as tests write it.

use jirei::domain::map::{self, Place};
use jirei::domain::{Dossier, Id, Node, Tree};
use jirei::layout::shape::What;

/// Adds to a map what an outline says: a line without indentation names a branch, deeper ones are twigs; gives what has a ◀
/// behind it.
pub fn grow(dossier: &mut Dossier, outline: &str, mut twig: impl FnMut(&str) -> Node) -> Option<What> {
    let mut open: Vec<(usize, Id<Node>)> = Vec::new();
    let mut branch = 0;
    let mut selected = None;
    for line in outline.lines().filter(|l| !l.trim().is_empty()) {
        let indent = line.len() - line.trim_start().len();
        let words = line.trim().trim_end_matches(" ◀");
        let what = if indent == 0 {
            branch = dossier.meeting.branch_index(words).expect("a branch of the meeting");
            open.clear();
            What::Branch(branch)
        } else {
            let node = twig(words);
            let id = node.id;
            open.retain(|(depth, _)| *depth < indent);
            let place = open.last().map_or(Place::Branch(branch), |(_, parent)| Place::Under(*parent));
            let changes = map::add(dossier, &Tree::new(dossier), node, place);
            dossier.apply_all(&changes).expect("a new twig fits");
            open.push((indent, id));
            What::Node(id)
        };
        if line.ends_with(" ◀") {
            selected = Some(what);
        }
    }
    selected
}
