package io.sekimori.cli;

import io.sekimori.trust.Publisher;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.RepositoryFacts;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A release repository in words, and as {@code --json} shows it. */
record ReleaseText(Shell shell) {

    /** Says of each role how fresh it is, and how many of which keys must agree. */
    void tellRoles(ReleaseRepository repository, RepositoryFacts facts) throws IOException {
        Map<Role, RoleKeys> keys = repository.roles();
        for (Role role : Role.values()) {
            RepositoryFacts.Signed signed = facts.roles().get(role);
            if (signed != null) {
                shell.tell("release.role", String.format("%-10s", role.word()), signed.version(), signed.expires());
            }
            shell.tell(
                    "release.roleKeys",
                    role.word(),
                    keys.get(role).threshold(),
                    keys.get(role).keys().keySet().stream().sorted().toList());
        }
    }

    /** Says which roles need keys of both kinds, whether that is worth anything, and which command would see to it. */
    void tellHybrid(Map<Role, RoleKeys> roles, String command) {
        boolean any = false;
        for (Role role : Role.values()) {
            if (roles.containsKey(role) && roles.get(role).hybrid()) {
                any = true;
                shell.tell("release.hybrid", role.word());
            }
        }
        if (any && !roles.get(Role.ROOT).hybrid()) {
            shell.tell("release.rootNotHybrid", command);
        }
    }

    void tellPublishers(ReleaseRepository repository) throws IOException {
        for (Publisher publisher : repository.publishers()) {
            shell.tell(
                    "release.publisher",
                    publisher.role(),
                    String.join(" ", publisher.patterns()),
                    publisher.threshold(),
                    publisher.keyIds().size(),
                    publisher
                            .published()
                            .map(signed -> shell.messages()
                                    .text("release.role", "", signed.version(), signed.expires())
                                    .strip())
                            .orElse(shell.messages().text("release.nothingYet")));
        }
    }

    /** Roles with their keys, publishers and releases. */
    static Map<String, Object> document(ReleaseRepository repository, RepositoryFacts facts) throws IOException {
        Map<String, Object> roles = new TreeMap<>();
        Map<Role, RoleKeys> keys = repository.roles();
        facts.roles().forEach((role, signed) -> {
            Map<String, Object> document = signed(signed);
            document.putAll(keys(keys.get(role)));
            roles.put(role.word(), document);
        });
        List<Map<String, Object>> publishers = new ArrayList<>();
        repository.publishers().forEach(publisher -> publishers.add(document(publisher)));
        List<Map<String, Object>> releases = new ArrayList<>();
        facts.releases().forEach(release -> releases.add(document(release)));
        Map<String, Object> support = new TreeMap<>();
        facts.support().ends().forEach((model, end) -> support.put(model, end.toString()));
        return Map.of("roles", roles, "publishers", publishers, "releases", releases, "support", support);
    }

    /** One release. */
    static Map<String, Object> document(Release release) {
        Map<String, Object> document = new TreeMap<>();
        document.put("path", release.path());
        document.put("symbolicName", release.symbolicName());
        document.put("version", release.version());
        document.put("counter", release.counter());
        document.put("floor", release.floor());
        document.put("hardFloor", release.hardFloor());
        document.put("swap", release.swap().word());
        document.put("kind", release.kind().word());
        document.put("length", release.length());
        document.put("sha256", release.sha256());
        document.put("models", release.models());
        release.remedy()
                .ifPresent(remedy -> document.put("remedy", Map.of("en", remedy.english(), "ja", remedy.japanese())));
        return document;
    }

    private static Map<String, Object> document(Publisher publisher) {
        Map<String, Object> document = new TreeMap<>();
        document.put("role", publisher.role());
        document.put("patterns", publisher.patterns());
        document.put("keyIds", publisher.keyIds());
        document.put("threshold", publisher.threshold());
        publisher.published().ifPresent(signed -> document.putAll(signed(signed)));
        return document;
    }

    static Map<String, Object> signed(RepositoryFacts.Signed signed) {
        return new TreeMap<>(
                Map.of("version", signed.version(), "expires", signed.expires().toString()));
    }

    static Map<String, Object> keys(RoleKeys keys) {
        return Map.of(
                "keyIds",
                keys.keys().keySet().stream().sorted().toList(),
                "schemes",
                keys.keys().values().stream().map(TufKey::scheme).sorted().toList(),
                "threshold",
                keys.threshold(),
                "hybrid",
                keys.hybrid());
    }
}
