//! What comes from a terminal whole, in pieces, late, or not at all.

use proptest::prelude::*;

use super::*;

fn said(inputs: Vec<Input>, out: &mut Vec<String>) {
    // An answer is nothing that anybody typed.
    for input in inputs.into_iter().filter(|input| !matches!(input, Input::Told(_))) {
        out.push(match input {
            Input::Msg(Msg::Key(key)) => key.text().map_or_else(|| key.to_string(), String::from),
            Input::Msg(Msg::Paste(text)) => format!("『{text}』"),
            Input::Msg(Msg::NoEsc) => "no-esc".to_owned(),
            Input::Msg(Msg::Mouse(mouse)) => format!("{:?}@{},{}", mouse.press, mouse.x, mouse.y),
            Input::Msg(Msg::Signs(cells)) => format!("{cells:?}"),
            other => format!("{other:?}"),
        });
    }
}

/// What becomes of what comes one piece after another; `…` is silence as long as anybody waits, `␛` is ESC.
fn read_by(decoder: &mut Decoder, pieces: &[&str]) -> String {
    let mut out = Vec::new();
    for piece in pieces {
        for (i, part) in piece.split('…').enumerate() {
            if i > 0 {
                said(decoder.silence(), &mut out);
            }
            if !part.is_empty() {
                said(decoder.take(part.replace('␛', "\x1b").replace('⏎', "\r").as_bytes()), &mut out);
            }
        }
    }
    out.join(" ")
}

/// The same whole, then letter by letter: it must be the same.
fn read(sent: &str) -> String {
    let whole = read_by(&mut Decoder::default(), &[sent]);
    let letters: Vec<String> = sent.chars().map(String::from).collect();
    let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
    assert_eq!(read_by(&mut Decoder::default(), &letters), whole, "{sent}");
    whole
}

#[test]
fn どのキーも何に分かれて届いても一つのキー() {
    for (sent, should) in [
        ("残薬⏎\t", "残 薬 Enter Tab"),
        ("␛[A␛OA", "↑ ↑"),
        ("␛OP␛[[B␛[17~␛[24~␛[25~", "F1 F2 F6 F12 F13"),
        ("␛[3~あ", "Delete あ"),
        ("␛[1;3D␛[1;5S␛[5;3~␛[Z", "Alt+← Ctrl+F4 Alt+PgUp Shift+Tab"),
        ("␛b␛f␛2␛B", "Alt+B Alt+F Alt+2 Alt+B"),
        ("␛⏎␛\u{7f}", "Alt+Enter Alt+Backspace"),
        ("\u{1}\u{8}\n\u{13}\u{1a}\u{7f}", "Ctrl+A Backspace Enter Ctrl+S Ctrl+Z Backspace"),
        ("␛[97;5u␛[27;5;9~␛[13;3u␛[97;2u", "Ctrl+A Ctrl+Tab Alt+Enter A"),
        ("葛\u{e0100}𠮷👨‍👩‍👧", "葛 \u{e0100} 𠮷 👨 \u{200d} 👩 \u{200d} 👧"),
        ("␛␛[A", "Esc ↑"),
        ("␛あ", "Esc あ"),
        ("␛[あ", "Alt+[ あ"),
        ("␛OK", "Alt+O K"),
        ("␛]あ␛Pあ␛_あ", "Alt+] あ Alt+P あ Alt+_ あ"),
    ] {
        assert_eq!(read(sent), should, "{sent}");
    }
}

#[test]
fn クリックとホイールは画面の左上から数える() {
    for (sent, should) in [
        ("␛[<0;10;5M␛[<0;10;5m", "Left@9,4"),
        ("␛[<2;223;1M", "Right@222,0"),
        ("␛[<64;1;1M␛[<65;1;1M␛[<69;1;1M", "ScrollUp@0,0 ScrollDown@0,0 ScrollRight@0,0"),
        // Movements, and what selects text.
        ("␛[<32;10;5M␛[<4;10;5M␛[<35;1;1Mあ", "あ"),
        ("␛[M !!あ", "Left@0,0 あ"),
    ] {
        assert_eq!(read(sent), should, "{sent}");
    }
}

