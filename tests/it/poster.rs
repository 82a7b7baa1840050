//! The poster on the wall: what is sent to each kind of terminal is read back, and is the picture; arrows and clicks go on it as
//! it hangs.

use crate::support;

use std::collections::BTreeSet;

use jirei::domain::{Dossier, Kind, Side};
use jirei::export::poster::{Dots, dots};
use jirei::export::sample;
use jirei::layout::causal::Towards::{Down, Left, Right, Up};
use jirei::layout::colours;
use jirei::layout::shape::What;
use jirei::runtime::poster::answers::{Answers, Protocol, Surroundings, Told};
use jirei::runtime::poster::encode::{encode, removal};
use jirei::ui::msg::{Mouse, Press};
use jirei::ui::{Effect, Hung, Msg};
use ratatui::layout::Rect;
use support::dots::{iterm, kitty, png, sixel};
use support::driver::Driver;
use support::frame::picture;

const AREA: Rect = Rect { x: 0, y: 3, width: 80, height: 30 };

/// Meetings of several rooms: a sample, a map that begins, one of a harbour town, and one without a word.
fn meetings() -> Vec<Dossier> {
    let mut maps = vec![sample::case_a().unwrap()];
    maps.push(Driver::empty().dossier().clone());
    let mut harbour = Driver::empty();
    harbour.keys("「漁に出られない日が続く」 enter 「?船はだれが見る」 tab 「!冬の灯油代が足りない」 enter");
    harbour.keys(
        "down*2 「民生委員が毎週寄る」 enter 「*網の手入れは今も町一番」 tab 「>漁協の休憩所で体操」 enter",
    );
    maps.push(harbour.dossier().clone());
    maps
}

fn selected(dossier: &Dossier) -> What {
    dossier.nodes.keys().next().map_or(What::Centre, |id| What::Node(*id))
}

/// Red, green and blue of each dot.
fn colours_of(dots: &Dots) -> Vec<[u8; 3]> {
    dots.rgba.chunks(4).map(|dot| [dot[0], dot[1], dot[2]]).collect()
}

fn hundredths([r, g, b]: [u8; 3]) -> [u8; 3] {
    [r, g, b].map(|part| ((u32::from(part) * 200 + 255) / 510) as u8)
}

#[test]
fn シクセルのバイト列をもどすと同じ絵になる() {
    for dossier in meetings() {
        for size in [(800, 600), (1207, 431), (160, 90)] {
            let picture = dots(&dossier, selected(&dossier), size).unwrap();
            for (registers, most, usual) in [(1024, 8, 0.4), (256, 8, 0.4), (16, 60, 3.0)] {
                let bytes = encode(Protocol::Sixel { registers }, &picture, AREA).unwrap();
                let drawn = sixel(&bytes).unwrap();
                assert_eq!((drawn.width, drawn.height), (size.0 as usize, size.1 as usize));
                let wanted = colours_of(&picture).into_iter().map(hundredths);
                let far: Vec<u32> = drawn
                    .dots
                    .iter()
                    .zip(wanted)
                    .map(|(a, b)| (0..3).map(|i| u32::from(a[i].abs_diff(b[i]))).max().unwrap())
                    .collect();
                let mean = f64::from(far.iter().sum::<u32>()) / far.len() as f64;
                let furthest = *far.iter().max().unwrap();
                assert!(furthest <= most && mean <= usual, "{size:?} {registers}: {furthest}, {mean}");
            }
        }
    }
}

#[test]
fn キティのバイト列をもどすと同じ絵になる() {
    for dossier in meetings() {
        let picture = dots(&dossier, selected(&dossier), (800, 600)).unwrap();
        let bytes = encode(Protocol::Kitty, &picture, AREA).unwrap();
        let (drawn, keys) = kitty(&bytes).unwrap();
        assert_eq!(drawn.dots, colours_of(&picture));
        // The cells it covers; the cursor stays, and nothing is answered among the keys.
        let keys: Vec<&str> = keys.split(',').collect();
        assert!(["c=80", "r=30", "C=1", "q=2", "f=100"].iter().all(|key| keys.contains(key)), "{keys:?}");
        let id = keys.iter().find(|key| key.starts_with("i=")).unwrap();
        assert!(removal(Protocol::Kitty).contains(&format!("a=d,d=I,{id},")));
    }
}

