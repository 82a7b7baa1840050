//! What came of taking in files, in words: what was taken, what does not go together, what was left out.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::super::told;
use super::{is_unsure, title_of};
use crate::domain::Meeting;
use crate::domain::text::clean_line;
use crate::export::words;
use crate::store::{Store, Taken};

/// So many meetings, conflicts and files are spoken of one by one; of more only in sum.
const EACH: usize = 20;

/// So many towns are named; of more only how many.
const FEW: usize = 5;

/// What is told at the end.
#[derive(Debug, Default)]
pub struct Report {
    /// A line for each meeting that was taken in.
    meetings: Vec<String>,
    /// The same for what is no meeting.
    others: Vec<String>,
    new: usize,
    changed: usize,
    same: usize,
    conflicts: Vec<String>,
    notices: Vec<String>,
    new_cases: BTreeSet<String>,
    /// What nobody tried to read, and why.
    skipped: Vec<(PathBuf, String)>,
    refused: Vec<(PathBuf, String)>,
    stopped: Option<String>,
    /// It stopped over what may stand all the same.
    unsure: bool,
}

impl Report {
    pub fn new(skipped: Vec<(PathBuf, String)>) -> Self {
        Self { skipped, ..Self::default() }
    }

    /// How many files are done with.
    pub fn looked_at(&self) -> usize {
        self.taken() + self.refused.len()
    }

    /// How many files were taken in.
    fn taken(&self) -> usize {
        self.meetings.len() + self.others.len()
    }

    /// Something that is no meeting was taken in.
    pub fn took(&mut self, file: &Path, said: &str) {
        self.others.push(format!("{}: {said}", file.display()));
    }

    pub fn refuse(&mut self, file: &Path, error: &anyhow::Error) {
        self.refused.push((file.to_owned(), told(error)));
    }

    /// It could not go on.
    pub fn stopped(&mut self, error: &anyhow::Error) {
        self.stopped = Some(told(error));
        self.unsure = is_unsure(error);
    }

    /// A meeting was taken in; `years` are those in which it was written, where its day is far from them.
    pub fn merged(&mut self, file: &Path, meeting: &Meeting, taken: Taken, years: Option<BTreeSet<i32>>) {
        let title = title_of(&taken.title);
        let (count, news) = (taken.changed, taken.new || taken.changed > 0);
        let apart = apart(&taken);
        let said = match (taken.new, count) {
            (true, _) => format!("会議「{title}」を取り込みました（記録 {count}件）"),
            (false, 0) if apart.is_empty() => {
                format!("会議「{title}」はもうあり、新しいことはありません。何も変えていません")
            }
            (false, 0) => format!("会議「{title}」は今のままです{apart}"),
            (false, _) => format!("会議「{title}」に、新しい {count}件を取り込みました{apart}"),
        };
        self.meetings.push(format!("{}: {said}", file.display()));
        match (taken.new, news) {
            (true, _) => self.new += 1,
            (false, true) => self.changed += 1,
            (false, false) => self.same += 1,
        }
        let from = file.display();
        let told = taken.conflicts.into_iter().map(|words| format!("「{title}」{words}（{from}）"));
        self.conflicts.extend(told);
        self.new_cases.extend(taken.new_case);
        let mut notice = |words: String| self.notices.push(format!("「{title}」{words}"));
        for record in taken.back {
            notice(format!("{record}は、一方で消されましたが、ほかの記録が指しているので残しました"));
        }
        for name in taken.shared {
            notice(format!("{name} が二つになりました。どちらも残しています。画面で直せます"));
        }
        if let (true, Some(years), Some(date)) = (news, years, meeting.date) {
            let years: Vec<String> = years.iter().map(i32::to_string).collect();
            notice(format!(
                "会議の日付は {} ですが、書かれたのは {}年です。日付をご確認ください（{}）",
                words::date(date),
                years.join("・"),
                file.display()
            ));
        }
    }

    /// What is written down about years was taken in.
    pub fn merged_years(&mut self, file: &Path, towns: &BTreeSet<&str>, taken: Taken) {
        let named: Vec<String> = towns.iter().filter(|t| !t.is_empty()).map(|t| clean_line(t)).collect();
        let of = match named.len() {
            0 => String::new(),
            1..=FEW => format!("（{}）", named.join("、")),
            many => format!("（{many}の市町村）"),
        };
        let apart = apart(&taken);
        let said = match (taken.changed - taken.removed, taken.removed) {
            (0, 0) if apart.is_empty() => "新しいことはありません。何も変えていません".to_owned(),
            (0, 0) => format!("今のままです{apart}"),
            (new, 0) => format!("新しい {new}件を取り込みました{apart}"),
            (0, gone) => format!("向こうで消された {gone}件を消しました{apart}"),
            (new, gone) => {
                format!("新しい {new}件を取り込み、向こうで消された {gone}件を消しました{apart}")
            }
        };
        self.took(file, &format!("年間の計画と振り返り{of}：{said}"));
        let from = file.display();
        self.conflicts.extend(taken.conflicts.into_iter().map(|words| format!("{words}（{from}）")));
        for meeting in taken.shared {
            let words = format!(
                "会議「{meeting}」が、年間の計画の二つの枠に入っています。年間の計画で、一つを外してください"
            );
            if !self.notices.contains(&words) {
                self.notices.push(words);
            }
        }
    }

