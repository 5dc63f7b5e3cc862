//! What a person has typed of a client or a secret.

use chrono::{DateTime, Utc};
use domain::client::{ClientKind, ClientName};
use domain::client_form::ClientForm;
use domain::field::{Checked, Field, FieldError};
use domain::secret::{SecretExpiry, nonexistent_time};
use domain::secret_form::SecretForm;
use domain::token_lifetime::TokenLifetime;
use domain::view::{ClientDetails, SecretRow};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::time_zone::{self, LocalTimeError};
use crate::components::role_checks::RoleChoice;
use crate::components::url_list::UrlListDraft;
use crate::functions::clients::name_in_use::client_name_in_use;

/// The fields of a client.
#[derive(Clone, Copy)]
pub struct ClientDraft {
    pub kind: ClientKind,
    pub name: RwSignal<String>,
    pub token_lifetime: RwSignal<String>,
    pub roles: RoleChoice,
    pub allow_refresh_token: RwSignal<bool>,
    pub redirect_urls: UrlListDraft,
    pub logout_redirect_urls: UrlListDraft,
    pub cors_origins: UrlListDraft,
    /// Whether another client has this name.
    pub name_taken: RwSignal<bool>,
    untouched: StoredValue<ClientForm>,
}

impl ClientDraft {
    /// A new client.
    pub fn empty(kind: ClientKind) -> Self {
        let form = ClientForm {
            token_lifetime: TokenLifetime::MAX.to_string(),
            ..ClientForm::default()
        };
        Self::new(kind, form)
    }

    /// A client as it stands.
    pub fn of(client: &ClientDetails) -> Self {
        let sign_in = client.sign_in.clone();
        let mut roles: Vec<_> = client.roles.iter().map(|role| role.id).collect();
        roles.sort_unstable();
        let form = ClientForm {
            name: client.name.clone(),
            token_lifetime: client.token_lifetime.seconds().to_string(),
            roles,
            allow_refresh_token: sign_in.allow_refresh_token,
            redirect_urls: sign_in.redirect_urls,
            logout_redirect_urls: sign_in.logout_redirect_urls,
            cors_origins: sign_in.cors_origins,
            ..ClientForm::default()
        };
        Self::new(client.kind, form)
    }

    fn new(kind: ClientKind, form: ClientForm) -> Self {
        let untouched = StoredValue::new(form.clone());
        Self {
            kind,
            name: RwSignal::new(form.name),
            token_lifetime: RwSignal::new(form.token_lifetime),
            roles: RoleChoice::new(form.roles),
            allow_refresh_token: RwSignal::new(form.allow_refresh_token),
            redirect_urls: UrlListDraft::new(Field::RedirectUrls, form.redirect_urls),
            logout_redirect_urls: UrlListDraft::new(Field::LogoutRedirectUrls, form.logout_redirect_urls),
            cors_origins: UrlListDraft::new(Field::CorsOrigins, form.cors_origins),
            name_taken: RwSignal::new(false),
            untouched,
        }
    }

    fn lists(self) -> [UrlListDraft; 3] {
        [self.redirect_urls, self.logout_redirect_urls, self.cors_origins]
    }

    /// The form as it stands now.
    pub fn form(self) -> ClientForm {
        ClientForm {
            name: self.name.get(),
            token_lifetime: self.token_lifetime.get(),
            roles: self.roles.chosen.get(),
            allow_refresh_token: self.allow_refresh_token.get(),
            redirect_urls: self.redirect_urls.entries.get(),
            logout_redirect_urls: self.logout_redirect_urls.entries.get(),
            cors_origins: self.cors_origins.entries.get(),
            ..ClientForm::default()
        }
    }

    /// Whether anything was typed that leaving would lose.
    pub fn is_changed(self) -> bool {
        let pending = self.lists().into_iter().any(UrlListDraft::is_pending);
        pending || self.untouched.with_value(|untouched| self.form() != *untouched)
    }

    /// Adds what still stands in the boxes, and reads all of it.
    pub fn check(self) -> Checked<ClientForm> {
        let pending: Vec<FieldError> = self
            .lists()
            .into_iter()
            .filter_map(|list| list.take_pending().err())
            .collect();
        let form = untrack(|| self.form());
        // A box with a wrong entry has its own message, whatever its list lacks.
        let mut errors = form.check(self.kind).err().unwrap_or_default();
        errors.retain(|error| pending.iter().all(|other| other.field != error.field));
        errors.extend(pending);
        errors.sort_by_key(|error| order(error.field));
        if errors.is_empty() { Ok(form) } else { Err(errors) }
    }

