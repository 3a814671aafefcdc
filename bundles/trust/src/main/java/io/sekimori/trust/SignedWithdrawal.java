package io.sekimori.trust;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A {@link Withdrawal} with signatures, and the public keys beside them as with {@link SignedApproval}. It takes back what
 * the same keys approved, and nothing of anybody else. Immutable.
 */
public final class SignedWithdrawal {

    private final Withdrawal withdrawal;
    private final PeoplesSignatures signatures;

    private SignedWithdrawal(Withdrawal withdrawal, PeoplesSignatures signatures) {
        this.withdrawal = withdrawal;
        this.signatures = signatures;
    }

    /** Signs with each of the keys. */
    public static SignedWithdrawal sign(Withdrawal withdrawal, List<Signer> signers) throws IOException {
        return new SignedWithdrawal(withdrawal, PeoplesSignatures.sign(withdrawal.json(), signers));
    }

    static SignedWithdrawal read(JsonObject json) throws MalformedJson {
        PeoplesSignatures signatures = PeoplesSignatures.read(json);
        return new SignedWithdrawal(Withdrawal.read(signatures.envelope().signed), signatures);
    }

    /** What was signed. */
    public Withdrawal withdrawal() {
        return withdrawal;
    }

    /** Whose signatures are there, by key id; not verified here. */
    public Set<String> signers() {
        return signatures.signers();
    }

    /** Those of {@link #signers} whose public key is beside the signature, and whose signature is right. */
    public Set<String> verified() {
        return signatures.verified();
    }

    Envelope envelope() {
        return signatures.envelope();
    }

    Map<String, Object> json() {
        return signatures.json();
    }
}
