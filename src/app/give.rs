//! Giving away: files and the clipboard, at any step; of the region its register, its review and its years.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::chooser::{Choice, Chooser, Pick};
use super::input::Input;
use super::model::{Ask, Effect, Model, NamesFor, Overlay, Purpose};
use crate::command::{Place, YEARS};
use crate::domain::escalation::ways;
use crate::domain::register::Entry;
use crate::domain::{Escalation, Id, Meeting};
use crate::export::register::{self, RegisterFormat};
use crate::export::review::{self, Given, ReviewFormat};
use crate::export::{self, ExportError, Format, Rendered, json, personal};
use crate::review::{Review, mask};

/// What is given away, and as what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deliverable {
    Meeting(Format),
    /// The issues of the register that are found.
    Register(RegisterFormat),
    /// The review of the year that is looked at.
    Review(ReviewFormat),
    /// The plans of all years and what their reviews wrote down, for another jirei.
    Years,
}

impl Deliverable {
    /// What people choose in a menu.
    fn label(self) -> &'static str {
        match self {
            Deliverable::Meeting(format) => format.label(),
            Deliverable::Register(format) => format.label(),
            Deliverable::Review(format) => format.label(),
            Deliverable::Years => "年間の計画と振り返り (JSON・ほかの jirei に取り込む)",
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Deliverable::Meeting(format) => format.extension(),
            Deliverable::Register(format) => format.key(),
            Deliverable::Review(format) => format.key(),
            Deliverable::Years => "json",
        }
    }

    /// Everything that can be given away at a place.
    fn of(place: Place) -> Vec<Deliverable> {
        match place {
            Place::Register => RegisterFormat::ALL.map(Deliverable::Register).to_vec(),
            place if YEARS.contains(&place) => {
                ReviewFormat::ALL.map(Deliverable::Review).into_iter().chain([Deliverable::Years]).collect()
            }
            _ => Format::ALL.map(Deliverable::Meeting).to_vec(),
        }
    }
}

impl Model {
    /// Asks what to write.
    pub(super) fn choose_export(&mut self) {
        let place = self.place();
        match self.region.as_ref().filter(|_| self.desk.is_none()) {
            Some(_) => {
                self.cx.effects.push(Effect::Names(self.meetings_that_leave(), NamesFor::Giving(place)))
            }
            None => self.offer_gifts(&[]),
        }
    }

    /// The meetings whose people may be named in what can be given away here.
    fn meetings_that_leave(&self) -> BTreeSet<Id<Meeting>> {
        if self.place() == Place::Register {
            return personal::meetings_of(&review::leaving(self.found_entries()).0);
        }
        let reviewed = self.review_given();
        let reviewed = reviewed.map(|(review, entries, _)| personal::meetings_behind(review, &entries));
        let slots = self.region.iter().flat_map(|region| region.doc.years.slots.values());
        reviewed.into_iter().flatten().chain(slots.filter_map(|slot| slot.meeting)).collect()
    }

    /// What the people are called has come.
    pub(super) fn take_names(&mut self, names: &[String], wanted: NamesFor) {
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
        let gifts = Deliverable::of(self.place());
        let choices =
            gifts.into_iter().map(|gift| Choice::new(gift.label(), gift.extension(), Pick::Export(gift)));
        let mut chooser = Chooser::new("何を書き出しますか", choices.collect());
        chooser.by_number = true;
        chooser.text = self.export_warning(names);
        self.cx.over = Some(Overlay::Choose(chooser));
    }

