//! Pictures as terminals read them out of what they are sent: decoders of our own, which know nothing of who encodes.

use std::io::Cursor;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What a terminal would draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    pub width: usize,
    pub height: usize,
    /// Red, green and blue of each dot, row by row: 0 to 255, or to 100 for sixels.
    pub dots: Vec<[u8; 3]>,
}

/// The first stretch between two marks, without them.
fn between<'a>(bytes: &'a [u8], start: &[u8], end: &[u8]) -> Option<&'a [u8]> {
    let find = |bytes: &[u8], mark: &[u8]| bytes.windows(mark.len()).position(|w| w == mark);
    let rest = &bytes[find(bytes, start)? + start.len()..];
    Some(&rest[..find(rest, end)?])
}

/// Numbers between semicolons, and how many bytes they take.
fn numbers(bytes: &[u8]) -> (Vec<usize>, usize) {
    let length = bytes.iter().take_while(|b| b.is_ascii_digit() || **b == b';').count();
    let text = std::str::from_utf8(&bytes[..length]).unwrap();
    (text.split(';').filter_map(|n| n.parse().ok()).collect(), length)
}

/// The first picture in sixels; none before all of it has come.
pub fn sixel(stream: &[u8]) -> Option<Drawn> {
    let body = between(stream, b"\x1bP0;1;0q", b"\x1b\\")?;
    let (size, mut at) = numbers(&body[1..]);
    assert_eq!((body[0], &size[..2]), (b'"', &[1, 1][..]));
    let (width, height) = (size[2], size[3]);
    let mut dots: Vec<Option<[u8; 3]>> = vec![None; width * height];
    let mut registers = vec![None; 256];
    let (mut register, mut x, mut y) = (0, 0, 0);
    at += 1;
    while at < body.len() {
        let byte = body[at];
        at += 1;
        let mut times = 1;
        let letter = match byte {
            b'#' => {
                let (given, length) = numbers(&body[at..]);
                at += length;
                register = given[0];
                if let [_, 2, r, g, b] = given[..] {
                    registers[register] = Some([r, g, b].map(|part| u8::try_from(part).unwrap()));
                }
                continue;
            }
            b'$' => {
                x = 0;
                continue;
            }
            b'-' => {
                (x, y) = (0, y + 6);
                continue;
            }
            b'!' => {
                let (given, length) = numbers(&body[at..]);
                at += length + 1;
                times = given[0];
                body[at - 1]
            }
            letter => letter,
        };
        let bits = letter.checked_sub(b'?').filter(|bits| *bits < 64).expect("a sixel");
        for x in x..x + times {
            for row in (0..6).filter(|row| bits & 1 << row != 0) {
                dots[(y + row) * width + x] = Some(registers[register].expect("a colour"));
            }
        }
        x += times;
    }
    // What has no colour would show what lies under it.
    let dots = dots.into_iter().map(|dot| dot.expect("a dot")).collect();
    Some(Drawn { width, height, dots })
}

/// A PNG.
pub fn png(bytes: &[u8]) -> Drawn {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
    let mut out = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut out).unwrap();
    let channels = match info.color_type {
        png::ColorType::Rgba => 4,
        png::ColorType::Rgb => 3,
        other => panic!("{other:?}"),
    };
    let dots = out[..info.buffer_size()].chunks(channels).map(|dot| [dot[0], dot[1], dot[2]]).collect();
    Drawn { width: info.width as usize, height: info.height as usize, dots }
}

/// The first picture of kitty's, and the keys it was sent with; none before all of it has come.
pub fn kitty(stream: &[u8]) -> Option<(Drawn, String)> {
    let start = stream.windows(6).position(|w| w == b"\x1b_Ga=T")?;
    let (mut rest, mut keys, mut text) = (&stream[start..], None, String::new());
    loop {
        let piece = std::str::from_utf8(between(rest, b"\x1b_G", b"\x1b\\")?).unwrap();
        rest = &rest[piece.len() + 5..];
        let (head, data) = piece.split_once(';').unwrap();
        assert!(data.len() <= 4096 && (data.len() % 4 == 0));
        text.push_str(data);
        keys.get_or_insert(head.to_owned());
        if head.split(',').any(|key| key == "m=0") {
            break;
        }
        assert!(rest.starts_with(b"\x1b_Gm="), "nothing may come between the pieces");
    }
    Some((png(&STANDARD.decode(text).unwrap()), keys?))
}

/// The first picture of iTerm2's, and what was said about it; none before all of it has come.
pub fn iterm(stream: &[u8]) -> Option<(Drawn, String)> {
    let sequence = std::str::from_utf8(between(stream, b"\x1b]1337;File=", b"\x07")?).unwrap();
    let (said, text) = sequence.split_once(':').unwrap();
    let bytes = STANDARD.decode(text).unwrap();
    assert!(said.contains(&format!("size={};", bytes.len())), "{said}");
    Some((png(&bytes), said.to_owned()))
}
