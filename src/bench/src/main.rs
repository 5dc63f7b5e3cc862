//! How quick the server is: `make bench`. So far the Clients page, as HTML. Everything is measured in one run, on one machine
//! that also makes the load, and only printed: what is quick enough is for a reader to say.
//!
//! `CLIENTELE_BIN` names the program, `CLIENTELE_TEST_POSTGRES_URL` a PostgreSQL server.

use std::process::Stdio;
use std::time::{Duration, Instant};

use reqwest::Client;
use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::redirect::Policy;
use store::testing::{Engine, TestDatabase, database};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const EMAIL: &str = "admin@example.com";
const PASSWORD: &str = "correct horse battery";

/// How many ask at the same time, each over a connection of its own.
const CONNECTIONS: usize = 8;
/// How long each page is asked for, after a tenth of that to warm up.
const MEASURED: Duration = Duration::from_secs(5);

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

#[tokio::main]
async fn main() {
    println!("The Clients page as HTML, 50 rows a page, {CONNECTIONS} connections, {MEASURED:?} each.");
    println!("The load comes from the same machine. Times in milliseconds.");
    println!();
    println!(
        "{:<12}{:<24}{:>9}{:>9}{:>9}{:>12}",
        "database", "page", "clients", "p50", "p99", "a second"
    );
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mut first_pages = Vec::new();
        for size in SIZES {
            let place = database(engine).await;
            let server = Server::start(&place, size).await;
            for (name, query) in PAGES {
                let times = server.measure(query).await;
                println!(
                    "{:<12}{name:<24}{size:>9}{:>9.1}{:>9.1}{:>12.0}",
                    format!("{engine:?}"),
                    times.at(0.50),
                    times.at(0.99),
                    times.a_second(),
                );
                if query.is_empty() {
                    first_pages.push(times.at(0.50));
                }
            }
        }
        let ratio = first_pages[1] / first_pages[0];
        println!(
            "{:<12}first page of 50,000 against 1,000 clients: {ratio:.2} times",
            format!("{engine:?}")
        );
    }
}

/// How long the answers took, in order.
struct Times(Vec<Duration>);

impl Times {
    /// The time within which this share of the answers came, in milliseconds.
    fn at(&self, share: f64) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a list"
        )]
        let place = ((self.0.len() - 1) as f64 * share).round() as usize;
        self.0[place].as_secs_f64() * 1_000.0
    }

    #[expect(clippy::cast_precision_loss, reason = "a count of a few thousands")]
    fn a_second(&self) -> f64 {
        self.0.len() as f64 / MEASURED.as_secs_f64()
    }
}

/// A server with a tenant of clients, and the administrator's session.
struct Server {
    _process: Child,
    address: String,
    cookie: String,
}

impl Server {
    async fn start(place: &TestDatabase, clients: u32) -> Self {
        let mut process = command(place, &["serve", "--listen", "127.0.0.1:0"])
            .env("CLIENTELE_ADMIN_EMAIL", EMAIL)
            .env("CLIENTELE_ADMIN_PASSWORD", PASSWORD)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the program that CLIENTELE_BIN names");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let address = loop {
            let line = lines.next_line().await.expect("its output").expect("it ended");
            if let Some(address) = line.strip_prefix("Clientele is ready. Open ") {
                break address.trim_end_matches('/').to_owned();
            }
        };
        let seeded = command(place, &["seed", "--clients", &clients.to_string()])
            .stdout(Stdio::null())
            .status()
            .await
            .expect("the same program");
        assert!(seeded.success(), "clientele seed failed");
        let cookie = sign_in(&address).await;
        Self {
            _process: process,
            address,
            cookie,
        }
    }

    /// Asks for a page over and over.
    async fn measure(&self, query: &str) -> Times {
        self.ask(query, MEASURED / 10).await;
        let mut times = self.ask(query, MEASURED).await;
        times.sort_unstable();
        Times(times)
    }

    async fn ask(&self, query: &str, how_long: Duration) -> Vec<Duration> {
        let until = Instant::now() + how_long;
        let tasks: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                let url = format!("{}/security/clients{query}", self.address);
                let cookie = self.cookie.clone();
                tokio::spawn(async move {
                    let client = Client::new();
                    let mut times = Vec::new();
                    while Instant::now() < until {
                        let began = Instant::now();
                        let answer = client
                            .get(&url)
                            .header(COOKIE, &cookie)
                            .send()
                            .await
                            .expect("an answer");
                        assert_eq!(answer.status(), 200);
                        let page = answer.text().await.expect("a page");
                        times.push(began.elapsed());
                        assert!(page.contains("</html>"), "the whole page");
                    }
                    times
                })
            })
            .collect();
        let mut times = Vec::new();
        for task in tasks {
            times.extend(task.await.expect("a task"));
        }
        times
    }
}

/// The program on this database.
fn command(place: &TestDatabase, arguments: &[&str]) -> Command {
    #[expect(clippy::disallowed_methods, reason = "a bench has no configuration of its own")]
    let program = std::env::var_os("CLIENTELE_BIN").expect("CLIENTELE_BIN: run `make bench`");
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("CLIENTELE_DATABASE_URL", &place.url)
        .env(
            "CLIENTELE_KEY_ENCRYPTION_KEY",
            "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        )
        .env("CLIENTELE_LOG", "warn");
    command
}

/// The cookie of the administrator's session.
async fn sign_in(address: &str) -> String {
    let client = Client::builder().redirect(Policy::none()).build().expect("a client");
    let body = format!("email={EMAIL}&password={}", PASSWORD.replace(' ', "+"));
    let request = client
        .post(format!("{address}/sign-in"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    let answer = request.body(body).send().await.expect("an answer");
    let cookie = answer
        .headers()
        .get(SET_COOKIE)
        .expect("a session")
        .to_str()
        .expect("a cookie");
    cookie.split(';').next().unwrap_or_default().to_owned()
}
