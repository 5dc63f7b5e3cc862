//! The facts of a client.

use domain::view::ClientDetails;
use leptos::prelude::*;

use super::state::{ClientsState, Question};
use super::status::EnabledBadge;
use crate::components::fact::{CopyFact, Fact, StatusFact};
use crate::components::time::{Ago, Time};
use crate::session::Session;

/// What is known of a client.
#[component]
pub fn Facts(client: ClientDetails) -> impl IntoView {
    let state = ClientsState::get();
    let enabled = client.enabled;
    let turn = Session::may_change().then(|| {
        let client = client.clone();
        let ask = move |()| state.question.set(Some(Question::SetEnabled(client.clone(), !enabled)));
        Callback::new(ask)
    });
    let ClientDetails {
        id,
        kind,
        name,
        token_lifetime,
        created,
        changed,
        last_used,
        sign_in,
        now,
        ..
    } = client;
    let refresh = kind.signs_people_in().then(|| {
        let allowed = if sign_in.allow_refresh_token { "Yes" } else { "No" };
        view! { <Fact name="Allow Refresh Token">{allowed}</Fact> }
    });
    view! {
        <dl class="facts">
            <CopyFact name="Client Id" key="id" value=id.to_string() />
            <Fact name="Name">{name}</Fact>
            <Fact name="Token Lifetime">{format!("{} seconds", token_lifetime.seconds())}</Fact>
            {refresh}
            <StatusFact enabled=enabled turn=turn>
                <EnabledBadge enabled=enabled />
            </StatusFact>
            <Fact name="Created">{format!("By {}, ", created.by)} <Time at=created.at /></Fact>
            <Fact name="Changed">{format!("By {}, ", changed.by)} <Time at=changed.at /></Fact>
            <Fact name="Last Used">
                <Ago at=last_used now=now />
            </Fact>
        </dl>
    }
    .into_any()
}
