//! The command line from outside: every subcommand, bad input, exit statuses. Nothing here has a terminal.

use crate::support;

use std::fs;
use std::path::{Path, PathBuf};

use jirei::domain::{
    Act, Action, Case, Change, Dossier, Edit, History, Id, IdSource, JournalEntry, Meeting, Node, Now,
    Participant, RecordVersions,
};
use jirei::export::{Format, json, sample};
use jirei::store::{Access, Store};
use support::room::{Room, sample_file};

#[test]
fn 説明は日本語で出る() {
    let room = Room::new();
    for (name, words) in [
        ("help", &["--help"][..]),
        ("help_export", &["export", "--help"]),
        ("help_import", &["import", "-h"]),
    ] {
        let (status, out, error) = room.run(words);
        assert_eq!((status, error.as_str()), (0, ""));
        for english in ["Usage", "Options", "Commands", "Print", "possible"] {
            assert!(!out.contains(english), "{english} in {out}");
        }
        insta::assert_snapshot!(name, out);
    }
    assert_eq!(room.run(&["-V"]).1, format!("jirei {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn 違う使い方は二で終わり近いものを言う() {
    let room = Room::new();
    for (words, said) in [
        (&["--dta", "x"][..], "「--data」のことですか"),
        (&["lst"], "「list」のことですか"),
        (&["export", "last", "--format", "jso"], "「json」のことですか"),
        (
            &["export", "last", "--format", "odt"],
            "使えるのは pdf、docx、xlsx、pdf-a3、html、pptx、png、svg、md、csv、tsv、outline、json です",
        ),
        (&["export", "last"], "「--format 形式」が足りません"),
        (&["show"], "「会議」が足りません"),
        (&["show", "a", "b"], "「b」は余分です"),
        (&["import"], "が足りません"),
        (&["--data"], "値が要ります"),
        (&["formats", "chek"], "「check」のことですか"),
        (&["purge", "2026"], "「purge」というサブコマンドはありません"),
    ] {
        let (status, out, error) = room.run(words);
        assert_eq!((status, out.as_str()), (2, ""), "{words:?}");
        assert!(error.contains(said) && error.lines().count() == 1, "{words:?}: {error}");
    }
    assert!(!room.folder.path().join("data").exists());
}

#[test]
fn 二度書いたことや使われないことは黙って捨てない() {
    let room = Room::with_sample();
    let twice: [&[&str]; 9] = [
        &["review", "2026", "--town", "山の町", "--town", "海の町"],
        &["--data", "x", "--data", "y", "list"],
        &["--data", "x", "list", "--data", "y"],
        &["--config", "x", "formats", "check", "a.toml", "--config", "y"],
        &["issues", "--scene", "看取り", "--scene", "急変時の対応"],
        &["issues", "--year", "2025", "--year", "2026"],
        &["export", "last", "--format", "md", "--format", "json"],
        &["export", "last", "--format", "md", "--out", "a.md", "--out", "b.md"],
        &["import", "a.csv", "--meeting", "last", "--meeting", "2026-05-21"],
    ];
    for words in twice {
        let (status, out, error) = room.run(words);
        assert_eq!((status, out.as_str()), (2, ""), "{words:?}");
        assert!(error.contains("一度だけ") && error.lines().count() == 1, "{words:?}: {error}");
    }
    let unused: [(&[&str], &str); 9] = [
        (&["issues", "--force"], "「--format 形式」が足りません"),
        (&["issues", "--out", "a.csv"], "「--format 形式」が足りません"),
        (&["issues", "--encoding", "shift_jis"], "csv と tsv だけです"),
        (&["review", "2026", "--mask", "5"], "「--format 形式」が足りません"),
        (&["review", "2026", "--no-mask"], "「--format 形式」が足りません"),
        (
            &["review", "2026", "--no-mask", "--mask", "5", "--format", "md"],
            "「--no-mask」と「--mask 人数」は",
        ),
        (&["review", "2026", "--by-town", "--town", "山の町"], "どちらか一つ"),
        (&["list", "--json", "--conflicts"], "「--json」と「--conflicts」は、どちらか一つ"),
        (&["demo", "--data", "x"], "「--data」は demo では使えません"),
    ];
    for (words, said) in unused {
        let (status, out, error) = room.run(words);
        assert_eq!((status, out.as_str()), (2, ""), "{words:?}");
        assert!(error.contains(said) && error.lines().count() == 1, "{words:?}: {error}");
    }
    // Before the subcommand or after it is one place as good as the other, and words to look for are all looked for.
    let elsewhere = room.folder.path().join("data");
    for words in
        [["--data", elsewhere.to_str().unwrap(), "list"], ["list", "--data", elsewhere.to_str().unwrap()]]
    {
        assert!(room.run(&words).1.contains("山の町"), "{words:?}");
    }
    let found = |words: &[&str]| room.run(&[&["issues"], words].concat()).1;
    let both = found(&["--search", "見込み", "--search", "処方"]);
    assert_eq!(both, found(&["--search", "見込み 処方"]));
    assert_ne!(both, found(&["--search", "見込み"]));
    assert_ne!(both, found(&["--search", "処方"]));
}

#[test]
fn 端末がなければ画面は開かない() {
    let room = Room::new();
    for words in [&[][..], &["demo"]] {
        let (status, _, error) = room.run(words);
        assert_eq!(status, 1);
        assert!(error.contains("端末") && error.lines().count() == 1, "{error}");
    }
}

#[test]
fn 取り込んだ会議は書き出すと同じもの() {
    let room = Room::with_sample();
    assert!(room.exported() == fs::read(sample_file()).unwrap());
    assert_eq!(json::read(&room.exported()).unwrap(), support::case_a::dossier());
}

#[test]
fn 二度取り込んでも何も変わらない() {
    let room = Room::with_sample();
    let before = room.exported();
    let (status, out, _) = room.run(&["import", sample_file().to_str().unwrap()]);
    assert_eq!(status, 0);
    assert!(out.contains("何も変えていません"), "{out}");
    assert_eq!(room.exported(), before);
    let (_, list, _) = room.run(&["list", "--json"]);
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&list).unwrap().len(), 1);
}

