use std::path::Path;

use crate::NAME;
use crate::error::Error;
use crate::files;

/// Joins the style sheets of `folder`, in the order of their names, into `NAME.css`; answers its size.
pub fn write(folder: &Path, pkg: &Path) -> Result<u64, Error> {
    let sheets: Vec<_> = files::below(folder)?
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
        .collect();
    if sheets.is_empty() {
        return Err(Error::NoStyle(folder.to_path_buf()));
    }
    let mut style = Vec::new();
    for sheet in sheets {
        style.extend(files::read(&sheet)?);
        style.push(b'\n');
    }
    let target = pkg.join(format!("{NAME}.css"));
    files::write(&target, &style)?;
    files::size(&target)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn sheets_are_joined_in_the_order_of_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let pkg = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("2-page.css"), "page{}").unwrap();
        fs::write(folder.path().join("1-colours.css"), "colours{}").unwrap();
        fs::write(folder.path().join("notes.md"), "no style").unwrap();

        write(folder.path(), pkg.path()).unwrap();

        let style = fs::read_to_string(pkg.path().join("clientele.css")).unwrap();
        assert_eq!(style, "colours{}\npage{}\n");
    }

    #[test]
    fn a_folder_without_sheets_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(write(folder.path(), folder.path()), Err(Error::NoStyle(_))));
    }
}
