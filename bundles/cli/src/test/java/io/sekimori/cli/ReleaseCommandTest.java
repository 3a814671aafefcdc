package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TimeZone;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseCommandTest {

    @TempDir
    private Path directory;

    private Factory factory;
    private Session session;

    @BeforeEach
    void openTheFactory() throws IOException {
        factory = new Factory(directory).open();
        session = factory.session();
    }

    @Test
    void aFeatureIsReleasedWithItsSwapModes() throws Exception {
        var releases =
                session.must("release show --repository releases --json").json().objects("releases");

        assertThat(releases).hasSize(2);
        assertThat(releases.get(0).string("swap")).isEqualTo("overlap");
        assertThat(releases.get(1).string("kind")).isEqualTo("slot");
    }

    @Test
    void theNextReleaseOfABundleGetsTheNextCounter() throws Exception {
        factory.jar("meter.jar", "org.example.meter", "1.1.0", "second");

        var added = session.must("release add --repository releases meter.jar --json")
                .json()
                .objects("added");

        assertThat(added.get(0).number("counter")).isEqualTo(2);
    }

    @Test
    void whichRiskItRemovesIsSignedWithWhatIsNew() throws Exception {
        factory.jar("meter.jar", "org.example.meter", "1.1.0", "second");

        JsonObject added = session.must(
                        "release add --repository releases meter.jar --remedy Eavesdropping --remedy-ja 盗聴 --json")
                .json()
                .objects("added")
                .get(0);
        assertThat(added.object("remedy").string("en")).isEqualTo("Eavesdropping");
        assertThat(added.object("remedy").string("ja")).isEqualTo("盗聴");
        assertThat(session.must("release add --repository releases meter.jar --json")
                        .json()
                        .objects("added")
                        .get(0)
                        .object("remedy"))
                .as("again, without the words")
                .isNotNull();

        assertThat(session.sekimori("release add --repository releases meter.jar --remedy Another")
                        .err())
                .contains("RELEASE_EXISTS");
        assertThat(session.sekimori("release add --repository releases meter.jar --remedy-ja 盗聴")
                        .err())
                .contains("REMEDY_MALFORMED");
    }

    @Test
    void untilWhenThereAreUpdatesIsSignedForAModelOrAll() {
        session.must("release support --repository releases --until 2031-03-31");
        session.must("release support --repository releases --until 2027-12-31 --model sg-1 --model sg-2");
        session.must("release sign --repository releases");

        assertThat(session.must("release show --repository releases").out())
                .contains("Updates for models that are not named end at 2031-04-01T00:00:00Z")
                .contains("Updates for sg-2 end at 2028-01-01T00:00:00Z");
        assertThat(session.sekimori("release support --repository releases --until tomorrow")
                        .exit())
                .isEqualTo(2);
        assertThat(session.sekimori("release support --repository releases --until 2031-03-31 --model /")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void aJavaRuntimeBecomesAReleaseOfItsOwnVersion() throws Exception {
        Path programs = Files.createDirectories(directory.resolve("image/bin"));
        Files.writeString(programs.resolve("java"), "program");
        assertThat(programs.resolve("java").toFile().setExecutable(true)).isTrue();
        Files.writeString(directory.resolve("image/release"), "JAVA_VERSION=\"17.0.15\"\n");
        Files.createSymbolicLink(directory.resolve("image/NOTICE"), Path.of("release"));

        session.must("release image image --name org.example.java --out java.jar");
        var added = session.must("release add --repository releases --kind java java.jar --json")
                .json()
                .objects("added");

        assertThat(added.get(0).string("version")).isEqualTo("17.0.15");
        assertThat(added.get(0).string("kind")).isEqualTo("java");
        try (JarFile jar = new JarFile(directory.resolve("java.jar").toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Sekimori-Programs"))
                    .isEqualTo("bin/java");
            assertThat(jar.getInputStream(jar.getEntry("NOTICE")))
                    .asString(StandardCharsets.UTF_8)
                    .contains("17.0.15");
        }
    }

    @Test
    void aJavaRuntimeIsTheSameBytesInEveryZone() throws Exception {
        Path programs = Files.createDirectories(directory.resolve("image/bin"));
        Files.writeString(programs.resolve("java"), "program");
        assertThat(programs.resolve("java").toFile().setExecutable(true)).isTrue();
        TimeZone before = TimeZone.getDefault();

        session.must("release image image --name org.example.java --version 17.0.15 --out here.jar");
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            session.must("release image image --name org.example.java --version 17.0.15 --out there.jar");
        } finally {
            TimeZone.setDefault(before);
        }

        assertThat(directory.resolve("there.jar")).hasSameBinaryContentAs(directory.resolve("here.jar"));
    }

    @Test
    void aFolderWithoutAJavaRuntimeMakesNoRelease() throws Exception {
        Session.Result result = session.sekimori("release image . --name org.example.java --out java.jar");

        assertThat(result.err()).startsWith("NO_JAVA:");
        assertThat(directory.resolve("java.jar")).doesNotExist();
    }

    @Test
    void theSameVersionWithOtherBytesIsRefused() throws IOException {
        factory.jar("meter.jar", "org.example.meter", "1.0.0", "other bytes");

        Session.Result result = session.sekimori("release add --repository releases --swap overlap meter.jar");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("RELEASE_EXISTS:").contains("->");
    }

    @Test
    void nothingIsPublishedBeforeEnoughKeysHaveSigned() {
        session.must("keys new second");
        session.must("release init --repository two --targets targets,second --targets-threshold 2");
        session.must("release add --repository two --feature product.json --jars jars");

        String first =
                session.must("release sign --repository two --key targets").out();
        String second = session.must("release sign --repository two").out();

        assertThat(first).contains("1 of 2");
        assertThat(second).startsWith("Published.");
    }

    /** Two of three hold a root key: the first root needs two private halves, and the public one of the third. */
    @Test
    void theFirstRootIsSignedByThoseThatAreThere() {
        session.must("keys new --keys ann a snapshot timestamp targets");
        session.must("keys new --keys bob b");
        session.must("keys new --keys cho c");
        session.must("keys export --keys bob b --out ann/b.pub");
        session.must("keys export --keys cho c --out ann/c.pub");
        String init = "release init --repository three --keys ann --root a,b,c --root-threshold 2";

        assertThat(session.sekimori(init).err()).contains("KEYS_ELSEWHERE: ", "2 keys", "only 1");
        assertThat(directory.resolve("three")).doesNotExist();

        session.must("keys new --keys ann b2");
        assertThat(session.must("release init --repository three --keys ann --root a,b2,c --root-threshold 2")
                        .exit())
                .isZero();
        assertThat(session.must("release show --repository three").out())
                .containsSubsequence("root       version 1", "root: 2 of [", "timestamp: 1 of [", "targets: 1 of [");
    }

    @Test
    void aFloorAboveTheCounterIsNoDefect() throws IOException {
        factory.jar("meter.jar", "org.example.meter", "1.1.0", "second");

        var refused = session.sekimori("release add --repository releases --floor 5 meter.jar");

        assertThat(refused.exit()).isEqualTo(ExitCode.USAGE.number());
        assertThat(refused.err())
                .contains("RELEASE_FACTS: org.example.meter 1.1.0 with the counter 2", "floor", "--hard-floor");
    }

    @Test
    void aPublicHalfIsWrittenIntoAFolderThatIsNotThereYet() {
        session.must("keys new --keys ann ann");

        session.must("keys export --keys ann ann --out people/ann.pub");

        assertThat(directory.resolve("people/ann.pub")).exists();
    }

    @Test
    void ofSeveralFilesItIsSaidWhichIsRefused() throws IOException {
        Files.writeString(directory.resolve("a.json"), "{}");
        Files.writeString(directory.resolve("b.json"), "{}");

        assertThat(session.sekimori("release join --repository releases a.json b.json")
                        .err())
                .contains("a.json:\n");
    }

    @Test
    void verifyReadsEveryJar() throws IOException {
        assertThat(session.sekimori("release verify --repository releases").exit())
                .isZero();
        Path jar;
        try (var files = Files.walk(directory.resolve("releases/targets"))) {
            jar = files.filter(file -> file.toString().contains("meter") && Files.isRegularFile(file))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(jar);
        bytes[bytes.length / 2] ^= 1;
        Files.write(jar, bytes);

        Session.Result result = session.sekimori("release verify --repository releases");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("TARGET_HASH:");
    }

    @Test
    void whatHasOnlyARootSaysWhatIsThereAndWhatComesNext() throws Exception {
        session.must("release init --repository fresh");
        String root = session.must("keys show root --json").json().string("keyId");

        Session.Result nothing = session.sekimori("release verify --repository fresh");
        session.must("release add --repository fresh jars/org.example.meter-1.0.0.jar");
        Session.Result staged = session.sekimori("release verify --repository fresh");
        session.must("release export --repository fresh --out to-sign.json");
        session.must("release sign --file to-sign.json --key targets");
        session.must("release join --repository fresh to-sign.json");
        Session.Result signed = session.sekimori("release verify --repository fresh");
        session.must("release sign --repository fresh");

        assertThat(nothing.exit()).isEqualTo(1);
        assertThat(nothing.out())
                .contains("root       version 1, expires 2031-", "root: 1 of [" + root + "]", "snapshot: 1 of [")
                .doesNotContain("Staged");
        assertThat(nothing.err())
                .startsWith("NOTHING_PUBLISHED: nothing is published yet")
                .contains("timestamp", "snapshot", "targets", "-> Add releases with \"sekimori release add\"")
                .doesNotContain("root");
        assertThat(staged.exit()).isEqualTo(1);
        assertThat(staged.out()).contains("Staged: targets, signed by 0 of 1.");
        assertThat(staged.err()).contains("-> Have what is staged signed");
        assertThat(signed.out()).contains("Staged: targets, signed by 1 of 1.");
        assertThat(signed.err()).contains("-> What is staged has its signatures");
        assertThat(session.sekimori("release verify --repository fresh").exit()).isZero();
    }

    /** A cut in the middle of the first publication leaves all but the timestamp, which is written last. */
    @Test
    void whatWasCutBeforeItsFirstTimestampIsNotCalledPublished() throws IOException {
        Files.delete(directory.resolve("releases/metadata/timestamp.json"));

        Session.Result result = session.speaking("ja_JP.UTF-8").sekimori("release verify --repository releases");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("NOTHING_PUBLISHED: まだ何も公開されていません").contains("timestamp");
    }

    @Test
    void aRootThatNobodySignedIsNotToldAsOneThatIsThere() throws IOException {
        session.must("release init --repository fresh");
        Path root = directory.resolve("fresh/metadata/1.root.json");
        Files.writeString(root, Files.readString(root).replace("2031-", "2041-"));

        Session.Result result = session.sekimori("release verify --repository fresh");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).doesNotContain("NOTHING_PUBLISHED");
    }

    @Test
    void aRootThatEndsIsSaidEvenWhereNothingIsPublished() {
        session.must("release init --repository fresh");
        session.at(Session.NOW.plus(Duration.ofDays(5 * 366)));

        assertThat(session.sekimori("release verify --repository fresh").out())
                .contains("root expires on", "\"sekimori release root\"");
    }

    @Test
    void expiredMetadataIsRenewed() {
        session.at(Session.NOW.plus(Duration.ofDays(31)));
        assertThat(session.sekimori("release verify --repository releases").err())
                .startsWith("EXPIRED_TIMESTAMP:");

        session.must("release renew --repository releases");

        assertThat(session.sekimori("release verify --repository releases").exit())
                .isZero();
    }

    @Test
    void whatExpiresSoonIsSaidWithItsRemedy() {
        assertThat(session.must("release verify --repository releases").out()).doesNotContain("expires on");

        session.at(Session.NOW.plus(Duration.ofDays(20)));
        assertThat(session.must("release show --repository releases").out())
                .contains("timestamp expires on 2026-12-21T12:00:00Z")
                .contains("\"sekimori release renew\"")
                .doesNotContain("targets expires on");
    }

    @Test
    void targetsAreRenewedBeforeTheyExpire() {
        session.at(Session.NOW.plus(Duration.ofDays(355)));
        session.must("release renew --repository releases");
        assertThat(session.must("release verify --repository releases").out())
                .contains("\"sekimori release renew --role targets\"");

        session.must("release renew --repository releases --role targets");
        session.must("release sign --repository releases");

        assertThat(session.must("release verify --repository releases").out()).doesNotContain("targets expires on");
    }

    @Test
    void aJarThatIsNoBundleIsRefused() throws IOException {
        Files.writeString(directory.resolve("note.jar"), "no jar at all");

        assertThat(session.sekimori("release add --repository releases note.jar")
                        .err())
                .startsWith("NOT_A_BUNDLE:");
    }

    @Test
    void aFeatureWhoseJarIsNowhereIsRefused() {
        Session.Result result = session.sekimori("release add --repository releases --feature product.json");

        assertThat(result.err()).startsWith("JAR_MISSING:");
    }

    @Test
    void jarsThatNobodyNamedAreTakenFromTheDistribution() throws IOException {
        factory.jar("jars/org.example.meter-1.0.0.jar", "org.example.meter", "1.0.0", "named");
        Path bundles = Files.createDirectories(directory.resolve("home/distrib/target/bundles"));
        Path slot = Files.createDirectories(directory.resolve("home/distrib/target/slot-lib"));
        factory.jar("home/distrib/target/bundles/org.example.meter-1.0.0.jar", "org.example.meter", "1.0.0", "ours");
        factory.jar(
                "home/distrib/target/slot-lib/org.example.launcher-1.0.0.jar", "org.example.launcher", "1.0.0", "x");

        assertThat(new Distribution(directory.resolve("home")).jars()).containsExactly(bundles, slot);
        assertThat(new Distribution(null).jars()).isEmpty();
        session.must("release init --repository other");
        System.setProperty("sekimori.home", directory.resolve("home").toString());
        try {
            session.must("release add --repository other --feature product.json");
            assertThat(session.sekimori("release add --repository other --feature product.json --jars jars")
                            .err())
                    .as("named directories come first, and there the bytes are others")
                    .startsWith("RELEASE_EXISTS:");
        } finally {
            System.clearProperty("sekimori.home");
        }
    }

    @Test
    void aFileThatIsNotThereIsSaidInWords() {
        Session.Result result = session.sekimori("release add --repository releases nowhere.jar");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err()).startsWith("FILE:").contains("nowhere.jar: there is no such file");
    }

    @Test
    void aFileThatIsNoFeatureIsRefused() throws IOException {
        Files.writeString(directory.resolve("bad.json"), "{");

        Session.Result result = session.sekimori("release add --repository releases --feature bad.json --jars jars");

        assertThat(result.err()).startsWith("FEATURE_MALFORMED:");
    }
}
