package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.generation.Unit;
import io.sekimori.trust.Approval;
import io.sekimori.trust.ApprovalPolicy;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.SignedWithdrawal;
import io.sekimori.trust.SigningKey;
import io.sekimori.trust.Withdrawal;
import io.sekimori.trust.Withdrawals;
import io.sekimori.update.TakenBack;
import io.sekimori.update.UpdateCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people took back outlives whatever happens to the machine. */
class SeenWithdrawalsTest {

    private static final String CONTENT = "c".repeat(64);

    @TempDir
    private Path folder;

    private final SigningKey ann = SigningKey.generate(KeyType.ED25519, new SecureRandom());
    private final ApprovalPolicy policy = new ApprovalPolicy(
            List.of(new ApprovalPolicy.Group("people", RoleKeys.of(1, ann.publicKey()))), Approval.LONGEST);
    private Approvals brought;
    private Path file;

    @BeforeEach
    void annTakesItBack() throws Exception {
        file = folder.resolve("engine/withdrawals.json");
        brought = new Approvals(
                List.of(),
                List.of(SignedWithdrawal.sign(
                        new Withdrawal(CONTENT, Instant.parse("2026-11-22T12:00:00Z")), List.of(ann))),
                0);
    }

    @Test
    void whatWasSeenOnceIsThereAfterARestart() throws Exception {
        Withdrawals first = new SeenWithdrawals(file).with(policy, brought, true);

        assertThat(first).isNotEqualTo(Withdrawals.NONE);
        assertThat(new SeenWithdrawals(file).with(policy, Approvals.NONE, true)).isEqualTo(first);
    }

    @Test
    void whoOnlyAsksWhatWouldBeLeavesNothing() throws Exception {
        assertThat(new SeenWithdrawals(file).with(policy, brought, false)).isNotEqualTo(Withdrawals.NONE);

        assertThat(file).doesNotExist();
    }

    @Test
    void aCutWhileItIsKeptLeavesWhatWasThereBefore() throws Exception {
        Withdrawals first = new SeenWithdrawals(file).with(policy, brought, true);
        // What a cut leaves of the next one: a part beside it, never in its place.
        Files.writeString(file.resolveSibling(".withdrawals.json.tmp"), "{\"for");

        assertThat(new SeenWithdrawals(file).with(policy, Approvals.NONE, true)).isEqualTo(first);
        assertThat(new SeenWithdrawals(file).with(policy, brought, true)).isEqualTo(first);
    }

    @Test
    void whatCannotBeReadOrKeptIsARefusal() throws Exception {
        Files.createDirectories(file);
        refused();
        Files.delete(file);
        Files.writeString(file, "{}");
        refused();
        Files.delete(file);
        Files.delete(file.getParent());
        Files.writeString(file.getParent(), "a file where the folder would be");
        refused();
    }

    /** A gateway that waits with nothing remembers it as well, and shows it. */
    @Test
    void whatIsHeardWhileNothingWaitsIsRememberedByGroupAndKey() throws Exception {
        Unit unit = new Unit(folder);
        Files.createDirectories(unit.trust());
        PeoplesApproval people = new PeoplesApproval(unit, new SeenWithdrawals(file), true);
        people.hear(brought.bytes());
        assertThat(file).as("nobody demands approvals").doesNotExist();
        assertThat(people.remembered()).isEmpty();
        Files.write(unit.trust().resolve(ApprovalPolicy.FILE), policy.bytes());

        people.hear(brought.bytes());
        people.hear(new Approvals(
                        List.of(),
                        List.of(SignedWithdrawal.sign(
                                new Withdrawal(CONTENT, Instant.parse("2026-11-23T12:00:00Z")),
                                List.of(SigningKey.generate(KeyType.ED25519, new SecureRandom())))),
                        0)
                .bytes());

        assertThat(new PeoplesApproval(unit, new SeenWithdrawals(file), false).remembered())
                .containsExactly(new TakenBack.Remembered(
                        "people", ann.publicKey().keyId(), CONTENT, Instant.parse("2026-11-22T12:00:00Z")));
        assertThatExceptionOfType(Stopped.class)
                .isThrownBy(() -> people.hear("{".getBytes(StandardCharsets.UTF_8)))
                .satisfies(stopped -> assertThat(stopped.reason().code()).isEqualTo("APPROVALS_BROKEN"));
    }

    private void refused() {
        assertThatExceptionOfType(Stopped.class)
                .isThrownBy(() -> new SeenWithdrawals(file).with(policy, brought, true))
                .satisfies(stopped ->
                        assertThat(stopped.reason().code()).isEqualTo(UpdateCode.WITHDRAWALS_UNUSABLE.name()));
    }
}
