//! What a field of a table or form is: its words, and how it is read and written as text.

use std::borrow::Cow;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::aim::{Aim, Board};
use crate::domain::date::DateError;
use crate::domain::several::{Of, several};
use crate::domain::text::Fit;
use crate::domain::{
    Aside, Change, Dossier, Id, IdSource, Kind, Lists, Node, Participant, Record, Tree, aside, date, people,
    text,
};
use crate::format::Format;
use crate::ui::sheet::people::{one_of_people, without_sign};

/// What fields may look at.
pub struct FieldContext<'a> {
    pub dossier: &'a Dossier,
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
}

/// The words of a field for the screen.
#[derive(Debug, Clone, Copy)]
pub struct Heading {
    /// The name it has in files.
    pub key: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What to type, for the whisper line.
    pub hint: &'static str,
    pub choices: Choices,
    /// Several may be chosen.
    pub many: bool,
    /// New words replace the old ones as a whole: a day, a choice.
    pub whole: bool,
}

/// A field of a row, or of a value that lies in one.
pub struct Field<R: 'static> {
    pub heading: Heading,
    /// The text one edits.
    pub get: Get<R>,
    /// The text people read.
    pub show: Get<R>,
    pub set: Set<R>,
}

/// How a row says what a field of it holds.
pub(super) type Get<R> = fn(&R, &FieldContext) -> String;
/// How a row takes a text into a field with such choices, as far as it can be read. What stood there gives way to words that
/// cannot be read, too: only the days by which a year is counted stay.
type Set<R> = fn(&mut R, &str, Choices, &FieldContext) -> Result<(), Unread>;

/// Words that mean nothing in their field: they stay in the cell until they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Empty: all of them were taken, and there is something to be said of it.
    pub words: String,
    /// Why, in words for the person, and what becomes of them.
    pub problem: String,
    pub tone: Tone,
}

/// How it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing is wrong, and nothing need be done.
    Calm,
    /// Something may have to be put right.
    Heed,
    /// The words stand, and nothing counts them: one may choose instead.
    Uncounted,
}

impl Unread {
    pub fn new(words: &str, problem: impl ToString) -> Self {
        Self { words: words.to_owned(), problem: problem.to_string(), tone: Tone::Heed }
    }

    pub(super) fn calm(self) -> Self {
        Self { tone: Tone::Calm, ..self }
    }

    fn uncounted(words: &str, why: String) -> Self {
        let problem = why + "ことばのまま残します（数には入りません）。";
        Self { words: words.to_owned(), problem, tone: Tone::Uncounted }
    }

    /// The same of a choice that takes other words, too: they stand in the field itself.
    pub fn taken(self) -> Self {
        Self { words: String::new(), ..self }
    }
}

impl<R> Field<R> {
    /// One thing, which new words replace; people read what they edit.
    pub const fn one(choices: Choices, get: Get<R>, set: Set<R>) -> Self {
        let heading = Heading { key: "", title: "", hint: "", choices, many: false, whole: true };
        Self { heading, get, show: get, set }
    }

    /// Several things, to which new words add.
    pub const fn several(choices: Choices, get: Get<R>, show: Get<R>, set: Set<R>) -> Self {
        let heading = Heading { key: "", title: "", hint: "", choices, many: true, whole: false };
        Self { heading, get, show, set }
    }

    pub const fn called(mut self, key: &'static str, title: &'static str, hint: &'static str) -> Self {
        (self.heading.key, self.heading.title, self.heading.hint) = (key, title, hint);
        self
    }
}

/// Free words, to which new ones add.
pub const TEXT: Field<String> = Field { heading: Heading { whole: false, ..SUGGESTED.heading }, ..SUGGESTED };

/// Free words that the program suggests: typing replaces all of them.
pub const SUGGESTED: Field<String> = Field::one(
    Choices::Free,
    |text, _| text.clone(),
    |text, raw, _, _| {
        *text = text::clean_line(raw);
        Ok(())
    },
);

