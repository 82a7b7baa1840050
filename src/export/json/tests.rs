//! A meeting goes out and comes back the same, whatever stands in it.

use proptest::prelude::*;

use super::*;
use crate::domain::*;
use crate::export::sample;

fn text() -> String {
    String::from_utf8(render(&sample::case_a().unwrap(), &RecordVersions::default()).unwrap()).unwrap()
}

#[test]
fn 書き出しは決まった形で読み返すと同じ() {
    let dossier = sample::case_a().unwrap();
    let bytes = render(&dossier, &RecordVersions::default()).unwrap();
    assert!(bytes.starts_with(b"{\n  \"schema\": 2,\n  \"program\": \"jirei\",\n  \"version\""));
    assert_eq!(bytes, render(&dossier, &RecordVersions::default()).unwrap());
    assert_eq!(read(&bytes), Ok(dossier));
}

#[test]
fn どこで切れても断る() {
    let bytes = text().into_bytes();
    for end in (0..bytes.len() - 2).step_by(997) {
        let result = read(&bytes[..end]);
        assert!(matches!(result, Err(ReadError::CutShort(_) | ReadError::Empty)), "{end}: {result:?}");
    }
}

#[test]
fn 切れた場所を行と文字で言う() {
    let text = text();
    let cut = text.find("保健福祉センター").unwrap();
    let Err(ReadError::CutShort(place)) = read(&text.as_bytes()[..cut]) else { panic!() };
    let line = text[..cut].lines().count();
    let column = text[..cut].lines().last().unwrap().chars().count();
    assert_eq!(place, Place { line, column });
}

#[test]
fn ほかのファイルや新しい形式は断る() {
    let place = |line, column| ReadError::NotOurs(Place { line, column });
    assert_eq!(read(b"{\"a\": 1}"), Err(place(1, 1)));
    assert_eq!(read(b"[1, 2]"), Err(place(1, 1)));
    assert!(matches!(read("ただの文".as_bytes()), Err(ReadError::NotOurs(_))));
    assert_eq!(read(b""), Err(ReadError::Empty));
    let newer = r#"{"schema": 3, "program": "jirei", "hall": []}"#;
    assert_eq!(read(newer.as_bytes()), Err(ReadError::Newer { found: 3, known: 2 }));
    let mut shift_jis = text().into_bytes();
    let at = text().find("保健").unwrap();
    shift_jis[at] = 0x95;
    assert!(matches!(read(&shift_jis), Err(ReadError::NotUtf8(_))));
}

#[test]
fn 悪い値は場所と何が悪いかを言う() {
    let wrong = |from: &str, to: &str| match read(text().replacen(from, to, 1).as_bytes()) {
        Err(ReadError::Value { place, what }) => (place.line, what),
        other => panic!("{other:?}"),
    };
    assert_eq!(wrong("\"venue\"", "\"place\""), (9, "知らない項目「place」があります".into()));
    assert_eq!(wrong("\"kind\": \"unknown\"", "\"kind\": \"何か\"").1, "知らない値「何か」があります");
    assert_eq!(wrong("\"rank\": 0", "\"rank\": \"上\"").1, "値の種類が違います");
    let (line, what) = wrong("2026-05-21\"", "2026-05-32\"");
    assert_eq!((line, what.starts_with("読み取れない値")), (8, true));
}

fn reference(change: impl FnOnce(&mut Dossier)) -> (Option<usize>, String) {
    let mut dossier = sample::case_a().unwrap();
    change(&mut dossier);
    match read(&render(&dossier, &RecordVersions::default()).unwrap()) {
        Err(ReadError::Reference { place, what }) => (place.map(|p| p.line), what),
        other => panic!("{other:?}"),
    }
}

