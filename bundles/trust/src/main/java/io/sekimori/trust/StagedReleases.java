package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a publisher changes before it is published: releases, delegations, support, keys. One writer at a time. */
record StagedReleases(Staging staging, RootFiles roots, MetadataSource published, ReleaseFiles files) {

    /** Adds a jar to the releases of a role: {@link Staging#TARGETS}, or one that names were delegated to. */
    Release add(String role, Path jar, ReleaseFacts facts, Lifetimes lifetimes, Instant now) throws IOException {
        Release release = NewRelease.read(jar, facts);
        if (!role.equals(Staging.TARGETS) && !delegation(role).covers(release.path())) {
            throw new TrustException(PublishCode.NOT_DELEGATED, release.path() + " is not a name of " + role);
        }
        Map<String, Release> releases = releases();
        if (release.equals(releases.get(release.path()))) {
            return release;
        }
        NewRelease.requireNext(release, releases.values());
        files.put(jar, release);
        stage(role, draft(role).with(release), lifetimes, now);
        return release;
    }

    /** Hands names on to a role, in place of what was handed on to it before. */
    void delegate(String role, List<String> names, RoleKeys keys, Lifetimes lifetimes, Instant now) throws IOException {
        RoleName.require(role, "the repository");
        if (!role.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new TrustException(TrustCode.DELEGATION_NAME, "a role must be 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        Delegation delegation = new Delegation(role, keys, Coverage.paths(names), List.of(), true);
        stage(Staging.TARGETS, draft(Staging.TARGETS).with(delegation), lifetimes, now);
        renew(role, lifetimes, now); // these keys must sign what is theirs, be it nothing yet
    }

    /** What handing names on to a role would cover. */
    Coverage coverage(String role, List<String> names) throws IOException {
        return Coverage.of(
                role,
                Coverage.paths(names),
                releases().values(),
                draft(Staging.TARGETS).delegations());
    }

    /** Takes back what was handed on to a role, with what it has staged. */
    void revoke(String role, Lifetimes lifetimes, Instant now) throws IOException {
        delegation(role);
        stage(Staging.TARGETS, draft(Staging.TARGETS).without(role), lifetimes, now);
        staging.file(role).discard();
    }

    /** Says until when there will be updates. */
    void support(String model, Instant end, Lifetimes lifetimes, Instant now) throws IOException {
        TargetsDraft draft = draft(Staging.TARGETS);
        stage(Staging.TARGETS, draft.with(draft.support().until(model, end)), lifetimes, now);
    }

    /** What a role has released as it is, with a new version and expiry. */
    void renew(String role, Lifetimes lifetimes, Instant now) throws IOException {
        stage(role, draft(role), lifetimes, now);
    }

    /** The next root, and with other publishers the targets, too. */
    void stageRoot(Map<Role, RoleKeys> roles, Lifetimes lifetimes, Instant now) throws IOException {
        RootMetadata newest = roots.newest();
        staging.file(Staging.ROOT).stage(roots.json(newest.version() + 1, roles, now, now.plus(lifetimes.root())));
        boolean otherPublishers = !roles.get(Role.TARGETS).equals(newest.roles().get(Role.TARGETS));
        if (otherPublishers && metadata(Staging.TARGETS).isPresent()) {
            renew(Staging.TARGETS, lifetimes, now); // those before speak no more
        }
    }

    /** Published releases and those added since, by path. */
    Map<String, Release> releases() throws IOException {
        Map<String, Release> releases = new TreeMap<>();
        Published.load(published)
                .ifPresent(newest -> releases.putAll(newest.catalog().byPath()));
        for (String document : staging.all().keySet()) {
            Optional<TargetsMetadata> staged =
                    document.equals(Staging.ROOT) ? Optional.empty() : staging.targets(document);
            if (staged.isPresent()) {
                releases.putAll(ReleaseCatalog.of(staged.get()).byPath());
            }
        }
        return releases;
    }

    /** What is handed on to that role. */
    Delegation delegation(String role) throws IOException {
        return draft(Staging.TARGETS).delegations().stream()
                .filter(delegation -> delegation.role().equals(role))
                .findFirst()
                .orElseThrow(() ->
                        new TrustException(PublishCode.DELEGATION_UNKNOWN, "nothing is delegated to the role " + role));
    }

    /** The staged content of targets or of a delegated role, else the published one. */
    private TargetsDraft draft(String document) throws IOException {
        Optional<TargetsMetadata> staged = staging.targets(document);
        Optional<TargetsMetadata> newest = staged.isPresent() ? staged : metadata(document);
        return newest.isPresent() ? TargetsDraft.of(newest.get()) : TargetsDraft.EMPTY;
    }

    private void stage(String document, TargetsDraft draft, Lifetimes lifetimes, Instant now) throws IOException {
        long version =
                metadata(document).map(metadata -> metadata.header().version()).orElse(0L) + 1;
        staging.file(document).stage(draft.json(version, now, now.plus(lifetimes.targets())));
    }

    private Optional<TargetsMetadata> metadata(String document) throws IOException {
        Optional<Published> newest = Published.load(published);
        return document.equals(Staging.TARGETS)
                ? newest.map(Published::targets)
                : newest.flatMap(files -> Optional.ofNullable(files.delegated().get(document)));
    }
}
