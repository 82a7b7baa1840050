//! A figure: a small table with its definition. Which figures there are, and what they mean, is a table here.

use super::Word;

/// One figure of the review, as it is shown and given away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Which figure it is.
    pub id: FigureId,
    /// The heads of the columns; the first is that of the labels.
    pub columns: Vec<String>,
    /// In the order in which they are shown.
    pub rows: Vec<Row>,
    /// What is to be said about the figures, or why there are none.
    pub notes: Vec<String>,
}

/// A row of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What people read at the head of the row.
    pub label: String,
    /// The word it is counted under, for [`super::Review::behind`]; none for sums.
    pub key: Option<Word>,
    /// One for each column after the first.
    pub cells: Vec<Value>,
    /// How many people it speaks of, where it speaks of people. The rows with a key have a sum that is known.
    pub people: Option<u64>,
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// So many.
    Count(u64),
    /// A part of a whole, in per cent; nothing where the whole is nothing.
    Share {
        /// So many of them.
        part: u64,
        /// So many in all.
        whole: u64,
    },
    /// So many for each of so many; nothing where there is none of these.
    Mean {
        /// So many in all.
        sum: u64,
        /// So many among which they are divided.
        of: u64,
    },
    /// More or fewer than before.
    Change(i64),
    /// A group of fewer people than this, and at least one.
    Under(u64),
    /// Not given, for with it one could compute a small group.
    Withheld,
    /// There is nothing to count here.
    Nothing,
}

impl Value {
    /// As people read it.
    pub fn text(self) -> String {
        match self {
            Value::Count(n) => n.to_string(),
            Value::Share { whole: 0, .. } | Value::Mean { of: 0, .. } | Value::Nothing => "―".to_owned(),
            Value::Share { part, whole } => format!("{}%", tenths(part, whole, 100)),
            Value::Mean { sum, of } => tenths(sum, of, 1),
            Value::Change(0) => "±0".to_owned(),
            Value::Change(n) => format!("{n:+}"),
            Value::Under(threshold) => format!("{threshold}未満"),
            Value::Withheld => "非公表".to_owned(),
        }
    }

    /// The number in it, if it is one that can be counted on with.
    pub fn count(self) -> Option<u64> {
        match self {
            Value::Count(n) => Some(n),
            _ => None,
        }
    }
}

/// `part × times ÷ whole` to one decimal, halves rounded up.
fn tenths(part: u64, whole: u64, times: u64) -> String {
    let (part, whole) = (u128::from(part), u128::from(whole.max(1)));
    let tenths = (part * u128::from(times) * 20 + whole) / (whole * 2);
    format!("{}.{}", tenths / 10, tenths % 10)
}

macro_rules! figures {
    ($($id:ident $key:literal $title:literal $unit:literal $definition:literal)+) => {
        /// Which figure.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FigureId {
            $(#[doc = $title] $id),+
        }

        impl FigureId {
            /// In the order in which they are shown.
            pub const ALL: &'static [FigureId] = &[$(FigureId::$id),+];

            /// The key in files.
            pub fn key(self) -> &'static str {
                match self { $(FigureId::$id => $key),+ }
            }

            /// What stands above it.
            pub fn title(self) -> &'static str {
                match self { $(FigureId::$id => $title),+ }
            }

            /// What is counted.
            pub fn unit(self) -> &'static str {
                match self { $(FigureId::$id => $unit),+ }
            }

            /// How it is counted, for whoever adds it to the figures of another town.
            pub fn definition(self) -> &'static str {
                match self { $(FigureId::$id => $definition),+ }
            }
        }
    };
}

