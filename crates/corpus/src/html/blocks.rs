//! The text of a page as blocks: stretches between two ends of block elements, in the order of the page.
//!
//! What no reader of the paper reads is left out here: scripts, hidden elements, navigation, footers, sharing
//! buttons, comments of visitors. Ruby annotations go, the characters they stand over stay.

use super::content::is_content;
use super::rows::Rows;
use super::told::is_about;
use super::tree::{Element, Id, Kind, ROOT, Tree, is_inline};

/// A stretch of text without a block inside.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// Its text: spaces of the source as one each, a line feed where the page breaks the line.
    pub(crate) text: String,
    /// The innermost block element around it.
    pub(crate) holder: Id,
    /// 1 to 6 inside such a heading, else 0.
    pub(crate) level: u8,
    /// What class and id of the elements around its text alone call it.
    pub(crate) role: Option<Role>,
    /// Characters, without spaces.
    pub(crate) inked: usize,
    /// Those in links.
    pub(crate) linked: usize,
    /// Those in bold.
    pub(crate) strong: usize,
    pub(crate) centered: bool,
    /// True if a picture stands right before it, or begins it.
    pub(crate) pictured: bool,
    /// Characters of running text: those outside links, of a block with sentence marks that is not mostly links.
    pub(crate) running: usize,
}

/// What names of classes, ids and elements call a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Kicker,
    Main,
    Deck,
    /// A kicker above the main headline, a deck below it.
    Minor,
    Byline,
    Caption,
}

impl Block {
    /// True for a heading, or what the page calls a part of the headline.
    pub(crate) fn is_heading(&self) -> bool {
        self.level > 0 || matches!(self.role, Some(Role::Kicker | Role::Main | Role::Deck | Role::Minor))
    }
}

/// The blocks of a page.
pub(crate) fn blocks(tree: &Tree) -> Vec<Block> {
    let mut walk = Walk::of(tree);
    let mut id = ROOT + 1;
    while id < tree.nodes.len() {
        walk.close_before(id);
        match &tree.nodes[id].kind {
            Kind::Text(_) => walk.text(tree.text(id)),
            Kind::Element(element) if walk.is_dropped(id, element) => {
                id = tree.nodes[id].end;
                continue;
            }
            Kind::Element(element) => walk.element(id, element),
        }
        id += 1;
    }
    walk.flush();
    let mut blocks = walk.blocks;
    run_without_marks(&mut blocks);
    blocks
}

/// On a page without a sentence mark (a list of names, verse) all text is running text, if more of it stands outside links than in them.
fn run_without_marks(blocks: &mut [Block]) {
    let (inked, linked) = blocks.iter().fold((0, 0), |sum, block| (sum.0 + block.inked, sum.1 + block.linked));
    if blocks.iter().any(|block| block.running > 0) || 2 * linked > inked {
        return;
    }
    for block in blocks {
        let own = block.level == 0 && block.role.is_none() && 3 * block.linked < block.inked;
        if own && !is_about(&block.text) && !is_of_site(&block.text) {
            block.running = block.inked - block.linked;
        }
    }
}

/// Characters of text before each node and, last, of all.
fn inks(tree: &Tree) -> Vec<u32> {
    let mut sum = 0;
    let mut out = Vec::with_capacity(tree.nodes.len() + 1);
    let silent = |id: Id| tree.element(tree.nodes[id].parent).is_some_and(|e| is_silent(&e.name));
    for id in 0..tree.nodes.len() {
        out.push(sum);
        if !silent(id) {
            sum += tree.text(id).chars().filter(|c| !c.is_whitespace()).count() as u32;
        }
    }
    out.push(sum);
    out
}

struct Walk<'t> {
    tree: &'t Tree,
    /// Rows of tables that are a line each.
    rows: Rows,
    /// See [`inks`].
    inks: Vec<u32>,
    /// Open elements, the outermost first.
    open: Vec<Id>,
    links: usize,
    bolds: usize,
    pres: usize,
    headings: Vec<u8>,
    block: Block,
    /// A space of the source is still to be written.
    space: bool,
    /// A picture was passed since the last text.
    picture: bool,
    /// Characters of the line in hand, and those of them in links.
    line: (usize, usize),
    /// The block up to the last line that is no link: length of text, and its counts.
    kept: (usize, [usize; 3]),
    blocks: Vec<Block>,
}

