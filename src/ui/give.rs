//! Giving away: files and the clipboard, at any step; of the region its register, its review and its years.

use std::path::PathBuf;

use crate::command::Place;
use crate::export;
use crate::export::write::Existing;
use crate::export::{ExportError, Format, Rendered, personal};
use crate::privacy::PersonalWords;
use crate::ui::deliverable::{Deliverable, Unwritten};
use crate::ui::screen::Offerable;
use crate::ui::{
    App, Ask, Choice, Chooser, Context, Effect, Input, MeetingPick, MeetingScreen, NamesFor, Overlay, Pick,
    ProgramPick, Purpose, Screen,
};

/// The sentences of [`Offerable::warning`]: what was found, and how many issues do not go with the rest.
pub(crate) fn warning(found: &[String], kept: usize) -> String {
    let mut said = String::new();
    if !found.is_empty() {
        said += &format!(
            "個人が分かりそうなことばがあります：{}。渡す前に確かめてください。",
            personal::named(found, personal::FEW)
        );
    }
    if kept > 0 {
        said += &format!("個人が分からない文か確かめていない {kept}件の地域課題は、入りません。");
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

    fn name_of(&self, gift: Deliverable) -> Option<String> {
        let Deliverable::Meeting(format) = gift else { return None };
        Some(export::file_name(format, &self.doc.dossier))
    }

    fn wrapped(&self, cx: &Context, gift: Deliverable) -> Option<Result<Rendered, ExportError>> {
        let Deliverable::Meeting(format) = gift else { return None };
        Some(export::render(format, &self.doc.dossier, self.doc.versions(), &cx.lists))
    }
}

impl MeetingScreen {
    /// Copies the table that is looked at; elsewhere asks which.
    pub(crate) fn copy(&self, cx: &mut Context) {
        match self.place() {
            Place::Plan => self.copy_plan(cx),
            Place::Regional => self.copy_regional(cx),
            _ => {
                let choices = vec![
                    Choice::new("行動計画", "", MeetingPick::CopyPlan),
                    Choice::new("地域課題", "", MeetingPick::CopyRegional),
                ];
                cx.choose(Chooser::new("どの表を写しますか", choices));
            }
        }
    }

    pub(crate) fn copy_plan(&self, cx: &mut Context) {
        cx.warn_of_leaving(&personal::in_plan(&self.doc.dossier, &cx.watch));
        cx.effects.push(Effect::Copy(export::clip::plan(&self.doc.dossier)));
    }

    pub(crate) fn copy_regional(&self, cx: &mut Context) {
        cx.warn_of_leaving(&personal::in_regional(&self.doc.dossier, &cx.watch));
        cx.effects.push(Effect::Copy(export::clip::regional(&self.doc.dossier)));
    }
}

impl App {
    /// Who has it; that may lie under what is seen, when an answer from the disk comes late.
    fn giver(&self, gift: Deliverable) -> Option<&dyn Offerable> {
        match gift {
            Deliverable::Meeting(_) => self.meeting().map(|meeting| meeting as &dyn Offerable),
            _ => self.region().map(|region| region as &dyn Offerable),
        }
    }

    /// Asks what to write; where people must be known by name first, those are fetched.
    pub(crate) fn choose_export(&mut self) {
        let screen = self.screen();
        match screen.gives().and_then(Offerable::meetings_that_leave) {
            Some(meetings) => {
                let names = Effect::Names(meetings, NamesFor::Giving(screen.place()));
                self.cx.effects.push(names);
            }
            None => self.offer_gifts(&[]),
        }
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
        let Some(giver) = self.screen().gives() else { return };
        let gifts = giver.gifts().into_iter();
        let choices =
            gifts.map(|gift| Choice::new(gift.label(), gift.extension(), ProgramPick::Export(gift)));
        let chooser = Chooser::new("何を書き出しますか", choices.collect());
        let text = giver.warning(&self.cx.watch.with_people(names.iter().map(String::as_str)));
        self.cx.choose(Chooser { text, by_number: true, ..chooser });
    }

    /// Asks where to write it, with a telling name to begin with.
    pub(crate) fn ask_export(&mut self, gift: Deliverable) {
        let Some(giver) = self.giver(gift) else { return };
        let Some((name, wrapped)) = giver.name_of(gift).zip(giver.wrapped(&self.cx, gift)) else { return };
        let Rendered { bytes, missing } = match wrapped {
            Ok(rendered) => rendered,
            Err(error) => return self.cx.warn(error.to_string()),
        };
        let path = self.cx.export_folder.join(name);
        let hint = if missing.is_empty() {
            "このままでよければ Enter。打つと新しく書けます。← → を押すと、これを直せます。".to_owned()
        } else {
            let missing: Vec<String> = missing.into_iter().collect();
            format!("絵の字体にない文字は 〓 か元の字になります：{}。よければ Enter。", missing.join("、"))
        };
        self.cx.over = Some(Overlay::Ask(Ask {
            title: format!("書き出す先：{}", gift.label()),
            hint,
            line: Input::new(path.to_string_lossy()),
            marked: true,
            purpose: Purpose::Export(gift, bytes),
        }));
    }

    /// Makes a file anew and writes it; what stands there already is only overwritten when a person said so.
    pub(crate) fn export_to(&mut self, path: PathBuf, gift: Deliverable, existing: Existing) {
        match self.giver(gift).and_then(|giver| giver.wrapped(&self.cx, gift)) {
            Some(Ok(rendered)) => self.write_file(path, gift, rendered.bytes, existing),
            Some(Err(error)) => self.cx.warn(error.to_string()),
            None => {}
        }
    }

    fn write_file(&mut self, path: PathBuf, gift: Deliverable, bytes: Vec<u8>, existing: Existing) {
        // Where the path is a folder, the name is that of the file in it.
        let Some(name) = self.giver(gift).and_then(|giver| giver.name_of(gift)) else { return };
        self.cx.effects.push(Effect::Write { path, name, bytes, existing, gift });
    }

    pub(crate) fn wrote(&mut self, result: Result<PathBuf, Unwritten>) {
        match result {
            Ok(path) => self.cx.say(format!("書き出しました：{}", path.display())),
            Err(Unwritten::Exists { path, free, gift }) => {
                let name = free.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let text = path.display().to_string();
                let choices = vec![
                    Choice::new("やめる", "", Pick::Nothing),
                    Choice::new("別の名前で書く", name, ProgramPick::Write(free, gift)),
                    Choice::new("上書きする", "", ProgramPick::Overwrite(path, gift)),
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
            Purpose::Export(gift, bytes) => {
                // A bare name goes where files go from here, not where the program happened to be started.
                let path = PathBuf::from(words);
                let bare = path.components().count() == 1 && path.is_relative() && !path.starts_with("~");
                let path = if bare { self.cx.export_folder.join(path) } else { path };
                self.write_file(path, gift, bytes, Existing::Keep);
            }
            Purpose::ImportPeople => self.cx.effects.push(Effect::ReadTable(PathBuf::from(words))),
        }
    }

    pub(crate) fn ask_import(&mut self) {
        self.cx.over = Some(Overlay::Ask(Ask {
            title: "取り込む参加者の表（csv か tsv）".to_owned(),
            hint: "1行目に 職種・氏名・所属・部署 などの見出しがある表です。".to_owned(),
            line: Input::default(),
            marked: false,
            purpose: Purpose::ImportPeople,
        }));
    }
}
