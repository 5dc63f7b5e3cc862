//! What applications keep for a person.

use domain::user::UserId;
use domain::view::Preferences;

use crate::database::{fetch, tx_execute};
use crate::{Database, StoreError, Tx};

/// What is kept, if anything is.
pub async fn read(database: &Database, user: UserId) -> Result<Option<Preferences>, StoreError> {
    let row: Option<(String, i64)> = fetch!(
        fetch_optional,
        database,
        (String, i64),
        "SELECT value, version FROM user_preferences WHERE user_id = $1",
        user.0,
    )?;
    Ok(row.map(|(value, version)| Preferences { value, version }))
}

/// Keeps another value for a locked person; answers whether `version` was the one that is kept. It is 0 when none is.
pub async fn replace(tx: &mut Tx, user: UserId, version: i64, value: &str) -> Result<bool, StoreError> {
    let replaced = tx_execute!(
        tx,
        "INSERT INTO user_preferences (user_id, value, version) VALUES ($1, $2, 1)
         ON CONFLICT (user_id) DO UPDATE SET value = excluded.value, version = user_preferences.version + 1
            WHERE user_preferences.version = $3",
        user.0,
        value,
        version,
    )?;
    Ok(replaced == 1)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::fixtures::{add_tenant, add_user, user_id};
    use crate::testing::{Engine, database};
    use crate::users;

    #[rstest]
    #[case(Engine::Sqlite)]
    #[case(Engine::Postgres)]
    #[tokio::test]
    async fn a_value_takes_the_place_of_the_one_that_was_read(#[case] engine: Engine) {
        let test = database(engine).await;
        let database = &test.database;
        add_tenant(database, 1, "Mill").await.unwrap();
        add_user(database, 1, 1, "ana@example.com", &[]).await.unwrap();
        add_user(database, 2, 1, "bo@example.com", &[]).await.unwrap();
        let ana = user_id(1);
        assert_eq!(read(database, ana).await.unwrap(), None);
        let mut tx = database.begin().await.unwrap();
        for (version, value, replaced) in [(0, "1", true), (0, "2", false), (1, "3", true), (1, "4", false)] {
            assert_eq!(
                replace(&mut tx, ana, version, value).await.unwrap(),
                replaced,
                "{value}"
            );
        }
        tx.commit().await.unwrap();
        let kept = Preferences {
            value: "3".to_owned(),
            version: 2,
        };
        assert_eq!(read(database, ana).await.unwrap(), Some(kept));
        assert_eq!(read(database, user_id(2)).await.unwrap(), None);

        let mut tx = database.begin().await.unwrap();
        users::delete(&mut tx, ana).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(read(database, ana).await.unwrap(), None);
    }
}
