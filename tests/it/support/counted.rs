//! A meeting as it was meant, and somebody practised who types it with as few keys as a person would think of, counting
//! every key that is no letter of the words.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use jirei::domain::{Dossier, Kind, Lists, people};

use super::pty::keys::{DOWN, ENTER, F4, F6, F7, F8, F12, LEFT, PAGE_DOWN, PAGE_UP, RIGHT, TAB, UP, ctrl};
use super::pty::{Shot, Terminal};

/// A person is known by their place in the list.
pub type Who = usize;

/// What one of them says, and where it belongs on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub step: &'static str,
    pub who: Who,
    pub branch: String,
    /// What it hangs on, by its place among all that was said.
    pub on: Option<usize>,
    pub kind: Kind,
    pub words: String,
}

/// One regional issue: what it came from, and its cells.
#[derive(Debug, Clone)]
pub struct Raised {
    pub from: usize,
    pub statement: String,
    pub scene: String,
    pub measure: String,
    pub responsible: String,
}

/// A whole meeting.
pub struct Heard {
    /// Profession and organisation.
    pub people: Vec<[String; 2]>,
    pub presenter: Who,
    pub said: Vec<Said>,
    /// Cause, effect and reason.
    pub links: Vec<(usize, usize, String)>,
    /// By when, and how it is confirmed: of so many of the ideas, in the order in which the map offers them.
    pub plan: Vec<[String; 2]>,
    pub raised: Vec<Raised>,
    /// Who, to which question, counted from one, and what.
    pub closing: Vec<(Who, usize, String)>,
}

/// The steps, with their titles.
pub const STEPS: [&str; 8] =
    ["導入", "聞き取り", "質問", "課題の分析", "支援策", "行動計画", "地域課題", "振り返り"];

/// What was pressed besides words, a step.
#[derive(Debug, Default)]
pub struct Count {
    pub entries: usize,
    pub keys: usize,
}

/// Where the next words would go by themselves.
#[derive(Debug, Clone, Copy, PartialEq)]
enum At {
    Elsewhere,
    On(usize),
}

pub struct Typist<'a> {
    pub screen: Terminal,
    pub counts: BTreeMap<usize, Count>,
    heard: &'a Heard,
    /// What calls each person with the fewest letters.
    names: Vec<String>,
    step: usize,
    at: At,
    speaker: Option<Who>,
    on_chart: bool,
    /// The numbers of the issues so far.
    numbers: HashMap<usize, usize>,
}

impl<'a> Typist<'a> {
    pub fn at(home: &Path, heard: &'a Heard) -> Self {
        Self {
            screen: Terminal::start(home, 120, 40),
            counts: BTreeMap::new(),
            heard,
            names: Vec::new(),
            step: 0,
            at: At::Elsewhere,
            speaker: None,
            on_chart: false,
            numbers: HashMap::new(),
        }
    }

    fn count(&mut self) -> &mut Count {
        self.counts.entry(self.step).or_default()
    }

    /// A key that is no letter of the words.
    fn key(&mut self, key: impl AsRef<[u8]>) {
        self.count().keys += 1;
        self.screen.send(key);
    }

    /// A sign, or a letter of a name that is no word.
    fn signs(&mut self, signs: &str) {
        self.count().keys += signs.chars().count();
        self.screen.send(signs);
    }

    /// Words, as they are said.
    fn words(&self, words: &str) {
        self.screen.send(words);
        let letters: Vec<char> = words.split_whitespace().next_back().unwrap_or_default().chars().collect();
        let end: String = letters[letters.len().saturating_sub(6)..].iter().collect();
        self.screen.until(&format!("行の終わりが {end}"), |shot| shot.entry().ends_with(&end));
    }

    fn enters(&mut self, key: &str) {
        self.key(key);
        self.screen.until("行が空で保存済み", |shot| shot.entry().is_empty() && shot.saved());
        self.count().entries += 1;
    }

    fn sees(&self, what: &str, good: impl Fn(&Shot) -> bool) {
        self.screen.until(what, good);
    }

    fn sees_cell(&self, title: &str) {
        self.sees(title, |shot| shot.labels().starts_with(&format!("{title} ")) && shot.saved());
    }

