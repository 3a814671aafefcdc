package io.sekimori.trust;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the next version of a targets file will say. Immutable.
 *
 * @param releases    by path
 * @param delegations in order
 * @param support until when there will be updates; only the top says so
 */
record TargetsDraft(Map<String, Release> releases, List<Delegation> delegations, SupportPeriod support) {

    static final TargetsDraft EMPTY = new TargetsDraft(Map.of(), List.of());

    TargetsDraft(Map<String, Release> releases, List<Delegation> delegations) {
        this(releases, delegations, SupportPeriod.UNKNOWN);
    }

    TargetsDraft {
        releases = new TreeMap<>(releases);
        delegations = List.copyOf(delegations);
    }

    static TargetsDraft of(TargetsMetadata metadata) throws TrustException {
        return new TargetsDraft(ReleaseCatalog.of(metadata).byPath(), metadata.delegations(), metadata.support());
    }

    TargetsDraft with(Release release) {
        Map<String, Release> more = new TreeMap<>(releases);
        more.put(release.path(), release);
        return new TargetsDraft(more, delegations, support);
    }

    /** With this delegation in the place of the role's earlier one, or as the last. */
    TargetsDraft with(Delegation delegation) {
        List<Delegation> next = new ArrayList<>(delegations);
        next.replaceAll(each -> each.role().equals(delegation.role()) ? delegation : each);
        if (!next.contains(delegation)) {
            next.add(delegation);
        }
        return new TargetsDraft(releases, next, support);
    }

    TargetsDraft without(String role) {
        return new TargetsDraft(
                releases,
                delegations.stream().filter(each -> !each.role().equals(role)).toList(),
                support);
    }

    TargetsDraft with(SupportPeriod period) {
        return new TargetsDraft(releases, delegations, period);
    }

    Map<String, Object> json(long version, Instant issued, Instant expires) {
        Map<String, Object> targets = new TreeMap<>();
        releases.forEach((path, release) -> targets.put(path, ReleaseJson.write(release)));
        Map<String, Object> signed = new HashMap<>(Map.of(
                "_type",
                Role.TARGETS.word(),
                "spec_version",
                Header.SPEC_VERSION,
                "version",
                version,
                "expires",
                TufTime.format(expires),
                Header.ISSUED,
                TufTime.format(issued),
                "targets",
                targets));
        if (!delegations.isEmpty()) {
            signed.put("delegations", delegationsJson());
        }
        if (!support.ends().isEmpty()) {
            signed.put(SupportPeriod.MEMBER, support.json());
        }
        return signed;
    }

    private Map<String, Object> delegationsJson() {
        Map<String, Object> keys = new TreeMap<>();
        List<Map<String, Object>> roles = new ArrayList<>();
        for (Delegation delegation : delegations) {
            delegation.keys().keys().forEach((id, key) -> keys.put(id, key.json()));
            Map<String, Object> role = new HashMap<>(delegation.keys().json());
            role.put("name", delegation.role());
            role.put("terminating", delegation.terminating());
            role.put("paths", delegation.paths().stream().map(PathPattern::text).toList());
            roles.add(role);
        }
        return Map.of("keys", keys, "roles", roles);
    }
}
