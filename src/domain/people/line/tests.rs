//! Lines as people type them.

use super::*;
use crate::domain::people::tests::{id, lists};

fn fields(text: &str) -> [String; 4] {
    let draft = parse_line(text, &lists());
    [draft.profession, draft.organisation, draft.department, draft.name].map(Option::unwrap_or_default)
}

#[test]
fn 一行から職種と所属を読む() {
    for (line, expected) in [
        ("薬剤師 山の町薬局", ["薬剤師", "山の町薬局", "", ""]),
        ("薬剤師,山の町薬局", ["薬剤師", "山の町薬局", "", ""]),
        ("薬剤師\t山の町 薬局\t\t架空原 F", ["薬剤師", "山の町 薬局", "", "架空原 F"]),
        ("薬剤師、、、架空原", ["薬剤師", "", "", "架空原"]),
        ("山の町薬局 薬剤師", ["薬剤師", "山の町薬局", "", ""]),
        ("山の町薬局 在宅担当 薬剤師", ["薬剤師", "山の町薬局", "在宅担当", ""]),
        ("医師 役場", ["医師", "役場", "", ""]),
        ("P07、相談役、役場", ["相談役", "役場", "", ""]),
        ("大工", ["大工", "", "", ""]),
        ("", ["", "", "", ""]),
    ] {
        assert_eq!(fields(line), expected, "{line}");
    }
    assert!(parse_line(" 　", &lists()).is_empty());
}

#[test]
fn 三つ目のことばは見た目で部署か氏名になる() {
    for (line, expected) in [
        ("薬剤師 山の町薬局 架空原", ["薬剤師", "山の町薬局", "", "架空原"]),
        ("薬剤師、山の町薬局、架空原 F", ["薬剤師", "山の町薬局", "", "架空原 F"]),
        ("薬剤師 山の町薬局、架空原", ["薬剤師", "山の町薬局", "", "架空原"]),
        ("薬剤師 山の町薬局 在宅担当", ["薬剤師", "山の町薬局", "在宅担当", ""]),
        ("薬剤師　山の町薬局　在宅担当　架空原", ["薬剤師", "山の町薬局", "在宅担当", "架空原"]),
        ("薬剤師 山の町薬局 在宅担当 架空原 花子", ["薬剤師", "山の町薬局", "在宅担当", "架空原 花子"]),
        ("薬剤師 架空原 山の町薬局", ["薬剤師", "山の町薬局", "", "架空原"]),
        ("薬剤師 山の町薬局 阿部", ["薬剤師", "山の町薬局", "", "阿部"]),
        ("医師 山の町の診療所 仁科", ["医師", "山の町の診療所", "", "仁科"]),
        ("医師 内科 見本沢", ["医師", "", "内科", "見本沢"]),
        ("医師 見本沢先生", ["医師", "", "", "見本沢先生"]),
        ("役場 保健福祉課 健康づくり係 例ノ川", ["役場", "保健福祉課", "健康づくり係", "例ノ川"]),
        ("民生委員 奥地区", ["民生委員", "", "奥地区", ""]),
        ("山の町自治会 某ノ里", ["", "山の町自治会", "", "某ノ里"]),
        ("薬剤師、山の町、かがやき、架空原", ["薬剤師", "山の町", "かがやき", "架空原"]),
    ] {
        assert_eq!(fields(line), expected, "{line}");
    }
}

#[test]
fn かっこの中も読む() {
    for (line, expected) in [
        ("薬剤師 山の町薬局（在宅担当） 架空原", ["薬剤師", "山の町薬局", "在宅担当", "架空原"]),
        ("薬剤師 山の町薬局(駅前)架空原", ["薬剤師", "山の町薬局", "駅前", "架空原"]),
        ("薬剤師（架空原）", ["薬剤師（架空原）", "", "", ""]),
        ("架空原（薬剤師）", ["薬剤師", "", "", "架空原"]),
        ("架空原さん（山の町薬局） 薬剤師", ["薬剤師", "山の町薬局", "", "架空原さん"]),
        ("薬剤師 （株）山の町薬局", ["薬剤師", "（株）山の町薬局", "", ""]),
        ("薬剤師 山の町薬局（", ["薬剤師", "山の町薬局（", "", ""]),
    ] {
        assert_eq!(fields(line), expected, "{line}");
    }
}

