//! What stands around every page: top bar, left pane, and the page in the middle.

use leptos::prelude::*;
use leptos_meta::Title;

use super::icon::CopyIconSource;
use super::navigation::Navigation;
use super::top_bar::TopBar;
use crate::session::Session;

/// A page of the portal.
#[component]
pub fn Frame(
    /// The page's name.
    title: &'static str,
    /// What **Help** says of the page.
    help: &'static [&'static str],
    children: Children,
) -> impl IntoView {
    let collapsed = Session::get().collapsed;
    view! {
        <Title text=format!("{title} · Clientele") />
        <div class="frame" class:collapsed=move || collapsed.get()>
            <TopBar title=title help=help />
            <Navigation />
            <main>{children()}</main>
            <CopyIconSource />
        </div>
    }
    .into_any()
}
