package io.sekimori.rest;

import io.sekimori.fleet.Gateway;
import io.sekimori.releases.AwaitedContent;
import io.sekimori.releases.GivenApproval;
import io.sekimori.trust.ApprovalDemand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who is still missing, by what a gateway demands and what the console has: so many of so many in each group. It is told to
 * people; the gateway itself counts again. Immutable.
 *
 * @param state {@code UNKNOWN} if the gateway does not say, {@code UNREADABLE} if it cannot read its policy, {@code NONE} if
 *     nobody has to approve, else {@code GROUPS}
 */
record Awaiting(String state, List<Group> groups) {

    /** So far may the clock of somebody who approves be ahead of a gateway's. */
    private static final Duration SLACK = Duration.ofDays(1);

    /** One group. */
    record Group(String name, long has, long needs) {}

    static Awaiting of(Optional<ApprovalDemand> demand, List<GivenApproval> given, String device, Instant now) {
        if (demand.isEmpty()) {
            return new Awaiting("UNKNOWN", List.of());
        }
        if (!demand.get().readable()) {
            return new Awaiting("UNREADABLE", List.of());
        }
        Duration longest = Duration.ofDays(demand.get().days());
        Set<String> counting = new HashSet<>();
        given.stream()
                .filter(each -> each.devices().isEmpty() || each.devices().contains(device))
                .filter(each -> now.isBefore(each.expires())
                        && now.isBefore(each.issued().plus(longest))
                        && !now.plus(SLACK).isBefore(each.issued()))
                .forEach(each -> each.keyIds().stream()
                        .filter(key -> !each.withdrawn().contains(key))
                        .forEach(counting::add));
        List<Group> groups = demand.get().groups().stream()
                .map(group -> new Group(
                        group.name(),
                        group.keyIds().stream().filter(counting::contains).count(),
                        group.threshold()))
                .toList();
        return new Awaiting(groups.isEmpty() ? "NONE" : "GROUPS", groups);
    }

    /** Gateways of one content that stand alike, together. */
    static List<Map<String, Object>> json(
            AwaitedContent content,
            Map<String, Gateway> byDevice,
            Map<String, Optional<ApprovalDemand>> demands,
            Instant now) {
        Map<Awaiting, List<String>> alike = new LinkedHashMap<>();
        for (String device : content.devices()) {
            Gateway gateway = byDevice.get(device);
            if (gateway != null) {
                alike.computeIfAbsent(
                                of(
                                        demands.getOrDefault(gateway.id(), Optional.empty()),
                                        content.approvals(),
                                        device,
                                        now),
                                first -> new ArrayList<>())
                        .add(gateway.id());
            }
        }
        List<Map<String, Object>> json = new ArrayList<>();
        alike.forEach((awaiting, gateways) -> json.add(new TreeMap<>(Map.of(
                "state", awaiting.state(),
                "groups",
                        awaiting.groups().stream()
                                .map(group -> Map.of("name", group.name(), "has", group.has(), "needs", group.needs()))
                                .toList(),
                "gateways", gateways))));
        return json;
    }
}
