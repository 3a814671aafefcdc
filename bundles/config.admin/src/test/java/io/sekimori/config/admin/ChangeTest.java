package io.sekimori.config.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ChangeOutcome.Applied;
import io.sekimori.config.ChangeOutcome.Refused;
import io.sekimori.config.ConfigCode;
import io.sekimori.config.Configuration;
import io.sekimori.config.ConfigurationCheck;
import io.sekimori.config.ConfigurationCheck.Wrong;
import io.sekimori.config.Secret;
import io.sekimori.config.VersionFacts;
import io.sekimori.durable.VersionLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeTest {

    private static final String PID = FakeSchemas.PID;
    private static final Authorship ALICE = new Authorship("local:alice", "because");

    @TempDir
    Path unit;

    private Gateway gateway;
    private AdminConfigurations configurations;

    @BeforeEach
    void startGateway() {
        gateway = new Gateway(unit);
        configurations = gateway.start("process 1");
    }

    @Test
    void aChangeIsInForceWithTheTypesOfItsBundle() throws Exception {
        assertThat(change(0, Map.of("count", "7", "names", List.of("x", "y, z"), "ports", List.of(1, 2L), "on", false)))
                .isEqualTo(new Applied(PID, 1));

        assertThat(gateway.admin.value(PID, "count")).isEqualTo(7);
        assertThat(gateway.admin.value(PID, "names")).isEqualTo(new String[] {"x", "y, z"});
        assertThat(gateway.admin.value(PID, "ports")).isEqualTo(List.of(1L, 2L));
        assertThat(gateway.admin.value(PID, "on")).isEqualTo(false);
        Configuration read = configurations.read(PID).orElseThrow();
        assertThat(read.facts().authorship()).isEqualTo(ALICE);
        assertThat(read.values()).containsEntry("count", 7).containsEntry("names", List.of("x", "y, z"));
    }

    @Test
    void whatIsNeitherSetNorUnsetStays() throws Exception {
        change(0, Map.of("count", 7, "mode", "b"));

        configurations.change(new Change(PID, 1, Map.of("on", true), Set.of("count"), ALICE));

        assertThat(configurations.read(PID).orElseThrow().values()).isEqualTo(Map.of("mode", "b", "on", true));
    }

    @Test
    void whatTheBundleDoesNotAllowIsRefused() throws Exception {
        assertRefused(ConfigCode.VALUE_OF_WRONG_TYPE, "count", Map.of("count", "seven"));
        assertRefused(ConfigCode.VALUE_OF_WRONG_TYPE, "count", Map.of("count", 7.5));
        assertRefused(ConfigCode.VALUE_OF_WRONG_TYPE, "on", Map.of("on", "yes"));
        assertRefused(ConfigCode.VALUE_OF_WRONG_TYPE, "letter", Map.of("letter", "ab"));
        assertRefused(ConfigCode.VALUE_OF_WRONG_TYPE, "mode", Map.of("mode", Map.of()));
        assertRefused(ConfigCode.VALUE_OUT_OF_RANGE, "count", Map.of("count", 0));
        assertRefused(ConfigCode.VALUE_OUT_OF_RANGE, "count", Map.of("count", 11));
        assertRefused(ConfigCode.VALUE_OUT_OF_RANGE, "ports", Map.of("ports", List.of(5, 101)));
        assertRefused(ConfigCode.VALUE_NOT_AN_OPTION, "mode", Map.of("mode", "c"));
        assertRefused(ConfigCode.TOO_MANY_VALUES, "names", Map.of("names", List.of("1", "2", "3", "4")));
        assertRefused(ConfigCode.TOO_MANY_VALUES, "count", Map.of("count", List.of(1)));
        assertRefused(ConfigCode.ATTRIBUTE_UNKNOWN, "nothing", Map.of("nothing", 1));
        assertThat(gateway.admin.configurations).isEmpty();
        assertThat(configurations.history(PID)).isEmpty();
    }

    /** Asked with what is not set, too, so that it sees what would be in force. */
    @Test
    void theBundleItselfRefusesWhatMakesNoSenseToIt() throws Exception {
        List<Map<String, List<String>>> asked = new ArrayList<>();
        configurations.checks = List.of(
                new Check("another.pid", values -> Optional.of(new Wrong("count", "not asked"))),
                new Check(PID, values -> {
                    asked.add(values);
                    return values.get("names").contains("nonsense")
                            ? Optional.of(new Wrong("names", "nonsense is no name"))
                            : Optional.empty();
                }));
        Secret secret = new Secret("hunter2".toCharArray());

        change(0, Map.of("mode", "b", "names", List.of("sense"), "password", secret));
        ChangeOutcome refused = change(1, Map.of("names", List.of("sense", "nonsense")));

        assertThat(refused).isEqualTo(new Refused(PID, ConfigCode.VALUE_SENSELESS, "names", "nonsense is no name"));
        assertThat(configurations.read(PID).orElseThrow().facts().version()).isEqualTo(1);
        assertThat(asked.get(0))
                .containsEntry("mode", List.of("b"))
                .containsEntry("count", List.of("5"))
                .containsEntry("names", List.of("sense"))
                .doesNotContainKey("password");
    }

    @Test
    void aBundleThatStoppedIsAskedByCallsThatComeLater() {
        configurations.checks = List.of(new Check(PID, values -> Optional.of(new Wrong("", "never"))));
        configurations.release();
        configurations.checks = List.of();

        assertThat(change(0, Map.of("count", 7))).isEqualTo(new Refused(PID, ConfigCode.VALUE_SENSELESS, "", "never"));
    }

    @Test
    void whatABundleStumblesOverItDoesNotGet() {
        configurations.checks = List.of(new Check(PID, values -> {
            throw new IllegalStateException("a defect");
        }));

        assertThat(change(0, Map.of("count", 7)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.detail()).contains("a defect"));
        assertThat(gateway.admin.configurations).isEmpty();
    }

    private record Check(String pid, Function<Map<String, List<String>>, Optional<Wrong>> look)
            implements ConfigurationCheck {

        @Override
        public Optional<Wrong> look(Map<String, List<String>> values) {
            return look.apply(values);
        }
    }

    @Test
    void anUnknownAttributeCannotBeUnset() {
        assertRefusedWith(
                ConfigCode.ATTRIBUTE_UNKNOWN,
                configurations.change(new Change(PID, 0, Map.of(), Set.of("nothing"), ALICE)));
    }

    @Test
    void aRequiredAttributeMustHaveAValue() {
        gateway.schemas.require("must");

        assertRefused(ConfigCode.VALUE_MISSING, "must", Map.of("count", 5));
        assertThat(change(0, Map.of("must", "be"))).isEqualTo(new Applied(PID, 1));
        assertRefusedWith(
                ConfigCode.VALUE_MISSING, configurations.change(new Change(PID, 1, Map.of(), Set.of("must"), ALICE)));
    }

    @Test
    void aPidThatNobodyDescribesOrThatIsNoneIsRefused() {
        assertRefusedWith(ConfigCode.PID_UNKNOWN, change("another.pid", 0, Map.of()));
        assertRefusedWith(ConfigCode.PID_UNKNOWN, change(FakeSchemas.FACTORY, 0, Map.of()));
        assertRefusedWith(ConfigCode.PID_UNKNOWN, change(PID + "~instance", 0, Map.of()));
        for (String pid : List.of("", "../x", ".", "a/b", "a~b~c", "a".repeat(300), "a\n")) {
            assertRefusedWith(ConfigCode.PID_MALFORMED, change(pid, 0, Map.of()));
        }
    }

    @Test
    void aFactoryHasInstances() throws Exception {
        String instance = FakeSchemas.FACTORY + "~one";

        assertThat(change(instance, 0, Map.of("count", 3))).isEqualTo(new Applied(instance, 1));
        assertThat(configurations.read(instance).orElseThrow().values()).containsEntry("count", 3);
    }

    @Test
    void ofTwoEditorsTheSecondIsToldInsteadOfOverwriting() throws Exception {
        change(0, Map.of("count", 7));

        assertRefusedWith(ConfigCode.VERSION_STALE, change(0, Map.of("count", 8)));
        assertThat(configurations.read(PID).orElseThrow().values()).containsEntry("count", 7);
    }

    @Test
    void aChangeThatChangesNothingMakesNoVersion() throws Exception {
        change(0, Map.of("count", 7));

        assertThat(change(1, Map.of("count", "7"))).isEqualTo(new Applied(PID, 1));
        assertThat(configurations.history(PID)).hasSize(1);
    }

    @Test
    void eachChangeIsAuditedBeforeItIsInForceWithoutValues() {
        change(0, Map.of("mode", "b"));
        change(0, Map.of("mode", "a"));

        assertThat(gateway.audited)
                .extracting(AuditEntry::action, AuditEntry::verdict, AuditEntry::reason)
                .containsExactly(
                        tuple("config.change", Verdict.ALLOWED, ""),
                        tuple("config.change", Verdict.REFUSED, "VERSION_STALE"));
        assertThat(gateway.audited.get(0).detail())
                .containsEntry("attributes", "mode")
                .containsEntry("version", "1");
    }

    @Test
    void withoutAnAuditNothingIsChanged() throws Exception {
        configurations.audit = null;
        assertRefusedWith(ConfigCode.CONFIG_AUDIT_REFUSED, change(0, Map.of("count", 7)));

        configurations.audit = entry -> {
            throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "full", null);
        };
        assertRefusedWith(ConfigCode.CONFIG_AUDIT_REFUSED, change(0, Map.of("count", 7)));
        assertRefusedWith(ConfigCode.CONFIG_AUDIT_REFUSED, configurations.remove(PID, 0, ALICE));

        assertThat(gateway.admin.configurations).isEmpty();
        assertThat(configurations.history(PID)).isEmpty();
    }

    @Test
    void aRefusalOfConfigurationAdminLeavesTheVersionBefore() throws Exception {
        change(0, Map.of("count", 7));
        gateway.admin.refuses = true;

        assertRefusedWith(ConfigCode.ADMIN_REFUSED, change(1, Map.of("count", 8)));

        assertThat(configurations.read(PID).orElseThrow().facts().version()).isEqualTo(1);
        assertThat(configurations.read(PID).orElseThrow().values()).containsEntry("count", 7);
        assertThat(gateway.audited.get(2).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aFullDiskLeavesTheVersionBefore() throws Exception {
        change(0, Map.of("count", 7));
        gateway.diskIsFull = true;

        assertRefusedWith(ConfigCode.HISTORY_UNWRITABLE, change(1, Map.of("count", 8)));

        assertThat(gateway.admin.value(PID, "count")).isEqualTo(7);
        assertThat(gateway.audited.get(2)).satisfies(entry -> {
            assertThat(entry.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(entry.reason()).isEqualTo("HISTORY_UNWRITABLE");
        });
    }

    @Test
    void aChangeThatTakesTooLongKeepsTheNextOneOut() throws Exception {
        gateway.patience = Duration.ofMillis(20);
        AdminConfigurations impatient = gateway.start("process 1");
        VersionLock held = VersionLock.take(gateway.folder().resolve("lock"), Duration.ofSeconds(5))
                .orElseThrow();

        ChangeOutcome outcome = impatient.change(new Change(PID, 0, Map.of("count", 7), Set.of(), ALICE));
        held.release();

        assertRefusedWith(ConfigCode.CONFIG_LOCKED, outcome);
    }

    @Test
    void aConfigurationThatIsTooLargeIsRefused() {
        assertRefusedWith(
                ConfigCode.CONFIGURATION_TOO_LARGE, change(0, Map.of("names", List.of("x".repeat(300 * 1024)))));
        assertThat(gateway.admin.configurations).isEmpty();
    }

    @Test
    void removingLeavesTheDefaultsOfTheBundle() throws Exception {
        change(0, Map.of("count", 7));

        assertThat(configurations.remove(PID, 1, ALICE)).isEqualTo(new Applied(PID, 2));

        assertThat(gateway.admin.configurations).isEmpty();
        assertThat(configurations.history(PID).get(0).removed()).isTrue();
        assertThat(change(2, Map.of("mode", "b"))).isEqualTo(new Applied(PID, 3));
        assertThat(configurations.read(PID).orElseThrow().values()).isEqualTo(Map.of("mode", "b"));
    }

    @Test
    void anOlderVersionComesBackWithItsPasswords() throws Exception {
        change(0, Map.of("password", new Secret("planted".toCharArray()), "count", 7));
        change(1, Map.of("password", new Secret("another".toCharArray()), "count", 8));

        assertThat(configurations.restore(PID, 1, 2, ALICE)).isEqualTo(new Applied(PID, 3));
        assertRefusedWith(ConfigCode.VERSION_UNKNOWN, configurations.restore(PID, 9, 3, ALICE));
        assertRefusedWith(ConfigCode.VERSION_STALE, configurations.restore(PID, 1, 2, ALICE));

        assertThat(gateway.admin.value(PID, "password")).isEqualTo("planted");
        assertThat(configurations.history(PID))
                .extracting(VersionFacts::version)
                .containsExactly(3L, 2L, 1L);
    }

    @Test
    void passwordsGoInAsSecretsOnlyAndNeverComeOut() throws Exception {
        assertRefused(ConfigCode.SECRET_EXPECTED, "password", Map.of("password", "planted"));
        assertRefused(ConfigCode.SECRET_NOT_EXPECTED, "mode", Map.of("mode", new Secret("planted".toCharArray())));
        assertRefused(ConfigCode.ATTRIBUTE_UNKNOWN, "", Map.of("my password: planted", 1));
        assertRefused(ConfigCode.VALUE_OF_WRONG_TYPE, "count", Map.of("count", "planted"));
        Secret gone = new Secret("planted".toCharArray());
        gone.close();
        assertRefused(ConfigCode.SECRET_EXPECTED, "password", Map.of("password", gone));
        change(0, Map.of("password", new Secret("planted".toCharArray()), "mode", "b"));

        Configuration read = configurations.read(PID).orElseThrow();
        assertThat(read.passwords()).containsExactly("password");
        assertThat(read.values()).isEqualTo(Map.of("mode", "b"));
        String said = read + " " + gateway.audited + gateway.logged + configurations.history(PID)
                + configurations.execute() + configurations.describe(Locale.ROOT) + gateway.admin.configurations;
        assertThat(said).doesNotContain("planted");
    }

    @Test
    void onlyTheOwnerCanReadTheHistory() throws Exception {
        change(0, Map.of("password", new Secret("planted".toCharArray())));

        Path file = gateway.folder().resolve("pids").resolve(PID).resolve("0000000001.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(gateway.folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void theHistoryIsBounded() throws Exception {
        for (int version = 0; version < 130; version++) {
            change(version, Map.of("count", 1 + version % 10));
        }

        assertThat(configurations.history(PID)).hasSize(History.KEPT);
        assertThat(configurations.history(PID).get(0).version()).isEqualTo(130);
    }

    @Test
    void aCallAfterDeactivationIsServed() throws Exception {
        configurations.release();
        configurations.audit = null; // as Declarative Services does it

        assertThat(change(0, Map.of("count", 7))).isEqualTo(new Applied(PID, 1));
    }

    private ChangeOutcome change(long version, Map<String, Object> set) {
        return change(PID, version, set);
    }

    private ChangeOutcome change(String pid, long version, Map<String, Object> set) {
        return configurations.change(new Change(pid, version, set, Set.of(), ALICE));
    }

    private void assertRefused(ConfigCode code, String attribute, Map<String, Object> set) {
        ChangeOutcome outcome = change(0, set);
        assertRefusedWith(code, outcome);
        assertThat(((Refused) outcome).attribute()).isEqualTo(attribute);
        assertThat(outcome.toString()).doesNotContain("planted");
    }

    private static void assertRefusedWith(ConfigCode code, ChangeOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
