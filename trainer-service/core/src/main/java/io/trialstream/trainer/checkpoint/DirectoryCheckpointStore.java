package io.trialstream.trainer.checkpoint;

import io.trialstream.artifacts.DirectoryTree;
import io.trialstream.contracts.TrialId;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checkpoints as files below a directory that all trainers of a pool see: {@code studyId/number/runId/epoch-N}, a
 * trial's id with a separator for its colon, which not every file system allows. Written under a name that begins with
 * a dot, forced to the disk, then renamed. Removing and writing may meet: a directory that vanishes is made again, a
 * file that vanishes was not there.
 */
public final class DirectoryCheckpointStore implements CheckpointStore {
    private static final Pattern EPOCH = Pattern.compile("epoch-([1-9][0-9]{0,8})");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final int ATTEMPTS = 3;

    private final Path root;

    /** Below this directory, which is created with the first checkpoint. */
    public DirectoryCheckpointStore(Path root) {
        this.root = Objects.requireNonNull(root, "root");
    }

    @Override
    public void write(CheckpointId id, CheckpointHeader header, Consumer<StateSink> state) throws IOException {
        Path target = fileOf(id);
        Path part = open(target, ".epoch-" + id.epoch() + "." + UUID.randomUUID() + ".part");
        try {
            write(part, header, state);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void write(Path part, CheckpointHeader header, Consumer<StateSink> state) throws IOException {
        try (FileOutputStream out = new FileOutputStream(part.toFile())) {
            CheckpointWriter writer = new CheckpointWriter(out, header);
            state.accept(writer);
            writer.finish();
            out.getFD().sync();
        }
    }

    @Override
    public List<CheckpointId> list(TrialId trial) throws IOException {
        List<CheckpointId> found = new ArrayList<>();
        for (Path run : DirectoryTree.children(directoryOf(trial))) {
            if (!CheckpointId.RUN_ID.matcher(run.getFileName().toString()).matches()) {
                continue;
            }
            for (Path file : DirectoryTree.children(run)) {
                Matcher name = EPOCH.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.add(new CheckpointId(trial, run.getFileName().toString(), Integer.parseInt(name.group(1))));
                }
            }
        }
        found.sort(Comparator.comparingInt(CheckpointId::epoch).reversed().thenComparing(CheckpointId::runId));
        return found;
    }

    @Override
    public StoredCheckpoint open(CheckpointId id) throws UnusableCheckpointException {
        return CheckpointReader.open(fileOf(id));
    }

    @Override
    public void delete(CheckpointId id) throws IOException {
        Files.deleteIfExists(fileOf(id));
    }

    @Override
    public void delete(TrialId trial) throws IOException {
        DirectoryTree.delete(directoryOf(trial));
    }

    @Override
    public Set<String> studies() throws IOException {
        Set<String> studies = new TreeSet<>();
        for (Path child : DirectoryTree.children(root)) {
            if (Files.isDirectory(child)) {
                studies.add(child.getFileName().toString());
            }
        }
        return studies;
    }

    @Override
    public List<TrialId> trials(String studyId) throws IOException {
        return DirectoryTree.children(directoryOf(studyId)).stream()
                .map(child -> child.getFileName().toString())
                .filter(name -> NUMBER.matcher(name).matches())
                .map(name -> new TrialId(studyId, Integer.parseInt(name)))
                .toList();
    }

    @Override
    public void deleteStudy(String studyId) throws IOException {
        DirectoryTree.delete(directoryOf(studyId));
    }

    /** The id is checked, so that it leads nowhere else. */
    private Path directoryOf(String studyId) {
        return root.resolve(new TrialId(studyId, 0).studyId());
    }

    private Path directoryOf(TrialId trial) {
        return directoryOf(trial.studyId()).resolve(String.valueOf(trial.number()));
    }

    private Path fileOf(CheckpointId id) {
        return directoryOf(id.trial()).resolve(id.runId()).resolve("epoch-" + id.epoch());
    }

    /** An empty file beside the target; whoever deletes the trial meanwhile may take the directory away once or twice. */
    private static Path open(Path target, String name) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.createDirectories(target.getParent());
                return Files.createFile(target.resolveSibling(name));
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
