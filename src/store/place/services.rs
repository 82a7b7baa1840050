//! The services that copy folders, and how a folder of theirs is known: by its name, or by what they leave in it.

use std::fs;
use std::path::Path;

/// What a service leaves in the folder it copies. What lies in the user's own folder by the same name is its settings.
enum Mark {
    File(&'static str),
    Folder(&'static str),
    Any(&'static str),
    /// A file whose name begins and ends so.
    Like(&'static str, &'static str),
}

struct Service {
    /// What people call it.
    name: &'static str,
    /// Names of its folders, in small letters, wherever they lie; more may follow after ` - ` or ` (`.
    folders: &'static [&'static str],
    /// Names that mean much else, and the service only directly in the user's own folder.
    at_home: &'static [&'static str],
    marks: &'static [Mark],
    /// Variables of the system that name its folder.
    variables: &'static [&'static str],
}

const NONE: Service = Service { name: "", folders: &[], at_home: &[], marks: &[], variables: &[] };

const SERVICES: [Service; 14] = [
    Service {
        name: "OneDrive",
        folders: &["onedrive"],
        variables: &["OneDrive", "OneDriveConsumer", "OneDriveCommercial"],
        ..NONE
    },
    Service {
        name: "Dropbox",
        folders: &["dropbox"],
        marks: &[Mark::File(".dropbox"), Mark::Folder(".dropbox.cache")],
        ..NONE
    },
    Service {
        name: "Google ドライブ",
        folders: &["google drive", "googledrive", "google ドライブ", "my drive", "マイドライブ"],
        marks: &[Mark::Folder(".tmp.drivedownload"), Mark::Folder(".tmp.driveupload")],
        ..NONE
    },
    Service {
        name: "iCloud Drive",
        folders: &["icloud drive", "iclouddrive", "mobile documents", "com~apple~clouddocs"],
        ..NONE
    },
    Service {
        name: "Nextcloud",
        folders: &["nextcloud"],
        marks: &[Mark::Like(".sync_", ".db"), Mark::Like("._sync_", ".db"), Mark::File(".nextcloudsync.log")],
        ..NONE
    },
    Service {
        name: "ownCloud",
        folders: &["owncloud"],
        marks: &[Mark::File(".owncloudsync.log"), Mark::File(".csync_journal.db")],
        ..NONE
    },
    Service { name: "Box", folders: &["box sync"], at_home: &["box"], ..NONE },
    Service { name: "Syncthing", marks: &[Mark::Any(".stfolder")], ..NONE },
    Service {
        name: "MEGA",
        folders: &["megasync"],
        at_home: &["mega"],
        marks: &[Mark::File(".megaignore")],
        ..NONE
    },
    Service { name: "pCloud", folders: &["pclouddrive", "pcloud drive", "pcloud sync"], ..NONE },
    Service {
        name: "Seafile",
        at_home: &["seafile"],
        marks: &[Mark::Folder(".seafile-data"), Mark::File("seafile-ignore.txt")],
        ..NONE
    },
    Service { name: "Proton Drive", folders: &["proton drive", "protondrive"], ..NONE },
    Service {
        name: "Synology Drive",
        folders: &["synologydrive"],
        marks: &[Mark::Folder(".SynologyWorkingDirectory")],
        ..NONE
    },
    Service { name: "Resilio Sync", folders: &["resilio sync"], ..NONE },
];

/// What a folder is called under which the system of a Mac lets any service put its own.
const OF_A_CLOUD: &str = "クラウド";

/// The service that copies a folder, if one is known to.
pub(super) fn of(path: &Path) -> Option<&'static str> {
    by_name(&path.to_string_lossy())
        .or_else(|| by_variable(path, |name| std::env::var_os(name).map(Into::into)))
        .or_else(|| path.ancestors().find_map(by_mark))
}

/// By the names on the way. Split by both separators: a path of Windows should be known for what it is wherever it is read.
fn by_name(path: &str) -> Option<&'static str> {
    let path = path.to_lowercase();
    let names: Vec<&str> = path.split(['/', '\\']).filter(|name| !name.is_empty()).collect();
    (0..names.len()).find_map(|at| {
        let above = |n: usize| at.checked_sub(n).map_or("", |at| names[at]);
        let in_cloud = above(1) == "cloudstorage" && above(2) == "library";
        let is = |folder: &str| {
            let rest = names[at].strip_prefix(folder);
            rest.is_some_and(|rest| {
                rest.is_empty()
                    || rest.starts_with(" - ")
                    || rest.starts_with(" (")
                    || in_cloud && rest.starts_with('-')
            })
        };
        let at_home = matches!(above(2), "home" | "users") || above(1) == "root" || in_cloud;
        let found = SERVICES.iter().find(|service| {
            service.folders.iter().any(|folder| is(folder))
                || at_home && service.at_home.iter().any(|folder| is(folder))
        });
        found.map(|service| service.name).or(in_cloud.then_some(OF_A_CLOUD))
    })
}

