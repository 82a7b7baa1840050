//! What helps the one who asks: which questions are still open, whose turn it is, and the advice that came too early.

use std::collections::{BTreeMap, BTreeSet};

use super::ideas::issue_above;
use super::text::fold;
use super::{Dossier, Id, Kind, Node, Participant, Progress, Step};

/// The name under which a question is marked as asked: with what it is about, for two branches may ask the same.
pub fn mark(about: &str, question: &str) -> String {
    format!("{about}：{question}")
}

/// The name under which early advice is marked as taken up.
pub fn advice_mark(advice: Id<Node>) -> String {
    mark("助言", &advice.to_string())
}

/// Which questions of a branch were touched. What the facilitator marked counts as marked, either way; of the others, each
/// twig on the branch answers one, from the first on.
pub fn touched(progress: &Progress, branch: &str, questions: &[String], twigs: usize) -> Vec<bool> {
    let marks: Vec<Option<bool>> =
        questions.iter().map(|q| progress.asked.get(&mark(branch, q)).copied()).collect();
    // A question that was ticked by hand had its twigs, too.
    let ticked = marks.iter().filter(|m| **m == Some(true)).count();
    let mut answered = twigs.saturating_sub(ticked);
    let mut by_twig = || {
        let left = answered > 0;
        answered = answered.saturating_sub(1);
        left
    };
    marks.into_iter().map(|m| m.unwrap_or_else(&mut by_twig)).collect()
}

/// Who takes part in the round, and how often each had their turn in a step: an entry of theirs, or a pass. In the order of
/// the codes. Who leads and who presents asks no questions, unless nobody else is there; ideas are everybody's.
pub fn turns(dossier: &Dossier, step: Step) -> Vec<(Id<Participant>, usize)> {
    let meeting = &dossier.meeting;
    let leads: BTreeSet<Id<Participant>> =
        meeting.facilitators.iter().chain([&meeting.presenter]).flatten().copied().collect();
    let people = dossier.people().into_iter().map(|p| p.id);
    let (led, mut round): (Vec<_>, Vec<_>) = people.partition(|id| leads.contains(id));
    let mut had: BTreeMap<Id<Participant>, usize> = BTreeMap::new();
    let spoke = dossier.nodes.values().filter(|n| n.step == step).filter_map(|n| n.speaker);
    for id in spoke.chain(dossier.progress.passed.iter().copied()) {
        *had.entry(id).or_default() += 1;
    }
    // Who leads has ideas, too, after the others.
    if round.is_empty() || step == Step::Ideas {
        round.extend(led);
    }
    round.into_iter().map(|id| (id, had.get(&id).copied().unwrap_or(0))).collect()
}

/// Whose turn it is: of those who had the fewest, the first by the codes. So each has one turn before anybody has two.
pub fn next_in_turn(dossier: &Dossier, step: Step) -> Option<Id<Participant>> {
    let turns = turns(dossier, step);
    let at = (0..turns.len()).min_by_key(|i| (turns[*i].1, *i))?;
    Some(turns[at].0)
}

/// What is said by whoever passes.
const PASSES: &[&str] = &["パス", "パスで", "パスです", "パスします", "pass"];

/// The same, where questions and ideas go round; else it is an answer.
const NOTHING: &[&str] = &[
    "なし",
    "無し",
    "なしです",
    "ないです",
    "特になし",
    "特に無し",
    "特になしです",
    "特にない",
    "特にないです",
    "ありません",
    "特にありません",
    "同じ",
    "同じです",
    "同じく",
    "同上",
    "前の人と同じ",
    "前の方と同じです",
];

/// Whether words say no more than that somebody passes. `named`: the line says who; else it may be what the last speaker heard.
pub fn passes(dossier: &Dossier, who: Id<Participant>, named: bool, words: &str) -> bool {
    let words = fold(words.trim_end_matches(['。', '．', '.', '、']));
    let is = |all: &[&str]| all.iter().any(|known| fold(known) == words);
    let step = dossier.step();
    let in_round = || turns(dossier, step).iter().any(|(id, _)| *id == who);
    is(PASSES) || named && step > Step::Interview && is(NOTHING) && in_round()
}

/// How many entries each person has said; those who have said the least first, then by the codes.
pub fn voices(dossier: &Dossier) -> Vec<(Id<Participant>, usize)> {
    let mut said: BTreeMap<Id<Participant>, usize> = BTreeMap::new();
    for speaker in dossier.nodes.values().filter_map(|n| n.speaker) {
        *said.entry(speaker).or_default() += 1;
    }
    let count = |id| said.get(&id).copied().unwrap_or(0);
    let mut rows: Vec<_> = dossier.people().into_iter().map(|p| (p.id, count(p.id))).collect();
    rows.sort_by_key(|(_, count)| *count);
    rows
}

/// Advice that was given before it was asked for: it waits for the support ideas. What hangs under an issue answers it
/// already. What was taken up comes last.
pub fn parked(dossier: &Dossier) -> Vec<&Node> {
    let early = |n: &&Node| n.kind == Kind::Idea && n.step < Step::Ideas;
    let mut rows: Vec<&Node> =
        dossier.nodes.values().filter(early).filter(|n| issue_above(dossier, n).is_none()).collect();
    rows.sort_by_key(|n| (is_taken_up(&dossier.progress, n.id), n.id));
    rows
}

/// Whether early advice was spoken of since.
pub fn is_taken_up(progress: &Progress, advice: Id<Node>) -> bool {
    progress.asked.get(&advice_mark(advice)).copied().unwrap_or(false)
}

/// The branches by how much hangs on them, the barest first.
pub fn barest(counts: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|i| (counts[*i], *i));
    order
}
