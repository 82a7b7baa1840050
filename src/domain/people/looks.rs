//! What the words of a line about a participant look like: how bodies, the parts of a house and professions end.

/// The words for yes and no; the first of each is written back.
pub(super) const INVOLVED: &[&str] = &["関わりあり", "関わり有り", "関わり有", "かかわりあり"];
pub(super) const NOT_INVOLVED: &[&str] = &["関わりなし", "関わり無し", "関わり無", "かかわりなし"];
pub(super) const FIRST_TIME: &[&str] = &["初参加", "初", "初めて"];
pub(super) const NOT_FIRST_TIME: &[&str] = &["参加経験あり", "経験あり", "２回目以降"];
pub(super) const LATE: &[&str] =
    &["途中から", "途中から参加", "途中参加", "遅参", "遅れて参加", "遅刻", "遅れ"];
pub(super) const EARLY: &[&str] = &["途中まで", "途中で退席", "途中退席", "途中退出", "中座", "早退"];

/// Said of those who are there: no part of a name.
pub(super) const PRESENT: &[&str] = &["出席", "参加", "会場参加", "来場", "○", "〇"];

/// Said of those who are not there, or otherwise.
pub(super) const NOTES: &[&str] = &[
    "欠席",
    "欠",
    "×",
    "不参加",
    "調整中",
    "オンライン",
    "オンライン参加",
    "Web",
    "Web参加",
    "Zoom",
    "リモート",
    "書面",
    "書面参加",
    "代理",
    "代理出席",
    "代理参加",
    "同行",
    "見学",
    "女性",
    "男性",
];

/// What those are called who lead a meeting, and who bring the case: the record has a seat for them.
pub(super) const LEADS: &[&str] =
    &["司会", "進行", "司会進行", "ファシリテーター", "ファシリテータ", "ファシリ", "座長"];
pub(super) const PRESENTS: &[&str] = &["事例提供", "事例提出", "事例発表", "事例報告", "報告者", "発表者"];

/// What else somebody does in the meeting, or is at work; first in a line, with nothing else that says so, it is what they are
/// called.
pub(super) const ROLES: &[&str] = &[
    "オブザーバー",
    "書記",
    "記録",
    "板書",
    "ホワイトボード",
    "タイムキーパー",
    "スーパーバイザー",
    "助言者",
    "事務局",
    "キーパーソン",
    "主介護者",
    "新任",
    "兼務",
    "非常勤",
    "常勤",
];

/// How such words go on: 記録係, 進行役.
pub(super) const PARTS: &[&str] = &["係", "役", "者", "担当", "担当者"];

/// How the names of bodies and houses end. Town names and 所 alone are not among them: people are called 木村 and 田所.
pub(super) const ORGANISATIONS: &[&str] = &[
    "薬局",
    "病院",
    "医院",
    "診療所",
    "クリニック",
    "歯科",
    "センター",
    "ステーション",
    "事業所",
    "事務所",
    "保健所",
    "相談所",
    "支援所",
    "療養所",
    "研究所",
    "役場",
    "役所",
    "県庁",
    "消防",
    "消防署",
    "警察署",
    "消防団",
    "会",
    "組合",
    "法人",
    "会社",
    "社協",
    "農協",
    "包括",
    "居宅",
    "ホーム",
    "施設",
    "サービス",
    "学校",
    "大学",
    "高校",
    "保育園",
    "保育所",
    "児相",
    "児童館",
    "学童",
    "クラブ",
    "学園",
    "乳児院",
    "作業所",
    "工房",
    "デイ",
    "デイケア",
    "観察所",
    "裁判所",
    "ハローワーク",
    "公民館",
    "支援拠点",
    "幼稚園",
    "こども園",
    "郵便局",
    "銀行",
    "神社",
    "商店",
    "工務店",
    "新聞店",
    "苑",
    "荘",
    "寮",
    "NPO",
    "NPO法人",
    "株式会社",
    "合同会社",
    "有限会社",
    "社会福祉法人",
    "医療法人",
    "グループホーム",
    "デイサービス",
    "公社",
    "駐在所",
    "交番",
    "警察",
    "消防本部",
    "町内会",
    "委員会",
    "協議会",
    "自治体",
    "牧場",
    "農場",
    "農園",
    "漁協",
    "教委",
];

/// How the parts of a house end.
pub(super) const DEPARTMENTS: &[&str] = &[
    "担当",
    "係",
    "課",
    "班",
    "病棟",
    "外来",
    "窓口",
    "学級",
    "学年",
    "組",
    "地区",
    "部門",
    "支所",
    "支店",
    "分室",
    "チーム",
    "グループ",
    "ユニット",
    "フロア",
    "連携室",
    "相談室",
    "支援室",
    "医事室",
    "看護部",
    "診療部",
    "薬剤部",
    "事業部",
    "支援部",
    "福祉部",
    "保健部",
    "健康部",
    "相談部",
    "総務部",
    "連携部",
    "介護部",
    "医療部",
    "栄養部",
    "検査部",
    "リハビリテーション部",
    "分団",
    "分署",
    "分会",
    "分校",
    "支部",
    "本部",
    "支社",
    "営業所",
    "出張所",
    "方面隊",
    "学部",
    "集落",
    "教室",
];