#[test]
fn いつ書かれたか分からない違うことばは控えて今の記録を残す() {
    let room = Room::with_sample();
    let before = room.exported();
    let mut other = sample::case_a().unwrap();
    other.meeting.title = "別の題".into();
    let file = room.file("other.json", json::render(&other, &RecordVersions::default()).unwrap());
    let words = ["import", file.to_str().unwrap()];
    let (status, out, error) = room.run(&words);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(out.contains("取り込んだファイル 別の題（時刻不明）") && out.contains("こちらを残し"), "{out}");
    assert_eq!(room.exported(), before);
    let listed = room.run(&["list", "--conflicts"]).1;
    assert!(listed.contains("別の題") && listed.lines().count() == 1, "{listed}");
    // The same file says nothing new.
    let (_, out, _) = room.run(&words);
    assert!(out.contains("何も変えていません") && !out.contains("別の題"), "{out}");
    assert_eq!(room.run(&["list", "--conflicts"]).1, listed);
}

#[test]
fn 範囲の外の時刻は断り会議は開けるまま() {
    let room = Room::with_sample();
    let before = room.exported();
    let text =
        String::from_utf8(json::render(&sample::case_a().unwrap(), &RecordVersions::default()).unwrap())
            .unwrap();
    // Another meeting, so that nothing but the moment can be in the way.
    let meeting = sample::case_a().unwrap().meeting.id.to_string();
    let text = text.replace(&meeting, "0197aaaa-0000-7000-8000-000000000001");
    let far = text.replacen("\"at\": \"2026", "\"at\": \"+12026", 1);
    assert_ne!(far, text);
    let file = room.file("far.json", far.into_bytes());
    let (status, _, error) = room.run(&["import", file.to_str().unwrap()]);
    assert_eq!(status, 1);
    assert!(error.contains("12026年になっています") && error.contains("何も変えていません"), "{error}");
    let node = sample::case_a().unwrap().nodes.values().next().unwrap().clone();
    let far = rescue_file(&room, "+12026-05-21T15:00:00+09:00", vec![Change::remove(node)]);
    let (status, _, error) = room.run(&["import", far.to_str().unwrap()]);
    assert!(status == 1 && error.contains("12026年"), "{error}");
    assert_eq!(room.exported(), before);
}

