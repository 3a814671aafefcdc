package io.sekimori.trust;

import static io.sekimori.trust.World.NOW;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much is still an assignment or a release, and what is one too many. */
class AssignmentLimitsTest {

    private static final String DIGEST = "a".repeat(64);
    private static final long LONGEST = 512L << 20;

    @Test
    void theLeastAndTheMostOfAnItemAreAllowed() {
        assertThat(item(1, 1, 1, DIGEST).startLevel()).isEqualTo(1);
        assertThat(item(Long.MAX_VALUE, 100, LONGEST, DIGEST).startLevel()).isEqualTo(100);
    }

    @Test
    void anythingBeyondIsNoItem() {
        refused(() -> item(0, 1, 1, DIGEST));
        refused(() -> item(1, 0, 1, DIGEST));
        refused(() -> item(1, 101, 1, DIGEST));
        refused(() -> item(1, 1, 0, DIGEST));
        refused(() -> item(1, 1, LONGEST + 1, DIGEST));
        refused(() -> item(1, 1, 1, "a"));
        refused(() -> new Assigned("a.jar", World.ALPHA, "1.0.0", 1, 1, Kind.BUNDLE, 1, DIGEST));
        refused(() -> new Assigned(
                Release.pathOf(Kind.BUNDLE, "a b", "1.0.0"), "a b", "1.0.0", 1, 1, Kind.BUNDLE, 1, DIGEST));
        refused(() -> new Assigned(
                Release.pathOf(Kind.BUNDLE, World.ALPHA, "1"), World.ALPHA, "1", 1, 1, Kind.BUNDLE, 1, DIGEST));
    }

    @Test
    void anAssignmentBeginsBeforeItEndsAndHasAVersion() {
        assertThat(assignment(1, NOW, later(1), DIGEST, "sg-1").version()).isEqualTo(1);
        refused(() -> assignment(0, NOW, later(1), DIGEST, "sg-1"));
        refused(() -> assignment(1, NOW, NOW, DIGEST, "sg-1"));
        refused(() -> assignment(1, NOW, later(1), "a", "sg-1"));
        refused(() -> assignment(1, NOW, later(1), DIGEST, ""));
    }

    @Test
    void asManyItemsAreReadAsMayBeWritten() throws Exception {
        Assignment two = many(2);

        assertThat(read(two)).isEqualTo(two);
        assertThat(read(many(4_096)).items()).hasSize(4_096);
        Verdicts.assertRefused(() -> read(many(4_097)), TrustCode.ASSIGNMENT_MALFORMED);
    }

    @Test
    void anAssignmentHasBundlesEachOnceAndAtMostOneJavaRuntime() {
        Assigned bundle = item(1, 1, 1, DIGEST);
        Assigned java = other(Kind.JAVA, "jre");

        Assignment assignment = holding(bundle, java);
        assertThat(assignment.items(Kind.JAVA)).containsExactly(java);
        assertThat(assignment.items(Kind.SLOT)).isEmpty();
        assertThat(assignment.paths()).containsExactly(bundle.path(), java.path());
        refused(() -> holding(java));
        refused(() -> holding(bundle, bundle));
        refused(() -> holding(bundle, java, other(Kind.JAVA, "jdk")));
    }

    @Test
    void whatTakesBackAssignsNothingAndTakesBackWhatWasBefore() throws Exception {
        Assignment taking = taking(5, 4);

        assertThat(read(taking)).isEqualTo(taking);
        assertThat(read(taking).takesBack()).hasValue(4);
        assertThat(taking(5, 1).takesBack()).hasValue(1);
        assertThat(ok().takesBack()).isEmpty();
        refused(() -> taking(5, 5));
        refused(() -> taking(5, 0));
        refused(() -> new Assignment(
                5, NOW, later(1), DIGEST, "sg-1", List.of(item(1, 1, 1, DIGEST)), Map.of(), OptionalLong.of(4)));
        refused(() -> new Assignment(
                5, NOW, later(1), DIGEST, "sg-1", List.of(), Map.of("a", Map.of("b", "c")), OptionalLong.of(4)));
        refused(() -> holding());
    }

    private static Assignment ok() {
        return assignment(1, NOW, later(1), DIGEST, "sg-1");
    }

    private static Assignment taking(long version, long from) {
        return new Assignment(version, NOW, later(1), DIGEST, "sg-1", List.of(), Map.of(), OptionalLong.of(from));
    }

    @Test
    void theLeastAndTheMostOfAReleaseAreAllowed() {
        assertThat(release(1, 0, 1, List.of()).floor()).isZero();
        assertThat(release(3, 2, 2, 1, List.of()).hardFloor()).isEqualTo(2);
        assertThat(release(3, 3, LONGEST, Collections.nCopies(1_000, "sg-1")).floor())
                .isEqualTo(3);
    }

