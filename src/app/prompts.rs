//! The panel of prompts (F9): what can be marked or gone to in it, and what its keys do.

use super::{Model, Overlay, Screen};
use crate::command::{Code, Key};
use crate::domain::{Id, Kind, Node, Participant, Step, asking};
use crate::layout::shape::What;

/// A row of the panel one can stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A prompt of the step, by its place.
    Prompt(usize),
    /// A question of the format, by the branch of the meeting and its place there.
    Question {
        branch: usize,
        question: usize,
    },
    /// Advice that came before it was asked for.
    Advice(Id<Node>),
    Person(Id<Participant>),
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

impl Model {
    /// The branches with their questions, the barest first. A branch the format does not know has none.
    pub fn asked(&self) -> Vec<Asked> {
        let (Some(desk), Some(format)) = (self.desk.as_ref(), self.format()) else { return Vec::new() };
        let branches = &desk.doc.dossier.meeting.branches;
        let counts: Vec<usize> = (0..branches.len()).map(|i| desk.doc.tree.count(i)).collect();
        let row = |i: usize| {
            let title = branches[i].title.clone();
            let questions = format.branch(&title).map_or(&[][..], |b| &b.questions);
            let touched = asking::touched(&desk.doc.dossier.progress, &title, questions, counts[i]);
            let questions = questions.iter().cloned().zip(touched).collect();
            Asked { branch: i, title, twigs: counts[i], questions }
        };
        asking::barest(&counts).into_iter().map(row).collect()
    }

    /// The prompts of the current step, and whether each was marked as said.
    pub fn step_prompts(&self) -> Vec<(String, bool)> {
        let Some(desk) = self.desk.as_ref() else { return Vec::new() };
        let step = desk.doc.step();
        let prompts = self.format().and_then(|f| f.step(step)).map_or(&[][..], |s| &s.prompts);
        let said = |p: &String| desk.doc.dossier.progress.asked.get(&asking::mark(step.key(), p)).copied();
        prompts.iter().map(|p| (p.clone(), said(p).unwrap_or(false))).collect()
    }

    /// The rows of the panel one can stand on, in their order on the screen.
    pub fn prompt_items(&self) -> Vec<Item> {
        let Some(desk) = self.desk.as_ref() else { return Vec::new() };
        let prompts = (0..self.step_prompts().len()).map(Item::Prompt);
        let questions = || {
            let each = |a: Asked| {
                (0..a.questions.len()).map(move |question| Item::Question { branch: a.branch, question })
            };
            self.asked().into_iter().flat_map(each).collect::<Vec<_>>()
        };
        let advice = || asking::parked(&desk.doc.dossier).into_iter().map(|n| Item::Advice(n.id)).collect();
        let (middle, people): (Vec<Item>, bool) = match desk.doc.step() {
            Step::Analysis => (Vec::new(), false),
            Step::Ideas | Step::Plan => (advice(), desk.doc.step() == Step::Ideas),
            _ => (questions(), true),
        };
        let people =
            asking::voices(&desk.doc.dossier).into_iter().filter(|_| people).map(|(id, _)| Item::Person(id));
        prompts.chain(middle).chain(people).collect()
    }

    /// At most so many rows stand below the last one can stand on; they are scrolled to.
    fn rows_below(&self) -> usize {
        let Some(desk) = self.desk.as_ref() else { return 0 };
        let dossier = &desk.doc.dossier;
        let count = |kind| dossier.nodes.values().filter(|n| n.kind == kind).count();
        // A heading takes two rows, a circle five, what is said of an empty list three.
        match desk.doc.step() {
            Step::Analysis => {
                dossier.links.len() + 5 * desk.doc.causes.circles().len() + count(Kind::Issue) + 7
            }
            Step::Plan => count(Kind::Issue) + count(Kind::Idea) + dossier.participants.len() + 5,
            Step::Questions => count(Kind::Issue) + 2,
            Step::Ideas if dossier.participants.is_empty() => count(Kind::Idea) + 3,
            _ => 0,
        }
    }

    /// A key over the panel. Who types means the line under it.
    pub(super) fn prompts_key(&mut self, key: Key) {
        let Some(Overlay::Prompts(row)) = self.cx.over else { return };
        let items = self.prompt_items();
        let last = (items.len() + self.rows_below()).saturating_sub(1);
        let to = match key.code {
            Code::Up => row.saturating_sub(1),
            Code::Down => (row + 1).min(last),
            Code::PageUp => row.saturating_sub(10),
            Code::PageDown => (row + 10).min(last),
            Code::Char(' ') => {
                self.tick_prompt(items.get(row).copied());
                row
            }
            Code::Enter => return self.go_to_prompt(items.get(row).copied()),
            _ => {
                return match key.text() {
                    Some(c) => self.type_text(c.encode_utf8(&mut [0; 4])),
                    None => self.cx.over = None,
                };
            }
        };
        self.cx.over = Some(Overlay::Prompts(to));
    }

    /// Marks a question as asked, or as open again.
    fn tick_prompt(&mut self, item: Option<Item>) {
        let (name, touched) = match item {
            Some(Item::Prompt(i)) => {
                let step = self.desk.as_ref().map_or("", |d| d.doc.step().key());
                let Some((prompt, said)) = self.step_prompts().into_iter().nth(i) else { return };
                (asking::mark(step, &prompt), said)
            }
            Some(Item::Question { branch, question }) => {
                let Some(asked) = self.asked().into_iter().find(|a| a.branch == branch) else { return };
                let Some((words, touched)) = asked.questions.into_iter().nth(question) else { return };
                (asking::mark(&asked.title, &words), touched)
            }
            Some(Item::Advice(id)) => {
                let Some(desk) = self.desk.as_ref() else { return };
                (asking::advice_mark(id), asking::is_taken_up(&desk.doc.dossier.progress, id))
            }
            Some(Item::Person(_)) | None => return,
        };
        if self.cx.look_only {
            return self.cx.warn("見るだけで開いているので、印は付けられません。");
        }
        if let Some((sitting, cx)) = self.sitting() {
            sitting.keep_time(cx, |progress| {
                progress.asked.insert(name, !touched);
            });
        }
    }

    /// Goes to what a row speaks of: the branch of a question, the twig of an advice, the person who is to speak.
    fn go_to_prompt(&mut self, item: Option<Item>) {
        self.cx.over = None;
        let on_map = self.place() == crate::command::Place::Map;
        let Some(desk) = self.desk.as_mut() else { return };
        match item {
            Some(Item::Question { branch, .. }) if on_map => {
                desk.close_chart();
                desk.map.selected = What::Branch(branch);
            }
            Some(Item::Advice(id)) if on_map => desk.select_node(id),
            Some(Item::Person(id)) if self.screen == Screen::Step => self.set_speaker(Some(id)),
            _ => {}
        }
    }

    /// Ends the turn of whoever it is, whether they asked or passed.
    pub(super) fn next_turn(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        let step = desk.doc.step();
        let Some(now) = asking::next_in_turn(&desk.doc.dossier, step) else { return };
        if let Some((sitting, cx)) = self.sitting() {
            sitting.keep_time(cx, |p| p.passed.push(now));
        }
        let Some(desk) = self.desk.as_ref() else { return };
        let name = |id| desk.doc.dossier.participants.get(&id).map(|p| format!("{} {}", p.label(), p.code));
        let next = asking::next_in_turn(&desk.doc.dossier, step).and_then(name).unwrap_or_default();
        self.cx
            .say(format!("{}の番を終わりにしました。次は {next} の番です。", name(now).unwrap_or_default()));
    }
}
