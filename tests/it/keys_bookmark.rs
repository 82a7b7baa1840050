//! Bookmarks of the version before: what was half typed comes back after an update.

use crate::support::driver::Driver;

const OUTLINE: &str = "生活\n  残薬が多い\n    一包化 ◀\n家族\n  !長男は県外\n  !飲めない";

/// A meeting with a map, or the first start for what belongs to no meeting; then the keys.
fn at(keys: &str) -> Driver {
    let outside = keys.starts_with("f8") || keys.starts_with("f9");
    let outline = match keys {
        "f7 「2」" => OUTLINE.replace(" ◀", "").replace("長男は県外", "長男は県外 ◀"),
        _ => OUTLINE.to_owned(),
    };
    let mut d = if outside { Driver::first_start() } else { Driver::with_map(&outline) };
    d.keys(keys);
    d.tick();
    d
}

/// The ids of this run where the words of the records stand.
fn with_ids(d: &Driver, bookmark: &str) -> String {
    let mut out = bookmark.to_owned();
    for kept in d.kept.values() {
        let k = &kept.dossier;
        let nodes = k.nodes.values().map(|n| (n.text.clone(), n.id.to_string()));
        let regional = k.regional.values().map(|r| (r.statement.clone(), r.id.to_string()));
        let reflections = k.reflections.values().map(|r| (r.text.clone(), r.id.to_string()));
        let own = [("meeting".to_owned(), k.meeting.id.to_string())];
        for (words, id) in nodes.chain(regional).chain(reflections).chain(own) {
            out = out.replace(&format!("«{words}»"), &id);
        }
    }
    out
}

#[test]
fn 前の版の栞から同じ所に同じ書きかけで戻る() {
    let rows = include_str!("../data/bookmarks.tsv").lines().filter(|l| !l.starts_with('#'));
    for (keys, bookmark) in rows.map(|row| row.split_once('\t').unwrap()) {
        let mut d = at(keys);
        let seen = |d: &Driver| {
            let cell = d.model.editing().map(|(cell, line)| (cell.heading().title, line.text().to_owned()));
            let state = d.model.meeting().map(|_| d.state());
            (d.model.place(), d.entry().to_owned(), cell, state)
        };
        let before = seen(&d);
        d.bookmark = with_ids(&d, bookmark);
        assert!(!d.bookmark.contains('«'), "{}", d.bookmark);
        d.restart();
        assert_eq!(seen(&d), before, "{keys}");
        // Under a map that lies over it the cell waits, too.
        if keys.contains("f8 「マップ") {
            d.keys("f8");
            assert_eq!(d.cell(), Some("一包化を"));
        }
    }
}
