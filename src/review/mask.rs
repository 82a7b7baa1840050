//! Small groups in what leaves the house: a group of one or two people is hidden, and so is what one could compute it from.
//!
//! Sums stay as they are, so a hidden part of a sum must have company: where the others that are shown would leave only one
//! possibility for it, the next larger part is withheld, too (in the statistics of authorities: secondary suppression).

use super::figure::{Figure, FigureId, Row, Value};
use super::figures::{HEADLINES, Of};
use super::{Body, Counts, Held, Review, Word};

/// A group of fewer people is hidden, unless somebody says otherwise.
pub const USUAL: u64 = 3;

/// What becomes of one part of a sum that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// As it was counted.
    Shown,
    /// Fewer than the threshold, and not none.
    Under,
    /// As large as the threshold or larger; withheld for the sake of another.
    Withheld,
}

/// Which parts of a known sum are hidden. False with it: all that could be hidden is, and the sum must be withheld as well.
pub fn parts(values: &[u64], threshold: u64) -> (Vec<Part>, bool) {
    let mut parts: Vec<Part> =
        values.iter().map(|n| if (1..threshold).contains(n) { Part::Under } else { Part::Shown }).collect();
    while !is_safe(values, &parts, threshold) {
        let next = values.iter().zip(&mut parts).filter(|(n, part)| **part == Part::Shown && **n > 0);
        match next.min_by_key(|(n, _)| **n) {
            Some((_, part)) => *part = Part::Withheld,
            None => return (parts, false),
        }
    }
    (parts, true)
}

/// Whether somebody who knows the sum, this rule and every part that is shown cannot compute one of the small ones.
fn is_safe(values: &[u64], parts: &[Part], threshold: u64) -> bool {
    let of = |wanted: Part| {
        let found = values.iter().zip(parts).filter(move |(_, part)| **part == wanted).map(|(n, _)| *n);
        found.fold((0, 0), |(count, sum), n| (count + 1, sum + n))
    };
    let (small, small_sum) = of(Part::Under);
    let (withheld, withheld_sum) = of(Part::Withheld);
    if small == 0 {
        return true;
    }
    // What the small groups may add up to. A withheld one is known to be at least the threshold, and at most the smallest
    // that is shown.
    let hidden = small_sum + withheld_sum;
    let (least, most) = (small, small * (threshold - 1));
    let shown =
        values.iter().zip(parts).filter(|(n, part)| **part == Part::Shown && **n > 0).map(|(n, _)| *n);
    let largest = shown.min().unwrap_or(u64::MAX);
    let fits = |sum: &u64| {
        let rest = hidden.checked_sub(*sum);
        rest.is_some_and(|rest| rest >= withheld * threshold && rest <= withheld.saturating_mul(largest))
    };
    let possible: Vec<u64> = (least..=most).filter(fits).take(2).collect();
    match possible.as_slice() {
        [_, _, ..] => true,
        [sum] => small > 1 && *sum > least && *sum < most,
        [] => false,
    }
}

impl Part {
    /// What is shown in the place of a value.
    fn over(self, value: Value, threshold: u64) -> Value {
        match self {
            Part::Shown => value,
            Part::Under => Value::Under(threshold),
            Part::Withheld => Value::Withheld,
        }
    }
}

/// The number of participants of each meeting of a review, as it may leave the house.
pub fn attendances(review: &Review, threshold: u64) -> Vec<Value> {
    let held: Vec<&Held> = review.held().collect();
    let counts = by_meeting(&held, threshold).0;
    if masked(review, threshold).1 { counts } else { counts.into_iter().map(without).collect() }
}

/// What is left of a number of people where no sum over people may be known: with the parts of a sum one knows it, too.
fn without(value: Value) -> Value {
    match value {
        Value::Count(1..) | Value::Share { .. } | Value::Mean { .. } => Value::Withheld,
        value => value,
    }
}

/// The people of each meeting, and whether their sum may stand beside them.
fn by_meeting(held: &[&Held], threshold: u64) -> (Vec<Value>, bool) {
    let counts: Vec<u64> = held.iter().map(|held| u64::from(held.participants)).collect();
    let (parts, safe) = parts(&counts, threshold);
    let shown = |(part, n): (Part, &u64)| part.over(Value::Count(*n), threshold);
    (parts.into_iter().zip(&counts).map(shown).collect(), safe)
}

/// All figures of a review as they may leave the house.
pub fn figures(review: &Review, threshold: u64) -> Vec<Figure> {
    let (mut figures, sums_stand) = masked(review, threshold);
    // Where a part could be computed from the sum, the sum goes, wherever it stands.
    if !sums_stand {
        figures.iter_mut().for_each(without_sums);
    }
    figures
}

