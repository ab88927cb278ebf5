/** How fast the results service answers and takes in, at a million trials. */
package io.trialstream.benchmarks.results;
