//! Draws the list of meetings, and what is still to be done.

use chrono::NaiveDate;

use crate::domain::{date, fiscal_year};
use crate::layout::measure::width;
use crate::layout::wrap::wrap_names;
use crate::store::Summary;
use crate::ui::Panes;
use crate::ui::home::Home;
use crate::ui::look::prelude::*;
use crate::ui::region::year::draw::{kind_of, state_of};
use crate::ui::table::{capped, outside};

/// What lies between the frame's rules.
pub fn screen(view: View, home: &Home, panes: &Panes, buf: &mut Buffer, seats: &mut Seats) {
    if view.cx.shelf.summaries.is_empty() {
        let area = Rect { width: buf.area.width, ..panes.body };
        return FirstStart(view, home).render(area, buf, seats);
    }
    Meetings(view, home).render(panes.body, buf, seats);
    let side = panes.side.inner(Margin::new(1, 0));
    let plan = year_plan(view, side);
    let rest = below(side, plan.height() as u16);
    view.look.words(plan).render(side, buf);
    let whole = Some(due(view, rest, true)).filter(|text| text.height() <= rest.height.into());
    view.look.words(whole.unwrap_or_else(|| due(view, rest, false))).render(rest, buf);
}

/// Three large choices, for somebody who has never seen this.
struct FirstStart<'a>(View<'a>, &'a Home);

impl StatefulWidget for FirstStart<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(View { cx, look }, home) = self;
        // There is nothing beside it yet.
        Clear.render(area, buf);
        buf.set_style(area, look.style(Meaning::Text));
        let choices = [
            ("新しい会議をはじめる", "日付と題名は入っています。すぐに書きはじめられます。"),
            ("見本を見る", "終わった会議をひとつ、自由にさわれます。残りません。"),
            ("使い方", "知りたいことのことばで、さがせます。"),
        ];
        let rows = home.rows(cx, area.width, area).items;
        if let Some((_, first)) = rows.first() {
            let words = "多職種で、ひとつの事例をマップに描いて考える会議を進めます。";
            look.say(words, Meaning::Text).clipped().render(Rect { y: first.y - 2, ..*first }, buf);
        }
        for ((i, area), (title, note)) in rows.into_iter().zip(choices) {
            let inner = look.window(area, "", buf);
            let title = look.span(format!("{}　{title}", i + 1), Meaning::Strong);
            let note = ["   ".into(), look.span(note, Meaning::Quiet)];
            look.words(vec![title.into(), Line::from_iter(note)]).render(inner, buf);
            if home.row == i {
                buf.set_style(area.inner(Margin::new(1, 1)), look.style(Meaning::Selected));
            }
            seats.put((i, 0), area);
        }
    }
}

/// As much of the list as is seen.
struct Meetings<'a>(View<'a>, &'a Home);

impl StatefulWidget for Meetings<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(View { cx, look }, home) = self;
        let mut rows = home.rows(cx, area.width, area);
        if rows.items.len() < home.count() {
            let [list, foot] = Layout::vertical([Fill(1), Length(1)]).areas(area);
            rows = home.rows(cx, list.width, list);
            let ends = rows.items.first().zip(rows.items.last());
            let (above, last) = ends.map_or((0, 0), |((first, _), (last, _))| (*first, *last));
            outside(look, above, home.count() - last - 1, foot, buf);
        }
        for (year, row) in rows.years {
            let row = row.inner(Margin::new(1, 0));
            look.say(format!("{year}年度"), Meaning::Quiet).render(row, buf);
        }
        for (i, row) in rows.items {
            let number = if i < 9 { format!("{} ", i + 1) } else { "  ".to_owned() };
            let name = home.item(i).map_or("", |item| item.way().0);
            // The first row is a new meeting.
            let summary = i.checked_sub(1).and_then(|at| cx.shelf.summaries.get(at));
            let words = match summary {
                Some(summary) => meeting(look, cx.today(), &number, summary, row.width.saturating_sub(2)),
                None => look.span(format!("{number}{name}"), Meaning::Strong).into(),
            };
            look.words(words).render(row.inner(Margin::new(1, 0)), buf);
            if home.row == i {
                buf.set_style(row, look.style(Meaning::Selected));
            }
            seats.put((i, 0), row);
        }
    }
}

