//! The addresses of the pages: what the list is asked for, and what the pane shows.

use domain::list::ListQuery;
use domain::secret::SecretId;
use url::form_urlencoded;
use uuid::Uuid;

mod tab;

pub use tab::DetailsTab;

/// A page with a list.
#[derive(Debug, PartialEq, Eq)]
pub struct Section {
    /// The path of the page.
    pub path: &'static str,
    /// The key under which the selected row stands in the address.
    pub selected: &'static str,
    /// The tabs of its details.
    pub tabs: &'static [DetailsTab],
}

/// **Security > Clients**.
pub static CLIENTS: Section = Section {
    path: "/security/clients",
    selected: "client",
    tabs: &DetailsTab::ALL,
};

/// **Security > Roles**.
pub static ROLES: Section = Section {
    path: "/security/roles",
    selected: "role",
    tabs: &[DetailsTab::Details],
};

/// **Security > Users**.
pub static USERS: Section = Section {
    path: "/security/users",
    selected: "user",
    tabs: &[DetailsTab::Details],
};

/// An address to go to, as a plain form or as a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The path.
    pub path: &'static str,
    /// The pairs of the query.
    pub pairs: Vec<(&'static str, String)>,
}

impl Target {
    /// The address as a link holds it.
    pub fn href(&self) -> String {
        if self.pairs.is_empty() {
            return self.path.to_owned();
        }
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.pairs)
            .finish();
        format!("{}?{query}", self.path)
    }
}

/// What stands in the pane at the right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// Nothing.
    #[default]
    Closed,
    /// The details of the selected row.
    Details(Uuid),
    /// The form that adds a row.
    Add,
    /// A form that changes the selected row.
    Change(Uuid, Form),
}

/// The forms that change the selected row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Its own fields.
    Edit,
    /// One more secret of a client.
    AddSecret,
    /// A secret of a client.
    EditSecret(SecretId),
    /// Who has a role.
    Identities,
}

const ADD: &str = "add";
const EDIT: &str = "edit";
const ADD_SECRET: &str = "add-secret";
const EDIT_SECRET: &str = "edit-secret";
const IDENTITIES: &str = "identities";

impl Pane {
    /// Which row is selected.
    pub fn selected(self) -> Option<Uuid> {
        match self {
            Self::Details(id) | Self::Change(id, _) => Some(id),
            Self::Closed | Self::Add => None,
        }
    }

    /// Whether it holds a form.
    pub fn is_form(self) -> bool {
        matches!(self, Self::Add | Self::Change(..))
    }

    /// What stands there when its form is left: the row that it belongs to.
    #[must_use]
    pub fn without_form(self) -> Self {
        self.selected().map_or(Self::Closed, Self::Details)
    }

    fn read(selected: Option<Uuid>, get: impl Fn(&str) -> Option<String>) -> Self {
        let form = match get("pane").unwrap_or_default().as_str() {
            ADD => return Self::Add,
            EDIT => Some(Form::Edit),
            ADD_SECRET => Some(Form::AddSecret),
            EDIT_SECRET => get("secret")
                .and_then(|id| id.parse().ok())
                .map(|id| Form::EditSecret(SecretId(id))),
            IDENTITIES => Some(Form::Identities),
            _ => None,
        };
        match (selected, form) {
            (Some(id), Some(form)) => Self::Change(id, form),
            (Some(id), None) => Self::Details(id),
            (None, _) => Self::Closed,
        }
    }

    fn write(self, selected: &'static str, pairs: &mut Vec<(&'static str, String)>) {
        if let Some(id) = self.selected() {
            pairs.push((selected, id.to_string()));
        }
        let form = match self {
            Self::Closed | Self::Details(_) => return,
            Self::Add => ADD,
            Self::Change(_, Form::Edit) => EDIT,
            Self::Change(_, Form::AddSecret) => ADD_SECRET,
            Self::Change(_, Form::EditSecret(_)) => EDIT_SECRET,
            Self::Change(_, Form::Identities) => IDENTITIES,
        };
        pairs.push(("pane", form.to_owned()));
        if let Self::Change(_, Form::EditSecret(id)) = self {
            pairs.push(("secret", id.to_string()));
        }
    }
}

/// All that stands in the address of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Address<Q> {
    /// Which page.
    pub section: &'static Section,
    /// What the list is asked for.
    pub query: Q,
    /// What the pane shows.
    pub pane: Pane,
    /// Which tab of the details is open. A form leads back to the first one.
    pub tab: DetailsTab,
}

impl<Q: ListQuery> Address<Q> {
    /// Reads the query of the address; `get` answers the first value of a key.
    pub fn read(section: &'static Section, get: impl Fn(&str) -> Option<String>) -> Self {
        let selected = get(section.selected).and_then(|id| id.parse().ok());
        let pane = Pane::read(selected, &get);
        let tab = match pane {
            Pane::Details(_) => DetailsTab::from_value(section.tabs, get("tab").as_deref()),
            _ => DetailsTab::default(),
        };
        Self {
            section,
            pane,
            tab,
            query: Q::read(get),
        }
    }

