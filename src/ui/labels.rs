//! Draws what the entry line understood, in the row over it, and who speaks, in the line itself: to be seen before Enter.

use crate::command::{Command, Place};
use crate::domain::fields::ParticipantField;
use crate::domain::{Dossier, Id, Kind, Node, Participant, map, people};
use crate::layout::measure::width;
use crate::ui::look::prelude::*;
use crate::ui::meeting::map::Understood;
use crate::ui::meeting::sources::Source;
use crate::ui::region::read;
use crate::ui::sheet::field::Tone;
use crate::ui::sheet::{Standing, Wanted};
use crate::ui::{App, Cell, MeetingScreen, Screen, Sheets, Target, Writing};

pub fn labels(app: &App, look: &Look, rest: Rect, buf: &mut Buffer) {
    Row { app, look, rest, buf }.fill();
}

/// The row of labels as far as it is written.
struct Row<'a> {
    app: &'a App,
    look: &'a Look,
    rest: Rect,
    buf: &'a mut Buffer,
}

impl Row<'_> {
    fn say(&mut self, words: &str, meaning: Meaning) {
        let words = self.look.cut(words, self.rest.width);
        self.rest = self.look.say(words, meaning).at_start(self.rest, self.buf);
    }

    fn heading(&mut self, words: &str) {
        self.say(&format!(" {words} "), Meaning::Label);
        self.say(" ", Meaning::Text);
    }

    /// What is wrong with the line, unless the row that speaks to the person says it already; what to do where there is room.
    fn problem(&mut self, words: &str) {
        self.remark(words, Meaning::Warning);
    }

    fn remark(&mut self, words: &str, meaning: Meaning) {
        if !self.app.cx.notice.text().contains(words) {
            let first = words.split_inclusive('。').next().unwrap_or_default();
            let short = width(words) > usize::from(self.rest.width);
            self.say(if short { first } else { words }, meaning);
        }
    }

    fn fill(&mut self) {
        let app = self.app;
        // A number that chooses is spoken of as what it means.
        let written = app.sheets().filter(|sheets| !sheets.chooses()).and_then(|sheets| sheets.editing());
        let editing = written.map(|(cell, _)| *cell);
        if let Some(cell) = editing.or_else(|| app.sheets()?.selected_cell(&app.cx)) {
            return self.of_cell(cell);
        }
        let Some(meeting) = app.meeting() else { return self.of_register() };
        match app.screen().writing().and_then(Writing::target) {
            Some(Target::Search) => return self.of_search(meeting),
            Some(Target::Link(from)) => return self.of_link(meeting, from),
            Some(Target::Said(id)) => {
                self.heading("話されたことば");
                let at = meeting.doc.dossier.nodes.get(&id).map(|n| format!("「{}」で", n.text));
                return self.say(&at.unwrap_or_default(), Meaning::Quiet);
            }
            Some(Target::Node(_) | Target::Person(_) | Target::Reflection(_)) => self.heading("直す"),
            None => {}
        }
        match app.place() {
            Place::Map => self.of_map(meeting),
            Place::Closing => self.of_closing(meeting),
            Place::Opening | Place::People => self.of_person(meeting),
            Place::Plan | Place::Regional => self.of_source(meeting),
            _ => {}
        }
    }

    fn of_search(&mut self, meeting: &MeetingScreen) {
        self.heading("さがす");
        let keys = || self.app.cx.keymap.fill("{up down} 次へ　{add-beside} ここにする");
        let words = match (meeting.map.writing.line.is_empty(), meeting.map.hits.len()) {
            (true, _) => "ことばの一部か、課題の番号".to_owned(),
            (false, 0) => "見つかりません".to_owned(),
            (false, 1) => format!("1か所　{}", keys()),
            (false, count) => format!("{count}か所のうち {}番め　{}", meeting.map.hit, keys()),
        };
        self.say(&words, Meaning::Quiet);
    }

    fn of_link(&mut self, meeting: &MeetingScreen, from: Id<Node>) {
        self.heading("つなぐ");
        let (look, room) = (self.look, self.rest.width);
        let nodes = &meeting.doc.dossier.nodes;
        let issue = |id, room| nodes.get(&id).map(|n| named(look, n, room)).unwrap_or_default();
        let (line, picked) = (&meeting.map.writing.line, meeting.map.picked);
        let to = meeting.map.link_target(&meeting.doc, from, line.text());
        // As long as it leads nowhere the first has the room of both.
        let share = if to.is_ok() || !line.is_empty() { room * 2 / 5 } else { room.saturating_sub(8) };
        self.say(&format!("{} {} ", issue(from, share), look.signs.leads_to), Meaning::Text);
        match to {
            Ok((to, reason)) => {
                let share = if reason.is_empty() { self.rest.width } else { share };
                self.say(&issue(to, share), Meaning::Strong);
                if !reason.is_empty() {
                    self.say(&format!(" 理由：{reason}"), Meaning::Text);
                }
            }
            Err(_) if line.is_empty() && !picked => self.say("？", Meaning::Strong),
            Err(words) => self.problem(&words),
        }
    }

    /// Nobody speaks, or how to make them stop.
    fn of_speaker(&mut self, meeting: &MeetingScreen) {
        if speaker(self.app, meeting).is_some() {
            let words = format!("{} 発言者を変える", self.app.cx.keymap.said(Command::Speaker));
            self.rest = self.look.say(words, Meaning::Quiet).at_end(self.rest, self.buf);
        } else {
            self.say("発言者なし", Meaning::Strong);
            self.say(&format!(" {} ", self.look.signs.path), Meaning::Quiet);
        }
    }

    fn of_map(&mut self, meeting: &MeetingScreen) {
        let (map, doc) = (&meeting.map, &meeting.doc);
        let understood = map.understand(doc, map.writing.line.text(), &self.app.cx.lists);
        let mended = match map.writing.target() {
            Some(Target::Node(id)) => doc.dossier.nodes.get(&id),
            _ => None,
        };
        self.of_speaker(meeting);
        if let Some((from, to, reason)) = understood.link.as_ref().filter(|_| mended.is_none()) {
            let signs = self.look.signs;
            let number = |id| doc.dossier.nodes.get(id).map(|n| signs.number(n.number)).unwrap_or_default();
            let words = format!("つなぐ {} {} {} {reason}", number(from), signs.leads_to, number(to));
            return self.say(&words, Meaning::Strong);
        }
        let kind = understood.kind.unwrap_or(mended.map_or(map.default_kind(doc), |n| n.kind));
        self.say(kind.label(), Meaning::Kind(kind));
        if let Some(words) = &understood.problem {
            self.say("  ", Meaning::Text);
            self.problem(words);
        } else if mended.is_none() || understood.aim.is_some() {
            self.say(&format!(" {} ", self.look.signs.leads_to), Meaning::Quiet);
            let place = map.place_for(doc, &understood);
            self.say(&place_words(self.look, &doc.dossier, place, self.rest.width), Meaning::Text);
        }
    }

    fn of_closing(&mut self, meeting: &MeetingScreen) {
        let (closing, doc) = (&meeting.closing, &meeting.doc);
        let raw = closing.writing.line.text();
        let Understood { question, problem, .. } =
            doc.understand_reflection(&self.app.cx, raw, meeting.signs());
        if let Some(problem) = problem {
            return self.problem(&problem);
        }
        self.of_speaker(meeting);
        let mended = match closing.writing.target() {
            Some(Target::Reflection(id)) if question.is_none() => doc.dossier.reflections.get(&id),
            _ => None,
        };
        let questions = doc.questions(&self.app.cx);
        let asked = questions.get(question.unwrap_or(closing.question));
        let title = mended.map(|reflection| &reflection.question).or(asked);
        self.say(title.map_or("", String::as_str), Meaning::Strong);
    }

    /// What becomes of the twig that is offered.
    fn of_source(&mut self, meeting: &MeetingScreen) {
        let Some(Source { node, issue, taken, .. }) = meeting.selected_source() else { return };
        self.heading(node.kind.label());
        let who = node.speaker.and_then(|id| meeting.doc.called(id));
        let issue = issue.map(|issue| named(self.look, issue, self.rest.width / 2));
        let words: Vec<String> = [who, issue].into_iter().flatten().collect();
        self.say(&words.join("　"), Meaning::Text);
        if taken {
            let words = if meeting.place() == Place::Plan {
                "もう行動です"
            } else {
                "もう地域課題です"
            };
            self.say(&format!("　{} {words}", self.look.signs.saved), Meaning::Saved);
        }
    }

    /// What a line makes of a participant, field by field.
    fn of_person(&mut self, meeting: &MeetingScreen) {
        let lists = &self.app.cx.lists;
        let mut draft = people::parse_line(meeting.people.writing.line.text(), lists);
        if draft.is_empty() {
            return self
                .say("例：薬剤師 山の町薬局（部署 氏名 司会 関わりあり 初参加 も可）", Meaning::Quiet);
        }
        let seats = meeting.people.seats(&meeting.doc, &mut draft, lists);
        let known = draft.profession.as_ref().is_none_or(|p| lists.profession(p).is_some());
        let named = draft.profession.as_ref().and_then(|p| people::named_in_brackets(p, lists));
        let named = named.map(|named| format!("（{named}）は資格と読みます。氏名なら空白で分けます"));
        let profession = if known { ParticipantField::Profession.label() } else { "一覧にない職種" };
        let fields = [
            (profession, draft.profession),
            (ParticipantField::Organisation.label(), draft.organisation),
            (ParticipantField::Department.label(), draft.department),
            (ParticipantField::Name.label(), draft.name),
        ];
        let fields: Vec<(&str, String)> =
            fields.into_iter().filter_map(|(caption, words)| Some((caption, words?))).collect();
        let flags = [
            draft.code.as_deref(),
            draft.involved.map(|on| if on { "関わりあり" } else { "関わりなし" }),
            draft.first_time.map(|on| if on { "初参加" } else { "参加経験あり" }),
            draft.came_late.then_some(ParticipantField::CameLate.label()),
            draft.left_early.then_some(ParticipantField::LeftEarly.label()),
        ];
        let flags = flags.into_iter().flatten().chain(seats).collect::<Vec<&str>>().join(" ");
        let fixed: usize = fields.iter().map(|(caption, _)| width(caption) + 3).sum();
        let room = usize::from(self.rest.width).saturating_sub(fixed);
        // The longest give way first: what stands in every field is seen a little.
        let cut_to = (4..=room.max(4)).rev().find(|most| {
            let cells: usize = fields.iter().map(|(_, words)| width(words).min(*most)).sum();
            cells <= room
        });
        for (i, (caption, words)) in fields.iter().enumerate() {
            self.say(caption, if i == 0 && !known { Meaning::Warning } else { Meaning::Quiet });
            self.say(" ", Meaning::Text);
            self.say(&self.look.cut(words, cut_to.unwrap_or(4)), Meaning::Strong);
            self.say("  ", Meaning::Text);
        }
        if let Some(named) = named {
            let said = [named.as_str(), "（氏名なら空白で分けます）", "氏名なら空白で"];
            let fits = said.into_iter().find(|words| width(words) <= usize::from(self.rest.width));
            return self.say(fits.unwrap_or_default(), Meaning::Warning);
        }
        // What can be said besides is told as long as nothing of it was.
        let flags = if known && flags.is_empty() {
            "（関わりあり 初参加 も書けます）".to_owned()
        } else {
            flags
        };
        if width(&flags) <= usize::from(self.rest.width) {
            self.say(&flags, Meaning::Quiet);
        }
    }

    fn of_cell(&mut self, cell: Cell) {
        let (app, heading) = (self.app, cell.heading());
        self.heading(heading.title);
        let line = match (app.editing(), app.sheets()) {
            (Some((_, line)), _) => Some(line.text().to_owned()),
            (None, Some(sheets)) => {
                let stands = sheets.text(&app.cx, cell, Wanted::Raw);
                (!stands.waits.is_empty()).then_some(stands.text)
            }
            (None, None) => None,
        };
        let line = line.as_deref().filter(|line| !line.trim().is_empty());
        let meant =
            |(line, sheets): (_, &dyn Sheets)| (sheets.text(&app.cx, cell, Wanted::Written(line)), line);
        match line.zip(app.sheets()).map(meant) {
            Some((Standing { unread: Some(unread), .. }, _)) => {
                let meaning = if unread.tone == Tone::Calm { Meaning::Strong } else { Meaning::Warning };
                self.remark(&unread.problem, meaning);
            }
            Some((Standing { text: meant, .. }, line)) if meant.trim() != line.trim() => {
                self.say(&format!("{} {meant}", self.look.signs.leads_to), Meaning::Strong);
            }
            _ => self.say(heading.hint, Meaning::Quiet),
        }
    }

    /// What the register is searched for and narrowed to, and how much of it is left.
    fn of_register(&mut self) {
        let app = self.app;
        let Some(region) = app.region().filter(|_| app.place() == Place::Register) else { return };
        self.heading("さがす");
        let f = &region.register.filter;
        let year = f.year.map(|y| format!("{y}年度"));
        let category = f.category.as_ref().map(|letter| format!("({letter})"));
        let words = [&f.scene, &f.level, &f.status, &f.area, &f.responsible].map(Clone::clone);
        let read = f.confirmed.map(|confirmed| read(confirmed).to_owned());
        for words in [year, category].into_iter().chain(words).chain([read]).flatten() {
            self.heading(&words);
        }
        let words = match (region.register.found.len(), region.doc.entries().len()) {
            (_, 0) => String::new(),
            (0, _) => "見つかりません。ことばを短くするか、しぼりこみをやめてください。".to_owned(),
            (found, all) if found == all => format!("{all}件"),
            (found, all) => format!("{found}件（全部で {all}件）"),
        };
        self.say(&words, if region.register.found.is_empty() { Meaning::Warning } else { Meaning::Quiet });
    }
}

