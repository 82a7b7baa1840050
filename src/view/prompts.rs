//! What helps the one who asks: bare branches, questions, who has spoken, issues and their links.

use ratatui::buffer::Buffer;

use super::pen::Pen;
use super::theme::Meaning;
use crate::app::panes::Pane;
use crate::app::{Desk, Model, Target};
use crate::command::{Command, Place};
use crate::domain::causes::Causes;
use crate::domain::{Kind, Node, Participant, Step, people};
use crate::layout::causal::say;
use crate::layout::measure::{graphemes, width};

/// The column beside the map, or nothing where there is no room.
pub fn draw(pen: &mut Pen, model: &Model, pane: Pane) {
    if pane.w == 0 {
        return;
    }
    let Some(desk) = model.desk.as_ref() else { return };
    let pane = Pane { x: pane.x + 1, w: pane.w.saturating_sub(2), ..pane };
    column(pen, model, desk, pane, Meaning::Text);
}

/// The most rows a panel can be scrolled through.
const LONGEST: u16 = 400;

/// The same in a panel over the screen (F9), with the step's own words first. What does not fit is scrolled to.
pub fn panel(pen: &mut Pen, model: &Model, pane: Pane, scroll: usize) {
    let Some(desk) = model.desk.as_ref() else { return };
    let title = desk
        .dossier
        .meeting
        .steps
        .get(desk.dossier.progress.step)
        .map(|s| s.title.clone())
        .unwrap_or_default();
    let inner = pen.frame(pane, &title);
    // All of it, as on a sheet that is longer than the screen; then the part that is looked at.
    let sheet = Pane { x: 0, y: 0, w: inner.w, h: LONGEST };
    let mut buffer = Buffer::empty(super::pen::rect(sheet));
    let mut long = Pen { buffer: &mut buffer, look: pen.look };
    long.fill(sheet, Meaning::Popup);
    let mut y = 0;
    if desk.step() == Step::Analysis {
        y = explained(&mut long, desk, sheet);
    }
    for prompt in model.format().and_then(|f| f.step(desk.step())).map_or(&[][..], |s| &s.prompts) {
        long.say(0, y, 2, long.look.signs.dot, Meaning::PopupQuiet);
        y += long.wrapped(Pane { x: 2, y, w: sheet.w - 2, h: 4 }, prompt, Meaning::PopupStrong);
    }
    let end = column(&mut long, model, desk, Pane { y: y + 1, h: LONGEST - y - 1, ..sheet }, Meaning::Popup);
    let room = if end > inner.h { inner.h - 1 } else { inner.h };
    let first = scroll.min(usize::from(end.saturating_sub(room))) as u16;
    for (row, from) in (first..end).take(usize::from(room)).enumerate() {
        for x in 0..inner.w {
            pen.buffer[(inner.x + x, inner.y + row as u16)] = buffer[(x, from)].clone();
        }
    }
    if end > inner.h {
        pen.brief(inner.x, inner.y + inner.h - 1, inner.w, super::overlay::FOOT, Meaning::PopupQuiet);
    }
}

/// The sentence that explains the root, in large words: it is read aloud. Gives the row after it.
fn explained(pen: &mut Pen, desk: &Desk, sheet: Pane) -> u16 {
    let causes = Causes::of(&desk.dossier);
    let Some(words) = say::root(pen.look.signs, &desk.dossier, &causes) else { return 0 };
    // The largest a terminal has: each wide letter with room around it.
    let mut large = String::new();
    for (_, letter, cells) in graphemes(&words) {
        large.push_str(letter);
        if cells > 1 {
            large.push(' ');
        }
    }
    let rows =
        pen.wrapped(Pane { x: 2, y: 1, w: sheet.w.saturating_sub(4), h: 6 }, &large, Meaning::PopupStrong);
    let mut y = rows + 1;
    if let Some(node) = causes.root().and_then(|root| desk.dossier.nodes.get(&root.id)) {
        let words = format!("{} {}", pen.look.signs.number(node.number), node.text);
        y += pen.wrapped(Pane { x: 2, y, w: sheet.w.saturating_sub(4), h: 3 }, &words, Meaning::Popup);
    }
    y + 1
}