#[test]
fn つながらない記録はどれかを言って断る() {
    let nobody: Id<Node> = "0197aaaa-0000-7000-8000-000000000001".parse().unwrap();
    let (line, what) = reference(|d| d.links.values_mut().next().unwrap().to = nobody);
    assert!(what.ends_with(&format!("の先の枝 {nobody} が、この記録にありません")), "{what}");
    assert!(line.is_some_and(|line| line > 100));
    let (_, what) = reference(|d| d.nodes.values_mut().next().unwrap().meeting = nobody.cast());
    assert!(
        what.starts_with("枝 ")
            && what.ends_with("別の会議 0197aaaa-0000-7000-8000-000000000001 のものになっています")
    );
    let (_, what) = reference(|d| d.case = None);
    assert!(what.starts_with("会議の事例"));
    let (_, what) = reference(|d| {
        let issue = d.regional.values().next().unwrap().clone();
        let day = "2026-05-21".parse().unwrap();
        let level = RegionalIssue {
            level: "市町村".into(),
            ..RegionalIssue::new(nobody.cast(), issue.meeting, "")
        };
        let mint = &mut Now { at: "2026-05-21T13:30:00+09:00".parse().unwrap(), seed: 1 }.ids();
        let steps = escalation::steps(&[Change::add(level)], &d.escalations, day, mint);
        d.apply_all(&steps).unwrap();
    });
    assert!(what.starts_with("経過 "), "{what}");
}

#[test]
fn ほかの会議の地域課題の根拠は受け取る() {
    let mut dossier = sample::case_a().unwrap();
    dossier.evidence.values_mut().next().unwrap().issue =
        "0197aaaa-0000-7000-8000-000000000001".parse().unwrap();
    assert_eq!(read(&render(&dossier, &RecordVersions::default()).unwrap()).unwrap(), dossier);
}

#[test]
fn 範囲の外の日や数は場所を言って断る() {
    type Change = fn(&mut Dossier);
    let far: Moment = "+12345-01-01T00:00:00+09:00".parse().unwrap();
    let cases: [(Change, &str); 12] = [
        (|d| d.meeting.date = "1867-12-31".parse().ok(), "会議 の「日付」が、1867年"),
        (|d| d.meeting.next_date = "+10000-01-01".parse().ok(), "会議 の「次回の日」が、10000年"),
        (
            |d| d.case.as_mut().unwrap().consent_date = "2200-01-01".parse().ok(),
            "事例 の「同意の日」が、2200年",
        ),
        (|d| d.progress.step = 8, "今の段階が 9番目"),
        (|d| d.progress.step = usize::MAX, "今の段階が "),
        (|d| d.progress.spent = vec![u32::MAX], "進み具合 の「かかった時間」が、大きすぎます"),
        (|d| d.progress.spent = vec![0; 1001], "進み具合 の「かかった時間」が、大きすぎます（1001。"),
        (
            |d| d.meeting.steps[0].minutes = 1441,
            "会議 の「段階」が、大きすぎます（1441。使えるのは 1440 まで",
        ),
        (|d| d.actions.values_mut().next().unwrap().rank = i64::MIN, "行動計画 の「並び順」が、"),
        (
            |d| d.regional.values_mut().next().unwrap().due.date = "9999-01-01".parse().ok(),
            "地域課題 の「いつまでに」が、",
        ),
        (|d| d.reflections.values_mut().next().unwrap().rank = i64::MAX, "振り返り の「並び順」が、"),
        (
            |d| d.actions.values_mut().next().unwrap().until.date = "0001-01-01".parse().ok(),
            "行動計画 の「いつまでに」が、1年",
        ),
    ];
    let hex = |word: &str| word.len() == 36 && word.matches('-').count() == 4;
    let without_id = |what: &str| what.split(' ').filter(|word| !hex(word)).collect::<Vec<_>>().join(" ");
    for (change, expected) in cases {
        let (line, what) = reference(change);
        assert!(line.is_some() && without_id(&what).starts_with(expected), "{what} / {expected}");
    }
    let (line, what) = reference(|d| d.nodes.values_mut().next().unwrap().number = u32::MAX);
    assert!(line.is_some() && what.contains("の「番号」が、大きすぎます（4294967295。"), "{what}");
    let (_, what) = reference(|d| d.nodes.values_mut().next().unwrap().at = far);
    assert!(
        what.contains("の「時刻」が、12345年になっています（1868年から2199年までにしてください）"),
        "{what}"
    );
    assert!(what.ends_with("（会議「第2回 山の町 見える事例検討会」）"), "{what}");
}

