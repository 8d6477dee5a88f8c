"use strict";
// The processes, and what each holds.

class ProcessTable {
  constructor(report, filters) {
    this.report = report;
    this.filters = filters;
    this.order = {key: "open", down: true};
    this.columns = [
      {key: "pid", title: "Process", number: false},
      {key: "program", title: "Program"},
      {key: "ending", title: "Now", hint: "gone: it ended without a last word"},
      {key: "open", title: "Open", number: true},
      {key: "held", title: "Held", number: true},
      {key: "leaked", title: "Leaked", number: true},
      {key: "started", title: "First connected", class: "wide"},
      {key: "last_seen", title: "Last seen", class: "wide"},
    ];
    this.rows = report.processes.map((process, index) => ({
                                       index,
                                       pid: process.pid,
                                       program: process.program ?? "",
                                       ending: process.ending ?? "unknown",
                                       host: process.host ?? "",
                                       started: process.started ?? 0,
                                       last_seen: process.last_seen ?? 0,
                                       files: process.files ?? [],
                                       open: 0,
                                       held: 0,
                                       leaked: 0,
                                     }));
    const columns = ["open", "held", "leaked"].map((name) => [name, report.column(name)]);
    report.column("process").forEach((process, i) => {
      for (const [name, values] of columns)
        if (values[i] && this.rows[process]) this.rows[process][name] += 1;
    });
    byId("processes-title").textContent = `Processes (${count(this.rows.length)})`;
    byId("processes").hidden = !this.rows.length;
  }

  show() {
    const rows = [...this.rows].sort(comparing((row) => row[this.order.key], this.order.down));
    fill("processes-head", sortableHead(this.columns, this.order, (order) => {
           this.order = order;
           this.show();
         }));
    const number = (value) => make("td", {class: `number ${value ? "" : "none"}`}, count(value));
    fill("processes-body", ...rows.map((row) => {
      const chosen = this.filters.process === row.index;
      return make(
          "tr", {class: chosen ? "chosen" : undefined},
          make(
              "th", {scope: "row"},
              make(
                  "button", {
                    type: "button",
                    class: "link",
                    "aria-pressed": String(chosen),
                    click: () => this.filters.toggle("process", row.index)
                  },
                  String(row.pid)),
              ` ${row.host}`),
          make("td", {title: row.files.join("\n") || undefined}, row.program), make("td", {}, row.ending),
          number(row.open), number(row.held), number(row.leaked),
          make("td", {class: "wide"}, moment(row.started)),
          make("td", {class: "wide"}, moment(row.last_seen)));
    }));
  }
}
