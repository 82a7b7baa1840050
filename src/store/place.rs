//! Places where a live database is not safe: folders that a service copies, and drives of other computers.

use std::fmt;
use std::path::{Path, PathBuf};

/// Something the user should know about where the records lie. The database works, but may not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// A service copies this folder; it may copy half of a save, or two machines may write at once.
    Synced {
        /// The folder of the records.
        folder: PathBuf,
        /// What people call the service.
        service: &'static str,
    },
    /// The folder lies on another computer, where locks cannot be trusted.
    Network {
        /// The folder of the records.
        folder: PathBuf,
    },
    /// The file system knows no locks: two programs could write at once.
    NoLock {
        /// The folder of the records.
        folder: PathBuf,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Synced { folder, service } => write!(
                f,
                "記録が {service} の同期フォルダー（{}）にあります。今は使えますが、同期の途中で記録が壊れるおそれがあります。\
                 記録は同期しないフォルダーに置き（--data で指定）、書き出したファイルだけを同期フォルダーに置いてください。",
                folder.display()
            ),
            Self::Network { folder } => write!(
                f,
                "記録がネットワーク上のフォルダー（{}）にあります。今は使えますが、二人が同時に開くと記録が壊れるおそれがあります。\
                 記録はこのパソコンの中に置き（--data で指定）、書き出したファイルだけを共有してください。",
                folder.display()
            ),
            Self::NoLock { folder } => write!(
                f,
                "このフォルダー（{}）では、二重に開くのを防げません。今は使えますが、同じ記録を同時に二つの jirei で開かないでください。\
                 できれば、このパソコンの中のフォルダーを --data で指定してください。",
                folder.display()
            ),
        }
    }
}

/// The beginnings of folder names by which a service is known, in lower case.
const SERVICES: [(&str, &str); 11] = [
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google ドライブ"),
    ("googledrive", "Google ドライブ"),
    ("google ドライブ", "Google ドライブ"),
    ("my drive", "Google ドライブ"),
    ("マイドライブ", "Google ドライブ"),
    ("icloud drive", "iCloud Drive"),
    ("iclouddrive", "iCloud Drive"),
    ("mobile documents", "iCloud Drive"),
    ("com~apple~clouddocs", "iCloud Drive"),
];

/// What is to be said about a folder. Links are followed, and with them the letter of a network drive.
pub(super) fn warnings(dir: &Path) -> Vec<Warning> {
    let real = dir.canonicalize().ok();
    let looks = || [Some(dir), real.as_deref()].into_iter().flatten();
    let folder = dir.to_owned();
    if let Some(service) = looks().find_map(service_of) {
        return vec![Warning::Synced { folder, service }];
    }
    if looks().any(is_network) {
        return vec![Warning::Network { folder }];
    }
    Vec::new()
}

fn service_of(path: &Path) -> Option<&'static str> {
    // Split by both separators: a path of Windows should be known for what it is wherever it is read.
    let text = path.to_string_lossy().to_lowercase();
    text.split(['/', '\\']).find_map(|name| {
        SERVICES.iter().find(|(start, _)| name.starts_with(start)).map(|(_, service)| *service)
    })
}

fn is_network(path: &Path) -> bool {
    let text = path.to_string_lossy();
    if let Some(rest) = text.strip_prefix(r"\\?\") {
        return rest.to_uppercase().starts_with(r"UNC\");
    }
    (text.starts_with(r"\\") && !text.starts_with(r"\\.\")) || text.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 同期フォルダーとネットワークを見分ける() {
        for (path, service) in [
            (r"C:\Users\a\OneDrive - 山の町\jirei", "OneDrive"),
            ("/home/a/Dropbox/jirei", "Dropbox"),
            (r"G:\マイドライブ\jirei", "Google ドライブ"),
            ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/jirei", "iCloud Drive"),
        ] {
            assert_eq!(service_of(Path::new(path)), Some(service), "{path}");
        }
        for path in ["/home/a/.local/share/jirei", r"C:\Users\a\AppData\Local\jirei", "/data/note-dropbox"] {
            assert_eq!(service_of(Path::new(path)), None, "{path}");
            assert!(!is_network(Path::new(path)), "{path}");
        }
        assert!(is_network(Path::new(r"\\server\share\jirei")));
        assert!(is_network(Path::new(r"\\?\UNC\server\share")));
        assert!(!is_network(Path::new(r"\\?\C:\Users\a")));
    }

    #[test]
    fn 知らせは場所とできることを言う() {
        let said = warnings(Path::new("/nowhere/OneDrive/x"))[0].to_string();
        assert!(said.contains("/nowhere/OneDrive/x") && said.contains("--data"), "{said}");
    }
}
