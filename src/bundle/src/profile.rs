/// How the browser part is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build; a page that doesn't match the server's names the element.
    Dev,
    /// Small and compressed, for `target/release/clientele`.
    Release,
}

impl Profile {
    /// Reads the command line's word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "dev" => Some(Self::Dev),
            "release" => Some(Self::Release),
            _ => None,
        }
    }

    /// The folder's name under `target/site`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }

    /// The profile in the root `Cargo.toml`.
    pub fn cargo_name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "wasm-release",
        }
    }
}
