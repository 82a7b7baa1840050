//! What the command line says of files that are not what they should be: plainly, in Japanese, and never too much.

use crate::support::room::Room;

/// What was said, on both ways out, and whether it went well.
fn said(room: &Room, words: &[&str]) -> (bool, String) {
    let (status, out, error) = room.run(words);
    (status == 0, out + &error)
}

#[test]
fn システムの理由も日本語で言う() {
    let room = Room::with_sample();
    room.file("紙.txt", "畑");
    std::fs::create_dir(room.folder.path().join("棚")).unwrap();
    let long = format!("{}.json", "長".repeat(200));
    let unread: [(&[&str], &str); 10] = [
        (&["import", "ない.json"], "ファイルがありません"),
        (&["import", "紙.txt/中.json"], "フォルダーではないものが途中に"),
        (&["import", &long], "使えない名前"),
        (&["formats", "check", "ない.toml"], "ファイルがありません"),
        (&["formats", "check", "棚"], "これはフォルダーです"),
        (&["formats", "check", "紙.txt/中.toml"], "フォルダーではないものが途中に"),
        (&["--config", "棚", "export", "last", "--format", "md"], "これはフォルダーです"),
        (
            &["--config", "紙.txt/中.toml", "export", "last", "--format", "md"],
            "フォルダーではないものが途中に",
        ),
        (&["--data", "紙.txt", "list"], "フォルダーではないものが途中に"),
        (&["--data", "紙.txt", "check"], "フォルダーではないものが途中に"),
    ];
    for (words, why) in unread {
        let (well, told) = said(&room, words);
        assert!(!well && told.contains(why) && !told.contains("os error"), "{words:?}: {told}");
        assert_eq!(told.matches(why).count(), 1, "{told}");
    }
}

#[test]
fn 取り込んで何も増えないときはそのわけを言う() {
    let room = Room::with_sample();
    std::fs::create_dir(room.folder.path().join("空の棚")).unwrap();
    room.file("見出し.csv", "職種,氏名,所属\n");
    room.file("平ら.txt", "雪おろし\n薪割り\n井戸\n");
    room.file("枝.txt", "村の集い\n  暮らし\n    雪おろし\n    薪割り\n");
    for (file, well, told) in [
        ("空の棚", false, "空の棚: 中に jirei の記録（.json）がありません"),
        ("見出し.csv", false, "見出しの下に、参加者の行がありません"),
        ("平ら.txt", true, "新しい大枝 3本・枝 0本）。字下げした行が枝になります"),
        ("枝.txt", true, "・枝 2本）\n"),
    ] {
        let (went, words) = said(&room, &["import", file]);
        assert!(went == well && words.contains(told) && !words.starts_with('\n'), "{file}: {words}");
    }
}

#[test]
fn よそのフォルダーを取り込んでもファイルを一つずつは並べない() {
    let room = Room::new();
    for n in 0..60 {
        room.file(&format!("写真{n}.jpg"), "");
    }
    room.file("よその.json", "{}");
    let (well, words) = said(&room, &["import", "."]);
    assert!(!well && words.lines().count() < 30 && words.contains("ほかに 41件"), "{words}");
    assert!(words.contains("よその.json") && words.contains("61件"), "{words}");
}

#[test]
fn 一覧のファイルも調べられる() {
    let room = Room::new();
    for (content, well, told) in [
        ("scenes = [\"看取り\", \"雪の季節\"]\n", true, "まちがいはありません: lists.toml（一覧）"),
        ("scene = [\"看取り\"]\n", false, "「scenes」ではありませんか"),
    ] {
        room.file("lists.toml", content);
        let (went, words) = said(&room, &["formats", "check", "lists.toml"]);
        assert!(went == well && words.contains(told), "{words}");
    }
    room.file("空.toml", "title = \"雪の会\"\n");
    let (_, words) = said(&room, &["formats", "check", "空.toml"]);
    assert!(words.contains("大枝がありません"), "{words}");
}

#[test]
fn 設定のキーのまちがいはファイルと行で言う() {
    let room = Room::with_sample();
    let export = ["--config", "c.toml", "export", "last", "--format", "md", "--out", "-"];
    for (line, told) in [
        ("undoo = [\"f2\"]", "「undo」のことですか"),
        ("undo = [\"ctrl-zz\"]", "ctrl-zz"),
        ("undo = [\"a\"]", "文字のキー"),
        ("undo = [\"f1\"]", "両方に割り当て"),
    ] {
        room.file("c.toml", format!("theme = \"light\"\n[keys]\nnext-step = [\"alt-s\"]\n{line}\n"));
        let (went, words) = said(&room, &export);
        assert!(!went && words.contains("c.toml の 4行目") && words.contains(told), "{line}: {words}");
    }
    room.file("c.toml", "[keys]\nhelp = [\"ctrl-z\"]\nundo = [\"f1\"]\n");
    assert!(said(&room, &export).0, "two that change places are no mistake");
}
