//! Text that shows as typed, whatever it would mean in Markdown (CommonMark 0.31, section 2.4, and GFM).

/// Text inside a line. A number sign means something at the end of a heading too.
pub fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '#' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Text at the beginning of a line or a list entry, where a few more characters mean something.
pub fn item(text: &str) -> String {
    let escaped = inline(text);
    let digits = escaped.chars().take_while(char::is_ascii_digit).count();
    let at = match escaped.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => digits,
        Some(b'+' | b'-' | b'=') if digits == 0 => 0,
        _ => return escaped,
    };
    format!("{}\\{}", &escaped[..at], &escaped[at..])
}

/// Text in a cell of a table; an empty cell stays empty.
pub fn cell(text: &str) -> String {
    inline(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 記号は打ったとおりに見える() {
        assert_eq!(inline("a|b*c_<d>&amp;\\`~$"), "a\\|b\\*c\\_\\<d\\>\\&amp;\\\\\\`\\~\\$");
        assert_eq!(inline("一\n二"), "一<br>二");
        for (text, shown) in [
            ("1. 薬", "1\\. 薬"),
            ("12) 薬", "12\\) 薬"),
            ("1日5回", "1日5回"),
            ("# 題", "\\# 題"),
            ("- 線", "\\- 線"),
            ("+81", "\\+81"),
            ("===", "\\==="),
            ("> 引用", "\\> 引用"),
            ("[ ] 箱", "\\[ \\] 箱"),
        ] {
            assert_eq!(item(text), shown);
        }
    }
}
