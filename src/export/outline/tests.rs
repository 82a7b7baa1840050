//! Outlines of this and other programs, out and back.

use super::*;
use crate::export::sample;

fn shape(text: &str) -> Vec<(usize, String)> {
    read(text).unwrap().lines.into_iter().map(|line| (line.depth, line.text)).collect()
}

fn expected(lines: &[(usize, &str)]) -> Vec<(usize, String)> {
    lines.iter().map(|(depth, text)| (*depth, (*text).to_owned())).collect()
}

#[test]
fn 字下げの書き方が違っても同じ木になる() {
    let tree = expected(&[(0, "独居"), (1, "生活"), (2, "食事"), (3, "菓子パン"), (1, "家族"), (2, "長男")]);
    for text in [
        "独居\n\t生活\n\t\t食事\n\t\t\t菓子パン\n\t家族\n\t\t長男\n",
        "独居\r\n  生活\r\n    食事\r\n      菓子パン\r\n  家族\r\n    長男",
        "\u{feff}独居\n　生活\n　　食事\n　　　菓子パン\n\n　家族\n　　長男",
        "# 独居\n\n## 生活\n- 食事\n  - 菓子パン\n\n## 家族\n- 長男\n",
        "独居\n- 生活\n  * 食事\n    1. 菓子パン\n- 家族\n  + 長男\n",
        "- 独居\n   1. 生活\n      1. 食事\n         - 菓子パン\n   2. 家族\n      1. 長男\n",
    ] {
        assert_eq!(shape(text), tree, "{text}");
    }
}

#[test]
fn 深さが飛んでも戻っても行は失われない() {
    let tree = expected(&[(0, "一"), (1, "二"), (1, "三"), (0, "四")]);
    assert_eq!(shape("\t一\n\t\t\t\t二\n\t\t\t三\n四"), tree);
    // A dash in the words of a plain outline is part of the words.
    assert_eq!(shape("- 5度\n体温"), expected(&[(0, "- 5度"), (0, "体温")]));
}

#[test]
fn 空の文字は断る() {
    assert_eq!(read(" \n\t\r\n\u{7}"), Err(ReadError::Empty));
}

#[test]
fn 深い字下げでも止まらない() {
    let text: String = (0..3000).map(|depth| format!("{}枝\n", "\t".repeat(depth))).collect();
    assert_eq!(read(&text).unwrap().lines[2999].depth, 2999);
}

fn taken(text: &str) -> Dossier {
    let sample = sample::case_a().unwrap();
    let mut meeting = sample.meeting.clone();
    meeting.title.clear();
    let at = sample.progress.started_at.unwrap();
    let mut mint = crate::domain::Now { at, seed: 1 }.ids();
    dossier(&read(text).unwrap(), &sample.meeting.branches, meeting, &mut mint, at)
}

#[test]
fn 書き出したマップは同じ枝と種類で戻る() {
    let sample = sample::case_a().unwrap();
    let text = render(&sample);
    assert!(
        text.starts_with(
            "事例 2026-03 80代後半・女性・独居\n\t本人\n\t\t？ 入院をくり返さない暮らし方は？\n"
        )
    );
    let back = taken(&text);
    let seen = |dossier: &Dossier| -> Vec<(Kind, String, String)> {
        let nodes = Tree::new(dossier).depth_first();
        nodes
            .iter()
            .map(|id| &dossier.nodes[id])
            .map(|n| (n.kind, n.branch.clone(), n.text.clone()))
            .collect()
    };
    assert_eq!(seen(&back), seen(&sample));
    assert_eq!(back.meeting.branches, sample.meeting.branches);
    assert_eq!(back.meeting.title, "事例 2026-03 80代後半・女性・独居");
    assert_eq!(render(&back).lines().skip(1).collect::<Vec<_>>(), text.lines().skip(1).collect::<Vec<_>>());
}

