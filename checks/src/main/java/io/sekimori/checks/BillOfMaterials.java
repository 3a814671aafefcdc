package io.sekimori.checks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Writes the bill of materials of an unpacked archive, CycloneDX 1.5 in JSON: the Java runtime, each jar by the hash of
 * its bytes, and what our bundles carry a copy of. Names, hashes and licences are those of {@code
 * target-platform/artifacts.tsv}; a jar of others that is not listed there is an error. Run as a source file, so it needs
 * the JDK alone.
 */
public final class BillOfMaterials {

    /** Shorter ones are the same in many artifacts by chance. */
    private static final int TELLING_BYTES = 300;

    private final Map<String, String[]> listed = new TreeMap<>();
    private final Map<String, String> components = new TreeMap<>();
    private final Path maven;

    private BillOfMaterials(Path list, Path maven) throws IOException {
        this.maven = maven;
        for (String line : Files.readAllLines(list)) {
            String[] columns = line.split("\t", -1);
            if (columns.length == 4 && columns[3].equals("product")) {
                listed.put(columns[1], columns);
            }
        }
    }

    /** Takes the repository, the product's name, and the folder of the unpacked archive. */
    public static void main(String... arguments) throws IOException {
        Path maven =
                Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
        write(Path.of(arguments[0]), maven, arguments[1], Path.of(arguments[2]));
    }

    static void write(Path root, Path maven, String product, Path folder) throws IOException {
        BillOfMaterials bill =
                new BillOfMaterials(root.resolve("target-platform").resolve("artifacts.tsv"), maven);
        Files.writeString(folder.resolve("sbom.cdx.json"), bill.of(product, folder));
    }

    private String of(String product, Path folder) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.walk(folder)) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !file.startsWith(folder.resolve("java")))
                    .sorted()
                    .toList();
        }
        List<Path> ours = new ArrayList<>();
        for (Path jar : jars) {
            String sha256 = sha256(jar);
            String name = jar.getFileName().toString().replaceAll("\\.jar$", "");
            if (listed.containsKey(sha256)) {
                listedComponent(listed.get(sha256), List.of());
            } else if (name.startsWith("io.sekimori.")) {
                int dash = name.lastIndexOf('-');
                own(name.substring(0, dash), name.substring(dash + 1), sha256);
                ours.add(jar);
            } else {
                throw new IOException(jar + " is not listed in target-platform/artifacts.tsv");
            }
        }
        carried(ours);
        runtime(folder.resolve("java").resolve("release"));
        String version = Files.readString(folder.resolve("version")).strip();
        String body = String.join(",\n", components.values());
        UUID serial = UUID.nameUUIDFromBytes((product + version + body).getBytes(StandardCharsets.UTF_8));
        return """
                {
                  "bomFormat": "CycloneDX", "specVersion": "1.5", "serialNumber": "urn:uuid:%s", "version": 1,
                  "metadata": {"component": {"type": "application", "bom-ref": "sekimori-%s", "name": "sekimori-%s",
                    "version": "%s", "licenses": [{"expression": "EPL-2.0"}]}},
                  "components": [
                %s
                  ]
                }
                """.formatted(serial, product, product, version, body);
    }

    private void own(String name, String version, String sha256) {
        component(
                "library",
                "pkg:maven/io.sekimori/" + name + "@" + version,
                name,
                version,
                sha256,
                "EPL-2.0",
                List.of());
    }

    private void listedComponent(String[] columns, List<String> carriers) {
        String[] names = columns[0].split(":");
        component(
                "library",
                "pkg:maven/" + names[0] + "/" + names[1] + "@" + names[2],
                names[1],
                names[2],
                columns[1],
                columns[2],
                carriers);
    }

    /**
     * What is in none of the files by itself: then one of our bundles has entries with its very bytes, or says that it has
     * them under other names.
     */
    private void carried(List<Path> ours) throws IOException {
        Map<Path, Set<String>> entries = new TreeMap<>();
        Map<Path, String> renamed = new TreeMap<>();
        for (Path jar : ours) {
            entries.put(jar, entries(jar));
            renamed.put(jar, renamed(jar));
        }
        for (String[] columns : listed.values()) {
            String[] names = columns[0].split(":");
            Path file = maven.resolve(names[0].replace('.', '/'))
                    .resolve(names[1])
                    .resolve(names[2])
                    .resolve(names[1] + "-" + names[2] + ".jar");
            if (components.containsKey("pkg:maven/" + names[0] + "/" + names[1] + "@" + names[2])
                    || !Files.exists(file)) {
                continue;
            }
            Set<String> its = entries(file);
            List<String> carriers = entries.entrySet().stream()
                    .filter(jar -> renamed.get(jar.getKey()).equals(names[0] + ":" + names[1])
                            || jar.getValue().stream().anyMatch(its::contains))
                    .map(jar -> jar.getKey().getFileName().toString())
                    .distinct()
                    .toList();
            if (!carriers.isEmpty()) {
                listedComponent(columns, carriers);
            }
        }
    }

    private void runtime(Path release) throws IOException {
        Properties facts = new Properties();
        facts.load(Files.newBufferedReader(release));
        String version = facts.getProperty("JAVA_VERSION", "").replace("\"", "");
        component(
                "framework",
                "pkg:generic/openjdk@" + version,
                "openjdk",
                version,
                "",
                "GPL-2.0-only WITH Classpath-exception-2.0",
                List.of(facts.getProperty("MODULES", "").replace("\"", "").split(" ")));
    }

    private void component(
            String type, String purl, String name, String version, String sha256, String licence, List<String> parts) {
        StringBuilder text = new StringBuilder("    {\"type\": \"" + type + "\", \"bom-ref\": \"" + purl
                + "\", \"name\": \"" + name + "\", \"version\": \"" + version + "\"");
        if (!sha256.isEmpty()) {
            text.append(", \"hashes\": [{\"alg\": \"SHA-256\", \"content\": \"")
                    .append(sha256)
                    .append("\"}]");
        }
        text.append(", \"licenses\": [{\"expression\": \"").append(licence).append("\"}], \"purl\": \"");
        text.append(purl).append('"');
        if (!parts.isEmpty()) {
            String kind = type.equals("framework") ? "sekimori:module" : "sekimori:carried-by";
            text.append(", \"properties\": [");
            text.append(String.join(
                    ", ",
                    parts.stream()
                            .map(part -> "{\"name\": \"" + kind + "\", \"value\": \"" + part + "\"}")
                            .toList()));
            text.append(']');
        }
        components.put(purl, text.append('}').toString());
    }

    private static String renamed(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String value =
                    manifest == null ? null : manifest.getMainAttributes().getValue("Sekimori-Carries");
            return value == null ? "" : value;
        }
    }

    private static Set<String> entries(Path jar) throws IOException {
        Set<String> entries = new HashSet<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .filter(entry -> entry.getSize() >= TELLING_BYTES
                            && !entry.getName().matches("META-INF/([^/]*|maven/.*|licen[cs]es?/.*)"))
                    .forEach(entry -> entries.add(bytesOf(entry)));
        }
        return entries;
    }

    private static String bytesOf(ZipEntry entry) {
        return entry.getSize() + " " + entry.getCrc();
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
