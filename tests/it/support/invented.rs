//! Meetings that nobody held: one with a word in every field, one with hardly any, and one that runs over.

use chrono::NaiveDate;
use jirei::domain::*;

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

fn moment(minute: i64) -> Moment {
    "2026-01-20T18:00:00+09:00".parse::<Moment>().unwrap() + chrono::Duration::minutes(minute)
}

fn mint(seed: u64) -> IdSource {
    Now { at: moment(0), seed }.ids()
}

const BRANCHES: [&str; 6] = ["ご本人", "暮らし", "からだ", "親族", "船と仕事", "島の人びと"];

fn branches() -> Vec<Branch> {
    let side = |i: usize| if i.is_multiple_of(2) { Side::Left } else { Side::Right };
    BRANCHES.iter().enumerate().map(|(i, title)| Branch { title: (*title).into(), side: side(i) }).collect()
}

fn people(meeting: Id<Meeting>) -> Vec<Participant> {
    let rows = [
        ("M1", "磯野栞", "保健師", "沖の島診療所", "健康づくり係", Some(true), None, false, false),
        ("M2", "浜田渉", "船長", "定期船組合", "第三航路", None, Some(true), true, false),
        ("M3", "灘万里", "民生委員", "島の社協", "見守り班", Some(true), Some(false), false, true),
        ("M4", "", "薬剤師", "港町薬局", "在宅部", None, Some(true), true, true),
    ];
    let mut mint = mint(11);
    let person = |(code, name, profession, organisation, department, involved, first_time, late, early)| {
        let new: Participant = Participant::new(mint.id(), meeting, code);
        let [name, profession, organisation, department] =
            [name, profession, organisation, department].map(|words: &str| words.to_owned());
        Participant {
            name,
            profession,
            organisation,
            department,
            involved,
            first_time,
            came_late: late,
            left_early: early,
            ..new
        }
    };
    rows.map(person).into()
}

fn aside(fields: &[(&str, &str)]) -> Vec<Aside> {
    fields.iter().map(|(field, words)| Aside { field: (*field).into(), words: (*words).into() }).collect()
}

/// An empty meeting on the island, with its people.
fn island() -> Dossier {
    let mut mint = mint(1);
    let id = mint.id();
    let case = Case::new(mint.id(), "2025-41");
    let mut meeting = Meeting::new(id);
    meeting.case = Some(case.id);
    meeting.title = "第7回 沖の島をかこむ会".into();
    meeting.date = day("2026-01-20");
    meeting.branches = branches();
    let steps = Step::ALL.into_iter().zip([9, 21, 16, 15, 11, 9, 6, 4]);
    meeting.steps = steps
        .map(|(step, minutes)| StepPlan { step, title: format!("{}の部", step.label()), minutes })
        .collect();
    let mut dossier = Dossier::new(meeting, Some(case));
    dossier.progress.step = 7;
    dossier.progress.started_at = Some(moment(0));
    dossier.participants = people(id).into_iter().map(|person| (person.id, person)).collect();
    dossier
}

/// So many twigs of such words, each on a branch or on one before it; every third an issue, each linked to the one before.
fn grow(dossier: &mut Dossier, count: usize, words: impl Fn(usize) -> (String, String)) {
    let of = dossier.meeting.id;
    let speakers: Vec<_> = dossier.participants.keys().copied().collect();
    let (mut mint, mut number) = (mint(29), 0);
    let mut ids: Vec<Id<Node>> = Vec::new();
    let mut issues: Vec<Id<Node>> = Vec::new();
    for i in 0..count {
        let (text, said) = words(i);
        let kind = if i % 3 == 1 { Kind::Issue } else { Kind::ALL[i % 6] };
        number += u32::from(kind == Kind::Issue);
        let parent = (i % 5 > 1).then(|| ids[i - 1 - usize::from(i % 5 > 3)]);
        let branch = parent.map_or(BRANCHES[i / 5 % 6].to_owned(), |id| dossier.nodes[&id].branch.clone());
        let node = Node {
            branch,
            parent,
            rank: (i as i64) << 16,
            kind,
            said,
            speaker: Some(speakers[i % speakers.len()]),
            step: Step::ALL[i % 4 + 1],
            number: if kind == Kind::Issue { number } else { 0 },
            ..Node::new(mint.id(), of, text, moment(i as i64 / 3))
        };
        ids.push(node.id);
        if kind == Kind::Issue {
            issues.push(node.id);
        }
        dossier.nodes.insert(node.id, node);
    }
    for (i, pair) in issues.windows(2).enumerate().filter(|(i, _)| i % 4 < 3) {
        let label = format!("だから{}つめが起きる", i + 2);
        let link = Link { id: mint.id(), meeting: of, from: pair[0], to: pair[1], label, at: moment(70) };
        dossier.links.insert(link.id, link);
    }
}

