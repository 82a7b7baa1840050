//! What helps the one who asks: bare branches, questions, who has spoken, issues and their links.

use std::collections::{BTreeMap, BTreeSet};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::pen::Pen;
use super::theme::Meaning;
use crate::app::prompts::{Asked, Item};
use crate::app::readback::enlarged;
use crate::app::{Desk, Model};
use crate::command::{Command, Place};
use crate::domain::{Id, Kind, Link, Node, Participant, Step, asking, people};
use crate::layout::causal::say;
use crate::layout::measure::width;

/// The column beside the map, or nothing where there is no room.
pub fn draw(pen: &mut Pen, model: &Model, pane: Rect) {
    if pane.width == 0 {
        return;
    }
    let Some(desk) = model.desk.as_ref() else { return };
    let pane = Rect { x: pane.x + 1, width: pane.width.saturating_sub(2), ..pane };
    column(pen, model, desk, pane);
}

/// The most rows a panel can be scrolled through.
const LONGEST: u16 = 400;

/// The same in a panel over the screen, with the step's own words first. What does not fit is scrolled to. `row`: the
/// item one stands on, or so many rows further down.
pub fn panel(pen: &mut Pen, model: &Model, pane: Rect, row: usize) {
    let Some(desk) = model.desk.as_ref() else { return };
    let step = desk.doc.dossier.meeting.steps.get(desk.doc.dossier.progress.step);
    let title = step.map(|s| s.title.clone()).unwrap_or_default();
    let inner = pen.frame(pane, &title);
    // All of it, as on a sheet that is longer than the screen; then the part that is looked at.
    let sheet = Rect { x: 0, y: 0, width: inner.width, height: LONGEST };
    let mut buffer = Buffer::empty(sheet);
    let mut long = Pen { buffer: &mut buffer, look: pen.look };
    long.fill(sheet, Meaning::Popup);
    let top = if desk.doc.step() == Step::Analysis { explained(&mut long, desk, sheet) } else { 0 };
    let items = model.prompt_items();
    let chosen = items.get(row.min(items.len().saturating_sub(1))).copied();
    let mut flow = Flow {
        pane: sheet,
        y: top,
        text: Meaning::Popup,
        all: model.cx.keymap.said(Command::Prompts),
        panel: true,
        chosen,
        lit: row < items.len(),
        chosen_at: 0,
        pen: &mut long,
    };
    for (i, (prompt, said)) in model.step_prompts().iter().enumerate() {
        flow.item(Item::Prompt(i), prompt, *said);
    }
    sections(&mut flow, model, desk);
    let (end, at) = (flow.y, flow.chosen_at);
    let foot = inner.height - 1;
    // A third of the panel stays free under the row one stands on.
    let beyond = row.saturating_sub(items.len().saturating_sub(1));
    let first = usize::from((at + foot / 3 + 1).saturating_sub(foot)) + beyond;
    let first = first.min(usize::from(end.saturating_sub(foot))) as u16;
    for (row, from) in (first..end).take(usize::from(foot)).enumerate() {
        for x in 0..inner.width {
            pen.buffer[(inner.x + x, inner.y + row as u16)] = buffer[(x, from)].clone();
        }
    }
    pen.brief(inner.x, inner.y + foot, inner.width, FOOT, Meaning::PopupQuiet);
}

/// The sentence that explains the root, in large words: it is read aloud. Gives the row after it.
fn explained(pen: &mut Pen, desk: &Desk, sheet: Rect) -> u16 {
    let causes = &desk.doc.causes;
    let Some(words) = say::root(pen.look.signs, &desk.doc.dossier, causes) else { return 0 };
    let rows = pen.wrapped(
        Rect { x: 2, y: 1, width: sheet.width.saturating_sub(4), height: 6 },
        &enlarged(&words),
        Meaning::PopupStrong,
    );
    let mut y = rows + 1;
    if let Some(node) = causes.root().and_then(|root| desk.doc.dossier.nodes.get(&root.id)) {
        let words = format!("{} {}", pen.look.signs.number(node.number), node.text);
        y += pen.wrapped(
            Rect { x: 2, y, width: sheet.width.saturating_sub(4), height: 3 },
            &words,
            Meaning::Popup,
        );
    }
    y + 1
}

