//! A line under the cursor is edited by what people see as characters.

use jirei::ui::Input;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

#[test]
fn 家族の絵文字も異体字も一度で消える() {
    for whole in ["👨‍👩‍👧", "葛󠄀", "か\u{3099}", "𠮷", "ｶﾞ"] {
        let mut line = Input::new(format!("前{whole}"));
        while line.text() != "前" {
            let before = line.text().len();
            assert!(line.backspace());
            // Half-width voiced kana are two characters to Unicode and to people.
            assert!(whole == "ｶﾞ" || line.text() == "前", "{whole} was cut after {before}");
        }
    }
}

#[test]
fn 途中に書き足せる() {
    let mut line = Input::new("残薬が多い");
    line.home();
    line.right();
    line.right();
    line.insert("（朝）");
    assert_eq!(line.text(), "残薬（朝）が多い");
    assert!(line.delete());
    assert_eq!(line.text(), "残薬（朝）多い");
}

#[test]
fn 何行も書ける入力では改行が残り上下に動ける() {
    let mut text = Input::several("残薬が多い");
    text.insert("\r\n朝だけ\u{1b}[2J飲む\n");
    assert_eq!(text.text(), "残薬が多い\n朝だけ飲む\n");
    assert!(!text.vertically(1) && text.vertically(-1) && text.vertically(-1));
    text.end();
    text.insert("。");
    assert!(text.vertically(1));
    text.backspace();
    assert_eq!(text.text(), "残薬が多い。\n朝だけ飲\n");
    text.home();
    text.backspace();
    assert_eq!((text.text(), text.cursor()), ("残薬が多い。朝だけ飲\n", "残薬が多い。".len()));
    assert_eq!(text.cleaned(), "残薬が多い。朝だけ飲");
    let kept: Input = serde_json::from_str(&serde_json::to_string(&text).unwrap()).unwrap();
    assert_eq!(kept, text);
    assert_eq!(serde_json::to_string(&Input::new("一")).unwrap(), r#"{"text":"一","cursor":3}"#);
}

#[test]
fn 貼った改行と制御文字は入らない() {
    let mut line = Input::default();
    line.insert("一\r\n二\u{1b}[2J三\u{7}");
    assert_eq!(line.text(), "一  二三");
    line.insert(" ");
    assert_eq!(line.text(), "一  二三 ");
}

proptest! {
    #[test]
    fn the_cursor_always_stands_between_graphemes(steps in proptest::collection::vec((0u8..7, "\\PC{0,3}"), 0..40)) {
        let mut line = Input::default();
        for (what, text) in steps {
            match what {
                0 => { line.left(); }
                1 => { line.right(); }
                2 => { line.backspace(); }
                3 => { line.delete(); }
                4 => line.home(),
                _ => line.insert(&text),
            }
            let ends: Vec<usize> = line.text().grapheme_indices(true).map(|(i, _)| i).chain([line.text().len()]).collect();
            prop_assert!(ends.contains(&line.cursor()));
        }
    }
}
