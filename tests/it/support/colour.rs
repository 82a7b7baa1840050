//! What eyes make of a colour: contrast (WCAG 2.2), colour vision (Machado, Oliveira and Fernandes 2009, at full severity) and the
//! distance of two colours (CIEDE2000; Sharma, Wu and Dalal 2005). And what terminals make of the colours of a palette.

use ratatui::style::Color;

/// Red, green and blue from 0 to 1, as light and not as stored.
pub type Light = [f64; 3];

/// The sixteen colours as terminals come with them: xterm, the Linux console (VGA), Windows Terminal (Campbell), GNOME Terminal
/// (Tango), PuTTY.
pub const TERMINALS: [(&str, [u32; 16]); 5] = [
    (
        "xterm",
        [
            0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f,
            0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
        ],
    ),
    (
        "console",
        [
            0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa, 0x555555,
            0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
        ],
    ),
    (
        "Campbell",
        [
            0x0c0c0c, 0xc50f1f, 0x13a10e, 0xc19c00, 0x0037da, 0x881798, 0x3a96dd, 0xcccccc, 0x767676,
            0xe74856, 0x16c60c, 0xf9f1a5, 0x3b78ff, 0xb4009e, 0x61d6d6, 0xf2f2f2,
        ],
    ),
    (
        "Tango",
        [
            0x2e3436, 0xcc0000, 0x4e9a06, 0xc4a000, 0x3465a4, 0x75507b, 0x06989a, 0xd3d7cf, 0x555753,
            0xef2929, 0x8ae234, 0xfce94f, 0x729fcf, 0xad7fa8, 0x34e2e2, 0xeeeeec,
        ],
    ),
    (
        "PuTTY",
        [
            0x000000, 0xbb0000, 0x00bb00, 0xbbbb00, 0x0000bb, 0xbb00bb, 0x00bbbb, 0xbbbbbb, 0x555555,
            0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
        ],
    ),
];

/// The number of a colour among the sixteen.
fn number(colour: Color) -> Option<usize> {
    use Color::*;
    let all = [
        Black,
        Red,
        Green,
        Yellow,
        Blue,
        Magenta,
        Cyan,
        Gray,
        DarkGray,
        LightRed,
        LightGreen,
        LightYellow,
        LightBlue,
        LightMagenta,
        LightCyan,
        White,
    ];
    all.into_iter().position(|other| other == colour)
}

/// The light of a colour as every terminal shows it: those of the cube and the greys (from 16 on) are the same everywhere, of the
/// sixteen each has its own, and where they are bold some show the light one of the same name.
pub fn lights(colour: Color, bold: bool) -> Vec<Light> {
    let same = |[r, g, b]: [u8; 3]| vec![[r, g, b].map(linear); TERMINALS.len() * 2];
    match (colour, number(colour)) {
        (Color::Rgb(r, g, b), _) => same([r, g, b]),
        (Color::Indexed(i @ 232..), _) => same([8 + (i - 232) * 10; 3]),
        (Color::Indexed(i @ 16..), _) => {
            let level = |part: u8| if part == 0 { 0 } else { 55 + part * 40 };
            same([(i - 16) / 36, (i - 16) / 6 % 6, (i - 16) % 6].map(level))
        }
        (_, Some(number)) => {
            let bright = if bold { number | 8 } else { number };
            let shown = |n: usize| TERMINALS.iter().map(move |(_, colours)| colours[n]);
            shown(number)
                .chain(shown(bright))
                .map(|c| [c >> 16, c >> 8, c].map(|c| linear(c as u8)))
                .collect()
        }
        _ => panic!("{colour} is the terminal's own"),
    }
}

fn linear(stored: u8) -> f64 {
    let c = f64::from(stored) / 255.0;
    if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
}

/// The least contrast of a colour on another, of all terminals. Only letters are made light where they are bold.
pub fn contrast(front: Color, ground: Color, bold: bool) -> f64 {
    let luminance = |[r, g, b]: &Light| 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    let (front, ground) = (lights(front, bold), lights(ground, false));
    let all = front.iter().zip(&ground).map(|(a, b)| (luminance(a), luminance(b)));
    all.map(|(a, b)| a.max(b) / a.min(b)).fold(f64::INFINITY, f64::min)
}

/// How colours are seen: as they are, with no red, no green and no blue cones, and where only light and dark is left.
pub const VISIONS: [(&str, [[f64; 3]; 3]); 5] = [
    ("all", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protan",
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    ),
    (
        "deutan",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    (
        "tritan",
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ),
    ("grey", [[0.2126, 0.7152, 0.0722]; 3]),
];

pub fn seen(light: &Light, vision: &[[f64; 3]; 3]) -> Light {
    let part = |row: &[f64; 3]| row.iter().zip(light).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0);
    [part(&vision[0]), part(&vision[1]), part(&vision[2])]
}

/// CIE L*a*b* under daylight (D65).
fn lab([r, g, b]: &Light) -> [f64; 3] {
    let x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047;
    let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    let z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883;
    let f = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    [116.0 * f(y) - 16.0, 500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z))]
}

/// ΔE2000; under 10 two small signs are taken for one another.
pub fn distance(one: &Light, other: &Light) -> f64 {
    delta(lab(one), lab(other))
}

/// CIEDE2000 of two colours in L*a*b*.
pub fn delta([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25f64.powi(7))).sqrt();
    let mean = (a1.hypot(b1) + a2.hypot(b2)) / 2.0;
    let stretch = 1.5 - 0.5 * seventh(mean);
    let (a1, a2) = (a1 * stretch, a2 * stretch);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let grey = c1 * c2 == 0.0;
    let turn = match h2 - h1 {
        _ if grey => 0.0,
        d if d > 180.0 => d - 360.0,
        d if d < -180.0 => d + 360.0,
        d => d,
    };
    let (dl, dc) = (l2 - l1, c2 - c1);
    let dh = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let (l, c) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let h = match h1 + h2 {
        sum if grey => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => (sum + 360.0) / 2.0,
        sum => (sum - 360.0) / 2.0,
    };
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(h - 30.0) + 0.24 * cos(2.0 * h) + 0.32 * cos(3.0 * h + 6.0)
        - 0.2 * cos(4.0 * h - 63.0);
    let sl = 1.0 + 0.015 * (l - 50.0).powi(2) / (20.0 + (l - 50.0).powi(2)).sqrt();
    let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let turned = 30.0 * (-((h - 275.0) / 25.0).powi(2)).exp();
    let rt = -(2.0 * turned).to_radians().sin() * 2.0 * seventh(c);
    let (l, c, h) = (dl / sl, dc / sc, dh / sh);
    (l * l + c * c + h * h + rt * c * h).sqrt()
}
