//! Tabs of the details of a row, one of which an address names.

/// A tab of the details of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DetailsTab {
    /// What is known of it.
    #[default]
    Details,
    /// How a client gets a token, in several languages.
    CodeExamples,
    /// Where a client reaches the server.
    ConnectionInformation,
}

impl DetailsTab {
    /// All, in their order.
    pub const ALL: [Self; 3] = [Self::Details, Self::CodeExamples, Self::ConnectionInformation];

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Details => "Details",
            Self::CodeExamples => "Code Examples",
            Self::ConnectionInformation => "Connection Information",
        }
    }

    /// The id of its link.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Details => "details-tab",
            Self::CodeExamples => "code-examples-tab",
            Self::ConnectionInformation => "connection-information-tab",
        }
    }

    /// What stands in the address.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Details => "details",
            Self::CodeExamples => "code",
            Self::ConnectionInformation => "connection",
        }
    }

    /// The one of these with this [`value`](Self::value); anything else means the first.
    pub fn from_value(tabs: &[Self], value: Option<&str>) -> Self {
        let named = tabs.iter().copied().find(|tab| Some(tab.value()) == value);
        named.unwrap_or_default()
    }
}
