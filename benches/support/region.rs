//! Made-up years of many towns, the same for the same seed: every name, body and sentence is put together from short lists.
//!
//! Written with plain SQL and without a journal: a million participants in seconds, where an edit each would take hours.
#![allow(dead_code, reason = "each bench and test uses a part of this")]
#![allow(clippy::unwrap_used, reason = "what cannot build its sample has nothing to measure")]

use std::path::Path;

use chrono::{Days, NaiveDate};
use jirei::store::{Access, DATABASE, Store};
use rusqlite::{Connection, Statement, params};

/// How much there is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub towns: usize,
    /// In each town and year.
    pub meetings: usize,
    /// In a year, over all towns.
    pub participants: usize,
    pub issues: usize,
    /// In each meeting.
    pub actions: usize,
    pub entries: usize,
}

/// Every town of the country, once a month.
pub const NATION: Size =
    Size { towns: 1741, meetings: 12, participants: 1_000_000, issues: 100_000, actions: 4, entries: 8 };

/// A few towns, to be counted by hand.
pub const SMALL: Size =
    Size { towns: 4, meetings: 12, participants: 500, issues: 120, actions: 5, entries: 30 };

const TOWN_FIRST: [&str; 24] = [
    "青", "赤", "白", "黒", "金", "銀", "朝", "夕", "春", "夏", "秋", "冬", "東", "西", "南", "北", "上",
    "中", "下", "大", "小", "長", "高", "深",
];
const TOWN_SECOND: [&str; 24] = [
    "山", "川", "野", "原", "沢", "浜", "浦", "島", "谷", "坂", "森", "林", "田", "畑", "里", "橋", "石",
    "岩", "松", "杉", "梅", "桜", "滝", "泉",
];
const KINDS: [&str; 4] = ["町", "村", "市", "郷町"];
const FAMILY: [&str; 30] = [
    "青葉",
    "石森",
    "上野原",
    "江見",
    "大滝",
    "柿沼",
    "霧島",
    "黒川",
    "毛利",
    "小谷",
    "桜庭",
    "篠原",
    "杉本",
    "瀬川",
    "曽我",
    "高浜",
    "千早",
    "月岡",
    "手島",
    "戸沢",
    "中里",
    "西浦",
    "沼田",
    "根岸",
    "野々村",
    "羽田",
    "日向",
    "藤代",
    "星野",
    "真壁",
];
const GIVEN: [&str; 30] = [
    "葵", "一郎", "梅子", "恵美", "修", "薫", "清", "久美", "健", "浩二", "早苗", "静香", "進", "聡", "大地",
    "千春", "司", "輝", "俊", "直樹", "紀子", "春香", "光", "文", "誠", "真由", "実", "康", "裕子", "玲",
];
/// A profession as people write it: some of them are one.
pub const PROFESSIONS: [&[&str]; 14] = [
    &["介護支援専門員", "ケアマネ", "ケアマネジャー", "ｹｱﾏﾈ", "ケアマネージャー"],
    &["訪問看護師", "訪問看護"],
    &["保健師"],
    &["薬剤師", "かかりつけ薬剤師"],
    &["医師", "かかりつけ医", "在宅医"],
    &["訪問介護員", "ヘルパー", "ホームヘルパー"],
    &["理学療法士", "PT", "ＰＴ"],
    &["医療ソーシャルワーカー", "MSW", "ＭＳＷ"],
    &["地域包括支援センター職員", "包括"],
    &["行政職員", "役場"],
    &["社会福祉協議会職員", "社協"],
    &["歯科衛生士"],
    &["民生委員", "民生児童委員"],
    &["移動販売員", "移動　販売員"],
];
const BODIES: [&str; 14] = [
    "居宅介護支援事業所",
    "訪問看護ステーション",
    "保健センター",
    "中央薬局",
    "内科医院",
    "ヘルパーステーション",
    "リハビリ病院",
    "総合病院",
    "地域包括支援センター",
    "福祉課",
    "社会福祉協議会",
    "歯科医院",
    "民生委員協議会",
    "移動スーパー",
];
const NEEDS: [&str; 10] = [
    "夜間に頼める人",
    "買物の足",
    "退院前の話し合い",
    "服薬を見守る人",
    "集まれる場所",
    "家族の休み",
    "口腔の相談先",
    "急変のときの連絡先",
    "看取りの経験",
    "情報を渡すしくみ",
];
const SCENES: [&str; 4] = ["日常の療養支援", "入退院支援", "急変時の対応", "看取り"];
const CATEGORIES: [(&str, &str); 8] = [
    ("ア", "地域の医療・介護の資源の把握"),
    ("イ", "在宅医療・介護連携の課題の抽出と対応策の検討"),
    ("ウ", "切れ目のない在宅医療と在宅介護の提供体制の構築推進"),
    ("エ", "医療・介護関係者の情報共有の支援"),
    ("オ", "在宅医療・介護連携に関する相談支援"),
    ("カ", "医療・介護関係者の研修"),
    ("キ", "地域住民への普及啓発"),
    ("ク", "在宅医療・介護連携に関する関係市区町村の連携"),
];
const FORMATS: [&str; 12] = [
    "mieru",
    "mieru",
    "care-cafe",
    "mieru",
    "mieru",
    "mieru",
    "care-cafe",
    "mieru",
    "mieru",
    "care-cafe",
    "mieru",
    "annual-review",
];

