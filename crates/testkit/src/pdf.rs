//! A small typesetter for PDF pages, so that tests and measures have pages whose truth is known.
//!
//! Characters are set by their places alone: no spaces for indents, no order but that of the calls (or
//! none: [`Sheet::shuffle`]). The font is `STSong-Light` in the encoding `UniGB-UCS2-H`, which every
//! reader of PDF must know without the file holding it: a font with Chinese characters would be
//! several megabytes. Lengths are points, `y` downwards from the top edge to the baseline.

use std::io::Write;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, TextRenderingMode};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str};

use super::key::{self, Key};

/// What stands on a page, in the order it is drawn.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Width of the page.
    pub width: f32,
    /// Height of the page.
    pub height: f32,
    /// Degrees that a viewer turns the page clockwise.
    pub rotate: i32,
    /// True for a layer of text that is not seen, as below a scanned picture.
    pub invisible: bool,
    /// True if all is drawn upside down, below a transformation that turns it upright.
    pub flipped: bool,
    things: Vec<Thing>,
}

#[derive(Clone, Debug)]
enum Thing {
    Text {
        x: f32,
        y: f32,
        size: f32,
        text: String,
        spread: Option<f32>,
    },
    /// In a font that is set downwards: the middle of the line, and its top.
    Down {
        x: f32,
        y: f32,
        size: f32,
        text: String,
    },
    Rule([f32; 4]),
    Frame([f32; 4]),
    Picture([f32; 4]),
}

/// A body of text in columns.
#[derive(Clone, Debug)]
pub struct Columns<'a> {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Number of columns.
    pub count: usize,
    /// Characters of a line.
    pub chars: usize,
    /// Size of the type.
    pub size: f32,
    /// Between two columns.
    pub gutter: f32,
    /// Paragraphs; one that begins with `#` is a section heading, set in the middle of the column.
    pub paragraphs: &'a [&'a str],
}

/// Widths: ASCII takes half a square.
fn width(c: char) -> f32 {
    if c.is_ascii() { 0.5 } else { 1.0 }
}

/// The width of a text in ems.
pub fn em_width(text: &str) -> f32 {
    text.chars().map(width).sum()
}

impl Sheet {
    /// An empty page.
    pub fn new(width: f32, height: f32) -> Sheet {
        Sheet { width, height, ..Sheet::default() }
    }

    /// A line drawn in one piece.
    pub fn line(&mut self, x: f32, y: f32, size: f32, text: &str) {
        self.things.push(Thing::Text { x, y, size, text: text.to_owned(), spread: None });
    }

    /// A line drawn letter by letter, each `spread` farther apart than the type is wide.
    pub fn letters(&mut self, x: f32, y: f32, size: f32, spread: f32, text: &str) {
        self.things.push(Thing::Text { x, y, size, text: text.to_owned(), spread: Some(spread) });
    }

    /// A line in the middle between two edges.
    pub fn centred(&mut self, x: f32, width: f32, y: f32, size: f32, text: &str) {
        self.line(x + (width - em_width(text) * size) / 2.0, y, size, text);
    }

    /// A headline that runs downwards, letter by letter.
    pub fn downwards(&mut self, x: f32, y: f32, size: f32, text: &str) {
        for (i, c) in text.chars().enumerate() {
            self.line(x, y + (i as f32 + 1.0) * 1.1 * size, size, &c.to_string());
        }
    }

    /// A line set downwards by its font: the middle of the line, and its top.
    pub fn down(&mut self, x: f32, y: f32, size: f32, text: &str) {
        self.things.push(Thing::Down { x, y, size, text: text.to_owned() });
    }

    /// A thin line.
    pub fn rule(&mut self, x0: f32, y0: f32, x1: f32, y1: f32) {
        self.things.push(Thing::Rule([x0, y0, x1, y1]));
    }

    /// A frame.
    pub fn frame(&mut self, x0: f32, y0: f32, x1: f32, y1: f32) {
        self.things.push(Thing::Frame([x0, y0, x1, y1]));
    }

    /// A picture of a grey square.
    pub fn picture(&mut self, x0: f32, y0: f32, x1: f32, y1: f32) {
        self.things.push(Thing::Picture([x0, y0, x1, y1]));
    }

