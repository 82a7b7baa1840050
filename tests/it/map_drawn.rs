//! Pictures of the map, to be looked at, and what must hold in all of them.

use std::collections::BTreeSet;

use jirei::domain::map::Place;
use jirei::domain::text::shown;
use jirei::domain::{Branch, Dossier, Id, Kind, Meeting, Moment, Node, Now, Side, Tree};
use jirei::layout::labels::{Issues, MapLabels};
use jirei::layout::map::{Ghost, Layout};
use jirei::layout::measure::{Ambiguous, measure_for};
use jirei::layout::measure::{grapheme_width, graphemes};
use jirei::layout::shape::{Area, What};
use jirei::layout::signs::Signs;
use jirei::layout::wall::{Focus, Input, Wall};
use jirei::layout::words::Words;
use jirei::ui::draw::Look;
use jirei::ui::entry;
use jirei::ui::meeting::map::draw::{Linked, Map, Planned, Sight};
use jirei::ui::theme::{Meaning, Palette, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::widgets::Widget;

use super::support::outline::grow;

/// The map of screen sketch A.
const SMALL: &str = "
<本人
  *この家で最期まで
  *迷惑はかけたくない
    ?だれへの迷惑？
  +婦人会の元会長
<生活
  !菓子パン中心
  買物は移動販売
  鍋をこがした跡
<住まい
<地域
  寄り合いに行けない
医療
  2型糖尿病20年
    HbA1c 9％台
  軽度の認知症
    +昔は鮮明
  1年で入院3回
  !飲めていない
家族
  長男は県外
    月1回の電話
  夫を看取った
経済
制度
  要介護1
    >週1回の訪問看護";

const LARGE: &str = "
<本人
  ?入院をくり返さない暮らし方は？
  80代後半・女性
  +婦人会の元会長
    +こんにゃく作りの名人
      +今も芋の世話をする
        +手は覚えている
  *この家で最期まで
  *迷惑はかけたくない
    ?だれへの迷惑？
      長男と先生に遠慮
  +家計簿と日記の習慣
    日記に空白が増えた
<生活
  ?一日の過ごし方は？
    朝4時に起きて畑へ
      !食事が菓子パン中心
  買物は移動販売
    菓子パンを買いだめ
      >火を使わない朝ごはん
  鍋をこがした跡
    *失敗を知られたくない
  +トイレ・着替えは自立
  +デイでは世話役
    昼食は完食
  !飲み忘れ・飲み間違い
<住まい
<地域・つながり
  集落は7世帯
    隣家まで坂を200m
  月1回の寄り合い
    この半年は欠席
健康・医療
  1年で入院3回
    高血糖2回・低血糖1回
      病棟では飲めていたので退院の書類に「自立」と記載
    退院後2か月で悪化
    !入退院のくり返し
  2型糖尿病20年
    HbA1cは9％台
    !高血糖と低血糖の反復
  軽度の認知症
    +昔の話は鮮明
  薬が9種類
    !1日5回の複雑な服薬
    残薬が袋に2つ
      血糖の薬だけ残る
        ?選んで残している？
  2か所から処方
    通院は月1回
    病院の変更は後で知る
    !2か所の処方が未調整
  !怖さが主治医に届かない
  >週1回の飲み薬も検討
家族
  夫は6年前に他界
    +夫を自宅で看取った
  長男は遠方の都市部
    +毎晩7時に電話
      「薬飲んだ？」で始まる
    *次は施設と考える
      本人には未説明
経済
  ?暮らし向きは？
    年金は月9万円ほど
      葬式代は残してある
  +通帳は自分で管理
    暗証番号を2回まちがえた
サービス・制度
  要介護1
  担当者も行きづまり
  !飲まない理由をチームで共有できていない";

/// A map from an outline; `<` stands before the branches on the left.
fn dossier(outline: &str) -> Dossier {
    let at = Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap();
    let mut mint = Now { at, seed: 1 }.ids();
    let titles = outline.lines().filter(|l| !l.is_empty() && !l.starts_with(' '));
    let branch = |line: &str| match line.strip_prefix('<') {
        Some(title) => Branch { title: title.to_owned(), side: Side::Left },
        None => Branch { title: line.to_owned(), side: Side::Right },
    };
    let meeting = Meeting { branches: titles.map(branch).collect(), ..Meeting::new(mint.id()) };
    let (id, mut dossier) = (meeting.id, Dossier::new(meeting, None));
    grow(&mut dossier, &outline.replace('<', ""), |raw| {
        let parsed = entry::parse(raw, entry::Signs::MAP);
        let (kind, words) = (parsed.kind.unwrap_or(Kind::Fact), raw[parsed.text_start..].trim());
        Node { kind, ..Node::new(mint.id(), id, words, at) }
    });
    dossier
}

/// The twig with these words.
fn twig(dossier: &Dossier, words: &str) -> Id<Node> {
    dossier.nodes.values().find(|node| node.text == words).unwrap().id
}

struct Scene<'a> {
    map: &'a Dossier,
    size: (u16, u16),
    selected: What,
    ghost: Option<Ghost>,
    folded: BTreeSet<Id<Node>>,
    look: Look,
    nothing: BTreeSet<Id<Node>>,
    linked: Linked,
    planned: Planned,
}

