//! What reads words from outside, each with what must hold for any input: it comes to an end soon, what is refused is said in a few
//! Japanese words that steer no terminal, and what is taken can be written and is then read again as the same.
//!
//! The fuzzer runs these, and so does `tests/it/fuzz.rs` with all inputs that are kept in `seeds`. A new parser is a new row of
//! [`TARGETS`], a `[[bin]]` in `Cargo.toml` and a few inputs in a folder of its name.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use jirei::domain::bounds::YEARS;
use jirei::domain::causes::Causes;
use jirei::domain::people::{parse_line, write_line};
use jirei::domain::text::is_forbidden;
use jirei::domain::{Branch, Dossier, Id, Kind, Lists, Meeting, Moment, Node, Now, Participant, Tree, date};
use jirei::export::json::{self, Content};
use jirei::export::people::PersonRow;
use jirei::export::{outline, people, read_text};
use jirei::format::{self, Problem};
use jirei::runtime::config::{AmbiguousWidth, Config};
use jirei::ui::theme::Palette;

/// What is done with an input.
pub type Target = fn(&[u8]);

/// Every target by its name.
pub const TARGETS: [(&str, Target); 8] = [
    ("json", read_json),
    ("outline", read_outline),
    ("people", read_people),
    ("formats", read_format),
    ("lists", read_lists),
    ("config", read_config),
    ("dates", read_dates),
    ("person", read_person),
];

/// So large a file is read within [`SOON`].
const LARGE: usize = 64 * 1024;
const SOON: Duration = Duration::from_secs(1);
/// So many characters of a message are read by somebody.
const MESSAGE: usize = 2_000;

/// Tries one input. Where it took long it is tried again, and the time counts that was worked: a busy machine is slow at anything.
pub fn run(name: &str, input: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target");
    let start = Instant::now();
    target(input);
    if start.elapsed() > SOON && input.len() <= LARGE {
        let (start, before) = (Instant::now(), worked());
        target(input);
        let took = before.and_then(|before| Some(worked()? - before)).unwrap_or(start.elapsed());
        assert!(took < SOON, "{} bytes take {took:?}", input.len());
    }
}

/// How long this thread has worked so far, where the system tells.
fn worked() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// What is refused is said to people.
fn said(message: &impl ToString) {
    let message = message.to_string();
    let count = message.chars().count();
    assert!(
        count < MESSAGE,
        "{count} characters are no message: {}",
        message.chars().take(200).collect::<String>()
    );
    assert!(!message.chars().any(|c| is_forbidden(c) && c != '\n'), "{message:?} steers the terminal");
    assert!(message.chars().any(|c| matches!(c, 'ぁ'..='ん')), "{message:?} is no Japanese");
}

fn all_said(problems: &[Problem]) {
    assert!(!problems.is_empty(), "refused for nothing");
    problems.iter().for_each(said);
}

fn text(input: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(input)
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| format::lists(None).expect("the built-in lists"));
static BRANCHES: LazyLock<Vec<Branch>> = LazyLock::new(|| format::builtin()[0].meeting(id()).branches);

fn at() -> Moment {
    Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").expect("a moment")
}

fn stamp() -> Now {
    Now { at: at(), seed: 1 }
}

fn id<T>() -> Id<T> {
    stamp().ids().id()
}

fn read_json(input: &[u8]) {
    let content = match json::read_any(input) {
        Ok(content) => content,
        Err(error) => return said(&error),
    };
    let again = match &content {
        Content::Meeting(meeting) => {
            shown(&meeting.dossier);
            json::render(&meeting.dossier, &meeting.stamps)
        }
        Content::Years(years) => json::render_years(years),
        Content::Unsaved(lines) => json::render_unsaved(lines),
    };
    assert_eq!(json::read_any(&again.expect("what was read is written")), Ok(content));
}

/// What is taken in is looked at.
fn shown(dossier: &Dossier) {
    let _ = (Tree::new(dossier), Causes::of(dossier), outline::render(dossier));
}

fn read_outline(input: &[u8]) {
    let lines = match read_text(input).and_then(outline::read) {
        Ok(lines) => lines,
        Err(error) => return said(&error),
    };
    let mut deepest = 0;
    for line in &lines.lines {
        assert!(line.depth <= deepest, "a line hangs on nothing");
        deepest = line.depth + 1;
    }
    let grown = |lines| outline::dossier(lines, &BRANCHES, Meeting::new(id()), &mut stamp().ids(), at());
    let first = grown(&lines);
    let again = grown(&outline::read(&outline::render(&first)).expect("what was written is read"));
    assert_eq!(twigs(&first), twigs(&again));
}

/// Each twig with its depth, in the order of the map.
fn twigs(dossier: &Dossier) -> Vec<(usize, Kind, &str, &str)> {
    let mut depths: HashMap<Id<Node>, usize> = HashMap::new();
    let order = Tree::new(dossier).depth_first();
    let nodes = order.iter().map(|id| &dossier.nodes[id]);
    let with_depth = |node: &Node| {
        let depth = node.parent.map_or(0, |parent| depths[&parent] + 1);
        depths.insert(node.id, depth);
        depth
    };
    let depths: Vec<usize> = nodes.clone().map(with_depth).collect();
    nodes.zip(depths).map(|(n, depth)| (depth, n.kind, n.branch.as_str(), n.text.as_str())).collect()
}