#[test]
fn 符号と印はどこにあってもよい() {
    for line in [
        "P06 薬剤師 山の町薬局 関わりあり 初参加",
        "薬剤師 ｐ6 初 山の町薬局 関わり有り",
        "初参加、薬剤師、関わりあり、山の町薬局、Ｐ０６",
    ] {
        let draft = parse_line(line, &lists());
        assert_eq!(draft.code.as_deref(), Some("P06"), "{line}");
        assert_eq!((draft.involved, draft.first_time), (Some(true), Some(true)), "{line}");
        assert_eq!(draft.profession.as_deref(), Some("薬剤師"), "{line}");
        assert_eq!(draft.organisation.as_deref(), Some("山の町薬局"), "{line}");
    }
    let draft = parse_line("薬剤師 関わりなし 遅刻 途中まで", &lists());
    assert_eq!((draft.involved, draft.first_time, draft.code), (Some(false), None, None));
    assert!(draft.came_late && draft.left_early);
    // PT is a profession, not a code.
    assert_eq!(parse_line("PT 病院", &lists()).profession.as_deref(), Some("PT"));
}

#[test]
fn 知らない職種は確かでない() {
    for (line, sure) in [
        ("薬剤師 山の町薬局", true),
        ("ケアマネ", true),
        ("P20 大工", true),
        ("大工", false),
        ("残薬が多い", false),
        ("!残薬が多い", false),
        ("山の町自治会", false),
    ] {
        assert_eq!(parse_line(line, &lists()).is_sure(&lists()), sure, "{line}");
    }
}

#[test]
fn 書いた行は同じ人に読める() {
    let mut person = Participant::new(id(9), id(1), "P12");
    person.profession = "保健師".into();
    person.organisation = "山の町役場".into();
    person.name = "例ノ川B".into();
    person.involved = Some(false);
    person.first_time = Some(true);
    person.came_late = true;
    // Written as it would be typed, so that a word added behind it is read as it would be.
    let line = write_line(&person, &lists());
    assert_eq!(line, "P12 保健師 山の町役場 例ノ川B 関わりなし 初参加 途中から");
    let mut again = Participant::new(id(9), id(1), "");
    parse_line(&line, &lists()).write_to(&mut again);
    assert_eq!(again, person);
    person.organisation = "山の町 役場".into();
    assert_eq!(
        write_line(&person, &lists()),
        "P12、保健師、山の町 役場、、例ノ川B、関わりなし、初参加、途中から"
    );
}

proptest::proptest! {
    #[test]
    fn どんな人も行に書いて読み戻せる(
        fields in proptest::array::uniform4(
            "[ぁ-ん一-龠a-zA-Z 　・（）：／、，,\"『』「」]{0,8}|初|遅れ|司会|[pP]06|薬剤師|\"[ぁ-ん]、初\"",
        ),
        involved: Option<bool>,
        first_time: Option<bool>,
        came_late: bool,
        left_early: bool,
    ) {
        let [profession, organisation, department, name] = fields.map(|f| clean_line(&f));
        let person = Participant {
            profession, organisation, department, name, involved, first_time, came_late, left_early,
            ..Participant::new(id(9), id(1), "P12")
        };
        let mut again = Participant::new(id(9), id(1), "");
        parse_line(&write_line(&person, &lists()), &lists()).write_to(&mut again);
        proptest::prop_assert_eq!(again, person);
    }
}

