//! What the cryptography alone can do: signatures of aws-lc-rs, with nothing around them.

use std::hint::black_box;
use std::thread;
use std::time::Instant;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};

use crate::load::MEASURED;

/// How many sign at the same time.
const THREADS: usize = 2;
/// As long as header and claims of an access token.
const MESSAGE: [u8; 800] = [b'x'; 800];

/// Signs with each algorithm; answers how many of RS256 were made in a second.
pub fn measure() -> f64 {
    #[expect(clippy::disallowed_methods, reason = "the library asks for it")]
    let random = SystemRandom::new();
    let rsa = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
    let p256 = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).expect("a key");
    let ed25519 = Ed25519KeyPair::generate().expect("a key");
    let rs256 = a_second(|| {
        let mut signature = vec![0; rsa.public_modulus_len()];
        rsa.sign(&RSA_PKCS1_SHA256, &random, &MESSAGE, &mut signature)
            .expect("a signature");
        black_box(signature);
    });
    let es256 = a_second(|| {
        black_box(p256.sign(&random, &MESSAGE).expect("a signature"));
    });
    let eddsa = a_second(|| {
        black_box(ed25519.sign(&MESSAGE));
    });
    println!(
        "aws-lc-rs alone on {THREADS} threads, signatures a second: RS256 {rs256:.0}, ES256 {es256:.0}, EdDSA {eddsa:.0}"
    );
    rs256
}

/// How often all threads together do this in a second.
fn a_second(sign: impl Fn() + Sync) -> f64 {
    let sign = &sign;
    let until = Instant::now() + MEASURED;
    let count_until = move || {
        let mut count = 0_u32;
        while Instant::now() < until {
            sign();
            count += 1;
        }
        count
    };
    let signed: u32 = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(count_until)).collect();
        threads.into_iter().map(|thread| thread.join().expect("a count")).sum()
    });
    f64::from(signed) / MEASURED.as_secs_f64()
}
