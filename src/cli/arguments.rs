//! The words of the command line, and the help that explains them.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use super::usage;
use crate::domain::date::parse_fiscal_year;
use crate::domain::register::Filter;
use crate::export::Format;
use crate::export::encoding::Encoding;
use crate::export::register::RegisterFormat;
use crate::export::review::{ReviewFormat, Towns};
use crate::export::write::Existing;
use crate::review::mask;

const TEMPLATE: &str = "{about}\n\n使い方: {usage}\n\n{all-args}{after-help}";
const ARGUMENTS: &str = "引数";
const NARROWING: &str = "しぼりこみ";
const OPTIONS: &str = "オプション";
const COMMON: &str = "どこでも使えるオプション";

/// Everything that can be asked.
#[derive(Debug, Parser)]
#[command(
    name = "jirei",
    version,
    about = "見える事例検討会のやり方による事例検討を、端末の上で進めて記録に残します。",
    after_help = "会議は、id（始めの数文字でもよい）・日付（2026/5/21、R8.5.21、5/21）・last（いちばん新しい会議）で選びます。\n\
                  終了の値: 0 うまくいった、1 できなかった、2 使い方が違う",
    override_usage = "jirei [オプション] [サブコマンド]",
    subcommand_help_heading = "サブコマンド（なければ画面を開きます）",
    help_template = TEMPLATE,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub struct Arguments {
    /// 版を表示します
    #[arg(short = 'V', long, action = ArgAction::Version, next_line_help = true, help_heading = OPTIONS)]
    version: Option<bool>,
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Arguments {
    /// What is asked for together and does not go together.
    fn misfit(&self) -> Option<&'static str> {
        if matches!(self.command, Some(Command::Demo)) && self.common.data.is_some() {
            return Some(
                "「--data」は demo では使えません。見本は、記録とは別の場所に置き、終わると消します。",
            );
        }
        let (encoding, separated) = match self.command.as_ref()? {
            Command::Export(what) => (what.giving.encoding, matches!(what.format, Format::Csv | Format::Tsv)),
            Command::Issues(what) => {
                (what.giving.encoding, matches!(what.format, Some(RegisterFormat::Csv | RegisterFormat::Tsv)))
            }
            Command::Review(what) => {
                (what.giving.encoding, matches!(what.format, Some(ReviewFormat::Csv | ReviewFormat::Tsv)))
            }
            _ => return None,
        };
        (encoding != Encoding::Utf8 && !separated).then_some(
            "「--encoding shift_jis」が使えるのは、--format csv と tsv だけです。ほかの形式は、文字コードを選ばなくても読めます。",
        )
    }
}

/// What every subcommand understands, before its name and after it. The help stands on a line of its own, for clap lines columns up by characters,
/// and half of these are two cells wide.
#[derive(Debug, Args)]
pub struct Common {
    /// 記録を置くフォルダー（なければ環境変数 JIREI_DATA、それもなければ利用者のデータの場所）
    #[arg(long, value_name = "フォルダー", next_line_help = true, help_heading = COMMON)]
    pub data: Option<PathBuf>,
    /// 設定ファイル（画面の色は、画面のメニューの「色を変える」でも選べます）
    #[arg(long, value_name = "ファイル", next_line_help = true, help_heading = COMMON)]
    pub config: Option<PathBuf>,
    /// この説明を表示します
    #[arg(short, long, action = ArgAction::Help, next_line_help = true, help_heading = COMMON)]
    help: Option<bool>,
}

