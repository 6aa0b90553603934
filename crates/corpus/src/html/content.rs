//! Which part of a page is the text of its articles.
//!
//! Where the page says so (the element or comment of a publishing system, `articleBody`, well-known ids), that is it. Else
//! blocks are judged by what Kohlschütter et al. (2010) found to tell text from the rest of a page, link density
//! and length, and by sentence marks; each gives its characters to the elements around it, half of them from one to the next further out,
//! as in Readability (Arc90 2009): the element with the largest sum holds the text.

use super::blocks::Block;
use super::tree::{CONTENT, Element, Id, ROOT, Tree};

/// The bodies of a page, by the elements that hold them, in the order of the page.
pub(crate) fn bodies(tree: &Tree, blocks: &[Block]) -> Vec<Id> {
    let sums = Sums::of(tree, blocks);
    let all = sums.below(tree, ROOT);
    if all == 0 {
        return Vec::new();
    }
    for tier in [is_content as fn(&Element) -> bool, |e| e.name == "article"] {
        let found = outermost(tree, &sums, &tier);
        let held: usize = found.iter().map(|&id| sums.below(tree, id)).sum();
        if 5 * held >= 2 * all {
            return found;
        }
    }
    let best = densest(tree, blocks);
    alike(tree, &sums, best).unwrap_or_else(|| vec![with_rest(tree, &sums, best)])
}

/// Characters of running text that make an element like the main one a body, too.
const LEAST_BODY: usize = 16;

/// How far out from the densest element others of its form are looked for.
const STEPS: usize = 3;

/// Several articles of a page are set in elements of one form, side by side: those of the name and class of the densest element, or of
/// one around it.
fn alike(tree: &Tree, sums: &Sums, best: Id) -> Option<Vec<Id>> {
    let form = |id: Id| tree.element(id).map(|e| (&e.name, &e.words));
    let mut id = best;
    for _ in 0..STEPS {
        let parent = tree.nodes[id].parent;
        let wanted = form(id).filter(|(_, words)| !words.is_empty());
        if let Some(wanted) = wanted.filter(|_| id != ROOT) {
            let mut next = parent + 1;
            let children = std::iter::from_fn(|| {
                let child = (next < tree.nodes[parent].end).then_some(next)?;
                next = tree.nodes[child].end;
                Some(child)
            });
            let found: Vec<Id> =
                children.filter(|&c| form(c) == Some(wanted) && sums.below(tree, c) >= LEAST_BODY).collect();
            if found.len() > 1 {
                return Some(found);
            }
        }
        id = parent;
    }
    None
}

/// An element, or one that stands one or two steps further out and holds a quarter more: editors of web pages wrap parts of a text.
fn with_rest(tree: &Tree, sums: &Sums, best: Id) -> Id {
    let parent = |id: Id| tree.nodes[id].parent;
    let own = sums.below(tree, best);
    // The whole page holds its foot, too.
    let is_part = |id: Id| id != ROOT && tree.element(id).is_some_and(|e| !matches!(e.name.as_str(), "html" | "body"));
    let wider = [parent(parent(best)), parent(best)].into_iter();
    let wider = wider.filter(|&id| is_part(id)).find(|&id| 4 * sums.below(tree, id) >= 5 * own);
    wider.unwrap_or(best)
}

/// Running text before each node.
struct Sums(Vec<usize>);

impl Sums {
    fn of(tree: &Tree, blocks: &[Block]) -> Sums {
        let mut own = vec![0; tree.nodes.len() + 1];
        blocks.iter().for_each(|block| own[block.holder + 1] += block.running);
        let mut sum = 0;
        own.iter_mut().for_each(|n| {
            sum += *n;
            *n = sum;
        });
        Sums(own)
    }

    fn below(&self, tree: &Tree, id: Id) -> usize {
        self.0[tree.nodes[id].end] - self.0[id]
    }
}

/// True for the elements that publishing systems put around the text of an article.
pub(super) fn is_content(element: &Element) -> bool {
    const WORDS: &[&str] = &[
        "ozoom",
        "zoom",
        "trseditor",
        "articlecontent",
        "articlebody",
        "articletext",
        "articlecon",
        "artibody",
        "newscontent",
        "newstext",
        "newsbody",
        "contenttext",
        "contentstr",
        "contentbody",
        "detailcontent",
        "detailtext",
        "textcontent",
        "posttext",
        "postcontent",
        "entrycontent",
        "txtcontent",
        "rmtxtcon",
        "textarea",
        "neirong",
        "zhengwen",
        "wenzhang",
        "storybody",
        "jscontent",
        "richmediacontent",
    ];
    element.name == CONTENT
        || element.property == "articlebody"
        || element.words.iter().any(|word| {
            let word: String = word.chars().filter(|c| !matches!(c, '-' | '_')).collect();
            WORDS.contains(&word.as_str())
        })
}

/// Elements that are called so and hold running text. Of one inside another the inner counts, if it holds nearly all of it.
fn outermost(tree: &Tree, sums: &Sums, is_wanted: &dyn Fn(&Element) -> bool) -> Vec<Id> {
    let mut found: Vec<Id> = Vec::new();
    for id in (1..tree.nodes.len()).rev() {
        let own = sums.below(tree, id);
        if own == 0 || !tree.element(id).is_some_and(is_wanted) {
            continue;
        }
        let inner = found.iter().rev().take_while(|&&i| i < tree.nodes[id].end);
        let (count, held) = inner.fold((0, 0), |(count, held), &i| (count + 1, held + sums.below(tree, i)));
        if 10 * held < 9 * own {
            found.truncate(found.len() - count);
            found.push(id);
        }
    }
    found.reverse();
    found
}

/// The element with the largest sum of what the blocks give.
fn densest(tree: &Tree, blocks: &[Block]) -> Id {
    // In 64ths of a character; each step further out is worth half.
    let mut scores = vec![0u64; tree.nodes.len()];
    for block in blocks.iter().filter(|block| block.running > 0) {
        let mut share = 64 * block.running as u64;
        scores[block.holder] += share;
        let mut id = block.holder;
        while id != ROOT && share > 0 {
            id = tree.nodes[id].parent;
            scores[id] += share;
            share /= 2;
        }
    }
    // The innermost of those that are equal.
    (0..scores.len()).rev().max_by_key(|&id| (scores[id], id)).unwrap_or(ROOT)
}