#[test]
fn 四つのことばは職種_所属_部署_氏名の順() {
    for (line, expected) in [
        ("医師 みどりの丘 こころの外来 見本沢", ["医師", "みどりの丘", "こころの外来", "見本沢"]),
        ("保育士　たけのこ　ほし　試ノ森", ["保育士", "たけのこ", "ほし", "試ノ森"]),
        (
            "スクールカウンセラー 川の町中学校 相談 例ノ川",
            ["スクールカウンセラー", "川の町中学校", "相談", "例ノ川"],
        ),
        ("民生委員 ふもと 三丁目 某ノ里", ["民生委員", "ふもと", "三丁目", "某ノ里"]),
        ("P12 医師 みどりの丘 外来 見本沢 関わりあり", ["医師", "みどりの丘", "外来", "見本沢"]),
        // What looks like something else says so.
        ("保健師 川の町役場 福祉課 子ども係", ["保健師", "川の町役場", "福祉課 子ども係", ""]),
        ("川の町役場 福祉課 保健師 例ノ川", ["保健師", "川の町役場", "福祉課", "例ノ川"]),
        ("医師 見本沢先生 みどりの丘病院 外来", ["医師", "みどりの丘病院", "外来", "見本沢先生"]),
    ] {
        assert_eq!(fields(line), expected, "{line}");
    }
}

#[test]
fn 職種のうしろのかっこは資格で氏名ではない() {
    for (line, expected) in [
        (
            "介護支援専門員（ケアマネジャー） 山の町居宅",
            ["介護支援専門員（ケアマネジャー）", "山の町居宅", "", ""],
        ),
        ("ケアマネ（主任） 山の町居宅 試ノ森", ["ケアマネ（主任）", "山の町居宅", "", "試ノ森"]),
        ("医師 (精神科) みどりの丘病院", ["医師(精神科)", "みどりの丘病院", "", ""]),
        ("ケアマネ（社会福祉士）川の町居宅", ["ケアマネ（社会福祉士）", "川の町居宅", "", ""]),
        ("医師（副院長） みどりの丘病院 見本沢", ["医師（副院長）", "みどりの丘病院", "", "見本沢"]),
        // The list need not know it.
        ("児童指導員（保育士） あおぞら学園", ["児童指導員（保育士）", "あおぞら学園", "", ""]),
        ("医師（かかりつけ）（内科） 見本沢医院", ["医師（かかりつけ）（内科）", "見本沢医院", "", ""]),
        // A body, or what is marked as a name, stays what it is.
        ("医師（みどりの丘病院）", ["医師", "みどりの丘病院", "", ""]),
        ("家族（長女さん）", ["家族", "", "", "長女さん"]),
        // What stands in it belongs together.
        ("相談員（社会福祉士、保育士） 山の町役場", ["相談員（社会福祉士、保育士）", "山の町役場", "", ""]),
        ("薬剤師、山の町薬局（本店,支店）、架空原", ["薬剤師", "山の町薬局（本店,支店）", "", "架空原"]),
        ("通訳（ネパール語） 国際交流「ひろば」", ["通訳（ネパール語）", "国際交流「ひろば」", "", ""]),
        (
            "日本語教師（ボランティア） ことばの会 例ノ川",
            ["日本語教師（ボランティア）", "ことばの会", "", "例ノ川"],
        ),
    ] {
        assert_eq!(fields(line), expected, "{line}");
    }
}

#[test]
fn 頭の番号や点は職種ではない() {
    for mark in [
        "①", "⑳ ", "㉑　", "1. ", "１．", "2) ", "（3）", "(４) ", "・", "･ ", "- ", "・① ", "12 ", "3\t",
        "４、",
    ] {
        let line = format!("{mark}医師 みどりの丘病院");
        assert_eq!(fields(&line), ["医師", "みどりの丘病院", "", ""], "{line}");
    }
    for kept in ["○○薬局", "3年生の担任", "（株）山の町", "2.5"] {
        assert_eq!(without_mark(kept), kept);
    }
}

