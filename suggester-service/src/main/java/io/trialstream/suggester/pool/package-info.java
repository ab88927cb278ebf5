/** A pool's capacity and demand, and whether its trainers can train a study. Plain Java. */
package io.trialstream.suggester.pool;
