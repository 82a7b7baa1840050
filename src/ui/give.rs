//! Giving away: files and the clipboard, at any step; of the region its register, its review and its years.

use std::path::PathBuf;

use crate::command::Place;
use crate::export;
use crate::export::write::{Existing, Readers};
use crate::export::{ExportError, Format, Rendered, font, personal};
use crate::privacy::PersonalWords;
use crate::ui::{
    App, Choice, Chooser, Context, Deliverable, Effect, MeetingScreen, NamesFor, Offerable, Overlay, Pick,
    Purpose, Unwritten,
};

/// The sentences of [`Offerable::warning`]: what was found, and how many issues do not go with the rest.
pub(crate) fn warning(found: &[String], kept: usize) -> String {
    let mut said = String::new();
    if !found.is_empty() {
        said += &(personal::warning(found) + "渡す前に確かめてください。");
    }
    if kept > 0 {
        said += &format!(
            "個人が分からない文か確かめていない {kept}件の地域課題は、入りません。先に確かめるときは、いちばん下を選びます。"
        );
    }
    said
}

impl Offerable for MeetingScreen {
    fn gifts(&self) -> Vec<Deliverable> {
        Format::ALL.map(Deliverable::Meeting).to_vec()
    }

    fn warning(&self, watch: &PersonalWords) -> String {
        warning(&personal::in_meeting(&self.doc.dossier, watch), 0)
    }

    fn wrapped(&self, cx: &Context, gift: Deliverable) -> Option<(String, Result<Rendered, ExportError>)> {
        let Deliverable::Meeting(format) = gift else { return None };
        let dossier = &self.doc.dossier;
        let file = export::render(format, dossier, self.doc.versions(), &cx.lists);
        Some((export::file_name(format, dossier), file))
    }
}

impl MeetingScreen {
    /// Copies the table of a place; where there is none, asks which.
    pub(crate) fn copy(&self, cx: &mut Context, place: Place) {
        let dossier = &self.doc.dossier;
        let (found, clip) = match place {
            Place::Plan => (personal::in_plan(dossier, &cx.watch), export::clip::plan(dossier)),
            Place::Regional => (personal::in_regional(dossier, &cx.watch), export::clip::regional(dossier)),
            _ => {
                let table = |label, place| Choice::new(label, "", Pick::Copy(place));
                let tables = vec![table("行動計画", Place::Plan), table("地域課題", Place::Regional)];
                return cx.choose(Chooser::new("どの表をコピーしますか", tables));
            }
        };
        cx.warn_of_leaving(&found);
        cx.effects.push(Effect::Copy(clip));
    }
}

impl App {
    /// Asks what to write; where people must be known by name first, those are fetched.
    pub(crate) fn choose_export(&mut self) {
        let Some(screen) = self.sheets() else { return };
        let Some(meetings) = screen.meetings_that_leave() else { return self.offer_gifts(&[]) };
        let names = Effect::Names(meetings, NamesFor::Giving(screen.place()));
        self.cx.effects.push(names);
    }

    /// What the people are called has come.
    pub(crate) fn take_names(&mut self, names: &[String], wanted: NamesFor) {
        match wanted {
            NamesFor::Giving(place) if place == self.place() && self.cx.over.is_none() => {
                self.offer_gifts(names);
            }
            NamesFor::Giving(_) => {}
            NamesFor::Words(words) => {
                let watch = self.cx.watch.with_people(names.iter().map(String::as_str));
                self.cx.warn_of(&watch.look(&words), None);
            }
        }
    }

    /// Offers what can be given away; `names` are those of people who must not be named in it.
    fn offer_gifts(&mut self, names: &[String]) {
        let Some(screen) = self.sheets() else { return };
        let choice = |gift: Deliverable| Choice::new(gift.label(), gift.extension(), Pick::Export(gift));
        let gifts = screen.gifts();
        let kept = gifts.first().map_or(0, |gift| screen.kept(*gift));
        let unread = (kept > 0).then(|| {
            let what = if self.cx.look_only { "見る" } else { "見て、確かめる" };
            Choice::new(format!("確かめていない {kept}件を{what}"), "", Pick::Narrow(screen.to_read()))
        });
        let choices = gifts.into_iter().map(choice).chain(unread);
        let chooser = Chooser::new("何を書き出しますか", choices.collect());
        let text = screen.warning(&self.cx.watch.with_people(names.iter().map(String::as_str)));
        self.cx.choose(Chooser { text, by_number: true, ..chooser });
    }

