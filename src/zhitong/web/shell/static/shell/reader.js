/* The reader's desk: what is pointed at lights up on both sides; words that are picked go into the form of a correction.
   Without this file the marks are links, and a paragraph is chosen by its own links. Offsets count code points. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const original = document.getElementById("original"), bar = document.getElementById("picked");
  if (!original || !bar) return;
  const length = (text) => Array.from(text).length;

  const light = (event) => {
    for (const lit of document.querySelectorAll(".zt-m-lit, .zt-lit")) lit.classList.remove("zt-m-lit", "zt-lit");
    const mark = event.target.closest?.("a.zt-m"), item = event.target.closest?.("[data-change]");
    if (mark) document.getElementById(mark.hash.slice(1))?.classList.add("zt-lit");
    if (item) for (const one of original.querySelectorAll(`a.zt-m[href="#${item.id}"]`)) one.classList.add("zt-m-lit");
  };
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);

  const place = (node, offset) => {
    const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
    if (!line || !original.contains(line)) return null;
    const before = document.createRange();
    before.setStart(line, 0);
    before.setEnd(node, offset);
    return Number(line.dataset.start) + length(before.toString());
  };

  const lead = (id, start, end) => {
    const link = document.getElementById(id);
    link.search = new URLSearchParams({ start, end }).toString();
  };

  const pick = () => {
    const chosen = document.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) { bar.hidden = true; return; }
    const range = chosen.getRangeAt(0);
    const start = place(range.startContainer, range.startOffset), end = place(range.endContainer, range.endOffset);
    bar.hidden = start === null || end === null || start >= end;
    if (bar.hidden) return;
    const words = chosen.toString();
    document.getElementById("picked-words").textContent = "“" + (words.length > 24 ? words.slice(0, 24) + "…" : words) + "”";
    lead("picked-task", start, end);
    lead("picked-indicator", start, end);
    const target = document.getElementById(location.hash.slice(1)), change = document.getElementById("picked-change");
    const item = target?.closest("[data-change]");
    change.hidden = !item;
    if (item) {
      change.textContent = "用作“" + item.dataset.name.slice(0, 12) + "”的原文";
      change.href = item.dataset.change + "&start=" + start + "&end=" + end;
    }
  };
  document.addEventListener("selectionchange", pick);
});
