//! Looking for words on the map.

use crate::domain::{Id, Kind, Node, text};
use crate::ui::MapScreen;
use crate::ui::meeting::map::Sitting;

impl MapScreen {
    /// The twigs that hold the searched words, in the order of the map.
    pub(crate) fn search(&mut self, doc: &Sitting, step: isize) {
        let query = text::fold(self.writing.line.text());
        self.hits.clear();
        if query.is_empty() {
            return;
        }
        let number = text::number(self.writing.line.text().trim());
        let numbered = |n: &Node| n.kind == Kind::Issue && number == Some(n.number);
        let holds = |words: &str| text::fold(words).contains(&query);
        let matches = |n: &Node| holds(&n.text) || holds(&n.said) || numbered(n);
        // On the chart only what stands there can be looked for.
        let seen = |id: Id<Node>| self.chart.as_ref().is_none_or(|state| state.chart.find(id).is_some());
        let mut found = doc.tree.depth_first();
        found.retain(|id| doc.dossier.nodes.get(id).is_some_and(matches) && seen(*id));
        // Exactly these words, or this number, come before words that merely hold them.
        let same = |n: &Node| text::fold(&n.text) == query || numbered(n);
        let exact = found.iter().position(|id| doc.dossier.nodes.get(id).is_some_and(same));
        let current = self.selected_node(doc).and_then(|n| found.iter().position(|id| *id == n.id));
        let next = match (current, step) {
            (Some(at), 0) if exact.is_none() => at,
            (_, 0) => exact.unwrap_or(0),
            (Some(at), step) => (at as isize + step).rem_euclid(found.len() as isize) as usize,
            (None, _) => 0,
        };
        if let Some(id) = found.get(next).copied() {
            self.select_node(doc, id);
        }
        self.hits = found.into_iter().collect();
    }
}