/// SplitMix64 (Steele, Lea, Flood 2014).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// So many times in a hundred.
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// An id such as the program strikes at a moment.
    fn id(&mut self, millis: u64) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-7{:03x}-8{:03x}-{:012x}",
            millis >> 16,
            millis & 0xffff,
            high & 0xfff,
            (high >> 12) & 0xfff,
            low & 0xffff_ffff_ffff
        )
    }
}

/// The name of a town; all of them differ.
pub fn town(n: usize) -> String {
    let (first, rest) = (n % TOWN_FIRST.len(), n / TOWN_FIRST.len());
    let (second, kind) = (rest % TOWN_SECOND.len(), rest / TOWN_SECOND.len());
    format!("{}{}{}", TOWN_FIRST[first], TOWN_SECOND[second], KINDS[kind % KINDS.len()])
}

/// Somebody who may come: name, which profession, body.
struct Neighbour {
    name: String,
    profession: usize,
    body: String,
}

fn neighbours(dice: &mut Dice, town: &str, count: usize) -> Vec<Neighbour> {
    let one = |dice: &mut Dice| {
        let profession = dice.below(PROFESSIONS.len());
        let unnamed = dice.chance(15);
        let name = format!("{}　{}", dice.one_of(&FAMILY), dice.one_of(&GIVEN));
        let body = if dice.chance(4) { String::new() } else { format!("{town}{}", BODIES[profession]) };
        Neighbour { name: if unnamed { String::new() } else { name }, profession, body }
    };
    (0..count).map(|_| one(dice)).collect()
}

/// Fills a new database in a folder with these fiscal years.
pub fn fill(folder: &Path, size: &Size, years: &[i32], seed: u64) {
    drop(Store::open(folder, Access::Write).unwrap());
    let connection = Connection::open(folder.join(DATABASE)).unwrap();
    connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN").unwrap();
    let mut dice = Dice::new(seed);
    {
        let mut tables = Tables::new(&connection);
        for year in years {
            let mut left =
                Left { meetings: size.towns * size.meetings, people: size.participants, issues: size.issues };
            for n in 0..size.towns {
                fill_town(&mut tables, &mut dice, size, *year, n, &mut left);
            }
        }
    }
    connection.execute_batch("COMMIT").unwrap();
    drop(connection);
    Store::open(folder, Access::Write).unwrap().sum_anew().unwrap();
}

/// What is still to be dealt out over the meetings of a year.
struct Left {
    meetings: usize,
    people: usize,
    issues: usize,
}

impl Left {
    /// The share of the next meeting: even, but for a few more or fewer, and in the end all of it.
    fn deal(&mut self, dice: &mut Dice) -> (usize, usize) {
        let share = |left: usize, meetings: usize, dice: &mut Dice| {
            if meetings <= 1 {
                return left;
            }
            let even = left / meetings;
            (even + dice.below(3)).saturating_sub(1).min(left)
        };
        let dealt = (share(self.people, self.meetings, dice), share(self.issues, self.meetings, dice));
        self.people -= dealt.0;
        self.issues -= dealt.1;
        self.meetings -= 1;
        dealt
    }
}

/// The statements that write the rows.
struct Tables<'a> {
    meeting: Statement<'a>,
    case: Statement<'a>,
    participant: Statement<'a>,
    node: Statement<'a>,
    action: Statement<'a>,
    issue: Statement<'a>,
    evidence: Statement<'a>,
    escalation: Statement<'a>,
    slot: Statement<'a>,
}

