// A file of its own: the service's content security policy allows no scripts inside pages.
window.ui = SwaggerUIBundle({
  url: '/openapi?format=json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  // Else the document's address is sent to a service elsewhere.
  validatorUrl: null,
});
