package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertRefused;
import static io.sekimori.trust.World.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a console says of the time, and whose word it is. */
class TimeStatementTest {

    private static final String NONCE = "a".repeat(32);
    private static final String OTHER = "b".repeat(32);

    @TempDir
    private Path directory;

    private World world;
    private TimeVerifier verifier;

    @BeforeEach
    void begin() throws Exception {
        world = World.ready(directory);
        verifier = new TimeVerifier(world.state(), world.director.anchor());
    }

    @Test
    void theDirectorsWordForThisNonceIsTheTime() throws Exception {
        assertThat(verifier.verify(said(NONCE, world.directorKey), NONCE)).isEqualTo(NOW);
    }

    @Test
    void anAnswerToAnotherQuestionMayBeOld() {
        assertRefused(() -> verifier.verify(said(OTHER, world.directorKey), NONCE), TrustCode.TIME_REPLAYED);
    }

    @Test
    void nobodyElsesWordCounts() {
        assertRefused(
                () -> verifier.verify(signed(new TimeStatement(NONCE, NOW), world.mallory), NONCE),
                TrustCode.TIME_SIGNATURE);
    }

    /** A root that is still to be followed may name other keys, or need fewer. */
    @Test
    void whatNoMistakeExplainsIsForged() throws Exception {
        byte[] good = said(NONCE, world.directorKey);
        byte[] changed =
                new String(good, StandardCharsets.UTF_8).replace(NONCE, OTHER).getBytes(StandardCharsets.UTF_8);

        assertThat(verifier.isForged(changed)).isTrue();
        assertThat(verifier.isForged(SignedFile.bytes(new TimeStatement(NONCE, NOW).json(), List.of())))
                .isTrue();
        assertThat(verifier.isForged(good)).isFalse();
        assertThat(verifier.isForged(signed(new TimeStatement(NONCE, NOW), world.mallory)))
                .isFalse();
        assertThat(verifier.isForged("no json".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void whatElseTheDirectorSignsSaysNothingOfTheTime() {
        assertRefused(
                () -> verifier.verify(world.director.files(World.DEVICE).get("targets.json"), NONCE),
                TrustCode.TIME_MALFORMED);
        assertRefused(
                () -> verifier.verify("no json".getBytes(StandardCharsets.UTF_8), NONCE), TrustCode.TIME_MALFORMED);
    }

    @Test
    void whatIsSaidOfTheTimeIsNoAssignmentAndNoMandate() {
        byte[] said = signed(new TimeStatement(NONCE, NOW), world.directorKey);

        assertRefused(
                world.verdict(
                        world.releases.metadata(),
                        (name, max) -> name.equals("targets.json")
                                ? java.util.Optional.of(said)
                                : world.director.metadata(World.DEVICE).fetch(name, max),
                        NOW),
                TrustCode.METADATA_TYPE);
        assertRefused(
                () -> new MandateVerifier(world.state(), world.director.anchor())
                        .verify(said, "g-aaaaaaaaaaaa", World.DEVICE, NOW),
                TrustCode.MANDATE_MALFORMED);
    }

    @Test
    void aRootThatHasExpiredStillTellsWhoTheDirectorIs() throws Exception {
        Duration life = Lifetimes.DEFAULT.root().plusDays(1);
        byte[] later = signed(new TimeStatement(NONCE, NOW.plus(life)), world.directorKey);

        assertThat(verifier.verify(later, NONCE)).isEqualTo(NOW.plus(life));
    }

    @Test
    void aNonceIsOfThirtyTwoToSixtyFourDigits() {
        for (String good : List.of(NONCE, "0".repeat(64))) {
            assertThat(TimeStatement.isNonce(good)).isTrue();
            assertThat(new TimeStatement(good, NOW).nonce()).isEqualTo(good);
        }
        for (String bad : List.of("a".repeat(31), "a".repeat(65), "A".repeat(32), "g".repeat(32), "")) {
            assertThat(TimeStatement.isNonce(bad)).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> new TimeStatement(bad, NOW));
        }
    }

    private byte[] said(String nonce, Signer signer) throws Exception {
        OnlineDirector director = new OnlineDirector(
                new MetadataDirectory(directory.resolve("director").resolve("metadata")));
        return director.time(List.of(signer)).sign(new TimeStatement(nonce, NOW));
    }

    private static byte[] signed(TimeStatement statement, Signer signer) {
        try {
            return SignedFile.bytes(statement.json(), List.of(signer));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
