//! The facts of a client.

use domain::view::ClientDetails;
use leptos::prelude::*;

use super::list::LastUsed;
use super::status::EnabledBadge;
use crate::components::copy::CopyButton;
use crate::components::time::Time;

/// What is known of a client.
#[component]
pub fn Facts(client: ClientDetails) -> impl IntoView {
    let id = client.id.to_string();
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
            <div>
                <dt>"Status"</dt>
                <dd>
                    <EnabledBadge enabled=client.enabled />
                </dd>
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
                    <LastUsed at=client.last_used now=client.now />
                </dd>
            </div>
        </dl>
    }
    .into_any()
}
