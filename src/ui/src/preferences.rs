//! What a person chose about the look of the pages. It lives in two cookies, so that the server's first answer has it.

use serde::{Deserialize, Serialize};

/// The cookie that holds the theme.
pub const THEME_COOKIE: &str = "clientele_theme";
/// The cookie that holds the state of the left pane.
pub const NAVIGATION_COOKIE: &str = "clientele_navigation";
/// How long both are kept, in seconds: one year.
pub const COOKIE_SECONDS: i64 = 31_536_000;

/// The colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark text on light ground.
    Light,
    /// Light text on dark ground.
    Dark,
}

impl Theme {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// What the menu shows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    /// The value in the form, in the cookie, and of `data-theme`.
    pub const fn value(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this value; anything else follows the system.
    pub fn from_value(value: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|theme| theme.value() == value)
            .unwrap_or_default()
    }
}

/// The value of [`NAVIGATION_COOKIE`] when the left pane shows icons alone.
pub const COLLAPSED: &str = "collapsed";

/// Both choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// The colours.
    pub theme: Theme,
    /// Whether the left pane shows icons alone.
    pub collapsed: bool,
}

impl Preferences {
    /// Reads the cookies; `get` answers the value of one.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            theme: Theme::from_value(&get(THEME_COOKIE).unwrap_or_default()),
            collapsed: get(NAVIGATION_COOKIE).as_deref() == Some(COLLAPSED),
        }
    }
}
