//! From a key to a finished frame, without the terminal: update, draw, and the repair of wide characters. Beside it the same
//! through ratatui's own `Terminal`, and words as ratatui draws them, which say why there are ours.

use divan::Bencher;
use jirei::command::{Code, Key, Keymap};
use jirei::domain::region::Region;
use jirei::domain::{
    Branch, Change, Dossier, Id, Kind, Link, Meeting, Moment, Node, Now, RecordVersions, RegionalIssue, Step,
};
use jirei::export::sample;
use jirei::format;
use jirei::layout::signs::Signs;
use jirei::privacy::PersonalWords;
use jirei::store::{Answer, HomeData, Summary};
use jirei::ui::draw::{Look, draw};
use jirei::ui::theme::{Meaning, Theme};
use jirei::ui::wide::{WideGuard, settle};
use jirei::ui::{App, Context, Msg, update};
use ratatui::Terminal;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};
use ratatui::widgets::Widget;

fn main() {
    divan::main();
}

fn stamp() -> Now {
    let at = Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap_or_default();
    Now { at, seed: 1 }
}

/// The sample, with its map said again and again until it has so many entries.
fn dossier(entries: usize) -> Option<Dossier> {
    let mut dossier = sample::case_a().ok()?;
    let originals: Vec<Node> = dossier.nodes.values().cloned().collect();
    let mut mint = stamp().ids();
    for node in originals.iter().cycle() {
        if dossier.nodes.len() >= entries {
            break;
        }
        let id = mint.id();
        let copy = Node { id, rank: node.rank + 1, number: 0, kind: Kind::Fact, ..node.clone() };
        dossier.nodes.insert(id, copy);
    }
    // The second step shows the map.
    dossier.progress.step = 1;
    Some(dossier)
}

fn program() -> Option<App> {
    let keymap = Keymap::new(&std::collections::BTreeMap::new()).ok()?;
    let lists = format::lists(None).ok()?;
    Some(App::new(Context::new(stamp(), lists, format::builtin(), keymap, PersonalWords::new(&[]))))
}

fn model(dossier: Dossier) -> Option<App> {
    let mut model = program()?;
    model.take_in(Answer::Opened {
        meeting: Box::new(dossier.into()),
        journal: Vec::new(),
        previous: Vec::new(),
    });
    update(&mut model, Msg::Resize(120, 40), stamp());
    Some(model)
}

const ENTRIES: [usize; 3] = [140, 2000, 5000];

fn bench_key(bencher: Bencher, model: Option<App>, keys: [Key; 2]) {
    let Some(mut model) = model else { return };
    let look = Look { theme: Theme::default(), signs: Signs::unicode() };
    let (mut guard, mut out) = (WideGuard::default(), String::new());
    let mut frame = Buffer::empty(Rect::new(0, 0, 120, 40));
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        update(&mut model, Msg::Key(keys[turn % 2]), stamp());
        frame.reset();
        draw(&mut frame, &model, &look);
        out.clear();
        guard.update(&frame, |_, _, cell| std::fmt::Write::write_str(&mut out, cell.symbol()))
    });
}

#[divan::bench(args = ENTRIES)]
fn a_typed_character(bencher: Bencher, entries: usize) {
    bench_key(
        bencher,
        dossier(entries).and_then(model),
        [Key::plain(Code::Char('あ')), Key::plain(Code::Backspace)],
    );
}

#[divan::bench(args = ENTRIES)]
fn an_arrow(bencher: Bencher, entries: usize) {
    bench_key(bencher, dossier(entries).and_then(model), [Key::plain(Code::Down), Key::plain(Code::Up)]);
}

/// Where one looks for what can be done: palette, help, menu.
const SEARCHED: [&str; 3] = ["ctrl-p", "f1", "f10"];

#[divan::bench(args = SEARCHED)]
fn a_character_of_a_wish(bencher: Bencher, opens: &str) {
    let mut model = dossier(140).and_then(model);
    if let Some(model) = &mut model {
        let opens = opens.parse().into_iter();
        let words = "文字が小さくて読めな".chars().map(|c| Key::plain(Code::Char(c)));
        opens.chain(words).for_each(|key| _ = update(model, Msg::Key(key), stamp()));
    }
    bench_key(bencher, model, [Key::plain(Code::Char('い')), Key::plain(Code::Backspace)]);
}

/// Maps as nobody draws them, each made of the sample.
const ODD: [&str; 6] =
    ["words of 300 letters", "60 under one", "30 deep", "all on one branch", "14 branches", "none"];

