//! `jirei review`: the figures of a fiscal year, with how they are counted.

mod shown;

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::bail;
use chrono::Local;

use super::arguments::Review as Asked;
use super::{complain, give, house::House};
use crate::domain::escalation::ways;
use crate::domain::text::fold;
use crate::domain::yearly::MeetingRow;
use crate::export::review::{Given, ReviewFormat, leaving, raised, render};
use crate::export::{Rendered, personal};
use crate::format;
use crate::review::{Ask, Review, Scope, Source, Terms, read};
use crate::store::{OpenError, Store};

pub fn run(house: &House, asked: &Asked, out: &mut dyn Write) -> anyhow::Result<()> {
    let store = match house.look() {
        Ok(store) => Some(store),
        Err(OpenError::Missing { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let sessions = house.sessions();
    let lists = format::lists(Some(&sessions))?;
    let formats: BTreeMap<String, String> =
        format::load(Some(&sessions)).formats.into_iter().map(|f| (f.key, f.title)).collect();
    let terms = Terms { lists: &lists, formats: &formats };
    let scope = scope(store.as_ref(), asked)?;
    let ask = Ask { year: asked.year, scope, today: Local::now().date_naive() };
    let review = match &store {
        Some(store) => read(store, &ask, terms)?,
        None => Review::new(Source::empty(&ask), terms),
    };
    match asked.format {
        None => write!(out, "{}", shown::text(&review, asked.towns()))?,
        Some(format) => give(house, asked, format, store.as_ref(), &review, out)?,
    }
    // The program ends here; to take the review of a country apart first would only keep people waiting.
    std::mem::forget(review);
    Ok(())
}

/// The town that is meant, as it stands in the records, whatever its width and spelling.
fn scope(store: Option<&Store>, asked: &Asked) -> anyhow::Result<Scope> {
    let year = asked.year;
    let Some(wanted) = asked.town.as_deref() else { return Ok(Scope::All) };
    if store.map(|store| store.has_met(wanted)).transpose()? == Some(true) {
        return Ok(Scope::Town(wanted.to_owned()));
    }
    let towns = store.map(Store::towns).transpose()?.unwrap_or_default();
    if towns.iter().any(|town| town == wanted) {
        return Ok(Scope::Town(wanted.to_owned()));
    }
    let same: Vec<&String> = towns.iter().filter(|town| fold(town) == fold(wanted)).collect();
    match same.as_slice() {
        [town] => Ok(Scope::Town((*town).clone())),
        [] => bail!(
            "「{wanted}」の会議の記録はありません。市町村の名前は jirei review {year} --by-town で見られます"
        ),
        several => {
            let names: Vec<&str> = several.iter().map(|town| town.as_str()).collect();
            bail!(
                "「{wanted}」にあたる市町村がいくつかあります。どれか一つを書いてください: {}",
                names.join("、")
            )
        }
    }
}

/// The review as a file. What nobody has read for personal detail stays in the house.
fn give(
    house: &House,
    asked: &Asked,
    format: ReviewFormat,
    store: Option<&Store>,
    review: &Review,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let raised: Vec<_> = raised(review).into_iter().collect();
    let entries = store.map(|store| store.entries(&raised)).transpose()?.unwrap_or_default();
    let (entries, kept) = leaving(entries);
    if kept > 0 {
        complain(&format!(
            "個人が分からない文か、まだ確かめられていない {kept}件は書き出しませんでした（数には入っています）。会議の「地域課題」で確かめられます。"
        ));
    }
    let mask = if asked.no_mask { None } else { Some(asked.mask) };
    let steps = store.map(Store::escalations).transpose()?.unwrap_or_default();
    let ways = ways(&steps);
    let watch = house.watch_with(store, personal::meetings_behind(review, &entries))?;
    let entries = give::issues(entries, &ways, &watch, asked.as_read);
    let given = Given { review, entries: &entries, ways: &ways, mask, towns: asked.towns() };
    give::warn(&personal::in_review(&given, &watch));
    let Rendered { bytes, missing } = render(format, &given)?;
    give::missing(missing);
    let name = format!("{}.{}", given.title().replace(' ', "_"), format.key());
    give::give(bytes, &name, &asked.giving, &house.kept([]), "", out)
}

/// A meeting of which nobody knows the year, as people find it.
fn undated(meeting: &MeetingRow) -> String {
    let title = if meeting.title.is_empty() { "（題名なし）" } else { &meeting.title };
    format!("{}　{title}", &meeting.id.to_string()[..13])
}
