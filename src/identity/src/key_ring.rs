//! Which key signs and which are listed, by time: every instance reads the same rows and switches at the same moment.

use std::str::FromStr;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use domain::token_lifetime::TokenLifetime;

use crate::algorithm::Algorithm;
use crate::jwk::JwkSet;
use crate::signing_key::SigningKey;

/// A new key is listed for this long before it signs, so that whoever caches the list knows it in time.
pub const PUBLISHED_BEFORE: Duration = Duration::hours(24);

/// Beyond the last token's end a retired key stays listed for instances that reread late and clocks that differ.
const MARGIN: Duration = Duration::minutes(10);

/// What a key signs. No key signs both, so that one kind of token never passes for the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyPurpose {
    /// Access tokens.
    #[default]
    AccessTokens,
    /// ID tokens.
    IdTokens,
}

/// A text that names no [`KeyPurpose`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is neither access-tokens nor id-tokens")]
pub struct UnknownPurpose;

impl KeyPurpose {
    /// Both purposes.
    pub const ALL: [Self; 2] = [Self::AccessTokens, Self::IdTokens];

    /// Its name, for the operator and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AccessTokens => "access-tokens",
            Self::IdTokens => "id-tokens",
        }
    }
}

impl FromStr for KeyPurpose {
    type Err = UnknownPurpose;

    fn from_str(name: &str) -> Result<Self, UnknownPurpose> {
        let mut all = Self::ALL.into_iter();
        all.find(|purpose| purpose.name() == name).ok_or(UnknownPurpose)
    }
}

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

/// What a key does at some time.
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

    /// What the key does at `now`.
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

/// A key with its purpose and its times.
#[derive(Clone, Debug)]
pub struct RingKey {
    /// The key.
    pub key: Arc<SigningKey>,
    /// What it signs.
    pub purpose: KeyPurpose,
    /// Its times.
    pub times: KeyTimes,
}

/// All keys.
#[derive(Clone, Debug, Default)]
pub struct KeyRing(Vec<RingKey>);

impl KeyRing {
    /// The ring of these keys.
    pub fn new(mut keys: Vec<RingKey>) -> Self {
        keys.sort_by(|a, b| {
            let newest_first = (b.times.sign_at, b.key.kid()).cmp(&(a.times.sign_at, a.key.kid()));
            a.purpose.cmp(&b.purpose).then(newest_first)
        });
        Self(keys)
    }

    /// The key of this name.
    pub fn get(&self, kid: &str) -> Option<&Arc<SigningKey>> {
        self.0.iter().map(|k| &k.key).find(|key| key.kid() == kid)
    }

    /// The key that signs for this purpose at `now`: of those that may, the one that started last.
    pub fn signing(&self, purpose: KeyPurpose, now: DateTime<Utc>) -> Option<&Arc<SigningKey>> {
        let mut keys = self.0.iter().filter(|k| k.purpose == purpose);
        keys.find(|k| k.times.state(now) == KeyState::Signing).map(|k| &k.key)
    }

    /// The key of this name, if it is one for this purpose that clients know at `now`.
    pub fn verifying(&self, kid: &str, purpose: KeyPurpose, now: DateTime<Utc>) -> Option<&SigningKey> {
        let mut keys = self.listed(now).filter(|k| k.purpose == purpose);
        keys.find(|k| k.key.kid() == kid).map(|k| &*k.key)
    }

    /// The keys that clients need to know at `now`: current, next and lately retired.
    pub fn jwks(&self, now: DateTime<Utc>) -> JwkSet {
        JwkSet {
            keys: self.listed(now).map(|k| k.key.jwk().clone()).collect(),
        }
    }

    /// The algorithms of the ID tokens that clients may meet at `now`, and always RS256, which each OpenID provider lists
    /// (OpenID Connect Discovery, section 3).
    pub fn id_token_algorithms(&self, now: DateTime<Utc>) -> Vec<Algorithm> {
        let listed = |algorithm| {
            let mut keys = self.listed(now).filter(|k| k.purpose == KeyPurpose::IdTokens);
            keys.any(|k| k.key.algorithm() == algorithm)
        };
        let mut algorithms = Algorithm::ALL.to_vec();
        algorithms.retain(|algorithm| *algorithm == Algorithm::Rs256 || listed(*algorithm));
        algorithms
    }

