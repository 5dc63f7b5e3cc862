/** What a datetime-local field holds. */
const asField = (date: Date) => date.toISOString().slice(0, 16);

/** One year later on the wall clock of a zone, to the minute. After 29 February comes 1 March, as `Date.setFullYear` has it. */
export function oneYearLater(now: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const part = (type: string) => parts.find((each) => each.type === type)!.value;
  const date = `${part('month')}-${part('day')}`;
  return `${Number(part('year')) + 1}-${date === '02-29' ? '03-01' : date}T${part('hour')}:${part('minute')}`;
}

/** 01:30 on the last Sunday of next March: at 01:00 the clocks of Lisbon go to 02:00, so it never comes. */
export function hourThatIsSkipped(now: Date): string {
  const day = new Date(Date.UTC(now.getUTCFullYear() + 1, 2, 31, 1, 30));
  day.setUTCDate(31 - day.getUTCDay());
  return asField(day);
}

export function monthsFrom(now: Date, months: number): string {
  const then = new Date(now);
  then.setUTCMonth(then.getUTCMonth() + months);
  return asField(then);
}
