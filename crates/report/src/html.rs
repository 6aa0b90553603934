//! Writing HTML: everything that comes from a corpus goes through [`escape`].

use crate::words::Words;

/// A page in the making.
#[derive(Default)]
pub(crate) struct Html(String);

impl Html {
    /// Markup as it is.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// Text, escaped.
    pub(crate) fn text(&mut self, text: &str) {
        push_escaped(text, &mut self.0);
    }

    /// A text in both languages; the style sheet shows one.
    pub(crate) fn words(&mut self, words: Words) {
        self.raw(&format!("<span lang=\"en\">{}</span>", escape(words.en)));
        self.raw(&format!("<span lang=\"zh\">{}</span>", escape(words.zh)));
    }

    /// An element with a text in both languages.
    pub(crate) fn tag(&mut self, name: &str, attributes: &[(&str, &str)], words: Words) {
        let attributes: String = attributes.iter().map(|(k, v)| format!(" {k}=\"{}\"", escape(v))).collect();
        self.raw(&format!("<{name}{attributes}>"));
        self.words(words);
        self.raw(&format!("</{name}>"));
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// Text as HTML, safe in content and in quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(text, &mut out);
    out
}

fn push_escaped(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|b| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}
