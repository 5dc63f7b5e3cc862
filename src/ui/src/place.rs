//! Where a page stands: its address, read, and how the focus follows it.

use domain::list::ListQuery;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use crate::address::{Address, DetailsTab, Form, Pane, Section, Target};
use crate::browser::dom::{focus_if_lost, neighbour_of};
use crate::browser::history;
use crate::components::details_pane::DetailsContext;
use crate::leaving::Leaving;
use crate::session::Session;

/// The id of the link that selects a row.
pub fn row_id(id: Uuid) -> String {
    format!("row-{id}")
}

/// The id of the command that adds a row.
pub const ADD_ID: &str = "add-command";
/// The id of the command that edits the selected row.
pub const EDIT_ID: &str = "edit-command";
/// The id of **Add Secret**.
pub const ADD_SECRET_ID: &str = "add-secret";
/// The id of **Edit Secret**.
pub const EDIT_SECRET_ID: &str = "edit-secret";
/// The id of **Manage Identities**.
pub const IDENTITIES_ID: &str = "manage-identities";

/// Where a page stands.
pub struct Place<Q: ListQuery> {
    /// The address, read.
    pub address: Memo<Address<Q>>,
    /// What the list is asked for.
    pub query: Memo<Q>,
    /// What the pane shows.
    pub pane: Memo<Pane>,
    /// Which tab of the details is open.
    pub tab: Memo<DetailsTab>,
    /// The ways out.
    pub leaving: Leaving,
    /// The id of what gets the focus as soon as the pane has its title.
    pub focus_in_pane: RwSignal<Option<&'static str>>,
    /// The id of what gets the focus as soon as the list has come again.
    pub focus_in_list: StoredValue<Option<String>>,
}

#[expect(
    clippy::expl_impl_clone_on_copy,
    reason = "derived, it would ask its parameters to be Copy"
)]
impl<Q: ListQuery> Clone for Place<Q> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q: ListQuery> Copy for Place<Q> {}

impl<Q: ListQuery> Place<Q> {
    /// Reads the address of a page and guards the ways out of it.
    pub fn of(section: &'static Section) -> Self {
        let map = use_query_map();
        let address = Memo::new(move |_| map.with(|map| Address::<Q>::read(section, |key| map.get(key))));
        let pane = Memo::new(move |_| address.with(|address| address.pane));
        let here = Signal::derive(move || address.with(Address::href));
        let stays = Callback::new(move |()| {
            let shown = history::current_address::<Q>(section);
            history::current_path() == section.path
                && shown.pane == pane.get_untracked()
                && address.with_untracked(|address| address.query.adds_like(&shown.query))
        });
        let place = Self {
            address,
            query: Memo::new(move |_| address.with(|address| address.query.clone())),
            pane,
            tab: Memo::new(move |_| address.with(|address| address.tab)),
            leaving: Leaving::guard(here, stays),
            focus_in_pane: RwSignal::new(None),
            focus_in_list: StoredValue::new(None),
        };
        provide_context(DetailsContext {
            closed: Signal::derive(move || place.target(Pane::Closed)),
            tabs: section.tabs,
            open: place.tab,
            at: Callback::new(move |tab| place.address.with(|address| address.with_tab(tab).target())),
            focus: place.focus_in_pane,
        });
        place.keep_address_bar();
        place.keep_focus();
        place
    }

    /// The same list with another pane.
    pub fn target(self, pane: Pane) -> Target {
        self.address.with(|address| address.with_pane(pane).target())
    }

    /// The address of the same list with another pane.
    pub fn href(self, pane: Pane) -> String {
        self.address.with(|address| address.with_pane(pane).href())
    }

    /// Closes the pane of a row that was removed. Once the list has come again the focus goes to the next row, else to the
    /// command that adds one.
    pub fn removed(self, id: Uuid) {
        let next = neighbour_of(&row_id(id)).unwrap_or_else(|| ADD_ID.to_owned());
        self.focus_in_list.set_value(Some(next));
        self.leaving.done(untrack(|| self.href(Pane::Closed)), true);
    }

    /// The pane as this person may see it: only an administrator sees forms.
    pub fn shown(self) -> Memo<Pane> {
        let administrator = Session::may_change();
        Memo::new(move |_| {
            let pane = self.pane.get();
            if pane.is_form() && !administrator {
                pane.without_form()
            } else {
                pane
            }
        })
    }

    /// The router leaves the address bar alone when it believes that it shows the address already, which it can't know
    /// after steps forward. What the page shows counts.
    fn keep_address_bar(self) {
        Effect::new(move || {
            let address = self.address.get();
            // The router sets the bar after it has told the page.
            request_animation_frame(move || {
                let stands = self.address.try_get_untracked().as_ref() == Some(&address);
                if stands && history::current_address::<Q>(address.section) != address {
                    history::push(&address.href());
                }
            });
        });
    }

    /// Moves the focus with the pane: into one that opens, back to its opener when it closes.
    fn keep_focus(self) {
        Effect::new(move |before: Option<Pane>| {
            let now = self.pane.get();
            match (before, now) {
                (Some(before), now) if before == now => {}
                (Some(Pane::Change(id, form)), Pane::Details(now)) if id == now => {
                    self.focus_in_pane.set(Some(opener(form)));
                }
                (Some(_), Pane::Details(_) | Pane::Add | Pane::Change(..)) => {
                    self.focus_in_pane.set(Some("pane-title"));
                }
                (Some(Pane::Details(id) | Pane::Change(id, _)), Pane::Closed) => focus_if_lost(row_id(id)),
                (Some(Pane::Add), Pane::Closed) => focus_if_lost(ADD_ID.to_owned()),
                _ => {}
            }
            now
        });
    }
}

/// The id of the command that opens a form.
const fn opener(form: Form) -> &'static str {
    match form {
        Form::Edit => EDIT_ID,
        Form::AddSecret => ADD_SECRET_ID,
        Form::EditSecret(_) => EDIT_SECRET_ID,
        Form::Identities => IDENTITIES_ID,
    }
}
