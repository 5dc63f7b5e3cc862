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
    /// Whether the page around shows what isn't so any more.
    outdated: StoredValue<bool>,
    /// What somebody else changed meanwhile.
    pub conflict: RwSignal<Option<Conflict>>,
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
    /// An edit that starts from `base`. Whoever leaves it after somebody else was quicker sees the page as it is now:
    /// `refresh` asks for it again, which can't be done before, since the form would go with what was typed.
    pub fn new(form: FormState, base: T, refresh: impl FnOnce() + Send + Sync + 'static) -> Self {
        let outdated = StoredValue::new(false);
        on_cleanup(move || {
            if outdated.try_get_value() == Some(true) {
                refresh();
            }
        });
        Self {
            form,
            base: StoredValue::new(base),
            outdated,
            conflict: RwSignal::new(None),
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
            let answer = storing.await;
            let stands = self.form.end();
            match answer {
                Ok(()) => done(stands),
                Err(_) if !stands => {}
                Err(CallError::Conflict) => match read().await {
                    Ok(now) => self.start_again(now),
                    Err(error) => self.fail(error),
                },
                Err(error) => self.fail(error),
            }
        });
    }

    fn start_again(self, now: T) {
        let changes = self.base.try_with_value(|base| base.changes(&now));
        // Whoever has left needs to know nothing of it.
        if let Some(changes) = changes {
            let by = now.changed_by();
            self.conflict.set(Some(Conflict { by, changes }));
            self.base.set_value(now);
            self.outdated.set_value(true);
        }
    }

    fn fail(self, error: CallError) {
        match error {
            CallError::NotFound => {
                let _ = self.outdated.try_set_value(true);
                let _ = self.form.failure.try_set(Some(T::GONE.to_owned()));
            }
            error => self.form.refused(error),
        }
    }
}
