/** Forwards commands to the suggester, so that a browser sees one origin. */
package io.trialstream.results.commands;
