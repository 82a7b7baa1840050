//! `jirei export`: a meeting as a file, or all of them in a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use super::arguments::{Export, Giving};
use super::progress::Bar;
use super::stop::Stop;
use super::{complain, give, house::House};
use crate::domain::text::fold;
use crate::domain::{Id, Lists, Meeting, Stamped, StampedYears};
use crate::export::write::Readers;
use crate::export::{self, Format, Rendered, json, personal, words, write};
use crate::format;
use crate::privacy::PersonalWords;
use crate::runtime::stamp;
use crate::store::{DATABASE, Kept, Store, salvaged};

/// What is typed for all meetings.
pub const ALL: &str = "all";

pub fn run(house: &House, what: &Export, out: &mut dyn Write) -> anyhow::Result<()> {
    let Looked { store, damage } = look(house, what.meeting == ALL)?;
    let lists = match format::lists(Some(&house.sessions())) {
        Ok(lists) => lists,
        // A list of one's own that cannot be read must not keep the minutes back.
        Err(problem) => {
            complain(&format!("{problem} 備え付けの一覧で書き出します。"));
            format::lists(None)?
        }
    };
    let watch = house.watch()?;
    if what.meeting == ALL {
        let done = Folder::new(what, house.kept([]))?.fill(&store, &lists, &watch, out);
        let Some(damage) = damage else { return done };
        done?;
        bail!(
            "記録のファイルが壊れています（{damage}）。壊れたファイルには手を付けていません。「jirei salvage \"{}\"」で、読めるものを新しい記録に移せます",
            house.data.display()
        );
    }
    let Stamped { dossier, stamps } = house.stamped(&store, &what.meeting)?;
    give::warn(&personal::in_meeting(&dossier, &watch));
    let Rendered { bytes, missing } = export::render(what.format, &dossier, &stamps, &lists)?;
    give::missing(missing);
    let name = export::file_name(what.format, &dossier);
    give::give(bytes, &name, &what.giving, &house.kept([]), "", out)
}

/// The records as they can be read.
struct Looked {
    store: Store,
    /// What is damaged: then these are the ones that are whole.
    damage: Option<String>,
}

/// Opens the records. For all meetings, those of a damaged file are salvaged: one that cannot be read takes no other with it.
fn look(house: &House, all: bool) -> anyhow::Result<Looked> {
    let damage = match house.look() {
        Ok(store) if !all => return Ok(Looked { store, damage: None }),
        Ok(store) => match store.examine() {
            Ok(found) if found.is_empty() => return Ok(Looked { store, damage: None }),
            Ok(found) => found.join("、"),
            Err(error) => error.to_string(),
        },
        Err(error) if all && error.is_damage() => error.to_string(),
        Err(error) => return Err(error.into()),
    };
    let now = stamp();
    let (store, salvaged) = salvaged(&house.data.join(DATABASE), now.at, &mut now.ids())?;
    salvaged.said().iter().for_each(|line| complain(line));
    Ok(Looked { store, damage: Some(damage) })
}

/// Where every meeting becomes a file of its own; in what another jirei takes in, the years as well.
struct Folder<'a> {
    place: PathBuf,
    format: Format,
    giving: &'a Giving,
    kept: Kept,
    /// What is to be said at the end, once for all files.
    personal: BTreeSet<String>,
    /// What the people at the meetings are called: the plan of a year must not name them either.
    names: BTreeSet<String>,
    missing: BTreeSet<String>,
    replaced: BTreeMap<String, String>,
    /// Who can read the files; of several the most.
    readers: Readers,
}

impl<'a> Folder<'a> {
    fn new(what: &'a Export, kept: Kept) -> anyhow::Result<Self> {
        let place = what.giving.out.clone().unwrap_or_else(|| PathBuf::from("."));
        if place == Path::new("-") {
            bail!(
                "{ALL} は、会議ごとに一つのファイルになります。何も書き出していません。--out にはフォルダーを書いてください"
            );
        }
        Ok(Self {
            place,
            format: what.format,
            giving: &what.giving,
            kept,
            personal: BTreeSet::new(),
            names: BTreeSet::new(),
            missing: BTreeSet::new(),
            replaced: BTreeMap::new(),
            readers: Readers::Unsaid,
        })
    }

    fn fill(
        mut self,
        store: &Store,
        lists: &Lists,
        watch: &PersonalWords,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let years = if self.format == Format::Json { Some(store.stamped_years()?) } else { None };
        let years = years.filter(|years| !years.is_empty());
        let years = years.map(|years| (self.place.join(json::years_name(&years)), years));
        let files = self.names(store, years.iter().map(|(path, _)| path))?;
        if files.is_empty() && years.is_none() {
            writeln!(out, "まだ会議はありません。何も書き出していません")?;
            return Ok(());
        }
        self.make_room(files.iter().map(|(path, _)| path).chain(years.iter().map(|(path, _)| path)))?;
        let done = self.write_all(store, &files, years.as_ref(), (lists, watch));
        // The files written before an error are there, so what is to be said about them is said in any case.
        give::warn(&self.personal.into_iter().collect::<Vec<_>>());
        give::missing(self.missing);
        give::say(&self.replaced);
        done?;
        let with = if years.is_some() { "と、年間の計画と振り返り" } else { "" };
        writeln!(out, "書き出しました: 会議 {}件{with}（{}）", files.len(), self.place.display())?;
        give::tell(self.readers, out)
    }

