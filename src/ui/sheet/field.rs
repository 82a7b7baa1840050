//! What a field of a table or form is: its words, and how it is read and written as text.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::fields::{ActionField, SlotField};
use crate::domain::{
    Aspect, Change, Dossier, Id, IdSource, Kind, Lists, Node, Participant, Record, Tree, date, people, text,
};
use crate::format::Format;

/// What fields may look at.
pub struct FieldContext<'a> {
    pub dossier: &'a Dossier,
    pub tree: &'a Tree,
    pub lists: &'a Lists,
    /// The entries of the map as offers, where they are held ready.
    pub entries: Option<&'a [Offer]>,
    pub formats: &'a [Format],
    pub today: NaiveDate,
}

impl FieldContext<'_> {
    /// The day from which words such as 来週 and days without a year are counted: minutes may be written long after.
    pub fn day(&self) -> NaiveDate {
        self.dossier.meeting.date.unwrap_or(self.today)
    }
}

/// What is offered to choose from.
#[derive(Debug, Clone, Copy)]
pub enum Choices {
    /// Free words.
    Free,
    People,
    /// The issues of the map.
    Issues,
    /// Any entry of the map.
    Nodes,
    /// The ways of meeting.
    Formats,
    List(fn(&Lists) -> Vec<String>),
    Fixed(&'static [&'static str]),
}

/// One field of a row of type `R`.
pub struct Field<R: 'static> {
    /// What to type, for the whisper line.
    pub hint: &'static str,
    pub choices: Choices,
    /// Several may be chosen.
    pub many: bool,
    /// New words replace the old ones as a whole: a day, a choice.
    pub whole: bool,
    /// The text one edits.
    pub get: Get<R>,
    /// The text people read.
    pub show: Get<R>,
    /// Reads a text into the row; an error in words for the person leaves the row as it was.
    pub set: Set<R>,
}

/// How a row says what a field of it holds.
type Get<R> = fn(&R, &FieldContext) -> String;
/// How a row takes a text into a field.
type Set<R> = fn(&mut R, &str, &FieldContext) -> Result<(), String>;

impl<R> Field<R> {
    /// One thing, which new words replace; people read what they edit.
    pub const fn one(hint: &'static str, choices: Choices, get: Get<R>, set: Set<R>) -> Self {
        Self::shown(hint, choices, get, get, set)
    }

    /// The same where people read something else than they edit.
    pub const fn shown(hint: &'static str, choices: Choices, get: Get<R>, show: Get<R>, set: Set<R>) -> Self {
        Self { hint, choices, many: false, whole: true, get, show, set }
    }

    /// Several things, to which new words add.
    pub const fn several(
        hint: &'static str,
        choices: Choices,
        get: Get<R>,
        show: Get<R>,
        set: Set<R>,
    ) -> Self {
        Self { hint, choices, many: true, whole: false, get, show, set }
    }
}

/// A field of free words at a path of the row.
macro_rules! text_field {
    // `made`: the text is a suggestion of the program, and typing replaces all of it. Otherwise typing adds to it.
    (made $hint:literal, $($path:ident).+) => {
        $crate::ui::sheet::field::Field::one(
            $hint,
            $crate::ui::sheet::field::Choices::Free,
            |row, _| row.$($path).+.clone(),
            |row, raw, _| {
                row.$($path).+ = $crate::domain::text::clean_line(raw);
                Ok(())
            },
        )
    };
    ($hint:literal, $($path:ident).+) => {
        $crate::ui::sheet::field::Field { whole: false, ..text_field!(made $hint, $($path).+) }
    };
}

/// A field at a path of the row that takes one choice from a list, or several.
macro_rules! list_field {
    (many $hint:literal, $list:ident, $($path:ident).+) => {
        $crate::ui::sheet::field::Field::several(
            $hint,
            $crate::ui::sheet::field::Choices::List(|lists| lists.$list.clone()),
            |row, _| row.$($path).+.join("、"),
            |row, _| row.$($path).+.join("・"),
            |row, raw, fields| {
                let list = $crate::ui::sheet::field::Choices::List(|lists| lists.$list.clone());
                let chosen = $crate::ui::sheet::field::choose_many(raw, list, fields)?;
                row.$($path).+ = chosen.into_iter().map(|offer| offer.text).collect();
                Ok(())
            },
        )
    };
    ($hint:literal, $list:ident, $($path:ident).+) => {
        $crate::ui::sheet::field::Field::one(
            $hint,
            $crate::ui::sheet::field::Choices::List(|lists| lists.$list.clone()),
            |row, _| row.$($path).+.clone(),
            |row, raw, fields| {
                let list = $crate::ui::sheet::field::Choices::List(|lists| lists.$list.clone());
                let chosen = $crate::ui::sheet::field::choose(raw, list, fields)?;
                row.$($path).+ = chosen.map(|offer| offer.text).unwrap_or_default();
                Ok(())
            },
        )
    };
}

