package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertAccepted;
import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.ALPHA;
import static io.sekimori.trust.World.DEVICE;
import static io.sekimori.trust.World.MODEL;
import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way below a floor, and everything that is none. Alpha 1.0.0 is assigned and below the unit's floor. */
class PermitTest {

    private static final Instant END = NOW.plus(Duration.ofDays(7));

    @TempDir
    private Path directory;

    private World world;
    private Permit.Item alpha;

    @BeforeEach
    void release() throws Exception {
        world = World.ready(directory);
        world.floors.put(ALPHA, 2L);
        alpha = Permit.Item.of(world.release(ALPHA, "1.0.0"));
    }

    @Test
    void withoutOneItIsRefused() {
        assertRefused(world.verdict(NOW), TrustCode.BELOW_FLOOR);
    }

    @Test
    void theOfflineKeysPermitIt() throws Exception {
        world.releases.permit(permit(alpha).signed(List.of(world.targetsKey)), NOW);

        Acceptance.Accepted accepted = assertAccepted(world.verdict(NOW));

        assertThat(accepted.permits().orElseThrow().permits()).containsExactly(permit(alpha));
        assertThat(world.floors).as("the floor stays").containsEntry(ALPHA, 2L);
    }

    @Test
    void aFloorThatThePublisherSetsIsNoOther() throws Exception {
        world.floors.clear();
        world.add(ALPHA, "1.1.0", 2, 2);
        world.publish(later(1));
        world.assign(later(1), List.of(world.release(ALPHA, "1.0.0")));
        assertRefused(world.verdict(later(1)), TrustCode.BELOW_FLOOR);

        world.releases.permit(permit(alpha).signed(List.of(world.targetsKey)), later(1));

        assertAccepted(world.verdict(later(1)));
    }

    @Test
    void whatIsNotBelowAFloorNeedsNoneAndAsksForNone() throws Exception {
        world.floors.clear();
        MetadataSource releases = (name, maxBytes) -> {
            assertThat(name).isNotEqualTo(FloorPermits.FILE);
            return world.releases.metadata().fetch(name, maxBytes);
        };

        assertThat(assertAccepted(world.verdict(releases, world.director.metadata(DEVICE), NOW))
                        .permits())
                .isEmpty();
    }

    /** Replayed after its end, by whoever serves the gateway. */
    @Test
    void oneThatHasEndedPermitsNothing() throws Exception {
        world.releases.permit(permit(alpha).signed(List.of(world.targetsKey)), NOW);

        assertAccepted(world.verdict(END.minusSeconds(1)));
        world.publish(END);
        world.assign(END);
        assertRefused(world.verdict(END), TrustCode.PERMIT_EXPIRED);
    }

    /** Signed by a clock ahead, it would last for longer than thirty days from now. */
    @Test
    void oneThatIsDatedAheadPermitsNothingBefore() throws Exception {
        Instant ahead = later(2).plus(Duration.ofDays(300));
        byte[] signed = new Permit(ahead, ahead.plus(Permit.LONGEST), MODEL, Set.of(), List.of(alpha), "by test")
                .signed(List.of(world.targetsKey));

        assertRefused(serving(signed), TrustCode.PERMIT_AHEAD);
        assertRefused(() -> world.releases.permit(signed, NOW), PublishCode.ISSUED_AHEAD);
        assertAccepted(serving(signed, permit(alpha).signed(List.of(world.targetsKey))));
    }

    @Test
    void clocksMayBeMinutesApart() throws Exception {
        Instant ahead = later(2).plus(Duration.ofMinutes(10));
        for (int late : List.of(0, 1)) {
            Permit permit =
                    new Permit(ahead.plusSeconds(late), ahead.plusSeconds(60), MODEL, Set.of(), List.of(alpha), "t");
            Acceptance verdict = serving(permit.signed(List.of(world.targetsKey)));

            if (late == 0) {
                assertAccepted(verdict);
            } else {
                assertRefused(verdict, TrustCode.PERMIT_AHEAD);
            }
        }
    }

    @Test
    void whoOwnsTheConsoleMakesNone() throws Exception {
        for (TestKey key :
                List.of(world.timestampKey, world.snapshotKey, world.directorKey, world.rootKey, world.mallory)) {
            assertRefused(serving(permit(alpha).signed(List.of(key))), TrustCode.PERMIT_SIGNATURES);
        }
        assertRefused(serving(permit(alpha).signed(List.of())), TrustCode.PERMIT_SIGNATURES);
    }

