//! The configuration: flags and environment, checked once, each wrong value named in one sentence.

use std::net::{IpAddr, SocketAddr};

use clap::Args;
use domain::refresh_token_lifetimes::{RefreshTokenLifetimes, RefreshTokenLifetimesError};
use domain::tenant::{TenantId, TenantName};
use domain::user::{Email, check_password};
use identity::seal::KeyEncryptionKey;
use ipnet::IpNet;
use secrecy::{ExposeSecret, SecretString};
use tracing_subscriber::EnvFilter;

use crate::error::CommandError;

/// What every command needs, as written.
#[derive(Debug, Args)]
pub struct CommonOptions {
    /// The database: `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`
    #[arg(
        long,
        global = true,
        env = "CLIENTELE_DATABASE_URL",
        hide_env_values = true,
        default_value = "sqlite://data/clientele.db"
    )]
    database_url: SecretString,
    /// 32 bytes in base64 that seal the signing keys; required on PostgreSQL, on SQLite a file beside the database is made
    #[arg(long, global = true, env = "CLIENTELE_KEY_ENCRYPTION_KEY", hide_env_values = true)]
    key_encryption_key: Option<SecretString>,
    /// What is logged, such as info or warn,service=debug
    #[arg(long, global = true, env = "CLIENTELE_LOG", default_value = "info")]
    log: String,
    /// How the log is written: text or json
    #[arg(long, global = true, env = "CLIENTELE_LOG_FORMAT", default_value = "text")]
    log_format: String,
}

/// What every command needs, checked.
#[derive(Debug)]
pub struct Common {
    /// The address of the database. It may hold a password.
    pub database_url: SecretString,
    /// The key-encryption key, if given.
    pub key_encryption_key: Option<KeyEncryptionKey>,
    log: String,
    json: bool,
}

impl CommonOptions {
    /// Checks every value.
    pub fn check(self) -> Result<Common, CommandError> {
        let key_encryption_key = self
            .key_encryption_key
            .filter(is_given)
            .map(|text| text.expose_secret().parse::<KeyEncryptionKey>())
            .transpose()
            .map_err(|error| wrong("CLIENTELE_KEY_ENCRYPTION_KEY", error))?;
        EnvFilter::try_new(&self.log).map_err(|_| {
            wrong(
                "CLIENTELE_LOG",
                "it is a level such as info, or levels by module such as warn,service=debug.",
            )
        })?;
        let json = match self.log_format.as_str() {
            "text" => false,
            "json" => true,
            _ => return Err(wrong("CLIENTELE_LOG_FORMAT", "it is text or json.")),
        };
        Ok(Common {
            database_url: self.database_url,
            key_encryption_key,
            log: self.log,
            json,
        })
    }
}

impl Common {
    /// Starts the log, on standard error: standard output holds what a command answers.
    pub fn start_log(&self) {
        let log = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new(&self.log))
            .with_writer(std::io::stderr);
        let started = if self.json {
            log.json().try_init()
        } else {
            log.with_ansi(false).try_init()
        };
        // A second start in one process, as tests do, keeps the first log.
        drop(started);
    }
}

/// What `serve` needs, as written.
#[derive(Debug, Args)]
pub struct ServeOptions {
    /// The address and port to listen on; port 0 takes a free one
    #[arg(long, env = "CLIENTELE_LISTEN", default_value = "127.0.0.1:3000")]
    listen: String,
    /// The address that people and clients use, such as `https://id.example.com` [default: the bound address]
    #[arg(long, env = "CLIENTELE_PUBLIC_URL")]
    public_url: Option<String>,
    /// Networks whose X-Forwarded-For is believed, separated by commas, such as 10.0.0.0/8 [default: none]
    #[arg(
        long,
        env = "CLIENTELE_TRUSTED_PROXIES",
        default_value = "",
        hide_default_value = true
    )]
    trusted_proxies: String,
    /// For how many seconds a refresh token waits for its use, 60 to 31536000
    #[arg(long, env = "CLIENTELE_REFRESH_TOKEN_IDLE", default_value = "28800")]
    refresh_token_idle: String,
    /// For how many seconds a person stays signed in to an application by refresh tokens altogether, 60 to 31536000
    #[arg(long, env = "CLIENTELE_REFRESH_TOKEN_LIFETIME", default_value = "2592000")]
    refresh_token_lifetime: String,
    /// The id of the first tenant [default: a new one]
    #[arg(long, env = "CLIENTELE_TENANT_ID")]
    tenant_id: Option<String>,
    /// The name of the first tenant
    #[arg(long, env = "CLIENTELE_TENANT_NAME", default_value = "Default Tenant")]
    tenant_name: String,
    /// The e-mail address of the first administrator; first start only
    #[arg(long, env = "CLIENTELE_ADMIN_EMAIL")]
    admin_email: Option<String>,
    /// Their password, 12 to 128 characters; first start only. Without both a one-time setup link is printed
    #[arg(long, env = "CLIENTELE_ADMIN_PASSWORD", hide_env_values = true)]
    admin_password: Option<SecretString>,
}

