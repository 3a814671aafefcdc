package io.sekimori.releases.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.Release;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.io.TempDir;

/** What publishers signed is taken, and everything else is refused, on both databases. */
class SignedReleasesTest {

    private static final String RITA = "person:rita";

    @TempDir
    private Path work;

    @OnBothDatabases
    void whatWasSignedIsPublished(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        console.product();

        console.bring(releases);

        assertThat(releases.releases())
                .extracting(io.sekimori.releases.Release::symbolicName)
                .containsExactly(Console.LAUNCHER, Console.ENGINE, Console.APP);
        assertThat(releases.release(io.sekimori.releases.Release.Kind.BUNDLE, Console.APP, "1.0.0"))
                .isPresent();
        assertThat(releases.state().roles())
                .containsOnlyKeys("root", "targets", "snapshot", "timestamp", "director-root");
        assertThat(console.audited).extracting(entry -> entry.verdict()).containsExactly(Verdict.ALLOWED);
        assertThat(console.audited.get(0).actor()).isEqualTo(RITA);
    }

    @OnBothDatabases
    void theSameAgainChangesNothing(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        console.product();
        byte[] signed = console.bring(releases);
        Release app = console.released(Console.APP, "1.0.0");

        assertThat(releases.importTargets(signed, RITA)).isEqualTo(new ImportAnswer.Taken(false));
        assertThat(releases.importFile(app.sha256(), InputStream.nullInputStream()))
                .isEqualTo(new ImportAnswer.Taken(false));
    }

    @OnBothDatabases
    void aMissingFileIsRefusedByName(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        console.product();

        ImportAnswer answer = releases.importTargets(console.signed(), RITA);

        refused(answer, "FILE_MISSING");
        assertThat(releases.releases()).isEmpty();
        assertThat(console.audited).extracting(entry -> entry.reason()).containsExactly("FILE_MISSING");
    }

    @OnBothDatabases
    void anOlderVersionIsRefused(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        console.product();
        byte[] first = console.bring(releases);
        console.add(Console.APP, "1.1.0", 2, 0, Kind.BUNDLE);
        console.bring(releases);

        refused(releases.importTargets(first, RITA), "TARGETS_NOT_NEWER");
    }

    @OnBothDatabases
    void whatNobodySignedIsRefused(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        console.product();
        byte[] unsigned = Files.readAllBytes(work.resolve("releases/staged/targets.json"));

        refused(releases.importTargets(unsigned, RITA), "TARGETS_SIGNATURES");
        refused(releases.importTargets(new byte[] {'{'}, RITA), "METADATA_MALFORMED");
        refused(releases.importTargets(new byte[(16 << 20) + 1], RITA), "TOO_LONG");
    }

    @OnBothDatabases
    void aFileWithAnotherDigestIsRefusedAndForgotten(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());

