//! What the papers show is what the program does: the picture of the screen and the list of keys are made by its own
//! code. `JIREI_BLESS=1 cargo test --test it docs::` writes them anew; without it they are only compared.

use crate::support::svg;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use chrono::{DateTime, FixedOffset};
use jirei::command::{Keymap, Place, Section, TABLE, guide};
use jirei::domain::{Dossier, Id, Kind, Node, Now, RecordVersions, Side, Step};
use jirei::export::{Format, sample};
use jirei::layout::signs::Signs;
use jirei::privacy::PersonalWords;
use jirei::store::Answer;
use jirei::ui::draw::{Look, draw};
use jirei::ui::theme::{Depth, Palette, Theme};
use jirei::ui::{App, Context, Effect, Msg, update};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

/// The size of the pictured screen.
const SIZE: (u16, u16) = (103, 31);

fn home(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(home(name)).unwrap_or_default().replace("\r\n", "\n")
}

/// Compares a file with what it should be, or writes it.
fn fresh(name: &str, wanted: &str) {
    if std::env::var_os("JIREI_BLESS").is_some() {
        fs::write(home(name), wanted).unwrap();
    }
    let there = read(name);
    if there != wanted {
        let line = there.lines().zip(wanted.lines()).position(|(a, b)| a != b).map_or(0, |i| i + 1);
        panic!(
            "{name} is not what the program draws now (from line {line}): run JIREI_BLESS=1 cargo test --test it docs::"
        );
    }
}

fn stamp() -> Now {
    let at: DateTime<FixedOffset> = "2026-05-21T18:38:20+09:00".parse().unwrap();
    Now { at, seed: 1 }
}

/// How many twigs of each main branch are pictured, and how wide their words may be; the same for what hangs on a twig.
const TWIGS: (usize, usize) = (4, 18);
const SHOOTS: (usize, usize) = (1, 12);

/// The sample as it was when everybody was asking, with so few words that all of them can be read in a small picture.
fn meeting() -> Dossier {
    let mut dossier = sample::case_a().unwrap();
    dossier.nodes.retain(|_, node| matches!(node.step, Step::Interview | Step::Questions));
    let mut counts: BTreeMap<(String, Option<Id<Node>>), usize> = BTreeMap::new();
    let mut nodes: Vec<Node> = dossier.nodes.values().cloned().collect();
    nodes.sort_by_key(|node| (node.parent.is_some(), node.kind != Kind::Issue, node.at, node.id));
    let branches = dossier.meeting.branches.iter();
    let right: Vec<String> = branches.filter(|b| b.side == Side::Right).map(|b| b.title.clone()).collect();
    let hangs_on_branch = |node: &Node| node.parent.is_none();
    let mut kept = BTreeMap::new();
    for node in nodes {
        let (most, widest) = match node.parent {
            None => TWIGS,
            // The left side is left narrow, so that nothing of the right one is cut.
            Some(parent)
                if right.contains(&node.branch) && kept.get(&parent).is_some_and(hangs_on_branch) =>
            {
                SHOOTS
            }
            Some(_) => (0, 0),
        };
        let count = counts.entry((node.branch.clone(), node.parent)).or_default();
        if *count < most && node.text.width() <= widest {
            *count += 1;
            kept.insert(node.id, node);
        }
    }
    dossier.nodes = kept;
    dossier.links.clear();
    dossier.actions.clear();
    dossier.regional.clear();
    dossier.evidence.clear();
    dossier.reflections.clear();
    let questions = dossier.meeting.steps.iter().position(|s| s.step == Step::Questions).unwrap();
    dossier.progress.step = questions;
    dossier.progress.spent = vec![8 * 60, 20 * 60, 10 * 60 + 20];
    dossier.progress.started_at = Some(stamp().at - chrono::Duration::seconds(38 * 60 + 20));
    dossier.progress.ended_at = None;
    dossier
}

/// A model with the meeting open, as the start of the program makes it.
fn model() -> App {
    let lists = jirei::format::lists(None).unwrap();
    let formats = jirei::format::load(None).formats;
    let keymap = Keymap::new(&BTreeMap::new()).unwrap();
    let mut model = App::new(Context::new(stamp(), lists, formats, keymap, PersonalWords::new(&[])));
    model.take_in(Answer::Opened {
        meeting: Box::new(meeting().into()),
        journal: Vec::new(),
        previous: Vec::new(),
    });
    model
}

/// Lets a message through; what is to be saved is saved at once.
fn send(model: &mut App, msg: Msg) {
    for effect in update(model, msg, stamp()) {
        if let Effect::Commit(line, _) = effect {
            update(model, Msg::Store(Answer::Committed { edit: line.edit.id }), stamp());
        }
    }
}

fn type_text(model: &mut App, text: &str) {
    send(model, Msg::Paste(text.to_owned()));
}

fn press(model: &mut App, key: &str) {
    send(model, Msg::Key(key.parse().unwrap()));
}

fn frame(model: &App) -> (Buffer, Option<Position>) {
    let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width: SIZE.0, height: SIZE.1 });
    let theme = Theme { palette: Palette::Dark, depth: Depth::True };
    let cursor = draw(&mut buffer, model, &Look { theme, signs: Signs::unicode() });
    (buffer, cursor)
}

#[test]
fn the_picture_of_the_screen_is_fresh() {
    let mut model = model();
    send(&mut model, Msg::Resize(SIZE.0, SIZE.1));
    press(&mut model, "ctrl-f");
    type_text(&mut model, "薬が9種類");
    press(&mut model, "enter");
    type_text(&mut model, "@薬 !飲み方が複雑");
    press(&mut model, "enter");
    type_text(&mut model, "残った薬が袋に3か月分");
    let (buffer, cursor) = frame(&model);
    let title = "jirei の画面：質問の段階。事例を真ん中に、左右に大枝と枝が伸び、下の入力行に次のことばが書かれている";
    fresh("docs/screen.svg", &svg::picture(&buffer, cursor, title));
}

