"use strict";
// What is to be shown. It stands in the address, so that a link shows the same.

const noFilters = {
  site: null,
  process: null,
  state: "",
  kind: "",
  show: "",
  text: "",
  from: null,
  to: null
};

class Filters {
  constructor(report) {
    this.report = report;
    this.listeners = [];
    this.read();
    addEventListener("hashchange", () => {
      this.read();
      this.tell();
    });
  }

  /** What makes no sense for this report is left out. */
  read() {
    const given = new URLSearchParams(location.hash.slice(1));
    const oneOf = (name, values) => (values.includes(given.get(name)) ? given.get(name) : "");
    const number = (name, limit) => {
      const value = given.get(name) ?? "";
      return /^\d{1,15}$/.test(value) && Number(value) < limit ? Number(value) : null;
    };
    Object.assign(this, {
      site: number("site", this.report.sites.length),
      process: number("process", this.report.processes.length),
      state: oneOf("state", this.report.states),
      kind: oneOf("kind", ["connection", "lease"]),
      show: oneOf("show", ["open", "held", "leaked"]),
      text: given.get("text") ?? "",
      from: number("from", Infinity),
      to: number("to", Infinity),
    });
  }

  change(values) {
    Object.assign(this, values);
    const hash = new URLSearchParams();
    for (const name of Object.keys(noFilters)) {
      if (this[name] !== null && this[name] !== "") hash.set(name, this[name]);
    }
    // Not by location.hash: each letter of a search would be a step back.
    history.replaceState(null, "", `#${hash}`);
    this.tell();
  }
  clear() {
    this.change(noFilters);
  }
  toggle(name, value) {
    this.change({[name]: this[name] === value ? noFilters[name] : value});
  }

  get any() {
    return Object.keys(noFilters).some((name) => this[name] !== noFilters[name]);
  }
  /** Whether single connections are chosen, and not whole sites. */
  get choosesConnections() {
    return Object.keys(noFilters).some((name) => name !== "site" && this[name] !== noFilters[name]);
  }

  tell() {
    this.listeners.forEach((listener) => listener(this));
  }
}

/** The form in which they are chosen. */
class FilterBar {
  constructor(report, filters) {
    this.report = report;
    this.filters = filters;
    const options = (first, values) =>
        [make("option", {value: ""}, first),
         ...values.map(([value, text]) => make("option", {value}, text)),
    ];
    fill(
        "filter-process",
        ...options("Any process", report.processes.map((_, i) => [i, report.processName(i)])));
    fill("filter-state", ...options("Any state", report.states.map((state) => [state, spaced(state)])));
    byId("filter-kind").hidden = !report.column("lease").includes(true);

    byId("filter-process").addEventListener("change", (event) => filters.change({
      process: event.target.value === "" ? null : Number(event.target.value)
    }));
    for (const name of ["state", "kind"]) {
      byId(`filter-${name}`)
          .addEventListener("change", (event) => filters.change({[name]: event.target.value}));
    }
    for (const radio of document.querySelectorAll("input[name=show]")) {
      radio.addEventListener("change", () => filters.change({show: radio.value}));
    }
    let waiting = 0;
    const search = () => {
      clearTimeout(waiting);
      if (filters.text !== byId("filter-text").value) filters.change({text: byId("filter-text").value});
    };
    byId("filter-text").addEventListener("change", search);
    byId("filter-text").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(search, 150);
    });
    byId("filter-clear").addEventListener("click", () => filters.clear());
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
  }

  show(view) {
    const {filters, report} = this;
    byId("filter-process").value = filters.process ?? "";
    byId("filter-state").value = filters.state;
    byId("filter-kind").value = filters.kind;
    for (const radio of document.querySelectorAll("input[name=show]"))
      radio.checked = radio.value === filters.show;
    // Not while it is written there.
    if (document.activeElement !== byId("filter-text")) byId("filter-text").value = filters.text;
    byId("filter-clear").disabled = !filters.any;
    const chips = [];
    const chip = (text, values) => chips.push(make(
        "button",
        {type: "button", class: "chip", title: "Take this filter away", click: () => filters.change(values)},
        `${text} ×`));
    if (filters.site !== null) chip(`Site: ${report.siteNames[filters.site].function}`, {site: null});
    if (filters.from !== null || filters.to !== null) {
      chip(
          `Open between ${moment(filters.from) || "the beginning"} and ${timeOfDay(filters.to) || "the end"}`,
          {from: null, to: null});
    }
    fill("filter-chips", ...chips);
    byId("filter-count").textContent =
        filters.any ? `${count(view.connections.length)} of ${counted(report.size, "connection")} shown` : "";
  }
}
