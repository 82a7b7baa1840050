//! The poster on the wall in a terminal that says what it draws: when the picture comes, and how it goes.
#![cfg(unix)]

use crate::support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use jirei::export::poster::dots;
use jirei::layout::shape::What;
use support::dots::{Drawn, iterm, kitty, sixel};
use support::facilitator::Facilitator;
use support::pty::keys::{ENTER, ctrl};
use support::pty::{Draws, Terminal};

/// The picture in what a terminal of this kind was sent.
fn drawn(draws: Draws, bytes: &[u8]) -> Option<Drawn> {
    match draws {
        Draws::Nothing | Draws::Unsaid => None,
        Draws::Sixel => sixel(bytes),
        Draws::Kitty => kitty(bytes).map(|(drawn, _)| drawn),
        Draws::Iterm => iterm(bytes).map(|(drawn, _)| drawn),
    }
}

/// Whether anything of a picture is among what came.
fn begins(bytes: &[u8]) -> bool {
    let begins = |mark: &[u8]| bytes.windows(mark.len()).any(|w| w == mark);
    begins(b"\x1bP0;1;0q") || begins(b"\x1b_Ga=T") || begins(b"\x1b]1337;")
}

/// A map with a few words before somebody whose terminal draws so.
fn sits_down(draws: Draws, home: &Path) -> Facilitator {
    let hand = Facilitator::before(Terminal::that_draws(draws, home, 120, 40, &[]), home).begins_a_map();
    for words in ["夜中に何度も起きる", "近くに姉が住む"] {
        hand.types(words);
        hand.enters(ENTER);
    }
    hand
}

/// Whether every cell of these rows, from 1, was written anew.
fn written_anew(bytes: &[u8], rows: std::ops::Range<usize>) -> bool {
    let text = String::from_utf8_lossy(bytes);
    rows.into_iter().all(|row| text.contains(&format!("\x1b[{row};1H")))
}

fn the_picture_comes_and_goes(draws: Draws) {
    let home = tempfile::tempdir().unwrap();
    let hand = sits_down(draws, home.path());
    let from = hand.screen.came();
    // Nothing comes while keys do, however long.
    let begun = Instant::now();
    for _ in 0..3 {
        hand.screen.send(ctrl('l'));
    }
    hand.screen.sees("今のマップの絵が出ます");
    let mut last = Instant::now();
    while begun.elapsed() < Duration::from_millis(1600) {
        hand.screen.send("あ");
        last = Instant::now();
        std::thread::sleep(Duration::from_millis(150));
    }
    assert!(!begins(&hand.screen.heard(from).0), "{draws:?}");
    let (picture, came) = hand.screen.hears("絵", from, |bytes| drawn(draws, bytes));
    assert!(came - last >= Duration::from_millis(500), "{draws:?} {:?}", came - last);
    // Letters that are typed stand beside it and make no other.
    assert!(hand.screen.shot().entry().ends_with('あ'));
    // The picture is that of the records, in the dots of its cells (10×20).
    let dossier = crate::terminal::exported(home.path());
    let (w, h) = (picture.width as u32, picture.height as u32);
    assert!(w % 10 == 0 && h % 20 == 0 && w >= 600 && h >= 400, "{w}×{h}");
    let wanted = dots(&dossier, What::Branch(0), (w, h)).unwrap();
    let scale = if draws == Draws::Sixel { 100 } else { 255 };
    for (dot, wanted) in picture.dots.iter().zip(wanted.rgba.chunks(4)) {
        for i in 0..3 {
            let part = u32::from(wanted[i]) * scale / 255;
            assert!(part.abs_diff(u32::from(dot[i])) <= if draws == Draws::Sixel { 8 } else { 0 });
        }
    }
    // Hidden, it is gone with the first frame.
    let from = hand.screen.came();
    hand.screen.send(ctrl('s'));
    hand.screen.sees("画面を隠しています");
    let rows = 4..4 + h as usize / 20;
    let gone = |bytes: &[u8]| match draws {
        Draws::Kitty => bytes.windows(10).any(|w| w == b"\x1b_Ga=d,d=I").then_some(()),
        _ => written_anew(bytes, rows.clone()).then_some(()),
    };
    hand.screen.hears("消える", from, gone);
    std::thread::sleep(Duration::from_millis(800));
    assert!(!begins(&hand.screen.heard(from).0), "{draws:?}");
    // It comes back, and with another selection another one comes.
    for key in [ctrl('s'), "\x1b[B".to_owned()] {
        let from = hand.screen.came();
        hand.screen.send(key);
        hand.screen.hears("もどる", from, |bytes| drawn(draws, bytes));
    }
    // A click selects what is seen under it.
    let clicked = dossier.nodes.values().find(|n| n.text == "近くに姉が住む").unwrap().id;
    let spot = wanted.spots.0.iter().find(|spot| spot.what == What::Node(clicked)).unwrap().area;
    let (column, row) = ((spot.x + spot.w / 2) / 10 + 1, (spot.y + spot.h / 2) / 20 + 4);
    let from = hand.screen.came();
    hand.screen.send(format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"));
    hand.screen.sees("「近くに姉が住む」の");
    hand.screen.hears("選び直す", from, |bytes| drawn(draws, bytes));
}

#[test]
fn シクセルの端末では手を止めて半秒で絵が届き_隠すと消える() {
    the_picture_comes_and_goes(Draws::Sixel);
}

#[test]
fn キティの端末では手を止めて半秒で絵が届き_隠すと消される() {
    the_picture_comes_and_goes(Draws::Kitty);
}

#[test]
fn アイタームの端末では手を止めて半秒で絵が届き_隠すと消える() {
    the_picture_comes_and_goes(Draws::Iterm);
}

#[test]
fn 端末への問いは文字に読まれてもその場で書き直され入力行には残らない() {
    let home = tempfile::tempdir().unwrap();
    let screen = Terminal::that_draws(Draws::Sixel, home.path(), 120, 40, &[]);
    // Both questions: the second follows the first answer.
    for question in ["\x1b_Gi=31", "\x1b[?1;1;0S"] {
        let (asked, _) = screen.hears("問い", 0, |bytes| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            let at = text.find(question)?;
            let after = text[at..].split_once("\x1b[?2026l")?.0.to_owned();
            Some((text[..at].to_owned(), after))
        });
        assert!(asked.0.ends_with("\x1b[1;1H"), "{question:?}");
        assert!(written_anew(asked.1.as_bytes(), 1..3), "{question:?}");
    }
}

