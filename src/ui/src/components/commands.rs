//! The commands for what is selected. Those of a page stand in the toolbar on wide screens, and in the title of the pane on
//! narrow ones.

use domain::list::ListQuery;
use leptos::prelude::*;
use lucide_leptos::Plus;

use super::command_form::{CommandForm, HiddenPairs};
use super::icon::Icon;
use crate::address::{Form, Pane, Target};
use crate::place::{ADD_ID, EDIT_ID, Place};
use crate::selection::{Detailed, Selection};
use crate::session::Session;

/// Where the commands of a page stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// In the toolbar, on wide screens.
    Toolbar,
    /// In the title of the pane, on narrow screens.
    PaneTitle,
}

impl Spot {
    /// One of two ids.
    pub const fn choose(self, toolbar: &'static str, pane_title: &'static str) -> &'static str {
        match self {
            Self::Toolbar => toolbar,
            Self::PaneTitle => pane_title,
        }
    }

    /// The class of what stands here.
    pub const fn class(self) -> &'static str {
        self.choose("commands wide-only", "commands narrow-only")
    }
}

/// Why a command can't be used now; none if it can.
pub type Reason = Option<&'static str>;

/// Says why a command can't be used now, for those that name it as their description.
#[component]
fn ReasonText(id: &'static str, reason: impl Fn() -> Reason + Copy + Send + Sync + 'static) -> impl IntoView {
    view! {
        <span id=id class="hidden">
            {reason}
        </span>
    }
}

/// A command that opens a form.
#[component]
pub fn OpenCommand(
    name: &'static str,
    id: &'static str,
    target: impl Fn() -> Target + Copy + Send + Sync + 'static,
    reason: impl Fn() -> Reason + Copy + Send + Sync + 'static,
    /// The id of the text that says so.
    reason_id: &'static str,
    go: Callback<String>,
) -> impl IntoView {
    let path = untrack(target).path;
    view! {
        <ReasonText id=reason_id reason=reason />
        <form
            method="get"
            action=path
            class="command"
            on:submit=move |event| {
                event.prevent_default();
                if untrack(reason).is_none() {
                    go.run(untrack(target).href());
                }
            }
        >
            <HiddenPairs pairs=move || target().pairs />
            <button
                type="submit"
                class="button"
                id=id
                aria-disabled=move || reason().map(|_| "true")
                aria-describedby=move || reason().map(|_| reason_id)
            >
                {name}
            </button>
        </form>
    }
    .into_any()
}

/// A command that opens a window, which needs scripts.
#[component]
pub fn WindowCommand(
    name: &'static str,
    id: &'static str,
    /// Whether it leads to something that can't be undone.
    #[prop(optional)]
    danger: bool,
    reason: impl Fn() -> Reason + Copy + Send + Sync + 'static,
    /// The id of the text that says so.
    reason_id: &'static str,
    open: Callback<()>,
) -> impl IntoView {
    let hydrated = Session::get().hydrated;
    view! {
        <ReasonText id=reason_id reason=reason />
        <button
            type="button"
            class=if danger { "button danger" } else { "button" }
            id=id
            disabled=move || !hydrated.get()
            aria-disabled=move || reason().map(|_| "true")
            aria-describedby=move || reason().map(|_| reason_id)
            on:click=move |_| {
                if untrack(reason).is_none() {
                    open.run(());
                }
            }
        >
            {name}
        </button>
    }
    .into_any()
}

/// The command that adds a row, as the toolbar has it. Only for those who may.
#[component]
pub fn AddButton<Q: ListQuery>(place: Place<Q>, name: &'static str) -> impl IntoView {
    Session::may_change().then(|| {
        view! {
            <CommandForm
                target=move || place.target(Pane::Add)
                class="button primary"
                id=ADD_ID
                go=Callback::new(move |href| place.leaving.go(href))
            >
                <Icon>
                    <Plus size=18 />
                </Icon>
                {name}
            </CommandForm>
        }
    })
}

/// The commands that edit and remove the selected row. Only for those who may.
#[component]
pub fn RowCommands<Q: ListQuery, T: Detailed>(
    spot: Spot,
    place: Place<Q>,
    selection: Selection<T>,
    /// The name of the command that edits.
    edit: &'static str,
    /// The name of the command that removes.
    remove: &'static str,
    /// Why the selected row can't be edited.
    not_editable: impl Fn() -> Reason + Copy + Send + Sync + 'static,
    /// Why it can't be removed.
    not_removable: impl Fn() -> Reason + Copy + Send + Sync + 'static,
    /// Asks before it is removed.
    ask: Callback<T>,
) -> impl IntoView {
    let nothing = move || (!selection.is_any()).then_some(T::UNSELECTED);
    let not_editable = move || nothing().or_else(not_editable);
    // The question tells what is removed, which must have come for it. A form waits for it by itself.
    let loading = move || selection.get().is_none().then_some(T::LOADING);
    let not_removable = move || nothing().or_else(not_removable).or_else(loading);
    let target = move || {
        let pane = place.pane.get();
        let selected = pane.selected();
        place.target(selected.map_or(pane, |id| Pane::Change(id, Form::Edit)))
    };
    let ask = move |()| {
        if !place.leaving.must_wait()
            && let Some(row) = selection.get_untracked()
        {
            ask.run(row);
        }
    };
    Session::may_change().then(move || {
        view! {
            <div class=spot.class()>
                <OpenCommand
                    name=edit
                    id=spot.choose(EDIT_ID, "edit-command-narrow")
                    target=target
                    reason=not_editable
                    reason_id=spot.choose("not-editable", "not-editable-narrow")
                    go=Callback::new(move |href| place.leaving.go(href))
                />
                <WindowCommand
                    name=remove
                    id=spot.choose("remove-command", "remove-command-narrow")
                    danger=true
                    reason=not_removable
                    reason_id=spot.choose("not-removable", "not-removable-narrow")
                    open=Callback::new(ask)
                />
            </div>
        }
    })
}
