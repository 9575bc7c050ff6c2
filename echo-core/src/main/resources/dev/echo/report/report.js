"use strict";
(function () {
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const HEIGHT = 320;
  const PRINTED_WIDTH = 700;
  const root = document.documentElement;
  let plots = [];

  function color(name) {
    return getComputedStyle(root).getPropertyValue("--" + name).trim();
  }

  function digits(value) {
    return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
  }

  function short(value, unit) {
    return String(+value.toPrecision(3)) + " " + unit;
  }

  function nanos(value, write) {
    if (value == null) return "-";
    if (value < 1e3) return write(value, "ns");
    if (value < 1e6) return write(value / 1e3, "µs");
    if (value < 1e9) return write(value / 1e6, "ms");
    return write(value / 1e9, "s");
  }

  const exact = (value, unit) => digits(value) + " " + unit;
  const count = value => value == null ? "-" : Math.round(value).toLocaleString("en-US");

  const percentile = x => {
    const percent = 100 - 100 / x;
    const decimals = Math.max(0, Math.ceil(Math.log10(x)) - 2 + (x > 1 && Math.log10(x) % 1 > 1e-9 ? 1 : 0));
    return "p" + +percent.toFixed(Math.min(decimals, 8));
  };

  const X = {
    percentile: {
      scale: { time: false, distr: 3, range: (u, min, max) => [min, Math.max(max, min * 2)] },
      axis: {
        splits: (u, i, min, max) => [1, 2, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9].filter(x => x >= min * 0.99 && x <= max * 1.01),
        filter: (u, splits) => splits,
        values: (u, splits) => splits.map(x => x === 1 ? "min" : percentile(x)),
      },
      value: (u, x) => x == null ? "-" : x === 1 ? "min" : percentile(x),
    },
    seconds: {
      // The values stand in the middle of their intervals; the first begins at 0.
      scale: {
        time: false,
        range: (u, min, max) => {
          const xs = u.data[0];
          const half = xs[0];
          return [min <= half ? 0 : min, max >= xs[xs.length - 1] ? xs[xs.length - 1] + half : max];
        },
      },
      axis: { values: (u, splits) => splits.map(x => x + " s") },
      value: (u, x) => x == null ? "-" : x + " s",
    },
  };

  const Y = {
    nanos: {
      scale: { distr: 3 },
      size: 68,
      axis: {
        splits: (u, i, min, max) => {
          const few = max / min <= 1000;
          const all = [];
          for (let power = Math.floor(Math.log10(min)); Math.pow(10, power) <= max; power++) {
            (few ? [1, 2, 5] : [1]).forEach(step => all.push(step * Math.pow(10, power)));
          }
          return all.filter(y => y >= min * 0.999 && y <= max * 1.001);
        },
        filter: (u, splits) => splits,
        values: (u, splits) => splits.map(y => nanos(y, short)),
      },
      value: (u, y) => nanos(y, exact),
    },
    rate: {
      scale: { range: (u, min, max) => [0, max > 0 ? max * 1.1 : 1] },
      size: 84,
      axis: { values: (u, splits) => splits.map(count) },
      value: (u, y) => y == null ? "-" : count(y) + "/s",
    },
  };

  function bands(chart) {
    return u => {
      for (const band of chart.bands) {
        const from = Math.max(u.valToPos(band.from, "x", true), u.bbox.left);
        const to = Math.min(u.valToPos(band.to, "x", true), u.bbox.left + u.bbox.width);
        if (to > from) {
          u.ctx.save();
          u.ctx.fillStyle = color(band.kind);
          u.ctx.fillRect(from, u.bbox.top, to - from, u.bbox.height);
          u.ctx.restore();
        }
      }
    };
  }

  function series(each, y) {
    return {
      label: each.name,
      stroke: color("c" + each.color),
      width: each.width,
      dash: each.dash,
      value: y.value,
      spanGaps: true,
      points: { show: each.values.filter(v => v != null).length === 1 },
    };
  }

  function border(dash) {
    return !dash || dash.length === 0 ? "solid" : dash[0] > 4 ? "dashed" : "dotted";
  }

  function axis(own) {
    return Object.assign({
      stroke: color("faint"),
      grid: { stroke: color("line"), width: 1 },
      ticks: { stroke: color("line"), width: 1 },
    }, own);
  }

  function draw(chart) {
    const place = document.getElementById(chart.id);
    const x = X[chart.x], y = Y[chart.y];
    place.textContent = "";
    const width = root.hasAttribute("data-print") ? PRINTED_WIDTH : place.clientWidth;
    const options = {
      width: width,
      height: HEIGHT,
      scales: { x: x.scale, y: y.scale },
      axes: [axis(x.axis), axis(Object.assign({ size: y.size }, y.axis))],
      series: [{ label: chart.xLabel, value: x.value }].concat(chart.series.map(each => series(each, y))),
      legend: { markers: { width: 3, dash: (u, i) => border(u.series[i].dash) } },
      cursor: { drag: { x: true, y: false } },
      hooks: { drawClear: [bands(chart)] },
    };
    const plot = new uPlot(options, [chart.xs].concat(chart.series.map(each => each.values)), place);
    plots.push({ plot: plot, place: place });
  }

  function drawAll() {
    plots.forEach(each => each.plot.destroy());
    plots = [];
    charts.forEach(draw);
    root.setAttribute("data-drawn", String(plots.length));
  }

  function resize() {
    plots.forEach(each => each.plot.setSize({ width: each.place.clientWidth, height: HEIGHT }));
  }

  window.addEventListener("resize", resize);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  window.addEventListener("beforeprint", function () {
    root.setAttribute("data-print", "");
    drawAll();
  });
  window.addEventListener("afterprint", function () {
    root.removeAttribute("data-print");
    drawAll();
  });
  drawAll();
})();
