package io.sekimori.config.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditEntry;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ChangeOutcome.Applied;
import io.sekimori.config.ChangeOutcome.Refused;
import io.sekimori.config.ConfigCode;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Secret;
import io.sekimori.config.VersionFacts.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.ConfigurationEvent;

/** What holds across a start, a power cut, another generation and another version of the bundle. */
class RestartTest {

    private static final String PID = FakeSchemas.PID;
    private static final Authorship ALICE = new Authorship("local:alice", "because");

    @TempDir
    Path unit;

    private Gateway gateway;

    @BeforeEach
    void aGateway() {
        gateway = new Gateway(unit);
    }

    @Test
    void theDefaultsOfTheGenerationAreInForceWithTheTypesOfTheBundle() throws Exception {
        gateway.generation(1, Map.of(PID, Map.of("count", 7L, "names", List.of("x")), "undescribed", Map.of("a", 1L)));

        AdminConfigurations configurations = gateway.start("process 1");

        assertThat(gateway.admin.value(PID, "count")).isEqualTo(7);
        assertThat(gateway.admin.value(PID, "names")).isEqualTo(new String[] {"x"});
        assertThat(gateway.admin.value("undescribed", "a")).isEqualTo(1L);
        assertThat(configurations.read(PID).orElseThrow().facts().origin()).isEqualTo(Origin.GENERATION);
        assertThat(gateway.audited).extracting(AuditEntry::action).containsOnly("config.default");
    }

