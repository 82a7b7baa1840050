//! What a meeting brings about: actions, regional issues with their way and their evidence, and reflections.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Aside, Category, Id, Meeting, Node, Participant, Said};

/// いつまでに: the words as typed and, where they mean one, the day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Until {
    /// Empty: nobody has said. `未定`: said to be open. Otherwise as typed (`来週中`, `次回まで`, `2026-06-18`).
    pub words: String,
    /// The last day meant; none for 未定, and for 次回まで while the next date is open.
    pub date: Option<NaiveDate>,
}

/// How much something matters, as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// 高.
    High,
    /// 中.
    Middle,
    /// 低.
    Low,
}

impl Priority {
    /// What matters most comes first.
    pub const ALL: [Priority; 3] = [Priority::High, Priority::Middle, Priority::Low];

    /// The key in files and tables.
    pub fn key(self) -> &'static str {
        match self {
            Priority::High => "high",
            Priority::Middle => "middle",
            Priority::Low => "low",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Priority::High => "高",
            Priority::Middle => "中",
            Priority::Low => "低",
        }
    }

    /// The priority of a key; none where no priority has it.
    pub fn from_key(key: &str) -> Option<Priority> {
        Priority::ALL.into_iter().find(|p| p.key() == key)
    }
}

/// What became of an action so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionStatus {
    /// 未着手.
    Todo,
    /// 実施中.
    Doing,
    /// 完了.
    Done,
    /// 中止.
    Dropped,
}

impl ActionStatus {
    /// In the order in which things usually go.
    pub const ALL: [ActionStatus; 4] =
        [ActionStatus::Todo, ActionStatus::Doing, ActionStatus::Done, ActionStatus::Dropped];

    /// The key in files and tables.
    pub fn key(self) -> &'static str {
        match self {
            ActionStatus::Todo => "todo",
            ActionStatus::Doing => "doing",
            ActionStatus::Done => "done",
            ActionStatus::Dropped => "dropped",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            ActionStatus::Todo => "未着手",
            ActionStatus::Doing => "実施中",
            ActionStatus::Done => "完了",
            ActionStatus::Dropped => "中止",
        }
    }

    /// The status of a key; none where no status has it.
    pub fn from_key(key: &str) -> Option<ActionStatus> {
        ActionStatus::ALL.into_iter().find(|s| s.key() == key)
    }

    /// Whether there is still something to do.
    pub fn is_open(self) -> bool {
        matches!(self, ActionStatus::Todo | ActionStatus::Doing)
    }
}

/// One row of the plan: who does what by when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Given where it was written, the same on every machine.
    pub id: Id<Action>,
    /// The meeting that decided it.
    pub meeting: Id<Meeting>,
    /// The issue it answers.
    pub issue: Option<Id<Node>>,
    /// The idea on the map that became it, whatever its words are by now; the idea may be gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idea: Option<Id<Node>>,
    /// What is to be done, in a sentence.
    pub what: String,
    /// Those who do it, in the order in which they were named.
    pub who: Vec<Id<Participant>>,
    /// By when, as it was said.
    pub until: Until,
    /// 確認方法.
    pub check: String,
    /// How much it matters; none where nobody has said so.
    pub priority: Option<Said<Priority>>,
    /// What became of it so far.
    pub status: Said<ActionStatus>,
    /// What became of it, looked at in the next meeting.
    pub outcome: String,
    /// When it was done, or given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<NaiveDate>,
    /// Place in the plan, ascending. Gaps are normal.
    pub rank: i64,
    /// What was typed into fields that cannot hold it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<Aside>,
}

/// What stands in a row of the plan.
macro_rules! action_fields {
    ($read:ident) => {
        $read! { Action ActionField "行動計画" [id, meeting] {
            Issue    issue    "課題"         (refers),
            Idea     idea     "支援策"       (mentions) [apart],
            What     what     "何を"         (text),
            Who      who      "だれが"       (refers),
            Until    until    "いつまでに"   (until) in "until_words" "until_date",
            Check    check    "確認方法"     (text) in "check_how",
            Priority priority "優先度"       (said),
            Status   status   "状態"         (said),
            Outcome  outcome  "どうなったか" (text) [later],
            Settled  settled  "済んだ日"     (day) [apart],
            Rank     rank     "並び順"       (order) [apart],
            Aside    aside    "欄のわきのことば" (beside ActionField::called) [apart],
        } }
    };
}
pub(crate) use action_fields;

