//! Through the steps of a meeting, and between its screens.

use crate::command::{Command, Place};
use crate::domain::{Kind, Node, Step, StepPlan, asking, text};
use crate::ui::meeting::item::Item;
use crate::ui::meeting::sitting::changed;
use crate::ui::sheet::cell::WHAT;
use crate::ui::{
    AboutField, At, Cell, Context, Flow, Input, MeetingScreen, Purpose, Screen, SheetState, Sheets, Spot,
};

impl MeetingScreen {
    /// Keeps what is being mended, wherever it is. False: it cannot be kept yet.
    pub(crate) fn settle_all(&mut self, cx: &mut Context) -> bool {
        if !self.uncover(cx) {
            return false;
        }
        self.leave_cell(cx);
        self.settle_line(cx)
    }

    /// Whether the map lies over the list or table of a step.
    pub fn covers(&self) -> bool {
        self.place() == Place::Map && !self.doc.step().shows_map()
    }

    /// The map over the whole screen, at any step, or back to what the step shows of itself: that waits under it as it was.
    pub(crate) fn toggle_whole(&mut self, cx: &mut Context) {
        if self.covers() {
            self.uncover(cx);
        } else {
            (self.map.whole, self.map.stale) = (!self.map.whole, true);
        }
    }

    /// Back from the map to the list under it. False if what is being mended on the map cannot be kept yet.
    pub(crate) fn uncover(&mut self, cx: &mut Context) -> bool {
        if !self.covers() {
            return true;
        }
        if !self.settle_line(cx) {
            return false;
        }
        self.map.whole = false;
        self.map.close_chart(&self.doc);
        // Undo on the map may have taken away what was being written here; the words stay.
        for spot in [Spot::People, Spot::Closing] {
            if self.entry(spot).target().is_some_and(|target| !target.stands(&self.doc.dossier)) {
                self.entry_mut(spot).lose_target();
            }
        }
        let editing = self.sheet.editing.take();
        self.sheet.editing = editing.map(|(cell, line)| (self.cell_that_stands(cell), line));
        true
    }

    /// The next step, or from the form into the first; after the last step the meeting ends.
    pub(crate) fn next_step(&mut self, cx: &mut Context) -> Flow {
        if !self.settle_all(cx) {
            return Flow::Done;
        }
        let (meeting, progress) = (&self.doc.dossier.meeting, &self.doc.dossier.progress);
        let next = progress.step + 1;
        if self.at != At::Step {
            self.close_info(cx);
            self.doc.start_clock(cx);
        } else if progress.started_at.is_none() && !cx.look_only {
            self.doc.start_clock(cx);
            cx.say("会議を始めました。時計が動いています。");
        } else if next < meeting.steps.len() {
            self.go_to_step(cx, next);
        } else {
            return self.end_meeting(cx);
        }
        Flow::Done
    }

