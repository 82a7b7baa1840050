//! Dates in figures, with or without a year, an era or a weekday.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::show::ERAS;
use super::{
    Answer, Choose, DateError, Found, day_of, exact, last_of_many, number, on, part_of_month, split_weekday,
    weekday,
};
use crate::domain::fiscal_year;

/// A year that was not said is looked for so far away where the weekday tells which.
const NEAR: i32 = 3;

/// A year of two figures is not further away than so many years: 29 may be 2029 or 平成29.
const SHORT: i32 = 5;

pub(super) fn written(text: &str, today: NaiveDate, choose: Choose) -> Answer {
    let (text, said) = split_weekday(text.trim_start_matches(['\'', '’']));
    let sought = Sought { today, choose, said };
    let found = match split_era(text) {
        Some((era_year, rest)) => in_year(era_year, rest),
        None => match number(text) {
            Some((whole, "")) => sought.unmarked(whole, text.len()),
            Some((year, rest)) if year >= 1000 => in_year(year.try_into().ok()?, strip_mark(rest, "年/-.")?),
            Some((first, rest)) => sought.three(first, rest).or_else(|| sought.without_year(first, rest)),
            None => None,
        }
        .or_else(|| sought.in_english(text)),
    }?;
    let wrong = |found: &Found| said.is_some_and(|said| said != weekday(found.day.weekday()));
    Some(found.and_then(|f| if wrong(&f) { Err(DateError::OtherWeekday(f.day)) } else { Ok(f) }))
}

/// The western year of an era year and what follows it: 令和8年, 令8年, R8. .
pub(super) fn split_era(text: &str) -> Option<(i32, &str)> {
    ERAS.into_iter().find_map(|(name, letter, first, _, _)| {
        let sign = name.chars().next()?;
        let rest = text
            .strip_prefix(name)
            .or_else(|| text.strip_prefix(sign))
            .or_else(|| text.strip_prefix(letter))
            .or_else(|| text.strip_prefix(letter.to_lowercase().as_str()))?;
        let (year, rest) = match rest.strip_prefix('元') {
            Some(rest) => (1, rest),
            // An era that has ended is counted on by people and machines: 昭和101年.
            None => number(rest).filter(|(year, _)| (1..200).contains(year))?,
        };
        Some((first + i32::try_from(year).ok()? - 1, strip_mark(rest, "年/-.")?))
    })
}

fn strip_mark<'a>(text: &'a str, marks: &str) -> Option<&'a str> {
    text.chars().next().filter(|c| marks.contains(*c)).map(|c| &text[c.len_utf8()..])
}

/// Month and day after a year, or a month alone.
fn in_year(year: i32, rest: &str) -> Answer {
    let (month, after) = number(rest)?;
    if let Some(part) = after.strip_prefix('月')
        && let Some(day) = part_of_month(year, month, part)
    {
        return last_of_many(day);
    }
    let (day, after) = number(strip_mark(after, "月/-.")?)?;
    matches!(after, "" | "日").then(|| on(year, month, day))
}

/// From where, which way, and on which weekday.
struct Sought {
    today: NaiveDate,
    choose: Choose,
    said: Option<char>,
}

impl Sought {
    /// 20260521, 260521, or the number that a day has in Excel.
    fn unmarked(&self, whole: u32, figures: usize) -> Answer {
        let (month, day) = (whole / 100 % 100, whole % 100);
        match figures {
            8 => Some(on(i32::try_from(whole / 10_000).ok()?, month, day)),
            // 202605 is a month.
            6 if !(matches!(whole / 10_000, 19 | 20) && (1..=12).contains(&day)) => {
                exact(day_of(self.short_year(whole / 10_000)?, month, day)?)
            }
            5 => {
                let day = day_of(1899, 12, 30)?.checked_add_days(Days::new(whole.into()))?;
                ((day.year() - self.today.year()).abs() <= NEAR).then_some(())?;
                exact(day)
            }
            _ => None,
        }
    }

    /// 8.5.21, 26/5/21, 21/05/2026. Where day and month cannot be told apart, it is no day.
    fn three(&self, first: u32, rest: &str) -> Answer {
        let (second, after) = number(strip_mark(rest, "年/-.")?)?;
        let (third, after) = number(strip_mark(after, "月/-.")?)?;
        if !matches!(after, "" | "日") {
            return None;
        }
        if third < 1000 {
            return Some(on(self.short_year(first)?, second, third));
        }
        let year = i32::try_from(third).ok()?;
        match (day_of(year, first, second), day_of(year, second, first)) {
            (Some(one), Some(other)) if one != other => None,
            (one, other) => exact(one.or(other)?),
        }
    }

