//! A message in a box.

use leptos::prelude::*;
use lucide_leptos::TriangleAlert;

use super::icon::Icon;

/// A warning that stands in the page.
#[component]
pub fn Warning(#[prop(into)] text: Signal<String>) -> impl IntoView {
    view! {
        <div class="notice warning">
            <Icon>
                <TriangleAlert size=18 />
            </Icon>
            <p>{text}</p>
        </div>
    }
}

/// An error that belongs to no single field. It is announced when it appears.
#[component]
pub fn Failure(#[prop(into)] text: Signal<Option<String>>) -> impl IntoView {
    view! {
        <div role="alert">
            {move || {
                text.get()
                    .map(|text| {
                        view! {
                            <div class="notice error">
                                <Icon>
                                    <TriangleAlert size=18 />
                                </Icon>
                                <p>{text}</p>
                            </div>
                        }
                    })
            }}
        </div>
    }
}
