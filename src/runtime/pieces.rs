//! A key that comes in pieces: over a network the ESC that begins an arrow may arrive a moment before the rest of it.
//!
//! crossterm takes an ESC at the end of what it reads for the key Esc, and the rest for letters. So an Esc is held for a
//! moment, and what follows at once is read together with it, as if it had come in one. A rest that comes later still is
//! never typed: it is the key it belongs to, and the Esc before it was none.

use std::time::Duration;

use crate::command::{Code, Key};
use crate::ui::Msg;

/// How long the rest of a key is waited for; nobody feels it between pressing Esc and what it does.
const HOLD: Duration = Duration::from_millis(50);

/// How long a paste may pause whose end cannot be seen: crossterm passes over an end without a beginning.
const PAUSE: Duration = Duration::from_millis(300);

/// What is held until it is known what it is.
#[derive(Debug, Default)]
pub struct Pieces {
    esc: Esc,
    /// What came after the ESC and may be the rest of a key.
    rest: String,
    /// A paste that began in pieces.
    paste: Option<String>,
}

/// Where the last ESC is.
#[derive(Debug, Default, PartialEq, Eq)]
enum Esc {
    #[default]
    None,
    /// It waits here.
    Held,
    /// It was given on as Esc, and nothing but the beginning of a rest has come since.
    Given,
}

impl Pieces {
    /// How long to wait for more before it is known that no more belongs to it; none: nothing is held.
    pub fn waits(&self) -> Option<Duration> {
        match &self.paste {
            Some(_) => Some(PAUSE),
            None => (self.esc == Esc::Held || !self.rest.is_empty()).then_some(HOLD),
        }
    }

    /// Nothing came: what is held is what it looks like.
    pub fn silence(&mut self) -> Vec<Msg> {
        if let Some(text) = self.paste.take() {
            return vec![Msg::Paste(text)];
        }
        let held = self.esc == Esc::Held;
        let typed: Vec<Key> = self.rest.drain(..).map(|c| Key::plain(Code::Char(c))).collect();
        self.esc = if held && typed.is_empty() { Esc::Given } else { Esc::None };
        let esc = held.then_some(Key::plain(Code::Esc));
        esc.into_iter().chain(typed).map(Msg::Key).collect()
    }

    /// What has come, as far as it is known what it is.
    pub fn take(&mut self, msg: Msg) -> Vec<Msg> {
        let key = if let Msg::Key(key) = msg { Some(key) } else { None };
        if let Some(text) = self.paste.as_mut()
            && let Some(c) = key.and_then(super::input::text_of)
        {
            text.push(c);
            return Vec::new();
        }
        if key == Some(Key::plain(Code::Esc)) {
            let out = self.silence();
            self.esc = Esc::Held;
            return out;
        }
        let letter = key.and_then(Key::text).filter(|_| self.paste.is_none() && self.esc != Esc::None);
        match (letter, self.rest.as_str()) {
            (Some(c), "") if matches!(c, '[' | 'O') => {
                self.rest.push(c);
                Vec::new()
            }
            // What comes together with ESC is pressed together with Alt.
            (Some(c), "") if c.is_ascii() && self.esc == Esc::Held => {
                self.esc = Esc::None;
                vec![Msg::Key(Key { alt: true, ..Key::plain(Code::Char(c)) })]
            }
            (Some(c), rest) if !rest.is_empty() => {
                self.rest.push(c);
                self.read_rest()
            }
            _ => {
                let mut out = self.silence();
                self.esc = Esc::None;
                out.push(msg);
                out
            }
        }
    }

    /// The rest with one more letter: a whole key, a part of one, or something that was typed.
    fn read_rest(&mut self) -> Vec<Msg> {
        let what = match rest_of(&self.rest) {
            Rest::Part => return Vec::new(),
            Rest::Typed => return self.silence(),
            Rest::Whole(what) => what,
        };
        self.rest.clear();
        let given = std::mem::take(&mut self.esc) == Esc::Given;
        let key = match what {
            What::Key(key) => Some(Msg::Key(key)),
            What::Paste => {
                self.paste = Some(String::new());
                None
            }
            What::Other => None,
        };
        given.then_some(Msg::NoEsc).into_iter().chain(key).collect()
    }
}

/// What stands after an ESC.
#[derive(Debug, PartialEq, Eq)]
enum Rest {
    Part,
    Whole(What),
    /// No terminal sends this.
    Typed,
}

#[derive(Debug, PartialEq, Eq)]
enum What {
    Key(Key),
    /// What comes now is pasted.
    Paste,
    /// A click, an answer: nothing anybody would miss who is heard the next time.
    Other,
}

/// ECMA-48, "Control sequences": parameters, intermediates, one final character; and xterm's keys ("PC-Style Function Keys").
fn rest_of(text: &str) -> Rest {
    let whole =
        |code: Option<Code>| Rest::Whole(code.map_or(What::Other, |code| What::Key(Key::plain(code))));
    let Some(last) = text.chars().next_back() else { return Rest::Part };
    if let Some(letter) = text.strip_prefix('O') {
        return match letter.chars().next() {
            None => Rest::Part,
            Some(c) => final_code(c).map_or(Rest::Typed, |code| whole(Some(code))),
        };
    }
    // The console of Linux sends its first five function keys so.
    if let Some(letter) = text.strip_prefix("[[") {
        return match letter.chars().next() {
            None => Rest::Part,
            Some(c @ 'A'..='E') => whole(Some(Code::F(c as u8 - b'A' + 1))),
            Some(_) => Rest::Typed,
        };
    }
    let Some(body) = text.strip_prefix('[') else { return Rest::Typed };
    match last {
        _ if body.is_empty() => Rest::Part,
        '\u{20}'..='\u{3f}' => Rest::Part,
        '\u{40}'..='\u{7e}' => Rest::Whole(sequence(&body[..body.len() - 1], last)),
        _ => Rest::Typed,
    }
}

