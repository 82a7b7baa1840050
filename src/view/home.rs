//! The list of meetings, and what is still to be done.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::region::year::{kind_of, state_of};
use super::theme::Meaning;
use crate::app::Model;
use crate::app::home::HomeItem;
use crate::app::panes::Panes;
use crate::domain::{date, fiscal_year};
use crate::store::Summary;

pub fn draw(pen: &mut Pen, model: &Model, panes: &Panes) {
    if model.home.summaries.is_empty() {
        return first_start(pen, model, panes);
    }
    meetings(pen, model, panes.title.width, panes.body);
    let used = plan(pen, model, panes.side);
    due(
        pen,
        model,
        Rect { y: panes.side.y + used, height: panes.side.height.saturating_sub(used), ..panes.side },
    );
}

/// Three large choices, for somebody who has never seen this.
fn first_start(pen: &mut Pen, model: &Model, panes: &Panes) {
    let w = panes.title.width;
    pen.fill(Rect { x: 0, width: w, ..panes.body }, Meaning::Text);
    let choices = [
        ("新しい会議をはじめる", "日付と題名は入っています。すぐに書きはじめられます。"),
        ("見本を見る", "終わった会議をひとつ、自由にさわれます。残りません。"),
        ("使い方", "キーの一覧と、入力行の書き方です。"),
    ];
    let rows = model.home_rows(w, panes.body).items;
    if let Some((_, Rect { x, y, width: w, .. })) = rows.first() {
        pen.say(
            *x,
            y - 2,
            *w,
            "多職種で、ひとつの事例を地図に描きながら考える会議を進めます。",
            Meaning::Text,
        );
    }
    for ((i, pane), (title, note)) in rows.into_iter().zip(choices) {
        let chosen = model.home_row == i;
        let inner = pen.frame(pane, "");
        let title = format!("{}　{title}", i + 1);
        if chosen {
            pen.fill(
                Rect { x: pane.x + 1, y: pane.y + 1, width: pane.width - 2, height: 2 },
                Meaning::Selected,
            );
        }
        pen.say(
            inner.x,
            inner.y,
            inner.width,
            &title,
            if chosen { Meaning::Selected } else { Meaning::PopupStrong },
        );
        pen.brief(
            inner.x + 3,
            inner.y + 1,
            inner.width - 3,
            note,
            if chosen { Meaning::Selected } else { Meaning::PopupQuiet },
        );
    }
}

fn meetings(pen: &mut Pen, model: &Model, width: u16, pane: Rect) {
    let rows = model.home_rows(width, pane);
    for (year, at) in rows.years {
        pen.say(at.x + 1, at.y, at.width - 2, &format!("{year}年度"), Meaning::Quiet);
    }
    for (i, Rect { y, .. }) in rows.items {
        let chosen = model.home_row == i;
        let number = if i < 9 { format!("{} ", i + 1) } else { "  ".to_owned() };
        match model.home_item(i) {
            Some(HomeItem::New) => line(pen, pane, y, &format!("{number}＋ 新しい会議をはじめる"), chosen),
            Some(HomeItem::Register) => line(pen, pane, y, &format!("{number}地域課題の一覧"), chosen),
            Some(HomeItem::Year) => line(pen, pane, y, &format!("{number}年間の計画"), chosen),
            Some(HomeItem::Review) => line(pen, pane, y, &format!("{number}年次の振り返り"), chosen),
            Some(HomeItem::Sample) => line(pen, pane, y, &format!("{number}見本を見る"), chosen),
            Some(HomeItem::Help) => line(pen, pane, y, &format!("{number}使い方"), chosen),
            Some(HomeItem::Meeting(_)) | None => {
                // The first row is a new meeting.
                if let Some(summary) = i.checked_sub(1).and_then(|at| model.home.summaries.get(at)) {
                    meeting(pen, pane, y, &number, summary, chosen);
                }
            }
        }
    }
}

fn line(pen: &mut Pen, pane: Rect, y: u16, words: &str, chosen: bool) {
    let meaning = if chosen { Meaning::Selected } else { Meaning::Strong };
    pen.fill(Rect { y, height: 1, ..pane }, if chosen { Meaning::Selected } else { Meaning::Text });
    pen.brief(pane.x + 1, y, pane.width - 2, words, meaning);
}

