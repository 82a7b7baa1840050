//! The yearly review: every figure is counted again by plain SQL over the same records, and is the same.

#[path = "../../benches/support/region.rs"]
mod region;
mod sql;
use crate::support;

use std::collections::{BTreeMap, BTreeSet};

use jirei::domain::text::fold;
use jirei::review::{Ask, FigureId, Ref, Review, Scope, Terms, Value, mask, read};
use jirei::store::{Access, DATABASE, Store};
use region::{SMALL, fill, town};
use rusqlite::Connection;
use sql::Plain;
use support::room::{Room, sample_file};

const YEAR: i32 = 2026;
/// A day in the middle of the year after: everything was held, and much is overdue.
const TODAY: &str = "2027-06-01";

/// Two years of four towns, and a meeting of which nobody knows the day.
fn generated() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), &SMALL, &[YEAR - 1, YEAR], 7);
    let connection = Connection::open(folder.path().join(DATABASE)).unwrap();
    let undated = "UPDATE meetings SET date = NULL WHERE id = (SELECT id FROM meetings WHERE date > '2026-06' ORDER BY id LIMIT 1)";
    assert_eq!(connection.execute(undated, []).unwrap(), 1);
    summed(folder.path());
    folder
}

/// The rows a test has written by itself are taken for what jirei wrote.
fn summed(folder: &std::path::Path) {
    Store::open(folder, Access::Write).unwrap().sum_anew().unwrap();
}

fn reviewed(folder: &std::path::Path, year: i32, scope: Scope, today: &str) -> Review {
    summed(folder);
    let store = Store::open(folder, Access::Look).unwrap();
    let lists = jirei::format::lists(None).unwrap();
    let terms = Terms { lists: &lists, formats: &BTreeMap::new() };
    read(&store, &Ask { year, scope, today: today.parse().unwrap() }, terms).unwrap()
}

/// The cells of a figure by what their rows are called; professions by their folded names.
fn cells(review: &Review, id: FigureId) -> BTreeMap<String, Vec<Value>> {
    let rows = review.figure(id).rows;
    let count = rows.len();
    let cells: BTreeMap<_, _> = rows.into_iter().map(|row| (fold(&row.label), row.cells)).collect();
    assert_eq!(cells.len(), count, "{id:?}: a label stands twice");
    cells
}

fn count(cells: &BTreeMap<String, Vec<Value>>, label: &str, column: usize) -> u64 {
    let row = cells.get(&fold(label)).unwrap_or_else(|| panic!("no {label} in {:?}", cells.keys()));
    row[column].count().unwrap_or_else(|| panic!("no count in {label}: {row:?}"))
}

/// The counts of one column by labels; rows without a count, and those that count nothing, are left out.
fn column(cells: &BTreeMap<String, Vec<Value>>, column: usize) -> BTreeMap<String, u64> {
    let counts = cells.iter().filter_map(|(label, row)| Some((label.clone(), row.get(column)?.count()?)));
    counts.filter(|(_, n)| *n > 0).collect()
}

#[test]
fn どの数も別のsqlで数えたものと同じになる() {
    let folder = generated();
    for scope in [Scope::All, Scope::Town(town(0)), Scope::Town(town(1)), Scope::Town(town(2))] {
        let plain = Plain::new(&folder.path().join(DATABASE), YEAR, &scope, TODAY);
        let review = reviewed(folder.path(), YEAR, scope.clone(), TODAY);
        meetings_and_people(&review, &plain);
        professions(&review, &plain);
        presenters(&review, &plain);
        issues(&review, &plain);
        actions_and_months(&review, &plain);
        before(&review, &plain, &Plain::new(&folder.path().join(DATABASE), YEAR - 1, &scope, TODAY));
    }
}

