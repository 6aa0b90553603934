//! Whole files that an analyzer writes beside its tables: exports in the forms of other programs.

/// Where analyzers write documents; the engine makes files of them in the analyzer's folder.
///
/// Tables are for what has rows; a document is for what another program wants as one file.
pub struct DocumentSink<'a> {
    write: &'a mut WriteText<'a>,
}

/// Takes a document's name and the next piece of its text.
pub type WriteText<'a> = dyn FnMut(&str, &str) + 'a;

impl<'a> DocumentSink<'a> {
    /// A sink that hands every piece to `write`.
    pub fn new(write: &'a mut WriteText<'a>) -> Self {
        DocumentSink { write }
    }

    /// Adds text to the end of a document. Its name is a file name with its ending, in snake case: `co_mentions.gexf`; pieces may be as
    /// small as a line.
    pub fn append(&mut self, name: &str, text: &str) {
        (self.write)(name, text);
    }
}
