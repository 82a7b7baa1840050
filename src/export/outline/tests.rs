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
