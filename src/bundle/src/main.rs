//! Builds the browser part of Clientele into `target/site/dev` or `target/site/release`:
//!
//! - `pkg/clientele.js`, `pkg/clientele.wasm`, `pkg/clientele.css`: what a page loads
//! - `public/`: the files of `/public`, unchanged
//! - `hash`: names the content of `pkg`, so that its address may be cached for ever
//!
//! A release also has a `.br` file beside each text and wasm file. The server embeds that folder.

mod bindgen;
mod compress;
mod error;
mod files;
mod front;
mod hash;
mod inputs;
mod optimise;
mod profile;
mod report;
mod site;
mod style;

use std::path::PathBuf;
use std::process::ExitCode;

use error::Error;
use optimise::Optimiser;
use profile::Profile;
use report::Step;
use site::Site;

/// The name that the pages ask for; Leptos reads the same variable when it compiles.
const NAME: &str = env!("LEPTOS_OUTPUT_NAME");

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [word] = arguments.as_slice() else {
        return usage();
    };
    let Some(profile) = Profile::parse(word) else {
        return usage();
    };
    match bundle(profile) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("Usage: cargo run -p bundle -- dev|release");
    ExitCode::from(2)
}

fn bundle(profile: Profile) -> Result<(), Error> {
    let root = workspace_root()?;
    let site = Site::new(&root, profile);
    println!("Browser part ({})", profile.name());

    let step = Step::start("cargo build");
    let wasm = front::build(&root, profile)?;
    step.done(files::size(&wasm)?);

    let optimiser = match profile {
        Profile::Dev => None,
        Profile::Release => Optimiser::find(&root),
    };
    let styles = root.join("style");
    let public = root.join("public");
    let made_from = inputs::describe(&[&wasm, &styles, &public], optimiser.as_ref())?;
    if site.is_made_from(&made_from) {
        println!("  nothing changed, {} stays", site.folder().display());
        return Ok(());
    }

    let draft = site.draft()?;
    let pkg = draft.join("pkg");
    files::make_folder(&pkg)?;

    let step = Step::start("wasm-bindgen");
    let module = bindgen::run(&wasm, &pkg, profile)?;
    step.done(files::size(&module)?);

    if let Some(optimiser) = &optimiser {
        let step = Step::start("wasm-opt");
        optimiser.run(&module)?;
        step.done(files::size(&module)?);
    } else if profile == Profile::Release {
        println!("{}", optimise::MISSING);
    }

    let step = Step::start("style");
    step.done(style::write(&styles, &pkg)?);

    let step = Step::start("public");
    step.done(files::copy_folder(&public, &draft.join("public"))?);

    let step = Step::start("hash");
    let hash = hash::of_folder(&pkg)?;
    files::write(&draft.join("hash"), hash.as_bytes())?;
    step.done(files::folder_size(&pkg)?);

    if profile == Profile::Release {
        let step = Step::start("brotli");
        step.done(compress::folder(&draft)?);
    }

    site.publish(&draft, &made_from)?;
    println!("  {} is ready, hash {hash}", site.folder().display());
    Ok(())
}

/// The folder of the workspace's `Cargo.toml`.
fn workspace_root() -> Result<PathBuf, Error> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    std::fs::canonicalize(path).map_err(Error::file("find", path))
}
