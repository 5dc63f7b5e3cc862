//! A labelled box with its hint and its message.

use domain::field::{Field, FieldError};
use leptos::prelude::*;

/// The messages that stand at the fields of a form.
pub type Messages = RwSignal<Vec<FieldError>>;

/// The message of one field.
pub fn message(messages: Messages, field: Field) -> Signal<Option<String>> {
    Signal::derive(move || {
        messages.with(|all| {
            all.iter()
                .find(|error| error.field == field)
                .map(|error| error.message.clone())
        })
    })
}

/// The id of the box of a field.
pub const fn box_id(field: Field) -> &'static str {
    match field {
        Field::Name => "field-name",
        Field::RedirectUrls => "field-redirect-urls",
        Field::LogoutRedirectUrls => "field-logout-redirect-urls",
        Field::CorsOrigins => "field-cors-origins",
        Field::TokenLifetime => "field-token-lifetime",
        Field::Roles => "field-roles",
        Field::Description => "field-description",
        Field::ExpirationDate => "field-expiration-date",
        Field::Email => "field-email",
        Field::Password => "field-password",
        Field::Tags => "field-tags",
        Field::ClientUri => "field-client-uri",
        Field::LogoUri => "field-logo-uri",
        Field::GivenName => "field-given-name",
        Field::Surname => "field-surname",
        Field::ContactEmail => "field-contact-email",
        Field::ContactGivenName => "field-contact-given-name",
        Field::ContactSurname => "field-contact-surname",
        Field::ExternalUserId => "field-external-user-id",
        Field::IdentityProviderId => "field-identity-provider-id",
    }
}

/// A text box under its label. The label holds exactly the field's name; hint and message come by description.
#[component]
pub fn TextField(
    field: Field,
    value: RwSignal<String>,
    messages: Messages,
    #[prop(optional)] required: bool,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// What happens when a person has typed something and goes on.
    #[prop(optional)]
    on_change: Option<Callback<()>>,
    /// What stands between the box and its message.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let id = box_id(field);
    let hint_id = format!("{id}-hint");
    let message_id = format!("{id}-message");
    let wrong = message(messages, field);
    let described_by = {
        let hint_id = hint.is_some().then(|| hint_id.clone());
        let after_id = children.is_some().then(|| format!("{id}-after"));
        let message_id = message_id.clone();
        move || {
            let message_id = wrong.get().map(|_| message_id.clone());
            let ids: Vec<String> = [hint_id.clone(), after_id.clone(), message_id]
                .into_iter()
                .flatten()
                .collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    view! {
        <div class="field">
            <label for=id>{field.label()}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <input
                id=id
                type=kind
                inputmode=inputmode
                autocomplete="off"
                required=required
                disabled=disabled
                aria-invalid=move || wrong.get().map(|_| "true")
                aria-describedby=described_by
                value=value.get_untracked()
                // Not bound: while a date is half typed its box says that it is empty, and would be emptied.
                prop:value=value.get_untracked()
                on:input=move |event| value.set(event_target_value(&event))
                on:change=move |_| {
                    if let Some(on_change) = on_change {
                        on_change.run(());
                    }
                }
            />
            {children.map(|children| view! { <p class="hint" id=format!("{id}-after")>{children()}</p> })}
            {move || wrong.get().map(|text| view! { <p class="message" id=message_id.clone()>{text}</p> })}
        </div>
    }
    .into_any()
}
