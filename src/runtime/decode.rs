//! What a terminal sends, byte by byte: keys, pastes, clicks, and answers to what it was asked.
//!
//! Over a network any of it may come in pieces. The ESC that begins an arrow may arrive a moment before the rest of it: it is
//! held for a moment; then it is the key Esc, and a rest that comes later still takes it back, the first letter of it being held
//! longer while the terminal owes an answer. What has begun and is clearly no key by itself is waited for longer. An answer nobody waits for any more
//! is dropped; no part of one is ever typed.

use std::time::Duration;

use crate::command::{Code, Key};
use crate::domain::bounds::TABLE;
use crate::layout::measure::Ambiguous;
use crate::runtime::Input;
use crate::runtime::poster::answers::Told;
use crate::ui::Msg;
use crate::ui::msg::{Mouse, Press};

const ESC: u8 = 0x1b;

/// How long the rest of a key is waited for; nobody feels it between pressing Esc and what it does.
const HOLD: Duration = Duration::from_millis(50);

/// The same of a letter behind Esc that begins an answer: few words begin with such a letter.
const LONGER: Duration = Duration::from_millis(250);

/// How long the rest is waited for of what is more than a key.
const LATE: Duration = Duration::from_secs(1);

/// How long a paste may pause before its end is taken for lost.
const PAUSE: Duration = Duration::from_secs(2);

/// How long anything may be that is no paste.
const LONGEST: usize = 64 * 1024;

/// So many bytes of what is pasted are held; more than is taken in at once.
const MOST: usize = TABLE as usize + (1 << 16);

const PASTE_END: &[u8] = b"\x1b[201~";

/// What is held until it is known what it is.
#[derive(Debug, Default)]
pub struct Decoder {
    held: Vec<u8>,
    /// An ESC was given on as Esc, and what is held may be the rest of it.
    given: bool,
    /// What was pasted so far, and how much of it was searched for its end.
    paste: Option<(Vec<u8>, usize)>,
    /// The terminal was asked where its cursor stands.
    asked: bool,
    /// It owes an answer.
    owed: bool,
}

impl Decoder {
    /// `asked`: the first answer about the cursor is waited for.
    pub fn new(asked: bool) -> Self {
        Self { asked, ..Self::default() }
    }

    /// Says whether the terminal owes an answer now.
    pub fn expect(&mut self, owed: bool) {
        self.owed = owed;
    }

    /// How long to wait for more before it is known that no more belongs to it; none: nothing is held.
    pub fn waits(&self) -> Option<Duration> {
        match (&self.paste, self.held.as_slice()) {
            (Some(_), _) => Some(PAUSE),
            (None, []) => None,
            // A rest that comes later takes the key back.
            (None, [ESC]) => Some(HOLD),
            (None, [_]) if self.given => Some(if self.owed { LATE } else { LONGER }),
            (None, _) => Some(LATE),
        }
    }

    /// Nothing came: what is held is what it looks like.
    pub fn silence(&mut self) -> Vec<Input> {
        let mut out = Vec::new();
        if let Some((text, _)) = self.paste.take() {
            out.push(pasted(&text));
            return out;
        }
        let (held, given) = (std::mem::take(&mut self.held), std::mem::take(&mut self.given));
        match held.as_slice() {
            [ESC] => {
                self.given = true;
                out.push(Input::Msg(Msg::Key(Key::plain(Code::Esc))));
            }
            // It was typed after the key Esc.
            _ if given => return self.take(&held),
            [ESC, byte] => out.push(Input::Msg(Msg::Key(with_alt(*byte)))),
            // The end of it is lost.
            _ => {}
        }
        out
    }

