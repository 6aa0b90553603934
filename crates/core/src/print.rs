//! Where the lines of a page stand on paper, for pages that come with positions (PDF).
//!
//! A page of bare text has none of this. All lengths are hundredths of a point (1/7200 inch), whole
//! numbers, so that they compare and hash alike everywhere. `x` grows to the right and `y` downwards;
//! a page set vertically is turned first, so that its lines run along `x`, too.

/// A rectangle on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PrintBox {
    /// Left edge.
    pub left: i32,
    /// Upper edge.
    pub top: i32,
    /// Right edge.
    pub right: i32,
    /// Lower edge.
    pub bottom: i32,
}

impl PrintBox {
    /// Width.
    pub fn width(&self) -> i32 {
        self.right - self.left
    }

    /// Height.
    pub fn height(&self) -> i32 {
        self.bottom - self.top
    }

    /// How much of the horizontal extents of both is common; negative if they lie apart.
    pub fn common_x(&self, other: &PrintBox) -> i32 {
        self.right.min(other.right) - self.left.max(other.left)
    }

    /// How much of the vertical extents of both is common; negative if they lie apart.
    pub fn common_y(&self, other: &PrintBox) -> i32 {
        self.bottom.min(other.bottom) - self.top.max(other.top)
    }

    /// The least rectangle that holds both.
    #[must_use]
    pub fn with(&self, other: &PrintBox) -> PrintBox {
        PrintBox {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// True if the middle of `other` lies inside.
    pub fn holds(&self, other: &PrintBox) -> bool {
        let (x, y) = (other.left.midpoint(other.right), other.top.midpoint(other.bottom));
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }
}

/// A line of the raw text, as it was printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PrintLine {
    /// Its place, from the left edge of the first to the right edge of the last character, and from
    /// the top of the type to its foot.
    pub place: PrintBox,
    /// Size of the type.
    pub size: i32,
    /// Number of the stack of lines it belongs to: a column, or a part of one, or a headline.
    pub zone: u32,
    /// Number of the group of columns that are read from left to right and the zone belongs to.
    pub strip: u32,
    /// Number of the frame drawn around it, from 1; 0 if it stands in none.
    pub frame: u32,
    /// True if it runs across the direction of the page: a headline set vertically.
    pub upright: bool,
}

/// A page as it was printed. Line `n` of the raw text stands where `lines[n]` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Print {
    /// The lines of the raw text, in its order.
    pub lines: Vec<PrintLine>,
    /// Lines drawn, horizontal and vertical.
    pub rules: Vec<PrintBox>,
    /// Pictures.
    pub pictures: Vec<PrintBox>,
}

impl Print {
    /// Hands out all of it as bytes, the same on every platform: for hashes.
    pub fn bytes(&self, mut to: impl FnMut(&[u8])) {
        let mut number = |n: i64| to(&n.to_le_bytes());
        let places = |list: &[PrintBox], number: &mut dyn FnMut(i64)| {
            number(list.len() as i64);
            list.iter().flat_map(|p| [p.left, p.top, p.right, p.bottom]).for_each(|n| number(n.into()));
        };
        for line in &self.lines {
            places(&[line.place], &mut number);
            [line.size.into(), line.zone.into(), line.strip.into(), line.frame.into()]
                .into_iter()
                .chain([line.upright.into()])
                .for_each(&mut number);
        }
        places(&self.rules, &mut number);
        places(&self.pictures, &mut number);
    }
}
