//! Keys in, state out: where `#` aims, what `@` and `>` say, and what is found.

use crate::support;

use jirei::domain::{Kind, Node};
use support::driver::{Driver, check, line, outline};
use support::frame::picture;

const SCHOOL: &str = "
    生活 ◀
      朝起きられない
      !学校に行けていない
      ?昼は何をしているか
    家族
      母は夜勤
      ?父と会うのはいつか
      !母が一人で抱えている
    健康・医療
      眠剤を飲んでいる
      眠剤を飲んでいる
";

/// What stands under which twig once the keys are pressed.
fn under(keys: &str) -> (String, Option<String>) {
    let mut d = Driver::with_map(&outline(SCHOOL));
    d.keys(keys);
    let node = d
        .desk()
        .map
        .selected_node(&d.desk().doc)
        .cloned()
        .unwrap_or_else(|| panic!("{keys}: {}", d.notice()));
    let parent = node.parent.and_then(|id| d.dossier().nodes.get(&id)).map(|n| n.text.clone());
    (node.text, parent)
}

#[test]
fn ことばのあとの全角の記号でも置き場所と発言者を言える() {
    for (keys, words, parent) in [
        ("「祖母は近い＃②」 enter", "祖母は近い", Some("母が一人で抱えている")),
        ("「月に一度＃？イ」 enter", "月に一度", Some("父と会うのはいつか")),
        ("「介護の仕事＃母は」 enter", "介護の仕事", Some("母は夜勤")),
        ("「弟がいる＃家」 enter", "弟がいる", None),
        // The arrows choose among what is offered.
        ("「介護の仕事＃母」 enter", "介護の仕事", Some("母は夜勤")),
        ("「介護の仕事＃母」 down enter", "介護の仕事", Some("母が一人で抱えている")),
        // Half-width signs there are words, and so is what is typed twice.
        ("「部屋#2」 enter", "部屋#2", None),
        ("「部屋＃＃2」 enter", "部屋＃2", None),
    ] {
        let expected = (words.to_owned(), parent.map(str::to_owned));
        assert_eq!(under(keys), expected, "{keys}");
    }
    check(
        "家族 ◀",
        "「母は夜勤＠医」 enter 「!休めない＠薬＃生」 enter 「眠剤」 enter",
        "生活\n  !休めない @薬剤師\n  眠剤 @薬剤師 ◀\n家族\n  母は夜勤 @医師",
    );
}

#[test]
fn 支援策の段階では課題が先に選ばれる() {
    let mut d = Driver::with_map(&outline(SCHOOL));
    d.keys("「週に一度の電話＃母」 enter ctrl-g 5 「祖母に頼む＃母」 enter");
    let on = |d: &Driver, at: usize| {
        let id = d.dossier().nodes.values().rev().nth(at).and_then(|n| n.parent).unwrap();
        d.dossier().nodes[&id].text.clone()
    };
    assert_eq!([on(&d, 1), on(&d, 0)], ["母は夜勤", "母が一人で抱えている"]);
    // Whole words win all the same.
    d.keys("「夜の見守り＃母は夜勤」 enter");
    assert_eq!(on(&d, 0), "母は夜勤");
}

#[test]
fn だれも答えない記号はことばのあとでもことばのまま残る() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「十時に＠公民館」 enter");
    assert!(d.dossier().nodes.is_empty() && d.notice().contains("参加者がいません"), "{}", d.notice());
    d.keys("enter 「三階の＃りんご」 enter");
    assert!(d.notice().contains("「りんご」はマップにありません"), "{}", d.notice());
    assert_eq!(d.entry(), "三階の＃りんご", "it waits, as the @ did");
    d.keys("enter");
    // What stands on the wall is mended as it stands, and what nobody answers to is words.
    d.keys("『一番＃2\n二番＠十日』 f2 home 「第」 enter");
    let texts: Vec<_> = d.dossier().nodes.values().map(|n| (n.text.as_str(), n.branch.as_str())).collect();
    let words = ["十時に＠公民館", "三階の＃りんご", "一番＃2", "第二番＠十日"];
    assert_eq!(texts, words.map(|words| (words, "生活")));
}

