package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.DEVICE;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gateway holds an assignment to, beyond what roots are held to. */
class DirectorRulesTest {

    private static final String ALPHA_1 = "org.example.alpha/1.0.0/org.example.alpha-1.0.0.jar";

    @TempDir
    Path directory;

    private World world;
    private Map<String, Object> assignment;

    @BeforeEach
    void aReadyWorld() throws Exception {
        world = World.ready(directory);
        assignment = Forgery.signed(world.director.files(DEVICE).get("targets.json"));
    }

    @Test
    void aMissingAssignmentIsRefused() {
        assertRefused(offered(null), TrustCode.ASSIGNMENT_MISSING);
    }

    @Test
    void anAssignmentOfAnotherKeyIsRefused() throws Exception {
        assertRefused(offered(SignedFile.bytes(assignment, List.of(world.mallory))), TrustCode.ASSIGNMENT_SIGNATURES);
    }

    @Test
    void thePublishersKeyCannotAssign() throws Exception {
        assertRefused(
                offered(SignedFile.bytes(assignment, List.of(world.targetsKey))), TrustCode.ASSIGNMENT_SIGNATURES);
    }

    @Test
    void theDirectorsKeyCannotRelease() throws Exception {
        Forgery forged = new Forgery(world);
        forged.targetsSigner = world.directorKey;

        assertRefused(world.verdict(forged.files(), NOW), TrustCode.TARGETS_SIGNATURES);
    }

    @Test
    void anExpiredAssignmentIsRefused() throws Exception {
        assignment.put("expires", TufTime.format(later(1)));
        assertAccepted(offered(signed()));

        assertRefused(offered(signed(), later(1)), TrustCode.EXPIRED_ASSIGNMENT);
    }

    @Test
    void anOlderAssignmentIsRefused() throws Exception {
        byte[] old = signed();
        world.assign(later(5));
        assertAccepted(world.verdict(later(5)));

        assertRefused(offered(old, later(5)), TrustCode.ASSIGNMENT_ROLLBACK);
    }

    @Test
    void anotherAssignmentOfTheSameVersionIsRefused() throws Exception {
        assertAccepted(world.verdict(NOW));
        facts().put("x-other", true);

        assertRefused(offered(signed()), TrustCode.ASSIGNMENT_VERSION_REUSED);
    }

    @Test
    void anAssignmentThatWasRefusedDoesNotCount() throws Exception {
        assignment.put("version", Long.MAX_VALUE);
        facts().put("device", "e".repeat(64));
        assertRefused(offered(signed()), TrustCode.ASSIGNMENT_OTHER_DEVICE);

        assertAccepted(world.verdict(NOW));
    }

    @Test
    void anAssignmentTornOnTheUnitHeals() throws Exception {
        assertAccepted(world.verdict(NOW));
        Path kept = world.state().resolve("director/targets.json");
        byte[] whole = Files.readAllBytes(kept);
        Files.write(kept, new byte[100]);

        assertAccepted(world.verdict(NOW));
        assertThat(Files.readAllBytes(kept)).isEqualTo(whole);
    }

