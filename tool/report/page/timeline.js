"use strict";
// How many connections were open, by state, over time.

const timelineHeight = 200;
const timelineMargin = {
  top: 8,
  right: 28,
  bottom: 22,
  left: 44
};

class Timeline {
  constructor(report, filters) {
    this.report = report;
    this.filters = filters;
    this.series = [...report.states, "unknown"];
    this.brush = d3.brushX().on("end", () => this.brushed());
    for (const [id, name] of [["time-from", "from"], ["time-to", "to"]]) {
      byId(id).addEventListener("change", (event) => {
        const at = Date.parse(`${event.target.value.trim().replace(" ", "T")}Z`);
        filters.change({[name]: Number.isNaN(at) ? null : at});
      });
    }
    new ResizeObserver(() => byId("timeline").clientWidth !== this.width && this.draw())
        .observe(byId("timeline"));
  }

  show(view) {
    this.view = view;
    const {filters} = this;
    const fromSamples =
        filters.site === null && !filters.text && !filters.state && !filters.kind && !filters.show;
    // The range chooses nothing here: one has to see what is beside it.
    const whole = filters.from === null && filters.to === null ?
        view :
        select(this.report, {...filters, from: null, to: null, choosesConnections: true});
    this.changes = fromSamples ? this.changesOfProcesses(whole) : this.changesOf(whole.connections);
    byId("timeline-note").hidden = fromSamples;
    this.draw();
  }

  /** What the processes counted; of one that counted nothing, what its connections tell. */
  changesOfProcesses(view) {
    const changes = new Changes();
    const counted = this.report.processes.map(
        (process, index) => (this.filters.process === null || this.filters.process === index) &&
            process.timeline?.length > 0);
    this.report.processes.forEach((process, index) => {
      if (!counted[index]) return;
      let before = [];
      for (const [at, ...counts] of process.timeline) {
        counts.forEach((number, state) => changes.add(at, state, number - (before[state] ?? 0)));
        before = counts;
      }
      if (process.ending !== "running") {
        before.forEach((number, state) => changes.add(this.report.endOfProcess(process), state, -number));
      }
    });
    const processes = this.report.column("process");
    return changes.append(this.changesOf(view.connections.filter((i) => !counted[processes[i]])));
  }

  /** A connection is in its last state since that began. In which it was before is not known. */
  changesOf(connections) {
    const changes = new Changes();
    const [open, state, since] = ["open", "state", "since"].map((name) => this.report.column(name));
    const unknown = this.series.length - 1;
    for (const i of connections) {
      const start = this.report.startOf(i);
      const end = this.report.endOf(i);
      const last = this.report.states.indexOf(state[i]);
      const turn = last >= 0 && open[i] && since[i] ? Math.max(start, Math.min(since[i], end)) : null;
      changes.add(start, unknown, 1);
      if (turn !== null) changes.add(turn, unknown, -1);
      if (turn !== null) changes.add(turn, last, 1);
      if (open[i] && this.report.processes[this.report.column("process")[i]]?.ending === "running") continue;
      changes.add(end, turn === null ? unknown : last, -1);
    }
    return changes;
  }

  draw() {
    const empty = !this.changes?.size;
    byId("timeline-empty").hidden = !empty;
    byId("timeline").toggleAttribute("hidden", empty);
    byId("time-range").hidden = empty;
    byId("timeline-told").hidden = empty;
    byId("timeline-legend").hidden = empty;
    this.width = byId("timeline").clientWidth;
    if (empty || !this.width) return;
    // Of what has ended nothing is known until the report was made.
    const running = this.report.processes.some((process) => process.ending === "running");
    this.samples = this.changes.columns(this.series.length, running ? this.report.created : 0, this.width);
    this.drawLayers();
    this.drawLegend();
    this.tell(null);
  }

