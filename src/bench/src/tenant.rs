//! A tenant with as many clients as one may have, for which tokens are measured.

use domain::add_client::AddClientForm;
use domain::client::{ClientKind, MAX_CLIENTS};
use domain::client_form::ClientForm;
use domain::secret_form::SecretForm;
use domain::view::Created;
use store::testing::{Engine, TestDatabase, database};

use crate::code_flow::REDIRECT_URI;
use crate::server::{Server, run};

/// How many of the clients ask for tokens.
const ASKING: i64 = 32;

/// The tenant.
pub struct Tenant {
    place: TestDatabase,
    /// The ids and secrets of some clients.
    pub clients: Vec<(String, String)>,
    /// The application that the administrator signs in to.
    pub application: Created,
}

impl Tenant {
    /// Makes it, in a SQLite file of its own.
    pub async fn full() -> Self {
        let place = database(Engine::Sqlite).await;
        let server = Server::start(&place).await;
        let mut clients = Vec::new();
        for number in 1..=ASKING {
            let Created { id, secret, .. } = server.add_client(&program(&format!("Asking {number}"))).await;
            clients.push((id.to_string(), secret.expect("its secret").0));
        }
        let application = server.add_client(&application()).await;
        let others = MAX_CLIENTS - ASKING - 1;
        run(&place, &["seed", "--clients", &others.to_string()]).await;
        Self {
            place,
            clients,
            application,
        }
    }

    /// A server whose access tokens are signed with this algorithm. It is a new one each time: a running server would learn of
    /// the key within a minute.
    pub async fn serve(&self, algorithm: &str) -> Server {
        let rotate = [
            "keys",
            "rotate",
            "--for",
            "access-tokens",
            "--algorithm",
            algorithm,
            "--now",
        ];
        run(&self.place, &rotate).await;
        Server::start(&self.place).await
    }
}

/// A program with a secret.
pub fn program(name: &str) -> AddClientForm {
    AddClientForm {
        id: None,
        kind: ClientKind::ClientCredentials,
        client: ClientForm {
            name: name.to_owned(),
            ..ClientForm::default()
        },
        secret: SecretForm {
            never_expires: true,
            ..SecretForm::default()
        },
    }
}

fn application() -> AddClientForm {
    AddClientForm {
        kind: ClientKind::AuthorizationCode,
        client: ClientForm {
            name: "Application".to_owned(),
            allow_refresh_token: true,
            redirect_urls: vec![REDIRECT_URI.to_owned()],
            ..ClientForm::default()
        },
        ..AddClientForm::default()
    }
}
