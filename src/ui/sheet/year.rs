//! The fields of a year: those of its slots, and the cells of the two forms of the review.

use chrono::{Datelike, NaiveDate};

use crate::domain::fields::SlotField;
use crate::domain::{Aspect, Change, IdSource, Passage, Slot, date, fiscal_year};
use crate::ui::sheet::field::{
    Choices, Field, FieldContext, Row, YES_NO, choose, fields, replaced, text_field, yes_no, yes_no_text,
};

impl Row for Slot {
    type Name = SlotField;

    const FIELDS: &'static [(SlotField, Field<Self>)] = fields! { SlotField {
        Date: Field::shown(
            "5/21、R8.5.21、来月の21日",
            Choices::Free,
            |s, _| s.date.map(|d| d.to_string()).unwrap_or_default(),
            |s, c| s.date.map(|d| date::short_from(d, c.today)).unwrap_or_default(),
            |s, raw, c| day_in(raw, s.year, c.today).map(|day| s.move_to(day)),
        ),
        Format: Field::one(
            "番号か、ことばの一部",
            Choices::Formats,
            |s, c| format_title(&s.format, c),
            |s, raw, c| {
                let chosen = choose(raw, Choices::Formats, c)?;
                let format = chosen.and_then(|o| c.formats.iter().find(|f| f.title == o.text));
                s.format = format.map(|f| f.key.clone()).unwrap_or_default();
                Ok(())
            },
        ),
        Presenter: text_field!("事業所や部署の名前（人の名前は書きません）", presenter),
        Cancelled: Field::shown(
            "取りやめたら「はい」",
            YES_NO,
            |s, _| yes_no_text(s.cancelled.then_some(true)),
            |s, _| if s.cancelled { "中止".to_owned() } else { String::new() },
            |s, raw, _| yes_no(raw).map(|said| s.cancelled = said == Some(true)),
        ),
        Note: text_field!("会場や、動かしたわけなど", note),
    } };

    fn changes(&self, before: Option<&Self>, _: &mut IdSource) -> Vec<Change> {
        replaced(before, self)
    }

    fn noun() -> &'static str {
        "年間の計画"
    }
}

fn format_title(key: &str, fields: &FieldContext) -> String {
    fields.formats.iter().find(|f| f.key == key).map_or(key, |f| f.title.as_str()).to_owned()
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
            type Name = Aspect;

            const FIELDS: &'static [(Aspect, Field<Self>)] =
                &[$((Aspect::$aspect, text_field!($hint, text))),+];

            fn changes(&self, before: Option<&Self>, _: &mut IdSource) -> Vec<Change> {
                replaced(before, self)
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
        assert!(day("2027-05-21", 2026).unwrap_err().contains("2026年度"));
        assert!(day("あした", 2020).unwrap_err().contains("2020年度"));
    }
}
