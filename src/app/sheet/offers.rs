//! What is offered for the cell being written in, and stepping through it.

use super::Heading;
use super::field::{self, Offer};
use crate::app::line::Line;
use crate::app::model::Model;

impl Model {
    /// The offers for the cell being written in: those that fit the last words.
    pub fn cell_offers(&self) -> Vec<Offer> {
        let Some(desk) = self.desk.as_ref() else { return Vec::new() };
        let Some((cell, line)) = desk.sheet.editing.as_ref() else { return Vec::new() };
        let heading = cell.heading();
        let context = desk.context(&self.lists, self.stamp.today());
        let words = match desk.sheet.offer {
            _ if desk.sheet.marked => "",
            // The list stays the one stepped through.
            Some(_) => last_token(&desk.sheet.typed, heading),
            None => last_token(line.text(), heading),
        };
        let all = field::offers(heading.choices, &context);
        // Words that are a choice already, or none yet: the whole list helps more than the one row.
        if words.is_empty() || all.iter().any(|o| o.text == words) {
            return all;
        }
        let found = field::fitting(heading.choices, words, &context);
        // Words that fit nothing need the list most.
        if found.is_empty() { all } else { found }
    }

    /// Steps through the offers and puts the one stepped to into the line. False where the arrow means the next row: nothing
    /// is offered, one goes up from the words as typed, or one only passes a cell that is filled in.
    pub(super) fn step_offer(&mut self, step: isize) -> bool {
        let offers = self.cell_offers();
        let Some(desk) = self.desk.as_mut() else { return false };
        let state = &mut desk.sheet;
        let Some((cell, line)) = state.editing.as_mut().filter(|_| !offers.is_empty()) else { return false };
        if state.passing && !line.is_empty() {
            return false;
        }
        let heading = cell.heading();
        if state.offer.is_none() {
            line.text().clone_into(&mut state.typed);
        }
        let standing = last_token(&state.typed, heading);
        let current = state.offer.or_else(|| offers.iter().position(|o| o.text == standing));
        let next = match current {
            Some(0) | None if step < 0 => None,
            Some(at) => Some(at.saturating_add_signed(step).min(offers.len() - 1)),
            None => Some(0),
        };
        if next.is_none() && state.offer.is_none() {
            return false;
        }
        let keep = &state.typed[..state.typed.len() - standing.len()];
        *line = match next {
            Some(at) => Line::new(format!("{keep}{}", offers[at].text)),
            None => Line::new(state.typed.clone()),
        };
        state.marked = false;
        state.offer = next;
        true
    }
}

/// The words after the last divider, where several may be chosen.
fn last_token(text: &str, heading: Heading) -> &str {
    if !heading.many {
        return text.trim_start();
    }
    match field::tokens(text, heading.choices).last() {
        Some(last) if text.trim_end().ends_with(*last) && !text.ends_with([' ', '\u{3000}']) => last,
        _ => "",
    }
}
