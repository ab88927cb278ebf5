/** What the OpenAPI documents of both REST services have in common. */
package io.trialstream.rest.openapi;