    /** What is left out of it has the same bytes, and so the same signatures, as before there was such a thing. */
    @Test
    void aReleaseIsReadAsItWasWritten() throws Exception {
        Release plain = release(3, 2, 0, 1, List.of());
        Release more = new Release(
                plain.path(),
                World.ALPHA,
                "1.0.0",
                3,
                2,
                2,
                Swap.OVERLAP,
                Kind.BUNDLE,
                1,
                DIGEST,
                List.of("sg-1"),
                Optional.of(new Remedy("Closes a way in.", "侵入経路を塞ぎます。")));

        assertThat(reread(plain)).isEqualTo(plain);
        assertThat(reread(more)).isEqualTo(more);
        assertThat(ReleaseJson.write(plain).get("custom").toString()).doesNotContain("hardFloor", "remedy");
    }

    private static Release reread(Release release) throws Exception {
        return ReleaseJson.read(release.path(), JsonObject.parse(JsonText.bytes(ReleaseJson.write(release))));
    }

    @Test
    void anythingBeyondIsNoRelease() {
        refused(() -> release(0, 0, 1, List.of()));
        refused(() -> release(1, -1, 1, List.of()));
        refused(() -> release(1, 2, 1, List.of()));
        refused(() -> release(3, 2, 3, 1, List.of()));
        refused(() -> release(3, 2, -1, 1, List.of()));
        refused(() -> release(1, 0, 0, List.of()));
        refused(() -> release(1, 0, LONGEST + 1, List.of()));
        refused(() -> release(1, 0, 1, Collections.nCopies(1_001, "sg-1")));
        refused(() -> release(1, 0, 1, List.of("")));
        refused(() -> named("a b", "1.0.0", DIGEST));
        refused(() -> named(World.ALPHA, "1", DIGEST));
        refused(() -> named(World.ALPHA, "1.0.0", "a"));
        refused(() ->
                new Release("a.jar", World.ALPHA, "1.0.0", 1, 0, 0, Swap.OVERLAP, Kind.BUNDLE, 1, DIGEST, List.of()));
    }

    @Test
    void aReleaseSuitsTheModelsThatItNamesOrAll() {
        assertThat(release(1, 0, 1, List.of()).suits("sg-1")).isTrue();
        assertThat(release(1, 0, 1, List.of("sg-1", "sg-2")).suits("sg-2")).isTrue();
        assertThat(release(1, 0, 1, List.of("sg-1")).suits("sg-2")).isFalse();
    }

    private static Assigned item(long counter, int startLevel, long length, String sha256) {
        String path = Release.pathOf(Kind.BUNDLE, World.ALPHA, "1.0.0");
        return new Assigned(path, World.ALPHA, "1.0.0", counter, startLevel, Kind.BUNDLE, length, sha256);
    }

    private static Assignment assignment(long version, Instant issued, Instant expires, String device, String model) {
        return new Assignment(version, issued, expires, device, model, List.of(item(1, 1, 1, DIGEST)), Map.of());
    }

    private static Assignment many(int count) {
        return holding(IntStream.range(0, count)
                .mapToObj(each -> new Assigned(
                        Release.pathOf(Kind.BUNDLE, "b" + each, "1.0.0"),
                        "b" + each,
                        "1.0.0",
                        1,
                        each % 2 == 0 ? 1 : 100,
                        Kind.BUNDLE,
                        1,
                        DIGEST))
                .toArray(Assigned[]::new));
    }

    private static Assignment holding(Assigned... items) {
        return new Assignment(1, NOW, later(1), DIGEST, "sg-1", List.of(items), Map.of());
    }

    private static Assigned other(Kind kind, String name) {
        return new Assigned(Release.pathOf(kind, name, "1.0.0"), name, "1.0.0", 1, 1, kind, 1, DIGEST);
    }

    private static Assignment read(Assignment written) throws Exception {
        byte[] bytes = SignedFile.bytes(AssignmentJson.write(written), List.of());
        Envelope envelope = Envelope.parse("assignment", Document.ASSIGNMENT, bytes);
        return AssignmentJson.read(TargetsMetadata.parse(envelope, Document.ASSIGNMENT));
    }

    private static Release named(String name, String version, String sha256) {
        return new Release(
                Release.pathOf(Kind.BUNDLE, name, version),
                name,
                version,
                1,
                0,
                0,
                Swap.OVERLAP,
                Kind.BUNDLE,
                1,
                sha256,
                List.of());
    }

    private static Release release(long counter, long floor, long length, List<String> models) {
        return release(counter, floor, 0, length, models);
    }

    private static Release release(long counter, long floor, long hardFloor, long length, List<String> models) {
        return new Release(
                Release.pathOf(Kind.BUNDLE, World.ALPHA, "1.0.0"),
                World.ALPHA,
                "1.0.0",
                counter,
                floor,
                hardFloor,
                Swap.OVERLAP,
                Kind.BUNDLE,
                length,
                DIGEST,
                models);
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        assertThatIllegalArgumentException().isThrownBy(work);
    }
}
