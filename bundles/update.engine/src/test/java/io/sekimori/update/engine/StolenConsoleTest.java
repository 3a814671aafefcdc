package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Pointer;
import io.sekimori.trust.Approval;
import io.sekimori.trust.BuildTime;
import io.sekimori.trust.MandateVerifier;
import io.sekimori.trust.Swap;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.UpdateVerifier;
import io.sekimori.update.engine.lab.Approving;
import io.sekimori.update.engine.lab.Intruder;
import io.sekimori.update.engine.lab.Lab;
import io.sekimori.update.engine.lab.Syncs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who owns the console chooses among signed releases above the floor, and no more (SECURITY.md). Each test is one
 * attack by a program that has every key of the console; all are made on one gateway, which none of them may change. Its
 * trusted metadata are put back after each: to freeze a gateway is in that program's power, until a new root ends it.
 */
@TestInstance(Lifecycle.PER_CLASS)
class StolenConsoleTest {

    private static final String APP = "lab.app";
    private static final String APPROVALS = "director/approvals.json";
    private static final String WEAK = "lab.weak";
    private static final String GATEWAY = "g-aaaaaaaaaaaa";

    private Path work;
    private Lab lab;
    private State before;
    private Map<Path, byte[]> metadata;

    /** What an attack must leave alone. */
    private record State(Optional<Confirmed> pointer, Set<Integer> generations, Set<String> store, String greeting) {}

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        work = folder;
        lab = new Lab(Files.createDirectories(work.resolve("lab")));
        lab.start(lab.engine("0.1.0"), app("1.0.0"));
    }

    @AfterAll
    void close() throws Exception {
        lab.close();
    }

    @BeforeEach
    void remember() throws Exception {
        before = state();
        metadata = metadata();
    }

    @AfterEach
    void thaw() throws Exception {
        for (Path file : metadata().keySet()) {
            Files.delete(file);
        }
        for (Map.Entry<Path, byte[]> file : metadata.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }

    @Test
    void itMayChooseAmongSignedReleases() throws Exception {
        Intruder intruder = lab.intruder(lab.pack(lab.engine("0.1.0"), app("1.1.0")));

        assertThat(lab.fetch(intruder.sends(), Long.MAX_VALUE)).startsWith("Confirmed ");
        assertThat(lab.greeting(APP)).isEqualTo("1.1.0");
    }

    @Test
    void whatPeopleMustApproveItDoesNotShipWithoutThem() throws Exception {
        try (Approving people = new Approving(lab.unit())) {
            Intruder intruder = intruder();
            refused(intruder.sends(), "APPROVALS_MISSING [release-manager has 0 of 1, customer has 0 of 1]");
            // Nor does a person on site, to whom it sends a stick.
            assertThat(lab.apply(intruder.sends())).contains("APPROVALS_MISSING");

            intruder.approves();
            refused(intruder.sends(), "APPROVALS_MISSING [release-manager has 0 of 1, customer has 0 of 1]");

            intruder.brings(APPROVALS, Approving.file(intruder.approval(), people.manager));
            refused(intruder.sends(), "APPROVALS_MISSING [customer has 0 of 1]");

            intruder.brings(APPROVALS, "{}".getBytes(StandardCharsets.UTF_8));
            refused(intruder.sends(), "APPROVALS_BROKEN");
        }
    }

    @Test
    void whatPeopleApprovedItShipsAndNothingElse() throws Exception {
        try (Approving people = new Approving(lab.unit())) {
            Intruder before = intruder();
            byte[] approved = Approving.file(before.approval(), people.manager, people.customer);
            Intruder.object(before.assignment(), "assignment")
                    .put("configurations", Map.of("org.example.pid", Map.of("open", true)));
            before.brings(APPROVALS, approved);
            refused(before.sends(), "APPROVALS_OTHER");

            Approval old = new Approval(
                    intruder().approval().content(),
                    Set.of(),
                    Instant.now().minus(Duration.ofDays(8)),
                    Instant.now().minus(Duration.ofDays(1)));
            Intruder late = intruder();
            late.brings(APPROVALS, Approving.file(old, people.manager, people.customer));
            refused(late.sends(), "APPROVALS_EXPIRED");

            lab.pack(lab.engine("0.1.0"), app("1.1.1"));
            Intruder good = lab.intruder(lab.lastPack());
            good.brings(APPROVALS, Approving.file(good.approval(), people.manager, people.customer));
            String outcome = lab.fetch(good.sends(), Long.MAX_VALUE);
            assertThat(outcome).startsWith("Confirmed ");
            int generation = Integer.parseInt(outcome.substring("Confirmed ".length()));
            assertThat(lab.unit().evidence(generation).resolve("approvals.json"))
                    .exists();
        }
    }

    @Test
    void whatPeopleTookBackItDoesNotShipByLeavingThatOut() throws Exception {
        try (Approving people = new Approving(lab.unit())) {
            Intruder intruder = intruder();
            Approval given = intruder.approval();
            intruder.brings(APPROVALS, Approving.takenBack(given, people.customer, people.manager, people.customer));
            refused(intruder.sends(), "APPROVALS_WITHDRAWN [customer has 0 of 1]");

            // It has the approvals from before, and every way to the gateway.
            intruder.brings(APPROVALS, Approving.file(given, people.manager, people.customer));
            refused(intruder.sends(), "APPROVALS_WITHDRAWN [customer has 0 of 1]");
            assertThat(lab.apply(intruder.sends())).contains("APPROVALS_WITHDRAWN");
            // What it signs with its own keys takes back nothing, and gives nothing back.
            intruder.brings(
                    APPROVALS, Approving.takenBack(given, Approving.stranger(), people.manager, people.customer));
            refused(intruder.sends(), "APPROVALS_WITHDRAWN [customer has 0 of 1]");

            // What it demands of whom the gateway says itself, signed.
            assertThat(lab.report("").noted().approvals().orElseThrow().groups())
                    .extracting(group -> group.name() + " " + group.threshold())
                    .containsExactly("release-manager 1", "customer 1");
            Path seen = lab.unit().data("io.sekimori.update.engine").resolve("withdrawals.json");
            byte[] kept = Files.readAllBytes(seen);
            Files.writeString(seen, "{");
            refused(intruder.sends(), "WITHDRAWALS_UNUSABLE");
            Files.write(seen, kept);
        }
    }

    @Test
    void whatIsTakenBackDuringTheDownloadIsNotInstalled() throws Exception {
        try (Approving people = new Approving(lab.unit())) {
            Intruder intruder = lab.intruder(lab.pack(lab.engine("0.1.0"), app("1.1.7")));
            Approval given = intruder.approval();
            intruder.brings(APPROVALS, Approving.file(given, people.manager, people.customer));
            intruder.brings(
                    APPROVALS + ".then", Approving.takenBack(given, people.customer, people.manager, people.customer));

            assertThat(lab.fetch(intruder.sends(), Long.MAX_VALUE)).contains("APPROVALS_WITHDRAWN");
            assertThat(lab.greeting(APP)).isEqualTo(before.greeting());
        }
    }

    @Test
    void approvalsThatEndDuringTheDownloadAreOver() throws Exception {
        try (Approving people = new Approving(lab.unit())) {
            Intruder intruder = lab.intruder(lab.pack(lab.engine("0.1.0"), app("1.1.8")));
            intruder.brings(APPROVALS, Approving.file(intruder.approval(), people.manager, people.customer));
            String afterTheirEnd = Instant.now().plus(Duration.ofDays(8)).toString();

            lab.ask("fetch-late", intruder.sends().toString(), afterTheirEnd);

            assertThat(lab.outcome()).contains("APPROVALS_EXPIRED");
            assertThat(lab.greeting(APP)).isEqualTo(before.greeting());
        } finally {
            lab.ask("off", "time");
        }
    }

    @Test
    void aPolicyThatCannotBeReadIsNoLeaveToShip() throws Exception {
        try (Approving people = new Approving(lab.unit())) {
            Files.writeString(lab.unit().trust().resolve("approvals.json"), "{}");
            Intruder intruder = intruder();
            intruder.brings(APPROVALS, Approving.file(intruder.approval(), people.manager, people.customer));

            refused(intruder.sends(), "APPROVAL_POLICY_BROKEN");
            assertThat(lab.report("").noted().approvals().orElseThrow().readable())
                    .isFalse();
            Files.delete(lab.unit().trust().resolve("approvals.json"));
            Files.createSymbolicLink(lab.unit().trust().resolve("approvals.json"), Path.of("nowhere"));
            refused(intruder.sends(), "APPROVAL_POLICY_BROKEN");
        }
    }

    @Test
    void aFileThatOnlyTheDirectorNamesIsNotInstalled() throws Exception {
        Intruder intruder = intruder();
        String path = intruder.path(APP);
        intruder.slipsIn(APP, malware());
        Intruder.object(intruder.item(APP), "custom").put("version", "9.9.9");
        Map<String, Object> targets = Intruder.object(intruder.assignment(), "targets");
        targets.put(path.replace("2.0.0", "9.9.9"), targets.remove(path));

        refused(intruder.sends(), "RELEASE_UNKNOWN");
    }

    @Test
    void anotherFileUnderASignedNameIsNotInstalled() throws Exception {
        Intruder intruder = intruder();
        intruder.slipsIn(APP, malware());

        refused(intruder.sends(), "RELEASE_DISAGREES");
    }

    @Test
    void aReleaseThatItSignsItselfIsNotInstalled() throws Exception {
        Intruder intruder = intruder();
        intruder.slipsIn(APP, malware());
        Map<String, Object> lie = Map.copyOf(intruder.item(APP));
        intruder.publishes(targets -> {
            Map<String, Object> release = Intruder.object(targets, "targets", intruder.path(APP));
            release.put("length", lie.get("length"));
            release.put("hashes", lie.get("hashes"));
        });

        refused(intruder.sends(), "TARGETS_SIGNATURES");
    }

    @Test
    void aPublisherThatItMakesItselfIsNotBelieved() throws Exception {
        Intruder intruder = intruder();
        intruder.slipsIn(APP, malware());
        intruder.takesOver("release");

        refused(intruder.sends(), "ROOT_NOT_SIGNED_BY_PREDECESSOR");
    }

    @Test
    void itCannotMakeItselfTheDirectorForGood() throws Exception {
        Intruder intruder = intruder();
        intruder.takesOver("director");

        refused(intruder.sends(), "ROOT_NOT_SIGNED_BY_PREDECESSOR");
    }

    @Test
    void otherBytesThanWereSignedAreNotInstalled() throws Exception {
        Intruder intruder = intruder();
        String sha256 = lab.digest(APP, "2.0.0");
        intruder.alters(sha256);

        refused(intruder.sends(), "TARGET_HASH");
        assertThat(lab.unit().store().digests()).doesNotContain(sha256);
    }

    @Test
    void aLauncherThatIsNotOnTheUnitIsNotStarted() throws Exception {
        Intruder intruder = intruder();
        Map<String, Object> targets = Intruder.object(intruder.assignment(), "targets");
        targets.keySet().removeIf(path -> path.startsWith("slot/") && path.contains("trust"));

        refused(intruder.sends(), "SLOT_MISSING");
    }

    @Test
    void whatThePublisherWithdrewIsNotInstalled() throws Exception {
        Path old = lab.pack(lab.engine("0.1.0"), app("1.0.0"), old("1.0.0"));
        byte[] assigned = lab.intruder(old).assigns();
        lab.pack(lab.engine("0.1.0"), app("1.0.0"), old("2.0.0").withFloor());
        Intruder intruder = lab.intruder(lab.lastPack());

        refused(intruder.sends(assigned), "BELOW_FLOOR");
    }

    /** The way below a floor is the publisher's alone: for this gateway, this release and this hour. */
    @Test
    void belowTheFloorItInstallsOnlyWhatTheOfflineKeysPermit() throws Exception {
        lab.pack(lab.engine("0.1.0"), app("1.0.0"), weak("1.0.0"));
        lab.pack(lab.engine("0.1.0"), app("1.0.0"), weak("2.0.0").withFloor());
        assertThat(lab.fetch(lab.lastPack(), Long.MAX_VALUE)).startsWith("Confirmed ");
        Map<String, Long> floors =
                new Pointer(lab.unit()).confirmed().orElseThrow().floors();
        assertThat(floors).containsKey(WEAK);
        remember();
        Intruder intruder = lab.intruder(lab.pack(lab.engine("0.1.0"), app("1.0.0"), weak("1.0.0")));

        refused(intruder.sends(), "BELOW_FLOOR");
        intruder.brings("release/permits.json", lab.permit(WEAK, "1.0.0", Instant.now(), false));
        refused(intruder.sends(), "PERMIT_SIGNATURES");
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        intruder.brings("release/permits.json", lab.permit(WEAK, "1.0.0", yesterday, true));
        refused(intruder.sends(), "PERMIT_EXPIRED");
        intruder.brings("release/permits.json", lab.permit(APP, "1.0.0", Instant.now(), true));
        refused(intruder.sends(), "BELOW_FLOOR");

        intruder.brings("release/permits.json", lab.permit(WEAK, "1.0.0", Instant.now(), true));
        try (Syncs syncs = new Syncs()) {
            assertThat(lab.fetch(intruder.sends(), Long.MAX_VALUE)).startsWith("Confirmed ");
            // Or a power cut would lose the permit of a generation that is there.
            int permitted = new Pointer(lab.unit()).confirmed().orElseThrow().generation();
            assertThat(syncs.made()).contains(lab.unit().evidence(permitted));
        }
        assertThat(lab.greeting(WEAK)).isEqualTo("1.0.0");
        lab.awaitNote("audited update.below-floor " + WEAK + "/1.0.0 counter ");
        assertThat(new Pointer(lab.unit()).confirmed().orElseThrow().floors()).isEqualTo(floors);
        assertThat(lab.report("").noted().belowFloor())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith(WEAK + "/1.0.0 counter "));
        remember();

        // The permit is for this release: what comes next is at the floor again, or permitted anew.
        refused(lab.pack(lab.engine("0.1.0"), app("1.6.0"), weak("1.0.0")), "BELOW_FLOOR");
        assertThat(lab.fetch(lab.pack(lab.engine("0.1.0"), app("1.6.0"), weak("2.0.0")), Long.MAX_VALUE))
                .startsWith("Confirmed ");
        assertThat(lab.report("").noted().belowFloor()).isEmpty();
        remember();
    }

    @Test
    void aCounterThatItRaisesDoesNotLiftAnOldReleaseOverTheFloor() throws Exception {
        Intruder intruder = intruder();
        Intruder.object(intruder.item(APP), "custom").put("counter", 1_000_000L);

        refused(intruder.sends(), "RELEASE_DISAGREES");
    }

    @Test
    void whatThePublisherSaidBeforeDoesNotComeBack() throws Exception {
        Path pack = lab.pack(lab.engine("0.1.0"), app("1.2.0"));
        byte[] said = lab.intruder(pack).publisherSaid();
        Path next = lab.packWithout(APP, lab.engine("0.1.0"), app("1.3.0"));
        refused(next, "SOURCE_FILE_MISSING"); // the gateway has heard of what was said after it
        Intruder intruder = lab.intruder(lab.lastPack());
        intruder.publishesAgain(said);

        refused(intruder.sends(), "SNAPSHOT_ROLLBACK");
    }

    @Test
    void anAssignmentOfAnotherGatewayIsNotFollowed() throws Exception {
        Intruder intruder = intruder();
        Intruder.object(intruder.assignment(), "assignment").put("device", "e".repeat(64));

        long attacks = lab.report("").noted().attacks();
        refused(intruder.sends(), "ASSIGNMENT_OTHER_DEVICE");
        assertThat(lab.report("").noted().attacks()).isEqualTo(attacks + 1);
        assertThat(lab.report("").findings())
                .anyMatch(finding -> finding.startsWith("ATTACK ASSIGNMENT_OTHER_DEVICE by console"));
    }

    @Test
    void anAssignmentForAnotherModelIsNotFollowed() throws Exception {
        Intruder intruder = intruder();
        Intruder.object(intruder.assignment(), "assignment").put("model", "other");

        refused(intruder.sends(), "ASSIGNMENT_OTHER_MODEL");
    }

    /** What it asks of a gateway at once, beside what it assigns: as its director may, of this one, and no more. */
    @Test
    void aMandateThatItForgesIsNotFollowed() throws Exception {
        Intruder intruder = intruder();
        MandateVerifier verifier = new MandateVerifier(
                lab.unit().metadata(), Files.readAllBytes(lab.unit().directorAnchor()));
        String device = String.valueOf(
                Intruder.object(intruder.assignment(), "assignment").get("device"));
        Instant now = Instant.now();
        assertThat(verifier.verify(intruder.demands(GATEWAY, device, true), GATEWAY, device, now)
                        .action())
                .isEqualTo("settings.change");

        assertThat(refusal(verifier, intruder.demands(GATEWAY, device, false), device, now))
                .isEqualTo("MANDATE_SIGNATURE");
        assertThat(refusal(verifier, intruder.demands("g-bbbbbbbbbbbb", device, true), device, now))
                .isEqualTo("MANDATE_OTHER_UNIT");
        assertThat(refusal(verifier, intruder.demands(GATEWAY, "e".repeat(64), true), device, now))
                .isEqualTo("MANDATE_OTHER_UNIT");
        assertThat(refusal(verifier, intruder.demands(GATEWAY, device, true), device, now.plus(Duration.ofHours(1))))
                .isEqualTo("MANDATE_EXPIRED");
        assertThat(refusal(verifier, intruder.assigns(), device, now)).isEqualTo("MANDATE_MALFORMED");
        refused(intruder.sends(intruder.demands(GATEWAY, device, true)), "METADATA_TYPE");
    }

    private static String refusal(MandateVerifier verifier, byte[] mandate, String device, Instant now) {
        return catchThrowableOfType(TrustException.class, () -> verifier.verify(mandate, GATEWAY, device, now))
                .refusal()
                .code()
                .name();
    }

    @Test
    void softwareForAnotherModelIsNotInstalled() throws Exception {
        lab.release(app("3.0.0").madeFor("other"));
        Intruder intruder = intruder();
        intruder.orders(APP, "3.0.0");

        refused(intruder.sends(), "RELEASE_OTHER_MODEL");
    }

    @Test
    void whatWasAssignedBeforeIsNotFollowedAgain() throws Exception {
        byte[] first = lab.intruder(lab.lastPack()).assigns();
        Path next = lab.packWithout(APP, lab.engine("0.1.0"), app("1.4.0"));
        refused(next, "SOURCE_FILE_MISSING"); // accepted, so that nothing before it is

        refused(lab.intruder(lab.lastPack()).sends(first), "ASSIGNMENT_ROLLBACK");
    }

    @Test
    void oneNumberIsNotAssignedTwice() throws Exception {
        Path next = lab.packWithout(APP, lab.engine("0.1.0"), app("1.5.0"));
        refused(next, "SOURCE_FILE_MISSING"); // accepted
        Intruder intruder = lab.intruder(lab.lastPack());
        Intruder.object(intruder.assignment(), "assignment")
                .put("configurations", Map.of("org.example.pid", Map.of("open", true)));

        refused(intruder.sends(), "ASSIGNMENT_VERSION_REUSED");
    }

    @Test
    void whoMovesTheTimeAheadFreezesTheGatewayForThatLongAlone() throws Exception {
        Intruder intruder = intruder();
        Instant floor = notBefore();
        intruder.assignment().put("issued", "2099-01-01T00:00:00Z");
        intruder.assignment().put("expires", "2099-02-01T00:00:00Z");

        refused(intruder.sends(), "EXPIRED_ROOT");
        assertThat(notBefore()).isBetween(floor, Instant.now());
    }

    /** The way back: the next roots name other keys, and what was pushed far ahead is forgotten. */
    @Test
    void theNextRootsEndIt() throws Exception {
        Intruder intruder = lab.intruder(lab.packWithout(APP, lab.engine("0.1.0"), app("4.0.0")));
        intruder.assignment().put("version", 4_000_000_000L);
        refused(intruder.sends(), "SOURCE_FILE_MISSING"); // accepted
        refused(lab.pack(lab.engine("0.1.0"), app("4.0.1")), "ASSIGNMENT_ROLLBACK");

        lab.replaceOnlineKeys();
        Path next = lab.pack(lab.engine("0.1.0"), app("4.0.2"));
        assertThat(lab.fetch(next, Long.MAX_VALUE)).startsWith("Confirmed ");
        assertThat(lab.greeting(APP)).isEqualTo("4.0.2");
        remember();

        intruder.hears(next);
        byte[] honest = intruder.heard();
        refused(intruder.sends(), "ASSIGNMENT_SIGNATURES");
        intruder.publishesAgain(intruder.publisherSaid());
        refused(intruder.sends(honest), "TIMESTAMP_SIGNATURES");
    }

    private Instant notBefore() throws Exception {
        return new UpdateVerifier(
                        lab.unit().metadata(),
                        Files.readAllBytes(lab.unit().releaseAnchor()),
                        Files.readAllBytes(lab.unit().directorAnchor()),
                        BuildTime.instant())
                .notBefore();
    }

    @Test
    void anAssignmentFromBeforeAWipeIsVoid() throws Exception {
        Lab wiped = new Lab(Files.createDirectories(work.resolve("wiped")));
        try {
            wiped.start(wiped.engine("0.1.0"), wiped.greeter(APP, "1.0.0", Swap.OVERLAP, ""));
            Intruder intruder =
                    wiped.intruder(wiped.pack(wiped.engine("0.1.0"), wiped.greeter(APP, "2.0.0", Swap.OVERLAP, "")));
            wiped.shutdown();
            wiped.newDeviceKey();
            wiped.boot(1, false);

            assertThat(wiped.fetch(intruder.sends(), Long.MAX_VALUE)).startsWith("Refused 1 ASSIGNMENT_OTHER_DEVICE");
            assertThat(wiped.greeting(APP)).isEqualTo("1.0.0");
        } finally {
            wiped.close();
        }
    }

    private Intruder intruder() throws Exception {
        return lab.intruder(lab.pack(lab.engine("0.1.0"), app("2.0.0")));
    }

    private Lab.Item app(String version) {
        return lab.greeter(APP, version, Swap.OVERLAP, "");
    }

    private Lab.Item weak(String version) {
        return lab.greeter(WEAK, version, Swap.OVERLAP, "");
    }

    private Lab.Item old(String version) {
        return lab.greeter("lab.old", version, Swap.OVERLAP, "");
    }

    // A bundle of the publisher's name that the publisher never saw.
    private byte[] malware() throws IOException {
        return Files.readAllBytes(
                lab.greeter(APP, "2.0.0", Swap.OVERLAP, "malware").jar());
    }

    private void refused(Path pack, String code) throws Exception {
        int generation = before.pointer().orElseThrow().generation();

        assertThat(lab.fetch(pack, Long.MAX_VALUE)).startsWith("Refused " + generation + " " + code);
        assertThat(state()).isEqualTo(before);
        assertThat(lab.unit().transitionFile()).doesNotExist();
    }

    private State state() throws Exception {
        return new State(
                new Pointer(lab.unit()).confirmed(),
                Set.copyOf(new Generations(lab.unit()).numbers()),
                Set.copyOf(lab.unit().store().digests()),
                lab.greeting(APP));
    }

    private Map<Path, byte[]> metadata() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(lab.unit().metadata())) {
            files = all.filter(Files::isRegularFile).toList();
        }
        Map<Path, byte[]> content = new TreeMap<>();
        for (Path file : files) {
            content.put(file, Files.readAllBytes(file));
        }
        return content;
    }
}
