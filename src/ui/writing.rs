//! Words on their way: what is typed and not entered yet is never thrown away, whatever is pressed.
//!
//! Each screen with an entry line has a draft of its own, so that a keyword half typed for the map never becomes a
//! participant. What Esc takes from the screen is fetched back by Esc, and at any time from the menu. What stands half typed
//! when one goes back to the list of meetings waits there until the meeting is opened again.

use serde::{Deserialize, Deserializer, Serialize};

use crate::command::{Command, Place};
use crate::domain::{Dossier, Id, Lists, Meeting, Node, Participant, Reflection, people};
use crate::ui::entry::Signs;
use crate::ui::{Cell, Choice, Chooser, Context, Input, MeetingScreen, Pick, Screen, Sheets, entry};

/// The screens that share one entry line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    #[default]
    Map,
    People,
    Closing,
}

impl Spot {
    pub const ALL: [Spot; 3] = [Spot::Map, Spot::People, Spot::Closing];

    /// The entry line of a place; none where there is no such line.
    pub fn of(place: Place) -> Option<Spot> {
        match place {
            Place::Map => Some(Spot::Map),
            Place::Opening | Place::People => Some(Spot::People),
            Place::Closing => Some(Spot::Closing),
            Place::Home | Place::Info | Place::Plan | Place::Regional => None,
            Place::Register | Place::Issue | Place::Year => None,
            Place::Review | Place::Decide | Place::Forms => None,
        }
    }
}

/// What Enter does with the words of the entry line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Node(Id<Node>),
    Person(Id<Participant>),
    Reflection(Id<Reflection>),
    /// They are what was said at the node.
    Said(Id<Node>),
    /// They are searched for.
    Search,
    /// They say what the node brings about: a number, or the selected twig.
    Link(Id<Node>),
}

impl Target {
    /// The screen whose entry line can be used so.
    pub(crate) fn spot(self) -> Spot {
        match self {
            Target::Node(_) | Target::Said(_) | Target::Search | Target::Link(_) => Spot::Map,
            Target::Person(_) => Spot::People,
            Target::Reflection(_) => Spot::Closing,
        }
    }

    /// The words that something being mended has as it stands; none where nothing is mended.
    pub(crate) fn standing(self, d: &Dossier, lists: &Lists) -> Option<String> {
        match self {
            Target::Node(id) => d.nodes.get(&id).map(|n| entry::literal(&n.text, Signs::MAP)),
            Target::Said(id) => d.nodes.get(&id).map(|n| n.said.clone()),
            Target::Person(id) => d.participants.get(&id).map(|p| people::write_line(p, lists)),
            Target::Reflection(id) => d.reflections.get(&id).map(|r| entry::literal(&r.text, Signs::CLOSING)),
            Target::Search | Target::Link(_) => None,
        }
    }

    /// Whether what a line is used for is still there.
    pub(crate) fn stands(self, d: &Dossier) -> bool {
        match self {
            Target::Node(id) | Target::Said(id) | Target::Link(id) => d.nodes.contains_key(&id),
            Target::Person(id) => d.participants.contains_key(&id),
            Target::Reflection(id) => d.reflections.contains_key(&id),
            Target::Search => true,
        }
    }
}

/// The entry line of a screen, and what Enter does with its words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Writing {
    pub line: Input,
    /// What the line is used for, where its words do not become something new, and what stood in it before.
    #[serde(deserialize_with = "if_known")]
    used: Option<(Target, Input)>,
    /// The highlighted candidate of a half-typed `@` or `#`.
    #[serde(skip)]
    pub candidate: usize,
}

/// A use that another version of the program knows must not cost the words.
fn if_known<'de, D: Deserializer<'de>>(from: D) -> Result<Option<(Target, Input)>, D::Error> {
    Ok(serde_json::from_value(serde_json::Value::deserialize(from)?).unwrap_or_default())
}

impl Writing {
    /// As it comes out of a file.
    pub(crate) fn settled(self) -> Self {
        let used = self.used.map(|(target, aside)| (target, aside.settled()));
        Self { line: self.line.settled(), used, candidate: 0 }
    }

