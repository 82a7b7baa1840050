//! One thing, one word: what people read on screens, in files, in help and in messages calls it the same everywhere. The
//! words are those of the fields (`domain/fields.rs`) and of the field's own papers; here stand their twins.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is not as it should be")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::house::{none_of, sources};
use crate::support::driver::Driver;
use crate::support::frame::picture;
use crate::support::room::Room;

/// A word, what is said instead, and where it is right all the same: a phrase, or the beginning of a file's name.
type Twin = (&'static str, &'static str, &'static [&'static str]);

/// What facilitators say aloud, in words of the mouth.
const SPOKEN: &str = "sessions/";

/// What people see first.
const SAMPLE: &str = "sessions/samples/case-a.json";

const TWINS: &[Twin] = &[
    // What is on the screen.
    ("地図", "マップ", &[]),
    ("育ちを見る", "できるまでを見る", &[]),
    ("くわしさを", "出し方を", &[]),
    ("下の行に", "下の入力行に", &[]),
    ("未発言", "これから話す方", &[]),
    ("手目", "番め", &[]),
    ("一手", "一つ", &[]),
    ("大きな字", "画面いっぱい", &["大きな字のカード"]),
    ("当てはまるものがありません", "見つかりません", &[]),
    // What people do.
    ("写し", "コピー", &["写真に写し", "紙を写し", "書き写し"]),
    ("写す", "コピーする", &[]),
    ("写せ", "コピーでき", &[]),
    ("読み上げ", "読みあげ", &[]),
    ("ヘルプ", "使い方", &[]),
    ("閲覧", "見る", &[]),
    ("絞", "しぼ", &[]),
    ("検索", "さがす", &[]),
    ("探", "さがす", &[]),
    ("削除", "消す", &[]),
    ("捨て", "消す", &[]),
    ("出力", "書き出す", &[]),
    ("保存先", "書き出す先", &[]),
    ("キャンセル", "やめる", &[]),
    ("修正", "直す", &[]),
    ("編集", "直す", &[]),
    ("追加: ", "足す: ", &[]),
    ("最後にしたことを取り消", "元に戻す", &[]),
    ("戻る", "もどる", &["まで戻る"]),
    ("戻ります", "もどります", &["から戻ります"]),
    ("ひらく", "開く", &[]),
    ("出来る", "できる", &[]),
    ("id で指", "id で選", &[]),
    // Who, and what of them.
    ("誰", "だれ", &[]),
    ("ファシリテーター", "司会", &["司会（ファシリテーター）"]),
    ("進行役", "司会", &["テーブルホスト（グループの進行役）"]),
    ("事例を出した人", "事例提供者", &[]),
    ("遅刻", "途中から", &[]),
    ("早退", "途中まで", &[]),
    ("遅れて来", "途中から来", &[]),
    ("無記名", "発言者なし", &[]),
    ("話した人", "発言者", &[]),
    ("パスで", "「ありません」で", &[]),
    ("老々", "老老", &[]),
    ("出席", "参加者", &[]),
    ("初めて", "初参加", &["初めて出", SPOKEN]),
    ("二回目から", "参加経験あり", &[]),
    ("事例に関わっている", "関わりあり", &[]),
    // What is written down.
    ("担う所", "責任を持つ機関", &[]),
    ("事例を出す所", "事例を出す機関", &[]),
    ("事例を出した所", "事例を出した機関", &[]),
    ("町を選", "市町村を選", &[]),
    ("すべての町", "すべての市町村", &[]),
    ("のわけ", "の理由", &["、そのわけを"]),
    ("確かめ方", "確認方法", &[]),
    ("次年度への反映", "計画・予算への反映", &[]),
    ("不足している", "足りない", &[]),
    ("届く件数", "行き着く件数", &[]),
    ("根の課題", "根にある課題", &[]),
    ("根にあるもの", "根にある課題", &[]),
    ("話されたこと", "話されたことば", &["話されたことば"]),
    ("発言のことば", "話されたことば", &[]),
    ("会場の", "場所の", &[]),
    ("題なし", "題名なし", &[]),
    ("事例番号", "事例の番号", &[]),
    ("日付未定", "日付なし", &[]),
    ("日は未定", "日付なし", &[]),
    ("期日", "期限", &[]),
    ("期限切れ", "期限過ぎ", &[]),
    ("言葉", "ことば", &[SPOKEN]),
    ("入力した内容", "書いたことば", &[]),
    // Meetings and years.
    ("会議の型", "会のやり方", &[]),
    ("会議の形", "会のやり方", &[]),
    ("進め方", "会のやり方", &["進め方や連携のしくみ", "進め方・連携のしくみ", "資源か、それとも進め方か"]),
    ("年間計画", "年間の計画", &[]),
    ("年の計画", "年間の計画", &["一年の計画と振り返りをする会"]),
    ("年次の", "年間の", &[]),
    ("年の振り返り", "年間の振り返り", &[]),
    ("年度の振り返り", "年度　年間の振り返り", &[]),
    ("年の報告書", "年間の報告書", &[]),
    ("前年度", "前の年度", &[]),
    ("翌年度の計画・予算", "計画・予算", &[]),
    ("台帳", "地域課題の一覧", &[]),
    ("前に決めた", "前回決めた", &[]),
    ("済みなどの状態", "完了などの状態", &[]),
    ("ふり返り", "振り返り", &[]),
    ("ふりかえり", "振り返り", &[]),
    // The computer.
    ("フォルダ", "フォルダー", &["フォルダー"]),
    ("データを置く", "記録を置く", &[]),
    ("思わぬ誤り", "プログラムの不具合", &[]),
    ("誤り", "まちがい", &[]),
    (
        "データベース",
        "記録",
        &["記録（データベース）", "（データベースとして読めません）", "別のプログラムのデータベース"],
    ),
    ("窓", "ウィンドウ", &["窓口"]),
    ("約5m", "4.8m", &[]),
    ("全体の残り", "全体の過ぎた時間と予定", &[]),
    // Gaps that a gap in code left.
    ("{} の記録", "{}の記録", &[]),
    ("{} までの", "{}までの", &[]),
];

