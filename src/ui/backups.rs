//! Backups as people see them: quiet while all is well, a list to choose from where one is to be restored.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDateTime;

use crate::domain::{Change, Progress, Record, date};
use crate::store::{Backup, Comparison, Held, Made, Present, Titled, Why};
use crate::ui::{App, Choice, Chooser, Context, Effect, Mend, Open, Pick};

/// Said where what was typed would not be in what is kept of the records.
const NOT_RESTORED: &str =
    "まだ保存できていないことばがあります。何も戻していません。保存済みになってから、もう一度どうぞ。";

/// So many meetings are named; of the rest the number is said.
const NAMED: usize = 3;

impl Context {
    /// When the last backup was made, for the menu; empty where none is known.
    pub(crate) fn last_backup(&self) -> String {
        let Some((at, meetings)) = self.backups.last else { return String::new() };
        format!("最後は{}、会議{meetings}件", self.when(at))
    }

    fn when(&self, at: NaiveDateTime) -> String {
        let day = match at.date() {
            day if day == self.today() => "今日".to_owned(),
            day => date::short_from(day, self.today()),
        };
        format!("{day} {}", at.format("%H:%M"))
    }

    /// What was found out once need not be said again.
    fn warn_once(&mut self, problem: String) {
        if self.backups.said.insert(problem.clone()) {
            self.warn(problem);
        }
    }
}

impl App {
    /// The turns at which a backup is made: a meeting begins or ends, a new day.
    pub(crate) fn back_up_in_turn(&mut self) {
        if self.cx.passing || self.cx.look_only {
            return;
        }
        let turns = self.cx.effects.iter().filter_map(|effect| match effect {
            Effect::Commit(line, _) => line.edit.changes.iter().find_map(turn),
            _ => None,
        });
        let mut whys: Vec<Why> = turns.collect();
        let today = self.cx.today();
        // The first of a run is asked for when the first frame stands.
        if self.cx.backups.day.replace(today).is_some_and(|day| day != today) && whys.is_empty() {
            whys.push(Why::Daily);
        }
        self.cx.effects.extend(whys.into_iter().map(Effect::BackUp));
    }

    /// A backup was made, or why not. Only what somebody asked for is answered.
    pub(crate) fn backed_up(&mut self, why: Why, result: Result<Made, String>) {
        let cx = &mut self.cx;
        let made = match result {
            Ok(made) => made,
            Err(problem) if why == Why::Asked => return cx.warn(problem),
            Err(problem) => return cx.warn_once(problem),
        };
        cx.backups.last = made.at.map(|at| (at, made.meetings)).or(cx.backups.last);
        if why == Why::Asked {
            cx.say(match (made.at, made.new) {
                (Some(_), true) => format!("バックアップを取りました（会議{}件）。", made.meetings),
                (Some(at), false) => {
                    format!(
                        "{} のバックアップから、何も変わっていません。新しくは取りませんでした。",
                        cx.when(at)
                    )
                }
                (None, _) => "まだ何も書かれていないので、バックアップは取りませんでした。".to_owned(),
            });
        }
        match made.trouble {
            Some(trouble) if why == Why::Asked => cx.warn(trouble.to_string()),
            Some(trouble) => cx.warn_once(trouble.to_string()),
            None => {}
        }
    }