#[test]
fn 候補の窓の下にも大きさが変わったあとにも終わったあとにも絵は残らない() {
    let home = tempfile::tempdir().unwrap();
    let mut hand = sits_down(Draws::Kitty, home.path());
    let from = hand.screen.came();
    for _ in 0..3 {
        hand.screen.send(ctrl('l'));
    }
    hand.screen.hears("絵", from, kitty);
    let removed = |bytes: &[u8]| bytes.windows(10).any(|w| w == b"\x1b_Ga=d,d=I").then_some(());
    // What is offered while a sign is typed lies over the map, and the picture would lie over that.
    let from = hand.screen.came();
    hand.screen.send("#");
    hand.screen.hears("消える", from, removed);
    let from = hand.screen.came();
    hand.screen.send("\x7f");
    hand.screen.hears("もどる", from, kitty);
    let from = hand.screen.came();
    hand.screen.resize(140, 44);
    hand.screen.hears("消える", from, removed);
    hand.screen.hears("新しい大きさの絵", from, kitty);
    let from = hand.screen.came();
    hand.screen.send(ctrl('q'));
    hand.screen.hears("消える", from, removed);
    assert!(hand.screen.wait().1.given_back);
}

/// Somebody who shows pictures, as a script that notes what it was given.
fn viewer(home: &Path, script: &str) -> [(&'static str, String); 2] {
    let programs = home.join("bin");
    fs::create_dir_all(&programs).unwrap();
    fs::create_dir_all(home.join("tmp")).unwrap();
    let path = programs.join("xdg-open");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let all = format!("{}:/usr/bin:/bin", programs.display());
    [("PATH", all), ("TMPDIR", home.join("tmp").display().to_string())]
}

#[cfg(not(target_os = "macos"))]
#[test]
fn 絵を出せない端末では絵がほかの窓で開き_終わるとファイルは消える() {
    let home = tempfile::tempdir().unwrap();
    let environment = viewer(home.path(), "ls -l \"$1\" > seen.part\ncp \"$1\" shown.png\nmv seen.part seen");
    let screen = Terminal::that_draws(Draws::Nothing, home.path(), 120, 40, &environment);
    let mut hand = Facilitator::before(screen, home.path()).begins_a_map();
    hand.types("畑の水を気にしている");
    hand.enters(ENTER);
    for _ in 0..3 {
        hand.screen.send(ctrl('l'));
    }
    let shot = hand.screen.sees("開きました");
    assert!(shot.has("畑の水を気にしている"), "the map stays");
    let seen = fs::read_to_string(home.path().join("seen")).unwrap();
    assert!(seen.starts_with("-rw------- "), "{seen}");
    assert!(support::dots::png(&fs::read(home.path().join("shown.png")).unwrap()).width > 400);
    let files = || fs::read_dir(home.path().join("tmp")).unwrap().count();
    assert_eq!(files(), 1);
    hand.screen.send(ctrl('q'));
    hand.screen.wait();
    assert_eq!(files(), 0);
}

#[cfg(not(target_os = "macos"))]
#[test]
fn 絵を見るソフトがなければどうすればよいかを言う() {
    for script in [None, Some("exit 3")] {
        let home = tempfile::tempdir().unwrap();
        let environment = viewer(home.path(), script.unwrap_or("exit 0"));
        if script.is_none() {
            fs::remove_file(home.path().join("bin/xdg-open")).unwrap();
        }
        let only = [("PATH", home.path().join("bin").display().to_string()), environment[1].clone()];
        let environment = if script.is_none() { only } else { environment };
        let screen = Terminal::that_draws(Draws::Nothing, home.path(), 120, 40, &environment);
        let hand = Facilitator::before(screen, home.path()).begins_a_map();
        for _ in 0..3 {
            hand.screen.send(ctrl('l'));
        }
        hand.screen.sees("絵を見るソフトを開けませんでした");
        hand.screen.sees("書き出して");
    }
}
