package io.trialstream.trainer.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/**
 * A user's own images: one folder for each class, or two levels of folders for coarse and fine classes, numbered in the
 * order of their names. With one level the coarse classes are the fine ones. Of each class, every sixth image is for
 * the test, chosen by a check sum of its path: adding images moves none of the others.
 *
 * <p>The largest square in an image's middle is scaled to the wanted side. What was read is kept in the data directory
 * until the folder's files change.
 */
public final class ImageFolder implements DatasetSource {
    /** What names of image folders begin with in studies: {@code folder:flowers}. */
    public static final String PREFIX = "folder:";

    private static final int DEFAULT_SIDE = 32;
    private static final int MAX_CLASSES = 256;
    private static final int TEST_EVERY = 6;
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "bmp", "gif");

    private final String name;
    private final Path root;
    private final Path dataDirectory;

    /** An image and its labels. */
    private record Labelled(Path file, int coarse, int fine) {}

    /**
     * @param name without the prefix
     * @param root the folder of classes
     * @param dataDirectory where what was read is kept
     */
    public ImageFolder(String name, Path root, Path dataDirectory) {
        if (!name.matches("[A-Za-z0-9_-]{1,48}")) {
            throw new IllegalArgumentException("an image folder's name has letters, digits, - and _: '" + name + "'");
        }
        this.name = PREFIX + name;
        this.root = Objects.requireNonNull(root, "root");
        this.dataDirectory = Objects.requireNonNull(dataDirectory, "dataDirectory");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Availability availability() {
        return Files.isDirectory(root)
                ? new Availability.Available(root.toString())
                : new Availability.Unavailable(root + " is no folder");
    }

    @Override
    public Dataset open() {
        return open(DEFAULT_SIDE);
    }

    @Override
    public Dataset open(int side) {
        Map<String, List<Path>> classes = classes();
        List<Labelled> train = new ArrayList<>();
        List<Labelled> test = new ArrayList<>();
        List<String> coarse = coarseNames(classes.keySet());
        int fine = 0;
        for (Map.Entry<String, List<Path>> one : classes.entrySet()) {
            divide(one.getValue(), coarse.indexOf(coarseOf(one.getKey(), coarse)), fine++, train, test);
        }
        Path records = RecordFiles.folder(
                dataDirectory,
                "images-" + name.substring(PREFIX.length()) + "-" + side + "-" + fingerprint(classes),
                out -> write(train, side, out),
                out -> write(test, side, out));
        return new Dataset(
                name,
                List.of(3, side, side),
                classes.size(),
                coarse.size(),
                MappedImages.open(records.resolve(RecordFiles.TRAIN), 3, side, side),
                MappedImages.open(records.resolve(RecordFiles.TEST), 3, side, side));
    }

    /** Images by their class's path below the root, both in the order of names. */
    private Map<String, List<Path>> classes() {
        Map<String, List<Path>> classes = new TreeMap<>();
        for (Path first : folders(root)) {
            List<Path> images = images(first);
            List<Path> second = folders(first);
            if (!images.isEmpty() && !second.isEmpty()) {
                throw unavailable(first + " has both images and folders: classes are on one level or on two");
            }
            if (second.isEmpty()) {
                classes.put(first.getFileName().toString(), images);
            }
            for (Path folder : second) {
                classes.put(first.getFileName() + "/" + folder.getFileName(), images(folder));
            }
        }
        requireUsable(classes);
        return classes;
    }

    private void requireUsable(Map<String, List<Path>> classes) {
        if (classes.size() < 2 || classes.size() > MAX_CLASSES) {
            throw unavailable(root + " has " + classes.size() + " class folders; 2 to " + MAX_CLASSES + " are needed");
        }
        boolean deep = classes.keySet().stream().anyMatch(one -> one.contains("/"));
        classes.forEach((path, images) -> {
            if (path.contains("/") != deep) {
                throw unavailable(root + " has classes on one level and on two: " + path);
            }
            if (images.size() < TEST_EVERY) {
                throw unavailable("class " + path + " of " + root + " has " + images.size() + " images; " + TEST_EVERY
                        + " are needed, " + ENDINGS);
            }
        });
        if (deep && coarseNames(classes.keySet()).size() < 2) {
            throw unavailable(root + " has one coarse class folder; 2 are needed");
        }
    }

    private static List<String> coarseNames(Set<String> classes) {
        return classes.stream().map(path -> path.split("/")[0]).distinct().toList();
    }

    private static String coarseOf(String path, List<String> coarse) {
        return coarse.get(coarse.indexOf(path.split("/")[0]));
    }

    private void divide(List<Path> images, int coarse, int fine, List<Labelled> train, List<Labelled> test) {
        List<Path> drawn = new ArrayList<>(images);
        drawn.sort(Comparator.comparingLong(this::draw).thenComparing(Comparator.naturalOrder()));
        int tested = drawn.size() / TEST_EVERY;
        for (int i = 0; i < drawn.size(); i++) {
            (i < tested ? test : train).add(new Labelled(drawn.get(i), coarse, fine));
        }
    }

    private long draw(Path image) {
        CRC32 crc = new CRC32();
        crc.update(root.relativize(image).toString().replace('\\', '/').getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }

    private static void write(List<Labelled> images, int side, OutputStream out) throws IOException {
        for (Labelled image : images) {
            BufferedImage read = read(image.file());
            out.write(image.coarse());
            out.write(image.fine());
            int square = Math.min(read.getWidth(), read.getHeight());
            int left = (read.getWidth() - square) / 2;
            int top = (read.getHeight() - square) / 2;
            int[] pixels = read.getRGB(0, 0, read.getWidth(), read.getHeight(), null, 0, read.getWidth());
            for (int shift = 16; shift >= 0; shift -= 8) {
                int[] plane = new int[pixels.length];
                for (int i = 0; i < plane.length; i++) {
                    plane[i] = pixels[i] >> shift & 0xff;
                }
                out.write(ImageScaling.square(plane, read.getWidth(), left, top, square, side));
            }
        }
    }

    private static BufferedImage read(Path file) {
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            if (image == null) {
                throw unavailable("the image " + file + " is of no known format; repair or remove it");
            }
            return image;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DatasetUnavailableException(
                    "the image " + file + " cannot be read (" + e.getMessage() + "); repair or remove it", e);
        }
    }

    /** Changes with any file's name, size or time. */
    private String fingerprint(Map<String, List<Path>> classes) {
        CRC32 crc = new CRC32();
        classes.values()
                .forEach(images -> images.forEach(image -> {
                    try {
                        String line = root.relativize(image) + " " + Files.size(image) + " "
                                + Files.getLastModifiedTime(image).toMillis() + "\n";
                        crc.update(line.getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        throw new DatasetUnavailableException("cannot look at " + image + ": " + e.getMessage(), e);
                    }
                }));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    private static List<Path> folders(Path folder) {
        return children(folder).stream().filter(Files::isDirectory).toList();
    }

    private static List<Path> images(Path folder) {
        return children(folder).stream()
                .filter(Files::isRegularFile)
                .filter(file -> ENDINGS.contains(ending(file)))
                .toList();
    }

    private static String ending(Path file) {
        String text = file.getFileName().toString();
        return text.substring(text.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** In the order of their names, without those that begin with a dot. */
    private static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> !child.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DatasetUnavailableException("cannot look into " + folder + ": " + e.getMessage(), e);
        }
    }

    private static DatasetUnavailableException unavailable(String reason) {
        return new DatasetUnavailableException(reason, null);
    }
}
