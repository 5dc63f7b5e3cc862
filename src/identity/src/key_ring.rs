//! Which key signs and which are listed, by time: every instance reads the same rows and switches at the same moment.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use domain::token_lifetime::TokenLifetime;

use crate::jwk::JwkSet;
use crate::signing_key::SigningKey;

/// A new key is listed for this long before it signs, so that whoever caches the list knows it in time.
pub const PUBLISHED_BEFORE: Duration = Duration::hours(24);

/// Beyond the last token's end a retired key stays listed for instances that reread late and clocks that differ.
const MARGIN: Duration = Duration::minutes(10);

/// When a key does what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyTimes {
    /// From when on it is listed.
    pub publish_at: DateTime<Utc>,
    /// From when on it signs.
    pub sign_at: DateTime<Utc>,
    /// From when on its successor signs; none while there is no successor.
    pub retire_at: Option<DateTime<Utc>>,
}

/// What a key is for at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// Not listed yet.
    Planned,
    /// Listed, and going to sign.
    Next,
    /// Signs.
    Signing,
    /// Listed for tokens that it signed.
    Retired,
    /// No longer listed.
    Gone,
}

impl KeyTimes {
    /// The times of a key made `now`. It signs at once when there is no other or somebody wants so.
    pub fn of_new_key(now: DateTime<Utc>, at_once: bool) -> Self {
        Self {
            publish_at: now,
            sign_at: if at_once { now } else { now + PUBLISHED_BEFORE },
            retire_at: None,
        }
    }

    /// What the key is for at `now`.
    pub fn state(&self, now: DateTime<Utc>) -> KeyState {
        match self.retire_at {
            Some(retire_at) if retire_at + Duration::seconds(TokenLifetime::MAX) + MARGIN <= now => KeyState::Gone,
            Some(retire_at) if retire_at <= now => KeyState::Retired,
            _ if self.sign_at <= now => KeyState::Signing,
            _ if self.publish_at <= now => KeyState::Next,
            _ => KeyState::Planned,
        }
    }

    /// Whether the key is in the JWKS document at `now`.
    pub fn is_listed(&self, now: DateTime<Utc>) -> bool {
        !matches!(self.state(now), KeyState::Planned | KeyState::Gone)
    }
}

/// A key with its times.
#[derive(Clone, Debug)]
pub struct RingKey {
    /// The key.
    pub key: Arc<SigningKey>,
    /// Its times.
    pub times: KeyTimes,
}

/// All keys.
#[derive(Clone, Debug, Default)]
pub struct KeyRing(Vec<RingKey>);

impl KeyRing {
    /// The ring of these keys.
    pub fn new(mut keys: Vec<RingKey>) -> Self {
        keys.sort_by(|a, b| (b.times.sign_at, b.key.kid()).cmp(&(a.times.sign_at, a.key.kid())));
        Self(keys)
    }

    /// The key of this name.
    pub fn get(&self, kid: &str) -> Option<&Arc<SigningKey>> {
        self.0.iter().map(|k| &k.key).find(|key| key.kid() == kid)
    }

    /// The key that signs at `now`: of those that may, the one that started last.
    pub fn signing(&self, now: DateTime<Utc>) -> Option<&Arc<SigningKey>> {
        let mut keys = self.0.iter();
        keys.find(|k| k.times.state(now) == KeyState::Signing).map(|k| &k.key)
    }

    /// The keys that clients need to know at `now`: current, next and lately retired.
    pub fn jwks(&self, now: DateTime<Utc>) -> JwkSet {
        let listed = self.0.iter().filter(|k| k.times.is_listed(now));
        JwkSet {
            keys: listed.map(|k| k.key.jwk().clone()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signing_key::TEST_KEY;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static SECOND_KEY: LazyLock<Arc<SigningKey>> = LazyLock::new(|| Arc::new(SigningKey::generate().unwrap()));

    fn now() -> DateTime<Utc> {
        "2026-11-21T10:30:00Z".parse().unwrap()
    }

    /// A ring whose second key was made `now` without haste.
    fn rotated() -> KeyRing {
        let next = KeyTimes::of_new_key(now(), false);
        let first = KeyTimes {
            retire_at: Some(next.sign_at),
            ..KeyTimes::of_new_key(now() - Duration::days(90), true)
        };
        let ring_key = |key: &Arc<SigningKey>, times| RingKey {
            key: key.clone(),
            times,
        };
        KeyRing::new(vec![ring_key(&TEST_KEY, first), ring_key(&SECOND_KEY, next)])
    }

    #[test]
    fn the_next_key_is_listed_a_day_before_it_signs() {
        let ring = rotated();
        let kids = |at| ring.jwks(at).keys.into_iter().map(|k| k.kid).collect::<Vec<_>>();
        let (first, second) = (TEST_KEY.kid(), SECOND_KEY.kid());
        assert_eq!(kids(now() - Duration::seconds(1)), [first]);
        assert_eq!(kids(now()), [second, first]);
        let switch = now() + Duration::hours(24);
        assert_eq!(ring.signing(switch - Duration::microseconds(1)).unwrap().kid(), first);
        assert_eq!(ring.signing(switch).unwrap().kid(), second);
        let last_token = switch + Duration::seconds(3600);
        assert_eq!(kids(last_token), [second, first]);
        assert_eq!(kids(last_token + Duration::minutes(10)), [second]);
    }

    #[test]
    fn the_key_that_started_last_signs() {
        // As when one instance rotated at once while another made a key in the same moment.
        let ring_key = |key: &Arc<SigningKey>, seconds| RingKey {
            key: key.clone(),
            times: KeyTimes::of_new_key(now() + Duration::seconds(seconds), true),
        };
        let ring = KeyRing::new(vec![ring_key(&TEST_KEY, 1), ring_key(&SECOND_KEY, 0)]);
        assert_eq!(ring.signing(now()).unwrap().kid(), SECOND_KEY.kid());
        assert_eq!(
            ring.signing(now() + Duration::seconds(1)).unwrap().kid(),
            TEST_KEY.kid()
        );
        assert!(ring.signing(now() - Duration::seconds(1)).is_none());
        assert!(KeyRing::default().signing(now()).is_none());
    }

    proptest! {
        #[test]
        fn the_key_that_signs_is_listed(seconds in -200_000_i64..400_000) {
            let (ring, at) = (rotated(), now() + Duration::seconds(seconds));
            let kid = ring.signing(at).unwrap().kid();
            prop_assert!(ring.jwks(at).keys.iter().any(|k| k.kid == kid));
        }
    }
}