#[test]
fn 知らない枝は増やし知っている枝は合わせる() {
    let back = taken("医療\n\t【課題】残薬\n趣味\n\t★ 畑\n\t\t芋\n");
    assert_eq!(back.meeting.branches.len(), 9);
    assert_eq!(back.meeting.branches[8], Branch { title: "趣味".into(), side: Side::Left });
    let nodes: Vec<_> = back.nodes.values().collect();
    assert_eq!((nodes[0].branch.as_str(), nodes[0].kind, nodes[0].number), ("健康・医療", Kind::Issue, 1));
    assert_eq!((nodes[2].parent, nodes[2].branch.as_str()), (Some(nodes[1].id), "趣味"));
    assert_eq!(back.meeting.title, "");
}

fn entries(text: &str) -> Vec<(Kind, String)> {
    read(text).unwrap().lines.into_iter().skip(2).map(|line| (line.kind, line.text)).collect()
}

#[test]
fn しるしは空白がなくても打ち方のしるしでも種類になる() {
    let expected = [
        (Kind::Strength, "畑の手入れが上手"),
        (Kind::Strength, "孫が毎晩電話する"),
        (Kind::Feeling, "港の見える家にいたい"),
        (Kind::Feeling, "船に乗りたい"),
        (Kind::Unknown, "だれが通帳を持つか"),
        (Kind::Issue, "桟橋まで歩けない"),
        (Kind::Idea, "漁協の車に同乗する"),
        (Kind::Idea, "買物を頼む"),
        (Kind::Fact, "要支援2"),
    ];
    let expected = expected.map(|(kind, text)| (kind, text.to_owned()));
    let typed = [
        "★畑の手入れが上手",
        "+孫が毎晩電話する",
        "♥港の見える家にいたい",
        "＊船に乗りたい",
        "？だれが通帳を持つか",
        "！ 桟橋まで歩けない",
        "→　漁協の車に同乗する",
        ">買物を頼む",
        "要支援2",
    ];
    let plain: String = typed.iter().map(|line| format!("\t\t{line}\n")).collect();
    assert_eq!(entries(&format!("島の暮らし\n\t生活\n{plain}")), expected);
    let listed: String = typed.iter().map(|line| format!("    - {line}\n")).collect();
    assert_eq!(entries(&format!("# 島の暮らし\n- 生活\n{listed}")), expected);
}

#[test]
fn しるしに見えても種類でないことばはそのまま残る() {
    for (line, text) in [
        ("* 独居", "* 独居"),
        ("+ 長男", "+ 長男"),
        ("++3キロ太った", "+3キロ太った"),
        ("？？と首をかしげる", "？と首をかしげる"),
        ("★★印の薬", "★印の薬"),
        ("？", "？"),
        ("★", "★"),
        ("5>3", "5>3"),
        ("-5度", "-5度"),
    ] {
        assert_eq!(entries(&format!("島\n\t生活\n\t\t{line}\n")), [(Kind::Fact, text.to_owned())], "{line}");
    }
    // What a meeting or a branch is called has no kind.
    let back = taken("★の会\n\t！まちの困りごと\n\t\t坂が多い\n");
    assert_eq!(
        (back.meeting.title.as_str(), back.meeting.branches[8].title.as_str()),
        ("★の会", "！まちの困りごと")
    );
}

proptest::proptest! {
    #[test]
    fn どんなことばの枝も種類ごと戻る(
        kind in proptest::sample::select(Kind::ALL.to_vec()),
        text in "[!?+*>！？＋＊＞★♥→ 　【】課題畑1-]{0,3}(【課題】)?[ぁ-んa-z]{1,3}",
    ) {
        let mut dossier = sample::case_a().unwrap();
        dossier.nodes.retain(|_, node| node.parent.is_none() && node.branch == dossier.meeting.branches[0].title);
        let id = *dossier.nodes.keys().next().unwrap();
        dossier.nodes.retain(|key, _| *key == id);
        let node = dossier.nodes.get_mut(&id).unwrap();
        let text = one_line(&text);
        (node.kind, node.text) = (kind, text.clone());
        let back = taken(&render(&dossier));
        let node = back.nodes.values().next().unwrap();
        proptest::prop_assert_eq!((node.kind, node.text.as_str()), (kind, text.as_str()));
    }
}
