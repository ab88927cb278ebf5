/**
 * What the suggester knows: the studies, their trials and the evidence, as a fold over the records and events that it
 * has read. Plain Java; mutable classes are confined to the suggester's loop.
 */
package io.trialstream.suggester.state;
