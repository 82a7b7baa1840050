//! The worker with a real file, a full disk, and somebody else at the same records.

use std::sync::mpsc::Receiver;

use super::super::{Access, samples};
use super::*;
use crate::domain::{Action, Case, Change, Kind};

mod drafts;
mod sound;

const SOON: Duration = Duration::from_secs(20);

struct Bench {
    dir: tempfile::TempDir,
    worker: Worker,
    answers: Receiver<Answer>,
}

fn bench(access: Access) -> Bench {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), Access::Write).unwrap();
    store.commit(&samples::new_meeting(1)).unwrap();
    drop(store);
    let store = Store::open(dir.path(), access).unwrap();
    let (sender, answers) = channel();
    let worker = Worker::spawn(store, crate::domain::people::tests::lists(), move |answer| {
        // A test that has seen enough does not listen to the end.
        let _ = sender.send(answer);
    });
    Bench { dir, worker, answers }
}

impl Bench {
    fn send(&self, request: Request) {
        self.worker.send(request).unwrap();
    }

    fn next(&self) -> Answer {
        self.answers.recv_timeout(SOON).unwrap()
    }

    fn meeting(&self) -> Id<Meeting> {
        self.send(Request::Home);
        match self.next() {
            Answer::Home(home) => home.summaries[0].id,
            other => panic!("{other:?}"),
        }
    }
}

/// A line that adds a keyword; long enough that a handful of them need new pages.
fn word(n: u64, meeting: Id<Meeting>) -> JournalEntry {
    let mut mint = samples::mint(n);
    let node = samples::node(mint.id(), meeting, Kind::Fact, &format!("{n}{}", "語".repeat(3000)));
    samples::line(&mut mint, Some(meeting), vec![Change::add(node)])
}

fn stands(bench: &tempfile::TempDir, meeting: Id<Meeting>) -> Vec<JournalEntry> {
    Store::open(bench.path(), Access::Look).unwrap().journal(meeting).unwrap()
}

