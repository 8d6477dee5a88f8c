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
    const svg = d3.select("#timeline");
    this.width = byId("timeline").clientWidth;
    const samples = this.changes && this.width ?
        this.changes.columns(this.series.length, this.report.created, this.width) :
        [];
    byId("timeline-empty").hidden = samples.length > 0;
    byId("timeline").toggleAttribute("hidden", !samples.length);
    byId("time-range").hidden = !samples.length;
    if (!samples.length) {
      fill("timeline-legend");
      return;
    }
    const {top, right, bottom, left} = timelineMargin;
    const first = samples[0].at;
    const last = samples[samples.length - 1].at;
    const x = d3.scaleUtc([first, last], [left, this.width - right]);
    const most = d3.max(samples, (sample) => d3.sum(sample.counts));
    const y = d3.scaleLinear([0, Math.max(1, most)], [timelineHeight - bottom, top]).nice();
    const layers =
        d3.stack().keys(d3.range(this.series.length)).value((sample, n) => sample.counts[n])(samples);
    const area = d3.area()
                     .curve(d3.curveStepAfter)
                     .x((_, n) => x(samples[n].at))
                     .y0((layer) => y(layer[0]))
                     .y1((layer) => y(layer[1]));
    svg.attr("height", timelineHeight).attr("viewBox", [0, 0, this.width, timelineHeight]);
    svg.selectAll("path.layer")
        .data(layers)
        .join("path")
        .attr("class", (layer) => `layer state-${this.series[layer.key]}`)
        .attr("d", area);
    const axis = (name, make, place) => svg.selectAll(`g.${name}`)
                                            .data([0])
                                            .join("g")
                                            .attr("class", `axis ${name}`)
                                            .attr("transform", place)
                                            .call(make);
    axis(
        "times",
        d3.axisBottom(x).ticks(Math.min(this.width / 110, (last - first) / 1000), timeFormat(last - first)),
        `translate(0,${timelineHeight - bottom})`);
    axis("counts", d3.axisLeft(y).ticks(Math.min(5, most), "d"), `translate(${left},0)`);
    this.x = x;
    this.samples = samples;
    svg.selectAll("g.brush").data([0]).join("g").attr("class", "brush").call(this.brush.extent([
      [left, top], [this.width - right, timelineHeight - bottom]
    ]));
    svg.on("mousemove", () => this.tell(x.invert(d3.mouse(svg.node())[0])))
        .on("mouseleave", () => this.tell(null));
    this.moveBrush();
    this.tell(null);
    const used = this.series.filter((_, n) => samples.some((sample) => sample.counts[n] > 0));
    fill("timeline-legend", ...used.map((state) => {
      const swatch = make("i", {class: `state-${state}`});
      if (state === "unknown") return make("span", {class: "key"}, swatch, this.nameOf(state));
      return make(
          "button", {
            type: "button",
            class: "key",
            "aria-pressed": String(this.filters.state === state),
            click: () => this.filters.toggle("state", state)
          },
          swatch, this.nameOf(state));
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
  return span < 600_000 ? "%H:%M:%S" : span < 86_400_000 ? "%H:%M" : "%m-%d %H:%M";
}