    /// Asks whether another client has the name, as a warning.
    pub fn look_for_namesakes(self) {
        self.name_taken.set(false);
        let Ok(name) = self.name.with_untracked(|name| ClientName::parse(name)) else {
            return;
        };
        let own = self.untouched.with_value(|untouched| untouched.name == name.as_str());
        if own {
            return;
        }
        spawn_local(async move {
            // A warning that can't be had is no reason to stop.
            let taken = client_name_in_use(name.as_str().to_owned()).await.unwrap_or_default();
            let still_typed = self.name.try_with_untracked(|now| now.trim() == name.as_str());
            if taken && still_typed == Some(true) {
                self.name_taken.set(true);
            }
        });
    }
}

/// Where a field stands in the form.
const fn order(field: Field) -> u8 {
    match field {
        Field::Name => 0,
        Field::RedirectUrls => 1,
        Field::LogoutRedirectUrls => 2,
        Field::CorsOrigins => 3,
        Field::TokenLifetime => 4,
        _ => 5,
    }
}

/// The fields of a secret.
#[derive(Clone, Copy)]
pub struct SecretDraft {
    pub description: RwSignal<String>,
    /// As the `datetime-local` box holds it, in the person's zone.
    pub expiration: RwSignal<String>,
    pub never_expires: RwSignal<bool>,
    /// The expiry as it is kept, and as the box shows it: the box leaves the seconds out.
    kept: StoredValue<Option<(DateTime<Utc>, String)>>,
    untouched: StoredValue<SecretForm>,
}

impl SecretDraft {
    /// Nothing yet. The date comes with [`suggest`](Self::suggest) or [`begin_with`](Self::begin_with): only the browser
    /// knows the time zone that its box shows.
    pub fn empty() -> Self {
        Self {
            description: RwSignal::new(String::new()),
            expiration: RwSignal::new(String::new()),
            never_expires: RwSignal::new(false),
            kept: StoredValue::new(None),
            untouched: StoredValue::new(SecretForm::default()),
        }
    }

    /// Begins with a secret as it stands. Does nothing on the server.
    pub fn begin_with(self, secret: &SecretRow) {
        if cfg!(feature = "ssr") {
            return;
        }
        let kept = secret.expiry.at().map(|at| (at, time_zone::box_text(at)));
        let form = SecretForm {
            description: secret.description.clone(),
            expiration: kept.as_ref().map(|(_, text)| text.clone()).unwrap_or_default(),
            never_expires: secret.expiry == SecretExpiry::Never,
        };
        self.kept.set_value(kept);
        self.untouched.set_value(form.clone());
        self.description.set(form.description);
        self.expiration.set(form.expiration);
        self.never_expires.set(form.never_expires);
    }

    /// Fills the date with one year from now. Does nothing on the server.
    pub fn suggest(self) {
        if cfg!(feature = "ssr") {
            return;
        }
        let date = time_zone::one_year_from_now();
        self.untouched
            .update_value(|untouched| untouched.expiration.clone_from(&date));
        self.expiration.set(date);
    }

    /// What was typed, the date as the box holds it.
    fn typed(self) -> SecretForm {
        SecretForm {
            description: self.description.get(),
            expiration: self.expiration.get(),
            never_expires: self.never_expires.get(),
        }
    }

    /// Whether anything was typed that leaving would lose.
    pub fn is_changed(self) -> bool {
        self.untouched.with_value(|untouched| self.typed() != *untouched)
    }

    /// Reads all of it, the date as an instant.
    pub fn check(self) -> Checked<SecretForm> {
        let mut form = untrack(|| self.typed());
        let mut skipped = None;
        if form.never_expires {
            form.expiration = String::new();
        } else if let Some(kept) = self.kept_instant(&form.expiration) {
            form.expiration = kept;
        } else {
            match time_zone::instant(&form.expiration) {
                Ok(instant) => form.expiration = instant,
                // Domain says what is missing or malformed.
                Err(LocalTimeError::Malformed) => {}
                Err(LocalTimeError::Skipped) => skipped = Some(nonexistent_time(&time_zone::name())),
            }
        }
        let mut errors = form.check().err().unwrap_or_default();
        if let Some(skipped) = skipped {
            errors.retain(|error| error.field != Field::ExpirationDate);
            errors.push(skipped);
        }
        if errors.is_empty() { Ok(form) } else { Err(errors) }
    }

    /// The expiry as it is kept, if the box still shows it.
    fn kept_instant(self, shown: &str) -> Option<String> {
        self.kept.with_value(|kept| {
            let (at, text) = kept.as_ref()?;
            (text == shown).then(|| at.to_rfc3339())
        })
    }
}
