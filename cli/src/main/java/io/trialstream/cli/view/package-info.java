/** Text for people: tables, the progress line, problems. Pure functions of what the client answered. */
package io.trialstream.cli.view;