/// Under the panel: what its keys do.
const FOOT: &str = "↑↓ PgUp PgDn 選ぶ　Space 済みの印　Enter そこへ移る　Esc 閉じる";

/// What stands beside the map.
fn column(pen: &mut Pen, model: &Model, desk: &Desk, pane: Rect) {
    let all = model.cx.keymap.said(Command::Prompts);
    let (y, text) = (pane.y, Meaning::Text);
    let mut flow = Flow { pen, pane, y, text, all, panel: false, chosen: None, lit: false, chosen_at: 0 };
    sections(&mut flow, model, desk);
}

fn sections(flow: &mut Flow, model: &Model, desk: &Desk) {
    match desk.doc.step() {
        Step::Analysis => {
            links(flow, model, desk);
            issues(flow, desk);
        }
        Step::Ideas => {
            turn(flow, model, desk);
            parked(flow, desk);
            ideas(flow, model, desk);
            people_rows(flow, desk);
        }
        Step::Plan => {
            parked(flow, desk);
            issues(flow, desk);
            ideas(flow, model, desk);
        }
        Step::Questions => {
            turn(flow, model, desk);
            questions(flow, model);
            voices(flow, model, desk);
            people_rows(flow, desk);
            issues(flow, desk);
        }
        _ => {
            questions(flow, model);
            voices(flow, model, desk);
            people_rows(flow, desk);
        }
    }
}

/// Rows one under the other until the pane is full.
struct Flow<'a, 'b> {
    pen: &'a mut Pen<'b>,
    pane: Rect,
    y: u16,
    text: Meaning,
    /// The key that shows what does not fit here.
    all: String,
    /// Over the screen, where one can stand on a row.
    panel: bool,
    chosen: Option<Item>,
    /// One stands on it, and not on what lies below the last of them.
    lit: bool,
    /// The row where that one is.
    chosen_at: u16,
}

impl Flow<'_, '_> {
    fn left(&self) -> u16 {
        (self.pane.y + self.pane.height).saturating_sub(self.y)
    }

    fn quiet(&self) -> Meaning {
        if self.text == Meaning::Popup { Meaning::PopupQuiet } else { Meaning::Quiet }
    }

    fn strong(&self) -> Meaning {
        if self.text == Meaning::Popup { Meaning::PopupStrong } else { Meaning::Strong }
    }

    /// A heading with a free row before it; false where there is no room for it and a row.
    fn heading(&mut self, words: &str) -> bool {
        if self.y > self.pane.y {
            self.y += 1;
        }
        if self.left() < 2 {
            return false;
        }
        let meaning = self.strong();
        self.pen.brief(self.pane.x, self.y, self.pane.width, words, meaning);
        self.y += 1;
        true
    }

    fn line(&mut self, words: &str, meaning: Meaning) {
        if self.left() > 0 {
            self.pen.brief(self.pane.x, self.y, self.pane.width, words, meaning);
            self.y += 1;
        }
    }

    /// Rows of which the one at `at` is seen, and that there are more where they do not all fit. Only those that are seen
    /// are put into words.
    fn rows<T>(
        &mut self,
        rows: &[T],
        at: usize,
        room: u16,
        unit: &str,
        words: impl Fn(&Self, &T) -> (String, Meaning),
    ) {
        let room = usize::from(room.min(self.left()));
        let cut = rows.len() > room;
        let shown = if cut { room.saturating_sub(1) } else { rows.len() };
        let first = (at + 1).saturating_sub(shown).min(rows.len() - shown);
        for row in &rows[first..first + shown] {
            let (words, meaning) = words(self, row);
            self.line(&words, meaning);
        }
        if cut {
            let words = format!("ほか {} {unit}（{} で見られます）", rows.len() - shown, self.all);
            let quiet = self.quiet();
            self.line(&words, quiet);
        }
    }