#[test]
fn アイタームのバイト列をもどすと同じ絵になる() {
    for dossier in meetings() {
        let picture = dots(&dossier, selected(&dossier), (801, 599)).unwrap();
        let bytes = encode(Protocol::Iterm, &picture, AREA).unwrap();
        let (drawn, said) = iterm(&bytes).unwrap();
        assert_eq!(drawn.dots, colours_of(&picture));
        for word in ["inline=1", "width=80", "height=30", "doNotMoveCursor=1"] {
            assert!(said.split(';').any(|s| s == word), "{said}");
        }
    }
}

#[test]
fn 選んだ枝には枠があり_選び直すと枠だけが動く() {
    let mut d = Driver::empty();
    d.keys("「畑は長女が手伝う」 enter 「雪の日は道がふさがる」 enter");
    let dossier = d.dossier().clone();
    let ids: Vec<_> = dossier.nodes.keys().copied().collect();
    let all = [What::Node(ids[0]), What::Node(ids[1]), What::Branch(0), What::Centre];
    let pictures: Vec<Dots> = all.iter().map(|what| dots(&dossier, *what, (900, 500)).unwrap()).collect();
    // A dot that never changes is no part of a frame.
    for (i, picture) in pictures.iter().enumerate() {
        for other in &pictures[..i] {
            let changed = colours_of(picture).iter().zip(colours_of(other)).filter(|(a, b)| *a != b).count();
            assert!((200..60_000).contains(&changed), "{changed}");
        }
    }
}

#[test]
fn 絵はいつも窓の大きさで_どの枝の色もある() {
    let dossier = sample::case_a().unwrap();
    for size in [(1920, 1080), (640, 900), (480, 400)] {
        let picture = dots(&dossier, What::Centre, size).unwrap();
        assert_eq!((picture.width, picture.height), size);
        let there = colours_of(&picture);
        for branch in 0..dossier.meeting.branches.len() {
            let ink = colours::branch(branch);
            let colour = [(ink >> 16) as u8, (ink >> 8) as u8, ink as u8];
            assert!(there.contains(&colour), "{size:?} {branch}");
        }
    }
    assert!(dots(&dossier, What::Centre, (10, 10)).is_err());
}

fn told(all: &[Told]) -> Answers {
    let mut answers = Answers::default();
    all.iter().for_each(|told| answers.note(told.clone()));
    answers
}

#[test]
fn 端末の答えから送り方が決まり_答えるまではどれでもない() {
    let name = |name: &str| Told::Name(name.to_owned());
    let (yes, no) = (Told::Attributes { sixel: true }, Told::Attributes { sixel: false });
    let sixel = |registers| Some(Protocol::Sixel { registers });
    let plain = Surroundings::default();
    let inner = Surroundings { inner: true, lc_terminal: "iTerm2".into(), ..plain.clone() };
    let far = Surroundings { lc_terminal: "iTerm2".into(), ..plain.clone() };
    for (around, all, should) in [
        (&plain, vec![], None),
        (&plain, vec![Told::Kitty], None),
        (&plain, vec![no.clone()], None),
        (&plain, vec![yes.clone()], sixel(256)),
        (&plain, vec![Told::Registers(16), yes.clone()], sixel(16)),
        (&plain, vec![Told::Kitty, name("kitty(0.36)"), no.clone()], Some(Protocol::Kitty)),
        (&plain, vec![name("iTerm2 3.5.0"), yes.clone()], Some(Protocol::Iterm)),
        (&plain, vec![Told::Kitty, name("WezTerm 2024"), yes.clone()], Some(Protocol::Kitty)),
        (&plain, vec![name("WezTerm 2024"), yes.clone()], Some(Protocol::Iterm)),
        (&plain, vec![name("Konsole 24.05"), yes.clone()], sixel(256)),
        (&far, vec![no.clone()], Some(Protocol::Iterm)),
        // What stands in the environment in tmux is of the terminal around it.
        (&inner, vec![name("tmux 3.4"), no.clone()], None),
        (&inner, vec![name("tmux 3.4"), yes.clone()], sixel(256)),
    ] {
        assert_eq!(told(&all).protocol(around), should, "{all:?}");
    }
}

