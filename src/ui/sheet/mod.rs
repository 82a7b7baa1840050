//! Tables and forms: one cell at a time is edited in place, and each cell that is left is one edit.

pub(crate) mod about;
pub(crate) mod action;
pub mod cell;
pub mod field;
pub(crate) mod meeting;
pub(crate) mod moves;
pub(crate) mod offers;
mod people;
pub(crate) mod regional;
pub(crate) mod year;

use std::borrow::Cow;

use crate::command::{Code, Key, Place};
use crate::domain::several::is_divider;
use crate::domain::{Change, Dossier, Id, IdSource, Meeting, aside};
pub use crate::ui::sheet::about::{About, AboutField};
pub(crate) use crate::ui::sheet::field::replaced;
pub use crate::ui::sheet::field::{Choices, FieldContext, Offer, Row};
use crate::ui::sheet::field::{Field, Heading, Tone, Unread, choose};
use crate::ui::sheet::regional::read_again;
pub use crate::ui::sheet::regional::{Regional, RegionalField};
use crate::ui::writing::Origin;
use crate::ui::{Cell, Context, Enter, Flow, Input, LastKey, Offerable, Screen, Seat, SheetState};

/// Before words that could not be read, or that no list has.
pub(crate) const MARK: &str = "？";

/// How words that are no choice become one.
const CHOOSE: &str = "の欄で {enter-cell} を押すと選べます。";

/// How one of a list is chosen.
const CHOSEN: &str = "選ぶときは {enter-cell} か {next-cell} を押します。";

/// Said over words of the map that are to become others.
pub(crate) const REWORD: &str =
    "この人だけのことではない文を打つと、入れかわります。一部を直すときは {left right} を押します。";

/// What is asked about a cell.
pub struct Asked<'a> {
    pub text: Wanted<'a>,
    pub fields: FieldContext<'a>,
    pub mint: &'a mut IdSource,
}

/// Which text of a cell.
#[derive(Clone, Copy)]
pub enum Wanted<'a> {
    /// The one that is edited.
    Raw,
    /// The one that people read.
    Shown,
    /// The one that people would read once this is written.
    Written(&'a str),
}

/// What stands in a cell, or would. Empty where there is no row yet.
#[derive(Default)]
pub struct Standing {
    pub text: String,
    /// What writing it would be about, and its changes.
    pub noun: &'static str,
    pub changes: Vec<Change>,
    /// What of the words means nothing there.
    pub unread: Option<Unread>,
    /// The words that stand beside the field already.
    pub waits: String,
}

/// The field of a name in a row; where there is none it would be in a fresh one.
pub(crate) fn in_row<R: Row>(
    before: Option<R>,
    name: R::Name,
    fresh: impl FnOnce(&mut IdSource) -> R,
    Asked { text, fields, mint }: Asked,
) -> Standing {
    let field = R::field(name);
    let waits = before.as_ref().map(|row| row.waiting(name).to_owned()).unwrap_or_default();
    let shown = |row: &R| {
        let (raw, text) = ((field.get)(row, &fields), (field.show)(row, &fields));
        let Heading { choices, many, .. } = field.heading;
        let listed = !matches!(choices, Choices::List(_)) || many || choose(&raw, choices, &fields).is_ok();
        let text = if listed { text } else { format!("{MARK}{text}") };
        match row.waiting(name) {
            "" => text,
            words if many => format!("{text} {MARK}{}", aside::shown(words)).trim_start().to_owned(),
            words => format!("{text} {MARK}{words}").trim_start().to_owned(),
        }
    };
    let words = match text {
        Wanted::Raw => {
            let text = before.as_ref().map(|row| raw(field, row, &waits, &fields)).unwrap_or_default();
            return Standing { text, waits, ..Standing::default() };
        }
        Wanted::Shown => {
            let text = before.as_ref().map(shown).unwrap_or_default();
            return Standing { text, waits, ..Standing::default() };
        }
        Wanted::Written(words) => words,
    };
    let mut row = before.clone().unwrap_or_else(|| fresh(mint));
    // Whoever takes words away that meant nothing takes away no more.
    let only = !waits.is_empty() && !field.heading.many && raw(field, &row, &waits, &fields) == waits;
    let unread = match words.trim().is_empty() && only {
        true => None,
        false => (field.set)(&mut row, words, field.heading.choices, &fields).err(),
    };
    row.leave(name, unread.as_ref().map_or("", |unread| &unread.words));
    let changes = row.changes(before.as_ref(), mint);
    Standing { text: shown(&row), noun: R::NOUN, changes, unread, waits }
}

