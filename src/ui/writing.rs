//! Words on their way: what is typed and not entered yet is never thrown away, whatever is pressed.
//!
//! Each screen with an entry line has a draft of its own, so that a keyword half typed for the map never becomes a
//! participant. What Esc takes from the screen is fetched back by Esc, and at any time from the menu. What stands half typed
//! when one goes back to the list of meetings waits there until the meeting is opened again.

use serde::{Deserialize, Deserializer, Serialize};

use crate::command::{Command, Place};
use crate::domain::{Dossier, Edit, Id, Lists, Meeting, Node, Participant, Reflection, people, text};
use crate::ui::entry::Signs;
use crate::ui::{Cell, Input, entry};

/// The screens that share one entry line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    Map,
    People,
    Closing,
}

impl Spot {
    pub const ALL: [Spot; 3] = [Spot::Map, Spot::People, Spot::Closing];

    /// The entry line of a place; none where there is no such line.
    pub fn of(place: Place) -> Option<Spot> {
        match place {
            Place::Map => Some(Spot::Map),
            Place::Opening | Place::People => Some(Spot::People),
            Place::Closing => Some(Spot::Closing),
            _ => None,
        }
    }
}

/// The line of which the person was told that it may not mean what they think: entered once more, it is meant.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked(String);

impl Asked {
    pub(crate) fn is(&self, line: &str) -> bool {
        self.0 == line
    }

    /// Whether it is this line; if not, it is from now on.
    pub(crate) fn is_again(&mut self, line: &str) -> bool {
        let again = self.is(line);
        if !again {
            self.0 = line.to_owned();
        }
        again
    }
}

/// What Enter does with the words of the entry line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Node(Id<Node>),
    Person(Id<Participant>),
    Reflection(Id<Reflection>),
    /// They are what was said at the node.
    Said(Id<Node>),
    /// They are searched for.
    Search,
    /// They say what the node brings about: a number, or the selected twig.
    Link(Id<Node>),
}

impl Target {
    /// The screen whose entry line can be used so.
    pub(crate) fn spot(self) -> Spot {
        match self {
            Target::Node(_) | Target::Said(_) | Target::Search | Target::Link(_) => Spot::Map,
            Target::Person(_) => Spot::People,
            Target::Reflection(_) => Spot::Closing,
        }
    }

    /// The words that something being mended has as it stands; none where nothing is mended.
    pub(crate) fn standing(self, d: &Dossier, lists: &Lists) -> Option<String> {
        match self {
            Target::Node(id) => d.nodes.get(&id).map(|n| entry::literal(&n.text, Signs::MAP.before_words())),
            Target::Said(id) => d.nodes.get(&id).map(|n| n.said.clone()),
            Target::Person(id) => d.participants.get(&id).map(|p| people::write_line(p, lists)),
            Target::Reflection(id) => {
                d.reflections.get(&id).map(|r| entry::literal(&r.text, Signs::CLOSING.before_words()))
            }
            Target::Search | Target::Link(_) => None,
        }
    }

    /// Whether what a line is used for is still there.
    pub(crate) fn stands(self, d: &Dossier) -> bool {
        match self {
            Target::Node(id) | Target::Said(id) | Target::Link(id) => d.nodes.contains_key(&id),
            Target::Person(id) => d.participants.contains_key(&id),
            Target::Reflection(id) => d.reflections.contains_key(&id),
            Target::Search => true,
        }
    }
}

/// The entry line of a screen, and what Enter does with its words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Writing {
    pub line: Input,
    /// What the line is used for, where its words do not become something new, and what stood in it before.
    #[serde(deserialize_with = "if_known")]
    used: Option<(Target, Input)>,
    /// The highlighted candidate of a half-typed `@` or `#`.
    #[serde(skip)]
    pub candidate: usize,
}

