package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.Assigned;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitCommandsTest {

    @TempDir
    private Path directory;

    private Factory factory;
    private Session session;

    @BeforeEach
    void makeAUnit() throws IOException {
        factory = new Factory(directory).open();
        session = factory.session();
        assertThat(factory.makeUnit().exit()).isZero();
    }

    @Test
    void aUnitIsNeverMadeOverAnother() {
        Session.Result again = factory.makeUnit();

        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).startsWith("UNIT_EXISTS:");
    }

    @Test
    void aUnitNamesItsJavaRuntimeAsItWasGivenAndOnlyIfItIsThere() throws Exception {
        String another = "factory --unit another --feature product.json --repository releases --director director"
                + " --model M-1 --serial 0002 --start-script start.sh --java ";
        Path link = Files.createSymbolicLink(directory.resolve("java"), Path.of(System.getProperty("java.home")));

        Session.Result absent = session.sekimori(another + "nowhere");
        session.must(another + link);

        assertThat(absent.exit()).isEqualTo(1);
        assertThat(absent.err()).startsWith("NO_JAVA:").contains("nowhere");
        try (var slots = Files.walk(directory.resolve("another").resolve("slots"))) {
            Path slot =
                    slots.filter(file -> file.endsWith("slot.json")).findFirst().orElseThrow();
            assertThat(slot).content().contains('"' + link.toString() + '"');
        }
    }

    @Test
    void aSerialNumberIsGivenTwiceOnlyOnRequest() throws Exception {
        String another = "factory --unit another --feature product.json --repository releases --director director"
                + " --model M-1 --serial 0001 --start-script start.sh";

        Session.Result result = session.sekimori(another);

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("SERIAL_TAKEN:").contains("--again");
        assertThat(directory.resolve("another")).doesNotExist();

        Path director = directory.resolve("director");
        String replaced = KnownUnit.read(director, "0001").device();
        assertThat(session.must(another + " --again").err()).contains(replaced).contains("can be given no assignment");
        assertThat(DirectorRepository.open(director).current(replaced)).isEmpty();
        assertThat(DirectorRepository.open(director)
                        .current(KnownUnit.read(director, "0001").device()))
                .isPresent();
    }

    @Test
    void aUnitThatCouldNotBeInAClassPathIsNotMade() {
        Session.Result result = session.sekimori("factory --unit a:b --feature product.json --repository releases"
                + " --director director --model M-1 --serial 0003 --start-script start.sh");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("UNIT_PATH:").contains("a:b");
    }

    /** Whoever signed the timestamp had a clock that was ahead: the unit refuses a console that has not signed above it. */
    @Test
    void aRepositoryThatCountedAheadOfTheClockIsSaidAndByADayRefused() {
        String another = "factory --unit another --feature product.json --repository releases --director director"
                + " --model M-1 --serial 0002 --start-script start.sh";
        session.at(Session.NOW.plus(Duration.ofHours(1))).must("release renew --repository releases");

        Session.Result early =
                session.at(Session.NOW.plus(Duration.ofMinutes(56))).must(another);
        assertThat(early.err()).doesNotContain("TIMESTAMP_ROLLBACK");
        Session.Result ahead =
                session.at(Session.NOW).must(another.replace("another", "third").replace("0002", "0003"));
        assertThat(ahead.err()).contains("TIMESTAMP_ROLLBACK").contains("releases import");
        Session.Result far = session.at(Session.NOW.minus(Duration.ofHours(24)))
                .sekimori(another.replace("another", "fourth").replace("0002", "0004"));

        assertThat(far.exit()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(far.err()).startsWith("REPOSITORY_AHEAD:").contains("->");
        assertThat(directory.resolve("fourth")).doesNotExist();
    }

    @Test
    void aUnitThatFailsLeavesNothingBehind() {
        Session.Result result = session.sekimori("factory --unit other --feature product.json --repository releases"
                + " --director director --model M-1 --serial 0002 --start-script nowhere.sh");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(directory.resolve("other")).doesNotExist();
        assertThat(directory.resolve(".other.part")).doesNotExist();
    }

    @Test
    void bundlesListsWhatTheFeatureNamed() throws Exception {
        var bundles = session.must("bundles --unit unit --json").json().objects("bundles");

        assertThat(bundles).hasSize(1);
        assertThat(bundles.get(0).string("symbolicName")).isEqualTo("org.example.meter");
        assertThat(bundles.get(0).number("startLevel")).isEqualTo(5);
    }

    @Test
    void aUnitThatDoesNotRunIsRedAndSaysWhatToDo() {
        Session.Result status = session.sekimori("status --unit unit");

        assertThat(status.exit()).isEqualTo(1);
        assertThat(status.out())
                .contains("RED NOT_RUNNING")
                .contains("gateway run")
                .contains("serial 0001");
    }

    @Test
    void aFlippedByteInTheStoreIsSaidWithItsCode() throws Exception {
        try (var files = Files.list(directory.resolve("unit/store/sha256"))) {
            Path file = files.findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            bytes[10] ^= 1;
            Files.write(file, bytes);
        }

        var findings = session.sekimori("status --unit unit --json").json().objects("findings");

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.string("code")).isEqualTo("FILE_DIFFERS");
            assertThat(finding.string("advice")).isNotBlank();
        });
    }

    @Test
    void metadataThatExpiredIsANoteAndNotRed() throws Exception {
        session.at(Session.NOW.plus(Duration.ofDays(400)));

        var findings = session.sekimori("status --unit unit --json").json().objects("findings");

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.string("code")).isEqualTo("METADATA_EXPIRED");
            assertThat(finding.bool("red")).isFalse();
        });
    }

    @Test
    void anAuditWithoutRecordsIsWhole() throws Exception {
        assertThat(session.must("audit verify --unit unit --json").json().bool("intact"))
                .isTrue();
        assertThat(session.must("audit show --unit unit --json").json().objects("records"))
                .isEmpty();
    }

    @Test
    void anAuditWithoutRecordsSaysSo() {
        assertThat(session.must("audit verify --unit unit").out()).startsWith("Nothing was recorded yet.");
        assertThat(session.must("audit show --unit unit").out()).startsWith("Nothing was recorded yet.");
    }

    @Test
    void aDamagedAuditIsRefusedWithItsCode() throws IOException {
        Path chain = Files.createDirectories(directory.resolve("unit/data/io.sekimori.audit.chain"));
        Files.writeString(chain.resolve("chain-000000000000000001.jsonl"), "this is no record\n");

        Session.Result result = session.sekimori("audit verify --unit unit");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("AUDIT_BROKEN: AUDIT_");
    }

    @Test
    void aGatewayThatDoesNotAnswerHasAnExitCodeOfItsOwn() throws IOException {
        Files.writeString(directory.resolve("pack.zip"), "whatever");

        Session.Result result = session.sekimori("update plan pack.zip --unit unit");

        assertThat(result.exit()).isEqualTo(ExitCode.UNREACHABLE.number());
        assertThat(result.err()).startsWith("GATEWAY_UNREACHABLE:").contains("->");
    }

    @Test
    void thereIsNothingToFollowOrCancelOnAQuietUnit() {
        assertThat(session.sekimori("update follow --unit unit").err()).startsWith("NO_TRANSITION:");
        assertThat(session.sekimori("update cancel --unit unit").err()).startsWith("NO_TRANSITION:");
    }

    @Test
    void aTransitionNobodyKnowsIsRefusedAtOnce() {
        Session.Result result = session.sekimori("update follow 20261121-no --unit unit");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("TRANSITION_UNKNOWN:");
    }

    @Test
    void aTransitionThatIsOverIsToldWithoutTheGateway() throws Exception {
        Path transitions = Files.createDirectories(directory.resolve("unit/state/transitions"));
        Files.writeString(transitions.resolve("20261121-120000-0002.json"), """
                {"format":1,"report":{"id":"20261121-120000-0002","from":1,"to":2,"running":2,"swaps":[],
                 "ended":"2026-11-21T12:00:00.123456789Z","outcome":"CONFIRMED"}}
                """);

        Session.Result result = session.must("update follow 20261121-120000-0002 --unit unit");

        assertThat(result.out()).contains("CONFIRMED");
        assertThat(session.must("update history --unit unit").out())
                .contains("2026-11-21T12:00:00Z  20261121-120000-0002");
    }

    @Test
    void theHistoryIsReadFromTheDisk() throws Exception {
        assertThat(session.must("update history --unit unit").out()).contains("No update was tried yet.");
        Path transitions = Files.createDirectories(directory.resolve("unit/state/transitions"));
        Files.writeString(transitions.resolve("20261121-120000-0001.json"), """
                {"format":1,"report":{"id":"20261121-120000-0001","from":1,"to":2,"ended":"2026-11-21T12:00:00Z",
                 "outcome":"REFUSED","reason":{"code":"PACK_MALFORMED","detail":"not a pack"}}}
                """);

        var report = session.must("update history --unit unit --json")
                .json()
                .objects("transitions")
                .get(0);

        assertThat(report.string("code")).isEqualTo("PACK_MALFORMED");
        assertThat(report.has("reason")).isFalse();
        assertThat(session.must("update history --unit unit").out())
                .isEqualToIgnoringNewLines(
                        "2026-11-21T12:00:00Z  20261121-120000-0001  1 -> 2  REFUSED     PACK_MALFORMED");
    }

    @Test
    void aConfigurationThatIsGivenSeveralTimesIsAListAndReplacesWhatWasAssigned() throws Exception {
        for (String first : List.of("a@example.com", "b@example.com")) {
            session.must("director assign --director director --repository releases --serial 0001"
                    + " --configure org.example.meter:mail.to=" + first
                    + " --configure org.example.meter:mail.to=c@example.com"
                    + " --configure org.example.meter:interval=9");
        }

        assertThat(DirectorRepository.open(directory.resolve("director"))
                        .current(KnownUnit.read(directory.resolve("director"), "0001")
                                .device())
                        .orElseThrow()
                        .configurations()
                        .get("org.example.meter"))
                .containsEntry("mail.to", List.of("b@example.com", "c@example.com"))
                .containsEntry("interval", 9L);
    }

    @Test
    void aPackHoldsWhatTheUnitLacks() throws IOException {
        factory.jar("meter.jar", "org.example.meter", "1.1.0", "second");
        session.must("release add --repository releases --swap overlap meter.jar");
        session.must("release sign --repository releases");
        session.must("director assign --director director --repository releases --serial 0001"
                + " --set org.example.meter/1.1.0 --configure org.example.meter:interval=9");

        session.must("release pack --repository releases --director director --serial 0001 --unit unit --out p.zip");

        try (ZipFile pack = new ZipFile(directory.resolve("p.zip").toFile())) {
            assertThat(Collections.list(pack.entries()))
                    .extracting(ZipEntry::getName)
                    .contains("release/timestamp.json", "director/targets.json")
                    .filteredOn(name -> name.startsWith("targets/"))
                    .hasSize(1);
        }
    }

    @Test
    void aLauncherIsAssignedBesideTheBundles() throws Exception {
        factory.jar("other.jar", "org.example.launcher", "9.0.0", "other");
        session.must("release add --repository releases --kind slot other.jar");
        session.must("release sign --repository releases");

        session.must("director assign --director director --repository releases --serial 0001"
                + " --set slot/org.example.launcher/9.0.0");

        assertThat(DirectorRepository.open(directory.resolve("director"))
                        .current(KnownUnit.read(directory.resolve("director"), "0001")
                                .device())
                        .orElseThrow()
                        .items(Kind.SLOT))
                .extracting(Assigned::path)
                .contains("slot/org.example.launcher/9.0.0/org.example.launcher-9.0.0.jar");
    }

    @Test
    void whatIsNotReleasedCannotBeAssigned() {
        Session.Result result = session.sekimori("director assign --director director --repository releases"
                + " --serial 0001 --set org.example.meter/7.0.0");

        assertThat(result.err()).startsWith("NOT_RELEASED:");
    }

    @Test
    void theSupportBundleHoldsNoSecret() throws IOException {
        String secret = "hunter2-planted";
        for (String place : new String[] {
            "data/io.sekimori.keys.file/other.key",
            "data/org.apache.felix.configadmin/x.config",
            "data/io.sekimori.config.admin/history.json",
            "data/io.sekimori.audit.chain/note",
            "state/metadata/secret.json",
            "trust/private.key",
            "run/token"
        }) {
            Path file = directory.resolve("unit").resolve(place);
            Files.createDirectories(file.getParent());
            Files.writeString(file, secret);
        }
        session.must("director assign --director director --repository releases --serial 0001"
                + " --configure org.example.meter:password=" + secret);
        String deviceKey = Files.readString(directory.resolve("unit/data/io.sekimori.keys.file/device.key"));

        session.must("support-bundle --unit unit --out support.zip");

        try (ZipFile zip = new ZipFile(directory.resolve("support.zip").toFile())) {
            assertThat(zip.getEntry("status.json")).isNotNull();
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                    assertThat(text)
                            .as(entry.getName())
                            .doesNotContain(secret)
                            .doesNotContain(
                                    deviceKey.lines().skip(1).findFirst().orElseThrow());
                }
            }
        }
    }

    @Test
    void theSupportBundleFollowsNoLink() throws IOException {
        Path unit = directory.resolve("unit");
        Files.createSymbolicLink(
                unit.resolve("state/last-words.json"), unit.resolve("data/io.sekimori.keys.file/device.key"));

        session.must("support-bundle --unit unit --out support.zip");

        try (ZipFile zip = new ZipFile(directory.resolve("support.zip").toFile())) {
            assertThat(zip.getEntry("state/confirmed.json")).isNotNull();
            assertThat(zip.getEntry("state/last-words.json")).isNull();
        }
    }
}
