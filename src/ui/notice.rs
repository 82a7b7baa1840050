//! What is said to the person in front of the screen, in one text.

use crate::command::Command;
use crate::export::personal;
use crate::privacy;
use crate::privacy::Finding;
use crate::store::Warning;
use crate::ui::Context;

/// Whatever else is said afterwards, the warning about words that name somebody stands before it and stays: only what the
/// person does next ends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice {
    text: String,
    /// So many bytes of it are that warning.
    warning: usize,
    loud: bool,
    /// It is about what somebody wrote without looking: letters do not end it.
    stays: bool,
}

impl Notice {
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether something is wrong.
    pub fn is_loud(&self) -> bool {
        self.loud
    }

    /// Whether it says more than that words name somebody.
    pub(crate) fn speaks(&self) -> bool {
        self.text.len() > self.warning
    }

    /// Whether words are warned of.
    pub(crate) fn warns(&self) -> bool {
        self.warning > 0
    }

    fn put(&mut self, text: &str, loud: bool) {
        self.text.truncate(self.warning);
        self.text.push_str(text);
        self.loud = loud || self.warns();
        self.stays = false;
    }

    /// Says something more, behind what is said.
    fn put_last(&mut self, more: &str) {
        if self.speaks() && !self.text.ends_with('。') {
            self.text.push('。');
        }
        self.text.push_str(more);
    }

    fn put_first(&mut self, warning: &str) {
        // What several fields say alike is said once.
        if !self.text[..self.warning].contains(warning) {
            self.text.insert_str(self.warning, warning);
            self.warning += warning.len();
        }
        self.loud = true;
    }

    /// It is seen until another key than a letter is pressed.
    pub(crate) fn stay(&mut self) {
        self.stays = true;
    }

    /// The person goes on; with letters, if they are that.
    pub(crate) fn end(&mut self, letters: bool) {
        if !(letters && self.stays) {
            self.clear();
        }
    }

    /// Nothing is said any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Context {
    /// Says something to the person in front of the screen; nothing: what was said before is over.
    pub fn say(&mut self, text: impl AsRef<str>) {
        self.notice.put(text.as_ref(), false);
    }

    /// Says a sentence in which keys stand by the ids of their actions.
    pub fn say_filled(&mut self, sentence: &str) {
        self.say(self.keymap.fill(sentence));
    }

    /// Says what was done, and how it is taken back.
    pub fn say_done(&mut self, what: &str) {
        self.say(format!("{what}。{} で元に戻せます。", self.keymap.said(Command::Undo)));
    }

    /// Says something besides what is said already.
    pub(crate) fn say_also(&mut self, more: &str) {
        self.notice.put_last(more);
    }

    pub fn warn(&mut self, text: impl AsRef<str>) {
        self.notice.put(text.as_ref(), true);
    }

    /// Warns of what was just written, without saying it again. `mends`: the key with which the words are put right.
    pub fn warn_of(&mut self, found: &[Finding], mends: Option<Command>) {
        let Some(warning) = privacy::warning(found) else { return };
        let key =
            mends.map(|command| format!("（{} で直せます）", self.keymap.said(command))).unwrap_or_default();
        self.notice.put_first(&format!("{warning}。個人が分からない言い方に直してください{key}。"));
    }

    /// Says what there is to know about where the records lie. That there is a second one of them must be read.
    pub(crate) fn warn_of_place(&mut self, warnings: &[Warning]) {
        let said: Vec<String> = warnings.iter().map(Warning::to_string).collect();
        let parted = warnings.iter().any(|warning| matches!(warning, Warning::Copies { .. }));
        if parted && self.over.is_none() {
            return self.tell(said.join("\n\n"));
        }
        self.warn(said.concat());
        self.notice.stay();
    }

    /// Names words that are on their way out.
    pub fn warn_of_leaving(&mut self, words: &[String]) {
        if !words.is_empty() {
            self.notice.put_first(&(personal::warning(words) + "貼る前に確かめてください。"));
        }
    }
}
