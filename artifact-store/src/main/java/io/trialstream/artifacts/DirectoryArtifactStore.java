package io.trialstream.artifacts;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Artifacts as files {@code studyId/number/runId/name} below a directory. Written under a name that begins with a dot,
 * then renamed.
 */
public final class DirectoryArtifactStore implements ArtifactStore {
    private static final String IDENTITY = ".store-identity";

    private final Path root;

    /** Below this directory, which is created with the first artifact. */
    public DirectoryArtifactStore(Path root) {
        this.root = Objects.requireNonNull(root, "root");
    }

    @Override
    public void put(ArtifactId id, Content content) throws IOException {
        Path target = root.resolve(id.key());
        Files.createDirectories(target.getParent());
        Path part = target.resolveSibling("." + id.name() + "." + UUID.randomUUID() + ".part");
        try {
            try (OutputStream out = new FileOutputStream(part.toFile())) {
                content.writeTo(out);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public List<Artifact> list(String studyId, int number) throws IOException {
        List<Artifact> found = new ArrayList<>();
        for (Path run : DirectoryTree.children(trial(studyId, number))) {
            String runId = run.getFileName().toString();
            if (!ArtifactId.isRunId(runId)) {
                continue;
            }
            for (Path file : DirectoryTree.children(run)) {
                String name = file.getFileName().toString();
                if (ArtifactId.isName(name)) {
                    artifact(new ArtifactId(studyId, number, runId, name), file).ifPresent(found::add);
                }
            }
        }
        return List.copyOf(found);
    }

    @Override
    public Optional<InputStream> open(ArtifactId id) throws IOException {
        try {
            return Optional.of(new FileInputStream(root.resolve(id.key()).toFile()));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public void deleteTrial(String studyId, int number) throws IOException {
        DirectoryTree.delete(trial(studyId, number));
    }

    @Override
    public void deleteStudy(String studyId) throws IOException {
        ArtifactId.requireStudyId(studyId);
        DirectoryTree.delete(root.resolve(studyId));
    }

    @Override
    public String identity() throws IOException {
        Path file = root.resolve(IDENTITY);
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new IOException("there is no " + file + ": is the artifact directory mounted?", e);
        }
    }

    @Override
    public String establishIdentity() throws IOException {
        Path file = root.resolve(IDENTITY);
        if (Files.notExists(file)) {
            Files.createDirectories(root);
            Path part = root.resolve(IDENTITY + "." + UUID.randomUUID());
            try {
                Files.writeString(part, UUID.randomUUID().toString());
                Files.createLink(file, part);
            } catch (FileAlreadyExistsException e) {
                // Another process was faster; its identity holds.
            } finally {
                Files.deleteIfExists(part);
            }
        }
        return identity();
    }

    private Path trial(String studyId, int number) {
        ArtifactId.requireStudyId(studyId);
        ArtifactId.requireNumber(number);
        return root.resolve(studyId).resolve(String.valueOf(number));
    }

    private static Optional<Artifact> artifact(ArtifactId id, Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new Artifact(
                            id, attributes.size(), attributes.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