impl Common {
    /// Takes what was said in another place; the name of what was said in both is given back.
    fn join(&mut self, other: Self) -> Result<(), &'static str> {
        for (name, mine, other) in
            [("--data", &mut self.data, other.data), ("--config", &mut self.config, other.config)]
        {
            if mine.is_some() && other.is_some() {
                return Err(name);
            }
            *mine = mine.take().or(other);
        }
        Ok(())
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// 見本の会議を開きます（別の場所に置き、終わると消えます）
    #[command(override_usage = "jirei demo", help_template = TEMPLATE)]
    Demo,
    /// 会議の一覧
    #[command(override_usage = "jirei list [--json | --conflicts]", help_template = TEMPLATE)]
    List {
        /// ほかのプログラムのために JSON で出します
        #[arg(long, help_heading = OPTIONS)]
        json: bool,
        /// 会議の代わりに、取り込みでのくいちがいを、新しい順に出します
        #[arg(long, conflicts_with = "json", help_heading = OPTIONS)]
        conflicts: bool,
    },
    /// 会議を一つ、文字で表示します
    #[command(override_usage = "jirei show 会議", help_template = TEMPLATE)]
    Show {
        /// id・その始めの数文字・日付・last のどれか
        #[arg(value_name = "会議", help_heading = ARGUMENTS)]
        meeting: String,
    },
    /// 会議を一つ、またはすべて、ファイルに書き出します
    #[command(
        override_usage = "jirei export 会議 --format 形式 [--out 書き出す先] [--encoding 文字コード] [--force]",
        help_template = TEMPLATE,
        after_help = "会議に all と書くと、すべての会議を、一つずつのファイルにしてフォルダーに入れます。\n\
                      --format json なら、年間の計画と振り返りも入ります。ほかの人は、そのフォルダーを jirei import で取り込めます。"
    )]
    Export(Export),
    /// すべての会議の地域課題の一覧
    #[command(
        override_usage = "jirei issues [しぼりこみ] [--format 形式] [--out 書き出す先] [--encoding 文字コード] [--force]",
        help_template = TEMPLATE,
        after_help = "しぼりこみのことばは一部でよく、全角・半角やかなの違いは気にしません。"
    )]
    Issues(Issues),
    /// 年間の振り返りに使う数を、数え方といっしょに表示します
    #[command(
        override_usage = "jirei review 年度 [--town 市町村] [--by-town] [--format 形式] [--out 書き出す先] [--force]",
        help_template = TEMPLATE,
        after_help = "画面の数はそのままです。ファイルでは、人数の少ない集まりを「3未満」などと書きます（--mask、--no-mask）。"
    )]
    Review(Review),
    /// ファイルやフォルダーを取り込みます
    #[command(
        override_usage = "jirei import ファイルかフォルダー... [--meeting 会議]",
        help_template = TEMPLATE,
        after_help = "取り込めるもの:\n  \
            json        jirei の記録（ない会議は増え、ある会議には新しいところが入ります。\n              \
                        同じところを別々に直していたら、新しい方を使い、もう一方は控えます。\n              \
                        年間の計画と振り返りの記録も同じです）、\n              \
                        または 未保存-….json（保存できなかったことばを、元の会議に戻します）\n  \
            txt md      字下げしたマップ（タブ・空白・Markdown の箇条書き。新しい会議になります）\n  \
            csv tsv     参加者の表（1行目に 職種・氏名・所属・部署 などの見出し。会議に加えます）\n\
            フォルダーなら、中の json をすべて取り込みます。読めないファイルは、終わりに名前を言います。\n\
            Ctrl+C でやめると、そこまでの会議は丸ごと入っています。"
    )]
    Import(Import),
    /// 会のやり方の一覧
    #[command(
        override_usage = "jirei formats [check ファイル]",
        help_template = TEMPLATE,
        subcommand_help_heading = "サブコマンド",
        disable_help_subcommand = true
    )]
    Formats {
        #[command(subcommand)]
        check: Option<Formats>,
    },
    /// 記録に傷みがないか調べます
    #[command(override_usage = "jirei check", help_template = TEMPLATE)]
    Check,
    /// 記録のバックアップを取ります
    #[command(
        override_usage = "jirei backup [--out フォルダー]",
        help_template = TEMPLATE,
        after_help = "画面を開いたままでも取れます。自動のバックアップは、会議の始まりと終わりと、毎日はじめに取ります。"
    )]
    Backup {
        /// 入れるフォルダー（なければ、記録のフォルダーの backups と、設定の backup_folder）
        #[arg(long, value_name = "フォルダー", next_line_help = true, help_heading = OPTIONS)]
        out: Option<PathBuf>,
    },
    /// バックアップを記録に戻します
    #[command(
        override_usage = "jirei restore list | latest | ファイル",
        help_template = TEMPLATE,
        after_help = "戻す前に中を調べ、今の記録は消さずに残します。画面は終えてから戻してください。"
    )]
    Restore {
        /// list（一覧を出す）、latest（傷みのない、いちばん新しいもの）、またはバックアップのファイル
        #[arg(value_name = "ファイル", help_heading = ARGUMENTS)]
        which: PathBuf,
    },
    /// 壊れた記録から、無事なところを新しい記録にします
    #[command(
        override_usage = "jirei salvage ファイル [--out フォルダー]",
        help_template = TEMPLATE,
        after_help = "壊れたファイルは読むだけで、何も変えません。新しい記録は「jirei --data フォルダー」で開けます。"
    )]
    Salvage {
        /// 壊れた jirei.db か、それのあるフォルダー
        #[arg(value_name = "ファイル", help_heading = ARGUMENTS)]
        file: PathBuf,
        /// 新しい記録を入れるフォルダー（なければ、壊れたファイルの横の「救い出した記録」）
        #[arg(long, value_name = "フォルダー", next_line_help = true, help_heading = OPTIONS)]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub struct Export {
    /// id・その始めの数文字・日付・last のどれか。all ならすべて
    #[arg(value_name = "会議", help_heading = ARGUMENTS)]
    pub meeting: String,
    /// 形式: md（議事録）、csv・tsv（行動計画と地域課題の表）、json（記録のすべて）、outline（字下げのマップ）、svg・png（マップの絵）、pptx（マップのスライド）、pdf・pdf-a3（配る資料、A4 か A3）、html（ブラウザーで読む資料）、xlsx（記録の表）、docx（議事録）
    #[arg(long, value_name = "形式", value_parser = format_parser(), hide_possible_values = true, next_line_help = true, help_heading = OPTIONS)]
    pub format: Format,
    #[command(flatten)]
    pub giving: Giving,
}

