//! Where lines end.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;

#[test]
fn 句読点は行の頭に来ない() {
    assert_eq!(wrap("薬が残っています。", 16), ["薬が残っていま", "す。"]);
    assert_eq!(wrap("本人は「大丈夫」と言う", 8), ["本人は", "「大丈", "夫」と言", "う"]);
    assert_eq!(wrap("コーヒー", 6), ["コー", "ヒー"]);
}

#[test]
fn 読みあげる行は語の間で折れる() {
    let text = "夜の低血糖で運ばれたのに、退院の書類には自立と書かれていた";
    assert_eq!(
        wrap_words(text, 20),
        ["夜の低血糖で", "運ばれたのに、", "退院の書類には自立と", "書かれていた"]
    );
    assert_eq!(
        wrap_words("本人は「大丈夫」と言い、ご家族もお薬をのませている", 20),
        ["本人は「大丈夫」と", "言い、ご家族もお薬を", "のませている"]
    );
    let quoted = "「夜中に外へ出る」から「近所に黙っている」へ";
    assert_eq!(wrap_words(quoted, 30), ["「夜中に外へ出る」から", "「近所に黙っている」へ"]);
    assert_eq!(wrap_words("雪の前に町へ引っ越す話", 16), ["雪の前に町へ", "引っ越す話"]);
    // Where no word ends, a line ends anywhere.
    assert_eq!(wrap_words("認知症対応型共同生活介護", 10), ["認知症対応", "型共同生活", "介護"]);
}

#[test]
fn 長い語は文字の間で切れる() {
    assert_eq!(wrap("aaaaaaaaaa", 4), ["aaaa", "aaaa", "aa"]);
    assert_eq!(wrap("あい", 1), ["あ", "い"]);
    assert_eq!(wrap("👨‍👩‍👧👨‍👩‍👧", 3), ["👨‍👩‍👧", "👨‍👩‍👧"]);
    assert_eq!(wrap("。。。。。", 4), ["。。", "。。", "。"]);
}

#[test]
fn 名の並びは名の間で折れる() {
    let names = "生活支援コーディネーター・看護師・保育士";
    assert_eq!(wrap_names(names, 40), [names]);
    assert_eq!(wrap_names(names, 16), ["生活支援", "コーディネーター", "・看護師・保育士"]);
    assert_eq!(
        wrap_names("保育士・生活支援コーディネーター", 16),
        ["保育士・", "生活支援", "コーディネーター"]
    );
    assert_eq!(wrap_names("介護支援専門員・医師", 14), ["介護支援専門員", "・医師"]);
    assert_eq!(wrap_names("認知症地域支援推進員・医師", 16), ["認知症地域支援", "推進員・医師"]);
    assert_eq!(wrap_names("医師・認知症地域支援推進員", 16), ["医師・", "認知症地域支援", "推進員"]);
    assert_eq!(
        wrap_names("介護支援専門員・生活支援相談支援員・", 14),
        ["介護支援専門員", "・生活支援相談", "支援員"]
    );
    // Where not even that has room it is left out.
    assert_eq!(wrap_names("保健師・看護師・保育士", 6), ["保健師", "看護師", "保育士"]);
    assert_eq!(wrap_names("介護支援専門員・医師", 16), ["介護支援専門員・", "医師"]);
    assert_eq!(wrap_names("", 8), [""; 0]);
    assert_eq!((longest_name_part(names), longest_name_part("")), (16, 0));
}

#[test]
fn 空白は行の終わりにはみ出してよい() {
    assert_eq!(wrap("out of reach", 6), ["out of ", "reach"]);
    assert_eq!(wrap("一\n二", 10), ["一\n", "二"]);
    assert_eq!(wrap("", 10), [""]);
}

#[test]
fn 行の長さをそろえる() {
    assert_eq!(wrap_evenly("一日三回の薬を自分で抜く", 22), ["一日三回の薬を", "自分で抜く"]);
    assert_eq!(wrap_evenly("飲めていない", 12), ["飲めていない"]);
    assert_eq!(wrap_evenly("認知症対応型共同生活介護", 18), ["認知症対応型", "共同生活介護"]);
}

#[test]
fn 行がふえないなら語の間で折れる() {
    assert_eq!(wrap_evenly("地域・つながり", 12), ["地域・", "つながり"]);
    assert_eq!(wrap_evenly("サービス・制度", 10), ["サービス・", "制度"]);
    assert_eq!(wrap_evenly("この家で最期まで", 10), ["この家で", "最期まで"]);
    assert_eq!(wrap_evenly("夕方の見守りを増やす", 16), ["夕方の見守りを", "増やす"]);
    assert_eq!(wrap_evenly("薬の管理はどちらがしているか", 20), ["薬の管理は", "どちらがしているか"]);
    assert_eq!(wrap_evenly("何でも話せる人", 8), ["何でも", "話せる人"]);
    // One line more would be too much.
    assert_eq!(wrap_evenly("一日の過ごし方は何か", 12), ["一日の過ごし", "方は何か"]);
}

