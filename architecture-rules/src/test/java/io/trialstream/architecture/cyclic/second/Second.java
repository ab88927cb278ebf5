package io.trialstream.architecture.cyclic.second;

import io.trialstream.architecture.cyclic.first.First;
import java.util.List;

/** Needs the package that needs this one. */
public record Second(List<First> firsts) {}
