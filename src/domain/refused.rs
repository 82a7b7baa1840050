//! What the system says when it does not let us at a file, in words for people.

use std::error;
use std::io::{self, ErrorKind};

use thiserror::Error;

/// A file that nobody should read as one of ours. It comes within an [`io::Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unfit {
    /// It has so many bytes, or more; so many are read at most.
    #[error("大きすぎます（{}。読めるのは {} までです）", size(*found), size(*most))]
    TooLarge {
        /// What there is.
        found: u64,
        /// What is read.
        most: u64,
    },
    /// Reading from it could wait for ever, or never end.
    #[error("ふつうのファイルではありません（パイプか装置です）")]
    Special,
    /// These are the records themselves, which only the store reads.
    #[error("記録（データベース）そのものです")]
    Records,
}

impl From<Unfit> for io::Error {
    fn from(unfit: Unfit) -> Self {
        let kind = if matches!(unfit, Unfit::TooLarge { .. }) {
            ErrorKind::FileTooLarge
        } else {
            ErrorKind::InvalidInput
        };
        io::Error::new(kind, unfit)
    }
}

impl Unfit {
    /// The reason within an error of the system.
    pub fn within(error: &io::Error) -> Option<Unfit> {
        error.get_ref()?.downcast_ref().copied()
    }
}

/// A number of bytes as people read it.
fn size(bytes: u64) -> String {
    const KIB: u64 = 1 << 10;
    const MIB: u64 = 1 << 20;
    match bytes {
        MIB.. => format!("{}MB", bytes.div_ceil(MIB)),
        KIB.. => format!("{}KB", bytes.div_ceil(KIB)),
        _ => format!("{bytes}バイト"),
    }
}

/// Why, in a few words.
pub fn in_words(error: &io::Error) -> String {
    if let Some(unfit) = Unfit::within(error) {
        return unfit.to_string();
    }
    let words = match error.kind() {
        ErrorKind::NotFound => "ファイルかフォルダーがありません",
        ErrorKind::AlreadyExists => "同じ名前のものがあります",
        ErrorKind::PermissionDenied => "使う権限がありません",
        ErrorKind::ReadOnlyFilesystem => "読み取り専用の場所です",
        ErrorKind::IsADirectory => "フォルダーです",
        ErrorKind::NotADirectory => "フォルダーではないものが途中にあります",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "ディスクの空きがありません",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "ほかのプログラムが使っています",
        ErrorKind::InvalidFilename => "使えない名前です",
        // The system says the same of much else.
        ErrorKind::InvalidInput if error.raw_os_error().is_none() => "使えない名前です",
        ErrorKind::UnexpectedEof => "途中で切れています",
        ErrorKind::TimedOut | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
            "その場所とつながりません"
        }
        _ => return error.raw_os_error().map_or_else(other, |n| format!("システムのエラー {n}番")),
    };
    words.to_owned()
}

fn other() -> String {
    "理由は分かりません".to_owned()
}

/// Why a file that was named cannot be read, and what to do.
pub fn unread(error: &io::Error) -> String {
    match Unfit::within(error) {
        Some(unfit @ Unfit::TooLarge { .. }) => {
            return format!("{unfit}。中身は読んでいません。選んだファイルをご確認ください");
        }
        Some(Unfit::Records) => {
            return format!("{}。jirei export で書き出したファイルを選んでください", Unfit::Records);
        }
        Some(unfit) => return format!("{unfit}。中身は読んでいません。選んだファイルをご確認ください"),
        None => {}
    }
    match error.kind() {
        ErrorKind::NotFound => "ファイルがありません。名前と場所をご確認ください".to_owned(),
        ErrorKind::PermissionDenied => "読む権限がありません。ファイルの権限をご確認ください".to_owned(),
        ErrorKind::IsADirectory => "これはフォルダーです。中のファイルを選んでください".to_owned(),
        _ => format!("読めませんでした（{}）。名前と場所をご確認ください", in_words(error)),
    }
}

/// An error with what lies behind it, each thing once.
pub fn chain(error: &(dyn error::Error + 'static)) -> String {
    chain_as(error, |_| None)
}

/// The same where some errors are said in other words than their own.
pub fn chain_as(
    error: &(dyn error::Error + 'static),
    words: impl Fn(&(dyn error::Error + 'static)) -> Option<String>,
) -> String {
    let (mut said, mut next) = (String::new(), Some(error));
    while let Some(cause) = next {
        next = cause.source();
        let own = || cause.downcast_ref::<io::Error>().map_or_else(|| cause.to_string(), in_words);
        let said_of_it = words(cause).unwrap_or_else(own);
        match said.contains(&said_of_it) {
            true => {}
            false if said.is_empty() => said = said_of_it,
            false => said += &format!(": {said_of_it}"),
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn システムの理由は日本語で一度だけ言う() {
        for number in 1..140 {
            let error = || io::Error::from_raw_os_error(number);
            for words in [in_words(&error()), unread(&error()), chain(&error())] {
                assert!(words.chars().all(|c| !c.is_ascii_alphabetic()), "{number}: {words}");
            }
        }
        assert_eq!(in_words(&io::Error::other("strange")), other());
        for (found, most, said) in
            [(1 << 30, 64 << 20, "1024MB。読めるのは 64MB"), (2_000, 900, "2KB。読めるのは 900バイト")]
        {
            let error = io::Error::from(Unfit::TooLarge { found, most });
            assert!(unread(&error).contains(said) && in_words(&error).contains(said), "{}", unread(&error));
        }
    }
}
