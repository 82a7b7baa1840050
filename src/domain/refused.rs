//! What the system says when it does not let us at a file, in words for people.

use std::error::Error;
use std::io::{self, ErrorKind};

/// Why, in a few words.
pub fn in_words(error: &io::Error) -> String {
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
    match error.kind() {
        ErrorKind::NotFound => "ファイルがありません。名前と場所をご確認ください".to_owned(),
        ErrorKind::PermissionDenied => "読む権限がありません。ファイルの権限をご確認ください".to_owned(),
        ErrorKind::IsADirectory => "これはフォルダーです。中のファイルを選んでください".to_owned(),
        _ => format!("読めませんでした（{}）。名前と場所をご確認ください", in_words(error)),
    }
}

/// An error with what lies behind it, each thing once.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    chain_as(error, |_| None)
}

/// The same where some errors are said in other words than their own.
pub fn chain_as(
    error: &(dyn Error + 'static),
    words: impl Fn(&(dyn Error + 'static)) -> Option<String>,
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
    }
}
