//! The progress bar: on the terminal only, never in a file.

use std::time::Duration;

use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

/// A bar over the bytes of a corpus; hidden unless standard error is a terminal.
pub(crate) fn bar(total_bytes: u64) -> ProgressBar {
    let bar = ProgressBar::new(total_bytes);
    let style = ProgressStyle::with_template(
        "{spinner} {wide_bar} {bytes}/{total_bytes} · {binary_bytes_per_sec} · {eta} left",
    )
    .expect("the template is well formed");
    bar.set_style(style);
    if HumanBytes(total_bytes).0 > 0 {
        bar.enable_steady_tick(Duration::from_millis(120));
    }
    bar
}