impl<'a> Tables<'a> {
    fn new(connection: &'a Connection) -> Self {
        let into = |table: &str, columns: &str| {
            let marks = vec!["?"; columns.split(',').count()].join(", ");
            let sql =
                format!("INSERT INTO {table} ({columns}, versions) VALUES ({marks}, '[1779338400000]')");
            connection.prepare(&sql).unwrap()
        };
        Self {
            meeting: into(
                "meetings",
                "id, date, town, title, format, case_id, presenter, venue, organiser, steps, branches, checked, note",
            ),
            case: into(
                "cases",
                "id, code, age, sex, gist, triggers, trigger_note, consultation, consent, consent_note, consent_by",
            ),
            participant: into(
                "participants",
                "id, meeting, code, name, profession, organisation, first_time, department, came_late, left_early",
            ),
            node: into("nodes", "id, meeting, branch, rank, kind, text, said, speaker, step, number, at"),
            action: into(
                "actions",
                "id, meeting, what, who, until_words, until_date, check_how, status, outcome, rank",
            ),
            issue: into(
                "regional_issues",
                "id, meeting, statement, scenes, categories, function, level, area, gap, priority_reason, measures, \
                 responsible, due_words, status, reflected, reflected_reason, evaluation, confirmed, rank",
            ),
            evidence: into("evidence", "id, issue, meeting"),
            escalation: into("escalations", "id, issue, meeting, date, level, decision, reason, remaining"),
            slot: into(
                "slots",
                "id, town, year, format, date, moved_from, presenter, meeting, cancelled, note, rank",
            ),
        }
    }
}

/// One meeting while it is written.
struct Sitting<'s> {
    id: String,
    date: NaiveDate,
    millis: u64,
    town: &'s str,
}

fn fill_town(tables: &mut Tables<'_>, dice: &mut Dice, size: &Size, year: i32, n: usize, left: &mut Left) {
    let town = town(n);
    let each = size.participants / (size.towns * size.meetings).max(1);
    let people = neighbours(&mut Dice::new(n as u64 + 1), &town, each * 3 / 2 + 4);
    let mut cases: Vec<String> = Vec::new();
    let mut raised: Vec<String> = Vec::new();
    for number in 0..size.meetings {
        let first = NaiveDate::from_ymd_opt(year, 4, 1).unwrap();
        // The first and the last day of the year, too.
        let day = match number {
            0 if n.is_multiple_of(3) => 0,
            11 if n % 3 == 1 => (first + chrono::Months::new(12) - first).num_days() as u64 - 1,
            _ => number as u64 * 30 + 3 + dice.below(24) as u64,
        };
        let date = first + Days::new(day);
        let millis = date.and_hms_opt(4, 30, 0).unwrap().and_utc().timestamp_millis() as u64;
        let sitting = Sitting { id: dice.id(millis), date, millis, town: &town };
        let format = FORMATS[number % FORMATS.len()];
        let (count, issues) = left.deal(dice);
        let there = fill_people(tables, dice, &sitting, &people, count);
        let case = (format == "mieru").then(|| fill_case(tables, dice, &sitting, number, &mut cases));
        let presenter = there.get(dice.below(there.len())).filter(|_| format == "mieru" && dice.chance(90));
        let title = format!("第{}回", number + 1);
        tables
            .meeting
            .execute(params![
                sitting.id,
                date.to_string(),
                town,
                title,
                format,
                case,
                presenter,
                "保健センター",
                "",
                "[]",
                "[]",
                "[]",
                ""
            ])
            .unwrap();
        fill_words(tables, dice, &sitting, size, &there);
        fill_issues(tables, dice, &sitting, issues, &mut raised);
        fill_slot(tables, dice, &sitting, year, format, number);
    }
}

/// A new case, or now and then one of the cases before.
fn fill_case(
    tables: &mut Tables<'_>,
    dice: &mut Dice,
    sitting: &Sitting<'_>,
    number: usize,
    cases: &mut Vec<String>,
) -> String {
    if !cases.is_empty() && dice.chance(25) {
        return cases[dice.below(cases.len())].clone();
    }
    let id = dice.id(sitting.millis);
    // The same numbers in every town.
    let code = format!("{}-{:02}", sitting.date.format("%Y"), number + 1);
    tables.case.execute(params![id, code, "80代後半", "", "", "[]", "", "", "", "", ""]).unwrap();
    cases.push(id.clone());
    id
}

fn fill_people(
    tables: &mut Tables<'_>,
    dice: &mut Dice,
    sitting: &Sitting<'_>,
    people: &[Neighbour],
    count: usize,
) -> Vec<String> {
    let start = dice.below(people.len());
    let mut there = Vec::with_capacity(count);
    for i in 0..count {
        let person = &people[(start + i) % people.len()];
        let id = dice.id(sitting.millis);
        let profession = if dice.chance(2) { "" } else { dice.one_of(PROFESSIONS[person.profession]) };
        let first = [Some(1), Some(0), Some(0), None][dice.below(4)];
        // Somebody leaves out the space.
        let name = if dice.chance(10) { person.name.replace('　', "") } else { person.name.clone() };
        tables
            .participant
            .execute(params![
                id,
                sitting.id,
                format!("P{:02}", i + 1),
                name,
                profession,
                person.body,
                first,
                "",
                0,
                0
            ])
            .unwrap();
        there.push(id);
    }
    there
}

