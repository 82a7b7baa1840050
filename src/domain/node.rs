//! What stands on the map: words on twigs, and the links between issues.

use serde::{Deserialize, Serialize};

use super::{Id, Meeting, Moment, Participant, Step};

/// What kind of thing was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something that is known; it needs no sign.
    Fact,
    /// What the person wishes or feels.
    Feeling,
    /// What the person or those around them can do.
    Strength,
    /// What nobody at the table knows yet.
    Unknown,
    /// A problem; it gets a number.
    Issue,
    /// Something that could be done about an issue.
    Idea,
}

impl Kind {
    /// In the order in which they are offered.
    pub const ALL: [Kind; 6] =
        [Kind::Fact, Kind::Feeling, Kind::Strength, Kind::Unknown, Kind::Issue, Kind::Idea];

    /// The key in files and tables.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Fact => "fact",
            Kind::Feeling => "feeling",
            Kind::Strength => "strength",
            Kind::Unknown => "unknown",
            Kind::Issue => "issue",
            Kind::Idea => "idea",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Fact => "情報",
            Kind::Feeling => "思い",
            Kind::Strength => "強み",
            Kind::Unknown => "不明",
            Kind::Issue => "課題",
            Kind::Idea => "支援策",
        }
    }

    /// The sign typed before an entry of this kind; a fact needs none.
    pub fn sign(self) -> Option<char> {
        match self {
            Kind::Fact => None,
            Kind::Feeling => Some('*'),
            Kind::Strength => Some('+'),
            Kind::Unknown => Some('?'),
            Kind::Issue => Some('!'),
            Kind::Idea => Some('>'),
        }
    }

    /// The kind of a key; none where no kind has it.
    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A keyword on a twig of the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Given where it was written, the same on every machine.
    pub id: Id<Node>,
    /// The meeting on whose map it stands.
    pub meeting: Id<Meeting>,
    /// The title of the main branch it hangs on; a child hangs on its parent's branch.
    pub branch: String,
    /// None: it hangs on the branch itself.
    pub parent: Option<Id<Node>>,
    /// Place among its siblings, ascending. Gaps are normal.
    pub rank: i64,
    /// What kind of thing was said.
    pub kind: Kind,
    /// The keyword as typed; one line.
    pub text: String,
    /// What was said, in the speaker's words; may be empty.
    pub said: String,
    /// Who said it; none where nobody in particular did.
    pub speaker: Option<Id<Participant>>,
    /// The step in which it was said.
    pub step: Step,
    /// The number of an issue (①②…), given when it becomes one and never given again; 0 for what never was one.
    pub number: u32,
    /// When it was written.
    pub at: Moment,
}

/// What stands in an entry of the map.
macro_rules! node_fields {
    ($read:ident) => {
        $read! { Node NodeField "枝" [id, meeting] {
            Branch  branch  "大枝"         (text),
            Parent  parent  "付いている枝" (refers),
            Rank    rank    "並び順"       (order),
            Kind    kind    "種類"         (label),
            Text    text    "ことば"       (text),
            Said    said    "話されたことば" (text),
            Speaker speaker "発言者"       (refers),
            Step    step    "段階"         (label),
            Number  number  "番号"         (count Node::LAST_NUMBER),
            At      at      "時刻"         (moment),
        } }
    };
}
pub(crate) use node_fields;

impl Node {
    /// No issue has a number beyond that.
    pub const LAST_NUMBER: u64 = 999_999;

    /// A fact that hangs nowhere yet and was said by nobody.
    pub fn new(id: Id<Node>, meeting: Id<Meeting>, text: impl Into<String>, at: Moment) -> Self {
        Self {
            id,
            meeting,
            branch: String::new(),
            parent: None,
            rank: 0,
            kind: Kind::Fact,
            text: text.into(),
            said: String::new(),
            speaker: None,
            step: Step::Interview,
            number: 0,
            at,
        }
    }

    /// What its edit is called where people read it.
    pub fn adding(&self) -> String {
        format!("枝を足す：{}", self.text)
    }
}

impl Link {
    /// What the edit is called that links an issue to its effect.
    pub fn adding(from: &Node, to: &Node) -> String {
        format!("つなぐ：{} → {}", from.text, to.text)
    }
}

/// A causal link between two entries: `from` brings about `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Given where it was written, the same on every machine.
    pub id: Id<Link>,
    /// The meeting on whose map it stands.
    pub meeting: Id<Meeting>,
    /// The cause.
    pub from: Id<Node>,
    /// The effect.
    pub to: Id<Node>,
    /// Why, in a few words; may be empty.
    pub label: String,
    /// When it was written.
    pub at: Moment,
}

/// What stands in a link.
macro_rules! link_fields {
    ($read:ident) => {
        $read! { Link LinkField "つながり" [id, meeting] {
            From  from  "元"   (needs) in "from_node",
            To    to    "先"   (needs) in "to_node",
            Label label "理由" (text),
            At    at    "時刻" (moment),
        } }
    };
}
pub(crate) use link_fields;
