//! Nothing is written before the file was looked through, and nothing into a damaged one.

use super::*;

#[test]
fn 調べ終わるまで書かずに待ち無事なら順に保存する() {
    let bench = bench(Access::Write);
    let meeting = bench.meeting();
    bench.send(Request::Hold);
    let lines: Vec<JournalEntry> = (10..13).map(|n| word(n, meeting)).collect();
    for line in &lines {
        bench.send(Request::CommitAt(line.clone(), "書きかけ".to_owned()));
    }
    // What waits is seen all the same.
    bench.send(Request::Open(meeting));
    assert!(matches!(bench.next(), Answer::Opened { meeting, .. } if meeting.dossier.nodes.len() == 3));
    assert_eq!(stands(&bench.dir, meeting).len(), 1);
    bench.send(Request::Examined(Vec::new()));
    assert_eq!(bench.next(), Answer::Checked(Vec::new()));
    for line in &lines {
        assert_eq!(bench.next(), Answer::Committed { edit: line.edit.id });
    }
    assert!(bench.worker.finish().is_empty());
}

#[test]
fn 壊れていると分かったら一字も書かずことばを返す() {
    let bench = bench(Access::Write);
    let meeting = bench.meeting();
    bench.send(Request::Hold);
    let before = std::fs::read(bench.dir.path().join(crate::store::DATABASE)).unwrap();
    let (first, second) = (word(10, meeting), word(11, meeting));
    bench.send(Request::CommitAt(first.clone(), "書きかけ".to_owned()));
    let found = vec!["表 nodes の 1: 書いたときと違っています".to_owned()];
    bench.send(Request::Examined(found.clone()));
    assert_eq!(bench.next(), Answer::Checked(found));
    bench.send(Request::CommitAt(second.clone(), "書きかけ".to_owned()));
    bench.send(Request::Bookmark("書きかけ".to_owned()));
    for line in [&first, &second] {
        match bench.next() {
            Answer::Refused { line: back, message } => {
                assert_eq!(back, *line);
                assert!(message.contains("壊れている"), "{message}");
            }
            other => panic!("{other:?}"),
        }
    }
    let path = bench.dir.path().join(crate::store::DATABASE);
    let Bench { worker, dir: _dir, .. } = bench;
    assert_eq!(worker.finish(), [first, second]);
    assert_eq!(std::fs::read(path).unwrap(), before);
}

#[test]
fn 調べ終わる前に終えるときは自分で調べてから保存する() {
    for damaged in [false, true] {
        let bench = bench(Access::Write);
        let meeting = bench.meeting();
        let path = bench.dir.path().join(crate::store::DATABASE);
        bench.send(Request::Hold);
        if damaged {
            let other = rusqlite::Connection::open(&path).unwrap();
            other.execute("UPDATE journal SET label = 'ほか'", []).unwrap();
        }
        let line = word(10, meeting);
        bench.send(Request::Commit(line.clone()));
        let Bench { worker, dir, .. } = bench;
        assert_eq!(worker.finish(), if damaged { vec![line] } else { Vec::new() });
        let lines = Store::open(dir.path(), Access::Look).unwrap();
        let count: i64 =
            lines.connection.query_row("SELECT count(*) FROM journal", [], |row| row.get(0)).unwrap();
        assert_eq!(count, if damaged { 1 } else { 2 });
    }
}