impl Action {
    /// A row of the plan that says nothing yet.
    pub fn new(id: Id<Action>, meeting: Id<Meeting>) -> Self {
        Action {
            id,
            meeting,
            issue: None,
            idea: None,
            what: String::new(),
            who: Vec::new(),
            until: Until::default(),
            check: String::new(),
            priority: None,
            status: ActionStatus::Todo.into(),
            outcome: String::new(),
            settled: None,
            rank: 0,
            aside: Vec::new(),
        }
    }

    /// Says how far it is, on a day; the day it was settled on stays.
    pub fn set_status(&mut self, status: impl Into<Said<ActionStatus>>, day: NaiveDate) {
        let status = status.into();
        let settled = self.settled.filter(|_| self.status == status);
        self.settled = if status.is_open() { None } else { settled.or(Some(day)) };
        self.status = status;
    }
}

/// A general statement that leaves the case: what is not only this person's problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionalIssue {
    /// Given where it was written, the same on every machine.
    pub id: Id<RegionalIssue>,
    /// The meeting it was first raised in.
    pub meeting: Id<Meeting>,
    /// A rewritten sentence without personal detail.
    pub statement: String,
    /// Any of `Lists::scenes` (場面).
    pub scenes: Vec<String>,
    /// Any of `Lists::categories` ((ア)–(ク)).
    pub categories: Vec<Category>,
    /// One of `Lists::functions` (五つの機能), or empty.
    pub function: String,
    /// One of `Lists::levels`, or empty.
    pub level: String,
    /// 圏域・地区.
    pub area: String,
    /// One of `Lists::gaps`: a resource is missing, or a way of working; or empty.
    pub gap: String,
    /// How much it matters; none where nobody has said so.
    pub priority: Option<Said<Priority>>,
    /// Why it matters so much, or so little.
    pub priority_reason: String,
    /// 対応策 ①②….
    pub measures: Vec<String>,
    /// The responsible body.
    pub responsible: String,
    /// By when something is to be done about it, as it was said.
    pub due: Until,
    /// One of `Lists::regional_statuses`, or empty.
    pub status: String,
    /// One of `Lists::reflected` (計画, 予算, 不採用), or empty.
    pub reflected: String,
    /// Why it was decided so, above all where it was not taken up.
    pub reflected_reason: String,
    /// ⇒残課題.
    pub evaluation: String,
    /// A person has read the statement and says nobody can be recognised in it.
    pub confirmed: bool,
    /// Place among those of its meeting, ascending. Gaps are normal.
    pub rank: i64,
    /// What was typed into fields that cannot hold it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<Aside>,
}

/// What stands in a regional issue.
macro_rules! regional_issue_fields {
    ($read:ident) => {
        $read! { RegionalIssue RegionalIssueField "地域課題" [id, meeting] {
            Statement       statement        "地域課題"           (text),
            Scenes          scenes           "場面"               (list),
            Categories      categories       "事業項目"           (list),
            Function        function         "五つの機能"         (text),
            Level           level            "レベル"             (text),
            Area            area             "圏域・地区"         (text),
            Gap             gap              "足りないもの"       (text),
            Priority        priority         "優先度"             (said),
            PriorityReason  priority_reason  "優先の理由"         (text),
            Measures        measures         "対応策"             (list),
            Responsible     responsible      "責任を持つ機関"     (text),
            Due             due              "いつまでに"         (until) in "due_words" "due_date",
            Status          status           "状態"               (text),
            Reflected       reflected        "計画・予算への反映" (text),
            ReflectedReason reflected_reason "反映の理由"         (text),
            Evaluation      evaluation       "評価（⇒残課題）"   (text),
            Confirmed       confirmed        "個人が分からない文か" (yes),
            Rank            rank             "並び順"             (order) [apart],
            Aside           aside            "欄のわきのことば"   (beside called_in_issue) [apart],
        } }
    };
}
pub(crate) use regional_issue_fields;