/// Fields by their names, in the order of the screen.
macro_rules! fields {
    ($names:ident { $($name:ident: $field:expr,)+ }) => {
        &[$(($names::$name, $field)),+]
    };
}

/// What a field of a form is called: as that of the same name in a record, or else.
macro_rules! title {
    ($name:ident $record:ident) => {
        $record::$name.label()
    };
    ($name:ident $title:expr) => {
        $title
    };
}

/// The same for a form that shows no one record alone: its fields get names of their own.
macro_rules! form {
    ($(#[$doc:meta])* $names:ident of $row:ident { $($name:ident($($title:tt)+): $field:expr,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $names {
            $($name),+
        }

        impl $names {
            /// Its place in the form.
            pub fn row(self) -> usize {
                self as usize
            }
        }

        impl $crate::ui::sheet::field::Named for $names {
            fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $crate::ui::sheet::field::title!($name $($title)+)),+
                }
            }
        }

        const FIELDS: &[($names, Field<$row>)] =
            $crate::ui::sheet::field::fields! { $names { $($name: $field,)+ } };
    };
}

pub(super) use {fields, form, list_field, text_field, title};

/// What a field is called: a cell is kept by it.
pub trait Named: Copy + PartialEq + 'static {
    /// What people call it.
    fn title(self) -> &'static str;
}

macro_rules! named {
    ($($names:ident),+) => {
        $(impl Named for $names {
            fn title(self) -> &'static str {
                self.label()
            }
        })+
    };
}
named!(ActionField, SlotField, Aspect);

/// A row of a table or form: how its fields become changes of records.
pub trait Row: Sized + Clone + PartialEq + 'static {
    type Name: Named;

    /// All fields by their names, in the order of the screen.
    const FIELDS: &'static [(Self::Name, Field<Self>)];

    /// The changes that lead from `before` (none: a new row) to this row.
    fn changes(&self, before: Option<&Self>, mint: &mut IdSource) -> Vec<Change>;

    /// What the edit is called: 「行動計画」 and the like.
    fn noun() -> &'static str;

    /// The name of the field at a place, or of the last one before it.
    fn name_at(place: usize) -> Self::Name {
        Self::FIELDS[place.min(Self::FIELDS.len() - 1)].0
    }

    /// The field of a name; the record may have more of them than the form.
    fn field(name: Self::Name) -> &'static Field<Self> {
        let (_, field) = Self::FIELDS.iter().find(|(of, _)| *of == name).unwrap_or(&Self::FIELDS[0]);
        field
    }
}

/// The changes that lead from a record as it stood (none: it is new) to this one.
pub(crate) fn replaced<R: Clone + PartialEq + Into<Record>>(before: Option<&R>, after: &R) -> Vec<Change> {
    match before {
        None => vec![Change::add(after.clone())],
        Some(before) if before == after => Vec::new(),
        Some(before) => vec![Change::replace(before.clone(), after.clone())],
    }
}

/// Splits what was typed for several choices. `;` always divides; the softer signs only where a choice cannot hold them.
pub fn tokens(raw: &str, choices: Choices) -> Vec<&str> {
    let soft = !matches!(choices, Choices::Nodes | Choices::Free);
    raw.split(|c| matches!(c, ';' | '；') || (soft && matches!(c, '、' | ',' | '，' | ' ' | '\u{3000}')))
        .map(str::trim)
        .filter(|t| !t.is_empty())
        .collect()
}

/// One choice: its text, and what else it is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What is put into the line when it is chosen.
    pub text: String,
    /// What people read.
    pub label: String,
    /// The entry of the map that is meant.
    pub node: Option<Id<Node>>,
    /// The text and the label, ready to be compared.
    folded: [String; 2],
}