fn meeting(pen: &mut Pen, pane: Rect, y: u16, number: &str, summary: &Summary, chosen: bool) {
    let (strong, quiet) =
        if chosen { (Meaning::Selected, Meaning::Selected) } else { (Meaning::Text, Meaning::Quiet) };
    let rows = if y + 1 < pane.y + pane.height { 2 } else { 1 };
    pen.fill(Rect { y, height: rows, ..pane }, if chosen { Meaning::Selected } else { Meaning::Text });
    let day = summary.date.map_or_else(|| "日付なし".to_owned(), date::short);
    let state = match (summary.started, summary.ended) {
        (_, true) => "",
        (true, false) => "（途中）",
        (false, false) => "（これから）",
    };
    let title = if summary.title.is_empty() { "題名なし" } else { &summary.title };
    pen.brief(pane.x + 1, y, pane.width - 2, &format!("{number}{day} {title}{state}"), strong);
    if rows == 2 {
        let case = if summary.case_code.is_empty() {
            String::new()
        } else {
            format!("事例 {}　", summary.case_code)
        };
        let counts = format!(
            "    {case}{}人　枝{}　課題{}　行動{}（残り{}）",
            summary.participants, summary.nodes, summary.issues, summary.actions, summary.actions_open
        );
        pen.brief(pane.x + 1, y + 1, pane.width - 2, &counts, quiet);
    }
}

/// So many rows must be left for what is due.
const FOR_WHAT_IS_DUE: u16 = 14;

/// The slots of this year, held and coming, where there is room for them all; gives the rows used.
fn plan(pen: &mut Pen, model: &Model, pane: Rect) -> u16 {
    let today = model.cx.now.today();
    let year = fiscal_year(today);
    let slots = model.home.plans.plan(&model.cx.town, year);
    let rows = slots.len() as u16 + 2;
    if slots.is_empty() || pane.height < rows + FOR_WHAT_IS_DUE {
        return 0;
    }
    let pane = Rect { x: pane.x + 1, width: pane.width.saturating_sub(2), ..pane };
    pen.say(pane.x, pane.y, pane.width, &format!("{year}年度の計画"), Meaning::Strong);
    for (y, slot) in (pane.y + 1..).zip(slots) {
        let (sign, label, meaning) = state_of(pen.look.signs, slot, today);
        let x = pen.say(pane.x, y, pane.width, &format!("{sign} {label}"), meaning);
        let x = x.max(pane.x + 9);
        let day = slot.date.map_or_else(|| "日は未定".to_owned(), date::short);
        pen.brief(x, y, 11, &day, Meaning::Text);
        let words = format!("{} {}", kind_of(model, &slot.format), slot.presenter);
        pen.brief(x + 11, y, (pane.x + pane.width).saturating_sub(x + 11), words.trim_end(), Meaning::Quiet);
    }
    rows
}

/// What is open from the last meetings, the most urgent first.
fn due(pen: &mut Pen, model: &Model, pane: Rect) {
    let today = model.cx.now.today();
    let open = &model.home.open_actions;
    let inner = Rect { x: pane.x + 1, width: pane.width.saturating_sub(2), ..pane };
    let heading = format!("これからすること　{}件", model.home.open_count);
    pen.say(inner.x, inner.y, inner.width, &heading, Meaning::Strong);
    let mut y = inner.y + 2;
    if open.is_empty() {
        pen.wrapped(
            Rect { y, height: 3, ..inner },
            "前の会議で決めたことは、すべて済んでいます。",
            Meaning::Quiet,
        );
    }
    for row in open {
        if y + 2 > inner.y + inner.height {
            break;
        }
        let until = &row.action.until;
        let late = until.date.is_some_and(|d| d < today);
        let when = match until.date {
            Some(day) if late => format!("{} 過ぎています", date::short_from(day, today)),
            Some(day) => date::short_from(day, today),
            None if until.words.is_empty() => "期限なし".to_owned(),
            None => until.words.clone(),
        };
        let x =
            pen.say(inner.x, y, inner.width, &when, if late { Meaning::Warning } else { Meaning::Strong });
        let who = row.who.join("・");
        pen.brief(x + 1, y, (inner.x + inner.width).saturating_sub(x + 1), &who, Meaning::Quiet);
        let used = pen.wrapped(
            Rect {
                x: inner.x + 1,
                y: y + 1,
                width: inner.width - 1,
                height: (inner.y + inner.height - y - 1).min(2),
            },
            &row.action.what,
            Meaning::Text,
        );
        y += used + 2;
    }
}
