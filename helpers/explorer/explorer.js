// The page: the address is read, and chart and sentences follow.

const AT_ONCE = 100; // sentences or lines
const form = document.forms[0];
let now = { found: [], patterns: [] }, most = AT_ONCE, drawn = "";
let follow = location.hash.length > 1; // to the sentences, where they are below the screen

function chartAsked() { // the chart is drawn anew where this differs, so that a mark keeps the keyboard's focus
  return JSON.stringify([state.words, state.outlet, state.by, state.negated, $("panels").clientWidth]);
}

function show() {
  state = readAddress();
  const { found, cells, sum } = find(), patterns = patternsOf(state.words);
  const article = articles.find(article => article.article === state.article);
  now = { found, patterns };
  for (const field of form.elements) if (field !== document.activeElement) field.value = state[field.name] ?? "";
  if (chartAsked() !== drawn) drawChart(cells);
  drawn = chartAsked();
  aimMarks();
  const words = state.words ? ` and hold “${state.words}”` : "";
  $("chart-title").textContent = `Share of sentences that carry each frame${words}`;
  $("actions").hidden = Boolean(article);
  $("more").hidden = true;
  if (article) showArticle(article, patterns);
  else showList(found, sum, patterns, most);
  document.title = `${heading()} – every sentence behind every mark`;
  if (follow && $("sentences").getBoundingClientRect().top > innerHeight * 0.6) $("sentences").scrollIntoView();
  $("here")?.scrollIntoView({ block: "nearest" });
  follow = false;
}

function offer(name, values) {
  form[name].append(...Object.entries(values).map(([value, told]) => html("option", { value }, told)));
}

function fillPage() {
  const outlets = [...new Set(articles.map(article => article.outlet))].sort();
  offer("frame", { "": data.hits_only ? "any frame" : "all sentences" });
  form.frame.append(...frames.map(frame => html("option", { value: frame.frame }, frame.name)));
  offer("outlet", { "": "all outlets" });
  form.outlet.append(...outlets.map(outlet => html("option", { value: outlet }, outlet)));
  for (const [name, values] of Object.entries(CHOICES)) offer(name, values);
  form.outlet.parentElement.hidden = outlets.length < 2;
  form.by.parentElement.hidden = !coded;
  document.querySelector("details").open = innerWidth > 900;
  const sentences = articles.reduce((all, article) => all + article.sentences, 0), left = data.loaded - articles.length;
  $("about").append([
    "A frame is a way to tell a story. The chart shows how often each occurs; click a mark to read its sentences.",
    `Articles: ${number(articles.length)}. Sentences: ${number(sentences)}.`,
    ...(left ? [`Left out, as the codebook has no terms in their language: ${number(left)}.`] : []),
    ...(data.hits_only ? [ONLY] : []),
  ].join(" "));
  $("legend").append(...legend());
}

function ask(event) { // a choice can be gone back from; typing is one step
  const next = address({ [event.target.name]: event.target.value.trim() });
  if (event.target.tagName === "SELECT") location.hash = next;
  else {
    history.replaceState(null, "", next);
    most = AT_ONCE;
    show();
  }
}

fillPage();
const [toSentences, toChart] = document.querySelectorAll(".skip");
toSentences.addEventListener("click", () => $("found").focus());
toChart.addEventListener("click", () => $("chart-title").focus());
form.addEventListener("submit", event => event.preventDefault());
form.addEventListener("input", ask);
$("panels").addEventListener("click", () => { follow = true; });
$("more").addEventListener("click", () => { most += AT_ONCE; show(); });
$("download").addEventListener("click", () => download(now.found, now.patterns));
addEventListener("hashchange", () => { most = AT_ONCE; show(); });
show();
new ResizeObserver(() => { if (chartAsked() !== drawn) show(); }).observe($("panels"));
