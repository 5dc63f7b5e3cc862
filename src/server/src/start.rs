//! From configuration to a working service: what every command begins with.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;

use domain::clock::Ids;
use domain::refresh_token_lifetimes::RefreshTokenLifetimes;
use identity::issuer::Issuer;
use identity::seal::KeyEncryptionKey;
use secrecy::ExposeSecret;
use service::open::{Database, StoreError, holds_sealed_keys, open, sqlite_path};
use service::system::{SystemClock, SystemIds};
use service::{Service, ServiceError};

use crate::config::Common;
use crate::error::CommandError;

const KEY: &str = "CLIENTELE_KEY_ENCRYPTION_KEY";

/// Opens the database and brings it up to date.
pub async fn open_database(common: &Common) -> Result<Database, CommandError> {
    open(common.database_url.expose_secret())
        .await
        .map_err(|error| match error {
            StoreError::Address(sentence) => CommandError::configuration("CLIENTELE_DATABASE_URL", sentence),
            error => CommandError::Failed(format!(
                "The database that CLIENTELE_DATABASE_URL names can't be used: {error}."
            )),
        })
}

/// A service on the configured database, with the machine's clock and randomness.
pub async fn service(
    common: Common,
    issuer: Issuer,
    refresh_tokens: RefreshTokenLifetimes,
) -> Result<Service, CommandError> {
    let url = common.database_url.expose_secret();
    let key_file = sqlite_path(url).map(|path| path.with_extension("key"));
    if common.key_encryption_key.is_none() && url.starts_with("postgres") {
        return Err(CommandError::configuration(
            KEY,
            "it is missing, and PostgreSQL needs it. Make one with `openssl rand -base64 32` and keep it safe.",
        ));
    }
    let database = open_database(&common).await?;
    let key = match (common.key_encryption_key, key_file) {
        (Some(key), _) => key,
        (None, path) => {
            let may_be_made = !holds_sealed_keys(&database).await.map_err(ServiceError::from)?;
            key_beside(&path.unwrap_or_default(), may_be_made)?
        }
    };
    Ok(Service::new(
        database,
        Arc::new(SystemClock),
        Arc::new(SystemIds),
        issuer,
        key,
        refresh_tokens,
    ))
}

/// A service for a command that runs and ends. It issues no tokens, so it needs no public URL.
pub async fn service_for_command(common: Common) -> Result<Service, CommandError> {
    let issuer = Issuer::new("http://localhost")?;
    service(common, issuer, RefreshTokenLifetimes::default()).await
}

/// The key in this file. A missing one is made, with mode 0600, as long as nothing was sealed with it.
fn key_beside(path: &Path, may_be_made: bool) -> Result<KeyEncryptionKey, CommandError> {
    let wrong = |why: &dyn std::fmt::Display| {
        CommandError::configuration(KEY, format!("its file {} can't be used: {why}", path.display()))
    };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound && !may_be_made => {
            return Err(wrong(
                &"it is missing, but the database holds keys that were sealed with it. Put it back.",
            ));
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = KeyEncryptionKey::from_bytes(SystemIds.random());
            write_key(path, key.to_base64().expose_secret()).map_err(|error| wrong(&error))?;
            // Another start may have been first: what lies there counts.
            fs::read_to_string(path).map_err(|error| wrong(&error))?
        }
        Err(error) => return Err(wrong(&error)),
    };
    text.trim().parse().map_err(|error| wrong(&error))
}

/// Writes the whole file or none of it, and never over one that exists.
fn write_key(path: &Path, text: &str) -> std::io::Result<()> {
    let draft = path.with_extension(format!("key.{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    let written = writeln!(file, "{text}").and_then(|()| file.sync_all());
    let linked = written.and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_key_is_made_once_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clientele.key");
        key_beside(&path, true).unwrap();
        let first = fs::read_to_string(&path).unwrap();
        key_beside(&path, true).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), first);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_lost_key_file_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clientele.key");
        assert!(
            key_beside(&path, false)
                .unwrap_err()
                .to_string()
                .contains("clientele.key")
        );
        assert!(!path.exists());
    }

    #[test]
    fn a_broken_key_file_is_named_and_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("clientele.key");
        fs::write(&path, "broken").unwrap();
        let error = key_beside(&path, true).unwrap_err().to_string();
        assert!(error.contains("clientele.key"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "broken");
    }
}
