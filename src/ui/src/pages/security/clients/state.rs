//! What the parts of the page share.

use domain::list::ClientQuery;
use domain::view::{ClientPage, CreatedClient};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use serde::{Deserialize, Serialize};

use crate::address::{ClientsAddress, Pane};
use crate::browser::dom::focus;
use crate::browser::history;
use crate::functions::clients::list::list_clients;
use crate::functions::error::CallError;
use crate::session::Session;

/// A page of the list and what it was asked for: while another is on its way, the address is ahead of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Listed {
    pub query: ClientQuery,
    pub page: ClientPage,
}

/// The state of the page. What matters of it stands in the address.
#[derive(Clone, Copy)]
pub struct PageState {
    /// The address, read.
    pub address: Memo<ClientsAddress>,
    /// What the list is asked for.
    pub query: Memo<ClientQuery>,
    /// What the pane shows.
    pub pane: Memo<Pane>,
    /// The page of the list.
    pub list: Resource<Result<Listed, CallError>>,
    /// Counts how often the list was asked for again.
    pub reload: RwSignal<u32>,
    /// Whether another list is on its way.
    pub loading: RwSignal<bool>,
    /// Whether the open pane holds something that leaving it would lose.
    pub changed: RwSignal<bool>,
    /// Where the person wanted to go while the pane was changed.
    pub wanted: RwSignal<Option<String>>,
    /// Whether the title of the details gets the focus as soon as it is there.
    pub focus_details: RwSignal<bool>,
    /// The client that was just added. With it goes the window that shows its secret, and all that holds it.
    pub created: RwSignal<Option<CreatedClient>>,
    navigate: StoredValue<Callback<(String, NavigateOptions)>>,
}

impl PageState {
    /// Reads the address and gives the state to all components below.
    pub fn provide() -> Self {
        let map = use_query_map();
        let address = Memo::new(move |_| map.with(|map| ClientsAddress::read(|key| map.get(key))));
        let query = Memo::new(move |_| address.with(|address| address.query.clone()));
        let pane = Memo::new(move |_| address.with(|address| address.pane));
        let reload = RwSignal::new(0);
        let navigate = use_navigate();
        let state = Self {
            address,
            query,
            pane,
            list: Resource::new(
                move || (query.get(), reload.get()),
                |(query, _)| async move {
                    Ok(Listed {
                        page: list_clients(query.clone()).await?,
                        query,
                    })
                },
            ),
            reload,
            loading: RwSignal::new(false),
            changed: RwSignal::new(false),
            wanted: RwSignal::new(None),
            focus_details: RwSignal::new(false),
            created: RwSignal::new(None),
            navigate: StoredValue::new(Callback::new(move |(href, options): (String, NavigateOptions)| {
                navigate(&href, options);
            })),
        };
        provide_context(state);
        state.keep_address_bar();
        state
    }

    /// The router leaves the address bar alone when it believes that it shows the address already, which it can't know
    /// after steps forward. What the page shows counts.
    fn keep_address_bar(self) {
        Effect::new(move || {
            let address = self.address.get();
            // The router sets the bar after it has told the page.
            request_animation_frame(move || {
                if self.address.try_get_untracked().as_ref() == Some(&address) && history::current_address() != address
                {
                    history::push(&address.href());
                }
            });
        });
    }

    /// The state of the page around.
    pub fn get() -> Self {
        expect_context()
    }

    /// Goes to an address; asks first when the pane would lose something. Where one is already nothing is lost.
    pub fn go(self, href: String) {
        if href == self.address.get_untracked().href() {
            focus("pane-title");
        } else if self.changed.get_untracked() {
            self.wanted.set(Some(href));
        } else {
            self.jump(href, false);
        }
    }

    /// Goes to an address without asking.
    pub fn jump(self, href: String, replace: bool) {
        let options = NavigateOptions {
            replace,
            scroll: false,
            ..NavigateOptions::default()
        };
        self.navigate.get_value().run((href, options));
    }

    /// Asks for the list again.
    pub fn refresh(self) {
        self.reload.update(|count| *count += 1);
    }

    /// Whether the person may add a client of the listed kind.
    pub fn may_add(self) -> bool {
        Session::get().administrator() && self.query.with(|query| super::can_be_added(query.kind))
    }
}
