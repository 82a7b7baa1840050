//! What a meeting offers to choose from, and what choosing does.

use crate::command::Place;
use crate::domain::{Id, Kind, Participant, map};
use crate::layout::measure::ellipsis;
use crate::layout::shape::What;
use crate::ui::meeting::map::Answered;
use crate::ui::{Choice, Chooser, Context, Input, MeetingScreen, Pick, Screen, Target, entry};

impl MeetingScreen {
    pub(crate) fn choose_speaker(&self, cx: &mut Context) {
        let nobody = Choice::new("だれとも決めない（発言者を外す）", "", Pick::Speaker(None));
        let people = self.doc.dossier.people().into_iter().map(|p| Choice {
            words: p.profession.clone(),
            ..Choice::new(
                format!("{} {}", p.code, p.label()),
                p.organisation.clone(),
                Pick::Speaker(Some(p.id)),
            )
        });
        let choices = [nobody].into_iter().chain(people).collect();
        let chooser = Chooser { by_number: false, ..Chooser::new("だれのことばですか", choices) };
        // Who answered a question is not who asked it.
        let answer = self.just_answered().filter(|answer| !answer.shared);
        let presenter = || self.doc.presenter().map(|p| p.id);
        cx.choose(chooser.on(Pick::Speaker(answer.map_or(self.doc.speaker, |_| presenter()))));
    }

    /// Who is chosen says what stands in the line: a sign in it does not speak against that. What is being mended is said
    /// by them as soon as it is kept; otherwise they speak until somebody else does.
    pub(crate) fn set_speaker(&mut self, speaker: Option<Id<Participant>>) {
        let people = &self.doc.dossier.participants;
        let code = speaker.and_then(|id| people.get(&id)).map(|p| p.code.clone()).unwrap_or_default();
        let mends = |target| matches!(target, Target::Node(_) | Target::Reflection(_));
        if !self.chosen_sign('@', code, mends) {
            self.doc.speaker = speaker;
        }
    }

    /// Who is chosen said the answer that was just written, or the words whose name fitted several; else it is as [`Self::set_speaker`] says.
    pub(crate) fn take_speaker(&mut self, cx: &mut Context, speaker: Option<Id<Participant>>) {
        let Some(Answered { twig: answer, shared }) = self.just_answered() else {
            return self.set_speaker(speaker);
        };
        let label = format!("発言者：{}", self.doc.dossier.nodes.get(&answer).map_or("", |n| &n.text));
        let changes = map::change(&self.doc.dossier, answer, |n| n.speaker = speaker);
        if changes.is_empty() || self.doc.commit(cx, label, changes) {
            self.map.answered = None;
            if shared {
                self.doc.speaker = speaker;
            }
        }
    }

    /// The twig that was just written of which it was asked who said it, as long as nothing else is written or selected.
    fn just_answered(&self) -> Option<Answered> {
        let is_here =
            |answer: &Answered| self.map.selected == What::Node(answer.twig) && self.map.writing.is_idle();
        self.map.answered.filter(is_here).filter(|_| self.place() == Place::Map)
    }

    pub(crate) fn set_question(&mut self, index: usize) {
        let mends = |target| matches!(target, Target::Reflection(_));
        if !self.chosen_sign('#', (index + 1).to_string(), mends) {
            self.closing.question = index;
        }
    }

    /// Takes out of the line what was said by a sign; where something is mended that has such a thing, what was chosen stands
    /// there instead. True: it does.
    fn chosen_sign(&mut self, sign: char, words: String, mends: impl Fn(Target) -> bool) -> bool {
        let signs = self.signs();
        let Some(writing) = self.here_mut() else { return false };
        let mends = writing.target().is_some_and(mends);
        let raw = entry::with_sign(writing.line.text(), sign, mends.then_some(words.as_str()), signs);
        if raw != writing.line.text() {
            writing.line = Input::new(raw);
        }
        mends
    }

    pub(crate) fn choose_kind(&self, cx: &mut Context) {
        let choice = |kind: Kind| {
            let sign = kind.sign().map(|s| format!("頭に {s}")).unwrap_or_default();
            Choice::new(kind.label(), sign, Pick::Kind(kind))
        };
        let node = self.map.node_of_kind(&self.doc);
        let (title, current) = match node {
            Some(node) => (format!("「{}」の種類", ellipsis(&node.text, 24, cx.marks.cut)), node.kind),
            None => ("これから書くことばの種類".to_owned(), self.map.default_kind(&self.doc)),
        };
        let raise = node.map(|node| {
            let (note, pick) = match self.issue_source(node).row {
                None => ("文はあとで直せます", Pick::Raise(node.id)),
                Some(_) => (
                    "もうなっています",
                    Pick::Refused("この枝は、もう地域課題のもとになっています。".to_owned()),
                ),
            };
            Choice { heading: "ほかに", ..Choice::new("地域課題にする", note, pick) }
        });
        let chooser = Chooser::new(title, Kind::ALL.map(choice).into_iter().chain(raise).collect());
        cx.choose(chooser.on(Pick::Kind(current)));
    }

    pub(crate) fn choose_step(&self, cx: &mut Context) {
        let steps = self.doc.dossier.meeting.steps.iter().enumerate();
        let choices = steps.map(|(i, s)| Choice::new(&s.title, format!("{}分", s.minutes), Pick::Step(i)));
        let chooser = Chooser::new("どの段階に移りますか", choices.collect());
        cx.choose(chooser.on(Pick::Step(self.doc.dossier.progress.step)));
    }

    pub(crate) fn choose_format(&self, cx: &mut Context) {
        let key = self.doc.format(cx).map(|f| &f.key);
        let formats = cx.formats.iter().enumerate();
        let choices = formats.map(|(i, f)| Choice::new(&f.title, &f.kind, Pick::Format(i)));
        let chooser = Chooser::new("どのやり方で進めますか", choices.collect());
        let row = cx.formats.iter().position(|f| Some(&f.key) == key).unwrap_or(0);
        cx.choose(Chooser { row, by_number: true, ..chooser });
    }

    pub(crate) fn choose_question(&self, cx: &mut Context) {
        let questions = self.doc.format(cx).into_iter().flat_map(|f| &f.reflections).enumerate();
        let choices = questions.map(|(i, q)| Choice::new(&q.title, &q.prompt, Pick::Question(i)));
        cx.choose(Chooser::new("どの問いへのことばですか", choices.collect()));
    }
}
