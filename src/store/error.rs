//! What can go wrong between the program and its file, in words for the person in front of it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};
use thiserror::Error;

use super::Holder;
use crate::domain::refused::in_words;

/// Why the database could not be opened. Nothing was changed in the file, whichever it is.
#[derive(Debug, Error)]
pub enum OpenError {
    /// There is no database yet, and looking does not make one.
    #[error("{} はまだありません。はじめての会議を作ると、ここに記録ができます。", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// Somebody named a folder in which to look.
    #[error(
        "「{}」というフォルダーはありません。何も作っていません。フォルダーの名前と場所をご確認ください。",
        folder.display()
    )]
    NoFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// Whoever made it, it is not the program: a database gets its name when it is whole.
    #[error(
        "記録のファイル {} が空です（長さ 0）。中の記録が失われたおそれがあるので、このファイルには手を付けていません。\
         バックアップがあれば、この場所に戻してください。なければ、ファイルを別の場所へ移すと、新しい記録から始められます。",
        path.display()
    )]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// SQLite cannot read it at all.
    #[error(
        "{} は jirei の記録ではないようです（データベースとして読めません）。このファイルには手を付けていません。\
         ファイルを別の場所へ移すか、別のフォルダーを --data で指定して、もう一度お試しください。",
        path.display()
    )]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// SQLite can read it, but another program has made it.
    #[error(
        "{} は別のプログラムのデータベースです。このファイルには手を付けていません。\
         ファイルを別の場所へ移すか、別のフォルダーを --data で指定して、もう一度お試しください。",
        path.display()
    )]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// Written by a later version of this program.
    #[error(
        "{} は、もっと新しい jirei で作られた記録です（記録の版 {found}、このプログラムが読める版 {known}）。\
         記録には手を付けていません。新しい jirei で開いてください。",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of the file.
        found: u32,
        /// The version this program writes.
        known: u32,
    },
    /// Written by an earlier version; looking cannot bring it up to date.
    #[error(
        "{} は古い版の記録です（記録の版 {found}、今の版 {known}）。記録には手を付けていません。\
         見るだけでは新しい形にできないので、一度、書き込める状態でふつうに開いてください。",
        path.display()
    )]
    Older {
        /// The file.
        path: PathBuf,
        /// The version of the file.
        found: u32,
        /// The version this program writes.
        known: u32,
    },
    /// The file or its folder takes nothing from us.
    #[error(
        "{} に書き込めません（読み取り専用です）。記録はそのままで、見るだけならできます。\
         書き込むには、ファイルとフォルダーの読み取り専用を外すか、別のフォルダーを --data で指定してください。",
        path.display()
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Another jirei has it open for writing.
    #[error(
        "{} は、{by}が開いています。記録は無事で、見るだけならできます。\
         書き込むには、もう一方の jirei を終えてから、もう一度開いてください。",
        path.display()
    )]
    InUse {
        /// The file.
        path: PathBuf,
        /// Which one.
        by: Holder,
    },
    /// A program that is no jirei holds the file.
    #[error(
        "{} は、別のプログラム（DB Browser、バックアップソフトなど）が使っています。記録には手を付けていません。\
         そのプログラムを閉じてから、もう一度お試しください。",
        path.display()
    )]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// A save was cut off, and looking cannot take it back.
    #[error(
        "{} には、途中で止まった保存が残っています。記録は失われていませんが、元に戻すには書き込みが要ります。\
         読み取り専用を外し、別の jirei が開いていればそれを終えてから、もう一度お試しください。",
        path.display()
    )]
    Interrupted {
        /// The file.
        path: PathBuf,
    },
    /// What SQLite reads does not hang together.
    #[error(
        "{} が壊れているようです（{detail}）。これ以上悪くしないよう、何も書き込んでいません。\
         まずこのファイルを別の場所にコピーして残し、バックアップがあれば、それをこの場所に戻してください。",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the system says.
        detail: String,
    },
    /// SQLite did not take a setting that keeps the data safe.
    #[error(
        "{} を安全な設定で開けませんでした（{setting}）。記録には手を付けていません。\
         別のフォルダーを --data で指定して、もう一度お試しください。",
        path.display()
    )]
    Setting {
        /// The file.
        path: PathBuf,
        /// Its name and what it is.
        setting: String,
    },
    /// The system refuses, for another reason.
    #[error(
        "{} を読み書きできませんでした（{detail}）。記録には手を付けていません。\
         フォルダーの場所と、ディスクの空きと、使う権限があるかを確かめて、もう一度お試しください。",
        path.display()
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        detail: String,
    },
}

impl OpenError {
    /// Whether the same database can still be opened with `Access::Look`.
    pub fn can_look(&self) -> bool {
        matches!(self, Self::ReadOnly { .. } | Self::InUse { .. } | Self::Busy { .. })
    }

