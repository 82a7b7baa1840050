//! A map to measure with.

use jirei::domain::{Branch, Dossier, Id, Kind, Meeting, Moment, Node, Now, Side};

pub const WORDS: [&str; 8] = [
    "残薬が多い",
    "この家で最期まで暮らしたい",
    "1年で入院3回",
    "飲まない理由をだれも聞いたことがないまま薬が増えた",
    "HbA1cは9％台",
    "買物は移動販売",
    "長男は県外で月に一度の電話",
    "ﾎｰﾑﾍﾙﾊﾟｰが週2回",
];

/// A map of so many entries, four deep, on eight branches.
pub fn dossier(entries: usize) -> Dossier {
    let at = stamp(1).at;
    let mut mint = stamp(1).ids();
    let side = |i| if i < 4 { Side::Left } else { Side::Right };
    let mut dossier = Dossier::new(
        Meeting {
            branches: (0..8).map(|i| Branch { title: format!("枝{i}"), side: side(i) }).collect(),
            ..Meeting::new(mint.id())
        },
        None,
    );
    let ids: Vec<Id<Node>> = (0..entries).map(|_| mint.id()).collect();
    for (i, id) in ids.iter().enumerate() {
        // Every twig whose number is no multiple of four hangs on the one before it.
        let parent = (i % 4 > 0).then(|| ids[i - 1]);
        let node = Node {
            branch: format!("枝{}", i / 4 % 8),
            parent,
            rank: i as i64,
            kind: Kind::ALL[i % 6],
            ..Node::new(*id, dossier.meeting.id, WORDS[i % 8], at)
        };
        dossier.nodes.insert(*id, node);
    }
    dossier
}

/// A moment with a seed of its own.
pub fn stamp(seed: u64) -> Now {
    let at = Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap_or_default();
    Now { at, seed }
}
