//! What is offered for the cell being written in, and stepping through it.

use std::borrow::Cow;

use super::field::{self, Offer};
use super::{Cell, Choices, Heading};
use crate::app::input::Input;
use crate::app::model::Model;

impl Model {
    /// The offers for the cell being written in: those that fit the last words.
    pub fn cell_offers(&self) -> Cow<'_, [Offer]> {
        let Some((sheet, context)) = self.sheet().zip(self.context()) else { return Cow::default() };
        let Some((cell, line)) = sheet.editing.as_ref() else { return Cow::default() };
        let heading = cell.heading();
        let words = match sheet.offer {
            _ if sheet.marked => "",
            // The list stays the one stepped through.
            Some(_) => last_token(&sheet.typed, heading),
            None => last_token(line.text(), heading),
        };
        let all = field::offers(heading.choices, &context);
        // Words that are a choice already, or none yet: the whole list helps more than the one row.
        if words.is_empty() || all.iter().any(|o| o.text == words) {
            return all;
        }
        let found = field::fitting(&all, heading.choices, words, &context);
        // Words that fit nothing need the list most.
        if found.is_empty() { all } else { found.into_iter().map(|i| all[i].clone()).collect() }
    }

    /// Holds the entries of the map ready as offers while a cell is open that takes some: each frame asks for them.
    pub(in crate::app) fn refresh_offers(&mut self) {
        let Some(desk) = self.desk.as_mut() else { return };
        let open = desk.sheet.editing.as_ref();
        if open.is_none_or(|(cell, _)| !matches!(cell.heading().choices, Choices::Nodes)) {
            desk.entries = None;
        } else if desk.entries.is_none() {
            desk.entries = Some(field::entries(&desk.doc.dossier, &desk.doc.tree));
        }
    }

    /// Steps through the offers and puts the one stepped to into the line. False where the arrow means the next row: nothing
    /// is offered, one goes up from the words as typed, or one only passes a cell that is filled in.
    pub(super) fn step_offer(&mut self, step: isize) -> bool {
        let offers = self.cell_offers();
        let Some(state) = self.sheet() else { return false };
        let Some((cell, line)) = state.editing.as_ref().filter(|_| !offers.is_empty()) else { return false };
        // Down the plan of a year nobody is to call a meeting off in passing.
        if state.passing && (!line.is_empty() || matches!(cell, Cell::Slot(..))) {
            return false;
        }
        let typed = if state.offer.is_none() { line.text() } else { &state.typed };
        let standing = last_token(typed, cell.heading());
        let current = state.offer.or_else(|| offers.iter().position(|o| o.text == standing));
        let next = match current {
            Some(0) | None if step < 0 => None,
            Some(at) => Some(at.saturating_add_signed(step).min(offers.len() - 1)),
            None => Some(0),
        };
        if next.is_none() && state.offer.is_none() {
            return false;
        }
        let keep = &typed[..typed.len() - standing.len()];
        let words = next.map_or_else(|| typed.to_owned(), |at| format!("{keep}{}", offers[at].text));
        let typed = typed.to_owned();
        let Some(state) = self.sheet_mut() else { return false };
        if let Some((_, line)) = state.editing.as_mut() {
            *line = Input::new(words);
        }
        (state.typed, state.marked, state.offer) = (typed, false, next);
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
