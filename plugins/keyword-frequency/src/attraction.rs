//! How much two words go together, from whole numbers. Formulas and sources: docs/methods/keyword-frequency.md.

use crate::association::{Share, g2_of_table};

/// Two words that go together, in whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Together {
    /// Occurrences of the collocate near the node.
    pub(crate) together: u64,
    /// Tokens near the node.
    pub(crate) window: u64,
    /// Occurrences of the node.
    pub(crate) node: u64,
    /// Occurrences of the collocate.
    pub(crate) collocate: u64,
    /// Tokens of the corpus.
    pub(crate) tokens: u64,
}

/// Measures of how much two words go together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Attraction {
    pub(crate) log_dice: f64,
    pub(crate) mi: f64,
    pub(crate) mi3: f64,
    pub(crate) t: f64,
    pub(crate) g2: f64,
    pub(crate) delta_p_collocate: f64,
    pub(crate) delta_p_node: f64,
}

impl Together {
    /// The measures; there must be at least one occurrence together.
    pub(crate) fn attraction(self) -> Attraction {
        let [o, window, c] = [self.together, self.window, self.collocate].map(|n| n as f64);
        let n = self.tokens.saturating_sub(self.node);
        let expected = window * c / n as f64;
        let near = Share { count: self.together, of: self.window };
        let far = Share { count: self.collocate.saturating_sub(self.together), of: n.saturating_sub(self.window) };
        let other = Share { count: self.window - self.together, of: n.saturating_sub(self.collocate) };
        Attraction {
            log_dice: 14.0 + (2.0 * o / (self.node as f64 + c)).log2(),
            mi: (o / expected).log2(),
            mi3: (o.powi(3) / expected).log2(),
            t: (o - expected) / o.sqrt(),
            g2: if far.of == 0 { 0.0 } else { g2_of_table(near, far) },
            delta_p_collocate: near.rate() - far.rate(),
            delta_p_node: Share { count: self.together, of: self.collocate }.rate() - other.rate(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Together;

    /// Rychlý 2008: logDice is at most 14, when two words occur only together; 0 means fewer than one
    /// co-occurrence in 16,000; one point more is twice as often.
    #[test]
    fn the_log_dice_of_rychly() {
        let log_dice = |together, node, collocate| {
            Together { together, window: 100_000, node, collocate, tokens: 1_000_000 }.attraction().log_dice
        };
        assert_eq!(log_dice(500, 500, 500), 14.0);
        assert_eq!(log_dice(1, 16_384, 16_384), 0.0);
        assert!((log_dice(20, 700, 300) - log_dice(10, 700, 300) - 1.0).abs() < 1e-12);
    }
}
