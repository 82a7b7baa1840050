//! Draws the row under the map of the past: which step it is, when it was, and how to move on.

use crate::domain::Growth;
use crate::ui::Panes;
use crate::ui::frame::key_bar;
use crate::ui::look::prelude::*;

pub fn past(look: &Look, growth: &Growth, panes: &Panes, buf: &mut Buffer) {
    let [prompt, labels, entry] =
        [panes.prompt, panes.labels, panes.entry].map(|row| row.inner(Margin::new(1, 0)));
    let (at, all) = (growth.at(), growth.len());
    let place = look.span(format!("{all}のうち {at}番め"), Meaning::CurrentStep);
    let what = match growth.last() {
        Some(edit) => format!("{}　{}", edit.at.format("%H:%M"), edit.label),
        None => "はじまり".to_owned(),
    };
    look.row([place, "  ".into(), look.span(what, Meaning::Strong)]).render(prompt, buf);
    let now = if at == all { "今のマップです" } else { "前のマップです" };
    let words = format!("{now}（見るだけ。書きはじめると今のマップにもどります）");
    look.say(words, Meaning::Quiet).render(labels, buf);
    // How far along it is.
    let passed = usize::from(entry.width) * at / all.max(1);
    let bar = look.span(look.bar().repeat(passed), Meaning::Bar);
    let rest = look.span(look.signs.rule(usize::from(entry.width) - passed), Meaning::Rule);
    look.row([bar, rest]).render(entry, buf);
    let keys = [
        ("← →", "一つずつ"),
        ("PgUp PgDn", "十ずつ"),
        ("Home", "始まり"),
        ("End", "今のマップ"),
        ("Esc", "もどる"),
    ];
    key_bar(look, panes.bar.width, keys).render(panes.bar, buf);
}