/// The text one edits: what the field holds, and what waits beside it. Where one thing stands and the words are no part of it,
/// they alone are offered back.
fn raw<R: Row>(field: &Field<R>, row: &R, waits: &str, fields: &FieldContext) -> String {
    let stands = (field.get)(row, fields);
    let waits = if field.heading.many { aside::shown(waits) } else { waits.into() };
    if waits.is_empty() || stands.is_empty() {
        return stands + &waits;
    }
    if field.heading.many {
        let between = if stands.contains(aside::BETWEEN) { aside::BETWEEN } else { '、' };
        return format!("{stands}{between}{waits}");
    }
    let both = format!("{stands} {waits}");
    let read = (field.set)(&mut row.clone(), &both, field.heading.choices, fields);
    if read.is_err_and(|unread| unread.words == waits) { both } else { waits.into_owned() }
}

/// A screen with tables or forms.
pub trait Sheets: Screen + Offerable {
    /// Where one stands in the table or form that is seen.
    fn sheet(&self) -> Option<&SheetState>;

    fn sheet_mut(&mut self) -> Option<&mut SheetState>;

    /// The meeting that fields look at, and the entries of its map as offers, where they are held ready.
    fn looked_at(&self) -> (&Dossier, Option<&[Offer]>);

    fn fields<'a>(&'a self, cx: &'a Context) -> FieldContext<'a> {
        let (dossier, entries) = self.looked_at();
        FieldContext { dossier, entries, lists: &cx.lists, formats: &cx.formats, today: cx.today() }
    }

    /// The meeting whose cells these are; none for those of the region.
    fn of_meeting(&self) -> Option<Id<Meeting>>;

    /// What stands in a cell, if it is one of this screen.
    fn at(&self, cell: Cell, asked: Asked) -> Standing;

    /// Adds the changes that others bring with them.
    fn bring_along(&self, cx: &mut Context, changes: &mut Vec<Change>);

    /// The cell that is selected.
    fn selected_cell(&self, cx: &Context) -> Option<Cell>;

    /// Rows and columns there are to move over, at least one; a table has one more row, to be written in.
    fn extent(&self, cx: &Context) -> (usize, usize);

    /// Does an edit. False if it could not be done; the notice says why.
    fn commit(&mut self, cx: &mut Context, label: String, changes: Vec<Change>) -> bool;

    /// The row and column one stands on.
    fn seat_mut(&mut self) -> (&mut usize, Option<&mut usize>);

    /// Does what Enter does on the row one stands on.
    fn enter_seat(&mut self, cx: &mut Context) -> Flow;

    /// A click selects, after what is written was kept; the second opens what the first selected. An open cell stays open.
    fn click_row(&mut self, cx: &mut Context, (row, column): Seat, second: bool) -> Flow {
        let open = self.editing().is_some();
        // What opens when it is selected moves the others: the second click is for the first one's row.
        if second {
            return if open { Flow::Done } else { self.enter_seat(cx) };
        }
        let (stands, across) = self.seat_mut();
        let same = *stands == row && across.is_none_or(|across| *across == column);
        if open && same {
            return Flow::Done;
        }
        self.leave_cell(cx);
        let (stands, across) = self.seat_mut();
        *stands = row;
        if let Some(across) = across {
            *across = column;
        }
        cx.last = LastKey::Other;
        Flow::Done
    }

    /// What Enter does on a row in which nothing is written.
    fn on_row(&self) -> Option<Enter> {
        None
    }

    /// Whether what is typed in the cell chooses something that is offered, and is no words.
    fn chooses(&self) -> bool {
        false
    }

    /// What Enter does in a table or form.
    fn on_cell(&self, cx: &Context) -> Option<Enter> {
        match self.editing() {
            Some(_) if self.chooses() => self.on_row(),
            Some(_) => Some(Enter::Settle),
            None => self.selected_cell(cx).map(Enter::Cell).or_else(|| self.on_row()),
        }
    }

    /// Does it.
    fn enter_row(&mut self, _: &mut Context) -> Flow {
        Flow::Done
    }

    /// The cell being written in, with what stands in it so far.
    fn editing(&self) -> Option<&(Cell, Input)> {
        self.sheet()?.editing.as_ref()
    }

    fn is_edited(&self, cell: Cell) -> bool {
        self.editing().is_some_and(|(editing, _)| *editing == cell)
    }

    /// Whether a space is one of the words, not an action.
    fn types_space(&self) -> bool {
        self.editing().is_some() || self.holds_words()
    }

    /// Whether a cell is written in and nothing stands there.
    fn in_empty_cell(&self) -> bool {
        self.editing().is_some_and(|(_, line)| line.is_empty())
    }

    /// A text of a cell, and what of it would mean nothing.
    fn text(&self, cx: &Context, cell: Cell, text: Wanted) -> Standing {
        self.at(cell, Asked { text, fields: self.fields(cx), mint: &mut cx.ids.clone() })
    }

