//! How long it takes to ready 100,000 regional issues for comparing, and to find those like what is being typed.

use divan::Bencher;
use jirei::domain::similar::Index;
use jirei::domain::{Id, Lists, RegionalIssue};
use uuid::Uuid;

fn main() {
    divan::main();
}

const ISSUES: &str = include_str!("../tests/similar/issues.tsv");
const PLACES: [&str; 12] =
    ["東部", "西部", "南部", "北部", "中央", "山間", "海沿い", "島", "駅前", "団地", "川上", "川下"];
const WHERE: [&str; 4] = ["地区", "圏域", "の集落", "の町内会"];
const WHOM: [&str; 8] = [
    "一人暮らしの人",
    "高齢の夫婦",
    "認知症のある人",
    "退院した人",
    "家族",
    "若い介護者",
    "通院する人",
    "施設の人",
];

/// Sentences of towns, each with a place and whom it is about, drawn with a fixed seed.
fn issues(many: usize) -> Vec<(Id<RegionalIssue>, String)> {
    let sentences: Vec<&str> = ISSUES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').nth(2))
        .collect();
    // Knuth's MMIX generator; its upper bits are the good ones.
    let mut state = 1u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    (0..many)
        .map(|i| {
            let (place, area, whom) = (PLACES[draw(12)], WHERE[draw(4)], WHOM[draw(8)]);
            let text = format!("{place}{area}の{whom}は{}", sentences[draw(sentences.len())]);
            (Id::from(Uuid::from_u128(i as u128 + 1)), text)
        })
        .collect()
}

fn lists() -> Lists {
    jirei::format::lists(None).unwrap_or_else(|problem| unreachable!("{problem}"))
}

fn index(many: usize) -> Index {
    let issues = issues(many);
    Index::of(&lists(), issues.iter().map(|(id, text)| (*id, text.as_str())))
}

#[divan::bench(args = [1_000, 100_000], sample_count = 10)]
fn ready(bencher: Bencher, many: usize) {
    let (lists, issues) = (lists(), issues(many));
    bencher.bench(|| Index::of(&lists, issues.iter().map(|(id, text)| (*id, text.as_str()))));
}

#[divan::bench(args = ["訪問診療をして", "訪問診療をしてくれる医師が少ない", "一人暮らしの人が救急搬送されても持病や飲んでいる薬が分からず、家族にも連絡がつかない"])]
fn find_among_100_000(bencher: Bencher, text: &str) {
    let index = index(100_000);
    bencher.bench(|| index.find(text, 3));
}

#[divan::bench]
fn put_among_100_000(bencher: Bencher) {
    let mut index = index(100_000);
    let id = Id::from(Uuid::from_u128(7));
    bencher.bench_local(|| index.put(id, "訪問診療をしてくれる医師が少ない"));
}
