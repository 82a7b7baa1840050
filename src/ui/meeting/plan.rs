//! Draws the plan of a meeting: a table that looks like the sheet on the wall, on a narrow screen one action at a time.

use crate::domain::fields::ActionField;
use crate::domain::{Action, Id, Participant};
use crate::layout::measure::width;
use crate::layout::wrap::{longest_name_part, wrap_evenly, wrap_least, wrap_names, wrap_words};
use crate::ui::form::Form;
use crate::ui::look::prelude::*;
use crate::ui::meeting::sources::draw::Sources;
use crate::ui::sheet::cell::PLAN;
use crate::ui::table::{self, Grid, all, capped, outside_of, seen};
use crate::ui::{Cell, MeetingScreen, Seat, Sheets};

pub struct Plan<'a>(pub View<'a>, pub &'a MeetingScreen);

impl StatefulWidget for Plan<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(View { cx, look }, meeting) = self;
        let area = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        let wide = area.width >= 110;
        let mut widths = if wide { [20, 0, 18, 14, 0, 6] } else { [4, 0, 14, 12, 0, 6] };
        let actions = meeting.doc.dossier.plan();
        let ids: Vec<_> = actions.iter().map(|a| Some(a.id)).chain([None]).collect();
        let text = |id| {
            PLAN.map(|name| match (name, Cell::Plan(id, name)) {
                (ActionField::Issue, cell) if !wide => number(look, meeting, id, &meeting.standing(cx, cell)),
                (_, cell) => meeting.standing(cx, cell),
            })
        };
        let mut texts: Vec<_> = ids.iter().map(|id| text(*id)).collect();
        // As wide as the longest of those who do something, or the longest part of a name: it is broken there. What is being
        // typed moves no column.
        let widest = |column: usize, of: fn(&str) -> usize| {
            let cells = ids.iter().zip(&texts).map(|(id, texts)| match Cell::Plan(*id, PLAN[column]) {
                cell if meeting.is_edited(cell) => of(&meeting.shown(cx, cell)),
                _ => of(&texts[column]),
            });
            cells.max()
        };
        let [who, until] =
            [widest(WHO, longest_name_part), widest(UNTIL, width)].map(|w| w.unwrap_or(0) as u16);
        widths[WHO] = who.clamp(widths[WHO], widths[WHO].max(area.width / 4));
        widths[UNTIL] = until.clamp(10, widths[UNTIL]);
        let rest = area.width.saturating_sub(PLAN.len() as u16 + widths.iter().sum::<u16>());
        [widths[WHAT], widths[CHECK]] = parted(&actions, rest);
        for (id, texts) in ids.iter().zip(&mut texts) {
            if !meeting.is_edited(Cell::Plan(*id, PLAN[WHO])) {
                texts[WHO] = wrap_names(&texts[WHO], widths[WHO].into()).join("\n");
            }
        }
        let at = meeting.source_row().map_or((meeting.sheet.row, meeting.sheet.column), |_| NOWHERE);
        let said = footer(meeting);
        let said = look.wrapped(&said, area.width, Meaning::Quiet);
        let room = area.height.saturating_sub(2);
        let mut heights = heights(&texts, &widths, at.0, room);
        // Who has nothing to do yet is said whole where the sheet leaves room.
        let free = usize::from(room).saturating_sub(all(&heights)) as u16;
        let rows = said.height().clamp(1, MOST_SAID.into()) as u16;
        let rows = if rows <= free + 1 { rows } else { 1 };
        let [table, foot] = Layout::vertical([Fill(1), Length(rows)]).areas(area);
        let room = room + 1 - rows;
        // While there is little the sheet is spread.
        let gap = u16::from(all(&heights) + heights.len() <= room.into());
        heights.iter_mut().for_each(|height| *height += gap);
        let (in_row, striped) = (Meaning::InRow, true);
        let grid = Grid { look, sheets: meeting, at, in_row, widths: &widths, heads: 0, gap, striped };
        let cells = |row: usize, height| {
            let cells = texts[row].iter().zip(PLAN).enumerate().map(|(i, (text, name))| {
                let empty = match (ids[row], name) {
                    (None, ActionField::What) => "＋ 次の行動",
                    (id, name) => open_word(id, name),
                };
                grid.cell((Cell::Plan(ids[row], name), (row, i)), text, empty, height)
            });
            cells.collect()
        };
        let heads = PLAN.into_iter().map(ActionField::label);
        grid.draw(table, heads, &heights, cells, (buf, seats));
        look.words(capped(look, said, rows, area.width)).render(foot, buf);
    }
}

