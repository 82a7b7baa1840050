//! Draws what helps the one who asks: bare branches, questions, who has spoken, issues and their links.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::command::Command;
use crate::domain::causes::say;
use crate::domain::{Id, Kind, Link, Node, Participant, Step, aim, asking, people};
use crate::layout::causal::ROUND;
use crate::layout::measure::width;
use crate::layout::wrap::{wrap_names, wrap_within, wrap_words};
use crate::ui::look::prelude::*;
use crate::ui::meeting::prompts::whisper::next_name;
use crate::ui::meeting::prompts::{Asked, Item, Stop};
use crate::ui::table::outside;
use crate::ui::theme::Theme;
use crate::ui::{Context, MeetingScreen};

/// The column beside the map, or nothing where there is no room.
pub struct Beside<'a>(pub View<'a>, pub &'a MeetingScreen);

impl Widget for Beside<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self(view @ View { look, .. }, meeting) = self;
        if area.is_empty() {
            return;
        }
        let mut flow = Flow::new(view, meeting, false, area);
        flow.sections();
        look.words(flow.lines).render(area, buf);
    }
}

/// The columns of the panel at the most.
pub const WIDEST: u16 = 84;

/// The same in a panel over the screen, with the step's own words first. What does not fit is scrolled to: the item
/// one stands on, or so many rows further down.
pub fn panel(view: View, meeting: &MeetingScreen, row: usize, area: Rect, buf: &mut Buffer) {
    let look = view.look;
    let keys = "↑↓ PgUp PgDn 選ぶ　Space 済みの印　Enter そこへ移る　Esc 閉じる";
    let (window, area) = (area, look.footed_window(area, meeting.doc.step_title(), keys, buf));
    let Flow { mut lines, items, .. } = whole(view, meeting, area.width);
    let (room, last) = (usize::from(area.height), items.len().saturating_sub(1));
    let chosen = items.get(row.min(last)).map_or(0..0, |stop| stop.rows.clone());
    // A third of the panel stays free under the row one stands on.
    let first = (chosen.start + room / 3 + 1).saturating_sub(room) + row.saturating_sub(last);
    let first = first.min(lines.len().saturating_sub(room));
    let edge = below(window, window.height - 1).inner(Margin::new(2, 0));
    outside(look, first, lines.len().saturating_sub(first + room), edge, buf);
    let lit = if row < items.len() { chosen } else { 0..0 };
    look.words(lines.split_off(first)).render(area, buf);
    for (_, row) in area.rows().enumerate().filter(|(i, _)| lit.contains(&(first + i))) {
        buf.set_style(row, look.style(Meaning::Selected));
    }
}

/// All of the panel, as on a sheet that is far longer than the screen.
fn whole<'a>(view: View<'a>, meeting: &'a MeetingScreen, width: u16) -> Flow<'a> {
    let mut flow = Flow::new(view, meeting, true, Rect::new(0, 0, width, u16::MAX));
    if meeting.doc.step() == Step::Analysis {
        flow.explained();
    }
    for (prompt, said) in meeting.step_prompts(view.cx) {
        let mark = asking::mark(meeting.doc.step().key(), &prompt);
        flow.item(Item::Prompt, Some(mark), &prompt, said);
    }
    flow.sections();
    flow
}

impl MeetingScreen {
    /// What one can stand on in the panel, and how many rows there are to be scrolled to below it.
    pub fn prompt_items(&self, cx: &Context) -> (Vec<Stop>, usize) {
        let look = Look { theme: Theme::default(), signs: cx.marks };
        let width = cx.size.0.saturating_sub(12).clamp(20, WIDEST - 4);
        let Flow { lines, items, .. } = whole(View { cx, look: &look }, self, width);
        let below = lines.len() - items.last().map_or(0, |stop| stop.rows.end);
        (items, below)
    }
}

/// Words behind a sign, and how they are said.
type Said = (String, String, Meaning);

/// The cells of the longest bar at the least: what more there is goes to the names.
const BAR: usize = 4;

