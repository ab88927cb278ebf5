/** The network of a trial as data: layers, shapes and parameter counts, in a form any language can read. */
package io.trialstream.contracts.blueprint;
