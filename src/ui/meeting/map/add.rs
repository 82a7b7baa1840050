//! Writing on the map: what a line says, where it goes, and the twig it becomes.

use crate::command::Command;
use crate::domain::map::Place;
use crate::domain::{Branch, Id, Kind, Lists, Node, Participant, Side, Step, aim, asking, map};
use crate::layout::shape::What;
use crate::ui::Asked;
use crate::ui::entry::Signs;
use crate::ui::meeting::map::{Answered, Sitting, Target, link};
use crate::ui::meeting::signed::Signed;
use crate::ui::meeting::sitting::changed;
use crate::ui::writing::Origin;
use crate::ui::{Context, Enter, LastKey, MapScreen, Spot};

/// Said of advice that comes before it is asked for.
const EARLY: &str = "助言として取っておきます。支援策の段階で、もう一度出します。";

/// What a line says once names are looked up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Understood {
    pub kind: Option<Kind>,
    /// `Some(None)`: nobody, said with a bare `@`.
    pub speaker: Option<Option<Id<Participant>>>,
    /// Where the words go, where the line says so.
    pub aim: Option<Place>,
    /// At the closing: the question that is answered, by its index.
    pub question: Option<usize>,
    /// The words link two issues: cause, effect, and the reason.
    pub link: Option<(Id<Node>, Id<Node>, String)>,
    pub words: String,
    /// A name that fits several alike, and whom it was taken for.
    pub shared: Option<String>,
    /// What could not be understood, in words for the person.
    pub problem: Option<String>,
    /// The signs that could not be understood, as typed and in that order.
    pub unknown: Vec<String>,
}

impl MapScreen {
    /// Where Enter would put what a line says as a twig; none: it becomes a main branch, or a link.
    pub fn place_for(&self, doc: &Sitting, understood: &Understood) -> Option<Place> {
        match (understood.aim, self.selected) {
            _ if understood.link.is_some() => None,
            (Some(aim), _) => Some(aim),
            (None, What::Centre) => None,
            _ => Some(self.place_beside(doc, understood.kind.unwrap_or(self.default_kind(doc)))),
        }
    }

    /// Where something of a kind goes beside what is selected. An idea answers an issue: it goes under it. A question behind an
    /// answer is the next one: it goes beside what was asked.
    pub(super) fn place_beside(&self, doc: &Sitting, kind: Kind) -> Place {
        let node = self.selected_node(doc);
        let outer = node.and_then(|node| doc.dossier.nodes.get(&node.parent?));
        let asked = outer.filter(|outer| kind == Kind::Unknown && outer.kind == Kind::Unknown);
        match asked.or(node) {
            Some(node) if kind == Kind::Idea && node.kind == Kind::Issue => Place::Under(node.id),
            Some(node) => Place::After(node.id),
            None => Place::Branch(self.selected_branch(doc).unwrap_or(0)),
        }
    }

    /// Selects the issue that ideas would answer: the one at hand, else the root, else the first. Without any, the branch at
    /// hand: an idea never goes to whatever twig happened to be selected last.
    pub(crate) fn select_issue(&mut self, doc: &Sitting) {
        let up = |node: &&Node| node.parent.and_then(|id| doc.dossier.nodes.get(&id));
        let at_hand = std::iter::successors(self.selected_node(doc), up).find(|n| n.kind == Kind::Issue);
        let root = || doc.dossier.nodes.get(&doc.causes.root()?.id).filter(|n| n.kind == Kind::Issue);
        let issue = at_hand.or_else(root).or_else(|| doc.dossier.issues().into_iter().next());
        match issue.map(|n| n.id) {
            Some(id) => self.select_node(doc, id),
            None => self.selected = What::Branch(self.selected_branch(doc).unwrap_or(0)),
        }
    }

    /// What a line says whose words are new, or are mended.
    pub fn understand(&self, doc: &Sitting, raw: &str, lists: &Lists) -> Understood {
        self.understand_by(doc, raw, lists, doc.signs_in(&self.writing, Signs::MAP))
    }

