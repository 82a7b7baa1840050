//! Who said the words: the signs that name them, and who answers a question.

use crate::support;

use jirei::domain::Node;
use support::driver::Driver;
use support::frame::picture;

/// The twig with these words.
fn twig<'a>(d: &'a Driver, words: &str) -> &'a Node {
    let found = d.dossier().nodes.values().find(|node| node.text == words);
    found.unwrap_or_else(|| panic!("「{words}」 {:?}", d.notice()))
}

/// Who said the words, and the branch they stand on.
fn said(d: &Driver, words: &str) -> (String, String) {
    let node = twig(d, words);
    let who = node.speaker.map(|id| d.dossier().participants[&id].profession.clone());
    (who.unwrap_or_default(), node.branch.clone())
}

#[test]
fn 全角と半角の印がまざっても話した人は失われない() {
    for line in ["電話番を置く＠保育士 #生活", "電話番を置く＃生活 @保育士", "電話番を置く #生活＠保育士"]
    {
        let mut d = Driver::with_map("家族\n  弟の送り ◀");
        d.keys("ctrl-u 「保育士 小川園」 enter ctrl-u");
        d.keys(&format!("「{line}」 enter"));
        assert_eq!(said(&d, "電話番を置く"), ("保育士".to_owned(), "生活".to_owned()), "{line}");
    }
}

#[test]
fn 空白のない半角の印も日本語のうしろなら印で_番地は印ではない() {
    for (line, words, who) in [
        ("送りが長い@保育士", "送りが長い", "保育士"),
        ("送りが長い。@保", "送りが長い。", "保育士"),
        ("送りが長い@保育士 #生活", "送りが長い", "保育士"),
        ("送りが長い@保育士＃生活", "送りが長い", "保育士"),
        ("送りが長い@保育士、", "送りが長い", "保育士"),
        ("@看 送りが長い@保育士", "送りが長い", "保育士"),
        ("送りが長い@保育士。", "送りが長い。", "保育士"),
        ("（眠れない）@保", "（眠れない）", "保育士"),
        // How many of something there are, and what stands in the middle of the words.
        ("訪問@2、薬を確認", "訪問@2、薬を確認", ""),
        ("集合は公民館@2。", "集合は公民館@2。", ""),
        ("集合は公民館@2", "集合は公民館@2", ""),
        ("集合は公民館@２", "集合は公民館@２", ""),
        ("集合は公民館@② #生活", "集合は公民館@②", ""),
        ("（眠れない）@保。と言った", "（眠れない）@保。と言った", ""),
        ("会は集会所@保育士 と決めた", "会は集会所@保育士 と決めた", ""),
        // Addresses, and what nobody here is called by.
        ("連絡はinfo@example.jp", "連絡はinfo@example.jp", ""),
        ("連絡は窓口@example.jp", "連絡は窓口@example.jp", ""),
        ("連絡はｉｎｆｏ@保育士", "連絡はｉｎｆｏ@保育士", ""),
        ("a@b.c", "a@b.c", ""),
        ("長い@@保育士", "長い@@保育士", ""),
    ] {
        let mut d = Driver::with_map("家族\n  弟の送り ◀");
        d.keys("ctrl-u 「保育士 小川園」 enter ctrl-u");
        d.keys(&format!("「{line}」 enter"));
        assert_eq!(said(&d, words).0, who, "{line}: {}", d.notice());
    }
    // Nobody is called so: it is asked first, and then one of the words.
    let mut d = Driver::with_map("家族\n  弟の送り ◀");
    d.keys("「夕方だけ@よしだ」 enter");
    assert!(d.notice().contains("もう一度 Enter"), "{}", d.notice());
    d.keys("enter");
    assert_eq!(said(&d, "夕方だけ@よしだ").0, "");
    // Where the words stand already, it is one of them.
    d.keys("ctrl-u 「保育士 小川園 よしだ」 enter ctrl-u f2 「らしい」 enter");
    assert_eq!(said(&d, "夕方だけ@よしだらしい").0, "");
}

#[test]
fn 職種の名の頭は別の名の頭より先に当てはまる() {
    let mut d = Driver::with_map("家族 ◀");
    d.keys("ctrl-u 「養護教諭 丘の中学校」 enter 「保健師 丘の町役場」 enter ctrl-u");
    for query in ["保", "保健", "保健師"] {
        d.keys(&format!("「{query}のことば＠{query}」 enter"));
        assert_eq!(said(&d, &format!("{query}のことば")).0, "保健師");
    }
    d.keys("「保健室のことば＠保健室」 enter");
    assert_eq!(said(&d, "保健室のことば").0, "養護教諭");
}

