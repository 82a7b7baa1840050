//! What is written down about a fiscal year of a town: the slots in which it means to meet, and the cells of the yearly review.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Aside, Id, Meeting};

/// One of the times in a year at which people mean to meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Of a usual slot, the same on every machine; of others, given where it was written.
    pub id: Id<Slot>,
    /// The town whose plan it is; empty where records of one town alone are kept.
    pub town: String,
    /// The fiscal year, named by its April.
    pub year: i32,
    /// The key of the session format, such as `mieru`.
    pub format: String,
    /// When it is planned for, as things stand.
    pub date: Option<NaiveDate>,
    /// The day it was planned for first, once it was moved.
    pub moved_from: Option<NaiveDate>,
    /// Who brings the case: a body, never a person.
    pub presenter: String,
    /// The meeting that was held in it.
    pub meeting: Option<Id<Meeting>>,
    /// Nobody will meet at that time, and somebody has said so.
    pub cancelled: bool,
    /// Anything else about it.
    pub note: String,
    /// Place in the plan where the day does not tell. Gaps are normal.
    pub rank: i64,
    /// What was typed into fields that cannot hold it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<Aside>,
}

/// What stands in a slot.
macro_rules! slot_fields {
    ($read:ident) => {
        $read! { Slot SlotField "年間の計画の枠" [id] {
            Town      town       "市町村"       (text),
            Year      year       "年度"         (year),
            Format    format     "会のやり方"   (text),
            Date      date       "予定の日"     (day),
            MovedFrom moved_from "はじめの予定" (day),
            Presenter presenter  "事例を出す機関" (text),
            Meeting   meeting    "会議"         (mentions),
            Cancelled cancelled  "中止"         (yes),
            Note      note       "備考"         (text),
            Rank      rank       "並び順"       (order),
            Aside     aside      "欄のわきのことば" (beside SlotField::called) [apart],
        } }
    };
}
pub(crate) use slot_fields;

/// What became of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotState {
    /// Still to come, or still without a day.
    Planned,
    /// Its day has passed, and no meeting was written down for it.
    Missed,
    /// A meeting was written down for it.
    Held,
    /// Somebody has said that nobody meets.
    Cancelled,
}

impl SlotState {
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            SlotState::Planned => "予定",
            SlotState::Missed => "未開催",
            SlotState::Held => "開催",
            SlotState::Cancelled => "中止",
        }
    }
}

impl Slot {
    /// One of the slots that every year has, with nothing in it: the one of its kind in which people meet for the `n`th time,
    /// from 0. It has one id wherever it is made, as a [`Passage`] has: so what two machines plan for it meets.
    pub fn usual(town: &str, year: i32, format: &str, n: u32) -> Self {
        Self {
            id: id_of_place(&["slot", town, &year.to_string(), format, &n.to_string()]),
            ..Self::new(town, year, format)
        }
    }

    /// A slot with nothing in it, and without an id.
    pub fn new(town: &str, year: i32, format: &str) -> Self {
        Self {
            id: Id::from(Uuid::nil()),
            town: town.to_owned(),
            year,
            format: format.to_owned(),
            date: None,
            moved_from: None,
            presenter: String::new(),
            meeting: None,
            cancelled: false,
            note: String::new(),
            rank: 0,
            aside: Vec::new(),
        }
    }

    /// A slot of its own for what stands in this one; the same wherever it is made.
    #[must_use]
    pub fn beside(&self) -> Self {
        let date = self.date.map(|day| day.to_string()).unwrap_or_default();
        let meeting = self.meeting.map(|id| id.to_string()).unwrap_or_default();
        let id = id_of_place(&["beside", &self.id.to_string(), &date, &meeting]);
        Self { id, ..self.clone() }
    }

    /// One of the slots that every year has.
    pub fn is_usual(&self) -> bool {
        self.id.uuid().get_version_num() == BY_PLACE
    }

    /// Whether nobody has written anything in it.
    pub fn is_empty(&self) -> bool {
        let empty = Self::new(&self.town, self.year, &self.format);
        *self == Self { id: self.id, rank: self.rank, ..empty }
    }

    /// What became of it as of a day.
    pub fn state(&self, today: NaiveDate) -> SlotState {
        match (self.meeting, self.cancelled, self.date) {
            (Some(_), ..) => SlotState::Held,
            (None, true, _) => SlotState::Cancelled,
            (None, false, Some(date)) if date < today => SlotState::Missed,
            _ => SlotState::Planned,
        }
    }

    /// Moves it to another day; the first planned day stays known.
    pub fn move_to(&mut self, date: Option<NaiveDate>) {
        if self.date != date {
            self.moved_from = self.moved_from.or(self.date).filter(|first| Some(*first) != date);
            self.date = date;
        }
    }
}

/// The columns of the two forms of the yearly review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// Of a category (ア〜ク): 今年度の活動計画.
    Plan,
    /// Of a category: 実施状況・課題.
    State,
    /// Of a category: 今後の取組み.
    Next,
    /// Of a category: ⇒残課題.
    Remaining,
    /// Of a scene: 目指すべき姿.
    Vision,
    /// Of a scene: 現状.
    Present,
    /// Of a scene: 課題.
    Issues,
    /// Of a scene: 対応策.
    Measures,
}

impl Aspect {
    /// The columns of the form 項目 × 活動.
    pub const OF_CATEGORIES: [Aspect; 4] = [Aspect::Plan, Aspect::State, Aspect::Next, Aspect::Remaining];
    /// The columns of the form 場面 × 目指すべき姿.
    pub const OF_SCENES: [Aspect; 4] = [Aspect::Vision, Aspect::Present, Aspect::Issues, Aspect::Measures];

