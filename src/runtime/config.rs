//! The one optional settings file: read at the start, never written by the program.
//!
//! What it does not say keeps its default; what it says wrongly is refused with file, line and the nearest known word.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::command::{Keymap, KeymapError};
use crate::domain::bounds::BY_HAND;
use crate::domain::refused::unread;
use crate::domain::text::of_file;
use crate::format::{Fields, Problem, Reader};
use crate::store::file::read_bounded;
use crate::ui::theme::Palette;

/// How wide ─ and ※ are drawn, which terminals do not agree on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AmbiguousWidth {
    /// The terminal is asked at the start.
    #[default]
    Auto,
    Narrow,
    Wide,
}

/// The user's settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// What says it here wins over what was chosen from the menu.
    pub theme: Option<Palette>,
    pub ambiguous_width: AmbiguousWidth,
    /// Whether clicks and the wheel come to us; else the terminal keeps them.
    pub mouse: bool,
    /// The town whose meetings are made here; empty where nobody asks.
    pub town: String,
    /// Names of facilities to warn about.
    pub facilities: Vec<String>,
    /// Where exports go unless told otherwise.
    pub export_folder: Option<PathBuf>,
    /// A second place for backups, such as a stick.
    pub backup_folder: Option<PathBuf>,
    /// Keys by the id of the action they do; the keymap checks both.
    pub keys: BTreeMap<String, Vec<String>>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            theme: None,
            ambiguous_width: AmbiguousWidth::default(),
            mouse: true,
            town: String::new(),
            facilities: Vec::new(),
            export_folder: None,
            backup_folder: None,
            keys: BTreeMap::new(),
        }
    }
}

/// Where the settings lie, if there are any.
pub fn default_place() -> PathBuf {
    use etcetera::BaseStrategy;
    match etcetera::base_strategy::choose_native_strategy() {
        Ok(places) => places.config_dir().join("jirei").join("config.toml"),
        Err(_) => PathBuf::from("config.toml"),
    }
}

/// Why the settings cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    #[error("設定ファイル {} がありません。記録には触れていません。--config に書いた場所を確かめてください。", .0.display())]
    Missing(PathBuf),
    #[error("設定ファイル {} を開けません。記録には触れていません。{}。", path.display(), unread(why))]
    Unreadable { path: PathBuf, why: io::Error },
    #[error("設定ファイル {} の文字コードが UTF-8 ではありません。記録には触れていません。UTF-8 で保存しなおしてください。", .0.display())]
    NotUtf8(PathBuf),
    #[error("設定ファイルに直すところがあります。記録には触れていません。\n{}", lines(.0))]
    Wrong(Vec<Problem>),
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")
}

impl Config {
    /// The settings of an explicitly named file, else of the default place.
    ///
    /// # Errors
    /// Where a named file is missing, or a file that is there cannot be read or says something unknown. No file at the default place
    /// is no error.
    pub fn load(explicit: Option<&Path>, default: &Path) -> Result<Self, ConfigError> {
        let path = explicit.unwrap_or(default);
        let bytes = match read_bounded(path, BY_HAND) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return match explicit {
                    Some(path) => Err(ConfigError::Missing(path.to_owned())),
                    None => Ok(Self::default()),
                };
            }
            Err(why) => return Err(ConfigError::Unreadable { path: path.to_owned(), why }),
        };
        let text = of_file(&bytes).map_err(|_| ConfigError::NotUtf8(path.to_owned()))?;
        Self::parse(&path.to_string_lossy(), text).map_err(ConfigError::Wrong)
    }

    /// Reads settings; the name of the file is what people know it by.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the lines.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        const WIDTHS: [(&str, &str, AmbiguousWidth); 3] = [
            ("auto", "自動", AmbiguousWidth::Auto),
            ("narrow", "半角", AmbiguousWidth::Narrow),
            ("wide", "全角", AmbiguousWidth::Wide),
        ];
        let mut reader = Reader::new(file, text);
        let parsed = reader.parse().map_err(|problem| vec![problem])?;
        let top = Reader::top(&parsed);
        reader.only(
            top,
            &[
                "theme",
                "ambiguous_width",
                "mouse",
                "town",
                "facilities",
                "export_folder",
                "backup_folder",
                "keys",
            ],
        );
        let config = Self {
            theme: reader.choice(top, "theme", &Palette::ALL),
            ambiguous_width: reader.choice(top, "ambiguous_width", &WIDTHS).unwrap_or_default(),
            mouse: reader.optional_bool(top, "mouse").unwrap_or(true),
            town: reader.optional_text(top, "town").unwrap_or_default(),
            facilities: reader.texts(top, "facilities"),
            export_folder: reader.optional_text(top, "export_folder").map(PathBuf::from),
            backup_folder: reader.optional_text(top, "backup_folder").map(PathBuf::from),
            keys: reader.table(top, "keys").map(|keys| bindings(&mut reader, keys)).unwrap_or_default(),
        };
        reader.finish(config)
    }
}

