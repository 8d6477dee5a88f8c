"use strict";
// Elements of the page. What comes from the report is text in them and never markup.

/**
 * An element; attributes that are functions listen to the event of that name, those that are undefined are
 * left out.
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function")
      element.addEventListener(name, value);
    else if (value === true)
      element.setAttribute(name, "");
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const byId = (id) => document.getElementById(id);

/** The focus stays with the button or field that is now where it was. */
function fill(id, ...children) {
  const element = byId(id);
  const fields = () => [...element.querySelectorAll("button, input")];
  const focused = fields().indexOf(document.activeElement);
  element.replaceChildren(...children);
  fields()[focused]?.focus({preventScroll: true});
}

/**
 * A button that copies what getText returns; where the browser forbids that, the text is selected instead.
 */
function copyButton(getText, source) {
  const button = make("button", {type: "button", class: "copy", click: copy}, "Copy");
  async function copy(event) {
    event.stopPropagation();
    try {
      await navigator.clipboard.writeText(getText());
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(source);
      button.textContent = "Selected";
    }
    setTimeout(() => (button.textContent = "Copy"), 1500);
  }
  return button;
}

/** A button in a row that is a button as a whole for the mouse; it is for the keyboard. */
function expander(expanded, toggle, ...children) {
  const click = (event) => {
    event.stopPropagation();
    toggle();
  };
  return make(
      "button", {type: "button", class: "link", "aria-expanded": String(expanded), click}, ...children);
}

/**
 * The head of a table that is sorted by its columns. A column is {key, title, number, hint}; a click on one
 * that is sorted by turns the order round. Numbers begin with the largest.
 */
function sortableHead(columns, order, changed) {
  const cells = columns.map((column) => {
    const sorted = column.key === order.key;
    const turn = () => changed({key: column.key, down: sorted ? !order.down : Boolean(column.number)});
    return make(
        "th",
        {
          scope: "col",
          class: [column.number ? "number" : "", column.class ?? ""].join(" ").trim() || undefined,
          title: column.hint,
          "aria-sort": sorted ? (order.down ? "descending" : "ascending") : undefined,
        },
        column.plain ? column.title : make("button", {type: "button", click: turn}, column.title),
    );
  });
  return make("tr", {}, ...cells);
}

/** Compares by what valueOf says of two things: numbers, or texts. */
function comparing(valueOf, down) {
  const sign = down ? -1 : 1;
  return (one, other) => {
    const a = valueOf(one);
    const b = valueOf(other);
    return a === b ? 0 : sign * (a < b ? -1 : 1);
  };
}
