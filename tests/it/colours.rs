//! Choosing how the screen looks, from the menu: seen at once, kept for the next start, and the settings file wins.

use crate::support;

use std::fs;
use std::path::Path;

use jirei::ui::theme::{Depth, Palette};
use jirei::ui::{Effect, Overlay};
use support::driver::Driver;
use support::frame::picture;

const OPEN: &str = "f10 「色を変え」 enter";

#[test]
fn 色は選ぶ間に見えて_決めると残り_やめると元にもどる() {
    use Palette::*;
    for (keys, seen, kept) in [
        ("", Dark, None),
        ("down", Light, None),
        ("down down", Mono, None),
        ("up", Mono, None),
        ("「明るい」", Light, None),
        ("down esc", Dark, None),
        ("down enter", Light, Some(Light)),
        ("「３」", Mono, Some(Mono)),
        ("down enter ctrl-g 3 f10 「色を変え」 enter up", Dark, Some(Light)),
        ("down enter ctrl-g 3 f10 「色を変え」 enter up esc", Light, Some(Light)),
    ] {
        for place in ["ctrl-b", "ctrl-g 3 「!夜の船がない」", "ctrl-g 6 down right enter", "ctrl-b f9"]
        {
            let mut d = Driver::case_a();
            d.keys(place);
            d.keys(&format!("{OPEN} {keys}"));
            assert_eq!(d.model.theme().palette, seen, "{place} {keys}\n{}", picture(&d, (80, 24)));
            let given: Vec<_> = d.given.iter().filter(|e| matches!(e, Effect::Palette(_))).collect();
            assert_eq!(given, kept.map(Effect::Palette).iter().collect::<Vec<_>>(), "{place} {keys}");
        }
    }
}

#[test]
fn 選んでもそのとおりにならないときはわけを言う() {
    for (is_set, depth, said) in [
        (false, Depth::True, ""),
        (true, Depth::Many, "設定ファイルの theme が先に使われます"),
        (true, Depth::None, "NO_COLOR"),
    ] {
        let mut d = Driver::case_a();
        (d.model.cx.theme_is_set, d.model.cx.theme.depth) = (is_set, depth);
        d.keys(OPEN);
        let Some(Overlay::Choose(list)) = &d.model.cx.over else { panic!("no list") };
        assert!(list.text.contains(said) && list.text.is_empty() == said.is_empty(), "{}", list.text);
        let picture = picture(&d, (80, 24));
        let first = list.text.split('。').next().unwrap_or_default();
        assert!(picture.contains(first), "{picture}");
    }
}

#[cfg(unix)]
mod in_a_terminal {
    use super::*;
    use support::pty::keys::{DOWN, ENTER, ctrl};
    use support::pty::{Draws, Terminal};
    use vt100::Color::{self, Default, Idx, Rgb};

    const DARK: Color = Rgb(0x1b, 0x1d, 0x23);
    const LIGHT: Color = Rgb(0xfa, 0xf9, 0xf5);

    fn start(home: &Path, environment: &[(&str, &str)]) -> Terminal {
        let environment: Vec<_> =
            environment.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let screen = Terminal::that_draws(Draws::Nothing, home, 80, 24, &environment);
        screen.sees("見本を見る");
        screen
    }

    fn end(mut screen: Terminal) {
        screen.send(ctrl('q'));
        assert_eq!(screen.wait().0, 0);
    }

    #[test]
    fn 選んだ色は次に開いたときも同じで_設定ファイルが勝つ() {
        let home = tempfile::tempdir().unwrap();
        let screen = start(home.path(), &[]);
        assert_eq!(screen.shot().ground, DARK);
        screen.send(ctrl('p'));
        screen.paste("色を変える");
        screen.sees("色を変える");
        screen.send(ENTER);
        screen.sees("明るい部屋に");
        screen.send(DOWN);
        screen.until("明るい", |shot| shot.ground == LIGHT);
        screen.send(ENTER);
        screen.until("決まる", |shot| !shot.has("明るい部屋に"));
        end(screen);
        let screen = start(home.path(), &[]);
        assert_eq!(screen.shot().ground, LIGHT);
        end(screen);
        fs::create_dir_all(home.path().join("config/jirei")).unwrap();
        fs::write(home.path().join("config/jirei/config.toml"), "theme = \"dark\"\n").unwrap();
        let screen = start(home.path(), &[]);
        assert_eq!(screen.shot().ground, DARK);
        end(screen);
    }

    #[test]
    fn 端末の色の数に合わせる() {
        for (environment, ground) in [
            ([("COLORTERM", ""), ("TERM", "xterm-256color"), ("NO_COLOR", "")], Idx(234)),
            ([("COLORTERM", ""), ("TERM", "xterm"), ("NO_COLOR", "")], Idx(0)),
            ([("COLORTERM", "truecolor"), ("TERM", "xterm-256color"), ("NO_COLOR", "1")], Default),
        ] {
            let home = tempfile::tempdir().unwrap();
            let screen = start(home.path(), &environment);
            assert_eq!(screen.shot().ground, ground, "{environment:?}");
            end(screen);
        }
    }
}
