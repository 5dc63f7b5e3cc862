//! A list of URLs that grows and shrinks: a box with **+**, and rows with **Remove**.

use domain::client_form::check_entry;
use domain::field::{Field, FieldError};
use domain::web_address::MAX_URLS;
use leptos::prelude::*;
use lucide_leptos::X;

use super::field::{Messages, box_id, message};
use super::icon::Icon;
use crate::browser::dom;

/// What stands in a list and in its box.
#[derive(Clone, Copy)]
pub struct UrlListDraft {
    field: Field,
    pub entries: RwSignal<Vec<String>>,
    typed: RwSignal<String>,
    /// What was changed last, for those who don't see it.
    news: RwSignal<String>,
}

impl UrlListDraft {
    /// A list that holds `entries`.
    pub fn new(field: Field, entries: Vec<String>) -> Self {
        Self {
            field,
            entries: RwSignal::new(entries),
            typed: RwSignal::new(String::new()),
            news: RwSignal::new(String::new()),
        }
    }

    /// Whether something stands in the box that wasn't added yet.
    pub fn is_pending(self) -> bool {
        self.typed.with(|typed| !typed.trim().is_empty())
    }

    /// Adds what stands in the box, if anything does.
    pub fn take_pending(self) -> Result<(), FieldError> {
        if untrack(|| self.is_pending()) {
            self.add()
        } else {
            Ok(())
        }
    }

    /// Adds what stands in the box.
    fn add(self) -> Result<(), FieldError> {
        let entry = self
            .entries
            .with_untracked(|held| check_entry(self.field, held, &self.typed.get_untracked()))?;
        self.news.set(format!("{entry} was added."));
        self.entries.update(|entries| entries.push(entry));
        self.typed.set(String::new());
        Ok(())
    }

    fn remove(self, entry: &str) {
        self.entries.update(|entries| entries.retain(|held| held != entry));
        self.news.set(format!("{entry} was removed."));
    }
}

/// The list as a group of controls.
#[component]
pub fn UrlList(
    list: UrlListDraft,
    messages: Messages,
    /// What the entries are for.
    hint: &'static str,
    placeholder: &'static str,
    /// Whether it must hold an entry.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let field = list.field;
    let id = box_id(field);
    let wrong = message(messages, field);
    let (hint_id, message_id) = (format!("{id}-hint"), format!("{id}-message"));
    let described_by = {
        let (hint_id, message_id) = (hint_id.clone(), message_id.clone());
        move || match wrong.get() {
            Some(_) => format!("{hint_id} {message_id}"),
            None => hint_id.clone(),
        }
    };
    let clear = move || messages.update(|messages| messages.retain(|error| error.field != field));
    let add = move || {
        clear();
        if let Err(error) = list.add() {
            messages.update(|messages| messages.push(error));
        }
        dom::focus_now(id);
    };
    view! {
        <fieldset class="url-list">
            <legend>{field.label()}</legend>
            <p class="hint" id=hint_id>
                {format!("{hint} At most {MAX_URLS}.")}
            </p>
            <div class="value-row">
                <label for=id class="hidden">
                    {field.label()}
                </label>
                <input
                    id=id
                    type="url"
                    class="code"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=placeholder
                    required=move || required && list.entries.with(Vec::is_empty)
                    aria-invalid=move || wrong.get().map(|_| "true")
                    aria-describedby=described_by
                    prop:value=list.typed
                    on:input=move |event| list.typed.set(event_target_value(&event))
                    on:keydown=move |event| {
                        if event.key() == "Enter" {
                            event.prevent_default();
                            add();
                        }
                    }
                />
                <button
                    type="button"
                    class="button"
                    on:click=move |event| {
                        if !dom::is_second(&event) {
                            add();
                        }
                    }
                >
                    "+"
                </button>
            </div>
            {move || wrong.get().map(|text| view! { <p class="message" id=message_id.clone()>{text}</p> })}
            <ul>
                <For each=move || list.entries.get() key=Clone::clone let:entry>
                    <Entry entry=entry list=list />
                </For>
            </ul>
            <p role="status" class="hidden">
                {list.news}
            </p>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Entry(entry: String, list: UrlListDraft) -> impl IntoView {
    let name = format!("Remove {entry}");
    let removed = entry.clone();
    view! {
        <li>
            <code>{entry}</code>
            <button
                type="button"
                class="icon-button"
                aria-label=name.clone()
                title=name
                on:click=move |event| {
                    if !dom::is_second(&event) {
                        list.remove(&removed);
                        dom::focus_now(box_id(list.field));
                    }
                }
            >
                <Icon>
                    <X size=18 />
                </Icon>
            </button>
        </li>
    }
}
