package io.sekimori.cli.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.Signer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the public conformance suite for TUF clients, after its description of them. */
class TufConformanceTest extends TufLab {

    private static final byte[] CONTENT = "target file contents".getBytes(StandardCharsets.UTF_8);

    @Test
    void aRefreshAsksForWhatThereIsAndNothingElse() throws Exception {
        repository.asked.clear();

        assertAccepted(refresh());

        assertThat(repository.asked)
                .containsExactly("/m/2.root.json", "/m/timestamp.json", "/m/1.snapshot.json", "/m/1.targets.json");
        for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
            assertThat(version(role)).isEqualTo(1);
        }
    }

    @Test
    void aSecondRefreshAsksForRootAndTimestampAlone() throws Exception {
        assertAccepted(refresh());
        repository.asked.clear();

        assertAccepted(refresh());

        assertThat(repository.asked).containsExactly("/m/2.root.json", "/m/timestamp.json");
    }

    @Test
    void aRefreshWithoutConsistentSnapshotsAsksForPlainNames() throws Exception {
        repository.consistent = false;
        init(repository.root());
        repository.publish();
        repository.target("targets", "a/file.txt", CONTENT);
        repository.publish();
        repository.asked.clear();

        assertAccepted(download("a/file.txt"));

        assertThat(repository.asked)
                .containsExactly(
                        "/m/2.root.json", "/m/timestamp.json", "/m/snapshot.json", "/m/targets.json", "/t/a/file.txt");
    }

    @Test
    void initAsksNobodyAndRefusesARootThatIsNotSigned() throws Exception {
        repository.asked.clear();
        Files.write(
                directory.resolve("unsigned.json"),
                RepositoryServer.file(repository.roles.get("root"), List.of(repository.key())));

        assertRefused(
                session.run("tuf", "--metadata-dir", metadata.toString(), "init", "unsigned.json"), "ANCHOR_BROKEN");
        assertThat(repository.asked).isEmpty();
    }

    @Test
    void aDownloadRefreshesFirstAlsoWhenTheTargetIsUnknown() throws Exception {
        assertRefused(download("nonexistent artifact"), "TARGET_UNKNOWN");

        assertThat(version("targets")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "snapshot", "targets"})
    void expiredMetadataIsRefused(String role) throws Exception {
        repository.expires(role, Instant.now().minus(Duration.ofDays(1)));
        repository.publishNext();

        assertRefused(refresh(), "EXPIRED_" + role.toUpperCase(Locale.ROOT));
    }

    @Test
    void anExpiredRootIsRefusedButKept() throws Exception {
        repository.raise("root");
        repository.expires("root", Instant.now().minus(Duration.ofDays(1)));
        repository.root();

        assertRefused(refresh(), "EXPIRED_ROOT");
        assertThat(version("root")).isEqualTo(2);

        repository.raise("root");
        repository.expires("root", RepositoryServer.SAFE);
        repository.root();
        assertAccepted(refresh());
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp, TIMESTAMP_ROLLBACK",
        "snapshot,  TIMESTAMP_SNAPSHOT_ROLLBACK",
        "targets,   SNAPSHOT_ROLLBACK"
    })
    void whatGoesBackIsRefused(String role, String code) throws Exception {
        repository.publishNext();
        repository.publishNext();
        assertAccepted(refresh());

        if (role.equals("timestamp")) {
            repository.roles.get("timestamp").put("version", 1L);
        } else {
            repository.raise("timestamp");
            if (role.equals("targets")) {
                repository.raise("snapshot");
            }
            repository.roles.get(role).put("version", 2L);
        }
        repository.publish();

        assertRefused(refresh(), code);
        assertThat(version(role)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "snapshot"})
    void aRotatedKeyEndsAFastForward(String role) throws Exception {
        repository.roles.get("timestamp").put("version", 99_999L);
        repository.roles.get("snapshot").put("version", 99_999L);
        repository.publish();
        assertAccepted(refresh());

        repository.roles.get("timestamp").put("version", 2L);
        repository.roles.get("snapshot").put("version", 2L);
        repository.publish();
        assertRefused(refresh(), "TIMESTAMP_ROLLBACK");

        repository.signers.put(role, List.of(repository.key()));
        repository.raise("root");
        repository.root();
        repository.publish();
        assertAccepted(refresh());
        assertThat(version("timestamp")).isEqualTo(2);
        assertThat(version("snapshot")).isEqualTo(2);
    }

    @Test
    void rootsAreFollowedThroughRotationsOfTheirKeys() throws Exception {
        for (int i = 0; i < 5; i++) {
            Signer before = repository.signers.get("root").get(0);
            repository.signers.put("root", List.of(repository.key()));
            repository.raise("root");
            repository.root(before);
        }

        assertAccepted(refresh());

        assertThat(version("root")).isEqualTo(6);
    }

    @Test
    void aRootThatTheOneBeforeDidNotSignIsRefused() throws Exception {
        repository.signers.put("root", List.of(repository.key()));
        repository.raise("root");
        repository.root();

        assertRefused(refresh(), "ROOT_NOT_SIGNED_BY_PREDECESSOR");
        assertThat(version("root")).isEqualTo(1);
    }

    @Test
    void aTimestampOfTheSameVersionWithOtherContentIsDiscarded() throws Exception {
        assertAccepted(refresh());
        byte[] kept = Files.readAllBytes(metadata.resolve("timestamp.json"));
        repository.roles.get("timestamp").put("x-other", true);
        repository.timestamp();

        assertAccepted(refresh());

        assertThat(metadata.resolve("timestamp.json")).hasBinaryContent(kept);
    }

    @Test
    void unknownMembersAreCarriedAlong() throws Exception {
        repository.roles.get("targets").put("custom-field", Map.of("a", 1, "b", List.of("x")));
        repository.publishNext();

        assertAccepted(refresh());
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "#", "/delegatedrole", "../delegatedrole", "a role", "役割"})
    void aRolesNameIsQuotedOnTheWireAndOnTheDisk(String role) throws Exception {
        repository.delegate("targets", role, false, "*");
        repository.publishNext();

        assertRefused(download("nonexistent"), "TARGET_UNKNOWN");

        assertThat(repository.asked).contains(repository.name(role));
        try (var files = Files.list(metadata)) {
            assertThat(files.filter(file -> file.toString().endsWith(".json"))).hasSize(5);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "targetfile,           ''",
        "README.md,            A",
        "releases/x/x_v1,      B C",
        "releases/y/y_v1.zip,  B D",
    })
    void aTargetIsFoundWhereItsPathLeads(String path, String roles) throws Exception {
        aTree();
        repository.asked.clear();

        assertAccepted(download(path));

        assertThat(repository.asked.stream()
                        .filter(asked -> asked.matches("/m/1\\.[A-D]\\.json"))
                        .map(asked -> asked.substring(5, 6))
                        .toList())
                .isEqualTo(roles.isEmpty() ? List.of() : List.of(roles.split(" ")));
        assertThat(downloads.resolve(path)).hasBinaryContent(CONTENT);
    }

    @Test
    void aPathThatIsNotDelegatedByEverybodyOnTheWayIsNotFound() throws Exception {
        aTree();

        assertRefused(download("releases/z/z_v1.zip"), "TARGET_UNKNOWN");
    }

    @Test
    void severalTargetsAreFetchedInOrderUpToTheFirstThatFails() throws Exception {
        repository.target("targets", "one", CONTENT);
        repository.target("targets", "three", CONTENT);
        repository.publishNext();

        assertRefused(download("one", "two", "three"), "TARGET_UNKNOWN");
        assertThat(downloads.resolve("one")).hasBinaryContent(CONTENT);
        assertThat(downloads.resolve("three")).doesNotExist();

        repository.asked.clear();
        assertAccepted(download("one", "three"));
        assertThat(repository.asked)
                .filteredOn(asked -> asked.startsWith("/t/"))
                .hasSize(1);
    }

    @Test
    void addressesMustBeOfTheWeb() {
        assertThat(session.run("tuf", "--metadata-url", "file:///etc", "--metadata-dir", "m", "refresh")
                        .exit())
                .isEqualTo(2);
        assertThat(session.run("tuf", "--metadata-dir", "m", "refresh").exit()).isEqualTo(2);
    }

    private void aTree() throws Exception {
        repository.delegate("targets", "A", false, "*.doc", "*.md");
        repository.delegate("targets", "B", false, "releases/*/*");
        repository.delegate("B", "C", false, "releases/x/*");
        repository.delegate("B", "D", false, "releases/y/*.zip");
        repository.target("targets", "targetfile", CONTENT);
        repository.target("A", "README.md", CONTENT);
        repository.target("C", "releases/x/x_v1", CONTENT);
        repository.target("D", "releases/y/y_v1.zip", CONTENT);
        repository.target("D", "releases/z/z_v1.zip", CONTENT);
        repository.publishNext();
    }
}
