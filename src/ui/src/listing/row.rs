//! A row, which a click anywhere selects.

use domain::list::ListQuery;
use leptos::prelude::*;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use crate::address::Pane;
use crate::browser::dom::show;
use crate::place::{Place, row_id};

/// A row of a list. Its cells follow the name.
#[component]
pub fn Row<Q: ListQuery>(
    place: Place<Q>,
    id: Uuid,
    name: String,
    /// What stands under the name on a narrow screen.
    #[prop(optional, into)]
    below: Option<AnyView>,
    /// The other cells.
    children: Children,
) -> impl IntoView {
    let selected = move || place.pane.get().selected() == Some(id);
    Effect::new(move || {
        if selected() {
            show(&row_id(id));
        }
    });
    let title = name.clone();
    view! {
        <tr class:selected=move || selected() on:click=move |event| follow(place, &event, id)>
            <td>
                <a
                    id=row_id(id)
                    class="row-link"
                    href=move || place.href(Pane::Details(id))
                    aria-current=move || selected().then_some("true")
                    title=title
                    data-noscroll=""
                >
                    {name}
                </a>
                {below}
            </td>
            {children()}
        </tr>
    }
    .into_any()
}

/// A click anywhere in a row follows its link, unless it was meant for a control or selected some text.
fn follow<Q: ListQuery>(place: Place<Q>, event: &MouseEvent, id: Uuid) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let control = target.and_then(|target| target.closest("a, button").ok().flatten());
    let selection = window().get_selection().ok().flatten();
    if control.is_none() && selection.is_none_or(|text| text.is_collapsed()) {
        place.leaving.go(untrack(|| place.href(Pane::Details(id))));
    }
}
