//! Puts blocks onto pages: from top to bottom, from column to column, from page to page.

use crate::export::spoken::{Page, Part, Parts, Role, Sheet, Sheets};
use crate::export::svg::{Frame, Svg, Words};
use crate::layout::colours;
use crate::layout::wrap::{shown, wrap};

/// A sheet on its side, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// Its width.
    pub w: f32,
    /// Its height.
    pub h: f32,
    /// The size of running words.
    pub text: f32,
}

impl Paper {
    /// A4 on its side.
    pub const A4: Paper = Paper { w: 841.9, h: 595.3, text: 10.0 };
    /// Not only more on it, but larger: it is hung up.
    pub const A3: Paper = Paper { w: 1190.6, h: 841.9, text: 12.0 };

    /// What is left free at each edge, in points.
    pub fn margin(self) -> f32 {
        self.text * 2.8
    }

    /// What is left between the margins and above the foot.
    pub fn inside(self) -> Frame {
        let margin = self.margin();
        Frame { x: margin, y: margin, w: self.w - 2.0 * margin, h: self.h - 2.0 * margin - self.text }
    }

    /// From one line of running words to the next.
    pub fn pitch(self) -> f32 {
        self.text * 1.55
    }
}

/// Pages that are being filled.
#[derive(Debug, Clone)]
pub struct Flow {
    /// What the pages are.
    pub paper: Paper,
    done: Vec<Page>,
    page: Page,
    /// What is on the pages, and the part that is being put there.
    parts: Parts,
    open: Option<Part>,
    /// Where the columns of this page begin and end, how far down they are filled, and how many there are.
    top: f32,
    bottom: f32,
    deepest: f32,
    columns: usize,
    column: usize,
    y: f32,
}

impl Flow {
    /// Words of so few lines are not broken.
    const FEW: usize = 4;

    /// A first page with nothing on it.
    pub fn new(paper: Paper) -> Self {
        let (top, bottom) = (paper.inside().y, paper.inside().bottom());
        let (done, page, parts) = (Vec::new(), Page::default(), Parts::default());
        Self {
            paper,
            done,
            page,
            parts,
            open: None,
            top,
            bottom,
            deepest: top,
            columns: 1,
            column: 0,
            y: top,
        }
    }

    /// Where the current column stands.
    fn column(&self) -> Frame {
        let inside = self.paper.inside();
        let apart = self.paper.text * 2.4;
        let w = (inside.w - apart * (self.columns as f32 - 1.0)) / self.columns as f32;
        let x = inside.x + (w + apart) * self.column as f32;
        Frame { x, y: self.y, w, h: self.bottom - self.y }
    }

    /// The width of the current column, in points.
    pub fn width(&self) -> f32 {
        self.column().w
    }

    /// The page and the column on it that is being filled.
    pub fn place(&self) -> (usize, usize) {
        (self.done.len(), self.column)
    }

    /// What is left of the column.
    pub fn left(&self) -> f32 {
        self.column().h
    }

    /// The height of an empty page.
    pub fn most(&self) -> f32 {
        self.paper.inside().h
    }

    /// Goes on in the next column, or at the top of a new page.
    pub fn next(&mut self) {
        if self.column + 1 < self.columns {
            self.column += 1;
            self.y = self.top;
        } else {
            self.new_page();
        }
    }

    /// Goes on at the top of a new page.
    pub fn new_page(&mut self) {
        self.done.push(std::mem::take(&mut self.page));
        let inside = self.paper.inside();
        (self.top, self.bottom, self.deepest) = (inside.y, inside.bottom(), inside.y);
        (self.column, self.y) = (0, self.top);
    }

    /// From here on in so many columns; on a new page where others have been filled on this one.
    pub fn set_columns(&mut self, columns: usize) {
        if self.columns > 1 && (self.column > 0 || self.y > self.top) {
            self.new_page();
        }
        self.columns = columns;
        self.column = 0;
        if columns > 1 {
            self.top = self.y;
        }
    }

