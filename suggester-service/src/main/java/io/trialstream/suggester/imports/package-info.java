/**
 * Results that were obtained elsewhere, read from files and checked against a study's space. A file is imported as a
 * whole or not at all, and the same content only once.
 */
package io.trialstream.suggester.imports;