    /// Sets a text in columns of one height, justified and letter by letter. The lower edge.
    pub fn columns(&mut self, body: &Columns<'_>) -> f32 {
        // Each line: indent in ems, text, whether it is justified.
        let mut lines: Vec<(f32, String, bool)> = Vec::new();
        let full = body.chars as f32;
        for paragraph in body.paragraphs {
            if let Some(heading) = paragraph.strip_prefix('#') {
                lines.push(((full - em_width(heading)) / 2.0, heading.to_owned(), false));
                continue;
            }
            let (mut line, mut room, mut indent) = (String::new(), full - 2.0, 2.0);
            for c in paragraph.chars() {
                // No line begins with a closing mark; it hangs out.
                let hangs = "，。、；：！？”）》".contains(c);
                if room < width(c) && !hangs {
                    lines.push((indent, std::mem::take(&mut line), true));
                    (room, indent) = (full, 0.0);
                }
                line.push(c);
                room -= width(c);
            }
            lines.push((indent, line, false));
        }
        let leading = 1.5 * body.size;
        let each = lines.len().div_ceil(body.count.max(1));
        for (i, (indent, text, justified)) in lines.iter().enumerate() {
            let (column, row) = (i / each, i % each);
            let x = body.x + column as f32 * (full * body.size + body.gutter) + indent * body.size;
            let y = body.y + (row as f32 + 1.0) * leading;
            let free = (full - indent - em_width(text)) * body.size;
            let gaps = text.chars().count().saturating_sub(1).max(1) as f32;
            self.letters(x, y, body.size, if *justified { free / gaps } else { 0.0 }, text);
        }
        body.y + each as f32 * leading + 0.4 * body.size
    }

    /// Draws everything in another order, the same for the same `seed`.
    pub fn shuffle(&mut self, seed: u64) {
        let mut state = seed | 1;
        for i in (1..self.things.len()).rev() {
            // Xorshift (Marsaglia 2003): good enough to leave no order.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            self.things.swap(i, (state % (i as u64 + 1)) as usize);
        }
    }

    fn draw(&self) -> Vec<u8> {
        let mut content = Content::new();
        let up = |y: f32| if self.flipped { y } else { self.height - y };
        // Type that stands on its head until the page is turned.
        let upright = if self.flipped { -1.0 } else { 1.0 };
        if self.flipped {
            content.transform([1.0, 0.0, 0.0, -1.0, 0.0, self.height]);
        }
        for thing in &self.things {
            match thing {
                Thing::Text { x, y, size, text, spread } => {
                    content.begin_text();
                    if self.invisible {
                        content.set_text_rendering_mode(TextRenderingMode::Invisible);
                    }
                    content.set_font(Name(b"F"), *size);
                    let mut at = *x;
                    let mut show = |at: f32, text: &str| {
                        let code: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
                        content.set_text_matrix([1.0, 0.0, 0.0, upright, at, up(*y)]);
                        content.show(Str(&code));
                    };
                    match spread {
                        None => show(at, text),
                        Some(spread) => {
                            for c in text.chars() {
                                show(at, c.encode_utf8(&mut [0; 4]));
                                at += width(c) * size + spread;
                            }
                        }
                    }
                    content.end_text();
                }
                Thing::Down { x, y, size, text } => {
                    let code: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
                    content.begin_text().set_font(Name(b"V"), *size);
                    content.set_text_matrix([1.0, 0.0, 0.0, upright, *x, up(*y)]).show(Str(&code)).end_text();
                }
                Thing::Rule([x0, y0, x1, y1]) => {
                    content.move_to(*x0, up(*y0)).line_to(*x1, up(*y1)).stroke();
                }
                Thing::Frame([x0, y0, x1, y1]) => {
                    content.rect(*x0, up(*y1).min(up(*y0)), x1 - x0, y1 - y0).stroke();
                }
                Thing::Picture([x0, y0, x1, y1]) => {
                    content.save_state().transform([x1 - x0, 0.0, 0.0, upright * (y1 - y0), *x0, up(*y1)]);
                    content.x_object(Name(b"P")).restore_state();
                }
            }
        }
        content.finish().into_vec()
    }
}

/// How a file is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Writing<'a> {
    /// Encrypted so that this password opens it.
    pub password: Option<&'a str>,
    /// True if the file holds its font, which does not say which characters it shows (no ToUnicode map).
    pub embedded: bool,
    /// True if the contents of pages are compressed, as they are in most files.
    pub packed: bool,
}

