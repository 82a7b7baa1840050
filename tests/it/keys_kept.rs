//! Keys in, state out: nothing that is typed is lost, whatever happens.

use crate::support;

use jirei::command::Place;
use jirei::ui::{Spot, Writing};
use support::driver::{Driver, check, line, outline, plan};
use support::frame::picture;

// ---- 書いたことばは失われない

/// What is half typed on each screen.
fn writings(d: &Driver) -> [Writing; 3] {
    Spot::ALL.map(|spot| d.desk().entry(spot).clone())
}

#[test]
fn エスケープはことばを片づけもう一度でもどす() {
    line("生活 ◀", "「書きかけ」 esc", "");
    line("生活 ◀", "「書きかけ」 esc esc", "書きかけ");
    line("生活 ◀", "「一」 esc 「二」 esc esc", "二");
    // Pastes and what an input method sends in one piece are words like any other.
    line("生活 ◀", "『一』 esc 『二』 esc", "");
    line("生活 ◀", "『一』 esc 『二』 esc esc", "二");
    // Taken away twice, or before another word was written down, it stays away.
    line("生活 ◀", "「一」 esc esc esc esc esc", "");
    line("生活 ◀", "「一」 esc 「二」 enter esc esc", "");
    // Also what was being mended.
    check("生活\n  残薬 ◀", "f2 「がとても多い」 esc esc", "生活\n  残薬 ◀\n＞ 直す 残薬がとても多い‸");
    // Nothing new was written: there is nothing to bring back.
    check("生活\n  残薬 ◀", "f2 esc esc", "生活\n  残薬 ◀");
}

#[test]
fn 片づけた書きかけはいつでも出せる() {
    const LIST: &str = "ctrl-p 「片づけた書きかけ」 enter";
    // Under what was put away later, be it wanted or not, and after something else was written down.
    line("生活 ◀", &format!("「一」 esc 「二」 esc esc esc {LIST} 2"), "一");
    line("生活 ◀", &format!("「一」 esc 「二」 enter {LIST} 1"), "一");
    // What stands there meanwhile waits in its place.
    line("生活 ◀", &format!("「一」 esc 「二」 {LIST} 1"), "一");
    line("生活 ◀", &format!("「一」 esc 「二」 {LIST} 1 {LIST} 1"), "二");
    check(
        "生活\n  残薬 ◀\n  入院",
        &format!("f2 「が多い」 esc down {LIST} 1"),
        "生活\n  残薬 ◀\n  入院\n＞ 直す 残薬が多い‸",
    );
    // Each screen has its own.
    let mut d = plan();
    d.keys(&format!("tab 「一包化」 esc ctrl-g 3 {LIST}"));
    assert!(d.notice().contains("ありません"), "{}", d.notice());
    d.keys(&format!("ctrl-g 6 {LIST} 1"));
    assert_eq!(d.cell(), Some("一包化"));
    // Another meeting, another day.
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「長い大事な発言」 esc ctrl-b");
    d.tick();
    d.restart();
    d.keys(&format!("2 {LIST} 1"));
    assert_eq!(d.entry(), "長い大事な発言");
}

#[test]
fn エスケープでなかったエスケープは取り消される() {
    let mut d = Driver::with_map("生活\n  残薬\n  入院 ◀");
    d.keys("「書きかけ」 esc");
    d.send(jirei::ui::Msg::NoEsc);
    d.keys("up");
    assert_eq!(d.state(), outline("生活\n  残薬 ◀\n  入院\n＞ 書きかけ‸"));
    // It had taken nothing: there is nothing to bring back.
    d.keys("esc esc esc");
    d.send(jirei::ui::Msg::NoEsc);
    assert_eq!(d.entry(), "");
}