    /// What has come, as far as it is known what it is.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Input> {
        let mut out = Vec::new();
        match self.paste.as_mut() {
            Some((text, _)) => text.extend_from_slice(bytes),
            None => self.held.extend_from_slice(bytes),
        }
        while self.step(&mut out) {}
        out
    }

    /// Takes one thing from what is held. False: more has to come first.
    fn step(&mut self, out: &mut Vec<Input>) -> bool {
        if self.paste.is_some() {
            return self.end_paste(out);
        }
        if !self.held.is_empty() && std::mem::take(&mut self.given) {
            let whole: Vec<u8> = [&[ESC], self.held.as_slice()].concat();
            match piece(&whole) {
                Piece::Part => {
                    self.given = true;
                    return false;
                }
                // Less than two bytes of it are the key Esc by itself.
                Piece::Whole(length @ 2.., what) => {
                    self.held.drain(..length - 1);
                    out.push(Input::Msg(Msg::NoEsc));
                    self.put(what, out);
                    return true;
                }
                // It was Esc, and this is typed.
                _ => {}
            }
        }
        match piece(&self.held) {
            Piece::Part => return false,
            Piece::Broken(length) => drop(self.held.drain(..length)),
            Piece::Whole(length, what) => {
                self.held.drain(..length);
                self.put(what, out);
            }
            Piece::Alt(key) => {
                self.held.drain(..2);
                out.push(Input::Msg(Msg::Key(key)));
            }
        }
        true
    }

    fn put(&mut self, what: What, out: &mut Vec<Input>) {
        match what {
            What::Key(key) => out.push(Input::Msg(Msg::Key(key))),
            What::Mouse(mouse) => out.push(Input::Msg(Msg::Mouse(mouse))),
            What::Cursor(column) if std::mem::take(&mut self.asked) => out.push(drawn(column)),
            What::Told(told) => out.push(Input::Told(told)),
            What::Paste => self.paste = Some((std::mem::take(&mut self.held), 0)),
            What::Cursor(_) | What::Nothing => {}
        }
    }

    /// Ends the paste where its end has come.
    fn end_paste(&mut self, out: &mut Vec<Input>) -> bool {
        let Some((text, searched)) = self.paste.as_mut() else { return false };
        let end = text[*searched..].windows(PASTE_END.len()).position(|bytes| bytes == PASTE_END);
        let Some(end) = end.map(|at| *searched + at) else {
            // More is refused whole: of that, no more is kept than shows it.
            if text.len() > MOST {
                text.drain(MOST - PASTE_END.len()..text.len() + 1 - PASTE_END.len());
            }
            *searched = (text.len() + 1).saturating_sub(PASTE_END.len());
            return false;
        };
        out.push(pasted(&text[..end]));
        self.held = text.split_off(end + PASTE_END.len());
        self.paste = None;
        true
    }
}

/// What it says that the cursor stands in this column behind a line drawn from the first.
pub(super) fn drawn(column: u16) -> Input {
    Input::Msg(Msg::Signs(if column == 2 { Ambiguous::Wide } else { Ambiguous::Narrow }))
}

fn pasted(text: &[u8]) -> Input {
    Input::Msg(Msg::Paste(String::from_utf8_lossy(text).into_owned()))
}

/// What stands at the beginning of what came.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Part,
    /// So many bytes are this.
    Whole(usize, What),
    /// Two bytes: a key pressed together with Alt.
    Alt(Key),
    /// So many bytes began something whose end will not come: something else begins there.
    Broken(usize),
}

#[derive(Debug, PartialEq, Eq)]
enum What {
    Key(Key),
    Mouse(Mouse),
    /// What comes now is pasted.
    Paste,
    /// The column in which the cursor stands, from 0.
    Cursor(u16),
    /// An answer about pictures.
    Told(Told),
    /// Another answer, a movement: nothing anybody would miss.
    Nothing,
}

fn piece(bytes: &[u8]) -> Piece {
    let esc = || Piece::Whole(1, What::Key(Key::plain(Code::Esc)));
    match bytes {
        [] | [ESC] => Piece::Part,
        [ESC, b'[', body @ ..] => control_sequence(body),
        [ESC, b'O'] => Piece::Part,
        [ESC, b'O', letter, ..] => match final_code(*letter) {
            Some(code) => Piece::Whole(3, What::Key(Key::plain(code))),
            None => Piece::Alt(with_alt(b'O')),
        },
        [ESC, kind @ (b']' | b'P' | b'_'), body @ ..] => answer(*kind, body),
        // Whatever was typed or converted came in the same moment as Esc.
        [ESC, ESC | 0x80.., ..] => esc(),
        [ESC, byte, ..] => Piece::Alt(with_alt(*byte)),
        _ => letter(bytes),
    }
}

/// ECMA-48, "Control sequences": parameters, intermediates, one final character.
fn control_sequence(body: &[u8]) -> Piece {
    match body {
        // The console of Linux sends its first five function keys so.
        [b'['] => return Piece::Part,
        [b'[', letter @ b'A'..=b'E', ..] => {
            return Piece::Whole(4, What::Key(Key::plain(Code::F(letter - b'A' + 1))));
        }
        // A click, on terminals that know no other way ("Normal tracking mode" of xterm).
        [b'M', button, x, y, ..] => {
            let [button, x, y] = [button, x, y].map(|byte| u16::from(byte.saturating_sub(32)));
            return Piece::Whole(6, click(button, x, y, true));
        }
        [b'M', ..] => return Piece::Part,
        _ => {}
    }
    match body.iter().position(|byte| !matches!(byte, 0x20..=0x3f)) {
        None if body.len() > LONGEST => Piece::Broken(2 + body.len()),
        None => Piece::Part,
        Some(at) => match body[at] {
            last @ 0x40..=0x7e => Piece::Whole(3 + at, sequence(&body[..at], last)),
            _ if at == 0 => Piece::Alt(with_alt(b'[')),
            _ => Piece::Broken(2 + at),
        },
    }
}