    /// Puts it into so many columns of about the same height. Where they have no room on this page, as many pages are filled as it
    /// takes, and what follows begins on another.
    pub fn side_by_side(&mut self, columns: usize, put: impl Fn(&mut Self)) {
        /// Heights that differ by less are not told apart.
        const STEP: f32 = 8.0;
        let within = |high: f32| {
            let mut tried = self.clone();
            tried.set_columns(columns);
            tried.bottom = tried.y + high;
            put(&mut tried);
            (tried.done.len() == self.done.len()).then_some(tried)
        };
        let (mut least, mut high) = (0.0, self.left());
        let Some(mut best) = within(high) else {
            self.set_columns(columns);
            return put(self);
        };
        while high - least > STEP {
            let middle = f32::midpoint(least, high);
            match within(middle) {
                Some(tried) => (best, high) = (tried, middle),
                None => least = middle,
            }
        }
        (best.columns, best.column) = (1, 0);
        (best.top, best.bottom, best.y) = (self.top, self.bottom, best.deepest);
        *self = best;
    }

    /// Goes on over the whole width, on a new page where that is asked for, or where columns have been filled on this one.
    pub fn whole_width(&mut self, anew: bool) {
        if anew {
            self.new_page();
        }
        self.set_columns(1);
    }

    /// Puts it in one piece, unless it is long: in the next column or on the next page, where it has no room here.
    pub fn in_one_piece(&mut self, put: impl Fn(&mut Self)) {
        let (mut here, mut next) = (self.clone(), self.clone());
        put(&mut here);
        if here.place() != self.place() {
            next.next();
            let (place, room) = (next.place(), next.left());
            put(&mut next);
            if next.place() == place && room - next.left() < self.most() / 1.5 {
                here = next;
            }
        }
        *self = here;
    }

    /// The same place with nothing on it yet, to try what would come to stand where.
    pub fn tried(&self) -> Self {
        let (done, page, parts) = (Vec::new(), Page::default(), Parts::default());
        Self { done, page, parts, open: None, ..*self }
    }

    /// Takes the first of several ways that needs the fewest pages.
    pub fn fewest_pages<T>(&mut self, ways: impl IntoIterator<Item = T>, put: impl Fn(&mut Self, T)) {
        let tried = ways.into_iter().map(|way| {
            let mut tried = self.clone();
            put(&mut tried, way);
            tried
        });
        if let Some(best) = tried.min_by_key(|tried| tried.done.len()) {
            *self = best;
        }
    }

    /// Goes on in the next column where less than so many heights of a letter are left.
    pub fn keep(&mut self, lines: f32) {
        if self.left() < self.paper.text * lines {
            self.next();
        }
    }

    /// Room for a block that is not to be broken; gives its corner.
    pub fn take(&mut self, h: f32) -> (f32, f32) {
        if h > self.left() && self.y > self.paper.inside().y {
            self.next();
        }
        let at = (self.column().x, self.y);
        self.y += h;
        self.deepest = self.deepest.max(self.y);
        at
    }

    /// The page as it is so far, for words of the open part, where [`Flow::take`] said.
    pub fn draw(&mut self) -> &mut Svg {
        self.page.piece(self.open)
    }

    /// The same for what has nothing to say.
    pub fn ornament(&mut self) -> &mut Svg {
        self.page.piece(None)
    }

    /// Everything that is put on the pages within this is a part of that role.
    pub fn part<T>(&mut self, role: Role, put: impl FnOnce(&mut Self) -> T) -> T {
        let part = self.begin(role);
        self.within(part, put)
    }

    /// A part of what is open, with nothing in it yet.
    pub fn begin(&mut self, role: Role) -> Part {
        self.parts.begin(role, self.open)
    }

    /// Goes on with a part.
    pub fn within<T>(&mut self, part: Part, put: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.open.replace(part);
        let put = put(self);
        self.open = outer;
        put
    }

    /// Leaves room, in lines of running words without the air between them.
    pub fn space(&mut self, lines: f32) {
        self.y += self.paper.text * lines;
    }

    /// Leaves the room that stands over a heading, unless it is the first on its page.
    pub fn apart(&mut self) {
        if self.y > self.paper.inside().y {
            self.space(1.2);
        }
    }

    /// What the whole is called.
    pub fn title(&mut self, text: &str) {
        let words = Words::new(self.paper.text * 2.0, colours::TEXT).bold();
        self.part(Role::Heading(1, text.to_owned()), |flow| flow.words(words, 0.0, text));
    }

