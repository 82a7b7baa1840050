//! Meetings nobody has written: of any size, as uneven as real ones, the same for the same seed.

use chrono::TimeDelta;
use jirei::domain::map::{Place, add};
use jirei::domain::{Branch, Dossier, Id, Kind, Meeting, Moment, Node, Now, Side, Tree};

/// What keywords are put together from.
const PARTS: [&str; 24] = [
    "夜",
    "薬",
    "母の",
    "通院",
    "一人で",
    "買物は",
    "朝の",
    "電話",
    "台所",
    "週2回の",
    "HbA1c ",
    "近所の",
    "年金",
    "手すり",
    "怖さが",
    "飲み忘れ",
    "見守りを",
    "断られた",
    "続けたい",
    "相談できる人",
    "が遠い",
    "気がかり",
    "冬になると",
    "デイサービス",
];

/// A meeting that grows entry by entry.
pub struct Growing {
    pub dossier: Dossier,
    seed: u64,
    last: Option<Id<Node>>,
}

impl Growing {
    pub fn new(seed: u64, branches: usize) -> Self {
        let mut mint = begun(seed).ids();
        let side = |i: usize| if i < branches.div_ceil(2) { Side::Left } else { Side::Right };
        let branch = |i: usize| Branch {
            title: format!("{}{i}", PARTS[(i * 5 + 3) % PARTS.len()].trim()),
            side: side(i),
        };
        let meeting = Meeting { branches: (0..branches).map(branch).collect(), ..Meeting::new(mint.id()) };
        Self { dossier: Dossier::new(meeting, None), seed, last: None }
    }

    fn dice(&mut self, sides: u64) -> u64 {
        // Knuth's constants; the high bits are the good ones.
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) % sides
    }

    /// One entry more: often near the last one, sometimes elsewhere. Branches are of very different weights.
    pub fn grow(&mut self) -> Id<Node> {
        let count = self.dossier.meeting.branches.len() as u64;
        let place = match (self.last, self.dice(10)) {
            (Some(last), 0..=2) => Place::Under(last),
            (Some(last), 3..=5) => Place::After(last),
            (_, 6) if !self.dossier.nodes.is_empty() => {
                let at = self.dice(self.dossier.nodes.len() as u64) as usize;
                self.dossier.nodes.keys().nth(at).map_or(Place::Branch(0), |id| Place::Under(*id))
            }
            _ => {
                let (a, b) = (self.dice(count), self.dice(count));
                Place::Branch(a.min(b) as usize)
            }
        };
        let parts = 1 + self.dice(3) + self.dice(2) + u64::from(self.dice(12) == 0) * 4;
        let text: String = (0..parts).map(|_| PARTS[self.dice(PARTS.len() as u64) as usize]).collect();
        let kind = Kind::ALL[[0, 0, 0, 0, 1, 2, 3, 4, 5][self.dice(9) as usize]];
        let turn = self.dossier.nodes.len() as i64;
        let at = begun(0).at + TimeDelta::seconds(30 * turn);
        // Ids sort by when they were made.
        let id: Id<Node> = Now { at, seed: self.seed }.ids().id();
        let node = Node { kind, ..Node::new(id, self.dossier.meeting.id, text.trim(), at) };
        let changes = add(&self.dossier, &Tree::new(&self.dossier), node, place);
        if self.dossier.apply_all(&changes).is_ok() {
            self.last = Some(id);
        }
        id
    }
}

/// When all meetings begin.
fn begun(seed: u64) -> Now {
    let at = Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap_or_default();
    Now { at, seed }
}
