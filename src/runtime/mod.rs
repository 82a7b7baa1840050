//! The only loop: terminal guard, keys, clock, clipboard, doing effects.
//!
//! Messages come from three sides: the keyboard's thread, the store's thread and the clock. Each goes through
//! [`update`]; what leaves it as an effect is done here; then the screen is drawn once.

mod backups;
mod caretaker;
mod chosen;
mod clipboard;
pub mod config;
#[cfg(windows)]
mod console;
mod decode;
mod effects;
mod input;
mod mend;
mod moment;
mod owed;
pub mod paint;
pub mod poster;
#[cfg(any(windows, test))]
mod records;
mod rescue;
mod screen;
mod start;
mod terminal;
#[cfg(unix)]
mod tty;
mod viewer;

use std::io;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::bail;

use crate::domain::Dossier;
use crate::layout::measure::Ambiguous;
use crate::layout::signs::Signs;
use crate::store::{Answer, Backups, DATABASE, Kept};
use crate::ui::{App, Hung, Mend, Msg, update};
use backups::BackupMaker;
use caretaker::Report;
use config::{AmbiguousWidth, Config};
use effects::{Effects, Words};
pub(crate) use moment::stamp;
use owed::Owed;
use poster::answers::{ABOUT_SIXELS, Surroundings, Told};
use poster::encode::removal;
use poster::{Gallery, Made, Next};
use screen::Screen;

/// What the screen starts with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the database.
    pub data: PathBuf,
    /// Somebody said that it is this one.
    pub named: bool,
    /// The settings; none for the usual place.
    pub config: Option<PathBuf>,
    /// What no file that is given away may take the place of.
    pub kept: Kept,
    /// A meeting to put into an empty database and open at once.
    pub sample: Option<Dossier>,
}

/// What reaches the loop.
#[derive(Debug)]
enum Input {
    Msg(Msg),
    /// The terminal said something about itself.
    Told(Told),
    /// A picture was made.
    Made(Made),
    /// What was done beside the loop, for the records of one opening.
    Kept(u32, Report),
    /// Somebody asks us to stop for a while.
    #[cfg_attr(windows, expect(dead_code, reason = "no signals there"))]
    Stop,
    /// We were stopped, by whatever, and go on.
    #[cfg_attr(windows, expect(dead_code, reason = "no signals there"))]
    GoOn,
    /// The terminal is gone, or somebody asks us to end.
    End,
}

/// How often the clock is looked at while it runs or a draft waits to be kept.
const TICK: Duration = Duration::from_secs(1);