#[test]
fn だれも答えない記号は打った順に残る() {
    for words in [
        "雪で来られない＠橇の人＃峠",
        "雪で来られない＃峠＠橇の人",
        "雪で来られない ＃峠　＠橇の人",
        "#峠 @橇の人 雪で来られない",
        "@橇の人 #峠 雪で来られない",
        "#峠 雪で来られない＠橇の人",
        "@橇の人 雪で来られない ＃峠",
    ] {
        let text = |d: &Driver| d.dossier().nodes.values().next_back().map(|n| n.text.clone());
        let mut d = Driver::with_map("生活 ◀");
        d.keys(&format!("「{words}」 enter*2"));
        assert_eq!(text(&d).as_deref(), Some(words), "{}", d.notice());
        // Mended and left, they still stand so.
        for done in ["f6", "enter*2"] {
            d.keys(&format!("f2 「ね」 {done} ctrl-g 2"));
            let text = text(&d).unwrap();
            assert!(text.starts_with(words), "{done}: {text} for {words}");
            d.keys("ctrl-z");
        }
    }
    // One that is known is taken, whichever side of the other it stands on.
    for line in ["薪を割る＠薬＃峠", "薪を割る＃峠＠薬"] {
        let mut d = Driver::with_map("生活 ◀");
        d.keys(&format!("「{line}」 enter*2"));
        let node = d.dossier().nodes.values().next().unwrap();
        assert_eq!((node.text.as_str(), node.speaker.is_some()), ("薪を割る＃峠", true), "{line}");
    }
}

#[test]
fn 番号と問いの字と枝の頭で置き場所を言える() {
    for (keys, words, parent) in [
        ("「#② 祖母は近い」 enter", "祖母は近い", Some("母が一人で抱えている")),
        ("「#!2 祖母は近い」 enter", "祖母は近い", Some("母が一人で抱えている")),
        ("「＃！２　祖母は近い」 enter", "祖母は近い", Some("母が一人で抱えている")),
        ("「#(2) 祖母は近い」 enter", "祖母は近い", Some("母が一人で抱えている")),
        ("「#?イ 月に一度」 enter", "月に一度", Some("父と会うのはいつか")),
        ("「＃？い　月に一度」 enter", "月に一度", Some("父と会うのはいつか")),
        ("「#?b 月に一度」 enter", "月に一度", Some("父と会うのはいつか")),
        ("「＃？ａ　ゲームをしている」 enter", "ゲームをしている", Some("昼は何をしているか")),
        ("「#?2 月に一度」 enter", "月に一度", Some("父と会うのはいつか")),
        ("「#?父と 月に一度」 enter", "月に一度", Some("父と会うのはいつか")),
        ("「#母は 介護の仕事」 enter", "介護の仕事", Some("母は夜勤")),
        ("「#母が 相談先がない」 tab", "相談先がない", Some("母が一人で抱えている")),
        // A branch's name and number win.
        ("「#生活 昼夜が逆」 enter", "昼夜が逆", None),
        ("「#2 弟がいる」 enter", "弟がいる", None),
        ("「!#② 祖母に頼めない」 enter", "祖母に頼めない", Some("母が一人で抱えている")),
    ] {
        let expected = (words.to_owned(), parent.map(str::to_owned));
        assert_eq!(under(keys), expected, "{keys}");
    }
}

#[test]
fn ほかの問いに答えても問いの字は変わらない() {
    let mut d = Driver::with_map(&outline(SCHOOL));
    let offered = |d: &mut Driver| -> Vec<String> {
        d.keys("「#?」");
        let labels = d.desk().candidates(&d.model.cx).into_iter().map(|c| c.label).collect();
        d.keys("backspace*2");
        labels
    };
    assert_eq!(offered(&mut d), ["問いア 昼は何をしているか", "問いイ 父と会うのはいつか"]);
    d.keys("「#?ア ゲームをしている」 enter");
    assert_eq!(offered(&mut d), ["問いイ 父と会うのはいつか"]);
    // The letter is not given to another, also to one that stands before it on the map.
    d.keys("「#生 ?夜は眠れるか」 enter");
    assert_eq!(offered(&mut d), ["問いイ 父と会うのはいつか", "問いウ 夜は眠れるか"]);
    d.keys("「#?イ 月に一度」 enter 「#?ア いまは会えない」 enter");
    assert!(d.notice().contains("まだ答えのない問いはありません"), "{}", d.notice());
    // An answer that is taken away leaves the question its letter.
    d.keys("backspace*12 ctrl-z");
    assert_eq!(offered(&mut d), ["問いイ 父と会うのはいつか", "問いウ 夜は眠れるか"]);
}

