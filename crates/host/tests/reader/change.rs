//! Changes to a file, at random. The tests of the app use it too.

/// Changes up to eight bytes, most of them in headers and tables, which
/// are at both ends of a file. Gives back what was there.
pub fn change(
    bytes: &mut [u8],
    random: &mut fastrand::Rng,
) -> Vec<(usize, u8)> {
    let mut changes = Vec::new();
    let near = bytes.len().min(2048);
    for _ in 0..random.usize(1..=8) {
        let place = match random.u8(0..4) {
            0 => random.usize(..bytes.len()),
            1 => bytes.len() - 1 - random.usize(..near),
            _ => random.usize(..near),
        };
        let byte = match random.u8(0..3) {
            0 => 0xff,
            1 => bytes[place] ^ (1 << random.u8(0..8)),
            _ => random.u8(..),
        };
        changes.push((place, bytes[place]));
        bytes[place] = byte;
    }
    changes
}
