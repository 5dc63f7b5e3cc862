//! The Clients page as HTML, 50 rows a page, with few and with many clients.

use std::cell::Cell;

use domain::client::ClientId;
use futures_util::future::join;
use serde_json::json;
use store::testing::{Engine, database};

use crate::http::{Connection, request};
use crate::load::{self, timed};
use crate::server::{Server, run};
use crate::table;
use crate::tenant::program;
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

/// Measures all pages on both databases.
pub async fn measure() {
    println!("\nThe Clients page as HTML, 50 rows a page, {CONNECTIONS} connections.");
    table::head(["database", "page", "clients"]);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mut first_pages = Vec::new();
        for size in SIZES {
            let place = database(engine).await;
            let server = Server::start(&place).await;
            let saved = server.add_client(&program("Saved")).await.id;
            run(&place, &["seed", "--clients", &(size - 1).to_string()]).await;
            let size = size.to_string();
            for (name, query) in PAGES {
                let times = ask(&server, query).await;
                table::row([&format!("{engine:?}"), name, &size], &times);
                if query.is_empty() {
                    first_pages.push(times.p50());
                }
            }
            let times = ask_while_one_saves(&server, "?filter=pump", saved).await;
            table::row([&format!("{engine:?}"), "filter while one saves", &size], &times);
        }
        let ratio = first_pages[1] / first_pages[0];
        println!("{engine:?}: first page of 50,000 against 1,000 clients: {ratio:.2} times");
    }
}

/// Asks for a page while one more connection changes a client over and over. After each change whatever is filtered is counted
/// anew; otherwise its total is known from the first time on.
async fn ask_while_one_saves(server: &Server, query: &str, saved: ClientId) -> Times {
    let changes =
        [false, true].map(|enabled| server.call("clients/set-enabled", &json!({ "id": saved, "enabled": enabled })));
    let asked = Cell::new(false);
    let ask = async {
        let times = ask(server, query).await;
        asked.set(true);
        times
    };
    let save = async {
        let mut connection = Connection::open(&server.url).await;
        while !asked.get() {
            for change in &changes {
                assert_eq!(connection.send(change).await.status(), "200");
            }
        }
    };
    join(ask, save).await.0
}

/// Asks for a page.
async fn ask(server: &Server, query: &str) -> Times {
    let page = format!("{}/security/clients{query}", server.url);
    let request = request("GET", &page, &[("cookie", server.cookies.as_str())], "");
    let [times] = load::measure(&page, CONNECTIONS, async |connection: &mut Connection| {
        let (answer, took) = timed(connection, &request).await;
        assert_eq!(answer.status(), "200");
        let page = std::str::from_utf8(&answer.body).expect("a page");
        assert!(page.contains("</html>"), "the whole page");
        [took]
    })
    .await;
    times
}
