//! What is offered for the cell being written in, and stepping through it.

use std::borrow::Cow;

use crate::ui::sheet::field;
use crate::ui::sheet::field::{Choices, FieldContext, Heading, Offer};
use crate::ui::{Cell, Input, SheetState};

impl SheetState {
    /// Those that fit the last words of the cell being written in.
    pub(super) fn offers<'a>(&self, fields: &FieldContext<'a>) -> Cow<'a, [Offer]> {
        let Some((cell, line)) = self.editing.as_ref() else { return Cow::default() };
        let heading = cell.heading();
        let words = match self.offer {
            _ if self.marked => "",
            // The list stays the one stepped through.
            Some(_) => last_token(&self.typed, heading, fields),
            None => last_token(line.text(), heading, fields),
        };
        let all = field::offers(heading.choices, fields);
        // Words that are a choice already, or none yet: the whole list helps more than the one row.
        if words.is_empty() || all.iter().any(|o| o.text == words) {
            return all;
        }
        let found = field::fitting(&all, heading.choices, words, fields);
        // Words that fit nothing need the list most.
        if found.is_empty() { all } else { found.into_iter().cloned().collect() }
    }

    /// What was typed before the arrows came to a choice that was not taken; none where none was only passed by.
    pub(super) fn passed_by(&self) -> Option<&str> {
        let heading = self.editing.as_ref()?.0.heading();
        let is_choice = !matches!(heading.choices, Choices::Free);
        (is_choice && self.offer.is_some()).then_some(self.typed.as_str())
    }

    /// With the offer that is stepped to in the line. None where the arrow means the next row: nothing is offered, one goes up
    /// from the words as typed where no list was opened, or one only passes a cell that is filled in.
    pub(super) fn stepped(&self, offers: &[Offer], fields: &FieldContext, step: isize) -> Option<Self> {
        let (cell, line) = self.editing.as_ref().filter(|_| !offers.is_empty())?;
        // Down the plan of a year nobody is to call a meeting off in passing.
        if self.passing && (!line.is_empty() || matches!(cell, Cell::Slot(..))) {
            return None;
        }
        let typed = if self.offer.is_none() { line.text() } else { &self.typed };
        let standing = last_token(typed, cell.heading(), fields);
        let current = self.offer.or_else(|| offers.iter().position(|o| o.text == standing));
        let next = match current {
            Some(0) | None if step < 0 => None,
            Some(at) => Some(at.saturating_add_signed(step).min(offers.len() - 1)),
            None => Some(0),
        };
        if next.is_none() && self.offer.is_none() {
            let opened = matches!(cell.heading().choices, Choices::List(_)) && !self.passing;
            return opened.then(|| self.clone());
        }
        // What looks like a space at the end may be no part of the words.
        let keep = [typed, typed.trim_end()].into_iter().find_map(|typed| typed.strip_suffix(standing));
        let keep = keep.unwrap_or(typed);
        let words = next.map_or_else(|| typed.to_owned(), |at| format!("{keep}{}", offers[at].text));
        let editing = Some((*cell, Input::new(words)));
        let typed = typed.to_owned();
        Some(Self { editing, offer: next, typed, marked: false, passing: false, ..self.clone() })
    }
}

/// The words after the last divider, where several may be chosen.
fn last_token<'a>(text: &'a str, heading: Heading, fields: &FieldContext) -> &'a str {
    if !heading.many {
        return text.trim_start();
    }
    match field::tokens(text, heading.choices, fields).last() {
        Some(last) if text.trim_end().ends_with(*last) && !text.ends_with([' ', '\u{3000}']) => last,
        _ => "",
    }
}