#[test]
fn 段階を移っても書きかけは残る() {
    line("生活 ◀", "「書きかけ」 f6 f6 f6 f6 ctrl-g 2", "書きかけ");
    line("生活 ◀", "「書きかけ」 ctrl-u", "");
    line("生活 ◀", "「書きかけ」 ctrl-u 「看護」 ctrl-u", "書きかけ");
    line("生活 ◀", "「書きかけ」 ctrl-u 「看護」 ctrl-u ctrl-u", "看護");
    line("生活 ◀", "「書きかけ」 ctrl-g 8 「よかった」 ctrl-g 3", "書きかけ");
    line("生活 ◀", "「書きかけ」 ctrl-g 8 「よかった」 ctrl-g 3 ctrl-g 8", "よかった");
    // An edit one leaves is kept, like a cell.
    check("生活\n  残薬 ◀", "f2 「が多い」 f6", "生活\n  残薬が多い ◀");
    check(
        "生活\n  残薬 ◀\n  菓子",
        "f2 「が多い」 down f2 「パン」 enter",
        "生活\n  残薬が多い\n  菓子パン ◀",
    );
}

#[test]
fn 参加者の行は枝にならない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-u f2 「 試ノ森」 f6");
    assert_eq!((d.entry(), d.dossier().nodes.len()), ("", 0));
    let person = d.dossier().people()[0];
    assert_eq!((person.organisation.as_str(), person.name.as_str()), ("山の町薬局", "試ノ森"));
}

#[test]
fn 一覧にもどって開き直しても書きかけは残る() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.keys("「書きかけ」 f2 「が多い」 ctrl-b");
    assert_eq!(d.model.place(), Place::Home);
    d.tick();
    d.restart();
    d.keys("2");
    assert_eq!(d.state(), outline("生活\n  残薬 ◀\n＞ 直す 残薬が多い‸"));
    d.keys("enter");
    assert_eq!(d.entry(), "書きかけ");
}

#[test]
fn 問いかけを見ながら打ったことばは入力行に入る() {
    line("生活 ◀", "f9 「残薬」", "残薬");
    line("生活 ◀", "f9 『残薬が多い』", "残薬が多い");
    line("生活 ◀", "f1 「q」", "");
}

// ---- 見るだけ・見本・満杯

#[test]
fn 見るだけでは何も変わらず書いたことばも残る() {
    let mut d = Driver::with_map("生活\n  残薬 ◀\n  !入院");
    d.model.cx.look_only = true;
    let (before, commits) = (d.dossier().clone(), d.commits);
    d.keys("「新しい」 enter tab");
    assert_eq!(d.entry(), "新しい");
    assert!(d.notice().contains("見るだけ"));
    d.keys("f2");
    assert_eq!(d.entry(), "新しい");
    assert!(d.notice().contains("見るだけ"));
    d.keys("esc delete alt-down ctrl-z ctrl-y ctrl-t");
    assert!(!d.state().contains("入院 ◀"), "{}", d.state());
    d.keys("backspace*9 f4 5 esc");
    d.keys("ctrl-g 6 「薪を運ぶ」 tab esc");
    assert!(d.model.cx.put_away.iter().any(|put| format!("{put:?}").contains("薪を運ぶ")));
    d.keys("esc ctrl-g 8 down space 「よかった」 enter");
    assert_eq!(d.entry(), "よかった");
    d.tick();
    let mut after = d.dossier().clone();
    after.progress.clone_from(&before.progress);
    assert_eq!((after, d.commits), (before, commits));
}

#[test]
fn 見本には何も残らない() {
    let mut d = Driver::first_start();
    d.keys("2 ctrl-g 2 「残薬」 enter f6 f6 ctrl-b");
    assert_eq!((d.commits, d.model.meeting().is_none()), (0, true));
}

#[test]
fn 見本だけの画面はどこでも残らないと言う() {
    let screens = ["", "ctrl-b", "ctrl-b f7", "ctrl-b f8", "ctrl-b f9", "ctrl-b ctrl-n", "「雪かき」 enter"];
    for keys in screens {
        let [kept, passing] = [false, true].map(|passing| {
            let mut d = Driver::case_a();
            d.model.cx.passing = passing;
            d.keys(keys);
            picture(&d, (120, 40))
        });
        assert!(!kept.contains("【見本】") && passing.contains("【見本】"), "{keys}:\n{passing}");
        assert!(!kept.contains("残りません") && !passing.contains("保存済み"), "{keys}:\n{passing}");
        // The list of meetings has no foot.
        assert_eq!(kept.contains("保存済み"), passing.contains("見本（残りません）"), "{keys}:\n{passing}");
    }
}

