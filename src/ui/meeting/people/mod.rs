//! The participants of a meeting: one line a person, and what may not be one is asked about.

pub(crate) mod draw;
pub(crate) mod list;

use crate::command::Command;
use crate::domain::people::{FreeCodes, PersonDraft, Seat};
use crate::domain::{Change, Dossier, Id, Lists, Meeting, Participant, people, text};
use crate::export;
use crate::layout::measure::ellipsis;
use crate::ui::meeting::sitting::changed;
use crate::ui::sheet::replaced;
use crate::ui::{Asked, Context, Enter, LastKey, Sitting, Target, Writing};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct People {
    pub writing: Writing,
    /// The line that may not be about a participant, of which the person was told.
    asked_about: Asked,
}

impl People {
    /// Enter: the line becomes somebody new, or what it mends; their row is selected.
    pub(crate) fn enter(&mut self, doc: &mut Sitting, cx: &mut Context, row: &mut usize) {
        let (raw, id, standing) = (self.writing.line.cleaned(), self.mended(), &doc.dossier.participants);
        let before = id.and_then(|id| standing.get(&id)).cloned();
        let code = code_for(doc, before.as_ref());
        let fresh = Participant::new(cx.ids.id(), doc.dossier.meeting.id, &code);
        let mut after = before.clone().unwrap_or(fresh);
        let draft = people::parse_line(&raw, &cx.lists);
        draft.write_to(&mut after);
        if draft.is_empty() {
            cx.say_filled(
                "職種か所属を書いてください。消すときは、{back} でやめてから {delete} を押します。",
            );
            cx.last = LastKey::Asked(Command::Enter);
            return;
        }
        if is_taken(doc, &draft, id) {
            after.code = code;
        }
        if let Some(doubt) = self.doubt(doc, cx, &draft).filter(|_| !self.asked_about.is_again(&raw)) {
            cx.warn(format!("{doubt}もう一度 {}。", cx.keymap.said(Command::Enter)));
            cx.last = LastKey::Asked(Command::Enter);
            return;
        }
        let mut meeting = doc.dossier.meeting.clone();
        let left = draft.sit(&mut after, &mut meeting, &cx.lists);
        let given = given(&doc.dossier.meeting, &meeting);
        let mut changes = replaced(before.as_ref(), &after);
        changes.extend(replaced(Some(&doc.dossier.meeting), &meeting));
        let id = after.id;
        if changes.is_empty() || doc.commit(cx, format!("参加者：{}", after.label()), changes) {
            let left = others_sit(left.iter().map(|word| (1, *word)), false);
            if !given.is_empty() || !left.is_empty() {
                cx.say_filled(&format!("{given}{left}"));
            }
            self.writing.finish();
            *row = doc.dossier.people().iter().position(|p| p.id == id).unwrap_or(*row);
        }
    }

    /// Whom the line mends.
    fn mended(&self) -> Option<Id<Participant>> {
        if let Some(Target::Person(id)) = self.writing.target() { Some(id) } else { None }
    }

