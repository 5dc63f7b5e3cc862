//! What the server knows of the person when it renders the page, and what the page knows of itself.

use domain::view::{Endpoints, Viewer};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use web_sys::PopStateEvent;

use crate::browser::listen::capture;
use crate::preferences::{Preferences, Theme};

/// What the server hands to the page once.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Handed {
    viewer: Option<Viewer>,
    preferences: Preferences,
    endpoints: Endpoints,
}

/// The state that every component of the page can ask for.
#[derive(Clone, Copy)]
pub struct Session {
    /// The signed-in person. None only while routes are listed, when there is no request.
    pub viewer: StoredValue<Option<Viewer>>,
    /// Where clients reach the server.
    pub endpoints: StoredValue<Endpoints>,
    /// The colours.
    pub theme: RwSignal<Theme>,
    /// Whether the left pane shows icons alone.
    pub collapsed: RwSignal<bool>,
    /// Whether the page can act: from hydration on.
    pub hydrated: RwSignal<bool>,
    /// What sees a step through the history before the router does: the pane that would be lost.
    pub before_step: StoredValue<Option<Callback<PopStateEvent>>>,
}

impl Session {
    /// Takes what the server handed over and gives it to all components below.
    pub fn provide() -> Self {
        let handed = SharedValue::new(handed).into_inner();
        let session = Self {
            viewer: StoredValue::new(handed.viewer),
            endpoints: StoredValue::new(handed.endpoints),
            theme: RwSignal::new(handed.preferences.theme),
            collapsed: RwSignal::new(handed.preferences.collapsed),
            hydrated: RwSignal::new(false),
            before_step: StoredValue::new(None),
        };
        provide_context(session);
        // Listeners of the window run in the order in which they came, so this one must come before the router's.
        if cfg!(feature = "hydrate") {
            capture("popstate", move |event: PopStateEvent| {
                if let Some(before_step) = session.before_step.get_value() {
                    before_step.run(event);
                }
            });
        }
        session
    }

    /// The session of the page around.
    pub fn get() -> Self {
        expect_context()
    }

    /// Whether the person who looks at the page may change anything.
    pub fn may_change() -> bool {
        let viewer = Self::get().viewer;
        viewer.with_value(|viewer| viewer.as_ref().is_some_and(|viewer| viewer.administrator))
    }
}

#[cfg(feature = "ssr")]
fn handed() -> Handed {
    use http::request::Parts;
    use service::{Actor, Service};

    let Some(parts) = use_context::<Parts>() else {
        return Handed::default();
    };
    Handed {
        viewer: match parts.extensions.get::<Actor>() {
            Some(Actor::User(user)) => Some(user.viewer()),
            _ => None,
        },
        preferences: crate::shell::preferences(&parts),
        endpoints: use_context::<Service>()
            .map(|service| service.issuer().endpoints())
            .unwrap_or_default(),
    }
}

#[cfg(not(feature = "ssr"))]
fn handed() -> Handed {
    Handed::default()
}
