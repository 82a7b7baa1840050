//! Draws what helps the one who asks: bare branches, questions, who has spoken, issues and their links.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::command::{Command, Place};
use crate::domain::{Id, Kind, Link, Node, Participant, Step, asking, people};
use crate::layout::causal::say;
use crate::layout::measure::width;
use crate::layout::wrap::{shown, wrap};
use crate::ui::look::prelude::*;
use crate::ui::meeting::prompts::{Asked, Item};
use crate::ui::meeting::readback::enlarged;
use crate::ui::{App, MeetingScreen};

/// The column beside the map, or nothing where there is no room.
pub struct Beside<'a>(pub View<'a>);

impl Widget for Beside<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let View { app, look } = self.0;
        let Some(meeting) = app.meeting().filter(|_| !area.is_empty()) else { return };
        let mut flow = Flow::new(self.0, Meaning::Text, area.width, area.height);
        sections(&mut flow, app, meeting);
        look.words(flow.lines).render(area, buf);
    }
}

/// The most rows a panel can be scrolled through.
const LONGEST: u16 = 400;

/// Under the panel: what its keys do.
const FOOT: &str = "↑↓ PgUp PgDn 選ぶ　Space 済みの印　Enter そこへ移る　Esc 閉じる";

/// The same in a panel over the screen, with the step's own words first. What does not fit is scrolled to: the item
/// one stands on, or so many rows further down.
pub struct Panel<'a>(pub View<'a>, pub usize);

impl Widget for Panel<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self(view @ View { app, look }, row) = self;
        let Some(meeting) = app.meeting() else { return };
        let step = meeting.doc.dossier.meeting.steps.get(meeting.doc.dossier.progress.step);
        let inner = look.window(area, step.map_or("", |step| &step.title), buf);
        let [area, foot] = Layout::vertical([Fill(1), Length(1)]).areas(inner);
        look.say(FOOT, Meaning::PopupQuiet).render(foot, buf);
        // All of it, as on a sheet that is longer than the screen; then the part that is looked at.
        let mut flow = Flow::new(view, Meaning::Popup, area.width, LONGEST);
        let items = meeting.prompt_items(&app.cx);
        flow.chosen = items.get(row.min(items.len().saturating_sub(1))).copied();
        if meeting.doc.step() == Step::Analysis {
            explained(&mut flow, meeting);
        }
        for (i, (prompt, said)) in meeting.step_prompts(&app.cx).iter().enumerate() {
            flow.item(Item::Prompt(i), prompt, *said);
        }
        sections(&mut flow, app, meeting);
        let room = usize::from(area.height);
        // A third of the panel stays free under the row one stands on.
        let beyond = row.saturating_sub(items.len().saturating_sub(1));
        let first = (flow.chosen_at.start + room / 3 + 1).saturating_sub(room) + beyond;
        let first = first.min(flow.lines.len().saturating_sub(room));
        let lit = if row < items.len() { flow.chosen_at } else { 0..0 };
        look.words(flow.lines.split_off(first)).render(area, buf);
        for (_, row) in area.rows().enumerate().filter(|(i, _)| lit.contains(&(first + i))) {
            buf.set_style(row, look.style(Meaning::Selected));
        }
    }
}

/// The sentence that explains the root, in large words: it is read aloud.
fn explained(flow: &mut Flow, meeting: &MeetingScreen) {
    let (causes, signs) = (&meeting.doc.causes, flow.look.signs);
    let Some(words) = say::root(signs, &meeting.doc.dossier, causes) else { return };
    let number = causes.root().and_then(|root| meeting.doc.dossier.nodes.get(&root.id));
    let issue = number.map(|node| format!("{} {}", signs.number(node.number), node.text));
    flow.free();
    let large = enlarged(&words);
    let texts = [Some((large, Meaning::PopupStrong, 6)), issue.map(|words| (words, Meaning::Popup, 3))];
    for (words, meaning, most) in texts.into_iter().flatten() {
        for line in wrap(&words, usize::from(flow.width.saturating_sub(4))).into_iter().take(most) {
            flow.line(format!("  {}", shown(line)), meaning);
        }
    }
    flow.free();
}

