//! A TrueType font of 30000 blank glyphs, to have a file hold a font. OpenType 1.9.

/// Glyphs: more than Adobe-GB1 has CIDs.
const GLYPHS: u16 = 30_600;

/// The font of this name.
pub(crate) fn blank_font(name: &[u8]) -> Vec<u8> {
    let be = |numbers: &[u16]| numbers.iter().flat_map(|n| n.to_be_bytes()).collect::<Vec<u8>>();
    // Version, revision, checksum, magic, flags, units, two dates, box, style, least size, direction, long offsets, format.
    let head = [
        &[0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x5F, 0x0F, 0x3C, 0xF5][..],
        &be(&[0, 1000]),
        &[0; 16],
        &be(&[0, 0, 1000, 1000, 0, 8, 2, 0, 0]),
    ]
    .concat();
    let hhea = [&[0, 1, 0, 0][..], &be(&[880, 120u16.wrapping_neg(), 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, 1])]
        .concat();
    let maxp = [&[0, 1, 0, 0][..], &be(&[GLYPHS]), &[0; 26]].concat();
    let hmtx = [be(&[1000, 0]), vec![0; 2 * (usize::from(GLYPHS) - 1)]].concat();
    let loca = vec![0; 2 * (usize::from(GLYPHS) + 1)];
    // One record: Windows, Unicode, English, the PostScript name.
    let wide: Vec<u8> = name.iter().flat_map(|b| [0, *b]).collect();
    let names = [be(&[0, 1, 18, 3, 1, 0x409, 6, wide.len() as u16, 0]), wide].concat();
    let tables: [(&[u8; 4], Vec<u8>); 7] = [
        (b"glyf", vec![0; 4]),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", hmtx),
        (b"loca", loca),
        (b"maxp", maxp),
        (b"name", names),
    ];
    let mut font = [&[0, 1, 0, 0][..], &be(&[7, 64, 2, 48])].concat();
    let mut bodies = Vec::new();
    for (tag, body) in tables {
        let at = 12 + 16 * 7 + bodies.len();
        font.extend(tag);
        font.extend([0; 4]);
        font.extend((at as u32).to_be_bytes());
        font.extend((body.len() as u32).to_be_bytes());
        bodies.extend(&body);
        bodies.resize(bodies.len().next_multiple_of(4), 0);
    }
    [font, bodies].concat()
}
