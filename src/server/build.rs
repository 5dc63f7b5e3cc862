//! Tells the compiler where the browser part lies: built by `bundle`, embedded by `assets`.

use std::path::Path;

#[expect(
    clippy::disallowed_methods,
    reason = "cargo speaks to build scripts through the environment"
)]
fn main() {
    let profile = if std::env::var("PROFILE").as_deref() == Ok("release") {
        "release"
    } else {
        "dev"
    };
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../target/site/{profile}"));
    println!("cargo:rustc-env=CLIENTELE_SITE={}", site.display());
    println!("cargo:rerun-if-changed={}", site.display());
    println!("cargo:rerun-if-changed=build.rs");
}
