use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::error::Error;
use crate::profile::Profile;

/// Compiles `front` for the browser; answers where cargo put the wasm file.
pub fn build(root: &Path, profile: Profile) -> Result<PathBuf, Error> {
    // The JSON tells the file's place, wherever the target folder is; cargo's words for people go to stderr.
    let output = Command::new("cargo")
        .args([
            "build",
            "--package",
            "front",
            "--lib",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .args(["--profile", profile.cargo_name()])
        .arg("--message-format=json-render-diagnostics")
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| Error::Start {
            program: "cargo",
            source,
            advice: "Install Rust from https://rustup.rs",
        })?;
    if !output.status.success() {
        return Err(Error::Compile(output.status));
    }
    wasm_file(&String::from_utf8_lossy(&output.stdout)).ok_or(Error::NoWasm)
}

/// Finds the wasm file of `front` in cargo's messages, which are one JSON object a line.
fn wasm_file(messages: &str) -> Option<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact" && message["target"]["name"] == "front")
        .filter_map(|message| message["filenames"].as_array().cloned())
        .flatten()
        .filter_map(|name| name.as_str().map(PathBuf::from))
        .find(|path| path.extension().is_some_and(|extension| extension == "wasm"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wasm_file_is_found_among_cargos_messages() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"ui"},"filenames":["/t/libui.rlib"]}
{"reason":"compiler-artifact","target":{"name":"front"},"filenames":["/t/libfront.rlib","/t/front.wasm"]}
{"reason":"build-finished","success":true}"#;
        assert_eq!(wasm_file(messages), Some(PathBuf::from("/t/front.wasm")));
    }

    #[test]
    fn a_library_without_wasm_is_not_an_answer() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"front"},"filenames":["/t/libfront.rlib"]}"#;
        assert_eq!(wasm_file(messages), None);
    }
}