#[test]
fn 満杯のディスクではその事を言い書いたことばは画面に残る() {
    let mut d = Driver::with_map("生活 ◀");
    d.full = true;
    d.keys("「残薬」 enter");
    assert!(d.state().contains("残薬"));
    assert_eq!(d.model.cx.saving.failed.as_deref(), Some("ディスクがいっぱいです"));
    d.keys("ctrl-q");
    assert!(!d.quit, "unsaved words are not left without a word");
    d.keys("2");
    assert!(d.quit);
}

#[test]
fn 遅れて来た返事は開いている会議を変えない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「書きかけ」");
    let opened = d.opened(d.dossier().meeting.id);
    d.send(jirei::ui::Msg::Store(opened));
    assert_eq!(d.entry(), "書きかけ");
}

#[test]
fn 開き直しても一覧で選んでいた行にいる() {
    let mut d = Driver::first_start();
    d.keys("ctrl-n ctrl-b ctrl-n ctrl-b ctrl-n ctrl-b");
    assert_eq!((d.home_count(), d.model.home.row), (9, 1), "the meeting one comes from");
    for (keys, item) in [("down down", 3), ("down", 4), ("down", 5), ("pageup", 0)] {
        d.keys(keys);
        let before = d.model.home.item(d.model.home.row);
        d.tick();
        d.restart();
        assert_eq!((d.model.home.row, d.model.home.item(item)), (item, before));
    }
    d.keys("down down enter");
    let second = d.model.meeting().map(|desk| desk.doc.dossier.meeting.id);
    assert_eq!(second, d.kept.keys().nth(1).copied());
    // From a meeting one comes back to its row, also after a restart in it.
    d.tick();
    d.restart();
    d.keys("ctrl-b");
    assert_eq!(d.model.home.row, 2);
    // Bookmarks of older versions have a number in this place: it is passed over.
    d.bookmark = r#"{"home_row":3}"#.to_owned();
    d.restart();
    assert_eq!(d.model.home.row, 0);
}

// ---- 記録と合わない変更

/// What is said over the screen.
fn told(d: &Driver) -> &str {
    match &d.model.cx.over {
        Some(jirei::ui::Overlay::Told(text)) => text,
        _ => "",
    }
}

#[test]
fn 断られたことばは控えに残り画面は記録にもどり入力行にもどる() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.refuse = 1;
    d.keys("「!買物」 enter");
    assert_eq!(d.state(), outline("生活\n  残薬 ◀\n＞ !買物‸"), "as it stands on the disk");
    assert_eq!(d.rescued.len(), 1);
    for words in ["買物", "ほかの記録は無事", "未保存-1.json", "jirei import"] {
        assert!(told(&d).contains(words), "{}", told(&d));
    }
    assert!(d.model.cx.saving.waiting.is_empty() && !d.model.cx.saving.stale);
    // Typing goes on under the message, and the same word is taken the second time.
    d.keys("「が遠い」");
    assert_eq!((told(&d), d.entry()), ("", "!買物が遠い"));
    d.keys("enter");
    assert_eq!(d.state(), outline("生活\n  残薬\n  !買物が遠い ◀"));
}

#[test]
fn 断られたときも書きかけと選んだ枝は残る() {
    let mut d = Driver::with_map("生活\n  残薬 ◀\n  入院\n家族\n  長男");
    d.keys("「!買物」");
    let refusal = d.refusal();
    d.send(refusal);
    assert_eq!(d.state(), outline("生活\n  残薬 ◀\n  入院\n家族\n  長男\n＞ !買物‸"));
    assert_eq!(d.rescued.len(), 1, "the refused word is in the file, not over the draft");
}

#[test]
fn 続けて断られても一つの控えに全部残り元に戻すは記録どおり() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.keys("「入院」 enter");
    d.refuse = 3;
    d.keys("「一」 enter enter 「二」 enter enter ctrl-u 「看護師」 enter");
    assert_eq!(d.rescued.len(), 3);
    assert!(told(&d).starts_with("3件"), "{}", told(&d));
    d.keys("enter ctrl-u ctrl-z");
    assert!(!d.state().contains("入院"), "{}", d.state());
}

