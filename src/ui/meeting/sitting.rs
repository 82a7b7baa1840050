//! A meeting while people sit in it: its document, its clocks, and who speaks. All screens of the meeting share it.

use std::ops::{Deref, DerefMut};

use crate::command::Command;
use crate::domain::aim::Board;
use crate::domain::{Change, Id, Lists, Participant, Progress, Record, Step, people};
use crate::format::Format;
use crate::ui::entry::Signs;
use crate::ui::meeting::clock::KEEP_EVERY;
use crate::ui::sheet::replaced;
use crate::ui::{Clock, Context, Document, OpenMeeting, Target, Writing};

/// The change of a record to one with something else in it; none where that stands there already.
pub(crate) fn changed<R>(record: &R, change: impl FnOnce(&mut R)) -> Vec<Change>
where
    R: Clone + PartialEq + Into<Record>,
{
    let mut after = record.clone();
    change(&mut after);
    replaced(Some(record), &after)
}

#[derive(Debug, Clone, PartialEq)]
pub struct Sitting {
    document: Document<OpenMeeting>,
    pub clock: Clock,
    /// Who speaks, until somebody else does.
    pub speaker: Option<Id<Participant>>,
}

impl Deref for Sitting {
    type Target = Document<OpenMeeting>;

    fn deref(&self) -> &Self::Target {
        &self.document
    }
}

impl DerefMut for Sitting {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.document
    }
}

impl Sitting {
    pub fn new(document: Document<OpenMeeting>) -> Self {
        Self { document, clock: Clock::default(), speaker: None }
    }

    pub fn step(&self) -> Step {
        self.dossier.step()
    }

    /// The signs a line understands where new words have these: what ends the words it mends is one of them.
    pub(crate) fn signs_in(&self, writing: &Writing, new: Signs) -> Signs {
        let standing = match writing.target() {
            None => return new,
            Some(Target::Node(id)) => self.dossier.nodes.get(&id).map(|node| &node.text),
            Some(Target::Reflection(id)) => self.dossier.reflections.get(&id).map(|said| &said.text),
            Some(_) => return Signs::NONE,
        };
        new.mending(standing.map_or("", String::as_str), writing.line.text())
    }

    /// The map as it is aimed at.
    pub fn board(&self) -> Board<'_> {
        Board { dossier: &self.dossier, tree: &self.tree }
    }

    /// Empty where the steps have none.
    pub fn step_title(&self) -> &str {
        self.dossier.meeting.steps.get(self.dossier.progress.step).map_or("", |step| &step.title)
    }

    /// The format of the meeting, or the first there is.
    pub fn format<'a>(&self, cx: &'a Context) -> Option<&'a Format> {
        let key = &self.dossier.meeting.format;
        cx.formats.iter().find(|f| f.key == *key).or(cx.formats.first())
    }

    /// Who speaks, if they are still at the table.
    pub fn standing_speaker(&self) -> Option<Id<Participant>> {
        self.speaker.filter(|id| self.dossier.participants.contains_key(id))
    }

    /// Who brought the case, if they are at the table.
    pub(crate) fn presenter(&self) -> Option<&Participant> {
        self.dossier.participants.get(&self.dossier.meeting.presenter?)
    }

    /// A person as the room calls them.
    pub fn called(&self, id: Id<Participant>) -> Option<String> {
        self.dossier.participants.get(&id).map(Participant::called)
    }

    /// Whom the letters after an `@` mean: nobody where there are none.
    pub(crate) fn named(&self, query: &str, lists: &Lists) -> Result<Option<Id<Participant>>, String> {
        if query.is_empty() {
            return Ok(None);
        }
        let found = people::called(query, &self.dossier, lists);
        found.map(Some).ok_or_else(|| match people::find(query, &self.dossier, lists).len() {
            0 => format!("「{query}」に当てはまる参加者がいません"),
            several => format!("「{query}」に当てはまる方が{several}人います"),
        })
    }

    /// 「＠薬 に当たる方が2人います：薬剤師 P02・薬剤師 P05。P02 にしました。」, where a name fits several alike.
    pub(crate) fn shared(&self, query: &str, lists: &Lists) -> Option<String> {
        let (shared, first) = people::shared(query, &self.dossier, lists)?;
        Some(format!("{shared}{first} にしました。"))
    }

    /// Seconds spent in the current step, to now.
    pub fn step_seconds(&self) -> u32 {
        self.dossier.progress.spent_in(self.dossier.progress.step).saturating_add(self.clock.carried())
    }

    /// Seconds spent in the whole meeting, to now.
    pub fn meeting_seconds(&self) -> u32 {
        self.dossier.progress.spent_in_all().saturating_add(self.clock.carried())
    }

    /// Lets the clock see the moment of the current message.
    pub fn count_time(&mut self, cx: &mut Context) {
        self.clock.tick(cx.now.at);
        if self.clock.carried() >= KEEP_EVERY {
            self.keep_time(cx, |_| {});
        }
    }

    /// Keeps the counted seconds, and whatever else changes in the progress with them, as one quiet edit.
    pub fn keep_time(&mut self, cx: &mut Context, also: impl FnOnce(&mut Progress)) {
        let seconds = self.clock.take();
        let changes = changed(&self.dossier.progress, |progress| {
            if seconds > 0 {
                progress.spend(progress.step, seconds);
            }
            also(progress);
        });
        if !changes.is_empty() {
            self.commit_quiet(cx, "時計と段階", changes);
        }
    }

    /// Starts the clock; the first start of a meeting is written down. Who only looks does not run the meeting.
    pub fn start_clock(&mut self, cx: &mut Context) {
        if cx.look_only || self.dossier.progress.ended_at.is_some() {
            return;
        }
        let now = cx.now.at;
        self.clock.running = true;
        self.clock.last = Some(now);
        if self.dossier.progress.started_at.is_none() {
            self.keep_time(cx, |p| p.started_at = Some(now));
        }
    }

    /// Stops the clock and keeps what it counted.
    pub fn stop_clock(&mut self, cx: &mut Context) {
        self.clock.running = false;
        self.keep_time(cx, |_| {});
    }

    pub fn toggle_clock(&mut self, cx: &mut Context) {
        if self.clock.running {
            self.stop_clock(cx);
            cx.say_filled("時計を止めました。{clock} で動きます。");
        } else if self.dossier.progress.ended_at.is_some() {
            self.keep_time(cx, |p| p.ended_at = None);
            self.start_clock(cx);
            cx.say("会議を再開しました。");
        } else {
            self.start_clock(cx);
            cx.say("時計を動かしました。");
        }
    }
}

impl Context {
    /// Says whom a name was taken for that fits several, and the key that says otherwise.
    pub(crate) fn say_shared(&mut self, shared: &str, key: Command, besides: &str) {
        let (shared, key) = (self.watch.unnamed(shared), self.keymap.said(key));
        self.say(format!("{shared}ちがうときは {key} で直せます。{besides}"));
    }
}
