use std::fmt::Write as _;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::files;

/// Bytes of the digest that are kept: 64 bits tell two builds apart, and the address stays short.
const LENGTH: usize = 8;

/// Names the content of a folder: the start of a SHA-256 over each file's path, length and bytes, in hexadecimal.
pub fn of_folder(folder: &Path) -> Result<String, Error> {
    let mut digest = Sha256::new();
    for path in files::below(folder)? {
        let bytes = files::read(&path)?;
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy();
        digest.update(format!("{name}\n{}\n", bytes.len()));
        digest.update(&bytes);
    }
    let mut text = String::new();
    for byte in digest.finalize().iter().take(LENGTH) {
        // Writing into a String can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_hash_follows_content_and_names_only() {
        let one = tempfile::tempdir().unwrap();
        let two = tempfile::tempdir().unwrap();
        fs::write(one.path().join("a.js"), "1").unwrap();
        fs::write(two.path().join("a.js"), "1").unwrap();
        let first = of_folder(one.path()).unwrap();
        assert_eq!(first.len(), 16);
        assert_eq!(first, of_folder(two.path()).unwrap());

        fs::write(two.path().join("a.js"), "2").unwrap();
        assert_ne!(first, of_folder(two.path()).unwrap());

        fs::rename(one.path().join("a.js"), one.path().join("b.js")).unwrap();
        assert_ne!(first, of_folder(one.path()).unwrap());
    }
}
