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
    var moved = false;
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS" && !node.open) moved = node.open = true;
    }
    if (moved) target.scrollIntoView();
  }

  function eachOf(selector, act) {
    document.querySelectorAll(selector).forEach(act);
  }

  function reviveButtons() {
    eachOf("button.copy-path[hidden]", function (button) {
      button.hidden = false;
    });
    eachOf(".tree", function (tree) {
      var tools = tree.querySelector(".tree-tools");
      if (tools) tools.hidden = !tree.querySelector("details");
    });
  }

  function say(button, text) {
    var before = button.textContent;
    var live = document.getElementById("memhon-live");
    if (!live) {
      live = document.createElement("div");
      live.id = "memhon-live";
      live.className = "vh";
      live.setAttribute("role", "status");
      document.body.appendChild(live);
    }
    live.textContent = text;
    button.textContent = text;
    setTimeout(function () {
      button.textContent = before;
      live.textContent = "";
    }, 1500);
  }

  function copyByHand(text) {
    var field = document.createElement("textarea");
    field.value = text;
    field.className = "vh";
    document.body.appendChild(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    return done;
  }

  function copy(button) {
    if (button.textContent === "Copié") return;
    var text = button.getAttribute("data-copy");
    function byHand() {
      say(button, copyByHand(text) ? "Copié" : "Copie refusée");
      button.focus();
    }
    if (!navigator.clipboard) return byHand();
    navigator.clipboard.writeText(text).then(function () {
      say(button, "Copié");
    }, byHand);
  }

  function clicked(event) {
    var button = event.target.closest && event.target.closest("button");
    if (!button) return;
    if (button.classList.contains("copy-path")) copy(button);
    var wish = button.getAttribute("data-tree");
    var tree = wish && button.closest(".tree");
    if (!tree) return;
    tree.querySelectorAll("details").forEach(function (group) {
      group.open = wish === "open";
    });
  }

  // On paper everything is open; afterwards what was closed is closed again.
  var opened = [];
  function openAll() {
    eachOf(".md-content details:not([open])", function (block) {
      block.open = true;
      opened.push(block);
    });
  }
  function closeAgain() {
    opened.splice(0).forEach(function (block) {
      block.open = false;
    });
  }

  function start() {
    reviveButtons();
    addEventListener("click", clicked);
    addEventListener("beforeprint", openAll);
    addEventListener("afterprint", closeAgain);
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
