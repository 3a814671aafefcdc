package io.sekimori.trust;

import static io.sekimori.trust.World.UNIT;
import static io.sekimori.trust.World.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of an assignment without its repository. */
class AssignmentVerifierTest {

    @TempDir
    private Path directory;

    private World world;
    private AssignmentVerifier verifier;

    @BeforeEach
    void aWorld() throws Exception {
        world = World.ready(directory);
        verifier = new AssignmentVerifier(world.state(), world.director.anchor());
    }

    @Test
    void nothingSpeaksAgainstWhatTheDirectorSignedForThisUnit() throws Exception {
        byte[] assigned = assigned();

        assertThat(verifier.refusal(assigned, UNIT)).isEmpty();
        assertThat(verifier.isForged(assigned)).isFalse();
        assertThat(world.state()).as("nothing is kept of it").doesNotExist();
    }

    @Test
    void whatItDidNotSignIsRefused() throws Exception {
        String altered = new String(assigned(), StandardCharsets.UTF_8).replace("\"" + World.MODEL + "\"", "\"sg-2\"");
        byte[] forged = altered.getBytes(StandardCharsets.UTF_8);
        byte[] stranger =
                SignedFile.bytes(JsonObject.parse(assigned()).object("signed").asMap(), List.of(world.mallory));

        assertThat(code(forged)).contains(TrustCode.ASSIGNMENT_SIGNATURES);
        assertThat(verifier.isForged(forged)).isTrue();
        assertThat(code(stranger)).contains(TrustCode.ASSIGNMENT_SIGNATURES);
        assertThat(verifier.isForged(stranger))
                .as("the next root may name its key")
                .isFalse();
        assertThat(verifier.isForged(new byte[0])).isFalse();
    }

    @Test
    void whatIsForAnotherIsRefused() throws Exception {
        assertThat(code(assigned(), new UnitFacts("e".repeat(64), World.MODEL)))
                .contains(TrustCode.ASSIGNMENT_OTHER_DEVICE);
        assertThat(code(assigned(), new UnitFacts(World.DEVICE, "other"))).contains(TrustCode.ASSIGNMENT_OTHER_MODEL);
    }

    @Test
    void whatWasAcceptedIsTheLeast() throws Exception {
        byte[] old = assigned();
        world.assign(later(1));
        assertThat(world.verdict(later(1))).isInstanceOf(Acceptance.Accepted.class);

        assertThat(code(old)).contains(TrustCode.ASSIGNMENT_ROLLBACK);
        assertThat(code(assigned())).as("the same again").isEmpty();
    }

    private byte[] assigned() throws Exception {
        return world.director.files(World.DEVICE).get("targets.json");
    }

    private Optional<RefusalCode> code(byte[] assignment) throws Exception {
        return code(assignment, UNIT);
    }

    private Optional<RefusalCode> code(byte[] assignment, UnitFacts unit) throws Exception {
        return verifier.refusal(assignment, unit).map(Refusal::code);
    }
}
