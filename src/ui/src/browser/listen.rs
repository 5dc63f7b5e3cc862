//! Listening to the window before anybody else does.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::convert::FromWasmAbi;
use web_sys::Event;

/// Calls `handler` for events of this name before the router sees them, for as long as the component stands.
pub fn capture<E>(name: &'static str, handler: impl FnMut(E) + 'static)
where
    E: FromWasmAbi + AsRef<Event> + 'static,
{
    let closure = Closure::<dyn FnMut(E)>::new(handler);
    let function = closure.as_ref().unchecked_ref::<js_sys::Function>().clone();
    let _ = window().add_event_listener_with_callback_and_bool(name, &function, true);
    let kept = StoredValue::new_local(Some(closure));
    on_cleanup(move || {
        if let Some(Some(closure)) = kept.try_update_value(Option::take) {
            let function = closure.as_ref().unchecked_ref::<js_sys::Function>();
            let _ = window().remove_event_listener_with_callback_and_bool(name, function, true);
        }
    });
}
