// Starts the page of signatures, or says why a browser does not let it: modules and WebCrypto need
// an address that begins with https or that is this machine's own.
(function () {
  "use strict";

  var here = document.currentScript.src;

  function show(name) {
    ["loading", "file-only", "insecure", "failed"].forEach(function (other) {
      var box = document.getElementById("diagnostic-" + other);
      if (box) box.hidden = other !== name;
    });
  }

  function begin() {
    if (location.protocol === "file:") return show("file-only");
    if (!window.isSecureContext || !window.crypto.subtle) return show("insecure");
    import(new URL("page.mjs", here).href).then(function (page) {
      return page.start();
    }).catch(function () {
      show("failed");
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
