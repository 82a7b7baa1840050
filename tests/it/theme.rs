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
        InRow,
        Hit,
        Marked,
        Ghost,
        Behind,
        Entry,
        Open,
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
    let kinds = jirei::domain::Kind::ALL.into_iter().flat_map(|kind| [Kind(kind), Said(kind)]);
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
