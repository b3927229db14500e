// What makes pages quicker to work with. Every page works without it.
"use strict";
(function () {
  const on = (type, selector, act) => document.addEventListener(type, (event) => {
    const found = event.target instanceof Element ? event.target.closest(selector) : null;
    if (found) act(event, found);
  });
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const inText = (element) => element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  // Say something to screen readers.
  let said = "";
  function say(text) {
    const live = document.getElementById("zl-live");
    if (!live || !text || text === said) return;
    said = text;
    live.textContent = text;
  }

  // Double submit: the second press of the same form does nothing; "back" gives the form back.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    leaving = true;
    if (form.method !== "post") return;
    form.dataset.sent = "yes";
    window.setTimeout(() => all("button[type=submit]", form).forEach((button) => button.setAttribute("aria-disabled", "true")));
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
    all("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      all("button[aria-disabled]", form).forEach((button) => button.removeAttribute("aria-disabled"));
    });
  });

  // Unsaved changes: ask before leaving a form marked data-guard that was touched.
  let leaving = false;
  on("input", "form[data-guard]", (event, form) => { form.dataset.touched = "yes"; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && document.querySelector("form[data-guard][data-touched]")) event.preventDefault();
  });

  // Filters that apply themselves when something is chosen.
  on("change", "form[data-autosubmit]", (event, form) => {
    if (event.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
  });

  // Dialogs.
  on("click", "[data-opens]", (event, opener) => {
    const dialog = document.getElementById(opener.dataset.opens);
    if (!dialog || typeof dialog.showModal !== "function") return;
    event.preventDefault();
    all("details[open][data-closes-outside]").forEach((menu) => { menu.open = false; });
    dialog.showModal();
  });
  on("click", "[data-closes]", (event, button) => button.closest("dialog").close());

  // Menus close with Escape and by a click elsewhere.
  document.addEventListener("click", (event) => {
    all("details[open][data-closes-outside]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("focusin", (event) => {
    all("details[open][data-closes-outside]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  // Shortcuts of one key, which can be switched off (WCAG 2.1.4).
  const SHORTCUTS = "zichtlijn-shortcuts";
  const shortcutsOn = () => { try { return localStorage.getItem(SHORTCUTS) !== "off"; } catch (error) { return true; } };
  on("change", "[data-shortcuts-on]", (event, box) => {
    try { localStorage.setItem(SHORTCUTS, box.checked ? "on" : "off"); } catch (error) { /* storage is closed: the choice lasts for this page */ }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      all("details[open][data-closes-outside]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || inText(event.target) || !shortcutsOn()) return;
    if (document.querySelector("dialog[open]")) return;
    const search = document.querySelector("[data-search]");
    const help = document.getElementById("shortcuts");
    if (event.key === "/" && search && search.offsetParent) { event.preventDefault(); search.focus(); search.select(); }
    if (event.key === "?" && help) { event.preventDefault(); help.showModal(); }
    inRows(event);
  });

  // Walking through a list of which rows can be chosen: the link of a row has the focus, so that Enter opens it.
  function inRows(event) {
    const table = document.querySelector("[data-selectable]");
    if (!table || event.shiftKey) return;
    const rows = all("tbody tr", table);
    const here = document.activeElement instanceof Element ? rows.indexOf(document.activeElement.closest("tr")) : -1;
    if (event.key === "j" || event.key === "k") {
      const next = rows[Math.min(rows.length - 1, Math.max(0, here + (event.key === "j" ? 1 : -1)))];
      const link = next && (next.querySelector("th a") || next.querySelector("[data-select-row]"));
      if (link) { event.preventDefault(); link.focus(); }
      return;
    }
    const box = here >= 0 ? rows[here].querySelector("[data-select-row]") : null;
    if (event.key === "x" && box) { event.preventDefault(); box.click(); return; }
    const button = all("[data-key]").find((each) => each.dataset.key === event.key);
    if (!button) return;
    event.preventDefault();
    // Nothing chosen yet: the row with the focus is meant.
    if (box && !all("[data-select-row]:checked", table).length) box.click();
    button.click();
  }

  // Choosing rows: all at once, a range with Shift, and how many are chosen.
  let lastBox = null;
  function countRows(table) {
    const boxes = all("[data-select-row]", table);
    const chosen = boxes.filter((box) => box.checked).length;
    const head = table.querySelector("[data-select-all]");
    if (head) { head.checked = chosen > 0 && chosen === boxes.length; head.indeterminate = chosen > 0 && chosen < boxes.length; }
    all("[data-chosen-count]").forEach((place) => { place.textContent = String(chosen); });
  }
  on("change", "[data-select-all]", (event, head) => {
    const table = head.closest("[data-selectable]");
    all("[data-select-row]", table).forEach((box) => { box.checked = head.checked; });
    countRows(table);
  });
  on("click", "[data-select-row]", (event, box) => {
    const table = box.closest("[data-selectable]");
    if (!table) return;
    const boxes = all("[data-select-row]", table);
    if (event.shiftKey && boxes.includes(lastBox)) {
      const [from, to] = [boxes.indexOf(lastBox), boxes.indexOf(box)].sort((a, b) => a - b);
      boxes.slice(from, to + 1).forEach((other) => { other.checked = box.checked; });
    }
    lastBox = box;
    countRows(table);
  });

  // Alerts that can be put away.
  function addCloseButtons(root) {
    all("[data-dismissible]:not([data-ready])", root).forEach((alert) => {
      alert.dataset.ready = "yes";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "zl-alert__close";
      button.setAttribute("aria-label", alert.dataset.dismissible);
      button.textContent = "\u00d7";
      button.addEventListener("click", () => { alert.remove(); document.getElementById("main").focus(); });
      alert.append(button);
    });
  }

  // A wide drawing begins where you are.
  function showCurrent(frame) {
    const here = frame.querySelector(".d-box--current");
    if (!here || frame.scrollWidth <= frame.clientWidth) return;
    const box = here.getBoundingClientRect();
    frame.scrollLeft += box.left + box.width / 2 - (frame.getBoundingClientRect().left + frame.clientWidth / 2);
  }

  // A table that fits keeps its head in sight; one that does not scrolls sideways in its own frame.
  const fit = (frame) => {
    const table = frame.querySelector("table");
    frame.toggleAttribute("data-fits", table !== null && table.offsetWidth <= frame.clientWidth);
  };
  const watched = new ResizeObserver((changes) => changes.forEach((change) => fit(change.target)));

  function prepare(root) {
    all(".zl-with-script[hidden], [data-select-all][hidden]", root).forEach((element) => { element.hidden = false; });
    all("[data-shortcuts-on]", root).forEach((box) => { box.checked = shortcutsOn(); });
    addCloseButtons(root);
    all(".zl-drawing-scroll", root).forEach(showCurrent);
    all(".zl-table", root).forEach((frame) => { fit(frame); watched.observe(frame); });
  }

  // After a part of the page is replaced: prepare it, keep the focus, tell what changed.
  let focused = "";
  document.addEventListener("htmx:beforeSwap", () => { focused = document.activeElement ? document.activeElement.id : ""; });
  document.addEventListener("htmx:afterSettle", (event) => {
    prepare(event.target.parentElement || document);
    const wanted = event.target.querySelector("[data-takes-focus]") || (focused && document.activeElement === document.body && document.getElementById(focused));
    if (wanted) wanted.focus();
    const told = event.target.matches("[data-announce]") ? event.target : event.target.querySelector("[data-announce]");
    if (told) say(told.dataset.announce);
  });

  prepare(document);
  const first = document.querySelector("[data-takes-focus]");
  if (first) first.focus();
})();