    fn listed(&self, now: DateTime<Utc>) -> impl Iterator<Item = &RingKey> {
        self.0.iter().filter(move |k| k.times.is_listed(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signing_key::{TEST_KEY, test_key};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    use KeyPurpose::{AccessTokens, IdTokens};

    static SECOND_KEY: LazyLock<Arc<SigningKey>> = LazyLock::new(|| test_key(Algorithm::Es256));
    static ID_TOKEN_KEY: LazyLock<Arc<SigningKey>> = LazyLock::new(|| test_key(Algorithm::EdDsa));

    fn now() -> DateTime<Utc> {
        "2026-11-21T10:30:00Z".parse().unwrap()
    }

    fn ring_key(key: &Arc<SigningKey>, purpose: KeyPurpose, times: KeyTimes) -> RingKey {
        RingKey {
            key: key.clone(),
            purpose,
            times,
        }
    }

    /// A ring whose second key for access tokens was made `now` without haste.
    fn rotated() -> KeyRing {
        let next = KeyTimes::of_new_key(now(), false);
        let current = KeyTimes::of_new_key(now() - Duration::days(90), true);
        let first = KeyTimes {
            retire_at: Some(next.sign_at),
            ..current
        };
        KeyRing::new(vec![
            ring_key(&ID_TOKEN_KEY, IdTokens, current),
            ring_key(&TEST_KEY, AccessTokens, first),
            ring_key(&SECOND_KEY, AccessTokens, next),
        ])
    }

    #[test]
    fn the_next_key_is_listed_a_day_before_it_signs() {
        let ring = rotated();
        let kids = |at| ring.jwks(at).keys.into_iter().map(|k| k.kid).collect::<Vec<_>>();
        let signing = |at| ring.signing(AccessTokens, at).unwrap().kid();
        let (first, second, id) = (TEST_KEY.kid(), SECOND_KEY.kid(), ID_TOKEN_KEY.kid());
        assert_eq!(kids(now() - Duration::seconds(1)), [first, id]);
        assert_eq!(kids(now()), [second, first, id]);
        let switch = now() + Duration::hours(24);
        assert_eq!(signing(switch - Duration::microseconds(1)), first);
        assert_eq!(signing(switch), second);
        let last_token = switch + Duration::seconds(3600);
        assert_eq!(kids(last_token), [second, first, id]);
        assert_eq!(kids(last_token + Duration::minutes(10)), [second, id]);
        assert_eq!(ring.signing(IdTokens, switch).unwrap().kid(), id);
    }

    #[test]
    fn a_key_verifies_while_it_is_listed_and_only_for_its_purpose() {
        let ring = rotated();
        let verifies = |key: &SigningKey, purpose, at| ring.verifying(key.kid(), purpose, at).is_some();
        let (before, gone) = (now() - Duration::seconds(1), now() + Duration::hours(26));
        assert!(verifies(&TEST_KEY, AccessTokens, now()));
        assert!(!verifies(&TEST_KEY, IdTokens, now()));
        assert!(!verifies(&TEST_KEY, AccessTokens, gone));
        assert!(!verifies(&SECOND_KEY, AccessTokens, before));
        assert!(verifies(&SECOND_KEY, AccessTokens, now()));
        assert!(verifies(&ID_TOKEN_KEY, IdTokens, now()));
        assert!(!verifies(&ID_TOKEN_KEY, AccessTokens, now()));
    }

    #[test]
    fn discovery_learns_of_rs256_and_of_every_listed_key_for_id_tokens() {
        assert_eq!(KeyRing::default().id_token_algorithms(now()), [Algorithm::Rs256]);
        let expected = [Algorithm::Rs256, Algorithm::EdDsa];
        assert_eq!(rotated().id_token_algorithms(now()), expected);
        let next = KeyTimes::of_new_key(now(), false);
        let ring = KeyRing::new(vec![ring_key(&SECOND_KEY, IdTokens, next)]);
        assert_eq!(
            ring.id_token_algorithms(now() - Duration::seconds(1)),
            [Algorithm::Rs256]
        );
        assert_eq!(ring.id_token_algorithms(now()), [Algorithm::Rs256, Algorithm::Es256]);
    }

    #[test]
    fn the_key_that_started_last_signs() {
        // As when one instance rotated at once while another made a key in the same moment.
        let key = |key: &Arc<SigningKey>, seconds| {
            let times = KeyTimes::of_new_key(now() + Duration::seconds(seconds), true);
            ring_key(key, AccessTokens, times)
        };
        let ring = KeyRing::new(vec![key(&TEST_KEY, 1), key(&SECOND_KEY, 0)]);
        let signing = |ring: &KeyRing, at| ring.signing(AccessTokens, at).map(|key| key.kid().to_owned());
        assert_eq!(signing(&ring, now()).as_deref(), Some(SECOND_KEY.kid()));
        assert_eq!(
            signing(&ring, now() + Duration::seconds(1)).as_deref(),
            Some(TEST_KEY.kid())
        );
        assert_eq!(signing(&ring, now() - Duration::seconds(1)), None);
        assert_eq!(signing(&KeyRing::default(), now()), None);
    }

    #[test]
    fn a_purpose_reads_the_name_it_writes() {
        for purpose in KeyPurpose::ALL {
            assert_eq!(purpose.name().parse::<KeyPurpose>(), Ok(purpose));
        }
        assert_eq!("ID-Tokens".parse::<KeyPurpose>(), Err(UnknownPurpose));
    }

    proptest! {
        #[test]
        fn the_key_that_signs_is_listed(seconds in -200_000_i64..400_000) {
            let (ring, at) = (rotated(), now() + Duration::seconds(seconds));
            for purpose in KeyPurpose::ALL {
                let kid = ring.signing(purpose, at).unwrap().kid();
                prop_assert!(ring.jwks(at).keys.iter().any(|k| k.kid == kid));
            }
        }
    }
}
