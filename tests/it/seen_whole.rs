//! What a screen has room for is read whole: examples, professions, sentences, who does something, how much is below.

use crate::support;

use jirei::domain::{Action, Change, Id, Now, Participant};
use jirei::ui::Msg;
use support::driver::Driver;
use support::frame::picture;
use support::region::region;

const SMALL: (u16, u16) = (80, 24);
const SIZES: [(u16, u16); 3] = [SMALL, (120, 40), (160, 45)];

fn seen(driver: &mut Driver, size: (u16, u16)) -> String {
    driver.send(Msg::Resize(size.0, size.1));
    picture(driver, size)
}

/// The words of a part of the picture, from a column on, as one line.
fn run_on(picture: &str) -> String {
    picture.chars().filter(|c| !c.is_whitespace() && *c != '▏').collect()
}

/// What to type in a form, as one line: its rows stand under each other in one part of the screen.
fn hint(picture: &str) -> String {
    let begin = picture.lines().position(|line| line.contains("〔")).unwrap_or_default();
    let part = |line: &str| line.split('│').position(|part| part.contains("〔")).unwrap_or_default();
    let part = picture.lines().nth(begin).map_or(0, part);
    let mut words = String::new();
    // The title of the field may take two rows, too.
    let beside = |line: &str| line.trim_end().rsplit("  ").next().map(str::to_owned).unwrap_or_default();
    for line in picture.lines().skip(begin) {
        let line = line.split('│').nth(part).unwrap_or_default();
        words += &run_on(&line.split_once('〔').map_or_else(|| beside(line), |(_, hint)| hint.to_owned()));
        if words.contains('〕') {
            break;
        }
    }
    words
}

#[test]
fn どの書式の書き方も小さい画面で終わりまで読める() {
    let new = || {
        let mut driver = Driver::empty();
        driver.send(Msg::Resize(SMALL.0, SMALL.1));
        driver
    };
    let town = || {
        let mut driver = region(&[("2026-04-16", &["夜の渡し船がなく、通いの場に来られない人がいる"])]);
        driver.send(Msg::Resize(SMALL.0, SMALL.1));
        driver
    };
    let starts: [(&dyn Fn() -> Driver, &str); 5] =
        [(&new, "ctrl-o"), (&new, "ctrl-g 6"), (&new, "ctrl-g 7"), (&town, "f7 enter"), (&town, "f9 f5")];
    for (start, to) in starts {
        let mut hints = 0;
        for row in 0..20 {
            let mut driver = start();
            driver.keys(to);
            let key = if to == "ctrl-g 6" || to == "ctrl-g 7" { "tab" } else { "down" };
            driver.keys(&format!("{key}*{row}"));
            let Some(cell) = driver.model.sheets().and_then(|s| s.selected_cell(&driver.model.cx)) else {
                continue;
            };
            let hint = cell.heading().hint;
            let picture = picture(&driver, SMALL);
            if picture.contains("〔") {
                hints += 1;
                assert_eq!(self::hint(&picture), run_on(&format!("{hint}〕")), "{to} {row}\n{picture}");
            }
            // The line over the entry line says it, too.
            assert!(picture.contains(hint), "{to} {row} {hint}\n{picture}");
        }
        assert!(hints > 0, "{to}");
    }
}

/// People of other professions than the sample has, with long names.
fn crowd(driver: &mut Driver) {
    for words in [
        "言語聴覚士 港の丘リハビリテーション病院",
        "福祉用具専門相談員 南浜福祉用具",
        "認知症地域支援推進員 岬市役所",
    ] {
        driver.keys(&format!("「{words}」 enter"));
    }
}

#[test]
fn 導入の参加者の職種はどの大きさでも読める() {
    for size in SIZES {
        let mut driver = Driver::case_a();
        driver.keys("ctrl-g 1");
        let picture = seen(&mut driver, size);
        for person in driver.dossier().participants.values() {
            assert!(picture.contains(&person.profession), "{} at {size:?}\n{picture}", person.profession);
        }
        let mut driver = Driver::empty();
        driver.keys("ctrl-g 1");
        crowd(&mut driver);
        let picture = seen(&mut driver, size);
        for person in driver.dossier().participants.values() {
            assert!(picture.contains(&person.profession), "{} at {size:?}\n{picture}", person.profession);
        }
    }
}

const SENTENCES: [&str; 4] = [
    "渡し船の最終便が早く、夕方の透析から島へ帰れない人がいて、入院を選ぶことになっている",
    "冬の灯油を買いに行けない一人暮らしの方を、だれが見に行くのかが決まっていない",
    "聞こえにくい方に、電話だけで受診の変更が伝えられている",
    "島に来る歯科医師が年に二回だけで、入れ歯が合わないまま過ごす人がいる",
];

