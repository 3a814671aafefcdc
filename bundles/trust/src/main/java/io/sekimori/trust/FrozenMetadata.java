package io.sekimori.trust;

import java.io.IOException;
import java.util.Map;

/**
 * Verifies metadata as it was accepted: the same signatures, versions and hashes as the clients check, but no expiry
 * and no comparison with what came before or after.
 */
final class FrozenMetadata {

    private FrozenMetadata() {}

    static ReleaseCatalog releases(byte[] anchor, Map<String, byte[]> files, Assignment assignment) throws IOException {
        RootMetadata root = root(Repository.RELEASE, anchor, files);
        TimestampMetadata timestamp = TimestampMetadata.signed(file(files, TimestampMetadata.FILE), root);
        SnapshotMetadata snapshot = SnapshotMetadata.signed(file(files, SnapshotMetadata.FILE), timestamp, root);
        TargetsMetadata targets = TargetsMetadata.signed(file(files, TargetsMetadata.FILE), snapshot, root);
        TargetSearch search = new TargetSearch(targets, new FrozenRoles(files, snapshot));
        return ReleaseCatalog.of(assignment.paths(), search);
    }

    /** The same searches as at acceptance ask for the same files; each delegation is verified when it is followed. */
    private record FrozenRoles(Map<String, byte[]> files, SnapshotMetadata snapshot)
            implements TargetSearch.DelegatedRoles {

        @Override
        public TargetsMetadata role(Delegation delegation) throws IOException {
            byte[] bytes = file(files, RoleName.kept(delegation.role()));
            return TargetsMetadata.delegated(bytes, delegation, snapshot.delegated(delegation.role()));
        }
    }

    static Assignment assignment(byte[] anchor, Map<String, byte[]> files) throws IOException {
        RootMetadata root = root(Repository.DIRECTOR, anchor, files);
        return AssignmentJson.read(TargetsMetadata.assignment(file(files, TargetsMetadata.FILE), root));
    }

    // An anchor newer than the first roots of the evidence skips them: the maker replaced it on the unit.
    static RootMetadata root(Repository repository, byte[] anchor, Map<String, byte[]> files) throws IOException {
        return RootChain.load(repository, anchor, new TrustedMemory(files), TrustCode.EVIDENCE_ROOT_BROKEN)
                .current();
    }

    private static byte[] file(Map<String, byte[]> files, String name) throws TrustException {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new TrustException(TrustCode.EVIDENCE_INCOMPLETE, name + " is missing");
        }
        return bytes;
    }
}
