// Copying a quote, and the collection that this browser keeps: permalinks alone, never
// words. Without this file the menu's links show the same text, to copy by hand.

(() => {
  "use strict";

  const STORE = "yuanhua.kept";
  const MOST = 400;
  let shown = null;

  const kept = () => {
    try {
      const list = JSON.parse(localStorage.getItem(STORE) ?? "[]");
      return Array.isArray(list) ? list.filter((quote) => typeof quote === "string") : [];
    } catch {
      return [];
    }
  };

  const store = (list) => {
    if (list.length > MOST) return false;
    try {
      localStorage.setItem(STORE, JSON.stringify(list));
      return true;
    } catch {
      return false;
    }
  };

  // Makes what is shown say what is kept; again whenever the page changes.
  const sync = () => {
    const list = kept();
    for (const star of document.querySelectorAll(".star")) {
      const pressed = String(list.includes(star.parentElement.dataset.quote));
      if (star.hidden) star.hidden = false;
      if (star.getAttribute("aria-pressed") !== pressed) star.setAttribute("aria-pressed", pressed);
    }
    const count = document.querySelector(".kept .count");
    const many = list.length ? String(list.length) : "";
    if (count && count.textContent !== many) count.textContent = many;
  };

  const query = (list) => list.map((quote) => "quote=" + encodeURIComponent(quote)).join("&");
  const script = () => {
    const chosen = new URLSearchParams(location.search).get("script");
    return chosen ? "&script=" + encodeURIComponent(chosen) : "";
  };

  // The collection, from the sources as they are now.
  const collect = async () => {
    if (location.pathname !== "/collection" || location.search.includes("quote=")) return;
    const list = kept();
    if (!list.length || shown === list.join()) return;
    shown = list.join();
    const nothing = document.querySelector(".nothing-kept");
    if (nothing) nothing.hidden = true;
    try {
      const response = await fetch("/collection?" + query(list) + script(), { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const part of ["main", ".bar"]) {
        const theirs = page.querySelector(part);
        if (response.ok && theirs) document.querySelector(part).replaceWith(document.adoptNode(theirs));
      }
      arrange();
      // The switch leads back here, where the collection is at home.
      for (const choice of document.querySelectorAll(".script a")) {
        const chosen = new URL(choice.href).searchParams.get("script");
        choice.href = "/collection?script=" + encodeURIComponent(chosen);
      }
    } catch {
      // The program has ended; what is shown stays.
      shown = null;
    }
  };

  // The collection in the order that its reader gives it.
  const order = () => [...document.querySelectorAll("main > .one")];
  const ends = () => {
    const all = order();
    all.forEach((one, at) => {
      for (const button of one.querySelectorAll(".move")) {
        button.disabled = button.dataset.by < 0 ? at === 0 : at === all.length - 1;
      }
    });
  };
  const arrange = () => {
    const buttons = document.getElementById("moving");
    if (!buttons || order().length < 2) return;
    for (const one of order()) one.querySelector(".take")?.prepend(buttons.content.cloneNode(true));
    ends();
  };
  const move = (button) => {
    const one = button.closest(".one");
    const up = button.dataset.by < 0;
    // The other one moves, so that this keeps the focus.
    if (up) one.after(one.previousElementSibling);
    else one.before(one.nextElementSibling);
    const list = kept();
    const here = order().map((other) => other.querySelector(".take").dataset.quote);
    const next = [...here.filter((quote) => list.includes(quote)), ...list.filter((quote) => !here.includes(quote))];
    if (store(next)) shown = next.join();
    ends();
    if (button.disabled) one.querySelector(".move:not(:disabled)")?.focus();
    one.scrollIntoView({ block: "nearest" });
    const told = document.getElementById("moved");
    told.textContent = told.dataset.moved.replace("#", order().indexOf(one) + 1);
  };

  const tell = (take, told, link) => {
    const place = take.querySelector(".told");
    place.textContent = told;
    if (link) {
      const open = document.createElement("a");
      open.href = link.href;
      open.textContent = link.textContent;
      place.append(" ", open);
    } else {
      setTimeout(() => {
        if (place.textContent === told) place.textContent = "";
      }, 4000);
    }
  };

  const text = async (address) => {
    const response = await fetch(address, { credentials: "same-origin" });
    if (!response.ok) throw new Error(await response.text());
    return response.text();
  };

  // For pages that the browser does not hold to be safe: over a network, without TLS.
  const copyOldWay = (forms) => {
    const hand = (event) => {
      event.preventDefault();
      for (const [kind, words] of Object.entries(forms)) event.clipboardData.setData(kind, words);
    };
    document.addEventListener("copy", hand, { once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", hand);
    if (!done) throw new Error("not copied");
  };

  const copy = async (link) => {
    const take = link.closest(".take");
    const list = link.closest("ul");
    const links = list.querySelectorAll("[data-copy]");
    const rich = link === links[2];
    const forms = { "text/plain": text(rich ? links[0].href : link.href) };
    if (rich) forms["text/html"] = text(link.href);
    try {
      if (navigator.clipboard?.write) {
        const blob = ([kind, words]) => [kind, words.then((words) => new Blob([words], { type: kind }))];
        // Safari wants the promises themselves, while the click is still felt.
        await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(Object.entries(forms).map(blob)))]);
      } else {
        for (const kind of Object.keys(forms)) forms[kind] = await forms[kind];
        copyOldWay(forms);
      }
      tell(take, list.dataset.copied);
    } catch {
      tell(take, list.dataset.failed, link);
    }
    const menu = link.closest("details");
    menu.open = false;
    menu.querySelector("summary").focus();
  };

  const plain = (event) => !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const link = event.target.closest?.("[data-copy]");
    if (link && plain(event)) {
      event.preventDefault();
      copy(link);
      return;
    }
    const mover = event.target.closest?.(".move");
    if (mover) {
      move(mover);
      return;
    }
    const star = event.target.closest?.(".star");
    if (star) {
      const quote = star.parentElement.dataset.quote;
      const list = kept();
      const next = list.includes(quote) ? list.filter((other) => other !== quote) : [...list, quote];
      if (!store(next)) tell(star.parentElement, star.dataset.failed);
      sync();
      return;
    }
    // What is exported is what the page says now.
    const file = event.target.closest?.("[data-export]");
    if (file && location.pathname === "/collection" && !location.search.includes("quote=")) {
      file.href = "/export?as=" + file.dataset.export + "&" + query(kept()) + script();
    } else if (file && location.pathname === "/") {
      file.href = "/export?as=" + file.dataset.export + "&" + location.search.slice(1);
    }
    const report = event.target.closest?.(".collection .report");
    if (report && !location.search.includes("quote=")) report.href = "/report?as=docx&" + query(kept());
    const check = event.target.closest?.(".export .check");
    if (check && location.pathname === "/collection" && !location.search.includes("quote=")) {
      check.href = "/disclosure?" + query(kept()) + script();
    } else if (check && location.pathname === "/") {
      check.href = "/disclosure?" + location.search.slice(1);
    }
    const keep = event.target.closest?.(".export .keep-question");
    if (keep && location.pathname === "/") keep.href = "/saved?" + location.search.slice(1);
  });

  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.(".menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  addEventListener("storage", sync);
  new MutationObserver(sync).observe(document.body, { childList: true, subtree: true });
  sync();
  collect();
})();