    /// What still looks like personal information, and what stays here, in a sentence each; empty for nothing.
    fn export_warning(&self, names: &[String]) -> String {
        let watch = self.cx.watch.with_people(names.iter().map(String::as_str));
        let (found, kept) = match self.place() {
            Place::Register => {
                let (entries, kept) = review::leaving(self.found_entries());
                (personal::in_register(&entries, &ways(self.steps()), &watch), kept)
            }
            place if YEARS.contains(&place) => {
                let reviewed = self.with_review(|given, kept| (personal::in_review(given, &watch), kept));
                let (mut found, kept) = reviewed.unwrap_or_default();
                // The years' own file holds those that are not looked at, too.
                let years = self.region.as_ref().map(|region| region.known_years().years).unwrap_or_default();
                for words in personal::in_years(&years, &watch) {
                    if !found.contains(&words) {
                        found.push(words);
                    }
                }
                (found, kept)
            }
            _ => match self.desk.as_ref() {
                Some(desk) => (personal::in_meeting(&desk.doc.dossier, &watch), 0),
                None => (Vec::new(), 0),
            },
        };
        let mut said = String::new();
        if !found.is_empty() {
            said += &format!(
                "個人が分かりそうなことばがあります：{}。渡す前に確かめてください。",
                personal::named(&found, personal::FEW)
            );
        }
        if kept > 0 {
            said += &format!("個人が分からない文か確かめていない {kept}件の地域課題は、入りません。");
        }
        said
    }

    /// The entries that the register shows.
    fn found_entries(&self) -> Vec<Entry> {
        let Some(region) = self.region.as_ref() else { return Vec::new() };
        let entries = region.doc.entries();
        region.found.iter().filter_map(|at| entries.get(*at)).cloned().collect()
    }

    /// The review that is looked at, once it is counted.
    fn reviewed(&self) -> Option<&Review> {
        Some(&self.region.as_ref()?.counted.as_ref()?.review)
    }

    /// The same with the issues that go with it, and how many stay here.
    fn review_given(&self) -> Option<(&Review, Vec<Entry>, usize)> {
        let (region, reviewed) = (self.region.as_ref()?, self.reviewed()?);
        let raised = review::raised(reviewed);
        let entries = region.doc.entries().iter().filter(|entry| raised.contains(&entry.issue.id));
        let (entries, kept) = review::leaving(entries.cloned().collect());
        Some((reviewed, entries, kept))
    }