    /// Something that can be marked as done, and stood on.
    fn item(&mut self, item: Item, words: &str, done: bool) {
        let (from, here) = (self.y, self.chosen == Some(item));
        let meaning = if done { self.quiet() } else { self.text };
        let signs = &self.pen.look.signs;
        let sign = if done { signs.saved } else { signs.open };
        let pane = Rect {
            x: self.pane.x + 2,
            width: self.pane.width.saturating_sub(2),
            y: from,
            height: self.left().min(4),
        };
        if pane.height == 0 {
            return;
        }
        self.pen.say(self.pane.x, from, 2, sign, meaning);
        self.y += self.pen.wrapped(pane, words, meaning);
        if here {
            self.chosen_at = from;
            if self.lit {
                self.pen.tint(Rect { y: from, height: self.y - from, ..self.pane }, Meaning::Selected);
            }
        }
    }

    fn wrapped(&mut self, words: &str, meaning: Meaning, most: u16) {
        let pane = Rect { y: self.y, height: self.left().min(most), ..self.pane };
        self.y += self.pen.wrapped(pane, words, meaning);
    }
}

/// The branches from the barest on, each with what there is to ask: beside the map the next question of three, in the panel
/// all of them.
fn questions(flow: &mut Flow, model: &Model) {
    let asked = model.asked();
    let bare = asked.iter().filter(|a| a.twigs == 0).count();
    let open: Vec<&Asked> = asked.iter().filter(|a| a.open().is_some() || a.twigs == 0).collect();
    if asked.is_empty() || !flow.heading("ここはどうでしょう") {
        return;
    }
    let (text, quiet) = (flow.text, flow.quiet());
    if flow.panel {
        flow.wrapped("問いは、その大枝に枝が1つ増えるごとに、上から1つ済みになります。", quiet, 2);
        for asked in &asked {
            let touched = asked.questions.iter().filter(|(_, touched)| *touched).count();
            let twigs = if asked.twigs == 0 {
                "まだ何もありません".to_owned()
            } else {
                format!("枝 {}", asked.twigs)
            };
            flow.y += 1;
            let words = format!("{}　{twigs}　問い {touched}/{}", asked.title, asked.questions.len());
            let strong = flow.strong();
            flow.line(&words, strong);
            for (question, (words, touched)) in asked.questions.iter().enumerate() {
                flow.item(Item::Question { branch: asked.branch, question }, words, *touched);
            }
        }
        return;
    }
    if open.is_empty() {
        return flow.wrapped("どの大枝にも、ひととおりふれました。", quiet, 2);
    }
    for asked in open.iter().take(3) {
        flow.line(&asked.title, quiet);
        flow.wrapped(asked.open().unwrap_or("まだ何もありません"), text, 3);
    }
    if bare > 3 {
        let names: Vec<&str> = open[3..].iter().filter(|a| a.twigs == 0).map(|a| a.title.as_str()).collect();
        flow.wrapped(&format!("ほかに、まだ何もない大枝：{}", names.join("、")), quiet, 2);
    }
}

/// Whose turn it is.
fn turn(flow: &mut Flow, model: &Model, desk: &Desk) {
    let Some(next) = next_name(desk) else { return };
    if !flow.heading("次の番（一人ひとつずつ）") {
        return;
    }
    let key = model.cx.keymap.said(Command::NextTurn);
    let (strong, quiet) = (flow.strong(), flow.quiet());
    flow.line(&next, strong);
    flow.wrapped(&format!("{key} で次の人へ（パスのときも）"), quiet, 2);
}

/// Who it is the turn of, as the room calls them.
fn next_name(desk: &Desk) -> Option<String> {
    let id = asking::next_in_turn(&desk.doc.dossier, desk.doc.step())?;
    desk.doc.dossier.participants.get(&id).map(|p| format!("{} {}", p.label(), p.code))
}

/// Advice that came before it was asked for.
fn parked(flow: &mut Flow, desk: &Desk) {
    let advice = asking::parked(&desk.doc.dossier);
    if advice.is_empty() || !flow.heading(&format!("取っておいた助言　{}件", advice.len())) {
        return;
    }
    // The ideas under it need room as well.
    let most = if flow.panel { advice.len() } else { 5 };
    for node in advice.iter().take(most) {
        let who = node.speaker.and_then(|s| desk.doc.dossier.participants.get(&s));
        let who = who.map(|p| format!("（{}）", p.label())).unwrap_or_default();
        let done = asking::is_taken_up(&desk.doc.dossier.progress, node.id);
        flow.item(Item::Advice(node.id), &format!("{}{who}", node.text), done);
    }
    if advice.len() > most {
        let (words, quiet) =
            (format!("ほか {} 件（{} で見られます）", advice.len() - most, flow.all), flow.quiet());
        flow.line(&words, quiet);
    }
}