#[test]
fn 担任は職種として読む() {
    for (line, expected) in [
        ("山川中学校 担任 例ノ宅", ["担任", "山川中学校", "", "例ノ宅"]),
        ("例ノ宅 担任", ["担任", "", "", "例ノ宅"]),
        ("教諭 山川小学校 3年担任 例ノ宅", ["教諭", "山川小学校", "3年担任", "例ノ宅"]),
        ("ケアマネ（社会福祉士） 県教委", ["ケアマネ（社会福祉士）", "県教委", "", ""]),
    ] {
        assert_eq!(fields(line), expected, "{line}");
    }
}

#[test]
fn 引用符の中はそのまま読む() {
    for (line, expected) in [
        ("薬剤師,\"山の町薬局, 本店\",,架空原", ["薬剤師", "山の町薬局, 本店", "", "架空原"]),
        ("薬剤師、山の町薬局、在宅担当、\"初\"", ["薬剤師", "山の町薬局", "在宅担当", "初"]),
        ("医師,見本沢医院,, \"見本沢 \"\"先生\"\"\" ", ["医師", "見本沢医院", "", "見本沢 \"先生\""]),
        // A quote that is not closed is a letter.
        ("薬剤師,山の町薬局,,\"架空原", ["薬剤師", "山の町薬局", "", "\"架空原"]),
    ] {
        assert_eq!(fields(line), expected, "{line}");
    }
}

#[test]
fn 氏名の中の読点は残る() {
    for (line, expected) in [
        ("家族、、、長女、次女", ["家族", "", "", "長女、次女"]),
        ("医師,みどりの丘病院,外来,Mihon, Taro", ["医師", "みどりの丘病院", "外来", "Mihon, Taro"]),
        ("医師 みどりの丘病院 見本沢、例ノ川", ["医師", "みどりの丘病院", "", "見本沢、例ノ川"]),
        ("家族、関わりあり、、、長女、次女", ["家族", "", "", "長女、次女"]),
    ] {
        assert_eq!(fields(line), expected, "{line}");
    }
    let mut person = Participant::new(id(9), id(1), "P12");
    (person.profession, person.name) = ("医師".into(), "見本沢，例ノ川".into());
    let line = write_line(&person, &lists());
    let mut again = Participant::new(id(9), id(1), "");
    parse_line(&line, &lists()).write_to(&mut again);
    assert_eq!(again, person, "{line}");
}

#[test]
fn 学校や児童の所も所属と分かる() {
    for (line, expected) in [
        ("川の町小学校 養護教諭 例ノ川", ["養護教諭", "川の町小学校", "", "例ノ川"]),
        ("児童福祉司 川の町児童相談所 相談一課", ["児童福祉司", "川の町児童相談所", "相談一課", ""]),
        ("相談支援専門員 つばさ 某ノ里", ["相談支援専門員", "つばさ", "", "某ノ里"]),
        ("教諭 川の町中学校 2年1組", ["教諭", "川の町中学校", "2年1組", ""]),
        ("指導員 にじ放課後デイ", ["指導員", "にじ放課後デイ", "", ""]),
    ] {
        assert_eq!(fields(line), expected, "{line}");
    }
}

#[test]
fn 読点で並べた肩書きのあとは空白で分かれる() {
    for (line, expected) in [
        ("避難所運営委員、自治会長 川原公民館 加藤", ["避難所運営委員", "川原公民館", "自治会長", "加藤"]),
        ("薬剤師、管理者 山の町薬局 架空原", ["薬剤師", "山の町薬局", "管理者", "架空原"]),
        ("医師，院長，理事　見本沢医院", ["医師", "見本沢医院", "院長 理事", ""]),
        (
            "保護司、学校ボランティア、区長 浜の町公民館 某ノ里",
            ["保護司", "浜の町公民館", "学校ボランティア 区長", "某ノ里"],
        ),
        ("民生委員 自治会長 川原公民館 加藤", ["民生委員", "川原公民館", "自治会長", "加藤"]),
        ("自治会長、民生委員 加藤", ["民生委員", "", "自治会長", "加藤"]),
        // Where a field alone is such a word, commas part fields as before.
        ("民生委員、自治会長、川原公民館、加藤", ["民生委員", "自治会長", "川原公民館", "加藤"]),
        ("薬剤師、山の町 薬局、架空原", ["薬剤師", "山の町 薬局", "", "架空原"]),
        ("医師、みどりの丘 病院、院長 見本沢", ["医師", "みどりの丘 病院", "", "院長 見本沢"]),
    ] {
        assert_eq!(fields(line), expected, "{line}");
    }
}

