"use strict";
// What happened to the number of connections, and how many there were in the end.

/** Changes of the numbers of connections: at a time, in a state, by so many. */
class Changes {
  constructor() {
    this.at = [];
    this.state = [];
    this.by = [];
  }
  add(at, state, by) {
    if (!by) return;
    this.at.push(at);
    this.state.push(state);
    this.by.push(by);
  }
  get size() {
    return this.at.length;
  }
  append(other) {
    for (let i = 0; i < other.at.length; ++i) this.add(other.at[i], other.state[i], other.by[i]);
    return this;
  }

  /**
   * At most so many samples {at, counts}, with equal times between, until `end` or the last change. Each has
   * the counts of the moment in its time at which most were open, so that no peak is lost.
   */
  columns(states, end, most) {
    const order = Uint32Array.from(this.at.keys());
    const at = Float64Array.from(this.at);
    order.sort((a, b) => at[a] - at[b]);
    if (!order.length) return [];
    const first = at[order[0]];
    const last = Math.max(end, at[order[order.length - 1]]);
    const step = Math.max(1, (last - first) / most);
    const samples = [];
    const now = new Array(states).fill(0);
    let total = 0;
    let next = 0;
    for (let n = 0; first + n * step <= last; ++n) {
      let fullest = null;
      let fullestTotal = total;
      // What was so before this time, unless a change comes at its very beginning.
      if (n > 0) fullest = [...now];
      const until = first + (n + 1) * step;
      while (next < order.length && at[order[next]] < until) {
        const time = at[order[next]];
        for (; next < order.length && at[order[next]] === time; ++next) {
          now[this.state[order[next]]] += this.by[order[next]];
          total += this.by[order[next]];
        }
        if (!fullest || total > fullestTotal) {
          fullest = [...now];
          fullestTotal = total;
        }
      }
      samples.push({at: first + n * step, counts: fullest ?? [...now]});
    }
    if (samples.length === 1) samples.push({at: last + 1, counts: samples[0].counts});
    return samples;
  }
}