#[test]
fn 端末に聞くのは読める端末だけで_最後に必ず答えの来ることを聞く() {
    let around = |term: &str, program: &str, inner| Surroundings {
        term: term.into(),
        program: program.into(),
        lc_terminal: String::new(),
        inner,
    };
    for silent in
        [around("linux", "", false), around("dumb", "", false), around("xterm", "Apple_Terminal", false)]
    {
        assert_eq!(silent.questions(), "");
    }
    let asked = around("xterm-256color", "", false).questions();
    assert!(asked.starts_with("\x1b_Gi=31") && asked.ends_with("\x1b[c"), "{asked:?}");
    let asked = around("tmux-256color", "tmux", true).questions();
    assert!(!asked.contains("\x1b_G") && asked.ends_with("\x1b[c"), "{asked:?}");
}

#[test]
fn 絵の大きさは枠の点の数で_端末の限りを超えない() {
    let (sixel, area) = (Protocol::Sixel { registers: 256 }, Rect::new(0, 2, 100, 30));
    let size = |all: &[Told], protocol, window| told(all).dots(area, protocol, window);
    assert_eq!(size(&[Told::Cell(9, 18)], sixel, None), (900, 540));
    assert_eq!(size(&[Told::Cell(0, 0)], sixel, Some(((120, 40), (1200, 880)))), (1000, 660));
    // A window that does not know its dots, as over some networks.
    assert_eq!(size(&[], sixel, Some(((120, 40), (0, 0)))), (1000, 600));
    let small = [Told::Cell(20, 40), Told::Largest(1000, 800)];
    assert_eq!(size(&small, sixel, None), (1000, 800));
    assert_eq!(size(&small, Protocol::Kitty, None), (2000, 1200));
}

/// A map of a few words on a terminal that draws pictures, or none.
fn map(pictures: bool) -> Driver {
    let mut d = Driver::empty();
    d.send(Msg::Resize(120, 40));
    d.send(Msg::Pictures(pictures));
    d.keys("「通院は月に二回」 enter 「犬の散歩が日課」 enter");
    d
}

#[test]
fn くわしさの四つ目は絵で_そのあいだ地図の所は空いている() {
    let mut d = map(true);
    assert!(d.model.poster().is_none());
    d.keys("ctrl-l*3");
    let seen = picture(&d, (120, 40));
    assert!(seen.contains("今のマップの絵が出ます") && !seen.contains("通院は月に二回"), "{seen}");
    let (sketch, dossier) = d.model.poster().unwrap();
    assert_eq!(dossier.nodes.len(), 2);
    assert!(sketch.area.width > 60 && sketch.area.height > 20, "{sketch:?}");
    // What is selected, what is written, and the size of the screen each make it another picture.
    for key in ["down", "「帽子を編む」 enter", "ctrl-z"] {
        let before = d.model.poster().unwrap().0;
        d.keys(key);
        assert_ne!(d.model.poster().unwrap().0, before, "{key}");
    }
    let before = d.model.poster().unwrap().0;
    d.keys("「書きかけ」");
    assert_eq!(d.model.poster().unwrap().0, before);
    d.keys("backspace*4");
    d.send(Msg::Resize(100, 30));
    assert_ne!(d.model.poster().unwrap().0.area, before.area);
    // Esc and the key itself lead back.
    d.keys("ctrl-l");
    assert!(d.model.poster().is_none() && picture(&d, (100, 30)).contains("通院は月に二回"));
    d.keys("ctrl-l*3 esc");
    assert!(d.model.poster().is_none());
}

