package io.trialstream.tpe;

import java.util.List;
import java.util.Objects;

/**
 * What a sampler's model makes of one parameter where it is active: how likely its values are among the good trials
 * and among the bad ones, whatever the other parameters are. Where good is above bad, the sampler looks next.
 *
 * @param label of the parameter
 * @param points by value
 */
public record ParameterPreview(String label, List<Point> points) {
    /**
     * A value with its densities; of a discrete parameter, masses. For the log families they are densities of the
     * logarithm.
     *
     * @param value as in an assignment: of a choice, the index of the option
     * @param good l(value)
     * @param bad g(value)
     */
    public record Point(double value, double good, double bad) {}

    public ParameterPreview {
        Objects.requireNonNull(label, "label");
        points = List.copyOf(points);
    }
}
