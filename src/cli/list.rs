//! `jirei list`: the meetings there are.

use std::io::Write;

use serde::Serialize;

use super::house::House;
use crate::domain::date;
use crate::export::words;
use crate::layout::measure::width;
use crate::store::{OpenError, Summary};

/// The fewest characters of an id that are shown: less would soon not be unique.
const SHORTEST: usize = 8;

/// A meeting as other programs see it.
#[derive(Serialize)]
struct Row<'a> {
    id: String,
    date: Option<String>,
    title: &'a str,
    venue: &'a str,
    format: &'a str,
    case: &'a str,
    participants: u32,
    nodes: u32,
    issues: u32,
    actions: u32,
    actions_open: u32,
    regional_issues: u32,
    started: bool,
    ended: bool,
    next_date: Option<String>,
}

/// What did not go together when meetings were taken in, the newest first.
pub fn conflicts(house: &House, out: &mut dyn Write) -> anyhow::Result<()> {
    let found = match house.look() {
        Ok(store) => store.conflicts()?,
        Err(OpenError::Missing { .. }) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    if found.is_empty() {
        writeln!(out, "取り込みでの、くいちがいはありません")?;
    }
    for found in found {
        let at = format!("{} {}", date::full(found.at.date_naive()), found.at.format("%H:%M"));
        // A conflict that belongs to no meeting names its record in its own words.
        let title = match words::clean(&found.title) {
            title if title.is_empty() => title,
            title => format!("「{title}」"),
        };
        writeln!(out, "{at} {title}{}", words::clean(&found.words))?;
    }
    Ok(())
}

pub fn run(house: &House, json: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let summaries = match house.look() {
        Ok(store) => store.summaries()?,
        Err(OpenError::Missing { .. }) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    if json {
        let rows: Vec<Row<'_>> = summaries.iter().map(row).collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&rows)?)?;
    } else if summaries.is_empty() {
        writeln!(out, "まだ会議はありません。jirei とだけ打つと、画面で新しい会議をはじめられます")?;
    } else {
        write!(out, "{}", table(&summaries))?;
    }
    Ok(())
}

fn row(summary: &Summary) -> Row<'_> {
    Row {
        id: summary.id.to_string(),
        date: summary.date.map(|d| d.to_string()),
        title: &summary.title,
        venue: &summary.venue,
        format: &summary.format,
        case: &summary.case_code,
        participants: summary.participants,
        nodes: summary.nodes,
        issues: summary.issues,
        actions: summary.actions,
        actions_open: summary.actions_open,
        regional_issues: summary.regional,
        started: summary.started,
        ended: summary.ended,
        next_date: summary.next_date.map(|d| d.to_string()),
    }
}

/// Columns that line up: numbers before the title, for its width is anyone's guess.
fn table(summaries: &[Summary]) -> String {
    let ids: Vec<String> = summaries.iter().map(|s| s.id.to_string()).collect();
    let length = shortest(&ids);
    let days: Vec<String> = summaries.iter().map(|s| date::or_none(s.date, date::full)).collect();
    let cells = days.iter().map(|day| width(day)).max().unwrap_or_default();
    let padded = |words: &str| words.to_owned() + &" ".repeat(cells.saturating_sub(width(words)));
    let mut out = format!("{:length$}  {}  参加   枝  計画  地域課題  題名\n", "id", padded("日付"));
    for ((summary, id), day) in summaries.iter().zip(&ids).zip(&days) {
        let title = words::clean(&summary.title);
        let title = if title.is_empty() { "（題名なし）" } else { &title };
        out += &format!(
            "{}  {}  {:>4} {:>4}  {:>4}  {:>8}  {title}\n",
            &id[..length],
            padded(day),
            summary.participants,
            summary.nodes,
            summary.actions,
            summary.regional
        );
    }
    out
}

/// How many characters of the ids tell them apart.
fn shortest(ids: &[String]) -> usize {
    let differ = |length: &usize| {
        let mut starts: Vec<&str> = ids.iter().map(|id| &id[..*length]).collect();
        starts.sort_unstable();
        starts.windows(2).all(|pair| pair[0] != pair[1])
    };
    let full = ids.first().map_or(SHORTEST, String::len);
    (SHORTEST..full).find(differ).unwrap_or(full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idは見分けがつくまで見せる() {
        let ids = ["019e48be-6da0-7000", "019e48be-6db0-7000", "019f0000-0000-7000"].map(String::from);
        assert_eq!(shortest(&ids), "019e48be-6da".len());
        assert_eq!(shortest(&ids[1..]), 8);
        assert_eq!(shortest(&[]), 8);
    }
}
