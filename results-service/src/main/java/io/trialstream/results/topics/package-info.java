/** Whether the topics still hold what was read from them, or is to be. */
package io.trialstream.results.topics;