/// What `serve` needs, checked.
#[derive(Debug)]
pub struct ServeConfig {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The public URL, if given.
    pub public_url: Option<String>,
    /// The networks whose forwarded addresses are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// How long refresh tokens are good.
    pub refresh_tokens: RefreshTokenLifetimes,
    /// The id of the first tenant, if chosen.
    pub tenant_id: Option<TenantId>,
    /// The name of the first tenant.
    pub tenant_name: TenantName,
    /// The first administrator, if given.
    pub administrator: Option<(Email, SecretString)>,
}

impl ServeOptions {
    /// Checks every value.
    pub fn check(self) -> Result<ServeConfig, CommandError> {
        Ok(ServeConfig {
            listen: self
                .listen
                .parse()
                .map_err(|_| wrong("CLIENTELE_LISTEN", "it is an address and port such as 127.0.0.1:3000."))?,
            public_url: self.public_url.filter(|url| !url.is_empty()),
            trusted_proxies: networks(&self.trusted_proxies)?,
            refresh_tokens: refresh_tokens(&self.refresh_token_idle, &self.refresh_token_lifetime)?,
            tenant_id: self
                .tenant_id
                .filter(|id| !id.is_empty())
                .map(|id| id.parse())
                .transpose()
                .map_err(|_| wrong("CLIENTELE_TENANT_ID", "it is not a GUID."))?,
            tenant_name: TenantName::parse(&self.tenant_name).map_err(|error| wrong("CLIENTELE_TENANT_NAME", error))?,
            administrator: administrator(self.admin_email, self.admin_password)?,
        })
    }
}

/// An empty variable counts as none: that is how some supervisors leave one out.
fn is_given(secret: &SecretString) -> bool {
    !secret.expose_secret().is_empty()
}

fn wrong(variable: &str, sentence: impl std::fmt::Display) -> CommandError {
    CommandError::configuration(variable, sentence)
}

/// A network is written as 10.0.0.0/8, a single address without the slash.
fn networks(text: &str) -> Result<Vec<IpNet>, CommandError> {
    text.split(',')
        .map(str::trim)
        .filter(|network| !network.is_empty())
        .map(|network| network.parse().or_else(|_| network.parse::<IpAddr>().map(IpNet::from)))
        .collect::<Result<_, std::net::AddrParseError>>()
        .map_err(|_| {
            wrong(
                "CLIENTELE_TRUSTED_PROXIES",
                "it is a list of networks such as 10.0.0.0/8,192.0.2.7.",
            )
        })
}

fn refresh_tokens(idle: &str, lifetime: &str) -> Result<RefreshTokenLifetimes, CommandError> {
    const IDLE: &str = "CLIENTELE_REFRESH_TOKEN_IDLE";
    const LIFETIME: &str = "CLIENTELE_REFRESH_TOKEN_LIFETIME";
    let seconds = |variable, text: &str| {
        let seconds = text.parse::<i64>();
        seconds.map_err(|_| wrong(variable, "it is a whole number of seconds."))
    };
    let (idle, lifetime) = (seconds(IDLE, idle)?, seconds(LIFETIME, lifetime)?);
    let (min, max) = (RefreshTokenLifetimes::MIN, RefreshTokenLifetimes::MAX);
    let bounds = format!("it is {min} to {max} seconds.");
    RefreshTokenLifetimes::new(idle, lifetime).map_err(|error| match error {
        RefreshTokenLifetimesError::Idle => wrong(IDLE, bounds),
        RefreshTokenLifetimesError::Absolute => wrong(LIFETIME, bounds),
        RefreshTokenLifetimesError::IdleIsLonger => wrong(
            IDLE,
            format!("{idle} seconds are longer than {LIFETIME}, which is {lifetime}."),
        ),
    })
}

