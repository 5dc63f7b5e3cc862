use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::NAME;
use crate::error::Error;
use crate::files;
use crate::profile::Profile;

/// Writes `NAME.js` and `NAME.wasm` (and `snippets/`, when a crate brings JavaScript) into `pkg`; answers where the
/// wasm file is.
pub fn run(wasm: &Path, pkg: &Path, profile: Profile) -> Result<PathBuf, Error> {
    generate(wasm, pkg, profile)?;
    // wasm-bindgen says NAME_bg.wasm, but pages ask for NAME.wasm because LEPTOS_OUTPUT_NAME was set when Leptos
    // compiled. The script knows neither name: `omit_default_module_path` makes the page pass it.
    let module = pkg.join(format!("{NAME}.wasm"));
    files::rename(&pkg.join(format!("{NAME}_bg.wasm")), &module)?;
    Ok(module)
}

fn generate(wasm: &Path, pkg: &Path, profile: Profile) -> Result<(), Error> {
    let failed = |error| Error::Bindgen(format!("{error:#}"));
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name(NAME)
        .omit_default_module_path(true)
        .typescript(false)
        // The names of functions make a panic's trace readable, and the file a third larger.
        .remove_name_section(profile == Profile::Release)
        .web(true)
        .map_err(failed)?
        .generate(pkg)
        .map_err(failed)
}