/// Gives the row after the last one.
fn column(pen: &mut Pen, model: &Model, desk: &Desk, pane: Pane, text: Meaning) -> u16 {
    let all = model.keymap.shown(Command::Prompts);
    let mut flow = Flow { pen, pane, y: pane.y, text, all };
    match desk.step() {
        Step::Analysis => {
            links(&mut flow, desk);
            issues(&mut flow, desk);
        }
        Step::Ideas => ideas(&mut flow, model, desk),
        Step::Plan => {
            issues(&mut flow, desk);
            ideas(&mut flow, model, desk);
        }
        Step::Questions => {
            questions(&mut flow, model, desk);
            voices(&mut flow, model, desk);
            issues(&mut flow, desk);
        }
        _ => {
            questions(&mut flow, model, desk);
            voices(&mut flow, model, desk);
        }
    }
    flow.y
}

/// Rows one under the other until the pane is full.
struct Flow<'a, 'b> {
    pen: &'a mut Pen<'b>,
    pane: Pane,
    y: u16,
    text: Meaning,
    /// The key that shows what does not fit here.
    all: String,
}

impl Flow<'_, '_> {
    fn left(&self) -> u16 {
        (self.pane.y + self.pane.h).saturating_sub(self.y)
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
        self.pen.brief(self.pane.x, self.y, self.pane.w, words, meaning);
        self.y += 1;
        true
    }

    fn line(&mut self, words: &str, meaning: Meaning) {
        if self.left() > 0 {
            self.pen.brief(self.pane.x, self.y, self.pane.w, words, meaning);
            self.y += 1;
        }
    }

    /// Rows of which the one at `at` is seen, and that there are more where they do not all fit.
    fn rows(&mut self, rows: &[(String, Meaning)], at: usize, room: u16, unit: &str) {
        let room = usize::from(room.min(self.left()));
        let cut = rows.len() > room;
        let shown = if cut { room.saturating_sub(1) } else { rows.len() };
        let first = (at + 1).saturating_sub(shown).min(rows.len() - shown);
        for (words, meaning) in &rows[first..first + shown] {
            self.line(words, *meaning);
        }
        if cut {
            let words = format!("ほか {} {unit}（{} で見られます）", rows.len() - shown, self.all);
            let quiet = self.quiet();
            self.line(&words, quiet);
        }
    }

    fn wrapped(&mut self, words: &str, meaning: Meaning, most: u16) {
        let pane = Pane { y: self.y, h: self.left().min(most), ..self.pane };
        self.y += self.pen.wrapped(pane, words, meaning);
    }
}

/// The branches from the barest on, each with the next question to ask there.
fn asked(model: &Model, desk: &Desk) -> Vec<(String, String)> {
    let Some(format) = model.format() else { return Vec::new() };
    let mut rows: Vec<(usize, usize, String, String)> = desk
        .dossier
        .meeting
        .branches
        .iter()
        .enumerate()
        .filter_map(|(i, branch)| {
            let known = format.branch(&branch.title)?;
            let count = desk.tree.count(i);
            // Each twig that comes moves on to the branch's next question.
            let question = known.questions.get(count % known.questions.len().max(1))?;
            Some((count, i, branch.title.clone(), question.clone()))
        })
        .collect();
    rows.sort();
    rows.into_iter().map(|(_, _, title, question)| (title, question)).collect()
}

fn questions(flow: &mut Flow, model: &Model, desk: &Desk) {
    if !flow.heading("ここはどうでしょう") {
        return;
    }
    for (title, question) in asked(model, desk).into_iter().take(3) {
        let (text, quiet) = (flow.text, flow.quiet());
        flow.line(&title, quiet);
        flow.wrapped(&question, text, 3);
    }
}