        refused(releases.importFile("a".repeat(64), new ByteArrayInputStream(new byte[] {1})), "FILE_DIGEST");
        refused(releases.importFile("no digest", new ByteArrayInputStream(new byte[] {1})), "FILE_DIGEST");
        try (var left = Files.list(console.settings.place().incoming())) {
            assertThat(left).isEmpty();
        }
    }

    @OnBothDatabases
    void withoutItsSetUpNothingIsTaken(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        Files.delete(console.settings.place().folder().resolve("anchors/director.json"));
        console.product();

        refused(releases.importTargets(console.signed(), RITA), "ANCHOR_MISSING");
        assertThatThrownBy(releases::releases)
                .isInstanceOf(ReleasesException.class)
                .hasMessageContaining("ANCHOR_MISSING");
    }

    @OnBothDatabases
    void anotherFirstRootIsRefused(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        console.product();
        console.bring(releases);
        Path anchor = console.settings.place().folder().resolve("anchors/release.json");
        Files.write(anchor, console.offlineDirector.anchor());

        refused(releases.importTargets(console.signedAgain(), RITA), "ANCHOR_DIFFERS");
    }

    @OnBothDatabases
    void withoutTheOnlineKeysNothingIsPublished(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        console.product();
        Files.delete(console.settings.place().folder().resolve("keys/online.key"));
        for (Release release : console.offline.releases()) {
            releases.importFile(release.sha256(), new ByteArrayInputStream(console.bytes(release)));
        }

        refused(releases.importTargets(console.signed(), RITA), "ONLINE_KEYS_MISSING");
    }

    @OnBothDatabases
    void withoutAnAuditNothingIsTaken(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        releases.audit = null;
        console.product();
        for (Release release : console.offline.releases()) {
            releases.importFile(release.sha256(), new ByteArrayInputStream(console.bytes(release)));
        }

        refused(releases.importTargets(console.signed(), RITA), "AUDIT_UNAVAILABLE");
    }

    @OnBothDatabases
    void rootsAreTakenInTheirOrder(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        console.offlineDirector.newRoot(
                Map.of(
                        Role.ROOT, RoleKeys.of(1, console.root.publicKey()),
                        Role.TARGETS, RoleKeys.of(1, console.online.publicKey())),
                List.of(console.root),
                Lifetimes.DEFAULT,
                console.time.now);
        byte[] second = Files.readAllBytes(work.resolve("director/metadata/2.root.json"));

        refused(releases.importRoot(second, RITA), "METADATA_MALFORMED");
        assertThat(releases.importDirectorRoot(second, RITA)).isEqualTo(new ImportAnswer.Taken(true));
        assertThat(releases.importDirectorRoot(second, RITA)).isEqualTo(new ImportAnswer.Taken(false));
        assertThat(releases.state().roles().get("director-root").version()).isEqualTo(2);
    }

    /** A publisher's clock was ahead: what the console signs has the larger number, and the next one, too. */
    @OnBothDatabases
    void aPublishersTimestampIsSignedAbove(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        console.product();
        console.bring(releases);
        console.offline.renew(List.of(console.online), Lifetimes.DEFAULT, console.time.now.plus(Duration.ofHours(2)));
        byte[] ahead = console.offline.timestamp().orElseThrow();
        long number = releases.state().roles().get("timestamp").version();

        assertThat(releases.importTimestamp(ahead, RITA)).isEqualTo(new ImportAnswer.Taken(true));
        assertThat(releases.importTimestamp(ahead, RITA)).isEqualTo(new ImportAnswer.Taken(false));

        long above = console.time.now.plus(Duration.ofHours(2)).getEpochSecond();
        assertThat(number).isLessThan(above);
        assertThat(releases.state().roles().get("timestamp").version()).isGreaterThan(above);
        assertThat(releases.state().roles().get("snapshot").version()).isGreaterThan(above);
        String forged =
                new String(ahead, StandardCharsets.UTF_8).replace(Long.toString(above), Long.toString(above + 3_600));
        refused(releases.importTimestamp(forged.getBytes(StandardCharsets.UTF_8), RITA), "TIMESTAMP_SIGNATURES");
        console.offline.renew(List.of(console.online), Lifetimes.DEFAULT, console.time.now.plus(Duration.ofDays(2)));
        refused(releases.importTimestamp(console.offline.timestamp().orElseThrow(), RITA), "TIMESTAMP_AHEAD");
        refused(releases.importTimestamp(new byte[(64 << 10) + 1], RITA), "TOO_LONG");
        assertThat(console.audited).extracting(entry -> entry.reason()).contains("TIMESTAMP_AHEAD");
    }

    @OnBothDatabases
    void aDelegatedPublisherReleasesUnderItsNames(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        console.product();
        console.bring(releases);
        KeyFile acme = KeyFile.create(work.resolve("keys/acme.key"));
        console.offline.delegate(
                "acme", List.of("org.acme.*"), RoleKeys.of(1, acme.publicKey()), Lifetimes.DEFAULT, console.time.now);
        Release pump = console.add("acme", "org.acme.pump", "1.0.0", 1);
        byte[] file = console.signed("acme", acme);

        refused(releases.importDelegated("acme", file, RITA), "DELEGATION_UNKNOWN");
        assertThat(releases.importTargets(console.signed(), RITA)).isEqualTo(new ImportAnswer.Taken(true));
        assertThat(releases.state().publishers())
                .singleElement()
                .matches(publisher -> publisher.role().equals("acme")
                        && publisher.patterns().equals(List.of("org.acme.*/*/*.jar"))
                        && publisher.published().isEmpty());
        refused(releases.importDelegated("acme", file, RITA), "FILE_MISSING");
        releases.importFile(pump.sha256(), new ByteArrayInputStream(console.bytes(pump)));
        assertThat(releases.importDelegated("acme", file, RITA)).isEqualTo(new ImportAnswer.Taken(true));
        assertThat(releases.importDelegated("acme", file, RITA)).isEqualTo(new ImportAnswer.Taken(false));

        assertThat(releases.release(io.sekimori.releases.Release.Kind.BUNDLE, "org.acme.pump", "1.0.0"))
                .isPresent();
        assertThat(releases.state()
                        .publishers()
                        .get(0)
                        .published()
                        .orElseThrow()
                        .version())
                .isEqualTo(1);
        assertThat(console.audited.get(console.audited.size() - 1).verdict()).isEqualTo(Verdict.ALLOWED);
        assertThat(metadata(consoles)).contains("1.acme.json");

        console.published();
        for (int version = 2; version <= 5; version++) {
            console.offline.stageRenewal("acme", Lifetimes.DEFAULT, console.time.now);
            releases.importDelegated("acme", console.signed("acme", acme), RITA);
            console.published();
        }
        assertThat(metadata(consoles))
                .filteredOn(name -> name.endsWith(".acme.json"))
                .containsExactlyInAnyOrder("3.acme.json", "4.acme.json", "5.acme.json");
        assertThat(metadata(consoles)).contains("1.root.json");
    }

    private static Set<String> metadata(Consoles consoles) throws Exception {
        return new Tables(consoles::console)
                .read(connection ->
                        MetadataRows.load(connection, MetadataRows.RELEASE).names());
    }

    @OnBothDatabases
    void whatExpiresIsSignedAnewOnceByTwoConsoles(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases one = console.releases(consoles.console());
        SignedReleases other = console.releases(consoles.console());
        console.product();
        console.bring(one);
        long before = one.state().roles().get("timestamp").version();
        assertThat(one.renewal().renew()).isFalse();

        console.time.pass(Duration.ofDays(20));
        CompletableFuture<Boolean> both = CompletableFuture.supplyAsync(() -> renewed(other));
        boolean mine = renewed(one);

        assertThat(mine ^ both.get()).isTrue();
        assertThat(one.state().roles().get("timestamp").version()).isGreaterThan(before);
        assertThat(one.renewal().renew()).isFalse();
    }

    @OnBothDatabases
    void healthSaysWhatCannotBeSignedAndWhatPeopleHaveToSign(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        ReleasesHealth health = new ReleasesHealth(releases.renewal(), console.time);
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.OK);
        console.product();
        KeyFile acme = KeyFile.create(work.resolve("keys/acme.key"));
        console.offline.delegate(
                "acme", List.of("org.acme.*"), RoleKeys.of(1, acme.publicKey()), Lifetimes.DEFAULT, console.time.now);
        byte[] file = console.signed("acme", acme);
        console.bring(releases);
        assertThat(releases.importDelegated("acme", file, RITA)).isEqualTo(new ImportAnswer.Taken(true));
        releases.renewal().look();
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.OK);

        // Snapshot and timestamp are renewed by the console; what people signed comes near its end.
        console.time.pass(Lifetimes.DEFAULT.targets().minus(Duration.ofDays(20)));
        releases.renewal().look();
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(health.execute().toString())
                .contains("publisher acme=", "targets=")
                .doesNotContain("timestamp", "snapshot");

        releases.importTargets(console.signedAgain(), RITA);
        releases.renewal().look();
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(health.execute().toString()).contains("publisher acme=").doesNotContain("targets=");

        Path key = console.settings.place().folder().resolve("keys/online.key");
        Path away = Files.move(key, work.resolve("online.key"));
        console.time.pass(Duration.ofDays(20));
        releases.renewal().look();
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.CRITICAL);

        Files.move(away, key);
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.WARN);
    }

    @OnBothDatabases
    void withoutRecordsItIsIllAndWellAgainAsSoonAsTheyAreThere(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        ReleasesHealth health = new ReleasesHealth(releases.renewal(), console.time);
        releases.records = null;
        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.CRITICAL);

        releases.records = consoles.console();

        assertThat(health.execute().getStatus()).isEqualTo(Result.Status.OK);
    }

    @OnBothDatabases
    void filesThatNothingNamesGoAfterADay(Consoles consoles) throws Exception {
        Console console = new Console(work, consoles.unit());
        SignedReleases releases = console.releases(consoles.console());
        console.product();
        Release app = console.released(Console.APP, "1.0.0");
        releases.importFile(app.sha256(), new ByteArrayInputStream(console.bytes(app)));
        Path file = console.settings.place().store().path(app.sha256());
        Files.setLastModifiedTime(file, FileTime.from(console.time.now));
        IncomingFiles files = new IncomingFiles(console.settings.place());

        files.tidy(Set.of(), console.time.now.minusSeconds(1));
        files.tidy(Set.of(app.sha256()), console.time.now.plusSeconds(1));
        assertThat(file).exists();

        files.tidy(Set.of(), console.time.now.plusSeconds(1));
        assertThat(file).doesNotExist();
    }

    private static boolean renewed(SignedReleases releases) {
        try {
            return releases.renewal().renew();
        } catch (RefusedException | ReleasesException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void refused(ImportAnswer answer, String code) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        ImportAnswer.Refused.class,
                        refused ->
                                assertThat(refused.code()).as(refused.detail()).isEqualTo(code));
    }
}