/// A meeting in two rows.
fn meeting<'a>(look: &Look, today: NaiveDate, number: &str, summary: &Summary, cells: u16) -> Text<'a> {
    let day = date::or_none(summary.date, date::short);
    // Of a past one that was written down without the clock, or came from elsewhere, the records say no more than that.
    let ahead = summary.date.is_none_or(|day| day >= today) && summary.nodes == 0;
    let state = match (summary.started, summary.ended) {
        (_, true) => "",
        (true, false) => "（途中）",
        (false, false) if ahead => "（これから）",
        (false, false) => "",
    };
    let title = if summary.title.is_empty() { "題名なし" } else { &summary.title };
    let case = match summary.case_code.as_str() {
        "" => String::new(),
        code => format!("事例 {code}　"),
    };
    let Summary { participants, nodes, issues, actions, actions_open, .. } = summary;
    let (people, actions) = (format!("    {case}{participants}人"), format!("　行動{actions}件"));
    let (issues, open) = (format!("　課題{issues}件"), format!("（残り{actions_open}件）"));
    // Rather one number less than half of one.
    let all = [
        format!("{people}　枝{nodes}本{issues}{actions}{open}"),
        format!("{people}{issues}{actions}{open}"),
        format!("{people}{issues}{actions}"),
    ];
    let counts = all.iter().find(|words| width(words) <= cells.into()).unwrap_or(&all[2]).clone();
    let title = look.span(format!("{number}{day} {title}{state}"), Meaning::Text);
    Text::from_iter([title, look.span(counts, Meaning::Quiet)])
}

/// So many rows must be left for what is due.
const FOR_WHAT_IS_DUE: u16 = 14;

/// The slots of this year, held and coming, with a free row after them; nothing where there is no room for them all.
fn year_plan<'a>(View { cx, look }: View<'a>, area: Rect) -> Text<'a> {
    let today = cx.now.today();
    let year = fiscal_year(today);
    let slots = cx.shelf.plans.plan(&cx.town, year);
    if slots.is_empty() || area.height < slots.len() as u16 + 2 + FOR_WHAT_IS_DUE {
        return Text::default();
    }
    let lines = slots.into_iter().map(|slot| {
        let (sign, label, meaning) = state_of(look.signs, slot, today);
        let state = look.span(padded(&format!("{sign} {label}"), 9), meaning);
        let day = date::or_none(slot.date, date::short);
        let day = look.span(padded(&look.cut(&day, 11usize), 11), Meaning::Text);
        let words = format!("{} {}", kind_of(cx, &slot.format), slot.presenter);
        Line::from_iter([state, day, look.span(words.trim_end().to_owned(), Meaning::Quiet)])
    });
    let heading = look.span(format!("{year}年度　年間の計画"), Meaning::Strong).into();
    [heading].into_iter().chain(lines).chain([Line::default()]).collect()
}

/// No screen has more rows: what is behind them need not be put into words.
const MOST: usize = 200;

/// What is open from the last meetings, the most urgent first: whole, or as much as there is room for.
fn due<'a>(View { cx, look }: View<'a>, area: Rect, whole: bool) -> Text<'a> {
    let today = cx.now.today();
    let heading = format!("まだ済んでいないこと　{}件", cx.shelf.open_count);
    let mut text = Text::from_iter([look.span(heading, Meaning::Strong), "".into()]);
    if cx.shelf.open_actions.is_empty() {
        text.extend(look.wrapped("済んでいないことは、ありません。", area.width, Meaning::Quiet));
    }
    for (i, row) in cx.shelf.open_actions.iter().enumerate() {
        let until = &row.action.until;
        let late = until.date.is_some_and(|d| d < today);
        let when = match until.date {
            Some(day) if late => format!("期限過ぎ {}", date::short_from(day, today)),
            Some(day) => date::short_from(day, today),
            None if until.words.is_empty() => "期限なし".to_owned(),
            None => date::without_day(until),
        };
        let when = look.span(when, if late { Meaning::Warning } else { Meaning::Strong });
        let who =
            if row.who.is_empty() { "だれがするか未定".to_owned() } else { row.who.join("・") };
        let room = usize::from(area.width);
        // Who it is stands behind the day where there is room, else under it.
        let beside = width(&when.content) + 1 + width(&who) <= room;
        let rows = if whole { u16::MAX } else { 2 };
        let below = if beside { Vec::new() } else { wrap_names(&who, room) };
        let who = if beside { look.span(who, Meaning::Quiet) } else { Span::default() };
        let mut told = Text::from(Line::from_iter([when, " ".into(), who]));
        let what = look.hanging(" ".into(), &row.action.what, area.width, Meaning::Text);
        told.extend(below.into_iter().map(|line| look.span(line, Meaning::Quiet)));
        told.extend(capped(look, what, rows, area.width.saturating_sub(1)));
        let more = cx.shelf.open_count.saturating_sub(i);
        if !whole && text.height() + told.height() + usize::from(more > 1) > usize::from(area.height) {
            text.push_line(Line::from(look.span(format!("ほか {more}件"), Meaning::Quiet)));
            break;
        }
        text.extend(told);
        text.push_line(Line::default());
        if text.height() > MOST {
            break;
        }
    }
    text.lines.pop_if(|line| line.width() == 0);
    text
}
