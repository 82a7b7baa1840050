//! What every screen looks at and none owns: the settings, the moment, the words to the person, and what must be done outside.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::command::{Answer, Keymap};
use crate::domain::{IdSource, Lists, Now};
use crate::format::Format;
use crate::layout::measure::ellipsis;
use crate::layout::signs::Signs;
use crate::privacy::PersonalWords;
use crate::store::HomeData;
use crate::ui::msg::{BackupState, Saving};
use crate::ui::theme::Theme;
use crate::ui::{Ask, Chooser, Effect, Input, LastKey, Notice, Overlay, Purpose, PutAway};

/// See the module.
#[derive(Debug)]
pub struct Context {
    /// Columns and rows.
    pub size: (u16, u16),
    pub now: Now,
    pub ids: IdSource,
    pub lists: Lists,
    pub formats: Vec<Format>,
    pub watch: PersonalWords,
    pub keymap: Keymap,
    pub marks: &'static Signs,
    /// The terminal draws pictures; not known before it has answered.
    pub pictures: bool,
    /// What was chosen of it, and what the terminal can.
    pub theme: Theme,
    /// The settings file says which palette, and says it again at the next start.
    pub theme_is_set: bool,
    pub export_folder: PathBuf,
    /// What does not go with the file that is being written, to be said when it stands; empty for nothing.
    pub left: String,
    /// Where the records lie; none where they are thrown away at the end.
    pub folder: Option<PathBuf>,
    /// The town of the meetings that are made here; may be empty.
    pub town: String,
    /// The records are open to look only: nothing can be written.
    pub look_only: bool,
    /// The file of the records is damaged: nothing is written into it.
    pub damaged: bool,
    /// Whether another jirei writes in them meanwhile; not known where none ever did.
    pub(crate) others_write: Option<bool>,
    /// The records are those of a demonstration: all of them are gone at the end.
    pub passing: bool,
    /// What is known of all meetings.
    pub shelf: HomeData,
    pub notice: Notice,
    /// What stands over the screen.
    pub over: Option<Overlay>,
    pub saving: Saving,
    /// What is known of the backups.
    pub backups: BackupState,
    /// Something in the bookmark has changed since it was last kept.
    pub touched: bool,
    pub last: LastKey,
    /// What Esc took from the screen, the newest last.
    pub put_away: Vec<PutAway>,
    pub effects: Vec<Effect>,
}

impl Context {
    /// The size is that of the least screen until the first resize says otherwise.
    pub fn new(now: Now, lists: Lists, formats: Vec<Format>, keymap: Keymap, watch: PersonalWords) -> Self {
        Self {
            size: crate::ui::panes::LEAST,
            now,
            ids: now.ids(),
            lists,
            formats,
            watch,
            keymap,
            marks: Signs::unicode(),
            pictures: false,
            theme: Theme::default(),
            theme_is_set: false,
            export_folder: PathBuf::new(),
            left: String::new(),
            folder: None,
            town: String::new(),
            look_only: false,
            damaged: false,
            others_write: None,
            passing: false,
            shelf: HomeData::default(),
            notice: Notice::default(),
            over: None,
            saving: Saving::default(),
            backups: BackupState::default(),
            touched: false,
            last: LastKey::default(),
            put_away: Vec::new(),
            effects: Vec::new(),
        }
    }

    pub fn today(&self) -> NaiveDate {
        self.now.today()
    }

    /// Words as a message repeats them: enough to know them again, in one row, and nobody's name.
    pub(crate) fn shortened(&self, words: &str) -> String {
        ellipsis(&self.watch.unnamed(words), 40, self.marks.cut).into_owned()
    }

    /// Offers something to choose from.
    pub(crate) fn choose(&mut self, chooser: Chooser) {
        self.over = Some(Overlay::Choose(chooser));
    }

    /// Asks for one line, with an answer to begin with.
    pub(crate) fn ask(&mut self, title: String, hint: String, answer: &str, purpose: Purpose) {
        let (line, marked) = (Input::new(answer), !answer.is_empty());
        self.over = Some(Overlay::Ask(Ask { title, hint, line, marked, purpose }));
    }

    /// What there is to say to a wish, with the keys people have, and with the folder where their records lie.
    pub(crate) fn answered(&self, answer: &Answer) -> String {
        let folder = match &self.folder {
            Some(folder) => format!("記録は、このパソコンの {} にあります。", folder.display()),
            None => "見本の記録は、終わると消えます。".to_owned(),
        };
        let parts: Vec<String> = answer.text.split("{folder}").map(|part| self.keymap.fill(part)).collect();
        parts.join(&folder)
    }

    /// A picture was opened outside, or why not.
    pub(crate) fn viewed(&mut self, result: Result<(), String>) {
        match result {
            Ok(()) => self.say(
                "マップの絵を、ふだん絵を見るソフトで開きました。jirei を終えると、この絵のファイルは消えます。",
            ),
            Err(problem) => {
                let way = self.keymap.fill("{export} で絵のファイルに書き出して、ご覧ください。");
                self.warn(format!("{problem}{way}"));
            }
        }
    }

    /// Shows something that must be read.
    pub(crate) fn tell(&mut self, text: String) {
        // A list or a question that is being answered is not taken away: what is shown beside "saved" remains.
        if !matches!(self.over, Some(Overlay::Choose(_) | Overlay::Ask(_))) {
            self.over = Some(Overlay::Told(text));
        }
    }
}
