//! Pictures that a build makes. They are outside of the book, so mdBook
//! would not copy them; the page takes them along in its own text. That
//! needs no file beside the chapters, and plain mdBook shows the same.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use regex::Regex;

/// A line that is such a picture, and nothing else.
static IMAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^<img [^>]*src="(\.\./[^">]+\.png)"[^>]*>\s*$"#)
        .unwrap()
});
/// What a reader gets who cannot see it.
static TEXT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\balt="[^"\s][^"]*""#).unwrap());

/// How a PNG begins, and how it ends.
const BEGIN: &[u8] = b"\x89PNG\r\n\x1a\n";
const END: &[u8] = b"IEND\xae\x42\x60\x82";

/// Whether a line of HTML is such a picture.
pub fn is_one(line: &str) -> bool {
    IMAGE.is_match(line)
}

/// The line with the picture itself instead of its path, or what is
/// wrong with it.
pub fn embed(line: &str, folder: &Path) -> Result<String, String> {
    let Some(found) = IMAGE.captures(line) else {
        return Ok(line.to_owned());
    };
    let path = &found[1];
    let bytes = read(&folder.join(path))
        .map_err(|what| format!("`{path}` {what}"))?;
    if !TEXT.is_match(line) {
        return Err(format!(
            "`{path}` has no alt text; write alt=\"…\" on its line"
        ));
    }
    let data = STANDARD.encode(bytes);
    // mdBook corrects the links in double quotes. It would search this one
    // with a regular expression, and be much slower than with the rest.
    let quoted = format!("'data:image/png;base64,{data}'");
    Ok(line.replace(&format!("\"{path}\""), &quoted))
}

fn read(path: &Path) -> Result<Vec<u8>, &'static str> {
    let Ok(bytes) = fs::read(path) else {
        return Err("is not there; let a command above make it");
    };
    match bytes.starts_with(BEGIN) && bytes.ends_with(END) {
        true => Ok(bytes),
        false => Err("is no PNG, or only a part of one"),
    }
}
