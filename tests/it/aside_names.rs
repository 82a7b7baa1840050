//! Words that stand beside a field are kept under a name of the field that stays: what people call it may change.

use crate::support;

use jirei::domain::fields::{
    ActionField, CaseField, EvidenceField, MeetingField, RegionalIssueField, SlotField,
};
use jirei::domain::year::Years;
use jirei::domain::*;
use jirei::export::{json, sample};
use jirei::store::Access;
use support::driver::{Driver, plan};
use support::room::Room;

/// Every field beside which words may stand: the name it is kept under, and what it was called when words were kept under that.
const MEETING: [(&str, &str); 5] = [
    (MeetingField::Date.key(), "日付"),
    (MeetingField::NextDate.key(), "次回の日"),
    (SEATS[0], "司会（1人目）"),
    (SEATS[1], "司会（2人目）"),
    (MeetingField::Presenter.key(), "事例提供者"),
];
const CASE: [(&str, &str); 2] =
    [(CaseField::Triggers.key(), "検討のきっかけ"), (CaseField::ConsentDate.key(), "同意の日")];
const ACTION: [(&str, &str); 2] = [(ActionField::Issue.key(), "課題"), (ActionField::Who.key(), "だれが")];
const ISSUE: [(&str, &str); 5] = [
    (RegionalIssueField::Scenes.key(), "場面"),
    (RegionalIssueField::Categories.key(), "事業項目"),
    (EvidenceField::Node.key(), "もとになった枝"),
    (RegionalIssueField::Reflected.key(), "計画・予算への反映"),
    (RegionalIssueField::Confirmed.key(), "個人が分からない文か"),
];
const SLOT: [(&str, &str); 3] = [
    (SlotField::Date.key(), "予定の日"),
    (SlotField::Format.key(), "会のやり方"),
    (SlotField::Cancelled.key(), "中止"),
];

fn words(fields: &[(&str, &str)]) -> Vec<Aside> {
    let aside = |(key, _): &(&str, &str)| Aside {
        field: (*key).to_owned(),
        words: format!("{key}は田植えのあと"),
    };
    fields.iter().map(aside).collect()
}

/// A meeting with words beside every field that takes them so.
fn meeting() -> Dossier {
    let mut dossier = sample::case_a().unwrap();
    dossier.meeting.aside = words(&MEETING);
    dossier.case.as_mut().unwrap().aside = words(&CASE);
    dossier.actions.values_mut().for_each(|action| action.aside = words(&ACTION));
    dossier.regional.values_mut().for_each(|issue| issue.aside = words(&ISSUE));
    dossier
}

/// The file as it was written before: the words under what people called the field.
fn before(file: &[u8], fields: &[(&str, &str)]) -> Vec<u8> {
    let mut text = String::from_utf8(file.to_vec()).unwrap();
    for (key, label) in fields {
        let now = format!("\"field\": \"{key}\"");
        assert!(text.contains(&now), "{key}");
        text = text.replace(&now, &format!("\"field\": \"{label}\""));
    }
    text.into_bytes()
}

fn all_of_meeting() -> Vec<(&'static str, &'static str)> {
    [&MEETING[..], &CASE, &ACTION, &ISSUE].concat()
}

#[test]
fn 前の呼び名で残ったことばのファイルも読め今の名前で書かれる() {
    let dossier = meeting();
    let file = json::render(&dossier, &RecordVersions::default()).unwrap();
    let old = before(&file, &all_of_meeting());
    let read = json::read(&old).unwrap();
    assert_eq!(read, dossier);
    assert_eq!(json::render(&read, &RecordVersions::default()).unwrap(), file);

    let slot = Slot { aside: words(&SLOT), ..Slot::usual("川の里", 2026, "mieru", 3) };
    let years = Years { slots: [(slot.id, slot)].into(), ..Years::default() };
    let known = StampedYears { years, stamps: RecordVersions::default() };
    let file = json::render_years(&known).unwrap();
    let json::Content::Years(read) = json::read_any(&before(&file, &SLOT)).unwrap() else {
        panic!("no years")
    };
    assert_eq!(json::render_years(&read).unwrap(), file);
}

#[test]
fn 前のファイルを今の記録に合わせても二つにならない() {
    let mut mint = Now { at: "2026-06-18T09:00:00+09:00".parse().unwrap(), seed: 3 }.ids();
    let dossier = meeting();
    let at = "2026-06-18T10:00:00+09:00".parse().unwrap();
    let changes = dossier.records().map(Change::add).collect();
    let edit = Edit { id: mint.id(), at, label: "書く".into(), changes };
    let room = Room::new();
    let line = JournalEntry { edit, meeting: Some(dossier.meeting.id), act: Act::Do };
    room.store(Access::Write).commit(&line).unwrap();
    let now = room.exported();
    let old = room.file("前の版.json", before(&now, &all_of_meeting()));

    assert!(room.import(&old).contains("何も変えていません"));
    let other = Room::new();
    other.import(&old);
    other.import(&other.file("今の版.json", &now));
    for room in [&room, &other] {
        assert_eq!(json::read(&room.exported()).unwrap(), dossier);
        assert!(room.run(&["list", "--conflicts"]).1.contains("くいちがいはありません"));
        assert_eq!(room.store(Access::Write).check().unwrap(), Vec::<String>::new());
    }
}

/// The screens with cells, each with the keys to it and how many cells it has one after the other.
const FORMS: [(&str, usize); 3] = [("ctrl-o", 21), ("ctrl-g 6 left", 6), ("ctrl-g 7", 18)];

#[test]
fn どの欄のわきのことばも欄の名前で残り人には呼び名で出る() {
    let mut kept = Vec::new();
    for (screen, cells) in FORMS {
        for at in 0..cells {
            let mut d = plan();
            d.keys(&format!("{screen} tab*{at}"));
            let label = d.model.sheets().unwrap().selected_cell(&d.model.cx).unwrap().heading().title;
            d.keys("「ぬかるみの頃」 tab");
            for record in d.dossier().records() {
                let aside = serde_json::to_value(&record).unwrap()["row"]["aside"][0]["field"].clone();
                let Some(field) = aside.as_str() else { continue };
                let told = format!("{label}：ぬかるみの頃");
                assert!(record.texts().iter().any(|text| *text == told), "{field}: {:?}", record.texts());
                kept.push((field.to_owned(), label.to_owned()));
            }
        }
    }
    let mut fields = all_of_meeting();
    fields.extend(SLOT);
    let known = |(field, _): &(String, String)| fields.iter().any(|(key, _)| key == field);
    assert!(kept.len() >= 12 && kept.iter().all(known), "{kept:?}");
}

#[test]
fn 年間の枠でも欄の名前で残る() {
    for (keys, field) in [("", "date"), ("right", "format"), ("right*3", "cancelled")] {
        let mut d: Driver = support::region::region(&[]);
        d.keys(&format!("f8 down {keys} 「雪が消えたら」 tab"));
        let slot = d.outside.years.slots.values().next().unwrap();
        assert_eq!(slot.aside, [Aside { field: field.to_owned(), words: "雪が消えたら".to_owned() }]);
    }
}
