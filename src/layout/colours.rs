//! The colours of the light background, for paper as for bright rooms: the screen and the pictures show a branch in the same.
//!
//! The hues are those of the Color Universal Design palette (CUD 推奨配色セット ver. 4), darkened until text in them has a
//! contrast of at least 7:1 on white; in grey they stay apart from the ground, too. None of them says anything alone.

pub const GROUND: u32 = 0xfaf9f5;
pub const TEXT: u32 = 0x1b1d23;
pub const QUIET: u32 = 0x444b56;
pub const RULE: u32 = 0x84919e;
pub const CENTRE: u32 = 0xbfe4ff;
/// The filled label of issues.
pub const ORANGE: u32 = 0x9a2d00;
pub const GREEN: u32 = 0x026043;
pub const SKY: u32 = 0x0047c9;
pub const YELLOW: u32 = 0x5b5600;
pub const PINK: u32 = 0x824142;
pub const PURPLE: u32 = 0x970097;

/// One for each main branch, then from the start again.
pub const BRANCHES: [u32; 8] = [SKY, 0x704d00, GREEN, PURPLE, YELLOW, PINK, 0x235974, 0x804000];

/// The colour of a branch.
pub fn branch(index: usize) -> u32 {
    BRANCHES[index % BRANCHES.len()]
}
