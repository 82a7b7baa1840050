//! A picture as sixels (DEC, "VT330/VT340 Programmer Reference Manual", chapter 14): columns of six dots, a letter each, one
//! colour after the other.
//!
//! A map has a few colours and the shades at the edges of its letters: none is dithered. The common ones stand as they are,
//! a rare one is drawn in the nearest that stands, as near as the terminal's registers allow.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::export::poster::Dots;

/// Red, green and blue in hundredths, as registers hold them.
type Colour = [u8; 3];

/// So many registers have numbers here; further ones would show no difference.
const MOST: usize = 256;

/// Dots of a letter, one below the other.
const HIGH: usize = 6;

/// The whole sequence, for a terminal with so many registers of colours.
pub fn encode(dots: &Dots, registers: usize) -> Vec<u8> {
    let (width, height) = (dots.width as usize, dots.height as usize);
    let colours = count(dots, width);
    let palette = cover(&colours, registers.clamp(2, MOST));
    let nearest: FxHashMap<Colour, u8> =
        colours.iter().map(|(colour, _)| (*colour, nearest(&palette, *colour))).collect();
    let band = |rows: &[u8]| band(rows, width, palette.len(), &nearest);
    let bands: Vec<Vec<u8>> = dots.rgba.par_chunks(width * 4 * HIGH).map(band).collect();
    // Every dot has a colour: the ground needs none (1).
    let mut out = format!("\x1bP0;1;0q\"1;1;{width};{height}").into_bytes();
    for (i, [r, g, b]) in palette.iter().enumerate() {
        out.extend(format!("#{i};2;{r};{g};{b}").bytes());
    }
    out.extend(bands.join(&b'-'));
    out.extend(b"\x1b\\");
    out
}

fn colour(dot: &[u8]) -> Colour {
    let part = |at: usize| ((u32::from(dot[at]) * 100 + 127) / 255) as u8;
    [part(0), part(1), part(2)]
}

/// The colours and how often each stands there, the most common first.
fn count(dots: &Dots, width: usize) -> Vec<(Colour, usize)> {
    let rows = dots.rgba.par_chunks(width * 4 * 64).map(|rows| {
        let mut counts: FxHashMap<Colour, usize> = FxHashMap::default();
        for same in rows.as_chunks::<4>().0.chunk_by(|a, b| a == b) {
            *counts.entry(colour(&same[0])).or_default() += same.len();
        }
        counts
    });
    let all = rows.reduce(FxHashMap::default, |mut all, counts| {
        for (colour, count) in counts {
            *all.entry(colour).or_default() += count;
        }
        all
    });
    let mut colours: Vec<_> = all.into_iter().collect();
    colours.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    colours
}

fn far(a: Colour, b: Colour) -> u32 {
    let part = |i: usize| u32::from(a[i].abs_diff(b[i])).pow(2);
    part(0) + part(1) + part(2)
}

/// At most so many colours, from which no colour is farther than it must be.
fn cover(colours: &[(Colour, usize)], most: usize) -> Vec<Colour> {
    let mut apart = 0;
    loop {
        let mut palette: Vec<Colour> = Vec::with_capacity(most + 1);
        for (colour, _) in colours {
            if palette.iter().all(|known| far(*known, *colour) > apart * apart) {
                palette.push(*colour);
            }
            if palette.len() > most {
                break;
            }
        }
        if palette.len() <= most {
            return palette;
        }
        apart += 1 + apart / 4;
    }
}

fn nearest(palette: &[Colour], colour: Colour) -> u8 {
    let far = |i: &u8| palette.get(usize::from(*i)).map_or(u32::MAX, |known| far(*known, colour));
    (0..=u8::MAX).min_by_key(far).unwrap_or_default()
}

/// Six rows of dots, or what is left of them.
fn band(dots: &[u8], width: usize, colours: usize, nearest: &FxHashMap<Colour, u8>) -> Vec<u8> {
    // Each colour with its letters as far as the last of them.
    let mut letters: Vec<Vec<u8>> = vec![Vec::new(); colours];
    for (y, row) in dots.chunks(width * 4).enumerate() {
        let mut x = 0;
        for same in row.as_chunks::<4>().0.chunk_by(|a, b| a == b) {
            let end = x + same.len();
            let register = nearest.get(&colour(&same[0])).copied().unwrap_or_default();
            let letters = &mut letters[usize::from(register)];
            letters.resize(letters.len().max(end), 0);
            letters[x..end].iter_mut().for_each(|letter| *letter |= 1 << y);
            x = end;
        }
    }
    let mut out = Vec::new();
    for (register, letters) in letters.iter().enumerate().filter(|(_, letters)| !letters.is_empty()) {
        if !out.is_empty() {
            // Back to the first column.
            out.push(b'$');
        }
        out.extend(format!("#{register}").bytes());
        for same in letters.chunk_by(|a, b| a == b) {
            let letter = same[0] + b'?';
            match same.len() {
                few @ ..4 => out.resize(out.len() + few, letter),
                many => {
                    out.extend(format!("!{many}").bytes());
                    out.push(letter);
                }
            }
        }
    }
    out
}
