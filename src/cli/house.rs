//! Where everything lies, and the way to it from the command line.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use chrono::Local;

use super::{arguments::Common, complain};
use crate::domain::{Dossier, Id, Meeting, Stamped};
use crate::privacy::PersonalWords;
use crate::runtime::config::{self, Config};
use crate::store::{Access, Backups, Kept, OpenError, Store, StoreError, look_around};

/// The folder of the records, and what was said about the settings.
pub struct House {
    pub data: PathBuf,
    /// Somebody said where the records lie.
    pub named: bool,
    pub config: Option<PathBuf>,
}

impl House {
    /// `--data`, else `JIREI_DATA`, else `jirei` in the user's local data folder.
    pub fn new(common: Common) -> anyhow::Result<Self> {
        let named = common
            .data
            .or_else(|| std::env::var_os("JIREI_DATA").filter(|value| !value.is_empty()).map(PathBuf::from));
        let is_named = named.is_some();
        let data = match named {
            Some(data) => data,
            None => local_data()?.join("jirei"),
        };
        Ok(Self { data, named: is_named, config: common.config })
    }

    /// Where the user's own session formats and lists lie, if there are any.
    pub fn sessions(&self) -> PathBuf {
        self.data.join("sessions")
    }

    /// What looks like personal information, with the facilities the settings name.
    pub fn watch(&self) -> anyhow::Result<PersonalWords> {
        let config = Config::load(self.config.as_deref(), &config::default_place())?;
        Ok(PersonalWords::new(&config.facilities))
    }

    /// Where backups of the records lie, and are put.
    pub fn backups(&self) -> anyhow::Result<Backups> {
        let config = Config::load(self.config.as_deref(), &config::default_place())?;
        Ok(Backups::new(&self.data, config.backup_folder))
    }

    /// What no file that is given away may take the place of; other records may be open as well.
    pub fn kept(&self, others: impl IntoIterator<Item = PathBuf>) -> Kept {
        let settings = self.config.clone().unwrap_or_else(config::default_place);
        Kept::new(others.into_iter().chain([self.data.clone()]), settings)
    }

    /// The same with the names of those who were at these meetings.
    pub fn watch_with(
        &self,
        store: Option<&Store>,
        meetings: BTreeSet<Id<Meeting>>,
    ) -> anyhow::Result<PersonalWords> {
        let names = store.map(|store| store.names(meetings)).transpose()?.unwrap_or_default();
        Ok(self.watch()?.with_people(names.iter().map(String::as_str)))
    }

    /// The records for looking only: works while the screen is open elsewhere.
    pub fn look(&self) -> Result<Store, OpenError> {
        self.must_be_there()?;
        Store::open(&self.data, Access::Look)
    }

    /// A folder that somebody named and that is not there is no first start.
    pub fn must_be_there(&self) -> Result<(), OpenError> {
        let gone = self.data.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound);
        if self.named && gone { Err(OpenError::NoFolder { folder: self.data.clone() }) } else { Ok(()) }
    }

    /// The records for changing them; made where there are none yet. What is to be said about the place is said.
    pub fn open(&self) -> anyhow::Result<Store> {
        let damage = |first: &str| {
            format!(
                "{first}。記録のファイルが壊れているので、何も書き込んでいません。「jirei salvage \"{}\"」で、読めるものを新しい記録に移せます",
                self.data.display()
            )
        };
        let store = Store::open(&self.data, Access::Write).map_err(|error| match error {
            OpenError::Damaged { detail, .. } => anyhow!(damage(&detail)),
            other => other.into(),
        })?;
        if let Some(first) = store.examine()?.first() {
            bail!(damage(first));
        }
        for warning in store.warnings().iter().chain(&look_around(&self.data)) {
            complain(&warning.to_string());
        }
        Ok(store)
    }

    /// The meeting that an id, its beginning, a date or `last` means.
    pub fn dossier(&self, store: &Store, words: &str) -> anyhow::Result<Dossier> {
        self.one(store, words, Store::dossier)
    }

    /// The same with what is known of when it was written.
    pub fn stamped(&self, store: &Store, words: &str) -> anyhow::Result<Stamped> {
        self.one(store, words, Store::stamped)
    }

    fn one<T>(
        &self,
        store: &Store,
        words: &str,
        read: impl Fn(&Store, Id<Meeting>) -> Result<Option<T>, StoreError>,
    ) -> anyhow::Result<T> {
        let found = store.find_meetings(words, Local::now().date_naive())?;
        let only = match found.as_slice() {
            [only] => read(store, *only)?,
            [] => None,
            several => {
                let ids: Vec<String> = several.iter().map(ToString::to_string).collect();
                bail!(
                    "「{words}」にあたる会議が {}件あります。id で選んでください: {}",
                    ids.len(),
                    ids.join("、")
                )
            }
        };
        only.with_context(|| format!("「{words}」にあたる会議がありません。jirei list で一覧を見られます"))
    }
}

/// The folder for data that stays on this computer. On Windows the roaming folder would be copied about by the network,
/// and a live database with it.
fn local_data() -> anyhow::Result<PathBuf> {
    use etcetera::BaseStrategy;
    let places = etcetera::base_strategy::choose_native_strategy()
        .context("記録を置く場所が分かりません。何も変えていません。--data でフォルダーを指定してください")?;
    Ok(if cfg!(windows) { places.cache_dir() } else { places.data_dir() })
}