#[test]
fn 振り返りで分からない問いがあっても話した人は分かる() {
    let mut d = Driver::with_map("家族 ◀");
    d.keys("ctrl-u 「保育士 小川園」 enter ctrl-g 8 「送りを頼めた＠保育士＃りんご」 enter enter");
    let reflection = d.dossier().reflections.values().next().unwrap();
    let who = reflection.speaker.map(|id| d.dossier().participants[&id].profession.as_str());
    assert_eq!((reflection.text.as_str(), who), ("送りを頼めた＃りんご", Some("保育士")));
}

#[test]
fn 問いに答えると事例提供者が発言者に出る() {
    let mut dossier = Driver::with_map("生活 ◀").dossier().clone();
    let presenter = dossier.people()[1].id;
    dossier.meeting.presenter = Some(presenter);
    let mut d = Driver::with(dossier);
    d.keys("「@看 ?夜は眠れているか」 enter 「三時に目がさめる」");
    assert!(picture(&d, (120, 40)).contains("Tab 提供者の答え"), "the bar says so before");
    d.keys("tab");
    assert!(d.notice().contains("事例提供者（医師 P02）の答えにしました"), "{}", d.notice());
    let said =
        |d: &Driver, words: &str| d.dossier().nodes.values().find(|n| n.text == words).unwrap().speaker;
    assert_eq!(said(&d, "三時に目がさめる"), Some(presenter));
    // Whoever asked goes on asking.
    d.keys("「?昼寝はするか」 enter");
    assert_ne!(said(&d, "昼寝はするか"), Some(presenter));
    // Whoever else answers is chosen, and it is still the nurse who asks.
    d.keys("「たまに」 tab f3 up*2 enter");
    assert_eq!(said(&d, "たまに"), None);
    assert_eq!(d.desk().doc.speaker, said(&d, "昼寝はするか"));
    // One answer may have several twigs.
    d.keys("「昼寝もする」 enter");
    assert_eq!(said(&d, "昼寝もする"), Some(presenter));
    // What comes to whoever asked, an idea, is theirs.
    d.keys("up 「>起こし方を変える」 tab");
    assert_eq!(said(&d, "起こし方を変える"), said(&d, "昼寝はするか"));
    d.keys("up");
    // Beside a question nobody answers it.
    d.keys("up 「?朝は起きるか」 enter 「七時に起こす」");
    d.keys("enter");
    assert_eq!(said(&d, "七時に起こす"), said(&d, "?朝は起きるか".trim_start_matches('?')));
    // Aimed at, it is answered by Enter, too, and the line says by whom.
    d.keys("「#?朝は 九時まで寝ている」");
    assert!(picture(&d, (120, 40)).contains("医師 P02  ›"), "{}", picture(&d, (120, 40)));
    d.keys("enter");
    assert_eq!(said(&d, "九時まで寝ている"), Some(presenter));
    // Somebody else speaks by now: it may be they who answer.
    d.keys("「@薬 ?薬は飲めるか」 enter 「@看」 enter*2 「飲めている」 tab");
    assert!(d.notice().contains("なら、F3 で選んであります"), "{}", d.notice());
    assert_ne!(said(&d, "飲めている"), Some(presenter));
    // Who is named needs no offer.
    d.keys("「@薬 する」 tab");
    assert!(!d.notice().contains("事例提供者"), "{}", d.notice());
}

#[test]
fn 事例提供者が分からなければ答えはたずねた人のものにならない() {
    let mut d = Driver::with_map("生活 ◀");
    let said =
        |d: &Driver, words: &str| d.dossier().nodes.values().find(|n| n.text == words).unwrap().speaker;
    d.keys("「@看 ?家の段差は」 enter 「玄関に三段」");
    assert!(picture(&d, (120, 40)).contains("Tab だれかの答え"), "{}", picture(&d, (120, 40)));
    d.keys("tab");
    assert!(d.notice().contains("発言者なしにしました。F3 で選べます"), "{}", d.notice());
    assert_eq!(said(&d, "玄関に三段"), None);
    assert!(said(&d, "家の段差は").is_some() && d.desk().doc.speaker == said(&d, "家の段差は"));
    // Beside it, too; and F3 says who it was, of that answer alone.
    d.keys("「手すりはない」 enter f3 down enter");
    assert_eq!(said(&d, "手すりはない").map(|id| d.dossier().participants[&id].code.as_str()), Some("P01"));
    assert_eq!(d.desk().doc.speaker, said(&d, "家の段差は"));
    // What is theirs stays theirs, and so do the words of somebody else who speaks.
    d.keys("「>手すりを付ける」 enter");
    assert_eq!(said(&d, "手すりを付ける"), said(&d, "家の段差は"));
    d.keys("「@薬 ?薬は飲めるか」 enter 「@看」 enter*2 「飲めている」 tab");
    assert_eq!(said(&d, "飲めている"), said(&d, "家の段差は"));
    assert!(!d.notice().contains("発言者なし"), "{}", d.notice());
}
