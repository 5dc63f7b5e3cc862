//! Times: in UTC from the server, in the person's zone once there are scripts, and as a distance from the server's time.

use chrono::{DateTime, Datelike, Duration, SecondsFormat, Timelike, Utc};
use leptos::prelude::*;

use crate::browser::time_zone;

/// The months as they are written.
pub const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A time such as "21 Nov 2026, 10:30 UTC". Its room is kept, so that nothing moves when the zone changes.
#[component]
pub fn Time(at: DateTime<Utc>) -> impl IntoView {
    let text = RwSignal::new(utc_text(at));
    Effect::new(move || text.set(time_zone::local_text(at)));
    view! {
        <time class="instant" datetime=at.to_rfc3339_opts(SecondsFormat::Secs, true) title=utc_text(at)>
            <span>{text}</span>
        </time>
    }
}

/// When something last happened, as a distance from the server's `now`.
#[component]
pub fn Ago(at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> impl IntoView {
    match at {
        None => view! { <span>"Never"</span> }.into_any(),
        Some(at) => view! {
            <time datetime=at.to_rfc3339_opts(SecondsFormat::Secs, true) title=utc_text(at)>
                {format!("{} ago", distance(now, at))}
            </time>
        }
        .into_any(),
    }
}

/// A time in UTC.
pub fn utc_text(at: DateTime<Utc>) -> String {
    let month = MONTHS.get(at.month0() as usize).copied().unwrap_or_default();
    format!(
        "{} {month} {}, {:02}:{:02} UTC",
        at.day(),
        at.year(),
        at.hour(),
        at.minute()
    )
}

/// How far `at` lies from `now`, in one unit, without saying in which direction: "12 days".
pub fn distance(now: DateTime<Utc>, at: DateTime<Utc>) -> String {
    let length = if at > now { at - now } else { now - at };
    // A year from a moment ago is still called a year.
    let (count, unit) = if length >= Duration::days(360) {
        ((length.num_days() + 5) / 365, "year")
    } else if length >= Duration::days(60) {
        (length.num_days() / 30, "month")
    } else if length >= Duration::days(1) {
        (length.num_days(), "day")
    } else if length >= Duration::hours(1) {
        (length.num_hours(), "hour")
    } else if length >= Duration::minutes(1) {
        (length.num_minutes(), "minute")
    } else {
        return "a moment".to_owned();
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(Duration::seconds(59), "a moment")]
    #[case(Duration::minutes(1), "1 minute")]
    #[case(Duration::minutes(119), "1 hour")]
    #[case(Duration::hours(-47), "1 day")]
    #[case(Duration::days(12), "12 days")]
    #[case(Duration::days(59), "59 days")]
    #[case(Duration::days(60), "2 months")]
    #[case(Duration::days(359), "11 months")]
    #[case(Duration::days(364), "1 year")]
    #[case(Duration::days(365), "1 year")]
    #[case(Duration::days(800), "2 years")]
    fn one_unit_is_enough(#[case] from_now: Duration, #[case] text: &str) {
        let now = DateTime::from_timestamp(1_795_257_000, 0).unwrap();
        assert_eq!(distance(now, now + from_now), text);
    }

    #[test]
    fn utc_is_named() {
        let now = DateTime::from_timestamp(1_795_257_000, 0).unwrap();
        assert_eq!(utc_text(now), "21 Nov 2026, 10:30 UTC");
    }
}
