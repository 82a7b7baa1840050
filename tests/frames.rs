//! Every screen as people see it, at the three sizes of the room, as pictures made of characters.
//!
//! `INSTA_UPDATE=always cargo test --test frames` takes them anew; then they are to be looked at, one by one.

mod support;

use jirei::app::Msg;
use jirei::layout::signs::Signs;
use jirei::view::theme::Theme;
use jirei::view::wide::WideGuard;
use jirei::view::{Look, draw};
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use support::driver::Driver;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (160, 45)];

/// The rows of a frame, with a mark where the cursor stands.
fn picture(driver: &Driver, size: (u16, u16)) -> String {
    let mut frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    let look = Look { theme: Theme::default(), signs: Signs::unicode() };
    let cursor = draw(&mut frame, &driver.model, &look);
    WideGuard::default().finish(&mut frame);
    let mut rows = Vec::new();
    for y in 0..size.1 {
        let mut row = String::new();
        let mut x = 0;
        while x < size.0 {
            if cursor.is_some_and(|c| (c.x, c.y) == (x, y)) {
                row.push('▏');
            }
            let cell = &frame[(x, y)];
            row.push_str(cell.symbol());
            x += cell.cell_width().max(1);
        }
        rows.push(row.trim_end().to_owned());
    }
    rows.join("\n")
}

/// Takes the pictures of one screen.
fn pictures(name: &str, driver: &mut Driver) {
    for size in SIZES {
        driver.send(Msg::Resize(size.0, size.1));
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), picture(driver, size));
    }
}

/// The sample at a step, by the number on the rail.
fn sample_at(step: usize) -> Driver {
    let mut driver = Driver::case_a();
    driver.keys(&format!("ctrl-g {step}"));
    driver
}

#[test]
fn 会議の一覧() {
    pictures("home_first_start", &mut Driver::first_start());
    let mut driver = Driver::case_a();
    driver.keys("ctrl-b");
    pictures("home", &mut driver);
}

#[test]
fn 会議と事例のこと() {
    let mut driver = sample_at(1);
    driver.keys("ctrl-o down down");
    pictures("info", &mut driver);
    driver.keys("down down down down enter");
    pictures("info_writing", &mut driver);
}

#[test]
fn 導入と参加者() {
    let mut driver = sample_at(1);
    pictures("opening", &mut driver);
    driver.keys("ctrl-u down 「薬剤師 山の町薬局」");
    pictures("people", &mut driver);
}

#[test]
fn 地図の段階() {
    for (step, name) in [(2, "interview"), (3, "questions"), (4, "analysis"), (5, "ideas")] {
        pictures(name, &mut sample_at(step));
    }
    let mut driver = sample_at(3);
    driver.keys("pagedown 「@薬 !残った薬が袋に3か月分」");
    pictures("map_writing", &mut driver);
    let mut driver = sample_at(3);
    driver.keys("「@」");
    pictures("map_candidates", &mut driver);
}

#[test]
fn 地図の見方() {
    let mut driver = sample_at(4);
    driver.keys("ctrl-l");
    pictures("map_branches", &mut driver);
    driver.keys("ctrl-l");
    pictures("map_one_branch", &mut driver);
    driver.keys("ctrl-l f8");
    pictures("map_whole", &mut driver);
    let mut driver = sample_at(4);
    driver.keys("ctrl-f 「飲まない」");
    pictures("map_search", &mut driver);
    driver.keys("enter f7 「4 」");
    pictures("map_link", &mut driver);
}

#[test]
fn 行動計画() {
    let mut driver = sample_at(6);
    pictures("plan", &mut driver);
    driver.keys("down right right enter");
    pictures("plan_writing", &mut driver);
    driver.keys("f8 「袋に」");
    pictures("plan_map", &mut driver);
}

#[test]
fn 地域課題() {
    let mut driver = sample_at(7);
    pictures("regional", &mut driver);
    driver.keys("down enter");
    pictures("regional_writing", &mut driver);
}

#[test]
fn 振り返り() {
    pictures("closing", &mut sample_at(8));
}

#[test]
fn 重なる画面() {
    for (keys, name) in [
        ("f1", "help"),
        ("f10", "menu"),
        ("ctrl-p 「書き」", "palette"),
        ("f9", "prompts"),
        ("f3", "speaker"),
        ("f4", "kind"),
        ("ctrl-e", "export"),
        ("ctrl-e enter", "export_path"),
    ] {
        let mut driver = sample_at(2);
        driver.keys(keys);
        pictures(name, &mut driver);
    }
}

#[test]
fn 小さすぎる画面() {
    let mut driver = sample_at(2);
    driver.send(Msg::Resize(20, 5));
    insta::assert_snapshot!("too_small_20x5", picture(&driver, (20, 5)));
}
