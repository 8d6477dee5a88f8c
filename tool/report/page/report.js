"use strict";
// The report that is in the page, and what the parts of the page ask of it.

/** The data is JSON, gzip'ed, in base64. */
async function unpack() {
  const text = atob(byId("data").textContent.trim());
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

class Report {
  constructor(data) {
    this.version = data.version ?? "";
    this.created = data.created ?? 0;
    this.states = data.states ?? [];
    this.problems = data.problems ?? [];
    this.modules = data.modules ?? [];
    this.frames = data.frames ?? [];
    this.stacks = data.stacks ?? [];
    this.identities = data.identities ?? [];
    this.processes = data.processes ?? [];
    this.sites = data.sites ?? [];
    this.events = data.events ?? [];
    // There can be a hundred thousand connections: each member of them is one array ("acquired.at"), with
    // null where a connection has none. Page.cpp made it so, and wrote times as differences.
    this.columns = data.connections.columns;
    this.size = data.connections.size;
    this.restoreTimes();
    this.lineLists = new Map();
    this.siteNames = this.sites.map((site) => this.nameOfSite(site));
    this.siteCallers = this.callersOfSites();
  }

  column(name) {
    return (this.columns[name] ??= new Array(this.size).fill(null));
  }

  restoreTimes() {
    const acquired = this.column("acquired.at");
    const since = this.column("since");
    const used = this.column("last_used.at");
    const held = this.column("held_ms");
    for (let i = 0; i < this.size; ++i) {
      if (since[i] !== null) since[i] += acquired[i] ?? 0;
      if (used[i] !== null) used[i] += since[i] ?? 0;
      if (held[i] !== null) held[i] += this.created - (acquired[i] ?? 0);
    }
    for (const process of this.processes) {
      const timeline = process.timeline ?? [];
      for (let i = 1; i < timeline.length; ++i) {
        for (let n = 0; n < timeline[i].length; ++n) timeline[i][n] += timeline[i - 1][n];
      }
    }
  }

  /** One connection in the form that the report has. */
  connection(index) {
    const result = {acquired: {}, last_used: {}};
    for (const [name, values] of Object.entries(this.columns)) {
      if (values[index] === null) continue;
      const [first, second] = name.split(".");
      if (second)
        result[first][second] = values[index];
      else
        result[first] = values[index];
    }
    return result;
  }

  /** By its process and number; undefined where it is not in the report. */
  find(process, id) {
    const [processes, ids] = ["process", "id"].map((name) => this.column(name));
    const index = ids.findIndex((one, i) => one === id && processes[i] === process);
    return index < 0 ? undefined : this.connection(index);
  }

  /** From when to when it was open, as far as is known. */
  startOf(index) {
    return this.column("acquired.at")[index] || this.column("since")[index] || this.endOf(index);
  }
  endOf(index) {
    const process = this.processes[this.column("process")[index]];
    if (this.column("open")[index]) return this.endOfProcess(process);
    const acquired = this.column("acquired.at")[index];
    return acquired ? acquired + (this.column("held_ms")[index] ?? 0) : this.endOfProcess(process);
  }
  endOfProcess(process) {
    return process?.ending === "running" ? this.created : process?.last_seen || this.created;
  }

  /** The lines of a stack, innermost first: a frame has more than one where functions were inlined. */
  lines(stack) {
    if (stack === undefined || stack === null) return [];
    if (!this.lineLists.has(stack)) {
      this.lineLists.set(stack, (this.stacks[stack] ?? []).flatMap((frame) => this.linesOfFrame(frame)));
    }
    return this.lineLists.get(stack);
  }
  linesOfFrame(index) {
    const frame = this.frames[index] ?? {};
    const module = this.modules[frame.module]?.path ?? "";
    const place = baseName(module || "?") + (frame.offset ? `+${frame.offset}` : "");
    const names = frame.names?.length ? frame.names : [{}];
    return names.map((name, n) => ({
                       key: `${index}.${n}`,
                       function: name.function || place,
                       named: Boolean(name.function),
                       file: name.file ?? "",
                       line: name.line ?? 0,
                       module,
                       language: frame.language ?? "",
                       inlined: n + 1 < names.length,
                     }));
  }

  /** The site's own line: the first that has a name and is not libpq's. */
  nameOfSite(site) {
    const lines = this.lines(site.stack);
    const own = lines.filter((line) => !baseName(line.module).startsWith("libpq.so"));
    return own.find((line) => line.named) ?? own[0] ?? lines[0] ??
        {function: site.call || "unknown place", file: ""};
  }

  /** Of sites that share their own line, what calls it. */
  callersOfSites() {
    const textOf = (line) => `${line.function} ${placeOf(line)}`;
    const counts = d3.rollup(this.siteNames, (same) => same.length, textOf);
    return this.siteNames.map((own, n) => {
      const lines = this.lines(this.sites[n].stack);
      return counts.get(textOf(own)) > 1 ? lines.slice(lines.indexOf(own) + 1).find((line) => line.named) :
                                           null;
    });
  }

  processName(index) {
    const process = this.processes[index] ?? {};
    return `${process.host ? `${process.host}, ` : ""}pid ${process.pid ?? "?"}, ${
        baseName(process.program ?? "")}`;
  }

  /** What the search looks through, in small letters; by index. */
  get searchTexts() {
    const lower = (values) => values.filter((value) => value !== undefined).join("\n").toLowerCase();
    return (this.texts ??= {
      stacks: this.stacks.map(
          (_, i) =>
              lower(this.lines(i).flatMap((line) => [line.function, line.file, baseName(line.module)]))),
      identities: this.identities.map((who) => lower(Object.values(who))),
      processes: this.processes.map((process) => lower([process.host, String(process.pid), process.program])),
    });
  }
}

/** Where a line is, short enough for a row. */
function placeOf(line) {
  return line.file ? `${baseName(line.file)}${line.line ? `:${line.line}` : ""}` :
                     baseName(line.module ?? "");
}