impl Offer {
    fn new(text: String, label: String, node: Option<Id<Node>>) -> Self {
        let folded = text::fold(&text);
        let same = if text == label { folded.clone() } else { text::fold(&label) };
        Self { text, label, node, folded: [folded, same] }
    }

    /// What stands in the list of offers.
    pub fn words(&self) -> Cow<'_, str> {
        if self.text == self.label {
            self.label.as_str().into()
        } else {
            format!("{} {}", self.text, self.label).into()
        }
    }
}

/// Everything a field offers. The entries of the map are those the context holds ready, if it does.
pub fn offers<'a>(choices: Choices, fields: &FieldContext<'a>) -> Cow<'a, [Offer]> {
    let plain = |text: String| Offer::new(text.clone(), text, None);
    let made: Vec<Offer> = match choices {
        Choices::Free => Vec::new(),
        Choices::People => {
            let label = |p: &Participant| format!("{} {}", p.label(), p.organisation);
            let person = |p: &Participant| Offer::new(p.code.clone(), label(p), None);
            fields.dossier.people().into_iter().map(person).collect()
        }
        Choices::Issues => {
            let issue = |n: &Node| Offer::new(n.number.to_string(), n.text.clone(), Some(n.id));
            fields.dossier.issues().into_iter().map(issue).collect()
        }
        Choices::Nodes => match fields.entries {
            Some(entries) => return Cow::Borrowed(entries),
            None => entries(fields.dossier, fields.tree),
        },
        Choices::Formats => fields.formats.iter().map(|f| plain(f.title.clone())).collect(),
        Choices::List(list) => list(fields.lists).into_iter().map(plain).collect(),
        Choices::Fixed(list) => list.iter().map(|t| plain((*t).to_owned())).collect(),
    };
    Cow::Owned(made)
}

/// The entries of the map as offers, in its order.
pub fn entries(dossier: &Dossier, tree: &Tree) -> Vec<Offer> {
    let nodes = tree.depth_first().into_iter().filter_map(|id| dossier.nodes.get(&id));
    nodes.map(|n| Offer::new(node_words(n), node_words(n), Some(n.id))).collect()
}

/// Whether the offers may be chosen by their place in the list.
pub fn counts(offers: &[Offer]) -> bool {
    !offers.iter().any(|o| o.label.starts_with(|c: char| c.is_ascii_digit()))
}

/// The places of the offers that fit half-typed words, best first: by number, by beginning, by content.
pub fn fitting(all: &[Offer], choices: Choices, words: &str, fields: &FieldContext) -> Vec<usize> {
    let query = text::fold(words.trim_start_matches(['@', '＠']));
    if query.is_empty() {
        return (0..all.len()).collect();
    }
    if matches!(choices, Choices::People) {
        let code = |id: &Id<Participant>| fields.dossier.participants.get(id).map(|p| &p.code);
        let place = |code: &String| all.iter().position(|o| o.text == *code);
        let found = people::find(&query, fields.dossier, fields.lists);
        return found.iter().filter_map(code).filter_map(place).collect();
    }
    // Where entries begin with digits (80代後半) a number is the beginning of one, not its place.
    let number = text::number(words.trim()).filter(|_| matches!(choices, Choices::Issues) || counts(all));
    let issue = text::number(words.trim());
    let rank = |index: usize, offer: &Offer| -> Option<u8> {
        let [text, label] = &offer.folded;
        let numbered = match choices {
            Choices::Issues => number.is_some_and(|n| n.to_string() == offer.text),
            // Among all entries a number can only mean an issue: it is the one that has such a sign on the wall.
            Choices::Nodes => {
                let node = offer.node.and_then(|id| fields.dossier.nodes.get(&id));
                issue.is_some() && node.filter(|n| n.kind == Kind::Issue).map(|n| n.number) == issue
            }
            _ => number == u32::try_from(index + 1).ok(),
        };
        if *text == query || *label == query {
            Some(0)
        } else if numbered {
            Some(1)
        } else if matches!(choices, Choices::Issues) && number.is_some() {
            // A number means the issue of that number, never one that has it somewhere in its words.
            None
        } else if label.starts_with(&query) {
            Some(2)
        } else {
            label.contains(&query).then_some(3)
        }
    };
    let mut found: Vec<(u8, usize)> =
        all.iter().enumerate().filter_map(|(i, offer)| rank(i, offer).map(|r| (r, i))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, i)| i).collect()
}

