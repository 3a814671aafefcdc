package io.sekimori.vault.sealed;

import io.sekimori.durable.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where one bundle's data lie.
 *
 * <pre>
 * lock             held for one operation
 * key              the data key, wrapped
 * key.destroying   the same on its way out: whoever finds it takes all else away
 * index            which names there are, and in which file each lies
 * index.first      the first index, until its key is there
 * ID.sealed        a content
 * PROCESS-ID.part  a file that a process is writing
 * </pre>
 */
record OwnerFiles(Path folder) {

    private static final String SEALED = ".sealed";
    private static final String PART = ".part";

    Path lock() {
        return folder.resolve("lock");
    }

    Path key() {
        return folder.resolve("key");
    }

    Path doomedKey() {
        return folder.resolve("key.destroying");
    }

    Path index() {
        return folder.resolve("index");
    }

    Path firstIndex() {
        return folder.resolve("index.first");
    }

    Path content(String id) {
        return folder.resolve(id + SEALED);
    }

    Path part(String process, String id) {
        return folder.resolve(process + "-" + id + PART);
    }

    boolean hasData() {
        return Files.exists(key()) || Files.exists(doomedKey()) || Files.exists(index());
    }

    /** All contents and unfinished files. */
    List<Path> contents() throws IOException {
        return list(name -> name.endsWith(SEALED) || name.endsWith(PART) || isUnfinished(name));
    }

    /** What a power cut left behind: contents that are not among these, and what no living process writes. */
    List<Path> leftOver(Set<String> ids, String process) throws IOException {
        return list(name -> name.endsWith(SEALED) && !ids.contains(name.substring(0, name.length() - SEALED.length()))
                || name.endsWith(PART) && !name.startsWith(process + "-")
                || isUnfinished(name));
    }

    private interface Name {
        boolean fits(String name);
    }

    private List<Path> list(Name wanted) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> wanted.fits(file.getFileName().toString()))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static boolean isUnfinished(String name) {
        return name.startsWith(DurableFile.UNFINISHED_PREFIX);
    }
}