/// A rescue file with these changes of the sample meeting, each an edit of its own.
fn rescue_file(room: &Room, at: &str, changes: Vec<Change>) -> PathBuf {
    let at = at.parse().unwrap();
    let meeting = sample::case_a().unwrap().meeting.id;
    let mut mint = Now { at, seed: 5 }.ids();
    let lines = changes.into_iter().map(|change| {
        let edit = Edit { id: mint.id(), at, label: "枝を足す".into(), changes: vec![change] };
        JournalEntry { edit, meeting: Some(meeting), act: Act::Do }
    });
    room.file("未保存-1.json", json::render_unsaved(&lines.collect::<Vec<_>>().into()).unwrap())
}

#[test]
fn 控えを取り込むと保存できなかったことばが戻り二度目は何も変えない() {
    let room = Room::with_sample();
    let sample = sample::case_a().unwrap();
    let mut nodes = sample.nodes.values().cloned();
    let (old, gone) = (nodes.next().unwrap(), nodes.next_back().unwrap());
    let mended = Node { text: "直したことば".into(), ..old.clone() };
    let mut mint = Now { at: "2026-05-21T15:00:00+09:00".parse().unwrap(), seed: 9 }.ids();
    let new = Node { id: mint.id(), text: "新しいことば".into(), ..old.clone() };
    // It could not be saved because what it hangs on was not there.
    let orphan =
        Node { id: mint.id(), parent: Some(mint.id()), text: "親のない枝".into(), ..old.clone() };
    let action = sample.actions.values().next().unwrap().clone();
    let file = rescue_file(
        &room,
        "2026-05-21T15:00:00+09:00",
        vec![
            Change::replace(old.clone(), mended.clone()),
            Change::add(new.clone()),
            Change::add(orphan.clone()),
            Change::replace(gone.clone(), Node { text: "二度直した".into(), ..gone.clone() }),
            Change::remove(action.clone()),
        ],
    );
    let words = ["import", file.to_str().unwrap()];
    let (status, out, error) = room.run(&words);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(out.contains("5件を戻しました"), "{out}");
    let exported = room.exported();
    let back = json::read(&exported).unwrap();
    assert_eq!(
        (&back.nodes[&old.id], &back.nodes[&new.id], &back.nodes[&orphan.id]),
        (&mended, &new, &orphan)
    );
    assert!(!back.actions.contains_key(&action.id));
    assert_eq!(room.run(&["check"]).0, 0, "a twig that hangs on nothing is no damage: it may come later");
    let (_, out, _) = room.run(&words);
    assert!(out.contains("何も変えていません"), "{out}");
    assert_eq!(room.exported(), exported);
}

#[test]
fn 控えより新しい記録はそのまま残り取り込みは元に戻せる() {
    let room = Room::with_sample();
    let sample = sample::case_a().unwrap();
    let old = sample.nodes.values().next().unwrap().clone();
    // Somebody has mended the twig since, in another way.
    let since = Node { text: "あとで直した".into(), ..old.clone() };
    let newer =
        rescue_file(&room, "2026-05-21T16:00:00+09:00", vec![Change::replace(old.clone(), since.clone())]);
    assert_eq!(room.run(&["import", newer.to_str().unwrap()]).0, 0);
    let mut mint = Now { at: "2026-05-21T15:00:00+09:00".parse().unwrap(), seed: 9 }.ids();
    let new = Node { id: mint.id(), text: "新しいことば".into(), ..old.clone() };
    let stale = Node { text: "まえに直した".into(), ..old.clone() };
    let file = rescue_file(
        &room,
        "2026-05-21T15:00:00+09:00",
        vec![Change::replace(old.clone(), stale), Change::add(new.clone())],
    );
    let (status, out, _) = room.run(&["import", file.to_str().unwrap()]);
    assert!(status == 0 && out.contains("1件を戻しました") && out.contains("1件は、その後に"), "{out}");
    let store = Store::open(&room.folder.path().join("data"), Access::Look).unwrap();
    let back = store.dossier(sample.meeting.id).unwrap().unwrap();
    assert_eq!((&back.nodes[&old.id], &back.nodes[&new.id]), (&since, &new));
    // The next undo on the screen takes the whole of it back.
    let history = History::from_journal(store.journal(sample.meeting.id).unwrap());
    let undo = history.to_undo().unwrap();
    assert_eq!((undo.label.as_str(), undo.changes.len()), ("控えから戻す", 1));
}

