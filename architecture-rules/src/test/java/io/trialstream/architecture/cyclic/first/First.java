package io.trialstream.architecture.cyclic.first;

import io.trialstream.architecture.cyclic.second.Second;

/** Needs the package that needs this one. */
public record First(Second second) {}
