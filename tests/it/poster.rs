//! The poster on the wall: what is sent to each kind of terminal is read back, and is the picture.

use crate::support;

use jirei::domain::{Dossier, Kind};
use jirei::export::poster::{Dots, dots};
use jirei::export::sample;
use jirei::layout::colours;
use jirei::layout::shape::What;
use jirei::runtime::poster::answers::{Answers, Protocol, Surroundings, Told};
use jirei::runtime::poster::encode::{encode, removal};
use jirei::ui::{Effect, Msg};
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
    assert!(seen.contains("今の地図の絵が出ます") && !seen.contains("通院は月に二回"), "{seen}");
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
