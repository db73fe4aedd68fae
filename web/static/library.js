// Dropping files anywhere on the page, and progress without reloading. The
// page is whole without this file.

(() => {
  "use strict";

  const form = document.querySelector("form.add");
  const work = document.querySelector(".work");
  if (!work) return;
  const told = document.getElementById("told");
  const level = document.getElementById("level");

  const look = async () => {
    try {
      const now = await (await fetch("/library/progress", { credentials: "same-origin" })).json();
      if (now.under_way) {
        work.hidden = false;
        told.textContent = now.told;
        if (now.total) {
          level.max = now.total;
          level.value = now.done;
        } else {
          level.removeAttribute("value");
        }
      } else if (!work.hidden && !document.querySelector("details.change[open]")) {
        location.reload();
        return;
      } else {
        work.hidden = true;
      }
    } catch {
      // The program has ended; the page stays as it is.
      return;
    }
    setTimeout(look, 700);
  };
  if (!work.hidden) setTimeout(look, 700);

  if (!form) return;
  const picker = form.querySelector("input[type=file]");
  const send = () => {
    if (!picker.files.length) return;
    // In the chat, the first reply takes the place of the form.
    if (!form.isConnected) {
      form.hidden = true;
      document.body.append(form);
    }
    form.requestSubmit();
  };
  form.addEventListener("submit", () => {
    work.hidden = false;
  });
  picker.addEventListener("change", send);
  const holds = (event) => event.dataTransfer?.types.includes("Files");
  let over = 0;
  addEventListener("dragenter", (event) => {
    if (holds(event)) {
      over += 1;
      document.body.classList.add("dropping");
    }
  });
  addEventListener("dragleave", (event) => {
    if (holds(event) && --over <= 0) document.body.classList.remove("dropping");
  });
  addEventListener("dragover", (event) => {
    if (holds(event)) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    over = 0;
    document.body.classList.remove("dropping");
    picker.files = event.dataTransfer.files;
    send();
  });
})();