/// Where a file goes, and how.
#[derive(Debug, Args)]
pub struct Giving {
    /// 書き出す先のファイルかフォルダー。- なら画面に出します（なければ今いるフォルダー）
    #[arg(long, value_name = "書き出す先", requires = "format", allow_hyphen_values = true, next_line_help = true, help_heading = OPTIONS)]
    pub out: Option<PathBuf>,
    /// csv と tsv の文字コード: utf-8（なければこれ）か shift_jis（古いソフト用。ない文字は別の文字になります）
    #[arg(long, value_name = "文字コード", value_parser = encoding_parser(), default_value = "utf-8", hide_default_value = true, hide_possible_values = true, next_line_help = true, help_heading = OPTIONS)]
    pub encoding: Encoding,
    /// 同じ名前のファイルがあれば上書きします
    #[arg(long, requires = "format", next_line_help = true, help_heading = OPTIONS)]
    pub force: bool,
}

impl Giving {
    /// What becomes of what stands there.
    pub fn existing(&self) -> Existing {
        if self.force { Existing::Replace } else { Existing::Keep }
    }
}

/// The register, and which of its entries.
#[derive(Debug, Args)]
pub struct Issues {
    /// 年度（2026、R8 など）。はじめに出た会議か、根拠の会議の年度
    #[arg(long, value_name = "年度", value_parser = fiscal_year, next_line_help = true, help_heading = NARROWING)]
    pub year: Option<i32>,
    /// 場面（入退院支援 など）
    #[arg(long, value_name = "場面", next_line_help = true, help_heading = NARROWING)]
    pub scene: Option<String>,
    /// 事業項目（ウ など）
    #[arg(long, value_name = "項目", next_line_help = true, help_heading = NARROWING)]
    pub category: Option<String>,
    /// レベル（市町村 など）
    #[arg(long, value_name = "レベル", next_line_help = true, help_heading = NARROWING)]
    pub level: Option<String>,
    /// 圏域・地区
    #[arg(long, value_name = "地区", next_line_help = true, help_heading = NARROWING)]
    pub area: Option<String>,
    /// 状態
    #[arg(long, value_name = "状態", next_line_help = true, help_heading = NARROWING)]
    pub status: Option<String>,
    /// 責任を持つ機関
    #[arg(long, value_name = "機関", next_line_help = true, help_heading = NARROWING)]
    pub responsible: Option<String>,
    /// どこかに書かれたことば（いくつか書けば、どれも入っているもの）
    #[arg(long, value_name = "ことば", next_line_help = true, help_heading = NARROWING)]
    pub search: Vec<String>,
    /// 形式: docx・pdf・html（報告書）、xlsx（Excel 用）、md（文書）、csv・tsv（表計算用）、json（ほかのプログラム用）。なければ画面に出します
    #[arg(long, value_name = "形式", value_parser = register_parser(), hide_possible_values = true, next_line_help = true, help_heading = OPTIONS)]
    pub format: Option<RegisterFormat>,
    /// 個人が分かりそうなことばがある地域課題も、読んで確かめたものとして入れます
    #[arg(long, requires = "format", next_line_help = true, help_heading = OPTIONS)]
    pub as_read: bool,
    #[command(flatten)]
    pub giving: Giving,
}