    /// Says all of it; an error where anything was left out. `asked` files were to be read.
    pub fn tell(mut self, asked: usize, store: Option<Store>, out: &mut dyn Write) -> anyhow::Result<()> {
        let new = store.as_ref().filter(|store| store.is_new());
        let unchanged = if new.is_some() || self.unsure { "" } else { "何も変えていません。" };
        if let Some(store) = new {
            let folder = store.path().parent().unwrap_or(store.path());
            writeln!(out, "新しい記録を {} に作りました", folder.display())?;
        }
        if let (1, [(file, why)], []) = (asked, self.refused.as_slice(), self.skipped.as_slice()) {
            bail!("取り込めませんでした。{unchanged}{}: {why}", file.display());
        }
        if let (0, Some(why)) = (self.taken(), &self.stopped) {
            let failed = if self.unsure { "" } else { "取り込めませんでした。" };
            bail!("{failed}{unchanged}{why}");
        }
        let around = store.map_or(Ok(()), |store| self.look_around(&store));
        write!(out, "{}", self.text())?;
        out.flush()?;
        self.status(asked)?;
        around.context("取り込みは済みましたが、ほかの記録とのつながりは確かめられませんでした")
    }

    /// What only shows when all files are taken in.
    fn look_around(&mut self, store: &Store) -> anyhow::Result<()> {
        for (code, cases, towns) in store.shared_codes()? {
            if self.new_cases.contains(&code) {
                let code = clean_line(&code);
                let how = if towns > 1 {
                    let of = if towns < 10 { "つ" } else { "" };
                    format!("が {towns}{of}の市町村にあります")
                } else {
                    format!("の事例が {cases}件あります")
                };
                self.notices.push(format!("事例の番号 {code} {how}。別の事例として、分けて置いています"));
            }
        }
        let waits = [
            (store.evidence_that_waits()?, "地域課題の根拠", "会議の地域課題"),
            (store.slots_that_wait()?, "年間の計画の枠", "会議"),
        ];
        for (count, what, of) in waits.into_iter().filter(|(count, ..)| *count > 0) {
            self.notices.push(format!(
                "{what} {count}件は、まだここにない{of}を指しています。その会議のファイルを取り込むと、つながります"
            ));
        }
        Ok(())
    }

    fn text(&self) -> String {
        let mut text = if self.meetings.len() <= EACH { lines(&self.meetings, "") } else { String::new() };
        text += &lines(&self.others, "");
        if self.meetings.len() > 1 {
            text += &format!(
                "会議 {}件：新しい会議 {}、新しいことのあった会議 {}、前と同じ会議 {}\n",
                self.meetings.len(),
                self.new,
                self.changed,
                self.same
            );
        }
        let few = &self.conflicts[..self.conflicts.len().min(EACH)];
        let head = "くいちがい（あとからも jirei list --conflicts で、すべて見られます）";
        text += &part(head, few, self.conflicts.len());
        text += &part("お知らせ", &self.notices, self.notices.len());
        // Whoever asks for a whole disk is not told of each file on it: those that should have been ours come first.
        let left = self.refused.iter().chain(&self.skipped).take(EACH);
        let mut left: Vec<String> = left.map(|(file, why)| format!("{}: {why}", file.display())).collect();
        let count = self.refused.len() + self.skipped.len();
        if count > left.len() {
            left.push(format!("ほかに {}件", count - left.len()));
        }
        text += &part("取り込まなかったファイル（どれからも何も変えていません）", &left, count);
        text.trim_start_matches('\n').to_owned()
    }

    fn status(&self, asked: usize) -> anyhow::Result<()> {
        let (taken, left) = (self.taken(), self.skipped.len() + self.refused.len());
        if let Some(why) = &self.stopped {
            let rest = if self.unsure {
                "取り込みました。"
            } else {
                "取り込み、残りからは何も変えていません。"
            };
            bail!("途中で止まりました。{asked}件のうち {taken}件は{rest}{why}");
        }
        match asked - self.looked_at() {
            0 if left > 0 && taken == 0 => {
                bail!("取り込めるファイルはありませんでした。何も変えていません。名前と場所をご確認ください")
            }
            0 if left > 0 => {
                bail!("取り込まなかったファイルが {left}件あります。ほかの {taken}件は取り込みました")
            }
            0 => Ok(()),
            unread => bail!(
                "途中でやめました。{asked}件のうち {taken}件は取り込み、{unread}件は読んでいません。もう一度取り込むと、続きから入ります"
            ),
        }
    }
}

/// How much of what was taken in does not go together.
fn apart(taken: &Taken) -> String {
    match taken.conflicts.len() {
        0 => String::new(),
        some => format!("（くいちがい {some}件）"),
    }
}

/// The first of so many rows under a head; nothing where there are none.
fn part(head: &str, rows: &[String], count: usize) -> String {
    if rows.is_empty() { String::new() } else { format!("\n{head} {count}件:\n{}", lines(rows, "  ")) }
}

fn lines(rows: &[String], indent: &str) -> String {
    rows.iter().map(|row| format!("{indent}{}\n", clean_line(row))).collect()
}
