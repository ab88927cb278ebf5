package io.trialstream.suggester.decision;

import io.trialstream.suggester.pool.Trainers;
import io.trialstream.suggester.state.Studies;

/**
 * All that decisions are made of. Mutable and confined to the suggester's loop.
 *
 * @param studies the studies and their trials
 * @param trainers the trainers, and the suggester's clock
 */
public record SuggesterState(Studies studies, Trainers trainers) {}
