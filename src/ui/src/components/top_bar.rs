//! The bar at the top: where one is, and who one is.

use domain::view::Viewer;
use leptos::prelude::*;
use lucide_leptos::{Check, CircleQuestionMark, CircleUser, Menu, SunMoon};

use super::copy::CopyButton;
use super::icon::Icon;
use super::navigation::NAVIGATION_ID;
use crate::browser::cookie;
use crate::preferences::{THEME_COOKIE, Theme};
use crate::session::Session;

/// The bar of a page.
#[component]
pub fn TopBar(title: &'static str, help: &'static [&'static str]) -> impl IntoView {
    let viewer = Session::get().viewer.get_value();
    let tenant = viewer.as_ref().map(|viewer| viewer.tenant_name.clone());
    let tenant_title = tenant.clone();
    view! {
        <header class="top-bar">
            <button type="button" class="icon-button menu" aria-label="Menu" popovertarget=NAVIGATION_ID>
                <Icon>
                    <Menu size=20 />
                </Icon>
            </button>
            <span class="product">"Clientele"</span>
            <span class="arrow" aria-hidden="true">
                "▸"
            </span>
            <h1>{title}</h1>
            <span class="tenant" title=tenant_title>
                {tenant}
            </span>
            <ThemeMenu />
            <button type="button" class="icon-button" aria-label="Help" title="Help" popovertarget="help">
                <Icon>
                    <CircleQuestionMark size=20 />
                </Icon>
            </button>
            <div id="help" popover="auto" class="popover help">
                <h2>{format!("About {title}")}</h2>
                {help.iter().map(|text| view! { <p>{*text}</p> }).collect_view()}
            </div>
            {viewer.map(|viewer| view! { <AccountMenu viewer=viewer /> })}
        </header>
    }
    .into_any()
}

/// The choice of the colours. Without scripts it is a plain form.
#[component]
fn ThemeMenu() -> impl IntoView {
    let theme = Session::get().theme;
    let choose = move |choice: Theme| {
        move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            theme.set(choice);
            cookie::keep(THEME_COOKIE, (choice != Theme::System).then_some(choice.value()));
            if let Some(root) = document().document_element() {
                let _ = root.set_attribute("data-theme", choice.value());
            }
        }
    };
    view! {
        <button type="button" class="icon-button" aria-label="Theme" title="Theme" popovertarget="theme">
            <Icon>
                <SunMoon size=20 />
            </Icon>
        </button>
        <form id="theme" popover="auto" class="popover menu-list" method="post" action="/preferences">
            {Theme::ALL
                .map(|choice| {
                    view! {
                        <button
                            type="submit"
                            name="theme"
                            value=choice.value()
                            aria-pressed=move || (theme.get() == choice).to_string()
                            on:click=choose(choice)
                        >
                            <Icon>
                                <Check size=16 />
                            </Icon>
                            {choice.label()}
                        </button>
                    }
                })
                .collect_view()}
        </form>
    }
    .into_any()
}

/// Who is signed in, and the way out.
#[component]
fn AccountMenu(viewer: Viewer) -> impl IntoView {
    let tenant_id = viewer.tenant_id.to_string();
    view! {
        <button type="button" class="icon-button" aria-label="Account" title="Account" popovertarget="account">
            <Icon>
                <CircleUser size=20 />
            </Icon>
        </button>
        <div id="account" popover="auto" class="popover account">
            <p class="strong">{viewer.name}</p>
            <p class="muted">{viewer.email}</p>
            <p class="label">"Tenant"</p>
            <p>{viewer.tenant_name}</p>
            <p class="label" id="tenant-id-label">
                "Tenant Id"
            </p>
            <div class="value-row">
                <code id="tenant-id">{tenant_id.clone()}</code>
                <CopyButton text=tenant_id target="tenant-id" name="Copy Tenant Id" />
            </div>
            <form method="post" action="/sign-out">
                <button type="submit" class="button wide">
                    "Sign Out"
                </button>
            </form>
        </div>
    }
    .into_any()
}
