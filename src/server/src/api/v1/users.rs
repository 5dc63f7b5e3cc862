//! People.

pub mod create;
pub mod get_or_create;
pub mod list;
mod oneself;
pub mod read;
pub mod read_preferences;
pub mod read_roles;
pub mod remove;
pub mod update;
pub mod update_preferences;
pub mod update_roles;

use domain::field::Field;
use domain::role::RoleId;
use domain::user_extras::UserExtras;
use domain::user_form::UserForm;
use domain::view::UserView;
use serde::{Deserialize, Serialize};
use service::ServiceError;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::body::JsonBody;
use crate::api::error::ApiError;

/// A person of a tenant.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
#[schema(example = json!({
    "Id": "1f6a4a0e-3c0b-4a52-8f6e-0b7c5d9e2a31",
    "GivenName": "Ana",
    "Surname": "Lima",
    "Name": "Ana Lima",
    "Email": "ana@example.com",
    "ContactEmail": "",
    "ContactGivenName": "",
    "ContactSurname": "",
    "ExternalUserId": "",
    "IdentityProviderId": "",
    "RoleIds": ["9c4e2f67-2f0a-4b52-8a39-5d3f0f1a7c10"]
}))]
pub struct User {
    /// Their id.
    id: Uuid,
    /// Their given name; may be empty, as all that follows but the name and the e-mail address.
    #[schema(max_length = 128)]
    given_name: String,
    /// Their surname.
    #[schema(max_length = 128)]
    surname: String,
    /// Their name, as the portal shows it.
    #[schema(min_length = 1, max_length = 128)]
    name: String,
    /// The e-mail address with which they sign in, unique in the installation without regard to case.
    #[schema(max_length = 128)]
    email: String,
    /// The e-mail address at which they want to be reached.
    #[schema(max_length = 128)]
    contact_email: String,
    /// The given name by which they want to be called.
    #[schema(max_length = 128)]
    contact_given_name: String,
    /// The surname by which they want to be called.
    #[schema(max_length = 128)]
    contact_surname: String,
    /// Their id in another system.
    #[schema(max_length = 128)]
    external_user_id: String,
    /// The id of the system that they come from.
    #[schema(max_length = 128)]
    identity_provider_id: String,
    /// Their roles, built-in ones first, then by name.
    role_ids: Vec<Uuid>,
}

impl From<UserView> for User {
    fn from(view: UserView) -> Self {
        Self {
            id: view.id.0,
            given_name: view.extras.given_name,
            surname: view.extras.surname,
            name: view.name,
            email: view.email,
            contact_email: view.extras.contact_email,
            contact_given_name: view.extras.contact_given_name,
            contact_surname: view.extras.contact_surname,
            external_user_id: view.extras.external_user_id,
            identity_provider_id: view.extras.identity_provider_id,
            role_ids: view.roles.into_iter().map(|role| role.0).collect(),
        }
    }
}

/// A person to be added.
#[derive(ToSchema)]
#[serde(rename_all = "PascalCase")]
#[schema(example = json!({ "GivenName": "Ana", "Surname": "Lima", "Email": "ana@example.com" }))]
pub struct UserCreate {
    /// Their id, if the caller chooses it: one that no client and nobody here has or had.
    id: Option<Uuid>,
    #[serde(flatten)]
    input: UserInput,
}

/// What is to be kept of a person.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "PascalCase", expecting = "an object")]
#[schema(example = json!({ "GivenName": "Ana", "Surname": "Lima", "Email": "ana@example.com" }))]
pub struct UserInput {
    /// Their given name.
    #[schema(max_length = 128)]
    given_name: Option<String>,
    /// Their surname.
    #[schema(max_length = 128)]
    surname: Option<String>,
    /// Their name. If that of a new person is left out, it is their given name and surname, or else those of the contact.
    #[schema(min_length = 1, max_length = 128)]
    name: Option<String>,
    /// The e-mail address with which they sign in. A new person has that of the contact if it is left out.
    #[schema(min_length = 3, max_length = 128)]
    email: Option<String>,
    /// The e-mail address at which they want to be reached.
    #[schema(max_length = 128)]
    contact_email: Option<String>,
    /// The given name by which they want to be called.
    #[schema(max_length = 128)]
    contact_given_name: Option<String>,
    /// The surname by which they want to be called.
    #[schema(max_length = 128)]
    contact_surname: Option<String>,
    /// Their id in another system.
    #[schema(max_length = 128)]
    external_user_id: Option<String>,
    /// The id of the system that they come from.
    #[schema(max_length = 128)]
    identity_provider_id: Option<String>,
    /// Their roles. Everybody has Tenant Member, whether it stands here or not.
    role_ids: Option<Vec<Uuid>>,
}

