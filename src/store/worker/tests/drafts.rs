//! Lines and bookmarks in any order, on a disk that fails and recovers: whenever the end comes, the newest draft is there.

use super::*;

/// What comes to the worker one after the other.
#[derive(Debug, Clone, Copy)]
enum Step {
    Line,
    LineWithMark,
    Refused,
    Mark,
    Full,
    Room,
    /// The thread comes to save, or tries again.
    Turn,
}

impl Step {
    /// What it hands in; none where it is the worker's turn.
    fn request(self, n: u64, meeting: Id<Meeting>) -> Option<Request> {
        let mark = format!("書きかけ{n}");
        Some(match self {
            Step::Line => Request::Commit(word(n, meeting)),
            Step::LineWithMark => Request::CommitAt(word(n, meeting), mark),
            Step::Refused => {
                Request::CommitAt(JournalEntry { meeting: None, ..word(n, samples::mint(99).id()) }, mark)
            }
            Step::Mark => Request::Bookmark(mark),
            Step::Full => Request::Limit(1),
            Step::Room => Request::Limit(100_000),
            Step::Turn => return None,
        })
    }
}

/// Hands it all in; each time a line stands, the end may come: then the newest draft before the next line is there.
fn drafts_come_back(steps: &[Step]) {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), Access::Write).unwrap();
    store.commit(&samples::new_meeting(1)).unwrap();
    let meeting = store.home(9, 9).unwrap().summaries[0].id;
    let unsaved = Unsaved::default();
    // The lines with what was handed in before the next one: its newest mark.
    let handed = std::cell::RefCell::new(vec![(None, None::<String>)]);
    let (saved, path) = (std::cell::Cell::new(0), dir.path().to_owned());
    let stands = || {
        let connection = rusqlite::Connection::open(path.join(crate::store::DATABASE)).unwrap();
        connection
            .query_row("SELECT max(text) FROM bookmark", [], |row| row.get::<_, Option<String>>(0))
            .unwrap()
    };
    let answer = |answer: Answer| {
        if let Answer::Committed { edit } = answer {
            let handed = handed.borrow();
            let at = handed.iter().position(|(line, _)| *line == Some(edit)).unwrap();
            let newest = handed[..=at].iter().rev().find_map(|(_, mark)| mark.clone());
            assert_eq!(stands(), newest, "{steps:?}");
            saved.set(saved.get() + 1);
        }
    };
    let mut desk = Desk::new(store, crate::domain::people::tests::lists(), answer, unsaved.clone());
    for (n, step) in (10..).zip(steps) {
        let Some(request) = step.request(n, meeting) else {
            desk.save();
            continue;
        };
        let (line, mark) = match &request {
            Request::Commit(line) => (Some(line), None),
            Request::CommitAt(line, mark) => (Some(line), Some(mark)),
            Request::Bookmark(mark) => (None, Some(mark)),
            _ => (None, None),
        };
        handed.borrow_mut().extend(line.map(|line| (Some(line.edit.id), None)));
        if let (Some(mark), Some(last)) = (mark, handed.borrow_mut().last_mut()) {
            last.1 = Some(mark.clone());
        }
        unsaved.hand_in(line, mark.map(String::as_str));
        desk.take(request);
        // Whatever does not stand is in the file for it: every line, and the newest draft.
        let rescued = unsaved.rescued();
        assert_eq!(rescued.lines.len() + saved.get(), handed.borrow().len() - 1, "{steps:?}");
        let newest = handed.borrow().iter().rev().find_map(|(_, mark)| mark.clone());
        assert_eq!(rescued.bookmark.clone().or_else(stands), newest, "{steps:?}");
    }
    desk.take(Request::Limit(100_000));
    desk.save();
    assert_eq!(stands(), handed.borrow().iter().rev().find_map(|(_, mark)| mark.clone()), "{steps:?}");
    assert_eq!(unsaved.rescued().bookmark, None);
}

#[test]
fn たまったことばの途中で止まっても書きかけは最後に保存した所のものがもどる() {
    use Step::{Full, Line, LineWithMark, Mark, Refused, Room, Turn};
    for steps in [
        &[Full, LineWithMark, LineWithMark, Mark, Line, LineWithMark, Room, Turn][..],
        &[Full, LineWithMark, Mark, LineWithMark, Turn, Mark, Room, LineWithMark, Turn],
        &[Mark, Line, LineWithMark, Mark, Turn],
        &[Full, Mark, Turn, Line, Refused, Line, Room, Turn, Mark, Turn],
        &[LineWithMark, Refused, Turn, Refused, LineWithMark, Refused, Turn],
    ] {
        drafts_come_back(steps);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 24, ..Default::default() })]

    #[test]
    fn どの順に書き失敗し止まっても書きかけはもどるか控えにある(
        steps in proptest::collection::vec(proptest::sample::select(vec![
            Step::Line, Step::LineWithMark, Step::LineWithMark, Step::Refused, Step::Mark, Step::Mark, Step::Full, Step::Room, Step::Turn,
        ]), 1..14),
    ) {
        drafts_come_back(&steps);
    }
}
