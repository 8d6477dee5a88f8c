"use strict";
// For how long connections are held: those that were released, and those that are open.

const histogramPanel = 90;

class Histogram {
  constructor(report, filters) {
    this.report = report;
    this.filters = filters;
    new ResizeObserver(() => byId("histogram").clientWidth !== this.width && this.draw())
        .observe(byId("histogram"));
  }

  show(view) {
    const [open, held] = ["open", "held_ms"].map((name) => this.report.column(name));
    this.open = [];
    this.released = [];
    const add = (buckets, n, number) => (buckets[n] = (buckets[n] ?? 0) + number);
    for (const i of view.connections)
      if (open[i]) add(this.open, Histogram.bucket(held[i] ?? 0), 1);
    for (const of of chosenSites(view, this.filters))
      (of.site.holds ?? []).forEach((number, n) => add(this.released, n, number));
    byId("histogram-note").hidden = !this.filters.choosesConnections;
    this.draw();
  }

  /** The n of what lasted less than 2^n ms and not less than 2^(n-1). */
  static bucket(ms) {
    return ms < 1 ? 0 : Math.floor(Math.log2(ms)) + 1;
  }

  draw() {
    const svg = d3.select("#histogram");
    this.width = byId("histogram").clientWidth;
    const panels = [
      {name: "released", title: "Released", buckets: this.released ?? []},
      {name: "open", title: "Still open, so far", buckets: this.open ?? []},
    ].filter((panel) => panel.buckets.some((number) => number > 0));
    byId("histogram-empty").hidden = panels.length > 0;
    byId("histogram").toggleAttribute("hidden", !panels.length);
    if (!panels.length || !this.width) return;
    const used = panels.flatMap((panel) => [...panel.buckets.keys()].filter((n) => panel.buckets[n]));
    const first = d3.min(used);
    const buckets = d3.range(first, d3.max(used) + 1);
    const left = 44;
    const x = d3.scaleBand(buckets, [left, this.width - 28]).padding(0.12);
    const bottom = panels.length * (histogramPanel + 22);
    svg.attr("height", bottom + 22).attr("viewBox", [0, 0, this.width, bottom + 22]);
    const groups = svg.selectAll("g.panel").data(panels).join((enter) => {
      const group = enter.append("g");
      group.append("text").attr("class", "title");
      group.append("g").attr("class", "axis");
      return group;
    });
    groups.attr("class", (panel) => `panel ${panel.name}`)
        .attr("transform", (_, n) => `translate(0,${n * (histogramPanel + 22) + 18})`);
    groups.select("text.title")
        .attr("x", left)
        .attr("y", -5)
        .text((panel) => `${panel.title}: ${count(d3.sum(panel.buckets))}`);
    groups.each(function(panel) {
      const y = d3.scaleLinear([0, d3.max(panel.buckets)], [histogramPanel, 0]).nice();
      const group = d3.select(this);
      group.select("g.axis")
          .attr("transform", `translate(${left},0)`)
          .call(d3.axisLeft(y).ticks(Math.min(3, d3.max(panel.buckets)), "~s"));
      const bars = group.selectAll("rect").data(buckets.filter((n) => panel.buckets[n])).join((enter) => {
        const bar = enter.append("rect");
        bar.append("title");
        return bar;
      });
      // One among thousands is to be seen too.
      const height = (n) => Math.max(2, histogramPanel - y(panel.buckets[n]));
      bars.attr("x", (n) => x(n))
          .attr("width", x.bandwidth())
          .attr("y", (n) => histogramPanel - height(n))
          .attr("height", height);
      bars.select("title").text(
          (n) => `${n ? duration(2 ** (n - 1)) : "0 ms"} to ${duration(2 ** n)}: ${count(panel.buckets[n])}`);
    });
    const every = Math.max(1, Math.ceil(buckets.length / (this.width / 60)));
    const edge = d3.scaleLinear([first, first + buckets.length], [x.range()[0], x.range()[1]]);
    const ticks = d3.range(first, first + buckets.length + 1, every);
    // Between the bars: a bucket begins where the one before ends.
    svg.selectAll("g.times")
        .data([0])
        .join("g")
        .attr("class", "axis times")
        .attr("transform", `translate(0,${bottom})`)
        .call(d3.axisBottom(edge).tickValues(ticks).tickFormat((n) => (n ? duration(2 ** (n - 1)) : "0")));
    this.drawThresholds(svg, edge, bottom);
  }

  drawThresholds(svg, edge, bottom) {
    const chosen =
        this.filters.process === null ? this.report.processes : [this.report.processes[this.filters.process]];
    const thresholds = [...new Set(chosen.map((process) => process.held_ms).filter(Boolean))];
    const [first, last] = edge.domain();
    const place = (ms) => Math.log2(ms) + 1;
    const lines =
        thresholds.length > 3 ? [] : thresholds.filter((ms) => place(ms) >= first && place(ms) <= last);
    const groups = svg.selectAll("g.threshold").data(lines).join((enter) => {
      const group = enter.append("g").attr("class", "threshold");
      group.append("line");
      group.append("text");
      return group;
    });
    groups.attr("transform", (ms) => `translate(${edge(place(ms))},0)`);
    groups.select("line").attr("y1", 2).attr("y2", bottom);
    const before = (ms) => edge(place(ms)) > this.width / 2;
    groups.select("text")
        .attr("x", (ms) => (before(ms) ? -5 : 5))
        .attr("y", 11)
        .attr("text-anchor", (ms) => (before(ms) ? "end" : "start"))
        .text((ms) => `held: ${duration(ms)}`);
  }
}
