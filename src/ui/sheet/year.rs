//! The fields of a year: those of its slots, and the cells of the two forms of the review.

use chrono::{Datelike, NaiveDate};

use crate::domain::fields::SlotField;
use crate::domain::{Aside, Aspect, Change, IdSource, Passage, Slot, date, fiscal_year};
use crate::ui::Row;
use crate::ui::sheet::field::Unread;
use crate::ui::sheet::field::{
    Choices, Field, TEXT, YES, beside_day, choose, day_of, field, fields, replaced,
};

impl Row for Slot {
    type Name = SlotField;
    const NOUN: &'static str = "年間の計画";
    const FIELDS: &'static [(SlotField, Field<Self>)] = fields! { SlotField {
        Date "5/21、R8.5.21、来月の21日": Field {
            show: |s, c| s.date.map(|d| date::short_from(d, c.today)).unwrap_or_default(),
            ..Field::one(
                Choices::Free,
                |s, _| s.date.map(date::typed).unwrap_or_default(),
                |s, raw, _, c| {
                    let day = day_in(raw, s.year, c.today)?;
                    s.move_to(day);
                    beside_day(raw, day)
                },
            )
        },
        Format "番号か、ことばの一部": field!(FORMAT, format),
        Presenter "事業所や部署の名前（人の名前は書きません）": field!(TEXT, presenter),
        Cancelled "取りやめたら「はい」": Field {
            show: |s, _| if s.cancelled { "中止" } else { "" }.to_owned(),
            ..field!(YES, cancelled)
        },
        Note "場所や、動かした理由など": field!(TEXT, note),
    } };

    fn asides(&self, _: SlotField) -> &[Aside] {
        &self.aside
    }

    fn asides_mut(&mut self, _: SlotField) -> Option<&mut Vec<Aside>> {
        Some(&mut self.aside)
    }

    fn changes(&self, before: Option<&Self>, _: &mut IdSource) -> Vec<Change> {
        replaced(before, self)
    }
}

/// A way of meeting, by its key; people read and write its title.
const FORMAT: Field<String> = Field::one(
    Choices::Formats,
    |key, c| c.formats.iter().find(|f| f.key == *key).map_or(key, |f| &f.title).clone(),
    |key, raw, from, c| {
        key.clear();
        let format = choose(raw, from, c)?.and_then(|o| c.formats.iter().find(|f| f.title == o.text));
        *key = format.map(|f| f.key.clone()).unwrap_or_default();
        Ok(())
    },
);

/// A day of a fiscal year; empty text is no day. A day without a year is the one in that fiscal year, one without a month the next.
fn day_in(raw: &str, year: i32, today: NaiveDate) -> Result<Option<NaiveDate>, Unread> {
    let first = NaiveDate::from_ymd_opt(year, 4, 1).unwrap_or(today);
    let there = date::parse_coming_date(raw, first).ok().filter(|there| fiscal_year(*there) == year);
    let day = day_of(raw, today, date::parse_coming_date);
    // The weekday may fit in that year alone.
    if let (Err(_), Some(there)) = (&day, there) {
        return Ok(Some(there));
    }
    let Some(day) = day? else { return Ok(None) };
    if fiscal_year(day) == year {
        return Ok(Some(day));
    }
    let same = |there: &NaiveDate| (there.month(), there.day()) == (day.month(), day.day());
    there.filter(same).map(Some).ok_or_else(|| {
        let span = format!("{year}年度（{year}年4月〜{}年3月）", year + 1);
        Unread::new(
            raw.trim(),
            format!("{}は{span}の日ではありません。ことばは欄に残します。", date::long(day)),
        )
    })
}

impl Row for Passage {
    type Name = Aspect;
    const NOUN: &'static str = "振り返りの様式";
    const FIELDS: &'static [(Aspect, Field<Self>)] = fields! { Aspect {
        Plan "今年度にすると決めていたこと": field!(TEXT, text),
        State "したことと、分かった課題": field!(TEXT, text),
        Next "次年度にすること": field!(TEXT, text),
        Remaining "まだ残ること": field!(TEXT, text),
        Vision "この町で、どうなっていたいか": field!(TEXT, text),
        Present "今どうなっているか（数があれば数も）": field!(TEXT, text),
        Issues "目指す姿との間にあること": field!(TEXT, text),
        Measures "目標と、することを": field!(TEXT, text),
    } };

    fn changes(&self, before: Option<&Self>, _: &mut IdSource) -> Vec<Change> {
        replaced(before, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 様式にはどの観点の欄もある() {
        let names = Passage::FIELDS.iter().map(|(name, _)| *name);
        assert_eq!(names.collect::<Vec<_>>(), Aspect::all().collect::<Vec<_>>());
    }

    #[test]
    fn 日付はその年度の日になる() {
        let today: NaiveDate = "2026-11-21".parse().unwrap();
        let day = |raw: &str, year| day_in(raw, year, today).map(|d| d.map(|d| d.to_string()));
        assert_eq!(day("5/21", 2026), Ok(Some("2026-05-21".to_owned())));
        assert_eq!(day("2/10", 2026), Ok(Some("2027-02-10".to_owned())));
        assert_eq!(day("5/21", 2027), Ok(Some("2027-05-21".to_owned())));
        assert_eq!(day("", 2027), Ok(None));
        assert!(day("2027-05-21", 2026).unwrap_err().problem.contains("2026年度"));
        assert!(day("あした", 2020).unwrap_err().problem.contains("2020年度"));
    }
}