    /// Words in a cell, and the key that leads on to another.
    fn fills(&mut self, title: &str, words: &str, key: &str, next: &str) {
        self.sees_cell(title);
        self.words(words);
        self.key(key);
        self.sees(next, |shot| shot.labels().starts_with(&format!("{next} ")) && shot.saved());
        self.count().entries += 1;
    }

    /// Goes on to the next step.
    pub fn goes_on(&mut self) {
        self.key(F6);
        self.step += 1;
        // At the end everybody speaks for themselves.
        self.speaker = self.speaker.filter(|_| self.step < 7);
        (self.at, self.on_chart) = (At::Elsewhere, false);
        let clock = format!("{} 残り", STEPS[self.step]);
        self.sees(STEPS[self.step], |shot| shot.rows[0].contains(&clock) && shot.saved());
    }

    /// From the first start to the people at the table, and who presents.
    pub fn opens(&mut self, exported: impl Fn() -> Dossier, lists: &Lists) {
        self.screen.sees("新しい会議をはじめる");
        self.screen.send(ctrl('n'));
        self.sees_cell("題名");
        self.screen.send(F6);
        self.sees("導入", |shot| shot.rows[0].contains("導入 残り") && shot.saved());
        for (i, [profession, organisation]) in self.heard.people.iter().enumerate() {
            self.words(&format!("{profession}、{organisation}"));
            // A profession that no list has is asked about once.
            if self.screen.shot().labels().contains("一覧にない職種") {
                self.key(ENTER);
                self.sees("もう一度", |shot| shot.whisper().contains("もう一度"));
            }
            self.enters(ENTER);
            self.screen.sees(&format!("P{:02}", i + 1));
        }
        let dossier = exported();
        let name = |person: &jirei::domain::Participant| {
            let letters: Vec<char> = person.profession.chars().collect();
            let pieces = (1..=letters.len())
                .flat_map(|long| letters.windows(long))
                .map(|piece| piece.iter().collect::<String>());
            let finds = |query: &String| people::find(query, &dossier, lists).first() == Some(&person.id);
            pieces.filter(|p| *p != "・").find(finds).unwrap_or(person.code.clone())
        };
        self.names = dossier.people().into_iter().map(name).collect();
        // Who presents stands in the form.
        self.key(ctrl('o'));
        self.sees_cell("題名");
        while !self.screen.shot().labels().starts_with("事例提供者 ") {
            let before = self.screen.shot().labels().to_owned();
            self.key(DOWN);
            self.sees("次の欄", |shot| shot.labels() != before);
        }
        let presenter = exported().people()[self.heard.presenter].code.clone();
        self.words(&presenter);
        self.key(ctrl('o'));
        self.sees("導入", |shot| shot.rows[0].contains("導入 残り") && shot.saved());
        self.count().entries += 1;
    }

    /// All that goes onto the map in the step.
    pub fn says_all(&mut self) {
        let heard = self.heard;
        let own = heard.said.iter().enumerate().filter(|(_, said)| said.step == STEPS[self.step]);
        let own: Vec<(usize, &Said)> = own.collect();
        let lies_under = matches!(self.step, 0 | 5..=7);
        if own.is_empty() {
            return;
        }
        if lies_under {
            self.key(F8);
            self.screen.sees(&format!("「{}」の段階に残ります", STEPS[self.step]));
        }
        for (no, said) in own {
            self.says(no, said);
        }
        if lies_under {
            self.key(F8);
            self.sees("段階の並び", |shot| shot.rows[1].contains("導入"));
        }
    }

