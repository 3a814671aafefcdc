package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.generation.JarPublishers;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.trust.TrustException;
import io.sekimori.update.engine.lab.Authority;
import io.sekimori.update.engine.lab.Driver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose signatures jars must carry. */
class JarPublishersTest {

    private static final Instant NOW = Instant.now();
    private static final Instant LATER = NOW.plus(Duration.ofHours(12));
    private static final Instant BEFORE = NOW.minus(Duration.ofHours(1));

    private static final int INDEX_ENTRY = 46;
    private static final int COMPRESSED_SIZE = 20;
    private static final int SIZE = 24;

    @TempDir
    private Path work;

    private Unit unit;
    private Authority root;
    private Path jar;

    @BeforeEach
    void prepare() throws Exception {
        unit = new Unit(work.resolve("unit"));
        Files.createDirectories(unit.trust());
        root = Authority.root("Acme Root");
        jar = TestBundle.of("lab.app", "1.0.0").classes(Driver.class).write(work.resolve("jars"));
    }

    @Test
    void withoutAListNothingIsDemanded() throws Exception {
        assertThat(JarPublishers.of(unit, NOW)).isEmpty();
    }

    @Test
    void aListThatCannotBeReadRefuses() throws Exception {
        Files.writeString(unit.trust().resolve("publishers.pem"), "no certificate");

        assertThatThrownBy(() -> JarPublishers.of(unit, NOW)).hasMessageContaining("PUBLISHERS_UNREADABLE");
    }

    @Test
    void aListThatLeadsNowhereRefuses() throws Exception {
        Files.createSymbolicLink(unit.trust().resolve("publishers.pem"), work.resolve("missing.pem"));

        assertThatThrownBy(() -> JarPublishers.of(unit, NOW)).hasMessageContaining("PUBLISHERS_UNREADABLE");
    }

    @Test
    void aListedPublisherIsAdmitted() throws Exception {
        Authority acme = root.publisher("Acme", LATER);
        list(acme);

        demand(acme.sign(jar), NOW);
    }

    @Test
    void whomAListedAuthorityIssuedIsAdmitted() throws Exception {
        list(root);

        demand(root.publisher("Acme", LATER).sign(jar), NOW);
    }

    /** A signature need not carry who issued, and the list may name others beside. */
    @Test
    void whomAListedAuthorityIssuedIsAdmittedWithoutIt() throws Exception {
        Path signed = root.publisher("Acme", LATER).alone().sign(jar);
        Authority.list(unit.trust().resolve("publishers.pem"), Authority.root("Other"), root, Authority.root("Third"));

        demand(signed, NOW);
        refused(root.publisher("Acme", BEFORE).alone().sign(jar), NOW, "JAR_SIGNER_EXPIRED");
        refused(Authority.root("Fourth").publisher("Acme", LATER).alone().sign(jar), NOW, "JAR_SIGNER_UNKNOWN");
    }

    @Test
    void aListHasAtMostAMebibyte() throws Exception {
        Authority acme = root.publisher("Acme", LATER);
        list(acme);
        Path pem = unit.trust().resolve("publishers.pem");
        String text = Files.readString(pem);
        String most = text + "\n".repeat((1 << 20) - text.length());

        Files.writeString(pem, most);
        demand(acme.sign(jar), NOW);
        Files.writeString(pem, most + "\n");
        assertThatThrownBy(() -> JarPublishers.of(unit, NOW)).hasMessageContaining("PUBLISHERS_UNREADABLE");
    }

    @Test
    void aJarWithoutASignatureIsRefused() throws Exception {
        list(root);

        refused(jar, NOW, "JAR_UNSIGNED");
    }

    @Test
    void aFileThatWasAddedToASignedJarIsRefused() throws Exception {
        list(root);

        refused(
                with(root.publisher("Acme", LATER).sign(jar), Map.of("extra.txt", "extra")),
                NOW,
                "JAR_UNSIGNED: lab.app: extra.txt");
    }

    /** What verifies is content with the size that the entry says; others read on, to the end of what was compressed. */
    @Test
    void aFileWhoseCompressedBytesEndEarlyIsRefused() throws Exception {
        list(root);
        Path signed = root.publisher("Acme", LATER).sign(jar);
        byte[] bytes = Files.readAllBytes(signed);
        int entry = indexEntry(bytes, Driver.class.getName().replace('.', '/') + ".class");
        bytes[entry + COMPRESSED_SIZE]--;

        refused(Files.write(signed, bytes), NOW, "JAR_SIGNATURE_BROKEN");
    }

    /** Also if the first byte too many is a zero. */
    @Test
    void aFileThatIsLongerThanItsSizeIsRefused() throws Exception {
        list(root);
        Path signed = root.publisher("Acme", LATER).sign(with(jar, Map.of("text.txt", "1")));
        Path longer = with(signed, Map.of("text.txt", "1\0"));
        byte[] bytes = Files.readAllBytes(longer);
        bytes[indexEntry(bytes, "text.txt") + SIZE]--;

        refused(Files.write(longer, bytes), NOW, "JAR_SIGNATURE_BROKEN: lab.app: more than its size in text.txt");
    }

