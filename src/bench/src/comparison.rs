//! What the figures mean, each beside what is wanted of it.

use crate::times::Times;

/// What was measured of tokens.
pub struct Figures {
    /// Our tokens with RS256, over many connections.
    pub rs256: Times,
    /// The same with ES256.
    pub es256: Times,
    /// The same with EdDSA.
    pub eddsa: Times,
    /// The code flow's four requests together.
    pub code_flow: Times,
    /// The memory of the server afterwards, in MiB.
    pub memory: Option<f64>,
    /// Tokens of oidc-provider, over as many connections.
    pub peer: Times,
    /// Signatures of RS256 that the library alone makes in a second.
    pub signatures: f64,
}

impl Figures {
    /// Prints the comparisons, a line each.
    pub fn print(&self) {
        let rs256 = self.rs256.a_second();
        let times = |figure: f64| format!("{figure:.2} times");
        let milliseconds = |figure: f64| format!("{figure:.1} ms");
        println!();
        line(
            "RS256 against oidc-provider",
            &times(rs256 / self.peer.a_second()),
            "1.5 times or more",
        );
        line(
            "RS256 against aws-lc-rs alone",
            &times(rs256 / self.signatures),
            "0.5 times or more",
        );
        line(
            "p99 of RS256",
            &milliseconds(self.rs256.p99()),
            &format!("below oidc-provider's {}", milliseconds(self.peer.p99())),
        );
        line(
            "ES256 against RS256",
            &times(self.es256.a_second() / rs256),
            "2 times or more",
        );
        line(
            "EdDSA against RS256",
            &times(self.eddsa.a_second() / rs256),
            "2 times or more",
        );
        line(
            "p99 of the code flow",
            &milliseconds(self.code_flow.p99()),
            "below 25 ms",
        );
        if let Some(memory) = self.memory {
            line("memory afterwards", &format!("{memory:.0} MiB"), "below 80 MiB");
        }
    }
}

fn line(what: &str, figure: &str, wanted: &str) {
    println!("{what:<32}{figure:>12}   wanted: {wanted}");
}
