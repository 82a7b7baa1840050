//! All keys: each action with its keys, as many rows as the screen makes of it.

use crate::command::{Section, TABLE};
use crate::domain::Kind;
use crate::layout::measure::width;
use crate::layout::wrap::wrap_words;
use crate::ui::App;
use crate::ui::help::row::Row;
use crate::ui::theme::Meaning;

/// All of it in rows of so many cells.
pub fn rows(app: &App, cells: u16) -> Vec<Row> {
    let lines = lines(app);
    let keys = lines.iter().map(|(key, _)| width(key)).max().unwrap_or(0) + 2;
    let mut rows = Vec::new();
    for (key, text) in lines {
        let indent = if key.is_empty() { 0 } else { keys };
        let meaning = if text.starts_with('■') { Meaning::Strong } else { Meaning::Popup };
        for (i, line) in wrap_words(&text, usize::from(cells).saturating_sub(indent)).iter().enumerate() {
            let mut row = Row::at(indent, vec![((*line).to_owned(), meaning)]);
            if i == 0 && !key.is_empty() {
                row.pieces.insert(0, (0, key.clone(), Meaning::Strong));
            }
            rows.push(row);
        }
    }
    rows
}
/// A key and what it does, row by row; a row without a key is a heading or a text.
fn lines(app: &App) -> Vec<(String, String)> {
    let (screen, cx) = (app.screen(), &app.cx);
    let place = screen.place();
    let text = |words: &str| (String::new(), words.to_owned());
    let mut lines = vec![text("■ 入力行の頭の記号（全角でもかまいません）")];
    let signs = Kind::ALL.into_iter().filter_map(|kind| Some((kind, kind.sign()?)));
    lines.extend(signs.map(|(kind, sign)| (sign.to_string(), format!("{}　例：{sign}ことば", kind.label()))));
    lines.push(("@".to_owned(), "だれのことばか　例：@薬 ことば　（次に変えるまで続きます）".to_owned()));
    lines.push((
        "#".to_owned(),
        "どこに付けるか　例：#生活 ことば　（大枝・枝の頭の文字・#⑫・#?ア。振り返りでは、どの問いか）"
            .to_owned(),
    ));
    lines.push(("1>2".to_owned(), "課題①から②へつなぐ　例：1>2 理由　（両方の課題があるとき）".to_owned()));
    lines.push(text("@ と # は、全角ならことばの終わりにも書けます（ことば＠薬＃生活）。"));
    lines.push(text("記号そのものを書くときは、2つ重ねます（!!）。"));
    for section in Section::ALL {
        // What works here comes first under each heading.
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            TABLE.iter().filter(|r| r.section == section).partition(|r| r.places.contains(&place));
        let (now, hindered): (Vec<_>, Vec<_>) =
            here.into_iter().partition(|r| screen.hindrance(cx, r.command).is_none());
        lines.extend(["", "", &format!("■ {}", section.title())].map(text));
        for row in now {
            let keys: Vec<String> =
                cx.keymap.all_at(place, row.command).iter().map(ToString::to_string).collect();
            lines.push((keys.join(" / "), format!("{}　{}", row.title, cx.keymap.fill(row.help))));
        }
        for (words, rows) in [("今はできません", hindered), ("ほかの場面", elsewhere)] {
            let rows = rows.into_iter().map(|r| (cx.keymap.shown(r.command), r.title));
            let others: Vec<String> = rows
                .filter(|(key, _)| !key.is_empty())
                .map(|(key, title)| format!("{key} {title}"))
                .collect();
            if !others.is_empty() {
                lines.push(text(&format!("{words}：{}", others.join("、"))));
            }
        }
    }
    lines
}
