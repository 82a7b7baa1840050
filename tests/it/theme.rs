//! Every text can be read on its ground, whatever the terminal has of colours.

use crate::support;

use jirei::ui::theme::{Depth, Meaning, Palette, Theme};
use ratatui::style::{Color, Modifier};
use support::colour::contrast;

fn everything() -> Vec<Meaning> {
    use Meaning::*;
    let plain = [
        Text,
        Quiet,
        Strong,
        IssueLabel,
        Centre,
        Selected,
        InRow,
        Hit,
        Marked,
        Ghost,
        Behind,
        Entry,
        Offered,
        Open,
        Speaker,
        Popup,
        Label,
        Warning,
        Error,
        Saved,
        Rule,
        CurrentStep,
        Bar,
        Stripe,
    ];
    let kinds = jirei::domain::Kind::ALL.into_iter().flat_map(|kind| [Kind(kind), Said(kind)]);
    let branches = (0..10).flat_map(|i| [Branch(i), Line(i)]);
    plain.into_iter().chain((0..3).map(Heat)).chain(branches).chain(kinds).collect()
}

#[test]
fn 文字はどの背景でも読める() {
    for palette in [Palette::Dark, Palette::Light] {
        for depth in [Depth::True, Depth::Many, Depth::Sixteen] {
            let theme = Theme { palette, depth };
            let grounds = [Meaning::Text, Meaning::Popup].map(|ground| theme.style(ground).bg.unwrap());
            for meaning in everything() {
                let style = theme.style(meaning);
                let enough = match (meaning, depth) {
                    (Meaning::Rule, _) => 3.0,
                    (_, Depth::Sixteen) => 4.5,
                    _ => 7.0,
                };
                let bold = style.add_modifier.contains(Modifier::BOLD);
                for ground in grounds {
                    let contrast = contrast(style.fg.unwrap(), style.bg.unwrap_or(ground), bold);
                    assert!(contrast >= enough, "{theme:?} {meaning:?}: {contrast:.2}");
                }
            }
        }
    }
}

#[test]
fn 色のない端末では色を使わない() {
    for theme in [
        Theme { palette: Palette::Mono, depth: Depth::True },
        Theme { palette: Palette::Dark, depth: Depth::None },
    ] {
        for meaning in everything() {
            let style = theme.style(meaning);
            assert!(style.fg.is_none() && style.bg.is_none(), "{meaning:?}");
        }
        assert_ne!(theme.style(Meaning::Selected), theme.style(Meaning::Text));
    }
}

/// What may stand side by side, and means something else: without a colour, too, one is told from the other.
fn neighbours() -> Vec<(&'static str, Vec<Meaning>)> {
    use Meaning::*;
    let feeling = Kind(jirei::domain::Kind::Feeling);
    vec![
        // Found by words while a link is made from what is marked.
        ("マップの枝", vec![Text, Branch(0), Centre, Selected, Marked, Hit, Ghost]),
        ("枝とその印", vec![Text, feeling, Selected, Marked, Hit]),
        ("因果の図の課題", vec![Text, Strong, Selected, Marked, Hit]),
        ("表の欄", vec![Text, Open, Selected]),
        ("表の行の中", vec![InRow, Open, Selected]),
        ("入力行", vec![Text, Entry, Speaker]),
        ("窓の行", vec![Popup, Strong, Selected]),
        ("段階の並び", vec![Quiet, CurrentStep]),
        ("保存の知らせ", vec![Text, Error, Selected]),
    ]
}

#[test]
fn 色がなくても隣り合うものは見分けられる() {
    for theme in [
        Theme { palette: Palette::Mono, depth: Depth::True },
        Theme { palette: Palette::Light, depth: Depth::None },
    ] {
        for (place, all) in neighbours() {
            for (i, a) in all.iter().enumerate() {
                for b in &all[..i] {
                    let [one, other] = [a, b].map(|meaning| theme.style(*meaning).add_modifier);
                    assert_ne!(one, other, "{place}: {a:?} {b:?}");
                }
            }
        }
        // Nothing but what is selected is a plain block among what can be selected.
        let block = theme.style(Meaning::Selected).add_modifier;
        let alike: Vec<Meaning> =
            everything().into_iter().filter(|m| theme.style(*m).add_modifier == block).collect();
        assert_eq!(alike, [Meaning::Selected, Meaning::Speaker]);
    }
}

#[test]
fn 端末にある色だけを使う() {
    for palette in [Palette::Dark, Palette::Light] {
        for (depth, has) in [
            // The first sixteen are the terminal's own, whatever they are.
            (Depth::Many, (|c| matches!(c, Color::Indexed(16..))) as fn(Color) -> bool),
            (Depth::Sixteen, |c| !matches!(c, Color::Rgb(..) | Color::Indexed(_) | Color::Reset)),
        ] {
            let theme = Theme { palette, depth };
            let ground = theme.style(Meaning::Text).bg;
            for meaning in everything() {
                let style = theme.style(meaning);
                assert!([style.fg, style.bg].into_iter().flatten().all(has), "{theme:?} {meaning:?}");
                assert_ne!(style.fg, style.bg.or(ground), "{theme:?} {meaning:?}");
            }
        }
    }
}

#[test]
fn 環境から色の数を知る() {
    let cases = [
        // NO_COLOR, COLORTERM, TERM, WT_SESSION
        ((Some("1"), Some("truecolor"), Some("xterm-256color"), true), Depth::None),
        ((Some(""), Some("truecolor"), None, false), Depth::True),
        ((None, Some("24bit"), Some("screen"), false), Depth::True),
        ((None, None, None, true), Depth::True),
        ((None, None, Some("foot-direct"), false), Depth::True),
        ((None, Some("yes"), None, false), Depth::Sixteen),
        ((None, Some(""), Some("linux"), false), Depth::Sixteen),
        ((None, None, Some("xterm"), false), Depth::Sixteen),
        ((None, None, Some("screen"), false), Depth::Sixteen),
        ((None, None, Some("vt100-nokitty"), false), Depth::Sixteen),
    ];
    let many = [
        "xterm-256color",
        "screen-256color",
        "tmux-256color",
        "rxvt-unicode-256color",
        "putty-256color",
        "xterm-kitty",
        "xterm-ghostty",
        "alacritty",
        "foot",
        "foot-extra",
        "wezterm",
    ];
    let many = many.map(|term| ((None, None, Some(term), false), Depth::Many));
    for ((no_color, colorterm, term, windows), depth) in cases.into_iter().chain(many) {
        assert_eq!(Depth::of(no_color, colorterm, term, windows), depth, "{colorterm:?} {term:?}");
    }
}
