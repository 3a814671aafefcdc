package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.generation.Unit;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Approval;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Withdrawals;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.engine.lab.Approving;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people must approve beside all that a console signs. */
class PeoplesApprovalTest {

    private static final Acceptance.Accepted ORDER = Orders.of(Orders.release(Kind.BUNDLE, "app", new byte[10]));
    private static final Approval APPROVAL = new Approval(
            ApprovedContent.of(ORDER.assignment()).digest(), Set.of(), Orders.NOW, Orders.NOW.plus(Duration.ofDays(7)));

    @TempDir
    private Path work;

    private Unit unit;
    private Path seen;

    @BeforeEach
    void aUnit() throws Exception {
        unit = new Unit(work.resolve("unit"));
        Files.createDirectories(unit.trust());
        seen = work.resolve("seen").resolve(Withdrawals.FILE);
    }

    @Test
    void whereNobodyIsListedNobodyIsAsked() throws Exception {
        Supply unasked = Supply.remote(Orders.source(file -> {
            throw new IOException("nobody asks for " + file);
        }));

        assertThat(people(true).demand(ORDER, unasked, Orders.NOW)).isSameAs(ORDER);
    }

    @Test
    void whatAllApprovedIsTakenWithWhatTheySigned() throws Exception {
        Approving listed = new Approving(unit);
        byte[] file = Approving.file(APPROVAL, listed.manager, listed.customer);

        Acceptance.Accepted accepted = people(true).demand(ORDER, brings(file), Orders.NOW);

        assertThat(accepted.assignment()).isEqualTo(ORDER.assignment());
        assertThat(accepted.releases()).isEqualTo(ORDER.releases());
        Path evidence = Files.createDirectories(work.resolve("evidence"));
        accepted.evidence().write(evidence);
        assertThat(evidence.resolve(Approvals.FILE)).hasBinaryContent(file);
    }

    @Test
    void withoutAllOfThemItIsRefused() throws Exception {
        Approving listed = new Approving(unit);

        refused("APPROVALS_MISSING", brings(Approving.file(APPROVAL, listed.manager)));
        refused("APPROVALS_MISSING", Supply.remote(Orders.source(file -> Optional.empty())));
    }

    @Test
    void whatCannotBeReadApprovesNothing() throws Exception {
        Approving listed = new Approving(unit);
        byte[] whole = Approving.file(APPROVAL, listed.manager, listed.customer);

        refused("APPROVALS_BROKEN", brings("{".getBytes(StandardCharsets.UTF_8)));
        refused(UpdateCode.DOWNLOAD_FAILED.name(), Supply.remote(Orders.source(file -> {
            throw new IOException("connection reset");
        })));
        Files.writeString(unit.trust().resolve("approvals.json"), "{");
        refused("APPROVAL_POLICY_BROKEN", brings(whole));
    }

    /** Nobody has it installed by leaving the withdrawal out the next time. */
    @Test
    void whatOneTookBackStaysTakenBack() throws Exception {
        Approving listed = new Approving(unit);
        byte[] whole = Approving.file(APPROVAL, listed.manager, listed.customer);
        byte[] takenBack = Approving.takenBack(APPROVAL, listed.customer, listed.manager, listed.customer);

        assertThatThrownBy(() -> people(false).demand(ORDER, brings(takenBack), Orders.NOW))
                .hasMessageContaining("APPROVALS_WITHDRAWN");
        assertThat(seen).as("who only asks what would be keeps nothing").doesNotExist();
        refused("APPROVALS_WITHDRAWN", brings(takenBack));
        refused("APPROVALS_WITHDRAWN", brings(whole));
    }

    private void refused(String code, Supply supply) {
        assertThatThrownBy(() -> people(true).demand(ORDER, supply, Orders.NOW))
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped -> assertThat(stopped.reason().code()).isEqualTo(code));
    }

    private PeoplesApproval people(boolean keep) {
        return new PeoplesApproval(unit, new SeenWithdrawals(seen), keep);
    }

    private static Supply brings(byte[] approvals) {
        return Supply.remote(
                Orders.source(file -> file.equals(Approvals.FILE) ? Optional.of(approvals) : Optional.empty()));
    }
}
