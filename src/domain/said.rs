//! One of a few choices that are counted, or other words in its place: those are kept as they were said, and counted nowhere.

use serde::{Deserialize, Serialize};

use super::{ActionStatus, Priority};

/// A choice, or words that are none of the choices. In files it is the key of the choice, or else the words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Said<T> {
    /// One of the choices.
    Known(T),
    /// None of them.
    Words(String),
}

/// A choice that other words may stand for.
pub trait Keyed: Copy {
    /// The choice of a key; none where no choice has it.
    fn of_key(key: &str) -> Option<Self>;
    /// The key in files and tables.
    fn its_key(self) -> &'static str;
    /// What people call it.
    fn its_label(self) -> &'static str;
}

macro_rules! keyed {
    ($($type:ty),+) => {
        $(impl Keyed for $type {
            fn of_key(key: &str) -> Option<Self> {
                Self::from_key(key)
            }

            fn its_key(self) -> &'static str {
                self.key()
            }

            fn its_label(self) -> &'static str {
                self.label()
            }
        })+
    };
}
keyed!(Priority, ActionStatus);

impl<T> From<T> for Said<T> {
    fn from(choice: T) -> Self {
        Self::Known(choice)
    }
}

impl<T: Keyed> Said<T> {
    /// What stands in files and tables, read: words that are a key are the choice.
    pub fn of(words: &str) -> Self {
        T::of_key(words).map_or_else(|| Self::Words(words.to_owned()), Self::Known)
    }

    /// The key of the choice, or the words.
    pub fn key(&self) -> &str {
        match self {
            Self::Known(choice) => choice.its_key(),
            Self::Words(words) => words,
        }
    }

    /// What people call it, or as they said it.
    pub fn label(&self) -> &str {
        match self {
            Self::Known(choice) => choice.its_label(),
            Self::Words(words) => words,
        }
    }

    /// The choice; none where other words stand.
    pub fn known(&self) -> Option<T> {
        match self {
            Self::Known(choice) => Some(*choice),
            Self::Words(_) => None,
        }
    }
}

impl Said<ActionStatus> {
    /// Whether there may still be something to do: of words that are no status nobody knows.
    pub fn is_open(&self) -> bool {
        self.known().is_none_or(ActionStatus::is_open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 選んだことばは前と同じ名前で残りほかのことばはそのまま残る() {
        let written = |said: &Said<Priority>| serde_json::to_string(said).unwrap();
        let read = |text: &str| serde_json::from_str::<Said<Priority>>(text).unwrap();
        for (said, file) in [
            (Said::Known(Priority::High), "\"high\""),
            (Said::Words("至急".to_owned()), "\"至急\""),
            (Said::of("low"), "\"low\""),
        ] {
            assert_eq!(written(&said), file);
            assert_eq!(read(file), said);
            assert_eq!(Said::of(said.key()), said);
        }
        assert!(Said::of("low") < Said::<Priority>::of("至急"));
    }

    #[test]
    fn 一覧にない状態は終わったことにならない() {
        assert!(Said::<ActionStatus>::of("相談中").is_open());
        assert!(!Said::Known(ActionStatus::Done).is_open());
    }
}
