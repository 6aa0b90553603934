//! Characters of embedded CID fonts that do not say which ones they are.
//!
//! The interpreter takes the Adobe maps from glyph numbers (CIDs) to Unicode only for fonts that are
//! not embedded. Chinese papers embed theirs, often without a ToUnicode map. The way is: name of the
//! font, its dictionary among the resources of the page, its encoding (code to CID), its character
//! collection (CID to Unicode). ISO 32000-2, 9.10.2.

use std::collections::BTreeMap;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Stream};
use hayro_interpret::hayro_syntax::page::Resources;

/// The fonts of a page by their names, and their maps, once asked for.
pub(super) struct Cids<'a> {
    resources: Resources<'a>,
    fonts: Option<BTreeMap<String, Maps>>,
}

/// From the codes of a font to characters.
struct Maps {
    cids: CMap,
    characters: CMap,
}

/// How deep forms in forms are searched for fonts.
const DEEPEST: u32 = 4;
/// Fonts of a page that are looked at.
const MOST_FONTS: usize = 256;

impl<'a> Cids<'a> {
    pub(super) fn new(resources: Resources<'a>) -> Self {
        Cids { resources, fonts: None }
    }

    /// The character of a glyph whose font has no map of its own.
    pub(super) fn of(&mut self, glyph: &Glyph<'_>) -> Option<BfString> {
        let Glyph::Outline(outline) = glyph else { return None };
        let name = outline.font_data()?.postscript_name?;
        let resources = &self.resources;
        let fonts = self.fonts.get_or_insert_with(|| {
            let mut fonts = BTreeMap::new();
            gather(resources, DEEPEST, &mut fonts);
            fonts
        });
        let maps = fonts.get(&name)?;
        let code = outline.char_code();
        let lengths = if code > 0xffff { [4, 3] } else { [2, 1] };
        let cid = lengths.into_iter().find_map(|n| maps.cids.lookup_cid_code(code, n))?;
        maps.characters.lookup_bf_string(cid)
    }
}

/// Adds the CID fonts of some resources, and of the forms among them.
fn gather(resources: &Resources<'_>, depth: u32, fonts: &mut BTreeMap<String, Maps>) {
    for name in resources.fonts.keys() {
        if fonts.len() >= MOST_FONTS {
            return;
        }
        let Some(font) = resources.fonts.get::<Dict<'_>>(&*name) else { continue };
        if let Some((name, maps)) = read(&font) {
            fonts.entry(name).or_insert(maps);
        }
    }
    if depth == 0 {
        return;
    }
    for name in resources.x_objects.keys() {
        let form = resources.x_objects.get::<Stream<'_>>(&*name);
        if let Some(inner) = form.and_then(|f| f.dict().get::<Dict<'_>>(b"Resources")) {
            gather(&Resources::new(inner), depth - 1, fonts);
        }
    }
}

/// The name and the maps of a CID font of one of Adobe's collections.
fn read(font: &Dict<'_>) -> Option<(String, Maps)> {
    let base = font.get::<Name<'_>>(b"BaseFont")?;
    let base = base.as_str();
    // ABCDEF+SimSun: a part of a font.
    let name = base.split_once('+').filter(|p| p.0.len() == 6).map_or(base, |p| p.1).to_owned();
    let descendant = font.get::<Array<'_>>(b"DescendantFonts")?.iter::<Dict<'_>>().next()?;
    let cids = match font.get::<Name<'_>>(b"Encoding") {
        Some(encoding) => match CMapName::from_bytes(&encoding) {
            CMapName::IdentityH => CMap::identity_h(),
            CMapName::IdentityV => CMap::identity_v(),
            known => CMap::parse(load_embedded(known)?, load_embedded)?,
        },
        None => {
            let stream = font.get::<Stream<'_>>(b"Encoding")?;
            CMap::parse(&stream.decoded_data().ok()?, load_embedded)?
        }
    };
    let told = cids.metadata().character_collection.as_ref().map(|c| c.family.clone());
    let family = told.filter(|f| f.ucs2_cmap().is_some()).or_else(|| {
        let info = descendant.get::<Dict<'_>>(b"CIDSystemInfo")?;
        let text =
            |key: &[u8]| Some(info.get::<hayro_interpret::hayro_syntax::object::String<'_>>(key)?.as_bytes().to_vec());
        Some(CidFamily::from_registry_ordering(&text(b"Registry")?, &text(b"Ordering")?))
    })?;
    let characters = CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)?;
    Some((name, Maps { cids, characters }))
}
