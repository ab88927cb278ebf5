package io.trialstream.tpe;

import java.util.Arrays;

/** How wide Optuna's kernels are, by version. */
enum Bandwidth {
    /** v4.0, each parameter alone: the larger distance to a neighbour; the prior's centre is one of them. */
    NEIGHBOURS_AND_PRIOR {
        @Override
        double[] widths(double[] mus, Axis axis, int dimensions, boolean endpoints) {
            double[] points = Arrays.copyOf(mus, mus.length + 1);
            points[mus.length] = axis.centre();
            return Arrays.copyOf(gaps(points, axis, endpoints), mus.length);
        }
    },
    /** v4.0, joint: a fifth of the range, shrinking with n^(-1 / (d + 4)). */
    SHRINKING {
        @Override
        double[] widths(double[] mus, Axis axis, int dimensions, boolean endpoints) {
            // A range is as wide as a normal whose deviation is its own: sqrt(12) deviations.
            double range = Double.isInfinite(axis.low()) ? StrictMath.sqrt(12) * axis.range() : axis.range();
            double width = 0.2 * StrictMath.pow(Math.max(mus.length, 1), -1.0 / (dimensions + 4)) * range;
            double[] widths = new double[mus.length];
            Arrays.fill(widths, width);
            return widths;
        }
    },
    /** v5: the larger distance to a neighbouring observation. */
    NEIGHBOURS {
        @Override
        double[] widths(double[] mus, Axis axis, int dimensions, boolean endpoints) {
            return gaps(mus, axis, endpoints);
        }
    };

    /** Widths before clipping, in the order of the observations. */
    abstract double[] widths(double[] mus, Axis axis, int dimensions, boolean endpoints);

    /** The larger gap of each point; the axis' ends are neighbours only if asked for or if a point has no other. */
    static double[] gaps(double[] points, Axis axis, boolean endpoints) {
        int n = points.length;
        int[] order = Ascending.places(points);
        boolean ends = endpoints || n < 2;
        double[] gaps = new double[n];
        for (int i = 0; i < n; i++) {
            double point = points[order[i]];
            double left = i > 0 ? point - points[order[i - 1]] : ends ? point - axis.low() : 0;
            double right = i < n - 1 ? points[order[i + 1]] - point : ends ? axis.high() - point : 0;
            gaps[order[i]] = Math.max(left, right);
        }
        return gaps;
    }
}
