//! What a console of Windows sends, record by record, as bytes and keys.
//!
//! A letter comes as one or two UTF-16 units, each pressed and let go, by itself or with an input method's whole phrase in one
//! batch; one that was typed by its number comes with the letting go of Alt. All of it that is text goes through the same
//! decoder as the bytes of other systems, for what a terminal answers comes as letters, too.

use crate::command::{Code, Key};
use crate::runtime::Input;
use crate::runtime::decode::Decoder;
use crate::ui::Msg;
use crate::ui::msg::Mouse;

/// A key, or a part of a letter: `KEY_EVENT_RECORD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    pub down: bool,
    pub repeat: u16,
    /// The virtual key; none where an input method or a paste sends letters.
    pub key: u16,
    /// The letter in UTF-16; 0 for none.
    pub unit: u16,
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

/// What a batch is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    Key(Record),
    Mouse(Mouse),
    Resize(u16, u16),
}

/// Virtual keys ("Virtual-Key Codes").
const VK_BACK: u16 = 0x08;
const VK_TAB: u16 = 0x09;
const VK_RETURN: u16 = 0x0d;
const VK_SHIFT: u16 = 0x10;
const VK_MENU: u16 = 0x12;
const VK_ESCAPE: u16 = 0x1b;
const VK_NUMPAD0: u16 = 0x60;
const VK_NUMPAD9: u16 = 0x69;
const VK_F1: u16 = 0x70;
const VK_F24: u16 = 0x87;

/// The fewest letters in one breath that are a phrase or a paste: a console does not mark them.
const BURST: usize = 4;

/// Makes messages of batches.
#[derive(Debug)]
pub struct Records {
    decoder: Decoder,
    /// The first half of a letter.
    half: Option<u16>,
}

impl Records {
    /// Where the cursor stands the console says itself.
    pub fn new() -> Self {
        Self { decoder: Decoder::new(false), half: None }
    }

    /// See [`Decoder::expect`].
    pub fn expect(&mut self, owed: bool) {
        self.decoder.expect(owed);
    }

    /// See [`Decoder::waits`].
    pub fn waits(&self) -> Option<std::time::Duration> {
        self.decoder.waits()
    }

    pub fn silence(&mut self) -> Vec<Input> {
        self.decoder.silence()
    }

    /// What a batch means.
    pub fn take(&mut self, batch: &[Heard]) -> Vec<Input> {
        let (mut out, mut text) = (Vec::new(), String::new());
        for heard in batch {
            let other = match *heard {
                Heard::Key(record) => match self.read(record) {
                    Some(Read::Text(c)) => {
                        (0..record.repeat.max(1)).for_each(|_| text.push(c));
                        continue;
                    }
                    Some(Read::Key(key)) => Msg::Key(key),
                    None => continue,
                },
                Heard::Mouse(mouse) => Msg::Mouse(mouse),
                Heard::Resize(columns, rows) => Msg::Resize(columns, rows),
            };
            self.flush(&mut text, &mut out);
            out.push(Input::Msg(other));
        }
        self.flush(&mut text, &mut out);
        out
    }

    fn flush(&mut self, text: &mut String, out: &mut Vec<Input>) {
        let inputs = self.decoder.take(std::mem::take(text).as_bytes());
        let mut burst = Vec::new();
        for input in inputs {
            match input {
                Input::Msg(Msg::Key(key)) if text_of(key).is_some() => burst.push(key),
                other => {
                    end_burst(&mut burst, out);
                    out.push(other);
                }
            }
        }
        end_burst(&mut burst, out);
    }

    fn read(&mut self, record: Record) -> Option<Read> {
        let Record { down, key, unit, .. } = record;
        // What was typed by its number on the right of the keyboard.
        if key == VK_MENU && !down && unit != 0 {
            return self.letter(unit).map(Read::Text);
        }
        let numbers = record.alt && !record.ctrl && (VK_NUMPAD0..=VK_NUMPAD9).contains(&key);
        if !down || numbers || (VK_SHIFT..=VK_MENU).contains(&key) {
            return None;
        }
        let pressed = |code| Key { code, ctrl: record.ctrl, alt: record.alt, shift: record.shift };
        if let Some(code) = code_of(key) {
            let key = pressed(code);
            // What the decoder knows by its byte goes through it.
            return Some(match (code, key == Key::plain(code)) {
                (Code::Enter, true) => Read::Text('\r'),
                (Code::Tab, true) => Read::Text('\t'),
                (Code::Esc, true) => Read::Text('\u{1b}'),
                (Code::Backspace, true) => Read::Text('\u{7f}'),
                _ => Read::Key(key),
            });
        }
        // AltGr types letters on many keyboards and is reported as both.
        let held = record.ctrl != record.alt && key != 0;
        match (unit, held) {
            // Ctrl takes the letter away; the key is still the letter's.
            (0..0x20, true) => {
                let c = char::from(u8::try_from(key).ok()?.to_ascii_lowercase());
                (c.is_ascii_alphanumeric() || c == ' ').then(|| Read::Key(named(pressed(Code::Char(c)))))
            }
            (0, false) => None,
            (_, true) => {
                let c = self.letter(unit)?.to_ascii_lowercase();
                Some(Read::Key(named(pressed(Code::Char(c)))))
            }
            (_, false) => self.letter(unit).map(Read::Text),
        }
    }

