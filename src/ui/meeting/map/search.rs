//! Looking for words on the map.

use crate::domain::text::Fit;
use crate::domain::{Id, Kind, Node, text};
use crate::ui::MapScreen;
use crate::ui::meeting::map::Sitting;

impl MapScreen {
    /// The twigs that fit the searched words: what begins with them, what holds them, and where they were said.
    pub(crate) fn search(&mut self, doc: &Sitting, step: isize) {
        let query = text::sought(self.writing.line.text());
        self.hits.clear();
        if query.is_empty() {
            return;
        }
        let number = text::number(self.writing.line.text().trim());
        // On the chart only what stands there can be looked for.
        let seen = |id: Id<Node>| self.chart.as_ref().is_none_or(|state| state.chart.knows(id));
        let fit = |id: Id<Node>| doc.dossier.nodes.get(&id).and_then(|node| fit(&query, number, node));
        let all = doc.tree.depth_first().into_iter().filter(|id| seen(*id));
        let mut found: Vec<(Fits, Id<Node>)> = all.filter_map(|id| Some((fit(id)?, id))).collect();
        // Stable: what fits alike stays in the order of the map.
        found.sort_by_key(|(fits, _)| *fits);
        let current = self.selected_node(doc).and_then(|n| found.iter().position(|(_, id)| *id == n.id));
        let next = match (current, found.first()) {
            // One stays where one is, as long as nothing fits better.
            (Some(at), Some((best, _))) if step == 0 && found[at].0 == *best => at,
            (Some(at), _) if step != 0 => (at as isize + step).rem_euclid(found.len() as isize) as usize,
            _ => 0,
        };
        if let Some((_, id)) = found.get(next).copied() {
            self.select_node(doc, id);
        }
        self.hit = next + 1;
        self.hits = found.into_iter().map(|(_, id)| id).collect();
    }
}

/// How a twig fits what is looked for, best first: by its words, or else by what was said there.
type Fits = (bool, Fit);

/// An issue is its number, too.
fn fit(query: &str, number: Option<u32>, node: &Node) -> Option<Fits> {
    if node.kind == Kind::Issue && number == Some(node.number) {
        return Some((false, Fit::Same));
    }
    let of = |words: &str| Fit::of(query, &text::sought(words));
    of(&node.text).map(|fit| (false, fit)).or_else(|| Some((true, of(&node.said)?)))
}
