// What a page must hold, as a list of what it does not: names, headings, labels, contrast, width.
const wide = arguments[0];
const problems = [];
const tell = (what, node) => problems.push(`${what}: ${(node?.outerHTML ?? "").slice(0, 120)}`);
const seen = (node) => node.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true });
const all = (selector) => [...document.querySelectorAll(selector)];

if (!document.documentElement.lang) tell("no language", document.documentElement);
if (!document.title.trim()) tell("no title");
if (all("main").length !== 1) tell("not one main part");
if (all("h1").length !== 1) tell("not one first heading");
let level = 0;
for (const heading of all("h1, h2, h3, h4")) {
  const own = Number(heading.tagName[1]);
  if (own > level + 1) tell("a level of headings is left out", heading);
  if (!heading.textContent.trim()) tell("an empty heading", heading);
  level = own;
}
const name = (node) => (node.getAttribute("aria-label") ?? node.textContent).trim() || node.title
  || node.querySelector("title")?.textContent;
for (const node of all("a[href], button")) if (!name(node)) tell("no name", node);
for (const node of all("input:not([type=hidden]), select, textarea")) {
  if (node.labels.length === 0 && !node.getAttribute("aria-label")) tell("no label", node);
}
for (const node of all("nav, [role=group]")) if (!node.getAttribute("aria-label")) tell("no label", node);
for (const node of all("svg")) {
  const isHidden = node.getAttribute("aria-hidden") === "true";
  if (!isHidden && !(node.getAttribute("role") === "img" && node.querySelector("title"))) tell("a picture without words", node);
}
for (const node of all("table")) if (!node.querySelector("th[scope]")) tell("a table without heads", node);
const ids = new Set();
for (const node of all("[id]")) {
  if (ids.has(node.id)) tell(`a second #${node.id}`, node);
  ids.add(node.id);
}
for (const node of all("[aria-labelledby]")) {
  for (const id of node.getAttribute("aria-labelledby").split(" ")) if (!ids.has(id)) tell(`no #${id}`, node);
}
for (const node of all("[style], [onclick]")) tell("style or script in the page", node);

// A page never scrolls sideways; a wide picture or table does so in its own frame.
if (document.documentElement.scrollWidth > wide + 1) {
  const widest = all("body *").filter((node) => node.getBoundingClientRect().right > wide + 1
    && !node.closest(".scroll, .top nav, .unseen"));
  tell(`wider than ${wide}`, widest.at(-1));
}

// Contrast of words on what is behind them (WCAG 2.2, 1.4.3).
const colour = (text) => {
  const part = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
  return { rgb: part.slice(0, 3), alpha: part[3] ?? 1 };
};
const over = (top, under) => top.rgb.map((value, at) => value * top.alpha + under[at] * (1 - top.alpha));
const light = (rgb) => {
  const [r, g, b] = rgb.map((value) => value / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (node) => {
  const layers = [];
  for (let at = node; at; at = at.parentElement) {
    const own = colour(getComputedStyle(at).backgroundColor);
    if (own.alpha > 0) layers.push(own);
    if (own.alpha === 1) break;
  }
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  return layers.reverse().reduce((under, layer) => over(layer, under), isDark ? [18, 18, 18] : [255, 255, 255]);
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const told = new Set();
for (let text = walker.nextNode(); text; text = walker.nextNode()) {
  const node = text.parentElement;
  if (!text.data.trim() || !seen(node) || node.closest(".unseen, script, title, desc")) continue;
  const style = getComputedStyle(node);
  let alpha = 1;
  for (let at = node; at; at = at.parentElement) alpha *= Number(getComputedStyle(at).opacity);
  if (alpha === 0) continue;
  const ground = behind(node);
  const ink = colour(node instanceof SVGElement ? style.fill : style.color);
  const shown = over({ rgb: ink.rgb, alpha: ink.alpha * alpha }, ground);
  const [a, b] = [light(shown), light(ground)].sort((x, y) => y - x);
  const size = parseFloat(style.fontSize);
  const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const ratio = (a + 0.05) / (b + 0.05);
  const key = `${node.className} ${ratio.toFixed(1)}`;
  if (ratio < (isLarge ? 3 : 4.5) && !told.has(key)) {
    told.add(key);
    tell(`contrast ${ratio.toFixed(2)}`, node);
  }
}
return problems;
