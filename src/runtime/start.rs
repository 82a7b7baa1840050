//! From the files on the disk to a program that can be drawn.

use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::command::Keymap;
use crate::domain::{Act, Change, Dossier, Edit, JournalEntry};
use crate::format;
use crate::layout::measure::Ambiguous;
use crate::privacy::PersonalWords;
use crate::runtime::chosen;
use crate::runtime::config::{AmbiguousWidth, Config};
use crate::runtime::rescue::Places;
use crate::runtime::{Options, stamp};
use crate::store::{Access, Answer, DATABASE, OpenError, Store, StoreError, salvaged};
use crate::ui;
use crate::ui::draw::Look;
use crate::ui::picker::Pick;
use crate::ui::theme::{Depth, Theme};
use crate::ui::{App, Choice, Chooser, Msg, Overlay, meeting_of, update};

/// Everything the loop starts with.
pub struct Started {
    pub app: App,
    pub look: Look,
    pub store: Store,
    pub places: Places,
}

/// Reads what the first frame of a screen of this size shows.
pub fn start(options: &Options, config: &Config, size: (u16, u16)) -> anyhow::Result<Started> {
    let keymap = Keymap::new(&config.keys)
        .context("設定ファイルの [keys] に直すところがあります。記録には触れていません")?;
    let sessions = options.data.join("sessions");
    // Reading the formats and lists takes as long as opening the records: people wait for the longer one only.
    let (formats, lists, opened) = std::thread::scope(|scope| {
        let formats = scope.spawn(|| format::load(Some(&sessions)));
        let lists = scope.spawn(|| format::lists(Some(&sessions)));
        let opened = open(&options.data);
        (formats.join(), lists.join(), opened)
    });
    let unread = |_| {
        anyhow::anyhow!(
            "プログラムの不具合で、会のやり方と一覧を読めませんでした。記録は無事です。もう一度開いてください"
        )
    };
    let (formats, lists) = (formats.map_err(unread)?, lists.map_err(unread)?);
    let lists = lists.map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let (mut store, refused) = opened?;
    if let Some(sample) = &options.sample {
        put_in(&mut store, sample)?;
    }
    let look_only = store.access() == Access::Look;
    let folder = config.export_folder.clone().unwrap_or_else(documents);
    let mut app = App::new(ui::Context::new(
        stamp(),
        lists,
        formats.formats,
        keymap,
        PersonalWords::new(&config.facilities),
    ));
    app.cx.theme = theme(config, &options.data);
    app.cx.theme_is_set = config.theme.is_some();
    if config.ambiguous_width == AmbiguousWidth::Wide {
        update(&mut app, Msg::Signs(Ambiguous::Wide), stamp());
    }
    // Nobody waits for an effect of a size.
    update(&mut app, Msg::Resize(size.0, size.1), stamp());
    app.cx.export_folder = folder;
    let data = std::path::absolute(&options.data).unwrap_or_else(|_| options.data.clone());
    app.cx.folder = options.sample.is_none().then_some(data);
    app.cx.town.clone_from(&config.town);
    app.cx.look_only = look_only;
    let read = read_in(&mut app, &store, options.sample.as_ref());
    let named = options.named && options.sample.is_none();
    say_what_was_found(&mut app, &store, formats.problems.first(), named.then_some(&*options.data));
    match read {
        Err(error) if error.is_damage() => app.damaged(Some(1)),
        read => read?,
    }
    if refused.as_ref().is_some_and(OpenError::is_damage) {
        app.damaged(None);
    } else if let Some(refused) = refused {
        ask_to_look(&mut app, refused.to_string());
    }
    let look = Look { theme: app.cx.theme, signs: app.cx.marks };
    Ok(Started {
        app,
        look,
        store,
        places: Places::new(&options.data, config.backup_folder.clone(), documents()),
    })
}

/// They cannot be written: for this reason.
fn ask_to_look(app: &mut App, reason: String) {
    let mut chooser = Chooser::new(
        "今は書けません",
        vec![Choice::new("見るだけで開く", "", Pick::Nothing), Choice::new("終わる", "", Pick::Quit)],
    );
    chooser.text = reason;
    app.cx.over = Some(Overlay::Choose(chooser));
}

