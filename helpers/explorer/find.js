"use strict";
// What is asked for and what is found. All that the page shows stands in its address, so every mark is a link.
// What `data` holds is said in evidence.py and page.py. Text enters the page as text, never as HTML.

const data = JSON.parse(document.getElementById("data").textContent);
const { frames, columns, articles, rings } = data; // rings: whether coders judged every sentence
const NUMBER = 0, BEGINS = 1, TEXT = 2, HITS = 3, VOTES = 4, FOLDED = 5; // of a row, which is a sentence
const FRAME = 0, START = 1, END = 2, NEGATED = 3; // of a hit
for (const article of articles) article.outlet ||= "unknown";
const coded = articles.some(article => article.decided.length);
const CHOICES = {
  by: {
    "": "either", codebook: "codebook", coders: "coders",
    "not-coders": "codebook, not coders", "not-codebook": "coders, not codebook",
  },
  negated: { "": "with or without", yes: "negated only", no: "not negated only" },
  view: { "": "sentences", concordance: "concordance" },
};
const FIELDS = ["frame", "from", "to", "words", "outlet", ...Object.keys(CHOICES), "article", "sentence"];
let state = {};

// The address

function readAddress() { // what is no choice of ours is left out
  const asked = new URLSearchParams(location.hash.slice(1));
  const own = {};
  for (const name of FIELDS) {
    const value = (asked.get(name) ?? "").trim();
    if (value && (!(name in CHOICES) || Object.hasOwn(CHOICES[name], value))) own[name] = value;
  }
  if (!frames.some(frame => frame.frame === own.frame)) delete own.frame;
  return own;
}

function address(changes) { // of the same page with these changes
  const all = { ...state, article: "", sentence: "", ...changes };
  return `#${new URLSearchParams(FIELDS.filter(name => all[name]).map(name => [name, all[name]]))}`;
}

// Words looked for: case and accents are ignored, and the beginning of a word is enough

function fold(text) {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[’‘]/g, "'").replace(/ς/g, "σ");
}

function patternsOf(words = "") {
  const each = fold(words).split(/\s+/).map(word => word.replace(/\*+$/, "")).filter(Boolean);
  const safe = each.map(word => word.replace(/[\\^$.*+?()[\]{}|\/]/g, "\\$&"));
  return safe.map(word => new RegExp(`(?<![\\p{Script=Latin}\\p{N}])${word}`, "gu"));
}

function holds(row, patterns) {
  return patterns.every(pattern => (row[FOLDED] ??= fold(row[TEXT])).search(pattern) >= 0);
}

function placesOf(text, patterns) { // where the words are, as spans
  if (!patterns.length) return [];
  const from = []; // of each unit of the folded text: where its letter starts and ends in the text
  let folded = "", place = 0;
  for (const letter of text) {
    const plain = fold(letter);
    for (const _ of plain.split("")) from.push([place, place + letter.length]);
    folded += plain;
    place += letter.length;
  }
  return patterns.flatMap(pattern => [...folded.matchAll(pattern)]).map(match =>
    ({ start: from[match.index][0], end: from[match.index + match[0].length - 1][1], kind: "word" }));
}

// Sentences

function isAsked(date) { // "2012" takes all of 2012
  const { from, to } = state;
  if (from === "undated") return !date;
  if (!from && !to) return true;
  return date !== "" && (!from || date.slice(0, from.length) >= from) && (!to || date.slice(0, to.length) <= to);
}

const isAskedHit = hit => !state.negated || (state.negated === "yes") === Boolean(hit[NEGATED]);

function carriedBy(row) { // the frames of a sentence that pass, and who finds them
  const hits = row[HITS].filter(isAskedHit);
  if (!hits.length && !row[VOTES].includes("1")) return [];
  return frames.flatMap((_, frame) => {
    const codebook = hits.some(hit => hit[FRAME] === frame);
    const coders = row[VOTES][frame] === "1" && !state.negated; // coders do not judge negation
    const passes = {
      "": codebook || coders, codebook, coders,
      "not-coders": codebook && row[VOTES][frame] === "0", "not-codebook": coders && !codebook,
    };
    return passes[state.by ?? ""] ? [{ frame, codebook, coders }] : [];
  });
}

// All that is asked for: found (article, row, carried), cells (counts by frame and column), sum (of the frame and dates
// asked for). Counts have all sentences below the line, whatever words are looked for.
function find() {
  const patterns = patternsOf(state.words), asked = frames.findIndex(frame => frame.frame === state.frame);
  const empty = () => ({ codebook: 0, coders: 0, sentences: 0, decided: 0 });
  const cells = frames.map(() => columns.map(empty)), sums = frames.map(empty), found = [];
  const any = asked < 0 && !state.by && !state.negated;
  for (const article of articles) {
    if (state.outlet && state.outlet !== article.outlet) continue;
    const inside = isAsked(article.date);
    const counts = frames.map((_, frame) => [cells[frame][article.column], ...(inside ? [sums[frame]] : [])]);
    counts.forEach((both, frame) => both.forEach(count => {
      count.sentences += article.sentences;
      count.decided += article.decided[frame] ?? 0;
    }));
    for (const row of article.rows) {
      if (!holds(row, patterns)) continue;
      const carried = carriedBy(row);
      for (const { frame, codebook, coders } of carried)
        for (const count of counts[frame]) {
          count.codebook += codebook;
          count.coders += coders;
        }
      const passes = any || carried.some(one => asked < 0 || one.frame === asked);
      if (inside && passes) found.push({ article, row, carried });
    }
  }
  return { found, cells, sum: sums[asked] };
}