#[test]
fn 数は大枝も課題も候補に出る() {
    let offered = |typed: &str| -> Vec<String> {
        let mut d = Driver::with_map(&outline(SCHOOL));
        d.keys(&format!("「{typed}」"));
        let all = d.desk().candidates(&d.model.cx).into_iter();
        all.map(|c| format!("{}（{}）", c.label, c.note)).collect()
    };
    let second = offered("#2");
    assert_eq!(second.len(), 2, "{second:?}");
    assert!(second[0].ends_with("（大枝 2）") && second[1].starts_with("課題②"), "{second:?}");
    for typed in ["#②", "#!2", "＃！２"] {
        assert!(matches!(&offered(typed)[..], [one] if one.starts_with("課題②")), "{typed}");
    }
}

#[test]
fn 置き場所の候補も上下で選べる() {
    let offered = |typed: &str| -> Vec<String> {
        let mut d = Driver::with_map(&outline(SCHOOL));
        d.keys(&format!("「{typed}」"));
        d.desk().candidates(&d.model.cx).into_iter().map(|c| c.label).collect()
    };
    assert_eq!(offered("#?"), ["問いア 昼は何をしているか", "問いイ 父と会うのはいつか"]);
    assert_eq!(offered("＃！"), ["課題① 学校に行けていない", "課題② 母が一人で抱えている"]);
    assert_eq!(offered("#母"), ["母は夜勤", "課題② 母が一人で抱えている"]);
    assert_eq!(offered("#家"), ["家族"]);
    line(SCHOOL, "「#母」 down enter", "#!2 ");
    line(SCHOOL, "「#?」 down enter", "#?イ ");
    line(SCHOOL, "「#眠剤」 down enter", "#眠剤を飲んでいる:2 ");
    // Whichever is chosen is the one.
    for at in 0..2 {
        let mut d = Driver::with_map(&outline(SCHOOL));
        d.keys(&format!("「#眠剤」 {} enter 「夜だけ」 enter", "down ".repeat(at)));
        let nodes = &d.dossier().nodes;
        let said = nodes.values().find(|n| n.text == "夜だけ").unwrap();
        let same: Vec<&Node> = nodes.values().filter(|n| n.text == "眠剤を飲んでいる").collect();
        assert_eq!(said.parent, Some(same[at].id));
    }
    // Signs alone go there.
    let mut d = Driver::with_map(&outline(SCHOOL));
    d.keys("「#②」 enter enter");
    assert_eq!(d.desk().map.selected_node(&d.desk().doc).unwrap().text, "母が一人で抱えている");
}

#[test]
fn 直しながら別の枝の下へ移せるが自分の下には移せない() {
    check(
        "生活\n  通所\n  送迎 ◀\n    朝だけ",
        "f2 home 「#通 」 enter",
        "生活\n  通所\n    送迎 ◀\n      朝だけ",
    );
    let start = "生活\n  通所\n  送迎 ◀\n    朝だけ";
    check(start, "f2 home 「#朝 」 enter esc", start);
}

