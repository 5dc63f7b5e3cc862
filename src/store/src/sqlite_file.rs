//! The file of a SQLite database: its name, its folder, and who may read it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::StoreError;

const SCHEME: &str = "sqlite://";

/// The file that a `sqlite://` address names. None for another address, and for one that
/// [`Database::connect`](crate::Database::connect) refuses.
pub fn sqlite_path(url: &str) -> Option<PathBuf> {
    read_address(url)?.ok()
}

/// The file that a `sqlite://` address names, or what is wrong with it; none for another kind of address.
pub(crate) fn read_address(url: &str) -> Option<Result<PathBuf, StoreError>> {
    let text = url.strip_prefix(SCHEME)?;
    let refused = |why: &str| Some(Err(StoreError::Address(why.to_owned())));
    if text.is_empty() {
        return refused("it names no file. Write a path after sqlite://, such as sqlite://data/clientele.db");
    }
    if text.contains(":memory:") {
        return refused("a database in memory is lost at the end. Name a file, such as sqlite://data/clientele.db");
    }
    if text.contains('?') {
        return refused("it has a `?`, and SQLite takes no options here. Write only the path after sqlite://");
    }
    let path = PathBuf::from(text);
    // The key-encryption key lies beside the database under that name.
    if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("key")) {
        return refused("its file ends in .key, which is the name of the key file. Choose another ending, such as .db");
    }
    Some(Ok(path))
}

/// The empty file beside the database that a start holds while it opens the database.
pub(crate) fn lock_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

/// Makes the file if it is missing, for its owner alone, and its folder. SQLite gives its log the mode of the file.
pub(crate) fn make(path: &Path) -> Result<(), StoreError> {
    if let Some(folder) = path.parent() {
        make_private_folder(folder)
            .map_err(|error| StoreError::Address(format!("its folder {} can't be made: {error}", folder.display())))?;
    }
    make_private_file(path)
        .map_err(|error| StoreError::Address(format!("its file {} can't be made: {error}", path.display())))
}

/// Makes a folder that only its owner can enter; one that exists is left as it is.
fn make_private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes an empty file that only its owner can read. One that exists is not even opened: to close it again would end
/// the locks that SQLite holds on it in this process.
fn make_private_file(path: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Database;
    use rstest::rstest;

    #[rstest]
    #[case("sqlite://data/clientele.db", Some("data/clientele.db"))]
    #[case("sqlite:///srv/clientele", Some("/srv/clientele"))]
    #[case("postgres://localhost/clientele", None)]
    #[case("sqlite:clientele.db", None)]
    #[case("sqlite://", None)]
    fn an_address_names_a_file(#[case] url: &str, #[case] path: Option<&str>) {
        assert_eq!(sqlite_path(url), path.map(PathBuf::from));
    }

    #[rstest]
    #[case("sqlite://", "names no file")]
    #[case("sqlite://:memory:", "in memory")]
    #[case("sqlite://clientele.db?mode=ro", "takes no options")]
    #[case("sqlite://data/clientele.KEY", "the key file")]
    #[tokio::test]
    async fn a_useless_address_is_refused_with_what_is_right(#[case] url: &str, #[case] why: &str) {
        let error = Database::connect(url).await.unwrap_err();
        assert!(
            matches!(&error, StoreError::Address(sentence) if sentence.contains(why)),
            "{error}"
        );
        assert_eq!(sqlite_path(url), None);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn only_the_owner_can_read_the_files() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let url = format!("sqlite://{}", folder.path().join("clientele.db").display());
        let database = Database::connect(&url).await.unwrap();
        database.migrate().await.unwrap();
        let mut names = Vec::new();
        for file in fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
            names.push(file.file_name());
        }
        names.sort();
        let expected = [
            "clientele.db",
            "clientele.db-shm",
            "clientele.db-wal",
            "clientele.db.lock",
        ];
        assert_eq!(names, expected);
    }
}