/// What a whole control sequence means: xterm's "PC-Style Function Keys", "Mouse Tracking" and "modifyOtherKeys".
fn sequence(parameters: &[u8], last: u8) -> What {
    let text = std::str::from_utf8(parameters).unwrap_or_default();
    if let Some(mouse) = text.strip_prefix('<') {
        let numbers: Vec<u16> = mouse.split(';').filter_map(|n| n.parse().ok()).collect();
        return match (numbers.as_slice(), last) {
            ([button, x, y], b'M' | b'm') => click(*button, *x, *y, last == b'M'),
            _ => What::Nothing,
        };
    }
    if let Some(told) = about_pictures(text, last) {
        return What::Told(told);
    }
    // What stands behind a colon says more than we ask for.
    let first = |part: &str| part.split(':').next().and_then(|n| n.parse().ok());
    let numbers: Vec<Option<u32>> = text.split(';').map(first).collect();
    let (code, held) = match (last, numbers.as_slice()) {
        (b'~', [Some(200)]) => return What::Paste,
        (b'R', [Some(_), Some(column)]) => {
            return What::Cursor(u16::try_from(*column).unwrap_or_default().saturating_sub(1));
        }
        (b'~', [Some(27), held, Some(code)]) => return other_key(*code, *held),
        (b'u', [Some(code), held @ ..]) => return other_key(*code, held.first().copied().flatten()),
        (b'~', [Some(number), held @ ..]) => (numbered_code(*number), held),
        (b'Z', held) => (Some(Code::Tab), held),
        (_, [None]) => (final_code(last), &[][..]),
        (_, [Some(1), held]) => (final_code(last), std::slice::from_ref(held)),
        _ => return What::Nothing,
    };
    let [shift, alt, ctrl] = modifiers(held.first().copied().flatten());
    code.map_or(What::Nothing, |code| What::Key(Key { code, shift: shift || last == b'Z', alt, ctrl }))
}

/// What a terminal can, and how large things are: "Primary Device Attributes", xterm's "Window manipulation" (16) and "Graphics
/// attributes".
fn about_pictures(text: &str, last: u8) -> Option<Told> {
    let numbers = |text: &str| -> Option<Vec<u32>> { text.split(';').map(|n| n.parse().ok()).collect() };
    match (text.strip_prefix('?').map_or_else(|| (false, numbers(text)), |rest| (true, numbers(rest))), last)
    {
        // The first is the terminal's class.
        ((true, Some(can)), b'c') => Some(Told::Attributes { sixel: can.iter().skip(1).any(|n| *n == 4) }),
        ((true, Some(of)), b'S') => match of.as_slice() {
            [1, 0, registers] => Some(Told::Registers(usize::try_from(*registers).ok()?)),
            [2, 0, w, h] => Some(Told::Largest(*w, *h)),
            _ => None,
        },
        ((false, Some(of)), b't') => match of.as_slice() {
            [6, h, w] => Some(Told::Cell(*w, *h)),
            _ => None,
        },
        _ => None,
    }
}

/// What is held down with a key: one more than the sum of 1 for Shift, 2 for Alt, 4 for Ctrl.
fn modifiers(held: Option<u32>) -> [bool; 3] {
    let held = held.unwrap_or(1).saturating_sub(1);
    [1, 2, 4].map(|bit| held & bit != 0)
}

/// A key by the number of its character.
fn other_key(code: u32, held: Option<u32>) -> What {
    let [shift, alt, ctrl] = modifiers(held);
    let code = match code {
        9 => Code::Tab,
        13 => Code::Enter,
        27 => Code::Esc,
        8 | 127 => Code::Backspace,
        _ => match char::from_u32(code).filter(|c| !c.is_control()) {
            Some(c) if shift && !ctrl && !alt => Code::Char(c.to_ascii_uppercase()),
            Some(c) if ctrl || alt => Code::Char(c.to_ascii_lowercase()),
            Some(c) => Code::Char(c),
            None => return What::Nothing,
        },
    };
    // Shift is in the character.
    let shift = shift && !matches!(code, Code::Char(_));
    What::Key(Key { code, ctrl, alt, shift })
}