/// A bar for each profession; those who have not spoken come first, with a ring.
fn voices(flow: &mut Flow, model: &Model, desk: &Desk) {
    let spoken = people::spoken(&desk.dossier, &model.lists);
    if spoken.is_empty() || !flow.heading("発言") {
        return;
    }
    let mut rows: Vec<(usize, String)> = spoken.into_iter().map(|s| (s.entries, s.profession)).collect();
    rows.sort();
    let most = rows.last().map_or(1, |r| r.0).max(1);
    let titles = rows.iter().map(|r| width(&r.1)).max().unwrap_or(0).min(usize::from(flow.pane.w) / 2);
    let room = usize::from(flow.pane.w).saturating_sub(titles + 6);
    let hidden = rows.len().saturating_sub(usize::from(flow.left()));
    let count = rows.len();
    for (i, (entries, title)) in rows.into_iter().enumerate() {
        // What does not fit are those who have spoken much already.
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
            flow.pen.say(x, y, flow.pane.w, &bar, Meaning::Bar);
        }
    }
}

fn issue_words(flow: &Flow, node: &Node) -> String {
    format!("{} {}", flow.pen.look.signs.number(node.number), node.text)
}

fn issues(flow: &mut Flow, desk: &Desk) {
    let issues = desk.dossier.issues();
    if issues.is_empty() || !flow.heading(&format!("課題　{}件", issues.len())) {
        return;
    }
    let selected = desk.selected_node().map(|n| n.id);
    let at = issues.iter().position(|n| Some(n.id) == selected).unwrap_or(0);
    let row = |node: &&Node| {
        let meaning = if Some(node.id) == selected { flow.strong() } else { flow.text };
        (issue_words(flow, node), meaning)
    };
    let rows: Vec<_> = issues.iter().map(row).collect();
    flow.rows(&rows, at, u16::MAX, "件");
}