    /** A unit that fell back to software from before meets what the software after it kept. */
    @ParameterizedTest
    @ValueSource(strings = {"format", "facts", "items", "specification", "delegations", "date"})
    void whatLaterSoftwareKeptStopsNothingNewerAndLetsNothingOlderIn(String unknown) throws Exception {
        byte[] old = signed();
        assertAccepted(offered(old));
        world.assign(later(10));
        byte[] next = world.director.files(DEVICE).get("targets.json");
        assignment.put("version", (long) Forgery.signed(next).get("version") - 1);
        assignment.put("issued", TufTime.format(later(5)));
        switch (unknown) {
            case "format" -> facts().put("format", 99L);
            case "facts" -> assignment.remove("assignment");
            case "items" -> assignment.put("targets", Map.of("what", Map.of("is", "this")));
            case "specification" -> assignment.put("spec_version", "2.0.0");
            case "delegations" -> assignment.put("delegations", Map.of("roles", List.of(Map.of())));
            default -> assignment.put("issued", List.of("later"));
        }
        byte[] kept = signed();
        Path file = world.state().resolve("director/targets.json");
        Files.write(file, kept);

        assertRefused(offered(old, later(20)), TrustCode.ASSIGNMENT_ROLLBACK);
        assertThat(offered(kept, later(20))).as("it is not understood").isInstanceOf(Acceptance.Refused.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(kept);
        assertAccepted(world.verdict(later(20)));
        assertThat(Files.readAllBytes(file)).isEqualTo(next);
    }

    @Test
    void aFastForwardedAssignmentIsForgottenWhenItsKeyIsTakenAway() throws Exception {
        assignment.put("version", Long.MAX_VALUE);
        assertAccepted(offered(signed()));
        assertRefused(world.verdict(NOW), TrustCode.ASSIGNMENT_ROLLBACK);

        TestKey fresh = new TestKey();
        Map<Role, RoleKeys> roles = world.directorRoles();
        roles.put(Role.TARGETS, RoleKeys.of(1, fresh.publicKey()));
        world.director.newRoot(roles, List.of(world.directorRootKey), Lifetimes.DEFAULT, NOW);
        world.director.assign(
                new AssignmentDraft(
                        DEVICE, World.MODEL, List.of(Assigned.of(world.release(ALPHA, "1.0.0"), 1)), Map.of()),
                List.of(fresh),
                Lifetimes.DEFAULT,
                NOW);

        assertAccepted(world.verdict(NOW));
    }

    @Test
    void anAssignmentThatDelegatesIsRefused() throws Exception {
        assignment.put("delegations", Map.of("roles", List.of(Map.of())));

        assertRefused(offered(signed()), TrustCode.ASSIGNMENT_DELEGATIONS);
    }

    @Test
    void anAssignmentOfAFormatToComeIsRefused() throws Exception {
        facts().put("format", 3L);

        assertRefused(offered(signed()), TrustCode.ASSIGNMENT_FORMAT);
    }

    @Test
    void anAssignmentForAnotherDeviceIsRefused() throws Exception {
        facts().put("device", "e".repeat(64));

        assertRefused(offered(signed()), TrustCode.ASSIGNMENT_OTHER_DEVICE);
    }

    @Test
    void anAssignmentForAnotherModelIsRefused() throws Exception {
        facts().put("model", "sg-2");

        assertRefused(offered(signed()), TrustCode.ASSIGNMENT_OTHER_MODEL);
    }

    @Test
    void oneSymbolicNameInTwoVersionsIsRefused() throws Exception {
        world.add(ALPHA, "1.1.0", 2, 0);
        world.publish(NOW);
        Map<String, Object> second = Forgery.copy(item());
        Forgery.object(second, "custom").put("version", "1.1.0");
        Forgery.object(assignment, "targets").put("org.example.alpha/1.1.0/org.example.alpha-1.1.0.jar", second);

        assertRefused(offered(signed()), TrustCode.ASSIGNMENT_DUPLICATE);
    }

    @Test
    void twoJavaRuntimesAreRefused() throws Exception {
        for (String name : List.of("java.one", "java.two")) {
            Map<String, Object> java = Forgery.copy(item());
            Forgery.object(java, "custom").put("kind", "java");
            Forgery.object(java, "custom").put("symbolicName", name);
            Forgery.object(assignment, "targets").put("java/" + name + "/1.0.0/" + name + "-1.0.0.jar", java);
        }

        assertRefused(offered(signed()), TrustCode.ASSIGNMENT_MALFORMED);
    }

    @Test
    void anAssignmentWithoutFactsIsRefused() throws Exception {
        assignment.remove("assignment");

        assertRefused(offered(signed()), TrustCode.ASSIGNMENT_MALFORMED);
    }

    @Test
    void anAssignmentOfNoBundleIsRefused() throws Exception {
        assignment.put("targets", Map.of());

        assertRefused(offered(signed()), TrustCode.ASSIGNMENT_MALFORMED);
    }

    @Test
    void malformedItemsAreRefused() throws Exception {
        refusesItemWith("startLevel", 0L);
        refusesItemWith("startLevel", Long.MAX_VALUE);
        refusesItemWith("counter", 0L);
        refusesItemWith("version", "1.0");
        refusesItemWith("symbolicName", "..");
        refusesItemWith("symbolicName", "org/example");
        refusesItemWith("kind", "fragment");
    }

    @Test
    void aPathThatLeavesItsDirectoryIsRefused() throws Exception {
        Map<String, Object> targets = Forgery.object(assignment, "targets");
        targets.put("../../" + ALPHA_1, targets.remove(ALPHA_1));

        assertRefused(offered(signed()), TrustCode.ASSIGNMENT_MALFORMED);
    }

    @Test
    void configurationsAreHandedOn() throws Exception {
        Map<String, Object> values = Map.of("port", 8443L, "name", "関", "on", true, "list", List.of("a", "b"));
        facts().put("configurations", Map.of("io.example~one", values));

        assertThat(assertAccepted(offered(signed())).assignment().configurations())
                .isEqualTo(Map.of("io.example~one", values));
    }

    @Test
    void configurationsOfOtherFormsAreRefused() throws Exception {
        refusesConfiguration(Map.of("../pid", Map.of()));
        refusesConfiguration(Map.of("pid", Map.of("list", List.of(1L))));
        refusesConfiguration(Map.of("pid", Map.of("deep", Map.of())));
        Map<String, Object> withNull = new HashMap<>();
        withNull.put("nothing", null);
        refusesConfiguration(Map.of("pid", withNull));
    }

    @Test
    void aReleaseThatIsNotInTheRepositoryIsRefused() throws Exception {
        Forgery forged = new Forgery(world);
        Forgery.object(forged.targets, "targets").remove(ALPHA_1);

        assertRefused(world.verdict(forged.files(), NOW), TrustCode.RELEASE_UNKNOWN);
    }

    @Test
    void directorAndPublisherMustAgreeOnEveryPart() throws Exception {
        item().put("length", 1L);
        assertRefused(offered(signed()), TrustCode.RELEASE_DISAGREES);

        setUp();
        item().put("hashes", Map.of("sha256", "0".repeat(64)));
        assertRefused(offered(signed()), TrustCode.RELEASE_DISAGREES);

        setUp();
        Forgery.object(item(), "custom").put("counter", 7L);
        assertRefused(offered(signed()), TrustCode.RELEASE_DISAGREES);
    }

    /** Name, version and kind are in the path: an item that says another thing is malformed, or of another release. */
    @ParameterizedTest
    @CsvSource({
        "symbolicName, org.example.other, BUNDLE, org.example.other, 1.0.0",
        "version, 1.0.1, BUNDLE, org.example.alpha, 1.0.1",
        "kind, java, JAVA, org.example.alpha, 1.0.0"
    })
    void nameVersionAndKindAreThoseOfThePathAndOfTheRelease(
            String part, String value, Kind kind, String name, String version) throws Exception {
        Forgery.object(item(), "custom").put(part, value);
        assertRefused(offered(signed()), TrustCode.ASSIGNMENT_MALFORMED);

        Map<String, Object> targets = Forgery.object(assignment, "targets");
        targets.put(Release.pathOf(kind, name, version), targets.remove(ALPHA_1));
        assertRefused(offered(signed()), TrustCode.RELEASE_UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("wordsThatAreNone")
    void wordsOfARemedyThatAreNotBoundedAndSeenAreShownToNobodyAndKeepNobodyFromAnUpdate(Object words)
            throws Exception {
        Forgery forged = new Forgery(world);
        Forgery.object(forged.targets, "targets", ALPHA_1, "custom").put("remedy", words);

        Acceptance.Accepted accepted = assertAccepted(world.verdict(forged.files(), NOW));
        assertThat(accepted.releases().get(0).remedy()).isEmpty();
    }

    static Stream<Object> wordsThatAreNone() {
        return Stream.of(
                "a hole",
                Map.of("ja", "穴"),
                Map.of("en", " "),
                Map.of("en", "x".repeat(Remedy.MAX_LENGTH + 1)),
                Map.of("en", "a hole", "ja", "x".repeat(Remedy.MAX_LENGTH + 1)),
                Map.of("en", "two\nlines"),
                Map.of("en", "turned \u202e round"),
                Map.of("en", "a character of no Java yet: \u0378"),
                Map.of("en", 1L));
    }

    /** A publisher's Java may know more characters than a gateway's; that must not lock out the gateway. */
    @Test
    void aCharacterNewerThanTheOldestJavaIsNoFault() throws Exception {
        String words = "no more shaking \ud83e\udee8"; // of Unicode 15; Java 17 has 13
        Forgery forged = new Forgery(world);
        Forgery.object(forged.targets, "targets", ALPHA_1, "custom").put("remedy", Map.of("en", words));

        Acceptance.Accepted accepted = assertAccepted(world.verdict(forged.files(), NOW));
        assertThat(accepted.releases().get(0).remedy())
                .isEqualTo(
                        Character.isDefined(0x1FAE8) ? Optional.of(new Remedy(words, "")) : Optional.<Remedy>empty());
    }

    @Test
    void aRemedyInALanguageOfLaterIsNoFault() throws Exception {
        Forgery forged = new Forgery(world);
        Forgery.object(forged.targets, "targets", ALPHA_1, "custom")
                .put("remedy", Map.of("en", "a hole", "ja", "穴", "fr", "un trou"));

        Acceptance.Accepted accepted = assertAccepted(world.verdict(forged.files(), NOW));
        assertThat(accepted.releases().get(0).remedy()).contains(new Remedy("a hole", "穴"));
    }

    @ParameterizedTest
    @CsvSource({"symbolicName, org.example.other", "version, 1.0.1", "kind, java"})
    void aReleaseIsWhatItsPathSays(String part, String value) throws Exception {
        Forgery forged = new Forgery(world);
        Forgery.object(forged.targets, "targets", ALPHA_1, "custom").put(part, value);

        assertRefused(world.verdict(forged.files(), NOW), TrustCode.RELEASE_MALFORMED);
    }

    @Test
    void aHashThatWouldNotBeCheckedIsRefused() throws Exception {
        Map<String, String> hashes =
                Map.of("sha256", world.release(ALPHA, "1.0.0").sha256(), "sha512", "0".repeat(128));
        item().put("hashes", hashes);
        assertRefused(offered(signed()), TrustCode.HASH_UNSUPPORTED);

        Forgery forged = new Forgery(world);
        Forgery.object(forged.targets, "targets", ALPHA_1).put("hashes", hashes);
        assertRefused(world.verdict(forged.files(), NOW), TrustCode.HASH_UNSUPPORTED);
    }

    @Test
    void aFileWithoutReleaseFactsCannotBeAssigned() throws Exception {
        Forgery forged = new Forgery(world);
        Forgery.object(forged.targets, "targets", ALPHA_1).remove("custom");

        assertRefused(world.verdict(forged.files(), NOW), TrustCode.RELEASE_UNKNOWN);
    }

    @Test
    void aMalformedReleaseIsRefused() throws Exception {
        Forgery forged = new Forgery(world);
        Forgery.object(forged.targets, "targets", ALPHA_1, "custom").put("swap", "sometimes");

        assertRefused(world.verdict(forged.files(), NOW), TrustCode.RELEASE_MALFORMED);
    }

    @Test
    void aReleaseForAnotherModelIsRefused() throws Exception {
        world.add(ALPHA, "2.0.0", 3, 0, List.of("sg-9", "sg-10"));
        world.publish(later(1));
        world.assign(later(1));

        assertRefused(world.verdict(later(1)), TrustCode.RELEASE_OTHER_MODEL);
    }

    @Test
    void aReleaseBelowTheUnitsFloorIsRefused() {
        world.floors.put(ALPHA, 1L);
        assertAccepted(world.verdict(NOW));

        world.floors.put(ALPHA, 2L);
        assertRefused(world.verdict(NOW), TrustCode.BELOW_FLOOR);
    }

    @Test
    void aReleaseBelowAFloorThatALaterReleaseSetsIsRefused() throws Exception {
        world.add(ALPHA, "1.1.0", 2, 2, List.of(), later(1));
        world.publish(later(1));

        assertRefused(world.verdict(later(1)), TrustCode.FLOOR_RISEN);
        world.assign(later(1), List.of(world.release(ALPHA, "1.0.0")));
        assertRefused(world.verdict(later(1)), TrustCode.BELOW_FLOOR);
        world.assign(later(1));
        assertAccepted(world.verdict(later(1)));
    }

    private void setUp() throws Exception {
        assignment = Forgery.signed(world.director.files(DEVICE).get("targets.json"));
    }

    private void refusesItemWith(String name, Object value) throws Exception {
        setUp();
        Forgery.object(item(), "custom").put(name, value);
        assertRefused(offered(signed()), TrustCode.ASSIGNMENT_MALFORMED);
    }

    private void refusesConfiguration(Map<String, ?> configurations) throws Exception {
        setUp();
        facts().put("configurations", configurations);
        assertRefused(offered(signed()), TrustCode.ASSIGNMENT_MALFORMED);
    }

    private Map<String, Object> facts() {
        return Forgery.object(assignment, "assignment");
    }

    private Map<String, Object> item() {
        return Forgery.object(assignment, "targets", ALPHA_1);
    }

    private byte[] signed() throws Exception {
        return SignedFile.bytes(assignment, List.of(world.directorKey));
    }

    private Acceptance offered(byte[] targets) {
        return offered(targets, NOW);
    }

    private Acceptance offered(byte[] targets, java.time.Instant now) {
        return world.verdict(
                world.releases.metadata(),
                (name, maxBytes) -> name.equals("targets.json") ? Optional.ofNullable(targets) : Optional.empty(),
                now);
    }
}