/// Rooms that are houses of their own where they have a name: ひかり相談室.
pub(super) const ROOMS: &[&str] = &["相談室", "支援室", "教室", "チーム", "グループ", "ユニット"];

/// How places end that are written in Chinese characters alone; of two letters people are called so, too: 中村, 大町.
pub(super) const PLACES: [char; 20] = [
    '市', '町', '村', '区', '県', '郡', '域', '街', '園', '荘', '苑', '館', '店', '校', '院', '局', '署',
    '庁', '社', '団',
];

/// How the names of towns and parts of the country end.
pub(super) const TOWNS: [char; 7] = ['府', '県', '市', '町', '村', '区', '郡'];

/// What stands before a profession without being a name: 行政保健師.
pub(super) const GENERIC: &[&str] = &[
    "行政",
    "専任",
    "担当",
    "在宅",
    "訪問",
    "地区",
    "産業",
    "管理",
    "常勤",
    "非常勤",
    "専門",
    "退院",
    "外来",
    "病棟",
    "統括",
    "副",
    "准",
    "正",
    "元",
    "前",
    "新人",
    "学校",
    "病院",
    "居宅",
    "施設",
    "地域",
    "総括",
    "主任",
    "若手",
    "新任",
    "兼任",
    "嘱託",
    "県",
    "市",
    "町",
    "村",
];

/// Names of people that end like bodies.
pub(super) const FAMILIES_IN_BODIES: &[&str] = &["渡会", "度会", "本荘", "新荘", "北荘", "大荘", "小荘"];

/// What bodies are before the name they have: 訪問看護かもめ.
pub(super) const KINDS_OF_BODIES: &[&str] = &[
    "訪問看護",
    "訪問介護",
    "訪問入浴",
    "通所介護",
    "小規模多機能",
    "介護老人保健施設",
    "特別養護老人ホーム",
    "老健",
    "特養",
    "看多機",
    "小多機",
];

/// Names of people that end like 内科.
pub(super) const FAMILIES_IN_KA: &[&str] = &["仁科", "保科"];

/// Names of people that end like towns, as far as two letters are enough for both.
pub(super) const FAMILIES_IN_TOWNS: &[&str] = &[
    "古市", "武市", "高市", "竹市", "倉市", "柳町", "長町", "谷町", "今市", "大市", "新市", "有市", "余市",
    "八市", "小市", "大町", "小町", "中町", "上町", "下町", "荒町", "田町", "室町", "横町", "原町", "本町",
    "奥町", "山県", "小県", "大県", "赤県", "別府", "国府", "大府", "甲府", "小郡", "中郡", "大郡", "大区",
    "中村", "奥村", "野村", "川村", "木村", "西村", "北村", "田村", "今村", "上村", "下村", "志村", "河村",
    "吉村", "松村", "岡村", "竹村", "沢村", "植村", "梅村", "杉村", "高村", "島村", "藤村", "三村", "山村",
    "大村", "有村", "仲村", "津村", "稲村", "磯村", "飯村", "市村", "岩村", "内村", "浦村", "江村", "尾村",
    "金村", "亀村", "桐村", "熊村", "桑村", "駒村", "塩村", "篠村", "城村", "鈴村", "関村", "瀬村", "滝村",
    "辻村", "鶴村", "寺村", "徳村", "外村", "戸村", "友村", "豊村", "長村", "永村", "成村", "萩村", "畑村",
    "浜村", "林村", "早村", "東村", "平村", "福村", "保村", "前村", "牧村", "増村", "丸村", "道村", "光村",
    "南村", "宮村", "向村", "本村", "森村", "安村", "薮村", "谷村", "若村", "米村", "倉村", "栗村", "黒村",
    "坂村", "笹村", "根村", "花村", "原村", "久村", "日村", "峰村", "元村", "柳村", "新村", "芝村", "角村",
    "園村", "武村", "澤村", "嶋村", "濱村", "小村",
];

/// How houses of the town and the state are called.
pub(super) const PUBLIC: &[&str] =
    &["県立", "市立", "町立", "村立", "国立", "都立", "府立", "道立", "私立", "公立"];

/// What marks the name of a person.
pub(super) const HONORIFICS: &[&str] = &["さん", "さま", "様", "氏", "先生", "くん", "ちゃん", "君"];

/// What stands between two words for one person: 包括の保健師（磯貝）.
pub(super) const BETWEEN: &[&str] =
    &["の", "である", "、", "(", ")", "「", "」", "/", ":", "関わりあり", "初参加"];

