"use strict";
// The places that acquire connections, worst first.

const shownAtFirst = 10;

class SiteTable {
  constructor(report, filters) {
    this.report = report;
    this.filters = filters;
    this.order = {key: "", down: true};  // "": as the report has them
    this.all = false;
    this.columns = [
      {key: "name", title: "Site"},
      {key: "open", title: "Open", number: true},
      {key: "held", title: "Held", number: true, hint: "Open for longer than the threshold"},
      {key: "leaked", title: "Leaked", number: true},
      {
        key: "longest",
        title: "Longest",
        number: true,
        class: "roomy",
        hint: "The longest time that one was held"
      },
      {key: "acquired", title: "Acquired", number: true, class: "wide"},
      {key: "released", title: "Released", number: true, class: "wide"},
      {key: "first", title: "First seen", class: "wide"},
      {key: "last", title: "Last seen", class: "wide"},
      {key: "processes", title: "Processes", number: true, class: "wide"},
    ];
    byId("sites-more").addEventListener("click", () => {
      this.all = !this.all;
      this.show(this.view);
    });
  }

  valueOf(of, key) {
    const {site} = of;
    switch (key) {
      case "name":
        return this.report.siteNames[of.index].function;
      case "longest":
        return site.longest_ms ?? 0;
      case "acquired":
        return site.acquired ?? 0;
      case "released":
        return site.released ?? 0;
      case "first":
        return site.first_seen ?? 0;
      case "last":
        return site.last_seen ?? 0;
      case "processes":
        return (site.processes ?? []).length;
      default:
        return of[key];
    }
  }

  show(view) {
    this.view = view;
    const sites = [...view.sites];
    if (this.order.key) sites.sort(comparing((of) => this.valueOf(of, this.order.key), this.order.down));
    fill("sites-head", sortableHead(this.columns, this.order, (order) => {
           this.order = order;
           this.show(view);
         }));
    const most = Math.max(1, ...sites.map((of) => of.open));
    const shown =
        this.all ? sites : sites.filter((of, n) => n < shownAtFirst || of.index === this.filters.site);
    fill("sites-body", ...shown.flatMap((of) => this.rows(of, most)));
    byId("sites-empty").hidden = sites.length > 0;
    byId("sites-more").hidden = sites.length <= shownAtFirst;
    byId("sites-more").textContent =
        this.all ? `Show the first ${shownAtFirst}` : `Show all ${count(sites.length)} sites`;
    byId("sites-note").hidden = !this.filters.choosesConnections;
  }

  rows(of, most) {
    const {site} = of;
    const chosen = this.filters.site === of.index;
    const line = this.report.siteNames[of.index];
    const caller = this.report.siteCallers[of.index];
    const choose = () => this.filters.toggle("site", of.index);
    const badge = (text, title) => make("span", {class: "badge", title}, text);
    const number = (value, classes = "") => make("td", {class: `number ${classes}`}, count(value));
    const alarming = (value, colour) => number(value, value ? colour : "none");
    const seen = (at) => make("td", {class: "wide", title: moment(at)}, momentNear(at, this.report.created));
    const bar = make("i", {class: "bar"});
    bar.style.width = `${(60 * of.open) / most}px`;
    const name = make(
        "th", {scope: "row"}, expander(chosen, choose, make("code", {}, line.function)), " ",
        make("span", {class: "muted", title: line.file || undefined}, placeOf(line)), " ",
        caller ? make(
                     "span", {class: "muted", title: caller.file || undefined},
                     `< ${caller.function} ${placeOf(caller)} `) :
                 null,
        site.lease ? badge("lease", "Checked out of a pool") : null,
        site.pool ? badge("pool", "Its connections are used again after lying idle") : null);
    const row = make(
        "tr", {class: chosen ? "chosen" : undefined, click: choose}, name,
        make("td", {class: `number ${of.open ? "" : "none"}`}, bar, count(of.open)),
        alarming(of.held, "warning"), alarming(of.leaked, "danger"),
        make("td", {class: "number roomy"}, duration(site.longest_ms ?? 0)),
        number(site.acquired ?? 0, "wide"), number(site.released ?? 0, "wide"), seen(site.first_seen),
        seen(site.last_seen), number((site.processes ?? []).length, "wide"));
    if (!chosen) return [row];
    const stack = stackList(this.report, site.stack, `Acquired by ${site.call ?? "?"} at`);
    const detail = make("tr", {class: "detail"}, make("td", {colspan: this.columns.length}, stack));
    return [row, detail];
  }
}
