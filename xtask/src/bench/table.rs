//! What the bench prints.

use super::measure::Usage;
use super::{Contender, Parts};

impl Contender {
    fn usage(&self, figure: fn(&Usage) -> f64) -> f64 {
        median(self.samples.iter().map(|s| figure(&s.usage)))
    }

    /// The peak of one run is chance; the highest of all is what must fit.
    fn peak_megabytes(&self) -> f64 {
        self.samples.iter().map(|s| s.usage.peak_bytes).max().unwrap_or(0) as f64 / 1e6
    }

    fn part(&self, figure: fn(&Parts) -> f64) -> f64 {
        median(self.samples.iter().filter_map(|s| s.parts.as_ref()).map(figure))
    }
}

/// A line for each of them, against the first (the floor) and the second (an empty analyzer).
pub(super) fn print_table(contenders: &[Contender]) {
    let width = contenders.iter().map(|c| c.name.len()).max().unwrap_or(0);
    println!(
        "{:width$}  {:>7} {:>8} {:>8} {:>8} {:>7} {:>7} {:>9} {:>7}",
        "", "CPU s", "x floor", "x empty", "peak MB", "layout", "words", "analyzers", "end s"
    );
    for contender in contenders {
        print!(
            "{:width$}  {:7.2} {:8.2} {:8.2} {:8.1}",
            contender.name,
            contender.usage(|u| u.cpu_seconds),
            ratio(contender, &contenders[0]),
            ratio(contender, &contenders[1]),
            contender.peak_megabytes(),
        );
        if contender.log.is_some() {
            let share = |f: fn(&Parts) -> f64| format!("{:.1}%", 100.0 * contender.part(f));
            let (layout, words) = (share(|p| p.layout / p.total), share(|p| p.words / p.total));
            let analyzers = share(|p| p.analyzers / p.total);
            print!(" {layout:>7} {words:>7} {analyzers:>9} {:7.2}", contender.part(|p| p.end));
        }
        println!();
    }
    println!(
        "\nx floor, x empty: median of the ratios of CPU time within a turn. layout, words, analyzers: shares\n\
         of the time of the run by its own log; end: seconds from the last page to the last table."
    );
}

/// Pages a second from PDF, and what reading and layout by positions are of a run.
pub(super) fn print_pdf(contenders: &[Contender], pages: u64) {
    let width = contenders.iter().map(|c| c.name.len()).max().unwrap_or(0);
    println!(
        "\n{:width$}  {:>7} {:>8} {:>8} {:>7} {:>7} {:>7} {:>9}",
        "", "CPU s", "pages/s", "peak MB", "reading", "layout", "words", "analyzers"
    );
    for contender in contenders {
        let cpu = contender.usage(|u| u.cpu_seconds);
        print!("{:width$}  {cpu:7.2} {:8.0} {:8.1}", contender.name, pages as f64 / cpu, contender.peak_megabytes());
        if contender.log.is_some() {
            let share = |f: fn(&Parts) -> f64| format!("{:.1}%", 100.0 * contender.part(f));
            print!(" {:>7} {:>7}", share(|p| p.reading / p.total), share(|p| p.layout / p.total));
            print!(" {:>7} {:>9}", share(|p| p.words / p.total), share(|p| p.analyzers / p.total));
        }
        println!();
    }
    println!("\n{pages} pages of five to seven columns, four in each file. pages: reading and layout alone.");
}

/// Median over the turns of the ratio of CPU times within a turn.
fn ratio(contender: &Contender, base: &Contender) -> f64 {
    let pairs = contender.samples.iter().zip(&base.samples);
    median(pairs.map(|(a, b)| a.usage.cpu_seconds / b.usage.cpu_seconds))
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[n / 2],
        n => f64::midpoint(values[n / 2 - 1], values[n / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0].into_iter()), 2.0);
        assert_eq!(median([4.0, 1.0, 2.0, 3.0].into_iter()), 2.5);
    }
}