fn by_variable(path: &Path, value: impl Fn(&str) -> Option<std::path::PathBuf>) -> Option<&'static str> {
    let leads =
        |name: &&str| value(name).is_some_and(|folder| folder.is_absolute() && path.starts_with(folder));
    SERVICES.iter().find(|service| service.variables.iter().any(leads)).map(|service| service.name)
}

/// By what lies in one folder.
fn by_mark(folder: &Path) -> Option<&'static str> {
    // A folder that cannot be read hides what lies in it; its name was looked at.
    fs::read_dir(folder).ok()?.flatten().find_map(|entry| {
        let name = entry.file_name();
        let name = name.to_str()?;
        let kind = || entry.file_type();
        let is = |mark: &Mark| match mark {
            Mark::File(mark) => name == *mark && kind().is_ok_and(|kind| kind.is_file()),
            Mark::Folder(mark) => name == *mark && kind().is_ok_and(|kind| kind.is_dir()),
            Mark::Any(mark) => name == *mark,
            Mark::Like(start, end) => {
                name.starts_with(start) && name.ends_with(end) && kind().is_ok_and(|kind| kind.is_file())
            }
        };
        SERVICES.iter().find(|service| service.marks.iter().any(is)).map(|service| service.name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 同期フォルダーを名前で見分ける() {
        for (path, service) in [
            (r"C:\Users\a\OneDrive - 山の町\jirei", "OneDrive"),
            (r"\\?\C:\Users\a\OneDrive\jirei", "OneDrive"),
            ("/home/a/Dropbox/jirei", "Dropbox"),
            ("/home/a/Dropbox (個人用)/jirei", "Dropbox"),
            (r"G:\マイドライブ\jirei", "Google ドライブ"),
            ("/Users/a/Library/CloudStorage/GoogleDrive-a@example.jp/マイドライブ", "Google ドライブ"),
            ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/jirei", "iCloud Drive"),
            ("/home/a/Nextcloud/会議", "Nextcloud"),
            ("/home/a/ownCloud", "ownCloud"),
            ("/Users/a/Library/CloudStorage/Box-Box/jirei", "Box"),
            (r"C:\Users\a\Box\jirei", "Box"),
            ("/home/a/MEGA/jirei", "MEGA"),
            ("/home/a/文書/MEGAsync/jirei", "MEGA"),
            ("/home/a/pCloudDrive/jirei", "pCloud"),
            ("/home/a/Seafile/山/jirei", "Seafile"),
            ("/Users/a/Library/CloudStorage/雪雲/jirei", OF_A_CLOUD),
        ] {
            assert_eq!(by_name(path), Some(service), "{path}");
        }
        for path in [
            "/home/a/.local/share/jirei",
            r"C:\Users\a\AppData\Local\jirei",
            "/data/note-dropbox",
            "/data/dropbox-notes/jirei",
            "/data/Box/jirei",
            "/home/a/箱 Box/jirei",
            "/home/a/Boxes/jirei",
            "/srv/mega/jirei",
            "/home/a/CloudStorage/jirei",
            "/home/a/OneDriveから/jirei",
        ] {
            assert_eq!(by_name(path), None, "{path}");
        }
    }

    #[test]
    fn 同期フォルダーを中の印で見分ける() {
        for (mark, is_folder, service) in [
            (".dropbox", false, Some("Dropbox")),
            // So the settings of Dropbox lie in the user's own folder.
            (".dropbox", true, None),
            (".dropbox.cache", true, Some("Dropbox")),
            (".sync_0a1b.db", false, Some("Nextcloud")),
            ("._sync_0a1b2c.db", false, Some("Nextcloud")),
            (".nextcloudsync.log", false, Some("Nextcloud")),
            (".owncloudsync.log", false, Some("ownCloud")),
            (".stfolder", true, Some("Syncthing")),
            (".stfolder", false, Some("Syncthing")),
            (".megaignore", false, Some("MEGA")),
            (".seafile-data", true, Some("Seafile")),
            (".tmp.drivedownload", true, Some("Google ドライブ")),
            (".SynologyWorkingDirectory", true, Some("Synology Drive")),
            (".sync_", true, None),
            ("dropbox", true, None),
        ] {
            let dir = tempfile::tempdir().unwrap();
            let records = dir.path().join("町/記録");
            fs::create_dir_all(&records).unwrap();
            let mark_at = dir.path().join(mark);
            if is_folder {
                fs::create_dir(&mark_at).unwrap()
            } else {
                fs::write(&mark_at, "").unwrap()
            }
            assert_eq!(of(&records), service, "{mark}");
        }
    }

    #[test]
    fn 環境変数の言うフォルダーも分かる() {
        let dir = std::env::temp_dir();
        let value = |name: &str| (name == "OneDriveCommercial").then(|| dir.join("町の共有"));
        assert_eq!(by_variable(&dir.join("町の共有/記録"), value), Some("OneDrive"));
        assert_eq!(by_variable(&dir.join("町の共有物"), value), None);
        assert_eq!(by_variable(&dir, |_| Some("".into())), None);
    }
}
