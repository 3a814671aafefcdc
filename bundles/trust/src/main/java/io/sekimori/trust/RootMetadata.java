package io.sekimori.trust;

import java.util.EnumMap;
import java.util.Map;

/** A root (4.3): which keys speak for which role. Parsed, not yet trusted. */
record RootMetadata(Envelope envelope, Header header, boolean consistentSnapshot, Map<Role, RoleKeys> roles) {

    static RootMetadata parse(Repository repository, String file, byte[] bytes) throws TrustException {
        Envelope envelope = Envelope.parse(repository.nameOf(file), Document.ROOT, bytes);
        try {
            Header header = Header.of(envelope, Document.ROOT);
            Map<String, TufKey> keys = ListedKeys.of(envelope.signed, envelope.name);
            Map<Role, RoleKeys> roles = new EnumMap<>(Role.class);
            JsonObject listed = envelope.signed.object("roles");
            for (Role role : repository.roles) {
                roles.put(role, RoleKeys.of(listed.object(role.word()), keys));
            }
            boolean consistent =
                    envelope.signed.optionalBool("consistent_snapshot").orElse(false);
            return new RootMetadata(envelope, header, consistent, roles);
        } catch (MalformedJson e) {
            throw Envelope.malformed(envelope.name, e);
        }
    }

    long version() {
        return header.version();
    }

    /** Refuses unless enough of the keys that this root gives the document's role signed it. */
    void requireSigned(Envelope signed, Document document) throws TrustException {
        roles.get(document.role).requireSigned(signed, document.signatures);
    }

    /** 5.3.4 and 5.3.5: whether {@code next} may follow this root. */
    void requireSuccessor(RootMetadata next) throws TrustException {
        roles.get(Role.ROOT).requireSigned(next.envelope, TrustCode.ROOT_NOT_SIGNED_BY_PREDECESSOR);
        next.requireSigned(next.envelope, Document.ROOT);
        if (next.version() != version() + 1) {
            throw new TrustException(
                    TrustCode.ROOT_VERSION,
                    next.envelope.name + " has version " + next.version() + " instead of " + (version() + 1));
        }
    }
}
