//! The built program in a terminal that stops it, lets it go on, or answers late; and that is hidden.
#![cfg(unix)]

use crate::support;

use std::time::Duration;

use support::facilitator::Facilitator;
use support::pty::keys::{ENTER, ESC, ctrl};
use support::pty::{Draws, Terminal};
use unicode_width::UnicodeWidthStr;

/// Whether the head reaches to the right edge.
fn fills(shot: &support::pty::Shot, columns: u16) -> bool {
    shot.rows[0].width() + 2 >= usize::from(columns)
}

#[test]
fn 止められると端末を返し続けると大きさから描きなおす() {
    let home = tempfile::tempdir().unwrap();
    let mut hand = Facilitator::opens_a_map(home.path());
    hand.types("夜は一人");
    hand.enters(ENTER);
    hand.types("鍵を");
    for (columns, rows) in [(100, 30), (140, 36), (140, 36)] {
        hand.screen.signal("TSTP");
        hand.screen.stands_still();
        hand.screen.until("返す", |shot| shot.given_back);
        assert!(hand.screen.is_for_a_shell());
        hand.screen.resize_unseen(columns, rows);
        hand.screen.signal("CONT");
        let shot = hand.screen.until("もとの画面", |shot| !shot.given_back && fills(shot, columns));
        assert!(shot.has("夜は一人") && shot.entry() == "鍵を", "{}", shot.rows.join("\n"));
        assert!(!hand.screen.is_for_a_shell());
    }
    // The key is undo, as ever.
    hand.types("預ける");
    hand.screen.send(ctrl('z'));
    let shot = hand
        .screen
        .until("元に戻る", |shot| shot.whisper().starts_with("元に戻しました") && shot.saved());
    assert_eq!(shot.entry(), "鍵を預ける");
    // Killed while it stood still, it has all of it.
    hand.screen.signal("TSTP");
    hand.screen.stands_still();
    hand.screen.signal("KILL");
    hand.screen.wait();
    hand.screen = Terminal::start(home.path(), 120, 40);
    hand.sees_typed("鍵を預ける");
}

#[test]
fn 黙って止められたあとも続けると描きなおす() {
    let home = tempfile::tempdir().unwrap();
    let mut hand = Facilitator::opens_a_map(home.path());
    hand.types("鍵を");
    hand.screen.signal("STOP");
    hand.screen.stands_still();
    hand.screen.resize_unseen(100, 30);
    hand.screen.signal("CONT");
    hand.screen.until("もとの画面", |shot| shot.entry() == "鍵を" && fills(shot, 100));
    hand.types("預ける");
    hand.screen.send(ctrl('q'));
    let (status, last) = hand.screen.wait();
    assert_eq!((status, last.given_back), (0, true));
}

#[test]
fn 遅れて届いた端末の答えは打ったことばにならない() {
    let home = tempfile::tempdir().unwrap();
    let late = Terminal::that_draws(Draws::Unsaid, home.path(), 120, 40, &[]);
    let hand = Facilitator::before(late, home.path()).begins_a_map();
    let mut typed = String::new();
    for pieces in [
        &["\x1b]11;rgb:1c1c", "/1c1c/1c1c\x1b\\"][..],
        &["\x1b]10;rgb:ffff/ffff/ffff\x1b", "\\"],
        &["\x1bP>|XTerm", "(379)\x1b\\"],
        &["\x1b_Gi=31;", "OK\x1b\\"],
        &["\x1b[?2026;", "2$y"],
        &["\x1b[24;", "80R"],
        &["\x1b", "[>41;379;0c"],
        &["\x1b", "]", "11;rgb:1c1c/1c1c/1c1c\x1b", "\\"],
        &["\x1b", "P", ">|XTerm(379)", "\x1b\\"],
        // What was asked is answered with this one.
        &["\x1b", "[", "?62;", "22c"],
        &["\x1b", "[?997;1n"],
    ] {
        typed.push('鍵');
        hand.screen.send("鍵");
        for piece in pieces {
            hand.screen.send(piece);
            std::thread::sleep(Duration::from_millis(80));
        }
        typed.push('c');
        hand.screen.send("c");
        hand.sees_typed(&typed);
    }
    assert_eq!(hand.screen.shot().entry(), typed);
}

#[test]
fn 隠すと題も何も見えずもどすと書きかけから続く() {
    let home = tempfile::tempdir().unwrap();
    let hand = Facilitator::opens_a_map(home.path());
    hand.types("夜は一人");
    hand.enters(ENTER);
    hand.types("鍵を");
    hand.screen.send(ctrl('s'));
    let shot = hand.screen.sees("画面を隠しています");
    let rows: Vec<&str> = shot.rows.iter().map(|row| row.trim()).filter(|row| !row.is_empty()).collect();
    assert_eq!(rows, ["画面を隠しています。Ctrl+S か Esc でもどります（書いたものは残っています）"]);
    assert_eq!(hand.screen.title(), "", "no title of a window tells of the meeting");
    hand.screen.send("預ける");
    hand.screen.resize(100, 30);
    assert!(!hand.screen.shot().has("預ける"));
    hand.screen.send(ESC);
    let shot = hand.screen.until("もどる", |shot| shot.entry() == "鍵を預ける");
    assert!(shot.has("夜は一人") && fills(&shot, 100));
}
