//! The handout: pages of A4 or A3 on their side. The first is understood by itself, then come the map and what was said.

mod document;
mod first;
mod flow;
mod map;
mod table;

use std::collections::BTreeSet;

pub use document::render as document;
pub use first::FOR;
pub use flow::Paper;

use flow::Flow;

use super::minutes::{self, Fact, Minutes, Table};
use super::spoken::Role;
use super::svg::{Svg, Words};
use super::{ExportError, Rendered, font, paint, picture, words};
use crate::domain::{Dossier, Lists, Node};
use crate::layout::colours;

/// Twigs further out stand no further in: the column has words to hold.
const DEEP: usize = 8;

/// The whole file.
pub fn render(dossier: &Dossier, lists: &Lists, paper: Paper) -> Result<Rendered, ExportError> {
    let minutes = Minutes::new(dossier, lists);
    let title = minutes.title();
    paint::pdf(&fill(&minutes, paper).finish(&title, picture::NOTE), &title)
}

/// The pages; where the font lacks characters, the last one names them.
fn fill(minutes: &Minutes<'_>, paper: Paper) -> Flow {
    let mut flow = Flow::new(paper);
    first::page(minutes, &mut flow);
    map::pages(minutes, &mut flow);
    issues(minutes, &mut flow);
    section(&mut flow, "行動計画", minutes.plan());
    regional(minutes, &mut flow);
    reflections(minutes, &mut flow);
    about(minutes, &mut flow);
    entries(minutes, &mut flow);
    missing(&mut flow);
    flow
}

/// Names what the font lacks, at the end of the pages.
fn missing(flow: &mut Flow) {
    let missing: BTreeSet<String> = flow.pages().flat_map(Svg::missing).collect();
    let (none, others): (Vec<&String>, Vec<&String>) =
        missing.iter().partition(|letter| font::drawable(letter).0.contains(font::GETA));
    let none = none.into_iter().map(|letter| font::code(letter)).collect::<Vec<_>>().join("、");
    let others =
        others.into_iter().map(|letter| format!("{} {}", font::drawable(letter).0, font::code(letter)));
    let others = others.collect::<Vec<_>>().join("、");
    let said =
        [("〓 は、この資料の字体にない文字です", none), ("異体字は、ふつうの形で出しています", others)];
    for (words, letters) in said.into_iter().filter(|(_, letters)| !letters.is_empty()) {
        flow.space(1.0);
        flow.paragraph(Words::new(flow.paper.text, colours::QUIET), 0.0, &format!("{words}（{letters}）。"));
    }
}

fn about(minutes: &Minutes<'_>, flow: &mut Flow) {
    flow.keep(14.0);
    flow.apart();
    flow.fewest_pages([1, 2], |flow, columns| {
        flow.side_by_side(columns, |flow| {
            flow.in_one_piece(|flow| {
                flow.heading("会議と事例");
                facts(flow, minutes.head().into_iter().chain(minutes.case_handed_out()));
            });
            section(flow, "参加者", minutes.attendance_unnamed());
            section(flow, "かかった時間", minutes.time());
        });
    });
}

/// Lines that begin with what they say.
fn facts(flow: &mut Flow, facts: impl IntoIterator<Item = Fact>) {
    let size = flow.paper.text;
    let fact = |(name, value): Fact| (1, Words::new(size, colours::TEXT), format!("{name}：{value}"));
    flow.list(size, &facts.into_iter().map(fact).collect::<Vec<_>>());
}

fn issues(minutes: &Minutes<'_>, flow: &mut Flow) {
    let issues = minutes.issues();
    if issues.rows.is_empty() {
        return;
    }
    section(flow, "課題", issues);
    if let Some(passed_over) = minutes.passed_over() {
        flow.paragraph(Words::new(flow.paper.text, colours::QUIET), 0.0, &passed_over);
    }
    chain(minutes, flow);
}