fn meetings_and_people(review: &Review, plain: &Plain) {
    let meetings = cells(review, FigureId::Meetings);
    let mut held = plain.map("SELECT format, count(*) FROM held GROUP BY 1");
    held.insert("合計".into(), plain.n("SELECT count(*) FROM held"));
    assert_eq!(column(&meetings, 0), held);
    for (place, condition) in [
        (1, "1"),
        (2, "meeting IS NOT NULL"),
        (3, "moved_from IS NOT NULL"),
        (4, "meeting IS NULL AND cancelled"),
        (5, "meeting IS NULL AND NOT cancelled AND date < '2027-06-01'"),
        (6, "meeting IS NULL AND NOT cancelled AND (date IS NULL OR date >= '2027-06-01')"),
    ] {
        let sql = format!("SELECT count(*) FROM planned WHERE {condition}");
        assert_eq!(count(&meetings, "合計", place), plain.n(&sql), "{condition}");
    }
    let cases = cells(review, FigureId::Cases);
    assert_eq!(count(&cases, "実数", 0), plain.n("SELECT count(DISTINCT case_id) FROM held"));
    assert_eq!(count(&cases, "延べ", 0), plain.n("SELECT count(case_id) FROM held"));
    let all = cells(review, FigureId::Attendances);
    assert_eq!(count(&all, "延べ", 0), plain.n("SELECT count(*) FROM present"));
    let people = cells(review, FigureId::People);
    assert_eq!(count(&people, "氏名のある人", 0), plain.named());
    assert_eq!(count(&people, "氏名のない人（少なくとも）", 0), plain.nameless());
    assert_eq!(count(&people, "合計", 0), plain.named() + plain.nameless());
    let bodies = cells(review, FigureId::Organisations);
    let once =
        "SELECT count(*) FROM (SELECT DISTINCT town, organisation FROM present WHERE organisation <> '')";
    let visits =
        "SELECT count(*) FROM (SELECT DISTINCT meeting, organisation FROM present WHERE organisation <> '')";
    assert_eq!(count(&bodies, "実数", 0), plain.n(once));
    assert_eq!(count(&bodies, "延べ", 0), plain.n(visits));
    let first = cells(review, FigureId::FirstTime);
    for (label, condition) in [("初参加", "= 1"), ("参加経験あり", "= 0"), ("不明", "IS NULL")] {
        let sql = format!("SELECT count(*) FROM present WHERE first_time {condition}");
        assert_eq!(count(&first, label, 0), plain.n(&sql));
    }
}

fn professions(review: &Review, plain: &Plain) {
    let shown = cells(review, FigureId::Professions);
    let counted = plain.map("SELECT title, count(*) FROM present GROUP BY 1");
    assert_eq!(column(&shown, 0), counted);
    if review.scope == Scope::All {
        assert_eq!(
            counted.len(),
            region::PROFESSIONS.len() + 1,
            "every alias is counted with its profession"
        );
    }
    assert_eq!(column(&shown, 2), plain.map("SELECT title, count(DISTINCT meeting) FROM present GROUP BY 1"));
    let missing = cells(review, FigureId::Missing);
    assert_eq!(count(&missing, "どれかが足りない会議", 0), plain.short_meetings());
    let mut by_profession = column(&missing, 0);
    by_profession.remove(&fold("どれかが足りない会議"));
    assert_eq!(by_profession, plain.missing());
    assert_eq!(column(&missing, 2), plain.away());
    let speech = cells(review, FigureId::Speech);
    let said = "SELECT p.title, count(*) FROM said s JOIN present p ON p.id = s.speaker GROUP BY 1";
    let mut said = plain.map(said);
    said.insert(fold("発言者の記録なし"), plain.n("SELECT count(*) FROM said WHERE speaker IS NULL"));
    assert_eq!(column(&speech, 0), said);
}

fn presenters(review: &Review, plain: &Plain) {
    let shown = cells(review, FigureId::Presenters);
    assert_eq!(
        count(&shown, "事例を出した機関の数", 0),
        plain.n("SELECT count(*) FROM (SELECT DISTINCT town, body FROM brought WHERE body <> '')")
    );
    assert_eq!(
        count(&shown, "出した機関の記録がない会議", 0),
        plain.n("SELECT count(*) FROM brought WHERE body = ''")
    );
    let unheard =
        "SELECT count(*) FROM (SELECT DISTINCT town, organisation FROM present WHERE organisation <> ''
        EXCEPT SELECT town, body FROM brought)";
    assert_eq!(count(&shown, "まだ出していない機関の数", 0), plain.n(unheard));
    if review.scope != Scope::All {
        for (body, n) in plain.map("SELECT body, count(*) FROM brought WHERE body <> '' GROUP BY 1") {
            assert_eq!(count(&shown, &body, 0), n, "{body}");
        }
    }
}