impl<'t> Walk<'t> {
    fn of(tree: &'t Tree) -> Walk<'t> {
        Walk {
            tree,
            rows: Rows::of(tree),
            inks: inks(tree),
            open: vec![ROOT],
            links: 0,
            bolds: 0,
            pres: 0,
            headings: Vec::new(),
            block: Block::default(),
            space: false,
            picture: false,
            line: (0, 0),
            kept: (0, [0; 3]),
            blocks: Vec::new(),
        }
    }

    fn close_before(&mut self, id: Id) {
        while let Some(&open) = self.open.last().filter(|&&open| open != ROOT && self.tree.nodes[open].end <= id) {
            if let Some(element) = self.tree.element(open) {
                if is_block(element) && !self.rows.has_inside(open) {
                    self.flush();
                }
                self.count(&element.name, false);
            }
            self.open.pop();
        }
    }

    /// Counts the elements that say something of all text in them.
    fn count(&mut self, name: &str, opens: bool) {
        let counter = match name {
            "a" => &mut self.links,
            "b" | "strong" => &mut self.bolds,
            "pre" => &mut self.pres,
            _ => {
                if let Some(level) = heading(name) {
                    if opens {
                        self.headings.push(level);
                    } else {
                        self.headings.pop();
                    }
                }
                return;
            }
        };
        *counter = if opens { *counter + 1 } else { counter.saturating_sub(1) };
    }

    fn element(&mut self, id: Id, element: &Element) {
        match element.name.as_str() {
            "br" => return self.line_break(),
            "img" | "picture" => self.picture = true,
            _ => {}
        }
        if self.rows.has_inside(id) {
            // A space would be closed as any other.
            let cell = matches!(element.name.as_str(), "td" | "th");
            if cell && !self.block.text.is_empty() {
                self.block.text.push('｜');
                self.space = false;
            }
        } else if is_block(element) {
            self.flush();
        }
        if self.tree.nodes[id].end > id + 1 {
            self.count(&element.name, true);
            self.open.push(id);
        }
    }

    fn line_break(&mut self) {
        self.end_line();
        if !self.block.text.is_empty() {
            self.block.text.push('\n');
        }
        self.space = false;
    }

    /// Notes how far the block goes without the links that may end it.
    fn end_line(&mut self) {
        let (inked, linked) = std::mem::take(&mut self.line);
        if linked < inked || self.block.text.ends_with(['。', '！', '？', '”']) {
            let Block { text, inked, linked, strong, .. } = &self.block;
            self.kept = (text.len(), [*inked, *linked, *strong]);
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.pres > 0 => self.line_break(),
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.space = true,
                _ => {
                    if self.block.inked == 0 && !c.is_whitespace() {
                        self.begin();
                    }
                    // Spaces at the beginning of a line are the source's, but for those that do not collapse.
                    if std::mem::take(&mut self.space)
                        && !self.block.text.is_empty()
                        && !self.block.text.ends_with('\n')
                    {
                        self.block.text.push(' ');
                    }
                    self.block.text.push(c);
                    if !c.is_whitespace() {
                        self.block.inked += 1;
                        self.block.linked += usize::from(self.links > 0);
                        self.line.0 += 1;
                        self.line.1 += usize::from(self.links > 0);
                        self.block.strong += usize::from(self.bolds > 0);
                    }
                }
            }
        }
    }

    /// The first character of a block: what stands around it says what it is.
    fn begin(&mut self) {
        let holder = self.open.iter().rposition(|&id| self.tree.element(id).is_some_and(is_block)).unwrap_or(0);
        self.block.holder = self.open[holder];
        self.block.level = self.headings.last().copied().unwrap_or(0);
        self.block.pictured = std::mem::take(&mut self.picture);
        let near = &self.open[holder.saturating_sub(2)..];
        let elements = || near.iter().rev().filter_map(|&id| self.tree.element(id));
        self.block.centered = elements().take(2).any(|e| e.centered || e.name == "center");
        self.block.role = elements().find_map(role);
    }

    fn flush(&mut self) {
        self.end_line();
        let mut block = std::mem::take(&mut self.block);
        let (length, counts) = std::mem::take(&mut self.kept);
        self.space = false;
        if block.inked == 0 {
            return;
        }
        // Links below a text lead elsewhere: 返回目录.
        if length > 0 {
            block.text.truncate(length);
            block.text.truncate(block.text.trim_end().len());
            [block.inked, block.linked, block.strong] = counts;
        }
        // What calls a group of blocks does not call each.
        let whole = self.inks[self.tree.nodes[block.holder].end] - self.inks[block.holder];
        if block.level == 0 && block.role == Some(Role::Main) && whole as usize > block.inked {
            block.role = None;
        }
        let marked = block.text.contains(['。', '，', '！', '？', '；']);
        if block.level == 0
            && marked
            && 3 * block.linked < block.inked
            && !is_about(&block.text)
            && !is_of_site(&block.text)
        {
            block.running = block.inked - block.linked;
        }
        self.blocks.push(block);
    }