/// The causal chart, what follows from it, and the links in words.
fn chain(minutes: &Minutes<'_>, flow: &mut Flow) {
    let links = minutes::links(minutes.dossier);
    if links.is_empty() {
        return;
    }
    let size = flow.paper.text;
    let strong = Words::new(size * 1.1, colours::ORANGE).bold();
    let scale = size / picture::FONT;
    let most = flow.most() - size * 8.0;
    let chart = picture::chart(minutes.dossier, &minutes.causes, (flow.width() / scale, most / scale));
    let chart = chart.map(|chart| (scale.min(flow.width() / chart.w).min(most / chart.h), chart));
    let chart = chart.filter(|(scale, _)| scale * picture::FONT >= picture::READABLE);
    let omitted = chart.is_none() && minutes.causes.root().is_some();
    // The root stands over the chart, on the same page.
    if let Some((scale, chart)) = &chart
        && chart.h * scale + size * 8.0 > flow.left()
    {
        flow.new_page();
    }
    flow.heading("課題のつながり（原因 → 結果）");
    if let Some(root) = minutes::root_line(minutes.dossier, &minutes.causes) {
        flow.paragraph(strong, 0.0, &root);
        flow.space(0.6);
    }
    if let Some((scale, chart)) = chart {
        let (x, y) = flow.take(chart.h * scale + size);
        let heard = "因果の図。線の一つ一つは、この下に文になっています。".to_owned();
        flow.part(Role::Figure(heard), |flow| flow.draw().put(&chart.shapes, x, y, scale));
        let quiet = Words::new(size, colours::QUIET);
        flow.paragraph(quiet, 0.0, picture::chart_signs(&minutes.causes));
        flow.space(0.6);
    }
    if omitted {
        let said = "課題が多いので、図はありません。つながりは、この下の文にあります。";
        flow.paragraph(Words::new(size, colours::QUIET), 0.0, said);
        flow.space(0.6);
    }
    let words = Words::new(size, colours::TEXT);
    for line in minutes::circles(minutes.dossier, &minutes.causes).iter().chain(&links) {
        flow.paragraph(words, 0.0, line);
    }
}

/// Each regional issue as a sentence, with what else is said of it in lines that begin with what they say.
fn regional(minutes: &Minutes<'_>, flow: &mut Flow) {
    let issues = minutes.regional();
    if issues.is_empty() {
        return;
    }
    let size = flow.paper.text;
    flow.keep(18.0);
    flow.heading("地域課題");
    for (i, (statement, about)) in issues.into_iter().enumerate() {
        flow.keep(10.0);
        flow.in_one_piece(|flow| {
            flow.space(0.5);
            let number = words::regional_number(i);
            flow.subheading(Words::new(size * 1.1, colours::TEXT), &format!("{number}　{statement}"));
            facts(flow, about.clone());
        });
    }
}

/// What people took home, question by question.
fn reflections(minutes: &Minutes<'_>, flow: &mut Flow) {
    let reflections = minutes.reflections();
    if reflections.is_empty() {
        return;
    }
    let size = flow.paper.text;
    flow.keep(14.0);
    flow.heading("振り返り");
    for (question, answers) in reflections {
        flow.keep(9.0);
        flow.space(0.4);
        flow.subheading(Words::new(size * 1.1, colours::TEXT), &question);
        let answer = |(words, by): (String, String)| {
            (1, Words::new(size, colours::TEXT), format!("・{words}（{by}）"))
        };
        flow.list(size, &answers.into_iter().map(answer).collect::<Vec<_>>());
    }
}

fn section(flow: &mut Flow, title: &str, rows: Table) {
    if rows.rows.is_empty() {
        return;
    }
    let Table { header, rows } = rows.folded();
    let put = |flow: &mut Flow| {
        flow.heading(title);
        table::table(flow, &header, &rows)
    };
    flow.in_one_piece(|flow| {
        // A heading stands over its first row, or both go to the next page.
        let mut tried = flow.clone();
        if put(&mut tried) == flow.place() {
            *flow = tried;
        } else {
            flow.next();
            put(flow);
        }
    });
}

/// Every word of the map in columns, with who said it and how.
fn entries(minutes: &Minutes<'_>, flow: &mut Flow) {
    if minutes.dossier.nodes.is_empty() {
        return;
    }
    // On a page of its own, unless one is saved where it goes on below.
    flow.fewest_pages([true, false], |flow, anew| {
        flow.whole_width(anew);
        flow.keep(14.0);
        flow.heading("すべての枝");
        flow.side_by_side(3, |flow| twigs(minutes, flow));
    });
}

