//! The file operations of this program, with errors that name the path.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// All files below `folder`, sorted. A missing folder has none.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    if folder.exists() {
        collect(folder, &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(Error::file("list", folder))? {
        let path = entry.map_err(Error::file("list", folder))?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// A file's bytes.
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(Error::file("read", path))
}

/// Makes or replaces a file, and its folder where that is missing.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    fs::write(path, bytes).map_err(Error::file("write", path))
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(Error::file("make", path))
}

/// Removes a folder with all that is in it; a missing one is fine.
pub fn remove_folder(path: &Path) -> Result<(), Error> {
    if path.exists() {
        fs::remove_dir_all(path).map_err(Error::file("remove", path))?;
    }
    Ok(())
}

/// Gives a file or folder another name.
pub fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(from, to).map_err(Error::file("rename", from))
}

/// A file's size in bytes.
pub fn size(path: &Path) -> Result<u64, Error> {
    Ok(fs::metadata(path).map_err(Error::file("read", path))?.len())
}

/// The size in bytes of all files below a folder.
pub fn folder_size(folder: &Path) -> Result<u64, Error> {
    below(folder)?.iter().map(|path| size(path)).sum()
}

/// Copies all files below `from`; answers how many bytes that were.
pub fn copy_folder(from: &Path, to: &Path) -> Result<u64, Error> {
    make_folder(to)?;
    for path in below(from)? {
        let name = path.strip_prefix(from).unwrap_or(&path);
        write(&to.join(name), &read(&path)?)?;
    }
    folder_size(to)
}