/// The sample, and a later meeting that looks back at it, in one store.
fn two_meetings(room: &Room) -> (Dossier, Meeting, Store) {
    let sample = sample::case_a().unwrap();
    let mut store = Store::open(&room.folder.path().join("data"), Access::Write).unwrap();
    let mut mint = Now { at: "2026-06-18T13:00:00+09:00".parse().unwrap(), seed: 3 }.ids();
    let later = Meeting { case: sample.meeting.case, title: "第3回".into(), ..Meeting::new(mint.id()) };
    store
        .commit(&line(&mut mint, "2026-06-18T13:00:00+09:00", later.id, Change::add(later.clone())))
        .unwrap();
    (sample, later, store)
}

fn line(mint: &mut IdSource, at: &str, meeting: Id<Meeting>, change: Change) -> JournalEntry {
    let edit = Edit { id: mint.id(), at: at.parse().unwrap(), label: "直す".into(), changes: vec![change] };
    JournalEntry { edit, meeting: Some(meeting), act: Act::Do }
}

#[test]
fn ほかの会議で後から変えた行動と事例を控えは上書きしない() {
    let room = Room::with_sample();
    let (sample, later, mut store) = two_meetings(&room);
    let (first, id) = (sample.meeting.id, later.id);
    let action = sample.actions.values().next().unwrap().clone();
    let case = sample.case.clone().unwrap();
    let ticked =
        |outcome: &str| Change::replace(action.clone(), Action { outcome: outcome.into(), ..action.clone() });
    let told = |gist: &str| Change::replace(case.clone(), Case { gist: gist.into(), ..case.clone() });
    let mut mint = Now { at: "2026-06-18T14:00:00+09:00".parse().unwrap(), seed: 4 }.ids();
    // Both were changed from the later meeting, after the lines that could not be saved.
    for change in [ticked("あとの会議で"), told("あとの会議で")] {
        store.commit(&line(&mut mint, "2026-06-18T14:00:00+09:00", id, change)).unwrap();
    }
    drop(store);
    let lines = [ticked("前の会議で"), told("前の会議で")]
        .map(|change| line(&mut mint, "2026-05-21T16:00:00+09:00", first, change));
    let file = room.file("未保存-1.json", json::render_unsaved(&lines.to_vec().into()).unwrap());
    let (status, out, error) = room.run(&["import", file.to_str().unwrap()]);
    assert!(status == 0 && out.contains("2件は、その後に変わっている"), "{out}{error}");
    let store = Store::open(&room.folder.path().join("data"), Access::Look).unwrap();
    let stands = store.dossier(first).unwrap().unwrap();
    assert_eq!(stands.actions[&action.id].outcome, "あとの会議で");
    assert_eq!(stands.case.unwrap().gist, "あとの会議で");
}

#[test]
fn いくつもの会議の控えは全部戻るか何も変えない() {
    let room = Room::with_sample();
    let (sample, later, mut store) = two_meetings(&room);
    let (first, at) = (sample.meeting.id, "2026-06-18T15:00:00+09:00");
    let mut mint = Now { at: at.parse().unwrap(), seed: 6 }.ids();
    let third = Meeting::new(mint.id());
    let person = Participant::new(mint.id(), third.id, "P01");
    for change in [Change::add(third.clone()), Change::add(person.clone())] {
        store.commit(&line(&mut mint, at, third.id, change)).unwrap();
    }
    drop(store);
    let old = sample.nodes.values().next().unwrap().clone();
    let mended = Node { text: "直したことば".into(), ..old.clone() };
    // The same case, told in both meetings: the last word is the right one.
    let case = sample.case.clone().unwrap();
    let (one, two) = (Case { gist: "一".into(), ..case.clone() }, Case { gist: "二".into(), ..case.clone() });
    let mut lines = vec![
        line(&mut mint, at, later.id, Change::replace(case, one.clone())),
        line(&mut mint, at, first, Change::replace(one, two.clone())),
        line(&mut mint, at, first, Change::replace(old.clone(), mended.clone())),
    ];
    let before = room.exported();
    // Somebody who is in a third meeting cannot come to be in the later one: then nothing of the first is put back either.
    lines.push(line(&mut mint, at, later.id, Change::add(Participant { meeting: later.id, ..person })));
    let file = room.file("未保存-1.json", json::render_unsaved(&lines.to_vec().into()).unwrap());
    let (status, _, error) = room.run(&["import", file.to_str().unwrap()]);
    assert!(status == 1 && error.contains("何も変えていません"), "{error}");
    let store = || Store::open(&room.folder.path().join("data"), Access::Look).unwrap();
    assert_eq!(store().dossier(first).unwrap().as_ref(), Some(&sample));
    assert_eq!(room.exported(), before);
    lines.pop();
    let file = room.file("未保存-2.json", json::render_unsaved(&lines.to_vec().into()).unwrap());
    let (status, out, error) = room.run(&["import", file.to_str().unwrap()]);
    assert!(status == 0 && out.matches("1件を戻しました").count() == 2, "{out}{error}");
    let stands = store().dossier(first).unwrap().unwrap();
    assert_eq!((&stands.nodes[&old.id], stands.case.as_ref()), (&mended, Some(&two)));
    assert!(room.run(&["import", file.to_str().unwrap()]).1.contains("何も変えていません"));
}

