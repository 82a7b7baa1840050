//! For tests: steps that change something on the disk fail, or the program is killed at one of them.

use std::cell::Cell;
use std::io;

/// What becomes of the steps.
#[derive(Clone, Copy)]
pub enum Fault {
    /// The step after so many others fails, and those after it do not.
    Once(usize),
    /// No step after so many is taken: the program was killed.
    Killed(usize),
}

thread_local! {
    static FAULT: Cell<Option<(Fault, usize)>> = const { Cell::new(None) };
}

pub fn step() -> io::Result<()> {
    let Some((fault, taken)) = FAULT.get() else { return Ok(()) };
    FAULT.set(Some((fault, taken + 1)));
    let fails = match fault {
        Fault::Once(after) => taken == after,
        Fault::Killed(after) => taken >= after,
    };
    if fails { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
}

/// Does something under a fault. True: there were fewer steps than that.
pub fn under<T>(fault: Fault, act: impl FnOnce() -> T) -> (T, bool) {
    FAULT.set(Some((fault, 0)));
    let done = act();
    let taken = FAULT.take().map_or(0, |(_, taken)| taken);
    let (Fault::Once(after) | Fault::Killed(after)) = fault;
    (done, taken <= after)
}
