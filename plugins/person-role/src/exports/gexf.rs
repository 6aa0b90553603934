//! The table `co_mentions` as a graph in GEXF 1.3 (<https://gexf.net>), which Gephi opens.
//!
//! Nodes are persons, an undirected edge stands for the articles that name both, and its weight is their number.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use banmian_core::DocumentSink;

use crate::corpus_tables::{Holder, co_mentions, tenures};
use crate::ordered::Ordered;
use crate::people::{People, name_of};

const FILE: &str = "co_mentions.gexf";

/// No date of writing: the same corpus gives the same bytes.
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
  <meta>
    <creator>Banmian</creator>
    <description>Persons named with a role in one article; weight: number of such articles</description>
  </meta>
  <graph mode="static" defaultedgetype="undirected">
    <attributes class="node">
      <attribute id="mentions" title="mentions" type="long"/>
      <attribute id="organization" title="organization" type="string"/>
      <attribute id="post" title="post" type="string"/>
    </attributes>
"#;

/// Writes the graph; persons named with nobody are no nodes.
pub(super) fn write(summary: &Ordered, people: &People<'_>, out: &mut DocumentSink<'_>) {
    let pairs = co_mentions(summary, people);
    let holders = tenures(summary, people);
    // The office in which a person is named most; of equals the first in the order of organization and post.
    let mut offices: BTreeMap<u32, (u64, &Holder<'_>)> = BTreeMap::new();
    for holder in &holders {
        let office = offices.entry(holder.person).or_insert((0, holder));
        let mentions = office.0 + holder.tenure.seen.mentions;
        let more = holder.tenure.seen.mentions > office.1.tenure.seen.mentions;
        *office = (mentions, if more { holder } else { office.1 });
    }
    out.append(FILE, HEAD);
    let nodes: BTreeSet<u32> = pairs.iter().flat_map(|((a, b), _)| [*a, *b]).collect();
    out.append(FILE, &format!("    <nodes count=\"{}\">\n", nodes.len()));
    for person in nodes {
        let id = people.id(person);
        let mut node =
            format!("      <node id=\"{}\" label=\"{}\">\n        <attvalues>\n", escaped(id), escaped(name_of(id)));
        if let Some((mentions, holder)) = offices.get(&person) {
            let mentions = mentions.to_string();
            for (name, value) in
                [("mentions", &*mentions), ("organization", holder.organization), ("post", holder.post)]
            {
                let _ = writeln!(node, "          <attvalue for=\"{name}\" value=\"{}\"/>", escaped(value));
            }
        }
        node.push_str("        </attvalues>\n      </node>\n");
        out.append(FILE, &node);
    }
    out.append(FILE, &format!("    </nodes>\n    <edges count=\"{}\">\n", pairs.len()));
    for (number, ((a, b), articles)) in pairs.iter().enumerate() {
        let (a, b) = (escaped(people.id(*a)), escaped(people.id(*b)));
        out.append(
            FILE,
            &format!("      <edge id=\"{number}\" source=\"{a}\" target=\"{b}\" weight=\"{articles}\"/>\n"),
        );
    }
    out.append(FILE, "    </edges>\n  </graph>\n</gexf>\n");
}

/// Text inside an attribute of XML 1.0 (section 2.2: control characters may not stand in it at all).
fn escaped(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'' | '\u{FFFE}' | '\u{FFFF}') || c.is_control();
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            c if special(c) => safe.push('\u{FFFD}'),
            c => safe.push(c),
        }
    }
    Cow::Owned(safe)
}