/// A PDF file of some pages. The same sheets give the same bytes.
pub fn write(sheets: &[Sheet]) -> Vec<u8> {
    write_as(sheets, Writing::default())
}

/// A PDF file of some pages, written as `writing` says.
pub fn write_as(sheets: &[Sheet], writing: Writing<'_>) -> Vec<u8> {
    let [catalog, tree, font, cid_font, descriptor, picture, down, lock, font_file] =
        [1, 2, 3, 4, 5, 6, 7, 8, 9].map(Ref::new);
    let page = |i: usize| Ref::new(10 + 2 * i as i32);
    let content = |i: usize| Ref::new(11 + 2 * i as i32);
    let key = writing.password.map(Key::new);
    let locked = |object: Ref, bytes: &[u8]| key.as_ref().map_or_else(|| bytes.to_vec(), |key| key.lock(object, bytes));
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    pdf.pages(tree).kids((0..sheets.len()).map(page)).count(sheets.len() as i32);
    for (i, sheet) in sheets.iter().enumerate() {
        let mut written = pdf.page(page(i));
        written.parent(tree).media_box(Rect::new(0.0, 0.0, sheet.width, sheet.height)).contents(content(i));
        if sheet.rotate != 0 {
            written.rotate(sheet.rotate);
        }
        let mut resources = written.resources();
        resources.fonts().pair(Name(b"F"), font).pair(Name(b"V"), down);
        resources.x_objects().pair(Name(b"P"), picture);
        resources.finish();
        written.finish();
        let drawn = if writing.packed { zlib(&sheet.draw()) } else { sheet.draw() };
        let drawn = locked(content(i), &drawn);
        let mut stream = pdf.stream(content(i), &drawn);
        if writing.packed {
            stream.filter(Filter::FlateDecode);
        }
    }
    let name = Name(b"STSong-Light");
    let [registry, ordering] = [&b"Adobe"[..], b"GB1"].map(|text| locked(cid_font, text));
    let info = SystemInfo { registry: Str(&registry), ordering: Str(&ordering), supplement: 4 };
    for (font, encoding) in [(font, Name(b"UniGB-UCS2-H")), (down, Name(b"UniGB-UCS2-V"))] {
        pdf.type0_font(font).base_font(name).encoding_predefined(encoding).descendant_font(cid_font);
    }
    let mut cid = pdf.cid_font(cid_font);
    let subtype = if writing.embedded { CidFontType::Type2 } else { CidFontType::Type0 };
    cid.subtype(subtype).base_font(name).system_info(info).font_descriptor(descriptor).default_width(1000.0);
    if writing.embedded {
        cid.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    // CIDs 1 to 95 and 814 to 939 of Adobe-GB1 are the Latin letters, of full and of half width.
    cid.widths().same(1, 95, 500.0).same(814, 939, 500.0);
    cid.finish();
    let mut described = pdf.font_descriptor(descriptor);
    described
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(0.0, -120.0, 1000.0, 880.0))
        .italic_angle(0.0)
        .ascent(880.0)
        .descent(-120.0)
        .cap_height(700.0)
        .stem_v(80.0);
    if writing.embedded {
        described.font_file2(font_file);
    }
    described.finish();
    if writing.embedded {
        let packed = zlib(&super::blank_font::blank_font(b"STSong-Light"));
        pdf.stream(font_file, &locked(font_file, &packed)).filter(Filter::FlateDecode);
    }
    let grey = locked(picture, &[128]);
    let mut image = pdf.image_xobject(picture, &grey);
    image.width(1).height(1).bits_per_component(8).color_space().device_gray();
    image.finish();
    if let Some(key) = &key {
        let mut dict = pdf.indirect(lock).dict();
        dict.pair(Name(b"Filter"), Name(b"Standard")).pair(Name(b"V"), 1).pair(Name(b"R"), 2).pair(Name(b"P"), -4);
        dict.pair(Name(b"O"), Str(&key.owner)).pair(Name(b"U"), Str(&key.user));
        dict.finish();
        pdf.set_file_id((key::ID.to_vec(), key::ID.to_vec()));
        let file = pdf.finish();
        // The writer has no word for it.
        let at = file.windows(5).rposition(|w| w == b"/Root").expect("a trailer names the root");
        return [&file[..at], b"/Encrypt 8 0 R ", &file[at..]].concat();
    }
    pdf.finish()
}