impl Issues {
    /// Which entries are asked for.
    pub fn filter(&self) -> Filter {
        Filter {
            year: self.year,
            scene: self.scene.clone(),
            category: self.category.clone(),
            level: self.level.clone(),
            area: self.area.clone(),
            status: self.status.clone(),
            responsible: self.responsible.clone(),
            confirmed: None,
            words: (!self.search.is_empty()).then(|| self.search.join(" ")),
        }
    }
}

/// The yearly review, and of which year and town.
#[derive(Debug, Args)]
pub struct Review {
    /// 年度（2026、R8 など）。4月から翌年3月まで
    #[arg(value_name = "年度", value_parser = fiscal_year, help_heading = ARGUMENTS)]
    pub year: i32,
    /// 市町村（なければ、すべてを合わせた数）
    #[arg(long, value_name = "市町村", next_line_help = true, help_heading = NARROWING)]
    pub town: Option<String>,
    /// 市町村ごとの表も出します
    #[arg(long, conflicts_with = "town", next_line_help = true, help_heading = OPTIONS)]
    pub by_town: bool,
    /// 形式: xlsx（Excel）、docx（Word）、pdf・html（配る報告書）、md（表）、csv・tsv（表計算用）、json（ほかのプログラム用）。なければ画面に出します
    #[arg(long, value_name = "形式", value_parser = review_parser(), hide_possible_values = true, next_line_help = true, help_heading = OPTIONS)]
    pub format: Option<ReviewFormat>,
    /// ファイルで、この人数より少ない集まりの数を伏せます（なければ 3）
    #[arg(long, value_name = "人数", requires = "format", value_parser = clap::value_parser!(u64).range(3..=1000), default_value_t = mask::USUAL, hide_default_value = true, next_line_help = true, help_heading = OPTIONS)]
    pub mask: u64,
    /// ファイルでも、数を伏せません
    #[arg(long, conflicts_with = "mask", requires = "format", next_line_help = true, help_heading = OPTIONS)]
    pub no_mask: bool,
    /// 個人が分かりそうなことばがある地域課題も、読んで確かめたものとして入れます
    #[arg(long, requires = "format", next_line_help = true, help_heading = OPTIONS)]
    pub as_read: bool,
    #[command(flatten)]
    pub giving: Giving,
}

