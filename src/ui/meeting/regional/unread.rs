//! Regional issues whose sentence nobody has read yet for whether it shows a person: the entry of the checklist that says so is
//! ticked when they are read.

use crate::domain::{RegionalIssue, Step};
use crate::export::personal;
use crate::layout::wrap::wrap_words;
use crate::ui::meeting::sitting::changed;
use crate::ui::{
    Choice, Chooser, Context, MeetingScreen, Pick, Regional, RegionalField, Row as _, SheetState,
};

/// The sentences that can be seen at once, in rows of so many cells; more are read one by one.
const AT_ONCE: usize = 10;
const CELLS: usize = 50;

impl MeetingScreen {
    /// Those whose sentence nobody has read.
    pub(crate) fn unread(&self) -> Vec<&RegionalIssue> {
        let issues = self.doc.dossier.regional_issues();
        issues.into_iter().filter(|r| r.is_unread()).collect()
    }

    /// Whether an entry of the checklist is done. What says that the regional issues show nobody is open again as soon as one of
    /// them was not read.
    pub(crate) fn is_checked(&self, cx: &Context, title: &String) -> bool {
        let open = self.confirms(cx, title) && !self.unread().is_empty();
        self.doc.dossier.meeting.checked.contains(title) && !open
    }

    fn confirms(&self, cx: &Context, title: &String) -> bool {
        self.doc.format(cx).is_some_and(|format| format.confirms.as_ref() == Some(title))
    }

    fn regional_step(&self) -> Option<usize> {
        self.doc.dossier.meeting.steps.iter().position(|step| step.step == Step::Regional)
    }

    /// Ticks an entry of the checklist, or takes the tick away. Where it says that the regional issues show nobody, those that
    /// were not read are shown first.
    pub(crate) fn tick_check(&mut self, cx: &mut Context, title: String) {
        let unread = self.unread();
        if !self.confirms(cx, &title) || unread.is_empty() {
            self.doc.tick(cx, title, Vec::new());
            return;
        }
        let sentences: Vec<String> = unread.iter().map(|r| format!("・{}", r.statement)).collect();
        let seen = sentences.iter().map(|words| wrap_words(words, CELLS).len()).sum::<usize>() <= AT_ONCE;
        // All that leaves with the sentence, too.
        let named: Vec<String> = unread.iter().flat_map(|r| personal::in_issue(r, &cx.watch)).collect();
        let mut text = match seen {
            true => sentences.join("\n"),
            false => format!("まだ確かめていない文が {}件あります。", unread.len()),
        };
        if !named.is_empty() {
            text += &format!("\n{}", personal::warning(&named));
        }
        // Nothing is confirmed by a habit, and what may name somebody not by one key for all.
        let mut choices = vec![Choice::new("まだ（あとで確かめる）", "", Pick::Nothing)];
        if seen && named.is_empty() {
            choices.push(Choice::new("はい、だれのことか分かりません", "済みにする", Pick::Confirmed(title)));
        }
        if self.regional_step().is_some() {
            choices.push(Choice::new("一件ずつ確かめる・書きなおす", "地域課題へ", Pick::Reread));
        } else {
            text += "\n地域課題の一覧で開いて、一件ずつ確かめられます。";
        }
        cx.choose(Chooser {
            text, ..Chooser::new("地域課題は、だれのことか分からない文ですか", choices)
        });
    }

    /// What was shown is read, and the entry ticked.
    pub(crate) fn confirm_all(&mut self, cx: &mut Context, title: String) {
        let unread = self.unread();
        let said = format!("地域課題 {}件を、個人が分からない文と確かめました", unread.len());
        let read = unread.into_iter().flat_map(|issue| changed(issue, |r| r.confirmed = true)).collect();
        if self.doc.tick(cx, title, read) {
            cx.say_done(&said);
        }
    }

    /// To the first that is not read yet.
    pub(crate) fn reread(&mut self, cx: &mut Context) {
        let Some(step) = self.regional_step() else { return };
        self.go_to_step(cx, step);
        let row = self.doc.dossier.regional_issues().iter().position(|r| r.is_unread()).unwrap_or_default();
        let column = Regional::FIELDS.iter().position(|(name, _)| *name == RegionalField::Confirmed);
        self.sheet = SheetState { row, column: column.unwrap_or_default(), ..SheetState::default() };
    }
}
