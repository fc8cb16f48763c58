(function () {
  var path = window.location.hash.slice(1);
  if (/^\/partners\/invitation\/granularAdminRelationships\/[0-9a-f-]+$/i.test(path)) {
    window.location.replace(path);
  }
})();
