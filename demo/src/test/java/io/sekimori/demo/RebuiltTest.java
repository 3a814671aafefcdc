package io.sekimori.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebuiltTest {

    @TempDir
    private Path directory;

    @Test
    void theFilesStayAndTheVersionIsRaised() throws IOException {
        Path built = jar();
        Path next = directory.resolve("new/next.jar");

        Rebuilt.jar(built, next, Map.of("Bundle-Version", "1.0.1"));

        try (JarFile jar = new JarFile(next.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Bundle-Version"))
                    .isEqualTo("1.0.1");
            assertThat(jar.getInputStream(jar.getEntry("a/B.class")).readAllBytes())
                    .containsExactly(1, 2, 3);
        }
    }

    @Test
    void theSameVersionHasTheSameBytesEachTime() throws IOException {
        Path built = jar();

        Rebuilt.jar(built, directory.resolve("one.jar"), Map.of("Bundle-Version", "1.0.1"));
        Rebuilt.jar(built, directory.resolve("two.jar"), Map.of("Bundle-Version", "1.0.1"));

        assertThat(directory.resolve("one.jar")).hasSameBinaryContentAs(directory.resolve("two.jar"));
    }

    private Path jar() throws IOException {
        Path built = directory.resolve("built.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
        try (OutputStream out = Files.newOutputStream(built);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new ZipEntry("a/B.class"));
            jar.write(new byte[] {1, 2, 3});
        }
        return built;
    }
}
