package io.sekimori.trust;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An {@link Approval} with signatures. Beside them lie the public keys, so that whoever collects approvals finds at once
 * what was damaged on its way; they make nobody an approver, which is the gateway's {@link ApprovalPolicy}'s to say.
 * Immutable.
 */
public final class SignedApproval {

    private static final String KEYS = "keys";

    private final Approval approval;
    private final Envelope envelope;
    private final List<TufKey> keys;

    private SignedApproval(Approval approval, Envelope envelope, List<TufKey> keys) {
        this.approval = approval;
        this.envelope = envelope;
        this.keys = List.copyOf(keys);
    }

    /** Signs with each of the keys. */
    public static SignedApproval sign(Approval approval, List<Signer> signers) throws IOException {
        try {
            JsonObject signed = JsonObject.parse(SignedFile.bytes(approval.json(), signers));
            return new SignedApproval(
                    approval,
                    Envelope.of(Approvals.FILE, signed),
                    signers.stream().map(Signer::publicKey).toList());
        } catch (MalformedJson e) {
            throw new IllegalStateException("what was written can be read", e);
        }
    }

    static SignedApproval read(JsonObject json) throws MalformedJson {
        Envelope envelope = Envelope.of(Approvals.FILE, json);
        List<TufKey> keys = new ArrayList<>();
        if (json.has(KEYS)) {
            for (JsonObject key : json.objects(KEYS)) {
                keys.add(TufKey.parse(key));
            }
        }
        return new SignedApproval(Approval.read(envelope.signed), envelope, keys);
    }

    /** What was signed. */
    public Approval approval() {
        return approval;
    }

    /** Whose signatures are there, by key id; not verified here. */
    public Set<String> signers() {
        return new TreeSet<>(envelope.signatures().keySet());
    }

    /** Those of {@link #signers} whose public key is beside the signature, and whose signature is right. */
    public Set<String> verified() {
        Map<String, TufKey> known = new HashMap<>();
        keys.forEach(key -> known.put(key.keyId(), key));
        return new TreeSet<>(new RoleKeys(known, 1).valid(envelope).keySet());
    }

    Envelope envelope() {
        return envelope;
    }

    Map<String, Object> json() {
        List<Map<String, String>> signatures = new ArrayList<>();
        new TreeMap<>(envelope.signatures())
                .forEach((id, signature) -> signatures.add(Map.of("keyid", id, "sig", signature)));
        Map<String, Object> json = new TreeMap<>();
        json.put("signatures", signatures);
        json.put("signed", envelope.signed.asMap());
        if (!keys.isEmpty()) {
            json.put(KEYS, keys.stream().map(TufKey::json).toList());
        }
        return json;
    }
}