/// Entries of the map and the plan.
fn fill_words(
    tables: &mut Tables<'_>,
    dice: &mut Dice,
    sitting: &Sitting<'_>,
    size: &Size,
    there: &[String],
) {
    for rank in 0..size.entries {
        let speaker = there.get(dice.below(there.len())).filter(|_| dice.chance(80));
        let kind = dice.one_of(&["fact", "feeling", "strength", "unknown", "issue", "idea"]);
        let text = format!("{}が足りない", dice.one_of(&NEEDS));
        let id = dice.id(sitting.millis);
        tables
            .node
            .execute(params![
                id,
                sitting.id,
                "生活",
                rank as i64,
                kind,
                text,
                "",
                speaker,
                "questions",
                0,
                "2026-05-21T13:30:00+09:00"
            ])
            .unwrap();
    }
    for rank in 0..size.actions {
        let status = dice.one_of(&["todo", "doing", "done", "done", "dropped"]);
        let until =
            dice.chance(80).then(|| (sitting.date + Days::new(14 + dice.below(60) as u64)).to_string());
        let id = dice.id(sitting.millis);
        let what = format!("{}を相談する", dice.one_of(&NEEDS));
        tables
            .action
            .execute(params![id, sitting.id, what, "[]", "次回まで", until, "", status, "", rank as i64])
            .unwrap();
    }
}

fn fill_issues(
    tables: &mut Tables<'_>,
    dice: &mut Dice,
    sitting: &Sitting<'_>,
    count: usize,
    raised: &mut Vec<String>,
) {
    for rank in 0..count {
        let id = dice.id(sitting.millis);
        let statement = format!("{}では{}が足りない（{}）", sitting.town, dice.one_of(&NEEDS), rank + 1);
        let scenes: Vec<&str> = (0..dice.below(3)).map(|_| dice.one_of(&SCENES)).collect();
        let categories: Vec<serde_json::Value> = (0..dice.below(3))
            .map(|_| dice.one_of(&CATEGORIES))
            .map(|(letter, label)| serde_json::json!({ "letter": letter, "label": label }))
            .collect();
        let reflected = dice.one_of(&["", "", "計画", "予算", "不採用"]);
        tables
            .issue
            .execute(params![
                id,
                sitting.id,
                statement,
                serde_json::to_string(&scenes).unwrap(),
                serde_json::to_string(&categories).unwrap(),
                "地域課題発見",
                dice.one_of(&["", "日常生活圏域", "市町村"]),
                "",
                "",
                "",
                "[\"勉強会を開く\"]",
                "地域包括支援センター",
                "",
                dice.one_of(&["提起", "検討中", "取り組み中"]),
                reflected,
                "",
                "",
                i64::from(!dice.chance(10)),
                rank as i64
            ])
            .unwrap();
        let other = (!raised.is_empty() && dice.chance(30)).then(|| raised[dice.below(raised.len())].clone());
        for issue in [Some(id.clone()), other].into_iter().flatten() {
            tables.evidence.execute(params![dice.id(sitting.millis), issue, sitting.id]).unwrap();
        }
        if !reflected.is_empty() {
            let day = (sitting.date + Days::new(30)).to_string();
            let step = dice.id(sitting.millis);
            tables
                .escalation
                .execute(params![step, id, sitting.id, day, "市町村", reflected, "", ""])
                .unwrap();
        }
        raised.push(id);
    }
}

fn fill_slot(
    tables: &mut Tables<'_>,
    dice: &mut Dice,
    sitting: &Sitting<'_>,
    year: i32,
    format: &str,
    number: usize,
) {
    let presenter =
        if dice.chance(50) { format!("{}{}", sitting.town, dice.one_of(&BODIES)) } else { String::new() };
    let moved = dice.chance(10).then(|| (sitting.date - Days::new(7)).to_string());
    let date = sitting.date.to_string();
    tables
        .slot
        .execute(params![
            dice.id(sitting.millis),
            sitting.town,
            year,
            format,
            date,
            moved,
            presenter,
            sitting.id,
            0,
            "",
            number as i64
        ])
        .unwrap();
    // Besides what was held: a slot that came to nothing.
    if number % 6 == 5 {
        let day = (sitting.date + Days::new(5)).to_string();
        let id = dice.id(sitting.millis);
        let none: Option<String> = None;
        tables
            .slot
            .execute(params![
                id,
                sitting.town,
                year,
                format,
                day,
                none,
                "",
                none,
                dice.below(2) as i64,
                "",
                20 + number as i64
            ])
            .unwrap();
    }
}
