//! The file of the records is damaged: nothing more is written into it, and a way on is offered.

use crate::command::Command;
use crate::ui::{App, Choice, Chooser, Context, Mend, Overlay, Pick};

impl App {
    /// In so many places something else stands than was written; none where it cannot be opened as it is. What people are choosing or
    /// answering just now is not taken from them: then the menu has the offer.
    pub fn damaged(&mut self, places: Option<usize>) {
        let first = !std::mem::replace(&mut self.cx.damaged, true);
        self.cx.look_only = true;
        if !first {
            return;
        }
        let found = match places {
            Some(places) => format!("調べたところ、書いたときと違う所が {places}か所あります。"),
            None => "そのままでは開けません。".to_owned(),
        };
        if matches!(self.cx.over, Some(Overlay::Choose(_) | Overlay::Ask(_))) {
            let way =
                "会議の一覧のメニュー（{menu}）の「壊れた記録を直す」で、読めるものを新しい記録に移せます。";
            let way = self.cx.keymap.fill(way);
            return self.cx.warn(format!("記録のファイルが壊れているので、もう書き込みません。{found}{way}"));
        }
        self.cx.offer_mending(&found);
    }

    /// Tables and journal do not tell the same: no page is broken, and people go on.
    pub(crate) fn mismatched(&mut self, problem: &str) {
        self.cx.warn(format!(
            "記録の点検で、今の内容と履歴の違いが見つかりました：{problem}。書いたことばはそのままで、続けて書けます。\
             会議のあとで「jirei check」をご覧ください。"
        ));
    }
}

impl Context {
    /// What can be done about it.
    pub(crate) fn offer_mending(&mut self, found: &str) {
        let text = format!(
            "{found}これ以上悪くしないように、このファイルにはもう何も書き込みません。読めるものはすべて見られます。\
             新しい記録に移すと、続けて書けます。壊れたファイルも、名前を変えて残します。"
        );
        let choices = vec![
            Choice::new("読めるものを新しい記録に移して、続ける", "", Pick::Mend(Mend::Salvage)),
            Choice::new("見るだけで開く", "", Pick::Nothing),
            Choice::new("終わる", "", Pick::Quit),
            Choice::new("バックアップから戻す", "", Pick::Do(Command::Restore)),
        ];
        self.choose(Chooser { text, ..Chooser::new("記録のファイルが壊れています", choices) });
    }
}