#[test]
fn 地図に書いたつながりは両方の課題があるときだけつなぐ() {
    for (keys, links, twigs) in [
        ("「1 > 2 迎えに行けない」 enter", vec!["学校に行けていない→母が一人で抱えている 迎えに行けない"], 0),
        ("「1>2 迎えに行けない」 enter", vec!["学校に行けていない→母が一人で抱えている 迎えに行けない"], 0),
        ("「②＞①　朝いない」 enter", vec!["母が一人で抱えている→学校に行けていない 朝いない"], 0),
        ("「１→２」 tab", vec!["学校に行けていない→母が一人で抱えている "], 0),
        (
            "「１＞２、迎えに行けない」 enter",
            vec!["学校に行けていない→母が一人で抱えている 迎えに行けない"],
            0,
        ),
        ("「②→①：朝いない」 enter", vec!["母が一人で抱えている→学校に行けていない 朝いない"], 0),
        ("「②＞①（朝いない）」 enter", vec!["母が一人で抱えている→学校に行けていない 朝いない"], 0),
        (
            "「２ ＞ １　朝（６時）いない」 enter",
            vec!["母が一人で抱えている→学校に行けていない 朝（６時）いない"],
            0,
        ),
        // Else they are words.
        ("「17>3 わけ」 enter", vec![], 1),
        ("「1>1 わけ」 enter", vec![], 1),
        ("「120>80 血圧」 enter", vec![], 1),
        ("「!1>2」 enter", vec![], 1),
        ("「1>2わけ」 enter", vec![], 1),
        ("「1>2月から」 enter", vec![], 1),
        ("「1>2、迎え＃峠」 enter*2", vec![], 1),
    ] {
        let mut d = Driver::with_map(&outline(SCHOOL));
        let before = d.dossier().nodes.len();
        d.keys(keys);
        let text = |id| d.dossier().nodes[&id].text.clone();
        let found: Vec<String> = d
            .dossier()
            .links
            .values()
            .map(|l| format!("{}→{} {}", text(l.from), text(l.to), l.label))
            .collect();
        assert_eq!(
            (found.iter().map(String::as_str).collect(), d.dossier().nodes.len() - before),
            (links, twigs),
            "{keys}"
        );
        assert_eq!(d.entry(), "", "{keys}");
        d.keys("ctrl-z");
        assert_eq!((d.dossier().links.len(), d.dossier().nodes.len()), (0, before), "{keys}");
    }
}

#[test]
fn だれでもない印は行に残りもう一度のエンターでことばになる() {
    let mut d = Driver::with_map("生活 ◀");
    for words in ["@yamanomachi", "@yamanomachi に写真がある", "＠ｋａｗａ．ｊｐ　が連絡先"]
    {
        d.keys(&format!("「{words}」 enter"));
        assert_eq!(d.entry(), words);
        assert!(d.notice().contains("もう一度 Enter"), "{}", d.notice());
        d.keys("enter");
        assert_eq!(d.entry(), "");
        let text = &d.desk().map.selected_node(&d.desk().doc).unwrap().text;
        assert_eq!(*text, words.replace('　', " "), "as they were typed");
    }
    // Another line is told anew.
    let count = d.dossier().nodes.len();
    d.keys("「@xyz 一」 enter backspace 「二」 enter");
    assert_eq!((d.dossier().nodes.len(), d.entry()), (count, "@xyz 二"));
    // What is mended, too.
    d.keys("esc f2 home 「@zzz 」 enter enter");
    assert!(d.dossier().nodes.values().any(|n| n.text.starts_with("@zzz ")), "{}", d.state());
    // And at the end.
    d.keys("ctrl-g 8 「@yamanomachi を見てください」 enter");
    assert_eq!(d.dossier().reflections.len(), 0);
    d.keys("enter");
    let words: Vec<&str> = d.dossier().reflections.values().map(|r| r.text.as_str()).collect();
    assert_eq!(words, ["@yamanomachi を見てください"]);
}

#[test]
fn 頭から合うものを先にさがし言ったことばは最後() {
    let start = "生活 ◀\n  休みの日のケース会議\n  ケース会議\n  ケースワーカー\n  欠席";
    let found = |keys: &str| {
        let mut dossier = Driver::with_map(start).dossier().clone();
        let absent = dossier.nodes.values_mut().find(|n| n.text == "欠席").unwrap();
        absent.said = "ケースの話を聞いて休んだ".into();
        let mut d = Driver::with(dossier);
        d.keys(keys);
        d.desk().map.selected_node(&d.desk().doc).map(|n| n.text.clone()).unwrap_or_default()
    };
    for (keys, words) in [
        ("ctrl-f 「ケース」", "ケース会議"),
        ("ctrl-f 「ケース」 down", "ケースワーカー"),
        ("ctrl-f 「ケース」 down*2", "休みの日のケース会議"),
        ("ctrl-f 「ケース」 down*3", "欠席"),
        ("ctrl-f 「ｹｰｽﾜ」", "ケースワーカー"),
        ("ctrl-f 「けーす会議」", "ケース会議"),
        ("ctrl-f 「話を聞いて」", "欠席"),
    ] {
        assert_eq!(found(keys), words, "{keys}");
    }
}