fn issues(review: &Review, plain: &Plain) {
    let shown = cells(review, FigureId::Issues);
    for (label, sql) in [
        ("初めて出た課題", "SELECT count(*) FROM raised"),
        (
            "再び出た課題",
            "SELECT count(*) FROM (SELECT DISTINCT town, issue FROM showed WHERE issue NOT IN (SELECT id FROM raised))",
        ),
        (
            "根拠の会議",
            "SELECT count(*) FROM held WHERE id IN (SELECT meeting FROM showed) OR id IN (SELECT meeting FROM raised)",
        ),
        ("個人が分からない文か未確認の課題", "SELECT count(*) FROM raised WHERE NOT confirmed"),
    ] {
        assert_eq!(count(&shown, label, 0), plain.n(sql), "{label}");
    }
    let heat = review.figure(FigureId::Heat);
    let counted = plain.map(
        "SELECT s.value || '|' || '(' || (c.value ->> 'letter') || ')' || (c.value ->> 'label'), count(DISTINCT r.id)
         FROM raised r, json_each(r.scenes) s, json_each(r.categories) c GROUP BY 1",
    );
    let mut seen = BTreeMap::new();
    for row in heat.rows.iter().filter(|row| row.key.as_ref().is_some_and(|key| !key.is_empty())) {
        for (category, value) in heat.columns.iter().skip(1).zip(&row.cells) {
            if category.starts_with('(') && value.count() > Some(0) {
                let category = category.as_str();
                seen.insert(fold(&format!("{}|{category}", row.label)), value.count().unwrap());
                let behind = review.behind_heat(&row.label, category);
                assert_eq!(Some(behind.len() as u64), value.count());
            }
        }
    }
    assert_eq!(seen, counted);
    let reflected = cells(review, FigureId::Reflected);
    let taken = "SELECT count(*) FROM raised WHERE reflected IN ('計画', '予算')";
    assert_eq!(count(&reflected, "計画か予算に反映", 0), plain.n(taken));
    assert_eq!(
        reflected[&fold("計画か予算に反映")][1],
        Value::Share { part: plain.n(taken), whole: plain.n("SELECT count(*) FROM raised") }
    );
    for (label, word) in [("計画", "計画"), ("不採用", "不採用"), ("まだ決まっていない", "")]
    {
        let sql = format!("SELECT count(*) FROM raised WHERE reflected = '{word}'");
        assert_eq!(count(&reflected, label, 0), plain.n(&sql));
    }
    let decided = cells(review, FigureId::Decided);
    assert_eq!(column(&decided, 0), plain.map("SELECT decision, count(*) FROM decided GROUP BY 1"));
}

fn actions_and_months(review: &Review, plain: &Plain) {
    let shown = cells(review, FigureId::Actions);
    for (label, status) in [("未着手", "todo"), ("実施中", "doing"), ("完了", "done"), ("中止", "dropped")]
    {
        let sql = format!("SELECT count(*) FROM plan WHERE status = '{status}'");
        assert_eq!(count(&shown, label, 0), plain.n(&sql));
    }
    let overdue = "SELECT count(*) FROM plan WHERE status IN ('todo', 'doing') AND until_date < '2027-06-01'";
    assert_eq!(count(&shown, "期限過ぎ", 0), plain.n(overdue));
    let whole = plain.n("SELECT count(*) FROM plan WHERE status <> 'dropped'");
    let part = plain.n("SELECT count(*) FROM plan WHERE status = 'done'");
    assert_eq!(shown[&fold("完了率（中止を除く）")], [Value::Share { part, whole }]);
    let months = cells(review, FigureId::Months);
    let month = "ltrim(strftime('%m', date), '0') || '月'";
    assert_eq!(column(&months, 0), plain.map(&format!("SELECT {month}, count(*) FROM held GROUP BY 1")));
    assert_eq!(column(&months, 1), plain.map(&format!("SELECT {month}, count(*) FROM present GROUP BY 1")));
}

fn before(review: &Review, plain: &Plain, earlier: &Plain) {
    let shown = cells(review, FigureId::Before);
    for (label, sql) in [
        ("開催回数", "SELECT count(*) FROM held"),
        ("検討事例数（実）", "SELECT count(DISTINCT case_id) FROM held"),
        ("参加者延べ数", "SELECT count(*) FROM present"),
        ("地域課題", "SELECT count(*) FROM raised"),
        ("行動計画の完了", "SELECT count(*) FROM plan WHERE status = 'done'"),
    ] {
        let (now, then) = (plain.n(sql), earlier.n(sql));
        let change = Value::Change(now as i64 - then as i64);
        assert_eq!(shown[&fold(label)], [Value::Count(now), Value::Count(then), change], "{label}");
    }
    assert_eq!(count(&shown, "参加者実人数", 1), earlier.named() + earlier.nameless());
}

