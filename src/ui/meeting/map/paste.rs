//! Pasting on the map: many lines at once become twigs.

use crate::domain::map::Place;
use crate::domain::{Id, Node, map, text};
use crate::layout::shape::What;
use crate::ui::entry::Signs;
use crate::ui::meeting::map::{Sitting, Understood};
use crate::ui::{Context, MapScreen};

/// So many lines at once: what is pasted is one edit, and the whole of it is drawn.
const MOST: usize = 3000;

/// So many lines are named that have to be looked at.
const NAMED: usize = 8;

impl MapScreen {
    /// Several pasted lines become twigs: indentation is depth, signs mean what they mean in the entry line.
    pub(crate) fn paste_twigs(&mut self, doc: &mut Sitting, cx: &mut Context, lines: &[String]) {
        if lines.len() > MOST {
            return cx.warn(format!(
                "一度に貼りつけられるのは {MOST}行までです（{}行ありました）。何も入れていません。分けて貼りつけてください。",
                lines.len()
            ));
        }
        let mut first = match self.selected {
            What::Centre => Place::Branch(0),
            _ => self.place_beside(doc, self.default_kind(doc)),
        };
        let mut open: Vec<(usize, Id<Node>)> = Vec::new();
        let mut entries = Vec::with_capacity(lines.len());
        let mut shared = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let indent = indent_of(line);
            let understood = self.understand_pasted(doc, cx, line);
            shared.extend(understood.shared.is_some().then_some(at));
            while open.pop_if(|(depth, _)| *depth > indent).is_some() {}
            let sibling = open.pop_if(|(depth, _)| *depth == indent);
            let place = match (understood.aim, sibling, open.last()) {
                (Some(aim), ..) => aim,
                (None, Some((_, sibling)), _) => Place::After(sibling),
                (None, None, Some((_, parent))) => Place::Under(*parent),
                (None, None, None) => first,
            };
            let node = self.new_node(doc, cx, &understood);
            let id = node.id;
            entries.push((node, place));
            if open.is_empty() {
                first = Place::After(id);
            }
            open.push((indent, id));
        }
        let (count, ids) = (lines.len(), entries.iter().map(|(node, _)| node.id).collect::<Vec<_>>());
        let changes = map::add_all(&doc.dossier, &doc.tree, entries);
        if doc.commit(cx, format!("貼りつけ：枝{count}本"), changes) {
            self.show_pasted(doc, cx, &ids, &shared);
        }
    }

    /// What is no sign of ours is text, and a number that ends a line is that of a room.
    fn understand_pasted(&self, doc: &Sitting, cx: &Context, line: &str) -> Understood {
        let numbered = line.trim_end().ends_with(char::is_numeric);
        let ways = [(!numbered).then_some(Signs::MAP), Some(Signs::MAP.before_words())];
        let mut read = ways
            .into_iter()
            .flatten()
            .map(|signs| self.understand_by(doc, line.trim_start(), &cx.lists, signs));
        let found = read.find(|said| said.problem.is_none() && !said.words.is_empty());
        found.unwrap_or_else(|| Understood { words: text::clean_line(line), ..Understood::default() })
    }

    /// Selects the last of the twigs; where words name somebody, the first of those, and says in which lines they stand, and in
    /// which a sign fits several alike.
    fn show_pasted(&mut self, doc: &Sitting, cx: &mut Context, ids: &[Id<Node>], shared: &[usize]) {
        let named = |id: &Id<Node>| doc.dossier.nodes.get(id).is_some_and(|n| cx.watch.finds(&n.text));
        let warned = cx.notice.warns();
        let lines: Vec<usize> = (0..ids.len()).filter(|at| warned && named(&ids[*at])).collect();
        if let Some(id) = lines.first().map(|at| ids[*at]).or(ids.last().copied()) {
            self.select_node(doc, id);
        }
        let count = ids.len();
        let said = format!("{count}行を、{count}本の枝にしました。");
        let named = match lines.is_empty() {
            true => String::new(),
            false => format!("確かめる行：{}。", numbers(&lines)),
        };
        let shared = match shared.is_empty() {
            true => String::new(),
            false => format!("＠に何人か当たる行：{}（番号の先の方にしました）。", numbers(shared)),
        };
        cx.say(format!("{said}{named}{shared}"));
    }
}

/// The first lines by their numbers, and how many there are besides.
fn numbers(lines: &[usize]) -> String {
    let first: Vec<String> = lines.iter().take(NAMED).map(|at| (at + 1).to_string()).collect();
    match lines.len().saturating_sub(NAMED) {
        0 => first.join("・"),
        more => format!("{}、ほか {more}件", first.join("・")),
    }
}

/// The depth of a line by its indentation: a tab or full-width space counts as two columns.
fn indent_of(line: &str) -> usize {
    line.chars()
        .map_while(|c| match c {
            ' ' => Some(1),
            '\t' | '\u{3000}' => Some(2),
            _ => None,
        })
        .sum()
}
