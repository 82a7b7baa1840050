//! Giving away: files and the clipboard, at any step.

use std::path::PathBuf;

use super::chooser::{Choice, Chooser, Pick};
use super::line::Line;
use super::model::{Ask, Effect, Model, Overlay, Purpose};
use crate::export::{self, Format, Rendered};

impl Model {
    /// Asks what to write.
    pub(super) fn choose_export(&mut self) {
        let choices =
            Format::ALL.iter().map(|f| Choice::new(f.label(), f.extension(), Pick::Export(*f))).collect();
        let mut chooser = Chooser::new("何を書き出しますか", choices);
        chooser.by_number = true;
        chooser.text = self.personal_warning();
        self.overlay = Some(Overlay::Choose(chooser));
    }

    /// What still looks like personal information, in one sentence; empty for nothing.
    fn personal_warning(&self) -> String {
        let Some(desk) = self.desk.as_ref() else { return String::new() };
        let found = export::personal(&desk.dossier, &self.watch);
        match found.is_empty() {
            true => String::new(),
            false => format!(
                "個人が分かりそうなことばがあります：{}。渡す前に確かめてください。",
                found.join("、")
            ),
        }
    }

    /// Asks where to write it, with a telling name to begin with.
    pub(super) fn ask_export(&mut self, format: Format) {
        let Some(desk) = self.desk.as_ref() else { return };
        let path = self.export_folder.join(export::file_name(format, &desk.dossier));
        let Rendered { bytes, missing } =
            match export::render(format, &desk.dossier, &desk.stamps, &self.lists) {
                Ok(rendered) => rendered,
                Err(error) => return self.warn(error.to_string()),
            };
        let hint = if missing.is_empty() {
            "このままでよければ Enter。打つと新しく書けます。← → を押すと、これを直せます。".to_owned()
        } else {
            let missing: Vec<String> = missing.into_iter().collect();
            format!("絵の字体にない文字は 〓 か元の字になります：{}。よければ Enter。", missing.join("、"))
        };
        self.overlay = Some(Overlay::Ask(Ask {
            title: format!("書き出す先：{}", format.label()),
            hint,
            line: Line::new(path.to_string_lossy()),
            marked: true,
            purpose: Purpose::Export(format, bytes),
        }));
    }

    /// Makes a file anew and writes it; what stands there already is only overwritten when a person said so.
    pub(super) fn export_to(&mut self, path: PathBuf, format: Format, force: bool) {
        let Some(desk) = self.desk.as_ref() else { return };
        match export::render(format, &desk.dossier, &desk.stamps, &self.lists) {
            Ok(rendered) => self.write_file(path, format, rendered.bytes, force),
            Err(error) => self.warn(error.to_string()),
        }
    }

    fn write_file(&mut self, path: PathBuf, format: Format, bytes: Vec<u8>, force: bool) {
        let Some(desk) = self.desk.as_ref() else { return };
        let name = export::file_name(format, &desk.dossier);
        self.effects.push(Effect::Write { path, name, bytes, force, format });
    }

    pub(super) fn wrote(&mut self, result: Result<PathBuf, Unwritten>) {
        match result {
            Ok(path) => self.say(format!("書き出しました：{}", path.display())),
            Err(Unwritten::Exists { path, free, format }) => {
                let name = free.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let mut chooser = Chooser::new(
                    "同じ名前のファイルがあります",
                    vec![
                        Choice::new("やめる", "", Pick::Nothing),
                        Choice::new("別の名前で書く", name, Pick::Write(free, format)),
                        Choice::new("上書きする", "", Pick::Overwrite(path.clone(), format)),
                    ],
                );
                chooser.text = path.display().to_string();
                self.overlay = Some(Overlay::Choose(chooser));
            }
            Err(Unwritten::Failed(problem)) => self.warn(problem),
        }
    }

    /// The answer to a question with one line.
    pub(super) fn answer(&mut self) {
        let Some(Overlay::Ask(ask)) = self.overlay.take() else { return };
        let words = ask.line.cleaned();
        match ask.purpose {
            _ if words.is_empty() => {}
            Purpose::Export(format, bytes) => {
                // A bare name goes where files go from here, not where the program happened to be started.
                let path = PathBuf::from(words);
                let bare = path.components().count() == 1 && path.is_relative() && !path.starts_with("~");
                let path = if bare { self.export_folder.join(path) } else { path };
                self.write_file(path, format, bytes, false);
            }
            Purpose::ImportPeople => self.effects.push(Effect::ReadTable(PathBuf::from(words))),
        }
    }

    pub(super) fn ask_import(&mut self) {
        self.overlay = Some(Overlay::Ask(Ask {
            title: "取り込む参加者の表（csv か tsv）".to_owned(),
            hint: "1行目に 職種・氏名・所属・部署 などの見出しがある表です。".to_owned(),
            line: Line::default(),
            marked: false,
            purpose: Purpose::ImportPeople,
        }));
    }

    /// Copies the table that is looked at; elsewhere asks which.
    pub(super) fn copy(&mut self) {
        match self.place() {
            crate::command::Place::Plan => self.copy_plan(),
            crate::command::Place::Regional => self.copy_regional(),
            _ => {
                let choices = vec![
                    Choice::new("行動計画", "", Pick::CopyPlan),
                    Choice::new("地域課題", "", Pick::CopyRegional),
                ];
                self.overlay = Some(Overlay::Choose(Chooser::new("どの表を写しますか", choices)));
            }
        }
    }

    pub(super) fn copy_plan(&mut self) {
        if let Some(desk) = self.desk.as_ref() {
            self.effects.push(Effect::Copy(export::clip::plan(&desk.dossier)));
        }
    }

    pub(super) fn copy_regional(&mut self) {
        if let Some(desk) = self.desk.as_ref() {
            self.effects.push(Effect::Copy(export::clip::regional(&desk.dossier)));
        }
    }
}

/// Why a file was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unwritten {
    /// Something of that name is there already; nothing is of the name `free`.
    Exists { path: PathBuf, free: PathBuf, format: Format },
    /// In words for the person.
    Failed(String),
}
