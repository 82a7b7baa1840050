//! What can go wrong between the program and its file, in words for the person in front of it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{ErrorCode, ffi};
use thiserror::Error;

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
    /// Another process has it open for writing.
    #[error(
        "{} は、今別の jirei が開いています。記録は無事で、見るだけならできます。\
         書き込むには、もう一方の jirei を終えてから、もう一度開いてください。",
        path.display()
    )]
    InUse {
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
        matches!(self, Self::ReadOnly { .. } | Self::InUse { .. })
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
        let detail = error.to_string();
        if error.sqlite_error().is_some_and(|e| e.extended_code == ffi::SQLITE_READONLY_ROLLBACK) {
            return Self::Interrupted { path };
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotADatabase { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, detail },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            _ => Self::Io { path, detail },
        }
    }
}

/// Why something could not be saved or read.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// No space is left on the disk; saving is tried again.
    #[error(
        "ディスクの空きがありません。書いたことばはこの画面に残っています。空きを作ると、自動で保存します。"
    )]
    Full,
    /// Another process is writing; saving is tried again.
    #[error(
        "別のプログラムが記録のファイルを使っていて、保存を待っています。書いたことばはこの画面に残っています。\
         そのプログラムを閉じると、自動で保存します。"
    )]
    Busy,
    /// The file or its folder takes nothing from us any more; saving is tried again.
    #[error(
        "記録のファイルに書き込めません（読み取り専用です）。書いたことばはこの画面に残っています。\
         読み取り専用を外すと、自動で保存します。"
    )]
    ReadOnly,
    /// The database was opened with `Access::Look`.
    #[error(
        "見るだけで開いているので、保存できません。記録は元のままです。\
         書き込むには、もう一方の jirei を終えてから、開き直してください。"
    )]
    Look,
    /// The file is no longer where it was opened; saving is tried again.
    #[error(
        "記録のファイルが見つかりません（抜いたか、移したか、消しました）。書いたことばはこの画面に残っています。\
         同じものを元の場所に戻すと、自動で保存します。"
    )]
    Moved,
    /// Other records, or older ones, stand where the file was opened; they are left as they are, and saving is tried again.
    #[error(
        "記録の場所に、別の記録があります。そちらには何も書いていません。書いたことばはこの画面に残っています。\
         元の記録を戻すと、自動で保存します。"
    )]
    Replaced,
    /// What SQLite reads does not hang together.
    #[error(
        "記録のファイルが壊れているようです。書いたことばはこの画面に残っています。\
         終える前に書き出しで控えを取り、「jirei check」で調べてください。"
    )]
    Damaged,
    /// The file was looked through and is damaged: nothing more is written into it.
    #[error("記録のファイルが壊れているので、もう書き込みません。記録には手を付けていません。")]
    Shut,
    /// The change does not fit what stands in the tables; trying again does not help.
    #[error(
        "この変更は、今の記録と合わないので保存できませんでした（{0}）。ほかの記録は無事です。会議を開きなおして、もう一度書いてください。"
    )]
    Mismatch(String),
    /// A value in the file is not what the program writes there.
    #[error(
        "記録の一部が読めません（表 {table} の {column}）。記録には手を付けていません。\
         「jirei check」で調べ、バックアップがあれば戻してください。"
    )]
    Unreadable {
        /// The SQL table.
        table: String,
        /// Its column.
        column: String,
    },
    /// A row is not as it was written.
    #[error(
        "記録の一部が、書いたときと違っています（表 {table}）。ファイルが壊れているようです。記録には手を付けていません。\
         「jirei check」で調べ、バックアップがあれば戻してください。"
    )]
    Altered {
        /// The SQL table.
        table: &'static str,
    },
    /// SQLite or the system refuses, for another reason; saving is tried again.
    #[error(
        "記録のファイルを読み書きできませんでした（{0}）。書いたことばはこの画面に残っています。\
         しばらくすると、自動でもう一度試します。"
    )]
    Other(String),
}

impl StoreError {
    /// Whether what stands in the file is not what was written.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged | Self::Altered { .. } | Self::Unreadable { .. })
    }

    /// Whether the same line may be saved later as it is. What does not pass would keep everything after it waiting.
    pub fn may_pass(&self) -> bool {
        !matches!(self, Self::Look | Self::Shut | Self::Mismatch(_))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        let Some(ffi::Error { code, extended_code }) = error.sqlite_error() else {
            return Self::Other(text);
        };
        match (code, *extended_code) {
            (_, ffi::SQLITE_READONLY_DBMOVED) => Self::Moved,
            // A quota that is used up is a failed write, not a full disk, to the system.
            (ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_WRITE) => Self::Full,
            (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Self::Busy,
            (ErrorCode::ReadOnly | ErrorCode::PermissionDenied, _) => Self::ReadOnly,
            (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => Self::Damaged,
            (ErrorCode::ConstraintViolation | ErrorCode::TooBig, _) => Self::Mismatch(text),
            _ => Self::Other(text),
        }
    }
}