    /// The words in a cell that mean nothing there yet.
    fn waiting(&self, cx: &Context, cell: Cell) -> Option<String> {
        Some(self.text(cx, cell, Wanted::Raw).waits).filter(|words| !words.is_empty())
    }

    /// The text one edits in a cell.
    fn raw(&self, cx: &Context, cell: Cell) -> String {
        self.text(cx, cell, Wanted::Raw).text
    }

    /// The text that stands in a cell, as people read it; what means nothing there is marked.
    fn shown(&self, cx: &Context, cell: Cell) -> String {
        self.text(cx, cell, Wanted::Shown).text
    }

    /// What stands in a cell; what is being written stands in its place already.
    fn standing(&self, cx: &Context, cell: Cell) -> String {
        match self.editing() {
            Some((editing, line)) if *editing == cell => line.text().to_owned(),
            _ => self.shown(cx, cell),
        }
    }

    /// Whether what stands in a cell came from elsewhere and is to be said in other words.
    fn is_borrowed(&self, _: Cell) -> bool {
        false
    }

    /// Starts writing in a cell, with what stands there.
    fn edit_cell(&mut self, cx: &mut Context, cell: Cell) {
        self.leave_cell(cx);
        let (raw, replaced) = (self.raw(cx, cell), cell.heading().whole || self.is_borrowed(cell));
        if let Some(sheet) = self.sheet_mut() {
            sheet.marked = replaced && !raw.is_empty();
            sheet.editing = Some((cell, Input::new(raw)));
            (sheet.offer, sheet.passing) = (None, false);
        }
    }

    /// Keeps what is being written: as far as it means something there, and the rest beside it. Nobody is held up by words.
    fn leave_cell(&mut self, cx: &mut Context) {
        let Some((cell, mut line)) = self.editing().cloned() else { return };
        if self.chooses() {
            return self.drop_cell();
        }
        // What the arrows only passed by nobody has chosen.
        if let Some(typed) = self.sheet().and_then(SheetState::passed_by) {
            let same = self.text(cx, cell, Wanted::Raw).text == typed;
            let kept = if same { "元のまま" } else { "打ったところまで" };
            line = Input::new(typed);
            cx.say_filled(&format!("{}：矢印で見ただけなので、{kept}です。{CHOSEN}", cell.heading().title));
        }
        self.drop_cell();
        let (heading, raw, meeting) = (cell.heading(), line.text(), self.of_meeting());
        let before = self.text(cx, cell, Wanted::Raw);
        // What waits may mean something by now.
        if before.text == raw && before.waits.is_empty() {
            return;
        }
        let mut mint = cx.ids.clone();
        let fields = self.fields(cx);
        let Standing { text, noun, mut changes, unread, .. } =
            self.at(cell, Asked { text: Wanted::Written(raw), fields, mint: &mut mint });
        cx.ids = mint;
        let new_row = matches!(cell, Cell::Plan(None, _) | Cell::Regional(None, _) | Cell::Slot(None, _));
        if raw.trim().is_empty() && new_row {
            changes.clear();
        }
        self.bring_along(cx, &mut changes);
        // Of a choice it is said what was chosen: what was typed for it may be closer than is kept.
        let chosen = matches!(heading.choices, Choices::List(_)) && !heading.many;
        let words = if chosen { text.trim_start_matches(MARK) } else { raw.trim() };
        let of = if noun == heading.title { noun.to_owned() } else { format!("{noun}の{}", heading.title) };
        let label = format!("{of}: {words}");
        let told = read_again(&mut changes, &cx.watch);
        if !changes.is_empty() && !self.commit(cx, label, changes) {
            return cx.remember_after(None, meeting, Origin::Cell(cell), line);
        }
        match told {
            // What was just written is warned of first.
            Some(told) if cx.notice.speaks() => return cx.say_also(&told),
            Some(told) => return cx.warn(told),
            None => {}
        }
        let Some(Unread { problem, tone, .. }) = unread else {
            return cell
                .passed_over()
                .filter(|_| !raw.trim().is_empty())
                .map_or((), |words| cx.say_filled(words));
        };
        let said = format!("{}：{problem}", heading.title);
        match tone {
            Tone::Calm => cx.say(said),
            Tone::Heed => cx.warn(said),
            Tone::Uncounted => cx.warn(format!("{said}{}{}", heading.title, cx.keymap.fill(CHOOSE))),
        }
    }

    /// What was stepped to is chosen.
    fn choose_offer(&mut self) {
        if let Some(sheet) = self.sheet_mut() {
            sheet.offer = None;
        }
    }

    /// Gives up what is being written.
    fn drop_cell(&mut self) {
        if let Some(sheet) = self.sheet_mut() {
            (sheet.offer, sheet.marked, sheet.editing) = (None, false, None);
        }
    }