/// The figures without small groups, and whether the sums over people may stand beside them.
fn masked(review: &Review, threshold: u64) -> (Vec<Figure>, bool) {
    let mut figures = review.figures();
    let held: Vec<&Held> = review.held().collect();
    let (meetings, meetings_safe) = by_meeting(&held, threshold);
    // A month with a hidden meeting in it would give away the meeting.
    let months: Vec<u32> = held
        .iter()
        .zip(&meetings)
        .filter(|(_, value)| value.count().is_none())
        .filter_map(|(held, _)| held.date)
        .map(|date| chrono::Datelike::month(&date))
        .collect();
    let professions = profession_parts(review, threshold);
    let mut safe = professions.1 && meetings_safe;
    for figure in &mut figures {
        safe &= match figure.id {
            FigureId::People | FigureId::FirstTime => partition(figure, threshold),
            FigureId::Professions | FigureId::Speech | FigureId::Missing => {
                by_profession(figure, &professions.0, threshold);
                true
            }
            FigureId::Months => {
                by_month(figure, &months, threshold);
                true
            }
            FigureId::Before => {
                against_before(figure, &review.before, &review.sum, threshold);
                true
            }
            FigureId::Presenters => {
                by_body(figure, review, threshold);
                true
            }
            FigureId::Towns => by_town(figure, threshold),
            _ => true,
        };
    }
    (figures, safe && !(1..threshold).contains(&review.sum.attendances))
}

/// What is hidden of each profession.
fn profession_parts(review: &Review, threshold: u64) -> (Vec<(Word, Part)>, bool) {
    let present = review.sum.professions.iter().filter(|(_, n)| n.attendances > 0);
    let (words, counts): (Vec<_>, Vec<u64>) = present.map(|(word, n)| (word.clone(), n.attendances)).unzip();
    let (parts, safe) = parts(&counts, threshold);
    (words.into_iter().zip(parts).collect(), safe)
}

/// Rows with a key are parts of one sum.
fn partition(figure: &mut Figure, threshold: u64) -> bool {
    let mut rows: Vec<&mut Row> = figure.rows.iter_mut().filter(|row| row.key.is_some()).collect();
    let counts: Vec<u64> = rows.iter().map(|row| row.people.unwrap_or(0)).collect();
    let (parts, safe) = parts(&counts, threshold);
    for (row, part) in rows.iter_mut().zip(parts) {
        hide(row, part, threshold);
    }
    safe
}

fn hide(row: &mut Row, part: Part, threshold: u64) {
    if part == Part::Shown {
        return;
    }
    let mut cells = row.cells.iter_mut();
    if let Some(first) = cells.next() {
        *first = part.over(*first, threshold);
    }
    // Other numbers of a small group would give away how large it is.
    cells.for_each(|cell| *cell = Value::Withheld);
}

/// A profession that is hidden in one table is hidden in all.
fn by_profession(figure: &mut Figure, hidden: &[(Word, Part)], threshold: u64) {
    let counts_people = figure.id == FigureId::Professions;
    for row in &mut figure.rows {
        let part = hidden.iter().find(|(word, _)| Some(word) == row.key.as_ref()).map(|(_, part)| *part);
        match part {
            None | Some(Part::Shown) => {}
            Some(part) if counts_people => hide(row, part, threshold),
            // The table counts something other than people, so 「3未満」 would be wrong: the cells are withheld.
            Some(_) => row.cells.fill(Value::Withheld),
        }
    }
}

/// In a small town the case of the high school is its pupil: a body that brought few cases has no name here. Nor have those
/// that brought none then, for who is missing among all that came is the one.
fn by_body(figure: &mut Figure, review: &Review, threshold: u64) {
    let bodies = || review.towns.iter().flat_map(|town| &town.bodies);
    let named = |body: &&Body| body.presented > 0 && body.cases >= threshold;
    if bodies().filter(|body| body.presented > 0).all(|body| named(&body)) {
        return;
    }
    let names: Vec<&Word> = bodies().filter(named).map(|body| &body.name).collect();
    figure.rows.retain(|row| row.key.as_ref().is_none_or(|key| names.contains(&key)));
}

fn by_month(figure: &mut Figure, hidden: &[u32], threshold: u64) {
    for row in &mut figure.rows {
        let hide = row.key.as_ref().and_then(|key| key.parse().ok()).is_some_and(|m| hidden.contains(&m));
        if let Some(cell) = row.cells.get_mut(1).filter(|_| hide) {
            let small = row.people.is_some_and(|n| n < threshold);
            *cell = if small { Value::Under(threshold) } else { Value::Withheld };
        }
    }
}