/// One choice from a list, or other words: those are kept as they were said.
pub const fn one_of(list: fn(&Lists) -> Vec<String>) -> Field<String> {
    Field::one(
        Choices::List(list),
        |text, _| text.clone(),
        |text, raw, list, c| {
            let (chosen, kept) = match choose(raw, list, c) {
                Ok(chosen) => (chosen.map(|o| o.text), Ok(())),
                Err(unread) => (Some(unread.words.clone()), Err(unread.taken())),
            };
            *text = chosen.unwrap_or_default();
            kept
        },
    )
}

/// One choice from a list, and nothing else: what stands there is counted.
pub const fn counted(list: fn(&Lists) -> Vec<String>) -> Field<String> {
    Field {
        set: |text, raw, list, c| {
            text.clear();
            choose(raw, list, c).map(|o| *text = o.map(|o| o.text).unwrap_or_default())
        },
        ..one_of(list)
    }
}

/// Several choices from a list.
pub const fn several_of(list: fn(&Lists) -> Vec<String>) -> Field<Vec<String>> {
    Field::several(
        Choices::List(list),
        |texts, _| texts.join("、"),
        |texts, _| texts.join("・"),
        |texts, raw, list, c| {
            let (chosen, unread) = choose_many(raw, list, c);
            *texts = chosen.into_iter().map(|o| o.text).collect();
            unread
        },
    )
}

/// A yes; what is not said is a no.
pub const YES: Field<bool> = Field::one(
    Choices::List(|_| ["はい", "いいえ"].map(str::to_owned).to_vec()),
    |yes, _| if *yes { "はい" } else { "" }.to_owned(),
    |yes, raw, _, _| {
        *yes = match text::fold(raw).as_str() {
            "1" | "はい" | "y" | "yes" | "あり" | "○" => true,
            "" | "-" | "2" | "いいえ" | "n" | "no" | "なし" | "×" => false,
            _ => {
                *yes = false;
                let problem =
                    format!("「{}」は、はい・いいえのどちらでもありません。", text::brief(raw.trim()));
                return Err(Unread::uncounted(raw.trim(), problem));
            }
        };
        Ok(())
    },
);

/// The field of a value as that of the row the value lies in.
macro_rules! field {
    ($field:expr, $($path:tt)+) => {
        $crate::ui::sheet::field::Field {
            heading: $field.heading,
            get: |row, c| ($field.get)(&row.$($path)+, c),
            show: |row, c| ($field.show)(&row.$($path)+, c),
            set: |row, raw, choices, c| ($field.set)(&mut row.$($path)+, raw, choices, c),
        }
    };
}

/// The fields of a row by their names, in the order of the screen, each with what to type in it.
macro_rules! fields {
    // As they are called in the record.
    ($names:ident { $($name:ident $hint:literal: $field:expr,)+ }) => {
        &[$(($names::$name, Field::called($field, $names::$name.key(), $names::$name.label(), $hint))),+]
    };
    // The row is no one record alone: its fields get names of their own. Each is called as that of the same name in a record,
    // or else.
    ($(#[$doc:meta])* $names:ident of $row:ident { $($name:ident($($title:tt)+) $hint:literal: $field:expr,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $names {
            $($name),+
        }

        const FIELDS: &[($names, Field<$row>)] = &[$((
            $names::$name,
            $crate::ui::sheet::field::fields!(@called $field, $hint, $name $($title)+),
        )),+];
    };
    (@called $field:expr, $hint:literal, $_name:ident $key:expr, $title:expr) => {
        Field::called($field, $key, $title, $hint)
    };
    (@called $field:expr, $hint:literal, $name:ident $record:ident) => {
        Field::called($field, $record::$name.key(), $record::$name.label(), $hint)
    };
}

pub(super) use {field, fields};