/// An issue by its number, any other twig by its branch, with its words, in so many cells.
fn named(look: &Look, node: &Node, cells: u16) -> String {
    let name = match node.kind {
        Kind::Issue => look.signs.number(node.number),
        _ => node.branch.as_str().into(),
    };
    let room = usize::from(cells).saturating_sub(width(&name) + 4).max(4);
    format!("{name}「{}」", look.cut(&node.text, room))
}

/// Where Enter puts the words, in so many cells: what is cut is the words of the twig, never how they stand to it.
fn place_words(look: &Look, dossier: &Dossier, place: Option<map::Place>, cells: u16) -> String {
    let (id, end) = match place {
        None => return "新しい大枝".to_owned(),
        Some(map::Place::Branch(i)) => {
            let branch = dossier.meeting.branches.get(i);
            return format!("{}の枝", branch.map_or("", |b| &b.title));
        }
        Some(map::Place::Under(id)) => (id, "の下"),
        Some(map::Place::After(id)) => (id, "の次"),
    };
    let Some(node) = dossier.nodes.get(&id) else { return String::new() };
    named(look, node, cells.saturating_sub(width(end) as u16)) + end
}

/// Who says what stands in the line: as it says itself, else as before. None where nobody speaks.
fn speaker<'a>(app: &App, meeting: &'a MeetingScreen) -> Option<&'a Participant> {
    let writing = app.screen().writing()?;
    let (d, raw) = (&meeting.doc.dossier, writing.line.text());
    let said = match app.place() {
        Place::Map => {
            let (map, doc) = (&meeting.map, &meeting.doc);
            let understood = map.understand(doc, raw, &app.cx.lists);
            let place = map.place_for(doc, &understood).filter(|_| writing.target().is_none());
            let answers = place.is_some_and(|place| map.is_told(doc, &understood, place));
            if answers { Some(doc.presenter().map(|p| p.id)) } else { understood.speaker }
        }
        Place::Closing => meeting.doc.understand_reflection(&app.cx, raw, meeting.signs()).speaker,
        _ => return None,
    };
    let stands = match writing.target() {
        None => meeting.doc.speaker,
        Some(Target::Node(id)) => d.nodes.get(&id).and_then(|n| n.speaker),
        Some(Target::Reflection(id)) => d.reflections.get(&id).and_then(|r| r.speaker),
        _ => return None,
    };
    said.unwrap_or(stands).and_then(|id| d.participants.get(&id))
}

/// Who speaks, for the beginning of an entry line of so many cells.
pub fn speaks<'a>(app: &'a App, look: &'a Look, cells: u16) -> Option<Words<'a>> {
    let person = speaker(app, app.meeting()?)?;
    let room = usize::from(cells / 3).saturating_sub(width(&person.code) + 1);
    let label = format!(" {} {} ", look.cut(person.label(), room), person.code);
    let path = format!(" {} ", look.signs.path);
    Some(look.row([look.span(label, Meaning::Speaker), look.span(path, Meaning::Entry)]))
}