    /// A letter, once both of its halves are there. A half without its other one is none.
    fn letter(&mut self, unit: u16) -> Option<char> {
        let half = self.half.take();
        if (0xd800..0xdc00).contains(&unit) {
            self.half = Some(unit);
            return None;
        }
        let units = half.into_iter().filter(|_| (0xdc00..0xe000).contains(&unit)).chain([unit]);
        char::decode_utf16(units).next()?.ok()
    }
}

/// What a record is.
enum Read {
    /// It goes through the decoder.
    Text(char),
    Key(Key),
}

/// Shift is in the character, and two keys have been sent as letters ever since.
fn named(key: Key) -> Key {
    match key.code {
        Code::Char('h') if key.ctrl => Key::plain(Code::Backspace),
        Code::Char('j') if key.ctrl => Key::plain(Code::Enter),
        _ => Key { shift: false, ..key },
    }
}

fn code_of(key: u16) -> Option<Code> {
    Some(match key {
        VK_BACK => Code::Backspace,
        VK_TAB => Code::Tab,
        VK_RETURN => Code::Enter,
        VK_ESCAPE => Code::Esc,
        0x21 => Code::PageUp,
        0x22 => Code::PageDown,
        0x23 => Code::End,
        0x24 => Code::Home,
        0x25 => Code::Left,
        0x26 => Code::Up,
        0x27 => Code::Right,
        0x28 => Code::Down,
        0x2d => Code::Insert,
        0x2e => Code::Delete,
        VK_F1..=VK_F24 => Code::F((key - VK_F1 + 1) as u8),
        _ => return None,
    })
}

/// What a key contributes to text.
fn text_of(key: Key) -> Option<char> {
    match key.code {
        Code::Enter if key == Key::plain(Code::Enter) => Some('\n'),
        Code::Tab if key == Key::plain(Code::Tab) => Some('\t'),
        _ => key.text(),
    }
}