#[test]
fn 見えない文字はさがすことばを隠さない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「辻\u{e0101}の薬局」 enter 「デイ\u{200b}ケア２か所」 enter 「通院\u{fe0f}」 enter 「サロン」 enter");
    for (query, words) in [("辻の", "辻"), ("ﾃﾞｲｹｱ2か所", "デイ"), ("通院", "通院")] {
        d.keys(&format!("ctrl-f 「{query}」 enter"));
        let text = d.desk().map.selected_node(&d.desk().doc).unwrap().text.clone();
        assert!(text.starts_with(words), "{query}: {text}");
    }
    d.keys("ctrl-f 「サー」");
    assert!(d.desk().map.hits.is_empty());
    assert_eq!(d.desk().map.default_kind(&d.desk().doc), Kind::Fact);
}

#[test]
fn 丸の番号のあとは空白がなくてもことば() {
    let expected = ("断酒会の仲間が迎えに行く".to_owned(), Some("学校に行けていない".to_owned()));
    assert_eq!(under("「#①断酒会の仲間が迎えに行く」 enter"), expected);
    check(
        "生活\n  !朝がつらい ◀",
        "「#①迎えに行く ＠薬」 enter",
        "生活\n  !朝がつらい\n    迎えに行く @薬剤師 ◀",
    );
}

#[test]
fn 分からない印があっても打ったことばは見えていて_次の印に取られない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「#息子が怖がる ＠だれでもない」 enter");
    let seen = picture(&d, (120, 40));
    assert!(seen.contains("#息子が怖がる ＠だれでもない"), "{seen}");
    d.keys("enter 「#生活 朝から飲む」 enter enter");
    let said: String = d.dossier().nodes.values().map(|n| n.text.as_str()).collect();
    assert!(said.contains("息子が怖がる") && said.contains("朝から飲む"), "{said}");
}

#[test]
fn ことばのうしろの半角の印も_知っている人や大枝なら印になる() {
    check("生活 ◀", "「朝から飲む @薬」 enter", "生活\n  朝から飲む @薬剤師 ◀");
    check("生活 ◀", "「妻が働く #家 @薬」 enter", "家族\n  妻が働く @薬剤師 ◀");
    // What nobody here is called, addresses and rooms are words.
    check("生活 ◀", "「a@b.example」 enter 「302号 #3」 enter", "生活\n  a@b.example\n  302号 #3 ◀");
}

#[test]
fn 直しかけのことばは_先へ進んでも二度目とは取らない() {
    let mut d = Driver::with_map("生活\n  朝から飲む ◀");
    d.keys("f2 home 「@だれでもない 」 enter f6");
    assert!(d.dossier().nodes.values().all(|n| n.text == "朝から飲む"), "{}", d.notice());
    assert!(d.entry().contains("だれでもない"));
}

#[test]
fn 発言者を選びなおしても_ことばは一つも消えない() {
    use jirei::ui::entry::{Signs, parse, with_sign};
    for (raw, words) in [
        ("連絡先は a＠b.jp ＠薬", "連絡先は a＠b.jp"),
        ("!集会所＃3 ＃生活＠薬", "集会所＃3"),
        ("#①迎えに行く", "迎えに行く"),
    ] {
        for (sign, name) in [('@', Some("訪")), ('@', None), ('#', Some("家")), ('#', None)] {
            let line = with_sign(raw, sign, name, Signs::MAP);
            assert_eq!(parse(&line, Signs::MAP).words(&line).trim(), words, "{raw} {sign} {name:?}: {line}");
        }
    }
}

#[test]
fn 番号が大枝か課題かは一覧で分かる() {
    let mut d = Driver::with_map(&outline(SCHOOL));
    let offered = |d: &Driver| {
        let all = d.desk().candidates(&d.model.cx).into_iter();
        all.map(|c| (c.label, c.note)).collect::<Vec<_>>()
    };
    d.keys("「#1」");
    let both = offered(&d);
    assert_eq!((both[0].0.as_str(), both[0].1.as_str()), ("本人・思い", "大枝 1"), "a branch first");
    assert_eq!(both[1].0, "課題① 学校に行けていない");
    d.keys("backspace 「?」");
    assert_eq!(offered(&d)[0].0, "問いア 昼は何をしているか");
}