/// Each person with what they have said so far, in the panel.
fn people_rows(flow: &mut Flow, desk: &Desk) {
    let voices = asking::voices(&desk.doc.dossier);
    if !flow.panel || voices.is_empty() || !flow.heading("ひとりずつ（Enter で発言者にします）")
    {
        return;
    }
    for (id, count) in voices {
        let Some(person) = desk.doc.dossier.participants.get(&id) else { continue };
        let count = if count == 0 { "まだ".to_owned() } else { format!("{count}") };
        let words = format!("{} {}　{}　{count}", person.code, person.label(), person.organisation);
        flow.item(Item::Person(id), &words, count != "まだ");
    }
}

/// A bar for each profession; those who have not spoken come first, with a ring.
fn voices(flow: &mut Flow, model: &Model, desk: &Desk) {
    let spoken = people::spoken(&desk.doc.dossier, &model.cx.lists);
    if spoken.is_empty() || !flow.heading("発言") {
        return;
    }
    let mut rows: Vec<(usize, String)> = spoken.into_iter().map(|s| (s.entries, s.profession)).collect();
    rows.sort();
    let most = rows.last().map_or(1, |r| r.0).max(1);
    let titles = rows.iter().map(|r| width(&r.1)).max().unwrap_or(0).min(usize::from(flow.pane.width) / 2);
    let room = usize::from(flow.pane.width).saturating_sub(titles + 6);
    let hidden = rows.len().saturating_sub(usize::from(flow.left()));
    let count = rows.len();
    for (i, (entries, title)) in rows.into_iter().enumerate() {
        // Those who have spoken least come first, so the professions that do not fit need no attention.
        if hidden > 0 && i + 1 >= count - hidden {
            let quiet = flow.quiet();
            flow.line(&format!("ほか {} 職種", count - i), quiet);
            break;
        }
        let title = flow.pen.cut(&title, titles).into_owned();
        let pad = " ".repeat(titles.saturating_sub(width(&title)));
        let signs = &flow.pen.look.signs;
        if entries == 0 {
            let (words, strong) = (format!("{title}{pad} {} まだ", signs.open), flow.strong());
            flow.line(&words, strong);
            continue;
        }
        let cells = (entries * room).div_ceil(most).max(1);
        let bar = signs.bar.repeat(cells);
        let (y, text) = (flow.y, flow.text);
        flow.line(&format!("{title}{pad} {bar} {entries}"), text);
        if flow.y > y {
            let x = flow.pane.x + titles as u16 + 1;
            flow.pen.say(x, y, flow.pane.width, &bar, Meaning::Bar);
        }
    }
}

fn issue_words(flow: &Flow, node: &Node) -> String {
    format!("{} {}", flow.pen.look.signs.number(node.number), node.text)
}

fn issues(flow: &mut Flow, desk: &Desk) {
    let issues = desk.doc.dossier.issues();
    if issues.is_empty() || !flow.heading(&format!("課題　{}件", issues.len())) {
        return;
    }
    let selected = desk.selected_node().map(|n| n.id);
    let at = issues.iter().position(|n| Some(n.id) == selected).unwrap_or(0);
    flow.rows(&issues, at, u16::MAX, "件", |flow, node| {
        let meaning = if Some(node.id) == selected { flow.strong() } else { flow.text };
        (issue_words(flow, node), meaning)
    });
}

