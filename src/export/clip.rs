//! Tables for the clipboard: as TSV for spreadsheets and plain text, as HTML for word processors, and for spreadsheets that
//! take it first.

use super::office::workbook::Cell;
use super::tables::{self, Table, guarded};
use crate::domain::Dossier;

/// The same table twice; whoever pastes takes what it understands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    /// Tab-separated, a line a row, the header first; no quotes are needed, for no cell holds a tab or a break.
    pub tsv: String,
    /// One `<table>`, escaped.
    pub html: String,
}

/// The plan.
pub fn plan(dossier: &Dossier) -> Clip {
    clip(&tables::plan(dossier))
}

/// The regional issues.
pub fn regional(dossier: &Dossier) -> Clip {
    clip(&tables::regional(dossier))
}

fn clip(table: &Table) -> Clip {
    let mut tsv = table.header.join("\t") + "\n";
    let mut html = String::from("<table border=\"1\"><thead><tr>");
    for cell in &table.header {
        html += &format!("<th>{}</th>", escaped(cell));
    }
    html += "</tr></thead><tbody>";
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| guarded(cell).replace('\n', " ")).collect();
        tsv += &cells.join("\t");
        tsv.push('\n');
        html += "<tr>";
        for cell in row {
            html += &format!("{}{}</td>", td(cell), escaped(&cell.words()));
        }
        html += "</tr>";
    }
    html += "</tbody></table>";
    Clip { tsv, html }
}

/// Excel takes the HTML first and would calculate a formula in it. The `'` of the other formats would stand in the documents
/// most of this is pasted into; the text format of a cell says the same to Excel and leaves the words as typed.
fn td(cell: &Cell) -> &'static str {
    match guarded(cell) {
        guarded if guarded != cell.words() => r#"<td style="mso-number-format:'\@'">"#,
        _ => "<td>",
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
        // Else Excel makes a row of its own of each line.
        .replace('\n', "<br style=\"mso-data-placement:same-cell\">")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    #[test]
    fn 貼り付ける表は崩れず式にもならない() {
        let mut dossier = sample::case_a().unwrap();
        let id = dossier.plan()[0].id;
        dossier.actions.get_mut(&id).unwrap().what = "=A1 <b>\t&\n次".into();
        let clip = plan(&dossier);
        assert_eq!(clip.tsv.lines().count(), 10);
        let columns = plan(&dossier).tsv.lines().next().map(|line| line.split('\t').count());
        assert!(clip.tsv.lines().all(|line| Some(line.split('\t').count()) == columns));
        assert!(clip.tsv.contains("\t'=A1 <b> & 次\t"));
        let cell = r#"<td style="mso-number-format:'\@'">=A1 &lt;b&gt; &amp;<br style="mso-data-placement:same-cell">次</td>"#;
        assert!(clip.html.contains(cell), "{}", clip.html);
        let regional = regional(&dossier).html;
        assert!(regional.contains("<td>4</td>"), "a number stays one");
        assert_eq!(regional.matches("<tr>").count(), 7);
    }
}
