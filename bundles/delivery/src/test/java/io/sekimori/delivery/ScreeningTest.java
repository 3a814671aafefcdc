package io.sekimori.delivery;

import static io.sekimori.delivery.AskingGateway.assignment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.connection.Reply;
import io.sekimori.generation.Unit;
import io.sekimori.trust.AssignmentDraft;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.Sha256;
import io.sekimori.update.Forgeries.Forgery;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who owns the broker and no key has nothing tried: a try is what costs the disk. */
class ScreeningTest {

    @TempDir
    private Path directory;

    private AskingGateway gateway;
    private Unit unit;
    private KeyFile root;
    private KeyFile key;
    private DirectorRepository director;
    private String device;

    @BeforeEach
    void begin() throws Exception {
        gateway = new AskingGateway(directory);
        unit = new Unit(directory.resolve("unit"));
        root = KeyFile.create(directory.resolve("root.key"));
        key = KeyFile.create(directory.resolve("director.key"));
        director = DirectorRepository.init(
                directory.resolve("director"),
                Map.of(Role.ROOT, RoleKeys.of(1, root.publicKey()), Role.TARGETS, RoleKeys.of(1, key.publicKey())),
                List.of(root),
                Lifetimes.DEFAULT,
                Instant.now());
        Files.createDirectories(unit.trust());
        Files.write(unit.directorAnchor(), director.anchor());
        device = Sha256.hex(gateway.identity()
                .orElseThrow()
                .enrolled()
                .orElseThrow()
                .chain()
                .get(0)
                .getPublicKey()
                .getEncoded());
        gateway.screenBy(new Screening(unit, gateway)::refusal);
    }

    @AfterEach
    void end() {
        gateway.end();
    }

    @Test
    void whatTheDirectorSignedForThisGatewayIsTried() throws Exception {
        assertThat(gateway.put(signed(device, key)).code()).isEqualTo(200);

        assertThat(gateway.update.applied).hasSize(1);
        assertThat(gateway.forged).isEmpty();
    }

    @Test
    void ofForgeriesWithoutEndNoneIsTriedAndEachIsCounted() throws Exception {
        for (int i = 1; i <= 200; i++) {
            assertThat(gateway.put(assignment(Instant.now().getEpochSecond() + i))
                            .metrics())
                    .containsKey(Reply.REASON);
        }
        byte[] good = signed(device, key);
        byte[] altered = new String(good, StandardCharsets.UTF_8)
                .replace("\"M\"", "\"N\"")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(reason(altered)).isEqualTo("ASSIGNMENT_SIGNATURES");
        assertThat(gateway.update.applied).isEmpty();
        assertThat(gateway.forged).hasSize(201).containsOnly(Forgery.ASSIGNMENT_SIGNATURES);

        assertThat(gateway.put(good).code())
                .as("they have spent none of its tries")
                .isEqualTo(200);
    }

    @Test
    void anotherGatewaysIsNotTried() throws Exception {
        assertThat(reason(signed("e".repeat(64), key))).isEqualTo("ASSIGNMENT_OTHER_DEVICE");

        assertThat(gateway.update.applied).isEmpty();
        assertThat(gateway.forged).containsExactly(Forgery.ASSIGNMENT_OTHER_DEVICE);
    }

    @Test
    void anotherModelsIsNotTriedAndMayBeAMistake() throws Exception {
        assertThat(reason(signed(device, "N", key))).isEqualTo("ASSIGNMENT_OTHER_MODEL");

        assertThat(gateway.update.applied).isEmpty();
        assertThat(gateway.forged).isEmpty();
    }

    /** It may have waited at the broker while its successor was fetched: no attack, and the console says by HTTPS what is assigned. */
    @Test
    void anOldOneIsNotTriedAndTheConsoleIsAsked() throws Exception {
        byte[] old = signed(device, key);
        byte[] now = signed(device, key);
        accepted(now);
        gateway.server.files.put("director/targets.json", now);

        assertThat(reason(old)).isEqualTo("ASSIGNMENT_ROLLBACK");

        await().until(() -> gateway.update.applied.size() == 1);
        assertThat(gateway.update.applied.get(0).directorMetadata("targets.json", 100_000))
                .contains(now);
        assertThat(gateway.forged).isEmpty();
    }

    @Test
    void whatWasAcceptedMayBeTriedAgain() throws Exception {
        byte[] interrupted = signed(device, key);
        accepted(interrupted);

        assertThat(gateway.put(interrupted).code()).isEqualTo(200);
        assertThat(gateway.forged).isEmpty();
    }

    @Test
    void whereTheRootOnTheDiskIsBrokenNothingIsTried() throws Exception {
        byte[] good = signed(device, key);
        director.newRoot(director.roles(), List.of(root), Lifetimes.DEFAULT, Instant.now());
        String next = new String(director.files(device).get("2.root.json"), StandardCharsets.UTF_8);
        Path metadata = Files.createDirectories(unit.metadata().resolve("director"));
        Files.writeString(
                metadata.resolve("2.root.json"), next.replaceAll("\"version\"\\s*:\\s*2\\b", "\"version\":3"));

        assertThat(reason(good)).isEqualTo("STATE_ROOT_BROKEN");
        assertThat(gateway.update.applied).isEmpty();
        assertThat(gateway.forged).isEmpty();
    }

    /** The gateway has yet to follow the root that names it: no attack, and the console says it by HTTPS. */
    @Test
    void byAKeyThatIsNotKnownYetTheConsoleIsAsked() throws Exception {
        KeyFile next = KeyFile.create(directory.resolve("next.key"));
        Map<Role, RoleKeys> roles = new HashMap<>(director.roles());
        roles.put(Role.TARGETS, RoleKeys.of(1, next.publicKey()));
        director.newRoot(roles, List.of(root), Lifetimes.DEFAULT, Instant.now());
        byte[] assigned = signed(device, next);
        gateway.server.files.put("director/targets.json", assigned);

        assertThat(reason(assigned)).isEqualTo("ASSIGNMENT_SIGNATURES");

        await().until(() -> gateway.update.applied.size() == 1);
        assertThat(gateway.forged).isEmpty();
    }

    @Test
    void withoutWhatItTrustsNothingIsTried() throws Exception {
        byte[] good = signed(device, key);
        Files.delete(unit.directorAnchor());

        assertThat(reason(good)).isEqualTo("STATE_UNREADABLE");
        assertThat(gateway.update.applied).isEmpty();
    }

    private Object reason(byte[] assignment) {
        return gateway.put(assignment).metrics().get(Reply.REASON);
    }

    private byte[] signed(String whose, KeyFile by) throws Exception {
        return signed(whose, "M", by);
    }

    private byte[] signed(String whose, String model, KeyFile by) throws Exception {
        director.assign(AssignmentDraft.takingBack(whose, model, 1), List.of(by), Lifetimes.DEFAULT, Instant.now());
        return director.files(whose).get("targets.json");
    }

    private void accepted(byte[] assignment) throws Exception {
        Path metadata = unit.metadata().resolve("director");
        Files.createDirectories(metadata);
        Files.write(metadata.resolve("targets.json"), assignment);
    }
}