#[test]
fn 市町村別を足すと全体になる() {
    let folder = generated();
    let review = reviewed(folder.path(), YEAR, Scope::All, TODAY);
    assert_eq!(review.towns.len(), SMALL.towns);
    let towns = review.figure(FigureId::Towns);
    let (sum, parts) = towns.rows.split_last().unwrap();
    for (column, value) in sum.cells.iter().enumerate() {
        let of = |row: &jirei::review::Row| row.cells[column].count().unwrap();
        assert_eq!(value.count(), Some(parts.iter().map(of).sum()), "{}", towns.columns[column + 1]);
    }
    for (n, part) in parts.iter().enumerate() {
        let alone = reviewed(folder.path(), YEAR, Scope::Town(part.label.clone()), TODAY);
        assert_eq!(alone.towns[0].counts, review.towns[n].counts);
    }
    // The same numbers of cases stand in several towns, and they are different cases.
    let connection = Connection::open(folder.path().join(DATABASE)).unwrap();
    let codes: u32 =
        connection.query_row("SELECT count(DISTINCT code) FROM cases", [], |r| r.get(0)).unwrap();
    assert!(u64::from(codes) < review.sum.cases, "{codes} codes, {} cases", review.sum.cases);
}

#[test]
fn 年度の初日と最後の日は年度に入り日付のない会議は名指しされる() {
    let folder = generated();
    let review = reviewed(folder.path(), YEAR, Scope::All, TODAY);
    let days: BTreeSet<String> = review.held().map(|held| held.date.unwrap().to_string()).collect();
    assert_eq!(days.first().map(String::as_str), Some("2026-04-01"));
    assert_eq!(days.last().map(String::as_str), Some("2027-03-31"));
    let earlier = reviewed(folder.path(), YEAR - 1, Scope::All, TODAY);
    assert!(earlier.held().all(|held| held.date.unwrap().to_string().as_str() < "2026-04-01"));
    assert_eq!(review.undated.len(), 1);
    let notes = review.figure(FigureId::Meetings).notes;
    assert!(notes.iter().any(|note| note.starts_with("日付のない会議が 1件あります")), "{notes:?}");
    // Halfway through the year, the rest is still to come.
    let halfway = reviewed(folder.path(), YEAR, Scope::All, "2026-10-01");
    let (held, ahead) = (halfway.held().count(), halfway.ahead().count());
    assert!(held > 0 && ahead > 0 && held + ahead == review.held().count());
    assert_eq!(halfway.sum.months[6..].iter().map(|m| m.meetings).sum::<u64>(), {
        halfway.held().filter(|h| h.date.unwrap().to_string() == "2026-10-01").count() as u64
    });
}

#[test]
fn 数の下にある会議や課題へおりられる() {
    let folder = generated();
    let review = reviewed(folder.path(), YEAR, Scope::Town(town(0)), TODAY);
    let rows = |id| review.figure(id).rows.into_iter().filter(|row| row.key.is_some());
    for (id, column) in [
        (FigureId::Meetings, 0),
        (FigureId::Professions, 2),
        (FigureId::Missing, 0),
        (FigureId::Presenters, 0),
        (FigureId::Months, 0),
        (FigureId::Reflected, 0),
        (FigureId::Actions, 0),
        (FigureId::Issues, 0),
    ] {
        for row in rows(id) {
            let behind = review.behind(id, row.key.as_deref());
            assert_eq!(behind.len() as u64, row.cells[column].count().unwrap(), "{id:?} {}", row.label);
        }
    }
    assert!(matches!(review.behind(FigureId::Issues, None)[0], Ref::Issue(_)));
    assert_eq!(review.behind(FigureId::Cases, None).len() as u64, review.sum.case_meetings);
}

