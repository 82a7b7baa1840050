//! Whether a folder lies on another computer, by what the system says of its drives.

use std::path::Path;

/// What systems call drives that lie elsewhere, or that keep files elsewhere.
const ELSEWHERE: [&str; 40] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb2",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "coda",
    "afpfs",
    "webdav",
    "ftp",
    "ceph",
    "lustre",
    "gpfs",
    "gfs2",
    "ocfs2",
    "beegfs",
    "orangefs",
    "pvfs2",
    "glusterfs",
    "9p",
    "vboxsf",
    "vmhgfs",
    "prl_fs",
    "virtiofs",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.ceph",
    "fuse.glusterfs",
    "fuse.davfs",
    "fuse.davfs2",
    "fuse.gvfsd-fuse",
    "fuse.curlftpfs",
    "fuse.s3fs",
    "fuse.gcsfuse",
    "fuse.smbnetfs",
    "fuse.google-drive-ocamlfuse",
    "fuse.onedriver",
    "fuse.vmhgfs-fuse",
];

pub(super) fn is_network(path: &Path) -> bool {
    is_of_windows(&path.to_string_lossy()) || is_mounted(path)
}

#[cfg(target_os = "linux")]
fn is_mounted(path: &Path) -> bool {
    std::fs::read_to_string("/proc/self/mountinfo")
        .is_ok_and(|text| is_elsewhere(mounts_of_linux(&text), &path.to_string_lossy()))
}

#[cfg(target_os = "macos")]
fn is_mounted(path: &Path) -> bool {
    let said = std::process::Command::new("/sbin/mount").output();
    said.is_ok_and(|said| {
        is_elsewhere(mounts_of_mac(&String::from_utf8_lossy(&said.stdout)), &path.to_string_lossy())
    })
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn is_mounted(_: &Path) -> bool {
    false
}

/// A path of Windows by the name of a computer; a letter of a drive becomes one when links are followed.
fn is_of_windows(path: &str) -> bool {
    if let Some(rest) = path.strip_prefix(r"\\?\") {
        return rest.to_uppercase().starts_with(r"UNC\");
    }
    (path.starts_with(r"\\") && !path.starts_with(r"\\.\")) || path.starts_with("//")
}

/// A place at which a drive hangs, and what kind of drive it is.
type Mount = (String, String);

/// Whether the drive that a path lies on is elsewhere: that of the longest place above it, of several there the last.
fn is_elsewhere(mounts: impl Iterator<Item = Mount>, path: &str) -> bool {
    let holds = |place: &str| {
        path.strip_prefix(place.trim_end_matches('/'))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let found = mounts.filter(|(place, _)| holds(place)).max_by_key(|(place, _)| place.len());
    found.is_some_and(|(_, kind)| ELSEWHERE.contains(&kind.as_str()))
}

/// The lines of `/proc/self/mountinfo` (proc_pid_mountinfo(5)).
#[cfg(any(target_os = "linux", test))]
fn mounts_of_linux(text: &str) -> impl Iterator<Item = Mount> {
    text.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let kind = after.split(' ').next()?;
        // A drive of Windows under WSL comes by the way of a network, and is none.
        let is_own = kind == "9p" && after.contains("aname=drvfs");
        let kind = if is_own { "drvfs" } else { kind };
        Some((unescaped(before.split(' ').nth(4)?), kind.to_owned()))
    })
}

/// The lines of `mount` on a Mac: `//a@rechner/fach on /Volumes/fach (smbfs, nodev, nosuid)`.
#[cfg(any(target_os = "macos", test))]
fn mounts_of_mac(text: &str) -> impl Iterator<Item = Mount> {
    text.lines().filter_map(|line| {
        let (rest, kind) = line.rsplit_once(" (")?;
        let kind = kind.split([',', ')']).next()?;
        Some((rest.split_once(" on ")?.1.to_owned(), kind.to_owned()))
    })
}

/// Blanks and backslashes stand there as `\040` and `\134`.
#[cfg(any(target_os = "linux", test))]
fn unescaped(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let [first, after @ ..] = rest {
        let code = match after {
            [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', ..] if *first == b'\\' => {
                Some((a - b'0') << 6 | (b - b'0') << 3 | (c - b'0'))
            }
            _ => None,
        };
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[3..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINUX: &str = "\
22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
30 22 0:26 / /home/a/共有 rw,relatime shared:5 - cifs //yama/kyouyuu rw,vers=3.1.1
31 22 0:27 / /mnt/雪\\040国 rw,relatime - nfs4 yama:/srv rw
32 22 0:28 / /mnt/ssh rw,nosuid,nodev,relatime - fuse.sshfs a@yama:/ rw,user_id=1000
33 22 0:29 / /mnt/usb rw - fuseblk /dev/sdb1 rw
34 22 0:30 / /mnt/c rw,noatime - 9p C:\\134 rw,dirsync,aname=drvfs;path=C:\\;uid=1000
35 22 0:31 / /mnt/vm rw,relatime - 9p share rw,trans=virtio
36 30 0:32 / /home/a/共有/手元 rw - ext4 /dev/sdc1 rw
37 22 0:33 / /mnt/auto rw - autofs systemd-1 rw
38 37 0:34 / /mnt/auto rw - nfs yama:/auto rw
39 22 0:35 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
40 22 0:36 / /tmp rw master:1 - tmpfs tmpfs rw";

    const MAC: &str = "\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//a@yama/fach on /Volumes/fach (smbfs, nodev, nosuid, mounted by a)
yama:/srv on /Volumes/雪 国 (nfs, nodev, nosuid, mounted by a)
/dev/disk4s1 on /Volumes/STICK (msdos, local, nodev, nosuid, noowners)";

    #[test]
    fn ほかのパソコンの場所を見分ける() {
        for (path, elsewhere) in [
            ("/home/a/.local/share/jirei", false),
            ("/home/a/共有/記録", true),
            ("/home/a/共有", true),
            ("/home/a/共有地/記録", false),
            ("/home/a/共有/手元/記録", false),
            ("/mnt/雪 国/記録", true),
            ("/mnt/ssh/記録", true),
            ("/mnt/usb/記録", false),
            ("/mnt/c/Users/a", false),
            ("/mnt/vm/記録", true),
            ("/mnt/auto/記録", true),
            ("/run/user/1000/gvfs/smb-share:server=yama", true),
            ("/tmp/記録", false),
        ] {
            assert_eq!(is_elsewhere(mounts_of_linux(LINUX), path), elsewhere, "{path}");
        }
        for (path, elsewhere) in [
            ("/Users/a/Library/Application Support/jirei", false),
            ("/Volumes/fach/記録", true),
            ("/Volumes/雪 国/記録", true),
            ("/Volumes/STICK/記録", false),
        ] {
            assert_eq!(is_elsewhere(mounts_of_mac(MAC), path), elsewhere, "{path}");
        }
        for broken in ["", "x", "1 2 3 -", " - ", "1 2 3 4 - nfs", "1 2 3 4 /x"] {
            assert!(!is_elsewhere(mounts_of_linux(broken), "/"), "{broken}");
            assert!(!is_elsewhere(mounts_of_mac(broken), "/"), "{broken}");
        }
    }

    #[test]
    fn ウィンドウズの共有フォルダーを見分ける() {
        for (path, elsewhere) in [
            (r"\\server\share\jirei", true),
            (r"\\?\UNC\server\share", true),
            (r"\\?\C:\Users\a", false),
            (r"\\.\pipe", false),
            (r"C:\Users\a", false),
            ("/home/a", false),
        ] {
            assert_eq!(is_of_windows(path), elsewhere, "{path}");
        }
    }
}
