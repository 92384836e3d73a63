"use strict";
// A chart and the sentences behind its marks. What the page shows stands in its address, so every mark is a link.
// What `data` holds is said in evidence.py and page.py. Text enters the page as text, never as HTML.

const data = JSON.parse(document.getElementById("data").textContent);
const { frames, columns, articles } = data;
const BY = {
  "": "either", codebook: "codebook", coders: "coders",
  "not-coders": "codebook, not coders", "not-codebook": "coders, not codebook",
};
const CHOICES = {
  by: BY,
  negated: { "": "with or without", yes: "negated only", no: "not negated only" },
  view: { "": "sentences", concordance: "concordance" },
};
const FIELDS = ["frame", "from", "to", "words", "outlet", ...Object.keys(CHOICES), "article", "sentence"];
const NUMBER = 0, BEGINS = 1, TEXT = 2, HITS = 3, VOTES = 4, FOLDED = 5; // a row: one sentence
const FRAME = 0, START = 1, END = 2, NEGATED = 3; // a hit
const AT_ONCE = 100; // sentences or lines
for (const article of articles) article.outlet ||= "unknown";
const coded = articles.some(article => article.decided.length);
const form = document.forms[0];
const $ = id => document.getElementById(id);
let state = {}, found = [], most = AT_ONCE, drawn = "", clicked = false;

// Elements

const maker = space => (name, attributes = {}, ...children) => {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const html = maker("http://www.w3.org/1999/xhtml"), svg = maker("http://www.w3.org/2000/svg");
const number = count => count.toLocaleString("en");
const percent = share => `${+(100 * share).toFixed(share < 0.1 ? 1 : 0)}%`;
const joined = (nodes, between) => nodes.flatMap((node, i) => (i ? [between, node] : [node]));
const titled = (name, words, attributes = {}) => html(name, attributes, html("bdi", {}, words)); // a text of any script

// The address

function read() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const told = FIELDS.map(name => [name, (asked.get(name) ?? "").trim()]).filter(([name, value]) =>
    name in CHOICES ? Object.hasOwn(CHOICES[name], value) && value : value);
  const own = Object.fromEntries(told);
  if (!frames.some(frame => frame.frame === own.frame)) delete own.frame;
  return own;
}

function address(changes) {
  const all = { ...state, article: "", sentence: "", ...changes };
  return `#${new URLSearchParams(FIELDS.filter(name => all[name]).map(name => [name, all[name]]))}`;
}

// Words looked for: small letters, without accents; the beginning of a word is enough

const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’‘]/g, "'").replace(/ς/g, "σ");

function patterns(words = "") {
  const each = fold(words).split(/\s+/).map(word => word.replace(/\*+$/, "")).filter(Boolean);
  const safe = each.map(word => word.replace(/[\\^$.*+?()[\]{}|\/]/g, "\\$&"));
  return safe.map(word => new RegExp(`(?<![\\p{Script=Latin}\\p{N}])${word}`, "gu"));
}

const holds = (row, wanted) => wanted.every(one => (row[FOLDED] ??= fold(row[TEXT])).search(one) >= 0);

function placesOf(text, wanted) {
  if (!wanted.length) return [];
  const from = []; // for each unit of the folded text, where its letter is in the text
  let folded = "", place = 0;
  for (const letter of text) {
    const plain = fold(letter);
    folded += plain;
    for (let i = 0; i < plain.length; i++) from.push([place, place + letter.length]);
    place += letter.length;
  }
  const found = wanted.flatMap(one => [...folded.matchAll(one)]);
  return found.map(match => ({ start: from[match.index][0], end: from[match.index + match[0].length - 1][1], kind: "word" }));
}

// What is found

const within = date =>
  state.from === "undated" ? !date
    : !(state.from || state.to) || (date && date.slice(0, state.from?.length) >= (state.from ?? "")
      && (!state.to || date.slice(0, state.to.length) <= state.to));

function carriedBy(row) {
  const hits = row[HITS].filter(hit => !state.negated || (state.negated === "yes") === Boolean(hit[NEGATED]));
  if (!hits.length && !row[VOTES].includes("1")) return [];
  return frames.flatMap((_, frame) => {
    const codebook = hits.some(hit => hit[FRAME] === frame), coders = row[VOTES][frame] === "1" && !state.negated;
    const counts = {
      "": codebook || coders, codebook, coders,
      "not-coders": codebook && row[VOTES][frame] === "0", "not-codebook": coders && !codebook,
    };
    return counts[state.by ?? ""] ? [{ frame, codebook, coders }] : [];
  });
}