#[test]
fn 一種類だけを見るのと絵とは_あとのものになる() {
    for (keys, only, hangs) in [
        ("ctrl-l*3 alt-l 「強み」 enter", true, false),
        ("alt-l 「強み」 enter ctrl-l*2", true, false),
        ("alt-l 「強み」 enter ctrl-l*3", false, true),
        ("ctrl-l*3 alt-l 「強み」 enter ctrl-l*3", false, true),
        ("ctrl-l*3 alt-l 「すべて」 enter", false, true),
    ] {
        let mut d = map(true);
        d.keys("「+編み物が得意」 enter");
        d.keys(keys);
        assert_eq!(picture(&d, (120, 40)).contains("【強みだけ"), only, "{keys}");
        assert_eq!(d.model.poster().is_some(), hangs, "{keys}");
    }
}

#[test]
fn 隠した画面や重なる窓や因果の図のあいだ絵はない() {
    for (away, back) in [
        ("ctrl-s", "ctrl-s"),
        ("f1", "esc"),
        ("f10", "esc"),
        ("ctrl-p", "esc"),
        ("f9", "esc"),
        ("ctrl-left", "esc"),
        ("ctrl-u", "ctrl-u"),
        ("「!眠れない」 enter f12", "f12"),
    ] {
        let mut d = map(true);
        d.keys("ctrl-l*3");
        assert!(d.model.poster().is_some());
        d.keys(away);
        assert!(d.model.poster().is_none(), "{away}");
        d.keys(back);
        assert!(d.model.poster().is_some(), "{away} {back}");
    }
    let mut d = map(true);
    d.keys("ctrl-l*3");
    d.send(Msg::Resize(60, 20));
    assert!(d.model.poster().is_none());
}

#[test]
fn 絵を出せない端末では絵を見るソフトで開き地図はふつうのまま() {
    let mut d = map(false);
    d.keys("ctrl-l*3");
    assert!(d.model.poster().is_none() && picture(&d, (120, 40)).contains("通院は月に二回"));
    let views: Vec<_> =
        d.given.iter().filter_map(|e| if let Effect::View(bytes) = e { Some(bytes) } else { None }).collect();
    let [view] = views.as_slice() else { panic!("{} pictures", views.len()) };
    assert!(png(view).width > 400);
    d.send(Msg::Viewed(Ok(())));
    assert!(d.notice().contains("開きました"), "{}", d.notice());
    d.send(Msg::Viewed(Err("絵を見るソフトを開けませんでした。".into())));
    assert!(d.notice().contains("Ctrl+E で絵のファイルに書き出して"), "{}", d.notice());
    // The answer of a terminal may come late, and a place kept on a terminal that draws is one where the map is seen.
    d.send(Msg::Pictures(true));
    d.keys("ctrl-l*3");
    assert!(d.model.poster().is_some());
    d.tick();
    d.restart();
    assert!(d.model.poster().is_none() && picture(&d, (120, 40)).contains("通院は月に二回"));
    d.send(Msg::Pictures(true));
    assert!(d.model.poster().is_some());
    assert_eq!(d.dossier().nodes.values().filter(|n| n.kind == Kind::Fact).count(), 2);
}

/// The dots of a cell of the terminal.
const CELL: (u32, u32) = (9, 18);

/// A meeting before a picture that hangs.
struct Wall {
    driver: Driver,
    area: Rect,
    size: (u32, u32),
}

impl Wall {
    /// A meeting whose picture hangs.
    fn of(dossier: Dossier, (columns, rows): (u16, u16)) -> Self {
        let mut driver = Driver::with(dossier);
        driver.send(Msg::Resize(columns, rows));
        driver.send(Msg::Pictures(true));
        driver.keys("ctrl-g 2 ctrl-l*3");
        let area = driver.model.poster().unwrap().0.area;
        let size = (u32::from(area.width) * CELL.0, u32::from(area.height) * CELL.1);
        let mut wall = Self { driver, area, size };
        wall.hang();
        wall
    }

