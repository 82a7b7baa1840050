//! The sample, grown to any size.

use jirei::domain::Dossier;
use jirei::export::sample;

/// A map that has grown on all branches: the sample's trees again and again.
pub fn forest(entries: usize) -> Dossier {
    let mut dossier = sample::case_a().expect("the sample is sound");
    let at = dossier.progress.started_at.expect("the sample has begun");
    let mut mint = jirei::domain::Now { at, seed: 1 }.ids();
    let trees: Vec<_> = dossier.nodes.values().cloned().collect();
    while dossier.nodes.len() < entries {
        let mut new = std::collections::HashMap::new();
        for node in trees.iter().take(entries - dossier.nodes.len()) {
            let mut node = node.clone();
            new.insert(node.id, mint.id());
            node.id = new[&node.id];
            node.parent = node.parent.and_then(|id| new.get(&id).copied());
            node.rank += dossier.nodes.len() as i64;
            dossier.nodes.insert(node.id, node);
        }
    }
    dossier
}