/// What brings about what, as sentences; the newest first, those of the selected issue loud.
fn links(flow: &mut Flow, model: &Model, desk: &Desk) {
    let links: Vec<_> = desk.doc.dossier.links.values().rev().collect();
    if links.is_empty() {
        if flow.heading("つながり") {
            let quiet = flow.quiet();
            flow.wrapped(
                &model.cx.keymap.fill(
                    "課題を選んで {link} を押し、それが起こす課題の番号やことばを書くと、つながります。",
                ),
                quiet,
                3,
            );
        }
        return;
    }
    if !flow.heading(&format!("つながり　{}本", links.len())) {
        return;
    }
    found(flow, desk);
    let selected = desk.selected_node().map(|n| n.id);
    let ends =
        |link: &&Link| desk.doc.dossier.nodes.get(&link.from).zip(desk.doc.dossier.nodes.get(&link.to));
    let mut rows: Vec<_> = links.into_iter().filter_map(|link| Some((link, ends(&link)?))).collect();
    rows.sort_by_key(|(l, _)| Some(l.from) != selected && Some(l.to) != selected);
    let arrow = flow.pen.look.signs.leads_to;
    // The issues under them need room as well.
    let most = flow.left() / 2;
    flow.rows(&rows, 0, most.max(3), "本", |flow, (link, (from, to))| {
        let number = |node: &Node| flow.pen.look.signs.number(node.number);
        let reason = if link.label.is_empty() {
            format!("{} {arrow} {}", from.text, to.text)
        } else {
            link.label.clone()
        };
        let loud = [from.id, to.id].map(Some).contains(&selected);
        let meaning = if loud { flow.strong() } else { flow.text };
        (format!("{}{arrow}{} {reason}", number(from), number(to)), meaning)
    });
}

/// What follows from the links: the root with its words, and the circles with the place where they break.
fn found(flow: &mut Flow, desk: &Desk) {
    let (causes, signs) = (&desk.doc.causes, flow.pen.look.signs);
    let (strong, quiet) = (flow.strong(), flow.quiet());
    // In the panel it stands on top.
    if let Some(words) = say::root(signs, &desk.doc.dossier, causes).filter(|_| flow.text != Meaning::Popup) {
        flow.wrapped(&format!("{} {words}", signs.root), strong, 3);
    }
    for circle in causes.circles() {
        flow.wrapped(&say::circle(signs, &desk.doc.dossier, circle), strong, 2);
        flow.wrapped(&say::breaking(signs, &desk.doc.dossier, circle), quiet, 3);
    }
}

