//! One clipboard for the whole run: on X11 and Wayland what was copied lives only as long as its owner.

use std::io::{Write, stdout};

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

use crate::domain::refused::in_words;
use crate::export::clip::Clip;

/// The system's clipboard, opened at first use and kept.
#[derive(Default)]
pub struct Clipboard {
    system: Option<arboard::Clipboard>,
}

impl Clipboard {
    /// Fills the clipboard with a table; says how. Where there is no system clipboard (over ssh), the terminal is asked to (OSC 52).
    pub fn fill(&mut self, clip: Clip) -> Result<&'static str, String> {
        if let Some(system) = self.open()
            && system.set().html(clip.html, Some(clip.tsv.clone())).is_ok()
        {
            return Ok("表として");
        }
        execute!(stdout(), CopyToClipboard::to_clipboard_from(clip.tsv))
            .and_then(|()| stdout().flush())
            .map(|()| "端末を通して")
            .map_err(|error| {
                format!("クリップボードにコピーできませんでした（{}）。記録は無事です。", in_words(&error))
            })
    }

    /// The clipboard's text.
    pub fn text(&mut self) -> Result<String, String> {
        let problem = "クリップボードを読めませんでした。何も入れていません。端末の貼りつけ（Shift+右クリックや Shift+Insert）をお使いください。";
        self.open().and_then(|system| system.get_text().ok()).ok_or_else(|| problem.to_owned())
    }

    fn open(&mut self) -> Option<&mut arboard::Clipboard> {
        if self.system.is_none() {
            self.system = arboard::Clipboard::new().ok();
        }
        self.system.as_mut()
    }
}