#[test]
fn かぎかっこの中の読点や空白は人を分けない() {
    for (line, expected) in [
        ("『田中、一郎』 川原町内会", ["", "川原町内会", "", "田中、一郎"]),
        ("「見本沢 花」 浜の町漁業組合", ["", "浜の町漁業組合", "", "見本沢 花"]),
        ("川原町内会 “例ノ川，次郎”", ["", "川原町内会", "", "例ノ川，次郎"]),
        ("\"田中, 一郎\" 川原町内会", ["", "川原町内会", "", "田中, 一郎"]),
        ("薬剤師 「山の町薬局、本店」 架空原", ["薬剤師", "山の町薬局、本店", "", "架空原"]),
        ("医師、みどりの丘病院、『見本沢、例ノ川』", ["医師", "みどりの丘病院", "", "見本沢、例ノ川"]),
        ("民生委員 『某ノ里、試ノ森』、浜の町公民館", ["民生委員", "浜の町公民館", "", "某ノ里、試ノ森"]),
        // Quotes that hold nothing together belong to the words.
        ("代表 NPO法人「みどりの会」", ["代表", "NPO法人「みどりの会」", "", ""]),
        ("薬剤師 「山の町薬局、架空原", ["薬剤師", "「山の町薬局", "", "架空原"]),
    ] {
        assert_eq!(fields(line), expected, "{line}");
    }
}

#[test]
fn 年齢は氏名にならず年代だけ残る() {
    for (line, expected) in [
        ("薬剤師 山の町薬局 架空原 52歳", ["薬剤師", "山の町薬局", "50代", "架空原"]),
        ("薬剤師 山の町薬局 架空原52歳", ["薬剤師", "山の町薬局", "50代", "架空原"]),
        ("薬剤師 山の町薬局 架空原（５２才）関わりあり", ["薬剤師", "山の町薬局", "50代", "架空原"]),
        ("薬剤師、山の町薬局、在宅担当、架空原、52歳", ["薬剤師", "山の町薬局", "在宅担当 50代", "架空原"]),
        ("薬剤師、山の町薬局、架空原 50代", ["薬剤師", "山の町薬局", "50代", "架空原"]),
        ("家族（長女さん・41歳）", ["家族", "", "40代", "長女さん"]),
        // What is in quotes is taken as it is.
        ("\"薬剤師\"、\"山の町薬局\"、\"\"、\"架空原52歳\"", ["薬剤師", "山の町薬局", "", "架空原52歳"]),
        ("保育士 たけのこ 3歳児クラス 試ノ森", ["保育士", "たけのこ", "3歳児クラス", "試ノ森"]),
    ] {
        assert_eq!(fields(line), expected, "{line}");
    }
}

#[test]
fn 職種のかっこの中が人の名前らしければ分かる() {
    for (profession, name) in [
        ("通訳（グルン）", Some("グルン")),
        ("薬剤師（架空原）", Some("架空原")),
        ("医師（内科）", None),
        ("医師（副院長）", None),
        ("通訳（ネパール語）", None),
        ("理学療法士（PT）", None),
        ("介護支援専門員（ケアマネジャー）", None),
        ("ケアマネ（主任）", None),
        ("薬剤師", None),
        ("家族（長男）", None),
        ("親族（妻）", None),
    ] {
        assert_eq!(named_in_brackets(profession, &lists()), name, "{profession}");
    }
}
