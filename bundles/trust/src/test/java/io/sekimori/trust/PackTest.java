package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.DEVICE;
import static io.sekimori.trust.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackTest {

    @TempDir
    Path directory;

    private World world;
    private Path file;

    @BeforeEach
    void aReadyWorld() throws Exception {
        world = World.ready(directory);
        file = directory.resolve("update.pack");
    }

    @Test
    void aPackCarriesAllThatAnUpdateNeeds() throws Exception {
        write(packed());

        try (Pack pack = Pack.open(file)) {
            Acceptance.Accepted accepted = assertAccepted(verifier().verify(pack, World.UNIT, Map.of(), NOW));
            for (Release release : accepted.releases()) {
                assertThat(pack.targets().has(release)).isTrue();
                assertThat(Sha256.hex(pack.targets().open(release).readAllBytes()))
                        .isEqualTo(release.sha256());
            }
        }
    }

    @Test
    void aFileIsFoundByItsHashAlone() throws Exception {
        write(packed());
        String there = world.release(ALPHA, "1.0.0").sha256();

        try (Pack pack = Pack.open(file)) {
            try (InputStream in = pack.file(there)) {
                assertThat(Sha256.hex(in.readAllBytes())).isEqualTo(there);
            }
            assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> pack.file("0".repeat(64)));
        }
    }

    @Test
    void aByteIsReadAsOneWithoutASign() throws Exception {
        try (InputStream in = new PackEntryStream(new ByteArrayInputStream(new byte[] {0, (byte) 0x81}), "entry")) {
            assertThat(in.read()).isZero();
            assertThat(in.read()).isEqualTo(0x81);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    /** Whoever looks at a stick must let it go, or it cannot be pulled. */
    @Test
    void aPackThatWasClosedOrRefusedIsNotHeld() throws Exception {
        assumeThat(Path.of("/proc/self/fd")).isDirectory();
        write(packed());
        try (Pack pack = Pack.open(file)) {
            assertThat(pack.releases().fetch("timestamp.json", 1_000_000)).isPresent();
            assertThat(held()).isTrue();
        }
        assertThat(held()).isFalse();

        write(zip("release/root.json.bak"));
        assertRefused(() -> Pack.open(file), TrustCode.PACK_NAME);
        assertThat(held()).isFalse();
    }

    private boolean held() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(file.toRealPath());
                } catch (IOException e) {
                    return false; // closed since it was listed
                }
            });
        }
    }

    @Test
    void theSamePackIsTheSameBytesInEveryZone() throws Exception {
        TimeZone before = TimeZone.getDefault();
        try {
            byte[] here = packed();
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            assertThat(packed()).isEqualTo(here);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void jarsAreStoredAsTheyAre() throws Exception {
        Release release = world.release(ALPHA, "1.0.0");
        byte[] jar = world.releases.targets().open(release).readAllBytes();

        assertThat(indexOf(packed(), jar)).isPositive();
    }

    @Test
    void everyCutOffPackIsRefused() throws Exception {
        byte[] whole = packed();
        for (int length = 0; length < whole.length; length += 211) {
            write(Arrays.copyOf(whole, length));

            assertRefused(() -> Pack.open(file), TrustCode.PACK_MALFORMED);
        }
    }

    @Test
    void bytesAroundTheZipAreRefused() throws Exception {
        byte[] whole = packed();
        byte[] behind = Arrays.copyOf(whole, whole.length + 1);
        byte[] before = new byte[whole.length + 1];
        System.arraycopy(whole, 0, before, 1, whole.length);

        write(behind);
        assertRefused(() -> Pack.open(file), TrustCode.PACK_MALFORMED);
        write(before);
        assertRefused(() -> Pack.open(file), TrustCode.PACK_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../timestamp.json",
                "release/../timestamp.json",
                "/release/timestamp.json",
                "release\\timestamp.json",
                "release/",
                "release/0.root.json",
                "release/root.json.bak",
                "release/timestamp.JSON",
                "targets/abc",
                "targets/" + "A",
                "META-INF/MANIFEST.MF",
                ""
            })
    void otherNamesAreRefused(String name) throws Exception {
        write(zip(name));

        assertRefused(() -> Pack.open(file), TrustCode.PACK_NAME);
    }

    @Test
    void aNameThatIsThereTwiceIsRefused() throws Exception {
        // The zip writer refuses duplicates itself, so the second name is altered in the bytes.
        byte[] zip = zip("release/1.root.json", "release/2.root.json");
        byte[] one = "release/1.root.json".getBytes(StandardCharsets.US_ASCII);
        byte[] two = "release/2.root.json".getBytes(StandardCharsets.US_ASCII);
        for (int at = indexOf(zip, two); at >= 0; at = indexOf(zip, two)) {
            System.arraycopy(one, 0, zip, at, one.length);
        }
        write(zip);

        assertRefused(() -> Pack.open(file), TrustCode.PACK_DUPLICATE);
    }

    @Test
    void moreEntriesThanAnUpdateHasAreRefused() throws Exception {
        String[] names = new String[ZipBounds.MAX_ENTRIES + 1];
        for (int i = 0; i < names.length; i++) {
            names[i] = "release/" + (i + 1) + ".root.json";
        }
        write(zip(names));

        assertRefused(() -> Pack.open(file), TrustCode.PACK_TOO_MANY_ENTRIES);
    }

    @Test
    void metadataThatUnpacksToMoreThanItMayIsRefused() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> metadata :
                    world.director.files(DEVICE).entrySet()) {
                zip.putNextEntry(new ZipEntry("director/" + metadata.getKey()));
                zip.write(metadata.getValue());
            }
            zip.putNextEntry(new ZipEntry("release/timestamp.json"));
            zip.write(new byte[64 << 20]);
        }
        write(out.toByteArray());

        try (Pack pack = Pack.open(file)) {
            assertThat(pack.releases().fetch("timestamp.json", 1_000))
                    .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(1_001));
            assertRefused(verifier().verify(pack, World.UNIT, Map.of(), NOW), TrustCode.METADATA_TOO_LONG);
        }
    }

    @Test
    void aCompressedTargetIsRefused() throws Exception {
        write(zip("targets/" + "0".repeat(64)));

        assertRefused(() -> Pack.open(file), TrustCode.PACK_MALFORMED);
    }

    @Test
    void tornMetadataIsRefused() throws Exception {
        byte[] bytes = packed();
        int at = indexOf(bytes, "release/timestamp.json".getBytes(StandardCharsets.US_ASCII));
        Arrays.fill(bytes, at + 31, at + 200, (byte) 0);
        write(bytes);

        try (Pack pack = Pack.open(file)) {
            assertRefused(verifier().verify(pack, World.UNIT, Map.of(), NOW), TrustCode.PACK_MALFORMED);
        }
    }

    @Test
    void anAlteredTargetIsRefusedAtItsEnd() throws Exception {
        Release release = world.release(ALPHA, "1.0.0");
        byte[] bytes = packed();
        byte[] jar = world.releases.targets().open(release).readAllBytes();
        bytes[indexOf(bytes, jar) + jar.length / 2] ^= 0x01;
        write(bytes);

        try (Pack pack = Pack.open(file);
                InputStream in = pack.targets().open(release)) {
            assertRefused(in::readAllBytes, TrustCode.TARGET_HASH);
        }
    }

    @Test
    void aTargetOfAnotherLengthIsRefused() throws Exception {
        Release real = world.release(ALPHA, "1.0.0");
        write(packed());

        try (Pack pack = Pack.open(file)) {
            assertRefused(
                    () -> pack.targets().open(ofLength(real, real.length() - 1)).readAllBytes(),
                    TrustCode.TARGET_LENGTH);
            assertRefused(
                    () -> pack.targets().open(ofLength(real, real.length() + 1)).readAllBytes(),
                    TrustCode.TARGET_LENGTH);
        }
    }

    @Test
    void aLongerTargetGivesNoByteBeyondTheSignedLength() throws Exception {
        Release real = world.release(ALPHA, "1.0.0");
        write(packed());
        ByteArrayOutputStream received = new ByteArrayOutputStream();

        try (Pack pack = Pack.open(file)) {
            InputStream in = pack.targets().open(ofLength(real, 10));
            assertRefused(() -> in.transferTo(received), TrustCode.TARGET_LENGTH);
        }

        assertThat(received.size()).isLessThanOrEqualTo(10);
    }

    @Test
    void skippingDoesNotAvoidTheCheck() throws Exception {
        Release release = world.release(ALPHA, "1.0.0");
        write(packed());

        try (Pack pack = Pack.open(file);
                InputStream in = pack.targets().open(release)) {
            assertThat(in.skip(5)).isZero();
            assertThat(in.markSupported()).isFalse();
            assertThat(in.read()).isEqualTo('P');
            in.readAllBytes();
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void aTargetThatIsNotInThePackIsNotFound() throws Exception {
        write(zip("release/timestamp.json"));
        Release release = world.release(ALPHA, "1.0.0");

        try (Pack pack = Pack.open(file)) {
            assertThat(pack.targets().has(release)).isFalse();
            assertThatExceptionOfType(NoSuchFileException.class)
                    .isThrownBy(() -> pack.targets().open(release));
        }
    }

    private static Release ofLength(Release real, long length) {
        return new Release(
                real.path(),
                real.symbolicName(),
                real.version(),
                real.counter(),
                real.floor(),
                real.hardFloor(),
                real.swap(),
                real.kind(),
                length,
                real.sha256(),
                List.of());
    }

    private UpdateVerifier verifier() throws IOException {
        return new UpdateVerifier(world.state(), world.releases.anchor(), world.director.anchor());
    }

    private byte[] packed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PackWriter writer = new PackWriter(out)) {
            writer.assignment(world.releases, world.director, DEVICE);
        }
        return out.toByteArray();
    }

    private void write(byte[] bytes) throws IOException {
        Files.write(file, bytes);
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write('x');
            }
        }
        return out.toByteArray();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }
}