    /// A heading, never alone at the foot of a page.
    pub fn heading(&mut self, text: &str) {
        let size = self.paper.text * 1.5;
        if self.left() < size * 5.0 {
            self.next();
        }
        if self.y > self.top {
            self.apart();
        }
        let w = self.width();
        let (x, y) = self.take(size * 1.9);
        let words = Words::new(size, colours::TEXT).bold();
        let bar = Frame { x, y: y + 1.0, w: size * 0.3, h: size * 1.25 };
        self.ornament().rect(bar, 0.0, Some(colours::SKY), None);
        self.part(Role::Heading(2, text.to_owned()), |flow| {
            flow.draw().text_within(x + size * 0.7, y + size, words, text, w - size);
        });
    }

    /// A heading within what stands under another.
    pub fn subheading(&mut self, words: Words, text: &str) {
        self.part(Role::Heading(3, text.to_owned()), |flow| flow.words(words.bold(), 0.0, text));
    }

    /// Words that run over as many lines as they need, as a part of their own.
    pub fn paragraph(&mut self, words: Words, indent: f32, text: &str) {
        self.part(Role::Paragraph, |flow| flow.words(words, indent, text));
    }

    /// Items one below the other, each as deep as it says, with its words.
    pub fn list(&mut self, step: f32, items: &[(usize, Words, String)]) {
        let mut items = items.iter().peekable();
        while let Some((depth, ..)) = items.peek() {
            self.items(*depth, step, &mut items);
        }
    }

    /// Those of a list from this depth on inwards.
    fn items<'a>(
        &mut self,
        depth: usize,
        step: f32,
        items: &mut std::iter::Peekable<impl Iterator<Item = &'a (usize, Words, String)>>,
    ) {
        self.part(Role::List, |flow| {
            while let Some((_, words, text)) = items.next_if(|(deep, ..)| *deep == depth) {
                flow.part(Role::Item, |flow| {
                    flow.words(*words, step * depth as f32, text);
                    while let Some((deeper, ..)) = items.peek().filter(|(deep, ..)| *deep > depth) {
                        flow.items(*deeper, step, items);
                    }
                });
            }
        });
    }

    /// One line with its baseline where [`Flow::take`] said, drawn narrower where it would be longer than `room`.
    pub fn line(&mut self, (x, y): (f32, f32), words: Words, text: &str, room: f32) {
        self.part(Role::Paragraph, |flow| flow.draw().text_within(x, y, words, text, room));
    }

    /// Words of the open part over as many lines as they need, further ones a little further in.
    fn words(&mut self, words: Words, indent: f32, text: &str) {
        let hang = words.size;
        let pitch = words.size * 1.55;
        let w = self.width() - indent;
        let cells = (((w - hang) / words.size * 2.0) as usize).max(4);
        let lines = |part| wrap(part, cells).into_iter().enumerate();
        let lines: Vec<(usize, &str)> = text.split('\n').flat_map(lines).collect();
        if lines.len() <= Self::FEW && lines.len() as f32 * pitch > self.left() {
            self.next();
        }
        for (i, line) in lines {
            let (x, y) = self.take(pitch);
            let x = x + indent + if i > 0 { hang } else { 0.0 };
            self.draw().text_within(x, y + words.size * 1.1, words, shown(line), w);
        }
    }

    /// What stands on the pages so far.
    pub fn pages(&self) -> impl Iterator<Item = &Svg> {
        self.done.iter().chain([&self.page]).flat_map(Page::pieces)
    }

    /// All pages, with a foot on each.
    pub fn finish(mut self, title: &str, note: &str) -> Sheets {
        self.done.push(self.page);
        let (paper, count) = (self.paper, self.done.len());
        let inside = paper.inside();
        let words = Words::new(paper.text * 0.85, colours::QUIET);
        let y = paper.h - paper.margin() + paper.text * 0.6;
        // Up to the words in the middle.
        let room = (inside.w - words.width(note)) / 2.0 - paper.text * 2.0;
        let shorter = words.cut(title, room);
        for (i, page) in self.done.iter_mut().enumerate() {
            let foot = page.piece(None);
            foot.text(inside.x, y, words, &shorter);
            foot.text_around(paper.w / 2.0, y, words, note);
            foot.text_until(inside.right(), y, words, &format!("{} / {count}", i + 1));
        }
        let pages: Vec<Sheet> = self.done.iter().map(|page| page.sheet(paper.w, paper.h)).collect();
        Sheets { pages, parts: self.parts }
    }
}
