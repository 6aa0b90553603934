//! How much content a page draws: its own, and that of its forms, counted each time they are drawn.
//!
//! A form may draw another ten times, and that one a third; twenty such forms of a few bytes draw for ever, and
//! the interpreter unpacks each of them anew. So the sum is made before anything is drawn, each form
//! looked at once for each depth that it stands at. ISO 32000-2, 8.10.

use std::collections::BTreeMap;

use hayro_interpret::hayro_syntax::content::{TypedIter, ops::TypedInstruction};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};

/// The interpreter goes no deeper.
const DEEPEST: u32 = 50;

/// The bytes of content that a page draws, or some number above `limit`.
pub(super) fn drawn(page: &Page<'_>, limit: u64) -> u64 {
    let mut forms = Forms { limit, known: BTreeMap::new() };
    let own = page.page_stream().map_or(0, |content| forms.content(content, page.resources(), 0));
    let notes = page.raw().get::<Array<'_>>(b"Annots").map_or(0, |notes| {
        notes.iter::<Dict<'_>>().fold(0u64, |sum, note| match sum > limit {
            true => sum,
            false => sum.saturating_add(forms.note(&note, page.resources())),
        })
    });
    own.saturating_add(notes)
}

struct Forms {
    limit: u64,
    /// What a form at a depth comes to.
    known: BTreeMap<(ObjectIdentifier, u32), u64>,
}

impl Forms {
    /// All that a content stream at a depth draws.
    fn content(&mut self, content: &[u8], resources: &Resources<'_>, depth: u32) -> u64 {
        let mut sum = content.len() as u64;
        if memchr::memmem::find(content, b"Do").is_none() {
            return sum;
        }
        let mut times = BTreeMap::<Vec<u8>, u64>::new();
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            if let TypedInstruction::XObject(form) = instruction {
                *times.entry(form.0.to_vec()).or_default() += 1;
            }
        }
        for (name, times) in times {
            if sum > self.limit {
                break;
            }
            if let Some(form) = resources.x_objects.get::<Stream<'_>>(&*name) {
                sum = sum.saturating_add(times.saturating_mul(self.form(&form, resources, depth + 1)));
            }
        }
        sum
    }

    /// All that a form at a depth draws.
    fn form(&mut self, form: &Stream<'_>, resources: &Resources<'_>, depth: u32) -> u64 {
        if form.dict().get::<Name<'_>>(b"Subtype").is_some_and(|kind| &*kind == b"Image") {
            return 0;
        }
        let key = (form.obj_id(), depth);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let Ok(content) = form.decoded_data() else { return 0 };
        let own = form.dict().get::<Dict<'_>>(b"Resources").map(Resources::new);
        let sum = match depth < DEEPEST {
            true => self.content(&content, own.as_ref().unwrap_or(resources), depth),
            false => content.len() as u64,
        };
        self.known.insert(key, sum);
        sum
    }

    /// What the appearance of an annotation draws.
    fn note(&mut self, note: &Dict<'_>, resources: &Resources<'_>) -> u64 {
        let Some(looks) = note.get::<Dict<'_>>(b"AP") else { return 0 };
        match looks.get::<Object<'_>>(b"N") {
            Some(Object::Stream(form)) => self.form(&form, resources, 1),
            Some(Object::Dict(states)) => {
                let states = states.keys().filter_map(|state| states.get::<Stream<'_>>(&*state)).collect::<Vec<_>>();
                states.iter().map(|form| self.form(form, resources, 1)).max().unwrap_or(0)
            }
            _ => 0,
        }
    }
}
