/** Reading: queries made of constant text and bound values, and the rows that they yield. */
package io.trialstream.results.read;
