//! A key as a person names it, independent of any terminal library.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::domain::text::brief;

/// What was pressed, without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    Char(char),
    F(u8),
    Enter,
    Tab,
    Esc,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
}

/// A key with its modifiers. Shift is kept only where it is not already in the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

impl Key {
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// The character this key types into a text, if it is text at all.
    pub fn text(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Whether it goes a word back, or a word on, in what is typed: what a Mac sends for Option with an arrow.
    pub fn by_word(self) -> Option<Way> {
        match self.code {
            Code::Char('b') if self.alt && !self.ctrl => Some(Way::Back),
            Code::Char('f') if self.alt && !self.ctrl => Some(Way::On),
            _ => None,
        }
    }
}

/// Along a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Back,
    On,
}

/// Names as they stand in the configuration and on the screen.
const NAMES: &[(&str, &str, Code)] = &[
    ("enter", "Enter", Code::Enter),
    ("tab", "Tab", Code::Tab),
    ("esc", "Esc", Code::Esc),
    ("backspace", "Backspace", Code::Backspace),
    ("delete", "Delete", Code::Delete),
    ("insert", "Insert", Code::Insert),
    ("up", "↑", Code::Up),
    ("down", "↓", Code::Down),
    ("left", "←", Code::Left),
    ("right", "→", Code::Right),
    ("home", "Home", Code::Home),
    ("end", "End", Code::End),
    ("pageup", "PgUp", Code::PageUp),
    ("pagedown", "PgDn", Code::PageDown),
    ("space", "Space", Code::Char(' ')),
];

/// A key name nobody knows.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("「{}」というキーはありません（例: f6, ctrl-p, alt-up, shift-tab）", brief(.0))]
pub struct UnknownKey(pub String);

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        let unknown = || UnknownKey(text.to_owned());
        let mut key = Key::plain(Code::Esc);
        let lower = text.trim().to_lowercase();
        let mut rest = lower.as_str();
        while let Some((modifier, tail)) = rest.split_once('-').filter(|(_, tail)| !tail.is_empty()) {
            match modifier {
                "ctrl" => key.ctrl = true,
                "alt" => key.alt = true,
                "shift" => key.shift = true,
                _ => return Err(unknown()),
            }
            rest = tail;
        }
        let named = NAMES.iter().find(|(name, _, _)| *name == rest).map(|(_, _, code)| *code);
        let function = rest.strip_prefix('f').and_then(|n| n.parse().ok()).filter(|n| (1..=24).contains(n));
        let mut chars = rest.chars();
        key.code = match (named, function, chars.next(), chars.next()) {
            (Some(code), ..) => code,
            (None, Some(n), ..) => Code::F(n),
            (None, None, Some(c), None) => Code::Char(c),
            _ => return Err(unknown()),
        };
        Ok(key)
    }
}

impl fmt::Display for Key {
    /// As people read it on the screen: `Ctrl+P`, `F6`, `Alt+↑`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (on, name) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if on {
                f.write_str(name)?;
            }
        }
        match (NAMES.iter().find(|(_, _, code)| *code == self.code), self.code) {
            (Some((_, shown, _)), _) => f.write_str(shown),
            (None, Code::F(n)) => write!(f, "F{n}"),
            (None, Code::Char(c)) => write!(f, "{}", c.to_uppercase()),
            (None, _) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_and_shown() {
        for (text, shown) in [
            ("ctrl-p", "Ctrl+P"),
            ("F6", "F6"),
            ("alt-up", "Alt+↑"),
            ("shift-tab", "Shift+Tab"),
            ("alt-1", "Alt+1"),
            ("space", "Space"),
        ] {
            assert_eq!(text.parse::<Key>().unwrap().to_string(), shown);
        }
        assert!("hyper-x".parse::<Key>().is_err());
        assert!("ctrl-".parse::<Key>().is_err());
        assert!("f99".parse::<Key>().is_err());
    }
}
