//! The rows that stand in the pages of a database file, read without SQLite and without asking any page about another: what is
//! damaged hides nothing but itself. After sqlite.org/fileformat.html, 1.5, 1.6 and 2.1.

use std::io::{self, Read, Seek, SeekFrom};

use rusqlite::types::Value;

/// The first byte of a page with the rows of a table, and of one with those of an index or a table without row numbers.
const TABLE_LEAF: u8 = 0x0d;
const INDEX_LEAF: u8 = 0x0a;

/// No row of ours is longer; a length that says so is damage.
const LONGEST: u64 = 64 << 20;

/// A file in pages.
pub(super) struct Pages<F> {
    file: F,
    /// In bytes.
    size: usize,
    count: u32,
}

/// A row as its page holds it, in the order of the columns of its table.
pub(super) struct Found {
    /// Its number in its table; none where the table has none.
    pub(super) number: Option<i64>,
    pub(super) cells: Vec<Value>,
}

impl<F: Read + Seek> Pages<F> {
    /// The file in pages of a size in bytes; a last one that is cut is one, too.
    pub(super) fn new(mut file: F, size: usize) -> io::Result<Self> {
        let length = file.seek(SeekFrom::End(0))?;
        let count = u32::try_from(length.div_ceil(size as u64)).unwrap_or(u32::MAX);
        Ok(Self { file, size, count })
    }

    /// Does something with each row that can be read. A page that cannot be read is passed over.
    pub(super) fn rows(&mut self, mut each: impl FnMut(Found)) {
        let mut page = Vec::new();
        for number in 1..=self.count {
            if self.read(number, &mut page).is_ok() {
                for found in self.rows_of(number, &page) {
                    each(found);
                }
            }
        }
    }

    fn read(&mut self, number: u32, page: &mut Vec<u8>) -> io::Result<()> {
        page.clear();
        let at = u64::from(number.saturating_sub(1)) * self.size as u64;
        self.file.seek(SeekFrom::Start(at))?;
        self.file.by_ref().take(self.size as u64).read_to_end(page)?;
        // What is cut off reads as zeros: the rows at the front of the page may be whole.
        page.resize(self.size, 0);
        Ok(())
    }

    fn rows_of(&mut self, number: u32, page: &[u8]) -> Vec<Found> {
        // The header of the file stands before that of the first page.
        let head = if number == 1 { 100 } else { 0 };
        let kind = page[head];
        if !matches!(kind, TABLE_LEAF | INDEX_LEAF) {
            return Vec::new();
        }
        let count = usize::from(u16_at(page, head + 3).unwrap_or(0));
        let pointers = (0..count).map_while(|i| u16_at(page, head + 8 + 2 * i));
        let pointers: Vec<u16> = pointers.collect();
        pointers.into_iter().filter_map(|at| self.row(page, usize::from(at), kind == TABLE_LEAF)).collect()
    }

    fn row(&mut self, page: &[u8], at: usize, numbered: bool) -> Option<Found> {
        let mut cell = page.get(at..)?;
        let length = varint(&mut cell)?;
        let number = if numbered { Some(varint(&mut cell)?.cast_signed()) } else { None };
        let payload = self.payload(cell, length, numbered)?;
        Some(Found { number, cells: record(&payload)? })
    }

    /// The bytes of a row: those in its page, and those that overflow into others.
    fn payload(&mut self, cell: &[u8], length: u64, numbered: bool) -> Option<Vec<u8>> {
        let room = self.size as u64;
        let least = (room - 12) * 32 / 255 - 23;
        let most = if numbered { room - 35 } else { (room - 12) * 64 / 255 - 23 };
        if length > LONGEST {
            return None;
        }
        let here = match least + (length - least.min(length)) % (room - 4) {
            _ if length <= most => length,
            here if here <= most => here,
            _ => least,
        };
        let here = here as usize;
        let mut payload = cell.get(..here)?.to_vec();
        let mut next = u32_at(cell, here);
        let mut page = Vec::new();
        while payload.len() < length as usize {
            let number = next.filter(|number| (2..=self.count).contains(number))?;
            self.read(number, &mut page).ok()?;
            let left = length as usize - payload.len();
            payload.extend(page.get(4..)?.iter().take(left));
            next = u32_at(&page, 0);
        }
        Some(payload)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The number at the front, which is taken off.
fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for i in 0..9 {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        if i == 8 {
            return Some(number << 8 | u64::from(*byte));
        }
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// The cells of a row out of its bytes.
fn record(payload: &[u8]) -> Option<Vec<Value>> {
    let mut head = payload;
    let length = usize::try_from(varint(&mut head)?).ok()?;
    let mut kinds = payload.get(payload.len() - head.len()..length)?;
    let mut body = payload.get(length..)?;
    let mut cells = Vec::new();
    while !kinds.is_empty() {
        cells.push(cell(varint(&mut kinds)?, &mut body)?);
    }
    body.is_empty().then_some(cells)
}

fn cell(kind: u64, body: &mut &[u8]) -> Option<Value> {
    let mut take = |count: usize| {
        let (taken, rest) = body.split_at_checked(count)?;
        *body = rest;
        Some(taken)
    };
    let mut integer = |count: usize| {
        let bytes = take(count)?;
        let first = if bytes.first()? & 0x80 == 0 { 0 } else { -1 };
        Some(bytes.iter().fold(first, |number: i64, byte| number << 8 | i64::from(*byte)))
    };
    Some(match kind {
        0 => Value::Null,
        1..=4 => Value::Integer(integer(kind as usize)?),
        5 => Value::Integer(integer(6)?),
        6 => Value::Integer(integer(8)?),
        7 => Value::Real(f64::from_be_bytes(take(8)?.try_into().ok()?)),
        8 => Value::Integer(0),
        9 => Value::Integer(1),
        10 | 11 => return None,
        _ => {
            let bytes = take(usize::try_from((kind - 12) / 2).ok()?)?.to_vec();
            if kind.is_multiple_of(2) {
                Value::Blob(bytes)
            } else {
                Value::Text(String::from_utf8(bytes).ok()?)
            }
        }
    })
}
