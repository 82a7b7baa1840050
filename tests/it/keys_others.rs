//! The screen that only looks follows what another program writes, and one stays where one stands.

use jirei::command::Place;
use jirei::domain::{Action, Change, Dossier, Id, Kind, Meeting, Node, Now, RegionalIssue};
use jirei::store::{Answer, Warning};
use jirei::ui::home::HomeItem;
use jirei::ui::{Msg, Open, Overlay};

use crate::frames_region::year;
use crate::support::driver::{Driver, outline};
use crate::support::frame::picture;
use crate::support::outline::grow;
use crate::support::region::region;

/// Another program writes in the meeting that is open.
fn written(d: &mut Driver, write: impl FnOnce(&mut Dossier)) {
    let id = d.dossier().meeting.id;
    write(&mut d.kept.get_mut(&id).unwrap().dossier);
    d.send(Msg::Store(Answer::Changed));
}

fn looks(mut d: Driver) -> Driver {
    d.model.cx.look_only = true;
    d.send(Msg::Store(Answer::Writes(true)));
    d
}

/// Twigs as another program adds them.
fn more(d: &Driver, dossier: &mut Dossier, words: &str) {
    let mut mint = Now { at: d.at, seed: 900 }.ids();
    let (meeting, at) = (dossier.meeting.id, d.at);
    grow(dossier, &outline(words), |words| Node::new(mint.id(), meeting, words, at));
}

fn text(dossier: &Dossier, words: &str) -> Id<Node> {
    dossier.nodes.values().find(|node| node.text == words).unwrap().id
}

#[test]
fn もう一方の書いた枝が出ても選んだ所と書きかけはそのまま() {
    let mut d = looks(Driver::with_map("生活\n  残薬 ◀\n  入院"));
    d.keys("「打ちかけ」");
    let at = d.at;
    written(&mut d, |dossier| {
        let mut mint = Now { at, seed: 901 }.ids();
        let id = text(dossier, "入院");
        dossier.nodes.get_mut(&id).unwrap().text = "入院が三回".to_owned();
        let meeting = dossier.meeting.id;
        grow(dossier, "生活\n  井戸が遠い", |words| Node::new(mint.id(), meeting, words, at));
    });
    assert_eq!(d.state(), outline("生活\n  残薬 ◀\n  入院が三回\n  井戸が遠い\n＞ 打ちかけ‸"));
    assert_eq!(d.notice(), "", "nobody is told of what others write");
    // The twig one stands on goes: one stands beside it.
    written(&mut d, |dossier| {
        let id = text(dossier, "残薬");
        dossier.nodes.remove(&id);
    });
    assert_eq!(d.state(), outline("生活\n  入院が三回 ◀\n  井戸が遠い\n＞ 打ちかけ‸"));
}

#[test]
fn 見ている段階も開いている窓も図もそのまま() {
    // What is done to come there, and what tells that one is there still.
    type Stands = fn(&Driver) -> bool;
    let cases: [(&str, Stands); 6] = [
        ("ctrl-g 6", |d| d.model.place() == Place::Plan),
        ("f12", |d| d.desk().map.chart.is_some()),
        ("f1", |d| matches!(d.model.cx.over, Some(Overlay::Help(_)))),
        ("f9", |d| matches!(d.model.cx.over, Some(Overlay::Prompts(_)))),
        ("ctrl-p 「会議」", |d| matches!(d.model.cx.over, Some(Overlay::Choose(_)))),
        ("ctrl-u", |d| d.model.place() == Place::People),
    ];
    for (keys, stands) in cases {
        let mut d = looks(Driver::case_a());
        d.keys("ctrl-g 3");
        d.keys(keys);
        assert!(stands(&d), "{keys}");
        let before = picture(&d, (120, 40));
        // Nothing of it is seen here.
        written(&mut d, |dossier| dossier.progress.step = 1);
        assert!(stands(&d), "{keys}");
        assert_eq!(picture(&d, (120, 40)), before, "{keys}");
        let all = d.dossier().nodes.len();
        let mut with = d.dossier().clone();
        let branch = with.meeting.branches[0].title.clone();
        more(&d, &mut with, &format!("{branch}\n  井戸が遠い"));
        written(&mut d, |dossier| dossier.nodes = with.nodes);
        assert!(stands(&d) && d.dossier().nodes.len() == all + 1, "{keys}");
    }
}

#[test]
fn 計画の行が上で減っても同じ行に立つ() {
    let mut d = Driver::case_a();
    d.keys("ctrl-g 6 left");
    let mut d = looks(d);
    d.keys("down*2");
    let stood = d.dossier().plan()[d.row()].id;
    let first = d.dossier().plan()[0].id;
    written(&mut d, |dossier| drop(dossier.actions.remove(&first)));
    assert_eq!(d.dossier().plan()[d.row()].id, stood);
    // Under the table, where a new row would begin, one stays there.
    d.keys("down*20");
    let under = d.row();
    assert_eq!(under, d.dossier().actions.len());
    written(&mut d, |dossier| {
        let action = Action {
            what: "雪おろしを頼む".to_owned(),
            rank: 99,
            ..Action::new(Id::from(uuid(7)), dossier.meeting.id)
        };
        dossier.apply(&Change::add(action)).unwrap();
    });
    assert_eq!(d.row(), under + 1);
}

