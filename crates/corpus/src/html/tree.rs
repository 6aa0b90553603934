//! From the tags of a page to a tree of elements and text.
//!
//! The tokens are those of the WHATWG's standard (html5gum). The tree is built by the few rules that matter for
//! reading: which tags end others, and which end tags are stray. The standard's own tree construction re-creates
//! unclosed elements and searches all open ones at every tag, which a hostile page makes take quadratic time; here
//! depth and number of elements are bounded, and every step is linear.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// Number of a node.
pub(crate) type Id = usize;

/// The outermost node.
pub(crate) const ROOT: Id = 0;

/// Elements deeper than this are read as part of the one above them. Browsers stop at 512, too.
const DEEPEST: usize = 512;

/// Bytes of an attribute that are kept.
const LONGEST_VALUE: usize = 2000;

/// A parsed page.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    /// All text, as the nodes refer to it.
    text: String,
}

#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) parent: Id,
    /// One past the last node below it: nodes stand in the order of the page.
    pub(crate) end: Id,
    pub(crate) kind: Kind,
}

#[derive(Debug)]
pub(crate) enum Kind {
    Element(Element),
    /// A stretch of the text.
    Text(std::ops::Range<usize>),
}

/// An element and those of its attributes that tell something.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    /// Words of `class` and `id`, in small letters.
    pub(crate) words: Vec<String>,
    /// `name`, `property` or `itemprop`.
    pub(crate) property: String,
    /// `content`, or `datetime` of a time.
    pub(crate) content: String,
    pub(crate) hidden: bool,
    pub(crate) centered: bool,
}

/// A page with more elements than allowed.
#[derive(Debug)]
pub(crate) struct TooMany;

impl Tree {
    /// Parses a page of at most `most` elements and stretches of text.
    pub(crate) fn parse(html: &str, most: usize) -> Result<Tree, TooMany> {
        let root = Node { parent: ROOT, end: 1, kind: Kind::Element(Element::default()) };
        let mut builder = Builder {
            tree: Tree { nodes: vec![root], text: String::new() },
            open: vec![ROOT],
            too_deep: 0,
            most,
            next: None,
        };
        let stopped = {
            let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| builder.event(event));
            emitter.naively_switch_states(true);
            Tokenizer::new_with_emitter(html, emitter).next().is_some()
        };
        if stopped {
            return Err(TooMany);
        }
        let end = builder.tree.nodes.len();
        builder.open.drain(..).for_each(|id| builder.tree.nodes[id].end = end);
        Ok(builder.tree)
    }

    /// The element with this number, if it is one.
    pub(crate) fn element(&self, id: Id) -> Option<&Element> {
        match &self.nodes[id].kind {
            Kind::Element(element) => Some(element),
            Kind::Text(_) => None,
        }
    }

    /// The text of a node, empty for elements.
    pub(crate) fn text(&self, id: Id) -> &str {
        match &self.nodes[id].kind {
            Kind::Text(range) => &self.text[range.clone()],
            Kind::Element(_) => "",
        }
    }

    /// The node itself and all below it, in the order of the page.
    pub(crate) fn below(&self, id: Id) -> std::ops::Range<Id> {
        id..self.nodes[id].end
    }

    /// All text below a node, its spaces as one each.
    pub(crate) fn all_text(&self, id: Id) -> String {
        let words = self.below(id).flat_map(|id| self.text(id).split_whitespace());
        words.collect::<Vec<_>>().join(" ")
    }
}

struct Builder {
    tree: Tree,
    /// The elements that are open, the outermost first.
    open: Vec<Id>,
    /// Elements open that are not in `open`, as they are too deep.
    too_deep: usize,
    most: usize,
    /// The start tag being read, and the attribute being read.
    next: Option<(Element, Vec<u8>)>,
}