/// A row of a table or form: how its fields become changes of records.
pub trait Row: Clone + 'static {
    /// What its fields are called: a cell is kept by it.
    type Name: Copy + PartialEq + 'static;

    /// What the edit is called.
    const NOUN: &'static str;

    /// All fields by their names, in the order of the screen.
    const FIELDS: &'static [(Self::Name, Field<Self>)];

    /// The changes that lead from `before` (none: a new row) to this row.
    fn changes(&self, before: Option<&Self>, mint: &mut IdSource) -> Vec<Change>;

    /// What stands beside its fields; none where each takes any words.
    fn asides(&self, _: Self::Name) -> &[Aside] {
        &[]
    }

    /// The same to be written in.
    fn asides_mut(&mut self, _: Self::Name) -> Option<&mut Vec<Aside>> {
        None
    }

    /// The words beside a field.
    fn waiting(&self, name: Self::Name) -> &str {
        aside::beside(self.asides(name), Self::field(name).heading.key)
    }

    /// Leaves words beside a field; none: nothing stands there any more.
    fn leave(&mut self, name: Self::Name, words: &str) {
        let field = Self::field(name).heading.key;
        if let Some(all) = self.asides_mut(name) {
            aside::put(all, field, words);
        }
    }

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

/// Splits what was typed for several choices.
pub fn tokens<'a>(raw: &'a str, choices: Choices, fields: &FieldContext) -> Vec<&'a str> {
    match choices {
        Choices::Free => several(raw, Of::Sentences, []),
        Choices::People => {
            let people = fields.dossier.participants.values();
            let people = people.flat_map(|p| [&p.profession, &p.organisation, &p.department, &p.name]);
            let professions = fields.lists.professions.iter();
            let professions = professions.flat_map(|p| p.aliases.iter().chain([&p.title]));
            let parts = several(raw, Of::Names, people.chain(professions).map(String::as_str));
            let one_by_one = |part| people::together(part, fields.dossier, fields.lists);
            let whole = people::of_one(raw, &parts, fields.dossier, fields.lists).into_iter();
            whole.flat_map(|part| one_by_one(part).unwrap_or_else(|| vec![part])).collect()
        }
        choices => {
            let of = if matches!(choices, Choices::Nodes) { Of::Entries } else { Of::Names };
            let offers = offers(choices, fields);
            several(raw, of, offers.iter().flat_map(|o| [o.text.as_str(), o.label.as_str()]))
        }
    }
}

/// One choice: its text, and what else it is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What is put into the line when it is chosen.
    pub text: String,
    /// What people read.
    pub label: String,
    /// The record that is meant, where one is.
    record: Option<Uuid>,
    /// The text and the label, ready to be compared.
    folded: [String; 2],
}

impl Offer {
    fn new(text: String, label: String, record: Option<Uuid>) -> Self {
        let folded = text::sought(&text);
        let same = if text == label { folded.clone() } else { text::sought(&label) };
        Self { text, label, record, folded: [folded, same] }
    }

    /// The record that is meant: whoever offers records of one kind knows which.
    pub fn means<T>(&self) -> Option<Id<T>> {
        self.record.map(Id::from)
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
            let person = |p: &Participant| Offer::new(p.code.clone(), label(p), Some(p.id.uuid()));
            fields.dossier.people().into_iter().map(person).collect()
        }
        Choices::Issues => {
            let issue = |n: &Node| Offer::new(n.number.to_string(), n.text.clone(), Some(n.id.uuid()));
            fields.dossier.issues().into_iter().map(issue).collect()
        }
        Choices::Nodes => match fields.entries {
            Some(entries) => return Cow::Borrowed(entries),
            None => entries(fields.dossier, &Tree::new(fields.dossier)),
        },
        Choices::Formats => fields.formats.iter().map(|f| plain(f.title.clone())).collect(),
        Choices::List(list) => list(fields.lists).into_iter().map(plain).collect(),
    };
    Cow::Owned(made)
}

