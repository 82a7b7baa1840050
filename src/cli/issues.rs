//! `jirei issues`: the register of regional issues across all meetings.

use std::io::Write;

use super::arguments::Issues;
use super::{complain, give, house::House};
use crate::domain::date;
use crate::domain::escalation::ways;
use crate::domain::register::Entry;
use crate::export::review::leaving;
use crate::export::{Rendered, personal, register, words};
use crate::format;
use crate::store::{OpenError, Store};

pub fn run(house: &House, what: &Issues, out: &mut dyn Write) -> anyhow::Result<()> {
    let store = match house.look() {
        Ok(store) => Some(store),
        Err(OpenError::Missing { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let mut entries = store.as_ref().map(Store::register).transpose()?.unwrap_or_default();
    let lists = format::lists(Some(&house.sessions()))?;
    let filter = what.filter();
    let finder = filter.finder(&lists);
    entries.retain(|entry| finder.takes(entry, &entry.folded()));
    let Some(format) = what.format else { return Ok(write!(out, "{}", shown(&entries))?) };
    file(house, what, format, (store.as_ref(), entries), out)
}

/// The entries as a file. What nobody has read for personal detail stays in the house.
fn file(
    house: &House,
    what: &Issues,
    format: register::RegisterFormat,
    (store, entries): (Option<&Store>, Vec<Entry>),
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let (entries, kept) = leaving(entries);
    if kept > 0 {
        complain(&format!(
            "個人が分からない文か、まだ確かめられていない {kept}件は書き出しませんでした。会議の「地域課題」で確かめられます。"
        ));
    }
    let steps = store.map(Store::escalations).transpose()?.unwrap_or_default();
    let ways = ways(&steps);
    let watch = house.watch_with(store, personal::meetings_of(&entries))?;
    let entries = give::issues(entries, &ways, &watch, what.as_read);
    give::warn(&personal::in_register(&entries, &ways, &watch));
    let year = what.year.map(|year| format!("{year}年度 ")).unwrap_or_default();
    let title = format!("{year}{}", register::TITLE);
    let Rendered { bytes, missing } = register::render(format, &entries, &ways, &title)?;
    give::missing(missing);
    let name = format!("{}.{}", title.replace(' ', "_"), format.key());
    let count = format!("（{}件）", entries.len());
    give::give(bytes, &name, &what.giving, &house.kept([]), &count, out)
}

/// The entries one below the other, to be read in a terminal.
fn shown(entries: &[Entry]) -> String {
    if entries.is_empty() {
        return "当てはまる地域課題はありません\n".to_owned();
    }
    let one = |(i, entry): (usize, &Entry)| {
        let r = &entry.issue;
        let day = date::or_none(entry.raised.date, date::long);
        let letters: String = r.categories.iter().map(|c| format!("({})", words::clean(&c.letter))).collect();
        let about =
            [words::clean(&r.scenes.join("、")), letters, words::clean(&r.level), words::clean(&r.status)];
        let about: Vec<String> = about.into_iter().filter(|word| !word.is_empty()).collect();
        let unread = if r.confirmed { "" } else { "〔個人が分からない文か、未確認〕" };
        let meetings = entry.evidence.len().max(1);
        format!(
            "{}. {}{unread}\n   {day}　会議 {meetings}　{}\n",
            i + 1,
            words::clean(&r.statement),
            about.join("　")
        )
    };
    let count = format!("{}件\n", entries.len());
    entries.iter().enumerate().map(one).collect::<String>() + &count
}
