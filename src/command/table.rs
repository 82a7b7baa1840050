//! The table of actions. One row says everything there is to say about an action; nothing else lists them.

use super::Place;
use crate::domain::Step;

/// The heading an action stands under in help and menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Write,
    Move,
    Steps,
    Look,
    Give,
    Program,
}

impl Section {
    pub const ALL: [Section; 6] =
        [Section::Write, Section::Move, Section::Steps, Section::Look, Section::Give, Section::Program];

    pub fn title(self) -> &'static str {
        match self {
            Section::Write => "書く",
            Section::Move => "選ぶ・動かす",
            Section::Steps => "会議を進める",
            Section::Look => "見る",
            Section::Give => "渡す",
            Section::Program => "全体",
        }
    }
}

/// One row of the table.
#[derive(Debug)]
pub struct Row {
    pub command: Command,
    /// The name in the configuration file.
    pub id: &'static str,
    pub title: &'static str,
    /// A few characters for the bottom bar.
    pub short: &'static str,
    /// A sentence or two; keys stand in it by the ids of their actions: see [`super::Keymap::fill`].
    pub help: &'static str,
    pub section: Section,
    pub keys: &'static [&'static str],
    pub places: &'static [Place],
}

/// The places inside a meeting, and others.
macro_rules! meeting_and {
    ($($more:ident),*) => {
        &[
            Place::Info,
            Place::People,
            Place::Opening,
            Place::Map,
            Place::Plan,
            Place::Regional,
            Place::Closing,
            $(Place::$more),*
        ]
    };
}

const ALL: &[Place] = &Place::ALL;
/// Everywhere but on the list of meetings, where nothing is written and from where no way leads back.
const WRITING: &[Place] = meeting_and!(Register, Issue, Year, Review, Decide, Forms);
/// Where there is something to be given away.
const GIVING: &[Place] = meeting_and!(Register, Year, Review, Decide, Forms);
/// Inside a meeting.
const MEETING: &[Place] = meeting_and!();
/// Where there is a meeting: the open one, or the selected one.
const MEETING_OR_LIST: &[Place] = meeting_and!(Home);
/// The screens of the region, and where one comes to them from.
const AROUND: &[Place] =
    &[Place::Home, Place::Register, Place::Issue, Place::Year, Place::Review, Place::Decide, Place::Forms];
/// What belongs to a year.
pub const YEARS: &[Place] = &[Place::Year, Place::Review, Place::Decide, Place::Forms];
/// The screens of the yearly review.
const REVIEW: &[Place] = &[Place::Review, Place::Decide, Place::Forms];
/// Inside a step of a meeting.
const STEPS: &[Place] = &[Place::Opening, Place::Map, Place::Plan, Place::Regional, Place::Closing];
const MAP: &[Place] = &[Place::Map];
/// Where words are spoken by somebody.
const SPOKEN: &[Place] = &[Place::Map, Place::Closing];
/// Where a table or form is filled in.
const SHEETS: &[Place] =
    &[Place::Info, Place::Plan, Place::Regional, Place::Issue, Place::Year, Place::Decide, Place::Forms];
/// Where entries stand in a list under an entry line.
const LISTS: &[Place] = &[Place::People, Place::Opening, Place::Closing];
/// Wherever one thing can be taken away.
const REMOVABLE: &[Place] =
    &[Place::People, Place::Opening, Place::Map, Place::Plan, Place::Regional, Place::Closing, Place::Year];

macro_rules! table {
    ($($command:ident $id:literal, $title:literal, $short:literal, $section:ident, $keys:expr, $places:expr, $help:literal;)+) => {
        /// Everything a person can do, except typing.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Command {
            $(#[doc = $help] $command),+
        }

        /// All actions, in the order of help and menu.
        pub static TABLE: &[Row] = &[
            $(Row {
                command: Command::$command,
                id: $id,
                title: $title,
                short: $short,
                help: $help,
                section: Section::$section,
                keys: &$keys,
                places: $places,
            }),+
        ];
    };
}