impl UserCreate {
    /// Reads the two parts by themselves: read as one, a wrong value would be refused without its name.
    fn read(body: &JsonBody) -> Result<Self, ApiError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase", expecting = "an object")]
        struct Chosen {
            id: Option<Uuid>,
        }
        let Chosen { id } = body.read()?;
        let input = body.read()?;
        Ok(Self { id, input })
    }
}

impl UserInput {
    /// A new person.
    fn add(self) -> UserForm {
        let extras = self.extras(UserExtras::default());
        let name = self.name.unwrap_or_else(|| whole_name(&extras));
        let email = self.email.unwrap_or_else(|| extras.contact_email.clone());
        UserForm {
            name,
            email,
            roles: role_ids(self.role_ids.unwrap_or_default()),
            extras: Some(extras),
        }
    }

    /// A person who is there; what is left out or null stays as it is.
    fn change(self, stored: UserView) -> UserForm {
        UserForm {
            extras: Some(self.extras(stored.extras)),
            name: self.name.unwrap_or(stored.name),
            email: self.email.unwrap_or(stored.email),
            roles: self.role_ids.map_or(stored.roles, role_ids),
        }
    }

    fn extras(&self, stored: UserExtras) -> UserExtras {
        UserExtras {
            given_name: self.given_name.clone().unwrap_or(stored.given_name),
            surname: self.surname.clone().unwrap_or(stored.surname),
            contact_email: self.contact_email.clone().unwrap_or(stored.contact_email),
            contact_given_name: self.contact_given_name.clone().unwrap_or(stored.contact_given_name),
            contact_surname: self.contact_surname.clone().unwrap_or(stored.contact_surname),
            external_user_id: self.external_user_id.clone().unwrap_or(stored.external_user_id),
            identity_provider_id: self.identity_provider_id.clone().unwrap_or(stored.identity_provider_id),
        }
    }
}

/// The name of somebody whose name was given in parts; empty without any.
fn whole_name(extras: &UserExtras) -> String {
    let of = |given_name: &str, surname: &str| format!("{given_name} {surname}").trim().to_owned();
    let own = of(&extras.given_name, &extras.surname);
    if own.is_empty() {
        of(&extras.contact_given_name, &extras.contact_surname)
    } else {
        own
    }
}

fn role_ids(ids: Vec<Uuid>) -> Vec<RoleId> {
    ids.into_iter().map(RoleId).collect()
}

/// What the refusal of a change means. An e-mail address that is right and refused nevertheless is another's.
fn refused(error: ServiceError, form: &UserForm) -> ApiError {
    if let ServiceError::Invalid(errors) = &error
        && form.check().is_ok()
        && let Some(taken) = errors.iter().find(|error| error.field == Field::Email)
    {
        return ApiError::taken("Email", taken.message.as_str());
    }
    error.into()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    #[rstest]
    #[case(json!({"Name": "A", "GivenName": "B", "Email": "a@b", "ContactEmail": "c@d"}), "A", "a@b")]
    #[case(json!({"GivenName": "Ana", "Surname": "Lima", "ContactSurname": "L."}), "Ana Lima", "")]
    #[case(json!({"Surname": "Lima"}), "Lima", "")]
    #[case(json!({"ContactGivenName": "Ana", "ContactSurname": "L.", "ContactEmail": "c@d"}), "Ana L.", "c@d")]
    #[case(json!({"Name": null}), "", "")]
    fn a_new_person_is_called_by_what_was_given(#[case] body: Value, #[case] name: &str, #[case] email: &str) {
        let form = serde_json::from_value::<UserInput>(body).unwrap().add();
        assert_eq!((form.name.as_str(), form.email.as_str()), (name, email));
    }
}