    @Test
    void asManyMustSignAsForTheTargets() throws Exception {
        Map<Role, RoleKeys> roles = world.releaseRoles();
        roles.put(Role.TARGETS, RoleKeys.of(2, world.targetsKey.publicKey(), world.mallory.publicKey()));
        world.releases.newRoot(roles, List.of(world.rootKey), Lifetimes.DEFAULT, NOW);
        world.releases.stageRenewal(Lifetimes.DEFAULT, later(1));
        world.releases.sign(List.of(world.targetsKey, world.mallory));
        world.releases.publish(List.of(world.snapshotKey, world.timestampKey), Lifetimes.DEFAULT, later(1));
        byte[] first = permit(alpha).signed(List.of(world.targetsKey));

        assertRefused(() -> world.releases.permit(first, NOW), TrustCode.PERMIT_SIGNATURES);
        assertRefused(serving(first), TrustCode.PERMIT_SIGNATURES);
        assertAccepted(serving(SignedDocument.sign(first, List.of(world.mallory))));
    }

    @Test
    void anotherGatewayOrModelOrReleaseIsNotPermitted() throws Exception {
        Permit own = permit(alpha);
        List<Permit> others = List.of(
                new Permit(NOW, END, MODEL, Set.of("e".repeat(64)), own.releases(), "by test"),
                new Permit(NOW, END, "sg-9", Set.of(), own.releases(), "by test"),
                permit(new Permit.Item(ALPHA, "1.0.0", 1, "a".repeat(64))),
                permit(new Permit.Item(ALPHA, "1.0.0", 2, alpha.sha256())),
                permit(new Permit.Item(ALPHA, "1.0.1", 1, alpha.sha256())),
                permit(Permit.Item.of(world.release(World.BETA, "1.0.0"))));

        for (Permit other : others) {
            assertRefused(serving(other.signed(List.of(world.targetsKey))), TrustCode.BELOW_FLOOR);
        }
        Permit all = new Permit(NOW, END, MODEL, Set.of(), own.releases(), "by test");
        assertAccepted(serving(all.signed(List.of(world.targetsKey))));
    }

