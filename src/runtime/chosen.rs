//! What was chosen from the menu, in a small file beside the records. It belongs to this machine and its room: a backup of
//! the records does not bring it along, and the settings file, which people write, stays theirs.

use std::path::Path;

use crate::export::write::{Existing, WriteError, write_private};
use crate::runtime::config::Config;
use crate::store::CHOSEN;
use crate::ui::theme::Palette;

/// None where nothing was chosen yet, or nobody understands what stands there.
pub fn read(data: &Path) -> Option<Palette> {
    Config::load(None, &data.join(CHOSEN)).ok()?.theme
}

pub fn keep(data: &Path, palette: Palette) -> Result<(), WriteError> {
    let key = Palette::ALL.into_iter().find(|(.., other)| *other == palette).map_or("", |(key, ..)| key);
    let text = format!("# 画面の「色を変える」で選んだもの\ntheme = \"{key}\"\n");
    write_private(&data.join(CHOSEN), text.as_bytes(), Existing::Replace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 選んだものは次に読める() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(read(data.path()), None);
        for (.., palette) in Palette::ALL {
            keep(data.path(), palette).unwrap();
            assert_eq!(read(data.path()), Some(palette));
        }
        // It is no reason not to start.
        std::fs::write(data.path().join(CHOSEN), "theme = \"夕方\"").unwrap();
        assert_eq!(read(data.path()), None);
        assert!(keep(&data.path().join("ない所"), Palette::Light).is_err());
    }
}
