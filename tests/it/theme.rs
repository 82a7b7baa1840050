//! Every text can be read on its ground, whatever the terminal has of colours.

use jirei::ui::theme::{Depth, Meaning, Palette, Theme};
use ratatui::style::Color;

fn everything() -> Vec<Meaning> {
    use Meaning::*;
    let plain = [
        Text,
        Quiet,
        Strong,
        IssueLabel,
        Centre,
        Selected,
        Hit,
        Marked,
        Ghost,
        Entry,
        Speaker,
        Popup,
        Warning,
        Error,
        Saved,
        Rule,
        CurrentStep,
        Bar,
        Stripe,
    ];
    let kinds = jirei::domain::Kind::ALL.map(Kind).into_iter();
    let branches = (0..10).flat_map(|i| [Branch(i), Line(i)]);
    plain.into_iter().chain((0..3).map(Heat)).chain(branches).chain(kinds).collect()
}

/// Relative luminance (WCAG 2.2) of a true colour.
fn luminance(colour: Color) -> f64 {
    let Color::Rgb(r, g, b) = colour else { panic!("{colour} is no true colour") };
    let [r, g, b] = [r, g, b].map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

#[test]
fn 文字はどの背景でも読める() {
    for palette in [Palette::Dark, Palette::Light] {
        let theme = Theme { palette, depth: Depth::True };
        let all = [Meaning::Text, Meaning::Popup].map(|ground| theme.style(ground).bg.unwrap());
        for meaning in everything() {
            let style = theme.style(meaning);
            let enough = if matches!(meaning, Meaning::Rule) { 3.0 } else { 7.0 };
            // In windows words whisper and count, too.
            let grounds = if matches!(meaning, Meaning::Quiet | Meaning::Strong) { 2 } else { 1 };
            for ground in &all[..grounds] {
                let contrast = contrast(style.fg.unwrap(), style.bg.unwrap_or(*ground));
                assert!(contrast >= enough, "{palette:?} {meaning:?}: {contrast:.2}");
            }
        }
    }
    // The measure itself: black on white is 21:1.
    assert!((contrast(Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255)) - 21.0).abs() < 0.01);
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

#[test]
fn 十六色では十六色だけを使う() {
    for palette in [Palette::Dark, Palette::Light] {
        let theme = Theme { palette, depth: Depth::Sixteen };
        let ground = theme.style(Meaning::Text).bg;
        for meaning in everything() {
            let style = theme.style(meaning);
            assert!(!matches!(style.fg, Some(Color::Rgb(..))) && !matches!(style.bg, Some(Color::Rgb(..))));
            assert_ne!(style.fg, style.bg.or(ground), "{palette:?} {meaning:?}");
        }
    }
}

#[test]
fn 環境から色の数を知る() {
    assert_eq!(Depth::of(Some("1"), Some("truecolor"), false), Depth::None);
    assert_eq!(Depth::of(Some(""), Some("truecolor"), false), Depth::True);
    assert_eq!(Depth::of(None, None, true), Depth::True);
    assert_eq!(Depth::of(None, Some("yes"), false), Depth::Sixteen);
}
