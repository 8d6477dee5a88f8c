"use strict";
// The table of all connections. Only the rows that can be seen exist: there may be a hundred thousand.

const connectionRow = 30;  // px, as in page.css
const rowsAround = 8;

class ConnectionTable {
  constructor(report, filters) {
    this.report = report;
    this.filters = filters;
    this.order = {key: "", down: true};
    this.expanded = new Map();  // index of a connection -> height of its detail
    this.places = new Map();    // of those, the row
    this.selected = new Set();
    this.forget();
    this.columns = [
      {key: "selection", title: "", plain: true, class: "selection"},
      {key: "id", title: "Connection", class: "name"},
      {key: "held_ms", title: "Held for", number: true},
      {key: "state", title: "State", class: "state"},
      {key: "site", title: "Site", class: "site"},
      {key: "process", title: "Process", class: "process"},
      {key: "db", title: "Database", class: "db"},
      {key: "backend_pid", title: "Backend", number: true},
    ];
    this.box = byId("connections-box");
    this.box.addEventListener("scroll", () => this.scrolled(), {passive: true});
    new ResizeObserver(() => this.rows && this.scrolled()).observe(this.box);
    byId("selection-clear").addEventListener("click", () => this.select(() => this.selected.clear()));
  }

  /** What a row is sorted by. */
  valueOf(index, key) {
    const {report} = this;
    const value = report.column(key === "db" ? "identity" : key)[index];
    switch (key) {
      case "site":
        return report.siteNames[value]?.function ?? "";
      case "db":
        return report.identities[value]?.db ?? "";
      case "state":
        return value ?? "";
      default:
        return value ?? 0;
    }
  }

  show(view) {
    this.rows = [...view.connections];
    this.sort();
    byId("connections-empty").hidden = this.rows.length > 0;
    this.box.hidden = !this.rows.length;
    byId("connections-table").setAttribute("aria-rowcount", this.rows.length + 1);
    this.drawHead();
    this.draw();
    this.drawSelection();
  }

  /** At first what leaked, then what is open, then what was held longest. */
  sort() {
    this.forget();
    this.expanded.clear();
    this.box.scrollTop = 0;
    if (this.order.key) {
      this.rows.sort(comparing((index) => this.valueOf(index, this.order.key), this.order.down));
      return;
    }
    const [leaked, open, held] = ["leaked", "open", "held_ms"].map((name) => this.report.column(name));
    const rank = (i) => (leaked[i] ? 2 : 0) + (open[i] ? 1 : 0);
    this.rows.sort((a, b) => rank(b) - rank(a) || (held[b] ?? 0) - (held[a] ?? 0));
  }

  drawHead() {
    const head = sortableHead(this.columns, this.order, (order) => {
      this.order = order;
      this.sort();
      this.drawHead();
      this.draw();
    });
    const all = make("input", {
      type: "checkbox",
      "aria-label": "Select all that are shown",
      change: () => this.select(
          () => this.rows.forEach((i) => all.checked ? this.selected.add(i) : this.selected.delete(i)))
    });
    all.checked = this.rows.length > 0 && this.rows.every((i) => this.selected.has(i));
    head.firstChild.append(all);
    fill("connections-head", head);
  }

  /** Of the rows that are drawn none is right any more. */
  forget() {
    this.drawn = new Map();  // index of a connection -> its rows
    this.range = [0, 0];
  }

  scrolled() {
    const [first, last] = this.visible();
    if (first < this.range[0] || last > this.range[1]) this.draw();
  }

  /** Where a row begins. */
  top(row) {
    let top = row * connectionRow;
    for (const [index, height] of this.expanded)
      if (this.places.get(index) < row) top += height;
    return top;
  }
  /** The first row that can be seen, and the one after the last. */
  visible() {
    const {scrollTop, clientHeight} = this.box;
    let first = Math.min(Math.floor(scrollTop / connectionRow), this.rows.length);
    while (first > 0 && this.top(first) > scrollTop) --first;
    let last = first;
    while (last < this.rows.length && this.top(last) < scrollTop + clientHeight) ++last;
    return [first, last];
  }

  /** The rows between two empty ones, which are as high as all that is not drawn. */
  draw() {
    const visible = this.visible();
    const first = Math.max(0, visible[0] - rowsAround);
    const last = Math.min(this.rows.length, visible[1] + rowsAround);
    this.range = [first, last];
    const empty = () =>
        make("tr", {class: "space", "aria-hidden": "true"}, make("td", {colspan: this.columns.length}));
    const spaces = [empty(), empty()];
    spaces[0].firstChild.style.height = `${this.top(first)}px`;
    spaces[1].firstChild.style.height = `${this.top(this.rows.length) - this.top(last)}px`;
    const focused = document.activeElement;
    const focusedRow = focused?.closest?.("#connections-body tr")?.dataset.index;
    const shown = this.rows.slice(first, last)
                      .map((index, n) => [index, this.drawn.get(index) ?? this.row(index, first + n)]);
    this.drawn = new Map(shown);
    byId("connections-body").replaceChildren(spaces[0], ...shown.flatMap(([, rows]) => rows), spaces[1]);
    // Whatever is moved or made anew loses the focus.
    if (focusedRow !== undefined) {
      const again = focused.isConnected ?
          focused :
          byId("connections-body").querySelector(`tr[data-index="${focusedRow}"] button`);
      again?.focus({preventScroll: true});
    }
    this.measure();
  }

  measure() {
    for (const row of byId("connections-body").querySelectorAll("tr.detail")) {
      this.expanded.set(Number(row.dataset.of), row.getBoundingClientRect().height);
    }
  }

  row(index, n) {
    const expanded = this.expanded.has(index);
    const toggle = () => {
      if (expanded)
        this.expanded.delete(index);
      else
        this.expanded.set(index, 0);
      this.places.set(index, n);
      this.drawn.delete(index);
      this.draw();
    };
    const box = make("input", {
      type: "checkbox",
      "aria-label": `Select connection ${this.report.column("id")[index]}`,
      click: (event) => event.stopPropagation(),
      change: () => this.select(() => box.checked ? this.selected.add(index) : this.selected.delete(index))
    });
    box.checked = this.selected.has(index);
    const attributes = {"data-index": index, "aria-rowindex": n + 2, class: expanded ? "chosen" : undefined};
    const row = make(
        "tr", {...attributes, click: toggle}, make("td", {class: "selection"}, box),
        ...connectionCells(this.report, index, expanded, toggle));
    if (!expanded) return [row];
    const detail = make("td", {colspan: this.columns.length}, connectionDetail(this.report, index));
    return [row, make("tr", {class: "detail", "data-of": index}, detail)];
  }

  select(change) {
    change();
    for (const box of this.box.querySelectorAll("tr[data-index] input")) {
      box.checked = this.selected.has(Number(box.closest("tr").dataset.index));
    }
    this.drawHead();
    this.drawSelection();
  }
  drawSelection() {
    const [backends, open] = ["backend_pid", "open"].map((name) => this.report.column(name));
    const pids = [...this.selected].filter((i) => open[i]).map((i) => backends[i]).filter(Boolean);
    const without = this.selected.size - pids.length;
    byId("selection").hidden = !this.selected.size;
    fill(
        "selection-sql",
        pids.length ?
            sqlLine(
                `${count(this.selected.size)} selected. Look at them on the server:`, lookSqlOf(pids),
                without ? `${count(without)} of them released, or without a known backend pid` : "", false) :
            make(
                "p", {},
                `${count(this.selected.size)} selected; none of them is open with a known backend pid.`));
  }
}
