//! Changing what somebody else may change at the same time.

use std::future::Future;

use domain::view::Stamp;
use leptos::prelude::*;

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
    fn changed_by(&self) -> Option<Stamp> {
        None
    }

    /// Its fields and their values, as a person reads them: always the same fields, in the same order.
    fn fields(&self) -> Vec<(&'static str, String)>;
}

/// An edit under way.
pub struct Editing<T: Edited> {
    form: FormState,
    /// What the typed changes started from.
    base: StoredValue<T>,
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
            refresh: Callback::new(move |()| refresh()),
        }
    }

    /// Lets the server store the edit. When somebody else was quicker, what they changed is shown and the next try starts
    /// from there; what was typed stays. `done` is told whether the form still stands.
    pub fn save<S, R>(
        self,
        send: impl FnOnce(i64) -> S + 'static,
        read: impl FnOnce() -> R + 'static,
        done: impl FnOnce(bool) + 'static,
    ) where
        S: Future<Output = Result<(), CallError>> + 'static,
        R: Future<Output = Result<T, CallError>> + 'static,
    {
        let storing = send(self.base.with_value(T::version));
        let storing = async move {
            match storing.await {
                Ok(()) => Ok(None),
                Err(CallError::Conflict) => read().await.map(Some),
                Err(error) => Err(error),
            }
        };
        self.form.store_or(
            storing,
            move |newer, stands| match newer {
                None => done(stands),
                Some(now) if stands => self.start_again(now),
                Some(_) => {}
            },
            move |error| self.fail(error),
        );
    }

    fn start_again(self, now: T) {
        let changes = self
            .base
            .with_value(|base| Change::between(base.fields(), now.fields()));
        let by = now.changed_by();
        self.form.overtaken(Conflict { by, changes });
        self.base.set_value(now);
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