/// The entries of the map as offers: the issues of this step, the other issues, then all else, each as they stand on the map.
pub fn entries(dossier: &Dossier, tree: &Tree) -> Vec<Offer> {
    let step = dossier.meeting.steps.get(dossier.progress.step).map(|plan| plan.step);
    let mut nodes: Vec<&Node> =
        tree.depth_first().into_iter().filter_map(|id| dossier.nodes.get(&id)).collect();
    nodes.sort_by_key(|n| (n.kind != Kind::Issue, n.kind == Kind::Issue && Some(n.step) != step));
    nodes.into_iter().map(|n| Offer::new(node_words(n), node_words(n), Some(n.id.uuid()))).collect()
}

/// Whether the offers may be chosen by their place in the list.
pub fn counts(offers: &[Offer]) -> bool {
    !offers.iter().any(|o| o.label.starts_with(|c: char| c.is_ascii_digit()))
}

/// The offers that fit half-typed words, best first: by number, by beginning, by content.
pub fn fitting<'a>(all: &'a [Offer], choices: Choices, words: &str, fields: &FieldContext) -> Vec<&'a Offer> {
    let query = text::sought(without_sign(words));
    if query.is_empty() {
        return all.iter().collect();
    }
    if matches!(choices, Choices::People) {
        let found = people::find(&query, fields.dossier, fields.lists);
        return found.iter().filter_map(|id| all.iter().find(|o| o.means() == Some(*id))).collect();
    }
    if matches!(choices, Choices::Issues | Choices::Nodes)
        && let Some(query) = words.trim_start().strip_prefix(['#', '＃'])
    {
        let tree = Tree::new(fields.dossier);
        let aims = Board { dossier: fields.dossier, tree: &tree }.aims(query).into_iter();
        let offer = |node: &Node| all.iter().find(|o| o.means() == Some(node.id));
        return aims.filter_map(Aim::node).filter_map(offer).collect();
    }
    let number = text::number(words.trim());
    // Where entries begin with digits (80代後半) a number is the beginning of one, not its place.
    let place = number.filter(|_| counts(all));
    let rank = |index: usize, offer: &Offer| -> Option<u8> {
        let [text, label] = &offer.folded;
        let numbered = match choices {
            Choices::Issues => number.is_some_and(|n| n.to_string() == offer.text),
            // Among all entries a number can only mean an issue: it is the one that has such a sign on the wall.
            Choices::Nodes => {
                let node = offer.means().and_then(|id| fields.dossier.nodes.get(&id));
                number.is_some() && node.filter(|n| n.kind == Kind::Issue).map(|n| n.number) == number
            }
            _ => place == u32::try_from(index + 1).ok(),
        };
        match Fit::aimed(&query, label) {
            _ if *text == query => Some(0),
            Some(Fit::Same) => Some(0),
            _ if numbered => Some(1),
            // A number means the issue of that number, never one that has it somewhere in its words.
            _ if matches!(choices, Choices::Issues) && number.is_some() => None,
            fit => fit.map(|fit| 2 + fit as u8),
        }
    };
    let ranked = all.iter().enumerate().filter_map(|(i, offer)| Some((rank(i, offer)?, offer)));
    let mut found: Vec<(u8, &Offer)> = ranked.collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, offer)| offer).collect()
}

/// One choice from what was typed; empty text is no choice.
pub fn choose(raw: &str, choices: Choices, fields: &FieldContext) -> Result<Option<Offer>, Unread> {
    unless_empty(raw, |raw| {
        let all = offers(choices, fields);
        let fit = fitting(&all, choices, raw, fields);
        let best = match choices {
            Choices::People => one_of_people(&all, raw, fields),
            _ => fit.first().copied(),
        };
        best.cloned().ok_or_else(|| refusal(raw, choices, &fit))
    })
}

/// Takes what words mean in the place of what stood there; where they mean nothing, nothing stands there any more.
pub fn mean<T>(
    what: &mut Option<Id<T>>,
    raw: &str,
    choices: Choices,
    fields: &FieldContext,
) -> Result<(), Unread> {
    *what = None;
    choose(raw, choices, fields).map(|offer| *what = offer.as_ref().and_then(Offer::means))
}