impl Review {
    /// How its towns are to stand.
    pub fn towns(&self) -> Towns {
        if self.by_town { Towns::Apart } else { Towns::Together }
    }
}

#[derive(Debug, Args)]
pub struct Import {
    /// 取り込むファイルかフォルダー（いくつでも）
    #[arg(value_name = "ファイル", required = true, help_heading = ARGUMENTS)]
    pub files: Vec<PathBuf>,
    /// 参加者の表を加える会議（なければ、いちばん新しい会議）
    #[arg(long, value_name = "会議", help_heading = OPTIONS)]
    pub meeting: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Formats {
    /// 会のやり方か一覧（lists.toml）のファイルに、まちがいがないか調べます
    #[command(override_usage = "jirei formats check ファイル", help_template = TEMPLATE)]
    Check {
        /// 調べるファイル（.toml）
        #[arg(value_name = "ファイル", help_heading = ARGUMENTS)]
        file: PathBuf,
    },
}

fn register_parser() -> impl TypedValueParser<Value = RegisterFormat> {
    PossibleValuesParser::new(RegisterFormat::ALL.map(RegisterFormat::key))
        .try_map(|key| RegisterFormat::from_key(&key).ok_or("知らない形式です"))
}

fn review_parser() -> impl TypedValueParser<Value = ReviewFormat> {
    PossibleValuesParser::new(ReviewFormat::ALL.map(ReviewFormat::key))
        .try_map(|key| ReviewFormat::from_key(&key).ok_or("知らない形式です"))
}

fn fiscal_year(text: &str) -> Result<i32, String> {
    parse_fiscal_year(text)
        .ok_or_else(|| format!("「{text}」は年度として読めません。2026 や R8 のように書いてください"))
}

fn encoding_parser() -> impl TypedValueParser<Value = Encoding> {
    PossibleValuesParser::new(Encoding::ALL.map(Encoding::key))
        .try_map(|key| Encoding::from_key(&key).ok_or("知らない文字コードです"))
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::key))
        .try_map(|key| Format::from_key(&key).ok_or("知らない形式です"))
}

/// What came of reading the command line.
#[derive(Debug)]
pub enum Parsed {
    Asked(Box<Arguments>),
    /// Help or the version: to be shown, and that is all.
    Text(String),
}

/// Reads the command line, the program's own name first; the error is one line in Japanese.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Parsed, String> {
    let mut command = with_common(Arguments::command());
    command.build();
    match command.try_get_matches_from_mut(words).and_then(|matches| read(&matches)) {
        Ok(arguments) => match arguments.misfit() {
            Some(line) => Err(line.to_owned()),
            None => Ok(Parsed::Asked(Box::new(arguments))),
        },
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Ok(Parsed::Text(error.to_string())),
            _ => Err(usage::explain(&error)),
        },
    }
}

/// The options of every subcommand after its name, too. Of clap's own way of doing so the last one that is given wins, without
/// a word.
fn with_common(command: clap::Command) -> clap::Command {
    let common = Common::augment_args(clap::Command::new("common"));
    command.mut_subcommands(|inner| with_common(inner.args(common.get_arguments())))
}

fn read(matches: &ArgMatches) -> Result<Arguments, clap::Error> {
    let mut arguments = Arguments::from_arg_matches(matches)?;
    let mut outer = matches;
    while let Some((_, inner)) = outer.subcommand() {
        arguments.common.join(Common::from_arg_matches(inner)?).map_err(|name| {
            let mut error = clap::Error::new(ErrorKind::ArgumentConflict);
            error.insert(ContextKind::InvalidArg, ContextValue::String(name.to_owned()));
            error
        })?;
        outer = inner;
    }
    Ok(arguments)
}
