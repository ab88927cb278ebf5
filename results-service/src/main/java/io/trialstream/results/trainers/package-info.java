/** The trainers as their heartbeats show them. */
package io.trialstream.results.trainers;
