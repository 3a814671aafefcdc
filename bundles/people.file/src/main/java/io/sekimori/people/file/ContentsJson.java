package io.sekimori.people.file;

import io.sekimori.access.Failures;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.KeptSession;
import io.sekimori.access.Person;
import io.sekimori.access.Role;
import io.sekimori.access.Session;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The form of {@code people.json}. Reads back exactly what it wrote, down to milliseconds, and refuses all else. Stateless. */
final class ContentsJson {

    /** Larger than a full file ever is. */
    static final int MAX_BYTES = 4 << 20;

    private static final long FORMAT = 1;

    private ContentsJson() {}

    static byte[] bytes(Contents contents) {
        return JsonText.bytes(Map.of(
                "format", FORMAT,
                "people",
                        contents.people().values().stream()
                                .map(ContentsJson::of)
                                .toList(),
                "sessions",
                        contents.sessions().values().stream()
                                .map(ContentsJson::of)
                                .toList(),
                "failures",
                        contents.failures().entrySet().stream()
                                .map(each -> of(each.getKey(), each.getValue()))
                                .toList()));
    }

    static Contents parse(byte[] utf8) throws MalformedJson {
        JsonObject json = JsonObject.parse(utf8, MAX_BYTES);
        if (json.number("format") != FORMAT) {
            throw new MalformedJson("format is not " + FORMAT);
        }
        try {
            Map<String, KeptPerson> people = new HashMap<>();
            for (JsonObject each : json.objects("people")) {
                KeptPerson person = person(each);
                once(people.put(person.person().name(), person));
            }
            Map<String, KeptSession> sessions = new HashMap<>();
            for (JsonObject each : json.objects("sessions")) {
                KeptSession session = session(each);
                once(sessions.put(session.tokenHash(), session));
            }
            Map<String, Failures> failures = new HashMap<>();
            for (JsonObject each : json.objects("failures")) {
                once(failures.put(each.string("key"), failures(each)));
            }
            return new Contents(people, sessions, failures);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new MalformedJson("a member is malformed", e);
        }
    }

    private static void once(Object before) throws MalformedJson {
        if (before != null) {
            throw new MalformedJson("something stands there twice");
        }
    }

    private static Map<String, Object> of(KeptPerson kept) {
        Person person = kept.person();
        return Map.of(
                "name", person.name(),
                "roles", person.roles().stream().map(Role::name).sorted().toList(),
                "state", person.state().name(),
                "version", person.version(),
                "passwordHash", kept.passwordHash(),
                "passwordSince", kept.passwordSince().toEpochMilli());
    }

    private static KeptPerson person(JsonObject json) throws MalformedJson {
        return new KeptPerson(
                new Person(
                        json.string("name"),
                        roles(json.strings("roles")),
                        Person.State.valueOf(json.string("state")),
                        json.number("version")),
                json.string("passwordHash"),
                time(json, "passwordSince"));
    }

    private static Set<Role> roles(List<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        names.forEach(name -> roles.add(Role.valueOf(name)));
        return roles;
    }

    private static Map<String, Object> of(KeptSession session) {
        return Map.of(
                "tokenHash", session.tokenHash(),
                "id", session.id(),
                "person", session.person(),
                "kind", session.kind().name(),
                "since", session.since().toEpochMilli(),
                "used", session.used().toEpochMilli(),
                "ends", session.ends().toEpochMilli(),
                "from", session.from());
    }

    private static KeptSession session(JsonObject json) throws MalformedJson {
        return new KeptSession(
                json.string("tokenHash"),
                json.string("id"),
                json.string("person"),
                Session.Kind.valueOf(json.string("kind")),
                time(json, "since"),
                time(json, "used"),
                time(json, "ends"),
                json.string("from"));
    }

    private static Map<String, Object> of(String key, Failures failures) {
        return Map.of(
                "key",
                key,
                "count",
                (long) failures.count(),
                "last",
                failures.last().toEpochMilli(),
                "closedUntil",
                failures.closedUntil().toEpochMilli());
    }

    private static Failures failures(JsonObject json) throws MalformedJson {
        return new Failures(Math.toIntExact(json.number("count")), time(json, "last"), time(json, "closedUntil"));
    }

    private static Instant time(JsonObject json, String name) throws MalformedJson {
        return Instant.ofEpochMilli(json.number(name));
    }
}
