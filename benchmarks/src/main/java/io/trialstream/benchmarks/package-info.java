/**
 * Measures samplers: {@link io.trialstream.benchmarks.BenchSampler} their quality by simulation with asynchronous
 * workers, {@link io.trialstream.benchmarks.SuggestionSpeed} their speed.
 */
package io.trialstream.benchmarks;