    fn write_all(
        &mut self,
        store: &Store,
        files: &[(PathBuf, Id<Meeting>)],
        years: Option<&(PathBuf, StampedYears)>,
        (lists, watch): (&Lists, &PersonalWords),
    ) -> anyhow::Result<()> {
        let (mut bar, stop) = (Bar::new("書き出し中", files.len()), Stop::listen());
        let so_far = |done: usize| format!("会議 {}件のうち {done}件を書き出しました", files.len());
        for (done, (path, id)) in files.iter().enumerate() {
            if stop.asked() {
                bail!(
                    "途中でやめました。{}。--force を付けてもう一度書き出すと、残りも入ります",
                    so_far(done)
                );
            }
            bar.show(done, path);
            let Some(meeting) = store.stamped(*id)? else { continue };
            self.write(path, &meeting, lists, watch).with_context(|| so_far(done))?;
        }
        if let Some((path, years)) = years {
            let watch = watch.with_people(self.names.iter().map(String::as_str));
            let found = personal::in_years(&years.years, &watch);
            self.personal.extend(found.into_iter().map(|words| format!("{words}（年間の計画と振り返り）")));
            let written = write::write(path, &json::render_years(years)?, self.giving.existing(), &self.kept);
            self.readers = self.readers.max(written.with_context(|| so_far(files.len()))?);
        }
        Ok(())
    }

    /// Each meeting with a path of its own, the oldest first: where two would have the same, or one that some disks take for the
    /// same, the later ones have a number.
    fn names<'p>(
        &self,
        store: &Store,
        taken: impl Iterator<Item = &'p PathBuf>,
    ) -> anyhow::Result<Vec<(PathBuf, Id<Meeting>)>> {
        let same = |path: &Path| fold(&path.file_name().unwrap_or_default().to_string_lossy());
        let mut taken: BTreeSet<String> = taken.map(|path| same(path)).collect();
        let mut meetings = store.summaries()?;
        meetings.sort_by_key(|meeting| meeting.id);
        let mut out = Vec::with_capacity(meetings.len());
        for meeting in meetings {
            let path = self.place.join(export::file_name_of(self.format, meeting.date, &meeting.title));
            let mut free = |path: &Path| taken.insert(same(path));
            let path = if free(&path) { path } else { write::numbered(&path, free) };
            out.push((path, meeting.id));
        }
        Ok(out)
    }

    /// Sees beforehand what would stop it half-way.
    fn make_room<'p>(&self, paths: impl Iterator<Item = &'p PathBuf> + Clone) -> anyhow::Result<()> {
        if !self.place.is_dir() {
            let looks_like_a_file = self.place.extension().is_some_and(|e| e == self.format.extension());
            if looks_like_a_file || self.place.symlink_metadata().is_ok() {
                bail!(
                    "{ALL} は、会議ごとに一つのファイルになります。何も書き出していません。--out にはフォルダーを書いてください: {}",
                    self.place.display()
                );
            }
            std::fs::create_dir_all(&self.place).map_err(|_| {
                anyhow!(
                    "書き出す先のフォルダーを作れません: {}。記録は無事です。別の場所を選んでください",
                    self.place.display()
                )
            })?;
        }
        paths.clone().try_for_each(|path| write::refuse_kept(path, &self.kept))?;
        let in_the_way =
            |path: &&PathBuf| path.is_dir() || !self.giving.force && path.symlink_metadata().is_ok();
        let there: Vec<&PathBuf> = paths.filter(in_the_way).collect();
        match there.first() {
            Some(first) if first.is_dir() => bail!(
                "フォルダーと同じ名前のファイルは書けません: {}。何も書き出していません。別のフォルダーにしてください",
                first.display()
            ),
            Some(first) => bail!(
                "同じ名前のファイルが {}件、もうあります（{} など）。何も書き出していません。別のフォルダーにするか、上書きするなら --force を付けてください",
                there.len(),
                first.display()
            ),
            None => Ok(()),
        }
    }

    fn write(
        &mut self,
        path: &Path,
        meeting: &Stamped,
        lists: &Lists,
        watch: &PersonalWords,
    ) -> anyhow::Result<()> {
        let Stamped { dossier, stamps } = meeting;
        let of = words::clean(&dossier.meeting.title);
        let found = personal::in_meeting(dossier, watch).into_iter();
        self.personal.extend(found.map(|found| format!("{found}（{of}）")));
        self.names.extend(dossier.participants.values().map(|person| person.name.clone()));
        let Rendered { bytes, missing } = export::render(self.format, dossier, stamps, lists)?;
        self.missing.extend(missing);
        let (bytes, replaced) = self.giving.encoding.of(bytes);
        self.replaced.extend(replaced);
        self.readers = self.readers.max(write::write(path, &bytes, self.giving.existing(), &self.kept)?);
        Ok(())
    }
}
