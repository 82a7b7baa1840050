//! The panel of prompts (F9): what can be marked or gone to in it, and what its keys do.

pub(crate) mod draw;
pub(crate) mod whisper;

use std::ops::Range;

use crate::command::{Code, Key, Place};
use crate::domain::{Id, Node, Participant, asking};
use crate::layout::shape::What;
use crate::ui::{At, Context, Flow, MeetingScreen, Overlay, Screen, Sitting};

/// What a row of the panel speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A prompt of the step.
    Prompt,
    /// A question of the format, by the branch of the meeting and its place there.
    Question {
        branch: usize,
        question: usize,
    },
    /// Advice that came before it was asked for.
    Advice(Id<Node>),
    Person(Id<Participant>),
}

/// Where one can stand in the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    pub item: Item,
    /// Under what its mark is kept; none where nothing can be marked.
    mark: Option<String>,
    done: bool,
    rows: Range<usize>,
}

/// A branch with what there is to ask about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub branch: usize,
    pub title: String,
    /// How many twigs it has.
    pub twigs: usize,
    /// Its questions, and whether each was touched.
    pub questions: Vec<(String, bool)>,
}

impl Asked {
    /// The next question to ask.
    pub fn open(&self) -> Option<&str> {
        self.questions.iter().find(|(_, touched)| !touched).map(|(question, _)| question.as_str())
    }
}

impl MeetingScreen {
    /// The branches with their questions, the barest first. A branch the format does not know has none.
    pub fn asked(&self, cx: &Context) -> Vec<Asked> {
        let Some(format) = self.doc.format(cx) else { return Vec::new() };
        let branches = &self.doc.dossier.meeting.branches;
        let counts: Vec<usize> = (0..branches.len()).map(|i| self.doc.tree.count(i)).collect();
        let row = |i: usize| {
            let title = branches[i].title.clone();
            let questions = format.branch(&title).map_or(&[][..], |b| &b.questions);
            let touched = asking::touched(&self.doc.dossier.progress, &title, questions, counts[i]);
            let questions = questions.iter().cloned().zip(touched).collect();
            Asked { branch: i, title, twigs: counts[i], questions }
        };
        asking::barest(&counts).into_iter().map(row).collect()
    }

    /// The prompts of the current step, and whether each was marked as said.
    pub fn step_prompts(&self, cx: &Context) -> Vec<(String, bool)> {
        let step = self.doc.step();
        let prompts = self.doc.format(cx).and_then(|f| f.step(step)).map_or(&[][..], |s| &s.prompts);
        let said = |p: &String| self.doc.dossier.progress.asked.get(&asking::mark(step.key(), p)).copied();
        prompts.iter().map(|p| (p.clone(), said(p).unwrap_or(false))).collect()
    }

    /// A key over the panel. Who types means the line under it.
    pub(crate) fn prompts_key(&mut self, cx: &mut Context, key: Key) -> Flow {
        let Some(Overlay::Prompts(row)) = cx.over else { return Flow::Done };
        let (stops, below) = self.prompt_items(cx);
        let last = (stops.len() + below).saturating_sub(1);
        let to = match key.code {
            Code::Up => row.saturating_sub(1),
            Code::Down => (row + 1).min(last),
            Code::Home => 0,
            Code::End => last,
            Code::PageUp => row.saturating_sub(10),
            Code::PageDown => (row + 10).min(last),
            Code::Char(' ') => {
                self.tick_prompt(cx, stops.get(row));
                row
            }
            Code::Enter => {
                cx.over = None;
                self.go_to_prompt(stops.get(row).map(|stop| stop.item));
                return Flow::Done;
            }
            // A wide space is no word for the line, and no mark.
            _ if key.text().is_some_and(char::is_whitespace) => row,
            _ => return self.type_under(cx, key),
        };
        cx.over = Some(Overlay::Prompts(to));
        Flow::Done
    }

    /// A key over a panel that is none of its own closes it, and types into the line under it.
    pub(crate) fn type_under(&mut self, cx: &mut Context, key: Key) -> Flow {
        cx.over = None;
        key.text().map_or(Flow::Done, |c| self.type_text(cx, c.encode_utf8(&mut [0; 4])))
    }

    /// Marks a question as asked, or as open again.
    fn tick_prompt(&mut self, cx: &mut Context, stop: Option<&Stop>) {
        let Some((mark, done)) = stop.and_then(|stop| Some((stop.mark.clone()?, stop.done))) else { return };
        if cx.look_only {
            return cx.warn("見るだけで開いているので、印は付けられません。");
        }
        self.doc.keep_time(cx, |progress| {
            progress.asked.insert(mark, !done);
        });
    }

    /// Goes to what a row speaks of: the branch of a question, the twig of an advice, the person who is to speak.
    fn go_to_prompt(&mut self, item: Option<Item>) {
        let on_map = self.place() == Place::Map;
        match item {
            Some(Item::Question { branch, .. }) if on_map => {
                self.map.close_chart(&self.doc);
                self.map.selected = What::Branch(branch);
            }
            Some(Item::Advice(id)) if on_map => self.map.select_node(&self.doc, id),
            Some(Item::Person(id)) if self.at == At::Step => self.set_speaker(Some(id)),
            _ => {}
        }
    }

    /// Calls whoever the turn is; the turn of those who speak already ends, whether they asked or passed.
    pub(crate) fn next_turn(&mut self, cx: &mut Context) {
        // Words that are being written are those of whoever had the turn.
        if !self.map.writing.line.is_empty() {
            return cx
                .say_filled("書いていることばを {add-beside} で決めてから、{next-turn} を押してください。");
        }
        let Some(now) = asking::next_in_turn(&self.doc.dossier, self.doc.step()) else { return };
        let called = self.doc.called(now).unwrap_or_default();
        if self.doc.speaker == Some(now) {
            let next = self.doc.pass(cx, now);
            return cx.say(format!("{called}の番を終わりにしました。{next}"));
        }
        self.doc.speaker = Some(now);
        cx.say(format!("{called}の番です。"));
    }
}

impl Sitting {
    /// Notes that somebody had their turn, and says whose it is next. Whoever that is speaks now.
    pub(crate) fn pass(&mut self, cx: &mut Context, who: Id<Participant>) -> String {
        let turn = |doc: &Self| asking::next_in_turn(&doc.dossier, doc.step());
        let before = turn(self);
        self.keep_time(cx, |p| p.passed.push(who));
        let next = turn(self);
        if before == Some(who) && next.is_some() {
            self.speaker = next;
        }
        format!("次は {} の番です。", next.and_then(|id| self.called(id)).unwrap_or_default())
    }
}
