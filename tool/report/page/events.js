"use strict";
// Misuses, refusals and notes.

const eventsAtFirst = 50;

class EventList {
  constructor(report, filters) {
    this.report = report;
    this.filters = filters;
    this.all = false;
    byId("events").hidden = !report.events.length;
    byId("events-more").addEventListener("click", () => {
      this.all = !this.all;
      this.show();
    });
  }

  show() {
    const {process, from, to, text} = this.filters;
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const events = this.report.events.filter(
        (event) => (process === null || event.process === process) && (from === null || event.at >= from) &&
            (to === null || event.at <= to) && words.every((word) => this.searchText(event).includes(word)));
    const shown = this.all ? events : events.slice(0, eventsAtFirst);
    fill("events-list", ...shown.map((event) => this.item(event)));
    byId("events-empty").hidden = events.length > 0;
    byId("events-more").hidden = events.length <= eventsAtFirst;
    byId("events-more").textContent =
        this.all ? `Show the first ${eventsAtFirst}` : `Show all ${count(events.length)}`;
  }

  searchText(event) {
    const {stacks, processes} = this.report.searchTexts;
    const acts = Object.values(event.acts ?? {});
    return [
      spaced(event.kind), event.text ?? "", processes[event.process] ?? "",
      ...acts.map((act) => stacks[act.stack] ?? "")
    ].join("\n")
        .toLowerCase();
  }

  item(event) {
    const title = make(
        "span", {}, make("time", {}, moment(event.at)), " ", make("strong", {}, spaced(event.kind)), " ", [
          event.connection ? `connection #${event.connection}` : "",
          event.process === undefined ? "" : this.report.processName(event.process)
        ].filter(Boolean).join(", "));
    const acts = Object.entries(event.acts ?? {});
    const text = event.text ? make("p", {}, event.text) : null;
    if (!acts.length) return make("li", {}, title, text);
    return make(
        "li", {},
        make(
            "details", {}, make("summary", {}, title),
            make(
                "div", {class: "stacks"},
                ...acts.map(
                    ([name, one]) =>
                        actStack(this.report, name[0].toUpperCase() + spaced(name.slice(1)), one)))),
        text);
  }
}
