//! Doing what an update asks for outside.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::domain::bounds::TABLE;
use crate::domain::unsaved::Rescued;
use crate::domain::{Id, Lists, Meeting, refused};
use crate::export::people;
use crate::export::write::{self, Existing, Readers};
use crate::review;
use crate::review::{Ask, Terms};
use crate::runtime::backups::BackupMaker;
use crate::runtime::caretaker::{self, Task};
use crate::runtime::chosen;
use crate::runtime::clipboard::Clipboard;
use crate::runtime::rescue::{self, Places, Rescue};
use crate::runtime::viewer::Viewer;
use crate::runtime::{Input, stamp};
use crate::store::{Kept, ReadJob, Request, Store, Told, Why, Worker, WriteJob};
use crate::ui::theme::Palette;
use crate::ui::{App, Deliverable, Effect, Mend, Msg, NOT_NOW, NamesFor, Restored, Unwritten};

/// What reaches outside: the store's thread and the clipboard.
pub struct Effects {
    worker: Worker,
    clipboard: Clipboard,
    viewer: Viewer,
    rescue: Rescue,
    keeper: BackupMaker,
    places: Places,
    /// Where the records lie.
    data: PathBuf,
    kept: Kept,
    words: Arc<Words>,
    inputs: Sender<Input>,
    /// How often records were opened before in this run.
    opening: u32,
}

/// What the lists and the session formats call things, for whoever counts.
pub struct Words {
    pub lists: Lists,
    /// The titles of the session formats, by their keys.
    pub formats: BTreeMap<String, String>,
}

impl Words {
    pub fn of(app: &App) -> Self {
        let formats = app.cx.formats.iter().map(|f| (f.key.clone(), f.title.clone())).collect();
        Self { lists: app.cx.lists.clone(), formats }
    }
}

/// What follows from an effect at once.
pub enum Next {
    Nothing,
    Msg(Msg),
    Mend(Mend),
    Quit,
}

impl Effects {
    pub fn new(
        store: Store,
        words: Words,
        (places, keeper): (Places, BackupMaker),
        (data, kept): (PathBuf, Kept),
        inputs: Sender<Input>,
        opening: u32,
    ) -> Self {
        let answers = inputs.clone();
        // The loop may have ended already: then nobody wants the answer.
        let tell = move |answer| drop(answers.send(Input::Msg(Msg::Store(answer))));
        let worker = Worker::spawn(store, words.lists.clone(), tell);
        // Should the thread have ended already, it has said so.
        let _ = worker.send(Request::Hold);
        let told = inputs.clone();
        let told = move |msg| drop(told.send(Input::Msg(msg)));
        let rescue = Rescue::spawn(worker.unsaved(), places.clone(), told);
        Self {
            worker,
            clipboard: Clipboard::default(),
            viewer: Viewer::default(),
            rescue,
            keeper,
            places,
            data,
            kept,
            words: Arc::new(words),
            inputs,
            opening,
        }
    }

    /// Has a year counted on the store's thread; the figures come as a message.
    fn count(&self, ask: Ask) -> Next {
        let (words, inputs) = (self.words.clone(), self.inputs.clone());
        self.ask(Request::Lend(ReadJob::new(move |store| {
            let terms = Terms { lists: &words.lists, formats: &words.formats };
            let answer = review::read(store, &ask, terms).map(Box::new).map_err(|e| e.told(Told::Reading));
            drop(inputs.send(Input::Msg(Msg::Reviewed(answer))));
        })))
    }

    /// Has the names of the people at meetings read on the store's thread.
    fn names(&self, meetings: BTreeSet<Id<Meeting>>, wanted: NamesFor) -> Next {
        let inputs = self.inputs.clone();
        self.ask(Request::Lend(ReadJob::new(move |store| {
            let names = store.names(meetings.iter().copied()).map_err(|e| e.told(Told::Reading));
            drop(inputs.send(Input::Msg(Msg::Names(names, wanted.clone()))));
        })))
    }

