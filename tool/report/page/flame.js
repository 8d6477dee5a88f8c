"use strict";
// Who holds connections: callers above, callees below, as wide as what they hold.

const flameRow = 20;
const moduleColours = 7;  // flame-0 ... in page.css; libpq has one of its own

class FlameGraph {
  constructor(report, filters) {
    this.report = report;
    this.filters = filters;
    this.measures = {
      open: {of: (of) => of.open, text: (value) => `${count(value)} open`},
      held: {of: (of) => of.heldFor, text: (value) => `held for ${duration(value)} together`},
      acquired: {of: (of) => of.site.acquired ?? 0, text: (value) => `${count(value)} acquired`},
    };
    this.measure = this.measures.open;
    this.modules = new Map();
    for (const radio of document.querySelectorAll("input[name=measure]")) {
      radio.addEventListener("change", () => {
        this.measure = this.measures[radio.value];
        this.show(this.view);
      });
    }
    byId("flame-colours").addEventListener("change", () => this.draw());
    byId("flame-reset").addEventListener("click", () => this.zoom(this.root));
    byId("flame-search").addEventListener("click", () => filters.change({
      text: this.told.data.line.function
    }));
    const svg = byId("flame");
    svg.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => svg.clientWidth !== this.width && this.draw()).observe(svg);
  }

  show(view) {
    this.view = view;
    const before = this.zoomed ? this.path(this.zoomed) : [];
    const tree = this.tree(chosenSites(view, this.filters));
    this.root = d3.hierarchy(tree, (node) => [...node.children.values()])
                    .sum((node) => node.own)
                    .sort((a, b) => b.value - a.value);
    byId("flame-empty").hidden = this.root.value > 0;
    byId("flame").toggleAttribute("hidden", !this.root.value);
    // Stays where it was, as far as that is still there.
    this.zoomed = before.reduce(
        (node, key) => node.children?.find((child) => child.data.key === key) ?? node, this.root);
    this.tell(this.zoomed);
    this.draw();
  }

  tree(sites) {
    const node = (key, line) => ({key, line, own: 0, children: new Map(), states: []});
    const root = node("", {function: "all", file: "", module: ""});
    for (const of of sites) {
      const value = this.measure.of(of);
      if (!value) continue;
      let at = root;
      const lines = this.report.lines(of.site.stack);
      const way = [root];
      for (let n = lines.length; n-- > 0;) {
        const key = lines[n].key;
        if (!at.children.has(key)) at.children.set(key, node(key, lines[n]));
        way.push((at = at.children.get(key)));
      }
      at.own += value;
      for (const one of way) {
        of.states.forEach((number, state) => (one.states[state] = (one.states[state] ?? 0) + number));
      }
    }
    return root;
  }

  path(node) {
    return node.ancestors().reverse().slice(1).map((one) => one.data.key);
  }

  zoom(node) {
    this.zoomed = node;
    this.tell(node);
    this.draw();
    this.focus(node);
  }

  draw() {
    if (!this.root) return;
    const svg = byId("flame");
    this.width = svg.clientWidth;
    if (!this.root.value || !this.width) return;
    const above = this.zoomed.ancestors().reverse().slice(0, -1);
    const partition = d3.partition().size([this.width, this.zoomed.height + 1]);
    // A copy is laid out: what is zoomed to gets the whole width.
    const placed = partition(this.zoomed.copy());
    const originals = this.zoomed.descendants();
    const boxes = above.map((node) => ({node, x: 0, width: this.width, row: node.depth, above: true}));
    placed.descendants().forEach((copy, n) => {
      const width = copy.x1 - copy.x0;
      if (width >= 1) boxes.push({node: originals[n], x: copy.x0, width, row: above.length + copy.depth});
    });
    const height = (1 + d3.max(boxes, (box) => box.row)) * flameRow;
    svg.setAttribute("height", height);
    svg.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    const byState = byId("flame-colours").value === "state";
    const groups = d3.select(svg).selectAll("g").data(boxes).join((enter) => {
      const group = enter.append("g");
      group.append("rect");
      group.append("text");
      return group;
    });
    groups.attr("transform", (box) => `translate(${box.x},${box.row * flameRow})`)
        .attr(
            "class",
            (box) => `box ${box.above ? "above" : ""} ${
                byState ? this.stateClass(box.node) : this.moduleClass(box.node)}`)
        .attr("role", "button")
        .attr("tabindex", (box) => (box.node === this.zoomed ? 0 : -1))
        .attr("aria-label", (box) => this.textOf(box.node))
        .on("click", (box) => this.zoom(box.node))
        .on("mouseenter", (box) => this.tell(box.node))
        .on("focus", (box) => this.tell(box.node));
    groups.select("rect").attr("width", (box) => Math.max(0.5, box.width - 1)).attr("height", flameRow - 1);
    groups.select("text").attr("x", 4).attr("y", 14).text((box) => {
      const room = Math.floor((box.width - 8) / 6.7);
      const name = box.node.data.line.function;
      if (room < 3) return "";
      return name.length <= room ? name : `${name.slice(0, room - 1)}…`;
    });
    byId("flame-reset").disabled = this.zoomed === this.root;
    byId("flame-legend").replaceChildren(...this.legend(boxes, byState));
  }

  moduleClass(node) {
    const name = this.colourName(node.data.line);
    if (!name) return "flame-root";
    if (name.startsWith("libpq.so")) return "flame-libpq";
    if (!this.modules.has(name)) this.modules.set(name, this.modules.size % moduleColours);
    return `flame-${this.modules.get(name)}`;
  }
  colourName(line) {
    return line.language || baseName(line.module);
  }
  /** The state in which most of the open ones are. */
  stateClass(node) {
    const most = d3.max(node.data.states) ?? 0;
    return most ? `state-${this.report.states[node.data.states.indexOf(most)]}` : "flame-root";
  }
  legend(boxes, byState) {
    const names = new Map();
    for (const {node} of boxes) {
      const of = byState ? this.stateClass(node) : this.moduleClass(node);
      if (of === "flame-root") continue;
      names.set(byState ? spaced(of.slice("state-".length)) : this.colourName(node.data.line), of);
    }
    return [...names].map(([name, colour]) => make("span", {class: "key"}, make("i", {class: colour}), name));
  }

  textOf(node) {
    const {line} = node.data;
    const share = Math.round((100 * node.value) / (this.root.value || 1));
    const place = line.file ? `${line.file}${line.line ? `:${line.line}` : ""}` : line.module;
    return [
      line.function, line.inlined ? "(inlined)" : "", place, `– ${this.measure.text(node.value)}, ${share} %`
    ].filter(Boolean)
        .join(" ");
  }
  tell(node) {
    this.told = node;
    byId("flame-told").textContent = this.root.value ? this.textOf(node) : "";
    byId("flame-search").disabled = node === this.root;
  }

  focus(node) {
    const svg = byId("flame");
    for (const group of svg.children) {
      const is = d3.select(group).datum().node === node;
      group.setAttribute("tabindex", is ? 0 : -1);
      if (is) group.focus({preventScroll: true});
    }
  }
  /** Arrows go through the frames, Enter and Escape zoom. */
  key(event) {
    const group = event.target.closest("g");
    if (!group) return;
    const {node} = d3.select(group).datum();
    const drawn = new Set(d3.select(byId("flame")).selectAll("g").data().map((box) => box.node));
    const beside = (step) => {
      const all = (node.parent?.children ?? []).filter((one) => drawn.has(one));
      return all[all.indexOf(node) + step];
    };
    const ways = {
      ArrowUp: () => node.parent,
      ArrowDown: () => node.children?.find((child) => drawn.has(child)),
      ArrowLeft: () => beside(-1),
      ArrowRight: () => beside(1),
    };
    if (event.key === "Enter" || event.key === " ")
      this.zoom(node);
    else if (event.key === "Escape")
      this.zoom(this.root);
    else if (ways[event.key]) {
      const next = ways[event.key]();
      if (next) this.focus(next);
    } else
      return;
    event.preventDefault();
  }
}
