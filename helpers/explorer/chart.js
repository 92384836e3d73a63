// The chart: one panel per frame, one mark per date. Dots are the codebook's, rings the coders'.

const maker = space => (name, attributes = {}, ...children) => {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const html = maker("http://www.w3.org/1999/xhtml"), svg = maker("http://www.w3.org/2000/svg");
const $ = id => document.getElementById(id);
const number = count => count.toLocaleString("en");
const percent = share => `${+(100 * share).toPrecision(2)}%`;
const TOPS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
const HIGH = 116, FLOOR = 92, CEILING = 10, LEFT = 38; // of a panel

const hasDots = () => ["codebook", "not-coders", undefined].includes(state.by);
const hasRings = () => rings && !state.negated && ["coders", "not-codebook", undefined].includes(state.by);

function partsOf(count) { // the shares that a count holds: who found how many of how many
  const { codebook, sentences, coders, decided } = count;
  return [
    ...(hasDots() && sentences ? [{ who: "codebook", part: codebook, whole: sentences, kind: "dot", r: 4.5 }] : []),
    ...(hasRings() && decided ? [{ who: "coders", part: coders, whole: decided, kind: "ring", r: 7.5 }] : []),
  ].map(one => ({ ...one, share: one.part / one.whole }));
}

const spoken = count => partsOf(count).map(({ who, part, whole, share }) =>
  `${who} ${number(part)} of ${number(whole)} (${percent(share)})`).join("; ");

function across(wide) { // where each column is: by its date, but apart from its neighbours; undated at the right
  const times = columns.filter(column => column.date).map(column => Date.parse(column.date)), last = times.length - 1;
  const from = LEFT + 12, to = wide - (last + 1 < columns.length ? 66 : 16), room = to - from;
  const apart = Math.min(16, room / Math.max(last, 1));
  const x = times.map(time => (last ? from + (time - times[0]) / (times[last] - times[0]) * room : from + room / 2));
  for (let i = 1; i <= last; i++) x[i] = Math.max(x[i], x[i - 1] + apart);
  for (let i = last; i > 0; i--) x[i] = Math.min(x[i], i === last ? to : x[i + 1] - apart);
  return last + 1 < columns.length ? [...x, wide - 26] : x;
}

function drawChart(cells) {
  const highest = Math.max(0, ...cells.flat().flatMap(partsOf).map(one => one.share));
  const top = TOPS.find(top => highest <= top);
  const figures = frames.map(frame => html("figure", { class: frame.tested ? "tested" : "" },
    html("h3", {}, html("a", { "data-frame": frame.frame }, frame.name))));
  $("panels").replaceChildren(...figures);
  figures.forEach((figure, i) => figure.append(panel(frames[i], cells[i], top, figure.clientWidth)));
}

function panel(frame, counts, top, wide) {
  const x = across(wide), y = share => FLOOR - share / top * (FLOOR - CEILING);
  const made = svg("svg", { width: wide, height: HIGH, role: "group", "aria-label": `${frame.name}, by date` });
  const level = (share, kind) => svg("line", { x1: LEFT, x2: wide, y1: y(share), y2: y(share), class: kind });
  for (const share of [0, top / 2, top])
    made.append(level(share, "grid"), svg("text", { x: LEFT - 4, y: y(share) + 4, class: "right" }, percent(share)));
  if (hasDots()) {
    const sum = name => counts.reduce((all, count) => all + count[name], 0);
    const places = counts.flatMap(({ codebook, sentences }, i) =>
      (sentences && columns[i].date ? [`${x[i]},${y(codebook / sentences)}`] : []));
    made.append(level(sum("codebook") / (sum("sentences") || 1), "whole"));
    made.append(svg("polyline", { points: places.join(" "), class: "course" }));
  }
  counts.forEach((count, i) => made.append(...mark(frame, columns[i], count, x[i], y)));
  made.append(...dateLabels(x, wide));
  return made;
}

function mark(frame, column, count, cx, y) { // the link of a frame and date, around its dot and ring
  const parts = partsOf(count), name = `${frame.name}, ${column.label}: ${spoken(count)}`;
  if (!parts.length) return [];
  return [svg("a", { "data-frame": frame.frame, "data-key": column.key, "aria-label": name },
    svg("title", {}, name),
    ...parts.map(({ share }) => svg("circle", { cx, cy: y(share), r: 11, class: "room" })),
    ...parts.map(({ share, r, kind }) => svg("circle", { cx, cy: y(share), r, class: kind })))];
}

function dateLabels(x, wide) { // as many as there is room for, the last in any case
  const half = columns.map(column => 3.2 * column.label.length), end = columns.length - 1;
  const middle = x.map((place, i) => Math.max(half[i], Math.min(place, wide - half[i])));
  let free = 0;
  return columns.flatMap((column, i) => {
    const next = i === end ? Infinity : middle[end] - half[end] - 4;
    if (i !== end && (middle[i] - half[i] < free || middle[i] + half[i] > next)) return [];
    free = middle[i] + half[i] + 4;
    return [svg("text", { x: middle[i], y: HIGH - 4, class: "middle" }, column.label)];
  });
}

function aimMarks() { // each link keeps what else is asked for
  for (const link of $("panels").querySelectorAll("a")) {
    const { frame, key = "" } = link.dataset;
    link.setAttribute("href", address({ frame, from: key, to: key }));
    const here = frame === state.frame && key === (state.from ?? "") && key === (state.to ?? "");
    if (here) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function legend() {
  const sign = (words, shape, kind = "") =>
    html("span", {}, svg("svg", { width: 18, height: 16, "aria-hidden": "true", class: kind }, shape), ` ${words}`);
  const dot = () => svg("circle", { cx: 9, cy: 8, r: 4.5, class: "dot" });
  return [
    sign("found by the codebook, a list of terms", dot()),
    ...(rings ? [sign("seen by coders", svg("circle", { cx: 9, cy: 8, r: 7, class: "ring" }))] : []),
    ...(frames.some(frame => frame.tested) ? [sign("in colour: its rise or fall is tested", dot(), "tested")] : []),
    sign("all dates together", svg("line", { x1: 0, x2: 18, y1: 8, y2: 8, class: "whole" })),
    html("span", {}, html("mark", {}, "words"), " of the codebook, in the sentences"),
  ];
}
