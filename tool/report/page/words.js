"use strict";
// Numbers, times and names as a reader wants them. Times are UTC, as in the log lines.

const numbers = new Intl.NumberFormat("en");
const count = (number) => numbers.format(number);
const counted = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

function duration(ms) {
  const units = [
    [1, "ms", 1000],
    [1000, "s", 120],
    [60_000, "min", 120],
    [3_600_000, "h", 48],
    [86_400_000, "d", Infinity],
  ];
  const [size, unit] = units.find(([size, , limit]) => ms < size * limit);
  const value = ms / size;
  return `${value < 10 && size > 1 ? value.toFixed(1) : count(Math.round(value))} ${unit}`;
}

const moment = (ms) => (ms ? new Date(ms).toISOString().slice(0, 19).replace("T", " ") : "");
/** Without the day where that is the report's. */
const momentNear = (ms, created) => {
  const text = moment(ms);
  return text.slice(0, 10) === moment(created).slice(0, 10) ? text.slice(11) : text;
};
const timeOfDay = (ms) => (ms ? new Date(ms).toISOString().slice(11, 19) : "");

/** Of a word of the report: idle_in_transaction. */
const spaced = (word) => word.replaceAll("_", " ");

const leakReasons = {
  reported_before: "reported as held before",
  several_from_one_site: "one of several that its site left open",
  open_at_exit: "open at exit",
  open_at_check: "open at a check",
  failed_not_finished: "its connect failed, and it was never finished",
  library_unloaded: "its libpq was unloaded",
};
const leakReason = (reason) => leakReasons[reason] ?? spaced(reason);

const baseName = (path) => path.slice(path.lastIndexOf("/") + 1);
