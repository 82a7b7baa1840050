//! Places where a live database is not safe: folders that a service copies, and drives of other computers. And what such a
//! service leaves there when two have written at once.

mod copies;
mod mounts;
mod services;

use std::fmt;
use std::path::{Path, PathBuf};

use super::DATABASE;

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
    /// Beside the database lie others, made where two machines had written.
    Copies {
        /// The folder of the records.
        folder: PathBuf,
        /// What they are called.
        names: Vec<String>,
    },
}

/// So many copies are named.
const FEW: usize = 3;

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Synced { folder, service } => write!(
                f,
                "記録が {service} の同期フォルダーにあります。今は使えますが、途中で壊れるおそれがあります。\
                 記録は同期しない所に置き（--data で指定）、書き出したファイルだけを同期してください。今の場所：{}",
                folder.display()
            ),
            Self::Network { folder } => write!(
                f,
                "記録がネットワーク上のフォルダーにあります。今は使えますが、二人が同時に開くと壊れるおそれがあります。\
                 記録はこのパソコンの中に置き（--data で指定）、書き出したファイルだけを共有してください。今の場所：{}",
                folder.display()
            ),
            Self::NoLock { folder } => write!(
                f,
                "このフォルダー（{}）では、二重に開くのを防げません。今は使えますが、同じ記録を同時に二つの jirei で開かないでください。\
                 できれば、このパソコンの中のフォルダーを --data で指定してください。",
                folder.display()
            ),
            Self::Copies { folder, names } => {
                let named = names.iter().take(FEW).map(|name| format!("「{name}」")).collect::<String>();
                let more =
                    if names.len() > FEW { format!("など {}個", names.len()) } else { String::new() };
                write!(
                    f,
                    "記録のフォルダー（{}）に、同期ソフトが分けたコピーがあります：{named}{more}。\
                     開いているのは {DATABASE} で、コピーだけに書かれたことは入っていません。どれにも手を付けていません。\
                     それを空のフォルダーに {DATABASE} という名前でコピーし、「jirei --data そのフォルダー export all --format json --out 書き出す先」、\
                     続けて「jirei import 書き出す先」とすると、一つにまとまります。",
                    folder.display()
                )
            }
        }
    }
}

/// What is to be said about a folder of records. Folders are read for it, those above, too: it may take its time.
pub fn look_around(dir: &Path) -> Vec<Warning> {
    let dir = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let folder = dir.clone();
    // Links are followed, and with them the letter of a network drive; the database itself may be one.
    let file = dir.join(DATABASE).canonicalize().ok();
    let real = file.as_deref().and_then(Path::parent).map(Path::to_owned).or(dir.canonicalize().ok());
    let mut looks = vec![dir];
    looks.extend(real.filter(|real| *real != folder));
    let mut found = Vec::new();
    let names = copies::beside(&folder);
    if !names.is_empty() {
        found.push(Warning::Copies { folder: folder.clone(), names });
    }
    if let Some(service) = looks.iter().find_map(|path| services::of(path)) {
        found.push(Warning::Synced { folder, service });
    } else if looks.iter().any(|path| mounts::is_network(path)) {
        found.push(Warning::Network { folder });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 知らせは場所とできることを言う() {
        let dir = tempfile::tempdir().unwrap();
        let records = dir.path().join("OneDrive - 山の町/記録");
        std::fs::create_dir_all(&records).unwrap();
        std::fs::write(records.join("jirei-DESKTOP-7GK2.db"), "").unwrap();
        let found = look_around(&records);
        let [copies @ Warning::Copies { .. }, synced @ Warning::Synced { service: "OneDrive", .. }] =
            found.as_slice()
        else {
            panic!("{found:?}")
        };
        let place = records.display().to_string();
        for (warning, words) in [(copies, "jirei-DESKTOP-7GK2.db"), (synced, "OneDrive の")] {
            let said = warning.to_string();
            assert!(said.contains(&place) && said.contains("--data") && said.contains(words), "{said}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn 近道の先が同期フォルダーでも分かる() {
        let dir = tempfile::tempdir().unwrap();
        let (synced, records) = (dir.path().join("共有"), dir.path().join("記録"));
        for folder in [&synced, &records] {
            std::fs::create_dir(folder).unwrap();
        }
        assert_eq!(look_around(&records), []);
        std::fs::create_dir(synced.join(".stfolder")).unwrap();
        std::fs::write(synced.join(DATABASE), "").unwrap();
        std::os::unix::fs::symlink(synced.join(DATABASE), records.join(DATABASE)).unwrap();
        assert!(matches!(look_around(&records)[..], [Warning::Synced { service: "Syncthing", .. }]));
    }
}