    /// What the line is used for; none: its words become something new.
    pub fn target(&self) -> Option<Target> {
        self.used.as_ref().map(|(target, _)| *target)
    }

    /// Whether nothing is typed and nothing is mended.
    pub fn is_idle(&self) -> bool {
        self.used.is_none() && self.line.text().trim().is_empty()
    }

    /// Gives the line a use; what stood in it comes back afterwards.
    pub(crate) fn begin(&mut self, target: Target, line: Input) {
        let aside = match self.used.take() {
            Some((_, aside)) => aside,
            None => std::mem::take(&mut self.line),
        };
        (self.line, self.used, self.candidate) = (line, Some((target, aside)), 0);
    }

    /// Its words are written down, or not wanted: what stood aside stands there again, or nothing.
    pub(crate) fn finish(&mut self) {
        self.line = self.used.take().map(|(_, aside)| aside).unwrap_or_default();
        self.candidate = 0;
    }

    /// What it was used for is gone: the words are a draft for something new.
    pub(crate) fn lose_target(&mut self) {
        if let Some((_, aside)) = self.used.take()
            && self.line.is_empty()
        {
            self.line = aside;
        }
    }

    /// The words that become something new, on the line or aside.
    pub(crate) fn draft_mut(&mut self) -> &mut Input {
        match self.used.as_mut() {
            Some((_, aside)) => aside,
            None => &mut self.line,
        }
    }

    /// Whether the line holds words that stand nowhere else.
    pub(crate) fn holds_new_words(&self, dossier: &Dossier, lists: &Lists) -> bool {
        let words = self.line.text();
        match self.target() {
            Some(Target::Search) => false,
            target => {
                let stands = target.and_then(|target| target.standing(dossier, lists));
                !words.trim().is_empty() && stands.as_deref() != Some(words)
            }
        }
    }

    /// Everything that is half typed.
    fn lines(&self) -> impl Iterator<Item = &Input> {
        std::iter::once(&self.line).chain(self.used.iter().map(|(_, aside)| aside))
    }
}

/// What Esc took from the screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PutAway {
    /// None: it stood on a screen of the region.
    pub(crate) meeting: Option<Id<Meeting>>,
    pub(crate) origin: Origin,
    pub(crate) line: Input,
    /// Something else was written down since: Esc would make it a part of the next words.
    past: bool,
}

/// Where words stood.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Origin {
    /// None: it was to become something new.
    Entry(Spot, Option<Target>),
    Cell(Cell),
}

/// What the key before did, as far as the next one means something else after it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LastKey {
    #[default]
    Other,
    /// Esc took words from the screen: pressed again it brings them back.
    PutAway,
    /// Esc brought them back.
    Fetched,
    /// It took them away again: they are not wanted, and the next Esc goes on.
    Dismissed,
    /// Enter wrote something down and left the line empty: whoever presses it twice means the first.
    Entered,
}

/// So many things put away are remembered.
const REMEMBERED: usize = 50;

impl PutAway {
    /// As it comes out of a file.
    pub(crate) fn settled(self) -> Self {
        Self { line: self.line.settled(), ..self }
    }

    pub(crate) fn is_of(&self, meeting: Id<Meeting>) -> bool {
        self.meeting == Some(meeting)
    }
}

impl Context {
    /// Keeps words that are taken from the screen.
    pub(crate) fn remember(&mut self, meeting: Option<Id<Meeting>>, origin: Origin, line: Input) {
        if self.put_away.len() == REMEMBERED {
            self.put_away.remove(0);
        }
        self.put_away.push(PutAway { meeting, origin, line, past: false });
        self.touched = true;
    }

    /// Something was given up; says how its words come back, where there were any.
    pub(crate) fn gave_up(&mut self, kept: bool) {
        // Taken away a second time it is meant so: the next Esc goes on.
        let again = self.last == LastKey::Fetched;
        self.last = match kept {
            false => LastKey::Other,
            true if again => LastKey::Dismissed,
            true => LastKey::PutAway,
        };
        if kept {
            self.say(if again {
                let (key, title) = (self.keymap.said(Command::Menu), Command::PutAway.row().title);
                format!("書きかけを片づけました。{key} の「{title}」で、いつでも出せます。")
            } else {
                let key = self.keymap.said(Command::Back);
                format!("書きかけを片づけました。もう一度 {key} で、書きかけが出てきます。")
            });
        }
    }
}