    /// Enter on a table or form: begins to write, or keeps what was written and goes on to the next cell.
    fn sheet_enter(&mut self, cx: &mut Context) -> Flow {
        match self.on_cell(cx) {
            Some(Enter::Settle) => self.sheet_step(cx, 1),
            Some(Enter::Cell(cell)) => {
                self.edit_cell(cx, cell);
                if self.is_borrowed(cell) {
                    cx.say_filled(REWORD);
                }
            }
            _ => return self.enter_row(cx),
        }
        Flow::Done
    }

    /// Keeps what is written and goes `step` cells on; past the end of a row of a table to the next row.
    fn sheet_step(&mut self, cx: &mut Context, step: isize) {
        let was_editing = self.editing().is_some();
        self.choose_offer();
        self.leave_cell(cx);
        let (place, extent) = (self.place(), self.extent(cx));
        let moved = self.sheet_mut().is_some_and(|sheet| sheet.step(place, extent, step));
        // At the end of a form there is no next cell to write in.
        if was_editing
            && moved
            && let Some(cell) = self.selected_cell(cx)
        {
            self.edit_cell(cx, cell);
            if let Some(sheet) = self.sheet_mut() {
                sheet.passing = true;
            }
        }
    }

    /// An arrow on a table or form. While a list is offered, up and down step through it; left and right go along the words.
    fn sheet_move(&mut self, cx: &mut Context, down: isize, right: isize) {
        let stepped = down != 0 && self.step_offer(cx, down)
            || right != 0 && self.sheet_mut().is_some_and(|sheet| sheet.go_along(right));
        if !stepped {
            self.sheet_go(cx, down, right);
        }
    }

    /// A few rows on, or to the first field of the regional issue before or after.
    fn sheet_page(&mut self, cx: &mut Context, step: isize) {
        let turns = self.place() == Place::Regional;
        let (down, right) = if turns { (0, step) } else { (step * 8, 0) };
        self.sheet_go(cx, down, right);
        if let Some(sheet) = self.sheet_mut().filter(|_| turns) {
            sheet.column = 0;
        }
    }

    /// Keeps what is written and goes to a cell below and beside.
    fn sheet_go(&mut self, cx: &mut Context, down: isize, right: isize) {
        self.leave_cell(cx);
        let (place, extent) = (self.place(), self.extent(cx));
        if let Some(sheet) = self.sheet_mut() {
            sheet.go(place, extent, down, right);
        }
    }

    /// Types into the selected cell, starting to write where nobody has.
    fn sheet_type(&mut self, cx: &mut Context, text: &str) {
        let untouched = self.sheet().is_some_and(|sheet| sheet.editing.is_none() || sheet.passing);
        if let Some(cell) = self.selected_cell(cx).filter(|_| untouched) {
            if self.editing().is_none() {
                self.edit_cell(cx, cell);
            }
            self.begin_another(cell, text);
        }
        if let Some(sheet) = self.sheet_mut() {
            sheet.insert(text);
        }
    }

    /// Whoever types where several may be chosen, and some are, means one more: it is not to run into the last.
    fn begin_another(&mut self, cell: Cell, text: &str) {
        let heading = cell.heading();
        let own = text.starts_with(is_divider);
        let Some(sheet) = self.sheet_mut().filter(|_| heading.many && !own) else { return };
        let stands = sheet.editing.as_ref().is_some_and(|(_, line)| !line.text().trim().is_empty());
        if stands && !matches!(heading.choices, Choices::Free) {
            sheet.insert("、");
        }
    }

    /// A key in the cell being written in that is no text.
    fn edit_in_cell(&mut self, key: Key) {
        let Some(sheet) = self.sheet_mut().filter(|_| Input::knows(key)) else { return };
        (sheet.passing, sheet.offer) = (false, None);
        let marked = std::mem::take(&mut sheet.marked);
        match sheet.editing.as_mut() {
            Some((_, line)) if marked && key.code == Code::Backspace => drop(line.take()),
            Some((_, line)) => line.edit(key),
            None => {}
        }
    }

    /// The offers for the cell being written in: those that fit the last words.
    fn cell_offers<'a>(&'a self, cx: &'a Context) -> Cow<'a, [Offer]> {
        self.sheet().map(|sheet| sheet.offers(&self.fields(cx))).unwrap_or_default()
    }

    /// Steps through the offers and puts the one stepped to into the line. False where the arrow means the next row.
    fn step_offer(&mut self, cx: &Context, step: isize) -> bool {
        let stepped =
            self.sheet().and_then(|sheet| sheet.stepped(&self.cell_offers(cx), &self.fields(cx), step));
        self.sheet_mut().zip(stepped).map(|(sheet, stepped)| *sheet = stepped).is_some()
    }
}
