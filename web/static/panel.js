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
  // The conversation that it was opened from, and its place on the page.
  let asked = location.search;
  let place = location.href;
  // Resolves when the step back that closes it has been made.
  let left = Promise.resolve();

  const show = () => {
    if (panel.open) return;
    if (wide.matches) panel.show();
    else panel.showModal();
    document.body.classList.toggle("beside", wide.matches);
  };

  // While it is open it is a step of its own in the history, so that Back closes it and stays in the chat.
  const leave = () => {
    if (!history.state?.sheet) return;
    const link = from;
    left = new Promise((done) => addEventListener("popstate", () => done(), { once: true }));
    left.then(() => refocus(link));
    history.back();
  };

  // A step in the history to a place on the page takes the focus away once it is made.
  const refocus = (link) => {
    const back = () => {
      if (!panel.open && document.activeElement === document.body && link?.isConnected) link.focus({ preventScroll: true });
    };
    requestAnimationFrame(() => requestAnimationFrame(back));
    setTimeout(back, 150);
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
  const words = (address) => {
    const { pathname, searchParams } = new URL(address);
    return [pathname, searchParams.get("span"), searchParams.get("turn")].join(" ");
  };
  const current = (address) => {
    for (const card of document.querySelectorAll("main .card")) {
      const cite = card.querySelector("a.cite");
      const read = Boolean(address && cite) && words(cite.href) === words(address);
      card.classList.toggle("being-read", read);
      // A card that is folded away is seen by its line.
      const seen = card.closest("details.line:not([open])") ?? card;
      if (read && wide.matches) seen.scrollIntoView({ block: "nearest" });
    }
  };

  const open = async (link, address = link.href) => {
    const inside = Boolean(link && panel.contains(link));
    running?.abort();
    const mine = (running = new AbortController());
    try {
      const response = await fetch(address, { signal: mine.signal, credentials: "same-origin" });
      const source = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("main");
      // What is not there is told on a page of its own.
      if (!response.ok || !source) throw new Error("no source");
      await left;
      if (!inside) {
        from?.classList.remove("open");
        from = link;
        from?.classList.add("open");
      }
      if (history.state?.sheet) {
        if (history.state.sheet !== address) history.replaceState({ sheet: address }, "");
      } else {
        // Whoever comes back finds the chat as far down as it is then.
        history.scrollRestoration = "manual";
        history.pushState({ sheet: address }, "");
        history.scrollRestoration = "manual";
      }
      // The strip stays in sight while the source is read.
      hits.replaceChildren(...source.querySelectorAll(".hits"));
      body.replaceChildren(...document.adoptNode(source).childNodes);
      page.href = address;
      asked = location.search;
      place = location.href;
      show();
      current(address);
      body.scrollTop = 0;
      body.querySelector("#here")?.scrollIntoView({ block: "center" });
      // Whoever goes from quote to quote goes on with the same key.
      const step = inside && link?.rel && hits.querySelector(`[rel="${link.rel}"]`);
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
  const closeAndLeave = () => {
    if (!panel.open) return;
    close();
    leave();
  };
  panel.querySelector("button").addEventListener("click", closeAndLeave);
  panel.addEventListener("cancel", (event) => {
    event.preventDefault();
    closeAndLeave();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeAndLeave();
  });
  wide.addEventListener("change", () => {
    if (!panel.open) return;
    panel.close();
    show();
  });
  // Where the history says that it was open, it is opened again, also after a page of its own.
  const reopen = () => {
    const address = history.state.sheet;
    const links = [...document.querySelectorAll("main a.cite")];
    open(links.find((link) => words(link.href) === words(address)) ?? null, address);
  };
  // Another turn, or a step in the history, leaves what was read behind; a step within the chat does not.
  addEventListener("popstate", () => {
    if (history.state?.sheet) {
      if (!panel.open) reopen();
    } else if (asked !== location.search || place === location.href) {
      if (panel.open) refocus(from);
      close();
      history.scrollRestoration = "auto";
    }
  });
  if (history.state?.sheet) reopen();
})();
