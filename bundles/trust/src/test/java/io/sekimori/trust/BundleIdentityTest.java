package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleIdentityTest {

    @TempDir
    private Path directory;

    @Test
    void versionsAreReadAsOsgiPrintsThem() throws Exception {
        assertThat(BundleIdentity.read(Jars.bundle(directory, ALPHA, "1", "")).version())
                .isEqualTo("1.0.0");
        assertThat(BundleIdentity.read(Jars.bundle(directory, ALPHA, "1.2", "")).version())
                .isEqualTo("1.2.0");
        assertThat(BundleIdentity.read(Jars.bundle(directory, ALPHA, "1.2.3.RC-1", "")))
                .isEqualTo(new BundleIdentity(ALPHA, "1.2.3.RC-1"));
    }

    /** OSGi Core 3.2.5 */
    @Test
    void aBundleThatNamesNoVersionIsOfTheFirst() throws Exception {
        assertThat(BundleIdentity.read(jar("Bundle-SymbolicName: a\r\n")).version())
                .isEqualTo("0.0.0");
        assertThat(BundleIdentity.read(jar("Bundle-SymbolicName: a\r\nBundle-Version: \r\n"))
                        .version())
                .isEqualTo("0.0.0");
    }

    @Test
    void whatIsNoJarIsNoBundle() throws Exception {
        refused(Files.writeString(directory.resolve("text.jar"), "no jar"));
        refused(Files.createFile(directory.resolve("empty.jar")));
        Path zip = directory.resolve("zip.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("a"));
        }
        refused(zip);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no header\r\n",
                "Bundle-Version: 1.0.0\r\n",
                "Bundle-SymbolicName: ..\r\n",
                "Bundle-SymbolicName: a/b\r\n",
                "Bundle-SymbolicName: ;a\r\n",
                "Bundle-SymbolicName: a\r\nBundle-Version: 1.0.0/x\r\n",
                "Bundle-SymbolicName: a\r\nBundle-Version: 1.0.0.0.0\r\n",
                "Bundle-SymbolicName: a\r\nBundle-Version: latest\r\n"
            })
    void whatSaysNotWhoItIsInAWayThatCanBeReleasedIsRefused(String headers) throws Exception {
        refused(jar(headers));
    }

    private static void refused(Path jar) {
        assertRefused(() -> BundleIdentity.read(jar), PublishCode.NOT_A_BUNDLE);
    }

    private Path jar(String headers) throws IOException {
        Path jar = Files.createTempFile(directory, "a", ".jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
            out.write(("Manifest-Version: 1.0\r\n" + headers + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