  drawLayers() {
    const {samples} = this;
    const {top, right, bottom, left} = timelineMargin;
    const first = samples[0].at;
    const last = samples[samples.length - 1].at;
    const most = d3.max(samples, (sample) => d3.sum(sample.counts));
    const x = d3.scaleUtc([first, last], [left, this.width - right]);
    const y = d3.scaleLinear([0, Math.max(1, most)], [timelineHeight - bottom, top]).nice();
    this.x = x;
    const stack = d3.stack().keys(d3.range(this.series.length)).value((sample, n) => sample.counts[n]);
    const area = d3.area()
                     .curve(d3.curveStepAfter)
                     .x((_, n) => x(samples[n].at))
                     .y0((layer) => y(layer[0]))
                     .y1((layer) => y(layer[1]));
    const svg = d3.select("#timeline")
                    .attr("height", timelineHeight)
                    .attr("viewBox", [0, 0, this.width, timelineHeight])
                    .on("mousemove", () => this.tell(x.invert(d3.mouse(byId("timeline"))[0])))
                    .on("mouseleave", () => this.tell(null));
    svg.selectAll("path.layer")
        .data(stack(samples))
        .join("path")
        .attr("class", (layer) => `layer state-${this.series[layer.key]}`)
        .attr("d", area);
    const group = (name) => svg.selectAll(`g.${name}`).data([0]).join("g").classed(name, true);
    group("times")
        .classed("axis", true)
        .attr("transform", `translate(0,${timelineHeight - bottom})`)
        .call(d3.axisBottom(x).ticks(this.width / 120, timeFormat(last - first)));
    group("counts")
        .classed("axis", true)
        .attr("transform", `translate(${left},0)`)
        .call(d3.axisLeft(y).ticks(Math.min(5, most), "d"));
    group("brush").call(this.brush.extent([[left, top], [this.width - right, timelineHeight - bottom]]));
    this.moveBrush();
  }

  drawLegend() {
    const used = this.series.filter((_, n) => this.samples.some((sample) => sample.counts[n] > 0));
    fill("timeline-legend", ...used.map((state) => {
      const parts = [make("i", {class: `state-${state}`}), this.nameOf(state)];
      if (state === "unknown") return make("span", {class: "key"}, ...parts);
      const click = () => this.filters.toggle("state", state);
      const pressed = String(this.filters.state === state);
      return make("button", {type: "button", class: "key", "aria-pressed": pressed, click}, ...parts);
    }));
  }

  nameOf(state) {
    return state === "unknown" ? "state not known" : spaced(state);
  }

  tell(at) {
    const {samples} = this;
    const sample = at === null ? samples[samples.length - 1] :
                                 samples[Math.max(0, d3.bisector((one) => one.at).right(samples, +at) - 1)];
    const parts =
        sample.counts.map((number, n) => (number ? `${count(number)} ${this.nameOf(this.series[n])}` : ""))
            .filter(Boolean);
    byId("timeline-told").textContent = `${moment(sample.at)}: ${count(d3.sum(sample.counts))} open${
        parts.length ? ` (${parts.join(", ")})` : ""}`;
  }

  /** The filter's range, drawn. */
  moveBrush() {
    const {from, to} = this.filters;
    const [first, last] = this.x.domain();
    const range = from === null && to === null ?
        null :
        [this.x(Math.max(from ?? 0, first)), this.x(Math.min(to ?? Infinity, last))];
    this.drawing = true;
    d3.select("#timeline g.brush").call(this.brush.move, range && range[0] < range[1] ? range : null);
    this.drawing = false;
    byId("time-from").value = moment(from);
    byId("time-to").value = moment(to);
  }
  brushed() {
    if (this.drawing) return;
    const range = d3.event.selection;
    this.filters.change(
        range ? {from: Math.round(+this.x.invert(range[0])), to: Math.round(+this.x.invert(range[1]))} :
                {from: null, to: null});
  }
}

/** As long as it has to be to tell the ticks of such a time apart. */
function timeFormat(span) {
  return span < 10_000  ? "%H:%M:%S.%L" :
      span < 600_000    ? "%H:%M:%S" :
      span < 86_400_000 ? "%H:%M" :
                          "%m-%d %H:%M";
}
