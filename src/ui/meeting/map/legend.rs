//! What a newcomer needs to know of the entry line, in a free corner of a map that has only just begun.

use crate::domain::Kind;
use crate::ui::look::prelude::*;
use crate::ui::{MeetingScreen, Screen};

/// With so many twigs on the map everybody has seen how it goes.
const ENOUGH: usize = 10;

/// Where one types, and what the signs mean, where nothing else stands.
pub struct Legend<'a>(pub View<'a>, pub &'a MeetingScreen);

impl Widget for Legend<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self(View { cx, look }, meeting) = self;
        let map = &meeting.map;
        let looks = cx.look_only || map.chart.is_some() || map.replay.is_some() || meeting.is_mending();
        // What is offered for a sign has this corner.
        let offers = || !meeting.candidates(cx).is_empty();
        if looks || meeting.doc.dossier.nodes.len() >= ENOUGH || offers() {
            return;
        }
        let fits = |text: &Text| free(buf, area, text.width() as u16, text.height() as u16);
        let place = |text: Text<'static>| Some((fits(&text)?, text));
        let way = cx.keymap.fill("下の入力行にことばを書いて {add-beside}。1つの枝になります。");
        if let Some((place, text)) = shapes(look, way).into_iter().find_map(place) {
            look.words(text).render(place, buf);
        }
    }
}

/// How it may stand, the best first: in whole rows, in one row, or one sign a row. Who and where stand behind the words, in the
/// width in which Japanese is typed: that takes the fewest keys.
fn shapes(look: &Look, way: String) -> [Text<'static>; 3] {
    let quiet = |words: &str| look.span(words.to_owned(), Meaning::Quiet);
    let entry = |(sign, words): &(String, &str)| {
        [look.span(sign.clone(), Meaning::Text), quiet(&format!(" {words}　"))]
    };
    let kinds = [Kind::Issue, Kind::Unknown, Kind::Strength, Kind::Feeling, Kind::Idea];
    let signs = kinds.into_iter().filter_map(|kind| Some((kind.sign()?.to_string(), kind.label())));
    let signs: Vec<_> = signs.collect();
    let names = |who, place| [("＠薬".to_owned(), who), ("＃生活".to_owned(), place)];
    let row = |entries: &[(String, &'static str)]| entries.iter().flat_map(entry).collect::<Vec<_>>();
    let short = names("だれ", "どこ");
    let with = |head: &str, entries: &[(String, &'static str)]| [vec![quiet(head)], row(entries)].concat();
    let one = [with("頭に ", &signs), with("終わりに ", &short)].concat();
    let each = [signs.as_slice(), &short].concat();
    [
        Text::from_iter(
            [
                vec![quiet(&way)],
                with("ことばの頭に　　", &signs),
                with("ことばの終わりに ", &names("だれのことばか", "どの大枝か")),
            ]
            .map(Line::from),
        ),
        Text::from(Line::from(one)),
        each.iter().map(|one| Line::from_iter(entry(one))).collect(),
    ]
}

/// The lowest place of a size where nothing stands, with a free row above and below, which a message may take, and two free
/// columns at either side: words that stand closer are read together.
fn free(buf: &Buffer, area: Rect, width: u16, height: u16) -> Option<Rect> {
    let (width, height) = (width + 4, height + 2);
    let is_blank = |place: Rect| place.positions().all(|cell| buf[cell].symbol() == " ");
    let rows = (area.top()..=area.bottom().checked_sub(height)?).rev();
    let last = area.right().checked_sub(width)?;
    let places = rows.flat_map(|y| (area.x..=last).map(move |x| Rect { x, y, width, height }));
    let place = places.into_iter().find(|place| is_blank(*place))?;
    Some(place.inner(Margin::new(2, 1)))
}
