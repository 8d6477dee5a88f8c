"use strict";
// The statements by which the server tells of connections, and ends them.

const sqlText = (text) => `'${text.replaceAll("'", "''")}'`;
// A backslash may be special to the server, and control characters to the terminal that this is pasted into.
const plainText = /^[^\p{C}\p{Zl}\p{Zp}\\]+$/u;

/** By what the server knows a connection: {where, sure}, or null where too little is known. */
function backendOf(connection, identity = {}) {
  if (connection.backend_pid) return {where: `pid = ${connection.backend_pid}`, sure: true};
  const named = [["datname", identity.db], ["usename", identity.user]]
                    // A program may change that one, so it is the last resort.
                    .concat(connection.local_port ? [] : [["application_name", identity.application_name]])
                    .filter(([, value]) => value && plainText.test(value))
                    .map(([column, value]) => `${column} = ${sqlText(value)}`);
  // The port is this side's, as the server sees it; another client may have the same from another address.
  if (connection.local_port) {
    return {where: [`client_port = ${connection.local_port}`, ...named].join(" AND "), sure: false};
  }
  return named.length ? {where: named.join(" AND "), sure: false, vague: true} : null;
}

const lookSql = (where) => `SELECT * FROM pg_stat_activity WHERE ${where};`;

function endSql(connection, backend) {
  return connection.backend_pid ?
      `SELECT pg_terminate_backend(${connection.backend_pid});` :
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${backend.where};`;
}

/** For many connections at once; those without a pid of their backend are left out. */
function lookSqlOf(pids) {
  return pids.length === 1 ? lookSql(`pid = ${pids[0]}`) : lookSql(`pid IN (${pids.join(", ")})`);
}

function sqlLine(title, sql, note, dangerous) {
  const code = make("code", {}, sql);
  return make(
      "div", {class: dangerous ? "sql danger" : "sql"}, make("p", {}, title),
      make("div", {class: "line"}, make("pre", {}, code), copyButton(() => sql, code)),
      note ? make("p", {class: "muted"}, note) : null);
}
