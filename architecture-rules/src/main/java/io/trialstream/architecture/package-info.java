/** Rules about packages and their dependencies, each with its reason. */
package io.trialstream.architecture;