function sift() {
  const wanted = patterns(state.words), asked = frames.findIndex(frame => frame.frame === state.frame);
  const empty = () => ({ codebook: 0, coders: 0, sentences: 0, decided: 0 });
  const cells = frames.map(() => columns.map(empty)), sums = frames.map(empty);
  found = [];
  for (const article of articles) {
    if (state.outlet && state.outlet !== article.outlet) continue;
    const inside = within(article.date);
    const counted = frames.map((_, frame) => [cells[frame][article.column], ...(inside ? [sums[frame]] : [])]);
    counted.forEach((both, frame) => both.forEach(one => {
      one.sentences += article.sentences; // all of them, whatever is looked for
      one.decided += article.decided[frame] ?? 0;
    }));
    for (const row of article.rows) {
      if (!holds(row, wanted)) continue;
      const carried = carriedBy(row);
      for (const { frame, codebook, coders } of carried)
        for (const one of counted[frame]) { one.codebook += codebook; one.coders += coders; }
      const any = asked < 0 && !state.by && !state.negated;
      if (inside && (any || carried.some(one => asked < 0 || one.frame === asked))) found.push({ article, row, carried });
    }
  }
  return { cells, sum: sums[asked] };
}

// The chart

const ours = () => ["codebook", "not-coders", undefined].includes(state.by);
const theirs = () => coded && !state.negated && ["coders", "not-codebook", undefined].includes(state.by);
const spoken = cell => [
  ...(ours() && cell.sentences ? [`codebook ${number(cell.codebook)} of ${number(cell.sentences)} (${percent(cell.codebook / cell.sentences)})`] : []),
  ...(theirs() && cell.decided ? [`coders ${number(cell.coders)} of ${number(cell.decided)} (${percent(cell.coders / cell.decided)})`] : []),
].join("; ");

function across(wide) { // where each column stands: by its date, apart from its neighbours; undated at the right
  const times = columns.filter(column => column.date).map(column => Date.parse(column.date)), last = times.length - 1;
  const from = 50, to = wide - 16 - (last + 1 < columns.length ? 50 : 0), gap = Math.min(16, (to - from) / Math.max(last, 1));
  const x = times.map(time => (last ? from + (time - times[0]) / (times[last] - times[0]) * (to - from) : (from + to) / 2));
  for (let i = 1; i <= last; i++) x[i] = Math.max(x[i], x[i - 1] + gap);
  for (let i = last - 1; i >= 0; i--) x[i] = Math.min(x[i], Math.min(x[i + 1], to) - gap);
  if (last > 0) x[last] = Math.min(x[last], to);
  return last + 1 < columns.length ? [...x, wide - 26] : x;
}

function drawChart(cells) {
  const shares = cells.flat().flatMap(cell => [ours() * cell.codebook / (cell.sentences || 1), theirs() * cell.coders / (cell.decided || 1)]);
  const top = [0.02, 0.05, 0.1, 0.25, 0.5, 1].find(top => top === 1 || Math.max(...shares) <= top);
  const figures = frames.map(frame => html("figure", { class: frame.tested ? "tested" : "" },
    html("h3", {}, html("a", { "data-frame": frame.frame }, frame.name))));
  $("panels").replaceChildren(...figures);
  figures.forEach((figure, place) => figure.append(panel(frames[place], cells[place], top, figure.clientWidth)));
}

function panel(frame, cells, top, wide) {
  const high = 116, floor = high - 24, x = across(wide), y = share => floor - share / top * (floor - 10);
  const made = svg("svg", { width: wide, height: high, role: "group", "aria-label": `${frame.name}, by date` });
  for (const share of [0, top / 2, top]) {
    made.append(svg("line", { x1: 38, x2: wide, y1: y(share), y2: y(share), class: "grid" }));
    made.append(svg("text", { x: 34, y: y(share) + 4, class: "right" }, percent(share)));
  }
  const sum = (name) => cells.reduce((all, cell) => all + cell[name], 0);
  const whole = sum("codebook") / (sum("sentences") || 1);
  if (ours()) made.append(svg("line", { x1: 38, x2: wide, y1: y(whole), y2: y(whole), class: "whole" }));
  const dots = cells.flatMap((cell, i) => (cell.sentences && columns[i].date ? [`${x[i]},${y(cell.codebook / cell.sentences)}`] : []));
  if (ours()) made.append(svg("polyline", { points: dots.join(" "), class: "course" }));
  cells.forEach((cell, i) => {
    const marks = [
      ...(ours() && cell.sentences ? [["dot", 4.5, cell.codebook / cell.sentences]] : []),
      ...(theirs() && cell.decided ? [["ring", 7.5, cell.coders / cell.decided]] : []),
    ];
    if (!marks.length) return;
    const name = `${frame.name}, ${columns[i].label}: ${spoken(cell)}`;
    made.append(svg("a", { "data-frame": frame.frame, "data-key": columns[i].key, "aria-label": name },
      svg("title", {}, name),
      ...marks.map(([, , share]) => svg("circle", { cx: x[i], cy: y(share), r: 11, class: "room" })),
      ...marks.map(([kind, r, share]) => svg("circle", { cx: x[i], cy: y(share), r, class: kind }))));
  });
  made.append(...dateLabels(x, wide, high));
  return made;
}