#[test]
fn 返事を待つ間に書いたことばは読み直しで消えない() {
    use jirei::ui::{Effect, Msg};
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    let refusal = d.refusal();
    let asked = d.update(refusal);
    assert!(asked.iter().any(|e| matches!(e, Effect::Open(_))), "{asked:?}");
    // The answer was on its way when the next word was entered.
    let old = d.opened(d.dossier().meeting.id);
    d.keys("「買物」");
    let effects = d.update(Msg::Key("enter".parse().unwrap()));
    let [Effect::Commit(line, Some(_))] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(d.update(Msg::Store(old)), []);
    assert!(d.state().contains("買物") && d.model.cx.saving.stale, "{}", d.state());
    // When it stands, the meeting is read again, with it.
    d.keep_late(line.clone());
    assert!(d.state().contains("買物") && !d.model.cx.saving.stale, "{}", d.state());
}

#[test]
fn 生まれなかった会議は一覧にもどりことばは控えに残る() {
    let mut d = Driver::first_start();
    d.refuse = 1;
    d.keys("ctrl-n");
    assert_eq!(d.model.place(), Place::Home);
    assert!(d.rescued[0].edit.label.starts_with("新しい会議") && told(&d).contains("控え"), "{}", told(&d));
}

#[test]
fn 保存が止まればその事を言いことばは控えに入る() {
    let mut d = Driver::with_map("生活 ◀");
    d.stopped = true;
    d.send(jirei::ui::Msg::Store(jirei::store::Stopped.into()));
    assert!(told(&d).contains("保存が止まりました") && !told(&d).contains("控え"), "{}", told(&d));
    d.keys("enter 「残薬」 enter");
    assert!(told(&d).contains("未保存-1.json") && told(&d).contains("jirei import"), "{}", told(&d));
    assert!(d.state().contains("残薬"), "it stays on the screen");
    // Said once; the line over the entry goes on saying it.
    d.keys("enter 「入院」 enter");
    assert_eq!((told(&d), d.model.cx.saving.waiting.len()), ("", 2));
    assert!(d.model.cx.saving.failed.as_deref().unwrap_or_default().contains("保存が止まりました"));
    d.no_rescue = true;
    d.keys("「長男」 enter");
    assert!(told(&d).contains("まだファイルに書けていません"), "{}", told(&d));
    d.keys("enter ctrl-q");
    assert!(!d.quit);
}

#[test]
fn 控えも書けなければその事を言い黙って終わらない() {
    let mut d = Driver::with_map("生活 ◀");
    (d.refuse, d.no_rescue) = (1, true);
    d.keys("「残薬」 enter");
    assert!(told(&d).contains("まだファイルに書けていません（空きがありません）"), "{}", told(&d));
    d.keys("enter ctrl-q");
    assert!(!d.quit);
    d.keys("2");
    assert!(d.quit);
}

// ---- しおり

#[test]
fn 決めたことばは止まっても書きかけとしてもどらない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「残薬」");
    d.tick();
    // The power goes right after Enter, before a second has passed.
    d.keys("enter");
    d.restart();
    assert_eq!(d.state(), outline("生活\n  残薬 ◀"));
}

