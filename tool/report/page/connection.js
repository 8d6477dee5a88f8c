"use strict";
// One connection: its row, and everything that is known of it.

function connectionCells(report, index, expanded, toggle) {
  const of = (name) => report.column(name)[index];
  const cell = (name, title, ...children) => make("td", {class: name, title}, ...children);
  const badge = (text, colour = "") => make("span", {class: `badge ${colour}`}, text);
  const mark = of("leaked")    ? badge("leaked", "danger") :
      of("held") && of("open") ? badge("held", "warning") :
      of("open")               ? null :
                                 badge("released");
  const state = of("state");
  const swatch = make("i", {class: `state-${report.states.includes(state) ? state : "unknown"}`});
  const line = report.siteNames[of("site")] ?? {function: "", file: ""};
  const process = report.processes[of("process")] ?? {};
  return [
    make(
        "th", {scope: "row", class: "name"},
        expander(expanded, toggle, `${of("lease") ? "lease " : ""}#${of("id")}`), " ", mark),
    cell("number", undefined, duration(of("held_ms") ?? 0)),
    cell("state", undefined, state ? make("span", {class: "key"}, swatch, spaced(state)) : null),
    cell(
        "site", `${line.function} ${placeOf(line)}`, make("code", {}, line.function), " ",
        make("span", {class: "muted"}, placeOf(line))),
    cell("process", report.processName(of("process")), [process.host, process.pid].filter(Boolean).join(" ")),
    cell("db", undefined, report.identities[of("identity")]?.db),
    cell("number", undefined, of("backend_pid")),
  ];
}

function connectionDetail(report, index) {
  const one = report.connection(index);
  const identity = report.identities[one.identity] ?? {};
  const process = report.processes[one.process] ?? {};
  const facts = [
    ["Process", `${report.processName(one.process)} (${process.ending ?? "unknown"})`],
    ["Database", identity.db],
    ["User", identity.user],
    ["Server", identity.host && `${identity.host}${identity.port ? `:${identity.port}` : ""}`],
    ["Application name", identity.application_name],
    ["Pool", one.pool],
    [
      one.lease ? "Connection" : "Checked out as",
      one.partner && (one.lease ? `#${one.partner}` : `lease #${one.partner}`)
    ],
    ["State", one.state && `${spaced(one.state)}${one.since ? ` since ${moment(one.since)} UTC` : ""}`],
    ["Held", one.held_ms !== undefined && `${duration(one.held_ms)}${one.open ? "" : ", then released"}`],
    ["Leaked", one.leaked && leakReason(one.leaked)],
    ["Uses", one.uses !== undefined && count(one.uses)],
    ["Resets", one.resets ? count(one.resets) : ""],
    ["Port on this side", one.local_port],
    ["Backend pid", one.backend_pid],
  ].filter(([, value]) => value);
  const {acquired, last_used: used} = one;
  const terms = facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, String(value))]);
  const stacks = [
    actStack(report, one.lease ? "Checked out" : "Acquired", acquired),
    used.at || used.stack !== undefined ? actStack(report, "Last used", used) : null
  ];
  return make(
      "div", {class: "connection"},
      make(
          "div", {}, make("dl", {}, ...terms), make("div", {class: "backend"}, ...backendLines(report, one))),
      make("div", {class: "stacks"}, ...stacks.filter(Boolean)));
}

/** A lease has no backend of its own; its connection has. */
function backendLines(report, one) {
  const partner = one.lease ? report.find(one.process, one.partner) : one;
  const connection = partner && {...partner, open: partner.open && one.open};
  const backend = connection && backendOf(connection, report.identities[connection.identity]);
  if (!backend) return [make("p", {class: "muted"}, "Nothing is known by which the server could find it.")];
  const note = backend.vague ? "Its backend pid is not known. These are all that look like it." :
      backend.sure           ? "" :
                               "Its backend pid is not known, so it is looked for by its port.";
  const lines = [sqlLine("Look at it on the server:", lookSql(backend.where), note, false)];
  if (connection.open && !backend.vague) {
    const running = report.processes[one.process]?.ending === "running";
    const gone = " Its process is not running any more, and the pid may be another backend's by now.";
    lines.push(sqlLine(
        "End it. This disconnects the program and rolls back what it was doing:", endSql(connection, backend),
        `Look first: much may have happened since the report was made.${running ? "" : gone}`, true));
  }
  return lines;
}