    /// Does something with the review that is looked at, as it is given away, and with how many issues stay here.
    fn with_review<T>(&self, what: impl FnOnce(&Given<'_>, usize) -> T) -> Option<T> {
        let (review, entries, kept) = self.review_given()?;
        let (by_town, mask) = (review.towns.len() > 1, Some(mask::USUAL));
        Some(what(&Given { review, entries: &entries, ways: &ways(self.steps()), mask, by_town }, kept))
    }

    /// The steps of the ways of all issues.
    fn steps(&self) -> impl Iterator<Item = &Escalation> {
        self.region.iter().flat_map(|region| region.doc.escalations.values())
    }

    /// A telling name for a file; none where there is nothing to give.
    fn name_of(&self, gift: Deliverable) -> Option<String> {
        let named = |title: &str| format!("{}.{}", title.replace(' ', "_"), gift.extension());
        match gift {
            Deliverable::Meeting(format) => Some(export::file_name(format, &self.desk.as_ref()?.doc.dossier)),
            Deliverable::Register(_) => Some(named(register::TITLE)),
            Deliverable::Review(_) => Some(named(&review::title(self.reviewed()?))),
            Deliverable::Years => Some(json::years_name(&self.region.as_ref()?.known_years())),
        }
    }

    /// The finished file; none where there is nothing to give.
    fn wrapped(&self, gift: Deliverable) -> Option<Result<Rendered, ExportError>> {
        Some(match gift {
            Deliverable::Meeting(format) => {
                let desk = self.desk.as_ref()?;
                export::render(format, &desk.doc.dossier, desk.doc.versions(), &self.cx.lists)
            }
            Deliverable::Register(format) => {
                let (entries, _) = review::leaving(self.found_entries());
                register::render(format, &entries, &ways(self.steps()), register::TITLE).map(Rendered::from)
            }
            Deliverable::Review(format) => self.with_review(|given, _| review::render(format, given))?,
            Deliverable::Years => {
                json::render_years(&self.region.as_ref()?.known_years()).map(Rendered::from)
            }
        })
    }

    /// Asks where to write it, with a telling name to begin with.
    pub(super) fn ask_export(&mut self, gift: Deliverable) {
        let Some((name, wrapped)) = self.name_of(gift).zip(self.wrapped(gift)) else { return };
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
    pub(super) fn export_to(&mut self, path: PathBuf, gift: Deliverable, force: bool) {
        match self.wrapped(gift) {
            Some(Ok(rendered)) => self.write_file(path, gift, rendered.bytes, force),
            Some(Err(error)) => self.cx.warn(error.to_string()),
            None => {}
        }
    }

    fn write_file(&mut self, path: PathBuf, gift: Deliverable, bytes: Vec<u8>, force: bool) {
        // Where the path is a folder, the name is that of the file in it.
        let Some(name) = self.name_of(gift) else { return };
        self.cx.effects.push(Effect::Write { path, name, bytes, force, gift });
    }

    pub(super) fn wrote(&mut self, result: Result<PathBuf, Unwritten>) {
        match result {
            Ok(path) => self.cx.say(format!("書き出しました：{}", path.display())),
            Err(Unwritten::Exists { path, free, gift }) => {
                let name = free.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let mut chooser = Chooser::new(
                    "同じ名前のファイルがあります",
                    vec![
                        Choice::new("やめる", "", Pick::Nothing),
                        Choice::new("別の名前で書く", name, Pick::Write(free, gift)),
                        Choice::new("上書きする", "", Pick::Overwrite(path.clone(), gift)),
                    ],
                );
                chooser.text = path.display().to_string();
                self.cx.over = Some(Overlay::Choose(chooser));
            }
            Err(Unwritten::Failed(problem)) => self.cx.warn(problem),
        }
    }

    /// The answer to a question with one line.
    pub(super) fn answer(&mut self) {
        let Some(Overlay::Ask(ask)) = self.cx.over.take() else { return };
        let words = ask.line.cleaned();
        match ask.purpose {
            _ if words.is_empty() => {}
            Purpose::Export(gift, bytes) => {
                // A bare name goes where files go from here, not where the program happened to be started.
                let path = PathBuf::from(words);
                let bare = path.components().count() == 1 && path.is_relative() && !path.starts_with("~");
                let path = if bare { self.cx.export_folder.join(path) } else { path };
                self.write_file(path, gift, bytes, false);
            }
            Purpose::ImportPeople => self.cx.effects.push(Effect::ReadTable(PathBuf::from(words))),
        }
    }

    pub(super) fn ask_import(&mut self) {
        self.cx.over = Some(Overlay::Ask(Ask {
            title: "取り込む参加者の表（csv か tsv）".to_owned(),
            hint: "1行目に 職種・氏名・所属・部署 などの見出しがある表です。".to_owned(),
            line: Input::default(),
            marked: false,
            purpose: Purpose::ImportPeople,
        }));
    }

    /// Copies the table that is looked at; elsewhere asks which.
    pub(super) fn copy(&mut self) {
        match self.place() {
            Place::Plan => self.copy_plan(),
            Place::Regional => self.copy_regional(),
            _ => {
                let choices = vec![
                    Choice::new("行動計画", "", Pick::CopyPlan),
                    Choice::new("地域課題", "", Pick::CopyRegional),
                ];
                self.cx.over = Some(Overlay::Choose(Chooser::new("どの表を写しますか", choices)));
            }
        }
    }

    pub(super) fn copy_plan(&mut self) {
        if let Some(desk) = self.desk.as_ref() {
            let found = personal::in_plan(&desk.doc.dossier, &self.cx.watch);
            self.cx.warn_of_leaving(&found);
            self.cx.effects.push(Effect::Copy(export::clip::plan(&desk.doc.dossier)));
        }
    }

    pub(super) fn copy_regional(&mut self) {
        if let Some(desk) = self.desk.as_ref() {
            let found = personal::in_regional(&desk.doc.dossier, &self.cx.watch);
            self.cx.warn_of_leaving(&found);
            self.cx.effects.push(Effect::Copy(export::clip::regional(&desk.doc.dossier)));
        }
    }
}

/// Why a file was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unwritten {
    /// Something of that name is there already; nothing is of the name `free`.
    Exists { path: PathBuf, free: PathBuf, gift: Deliverable },
    /// In words for the person.
    Failed(String),
}