impl RegionalIssue {
    /// Whether it has a sentence that nobody has read for whether it shows a person.
    pub fn is_unread(&self) -> bool {
        !self.confirmed && !self.statement.is_empty()
    }

    /// A regional issue that says no more than its statement.
    pub fn new(id: Id<RegionalIssue>, meeting: Id<Meeting>, statement: impl Into<String>) -> Self {
        RegionalIssue {
            id,
            meeting,
            statement: statement.into(),
            scenes: Vec::new(),
            categories: Vec::new(),
            function: String::new(),
            level: String::new(),
            area: String::new(),
            gap: String::new(),
            priority: None,
            priority_reason: String::new(),
            measures: Vec::new(),
            responsible: String::new(),
            due: Until::default(),
            status: String::new(),
            reflected: String::new(),
            reflected_reason: String::new(),
            evaluation: String::new(),
            confirmed: false,
            rank: 0,
            aside: Vec::new(),
        }
    }
}

/// One step of the way of a regional issue to the town's plan; [`super::escalation`] says how steps come about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// Given where it was written, the same on every machine.
    pub id: Id<Escalation>,
    /// The issue that goes this way.
    pub issue: Id<RegionalIssue>,
    /// The meeting the issue was first raised in: the way goes wherever the issue goes.
    pub meeting: Id<Meeting>,
    /// When it was decided.
    pub date: Option<NaiveDate>,
    /// One of `Lists::levels`, or empty.
    pub level: String,
    /// One of `Lists::reflected` (計画, 予算, 不採用), or empty.
    pub decision: String,
    /// Why it was decided so, above all where it was not taken up.
    pub reason: String,
    /// ⇒残課題.
    pub remaining: String,
}

/// What stands in a step of the way; what it says of the issue is called as it is there.
macro_rules! escalation_fields {
    ($read:ident) => {
        $read! { Escalation EscalationField "地域課題の経過" [id, meeting] {
            Issue     issue     "地域課題"           (needs),
            Date      date      "日付"               (day),
            Level     level     "レベル"             (text),
            Decision  decision  "計画・予算への反映" (text),
            Reason    reason    "反映の理由"         (text),
            Remaining remaining "評価（⇒残課題）"   (text),
        } }
    };
}
pub(crate) use escalation_fields;

/// Where a regional issue shows: a meeting, and an entry of its map. Only the id leaves the house.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Given where it was written, the same on every machine.
    pub id: Id<Evidence>,
    /// What it shows; of this meeting, or of an earlier one.
    pub issue: Id<RegionalIssue>,
    /// The meeting in which it shows.
    pub meeting: Id<Meeting>,
    /// The entry in which it shows; none where that is gone, or where the meeting as a whole shows it.
    pub node: Option<Id<Node>>,
}

/// What stands in a piece of evidence. The issue may be one of another meeting, which need not be here.
macro_rules! evidence_fields {
    ($read:ident) => {
        $read! { Evidence EvidenceField "地域課題の根拠" [id, meeting] {
            Issue issue "地域課題"     (refers),
            Node  node  "もとになった枝" (refers),
        } }
    };
}
pub(crate) use evidence_fields;

/// A word at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reflection {
    /// Given where it was written, the same on every machine.
    pub id: Id<Reflection>,
    /// The meeting at whose end it was said.
    pub meeting: Id<Meeting>,
    /// None: without a name.
    pub speaker: Option<Id<Participant>>,
    /// One of the format's questions (整理できたか, 共感を感じたか, …), or empty.
    pub question: String,
    /// What was said.
    pub text: String,
    /// Place among those of its meeting, ascending. Gaps are normal.
    pub rank: i64,
}

/// What stands in a reflection.
macro_rules! reflection_fields {
    ($read:ident) => {
        $read! { Reflection ReflectionField "振り返り" [id, meeting] {
            Speaker  speaker  "発言者" (refers),
            Question question "問い"   (text),
            Text     text     "ことば" (text),
            Rank     rank     "並び順" (order),
        } }
    };
}
pub(crate) use reflection_fields;
