//! What stands after the question mark.

use std::ops::RangeInclusive;
use std::str::FromStr;

use axum::extract::FromRequestParts;
use chrono::{DateTime, Datelike, Utc};
use domain::client_extras::Tag;
use domain::number::grouped;
use domain::search::{MAX_COUNT, MAX_TAGS, Search};
use domain::text::MAX_CHARACTERS;
use http::request::Parts;
use url::form_urlencoded;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::{KnownFormat, RefOr, Required, Schema, SchemaFormat};

use super::error::ApiError;

/// The most that a number of 32 bits with a sign holds.
const MAX_SKIP: u32 = i32::MAX.unsigned_abs();

/// The parameters of the query, to be read once the caller is known. What no operation asks for is ignored.
pub struct QueryParameters(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for QueryParameters {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect()))
    }
}

impl QueryParameters {
    /// What is asked of a list.
    pub fn search(&self) -> Result<Search, ApiError> {
        let ids = self
            .all("id")
            .map(|text| id("id", text))
            .collect::<Result<Vec<_>, _>>()?;
        most_times("id", MAX_COUNT as usize, ids.len())?;
        let (skip, count) = self.paging()?;
        Ok(Search {
            ids,
            tags: Vec::new(),
            query: self.last("query").unwrap_or_default().to_owned(),
            skip,
            count,
        })
    }

    /// The same of a list of what has tags.
    pub fn search_with_tags(&self) -> Result<Search, ApiError> {
        let tags = self
            .all("tag")
            .map(|text| Tag::parse(text).map_err(|error| ApiError::wrong_field("tag", error.message)))
            .collect::<Result<Vec<_>, _>>()?;
        most_times("tag", MAX_TAGS, tags.len())?;
        Ok(Search { tags, ..self.search()? })
    }

    /// How many are left out at the beginning, and how many are answered at most.
    pub fn paging(&self) -> Result<(u32, u32), ApiError> {
        let default = Search::default();
        let skip = self.number("skip", 0..=MAX_SKIP)?.unwrap_or(default.skip);
        let count = self.number("count", 0..=MAX_COUNT)?.unwrap_or(default.count);
        Ok((skip, count))
    }

    /// The text of this name, if it is given.
    pub fn text(&self, name: &str) -> Option<String> {
        self.last(name).map(str::to_owned)
    }

    /// The moment of this name, if it is given.
    pub fn time(&self, name: &str) -> Result<Option<DateTime<Utc>>, ApiError> {
        let wrong = || {
            let why =
                "This is not a date and time with a zone, such as 2026-11-21T10:30:00Z. Write a plus sign as %2B.";
            ApiError::wrong_field(name, why)
        };
        let Some(text) = self.last(name) else {
            return Ok(None);
        };
        let time = DateTime::parse_from_rfc3339(text).map(|time| time.with_timezone(&Utc));
        // SQLite compares others by their sign.
        let time = time.ok().filter(|time| (0..=9999).contains(&time.year()));
        time.map(Some).ok_or_else(wrong)
    }

    /// The GUID of this name, if it is given.
    pub fn id<Id: FromStr>(&self, name: &str) -> Result<Option<Id>, ApiError> {
        self.last(name).map(|text| id(name, text)).transpose()
    }

    fn number(&self, name: &str, range: RangeInclusive<u32>) -> Result<Option<u32>, ApiError> {
        let wrong = || {
            let (least, most) = (grouped((*range.start()).into()), grouped((*range.end()).into()));
            ApiError::wrong_field(name, format!("It must be a whole number from {least} to {most}."))
        };
        let Some(text) = self.last(name) else {
            return Ok(None);
        };
        let number = text.parse::<u32>().ok().filter(|number| range.contains(number));
        number.map(Some).ok_or_else(wrong)
    }

    fn last<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).last()
    }

    /// Names count without regard to case.
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }
}

/// Refuses a parameter that stands there too often.
fn most_times(name: &str, most: usize, given: usize) -> Result<(), ApiError> {
    if given <= most {
        return Ok(());
    }
    let (most, given) = (grouped(most as u64), grouped(given as u64));
    let why = format!("Send it at most {most} times. This request has {given}.");
    Err(ApiError::wrong_field(name, why))
}

fn id<Id: FromStr>(name: &str, text: &str) -> Result<Id, ApiError> {
    text.parse()
        .map_err(|_| ApiError::wrong_field(name, "This is not a GUID."))
}

/// The parameters of every list, for the description.
pub struct ListParameters;

impl IntoParams for ListParameters {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let guid = ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
        let guids = ArrayBuilder::new().items(guid).max_items(Some(MAX_COUNT as usize));
        let text = ObjectBuilder::new().schema_type(Type::String);
        let mut parameters = vec![
            parameter(
                "id",
                "Only those with these ids; repeat the parameter for each. skip and count don't apply then. If some ids \
                 are unknown, the answer is 207.",
                guids,
            ),
            parameter(
                "query",
                "Only those whose name or id holds this, without regard to case.",
                text,
            ),
        ];
        parameters.extend(PagingParameters::into_params(place));
        parameters
    }
}

/// The parameters of a list that is short and has no ids.
pub struct PagingParameters;

impl IntoParams for PagingParameters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let default = Search::default();
        vec![
            parameter(
                "skip",
                "How many are left out at the beginning.",
                number(MAX_SKIP, default.skip),
            ),
            parameter(
                "count",
                "How many are answered at most.",
                number(MAX_COUNT, default.count),
            ),
        ]
    }
}

/// The tags that what is listed must have, for the description.
pub struct TagParameter;

impl IntoParams for TagParameter {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let tag = ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(1))
            .max_length(Some(MAX_CHARACTERS));
        let tags = ArrayBuilder::new().items(tag).max_items(Some(MAX_TAGS));
        vec![parameter(
            "tag",
            "Only clients with this tag, in the same upper and lower case; repeat it for several tags, all of which a \
             client must have.",
            tags,
        )]
    }
}

fn number(most: u32, default: u32) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
        .minimum(Some(0))
        .maximum(Some(most))
        .default(Some(default.into()))
}

fn parameter(name: &str, description: &str, schema: impl Into<RefOr<Schema>>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(schema))
        .build()
}
