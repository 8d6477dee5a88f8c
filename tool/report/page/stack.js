"use strict";
// Stacks as lists.

/** A stack, innermost first, as a list. */
function stackList(report, stack, title) {
  const lines = report.lines(stack);
  const items = lines.map(
      (line) => make(
          "li", {}, make("code", {}, line.function), " ",
          make(
              "span", {class: "muted"},
              line.file ? `${line.file}${line.line ? `:${line.line}` : ""}` : line.module),
          line.inlined ? make("span", {class: "badge"}, "inlined") : null,
          line.language ? make("span", {class: "badge"}, line.language) : null));
  return make(
      "section", {class: "stack"}, make("h4", {}, title),
      lines.length ? make("ol", {start: 0}, ...items) : make("p", {class: "muted"}, "No stack is known."));
}

/** What was done to a connection, with the stack. */
function actStack(report, what, {at, call, thread, exited, stack}) {
  const title = [
    what, call && `by ${call}`, thread && `in thread ${thread}${exited ? " (which has ended)" : ""}`,
    at && `at ${moment(at)} UTC`
  ].filter(Boolean).join(" ");
  return stackList(report, stack, title);
}
