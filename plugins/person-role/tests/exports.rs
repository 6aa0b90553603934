//! The exports, checked against what their models publish.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use banmian_core::{Analyzer, DocumentSink, Issue, Located};
use banmian_testkit::{Reading, build, read};
use person_role::{Export, PersonRole, PersonRoleSummary, Settings};
use roxmltree::{Document, Node};
use serde_json::Value as Json;

fn page(id: &str, date: &str, text: &str) -> Reading {
    read(id, Issue { date: date.to_owned(), ..Issue::default() }, text)
}

/// The documents of a small corpus, by name.
fn documents(exports: &[Export]) -> BTreeMap<String, String> {
    let exports = exports.iter().map(|&e| Located::from(e)).collect();
    let analyzer: PersonRole = build(Settings { exports, ..Settings::default() });
    let readings = [
        page(
            "a",
            "2022-11-08",
            "白鹿县召开大会\n本报讯 白鹿县委书记罗成玉、白鹿县县长沈卫民、白鹿县政协主席周敏出席。原渭源县政协主席何立平出席。",
        ),
        page("b", "2023-02-10", "白鹿县召开小会\n本报讯 白鹿县委书记罗成玉、白鹿县县长沈卫民、村民<牛>得草出席。"),
        page("R&D \"c\"", "2023-02-11", "春耕\n本报讯 局长赵长林、渭源县县长顾明到场。"),
    ];
    let mut summary = PersonRoleSummary::default();
    for reading in &readings {
        let mut found = Vec::new();
        analyzer.analyze(&reading.page, &reading.words, &mut found);
        analyzer.absorb(&reading.page, &found, &mut summary);
    }
    let mut documents: BTreeMap<String, String> = BTreeMap::new();
    let mut write = |name: &str, text: &str| documents.entry(name.to_owned()).or_default().push_str(text);
    analyzer.documents(&summary, &mut DocumentSink::new(&mut write));
    documents
}

#[test]
fn nothing_is_exported_unless_asked_for() {
    assert!(documents(&[]).is_empty());
    assert_eq!(documents(&[Export::Gexf]).into_keys().collect::<Vec<_>>(), ["co_mentions.gexf"]);
    let both = documents(&[Export::Followthemoney, Export::Gexf, Export::Gexf]);
    assert_eq!(both.into_keys().collect::<Vec<_>>(), ["co_mentions.gexf", "entities.ftm.json"]);
}

/// An element of GEXF 1.3: its children in their order, attributes that must stand, attributes that may.
type Element = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// What of GEXF 1.3 is used. From its schema, <https://gexf.net/1.3/gexf.xsd> with `dynamics.xsd` and `data` of the same place
/// (CC BY 4.0, 2022), and its primer.
const GEXF: &[Element] = &[
    ("gexf", &["meta", "graph"], &["version"], &[]),
    ("meta", &["creator", "description"], &[], &["lastmodifieddate"]),
    ("creator", &[], &[], &[]),
    ("description", &[], &[], &[]),
    ("graph", &["attributes", "nodes", "edges"], &[], &["mode", "defaultedgetype"]),
    ("attributes", &["attribute"], &["class"], &["mode"]),
    ("attribute", &[], &["id", "title", "type"], &[]),
    ("nodes", &["node"], &[], &["count"]),
    ("node", &["attvalues"], &["id"], &["label"]),
    ("attvalues", &["attvalue"], &[], &[]),
    ("attvalue", &[], &["for", "value"], &[]),
    ("edges", &["edge"], &[], &["count"]),
    ("edge", &[], &["source", "target"], &["id", "weight", "type", "kind", "label"]),
];

fn check_element(node: Node<'_, '_>) {
    let name = node.tag_name().name();
    assert_eq!(node.tag_name().namespace(), Some("http://gexf.net/1.3"), "{name}");
    let (_, children, must, may) = GEXF.iter().find(|e| e.0 == name).unwrap_or_else(|| panic!("no element `{name}`"));
    let has: BTreeSet<&str> = node.attributes().map(|a| a.name()).collect();
    assert!(must.iter().all(|a| has.contains(a)), "{name} lacks one of {must:?}");
    assert!(has.iter().all(|a| must.contains(a) || may.contains(a)), "{name} has one too many: {has:?}");
    let place = |child: Node<'_, '_>| children.iter().position(|c| *c == child.tag_name().name());
    let order: Vec<_> = node.children().filter(Node::is_element).map(|c| place(c).unwrap()).collect();
    assert!(order.is_sorted(), "{name}: its parts come in the order of the schema");
    node.children().filter(Node::is_element).for_each(check_element);
}