table! {
    AddBeside "add-beside", "次に足す", "次に足す", Write, ["enter"], MAP, "書いたことばを、選んだ枝の次に足します（支援策は、選んだ課題の下に）。何も書いていなければ、選んだ枝を直します。";
    AddUnder "add-under", "下に足す", "下に足す", Write, ["tab"], MAP, "書いたことばを、選んだ枝の下に足します。";
    Enter "enter", "決める", "書き足す", Write, ["enter"], LISTS, "書いたことばを記録します。何も書いていなければ、選んだ行を直します。";
    EnterCell "enter-cell", "書く・決める", "書く", Write, ["enter"], SHEETS, "選んだ欄に書きはじめ、もう一度押すと決まります。";
    NextCell "next-cell", "次の欄", "次の欄", Write, ["tab"], SHEETS, "書いた欄を決めて、次の欄へ進みます。";
    PreviousCell "previous-cell", "前の欄", "前の欄", Write, ["shift-tab"], SHEETS, "書いた欄を決めて、前の欄へもどります。";
    Open "open", "開く", "開く", Write, ["enter"], &[Place::Home, Place::Register, Place::Review], "選んだもの（会議、地域課題、数のもとになった会議）を開きます。";
    NewMeeting "new-meeting", "新しい会議をはじめる", "新しい会議", Write, ["ctrl-n"], &[Place::Home, Place::Year], "新しい会議を作ります。あとから何でも直せます。年間の計画では、選んだ枠の会議になります。";
    Edit "edit", "選んだものを直す", "直す", Write, ["f2", "alt-2"], REMOVABLE, "選んだものを、入力行や欄にもどして直します。";
    Speaker "speaker", "発言者を選ぶ", "発言者", Write, ["f3", "alt-3"], SPOKEN, "だれのことばかを選びます。次に変えるまで続き、入力行の頭に出ます。頭に @薬 と書くか、終わりに全角で ＠薬 と書いても同じです。外すときは「だれとも決めない」を選びます。";
    Kind "kind", "種類や問いを選ぶ", "種類を選ぶ", Write, ["f4", "alt-4"], SPOKEN, "情報・思い・強み・不明・課題・支援策から選びます（入力行の頭に ! ? + * > と書いても同じ）。振り返りでは問いを選びます。";
    Link "link", "原因と結果をつなぐ", "つなぐ", Write, ["f7", "alt-7"], MAP, "選んだ課題が何を引き起こしているか、課題の番号やことばを書くか、枝を選んでつなぎます。番号や空白のあとに理由も書けます。つないだ先が選ばれるので、続けてつなげます。";
    Alike "alike", "よく似た課題につなぐ", "似た課題へ", Write, ["f7", "alt-7"], &[Place::Regional], "前の会議の、よく似た地域課題を出します。選ぶと、この会議をその課題の根拠に加えます。もう一度選ぶと外します。";
    Take "take", "マップから取り入れる", "マップから", Write, ["space"], &[Place::Plan, Place::Regional], "行動計画では支援策が、地域課題では課題が、マップから並びます。そこに移り、もう一度押すと、選んだものが行動や地域課題になります。";
    Said "said", "話されたことばを書く", "発言", Write, ["ctrl-w"], MAP, "選んだ枝に、話されたことばをそのまま書きそえます。";
    Delete "delete", "消す", "消す", Write, ["delete"], REMOVABLE, "選んだものと、それに付いているものを消します。{undo} で元に戻せます。";
    Undo "undo", "元に戻す", "戻す", Write, ["ctrl-z"], ALL, "最後にしたことを元に戻します。{back} で片づけた書きかけも、新しいものから順に出ます。何度でも、開きなおした後でもできます。会議の一覧では、最後に消した会議をもどします。";
    Redo "redo", "やり直す", "やり直す", Write, ["ctrl-y"], WRITING, "元に戻したことを、もう一度します。";
    PutAway "put-away", "片づけた書きかけ", "書きかけ", Write, [], WRITING, "{back} で片づけた書きかけを、この画面のものだけ並べます。選ぶと、書いていた所にもどります。";
    Paste "paste", "貼りつける", "貼る", Write, ["ctrl-v"], WRITING, "クリップボードの文字を貼ります。何行もあれば、マップでは1行が1つの枝になります。";

    Up "up", "上を選ぶ", "上", Move, ["up"], ALL, "上のものを選びます。書いている途中でも動かせます。";
    Down "down", "下を選ぶ", "下", Move, ["down"], ALL, "下のものを選びます。書いている途中でも動かせます。";
    Left "left", "左へ", "左", Move, ["left"], WRITING, "書いている間は文字の左へ、そうでなければ左のものを選びます。";
    Right "right", "右へ", "右", Move, ["right"], WRITING, "書いている間は文字の右へ、そうでなければ右のものを選びます。";
    PreviousBranch "previous-branch", "前の大枝", "前の枝", Move, ["pageup"], ALL, "前の大枝・前のページ・前の課題を選びます。";
    NextBranch "next-branch", "次の大枝", "次の枝", Move, ["pagedown"], ALL, "次の大枝・次のページ・次の課題を選びます。";
    ShiftUp "shift-up", "枝を上へ動かす", "上へ", Move, ["alt-up"], MAP, "選んだ枝を、兄弟の中で上へ動かします。";
    ShiftDown "shift-down", "枝を下へ動かす", "下へ", Move, ["alt-down"], MAP, "選んだ枝を、兄弟の中で下へ動かします。";
    ShiftIn "shift-in", "枝を右へ動かす", "右へ", Move, ["alt-right"], MAP, "右側では、すぐ上の枝の先に付けます。左側では、一段真ん中へもどします。";
    ShiftOut "shift-out", "枝を左へ動かす", "左へ", Move, ["alt-left"], MAP, "右側では、一段真ん中へもどします。左側では、すぐ上の枝の先に付けます。";
    Fold "fold", "たたむ・開く", "たたむ", Move, ["space"], MAP, "何も書いていないとき、選んだ枝をたたんだり開いたりします。";
    Tick "tick", "済みにする・状態を変える", "済みにする", Write, ["space"], &[Place::Opening, Place::Closing], "何も書いていないとき、確かめることに済みの印を付け、前回決めたことの状態を変えます。";
    PreviousYear "previous-year", "前の年度", "前の年", Move, ["alt-left"], YEARS, "一つ前の年度を見ます。";
    NextYear "next-year", "次の年度", "次の年", Move, ["alt-right"], YEARS, "一つあとの年度を見ます。";
    Search "search", "さがす", "さがす", Move, ["ctrl-f"], MAP, "マップの中のことばをさがします。全角・半角、かなの違いは気にしません。";

    PreviousStep "previous-step", "前の段階へ", "前の段階", Steps, ["f5", "alt-5"], STEPS, "前の段階にもどります。時間はもどった段階に数えられます。";
    NextStep "next-step", "次の段階へ", "次の段階", Steps, ["f6", "alt-6"], MEETING, "次の段階に進みます。最後の段階では会議を終えます。";
    GoToStep "go-to-step", "段階を選んで移る", "段階", Steps, ["ctrl-g"], MEETING, "とばしたり、もどったりする段階を選びます。";
    Format "format", "会のやり方を選ぶ", "やり方", Steps, ["ctrl-r"], &[Place::Info], "見える事例検討会のやり方のほか、ケアカフェなどから選びます。始める前だけ変えられます。";
    FollowUp "follow-up", "この事例の次の会議を作る", "次の会議", Steps, [], MEETING, "同じ事例の次の会議を作ります。前のマップのコピーからも、まっさらなマップからも始められます。前回決めたことは導入に出ます。";
    CaseHistory "case-history", "この事例の会議を見る", "事例の会議", Look, ["alt-c"], MEETING, "この事例の、これまでの会議を並べます。選ぶと、その会議を開きます。";
    NextDate "next-date", "次回の日を決める", "次回の日", Steps, ["ctrl-d"], STEPS, "次に集まる日を書きます。行動計画の「次回まで」も、この日になります。";
    Clock "clock", "時計を止める・動かす", "時計", Steps, ["ctrl-t"], STEPS, "休憩のときなどに、時計を止めたり動かしたりします。";
    Extend "extend", "時間を延ばす", "延ばす", Steps, ["alt-t"], STEPS, "この段階の予定の時間を延ばします。そのまま決めると5分、数を書けばその分です。残り時間と全体の予定も、同じだけ長くなります。";
    NextTurn "next-turn", "次の人の番にする（「ありません」も）", "次の人", Steps, ["ctrl-n", "alt-n"], MAP, "次の番の方を呼びます（そこからはその方のことばになります）。呼んだ方に何もなければ、もう一度押します。";
    Prompts "prompts", "問いかけと発言の様子", "問いかけ", Look, ["f9", "alt-9"], STEPS, "この段階の問いかけ、大枝ごとにまだ聞いていない問い、発言の様子を出します。Space で済みの印、Enter でその大枝や人に移ります。";
    ReadBack "read-back", "まとめを読みあげる", "まとめ", Look, ["ctrl-x", "alt-r"], STEPS, "この段階で出たことを、画面いっぱいに出します。「この理解でよいですか」とたずねてから、次の段階に進めます。";
    People "people", "参加者", "参加者", Look, ["ctrl-u"], MEETING, "参加者を足したり直したりします。会議の途中でもできます。";
    Info "info", "会議と事例のこと", "会議のこと", Look, ["ctrl-o"], MEETING, "日付・場所・題名・事例・同意・司会などを書きます。どれも空いていてかまいません。";
    Whole "whole", "マップを画面いっぱいに", "マップへ", Look, ["f8", "alt-8"], STEPS, "どの段階でも、マップを画面いっぱいに出して書けます。もう一度押すか {back} で、もとの画面に、書きかけのままもどります。";
    Chart "chart", "因果の図", "因果の図", Look, ["f12", "ctrl-a"], MAP, "課題を原因から結果へ並べた図を出します。もう一度押すとマップにもどります。図の上でも、書く・直す・つなぐはマップと同じです。";
    Growth "growth", "マップのできるまでを見る", "できるまで", Look, ["ctrl-left", "alt-pageup"], STEPS, "マップがどうできてきたかを、画面いっぱいに一つずつたどります。途中から来た人や、振り返りに。←→ で一つずつ、Home で始まり、Esc で今にもどります。";
    Level "level", "出し方を変える（大枝だけ・絵・ふつう）", "出し方", Look, ["ctrl-l"], MAP, "大枝だけ、選んだ大枝だけ、絵、ふつう、の順に変えます。絵を出せない端末では、ほかのウィンドウで開きます。";

    OnlyKind "only-kind", "強みだけ・課題だけを見る", "だけを見る", Look, ["alt-l"], MAP, "課題・強み・思い・不明・支援策のどれかだけを、そこへ続く枝といっしょに出します。{back} を押すか、段階を移ると、もとにもどります。";
    LargerLetters "larger-letters", "文字を大きくするには", "大きな文字", Look, [], ALL, "画面の文字を大きくするしかたと、どこまではなれて読めるかを出します。";

    Register "register", "地域課題の一覧", "地域課題", Look, ["f7", "alt-7"], AROUND, "すべての会議から出た地域課題を一覧にします。書くとすぐにさがせます。";
    Year "year", "年間の計画", "年間の計画", Look, ["f8", "alt-8"], AROUND, "年度の会議の枠と、開いた会議を出します。日付や事例を出す機関を書き、会議をはじめられます。";
    Review "review", "年間の振り返り", "振り返り", Look, ["f9", "alt-9"], AROUND, "一年の会議を数で振り返ります。もとになった会議まで下りて見られます。";
    Decide "decide", "一件ずつ話し合う", "話し合う", Look, ["f5", "alt-5"], REVIEW, "その年度の地域課題を一件ずつ大きく出し、優先度、対応策、責任を持つ機関、計画・予算への反映、評価を決めます。";
    Forms "forms", "振り返りの様式", "様式", Look, ["f2", "alt-2"], REVIEW, "場面ごとの「目指すべき姿」などと、事業項目ごとの活動を、表に書きます。";
    Narrow "narrow", "しぼりこむ", "しぼりこむ", Look, ["f3", "alt-3"], &[Place::Register], "年度・場面・事業項目・レベル・圏域・状態・責任を持つ機関で、一覧をしぼりこみます。";
    OpenMeeting "open-meeting", "もとの会議を開く", "会議を開く", Look, ["f6", "alt-6"], &[Place::Register, Place::Issue, Place::Year, Place::Decide], "選んだ地域課題の根拠になった会議や、選んだ枠の会議を開きます。{back} でここにもどります。";
    Held "held", "枠に会議を入れる", "会議を選ぶ", Write, ["ctrl-l"], &[Place::Year], "まだ枠のない会議から、選んだ枠で開いたものを選びます。外すこともできます。";
    Town "town", "市町村を選ぶ", "市町村", Look, ["f4", "alt-4"], &[Place::Register, Place::Year, Place::Review, Place::Decide, Place::Forms], "いくつかの市町村の記録があるとき、見る市町村を選びます。";

    Export "export", "ファイルに書き出す", "書き出す", Give, ["ctrl-e"], GIVING, "議事録や表をファイルにします。どの段階でもできます。地域課題の一覧ではその一覧を、年間の計画と年間の振り返りでは年間の報告書と、ほかの jirei に渡す記録を書き出します。";
    Copy "copy", "表をコピーする", "コピー", Give, ["ctrl-k", "ctrl-c"], MEETING, "計画や地域課題の表をクリップボードにコピーします。Excel や Word に貼れます。";
    Import "import", "参加者の表を取り込む", "取り込む", Give, [], MEETING, "参加者の表（csv か tsv）を取り込みます。";

    Help "help", "使い方", "使い方", Program, ["f1", "alt-1"], ALL, "使い方を出します。ここでよく使うキーと、知りたいことのことばでさがせるページです。";
    Menu "menu", "メニュー", "メニュー", Program, ["f10", "alt-0"], ALL, "ここでできることを一覧にします。";
    Palette "palette", "操作をさがす", "操作", Program, ["ctrl-p"], ALL, "したいことのことばで、操作をさがします。";
    Hide "hide", "画面を隠す", "隠す", Program, ["ctrl-s"], ALL, "画面を、すぐに何も見えなくします。もう一度押すと、もとの画面にもどります。書いたものは残ります。";
    Colours "theme", "色を変える", "色", Program, [], ALL, "画面の色を、暗い・明るい・白黒から選びます。選ぶ間に、その色で見えます。次に開いたときも同じ色です。";
    Back "back", "もどる", "もどる", Program, ["esc"], WRITING, "開いているものを閉じ、書きかけをやめ、前の画面にもどります。";
    Home "home", "会議の一覧へ", "一覧", Program, ["ctrl-b"], WRITING, "会議の一覧にもどります。書いたものはすべて残ります。";
    Sample "sample", "見本を見る", "見本", Program, [], &[Place::Home], "架空の事例の、終わった会議を開きます。練習に、自由にさわってかまいません。書いたものは残りません。";
    DeleteMeeting "delete-meeting", "会議を消す", "会議を消す", Program, [], MEETING_OR_LIST, "選んだ会議を、書いたことのすべてといっしょに消します。何が消えるかを言って、一度たずねます。会議の一覧では {delete} でも消せ、{undo} でもどせます。";
    BackUp "backup", "バックアップを取る", "控え", Program, [], &[Place::Home], "今の記録のバックアップを取ります。会議の始まりと終わりと、毎日はじめには、ひとりでに取ります。";
    Restore "restore", "バックアップから戻す", "戻す", Program, [], &[Place::Home], "バックアップの一覧を出し、選んだものに記録を戻します。今の記録との違いを言って、一度たずねます。今の記録は、消さずに残します。";
    Mend "mend", "壊れた記録を直す", "直す", Program, [], &[Place::Home], "記録のファイルが壊れているときに、読めるものを新しい記録に移します。壊れたファイルも残します。";
    Quit "quit", "終わる", "終わる", Program, ["ctrl-q"], ALL, "プログラムを終わります。書いたものはすべて残り、次は同じ所から始まります。";
}

