//! Counts wrong secrets and tokens, so that whoever goes on with one is slowed down. Guessing is hopeless anyway: this keeps
//! the noise down. It never stops a right one.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use domain::client::ClientId;

/// How long wrong ones are counted together.
const WINDOW: Duration = Duration::minutes(1);

/// How many windows are remembered; of more the oldest is forgotten.
const MAX_WINDOWS: usize = 10_000;

/// Who sent it: the client, or none for a token or an id that can't be one, and where from: the network of 64 bits of an IPv6
/// address.
type Sender = (Option<ClientId>, IpAddr);

/// The counters.
pub(crate) struct WrongSecrets {
    /// How many a minute are answered without asking to wait.
    without_wait: u32,
    windows: Mutex<Windows>,
}

#[derive(Default)]
struct Windows {
    by_sender: HashMap<Sender, Window>,
    /// The same, oldest first.
    senders: VecDeque<Sender>,
}

#[derive(Clone, Copy)]
struct Window {
    start: DateTime<Utc>,
    count: u32,
}

impl WrongSecrets {
    /// So many a minute are answered without asking to wait.
    pub(crate) fn new(without_wait: u32) -> Self {
        Self {
            without_wait,
            windows: Mutex::default(),
        }
    }

    /// Counts one more. Answers how many seconds to wait when there were too many.
    pub(crate) fn count(&self, sender: Sender, now: DateTime<Utc>) -> Option<u64> {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.count(sender, now);
        (window.count > self.without_wait).then(|| seconds(window.start + WINDOW - now))
    }
}

impl Windows {
    /// The window of the sender with this one counted.
    fn count(&mut self, sender: Sender, now: DateTime<Utc>) -> Window {
        while self.oldest().is_some_and(|window| window.start + WINDOW <= now) {
            self.forget_oldest();
        }
        if let Some(window) = self.by_sender.get_mut(&sender) {
            window.count = window.count.saturating_add(1);
            return *window;
        }
        if self.senders.len() >= MAX_WINDOWS {
            self.forget_oldest();
        }
        let window = Window { start: now, count: 1 };
        self.by_sender.insert(sender, window);
        self.senders.push_back(sender);
        window
    }

    fn oldest(&self) -> Option<&Window> {
        self.senders.front().and_then(|sender| self.by_sender.get(sender))
    }

    fn forget_oldest(&mut self) {
        if let Some(sender) = self.senders.pop_front() {
            self.by_sender.remove(&sender);
        }
    }
}

/// Whole seconds, rounded up, so that whoever waits them has waited enough.
fn seconds(duration: Duration) -> u64 {
    let microseconds = duration.num_microseconds().unwrap_or_default();
    u64::try_from(microseconds).unwrap_or_default().div_ceil(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITHOUT_WAIT: u32 = 20;

    fn now() -> DateTime<Utc> {
        "2026-11-21T10:30:00Z".parse().unwrap()
    }

    fn sender(n: u128) -> Sender {
        (Some(ClientId(uuid::Uuid::from_u128(n))), [192, 0, 2, 1].into())
    }

    #[test]
    fn the_twenty_first_in_a_minute_waits_for_its_end() {
        let wrong = WrongSecrets::new(WITHOUT_WAIT);
        for _ in 0..20 {
            assert_eq!(wrong.count(sender(1), now()), None);
        }
        let later = now() + Duration::milliseconds(10_500);
        assert_eq!(wrong.count(sender(1), later), Some(50));
        assert_eq!(wrong.count(sender(2), later), None, "another client");
        let elsewhere = (sender(1).0, [192, 0, 2, 2].into());
        assert_eq!(wrong.count(elsewhere, later), None, "another address");
        assert_eq!(wrong.count((None, sender(1).1), later), None, "an id that can't be one");
        assert_eq!(wrong.count(sender(1), now() + WINDOW), None, "a new minute");
    }

    #[test]
    fn forgets_the_oldest_beyond_its_bound() {
        let wrong = WrongSecrets::new(WITHOUT_WAIT);
        for _ in 0..=WITHOUT_WAIT {
            wrong.count(sender(0), now());
        }
        assert!(wrong.count(sender(0), now()).is_some());
        for n in 1..=MAX_WINDOWS {
            wrong.count(sender(n as u128), now());
        }
        let windows = wrong.windows.lock().unwrap();
        assert_eq!(
            (windows.senders.len(), windows.by_sender.len()),
            (MAX_WINDOWS, MAX_WINDOWS)
        );
        assert!(!windows.by_sender.contains_key(&sender(0)));
        drop(windows);
        wrong.count(sender(0), now() + WINDOW);
        assert_eq!(
            wrong.windows.lock().unwrap().senders.len(),
            1,
            "windows that are over go"
        );
    }

    #[test]
    fn a_clock_that_goes_back_harms_nothing() {
        let wrong = WrongSecrets::new(WITHOUT_WAIT);
        for _ in 0..=WITHOUT_WAIT {
            wrong.count(sender(1), now());
        }
        assert!(
            wrong
                .count(sender(1), now() - Duration::hours(1))
                .is_some_and(|wait| wait > 0)
        );
    }
}