/// Nothing but three words on one branch.
pub fn few() -> Dossier {
    let mut dossier = island();
    dossier.meeting.steps.clear();
    grow(&mut dossier, 3, |i| (["船が欠航する", "薬が届かない", "犬がいる"][i].into(), String::new()));
    dossier.nodes.values_mut().for_each(|node| (node.branch, node.parent) = ("暮らし".into(), None));
    dossier
}

/// A hundred and forty entries, each with what was said.
pub fn many() -> Dossier {
    let mut dossier = island();
    grow(&mut dossier, 140, |i| {
        (format!("しけの晩の困りごと{i}"), format!("{i}日めのしけの晩に灯りが消えました"))
    });
    dossier
}

/// Few entries, all of them long, and a branch that bears nearly everything.
pub fn long() -> Dossier {
    let mut dossier = island();
    let words = |i: usize| {
        let text =
            format!("{i}回めの欠航のあと、診療所へ渡れないまま薬が切れて、夜中に足がむくんで眠れなくなる");
        (
            text,
            format!("{i}回めの欠航が続いたころ、港の待合室で「もう島を出るしかない」とおっしゃっていました"),
        )
    };
    grow(&mut dossier, 60, words);
    let branch = |i: usize| BRANCHES[usize::from(i.is_multiple_of(20)) * 2].to_owned();
    for (i, node) in dossier.nodes.values_mut().enumerate() {
        node.branch = branch(i / 5 * 5);
    }
    dossier
}

/// A meeting in which nothing is left empty.
pub fn full() -> Dossier {
    let mut dossier = island();
    let mut mint = mint(5);
    head(&mut dossier);
    case(&mut dossier);
    map(&mut dossier);
    plan(&mut dossier, &mut mint);
    regional(&mut dossier, &mut mint);
    closing(&mut dossier, &mut mint);
    dossier
}

fn head(dossier: &mut Dossier) {
    let people: Vec<Id<Participant>> = dossier.participants.keys().copied().collect();
    let meeting = &mut dossier.meeting;
    meeting.venue = "港の集会所の二階".into();
    meeting.organiser = "沖の島包括".into();
    meeting.town = "沖の島町".into();
    meeting.format = "mieru".into();
    meeting.facilitators = [Some(people[0]), Some(people[2])];
    meeting.presenter = Some(people[1]);
    meeting.next_date = day("2026-03-16");
    meeting.checked.insert("戸じまり".into());
    meeting.note = "暖房が弱いのでひざ掛けを持ち寄る".into();
    meeting.aside = aside(&[
        ("date", "しけなら翌週"),
        ("facilitator_1", "前の会長も横に座る"),
        ("facilitator_2", "渡れない日は電話で"),
        ("presenter", "隣の船長も話す"),
        ("next_date", "彼岸の前に"),
    ]);
}

fn case(dossier: &mut Dossier) {
    let case = dossier.case.as_mut().unwrap();
    case.age = "七十代のなかば".into();
    case.sex = "男の方".into();
    case.gist = "灯台のそばで独り".into();
    case.triggers = vec!["受診が途切れた".into(), "近所が案じた".into()];
    case.trigger_note = "港で三日つづけて姿が見えなかった".into();
    case.consultation = "冬の間どこで暮らすのがよいか".into();
    case.consent = "書面で".into();
    case.consent_note = "甥御さんも同席して読みあげた".into();
    case.consent_date = day("2026-01-08");
    case.consent_by = "診療所の看護主任".into();
    case.aside = aside(&[("triggers", "灯台守の組合から"), ("consent_date", "雪で一日のびた")]);
}

fn map(dossier: &mut Dossier) {
    let people: Vec<Id<Participant>> = dossier.participants.keys().copied().collect();
    dossier.progress.spent = [540, 1500, 900, 960, 600, 540, 360, 300].to_vec();
    dossier.progress.ended_at = Some(moment(95));
    dossier.progress.asked.insert("暮らし：水くみは".into(), true);
    dossier.progress.passed = vec![people[3]];
    let texts = [
        "水くみが遠い",
        "欠航で薬が切れる",
        "甥が週末に来る",
        "灯台を離れたくない",
        "眠れない夜がある",
        "薬を船に託す",
    ];
    let said = [
        "井戸まで坂を二百段のぼっておられる",
        "しけが五日つづくと手もとの薬がなくなる",
        "土曜の便で甥御さんが魚を持って来られる",
        "父の代からの灯だからと笑っておられた",
        "足がつって明けがたまで起きているそうです",
        "船長に袋ごと預ける約束ならできる",
    ];
    grow(dossier, 6, |i| (texts[i].into(), said[i].into()));
}