#[test]
fn 計画や予算と言っていないことばは反映に数えない() {
    let folder = generated();
    let database = folder.path().join(DATABASE);
    let connection = Connection::open(&database).unwrap();
    let write = |word: &str, at: u32| {
        let of = "(SELECT r.id FROM regional_issues r JOIN meetings m ON m.id = r.meeting
             WHERE m.date >= '2026-04-01' AND m.date < '2027-04-01' ORDER BY r.id LIMIT 1 OFFSET ?2)";
        let issue = format!("UPDATE regional_issues SET reflected = ?1 WHERE id = {of}");
        assert_eq!(connection.execute(&issue, (word, at)).unwrap(), 1);
    };
    connection.execute("UPDATE regional_issues SET reflected = ''", []).unwrap();
    let said = [
        "計画",
        " 計画　",
        "予算",
        "予　算",
        "計画・予算",
        "不採用",
        "継続審議",
        "来年度に検討",
        "計画は見送り",
    ];
    said.iter().zip(0..).for_each(|(word, at)| write(word, at));

    let review = reviewed(folder.path(), YEAR, Scope::All, TODAY);
    let reflected = cells(&review, FigureId::Reflected);
    assert_eq!(count(&reflected, "計画か予算に反映", 0), 5);
    assert_eq!(review.behind(FigureId::Reflected, None).len(), 5);
    for (label, n) in [("計画", 2), ("予算", 2), ("計画・予算", 1), ("不採用", 1), ("継続審議", 1)]
    {
        assert_eq!(count(&reflected, label, 0), n, "{label}");
        assert_eq!(review.behind(FigureId::Reflected, Some(label)).len() as u64, n, "{label}");
    }
    let by_town: u64 = review.towns.iter().map(|town| town.counts.taken_up).sum();
    assert_eq!((review.sum.taken_up, by_town), (5, 5));
    // A town says for itself which of its words count.
    let mut lists = jirei::format::lists(None).unwrap();
    lists.reflected.push("継続審議".into());
    lists.taken_up = vec!["継続審議".into()];
    let store = Store::open(folder.path(), Access::Look).unwrap();
    let terms = Terms { lists: &lists, formats: &BTreeMap::new() };
    let ask = Ask { year: YEAR, scope: Scope::All, today: TODAY.parse().unwrap() };
    assert_eq!(read(&store, &ask, terms).unwrap().sum.taken_up, 1);
}

#[test]
fn 会議のない年度と課題のない会議はことばで言う() {
    let folder = generated();
    let empty = reviewed(folder.path(), 2020, Scope::All, TODAY);
    for figure in empty.figures() {
        assert!(!figure.notes.is_empty(), "{:?}", figure.id);
        let texts = figure.rows.iter().flat_map(|row| &row.cells).map(|value| value.text());
        assert!(texts.into_iter().all(|text| !text.contains("NaN") && !text.contains("inf")));
    }
    let connection = Connection::open(folder.path().join(DATABASE)).unwrap();
    connection
        .execute_batch(
            "DELETE FROM evidence; DELETE FROM escalations; DELETE FROM regional_issues; DELETE FROM actions",
        )
        .unwrap();
    let review = reviewed(folder.path(), YEAR, Scope::All, TODAY);
    let notes = |id| review.figure(id).notes.join("");
    assert_eq!(notes(FigureId::Issues), "この年度に出た地域課題はありません。");
    assert_eq!(notes(FigureId::Actions), "行動計画がないため、完了率はありません。");
    assert_eq!(cells(&review, FigureId::Actions)[&fold("完了率（中止を除く）")][0].text(), "―");
}

#[test]
fn 伏せた数は引き算でも分からない() {
    let folder = generated();
    let connection = Connection::open(folder.path().join(DATABASE)).unwrap();
    // One dentist in all meetings, and a meeting with two people.
    connection.execute_batch(
        "UPDATE participants SET profession = '歯科医師' WHERE id = (SELECT id FROM participants LIMIT 1);
         UPDATE participants SET meeting = (SELECT id FROM meetings WHERE town = '青山町' ORDER BY date LIMIT 1)
         WHERE meeting = (SELECT id FROM meetings WHERE town = '青山町' AND date > '2026-08' ORDER BY date LIMIT 1)
         AND code NOT IN ('P01', 'P02')",
    ).unwrap();
    for scope in [Scope::All, Scope::Town(town(0))] {
        let review = reviewed(folder.path(), YEAR, scope, TODAY);
        for figure in mask::figures(&review, mask::USUAL) {
            let people = |row: &&jirei::review::Row| row.key.is_some() && row.people.is_some();
            let rows: Vec<_> = figure.rows.iter().filter(people).collect();
            let place = usize::from(figure.id == FigureId::Months);
            let open: Vec<_> = rows.iter().filter(|row| row.cells[place].count().is_some()).collect();
            for row in &open {
                let n = row.people.unwrap();
                assert!(n == 0 || n >= 3, "{:?} {row:?}", figure.id);
            }
            assert!(rows.len() - open.len() != 1, "{:?}: one alone is the sum less the others", figure.id);
        }
        let held: Vec<_> = review.held().collect();
        let shown = mask::attendances(&review, 3);
        assert!(
            shown.iter().zip(&held).all(|(v, h)| v.count().is_none_or(|n| n >= 3) || h.participants == 0)
        );
    }
}