    /// The picture as it is read back from what is sent.
    fn drawn(&self, selected: What) -> Vec<[u8; 3]> {
        let picture = dots(self.driver.dossier(), selected, self.size).unwrap();
        kitty(&encode(Protocol::Kitty, &picture, self.area).unwrap()).unwrap().0.dots
    }

    /// The same with nothing framed.
    fn bare(&self) -> Vec<[u8; 3]> {
        self.drawn(What::Ghost)
    }

    fn hang(&mut self) {
        let (sketch, dossier) = self.driver.model.poster().unwrap();
        let spots = dots(dossier, sketch.selected, self.size).unwrap().spots;
        let cell = (CELL.0 as f32, CELL.1 as f32);
        self.driver.send(Msg::Hung(Box::new(Hung { sketch, spots, cell, last: None })));
    }

    fn selected(&self) -> What {
        self.driver.desk().map.selected
    }

    /// Where the dots are that the frame around what is selected changes: left, upper, right and lower edge.
    fn framed(&self, bare: &[[u8; 3]]) -> [u32; 4] {
        let dots = self.drawn(self.selected());
        let changed = dots.iter().zip(bare).enumerate().filter(|(_, (a, b))| a != b);
        let at = changed.map(|(i, _)| (i as u32 % self.size.0, i as u32 / self.size.0));
        at.fold([u32::MAX, u32::MAX, 0, 0], |[l, t, r, b], (x, y)| [l.min(x), t.min(y), r.max(x), b.max(y)])
    }

    fn click(&mut self, cell: (u32, u32)) {
        let (x, y) = (self.area.x + cell.0 as u16, self.area.y + cell.1 as u16);
        self.driver.at += chrono::TimeDelta::seconds(2);
        self.driver.send(Msg::Mouse(Mouse { x, y, press: Press::Left }));
    }

    /// All that can be selected.
    fn all(&self) -> BTreeSet<What> {
        let dossier = self.driver.dossier();
        let branches = (0..dossier.meeting.branches.len()).map(What::Branch);
        dossier.nodes.keys().map(|id| What::Node(*id)).chain(branches).chain([What::Centre]).collect()
    }
}

/// A large map, so that branches stand in several columns and are broken into parts.
fn crowded() -> Dossier {
    let mut outline = "生活\n".to_owned();
    for i in 0..46 {
        outline += &format!("  {}の畑を手伝う\n", ["春", "夏", "秋", "冬"][i % 4]);
        outline += if i % 3 == 0 { "    隣の人と話す\n" } else { "" };
    }
    outline += "住まい\n  雪おろしができない\n    !屋根がいたむ\n健康・医療\n  膝が痛い ◀\n経済\n";
    Driver::with_map(&outline).dossier().clone()
}

#[test]
fn 絵をクリックすると_その下にあるものに枠が付く() {
    for dossier in meetings() {
        let mut wall = Wall::of(dossier, (140, 44));
        let (bare, mut hit) = (wall.bare(), BTreeSet::new());
        let (columns, rows) = (u32::from(wall.area.width), u32::from(wall.area.height));
        let cells = (1..rows).step_by(3).flat_map(|y| (1..columns).step_by(7).map(move |x| (x, y)));
        for (x, y) in cells {
            let before = wall.selected();
            wall.click((x, y));
            // Of a large map every ninth is looked at.
            let new = wall.selected() != before && hit.insert(wall.selected());
            if !new || hit.len() > 6 && hit.len() % 9 > 0 {
                continue;
            }
            // The cell lies in the frame, or beside it.
            let [left, top, right, bottom] = wall.framed(&bare);
            let (w, h) = CELL;
            let column = left.saturating_sub(w)..=right + w;
            let row = top.saturating_sub(h)..=bottom + h;
            let seen = column.contains(&(x * w + w / 2)) && row.contains(&(y * h + h / 2));
            // A branch that is broken into parts is framed at each.
            assert!(seen, "{x},{y}: {left},{top} to {right},{bottom}");
        }
        assert!(hit.len() > 3.min(wall.driver.dossier().nodes.len()), "{hit:?}");
    }
}

