//! What a field of a table or form is: its words, and how it is read and written as text.

use chrono::NaiveDate;

use crate::domain::{Change, Dossier, Id, Kind, Lists, Mint, Node, Participant, Tree, date, people, text};

/// What fields may look at.
pub struct Context<'a> {
    pub dossier: &'a Dossier,
    pub tree: &'a Tree,
    pub lists: &'a Lists,
    pub today: NaiveDate,
}

impl Context<'_> {
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
    List(fn(&Lists) -> Vec<String>),
    Fixed(&'static [&'static str]),
}

/// One field of a row of type `R`.
pub struct Field<R: 'static> {
    pub title: &'static str,
    /// What to type, for the whisper line.
    pub hint: &'static str,
    pub choices: Choices,
    /// Several may be chosen.
    pub many: bool,
    /// New words replace the old ones as a whole: a day, a choice.
    pub whole: bool,
    /// The text one edits.
    pub get: fn(&R, &Context) -> String,
    /// The text people read.
    pub show: fn(&R, &Context) -> String,
    /// Reads a text into the row; an error in words for the person leaves the row as it was.
    pub set: fn(&mut R, &str, &Context) -> Result<(), String>,
}

/// A field of free words at a path of the row.
macro_rules! text_field {
    // What the program made up itself gives way as a whole; sentences of people are only added to.
    (made $title:literal, $hint:literal, $($path:ident).+) => {
        text_field!(@ true, $title, $hint, $($path).+)
    };
    ($title:literal, $hint:literal, $($path:ident).+) => {
        text_field!(@ false, $title, $hint, $($path).+)
    };
    (@ $whole:literal, $title:literal, $hint:literal, $($path:ident).+) => {
        $crate::app::sheet::Field {
            title: $title,
            hint: $hint,
            choices: $crate::app::sheet::Choices::Free,
            many: false,
            whole: $whole,
            get: |row, _| row.$($path).+.clone(),
            show: |row, _| row.$($path).+.clone(),
            set: |row, raw, _| {
                row.$($path).+ = $crate::domain::text::clean_line(raw);
                Ok(())
            },
        }
    };
}

/// A field at a path of the row that takes one choice from a list.
macro_rules! list_field {
    ($title:literal, $hint:literal, $list:ident, $($path:ident).+) => {
        $crate::app::sheet::Field {
            title: $title,
            hint: $hint,
            choices: $crate::app::sheet::Choices::List(|lists| lists.$list.clone()),
            many: false,
            whole: true,
            get: |row, _| row.$($path).+.clone(),
            show: |row, _| row.$($path).+.clone(),
            set: |row, raw, context| {
                let list = $crate::app::sheet::Choices::List(|lists| lists.$list.clone());
                let chosen = $crate::app::sheet::field::choose(raw, list, context)?;
                row.$($path).+ = chosen.map(|offer| offer.text).unwrap_or_default();
                Ok(())
            },
        }
    };
}

pub(super) use {list_field, text_field};

/// A row of a table or form: how its fields become changes of records.
pub trait Row: Sized + Clone + PartialEq + 'static {
    /// All fields in the order of the screen.
    const FIELDS: &'static [Field<Self>];

    /// The changes that lead from `before` (none: a new row) to this row.
    fn changes(&self, before: Option<&Self>, mint: &mut Mint) -> Vec<Change>;

    /// What the edit is called: 「行動計画」 and the like.
    fn noun() -> &'static str;
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
}

/// Everything a field offers.
pub fn offers(choices: Choices, context: &Context) -> Vec<Offer> {
    let plain = |text: String| Offer { label: text.clone(), text };
    match choices {
        Choices::Free => Vec::new(),
        Choices::People => {
            let person = |p: &Participant| Offer {
                text: p.code.clone(),
                label: format!("{} {}", p.label(), p.organisation),
            };
            context.dossier.people().into_iter().map(person).collect()
        }
        Choices::Issues => {
            let issue = |n: &Node| Offer { text: n.number.to_string(), label: n.text.clone() };
            context.dossier.issues().into_iter().map(issue).collect()
        }
        Choices::Nodes => context
            .tree
            .depth_first()
            .iter()
            .filter_map(|id| context.dossier.nodes.get(id))
            .map(|n| plain(node_words(n)))
            .collect(),
        Choices::List(list) => list(context.lists).into_iter().map(plain).collect(),
        Choices::Fixed(list) => list.iter().map(|t| plain((*t).to_owned())).collect(),
    }
}

/// Whether the offers may be chosen by their place in the list.
pub fn counts(offers: &[Offer]) -> bool {
    !offers.iter().any(|o| o.label.starts_with(|c: char| c.is_ascii_digit()))
}