fn against_before(figure: &mut Figure, before: &Counts, sum: &Counts, threshold: u64) {
    for (row, (_, count, of, _)) in figure.rows.iter_mut().zip(HEADLINES) {
        let small = [count(sum), count(before)].map(|n| *of == Of::People && (1..threshold).contains(&n));
        if small == [false, false] {
            continue;
        }
        for (cell, small) in row.cells.iter_mut().zip(small.into_iter().chain([true])) {
            if small {
                *cell =
                    if matches!(cell, Value::Change(_)) { Value::Withheld } else { Value::Under(threshold) };
            }
        }
    }
}

/// The columns that count people, each a sum of its own.
fn by_town(figure: &mut Figure, threshold: u64) -> bool {
    let mut safe = true;
    for (column, _) in HEADLINES.iter().enumerate().filter(|(_, (_, _, of, _))| *of == Of::People) {
        let towns = figure.rows.iter_mut().filter(|row| row.key.is_some());
        let mut cells: Vec<&mut Value> = towns.filter_map(|row| row.cells.get_mut(column)).collect();
        let counts: Vec<u64> = cells.iter().map(|cell| cell.count().unwrap_or(0)).collect();
        let (parts, fine) = parts(&counts, threshold);
        safe &= fine;
        for (cell, part) in cells.iter_mut().zip(parts) {
            **cell = part.over(**cell, threshold);
        }
    }
    safe
}

/// A figure where no sum over people may be known, nor the parts that add up to one.
fn without_sums(figure: &mut Figure) {
    let of_people = |place: usize| HEADLINES.get(place).is_some_and(|(_, _, of, _)| *of == Of::People);
    for (place, row) in figure.rows.iter_mut().enumerate().filter(|(_, row)| row.people.is_some()) {
        for (column, cell) in row.cells.iter_mut().enumerate() {
            match figure.id {
                FigureId::Months if column == 0 => {}
                FigureId::Towns if !of_people(column) => {}
                FigureId::Before if of_people(place) => *cell = Value::Withheld,
                FigureId::Attendances | FigureId::People if row.key.is_none() => *cell = Value::Withheld,
                _ => *cell = without(*cell),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(values: &[u64]) -> (String, bool) {
        let (parts, safe) = parts(values, 3);
        let sign = |part| match part {
            Part::Shown => 'o',
            Part::Under => 'u',
            Part::Withheld => 'w',
        };
        (parts.into_iter().map(sign).collect(), safe)
    }

    #[test]
    fn 小さい数は合計から引いても分からない() {
        assert_eq!(signs(&[10, 20, 30]), ("ooo".into(), true));
        assert_eq!(signs(&[10, 0, 30]), ("ooo".into(), true), "nobody is nobody");
        // One alone would be the sum less the others.
        assert_eq!(signs(&[1, 20, 30]), ("uwo".into(), true));
        assert_eq!(signs(&[2, 30, 20, 0]), ("uowo".into(), true));
        // Two of them may be one and two, or two and one.
        assert_eq!(signs(&[1, 2, 30]), ("uuo".into(), true));
        // But not if both are one, or both two.
        assert_eq!(signs(&[1, 1, 30, 40]), ("uuwo".into(), true));
        assert_eq!(signs(&[2, 2, 30, 40]), ("uuwo".into(), true));
        // Three is the least that is ever withheld: one and three leave no other possibility.
        assert_eq!(signs(&[1, 3, 30, 40]), ("uwwo".into(), true));
        assert_eq!(signs(&[2]), ("u".into(), false));
        assert_eq!(signs(&[2, 2, 0]), ("uuo".into(), false));
        assert_eq!(signs(&[]), (String::new(), true));
    }

    /// Tries every possibility that somebody outside could think of.
    #[test]
    fn どの組でも小さい数は一つに決まらない() {
        for seed in 0..4096u64 {
            let values: Vec<u64> = (0..4).map(|i| (seed >> (3 * i)) & 7).collect();
            let (parts, safe) = parts(&values, 3);
            if !safe {
                continue;
            }
            let sum: u64 = values.iter().sum();
            let range = |(part, n): (&Part, &u64)| match part {
                Part::Shown => *n..=*n,
                Part::Under => 1..=2,
                Part::Withheld => 3..=sum,
            };
            let ranges: Vec<_> = parts.iter().zip(&values).map(range).collect();
            let mut seen: Vec<Vec<u64>> = vec![Vec::new(); 4];
            for a in ranges[0].clone() {
                for b in ranges[1].clone() {
                    for c in ranges[2].clone() {
                        for d in ranges[3].clone().filter(|d| a + b + c + d == sum) {
                            for (place, n) in [a, b, c, d].into_iter().enumerate() {
                                seen[place].push(n);
                            }
                        }
                    }
                }
            }
            for (place, part) in parts.iter().enumerate() {
                seen[place].sort_unstable();
                seen[place].dedup();
                assert!(*part != Part::Under || seen[place].len() > 1, "{values:?} {parts:?}");
            }
        }
    }
}
