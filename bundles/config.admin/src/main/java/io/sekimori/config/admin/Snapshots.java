package io.sekimori.config.admin;

import io.sekimori.config.ConfigCode;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Snapshot;
import io.sekimori.durable.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The snapshots kept on disk, so that the versions they hold are not removed. Ids begin with their instant, so their
 * order is that of time. Confined to the holder of the folder's lock.
 */
final class Snapshots {

    /** How many are kept. */
    static final int KEPT = 20;

    private static final Pattern FILE = Pattern.compile("[a-z0-9-]{1,64}\\.json");
    private static final int MAX_BYTES = 1 << 20;

    private final Path folder;

    Snapshots(Path folder) {
        this.folder = folder.resolve("snapshots");
    }

    /** Keeps {@code snapshot} durably and forgets the oldest beyond {@link #KEPT}. */
    void keep(Snapshot snapshot) throws ConfigException {
        try {
            DurableFile.makeDirectory(folder);
            DurableFile.create(file(snapshot.id()), JsonText.bytes(Map.of("versions", snapshot.versions())));
            List<Path> kept = files();
            for (Path old : kept.subList(0, Math.max(0, kept.size() - KEPT))) {
                Files.deleteIfExists(old);
            }
        } catch (IOException e) {
            throw new ConfigException(ConfigCode.HISTORY_UNWRITABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Forgets the snapshot of this id, if there is one. */
    void forget(String id) throws IOException {
        if (Files.deleteIfExists(file(id))) {
            DurableFile.syncDirectory(folder);
        }
    }

    /** The versions of {@code pid} that some snapshot holds. */
    Set<Long> held(String pid) throws ConfigException {
        Set<Long> held = new HashSet<>();
        try {
            for (Path file : files()) {
                Long version = read(file).get(pid);
                if (version != null) {
                    held.add(version);
                }
            }
            return held;
        } catch (IOException | MalformedJson e) {
            throw new ConfigException(ConfigCode.HISTORY_UNREADABLE, "snapshots: " + e.getMessage(), e);
        }
    }

    private static Map<String, Long> read(Path file) throws IOException, MalformedJson {
        // Not a channel: it would be closed under an interrupted thread.
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            JsonObject versions =
                    JsonObject.parse(in.readNBytes(MAX_BYTES + 1), MAX_BYTES).object("versions");
            Map<String, Long> read = new HashMap<>();
            for (String pid : versions.names()) {
                read.put(pid, versions.number(pid));
            }
            return read;
        } catch (FileNotFoundException e) {
            return Map.of();
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> FILE.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private Path file(String id) {
        return folder.resolve(id + ".json");
    }
}
