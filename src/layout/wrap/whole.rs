//! What no line should tear in two: a day with its weekday, a number, a code.

/// The pieces of a text between which a line may end. 2026/10/15(木) is one; of kanji and kana each is.
pub fn wholes(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut first, mut before) = (0, None);
    for (at, c) in text.char_indices() {
        let holds = |before: char| match (before, c) {
            ('(', c) => !c.is_whitespace(),
            (_, ')') => true,
            (before, c) => before.is_ascii_graphic() && c.is_ascii_graphic(),
        };
        if before.is_some_and(|before| !holds(before)) {
            pieces.push(&text[first..at]);
            first = at;
        }
        before = Some(c);
    }
    pieces.extend(Some(&text[first..]).filter(|piece| !piece.is_empty()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 曜日の付いた日付は割れない() {
        for (text, pieces) in [
            ("2026/10/15(木)", "2026/10/15(木)"),
            ("雪の前（2026/5/31(日)まで）", "雪 の 前 （ 2026/5/31(日) ま で ）"),
            ("区長P01 12人", "区 長 P01   12 人"),
            ("(舟の)番", "(舟 の) 番"),
            ("", ""),
        ] {
            assert_eq!(wholes(text).join(" "), pieces);
        }
    }
}