/// A use that another version of the program knows must not cost the words.
fn if_known<'de, D: Deserializer<'de>>(from: D) -> Result<Option<(Target, Input)>, D::Error> {
    Ok(serde_json::from_value(serde_json::Value::deserialize(from)?).unwrap_or_default())
}

impl Writing {
    /// As it comes out of a file.
    pub(crate) fn settled(self) -> Self {
        let used = self.used.map(|(target, aside)| (target, aside.settled()));
        Self { line: self.line.settled(), used, candidate: 0 }
    }

    /// What the line is used for; none: its words become something new.
    pub fn target(&self) -> Option<Target> {
        self.used.as_ref().map(|(target, _)| *target)
    }

    /// Whether nothing is typed and nothing is mended.
    pub fn is_idle(&self) -> bool {
        self.used.is_none() && self.line.text().trim().is_empty()
    }

    /// Gives the line a use; what stood in it comes back afterwards.
    pub(crate) fn begin(&mut self, target: Target, line: Input) {
        let aside = std::mem::take(self.draft_mut());
        (self.line, self.used, self.candidate) = (line, Some((target, aside)), 0);
    }

    /// Its words are written down, or not wanted: what stood aside stands there again, or nothing.
    pub(crate) fn finish(&mut self) {
        self.line = self.used.take().map(|(_, aside)| aside).unwrap_or_default();
        self.candidate = 0;
    }

    /// What it was used for is gone: the words are a draft for something new.
    pub(crate) fn lose_target(&mut self) {
        if let Some((_, aside)) = self.used.take()
            && self.line.is_empty()
        {
            self.line = aside;
        }
    }

    /// The words that become something new, on the line or aside.
    pub(crate) fn draft_mut(&mut self) -> &mut Input {
        match self.used.as_mut() {
            Some((_, aside)) => aside,
            None => &mut self.line,
        }
    }

    /// Whether the line holds words that stand nowhere else.
    pub(crate) fn holds_new_words(&self, dossier: &Dossier, lists: &Lists) -> bool {
        let (words, target) = (self.line.text(), self.target());
        let stands = target.and_then(|target| target.standing(dossier, lists));
        // A number that was typed for a link says nothing elsewhere.
        let number = || matches!(target, Some(Target::Link(_))) && text::number(words.trim()).is_some();
        target != Some(Target::Search)
            && !words.trim().is_empty()
            && stands.as_deref() != Some(words)
            && !number()
    }

    /// Everything that is half typed.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &Input> {
        std::iter::once(&self.line).chain(self.used.iter().map(|(_, aside)| aside))
    }
}

/// What Esc took from the screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PutAway {
    /// None: it stood on a screen of the region.
    pub(crate) meeting: Option<Id<Meeting>>,
    pub(crate) origin: Origin,
    pub(crate) line: Input,
    /// Something else was written down since: Esc would make it a part of the next words.
    pub(crate) past: bool,
    /// The last edit before it: undo comes to it after those that were done later.
    #[serde(default)]
    pub(crate) after: Option<Id<Edit>>,
    /// Undo brought it back, or took it away: it is redo that comes to it.
    #[serde(default)]
    pub(crate) undone: bool,
}

/// Where words stood.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Origin {
    /// None: it was to become something new.
    Entry(Spot, Option<Target>),
    Cell(Cell),
}

/// What the key before did, as far as the next one means something else after it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LastKey {
    #[default]
    Other,
    /// Esc took words from the screen: pressed again it brings them back.
    PutAway,
    /// Esc brought them back.
    Fetched,
    /// It took them away again: they are not wanted, and the next Esc goes on.
    Dismissed,
    /// The screen was covered and is seen again.
    Uncovered,
    /// Words were written down and the line is empty: whoever presses Enter once more means them.
    Entered,
    /// An edit was taken back, or a number chose from a list, which needs no Enter: one that follows means nothing here.
    Unchosen,
    /// It only asked about the line; pressed again, or words that follow, mean it as it stands.
    Asked(Command),
}