fn uuid(n: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(n)
}

#[test]
fn 一覧に会議が増えても選んだ会議に立つ() {
    let mut d = looks(year());
    d.keys("down*3");
    let HomeItem::Meeting(stood) = d.model.home.item(d.model.home.row).unwrap() else { panic!("a meeting") };
    let meeting =
        Meeting { title: "第9回 雪の会".to_owned(), ..Meeting::new(Id::from(uuid(u128::MAX))) };
    let dossier = Dossier::new(meeting, None);
    let before = d.model.cx.shelf.summaries.len();
    d.kept.insert(dossier.meeting.id, crate::support::driver::Kept { dossier, journal: Vec::new() });
    d.send(Msg::Store(Answer::Changed));
    assert_eq!(d.model.cx.shelf.summaries.len(), before + 1);
    assert_eq!(d.model.home.item(d.model.home.row), Some(HomeItem::Meeting(stood)));
}

#[test]
fn 地域の一覧ももう一方の書いた課題を追う() {
    let mut d = looks(region(&[
        ("2026-05-21", &["井戸が遠い", "雪で閉ざされる"]),
        ("2026-07-16", &["薪が足りない"]),
    ]));
    d.keys("f7 down");
    let issue = |d: &Driver| d.model.region().unwrap().issue();
    let (stood, entries) = (issue(&d), d.model.region().unwrap().doc.entries().len());
    let first = d.kept.values_mut().next().unwrap();
    let new = RegionalIssue {
        rank: 7,
        ..RegionalIssue::new(Id::from(uuid(9)), first.dossier.meeting.id, "橋が落ちた")
    };
    first.dossier.apply(&Change::add(new)).unwrap();
    d.send(Msg::Store(Answer::Changed));
    assert_eq!(d.model.region().unwrap().doc.entries().len(), entries + 1);
    assert_eq!((issue(&d), d.model.place()), (stood, Place::Register));
}

#[test]
fn 消された会議からは一覧にもどり_行った先には引きもどされない() {
    let mut d = looks(Driver::with_map("生活\n  残薬 ◀"));
    let id = d.dossier().meeting.id;
    // Whoever has gone elsewhere before the answer came stays there.
    let late = d.opened(id);
    d.keys("ctrl-b");
    let Answer::Opened { meeting, journal, previous } = late else { panic!("a meeting") };
    d.send(Msg::Store(Answer::Followed { meeting, journal, previous }));
    assert_eq!(d.model.place(), Place::Home);
    d.keys("2");
    assert!(matches!(d.model.open, Open::Meeting { .. }));
    d.kept.clear();
    d.send(Msg::Store(Answer::Changed));
    assert_eq!(d.model.place(), Place::Home);
    assert!(
        d.notice().contains("もう一方の jirei で消されました") && d.notice().contains("無事"),
        "{}",
        d.notice()
    );
}

#[test]
fn 追っていることも相手が終わったことも静かに見える() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.model.cx.look_only = true;
    d.model.cx.notice.clear();
    let seen = |d: &Driver| picture(d, (80, 24));
    assert!(seen(&d).contains("書いても残りません"), "{}", seen(&d));
    d.send(Msg::Store(Answer::Writes(true)));
    assert!(
        seen(&d).contains("ここにも出ます") && seen(&d).contains("見るだけ（自動で更新）"),
        "{}",
        seen(&d)
    );
    d.send(Msg::Store(Answer::Writes(false)));
    assert!(
        seen(&d).contains("もう一方の jirei は終わりました") && seen(&d).contains("ここで書けます"),
        "{}",
        seen(&d)
    );
    assert!(!seen(&d).contains("自動で更新"), "{}", seen(&d));
    assert_eq!(d.dossier().nodes.values().next().unwrap().kind, Kind::Fact);
}

#[test]
fn 記録の場所のことは打ちながらでも読め_分かれた写しは読むまで残る() {
    let folder = std::path::PathBuf::from("/home/a/Dropbox/記録");
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.send(Msg::Place(vec![Warning::Synced { folder: folder.clone(), service: "Dropbox" }]));
    d.keys("「井戸」");
    assert!(d.notice().contains("Dropbox の同期フォルダー") && d.entry() == "井戸", "{}", d.notice());
    d.keys("enter");
    assert!(!d.notice().contains("Dropbox"), "{}", d.notice());
    let names = vec!["jirei (1).db".to_owned(), "jirei-DESKTOP-7.db".to_owned()];
    d.send(Msg::Place(vec![Warning::Copies { folder, names }]));
    let Some(Overlay::Told(text)) = &d.model.cx.over else { panic!("it is told") };
    assert!(text.contains("jirei-DESKTOP-7.db") && text.contains("どれにも手を付けていません"), "{text}");
    insta::assert_snapshot!("place_copies_80x24", picture(&d, (80, 24)));
}
