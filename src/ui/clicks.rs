//! Clicks on the rows of a meeting and of the region.

use ratatui::layout::{Margin, Position};

use crate::command::{Command, Place};
use crate::ui::context::Context;
use crate::ui::meeting::typing::Candidate;
use crate::ui::meeting::{MeetingScreen, closing, people, plan, regional};
use crate::ui::panes::panes;
use crate::ui::region::{RegionScreen, decide, register, review, year};
use crate::ui::regions::{Regions, inside, rows};
use crate::ui::screen::{Flow, Screen};
use crate::ui::sheet::Sheets;
use crate::ui::writing::LastKey;
use crate::ui::{form, frame};

/// A screen whose rows can be clicked.
pub trait Clicked: Sheets {
    /// What is seen that can be selected. The map has its own.
    fn seen(&self, cx: &Context) -> Regions;

    /// What is offered for a half-typed sign.
    fn candidates_here(&self, _: &Context) -> Vec<Candidate> {
        Vec::new()
    }

    /// The row and column one stands on.
    fn seat_mut(&mut self) -> (&mut usize, Option<&mut usize>);

    /// Does what Enter does on the row one stands on.
    fn enter_seat(&mut self, cx: &mut Context) -> Flow;

    /// A click selects, after what is written was kept; the second opens what the first selected. An open cell stays open.
    fn click_row(&mut self, cx: &mut Context, at: (u16, u16), second: bool) -> Flow {
        let (at, prompt) = (Position::from(at), panes(cx.size, self.place(), false).prompt);
        let offers = self.cell_offers(cx);
        if frame::covers(cx, prompt, &frame::offered(&offers, &self.candidates_here(cx)), at) {
            return Flow::Done;
        }
        drop(offers);
        let found = self.seen(cx).into_iter().find(|(_, area)| area.contains(at));
        let Some(((row, column), _)) = found else { return Flow::Done };
        let open = self.editing().is_some();
        // What opens when it is selected moves the others: the second click is for the first one's row.
        if second {
            return if open { Flow::Done } else { self.enter_seat(cx) };
        }
        let (stands, across) = self.seat_mut();
        let same = *stands == row && across.is_none_or(|across| *across == column);
        if open && (same || !self.leave_cell(cx)) {
            return Flow::Done;
        }
        let (stands, across) = self.seat_mut();
        *stands = row;
        if let Some(across) = across {
            *across = column;
        }
        cx.last = LastKey::Other;
        Flow::Done
    }
}

impl Clicked for MeetingScreen {
    fn seen(&self, cx: &Context) -> Regions {
        let place = self.place();
        let panes = panes(cx.size, place, false);
        let [body, side] = inside(&panes);
        match place {
            Place::Info => rows(form::about(self, cx).rows(body)),
            Place::People => people::draw::rows(self, cx, body),
            Place::Opening => people::draw::opening(self, cx, body, side),
            Place::Plan => plan::Seen::of(self, cx, panes.body).regions(),
            Place::Regional => regional::draw::regions(self, cx, body),
            Place::Closing => closing::draw::regions(self, cx, body, side),
            _ => Regions::new(),
        }
    }

    fn candidates_here(&self, cx: &Context) -> Vec<Candidate> {
        self.candidates(cx)
    }

    fn seat_mut(&mut self) -> (&mut usize, Option<&mut usize>) {
        match self.place() {
            Place::People | Place::Opening => (&mut self.people.row, None),
            Place::Closing => (&mut self.closing.row, None),
            Place::Plan => (&mut self.plan.row, Some(&mut self.plan.column)),
            Place::Regional => (&mut self.regional.sheet.row, Some(&mut self.regional.sheet.column)),
            _ => (&mut self.info.row, None),
        }
    }

    fn enter_seat(&mut self, cx: &mut Context) -> Flow {
        let sheet = matches!(self.place(), Place::Info | Place::Plan | Place::Regional);
        self.attempt(cx, if sheet { Command::EnterCell } else { Command::Edit })
    }
}

impl Clicked for RegionScreen {
    fn seen(&self, cx: &Context) -> Regions {
        let place = self.place();
        let panes = panes(cx.size, place, false);
        let [inside, side] = inside(&panes);
        let wide = panes.body.inner(Margin::new(2, 0));
        match place {
            Place::Register => rows(register::draw::rows(self, panes.body)),
            Place::Issue => register::draw::regions(self, cx, if side.is_empty() { inside } else { side }),
            Place::Year => year::draw::Seen::of(self, inside).regions(),
            Place::Review => review::draw::regions(self, wide),
            Place::Decide => decide::draw::regions(self, cx, wide),
            Place::Forms => decide::draw::Seen::of(self, cx, inside).regions(),
            _ => Regions::new(),
        }
    }

    fn seat_mut(&mut self) -> (&mut usize, Option<&mut usize>) {
        match self.place() {
            Place::Register => (&mut self.row, None),
            Place::Year | Place::Forms => (&mut self.sheet.row, Some(&mut self.sheet.column)),
            _ => (&mut self.sheet.row, None),
        }
    }

    fn enter_seat(&mut self, cx: &mut Context) -> Flow {
        let opens = matches!(self.place(), Place::Register | Place::Review);
        let command = if opens { Command::Open } else { Command::EnterCell };
        self.attempt(cx, command)
    }
}
