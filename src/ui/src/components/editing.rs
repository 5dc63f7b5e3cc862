//! Changing what somebody else may change at the same time.

use std::future::Future;

use domain::view::Stamp;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::conflict::{Change, Conflict};
use super::form_pane::FormState;
use crate::functions::error::CallError;

/// What can be edited. An edit names the version that it started from.
pub trait Edited: Clone + Send + Sync + 'static {
    /// What is said when it is gone.
    const GONE: &'static str;

    /// The version.
    fn version(&self) -> i64;

    /// Who changed it last, where that is known.
    fn changed_by(&self) -> Option<Stamp>;

    /// The fields in which a later state differs, with their new values.
    fn changes(&self, now: &Self) -> Vec<Change>;
}

/// An edit under way.
pub struct Editing<T: Edited> {
    form: FormState,
    /// What the typed changes started from.
    base: StoredValue<T>,
    /// What somebody else changed meanwhile.
    pub conflict: RwSignal<Option<Conflict>>,
    /// Asks for the page around again, when it shows what isn't so any more.
    refresh: Callback<()>,
}

#[expect(
    clippy::expl_impl_clone_on_copy,
    reason = "derived, it would ask its parameters to be Copy"
)]
impl<T: Edited> Clone for Editing<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Edited> Copy for Editing<T> {}

impl<T: Edited> Editing<T> {
    /// An edit that starts from `base`. When somebody else turns out to have been quicker, `refresh` asks for the page around
    /// again: whoever leaves the edit sees it as it is now.
    pub fn new(form: FormState, base: T, refresh: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            form,
            base: StoredValue::new(base),
            conflict: RwSignal::new(None),
            refresh: Callback::new(move |()| refresh()),
        }
    }

    /// Lets the server store the edit. When somebody else was quicker, what they changed is shown and the next try starts
    /// from there; what was typed stays. `done` is told whether the form still stands.
    pub fn save<S, R>(
        self,
        send: impl FnOnce(i64) -> S + 'static,
        read: impl Fn() -> R + 'static,
        done: impl FnOnce(bool) + 'static,
    ) where
        S: Future<Output = Result<(), CallError>> + 'static,
        R: Future<Output = Result<T, CallError>> + 'static,
    {
        if !self.form.begin() {
            return;
        }
        self.conflict.set(None);
        let storing = send(self.base.with_value(T::version));
        spawn_local(async move {
            let answer = match storing.await {
                Ok(()) => Ok(None),
                Err(CallError::Conflict) => read().await.map(Some),
                Err(error) => Err(error),
            };
            let stands = self.form.end();
            match answer {
                Ok(None) => done(stands),
                // Whoever has left needs to know nothing of it.
                _ if !stands => {}
                Ok(Some(now)) => self.start_again(now),
                Err(error) => self.fail(error),
            }
        });
    }

    fn start_again(self, now: T) {
        let changes = self.base.with_value(|base| base.changes(&now));
        let by = now.changed_by();
        self.conflict.set(Some(Conflict { by, changes }));
        self.base.set_value(now);
        FormState::scroll_up();
        self.refresh.run(());
    }

    fn fail(self, error: CallError) {
        match error {
            CallError::NotFound => {
                self.form.fail(T::GONE.to_owned());
                self.refresh.run(());
            }
            error => self.form.refused(error),
        }
    }
}