    /// True for elements that are not read.
    fn is_dropped(&self, id: Id, element: &Element) -> bool {
        if is_silent(&element.name) || element.hidden {
            return true;
        }
        // A name can deceive: what holds half of the page is not its navigation.
        let share = |id: Id| self.inks[self.tree.nodes[id].end] - self.inks[id];
        matches!(element.name.as_str(), "nav" | "footer" | "aside") && 2 * share(id) < share(ROOT)
            || element.words.iter().any(|word| is_aside(word)) && 2 * share(id) < share(ROOT)
    }
}

/// True for what a site prints of itself at the foot of its pages.
fn is_of_site(text: &str) -> bool {
    const WORDS: &[&str] =
        &["版权所有", "备案", "ICP", "Copyright", "邮编", "不良信息", "未经授权", "未经书面授权", "许可证", "广告热线"];
    text.len() <= 600 && WORDS.iter().any(|word| text.contains(word))
}

/// True for elements that end a line of text.
fn is_block(element: &Element) -> bool {
    !is_inline(&element.name) || is_content(element)
}

fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// Elements whose text is none of the page's.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "iframe"
            | "object"
            | "embed"
            | "svg"
            | "math"
            | "button"
            | "select"
            | "option"
            | "textarea"
            | "audio"
            | "video"
            | "canvas"
            | "map"
            | "title"
            | "rt"
            | "rp"
            | "noframes"
            | "frameset"
            | "datalist"
    )
}

/// True for a class or id that calls an element navigation or other matter of the site.
fn is_aside(word: &str) -> bool {
    const BEGIN: &[&str] = &[
        "nav",
        "share",
        "copyright",
        "footer",
        "breadcrumb",
        "crumb",
        "comment",
        "recommend",
        "related",
        "pagination",
        "bdshare",
        "sidebar",
    ];
    const ARE: &[&str] = &[
        "foot",
        "menu",
        "ad",
        "ads",
        "advert",
        "toolbar",
        "pager",
        "login",
        "search",
        "rank",
        "ranking",
        "qrcode",
        "ewm",
        "friendlink",
        "prevnext",
        "fontsize",
        "zihao",
        "tools",
        "topbar",
        "popup",
        "tags",
        "mianbao",
        "dibu",
        "daohang",
        "banquan",
    ];
    word.split(['-', '_']).any(|part| ARE.contains(&part) || BEGIN.iter().any(|begin| part.starts_with(begin)))
}

/// What an element is called.
fn role(element: &Element) -> Option<Role> {
    if element.name == "figcaption" {
        return Some(Role::Caption);
    }
    element.words.iter().chain([&element.name, &element.property]).find_map(|word| role_of(word))
}

/// What a class, id or element name says, as publishing systems of newspapers use them: in English, in pinyin, and the
/// `font01`, `font02` of Founder's older templates.
fn role_of(word: &str) -> Option<Role> {
    let word: String = word.trim_start_matches("founder-").chars().filter(|c| !matches!(c, '-' | '_')).collect();
    Some(match word.as_str() {
        "kicker" | "eyebrow" | "pretitle" | "introtitle" | "titleintro" | "uptitle" | "toptitle" | "shouldertitle"
        | "yinti" | "jianti" => Role::Kicker,
        "deck" | "subtitle" | "subhead" | "subheading" | "subheadline" | "titlesub" | "downtitle" | "vicetitle"
        | "futi" | "fubiaoti" => Role::Deck,
        "title" | "maintitle" | "headline" | "articletitle" | "arttitle" | "newstitle" | "contenttitle"
        | "entrytitle" | "posttitle" | "tit" | "biaoti" | "zhuti" | "zhengti" | "font01" => Role::Main,
        "font02" => Role::Minor,
        "author" | "byline" | "writer" | "reporter" | "zuozhe" => Role::Byline,
        "caption" | "figcaption" | "piccaption" | "imgcaption" | "picinfo" | "picdesc" | "imgdesc" | "pictext"
        | "phototext" | "tushuo" | "tuzhu" | "tupianshuoming" => Role::Caption,
        _ => return None,
    })
}
