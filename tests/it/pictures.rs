//! The files that are pictures: read back by others' eyes, with everything people write in them.

use std::collections::{HashMap, HashSet};

use jirei::domain::map::{Place, add};
use jirei::domain::{ActionStatus, Dossier, Id, Kind, Link, Lists, Node, Now, RecordVersions, Tree};
use jirei::export::{Format, render, sample};

const PICTURES: [Format; 5] = [Format::Svg, Format::Png, Format::Pdf, Format::PdfA3, Format::Html];

fn lists() -> Lists {
    jirei::format::lists(None).unwrap()
}

fn bytes(format: Format, dossier: &Dossier) -> Vec<u8> {
    render(format, dossier, &RecordVersions::default(), &lists()).unwrap().bytes
}

fn text(format: Format, dossier: &Dossier) -> String {
    String::from_utf8(bytes(format, dossier)).unwrap()
}

/// The sample with nothing said yet.
fn empty() -> Dossier {
    let mut dossier = sample::case_a().unwrap();
    dossier.nodes.clear();
    dossier.links.clear();
    dossier.actions.clear();
    dossier.regional.clear();
    dossier.evidence.clear();
    dossier.reflections.clear();
    dossier
}

fn grow(dossier: &mut Dossier, seed: u64, text: &str, kind: Kind, place: Place) -> Id<Node> {
    let sample = sample::case_a().unwrap();
    let at = dossier.progress.started_at.unwrap();
    let mut node = sample.nodes.values().next().unwrap().clone();
    node.id = Now { at, seed }.ids().id();
    (node.parent, node.kind, node.number) = (None, kind, 0);
    node.text = text.to_owned();
    node.said.clear();
    let id = node.id;
    let changes = add(dossier, &Tree::new(dossier), node, place);
    dossier.apply_all(&changes).unwrap();
    id
}

/// So many entries on eight branches, some of them deep.
fn large(entries: usize) -> Dossier {
    let mut dossier = empty();
    let mut ids: Vec<Id<Node>> = Vec::new();
    for i in 0..entries {
        let place = match i % 4 {
            0 => Place::Branch(i / 4 % dossier.meeting.branches.len()),
            _ => Place::Under(ids[i - 1]),
        };
        let kind = Kind::ALL[i % 6];
        ids.push(grow(&mut dossier, i as u64 + 1, &format!("ことば{i}の続き"), kind, place));
    }
    dossier
}

/// All words of an SVG, one `<text>` after the other.
fn words_of_svg(svg: &str) -> String {
    let document = roxmltree::Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|n| n.has_tag_name("text"));
    texts.filter_map(|n| n.text()).collect()
}

/// The words of the pages as a reader's search finds them, without spaces: by the table from glyphs to characters that
/// each font carries.
fn words_of_pages(bytes: &[u8]) -> Vec<String> {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let words = |page: &lopdf::ObjectId| {
        let fonts = document.get_page_fonts(*page).unwrap();
        let tables: HashMap<Vec<u8>, HashMap<u16, String>> =
            fonts.into_iter().map(|(name, font)| (name, characters(&document, font))).collect();
        let content = document.get_and_decode_page_content(*page).unwrap();
        let (mut table, mut words) = (None, String::new());
        for operation in &content.operations {
            match operation.operator.as_str() {
                "Tf" => table = tables.get(operation.operands[0].as_name().unwrap()),
                "Tj" | "TJ" => {
                    let parts = operation.operands.iter().flat_map(|part| match part {
                        lopdf::Object::Array(parts) => parts.clone(),
                        part => vec![part.clone()],
                    });
                    for codes in parts.filter_map(|part| part.as_str().ok().map(<[u8]>::to_vec)) {
                        for code in codes.chunks_exact(2) {
                            let code = u16::from_be_bytes([code[0], code[1]]);
                            words += table.unwrap().get(&code).map_or("", String::as_str);
                        }
                    }
                }
                _ => {}
            }
        }
        without_spaces(&words)
    };
    document.get_pages().values().map(words).collect()
}

/// All of them.
pub fn words_of_pdf(bytes: &[u8]) -> String {
    words_of_pages(bytes).concat()
}