fn bindings(reader: &mut Reader<'_>, keys: Fields<'_>) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    let mut good = true;
    for (action, at) in keys.keys() {
        let names = reader.texts(keys, action);
        match Keymap::new(&BTreeMap::from([(action.to_owned(), names.clone())])) {
            // What two actions share may have been given up by one of them: that shows with all of them.
            Ok(_) | Err(KeymapError::Clash { .. }) => {}
            Err(error) => {
                reader.problem(at, format!("{error}。"));
                good = false;
            }
        }
        all.insert(action.to_owned(), names);
    }
    if let (true, Err(error)) = (good, Keymap::new(&all)) {
        let at = keys.keys().find(|(action, _)| error.is_of(action)).map_or(0, |(_, at)| at);
        reader.problem(at, format!("{error}。"));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        Config::parse("config.toml", text).unwrap_err().iter().map(Problem::to_string).collect()
    }

    #[test]
    fn 書いた設定だけが変わる() {
        let config = Config::parse(
            "config.toml",
            "theme = \"light\"\ntown = \"山の町\"\nfacilities = [\"みどり苑\"]\nexport_folder = \"/tmp/出力\"\nbackup_folder = \"/media/控え\"\n[keys]\nundo = [\"ctrl-z\", \"alt-z\"]\n",
        )
        .unwrap();
        assert_eq!(config.theme, Some(Palette::Light));
        assert_eq!(config.ambiguous_width, AmbiguousWidth::Auto);
        assert_eq!(config.town, "山の町");
        assert_eq!(config.facilities, ["みどり苑"]);
        assert_eq!(config.export_folder.as_deref(), Some(Path::new("/tmp/出力")));
        assert_eq!(config.backup_folder.as_deref(), Some(Path::new("/media/控え")));
        assert_eq!(config.keys["undo"], ["ctrl-z", "alt-z"]);
        assert_eq!(Config::parse("config.toml", "").unwrap(), Config::default());
    }

    #[test]
    fn 知らない項目と値は近い言葉とともに断る() {
        assert_eq!(
            messages("\nfacilites = []\ntheme = \"drak\"\nambiguous_width = \"全角\"\n"),
            [
                "config.toml の 2行目 1文字目: 「facilites」という項目はありません。「facilities」ではありませんか。",
                "config.toml の 3行目 9文字目: 「theme」に「drak」は使えません。「dark」ではありませんか。",
                "config.toml の 4行目 19文字目: 「ambiguous_width」に「全角」は使えません。「wide」（全角）ではありませんか。",
            ]
        );
        assert!(messages("theme = 3")[0].contains("引用符"));
        assert!(messages("keys = \"x\"")[0].contains("[keys] の形"));
        assert!(messages("[keys]\nundo = \"Ctrl+U\"")[0].contains("の形の一覧"));
        assert!(messages("theme = \"dark\"\ntheme = \"light\"")[0].contains("二度書かれています"));
        assert!(messages("theme = ")[0].starts_with("config.toml の 1行目"));
    }

    #[test]
    fn ない設定は既定でも名指しでは断る() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        assert_eq!(Config::load(None, &path).unwrap(), Config::default());
        assert!(matches!(Config::load(Some(&path), &path), Err(ConfigError::Missing(_))));
        assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "設定は書き出さない");
        std::fs::write(&path, "\u{feff}theme = \"mono\"\r\n").unwrap();
        assert_eq!(Config::load(None, &path).unwrap().theme, Some(Palette::Mono));
        std::fs::write(&path, [0x82, 0xa0]).unwrap();
        assert!(matches!(Config::load(None, &path), Err(ConfigError::NotUtf8(_))));
        assert!(matches!(Config::load(Some(folder.path()), &path), Err(ConfigError::Unreadable { .. })));
    }
}
