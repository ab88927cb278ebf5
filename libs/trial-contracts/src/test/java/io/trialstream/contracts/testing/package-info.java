/** What the tests of several modules share: messages with all that a test does not care about filled in. */
package io.trialstream.contracts.testing;