/// A row of the support ideas.
enum IdeaRow<'a> {
    /// A profession, and how many are its own.
    Of(&'a str, usize),
    /// How many nobody is named for.
    Unnamed(usize),
    Idea(&'a Node),
}

/// Support ideas, profession by profession.
fn ideas(flow: &mut Flow, model: &Model, desk: &Desk) {
    let early: BTreeSet<_> = asking::parked(&desk.doc.dossier).into_iter().map(|n| n.id).collect();
    let new = |n: &&Node| n.kind == Kind::Idea && !early.contains(&n.id);
    let ideas: Vec<&Node> = desk.doc.dossier.nodes.values().filter(new).collect();
    if !flow.heading(&format!("支援策　{}件", ideas.len())) {
        return;
    }
    let mut groups: Vec<(&str, Vec<&Node>)> = Vec::new();
    let mut group_of: BTreeMap<Id<Participant>, usize> = BTreeMap::new();
    for person in desk.doc.dossier.people() {
        let title = model.cx.lists.title_of(person);
        let known = groups.iter().position(|(t, _)| *t == title);
        group_of.insert(person.id, known.unwrap_or(groups.len()));
        if known.is_none() {
            groups.push((title, Vec::new()));
        }
    }
    let mut unnamed = Vec::new();
    for idea in ideas {
        match idea.speaker.and_then(|id| group_of.get(&id)) {
            Some(group) => groups[*group].1.push(idea),
            None => unnamed.push(idea),
        }
    }
    let mut rows = Vec::new();
    for (title, own) in groups {
        rows.push(IdeaRow::Of(title, own.len()));
        rows.extend(own.into_iter().map(IdeaRow::Idea));
    }
    if !unnamed.is_empty() {
        rows.push(IdeaRow::Unnamed(unnamed.len()));
        rows.extend(unnamed.into_iter().map(IdeaRow::Idea));
    }
    flow.rows(&rows, 0, u16::MAX, "行", |flow, row| match row {
        IdeaRow::Of(title, 0) => (format!("{} {title}　まだ", flow.pen.look.signs.open), flow.strong()),
        IdeaRow::Of(title, own) => (format!("{title}　{own}"), flow.quiet()),
        IdeaRow::Unnamed(count) => (format!("発言者なし　{count}"), flow.quiet()),
        IdeaRow::Idea(node) => (format!("  {}", node.text), flow.text),
    });
}

/// The one quiet line over the entry line: a question for a bare branch, and who has not spoken.
pub fn whisper(model: &Model) -> (String, String) {
    let Some(desk) = model.desk.as_ref() else { return (super::region::whisper(model), String::new()) };
    let prompt =
        model.format().and_then(|f| f.step(desk.doc.step())).and_then(|s| s.prompts.first()).cloned();
    let fill = |sentence| model.cx.keymap.fill(sentence);
    match model.place() {
        Place::Map if desk.linking().is_some() => (
            fill(
                "つなぐ先を 番号・ことば・{up down} で選んで {add-beside}。理由は空白のあとに。{back} でやめる",
            ),
            String::new(),
        ),
        Place::Map if desk.map.chart.is_some() => (
            fill(
                "{up down left right} でたどり、{add-beside} で直します。{link} でつなぎます（原因 → 結果）。{back} 地図へ",
            ),
            String::new(),
        ),
        Place::Map if model.covers() => {
            let step = desk.doc.dossier.meeting.steps.get(desk.doc.dossier.progress.step);
            let title = step.map(|s| s.title.clone()).unwrap_or_default();
            let key = model.cx.keymap.said(Command::Whole);
            let words = format!("ここで書いたことばは「{title}」の段階に残ります。{key} でもどります。");
            (words, silent(desk))
        }
        Place::Map if matches!(desk.doc.step(), Step::Interview | Step::Questions) => {
            next_question(model, desk)
        }
        Place::Map if desk.doc.step() == Step::Analysis => (
            fill("課題を選んで {link} でつなぎます（原因 → 結果）。{kind} で課題にできます。"),
            String::new(),
        ),
        Place::Map => (prompt.unwrap_or_default(), silent(desk)),
        Place::Info => {
            let format = model
                .format()
                .map(|f| format!("やり方 {}（{}）", f.title, model.cx.keymap.said(Command::Format)));
            (fill("空のままでかまいません。{enter-cell} で次の欄へ。"), format.unwrap_or_default())
        }
        Place::People => (fill("{enter} で選んだ人を直します。{delete} で消します。"), String::new()),
        // It stays until it is heard: a message would be gone with the next key.
        Place::Plan if desk.misses_feeling() => {
            let words =
                "本人の思いがまだです。本人はどうしたいのでしょう（{whole} の地図で * を付けて書けます）";
            (fill(words), String::new())
        }
        _ => (prompt.unwrap_or_default(), String::new()),
    }
}

/// The next question for a bare branch, and whose turn it is.
fn next_question(model: &Model, desk: &Desk) -> (String, String) {
    let asked = model.asked();
    let next = asked.iter().find_map(|a| Some((&a.title, a.open()?)));
    let left = next.map(|(title, question)| format!("ここはどうでしょう　{title}：{question}"));
    let turn = next_name(desk).filter(|_| desk.doc.step() == Step::Questions);
    let right = match (turn, silent(desk)) {
        (None, silent) => silent,
        (Some(next), silent) if silent.is_empty() => format!("次は {next}"),
        // On a narrow screen what stands in brackets goes.
        (Some(next), silent) => {
            format!("次は {next}（{}）", silent.split('（').next().unwrap_or_default())
        }
    };
    (left.unwrap_or_default(), right)
}

/// Who has not spoken yet, as the room calls them.
fn silent(desk: &Desk) -> String {
    let labels: Vec<&str> = people::silent(&desk.doc.dossier)
        .iter()
        .filter_map(|id| desk.doc.dossier.participants.get(id))
        .map(Participant::label)
        .collect();
    match labels.len() {
        0 => String::new(),
        n @ 1..=3 => format!("未発言 {n}人（{}）", labels.join("・")),
        n => format!("未発言 {n}人（{} ほか）", labels[..2].join("・")),
    }
}