    /// Why, in a few words, for those who say the rest themselves.
    pub(super) fn reason(&self) -> String {
        match self {
            Self::ReadOnly { .. } => "読み取り専用です".to_owned(),
            Self::InUse { by, .. } => format!("{by}が開いています"),
            Self::Busy { .. } => "別のプログラムが使っています".to_owned(),
            Self::Io { detail, .. } => detail.clone(),
            other => other.to_string(),
        }
    }

    /// Whether there are records, or were, that cannot be read any more: what is whole in them can be salvaged.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged { .. } | Self::NotADatabase { .. } | Self::Empty { .. })
    }

    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            _ => Self::Io { path, detail: in_words(error) },
        }
    }

    pub(super) fn sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        let detail = reason(error);
        if error.sqlite_error().is_some_and(|e| e.extended_code == ffi::SQLITE_READONLY_ROLLBACK) {
            return Self::Interrupted { path };
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotADatabase { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, detail },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            _ => Self::Io { path, detail },
        }
    }
}

/// Who is told why something could not be saved or read: what is safe, and what to do, is not the same for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// People in front of the screen, whose words wait there to be saved.
    Saving,
    /// People in front of the screen, who asked for something that was to be read.
    Reading,
    /// Whoever typed a command, which is over.
    Command,
}

/// Why something could not be saved or read. What to do about it says [`StoreError::told`].
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// No space is left on the disk; saving is tried again.
    #[error("ディスクの空きがありません。")]
    Full,
    /// The disk takes nothing, for want of space or because it is broken; saving is tried again.
    #[error("ディスクに書き込めません（空きか割り当てがないか、ディスクの不具合です）。")]
    Disk,
    /// Another process is writing, or reads for long; saving is tried again. No jirei writes there: we hold the lock.
    #[error(
        "記録のファイルを、別のプログラム（DB Browser、バックアップソフト、見るだけの jirei など）が使っています。"
    )]
    Busy,
    /// The file or its folder takes nothing from us any more; saving is tried again.
    #[error("記録のファイルに書き込めません（読み取り専用です）。")]
    ReadOnly,
    /// The database was opened with `Access::Look`.
    #[error("見るだけで開いているので、保存できません。記録は元のままです。")]
    Look,
    /// The file is no longer where it was opened; saving is tried again.
    #[error("記録のファイルが見つかりません（抜いたか、移したか、消しました）。")]
    Moved,
    /// Other records, or older ones, stand where the file was opened; they are left as they are, and saving is tried again.
    #[error("記録の場所に、別の記録があります。そちらには何も書いていません。")]
    Replaced,
    /// The disk failed after the edit stood: it may go with the next power cut.
    #[error(
        "書き込みの終わりに、ディスクのエラーがありました。書いたことは今の記録に入っていますが、停電などで失われるおそれがあります。"
    )]
    Unsure,
    /// What SQLite reads does not hang together.
    #[error("記録のファイルが壊れているようです。")]
    Damaged,
    /// The file was looked through and is damaged: nothing more is written into it.
    #[error("記録のファイルが壊れているので、もう書き込みません。記録には手を付けていません。")]
    Shut,
    /// The change does not fit what stands in the tables; trying again does not help.
    #[error("今の記録と合わないので、保存できませんでした（{0}）。ほかの記録は無事です。")]
    Mismatch(String),
    /// A value in the file is not what the program writes there.
    #[error("記録の一部が読めません（表 {table} の {column}）。記録には手を付けていません。")]
    Unreadable {
        /// The SQL table.
        table: String,
        /// Its column.
        column: String,
    },
    /// A row is not as it was written.
    #[error(
        "記録の一部が、書いたときと違っています（表 {table}）。ファイルが壊れているようです。記録には手を付けていません。"
    )]
    Altered {
        /// The SQL table.
        table: &'static str,
    },
    /// SQLite or the system refuses, for another reason; saving is tried again.
    #[error("記録のファイルを読み書きできませんでした（{0}）。")]
    Other(String),
}

