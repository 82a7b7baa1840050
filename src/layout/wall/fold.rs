//! What stays where there is not room for all: the most interesting first, as long as there is room.
//!
//! Nothing here knows what a measure is: room and heights are counted in rows of cells, in points, in whatever the caller says.

/// So many that have no room are tried before it is given up to find one that has: in a large meeting there are thousands.
pub(super) const TRIES: usize = 16;

/// Who is to be shown in one column, and how high it is.
pub(super) struct Column<'a, F: FnMut(usize) -> i32> {
    /// What is seen wherever it hangs, the most urgent first.
    pub(super) must: &'a [usize],
    /// What must be seen leaves so much room to the others; none: they come once all that must be is seen.
    pub(super) left: Option<i32>,
    /// All of the column by interest; none before what it hangs on.
    pub(super) order: &'a [usize],
    /// What each hangs on; none: on the column's head.
    pub(super) parent: &'a dyn Fn(usize) -> Option<usize>,
    /// The height of each.
    pub(super) height: F,
}

impl<F: FnMut(usize) -> i32> Column<'_, F> {
    /// Marks what is to be shown, beside what is marked already, in so much room.
    pub(super) fn keep(&mut self, mut room: i32, shown: &mut [bool]) {
        let (mut tries, mut waits) = (TRIES, None);
        let urgent = self.must.iter().map(|i| (*i, true));
        for (i, must) in urgent.chain(self.order.iter().map(|i| (*i, false))) {
            let last = !must && self.left.is_none();
            if room <= 0 || last && *waits.get_or_insert_with(|| self.must.iter().any(|i| !shown[*i])) {
                break;
            }
            let left = if must { self.left.unwrap_or(0) } else { 0 };
            let hangs = must || (self.parent)(i).is_none_or(|parent| shown[parent]);
            if shown[i] || room <= left || !hangs || must && tries == 0 {
                continue;
            }
            let height = (self.height)(i);
            if height + left <= room {
                shown[i] = true;
                room -= height;
            } else {
                tries = tries.saturating_sub(1);
            }
        }
    }
}