function dateLabels(x, wide, high) { // as many as there is room for, the last in any case
  const size = columns.map(column => 6.4 * Math.min(column.label.length, 10));
  const middle = x.map((place, i) => Math.max(size[i] / 2, Math.min(place, wide - size[i] / 2)));
  const end = columns.length - 1;
  let free = 0;
  return columns.flatMap((column, i) => {
    const room = i === end || (middle[i] - size[i] / 2 >= free && middle[i] + size[i] / 2 + 4 < middle[end] - size[end] / 2);
    if (!room) return [];
    free = middle[i] + size[i] / 2 + 4;
    return [svg("text", { x: middle[i], y: high - 4, class: "middle" }, column.label)];
  });
}

function aimMarks() {
  for (const mark of $("panels").querySelectorAll("a")) {
    const { frame, key = "" } = mark.dataset;
    mark.setAttribute("href", address({ frame, from: key, to: key }));
    const here = frame === state.frame && key === (state.from ?? "") && key === (state.to ?? "");
    mark.toggleAttribute("aria-current", here);
    if (here) mark.setAttribute("aria-current", "true");
  }
}

// The sentences

const spansOf = (row, wanted) => [
  ...row[HITS].filter(hit => !state.frame || frames[hit[FRAME]].frame === state.frame).map(hit => ({
    start: hit[START], end: hit[END], hit, kind: hit[NEGATED] ? "hit negated" : "hit",
    told: frames[hit[FRAME]].name + (hit[NEGATED] ? ", negated" : ""),
  })),
  ...placesOf(row[TEXT], wanted),
];

function marked(text, spans) { // spans may overlap: cut at every end
  const cuts = [...new Set([0, text.length, ...spans.flatMap(span => [span.start, span.end])])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, i) => {
    const own = spans.filter(span => span.start <= cuts[i] && end <= span.end), piece = text.slice(cuts[i], end);
    const told = own.flatMap(span => span.told ?? []).join("; ");
    return own.length ? html("mark", { class: own.map(span => span.kind).join(" "), ...(told && { title: told }) }, piece) : piece;
  });
}

function carries(row) { // what codebook and coders say of a sentence, one line per frame that either sees
  return frames.flatMap(({ frame, name }, place) => {
    const codebook = row[HITS].some(hit => hit[FRAME] === place), coders = row[VOTES][place];
    if (!codebook && coders !== "1") return [];
    const who = [...(codebook ? ["codebook"] : []), ...(coders === "1" ? ["coders"] : [])].join(" and ");
    const sign = html("span", { role: "img", "aria-label": who }, (codebook ? "●" : "") + (coders === "1" ? "○" : ""));
    const not = !codebook ? " (codebook: no)" : coders === "0" ? " (coders: no)" : "";
    return [html(frame === state.frame ? "strong" : "span", {}, sign, ` ${name}${not}`), " "];
  });
}

function where(article, row) {
  const open = html("a", { href: address({ article: article.article, sentence: row[NUMBER] }) }, "whole article");
  open.setAttribute("aria-label", `whole article of sentence ${row[NUMBER]}, ${article.label}`);
  const words = [titled("strong", article.label), titled("span", article.outlet === "unknown" ? "" : article.outlet),
    `sentence ${row[NUMBER]} of ${number(article.sentences)}`, open];
  return html("p", { class: "where" }, ...joined(words.filter(word => word.textContent !== ""), " · "));
}

const listSentences = wanted => html("ol", {}, ...found.slice(0, most).map(({ article, row }) => html("li", {},
  where(article, row),
  html("p", { class: "text", dir: "auto" }, ...marked(row[TEXT], spansOf(row, wanted))),
  html("p", { class: "carried" }, ...carries(row)))));

