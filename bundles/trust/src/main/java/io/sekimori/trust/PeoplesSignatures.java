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
 * A statement with the signatures of people, and the public keys beside it, so that whoever collects such statements finds
 * at once what was damaged on its way. The keys make nobody anything. Immutable.
 */
record PeoplesSignatures(Envelope envelope, List<TufKey> keys) {

    private static final String KEYS = "keys";

    PeoplesSignatures {
        keys = List.copyOf(keys);
    }

    static PeoplesSignatures sign(Map<String, Object> statement, List<Signer> signers) throws IOException {
        try {
            JsonObject signed = JsonObject.parse(SignedFile.bytes(statement, signers));
            return new PeoplesSignatures(
                    Envelope.of(Approvals.FILE, signed),
                    signers.stream().map(Signer::publicKey).toList());
        } catch (MalformedJson e) {
            throw new IllegalStateException("what was written can be read", e);
        }
    }

    static PeoplesSignatures read(JsonObject json) throws MalformedJson {
        List<TufKey> keys = new ArrayList<>();
        if (json.has(KEYS)) {
            for (JsonObject key : json.objects(KEYS)) {
                keys.add(TufKey.parse(key));
            }
        }
        return new PeoplesSignatures(Envelope.of(Approvals.FILE, json), keys);
    }

    /** Whose signatures are there, by key id; not verified. */
    Set<String> signers() {
        return new TreeSet<>(envelope.signatures().keySet());
    }

    /** Those whose public key is beside the signature, and whose signature is right. */
    Set<String> verified() {
        Map<String, TufKey> known = new HashMap<>();
        keys.forEach(key -> known.put(key.keyId(), key));
        return new TreeSet<>(new RoleKeys(known, 1).valid(envelope).keySet());
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