/// Words that people type or bring along, or that are looked for in them: as they come.
const TYPED: [&str; 7] = [
    "src/domain/asking.rs",
    "src/privacy/",
    "src/domain/people/",
    "src/export/people.rs",
    "src/command/words.", // what the palette is asked for
    "src/layout/wrap",
    "src/store/samples.rs", // for tests alone
];

/// A line that people may come to read, and where it stands.
struct Line {
    place: String,
    text: String,
}

fn text_of(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Everything people read, but for what records hold. In code Japanese stands in nothing but strings.
fn lines() -> Vec<Line> {
    let mut lines = Vec::new();
    let mut take = |name: &str, rows: &mut dyn Iterator<Item = (usize, String)>| {
        if TYPED.iter().all(|typed| !name.starts_with(typed)) {
            let japanese = rows.filter(|(_, text)| text.chars().any(is_japanese));
            lines.extend(japanese.map(|(line, text)| Line { place: format!("{name}:{line}"), text }));
        }
    };
    for source in sources("src") {
        let name = format!("src/{}", source.name);
        if !name.contains("/tests/") {
            let code = source.code_without_tests().take_while(|(line, _)| *line < tests_from(&source.text));
            take(&name, &mut code.map(|(line, code)| (line, code.to_owned())));
        }
    }
    let mut papers: Vec<String> =
        ["README.md", "CHANGELOG.md", "docs/keys.md", SAMPLE].map(str::to_owned).to_vec();
    for (folder, end) in [("sessions", ".toml"), ("docs/guide", ".md")] {
        let there = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
        let names = there.into_iter().flatten().map(|entry| entry.unwrap().file_name());
        let names = names.map(|name| name.into_string().unwrap()).filter(|name| name.ends_with(end));
        papers.extend(names.map(|name| format!("{folder}/{name}")));
    }
    for name in papers {
        let text = text_of(&name);
        take(&name, &mut text.lines().enumerate().map(|(i, text)| (i + 1, text.to_owned())));
    }
    take_help(&mut take, &mut Vec::new());
    assert!(lines.len() > 3000, "only {} lines were found: the test does not see them any more", lines.len());
    lines
}

/// The help of a subcommand and of those below it, as it is printed.
fn take_help(
    take: &mut impl FnMut(&str, &mut dyn Iterator<Item = (usize, String)>),
    words: &mut Vec<String>,
) {
    let asked: Vec<&str> = words.iter().map(String::as_str).chain(["--help"]).collect();
    let (status, help, _) = Room::new().run(&asked);
    assert_eq!(status, 0, "{asked:?}");
    let name = format!("jirei {}", asked.join(" "));
    take(&name, &mut help.lines().enumerate().map(|(i, text)| (i + 1, text.to_owned())));
    let below = help.lines().skip_while(|line| !line.starts_with("サブコマンド")).skip(1);
    for line in below.take_while(|line| line.starts_with("  ")) {
        words.extend(line.split_whitespace().next().map(str::to_owned));
        take_help(take, words);
        words.pop();
    }
}

/// The line where the tests of a file begin, whatever they are allowed.
fn tests_from(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let opens = |line: &&str| line.contains("mod ") && line.ends_with('{');
    let tests = lines.windows(4).position(|w| w[0] == "#[cfg(test)]" && w[1..].iter().any(opens));
    tests.map_or(usize::MAX, |at| at + 1)
}

fn is_japanese(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ー' | '一'..='鿿' | '々')
}

/// What is left of a line without the phrases in which a word is right; nothing of a file where it is.
fn apart(line: &Line, right: &[&str]) -> String {
    if right.iter().any(|place| place.ends_with('/') && line.place.starts_with(place)) {
        return String::new();
    }
    right.iter().fold(line.text.clone(), |text, phrase| text.replace(phrase, ""))
}

#[test]
fn 一つのものは一つのことばで呼ぶ() {
    let lines = lines();
    let said = lines.iter().flat_map(|line| {
        let found = TWINS.iter().filter(move |(word, _, right)| apart(line, right).contains(word));
        found.map(move |(word, instead, _)| {
            format!("{}: {word} → {instead}: {}", line.place, line.text.trim())
        })
    });
    none_of(&said.collect::<Vec<_>>());
}

#[test]
fn どの例外もまだ要る() {
    let lines = lines();
    let needed = |word: &str, right: &str| {
        lines.iter().any(|line| {
            let here =
                if right.ends_with('/') { line.place.starts_with(right) } else { line.text.contains(right) };
            here && line.text.contains(word)
        })
    };
    let gone = TWINS.iter().flat_map(|(word, _, right)| {
        right.iter().filter(|right| !needed(word, right)).map(move |right| format!("{word}: {right}"))
    });
    none_of(&gone.collect::<Vec<_>>());
    let twice: BTreeSet<&str> = TWINS.iter().map(|(word, ..)| *word).collect();
    assert_eq!(twice.len(), TWINS.len());
}

/// Counters that stand at their number.
const COUNTERS: [&str; 14] = [
    "件",
    "か所",
    "本の",
    "人",
    "回",
    "番め",
    "番目",
    "行目",
    "行を",
    "行まで",
    "文字目",
    "枚",
    "つの",
    "職種",
];

/// Narrow brackets that stay: what records hold, and English.
const NARROW: [&str; 2] = ["広域(都道府県・保健所)", "(事例, \"case\")"];

/// Where a narrow bracket or a gap stands that does not belong between Japanese letters.
fn slips(text: &str) -> Vec<&'static str> {
    let text = NARROW.iter().fold(text.to_owned(), |text, right| text.replace(right, ""));
    let letters: Vec<char> = text.chars().collect();
    let mut slips = Vec::new();
    for (i, pair) in letters.windows(2).enumerate() {
        let before = letters[..i].iter().rev().find(|c| **c != ' ');
        // Brackets of code have a quote between them and the words.
        let between = is_japanese(pair[1]) || before.is_some_and(|c| is_japanese(*c));
        if pair[0] == '(' && between && !is_day(&letters[i..]) && !is_mark(&letters[i..]) {
            slips.push("( ) → （ ）");
        }
        let behind: String = letters[i + 2..].iter().take(3).collect();
        let number = pair[0] == '}' || pair[0].is_ascii_digit();
        if number && pair[1] == ' ' && COUNTERS.iter().any(|counter| behind.starts_with(counter)) {
            slips.push("no gap before a counter");
        }
    }
    slips
}