    /// A year of one or two figures: of the running era, or of the century, whichever is nearer.
    fn short_year(&self, figures: u32) -> Option<i32> {
        let figures = i32::try_from(figures).ok().filter(|figures| *figures < 100)?;
        let away = |year: &i32| (year - self.today.year()).abs();
        [2018 + figures, 2000 + figures].into_iter().filter(|year| away(year) <= SHORT).min_by_key(away)
    }

    /// May 21, 2026; 21 May.
    fn in_english(&self, text: &str) -> Answer {
        const MONTHS: [&str; 12] =
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let text = text.to_ascii_lowercase();
        let (before, rest) = number(&text).map_or((None, text.as_str()), |(day, rest)| (Some(day), rest));
        let month =
            MONTHS.iter().zip(1..).find_map(|(name, month)| rest.starts_with(name).then_some(month))?;
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '.');
        let numbers = rest.split([',', '/']).filter(|part| !part.is_empty()).map(str::parse);
        let mut numbers = before.into_iter().map(Ok).chain(numbers);
        match (numbers.next()?.ok()?, numbers.next().transpose().ok()?, numbers.next()) {
            (day, Some(year), None) => Some(on(i32::try_from(year).ok()?, month, day)),
            (day, None, None) => self.without_year(month, &format!("/{day}")),
            _ => None,
        }
    }

    fn without_year(&self, first: u32, rest: &str) -> Answer {
        if rest == "日" {
            return self.day_of_month(first);
        }
        let this = self.today.year();
        let far = if self.said.is_some() || self.choose == Choose::Coming { NEAR } else { 1 };
        let years = this - far..=this + far;
        if let Some(part) = rest.strip_prefix('月')
            && (part.is_empty() || part_of_month(this, 1, part).is_some())
        {
            let days: Vec<_> = years.filter_map(|year| part_of_month(year, first, part)).collect();
            let found = self.of_years(&days).ok_or_else(|| DateError::NoSuchDay(format!("{first}月")));
            return Some(found.map(|day| Found { day, exact: false }));
        }
        let (day, after) = number(strip_mark(rest, "月/-.")?)?;
        if !matches!(after, "" | "日") {
            return None;
        }
        let days: Vec<_> = years.filter_map(|year| day_of(year, first, day)).collect();
        if days.is_empty() && !(first == 2 && day == 29) {
            return Some(Err(DateError::NoSuchDay(format!("{first}月{day}日"))));
        }
        match (self.of_years(&days), self.said) {
            (None, Some(said)) => Some(Err(DateError::NoSuchYear(format!("{first}月{day}日"), said))),
            (found, _) => found.and_then(exact),
        }
    }

    /// The last 18th or the next one, today included; months that have no such day are passed over.
    fn day_of_month(&self, day: u32) -> Answer {
        let before = self.today.with_day(1)?.checked_sub_months(Months::new(3))?;
        let months = (0..7).filter_map(|n| before.checked_add_months(Months::new(n)));
        let days: Vec<_> = months.filter_map(|month| month.with_day(day)).collect();
        if days.is_empty() {
            return Some(Err(DateError::NoSuchDay(format!("{day}日"))));
        }
        let days = || days.iter().copied().filter(|day| self.fits(day));
        let coming = days().find(|day| *day >= self.today);
        let found = match self.choose {
            Choose::Coming => coming,
            Choose::Nearest => days().rfind(|day| *day <= self.today).or(coming),
        };
        found.and_then(exact)
    }

    fn fits(&self, day: &NaiveDate) -> bool {
        self.said.is_none_or(|said| said == weekday(day.weekday()))
    }

    /// Which of the same days of several years is meant.
    fn of_years(&self, days: &[NaiveDate]) -> Option<NaiveDate> {
        let days = || days.iter().copied().filter(|day| self.fits(day));
        let (past, coming) =
            (days().filter(|day| *day < self.today).max(), days().find(|day| *day >= self.today));
        match (self.choose, past, coming) {
            (Choose::Coming, ..) => coming,
            (Choose::Nearest, Some(past), Some(coming)) if self.said.is_none() => {
                let [back, ahead] = [self.today - past, coming - self.today].map(|time| time.num_days());
                // Half a year away on either side the running fiscal year tells.
                let close = (back - ahead).abs() <= 60;
                let here = |day: NaiveDate| fiscal_year(day) == fiscal_year(self.today);
                let went = if close { here(past) } else { back < ahead };
                Some(if went { past } else { coming })
            }
            (Choose::Nearest, past, coming) => past.or(coming),
        }
    }
}