    pub(super) fn understand_by(&self, doc: &Sitting, raw: &str, lists: &Lists, signs: Signs) -> Understood {
        let find = |query: &str| {
            let found = doc.board().aims(query).first().map(|aim| aim.place());
            found.ok_or_else(|| aim::missed(query))
        };
        let Signed { kind, speaker, topic: aim, words, bare, shared, problem, unknown } =
            doc.read(raw, signs, lists, &find);
        let link = if bare { link::typed(doc, &words) } else { None };
        Understood { kind, speaker, aim, link, words, shared, problem, unknown, question: None }
    }

    /// Enter on the map, where words are written or mended.
    pub(crate) fn enter(&mut self, doc: &mut Sitting, cx: &mut Context) {
        match self.writing.target() {
            Some(Target::Search) => self.leave_target(doc),
            Some(Target::Link(from)) => self.finish_link(doc, cx, from),
            Some(Target::Node(id)) => self.finish_edit(doc, cx, id),
            Some(Target::Said(id)) => self.finish_said(doc, cx, id),
            _ => self.add_twig(doc, cx, Command::AddBeside),
        }
    }

    /// What Enter makes of the words of the line.
    pub(crate) fn entering(&self, doc: &Sitting, cx: &Context) -> Enter {
        let (line, target) = (self.writing.line.text(), self.writing.target());
        let understood = self.understand(doc, line, &cx.lists);
        let reads = matches!(target, None | Some(Target::Node(_)));
        match target {
            _ if reads && understood.problem.is_some() && !self.asked_about.is(line) => Enter::Ask,
            Some(_) => Enter::Settle,
            None if understood.is_signs() => Enter::Settle,
            None if understood.link.is_some() && understood.unknown.is_empty() => Enter::Add("つなぐ"),
            None if self.passing(doc, &understood).is_some() => Enter::Add("番を送る"),
            None => match self.place_for(doc, &understood) {
                None => Enter::Add("大枝を足す"),
                Some(Place::After(_)) => Enter::Add(Command::AddBeside.row().short),
                Some(_) => Enter::Add("足す"),
            },
        }
    }

    /// The words become a twig where the label said; where that is at a twig, after it or under it, as the key says.
    pub(crate) fn add_twig(&mut self, doc: &mut Sitting, cx: &mut Context, key: Command) {
        let mut understood = self.understand(doc, self.writing.line.text(), &cx.lists);
        if !self.told_of_sign(cx, &understood, key) {
            return;
        }
        let (problem, strange) = (understood.problem.take(), understood.names_nobody());
        if understood.is_signs() {
            self.take_signs(doc, &understood);
            if let Some(shared) = &understood.shared {
                cx.say_shared(shared, Command::Speaker, "");
            }
            return;
        }
        if let Some((from, to, reason)) = understood.link.take().filter(|_| understood.unknown.is_empty()) {
            let links = doc.dossier.links.len();
            if self.add_link(doc, cx, from, to, reason) {
                self.take_signs(doc, &understood);
                self.go_to_effect(doc, to, links);
            }
            return;
        }
        if let Some(who) = self.passing(doc, &understood).filter(|_| key != Command::AddUnder) {
            return self.pass(doc, cx, &understood, who);
        }
        understood.take_unknown();
        let place = match self.place_for(doc, &understood) {
            Some(Place::After(id)) if key == Command::AddUnder => Place::Under(
                self.selected_node(doc).filter(|_| understood.aim.is_none()).map_or(id, |n| n.id),
            ),
            Some(place) => place,
            None => return self.add_branch(doc, cx, &understood.words),
        };
        let mut node = self.new_node(doc, cx, &understood);
        let told = self.is_told(doc, &understood, place);
        let answers = told || doc.presenter().is_some() && self.answers(doc, &understood, place);
        if told {
            node.speaker = doc.presenter().map(|p| p.id);
        }
        let taken = node.speaker == doc.presenter().map(|p| p.id);
        let shared = understood.shared.take().filter(|_| !strange);
        if strange {
            // An `@` that names nobody here: this entry has no speaker, and the one before stays for the next entries.
            understood.speaker = None;
        }
        let early = if node.kind == Kind::Idea && node.step < Step::Ideas { EARLY } else { "" };
        let (id, label) = (node.id, node.adding());
        let changes = map::add(&doc.dossier, &doc.tree, node, place);
        if doc.commit(cx, label, changes) {
            self.take_signs(doc, &understood);
            self.select_node(doc, id);
            let named = shared.is_some();
            self.answered = (answers || named).then_some(Answered { twig: id, shared: named });
            match (problem, shared) {
                (Some(problem), _) => cx.warn(kept_as_words(cx, &problem, strange) + early),
                (None, Some(shared)) => cx.say_shared(&shared, Command::Speaker, early),
                (None, None) if answers => offer_presenter(doc, cx, taken),
                (None, None) if !early.is_empty() => cx.say(early),
                (None, None) => {}
            }
        }
    }

