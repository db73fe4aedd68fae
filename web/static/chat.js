// The chat without leaving the page: turns come in place, keys do what keys of a chat
// do. All of it is a comfort: each page is whole without this file.

(() => {
  "use strict";

  const form = document.querySelector(".composer");
  if (!form) return;
  const box = form.querySelector("textarea");
  const status = document.getElementById("status");
  const blank = document.getElementById("pending");
  // What is asked now: its address, its pending turn, and how to stop it.
  let running = null;
  let shown = location.pathname + location.search;
  // Which earlier query stands in the box, counted from the newest; 0 is none.
  let recalled = 0;

  // Browsers without `field-sizing` need help to let the box grow.
  const fit = () => {
    if (CSS.supports("field-sizing", "content")) return;
    box.rows = Math.min(6, box.value.split("\n").length);
  };

  const write = (words) => {
    box.value = words;
    box.setSelectionRange(words.length, words.length);
    fit();
  };

  const announce = (words) => {
    status.textContent = "";
    // A new text is read aloud even where it is the old one again.
    requestAnimationFrame(() => (status.textContent = words));
  };

  const earlier = () => {
    const queries = new URLSearchParams(shown.split("?")[1] ?? "").getAll("q").reverse();
    return queries.filter((query, at) => query !== queries[at - 1]);
  };

  const show = (turn) => turn?.scrollIntoView({ block: "start" });

  // A reply that the server left out of the page, because it is long ago, stays where it was shown.
  const relink = (turn) => {
    const parameters = [...new URLSearchParams(shown.split("?")[1] ?? "")];
    const conversation = parameters.filter(([name]) => name === "q" || name === "drop");
    for (const link of turn.querySelectorAll("a[href^='/t/']")) {
      const address = new URL(link.href);
      const own = [...address.searchParams].filter(([name]) => name !== "q" && name !== "drop");
      link.href = address.pathname + "?" + new URLSearchParams([...own, ...conversation]) + address.hash;
    }
  };

  // Links hold the conversation they were made for: an old turn gets those of the
  // newer page, and is otherwise left as the reader left it.
  const renew = (mine, theirs) => {
    mine.querySelector(".meant")?.remove();
    if (theirs.matches(".earlier") && !mine.matches(".earlier")) {
      relink(mine);
      mine.querySelector("#latest")?.remove();
      return;
    }
    const [old, now] = [mine, theirs].map((turn) => turn.querySelectorAll("[href]"));
    if (old.length !== now.length || mine.className !== theirs.className) {
      mine.replaceWith(theirs);
      return;
    }
    old.forEach((link, at) => link.setAttribute("href", now[at].getAttribute("href")));
    mine.querySelector("#latest")?.remove();
  };

  // Takes from a page of ours what differs here.
  const take = (page) => {
    document.title = page.title;
    const main = document.querySelector("main");
    const theirs = document.adoptNode(page.querySelector("main"));
    const turns = theirs.querySelectorAll(".turn");
    main.querySelectorAll(".pending").forEach((turn) => turn.remove());
    const kept = [...main.querySelectorAll(".turn")];
    const query = (turn) => turn.querySelector(".query")?.textContent;
    const same = (turn, at) => turns[at] && turn.id === turns[at].id && query(turn) === query(turns[at]);
    if (kept.length && kept.length <= turns.length && kept.every(same)) {
      const rest = [...turns].slice(kept.length);
      kept.forEach((turn, at) => renew(turn, turns[at]));
      [...main.querySelectorAll(".turn")].pop().after(...rest);
      const after = ".full-chat, .by-attribute, .next, .export";
      main.querySelectorAll(after).forEach((part) => part.remove());
      main.append(...theirs.querySelectorAll(after));
    } else {
      main.replaceWith(theirs);
    }
    for (const part of [".bar", "#history", "#filters"]) {
      const mine = document.querySelector(part);
      const other = page.querySelector(part);
      if (mine && other) mine.replaceWith(document.adoptNode(other));
    }
  };

  // The question stands at once; its reply comes to the same place.
  const pend = (query) => {
    const turn = blank.content.firstElementChild.cloneNode(true);
    turn.querySelector(".query").textContent = query;
    const main = document.querySelector("main");
    if (!main.querySelector(".turn")) main.replaceChildren();
    const last = [...main.querySelectorAll(".turn")].pop();
    if (last) last.after(turn);
    else main.append(turn);
    show(turn);
    announce(turn.querySelector(".told-verdict").textContent);
    return turn;
  };

  const open = async (address, query) => {
    running?.stop.abort();
    // A turn that failed makes way for the next try.
    document.querySelectorAll(".pending.failed").forEach((turn) => turn.remove());
    const main = document.querySelector("main");
    const start = main.querySelector(".turn") ? null : [...main.childNodes];
    const mine = { stop: new AbortController(), query, turn: query && pend(query) };
    running = mine;
    form.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { signal: mine.stop.signal, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const own = new URL(response.url, location.href);
      if (query) history.pushState(null, "", own.pathname + own.search + "#latest");
      shown = location.pathname + location.search;
      take(page);
      recalled = 0;
      if (query && !response.ok && !box.value) write(query);
      show(document.getElementById("latest")?.parentElement);
      const told = [...document.querySelectorAll(".turn .told-verdict, .hello h1")].pop();
      announce(told?.textContent ?? "");
    } catch (failure) {
      const words = mine.turn?.querySelector(".told-verdict");
      if (!words) {
        if (failure.name !== "AbortError") location.assign(address);
      } else if (failure.name === "AbortError") {
        const { stopped } = words.dataset;
        mine.turn.remove();
        if (start && running === mine) main.replaceChildren(...start);
        if (running === mine) {
          if (!box.value) write(query);
          box.focus();
          announce(stopped);
        }
      } else {
        mine.turn.classList.add("failed");
        words.textContent = words.dataset.failed;
        const again = mine.turn.querySelector(".again");
        again.hidden = false;
        again.querySelector("button").addEventListener("click", () => {
          if (box.value === query) write("");
          open(address, query);
        });
        if (!box.value) write(query);
        announce(words.textContent);
      }
    } finally {
      if (running === mine) {
        running = null;
        form.removeAttribute("aria-busy");
      }
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = box.value.trim();
    if (!query) return;
    const parameters = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (name !== "f" || value) parameters.append(name, value);
    }
    write("");
    open("/?" + parameters, query);
  });

  // The reply of an earlier turn, in its place.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.(".unfold a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    try {
      const response = await fetch(link.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const turn = page.getElementById(link.closest(".turn").id);
      if (!response.ok || !turn) throw new Error("no reply");
      turn.querySelectorAll("#latest, .meant").forEach((part) => part.remove());
      relink(turn);
      link.closest(".turn").replaceWith(document.adoptNode(turn));
      announce(turn.querySelector(".told-verdict")?.textContent ?? "");
      turn.tabIndex = -1;
      turn.focus({ preventScroll: true });
    } catch {
      location.assign(link.href);
    }
  });

  // Notes that not all passages are read closely follow the reading. A later turn has its own.
  const follow = async () => {
    const notes = document.querySelectorAll(".closely:not(.done)");
    if (notes.length) {
      try {
        const { note } = await (await fetch("/reading", { credentials: "same-origin" })).json();
        for (const words of notes) {
          words.textContent = note ?? words.dataset.done;
          words.classList.toggle("done", !note);
        }
      } catch {
        // The program has ended; the page stays as it is.
        return;
      }
    }
    setTimeout(follow, 3000);
  };
  setTimeout(follow, 3000);

  addEventListener("popstate", () => {
    const address = location.pathname + location.search;
    if (address !== shown) open(address);
  });

  const recall = (step) => {
    const queries = earlier();
    const next = recalled + step;
    if (next < 0 || next > queries.length) return false;
    recalled = next;
    write(next ? queries[next - 1] : "");
    return true;
  };

  box.addEventListener("input", () => {
    recalled = 0;
    fit();
  });
  box.addEventListener("keydown", (event) => {
    // While an input method composes, Enter chooses a character. Safari has
    // left composition by then and tells by the key code alone.
    if (event.isComposing || event.keyCode === 229) return;
    const free = !box.value || (recalled && !box.value.includes("\n"));
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "ArrowUp" && free && recall(1)) {
      event.preventDefault();
    } else if (event.key === "ArrowDown" && recalled && recall(-1)) {
      event.preventDefault();
    }
  });

  addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape" && running) {
      event.preventDefault();
      running.stop.abort();
    }
    const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus({ preventScroll: true });
    }
    const filters = form.querySelector(".filters");
    if (event.key === "Escape" && filters.open && filters.contains(event.target)) {
      filters.open = false;
      filters.querySelector("summary").focus();
    }
  });

  // One can write at once where that brings no keyboard over the page; nothing moves for it.
  if (document.querySelector(".hello") && !location.hash && !matchMedia("(pointer: coarse)").matches) {
    box.focus({ preventScroll: true });
  }
})();
