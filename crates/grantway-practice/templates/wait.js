(function () {
  var box = document.getElementById("waiting");
  var form = document.getElementById("go-on");
  var bar = document.getElementById("time-left");
  function look() {
    fetch(box.getAttribute("data-status"), { credentials: "same-origin", cache: "no-store" })
      .then(function (answer) { return answer.json(); })
      .then(function (now) {
        if (now.state !== "waiting") { form.submit(); return; }
        bar.value = now.seconds_left;
        box.textContent = "Waiting for the phone, " + now.seconds_left + " s left";
        setTimeout(look, 1000);
      })
      .catch(function () { setTimeout(look, 3000); });
  }
  setTimeout(look, 1000);
})();
