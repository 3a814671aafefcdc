package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.generation.RuntimeFiles;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaImageTest {

    @TempDir
    private Path work;

    @Test
    void filesComeOutAndOnlyProgramsCanBeRun() throws Exception {
        JavaImage.unpack(image("lib/server/libjvm.so"), work.resolve("home"), bytes -> {});

        assertThat(work.resolve("home/bin/java")).hasContent("bin/java");
        assertThat(mode("bin/java")).isEqualTo("rwxr-xr-x");
        assertThat(mode("lib/server/libjvm.so")).isEqualTo("rw-r--r--");
        assertThat(mode("lib/server")).isEqualTo("rwxr-xr-x");
        assertThat(work.resolve("home/META-INF")).doesNotExist();
    }

    @Test
    void anArchiveOfClassesIsNotUnpackedSinceItFitsAnotherPlace() throws Exception {
        RuntimeFiles files =
                JavaImage.unpack(image("lib/server/classes.jsa"), work.resolve("home"), bytes -> {}, 100, 1000);

        assertThat(files.digests()).containsOnlyKeys("home/bin/java");
        assertThat(work.resolve("home/lib")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "lib/../../evil",
                "/evil",
                "lib//evil",
                "lib/./evil",
                "..",
                "lib\\evil",
                "lib/ev il",
                "bin/java/evil"
            })
    void whatCouldLeaveTheFolderIsRefused(String name) {
        refused(image(name), 100, 1000);
        assertThat(work.resolve("evil")).doesNotExist();
    }

    @Test
    void thereAreNotTooManyFiles() {
        refused(image("a", "b", "c"), 3, 1000);
    }

    @Test
    void thereAreNotTooManyBytes() {
        refused(image("lib/" + "x".repeat(50)), 100, 50);
    }

    @Test
    void whatNamesNoProgramIsNoJavaRuntime() {
        refused(TestBundle.of("image", "1.0.0").entry("bin/java", new byte[1]).write(work), 100, 1000);
        refused(
                TestBundle.of("image", "2.0.0")
                        .header(JavaImage.PROGRAMS, "bin/java")
                        .write(work),
                100,
                1000);
    }

    @Test
    void whatIsNoJarIsNoJavaRuntime() throws Exception {
        refused(Files.writeString(work.resolve("text"), "not a jar"), 100, 1000);
    }

    private void refused(Path jar, int mostFiles, long mostBytes) {
        assertThatThrownBy(() -> JavaImage.unpack(
                        jar, work.resolve("home-" + jar.getFileName()), bytes -> {}, mostFiles, mostBytes))
                .isInstanceOfSatisfying(
                        TrustException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(LauncherCode.SLOT_JAVA_MALFORMED));
    }

    private String mode(String file) throws Exception {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(work.resolve("home").resolve(file)));
    }

    /** Each file says its own name. */
    private Path image(String... more) {
        TestBundle image = TestBundle.of("image", "1.0.0")
                .header(JavaImage.PROGRAMS, "bin/java")
                .entry("bin/java", "bin/java".getBytes(StandardCharsets.US_ASCII));
        for (String name : more) {
            image.entry(name, name.getBytes(StandardCharsets.US_ASCII));
        }
        return image.write(work);
    }
}
