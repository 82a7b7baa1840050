//! Labelled examples: what must be found, and what must be left alone.

use super::*;

fn facilities() -> Vec<String> {
    vec!["みどり苑".into(), "ひまわりデイサービスセンター".into(), "日野病院".into()]
}

/// What must be found, with exactly these words.
const FOUND: &[(Looks, &str, &str)] = &[
    (Looks::Name, "山田さんが来た", "山田さん"),
    (Looks::Name, "隣の佐藤さんに頼む", "佐藤さん"),
    (Looks::Name, "林さんの畑", "林さん"),
    (Looks::Name, "長谷川様より", "長谷川様"),
    (Looks::Name, "鈴木氏宅を訪問", "鈴木氏"),
    (Looks::Name, "山ノ内さん", "山ノ内さん"),
    (Looks::Name, "佐々木さん", "佐々木さん"),
    (Looks::Name, "土屋さんへ電話", "土屋さん"),
    (Looks::Name, "薬剤師山田さん", "山田さん"),
    (Looks::Name, "担当の田中さん", "田中さん"),
    (Looks::Name, "民生委員小林さん", "小林さん"),
    (Looks::Name, "金子さんと話す", "金子さん"),
    (Looks::Name, "花子さんの希望", "花子さん"),
    (Looks::Name, "スミスさん", "スミスさん"),
    (Looks::Name, "ヤマダさんの家", "ヤマダさん"),
    (Looks::Name, "となりのたなかさん", "たなかさん"),
    (Looks::Name, "高橋さままで", "高橋さま"),
    (Looks::Name, "なお渡辺さんは欠席", "渡辺さん"),
    (Looks::Name, "𠮷田さんの話", "𠮷田さん"),
    (Looks::Name, "健一さんは漁師", "健一さん"),
    (Looks::Name, "本多さんと町内会", "本多さん"),
    (Looks::Phone, "電話は0859-72-0331", "0859-72-0331"),
    (Looks::Phone, "０８５９－７２－０３３１へ", "０８５９－７２－０３３１"),
    (Looks::Phone, "090-1234-5678", "090-1234-5678"),
    (Looks::Phone, "09012345678に連絡", "09012345678"),
    (Looks::Phone, "(0859)72-0331", "(0859)72-0331"),
    (Looks::Phone, "0859（72）0331", "0859（72）0331"),
    (Looks::Phone, "03ー1234ー5678", "03ー1234ー5678"),
    (Looks::Phone, "電話番号：72-0331", "72-0331"),
    (Looks::Phone, "TEL 72-0331", "72-0331"),
    (Looks::Address, "根雨１丁目に住む", "根雨１丁目"),
    (Looks::Address, "三丁目の角", "三丁目"),
    (Looks::Address, "根雨101番地", "根雨101番地"),
    (Looks::Address, "大字黒坂に住む", "大字黒坂"),
    (Looks::Address, "根雨1-2-3の家", "根雨1-2-3"),
    (Looks::Address, "日野町根雨１０１－２", "日野町根雨１０１－２"),
    (Looks::Address, "本町3番5号", "本町3番5号"),
    (Looks::Address, "〒689-4503", "〒689-4503"),
    (Looks::BirthDate, "昭和12年3月4日生", "昭和12年3月4日生"),
    (Looks::BirthDate, "S12.3.4生まれ", "S12.3.4生まれ"),
    (Looks::BirthDate, "Ｓ１２．３．４生", "Ｓ１２．３．４生"),
    (Looks::BirthDate, "1937年3月4日生まれの方", "1937年3月4日生まれ"),
    (Looks::BirthDate, "昭和12年生まれ", "昭和12年生まれ"),
    (Looks::BirthDate, "生年月日：昭和12年3月4日", "生年月日：昭和12年3月4日"),
    (Looks::BirthDate, "生年月日は1937/3/4", "生年月日は1937/3/4"),
    (Looks::BirthDate, "誕生日は3月4日", "誕生日は3月4日"),
    (Looks::Mail, "yamada@example.jp へ送る", "yamada@example.jp"),
    (Looks::Mail, "ｙａｍａｄａ＠ｅｘａｍｐｌｅ．ｊｐ", "ｙａｍａｄａ＠ｅｘａｍｐｌｅ．ｊｐ"),
    (Looks::Facility, "みどり苑に入所", "みどり苑"),
    (Looks::Facility, "ﾋﾏﾜﾘﾃﾞｲｻｰﾋﾞｽｾﾝﾀｰに通う", "ﾋﾏﾜﾘﾃﾞｲｻｰﾋﾞｽｾﾝﾀｰ"),
    (Looks::Facility, "日野 病院へ搬送", "日野 病院"),
];

