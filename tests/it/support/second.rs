//! A second meeting, made by a generator that is always the same: another town, other professions, a child instead of an old
//! person, other lengths and another mix of steps. Nobody in it is real.

use jirei::domain::Kind;

use super::counted::{Heard, Raised, STEPS, Said, Who};

/// Who sits at the table, and who presents.
const PEOPLE: [[&str; 2]; 18] = [
    ["相談支援専門員", "しおかぜ相談支援事業所"],
    ["保健師", "北浜町役場"],
    ["社会福祉士", "北浜町児童家庭センター"],
    ["助産師", "みなと助産院"],
    ["養護教諭", "北浜小学校"],
    ["スクールソーシャルワーカー", "県東部教育事務所"],
    ["医師", "灯台こどもクリニック"],
    ["歯科衛生士", "磯辺歯科"],
    ["作業療法士", "うみべ発達支援センター"],
    ["言語聴覚士", "県立療育園"],
    ["管理栄養士", "給食共同調理場"],
    ["民生委員", "漁港地区民生委員協議会"],
    ["訪問看護師", "かもめ訪問看護"],
    ["児童指導員", "放課後デイなぎさ"],
    ["警察官", "北浜駐在所"],
    ["公認心理師", "灯台こどもクリニック"],
    ["行政職員", "北浜町教育委員会"],
    ["学生", "県立看護大学"],
];
const PRESENTER: Who = 0;

const BRANCHES: [&str; 8] =
    ["本人・思い", "生活", "健康・医療", "家族", "経済", "地域・つながり", "住まい", "サービス・制度"];

/// What is spoken of: no two begin alike, as on a real map most do not.
const ABOUT: &str = "朝の支度 夜ふかし 給食 漢字の宿題 九九 図工 体育着 忘れ物 上ばき 送り迎え 登校班 放課後 学童 兄との喧嘩 妹の世話 祖父の漁 祖母の目 母の夜勤 父の出張 食卓 おやつ 野菜 偏食 歯みがき 虫歯 視力 耳の聞こえ ことば 発音 音への敏感さ 着替え 靴ひも 鉛筆 姿勢 鉄棒 水泳 自転車 海 釣り 昆虫 恐竜 将棋 動画 ゲーム 約束 お金 小遣い 家賃 手当 車の維持 仕事の掛けもち 借り上げ住宅 隣の部屋 雨もり 冷房 机 寝床 押し入れ 段差 坂道 バス停 防波堤 公民館 祭り 子ども会 見守り隊 駄菓子屋 商店街 図書室 先生 担任 支援員 校長 友だち 転校 いじめ 泣く日 笑う日 怒り 不安 自信 将来 船乗り 夢 手帳 診断 検査 薬 通院 待ち時間 紹介状 療育 受給者証 計画 会議 連絡帳 電話 メール 記録 引きつぎ 夏休み 冬休み 中学校";

const FACTS: [&str; 9] = [
    "が続いている",
    "は週に三日",
    "のことで呼び出された",
    "をいやがる",
    "は一人でする",
    "が変わった",
    "を兄が手伝う",
    "は去年から",
    "が途切れがち",
];
const FEELINGS: [&str; 4] = ["をほめられたい", "がこわい", "を知られたくない", "が好き"];
const STRENGTHS: [&str; 4] = ["なら最後までやる", "をよく覚えている", "に気づける", "を人に教えられる"];
const QUESTIONS: [&str; 4] = ["はどうしている", "を決めるのはだれ", "はいつからか", "で困ることは"];
const ISSUES: [&str; 5] = [
    "のことを分けあえていない",
    "に手が足りない",
    "の見通しがない",
    "を家だけで抱えている",
    "が学校に伝わらない",
];
const IDEAS: [&str; 5] =
    ["を一緒に見に行く", "の表をつくる", "を月一回たずねる", "の窓口を一つにする", "を学校と試す"];

/// Numbers that only look like dice: the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// The meeting while it is made up.
struct Plot {
    dice: Dice,
    said: Vec<Said>,
    who: Who,
}

impl Plot {
    fn says(&mut self, step: usize, who: Who, branch: &str, on: Option<usize>, kind: Kind) -> usize {
        let about: Vec<&str> = ABOUT.split(' ').collect();
        let ends: &[&str] = match kind {
            Kind::Fact => &FACTS,
            Kind::Feeling => &FEELINGS,
            Kind::Strength => &STRENGTHS,
            Kind::Unknown => &QUESTIONS,
            Kind::Issue => &ISSUES,
            Kind::Idea => &IDEAS,
        };
        let words = loop {
            let words = format!("{}{}", self.dice.one(&about), self.dice.one(ends));
            // What is spoken of comes up once; a few things twice.
            let topic = |said: &Said| said.words.chars().take(2).eq(words.chars().take(2));
            let again = self.said.iter().filter(|said| topic(said)).count();
            if again == 0 || again == 1 && self.said.len() >= 90 {
                break words;
            }
        };
        self.who = who;
        self.said.push(Said { step: STEPS[step], who, branch: branch.to_owned(), on, kind, words });
        self.said.len() - 1
    }

