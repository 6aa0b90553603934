//! Numbers, widths and texts for people.

use std::io::{self, Write};

use banmian_report::grouped;
use unicode_width::UnicodeWidthStr;

/// Tells the user something on the terminal's side. Where nobody can read it, the exit status still tells.
pub(crate) fn tell(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Writes a text to standard output. Fails where the reader of a pipe has had enough.
pub(crate) fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// A count and its noun: `1 page`, `12 pages`.
pub(crate) fn plural(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// Pads a text with spaces to a width in terminal columns, where a Chinese character takes two.
pub(crate) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
