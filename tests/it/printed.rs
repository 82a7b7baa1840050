//! What others print of the files is read without glasses: measured in the pages that LibreOffice and Chromium make of them.
//! A minute or two, so only where it is asked for.

use std::fs;
use std::path::Path;
use std::process::Command;

use jirei::domain::{Dossier, RecordVersions};
use jirei::export::{Format, render, sample};

use crate::support::{invented, programs};

/// The least letter, in points, as far as they are told apart.
const LEAST: f64 = 7.99;

fn run(program: &str, words: &[&str]) -> String {
    let output = Command::new(program).args(words).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The smallest letter in the pages, in points.
fn smallest(pdf: &Path) -> f64 {
    // The finest it has: three units a point.
    let xml = run("pdftohtml", &["-xml", "-i", "-stdout", "-zoom", "3", pdf.to_str().unwrap()]);
    let sizes =
        xml.split("<fontspec").skip(1).filter_map(|font| font.split("size=\"").nth(1)?.split('"').next());
    let least = sizes.map(|size| size.parse::<f64>().unwrap() / 3.0).fold(f64::MAX, f64::min);
    assert!(least < f64::MAX, "no letters in {}", pdf.display());
    least
}

fn meetings() -> [(&'static str, Dossier); 4] {
    [
        ("full", invented::full()),
        ("few", invented::few()),
        ("many", invented::many()),
        ("sample", sample::case_a().unwrap()),
    ]
}

/// Each meeting in that format, as the program that prints it makes pages of it.
fn printed(format: Format, print: impl Fn(&Path, &Path)) -> Vec<(&'static str, tempfile::TempDir, String)> {
    let lists = jirei::format::lists(None).unwrap();
    let print = |(name, dossier): (&'static str, Dossier)| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(format!("it.{}", format.extension()));
        let bytes = render(format, &dossier, &RecordVersions::default(), &lists).unwrap().bytes;
        fs::write(&file, &bytes).unwrap();
        print(&file, &folder.path().join("it.pdf"));
        let least = smallest(&folder.path().join("it.pdf"));
        assert!(least >= LEAST, "{name} {format:?}: {least} pt");
        (name, folder, String::from_utf8_lossy(&bytes).into_owned())
    };
    meetings().into_iter().map(print).collect()
}

#[test]
fn libreofficeで刷っても八ポイントより小さい字はない() {
    if !programs::asked() || !programs::there(&["soffice", "pdftohtml"]) {
        return;
    }
    for format in [Format::Xlsx, Format::Docx] {
        printed(format, |file, pdf| {
            let folder = pdf.parent().unwrap().to_str().unwrap();
            let home = format!("-env:UserInstallation=file://{folder}/office");
            let file = file.to_str().unwrap();
            run("soffice", &[&home, "--headless", "--convert-to", "pdf", "--outdir", folder, file]);
        });
    }
}

#[test]
fn ブラウザーで刷っても八ポイントより小さい字はなく見出しは次の行と離れない() {
    if !programs::asked() || !programs::there(&["chromium", "pdftohtml", "pdftotext"]) {
        return;
    }
    let pages = printed(Format::Html, |file, pdf| {
        let home = format!("--user-data-dir={}", pdf.with_extension("home").display());
        let to = format!("--print-to-pdf={}", pdf.display());
        let from = format!("file://{}", file.display());
        let alone =
            ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"];
        let quiet = ["--disable-background-networking", "--disable-sync"];
        run("chromium", &[&alone[..], &quiet[..], &[&home, &to, &from]].concat());
    });
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for (name, folder, html) in pages {
        let heads = ["<h2>", "<h3", "<h4>"].map(|tag| html.split(tag).skip(1)).into_iter().flatten();
        let heads: Vec<String> = heads
            .map(|head| letters(head.split("</h").next().unwrap().rsplit('>').next().unwrap()))
            .collect();
        let text = run("pdftotext", &["-layout", folder.path().join("it.pdf").to_str().unwrap(), "-"]);
        for page in text.split('\u{c}') {
            let last = page.lines().map(letters).rfind(|line| !line.is_empty()).unwrap_or_default();
            assert!(!heads.contains(&last), "{name}: {last} at the foot of a page");
        }
    }
}