    /// What those are called whose seats a line gives; of seats that others have the words are noted in it.
    pub(crate) fn seats(&self, doc: &Sitting, draft: &mut PersonDraft, lists: &Lists) -> Vec<&'static str> {
        let mut meeting = doc.dossier.meeting.clone();
        let before = self.mended().and_then(|id| doc.dossier.participants.get(&id));
        let id = before.map_or(meeting.id.cast(), |person| person.id);
        let mut person = Participant::new(id, meeting.id, code_for(doc, before));
        draft.write_to(&mut person);
        let left = draft.sit(&mut person, &mut meeting, lists);
        let left: Vec<String> = left.into_iter().map(str::to_owned).collect();
        draft.department = Some(person.department).filter(|words| !words.is_empty());
        let given = draft.seats.iter().filter(|(_, word)| !left.contains(word));
        given.map(|(seat, _)| seat.label()).collect()
    }

    /// What Enter makes of the words of the line.
    pub(crate) fn entering(&self, doc: &Sitting, cx: &Context) -> Enter {
        let raw = self.writing.line.cleaned();
        let draft = people::parse_line(&raw, &cx.lists);
        let doubted = || self.doubt(doc, cx, &draft).is_some() && !self.asked_about.is(&raw);
        match self.mended() {
            _ if draft.is_empty() || doubted() => Enter::Ask,
            Some(_) => Enter::Settle,
            None => Enter::Add("参加者を足す"),
        }
    }

    /// Why a line is asked about first. Words meant for the map must not become somebody at the table without a word.
    fn doubt(&self, doc: &Sitting, cx: &Context, draft: &PersonDraft) -> Option<String> {
        let id = self.mended();
        if is_taken(doc, draft, id) {
            let before = id.and_then(|id| doc.dossier.participants.get(&id));
            let (said, code) = (draft.code.as_deref().unwrap_or_default(), code_for(doc, before));
            return Some(format!("番号 {said} はもう使われています。{code} でよければ、"));
        }
        (id.is_none() && !draft.is_sure(&cx.lists)).then(|| doubt_about(cx, draft))
    }

    /// Several lines are several people, in one edit.
    pub(crate) fn paste_people(
        &self,
        doc: &mut Sitting,
        cx: &mut Context,
        row: &mut usize,
        lines: &[String],
    ) {
        let mut taken: Vec<String> = doc.dossier.participants.values().map(|p| p.code.clone()).collect();
        let (mut changes, mut unsure, mut meeting) = (Vec::new(), Vec::new(), doc.dossier.meeting.clone());
        let mut left: Vec<(usize, String)> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let draft = people::parse_line(line, &cx.lists);
            if draft.is_empty() {
                continue;
            }
            let mut free = FreeCodes::after(taken.iter().map(String::as_str));
            let mut person = Participant::new(cx.ids.id(), doc.dossier.meeting.id, free.give());
            draft.write_to(&mut person);
            if taken.iter().any(|code| people::code_key(code) == people::code_key(&person.code)) {
                person.code = free.give();
            }
            let words = draft.sit(&mut person, &mut meeting, &cx.lists).into_iter();
            left.extend(words.map(|word| (at + 1, word.to_owned())));
            if !draft.is_sure(&cx.lists) {
                let line = text::clean_line(line);
                unsure.push(format!("{}行目「{}」", at + 1, ellipsis(&line, 16, cx.marks.cut)));
            }
            taken.push(person.code.clone());
            changes.push(Change::add(person));
        }
        let count = changes.len();
        changes.extend(replaced(Some(&doc.dossier.meeting), &meeting));
        if doc.commit(cx, format!("参加者：{count}人"), changes) {
            *row = doc.dossier.participants.len() - 1;
            let left = others_sit(left.iter().map(|(line, word)| (*line, word.as_str())), true);
            cx.say(format!("{count}人を参加者に足しました。{}{left}", unclear(&unsure)));
        }
    }

    /// Participants from a table, as one edit.
    pub(crate) fn take_table(&self, doc: &mut Sitting, cx: &mut Context, rows: &[export::people::PersonRow]) {
        let people = match export::people::participants(rows, &doc.dossier, &mut cx.ids) {
            Ok(people) => people,
            Err(problem) => return cx.warn(problem.to_string()),
        };
        let count = people.len();
        let label = format!("参加者を取り込む：{count}人");
        if count == 0 {
            cx.say("新しい参加者はいませんでした。何も変えていません。");
        } else if doc.commit(cx, label, people.into_iter().map(Change::add).collect()) {
            cx.say(format!("{count}人を取り込みました。"));
        }
    }
}

/// The code of whoever is mended, or one that nobody has.
fn code_for(doc: &Sitting, before: Option<&Participant>) -> String {
    let codes = doc.dossier.participants.values().map(|p| p.code.as_str());
    before.map_or_else(|| FreeCodes::after(codes).give(), |person| person.code.clone())
}