#[test]
fn the_picture_shows_what_it_should() {
    let picture = read("docs/screen.svg");
    let words: String = picture
        .split("<text ")
        .skip(1)
        .map(|t| t.split('>').nth(1).unwrap().split('<').next().unwrap())
        .collect();
    for shown in ["③", "質問", "残った薬が袋に", "薬剤師"] {
        assert!(words.contains(shown), "{shown} is not in the picture");
    }
    assert!(!picture.contains("#ff00ff"), "a colour of the picture is not known");
}

/// The table of actions as a page.
fn keys() -> String {
    let map = Keymap::new(&BTreeMap::new()).unwrap();
    let mut page = "# キーの一覧\n\n\
        <!-- プログラムの操作の表から作っています。直すときは src/command/table.rs を直し、JIREI_BLESS=1 cargo test --test it docs:: で作りなおします。 -->\n\n\
        同じ一覧は、プログラムの中で "
        .to_owned()
        + &map.fill("{help} を押すと出ます。")
        + "キーは設定ファイル（`config.toml`）の `[keys]` で、「名前」を使って変えられます。\n";
    for section in Section::ALL {
        let _ = write!(
            page,
            "\n## {}\n\n| キー | すること | どこで | 名前 | 説明 |\n|---|---|---|---|---|\n",
            section.title()
        );
        for row in TABLE.iter().filter(|row| row.section == section) {
            let keys: Vec<String> = map.all(row.command).iter().map(|key| format!("`{key}`")).collect();
            let keys = if keys.is_empty() { "（メニューから）".to_owned() } else { keys.join("、") };
            let _ = writeln!(
                page,
                "| {keys} | {} | {} | `{}` | {} |",
                row.title,
                Place::said(row.places),
                row.id,
                map.fill(row.help)
            );
        }
    }
    page
}

#[test]
fn the_list_of_keys_is_fresh() {
    fresh("docs/keys.md", &keys());
}

#[test]
fn the_keys_in_the_guide_are_fresh() {
    let map = Keymap::new(&BTreeMap::new()).unwrap();
    for page in guide() {
        fresh(&format!("docs/guide/{}.md", page.name), &page.with_keys(&map).replace("\r\n", "\n"));
    }
}

#[test]
fn the_picture_of_the_map_is_fresh() {
    let lists = jirei::format::lists(None).unwrap();
    let svg =
        jirei::export::render(Format::Svg, &sample::case_a().unwrap(), &RecordVersions::default(), &lists)
            .unwrap()
            .bytes;
    fresh("docs/map.svg", &String::from_utf8(svg).unwrap());
    assert!(read("README.md").contains("docs/map.svg"));
}

#[test]
fn the_readme_names_every_sign_and_the_guide_every_export() {
    let (readme, map, print) = (read("README.md"), read("docs/guide/map.md"), read("docs/guide/print.md"));
    for kind in Kind::ALL {
        let row = match kind.sign() {
            Some(sign) => format!("| `{sign}` | {} |", kind.label()),
            None => format!("| （なし） | {} |", kind.label()),
        };
        assert!(
            readme.contains(&row) && map.contains(&row),
            "README.md or docs/guide/map.md has no row {row}"
        );
    }
    for format in Format::ALL {
        let row = format!("| `{}` | {} |", format.key(), format.label());
        assert!(print.contains(&row), "docs/guide/print.md has no row {row}");
    }
    assert!(readme.contains("docs/screen.svg") && readme.contains("docs/keys.md"));
}

#[test]
fn the_guide_names_every_subcommand_and_no_other() {
    let output = Command::cargo_bin("jirei").unwrap().arg("--help").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    let listed =
        help.lines().skip_while(|l| !l.starts_with("サブコマンド")).skip(1).take_while(|l| !l.is_empty());
    let mut offered: Vec<&str> = listed.map(|l| l.split_whitespace().next().unwrap()).collect();
    let guide = read("docs/guide/commands.md");
    let block =
        guide.split("<!-- commands -->").nth(1).expect("docs/guide/commands.md marks its list of commands");
    let mut named: Vec<&str> = block
        .lines()
        .filter_map(|l| l.strip_prefix("    jirei ")?.split_whitespace().next())
        .filter(|word| !word.starts_with(['[', '-']))
        .collect();
    offered.sort_unstable();
    named.sort_unstable();
    named.dedup();
    assert_eq!(named, offered);
}

#[test]
fn the_settings_of_the_guide_are_understood() {
    let guide = read("docs/guide/settings.md");
    let example = guide
        .split("```toml\n")
        .nth(1)
        .and_then(|t| t.split("```").next())
        .expect("docs/guide/settings.md shows settings");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let load = |text: &str| {
        fs::write(&file, text).unwrap();
        jirei::runtime::config::Config::load(Some(&file), &file)
    };
    let config = load(example).unwrap();
    Keymap::new(&config.keys).unwrap();
    // All there is to set is shown: each key of the example changes something, and nothing else is known.
    let error = load("unknown_setting = 1").unwrap_err().to_string();
    assert!(error.contains("unknown_setting"), "{error}");
    for key in ["theme", "ambiguous_width", "mouse", "facilities", "export_folder", "[keys]"] {
        assert!(example.contains(key), "docs/guide/settings.md does not show {key}");
    }
}
