package io.sekimori.trust;

import java.io.IOException;

/** Delegated roles as a client gets them: kept on the unit or fetched. Confined to one thread. */
final class FetchedRoles implements TargetSearch.DelegatedRoles {

    private final ReleaseClient client;
    private final boolean consistent;
    private final SnapshotMetadata snapshot;

    FetchedRoles(ReleaseClient client, boolean consistent, SnapshotMetadata snapshot) {
        this.client = client;
        this.consistent = consistent;
        this.snapshot = snapshot;
    }

    @Override
    public TargetsMetadata role(Delegation delegation) throws IOException {
        FileMeta listed = snapshot.delegated(delegation.role());
        String file = RoleName.file(delegation.role());
        return client.delegated(
                RoleName.kept(delegation.role()),
                consistent ? listed.version() + "." + file : file,
                listed,
                bytes -> TargetsMetadata.delegated(bytes, delegation, listed));
    }
}