    /// Completes the list of meetings and sees to the records, and to what earlier runs left, while people already see the screen.
    pub fn complete(&mut self, app: &App) {
        // Should the thread have ended already, it has said so.
        let open = app.kept_meeting().map(|meeting| Request::Remember(meeting.doc.dossier.meeting.id));
        for request in std::iter::once(Request::Home).chain(open) {
            let _ = self.worker.send(request);
        }
        let task = Task {
            data: self.data.clone(),
            exports: app.cx.export_folder.clone(),
            // What is put back into a demonstration would be gone with it.
            places: (!app.cx.passing).then(|| self.places.clone()),
            daily: self.keeper.daily(),
        };
        let (inputs, opening) = (self.inputs.clone(), self.opening);
        // The loop may have ended already: then nobody wants the answers.
        let tell = move |report| drop(inputs.send(Input::Kept(opening, report)));
        if caretaker::spawn(task, tell).is_err() {
            // Nobody can look: people must be able to write all the same.
            self.examined(Vec::new());
        }
    }

    /// Says what was done on another thread. The loop may have ended already: then nobody wants to hear it.
    fn teller(&self) -> impl Fn(Msg) + Clone + Send + Sync + 'static {
        let inputs = self.inputs.clone();
        move |msg| drop(inputs.send(Input::Msg(msg)))
    }

    fn back_up(&self, why: Why) -> Next {
        match self.keeper.job(why, self.teller()) {
            Some(job) => self.ask(Request::Lend(job)),
            None => Next::Nothing,
        }
    }

    /// How often records were opened before in this run.
    pub fn opening(&self) -> u32 {
        self.opening
    }

    /// The records were looked through; now they may be written.
    pub fn examined(&mut self, found: Vec<String>) {
        let _ = self.worker.send(Request::Examined(found));
    }

    /// Keeps a bookmark.
    pub fn keep(&mut self, bookmark: String) {
        // Without it people come back to the list of meetings; that is all.
        let _ = self.worker.send(Request::Bookmark(bookmark));
    }

    /// Where what is done elsewhere says that it is done.
    pub fn inputs(&self) -> Sender<Input> {
        self.inputs.clone()
    }

    pub fn act(&mut self, effect: Effect) -> Next {
        match effect {
            Effect::Commit(line, None) => return self.ask(Request::Commit(line)),
            Effect::Commit(line, Some(text)) => return self.ask(Request::CommitAt(line, text)),
            Effect::Rescue => self.rescue.keep_now(),
            Effect::PutBack(path, rescued) => return self.put_back(path, rescued),
            Effect::Bookmark(text) => self.keep(text),
            Effect::Home => return self.ask(Request::Home),
            Effect::Review(ask) => return self.count(ask),
            Effect::Names(meetings, wanted) => return self.names(meetings, wanted),
            Effect::Removal { meeting, sure } => return self.ask(Request::Removal { meeting, sure }),
            Effect::Return => return self.ask(Request::Return),
            Effect::Region => return self.ask(Request::Region),
            Effect::Open(id) => return self.ask(Request::Open(id)),
            Effect::Follow(id) => return self.ask(Request::Follow(id)),
            Effect::Previous(id) => return self.ask(Request::Previous(id)),
            Effect::Alike { words, meeting, shown } => {
                return self.ask(Request::Alike { words, meeting, shown });
            }
            Effect::Write { path, name, bytes, existing, gift } => {
                let path = write::within(&at_home(&path), &name);
                return Next::Msg(Msg::Wrote(write_file(&path, &bytes, existing, gift, &self.kept)));
            }
            Effect::Copy(clip) => return Next::Msg(Msg::Copied(self.clipboard.fill(clip))),
            Effect::Palette(palette) => return self.keep_palette(palette),
            Effect::View(picture) => return self.view(&picture),
            Effect::ReadClipboard => return Next::Msg(Msg::Clipboard(self.clipboard.text())),
            Effect::ReadTable(path) => return Next::Msg(Msg::Table(read_table(&path, &self.kept))),
            Effect::BackUp(why) => return self.back_up(why),
            Effect::Backups => self.keeper.list(self.teller()),
            Effect::Compare(path) => self.keeper.compare(path, self.teller()),
            Effect::Mend(mend) => return Next::Mend(mend),
            Effect::Quit => return Next::Quit,
        }
        Next::Nothing
    }

    /// Opens a picture in whatever shows pictures here.
    fn view(&mut self, picture: &[u8]) -> Next {
        let inputs = self.inputs.clone();
        let told = move |result| drop(inputs.send(Input::Msg(Msg::Viewed(result))));
        match self.viewer.view(picture, told) {
            Ok(()) => Next::Nothing,
            Err(problem) => Next::Msg(Msg::Viewed(Err(problem))),
        }
    }

    fn keep_palette(&self, palette: Palette) -> Next {
        match chosen::keep(&self.data, palette) {
            Ok(()) => Next::Nothing,
            Err(_) => Next::Msg(Msg::Unkept(format!(
                "色は変わりましたが、次に開くともとの色です。{} に書けませんでした。記録は無事です。フォルダーの権限とディスクの空きを確かめてください。",
                self.data.display()
            ))),
        }
    }

    fn ask(&self, request: Request) -> Next {
        match self.worker.send(request) {
            Ok(()) => Next::Nothing,
            Err(stopped) => Next::Msg(Msg::Store(stopped.into())),
        }
    }

    /// Has what an earlier run could not save put back on the store's thread; its file goes once all of it stands.
    fn put_back(&self, path: PathBuf, rescued: Arc<Rescued>) -> Next {
        let inputs = self.inputs.clone();
        self.ask(Request::Work(WriteJob::new(move |store| {
            let returned = store
                .ok_or_else(|| NOT_NOW.to_owned())
                .and_then(|store| store.put_back(&rescued, stamp()).map_err(|error| error.to_string()));
            let restored = returned.map(|returned| {
                let whole = returned.is_whole();
                let kept = match returned.problem {
                    Some(_) => Some(path.clone()),
                    None => rescue::put_away(&path, whole).unwrap_or_else(|_| Some(path.clone())),
                };
                let (path, bookmark) = (path.clone(), rescued.bookmark.clone());
                Box::new(Restored { path, backs: returned.backs, problem: returned.problem, kept, bookmark })
            });
            drop(inputs.send(Input::Msg(Msg::PutBack(restored))));
        })))
    }

    /// Saves everything and stops. What could not be saved is kept in a file: how many lines, and where.
    ///
    /// # Errors
    /// Where not even that file can be written.
    pub fn finish(mut self) -> anyhow::Result<Option<(usize, PathBuf)>> {
        self.viewer.forget();
        self.worker.finish();
        self.keeper.finish();
        self.rescue.finish()
    }
}

fn write_file(
    path: &Path,
    bytes: &[u8],
    existing: Existing,
    gift: Deliverable,
    kept: &Kept,
) -> Result<(PathBuf, Readers), Unwritten> {
    match write::write(path, bytes, existing, kept) {
        Ok(readers) => Ok((path.to_path_buf(), readers)),
        Err(write::WriteError::Exists(path)) => {
            Err(Unwritten::Exists { free: write::free(&path), path, gift })
        }
        Err(error) => Err(Unwritten::Failed(error.to_string())),
    }
}

fn read_table(path: &Path, kept: &Kept) -> Result<Vec<people::PersonRow>, String> {
    let path = at_home(path);
    let bytes = kept
        .read(&path, TABLE)
        .map_err(|error| format!("{}：{}。何も変えていません。", path.display(), refused::unread(&error)))?;
    people::read(&bytes).map_err(|error| format!("{}：{error}", path.display()))
}

/// `~/` means the user's own folder, as people are used to.
fn at_home(path: &Path) -> PathBuf {
    match path.strip_prefix("~") {
        Ok(rest) => etcetera::home_dir().map_or_else(|_| path.to_owned(), |home| home.join(rest)),
        Err(_) => path.to_owned(),
    }
}
