//! Which side of the centre a branch stands on.

use crate::domain::{Dossier, Side, Tree};

/// What a title and the row above it add to the twigs of a branch.
const TITLE: usize = 2;

/// Deals the branches to the two sides so that one is about as high as the other. Where they stood before they stay,
/// unless moving one of them lowers the higher side by a quarter: people have just learnt where things are. Folding
/// changes nothing.
pub fn deal(dossier: &Dossier, tree: &Tree, before: &[Side]) -> Vec<Side> {
    let branches = &dossier.meeting.branches;
    let mut sides: Vec<Side> =
        branches.iter().enumerate().map(|(i, b)| before.get(i).copied().unwrap_or(b.side)).collect();
    let weights: Vec<usize> = (0..sides.len()).map(|i| tree.count(i) + TITLE).collect();
    let height = |sides: &[Side], side: Side| -> usize {
        weights.iter().zip(sides).filter(|(_, s)| **s == side).map(|(w, _)| w).sum()
    };
    loop {
        let (left, right) = (height(&sides, Side::Left), height(&sides, Side::Right));
        let (higher, high, low) =
            if left > right { (Side::Left, left, right) } else { (Side::Right, right, left) };
        let lower = if higher == Side::Left { Side::Right } else { Side::Left };
        let moved = |i: usize| (high - weights[i]).max(low + weights[i]);
        let best = (0..sides.len()).filter(|i| sides[*i] == higher).min_by_key(|i| moved(*i));
        match best {
            Some(best) if moved(best) * 4 <= high * 3 => sides[best] = lower,
            _ => return sides,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Map;
    use super::*;

    fn dealt(map: &Map, before: &[Side]) -> String {
        let sides = deal(&map.dossier, &Tree::new(&map.dossier), before);
        sides.iter().map(|side| if *side == Side::Left { '左' } else { '右' }).collect()
    }

    /// Branches on the side the sign says, each with so many twigs.
    fn map(branches: &[(&str, usize)]) -> Map {
        let line = |(title, twigs): &(&str, usize)| {
            let twigs: String =
                (0..*twigs).map(|i| format!("  {}の枝{i}\n", title.trim_start_matches('<'))).collect();
            format!("{title}\n{twigs}")
        };
        Map::new(&branches.iter().map(line).collect::<String>())
    }

    #[test]
    fn 片側だけが高いときは一つ移る() {
        assert_eq!(
            dealt(&map(&[("<本人", 3), ("<生活", 2), ("医療", 30), ("家族", 20), ("経済", 2)]), &[]),
            "左左右左右"
        );
    }

    #[test]
    fn 少しの差では動かない() {
        assert_eq!(dealt(&map(&[("<本人", 10), ("<生活", 6), ("医療", 14), ("家族", 9)]), &[]), "左左右右");
        assert_eq!(dealt(&map(&[]), &[]), "");
        assert_eq!(dealt(&map(&[("医療", 40)]), &[]), "右");
    }

    #[test]
    fn 前にいた側が型の側に勝つ() {
        let map = map(&[("<本人", 3), ("医療", 3)]);
        assert_eq!(dealt(&map, &[Side::Right, Side::Left]), "右左");
    }
}