    /// Who passes in the round, where a line says no more than that.
    fn passing(&self, doc: &Sitting, understood: &Understood) -> Option<Id<Participant>> {
        let Understood { kind, aim, unknown, words, .. } = understood;
        let plain = kind.or(self.kind).is_none() && aim.is_none() && unknown.is_empty();
        let named = understood.speaker.flatten();
        let who = named.or(doc.standing_speaker()).filter(|_| plain && doc.step().shows_map())?;
        asking::passes(&doc.dossier, who, named.is_some(), words).then_some(who)
    }

    /// Who passes had their turn; it is no twig. The words wait for undo, should they be meant as one.
    fn pass(&mut self, doc: &mut Sitting, cx: &mut Context, said: &Understood, who: Id<Participant>) {
        cx.remember(doc, Origin::Entry(Spot::Map, None), self.writing.line.clone());
        self.take_signs(doc, said);
        let (called, next) = (doc.called(who).unwrap_or_default(), doc.pass(cx, who));
        let way = "枝にするときは {undo} で出して {add-under}。";
        cx.say(format!("{called} は「ありません」ですね。枝にはしていません。{next}{}", cx.keymap.fill(way)));
    }

    /// What was asked about the line is asked again.
    pub(crate) fn ask_anew(&mut self) {
        self.asked_about = Asked::default();
    }

    /// Whether the person was told of a sign nobody answers to, and has pressed Enter on the line once more. Until then it stays.
    pub(super) fn told_of_sign(&mut self, cx: &mut Context, understood: &Understood, key: Command) -> bool {
        let Some(problem) = &understood.problem else { return true };
        if self.asked_about.is_again(self.writing.line.text()) {
            return true;
        }
        let people = if understood.names_nobody() { "参加者は {people} で足せます。" } else { "" };
        let again = format!("もう一度 {{add-beside}} を押すと、記号もことばとして書きます。{people}");
        cx.warn(format!("{}。{}", cx.watch.unnamed(problem), cx.keymap.fill(&again)));
        cx.last = LastKey::Asked(key);
        false
    }

    /// Whether words without a speaker of their own answer an open question, and another than the presenter would have said
    /// them.
    fn answers(&self, doc: &Sitting, understood: &Understood, place: Place) -> bool {
        let presenter = doc.presenter().map(|p| p.id);
        // An issue, an idea, or the next question, is of whoever speaks.
        let kind = understood.kind.unwrap_or(self.default_kind(doc));
        matches!(kind, Kind::Fact | Kind::Feeling | Kind::Strength)
            && question_at(doc, place).is_some()
            && understood.speaker.is_none()
            && doc.standing_speaker() != presenter
    }

    /// Whether the words are an answer that is told to whoever asked, who goes on speaking: by the presenter, and where nobody is
    /// known to be that, by somebody who was not named.
    pub(crate) fn is_told(&self, doc: &Sitting, understood: &Understood, place: Place) -> bool {
        let asker = question_at(doc, place).and_then(|question| question.speaker);
        let asker_speaks = asker.is_some() && asker == doc.standing_speaker();
        asker_speaks && !understood.words.is_empty() && self.answers(doc, understood, place)
    }

    /// Whether Tab makes an answer of the words in the line that is told to whoever asked.
    pub(crate) fn tab_answers(&self, doc: &Sitting, cx: &Context) -> bool {
        let under = self.selected_node(doc).map(|n| Place::Under(n.id));
        let line = self.writing.line.text();
        // Most lines are no answer: they are not read for this.
        if !line.contains(['#', '＃']) && under.and_then(|place| question_at(doc, place)).is_none() {
            return false;
        }
        let understood = self.understand(doc, line, &cx.lists);
        understood.aim.or(under).is_some_and(|place| self.is_told(doc, &understood, place))
    }