/// A few letters were typed. Many are a phrase, and an Enter behind it enters it; with breaks between them they are a paste,
/// and none enters anything.
fn end_burst(burst: &mut Vec<Key>, out: &mut Vec<Input>) {
    let keys = std::mem::take(burst);
    let entered = keys.iter().rev().take_while(|key| key.code == Code::Enter).count();
    let text: String = keys.iter().copied().filter_map(text_of).collect();
    let words = text.trim_end_matches('\n');
    if keys.len() < BURST {
        out.extend(keys.into_iter().map(|key| Input::Msg(Msg::Key(key))));
    } else if words.contains(['\n', '\t']) {
        out.push(Input::Msg(Msg::Paste(text)));
    } else {
        out.extend((!words.is_empty()).then(|| Input::Msg(Msg::Paste(words.to_owned()))));
        out.extend((0..entered).map(|_| Input::Msg(Msg::Key(Key::plain(Code::Enter)))));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::runtime::poster::answers::Told;

    const NOTHING: Record =
        Record { down: true, repeat: 1, key: 0, unit: 0, ctrl: false, alt: false, shift: false };

    /// Letters, each unit pressed and let go, as Windows Terminal sends them.
    fn typed(text: &str) -> Vec<Heard> {
        let units = text.encode_utf16().map(|unit| if unit == 10 { 13 } else { unit });
        let record = |unit| Record { unit, key: if unit == 13 { VK_RETURN } else { 0 }, ..NOTHING };
        let both = |unit| [record(unit), Record { down: false, ..record(unit) }];
        units.flat_map(both).map(Heard::Key).collect()
    }

    /// Letters as an input method hands them over: none is let go.
    fn phrase(text: &str) -> Vec<Heard> {
        typed(text).into_iter().step_by(2).collect()
    }

    fn pressed(key: u16, unit: u16, held: &str) -> Vec<Heard> {
        let [ctrl, alt, shift] = ['c', 'a', 's'].map(|c| held.contains(c));
        let down = Record { key, unit, ctrl, alt, shift, ..NOTHING };
        vec![Heard::Key(down), Heard::Key(Record { down: false, ..down })]
    }

    fn read(records: &mut Records, batches: impl IntoIterator<Item = Vec<Heard>>) -> String {
        let mut out = Vec::new();
        for batch in batches {
            // An answer is nothing that anybody typed.
            for input in records.take(&batch).into_iter().filter(|input| !matches!(input, Input::Told(_))) {
                out.push(match input {
                    Input::Msg(Msg::Key(key)) => key.text().map_or_else(|| key.to_string(), String::from),
                    Input::Msg(Msg::Paste(text)) => format!("『{text}』"),
                    other => format!("{other:?}"),
                });
            }
        }
        out.join(" ")
    }

    fn one(batch: Vec<Heard>) -> String {
        read(&mut Records::new(), [batch])
    }

    #[test]
    fn 二つに分かれて届く漢字も絵文字も一字になり二度は打たれない() {
        assert_eq!(one(typed("𠮷野")), "𠮷 野");
        assert_eq!(one(typed("𠮟る")), "𠮟 る");
        assert_eq!(one(phrase("👪と")), "👪 と");
        // So the window of emoji hands them over, and what sends letters for other programs (VK_PACKET).
        let packet = |heard: Heard| match heard {
            Heard::Key(record) => Heard::Key(Record { key: 0xe7, ..record }),
            other => other,
        };
        assert_eq!(one(typed("𠮟👪").into_iter().map(packet).collect()), "𠮟 👪");
        // Unit by unit, each in a batch of its own.
        let mut records = Records::new();
        let units = typed("叱る𠮷👪").into_iter().map(|heard| vec![heard]);
        assert_eq!(read(&mut records, units), "叱 る 𠮷 👪");
        assert_eq!(one(typed("家族は👨‍👩‍👧と葛\u{e0100}城")), "『家族は👨‍👩‍👧と葛\u{e0100}城』");
        // Half a letter is none, and takes nothing along.
        let mut batch = typed("𠮷");
        batch.truncate(2);
        batch.extend(typed("家"));
        assert_eq!(one(batch), "家");
    }

    #[test]
    fn 番号で打った字はオルトを離したときに届く() {
        let mut batch = pressed(VK_MENU, 0, "a");
        batch.truncate(1);
        // The numbers themselves are none of ours.
        batch.extend([0x62u16, 0x63, 0x64].into_iter().flat_map(|key| pressed(key, u16::from(b'0'), "a")));
        batch.extend(
            "★é𠮷"
                .encode_utf16()
                .map(|unit| Heard::Key(Record { down: false, key: VK_MENU, unit, ..NOTHING })),
        );
        assert_eq!(one(batch), "★ é 𠮷");
    }

    #[test]
    fn 変換したことばと決定が一度に届いてもことばも決定も残る() {
        assert_eq!(one(phrase("迷惑はかけたくない\n")), "『迷惑はかけたくない』 Enter");
        assert_eq!(one(phrase("鍵\n")), "鍵 Enter");
        // Breaks between words: a paste, which enters nothing.
        assert_eq!(one(typed("一行目\n二行目\n")), "『一行目\n二行目\n』");
        assert_eq!(one(typed("医師\t診療所")), "『医師\t診療所』");
        assert_eq!(one(typed("\n\n")), "Enter Enter");
    }

    /// All that was typed or pasted, with a break for each Enter.
    fn words_of(inputs: Vec<Input>) -> String {
        let word = |input| match input {
            Input::Msg(Msg::Key(key)) => text_of(key).expect("only text was sent").to_string(),
            Input::Msg(Msg::Paste(text)) => text,
            other => panic!("{other:?}"),
        };
        inputs.into_iter().map(word).collect()
    }

    proptest! {
        #[test]
        fn どう分かれて届くことばも一字も失われず増えない(
            text in "[残薬がA1★é𠮷𠮟👪\n]{0,24}",
            cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..6),
            way in 0usize..3,
        ) {
            // By an input method, by keys, and each by the number of its letter.
            let records: Vec<Heard> = match way {
                0 => phrase(&text),
                1 => typed(&text),
                _ => phrase(&text).into_iter().map(|heard| match heard {
                    Heard::Key(record) if record.unit != 13 => {
                        Heard::Key(Record { down: false, key: VK_MENU, ..record })
                    }
                    other => other,
                }).collect(),
            };
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(records.len() + 1)).collect();
            cuts.extend([0, records.len()]);
            cuts.sort_unstable();
            let mut heard = Records::new();
            let batches = cuts.windows(2).map(|two| &records[two[0]..two[1]]);
            let inputs = batches.flat_map(|batch| heard.take(batch)).collect();
            prop_assert_eq!(words_of(inputs), text);
            prop_assert_eq!(heard.waits(), None);
        }
    }

    #[test]
    fn 離したキーも支えのキーも何も打たない() {
        let ups: Vec<Heard> = typed("残薬").into_iter().skip(1).step_by(2).collect();
        assert_eq!(one(ups), "");
        assert_eq!(
            one([VK_SHIFT, 0x11, VK_MENU, 0x5b, 0x14]
                .into_iter()
                .flat_map(|key| pressed(key, 0, ""))
                .collect()),
            ""
        );
        // Held down, it comes once, with how often.
        assert_eq!(one(vec![Heard::Key(Record { key: 0x26, repeat: 1, ..NOTHING })]), "↑");
        assert_eq!(one(vec![Heard::Key(Record { unit: u16::from(b'a'), repeat: 3, ..NOTHING })]), "a a a");
    }

    #[test]
    fn 操作のキーはどれもその名前で届く() {
        for (key, unit, held, should) in [
            (0x5a, 0x1a, "c", "Ctrl+Z"),
            (0x53, 0x13, "c", "Ctrl+S"),
            (0x48, 0x08, "c", "Backspace"),
            (0x31, u16::from(b'1'), "a", "Alt+1"),
            (0x46, u16::from(b'F'), "as", "Alt+F"),
            (0x75, 0, "", "F6"),
            (0x87, 0, "", "F24"),
            (0x26, 0, "a", "Alt+↑"),
            (0x09, 9, "s", "Shift+Tab"),
            (0x09, 9, "", "Tab"),
            (0x0d, 13, "a", "Alt+Enter"),
            (0x0d, 13, "", "Enter"),
            (0x08, 8, "", "Backspace"),
            (0x20, 0x20, "c", "Ctrl+Space"),
            // AltGr.
            (0x51, u16::from(b'@'), "ca", "@"),
            (0x41, u16::from(b'A'), "s", "A"),
        ] {
            assert_eq!(one(pressed(key, unit, held)), should);
        }
        let mut records = Records::new();
        assert_eq!(read(&mut records, [pressed(VK_ESCAPE, 27, "")]), "");
        assert!(records.waits().is_some(), "an answer may begin so");
        assert!(matches!(records.silence().as_slice(), [Input::Msg(Msg::Key(key))] if key.code == Code::Esc));
        let begun = |owed| {
            let mut records = Records::new();
            records.expect(owed);
            records.take(&pressed(VK_ESCAPE, 27, ""));
            records.silence();
            records.take(&typed("["));
            records.waits()
        };
        assert!(begun(true) > begun(false), "an answer may go on so");
    }

    #[test]
    fn クリックも大きさもことばの順に届く() {
        let mut batch = phrase("鍵");
        batch.push(Heard::Resize(100, 28));
        batch.push(Heard::Mouse(Mouse { x: 3, y: 4, press: crate::ui::msg::Press::Left }));
        batch.extend(phrase("傘"));
        let inputs = Records::new().take(&batch);
        let [Input::Msg(Msg::Key(_)), size, mouse, Input::Msg(Msg::Key(_))] = inputs.as_slice() else {
            panic!("{inputs:?}")
        };
        assert!(matches!(size, Input::Msg(Msg::Resize(100, 28))));
        assert!(matches!(mouse, Input::Msg(Msg::Mouse(Mouse { x: 3, y: 4, .. }))));
    }

    #[test]
    fn 端末の答えも印のある貼りつけもキーとして届く() {
        assert_eq!(one(typed("\u{1b}[?61;4;6c\u{1b}]11;rgb:0c0c/0c0c/0c0c\u{1b}\\")), "");
        let told = Records::new().take(&typed("\u{1b}[?61;4;6c"));
        assert!(matches!(told.as_slice(), [Input::Told(Told::Attributes { sixel: true })]));
        assert_eq!(one(typed("\u{1b}[200~一行目\n二行目\u{1b}[201~")), "『一行目\r二行目』");
    }
}