/// What the mouse did, in cells from 1; nothing for movements, releases and what is held with Shift: with it terminals
/// select text.
fn click(button: u16, x: u16, y: u16, down: bool) -> What {
    let shift = button & 4 != 0;
    let press = match button & !(4 | 8 | 16) {
        0 if !shift => Press::Left,
        2 if !shift => Press::Right,
        64 if shift => Press::ScrollLeft,
        65 if shift => Press::ScrollRight,
        64 => Press::ScrollUp,
        65 => Press::ScrollDown,
        66 => Press::ScrollLeft,
        67 => Press::ScrollRight,
        _ => return What::Nothing,
    };
    let (x, y) = (x.saturating_sub(1), y.saturating_sub(1));
    if down { What::Mouse(Mouse { x, y, press }) } else { What::Nothing }
}

/// An answer in words (ECMA-48, "Control strings": OSC, DCS, APC): about a colour, a name, a picture. Whatever does not look
/// like any that terminals give was a key pressed together with Alt.
fn answer(kind: u8, body: &[u8]) -> Piece {
    let figures = body.iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b';')).count();
    let begins = match (kind, body.get(figures), figures) {
        (b']', _, 1..) if body[..figures].contains(&b';') => true,
        (b'P', Some(b'$' | b'>' | b'!' | b'+'), _) | (b'_', Some(b'G'), 0) => true,
        (_, None, _) if kind != b'_' || figures == 0 => return Piece::Part,
        _ => false,
    };
    if !begins {
        return Piece::Alt(with_alt(kind));
    }
    let end = body.iter().position(|byte| !matches!(byte, 0x20..=0x7e));
    match end.map(|at| (at, &body[at..])) {
        Some((at, [0x07, ..])) if kind == b']' => Piece::Whole(3 + at, What::Nothing),
        Some((at, [ESC, b'\\', ..])) => Piece::Whole(4 + at, in_words(kind, &body[..at])),
        None if body.len() <= LONGEST => Piece::Part,
        Some((_, [ESC])) => Piece::Part,
        end => Piece::Broken(2 + end.map_or(body.len(), |(at, _)| at)),
    }
}

/// Its name ("XTVERSION"), or that it understood a picture of kitty's.
fn in_words(kind: u8, words: &[u8]) -> What {
    match (kind, str_of(words)) {
        (b'_', words) if words.starts_with("Gi=31;OK") => What::Told(Told::Kitty),
        (b'P', words) => {
            words.strip_prefix(">|").map_or(What::Nothing, |name| What::Told(Told::Name(name.to_owned())))
        }
        _ => What::Nothing,
    }
}

/// A letter, or a key that is one byte.
fn letter(bytes: &[u8]) -> Piece {
    let (valid, bad) = match std::str::from_utf8(&bytes[..bytes.len().min(4)]) {
        Ok(text) => (text, Some(1)),
        Err(error) => (str_of(&bytes[..error.valid_up_to()]), error.error_len()),
    };
    match (valid.chars().next(), bad) {
        (Some(c), _) if c.is_ascii() => Piece::Whole(1, What::Key(of_byte(bytes[0]))),
        (Some(c), _) => Piece::Whole(c.len_utf8(), What::Key(Key::plain(Code::Char(c)))),
        (None, Some(length)) => Piece::Broken(length),
        // The rest of the letter is on its way.
        (None, None) => Piece::Part,
    }
}

fn str_of(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// A key of one byte, as terminals have sent it ever since.
fn of_byte(byte: u8) -> Key {
    let ctrl = |c: u8| Key { ctrl: true, ..Key::plain(Code::Char(char::from(c))) };
    match byte {
        b'\r' | b'\n' => Key::plain(Code::Enter),
        b'\t' => Key::plain(Code::Tab),
        0x08 | 0x7f => Key::plain(Code::Backspace),
        ESC => Key::plain(Code::Esc),
        0 => ctrl(b' '),
        0x01..=0x1a => ctrl(byte - 1 + b'a'),
        0x1c..=0x1f => ctrl(byte - 0x1c + b'4'),
        _ => Key::plain(Code::Char(char::from(byte))),
    }
}

/// The same pressed together with Alt.
fn with_alt(byte: u8) -> Key {
    Key { alt: true, ..of_byte(byte.to_ascii_lowercase()) }
}

fn final_code(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        _ => return None,
    })
}

fn numbered_code(number: u32) -> Option<Code> {
    let number = u8::try_from(number).ok()?;
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        // There is a gap after each fifth, and after the two that a keyboard has no more.
        11..=15 => Code::F(number - 10),
        17..=21 => Code::F(number - 11),
        23..=26 => Code::F(number - 12),
        28 | 29 => Code::F(number - 13),
        31..=34 => Code::F(number - 14),
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
