//! `jirei export`: a meeting as a file, or all of them in a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::arguments::{Export, Giving};
use super::progress::Bar;
use super::stop::Stop;
use super::{complain, give, house::House};
use crate::domain::{Id, Lists, Meeting, Stamped};
use crate::export::{self, Format, Rendered, json, write};
use crate::format;
use crate::privacy::Watch;
use crate::store::Store;

/// What is typed for all meetings.
pub const ALL: &str = "all";

pub fn run(house: &House, what: &Export, out: &mut dyn Write) -> anyhow::Result<()> {
    let store = house.look()?;
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
        return Folder::new(what)?.fill(&store, &lists, &watch, out);
    }
    let Stamped { dossier, stamps } = house.stamped(&store, &what.meeting)?;
    give::warn(&export::personal(&dossier, &watch));
    let Rendered { bytes, missing } = export::render(what.format, &dossier, &stamps, &lists)?;
    give::missing(missing);
    let name = export::file_name(what.format, &dossier);
    if let Some(path) = give::give(bytes, &name, &what.giving, out)? {
        writeln!(out, "書き出しました: {}", path.display())?;
    }
    Ok(())
}

/// Where every meeting becomes a file of its own; in what another jirei takes in, the years as well.
struct Folder<'a> {
    place: PathBuf,
    format: Format,
    giving: &'a Giving,
    /// What is to be said at the end, once for all files.
    personal: BTreeSet<String>,
    missing: BTreeSet<String>,
    replaced: BTreeMap<String, String>,
}

impl<'a> Folder<'a> {
    fn new(what: &'a Export) -> anyhow::Result<Self> {
        let place = what.giving.out.clone().unwrap_or_else(|| PathBuf::from("."));
        if place == Path::new("-") {
            bail!("{ALL} は、会議ごとに一つのファイルになります。--out にはフォルダーを書いてください");
        }
        Ok(Self {
            place,
            format: what.format,
            giving: &what.giving,
            personal: BTreeSet::new(),
            missing: BTreeSet::new(),
            replaced: BTreeMap::new(),
        })
    }

    fn fill(
        mut self,
        store: &Store,
        lists: &Lists,
        watch: &Watch,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let files = self.names(store)?;
        let years = if self.format == Format::Json { Some(store.stamped_years()?) } else { None };
        let years = years.filter(|years| !years.is_empty());
        let years = years.map(|years| (self.place.join(json::years_name(&years)), years));
        if files.is_empty() && years.is_none() {
            writeln!(out, "まだ会議はありません。書き出すものもありません")?;
            return Ok(());
        }
        self.make_room(files.iter().map(|(path, _)| path).chain(years.iter().map(|(path, _)| path)))?;
        let (mut bar, stop) = (Bar::new("書き出し中", files.len()), Stop::listen());
        for (done, (path, id)) in files.iter().enumerate() {
            if stop.asked() {
                bail!("途中でやめました。会議 {}件のうち {done}件を書き出しました", files.len());
            }
            bar.show(done, path);
            let Some(meeting) = store.stamped(*id)? else { continue };
            self.write(path, &meeting, lists, watch)
                .with_context(|| format!("会議 {}件のうち {done}件を書き出しました", files.len()))?;
        }
        drop(bar);
        if let Some((path, years)) = &years {
            write::write(path, &json::render_years(years)?, self.giving.force)?;
        }
        give::warn(&self.personal.into_iter().collect::<Vec<_>>());
        give::missing(self.missing);
        give::say(&self.replaced);
        let with = if years.is_some() { "と、年間の計画と振り返り" } else { "" };
        writeln!(out, "書き出しました: 会議 {}件{with}（{}）", files.len(), self.place.display())?;
        Ok(())
    }

    /// Each meeting with a path of its own, the oldest first: where two would have the same, the later ones have a number.
    fn names(&self, store: &Store) -> anyhow::Result<Vec<(PathBuf, Id<Meeting>)>> {
        let mut meetings = store.summaries()?;
        meetings.sort_by_key(|meeting| meeting.id);
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut out = Vec::with_capacity(meetings.len());
        for meeting in meetings {
            let name = export::file_name_of(self.format, meeting.date, &meeting.title);
            let mut free = name.clone();
            let mut n = 2u32..;
            while !taken.insert(free.clone()) {
                free = write::numbered(Path::new(&name), n.next().unwrap_or(u32::MAX)).display().to_string();
            }
            out.push((self.place.join(free), meeting.id));
        }
        Ok(out)
    }

    /// Sees beforehand what would stop it half-way.
    fn make_room<'p>(&self, paths: impl Iterator<Item = &'p PathBuf>) -> anyhow::Result<()> {
        if !self.place.is_dir() {
            std::fs::create_dir_all(&self.place)
                .with_context(|| format!("保存先のフォルダーを作れません: {}", self.place.display()))?;
        }
        let there: Vec<&PathBuf> = paths.filter(|path| path.symlink_metadata().is_ok()).collect();
        match there.first() {
            Some(first) if !self.giving.force => bail!(
                "同じ名前のファイルが {}件、もうあります（{} など）。何も書き出していません。別のフォルダーにするか、上書きするなら --force を付けてください",
                there.len(),
                first.display()
            ),
            _ => Ok(()),
        }
    }

    fn write(&mut self, path: &Path, meeting: &Stamped, lists: &Lists, watch: &Watch) -> anyhow::Result<()> {
        let Stamped { dossier, stamps } = meeting;
        self.personal.extend(export::personal(dossier, watch));
        let Rendered { bytes, missing } = export::render(self.format, dossier, stamps, lists)?;
        self.missing.extend(missing);
        let (bytes, replaced) = self.giving.encoding.of(bytes);
        self.replaced.extend(replaced);
        Ok(write::write(path, &bytes, self.giving.force)?)
    }
}