fn odd(shape: &str) -> Option<Dossier> {
    let mut dossier = dossier(140)?;
    let first = dossier.meeting.branches.first()?.clone();
    let mut mint = Now { seed: 2, ..stamp() }.ids();
    let mut hang = |dossier: &mut Dossier, parent: Option<Id<Node>>, rank: i64| {
        let id = mint.id();
        let words = format!("足した枝{rank}");
        let node = Node {
            parent,
            rank,
            branch: first.title.clone(),
            ..Node::new(id, dossier.meeting.id, &words, stamp().at)
        };
        dossier.nodes.insert(id, node);
        id
    };
    match shape {
        "words of 300 letters" => dossier
            .nodes
            .values_mut()
            .step_by(10)
            .for_each(|n| n.text = n.text.repeat(40).chars().take(300).collect()),
        "60 under one" => {
            let parent = hang(&mut dossier, None, 1);
            (0..60).for_each(|rank| _ = hang(&mut dossier, Some(parent), rank));
        }
        "30 deep" => _ = (0..30).fold(None, |parent, rank| Some(hang(&mut dossier, parent, rank))),
        "all on one branch" => dossier.nodes.values_mut().for_each(|n| n.branch.clone_from(&first.title)),
        "14 branches" => {
            for i in dossier.meeting.branches.len()..14 {
                let title = format!("足した大枝{i}");
                dossier.meeting.branches.push(Branch { title: title.clone(), ..first.clone() });
                let roots =
                    dossier.nodes.values_mut().filter(|n| n.parent.is_none() && n.branch == first.title);
                roots.step_by(8).for_each(|n| n.branch.clone_from(&title));
            }
        }
        _ => dossier.nodes.clear(),
    }
    Some(dossier)
}

#[divan::bench(args = ODD)]
fn an_arrow_on_an_odd_map(bencher: Bencher, shape: &str) {
    bench_key(bencher, odd(shape).and_then(model), [Key::plain(Code::Down), Key::plain(Code::Up)]);
}

/// A terminal that is written to as in `bench_key`.
struct Sink(String, Size);

impl Backend for Sink {
    type Error = std::fmt::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> std::fmt::Result {
        self.0.clear();
        self.0.extend(content.map(|(_, _, cell)| cell.symbol()));
        Ok(())
    }

    fn hide_cursor(&mut self) -> std::fmt::Result {
        Ok(())
    }

    fn show_cursor(&mut self) -> std::fmt::Result {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> Result<Position, Self::Error> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, _: P) -> std::fmt::Result {
        Ok(())
    }