#[test]
fn 控えの範囲の外の値も断る() {
    let dossier = sample::case_a().unwrap();
    let far: Moment = "+12345-01-01T00:00:00+09:00".parse().unwrap();
    let node = dossier.nodes.values().next().unwrap().clone();
    let at = node.at;
    let line = |at, node| JournalEntry {
        edit: Edit {
            id: dossier.meeting.id.cast(),
            at,
            label: String::new(),
            changes: vec![Change::add(node)],
        },
        meeting: Some(dossier.meeting.id),
        act: Act::Do,
    };
    let said = |line| match read_any(&render_unsaved(&vec![line].into()).unwrap()) {
        Err(ReadError::Reference { place: Some(_), what }) => what,
        other => panic!("{other:?}"),
    };
    assert!(said(line(far, node.clone())).starts_with("変更 "));
    assert!(said(line(at, Node { at: far, ..node.clone() })).starts_with("枝 "));
    let whole = render_unsaved(&vec![line(at, node.clone())].into()).unwrap();
    assert!(read_any(&whole).is_ok());
    // A change is one of one record.
    let whole = String::from_utf8(whole).unwrap();
    let other = serde_json::to_string(&Record::from(dossier.links.values().next().unwrap().clone())).unwrap();
    for (from, to, wrong) in [
        ("\"after\": {", "\"other\": {", "知らない項目「other」があります"),
        ("\"before\": null", &format!("\"before\": {other}"), "変更の前と後が、同じ記録ではありません"),
    ] {
        match read_any(whole.replacen(from, to, 1).as_bytes()) {
            Err(ReadError::Value { what, .. }) => assert_eq!(what, wrong),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn 発言者や親が欠けていても言葉は戻る() {
    let nobody: Id<Node> = "0197aaaa-0000-7000-8000-000000000001".parse().unwrap();
    let mut dossier = sample::case_a().unwrap();
    dossier.meeting.presenter = Some(nobody.cast());
    let node = dossier.nodes.values_mut().next().unwrap();
    (node.speaker, node.parent) = (Some(nobody.cast()), Some(node.id));
    dossier.actions.values_mut().next().unwrap().issue = Some(nobody);
    assert_eq!(read(&render(&dossier, &RecordVersions::default()).unwrap()), Ok(dossier));
}

#[test]
fn 同じidが二つあれば二つ目の場所を言う() {
    let dossier = sample::case_a().unwrap();
    let ids: Vec<String> = dossier.links.keys().map(Id::to_string).collect();
    let text = text().replace(&ids[1], &ids[0]);
    let Err(ReadError::Reference { place: Some(place), what }) = read(text.as_bytes()) else { panic!() };
    assert_eq!(what, format!("同じ id のつながりが二つあります: {}", ids[0]));
    let second = text.lines().enumerate().filter(|(_, l)| l.contains(&ids[0])).nth(1).unwrap().0 + 1;
    assert_eq!(place.line, second);
}

/// Any text, and more often what is hard.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        proptest::collection::vec(
            prop::sample::select(vec![
                "👨‍👩‍👧",
                "🏳️‍🌈",
                "𠮷",
                "葛󠄀",
                "か\u{3099}",
                "e\u{301}",
                "שלום",
                "\u{202e}逆",
                "\t",
                "\"",
                "'",
                "\\",
                "\n",
                "\r\n",
                "\u{0}",
                "\u{1b}[31m",
                "\u{7f}",
                "\u{feff}",
                "\u{2028}",
                "{}",
                "【課題】",
                "ｶﾞ",
            ]),
            0..12
        )
        .prop_map(|parts| parts.concat()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn どんな文字でも読み返すと同じ(words in proptest::collection::vec(words(), 12)) {
        let mut dossier = sample::case_a().unwrap();
        dossier.meeting.title.clone_from(&words[0]);
        dossier.meeting.note.clone_from(&words[1]);
        dossier.meeting.checked.insert(words[2].clone());
        dossier.meeting.branches[0].title.clone_from(&words[3]);
        dossier.case.as_mut().unwrap().gist.clone_from(&words[4]);
        dossier.participants.values_mut().next().unwrap().name.clone_from(&words[5]);
        dossier.nodes.values_mut().next().unwrap().text.clone_from(&words[6]);
        dossier.links.values_mut().next().unwrap().label.clone_from(&words[7]);
        dossier.actions.values_mut().next().unwrap().until.words.clone_from(&words[8]);
        dossier.regional.values_mut().next().unwrap().measures = words[9..].to_vec();
        dossier.reflections.values_mut().next().unwrap().text.clone_from(&words[11]);
        prop_assert_eq!(read(&render(&dossier, &RecordVersions::default()).unwrap()), Ok(dossier));
    }
}

/// A year with a slot and a cell in it.
fn years() -> StampedYears {
    let mut years = StampedYears::default();
    let slot = Slot { presenter: "包括".into(), ..Slot::usual("山の町", 2026, "mieru", 0) };
    let cell = Passage {
        text: "住み慣れた家で".into(),
        ..Passage::new("山の町", 2026, "看取り", Aspect::Vision)
    };
    let changes = vec![Change::add(slot), Change::add(cell)];
    changes.iter().for_each(|change| years.years.apply(change).unwrap());
    let at = "2026-05-21T15:00:00+09:00".parse().unwrap();
    let id = Id::from(Uuid::nil());
    years.stamps.note_years(&Edit { id, at, label: String::new(), changes }, Act::Do);
    years
}

#[test]
fn 年間の計画と振り返りも読み返すと同じ() {
    let known = years();
    let bytes = render_years(&known).unwrap();
    assert_eq!(read_any(&bytes), Ok(Content::Years(Box::new(known.clone()))));
    assert!(matches!(read(&bytes), Err(ReadError::NotOurs(_))), "it is no meeting");
    assert_eq!(years_name(&known), "年間の計画と振り返り_山の町.json");
    assert_eq!(years_name(&StampedYears::default()), "年間の計画と振り返り.json");
    assert!(
        known.clone().of_town(Some("海の町")).is_empty() && known.clone().of_town(Some("山の町")) == known
    );
}

#[test]
fn 年間の計画のおかしいところも場所を言って断る() {
    let text = String::from_utf8(render_years(&years()).unwrap()).unwrap();
    let told = |text: &str| match read_any(text.as_bytes()) {
        Err(ReadError::Reference { place: Some(_), what }) => what,
        other => panic!("{other:?}"),
    };
    // A cell of another town under the id of this one would be found by nobody.
    let moved = text.replacen("\"subject\": \"看取り\"", "\"subject\": \"急変時\"", 1);
    assert!(told(&moved).ends_with("その欄のものではありません"));
    assert!(told(&text.replacen("\"year\": 2026", "\"year\": 1066", 1)).contains("1066年"));
    let mut twice = years();
    let (key, versions) = twice.stamps.standing.pop_first().unwrap();
    twice.stamps.removed.insert(key, versions);
    assert!(told(&String::from_utf8(render_years(&twice).unwrap()).unwrap()).contains("両方にあります"));
}

#[test]
fn 控えには会議が丸ごと入り一つが読めなくてもことばは読める() {
    let dossier = sample::case_a().unwrap();
    let line = JournalEntry {
        edit: Edit {
            id: "0197aaaa-0000-7000-8000-000000000001".parse().unwrap(),
            at: dossier.nodes.values().next().unwrap().at,
            label: "枝を足す".to_owned(),
            changes: vec![Change::add(dossier.nodes.values().next().unwrap().clone())],
        },
        meeting: Some(dossier.meeting.id),
        act: Act::Do,
    };
    let rescued = Rescued {
        at: Some(line.edit.at),
        lines: vec![line],
        meetings: vec![dossier.clone().into()],
        bookmark: Some("書きかけ👨‍👩‍👧".to_owned()),
        records: "C:\\事例\\記録".to_owned(),
    };
    let bytes = render_unsaved(&rescued).unwrap();
    assert_eq!(read_any(&bytes), Ok(Content::Unsaved(Box::new(rescued.clone()))));
    // A person of another meeting makes one of it; the lines nothing else has.
    let other = "\"meeting\": \"0197aaaa-0000-7000-8000-000000000002\"";
    let own = format!("\"meeting\": \"{}\"", dossier.meeting.id);
    let text = String::from_utf8(bytes).unwrap();
    let at = text.rfind(&own).unwrap();
    let spoilt = format!("{}{other}{}", &text[..at], &text[at + own.len()..]);
    let Ok(Content::Unsaved(read)) = read_any(spoilt.as_bytes()) else { panic!("it cannot be read") };
    assert_eq!((&read.lines, read.meetings.len(), &read.bookmark), (&rescued.lines, 0, &rescued.bookmark));
}
