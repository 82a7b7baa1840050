//! The colours of the light background, for paper as for bright rooms: the screen and the pictures show a branch in the same.
//!
//! The hues are those of the Color Universal Design palette (CUD 推奨配色セット ver. 4), darkened until text in them has a
//! contrast of at least 7:1 on white; in grey they stay apart from the ground, too. None of them says anything alone.

/// What everything stands on, as `0xrrggbb`, like all that follow.
pub const GROUND: u32 = 0xfaf9f5;
/// Words.
pub const TEXT: u32 = 0x1b1d23;
/// Words that stand back.
pub const QUIET: u32 = 0x444b56;
/// Lines and frames.
pub const RULE: u32 = 0x84919e;
/// Behind the case in the middle.
pub const CENTRE: u32 = 0xbfe4ff;
/// The filled label of issues.
pub const ORANGE: u32 = 0x9a2d00;
/// 支援策.
pub const GREEN: u32 = 0x026043;
/// 不明, and bars.
pub const SKY: u32 = 0x0047c9;
/// 強み.
pub const YELLOW: u32 = 0x5b5600;
/// 思い.
pub const PINK: u32 = 0x824142;
/// A branch, and a series of a chart.
pub const PURPLE: u32 = 0x970097;

/// One for each main branch, then from the start again.
pub const BRANCHES: [u32; 8] = [SKY, 0x704d00, GREEN, PURPLE, YELLOW, PINK, 0x235974, 0x804000];

/// The colour of a branch.
pub fn branch(index: usize) -> u32 {
    BRANCHES[index % BRANCHES.len()]
}