fn twigs(minutes: &Minutes<'_>, flow: &mut Flow) {
    let size = flow.paper.text * 0.9;
    for (index, branch) in minutes.dossier.meeting.branches.iter().enumerate() {
        let entries = minutes.branch(index);
        if entries.is_empty() {
            continue;
        }
        flow.keep(9.0);
        flow.space(0.5);
        let title = Words::new(size * 1.15, colours::branch(index));
        flow.subheading(title, &words::clean(&branch.title));
        let entry = |(depth, node): (usize, &Node)| {
            (depth.min(DEEP) + 1, Words::new(size, colours::TEXT), minutes.twig(node))
        };
        flow.list(size * 0.9, &entries.into_iter().map(entry).collect::<Vec<_>>());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;
    use crate::export::spoken::Sheets;

    fn sheets(dossier: &Dossier, paper: Paper) -> Sheets {
        let lists = crate::format::lists(None).unwrap();
        let minutes = Minutes::new(dossier, &lists);
        fill(&minutes, paper).finish("題", picture::NOTE)
    }

    /// The beginning of a role, for a table of what there is.
    fn name(role: &Role) -> String {
        match role {
            Role::Heading(level, words) => format!("{level} {words}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn 読みあげソフトは見出しと表と絵を聞き分ける() {
        let dossier = sample::case_a().unwrap();
        let sheets = sheets(&dossier, Paper::A4);
        paint::for_readers(&sheets, "題").unwrap();
        let all: Vec<String> = sheets.parts.iter().map(|(_, role, _)| name(role)).collect();
        for heading in [
            "1 【見本】第2回 山の町 見える事例検討会",
            "2 これからすること",
            "2 マップ",
            "2 課題",
            "2 振り返り",
            "3 生活",
        ] {
            assert!(all.iter().any(|part| part == heading), "{heading}");
        }
        let count = |what: &str| all.iter().filter(|part| part.starts_with(what)).count();
        assert_eq!([count("Figure(\"マップの絵"), count("Figure(\"因果の図")], [1, 1]);
        // Each row has a cell for each column, empty or not.
        let rows = sheets.parts.iter().filter(|(_, role, _)| matches!(role, Role::Head | Role::Row));
        let cells = |row| sheets.parts.iter().filter(|(_, _, within)| *within == Some(row)).count();
        let mut tables = std::collections::BTreeMap::<_, Vec<usize>>::new();
        rows.for_each(|(row, _, table)| tables.entry(table).or_default().push(cells(row)));
        assert!(tables.len() >= 4 && tables.values().all(|rows| rows.iter().all(|row| *row == rows[0])));
    }

    /// Words with their place.
    pub(super) type Placed = (f32, f32, String);

    pub(super) fn placed_on(page: &crate::export::spoken::Sheet) -> Vec<Placed> {
        let svg: String = page.pieces.iter().map(|(_, drawing)| drawing.svg.as_str()).collect();
        let text = |text: &str| {
            let (head, words) = text.split_once('>')?;
            let number = |name: &str| head.split_once(name)?.1.split('"').next()?.parse::<f32>().ok();
            let plain = || Some((number(" x=\"")?, number(" y=\"")?));
            // What is drawn narrower is moved to its place.
            let moved = || {
                let (x, y) = head.split_once("translate(")?.1.split_once(')')?.0.split_once(' ')?;
                Some((x.parse().ok()?, y.parse().ok()?))
            };
            let (x, y) = moved().or_else(plain)?;
            Some((x, y, words.split('<').next()?.to_owned()))
        };
        svg.split("<text").skip(1).filter_map(text).collect()
    }

    #[test]
    fn 見出しは前の行から離れている() {
        for answers in 0..24 {
            let mut dossier = sample::case_a().unwrap();
            let first = dossier.reflections.values().next().unwrap().clone();
            let mut mint = crate::layout::sample::stamp(5).ids();
            dossier.reflections.clear();
            for _ in 0..answers {
                let answer = crate::domain::Reflection { id: mint.id(), ..first.clone() };
                dossier.reflections.insert(answer.id, answer);
            }
            let size = Paper::A4.text;
            for page in sheets(&dossier, Paper::A4).pages.iter().map(placed_on) {
                let top = page.iter().map(|(_, y, _)| *y).fold(f32::MAX, f32::min);
                for title in ["会議と事例", "参加者", "かかった時間", "振り返り", "すべての枝"]
                {
                    let headings = page.iter().filter(|(_, y, text)| text == title && *y > top + size);
                    for (x, y, _) in headings {
                        let above = page.iter().filter(|(left, above, _)| {
                            *above < y - 1.0 && (x - 2.0 * size..x + 20.0 * size).contains(left)
                        });
                        let gap = above.map(|(_, above, _)| y - above).fold(f32::MAX, f32::min);
                        assert!(gap >= 2.8 * size, "{answers} answers, {title}: {gap}");
                    }
                }
            }
        }
    }

    #[test]
    fn 図のない因果は図がないと言う() {
        use crate::layout::sample::{Map, stamp};
        for (issues, drawn) in [(3, true), (12, true), (60, false), (160, false)] {
            let twigs: String = (0..issues).map(|i| format!("  !{i}の困りごと\n")).collect();
            let mut dossier = Map::new(&format!("村\n{twigs}")).dossier;
            let (ids, mut mint) = (dossier.nodes.keys().copied().collect::<Vec<_>>(), stamp(6).ids());
            for to in 1..issues {
                let (from, to, at) = (ids[to / 7], ids[to], stamp(0).at);
                let (id, meeting) = (mint.id(), dossier.meeting.id);
                let link = crate::domain::Link { id, meeting, from, to, label: String::new(), at };
                dossier.links.insert(id, link);
            }
            let sheets = sheets(&dossier, Paper::A4);
            let is = |name: &str| sheets.parts.iter().any(|(_, role, _)| format!("{role:?}").contains(name));
            let said = words(&sheets).concat().contains("課題が多いので、図はありません。");
            assert_eq!((is("因果の図"), said), (drawn, !drawn), "{issues}");
        }
    }

    /// The words on each page.
    fn words(sheets: &Sheets) -> Vec<String> {
        let page = |page: &crate::export::spoken::Sheet| {
            let svg = page.pieces.iter().map(|(_, drawing)| drawing.svg.as_str()).collect::<String>();
            svg.split("<text")
                .skip(1)
                .filter_map(|text| text.split(['>', '<']).nth(1))
                .map(|t| format!("{t}\n"))
                .collect()
        };
        sheets.pages.iter().map(page).collect()
    }

    #[test]
    fn 小さい会議の短い表と一覧は一つの紙にまとまる() {
        for twigs in [0, 8, 20, 50] {
            for people in [0, 3, 6, 14] {
                let mut dossier = sample::case_a().unwrap();
                let kept: BTreeSet<_> = dossier.nodes.keys().take(twigs).copied().collect();
                dossier.nodes.retain(|id, _| kept.contains(id));
                dossier.links.retain(|_, link| kept.contains(&link.from) && kept.contains(&link.to));
                dossier.participants = dossier.participants.into_iter().take(people).collect();
                let pages = words(&sheets(&dossier, Paper::A4));
                let page = |word: &str| {
                    let at = pages.iter().rposition(|page| page.lines().any(|line| line.starts_with(word)));
                    at.unwrap_or_else(|| panic!("{twigs} {people} {word}"))
                };
                // From its heading to its last line.
                for (first, last) in
                    [("かかった時間", "合計"), ("会議と事例", "同意："), ("振り返り", "整理できたか")]
                {
                    assert_eq!(page(first), page(last), "{twigs} twigs, {people} people: {first}");
                }
                for (i, page) in pages.iter().enumerate() {
                    assert!(page.lines().count() > 8, "{twigs} twigs, {people} people: page {i} has {page}");
                }
            }
        }
    }

    #[test]
    fn 空の会議も長い会議も一枚めは一枚で終わる() {
        let mut dossier = sample::case_a().unwrap();
        let first = |dossier: &Dossier| {
            let sheets = sheets(dossier, Paper::A4);
            let second = sheets
                .pages
                .get(1)
                .map(|page| page.pieces.iter().map(|(_, d)| d.svg.as_str()).collect::<String>());
            (sheets.pages.len(), second.unwrap_or_default())
        };
        let long = "集落ごとに見守りのしかたが違い、だれに伝えればよいか分からないまま冬をむかえる人がいる。"
            .repeat(30);
        for issue in dossier.regional.values_mut() {
            issue.statement.clone_from(&long);
        }
        for action in dossier.actions.values_mut() {
            action.what.clone_from(&long);
        }
        dossier.meeting.title = "谷あいの町の秋の会".repeat(20);
        if let Some(case) = &mut dossier.case {
            case.consultation.clone_from(&long);
        }
        for node in dossier.nodes.values_mut() {
            node.text.insert_str(0, &long[..long.len() / 10]);
        }
        assert!(first(&dossier).1.contains("マップ"));
        dossier.regional.clear();
        dossier.actions.clear();
        assert!(first(&dossier).1.contains("マップ"));
        dossier.nodes.clear();
        dossier.links.clear();
        dossier.evidence.clear();
        // Without a map the rest follows at once, the question that was asked over a page of its own.
        let (pages, second) = first(&dossier);
        assert!(pages >= 2 && second.contains("振り返り"), "{pages}");
    }
}
