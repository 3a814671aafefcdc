package io.sekimori.screens;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** The files of a bundle's pages, by path, in memory: they are few and small. Immutable. */
public final class Assets {

    /** The document of all screens. */
    public static final String DOCUMENT = "index.html";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml");

    private final Map<String, Asset> files;

    private Assets(Map<String, Asset> files) {
        this.files = Map.copyOf(files);
    }

    /** One file, the same gzipped, its type and a word that changes with its content. */
    public record Asset(byte[] bytes, byte[] gzipped, String mediaType, String tag) {}

    /**
     * Those that the file {@code web/files} beside {@code anchor} lists: a class loader cannot list a folder.
     *
     * @throws IOException if one is not there, or of no type that is served
     */
    public static Assets beside(Class<?> anchor) throws IOException {
        Map<String, Asset> files = new TreeMap<>();
        try (BufferedReader names =
                new BufferedReader(new InputStreamReader(open(anchor, "files"), StandardCharsets.UTF_8))) {
            for (String name = names.readLine(); name != null; name = names.readLine()) {
                files.put(name, read(anchor, name));
            }
        }
        return new Assets(files);
    }

    /** The file at {@code path} below {@code web}; empty if there is none. */
    public Optional<Asset> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The paths of all files. */
    public Set<String> paths() {
        return files.keySet();
    }

    private static Asset read(Class<?> anchor, String name) throws IOException {
        try (InputStream in = open(anchor, name)) {
            byte[] bytes = in.readAllBytes();
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (type == null) {
                throw new IOException(name + " is of no type that is served");
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Asset(bytes, gzipped(bytes), type, HexFormat.of().formatHex(digest, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static byte[] gzipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static InputStream open(Class<?> anchor, String name) throws IOException {
        InputStream in = anchor.getResourceAsStream("web/" + name);
        if (in == null) {
            throw new IOException("the bundle lacks " + name);
        }
        return in;
    }
}
