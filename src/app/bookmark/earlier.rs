//! Bookmarks as earlier versions kept them: what was half typed at the last end must come back after an update.

use serde_json::{Map, Value, json};

/// One entry line was shared by all screens, and what it was used for stood in a field for each use.
const SHARED_LINE: [&str; 9] =
    ["entry", "aside", "under_aside", "spot", "drafts", "editing_node", "said_at", "linking", "searching"];

/// The uses of the line: the field that named the record, the screen it belonged to, and what it is called now.
const USES: [(&str, &str, &str); 5] = [
    ("editing_node", "map", "node"),
    ("said_at", "map", "said"),
    ("linking", "map", "link"),
    ("editing_person", "people", "person"),
    ("editing_reflection", "closing", "reflection"),
];

/// Brings the parts of a bookmark up to date. What is up to date already stays as it is.
pub(super) fn bring_up_to_date(parts: &mut Map<String, Value>) {
    if let Some(Value::Array(parked)) = parts.get_mut("parked") {
        parked.iter_mut().filter_map(Value::as_object_mut).for_each(bring_up_to_date);
    }
    if SHARED_LINE.iter().any(|name| parts.contains_key(*name)) {
        let writings = writings(parts);
        parts.insert("writings".to_owned(), writings);
    }
}

/// Each screen's entry line out of the one they shared.
fn writings(parts: &Map<String, Value>) -> Value {
    let line = |value: Option<&Value>| value.cloned().unwrap_or_else(|| json!({ "text": "", "cursor": 0 }));
    let shown = parts.get("spot").and_then(Value::as_str).unwrap_or("map");
    let of = |spot: &str| {
        let draft = parts.get("drafts").and_then(|drafts| drafts.get(spot));
        let typed = if spot == shown { parts.get("entry") } else { draft };
        let aside = parts.get(if spot == shown { "aside" } else { "under_aside" });
        let named = USES.iter().filter(|(_, at, _)| *at == spot).find_map(|(field, _, name)| {
            let id = parts.get(*field).filter(|id| !id.is_null())?;
            Some(json!({ *name: id }))
        });
        let searching = spot == "map" && parts.get("searching") == Some(&Value::Bool(true));
        let target = named.or(searching.then(|| json!("search")));
        json!({ "line": line(typed), "used": target.map(|target| json!([target, line(aside)])) })
    };
    json!({ "map": of("map"), "people": of("people"), "closing": of("closing") })
}