/// The offers that fit half-typed words, best first: by number, by beginning, by content.
pub fn fitting(choices: Choices, words: &str, context: &Context) -> Vec<Offer> {
    let all = offers(choices, context);
    let query = text::fold(words.trim_start_matches(['@', '＠']));
    if query.is_empty() {
        return all;
    }
    if matches!(choices, Choices::People) {
        let code = |id: &Id<Participant>| context.dossier.participants.get(id).map(|p| p.code.clone());
        let codes: Vec<String> =
            people::find(&query, context.dossier, context.lists).iter().filter_map(code).collect();
        return codes.iter().filter_map(|c| all.iter().find(|o| o.text == *c).cloned()).collect();
    }
    // Where entries begin with digits (80代後半) a number is the beginning of one, not its place.
    let number = text::number(words.trim()).filter(|_| matches!(choices, Choices::Issues) || counts(&all));
    let rank = |index: usize, offer: &Offer| -> Option<u8> {
        let (text, label) = (text::fold(&offer.text), text::fold(&offer.label));
        let numbered = match choices {
            Choices::Issues => number.map(|n| n.to_string()) == Some(offer.text.clone()),
            Choices::Nodes => false,
            _ => number == u32::try_from(index + 1).ok(),
        };
        if text == query || label == query {
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
    found.into_iter().map(|(_, i)| all[i].clone()).collect()
}

/// One choice from what was typed; empty text is no choice.
pub fn choose(raw: &str, choices: Choices, context: &Context) -> Result<Option<Offer>, String> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Ok(None);
    }
    let found = fitting(choices, raw, context).into_iter().next();
    found.map(Some).ok_or_else(|| refusal(&text::brief(raw), choices))
}

/// Why words are no choice, and what to do: fields that are counted take nothing but what their list has.
fn refusal(words: &str, choices: Choices) -> String {
    match choices {
        Choices::People => format!("「{words}」は参加者の中にいません。↑↓か番号（P03）で選んでください。"),
        Choices::Issues => format!("「{words}」という課題はありません。↑↓か課題の番号で選んでください。"),
        Choices::Nodes => format!("「{words}」のある枝はありません。↑↓で選んでください。"),
        Choices::Free | Choices::List(_) | Choices::Fixed(_) => {
            format!("「{words}」は一覧にありません。↑↓で選んでください。")
        }
    }
}

/// Several choices from what was typed, each once, in the order typed.
pub fn choose_many(raw: &str, choices: Choices, context: &Context) -> Result<Vec<Offer>, String> {
    let mut out: Vec<Offer> = Vec::new();
    for token in tokens(raw, choices) {
        if let Some(offer) = choose(token, choices, context)?
            && !out.contains(&offer)
        {
            out.push(offer);
        }
    }
    Ok(out)
}

/// The person of a code as it stands in an offer.
pub fn person(code: &str, context: &Context) -> Option<Id<Participant>> {
    context.dossier.participants.values().find(|p| p.code == code).map(|p| p.id)
}

/// The code of a person; empty for nobody.
pub fn code_of(id: Option<Id<Participant>>, context: &Context) -> String {
    id.and_then(|id| context.dossier.participants.get(&id)).map(|p| p.code.clone()).unwrap_or_default()
}

/// What the room calls a person; empty for nobody.
pub fn label_of(id: Option<Id<Participant>>, context: &Context) -> String {
    id.and_then(|id| context.dossier.participants.get(&id)).map(|p| p.label().to_owned()).unwrap_or_default()
}

/// The entry of the map with just these words.
pub fn node_of(words: &str, context: &Context) -> Option<Id<Node>> {
    context.dossier.nodes.values().find(|n| node_words(n) == words).map(|n| n.id)
}

/// The words of an entry as one of several: what divides choices does not stand in them.
pub fn node_words(node: &Node) -> String {
    node.text.replace([';', '；'], "、")
}

/// The issue of a number.
pub fn issue_of(number: &str, context: &Context) -> Option<Id<Node>> {
    context
        .dossier
        .nodes
        .values()
        .find(|n| n.kind == Kind::Issue && n.number.to_string() == number)
        .map(|n| n.id)
}

/// A day from what was typed; empty text is no day.
pub fn day(raw: &str, context: &Context) -> Result<Option<NaiveDate>, String> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Ok(None);
    }
    date::parse_date(raw, context.today).map(Some).map_err(|e| e.to_string())
}

/// A day after the meeting; empty text is no day.
pub fn coming_day(raw: &str, context: &Context) -> Result<Option<NaiveDate>, String> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Ok(None);
    }
    date::parse_coming_date(raw, context.day()).map(Some).map_err(|e| e.to_string())
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
