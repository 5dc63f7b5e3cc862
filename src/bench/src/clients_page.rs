//! The Clients page as HTML, 50 rows a page, with few and with many clients.

use std::cell::Cell;
use std::collections::BTreeSet;

use store::testing::{Engine, database};

use crate::http::{Connection, Request, request};
use crate::load::{self, timed};
use crate::server::{Server, run};
use crate::table;
use crate::times::Times;

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

/// Words that the names of an eighth or a quarter of the clients hold.
const WORDS: [&str; 8] = [
    "boiler",
    "control",
    "dosing",
    "pump",
    "station",
    "reservoir",
    "turbidity",
    "weather",
];

/// Each part of these words that has two letters or more: what people look for one after the other, and nothing that was just
/// counted.
fn parts() -> BTreeSet<String> {
    let parts = WORDS.iter().flat_map(|word| {
        (0..word.len())
            .flat_map(move |from| (from + 2..=word.len()).map(move |to| format!("?filter={}", &word[from..to])))
    });
    parts.collect()
}

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
                let times = ask(&server, [query.to_owned()]).await;
                table::row([&format!("{engine:?}"), name, &size], &times);
                if query.is_empty() {
                    first_pages.push(times.p50());
                }
            }
            let times = ask(&server, parts()).await;
            table::row([&format!("{engine:?}"), "filter by name, others", &size], &times);
        }
        let ratio = first_pages[1] / first_pages[0];
        println!("{engine:?}: first page of 50,000 against 1,000 clients: {ratio:.2} times");
    }
}

/// Asks for these pages in turn.
async fn ask(server: &Server, queries: impl IntoIterator<Item = String>) -> Times {
    let page = format!("{}/security/clients", server.url);
    let cookies = [("cookie", server.cookies.as_str())];
    let requests: Vec<Request> = queries
        .into_iter()
        .map(|query| request("GET", &format!("{page}{query}"), &cookies, ""))
        .collect();
    let next = Cell::new(0);
    let [times] = load::measure(&page, CONNECTIONS, async |connection: &mut Connection| {
        let request = &requests[next.replace(next.get() + 1) % requests.len()];
        let (answer, took) = timed(connection, request).await;
        assert_eq!(answer.status(), "200");
        let page = std::str::from_utf8(&answer.body).expect("a page");
        assert!(page.contains("</html>"), "the whole page");
        [took]
    })
    .await;
    times
}
