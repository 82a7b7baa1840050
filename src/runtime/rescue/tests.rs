//! Rescue files with real folders: full, vanished, and of other runs.

use std::sync::mpsc::{Receiver, channel};

use super::*;
use crate::domain::{Act, Change, Dossier, Edit, JournalEntry, Kind, Node};
use crate::export::sample;
use crate::store::{Access, Request, Store, Worker};

const SOON: Duration = Duration::from_secs(20);

/// A worker whose records take nothing any more, with the folders where a rescue file may lie.
struct Desk {
    folder: tempfile::TempDir,
    places: Places,
    worker: Worker,
    dossier: Dossier,
    seed: u64,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (data, other) = (folder.path().join("data"), folder.path().join("書類"));
        fs::create_dir(&other).unwrap();
        let places = Places { data: data.clone(), others: vec![other] };
        let dossier = sample::case_a().unwrap();
        let mut store = Store::open(&data, Access::Write).unwrap();
        store
            .merge_all(&[dossier.clone().into()], super::super::stamp().at, &mut super::super::stamp().ids())
            .unwrap();
        let worker = Worker::spawn(store, crate::domain::people::tests::lists(), |_| {});
        worker.send(Request::Remember(dossier.meeting.id)).unwrap();
        Self { folder, places, worker, dossier, seed: 0 }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The folder goes, and with it all that was saved.
    fn vanishes(&self) {
        // What was sent before is done by then.
        let (sender, done) = channel();
        let job = crate::store::ReadJob::new(move |_| {
            let _ = sender.send(());
        });
        self.worker.send(Request::Lend(job)).unwrap();
        done.recv_timeout(SOON).unwrap();
        fs::remove_dir_all(self.data()).unwrap();
    }

    fn writes(&mut self, words: &str) -> JournalEntry {
        self.seed += 1;
        let stamp = crate::domain::Now { seed: self.seed, ..super::super::stamp() };
        let mut mint = stamp.ids();
        let (id, branch) = (self.dossier.meeting.id, self.dossier.meeting.branches[0].title.clone());
        let node = Node {
            kind: Kind::Issue,
            branch,
            text: words.to_owned(),
            ..Node::new(mint.id(), id, words, stamp.at)
        };
        let edit =
            Edit { id: mint.id(), at: stamp.at, label: words.to_owned(), changes: vec![Change::add(node)] };
        self.dossier.apply_all(&edit.changes).unwrap();
        let line = JournalEntry { edit, meeting: Some(id), act: Act::Do };
        self.worker.send(Request::CommitAt(line.clone(), format!("{words}のあと"))).unwrap();
        line
    }
}

fn spawn(desk: &Desk) -> (Rescue, Receiver<Msg>) {
    let (sender, told) = channel();
    let patience = Duration::from_millis(100);
    let tell = move |msg| drop(sender.send(msg));
    (Rescue::patient(desk.worker.unsaved(), desk.places.clone(), patience, tell), told)
}

fn place(told: &Receiver<Msg>) -> PathBuf {
    match told.recv_timeout(SOON).unwrap() {
        Msg::Rescued(Ok(path)) => path,
        other => panic!("{other:?}"),
    }
}

fn held(path: &Path) -> Rescued {
    match json::read_any(&fs::read(path).unwrap()).unwrap() {
        json::Content::Unsaved(rescued) => *rescued,
        other => panic!("{other:?}"),
    }
}

#[test]
fn 消えたフォルダーの会議は控えから丸ごともどり二度目は何も変えない() {
    let mut desk = Desk::new();
    let (rescue, told) = spawn(&desk);
    desk.vanishes();
    let first = desk.writes("残薬が多い");
    let path = place(&told);
    assert!(path.starts_with(desk.folder.path().join("書類")), "{}", path.display());
    assert!(!desk.data().exists());
    assert_eq!(held(&path).lines, std::slice::from_ref(&first));
    // Each further line is in it, whenever the end comes.
    let second = desk.writes("買物は移動販売");
    assert_eq!(place(&told), path);
    let rescued = held(&path);
    assert_eq!(rescued.lines, [first, second]);
    assert_eq!(rescued.bookmark.as_deref(), Some("買物は移動販売のあと"));
    assert_eq!(Path::new(&rescued.records), desk.data());
    assert!(rescued.at.is_some() && rescued.meetings[0].dossier == desk.dossier);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    // Into records that know nothing of it.
    let fresh = tempfile::tempdir().unwrap();
    let mut store = Store::open(fresh.path(), Access::Write).unwrap();
    assert!(store.put_back(&rescued, super::super::stamp()).unwrap().is_whole());
    assert_eq!(store.dossier(desk.dossier.meeting.id).unwrap().as_ref(), Some(&desk.dossier));
    let again = store.put_back(&rescued, super::super::stamp()).unwrap();
    assert!(again.backs.iter().all(|back| back.count == 0), "{again:?}");
    drop(rescue);
}

