//! Commands that end in every way, in a plugin whose allocator crashes
//! if it is handed memory of another one: nothing owned may cross.

use std::alloc::{GlobalAlloc, Layout, System};
use std::panic;
use std::thread;

use anyhow::Context;
use command_api::{Initializer, Logger, Result};

command_api::plugin!(register);

fn register(init: &mut Initializer, logger: Logger) -> Result {
    init.command("fails", "with causes", |words, out| {
        writeln!(out, "half of the result")?;
        let number: Result<i64, _> = words[0].parse();
        number.context("reading the number").context("adding up")?;
        Ok(())
    })?;
    init.command("panics", "with a text", |words, _| {
        panic!("{} is too much", words[0])
    })?;
    init.command("bomb", "panics, and its payload too", |_, _| {
        panic::panic_any(Bomb)
    })?;
    init.command("rude", "an error that panics when shown", |_, _| {
        Err(Rude.into())
    })?;
    init.command("line", "prints no end of its line", |_, out| {
        Ok(out.write_str("a line")?)
    })?;
    init.command("prints", "goes around the host", |_, _| {
        print!("by itself");
        Ok(())
    })?;
    init.command("circle", "an error that causes itself", |_, _| {
        Err(Circle.into())
    })?;
    init.command("quiet", "logs below the level", move |_, _| {
        logger.debug(Rude);
        Ok(())
    })?;
    init.command("stubborn", "fails whoever reads", |_, out| {
        let _ = writeln!(out, "nobody reads this");
        Err("by itself".into())
    })?;
    init.command("silent", "prints nothing", |_, _| Ok(()))?;
    init.command("long", "prints 100,000 lines", |_, out| {
        for line in 1..=100_000 {
            writeln!(out, "{line}")?;
        }
        Ok(())
    })?;
    init.command(
        "thread",
        "logs and panics elsewhere",
        move |_, _| {
            let other = thread::spawn(move || {
                logger.info("from a thread");
                panic!("in a thread")
            });
            other.join().expect_err("it panics");
            Ok(())
        },
    )?;
    Ok(())
}

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("a payload that panics when it is dropped");
    }
}

#[derive(Debug)]
struct Circle;

impl std::error::Error for Circle {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&Circle)
    }
}

impl std::fmt::Display for Circle {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("around")
    }
}

#[derive(Debug)]
struct Rude;

impl std::error::Error for Rude {}

impl std::fmt::Display for Rude {
    fn fmt(&self, _: &mut std::fmt::Formatter) -> std::fmt::Result {
        panic!("an error that panics when it is shown");
    }
}

/// Hands out memory 64 bytes into what the system gave, so that no other
/// allocator can free it, and the other way round.
struct Shifted;

#[global_allocator]
static SHIFTED: Shifted = Shifted;

const SHIFT: usize = 64;

fn shifted(layout: Layout) -> Layout {
    assert!(layout.align() <= SHIFT);
    Layout::from_size_align(layout.size() + SHIFT, SHIFT)
        .expect("a size that fits")
}

// SAFETY: `alloc` and `dealloc` shift by the same number of bytes, which
// is a multiple of every alignment that `shifted` lets pass.
unsafe impl GlobalAlloc for Shifted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the layout is not empty; the block is SHIFT longer.
        unsafe {
            let block = System.alloc(shifted(layout));
            if block.is_null() { block } else { block.add(SHIFT) }
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: `alloc` gave this block, SHIFT bytes into its own.
        unsafe { System.dealloc(block.sub(SHIFT), shifted(layout)) }
    }
}
