//! Files given away and taken in again.

mod support;

use jirei::export::{json, sample};

#[test]
fn 見本は表のとおりに作られている() {
    let made = support::case_a::dossier();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/sessions/samples/case-a.json");
    let bytes = json::render(&made).unwrap();
    if std::env::var_os("JIREI_BLESS").is_some() {
        std::fs::write(path, &bytes).unwrap();
    }
    let kept = std::fs::read(path).unwrap();
    assert!(
        kept == bytes,
        "the sample differs from the tables; JIREI_BLESS=1 cargo test --test export writes it anew"
    );
    assert_eq!(json::read(&kept).unwrap(), made);
}

#[test]
fn 見本の数が表と同じ() {
    let dossier = sample::case_a().unwrap();
    let counts = [
        dossier.participants.len(),
        dossier.nodes.len(),
        dossier.links.len(),
        dossier.actions.len(),
        dossier.regional.len(),
        dossier.reflections.len(),
    ];
    assert_eq!(counts, [14, 140, 14, 9, 6, 18]);
    // Ids ascend with time, so the order of ids is the order of the table.
    let texts: Vec<&str> = dossier.nodes.values().map(|n| n.text.as_str()).collect();
    let table = support::case_a::table("utterances");
    assert_eq!(texts, table.iter().map(|row| row["keyword"].as_str()).collect::<Vec<_>>());
}