/// What a whole control sequence means.
fn sequence(parameters: &str, last: char) -> What {
    let numbers: Vec<Option<u8>> = parameters.split(';').map(|n| n.parse().ok()).collect();
    let code = match (last, numbers.as_slice()) {
        ('~', [Some(200)]) => return What::Paste,
        ('~', [Some(number), ..]) => numbered_code(*number),
        ('Z', _) => Some(Code::Tab),
        (_, [None]) => final_code(last),
        // An answer about the cursor ends as F3 does.
        ('R', _) => None,
        (_, [Some(1), Some(_)]) => final_code(last),
        _ => None,
    };
    // One more than the sum of 1 for Shift, 2 for Alt, 4 for Ctrl.
    let held = numbers.get(1).copied().flatten().unwrap_or(1).saturating_sub(1);
    let key =
        |code| Key { code, shift: held & 1 != 0 || last == 'Z', alt: held & 2 != 0, ctrl: held & 4 != 0 };
    code.map_or(What::Other, |code| What::Key(key(code)))
}

fn final_code(last: char) -> Option<Code> {
    Some(match last {
        'A' => Code::Up,
        'B' => Code::Down,
        'C' => Code::Right,
        'D' => Code::Left,
        'F' => Code::End,
        'H' => Code::Home,
        'P'..='S' => Code::F(last as u8 - b'P' + 1),
        _ => return None,
    })
}

fn numbered_code(number: u8) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        // There is a gap after each fifth.
        11..=15 => Code::F(number - 10),
        17..=21 => Code::F(number - 11),
        23 | 24 => Code::F(number - 12),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of keys that come one after another; `…` is silence, `␛` the key Esc.
    fn read(pieces: &mut Pieces, keys: &str) -> String {
        let mut said = String::new();
        for c in keys.chars() {
            let msgs = match c {
                '…' => pieces.silence(),
                '␛' => pieces.take(Msg::Key(Key::plain(Code::Esc))),
                '⏎' => pieces.take(Msg::Key(Key::plain(Code::Enter))),
                c => pieces.take(Msg::Key(Key::plain(Code::Char(c)))),
            };
            for msg in msgs {
                match msg {
                    Msg::Key(key) => said += &format!("{key} "),
                    Msg::Paste(text) => said += &format!("『{text}』 "),
                    Msg::NoEsc => said += "no-esc ",
                    _ => {}
                }
            }
        }
        said.trim_end().to_owned()
    }

    #[test]
    fn 分かれて届いたキーは一つのキー() {
        for (keys, should) in [
            ("␛[A", "↑"),
            ("␛OA", "↑"),
            ("␛OP", "F1"),
            ("␛[[B", "F2"),
            ("␛[17~", "F6"),
            ("␛[24~", "F12"),
            ("␛[3~あ", "Delete あ"),
            ("␛[1;3D", "Alt+←"),
            ("␛[1;5S", "Ctrl+F4"),
            ("␛[5;3~", "Alt+PgUp"),
            ("␛[Z", "Shift+Tab"),
            ("␛2", "Alt+2"),
            // What is no key is not typed either.
            ("␛[<0;10;5Mあ", "あ"),
            ("␛[1;2Rあ", "あ"),
            ("␛␛[A", "Esc ↑"),
        ] {
            assert_eq!(read(&mut Pieces::default(), keys), should, "{keys}");
        }
    }

    #[test]
    fn 遅れて届いた残りも打ったことばにならず前のエスケープは取り消す() {
        for (keys, should) in [
            ("␛…[A", "Esc no-esc ↑"),
            ("␛…[200~一⏎二…", "Esc no-esc 『一\n二』"),
            ("␛…[<0;10;5Mあ", "Esc no-esc あ"),
        ] {
            assert_eq!(read(&mut Pieces::default(), keys), should, "{keys}");
        }
    }

    #[test]
    fn 手で打ったエスケープと文字はそのまま() {
        for (keys, should) in [
            ("␛…", "Esc"),
            ("␛␛…", "Esc Esc"),
            ("␛…あ", "Esc あ"),
            ("␛あ", "Esc あ"),
            ("␛⏎", "Esc Enter"),
            ("␛…[…A", "Esc [ A"),
            ("␛…[あ", "Esc [ あ"),
            ("␛…OK", "Esc O K"),
            ("[A", "[ A"),
            ("␛…あ[A", "Esc あ [ A"),
        ] {
            let mut pieces = Pieces::default();
            assert_eq!(read(&mut pieces, keys), should, "{keys}");
            assert_eq!(pieces.waits(), None, "{keys}");
        }
    }

    #[test]
    fn 分かれて始まった貼りつけは一つの貼りつけで_改行は決定にならない() {
        let mut pieces = Pieces::default();
        assert_eq!(read(&mut pieces, "␛[200~一⏎二"), "");
        assert_eq!(pieces.waits(), Some(PAUSE));
        assert_eq!(read(&mut pieces, "…"), "『一\n二』");
        // What is no text ends it, too.
        assert_eq!(read(&mut pieces, "␛[200~一␛…"), "『一』 Esc");
    }
}