impl<'a> Scene<'a> {
    fn new(map: &'a Dossier, size: (u16, u16)) -> Self {
        Self {
            map,
            size,
            selected: What::Centre,
            ghost: None,
            folded: BTreeSet::new(),
            look: Look { theme: Theme::default(), signs: Signs::unicode() },
            nothing: BTreeSet::new(),
            linked: Linked::default(),
            planned: Planned::default(),
        }
    }

    fn lay_out(&self) -> Layout {
        let input = Input {
            dossier: self.map,
            tree: &Tree::new(self.map),
            centre: &["80代後半".to_owned(), "独居".to_owned()],
            folded: &self.folded,
            folded_branches: &BTreeSet::new(),
            only_branch: None,
            signs: self.look.signs,
            ghost: self.ghost.as_ref(),
            room: (self.size.0.into(), self.size.1.into()),
            focus: Focus {
                selected: self.selected,
                visited: &[],
                hits: &self.nothing,
                marked: None,
                roots: &[],
                only: None,
                still: false,
            },
        };
        Wall::default().lay_out(&input, &mut Words::default())
    }

    fn sight(&self, scroll: (i32, i32), selected: Option<What>) -> Sight<'_> {
        let Self { look, linked, planned, .. } = self;
        Sight {
            look,
            dossier: self.map,
            scroll,
            selected,
            hits: &self.nothing,
            marked: None,
            linked,
            planned,
            ghost: self.ghost.as_ref(),
            only: None,
        }
    }

    fn draw(&self) -> Buffer {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        let layout = self.lay_out();
        let paint = |frame: &mut ratatui::Frame<'_>| {
            let area = frame.area();
            // As people come to it: first the centre, then what is selected, then what is typed.
            let mut seen = Area { x: -9999, y: -9999, w: area.width.into(), h: area.height.into() };
            for what in [What::Centre, self.selected, What::Ghost] {
                (seen.x, seen.y) = layout.follow(seen, what, 2);
            }
            let sight = self.sight((seen.x, seen.y), Some(self.selected));
            frame.render_widget(Map { layout: &layout, sight }, area);
        };
        terminal.draw(paint).unwrap();
        terminal.backend().buffer().clone()
    }
}

/// The words of a frame as they are seen, without the cells that wide characters cover.
fn picture(buffer: &Buffer) -> String {
    let rows = buffer.content.chunks(buffer.area.width.into()).map(|row| {
        let (mut line, mut covered) = (String::new(), 0);
        for cell in row {
            if covered == 0 {
                line.push_str(cell.symbol());
                covered = cell.cell_width();
            }
            covered = covered.saturating_sub(1);
        }
        line.trim_end().to_owned() + "\n"
    });
    rows.collect()
}

const SIZES: [(u16, u16); 3] = [(80, 18), (120, 34), (160, 39)];

#[test]
fn 小さな地図を三つの大きさで() {
    let map = dossier(SMALL);
    for size in SIZES {
        let mut scene = Scene::new(&map, size);
        scene.selected = What::Node(twig(&map, "飲めていない"));
        let place = Place::After(twig(&map, "飲めていない"));
        scene.ghost = Some(Ghost::new(place, Kind::Unknown, 0, "残った薬が袋に3か月分"));
        insta::assert_snapshot!(format!("small_{}", size.0), picture(&scene.draw()));
    }
}

