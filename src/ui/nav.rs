//! From one thing to another: the list of meetings, a meeting, the region.

use crate::domain::region::Region;
use crate::domain::{Case, Change, Dossier, Id, Meeting, Record, Slot, Table, fiscal_year};
use crate::ui::home::HomeItem;
use crate::ui::msg::MOVING;
use crate::ui::region::RegionMark;
use crate::ui::{
    App, At, Choice, Chooser, Document, Effect, Flow, Keeping, MeetingScreen, Open, OpenMeeting, Overlay,
    Pick, RegionPlace, RegionScreen,
};

/// Said where a sample is opened.
pub(crate) const SAMPLE: &str = "見本です。自由にさわってみてください。ここで書いたものは残りません。";

/// Asked where something is not saved.
const UNSAVED: &str = "まだ保存できていません";

/// How one leaves all the same.
const LEAVE: &str = "控えに残して終わる";

impl App {
    /// Whether what is written here is gone at the end: in a sample, and everywhere in a demonstration.
    pub(crate) fn is_passing(&self) -> bool {
        self.cx.passing || self.meeting().is_some_and(|meeting| meeting.doc.is_sample())
    }

    /// Goes where a screen could not go itself.
    pub(crate) fn follow(&mut self, flow: Flow) {
        match flow {
            Flow::Done | Flow::Pass => {}
            Flow::Do(command) => self.perform(command),
            Flow::Back => self.go_back(),
            Flow::Meeting(id) => self.ask_for(id),
            Flow::OtherMeeting(id) => {
                self.go_home();
                self.ask_for(id);
            }
            Flow::NewMeeting(dossier) => self.start_following(*dossier),
        }
    }

    fn ask_for(&mut self, id: Id<Meeting>) {
        if self.cx.saving.moving.is_some() {
            return self.cx.say(MOVING);
        }
        self.cx.effects.push(Effect::Open(id));
    }

    /// Opens a meeting that was asked for.
    pub(crate) fn take_meeting(&mut self, doc: Document<OpenMeeting>) {
        if self.stands_no_more(doc.dossier.meeting.id) {
            return self.take_again(doc);
        }
        // An answer that comes late must not sweep away what was opened, and typed, since.
        if self.meeting().is_some() {
            return;
        }
        let mut meeting = MeetingScreen::new(doc);
        let (progress, date) = (&meeting.doc.dossier.progress, meeting.doc.dossier.meeting.date);
        if progress.started_at.is_none() {
            meeting.at = At::Info;
        } else if progress.ended_at.is_none() && date == Some(self.cx.today()) {
            meeting.doc.start_clock(&mut self.cx);
        }
        self.unpark(&mut meeting);
        self.open_meeting(meeting);
    }

    fn open_meeting(&mut self, meeting: MeetingScreen) {
        let under = match std::mem::take(&mut self.open) {
            Open::Home => None,
            Open::Region(region) => Some(region),
            Open::Meeting { under, .. } => under,
        };
        self.open = Open::Meeting { meeting: Box::new(meeting), under };
        self.cx.say("");
        self.cx.over = None;
        self.cx.touched = true;
    }

    /// The finished sample meeting, to look around in and try things out; nothing of it is kept.
    pub(crate) fn open_sample(&mut self) {
        match crate::export::sample::case_a() {
            Ok(dossier) => {
                let doc = Document::of(dossier, Vec::new(), Vec::new(), Keeping::Sample);
                self.open_meeting(MeetingScreen::new(doc));
                self.cx.say(SAMPLE);
            }
            Err(error) => self.cx.warn(error.to_string()),
        }
    }

    /// A new meeting of today, in the chosen slot of the year or in the first format; nothing else is asked.
    pub(crate) fn new_meeting(&mut self) {
        let chosen = match &self.open {
            Open::Region(region) => region.selected_slot().cloned(),
            _ => None,
        };
        let cx = &mut self.cx;
        let kind = chosen.as_ref().and_then(|slot| cx.formats.iter().find(|f| f.key == slot.format));
        let Some(format) = kind.or(cx.formats.first()) else { return };
        let mut meeting = format.meeting(cx.ids.id());
        let case = Case::new(cx.ids.id(), cx.next_case_code());
        meeting.date = Some(cx.today());
        meeting.case = Some(case.id);
        meeting.town.clone_from(chosen.as_ref().map_or(&cx.town, |slot| &slot.town));
        meeting.title = cx.next_title(&format.kind, cx.today());
        let dossier = Dossier::new(meeting, Some(case));
        let born = dossier.records().map(Change::add).collect();
        self.start_meeting(dossier, chosen, born);
    }

    /// The next meeting of the case of the one that is left. The case has had a meeting and stands already.
    fn start_following(&mut self, dossier: Dossier) {
        let standing = self.meeting().into_iter().flat_map(|left| &left.doc.versions().standing);
        let case = standing.filter(|(key, _)| key.table == Table::Case);
        let case: Vec<_> = case.map(|(key, versions)| (*key, versions.clone())).collect();
        let born = dossier.records().filter(|r| !matches!(r, Record::Case(_))).map(Change::add).collect();
        // The list knows the meeting that is left only when it has been read again.
        self.leave_for_home();
        self.start_meeting(dossier, None, born);
        if let Some((meeting, _)) = self.meeting_mut() {
            meeting.doc.know(case);
        }
    }

