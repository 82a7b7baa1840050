//! Draws what the entry line understood, in the row over it, and who speaks, in the line itself: to be seen before Enter.

use crate::command::{Command, Place};
use crate::domain::fields::ParticipantField;
use crate::domain::{Id, Kind, Node, Participant, map, people};
use crate::layout::measure::width;
use crate::ui::look::prelude::*;
use crate::ui::{App, Cell, MeetingScreen, Target, Writing};

/// The row of labels, from the left.
struct Row<'a> {
    look: &'a Look,
    spans: Vec<Span<'static>>,
    /// The cells that are left.
    left: u16,
    /// A quiet word at the right end, from which the rest keeps away.
    end: String,
}

impl Row<'_> {
    fn say(&mut self, words: &str, meaning: Meaning) {
        let words = self.look.cut(words, self.left).into_owned();
        self.left = self.left.saturating_sub(width(&words) as u16);
        self.spans.push(self.look.span(words, meaning));
    }

    fn gap(&mut self, cells: u16) {
        self.left = self.left.saturating_sub(cells);
        self.spans.push(" ".repeat(cells.into()).into());
    }

    fn heading(&mut self, words: &str) {
        self.say(&format!(" {words} "), Meaning::Label);
        self.gap(1);
    }

    fn at_the_end(&mut self, words: String) {
        self.left = self.left.saturating_sub(width(&words) as u16 + 1);
        self.end = words;
    }
}

pub struct Labels<'a>(pub View<'a>);

impl Widget for Labels<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let View { app, look } = self.0;
        let mut row = Row { look, spans: Vec::new(), left: area.width, end: String::new() };
        fill(&mut row, app);
        look.say(row.end, Meaning::Quiet).at_end(area, buf);
        look.row(row.spans).render(area, buf);
    }
}

fn fill(row: &mut Row, app: &App) {
    if let Some(cell) = app.editing().map(|(cell, _)| *cell).or_else(|| app.sheets()?.selected_cell(&app.cx))
    {
        return of_cell(row, app, cell);
    }
    let Some(meeting) = app.meeting() else { return of_register(row, app) };
    match app.screen().writing().and_then(Writing::target) {
        Some(Target::Search) => return of_search(row, app, meeting),
        Some(Target::Link(from)) => return of_link(row, app, meeting, from),
        Some(Target::Said(id)) => {
            row.heading("話されたことば");
            let at =
                meeting.doc.dossier.nodes.get(&id).map(|n| format!("「{}」で", n.text)).unwrap_or_default();
            return row.say(&at, Meaning::Quiet);
        }
        Some(Target::Node(_) | Target::Person(_) | Target::Reflection(_)) => row.heading("直す"),
        None => {}
    }
    match app.place() {
        Place::Map => of_map(row, app, meeting),
        Place::Closing => of_closing(row, app, meeting),
        Place::Opening | Place::People => of_person(row, app, meeting),
        _ => {}
    }
}

/// What is wrong with the line, unless the row that speaks to the person says it already; what to do where there is room.
fn problem(row: &mut Row, app: &App, words: &str) {
    if !app.cx.notice.text().contains(words) {
        let first = words.split_inclusive('。').next().unwrap_or_default();
        row.say(if width(words) > usize::from(row.left) { first } else { words }, Meaning::Warning);
    }
}

fn of_search(row: &mut Row, app: &App, meeting: &MeetingScreen) {
    row.heading("さがす");
    let words = match (meeting.map.writing.line.is_empty(), meeting.map.hits.len()) {
        (true, _) => "ことばの一部か、課題の番号".to_owned(),
        (false, 0) => "見つかりません".to_owned(),
        (_, count) => {
            format!("{count} か所　{}", app.cx.keymap.fill("{up down} 次へ　{add-beside} ここにする"))
        }
    };
    row.say(&words, Meaning::Quiet);
}

/// An issue by its number and words, in so many cells.
fn issue(look: &Look, node: &Node, cells: u16) -> String {
    let number = look.signs.number(node.number);
    let room = usize::from(cells).saturating_sub(width(&number) + 4).max(4);
    format!("{number}「{}」", look.cut(&node.text, room))
}

