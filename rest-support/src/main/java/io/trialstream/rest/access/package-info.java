/**
 * Who may do what. Off until API keys or OpenID Connect are configured; then nothing but the sign-in page answers
 * without a credential, readers need the role viewer, and whatever changes something needs the role operator.
 */
package io.trialstream.rest.access;