fn read_people(input: &[u8]) {
    let rows = match people::read(input) {
        Ok(rows) => rows,
        Err(error) => return said(&error),
    };
    let same = |rows: &[PersonRow]| -> Vec<PersonRow> {
        rows.iter().cloned().map(|row| PersonRow { line: 0, ..row }).collect()
    };
    let again = people::read(&table(&rows)).expect("what was written is read");
    assert_eq!(same(&again), same(&rows));
    let dossier = Dossier::new(Meeting::new(id()), None);
    match people::participants(&rows, &dossier, &mut stamp().ids()) {
        Ok(added) => assert_eq!(added.len(), rows.len()),
        Err(error) => said(&error),
    }
}

fn table(rows: &[PersonRow]) -> Vec<u8> {
    let said = |on: Option<bool>| on.map_or("", |on| if on { "はい" } else { "いいえ" }).to_owned();
    let mut table = csv::Writer::from_writer(Vec::new());
    let head = ["番号", "氏名", "職種", "所属", "部署", "関わり", "初参加"].map(str::to_owned);
    let cells = |row: &PersonRow| {
        let words = [&row.code, &row.name, &row.profession, &row.organisation, &row.department];
        let mut cells = words.map(String::clone).to_vec();
        cells.extend([said(row.involved), said(row.first_time)]);
        cells
    };
    for row in std::iter::once(head.to_vec()).chain(rows.iter().map(cells)) {
        table.write_record(row).expect("memory takes all");
    }
    table.into_inner().expect("memory takes all")
}

fn read_format(input: &[u8]) {
    let format = match format::check("町の会.toml", &text(input)) {
        Ok(format) => format,
        Err(problems) => return all_said(&problems),
    };
    let mut table = toml::Table::try_from(&format).expect("a format is a table");
    table.remove("key");
    assert_eq!(format::check("町の会.toml", &table.to_string()), Ok(format));
}

fn read_lists(input: &[u8]) {
    let lists = match format::check_lists("lists.toml", &text(input)) {
        Ok(lists) => lists,
        Err(problems) => return all_said(&problems),
    };
    let mut table = toml::Table::new();
    let mut put = |key: &str, value: Result<toml::Value, toml::ser::Error>| {
        table.insert(key.to_owned(), value.expect("a list is a value"));
    };
    macro_rules! lists {
        ($($key:ident),+) => { $(put(stringify!($key), toml::Value::try_from(&lists.$key[..]));)+ };
    }
    lists!(
        professions,
        categories,
        scenes,
        functions,
        levels,
        gaps,
        regional_statuses,
        reflected,
        taken_up,
        age_bands,
        sexes,
        triggers,
        consents,
        branch_checks,
        slots
    );
    assert_eq!(format::check_lists("lists.toml", &table.to_string()), Ok(lists));
}

fn read_config(input: &[u8]) {
    let config = match Config::parse("config.toml", &text(input)) {
        Ok(config) => config,
        Err(problems) => return all_said(&problems),
    };
    let mut table = toml::Table::new();
    let theme = config.theme.and_then(|theme| Palette::ALL.iter().find(|(_, _, palette)| *palette == theme));
    if let Some((key, _, _)) = theme {
        table.insert("theme".to_owned(), (*key).into());
    }
    let width = match config.ambiguous_width {
        AmbiguousWidth::Auto => "auto",
        AmbiguousWidth::Narrow => "narrow",
        AmbiguousWidth::Wide => "wide",
    };
    table.insert("ambiguous_width".to_owned(), width.into());
    table.insert("mouse".to_owned(), config.mouse.into());
    table.insert("town".to_owned(), config.town.clone().into());
    table.insert("facilities".to_owned(), config.facilities.clone().into());
    if let Some(folder) = &config.export_folder {
        table.insert("export_folder".to_owned(), folder.to_str().expect("it was text").into());
    }
    table.insert("keys".to_owned(), toml::Value::try_from(&config.keys).expect("keys are a table"));
    assert_eq!(Config::parse("config.toml", &table.to_string()), Ok(config));
}

fn read_dates(input: &[u8]) {
    // The day it is typed on: an ordinary one, and some at the edges.
    let days = [(2026, 5, 21), (2024, 2, 29), (*YEARS.start(), 1, 1), (*YEARS.end(), 12, 31)];
    let (year, month, day) = days[input.len() % days.len()];
    let today = NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    let text = text(input);
    for parse in [date::parse_date, date::parse_coming_date] {
        let day = match parse(&text, today) {
            Ok(day) => day,
            Err(error) => {
                said(&error);
                continue;
            }
        };
        known(day);
        for written in [date::full(day), date::long(day), date::typed(day), date::wareki(day)] {
            assert_eq!(parse(&written, today), Ok(day), "{text:?} is {written}");
        }
        let _ = date::short_from(day, today);
    }
    let next = Some(today);
    let until = date::parse_until(&text, today, next);
    until.date.into_iter().for_each(known);
    assert_eq!(date::parse_until(&until.words, today, next), until);
    if let Some(day) = until.date {
        let _ = date::names_day(&until, day);
    }
    let _ = (date::until(&until), date::meaning(&until, today), date::says_only_a_day(&until));
    let _ = (date::time_behind(&text), date::follows_next(&until));
    date::slip_in(&text, today).iter().for_each(said);
    assert!(date::parse_fiscal_year(&text).is_none_or(|year| YEARS.contains(&year)));
}

fn known(day: NaiveDate) {
    assert!(YEARS.contains(&chrono::Datelike::year(&day)), "{day} is in no year of ours");
}

fn read_person(input: &[u8]) {
    let person = |line: &str| {
        let mut person = Participant::new(id(), id(), "P12");
        parse_line(line, &LISTS).write_to(&mut person);
        person
    };
    let first = person(&text(input));
    assert_eq!(person(&write_line(&first, &LISTS)), first);
}