#[test]
fn 大きな地図を三つの大きさで() {
    let map = dossier(LARGE);
    for size in SIZES {
        let mut scene = Scene::new(&map, size);
        scene.selected = What::Node(twig(&map, "薬が9種類"));
        scene.folded = [twig(&map, "長男は遠方の都市部")].into();
        insta::assert_snapshot!(format!("large_{}", size.0), picture(&scene.draw()));
    }
}

#[test]
fn 記号を全角で描く端末で() {
    measure_for(Ambiguous::Wide);
    let map = dossier(SMALL);
    let mut scene = Scene::new(&map, (100, 20));
    scene.look.signs = Signs::on(Ambiguous::Wide);
    insta::assert_snapshot!("wide_signs", picture(&scene.draw()));
}

/// Words with what is said of them, as they are read: row by row, without spaces and lines.
fn read(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace() && !"─┄-.".contains(*c)).collect()
}

#[test]
fn 文の行の間にしるしも数も入らない() {
    let long = "灯台のそばの畑までは毎朝一人で歩いて行くと話している";
    let twigs = |branch: usize| -> String {
        let twig = |(i, sign): (usize, &str)| {
            let (words, more) = (
                &long[..3 * (8 + (5 * i + branch) % 18)],
                "    舟を出す\n      *冬もつづける\n".repeat(i % 3),
            );
            format!("  {sign}{words}{i}\n{more}")
        };
        ["!", "?", "+", "*", ">", ""].into_iter().cycle().take(12).enumerate().map(twig).collect()
    };
    let titles = ["<本人", "<島の暮らし", "家族", "お金"];
    for branches in 2..=4 {
        let outline: String = titles
            .iter()
            .enumerate()
            .take(branches)
            .map(|(i, title)| format!("{title}\n{}", twigs(i)))
            .collect();
        let map = dossier(&outline);
        for (size, terminal) in SIZES
            .into_iter()
            .chain([(200, 60)])
            .flat_map(|size| [(size, Ambiguous::Narrow), (size, Ambiguous::Wide)])
        {
            measure_for(terminal);
            let mut scene = Scene::new(&map, size);
            scene.look.signs = Signs::on(terminal);
            let (layout, signs) = (scene.lay_out(), scene.look.signs);
            let issues = if layout.stacked { Issues::Numbered } else { Issues::Labelled };
            let labels = MapLabels { signs, issues, part: false };
            let Area { x, y, w, h } = layout.bounds;
            let mut buffer = Buffer::empty(Rect::new(0, 0, w as u16, h as u16));
            Map { layout: &layout, sight: scene.sight((x, y), None) }.render(buffer.area, &mut buffer);
            for placed in &layout.boxes {
                let What::Node(id) = placed.what else { continue };
                let (node, area) = (&map.nodes[&id], placed.area);
                let mut seen = Buffer::empty(Rect::new(0, 0, area.w as u16, area.h as u16));
                for at in seen.area.positions() {
                    seen[at] = buffer[((area.x - x) as u16 + at.x, (area.y - y) as u16 + at.y)].clone();
                }
                let (words, sign) = (placed.lines.concat(), labels.sign(node, placed.side));
                let (label, said) = (labels.label(node), placed.hidden.said(signs));
                // The line reaches the words, but for a free cell.
                let (before, right) = (placed.room.before as u16, area.w as u16);
                let gaps = (1..before)
                    .filter(|cell| placed.side == Side::Left && seen[(right - cell, 0)].symbol() == " ");
                assert!(area.h == 1 || gaps.count() == 0, "{size:?}\n{}", picture(&seen));
                let expected = match placed.side {
                    Side::Right => format!("{sign}{words}{label}{said}"),
                    Side::Left => format!("{said}{label}{words}{sign}"),
                };
                assert_eq!(read(&picture(&seen)), read(&expected), "{size:?}\n{}", picture(&buffer));
            }
        }
    }
}

#[test]
fn どこで切れても全角の文字は割れない() {
    let map = dossier(LARGE);
    let scene = Scene::new(&map, (40, 10));
    let layout = scene.lay_out();
    for step in 0..120 {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 46, 14));
        let area = Rect::new(3, 2, 40, 10);
        let sight = scene.sight((layout.bounds.x - 20 + step, layout.bounds.y - 5 + step / 3), None);
        Map { layout: &layout, sight }.render(area, &mut buffer);
        for (i, cell) in buffer.content.iter().enumerate() {
            let (x, y) = buffer.pos_of(i);
            if !area.contains((x, y).into()) {
                assert_eq!(cell.symbol(), " ", "drawn outside at {x},{y}");
            }
            for half in x + 1..x + cell.cell_width().max(1) {
                assert!(half < area.right() && buffer[(half, y)].symbol() == " ", "cut at {x},{y}");
            }
        }
    }
}

