//! Times as the person's clock shows them.

use chrono::{DateTime, Utc};
use js_sys::{Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::components::time::MONTHS;

/// Why a local time is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalTimeError {
    /// It isn't a date and time.
    Malformed,
    /// The clock skips it.
    Skipped,
}

/// The name of the person's time zone, such as `Europe/Lisbon`.
pub fn name() -> String {
    let format = Intl::DateTimeFormat::new(&js_sys::Array::new(), &Object::new());
    Reflect::get(&format.resolved_options(), &JsValue::from_str("timeZone"))
        .ok()
        .and_then(|zone| zone.as_string())
        .unwrap_or_else(|| "of this browser".to_owned())
}

/// One year from now, to the minute, as a `datetime-local` box holds it.
pub fn one_year_from_now() -> String {
    let date = Date::new_0();
    date.set_full_year(date.get_full_year() + 1);
    box_text_of(&date)
}

/// An instant in the person's zone, to the minute, as a `datetime-local` box holds it.
pub fn box_text(at: DateTime<Utc>) -> String {
    box_text_of(&date(at))
}

fn box_text_of(date: &Date) -> String {
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes()
    )
}

/// The instant that a `datetime-local` box means, as RFC 3339 writes it.
pub fn instant(local: &str) -> Result<String, LocalTimeError> {
    let parts: Vec<i32> = local
        .split(['-', 'T', ':', '.'])
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| LocalTimeError::Malformed)?;
    let (&[year, month, day, hour, minute], rest) = parts.split_first_chunk::<5>().ok_or(LocalTimeError::Malformed)?;
    let second = rest.first().copied().unwrap_or_default();
    let year = u32::try_from(year).map_err(|_| LocalTimeError::Malformed)?;
    let date = Date::new_with_year_month_day_hr_min_sec(year, month - 1, day, hour, minute, second);
    if date.get_time().is_nan() {
        return Err(LocalTimeError::Malformed);
    }
    // A clock that springs forward moves a time that it skips.
    if i64::from(date.get_hours()) != i64::from(hour) || i64::from(date.get_minutes()) != i64::from(minute) {
        return Err(LocalTimeError::Skipped);
    }
    Ok(date.to_iso_string().into())
}

/// An instant in the person's zone, in the same form as the server's in UTC.
pub fn local_text(at: DateTime<Utc>) -> String {
    let date = date(at);
    let month = MONTHS.get(date.get_month() as usize).copied().unwrap_or_default();
    format!(
        "{} {month} {}, {:02}:{:02}",
        date.get_date(),
        date.get_full_year(),
        date.get_hours(),
        date.get_minutes()
    )
}

fn date(at: DateTime<Utc>) -> Date {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of the year 9999 fit 53 bits")]
    Date::new(&JsValue::from_f64(at.timestamp_millis() as f64))
}