/// So many rows of what is said under the sheet are seen at the most.
const MOST_SAID: u16 = 3;

/// The columns of what is done, of those who do it, of the day, and of how it is checked.
const WHAT: usize = 1;
const WHO: usize = 2;
const UNTIL: usize = 3;
const CHECK: usize = 4;

/// So many actions say how wide the columns are.
const MEASURED: usize = 12;

/// So many cells shared by what is done and how it is checked, so that the sheet is short. By what is written, not by what is
/// being typed there.
fn parted(actions: &[&Action], room: u16) -> [u16; 2] {
    let parts = [60, 55, 50, 45, 40].map(|share| {
        let what = room * share / 100;
        [what, room - what]
    });
    let cost = |parts: &[u16; 2]| -> usize {
        let rows = actions.iter().take(MEASURED).map(|action| {
            let cells = [(&action.what, parts[0]), (&action.check, parts[1])];
            let lines = cells.map(|(words, cells)| wrap_words(words, cells.max(2).into()).len());
            lines[0].max(lines[1])
        });
        rows.sum()
    };
    parts.into_iter().min_by_key(cost).unwrap_or_default()
}

/// What is said of a field of an action where nothing stands: who and until when matter.
fn open_word(id: Option<Id<Action>>, name: ActionField) -> &'static str {
    match (id, name) {
        (Some(_), ActionField::Who | ActionField::Until) => "未定",
        _ => "",
    }
}

/// The seat of whoever stands beside the table.
const NOWHERE: Seat = (usize::MAX, 0);

/// The issue of an action where there is no room for its words: they stand beside the table, and in the line of the cell.
fn number(look: &Look, meeting: &MeetingScreen, id: Option<Id<Action>>, words: &str) -> String {
    let dossier = &meeting.doc.dossier;
    let issue = id.and_then(|id| dossier.actions.get(&id)?.issue).and_then(|id| dossier.nodes.get(&id));
    match issue.filter(|n| n.number > 0 && n.text == words) {
        Some(issue) => look.signs.number(issue.number).into_owned(),
        None => look.cut(words, 4usize).into_owned(),
    }
}

/// The actions in a list, and the selected one beside it as a card; in the place of both what the map offers, while one stands
/// there.
pub struct Card<'a>(pub View<'a>, pub &'a MeetingScreen);

impl StatefulWidget for Card<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(View { cx, look }, meeting) = self;
        let area = area.inner(Margin::new(1, 0));
        if meeting.source_row().is_some() {
            return Sources(self.0, meeting).render(area, buf, seats);
        }
        let [body, foot] = Layout::vertical([Fill(1), Length(1)]).areas(area);
        let offered = meeting.sources().iter().filter(|s| !s.taken).count();
        let offered = (offered > 0).then(|| format!("支援策 あと{offered}件（{{take}}）　"));
        let words = cx.keymap.fill(&offered.unwrap_or_default()) + &footer(meeting);
        look.say(words, Meaning::Quiet).render(foot, buf);
        let [list, rule, card] = Layout::horizontal([Length(body.width / 3), Length(2), Fill(1)]).areas(body);
        look.border(Borders::LEFT).render(rule, buf);
        let (actions, at) = (meeting.doc.dossier.plan(), (meeting.sheet.row, meeting.sheet.column));
        // What is selected is the field in the card.
        let sign = |i: usize| padded(if i == at.0 { look.signs.current } else { "" }, 1);
        let meaning = |i: usize, other| if i == at.0 { Meaning::Strong } else { other };
        let rows = actions.iter().enumerate().map(|(i, action)| {
            let number = look.span(format!("{}{:>2} ", sign(i), i + 1), meaning(i, Meaning::Quiet));
            look.hanging(number, &action.what, list.width, meaning(i, Meaning::Text))
        });
        let (i, next) = (actions.len(), "＋ 次の行動");
        let next = look.span(format!("{} {next}", sign(i)), meaning(i, Meaning::Quiet)).into();
        let rows: Vec<Text> = rows.chain([next]).collect();
        let heights = in_rows(&rows, list.height);
        let rows = rows.into_iter().zip(&heights);
        let rows: Vec<_> =
            rows.map(|(row, most)| capped(look, row, *most, list.width.saturating_sub(4))).collect();
        let seen: Vec<_> = seen(&heights, at.0, list.height).collect();
        outside_of(look, &heights, &seen, foot, buf);
        table::list(look, (rows, 0), &seen, None, (list, seats), buf);
        let id = actions.get(at.0).map(|a| a.id);
        let cells = PLAN.into_iter().map(|name| Cell::Plan(id, name));
        let mut form = Form { leads: Some(PLAN.len()), ..Form::of(meeting, cx, cells, at.1) };
        let fields = form.fields.iter_mut().zip(PLAN).enumerate().filter(|(i, _)| *i != at.1);
        for (_, (field, name)) in fields.filter(|(_, (field, _))| field.text.is_empty()) {
            field.text = open_word(id, name).to_owned();
        }
        form.draw(look, card, buf, |i, place| seats.put((at.0, i), place));
    }
}

