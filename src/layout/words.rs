//! Words broken into lines, kept from one layout to the next: a keystroke changes the words of one twig at most, and breaking
//! lines is what takes longest.

use std::collections::HashMap;
use std::sync::Arc;

use super::measure::{clip, ellipsis, width};
use super::wrap::{shown, wrap_densely, wrap_evenly, wrap_least};
use crate::domain::{Id, Node};

/// A text in lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    /// As they are shown, first to last.
    pub lines: Arc<[String]>,
    /// The cells of the longest line.
    pub widest: usize,
    /// The cells of the first line, in front of which signs stand on the left.
    pub first: usize,
    /// The cells of the last line, after which signs stand.
    pub last: usize,
}

impl Lines {
    /// Breaks a text into lines of at most `wrap` cells.
    pub fn of(text: &str, wrap: usize) -> Self {
        Self::broken(text, wrap, wrap_evenly)
    }

    /// The same with a last line that leaves more room behind it, even if words are torn for it.
    pub fn dense(text: &str, wrap: usize) -> Self {
        Self::broken(text, wrap, wrap_densely)
    }

    /// The same with a line more rather than a word that is torn.
    pub fn least(text: &str, wrap: usize) -> Self {
        Self::broken(text, wrap, wrap_least)
    }

    fn broken(text: &str, wrap: usize, lines: fn(&str, usize) -> Vec<&str>) -> Self {
        let short = width(text);
        if short <= wrap {
            return Self { lines: Arc::new([text.to_owned()]), widest: short, first: short, last: short };
        }
        Self::measured(lines(text, wrap.max(2)).into_iter().map(|line| shown(line).to_owned()).collect())
    }

    /// At most so many of them, the last with a mark that there is more.
    #[must_use]
    pub fn cut(self, most: usize, wrap: usize, mark: &str) -> Self {
        if self.lines.len() <= most.max(1) {
            return self;
        }
        let mut lines = self.lines[..most.max(1)].to_vec();
        if let Some(last) = lines.last_mut() {
            *last = format!("{}{mark}", clip(last, wrap.saturating_sub(width(mark))).0.trim_end());
        }
        Self::measured(lines.into())
    }

    /// The same with as much in the last line as has room, even if a word is torn for it.
    #[must_use]
    pub fn filled(self, most: usize, wrap: usize, mark: &str) -> Self {
        if self.lines.len() <= most {
            return self;
        }
        let mut lines = self.lines[..most - 1].to_vec();
        lines.push(ellipsis(&self.lines[most - 1..].concat(), wrap, mark).into_owned());
        Self::measured(lines.into())
    }

    fn measured(lines: Arc<[String]>) -> Self {
        let [first, last] = [lines.first(), lines.last()].map(|line| line.map_or(0, |line| width(line)));
        let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
        Self { lines, widest, first, last }
    }
}

/// The lines of the twigs.
#[derive(Debug, Clone, Default)]
pub struct Words {
    kept: HashMap<Id<Node>, Kept>,
}

#[derive(Debug, Clone)]
struct Kept {
    text: String,
    wrap: usize,
    lines: Lines,
}

impl Words {
    /// Makes ready for a layout of `count` twigs: what no twig needs any more goes now and then.
    pub fn prepare(&mut self, count: usize) {
        if self.kept.len() > 2 * count + 100 {
            self.kept.clear();
        }
    }

    /// The lines of a twig, of at most `wrap` cells.
    pub fn of(&mut self, node: &Node, wrap: usize) -> Lines {
        if let Some(kept) = self.kept.get(&node.id)
            && kept.wrap == wrap
            && kept.text == node.text
        {
            return kept.lines.clone();
        }
        let lines = Lines::of(&node.text, wrap);
        self.kept.insert(node.id, Kept { text: node.text.clone(), wrap, lines: lines.clone() });
        lines
    }
}

/// What is kept for speed is nobody's state.
impl PartialEq for Words {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
