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

/// A cell was kept by the place of its field in a form: the fields in that order, under the names they have now.
fn fields(form: &str) -> impl Iterator<Item = &'static str> {
    let names = match form {
        "about" => {
            "title date venue organiser code gist age sex triggers trigger_note consultation consent consent_note \
             consent_date consent_by facilitator second_facilitator presenter next_date town note"
        }
        "plan" | "review" => "issue what who until check priority status outcome",
        "regional" | "register" => {
            "statement scenes categories level area gap function evidence measures responsible priority \
             priority_reason due status reflected reflected_reason evaluation confirmed"
        }
        "slot" => "date format presenter cancelled note",
        _ => "",
    };
    names.split_whitespace()
}

/// Brings the parts of a bookmark up to date. What is up to date already stays as it is.
pub(super) fn bring_up_to_date(parts: &mut Map<String, Value>) {
    if let Some(Value::Array(parked)) = parts.get_mut("parked") {
        parked.iter_mut().filter_map(Value::as_object_mut).for_each(bring_up_to_date);
    }
    if SHARED_LINE.iter().any(|name| parts.contains_key(*name)) {
        let writings = writings(parts);
        parts.insert("writings".to_owned(), writings);
    }
    // Words that mean nothing in their cell waited here; now they stand in the record.
    if let Some(Value::Array(waiting)) = parts.remove("unread") {
        let put = |waiting: Value| {
            let line = json!({ "text": waiting["words"], "cursor": 0 });
            json!({ "meeting": waiting["meeting"], "origin": { "cell": waiting["cell"] }, "line": line, "past": true })
        };
        let put_away = parts.entry("put_away").or_insert_with(|| json!([]));
        put_away.as_array_mut().into_iter().for_each(|all| all.extend(waiting.iter().cloned().map(put)));
    }
    // The row of a list stood beside that of a table.
    if let Some(row) = parts.remove("row").filter(|row| *row != json!(0)) {
        parts.insert("sheet_row".to_owned(), row);
    }
    name_field(parts.get_mut("cell").and_then(|open| open.get_mut(0)));
    name_field(parts.get_mut("region").and_then(|region| region.pointer_mut("/cell/0")));
    for put in parts.get_mut("put_away").and_then(Value::as_array_mut).into_iter().flatten() {
        name_field(put.pointer_mut("/origin/cell"));
    }
}

/// Puts the name of its field into a cell. None: it has it already, or is none of those that had a number.
fn name_field(cell: Option<&mut Value>) -> Option<()> {
    let (form, of) = cell?.as_object_mut()?.iter_mut().next()?;
    let field = if of.is_array() { of.get_mut(1)? } else { of };
    let at = usize::try_from(field.as_u64()?).ok()?;
    *field = fields(form).nth(at)?.into();
    Some(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::sheet::cell::Cell;

    #[test]
    fn 番号で覚えた欄は名前になり名前の欄はそのまま読める() {
        let id = "00000000-0000-0000-0000-000000000001";
        for form in ["about", "plan", "review", "regional", "register", "slot"] {
            for (at, name) in fields(form).enumerate() {
                let cell = |field| if form == "about" { field } else { json!([id, field]) };
                let (mut old, named) = (json!({ form: cell(json!(at)) }), json!({ form: cell(json!(name)) }));
                name_field(Some(&mut old));
                assert_eq!(old, named);
                assert!(name_field(Some(&mut old)).is_none());
                let read: Cell = serde_json::from_value(old).unwrap();
                assert_eq!(serde_json::to_value(read).unwrap(), named);
            }
        }
    }

    #[test]
    fn 様式の欄は観点で覚えているのでそのまま() {
        let mut cell = json!({ "passage": ["vision", 0] });
        assert!(name_field(Some(&mut cell)).is_none());
        assert!(serde_json::from_value::<Cell>(cell).is_ok());
    }
}