/// A screen from which words are put away, and to which they come back.
pub(crate) trait Drafts: Sheets {
    /// Whether words were put away where one is now.
    fn stood_here(&self, cx: &Context, put: &PutAway) -> bool;

    /// Puts words back where they stood.
    fn put_back_words(&mut self, cx: &Context, put: PutAway);

    /// What stands there now is kept or put away first. False: it means nothing as it is.
    fn make_room(&mut self, cx: &mut Context, put: &PutAway) -> bool;

    /// What fetches one of them, by its place.
    fn fetching(at: usize) -> Pick;

    /// The meeting whose words they are.
    fn meeting_id(&self) -> Option<Id<Meeting>>;

    fn has_put_away_here(&self, cx: &Context) -> bool {
        cx.put_away.iter().any(|put| self.stood_here(cx, put))
    }

    /// Gives up the cell that is open. False if none is.
    fn give_up_cell(&mut self, cx: &mut Context) -> bool {
        let Some((cell, line)) = self.editing().cloned() else { return false };
        let kept = self.cell_raw(cx, cell) != line.text() && !line.text().trim().is_empty();
        self.drop_cell();
        if kept {
            cx.remember(self.meeting_id(), Origin::Cell(cell), line);
        }
        cx.gave_up(kept);
        true
    }

    /// Fetches back what was put away last on this screen. False if there is nothing.
    fn fetch_last(&mut self, cx: &mut Context) -> bool {
        let Some(at) = cx.put_away.iter().rposition(|put| !put.past && self.stood_here(cx, put)) else {
            return false;
        };
        self.take_back(cx, at);
        true
    }

    /// Everything that was put away on this screen, the newest first.
    fn choose_put_away(&self, cx: &mut Context) {
        let all = cx.put_away.iter().enumerate().rev();
        let here = all.filter(|(_, put)| self.stood_here(cx, put)).map(|(at, put)| {
            let note = match put.origin {
                Origin::Entry(_, None) => "",
                Origin::Entry(..) => "直しかけ",
                Origin::Cell(cell) => cell.heading().title,
            };
            Choice::new(cx.shortened(put.line.text()), note, Self::fetching(at))
        });
        cx.choose(Chooser::new(Command::PutAway.row().title, here.collect()));
    }

    /// Fetches back one of them.
    fn fetch(&mut self, cx: &mut Context, at: usize) {
        let Some(put) = cx.put_away.get(at).cloned() else { return };
        if self.make_room(cx, &put) {
            self.take_back(cx, at);
        }
    }

    fn take_back(&mut self, cx: &mut Context, at: usize) {
        let put = cx.put_away.remove(at);
        self.put_back_words(cx, put);
        cx.last = LastKey::Fetched;
        cx.touched = true;
    }

    /// Puts words back into a cell.
    fn put_back_cell(&mut self, cell: Cell, line: Input) {
        if let Some(sheet) = self.sheet_mut() {
            sheet.editing = Some((cell, line));
            sheet.marked = false;
        }
    }
}

impl Drafts for MeetingScreen {
    fn stood_here(&self, _: &Context, put: &PutAway) -> bool {
        let place = self.place();
        put.meeting == self.meeting_id()
            && match put.origin {
                Origin::Entry(spot, _) => Spot::of(place) == Some(spot),
                Origin::Cell(cell) => cell.is_at(place),
            }
    }

    fn put_back_words(&mut self, _: &Context, put: PutAway) {
        let PutAway { origin, line, .. } = put;
        match origin {
            // The twig the words were meant for may be gone: then they go into the line for something new.
            Origin::Entry(spot, target) => match target.filter(|target| target.stands(&self.doc.dossier)) {
                Some(target) => {
                    if let Target::Node(id) | Target::Said(id) | Target::Link(id) = target {
                        self.map.select_node(&self.doc, id);
                    }
                    self.entry_mut(spot).begin(target, line);
                }
                None => *self.entry_mut(spot).draft_mut() = line,
            },
            Origin::Cell(cell) => self.put_back_cell(self.cell_that_stands(cell), line),
        }
    }