function lines(wanted) { // of the concordance: one per hit of the frames asked for, or per place of the words
  const words = wanted.length && !state.frame;
  return found.flatMap(({ article, row, carried }) => {
    const passing = carried.filter(one => one.codebook).map(one => one.frame);
    return spansOf(row, words ? wanted : []).filter(span => (words ? span.kind === "word" : passing.includes(span.hit[FRAME])
      && (!state.negated || (state.negated === "yes") === Boolean(span.hit[NEGATED])))).map(span => ({
      article, row, told: span.told ?? "", kind: span.kind, negated: span.kind.includes("negated"),
      left: row[TEXT].slice(0, span.start), node: row[TEXT].slice(span.start, span.end), right: row[TEXT].slice(span.end),
    }));
  });
}

const concordance = all => html("table", {},
  html("thead", {}, html("tr", {}, ...["Date", "Before", "Words", "After"].map(name => html("th", { scope: "col" }, name)))),
  html("tbody", {}, ...all.slice(0, most).map(line => html("tr", {},
    html("td", {}, html("a", { href: address({ article: line.article.article, sentence: line.row[NUMBER] }) }, html("bdi", {}, line.article.label))),
    html("td", { class: "left" }, html("bdi", {}, line.left.slice(-90))),
    html("td", {}, html("mark", { class: line.kind, title: line.told }, html("bdi", {}, line.node))),
    html("td", {}, html("bdi", {}, line.right.slice(0, 90)))))));

function wholeArticle(article, wanted) {
  const paragraphs = [];
  let last = 0;
  for (const row of article.rows) {
    if (row[BEGINS] || !paragraphs.length || row[NUMBER] !== last + 1) paragraphs.push(html("p", { dir: "auto" }));
    if (row[NUMBER] !== last + 1) paragraphs.at(-1).append("[…] ");
    const here = String(row[NUMBER]) === state.sentence;
    paragraphs.at(-1).append(html("span", here ? { id: "here" } : {}, ...marked(row[TEXT], spansOf(row, wanted))), " ");
    last = row[NUMBER];
  }
  if (last < article.sentences) paragraphs.push(html("p", {}, "[…]"));
  return html("article", {}, ...paragraphs);
}

function drawArticle(article, wanted) {
  const link = /^https?:\/\//i.test(article.url) ? [html("a", { href: article.url, rel: "noreferrer" }, html("bdi", {}, article.url))] : [];
  $("found").replaceChildren(html("bdi", {}, article.title || article.label));
  $("counts").replaceChildren(html("p", {}, ...joined([html("bdi", {}, article.label), html("bdi", {}, article.outlet),
    html("bdi", {}, article.article), ...link], " · ")), ...(data.hits_only ? [html("p", {}, ONLY)] : []));
  $("list").replaceChildren(html("p", {}, html("a", { href: address({}) }, "Back to the sentences")), wholeArticle(article, wanted));
  $("here")?.scrollIntoView({ block: "nearest" });
}

const ONLY = "Only sentences that carry a frame are kept here; the others are counted, and left out.";