#[test]
fn 台帳の文は終わりまで読めて空の欄は出ない() {
    for size in SIZES {
        let mut driver = region(&[("2026-04-16", &SENTENCES[..2]), ("2026-06-18", &SENTENCES[2..])]);
        driver.keys("f7");
        let picture = seen(&mut driver, size);
        let words =
            run_on(&picture.lines().map(|l| l.split('│').next().unwrap_or_default()).collect::<String>());
        let words: String = words.replace("1回", "").replace("まだ", "");
        for sentence in SENTENCES {
            assert!(words.contains(sentence), "{sentence} at {size:?}\n{picture}");
        }
        let list: String = picture.lines().map(|l| l.split('│').next().unwrap_or_default()).collect();
        assert!(!list.contains("優先度") && !list.contains("状態"), "{picture}");
        // A column in which anything stands is there.
        driver.keys("enter down*7 「検討中」 enter esc esc");
        let list = seen(&mut driver, size);
        let list: String = list.lines().map(|l| l.split('│').next().unwrap_or_default()).collect();
        assert!(list.contains("状態") && list.contains("検討中"), "{list}");
    }
}

#[test]
fn 長い台帳では選んだ文だけが全部出る() {
    let long = SENTENCES[0].repeat(4);
    let many: Vec<&str> = std::iter::repeat_n(long.as_str(), 30).collect();
    let mut driver = region(&[("2026-04-16", &many)]);
    driver.keys("f7");
    driver.keys("down*12");
    let picture = seen(&mut driver, SMALL);
    assert!(run_on(&picture.replace("1回", "").replace("まだ", "")).contains(&long), "{picture}");
    assert!(picture.contains("上に ") && picture.contains("下に "), "{picture}");
    assert!(picture.lines().any(|line| line.ends_with("…") || line.contains("… ")), "{picture}");
}

#[test]
fn 振り返りの下にある数は一覧の下に出る() {
    let mut driver = Driver::empty();
    driver.keys("ctrl-g 8");
    for n in 0..20 {
        driver.keys(&format!("「{n}番目の人は、帰り道の灯りを見て安心しましたと話した」 enter"));
    }
    driver.keys("up*20");
    for size in [SMALL, (120, 30)] {
        let picture = seen(&mut driver, size);
        let line = |words: &str| picture.lines().position(|line| line.contains(words)).unwrap_or(0);
        assert!(line("下に") > line("帰り道の灯り"), "{picture}");
        assert!(picture.contains("終わる前に（Space で済み）"), "{picture}");
    }
}

/// A plan whose rows are done by these professions.
fn plan(who: &[&[&str]], until: &[&str]) -> Driver {
    let driver = Driver::empty();
    let mut mint = Now { at: driver.at, seed: 400 }.ids();
    let mut dossier = driver.dossier().clone();
    let id = dossier.meeting.id;
    for (rank, professions) in (0..).zip(who) {
        let people: Vec<Id<Participant>> = professions
            .iter()
            .map(|profession| {
                let code = format!("P{:02}", dossier.participants.len() + 1);
                let mut person = Participant::new(mint.id(), id, code);
                person.profession = (*profession).into();
                dossier.apply(&Change::add(person.clone())).unwrap();
                person.id
            })
            .collect();
        let mut action =
            Action { rank, what: "船着き場で待ち合わせる".into(), ..Action::new(mint.id(), id) };
        action.who = people;
        dossier.apply(&Change::add(action)).unwrap();
    }
    let mut driver = Driver::with(dossier);
    driver.keys("ctrl-g 6");
    for (row, words) in until.iter().enumerate() {
        let column = "right*3";
        driver.keys(&format!(
            "{} {column} 「{words}」 enter esc left*5",
            if row == 0 { "up*9" } else { "down" }
        ));
    }
    driver
}

#[test]
fn だれがの欄は語の間で折れる() {
    let who: [&[&str]; 2] =
        [&["生活支援コーディネーター", "介護支援専門員"], &["医療ソーシャルワーカー", "薬剤師"]];
    for size in &SIZES[1..] {
        let mut driver = plan(&who, &[]);
        let picture = seen(&mut driver, *size);
        for word in ["介護支援専門員", "コーディネーター", "ソーシャルワーカー"] {
            assert!(picture.contains(word), "{word} at {size:?}\n{picture}");
        }
    }
}