#[test]
fn 保存と読み返しは頼んだ順に答える() {
    let bench = bench(Access::Write);
    let meeting = bench.meeting();
    let lines: Vec<JournalEntry> = (10..15).map(|n| word(n, meeting)).collect();
    for line in &lines {
        bench.send(Request::Commit(line.clone()));
    }
    bench.send(Request::Open(meeting));
    bench.send(Request::Previous(meeting));
    bench.send(Request::Examined(Vec::new()));
    bench.send(Request::Open(samples::mint(99).id()));
    for line in &lines {
        assert_eq!(bench.next(), Answer::Committed { edit: line.edit.id });
    }
    match bench.next() {
        Answer::Opened { meeting, journal, previous } => {
            assert_eq!((meeting.dossier.nodes.len(), journal.len(), previous.len()), (5, 6, 0));
            assert_eq!(journal[1..], lines);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(bench.next(), Answer::Previous { meeting, actions: Vec::new() });
    assert_eq!(bench.next(), Answer::Checked(Vec::new()));
    assert_eq!(bench.next(), Answer::Missing(samples::mint(99).id()));
    assert!(bench.worker.finish().is_empty());
}

#[test]
fn 空きがない間は順に待ち空けば全部保存する() {
    let bench = bench(Access::Write);
    let meeting = bench.meeting();
    let lines: Vec<JournalEntry> = (10..14).map(|n| word(n, meeting)).collect();
    bench.send(Request::Limit(1));
    for (line, expected) in lines.iter().zip(1..) {
        bench.send(Request::Commit(line.clone()));
        match bench.next() {
            Answer::Failed { message, waiting } => {
                assert_eq!(waiting, expected);
                assert!(message.contains("空き"), "{message}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(stands(&bench.dir, meeting).len(), 1);
    bench.send(Request::Limit(100_000));
    for line in &lines {
        assert_eq!(bench.next(), Answer::Committed { edit: line.edit.id });
    }
    assert_eq!(stands(&bench.dir, meeting)[1..], lines);
    assert!(bench.worker.finish().is_empty());
}

/// What is opened, and how many actions it looks back at.
fn opened(bench: &Bench, meeting: Id<Meeting>) -> (Dossier, Vec<JournalEntry>, Vec<OpenAction>) {
    bench.send(Request::Open(meeting));
    loop {
        match bench.next() {
            Answer::Opened { meeting, journal, previous } => return (meeting.dossier, journal, previous),
            Answer::Failed { .. } => {}
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn 保存を待つことばは開き直しても見え上書きされない() {
    let bench = bench(Access::Write);
    let (mut dossier, lines) = samples::full_meeting(2);
    for line in &lines {
        bench.send(Request::Commit(line.clone()));
        assert!(matches!(bench.next(), Answer::Committed { .. }));
    }
    // A later meeting of the same case looks back at the plan of the first.
    let (case, id) = (dossier.case.clone().unwrap(), dossier.meeting.id);
    let later = Meeting { case: Some(case.id), ..samples::meeting(samples::mint(80).id()) };
    let line = |n: u64, meeting, changes| samples::line(&mut samples::mint(n), Some(meeting), changes);
    bench.send(Request::Commit(line(81, later.id, vec![Change::add(later.clone())])));
    assert!(matches!(bench.next(), Answer::Committed { .. }));

    bench.send(Request::Limit(1));
    let node = dossier.nodes.values().next().unwrap().clone();
    let action = dossier.actions.values().next().unwrap().clone();
    let long = "直した".repeat(30_000);
    let changes = [
        (id, Change::replace(node.clone(), crate::domain::Node { text: long, ..node })),
        // What belongs to the first meeting, written in the second.
        (later.id, Change::replace(action.clone(), Action { outcome: "済んだ".to_owned(), ..action })),
        (later.id, Change::replace(case.clone(), Case { gist: "退院後".to_owned(), ..case })),
    ];
    for (n, (meeting, change)) in (90..).zip(&changes) {
        dossier.apply(change).unwrap();
        bench.send(Request::Commit(line(n, *meeting, vec![change.clone()])));
    }
    let (seen, journal, _) = opened(&bench, id);
    assert!(seen == dossier);
    assert_eq!((journal.len(), journal[2].edit.changes[0] == changes[0].1), (3, true));
    let (seen, journal, previous) = opened(&bench, later.id);
    assert_eq!((seen.case, journal.len()), (dossier.case.clone(), 3));
    assert_eq!(previous[0].action.outcome, "済んだ");
    // A meeting that does not stand on the disk at all.
    let (new, lines) = samples::full_meeting(3);
    for line in &lines {
        bench.send(Request::Commit(line.clone()));
    }
    assert_eq!(opened(&bench, new.meeting.id).0, new);
    let home = |bench: &Bench| {
        bench.send(Request::Home);
        std::iter::from_fn(|| Some(bench.next())).find_map(|answer| match answer {
            Answer::Home(home) => Some((home.summaries, home.case_codes)),
            _ => None,
        })
    };
    let listed = home(&bench).unwrap();
    assert_eq!((listed.0.len(), listed.1.len()), (4, 2));
    bench.send(Request::Limit(100_000));
    bench.send(Request::Open(id));
    let stands = std::iter::from_fn(|| Some(bench.next())).find_map(|answer| match answer {
        Answer::Opened { meeting, .. } => Some(meeting.dossier),
        Answer::Refused { message, .. } => panic!("{message}"),
        _ => None,
    });
    assert!(stands.unwrap() == dossier, "it becomes what was shown");
    assert_eq!(home(&bench).unwrap(), listed);
    assert!(bench.worker.finish().is_empty());
}

#[test]
fn 頼まれなくても二秒ごとにもう一度試し知らせは一度だけ() {
    let bench = bench(Access::Write);
    let meeting = bench.meeting();
    let other = rusqlite::Connection::open(bench.dir.path().join(super::super::DATABASE)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let line = word(10, meeting);
    bench.send(Request::Commit(line.clone()));
    assert!(matches!(bench.next(), Answer::Failed { waiting: 1, .. }));
    assert!(bench.answers.recv_timeout(RETRY * 2).is_err(), "nothing new, nothing said");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(bench.next(), Answer::Committed { edit: line.edit.id });
    assert!(bench.worker.finish().is_empty());
}

#[test]
fn 保存できないまま終えると返ってくる() {
    let bench = bench(Access::Write);
    let meeting = bench.meeting();
    bench.send(Request::Limit(1));
    let lines: Vec<JournalEntry> = (10..13).map(|n| word(n, meeting)).collect();
    for line in &lines {
        bench.send(Request::Commit(line.clone()));
    }
    assert_eq!(bench.worker.finish(), lines);
}

#[test]
fn 手放しても頼んだことは済む() {
    let bench = bench(Access::Write);
    let meeting = bench.meeting();
    let lines: Vec<JournalEntry> = (10..30).map(|n| word(n, meeting)).collect();
    for line in &lines {
        bench.send(Request::Commit(line.clone()));
    }
    bench.send(Request::Bookmark("ここ".to_owned()));
    drop(bench.worker);
    assert_eq!(stands(&bench.dir, meeting)[1..], lines);
    let store = Store::open(bench.dir.path(), Access::Write).unwrap();
    assert_eq!(store.bookmark().unwrap().as_deref(), Some("ここ"));
}

#[test]
fn 係が倒れても預けたことばは残りその事を言う() {
    let bench = bench(Access::Write);
    let meeting = bench.meeting();
    let (saved, bad) =
        (word(10, meeting), JournalEntry { meeting: None, ..word(11, samples::mint(99).id()) });
    for line in [&saved, &bad] {
        bench.send(Request::Commit(line.clone()));
        bench.next();
    }
    bench.send(Request::Panic);
    // On its way when it happened, or after it: nobody knows.
    let _ = bench.worker.send(Request::Commit(word(12, meeting)));
    assert!(matches!(bench.next(), Answer::Stopped { message } if message.contains("止まりました")));
    assert!(bench.worker.send(Request::Commit(word(13, meeting))).is_err());
    let left = [bad, word(12, meeting), word(13, meeting)];
    assert_eq!(bench.worker.unsaved().lines(), left);
    assert_eq!(bench.worker.finish(), left);
    assert_eq!(stands(&bench.dir, meeting)[1..], [saved]);
}

#[test]
fn 残ったことばは書いた順に返る() {
    let bench = bench(Access::Write);
    let meeting = bench.meeting();
    bench.send(Request::Limit(1));
    // A clock that was set back gives later edits smaller ids.
    let lines = [word(12, meeting), word(11, meeting), word(10, meeting)];
    for line in &lines {
        bench.send(Request::Commit(line.clone()));
    }
    assert_eq!(bench.worker.finish(), lines);
}

#[test]
fn 合わない変更は後の変更を待たせない() {
    let bench = bench(Access::Write);
    let meeting = bench.meeting();
    let bad = JournalEntry { meeting: None, ..word(10, samples::mint(99).id()) };
    let good = word(11, meeting);
    bench.send(Request::Commit(bad.clone()));
    bench.send(Request::Commit(good.clone()));
    assert!(matches!(bench.next(), Answer::Refused { line, .. } if line == bad));
    assert_eq!(bench.next(), Answer::Committed { edit: good.edit.id });
    assert_eq!(bench.worker.finish(), [bad]);
}

#[test]
fn 閲覧では保存を断って読むことはできる() {
    let bench = bench(Access::Look);
    let meeting = bench.meeting();
    let line = word(10, meeting);
    bench.send(Request::Commit(line.clone()));
    match bench.next() {
        Answer::Refused { line: refused, message } => {
            assert_eq!(refused, line);
            assert!(message.contains("見るだけ"), "{message}");
        }
        other => panic!("{other:?}"),
    }
    bench.send(Request::Bookmark("どこ".to_owned()));
    bench.send(Request::Open(meeting));
    assert!(matches!(bench.next(), Answer::Opened { .. }));
    assert_eq!(bench.worker.finish(), [line]);
}

#[test]
fn 断られた変更のしおりも残る() {
    let bench = bench(Access::Write);
    let meeting = bench.meeting();
    let bad = JournalEntry { meeting: None, ..word(10, samples::mint(99).id()) };
    for (line, mark) in [(word(11, meeting), "一"), (bad, "二")] {
        bench.send(Request::CommitAt(line, mark.to_owned()));
        bench.next();
        bench.send(Request::Home);
        match bench.next() {
            Answer::Home(home) => assert_eq!(home.bookmark.as_deref(), Some(mark)),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn しおりは一番新しいものだけが残る() {
    let bench = bench(Access::Write);
    for n in 0..200 {
        bench.send(Request::Bookmark(format!("{n}")));
    }
    bench.send(Request::Home);
    match bench.next() {
        Answer::Home(home) => assert_eq!(home.bookmark.as_deref(), Some("199")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn よく似た課題はほかの会議からも書いたばかりでも見つかる() {
    let bench = bench(Access::Write);
    let (mut mint, here) = (samples::mint(70), samples::new_meeting(70));
    let there = samples::new_meeting(71);
    let (at, other) = (here.meeting.unwrap(), there.meeting.unwrap());
    let issue = |mint: &mut crate::domain::IdSource, meeting, words: &str| RegionalIssue {
        confirmed: true,
        ..RegionalIssue::new(mint.id(), meeting, words)
    };
    let first = issue(&mut mint, other, "夜間に服薬を見守る人が足りない");
    let own = issue(&mut mint, at, "夜に服薬を見守る人が足りない");
    let add = |mint: &mut crate::domain::IdSource, r: &RegionalIssue| {
        samples::line(mint, Some(r.meeting), vec![Change::add(r.clone())])
    };
    for line in [here, there, add(&mut mint, &first), add(&mut mint, &own)] {
        bench.send(Request::Commit(line));
    }
    let found = |words: &str| {
        let (words, shown) = (words.to_owned(), vec![first.id]);
        bench.send(Request::Alike { words, meeting: at, shown });
        loop {
            if let Answer::Alike { found, shown, .. } = bench.next() {
                assert_eq!(shown.iter().map(|e| e.issue.id).collect::<Vec<_>>(), [first.id]);
                return found.into_iter().map(|e| e.issue.statement).collect::<Vec<_>>();
            }
        }
    };
    assert_eq!(found("服薬を見守る人が"), std::slice::from_ref(&first.statement), "its own are left out");
    assert_eq!(found("除雪の担い手"), Vec::<String>::new());
    // What nobody has read for personal detail is not shown to another room, though the index stands already.
    let unread = RegionalIssue {
        confirmed: false,
        ..issue(&mut mint, other, "佐藤家の除雪の担い手がいない")
    };
    bench.send(Request::Commit(add(&mut mint, &unread)));
    assert_eq!(found("除雪の担い手"), Vec::<String>::new());
    let read = RegionalIssue {
        confirmed: true, statement: "除雪の担い手がいない".into(), ..unread.clone()
    };
    let change = |mint: &mut crate::domain::IdSource, change| samples::line(mint, Some(other), vec![change]);
    bench.send(Request::Commit(change(&mut mint, Change::replace(unread.clone(), read.clone()))));
    assert_eq!(found("除雪の担い手"), std::slice::from_ref(&read.statement));
    bench.send(Request::Commit(change(&mut mint, Change::replace(read, unread))));
    assert_eq!(found("除雪の担い手"), Vec::<String>::new());
    // What is written while the index stands is in it as well.
    let second = issue(&mut mint, other, "服薬を見守る家族がいない");
    bench.send(Request::Commit(add(&mut mint, &second)));
    assert_eq!(found("服薬を見守る").len(), 2);
    let gone = samples::line(&mut mint, Some(other), vec![Change::remove(second)]);
    bench.send(Request::Commit(gone));
    assert_eq!(found("服薬を見守る"), std::slice::from_ref(&first.statement));
}

/// What the worker says last about what waits, until a line stands or one is refused.
fn told(bench: &Bench, words: &str) {
    let said = |answer| matches!(answer, Answer::Failed { message, .. } if message.contains(words));
    assert!(std::iter::from_fn(|| bench.answers.recv_timeout(SOON).ok()).any(said), "{words}");
}

fn committed(bench: &Bench, line: &JournalEntry) {
    let edit = line.edit.id;
    let stands = |answer| answer == Answer::Committed { edit };
    assert!(std::iter::from_fn(|| bench.answers.recv_timeout(SOON).ok()).any(stands));
}

#[cfg(unix)]
#[test]
fn フォルダーが消えても何も作らず同じものがもどれば続きを保存する() {
    use std::fs;
    // Moved away and back; or away, and a copy of it comes back, as from another drive.
    for is_copy in [false, true] {
        let bench = bench(Access::Write);
        let meeting = bench.meeting();
        let (home, away) = (bench.dir.path().to_owned(), tempfile::tempdir().unwrap());
        let away = away.path().join("離れた所");
        let (first, second) = (word(10, meeting), word(11, meeting));
        bench.send(Request::Commit(first.clone()));
        committed(&bench, &first);
        fs::rename(&home, &away).unwrap();
        bench.send(Request::Commit(second.clone()));
        told(&bench, "見つかりません");
        assert!(!home.exists(), "nothing is made in its place");
        // Other records come to lie there, then older ones.
        drop(Store::open(&home, Access::Write).unwrap());
        told(&bench, "別の記録があります");
        let before = fs::read(home.join("jirei.db")).unwrap();
        std::thread::sleep(RETRY + RETRY / 2);
        assert!(fs::read(home.join("jirei.db")).unwrap() == before, "they are left alone");
        assert!(!home.join("jirei.db-journal").exists());
        fs::remove_dir_all(&home).unwrap();
        if is_copy {
            fs::create_dir(&home).unwrap();
            fs::copy(away.join("jirei.db"), home.join("jirei.db")).unwrap();
        } else {
            fs::rename(&away, &home).unwrap();
        }
        committed(&bench, &second);
        let third = word(12, meeting);
        bench.send(Request::Commit(third.clone()));
        committed(&bench, &third);
        assert_eq!(stands(&bench.dir, meeting)[1..], [first, second, third]);
        // The lock lies where the records lie: nobody else writes in them.
        assert!(Store::open(&home, Access::Write).is_err());
        assert!(bench.worker.finish().is_empty());
    }
}

#[test]
fn 待つことばの会議はディスクが離れても丸ごと残る() {
    let bench = bench(Access::Write);
    let (before, lines) = samples::full_meeting(2);
    for line in &lines {
        bench.send(Request::Commit(line.clone()));
        committed(&bench, line);
    }
    let id = before.meeting.id;
    let stamps =
        |bench: &Bench| Store::open(bench.dir.path(), Access::Look).unwrap().stamped(id).unwrap().unwrap();
    let known = stamps(&bench);
    bench.send(Request::Limit(1));
    let line = word(50, id);
    bench.send(Request::Commit(line.clone()));
    told(&bench, "空き");
    let rescued = bench.worker.unsaved().rescued();
    assert_eq!(rescued.lines, std::slice::from_ref(&line));
    let [whole] = rescued.meetings.as_slice() else { panic!("{:?}", rescued.meetings.len()) };
    let mut expected = before.clone();
    expected.apply_all(&line.edit.changes).unwrap();
    assert!(whole.dossier == expected);
    let old = |key: &crate::domain::Key| whole.stamps.standing.get(key) == known.stamps.standing.get(key);
    assert!(known.stamps.standing.keys().all(old) && !known.stamps.standing.is_empty());
    // Put back where nothing of it is, it stands whole; a second time nothing changes.
    let other = tempfile::tempdir().unwrap();
    let mut store = Store::open(other.path(), Access::Write).unwrap();
    let now = crate::domain::Now { at: samples::moment(), seed: 77 };
    let returned = store.put_back(&rescued, now).unwrap();
    assert!(returned.is_whole() && returned.backs[0].whole, "{returned:?}");
    assert!(store.dossier(id).unwrap().unwrap() == expected);
    let journal = store.journal(id).unwrap();
    let again = store.put_back(&rescued, crate::domain::Now { at: samples::moment(), seed: 78 }).unwrap();
    assert!(again.backs.iter().all(|back| back.count == 0), "{again:?}");
    assert_eq!(store.journal(id).unwrap(), journal);
    // Where an older copy of it stands, the words in between come back as well.
    let older = tempfile::tempdir().unwrap();
    let mut store = Store::open(older.path(), Access::Write).unwrap();
    store.commit(&lines[0]).unwrap();
    assert!(store.put_back(&rescued, now).unwrap().is_whole());
    assert!(store.dossier(id).unwrap().unwrap() == expected);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn 断られた変更は控えの会議を新しく見せない() {
    let bench = bench(Access::Write);
    let (before, lines) = samples::full_meeting(2);
    for line in &lines {
        bench.send(Request::Commit(line.clone()));
        committed(&bench, line);
    }
    let node = before.nodes.values().next().unwrap().clone();
    let other = crate::domain::Node { text: "ほかの手で".to_owned(), ..node.clone() };
    let change = Change::replace(other.clone(), crate::domain::Node { text: "合わない".to_owned(), ..node });
    let line = samples::line(&mut samples::mint(60), Some(before.meeting.id), vec![change]);
    bench.send(Request::Commit(line.clone()));
    assert!(matches!(bench.next(), Answer::Refused { .. }));
    let rescued = bench.worker.unsaved().rescued();
    assert_eq!(rescued.lines, [line]);
    let known = Store::open(bench.dir.path(), Access::Look).unwrap().stamped(before.meeting.id).unwrap();
    assert!(rescued.meetings == [known.unwrap()]);
}

#[test]
fn 書く仕事は待つことばを追いこさない() {
    let bench = bench(Access::Write);
    let meeting = bench.meeting();
    let (sender, lent) = channel();
    let job = || {
        let sender = sender.clone();
        Request::Work(WriteJob::new(move |store: Option<&mut Store>| {
            let _ = sender.send(store.is_some());
        }))
    };
    bench.send(job());
    assert!(lent.recv_timeout(SOON).unwrap());
    bench.send(Request::Limit(1));
    bench.send(Request::Commit(word(10, meeting)));
    bench.send(job());
    assert!(!lent.recv_timeout(SOON).unwrap());
}

#[test]
fn 見るだけのときは_もう一方が書いたことも終えたことも聞こえる() {
    let bench = bench(Access::Look);
    let meeting = bench.meeting();
    assert_eq!(bench.answers.recv_timeout(2 * FOLLOW).ok(), None, "nobody writes");
    let mut other = Store::open(bench.dir.path(), Access::Write).unwrap();
    assert_eq!(bench.next(), Answer::Writes(true));
    other.commit(&word(2, meeting)).unwrap();
    assert_eq!(bench.next(), Answer::Changed);
    bench.send(Request::Follow(meeting));
    let Answer::Followed { meeting: seen, .. } = bench.next() else { panic!("the meeting") };
    assert_eq!(seen.dossier.nodes.len(), 1);
    other.set_bookmark("しおり").unwrap();
    drop(other);
    let mut heard = vec![bench.next(), bench.next()];
    heard.sort_by_key(|answer| *answer == Answer::Changed);
    assert_eq!(heard, [Answer::Writes(false), Answer::Changed]);
    assert_eq!(bench.answers.recv_timeout(2 * FOLLOW).ok(), None, "each is said once");
}