/// `(木)`: a day in a column; where there is room it is `（木）`.
fn is_day(letters: &[char]) -> bool {
    matches!(letters, ['(', '月' | '火' | '水' | '木' | '金' | '土' | '日', ')', ..])
}

/// `(ウ)`: how the ministry's papers mark their items.
fn is_mark(letters: &[char]) -> bool {
    matches!(letters, ['(', 'ア'..='ン', ')', ..])
}

#[test]
fn かっこは全角で_数とその単位は離れない() {
    for (text, slip) in [
        ("議事録 (Word)", Some("( ) → （ ）")),
        ("壊れています(水びたしで)", Some("( ) → （ ）")),
        ("5/28(木)と(ウ)の欄", None),
        ("鈴が {} 件あります", Some("no gap before a counter")),
        ("鈴が {}件、1 本の笛", Some("no gap before a counter")),
        ("鈴が 3件", None),
    ] {
        assert_eq!(slips(text).first().copied(), slip, "{text}");
    }
    let found = lines().into_iter().flat_map(|line| {
        slips(&line.text).into_iter().map(move |slip| format!("{}: {slip}: {}", line.place, line.text.trim()))
    });
    none_of(&found.collect::<Vec<_>>());
}

#[test]
fn したことの名の後ろは全角のコロン() {
    let rooms = ["src/ui/", "src/domain/", "src/store/merge"];
    let lines = lines().into_iter().filter(|line| rooms.iter().any(|room| line.place.starts_with(room)));
    let narrow = lines.filter(|line| {
        let letters: Vec<char> = line.text.chars().collect();
        letters.windows(3).any(|w| is_japanese(w[0]) && w[1] == ':' && matches!(w[2], ' ' | '{'))
    });
    none_of(&narrow.map(|line| format!("{}: {}", line.place, line.text.trim())).collect::<Vec<_>>());
}

