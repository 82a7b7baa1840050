//! Backups in the built program: made by themselves, restored from the screen.
#![cfg(unix)]

use std::path::Path;

use crate::support::facilitator::Facilitator;
use crate::support::names;
use crate::support::pty::keys::{DOWN, ENTER, ctrl};
use crate::terminal::exported;

fn backups(home: &Path) -> Vec<String> {
    names(&home.join("data/backups"))
}

#[test]
fn 会議が始まるとバックアップがあり_画面から戻すと続けて書ける() {
    let home = tempfile::tempdir().unwrap();
    let mut hand = Facilitator::opens_a_map(home.path());
    hand.screen
        .until("バックアップ", |_| backups(home.path()).iter().any(|name| name.ends_with("-start.db")));
    hand.types("雨戸が閉まったまま");
    hand.enters(ENTER);
    assert_eq!(exported(home.path()).nodes.len(), 1);
    hand.screen.send(ctrl('b'));
    hand.screen.sees("新しい会議をはじめる");
    hand.screen.send(ctrl('p'));
    hand.screen.sees("したいことを書いてください");
    hand.screen.send("バックアップから戻す");
    hand.screen.until("見つかる", |shot| shot.has("バックアップから戻す"));
    hand.screen.send(ENTER);
    hand.screen.sees("どのバックアップに戻しますか");
    hand.screen.send(ENTER);
    hand.screen.sees("このバックアップに戻しますか");
    hand.screen.sees("多く書いてある会議");
    hand.screen.send(DOWN);
    hand.screen.send(ENTER);
    hand.screen.sees("バックアップに戻しました");
    assert_eq!(exported(home.path()).nodes.len(), 0);
    assert!(backups(home.path()).iter().any(|name| name.ends_with("-before-restore.db")));
    // The same screen goes on with the restored records.
    hand.screen.send(ENTER);
    hand.screen.until("閉じる", |shot| !shot.has("バックアップに戻しました"));
    // The program goes on, and ends as ever.
    hand.screen.send(ctrl('q'));
    assert_eq!(hand.screen.wait().0, 0);
}
