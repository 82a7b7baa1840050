//! Which key does what where: the table's keys with the user's changes over them.

use std::collections::BTreeMap;

use thiserror::Error;

use super::{Command, Key, Place, Row, TABLE, UnknownKey};
use crate::domain::text::{brief, closest};

/// What is wrong with the user's keys.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum KeymapError {
    #[error("操作「{}」はありません{hint}", brief(name))]
    UnknownAction { name: String, hint: String },
    #[error(transparent)]
    UnknownKey(#[from] UnknownKey),
    #[error("「{}」は文字のキーなので、操作には使えません（F1〜F12、ctrl-、alt- を使ってください）", brief(.0))]
    TextKey(String),
    #[error("キー「{}」が「{first}」と「{second}」の両方に割り当てられています", brief(key))]
    Clash { key: String, first: &'static str, second: &'static str },
}

impl KeymapError {
    /// Whether an action, by its id, has part in it.
    pub fn is_of(&self, id: &str) -> bool {
        let title = TABLE.iter().find(|row| row.id == id).map(|row| row.title);
        match self {
            Self::Clash { first, second, .. } => [first, second].iter().any(|name| Some(**name) == title),
            _ => true,
        }
    }
}

/// Keys to commands, place by place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    keys: Vec<(Command, Vec<Key>)>,
    /// Keys of the table that somebody uses for something else: which, whose they were, and what they do now.
    given_up: Vec<(Key, Command, Command)>,
}

/// Where the keys of an action do another: on the list of meetings what is selected is a meeting.
const STANDS_FOR: [(Place, Command, Command); 1] = [(Place::Home, Command::Delete, Command::DeleteMeeting)];

/// Actions that got their keys after people had written settings of their own: what those say goes first.
const YOUNGER: [Command; 1] = [Command::Hide];

impl Keymap {
    /// The table's keys; an entry of `changes` (action id to key names) replaces all keys of its action.
    pub fn new(changes: &BTreeMap<String, Vec<String>>) -> Result<Self, KeymapError> {
        for name in changes.keys() {
            if !TABLE.iter().any(|row| row.id == name) {
                let ids: Vec<&str> = TABLE.iter().map(|row| row.id).collect();
                let hint =
                    closest(name, &ids).map(|id| format!("（「{id}」のことですか？）")).unwrap_or_default();
                return Err(KeymapError::UnknownAction { name: name.clone(), hint });
            }
        }
        let mut keys = Vec::with_capacity(TABLE.len());
        for row in TABLE {
            let parsed = match changes.get(row.id) {
                Some(names) => names.iter().map(|name| user_key(name)).collect::<Result<Vec<_>, _>>()?,
                None => row.keys.iter().map(|name| name.parse::<Key>()).collect::<Result<Vec<_>, _>>()?,
            };
            keys.push((row.command, parsed));
        }
        let mut map = Self { keys, given_up: Vec::new() };
        for command in YOUNGER.into_iter().filter(|command| !changes.contains_key(command.row().id)) {
            map.give_up_keys(command, changes);
        }
        map.refuse_clashes()?;
        Ok(map)
    }

    /// Leaves the keys of an action to the changes that want them.
    fn give_up_keys(&mut self, command: Command, changes: &BTreeMap<String, Vec<String>>) {
        let theirs = |other: Command| changes.contains_key(other.row().id) && meet(other, command);
        let taken = |key: &Key| {
            let (now, _) = self.keys.iter().find(|(c, keys)| theirs(*c) && keys.contains(key))?;
            Some((*key, command, *now))
        };
        let given_up: Vec<_> = self.all(command).iter().filter_map(taken).collect();
        for (_, keys) in self.keys.iter_mut().filter(|(c, _)| *c == command) {
            keys.retain(|key| given_up.iter().all(|(taken, ..)| taken != key));
        }
        self.given_up.extend(given_up);
    }

