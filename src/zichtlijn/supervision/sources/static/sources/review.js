// Keys of the review screen: j next, k previous, a accept, e edit, r reject. Everything works without them.
"use strict";
(function () {
  const review = document.querySelector("[data-review]");
  if (!review) return;
  const shortcutsOn = () => { try { return localStorage.getItem("zichtlijn-shortcuts") !== "off"; } catch (error) { return true; } };
  const inText = (element) => element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  function openReject(place) {
    place.open = true;
    const text = place.querySelector("textarea");
    if (text) text.focus();
  }

  function press(key) {
    const place = review.querySelector(`[data-key="${key}"]`);
    if (!place) return false;
    if (place.matches("details")) openReject(place);
    else (place.matches("a") ? place : place.querySelector("button")).click();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    if (inText(event.target) || !shortcutsOn() || document.querySelector("dialog[open]")) return;
    if ("jkaer".includes(event.key) && press(event.key)) event.preventDefault();
  });

  const current = review.querySelector("[data-proposal][aria-current]");
  const list = review.querySelector(".src-proposals");
  if (current && list) list.scrollTop = Math.max(0, current.offsetTop - list.offsetTop - list.clientHeight / 3);
})();