#[test]
fn 遅れて届いた残りも打ったことばにならず前のエスケープは取り消す() {
    for (sent, should) in [
        ("␛…[A", "Esc no-esc ↑"),
        ("␛…[200~一⏎二␛[201~", "Esc no-esc 『一\r二』"),
        ("␛…[<0;10;5Mあ", "Esc no-esc Left@9,4 あ"),
        ("␛…[?62;22cあ", "Esc no-esc あ"),
        ("␛…]11;rgb:1c1c/1c1c/1c1c\u{7}あ", "Esc no-esc あ"),
    ] {
        assert_eq!(read_by(&mut Decoder::default(), &[sent]), should, "{sent}");
    }
}

#[test]
fn 手で打ったエスケープと文字はそのまま() {
    for (sent, should) in [
        ("␛…", "Esc"),
        ("␛…␛…", "Esc Esc"),
        ("␛…あ", "Esc あ"),
        ("␛…⏎", "Esc Enter"),
        ("␛…[…A", "Esc [ A"),
        ("␛…[あ", "Esc [ あ"),
        ("␛…[1あ", "Esc [ 1 あ"),
        ("␛…OK", "Esc O K"),
        ("␛…P01が来る", "Esc P 0 1 が 来 る"),
        ("␛…PT", "Esc P T"),
        ("[A", "[ A"),
        ("␛…あ[A", "Esc あ [ A"),
        // A key with Alt that looks like a beginning, and what is typed after it.
        ("␛[…A", "Alt+[ A"),
        ("␛]…1", "Alt+] 1"),
    ] {
        let mut decoder = Decoder::default();
        assert_eq!(read_by(&mut decoder, &[sent]), should, "{sent}");
        assert_eq!((decoder.waits(), decoder.held.len()), (None, 0), "{sent}");
    }
}

#[test]
fn 貼りつけはどう分かれても一つで_改行は決定にならない() {
    assert_eq!(read("␛[200~一⏎二␛[A␛[201~三"), "『一\r二\u{1b}[A』 三");
    // A long one, in the pieces a terminal sends.
    let text: String = (0..20_000).map(|i| char::from_u32(0x4e00 + i % 5000).unwrap()).collect();
    let mut decoder = Decoder::default();
    let mut out = Vec::new();
    for piece in format!("\x1b[200~{text}\x1b[201~あ").into_bytes().chunks(1021) {
        assert!(out.is_empty());
        said(decoder.take(piece), &mut out);
    }
    assert_eq!(out, [format!("『{text}』"), "あ".to_owned()]);
    // Its end is lost: what came is not.
    let mut decoder = Decoder::default();
    assert_eq!(read_by(&mut decoder, &["␛[200~一⏎二"]), "");
    assert_eq!(decoder.waits(), Some(PAUSE));
    assert_eq!(read_by(&mut decoder, &["…あ"]), "『一\r二』 あ");
}

#[test]
fn 幅の答えは初めの一つだけが答えで_どれも打ったことばではない() {
    let mut decoder = Decoder::new(true);
    assert_eq!(read_by(&mut decoder, &["あ␛[1;2Rい␛[1;3R"]), "あ Narrow い");
    assert_eq!(read("␛[1;2Rあ"), "あ");
}

#[test]
fn 絵についての答えは打ったことばではなくどう分かれて届いても読める() {
    for (sent, should) in [
        ("\x1b[?64;1;4;22c", Told::Attributes { sixel: true }),
        ("\x1b[?4;22c", Told::Attributes { sixel: false }),
        ("\x1b[?62c", Told::Attributes { sixel: false }),
        ("\x1b[6;21;11t", Told::Cell(11, 21)),
        ("\x1b[?1;0;1024S", Told::Registers(1024)),
        ("\x1b[?2;0;1000;800S", Told::Largest(1000, 800)),
        ("\x1bP>|foot(1.16.2)\x1b\\", Told::Name("foot(1.16.2)".to_owned())),
        ("\x1b_Gi=31;OK\x1b\\", Told::Kitty),
    ] {
        for step in 1..sent.len() {
            let (mut decoder, mut told) = (Decoder::default(), Vec::new());
            for piece in sent.as_bytes().chunks(step) {
                told.extend(decoder.take(piece));
            }
            let [Input::Told(told)] = told.as_slice() else { panic!("{sent:?}: {told:?}") };
            assert_eq!(*told, should, "{sent:?}");
        }
    }
    // What says nothing about pictures, and who refuses one.
    for sent in ["\x1b[4;1080;1920t", "\x1b[?1;3;0S", "\x1b[?2026;2$y", "\x1b_Gi=31;ENOTSUPPORTED\x1b\\"] {
        assert!(Decoder::default().take(sent.as_bytes()).is_empty(), "{sent:?}");
    }
}

