// Opens a citation beside the chat on wide screens, as a sheet on narrow ones.
// A comfort: without it the link leads to the same page.

(() => {
  "use strict";

  const panel = document.getElementById("panel");
  if (!panel || !panel.showModal) return;
  const body = panel.querySelector(".panel-body");
  const hits = panel.querySelector(".panel-hits");
  const page = panel.querySelector(".panel-page");
  const wide = matchMedia("(min-width: 64rem)");
  let from = null;
  let running = null;
  // The conversation that it was opened from.
  let asked = location.search;

  const show = () => {
    if (panel.open) return;
    if (wide.matches) panel.show();
    else panel.showModal();
    document.body.classList.toggle("beside", wide.matches);
  };

  const close = () => {
    running?.abort();
    if (!panel.open) return;
    panel.close();
    document.body.classList.remove("beside");
    body.replaceChildren();
    hits.replaceChildren();
    // The card may have been replaced by another turn since.
    if (from?.isConnected) from.focus();
    from?.classList.remove("open");
    current(null);
  };

  // Which card is being read; its number says so, too.
  const current = (address) => {
    for (const card of document.querySelectorAll("main .card")) {
      const cite = card.querySelector("a.cite");
      const read = Boolean(address) && cite?.href === address;
      card.classList.toggle("being-read", read);
      // A card that is folded away is seen by its line.
      const seen = card.closest("details.line:not([open])") ?? card;
      if (read && wide.matches) seen.scrollIntoView({ block: "nearest" });
    }
  };

  const open = async (link) => {
    const address = new URL(link.getAttribute("href"), location.href).href;
    const inside = panel.contains(link);
    running?.abort();
    const mine = (running = new AbortController());
    try {
      const response = await fetch(address, { signal: mine.signal, credentials: "same-origin" });
      const source = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("main");
      // What is not there is told on a page of its own.
      if (!response.ok || !source) throw new Error("no source");
      if (!inside) {
        from?.classList.remove("open");
        from = link;
        from.classList.add("open");
      }
      // The strip stays in sight while the source is read.
      hits.replaceChildren(...source.querySelectorAll(".hits"));
      body.replaceChildren(...document.adoptNode(source).childNodes);
      page.href = address;
      asked = location.search;
      show();
      current(address);
      body.scrollTop = 0;
      body.querySelector("#here")?.scrollIntoView({ block: "center" });
      // Whoever goes from quote to quote goes on with the same key.
      const step = inside && link.rel && hits.querySelector(`[rel="${link.rel}"]`);
      (step || body).focus({ preventScroll: true });
    } catch (failure) {
      if (failure.name !== "AbortError") location.assign(address);
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.opens");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link);
  });
  panel.querySelector("button").addEventListener("click", close);
  panel.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  wide.addEventListener("change", () => {
    if (!panel.open) return;
    panel.close();
    show();
  });
  // Another turn, or a step in the history, leaves what was read behind.
  addEventListener("popstate", () => {
    if (asked !== location.search) close();
  });
})();