#[test]
fn 選んだ枝は反転し課題には札がつく() {
    let map = dossier(SMALL);
    let mut scene = Scene::new(&map, (120, 30));
    scene.selected = What::Node(twig(&map, "要介護1"));
    let buffer = scene.draw();
    let find = |words: &str| {
        let at = buffer.content.windows(2).position(|cells| cells[0].symbol() == words).unwrap();
        buffer.content[at].style()
    };
    let is = |style: Style, meaning| {
        let expected = scene.look.theme.style(meaning);
        assert_eq!(
            (style.fg, style.bg),
            (expected.fg, expected.bg.or(Some(ground(&scene.look.theme)))),
            "{meaning:?}"
        );
    };
    is(find("要"), Meaning::Selected);
    is(find("【"), Meaning::IssueLabel);
    is(find("♥"), Meaning::Kind(Kind::Feeling));
    is(find("独"), Meaning::Centre);
    is(find("軽"), Meaning::Text);
    is(find("→"), Meaning::Kind(Kind::Idea));
}

fn ground(theme: &Theme) -> Color {
    theme.style(Meaning::Text).bg.unwrap()
}

#[test]
fn 色のない端末でも選んだ枝がわかる() {
    let map = dossier(SMALL);
    let mut scene = Scene::new(&map, (120, 30));
    scene.look.theme.palette = Palette::Mono;
    scene.selected = What::Node(twig(&map, "要介護1"));
    let buffer = scene.draw();
    let cell = buffer.content.iter().find(|cell| cell.symbol() == "要").unwrap();
    assert!(cell.modifier.contains(Modifier::REVERSED));
}

#[test]
fn 外にあるものを数える() {
    let map = dossier(SMALL);
    let scene = Scene::new(&map, (80, 24));
    let layout = scene.lay_out();
    // A branch that has nothing yet wants to be seen, too.
    let all = layout.boxes.iter().filter(|b| matches!(b.what, What::Node(_) | What::Empty(_))).count();
    let Area { x, y, w, h } = layout.bounds;
    let says = |scroll, words: &str| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, w as u16, h as u16 + 1));
        Map { layout: &layout, sight: scene.sight(scroll, None) }.render(buffer.area, &mut buffer);
        assert_eq!(picture(&buffer).lines().last().unwrap().trim(), words);
    };
    says((x, y), "");
    says((x, y + h), &format!("上に {all} ▲"));
    says((x, y - h), &format!("下に {all} ▼"));
    says((x + w, y), &format!("◀ 左に {all}"));
    says((x - w, y), &format!("右に {all} ▶"));
}

#[test]
fn 幅の数え方は画面と同じ() {
    let words = [
        "ｶﾞ",
        "ﾊﾟ",
        "👨‍👩‍👧",
        "葛\u{e0100}",
        "か\u{3099}",
        "🇯🇵",
        "ﾎｰﾑﾍﾙﾊﾟｰ",
        "❤️",
        "1️⃣",
        "🏳️‍🌈",
        "①",
        "─",
        "㎢",
        "\u{f06c}",
        "क्षि",
    ];
    for (_, grapheme, width) in words.into_iter().flat_map(graphemes) {
        assert_eq!(width, usize::from(grapheme.cell_width()), "{grapheme}");
    }
    for c in ('\u{20}'..='\u{1ffff}').chain('\u{20000}'..='\u{20100}').filter(|c| !c.is_control()) {
        for grapheme in [c.to_string(), format!("{c}\u{200d}"), format!("{c}\u{fe0f}"), format!("{c}ﾞ")] {
            // What nobody sees is drawn as a sign.
            let drawn = shown(&grapheme);
            let cells: usize = graphemes(&drawn).map(|(_, drawn, _)| usize::from(drawn.cell_width())).sum();
            let cells = if drawn == grapheme { grapheme.cell_width().into() } else { cells };
            assert_eq!(grapheme_width(&grapheme), cells, "{c:?}");
        }
    }
}