/// Says what is to be known at the beginning. `named`: the folder, if somebody said which.
fn say_what_was_found(app: &mut App, store: &Store, problem: Option<&format::Problem>, named: Option<&Path>) {
    if let Some(said) = app.cx.keymap.said_of_given_up() {
        app.cx.say(said);
    }
    if let Some(folder) = named.filter(|_| store.is_new()) {
        app.cx.say(format!("新しい記録を {} に作りました。", folder.display()));
    }
    if let Some(problem) = problem {
        app.cx.warn(problem.to_string());
    }
    if let Some(warning) = store.warnings().first() {
        app.cx.warn(warning.to_string());
    }
}

/// Opens the records to write, or, where another has them, to look at; then with the reason.
fn open(data: &Path) -> anyhow::Result<(Store, Option<OpenError>)> {
    match Store::open(data, Access::Write) {
        Ok(store) => Ok((store, None)),
        // They can be mended from the screen, over a list of what would come of it.
        Err(error) if error.is_damage() => {
            let (path, now) = (data.join(DATABASE), stamp());
            let shown = salvaged(&path, now.at, &mut now.ids()).map(|(store, _)| store);
            Ok((shown.or_else(|_| Store::nothing(&path))?, Some(error)))
        }
        Err(error) if error.can_look() => match Store::open(data, Access::Look) {
            Ok(store) => Ok((store, Some(error))),
            // What stood in the way of writing is the better reason.
            Err(_) => Err(error.into()),
        },
        Err(error) => Err(error.into()),
    }
}

fn put_in(store: &mut Store, sample: &Dossier) -> anyhow::Result<()> {
    let stamp = stamp();
    let changes = sample.records().map(Change::add).collect();
    let edit = Edit { id: stamp.ids().id(), at: stamp.at, label: "見本".to_owned(), changes };
    store.commit(&JournalEntry { edit, meeting: Some(sample.meeting.id), act: Act::Quiet })?;
    Ok(())
}

/// The list of meetings, and the place where we were.
fn read_in(app: &mut App, store: &Store, sample: Option<&Dossier>) -> Result<(), StoreError> {
    let rows = usize::from(app.cx.size.1);
    // A meeting takes two rows, an action three. The rest follows while people look at the first of them.
    let mut home = store.home(rows / 2, rows / 3)?;
    let bookmark = home.bookmark.take();
    app.take_in(Answer::Home(home));
    let marked = bookmark.as_deref().and_then(meeting_of);
    let meeting = sample.map(|s| s.meeting.id).or(marked);
    let meeting = match meeting {
        Some(id) => store.stamped(id)?,
        None => None,
    };
    if let Some(meeting) = meeting {
        let id = meeting.dossier.meeting.id;
        let (journal, previous) = (store.journal(id)?, store.previous_actions(&meeting.dossier.meeting)?);
        app.take_in(Answer::Opened { meeting: Box::new(meeting), journal, previous });
    }
    if let Some(bookmark) = bookmark {
        app.resume(&bookmark);
    }
    if sample.is_some() {
        app.cx.passing = true;
        app.cx.say(ui::SAMPLE);
    }
    Ok(())
}

/// The user's folder for documents, where files are looked for first.
fn documents() -> PathBuf {
    let home = etcetera::home_dir().unwrap_or_default();
    let names = ["Documents", "ドキュメント", "書類"];
    names.iter().map(|name| home.join(name)).find(|path| path.is_dir()).unwrap_or(home)
}

/// What the settings file says, else what was chosen from the menu.
fn theme(config: &Config, data: &Path) -> Theme {
    let variable = |name: &str| std::env::var(name).ok();
    let depth = Depth::of(
        variable("NO_COLOR").as_deref(),
        variable("COLORTERM").as_deref(),
        variable("TERM").as_deref(),
        variable("WT_SESSION").is_some(),
    );
    Theme { palette: config.theme.or_else(|| chosen::read(data)).unwrap_or_default(), depth }
}
