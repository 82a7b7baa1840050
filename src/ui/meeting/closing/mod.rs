//! The closing round: what people say to its questions, the next date, and what is checked at the end.

pub(crate) mod draw;

use crate::command::Command;
use crate::domain::text::Fit;
use crate::domain::{Reflection, text};
use crate::format::ReflectionQuestion;
use crate::ui::entry::Signs;
use crate::ui::meeting::map::Understood;
use crate::ui::meeting::signed::Signed;
use crate::ui::sheet::replaced;
use crate::ui::{Asked, Context, Enter, LastKey, Sitting, Target, Writing};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Closing {
    pub writing: Writing,
    /// The question that is answered, until another one is.
    pub question: usize,
    /// The line with a sign nobody answers to, of which the person was told.
    asked_about: Asked,
}

impl Closing {
    /// What was asked about the line is asked again.
    pub(crate) fn ask_anew(&mut self) {
        self.asked_about = Asked::default();
    }

    fn understand(&self, doc: &Sitting, cx: &Context) -> Understood {
        doc.understand_reflection(cx, self.writing.line.text(), doc.signs_in(&self.writing, Signs::CLOSING))
    }

    /// What Enter makes of the words of the line.
    pub(crate) fn entering(&self, doc: &Sitting, cx: &Context) -> Enter {
        let understood = self.understand(doc, cx);
        match understood.problem {
            Some(_) if !self.asked_about.is(self.writing.line.text()) => Enter::Ask,
            _ if self.writing.target().is_some() || understood.is_signs() => Enter::Settle,
            _ => Enter::Add(Command::Enter.row().short),
        }
    }

    /// Enter: the line becomes new words, or those it mends; signs alone say who speaks next, and to what.
    pub(crate) fn enter(&mut self, doc: &mut Sitting, cx: &mut Context, row: &mut usize) {
        let id = if let Some(Target::Reflection(id)) = self.writing.target() { Some(id) } else { None };
        let mut understood = self.understand(doc, cx);
        let strange = understood.names_nobody();
        if let Some(problem) = understood.problem.take() {
            if !self.asked_about.is_again(self.writing.line.text()) {
                let again = "書いたことばはそのままです。もう一度 {enter} を押すと、このまま書きます。";
                cx.warn(format!("{}。{}", cx.watch.unnamed(&problem), cx.keymap.fill(again)));
                cx.last = LastKey::Asked(Command::Enter);
                return;
            }
            // An `@` that is no sign of ours, such as an address.
            understood.take_unknown();
        }
        let Understood { speaker, question, words, shared, .. } = understood;
        if words.is_empty() && id.is_some() {
            return cx
                .say_filled("ことばが空になりました。消すときは、{back} でやめてから {delete} を押します。");
        }
        let before = id.and_then(|id| doc.dossier.reflections.get(&id)).cloned();
        // Somebody unknown has said new words, and not who speaks next.
        let speaker = speaker.filter(|_| !strange || before.is_none());
        if before.is_none() {
            doc.speaker = speaker.filter(|_| !strange).unwrap_or(doc.speaker);
            self.question = question.unwrap_or(self.question);
        }
        if let Some(shared) = &shared {
            cx.say_shared(shared, Command::Edit, "");
        }
        if words.is_empty() {
            self.writing.line.take();
            return;
        }
        let titles = doc.questions(cx);
        let title = |index: usize| titles.get(index).cloned().unwrap_or_default();
        let mut after = before.clone().unwrap_or_else(|| Reflection {
            id: cx.ids.id(),
            meeting: doc.dossier.meeting.id,
            speaker: doc.standing_speaker(),
            question: title(self.question),
            text: String::new(),
            rank: doc.dossier.reflections_in_order().last().map_or(0, |r| r.rank.saturating_add(1)),
        });
        after.speaker = speaker.unwrap_or(after.speaker);
        after.question = question.map_or(after.question, title);
        after.text.clone_from(&words);
        let (changes, id) = (replaced(before.as_ref(), &after), after.id);
        if changes.is_empty() || doc.commit(cx, format!("振り返り：{words}"), changes) {
            self.writing.finish();
            let at = doc.dossier.reflections_in_order().iter().position(|r| r.id == id);
            *row = at.unwrap_or(*row);
        }
    }
}

impl Sitting {
    /// The titles of the reflection questions of the format.
    pub fn questions(&self, cx: &Context) -> Vec<String> {
        self.format(cx).into_iter().flat_map(|f| &f.reflections).map(|q| q.title.clone()).collect()
    }

    /// The questions that fit a word or number, best first.
    pub fn find_questions(&self, cx: &Context, query: &str) -> Vec<usize> {
        let query = text::sought(query);
        let questions = self.format(cx).map(|f| f.reflections.as_slice()).unwrap_or_default();
        let number = query.parse::<usize>().ok().filter(|n| (1..=questions.len()).contains(n));
        if let Some(number) = number {
            return vec![number - 1];
        }
        let fit = |question: &ReflectionQuestion| {
            let short = (text::sought(&question.short) == query).then_some(Fit::Same);
            short.or_else(|| Fit::aimed(&query, &text::sought(&question.title)))
        };
        let fits = questions.iter().enumerate().filter_map(|(i, question)| Some((fit(question)?, i)));
        let mut found: Vec<(Fit, usize)> = fits.collect();
        found.sort_unstable();
        found.into_iter().map(|(_, i)| i).collect()
    }

    /// What a line says at the closing, where `#` names a question.
    pub fn understand_reflection(&self, cx: &Context, raw: &str, signs: Signs) -> Understood {
        let find = |query: &str| match self.find_questions(cx, query).first() {
            // A bare sign aims at nothing.
            _ if query.is_empty() => Ok(None),
            Some(question) => Ok(Some(*question)),
            None => Err(format!("「{query}」という問いはありません")),
        };
        let Signed { speaker, topic, words, shared, problem, unknown, .. } =
            self.read(raw, signs, &cx.lists, &find);
        let question = topic.flatten();
        Understood { speaker, question, words, shared, problem, unknown, ..Understood::default() }
    }
}
