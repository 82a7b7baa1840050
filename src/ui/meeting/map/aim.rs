//! What a half-typed `#` may become, as it is offered on the map.

use crate::domain::Node;
use crate::domain::aim::{Aim, Firsts, letter};
use crate::layout::signs::Signs;
use crate::ui::Sitting;
use crate::ui::entry::Candidate;

/// What the letters of a half-typed `#` may become.
pub(crate) fn candidates(doc: &Sitting, query: &str, marks: &Signs) -> Vec<Candidate> {
    let aims = doc.board().aims(query);
    // Asked once for all: many twigs may begin alike.
    let twigs = aims.iter().any(|aim| matches!(aim, Aim::Twig(..)));
    let firsts = if twigs { Firsts::of(doc.board()) } else { Firsts::default() };
    aims.into_iter().map(|aim| candidate(aim, doc, marks, &firsts)).collect()
}

fn candidate(aim: Aim, doc: &Sitting, marks: &Signs, firsts: &Firsts) -> Candidate {
    let of = |node: &Node, mark: &str, words: String| Candidate {
        label: format!("{mark}{}", node.text),
        note: node.branch.clone(),
        words,
    };
    match aim {
        Aim::Branch(branch) => {
            let label =
                doc.dossier.meeting.branches.get(branch).map_or_else(String::new, |b| b.title.clone());
            let (title, number) = (label.split_whitespace().collect(), (branch + 1).to_string());
            // Where an issue has the number, the name is what is left.
            let words = if doc.board().means_branch(&number, branch) { number } else { title };
            Candidate { label, note: format!("大枝 {}", branch + 1), words }
        }
        Aim::Issue(node) => {
            of(node, &format!("課題{} ", marks.number(node.number)), format!("!{}", node.number))
        }
        Aim::Question(node, at) => of(node, &format!("問い{} ", letter(at)), format!("?{}", letter(at))),
        Aim::Twig(node, at) => {
            // A space would end the sign.
            let words: String = node.text.chars().filter(|c| !c.is_whitespace()).collect();
            let is_plain = at == 0 && firsts.is_meant(doc.board(), &words, node.id);
            of(node, "", if is_plain { words } else { format!("{words}:{}", at + 1) })
        }
    }
}
