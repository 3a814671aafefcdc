package io.sekimori.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of {@code target-platform/artifacts.tsv}.
 *
 * @param coordinates group, artifact, version and, if there is one, classifier, with colons
 * @param sha256 of the file's bytes, lower-case hex
 * @param licence an SPDX expression
 * @param use {@code product} if it is shipped, {@code demo} if only the demo releases it, else {@code build}
 */
record Artifact(String coordinates, String sha256, String licence, String use) {

    static final String FILE = "target-platform/artifacts.tsv";
    static final String DEMO = "demo";
    static final String UNKNOWN_LICENCE = "?";

    /** The listed artifacts by their coordinates; none if there is no list. */
    static Map<String, Artifact> listed(Path root) throws IOException {
        Map<String, Artifact> listed = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(root.resolve(FILE))) {
                String[] columns = line.split("\t", -1);
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (columns.length != 4) {
                    throw new IOException(FILE + " has a line without four columns: " + line);
                }
                listed.put(columns[0], new Artifact(columns[0], columns[1], columns[2], columns[3]));
            }
        } catch (NoSuchFileException e) {
            return Map.of();
        }
        return listed;
    }

    String line() {
        return String.join("\t", coordinates, sha256, licence, use);
    }

    static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