#[test]
fn 終わりの来ない答えは捨てられ次のキーは届く() {
    for (sent, should) in [
        ("␛[?62;2…あ", "あ"),
        ("␛]11;rgb:1c1c/…あ", "あ"),
        ("␛P>|xterm(3…あ", "あ"),
        ("␛]11;rgb:1c1c/␛[Aあ", "↑ あ"),
        ("␛[?62;⏎あ", "Enter あ"),
        ("␛]11;rgb:残薬", "残 薬"),
    ] {
        let mut decoder = Decoder::default();
        assert_eq!(read_by(&mut decoder, &[sent]), should, "{sent}");
        assert_eq!(decoder.waits(), None, "{sent}");
    }
    // A letter that is none.
    let mut out = Vec::new();
    said(Decoder::default().take(b"\xff\xe6\xae\x8b\xe6A"), &mut out);
    assert_eq!(out, ["残", "A"]);
}

/// What terminals answer: where the cursor stands, what they can, colours, sizes, modes, names, pictures, the clipboard.
const ANSWERS: [&str; 18] = [
    "\x1b[24;80R",
    "\x1b[?24;80;1R",
    "\x1b[?62;4;22c",
    "\x1b[>41;379;0c",
    "\x1b[=0c",
    "\x1b[0n",
    "\x1b[?2026;2$y",
    "\x1b[?997;1n",
    "\x1b[4;1080;1920t",
    "\x1b[?1;0;256S",
    "\x1b[?1u",
    "\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\",
    "\x1b]10;rgb:ffff/ffff/ffff\x07",
    "\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
    "\x1b]52;c;5q6L6Jas\x07",
    "\x1bP>|XTerm(379)\x1b\\",
    "\x1bP1$r0m\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
];

/// A key as it is sent, and its name.
const KEYS: [(&str, &str); 12] = [
    ("残", "残"),
    ("𠮷", "𠮷"),
    ("A", "A"),
    ("c", "c"),
    ("1", "1"),
    (";", ";"),
    ("\r", "Enter"),
    ("\x1b[A", "↑"),
    ("\x1b[1;3D", "Alt+←"),
    ("\x1bOP", "F1"),
    ("\x1bf", "Alt+F"),
    ("\x7f", "Backspace"),
];

#[derive(Debug, Clone)]
enum Sent {
    Key(usize),
    Answer(usize),
}

fn sent() -> impl Strategy<Value = Vec<Sent>> {
    let one = prop_oneof![(0..KEYS.len()).prop_map(Sent::Key), (0..ANSWERS.len()).prop_map(Sent::Answer)];
    proptest::collection::vec(one, 1..12)
}

/// What is understood of what comes bit by bit, each after so many milliseconds, by whoever waits as long as is asked for.
fn read_in_time(decoder: &mut Decoder, bits: &[(u64, &[u8])]) -> Vec<String> {
    let mut out = Vec::new();
    for (pause, bit) in bits {
        let mut left = Duration::from_millis(*pause);
        while let Some(time) = decoder.waits().filter(|time| *time <= left) {
            left -= time;
            said(decoder.silence(), &mut out);
        }
        said(decoder.take(bit), &mut out);
    }
    out
}

/// Takes out every Esc that was given on too early and taken back.
fn without_taken_back(mut out: Vec<String>) -> Vec<String> {
    while let Some(at) = out.iter().position(|name| name == "no-esc") {
        assert_eq!(out[at - 1], "Esc");
        out.drain(at - 1..=at);
    }
    out
}

#[test]
fn エスケープのあとの一字は答えを待つ間だけ長く留める() {
    let mut decoder = Decoder::default();
    for (owed, begun) in [(false, LONGER), (true, LATE), (false, LONGER)] {
        decoder.expect(owed);
        decoder.take(b"\x1b");
        assert_eq!(decoder.waits(), Some(HOLD), "nobody waits long for the key Esc");
        decoder.silence();
        decoder.take(b"[");
        assert_eq!(decoder.waits(), Some(begun));
        let mut out = Vec::new();
        said(decoder.silence(), &mut out);
        assert_eq!((out.join(" ").as_str(), decoder.waits()), ("[", None), "typed by hand it is there");
    }
}