/// Rows one under the other until there is no more room.
struct Flow<'a> {
    cx: &'a Context,
    look: &'a Look,
    meeting: &'a MeetingScreen,
    text: Meaning,
    width: usize,
    height: usize,
    lines: Vec<Line<'static>>,
    /// Over the screen, where one can stand on a row.
    panel: bool,
    items: Vec<Stop>,
}

impl<'a> Flow<'a> {
    fn new(View { cx, look }: View<'a>, meeting: &'a MeetingScreen, panel: bool, area: Rect) -> Self {
        let text = if panel { Meaning::Popup } else { Meaning::Text };
        let (width, height) = (area.width.into(), area.height.into());
        let (lines, items) = (Vec::new(), Vec::new());
        Self { cx, look, meeting, text, width, height, lines, panel, items }
    }

    fn left(&self) -> usize {
        self.height.saturating_sub(self.lines.len())
    }

    /// How many of so many rows are shown: where they do not all fit, there is one that says how many more there are.
    fn fits(&self, rows: usize, room: usize) -> usize {
        let room = room.min(self.left());
        if rows > room { room.saturating_sub(1) } else { rows }
    }

    /// A heading with a free row before it; false where there is no room for it and a row.
    fn heading(&mut self, words: &str) -> bool {
        if !self.lines.is_empty() {
            self.line("", self.text);
        }
        let fits = self.left() >= 2;
        if fits {
            self.line(words, Meaning::Strong);
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

    /// That there is more than is shown, and how to see it, in words that have room.
    fn more(&mut self, count: usize, unit: &str) {
        if count > 0 {
            let (head, key) = (format!("ほか {count} {unit}"), self.cx.keymap.said(Command::Prompts));
            let said = [format!("{head}（{key} で見られます）"), format!("{head}（{key}）")];
            let fits = said.into_iter().find(|words| width(words) <= self.width);
            self.line(fits.unwrap_or(head), Meaning::Quiet);
        }
    }

    /// Rows of which the one at `at` is seen, and that there are more where they do not all fit. Only those that are seen
    /// are put into words, and whole where all have room for that.
    fn rows<T>(&mut self, rows: &[T], at: usize, room: usize, unit: &str, words: impl Fn(&T) -> Said) {
        let shown = self.fits(rows.len(), room);
        let hidden = rows.len() - shown;
        let seen = rows[(at + 1).saturating_sub(shown).min(hidden)..].iter().take(shown);
        let seen: Vec<Said> = seen.map(words).collect();
        let whole = hidden == 0 && self.height_of(&seen) <= room.min(self.left());
        for (sign, words, meaning) in seen {
            match whole {
                true => self.behind(&sign, &words, meaning, usize::MAX),
                false => self.line(sign + &words, meaning),
            }
        }
        self.more(hidden, unit);
    }

    /// The rows that words take whole.
    fn height_of(&self, said: &[Said]) -> usize {
        let lines = |(sign, words, _): &Said| wrap_words(words, self.width.saturating_sub(width(sign))).len();
        said.iter().map(lines).sum()
    }

    /// Something that can be marked as done, and stood on.
    fn item(&mut self, item: Item, mark: Option<String>, words: &str, done: bool) {
        let (meaning, sign) = match done {
            true => (Meaning::Quiet, self.look.signs.saved),
            false => (self.text, self.look.signs.open),
        };
        let from = self.lines.len();
        self.behind(&format!("{sign} "), words, meaning, 4);
        self.items.push(Stop { item, mark, done, rows: from..self.lines.len() });
    }

    fn wrapped(&mut self, words: &str, meaning: Meaning, most: usize) {
        self.behind("", words, meaning, most);
    }

    /// Words behind a sign in the first of their rows: in the panel all of them, beside the map so many rows at the most.
    fn behind(&mut self, sign: &str, words: &str, meaning: Meaning, most: usize) {
        let (indent, mut before) = (width(sign), sign.to_owned());
        let rows = if self.panel { usize::MAX } else { most.min(self.left()) };
        let room = self.width.saturating_sub(indent);
        for line in wrap_within(words, "", room, rows, self.look.signs.cut) {
            self.line(format!("{before}{line}"), meaning);
            before = " ".repeat(indent);
        }
    }

    fn sections(&mut self) {
        let sections: &[fn(&mut Self)] = match self.meeting.doc.step() {
            // While a link is made, all numbers are wanted.
            Step::Analysis if self.meeting.map.linking().is_some() => &[Self::issues],
            _ if self.beside_chart() => &[Self::links],
            _ if self.meeting.map.chart.is_some() => &[Self::links, Self::issues],
            Step::Analysis => &[Self::links, Self::issues],
            Step::Ideas => &[Self::turn, Self::parked, Self::ideas, Self::people],
            Step::Plan => &[Self::parked, Self::issues, Self::ideas],
            Step::Questions => {
                &[Self::turn, Self::questions, Self::voices, Self::unknowns, Self::people, Self::issues]
            }
            _ => &[Self::questions, Self::voices, Self::unknowns, Self::people],
        };
        for section in sections {
            section(self);
        }
    }

    /// The sentence that explains the root: it is read aloud.
    fn explained(&mut self) {
        let doc = &self.meeting.doc;
        let Some(words) = say::root(&doc.dossier, &doc.causes) else { return };
        self.line("", self.text);
        self.behind(&format!("  {} ", self.look.signs.root), &words, Meaning::Strong, 6);
        self.line("", self.text);
    }

    /// The branches from the barest on, each with what there is to ask: beside the map the next question of three, in the
    /// panel all of them.
    fn questions(&mut self) {
        let asked = self.meeting.asked(self.cx);
        // Beside the map what is left to ask has the room.
        let is_left = self.panel || asked.iter().any(|a| a.open().is_some() || a.twigs == 0);
        if asked.is_empty() || !is_left || !self.heading("ここはどうでしょう") {
            return;
        }
        if self.panel {
            return self.all_questions(&asked);
        }
        let bare: Vec<&str> = asked.iter().filter(|a| a.twigs == 0).map(|a| a.title.as_str()).collect();
        let open = asked.iter().filter(|a| a.open().is_some() || a.twigs == 0);
        for asked in open.take(3) {
            self.line(&asked.title, Meaning::Quiet);
            self.wrapped(asked.open().unwrap_or("まだ何もありません"), self.text, 3);
        }
        // They are the first of all.
        if bare.len() > 3 {
            let words = format!("ほかに、まだ何もない大枝：{}", bare[3..].join("、"));
            self.wrapped(&words, Meaning::Quiet, 2);
        }
    }

    fn all_questions(&mut self, asked: &[Asked]) {
        self.wrapped("問いは、その大枝に枝が1つ増えるごとに、上から1つ済みになります。", Meaning::Quiet, 2);
        for Asked { branch, title, twigs, questions } in asked {
            let touched = questions.iter().filter(|(_, touched)| *touched).count();
            let twigs = match twigs {
                0 => "まだ何もありません".to_owned(),
                twigs => format!("枝 {twigs}"),
            };
            self.line("", self.text);
            self.line(format!("{title}　{twigs}　問い {touched}/{}", questions.len()), Meaning::Strong);
            for (question, (words, touched)) in questions.iter().enumerate() {
                let mark = asking::mark(title, words);
                self.item(Item::Question { branch: *branch, question }, Some(mark), words, *touched);
            }
        }
    }

    fn turn(&mut self) {
        let Some(next) = next_name(self.meeting) else { return };
        if self.heading("次の番（一人ひとつずつ）") {
            wrap_names(&next, self.width).into_iter().for_each(|line| self.line(line, Meaning::Strong));
            self.wrapped(&self.cx.keymap.fill("{next-turn} で呼び、なければもう一度"), Meaning::Quiet, 2);
        }
    }

    /// Advice that came before it was asked for.
    fn parked(&mut self) {
        let dossier = &self.meeting.doc.dossier;
        let advice = asking::parked(dossier);
        if advice.is_empty() || !self.heading(&format!("取っておいた助言　{}件", advice.len())) {
            return;
        }
        // The ideas under it need room as well.
        let most = if self.panel { advice.len() } else { self.fits(advice.len(), 6) };
        for (i, node) in advice.iter().enumerate() {
            // One takes four rows at the most, and one says how many are left.
            if i == most || !self.panel && i > 0 && self.left() < 5 {
                return self.more(advice.len() - i, "件");
            }
            let who = node.speaker.and_then(|id| dossier.participants.get(&id));
            let who = who.map(|p| format!("（{}）", p.label())).unwrap_or_default();
            let done = asking::is_taken_up(&dossier.progress, node.id);
            let mark = asking::advice_mark(node.id);
            self.item(Item::Advice(node.id), Some(mark), &format!("{}{who}", node.text), done);
        }
    }

    /// Each person with what they have said so far, in the panel.
    fn people(&mut self) {
        let dossier = &self.meeting.doc.dossier;
        let voices = asking::voices(dossier);
        if !self.panel || voices.is_empty() || !self.heading("ひとりずつ（Enter で発言者にします）")
        {
            return;
        }
        for (id, count) in voices {
            let Some(person) = dossier.participants.get(&id) else { continue };
            let said = if count == 0 { "まだ".to_owned() } else { count.to_string() };
            let words = format!("{} {}　{}　{said}", person.code, person.label(), person.organisation);
            self.item(Item::Person(id), None, &words, count > 0);
        }
    }

    /// A bar for each profession; those who have not spoken come first, with a ring.
    fn voices(&mut self) {
        let spoken = people::spoken(&self.meeting.doc.dossier, &self.cx.lists);
        if spoken.is_empty() || !self.heading("発言") {
            return;
        }
        let mut rows: Vec<(usize, String)> = spoken.into_iter().map(|s| (s.entries, s.profession)).collect();
        rows.sort();
        let (look, most) = (self.look, rows.last().map_or(1, |(entries, _)| *entries).max(1));
        let yet = format!(" {} まだ", look.signs.open);
        // The names have what the bars and their counts do not need.
        let numbers = most.to_string().len() + 2;
        let of = |spoken: bool, end: usize| {
            let titles = rows.iter().filter(|(entries, _)| (*entries > 0) == spoken);
            titles.map(|(_, title)| width(title)).max().unwrap_or(0).min(self.width.saturating_sub(end))
        };
        let titles = of(true, BAR + numbers);
        let alone = of(false, width(&yet)).max(titles.min(self.width.saturating_sub(width(&yet))));
        let room = self.width.saturating_sub(titles + numbers).max(1);
        let cells = |entries: usize| if entries == 0 { alone } else { titles };
        // A long one is broken where all fit so, with something to say under them.
        let broken: Vec<_> = rows.iter().map(|(entries, title)| wrap_names(title, cells(*entries))).collect();
        let whole = broken.iter().map(Vec::len).sum::<usize>() + 4 <= self.left();
        // Those who have spoken least come first, so the professions that do not fit need no attention.
        let shown = if whole { rows.len() } else { self.fits(rows.len(), rows.len()) };
        for ((entries, title), mut lines) in rows.iter().zip(broken).take(shown) {
            let cut = look.cut(title, cells(*entries)).into_owned();
            let last = lines.pop().filter(|_| whole).unwrap_or(cut);
            let (text, last) = match entries {
                0 => (Meaning::Strong, padded(&last, alone) + &yet),
                _ => (self.text, padded(&last, titles) + " "),
            };
            lines.into_iter().filter(|_| whole).for_each(|line| self.line(line, text));
            if *entries == 0 {
                self.line(last, text);
                continue;
            }
            let bar = look.bar().repeat((entries * room).div_ceil(most).max(1));
            let bar = look.span(bar, Meaning::Bar);
            self.push([look.span(last, text), bar, look.span(format!(" {entries}"), text)]);
        }
        self.more(rows.len() - shown, "職種");
    }

    /// The questions on the map that nobody has answered, each with the letter it goes by.
    fn unknowns(&mut self) {
        let aims = self.meeting.doc.board().aims("?");
        let open = aims.iter().filter_map(|aim| match aim {
            aim::Aim::Question(node, at) => Some((*at, *node)),
            _ => None,
        });
        let open: Vec<_> = open.collect();
        if open.is_empty() || !self.heading(&format!("まだ分からないこと　{}件", open.len())) {
            return;
        }
        let text = self.text;
        self.rows(&open, 0, usize::MAX, "件", |(at, node)| {
            (format!("{} ", aim::letter(*at)), node.text.clone(), text)
        });
    }

    fn selected(&self) -> Option<Id<Node>> {
        self.meeting.map.selected_node(&self.meeting.doc).map(|n| n.id)
    }

    fn issues(&mut self) {
        let mut issues = self.meeting.doc.dossier.issues();
        if self.meeting.map.linking().is_some() {
            // The roots are what most links have to do with.
            let roots = self.meeting.doc.causes.roots();
            issues.sort_by_key(|n| !roots.contains(&n.id));
        }
        if issues.is_empty() || !self.heading(&format!("課題　{}件", issues.len())) {
            return;
        }
        let (selected, look, text) = (self.selected(), self.look, self.text);
        let is_selected = |node: &Node| Some(node.id) == selected;
        let at = issues.iter().position(|n| is_selected(n)).unwrap_or(0);
        self.rows(&issues, at, usize::MAX, "件", |node| {
            let meaning = if is_selected(node) { Meaning::Strong } else { text };
            (format!("{} ", look.signs.number(node.number)), node.text.clone(), meaning)
        });
    }

    /// What brings about what, as sentences; the newest first, those of the selected issue loud and before others, both ends of
    /// each before any reason. Beside the chart, which shows the links, their reasons.
    fn links(&mut self) {
        let dossier = &self.meeting.doc.dossier;
        if dossier.links.is_empty() {
            if self.heading("つながり") {
                let words =
                    "課題を選んで {link} を押し、それが起こす課題の番号やことばを書くと、つながります。";
                self.wrapped(&self.cx.keymap.fill(words), Meaning::Quiet, 3);
            }
            return;
        }
        let (on_chart, explained) = (self.beside_chart(), |link: &Link| !link.label.is_empty());
        let (selected, signs, text) = (self.selected(), self.look.signs, self.text);
        let is_loud = |link: &Link| [link.from, link.to].map(Some).contains(&selected);
        let ends =
            |link: &'a Link| Some((link, dossier.nodes.get(&link.from)?, dossier.nodes.get(&link.to)?));
        let links = dossier.links.values().rev().filter(|link| !on_chart || explained(link));
        let mut rows: Vec<_> = links.filter_map(ends).collect();
        rows.sort_by_key(|(link, ..)| !is_loud(link));
        let title = if on_chart { "つながりの理由" } else { "つながり" };
        if !self.heading(&format!("{title}　{}本", rows.len())) {
            return;
        }
        self.found();
        let numbers = |from: &Node, to: &Node| [from, to].map(|node| signs.number(node.number));
        let meaning = |link: &Link| if is_loud(link) { Meaning::Strong } else { text };
        let said = |(link, from, to): &(&Link, &Node, &Node), reason: bool| {
            let [cause, effect] = numbers(from, to);
            let reason =
                if reason && explained(link) { format!("（{}）", link.label) } else { String::new() };
            let words = format!("{} {} {effect} {}{reason}", from.text, signs.leads_to, to.text);
            (format!("{cause} "), words, meaning(link))
        };
        // The issues under them need room as well.
        let most = if self.panel || on_chart { usize::MAX } else { (self.left() / 2).max(3) };
        let most = most.min(self.left());
        let whole: Vec<Said> = rows.iter().take(most).map(|row| said(row, true)).collect();
        if rows.len() <= most && self.height_of(&whole) <= most {
            return whole
                .iter()
                .for_each(|(sign, words, meaning)| self.behind(sign, words, *meaning, usize::MAX));
        }
        if on_chart {
            return self.rows(&rows, 0, usize::MAX, "本", |(link, from, to)| {
                (numbers(from, to).join(signs.leads_to) + " ", link.label.clone(), meaning(link))
            });
        }
        let from = self.lines.len();
        for (i, row) in rows.iter().enumerate() {
            let brief = said(row, false);
            let lines = self.height_of(std::slice::from_ref(&brief)).min(2);
            let (used, more) = (self.lines.len() - from, usize::from(i + 1 < rows.len()));
            if used + lines + more > most {
                return self.more(rows.len() - i, "本");
            }
            self.both_ends(brief, row.1, row.2);
        }
    }

    /// A link in two rows at the most, in each of them one end if they have no room otherwise.
    fn both_ends(&mut self, brief: Said, cause: &Node, effect: &Node) {
        let lines = self.height_of(std::slice::from_ref(&brief));
        let (sign, words, meaning) = brief;
        if lines <= 2 {
            return self.behind(&sign, &words, meaning, 2);
        }
        let signs = self.look.signs;
        let arrow =
            format!("{}{} {} ", " ".repeat(width(&sign)), signs.leads_to, signs.number(effect.number));
        self.behind(&sign, &cause.text, meaning, 1);
        self.behind(&arrow, &effect.text, meaning, 1);
    }

    /// In the column beside the chart, which says what stands there.
    fn beside_chart(&self) -> bool {
        self.meeting.map.chart.is_some() && !self.panel
    }

    /// What follows from the links: the root with its words, and the circles with the place where they break. They are whole
    /// before any row of links is.
    fn found(&mut self) {
        let doc = &self.meeting.doc;
        // In the panel it stands on top, and over the chart both.
        if self.beside_chart() {
            return;
        }
        if let Some(words) = say::root(&doc.dossier, &doc.causes).filter(|_| !self.panel) {
            self.behind(&format!("{} ", self.look.signs.root), &words, Meaning::Strong, usize::MAX);
        }
        let circles = doc.causes.circles();
        for (i, circle) in circles.iter().enumerate() {
            // Where it breaks stands with it, and one row says what else there is of links.
            if self.left() < 4 {
                return self.more(circles.len() - i, "つの悪循環");
            }
            let words = say::circle(&doc.dossier, circle);
            self.behind(&format!("{ROUND} "), &words, Meaning::Warning, self.left() - 2);
            self.behind("   ", &say::breaking(&doc.dossier, circle), Meaning::Quiet, self.left() - 1);
        }
    }

    /// Support ideas, profession by profession, and those nobody is named for.
    fn ideas(&mut self) {
        let dossier = &self.meeting.doc.dossier;
        let early: BTreeSet<_> = asking::parked(dossier).into_iter().map(|n| n.id).collect();
        let title = |person: &'a Participant| (person.id, self.cx.lists.title_of(person));
        let people: Vec<_> = dossier.people().into_iter().map(title).collect();
        let title_of: BTreeMap<_, _> = people.iter().copied().collect();
        let ideas = dossier.nodes.values().filter(|n| n.kind == Kind::Idea && !early.contains(&n.id));
        let ideas: Vec<_> = ideas.map(|n| (n.speaker.and_then(|id| title_of.get(&id).copied()), n)).collect();
        let mut known = BTreeSet::new();
        let titles = people.iter().map(|(_, title)| *title).filter(|title| known.insert(*title));
        let (text, mut rows): (_, Vec<(&str, Cow<str>, Meaning)>) = (self.text, Vec::new());
        for title in titles.map(Some).chain([None]) {
            let own: Vec<&Node> = ideas.iter().filter(|(of, _)| *of == title).map(|(_, n)| *n).collect();
            let head = match (title, own.len()) {
                (Some(title), 0) => {
                    Some((format!("{} {title}　まだ", self.look.signs.open), Meaning::Strong))
                }
                (None, 0) => None,
                (title, count) => {
                    Some((format!("{}　{count}", title.unwrap_or("発言者なし")), Meaning::Quiet))
                }
            };
            rows.extend(head.map(|(words, meaning)| ("", words.into(), meaning)));
            rows.extend(own.into_iter().map(|node| ("  ", Cow::from(&node.text), text)));
        }
        if self.heading(&format!("支援策　{}件", ideas.len())) {
            self.rows(&rows, 0, usize::MAX, "行", |(sign, words, meaning)| {
                ((*sign).to_owned(), words.to_string(), *meaning)
            });
        }
    }
}