fn administrator(
    email: Option<String>,
    password: Option<SecretString>,
) -> Result<Option<(Email, SecretString)>, CommandError> {
    match (email.filter(|email| !email.is_empty()), password.filter(is_given)) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(wrong(
            "CLIENTELE_ADMIN_PASSWORD",
            "it is missing beside CLIENTELE_ADMIN_EMAIL.",
        )),
        (None, Some(_)) => Err(wrong(
            "CLIENTELE_ADMIN_EMAIL",
            "it is missing beside CLIENTELE_ADMIN_PASSWORD.",
        )),
        (Some(email), Some(password)) => {
            let email = Email::parse(&email).map_err(|error| wrong("CLIENTELE_ADMIN_EMAIL", error))?;
            check_password(password.expose_secret()).map_err(|error| wrong("CLIENTELE_ADMIN_PASSWORD", error))?;
            Ok(Some((email, password)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::{CommandFactory, Parser};
    use rstest::rstest;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[derive(Parser)]
    struct Options {
        #[command(flatten)]
        common: CommonOptions,
        #[command(flatten)]
        serve: ServeOptions,
    }

    #[rstest]
    #[case(&["--listen", "here"], "CLIENTELE_LISTEN")]
    #[case(&["--trusted-proxies", "10.0.0.0/8,office"], "CLIENTELE_TRUSTED_PROXIES")]
    #[case(&["--refresh-token-idle", "8h"], "CLIENTELE_REFRESH_TOKEN_IDLE")]
    #[case(&["--refresh-token-idle", "59"], "CLIENTELE_REFRESH_TOKEN_IDLE")]
    #[case(&["--refresh-token-idle", "2592001"], "CLIENTELE_REFRESH_TOKEN_IDLE")]
    #[case(&["--refresh-token-lifetime", "3600"], "CLIENTELE_REFRESH_TOKEN_IDLE")]
    #[case(&["--refresh-token-lifetime", ""], "CLIENTELE_REFRESH_TOKEN_LIFETIME")]
    #[case(&["--refresh-token-lifetime", "31536001"], "CLIENTELE_REFRESH_TOKEN_LIFETIME")]
    #[case(&["--tenant-id", "7"], "CLIENTELE_TENANT_ID")]
    #[case(&["--tenant-name", " "], "CLIENTELE_TENANT_NAME")]
    #[case(&["--admin-email", "ops@example.com"], "CLIENTELE_ADMIN_PASSWORD")]
    #[case(&["--admin-password", "a long enough one"], "CLIENTELE_ADMIN_EMAIL")]
    #[case(&["--admin-email", "ops", "--admin-password", "a long enough one"], "CLIENTELE_ADMIN_EMAIL")]
    #[case(&["--admin-email", "ops@example.com", "--admin-password", "short"], "CLIENTELE_ADMIN_PASSWORD")]
    #[case(&["--key-encryption-key", "c2hvcnQ="], "CLIENTELE_KEY_ENCRYPTION_KEY")]
    #[case(&["--log", "=="], "CLIENTELE_LOG")]
    #[case(&["--log-format", "xml"], "CLIENTELE_LOG_FORMAT")]
    fn a_wrong_value_is_named_in_one_line(#[case] arguments: &[&str], #[case] variable: &str) {
        let options = Options::parse_from([&["clientele"], arguments].concat());
        let error = options
            .common
            .check()
            .map(drop)
            .and_then(|()| options.serve.check().map(drop))
            .unwrap_err();
        let sentence = error.to_string();
        assert!(sentence.starts_with(&format!("{variable} is wrong: ")), "{sentence}");
        assert!(!sentence.contains('\n'));
        assert_eq!(error.exit_code(), 2);
    }

    #[test]
    fn lifetimes_of_refresh_tokens_are_seconds_and_a_wrong_one_is_told_its_bounds() {
        assert_eq!(
            refresh_tokens("28800", "2592000").unwrap(),
            RefreshTokenLifetimes::default()
        );
        let told = |idle, lifetime| refresh_tokens(idle, lifetime).unwrap_err().to_string();
        assert_eq!(
            told("60", "31536001"),
            "CLIENTELE_REFRESH_TOKEN_LIFETIME is wrong: it is 60 to 31536000 seconds."
        );
        assert_eq!(
            told("28800", "3600"),
            "CLIENTELE_REFRESH_TOKEN_IDLE is wrong: 28800 seconds are longer than CLIENTELE_REFRESH_TOKEN_LIFETIME, which is \
             3600."
        );
    }

    #[test]
    fn networks_and_single_addresses_are_read() {
        let networks = networks(" 10.0.0.0/8, 192.0.2.7,::1 ").unwrap();
        assert_eq!(networks.len(), 3);
        assert!(networks[1].contains(&"192.0.2.7".parse::<std::net::IpAddr>().unwrap()));
    }
}