#[test]
fn the_graph_is_sound_gexf() {
    let text = &documents(&[Export::Gexf])["co_mentions.gexf"];
    let xml = Document::parse(text).unwrap();
    assert_eq!(xml.root_element().attribute("version"), Some("1.3"));
    check_element(xml.root_element());

    let all = |name| xml.descendants().filter(move |n| n.has_tag_name(name)).collect::<Vec<_>>();
    let ids: BTreeSet<_> = all("node").iter().map(|n| n.attribute("id").unwrap()).collect();
    assert_eq!(ids.len(), all("node").len(), "ids are unique");
    assert_eq!(all("nodes")[0].attribute("count"), Some(ids.len().to_string().as_str()));
    let declared: BTreeSet<_> = all("attribute").iter().map(|n| n.attribute("id").unwrap()).collect();
    assert!(all("attvalue").iter().all(|n| declared.contains(n.attribute("for").unwrap())));
    let types = ["long", "string"];
    assert!(all("attribute").iter().all(|n| types.contains(&n.attribute("type").unwrap())));
    for edge in all("edge") {
        assert!(ids.contains(edge.attribute("source").unwrap()) && ids.contains(edge.attribute("target").unwrap()));
        assert!(edge.attribute("weight").unwrap().parse::<f64>().unwrap() > 0.0, "weights are xs:double");
    }
    let pair = ("沈卫民@白鹿县政府", "罗成玉@白鹿县委");
    let edges = all("edge");
    let edge = edges.iter().find(|e| (e.attribute("source").unwrap(), e.attribute("target").unwrap()) == pair).unwrap();
    assert_eq!(edge.attribute("weight"), Some("2"));
    assert!(ids.contains("赵长林@R&D \"c\""), "marks are escaped: {ids:?}");
}

/// A schema: its name, required properties, others, and which of them point at entities of which schema.
type Schema = (&'static str, &'static [&'static str], &'static [&'static str], &'static [(&'static str, &'static str)]);

/// Schemata of FollowTheMoney 4.11.2 (MIT, 2026; `followthemoney/schema/*.yaml`) as far as used: required properties, other
/// properties used (inherited ones included), and which of them point at entities of which schema.
const FOLLOW_THE_MONEY: &[Schema] = &[
    ("Person", &["name"], &[], &[]),
    ("Organization", &["name"], &[], &[]),
    ("Position", &["name"], &["organization", "subnationalArea"], &[("organization", "Organization")]),
    ("Occupancy", &["holder", "post"], &["date", "status"], &[("holder", "Person"), ("post", "Position")]),
];

#[test]
fn the_entities_are_sound_followthemoney() {
    let text = &documents(&[Export::Followthemoney])["entities.ftm.json"];
    let entities: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let schemata: BTreeMap<&str, &str> =
        entities.iter().map(|e| (e["id"].as_str().unwrap(), e["schema"].as_str().unwrap())).collect();
    assert_eq!(schemata.len(), entities.len(), "ids are unique");
    for entity in &entities {
        let schema = entity["schema"].as_str().unwrap();
        let (_, required, others, pointers) = FOLLOW_THE_MONEY.iter().find(|s| s.0 == schema).unwrap();
        let properties = entity["properties"].as_object().unwrap();
        assert!(required.iter().all(|p| properties.contains_key(*p)), "{entity}");
        for (name, values) in properties {
            assert!(required.contains(&name.as_str()) || others.contains(&name.as_str()), "{entity}");
            let values: Vec<&str> = values.as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
            assert!(!values.is_empty());
            if let Some((_, range)) = pointers.iter().find(|(p, _)| p == name) {
                assert!(values.iter().all(|v| schemata[v] == *range), "{entity}");
            }
        }
        // EntityType.REGEX_RAW: letters, digits, dots and hyphens.
        let id = entity["id"].as_str().unwrap();
        assert!(id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.'), "{id}");
    }
}

#[test]
fn an_occupancy_tells_when_it_was_seen() {
    let text = &documents(&[Export::Followthemoney])["entities.ftm.json"];
    let entities: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let by_id: BTreeMap<&str, &Json> = entities.iter().map(|e| (e["id"].as_str().unwrap(), e)).collect();
    let name = |id: &Json| by_id[id[0].as_str().unwrap()]["properties"]["name"][0].as_str().unwrap().to_owned();
    let told: BTreeSet<String> = entities
        .iter()
        .filter(|e| e["schema"] == "Occupancy")
        .map(|e| {
            let p = &e["properties"];
            format!("{} {} {} {}", name(&p["post"]), name(&p["holder"]), p["date"], p["status"])
        })
        .collect();
    assert!(told.contains("白鹿县委书记 罗成玉 [\"2022-11-08\",\"2023-02-10\"] null"), "{told:#?}");
    assert!(told.contains("渭源县政协主席 何立平 null [\"ended\"]"), "{told:#?}");
    assert!(!told.iter().any(|t| t.contains("赵长林")), "the body is not known");
}
