package io.sekimori.trust;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An {@link Approval} with signatures. Beside them lie the public keys, so that whoever collects approvals finds at once
 * what was damaged on its way; they make nobody an approver, which is the gateway's {@link ApprovalPolicy}'s to say.
 * Immutable.
 */
public final class SignedApproval {

    private final Approval approval;
    private final PeoplesSignatures signatures;

    private SignedApproval(Approval approval, PeoplesSignatures signatures) {
        this.approval = approval;
        this.signatures = signatures;
    }

    /** Signs with each of the keys. */
    public static SignedApproval sign(Approval approval, List<Signer> signers) throws IOException {
        return new SignedApproval(approval, PeoplesSignatures.sign(approval.json(), signers));
    }

    static SignedApproval read(JsonObject json) throws MalformedJson {
        PeoplesSignatures signatures = PeoplesSignatures.read(json);
        return new SignedApproval(Approval.read(signatures.envelope().signed), signatures);
    }

    /** What was signed. */
    public Approval approval() {
        return approval;
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
