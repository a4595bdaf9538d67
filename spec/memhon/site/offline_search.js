// Only in the copy of the site that opens from the disk; written by site/offline.py.
// A browser starts no worker from a file: the search worker is started from its sources, which
// stand in this script, and loads nothing more.
(function (sources) {
  "use strict";
  if (location.protocol !== "file:") return;
  var Native = window.Worker;
  var address = URL.createObjectURL(new Blob(sources, { type: "text/javascript" }));
  window.Worker = function (asked, options) {
    var search = /\/workers\/search\.[^/]*$/.test(String(asked));
    return new Native(search ? address : asked, options);
  };
})(/* sources */);
