//! One file a subcommand: what the command line asks, answered on standard output.

mod arguments;
mod backup;
mod check;
mod demo;
mod export;
mod formats;
mod give;
mod house;
mod import;
mod issues;
mod list;
mod progress;
mod restore;
mod review;
mod salvage;
mod screen;
mod show;
mod stop;
mod usage;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use arguments::{Arguments, Command, Parsed};
use house::House;

use crate::domain::refused;
use crate::domain::text::clean_line;
use crate::store::{StoreError, Told};

/// Exit status where the command line itself was wrong.
const USAGE: u8 = 2;

/// Does what the words ask (the program's own name first) and says how it went: 0 done, 1 failed, 2 not understood.
pub fn main(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    // Not locked: the screen writes from more than one thread.
    let mut out = io::stdout();
    let result = match arguments::parse(words) {
        Ok(Parsed::Text(text)) => write!(out, "{text}").map_err(anyhow::Error::from),
        Ok(Parsed::Asked(arguments)) => answer(*arguments, &mut out),
        Err(line) => {
            complain(&line);
            return ExitCode::from(USAGE);
        }
    };
    match result.and_then(|()| Ok(out.flush()?)) {
        Ok(()) => ExitCode::SUCCESS,
        // The program we print to has closed its end, as `head` does in `jirei show last | head`: no fault of anybody.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&told(&error));
            ExitCode::FAILURE
        }
    }
}

fn answer(arguments: Arguments, out: &mut dyn Write) -> anyhow::Result<()> {
    let house = House::new(arguments.common)?;
    match arguments.command {
        None => screen::run(&house),
        Some(Command::Demo) => demo::run(&house),
        Some(Command::List { conflicts: true, .. }) => list::conflicts(&house, out),
        Some(Command::List { json, .. }) => list::run(&house, json, out),
        Some(Command::Show { meeting }) => show::run(&house, &meeting, out),
        Some(Command::Export(what)) => export::run(&house, &what, out),
        Some(Command::Import(what)) => import::run(&house, &what, out),
        Some(Command::Issues(what)) => issues::run(&house, &what, out),
        Some(Command::Review(what)) => review::run(&house, &what, out),
        Some(Command::Formats { check: None }) => formats::list(&house, out),
        Some(Command::Formats { check: Some(arguments::Formats::Check { file }) }) => {
            formats::check(&file, out)
        }
        Some(Command::Check) => check::run(&house, out),
        Some(Command::Backup { out: folder }) => backup::run(&house, folder, out),
        Some(Command::Restore { which }) => restore::run(&house, &which, out),
        Some(Command::Salvage { file, out: folder }) => salvage::run(&house, &file, folder, out),
    }
}

/// An error for whoever typed the command: what happened, what is safe, and what to do.
fn told(error: &anyhow::Error) -> String {
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return format!("書き出す先に書けませんでした（{}）。記録は無事です", refused::in_words(error));
    }
    refused::chain_as(error.as_ref(), |cause| Some(cause.downcast_ref::<StoreError>()?.told(Told::Command)))
}

/// One line on standard error, without anything from a file that would steer the terminal. Nothing can be done where
/// even that fails.
fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "jirei: {}", clean_line(line));
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}
