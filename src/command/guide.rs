//! The guide for people, a topic a page: those of `docs/guide`, in the order of `topics.toml` there.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Keymap, TABLE};
use crate::domain::text::{Fit, sought};

/// A topic of the guide.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// The name of its file.
    pub name: &'static str,
    /// The page in a small part of Markdown.
    pub text: &'static str,
    id: String,
    /// What people type who look for it, folded for that, as the rest is.
    words: Vec<String>,
    sought_title: String,
    sought_text: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Topics {
    topics: Vec<Topic>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    page: String,
    words: String,
}

macro_rules! texts {
    ($($name:literal)+) => {
        &[$(($name, include_str!(concat!("../../docs/guide/", $name, ".md")))),+]
    };
}

static TEXTS: &[(&str, &str)] = texts!(
    "ask" "clock" "closing" "commands" "links" "map" "mend" "next" "people" "plan" "print" "privacy"
    "regional" "screen" "settings" "share" "start" "trouble" "year"
);

static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    // A test reads the file; without it there is no page.
    let topics: Topics = toml::from_str(include_str!("../../docs/guide/topics.toml")).unwrap_or_default();
    let page = |topic: Topic| {
        let (name, text) = TEXTS.iter().find(|(name, _)| *name == topic.page)?;
        Some(Page::new(name, text, &topic.words))
    };
    topics.topics.into_iter().filter_map(page).collect()
});

/// A page with the words in its title, and one that only says them.
const TITLED: f64 = 1.2;
const SAYS: f64 = 0.25;

/// All topics, in their order.
pub fn guide() -> &'static [Page] {
    &PAGES
}

impl Page {
    fn new(name: &'static str, text: &'static str, words: &str) -> Self {
        let mut page = Self {
            name,
            text,
            id: format!("guide/{name}"),
            words: words.split_whitespace().map(sought).collect(),
            sought_title: String::new(),
            sought_text: sought(text),
        };
        page.sought_title = sought(page.title());
        page
    }

    /// What it goes by among the actions: no action has such an id.
    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn title(&self) -> &'static str {
        self.text.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or(self.name)
    }

    /// How well it fits what was typed, folded: whether its title does, how much of the letters are among the words it is looked
    /// for with, and whether it says them anywhere.
    pub(super) fn fit(&self, typed: &str) -> f64 {
        let all = typed.chars().count();
        let met = self.words.iter().filter_map(|word| match word.chars().count() {
            _ if word.starts_with(typed) => Some(all),
            letters if letters > 1 && typed.contains(word.as_str()) => Some(letters),
            _ => None,
        });
        let met = met.max().unwrap_or(0) as f64 / all.max(1) as f64;
        let titled = Fit::of(typed, &self.sought_title).filter(|fit| all > 1 || *fit != Fit::Holds);
        let says = all > 1 && self.sought_text.contains(typed);
        titled.map_or(met, |_| TITLED) + if says { SAYS } else { 0.0 }
    }

    /// The page with the keys people have: in it those of the table stand in bold, with the ids of their actions behind them
    /// in a remark. `**↑↓**<!--up down-->`
    pub fn with_keys(&self, keymap: &Keymap) -> String {
        let mut page = String::with_capacity(self.text.len());
        let mut rest = self.text;
        while let Some((before, remark, after)) = remark(rest) {
            let key = before.strip_suffix("**").and_then(|before| before.rsplit_once("**"));
            match key.filter(|_| ids(remark).all(is_known)) {
                Some((before, _)) => {
                    let key = keymap.fill(&format!("{{{remark}}}"));
                    page.extend([before, "**", &key, "**"]);
                }
                None => page += before,
            }
            page.extend(["<!--", remark, "-->"]);
            rest = after;
        }
        page + rest
    }

    /// The ids of the actions it names.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let mut rest = self.text;
        let remarks = std::iter::from_fn(move || {
            let (_, remark, after) = remark(rest)?;
            rest = after;
            Some(remark)
        });
        remarks.filter(|remark| !remark.starts_with(' ')).flat_map(ids)
    }

    /// What it says of each action: the lines that name it.
    pub(super) fn said(&self) -> Vec<(&'static str, String)> {
        let line = |line: &'static str| {
            let (mut text, mut named, mut rest) = (String::new(), Vec::new(), line);
            while let Some((before, remark, after)) = remark(rest) {
                text += before;
                named.extend(ids(remark).filter(|id| is_known(id)));
                rest = after;
            }
            text += rest;
            named.into_iter().map(move |id| (id, text.clone())).collect::<Vec<_>>()
        };
        self.text.lines().flat_map(line).collect()
    }
}

/// The next remark, with what stands before and after it.
fn remark(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("<!--")?;
    let (remark, after) = rest.split_once("-->")?;
    Some((before, remark, after))
}

fn ids(remark: &str) -> impl Iterator<Item = &str> {
    remark.split(' ')
}

fn is_known(id: &str) -> bool {
    TABLE.iter().any(|row| row.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_page_has_its_topic() {
        let topics: Topics = toml::from_str(include_str!("../../docs/guide/topics.toml")).unwrap();
        let mut named: Vec<&str> = topics.topics.iter().map(|topic| topic.page.as_str()).collect();
        named.sort_unstable();
        assert_eq!(named, TEXTS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }

    #[test]
    fn keys_stand_in_a_page_as_people_have_them() {
        let changes = BTreeMap::from([("undo".to_owned(), vec!["alt-z".to_owned()])]);
        let text =
            "# 題\n\n- **Ctrl+Z**<!--undo-->、**↑↓**<!--up down-->、「印」<!--no-action-->。<!-- 注 -->";
        let page = Page::new("", text, "");
        let shown = page.with_keys(&Keymap::new(&changes).unwrap());
        assert_eq!(shown, text.replace("Ctrl+Z", "Alt+Z"));
        assert_eq!(page.names().collect::<Vec<_>>(), ["undo", "up", "down", "no-action"]);
        assert_eq!(page.title(), "題");
    }
}