/// Opens the screen and comes back when people leave it.
///
/// # Errors
/// Settings or records that cannot be used, a terminal that cannot be drawn on, and edits that could not be saved at the end.
pub fn run(options: Options) -> anyhow::Result<()> {
    let config = Config::load(options.config.as_deref(), &config::default_place())?;
    let ask_width = config.ambiguous_width == AmbiguousWidth::Auto;
    terminal::install_panic_hook();
    let guard = terminal::Guard::enter(config.mouse)?;
    let ((sender, inputs), owed) = (std::sync::mpsc::channel(), Owed::default());
    // The terminal is asked first: it answers while the records are read. Its size is read once changes of it are heard of.
    input::spawn(sender.clone(), ask_width, owed.clone())?;
    let mut room = Room { config, guard, inputs, sender, owed, ask_width, signs: None };
    let mut said = None;
    for opening in 0.. {
        match sit(&options, &mut room, opening, said.take())? {
            Ended::Over => break,
            // Nobody has the records open now.
            Ended::Mend(mend) => {
                let told = mend::mend(&options.data, &mend);
                // Nothing is made in the place of a folder that vanished.
                anyhow::ensure!(options.data.join(DATABASE).exists(), "{told}");
                said = Some(told);
            }
        }
        // What was meant for those before: answers, and keys that were pressed blindly.
        while let Ok(input) = room.inputs.try_recv() {
            if matches!(input, Input::End) {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// How the loop ended.
enum Ended {
    Over,
    /// Other records are put in the place of these, and it begins anew.
    Mend(Mend),
}

/// What stays while the records are closed and opened again.
struct Room {
    config: Config,
    guard: terminal::Guard,
    inputs: Receiver<Input>,
    sender: Sender<Input>,
    owed: Owed,
    /// Whether the terminal is asked how many cells it gives to signs such as ①.
    ask_width: bool,
    /// What it answered.
    signs: Option<Ambiguous>,
}

/// Opens the records and comes back when they are closed.
fn sit(options: &Options, room: &mut Room, opening: u32, said: Option<String>) -> anyhow::Result<Ended> {
    let (data, kept) = (options.data.clone(), options.kept.clone());
    let start::Started { mut app, look, store, places } =
        start::start(options, &room.config, crossterm::terminal::size()?)?;
    let mut screen = Screen::new(look, room.owed.clone());
    if let Some(signs) = room.signs {
        app.cx.effects = update(&mut app, Msg::Signs(signs), stamp());
    } else if room.ask_width {
        if !screen.wait_for_width(&room.inputs, &mut app) {
            // Nothing was typed yet, and nothing waits.
            return Ok(Ended::Over);
        }
        let wide = app.cx.marks == Signs::on(Ambiguous::Wide);
        room.signs = Some(if wide { Ambiguous::Wide } else { Ambiguous::Narrow });
    }
    if let Some(said) = said {
        app.cx.tell(said);
    }
    let backups = (!app.cx.passing).then(|| Backups::new(&data, room.config.backup_folder.clone()));
    let keeper = BackupMaker::new(data.clone(), backups, !app.cx.look_only);
    let mut effects = Effects::new(
        store,
        Words::of(&app),
        (places, keeper),
        (data.clone(), kept),
        room.sender.clone(),
        opening,
    );
    let ended = std::panic::catch_unwind(AssertUnwindSafe(|| {
        turn(&mut app, &mut screen, &mut effects, (&room.guard, &room.inputs))
    }));
    // The terminal may be gone.
    let _ = screen.clear();
    // Whatever happened: what is half typed is kept, and what waits is saved, before anything else is said.
    if let Ok(bookmark) = std::panic::catch_unwind(AssertUnwindSafe(|| app.bookmark())) {
        effects.keep(bookmark);
    }
    let unsaved = effects.finish()?;
    // What a damaged file refused is found in the new records' first look.
    if let Ok(Ok(ended @ Ended::Mend(_))) = ended {
        return Ok(ended);
    }
    if let Some((count, place)) = unsaved {
        bail!(
            "{count}件を保存できませんでした。書いたことばは {0} に残しました。ディスクの空きと権限を確かめてから、もう一度開くと、戻すかどうかをたずねます。「jirei --data \"{1}\" import \"{0}\"」でも戻せます",
            place.display(),
            data.display()
        );
    }
    match ended {
        Ok(result) => result,
        Err(_) => bail!(
            "プログラムの不具合で止まりました。書いたものは保存されています。もう一度開くと、同じ所から続けられます"
        ),
    }
}

/// The loop. Ends when somebody quits or the terminal is gone.
fn turn(
    app: &mut App,
    screen: &mut Screen,
    effects: &mut Effects,
    (guard, inputs): (&terminal::Guard, &Receiver<Input>),
) -> anyhow::Result<Ended> {
    send(app, effects, Msg::Tick);
    screen.draw(app)?;
    effects.complete(app);
    // Nobody waits for what the terminal can: it is asked once everything is seen, and answers among the keys.
    let mut gallery = Gallery::new(Surroundings::here());
    screen.ask(&gallery.questions())?;
    let (mut ticked, mut pause) = (Instant::now(), None);
    loop {
        let tick = wants_ticks(app).then(|| TICK.saturating_sub(ticked.elapsed()));
        let first = match tick.into_iter().chain(pause).min() {
            Some(time) => inputs.recv_timeout(time),
            None => inputs.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let mut next = match first {
            Ok(input) => Some(input),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return Ok(Ended::Over),
        };
        while let Some(input) = next {
            if let Some(ended) = hear(app, screen, effects, &mut gallery, guard, input)? {
                return Ok(ended);
            }
            next = inputs.try_recv().ok();
        }
        if ticked.elapsed() >= TICK {
            ticked = Instant::now();
            send(app, effects, Msg::Tick);
        }
        let hung = screen.draw(app).and_then(|()| hang(app, screen, effects, &mut gallery));
        // A terminal that cannot be written to is gone.
        let Ok(time) = hung else { return Ok(Ended::Over) };
        pause = time;
    }
}

/// Takes in what came; the end, where it is one.
fn hear(
    app: &mut App,
    screen: &mut Screen,
    effects: &mut Effects,
    gallery: &mut Gallery,
    guard: &terminal::Guard,
    input: Input,
) -> anyhow::Result<Option<Ended>> {
    match input {
        Input::Msg(msg) => {
            // A thread that dies says where, over whatever stands on the screen.
            if matches!(msg, Msg::Resize(..) | Msg::Store(Answer::Stopped { .. })) {
                screen.forget();
            }
            if matches!(msg, Msg::Key(_) | Msg::NoEsc | Msg::Paste(_) | Msg::Mouse(_)) {
                gallery.key();
            }
            return Ok(send(app, effects, msg));
        }
        Input::Told(told) => {
            if told == (Told::Attributes { sixel: true }) && screen.ask(ABOUT_SIXELS).is_err() {
                return Ok(Some(Ended::Over));
            }
            let msg = gallery.note(told);
            return Ok(send(app, effects, msg));
        }
        Input::Made(made) => gallery.take(made),
        Input::Kept(opening, report) if opening == effects.opening() => match report {
            Report::Examined(found) => effects.examined(found),
            Report::Said(msg) => return Ok(send(app, effects, msg)),
        },
        // Of records that stand here no more.
        Input::Kept(..) => {}
        Input::Stop | Input::GoOn => {
            // What is half typed is kept, should nobody ever let us go on.
            send(app, effects, Msg::Tick);
            if matches!(input, Input::Stop) {
                screen.clear()?;
                guard.stop()?;
            }
            guard.take_again()?;
            screen.forget();
            let (columns, rows) = crossterm::terminal::size()?;
            send(app, effects, Msg::Resize(columns, rows));
        }
        Input::End => return Ok(Some(Ended::Over)),
    }
    Ok(None)
}

/// Goes on with the picture that should hang; gives how long nothing is to be done for it.
fn hang(
    app: &mut App,
    screen: &mut Screen,
    effects: &mut Effects,
    gallery: &mut Gallery,
) -> io::Result<Option<Duration>> {
    let wanted = screen.wants(app);
    match gallery.next(wanted.as_ref().map(|(sketch, _)| sketch), screen.hangs()) {
        Next::Nothing => {}
        Next::Wait(time) => return Ok(Some(time)),
        Next::Make => {
            let Some((sketch, dossier)) = wanted else { return Ok(None) };
            let inputs = effects.inputs();
            // The loop may have ended already: then nobody wants the picture.
            gallery.make(sketch, dossier, move |made| drop(inputs.send(Input::Made(made))))?;
        }
        Next::Hang(Made { sketch, protocol, picture: Ok((bytes, spots)), cell }) => {
            screen.hang(sketch.clone(), &bytes, removal(protocol))?;
            send(app, effects, Msg::Hung(Box::new(Hung { sketch, spots, cell, last: None })));
        }
        Next::Hang(Made { picture: Err(problem), .. }) => {
            send(app, effects, Msg::Viewed(Err(problem)));
            screen.draw(app)?;
        }
    }
    Ok(None)
}

/// Whether anything changes by itself: a clock that runs, a draft that is not kept yet.
fn wants_ticks(app: &App) -> bool {
    app.cx.touched || app.meeting().is_some_and(|m| m.doc.clock.running)
}

/// Lets a message through, and everything that follows from it at once; the end, where it is one.
fn send(app: &mut App, effects: &mut Effects, msg: Msg) -> Option<Ended> {
    let mut waiting = vec![msg];
    while let Some(msg) = waiting.pop() {
        for effect in update(app, msg, stamp()) {
            match effects.act(effect) {
                effects::Next::Nothing => {}
                effects::Next::Msg(msg) => waiting.push(msg),
                effects::Next::Mend(mend) => return Some(Ended::Mend(mend)),
                effects::Next::Quit => return Some(Ended::Over),
            }
        }
    }
    None
}
