package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Unit;
import io.sekimori.trust.Approval;
import io.sekimori.trust.ApprovalPolicy;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.Evidence;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.SignedApproval;
import io.sekimori.trust.SignedWithdrawal;
import io.sekimori.trust.Signer;
import io.sekimori.trust.SigningKey;
import io.sekimori.trust.Vouching;
import io.sekimori.trust.Withdrawal;
import io.sekimori.trust.Withdrawals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root asks for the approvals that people have to give, too. */
class SlotApprovalTest {

    @TempDir
    private static Path workshop;

    private static SignedSlots signed;

    @TempDir
    private Path work;

    private AskedHelper helper;
    private Unit unit;

    @BeforeAll
    static void whatWasSigned() throws Exception {
        signed = new SignedSlots(workshop);
    }

    @BeforeEach
    void aUnitThatAsks() throws Exception {
        helper = new AskedHelper(signed, work);
        unit = helper.unit;
    }

    @Test
    void whatPeopleHaveToApproveIsNotBroughtInWithoutThem() throws Exception {
        Signer manager = SigningKey.generate(KeyType.ED25519, new SecureRandom());
        demand(manager);

        helper.refused("APPROVALS_MISSING");
    }

    @Test
    void whatPeopleApprovedIsBroughtIn() throws Exception {
        Signer manager = SigningKey.generate(KeyType.ED25519, new SecureRandom());
        demand(manager);
        Files.write(unit.evidence(2).resolve(Approvals.FILE), approved(manager));

        assertThat(helper.run()).isEqualTo(ExitCode.OK);
    }

    /** The approvals are frozen with the generation; the gateway has heard of the withdrawal since. */
    @Test
    void whatWasTakenBackSinceIsNotBroughtIn() throws Exception {
        SigningKey manager = SigningKey.generate(KeyType.ED25519, new SecureRandom());
        ApprovalPolicy policy = demand(manager);
        byte[] file = approved(manager);
        Files.write(unit.evidence(2).resolve(Approvals.FILE), file);
        Approval given = Approvals.parse(file).entries().get(0).approval();
        Approvals back = new Approvals(
                List.of(),
                List.of(SignedWithdrawal.sign(
                        new Withdrawal(given.content(), given.issued().plusSeconds(1)), List.of(manager))),
                0);
        Path heard = unit.data("io.sekimori.update.engine").resolve(Withdrawals.FILE);
        Files.createDirectories(heard.getParent());
        Files.write(heard, Withdrawals.NONE.with(policy, back).bytes());

        helper.refused("APPROVALS_WITHDRAWN");
        Files.writeString(heard, "{");
        assertThat(helper.run()).isEqualTo(ExitCode.SLOT_REFUSED);
        Files.write(heard, Withdrawals.NONE.bytes());
        assertThat(helper.run()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aPolicyOfApprovalsThatCannotBeReadIsMetByNothing() throws Exception {
        Files.writeString(unit.trust().resolve("approvals.json"), "{");

        helper.refused("APPROVAL_POLICY_BROKEN");
    }

    private ApprovalPolicy demand(Signer manager) throws Exception {
        ApprovalPolicy policy = new ApprovalPolicy(
                List.of(new ApprovalPolicy.Group("release-manager", RoleKeys.of(1, manager.publicKey()))),
                Approval.LONGEST);
        Files.write(unit.trust().resolve("approvals.json"), policy.bytes());
        return policy;
    }

    private byte[] approved(Signer manager) throws Exception {
        Vouching.Vouched vouched = (Vouching.Vouched) Evidence.read(unit.evidence(2))
                .verify(Files.readAllBytes(unit.releaseAnchor()), Files.readAllBytes(unit.directorAnchor()));
        Instant now = Instant.now();
        Approval approval = new Approval(
                ApprovedContent.of(vouched.assignment()).digest(), Set.of(), now, now.plus(Duration.ofDays(1)));
        return new Approvals(List.of(SignedApproval.sign(approval, List.of(manager))), 0).bytes();
    }
}
