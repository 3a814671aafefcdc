package io.sekimori.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A maker with keys, a repository and a director, whose product is one small bundle and one small launcher. */
final class Factory {

    private final Path directory;
    private final Session session;

    Factory(Path directory) throws IOException {
        this.directory = directory;
        this.session = new Session(directory);
        Files.createDirectories(directory.resolve("jars"));
        jar("jars/org.example.meter-1.0.0.jar", "org.example.meter", "1.0.0", "first");
        jar("jars/org.example.launcher-1.0.0.jar", "org.example.launcher", "1.0.0", "start");
        Files.writeString(directory.resolve("product.json"), FEATURE);
        Files.writeString(directory.resolve("start.sh"), "#!/bin/sh\n");
    }

    private static final String FEATURE = """
            {
              "feature-resource-version": "1.0",
              "id": "org.example:product:1.0.0",
              "bundles": [{"id": "org.example:org.example.meter:1.0.0", "bundleStartLevel": 5, "sekimori.swap": "overlap"}],
              "configurations": {"org.example.meter": {"interval": 5, "label": "kitchen", "loud": true}},
              "extensions": {
                "sekimori.slot": {"type": "artifacts", "kind": "mandatory",
                  "artifacts": [{"id": "org.example:org.example.launcher:1.0.0"}]}
              }
            }
            """;

    Session session() {
        return session;
    }

    /** Makes keys, repository and director, and releases the product. */
    Factory open() {
        session.must("keys new root targets snapshot timestamp director-root director");
        session.must("release init --repository releases");
        session.must("release add --repository releases --feature product.json --jars jars");
        session.must("release sign --repository releases");
        session.must("director init --director director --root director-root --targets director");
        return this;
    }

    /** Makes the unit {@code unit}. */
    Session.Result makeUnit() {
        return session.sekimori("factory --unit unit --feature product.json --repository releases --director director"
                + " --model M-1 --serial 0001 --start-script start.sh");
    }

    /** Writes a jar with one file in it. */
    void jar(String path, String symbolicName, String version, String content) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", symbolicName, "Bundle-Version", version)
                .forEach(manifest.getMainAttributes()::putValue);
        try (OutputStream out = Files.newOutputStream(directory.resolve(path));
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new ZipEntry("content"));
            jar.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