function heading() {
  const frame = frames.find(frame => frame.frame === state.frame);
  const [from, to] = [state.from, state.to].map(key => columns.find(column => column.key === key)?.label ?? key);
  const when = from === to ? from : [from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(" ");
  return [frame?.name ?? (data.hits_only ? "All sentences with a frame" : "All sentences"), when].filter(Boolean).join(", ");
}

function drawList(sum, wanted) {
  const all = state.view ? lines(wanted) : found, frame = frames.find(frame => frame.frame === state.frame);
  const told = [`Shown: ${number(Math.min(most, all.length))} of ${number(all.length)}.`];
  if (sum && spoken(sum)) told.push(`Sentences that carry the frame: ${spoken(sum)}.`);
  if (state.view && found.some(one => !one.row[HITS].length)) told.push("Sentences without words of the codebook have no line here.");
  $("found").textContent = heading();
  $("counts").replaceChildren(html("p", {}, told.join(" ")), ...(frame?.meaning ? [html("p", {}, `Such a sentence says that ${frame.meaning}.`)] : []));
  $("list").replaceChildren(state.view ? concordance(all) : listSentences(wanted));
  $("more").hidden = all.length <= most;
}

// To a file

const cell = value => `"${String(value).replace(/^(?=\s*[=+\-@＝＋－＠\t\r])/, "'").replaceAll('"', '""')}"`; // no formula

function download() {
  const wanted = patterns(state.words), about = ({ article, row }) => [article.article, article.label, article.outlet, row[NUMBER]];
  const named = (row, says) => frames.filter((_, frame) => says(frame)).map(frame => frame.name).join("; ");
  const rows = state.view
    ? lines(wanted).map(line => [...about(line), line.told, line.left, line.node, line.right])
    : found.map(one => [...about(one), named(one.row, frame => one.row[HITS].some(hit => hit[FRAME] === frame)),
      named(one.row, frame => one.row[VOTES][frame] === "1"), spansOf(one.row, []).map(span => one.row[TEXT].slice(span.start, span.end)).join("; "), one.row[TEXT]]);
  const names = ["article", "date", "outlet", "sentence", ...(state.view ? ["frame", "before", "words", "after"] : ["codebook", "coders", "words", "text"])];
  const text = "\ufeff" + [names, ...rows].map(row => row.map(cell).join(",") + "\r\n").join("");
  const link = html("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: `${state.view || "sentences"}.csv` });
  link.click();
  URL.revokeObjectURL(link.href);
}

// The page

function fillForm() {
  for (const field of form.elements) if (field !== document.activeElement || field.tagName === "SELECT") field.value = state[field.name] ?? "";
}

function render() {
  state = read();
  fillForm();
  const { cells, sum } = sift(), wanted = patterns(state.words);
  const now = JSON.stringify([state.words, state.outlet, state.by, state.negated, $("panels").clientWidth]);
  if (now !== drawn) drawChart(cells);
  drawn = now;
  aimMarks();
  $("chart-title").textContent = "Share of sentences that carry each frame" + (state.words ? ` and hold “${state.words}”` : "");
  const article = articles.find(article => article.article === state.article);
  $("actions").hidden = Boolean(article);
  $("more").hidden = true;
  if (article) drawArticle(article, wanted);
  else drawList(sum, wanted);
  document.title = `${heading()} – every sentence behind every mark`;
  if (clicked && $("sentences").getBoundingClientRect().top > innerHeight * 0.6) $("sentences").scrollIntoView();
  clicked = false;
}

function choices(name, values) {
  form[name].append(...Object.entries(values).map(([value, told]) => html("option", { value }, told)));
}

function legend() {
  const sign = (kind, words, shape) => html("span", {}, svg("svg", { width: 18, height: 16, "aria-hidden": "true", class: kind }, shape), ` ${words}`);
  const dot = () => svg("circle", { cx: 9, cy: 8, r: 4.5, class: "dot" });
  return [
    sign("", "found by the codebook, a list of terms", dot()),
    ...(coded ? [sign("", "seen by coders", svg("circle", { cx: 9, cy: 8, r: 7, class: "ring" }))] : []),
    ...(frames.some(frame => frame.tested) ? [sign("tested", "in colour: a frame whose rise or fall is tested", dot())] : []),
    sign("", "grey line: all dates together", svg("line", { x1: 0, x2: 18, y1: 8, y2: 8, class: "whole" })),
    html("span", {}, html("mark", {}, "words"), " of the codebook, in the sentences"),
  ];
}

function begin() {
  const outlets = [...new Set(articles.map(article => article.outlet))].sort();
  const named = Object.fromEntries(frames.map(frame => [frame.frame, frame.name]));
  choices("frame", { "": data.hits_only ? "any frame" : "all sentences", ...named });
  choices("outlet", { "": "all outlets" });
  for (const outlet of outlets) form.outlet.append(html("option", { value: outlet }, outlet));
  for (const [name, values] of Object.entries(CHOICES)) choices(name, values);
  form.outlet.parentElement.hidden = outlets.length < 2;
  form.by.parentElement.hidden = !coded;
  const sum = articles.reduce((all, article) => all + article.sentences, 0), left = data.loaded - articles.length;
  $("about").textContent = `A frame is a way to tell a story. The chart shows how often each occurs; click a mark to read its sentences. `
    + `Articles: ${number(articles.length)}. Sentences: ${number(sum)}. ${left ? `Left out, for their language: ${number(left)}. ` : ""}${data.hits_only ? ONLY : ""}`;
  $("legend").append(...legend());
  document.querySelector("details").open = innerWidth > 900;
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("input", event => {
    most = AT_ONCE;
    const next = address({ [event.target.name]: event.target.value.trim() });
    if (event.target.tagName === "SELECT") location.hash = next;
    else { history.replaceState(null, "", next); render(); }
  });
  $("panels").addEventListener("click", () => { clicked = true; });
  $("more").addEventListener("click", () => { most += AT_ONCE; render(); });
  $("download").addEventListener("click", download);
  const [toSentences, toChart] = document.querySelectorAll(".skip");
  toSentences.addEventListener("click", () => $("found").focus());
  toChart.addEventListener("click", () => $("chart-title").focus());
  addEventListener("hashchange", () => { most = AT_ONCE; render(); });
  new ResizeObserver(() => { if (JSON.parse(drawn)[4] !== $("panels").clientWidth) render(); }).observe($("panels"));
  render();
}

begin();