fn of_link(row: &mut Row, app: &App, meeting: &MeetingScreen, from: Id<Node>) {
    row.heading("つなぐ");
    let node = |id| meeting.doc.dossier.nodes.get(&id);
    let third = row.left * 2 / 5;
    let cause = node(from).map(|n| issue(row.look, n, third)).unwrap_or_default();
    row.say(&format!("{cause} {} ", row.look.signs.leads_to), Meaning::Text);
    match meeting.map.link_target(&meeting.doc, from, meeting.map.writing.line.text()) {
        Ok((to, reason)) => {
            let effect = node(to).map(|n| issue(row.look, n, third)).unwrap_or_default();
            row.say(&effect, Meaning::Strong);
            let why = if reason.is_empty() { String::new() } else { format!(" 理由：{reason}") };
            row.say(&why, Meaning::Text);
        }
        Err(_) if meeting.map.writing.line.is_empty() && !meeting.map.picked => {
            row.say("？", Meaning::Strong)
        }
        Err(words) => problem(row, app, &words),
    }
}

/// Who says what stands in the line: as it says itself, else as before. None where nobody speaks.
fn speaker<'a>(app: &App, meeting: &'a MeetingScreen) -> Option<&'a Participant> {
    let writing = app.screen().writing()?;
    let (d, raw) = (&meeting.doc.dossier, writing.line.text());
    let said = match app.place() {
        Place::Map => meeting.map.understand(&meeting.doc, raw, &app.cx.lists).speaker,
        Place::Closing => {
            meeting.doc.understand_reflection(&app.cx, raw).ok().and_then(|(speaker, _)| speaker)
        }
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
pub fn speaks<'a>(View { app, look }: View<'a>, cells: u16) -> Option<Words<'a>> {
    let person = speaker(app, app.meeting()?)?;
    let room = usize::from(cells / 3).saturating_sub(width(&person.code) + 1);
    let label = format!(" {} {} ", look.cut(person.label(), room), person.code);
    let path = format!(" {} ", look.signs.path);
    Some(look.row([look.span(label, Meaning::Speaker), look.span(path, Meaning::Entry)]))
}

/// Nobody speaks, or how to make them stop.
fn of_speaker(row: &mut Row, app: &App, meeting: &MeetingScreen) {
    if speaker(app, meeting).is_some() {
        row.at_the_end(format!("{} 発言者を外す", app.cx.keymap.said(Command::Speaker)));
    } else {
        row.say("発言者なし", Meaning::Strong);
        row.say(&format!(" {} ", row.look.signs.path), Meaning::Quiet);
    }
}

fn of_map(row: &mut Row, app: &App, meeting: &MeetingScreen) {
    let understood = meeting.map.understand(&meeting.doc, meeting.map.writing.line.text(), &app.cx.lists);
    let mended = match meeting.map.writing.target() {
        Some(Target::Node(id)) => meeting.doc.dossier.nodes.get(&id),
        _ => None,
    };
    of_speaker(row, app, meeting);
    let kind = understood.kind.unwrap_or(mended.map_or(meeting.map.default_kind(&meeting.doc), |n| n.kind));
    row.say(kind.label(), Meaning::Kind(kind));
    if let Some(words) = &understood.problem {
        row.gap(2);
        return problem(row, app, words);
    }
    if mended.is_some() && understood.branch.is_none() {
        return;
    }
    let arrow = format!(" {} ", row.look.signs.leads_to);
    row.say(&arrow, Meaning::Quiet);
    let place = place_words(row.look, meeting, meeting.map.place_for(&meeting.doc, &understood), row.left);
    row.say(&place, Meaning::Text);
}

/// Where Enter puts the words, in so many cells: what is cut is the words of the twig, never how they stand to it.
fn place_words(look: &Look, meeting: &MeetingScreen, place: Option<map::Place>, cells: u16) -> String {
    let (id, end) = match place {
        None => return "新しい大枝".to_owned(),
        Some(map::Place::Branch(i)) => {
            let title = meeting.doc.dossier.meeting.branches.get(i).map(|b| b.title.as_str());
            return format!("{}の枝", title.unwrap_or_default());
        }
        Some(map::Place::Under(id)) => (id, "の下"),
        Some(map::Place::After(id)) => (id, "の次"),
    };
    let Some(node) = meeting.doc.dossier.nodes.get(&id) else { return String::new() };
    let cells = cells.saturating_sub(width(end) as u16);
    if node.kind == Kind::Issue {
        return format!("{}{end}", issue(look, node, cells));
    }
    let room = usize::from(cells).saturating_sub(width(&node.branch) + 4).max(4);
    format!("{}「{}」{end}", node.branch, look.cut(&node.text, room))
}

