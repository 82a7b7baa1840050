//! What a terminal can do to the built program: pastes, escape sequences, a second program, records that cannot be used.
#![cfg(unix)]

use crate::support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use jirei::domain::{Dossier, Kind, Node};
use jirei::export::json;
use support::facilitator::Facilitator;
use support::pty::keys::{DELETE, DOWN, ENTER, ESC, F2, F6, F7, RIGHT, TAB, UP, ctrl};
use support::pty::{Terminal, left_alone};
use unicode_width::UnicodeWidthStr;

/// The records as the command line gives them.
pub fn exported(home: &Path) -> Dossier {
    let mut command = Command::cargo_bin("jirei").unwrap();
    let command = command.arg("--data").arg(home.join("data"));
    let output = command.args(["export", "last", "--format", "json", "--out", "-"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    json::read(&output.stdout).unwrap()
}

/// The entries in the order in which they came, each with what it hangs on.
fn entries(dossier: &Dossier) -> Vec<(String, String, Kind)> {
    let parent =
        |node: &Node| node.parent.map_or_else(|| node.branch.clone(), |id| dossier.nodes[&id].text.clone());
    dossier.nodes.values().map(|n| (n.text.clone(), parent(n), n.kind)).collect()
}

#[test]
fn 一万字を貼っても一つのことばのまま残る() {
    let home = tempfile::tempdir().unwrap();
    let hand = Facilitator::opens_a_map(home.path());
    let text: String = (0..10_000).map(|i| char::from_u32(0x4e00 + i % 5000).unwrap()).collect();
    hand.screen.paste(&text);
    hand.sees_typed(&text);
    hand.enters(ENTER);
    assert_eq!(entries(&exported(home.path())), [(text, "本人・思い".to_owned(), Kind::Fact)]);
    // The next word is as quick as ever.
    hand.types("残薬");
    hand.enters(ENTER);
}

#[test]
fn 制御文字やエスケープは画面も記録も動かさない() {
    let home = tempfile::tempdir().unwrap();
    let hand = Facilitator::opens_a_map(home.path());
    let before = hand.screen.shot();
    hand.screen.paste("\u{1b}[2J\u{1b}]0;題\u{7}残\u{1b}[31m薬\u{0}\u{8}が\u{7f}多\u{9b}5A\u{202e}い\u{1b}c");
    let after =
        hand.screen.until("貼れる", |shot| shot.entry().ends_with('い') || shot.entry().contains('多'));
    assert_eq!(after.rows[..3], before.rows[..3]);
    hand.enters(ENTER);
    let dossier = exported(home.path());
    let text = &dossier.nodes.values().next().unwrap().text;
    assert!(text.contains("残薬が多") && text.ends_with('い'), "{text:?}");
    assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{text:?}");
}

#[test]
fn 字下げした行を貼ると枝の深さになる() {
    let home = tempfile::tempdir().unwrap();
    let hand = Facilitator::opens_a_map(home.path());
    hand.screen.paste(
        "薬が9種類\r\n\t!残薬が袋に2つ\n\t\t血糖の薬だけ残る\n　 \n\t＋昔の話は鮮明\n#生活 買物は移動販売\n",
    );
    hand.screen.until("枝になる", |shot| shot.whisper().contains("5本の枝") && shot.saved());
    let should = [
        ("薬が9種類", "本人・思い", Kind::Fact),
        ("残薬が袋に2つ", "薬が9種類", Kind::Issue),
        ("血糖の薬だけ残る", "残薬が袋に2つ", Kind::Fact),
        ("昔の話は鮮明", "薬が9種類", Kind::Strength),
        ("買物は移動販売", "生活", Kind::Fact),
    ];
    assert_eq!(
        entries(&exported(home.path())),
        should.map(|(text, on, kind)| (text.into(), on.into(), kind))
    );
    // One key takes the whole paste back.
    hand.screen.send(ctrl('z'));
    hand.screen.until("元に戻る", |shot| shot.whisper().starts_with("元に戻しました") && shot.saved());
    assert!(exported(home.path()).nodes.is_empty());
}

#[test]
fn かな漢字変換で確定したことばと全角の記号が通る() {
    let home = tempfile::tempdir().unwrap();
    let hand = Facilitator::opens_a_map(home.path());
    hand.screen.send(ctrl('u'));
    hand.screen.sees("参加者　0人");
    hand.types("薬剤師　山の町薬局");
    hand.enters(ENTER);
    hand.screen.send(ctrl('u'));
    hand.sees_step("聞き取り");
    // An input method hands a whole phrase over, with its signs.
    hand.screen.send("＠薬　！");
    hand.screen.until("札", |shot| shot.labels().starts_with("課題") && shot.has("薬剤師 P01 "));
    hand.types("残薬が多い");
    hand.enters(ENTER);
    hand.types("！！だいじ");
    hand.enters(TAB);
    hand.types("？＃健康　👨‍👩‍👧と葛\u{e0100}城さん𠮷");
    hand.enters(ENTER);
    let dossier = exported(home.path());
    let should = [
        ("残薬が多い", "本人・思い", Kind::Issue),
        ("！だいじ", "残薬が多い", Kind::Fact),
        ("👨‍👩‍👧と葛\u{e0100}城さん𠮷", "健康・医療", Kind::Unknown),
    ];
    assert_eq!(entries(&dossier), should.map(|(text, on, kind)| (text.into(), on.into(), kind)));
    assert!(dossier.nodes.values().all(|n| n.speaker == dossier.people().first().map(|p| p.id)));
}

#[test]
fn 書きかけはさがしても直してもつないでもなくならない() {
    let home = tempfile::tempdir().unwrap();
    let hand = Facilitator::opens_a_map(home.path());
    for line in ["!残薬が多い", "!食事がかたよる"] {
        hand.types(line);
        hand.enters(ENTER);
    }
    let draft = "まだ決めていないことば";
    hand.types(draft);
    for keys in
        [[&ctrl('f'), F2], [&ctrl('f'), &ctrl('f')], [F2, &ctrl('f')], [F7, &ctrl('f')], [F2, &ctrl('w')]]
    {
        hand.screen.send(keys[0]);
        hand.screen.until("行がかわる", |shot| shot.entry() != draft);
        hand.screen.send(keys[1]);
        hand.screen.send("あ");
        hand.screen.until("書ける", |shot| shot.entry().ends_with('あ'));
        hand.screen.send(ESC);
        hand.screen.until(&format!("{keys:?} のあとの書きかけ"), |shot| shot.entry() == draft);
    }
    hand.enters(ENTER);
    let texts: Vec<String> = exported(home.path()).nodes.into_values().map(|n| n.text).collect();
    assert_eq!(texts, ["残薬が多い", "食事がかたよる", draft]);
}

#[test]
fn 直しかけは段階や画面をかえると書きとめられる() {
    let home = tempfile::tempdir().unwrap();
    let hand = Facilitator::opens_a_map(home.path());
    hand.types("残薬");
    hand.enters(ENTER);
    hand.screen.send(F2);
    hand.screen.until("直す", |shot| shot.labels().starts_with("直す"));
    hand.types("が多い");
    hand.next_step("質問");
    hand.screen.sees("残薬が多い");
    assert_eq!(entries(&exported(home.path()))[0].0, "残薬が多い");
}

#[test]
fn 書きかけの枝は参加者にならず参加者の後ももどる() {
    let home = tempfile::tempdir().unwrap();
    let hand = Facilitator::opens_a_map(home.path());
    hand.types("残薬が多");
    hand.screen.send(ctrl('u'));
    hand.screen.until("参加者", |shot| shot.has("参加者　0人") && shot.entry().is_empty());
    hand.types("薬剤師 山の町薬局");
    hand.enters(ENTER);
    // Mending somebody is kept, too, and does not follow onto the map.
    hand.screen.send(F2);
    hand.sees_typed("山の町薬局");
    hand.types("、在宅担当");
    hand.screen.send(F6);
    hand.sees_typed("残薬が多");
    // Somebody half typed waits where people are typed.
    hand.screen.send(ctrl('u'));
    hand.screen.until("空の行", |shot| shot.entry().is_empty());
    hand.types("保健師");
    hand.screen.send(ctrl('u'));
    hand.sees_typed("残薬が多");
    hand.screen.send(ctrl('u'));
    hand.sees_typed("保健師");
    hand.enters(ENTER);
    hand.screen.send(ctrl('u'));
    hand.sees_typed("残薬が多");
    hand.types("い");
    // The draft waits in its meeting while the list of meetings is looked at.
    hand.screen.send(ctrl('b'));
    hand.screen.sees("見本を見る");
    hand.screen.send("2");
    hand.sees_typed("残薬が多い");
    hand.enters(ENTER);
    hand.screen.send(ctrl('b'));
    hand.screen.sees("見本を見る");
    let dossier = exported(home.path());
    assert_eq!(entries(&dossier)[0].0, "残薬が多い");
    assert_eq!(dossier.people()[0].department, "在宅担当");
}

#[test]
fn 消しても元に戻せて選んだ枝が分かる() {
    let home = tempfile::tempdir().unwrap();
    let hand = Facilitator::opens_a_map(home.path());
    for (line, key) in [("薬が9種類", ENTER), ("残薬が袋に2つ", TAB), ("買物は移動販売", ENTER)]
    {
        hand.types(line);
        hand.enters(key);
    }
    hand.screen.send(UP);
    hand.screen.until("上の枝", |shot| shot.labels().contains("「残薬が袋に2つ」"));
    // The branch grows to the left, so what it hangs on lies at the right.
    hand.screen.send(RIGHT);
    hand.screen.until("親の枝", |shot| shot.labels().contains("「薬が9種類」"));
    hand.screen.send(DELETE);
    hand.screen.until("消える", |shot| shot.whisper().contains("付いていた枝2本も") && shot.saved());
    assert!(exported(home.path()).nodes.is_empty());
    hand.screen.send(ctrl('z'));
    hand.screen.until("戻る", |shot| shot.labels().contains("「薬が9種類」") && shot.saved());
    assert_eq!(exported(home.path()).nodes.len(), 3);
}

#[test]
fn 二つ目の画面は見るだけで開ける() {
    let home = tempfile::tempdir().unwrap();
    let mut hand = Facilitator::opens_a_map(home.path());
    hand.types("残薬が多い");
    hand.enters(ENTER);
    let mut second = Terminal::start(home.path(), 100, 30);
    second.sees("今は書けません");
    second.sees("このパソコンの別の jirei（番号");
    second.send(ENTER);
    second.until("一覧", |shot| !shot.has("今は書けません"));
    // The first row is for a new meeting.
    second.send("２");
    second.sees("残薬が多い");
    second.send("書けないはず");
    second.until("打てる", |shot| shot.entry().ends_with("書けないはず"));
    second.send(ENTER);
    second.until("断られる", |shot| shot.whisper().contains("見るだけ"));
    // The one who writes is not disturbed.
    hand.types("薬が9種類");
    hand.enters(ENTER);
    second.send(ctrl('q'));
    let (status, last) = second.wait();
    assert_eq!((status, last.given_back), (0, true));
    assert_eq!(exported(home.path()).nodes.len(), 2);
    // What is written is seen without a key, and that the other has ended.
    let mut second = Terminal::start(home.path(), 100, 30);
    second.sees("今は書けません");
    second.send(ENTER);
    second.until("続き", |shot| shot.has("薬が9種類") && shot.has("自動で更新"));
    hand.types("鍵を失くす");
    hand.enters(ENTER);
    second.until("追う", |shot| shot.has("鍵を失くす"));
    hand.screen.send(ctrl('q'));
    assert_eq!(hand.screen.wait().0, 0);
    second.sees("もう一方の jirei は終わりました");
    second.send(ctrl('q'));
    assert_eq!(second.wait().0, 0);
}

#[test]
fn 開けない記録は理由を言って手を付けない() {
    let newer = |path: &Path| {
        let database = rusqlite::Connection::open(path).unwrap();
        database.pragma_update(None, "application_id", 0x4a49_5245).unwrap();
        database.pragma_update(None, "user_version", 999).unwrap();
    };
    let other = |path: &Path| {
        rusqlite::Connection::open(path).unwrap().execute_batch("CREATE TABLE other (a)").unwrap();
    };
    type Spoil<'a> = &'a dyn Fn(&Path);
    let cases: [(Spoil, &str); 2] =
        [(&other, "別のプログラムのデータベース"), (&newer, "もっと新しい jirei")];
    for (make, said) in cases {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("data/jirei.db");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        make(&path);
        let before = fs::read(&path).unwrap();
        let mut screen = Terminal::start(home.path(), 100, 30);
        let (status, last) = screen.wait();
        // A long line goes on in the next row.
        let words = last.rows.iter().map(|row| row.trim_end()).collect::<String>();
        assert_eq!(status, 1, "{words}");
        assert!(words.contains(said) && words.contains("手を付けていません"), "{words}");
        assert!(last.given_back);
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[test]
fn 画面からも記録の上には書き出せない() {
    let home = tempfile::tempdir().unwrap();
    let mut hand = Facilitator::opens_a_map(home.path());
    hand.types("残薬が多い");
    hand.enters(ENTER);
    let database = home.path().join("data/jirei.db");
    hand.screen.send(ctrl('e'));
    hand.screen.sees("何を書き出しますか");
    hand.screen.send("4");
    hand.screen.sees("書き出す先");
    hand.screen.send(database.to_str().unwrap());
    hand.screen.sees("data/jirei.db");
    hand.screen.send(ENTER);
    let shot = hand.screen.sees("書き出しません");
    assert!(!shot.has("上書きする"), "{shot:?}");
    hand.screen.send(ctrl('q'));
    assert_eq!(hand.screen.wait().0, 0);
    assert_eq!(exported(home.path()).nodes.len(), 1);
}

#[test]
fn 読むだけの記録は見るだけで開くか終わるかを選べる() {
    let home = tempfile::tempdir().unwrap();
    let mut hand = Facilitator::opens_a_map(home.path());
    hand.types("残薬が多い");
    hand.enters(ENTER);
    hand.screen.send(ctrl('q'));
    assert_eq!(hand.screen.wait().0, 0);
    for path in ["data/jirei.db", "data"].map(|name| home.path().join(name)) {
        let lock = |readonly| {
            let mut rights = fs::metadata(&path).unwrap().permissions();
            rights.set_mode(match (readonly, path.is_dir()) {
                (true, true) => 0o500,
                (true, false) => 0o400,
                (false, true) => 0o700,
                (false, false) => 0o600,
            });
            fs::set_permissions(&path, rights).unwrap();
        };
        lock(true);
        let mut screen = Terminal::start(home.path(), 100, 30);
        screen.sees("今は書けません");
        let shot = screen.sees("読み取り専用");
        assert!(shot.has("見るだけならできます") && shot.has("見るだけで開く"), "{}", shot.rows.join("\n"));
        screen.send(DOWN);
        screen.send(ENTER);
        let (status, last) = screen.wait();
        assert_eq!((status, last.given_back), (0, true));
        // The meeting one was in is looked at; words are refused and stay in the line.
        let mut screen = Terminal::start(home.path(), 100, 30);
        screen.sees("今は書けません");
        screen.send(ENTER);
        screen.until("マップ", |shot| shot.has("残薬が多い") && shot.labels().contains("見るだけ"));
        screen.send("書けないはず");
        screen.until("打てる", |shot| shot.entry().ends_with("書けないはず"));
        screen.send(ENTER);
        let shot = screen.until("断られる", |shot| shot.whisper().contains("書けません"));
        assert!(shot.entry().ends_with("書けないはず"), "{}", shot.entry());
        screen.send(ctrl('q'));
        assert_eq!(screen.wait().0, 0);
        lock(false);
        assert_eq!(exported(home.path()).nodes.len(), 1);
    }
}

#[test]
fn 終わらせられても端末は元のまま() {
    for signal in ["TERM", "INT", "HUP"] {
        let home = tempfile::tempdir().unwrap();
        let mut hand = Facilitator::opens_a_map(home.path());
        // The twig is on its way to the disk when the end comes.
        hand.screen.send("残薬が多い\r書きかけ");
        hand.screen.until("打った", |shot| shot.has("残薬が多い") && shot.entry() == "書きかけ");
        hand.screen.signal(signal);
        let (status, last) = hand.screen.wait();
        assert_eq!((status, last.given_back), (0, true), "{signal}");
        hand.screen = Terminal::start(home.path(), 120, 40);
        hand.sees_typed("書きかけ");
        hand.screen.sees("残薬が多い");
    }
}

/// Whoever may write the file beside the program.
fn database(home: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(home.join("data/jirei.db")).unwrap()
}

/// The one rescue file beside the records.
fn rescue_file(home: &Path) -> std::path::PathBuf {
    let mut files = fs::read_dir(home.join("data")).unwrap().map(|entry| entry.unwrap().path());
    files.find(|path| path.file_name().unwrap().to_string_lossy().starts_with("未保存-")).unwrap()
}

fn import(home: &Path, file: &Path) -> String {
    let mut command = Command::cargo_bin("jirei").unwrap();
    let output = command.arg("--data").arg(home.join("data")).arg("import").arg(file).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn 記録と合わない変更は控えに残り取り込むと戻る() {
    let home = tempfile::tempdir().unwrap();
    let mut hand = Facilitator::opens_a_map(home.path());
    for words in ["残薬が多い", "買物は移動販売"] {
        hand.types(words);
        hand.enters(ENTER);
    }
    // Somebody takes the row away behind the program's back.
    database(home.path()).execute("DELETE FROM nodes WHERE text = '買物は移動販売'", []).unwrap();
    hand.screen.send(F2);
    hand.screen.until("直す", |shot| shot.labels().starts_with("直す"));
    hand.types("だけ");
    hand.screen.send(ENTER);
    // First the message, then the records as they stand, with the words in the entry line again.
    hand.screen.until("知らせ", |shot| {
        let told = shot.has("お知らせ") && shot.has("import") && shot.labels().contains("控え 1件");
        told && shot.entry() == "買物は移動販売だけ"
    });
    hand.screen.send(ENTER);
    hand.screen.until("閉じる", |shot| !shot.has("お知らせ"));
    hand.screen.send(ctrl('q'));
    let (status, last) = hand.screen.wait();
    assert_eq!((status, last.given_back), (1, true));
    let file = rescue_file(home.path());
    assert!(import(home.path(), &file).contains("1件を戻しました"));
    assert!(import(home.path(), &file).contains("何も変えていません"));
    let texts: Vec<String> = exported(home.path()).nodes.into_values().map(|n| n.text).collect();
    assert_eq!(texts, ["残薬が多い", "買物は移動販売だけ"]);
}

#[cfg(target_os = "linux")]
#[test]
fn 満杯のディスクでもことばは画面に残り空けば保存される() {
    let home = tempfile::tempdir().unwrap();
    let mut hand = Facilitator::opens_a_map(home.path());
    hand.types("残薬が多い");
    hand.enters(ENTER);
    hand.screen.limit_files(Some(0));
    for words in ["買物は移動販売", "長男は県外"] {
        hand.types(words);
        hand.screen.send(ENTER);
        hand.screen.until("言う", |shot| {
            shot.has(words) && shot.entry().is_empty() && shot.labels().contains("未保存")
        });
    }
    let shot = hand.screen.until("二件", |shot| shot.labels().contains("未保存 2件"));
    assert!(shot.has("ディスクに書き込めません"), "{shot:?}");
    // Whoever wants to leave is told; and typing goes on.
    hand.screen.send(ctrl('q'));
    hand.screen.sees("まだ保存できていません");
    hand.screen.send(ESC);
    hand.screen.until("もどる", |shot| !shot.has("まだ保存できていません"));
    // Left and opened again, the meeting has all that was entered.
    hand.screen.send(ctrl('b'));
    hand.screen.until("一覧", |shot| !shot.has("長男は県外"));
    hand.screen.send(ENTER);
    hand.screen.until("開きなおす", |shot| shot.has("買物は移動販売") && shot.has("長男は県外"));
    hand.types("書きかけ");
    assert_eq!(exported(home.path()).nodes.len(), 1);
    hand.screen.limit_files(None);
    hand.screen.until("保存される", |shot| shot.saved() && shot.entry() == "書きかけ");
    assert_eq!(exported(home.path()).nodes.len(), 3);
    // Killed on the spot, it comes back with all of it.
    hand.waits_for_draft("書きかけ");
    hand.starts_again_after("KILL");
    hand.sees_typed("書きかけ");
    hand.screen.sees("長男は県外");
}

#[cfg(target_os = "linux")]
#[test]
fn 満杯のまま終えると控えに残り取り込むと戻る() {
    let home = tempfile::tempdir().unwrap();
    let mut hand = Facilitator::opens_a_map(home.path());
    // The database may not grow; a small file beside it may be written.
    let size = fs::metadata(home.path().join("data/jirei.db")).unwrap().len();
    hand.screen.limit_files(Some(size));
    let text: String = (0..9_000).map(|i| char::from_u32(0x4e00 + i % 5000).unwrap()).collect();
    hand.screen.paste(&text);
    hand.sees_typed(&text);
    hand.screen.send(ENTER);
    hand.screen.until("言う", |shot| shot.labels().contains("未保存 1件"));
    hand.screen.send(ctrl('q'));
    hand.screen.sees("まだ保存できていません");
    hand.screen.send("2");
    let (status, last) = hand.screen.wait();
    let words = last.rows.iter().map(|row| row.trim_end()).collect::<String>();
    assert_eq!((status, last.given_back), (1, true), "{words}");
    // On a slow machine the clock has counted a second, and that waits, too.
    assert!(words.contains("件を保存できませんでした") && words.contains("import"), "{words}");
    assert!(import(home.path(), &rescue_file(home.path())).contains("1件を戻しました"));
    let back = entries(&exported(home.path()));
    assert!(back == [(text, "本人・思い".to_owned(), Kind::Fact)], "{} entries came back", back.len());
}

#[test]
fn 打ちながら画面の大きさが変わっても字も大きさも取りこぼさない() {
    let home = tempfile::tempdir().unwrap();
    let hand = Facilitator::opens_a_map(home.path());
    let text: String = "残薬が袋いっぱい".chars().cycle().take(120).collect();
    for (i, character) in text.chars().enumerate() {
        let columns = if i % 2 == 0 { 160 } else { 100 };
        hand.screen.send(character.to_string());
        hand.screen.resize(columns, 40);
        // The clocks stand at the right edge.
        hand.screen.until("幅いっぱい", |shot| shot.rows[0].width() + 2 >= usize::from(columns));
    }
    hand.sees_typed(&text);
    hand.enters(ENTER);
    assert_eq!(entries(&exported(home.path())), [(text, "本人・思い".to_owned(), Kind::Fact)]);
}

#[test]
fn 二つに分かれて届いた矢印は枝を選びことばを片づけない() {
    let home = tempfile::tempdir().unwrap();
    let hand = Facilitator::opens_a_map(home.path());
    for words in ["薬が9種類", "残薬が袋に2つ"] {
        hand.types(words);
        hand.enters(ENTER);
    }
    hand.types("長い大事な発言");
    // The later one is more than anybody waits for before Esc does what it does.
    for (wait, key, selected) in [(10, "[A", "「薬が9種類」"), (120, "[B", "「残薬が袋に2つ」")]
    {
        hand.screen.send(ESC);
        std::thread::sleep(Duration::from_millis(wait));
        hand.screen.send(key);
        let shot = hand.screen.until("選ぶ", |shot| shot.labels().contains(selected));
        assert_eq!(shot.entry(), "長い大事な発言", "{wait}");
    }
    // A paste, whose breaks must not enter anything.
    hand.screen.send(ESC);
    std::thread::sleep(Duration::from_millis(10));
    hand.screen.send("[200~一\r二\x1b[201~");
    hand.screen.until("枝になる", |shot| shot.whisper().contains("2本の枝") && shot.saved());
    assert_eq!(hand.screen.shot().entry(), "長い大事な発言");
    // Esc itself.
    hand.screen.send(ESC);
    hand.screen.until("片づく", |shot| shot.entry().is_empty());
}

#[test]
fn 始まる間に画面の大きさが変わっても取りこぼさない() {
    for wait in [0, 2, 5, 10, 15, 20, 30, 40] {
        let home = tempfile::tempdir().unwrap();
        let screen = Terminal::start(home.path(), 100, 30);
        std::thread::sleep(Duration::from_millis(wait));
        screen.resize(140, 36);
        // The day stands at the right edge, the keys in the last row.
        screen.until(&format!("{wait} ミリ秒のあとの大きさ"), |shot| {
            shot.rows[0].width() + 2 >= 140 && shot.row_from_bottom(1).contains("F1 ")
        });
    }
}

#[test]
fn 端末が黙って消えてもすぐ終わる() {
    let home = tempfile::tempdir().unwrap();
    let time = left_alone(home.path());
    assert!(time.as_secs() < 5, "it took {time:?}");
}