#[test]
fn いつまでには日を二度言わない() {
    let mut driver =
        plan(&[&["薬剤師"], &["保健師"], &["医師"]], &["6/12ごろ", "6月18日の船が着くまで", "来週"]);
    let picture = seen(&mut driver, (120, 40));
    assert!(picture.contains("6/12ごろ"), "{picture}");
    assert_eq!(picture.matches("6/12").count(), 1, "{picture}");
    assert!(!picture.contains("6/18"), "{picture}");
    assert!(picture.contains("来週"), "{picture}");
}

#[test]
fn 会のやり方の名は小さい画面でも切れない() {
    let mut driver = Driver::case_a();
    driver.keys("ctrl-o");
    let picture = seen(&mut driver, SMALL);
    let format = &driver.model.cx.formats[0].title;
    assert!(picture.contains(format.as_str()), "{format}\n{picture}");
}

#[test]
fn 年間の振り返りの一は棒に見えない() {
    let mut driver = region(&[("2026-04-16", &SENTENCES[..1])]);
    driver.keys("f9");
    let picture = seen(&mut driver, SMALL);
    assert!(picture.contains("██████  回"), "{picture}");
}

#[test]
fn 続きの枝も枝の数と何番目の続きかを言う() {
    let said = |count: usize| -> String {
        (0..count).map(|n| format!("  {n}日目は渡し船で買物に出かけた\n")).collect()
    };
    for (size, name, count, within) in [
        (SMALL, "生活", 60, "生活 60（2/"),
        ((120, 40), "生活", 60, "生活 60（5/5）"),
        ((120, 40), "生活", 40, "生活 40（続き 2/"),
        // The name comes first.
        (SMALL, "サービス・制度", 60, "サービス…（2/"),
    ] {
        let mut driver = Driver::with_map(&format!("{name}\n{}", said(count)));
        driver.keys("f8");
        let picture = seen(&mut driver, size);
        assert!(picture.contains(within), "{size:?}\n{picture}");
    }
}

#[test]
fn 書式も下にいくつあるかを言う() {
    let mut driver = region(&[("2026-04-16", &SENTENCES[..1])]);
    driver.keys("f7 enter");
    let picture = seen(&mut driver, SMALL);
    assert!(picture.contains("下に ") && !picture.contains("上に "), "{picture}");
    driver.keys("down*30");
    let picture = seen(&mut driver, SMALL);
    assert!(picture.contains("上に ") && !picture.contains("下に "), "{picture}");
}

#[test]
fn 名だけの空の欄は下の数に入らない() {
    let mut driver = Driver::empty();
    driver.keys("ctrl-g 7 「夜の渡し船がなく、通いの場に来られない人がいる」 enter esc");
    driver.keys("up*30 left*30");
    let picture = seen(&mut driver, SMALL);
    assert!(picture.contains("空の欄：") && !picture.contains("下に "), "{picture}");
}

/// The parts of a picture that hold some words, as one line.
fn part_with(picture: &str, words: &str) -> String {
    let at = |line: &str| line.split('│').position(|part| part.contains(words));
    let column = picture.lines().find_map(at).unwrap_or_default();
    picture.lines().filter_map(|line| line.split('│').nth(column)).map(run_on).collect()
}

#[test]
fn 場所があれば長い職種も機関も二行に分けて全部見える() {
    let mut d = Driver::empty();
    for line in ["医療的ケア児等コーディネーター 海辺センター", "スクールソーシャルワーカー 湾岸教育委員会"]
    {
        d.keys(&format!("ctrl-u 「{line}」 enter enter ctrl-u"));
    }
    d.keys("ctrl-g 1");
    for size in SIZES {
        let list = part_with(&seen(&mut d, size), "参加者");
        for words in
            ["医療的ケア児等コーディネーター海辺センター", "スクールソーシャルワーカー湾岸教育委員会"]
        {
            assert!(list.contains(words), "{size:?}: {words}\n{list}");
        }
    }
}

#[test]
fn 計画の下の何もない人は場所があれば全員読める() {
    let mut d = Driver::empty();
    d.keys("ctrl-u");
    for title in [
        "小児科医",
        "言語聴覚士",
        "医療的ケア児等コーディネーター",
        "スクールソーシャルワーカー",
        "主任児童委員",
    ] {
        d.keys(&format!("「{title} 湾岸市」 enter enter"));
    }
    d.keys("ctrl-u ctrl-g 6 「舟で迎えに行く」 enter esc");
    for size in [(120, 40), (160, 45)] {
        let plan = part_with(&seen(&mut d, size), "何を");
        let titles =
            "小児科医・言語聴覚士・医療的ケア児等コーディネーター・スクールソーシャルワーカー・主任児童委員";
        assert!(plan.contains(titles), "{size:?}: {plan}");
    }
}
