"use strict";
// Begins: unpacks the report, and draws all parts again whenever the filters change.

function switchTheme() {
  const root = document.documentElement;
  const dark =
      root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
}

async function begin() {
  byId("theme").addEventListener("click", switchTheme);
  byId("d3-license-text").textContent = byId("d3-license").textContent.trim();
  const report = new Report(await unpack());
  const filters = new Filters(report);
  const parts =
      [
        FilterBar, Headline, SiteTable, FlameGraph, Timeline, Histogram, ConnectionTable, EventList,
        ProcessTable
      ]
          .map(
              (Part) => new Part(report, filters),
          );
  const show = () => {
    const view = select(report, filters);
    parts.forEach((part) => part.show(view));
  };
  const empty = !report.size && !report.sites.length;
  byId("filters").hidden = empty;
  byId("parts").hidden = empty;
  byId("loading").hidden = true;
  byId("report").hidden = false;
  filters.listeners.push(show);
  show();
  document.documentElement.dataset.ready = "true";
}

begin().catch((error) => {
  byId("loading").textContent = `This page cannot be shown: ${error.message}`;
  throw error;
});
