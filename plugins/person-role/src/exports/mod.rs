//! Exports for other programs, made of the same persons and offices as the tables.

mod followthemoney;
mod gexf;

use banmian_core::DocumentSink;

use crate::ordered::Ordered;
use crate::people::People;
use crate::settings::Export;

/// Writes one export.
pub(crate) fn write(export: Export, summary: &Ordered, people: &People<'_>, out: &mut DocumentSink<'_>) {
    match export {
        Export::Gexf => gexf::write(summary, people, out),
        Export::Followthemoney => followthemoney::write(summary, people, out),
    }
}