impl Builder {
    /// Takes a token; some once the page is larger than allowed.
    fn event(&mut self, event: CallbackEvent<'_>) -> Option<()> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                let name = String::from_utf8_lossy(name).into_owned();
                self.next = Some((Element { name, ..Element::default() }, Vec::new()));
            }
            CallbackEvent::AttributeName { name } => {
                if let Some((element, attribute)) = &mut self.next {
                    element.hidden |= name == b"hidden";
                    attribute.clear();
                    attribute.extend_from_slice(&name[..name.len().min(LONGEST_VALUE)]);
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((element, attribute)) = &mut self.next {
                    let value = String::from_utf8_lossy(&value[..value.len().min(LONGEST_VALUE)]);
                    element.attribute(attribute, &value);
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                if let Some((element, _)) = self.next.take() {
                    self.start(element, self_closing);
                }
            }
            CallbackEvent::EndTag { name } => self.end(&String::from_utf8_lossy(name)),
            CallbackEvent::String { value } => self.string(&String::from_utf8_lossy(value)),
            CallbackEvent::Comment { value } => self.comment(&String::from_utf8_lossy(value)),
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        (self.tree.nodes.len() > self.most).then_some(())
    }

    fn top(&self) -> Id {
        self.open.last().copied().unwrap_or(ROOT)
    }

    fn name(&self, id: Id) -> &str {
        self.tree.element(id).map_or("", |e| &e.name)
    }

    fn push(&mut self, kind: Kind) -> Id {
        let id = self.tree.nodes.len();
        self.tree.nodes.push(Node { parent: self.top(), end: id + 1, kind });
        id
    }

    fn string(&mut self, text: &str) {
        let start = self.tree.text.len();
        self.tree.text.push_str(text);
        self.push(Kind::Text(start..self.tree.text.len()));
    }

    /// Publishing systems of newspapers mark the text, and tell of it, in comments.
    fn comment(&mut self, text: &str) {
        let text = text.trim();
        match text {
            "enpcontent" => self.start(Element::named(CONTENT), false),
            "/enpcontent" => self.end(CONTENT),
            _ => {
                if let Some(told) = text.strip_prefix("enpproperty") {
                    let told = told.trim_end_matches("/enpproperty").trim();
                    let content = told.chars().take(LONGEST_VALUE).collect();
                    self.push(Kind::Element(Element { content, ..Element::named(PROPERTY) }));
                }
            }
        }
    }

    fn start(&mut self, element: Element, self_closing: bool) {
        let name = element.name.as_str();
        for (openers, closed, within) in ENDED {
            if openers.contains(&name) {
                self.close_open(closed, within);
            }
        }
        let leaf = VOID.contains(&name) || self_closing && matches!(name, "svg" | "math");
        if !leaf && self.open.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        let id = self.push(Kind::Element(element));
        if !leaf {
            self.open.push(id);
        }
    }

    /// Ends the newest open element of some names, unless one of `within` was opened after it.
    fn close_open(&mut self, names: &[&str], within: &[&str]) {
        let found = self.open.iter().rposition(|&id| {
            let name = self.name(id);
            names.contains(&name) || within.contains(&name)
        });
        if let Some(at) = found.filter(|&at| names.contains(&self.name(self.open[at]))) {
            self.close_from(at);
        }
    }

    fn close_from(&mut self, at: usize) {
        let end = self.tree.nodes.len();
        for id in self.open.drain(at.max(1)..) {
            self.tree.nodes[id].end = end;
        }
    }

    fn end(&mut self, name: &str) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if matches!(name, "p" | "br") && !self.open.iter().any(|&id| self.name(id) == name) {
            // As browsers do: a line ends here.
            self.push(Kind::Element(Element::named("br")));
            return;
        }
        let table = TABLE.contains(&name);
        let inline = is_inline(name);
        for at in (1..self.open.len()).rev() {
            let open = self.name(self.open[at]);
            if open == name {
                return self.close_from(at);
            }
            // A stray end tag ends neither the cell nor the block it stands in.
            if !table && matches!(open, "td" | "th") || inline && !is_inline(open) {
                return;
            }
        }
    }
}

impl Element {
    fn named(name: &str) -> Element {
        Element { name: name.to_owned(), ..Element::default() }
    }

    fn attribute(&mut self, name: &[u8], value: &str) {
        match name {
            b"class" | b"id" => {
                let words = value.split_whitespace().map(str::to_lowercase);
                self.words.extend(words.take(20));
            }
            b"name" | b"property" | b"itemprop" | b"http-equiv" => self.property = value.trim().to_lowercase(),
            b"content" | b"datetime" => self.content = value.trim().to_owned(),
            b"aria-hidden" => self.hidden |= value == "true",
            b"align" => self.centered |= value.eq_ignore_ascii_case("center"),
            b"style" => {
                let style: String = value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
                self.hidden |= style.contains("display:none") || style.contains("visibility:hidden");
                self.centered |= style.contains("text-align:center");
            }
            _ => {}
        }
    }
}

