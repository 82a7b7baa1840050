//! The help: each action with its keys, as many rows as the screen makes of it.

use crate::command::{Section, TABLE};
use crate::domain::Kind;
use crate::layout::measure::width;
use crate::layout::wrap::wrap_words;
use crate::ui::{App, Overlay};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpRow {
    /// Only in the first row of what is said of it.
    pub key: String,
    /// The cells before the text.
    pub indent: u16,
    pub text: String,
}

/// Columns and rows of the help with its frame, on a screen of a size.
pub fn help_size(size: (u16, u16)) -> (u16, u16) {
    (size.0.saturating_sub(4).min(112), size.1.saturating_sub(2))
}

/// The help in rows for the present size of the screen.
pub fn help_rows(app: &App) -> Vec<HelpRow> {
    // The frame and a free column take two cells on either side.
    let room = help_size(app.cx.size).0.saturating_sub(4);
    let lines = lines(app);
    let keys = lines.iter().map(|(key, _)| width(key)).max().unwrap_or(0) as u16 + 2;
    let mut rows = Vec::new();
    for (mut key, text) in lines {
        let indent = if key.is_empty() { 0 } else { keys };
        for line in wrap_words(&text, usize::from(room.saturating_sub(indent))) {
            rows.push(HelpRow { key: std::mem::take(&mut key), indent, text: line.to_owned() });
        }
    }
    rows
}

impl App {
    /// How letters are made larger: the terminal does that.
    pub(crate) fn tell_of_letters(&mut self) {
        let rows = u32::from(self.cx.size.1.max(1));
        // Kanji of 20 arc minutes on a picture 1.35 m high.
        let metres = f64::from(ROWS_AT_A_METRE) / f64::from(rows);
        self.cx.over = Some(Overlay::Told(format!(
            "文字の大きさは、jirei ではなく、それを映しているウィンドウの方で変えます。Windows と Linux では Ctrl を押しながら ＋（ノートパソコンでは Ctrl と Shift と ＋）、またはマウスのホイール。Mac では ⌘ と ＋ です。小さくするときは − を押します。大きくすると行は減りますが、書いたものは何も消えません。壁に映すと、24行なら約8m、40行なら約5mはなれて読めます（高さ1.35mのとき）。今は{rows}行で、約{metres:.0}mです。"
        )));
    }
}

/// So many rows could be read from a metre away.
const ROWS_AT_A_METRE: u32 = 192;

/// How far the help can be scrolled: its last row stands at the foot, over what the keys do.
pub(crate) fn help_end(app: &App) -> usize {
    help_rows(app).len().saturating_sub(usize::from(help_size(app.cx.size).1.saturating_sub(3)))
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
            let keys: Vec<String> = cx.keymap.all(row.command).iter().map(ToString::to_string).collect();
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