#[test]
fn 支援策ではただの番号は課題の番号() {
    let mut d = Driver::with_map(&outline(SCHOOL));
    d.keys("ctrl-g 5");
    let offered = |d: &Driver| -> Vec<_> {
        d.desk().candidates(&d.model.cx).into_iter().map(|c| (c.label, c.note)).collect()
    };
    d.keys("「#1」");
    assert_eq!(offered(&d), [("課題① 学校に行けていない".to_owned(), "生活".to_owned())]);
    // Branches are meant by their names, also where they are chosen from the list.
    d.keys("backspace*2 「#」 enter 「>朝の声かけ」 enter");
    let last = |d: &Driver| d.dossier().nodes.values().next_back().unwrap().clone();
    assert_eq!((last(&d).branch.as_str(), last(&d).parent), ("本人・思い", None));
    for line in ["#1 >学校に行けていない人の会", "＃１　＞校門まで付きそう", "校長に話す＃1"]
    {
        d.keys(&format!("「{line}」 enter"));
        let issue = last(&d).parent.map(|id| d.dossier().nodes[&id].number);
        assert_eq!(issue, Some(1), "{line}");
    }
    // Where no issue has the number nothing is meant.
    d.keys("「#3 >弁当を届ける」 enter");
    assert!(d.notice().contains("3番の課題はありません"), "{}", d.notice());
}

#[test]
fn 同じ始まりの枝がとても多くても候補はすぐ出る() {
    let twigs: Vec<String> = (0..4000).map(|n| format!("  灯油の値{}", n / 2)).collect();
    let mut d = Driver::with_map(&format!("生活 ◀\n{}", twigs.join("\n")));
    d.keys("「#灯油」");
    let begun = std::time::Instant::now();
    let all = d.desk().candidates(&d.model.cx);
    let took = begun.elapsed();
    assert_eq!(all.len(), 4000);
    assert!(took.as_millis() < 2000, "{took:?}");
    // Each is offered in words that mean it alone.
    let words: std::collections::BTreeSet<&str> = all.iter().map(|c| c.words.as_str()).collect();
    assert_eq!((words.len(), words.contains("灯油の値7"), words.contains("灯油の値7:2")), (4000, true, true));
}

#[test]
fn 答えのあとの問いは前の問いの次に並び_タブなら答えに重ねて問う() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「?夜はだれといる」 enter 「ひとりで起きている」 tab 「?雨戸はだれが閉める」 enter");
    let parent = |d: &Driver, text: &str| {
        let outer = twig(d, text).parent?;
        Some(d.dossier().nodes[&outer].text.clone())
    };
    assert_eq!(parent(&d, "雨戸はだれが閉める"), None);
    d.keys("「隣の人」 tab 「?その人の名は」 tab");
    assert_eq!(parent(&d, "その人の名は").as_deref(), Some("隣の人"));
}

#[test]
fn さがしたものが多くても_いくつ目にいるかが分かる() {
    let twigs: Vec<String> = (0..40).map(|i| format!("バスの便が{i}本")).collect();
    let mut d = Driver::with_map(&format!("生活\n  {}\n  駅まで遠い ◀", twigs.join("\n  ")));
    d.keys("ctrl-f 「バス」");
    assert!(picture(&d, (80, 24)).contains(" 40か所のうち 1番め"), "{}", picture(&d, (80, 24)));
    d.keys("down down");
    assert!(picture(&d, (80, 24)).contains(" 40か所のうち 3番め"));
    d.keys("up up up");
    assert!(picture(&d, (80, 24)).contains(" 40か所のうち 40番め"));
}

/// The twig with these words.
fn twig<'a>(d: &'a Driver, words: &str) -> &'a Node {
    let found = d.dossier().nodes.values().find(|node| node.text == words);
    found.unwrap_or_else(|| panic!("「{words}」 {:?}", d.notice()))
}