/// What holds the text, where the page says so.
pub(crate) const CONTENT: &str = "founder-content";
/// What tells of the text: an element made of a comment.
pub(crate) const PROPERTY: &str = "enpproperty";

const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
const TABLE: &[&str] = &["table", "tbody", "thead", "tfoot", "tr", "td", "th"];
const LIMITS: &[&str] = &["td", "th", "caption", "button", "object"];

/// Which tags end which open elements, unless others stand between (WHATWG HTML, 13.1.2.4, optional tags).
const ENDED: &[(&[&str], &[&str], &[&str])] = &[
    (
        &[
            "address",
            "article",
            "aside",
            "blockquote",
            "center",
            "dd",
            "details",
            "dir",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "menu",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "ul",
        ],
        &["p"],
        LIMITS,
    ),
    (
        &["h1", "h2", "h3", "h4", "h5", "h6"],
        &["h1", "h2", "h3", "h4", "h5", "h6"],
        &["div", "td", "th", "article", "section"],
    ),
    (&["li"], &["li"], &["ul", "ol", "menu"]),
    (&["dd", "dt"], &["dd", "dt"], &["dl"]),
    (&["option", "optgroup"], &["option"], &["select"]),
    (&["td", "th"], &["td", "th"], &["table"]),
    (&["tr"], &["tr"], &["table"]),
    (&["tbody", "thead", "tfoot"], &["tbody", "thead", "tfoot"], &["table"]),
    (&["body"], &["head"], &[]),
];

/// True for elements that stand in a line of text.
pub(crate) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "img"
            | "br"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Elements by name with their text, the nesting in brackets.
    fn shape(html: &str) -> String {
        let tree = Tree::parse(html, 1000).expect("is small");
        let (mut out, mut open) = (String::new(), Vec::new());
        for id in 1..tree.nodes.len() {
            while open.last().is_some_and(|end| *end <= id) {
                open.pop();
                out.push(')');
            }
            match tree.element(id) {
                Some(element) => {
                    out.push_str(&format!("({}", element.name));
                    open.push(tree.nodes[id].end);
                }
                None => out.push_str(&format!(" {}", tree.text(id).trim())),
            }
        }
        out + &")".repeat(open.len())
    }

    #[test]
    fn tags_that_nobody_closed_are_closed() {
        assert_eq!(shape("<div><p>甲<p>乙<b>丙</div>丁"), "(div(p 甲)(p 乙(b 丙))) 丁");
        assert_eq!(shape("<ul><li>甲<li>乙</ul>"), "(ul(li 甲)(li 乙))");
        assert_eq!(shape("<table><tr><td>甲<td>乙<tr><td>丙</table>"), "(table(tr(td 甲)(td 乙))(tr(td 丙)))");
    }

    #[test]
    fn stray_end_tags_end_nothing() {
        assert_eq!(shape("<div>甲</span>乙</div>"), "(div 甲 乙)");
        assert_eq!(shape("<table><tr><td>甲</div>乙</table>"), "(table(tr(td 甲 乙)))");
        assert_eq!(shape("甲</p>乙"), " 甲(br) 乙");
    }

    #[test]
    fn scripts_are_no_tags_and_entities_are_characters() {
        assert_eq!(shape("<script>if (a < b) '<p>'</script>&ldquo;甲&rdquo;&nbsp;"), "(script if (a < b) '<p>') “甲”");
    }

    #[test]
    fn hostile_pages_are_bounded() {
        let deep = "<div>".repeat(100_000) + "甲";
        assert_eq!(Tree::parse(&deep, 1000).expect("is not wide").all_text(ROOT), "甲");
        assert!(Tree::parse(&"<p>".repeat(2000), 1000).is_err());
        let wide = format!("<div {}>甲</div>", "a=1 ".repeat(1_000_000));
        assert_eq!(Tree::parse(&wide, 1000).expect("is one element").nodes.len(), 3);
    }
}
