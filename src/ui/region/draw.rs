//! Draws the screens of the region: the register, the plan of a year, its review.

use crate::command::{Command, Place};
use crate::ui::look::prelude::*;
use crate::ui::region::{decide, register, review, town_label, year};
use crate::ui::{Context, Panes, RegionScreen, Screen};

/// What lies between the frame's rules.
pub fn screen(view: View, region: &RegionScreen, panes: &Panes, buf: &mut Buffer, seats: &mut Seats) {
    let (place, side) = (region.place(), panes.side.inner(Margin::new(1, 0)));
    let [inside, wide] = [1, 2].map(|margin| panes.body.inner(Margin::new(margin, 0)));
    match place {
        Place::Register | Place::Issue if region.doc.entries().is_empty() => {
            register::draw::Empty(view.look).render(panes.body, buf);
        }
        Place::Register | Place::Issue => {
            let (beside, open) = (!side.is_empty(), place == Place::Issue);
            if beside || !open {
                register::draw::List(view, region).render(panes.body, buf, seats);
            }
            if beside || open {
                let area = if beside { side } else { inside };
                register::draw::Issue(view, region).render(area, buf, seats);
            }
        }
        Place::Year => {
            year::draw::Plan(view, region).render(inside, buf, seats);
            year::draw::SoFar(view, region).render(side, buf);
        }
        Place::Decide => decide::draw::Decide(view, region).render(wide, buf, seats),
        Place::Forms => decide::draw::Forms(view, region).render(inside, buf, seats),
        _ => review::draw::Review(view, region).render(wide, buf, seats),
    }
}

/// The screens beside this one, each with its key.
pub fn tabs<'a>(View { cx, look }: View<'a>, region: &RegionScreen) -> Words<'a> {
    let place = region.place();
    let tabs: [(Command, &[Place]); 3] = [
        (Command::Register, &[Place::Register, Place::Issue]),
        (Command::Year, &[Place::Year]),
        (Command::Review, &[Place::Review, Place::Decide, Place::Forms]),
    ];
    let spans = tabs.into_iter().flat_map(|(command, places)| {
        let (sign, meaning) = match places.contains(&place) {
            true => (padded(look.signs.current, 2), Meaning::CurrentStep),
            false => (String::new(), Meaning::Quiet),
        };
        let words = format!("{sign}{} {}", cx.keymap.shown(command), command.row().title);
        [look.span(words, meaning), "   ".into()]
    });
    look.row([" ".into()].into_iter().chain(spans))
}

/// What stands at the top of a screen of the region.
pub fn title(region: &RegionScreen) -> String {
    let year = region.year;
    // A plan and the forms are always those of one town.
    let one = matches!(region.place(), Place::Year | Place::Forms) && region.doc.has_several_towns();
    let town = region.town.as_deref().or(one.then(|| region.written_town()));
    let town = town.map_or_else(String::new, |town| format!("　{}", town_label(town)));
    let words = match region.place() {
        Place::Register | Place::Issue => "地域課題の一覧".to_owned(),
        Place::Year => format!("{year}年度　年間の計画"),
        Place::Review => format!("{year}年度　年間の振り返り"),
        Place::Decide => format!("{year}年度　年間の振り返り　一件ずつ話し合う"),
        _ => format!("{year}年度　年間の振り返り　様式"),
    };
    words + &town
}

/// One quiet line: what one can do here.
pub fn whisper(region: &RegionScreen, cx: &Context) -> String {
    let several = region.doc.has_several_towns();
    let sentence = match region.place() {
        Place::Register if region.doc.entries().is_empty() => "",
        Place::Register => "書くとさがします。{up down} で選び、{right} か {open} で中身を書きます。",
        Place::Issue => "{up down} で欄を選んで書きます。{previous-branch next-branch} で前後の地域課題へ。",
        Place::Year if several => {
            "{town} で市町村を選びます。{previous-branch next-branch} で前後の年度へ。{held} で枠に会議を入れます。"
        }
        Place::Year => {
            "{previous-branch next-branch} で前後の年度へ。{held} で、選んだ枠に会議の記録を入れます。"
        }
        Place::Review => {
            "{left right} 次の問い　{up down} で選び、{open} でもとの会議へ　{previous-year next-year} 前後の年度"
        }
        Place::Decide => "書いて {enter-cell} で決まります。{next-branch} で次の地域課題へ。",
        Place::Forms if several => {
            "{town} で市町村を選びます。{previous-branch next-branch} で、場面ごとの表と事業項目ごとの表へ。"
        }
        Place::Forms => "{previous-branch next-branch} で、場面ごとの表と事業項目ごとの表が入れかわります。",
        _ => "",
    };
    cx.keymap.fill(sentence)
}