    /// What somebody should know whose keys came first; none where all actions have theirs.
    pub fn said_of_given_up(&self) -> Option<String> {
        let (key, command, now) = self.given_up.first()?;
        let (id, title, now, menu) =
            (command.row().id, command.row().title, now.row().title, self.said(Command::Menu));
        Some(format!(
            "設定のとおり、{key} は「{now}」のキーです。「{title}」は {menu} から選べます。設定の [keys] に {id} のキーを書けば、そのキーでもできます。"
        ))
    }

    /// What a key does at a place.
    pub fn command(&self, place: Place, key: Key) -> Option<Command> {
        self.keys
            .iter()
            .find(|(command, keys)| keys.contains(&key) && command.row().places.contains(&place))
            .map(|(command, _)| *command)
            .or_else(|| {
                let stands =
                    STANDS_FOR.into_iter().find(|(at, of, _)| *at == place && self.all(*of).contains(&key));
                stands.map(|(.., does)| does)
            })
    }

    /// Every key of a command at a place.
    pub fn all_at(&self, place: Place, command: Command) -> Vec<Key> {
        let others = STANDS_FOR.into_iter().filter(|(at, _, does)| *at == place && *does == command);
        let others = others.flat_map(|(_, of, _)| self.all(of));
        let theirs = others.filter(|key| self.command(place, **key) == Some(command));
        self.all(command).iter().chain(theirs).copied().collect()
    }

    /// The first key of a command, as people read it; empty if it has none.
    pub fn shown(&self, command: Command) -> String {
        self.all(command).first().map(Key::to_string).unwrap_or_default()
    }

    /// A command as a sentence names it: by its first key, or where it has none, by its name in the menu.
    pub fn said(&self, command: Command) -> String {
        match self.shown(command) {
            key if key.is_empty() => format!("「{}」", command.row().title),
            key => key,
        }
    }

    /// A sentence in which actions stand by their ids in braces (`{undo}`, `{up down}`), with their keys.
    pub fn fill(&self, sentence: &str) -> String {
        let mut filled = String::with_capacity(sentence.len());
        let mut rest = sentence;
        while let Some((before, (ids, after))) =
            rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
        {
            let rows = ids.split(' ').filter_map(|id| TABLE.iter().find(|row| row.id == id));
            let keys: Vec<String> = rows.map(|row| self.said(row.command)).collect();
            debug_assert!(keys.len() == ids.split(' ').count(), "no action for {{{ids}}}");
            // Arrows stand side by side, names apart.
            let signs = keys.iter().all(|key| key.chars().count() == 1);
            filled += before;
            filled += &keys.join(if signs { "" } else { " " });
            rest = after;
        }
        filled + rest
    }

    /// Every key of a command.
    pub fn all(&self, command: Command) -> &[Key] {
        self.keys.iter().find(|(c, _)| *c == command).map_or(&[], |(_, keys)| keys.as_slice())
    }

    fn refuse_clashes(&self) -> Result<(), KeymapError> {
        for (i, (first, keys)) in self.keys.iter().enumerate() {
            for (second, others) in &self.keys[i + 1..] {
                let (a, b): (&Row, &Row) = (first.row(), second.row());
                if let Some(key) = keys.iter().find(|k| others.contains(k) && meet(*first, *second)) {
                    return Err(KeymapError::Clash { key: key.to_string(), first: a.title, second: b.title });
                }
            }
        }
        Ok(())
    }
}

/// Whether there is a place that has both.
fn meet(one: Command, other: Command) -> bool {
    one.row().places.iter().any(|place| other.row().places.contains(place))
}