#[test]
fn どこで止まっても同じ所から続く() {
    let issues = "生活\n  !残薬 ◀\n    二\n  !入院\n家族\n  長男";
    for keys in [
        "",
        "「書きかけ」 left",
        "「@薬 !書きかけ」",
        "「書きかけ」 f2 「が多い」 left",
        "「書きかけ」 f7 「2 わけ」",
        "「書きかけ」 ctrl-w 「そのまま」",
        "ctrl-f 「入」",
        "f3 「医」 enter 「次」",
        "「残」 f4 5",
        "space",
        "f8",
        "ctrl-l",
        "ctrl-l*2",
        "right*2",
        "ctrl-u 「看護」",
        "「書きかけ」 ctrl-u f2 「 部署」",
        "ctrl-o down 「きょう」",
        "ctrl-o down*5 enter",
        "ctrl-g 6 「一包化」",
        "ctrl-g 7 「しくみ」 tab",
        "ctrl-g 8 「#2 よかった」",
        "ctrl-g 8 「よかった」 enter f2 「です」",
        "ctrl-g 8 「よかった」 f2 「7/」",
        "ctrl-t",
        "「書きかけ」 ctrl-u 「看護」 ctrl-g 8 「よ」",
    ] {
        let mut d = Driver::with_map(issues);
        d.keys(keys);
        d.tick();
        let (before, place) = (d.state(), d.model.place());
        let (cell, drafts) = (d.model.editing().cloned(), writings(&d));
        let (running, screen) =
            (d.desk().doc.clock.running, (d.desk().map.level, d.desk().map.whole, d.desk().map.kind));
        let said = (d.desk().doc.speaker, d.desk().closing.question);
        d.restart();
        assert_eq!(d.state(), before, "{keys}");
        assert_eq!(d.model.place(), place, "{keys}");
        assert_eq!((d.model.editing(), &writings(&d)), (cell.as_ref(), &drafts), "{keys}");
        assert_eq!(d.desk().doc.clock.running, running, "{keys}");
        assert_eq!((d.desk().map.level, d.desk().map.whole, d.desk().map.kind), screen, "{keys}");
        assert_eq!((d.desk().doc.speaker, d.desk().closing.question), said, "{keys}");
    }
}

#[test]
fn こわれたしおりでも開き書きかけは失われない() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.keys("f2 「が多い」");
    d.tick();
    let mark = d.bookmark.clone();
    for (from, to) in [
        ("\"writings\"", "\"writingz\""),
        ("{", "["),
        ("}", ""),
        ("\"cursor\":15", "\"cursor\":4"),
        ("normal", "upside_down"),
    ] {
        d.bookmark = mark.replacen(from, to, 1);
        assert_ne!(d.bookmark, mark, "{from}");
        d.restart();
        // What is no bookmark at all, or does not know the word, is no worse than none.
        let whole = matches!(from, "\"cursor\":15" | "normal");
        let entry = d.entry();
        assert_eq!(entry, if whole { "残薬が多い" } else { "" }, "{from}");
        d.keys("「x」");
    }
    // The twig it was about is gone: the words are a draft.
    d.bookmark = mark.clone();
    let id = d.kept.values().next().unwrap().dossier.nodes.keys().next().copied().unwrap();
    d.kept.values_mut().next().unwrap().dossier.nodes.remove(&id);
    d.restart();
    assert_eq!(d.state(), outline("本人・思い ◀\n＞ 残薬が多い‸"));
    d.keys("enter");
    assert_eq!(d.dossier().nodes.len(), 1);
}

#[test]
fn しおりの欄の行が消えていてもことばは残る() {
    let mut d = plan();
    d.keys("tab 「一」 enter up left enter 「包化」");
    d.tick();
    d.kept.values_mut().next().unwrap().dossier.actions.clear();
    d.restart();
    assert_eq!(d.cell(), Some("一包化"));
    d.keys("enter");
    assert_eq!(d.dossier().plan()[0].what, "一包化");
}

#[test]
fn エンターを二度押しても次のことばは前のことばに付かない() {
    check("生活 ◀", "「一」 enter enter 「二」 enter", "生活\n  一\n  二 ◀");
    check("生活\n  残薬 ◀", "enter 「が多い」 enter enter 「二」 enter", "生活\n  残薬が多い\n  二 ◀");
    // Whoever presses it once more means to mend.
    line("生活 ◀", "「一」 enter enter enter", "一");
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-u 「薬剤師 山の町薬局」 enter enter 「保健師 山の町役場」 enter");
    let people: Vec<&str> = d.dossier().participants.values().map(|p| p.profession.as_str()).collect();
    assert_eq!(people[people.len() - 2..], ["薬剤師", "保健師"]);
    d.keys("esc ctrl-g 8 「よかった」 enter enter 「またやりたい」 enter");
    assert_eq!(d.dossier().reflections.len(), 2);
}

