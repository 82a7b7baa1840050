//! What was wrong with the command line, in Japanese.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// One line for people, with a guess what was meant where there is one.
pub fn explain(error: &clap::Error) -> String {
    let get = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = get(ContextKind::InvalidArg);
    let value = get(ContextKind::InvalidValue);
    let what = match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            format!("「{argument}」というオプションはありません。")
        }
        ErrorKind::UnknownArgument => format!("「{argument}」は余分です。"),
        ErrorKind::InvalidSubcommand => {
            format!("「{}」というサブコマンドはありません。", get(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("「{argument}」が足りません。"),
        ErrorKind::InvalidValue if value.is_empty() => format!("「{argument}」のあとに値が要ります。"),
        ErrorKind::InvalidValue => {
            let valid = get(ContextKind::ValidValue);
            format!("「{argument}」に「{value}」は使えません。使えるのは {valid} です。")
        }
        ErrorKind::ValueValidation => format!("「{argument}」に「{value}」は使えません。"),
        ErrorKind::TooManyValues => format!("「{argument}」に「{value}」は多すぎます。"),
        ErrorKind::ArgumentConflict => match get(ContextKind::PriorArg) {
            other if other.is_empty() || other == argument => {
                format!("「{argument}」は一度だけ付けてください。")
            }
            other => format!("「{argument}」と「{other}」は、どちらか一つを付けてください。"),
        },
        ErrorKind::InvalidUtf8 => "文字として読めない引数があります。".to_owned(),
        _ => "この使い方はありません。".to_owned(),
    };
    format!("{what}{}使い方は jirei --help で見られます。", guess(error))
}

fn guess(error: &clap::Error) -> String {
    let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let guess = kinds.into_iter().find_map(|kind| error.get(kind)).map(words).unwrap_or_default();
    if guess.is_empty() { guess } else { format!("「{guess}」のことですか。") }
}

fn words(value: &ContextValue) -> String {
    let plain = |text: &str| text.trim_matches(['<', '>', '[', ']']).replace(['<', '>'], "");
    match value {
        ContextValue::String(text) => plain(text),
        ContextValue::Strings(texts) => texts.iter().map(|t| plain(t)).collect::<Vec<_>>().join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
        }
        ContextValue::Number(number) => number.to_string(),
        ContextValue::Bool(yes) => yes.to_string(),
        _ => String::new(),
    }
}