/// The table of a font, from its `bfchar` and `bfrange` blocks (PDF 1.7, 9.10.3).
fn characters(document: &lopdf::Document, font: &lopdf::Dictionary) -> HashMap<u16, String> {
    let stream = font.get_deref(b"ToUnicode", document).unwrap().as_stream().unwrap();
    let text = String::from_utf8(stream.decompressed_content().unwrap()).unwrap();
    let mut table = HashMap::new();
    let mut kind = "";
    for line in text.lines() {
        match line.split_whitespace().last() {
            Some(word @ ("beginbfchar" | "beginbfrange")) => kind = word,
            Some("endbfchar" | "endbfrange") => kind = "",
            _ => {}
        }
        let codes: Vec<&str> = line.split('<').skip(1).filter_map(|part| part.split('>').next()).collect();
        let unit = |hex: &str| u16::from_str_radix(hex, 16).unwrap();
        let units = |hex: &str| -> Vec<u16> {
            hex.as_bytes().chunks(4).map(|c| unit(std::str::from_utf8(c).unwrap())).collect()
        };
        match (kind, codes.as_slice()) {
            ("beginbfchar", [code, to]) => {
                table.insert(unit(code), String::from_utf16(&units(to)).unwrap());
            }
            ("beginbfrange", [first, last, to]) => {
                for (i, code) in (unit(first)..=unit(last)).enumerate() {
                    let mut to = units(to);
                    *to.last_mut().unwrap() += i as u16;
                    table.insert(code, String::from_utf16(&to).unwrap());
                }
            }
            _ => {}
        }
    }
    table
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn 絵にはすべてのことばがあり文字のまま選べる() {
    let dossier = sample::case_a().unwrap();
    let svg = without_spaces(&words_of_svg(&text(Format::Svg, &dossier)));
    let pdf = words_of_pdf(&bytes(Format::Pdf, &dossier));
    let html = without_spaces(&text(Format::Html, &dossier));
    for node in dossier.nodes.values() {
        let words = without_spaces(&node.text);
        assert!(svg.contains(&words), "svg: {words}");
        assert!(pdf.contains(&words), "pdf: {words}");
        assert!(html.contains(&words), "html: {words}");
    }
    for part in ["行動計画", "地域課題", "根にある課題：⑮", "氏名を含まない記録"] {
        assert!(pdf.contains(part), "{part}");
    }
}

#[test]
fn 資料の一枚めだけで_分かったことと_することと_町に届けることが分かる() {
    let dossier = sample::case_a().unwrap();
    let pages = words_of_pages(&bytes(Format::Pdf, &dossier));
    let said = [
        "会議に出た方のための",
        "事例：80代後半・女性・独居相談：",
        "相談：薬を飲まないことで",
        "根にある課題：⑮「飲まない理由をチームで共有できていない」がもとになって、ほかの12件の課題が起きています。",
        "「この家で最期まで」",
        "本人に「夜がこわい」という体験",
        "2026/5/28(木)",
        "地1退院の見込みが在宅の支援者に伝わる時期",
        "次回：2026年7月16日（木）",
    ];
    for said in said {
        assert!(pages[0].contains(said), "{said}: {}", pages[0]);
    }
    assert!(pages[1].contains("マップ") && !pages[0].contains("マップ"));
    // Whatever the meeting has stands in words, too.
    let all = pages.concat();
    // A foot may stand amid a sentence.
    let has = |words: &str| {
        let words: Vec<char> = without_spaces(words).chars().collect();
        let parts: Vec<String> = words.chunks(6).map(|part| part.iter().collect()).collect();
        parts.iter().filter(|part| !all.contains(part.as_str())).count() <= 1
    };
    for node in dossier.nodes.values() {
        assert!(has(&node.said), "{}", node.said);
    }
    for reflection in dossier.reflections.values() {
        assert!(has(&reflection.text), "{}", reflection.text);
    }
}

#[test]
fn 一枚めのこれからすることに済んだことは並ばない() {
    let sample = sample::case_a().unwrap();
    let all = [ActionStatus::Done, ActionStatus::Dropped];
    for (over, said) in [(0, ""), (3, "完了2件、中止1件"), (9, "残っている行動はありません")]
    {
        let mut dossier = sample.clone();
        let due: Vec<_> = dossier.plan_by_day().iter().map(|action| action.id).collect();
        for (i, id) in due.iter().take(over).enumerate() {
            dossier.actions.get_mut(id).unwrap().status = all[i % 2].into();
        }
        let page = &words_of_pages(&bytes(Format::Pdf, &dossier))[0];
        assert!(page.contains(said) && (over > 0) == page.contains("載せていません"), "{page}");
        for (i, id) in due.iter().enumerate().take(4) {
            let what: String = without_spaces(&sample.actions[id].what).chars().take(6).collect();
            assert_eq!(page.contains(&what), i >= over, "{over} {what}: {page}");
        }
        // What stands before an action is the issue that it answers, in every file; no second number beside it.
        let told = page.replace("は、課題の番号です", "");
        assert!(!told.contains("番号") && (over == 9 || page.contains('③')), "{page}");
    }
}

#[test]
fn 名前の漢字と絵文字も資料に出る() {
    let mut dossier = empty();
    grow(&mut dossier, 1, "𠮷田川の土手で😊と手をふる⾷堂の人", Kind::Fact, Place::Branch(0));
    let pdf = words_of_pdf(&bytes(Format::Pdf, &dossier));
    assert!(pdf.contains("𠮷田川の土手で😊と手をふる食堂の人"), "{pdf}");
    assert!(!pdf.contains('〓'));
}

#[test]
fn 絵と資料に氏名は出ない() {
    let dossier = sample::case_a().unwrap();
    let all = [
        words_of_svg(&text(Format::Svg, &dossier)),
        words_of_pdf(&bytes(Format::Pdf, &dossier)),
        text(Format::Html, &dossier),
    ];
    for person in dossier.participants.values().filter(|p| !p.name.is_empty()) {
        assert!(all.iter().all(|text| !text.contains(&person.name)), "{}", person.name);
    }
}

#[test]
fn 記号は打ったとおりに見え何も動かさない() {
    let mut dossier = sample::case_a().unwrap();
    let hard = "<script>alert(1)</script> ]]> &amp; \"q\" \u{0}\u{7}\u{1b}[31m\u{ffff}";
    dossier.nodes.values_mut().next().unwrap().text = hard.into();
    dossier.meeting.title = hard.into();
    dossier.actions.values_mut().next().unwrap().what = hard.into();
    dossier.regional.values_mut().next().unwrap().statement = hard.into();
    let shown = "<script>alert(1)</script>]]>&amp;\"q\"";
    let svg = text(Format::Svg, &dossier);
    assert!(without_spaces(&words_of_svg(&svg)).contains(shown));
    let html = text(Format::Html, &dossier);
    assert!(
        !html.contains("<script") && html.contains("&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp;amp;")
    );
    assert!(html.chars().all(|c| c == '\n' || !c.is_control()));
    assert!(words_of_pdf(&bytes(Format::Pdf, &dossier)).contains(shown));
}

#[test]
fn 何もない地図も一万字のことばも五百の枝も絵になる() {
    let mut long = large(8);
    let first = *long.nodes.keys().next().unwrap();
    long.nodes.get_mut(&first).unwrap().text = "長い話が続く".repeat(1667);
    for dossier in [empty(), large(1), long.clone(), large(500)] {
        for format in PICTURES {
            let bytes = bytes(format, &dossier);
            let start: &[u8] = match format {
                Format::Svg => b"<?xml",
                Format::Png => b"\x89PNG",
                Format::Html => b"<!DOCTYPE html>\n<html lang=\"ja\">",
                _ => b"%PDF-",
            };
            assert!(bytes.starts_with(start), "{format:?}");
        }
        roxmltree::Document::parse(&text(Format::Svg, &dossier)).unwrap();
    }
    // What is too long for the map stands in full further back.
    // A foot of a page stands in between here and there.
    let found = words_of_pdf(&bytes(Format::Pdf, &long)).matches("長い話が続く").count();
    assert!(found > 1650, "{found}");
    let many = large(500);
    let pdf = words_of_pdf(&bytes(Format::Pdf, &many));
    assert!(many.nodes.values().all(|node| pdf.contains(&node.text)));
}

#[test]
fn 図には悪循環もつながっていない課題も出る() {
    let mut dossier = empty();
    let ids: Vec<Id<Node>> = (0..4)
        .map(|i| grow(&mut dossier, i + 1, &format!("困りごと{i}"), Kind::Issue, Place::Branch(0)))
        .collect();
    let mut link = sample::case_a().unwrap().links.values().next().unwrap().clone();
    let mut mint = Now { at: dossier.progress.started_at.unwrap(), seed: 99 }.ids();
    for (from, to) in [(0, 1), (1, 2), (2, 0)] {
        link = Link { id: mint.id(), from: ids[from], to: ids[to], ..link };
        dossier.links.insert(link.id, link.clone());
    }
    let svg = text(Format::Svg, &dossier);
    assert!(svg.contains("stroke-dasharray"), "the line that closes the circle is dashed");
    let words = words_of_svg(&svg);
    assert!(
        words.contains("①「困りごと0」から②「困りごと1」③「困りごと2」へと進み、また①にもどります")
            && words.contains("◎ 根にある課題：① 困りごと0、② 困りごと1、③ 困りごと2 の輪（どこから線をたどっても、2件の課題に行き着きます）")
            && ["◎ 環①", "◎ 環②", "◎ 環③"].iter().all(|all| words.contains(all))
            && words.contains("断ちやすさは、どこも同じです。")
            && words.contains("まだつながっていない課題"),
        "{words}"
    );
}

#[test]
fn 字体にない字は名前を言われる() {
    let mut dossier = empty();
    grow(&mut dossier, 1, "ธと葛\u{e0100}城", Kind::Fact, Place::Branch(0));
    let missing = |format| {
        let missing = render(format, &dossier, &RecordVersions::default(), &lists()).unwrap().missing;
        missing.into_iter().collect::<Vec<_>>().join(" ")
    };
    for format in [Format::Png, Format::Pdf, Format::PdfA3] {
        assert_eq!(missing(format), "ธ 葛\u{e0100}");
    }
    assert_eq!(missing(Format::Svg), "");
    let pdf = words_of_pdf(&bytes(Format::Pdf, &dossier));
    assert!(pdf.contains("〓と葛城") && pdf.contains("字体にない文字です（U+0E18）"), "{pdf}");
    assert!(pdf.contains("異体字は、ふつうの形で出しています（葛U+845BU+E0100）"), "{pdf}");
    assert!(text(Format::Svg, &dossier).contains("ธと葛\u{e0100}城"));
}

#[test]
fn ページは紙の大きさで番号がある() {
    let dossier = sample::case_a().unwrap();
    for (format, size) in [(Format::Pdf, [841.9, 595.3]), (Format::PdfA3, [1190.6, 841.9])] {
        let bytes = bytes(format, &dossier);
        let words = words_of_pages(&bytes);
        let document = lopdf::Document::load_mem(&bytes).unwrap();
        let pages = document.get_pages();
        for (number, id) in &pages {
            let page = document.get_dictionary(*id).unwrap();
            let size_of: Vec<f32> = page.get(b"MediaBox").unwrap().as_array().unwrap()[2..]
                .iter()
                .map(|n| n.as_float().unwrap())
                .collect();
            assert!((size_of[0] - size[0]).abs() < 0.5 && (size_of[1] - size[1]).abs() < 0.5);
            let text = &words[*number as usize - 1];
            assert!(text.ends_with(&format!("{number}/{}", pages.len())), "{number}: {text}");
        }
    }
}

#[test]
fn 頁は閉じた枠だけでできていて外から何も取らない() {
    let html = text(Format::Html, &sample::case_a().unwrap());
    for outside in ["http:", "https:", "src=", "@import", "url("] {
        let found = html.replace("http://www.w3.org/2000/svg", "");
        assert!(!found.contains(outside), "{outside}");
    }
    // Every element that has an end is ended, inside the one it stands in.
    let mut open: Vec<&str> = Vec::new();
    let void: HashSet<&str> = ["meta", "br", "!DOCTYPE"].into();
    for tag in html.split('<').skip(1) {
        let name = tag.split([' ', '>', '/', '\n']).next().unwrap();
        if let Some(end) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), end.split('>').next(), "{tag}");
        } else if !void.contains(name) && !tag.split('>').next().unwrap().ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    assert!(html.contains("<details") && html.contains("@media print"));
}
