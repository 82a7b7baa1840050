//! How letters are made larger: the terminal does that.

use crate::ui::{App, Overlay};

/// So many rows could be read from a metre away.
const ROWS_AT_A_METRE: u32 = 192;

impl App {
    pub(crate) fn tell_of_letters(&mut self) {
        let rows = u32::from(self.cx.size.1.max(1));
        // Kanji of 20 arc minutes on a picture 1.35 m high.
        let metres = f64::from(ROWS_AT_A_METRE) / f64::from(rows);
        self.cx.over = Some(Overlay::Told(format!(
            "文字の大きさは、jirei ではなく、端末（ターミナル）の方で変えます。Windows と Linux では Ctrl を押しながら ＋（ノートパソコンでは Ctrl と Shift と ＋）、またはマウスのホイール。Mac では ⌘ と ＋ です。小さくするときは − を押します。大きくすると行は減りますが、書いたものは何も消えません。壁に映すと、24行なら8m、40行なら4.8mはなれて読めます（高さ1.35mのとき）。今は{rows}行で、約{metres:.1}mです。"
        )));
    }
}