impl Command {
    /// The command's row of the table.
    pub fn row(self) -> &'static Row {
        // The enum and the table are made by one macro, row for variant.
        &TABLE[self as usize]
    }
}

/// The keys that matter most at a place, for the bottom bar; at most six, the most wanted first. `whole`: the map lies
/// over the whole screen, and there is a way back. `mending`: the entry line is used for an edit, a search or a link.
pub fn bar(place: Place, step: Option<Step>, whole: bool, mending: bool) -> &'static [Command] {
    use Command as C;
    match place {
        Place::Map if mending => &[C::AddBeside, C::Back, C::Help, C::Menu],
        Place::People | Place::Opening | Place::Closing if mending => &[C::Enter, C::Back, C::Help, C::Menu],
        Place::Home => &[C::Open, C::Register, C::Year, C::Review, C::Help, C::Menu, C::NewMeeting, C::Quit],
        Place::Register => &[C::Open, C::Narrow, C::OpenMeeting, C::Back, C::Help, C::Menu],
        Place::Issue => &[C::EnterCell, C::OpenMeeting, C::Back, C::Help, C::Menu, C::NextCell],
        Place::Year => &[C::EnterCell, C::OpenMeeting, C::NewMeeting, C::Back, C::Help, C::Menu],
        Place::Review => &[C::Open, C::Decide, C::Forms, C::Export, C::Help, C::Menu, C::Back],
        Place::Decide => &[C::EnterCell, C::OpenMeeting, C::Forms, C::Back, C::Help, C::Menu],
        Place::Forms => &[C::EnterCell, C::NextCell, C::Decide, C::Back, C::Help, C::Menu],
        Place::Info => &[C::EnterCell, C::NextCell, C::NextStep, C::People, C::Help, C::Menu],
        Place::People => &[C::Enter, C::Delete, C::Back, C::Help, C::Menu],
        Place::Opening => &[C::Enter, C::Info, C::NextStep, C::Help, C::Menu, C::Whole],
        Place::Map if whole && step == Some(Step::Analysis) => {
            &[C::Link, C::Kind, C::Chart, C::Whole, C::Help, C::Menu]
        }
        Place::Map if whole => &[C::AddBeside, C::AddUnder, C::Speaker, C::Whole, C::Help, C::Menu],
        Place::Map if step == Some(Step::Analysis) => {
            &[C::Link, C::Kind, C::Chart, C::NextStep, C::Help, C::Menu]
        }
        Place::Map => &[C::AddBeside, C::AddUnder, C::Speaker, C::NextStep, C::Help, C::Menu],
        Place::Plan => &[C::EnterCell, C::Take, C::NextCell, C::NextStep, C::Help, C::Menu, C::Whole],
        Place::Regional => &[C::EnterCell, C::Take, C::Alike, C::NextStep, C::Help, C::Menu, C::NextCell],
        Place::Closing => &[C::Enter, C::Speaker, C::NextStep, C::Help, C::Menu, C::Whole],
    }
}
