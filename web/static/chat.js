// What the pages can do beyond links and forms. All of it is a comfort: each
// page is whole without this file.

(() => {
  "use strict";

  const form = document.querySelector(".composer");
  if (!form) return;
  const box = form.querySelector("textarea");
  const status = document.getElementById("status");
  let running = null;
  let shown = location.pathname + location.search;

  // Browsers without `field-sizing` need help to let the box grow.
  const fit = () => {
    if (CSS.supports("field-sizing", "content")) return;
    box.rows = Math.min(6, box.value.split("\n").length);
  };

  const lastQuery = () => [...document.querySelectorAll(".query")].pop()?.textContent ?? "";

  // Takes the parts that change from a page of ours.
  const take = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    document.title = page.title;
    for (const part of ["main", ".bar", "#history"]) {
      const mine = document.querySelector(part);
      const theirs = page.querySelector(part);
      if (mine && theirs) mine.replaceWith(document.adoptNode(theirs));
    }
    document.getElementById("latest")?.parentElement.scrollIntoView({ block: "start" });
    const verdicts = document.querySelectorAll(".verdict, .problem h1, .hello h1");
    status.textContent = verdicts.length ? verdicts[verdicts.length - 1].textContent : "";
  };

  const open = async (address, keep) => {
    running?.abort();
    const mine = (running = new AbortController());
    form.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { signal: mine.signal, credentials: "same-origin" });
      const html = await response.text();
      if (keep) history.pushState(null, "", address + "#latest");
      shown = location.pathname + location.search;
      take(html);
      if (keep && response.ok) {
        box.value = "";
        fit();
      }
    } catch (failure) {
      // The browser's own page says best that the program is not running.
      if (failure.name !== "AbortError") location.assign(address);
    } finally {
      if (running === mine) {
        running = null;
        form.removeAttribute("aria-busy");
      }
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!box.value.trim()) return;
    const parameters = new URLSearchParams(new FormData(form));
    open("/?" + parameters, true);
  });

  addEventListener("popstate", () => {
    const address = location.pathname + location.search;
    if (address !== shown) open(address, false);
  });

  box.addEventListener("input", fit);
  box.addEventListener("keydown", (event) => {
    // While an input method composes, Enter chooses a character. Safari has
    // left composition by then and tells by the key code alone.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key === "Enter" && !event.shiftKey && !composing) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "ArrowUp" && !box.value && !composing) {
      event.preventDefault();
      box.value = lastQuery();
      fit();
    }
  });

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && running) running.abort();
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
    }
  });
})();
