package io.sekimori.update.engine;

import static io.sekimori.update.engine.AttackedGateway.APP;
import static io.sekimori.update.engine.AttackedGateway.WEAK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sekimori.generation.Pointer;
import io.sekimori.trust.Approval;
import io.sekimori.trust.MandateVerifier;
import io.sekimori.trust.Swap;
import io.sekimori.trust.TrustException;
import io.sekimori.update.engine.lab.Approving;
import io.sekimori.update.engine.lab.Intruder;
import io.sekimori.update.engine.lab.Item;
import io.sekimori.update.engine.lab.Lab;
import io.sekimori.update.engine.lab.Syncs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final String APPROVALS = "director/approvals.json";
    private static final String GATEWAY = "g-aaaaaaaaaaaa";

    private Path work;
    private AttackedGateway gateway;
    private Lab lab;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        work = folder;
        gateway = new AttackedGateway(work.resolve("lab"));
        lab = gateway.lab;
    }

    @AfterAll
    void close() throws Exception {
        lab.close();
    }

    @BeforeEach
    void remember() throws Exception {
        gateway.remember();
    }

    @AfterEach
    void thaw() throws Exception {
        gateway.thaw();
    }

    @Test
    void itMayChooseAmongSignedReleases() throws Exception {
        Intruder intruder = lab.intruder(lab.pack(lab.engine("0.1.0"), gateway.app("1.1.0")));

        assertThat(lab.fetch(intruder.sends(), Long.MAX_VALUE)).startsWith("Confirmed ");
        assertThat(lab.greeting(APP)).isEqualTo("1.1.0");
    }

    @Test
    void whatPeopleMustApproveItDoesNotShipWithoutThem() throws Exception {
        try (Approving people = new Approving(lab.unit())) {
            Intruder intruder = gateway.intruder();
            gateway.refused(intruder.sends(), "APPROVALS_MISSING [release-manager has 0 of 1, customer has 0 of 1]");
            // Nor does a person on site, to whom it sends a stick.
            assertThat(lab.apply(intruder.sends())).contains("APPROVALS_MISSING");

            intruder.approves();
            gateway.refused(intruder.sends(), "APPROVALS_MISSING [release-manager has 0 of 1, customer has 0 of 1]");

            intruder.brings(APPROVALS, Approving.file(intruder.approval(), people.manager));
            gateway.refused(intruder.sends(), "APPROVALS_MISSING [customer has 0 of 1]");

            intruder.brings(APPROVALS, "{}".getBytes(StandardCharsets.UTF_8));
            gateway.refused(intruder.sends(), "APPROVALS_BROKEN");
        }
    }

    @Test
    void whatPeopleApprovedItShipsAndNothingElse() throws Exception {
        try (Approving people = new Approving(lab.unit())) {
            Intruder before = gateway.intruder();
            byte[] approved = Approving.file(before.approval(), people.manager, people.customer);
            Intruder.object(before.assignment(), "assignment")
                    .put("configurations", Map.of("org.example.pid", Map.of("open", true)));
            before.brings(APPROVALS, approved);
            gateway.refused(before.sends(), "APPROVALS_OTHER");

            Approval old = new Approval(
                    gateway.intruder().approval().content(),
                    Set.of(),
                    Instant.now().minus(Duration.ofDays(8)),
                    Instant.now().minus(Duration.ofDays(1)));
            Intruder late = gateway.intruder();
            late.brings(APPROVALS, Approving.file(old, people.manager, people.customer));
            gateway.refused(late.sends(), "APPROVALS_EXPIRED");

            lab.pack(lab.engine("0.1.0"), gateway.app("1.1.1"));
            Intruder good = lab.intruder(lab.packs().last());
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
            Intruder intruder = gateway.intruder();
            Approval given = intruder.approval();
            intruder.brings(APPROVALS, Approving.takenBack(given, people.customer, people.manager, people.customer));
            gateway.refused(intruder.sends(), "APPROVALS_WITHDRAWN [customer has 0 of 1]");

            // It has the approvals from before, and every way to the gateway.
            intruder.brings(APPROVALS, Approving.file(given, people.manager, people.customer));
            gateway.refused(intruder.sends(), "APPROVALS_WITHDRAWN [customer has 0 of 1]");
            assertThat(lab.apply(intruder.sends())).contains("APPROVALS_WITHDRAWN");
            // What it signs with its own keys takes back nothing, and gives nothing back.
            intruder.brings(
                    APPROVALS, Approving.takenBack(given, Approving.stranger(), people.manager, people.customer));
            gateway.refused(intruder.sends(), "APPROVALS_WITHDRAWN [customer has 0 of 1]");

            // What it demands of whom the gateway says itself, signed.
            assertThat(lab.report("").noted().approvals().orElseThrow().groups())
                    .extracting(group -> group.name() + " " + group.threshold())
                    .containsExactly("release-manager 1", "customer 1");
            Path seen = lab.unit().data("io.sekimori.update.engine").resolve("withdrawals.json");
            byte[] kept = Files.readAllBytes(seen);
            Files.writeString(seen, "{");
            gateway.refused(intruder.sends(), "WITHDRAWALS_UNUSABLE");
            Files.write(seen, kept);
        }
    }

    @Test
    void whatIsTakenBackDuringTheDownloadIsNotInstalled() throws Exception {
        try (Approving people = new Approving(lab.unit())) {
            Intruder intruder = lab.intruder(lab.pack(lab.engine("0.1.0"), gateway.app("1.1.7")));
            Approval given = intruder.approval();
            intruder.brings(APPROVALS, Approving.file(given, people.manager, people.customer));
            intruder.brings(
                    APPROVALS + ".then", Approving.takenBack(given, people.customer, people.manager, people.customer));

            assertThat(lab.fetch(intruder.sends(), Long.MAX_VALUE)).contains("APPROVALS_WITHDRAWN");
            assertThat(lab.greeting(APP)).isEqualTo(gateway.before().greeting());
        }
    }

    @Test
    void approvalsThatEndDuringTheDownloadAreOver() throws Exception {
        try (Approving people = new Approving(lab.unit())) {
            Intruder intruder = lab.intruder(lab.pack(lab.engine("0.1.0"), gateway.app("1.1.8")));
            intruder.brings(APPROVALS, Approving.file(intruder.approval(), people.manager, people.customer));
            String afterTheirEnd = Instant.now().plus(Duration.ofDays(8)).toString();

            lab.ask("fetch-late", intruder.sends().toString(), afterTheirEnd);

            assertThat(lab.outcome()).contains("APPROVALS_EXPIRED");
            assertThat(lab.greeting(APP)).isEqualTo(gateway.before().greeting());
        } finally {
            lab.ask("off", "time");
        }
    }

    @Test
    void aPolicyThatCannotBeReadIsNoLeaveToShip() throws Exception {
        try (Approving people = new Approving(lab.unit())) {
            Files.writeString(lab.unit().trust().resolve("approvals.json"), "{}");
            Intruder intruder = gateway.intruder();
            intruder.brings(APPROVALS, Approving.file(intruder.approval(), people.manager, people.customer));

            gateway.refused(intruder.sends(), "APPROVAL_POLICY_BROKEN");
            assertThat(lab.report("").noted().approvals().orElseThrow().readable())
                    .isFalse();
            Files.delete(lab.unit().trust().resolve("approvals.json"));
            Files.createSymbolicLink(lab.unit().trust().resolve("approvals.json"), Path.of("nowhere"));
            gateway.refused(intruder.sends(), "APPROVAL_POLICY_BROKEN");
        }
    }

    @Test
    void aFileThatOnlyTheDirectorNamesIsNotInstalled() throws Exception {
        Intruder intruder = gateway.intruder();
        String path = intruder.path(APP);
        intruder.slipsIn(APP, gateway.malware());
        Intruder.object(intruder.item(APP), "custom").put("version", "9.9.9");
        Map<String, Object> targets = Intruder.object(intruder.assignment(), "targets");
        targets.put(path.replace("2.0.0", "9.9.9"), targets.remove(path));

        gateway.refused(intruder.sends(), "RELEASE_UNKNOWN");
    }

    @Test
    void anotherFileUnderASignedNameIsNotInstalled() throws Exception {
        Intruder intruder = gateway.intruder();
        intruder.slipsIn(APP, gateway.malware());

        gateway.refused(intruder.sends(), "RELEASE_DISAGREES");
    }

    @Test
    void aReleaseThatItSignsItselfIsNotInstalled() throws Exception {
        Intruder intruder = gateway.intruder();
        intruder.slipsIn(APP, gateway.malware());
        Map<String, Object> lie = Map.copyOf(intruder.item(APP));
        intruder.publishes(targets -> {
            Map<String, Object> release = Intruder.object(targets, "targets", intruder.path(APP));
            release.put("length", lie.get("length"));
            release.put("hashes", lie.get("hashes"));
        });

        gateway.refused(intruder.sends(), "TARGETS_SIGNATURES");
    }

    @Test
    void aPublisherThatItMakesItselfIsNotBelieved() throws Exception {
        Intruder intruder = gateway.intruder();
        intruder.slipsIn(APP, gateway.malware());
        intruder.takesOver("release");

        gateway.refused(intruder.sends(), "ROOT_NOT_SIGNED_BY_PREDECESSOR");
    }

    @Test
    void itCannotMakeItselfTheDirectorForGood() throws Exception {
        Intruder intruder = gateway.intruder();
        intruder.takesOver("director");

        gateway.refused(intruder.sends(), "ROOT_NOT_SIGNED_BY_PREDECESSOR");
    }

    @Test
    void otherBytesThanWereSignedAreNotInstalled() throws Exception {
        Intruder intruder = gateway.intruder();
        String sha256 = lab.office().digest(APP, "2.0.0");
        intruder.alters(sha256);

        gateway.refused(intruder.sends(), "TARGET_HASH");
        assertThat(lab.unit().store().digests()).doesNotContain(sha256);
    }

    @Test
    void aLauncherThatIsNotOnTheUnitIsNotStarted() throws Exception {
        Intruder intruder = gateway.intruder();
        Map<String, Object> targets = Intruder.object(intruder.assignment(), "targets");
        targets.keySet().removeIf(path -> path.startsWith("slot/") && path.contains("trust"));

        gateway.refused(intruder.sends(), "SLOT_MISSING");
    }

    @Test
    void whatThePublisherWithdrewIsNotInstalled() throws Exception {
        Intruder intruder = lab.intruder(lab.pack(lab.engine("0.1.0"), gateway.app("1.0.0"), old("1.0.0")));
        lab.pack(lab.engine("0.1.0"), gateway.app("1.0.0"), old("2.0.0").withFloor());
        intruder.hears(lab.packs().last());

        // Dated back, it would be what waited on its way: but not before what the gateway accepted last.
        for (Duration ago : List.of(Duration.ZERO, Duration.ofDays(1))) {
            Instant when = Instant.now().minus(ago).truncatedTo(ChronoUnit.SECONDS);
            intruder.assignment().put("issued", when.toString());
            gateway.refused(intruder.sends(), "BELOW_FLOOR");
        }
    }

    /** The way below a floor is the publisher's alone: for this gateway, this release and this hour. */
    @Test
    void belowTheFloorItInstallsOnlyWhatTheOfflineKeysPermit() throws Exception {
        lab.pack(lab.engine("0.1.0"), gateway.app("1.0.0"), gateway.weak("1.0.0"));
        lab.pack(
                lab.engine("0.1.0"), gateway.app("1.0.0"), gateway.weak("2.0.0").withFloor());
        assertThat(lab.fetch(lab.packs().last(), Long.MAX_VALUE)).startsWith("Confirmed ");
        Map<String, Long> floors =
                new Pointer(lab.unit()).confirmed().orElseThrow().floors();
        assertThat(floors).containsKey(WEAK);
        gateway.remember();
        Intruder intruder = lab.intruder(lab.pack(lab.engine("0.1.0"), gateway.app("1.0.0"), gateway.weak("1.0.0")));

        gateway.refused(intruder.sends(), "BELOW_FLOOR");
        intruder.brings("release/permits.json", lab.office().permit(WEAK, "1.0.0", Instant.now(), false));
        gateway.refused(intruder.sends(), "PERMIT_SIGNATURES");
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        intruder.brings("release/permits.json", lab.office().permit(WEAK, "1.0.0", yesterday, true));
        gateway.refused(intruder.sends(), "PERMIT_EXPIRED");
        intruder.brings("release/permits.json", lab.office().permit(APP, "1.0.0", Instant.now(), true));
        gateway.refused(intruder.sends(), "BELOW_FLOOR");

        intruder.brings("release/permits.json", lab.office().permit(WEAK, "1.0.0", Instant.now(), true));
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
        gateway.remember();

        // The permit is for this release: what comes next is at the floor again, or permitted anew.
        gateway.refused(lab.pack(lab.engine("0.1.0"), gateway.app("1.6.0"), gateway.weak("1.0.0")), "BELOW_FLOOR");
        assertThat(lab.fetch(
                        lab.pack(lab.engine("0.1.0"), gateway.app("1.6.0"), gateway.weak("2.0.0")), Long.MAX_VALUE))
                .startsWith("Confirmed ");
        assertThat(lab.report("").noted().belowFloor()).isEmpty();
        gateway.remember();
    }

    @Test
    void aCounterThatItRaisesDoesNotLiftAnOldReleaseOverTheFloor() throws Exception {
        Intruder intruder = gateway.intruder();
        Intruder.object(intruder.item(APP), "custom").put("counter", 1_000_000L);

        gateway.refused(intruder.sends(), "RELEASE_DISAGREES");
    }

    @Test
    void whatThePublisherSaidBeforeDoesNotComeBack() throws Exception {
        Path pack = lab.pack(lab.engine("0.1.0"), gateway.app("1.2.0"));
        byte[] said = lab.intruder(pack).publisherSaid();
        Path next = lab.packs().without(APP, lab.engine("0.1.0"), gateway.app("1.3.0"));
        gateway.refused(next, "SOURCE_FILE_MISSING"); // the gateway has heard of what was said after it
        Intruder intruder = lab.intruder(lab.packs().last());
        intruder.publishesAgain(said);

        gateway.refused(intruder.sends(), "SNAPSHOT_ROLLBACK");
    }

    @Test
    void anAssignmentOfAnotherGatewayIsNotFollowed() throws Exception {
        Intruder intruder = gateway.intruder();
        Intruder.object(intruder.assignment(), "assignment").put("device", "e".repeat(64));

        long attacks = lab.report("").noted().attacks();
        gateway.refused(intruder.sends(), "ASSIGNMENT_OTHER_DEVICE");
        assertThat(lab.report("").noted().attacks()).isEqualTo(attacks + 1);
        assertThat(lab.report("").findings())
                .anyMatch(finding -> finding.startsWith("ATTACK ASSIGNMENT_OTHER_DEVICE by console"));
    }

    @Test
    void anAssignmentForAnotherModelIsNotFollowed() throws Exception {
        Intruder intruder = gateway.intruder();
        Intruder.object(intruder.assignment(), "assignment").put("model", "other");

        gateway.refused(intruder.sends(), "ASSIGNMENT_OTHER_MODEL");
    }

    /** What it asks of a gateway at once, beside what it assigns: as its director may, of this one, and no more. */
    @Test
    void aMandateThatItForgesIsNotFollowed() throws Exception {
        Intruder intruder = gateway.intruder();
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
        gateway.refused(intruder.sends(intruder.demands(GATEWAY, device, true)), "METADATA_TYPE");
    }

    private static String refusal(MandateVerifier verifier, byte[] mandate, String device, Instant now) {
        return catchThrowableOfType(TrustException.class, () -> verifier.verify(mandate, GATEWAY, device, now))
                .refusal()
                .code()
                .name();
    }

    @Test
    void softwareForAnotherModelIsNotInstalled() throws Exception {
        lab.office().release(gateway.app("3.0.0").madeFor("other"));
        Intruder intruder = gateway.intruder();
        intruder.orders(APP, "3.0.0");

        gateway.refused(intruder.sends(), "RELEASE_OTHER_MODEL");
    }

    @Test
    void whatWasAssignedBeforeIsNotFollowedAgain() throws Exception {
        byte[] first = lab.intruder(lab.packs().last()).assigns();
        Path next = lab.packs().without(APP, lab.engine("0.1.0"), gateway.app("1.4.0"));
        gateway.refused(next, "SOURCE_FILE_MISSING"); // accepted, so that nothing before it is

        gateway.refused(lab.intruder(lab.packs().last()).sends(first), "ASSIGNMENT_ROLLBACK");
    }

    @Test
    void oneNumberIsNotAssignedTwice() throws Exception {
        Path next = lab.packs().without(APP, lab.engine("0.1.0"), gateway.app("1.5.0"));
        gateway.refused(next, "SOURCE_FILE_MISSING"); // accepted
        Intruder intruder = lab.intruder(lab.packs().last());
        Intruder.object(intruder.assignment(), "assignment")
                .put("configurations", Map.of("org.example.pid", Map.of("open", true)));

        gateway.refused(intruder.sends(), "ASSIGNMENT_VERSION_REUSED");
    }

    @Test
    void whoMovesTheTimeAheadFreezesTheGatewayForThatLongAlone() throws Exception {
        Intruder intruder = gateway.intruder();
        Instant floor = gateway.notBefore();
        intruder.assignment().put("issued", "2099-01-01T00:00:00Z");
        intruder.assignment().put("expires", "2099-02-01T00:00:00Z");

        gateway.refused(intruder.sends(), "EXPIRED_ROOT");
        assertThat(gateway.notBefore()).isBetween(floor, Instant.now());
    }

    /** The way back: the next roots name other keys, and what was pushed far ahead is forgotten. */
    @Test
    void theNextRootsEndIt() throws Exception {
        Intruder intruder = lab.intruder(lab.packs().without(APP, lab.engine("0.1.0"), gateway.app("4.0.0")));
        intruder.assignment().put("version", 4_000_000_000L);
        gateway.refused(intruder.sends(), "SOURCE_FILE_MISSING"); // accepted
        gateway.refused(lab.pack(lab.engine("0.1.0"), gateway.app("4.0.1")), "ASSIGNMENT_ROLLBACK");

        lab.office().replaceOnlineKeys();
        Path next = lab.pack(lab.engine("0.1.0"), gateway.app("4.0.2"));
        assertThat(lab.fetch(next, Long.MAX_VALUE)).startsWith("Confirmed ");
        assertThat(lab.greeting(APP)).isEqualTo("4.0.2");
        gateway.remember();

        intruder.hears(next);
        byte[] honest = intruder.heard();
        gateway.refused(intruder.sends(), "ASSIGNMENT_SIGNATURES");
        intruder.publishesAgain(intruder.publisherSaid());
        gateway.refused(intruder.sends(honest), "TIMESTAMP_SIGNATURES");
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

    private Item old(String version) {
        return lab.greeter("lab.old", version, Swap.OVERLAP, "");
    }
}
