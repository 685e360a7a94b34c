//! A plugin with an allocator of its own. It marks the start of each
//! block and hands out what follows, so no other one can free it.

use std::alloc::{GlobalAlloc, Layout, System};

use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

// ANCHOR: allocator
#[global_allocator]
static MARKED: Marked = Marked;

struct Marked;

const MARK: usize = 64;

fn marked(layout: Layout) -> Layout {
    assert!(layout.align() <= MARK);
    Layout::from_size_align(layout.size() + MARK, MARK)
        .expect("a size that fits")
}

// SAFETY: both functions shift by MARK, a multiple of each alignment.
unsafe impl GlobalAlloc for Marked {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the block is MARK longer than the layout.
        unsafe {
            let block = System.alloc(marked(layout));
            if block.is_null() {
                return block;
            }
            block.write_bytes(0xff, MARK);
            block.add(MARK)
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: `alloc` gave this block, MARK bytes into its own.
        unsafe { System.dealloc(block.sub(MARK), marked(layout)) }
    }
}

// SAFETY: no other symbol of this library has the name.
#[unsafe(no_mangle)]
pub fn poem() -> String {
    "roses are red".to_owned()
}
// ANCHOR_END: allocator

fn register(init: &mut Initializer, _: Logger) -> Result {
    init.command("poem", "recite it", |_, out| {
        Ok(writeln!(out, "{}", poem())?)
    })?;
    Ok(())
}