#[test]
fn 書いた者が生きている控えは出さず終わると出す() {
    let mut desk = Desk::new();
    let (rescue, told) = spawn(&desk);
    desk.vanishes();
    desk.writes("残薬が多い");
    let path = place(&told);
    assert_eq!(desk.places.find(), []);
    // What is no rescue file of ours is none of ours.
    let beside = |name: &str, text: &str| fs::write(path.with_file_name(name), text).unwrap();
    beside("未保存-計画.json", "{}");
    beside("未保存の一覧.json", "[]");
    beside("未保存-メモ.txt", "あ");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/dev/zero", path.with_file_name("未保存-9.json")).unwrap();
    desk.writes("買物は移動販売");
    let count = desk.worker.finish().len();
    let (kept, place) = rescue.finish().unwrap().unwrap();
    assert_eq!((kept, count, &place), (2, 2, &path));
    let found = desk.places.find();
    let read: Vec<_> = found.iter().filter_map(|found| found.read.as_ref().ok()).collect();
    assert_eq!((found.len(), read.len()), (2, 1), "one of them cannot be read, and is named");
    assert!(read[0].lines.len() == 2 && found.iter().any(|found| found.path == path));
}

#[cfg(unix)]
#[test]
fn すべて保存できるとこの回の控えだけが消える() {
    let mut desk = Desk::new();
    let (rescue, told) = spawn(&desk);
    let (data, away) = (desk.data(), desk.folder.path().join("抜いた"));
    let other = desk.folder.path().join("書類/未保存-20200101-000000.json");
    fs::write(&other, json::render_unsaved(&Rescued::default()).unwrap()).unwrap();
    fs::rename(&data, &away).unwrap();
    desk.writes("残薬が多い");
    let path = place(&told);
    fs::rename(&away, &data).unwrap();
    assert!(matches!(told.recv_timeout(SOON).unwrap(), Msg::AllSaved));
    assert!(!path.exists() && other.exists());
    // It goes on as if nothing had been.
    desk.writes("買物は移動販売");
    assert!(desk.worker.finish().is_empty());
    assert!(rescue.finish().unwrap().is_none());
    let store = Store::open(&data, Access::Look).unwrap();
    assert_eq!(store.dossier(desk.dossier.meeting.id).unwrap().as_ref(), Some(&desk.dossier));
}

#[cfg(unix)]
#[test]
fn 控えの場所もなくなれば次の場所に書く() {
    let mut desk = Desk::new();
    let (second, third) = (desk.folder.path().join("スティック"), desk.folder.path().join("書類"));
    fs::create_dir(&second).unwrap();
    desk.places.others.insert(0, second.clone());
    let (rescue, told) = spawn(&desk);
    desk.vanishes();
    desk.writes("残薬が多い");
    assert!(place(&told).starts_with(&second));
    fs::remove_dir_all(&second).unwrap();
    desk.writes("買物は移動販売");
    let path = place(&told);
    assert!(path.starts_with(&third) && held(&path).lines.len() == 2);
    // No place at all: said, and tried again.
    fs::remove_dir_all(&third).unwrap();
    desk.writes("夜は一人");
    assert!(matches!(told.recv_timeout(SOON).unwrap(), Msg::Rescued(Err(_))));
    fs::create_dir(&third).unwrap();
    assert!(place(&told).starts_with(&third));
    drop(desk.worker);
    assert_eq!(rescue.finish().unwrap().map(|(count, _)| count), Some(3));
}

#[test]
fn 書きかけだけでも控えに残り何もなければ控えを作らない() {
    let desk = Desk::new();
    let (rescue, _told) = spawn(&desk);
    desk.vanishes();
    desk.worker.send(Request::Bookmark("{}".to_owned())).unwrap();
    std::thread::sleep(Duration::from_millis(400));
    assert_eq!(fs::read_dir(desk.folder.path().join("書類")).unwrap().count(), 0, "nobody would miss it");
    let mark = r#"{"writings":{"map":{"line":{"text":"書きかけ","cursor":0},"used":null}}}"#;
    assert!(has_drafts(mark));
    desk.worker.send(Request::Bookmark(mark.to_owned())).unwrap();
    assert!(desk.worker.finish().is_empty());
    assert!(rescue.finish().unwrap().is_none(), "no line is lost");
    let found = desk.places.find();
    assert_eq!(found[0].read.as_ref().unwrap().bookmark.as_deref(), Some(mark));
}

#[test]
fn 戻した控えは消え残した違いがあれば別の名で残る() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("未保存-1.json");
    let names = || {
        let mut names: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    for (whole, left) in [
        (true, &[][..]),
        (false, &["戻した控え-1.json"]),
        (false, &["戻した控え-1-2.json", "戻した控え-1.json"]),
    ] {
        fs::write(&path, "{}").unwrap();
        let kept = put_away(&path, whole).unwrap();
        assert_eq!((names(), kept.is_none()), (left.iter().map(|name| (*name).to_owned()).collect(), whole));
    }
}