#[test]
fn 控えには生まれなかった会議も入りよその会議の控えは断る() {
    let room = Room::new();
    let sample = sample::case_a().unwrap();
    let file = rescue_file(&room, "2026-05-21T15:00:00+09:00", sample.records().map(Change::add).collect());
    let (status, out, error) = room.run(&["import", file.to_str().unwrap()]);
    assert_eq!((status, error.as_str()), (0, ""), "{out}");
    assert_eq!(json::read(&room.exported()).unwrap(), sample);
    assert!(room.run(&["import", file.to_str().unwrap()]).1.contains("何も変えていません"));
    let other = Room::new();
    let node = sample.nodes.values().next().unwrap().clone();
    let file = rescue_file(&other, "2026-05-21T15:00:00+09:00", vec![Change::add(node)]);
    let (status, _, error) = other.run(&["import", file.to_str().unwrap()]);
    assert!(status == 1 && error.contains("今の記録の中にありません"), "{error}");
}

#[test]
fn 悪いファイルは行と文字を言い何も取り込まない() {
    let room = Room::new();
    let whole = fs::read(sample_file()).unwrap();
    for (name, content, said) in [
        ("half.json", whole[..whole.len() / 2].to_vec(), "途中で切れています（"),
        ("other.json", b"{\"a\": 1}".to_vec(), "jirei の記録ではありません"),
        ("newer.json", b"{\"program\": \"jirei\", \"schema\": 9}".to_vec(), "新しい版"),
        ("sjis.csv", vec![0x90, 0x45, 0x8e, 0xed], "UTF-8 として読めない文字があります（1行目 1文字目）"),
        ("bad.csv", "職種,初参加\n医師,たぶん\n".into(), "2行目 2列目"),
        ("empty.txt", Vec::new(), "中身がありません"),
    ] {
        let file = room.file(name, content);
        let (status, out, error) = room.run(&["import", file.to_str().unwrap()]);
        assert_eq!((status, out.as_str()), (1, ""), "{name}");
        assert!(error.contains(said) && error.contains("何も変えていません"), "{name}: {error}");
        assert_eq!(error.lines().count(), 1);
    }
    let (status, _, error) = room.run(&["import", "ない.json"]);
    assert!(status == 1 && error.contains("ない.json"), "{error}");
    assert!(!room.folder.path().join("data").exists());
}

#[test]
fn 字下げの文字と参加者の表を取り込む() {
    let room = Room::new();
    let outline = room.file("map.txt", "ある事例\n\t生活\n\t\t【課題】残薬が多い\n\t趣味\n\t\t★ 畑\n");
    let people = room.file("people.csv", "職種,所属\n薬剤師,山の町薬局\n");
    let words = ["import", outline.to_str().unwrap(), people.to_str().unwrap()];
    let (status, out, error) = room.run(&words);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(out.contains("会議「ある事例」を取り込みました") && out.contains("参加者を 1人"), "{out}");
    let dossier = json::read(&room.exported()).unwrap();
    assert_eq!((dossier.nodes.len(), dossier.participants.len()), (2, 1));
    assert_eq!(dossier.meeting.format, "mieru");
    let (_, out, _) = room.run(&["import", people.to_str().unwrap()]);
    assert!(out.contains("何も変えていません"), "{out}");
}