#[test]
fn 答えを待つ間はエスケープのあとの一字が長く離れて届いても答え() {
    for answer in ANSWERS {
        let (esc, rest) = answer.as_bytes().split_at(1);
        let (first, rest) = rest.split_at(1);
        for pause in [40, 200, 300, 5000] {
            let bits: [(u64, &[u8]); 4] = [(0, esc), (pause, first), (900, rest), (0, "鍵".as_bytes())];
            let mut decoder = Decoder::default();
            decoder.expect(true);
            let out = read_in_time(&mut decoder, &bits);
            assert_eq!(out.len() > 1, pause >= 50, "{answer:?}: {out:?}");
            assert_eq!(without_taken_back(out), ["鍵"], "{answer:?} {pause}");
        }
    }
}

proptest! {
    #[test]
    fn どんな間をおいて分かれて届く答えも打ったことばにならない(
        sent in sent(),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0u64..900), 0..10),
        owed in any::<bool>(),
    ) {
        let text: String = sent.iter().map(|s| match s { Sent::Key(i) => KEYS[*i].0, Sent::Answer(i) => ANSWERS[*i] }).collect();
        let keys: Vec<&str> = sent.iter().filter_map(|s| if let Sent::Key(i) = s { Some(KEYS[*i].1) } else { None }).collect();
        let mut cuts: Vec<(usize, u64)> = cuts.iter().map(|(cut, pause)| (cut.index(text.len()), *pause)).collect();
        cuts.sort_unstable();
        let (mut at, mut bits) = (0, Vec::new());
        let mut pause = 0;
        for (cut, after) in cuts {
            // A letter behind Esc that begins an answer is not waited for so long where none is owed.
            let begun = cut >= 2 && text.as_bytes()[cut - 2] == 0x1b;
            bits.push((pause, &text.as_bytes()[at..cut]));
            (at, pause) = (cut, if owed || !begun { after } else { after.min(240) });
        }
        bits.push((pause, &text.as_bytes()[at..]));
        let mut decoder = Decoder::default();
        decoder.expect(owed);
        let bits: Vec<(u64, &[u8])> = bits.into_iter().filter(|(_, bit)| !bit.is_empty()).collect();
        let out = without_taken_back(read_in_time(&mut decoder, &bits));
        // ESC and a letter that come far apart are two keys.
        let apart = |keys: &[String]| keys.join(" ").replace("Alt+F", "Esc f");
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        prop_assert_eq!(apart(&out), apart(&keys));
        prop_assert_eq!(decoder.waits(), None);
    }

    #[test]
    fn どこで分かれて届く答えも打ったことばにならずキーは一つも失われない(
        sent in sent(),
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..8),
        pause in any::<prop::sample::Index>(),
    ) {
        let text: String = sent.iter().map(|s| match s { Sent::Key(i) => KEYS[*i].0, Sent::Answer(i) => ANSWERS[*i] }).collect();
        let keys: Vec<&str> = sent.iter().filter_map(|s| if let Sent::Key(i) = s { Some(KEYS[*i].1) } else { None }).collect();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len())).collect();
        // One of them is a pause that is felt; it is longer than an ESC is waited for.
        let long = pause.index(text.len());
        cuts.extend([0, long, text.len()]);
        cuts.sort_unstable();
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        for two in cuts.windows(2) {
            if two[0] == long && decoder.waits().is_some_and(|time| time <= HOLD) {
                said(decoder.silence(), &mut out);
            }
            said(decoder.take(&text.as_bytes()[two[0]..two[1]]), &mut out);
        }
        // An Esc that was given on too early is taken back.
        while let Some(at) = out.iter().position(|name| name == "no-esc") {
            prop_assert_eq!(&out[at - 1], "Esc");
            out.drain(at - 1..=at);
        }
        // ESC and a letter that come far apart are two keys.
        let out: Vec<&str> = out.iter().map(String::as_str).collect();
        let apart = |keys: &[&str]| keys.join(" ").replace("Alt+F", "Esc f");
        prop_assert!(out == keys || out.join(" ") == apart(&keys) || apart(&out) == apart(&keys), "{:?} instead of {:?}", out, keys);
        prop_assert_eq!(decoder.waits(), None);
    }

    #[test]
    fn 何が届いても止まらず長く待たせない(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut decoder = Decoder::default();
        decoder.take(&bytes);
        for _ in 0..3 {
            if decoder.waits().is_some() {
                decoder.silence();
            }
        }
        prop_assert_eq!(decoder.waits(), None);
        let mut out = Vec::new();
        said(decoder.take("残薬".as_bytes()), &mut out);
        prop_assert_eq!(out, ["残", "薬"]);
    }
}