    /** Where the central directory has this file (APPNOTE.TXT, 4.3.12). */
    private static int indexEntry(byte[] jar, String name) {
        String text = new String(jar, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("PK\1\2");
        while (!text.startsWith(name, at + INDEX_ENTRY)) {
            at = text.indexOf("PK\1\2", at + 1);
        }
        return at;
    }

    /** Of what lies beside the manifest only signatures need none themselves. */
    @ParameterizedTest
    @ValueSource(strings = {"META-INF/extra.txt", "META-INF/services/extra.RSA", "META-INF/SIGNED"})
    void aFileThatWasAddedBesideTheManifestIsRefusedToo(String name) throws Exception {
        list(root);

        refused(with(root.publisher("Acme", LATER).sign(jar), Map.of(name, "extra")), NOW, "JAR_UNSIGNED: lab.app");
    }

    @Test
    void whoeverWaitsIsAskedBeforeEachFile() throws Exception {
        list(root);
        Path signed = root.publisher("Acme", LATER).sign(with(jar, Map.of("text.txt", "one")));
        JarPublishers publishers = JarPublishers.of(unit, NOW).orElseThrow();

        assertThatThrownBy(() -> publishers.demand(signed, "lab.app", () -> {
                    throw new IllegalStateException("no longer wanted");
                }))
                .hasMessage("no longer wanted");
    }

    @Test
    void aFileThatWasChangedInASignedJarIsRefused() throws Exception {
        list(root);
        Path signed = root.publisher("Acme", LATER).sign(with(jar, Map.of("text.txt", "one")));

        refused(with(signed, Map.of("text.txt", "two")), NOW, "JAR_SIGNATURE_BROKEN");
    }

    @Test
    void aJarOfAManifestAloneIsRefused() throws Exception {
        list(root);
        Path empty = work.resolve("empty.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(empty))) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write("Manifest-Version: 1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }

        refused(empty, NOW, "JAR_UNSIGNED");
    }

    @Test
    void anotherPublisherIsRefused() throws Exception {
        list(root);

        refused(Authority.root("Acme Root").publisher("Acme", LATER).sign(jar), NOW, "JAR_SIGNER_UNKNOWN");
    }

    @Test
    void aCertificateForAnotherPurposeIsRefused() throws Exception {
        list(root);

        refused(root.clock("Clock").sign(jar), NOW, "JAR_SIGNER_UNKNOWN");
    }

    @Test
    void aPublisherIssuesNoOthers() throws Exception {
        Authority acme = root.publisher("Acme", LATER);
        list(root);

        refused(acme.publisher("Mallory", LATER).sign(jar), NOW, "JAR_SIGNER_UNKNOWN");
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        list(root);

        refused(root.publisher("Acme", BEFORE).sign(jar), NOW, "JAR_SIGNER_EXPIRED");
        refused(root.publisher("Acme", LATER).sign(jar), LATER.plusSeconds(1), "JAR_SIGNER_EXPIRED");
    }

    @Test
    void anExpiredCertificateOnTheListIsRefused() throws Exception {
        Authority acme = root.publisher("Acme", BEFORE);
        list(acme);

        refused(acme.sign(jar), NOW, "JAR_SIGNER_EXPIRED");
    }

    @Test
    void aTimestampThatIsBelievedOutlivesTheCertificate() throws Exception {
        list(root);
        Authority clocks = Authority.root("Clocks");
        Path signed = root.publisher("Acme", BEFORE).sign(jar, clocks.clock("Clock"), BEFORE.minusSeconds(60));
        refused(signed, NOW, "JAR_SIGNER_EXPIRED"); // nobody said that it is to be believed

        clocks.list(unit.trust().resolve("timestamps.pem"));

        demand(signed, NOW);
    }

    @Test
    void aTimestampAfterTheEndDoesNotHelp() throws Exception {
        list(root);
        Authority clocks = Authority.root("Clocks");
        clocks.list(unit.trust().resolve("timestamps.pem"));

        refused(
                root.publisher("Acme", BEFORE).sign(jar, clocks.clock("Clock"), BEFORE.plusSeconds(60)),
                NOW,
                "JAR_SIGNER_EXPIRED");
    }

    private void list(Authority authority) throws Exception {
        authority.list(unit.trust().resolve("publishers.pem"));
    }

    private void demand(Path signed, Instant now) throws Exception {
        JarPublishers.of(unit, now).orElseThrow().demand(signed, "lab.app", () -> {});
    }

    private void refused(Path signed, Instant now, String code) {
        assertThatThrownBy(() -> demand(signed, now))
                .isInstanceOf(TrustException.class)
                .hasMessageContaining(code);
    }

    /** The jar with files that are added or in the place of others. */
    private Path with(Path from, Map<String, String> files) throws IOException {
        Path to = Files.createTempFile(work, "changed", ".jar");
        try (ZipFile old = new ZipFile(from.toFile());
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(to))) {
            for (ZipEntry entry : Collections.list(old.entries())) {
                if (!files.containsKey(entry.getName())) {
                    zip.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream in = old.getInputStream(entry)) {
                        in.transferTo(zip);
                    }
                }
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return to;
    }
}