    /// What the key to the next step does: it starts the clocks, goes on, or ends the meeting.
    pub(crate) fn next_called(&self) -> &'static str {
        let (meeting, progress) = (&self.doc.dossier.meeting, &self.doc.dossier.progress);
        match progress.started_at {
            None => "はじめる",
            // From the form and the list of people the key leads back to where the meeting is.
            _ if self.at != At::Step => "会議へ",
            _ if progress.step + 1 < meeting.steps.len() => Command::NextStep.row().short,
            _ if progress.ended_at.is_some() => Command::Export.row().short,
            _ => "会議を終える",
        }
    }

    /// The step before; from the first one to the form.
    pub(crate) fn previous_step(&mut self, cx: &mut Context) {
        if !self.uncover(cx) {
            return;
        }
        self.leave_cell(cx);
        match self.doc.dossier.progress.step.checked_sub(1) {
            Some(step) => self.go_to_step(cx, step),
            None => self.show(cx, At::Info),
        }
    }

    pub(crate) fn go_to_step(&mut self, cx: &mut Context, step: usize) {
        if !self.settle_all(cx) {
            return;
        }
        self.at = At::Step;
        self.map.show_only(&self.doc, None);
        let kind = self.map.default_kind(&self.doc);
        if cx.look_only {
            self.doc.look_at_step(step);
        } else {
            self.doc.keep_time(cx, |p| {
                // A round belongs to its step.
                if p.step != step {
                    p.passed.clear();
                }
                p.step = step;
            });
            self.doc.start_clock(cx);
        }
        self.sheet = self.first_cell();
        // At the end everybody speaks for themselves: it is not whoever had the last idea.
        if self.doc.step() == Step::Closing {
            self.doc.speaker = None;
        }
        // Half-typed words keep the kind that was chosen for them, or that they had.
        let carried = !self.map.writing.line.is_empty();
        self.map.carried = carried && (self.map.carried || self.map.kind.is_none());
        self.map.kind = carried.then_some(kind);
        // A step is entered by its own screen.
        self.map.whole &= self.doc.step().shows_map();
        self.map.stale = true;
        if self.doc.step() == Step::Ideas {
            self.map.select_issue(&self.doc);
        }
        cx.touched = true;
        self.say_step(cx);
    }

    /// Where one begins in the table or form of a step.
    fn first_cell(&self) -> SheetState {
        let plan = self.at == At::Step && self.doc.step() == Step::Plan;
        let new_row = plan && self.doc.dossier.actions.is_empty();
        SheetState { column: if new_row { WHAT } else { 0 }, ..SheetState::default() }
    }

    /// What is half typed on a line.
    fn waiting_words(&self, spot: Spot) -> Option<&str> {
        self.entry(spot).lines().map(Input::text).find(|words| !words.trim().is_empty())
    }

    /// Says what is to be done in a step that was just entered.
    fn say_step(&self, cx: &mut Context) {
        let (dossier, step) = (&self.doc.dossier, self.doc.step());
        let waits = |n: &&Node| !asking::is_taken_up(&dossier.progress, n.id);
        let parked = asking::parked(dossier).into_iter().filter(waits).count();
        let draft = self.waiting_words(Spot::Map).filter(|_| !step.shows_map() && !cx.notice.speaks());
        if let Some(words) = draft {
            cx.say_filled(&format!(
                "{{whole}} のマップに、書きかけの「{}」があります。",
                cx.shortened(words)
            ));
        } else if step == Step::Plan && self.misses_feeling() {
            cx.warn("本人の思いがまだ書かれていません。計画の前に、本人がどうしたいかを聞いてみてください。");
        } else if step == Step::Ideas && parked > 0 {
            cx.say_filled(&format!("取っておいた助言が {parked}件あります。{{prompts}} で見られます。"));
        } else if cx.notice.speaks() {
            // What was said of the cell one left is said nowhere else.
        } else if let Some(planned) = dossier.meeting.steps.get(dossier.progress.step) {
            let prompt = self.doc.format(cx).and_then(|f| f.step(step)).and_then(|s| s.prompts.first());
            let words = prompt.unwrap_or(&planned.title).clone();
            cx.say(words);
        }
    }

    /// Nobody has written down yet what the person wants.
    pub fn misses_feeling(&self) -> bool {
        let nodes = &self.doc.dossier.nodes;
        !nodes.is_empty() && !nodes.values().any(|n| n.kind == Kind::Feeling)
    }

    /// Ends the meeting: the clock stops, and what goes home is offered.
    fn end_meeting(&mut self, cx: &mut Context) -> Flow {
        // What still stands on the line was said, too: it would be in no file.
        let waits = |meeting: &Self| meeting.typed().is_some_and(|writing| !writing.is_idle());
        if waits(self) && !cx.look_only {
            self.enter_line(cx);
            // What is said of it would be gone with the end.
            if waits(self) || cx.notice.speaks() {
                return Flow::Done;
            }
        }
        let now = cx.now.at;
        self.doc.stop_clock(cx);
        self.doc.keep_time(cx, |p| p.ended_at = p.ended_at.or(Some(now)));
        let waiting = [(Spot::Map, "{whole} のマップ"), (Spot::People, "{people} の参加者の行")];
        let waiting = waiting.into_iter().find_map(|(spot, place)| {
            let words = self.waiting_words(spot)?;
            Some(format!(
                "{place}に、書きかけの「{}」があります。議事録には入りません。",
                cx.shortened(words)
            ))
        });
        let no_day = self.standing(cx, Cell::About(AboutField::NextDate)).is_empty();
        let unread = match self.unread().len() {
            0 => String::new(),
            count => format!("個人が分からない文か確かめていない地域課題が {count}件あります。"),
        };
        let open =
            if no_day { "次回の日は、まだ決まっていません（{next-date}）。" } else { "" };
        let rest = waiting.unwrap_or_else(|| {
            format!("{open}{unread}書いたものはすべて残っています。議事録を書き出せます。")
        });
        cx.say_filled(&format!("おつかれさまでした。{rest}"));
        Flow::Do(Command::Export)
    }

    /// Shows a screen beside the steps, or goes back from it.
    pub(crate) fn show(&mut self, cx: &mut Context, at: At) {
        let covers = self.covers();
        if !self.settle_all(cx) {
            return;
        }
        // Before the meeting has begun one comes from the form about it, and goes back there.
        let begun = self.doc.dossier.progress.started_at.is_some();
        let back = if begun { At::Step } else { At::Info };
        self.at = if self.at == at { back } else { at };
        // Leaving this screen leads back to the large map where it was opened from there.
        self.map.whole |= covers;
        self.sheet = self.first_cell();
        cx.touched = true;
    }

    /// From the form about the meeting into its step.
    pub(crate) fn close_info(&mut self, cx: &mut Context) {
        self.leave_cell(cx);
        self.at = At::Step;
        self.sheet = self.first_cell();
    }

    /// The next date is a field of the form about the meeting; at the closing it stands on the screen itself.
    pub(crate) fn write_next_date(&mut self, cx: &mut Context) {
        if let Some(row) = self.items(cx).iter().position(|item| *item == Item::NextDate) {
            self.sheet.row = row;
        } else {
            self.show(cx, At::Info);
            if self.at != At::Info {
                return;
            }
            self.sheet.row = AboutField::NextDate as usize;
        }
        self.edit_cell(cx, Cell::About(AboutField::NextDate));
    }

    /// Asks by how much the step is to be longer.
    pub(crate) fn ask_extension(&self, cx: &mut Context) {
        let title = format!("「{}」を何分延ばしますか", self.doc.step_title());
        let hint = "そのまま決めると5分です。ほかの数を書くと、その分だけ延びます。".to_owned();
        cx.ask(title, hint, "5", Purpose::Extend);
    }

    /// Lengthens the planned time of the step in this meeting.
    pub(crate) fn extend_step(&mut self, cx: &mut Context, words: &str) {
        let (meeting, at) = (&self.doc.dossier.meeting, self.doc.dossier.progress.step);
        let minutes = text::number(words.trim_end_matches('分')).filter(|minutes| *minutes > 0);
        let Some((minutes, step)) = minutes.zip(meeting.steps.get(at)) else {
            return cx.say("何分かが読めないので、時間は変えていません。5 や 10 のように書いてください。");
        };
        let title = step.title.clone();
        let minutes = minutes.min(StepPlan::LONGEST.saturating_sub(step.minutes));
        if minutes == 0 {
            let longest = StepPlan::LONGEST;
            return cx.say(format!("一つの段階は{longest}分までです。「{title}」の時間は変えていません。"));
        }
        let planned = step.minutes + minutes;
        let changes = changed(meeting, |m| m.steps[at].minutes = planned);
        if self.doc.commit(cx, format!("時間を延ばす：{title} {minutes}分"), changes) {
            cx.say_done(&format!("「{title}」を{minutes}分延ばしました（予定は{planned}分）"));
        }
    }

    /// Gives the meeting another way of meeting, as long as nothing hangs on the old one.
    pub(crate) fn set_format(&mut self, cx: &mut Context, index: usize) {
        let Some(format) = cx.formats.get(index) else { return };
        let meeting = &self.doc.dossier.meeting;
        let (plan, title) = (format.meeting(meeting.id), format.title.clone());
        let changes = changed(meeting, |m| {
            (m.format, m.steps, m.branches) = (plan.format, plan.steps, plan.branches);
        });
        if self.doc.commit(cx, format!("会のやり方：{title}"), changes) {
            cx.say(format!("「{title}」のやり方で進めます。"));
        }
    }
}