fn of_closing(row: &mut Row, app: &App, meeting: &MeetingScreen) {
    let mended = match meeting.closing.writing.target() {
        Some(Target::Reflection(id)) => meeting.doc.dossier.reflections.get(&id),
        _ => None,
    };
    match meeting.doc.understand_reflection(&app.cx, meeting.closing.writing.line.text()) {
        Ok((_, question)) => {
            of_speaker(row, app, meeting);
            let title = match (question, mended) {
                (None, Some(reflection)) => reflection.question.clone(),
                _ => meeting
                    .doc
                    .questions(&app.cx)
                    .get(question.unwrap_or(meeting.closing.question))
                    .cloned()
                    .unwrap_or_default(),
            };
            row.say(&title, Meaning::Strong);
        }
        Err(words) => problem(row, app, &words),
    }
}

/// What a line makes of a participant, field by field.
fn of_person(row: &mut Row, app: &App, meeting: &MeetingScreen) {
    let draft = people::parse_line(meeting.people.writing.line.text(), &app.cx.lists);
    if draft.is_empty() {
        return row.say("例：薬剤師 山の町薬局　（部署や氏名も続けて書けます）", Meaning::Quiet);
    }
    let known = draft.profession.as_ref().is_none_or(|p| app.cx.lists.profession(p).is_some());
    let of = |caption, field: Option<String>| field.map(|words| (caption, words));
    let fields: Vec<(&str, String)> = [
        of(if known { ParticipantField::Profession.label() } else { "一覧にない職種" }, draft.profession),
        of(ParticipantField::Organisation.label(), draft.organisation),
        of(ParticipantField::Department.label(), draft.department),
        of(ParticipantField::Name.label(), draft.name),
    ]
    .into_iter()
    .flatten()
    .collect();
    let flags: Vec<&str> = [
        draft.code.as_deref(),
        draft.involved.map(|on| if on { "関わりあり" } else { "関わりなし" }),
        draft.first_time.map(|on| if on { "初参加" } else { "参加経験あり" }),
        draft.came_late.then_some(ParticipantField::CameLate.label()),
        draft.left_early.then_some(ParticipantField::LeftEarly.label()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let fixed: usize = fields.iter().map(|(caption, _)| width(caption) + 3).sum();
    let room = usize::from(row.left).saturating_sub(fixed);
    // The longest give way first: what stands in every field is seen a little.
    let cut_to = (4..=room.max(4)).rev().find(|most| {
        let cells: usize = fields.iter().map(|(_, words)| width(words).min(*most)).sum();
        cells <= room
    });
    for (i, (caption, words)) in fields.iter().enumerate() {
        row.say(caption, if i == 0 && !known { Meaning::Warning } else { Meaning::Quiet });
        row.gap(1);
        let words = row.look.cut(words, cut_to.unwrap_or(4)).into_owned();
        row.say(&words, Meaning::Strong);
        row.gap(2);
    }
    let flags = flags.join(" ");
    if width(&flags) <= usize::from(row.left) {
        row.say(&flags, Meaning::Quiet);
    }
}

fn of_cell(row: &mut Row, app: &App, cell: Cell) {
    let heading = cell.heading();
    row.heading(heading.title);
    let line = app.editing().map(|(_, line)| line.text()).filter(|l| !l.trim().is_empty());
    match line.zip(app.sheets()).map(|(line, sheets)| (sheets.cell(&app.cx, cell, Some(line)), line)) {
        Some((Ok(meant), line)) if meant.shown.trim() != line.trim() => {
            let arrow = row.look.signs.leads_to;
            row.say(&format!("{arrow} {}", meant.shown), Meaning::Strong);
        }
        Some((Err(words), _)) => problem(row, app, &words),
        _ => row.say(heading.hint, Meaning::Quiet),
    }
}

/// What the register is searched for and narrowed to, and how much of it is left.
fn of_register(row: &mut Row, app: &App) {
    let Some(region) = app.region().filter(|_| app.place() == Place::Register) else { return };
    row.heading("さがす");
    let f = &region.register.filter;
    let year = f.year.map(|y| format!("{y}年度"));
    let category = f.category.as_ref().map(|letter| format!("({letter})"));
    let words = [&f.scene, &f.level, &f.status, &f.area, &f.responsible].map(Clone::clone);
    for words in [year, category].into_iter().chain(words).flatten() {
        row.heading(&words);
    }
    let (found, all) = (region.register.found.len(), region.doc.entries().len());
    let words = match (found, all) {
        (_, 0) => String::new(),
        (0, _) => "見つかりません。ことばを短くするか、しぼりこみをやめてください。".to_owned(),
        (found, all) if found == all => format!("{all}件"),
        (found, all) => format!("{found}件（全部で {all}件）"),
    };
    row.say(&words, if found == 0 { Meaning::Warning } else { Meaning::Quiet });
}
