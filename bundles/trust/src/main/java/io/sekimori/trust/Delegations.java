package io.sekimori.trust;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@code delegations} of a targets file (4.5), in their order. */
final class Delegations {

    private Delegations() {}

    /** None if the file has none. */
    static List<Delegation> of(Envelope envelope) throws TrustException, MalformedJson {
        if (!envelope.signed.has("delegations")) {
            return List.of();
        }
        JsonObject delegations = envelope.signed.object("delegations");
        // To ignore a manner of delegating could mean to miss a restriction that the publisher relies on.
        if (!delegations.has("roles") || delegations.has("succinct_roles")) {
            throw new TrustException(
                    TrustCode.TARGETS_DELEGATIONS, envelope.name + " delegates by " + delegations.names());
        }
        Map<String, TufKey> keys = ListedKeys.of(delegations, envelope.name);
        List<Delegation> roles = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonObject role : delegations.objects("roles")) {
            Delegation delegation = delegation(role, keys);
            RoleName.require(delegation.role(), envelope.name);
            if (!names.add(delegation.role())) {
                throw new MalformedJson("delegations name the role " + delegation.role() + " twice");
            }
            roles.add(delegation);
        }
        return List.copyOf(roles);
    }

    private static Delegation delegation(JsonObject role, Map<String, TufKey> keys) throws MalformedJson {
        boolean patterns = role.has("paths");
        if (patterns == role.has("path_hash_prefixes")) {
            throw new MalformedJson("a delegation must have either paths or path_hash_prefixes");
        }
        return new Delegation(
                role.string("name"),
                RoleKeys.of(role, keys),
                patterns ? role.strings("paths").stream().map(PathPattern::new).toList() : List.of(),
                patterns ? List.of() : role.strings("path_hash_prefixes"),
                role.bool("terminating"));
    }

    /** Whether there is no manner of delegation at all. */
    static boolean none(Envelope envelope) {
        Object delegations = envelope.signed.asMap().get("delegations");
        return delegations == null
                || delegations instanceof Map<?, ?> map
                        && !map.containsKey("succinct_roles")
                        && List.of().equals(map.get("roles"));
    }
}