/// What was typed, read; none where nothing was.
pub fn unless_empty<T>(raw: &str, read: impl FnOnce(&str) -> Result<T, Unread>) -> Result<Option<T>, Unread> {
    let raw = &text::clean_line(raw);
    if raw.is_empty() { Ok(None) } else { read(raw).map(Some) }
}

/// The day that was typed; none where nothing was.
pub fn day_of(
    raw: &str,
    today: NaiveDate,
    parse: fn(&str, NaiveDate) -> Result<NaiveDate, DateError>,
) -> Result<Option<NaiveDate>, Unread> {
    let unread = |error| Unread::new(raw.trim(), format!("{error}ことばは欄に残します。"));
    unless_empty(raw, |raw| parse(raw, today).map_err(unread))
}

/// What is said of a day that was taken: it does not hold a time, which stands beside it.
pub fn beside_day(raw: &str, day: Option<NaiveDate>) -> Result<(), Unread> {
    let Some((day, time)) = day.zip(date::time_behind(raw)) else { return Ok(()) };
    let said = format!("{}です。「{}」は日付に添えて残します。", date::long(day), text::brief(time));
    Err(Unread::new(time, said).calm())
}

/// What is said of a day that should lie ahead and does not, with what is said of it besides: it stands as it was written.
pub fn in_time(
    day: Option<NaiveDate>,
    said: Result<(), Unread>,
    fields: &FieldContext,
) -> Result<(), Unread> {
    let Some(day) = day.filter(|day| *day < fields.day()) else { return said };
    let early = if fields.dossier.meeting.date.is_some() {
        "会議の日より前です"
    } else {
        "過ぎた日です"
    };
    let early = format!("{}は{early}。書いたとおり残します。", date::long(day));
    Err(match said {
        Ok(()) => Unread::new("", early),
        Err(besides) => Unread::new(&besides.words, early + &besides.problem),
    })
}

/// Why words are no choice, and what becomes of them. `fit`: what they might mean.
pub fn refusal(raw: &str, choices: Choices, fit: &[&Offer]) -> Unread {
    let words = text::brief(raw);
    let nothing = match (choices, fit.first()) {
        // 家族, みんな: what is said of an action is often nobody at the table.
        (Choices::People, None) => {
            return Unread::new(raw, format!("「{words}」は参加者にいません。ことばのまま残します。")).calm();
        }
        (Choices::People, Some(Offer { text: code, .. })) => {
            let problem = format!(
                "「{words}」だけでは、どなたか決まりません。ことばのまま残します。番号（{code} など）を書くと決まります。"
            );
            return Unread::new(raw, problem);
        }
        (Choices::Issues, _) => "という課題はありません。",
        (Choices::Nodes, _) => "のある枝はありません。",
        _ => "は一覧にありません。",
    };
    Unread::uncounted(raw, format!("「{words}」{nothing}"))
}

/// Several choices from what was typed, each once, in the order typed; what is none of them is left.
pub fn choose_many(raw: &str, choices: Choices, fields: &FieldContext) -> (Vec<Offer>, Result<(), Unread>) {
    let (mut out, mut left): (Vec<Offer>, Vec<Unread>) = (Vec::new(), Vec::new());
    for token in tokens(raw, choices, fields) {
        match choose(token, choices, fields) {
            Ok(found) => out.extend(found.filter(|offer| !out.contains(offer))),
            Err(unread) => left.push(unread),
        }
    }
    (out, together(left))
}

/// What could not be read, as one; the first says why.
pub fn together(left: Vec<Unread>) -> Result<(), Unread> {
    let words = aside::together(left.iter().map(|unread| unread.words.as_str()));
    left.into_iter().next().map_or(Ok(()), |first| Err(Unread { words, ..first }))
}

/// The words of an entry as one of several: what divides choices does not stand in them.
pub fn node_words(node: &Node) -> String {
    node.text.replace([';', '；'], "、")
}
