use std::ffi::OsString;
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;

use crate::error::Error;
use crate::files;

/// What gets a `.br` file beside it; pictures are compressed already.
const EXTENSIONS: [&str; 4] = ["css", "js", "svg", "wasm"];

/// Writes `NAME.br` beside each file below `folder` that is worth it; answers the sum of their sizes.
pub fn folder(folder: &Path) -> Result<u64, Error> {
    let mut total = 0;
    for path in files::below(folder)? {
        let extension = path.extension().unwrap_or_default();
        if EXTENSIONS.iter().any(|wanted| extension == *wanted) {
            let target = with_br(&path);
            files::write(&target, &compress(&path)?)?;
            total += files::size(&target)?;
        }
    }
    Ok(total)
}

fn with_br(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".br");
    PathBuf::from(name)
}

fn compress(path: &Path) -> Result<Vec<u8>, Error> {
    let bytes = files::read(path)?;
    // Done once and sent often: the best quality, and a window that spans the whole wasm file.
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut compressed, &parameters)
        .map_err(Error::file("compress", path))?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn texts_get_a_sibling_that_unpacks_to_the_same() {
        let place = tempfile::tempdir().unwrap();
        let text = "body { color: black }\n".repeat(100);
        fs::write(place.path().join("a.css"), &text).unwrap();
        fs::write(place.path().join("a.png"), "a picture").unwrap();

        folder(place.path()).unwrap();

        let packed = fs::read(place.path().join("a.css.br")).unwrap();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, text.as_bytes());
        assert!(!place.path().join("a.png.br").exists());
    }
}
