//! What came of taking in files, in words: what was taken, what does not go together, what was left out.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::title_of;
use crate::domain::Meeting;
use crate::domain::text::clean_line;
use crate::export::words;
use crate::store::{Store, Taken};

/// So many files are spoken of one by one; of more only in sum.
const EACH: usize = 20;

/// What is told at the end.
#[derive(Debug, Default)]
pub struct Report {
    /// A line for each file that was taken in.
    said: Vec<String>,
    new: usize,
    changed: usize,
    same: usize,
    conflicts: Vec<String>,
    notices: Vec<String>,
    new_cases: BTreeSet<String>,
    skipped: Vec<(PathBuf, String)>,
    refused: Vec<(PathBuf, String)>,
    stopped: Option<String>,
}

impl Report {
    pub fn new(skipped: Vec<(PathBuf, String)>) -> Self {
        Self { skipped, ..Self::default() }
    }

    /// How many files are done with.
    pub fn looked_at(&self) -> usize {
        self.said.len() + self.refused.len()
    }

    /// Something that is no meeting was taken in.
    pub fn took(&mut self, file: &Path, said: String) {
        self.said.push(format!("{}: {said}", file.display()));
    }

    pub fn refuse(&mut self, file: &Path, error: &anyhow::Error) {
        self.refused.push((file.to_owned(), format!("{error:#}")));
    }

    /// It could not go on.
    pub fn stopped(&mut self, error: &anyhow::Error) {
        self.stopped = Some(format!("{error:#}"));
    }

    /// A meeting was taken in; `years` are those in which it was written, where its day is far from them.
    pub fn merged(&mut self, file: &Path, meeting: &Meeting, taken: Taken, years: Option<BTreeSet<i32>>) {
        let title = title_of(&taken.title);
        let count = taken.changed;
        let said = match (taken.new, count, taken.conflicts.len()) {
            (true, ..) => format!("会議「{title}」を取り込みました（記録 {count}件）"),
            (false, 0, 0) => format!("同じ会議「{title}」がもうあります。何も変えていません"),
            (false, 0, some) => format!("会議「{title}」は今のままです（くいちがい {some}件）"),
            (false, _, 0) => format!("会議「{title}」に、新しい {count}件を取り込みました"),
            (false, _, some) => {
                format!("会議「{title}」に、新しい {count}件を取り込みました（くいちがい {some}件）")
            }
        };
        match (taken.new, count) {
            (true, _) => self.new += 1,
            (false, 0) => self.same += 1,
            (false, _) => self.changed += 1,
        }
        self.took(file, said);
        self.conflicts.extend(taken.conflicts.into_iter().map(|words| format!("「{title}」{words}")));
        self.new_cases.extend(taken.new_case);
        let mut notice = |words: String| self.notices.push(format!("「{title}」{words}"));
        for record in taken.back {
            notice(format!("{record}は、一方で消されましたが、ほかの記録が指しているので残しました"));
        }
        for name in taken.shared {
            notice(format!("{name} が二つになりました。どちらも残しています。画面で直せます"));
        }
        if let (Some(years), Some(date)) = (years, meeting.date) {
            let years: Vec<String> = years.iter().map(i32::to_string).collect();
            notice(format!(
                "会議の日付は {} ですが、書かれたのは {}年です。日付をご確認ください（{}）",
                words::date(date),
                years.join("・"),
                file.display()
            ));
        }
    }

    /// Says all of it; an error where anything was left out. `asked` files were to be read.
    pub fn tell(mut self, asked: usize, store: Option<Store>, out: &mut dyn Write) -> anyhow::Result<()> {
        if let ([], [(file, why)], [], None) =
            (self.said.as_slice(), self.refused.as_slice(), self.skipped.as_slice(), &self.stopped)
            && asked == 1
        {
            bail!("取り込めませんでした。何も変えていません。{}: {why}", file.display());
        }
        if let (true, Some(why)) = (self.said.is_empty(), &self.stopped) {
            bail!("取り込めませんでした。何も変えていません。{why}");
        }
        if let Some(store) = store {
            self.look_around(&store)?;
        }
        let mut text = String::new();
        if self.said.len() <= EACH {
            text += &lines(&self.said, "");
        }
        if self.new + self.changed + self.same > 1 {
            text += &format!(
                "会議 {}件：新しい会議 {}、新しいことのあった会議 {}、前と同じ会議 {}\n",
                self.new + self.changed + self.same,
                self.new,
                self.changed,
                self.same
            );
        }
        text += &part("くいちがい（あとから jirei list --conflicts でも見られます）", &self.conflicts);
        text += &part("お知らせ", &self.notices);
        let left = self.skipped.iter().chain(&self.refused);
        let left: Vec<String> = left.map(|(file, why)| format!("{}: {why}", file.display())).collect();
        text += &part("取り込まなかったファイル（どれからも何も変えていません）", &left);
        write!(out, "{text}")?;
        out.flush()?;
        self.status(asked, left.len())
    }

    /// What only shows when all files are taken in.
    fn look_around(&mut self, store: &Store) -> anyhow::Result<()> {
        for (code, cases, towns) in store.shared_codes()? {
            if self.new_cases.contains(&code) {
                let code = clean_line(&code);
                self.notices.push(match towns {
                    2.. => format!(
                        "事例番号 {code} が {towns}つの市町村にあります。別の事例として、分けて置いています"
                    ),
                    _ => format!(
                        "事例番号 {code} の事例が {cases}つあります。別の事例として、分けて置いています"
                    ),
                });
            }
        }
        match store.evidence_that_waits()? {
            0 => {}
            count => self.notices.push(format!(
                "地域課題の根拠 {count}件は、まだここにない会議の地域課題を指しています。その会議のファイルを取り込むと、つながります"
            )),
        }
        Ok(())
    }

    fn status(&self, asked: usize, left: usize) -> anyhow::Result<()> {
        let done = self.looked_at();
        if let Some(why) = &self.stopped {
            bail!(
                "途中で止まりました。{asked}件のうち {}件は取り込み、残りからは何も変えていません。{why}",
                self.said.len()
            );
        }
        if done < asked {
            bail!(
                "途中でやめました。{asked}件のうち {}件は取り込み、{}件は読んでいません。もう一度取り込むと、続きから入ります",
                self.said.len(),
                asked - done
            );
        }
        if left > 0 {
            bail!(
                "取り込まなかったファイルが {left}件あります。ほかの {}件は取り込みました",
                self.said.len()
            );
        }
        Ok(())
    }
}

fn part(head: &str, rows: &[String]) -> String {
    if rows.is_empty() {
        String::new()
    } else {
        format!("\n{head} {}件:\n{}", rows.len(), lines(rows, "  "))
    }
}

fn lines(rows: &[String], indent: &str) -> String {
    rows.iter().map(|row| format!("{indent}{}\n", clean_line(row))).collect()
}
