//! The two databases have the same tables, columns, foreign keys and, but for two, indexes: one SQL text serves both.

use store::Database;
use store::testing::{Engine, database};

/// Asks the database in its own words; the answers are alike.
async fn ask(database: &Database, sqlite: &'static str, postgres: &'static str) -> Vec<String> {
    match database {
        Database::Sqlite { read, .. } => sqlx::query_scalar(sqlite).fetch_all(read).await,
        Database::Postgres(pool) => sqlx::query_scalar(postgres).fetch_all(pool).await,
    }
    .expect("the schema")
}

/// Table, column, and whether it must have a value.
async fn columns(database: &Database) -> Vec<String> {
    // SQLite reports the columns of a primary key as nullable, although a STRICT table refuses it.
    ask(
        database,
        r#"SELECT t.name || '.' || c.name || CASE WHEN c."notnull" OR c.pk > 0 THEN ' NOT NULL' ELSE '' END
         FROM sqlite_master t JOIN pragma_table_info(t.name) c
         WHERE t.type = 'table' AND t.name <> '_sqlx_migrations'
         ORDER BY 1"#,
        r#"SELECT (table_name || '.' || column_name || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END)
            COLLATE "C"
         FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'
         ORDER BY 1"#,
    )
    .await
}

/// The columns of each index in their order, those of primary keys and UNIQUE too.
async fn indexes(database: &Database) -> Vec<String> {
    // An INTEGER PRIMARY KEY has no index of its own in SQLite; only `installation` has one.
    ask(
        database,
        r#"SELECT t.name || ' ('
            || (SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno))
            || ')' || CASE WHEN i."unique" THEN ' UNIQUE' ELSE '' END
         FROM sqlite_master t JOIN pragma_index_list(t.name) i
         WHERE t.type = 'table' AND t.name NOT IN ('_sqlx_migrations', 'installation')
         ORDER BY 1"#,
        r#"SELECT (t.relname || ' (' || string_agg(a.attname::text, ',' ORDER BY k.n) || ')'
            || CASE WHEN i.indisunique THEN ' UNIQUE' ELSE '' END) COLLATE "C"
         FROM pg_index i
            JOIN pg_class t ON t.oid = i.indrelid
            CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k (attnum, n)
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum
         WHERE t.relnamespace = 'public'::regnamespace AND t.relname NOT IN ('_sqlx_migrations', 'installation')
         GROUP BY t.relname, i.indexrelid, i.indisunique
         ORDER BY 1"#,
    )
    .await
}

/// The foreign keys, and what becomes of a row when the one it points to goes.
async fn foreign_keys(database: &Database) -> Vec<String> {
    ask(
        database,
        r#"SELECT t.name || '.' || f."from" || ' -> ' || f."table" || '.' || f."to" || ' ' || f.on_delete
         FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f
         WHERE t.type = 'table'
         ORDER BY 1"#,
        r#"SELECT (f.conrelid::regclass || '.' || here.attname || ' -> ' || f.confrelid::regclass || '.' || there.attname
            || CASE f.confdeltype WHEN 'c' THEN ' CASCADE' WHEN 'a' THEN ' NO ACTION' ELSE ' another' END) COLLATE "C"
         FROM pg_constraint f
            JOIN pg_attribute here ON here.attrelid = f.conrelid AND here.attnum = f.conkey[1]
            JOIN pg_attribute there ON there.attrelid = f.confrelid AND there.attnum = f.confkey[1]
         WHERE f.contype = 'f'
         ORDER BY 1"#,
    )
    .await
}

#[tokio::test]
async fn both_databases_have_the_same_schema() {
    let sqlite = database(Engine::Sqlite).await;
    let postgres = database(Engine::Postgres).await;

    let expected = columns(&sqlite.database).await;
    assert!(expected.contains(&"users.last_sign_in_at".to_owned()));
    assert!(expected.contains(&"users.id NOT NULL".to_owned()));
    assert_eq!(columns(&postgres.database).await, expected);

    let mut expected = indexes(&sqlite.database).await;
    assert!(expected.contains(&"clients (tenant_id,kind,search_key,enabled,last_used_at,id)".to_owned()));
    assert!(expected.contains(&"users (email_key) UNIQUE".to_owned()));
    // PostgreSQL needs two more for the filters of the clients, see its migrations 0003 and 0006.
    expected.push("clients (tenant_id,kind,enabled,search_key)".to_owned());
    expected.push("clients (tenant_id,search_key)".to_owned());
    expected.sort();
    assert_eq!(indexes(&postgres.database).await, expected);

    let expected = foreign_keys(&sqlite.database).await;
    assert!(expected.contains(&"client_secrets.client_id -> clients.id CASCADE".to_owned()));
    assert_eq!(foreign_keys(&postgres.database).await, expected);
}

/// SQLite orders folded text by bytes, so PostgreSQL must too, whatever the cluster's language.
#[tokio::test]
async fn folded_text_is_ordered_by_bytes() {
    let test = database(Engine::Postgres).await;
    let Database::Postgres(pool) = &test.database else {
        unreachable!("PostgreSQL was asked for")
    };
    let folded: Vec<(String, Option<String>)> = sqlx::query_as(
        r"SELECT table_name || '.' || column_name, CAST(collation_name AS TEXT) FROM information_schema.columns
         WHERE table_schema = 'public' AND data_type = 'text' AND column_name LIKE '%\_key'",
    )
    .fetch_all(pool)
    .await
    .expect("the schema");
    assert!(folded.len() > 4);
    for (column, collation) in folded {
        assert_eq!(collation.as_deref(), Some("C"), "{column}");
    }
}