/// Files that write days for programs, and why.
const FOR_PROGRAMS: [(&str, &str); 3] = [
    ("export/mod.rs", "names of files, which sort by their day"),
    ("export/office/workbook.rs", "cells of a csv, and of what is pasted into a spreadsheet"),
    ("export/office/docx.rs", "the properties of a document"),
];

#[test]
fn 人が読む日付は曜日つき_数字だけの日付は機械のもの() {
    let found: BTreeSet<String> = (sources("src").into_iter())
        .filter(|source| source.code_without_tests().any(|(_, code)| code.contains("%Y-%m-%d")))
        .map(|source| source.name)
        .collect();
    assert_eq!(found, FOR_PROGRAMS.map(|(name, _)| name.to_owned()).into());
}

#[test]
fn 見本は残らないと言う() {
    let mut d = Driver::first_start();
    d.keys("down enter");
    let seen = picture(&d, (80, 24));
    assert!(
        seen.contains("【見本】") && seen.contains("見本（残りません）") && !seen.contains("保存済み"),
        "{seen}"
    );
}

#[test]
fn 地域課題の番号は課題の番号に見えない() {
    let mut d = Driver::with_map("生活\n  !雪おろし ◀");
    d.keys("ctrl-g 7 tab 「雪の日に頼める人が足りない」 tab");
    let seen = picture(&d, (120, 40));
    assert!(seen.contains("地1") && seen.contains("＋新しく"), "{seen}");
}

#[test]
fn 見つからないときは次にすることを言う() {
    for (keys, said) in [
        ("ctrl-p 「ぬぬぬぬ」", "見つかりません。短いことばにするか、F10 の一覧から選べます。"),
        ("ctrl-g 「凧あげ」", "見つかりません。短いことばで、もう一度どうぞ。"),
    ] {
        let mut d = Driver::case_a();
        d.keys(keys);
        assert!(picture(&d, (80, 24)).contains(said), "{keys}: {}", picture(&d, (80, 24)));
    }
}

#[test]
fn 書き出す一覧の先頭は紙で配るもの() {
    let mut d = Driver::case_a();
    d.keys("ctrl-e");
    let seen = picture(&d, (80, 24));
    let mut order = Vec::new();
    for (number, label) in [(1, "配る資料（PDF・A4）"), (2, "議事録（Word）"), (3, "記録の表（Excel）")]
    {
        order.push(seen.find(&format!("{number} {label}")).unwrap_or_else(|| panic!("{seen}")));
    }
    assert!(order.is_sorted(), "{seen}");
}
