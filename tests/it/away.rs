//! What stands away from the map is understood by one who was not there: an issue says what it speaks of, the chart what its signs
//! mean, all roots are there, and what is made from the sample says so. What a town reads speaks of no case.

use crate::fidelity::{part, words};
use crate::pictures::words_of_pdf;
use crate::support::driver::Driver;
use crate::support::room::Room;

use jirei::domain::{Action, Dossier, Evidence, Id, Link, Node, Now, RecordVersions, RegionalIssue};
use jirei::export::{Format, json, render, sample};

/// A young man who looks after his sister, with short words under what they speak of.
const MAP: &str = "
生活
  夜中の仕分けの仕事
    !眠れない
      !朝起きられない
地域・つながり
  相談窓口
    !知られていない
サービス・制度
  !家族の全体を見る人がいない
  手当の手続き
    !知られていない
";

fn number(dossier: &Dossier, number: u32) -> Id<Node> {
    dossier.nodes.values().find(|node| node.number == number).unwrap().id
}

/// The map with links, a plan, and a regional issue that rests on a short word.
fn meeting() -> Dossier {
    let driver = Driver::with_map(MAP);
    let mut dossier = driver.dossier().clone();
    let (at, meeting) = (dossier.nodes.values().next().unwrap().at, dossier.meeting.id);
    let mut mint = Now { at, seed: 9 }.ids();
    for (from, to, label) in [(3, 1, "話す先がない"), (1, 2, ""), (4, 2, ""), (5, 4, "")] {
        let (from, to) = (number(&dossier, from), number(&dossier, to));
        let link = Link { id: mint.id(), meeting, from, to, label: label.into(), at };
        dossier.links.insert(link.id, link);
    }
    let node = number(&dossier, 3);
    let action =
        Action { issue: Some(node), what: "職場に紙を置く".into(), ..Action::new(mint.id(), meeting) };
    let issue = RegionalIssue {
        confirmed: true,
        ..RegionalIssue::new(mint.id(), meeting, "夜に話せる所が知られていない")
    };
    let evidence = Evidence { id: mint.id(), issue: issue.id, meeting, node: Some(node) };
    dossier.meeting.date = "2026-10-15".parse().ok();
    dossier.actions.insert(action.id, action);
    dossier.regional.insert(issue.id, issue);
    dossier.evidence.insert(evidence.id, evidence);
    dossier
}

fn bytes(format: Format, dossier: &Dossier) -> Vec<u8> {
    let lists = jirei::format::lists(None).unwrap();
    render(format, dossier, &RecordVersions::default(), &lists).unwrap().bytes
}

#[test]
fn 枝の枝の課題はどのファイルでも何のことか分かる() {
    let dossier = meeting();
    let (root, link) = ("③知られていない（相談窓口）", "→①眠れない（夜中の仕分けの仕事）：話す先がない");
    let chart = "知られていない（手当の手続き）";
    let [origin, evidence] =
        ["③「知られていない（相談窓口）」", "マップの1か所：③知られていない（相談窓口）"];
    // What an issue hangs on is not asked of another issue.
    let own = "朝起きられない（夜中の仕分けの仕事）";
    let cases: [(Format, &[&str]); 7] = [
        (Format::Markdown, &[root, link, chart, evidence, own]),
        (Format::Docx, &[root, link, chart, evidence, own]),
        (Format::Html, &[root, link, chart, evidence, own]),
        (Format::Xlsx, &[root, chart, own]),
        (Format::Pdf, &[root, link, chart, evidence, own, origin]),
        (Format::Svg, &[root]),
        (Format::Csv, &[root]),
    ];
    for (format, said) in cases {
        let said_here = words(format.key(), &bytes(format, &dossier));
        for said in said {
            assert!(said_here.contains(said), "{format:?}: {said}\n{said_here}");
        }
        // On a main branch a word has nothing to add.
        assert!(!said_here.contains("家族の全体を見る人がいない（"), "{format:?}");
    }
}

#[test]
fn 町に渡す紙に枝のことばは入らない() {
    let room = Room::new();
    let file = room.file("会.json", json::render(&meeting(), &RecordVersions::default()).unwrap());
    room.import(&file);
    for command in [["issues", "--year", "2026"].as_slice(), &["review", "2026"]] {
        for format in ["md", "html", "json", "csv"] {
            let words = [command, &["--format", format, "--out", "-"]].concat();
            let (status, out, error) = room.run(&words);
            assert_eq!(status, 0, "{error}");
            assert!(out.contains("夜に話せる所が知られていない"), "{words:?}\n{out}");
            for twig in ["相談窓口", "仕分け", "手当の手続き", "眠れない"] {
                assert!(!out.contains(twig), "{words:?} has {twig}");
            }
        }
    }
}

#[test]
fn 図のしるしの意味はどの図にもある() {
    let dossier = meeting();
    let legend = "◎と太い枠は、根にある課題。矢印は原因から結果へ。";
    let page = String::from_utf8(bytes(Format::Html, &dossier)).unwrap();
    let sheets: Vec<&str> = page.split("<figure class=\"sheet\">").skip(1).collect();
    let run = |text: &str| text.split_whitespace().collect::<String>();
    assert!(run(sheets.last().unwrap()).contains(legend), "printed by a browser");
    let svg = String::from_utf8(bytes(Format::Svg, &dossier)).unwrap();
    assert!(run(&svg).contains(legend) && run(&words_of_pdf(&bytes(Format::Pdf, &dossier))).contains(legend));
}

#[test]
fn 見本から作ったファイルは見本だと言う() {
    let (sample, own) = (sample::case_a().unwrap(), meeting());
    let mark = "【見本】";
    for format in Format::ALL {
        let (marked, plain) = (bytes(format, &sample), bytes(format, &own));
        let says = |bytes: &[u8]| match format {
            Format::Pptx => part(bytes, "docProps/core.xml").contains(mark),
            // Dots are looked at.
            Format::Png => true,
            _ => words(format.extension(), bytes).contains(mark),
        };
        let machine = matches!(format, Format::Json | Format::Csv | Format::Tsv | Format::Outline);
        assert_eq!(says(&marked), !machine, "{format:?}");
        assert!(!says(&plain) || format == Format::Png, "{format:?}");
    }
    let (house, other) = (Room::with_sample(), Room::new());
    other.import(&other.file("会.json", json::render(&own, &RecordVersions::default()).unwrap()));
    for command in ["issues", "review"] {
        for (format, machine) in [("md", false), ("html", false), ("csv", true), ("json", true)] {
            let year: &[&str] = if command == "review" { &["2026"] } else { &[] };
            let words = [&[command], year, &["--format", format, "--out", "-"]].concat();
            assert_eq!(house.run(&words).1.contains(mark), !machine, "{words:?}");
            assert!(!other.run(&words).1.contains(mark), "{words:?}");
        }
    }
}