#[test]
fn 書き出しは上書きせず言われたところに置く() {
    let room = Room::with_sample();
    for format in Format::ALL {
        let words = ["export", "last", "--format", format.key()];
        let (status, out, error) = room.run(&words);
        assert_eq!((status, error.as_str()), (0, ""));
        let name = out.lines().next().unwrap().strip_prefix("書き出しました: ").unwrap().to_owned();
        assert!(name.starts_with("2026-05-21_第2回") && name.ends_with(format.extension()), "{name}");
        let (status, _, error) = room.run(&words);
        assert!(status == 1 && error.contains("--force") && error.lines().count() == 1, "{error}");
        assert_eq!(room.run(&[&words[..], &["--force"]].concat()).0, 0);
        let printed = room.output(&[&words[..], &["--out", "-"]].concat()).stdout;
        assert!(fs::read(room.folder.path().join(name)).unwrap() == printed, "{format:?}");
    }
    let (status, _, error) = room.run(&["export", "last", "--format", "md", "--out", "ない/x.md"]);
    assert!(status == 1 && error.contains("フォルダーがありません"), "{error}");
    let folder = room.folder.path().to_str().unwrap().to_owned();
    let (status, _, error) = room.run(&["export", "last", "--format", "pdf", "--out", "ない/x.pdf"]);
    assert!(status == 1 && error.contains("フォルダーがありません"), "{error}");
    // A folder takes the file under its telling name.
    let (status, out, _) = room.run(&["export", "last", "--format", "svg", "--out", &folder, "--force"]);
    assert!(status == 0 && out.contains("_マップ.svg"), "{out}");
}

#[test]
fn 議事録の見本() {
    let room = Room::with_sample();
    let (_, out, _) = room.run(&["export", "2026-05-21", "--format", "md", "--out", "-"]);
    insta::assert_snapshot!("minutes", out);
}

#[test]
fn 会議はidでも始めの数文字でも日付でも指せる() {
    let room = Room::with_sample();
    let id = sample::case_a().unwrap().meeting.id.to_string();
    for words in [id.as_str(), &id[..8], "2026-05-21", "2026/5/21(木)", "last"] {
        let (status, out, error) = room.run(&["show", words]);
        assert_eq!((status, error.as_str()), (0, ""), "{words}");
        assert!(out.starts_with("第2回 山の町 見える事例検討会\n2026年5月21日（木）"), "{out}");
        assert!(out.contains("■ 行動計画（9）") && out.contains("    ★ 婦人会の元会長"), "{out}");
    }
    let (status, _, error) = room.run(&["show", "2027-01-01"]);
    assert!(status == 1 && error.contains("「2027-01-01」にあたる会議がありません"), "{error}");
}

#[test]
fn 画面が開いていても見られるが書けない() {
    let room = Room::with_sample();
    let data = room.folder.path().join("data");
    let _open = Store::open(&data, Access::Write).unwrap();
    for words in [&["list"][..], &["show", "last"], &["export", "last", "--format", "md"], &["check"]] {
        let (status, _, error) = room.run(words);
        assert_eq!((status, error.as_str()), (0, ""), "{words:?}");
    }
    let (status, _, error) = room.run(&["import", sample_file().to_str().unwrap()]);
    assert!(status == 1 && error.contains("開いています") && error.lines().count() == 1, "{error}");
}