    /// The backups there are: one is chosen.
    pub(crate) fn choose_backup(&mut self, all: Vec<(Backup, Option<Held>)>) {
        if self.is_elsewhere() {
            return;
        }
        if all.is_empty() {
            return self
                .cx
                .say("バックアップはまだありません。会議の始まりと終わりと、毎日はじめに取ります。");
        }
        let mut shown = BTreeSet::new();
        let mut choices = Vec::new();
        for (backup, held) in all {
            // The same in both places is one.
            if !shown.insert((backup.at, backup.path.file_name().map(ToOwned::to_owned))) {
                continue;
            }
            let place = if backup.away { "（二つめの場所）" } else { "" };
            let label = format!("{}　{}{place}", self.cx.when(backup.at), backup.why.label());
            choices.push(match held {
                Some(held) => Choice::new(label, counts(&held), Pick::Restore(backup.path)),
                None => {
                    let why = "このバックアップは読めません。ほかのものを選んでください。";
                    Choice::new(label, "読めません", Pick::Refused(why.to_owned()))
                }
            });
        }
        let text = "選ぶと、中を調べて、今の記録との違いを言います。まだ何も変わりません。".to_owned();
        self.cx
            .choose(Chooser { text, ..Chooser::new("どのバックアップに戻しますか", choices) });
    }

    /// What would be restored is known: it is asked once, and then done.
    pub(crate) fn ask_restore(&mut self, path: PathBuf, result: Result<Comparison, String>) {
        let compared = match result {
            Ok(compared) => compared,
            Err(problem) => return self.cx.warn(problem),
        };
        if self.is_elsewhere() {
            return;
        }
        let mut text = format!("戻すもの：{}。", compared.held);
        match &compared.present {
            Present::Nothing => {}
            Present::Unreadable(_) => text += "今の記録は読めません。壊れたファイルは、そのまま残します。",
            Present::Whole { held, missing, older } => {
                text += &format!("今の記録：{held}。");
                text += &self.titles("今の記録にあって、戻すものにない会議", missing);
                text += &self.titles("今の記録の方に、多く書いてある会議", older);
                if missing.is_empty() && older.is_empty() {
                    text += "会議に書いたものは、どれも戻すものにもあります。";
                }
                text += "今の記録は消さずに残すので、あとでまた戻せます。";
            }
        }
        let choices = vec![
            Choice::new("戻さない", "", Pick::Nothing),
            Choice::new("このバックアップに戻す", "", Pick::RestoreNow(path)),
        ];
        self.cx
            .choose(Chooser { text, ..Chooser::new("このバックアップに戻しますか", choices) });
    }

    /// Whether something else was opened since: an answer that comes late does not lie over it.
    fn is_elsewhere(&self) -> bool {
        let waits = matches!(self.open, Open::Home) || self.cx.damaged;
        !waits || self.cx.over.is_some()
    }

    fn titles(&self, words: &str, all: &[Titled]) -> String {
        let name = |one: &Titled| {
            format!("「{}」{}", self.titled(&one.title), one.date.map(date::short).unwrap_or_default())
        };
        let more = match all.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!("、ほか{more}件"),
        };
        let names: Vec<String> = all.iter().take(NAMED).map(name).collect();
        if names.is_empty() { String::new() } else { format!("{words}：{}{more}。", names.join("、")) }
    }

    /// It was asked about.
    pub(crate) fn restore(&mut self, path: PathBuf) {
        if !self.cx.saving.waiting.is_empty() {
            return self.cx.warn(NOT_RESTORED);
        }
        self.cx.effects.push(Effect::Mend(Mend::Restore(path)));
    }
}

/// What a backup holds, in a few cells.
fn counts(held: &Held) -> String {
    let days = match held.days {
        Some((first, last)) if first == last => format!(" {}", date::typed(first)),
        Some((first, last)) => format!(" {}〜{}", date::typed(first), date::typed(last)),
        None => String::new(),
    };
    format!("会議{}件{days}", held.meetings)
}

/// Whether a meeting begins or ends with a change.
fn turn(change: &Change) -> Option<Why> {
    let times = |record: Option<&Record>| match record {
        Some(Record::Progress(Progress { started_at, ended_at, .. })) => {
            (started_at.is_some(), ended_at.is_some())
        }
        _ => (false, false),
    };
    match (times(change.before()), times(change.after())) {
        ((_, false), (_, true)) => Some(Why::End),
        ((false, _), (true, _)) => Some(Why::Start),
        _ => None,
    }
}
