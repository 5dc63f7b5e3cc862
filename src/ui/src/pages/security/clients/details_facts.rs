//! The facts of a client.

use domain::view::ClientDetails;
use leptos::prelude::*;

use super::state::{ClientsState, Question};
use crate::components::badge::EnabledBadge;
use crate::components::copy::CopyButton;
use crate::components::switch::Switch;
use crate::components::time::{Ago, Time};
use crate::session::Session;

/// What is known of a client.
#[component]
pub fn Facts(client: ClientDetails) -> impl IntoView {
    let state = ClientsState::get();
    let id = client.id.to_string();
    let refresh = client.kind.signs_people_in().then(|| {
        let allowed = client.sign_in.allow_refresh_token;
        view! {
            <div>
                <dt>"Allow Refresh Token"</dt>
                <dd>{if allowed { "Yes" } else { "No" }}</dd>
            </div>
        }
    });
    let switch = Session::may_change().then(|| {
        let client = StoredValue::new(client.clone());
        let enabled = client.with_value(|client| client.enabled);
        let turn = move |()| {
            state
                .question
                .set(Some(Question::SetEnabled(client.get_value(), !enabled)));
        };
        view! {
            <dd>
                <Switch name="Enabled" on=enabled turn=Callback::new(turn) />
            </dd>
        }
    });
    view! {
        <dl class="facts">
            <div>
                <dt id="client-id-label">"Client Id"</dt>
                <dd class="value-row">
                    <code id="client-id">{id.clone()}</code>
                    <CopyButton text=id target="client-id" name="Copy" described_by="client-id-label" />
                </dd>
            </div>
            <div>
                <dt>"Name"</dt>
                <dd>{client.name}</dd>
            </div>
            <div>
                <dt>"Token Lifetime"</dt>
                <dd>{format!("{} seconds", client.token_lifetime.seconds())}</dd>
            </div>
            {refresh}
            <div class:with-switch=Session::may_change()>
                <dt>"Status"</dt>
                <dd>
                    <EnabledBadge enabled=client.enabled />
                </dd>
                {switch}
            </div>
            <div>
                <dt>"Created"</dt>
                <dd>
                    {format!("By {}, ", client.created.by)} <Time at=client.created.at />
                </dd>
            </div>
            <div>
                <dt>"Changed"</dt>
                <dd>
                    {format!("By {}, ", client.changed.by)} <Time at=client.changed.at />
                </dd>
            </div>
            <div>
                <dt>"Last Used"</dt>
                <dd>
                    <Ago at=client.last_used now=client.now />
                </dd>
            </div>
        </dl>
    }
    .into_any()
}