figures! {
    Meetings "meetings" "開催回数" "回"
        "日付がこの年度（4月1日〜翌年3月31日）で、きょうまでの会議の数です。計画の枠は、年度の計画に書いた予定です。未開催は、日が過ぎても会議の記録がない枠です。"
    Cases "cases" "検討事例数" "件"
        "実数は、同じ事例を何回検討しても1件と数えます。延べは、事例を検討した会議の数です。事例の番号が同じでも、別の市町村の事例は別に数えます。"
    Attendances "attendances" "参加者の延べ人数" "人"
        "会議ごとの参加者の数を足したものです。同じ人が3回参加すれば3人です。"
    People "people" "参加者の実人数" "人"
        "市町村の中で、氏名と所属が同じ人を1人と数えます（字の幅や空白の違いは同じとみなします）。氏名のない人は、職種と所属が同じ人が一度に何人いたかの最大を実人数とみなします。所属が変わった人は2人になります。"
    Organisations "organisations" "参加団体数" "団体"
        "市町村の中で、所属の名前が同じものを1団体と数えます。延べは、会議ごとの団体の数を足したものです。所属の書かれていない人は数えません。"
    Professions "professions" "職種別の参加" "人"
        "参加者の延べ人数を職種ごとに数えます。呼び方が違っても同じ職種（ケアマネ・介護支援専門員など）は一つに数えます。会議は、その職種が1人でも来た会議の数です。"
    FirstTime "first_time" "初参加" "人"
        "参加者の記録で「初参加」とされた延べ人数です。初参加かどうかの記録がない人は、不明に数えます。"
    Missing "missing" "職種が足りない会議" "回"
        "市町村の会議の3回に1回以上に来た職種を、いつもの職種とします（会議が2回以上の市町村）。いつもの職種のどれかが来なかった会議の数と、職種ごとの来なかった回数です。続けて欠席は、最後の2回とも来なかった市町村の数です。"
    Presenters "presenters" "事例を出した機関" "回"
        "会議の事例提供者の所属です。会議に書かれていなければ、計画の枠に書いた機関とします。参加したのにまだ出していない機関も数えます。"
    Issues "issues" "地域課題" "件"
        "この年度の会議で初めて出た地域課題の数です。再び出た課題は、ほかの会議で初めて出て、この年度の会議にも根拠があるものです。根拠の会議は、課題が出たか、根拠として示された会議の数です。"
    Heat "heat" "場面 × 事業項目の地域課題" "件"
        "この年度に出た地域課題を、場面と事業項目の組で数えます。いくつも当てはまる課題はそれぞれに数えるので、足しても課題の数にはなりません。"
    Reflected "reflected" "計画・予算への反映" "件"
        "この年度に出た地域課題のうち、計画か予算に反映すると決まったものです。割合は、この年度に出た地域課題の数で割ったものです。"
    Decided "decided" "この年度に決めたこと" "件"
        "この年度の日付で、地域課題の段階や反映について決めた記録の数です。前の年度に出た課題も入ります。"
    Actions "actions" "行動計画" "件"
        "この年度の会議で立てた行動計画です。完了率は、完了の数を、中止を除いた数で割ったものです。期限過ぎは、終わっておらず、期限がきょうより前のものです。"
    Speech "speech" "発言の職種別の偏り" "件"
        "マップに書いたことばを、発言者の職種で数えます。一人あたりは、ことばの数をその職種の延べ人数で割ったものです。発言者の記録がないことばは割合に入りません。"
    Months "months" "月別" "回・人"
        "会議の日付の月ごとに、開催回数と参加者の延べ人数を数えます。"
    Before "before" "前の年度との比較" ""
        "前の年度を同じ数え方で数えたものと比べます。"
    Towns "towns" "市町村別" ""
        "市町村ごとに同じ数え方で数えます。縦に足すと全体になります。"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 割合は零で割らず四捨五入する() {
        let share = |part, whole| Value::Share { part, whole }.text();
        assert_eq!([share(0, 0), share(1, 3), share(2, 3), share(1, 1)].join(" "), "― 33.3% 66.7% 100.0%");
        assert_eq!(Value::Mean { sum: 5, of: 4 }.text(), "1.3");
        assert_eq!(Value::Mean { sum: 0, of: 0 }.text(), "―");
        assert_eq!([-2, 0, 3].map(|n| Value::Change(n).text()).join(" "), "-2 ±0 +3");
        assert_eq!(Value::Share { part: u64::MAX, whole: u64::MAX }.text(), "100.0%");
    }

    #[test]
    fn どの数にも名前と数え方がある() {
        let mut keys: Vec<&str> = FigureId::ALL.iter().map(|id| id.key()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), FigureId::ALL.len());
        assert!(FigureId::ALL.iter().all(|id| !id.title().is_empty() && id.definition().ends_with('。')));
    }
}