    /// The address, defaults left out.
    pub fn target(&self) -> Target {
        let mut pairs = self.query.pairs();
        self.pane.write(self.section.selected, &mut pairs);
        if matches!(self.pane, Pane::Details(_)) && self.tab != DetailsTab::default() {
            pairs.push(("tab", self.tab.value().to_owned()));
        }
        Target {
            path: self.section.path,
            pairs,
        }
    }

    /// The same as a link holds it.
    pub fn href(&self) -> String {
        self.target().href()
    }

    /// The same list with another pane.
    #[must_use]
    pub fn with_pane(&self, pane: Pane) -> Self {
        Self { pane, ..self.clone() }
    }

    /// The details with another tab.
    #[must_use]
    pub fn with_tab(&self, tab: DetailsTab) -> Self {
        Self {
            tab,
            ..self.without_form()
        }
    }

    /// Another list with the same pane.
    #[must_use]
    pub fn with_query(&self, query: Q) -> Self {
        Self { query, ..self.clone() }
    }

    /// The same without a form in the pane: a link leads out of it.
    #[must_use]
    pub fn without_form(&self) -> Self {
        self.with_pane(self.pane.without_form())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::list::{ClientQuery, NameQuery};
    use rstest::rstest;

    fn read<Q: ListQuery>(section: &'static Section, href: &str) -> Address<Q> {
        let query = href.split_once('?').map_or("", |(_, query)| query);
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Address::read(section, |key| {
            pairs
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value.clone())
        })
    }

    #[rstest]
    #[case(Pane::Closed)]
    #[case(Pane::Add)]
    #[case(Pane::Details(Uuid::from_u128(7)))]
    #[case(Pane::Change(Uuid::from_u128(7), Form::Edit))]
    #[case(Pane::Change(Uuid::from_u128(7), Form::AddSecret))]
    #[case(Pane::Change(Uuid::from_u128(7), Form::EditSecret(SecretId(3))))]
    #[case(Pane::Change(Uuid::from_u128(7), Form::Identities))]
    fn what_is_written_is_read_again(#[case] pane: Pane) {
        let query = ClientQuery {
            filter: "a&b=c ü".to_owned(),
            ..ClientQuery::default()
        };
        let address = Address {
            section: &CLIENTS,
            query,
            pane,
            tab: DetailsTab::Details,
        };
        assert_eq!(read(&CLIENTS, &address.href()), address);
    }

    #[rstest]
    #[case(DetailsTab::Details)]
    #[case(DetailsTab::CodeExamples)]
    #[case(DetailsTab::ConnectionInformation)]
    fn the_tab_of_the_details_is_read_again(#[case] tab: DetailsTab) {
        let form = Address {
            section: &CLIENTS,
            query: ClientQuery::default(),
            pane: Pane::Change(Uuid::from_u128(7), Form::Edit),
            tab: DetailsTab::Details,
        };
        let details = form.with_tab(tab);
        assert_eq!(details.pane, Pane::Details(Uuid::from_u128(7)));
        assert_eq!(read(&CLIENTS, &details.href()), details);
        // Another row shows the same of itself, and a form leads back to the first tab.
        let other = details.with_pane(Pane::Details(Uuid::from_u128(8)));
        assert_eq!(read::<ClientQuery>(&CLIENTS, &other.href()).tab, tab);
        assert_eq!(read(&CLIENTS, &details.with_pane(form.pane).href()), form);
    }

    #[rstest]
    #[case("/security/clients?client=00000000-0000-0000-0000-000000000007&tab=what")]
    #[case("/security/clients?tab=code")]
    fn a_tab_that_is_not_there_is_the_first_one(#[case] href: &str) {
        assert_eq!(read::<ClientQuery>(&CLIENTS, href).tab, DetailsTab::Details);
    }

    #[test]
    fn a_role_has_no_code_examples() {
        let href = "/security/roles?role=00000000-0000-0000-0000-000000000007&tab=code";
        assert_eq!(read::<NameQuery>(&ROLES, href).tab, DetailsTab::Details);
    }

    #[rstest]
    #[case("/security/roles?pane=edit", Pane::Closed)]
    #[case("/security/roles?role=nonsense&pane=edit", Pane::Closed)]
    #[case("/security/roles?client=00000000-0000-0000-0000-000000000007", Pane::Closed)]
    #[case(
        "/security/roles?role=00000000-0000-0000-0000-000000000007&pane=what",
        Pane::Details(Uuid::from_u128(7))
    )]
    #[case(
        "/security/roles?role=00000000-0000-0000-0000-000000000007&pane=edit-secret&secret=x",
        Pane::Details(Uuid::from_u128(7))
    )]
    fn nonsense_opens_nothing(#[case] href: &str, #[case] pane: Pane) {
        assert_eq!(read::<NameQuery>(&ROLES, href).pane, pane);
    }
}
