//! Lists with an entry line under them: participants, last actions, reflections, the closing checklist.

use super::entry::{self, Signs};
use super::model::{Desk, Model, Target};
use super::sheet::{Cell, NEXT_DATE};
use crate::command::{Command, Place};
use crate::domain::{Action, ActionStatus, Change, Id, Participant, Reflection, people, text};
use crate::layout::measure::ellipsis;

/// Whose words they are; none for nobody's in particular.
pub type Voice = Option<Id<Participant>>;

/// A row one can select.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Person(Id<Participant>),
    /// An action of an earlier meeting.
    Review(Id<Action>),
    Reflection(Id<Reflection>),
    /// An entry of the closing checklist.
    Check(String),
    NextDate,
}

impl Model {
    /// The rows of the current list, in the order of the screen.
    pub fn items(&self) -> Vec<Item> {
        let Some(desk) = self.desk.as_ref() else { return Vec::new() };
        let people = || desk.doc.dossier.people().into_iter().map(|p| Item::Person(p.id));
        match self.place() {
            Place::People => people().collect(),
            Place::Opening => {
                people().chain(desk.doc.previous.iter().map(|p| Item::Review(p.action.id))).collect()
            }
            Place::Closing => {
                let spoken =
                    desk.doc.dossier.reflections_in_order().into_iter().map(|r| Item::Reflection(r.id));
                let checks = self.format().map(|f| f.checklist.clone()).unwrap_or_default();
                spoken.chain([Item::NextDate]).chain(checks.into_iter().map(Item::Check)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The selected row of the current list.
    pub fn selected_item(&self) -> Option<Item> {
        let row = self.desk.as_ref()?.row;
        self.items().get(row).cloned()
    }

    /// Moves over the rows of the list; a cell being written is kept first.
    pub(super) fn list_move(&mut self, step: isize) {
        if !self.leave_cell() {
            return;
        }
        let last = self.items().len().saturating_sub(1);
        if let Some(desk) = self.desk.as_mut() {
            desk.row = desk.row.saturating_add_signed(step).min(last);
        }
    }

    /// Enter over a list: keeps what was written, or begins to mend the selected row.
    pub(super) fn list_enter(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        if desk.sheet.editing.is_some() {
            self.leave_cell();
            return;
        }
        let Some(writing) = self.writing() else { return };
        let empty = writing.line.text().trim().is_empty();
        match (self.place(), writing.target()) {
            (_, Some(Target::Person(id))) => self.finish_person(Some(id)),
            (_, Some(Target::Reflection(id))) => self.finish_reflection(Some(id)),
            (Place::Closing, _) if !empty => self.finish_reflection(None),
            (_, _) if !empty => self.finish_person(None),
            _ => self.perform(Command::Edit),
        }
    }

    /// Begins to mend the selected row.
    pub(super) fn edit_item(&mut self) {
        let item = self.selected_item();
        let Some(desk) = self.desk.as_ref() else { return };
        let (target, raw) = match item {
            Some(Item::Person(id)) => {
                let Some(person) = desk.doc.dossier.participants.get(&id) else { return };
                (Target::Person(id), people::write_line(person, &self.cx.lists))
            }
            Some(Item::Reflection(id)) => {
                let Some(reflection) = desk.doc.dossier.reflections.get(&id) else { return };
                (Target::Reflection(id), entry::literal(&reflection.text, Signs::CLOSING))
            }
            Some(Item::Review(id)) => return self.edit_cell(Cell::Review(id, super::sheet::OUTCOME)),
            Some(Item::NextDate) => return self.edit_cell(Cell::About(NEXT_DATE)),
            Some(Item::Check(_)) => return self.tick_item(),
            None => return,
        };
        self.begin(target, &raw);
    }

    /// Space over a list: ticks what can be ticked, and turns the status of an action on.
    pub(super) fn tick_item(&mut self) {
        let item = self.selected_item();
        let Some(desk) = self.desk.as_ref() else { return };
        match item {
            Some(Item::Check(title)) => {
                let before = desk.doc.dossier.meeting.clone();
                let mut after = before.clone();
                if !after.checked.remove(&title) {
                    after.checked.insert(title.clone());
                }
                self.commit(format!("確かめ: {title}"), vec![Change::replace(before, after)]);
            }
            Some(Item::Review(id)) => {
                let Some(before) = desk.doc.previous.iter().map(|p| &p.action).find(|a| a.id == id).cloned()
                else {
                    return;
                };
                let mut after = before.clone();
                let at = ActionStatus::ALL.iter().position(|s| *s == before.status).unwrap_or(0);
                after.set_status(ActionStatus::ALL[(at + 1) % ActionStatus::ALL.len()], self.cx.now.today());
                let label = format!("{}にする: {}", after.status.label(), after.what);
                self.commit(label, vec![Change::replace(before, after)]);
            }
            Some(Item::NextDate) => self.edit_cell(Cell::About(NEXT_DATE)),
            _ => {}
        }
    }

    pub(super) fn finish_person(&mut self, id: Option<Id<Participant>>) {
        let Some(desk) = self.desk.as_ref() else { return };
        let raw = desk.people.line.cleaned();
        let before = id.and_then(|id| desk.doc.dossier.participants.get(&id)).cloned();
        let codes = desk.doc.dossier.participants.values().map(|p| p.code.as_str());
        let code = people::FreeCodes::after(codes).give();
        let fresh = Participant::new(self.cx.ids.id(), desk.doc.dossier.meeting.id, code);
        let mut after = before.clone().unwrap_or(fresh);
        let draft = people::parse_line(&raw, &self.cx.lists);
        draft.write_to(&mut after);
        if draft.is_empty() {
            self.cx.say_filled(
                "職種か所属を書いてください。消すときは、{back} でやめてから {delete} を押します。",
            );
            return;
        }
        // Words meant for the map must not become somebody at the table without a word.
        if id.is_none() && !draft.is_sure(&self.cx.lists) && desk.asked_about != raw {
            return self.ask_about(&draft, raw);
        }
        let taken = desk.doc.dossier.participants.values().any(|p| p.code == after.code && p.id != after.id);
        if taken {
            self.cx.warn(format!("番号 {} はもう使われています。ほかの番号にしてください。", after.code));
            return;
        }
        let label = format!("参加者: {}", after.label());
        let changes = match before {
            Some(before) if before == after => Vec::new(),
            Some(before) => vec![Change::replace(before, after.clone())],
            None => vec![Change::add(after.clone())],
        };
        if changes.is_empty() || self.commit(label, changes) {
            self.finish_line();
            let at = self.items().iter().position(|i| *i == Item::Person(after.id));
            if let (Some(desk), Some(at)) = (self.desk.as_mut(), at) {
                desk.row = at;
            }
        }
    }

    /// Several lines are several people, in one edit.
    pub(super) fn paste_people(&mut self, lines: &[String]) {
        let Some(desk) = self.desk.as_ref() else { return };
        let meeting = desk.doc.dossier.meeting.id;
        let mut taken: Vec<String> = desk.doc.dossier.participants.values().map(|p| p.code.clone()).collect();
        let (mut changes, mut unsure) = (Vec::new(), Vec::new());
        for line in lines.iter().map(|l| text::clean_line(l)) {
            let draft = people::parse_line(&line, &self.cx.lists);
            if draft.is_empty() {
                continue;
            }
            let mut free = people::FreeCodes::after(taken.iter().map(String::as_str));
            let mut person = Participant::new(self.cx.ids.id(), meeting, free.give());
            draft.write_to(&mut person);
            if taken.iter().any(|code| people::code_key(code) == people::code_key(&person.code)) {
                person.code = free.give();
            }
            if !draft.is_sure(&self.cx.lists) {
                unsure.push(ellipsis(&line, 16, self.cx.marks.cut).into_owned());
            }
            taken.push(person.code.clone());
            changes.push(Change::add(person));
        }
        let count = changes.len();
        if count > 0 && self.commit(format!("参加者: {count}人"), changes) {
            let last = self.items().iter().rposition(|i| matches!(i, Item::Person(_)));
            if let (Some(desk), Some(at)) = (self.desk.as_mut(), last) {
                desk.row = at;
            }
            self.cx.say(match unsure.first() {
                None => format!("{count}人を参加者に足しました。"),
                Some(line) => format!(
                    "{count}人を参加者に足しました。「{line}」など {} 行は、一覧の職種ではありません。",
                    unsure.len()
                ),
            });
        }
    }

    /// A line that may not be about a participant is taken when Enter is pressed on it once more.
    fn ask_about(&mut self, draft: &people::PersonDraft, raw: String) {
        let why = match &draft.profession {
            Some(words) => format!("「{}」は一覧にない職種です", ellipsis(words, 16, self.cx.marks.cut)),
            None => "職種が書かれていません".to_owned(),
        };
        let key = self.cx.keymap.said(Command::Enter);
        self.cx.warn(format!("{why}。参加者なら、もう一度 {key}。"));
        if let Some(desk) = self.desk.as_mut() {
            desk.asked_about = raw;
        }
    }

    /// After something new the line is empty; after mending, what stood aside comes back.
    fn finish_line(&mut self) {
        if let Some(writing) = self.writing_mut() {
            writing.finish();
        }
    }

    pub(super) fn finish_reflection(&mut self, id: Option<Id<Reflection>>) {
        let Some(desk) = self.desk.as_ref() else { return };
        let raw = desk.closing.line.text().to_owned();
        let parsed = entry::parse(&raw, Signs::CLOSING);
        let understood = self.understand_reflection(&raw);
        let (speaker, question) = match understood {
            Ok(found) => found,
            Err(problem) => {
                self.cx.warn(format!("{problem}。書いたことばはそのままです。"));
                return;
            }
        };
        let words = text::clean_line(&raw[parsed.text_start..]);
        let titles = self.questions();
        let Some(desk) = self.desk.as_mut() else { return };
        if words.is_empty() {
            if id.is_none() {
                desk.doc.speaker = speaker.unwrap_or(desk.doc.speaker);
                desk.question = question.unwrap_or(desk.question);
                desk.closing.line.take();
            } else {
                self.cx.say_filled(
                    "ことばが空になりました。消すときは、{back} でやめてから {delete} を押します。",
                );
            }
            return;
        }
        let before = id.and_then(|id| desk.doc.dossier.reflections.get(&id)).cloned();
        let title = |index: usize| titles.get(index).cloned().unwrap_or_default();
        let mut after = before.clone().unwrap_or_else(|| Reflection {
            id: self.cx.ids.id(),
            meeting: desk.doc.dossier.meeting.id,
            speaker: desk.doc.standing_speaker(),
            question: title(desk.question),
            text: String::new(),
            rank: desk.doc.dossier.reflections_in_order().last().map_or(0, |r| r.rank.saturating_add(1)),
        });
        after.speaker = speaker.unwrap_or(after.speaker);
        after.question = question.map_or(after.question, title);
        after.text.clone_from(&words);
        if before.is_none() {
            desk.doc.speaker = after.speaker;
            desk.question = question.unwrap_or(desk.question);
        }
        let label = format!("振り返り: {words}");
        let new = after.id;
        let changes = match before {
            Some(before) if before == after => Vec::new(),
            Some(before) => vec![Change::replace(before, after)],
            None => vec![Change::add(after)],
        };
        if changes.is_empty() || self.commit(label, changes) {
            self.finish_line();
            let at = self.items().iter().position(|i| *i == Item::Reflection(new));
            if let (Some(desk), Some(at)) = (self.desk.as_mut(), at) {
                desk.row = at;
            }
        }
    }

    /// The titles of the reflection questions of the format.
    pub fn questions(&self) -> Vec<String> {
        self.format().map(|f| f.reflections.iter().map(|q| q.title.clone()).collect()).unwrap_or_default()
    }

    /// The speaker and question the signs of a closing line name.
    pub fn understand_reflection(&self, raw: &str) -> Result<(Option<Voice>, Option<usize>), String> {
        let parsed = entry::parse(raw, Signs::CLOSING);
        let Some(desk) = self.desk.as_ref() else { return Ok((None, None)) };
        let speaker = match parsed.speaker.map(|r| &raw[r]) {
            None => None,
            Some("") => Some(None),
            Some(query) => match people::find(query, &desk.doc.dossier, &self.cx.lists).first() {
                Some(id) => Some(Some(*id)),
                None => return Err(format!("「{query}」に当てはまる参加者がいません")),
            },
        };
        let question = match parsed.branch.map(|r| &raw[r]) {
            None | Some("") => None,
            Some(query) => match self.find_questions(query).first() {
                Some(index) => Some(*index),
                None => return Err(format!("「{query}」という問いはありません")),
            },
        };
        Ok((speaker, question))
    }

    /// The questions that fit a word or number, best first.
    pub fn find_questions(&self, query: &str) -> Vec<usize> {
        let query = text::fold(query);
        let questions = self.format().map(|f| f.reflections.as_slice()).unwrap_or_default();
        let number =
            query.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|i| *i < questions.len());
        if let Some(index) = number {
            return vec![index];
        }
        let fits = |q: &crate::format::ReflectionQuestion| {
            text::fold(&q.title).contains(&query) || text::fold(&q.short) == query
        };
        (0..questions.len()).filter(|i| fits(&questions[*i])).collect()
    }

    /// Removes the selected row.
    pub(super) fn delete_item(&mut self) {
        let item = self.selected_item();
        let Some(desk) = self.desk.as_ref() else { return };
        let (label, changes) = match item {
            Some(Item::Person(id)) => {
                let Some(person) = desk.doc.dossier.participants.get(&id) else { return };
                (format!("参加者を消す: {}", person.label()), remove_person(desk, person))
            }
            Some(Item::Reflection(id)) => {
                let Some(reflection) = desk.doc.dossier.reflections.get(&id) else { return };
                (format!("振り返りを消す: {}", reflection.text), vec![Change::remove(reflection.clone())])
            }
            _ => return,
        };
        if self.commit(label.clone(), changes) {
            let key = self.cx.keymap.said(Command::Undo);
            self.cx.say(format!("{}。{key} で元に戻せます。", self.shortened(&label)));
            self.list_move(0);
        }
    }
}

/// Takes a person away, and their name from what they said, do and lead.
fn remove_person(desk: &Desk, person: &Participant) -> Vec<Change> {
    let id = person.id;
    let mut changes = Vec::new();
    let mut meeting = desk.doc.dossier.meeting.clone();
    for slot in meeting.facilitators.iter_mut().chain([&mut meeting.presenter]) {
        slot.take_if(|p| *p == id);
    }
    if meeting != desk.doc.dossier.meeting {
        changes.push(Change::replace(desk.doc.dossier.meeting.clone(), meeting));
    }
    for node in desk.doc.dossier.nodes.values().filter(|n| n.speaker == Some(id)) {
        let mut after = node.clone();
        after.speaker = None;
        changes.push(Change::replace(node.clone(), after));
    }
    for action in desk.doc.dossier.actions.values().filter(|a| a.who.contains(&id)) {
        let mut after = action.clone();
        after.who.retain(|p| *p != id);
        changes.push(Change::replace(action.clone(), after));
    }
    for reflection in desk.doc.dossier.reflections.values().filter(|r| r.speaker == Some(id)) {
        let mut after = reflection.clone();
        after.speaker = None;
        changes.push(Change::replace(reflection.clone(), after));
    }
    changes.push(Change::remove(person.clone()));
    changes
}

impl Model {
    /// Participants from a table, as one edit.
    pub(super) fn take_table(&mut self, rows: &[crate::export::people::PersonRow]) {
        let Some(desk) = self.desk.as_ref() else { return };
        let people = match crate::export::people::participants(rows, &desk.doc.dossier, &mut self.cx.ids) {
            Ok(people) => people,
            Err(problem) => return self.cx.warn(problem.to_string()),
        };
        let count = people.len();
        if count == 0 {
            self.cx.say("新しい参加者はいませんでした。何も変えていません。");
        } else if self
            .commit(format!("参加者を取り込む: {count} 人"), people.into_iter().map(Change::add).collect())
        {
            self.cx.say(format!("{count} 人を取り込みました。"));
        }
    }
}