/// What must be left alone.
const LEFT: &[&str] = &[
    "長男さんは県外",
    "次女さんと三男さん",
    "皆さんで考える",
    "みなさんお集まりください",
    "お父さん、お母さん",
    "じいさんを見送った",
    "ご主人さんが亡くなった",
    "ご主人様の介護",
    "患者さんの思い",
    "奥さんと娘さん",
    "お孫さんが来る",
    "お嫁さんの負担",
    "医師さんと薬剤師さん",
    "看護師さんに相談",
    "理学療法士さん",
    "ケアマネさんとヘルパーさん",
    "ケアマネジャーさんから",
    "民生委員さんの見守り",
    "利用者さん、入居者様",
    "お客さんが多い",
    "お客様窓口",
    "同級生さん",
    "魚屋さんと八百屋さん",
    "社協さんに頼む",
    "役場さんと包括さん",
    "病院さんからの連絡",
    "薬局さん",
    "所長さんと会長さん",
    "義母さんの介護",
    "夫さんと妻さん",
    "息子さん夫婦",
    "デイさんの送迎",
    "コンビニさん",
    "たくさんの薬",
    "様子を見る",
    "この様式で書く",
    "神様と仏様",
    "同様の事例",
    "多様な働き方",
    "皆様のご意見",
    "氏名は書かない",
    "彼氏ができた",
    "Aさんの場合",
    "毎日さんぽに出る",
    "ご家族様の同意",
    "ご近所さんとの行き来",
    "消防さんに聞く",
    "大工さんだった",
    "担当さんへ",
    "血圧120-80",
    "血糖は70-180の間",
    "週2-3回",
    "2026-05-21に開催",
    "内服1-1-1",
    "朝昼夕2-1-1",
    "令和8-6-18",
    "HbA1c 9.1％",
    "1日5回の服薬",
    "市区町村2-3か所",
    "町内10-20件",
    "大字で書いたカード",
    "番地は聞かない",
    "生年月日は書かない",
    "昭和生まれの世代",
    "誕生日を祝う",
    "昭和50年から住む",
    "年金は月9万円",
    "要介護1、世帯2人",
    "110番と119番",
    "1番に頼る3人",
    "隣家まで坂を200m",
    "3年生と5年生",
    "12月4日生活保護の申請",
    "00000",
    "病院に入院",
    "日野の病院",
    "@薬 残薬が多い",
    "築60年の持ち家",
    "0.5-1.5mg",
    "前回同様に進める",
    "課題はさまざま、課題さまざま",
    "多種多様な職種",
    "老健さんと訪看さん",
    "国保さん",
    "先方様の都合",
];

#[test]
fn 個人が分かる言葉を見つける() {
    let watch = PersonalWords::new(&facilities());
    let mut wrong = Vec::new();
    for (kind, text, words) in FOUND {
        let found: Vec<(Looks, String)> = watch.look(text).into_iter().map(|f| (f.kind, f.words)).collect();
        if found != [(*kind, (*words).to_owned())] {
            wrong.push(format!("{text}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn 個人が分からない言葉では鳴らない() {
    let watch = PersonalWords::new(&facilities());
    let wrong: Vec<String> = LEFT
        .iter()
        .flat_map(|text| watch.look(text).into_iter().map(move |f| format!("{text}: {f:?}")))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn 会議の発言では鳴らない() {
    let watch = PersonalWords::new(&facilities());
    let spoken = include_str!("../../tests/data/spoken.tsv");
    assert_eq!(spoken.lines().count(), 140);
    let wrong: Vec<String> = spoken.lines().flat_map(|line| watch.look(line)).map(|f| f.words).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn 一つの文から順に見つける() {
    let text = "山田さん（昭和12年3月4日生、根雨1丁目、0859-72-0331）はみどり苑に";
    let found = PersonalWords::new(&facilities()).look(text);
    let kinds: Vec<Looks> = found.iter().map(|f| f.kind).collect();
    assert_eq!(kinds, [Looks::Name, Looks::BirthDate, Looks::Address, Looks::Phone, Looks::Facility]);
    assert!(found.iter().all(|f| text[f.start..f.end] == f.words));
    // What is said on the wall does not say it again.
    assert_eq!(warning(&found).unwrap(), "氏名のように見えることばがあります（ほか 4件）");
    assert_eq!(warning(&found[4..]).unwrap(), "登録した施設名があります");
    assert_eq!(PersonalWords::new(&facilities()).unnamed("山田さんはみどり苑に"), "○○は○○に");
}

proptest::proptest! {
    #[test]
    fn どんな文でも範囲は文字の境にある(text in "([0-9０-９ー－()@.年月日生丁目番地号大字〒さん様氏山田お町]|\\PC){0,24}") {
        let watch = PersonalWords::new(&facilities());
        let mut end = 0;
        for finding in watch.look(&text) {
            proptest::prop_assert!(finding.start >= end && finding.start < finding.end);
            proptest::prop_assert_eq!(&text[finding.start..finding.end], finding.words.as_str());
            end = finding.end;
        }
    }
}
