package io.trialstream.trainer.dataset;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Draws labelled images from a seed: a striped figure before a plain ground, both of random colours. A fine class is
 * one of 5 figures, 4 stripe periods and 5 stripe angles; a coarse class is the figure with its period. Place, size,
 * colours, the stripes' phase and which way they lean are drawn afresh for every image, so that no pixel's mean tells
 * a class: what is left is local texture and outline, which convolutions see and a linear model does not. A mirrored
 * image keeps its class.
 *
 * <p>A pure function of the seed and the image's index, the same on every machine.
 */
final class ShapesGenerator {

    static final int FINE_CLASSES = 100;
    static final int COARSE_CLASSES = 20;
    static final int SIDE = 32;
    static final int RECORD_BYTES = ImageSet.LABEL_BYTES + 3 * SIDE * SIDE;

    private static final int ANGLES = 5;
    private static final double[] PERIODS = {2.5, 3.6, 5.2, 7.6};
    private static final double NOISE = 12;
    /** Least distance between ground and stripe colours, summed over the channels. */
    private static final int CONTRAST = 150;

    private final long seed;

    ShapesGenerator(long seed) {
        this.seed = seed;
    }

    /** {@code count} records; image {@code i} is of fine class {@code i % 100}. */
    ByteBuffer records(int count) {
        ByteBuffer records = ByteBuffer.allocate(Math.multiplyExact(count, RECORD_BYTES));
        for (int index = 0; index < count; index++) {
            write(index, records);
        }
        return records.flip();
    }

    /** Appends image {@code index} as one record. */
    void write(int index, ByteBuffer target) {
        int fine = index % FINE_CLASSES;
        int coarse = fine / ANGLES;
        target.put((byte) coarse).put((byte) fine);
        Random random = new Random(mixed(seed * 1_000_003L + index));
        Figure figure = Figure.values()[coarse / PERIODS.length];
        draw(figure, PERIODS[coarse % PERIODS.length], fine % ANGLES, random, target);
    }

    /**
     * SplitMix64's finaliser. Neighbouring seeds give {@link Random} neighbouring first values, and images of
     * neighbouring numbers are of neighbouring classes: unmixed, an image's colours would tell its class.
     */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static void draw(Figure figure, double period, int angle, Random random, ByteBuffer target) {
        double lean = (random.nextBoolean() ? 1 : -1) * angle * Math.PI / 2 / (ANGLES - 1);
        double alongX = StrictMath.cos(lean) / period;
        double alongY = StrictMath.sin(lean) / period;
        double phase = random.nextDouble();
        double radius = 6.5 + 3.5 * random.nextDouble();
        double centreX = radius + (SIDE - 2 * radius) * random.nextDouble();
        double centreY = radius + (SIDE - 2 * radius) * random.nextDouble();
        int[][] colours = colours(random);
        byte[] pixels = new byte[3 * SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double turn = x * alongX + y * alongY + phase;
                boolean inside = figure.contains((x - centreX) / radius, (y - centreY) / radius);
                int[] colour = colours[inside ? (turn - Math.floor(turn) < 0.5 ? 1 : 2) : 0];
                for (int channel = 0; channel < 3; channel++) {
                    double value = colour[channel] + NOISE * (random.nextDouble() - 0.5) * 2;
                    pixels[(channel * SIDE + y) * SIDE + x] = (byte) (int) Math.max(0, Math.min(255, value));
                }
            }
        }
        target.put(pixels);
    }

    /** Ground, and two stripe colours, each well apart from the others. */
    private static int[][] colours(Random random) {
        int[][] colours = new int[3][];
        for (int i = 0; i < 3; i++) {
            do {
                colours[i] = new int[] {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
            } while (tooNear(colours, i));
        }
        return colours;
    }

    private static boolean tooNear(int[][] colours, int last) {
        for (int other = 0; other < last; other++) {
            int distance = 0;
            for (int channel = 0; channel < 3; channel++) {
                distance += Math.abs(colours[last][channel] - colours[other][channel]);
            }
            if (distance < CONTRAST) {
                return true;
            }
        }
        return false;
    }

    /** Outlines, in coordinates where the figure reaches from -1 to 1. Each is its own mirror image. */
    private enum Figure {
        DISC {
            @Override
            boolean contains(double x, double y) {
                return x * x + y * y < 1;
            }
        },
        SQUARE {
            @Override
            boolean contains(double x, double y) {
                return Math.max(Math.abs(x), Math.abs(y)) < 0.9;
            }
        },
        TRIANGLE {
            @Override
            boolean contains(double x, double y) {
                return y < 0.9 && Math.abs(x) < (y + 1) / 2;
            }
        },
        RING {
            @Override
            boolean contains(double x, double y) {
                double distance = x * x + y * y;
                return distance < 1 && distance > 0.3;
            }
        },
        CROSS {
            @Override
            boolean contains(double x, double y) {
                return Math.min(Math.abs(x), Math.abs(y)) < 0.4 && Math.max(Math.abs(x), Math.abs(y)) < 1;
            }
        };

        abstract boolean contains(double x, double y);
    }
}
