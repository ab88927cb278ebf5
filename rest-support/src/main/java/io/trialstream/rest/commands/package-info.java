/** The commands that users give, defined once for the service that carries them out and the one that passes them on. */
package io.trialstream.rest.commands;
