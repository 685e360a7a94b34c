//! A symbol that outlives its library. This does not compile.

// ANCHOR: outlive
use libloading::Library;

fn main() -> Result<(), libloading::Error> {
    // SAFETY: ours, and without constructors.
    let library = unsafe { Library::new("./add") }?;
    // SAFETY: the plugin exports it with this type.
    let add = unsafe {
        library.get::<extern "C" fn(i64, i64) -> i64>("add")
    }?;
    library.close()?;
    println!("{}", add(2, 40));
    Ok(())
}
// ANCHOR_END: outlive