    fn says(&mut self, no: usize, said: &Said) {
        // On the causal chart whatever is said is an issue; it opens as soon as there is one.
        if self.step == 3 && !self.on_chart && !self.numbers.is_empty() {
            self.key(F12);
            (self.on_chart, self.at) = (true, At::Elsewhere);
        }
        let plain = match self.step {
            3 if self.on_chart => Kind::Issue,
            4 => Kind::Idea,
            _ => Kind::Fact,
        };
        let way = self.way_to(said);
        if let Some((climbs, _)) = way {
            self.climbs(climbs);
        }
        match said.kind.sign() {
            _ if said.kind == plain => {}
            Some(sign) => self.signs(&sign.to_string()),
            None => {
                self.key(F4);
                self.signs("1");
            }
        }
        self.words(&said.words);
        // Whoever asked does not answer: the line takes that for the presenter's, and says so.
        let tells = matches!(said.kind, Kind::Fact | Kind::Feeling | Kind::Strength);
        let question = said.on.map(|on| &self.heard.said[on]).filter(|on| on.kind == Kind::Unknown);
        let answers = tells && question.is_some_and(|question| self.speaker == Some(question.who));
        let taken_for = if answers { Some(self.heard.presenter) } else { self.speaker };
        if taken_for != Some(said.who) {
            let name = format!("＠{}", self.names[said.who]);
            self.signs(&name);
            let code = format!("P{:02}", said.who + 1);
            let stands = |shot: &Shot| {
                shot.row_from_bottom(3).split_once(" ›").is_some_and(|(who, _)| who.contains(&code))
            };
            self.sees(&code, stands);
        }
        let key = way.map_or_else(
            || {
                self.aims(said);
                ENTER
            },
            |(_, key)| key,
        );
        self.enters(key);
        self.at = At::On(no);
        if taken_for != Some(said.who) {
            self.speaker = Some(said.who);
        }
        self.on_chart &= said.kind == Kind::Issue;
        if said.kind == Kind::Issue {
            self.numbers.insert(no, self.numbers.len() + 1);
        }
    }

    /// Up to which twig one climbs, in so many steps, and the key that puts words beside it or under it.
    fn way_to(&self, said: &Said) -> Option<(usize, &'static str)> {
        let At::On(mut at) = self.at else { return None };
        for climbs in 0..if self.on_chart { 1 } else { 3 } {
            let here = &self.heard.said[at];
            let answers = here.kind == Kind::Issue && said.kind == Kind::Idea;
            let asked = here.on.filter(|on| self.heard.said[*on].kind == Kind::Unknown);
            // The next question stands beside the one that was answered.
            let beside = asked.filter(|_| said.kind == Kind::Unknown).map_or(here, |on| &self.heard.said[on]);
            if said.on == Some(at) {
                return Some((climbs, if answers { ENTER } else { TAB }));
            }
            if said.on == beside.on && said.branch == beside.branch && !answers {
                return Some((climbs, ENTER));
            }
            at = here.on?;
        }
        None
    }

    fn climbs(&mut self, steps: usize) {
        for _ in 0..steps {
            let At::On(at) = self.at else { return };
            let here = &self.heard.said[at];
            let left = ["本人・思い", "生活", "地域・つながり", "住まい"].contains(&here.branch.as_str());
            self.key(if left { RIGHT } else { LEFT });
            let above = here.on.expect("there is something above");
            let words = first(&self.heard.said[above].words);
            self.sees(&words, |shot| shot.labels().contains(&words));
            self.at = At::On(above);
        }
    }

    /// Says where words go by the first letters of what they hang on, until the line says it understood.
    fn aims(&mut self, said: &Said) {
        let heard = self.heard;
        let (name, seen) = match said.on {
            None => (said.branch.as_str(), format!("{}の枝", said.branch)),
            Some(on) => (heard.said[on].words.as_str(), first(&heard.said[on].words)),
        };
        let good = |shot: &Shot| match said.on {
            None => shot.labels().contains(&seen),
            // As much of the words as the line shows.
            Some(_) => under(shot.labels()).is_some_and(|shown| name.starts_with(shown)),
        };
        if good(&self.screen.shot()) {
            return;
        }
        self.signs("＃");
        for (i, letter) in name.chars().enumerate() {
            self.signs(&letter.to_string());
            let typed: String = format!("＃{}", name.chars().take(i + 1).collect::<String>());
            let shot = self.screen.until(&typed, |shot| shot.entry().ends_with(&typed) && shot.saved());
            if good(&shot) {
                return;
            }
            // One that is seen among the first is nearer by the arrow than by another letter.
            let offered = shot.rows.iter().skip_while(|row| !row.starts_with(" ╭")).skip(1);
            let at = offered.take_while(|row| row.starts_with(" │")).position(|row| row.contains(&seen));
            if let Some(downs @ 1..=2) = at {
                (0..downs).for_each(|_| self.key(DOWN));
                return;
            }
        }
        panic!("{seen}\n{}", self.screen.shot().rows.join("\n"));
    }