    /// A node with the words, nowhere yet.
    pub(super) fn new_node(&mut self, doc: &Sitting, cx: &mut Context, understood: &Understood) -> Node {
        let id = cx.ids.id();
        Node {
            kind: understood.kind.unwrap_or(self.default_kind(doc)),
            speaker: understood.speaker.unwrap_or(doc.standing_speaker()),
            step: doc.step(),
            ..Node::new(id, doc.dossier.meeting.id, understood.words.clone(), cx.now.at)
        }
    }

    /// After an entry: the speaker stays, the kind and the words go.
    fn take_signs(&mut self, doc: &mut Sitting, understood: &Understood) {
        if let Some(speaker) = understood.speaker {
            doc.speaker = speaker;
        }
        self.carried = false;
        if understood.words.is_empty() {
            self.kind = understood.kind.or(self.kind);
            match understood.aim {
                Some(Place::Branch(branch)) => self.selected = What::Branch(branch),
                Some(Place::Under(id) | Place::After(id)) => self.select_node(doc, id),
                None => {}
            }
        } else {
            self.kind = None;
        }
        self.writing.line.take();
    }

    /// Words on the centre become a new main branch, on the side with fewer.
    fn add_branch(&mut self, doc: &mut Sitting, cx: &mut Context, title: &str) {
        let (meeting, count) = (&doc.dossier.meeting, doc.dossier.meeting.branches.len());
        let stands = meeting.branch_index(title);
        let left = meeting.branches.iter().filter(|b| b.side == Side::Left).count();
        let side = if left * 2 < count { Side::Left } else { Side::Right };
        let changes = changed(meeting, |m| m.branches.push(Branch { title: title.to_owned(), side }));
        if stands.is_some() || doc.commit(cx, format!("大枝を足す：{title}"), changes) {
            self.writing.line.take();
            self.selected = What::Branch(stands.unwrap_or(count));
        }
    }
}

impl Understood {
    /// Whether the line says nothing but what the next words are to be.
    pub(crate) fn is_signs(&self) -> bool {
        self.words.is_empty() && self.unknown.is_empty()
    }

    /// Whether an `@` stands there that nobody answers to.
    pub(crate) fn names_nobody(&self) -> bool {
        self.unknown.iter().any(|sign| sign.trim_start().starts_with(['@', '＠']))
    }

    /// A sign that nobody knows is one of the words.
    pub(crate) fn take_unknown(&mut self) {
        let (before, behind): (Vec<_>, Vec<_>) = self.unknown.drain(..).partition(|sign| sign.ends_with(' '));
        self.words = (before.concat() + &self.words + &behind.concat()).trim_end().to_owned();
    }
}

/// The question that words answer at a place: under it, or beside an answer.
fn question_at(doc: &Sitting, place: Place) -> Option<&Node> {
    let nodes = &doc.dossier.nodes;
    let outer = match place {
        Place::Branch(_) => return None,
        Place::Under(id) => id,
        Place::After(id) => nodes.get(&id)?.parent?,
    };
    nodes.get(&outer).filter(|outer| outer.kind == Kind::Unknown)
}

/// Whoever asked does not answer: the one who brought the case most likely does.
fn offer_presenter(doc: &Sitting, cx: &mut Context, taken: bool) {
    let Some(called) = doc.presenter().and_then(|p| doc.called(p.id)) else {
        return cx.say_filled("どなたの答えか分からないので、発言者なしにしました。{speaker} で選べます。");
    };
    cx.say_filled(&match taken {
        true => format!("事例提供者（{called}）の答えにしました。ちがうときは {{speaker}} で選びます。"),
        false => format!("答えた方が事例提供者（{called}）なら、{{speaker}} で選んであります。"),
    });
}

/// A sign that nobody knows stands among the words now; how it becomes one that is known.
fn kept_as_words(cx: &Context, problem: &str, stranger: bool) -> String {
    let way = if stranger {
        "「@…」も枝の文字に残しました。参加者を {people} で足してから、{edit} で直せます。"
    } else {
        "「#…」も枝の文字に残しました。{edit} で直せます。"
    };
    format!("{}。{}", cx.watch.unnamed(problem), cx.keymap.fill(way))
}
