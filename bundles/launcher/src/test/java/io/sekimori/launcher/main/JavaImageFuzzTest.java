package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.generation.RuntimeFiles;
import io.sekimori.trust.TrustException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;

/** Whatever was signed as a Java runtime is unpacked below its folder, within its bounds and as listed, or refused. */
class JavaImageFuzzTest {

    private static final int MOST_FILES = 8;
    private static final int MOST_BYTES = 2_000;
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final List<String> NAMES = List.of(
            MANIFEST, "bin/java", "lib/modules", "../evil", "/evil", "lib/", "bin", "META-INF/versions/9/bin/java");

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreUnpackedOrRefused(byte[] jar) throws IOException {
        check(jar);
    }

    @FuzzTest(maxDuration = "60s")
    void anyEntriesAreUnpackedOrRefused(FuzzedDataProvider data) throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(jar, StandardCharsets.UTF_8)) {
            add(out, MANIFEST, manifest(data));
            add(out, "bin/java", new byte[1]);
            while (data.remainingBytes() > 0) {
                add(out, name(data), data.consumeBytes(data.consumeInt(0, 500)));
            }
        }
        check(jar.toByteArray());
    }

    /** A jar that is right but for some bytes. */
    @FuzzTest(maxDuration = "60s")
    void whatIsDamagedIsUnpackedOrRefused(FuzzedDataProvider data) throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(jar, StandardCharsets.UTF_8)) {
            add(
                    out,
                    MANIFEST,
                    "Manifest-Version: 1.0\nSekimori-Programs: bin/java\n".getBytes(StandardCharsets.US_ASCII));
            add(out, "bin/java", new byte[100]);
            add(out, "lib/modules", new byte[1_000]);
        }
        byte[] bytes = jar.toByteArray();
        while (data.remainingBytes() > 0) {
            bytes[data.consumeInt(0, bytes.length - 1)] = data.consumeByte();
        }
        check(bytes);
    }

    private static byte[] manifest(FuzzedDataProvider data) {
        String text = data.consumeBoolean()
                ? "Manifest-Version: 1.0\nSekimori-Programs: bin/java " + data.consumeString(100) + "\n"
                : data.consumeString(300);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String name(FuzzedDataProvider data) {
        return data.consumeBoolean() ? data.pickValue(NAMES) : data.consumeString(300);
    }

    private static void add(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        try {
            out.putNextEntry(new ZipEntry(name));
            out.write(bytes);
            out.closeEntry();
        } catch (ZipException | IllegalArgumentException e) {
            e.getMessage(); // a name that occurs twice, or that no jar can have
        }
    }

    private static void check(byte[] bytes) throws IOException {
        Path work = Files.createTempDirectory("fuzz");
        try {
            Path slot = Files.createDirectory(work.resolve("slot"));
            Path jar = Files.write(slot.resolve("java.jar"), bytes);
            try {
                RuntimeFiles unpacked =
                        JavaImage.unpack(jar, slot.resolve("java"), needed -> {}, MOST_FILES, MOST_BYTES);
                assertThat(unpacked.difference(slot)).isEmpty();
                Files.write(slot.resolve(RuntimeFiles.FILE), unpacked.bytes());
                assertThat(RuntimeFiles.differenceOf(slot)).isEmpty();
            } catch (TrustException e) {
                assertThat(e.refusal().code()).isEqualTo(LauncherCode.SLOT_JAVA_MALFORMED);
            }
            assertInBounds(work);
        } finally {
            Scratch.remove(work);
        }
    }

    private static void assertInBounds(Path work) throws IOException {
        try (Stream<Path> found = Files.list(work)) {
            assertThat(found).containsExactly(work.resolve("slot"));
        }
        Path java = work.resolve("slot/java");
        if (Files.exists(java)) {
            try (Stream<Path> files = Files.walk(java)) {
                List<Path> plain = files.filter(Files::isRegularFile).toList();
                assertThat(plain).hasSizeLessThanOrEqualTo(MOST_FILES);
                assertThat(plain.stream()
                                .mapToLong(file -> file.toFile().length())
                                .sum())
                        .isLessThanOrEqualTo(MOST_BYTES);
            }
        }
    }
}