/// One choice from what was typed; empty text is no choice.
pub fn choose(raw: &str, choices: Choices, fields: &FieldContext) -> Result<Option<Offer>, String> {
    choose_of(&offers(choices, fields), raw, choices, fields)
}

fn choose_of(
    all: &[Offer],
    raw: &str,
    choices: Choices,
    fields: &FieldContext,
) -> Result<Option<Offer>, String> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Ok(None);
    }
    let found = fitting(all, choices, raw, fields).first().map(|i| all[*i].clone());
    found.map(Some).ok_or_else(|| refusal(&text::brief(raw), choices))
}

/// Why words are no choice, and what to do: fields that are counted take nothing but what their list has.
fn refusal(words: &str, choices: Choices) -> String {
    match choices {
        Choices::People => {
            format!("「{words}」は参加者の中にいません。候補から選ぶか、番号（P03）を書いてください。")
        }
        Choices::Issues => {
            format!("「{words}」という課題はありません。候補から選ぶか、課題の番号を書いてください。")
        }
        Choices::Nodes => {
            format!("「{words}」のある枝はありません。候補から選ぶか、課題の番号を書いてください。")
        }
        Choices::Free | Choices::Formats | Choices::List(_) | Choices::Fixed(_) => {
            format!("「{words}」は一覧にありません。候補から選んでください。")
        }
    }
}

/// Several choices from what was typed, each once, in the order typed.
pub fn choose_many(raw: &str, choices: Choices, fields: &FieldContext) -> Result<Vec<Offer>, String> {
    let all = offers(choices, fields);
    let mut out: Vec<Offer> = Vec::new();
    for token in tokens(raw, choices) {
        if let Some(offer) = choose_of(&all, token, choices, fields)?
            && !out.contains(&offer)
        {
            out.push(offer);
        }
    }
    Ok(out)
}

/// The person of a code as it stands in an offer.
pub fn person(code: &str, fields: &FieldContext) -> Option<Id<Participant>> {
    fields.dossier.participants.values().find(|p| p.code == code).map(|p| p.id)
}

/// The code of a person; empty for nobody.
pub fn code_of(id: Option<Id<Participant>>, fields: &FieldContext) -> String {
    id.and_then(|id| fields.dossier.participants.get(&id)).map(|p| p.code.clone()).unwrap_or_default()
}

/// What the room calls a person; empty for nobody.
pub fn label_of(id: Option<Id<Participant>>, fields: &FieldContext) -> String {
    id.and_then(|id| fields.dossier.participants.get(&id)).map(|p| p.label().to_owned()).unwrap_or_default()
}

/// The words of an entry as one of several: what divides choices does not stand in them.
pub fn node_words(node: &Node) -> String {
    node.text.replace([';', '；'], "、")
}

/// A day from what was typed; empty text is no day.
pub fn day(raw: &str, fields: &FieldContext) -> Result<Option<NaiveDate>, String> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Ok(None);
    }
    date::parse_date(raw, fields.today).map(Some).map_err(|e| e.to_string())
}

/// A day after the meeting; empty text is no day.
pub fn coming_day(raw: &str, fields: &FieldContext) -> Result<Option<NaiveDate>, String> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Ok(None);
    }
    date::parse_coming_date(raw, fields.day()).map(Some).map_err(|e| e.to_string())
}

/// Yes, no, or nobody has said.
pub fn yes_no(raw: &str) -> Result<Option<bool>, String> {
    match text::fold(raw).as_str() {
        "" | "-" => Ok(None),
        "1" | "はい" | "y" | "yes" | "あり" | "○" => Ok(Some(true)),
        "2" | "いいえ" | "n" | "no" | "なし" | "×" => Ok(Some(false)),
        _ => Err("「はい」か「いいえ」で書いてください（空でもかまいません）。".to_owned()),
    }
}

/// How a yes or no is shown.
pub fn yes_no_text(value: Option<bool>) -> String {
    match value {
        Some(true) => "はい",
        Some(false) => "いいえ",
        None => "",
    }
    .to_owned()
}

pub const YES_NO: Choices = Choices::Fixed(&["はい", "いいえ"]);