    /// All of both forms, those of the categories first.
    pub fn all() -> impl Iterator<Item = Aspect> {
        Self::OF_CATEGORIES.into_iter().chain(Self::OF_SCENES)
    }

    /// The key in files and tables.
    pub const fn key(self) -> &'static str {
        match self {
            Aspect::Plan => "plan",
            Aspect::State => "state",
            Aspect::Next => "next",
            Aspect::Remaining => "remaining",
            Aspect::Vision => "vision",
            Aspect::Present => "present",
            Aspect::Issues => "issues",
            Aspect::Measures => "measures",
        }
    }

    /// What stands above the column.
    pub const fn label(self) -> &'static str {
        match self {
            Aspect::Plan => "今年度の活動計画",
            Aspect::State => "実施状況・課題",
            Aspect::Next => "今後の取組み",
            Aspect::Remaining => "⇒残課題",
            Aspect::Vision => "目指すべき姿",
            Aspect::Present => "現状",
            Aspect::Issues => "課題",
            Aspect::Measures => "対応策",
        }
    }

    /// The column of a key; none where no column has it.
    pub fn from_key(key: &str) -> Option<Aspect> {
        Self::all().find(|aspect| aspect.key() == key)
    }
}

/// What stands in one cell of a form of the yearly review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// The same on every machine, for it follows from town, year, row and column.
    pub id: Id<Passage>,
    /// The town whose form it is; empty where records of one town alone are kept.
    pub town: String,
    /// The fiscal year, named by its April.
    pub year: i32,
    /// The row: a scene, or a category with letter and label (`(ウ)切れ目のない…`).
    pub subject: String,
    /// The column.
    pub aspect: Aspect,
    /// What people wrote there, in one line.
    pub text: String,
}

/// What stands in a cell of a form.
macro_rules! passage_fields {
    ($read:ident) => {
        $read! { Passage PassageField "年間の振り返りの欄" [id] {
            Town    town    "市町村" (text),
            Year    year    "年度"   (year),
            Subject subject "項目"   (text),
            Aspect  aspect  "欄"     (label),
            Text    text    "文"     (text),
        } }
    };
}
pub(crate) use passage_fields;

impl Passage {
    /// The cell with nothing in it. A cell has one id wherever it is written: so what two machines write in it meets.
    pub fn new(town: &str, year: i32, subject: &str, aspect: Aspect) -> Self {
        let mut cell = Self {
            id: Id::from(Uuid::nil()),
            town: town.to_owned(),
            year,
            subject: subject.to_owned(),
            aspect,
            text: String::new(),
        };
        cell.id = cell.place();
        cell
    }

    /// The id that every text of this cell has.
    pub fn place(&self) -> Id<Passage> {
        id_of_place(&[&self.town, &self.year.to_string(), &self.subject, self.aspect.key()])
    }
}

/// The version of the ids that are made from what a record is (RFC 9562).
const BY_PLACE: usize = 8;

/// An id that is made from what a record is.
fn id_of_place<T>(parts: &[&str]) -> Id<T> {
    let place = parts.join("\u{1f}");
    Id::from(uuid::Builder::from_custom_bytes(fnv1a(place.as_bytes()).to_be_bytes()).into_uuid())
}

/// FNV-1a with 128 bits (draft-eastlake-fnv): the same on every machine and in every version.
fn fnv1a(bytes: &[u8]) -> u128 {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.iter().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash, byte| {
        (hash ^ u128::from(*byte)).wrapping_mul(PRIME)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn いつもの枠はどこで作っても同じ記録になる() {
        let of = |town, year, format, n| Slot::usual(town, year, format, n);
        assert_eq!(of("山の町", 2026, "mieru", 0), of("山の町", 2026, "mieru", 0));
        let others =
            [of("海の町", 2026, "mieru", 0), of("山の町", 2027, "mieru", 0), of("山の町", 2026, "mieru", 1)];
        for other in others {
            assert_ne!(other.id, of("山の町", 2026, "mieru", 0).id);
            assert!(other.is_usual() && other.is_empty());
            assert!(!Slot { note: "雪".into(), ..other }.is_empty());
        }
        assert!(!Slot::new("山の町", 2026, "mieru").is_usual());
        // What is written on the disk must not change with the program.
        assert_eq!(of("", 0, "", 0).id.to_string(), "b690faea-4913-8476-82a6-fb9265042679");
    }

    #[test]
    fn 同じ欄はどこで書いても同じ記録になる() {
        let of = |town, subject, aspect| Passage::new(town, 2026, subject, aspect).id;
        assert_eq!(of("山の町", "看取り", Aspect::Vision), of("山の町", "看取り", Aspect::Vision));
        assert_ne!(of("山の町", "看取り", Aspect::Vision), of("海の町", "看取り", Aspect::Vision));
        assert_ne!(of("山の町", "看取り", Aspect::Vision), of("山の町", "看取り", Aspect::Present));
        // What is written on the disk must not change with the program.
        assert_eq!(
            of("山の町", "看取り", Aspect::Vision).to_string(),
            "b46903ae-285b-841a-af39-2bcc57a4bc13"
        );
        assert_eq!(of("", "", Aspect::Plan).uuid().get_version_num(), 8);
        for aspect in Aspect::all() {
            assert_eq!(Aspect::from_key(aspect.key()), Some(aspect));
        }
    }
}
