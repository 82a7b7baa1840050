//! A picture as the bytes each kind of terminal draws it from.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ratatui::layout::Rect;

use crate::export::ExportError;
use crate::export::poster::Dots;
use crate::runtime::poster::answers::Protocol;
use crate::runtime::poster::sixel;

/// The picture of ours among those of a kitty: what is sent under it again takes the place of what hung there.
const ID: u32 = 4_157_001;

/// Bytes of base64 that a kitty takes at once.
const CHUNK: usize = 4096;

/// The sequence that draws a picture over this area, from the cursor in its upper left corner.
///
/// # Errors
/// Where the picture cannot be packed.
pub fn encode(protocol: Protocol, dots: &Dots, area: Rect) -> Result<Vec<u8>, ExportError> {
    Ok(match protocol {
        Protocol::Sixel { registers } => sixel::encode(dots, registers),
        Protocol::Kitty => kitty(&dots.png()?, area).into_bytes(),
        Protocol::Iterm => iterm(&dots.png()?, area).into_bytes(),
    })
}

/// Kitty's "Terminal graphics protocol": a PNG shown at once (`a=T`), in so many cells, with the cursor left alone and without
/// an answer.
fn kitty(png: &[u8], area: Rect) -> String {
    let text = STANDARD.encode(png);
    let count = text.len().div_ceil(CHUNK);
    let mut out = String::with_capacity(text.len() + 32 * count);
    for (i, at) in (0..text.len()).step_by(CHUNK).enumerate() {
        let more = u8::from(i + 1 < count);
        out.push_str("\x1b_G");
        if i == 0 {
            let _ = write!(out, "a=T,f=100,i={ID},p=1,c={},r={},C=1,q=2,", area.width, area.height);
        }
        let _ = write!(out, "m={more};{}\x1b\\", &text[at..text.len().min(at + CHUNK)]);
    }
    out
}

/// iTerm2's "Inline Images Protocol".
fn iterm(png: &[u8], area: Rect) -> String {
    let (size, width, height, text) = (png.len(), area.width, area.height, STANDARD.encode(png));
    format!(
        "\x1b]1337;File=inline=1;size={size};width={width};height={height};preserveAspectRatio=0;doNotMoveCursor=1:{text}\x07"
    )
}

/// What takes the picture away where drawing cells over it does not.
pub fn removal(protocol: Protocol) -> String {
    match protocol {
        Protocol::Kitty => format!("\x1b_Ga=d,d=I,i={ID},q=2\x1b\\"),
        Protocol::Iterm | Protocol::Sixel { .. } => String::new(),
    }
}
