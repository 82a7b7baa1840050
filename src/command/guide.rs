//! The guide for people, a topic a page: those of `docs/guide`, in the order of `topics.toml` there.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Keymap, TABLE};

/// A topic of the guide.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// The name of its file.
    pub name: &'static str,
    /// The page in a small part of Markdown.
    pub text: &'static str,
    /// What people type who look for it, with spaces between.
    pub words: String,
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
        Some(Page { name, text, words: topic.words })
    };
    topics.topics.into_iter().filter_map(page).collect()
});

/// All topics, in their order.
pub fn guide() -> &'static [Page] {
    &PAGES
}

impl Page {
    pub fn title(&self) -> &'static str {
        self.text.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or(self.name)
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
        let page = Page { name: "", text, words: String::new() };
        let shown = page.with_keys(&Keymap::new(&changes).unwrap());
        assert_eq!(shown, text.replace("Ctrl+Z", "Alt+Z"));
        assert_eq!(page.names().collect::<Vec<_>>(), ["undo", "up", "down", "no-action"]);
        assert_eq!(page.title(), "題");
    }
}