    /// The file with its name, made by whoever has it: that may lie under what is seen, when an answer from the disk comes late.
    fn wrapped(&mut self, gift: Deliverable) -> Option<(String, Rendered)> {
        let giver: &dyn Offerable = match gift {
            Deliverable::Meeting(_) => self.meeting()?,
            _ => self.region()?,
        };
        let (name, file) = giver.wrapped(&self.cx, gift)?;
        let left = match (giver.kept(gift), gift) {
            (0, _) => String::new(),
            (kept, Deliverable::Review(_)) => {
                format!("（確かめていない {kept}件の文は入っていません。数には入っています）")
            }
            (kept, _) => format!("（確かめていない {kept}件は入っていません）"),
        };
        let file = file.map_err(|error| self.cx.warn(error.to_string())).ok()?;
        self.cx.left = left;
        Some((name, file))
    }

    /// Asks where to write it, with a telling name to begin with.
    pub(crate) fn ask_export(&mut self, gift: Deliverable) {
        let Some((name, Rendered { bytes, missing })) = self.wrapped(gift) else { return };
        let path = self.cx.export_folder.join(&name);
        let hint = if missing.is_empty() {
            "この場所と名前でよければ Enter。一部を直すときは ← → を押します。".to_owned()
        } else {
            let missing = font::named(&missing);
            format!("絵の字体にない文字は 〓 か元の字になります：{missing}。よければ Enter。")
        };
        let title = format!("書き出す先：{}", gift.label());
        self.cx.ask(title, hint, &path.to_string_lossy(), Purpose::Export { gift, name, bytes });
    }

    /// Makes a file anew and writes it; what stands there already is only overwritten when a person said so.
    pub(crate) fn export_to(&mut self, path: PathBuf, gift: Deliverable, existing: Existing) {
        if let Some((name, Rendered { bytes, .. })) = self.wrapped(gift) {
            self.cx.effects.push(Effect::Write { path, name, bytes, existing, gift });
        }
    }

    pub(crate) fn wrote(&mut self, result: Result<(PathBuf, Readers), Unwritten>) {
        match result {
            Ok((path, readers)) => {
                let left = std::mem::take(&mut self.cx.left);
                let who = match readers.said() {
                    "" => String::new(),
                    said => format!("（{said}）"),
                };
                self.cx.say(format!("書き出しました{left}：{}{who}", path.display()));
            }
            Err(Unwritten::Exists { path, free, gift }) => {
                let name = free.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let text = path.display().to_string();
                let choices = vec![
                    Choice::new("やめる", "", Pick::Nothing),
                    Choice::new("別の名前で書く", name, Pick::Write(free, gift, Existing::Keep)),
                    Choice::new("上書きする", "", Pick::Write(path, gift, Existing::Replace)),
                ];
                let chooser = Chooser::new("同じ名前のファイルがあります", choices);
                self.cx.choose(Chooser { text, ..chooser });
            }
            Err(Unwritten::Failed(problem)) => self.cx.warn(problem),
        }
    }

    /// The answer to a question with one line.
    pub(crate) fn answer(&mut self) {
        let Some(Overlay::Ask(ask)) = self.cx.over.take() else { return };
        let words = ask.line.cleaned();
        match ask.purpose {
            _ if words.is_empty() => {}
            Purpose::Export { gift, name, bytes } => {
                // A bare name goes where files go from here, not where the program happened to be started.
                let path = PathBuf::from(words);
                let bare = path.components().count() == 1 && path.is_relative() && !path.starts_with("~");
                let path = if bare { self.cx.export_folder.join(path) } else { path };
                let existing = Existing::Keep;
                self.cx.effects.push(Effect::Write { path, name, bytes, existing, gift });
            }
            Purpose::ImportPeople => self.cx.effects.push(Effect::ReadTable(PathBuf::from(words))),
            Purpose::Extend => {
                let Some((meeting, cx)) = self.meeting_mut() else { return };
                meeting.extend_step(cx, &words);
            }
        }
    }

    pub(crate) fn ask_import(&mut self) {
        let title = "取り込む参加者の表（csv か tsv）".to_owned();
        let hint = "1行目に 職種・氏名・所属・部署 などの見出しがある表です。".to_owned();
        self.cx.ask(title, hint, "", Purpose::ImportPeople);
    }
}