    /// A meeting that did not stand before: open, and on its way to the disk. It is held in the chosen slot, else in the nearest
    /// that waits.
    fn start_meeting(&mut self, dossier: Dossier, chosen: Option<Slot>, mut born: Vec<Change>) {
        let meeting = &dossier.meeting;
        let waiting = |day| {
            self.cx.shelf.plans.slot_for(&meeting.town, fiscal_year(day), &meeting.format, day).cloned()
        };
        let slot = chosen.or_else(|| meeting.date.and_then(waiting));
        if let Some(slot) = slot.filter(|slot| slot.meeting.is_none()) {
            let held = Slot { meeting: Some(meeting.id), cancelled: false, ..slot.clone() };
            born.push(Change::replace(slot, held));
        }
        let (id, label) = (meeting.id, format!("新しい会議：{}", meeting.title));
        let mut meeting = MeetingScreen::new(Document::of(dossier, Vec::new(), Vec::new(), Keeping::Kept));
        meeting.at = At::Info;
        meeting.doc.is_born(&mut self.cx, label, born);
        self.open_meeting(meeting);
        // What became of the last meeting's actions is looked at in the opening, and how often the case was spoken of.
        self.cx.effects.extend([Effect::Previous(id), Effect::Home]);
    }

    /// Back to the list of meetings.
    pub(crate) fn go_home(&mut self) {
        if let Some((meeting, cx)) = self.meeting_mut() {
            meeting.doc.stop_clock(cx);
        }
        self.leave_for_home();
        self.offer_found(String::new());
    }

    /// The same where the clock has nothing to be kept in.
    pub(crate) fn leave_for_home(&mut self) {
        self.park();
        self.cx.saving.stale = false;
        if let Open::Meeting { meeting, .. } = std::mem::take(&mut self.open) {
            let id = meeting.doc.dossier.meeting.id;
            let item = if meeting.doc.is_sample() {
                self.cx.put_away.retain(|put| put.meeting != Some(id));
                HomeItem::Sample
            } else {
                HomeItem::Meeting(id)
            };
            self.home.want(item);
        }
        self.region_wanted = None;
        self.cx.touched = true;
        self.cx.effects.push(Effect::Home);
    }

    /// From a meeting back to where one looked into it. Where one came from elsewhere, the form leads on into the meeting.
    fn go_back(&mut self) {
        let Open::Meeting { meeting, under } = &mut self.open else { return };
        let Some(mut region) = under.take() else {
            if meeting.at == At::Info {
                meeting.close_info(&mut self.cx);
            }
            return;
        };
        meeting.doc.stop_clock(&mut self.cx);
        self.park();
        region.stale |= std::mem::take(&mut self.cx.saving.stale);
        region.review.asked = None;
        region.gather();
        self.open = Open::Region(region);
        self.cx.touched = true;
        self.reread();
    }

    /// Goes to a screen of the region; from elsewhere its records are asked for first.
    pub(crate) fn show_region(&mut self, screen: RegionPlace) {
        if let Open::Region(region) = &mut self.open {
            return region.show(&mut self.cx, screen);
        }
        // What is read now would be older than what is written next.
        if self.cx.saving.moving.is_some() {
            return self.cx.say(MOVING);
        }
        self.cx.touched = true;
        self.region_wanted = Some(RegionMark::at(screen));
        self.cx.effects.push(Effect::Region);
    }

    /// The records of the region have come.
    pub(crate) fn take_region(&mut self, doc: Document<Region>) {
        let wanted = self.region_wanted.take();
        let mark = match (self.region(), wanted) {
            // Something was entered since it was asked for: it is read once more when that stands.
            (Some(region), _) if region.stale && !self.cx.saving.waiting.is_empty() => return,
            (Some(region), _) if region.stale => region.mark(),
            (None, Some(mark)) => mark,
            _ => return,
        };
        let mut region = Box::new(RegionScreen::new(doc, mark, &self.cx));
        match &mut self.open {
            Open::Meeting { under, .. } => *under = Some(region),
            Open::Region(seen) => {
                region.stand_where(&self.cx, seen);
                **seen = *region;
            }
            Open::Home => {
                self.open = Open::Region(region);
                self.cx.over = None;
            }
        }
        self.cx.touched = true;
    }

    /// Quits at once when all is kept; else says what is not and where it is meanwhile, and lets the person decide.
    pub(crate) fn ask_quit(&mut self) {
        let saving = &self.cx.saving;
        let unkept = (!saving.refused.is_empty() && saving.rescue.is_none())
            .then(|| "保存できなかったことばを、控えのファイルにもまだ書けていません。ほかの記録は無事です。ディスクの空きを作ると書けます。".to_owned());
        let Some(mut text) = saving.failed.clone().or(unkept) else { return self.quit() };
        text += &match &saving.rescue {
            _ if saving.unkept => {
                "終えるときに、控えのファイルにもう一度書きます。必要なことばは書き写しておいてください。"
                    .to_owned()
            }
            Some(path) => format!(
                "今終えても、ことばは控え（{}）に残ります。次に開いたときに、戻すかどうかをたずねます。",
                path.display()
            ),
            None => {
                self.cx.effects.push(Effect::Rescue);
                "今終えても、ことばは控えのファイルに残し、その場所を言います。".to_owned()
            }
        };
        let choices = vec![Choice::new("もどる", "", Pick::Nothing), Choice::new(LEAVE, "", Pick::Quit)];
        self.cx.choose(Chooser { text, ..Chooser::new(UNSAVED, choices) });
    }

    /// Whether that is being asked.
    pub(crate) fn asks_to_quit(&self) -> bool {
        matches!(&self.cx.over, Some(Overlay::Choose(chooser)) if chooser.title == UNSAVED)
    }

    /// Ends the program; what is typed but not entered is in the bookmark.
    pub(crate) fn quit(&mut self) {
        if let Some((meeting, cx)) = self.meeting_mut() {
            meeting.doc.keep_time(cx, |_| {});
        }
        self.cx.touched = true;
        self.keep_bookmark();
        self.cx.effects.push(Effect::Quit);
    }
}
