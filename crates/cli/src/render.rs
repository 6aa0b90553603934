//! Drawing faults: message, file, line and a caret under what is wrong.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Reset, Style};
use banmian_core::{Fault, FaultPlace};
use banmian_engine::suite::SuiteError;

/// The colour of `error:`.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// Back to plain text.
pub(crate) const RESET: Reset = Reset;

/// All faults of a suite, with colours; [`anstream`] takes them out where they are not wanted.
pub(crate) fn suite_error(error: &SuiteError) -> String {
    let drawn: Vec<_> = error.faults.iter().map(|f| fault(f, error)).collect();
    drawn.join("\n\n")
}

fn fault(fault: &Fault, error: &SuiteError) -> String {
    let mut group: Group<'_> = match &fault.place {
        FaultPlace::Settings => Group::with_title(Level::ERROR.primary_title(&*fault.message)),
        FaultPlace::Suite(place) => {
            let file = &error.files[place.file as usize];
            snippet(&fault.message, &file.name, &file.text, place.start as usize..place.end as usize)
        }
        FaultPlace::File { name, text, range } => snippet(&fault.message, name, text, range.clone()),
    };
    if let Some(help) = &fault.help {
        group = group.element(Level::HELP.message(&**help));
    }
    Renderer::styled().render(&[group]).to_string()
}

fn snippet<'a>(message: &'a str, name: &'a str, text: &'a str, range: std::ops::Range<usize>) -> Group<'a> {
    // Only the lines around the fault: a lexicon has thousands.
    let start = text[..range.start.min(text.len())].rfind('\n').map_or(0, |i| i + 1);
    let end = text[range.end.min(text.len())..].find('\n').map_or(text.len(), |i| range.end + i);
    let line = 1 + text[..start].matches('\n').count();
    let range = range.start.min(text.len()) - start..range.end.min(text.len()) - start;
    let source =
        Snippet::source(&text[start..end]).path(name).line_start(line).annotation(AnnotationKind::Primary.span(range));
    Group::with_title(Level::ERROR.primary_title(message)).element(source)
}