/// How people stand to the person of the case, and words that mean everybody: with さん or お they are nobody's name.
pub(super) const KIN: &[&str] = &[
    "皆",
    "みな",
    "みんな",
    "全員",
    "本人",
    "家族",
    "親族",
    "親",
    "母",
    "父",
    "母親",
    "父親",
    "両親",
    "かあ",
    "とう",
    "夫",
    "妻",
    "奥",
    "旦那",
    "嫁",
    "婿",
    "子",
    "子供",
    "子ども",
    "息子",
    "娘",
    "長男",
    "次男",
    "三男",
    "長女",
    "次女",
    "三女",
    "兄",
    "弟",
    "姉",
    "妹",
    "兄弟",
    "姉妹",
    "孫",
    "祖母",
    "祖父",
    "ばあ",
    "じい",
    "おじ",
    "おば",
    "叔父",
    "叔母",
    "伯父",
    "伯母",
    "甥",
    "姪",
    "大家",
    "隣",
    "隣近所",
    "近所",
    "友人",
    "知人",
    "利用者",
    "患者",
    "職員",
];

/// Family names of one letter; any other single letter before さん is a word (夫さん, 皆さん, 嫁さん).
pub const SINGLE_SURNAMES: &str =
    "林森原東西南北谷辻岡関堀星菅泉柳桂榊島嶋峰峯畑畠岸沢澤浜濱橘楠牧乾椿杉梶狩堤滝瀧轟宮";

/// What bodies have in brackets as part of their name.
pub(super) const LEGAL_FORMS: &[&str] = &[
    "株", "有", "合", "医", "福", "社福", "医社", "医財", "社", "財", "一社", "公社", "一財", "公財", "特非",
    "NPO",
];

/// How what people are called at work ends, where no list knows it. 士 and 員 alone are not among them: people are called 浩士.
pub(super) const TITLES: &[&str] = &[
    "担任",
    "療法士",
    "福祉士",
    "保育士",
    "支援士",
    "介助士",
    "養護士",
    "弁護士",
    "書士",
    "栄養士",
    "衛生士",
    "整復師",
    "心理師",
    "心理士",
    "看護師",
    "保健師",
    "専門員",
    "相談員",
    "支援員",
    "指導員",
    "推進員",
    "調査員",
    "委員",
    "職員",
    "教員",
    "教諭",
    "教師",
    "講師",
    "通訳",
    "通訳者",
    "介護士",
    "助産師",
    "美容師",
    "消防士",
    "警察官",
    "校長",
    "教頭",
    "園長",
    "所長",
    "施設長",
    "福祉司",
    "心理司",
    "保護司",
    "責任者",
    "CW",
    "担当者",
    "代表",
    "取締役",
    "店長",
    "店主",
    "駅長",
    "住職",
    "教授",
    "司書",
    "校医",
    "医師",
    "警部",
    "警部補",
    "巡査",
    "補佐",
    "主幹",
    "参事",
    "顧問",
    "相談役",
    "管理者",
    "後見人",
    "保佐人",
    "補助人",
    "サポーター",
    "ワーカー",
    "カウンセラー",
    "コーディネーター",
    "ヘルパー",
    "マネジャー",
    "マネージャー",
    "アドバイザー",
    "スタッフ",
    "院長",
    "室長",
    "課長",
    "係長",
    "部長",
    "次長",
    "局長",
    "署長",
    "団長",
    "分団長",
    "会長",
    "区長",
    "町長",
    "事務長",
    "理事長",
    "師長",
    "薬局長",
    "センター長",
    "理事",
    "主査",
    "主事",
    "事務員",
    "運転手",
    "ボランティア",
    "協力隊員",
    "駐在員",
    "駐在さん",
];

/// How given names of three Chinese characters end.
pub(super) const GIVEN: [char; 18] = [
    '郎', '子', '美', '介', '助', '香', '恵', '江', '代', '夫', '男', '雄', '彦', '樹', '太', '之', '音',
    '奈',
];

/// What families of two letters often have second: behind it no given name of two letters begins.
pub(super) const IN_FAMILIES: [char; 22] = [
    '田', '野', '村', '口', '川', '山', '本', '原', '海', '園', '之', '崎', '島', '沢', '藤', '井', '林',
    '木', '江', '谷', '尾', '部',
];

/// What is done in a part of a house, or where in it that is.
pub(super) const DUTIES: &[&str] = &[
    "相談", "在宅", "外来", "訪問", "居宅", "総務", "医事", "福祉", "介護", "看護", "保健", "健康", "支援",
    "地域", "高齢", "障害", "子育", "児童", "教育", "栄養", "薬剤", "調剤", "通所", "入所", "病棟", "救急",
    "予防", "警防", "生活", "企画", "管理", "医療", "連携", "事務", "経理", "人事", "施設", "本店", "支店",
    "本社", "本所", "本院", "分院", "本館", "別館", "新館", "東館", "西館", "階", "棟", "東部", "西部",
    "南部", "北部", "駅", "中央", "内科", "外科", "小児", "精神", "整形", "透析", "手術", "検査", "放射",
    "療養", "回復", "緩和", "認知", "保育", "年生", "夜勤", "日勤", "代表", "担当", "窓口", "広報", "税務",
    "住民", "防災", "水道", "建設", "農政", "商工", "観光", "環境", "庶務", "会計",
];