/// What brings about what, as sentences; the newest first, those of the selected issue loud.
fn links(flow: &mut Flow, desk: &Desk) {
    let links: Vec<_> = desk.dossier.links.values().rev().collect();
    if links.is_empty() {
        if flow.heading("つながり") {
            let quiet = flow.quiet();
            flow.wrapped(
                "課題を選んで F7 を押し、それが起こす課題の番号やことばを書くと、つながります。",
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
    let mut sorted = links;
    sorted.sort_by_key(|l| Some(l.from) != selected && Some(l.to) != selected);
    let arrow = flow.pen.look.signs.leads_to;
    let mut rows = Vec::new();
    for link in sorted {
        let Some((from, to)) = desk.dossier.nodes.get(&link.from).zip(desk.dossier.nodes.get(&link.to))
        else {
            continue;
        };
        let number = |node: &Node| flow.pen.look.signs.number(node.number);
        let reason = if link.label.is_empty() {
            format!("{} {arrow} {}", from.text, to.text)
        } else {
            link.label.clone()
        };
        let words = format!("{}{arrow}{} {reason}", number(from), number(to));
        let loud = Some(from.id) == selected || Some(to.id) == selected;
        rows.push((words, if loud { flow.strong() } else { flow.text }));
    }
    // The issues under them need room as well.
    let most = flow.left() / 2;
    flow.rows(&rows, 0, most.max(3), "本");
}

/// What follows from the links: the root with its words, and the circles with the place where they break.
fn found(flow: &mut Flow, desk: &Desk) {
    let (causes, signs) = (Causes::of(&desk.dossier), flow.pen.look.signs);
    let (strong, quiet) = (flow.strong(), flow.quiet());
    // In the panel it stands on top.
    if let Some(words) = say::root(signs, &desk.dossier, &causes).filter(|_| flow.text != Meaning::Popup) {
        flow.wrapped(&format!("{} {words}", signs.root), strong, 3);
    }
    for circle in causes.circles() {
        flow.wrapped(&say::circle(signs, &desk.dossier, circle), strong, 2);
        flow.wrapped(&say::breaking(signs, &desk.dossier, circle), quiet, 3);
    }
}

/// Support ideas, profession by profession.
fn ideas(flow: &mut Flow, model: &Model, desk: &Desk) {
    let ideas: Vec<&Node> = desk.dossier.nodes.values().filter(|n| n.kind == Kind::Idea).collect();
    if !flow.heading(&format!("支援策　{}件", ideas.len())) {
        return;
    }
    let title = |p: &Participant| {
        model.lists.profession(&p.profession).map_or_else(|| p.label().to_owned(), |k| k.title.clone())
    };
    let mut seen = Vec::new();
    let mut rows = Vec::new();
    for person in desk.dossier.people() {
        let title = title(person);
        if seen.contains(&title) {
            continue;
        }
        let own: Vec<&&Node> = ideas
            .iter()
            .filter(|n| {
                n.speaker
                    .and_then(|s| desk.dossier.participants.get(&s))
                    .is_some_and(|p| title_is(model, p, &title))
            })
            .collect();
        rows.push(if own.is_empty() {
            (format!("{} {title}　まだ", flow.pen.look.signs.open), flow.strong())
        } else {
            (format!("{title}　{}", own.len()), flow.quiet())
        });
        rows.extend(own.into_iter().map(|node| (format!("  {}", node.text), flow.text)));
        seen.push(title);
    }
    flow.rows(&rows, 0, u16::MAX, "行");
}

fn title_is(model: &Model, person: &Participant, title: &str) -> bool {
    model.lists.profession(&person.profession).map_or(person.label(), |k| k.title.as_str()) == title
}

/// The one quiet line over the entry line: a question for a bare branch, and who has not spoken.
pub fn whisper(model: &Model) -> (String, String) {
    let Some(desk) = model.desk.as_ref() else { return (String::new(), String::new()) };
    let prompt = model.format().and_then(|f| f.step(desk.step())).and_then(|s| s.prompts.first()).cloned();
    match model.place() {
        Place::Map if matches!(desk.target, Target::Link(_)) => (
            format!(
                "つなぐ先を 番号・ことば・↑↓ で選んで {}。理由は空白のあとに。{} でやめる",
                model.keymap.shown(Command::AddBeside),
                model.keymap.shown(Command::Back)
            ),
            String::new(),
        ),
        Place::Map if desk.map.chart.is_some() => (
            format!(
                "↑↓←→ でたどり、{} で直します。{} でつなぎます（原因 → 結果）。{} 地図へ",
                model.keymap.shown(Command::AddBeside),
                model.keymap.shown(Command::Link),
                model.keymap.shown(Command::Back)
            ),
            String::new(),
        ),
        Place::Map if model.covers() => {
            let step = desk.dossier.meeting.steps.get(desk.dossier.progress.step);
            let title = step.map(|s| s.title.clone()).unwrap_or_default();
            let key = model.keymap.shown(Command::Whole);
            let words = format!("ここで書いたことばは「{title}」の段階に残ります。{key} でもどります。");
            (words, silent(desk))
        }
        Place::Map if matches!(desk.step(), Step::Interview | Step::Questions) => {
            let left = asked(model, desk).into_iter().next();
            let left = left
                .map(|(title, question)| format!("ここはどうでしょう　{title}：{question}"))
                .unwrap_or_default();
            (left, silent(desk))
        }
        Place::Map if desk.step() == Step::Analysis => (
            format!(
                "課題を選んで {} でつなぎます（原因 → 結果）。{} で課題にできます。",
                model.keymap.shown(Command::Link),
                model.keymap.shown(Command::Kind)
            ),
            String::new(),
        ),
        Place::Map => (prompt.unwrap_or_default(), silent(desk)),
        Place::Info => {
            let format = model
                .format()
                .map(|f| format!("やり方 {}（{}）", f.title, model.keymap.shown(Command::Format)));
            ("空のままでかまいません。Enter で次の欄へ。".to_owned(), format.unwrap_or_default())
        }
        Place::People => ("Enter で選んだ人を直します。Delete で消します。".to_owned(), String::new()),
        _ => (prompt.unwrap_or_default(), String::new()),
    }
}

/// Who has not spoken yet, as the room calls them.
fn silent(desk: &Desk) -> String {
    let labels: Vec<&str> = people::silent(&desk.dossier)
        .iter()
        .filter_map(|id| desk.dossier.participants.get(id))
        .map(Participant::label)
        .collect();
    match labels.len() {
        0 => String::new(),
        n @ 1..=3 => format!("未発言 {n}人（{}）", labels.join("・")),
        n => format!("未発言 {n}人（{} ほか）", labels[..2].join("・")),
    }
}
