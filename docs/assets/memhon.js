// Names that the theme leaves out for screen readers: the search dialog, sections of the navigation,
// the buttons of each code block and the tables that scroll.
(function () {
  "use strict";

  function nameSearch() {
    var search = document.querySelector(".md-search");
    if (search) search.setAttribute("aria-label", "Rechercher");
  }

  // A section with a page of its own has an empty label in the theme: its link gives the name.
  function nameSections() {
    document.querySelectorAll(".md-nav__container > a").forEach(function (link) {
      var nav = link.closest(".md-nav__item").querySelector(":scope > nav[aria-labelledby]");
      if (!nav) return;
      nav.removeAttribute("aria-labelledby");
      nav.setAttribute("aria-label", link.textContent.trim());
    });
  }

  function nameCodeButtons() {
    document.querySelectorAll(".md-code__nav").forEach(function (nav, index) {
      var block = nav.closest(".highlight");
      var title = block && block.querySelector(".filename");
      var label = "Actions du bloc de code " + (index + 1);
      nav.setAttribute("aria-label", title ? label + " : " + title.textContent : label);
    });
  }

  function reachScrollingTables() {
    document.querySelectorAll(".md-typeset__scrollwrap").forEach(function (wrap, index) {
      if (wrap.scrollWidth > wrap.clientWidth) {
        wrap.tabIndex = 0;
        wrap.setAttribute("role", "region");
        wrap.setAttribute("aria-label", "Tableau " + (index + 1) + ", défilement horizontal");
      } else {
        wrap.removeAttribute("tabindex");
        wrap.removeAttribute("role");
        wrap.removeAttribute("aria-label");
      }
    });
  }

  function openTarget() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
    }
  }

  function start() {
    nameSearch();
    nameSections();
    nameCodeButtons();
    reachScrollingTables();
    openTarget();
    var content = document.querySelector(".md-content") || document.body;
    new MutationObserver(function () {
      nameCodeButtons();
      reachScrollingTables();
    }).observe(content, { childList: true, subtree: true });
    addEventListener("resize", reachScrollingTables);
    addEventListener("hashchange", openTarget);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
