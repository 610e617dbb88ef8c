(function () {
  "use strict";
  var filter = document.querySelector("form.filter");
  if (filter) {
    var text = filter.querySelector("input[type=search]");
    var boxes = Array.prototype.slice.call(filter.querySelectorAll("input[type=checkbox]"));
    var runs = Array.prototype.slice.call(document.querySelectorAll("article.run"));
    var apply = function () {
      var words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
      var wanted = boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
      var shown = 0;
      runs.forEach(function (run) {
        var keep = wanted.indexOf(run.dataset.verdict) >= 0 &&
          words.every(function (word) { return run.dataset.text.indexOf(word) >= 0; });
        run.hidden = !keep;
        shown += keep ? 1 : 0;
      });
      filter.querySelector("output").textContent = shown + " of " + runs.length + " shown";
    };
    filter.hidden = false;
    filter.addEventListener("input", apply);
    filter.addEventListener("submit", function (event) { event.preventDefault(); });
    // a link to a run that the filter hides shows it again
    window.addEventListener("hashchange", function () {
      var target = document.getElementById(location.hash.slice(1));
      if (target && target.hidden) {
        target.hidden = false;
        target.scrollIntoView();
      }
    });
    apply();
  }
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (element) { element.open = true; });
  });
})();
