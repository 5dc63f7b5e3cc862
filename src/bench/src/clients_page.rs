//! The Clients page as HTML, 50 rows a page, with few and with many clients.

use store::testing::{Engine, database};

use crate::http::{Connection, request};
use crate::load::{self, timed};
use crate::server::{Server, run};
use crate::table;

/// How many ask at the same time.
const CONNECTIONS: usize = 8;

/// The tenants that are compared.
const SIZES: [u32; 2] = [1_000, 50_000];

/// What is asked for: its name, and the query of the page.
const PAGES: [(&str, &str); 7] = [
    ("all, first page", ""),
    ("all, page 10", "?page=10"),
    ("filter by name, many", "?filter=pump"),
    ("filter by id, none", "?filter=00000000-0000"),
    ("disabled", "?status=disabled"),
    ("expiring soon", "?status=expiring"),
    ("expired secret", "?status=expired"),
];

/// Measures all pages on both databases.
pub async fn measure() {
    println!("\nThe Clients page as HTML, 50 rows a page, {CONNECTIONS} connections.");
    table::head(["database", "page", "clients"]);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mut first_pages = Vec::new();
        for size in SIZES {
            let size = size.to_string();
            let place = database(engine).await;
            let server = Server::start(&place).await;
            run(&place, &["seed", "--clients", &size]).await;
            for (name, query) in PAGES {
                let url = format!("{}/security/clients{query}", server.url);
                let request = request("GET", &url, &[("cookie", &server.cookies)], "");
                let [times] = load::measure(&url, CONNECTIONS, async |connection: &mut Connection| {
                    let (answer, took) = timed(connection, &request).await;
                    assert_eq!(answer.status(), "200");
                    let page = std::str::from_utf8(&answer.body).expect("a page");
                    assert!(page.contains("</html>"), "the whole page");
                    [took]
                })
                .await;
                table::row([&format!("{engine:?}"), name, &size], &times);
                if query.is_empty() {
                    first_pages.push(times.p50());
                }
            }
        }
        let ratio = first_pages[1] / first_pages[0];
        println!("{engine:?}: first page of 50,000 against 1,000 clients: {ratio:.2} times");
    }
}