#[test]
fn 合計を伏せたら合計になる数も紙に書かない() {
    // One meeting, each of its people of another profession: who knows the sum knows them all.
    let room = Room::with_sample();
    let review = reviewed(&room.folder.path().join("data"), YEAR, Scope::All, TODAY);
    let all = review.sum.attendances;
    assert!(all > 3 && review.sum.professions.values().all(|n| n.attendances < 3));
    let told = |value: &Value| value.count() == Some(all);
    for figure in mask::figures(&review, mask::USUAL) {
        if matches!(figure.id, FigureId::Attendances | FigureId::Months | FigureId::Before | FigureId::People)
        {
            let people = |row: &&jirei::review::Row| row.people.is_some();
            assert!(!figure.rows.iter().filter(people).flat_map(|row| &row.cells).any(told), "{figure:?}");
        }
    }
    assert!(!mask::attendances(&review, mask::USUAL).iter().any(told));
}

#[test]
fn 小さい会議だけの年は合計からも一回の人数が分からない() {
    let folder = generated();
    let connection = Connection::open(folder.path().join(DATABASE)).unwrap();
    let two_by_two = format!(
        "PRAGMA foreign_keys = OFF;
        DELETE FROM participants WHERE id NOT IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY meeting) AS n
            FROM participants WHERE meeting IN (SELECT id FROM meetings WHERE date BETWEEN '{YEAR}-04-01' AND '{YEAR}-12-31' AND id IN
            (SELECT meeting FROM participants GROUP BY 1 HAVING count(*) > 1) ORDER BY id LIMIT 2)) WHERE n <= 2);
        UPDATE participants SET profession = '医師', organisation = '', first_time = NULL, name = id;
        UPDATE meetings SET town = '山の町';"
    );
    connection.execute_batch(&two_by_two).unwrap();
    let review = reviewed(folder.path(), YEAR, Scope::All, TODAY);
    let all = review.sum.attendances;
    assert_eq!(review.held().map(|held| held.participants).filter(|n| *n > 0).collect::<Vec<_>>(), [2, 2]);
    for figure in mask::figures(&review, mask::USUAL) {
        // Before the people of a month stands how many meetings it had.
        if matches!(figure.id, FigureId::Attendances | FigureId::Months) {
            let told = |value: &Value| value.count() == Some(all);
            assert!(!figure.rows.iter().filter_map(|row| row.cells.last()).any(told), "{figure:?}");
        }
    }
}

// ---- 画面から

/// The same, and one of its towns.
pub fn generated_room() -> (Room, String) {
    (room(), town(2))
}

/// The records of a generated year in the place where the command line looks.
fn room() -> Room {
    let room = Room::new();
    let data = room.folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    fill(&data, &SMALL, &[2024], 7);
    room
}

