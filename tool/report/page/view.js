"use strict";
// The connections and sites that the filters leave, and their sums. Every part of the page is drawn from
// this.

/**
 * Returns {connections, sites}: the indices of connections, and for each site that is left {index, site,
 * open, held, leaked, heldFor, states}, where states counts the open ones. The filter for a site chooses
 * connections and not sites, so that the list of sites stays whole to choose another.
 */
function select(report, filters) {
  const matches = textMatches(report, filters.text);
  const sites = report.sites.map((site, index) => ({
                                   index,
                                   site,
                                   open: 0,
                                   held: 0,
                                   leaked: 0,
                                   heldFor: 0,
                                   states: new Array(report.states.length).fill(0),
                                   shown: siteItselfPasses(report, filters, site, matches),
                                 }));
  const columns =
      Object.fromEntries(["process", "site", "state", "lease", "open", "held", "leaked", "held_ms"].map(
          (name) => [name, report.column(name)]));
  const stateNumbers = new Map(report.states.map((state, number) => [state, number]));
  const timed = filters.from !== null || filters.to !== null;
  const connections = [];
  for (let i = 0; i < report.size; ++i) {
    if (filters.process !== null && columns.process[i] !== filters.process) continue;
    if (filters.state && columns.state[i] !== filters.state) continue;
    if (filters.kind && (filters.kind === "lease") !== Boolean(columns.lease[i])) continue;
    if (filters.show && !columns[filters.show][i]) continue;
    if (timed && (report.startOf(i) > (filters.to ?? Infinity) || report.endOf(i) < (filters.from ?? 0)))
      continue;
    if (!matches.connection(i)) continue;
    const of = sites[columns.site[i]];
    if (of) {
      of.shown = true;
      if (columns.open[i]) {
        of.open += 1;
        of.heldFor += columns.held_ms[i] ?? 0;
        if (stateNumbers.has(columns.state[i])) of.states[stateNumbers.get(columns.state[i])] += 1;
      }
      if (columns.held[i]) of.held += 1;
      if (columns.leaked[i]) of.leaked += 1;
    }
    if (filters.site === null || columns.site[i] === filters.site) connections.push(i);
  }
  if (!filters.choosesConnections) {
    // Nothing is left out, so the site's own counts hold; not every connection needs to be listed one by one.
    for (const of of sites)
      Object.assign(of, {open: of.site.open, held: of.site.held, leaked: of.site.leaked});
  }
  return {connections, sites: sites.filter((of) => of.shown)};
}

/** Of those sites the ones that are chosen. */
function chosenSites(view, filters) {
  return view.sites.filter((of) => filters.site === null || of.index === filters.site);
}

/** Whether a site is to be shown even if none of its connections is. */
function siteItselfPasses(report, filters, site, matches) {
  if (filters.state || filters.show || filters.from !== null || filters.to !== null) return false;
  if (filters.kind && (filters.kind === "lease") !== Boolean(site.lease)) return false;
  if (filters.process !== null && !(site.processes ?? []).includes(filters.process)) return false;
  return matches.site(site);
}

/** Every word of the text has to be somewhere in what is known of a connection, or of a site. */
function textMatches(report, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return {connection: () => true, site: () => true};
  const column = (name) => report.column(name);
  const [site, process, identity, pool] = ["site", "process", "identity", "pool"].map(column);
  const [acquired, used, backend] = ["acquired.stack", "last_used.stack", "backend_pid"].map(column);
  const texts = report.searchTexts;
  const found = words.map((word) => {
    const among = (list) => list.map((one) => one.includes(word));
    return {
      word,
      stacks: among(texts.stacks),
      identities: among(texts.identities),
      processes: among(texts.processes)
    };
  });
  const siteHas = (one, of) =>
      Boolean(of) && (one.stacks[of.stack] || (of.call ?? "").toLowerCase().includes(one.word));
  return {
    site: (of) => found.every((one) => siteHas(one, of)),
    connection: (i) => found.every(
        (one) => one.stacks[acquired[i]] || one.stacks[used[i]] || one.processes[process[i]] ||
            one.identities[identity[i]] || siteHas(one, report.sites[site[i]]) ||
            String(backend[i]) === one.word || (pool[i] ?? "").toLowerCase().includes(one.word)),
  };
}
