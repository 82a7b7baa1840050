//! The same figures by plain SQL: slow, obvious, and written without the program's own counting.

use std::collections::BTreeMap;
use std::path::Path;

use jirei::domain::text::fold;
use jirei::review::{NO_PROFESSION, Scope};
use rusqlite::{Connection, params};

use super::region::PROFESSIONS;

/// The records of one year and scope as tables: `held`, `present`, `said`, `plan`, `raised`, `showed`, `decided`, `planned`, `brought`.
pub struct Plain(Connection);

impl Plain {
    pub fn new(path: &Path, year: i32, scope: &Scope, today: &str) -> Self {
        let connection = Connection::open(path).unwrap();
        let town = match scope {
            Scope::All => None,
            Scope::Town(town) => Some(town.as_str()),
        };
        connection.execute_batch("CREATE TEMP TABLE names (typed TEXT PRIMARY KEY, title TEXT)").unwrap();
        let mut name = connection.prepare("INSERT INTO temp.names VALUES (?1, ?2)").unwrap();
        name.execute(params!["", NO_PROFESSION]).unwrap();
        for names in PROFESSIONS {
            for typed in names {
                name.execute(params![typed, names[0]]).unwrap();
            }
        }
        drop(name);
        let (first, last) = (format!("{year}-04-01"), format!("{}-03-31", year + 1));
        let held = "CREATE TEMP TABLE held AS SELECT * FROM meetings
            WHERE date BETWEEN ?1 AND ?2 AND date <= ?3 AND town = ifnull(?4, town)";
        connection.execute(held, params![first, last, today, town]).unwrap();
        let decided =
            "CREATE TEMP TABLE decided AS SELECT e.* FROM escalations e JOIN meetings m ON m.id = e.meeting
            WHERE e.date BETWEEN ?1 AND ?2 AND m.town = ifnull(?3, m.town)";
        connection.execute(decided, params![first, last, town]).unwrap();
        let planned =
            "CREATE TEMP TABLE planned AS SELECT * FROM slots WHERE year = ?1 AND town = ifnull(?2, town)";
        connection.execute(planned, params![year, town]).unwrap();
        connection
            .execute_batch(
                "CREATE TEMP TABLE present AS SELECT p.*, h.town, h.date, n.title FROM participants p
                 JOIN held h ON h.id = p.meeting LEFT JOIN names n ON n.typed = p.profession;
                 CREATE TEMP TABLE said AS SELECT s.*, h.town FROM nodes s JOIN held h ON h.id = s.meeting;
                 CREATE TEMP TABLE plan AS SELECT a.* FROM actions a JOIN held h ON h.id = a.meeting;
                 CREATE TEMP TABLE raised AS SELECT r.*, h.town FROM regional_issues r JOIN held h ON h.id = r.meeting;
                 CREATE TEMP TABLE showed AS SELECT e.*, h.town FROM evidence e JOIN held h ON h.id = e.meeting;
                 CREATE TEMP TABLE brought AS SELECT h.town, h.id, CASE
                    WHEN p.organisation <> '' THEN p.organisation WHEN p.id IS NOT NULL THEN p.title
                    ELSE ifnull((SELECT s.presenter FROM planned s WHERE s.meeting = h.id), '') END AS body
                 FROM held h LEFT JOIN present p ON p.id = h.presenter;
                 CREATE TEMP TABLE usual AS SELECT p.town, p.title, count(DISTINCT p.meeting) AS came, t.n AS held FROM present p
                 JOIN (SELECT town, count(*) AS n FROM held GROUP BY town) t ON t.town = p.town
                 GROUP BY 1, 2 HAVING t.n >= 2 AND came * 3 >= t.n;",
            )
            .unwrap();
        let no = "DELETE FROM usual WHERE title = ?1";
        connection.execute(no, [NO_PROFESSION]).unwrap();
        Self(connection)
    }

    /// The one number a statement gives.
    pub fn n(&self, sql: &str) -> u64 {
        let n: u32 = self.0.query_row(sql, [], |row| row.get(0)).unwrap_or_else(|e| panic!("{sql}: {e}"));
        n.into()
    }

    /// Words, folded, and their numbers.
    pub fn map(&self, sql: &str) -> BTreeMap<String, u64> {
        let mut statement = self.0.prepare(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
        let rows = statement
            .query_map([], |row| Ok((fold(&row.get::<_, String>(0)?), row.get::<_, u32>(1)?.into())))
            .unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// People by name and body, a town at a time; somebody left out the space in the name.
    pub fn named(&self) -> u64 {
        self.n(
            "SELECT count(*) FROM (SELECT DISTINCT town, replace(name, '　', ''), organisation FROM present
            WHERE name <> '')",
        )
    }

    /// Of those without a name: how many of a profession and body were there at once, at most.
    pub fn nameless(&self) -> u64 {
        self.n("SELECT ifnull(sum(most), 0) FROM (SELECT max(n) AS most FROM (
            SELECT town, title, organisation, meeting, count(*) AS n FROM present WHERE name = '' GROUP BY 1, 2, 3, 4)
            GROUP BY town, title, organisation)")
    }

    pub fn short_meetings(&self) -> u64 {
        self.n("SELECT count(*) FROM held h WHERE EXISTS (SELECT 1 FROM usual u WHERE u.town = h.town AND NOT EXISTS (
            SELECT 1 FROM present p WHERE p.meeting = h.id AND p.title = u.title))")
    }

    pub fn missing(&self) -> BTreeMap<String, u64> {
        self.map("SELECT title, sum(held - came) AS n FROM usual GROUP BY 1 HAVING n > 0")
    }

    /// Towns whose last two meetings a profession that usually comes did not come to.
    pub fn away(&self) -> BTreeMap<String, u64> {
        self.map(
            "SELECT u.title, count(*) FROM usual u WHERE NOT EXISTS (
            SELECT 1 FROM present p WHERE p.title = u.title AND p.meeting IN (
                SELECT id FROM held h WHERE h.town = u.town ORDER BY date DESC, id DESC LIMIT 2)) GROUP BY 1",
        )
    }
}
