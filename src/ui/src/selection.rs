//! The selected row of a list: all that is shown of it, for every pane about it.

use std::future::Future;

use domain::list::ListQuery;
use domain::view::{ClientDetails, RoleDetails, UserDetails};
use leptos::prelude::*;
use uuid::Uuid;

use crate::address::Pane;
use crate::components::details_pane::{DetailsHead, Gone, LoadingHead};
use crate::components::error_notice::LoadError;
use crate::functions::error::CallError;
use crate::listing::ListRow;
use crate::place::Place;

/// What is shown of a selected row.
pub trait Detailed: ListRow {
    /// What it is called in a sentence.
    const WHAT: &'static str;
    /// The title of a pane that can't show it.
    const TITLE: &'static str;
    /// What could not be loaded, at the beginning of a sentence.
    const FAILED: &'static str;
    /// The name of the button that asks for it again.
    const AGAIN: &'static str;
    /// Why nothing can be done while none is selected.
    const UNSELECTED: &'static str;
    /// Why not everything can be done yet with the selected one.
    const LOADING: &'static str;

    /// Its id.
    fn id(&self) -> Uuid;
}

/// Says what a row is called, and where its id stands.
macro_rules! detailed {
    ($details:ty, $what:literal, $title:literal, |$row:ident| $id:expr) => {
        impl Detailed for $details {
            const WHAT: &'static str = $what;
            const TITLE: &'static str = $title;
            const FAILED: &'static str = concat!("The ", $what);
            const AGAIN: &'static str = concat!("Load ", $title, " Again");
            const UNSELECTED: &'static str = concat!("Select a ", $what, " first");
            const LOADING: &'static str = concat!("The ", $what, " is not loaded yet");

            fn id(&self) -> Uuid {
                let $row = self;
                $id
            }
        }
    };
}

detailed!(ClientDetails, "client", "Client", |client| client.id.0);
detailed!(RoleDetails, "role", "Role", |details| details.role.id.0);
detailed!(UserDetails, "user", "User", |user| user.id.0);

/// What the server is asked for: a row, and how often that was asked for again.
type Question = (Uuid, u32);

/// What it answered, and to which question.
type Answer<T> = (Question, Result<T, CallError>);

/// The selected row.
pub struct Selection<T: Detailed> {
    pane: Memo<Pane>,
    answer: Resource<Option<Answer<T>>>,
    /// Counts how often it was asked for again.
    reload: RwSignal<u32>,
    /// What came last, for commands that stand elsewhere in the page.
    loaded: RwSignal<Option<T>>,
}

#[expect(
    clippy::expl_impl_clone_on_copy,
    reason = "derived, it would ask its parameters to be Copy"
)]
impl<T: Detailed> Clone for Selection<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Detailed> Copy for Selection<T> {}

impl<T: Detailed> Selection<T> {
    /// The selection of a page, whose details `fetch` asks the server for.
    pub fn new<Q: ListQuery, F>(place: Place<Q>, fetch: impl Fn(Uuid) -> F + Copy + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<T, CallError>> + Send + 'static,
    {
        let pane = place.pane;
        let selected = Memo::new(move |_| pane.get().selected());
        let reload = RwSignal::new(0);
        let answer: Resource<Option<Answer<T>>> = Resource::new(
            move || (selected.get(), reload.get()),
            move |(selected, count)| async move {
                let id = selected?;
                Some(((id, count), fetch(id).await))
            },
        );
        let loaded = RwSignal::new(None);
        Effect::new(move || loaded.set(answer.get().flatten().and_then(|(_, row)| row.ok())));
        Self {
            pane,
            answer,
            reload,
            loaded,
        }
    }

    /// Asks for it again.
    pub fn refresh(self) {
        self.reload.update(|count| *count += 1);
    }

    /// Whether any row is selected.
    pub fn is_any(self) -> bool {
        self.pane.get().selected().is_some()
    }

    /// The selected row, once it is there.
    pub fn get(self) -> Option<T> {
        let id = self.pane.get().selected()?;
        self.loaded.get().filter(|row| row.id() == id)
    }

    /// The same without following it.
    pub fn get_untracked(self) -> Option<T> {
        untrack(|| self.get())
    }
}

/// A view of the selected row as it is, or why it isn't there. When another answer comes, another view does.
#[component]
pub fn WithSelected<T: Detailed>(
    selection: Selection<T>,
    id: Uuid,
    view: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <Transition fallback=|| view! { <LoadingHead /> }>
            {move || {
                let ((answered, _), row) = selection.answer.get()??;
                // The answer about the row that was selected before says nothing of this one.
                Some(if answered == id { show(selection, row, &view) } else { view! { <LoadingHead /> }.into_any() })
            }}
        </Transition>
    }
}

/// A form about the selected row, or why there is none. It begins with the newest state of the row, which it waits for, and
/// no later answer replaces it: what was typed belongs to the form from its opening until the person leaves it.
#[component]
pub fn FormOfSelected<T: Detailed>(
    selection: Selection<T>,
    id: Uuid,
    view: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <Transition fallback=|| view! { <LoadingHead /> }>
            {move || {
                // Below a `Transition` even `get_untracked` follows a resource.
                let answer = untrack(|| selection.answer.get_untracked()).flatten();
                let newest = answer.filter(|(question, _)| *question == (id, selection.reload.get_untracked()));
                // Once it has begun it follows nothing.
                if !matches!(newest, Some((_, Ok(_)))) {
                    selection.answer.track();
                }
                match newest {
                    Some((_, row)) => show(selection, row, &view),
                    None => view! { <LoadingHead /> }.into_any(),
                }
            }}
        </Transition>
    }
}

/// The row, or why it can't be shown.
fn show<T: Detailed>(selection: Selection<T>, row: Result<T, CallError>, view: &impl Fn(T) -> AnyView) -> AnyView {
    let reason = match row {
        Ok(row) => return view(row),
        Err(CallError::NotFound) => view! { <Gone what=T::WHAT /> }.into_any(),
        Err(error) => view! {
            <LoadError
                what=T::FAILED
                reason=error.message()
                again=T::AGAIN
                focus="pane-title"
                retry=Callback::new(move |()| selection.refresh())
            />
        }
        .into_any(),
    };
    view! {
        <DetailsHead title=T::TITLE.to_owned() commands=() />
        {reason}
    }
    .into_any()
}