#[test]
fn 行が足りなければ切れる語は少なく() {
    let text = "訪問介護・診療所と、母の入院の前に訪問介護の日を決める";
    let whole = ["訪問介護・", "診療所と、", "母の入院の前に", "訪問介護の日を", "決める"];
    assert_eq!(wrap_rows(text, 14, 5), whole);
    let few = ["訪問介護・診療", "所と、母の入院", "の前に訪問介護", "の日を決める"];
    assert_eq!(wrap_rows(text, 14, 4), few);
    assert_eq!(wrap_rows("随時（日付なし）", 14, 3), ["随時", "（日付なし）"]);
    assert_eq!(wrap_evenly("一\n二の三", 8), ["一\n", "二の三"]);
}

#[test]
fn 数は数えるものと離れない() {
    assert_eq!(wrap("転んだのは3年前の冬", 12), ["転んだのは", "3年前の冬"]);
    assert_eq!(wrap("薬が９種類ある", 6), ["薬が", "９種類", "ある"]);
    assert_eq!(wrap_words("① 眠れない → ② 朝つらい", 17), ["① 眠れない ", "→ ② 朝つらい"]);
    // Where nothing else helps, they part.
    assert_eq!(wrap("123年", 4), ["123", "年"]);
}

#[test]
fn 二字で一語のかなは分かれない() {
    for (text, cells, lines) in [
        ("「眠れない」から朝がつらい", 14, ["「眠れない」", "から朝がつらい"]),
        ("舟で来るのは会議の数です。", 23, ["舟で来るのは会議の", "数です。"]),
        ("歩ける所まで歩きました。", 21, ["歩ける所まで", "歩きました。"]),
    ] {
        assert_eq!(wrap_words(text, cells), lines, "{text}");
    }
    // Where nothing else helps, they part.
    assert_eq!(wrap_words("からから", 2), ["か", "ら", "か", "ら"]);
}

#[test]
fn 行をそろえるために禁則も語も破らない() {
    assert_eq!(wrap_evenly("（飲）家A", 8), ["（飲）", "家A"]);
    assert_eq!(wrap_evenly("HbA1c が 9", 6), ["HbA1c ", "が 9"]);
    assert_eq!(wrap_evenly("aaaaaaaa b", 8), ["aaaaaaaa ", "b"]);
}

/// Words as people write them: runs of marks stay short enough for 禁則 to be possible at all.
fn sentence() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[一-十薬飲家族生活]{1,6}",
        4 => "[あ-んア-ンー]{1,5}",
        2 => "[a-zA-Z0-9]{1,9}",
        2 => "[、。」）]",
        2 => "[「（]",
        1 => " ",
        1 => "(👨‍👩‍👧|葛\u{e0100}|か\u{3099}|ｶﾞ|🇯🇵|𠮷)",
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// Marks in a row can be too many for any line; such texts cannot keep 禁則.
fn has_long_marks(text: &str) -> bool {
    let mut run = 0;
    text.chars().any(|c| {
        run = if not_first(c) || not_last(c) { run + 1 } else { 0 };
        run > 1
    })
}

proptest! {
    #[test]
    fn 禁則を守り幅を越えず元に戻る(text in sentence(), width in 8usize..60) {
        for lines in [wrap(&text, width), wrap_evenly(&text, width), wrap_words(&text, width), wrap_least(&text, width)] {
            prop_assert_eq!(lines.concat(), text.clone());
            for (i, line) in lines.iter().enumerate() {
                prop_assert!(width_of(shown(line)) <= width, "{line} is wider than {width}");
                if has_long_marks(&text) {
                    continue;
                }
                let first = line.chars().next().unwrap_or('一');
                let last = line.chars().next_back().unwrap_or('一');
                prop_assert!(i == 0 || !not_first(first), "{lines:?}");
                prop_assert!(i + 1 == lines.len() || !not_last(last), "{lines:?}");
            }
        }
    }

    #[test]
    fn どんな文字でも元に戻る(text in "\\PC{0,40}", width in 1usize..12) {
        for lines in [wrap(&text, width), wrap_evenly(&text, width), wrap_words(&text, width), wrap_least(&text, width)] {
            prop_assert_eq!(lines.concat(), text.clone());
            for line in lines {
                let line = shown(line);
                prop_assert!(width_of(line) <= width || line.graphemes(true).count() == 1, "{line}");
            }
        }
    }
}