    fn make_room(&mut self, cx: &mut Context, put: &PutAway) -> bool {
        let room = self.leave_cell(cx) && self.settle_line(cx);
        if room && matches!(put.origin, Origin::Entry(..)) {
            self.put_line_away(cx);
        }
        room
    }

    fn fetching(at: usize) -> Pick {
        crate::ui::picker::MeetingPick::Fetch(at).into()
    }

    fn meeting_id(&self) -> Option<Id<Meeting>> {
        Some(self.doc.dossier.meeting.id)
    }
}

impl MeetingScreen {
    /// An entry line of the meeting, whichever screen one is on.
    pub fn entry(&self, spot: Spot) -> &Writing {
        match spot {
            Spot::Map => &self.map.writing,
            Spot::People => &self.people.writing,
            Spot::Closing => &self.closing.writing,
        }
    }

    pub(crate) fn entry_mut(&mut self, spot: Spot) -> &mut Writing {
        match spot {
            Spot::Map => &mut self.map.writing,
            Spot::People => &mut self.people.writing,
            Spot::Closing => &mut self.closing.writing,
        }
    }

    pub(crate) fn here_mut(&mut self) -> Option<&mut Writing> {
        Spot::of(self.place()).map(|spot| self.entry_mut(spot))
    }

    /// Whether anything half typed would be missed.
    pub(crate) fn has_drafts(&self) -> bool {
        let sheets = [&self.info, &self.plan, &self.regional.sheet, &self.people.sheet, &self.closing.sheet];
        let mut lines = Spot::ALL.into_iter().flat_map(|spot| self.entry(spot).lines());
        sheets.iter().any(|sheet| sheet.editing.is_some()) || lines.any(|l| !l.text().trim().is_empty())
    }

    /// Ends an edit, search or link that is under way: like a cell that is left, what was written is kept. False if
    /// it cannot be understood; then it stays, and the notice says why.
    pub(crate) fn settle_line(&mut self, cx: &mut Context) -> bool {
        match Spot::of(self.place()) {
            Some(Spot::Map) => self.map.settle(&mut self.doc, cx),
            Some(Spot::People) => self.people.settle(&mut self.doc, cx),
            Some(Spot::Closing) => self.closing.settle(&mut self.doc, cx),
            None => true,
        }
    }

    /// Takes the words of the entry line from the screen; true if there is something to be fetched back.
    fn put_line_away(&mut self, cx: &mut Context) -> bool {
        match Spot::of(self.place()) {
            Some(Spot::Map) => self.map.put_line_away(&self.doc, cx),
            Some(Spot::People) => self.people.put_line_away(&self.doc, cx),
            Some(Spot::Closing) => self.closing.put_line_away(&self.doc, cx),
            None => false,
        }
    }

    /// Gives up what is being written: a cell, an edit, a search, or the words of the line. False if there is nothing
    /// to give up.
    pub(crate) fn give_up_writing(&mut self, cx: &mut Context) -> bool {
        if self.give_up_cell(cx) {
            return true;
        }
        let Some(writing) = Spot::of(self.place()).map(|spot| self.entry(spot)) else { return false };
        let kept = match writing.target() {
            Some(Target::Search) => {
                self.map.end_search(&self.doc, false);
                false
            }
            target if target.is_some() || !writing.line.is_empty() => self.put_line_away(cx),
            _ => return false,
        };
        cx.gave_up(kept);
        true
    }

    /// What was put away before the words that were just written down would come back as a part of the next.
    pub(crate) fn pass_drafts(&self, cx: &mut Context) {
        let Some(spot) = Spot::of(self.place()) else { return };
        let (meeting, new) = (self.doc.dossier.meeting.id, Origin::Entry(spot, None));
        for put in cx.put_away.iter_mut().filter(|put| put.is_of(meeting) && put.origin == new) {
            put.past = true;
        }
    }
}