impl StoreError {
    /// Whether what stands in the file is not what was written.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged | Self::Altered { .. } | Self::Unreadable { .. })
    }

    /// What happened, what is safe and what to do, for whoever is told.
    pub fn told(&self, whom: Told) -> String {
        let stays = if whom == Told::Saving {
            "書いたことばはこの画面に残っています。"
        } else {
            ""
        };
        format!("{self}{stays}{}", self.to_do(whom))
    }

    fn to_do(&self, whom: Told) -> &'static str {
        match (self, whom) {
            (Self::Full | Self::Disk, Told::Saving) => "空きを作ると、自動で保存します。",
            (Self::Full | Self::Disk, _) => "記録は無事です。空きを作って、もう一度お試しください。",
            (Self::Busy, Told::Saving) => "そのプログラムを閉じると、自動で保存します。",
            (Self::Busy, _) => "記録は無事です。そのプログラムを閉じて、もう一度お試しください。",
            (Self::ReadOnly, Told::Saving) => "読み取り専用を外すと、自動で保存します。",
            (Self::ReadOnly, _) => "記録は無事です。読み取り専用を外して、もう一度お試しください。",
            (Self::Look, _) => "書き込むには、もう一方の jirei を終えてから、開き直してください。",
            (Self::Unsure, Told::Saving) => "自動でもう一度確かめます。",
            (Self::Unsure, _) => {
                "ディスクに不具合がないか確かめ、「jirei list」で、入ったことを確かめてください。"
            }
            (Self::Moved, Told::Saving) => "同じものを元の場所に戻すと、自動で保存します。",
            (Self::Replaced, Told::Saving) => "元の記録を戻すと、自動で保存します。",
            (Self::Replaced, _) => "元の記録を戻して、もう一度お試しください。",
            (Self::Shut, _) => "読めるものを新しい記録に移すと、続けて書けます。",
            (Self::Moved, _) => {
                "それからは何も書き込んでいません。ファイルを元の場所に戻して、もう一度開いてください。"
            }
            (Self::Mismatch(_), Told::Command) => "「jirei check」で、今の記録を調べてください。",
            (Self::Mismatch(_), _) => "会議を開きなおして、もう一度書いてください。",
            (Self::Damaged | Self::Unreadable { .. } | Self::Altered { .. }, Told::Command) => {
                "「jirei salvage 記録のファイル」とすると、無事な会議を新しい記録に救い出せます（元のファイルはそのままです）。バックアップがあれば、それも使えます。"
            }
            (Self::Damaged, Told::Reading) => {
                "記録には手を付けていません。終える前に書き出しで控えを取り、終えてから「jirei check」で調べてください。"
            }
            (Self::Damaged | Self::Unreadable { .. } | Self::Altered { .. }, _) => {
                "終える前に書き出しで控えを取り、終えてから「jirei check」で調べてください。"
            }
            (Self::Other(_), Told::Saving) => "しばらくすると、自動でもう一度試します。",
            (Self::Other(_), _) => {
                "途中の書き込みは、次に開いたときに元にもどります。少し待って、もう一度お試しください。"
            }
        }
    }

    /// Whether the same line may be saved later as it is. What does not pass would keep everything after it waiting.
    pub fn may_pass(&self) -> bool {
        !matches!(self, Self::Look | Self::Shut | Self::Mismatch(_))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let why = reason(&error);
        let Some(ffi::Error { code, extended_code }) = error.sqlite_error() else {
            return Self::Other(why);
        };
        match (code, *extended_code) {
            (_, ffi::SQLITE_READONLY_DBMOVED) => Self::Moved,
            (ErrorCode::DiskFull, _) => Self::Full,
            // A quota that is used up is a failed write, not a full disk, to the system; so is a disk that breaks.
            (_, ffi::SQLITE_IOERR_WRITE) => Self::Disk,
            (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Self::Busy,
            (ErrorCode::ReadOnly | ErrorCode::PermissionDenied, _) => Self::ReadOnly,
            (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => Self::Damaged,
            (ErrorCode::ConstraintViolation | ErrorCode::TooBig, _) => Self::Mismatch(why),
            _ => Self::Other(why),
        }
    }
}

/// Why SQLite refuses, in a few words.
pub(super) fn reason(error: &rusqlite::Error) -> String {
    let Some(ffi::Error { code, extended_code }) = error.sqlite_error() else {
        return "記録の中身を読めません".to_owned();
    };
    let words = match (code, *extended_code) {
        (_, ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => "指す先の記録がありません",
        (_, ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_UNIQUE) => "同じものが、もうあります",
        (ErrorCode::ConstraintViolation, _) => "記録の決まりに合いません",
        (ErrorCode::TooBig, _) => "長すぎます",
        (ErrorCode::DiskFull, _) => "ディスクの空きがありません",
        (ErrorCode::OutOfMemory, _) => "メモリーが足りません",
        (ErrorCode::CannotOpen, _) => "ファイルを開けません",
        (ErrorCode::ReadOnly | ErrorCode::PermissionDenied, _) => "読み取り専用です",
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => "別のプログラムが使っています",
        (ErrorCode::NotADatabase, _) => "記録のファイルではありません",
        (ErrorCode::DatabaseCorrupt, _) => "中身のつながりが切れています",
        (ErrorCode::SystemIoFailure, number) => return format!("ディスクのエラー {number}番"),
        (_, number) => return format!("記録のファイルのエラー {number}番"),
    };
    words.to_owned()
}

/// A line of `PRAGMA integrity_check`, as far as it helps people: where it is.
pub(super) fn soundness(line: &str) -> String {
    let words: Vec<&str> = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let after = |name: &str| {
        let at = words.iter().position(|word| word.eq_ignore_ascii_case(name))?;
        words.get(at + 1).filter(|next| !next.is_empty()).copied()
    };
    let place = match (after("page"), after("index"), after("row")) {
        (Some(page), ..) if page.parse::<u64>().is_ok() => format!("{page}ページ"),
        (_, Some(index), Some(row)) => format!("索引 {index} の {row}行目"),
        (_, Some(index), _) => format!("索引 {index}"),
        _ => return "ファイルが壊れています".to_owned(),
    };
    format!("ファイルが壊れています（{place}）")
}
