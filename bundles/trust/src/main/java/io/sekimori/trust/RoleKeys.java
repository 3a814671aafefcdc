package io.sekimori.trust;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys that speak for one role, and how many of them must agree.
 *
 * @param keys      by key id
 * @param threshold at least 1
 */
public record RoleKeys(Map<String, TufKey> keys, long threshold) {

    /** @throws IllegalArgumentException if the threshold is below 1 */
    public RoleKeys {
        Names.require(threshold >= 1, "threshold is below 1");
        keys = Map.copyOf(keys);
    }

    /** These keys, {@code threshold} of which must agree. */
    public static RoleKeys of(long threshold, TufKey... keys) {
        return new RoleKeys(Stream.of(keys).collect(Collectors.toMap(TufKey::keyId, key -> key)), threshold);
    }

    static RoleKeys of(JsonObject role, Map<String, TufKey> known) throws MalformedJson {
        Map<String, TufKey> keys = new LinkedHashMap<>();
        for (String id : role.strings("keyids")) {
            TufKey key = known.get(id);
            if (key != null) {
                keys.put(id, key); // an id without a key can sign nothing, and so is no harm
            }
        }
        long threshold = role.number("threshold");
        if (threshold < 1) {
            throw new MalformedJson("threshold is below 1");
        }
        return new RoleKeys(keys, threshold);
    }

    /** Those of {@code signers} that speak for this role. */
    List<Signer> among(List<Signer> signers) {
        return signers.stream()
                .filter(signer -> keys.containsKey(signer.publicKey().keyId()))
                .toList();
    }

    /** Whether enough keys of this role are among {@code signers}. */
    public boolean enough(List<? extends Signer> signers) {
        return among(List.copyOf(signers)).stream()
                        .map(Signer::publicKey)
                        .distinct()
                        .count()
                >= threshold;
    }

    /** The role as a root lists it. */
    Map<String, Object> json() {
        return Map.of("keyids", keys.keySet().stream().sorted().toList(), "threshold", threshold);
    }

    /**
     * How many of the keys signed. Each key id counts once however often it is listed (4.2.2, 5.3.4), and so does each
     * key, whatever ids it has. Signatures of other keys, of unknown schemes and bad ones do not count and do no harm.
     */
    long signedBy(Envelope envelope) {
        return identities(envelope).size();
    }

    /** Those that signed, each key once, whatever its id; see {@link TufKey#identity}. */
    Set<String> identities(Envelope envelope) {
        Set<String> signers = new HashSet<>();
        for (String id : valid(envelope).keySet()) {
            signers.add(keys.get(id).identity());
        }
        return signers;
    }

    /** The signatures that are really of these keys, by key id. */
    Map<String, String> valid(Envelope envelope) {
        byte[] message = envelope.message();
        Map<String, String> valid = new LinkedHashMap<>();
        for (Map.Entry<String, String> signature : envelope.signatures().entrySet()) {
            TufKey key = keys.get(signature.getKey());
            Optional<byte[]> bytes = key == null ? Optional.empty() : Hex.decode(signature.getValue());
            if (bytes.isPresent() && key.verifies(message, bytes.get())) {
                valid.put(signature.getKey(), signature.getValue());
            }
        }
        return valid;
    }

    SigningProgress progress(Envelope envelope) {
        return new SigningProgress(signedBy(envelope), threshold);
    }

    void requireSigned(Envelope envelope, RefusalCode code) throws TrustException {
        long signed = signedBy(envelope);
        if (signed >= threshold) {
            return;
        }
        List<String> unknown = unknownSchemes();
        if (keys.size() >= threshold && keys.size() - unknown.size() < threshold) {
            throw new TrustException(
                    TrustCode.SCHEME_UNKNOWN,
                    envelope.name + " needs " + threshold + " signatures, and of its " + keys.size()
                            + " keys this client does not know the schemes " + unknown);
        }
        throw new TrustException(
                code, envelope.name + " is signed by " + signed + " of its keys, needed are " + threshold);
    }

    private List<String> unknownSchemes() {
        return keys.values().stream()
                .filter(key -> !key.known())
                .map(TufKey::scheme)
                .sorted()
                .toList();
    }

    /**
     * The least threshold at which neither all keys that a quantum computer could forge with nor all others are enough:
     * one more than there are of the larger kind. A threshold counts keys and knows no kinds (TUF 4.3), so every client
     * holds to it. 1 for keys of one kind.
     */
    public static int leastThreshold(Collection<TufKey> keys) {
        int postQuantum = (int) keys.stream().filter(TufKey::postQuantum).count();
        int classical = keys.size() - postQuantum;
        return postQuantum == 0 || classical == 0 ? 1 : Math.max(postQuantum, classical) + 1;
    }

    /** Whether neither kind of key is enough without the other. */
    public boolean hybrid() {
        int least = leastThreshold(keys.values());
        return least > 1 && threshold >= least;
    }

    /** Whether a key was taken away since {@code older}: it may have signed what must not bind us any more. */
    boolean rotatedSince(RoleKeys older) {
        return !keys.keySet().containsAll(older.keys.keySet());
    }
}
