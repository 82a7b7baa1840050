//! Pictures in whatever shows pictures on this system, where the terminal draws none.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::export::write::{self, Existing};
use crate::store::leavings;

/// Who cannot show a picture says so within this time; who can may take as long as the picture is looked at.
const REFUSAL: Duration = Duration::from_secs(3);

const NOBODY: &str = "絵を見るソフトを開けませんでした。記録は無事です。";

/// The pictures that were opened, which go with the program.
#[derive(Debug, Default)]
pub struct Viewer {
    files: Vec<PathBuf>,
}

impl Viewer {
    /// Opens a picture: in a file that nobody else can read. What became of it is told from another thread.
    ///
    /// # Errors
    /// Where there is nobody to show it, in words.
    pub fn view(
        &mut self,
        picture: &[u8],
        told: impl FnOnce(Result<(), String>) + Send + 'static,
    ) -> Result<(), String> {
        let (folder, name) = (std::env::temp_dir(), leavings::passing_name("", ".png"));
        let path = folder.join(&name);
        write::write_private(&path, picture, Existing::Keep).map_err(|error| error.to_string())?;
        self.files.push(path);
        let child = open(&folder, &name).map_err(|_| NOBODY.to_owned())?;
        let wait = std::thread::Builder::new().name("viewer".to_owned()).spawn(move || told(outcome(child)));
        wait.map(drop).map_err(|_| NOBODY.to_owned())
    }

    /// Removes the files. Whoever looks at one still may keep it open: then it is the system that removes it.
    pub fn forget(&mut self) {
        for file in self.files.drain(..) {
            let _ = std::fs::remove_file(file);
        }
    }
}

impl Drop for Viewer {
    fn drop(&mut self) {
        self.forget();
    }
}

fn open(folder: &Path, name: &str) -> std::io::Result<Child> {
    let path = |program| {
        let mut command = Command::new(program);
        command.arg(folder.join(name));
        command
    };
    let mut command = match std::env::consts::OS {
        "windows" => {
            let mut command = Command::new("cmd");
            // The first word in quotes would be the title of a window.
            command.args(["/C", "start", ""]);
            // Its name alone: what a shell reads into the rest of a path nobody knows.
            command.current_dir(folder).arg(name);
            command
        }
        "macos" => path("open"),
        _ => path("xdg-open"),
    };
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}

/// Whether somebody shows it.
fn outcome(mut child: Child) -> Result<(), String> {
    let (step, mut left) = (Duration::from_millis(50), REFUSAL);
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(None) if left.is_zero() => break,
            Ok(None) => {}
            Ok(Some(_)) | Err(_) => return Err(NOBODY.to_owned()),
        }
        std::thread::sleep(step);
        left = left.saturating_sub(step);
    }
    // It is being looked at. Whoever ends is waited for, so that nothing is left of it.
    std::thread::spawn(move || child.wait());
    Ok(())
}
