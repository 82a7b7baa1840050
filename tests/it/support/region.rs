//! Several meetings of a town, with regional issues of their own.

use jirei::domain::*;

use super::driver::{Driver, Kept};

/// Meetings on several days, each with regional issues of its own; the list of meetings is on the screen.
pub fn region(days: &[(&str, &[&str])]) -> Driver {
    let mut driver = Driver::first_start();
    let mut mint = Now { at: driver.at, seed: 50 }.ids();
    for (i, (day, issues)) in days.iter().enumerate() {
        let mut meeting = Meeting::new(mint.id());
        meeting.date = day.parse().ok();
        meeting.title = format!("第{}回 事例検討会", i + 1);
        meeting.format = "mieru".into();
        let mut dossier = Dossier::new(meeting, None);
        for (rank, words) in (0..).zip(*issues) {
            let issue = RegionalIssue { rank, ..RegionalIssue::new(mint.id(), dossier.meeting.id, *words) };
            dossier.apply(&Change::add(issue)).expect("it fits");
        }
        driver.kept.insert(dossier.meeting.id, Kept { dossier, journal: Vec::new() });
    }
    driver.keys("f1 esc");
    driver
}