fn plan(dossier: &mut Dossier, mint: &mut IdSource) {
    let of = dossier.meeting.id;
    let people: Vec<Id<Participant>> = dossier.participants.keys().copied().collect();
    let nodes: Vec<Id<Node>> = dossier.nodes.keys().copied().collect();
    let action = Action {
        issue: Some(nodes[1]),
        idea: Some(nodes[5]),
        what: "薬を二週ぶん多めに置く".into(),
        who: vec![people[3], people[1]],
        until: Until { words: "節分までに".into(), date: day("2026-02-03") },
        check: "船長が便のたびに数える".into(),
        priority: Some(Priority::ALL[0].into()),
        status: ActionStatus::Doing.into(),
        outcome: "一週ぶんは置けた".into(),
        settled: day("2026-02-01"),
        aside: aside(&[("issue", "膝の痛みも"), ("who", "港の若い衆")]),
        ..Action::new(mint.id(), of)
    };
    dossier.actions.insert(action.id, action);
    let said = Action {
        what: "井戸の坂に手すりを付ける".into(),
        priority: Some(Said::Words("雪どけを待って".into())),
        status: Said::Words("大工さん待ち".into()),
        rank: 1 << 16,
        ..Action::new(mint.id(), of)
    };
    dossier.actions.insert(said.id, said);
}

fn raised(of: Id<Meeting>, id: Id<RegionalIssue>) -> RegionalIssue {
    RegionalIssue {
        scenes: vec!["日々の療養".into(), "急な変化".into()],
        categories: vec![Category { letter: "ウ".into(), label: "切れ目のない島の支え".into() }],
        function: "資源を生みだす".into(),
        level: "島ぜんたい".into(),
        area: "沖と磯の二地区".into(),
        gap: "船に代わる足".into(),
        priority: Some(Priority::ALL[0].into()),
        priority_reason: "冬ごとに同じことが起こる".into(),
        measures: vec!["欠航の前に薬を配る".into(), "電話で診る日を決める".into()],
        responsible: "町の保健課".into(),
        due: Until { words: "次の冬までに".into(), date: day("2026-11-30") },
        status: "話し合いのさなか".into(),
        reflected: "計画へ".into(),
        reflected_reason: "離島の章に書ける".into(),
        evaluation: "夜の便は残る".into(),
        confirmed: true,
        aside: aside(&[
            ("scenes", "祭りの日"),
            ("categories", "港の係の仕事"),
            ("node", "先代の会のことば"),
            ("confirmed", "区長も読んだ"),
            ("reflected", "半分だけ"),
        ]),
        ..RegionalIssue::new(id, of, "海が荒れると薬の届かない島が冬ごとにある")
    }
}

fn regional(dossier: &mut Dossier, mint: &mut IdSource) {
    let of = dossier.meeting.id;
    let nodes: Vec<Id<Node>> = dossier.nodes.keys().copied().collect();
    let issue = raised(of, mint.id());
    let evidence = Evidence { id: mint.id(), issue: issue.id, meeting: of, node: Some(nodes[1]) };
    let step = Escalation {
        id: mint.id(),
        issue: issue.id,
        meeting: of,
        date: day("2026-02-22"),
        level: "県の離島会議".into(),
        decision: "持ち越し".into(),
        reason: "船の数を調べてから".into(),
        remaining: "冬のあいだの代役".into(),
    };
    dossier.evidence.insert(evidence.id, evidence);
    dossier.escalations.insert(step.id, step);
    dossier.regional.insert(issue.id, issue);
}

fn closing(dossier: &mut Dossier, mint: &mut IdSource) {
    let of = dossier.meeting.id;
    let people: Vec<Id<Participant>> = dossier.participants.keys().copied().collect();
    let reflections = [
        (Some(people[1]), "なにが見えたか", "船の時刻が暮らしを決めていると分かった"),
        (Some(people[3]), "なにが見えたか", "薬は袋より箱のほうが潮に強い"),
        (Some(people[2]), "あすから何をするか", "朝の灯りを窓から見るようにします"),
        (None, "", "もっと早く集まればよかった"),
    ];
    for (i, (speaker, question, text)) in reflections.into_iter().enumerate() {
        let (question, text, rank) = (question.to_owned(), text.to_owned(), (i as i64) << 16);
        let reflection = Reflection { id: mint.id(), meeting: of, speaker, question, text, rank };
        dossier.reflections.insert(reflection.id, reflection);
    }
}
