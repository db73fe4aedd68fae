// Opens a citation beside the chat on wide screens, as a sheet on narrow ones.
// A comfort: without it the link leads to the same page.

(() => {
  "use strict";

  const panel = document.getElementById("panel");
  if (!panel || !panel.showModal) return;
  const body = panel.querySelector(".panel-body");
  const page = panel.querySelector(".panel-page");
  const wide = matchMedia("(min-width: 64rem)");
  let from = null;
  let running = null;

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
    // The card may have been replaced by another turn since.
    if (from?.isConnected) from.focus();
    from?.classList.remove("open");
  };

  const open = async (link) => {
    running?.abort();
    const mine = (running = new AbortController());
    try {
      const response = await fetch(link.href, { signal: mine.signal, credentials: "same-origin" });
      const source = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("main");
      // What is not there is told on a page of its own.
      if (!response.ok || !source) throw new Error("no source");
      from?.classList.remove("open");
      from = link;
      from.classList.add("open");
      body.replaceChildren(...document.adoptNode(source).childNodes);
      page.href = link.href;
      show();
      body.scrollTop = 0;
      body.querySelector("#here")?.scrollIntoView({ block: "center" });
      body.focus({ preventScroll: true });
    } catch (failure) {
      if (failure.name !== "AbortError") location.assign(link.href);
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("main a.cite");
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
  addEventListener("popstate", close);
})();
