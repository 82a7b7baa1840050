//! What earlier runs could not save: offered once everything is seen, and put back when somebody says so.

use crate::domain::date;
use crate::domain::unsaved::{Back, Rescued};
use crate::ui::{App, Choice, Chooser, Effect, Found, Pick, Restored, Writing};

/// Said where lines wait: what is put back must not overtake them.
pub(crate) const NOT_NOW: &str = "まだ保存できていないことばがあるので、控えは戻していません。控えはそのままで、次に開いたときに、もう一度たずねます。";

/// Said over the list.
const TITLE: &str = "保存できなかったことばが残っています";

impl App {
    /// Files of earlier runs were found.
    pub(crate) fn take_found(&mut self, found: Vec<Found>) {
        self.found = found;
        if self.cx.look_only && !self.found.is_empty() {
            self.found.clear();
            return self.cx.say_also(&format!("{TITLE}。書けるようにして開くと、戻せます。"));
        }
        let waits = !self.found.is_empty() && !self.offer_found(String::new());
        if waits {
            self.cx.say_also(&format!("{TITLE}。会議の一覧にもどると、戻すかどうかをたずねます。"));
        }
    }

    /// Offers what is not put back yet, behind what is said of the rest. False: somebody is in the middle of something.
    pub(crate) fn offer_found(&mut self, said: String) -> bool {
        let writes = !self.screen().writing().is_none_or(Writing::is_idle) || self.editing().is_some();
        if self.found.is_empty() || self.cx.over.is_some() || self.hidden || writes {
            return false;
        }
        let mut choices: Vec<Choice> =
            self.found.iter().enumerate().map(|(at, found)| self.offered(at, found)).collect();
        choices.push(Choice::new("あとで", "次に開くと、またたずねます", Pick::Later));
        let text = format!(
            "{said}前に保存できなかったことばの控えです。選ぶと、今の記録に戻します。今の記録のことばは消えません。"
        );
        self.cx.choose(Chooser { text, ..Chooser::new(TITLE, choices) });
        true
    }

    fn offered(&self, at: usize, found: &Found) -> Choice {
        let rescued = match &found.read {
            Ok(rescued) => rescued,
            Err(problem) => {
                let name = found.path.file_name().unwrap_or_default().to_string_lossy();
                let why =
                    format!("{}：読めません（{problem}）。ファイルはそのままです。", found.path.display());
                return Choice::new(name, "読めません", Pick::Refused(why));
            }
        };
        let when = rescued.at.map(|at| at.with_timezone(self.cx.now.at.offset()));
        let when = when.map_or_else(
            || "日時不明".to_owned(),
            |at| format!("{} {}", date::short_from(at.date_naive(), self.cx.today()), at.format("%H:%M")),
        );
        let count = match rescued.lines.len() {
            0 => "書きかけ".to_owned(),
            count => format!("{count}件"),
        };
        let here = self.cx.folder.as_ref().map(|folder| folder.display().to_string());
        let other = !rescued.records.is_empty() && here.as_ref() != Some(&rescued.records);
        let note = if other { format!("別の記録（{}）", rescued.records) } else { String::new() };
        Choice::new(format!("{when}　{}{count}", self.named(rescued)), note, Pick::PutBack(at))
    }

    /// The meetings it is about, in a few words.
    fn named(&self, rescued: &Rescued) -> String {
        let known = |id| self.cx.shelf.summaries.iter().find(|s| s.id == id).map(|s| s.title.clone());
        let meetings = rescued.meetings();
        let count = meetings.len();
        let title = meetings.into_iter().find_map(|(id, title)| title.or_else(|| known(id)));
        let title = title.filter(|title| !title.is_empty()).map(|title| self.cx.shortened(&title));
        match (title, count) {
            (_, 0) => String::new(),
            (Some(title), 1) => format!("「{title}」　"),
            (Some(title), count) => format!("「{title}」ほか{}　", count - 1),
            (None, count) => format!("会議 {count}つ　"),
        }
    }

    /// One of them is wanted.
    pub(crate) fn put_back_found(&mut self, at: usize) {
        if !self.cx.saving.waiting.is_empty() {
            self.found.clear();
            return self.cx.warn(NOT_NOW);
        }
        let Some(Found { path, read: Ok(rescued) }) = self.found.get(at) else { return };
        self.cx.effects.push(Effect::PutBack(path.clone(), rescued.clone()));
    }

    /// It was put back, or not.
    pub(crate) fn take_restored(&mut self, result: Result<Restored, String>) {
        let restored = match result {
            Ok(restored) => restored,
            Err(problem) => {
                self.found.clear();
                return self.cx.tell(format!("控えは戻せませんでした。{problem}"));
            }
        };
        self.found.retain(|found| found.path != restored.path);
        let mut said: Vec<String> = restored.backs.iter().map(Back::said).collect();
        if restored.bookmark.as_deref().is_some_and(|drafts| self.take_drafts(drafts)) {
            said.push("書きかけを戻しました".to_owned());
        }
        if said.is_empty() && restored.problem.is_none() {
            said.push("控えのことばは、もうすべて記録にあります".to_owned());
        }
        said.extend(restored.problem.map(|problem| format!("一部は、まだ戻せていません（{problem}）")));
        said.push(match &restored.kept {
            None => "控えのファイルは片づけました。".to_owned(),
            Some(path) => format!("控えのファイルは {} に残しています。", path.display()),
        });
        self.read_all_again();
        let said = said.join("。");
        if self.found.is_empty() || !self.offer_found(said.clone()) {
            self.cx.tell(said);
        }
    }

    /// What is shown may stand otherwise now.
    fn read_all_again(&mut self) {
        self.cx.saving.stale = self.kept_meeting().is_some();
        if let Some((region, _)) = self.region_mut() {
            region.stale = true;
        }
        self.reread();
        self.cx.effects.push(Effect::Home);
    }
}
