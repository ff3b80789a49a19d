// Comfort for pages that are whole without it: keys, search as you type, copying with the source,
// marks and notes that light up together. Nothing is loaded from elsewhere, no HTML is made of text.
"use strict";
(() => {
  const told = document.getElementById("told");
  const tell = (words) => { if (told) told.textContent = words; };

  const show = (root) => {
    for (const hidden of root.querySelectorAll("button.copy[hidden], [data-script][hidden]")) hidden.hidden = false;
  };
  show(document);

  // Copy a quotation with who, where, when and a link.
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    const link = new URL(button.dataset.address, location.href).href;
    const done = await copied(`${button.dataset.copy}\n${link}`);
    const words = button.textContent;
    button.textContent = done ? "Copied" : "Could not copy";
    tell(button.textContent);
    setTimeout(() => { button.textContent = words; }, 1500);
  });

  // Marks and the notes beside them.
  const light = (event, isLit) => {
    const from = event.target.closest?.("[data-note], [data-for]");
    if (!from) return;
    for (const name of (from.dataset.note || from.dataset.for).split(" ")) {
      for (const other of document.querySelectorAll(`[data-for="${name}"], [data-note~="${name}"]`)) {
        if (other !== from || from.dataset.for) other.classList.toggle("lit", isLit && !(from.dataset.note && other.dataset.note));
      }
    }
  };
  for (const [name, isLit] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => light(event, isLit));
  }

  // Results as you type.
  for (const form of document.querySelectorAll("form[data-live]")) {
    const input = form.querySelector("input[type=search]");
    let timer = 0;
    let asked = 0;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const number = ++asked;
        const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
        const answer = await fetch(address, { headers: { accept: "text/html" } }).catch(() => null);
        if (!answer?.ok || number !== asked) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById(form.dataset.live);
        const old = document.getElementById(form.dataset.live);
        if (!fresh || !old) return;
        old.replaceWith(document.importNode(fresh, true));
        show(document);
        history.replaceState(null, "", address);
        document.title = page.title;
        tell(document.querySelector(`#${form.dataset.live} .lead`)?.textContent || "");
      }, 160);
    });
  }

  // Keys: / to search, j and k through a list.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "/") {
      event.preventDefault();
      (document.querySelector("main form.wide input[type=search]") || document.getElementById("q"))?.focus();
      return;
    }
    if (event.key !== "j" && event.key !== "k") return;
    const items = [...document.querySelectorAll("[data-item]")];
    if (items.length === 0) return;
    const here = items.findIndex((item) => item.contains(document.activeElement));
    const next = here < 0 ? (event.key === "j" ? 0 : items.length - 1) : here + (event.key === "j" ? 1 : -1);
    const item = items[Math.min(Math.max(next, 0), items.length - 1)];
    item.querySelector("a, button")?.focus();
    item.scrollIntoView({ block: "nearest" });
  });
})();
