package io.sekimori.releases.repository;

import io.sekimori.generation.Store;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.Signer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What lies beside the records: the first roots, the online keys, and the files.
 *
 * @param folder the bundle's own folder
 * @param files the folder of the files
 */
record Place(Path folder, Path files) {

    private static final int MAX_ROOT_BYTES = 512 << 10;
    private static final String SUFFIX = ".key";

    /** The first root of a repository, which was brought by whoever set the console up; empty if nobody did. */
    Optional<byte[]> anchor(String repository) throws IOException {
        return DurableFile.read(folder.resolve("anchors").resolve(repository + ".json"), MAX_ROOT_BYTES);
    }

    /** The keys that are here, whatever they are for. */
    List<Signer> keys() throws IOException {
        return List.copyOf(keysByName().values());
    }

    /** The same by their names, in order of these. */
    SortedMap<String, Signer> keysByName() throws IOException {
        SortedMap<String, Signer> signers = new TreeMap<>();
        Path keys = folder.resolve("keys");
        if (Files.isDirectory(keys)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(keys, "*" + SUFFIX)) {
                for (Path file : all) {
                    String name = file.getFileName().toString();
                    signers.put(name.substring(0, name.length() - SUFFIX.length()), KeyFile.read(file));
                }
            }
        }
        return signers;
    }

    /** The file of the key of that name. */
    Path key(String name) {
        return folder.resolve("keys").resolve(name + SUFFIX);
    }

    /** The files by their SHA-256. */
    Store store() {
        return new Store(files.resolve("sha256"));
    }

    /** Where files are while they come in, in the same file system. */
    Path incoming() {
        return files.resolve("incoming");
    }
}
