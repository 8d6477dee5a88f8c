"use strict";
// The first lines: how much is held, and where most of it comes from.

class Headline {
  constructor(report, filters) {
    this.report = report;
    this.filters = filters;
    const endings = new Map();
    for (const process of report.processes) {
      endings.set(process.ending, (endings.get(process.ending) ?? 0) + 1);
    }
    const order = ["running", "ended", "gone", "unknown"].filter((ending) => endings.has(ending));
    const parts = order.map((ending) => `${count(endings.get(ending))} ${ending}`);
    byId("processes-line").textContent = report.processes.length ?
        `${counted(report.processes.length, "process", "processes")}: ${parts.join(", ")}` :
        "No process is in this report";
    byId("made").textContent = report.created ? `Made ${moment(report.created)} UTC` : "";
    byId("version").textContent = `connsan ${report.version}`;
    byId("problems").hidden = !report.problems.length;
    byId("problems-title").textContent = `${counted(report.problems.length, "problem")} while reading`;
    fill("problems-list", ...report.problems.map((problem) => make("li", {}, problem)));
  }

  show(view) {
    const sites = chosenSites(view, this.filters);
    const sum = (list, name) => list.reduce((total, of) => total + of[name], 0);
    const ofKind = (lease) => sites.filter((of) => Boolean(of.site.lease) === lease);
    const inAll = (name) => this.report.sites.reduce((total, site) => total + (site[name] ?? 0), 0);
    const open = sum(ofKind(false), "open");
    const out = sum(ofKind(true), "open");
    const tiles = [
      [
        "open", sum(sites, "open"), "open",
        out ? `${counted(open, "connection")}, ${counted(out, "lease")} out` : ""
      ],
      ["held", sum(sites, "held"), "held past the threshold", ""],
      ["leaked", sum(sites, "leaked"), "leaked", ""],
    ];
    fill("tiles", ...tiles.map(([show, number, title, more]) => {
      const all = inAll(show);
      const of = number === all ? "" : `of ${count(all)}`;
      return make(
          "button", {
            type: "button",
            class: `tile ${show} ${number ? "" : "none"}`,
            "aria-pressed": String(this.filters.show === show),
            click: () => this.filters.toggle("show", show)
          },
          make("strong", {}, count(number)), " ", make("span", {}, title),
          make("small", {}, [of, more].filter(Boolean).join(" · ")));
    }));
    byId("summary").replaceChildren(...this.sentence(sites, sum(sites, "open")));
  }

  sentence(sites, open) {
    if (!this.report.size && !this.report.sites.length) return ["No connection was open."];
    if (!open) return [this.filters.any ? "None of what is shown is open." : "No connection is open."];
    const worst = sites.reduce((most, of) => (of.open > most.open ? of : most));
    const line = this.report.siteNames[worst.index];
    const share = Math.round((100 * worst.open) / open);
    return [
      worst.open === open ? "All are held by " :
          share >= 50     ? "Most are held by " :
                            "The largest part is held by ",
      make(
          "button", {type: "button", class: "link", click: () => this.filters.change({site: worst.index})},
          make("code", {}, line.function)),
      ` ${placeOf(line)}: ${count(worst.open)} of ${count(open)}, ${share}\u00a0%.`
    ];
  }
}
