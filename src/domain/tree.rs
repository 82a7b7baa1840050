//! The map as a tree: who hangs on whom, in order.

use std::collections::HashMap;

use super::{Dossier, Id, Node};

/// The children of every branch and twig, in order. Made from a dossier, and made anew when its nodes change.
///
/// Nodes whose parent is missing (a half-imported map) hang on their branch; nodes in a circle hang there too, so nothing is lost.
/// Nodes on a branch the meeting does not know hang on the first branch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    roots: Vec<Vec<Id<Node>>>,
    children: HashMap<Id<Node>, Vec<Id<Node>>>,
    counts: Vec<usize>,
}

impl Tree {
    /// How the twigs of a meeting hang; siblings by their ranks.
    pub fn new(dossier: &Dossier) -> Self {
        let mut tree = Self {
            roots: vec![Vec::new(); dossier.meeting.branches.len().max(1)],
            children: HashMap::with_capacity(dossier.nodes.len()),
            counts: Vec::new(),
        };
        let mut order: Vec<&Node> = dossier.nodes.values().collect();
        order.sort_by_key(|n| (n.rank, n.id));
        for node in &order {
            match node.parent.filter(|p| dossier.nodes.contains_key(p)) {
                Some(parent) => tree.children.entry(parent).or_default().push(node.id),
                None => tree.roots[dossier.meeting.branch_index(&node.branch).unwrap_or(0)].push(node.id),
            }
        }
        tree.adopt_circles(dossier, &order);
        tree.counts = (0..tree.roots.len()).map(|branch| tree.branch(branch).len()).collect();
        tree
    }

    /// Nodes no root reaches stand in a circle: the first of each circle is cut loose and hung on its branch.
    fn adopt_circles(&mut self, dossier: &Dossier, order: &[&Node]) {
        let mut reached: std::collections::HashSet<Id<Node>> = self.depth_first().into_iter().collect();
        if reached.len() == order.len() {
            return;
        }
        for node in order {
            if reached.contains(&node.id) {
                continue;
            }
            if let Some(siblings) = node.parent.and_then(|p| self.children.get_mut(&p)) {
                siblings.retain(|id| *id != node.id);
            }
            self.roots[dossier.meeting.branch_index(&node.branch).unwrap_or(0)].push(node.id);
            reached.extend(self.subtree(node.id));
        }
    }

    /// The twigs that hang on the branch at an index.
    pub fn roots(&self, branch: usize) -> &[Id<Node>] {
        self.roots.get(branch).map_or(&[], Vec::as_slice)
    }

    /// The twigs that hang on a twig.
    pub fn children(&self, node: Id<Node>) -> &[Id<Node>] {
        self.children.get(&node).map_or(&[], Vec::as_slice)
    }

    /// How many twigs a branch has in all.
    pub fn count(&self, branch: usize) -> usize {
        self.counts.get(branch).copied().unwrap_or(0)
    }

    /// The number of branches.
    pub fn branches(&self) -> usize {
        self.roots.len()
    }

    /// A twig and everything on it, depth first, itself first.
    pub fn subtree(&self, node: Id<Node>) -> Vec<Id<Node>> {
        let mut out = Vec::new();
        let mut open = vec![node];
        while let Some(id) = open.pop() {
            out.push(id);
            open.extend(self.children(id).iter().rev());
        }
        out
    }

    /// All twigs of one branch, depth first.
    pub fn branch(&self, branch: usize) -> Vec<Id<Node>> {
        self.roots(branch).iter().flat_map(|id| self.subtree(*id)).collect()
    }

    /// All twigs, branch by branch, depth first.
    pub fn depth_first(&self) -> Vec<Id<Node>> {
        (0..self.roots.len()).flat_map(|b| self.branch(b)).collect()
    }
}