    fn clear(&mut self) -> std::fmt::Result {
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> std::fmt::Result {
        Ok(())
    }

    fn size(&self) -> Result<Size, Self::Error> {
        Ok(self.1)
    }

    fn window_size(&mut self) -> Result<WindowSize, Self::Error> {
        Ok(WindowSize { columns_rows: self.1, pixels: self.1 })
    }

    fn flush(&mut self) -> std::fmt::Result {
        Ok(())
    }
}

/// As `an_arrow`, but that ratatui keeps the frame before and compares. What a guard over it would have to mark in the frame
/// before is not counted.
#[divan::bench(args = ENTRIES)]
fn an_arrow_through_ratatuis_terminal(bencher: Bencher, entries: usize) {
    let Some(mut model) = dossier(entries).and_then(model) else { return };
    let Ok(mut terminal) = Terminal::new(Sink(String::new(), Size::new(120, 40))) else { return };
    let look = Look { theme: Theme::default(), signs: Signs::unicode() };
    let mut turn = 0;
    bencher.bench_local(|| {
        turn += 1;
        let key = [Key::plain(Code::Down), Key::plain(Code::Up)][turn % 2];
        update(&mut model, Msg::Key(key), stamp());
        let drawn = terminal.draw(|frame| {
            draw(frame.buffer_mut(), &model, &look);
            settle(frame.buffer_mut());
        });
        drawn.is_ok()
    });
}

/// Forty rows of words: ours, and ratatui's.
#[divan::bench(args = ["ours", "ratatui"])]
fn a_screen_of_words(bencher: Bencher, whose: &str) {
    let words = "残薬が袋に3か月分、血糖の薬だけ残る。通院は月1回、病院の変更は後で知る。2か所の処方が未調整なので薬剤師に相談";
    let look = Look { theme: Theme::default(), signs: Signs::unicode() };
    let mut frame = Buffer::empty(Rect::new(0, 0, 120, 40));
    bencher.bench_local(|| {
        for row in frame.area.rows() {
            match whose {
                "ours" => look.say(words, Meaning::Text).render(row, &mut frame),
                _ => look.span(words, Meaning::Text).render(row, &mut frame),
            }
        }
    });
}

#[divan::bench(args = ENTRIES)]
fn a_twig_and_its_undo(bencher: Bencher, entries: usize) {
    let Some(mut model) = dossier(entries).and_then(model) else { return };
    let undo = Key { ctrl: true, ..Key::plain(Code::Char('z')) };
    bencher.bench_local(|| {
        for key in [Key::plain(Code::Char('あ')), Key::plain(Code::Enter), undo] {
            update(&mut model, Msg::Key(key), stamp());
        }
    });
}

/// The screen became larger while words stood in the line.
#[divan::bench(args = ENTRIES)]
fn a_typed_character_after_a_resize(bencher: Bencher, entries: usize) {
    let Some(mut model) = dossier(entries).and_then(model) else { return };
    update(&mut model, Msg::Key(Key::plain(Code::Char('い'))), stamp());
    update(&mut model, Msg::Resize(121, 40), stamp());
    update(&mut model, Msg::Resize(120, 40), stamp());
    bench_key(bencher, Some(model), [Key::plain(Code::Char('あ')), Key::plain(Code::Backspace)]);
}

/// So many issues in the analysis, each linked with the next: the column beside the map lists them.
fn analysis(issues: usize) -> Option<App> {
    let mut dossier = dossier(2000)?;
    let mut mint = stamp().ids();
    let meeting = dossier.meeting.id;
    let ids: Vec<_> = dossier.nodes.keys().copied().take(issues).collect();
    for (number, id) in (1..).zip(&ids) {
        if let Some(node) = dossier.nodes.get_mut(id) {
            (node.kind, node.number) = (Kind::Issue, number);
        }
    }
    for pair in ids.windows(2) {
        let (id, label) = (mint.id(), String::new());
        let link = Link { id, meeting, from: pair[0], to: pair[1], label, at: stamp().at };
        dossier.links.insert(id, link);
    }
    dossier.progress.step = dossier.meeting.steps.iter().position(|s| s.step == Step::Analysis)?;
    model(dossier)
}

#[divan::bench(args = [20, 500])]
fn a_typed_character_in_the_analysis(bencher: Bencher, issues: usize) {
    bench_key(bencher, analysis(issues), [Key::plain(Code::Char('あ')), Key::plain(Code::Backspace)]);
}

/// The register of so many issues, with what it is searched for in the line.
fn register(issues: usize) -> Option<App> {
    let mut model = program()?;
    let mut mint = stamp().ids();
    let sample = sample::case_a().ok()?;
    let mut records = Region::default();
    let meeting = Meeting { id: mint.id(), ..sample.meeting.clone() };
    let mut changes = vec![Change::add(meeting.clone())];
    for (i, issue) in sample.regional.values().cycle().take(issues).enumerate() {
        let statement = format!("{}（{i}）", issue.statement);
        let issue = RegionalIssue { id: mint.id(), meeting: meeting.id, statement, ..issue.clone() };
        changes.push(Change::add(issue));
    }
    records.take_in(&changes);
    update(&mut model, Msg::Resize(120, 40), stamp());
    update(&mut model, Msg::Key("f7".parse().ok()?), stamp());
    model.take_in(Answer::Region {
        records: Box::new(records),
        stamps: RecordVersions::default(),
        journal: Vec::new(),
    });
    Some(model)
}

const ISSUES: [usize; 2] = [100, 10_000];

#[divan::bench(args = ISSUES)]
fn a_typed_character_in_the_register(bencher: Bencher, issues: usize) {
    bench_key(bencher, register(issues), [Key::plain(Code::Char('薬')), Key::plain(Code::Backspace)]);
}

#[divan::bench(args = ISSUES)]
fn an_arrow_in_the_register(bencher: Bencher, issues: usize) {
    bench_key(bencher, register(issues), [Key::plain(Code::Down), Key::plain(Code::Up)]);
}

/// The list of so many meetings, with somebody far down in it.
fn home(meetings: usize) -> Option<App> {
    let mut model = program()?;
    let mut mint = stamp().ids();
    let summary = |i: usize| Summary {
        id: mint.id(),
        date: stamp().today().checked_sub_days(chrono::Days::new(i as u64)),
        title: format!("第{i}回 事例検討会"),
        venue: String::new(),
        format: "mieru".to_owned(),
        case_code: format!("2026-{i}"),
        case: None,
        participants: 20,
        nodes: 140,
        issues: 12,
        actions: 8,
        actions_open: 2,
        regional: 3,
        started: true,
        ended: true,
        next_date: None,
    };
    let summaries = (0..meetings).map(summary).collect();
    model.take_in(Answer::Home(HomeData { summaries, ..HomeData::default() }));
    update(&mut model, Msg::Resize(120, 40), stamp());
    for _ in 0..meetings / 16 {
        update(&mut model, Msg::Key(Key::plain(Code::PageDown)), stamp());
    }
    Some(model)
}

#[divan::bench(args = [20, 20_000])]
fn an_arrow_in_the_list_of_meetings(bencher: Bencher, meetings: usize) {
    bench_key(bencher, home(meetings), [Key::plain(Code::Down), Key::plain(Code::Up)]);
}
