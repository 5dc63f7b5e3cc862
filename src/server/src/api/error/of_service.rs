//! What the service says, in the words of the API.

use domain::field::Field;
use http::StatusCode;
use service::ServiceError;

use super::ApiError;

impl From<ServiceError> for ApiError {
    fn from(error: ServiceError) -> Self {
        Self::of_service(error, name)
    }
}

impl ApiError {
    /// What the service says, with the names that its fields have in this operation.
    pub fn of_service(error: ServiceError, name: impl Fn(Field) -> &'static str) -> Self {
        match error {
            ServiceError::Forbidden => Self::of(StatusCode::FORBIDDEN),
            ServiceError::NotFound | ServiceError::Gone(_) => Self::of(StatusCode::NOT_FOUND),
            ServiceError::Conflict => Self::of(StatusCode::CONFLICT),
            ServiceError::Busy => Self::of(StatusCode::SERVICE_UNAVAILABLE),
            ServiceError::Invalid(errors) => {
                let fields = errors.into_iter().map(|error| (name(error.field), error.message));
                Self::wrong(fields.map(|(name, message)| (name.to_owned(), message)))
            }
            ServiceError::Taken(id) => Self {
                resolution: "Choose another id, or let the server choose one.".to_owned(),
                ..Self::taken("Id", format!("{id} is taken."))
            },
            ServiceError::Refused(refusal) => Self::new(StatusCode::BAD_REQUEST, refusal.reason, refusal.resolution),
            failure @ ServiceError::Store(_) => failed(&failure, StatusCode::SERVICE_UNAVAILABLE),
            failure @ (ServiceError::Keys(_) | ServiceError::Internal(_)) => {
                failed(&failure, StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

/// Why stands in the log alone.
fn failed(error: &ServiceError, status: StatusCode) -> ApiError {
    tracing::error!(%error, "a call of the API failed");
    ApiError::of(status)
}

/// What a field is called in JSON.
pub const fn name(field: Field) -> &'static str {
    match field {
        Field::Name => "Name",
        Field::RedirectUrls => "RedirectUris",
        Field::LogoutRedirectUrls => "PostLogoutRedirectUris",
        Field::CorsOrigins => "AllowedCorsOrigins",
        Field::TokenLifetime => "AccessTokenLifetime",
        Field::Roles => "RoleIds",
        Field::Description => "Description",
        Field::ExpirationDate => "Expiration",
        Field::Email => "Email",
        Field::Password => "Password",
        Field::Tags => "Tags",
        Field::ClientUri => "ClientUri",
        Field::LogoUri => "LogoUri",
        Field::GivenName => "GivenName",
        Field::Surname => "Surname",
        Field::ContactEmail => "ContactEmail",
        Field::ContactGivenName => "ContactGivenName",
        Field::ContactSurname => "ContactSurname",
        Field::ExternalUserId => "ExternalUserId",
        Field::IdentityProviderId => "IdentityProviderId",
    }
}
