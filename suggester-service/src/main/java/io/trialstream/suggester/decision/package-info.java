/**
 * What the suggester does next, given what it knows: which trials are queued, queued again or ended, and which studies
 * have come to their end. Plain Java; confined to the suggester's loop. A decision changes the state in memory at once
 * and is added to the {@link io.trialstream.suggester.decision.PendingCommit} of the round.
 */
package io.trialstream.suggester.decision;
