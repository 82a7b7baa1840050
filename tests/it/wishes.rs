//! What somebody wants who has no manual is begun, or answered, within three keys of the word that comes to mind.

use crate::frames_region::year;
use crate::support::driver::Driver;
use crate::support::frame::picture;

/// Where one stands, what comes to mind, the keys after it, and what the room then sees.
const WISHES: [(&str, &str, &str, &str); 24] = [
    ("ctrl-g 2", "話した人", "enter", "だれのことばですか"),
    ("ctrl-g 2 「まちがい」 enter", "まちがえた", "enter", "元に戻しました"),
    ("ctrl-g 2 down", "誤字", "enter", "Enter 決める  Esc やめる"),
    ("ctrl-g 2 「いらない」 enter", "捨てる", "enter", "消しました"),
    ("ctrl-g 2", "別の枝に移す", "enter", "枝を選んで F2"),
    ("ctrl-g 2", "遅刻した人", "enter", "途中から"),
    ("ctrl-g 2 ctrl-t", "休憩", "enter", "時計を止めました。Ctrl+T で動きます"),
    ("ctrl-g 2", "印刷", "enter 1 enter", "書き出す先：配る資料（PDF"),
    ("ctrl-g 2", "前の会議", "enter", "新しい会議をはじめる"),
    ("ctrl-g 2", "タイトル", "enter", "題名"),
    ("ctrl-g 2", "終了", "enter", "終わ"),
    ("ctrl-g 2", "検索", "enter", "さがす"),
    ("ctrl-g 2", "写す", "enter 1", "コピー"),
    ("ctrl-g 4", "線", "enter", "つな"),
    ("ctrl-g 2", "要約", "enter", "この理解で"),
    ("ctrl-g 2", "大きい字", "enter", "Ctrl を押しながら"),
    ("ctrl-g 2", "明るく", "enter", "色を変える"),
    ("ctrl-g 2", "強みだけ", "enter 3", "強みだけ"),
    ("ctrl-g 2", "延長", "enter enter", "延ばしました"),
    ("ctrl-g 2", "会議を消す", "enter", "消しますか"),
    ("ctrl-g 2 「書きかけ」", "たたむ", "enter", "書きかけのことばがある"),
    ("ctrl-g 7", "確定", "enter", "個人が分からない文か"),
    ("ctrl-g 2", "家系図", "enter", "描けるのは"),
    ("ctrl-b", "町長に出す紙", "enter ctrl-e", "何を書き出しますか"),
];

#[test]
fn したいことは思いつくことばから三つのキーまでで始まるか答えが出る() {
    let mut missed = Vec::new();
    for (at, word, keys, seen) in WISHES {
        assert!(keys.split(' ').count() <= 3, "{word}");
        for road in ["ctrl-p", "f10"] {
            let mut d = if at == "ctrl-b" { year() } else { Driver::case_a() };
            d.keys(at);
            d.keys(road);
            d.paste(word);
            d.keys(keys);
            let picture = picture(&d, (120, 40));
            if !picture.contains(seen) {
                missed.push(format!("{at} {road} {word} {keys}: {}\n{picture}", d.notice()));
            }
        }
    }
    assert!(missed.is_empty(), "{} missed\n{}", missed.len(), missed.join("\n"));
}
