//! Panics that the engine catches are told in `failures`, not on the terminal.
//!
//! The process has one panic hook; ours stays silent on a thread that is inside [`here`] and
//! passes everything else on to the hook that was there before.

use std::cell::Cell;
use std::marker::PhantomData;
use std::sync::Once;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// While it lives, panics of this thread print nothing.
pub struct Quiet(PhantomData<*const ()>);

/// Makes this thread's panics silent until the guard is dropped.
pub fn here() -> Quiet {
    static INSTALL: Once = Once::new();
    INSTALL.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if DEPTH.get() == 0 {
                before(info);
            }
        }));
    });
    DEPTH.set(DEPTH.get() + 1);
    Quiet(PhantomData)
}

impl Drop for Quiet {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}