fn sections(flow: &mut Flow, app: &App, meeting: &MeetingScreen) {
    match meeting.doc.step() {
        Step::Analysis => {
            links(flow, app, meeting);
            issues(flow, meeting);
        }
        Step::Ideas => {
            turn(flow, app, meeting);
            parked(flow, meeting);
            ideas(flow, app, meeting);
            people_rows(flow, meeting);
        }
        Step::Plan => {
            parked(flow, meeting);
            issues(flow, meeting);
            ideas(flow, app, meeting);
        }
        Step::Questions => {
            turn(flow, app, meeting);
            questions(flow, app);
            voices(flow, app, meeting);
            people_rows(flow, meeting);
            issues(flow, meeting);
        }
        _ => {
            questions(flow, app);
            voices(flow, app, meeting);
            people_rows(flow, meeting);
        }
    }
}

/// Rows one under the other until there is no more room.
struct Flow<'a> {
    look: &'a Look,
    lines: Vec<Line<'static>>,
    width: u16,
    height: u16,
    text: Meaning,
    /// The key that shows what does not fit here.
    all: String,
    /// Over the screen, where one can stand on a row.
    panel: bool,
    chosen: Option<Item>,
    /// The rows where that one is.
    chosen_at: Range<usize>,
}

impl<'a> Flow<'a> {
    fn new(View { app, look }: View<'a>, text: Meaning, width: u16, height: u16) -> Self {
        let (all, panel) = (app.cx.keymap.said(Command::Prompts), text == Meaning::Popup);
        Self { look, lines: Vec::new(), width, height, text, all, panel, chosen: None, chosen_at: 0..0 }
    }

    fn left(&self) -> usize {
        usize::from(self.height).saturating_sub(self.lines.len())
    }

    fn quiet(&self) -> Meaning {
        if self.panel { Meaning::PopupQuiet } else { Meaning::Quiet }
    }

    fn strong(&self) -> Meaning {
        if self.panel { Meaning::PopupStrong } else { Meaning::Strong }
    }

    fn free(&mut self) {
        self.lines.push(Line::default());
    }

    /// A heading with a free row before it; false where there is no room for it and a row.
    fn heading(&mut self, words: &str) -> bool {
        if !self.lines.is_empty() {
            self.free();
        }
        let fits = self.left() >= 2;
        if fits {
            self.line(words, self.strong());
        }
        fits
    }

    fn line(&mut self, words: impl Into<String>, meaning: Meaning) {
        self.push([self.look.span(words.into(), meaning)]);
    }