/// Whether somebody else has the code that a line gives.
fn is_taken(doc: &Sitting, draft: &PersonDraft, id: Option<Id<Participant>>) -> bool {
    let code = draft.code.as_ref();
    doc.dossier.participants.values().any(|p| Some(&p.code) == code && Some(p.id) != id)
}

/// Takes a person away, and their name from what they said, do and lead.
pub(crate) fn removal(dossier: &Dossier, id: Id<Participant>) -> Option<(String, Vec<Change>)> {
    let person = dossier.participants.get(&id)?;
    let mut changes = changed(&dossier.meeting, |m| {
        for seat in m.facilitators.iter_mut().chain([&mut m.presenter]) {
            seat.take_if(|p| *p == id);
        }
    });
    let nodes = dossier.nodes.values().filter(|n| n.speaker == Some(id));
    let actions = dossier.actions.values().filter(|a| a.who.contains(&id));
    let reflections = dossier.reflections.values().filter(|r| r.speaker == Some(id));
    changes.extend(nodes.flat_map(|node| changed(node, |n| n.speaker = None)));
    changes.extend(actions.flat_map(|action| changed(action, |a| a.who.retain(|p| *p != id))));
    changes.extend(reflections.flat_map(|reflection| changed(reflection, |r| r.speaker = None)));
    changes.push(Change::remove(person.clone()));
    Some((format!("参加者を消す：{}", person.label()), changes))
}

/// The seats that somebody has since a line said so, and where that is changed: the line that mends them says nothing of it.
fn given(before: &Meeting, after: &Meeting) -> String {
    let seats = [
        (before.facilitators != after.facilitators, Seat::Leads),
        (before.presenter != after.presenter, Seat::Presents),
    ];
    let seats: Vec<&str> = seats.iter().filter(|(new, _)| *new).map(|(_, seat)| seat.label()).collect();
    if seats.is_empty() {
        return String::new();
    }
    format!("{}にしました。変えるときは {{info}}。", seats.join("・"))
}

/// Of seats that others have: the words for them are kept all the same. Each comes with the line it stands in, named if several
/// lines were read.
fn others_sit<'a>(words: impl Iterator<Item = (usize, &'a str)>, several: bool) -> String {
    let (mut lines, mut said): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
    for (line, word) in words {
        let line = format!("{line}行目");
        if !lines.contains(&line) {
            lines.push(line);
        }
        if !said.contains(&word) {
            said.push(word);
        }
    }
    let of = if several { format!("（{}）", first_of(&lines)) } else { String::new() };
    match said.is_empty() {
        true => String::new(),
        false => format!("{}はもう決まっているので、部署に書き添えました{of}。", said.join("・")),
    }
}

/// Which lines of several were not understood; nothing where all were.
fn unclear(lines: &[String]) -> String {
    match lines.is_empty() {
        true => String::new(),
        false => format!("職種が一覧にない行があります：{}。", first_of(lines)),
    }
}

/// The first of several lines, and how many more there are.
fn first_of(lines: &[String]) -> String {
    const NAMED: usize = 3;
    let named = lines.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("、");
    match lines.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named}、ほか {more}行"),
    }
}

/// Why a line may not be about a participant, up to the key that takes it all the same.
fn doubt_about(cx: &Context, draft: &PersonDraft) -> String {
    let why = match &draft.profession {
        Some(words) if cx.lists.profession(words).is_some() => {
            format!("「{words}」だけでは、職種かどうか分かりません")
        }
        Some(words) => format!("「{}」は一覧にない職種です", ellipsis(words, 16, cx.marks.cut)),
        None => "職種が書かれていません".to_owned(),
    };
    let named = draft.profession.as_ref().and_then(|words| people::named_in_brackets(words, &cx.lists));
    let named = named.map(|_| "かっこの中が氏名なら、空白で分けます。").unwrap_or_default();
    format!("{why}。{named}参加者なら、")
}
