/* exported handler */

// Pages of the dashboard are one file: a path whose last part has no dot is a page. Done on the way in, not by mapping 404s on the
// way out, which would turn the API's errors into HTML.
function handler(event) {
  var request = event.request;
  var lastPart = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (lastPart.indexOf('.') === -1) request.uri = '/index.html';
  return request;
}
