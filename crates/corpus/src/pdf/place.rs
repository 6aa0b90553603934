//! Rectangles on the page, in points, `y` downwards.

use banmian_core::PrintBox;

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y0: f32,
    pub(super) y1: f32,
}

impl Place {
    pub(super) fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    pub(super) fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    /// The common part of the horizontal extents; negative if they lie apart.
    pub(super) fn common_x(&self, other: &Place) -> f32 {
        self.x1.min(other.x1) - self.x0.max(other.x0)
    }

    /// The common part of the vertical extents.
    pub(super) fn common_y(&self, other: &Place) -> f32 {
        self.y1.min(other.y1) - self.y0.max(other.y0)
    }

    /// True if the horizontal extents have more than a sliver of the narrower one in common.
    pub(super) fn shares_x(&self, other: &Place) -> bool {
        self.common_x(other) > 0.1 * self.width().min(other.width()).max(1.0)
    }

    pub(super) fn with(&self, other: &Place) -> Place {
        Place {
            x0: self.x0.min(other.x0),
            x1: self.x1.max(other.x1),
            y0: self.y0.min(other.y0),
            y1: self.y1.max(other.y1),
        }
    }

    /// True if the middle of `other` lies inside.
    pub(super) fn holds(&self, other: &Place) -> bool {
        let (x, y) = ((other.x0 + other.x1) / 2.0, (other.y0 + other.y1) / 2.0);
        self.x0 <= x && x <= self.x1 && self.y0 <= y && y <= self.y1
    }

    /// In hundredths of a point.
    pub(super) fn print(&self) -> PrintBox {
        PrintBox {
            left: hundredths(self.x0),
            top: hundredths(self.y0),
            right: hundredths(self.x1),
            bottom: hundredths(self.y1),
        }
    }
}

/// A length in hundredths of a point. The conversion saturates.
pub(super) fn hundredths(points: f32) -> i32 {
    (points * 100.0).round() as i32
}
