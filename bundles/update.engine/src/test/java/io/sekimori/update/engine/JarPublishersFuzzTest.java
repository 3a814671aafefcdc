package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.generation.JarPublishers;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.trust.TrustException;
import io.sekimori.update.engine.lab.Authority;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes as a jar is what a listed publisher signed, or is refused. */
class JarPublishersFuzzTest {

    private static final byte[] TEXT = "what was signed".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private static Path work;

    private static JarPublishers publishers;
    private static byte[] signed;

    @BeforeAll
    static void aSignedJar() throws Exception {
        Unit unit = new Unit(work.resolve("unit"));
        Files.createDirectories(unit.trust());
        Authority acme = Authority.root("Acme");
        acme.list(unit.trust().resolve("publishers.pem"));
        Path jar = TestBundle.of("lab.app", "1.0.0").entry("text", TEXT).write(work.resolve("jars"));
        signed = Files.readAllBytes(acme.sign(jar));
        publishers = JarPublishers.of(unit, Instant.now()).orElseThrow();
    }

    @FuzzTest(maxDuration = "60s")
    void noBytesAreTakenForASignedJar(byte[] jar) throws IOException {
        if (demand(jar)) {
            throw new AssertionError("taken for a signed jar");
        }
    }

    @FuzzTest(maxDuration = "60s")
    void aJarThatWasChangedIsRefusedOrSaysTheSame(FuzzedDataProvider data) throws IOException {
        byte[] jar = signed.clone();
        while (data.remainingBytes() > 0) {
            jar[data.consumeInt(0, jar.length - 1)] = data.consumeByte();
        }
        demand(jar);
    }

    private static boolean demand(byte[] jar) throws IOException {
        Path file = Files.createTempFile("fuzz", ".jar");
        try {
            Files.write(file, jar);
            publishers.demand(file, "lab.app", () -> {});
            try (ZipFile zip = new ZipFile(file.toFile())) {
                ZipEntry text = zip.getEntry("text");
                if (text != null) {
                    try (InputStream in = zip.getInputStream(text)) {
                        assertThat(in.readAllBytes()).isEqualTo(TEXT);
                    }
                }
            }
            return true;
        } catch (TrustException e) {
            return false;
        } finally {
            Files.delete(file);
        }
    }
}
