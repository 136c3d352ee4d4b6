// What a keyboard adds; every page reads and works without it.
"use strict";

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function follow(selector) {
  const link = document.querySelector(selector);
  if (link) link.click();
  return Boolean(link);
}

const KEYS = {
  "/": () => { const box = document.getElementById("quick"); if (box) box.focus(); return Boolean(box); },
  j: () => follow("a[rel=next]"),
  k: () => follow("a[rel=prev]"),
  Escape: () => follow("a.close"),
};

document.addEventListener("keydown", (press) => {
  if (press.ctrlKey || press.metaKey || press.altKey) return;
  if (typing(press.target)) {
    if (press.key === "Escape") press.target.blur();
    return;
  }
  const action = document.querySelector(`[data-key="${CSS.escape(press.key)}"]`);
  if (action) {
    press.preventDefault();
    if (action.matches("details")) { action.open = !action.open; action.querySelector("input, select")?.focus(); } else action.click();
  } else if (KEYS[press.key] && KEYS[press.key]()) press.preventDefault();
});
