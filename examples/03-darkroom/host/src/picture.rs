//! Reads and writes pictures. A picture is written as a whole or not at
//! all.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use image::codecs::png::PngEncoder;
use image::{
    DynamicImage, ImageError, ImageFormat, ImageReader, Limits,
};

pub use image::RgbaImage;

/// The longest side of a picture, in pixels.
const LONGEST: u32 = 20_000;

/// How much memory a picture may take while it is read, in bytes.
const MOST: u64 = 1 << 29;

// ANCHOR: read
/// Reads a PNG. A picture that takes too much memory is refused as soon
/// as its header says so.
///
/// # Errors
/// If the file is missing, is no PNG or is too large.
pub fn read(path: &Path) -> Result<RgbaImage> {
    if !path.metadata()?.is_file() {
        bail!("not a file");
    }
    let file = BufReader::new(File::open(path)?);
    let mut reader = ImageReader::with_format(file, ImageFormat::Png);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MOST);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| match error {
        ImageError::Limits(_) => anyhow!(
            "too large: a side may have {LONGEST} pixels, and the \
             picture may take {} MiB of memory",
            MOST >> 20
        ),
        ImageError::IoError(error)
            if error.kind() == io::ErrorKind::UnexpectedEof =>
        {
            anyhow!("it is cut short; copy it again")
        }
        ImageError::IoError(error) => error.into(),
        other => anyhow!("not a PNG: {}", cause(&other)),
    })?;
    Ok(picture.into_rgba8())
}
// ANCHOR_END: read

/// The last cause of an error: those before it repeat its text.
fn cause(error: &dyn Error) -> &dyn Error {
    error.source().map_or(error, cause)
}

// ANCHOR: write
/// Writes a PNG beside the file, and then gives it the file's name.
///
/// # Errors
/// If the file cannot be written. Then an older file is still there.
pub fn write(path: &Path, picture: &RgbaImage) -> Result<()> {
    let path = target(path)?;
    let mut file = new_file(folder(&path))?;
    let mut out = BufWriter::new(file.as_file_mut());
    let picture = DynamicImage::ImageRgba8(picture.clone());
    picture.write_with_encoder(PngEncoder::new(&mut out))?;
    out.flush()?;
    drop(out);
    file.as_file().sync_all()?;
    file.persist(path).map_err(|failed| failed.error)?;
    Ok(())
}
// ANCHOR_END: write

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Checks the name before anything is done to the picture. A link is
/// followed, so that the link stays.
///
/// # Errors
/// If its name is not that of a PNG, if its folder is missing, or if it
/// is not a file.
pub fn target(path: &Path) -> Result<PathBuf> {
    let is_png = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("png"));
    if !is_png {
        bail!("a PNG is written; give it a name that ends in .png");
    }
    let path = match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            folder(path).read_dir()?;
            return Ok(path.to_owned());
        }
        path => path?,
    };
    if !path.is_file() {
        bail!("not a file");
    }
    Ok(path)
}

/// A file without a name that anybody knows, but with the permissions
/// that a new file has here.
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".darkroom-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    // The error would name a file that nobody knows.
    builder.tempfile_in(folder).map_err(|error| error.kind().into())
}
