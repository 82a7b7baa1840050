//! What a town is handed: no case is recognised by who brought it, no words leave unread, and the first page says what is proposed.

use crate::fidelity::words;
use crate::review::generated_room;
use crate::support;

use jirei::domain::{Dossier, Escalation, Now, RecordVersions, RegionalIssue, Until};
use jirei::export::{json, personal, sample};
use jirei::privacy::PersonalWords;
use jirei::store::{Access, DATABASE};
use jirei::ui::Overlay;
use rusqlite::Connection;
use support::driver::Driver;
use support::room::Room;

/// What people read of the files, and what programs read.
const KINDS: [&str; 8] = ["md", "docx", "html", "pdf", "xlsx", "csv", "tsv", "json"];

fn file(room: &Room, what: &[&str], kind: &str) -> (String, String) {
    let output = room.output(&[what, &["--format", kind, "--out", "-"]].concat());
    (words(kind, &output.stdout), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn 事例の少ない機関の名前は町へ渡す紙に出ない() {
    // So many meetings whose presenter is of the body, so many cases in them, and from how many on a body is named.
    for (meetings, cases, asked, named) in [
        (1, 1, &[][..], false),
        (2, 2, &[], false),
        (3, 3, &[], true),
        (3, 1, &[], false),
        (3, 3, &["--mask", "5"], false),
        (1, 1, &["--no-mask"], true),
    ] {
        let (room, town) = generated_room();
        let connection = Connection::open(room.folder.path().join("data").join(DATABASE)).unwrap();
        let of = format!("town = '{town}' AND date BETWEEN '2024-04-01' AND '2025-03-31'");
        let brought = format!(
            "SELECT id FROM meetings WHERE {of} AND presenter IN (SELECT id FROM participants) ORDER BY date, id LIMIT {meetings}"
        );
        connection
            .execute_batch(&format!(
                "UPDATE slots SET presenter = '沖の学び舎';
                CREATE TEMP TABLE brought AS {brought};
                UPDATE meetings SET title = '沖の学び舎の子のこと', case_id = NULL WHERE {of} AND id NOT IN brought;
                UPDATE participants SET organisation = '岬の工房' WHERE id IN (SELECT presenter FROM meetings WHERE id IN brought);
                UPDATE meetings SET case_id = (SELECT case_id FROM meetings WHERE id IN brought AND case_id IS NOT NULL)
                    WHERE id IN brought AND {cases} = 1;"
            ))
            .unwrap();
        room.store(Access::Write).sum_anew().unwrap();
        for kind in KINDS {
            let what = [&["review", "2024", "--town", town.as_str()], asked].concat();
            let (text, _) = file(&room, &what, kind);
            let case = format!("{meetings} meetings, {cases} cases, {asked:?}, {kind}");
            assert_eq!(text.contains("岬の工房"), named, "{case}");
            assert_eq!(text.contains("沖の学び舎"), asked == ["--no-mask"], "{case}");
            // How many there are is told in any case.
            assert!(text.contains("事例を出した機関の数"), "{case}");
        }
    }
}

/// A meeting of these issues, all of them read.
fn meeting(issues: impl IntoIterator<Item = RegionalIssue>) -> Dossier {
    let mut dossier = sample::case_a().unwrap();
    let mut mint = Now { at: "2026-06-11T10:00:00+09:00".parse().unwrap(), seed: 9 }.ids();
    (dossier.regional, dossier.evidence) = Default::default();
    for issue in issues {
        let issue = RegionalIssue { id: mint.id(), meeting: dossier.meeting.id, confirmed: true, ..issue };
        dossier.regional.insert(issue.id, issue);
    }
    dossier
}

fn issue(statement: &str) -> RegionalIssue {
    let nobody = sample::case_a().unwrap().meeting.id;
    RegionalIssue::new(nobody.cast(), nobody, statement)
}

fn room_of(dossier: &Dossier) -> Room {
    let room = Room::new();
    room.import(&room.file("会議.json", json::render(dossier, &RecordVersions::default()).unwrap()));
    room
}

#[test]
fn 確かめた文のほかのことばに名前があれば読んだと言うまで渡さない() {
    const NAME: &str = "渚野花子さんの灯台守の家";
    type Put = fn(&mut RegionalIssue);
    let put: [(&str, Put); 7] = [
        ("圏域・地区", |r| r.area = NAME.into()),
        ("足りないもの", |r| r.gap = NAME.into()),
        ("優先の理由", |r| r.priority_reason = NAME.into()),
        ("対応策", |r| r.measures = vec!["船を出す".into(), NAME.into()]),
        ("責任を持つ機関", |r| r.responsible = NAME.into()),
        ("反映の理由", |r| r.reflected_reason = NAME.into()),
        ("評価", |r| r.evaluation = NAME.into()),
    ];
    let held_back = |what: &str, dossier: &Dossier| {
        let room = room_of(dossier);
        for command in [&["issues"][..], &["review", "2026"]] {
            let (text, said) = file(&room, command, "md");
            assert!(!text.contains("灯台守") && text.contains("夜の船がない"), "{what}: {text}");
            assert!(
                said.contains("渚野花子さん") && said.contains("1件は書き出しませんでした"),
                "{what}: {said}"
            );
            let (text, said) = file(&room, &[command, &["--as-read"]].concat(), "xlsx");
            assert!(text.contains("灯台守") && said.contains("渚野花子さん"), "{what}: {said}");
        }
    };
    for (field, put) in put {
        let mut named = issue("灯りの消えた岬に人が通わない");
        put(&mut named);
        held_back(field, &meeting([named, issue("夜の船がない")]));
    }
    let mut dossier = meeting([issue("灯りの消えた岬に人が通わない"), issue("夜の船がない")]);
    let of = *dossier.regional.keys().next().unwrap();
    let step = Escalation {
        id: of.cast(),
        issue: of,
        meeting: dossier.meeting.id,
        date: dossier.meeting.date,
        level: String::new(),
        decision: "不採用".into(),
        reason: NAME.into(),
        remaining: String::new(),
    };
    dossier.escalations.insert(step.id, step);
    held_back("経過", &dossier);
    // A listed body may be the one that is responsible.
    let watch = PersonalWords::new(&["みさき苑".to_owned()]);
    let responsible = RegionalIssue { responsible: "みさき苑".into(), ..issue("夜の船がない") };
    assert!(personal::in_issue(&responsible, &watch).is_empty());
    let area = RegionalIssue { area: "みさき苑のあたり".into(), ..issue("夜の船がない") };
    assert_eq!(personal::in_issue(&area, &watch), ["みさき苑"]);
}

#[test]
fn 確かめたあとに名前を書くとまた聞かれ名前でないことばでは聞かれない() {
    for (typed, stays) in
        [("船を月に二度出す", true), ("渚野花子さんに頼む", false), ("090-1234-5678 へかける", false)]
    {
        let mut d = Driver::empty();
        d.keys("ctrl-g 7 「夜の船がない」 enter 「はい」 enter esc");
        let read = |d: &Driver| d.dossier().regional_issues()[0].confirmed;
        assert!(read(&d));
        d.keys(&format!("down 「{typed}」 enter"));
        let said = d.notice().to_owned();
        d.keys("esc");
        assert!(d.dossier().regional_issues()[0].measures == [typed], "{:?}", d.dossier().regional_issues());
        assert_eq!(read(&d), stays, "{typed}");
        assert_eq!(said.contains("もう一度確かめてください"), !stays, "{typed}: {said}");
        // Whoever says it again has read these words, too.
        d.keys("pageup up*9 down 「はい」 enter esc");
        assert!(read(&d), "{typed}");
    }
}

#[test]
fn 終わりの確かめは文のほかのことばの名前も言う() {
    let mut d = Driver::empty();
    d.keys("ctrl-g 7 pagedown 「夜の船がない」 enter esc down*2 「渚野花子さんに頼む」 enter esc ctrl-g 8 down*5 space");
    assert_eq!(d.dossier().regional_issues()[0].measures, ["渚野花子さんに頼む"]);
    let Some(Overlay::Choose(chooser)) = &d.model.cx.over else { panic!("{:?}", d.model.cx.over) };
    assert!(chooser.text.contains("渚野花子さん"), "{}", chooser.text);
    assert!(chooser.choices.iter().all(|choice| !choice.label.starts_with("はい")));
}

fn proposed(n: usize) -> RegionalIssue {
    let mut issue = issue(&format!("岬{n:02}へ冬に通う足がない"));
    issue.measures = vec![format!("船を{n:02}回出す")];
    issue.responsible = format!("第{n:02}船着場");
    issue
}

#[test]
fn 一枚めには入るだけの課題と対応策がありまだのことは一度だけ言う() {
    let dossier = meeting((1..=40).map(proposed));
    let room = room_of(&dossier);
    let (text, _) = file(&room, &["issues"], "md");
    let (first, all) = text.split_once("##すべての地域課題").unwrap();
    for n in 1..=40 {
        let said = format!(
            "-岬{n:02}へ冬に通う足がない。-対応策：船を{n:02}回出す。責任を持つ機関は第{n:02}船着場です。"
        );
        assert!(first.contains(&said), "{said}: {first}");
        assert!(all.contains(&format!("{n}.岬{n:02}")), "{all}");
    }
    assert!(
        first.contains("責任を持つ機関が決まったものは40件、期限が決まったものは0件（まだ40件）。"),
        "{first}"
    );
    assert_eq!(first.matches("期限").count(), 1, "{first}");
    // On paper as many as there is room for, and no more.
    for (issues, whole) in [(12, true), (40, false)] {
        let room = room_of(&meeting((1..=issues).map(proposed)));
        for kind in ["pdf", "docx"] {
            let (text, _) = file(&room, &["issues"], kind);
            let first = text.split("すべての地域課題1.").next().unwrap();
            let told = first.matches("対応策：船を").count();
            assert!((12..20).contains(&told), "{kind}: {told} of {issues}");
            assert_eq!(first.contains("ほかの"), !whole, "{kind}: {told} of {issues}");
        }
    }
}

#[test]
fn 一覧は日も期限も一度だけ言い振り返りは足りないものと理由も言う() {
    let mut told = proposed(1);
    told.due = Until { words: "雪が消えたら".into(), date: "2027-04-20".parse().ok() };
    (told.level, told.gap) = ("日常生活圏域".into(), "冬に出せる船".into());
    told.priority_reason = "通院が月に二度とぎれる".into();
    (told.reflected, told.reflected_reason) = ("不採用".into(), "船の予算がない".into());
    let room = room_of(&meeting([told]));
    for kind in ["md", "html", "docx", "pdf"] {
        let (text, _) = file(&room, &["issues"], kind);
        let at = text.find("1.岬01").unwrap_or_else(|| panic!("{kind}: {text}"));
        let item = &text[at..];
        assert_eq!(item.matches("2026年5月21日（木）").count(), 1, "{kind}: {item}");
        for (words, times) in [
            ("いつまでに：雪が消えたら（2027/4/20(火)まで）", 1),
            ("期限の日", 0),
            ("根拠の会議", 0),
            ("計画・予算への反映：不採用（船の予算がない）", 1),
            ("反映の理由", 0),
        ] {
            assert_eq!(item.matches(words).count(), times, "{kind} {words}: {item}");
        }
    }
    for kind in KINDS {
        let (text, _) = file(&room, &["review", "2026"], kind);
        for words in ["日常生活圏域", "冬に出せる船", "通院が月に二度とぎれる"] {
            assert!(text.contains(words), "{kind}: {words}");
        }
        if !["md", "docx", "html", "pdf"].contains(&kind) {
            continue;
        }
        // How it is counted stands at the end alone, and what nobody wrote is said once.
        assert_eq!(text.matches("同じ人が3回参加すれば3人です。").count(), 1, "{kind}");
        if kind != "md" {
            let blank = "「場面ごとの目指すべき姿と対応策」「事業項目ごとの計画と振り返り」は、まだ書かれていません。";
            assert_eq!((text.matches(blank).count(), text.matches("何も書かれて").count()), (1, 0), "{kind}");
            assert_eq!(text.matches("「歯科医師」").count(), 1, "{kind}: hidden professions are named once");
        }
    }
}
