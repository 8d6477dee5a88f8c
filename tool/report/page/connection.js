"use strict";
// Everything that is known of one connection.

function connectionDetail(report, index) {
  const one = report.connection(index);
  const identity = report.identities[one.identity] ?? {};
  const process = report.processes[one.process] ?? {};
  const facts = [
    ["Process", `${report.processName(one.process)} (${process.ending ?? "unknown"})`],
    ["Database", identity.db], ["User", identity.user],
    ["Server", identity.host && `${identity.host}${identity.port ? `:${identity.port}` : ""}`],
    ["Application name", identity.application_name],
    ["Pool", one.pool],
    [one.lease ? "Connection" : "Checked out as", one.partner && (one.lease ? `#${one.partner}` : `lease #${one.partner}`)],
    ["State", one.state && `${spaced(one.state)}${one.since ? ` since ${moment(one.since)} UTC` : ""}`],
    ["Held", one.held_ms !== undefined && `${duration(one.held_ms)}${one.open ? "" : ", then released"}`],
    ["Leaked", one.leaked && leakReason(one.leaked)],
    ["Uses", one.uses !== undefined && count(one.uses)],
    ["Resets", one.resets ? count(one.resets) : ""],
    ["Port on this side", one.local_port], ["Backend pid", one.backend_pid],
  ].filter(([, value]) => value);
  return make("div", { class: "connection" },
    make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, String(value))])),
    make("div", { class: "stacks" },
      act(report, one.lease ? "Checked out" : "Acquired", one.acquired),
      one.last_used.at || one.last_used.stack !== undefined ? act(report, "Last used", one.last_used) : null),
    make("div", { class: "backend" }, ...backendLines(one, identity, process)));
}

function act(report, what, { at, call, thread, exited, stack }) {
  const title = [what, call && `by ${call}`, thread && `in thread ${thread}${exited ? " (which has ended)" : ""}`,
    at && `at ${moment(at)} UTC`].filter(Boolean).join(" ");
  return stackList(report, stack, title);
}

function backendLines(one, identity, process) {
  if (one.lease) return [make("p", { class: "muted" }, "A lease has no backend of its own; its connection has.")];
  const backend = backendOf(one, identity);
  if (!backend) return [make("p", { class: "muted" }, "Nothing is known by which the server could find it.")];
  const note = backend.vague ? "Its backend pid is not known. These are all that look like it."
    : backend.sure ? "" : "Its backend pid is not known, so it is looked for by its port.";
  const lines = [sqlLine("Look at it on the server:", lookSql(backend.where), note, false)];
  if (one.open && !backend.vague) {
    const gone = process.ending === "running" ? ""
      : " Its process is not running any more, and the pid may be another backend's by now.";
    lines.push(sqlLine("End it. This disconnects the program and rolls back what it was doing:", endSql(one, backend),
      `Look first: the report is as old as it is.${gone}`, true));
  }
  return lines;
}