fn user_key(name: &str) -> Result<Key, KeymapError> {
    let key: Key = name.parse()?;
    if key.text().is_some() { Err(KeymapError::TextKey(name.to_owned())) } else { Ok(key) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(rows: &[(&str, &str)]) -> BTreeMap<String, Vec<String>> {
        rows.iter().map(|(id, key)| ((*id).to_owned(), vec![(*key).to_owned()])).collect()
    }

    #[test]
    fn the_table_has_no_clashes_and_every_action_has_words() {
        let map = Keymap::new(&BTreeMap::new()).unwrap();
        for row in TABLE {
            assert!(!row.title.is_empty() && !row.help.is_empty() && !row.places.is_empty(), "{}", row.id);
            assert_eq!(TABLE.iter().filter(|r| r.id == row.id).count(), 1, "{} stands twice", row.id);
            assert_eq!(
                TABLE.iter().filter(|r| r.command == row.command).count(),
                1,
                "{} stands twice",
                row.id
            );
            for key in map.all(row.command) {
                assert!(key.text().is_none_or(|c| c == ' '), "{} is a letter", row.id);
            }
        }
    }

    #[test]
    fn 文の中のキーは操作の名前で書く() {
        let map = Keymap::new(&changes(&[("undo", "ctrl-s"), ("up", "alt-k")])).unwrap();
        assert_eq!(
            map.fill("{undo} でもどせます。{left right}、{up down}"),
            "Ctrl+S でもどせます。←→、Alt+K ↓"
        );
        assert_eq!(map.fill("{put-away} から"), "「片づけた書きかけ」 から");
        for row in TABLE {
            let filled = map.fill(row.help);
            assert!(!filled.contains(['{', '}']), "{filled}");
        }
    }

    #[test]
    fn function_keys_have_a_second_key() {
        let map = Keymap::new(&BTreeMap::new()).unwrap();
        for row in TABLE {
            let keys = map.all(row.command);
            if keys.iter().any(|k| matches!(k.code, super::super::Code::F(_))) {
                assert!(keys.len() > 1, "{} has only one key", row.id);
            }
        }
    }

    #[test]
    fn 利用者のキーは足すのでなく置きかえる() {
        let map = Keymap::new(&changes(&[("next-step", "ctrl-s")])).unwrap();
        let key = |text: &str| text.parse::<Key>().unwrap();
        assert_eq!(map.command(Place::Map, key("ctrl-s")), Some(Command::NextStep));
        assert_eq!(map.command(Place::Map, key("f6")), None);
    }

    #[test]
    fn 前からの自分のキーはその人のもので_新しい操作はその事を言って譲る() {
        let key = "ctrl-s".parse::<Key>().unwrap();
        let map = Keymap::new(&changes(&[("next-step", "ctrl-s")])).unwrap();
        assert_eq!(map.command(Place::Map, key), Some(Command::NextStep));
        assert_eq!((map.command(Place::Home, key), map.shown(Command::Hide).as_str()), (None, ""));
        let said = map.said_of_given_up().unwrap();
        assert!(said.contains("Ctrl+S は「次の段階へ」") && said.contains("「画面を隠す」は F10"), "{said}");
        // Who gives it another key, or none, knows.
        let own = [("next-step", "ctrl-s"), ("hide", "alt-h")];
        assert_eq!(Keymap::new(&changes(&own)).unwrap().said_of_given_up(), None);
        let none = BTreeMap::from([("hide".to_owned(), Vec::new())]);
        assert_eq!(Keymap::new(&none).unwrap().said_of_given_up(), None);
        assert_eq!(Keymap::new(&BTreeMap::new()).unwrap().command(Place::Home, key), Some(Command::Hide));
        // Two that somebody wrote are a mistake.
        assert!(Keymap::new(&changes(&[("next-step", "ctrl-s"), ("hide", "ctrl-s")])).is_err());
        assert!(Keymap::new(&changes(&[("next-step", "ctrl-z")])).is_err());
    }

    #[test]
    fn まちがったキーは理由を言って断る() {
        let refused = |id, key| Keymap::new(&changes(&[(id, key)])).unwrap_err().to_string();
        assert!(refused("nextstep", "f6").contains("next-step"));
        assert!(refused("next-step", "q").contains("文字のキー"));
        assert!(refused("next-step", "f1").contains("両方"));
        assert!(refused("next-step", "hyper-1").contains("ありません"));
    }
}
