// The conversations that this browser keeps: their questions alone, never a quoted word. And the keys of
// the page. Both are a comfort: each page is whole without this file.

(() => {
  "use strict";

  const CHATS = "yuanhua.chats";
  const KEEP = "yuanhua.chats.keep";
  const KEYS = "yuanhua.keys";
  const MOST = 500;

  const dialog = document.getElementById("chats");
  const keys = document.getElementById("keys");
  if (!dialog || !dialog.showModal) return;

  const read = (name, otherwise) => {
    try {
      return JSON.parse(localStorage.getItem(name)) ?? otherwise;
    } catch {
      return otherwise;
    }
  };
  const write = (name, value) => {
    try {
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      // Nothing can be kept here; the address holds the conversation all the same.
    }
  };

  // A chat is the parameters of its address: each question, then what it does not carry over.
  const kept = () => {
    const list = read(CHATS, []);
    const is = (chat) => chat && Array.isArray(chat.turns) && chat.turns.length && typeof chat.at === "number";
    return Array.isArray(list) ? list.filter(is) : [];
  };
  const questions = (turns) => turns.filter(([name]) => name === "q").map(([, value]) => value);
  const begins = (whole, part) => part.length <= whole.length && part.every((one, at) => one === whole[at]);

  // What is shown is kept: it continues a kept chat, or is a new one. A step back loses nothing.
  let recorded = null;
  const record = () => {
    const here = location.pathname + location.search;
    if (recorded === here || location.pathname !== "/") return;
    if (!document.querySelector("main .turn:not(.pending)")) return;
    recorded = here;
    if (!read(KEEP, true)) return;
    const turns = [...new URLSearchParams(location.search)].filter(([name]) => name === "q" || name === "drop");
    const asked = questions(turns);
    if (!asked.length) return;
    const list = kept();
    const shorter = list.findIndex((chat) => begins(asked, questions(chat.turns)));
    if (shorter < 0 && list.some((chat) => begins(questions(chat.turns), asked))) return;
    const [known] = shorter < 0 ? [{}] : list.splice(shorter, 1);
    list.unshift({ ...known, turns, at: Date.now() });
    write(CHATS, list.slice(0, MOST));
  };

  const address = (chat) => new URLSearchParams(chat.turns).toString();
  const script = () => {
    const chosen = new URLSearchParams(location.search).get("script");
    return chosen ? "&script=" + encodeURIComponent(chosen) : "";
  };
  const name = (chat) => chat.name || questions(chat.turns)[0];
  const same = (one) => (other) => other.at === one.at && address(other) === address(one);

  const rows = dialog.querySelector(".chat-list");
  const blank = document.getElementById("one-chat");
  const told = dialog.querySelector(".chats-told");
  const undo = dialog.querySelector(".undo");
  const clear = dialog.querySelector(".delete-all");
  const clearWords = clear.textContent;
  let gone = null;

  const row = (chat) => {
    const one = blank.content.firstElementChild.cloneNode(true);
    const link = one.querySelector(".chat-name");
    link.textContent = name(chat);
    link.href = "/?" + address(chat) + script() + "#latest";
    one.querySelector(".many").textContent = questions(chat.turns).length;
    const time = one.querySelector("time");
    const at = new Date(chat.at);
    time.dateTime = at.toISOString();
    time.textContent = at.toLocaleDateString(document.documentElement.lang, { dateStyle: "medium" });
    for (const file of one.querySelectorAll("[data-as]")) {
      file.href = "/export?as=" + file.dataset.as + "&" + address(chat) + script();
    }
    for (const button of one.querySelectorAll("[data-do]")) {
      button.setAttribute("aria-label", button.textContent + ": " + name(chat));
    }
    const form = one.querySelector(".renaming");
    const box = form.querySelector("input");
    one.querySelector("[data-do=rename]").addEventListener("click", () => {
      form.hidden = !form.hidden;
      box.value = name(chat);
      if (!form.hidden) box.select();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const list = kept();
      const mine = list.find(same(chat));
      if (mine) mine.name = box.value.trim() || undefined;
      write(CHATS, list);
      fill();
      rows.querySelector(`[data-at="${chat.at}"] [data-do=rename]`)?.focus();
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      form.hidden = true;
      one.querySelector("[data-do=rename]").focus();
    });
    one.querySelector("[data-do=delete]").addEventListener("click", () => {
      remove(kept().filter(same(chat)));
    });
    one.dataset.at = chat.at;
    return one;
  };

  const fill = () => {
    const list = kept();
    rows.replaceChildren(...list.map(row));
    dialog.querySelector(".no-chats").hidden = list.length > 0;
    clear.hidden = list.length < 2;
    clear.textContent = clearWords;
  };

  const remove = (some) => {
    gone = some;
    write(CHATS, kept().filter((chat) => !some.some((one) => same(one)(chat))));
    // Who deletes the chat that is open does not want it back by the next look.
    recorded = location.pathname + location.search;
    fill();
    told.textContent = told.dataset.deleted;
    undo.hidden = false;
    undo.focus();
  };

  undo.addEventListener("click", () => {
    write(CHATS, [...kept(), ...(gone ?? [])].sort((a, b) => b.at - a.at));
    gone = null;
    undo.hidden = true;
    told.textContent = "";
    fill();
    (rows.querySelector("a") ?? dialog.querySelector(".close")).focus();
  });

  clear.addEventListener("click", () => {
    if (clear.textContent === clearWords) clear.textContent = clear.dataset.sure;
    else remove(kept());
  });

  const keep = document.getElementById("keep-chats");
  keep.addEventListener("change", () => {
    write(KEEP, keep.checked);
    recorded = null;
    record();
    fill();
  });

  const show = (sheet) => {
    if (sheet === dialog) {
      keep.checked = read(KEEP, true);
      told.textContent = "";
      undo.hidden = true;
      gone = null;
      fill();
    }
    sheet.showModal();
  };

  const single = document.getElementById("single-keys");
  single.checked = read(KEYS, true);
  single.addEventListener("change", () => write(KEYS, single.checked));

  for (const sheet of [dialog, keys]) {
    sheet.querySelector(".close").addEventListener("click", () => sheet.close());
    // The ground around it closes it, too.
    sheet.addEventListener("click", (event) => {
      if (event.target === sheet) sheet.close();
    });
  }

  const ready = () => {
    for (const button of document.querySelectorAll("[data-desk][hidden]")) button.hidden = false;
  };
  document.addEventListener("click", (event) => {
    const what = event.target.closest?.("[data-desk]")?.dataset.desk;
    if (what === "chats") show(dialog);
    if (what === "keys") show(keys);
  });

  // Quotes by key: the next one, the one before, the one with a number.
  const go = (card) => {
    if (!card) return;
    for (let fold = card.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) {
      fold.open = true;
    }
    card.scrollIntoView({ block: "center" });
    (card.querySelector("a.number") ?? card.querySelector("a, summary"))?.focus({ preventScroll: true });
  };
  const cards = () => [...document.querySelectorAll("main .card")];
  const step = (by) => {
    const all = cards();
    const at = all.findIndex((card) => card.contains(document.activeElement));
    if (at >= 0) return go(all[at + by]);
    const latest = document.getElementById("latest")?.closest(".turn");
    return go(all.find((card) => !latest || latest.contains(card)));
  };
  const numbered = (number) => {
    const latest = [...document.querySelectorAll("main .turn")].pop();
    go([...(latest?.querySelectorAll(".card") ?? [])][number - 1]);
  };

  addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable], dialog.sheet") || !single.checked) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const acts = {
      "?": () => show(keys),
      n: () => document.querySelector("[data-desk=new]")?.click(),
      c: () => show(dialog),
      j: () => step(1),
      k: () => step(-1),
    };
    const act = acts[key] ?? (/^[1-9]$/.test(key) ? () => numbered(Number(key)) : null);
    if (!act) return;
    event.preventDefault();
    act();
  });

  addEventListener("storage", () => {
    if (dialog.open) fill();
  });
  new MutationObserver(() => {
    ready();
    record();
  }).observe(document.body, { childList: true, subtree: true });
  ready();
  record();
})();
