//! What lies between a twig and what it is drawn under, and is not seen, shows in the line between them.

use std::collections::BTreeSet;

use crate::support;

use jirei::domain::{Id, Node, Side};
use jirei::layout::shape::{PlacedBox, What};
use jirei::ui::Msg;
use support::driver::Driver;
use support::frame::picture;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (160, 45), (200, 60)];

fn seen(driver: &mut Driver, size: (u16, u16)) -> String {
    driver.send(Msg::Resize(size.0, size.1));
    picture(driver, size)
}

/// Whether a twig stands no further out than the one it is drawn under.
fn level(placed: &PlacedBox, parent: &PlacedBox) -> bool {
    let out = |b: &PlacedBox| if b.side == Side::Right { b.area.x } else { -b.area.right() };
    node(parent.what).is_some() && parent.side == placed.side && out(parent) == out(placed)
}

fn node(what: What) -> Option<Id<Node>> {
    if let What::Node(id) = what { Some(id) } else { None }
}

/// A case with issues far out under much that gives way, one twig hanging on the other.
fn deep(levels: usize) -> Driver {
    let mut outline = String::new();
    for branch in ["生活", "健康・医療", "家族"] {
        outline += &format!("{branch}\n");
        for n in 0..12 {
            outline += &format!(
                "  {branch}で{n}番目に聞いた港の話\n    その日の渡し船のこと\n      !{n}度目の欠航で薬が切れた{branch}\n"
            );
        }
    }
    outline += "経済\n";
    for level in 1..=levels {
        outline += &format!("{}灯油{level}\n", "  ".repeat(level));
    }
    Driver::with_map(&outline)
}

#[test]
fn 間がたたまれている枝は点線でつながる() {
    let (mut passing, mut plain) = (0, 0);
    for (mut driver, keys) in
        [(Driver::case_a(), "ctrl-g 3"), (Driver::case_a(), "ctrl-g 3 f8"), (deep(6), "")]
    {
        driver.keys(keys);
        for size in SIZES {
            let seen = seen(&mut driver, size);
            let meeting = driver.model.meeting().unwrap();
            let (layout, nodes) = (&meeting.map.layout, &meeting.doc.dossier.nodes);
            let there: BTreeSet<Id<Node>> = layout.boxes.iter().filter_map(|b| node(b.what)).collect();
            for placed in &layout.boxes {
                let Some(own) = node(placed.what).and_then(|id| nodes.get(&id)) else { continue };
                let hidden = own.parent.is_some_and(|parent| !there.contains(&parent));
                // Or there is no column left further out.
                let beside = placed.parent.is_some_and(|at| level(placed, &layout.boxes[at]));
                assert_eq!(placed.far, hidden || beside, "{} {size:?}\n{seen}", own.text);
                *if hidden { &mut passing } else { &mut plain } += 1;
            }
            assert_eq!(seen.contains('┄'), layout.boxes.iter().any(|b| b.far), "{size:?}\n{seen}");
        }
    }
    assert!(passing > 20 && plain > 100, "{passing} {plain}");
}

/// So far out there is no column left: such a twig stands below what it hangs on, where those beside that stand, too.
#[test]
fn 深い枝は親と並んで見えても点線で分かる() {
    let mut driver = deep(20);
    let mut found = 0;
    for size in SIZES {
        let seen = seen(&mut driver, size);
        let layout = &driver.model.meeting().unwrap().map.layout;
        for placed in layout.boxes.iter().filter(|b| layout.stacked && node(b.what).is_some()) {
            let Some(parent) = placed.parent.map(|at| &layout.boxes[at]) else { continue };
            if level(placed, parent) && placed.area.y > parent.area.y {
                assert!(placed.far, "{:?} {size:?}\n{seen}", placed.lines);
                found += 1;
            }
        }
    }
    assert!(found > 3, "{found}");
}
