//! The quiet line over the entry line: what to ask next, and who has not spoken.

use crate::command::{Command, Place};
use crate::domain::{Step, asking, people};
use crate::ui::{Context, Level, MeetingScreen, Screen};

/// Who it is the turn of, as the room calls them.
pub fn next_name(meeting: &MeetingScreen) -> Option<String> {
    asking::next_in_turn(&meeting.doc.dossier, meeting.doc.step()).and_then(|id| meeting.doc.called(id))
}

/// The one quiet line over the entry line: a question for a bare branch, and who has not spoken.
pub fn whisper(meeting: &MeetingScreen, cx: &Context) -> (String, String) {
    let (keymap, nothing) = (&cx.keymap, String::new());
    let (step, format) = (meeting.doc.step(), meeting.doc.format(cx));
    let prompt = format.and_then(|f| f.step(step)?.prompts.first()).cloned().unwrap_or_default();
    let sentence = match meeting.place() {
        Place::Map if meeting.map.linking().is_some() => {
            "つなぐ先を 番号・ことば・{up down} で選んで {add-beside}。理由は番号のあとに。{back} でやめる"
        }
        Place::Map if meeting.map.chart.is_some() => {
            "{up down left right} でたどり、{add-beside} で直し、{link} でつなぎます（原因 → 結果）"
        }
        // As long as part of the map is away, it is said how it comes back.
        Place::Map
            if meeting.map.level != Level::Normal
                && meeting.map.replay.is_none()
                && meeting.map.writing.is_idle() =>
        {
            let (words, key) = (meeting.map.level.words(), keymap.said(Command::Back));
            return (format!("{words}{key} でふつうのマップにもどります。"), silent(meeting, cx));
        }
        Place::Map if meeting.covers() => {
            let (title, key) = (meeting.doc.step_title(), keymap.said(Command::Whole));
            let words = format!("ここで書いたことばは「{title}」の段階に残ります。{key} でもどります。");
            return (words, silent(meeting, cx));
        }
        Place::Map if matches!(step, Step::Interview | Step::Questions) => {
            let asked = meeting.asked(cx);
            let mut open = asked.iter().filter_map(|a| Some((&a.title, a.open()?)));
            // On a narrow screen the question has all the room.
            let before = if cx.size.0 < 100 { "" } else { "ここはどうでしょう　" };
            let words = open.next().map(|(title, open)| format!("{before}{title}：{open}"));
            return (words.unwrap_or_default(), next_voice(meeting, cx));
        }
        Place::Map if step == Step::Analysis => {
            "課題を選んで {link} でつなぎます（原因 → 結果）。{kind} で課題にできます。"
        }
        Place::Map => return (prompt, silent(meeting, cx)),
        Place::Info => {
            let key = keymap.said(Command::Format);
            let format = format.map(|f| format!("やり方 {}（{key}）", f.title));
            // Before the meeting begins the form says so itself.
            let begun = meeting.doc.dossier.progress.started_at.is_some();
            let words = if begun {
                "空のままでかまいません。{enter-cell} で次の欄へ。"
            } else {
                ""
            };
            return (keymap.fill(words), format.unwrap_or_default());
        }
        Place::People => "{enter} で選んだ人を直します。{delete} で消します。",
        // It stays until it is heard: a message would be gone with the next key.
        Place::Plan if meeting.misses_feeling() => {
            "本人の思いがまだです。本人はどうしたいのでしょう（{whole} のマップで * を付けて書けます）"
        }
        _ => return (prompt, nothing),
    };
    (keymap.fill(sentence), nothing)
}

/// Whose turn it is, and who has not spoken yet.
fn next_voice(meeting: &MeetingScreen, cx: &Context) -> String {
    let turn = next_name(meeting).filter(|_| meeting.doc.step() == Step::Questions);
    match (turn, silent(meeting, cx)) {
        (None, silent) => silent,
        (Some(next), silent) if silent.is_empty() => format!("次は {next}"),
        // On a narrow screen what stands in brackets goes.
        (Some(next), silent) => {
            format!("次は {next}（{}）", silent.split('：').next().unwrap_or_default())
        }
    }
}

/// Who has not spoken yet.
fn silent(meeting: &MeetingScreen, cx: &Context) -> String {
    let dossier = &meeting.doc.dossier;
    people::yet_to_speak(dossier, &cx.lists, &people::silent(dossier))
}
