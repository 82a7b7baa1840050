//! What of a year is written in tables: its slots, and the cells of the two forms of the review.

use chrono::{Datelike, NaiveDate};

use super::field::{Choices, Context, Field, Row, YES_NO, choose, text_field, yes_no, yes_no_text};
use crate::domain::fields::SlotField;
use crate::domain::text::clean_line;
use crate::domain::{Aspect, Change, IdSource, Passage, Slot, date, fiscal_year};

/// The index of the day among the fields of a slot.
pub const SLOT_DAY: usize = 0;

impl Row for Slot {
    const FIELDS: &'static [Field<Self>] = &[
        Field {
            title: SlotField::Date.label(),
            hint: "5/21、R8.5.21、来月の21日",
            choices: Choices::Free,
            many: false,
            whole: true,
            get: |s, _| s.date.map(|d| d.to_string()).unwrap_or_default(),
            show: |s, c| s.date.map(|d| date::short_from(d, c.today)).unwrap_or_default(),
            set: |s, raw, c| {
                let day = day_in(raw, s.year, c.today)?;
                s.move_to(day);
                Ok(())
            },
        },
        Field {
            title: SlotField::Format.label(),
            hint: "番号か、ことばの一部",
            choices: Choices::Formats,
            many: false,
            whole: true,
            get: |s, c| format_title(&s.format, c),
            show: |s, c| format_title(&s.format, c),
            set: |s, raw, c| {
                let chosen = choose(raw, Choices::Formats, c)?;
                let format = chosen.and_then(|o| c.formats.iter().find(|f| f.title == o.text));
                s.format = format.map(|f| f.key.clone()).unwrap_or_default();
                Ok(())
            },
        },
        text_field!(SlotField::Presenter.label(), "事業所や部署の名前（人の名前は書きません）", presenter),
        Field {
            title: SlotField::Cancelled.label(),
            hint: "取りやめたら「はい」",
            choices: YES_NO,
            many: false,
            whole: true,
            get: |s, _| yes_no_text(s.cancelled.then_some(true)),
            show: |s, _| if s.cancelled { "中止".to_owned() } else { String::new() },
            set: |s, raw, _| {
                s.cancelled = yes_no(raw)? == Some(true);
                Ok(())
            },
        },
        text_field!(SlotField::Note.label(), "会場や、動かしたわけなど", note),
    ];

    fn changes(&self, before: Option<&Self>, _: &mut IdSource) -> Vec<Change> {
        replaced(self, before)
    }

    fn noun() -> &'static str {
        "年間の計画"
    }
}

fn replaced<R: Clone + PartialEq + Into<crate::domain::Record>>(
    after: &R,
    before: Option<&R>,
) -> Vec<Change> {
    match before {
        None => vec![Change::add(after.clone())],
        Some(before) if before == after => Vec::new(),
        Some(before) => vec![Change::replace(before.clone(), after.clone())],
    }
}

fn format_title(key: &str, context: &Context) -> String {
    context.formats.iter().find(|f| f.key == key).map_or(key, |f| f.title.as_str()).to_owned()
}

/// A day of a fiscal year; empty text is no day. A day without a year is the one in that fiscal year.
fn day_in(raw: &str, year: i32, today: NaiveDate) -> Result<Option<NaiveDate>, String> {
    if raw.trim().is_empty() {
        return Ok(None);
    }
    let day = date::parse_date(raw, today).map_err(|e| e.to_string())?;
    if fiscal_year(day) == year {
        return Ok(Some(day));
    }
    let first = NaiveDate::from_ymd_opt(year, 4, 1).unwrap_or(today);
    let there = date::parse_coming_date(raw, first).ok();
    let same = |there: &NaiveDate| {
        fiscal_year(*there) == year && (there.month(), there.day()) == (day.month(), day.day())
    };
    there.filter(same).map(Some).ok_or_else(|| {
        format!("{}は{year}年度（{year}年4月〜{}年3月）の日ではありません。", date::long(day), year + 1)
    })
}

macro_rules! passages {
    ($($aspect:ident, $hint:literal;)+) => {
        impl Row for Passage {
            /// One for each aspect, in the order of [`Aspect::all`].
            const FIELDS: &'static [Field<Self>] = &[$(Field {
                title: Aspect::$aspect.label(),
                hint: $hint,
                choices: Choices::Free,
                many: false,
                whole: false,
                get: |p, _| p.text.clone(),
                show: |p, _| p.text.clone(),
                set: |p, raw, _| {
                    p.text = clean_line(raw);
                    Ok(())
                },
            }),+];

            fn changes(&self, before: Option<&Self>, _: &mut IdSource) -> Vec<Change> {
                replaced(self, before)
            }

            fn noun() -> &'static str {
                "振り返りの様式"
            }
        }
    };
}

passages! {
    Plan, "今年度にすると決めていたこと";
    State, "したことと、分かった課題";
    Next, "次年度にすること";
    Remaining, "まだ残ること";
    Vision, "この町で、どうなっていたいか";
    Present, "今どうなっているか（数があれば数も）";
    Issues, "目指す姿との間にあること";
    Measures, "目標と、することを";
}

/// The index of an aspect among the fields of a passage.
pub fn aspect_index(aspect: Aspect) -> usize {
    Aspect::all().position(|a| a == aspect).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 様式の欄は観点と同じ順に同じ名で並ぶ() {
        for aspect in Aspect::all() {
            assert_eq!(Passage::FIELDS[aspect_index(aspect)].title, aspect.label());
        }
    }

    #[test]
    fn 日付はその年度の日になる() {
        let today: NaiveDate = "2026-11-21".parse().unwrap();
        let day = |raw: &str, year| day_in(raw, year, today).map(|d| d.map(|d| d.to_string()));
        assert_eq!(day("5/21", 2026), Ok(Some("2026-05-21".to_owned())));
        assert_eq!(day("2/10", 2026), Ok(Some("2027-02-10".to_owned())));
        assert_eq!(day("5/21", 2027), Ok(Some("2027-05-21".to_owned())));
        assert_eq!(day("", 2027), Ok(None));
        assert!(day("2027-05-21", 2026).unwrap_err().contains("2026年度"));
        assert!(day("あした", 2020).unwrap_err().contains("2020年度"));
    }
}