/// The heights of texts in so many rows: each has one, and what is left goes to those that are longer, three at the most.
fn in_rows(texts: &[Text], room: u16) -> Vec<u16> {
    let mut heights = vec![1; texts.len()];
    let mut left = usize::from(room).saturating_sub(texts.len());
    for most in 2..=3 {
        let longer = heights.iter_mut().zip(texts).filter(|(_, text)| text.height() >= most);
        for (height, _) in longer.take(left) {
            *height += 1;
            left -= 1;
        }
    }
    heights
}

/// The heights of the rows: the selected one is open, and the others show as much as there is room for, two lines at the least, the
/// first of them one more where that is all there is. Where all are seen whole, what is left keeps words from being torn.
fn heights(rows: &[[String; PLAN.len()]], widths: &[u16], selected: usize, room: u16) -> Vec<u16> {
    let whole = |broken: fn(&str, usize) -> Vec<&str>| -> Vec<u16> {
        let lines = |texts: &[String; PLAN.len()]| {
            texts.iter().zip(widths).map(|(t, w)| broken(t, usize::from(*w)).len()).max().unwrap_or(1) as u16
        };
        rows.iter().map(|texts| lines(texts).clamp(1, room)).collect()
    };
    let least = whole(wrap_evenly);
    let capped = |most: u16| -> Vec<u16> {
        least.iter().enumerate().map(|(i, h)| if i == selected { *h } else { (*h).min(most) }).collect()
    };
    let longest = least.iter().max().copied().unwrap_or(0);
    let fits = |heights: &Vec<u16>| all(heights) <= room.into();
    let mut heights = (2..=longest).rev().map(capped).find(fits).unwrap_or_else(|| capped(2));
    let mut left = usize::from(room).saturating_sub(all(&heights)) as u16;
    let (wanted, most) = if heights == least { (whole(wrap_least), room) } else { (least, 1) };
    for (height, wanted) in heights.iter_mut().zip(wanted) {
        let more = wanted.saturating_sub(*height).min(most);
        if more <= left {
            (*height, left) = (*height + more, left - more);
        }
    }
    heights
}

/// How many rows, and who has nothing to do yet.
fn footer(meeting: &MeetingScreen) -> String {
    let busy = |id| meeting.doc.dossier.actions.values().any(|a| a.who.contains(&id));
    let people = meeting.doc.dossier.people();
    let idle: Vec<&str> = people.into_iter().filter(|p| !busy(p.id)).map(Participant::label).collect();
    let open = meeting.doc.dossier.actions.values().filter(|a| a.is_nobodys()).count();
    let mut words = format!("{}件", meeting.doc.dossier.actions.len());
    if open > 0 {
        words.push_str(&format!("　だれがするか未定 {open}件"));
    }
    if !idle.is_empty() && !meeting.doc.dossier.actions.is_empty() {
        words.push_str(&format!("　まだ何もない人：{}", idle.join("・")));
    }
    words
}