    /// Links issues: on from what the last one brought about where that is the next cause.
    pub fn links_all(&mut self) {
        let mut at = None;
        for (from, to, reason) in &self.heard.links {
            let (cause, effect) = (self.numbers[from], self.numbers[to]);
            let space = if reason.starts_with(char::is_numeric) { " " } else { "" };
            if at == Some(*from) {
                self.key(F7);
                self.sees("つなぐ", |shot| shot.labels().starts_with("つなぐ"));
                self.signs(&format!("{effect}{space}"));
            } else {
                self.signs(&format!("{cause}>{effect} "));
            }
            at = Some(*to);
            self.words(reason);
            self.enters(ENTER);
        }
    }

    /// Ideas become actions with one key each; then by when, and how it is confirmed, from the last to the first.
    pub fn plans(&mut self) {
        self.screen.sees("マップの支援策");
        let (heard, count) = (self.heard, self.heard.plan.len());
        for i in 0..count {
            self.key(ENTER);
            self.sees("行動に", |shot| shot.has(&format!("（行動に {}件）", i + 1)) && shot.saved());
            self.count().entries += 1;
        }
        self.key(TAB);
        for (i, [until, check]) in heard.plan.iter().enumerate().rev() {
            self.fills("いつまでに", until, ENTER, "確認方法");
            self.sees_cell("確認方法");
            self.words(check);
            self.count().entries += 1;
            if i > 0 {
                self.key(UP);
                self.key(LEFT);
                self.sees_cell("いつまでに");
            }
        }
    }

    /// Issues become regional ones, each in its own words, with the cells that come first.
    pub fn raises(&mut self) {
        let heard = self.heard;
        let mut taken: Vec<usize> = Vec::new();
        for raised in &heard.raised {
            let mut issues: Vec<usize> = self.numbers.keys().copied().collect();
            issues.sort_unstable();
            self.key(" ");
            let first_open = issues.iter().position(|i| !taken.contains(i)).expect("one is open");
            let wanted = issues.iter().position(|i| *i == raised.from).expect("an issue");
            // A page is eight rows.
            let far = wanted.abs_diff(first_open);
            let (page, row) = if wanted < first_open { (PAGE_UP, UP) } else { (PAGE_DOWN, DOWN) };
            let ways = (0..=far / 8).flat_map(|pages| [(pages, far - pages * 8)]);
            let (pages, rows) = ways.min_by_key(|(pages, rows)| pages + rows).expect("there is a way");
            (0..pages).for_each(|_| self.key(page));
            (0..rows).for_each(|_| self.key(row));
            let words = first(&heard.said[raised.from].words);
            self.sees(&words, |shot| shot.row_from_bottom(3).contains(&words));
            self.key(ENTER);
            self.fills("地域課題", &raised.statement, ENTER, "個人が分からない文か");
            self.fills("個人が分からない文か", "1", ENTER, "場面");
            self.fills("場面", &raised.scene, ENTER, "対応策");
            self.fills("対応策", &raised.measure, ENTER, "責任を持つ機関");
            self.fills("責任を持つ機関", &raised.responsible, PAGE_DOWN, "地域課題");
            taken.push(raised.from);
        }
    }

    /// What people take home.
    pub fn closes(&mut self) {
        let mut asked = 1;
        for (who, question, words) in &self.heard.closing {
            self.words(words);
            if self.speaker != Some(*who) {
                let name = format!("＠{}", self.names[*who]);
                self.signs(&name);
            }
            if asked != *question {
                self.signs(&format!("＃{question}"));
            }
            self.enters(ENTER);
            (self.speaker, asked) = (Some(*who), *question);
        }
    }

    /// Ends the program.
    pub fn leaves(&mut self) {
        self.screen.send(ctrl('q'));
        assert_eq!(self.screen.wait().0, 0);
    }
}

/// The words of the twig under which the line would put something, as far as it shows them.
fn under(labels: &str) -> Option<&str> {
    let words = labels.split_once('「')?.1;
    Some(words[..words.rfind("」の下")?].trim_end_matches('…'))
}

/// The first letters of words, that can be seen however little room there is.
fn first(words: &str) -> String {
    words.chars().take(5).collect()
}
