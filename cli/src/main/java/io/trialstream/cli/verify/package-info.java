/**
 * Compares what the topics hold of a study with what its readers are shown: values and decisions in plain Java, and an
 * adapter for each side.
 */
package io.trialstream.cli.verify;