    @Test
    void whatTheSameKeysSignedForSomethingElsePermitsNothing() throws Exception {
        byte[] targets = world.releases.files().entrySet().stream()
                .filter(file -> file.getKey().endsWith(".targets.json"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();

        assertRefused(serving(targets), TrustCode.BELOW_FLOOR);
        assertRefused(() -> world.releases.permit(targets, NOW), TrustCode.PERMIT_MALFORMED);
    }

    @Test
    void aChangedOneIsForged() throws Exception {
        String text = new String(permit(alpha).signed(List.of(world.targetsKey)), StandardCharsets.UTF_8);
        String longer = text.replace("2026-11-28", "2026-12-18");

        assertThat(longer).isNotEqualTo(text);
        assertRefused(serving(longer.getBytes(StandardCharsets.UTF_8)), TrustCode.PERMIT_SIGNATURES);
    }

    @Test
    void oneThatSaysNothingDoesNotHarmOneThatDoes() throws Exception {
        byte[] good = permit(alpha).signed(List.of(world.targetsKey));
        byte[] forged = permit(alpha).signed(List.of(world.mallory));
        byte[] odd = "{\"signatures\":[],\"signed\":{\"_type\":\"permit\"}}".getBytes(StandardCharsets.UTF_8);

        assertAccepted(serving(forged, odd, good));
        assertRefused(servingFile("no JSON".getBytes(StandardCharsets.UTF_8)), TrustCode.PERMIT_MALFORMED);
        assertRefused(servingFile(new byte[FloorPermits.MAX_BYTES + 1]), TrustCode.METADATA_TOO_LONG);
    }

    @Test
    void theRepositoryKeepsThoseThatCountAndPacksCarryThem() throws Exception {
        byte[] first = permit(alpha).signed(List.of(world.targetsKey));
        Permit later = new Permit(END, END.plus(Duration.ofDays(1)), MODEL, Set.of(), List.of(alpha), "again");
        assertThat(world.releases.permit(first, NOW)).isTrue();
        assertThat(world.releases.permit(first, NOW)).isFalse();
        assertRefused(() -> world.releases.permit(first, END), TrustCode.PERMIT_EXPIRED);
        assertThat(world.releases.files()).containsKey(FloorPermits.FILE);
        assertThat(MetadataDirectory.isName(FloorPermits.FILE)).isTrue();

        world.releases.permit(later.signed(List.of(world.targetsKey)), END);

        assertThat(world.releases.permits()).hasSize(1);
        assertThat(SignedDocument.read(world.releases.permits().get(0)).content())
                .contains("again", MODEL + " *")
                .anyMatch(line -> line.startsWith(ALPHA + "/1.0.0 counter 1 "));
    }

    @Test
    void itsTimeAndItsContentAreBounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Permit(
                        NOW, NOW.plus(Permit.LONGEST).plusSeconds(1), MODEL, Set.of(), List.of(alpha), "by test"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Permit(NOW, NOW, MODEL, Set.of(), List.of(alpha), "by test"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Permit(NOW, END, MODEL, Set.of(), List.of(), "by test"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Permit(NOW, END, MODEL, Set.of(), List.of(alpha), " "));
    }

    /** Accepted by the date of the assignment, it is asked by a clock that is late: what was accepted is confirmed. */
    @Test
    void aLateClockTakesNothingAwayThatWasAccepted() throws Exception {
        Instant date = later(180);
        Permit permit = new Permit(date, END, MODEL, Set.of(), List.of(alpha), "by test");
        world.releases.permit(permit.signed(List.of(world.targetsKey)), date);
        byte[] file = world.releases.files().get(FloorPermits.FILE);
        UpdateVerifier verifier = new UpdateVerifier(world.state(), world.releases.anchor(), world.director.anchor());
        assertRefused(world.verdict(NOW), TrustCode.PERMIT_AHEAD);
        world.assign(date);
        assertAccepted(world.verdict(NOW));

        assertThat(verifier.refusal(file, alpha, World.UNIT, NOW)).isEmpty();
    }

    /** As the engine asks before it confirms. */
    @Test
    void itIsAskedOnceMoreWithTheKeysOfThatTime() throws Exception {
        world.releases.permit(permit(alpha).signed(List.of(world.targetsKey)), NOW);
        byte[] file = world.releases.files().get(FloorPermits.FILE);
        assertAccepted(world.verdict(NOW));
        UpdateVerifier verifier = new UpdateVerifier(world.state(), world.releases.anchor(), world.director.anchor());

        assertThat(verifier.refusal(file, alpha, World.UNIT, NOW)).isEmpty();
        assertThat(verifier.refusal(file, alpha, World.UNIT, END).orElseThrow().code())
                .isEqualTo(TrustCode.PERMIT_EXPIRED);
        assertThat(verifier.refusal(new byte[0], alpha, World.UNIT, NOW)
                        .orElseThrow()
                        .code())
                .isEqualTo(TrustCode.PERMIT_MALFORMED);
        Map<Role, RoleKeys> roles = world.releaseRoles();
        roles.put(Role.TARGETS, RoleKeys.of(1, world.mallory.publicKey()));
        world.releases.newRoot(roles, List.of(world.rootKey), Lifetimes.DEFAULT, NOW);
        world.verdict(NOW); // hears of the root, whatever else it thinks
        assertThat(verifier.refusal(file, alpha, World.UNIT, NOW).orElseThrow().code())
                .isEqualTo(TrustCode.PERMIT_SIGNATURES);
    }

    private static Permit permit(Permit.Item item) {
        return new Permit(NOW, END, MODEL, Set.of(DEVICE), List.of(item), "by test");
    }

    /** What the gateway says of permits that somebody serves beside the metadata. */
    private Acceptance serving(byte[]... permits) throws Exception {
        StringBuilder file = new StringBuilder("{\"format\":1,\"permits\":[");
        for (byte[] permit : permits) {
            file.append(file.charAt(file.length() - 1) == '[' ? "" : ",")
                    .append(new String(permit, StandardCharsets.UTF_8));
        }
        return servingFile(file.append("]}").toString().getBytes(StandardCharsets.UTF_8));
    }

    private Acceptance servingFile(byte[] file) throws IOException {
        Map<String, byte[]> files = new HashMap<>(world.releases.files());
        files.put(FloorPermits.FILE, file);
        return world.verdict(files, later(2));
    }
}
