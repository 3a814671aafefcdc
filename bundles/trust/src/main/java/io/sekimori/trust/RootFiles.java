package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The roots of a repository on its offline side: {@code 1.root.json}, {@code 2.root.json} and so on, all of which stay
 * available forever (6.1).
 */
record RootFiles(Repository repository, Path directory) {

    private static final String FIRST = "1.root.json";

    /** Writes the first root. */
    void create(Map<Role, RoleKeys> roles, List<Signer> signers, Instant expires) throws IOException {
        if (Files.exists(directory)) {
            throw new TrustException(PublishCode.REPOSITORY_EXISTS, directory + " exists");
        }
        byte[] bytes = bytes(1, roles, signers, expires);
        RootMetadata root = RootMetadata.parse(repository, FIRST, bytes);
        root.requireSigned(root.envelope(), Document.ROOT);
        Files.createDirectories(directory);
        DurableFile.write(directory.resolve(FIRST), bytes);
    }

    /** Writes the next root, which enough keys of the newest and of its own must have signed. */
    void succeed(Map<Role, RoleKeys> roles, List<Signer> signers, Instant expires) throws IOException {
        RootMetadata newest = newest();
        String file = (newest.version() + 1) + ".root.json";
        byte[] bytes = bytes(newest.version() + 1, roles, signers, expires);
        newest.requireSuccessor(RootMetadata.parse(repository, file, bytes));
        DurableFile.write(directory.resolve(file), bytes);
    }

    /** The bytes of the first root: what gateways are given as trust anchor. */
    byte[] first() throws IOException {
        return DurableFile.read(directory.resolve(FIRST), Document.ROOT.maxBytes)
                .orElseThrow(
                        () -> new TrustException(PublishCode.REPOSITORY_INCOMPLETE, directory + " has no " + FIRST));
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
        return RootChain.load(repository, first(), new TrustedDirectory(directory), TrustCode.STATE_ROOT_BROKEN);
    }

    byte[] bytes(long version, Map<Role, RoleKeys> roles, List<Signer> signers, Instant expires) throws IOException {
        Map<String, Object> keys = new HashMap<>();
        Map<String, Object> listed = new HashMap<>();
        roles.forEach((role, roleKeys) -> {
            listed.put(role.word(), roleKeys.json());
            roleKeys.keys().forEach((id, key) -> keys.put(id, key.json()));
        });
        Map<String, Object> signed = Map.of(
                "_type",
                Role.ROOT.word(),
                "spec_version",
                Header.SPEC_VERSION,
                "version",
                version,
                "expires",
                TufTime.format(expires),
                "consistent_snapshot",
                repository == Repository.RELEASE,
                "keys",
                keys,
                "roles",
                listed);
        return SignedFile.bytes(signed, signers);
    }
}
