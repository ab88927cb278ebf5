package io.trialstream.trainer.dataset;

/**
 * Images of other sizes. Every value is the mean of the area that it covers in the original, at the edges by parts:
 * shrinking averages, enlarging repeats with soft borders. The same on every machine.
 */
final class ImageScaling {

    private ImageScaling() {}

    /**
     * One plane, row by row, scaled from the given part of it.
     *
     * @param width of the whole plane
     * @param left first column of the part
     * @param top first row of the part
     * @param side of the part, which is square
     * @param to side of the result
     */
    static byte[] square(int[] plane, int width, int left, int top, int side, int to) {
        byte[] scaled = new byte[to * to];
        double step = (double) side / to;
        for (int row = 0; row < to; row++) {
            for (int column = 0; column < to; column++) {
                double mean = mean(plane, width, left + column * step, top + row * step, step);
                scaled[row * to + column] = (byte) (int) Math.floor(mean + 0.5);
            }
        }
        return scaled;
    }

    private static double mean(int[] plane, int width, double left, double top, double size) {
        double sum = 0;
        for (int y = (int) top; y < top + size; y++) {
            double rows = Math.min(y + 1, top + size) - Math.max(y, top);
            for (int x = (int) left; x < left + size; x++) {
                double columns = Math.min(x + 1, left + size) - Math.max(x, left);
                // Rounding may touch a neighbour outside of the plane, by nothing.
                if (rows > 1e-9 && columns > 1e-9) {
                    sum += plane[y * width + x] * rows * columns;
                }
            }
        }
        return sum / (size * size);
    }
}