#[test]
fn 見えない書きかけはエスケープで動かない() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.keys("「書きかけ」 ctrl-o esc");
    assert_eq!((d.entry(), d.model.place()), ("書きかけ", Place::Map));
    // The map over the screen, and how much of it is shown, are not seen from the lists either.
    d.keys("f8 ctrl-u esc");
    assert_eq!((d.entry(), d.model.place(), d.desk().map.whole), ("書きかけ", Place::Map, true));
    let mut d = plan();
    d.keys("tab 「一」 f8 ctrl-o esc esc");
    d.tick();
    d.restart();
    let written = d.dossier().actions.values().any(|a| a.what == "一");
    assert!(written || d.cell() == Some("一"), "{}", d.state());
}

#[test]
fn 書きかけの欄は別のキーでも捨てられない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 8 ctrl-d 「7/16」 ctrl-d");
    assert!(d.dossier().meeting.next_date.is_some());
    d.keys("esc 「長い振り返り」 backspace");
    assert_eq!(d.entry(), "長い振り返");
}

#[test]
fn 因果の図を見て帰ると元の枝で書き続けられる() {
    let mut d = Driver::with_map("生活\n  残薬 ◀\n  !入院");
    d.keys("「書きかけ」 f12 f12");
    assert_eq!(d.state(), outline("生活\n  残薬 ◀\n  !入院\n＞ 書きかけ‸"));
    // An issue that was chosen there stays chosen.
    let mut d = Driver::with_map("生活\n  残薬 ◀\n  !入院\n  !独居");
    d.keys("f12 pagedown f12");
    assert_eq!(d.desk().map.selected_node(&d.desk().doc).unwrap().text, "独居");
}

#[test]
fn 育ちを見ながら貼ったことばは今の地図に見えて残る() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「一」 enter 「二」 enter ctrl-left left");
    d.send(jirei::ui::Msg::Clipboard(Ok("三\n四".to_owned())));
    assert!(d.desk().map.replay.is_none());
    assert_eq!(d.state(), outline("生活\n  一\n  二\n  三\n  四 ◀"));
}

#[test]
fn 元に戻すと消えた行ではなく残る行を選ぶ() {
    let mut d = plan();
    d.keys("tab 「一」 enter down home tab 「二」 enter");
    let rows = d.dossier().plan().len();
    assert_eq!(d.sheet().row, rows - 1);
    d.keys("ctrl-z");
    assert!(d.sheet().row <= d.dossier().plan().len());
    d.keys("up ctrl-y");
    assert_eq!(d.sheet().row, rows - 1);
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 8 「一」 enter 「二」 enter");
    assert_eq!(d.row(), 1);
    d.keys("ctrl-z ctrl-z ctrl-y");
    assert_eq!((d.row(), d.dossier().reflections.len()), (0, 1));
}

#[test]
fn 一覧が届く前に押したエンターは今までいた会議を開く() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    let meeting = d.dossier().meeting.id;
    d.model.cx.shelf = jirei::store::HomeData::default();
    let key = |name: &str| jirei::ui::Msg::Key(name.parse().unwrap());
    d.update(key("ctrl-b"));
    let effects = d.update(key("enter"));
    assert!(
        effects.iter().any(|e| matches!(e, jirei::ui::Effect::Open(id) if *id == meeting)),
        "{effects:?}"
    );
}

#[test]
fn 書き出す先は意味のないキーのあとに打っても新しく書ける() {
    for dead in ["f7", "tab", "pagedown", "ctrl-y"] {
        let mut d = Driver::case_a();
        d.keys(&format!("ctrl-e enter {dead} 「/棚/控え.md」"));
        let Some(jirei::ui::Overlay::Ask(ask)) = &d.model.cx.over else { panic!("{dead}") };
        assert_eq!(ask.line.text(), "/棚/控え.md", "{dead}");
    }
    // An arrow means that it is to be mended.
    let mut d = Driver::case_a();
    d.keys("ctrl-e enter left right 「x」");
    let Some(jirei::ui::Overlay::Ask(ask)) = &d.model.cx.over else { panic!("a path") };
    assert!(ask.line.text().ends_with(".pdfx"), "{}", ask.line.text());
    // So in a cell whose words are replaced as a whole.
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-o enter insert 「冬の会」 tab");
    assert_eq!(d.dossier().meeting.title, "冬の会");
}
