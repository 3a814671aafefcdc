package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The roots of a repository on its offline side: {@code 1.root.json}, {@code 2.root.json} and so on, all of which stay
 * available forever (6.1).
 */
record RootFiles(Repository repository, MetadataFiles files) {

    private static final String FIRST = "1.root.json";

    /** Writes the first root. */
    void create(Map<Role, RoleKeys> roles, List<Signer> signers, Lifetimes lifetimes, Instant now) throws IOException {
        begin(bytes(1, roles, signers, now, now.plus(lifetimes.root())));
    }

    /** Takes the first root, signed elsewhere. */
    void begin(byte[] bytes) throws IOException {
        if (files.fetch(FIRST, Document.ROOT.maxBytes).isPresent()) {
            throw new TrustException(PublishCode.REPOSITORY_EXISTS, repository.nameOf(FIRST) + " exists");
        }
        RootMetadata root = RootMetadata.parse(repository, FIRST, bytes);
        root.requireSigned(root.envelope(), Document.ROOT);
        files.save(FIRST, bytes);
    }

    /** Writes the next root, which enough keys of the newest and of its own must have signed. */
    void succeed(Map<Role, RoleKeys> roles, List<Signer> signers, Lifetimes lifetimes, Instant now) throws IOException {
        follow(bytes(newest().version() + 1, roles, signers, now, now.plus(lifetimes.root())));
    }

    /** Takes the next root, signed elsewhere. */
    void follow(byte[] bytes) throws IOException {
        files.save(successor(bytes).version() + ".root.json", bytes);
    }

    /** The next root, if it may follow the newest. */
    RootMetadata successor(byte[] bytes) throws IOException {
        RootMetadata newest = newest();
        RootMetadata next = RootMetadata.parse(repository, (newest.version() + 1) + ".root.json", bytes);
        newest.requireSuccessor(next);
        return next;
    }

    /** The bytes of the first root: what gateways are given as trust anchor. */
    byte[] first() throws IOException {
        return files.fetch(FIRST, Document.ROOT.maxBytes)
                .orElseThrow(() -> new TrustException(
                        PublishCode.REPOSITORY_INCOMPLETE, repository.nameOf(FIRST) + " is missing"));
    }

    RootMetadata newest() throws IOException {
        return chain().current();
    }

    /** All roots by file name, the first one, too. */
    Map<String, byte[]> all() throws IOException {
        Map<String, byte[]> all = new TreeMap<>(chain().followed());
        all.put(FIRST, first());
        return all;
    }

    private RootChain chain() throws IOException {
        Map<String, byte[]> later = new HashMap<>();
        for (long version = 2; ; version++) {
            String file = version + ".root.json";
            Optional<byte[]> root = files.fetch(file, Document.ROOT.maxBytes);
            if (root.isEmpty()) {
                return RootChain.load(repository, first(), new TrustedMemory(later), TrustCode.STATE_ROOT_BROKEN);
            }
            later.put(file, root.get());
        }
    }

    byte[] bytes(
            long version, Map<Role, RoleKeys> roles, List<? extends Signer> signers, Instant issued, Instant expires)
            throws IOException {
        return SignedFile.bytes(json(version, roles, issued, expires), List.copyOf(signers));
    }

    Map<String, Object> json(long version, Map<Role, RoleKeys> roles, Instant issued, Instant expires) {
        Map<String, Object> keys = new HashMap<>();
        Map<String, Object> listed = new HashMap<>();
        roles.forEach((role, roleKeys) -> {
            listed.put(role.word(), roleKeys.json());
            roleKeys.keys().forEach((id, key) -> keys.put(id, key.json()));
        });
        return Map.of(
                "_type",
                Role.ROOT.word(),
                "spec_version",
                Header.SPEC_VERSION,
                "version",
                version,
                "expires",
                TufTime.format(expires),
                Header.ISSUED,
                TufTime.format(issued),
                "consistent_snapshot",
                repository == Repository.RELEASE,
                "keys",
                keys,
                "roles",
                listed);
    }
}
