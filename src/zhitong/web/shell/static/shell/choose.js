/* Long selects can be searched: <select data-choose>. Without this file they are plain selects. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  for (const select of document.querySelectorAll("select[data-choose]")) {
    new window.TomSelect(select, {
      maxOptions: null,
      controlInput: "<input aria-label=\"" + (select.labels[0]?.textContent.trim() || "") + "\">",
      render: { no_results: () => "<div class=\"no-results\">没有这样的单位</div>" },
    });
    select.setAttribute("aria-hidden", "true"); /* its place is taken, its label names what took it */
    select.tabIndex = -1;
  }
});