    fn under(&mut self, step: usize, who: Who, on: usize, kind: Kind) -> usize {
        let branch = self.said[on].branch.clone();
        self.says(step, who, &branch, Some(on), kind)
    }

    fn somebody(&mut self) -> Who {
        self.dice.below(PEOPLE.len())
    }

    /// Anything said so far of some kinds.
    fn any(&mut self, kinds: &[Kind]) -> usize {
        let all: Vec<usize> = (0..self.said.len()).filter(|i| kinds.contains(&self.said[*i].kind)).collect();
        *self.dice.one(&all)
    }

    /// The presenter tells branch by branch, and now and then somebody adds to it.
    fn interview(&mut self) {
        for branch in BRANCHES {
            let mut top = None;
            for _ in 0..6 {
                let who = if self.dice.percent(82) { PRESENTER } else { self.somebody() };
                let kinds = [Kind::Fact, Kind::Fact, Kind::Fact, Kind::Feeling, Kind::Strength];
                let kind = *self.dice.one(&kinds);
                top = match top.filter(|_| self.dice.percent(55)) {
                    Some(on) => {
                        self.under(1, who, on, kind);
                        self.dice.percent(60).then_some(on)
                    }
                    None => Some(self.says(1, who, branch, None, kind)),
                };
            }
        }
    }

    /// Everybody asks in turn; the presenter answers, and sometimes others do.
    fn questions(&mut self, all: usize) {
        while self.said.len() < all {
            let asks = self.somebody();
            let on = self.any(&[Kind::Fact, Kind::Feeling]);
            let question = self.under(2, asks, on, Kind::Unknown);
            let answers = if self.dice.percent(75) { PRESENTER } else { self.somebody() };
            self.under(2, answers, question, Kind::Fact);
            if self.dice.percent(30) {
                let kind = *self.dice.one(&[Kind::Strength, Kind::Feeling]);
                self.under(2, answers, question, kind);
            }
        }
    }

    fn spread(&mut self, step: usize, all: usize, on: &[Kind], kind: Kind, stays: usize) {
        while self.said.len() < all {
            let who = if self.dice.percent(stays) { self.who } else { self.somebody() };
            let on = self.any(on);
            self.under(step, who, on, kind);
        }
    }
}

/// The whole of it: 170 entries for the map.
pub fn heard() -> Heard {
    let mut plot = Plot { dice: Dice(20_261_128), said: Vec::new(), who: PRESENTER };
    plot.says(0, 1, BRANCHES[0], None, Kind::Unknown);
    plot.says(0, PRESENTER, BRANCHES[0], None, Kind::Fact);
    plot.says(0, PRESENTER, BRANCHES[3], None, Kind::Fact);
    plot.interview();
    plot.questions(98);
    let facts = [Kind::Fact, Kind::Unknown, Kind::Feeling];
    plot.spread(3, 116, &facts, Kind::Issue, 15);
    plot.spread(4, 150, &[Kind::Issue, Kind::Issue, Kind::Strength], Kind::Idea, 30);
    plot.spread(5, 154, &facts, Kind::Fact, 0);
    let raised = plot.said.len();
    plot.spread(6, 162, &facts, Kind::Issue, 20);
    plot.spread(7, 170, &[Kind::Strength, Kind::Idea], Kind::Feeling, 30);
    let Plot { mut dice, said, .. } = plot;
    let issues: Vec<usize> = (0..raised).filter(|i| said[*i].kind == Kind::Issue).collect();
    // Mostly chains: this brings about that, and that the next.
    let chains = issues.chunks(5).flat_map(|chain| chain.windows(2).map(|pair| (pair[0], pair[1])));
    let why = ["気づいても言えない", "一人では続かない", "3か月待つ", "たのみ先がない", "話す時間がない"];
    let links = chains.map(|(from, to)| (from, to, (*dice.one(&why)).to_owned())).collect();
    let until = ["来週中", "次回まで", "7月10日", "夏休みまで", "未定", "お盆まで"];
    let check = ["連絡帳で確かめる", "次の会で話す", "学校に聞く"];
    let plan = (0..14).map(|_| [(*dice.one(&until)).to_owned(), (*dice.one(&check)).to_owned()]).collect();
    let raise = |from: usize| Raised {
        from,
        statement: format!("{}子どもと家族が、町のどこに相談すればよいか分からない", &said[from].words),
        scene: "日常の療養支援".to_owned(),
        measure: "窓口の一覧を学校と保育所に置く".to_owned(),
        responsible: "北浜町こども課".to_owned(),
    };
    let new = (raised..162).filter(|i| said[*i].kind == Kind::Issue).step_by(2);
    let raised = new.map(raise).collect();
    let closing = (0..24).map(|i: usize| {
        (
            i * 3 / 4 % PEOPLE.len(),
            i % 7 % 4 + 1,
            format!("{}ことを、明日また思い出します。", FEELINGS[i % 4].trim_start_matches('を')),
        )
    });
    Heard {
        people: PEOPLE.map(|person| person.map(str::to_owned)).to_vec(),
        presenter: PRESENTER,
        closing: closing.collect(),
        links,
        plan,
        raised,
        said,
    }
}