#[test]
fn 絵の上では矢印は見えるとおりに動く() {
    for dossier in meetings() {
        let mut wall = Wall::of(dossier, (140, 44));
        let (bare, mut steps) = (wall.bare(), 0);
        let mut from = wall.framed(&bare);
        for key in
            ["up", "right", "down*3", "right*2", "down", "left*4", "left", "down*2", "left", "up", "right*3"]
        {
            let before = wall.selected();
            wall.driver.keys(key);
            if wall.selected() == before {
                continue;
            }
            steps += 1;
            let to = wall.framed(&bare);
            let ([left, top, ..], [l, t, r, b]) = (to, from);
            let moved = match key.split('*').next().unwrap() {
                "up" => top < t,
                "down" => to[3] > b,
                "left" => left < l,
                _ => to[2] > r,
            };
            assert!(moved, "{key}: {from:?} to {to:?}");
            from = to;
        }
        assert!(steps > 2);
    }
}

#[test]
fn 絵の上でも矢印だけでどこへでも行ける() {
    for dossier in meetings().into_iter().chain([crowded()]) {
        for size in [(140, 44), (80, 24), (80, 60)] {
            let wall = Wall::of(dossier.clone(), size);
            let spots = &wall.driver.desk().map.hung.as_ref().unwrap().spots;
            let mut open = vec![spots.find(What::Centre, None).unwrap()];
            let mut reached: BTreeSet<usize> = open.iter().copied().collect();
            while let Some(at) = open.pop() {
                for way in [Up, Down, Left, Right] {
                    let to = spots.step(at, way);
                    open.extend(to.filter(|to| reached.insert(*to)));
                    let Some(to) = to else { continue };
                    let (a, b) = (spots.0[at].area, spots.0[to].area);
                    let ahead = match way {
                        Up => b.y < a.y,
                        Down => b.y > a.y,
                        Left => b.x < a.x,
                        Right => b.right() > a.right(),
                    };
                    assert!(ahead, "{way:?}: {a:?} {b:?}");
                }
            }
            assert_eq!(reached.len(), spots.0.len(), "{size:?}");
            let met: BTreeSet<What> = reached.iter().map(|at| spots.0[*at].what).collect();
            assert_eq!(met, wall.all(), "{size:?}");
            // And back to the middle.
            for mut at in reached {
                for _ in 0..spots.0.len() {
                    let Some((side, _)) = spots.0[at].column else { break };
                    at = spots.step(at, if side == Side::Left { Right } else { Left }).unwrap();
                }
                assert_eq!(spots.0[at].what, What::Centre);
            }
        }
    }
}

#[test]
fn 絵の上で選んだ枝は二度のクリックで直せ_消えた枝は選べない() {
    let mut d = Driver::empty();
    d.keys("「棚田を守る会」 enter 「通院は長女の車」 enter");
    let mut wall = Wall::of(d.dossier().clone(), (120, 40));
    let spots = wall.driver.desk().map.hung.as_ref().unwrap().spots.clone();
    let node =
        |words: &str| What::Node(wall.driver.dossier().nodes.values().find(|n| n.text == words).unwrap().id);
    let (kept, gone) = (node("棚田を守る会"), node("通院は長女の車"));
    let cell = |what: What| {
        let area = spots.0[spots.find(what, None).unwrap()].area;
        ((area.x + area.w / 2) as u32 / CELL.0, (area.y + area.h / 2) as u32 / CELL.1)
    };
    wall.click(cell(gone));
    assert_eq!(wall.selected(), gone);
    wall.driver.keys("delete");
    wall.click(cell(gone));
    assert_ne!(wall.selected(), gone);
    wall.click(cell(kept));
    let (x, y) = cell(kept);
    let mouse = Mouse { x: wall.area.x + x as u16, y: wall.area.y + y as u16, press: Press::Left };
    wall.driver.send(Msg::Mouse(mouse));
    assert_eq!(wall.driver.entry(), "棚田を守る会");
}
