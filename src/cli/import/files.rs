//! Which files are meant: those that were named, and those of ours in the folders that were named.

use std::path::{Path, PathBuf};

use crate::domain::refused::in_words;

/// What systems leave in folders by themselves.
const NOBODYS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// What is to be read, and what is left out, with the reason.
#[derive(Debug, Default)]
pub struct Files {
    pub files: Vec<PathBuf>,
    pub skipped: Vec<(PathBuf, String)>,
}

/// The files in the order in which they were named; those of a folder by their names, with what lies deeper.
pub fn find(named: &[PathBuf]) -> Files {
    let mut out = Files::default();
    for path in named {
        if !path.is_dir() {
            out.files.push(path.clone());
            continue;
        }
        let before = out.files.len() + out.skipped.len();
        out.look_into(path);
        if out.files.len() + out.skipped.len() == before {
            out.skip(path, "中に jirei の記録（.json）がありません");
        }
    }
    out
}

impl Files {
    fn look_into(&mut self, folder: &Path) {
        let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                return self.skip(folder, &format!("フォルダーを開けません（{}）", in_words(&error)));
            }
        };
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            // A link to a folder may lead back here.
            let linked = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            if path.is_dir() {
                if linked {
                    self.skip(&path, "別の場所へのリンクです")
                } else {
                    self.look_into(&path)
                }
            } else if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json")) {
                self.files.push(path);
            } else if NOBODYS.iter().all(|name| entry.file_name() != *name) {
                self.skip(&path, "jirei の記録（.json）ではありません");
            }
        }
    }

    fn skip(&mut self, path: &Path, why: &str) {
        self.skipped.push((path.to_owned(), why.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn フォルダーからは下まで名前の順に記録だけを取る() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir_all(root.join("中/奥")).unwrap();
        for name in ["b.json", "a.JSON", "中/奥/c.json", "メモ.txt", "中/写真.png", ".DS_Store"] {
            std::fs::write(root.join(name), "").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root, root.join("中/輪")).unwrap();
        let found = find(&[root.join("ない.csv"), root.to_owned()]);
        let names: Vec<String> =
            found.files.iter().map(|f| f.strip_prefix(root).unwrap().to_string_lossy().into()).collect();
        assert_eq!(
            names,
            ["ない.csv", "a.JSON", "b.json", "中/奥/c.json"]
                .map(|n| n.replace('/', std::path::MAIN_SEPARATOR_STR))
        );
        assert_eq!(found.skipped.len(), if cfg!(unix) { 3 } else { 2 }, "{:?}", found.skipped);
    }
}