    fn push<const N: usize>(&mut self, spans: [Span<'static>; N]) {
        if self.left() > 0 {
            self.lines.push(Line::from_iter(spans));
        }
    }

    /// Rows of which the one at `at` is seen, and that there are more where they do not all fit. Only those that are seen
    /// are put into words.
    fn rows<T>(
        &mut self,
        rows: &[T],
        at: usize,
        room: usize,
        unit: &str,
        words: impl Fn(&Self, &T) -> (String, Meaning),
    ) {
        let room = room.min(self.left());
        let cut = rows.len() > room;
        let shown = if cut { room.saturating_sub(1) } else { rows.len() };
        let first = (at + 1).saturating_sub(shown).min(rows.len() - shown);
        for row in &rows[first..first + shown] {
            let (words, meaning) = words(self, row);
            self.line(words, meaning);
        }
        if cut {
            let words = format!("ほか {} {unit}（{} で見られます）", rows.len() - shown, self.all);
            self.line(words, self.quiet());
        }
    }

    /// Something that can be marked as done, and stood on.
    fn item(&mut self, item: Item, words: &str, done: bool) {
        let (meaning, sign) = match done {
            true => (self.quiet(), self.look.signs.saved),
            false => (self.text, self.look.signs.open),
        };
        let from = self.lines.len();
        self.behind(&padded(sign, 2), words, meaning, 4);
        if self.chosen == Some(item) {
            self.chosen_at = from..self.lines.len();
        }
    }

    fn wrapped(&mut self, words: &str, meaning: Meaning, most: usize) {
        self.behind("", words, meaning, most);
    }

    /// Words over so many rows at the most, behind a sign in the first of them.
    fn behind(&mut self, sign: &str, words: &str, meaning: Meaning, most: usize) {
        let (indent, mut before) = (width(sign), sign.to_owned());
        for line in wrap(words, usize::from(self.width).saturating_sub(indent)).into_iter().take(most) {
            self.line(format!("{before}{}", shown(line)), meaning);
            before = " ".repeat(indent);
        }
    }
}

/// The branches from the barest on, each with what there is to ask: beside the map the next question of three, in the panel
/// all of them.
fn questions(flow: &mut Flow, app: &App) {
    let Some(meeting) = app.meeting() else { return };
    let asked = meeting.asked(&app.cx);
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
            let twigs = match asked.twigs {
                0 => "まだ何もありません".to_owned(),
                twigs => format!("枝 {twigs}"),
            };
            flow.free();
            let words = format!("{}　{twigs}　問い {touched}/{}", asked.title, asked.questions.len());
            flow.line(words, flow.strong());
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
fn turn(flow: &mut Flow, app: &App, meeting: &MeetingScreen) {
    let Some(next) = next_name(meeting) else { return };
    if !flow.heading("次の番（一人ひとつずつ）") {
        return;
    }
    let key = app.cx.keymap.said(Command::NextTurn);
    flow.line(next, flow.strong());
    flow.wrapped(&format!("{key} で次の人へ（パスのときも）"), flow.quiet(), 2);
}

/// Who it is the turn of, as the room calls them.
fn next_name(meeting: &MeetingScreen) -> Option<String> {
    let id = asking::next_in_turn(&meeting.doc.dossier, meeting.doc.step())?;
    meeting.doc.dossier.participants.get(&id).map(|p| format!("{} {}", p.label(), p.code))
}

/// Advice that came before it was asked for.
fn parked(flow: &mut Flow, meeting: &MeetingScreen) {
    let advice = asking::parked(&meeting.doc.dossier);
    if advice.is_empty() || !flow.heading(&format!("取っておいた助言　{}件", advice.len())) {
        return;
    }
    // The ideas under it need room as well.
    let most = if flow.panel { advice.len() } else { 5 };
    for node in advice.iter().take(most) {
        let who = node.speaker.and_then(|s| meeting.doc.dossier.participants.get(&s));
        let who = who.map(|p| format!("（{}）", p.label())).unwrap_or_default();
        let done = asking::is_taken_up(&meeting.doc.dossier.progress, node.id);
        flow.item(Item::Advice(node.id), &format!("{}{who}", node.text), done);
    }
    if advice.len() > most {
        flow.line(format!("ほか {} 件（{} で見られます）", advice.len() - most, flow.all), flow.quiet());
    }
}

/// Each person with what they have said so far, in the panel.
fn people_rows(flow: &mut Flow, meeting: &MeetingScreen) {
    let voices = asking::voices(&meeting.doc.dossier);
    if !flow.panel || voices.is_empty() || !flow.heading("ひとりずつ（Enter で発言者にします）")
    {
        return;
    }
    for (id, count) in voices {
        let Some(person) = meeting.doc.dossier.participants.get(&id) else { continue };
        let count = if count == 0 { "まだ".to_owned() } else { format!("{count}") };
        let words = format!("{} {}　{}　{count}", person.code, person.label(), person.organisation);
        flow.item(Item::Person(id), &words, count != "まだ");
    }
}

/// A bar for each profession; those who have not spoken come first, with a ring.
fn voices(flow: &mut Flow, app: &App, meeting: &MeetingScreen) {
    let spoken = people::spoken(&meeting.doc.dossier, &app.cx.lists);
    if spoken.is_empty() || !flow.heading("発言") {
        return;
    }
    let mut rows: Vec<(usize, String)> = spoken.into_iter().map(|s| (s.entries, s.profession)).collect();
    rows.sort();
    let most = rows.last().map_or(1, |r| r.0).max(1);
    let titles = rows.iter().map(|r| width(&r.1)).max().unwrap_or(0).min(usize::from(flow.width) / 2);
    let room = usize::from(flow.width).saturating_sub(titles + 6);
    let hidden = rows.len().saturating_sub(flow.left());
    let count = rows.len();
    for (i, (entries, title)) in rows.into_iter().enumerate() {
        // Those who have spoken least come first, so the professions that do not fit need no attention.
        if hidden > 0 && i + 1 >= count - hidden {
            flow.line(format!("ほか {} 職種", count - i), flow.quiet());
            break;
        }
        let title = padded(&flow.look.cut(&title, titles), titles);
        let (signs, text) = (flow.look.signs, flow.text);
        if entries == 0 {
            flow.line(format!("{title} {} まだ", signs.open), flow.strong());
            continue;
        }
        let cells = (entries * room).div_ceil(most).max(1);
        let bar = flow.look.span(signs.bar.repeat(cells), Meaning::Bar);
        let [title, entries] =
            [format!("{title} "), format!(" {entries}")].map(|words| flow.look.span(words, text));
        flow.push([title, bar, entries]);
    }
}

fn issue_words(flow: &Flow, node: &Node) -> String {
    format!("{} {}", flow.look.signs.number(node.number), node.text)
}

fn issues(flow: &mut Flow, meeting: &MeetingScreen) {
    let issues = meeting.doc.dossier.issues();
    if issues.is_empty() || !flow.heading(&format!("課題　{}件", issues.len())) {
        return;
    }
    let selected = meeting.map.selected_node(&meeting.doc).map(|n| n.id);
    let at = issues.iter().position(|n| Some(n.id) == selected).unwrap_or(0);
    flow.rows(&issues, at, usize::MAX, "件", |flow, node| {
        let meaning = if Some(node.id) == selected { flow.strong() } else { flow.text };
        (issue_words(flow, node), meaning)
    });
}

/// What brings about what, as sentences; the newest first, those of the selected issue loud.
fn links(flow: &mut Flow, app: &App, meeting: &MeetingScreen) {
    let links: Vec<_> = meeting.doc.dossier.links.values().rev().collect();
    if links.is_empty() {
        if flow.heading("つながり") {
            let words = "課題を選んで {link} を押し、それが起こす課題の番号やことばを書くと、つながります。";
            flow.wrapped(&app.cx.keymap.fill(words), flow.quiet(), 3);
        }
        return;
    }
    if !flow.heading(&format!("つながり　{}本", links.len())) {
        return;
    }
    found(flow, meeting);
    let selected = meeting.map.selected_node(&meeting.doc).map(|n| n.id);
    let ends =
        |link: &&Link| meeting.doc.dossier.nodes.get(&link.from).zip(meeting.doc.dossier.nodes.get(&link.to));
    let mut rows: Vec<_> = links.into_iter().filter_map(|link| Some((link, ends(&link)?))).collect();
    rows.sort_by_key(|(l, _)| Some(l.from) != selected && Some(l.to) != selected);
    let arrow = flow.look.signs.leads_to;
    // The issues under them need room as well.
    let most = flow.left() / 2;
    flow.rows(&rows, 0, most.max(3), "本", |flow, (link, (from, to))| {
        let number = |node: &Node| flow.look.signs.number(node.number);
        let reason = match link.label.as_str() {
            "" => format!("{} {arrow} {}", from.text, to.text),
            label => label.to_owned(),
        };
        let loud = [from.id, to.id].map(Some).contains(&selected);
        let meaning = if loud { flow.strong() } else { flow.text };
        (format!("{}{arrow}{} {reason}", number(from), number(to)), meaning)
    });
}

/// What follows from the links: the root with its words, and the circles with the place where they break.
fn found(flow: &mut Flow, meeting: &MeetingScreen) {
    let (causes, signs) = (&meeting.doc.causes, flow.look.signs);
    let (strong, quiet) = (flow.strong(), flow.quiet());
    // In the panel it stands on top.
    if let Some(words) =
        say::root(signs, &meeting.doc.dossier, causes).filter(|_| flow.text != Meaning::Popup)
    {
        flow.wrapped(&format!("{} {words}", signs.root), strong, 3);
    }
    for circle in causes.circles() {
        flow.wrapped(&say::circle(signs, &meeting.doc.dossier, circle), strong, 2);
        flow.wrapped(&say::breaking(signs, &meeting.doc.dossier, circle), quiet, 3);
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
fn ideas(flow: &mut Flow, app: &App, meeting: &MeetingScreen) {
    let early: BTreeSet<_> = asking::parked(&meeting.doc.dossier).into_iter().map(|n| n.id).collect();
    let new = |n: &&Node| n.kind == Kind::Idea && !early.contains(&n.id);
    let ideas: Vec<&Node> = meeting.doc.dossier.nodes.values().filter(new).collect();
    if !flow.heading(&format!("支援策　{}件", ideas.len())) {
        return;
    }
    let mut groups: Vec<(&str, Vec<&Node>)> = Vec::new();
    let mut group_of: BTreeMap<Id<Participant>, usize> = BTreeMap::new();
    for person in meeting.doc.dossier.people() {
        let title = app.cx.lists.title_of(person);
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
    flow.rows(&rows, 0, usize::MAX, "行", |flow, row| match row {
        IdeaRow::Of(title, 0) => (format!("{} {title}　まだ", flow.look.signs.open), flow.strong()),
        IdeaRow::Of(title, own) => (format!("{title}　{own}"), flow.quiet()),
        IdeaRow::Unnamed(count) => (format!("発言者なし　{count}"), flow.quiet()),
        IdeaRow::Idea(node) => (format!("  {}", node.text), flow.text),
    });
}

/// The one quiet line over the entry line: a question for a bare branch, and who has not spoken.
pub fn whisper(app: &App) -> (String, String) {
    let alone = |words: String| (words, String::new());
    let Some(meeting) = app.meeting() else { return alone(crate::ui::region::draw::whisper(app)) };
    let prompt = meeting
        .doc
        .format(&app.cx)
        .and_then(|f| f.step(meeting.doc.step()))
        .and_then(|s| s.prompts.first())
        .cloned();
    let fill = |sentence| alone(app.cx.keymap.fill(sentence));
    match app.place() {
        Place::Map if meeting.map.linking().is_some() => fill(
            "つなぐ先を 番号・ことば・{up down} で選んで {add-beside}。理由は空白のあとに。{back} でやめる",
        ),
        Place::Map if meeting.map.chart.is_some() => fill(
            "{up down left right} でたどり、{add-beside} で直します。{link} でつなぎます（原因 → 結果）。{back} 地図へ",
        ),
        Place::Map if meeting.covers() => {
            let step = meeting.doc.dossier.meeting.steps.get(meeting.doc.dossier.progress.step);
            let (title, key) = (step.map_or("", |s| &s.title), app.cx.keymap.said(Command::Whole));
            (
                format!("ここで書いたことばは「{title}」の段階に残ります。{key} でもどります。"),
                silent(meeting),
            )
        }
        Place::Map if matches!(meeting.doc.step(), Step::Interview | Step::Questions) => {
            next_question(app, meeting)
        }
        Place::Map if meeting.doc.step() == Step::Analysis => {
            fill("課題を選んで {link} でつなぎます（原因 → 結果）。{kind} で課題にできます。")
        }
        Place::Map => (prompt.unwrap_or_default(), silent(meeting)),
        Place::Info => {
            let key = app.cx.keymap.said(Command::Format);
            let format = meeting.doc.format(&app.cx).map(|f| format!("やり方 {}（{key}）", f.title));
            let words = app.cx.keymap.fill("空のままでかまいません。{enter-cell} で次の欄へ。");
            (words, format.unwrap_or_default())
        }
        Place::People => fill("{enter} で選んだ人を直します。{delete} で消します。"),
        // It stays until it is heard: a message would be gone with the next key.
        Place::Plan if meeting.misses_feeling() => {
            fill("本人の思いがまだです。本人はどうしたいのでしょう（{whole} の地図で * を付けて書けます）")
        }
        _ => alone(prompt.unwrap_or_default()),
    }
}

/// The next question for a bare branch, and whose turn it is.
fn next_question(app: &App, meeting: &MeetingScreen) -> (String, String) {
    let asked = meeting.asked(&app.cx);
    let next = asked.iter().find_map(|a| Some((&a.title, a.open()?)));
    let left = next.map(|(title, question)| format!("ここはどうでしょう　{title}：{question}"));
    let turn = next_name(meeting).filter(|_| meeting.doc.step() == Step::Questions);
    let right = match (turn, silent(meeting)) {
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
fn silent(meeting: &MeetingScreen) -> String {
    let labels: Vec<&str> = people::silent(&meeting.doc.dossier)
        .iter()
        .filter_map(|id| meeting.doc.dossier.participants.get(id))
        .map(Participant::label)
        .collect();
    match labels.len() {
        0 => String::new(),
        n @ 1..=3 => format!("未発言 {n}人（{}）", labels.join("・")),
        n => format!("未発言 {n}人（{} ほか）", labels[..2].join("・")),
    }
}
