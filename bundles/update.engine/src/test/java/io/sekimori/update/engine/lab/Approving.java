package io.sekimori.update.engine.lab;

import io.sekimori.generation.Unit;
import io.sekimori.trust.Approval;
import io.sekimori.trust.ApprovalPolicy;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.SignedApproval;
import io.sekimori.trust.SignedWithdrawal;
import io.sekimori.trust.Signer;
import io.sekimori.trust.SigningKey;
import io.sekimori.trust.Withdrawal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** People who must approve what a unit is assigned, one of two groups each. */
public final class Approving implements AutoCloseable {

    public final Signer manager = SigningKey.generate(KeyType.ED25519, new SecureRandom());
    public final Signer customer = SigningKey.generate(KeyType.ED25519, new SecureRandom());
    private final Path policy;

    /** Demands them, as root would. */
    public Approving(Unit unit) throws IOException {
        policy = unit.trust().resolve("approvals.json");
        Files.write(
                policy,
                new ApprovalPolicy(
                                List.of(group("release-manager", manager), group("customer", customer)),
                                Approval.LONGEST)
                        .bytes());
    }

    /** Demands them no longer. */
    @Override
    public void close() throws IOException {
        Files.delete(policy);
    }

    /** What travels beside an assignment. */
    public static byte[] file(Approval approval, Signer... people) throws IOException {
        return new Approvals(List.of(SignedApproval.sign(approval, List.of(people))), 0).bytes();
    }

    /** The same, with what {@code one} took back right after. */
    public static byte[] takenBack(Approval approval, Signer one, Signer... people) throws IOException {
        Withdrawal withdrawal =
                new Withdrawal(approval.content(), approval.issued().plusSeconds(1));
        return new Approvals(
                        List.of(SignedApproval.sign(approval, List.of(people))),
                        List.of(SignedWithdrawal.sign(withdrawal, List.of(one))),
                        0)
                .bytes();
    }

    /** Somebody whom no policy lists. */
    public static Signer stranger() {
        return SigningKey.generate(KeyType.ED25519, new SecureRandom());
    }

    private static ApprovalPolicy.Group group(String name, Signer person) {
        return new ApprovalPolicy.Group(name, RoleKeys.of(1, person.publicKey()));
    }
}