    @Test
    void aNameThatTheBundleDoesNotDescribeIsTold() throws Exception {
        gateway.generation(
                1, Map.of(PID, Map.of("cuont", 7L, "greeter.target", "(a=b)"), "undescribed", Map.of("a", 1L)));

        Result result = gateway.start("process 1").execute();

        assertThat(result.getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(result.toString())
                .contains(PID + " cuont")
                .doesNotContain("target")
                .doesNotContain("undescribed");

        gateway.generation(2, Map.of(PID, Map.of("count", 7L)));
        assertThat(gateway.start("process 2").execute().getStatus()).isEqualTo(Result.Status.OK);
    }

    @Test
    void aNewGenerationChangesItsDefaultsButNotWhatAPersonChanged() throws Exception {
        gateway.generation(1, Map.of(PID, Map.of("count", 7L), "left", Map.of("a", 1L), "gone", Map.of("a", 1L)));
        gateway.start("process 1").change(new Change(PID, 1, Map.of("count", 8), Set.of(), ALICE));
        gateway.generation(2, Map.of(PID, Map.of("count", 9L), "left", Map.of("a", 2L)));

        AdminConfigurations configurations = gateway.start("process 2");

        assertThat(gateway.admin.value(PID, "count")).isEqualTo(8);
        assertThat(gateway.admin.value("left", "a")).isEqualTo(2L);
        assertThat(gateway.admin.configurations).doesNotContainKey("gone");
        assertThat(configurations.history("gone").get(0).removed()).isTrue();
    }

    @Test
    void whatAPersonRemovedStaysRemoved() throws Exception {
        gateway.generation(1, Map.of(PID, Map.of("count", 7L)));
        gateway.start("process 1").remove(PID, 1, ALICE);

        gateway.start("process 2");

        assertThat(gateway.admin.configurations).isEmpty();
    }

    @Test
    void defaultsThatABundleRefusesAreSaidAndTheOthersApplied() {
        AdminConfigurations configurations = gateway.start("process 1");

        List<ChangeOutcome> outcomes = configurations.applyDefaults(
                2,
                Map.of(
                        PID,
                        Map.of("count", 99L),
                        "../x",
                        Map.of(),
                        "other",
                        Map.of("a", Map.of()),
                        "undescribed",
                        Map.of("a", "b")));

        assertThat(outcomes).contains(new Applied("undescribed", 1));
        assertThat(outcomes.stream()
                        .filter(Refused.class::isInstance)
                        .map(Refused.class::cast)
                        .map(Refused::code))
                .containsExactlyInAnyOrder(
                        ConfigCode.VALUE_OUT_OF_RANGE, ConfigCode.PID_MALFORMED, ConfigCode.VALUE_OF_WRONG_TYPE);
    }

    @Test
    void aGenerationBringsNoPassword() {
        AdminConfigurations configurations = gateway.start("process 1");

        assertThat(configurations.applyDefaults(2, Map.of(PID, Map.of("password", "planted"))))
                .singleElement()
                .satisfies(outcome -> assertThat(((Refused) outcome).code()).isEqualTo(ConfigCode.SECRET_EXPECTED));
        assertThat(gateway.logged.toString()).doesNotContain("planted");
    }

    @Test
    void anotherVersionOfThisBundleInTheSameProcessDoesNotApplyThemAgain() throws Exception {
        gateway.generation(1, Map.of("left", Map.of("a", 1L)));
        AdminConfigurations old = gateway.start("process 1");
        old.applyDefaults(2, Map.of("left", Map.of("a", 2L))); // an update without a new process

        gateway.start("process 1");

        assertThat(gateway.admin.value("left", "a")).isEqualTo(2L);
    }

    @Test
    void aChangeThatAPowerCutKeptFromConfigurationAdminIsInForceAfterTheStart() throws Exception {
        AdminConfigurations before = gateway.start("process 1");
        before.change(new Change(PID, 0, Map.of("count", 7), Set.of(), ALICE));
        Map<String, StoredValue> old = gateway.admin.configurations.get(PID);
        before.change(new Change(PID, 1, Map.of("count", 8), Set.of(), ALICE));
        gateway.admin.configurations.put(PID, old);

        gateway.start("process 2");

        assertThat(gateway.admin.value(PID, "count")).isEqualTo(8);
    }

    @Test
    void anUnfinishedVersionIsNoVersion() throws Exception {
        gateway.start("process 1").change(new Change(PID, 0, Map.of("count", 7), Set.of(), ALICE));
        Path folder = gateway.folder().resolve("pids").resolve(PID);
        Files.write(folder.resolve(".unfinished-1"), new byte[3]);

        AdminConfigurations after = gateway.start("process 2");

        assertThat(after.read(PID).orElseThrow().facts().version()).isEqualTo(1);
        assertThat(after.change(new Change(PID, 1, Map.of("count", 8), Set.of(), ALICE)))
                .isEqualTo(new Applied(PID, 2));
    }

    @Test
    void aDamagedHistoryIsRefusedAndShowsInTheHealth() throws Exception {
        AdminConfigurations configurations = gateway.start("process 1");
        Map<String, Object> values = Map.of("count", 7, "password", new Secret("planted".toCharArray()));
        configurations.change(new Change(PID, 0, values, Set.of(), ALICE));
        Path file = gateway.folder().resolve("pids").resolve(PID).resolve("0000000001.json");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i += 5) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 2;
            Files.write(file, damaged);

            assertThat(((Refused) configurations.change(new Change(PID, 1, Map.of("count", 8), Set.of(), ALICE)))
                            .code())
                    .isEqualTo(ConfigCode.HISTORY_UNREADABLE);
            assertThat(gateway.start("process " + (2 + i)).execute().toString() + gateway.logged + gateway.audited)
                    .doesNotContain("planted");
        }
        assertThat(configurations.execute().getStatus()).isEqualTo(Result.Status.CRITICAL);
        assertThat(gateway.admin.value(PID, "count")).isEqualTo(7);
    }

    @Test
    void whatIsWrittenPastTheServiceBecomesAVersionAndStays() throws Exception {
        AdminConfigurations configurations = gateway.start("process 1");
        configurations.change(new Change(PID, 0, Map.of("count", 7), Set.of(), ALICE));
        gateway.admin.put(PID, Map.of("count", StoredValue.of(9, false)));

        configurations.configurationEvent(event(PID));
        configurations.configurationEvent(event(PID));
        gateway.start("process 2");

        assertThat(gateway.admin.value(PID, "count")).isEqualTo(9);
        assertThat(configurations.history(PID)).hasSize(2);
        assertThat(configurations.history(PID).get(0).origin()).isEqualTo(Origin.OUTSIDE);
        assertThat(gateway.audited).extracting(AuditEntry::action).containsOnlyOnce("config.outside");
    }

    @Test
    void itsOwnChangesAreNotTakenForThoseOfOthers() throws Exception {
        AdminConfigurations configurations = gateway.start("process 1");
        configurations.change(new Change(PID, 0, Map.of("count", 7), Set.of(), ALICE));
        configurations.configurationEvent(event(PID));
        configurations.remove(PID, 1, ALICE);
        configurations.configurationEvent(event(PID));

        assertThat(configurations.history(PID)).hasSize(2);
    }

    @Test
    void twoVersionsSideBySideMakeOneHistoryWithoutLosingAChange() throws Exception {
        AdminConfigurations old = gateway.start("process 1");
        AdminConfigurations replacement = gateway.start("process 1");
        Set<Long> versions = ConcurrentHashMap.newKeySet();
        List<CompletableFuture<Void>> editors = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            AdminConfigurations one = i % 2 == 0 ? old : replacement;
            editors.add(CompletableFuture.runAsync(() -> {
                for (int done = 0; done < 20; ) {
                    if (editOnce(one, versions)) {
                        done++;
                    }
                }
            }));
        }
        editors.forEach(CompletableFuture::join);

        assertThat(versions).hasSize(80);
        assertThat(old.history(PID).get(0).version()).isEqualTo(80);
    }

    private static boolean editOnce(AdminConfigurations configurations, Set<Long> versions) {
        try {
            long version =
                    configurations.read(PID).map(read -> read.facts().version()).orElse(0L);
            Change change = new Change(PID, version, Map.of("count", 1 + version % 2), Set.of(), ALICE);
            return configurations.change(change) instanceof Applied applied && versions.add(applied.version());
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    private static ConfigurationEvent event(String pid) {
        return Events.updated(pid);
    }
}
