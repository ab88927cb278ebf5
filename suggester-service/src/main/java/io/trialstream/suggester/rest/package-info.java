/**
 * The suggester's REST interface: commands to studies. Readers ask the results service, which forwards commands here.
 */
package io.trialstream.suggester.rest;