#[test]
fn 同じ事例の別の会議も取り込める() {
    let room = Room::with_sample();
    // Another meeting of the same case, a month later.
    let text = fs::read_to_string(sample_file()).unwrap();
    let case = sample::case_a().unwrap().case.unwrap().id.to_string();
    let other = text.replace("-70", "-71").replace(&case.replace("-70", "-71"), &case);
    let file = room.file("other.json", other.replace("\"date\": \"2026-05-21\"", "\"date\": \"2026-06-21\""));
    let (status, out, error) = room.run(&["import", file.to_str().unwrap()]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(out.contains("取り込みました"), "{out}");
    assert!(room.run(&["show", "last"]).1.contains("2026年6月21日"));
    // A beginning that two ids share names both.
    let (status, _, error) = room.run(&["show", "019e48be"]);
    assert!(status == 1 && error.contains("2件") && error.contains(&case[..8]), "{error}");
    assert_eq!(room.run(&["check"]).0, 0);
}

#[test]
fn 一覧と検査と進め方() {
    let room = Room::with_sample();
    let (status, out, _) = room.run(&["list"]);
    assert!(status == 0 && out.contains(" 2026/5/21(木) ") && out.contains("第2回"), "{out}");
    let (_, out, _) = room.run(&["list", "--json"]);
    let rows: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(rows[0]["id"], sample::case_a().unwrap().meeting.id.to_string());
    assert_eq!(rows[0]["date"], "2026-05-21");
    assert_eq!(rows[0]["nodes"], 140);
    let (status, out, error) = room.run(&["check"]);
    assert!(status == 0 && out.contains("傷みはありません"), "{out}{error}");
    let (status, out, _) = room.run(&["formats"]);
    assert!(status == 0 && out.contains("mieru"), "{out}");
}

#[test]
fn 進め方の誤りを言う() {
    let room = Room::new();
    let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions/mieru.toml");
    let (status, out, _) = room.run(&["formats", "check", good.to_str().unwrap()]);
    assert!(status == 0 && out.contains("まちがいはありません"), "{out}");
    let bad = room.file("bad.toml", fs::read_to_string(good).unwrap().replace("minutes", "minuts"));
    let (status, out, error) = room.run(&["formats", "check", bad.to_str().unwrap()]);
    assert!(status == 1 && out.contains("minuts") && error.contains("直すところが"), "{out}{error}");
    let (status, _, error) = room.run(&["formats", "check", "ない.toml"]);
    assert!(status == 1 && error.contains("ない.toml"), "{error}");
}

#[test]
fn 見るだけの命令は記録を作らない() {
    let room = Room::new();
    // Where nobody named a folder it is a first start.
    let first = |words: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("jirei").unwrap();
        let command = command.args(words).env_remove("JIREI_DATA");
        let home = room.folder.path();
        let output =
            ["HOME", "XDG_DATA_HOME", "LOCALAPPDATA"].iter().fold(command, |c, name| c.env(name, home));
        output.output().unwrap()
    };
    let output = first(&["list"]);
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && out.contains("まだ会議はありません"), "{out}");
    assert_eq!(first(&["list", "--json"]).stdout, b"[]\n");
    assert_eq!(fs::read_dir(room.folder.path()).unwrap().count(), 0);
    assert_eq!(room.run(&["list"]).0, 1);
    assert_eq!(room.run(&["show", "last"]).0, 1);
    assert_eq!(room.run(&["export", "last", "--format", "md"]).0, 1);
    assert!(!room.folder.path().join("data").exists());
}

#[test]
fn データベースでないものは断り触らない() {
    let room = Room::new();
    room.run(&["import", sample_file().to_str().unwrap()]);
    let data = room.folder.path().join("data");
    let database = fs::read_dir(&data).unwrap().map(|e| e.unwrap().path());
    let database = database.into_iter().max_by_key(|p| p.metadata().unwrap().len()).unwrap();
    fs::write(&database, "これはデータベースではありません".repeat(200)).unwrap();
    for words in [&["list"][..], &["show", "last"], &["check"]] {
        let (status, _, error) = room.run(words);
        assert!(status == 1 && error.lines().count() == 1 && error.contains("jirei"), "{error}");
    }
    assert!(fs::read_to_string(&database).unwrap().starts_with("これは"));
}

#[test]
fn 空の記録は新しく作らずに知らせる() {
    let room = Room::with_sample();
    let database = room.folder.path().join("data/jirei.db");
    let kept = fs::read(&database).unwrap();
    fs::write(&database, "").unwrap();
    let sample = sample_file();
    let all: [&[&str]; 5] = [
        &["list"],
        &["show", "last"],
        &["check"],
        &["review", "2026"],
        &["import", sample.to_str().unwrap()],
    ];
    for words in all {
        let (status, out, error) = room.run(words);
        assert_eq!(status, 1, "{words:?} {out}");
        assert!(error.contains("空です") && error.contains("バックアップ"), "{words:?} {error}");
    }
    assert_eq!(fs::read(&database).unwrap(), b"");
    fs::write(&database, kept).unwrap();
    assert!(room.run(&["list"]).1.contains("山の町"));
}