#[test]
fn 振り返りは画面で読めてファイルにできる() {
    let room = room();
    let (status, text, error) = room.run(&["review", "2024"]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(text.starts_with("2024年度（令和6年度） 計画と振り返り　4 市町村\n"), "{text}");
    for id in FigureId::ALL.iter().filter(|id| **id != FigureId::Towns) {
        assert!(text.contains(&format!("■ {}", id.title())) && text.contains(id.definition()), "{id:?}");
    }
    assert!(text.contains("見える事例検討会") && !text.contains("NaN"), "{text}");
    let (status, text, _) = room.run(&["review", "R6", "--by-town"]);
    assert!(status == 0 && text.contains("■ 市町村別") && text.contains(&town(3)));
    let (status, text, _) = room.run(&["review", "2024", "--town", &town(1)]);
    assert!(status == 0 && text.contains(&format!("計画と振り返り　{}", town(1))));
    let (status, _, error) = room.run(&["review", "2024", "--town", "ない町"]);
    assert!(status == 1 && error.contains("「ない町」の会議の記録はありません"), "{error}");
    let (status, _, error) = room.run(&["review", "去年"]);
    assert!(status == 2 && error.contains("「去年」は使えません"), "{error}");
}

#[test]
fn ファイルでは表が題と数え方を持ち小さい数を伏せる() {
    let room = room();
    let town = town(2);
    let out = |format: &str, more: &[&str]| {
        let (status, out, error) = room
            .run(&[&["review", "2024", "--town", &town, "--format", format, "--out", "-"], more].concat());
        assert!(status == 0 && error.contains("確かめられていない"), "{error}");
        out
    };
    let md = out("md", &[]);
    assert!(md.starts_with("# 2024年度（令和6年度） 計画と振り返り"), "{md}");
    for form in [
        "今年度の活動計画 | 実施状況・課題 | 今後の取組み | ⇒残課題",
        "目指すべき姿 | 現状 | 課題 | 対応策",
        "実施日 | 内容 | 参加団体数 | 参加者数",
        "⇒ 対応策① | 対応策②以降 | ⇒ 現在の取り組み",
    ] {
        assert!(md.contains(form), "{form}");
    }
    assert!(md.contains("「3未満」"), "what was hidden is said");
    assert!(!out("md", &["--no-mask"]).contains("未満"));
    assert!(out("csv", &[]).starts_with('\u{feff}'));
    let json: serde_json::Value = serde_json::from_str(&out("json", &["--mask", "5"])).unwrap();
    assert_eq!((json["year"].as_i64(), json["mask"].as_u64()), (Some(2024), Some(5)));
    for section in json["sections"].as_array().unwrap() {
        let columns = section["columns"].as_array().unwrap().len();
        let rows = section["rows"].as_array().unwrap();
        assert!(rows.iter().all(|row| row.as_array().unwrap().len() == columns), "{section}");
    }
    let (status, said, _) = room.run(&["review", "2024", "--format", "tsv"]);
    assert!(status == 0 && said.contains("2024年度（令和6年度）_計画と振り返り.tsv"), "{said}");
    let (status, _, error) = room.run(&["review", "2024", "--format", "tsv"]);
    assert!(status == 1 && error.contains("すでにあります"), "{error}");
}

#[test]
fn 一枚めの地域課題の数は何を数えたかをことばで言う() {
    for (confirmed, sentence, row) in [
        (6, "この年度に出た地域課題は、6件です。すべて、個人が分からない文と確かめました。", "地域課題6件"),
        (
            4,
            "この年度に出た地域課題は、6件です。そのうち個人が分からない文と確かめたものは4件で、ここにはこの4件を載せます。",
            "地域課題（未確認も数える）6件",
        ),
        (
            0,
            "この年度に出た地域課題は、6件です。個人が分からない文と確かめたものは、まだありません。",
            "地域課題（未確認も数える）6件",
        ),
    ] {
        let room = Room::new();
        let mut file: serde_json::Value =
            serde_json::from_slice(&std::fs::read(sample_file()).unwrap()).unwrap();
        let issues = file["dossier"]["regional_issues"].as_array_mut().unwrap();
        issues.iter_mut().enumerate().for_each(|(i, issue)| issue["confirmed"] = (i < confirmed).into());
        room.import(&room.file("会議.json", file.to_string()));
        let (status, html, _) = room.run(&["review", "2026", "--format", "html", "--out", "-"]);
        let page = html.split("<body>").nth(1).unwrap();
        let words: String = page.split('<').filter_map(|tag| tag.split('>').nth(1)).collect();
        let words: String = words.split_whitespace().collect();
        assert!(status == 0 && words.contains(sentence) && words.contains(row), "{confirmed}: {words}");
        // Every number has its unit, a share what it is a share of.
        for row in ["開催回数1回", "参加団体数11団体", "反映された割合（地域課題のうち）0.0%"]
        {
            assert!(words.contains(row), "{row}: {words}");
        }
    }
}

#[test]
fn 記録のない年度も記録のない場所も断りのことばになる() {
    let full = room();
    let (status, text, error) = full.run(&["review", "1999"]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(text.contains("この年度に開いた会議の記録はありません。") && !text.contains("NaN"), "{text}");
    let (status, md, _) = full.run(&["review", "1999", "--format", "md", "--out", "-"]);
    assert!(status == 0 && md.contains("この年度に開いた会議の記録はありません。"), "{md}");
    let (status, _, error) = Room::new().run(&["review", "1999"]);
    assert!(status == 1 && error.contains("フォルダーはありません"), "{error}");
}
