/** Reading what readers put aside. */
package io.trialstream.results.deadletters;
