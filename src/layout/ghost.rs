//! A stacked map while words are being typed. All but one box is where it was, so it is not laid out anew for each key: below
//! the new words everything moves down by their rows.

use super::map::{Builder, Ghost, INDENT, Input, Layout, placed};
use super::shape::{PlacedBox, Room, What};
use super::words::{Lines, Words};
use crate::domain::Side;
use crate::domain::map::Place;

/// The stacked layout of an input with its ghost, from the layout of the same input without one.
pub fn with_ghost(bare: &Layout, input: &Input<'_>, words: &mut Words) -> Layout {
    let Some((ghost, (parent, at))) = input.ghost.and_then(|ghost| Some((ghost, spot(bare, ghost.place)?)))
    else {
        // What it would hang on is folded away.
        return bare.clone();
    };
    let mut builder = Builder::new(input, words);
    let mut new = new_box(&builder, ghost, &bare.boxes[parent]);
    new.parent = Some(parent);
    builder.boxes.extend_from_slice(&bare.boxes[..at]);
    builder.boxes.push(new);
    // The first twig of a branch takes the place of the words that say there is none.
    let empty =
        bare.boxes.get(at).is_some_and(|b| matches!(b.what, What::Empty(_)) && b.parent == Some(parent));
    let shift = usize::from(!empty);
    builder.boxes.extend(bare.boxes[at + usize::from(empty)..].iter().map(|placed| PlacedBox {
        parent: placed.parent.map(|p| if p >= at { p + shift } else { p }),
        ..placed.clone()
    }));
    let side = bare.boxes[parent].side;
    let of_side = |b: &PlacedBox| b.side == side && b.what != What::Centre;
    let first = builder.boxes.iter().position(of_side).unwrap_or(0);
    let end = builder.boxes.iter().rposition(of_side).map_or(first, |last| last + 1);
    builder.stack(first..end);
    builder.place_centre();
    builder.connect();
    builder.finish()
}

/// What a new twig hangs on, and which box comes after it.
fn spot(bare: &Layout, place: Place) -> Option<(usize, usize)> {
    let find = |what| bare.boxes.iter().position(|b| b.what == what);
    let end = |at: usize| {
        let depth = bare.boxes[at].depth;
        let inside = bare.boxes[at + 1..].iter().take_while(|b| b.depth > depth);
        let empty = |b: &PlacedBox| matches!(b.what, What::Empty(_));
        at + 1 + inside.filter(|b| !empty(b)).count()
    };
    match place {
        Place::Branch(branch) => find(What::Branch(branch)).map(|at| (at, end(at))),
        Place::Under(id) => find(What::Node(id)).map(|at| (at, end(at))),
        Place::After(id) => {
            let at = find(What::Node(id))?;
            Some((bare.boxes[at].parent?, end(at)))
        }
    }
}

fn new_box(builder: &Builder<'_>, ghost: &Ghost, parent: &PlacedBox) -> PlacedBox {
    let depth = parent.depth + 1;
    let wrap = builder.wrap(depth, &ghost.text, Room::default());
    let mut new = placed(What::Ghost, Lines::of(&ghost.text, wrap), Room::default());
    new.area.x = match parent.side {
        Side::Right => parent.area.x + INDENT,
        Side::Left => parent.area.right() - INDENT - new.area.w,
    };
    (new.side, new.branch, new.depth) = (parent.side, parent.branch, depth);
    new
}