/// The same file with all that is no stream packed into one stream, as files are written since PDF 1.5.
pub fn with_object_stream(file: &[u8]) -> Vec<u8> {
    packed_objects(file, None)
}

/// The same, encrypted so that this password opens it. `file` itself is not encrypted.
pub fn with_locked_object_stream(file: &[u8], password: &str) -> Vec<u8> {
    packed_objects(file, Some(&Key::new(password)))
}

fn packed_objects(file: &[u8], key: Option<&Key>) -> Vec<u8> {
    let locked =
        |object: u32, bytes: &[u8]| key.map_or_else(|| bytes.to_vec(), |key| key.lock(Ref::new(object as i32), bytes));
    let mut out = b"%PDF-1.7\n".to_vec();
    let (mut heads, mut bodies) = (String::new(), Vec::new());
    // Number of each object, and where it is: in the file, or which in the object stream.
    let mut places: Vec<(u32, u8, u32)> = Vec::new();
    let mut rest = file;
    while let Some(start) = find(rest, b" 0 obj\n") {
        let line = rest[..start].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let number: u32 = String::from_utf8_lossy(&rest[line..start]).parse().expect("an object has a number");
        let end = find(&rest[start..], b"\nendobj").expect("an object ends") + start;
        let body = &rest[start + 7..end];
        if let (Some(data), Some(behind)) = (find(body, b"stream\n"), find(body, b"\nendstream")) {
            places.push((number, 1, out.len() as u32));
            out.extend([&rest[line..start + 7], &body[..data + 7], &locked(number, &body[data + 7..behind])].concat());
            out.extend(b"\nendstream\nendobj\n");
        } else {
            places.push((number, 2, places.iter().filter(|p| p.1 == 2).count() as u32));
            heads.push_str(&format!("{number} {} ", bodies.len()));
            bodies.extend(body);
            bodies.push(b'\n');
        }
        rest = &rest[end + 8..];
    }
    let [packed_at, table, lock] = [1, 2, 3].map(|k| places.iter().map(|p| p.0).max().unwrap_or(0) + k);
    let n = places.iter().filter(|p| p.1 == 2).count();
    let packed = locked(packed_at, &zlib(&[heads.as_bytes(), &bodies].concat()));
    places.push((packed_at, 1, out.len() as u32));
    let head = format!(
        "{packed_at} 0 obj\n<< /Type /ObjStm /N {n} /First {} /Filter /FlateDecode /Length {} >>\nstream\n",
        heads.len(),
        packed.len()
    );
    out.extend([head.as_bytes(), &packed, b"\nendstream\nendobj\n"].concat());
    let mut trailer = String::new();
    if let Some(key) = key {
        places.push((lock, 1, out.len() as u32));
        let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
        let (owner, user, id) = (hex(&key.owner), hex(&key.user), hex(key::ID));
        let lock_dict = format!("<< /Filter /Standard /V 1 /R 2 /P -4 /O <{owner}> /U <{user}> >>");
        out.extend(format!("{lock} 0 obj\n{lock_dict}\nendobj\n").bytes());
        trailer = format!("/Encrypt {lock} 0 R /ID [<{id}> <{id}>]");
    }
    let start = out.len() as u32;
    places.push((table, 1, start));
    places.sort_unstable();
    let (mut index, mut rows) = (String::new(), Vec::new());
    for (number, kind, place) in places {
        index.push_str(&format!("{number} 1 "));
        let (place, which) = if kind == 2 { (packed_at, place as u16) } else { (place, 0) };
        rows.push(kind);
        rows.extend(place.to_be_bytes());
        rows.extend(which.to_be_bytes());
    }
    let packed = zlib(&rows);
    let head = format!(
        "{table} 0 obj\n<< /Type /XRef /Size {} /W [1 4 2] /Index [{index}] /Root 1 0 R {trailer} /Filter /FlateDecode /Length {} >>\nstream\n",
        lock + 1,
        packed.len()
    );
    out.extend([head.as_bytes(), &packed, b"\nendstream\nendobj\n"].concat());
    out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    out
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|w| w == wanted)
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all")
}
